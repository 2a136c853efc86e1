// The module _zlib: zlib's streams. What programs import is guest/stdlib/zlib.py.
//
// zlib allocates from the collected heap. The object holds the stream, the stream its state, the state its buffers, each
// by the address where it starts, so the collector sees them.

#include <string.h>

#include "py/objstr.h"
#include "py/runtime.h"
#include "checksums.h"
#include "zlib.h"

#define FIRST_OUTPUT 4096

// Stored blocks end where the room for output does, so deflate gets it in the steps in which CPython takes it.
#define FIRST_STEP (32u << 10)
#define LAST_STEP (16u << 20)

typedef struct _zstream_t {
    mp_obj_base_t base;
    z_stream z;
    bool eof;
    bool ended; // flushed at the end: no copies of it
    mp_obj_t dictionary; // bytes, or MP_OBJ_NULL
    mp_obj_t unused_data;
    mp_obj_t unconsumed_tail;
} zstream_t;

static const mp_obj_type_t compress_type;
static const mp_obj_type_t decompress_type;

static void *allocate(void *opaque, unsigned items, unsigned size) {
    (void)opaque;
    // A state is one item and has pointers; buffers have none.
    uint64_t bytes = (uint64_t)items * size;
    return items == 1 ? m_malloc(bytes) : m_malloc_leaf(bytes);
}

static void release(void *opaque, void *address) {
    (void)opaque;
    (void)address; // the collector's
}

static NORETURN void fail_text(const char *text) {
    mp_obj_t module = mp_import_name(MP_QSTR_zlib, mp_const_none, MP_OBJ_NEW_SMALL_INT(0));
    nlr_raise(mp_call_function_1(mp_load_attr(module, MP_QSTR_error), mp_obj_new_str(text, strlen(text))));
}

static NORETURN void fail(const z_stream *z, int code, const char *doing) {
    const char *what = z->msg;
    if (what == NULL) {
        what = code == Z_BUF_ERROR ? "incomplete or truncated stream" : code == Z_STREAM_ERROR ? "inconsistent stream state"
            : code == Z_DATA_ERROR ? "invalid input data" : NULL;
    }
    vstr_t text;
    vstr_init(&text, 64);
    vstr_printf(&text, "Error %d %s", code, doing);
    if (what != NULL) {
        vstr_printf(&text, ": %s", what);
    }
    fail_text(vstr_null_terminated_str(&text));
}

static zstream_t *new_stream(const mp_obj_type_t *type) {
    zstream_t *self = mp_obj_malloc(zstream_t, type);
    memset(&self->z, 0, sizeof(self->z));
    self->z.zalloc = allocate;
    self->z.zfree = release;
    self->eof = self->ended = false;
    self->dictionary = MP_OBJ_NULL;
    self->unused_data = self->unconsumed_tail = mp_const_empty_bytes;
    return self;
}

static void input_of(mp_obj_t data, mp_buffer_info_t *buffer) {
    if (mp_obj_is_str(data) || !mp_get_buffer(data, buffer, MP_BUFFER_READ)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("a bytes-like object is required, not '%s'"),
            mp_obj_get_type_str(data));
    }
}

// Runs deflate or inflate until the input is used up, `most` bytes have come out (0: no limit), or it ends.
static int pump(zstream_t *self, int (*step)(z_stream *, int), int flush, const mp_buffer_info_t *input, size_t most, vstr_t *out) {
    z_stream *z = &self->z;
    int code = Z_OK;
    vstr_init(out, most != 0 && most < FIRST_OUTPUT ? most + 1 : FIRST_OUTPUT);
    z->next_in = input->buf;
    z->avail_in = input->len;
    size_t next = FIRST_STEP;
    for (;;) {
        size_t room = out->alloc - out->len;
        if (step == deflate) {
            room = next;
            vstr_hint_size(out, room);
            next = MIN(next == FIRST_STEP ? 2 * next : 4 * next, LAST_STEP);
        } else if (most != 0) {
            room = MIN(room, most - out->len);
        }
        z->next_out = (byte *)out->buf + out->len;
        z->avail_out = room;
        code = step(z, flush);
        out->len += room - z->avail_out;
        if (code == Z_NEED_DICT && self->dictionary != MP_OBJ_NULL) {
            mp_buffer_info_t dictionary;
            mp_get_buffer_raise(self->dictionary, &dictionary, MP_BUFFER_READ);
            int set = inflateSetDictionary(z, dictionary.buf, dictionary.len);
            if (set != Z_OK) {
                fail(z, set, "while setting zdict");
            }
            continue;
        }
        if ((code != Z_OK && code != Z_BUF_ERROR) || z->avail_out != 0 || (most != 0 && out->len >= most)) {
            return code;
        }
        if (step != deflate) {
            vstr_hint_size(out, out->alloc);
        }
    }
}

static mp_obj_t finish(vstr_t *out) {
    return out->len == 0 ? mp_const_empty_bytes : mp_obj_new_bytes_from_vstr(out);
}

// compress(data, level, wbits)
static mp_obj_t zlib_compress(mp_obj_t data, mp_obj_t level, mp_obj_t wbits) {
    mp_buffer_info_t input;
    input_of(data, &input);
    zstream_t *self = new_stream(&compress_type);
    int code = deflateInit2(&self->z, mp_obj_get_int(level), Z_DEFLATED, mp_obj_get_int(wbits), 8, Z_DEFAULT_STRATEGY);
    if (code == Z_STREAM_ERROR) {
        fail_text("Bad compression level");
    }
    vstr_t out;
    code = pump(self, deflate, Z_FINISH, &input, 0, &out);
    if (code != Z_STREAM_END) {
        fail(&self->z, code, "while compressing data");
    }
    return finish(&out);
}
static MP_DEFINE_CONST_FUN_OBJ_3(zlib_compress_obj, zlib_compress);

// decompress(data, wbits)
static mp_obj_t zlib_decompress(mp_obj_t data, mp_obj_t wbits) {
    mp_buffer_info_t input;
    input_of(data, &input);
    zstream_t *self = new_stream(&decompress_type);
    int code = inflateInit2(&self->z, mp_obj_get_int(wbits));
    if (code != Z_OK) {
        fail(&self->z, code, "while preparing to decompress data");
    }
    vstr_t out;
    code = pump(self, inflate, Z_SYNC_FLUSH, &input, 0, &out);
    if (code != Z_STREAM_END) {
        fail(&self->z, code == Z_OK ? Z_BUF_ERROR : code, "while decompressing data");
    }
    return finish(&out);
}
static MP_DEFINE_CONST_FUN_OBJ_2(zlib_decompress_obj, zlib_decompress);

// compressobj(level, method, wbits, memLevel, strategy, zdict)
static mp_obj_t zlib_compressobj(size_t n_args, const mp_obj_t *args) {
    (void)n_args;
    zstream_t *self = new_stream(&compress_type);
    int code = deflateInit2(&self->z, mp_obj_get_int(args[0]), mp_obj_get_int(args[1]), mp_obj_get_int(args[2]),
        mp_obj_get_int(args[3]), mp_obj_get_int(args[4]));
    if (code == Z_STREAM_ERROR) {
        mp_raise_ValueError(MP_ERROR_TEXT("Invalid initialization option"));
    }
    if (args[5] != mp_const_none) {
        mp_buffer_info_t dictionary;
        input_of(args[5], &dictionary);
        if (deflateSetDictionary(&self->z, dictionary.buf, dictionary.len) != Z_OK) {
            mp_raise_ValueError(MP_ERROR_TEXT("Invalid dictionary"));
        }
    }
    return MP_OBJ_FROM_PTR(self);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(zlib_compressobj_obj, 6, 6, zlib_compressobj);

// decompressobj(wbits, zdict)
static mp_obj_t zlib_decompressobj(mp_obj_t wbits, mp_obj_t zdict) {
    zstream_t *self = new_stream(&decompress_type);
    if (inflateInit2(&self->z, mp_obj_get_int(wbits)) != Z_OK) {
        mp_raise_ValueError(MP_ERROR_TEXT("Invalid initialization option"));
    }
    if (zdict != mp_const_none) {
        mp_buffer_info_t dictionary;
        input_of(zdict, &dictionary);
        self->dictionary = mp_obj_new_bytes(dictionary.buf, dictionary.len);
        if (mp_obj_get_int(wbits) < 0
            && inflateSetDictionary(&self->z, dictionary.buf, dictionary.len) != Z_OK) {
            fail(&self->z, Z_DATA_ERROR, "while setting zdict");
        }
    }
    return MP_OBJ_FROM_PTR(self);
}
static MP_DEFINE_CONST_FUN_OBJ_2(zlib_decompressobj_obj, zlib_decompressobj);

static mp_obj_t compress_compress(mp_obj_t self_in, mp_obj_t data) {
    zstream_t *self = MP_OBJ_TO_PTR(self_in);
    mp_buffer_info_t input;
    input_of(data, &input);
    if (self->ended) {
        fail(&self->z, Z_STREAM_ERROR, "while compressing data");
    }
    vstr_t out;
    int code = pump(self, deflate, Z_NO_FLUSH, &input, 0, &out);
    if (code != Z_OK && code != Z_BUF_ERROR) {
        fail(&self->z, code, "while compressing data");
    }
    return finish(&out);
}
static MP_DEFINE_CONST_FUN_OBJ_2(compress_compress_obj, compress_compress);

static mp_obj_t compress_flush(size_t n_args, const mp_obj_t *args) {
    zstream_t *self = MP_OBJ_TO_PTR(args[0]);
    int mode = n_args > 1 ? mp_obj_get_int(args[1]) : Z_FINISH;
    const mp_buffer_info_t input = { .buf = NULL, .len = 0 };
    if (mode == Z_NO_FLUSH) {
        return mp_const_empty_bytes;
    }
    if (self->ended) {
        fail(&self->z, Z_STREAM_ERROR, "while flushing");
    }
    vstr_t out;
    int code = pump(self, deflate, mode, &input, 0, &out);
    if (code != Z_OK && code != Z_BUF_ERROR && code != Z_STREAM_END) {
        fail(&self->z, code, "while flushing");
    }
    self->ended = code == Z_STREAM_END;
    return finish(&out);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(compress_flush_obj, 1, 2, compress_flush);

static mp_obj_t stream_copy(mp_obj_t self_in) {
    zstream_t *self = MP_OBJ_TO_PTR(self_in), *copy = new_stream(self->base.type);
    if (self->ended) {
        mp_raise_ValueError(MP_ERROR_TEXT("Inconsistent stream state"));
    }
    int code = self->base.type == &compress_type ? deflateCopy(&copy->z, &self->z) : inflateCopy(&copy->z, &self->z);
    if (code != Z_OK) {
        mp_raise_ValueError(MP_ERROR_TEXT("Inconsistent stream state"));
    }
    copy->eof = self->eof;
    copy->dictionary = self->dictionary;
    copy->unused_data = self->unused_data;
    copy->unconsumed_tail = self->unconsumed_tail;
    return MP_OBJ_FROM_PTR(copy);
}
static MP_DEFINE_CONST_FUN_OBJ_1(stream_copy_obj, stream_copy);

// What inflate left of its input.
static void keep_rest(zstream_t *self, int code) {
    mp_obj_t rest = self->z.avail_in == 0 ? mp_const_empty_bytes : mp_obj_new_bytes(self->z.next_in, self->z.avail_in);
    if (code == Z_STREAM_END) {
        self->eof = true;
        if (self->z.avail_in > 0) {
            mp_obj_t before = self->unused_data;
            self->unused_data = mp_binary_op(MP_BINARY_OP_ADD, before, rest);
        }
        self->unconsumed_tail = mp_const_empty_bytes;
    } else {
        self->unconsumed_tail = rest;
    }
}

static mp_obj_t decompress_decompress(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_max_length, MP_ARG_INT, { .u_int = 0 } },
    };
    mp_arg_val_t v[1];
    mp_arg_parse_all(n_args - 2, args + 2, kwargs, 1, allowed, v);
    zstream_t *self = MP_OBJ_TO_PTR(args[0]);
    mp_buffer_info_t input;
    input_of(args[1], &input);
    if (v[0].u_int < 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("max_length must be non-negative"));
    }
    if (self->eof) {
        self->unused_data = mp_binary_op(MP_BINARY_OP_ADD, self->unused_data, mp_obj_new_bytes(input.buf, input.len));
        return mp_const_empty_bytes;
    }
    vstr_t out;
    int code = pump(self, inflate, Z_SYNC_FLUSH, &input, MIN(v[0].u_int, INT32_MAX), &out);
    if (code != Z_OK && code != Z_BUF_ERROR && code != Z_STREAM_END) {
        fail(&self->z, code, "while decompressing data");
    }
    keep_rest(self, code);
    return finish(&out);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(decompress_decompress_obj, 2, decompress_decompress);

static mp_obj_t decompress_flush(size_t n_args, const mp_obj_t *args) {
    zstream_t *self = MP_OBJ_TO_PTR(args[0]);
    if (n_args > 1 && mp_obj_get_int(args[1]) <= 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("length must be greater than zero"));
    }
    if (self->eof) {
        self->ended = true;
        return mp_const_empty_bytes;
    }
    mp_buffer_info_t input;
    mp_get_buffer_raise(self->unconsumed_tail, &input, MP_BUFFER_READ);
    vstr_t out;
    int code = pump(self, inflate, Z_FINISH, &input, 0, &out);
    if (code != Z_OK && code != Z_BUF_ERROR && code != Z_STREAM_END) {
        fail(&self->z, code, "while flushing");
    }
    keep_rest(self, code);
    self->ended = self->eof;
    return finish(&out);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(decompress_flush_obj, 1, 2, decompress_flush);

static void decompress_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    zstream_t *self = MP_OBJ_TO_PTR(self_in);
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    if (attr == MP_QSTR_eof) {
        dest[0] = mp_obj_new_bool(self->eof);
    } else if (attr == MP_QSTR_unused_data) {
        dest[0] = self->unused_data;
    } else if (attr == MP_QSTR_unconsumed_tail) {
        dest[0] = self->unconsumed_tail;
    } else {
        dest[1] = MP_OBJ_SENTINEL; // go on in locals_dict
    }
}

static mp_obj_t stream_deepcopy(mp_obj_t self, mp_obj_t memo) {
    (void)memo;
    return stream_copy(self);
}
static MP_DEFINE_CONST_FUN_OBJ_2(stream_deepcopy_obj, stream_deepcopy);

static const mp_rom_map_elem_t compress_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR_compress), MP_ROM_PTR(&compress_compress_obj) },
    { MP_ROM_QSTR(MP_QSTR_flush), MP_ROM_PTR(&compress_flush_obj) },
    { MP_ROM_QSTR(MP_QSTR_copy), MP_ROM_PTR(&stream_copy_obj) },
    { MP_ROM_QSTR(MP_QSTR___copy__), MP_ROM_PTR(&stream_copy_obj) },
    { MP_ROM_QSTR(MP_QSTR___deepcopy__), MP_ROM_PTR(&stream_deepcopy_obj) },
};
static MP_DEFINE_CONST_DICT(compress_locals, compress_locals_table);

static MP_DEFINE_CONST_OBJ_TYPE(
    compress_type, MP_QSTR_Compress, MP_TYPE_FLAG_NONE,
    locals_dict, &compress_locals
    );

static const mp_rom_map_elem_t decompress_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR_decompress), MP_ROM_PTR(&decompress_decompress_obj) },
    { MP_ROM_QSTR(MP_QSTR_flush), MP_ROM_PTR(&decompress_flush_obj) },
    { MP_ROM_QSTR(MP_QSTR_copy), MP_ROM_PTR(&stream_copy_obj) },
    { MP_ROM_QSTR(MP_QSTR___copy__), MP_ROM_PTR(&stream_copy_obj) },
    { MP_ROM_QSTR(MP_QSTR___deepcopy__), MP_ROM_PTR(&stream_deepcopy_obj) },
};
static MP_DEFINE_CONST_DICT(decompress_locals, decompress_locals_table);

static MP_DEFINE_CONST_OBJ_TYPE(
    decompress_type, MP_QSTR_Decompress, MP_TYPE_FLAG_NONE,
    attr, decompress_attr,
    locals_dict, &decompress_locals
    );

static mp_obj_t zlib_adler32(size_t n_args, const mp_obj_t *args) {
    mp_buffer_info_t input;
    input_of(args[0], &input);
    uint32_t start = n_args > 1 ? mp_obj_get_int_truncated(args[1]) : 1;
    return mp_obj_new_int_from_uint((uint32_t)adler32(start, input.buf, input.len));
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(zlib_adler32_obj, 1, 2, zlib_adler32);

static mp_obj_t zlib_crc32(size_t n_args, const mp_obj_t *args) {
    mp_buffer_info_t input;
    input_of(args[0], &input);
    uint32_t start = n_args > 1 ? mp_obj_get_int_truncated(args[1]) : 0;
    return mp_obj_new_int_from_uint(checksum_crc32(start, input.buf, input.len));
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(zlib_crc32_obj, 1, 2, zlib_crc32);

static const mp_rom_map_elem_t zlib_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__zlib) },
    { MP_ROM_QSTR(MP_QSTR_compress), MP_ROM_PTR(&zlib_compress_obj) },
    { MP_ROM_QSTR(MP_QSTR_decompress), MP_ROM_PTR(&zlib_decompress_obj) },
    { MP_ROM_QSTR(MP_QSTR_compressobj), MP_ROM_PTR(&zlib_compressobj_obj) },
    { MP_ROM_QSTR(MP_QSTR_decompressobj), MP_ROM_PTR(&zlib_decompressobj_obj) },
    { MP_ROM_QSTR(MP_QSTR_adler32), MP_ROM_PTR(&zlib_adler32_obj) },
    { MP_ROM_QSTR(MP_QSTR_crc32), MP_ROM_PTR(&zlib_crc32_obj) },
};
static MP_DEFINE_CONST_DICT(zlib_globals, zlib_globals_table);

const mp_obj_module_t mp_module__zlib = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&zlib_globals,
};
MP_REGISTER_MODULE(MP_QSTR__zlib, mp_module__zlib);
