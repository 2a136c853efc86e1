// The module _bz2: libbzip2's streams. What programs import is guest/stdlib/bz2.py.
//
// libbzip2 allocates from the collected heap. The object holds the stream, the stream its state, the state its buffers, each
// by the address where it starts, so the collector sees them.

#include <string.h>

#include "py/objstr.h"
#include "py/runtime.h"
#define BZ_NO_STDIO
#include "bzlib.h"

#define FIRST_OUTPUT 4096

typedef struct _bzstream_t {
    mp_obj_base_t base;
    bz_stream z;
    bool has_state; // that is what is allocated first; the rest are buffers without pointers
    bool ended;
} bzstream_t;

// Called by libbzip2 where it finds itself inconsistent.
void bz_internal_error(int code) {
    mp_raise_msg_varg(&mp_type_RuntimeError, MP_ERROR_TEXT("internal error %d in libbzip2"), code);
}

static void *allocate(void *opaque, int items, int size) {
    bzstream_t *self = opaque;
    uint64_t bytes = (uint64_t)items * size;
    if (self->has_state) {
        return m_malloc_leaf(bytes);
    }
    self->has_state = true;
    return m_malloc(bytes);
}

static void release(void *opaque, void *address) {
    (void)opaque;
    (void)address; // the collector's
}

static bzstream_t *new_stream(const mp_obj_type_t *type) {
    bzstream_t *self = mp_obj_malloc(bzstream_t, type);
    memset(&self->z, 0, sizeof(self->z));
    self->z.bzalloc = allocate;
    self->z.bzfree = release;
    self->z.opaque = self;
    self->has_state = self->ended = false;
    return self;
}

static NORETURN void fail(int code) {
    switch (code) {
        case BZ_PARAM_ERROR:
            mp_raise_ValueError(MP_ERROR_TEXT("Internal error - invalid parameters passed to libbzip2"));
        case BZ_MEM_ERROR:
            mp_raise_type(&mp_type_MemoryError);
        case BZ_DATA_ERROR:
        case BZ_DATA_ERROR_MAGIC:
            mp_raise_msg(&mp_type_OSError, MP_ERROR_TEXT("Invalid data stream"));
        case BZ_SEQUENCE_ERROR:
            mp_raise_msg(&mp_type_RuntimeError, MP_ERROR_TEXT("Internal error - Invalid sequence of commands sent to libbzip2"));
        default:
            mp_raise_msg_varg(&mp_type_OSError, MP_ERROR_TEXT("Unrecognized error from libbzip2: %d"), code);
    }
}

static void input_of(mp_obj_t data, mp_buffer_info_t *buffer) {
    if (mp_obj_is_str(data) || !mp_get_buffer(data, buffer, MP_BUFFER_READ)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("a bytes-like object is required, not '%s'"),
            mp_obj_get_type_str(data));
    }
}

static mp_obj_t finish(vstr_t *out) {
    return out->len == 0 ? mp_const_empty_bytes : mp_obj_new_bytes_from_vstr(out);
}

static mp_obj_t compress(bzstream_t *self, const mp_buffer_info_t *input, int action) {
    bz_stream *z = &self->z;
    vstr_t out;
    vstr_init(&out, FIRST_OUTPUT);
    z->next_in = input->buf;
    z->avail_in = input->len;
    for (;;) {
        size_t room = out.alloc - out.len;
        if (room == 0) {
            vstr_hint_size(&out, out.alloc);
            continue;
        }
        // There is nothing to do, and libbzip2 takes that for a mistake.
        if (action == BZ_RUN && z->avail_in == 0) {
            return finish(&out);
        }
        z->next_out = out.buf + out.len;
        z->avail_out = room;
        int code = BZ2_bzCompress(z, action);
        out.len += room - z->avail_out;
        if (code == BZ_STREAM_END) {
            return finish(&out);
        }
        if (code < 0) {
            fail(code);
        }
    }
}

static mp_obj_t compressor_compress(mp_obj_t self_in, mp_obj_t data) {
    bzstream_t *self = MP_OBJ_TO_PTR(self_in);
    mp_buffer_info_t input;
    input_of(data, &input);
    if (self->ended) {
        mp_raise_ValueError(MP_ERROR_TEXT("Compressor has been flushed"));
    }
    return compress(self, &input, BZ_RUN);
}
static MP_DEFINE_CONST_FUN_OBJ_2(compressor_compress_obj, compressor_compress);

static mp_obj_t compressor_flush(mp_obj_t self_in) {
    bzstream_t *self = MP_OBJ_TO_PTR(self_in);
    const mp_buffer_info_t input = { .buf = NULL, .len = 0 };
    if (self->ended) {
        mp_raise_ValueError(MP_ERROR_TEXT("Repeated call to flush()"));
    }
    self->ended = true;
    return compress(self, &input, BZ_FINISH);
}
static MP_DEFINE_CONST_FUN_OBJ_1(compressor_flush_obj, compressor_flush);

// step(data, most): (what came out, at most `most` bytes unless that is negative; how much of the data was used; the end).
static mp_obj_t decompressor_step(mp_obj_t self_in, mp_obj_t data, mp_obj_t most_in) {
    bzstream_t *self = MP_OBJ_TO_PTR(self_in);
    mp_buffer_info_t input;
    input_of(data, &input);
    mp_int_t most = mp_obj_get_int(most_in);
    bz_stream *z = &self->z;
    z->next_in = input.buf;
    z->avail_in = input.len;
    vstr_t out;
    vstr_init(&out, most >= 0 && most < FIRST_OUTPUT ? most + 1 : FIRST_OUTPUT);
    bool end = false;
    while (!end) {
        if (out.len == out.alloc) {
            vstr_hint_size(&out, out.alloc);
        }
        size_t room = out.alloc - out.len;
        if (most >= 0) {
            room = MIN(room, (size_t)most - out.len);
        }
        size_t before = z->avail_in;
        z->next_out = out.buf + out.len;
        z->avail_out = room;
        int code = BZ2_bzDecompress(z);
        if (code < 0) {
            fail(code);
        }
        end = code == BZ_STREAM_END;
        out.len += room - z->avail_out;
        bool full = most >= 0 && out.len >= (size_t)most;
        if (full || (z->avail_out != 0 && (z->avail_in == 0 || z->avail_in == before))) {
            break;
        }
    }
    mp_obj_t result[3] = { finish(&out), MP_OBJ_NEW_SMALL_INT(input.len - z->avail_in), mp_obj_new_bool(end) };
    return mp_obj_new_tuple(3, result);
}
static MP_DEFINE_CONST_FUN_OBJ_3(decompressor_step_obj, decompressor_step);

static const mp_rom_map_elem_t compressor_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR_compress), MP_ROM_PTR(&compressor_compress_obj) },
    { MP_ROM_QSTR(MP_QSTR_flush), MP_ROM_PTR(&compressor_flush_obj) },
};
static MP_DEFINE_CONST_DICT(compressor_locals, compressor_locals_table);

static MP_DEFINE_CONST_OBJ_TYPE(
    compressor_type, MP_QSTR_Compressor, MP_TYPE_FLAG_NONE,
    locals_dict, &compressor_locals
    );

static const mp_rom_map_elem_t decompressor_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR_step), MP_ROM_PTR(&decompressor_step_obj) },
};
static MP_DEFINE_CONST_DICT(decompressor_locals, decompressor_locals_table);

static MP_DEFINE_CONST_OBJ_TYPE(
    decompressor_type, MP_QSTR_Decompressor, MP_TYPE_FLAG_NONE,
    locals_dict, &decompressor_locals
    );

// compressor(level)
static mp_obj_t bz2_compressor(mp_obj_t level) {
    bzstream_t *self = new_stream(&compressor_type);
    int code = BZ2_bzCompressInit(&self->z, mp_obj_get_int(level), 0, 0);
    if (code != BZ_OK) {
        fail(code);
    }
    return MP_OBJ_FROM_PTR(self);
}
static MP_DEFINE_CONST_FUN_OBJ_1(bz2_compressor_obj, bz2_compressor);

static mp_obj_t bz2_decompressor(void) {
    bzstream_t *self = new_stream(&decompressor_type);
    int code = BZ2_bzDecompressInit(&self->z, 0, 0);
    if (code != BZ_OK) {
        fail(code);
    }
    return MP_OBJ_FROM_PTR(self);
}
static MP_DEFINE_CONST_FUN_OBJ_0(bz2_decompressor_obj, bz2_decompressor);

static const mp_rom_map_elem_t bz2_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__bz2) },
    { MP_ROM_QSTR(MP_QSTR_compressor), MP_ROM_PTR(&bz2_compressor_obj) },
    { MP_ROM_QSTR(MP_QSTR_decompressor), MP_ROM_PTR(&bz2_decompressor_obj) },
};
static MP_DEFINE_CONST_DICT(bz2_globals, bz2_globals_table);

const mp_obj_module_t mp_module__bz2 = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&bz2_globals,
};
MP_REGISTER_MODULE(MP_QSTR__bz2, mp_module__bz2);
