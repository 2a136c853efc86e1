// The module _struct: values in the binary forms of C. What programs import is guest/stdlib/struct.py.
//
// Takes the place of upstream's, which has formats that hold addresses.

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "py/objint.h"
#include "py/objstr.h"
#include "py/objtuple.h"
#include "py/runtime.h"
#include "py/smallint.h"

typedef struct _format_t {
    const char *at;
    const char *end;
    bool native; // sizes and alignment of x86-64
    bool big;
    // The next item.
    char code;
    size_t count;
    size_t size; // of one
    size_t offset;
} format_t;

static NORETURN void fail(const char *message) {
    mp_obj_t module = mp_import_name(MP_QSTR_struct, mp_const_none, MP_OBJ_NEW_SMALL_INT(0));
    nlr_raise(mp_call_function_1(mp_load_attr(module, MP_QSTR_error), mp_obj_new_str(message, strlen(message))));
}

static NORETURN void fail_with(const char *format, ...) {
    vstr_t message;
    vstr_init(&message, 64);
    va_list args;
    va_start(args, format);
    vstr_vprintf(&message, format, args);
    va_end(args);
    fail(vstr_null_terminated_str(&message));
}

static size_t size_of(const format_t *f, char code) {
    switch (code) {
        case 'x': case 'c': case 'b': case 'B': case '?': case 's': case 'p':
            return 1;
        case 'h': case 'H': case 'e':
            return 2;
        case 'i': case 'I': case 'f':
            return 4;
        case 'l': case 'L':
            return f->native ? 8 : 4;
        case 'q': case 'Q': case 'd':
            return 8;
        case 'n': case 'N': case 'P':
            return f->native ? 8 : 0;
        default:
            return 0;
    }
}

static void format_start(format_t *f, mp_obj_t format) {
    size_t length;
    f->at = mp_obj_str_get_data(format, &length);
    f->end = f->at + length;
    f->native = true;
    f->big = false;
    f->offset = f->size = f->count = 0;
    if (length > 0 && strchr("@=<>!", *f->at) != NULL) {
        char order = *f->at++;
        f->native = order == '@';
        f->big = order == '>' || order == '!';
    }
}

// Moves on to the next item; its offset is aligned.
static bool format_next(format_t *f) {
    f->offset += f->count * f->size;
    while (f->at < f->end && unichar_isspace(*f->at)) {
        f->at++;
    }
    if (f->at == f->end) {
        return false;
    }
    f->count = 1;
    if (unichar_isdigit(*f->at)) {
        uint64_t count = 0;
        while (f->at < f->end && unichar_isdigit(*f->at)) {
            count = count * 10 + (*f->at++ - '0');
            if (count > INT32_MAX) {
                fail("total struct size too long");
            }
        }
        f->count = count;
        if (f->at == f->end) {
            fail("repeat count given without format specifier");
        }
    }
    f->code = *f->at++;
    f->size = size_of(f, f->code);
    if (f->size == 0) {
        fail("bad char in struct format");
    }
    if (f->native) {
        f->offset = (f->offset + f->size - 1) & ~(f->size - 1);
    }
    if ((uint64_t)f->offset + (uint64_t)f->count * f->size > INT32_MAX) {
        fail("total struct size too long");
    }
    return true;
}

// How many values an item is.
static size_t values_of(const format_t *f) {
    return f->code == 'x' ? 0 : f->code == 's' || f->code == 'p' ? 1 : f->count;
}

static void measure(mp_obj_t format, size_t *size, size_t *values) {
    format_t f;
    *values = 0;
    format_start(&f, format);
    while (format_next(&f)) {
        *values += values_of(&f);
    }
    *size = f.offset;
}

// Half precision (IEEE 754 binary16), rounded to even.
static uint16_t half_from(double x) {
    if (isnan(x)) {
        return 0x7e00;
    }
    uint16_t sign = signbit(x) ? 0x8000 : 0;
    x = fabs(x);
    if (isinf(x)) {
        return sign | 0x7c00;
    }
    int exponent;
    double fraction = frexp(x, &exponent); // [0.5, 1)
    double scaled = exponent < -13 ? ldexp(x, 24) : ldexp(fraction, 11); // units of the last place
    double rounded = nearbyint(scaled);
    if (exponent < -13) {
        return sign | (uint16_t)rounded;
    }
    uint32_t bits = ((uint32_t)(exponent + 13) << 10) + (uint32_t)rounded; // the hidden bit adds one to the exponent
    if (x != 0 && bits >= 0x7c00) {
        mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("float too large to pack with e format"));
    }
    return x == 0 ? sign : sign | bits;
}

static double half_to(uint16_t h) {
    int exponent = h >> 10 & 0x1f, fraction = h & 0x3ff;
    double x = exponent == 0 ? ldexp(fraction, -24) : exponent == 31 ? (fraction ? NAN : INFINITY)
        : ldexp(fraction | 0x400, exponent - 25);
    return h & 0x8000 ? -x : x;
}

static void put(const format_t *f, byte *p, uint64_t value) {
    for (size_t i = 0; i < f->size; i++) {
        p[f->big ? f->size - 1 - i : i] = value >> 8 * i;
    }
}

static uint64_t get(const format_t *f, const byte *p) {
    uint64_t value = 0;
    for (size_t i = 0; i < f->size; i++) {
        value = value << 8 | p[f->big ? i : f->size - 1 - i];
    }
    return value;
}

static NORETURN void range_error(const format_t *f, bool is_signed) {
    const char *name = f->size == 1 ? "byte" : "short";
    if (f->size <= 2) {
        int top = f->size == 1 ? 255 : 65535;
        if (is_signed) {
            fail_with("%s format requires %d <= number <= %d", name, -(top + 1) / 2, top / 2);
        }
        fail_with("u%s format requires 0 <= number <= %d", name, top);
    }
    if (f->size == 4 && is_signed) {
        fail_with("'%c' format requires -2147483648 <= number <= 2147483647", f->code);
    }
    if (f->size == 4) {
        fail_with("'%c' format requires 0 <= number <= 4294967295", f->code);
    }
    fail("argument out of range");
}

static void put_int(const format_t *f, byte *p, mp_obj_t value) {
    bool is_signed = strchr("bhilqn", f->code) != NULL;
    if (!mp_obj_is_int(value) && !mp_obj_is_bool(value)) {
        mp_obj_t method[2];
        mp_load_method_maybe(value, MP_QSTR___index__, method);
        if (method[0] == MP_OBJ_NULL || mp_obj_is_float(value)) {
            fail("required argument is not an integer");
        }
        value = mp_call_method_n_kw(0, 0, method);
    }
    bool negative;
    uint64_t bits;
    if (mp_obj_is_int(value) && !mp_obj_is_small_int(value)) {
        const mpz_t *z = &((mp_obj_int_t *)MP_OBJ_TO_PTR(value))->mpz;
        negative = z->neg;
        if (z->len > 2) {
            fail("argument out of range");
        }
        bits = z->len > 1 ? (uint64_t)z->dig[1] << 32 | z->dig[0] : z->len > 0 ? z->dig[0] : 0;
        if (f->size == 8 && is_signed && bits > (uint64_t)INT64_MAX + negative) {
            fail("argument out of range");
        }
        bits = negative ? -bits : bits;
    } else {
        mp_int_t small = mp_obj_get_int(value);
        negative = small < 0;
        bits = small;
    }
    if (negative && !is_signed) {
        if (f->size > 2) {
            fail("argument out of range");
        }
        range_error(f, false);
    }
    if (f->size < 8) {
        int64_t top = (int64_t)1 << (8 * f->size - is_signed);
        if ((int64_t)bits >= top || (is_signed && (int64_t)bits < -top)) {
            range_error(f, is_signed);
        }
    }
    put(f, p, bits);
}

static void put_float(const format_t *f, byte *p, mp_obj_t value) {
    mp_float_t x;
    if (!mp_obj_get_float_maybe(value, &x)) {
        fail("required argument is not a float");
    }
    uint64_t bits = 0;
    if (f->code == 'd') {
        memcpy(&bits, &x, sizeof(bits));
    } else if (f->code == 'f') {
        float single = x;
        if (isinf(single) && !isinf(x) && !f->native) {
            mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("float too large to pack with f format"));
        }
        memcpy(&bits, &single, sizeof(single));
    } else {
        bits = half_from(x);
    }
    put(f, p, bits);
}

static void put_bytes(const format_t *f, byte *p, mp_obj_t value) {
    mp_buffer_info_t buffer;
    if (mp_obj_is_str(value) || !(mp_obj_is_type(value, &mp_type_bytes) || mp_obj_is_type(value, &mp_type_bytearray))) {
        fail_with("argument for '%c' must be a bytes object", f->code);
    }
    mp_get_buffer_raise(value, &buffer, MP_BUFFER_READ);
    size_t room = f->count;
    if (f->code == 'p' && room > 0) {
        room--;
        *p++ = MIN(MIN(buffer.len, room), 255u);
    }
    memcpy(p, buffer.buf, MIN(buffer.len, room));
}

// Writes all items at `p`, which is cleared.
static void pack_at(mp_obj_t format, byte *p, const mp_obj_t *values) {
    format_t f;
    format_start(&f, format);
    while (format_next(&f)) {
        byte *at = p + f.offset;
        if (f.code == 'x') {
            continue;
        }
        if (f.code == 's' || f.code == 'p') {
            put_bytes(&f, at, *values++);
            continue;
        }
        for (size_t i = 0; i < f.count; i++, at += f.size) {
            mp_obj_t value = *values++;
            if (strchr("efd", f.code) != NULL) {
                put_float(&f, at, value);
            } else if (f.code == '?') {
                *at = mp_obj_is_true(value);
            } else if (f.code == 'c') {
                mp_buffer_info_t buffer;
                if (!mp_obj_is_type(value, &mp_type_bytes) || !mp_get_buffer(value, &buffer, MP_BUFFER_READ) || buffer.len != 1) {
                    fail("char format requires a bytes object of length 1");
                }
                *at = *(byte *)buffer.buf;
            } else {
                put_int(&f, at, value);
            }
        }
    }
}

static mp_obj_t item_at(const format_t *f, const byte *p) {
    uint64_t bits = get(f, p);
    switch (f->code) {
        case 'c':
            return mp_obj_new_bytes(p, 1);
        case '?':
            return mp_obj_new_bool(bits);
        case 'e':
            return mp_obj_new_float(half_to(bits));
        case 'f': {
            float x;
            memcpy(&x, &bits, sizeof(x));
            return mp_obj_new_float(x);
        }
        case 'd': {
            double x;
            memcpy(&x, &bits, sizeof(x));
            return mp_obj_new_float(isnan(x) ? NAN : x); // a box has other uses for the rest
        }
        case 'b': case 'h': case 'i': case 'l': case 'q': case 'n': {
            unsigned unused = 64 - 8 * f->size;
            if (MP_SMALL_INT_FITS((int64_t)(bits << unused) >> unused)) {
                return MP_OBJ_NEW_SMALL_INT((int64_t)(bits << unused) >> unused);
            }
            return mp_obj_new_int_from_ll((int64_t)(bits << unused) >> unused);
        }
        default:
            return bits <= MP_SMALL_INT_MAX ? MP_OBJ_NEW_SMALL_INT(bits) : mp_obj_new_int_from_ull(bits);
    }
}

static mp_obj_t unpack_at(mp_obj_t format, size_t values, const byte *p) {
    mp_obj_tuple_t *tuple = MP_OBJ_TO_PTR(mp_obj_new_tuple(values, NULL));
    for (size_t i = 0; i < values; i++) {
        tuple->items[i] = mp_const_none;
    }
    size_t n = 0;
    format_t f;
    format_start(&f, format);
    while (format_next(&f)) {
        const byte *at = p + f.offset;
        if (f.code == 'x') {
            continue;
        }
        if (f.code == 's') {
            tuple->items[n++] = mp_obj_new_bytes(at, f.count);
        } else if (f.code == 'p') {
            tuple->items[n++] = f.count == 0 ? mp_const_empty_bytes : mp_obj_new_bytes(at + 1, MIN((size_t)*at, f.count - 1));
        } else {
            for (size_t i = 0; i < f.count; i++, at += f.size) {
                tuple->items[n++] = item_at(&f, at);
            }
        }
    }
    return MP_OBJ_FROM_PTR(tuple);
}

// Struct objects; the functions of the module make one for the call.

typedef struct _struct_t {
    mp_obj_base_t base;
    mp_obj_t format;
    size_t size;
    size_t values;
} struct_t;

static void struct_init(struct_t *self, mp_obj_t format) {
    if (mp_obj_is_type(format, &mp_type_bytes)) {
        size_t length;
        const char *data = mp_obj_str_get_data(format, &length);
        format = mp_obj_new_str(data, length);
    }
    if (!mp_obj_is_str(format)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("Struct() argument 1 must be a str or bytes object, not %s"),
            mp_obj_get_type_str(format));
    }
    self->format = format;
    measure(format, &self->size, &self->values);
}

static void get_buffer(mp_obj_t object, mp_buffer_info_t *buffer) {
    if (mp_obj_is_str(object) || !mp_get_buffer(object, buffer, MP_BUFFER_READ)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("a bytes-like object is required, not '%s'"),
            mp_obj_get_type_str(object));
    }
}

static void check_count(const struct_t *self, const char *name, size_t n) {
    if (n != self->values) {
        fail_with("%s expected %u items for packing (got %u)", name, (unsigned)self->values, (unsigned)n);
    }
}

static mp_obj_t do_pack(const struct_t *self, size_t n_args, const mp_obj_t *args) {
    vstr_t out;
    check_count(self, "pack", n_args);
    vstr_init_len(&out, self->size);
    memset(out.buf, 0, self->size);
    pack_at(self->format, (byte *)out.buf, args);
    return mp_obj_new_bytes_from_vstr(&out);
}

// Where in the buffer, negative offsets from the end.
static size_t resolve(const struct_t *self, const char *name, const char *verb, mp_obj_t offset_in, size_t length) {
    mp_int_t offset = mp_obj_get_int(offset_in);
    if (offset < 0) {
        if (offset + (mp_int_t)self->size > 0) {
            if (*verb == 'p') {
                fail_with("no space to pack %u bytes at offset %d", (unsigned)self->size, (int)offset);
            }
            fail_with("not enough data to unpack %u bytes at offset %d", (unsigned)self->size, (int)offset);
        }
        if (offset + (mp_int_t)length < 0) {
            fail_with("offset %d out of range for %u-byte buffer", (int)offset, (unsigned)length);
        }
        offset += length;
    }
    if (offset > (mp_int_t)length || length - offset < self->size) {
        fail_with("%s requires a buffer of at least %u bytes for %s %u bytes at offset %u (actual buffer size is %u)", name,
            (unsigned)(self->size + offset), verb, (unsigned)self->size, (unsigned)offset, (unsigned)length);
    }
    return offset;
}

static mp_obj_t do_pack_into(const struct_t *self, size_t n_args, const mp_obj_t *args) {
    mp_buffer_info_t buffer;
    if (n_args < 2) {
        mp_raise_TypeError(n_args == 0 ? MP_ERROR_TEXT("pack_into expected buffer argument")
            : MP_ERROR_TEXT("pack_into expected offset argument"));
    }
    check_count(self, "pack_into", n_args - 2);
    if (mp_obj_is_str(args[0]) || !mp_get_buffer(args[0], &buffer, MP_BUFFER_WRITE)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("argument must be read-write bytes-like object, not %s"),
            mp_obj_get_type_str(args[0]));
    }
    size_t offset = resolve(self, "pack_into", "packing", args[1], buffer.len);
    // A value's __index__ could resize the buffer: so into a copy first.
    byte *packed = m_malloc_leaf(self->size + 1);
    memset(packed, 0, self->size);
    pack_at(self->format, packed, args + 2);
    mp_get_buffer_raise(args[0], &buffer, MP_BUFFER_WRITE);
    if (offset + self->size <= buffer.len) {
        memcpy((byte *)buffer.buf + offset, packed, self->size);
    }
    return mp_const_none;
}

static mp_obj_t do_unpack(const struct_t *self, mp_obj_t data) {
    mp_buffer_info_t buffer;
    get_buffer(data, &buffer);
    if (buffer.len != self->size) {
        fail_with("unpack requires a buffer of %u bytes", (unsigned)self->size);
    }
    return unpack_at(self->format, self->values, buffer.buf);
}

static mp_obj_t do_unpack_from(const struct_t *self, size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_buffer, MP_ARG_OBJ | MP_ARG_REQUIRED, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_offset, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_INT(0) } },
    };
    mp_arg_val_t v[2];
    mp_arg_parse_all(n_args, args, kwargs, 2, allowed, v);
    mp_buffer_info_t buffer;
    get_buffer(v[0].u_obj, &buffer);
    size_t offset = resolve(self, "unpack_from", "unpacking", v[1].u_obj, buffer.len);
    return unpack_at(self->format, self->values, (byte *)buffer.buf + offset);
}

typedef struct _struct_iter_t {
    mp_obj_base_t base;
    mp_obj_t format;
    size_t size;
    size_t values;
    mp_obj_t data;
    size_t offset;
} struct_iter_t;

static mp_obj_t iter_next(mp_obj_t self_in) {
    struct_iter_t *self = MP_OBJ_TO_PTR(self_in);
    mp_buffer_info_t buffer;
    get_buffer(self->data, &buffer);
    if (self->offset + self->size > buffer.len) {
        return MP_OBJ_STOP_ITERATION;
    }
    size_t offset = self->offset;
    self->offset += self->size;
    return unpack_at(self->format, self->values, (byte *)buffer.buf + offset);
}

static MP_DEFINE_CONST_OBJ_TYPE(
    iter_type, MP_QSTR_unpack_iterator, MP_TYPE_FLAG_ITER_IS_ITERNEXT,
    iter, iter_next
    );

static mp_obj_t do_iter_unpack(const struct_t *self, mp_obj_t data) {
    mp_buffer_info_t buffer;
    get_buffer(data, &buffer);
    if (self->size == 0) {
        fail("cannot iteratively unpack with a struct of length 0");
    }
    if (buffer.len % self->size != 0) {
        fail_with("iterative unpacking requires a buffer of a multiple of %u bytes", (unsigned)self->size);
    }
    struct_iter_t *iter = mp_obj_malloc(struct_iter_t, &iter_type);
    iter->format = self->format;
    iter->size = self->size;
    iter->values = self->values;
    iter->data = data;
    iter->offset = 0;
    return MP_OBJ_FROM_PTR(iter);
}

static mp_obj_t struct_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    mp_arg_check_num(n_args, n_kw, 1, 1, false);
    struct_t *self = mp_obj_malloc(struct_t, type);
    struct_init(self, args[0]);
    return MP_OBJ_FROM_PTR(self);
}

static mp_obj_t method_pack(size_t n_args, const mp_obj_t *args) {
    return do_pack(MP_OBJ_TO_PTR(args[0]), n_args - 1, args + 1);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(method_pack_obj, 1, method_pack);

static mp_obj_t method_pack_into(size_t n_args, const mp_obj_t *args) {
    return do_pack_into(MP_OBJ_TO_PTR(args[0]), n_args - 1, args + 1);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(method_pack_into_obj, 1, method_pack_into);

static mp_obj_t method_unpack(mp_obj_t self, mp_obj_t data) {
    return do_unpack(MP_OBJ_TO_PTR(self), data);
}
static MP_DEFINE_CONST_FUN_OBJ_2(method_unpack_obj, method_unpack);

static mp_obj_t method_unpack_from(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    return do_unpack_from(MP_OBJ_TO_PTR(args[0]), n_args - 1, args + 1, kwargs);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(method_unpack_from_obj, 1, method_unpack_from);

static mp_obj_t method_iter_unpack(mp_obj_t self, mp_obj_t data) {
    return do_iter_unpack(MP_OBJ_TO_PTR(self), data);
}
static MP_DEFINE_CONST_FUN_OBJ_2(method_iter_unpack_obj, method_iter_unpack);

static void struct_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    struct_t *self = MP_OBJ_TO_PTR(self_in);
    if (dest[0] == MP_OBJ_NULL) {
        if (attr == MP_QSTR_format) {
            dest[0] = self->format;
        } else if (attr == MP_QSTR_size) {
            dest[0] = MP_OBJ_NEW_SMALL_INT(self->size);
        } else {
            dest[1] = MP_OBJ_SENTINEL; // go on in locals_dict
        }
    }
}

static const mp_rom_map_elem_t struct_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR_pack), MP_ROM_PTR(&method_pack_obj) },
    { MP_ROM_QSTR(MP_QSTR_pack_into), MP_ROM_PTR(&method_pack_into_obj) },
    { MP_ROM_QSTR(MP_QSTR_unpack), MP_ROM_PTR(&method_unpack_obj) },
    { MP_ROM_QSTR(MP_QSTR_unpack_from), MP_ROM_PTR(&method_unpack_from_obj) },
    { MP_ROM_QSTR(MP_QSTR_iter_unpack), MP_ROM_PTR(&method_iter_unpack_obj) },
};
static MP_DEFINE_CONST_DICT(struct_locals, struct_locals_table);

static MP_DEFINE_CONST_OBJ_TYPE(
    struct_type, MP_QSTR_Struct, MP_TYPE_FLAG_NONE,
    make_new, struct_make_new,
    attr, struct_attr,
    locals_dict, &struct_locals
    );

static mp_obj_t struct_calcsize(mp_obj_t format) {
    struct_t self;
    struct_init(&self, format);
    return MP_OBJ_NEW_SMALL_INT(self.size);
}
static MP_DEFINE_CONST_FUN_OBJ_1(struct_calcsize_obj, struct_calcsize);

static mp_obj_t struct_pack(size_t n_args, const mp_obj_t *args) {
    struct_t self;
    struct_init(&self, args[0]);
    return do_pack(&self, n_args - 1, args + 1);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(struct_pack_obj, 1, struct_pack);

static mp_obj_t struct_pack_into(size_t n_args, const mp_obj_t *args) {
    struct_t self;
    struct_init(&self, args[0]);
    return do_pack_into(&self, n_args - 1, args + 1);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(struct_pack_into_obj, 1, struct_pack_into);

static mp_obj_t struct_unpack(mp_obj_t format, mp_obj_t data) {
    struct_t self;
    struct_init(&self, format);
    return do_unpack(&self, data);
}
static MP_DEFINE_CONST_FUN_OBJ_2(struct_unpack_obj, struct_unpack);

static mp_obj_t struct_unpack_from(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    struct_t self;
    struct_init(&self, args[0]);
    return do_unpack_from(&self, n_args - 1, args + 1, kwargs);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(struct_unpack_from_obj, 1, struct_unpack_from);

static mp_obj_t struct_iter_unpack(mp_obj_t format, mp_obj_t data) {
    struct_t self;
    struct_init(&self, format);
    return do_iter_unpack(&self, data);
}
static MP_DEFINE_CONST_FUN_OBJ_2(struct_iter_unpack_obj, struct_iter_unpack);

static const mp_rom_map_elem_t struct_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__struct) },
    { MP_ROM_QSTR(MP_QSTR_Struct), MP_ROM_PTR(&struct_type) },
    { MP_ROM_QSTR(MP_QSTR_calcsize), MP_ROM_PTR(&struct_calcsize_obj) },
    { MP_ROM_QSTR(MP_QSTR_pack), MP_ROM_PTR(&struct_pack_obj) },
    { MP_ROM_QSTR(MP_QSTR_pack_into), MP_ROM_PTR(&struct_pack_into_obj) },
    { MP_ROM_QSTR(MP_QSTR_unpack), MP_ROM_PTR(&struct_unpack_obj) },
    { MP_ROM_QSTR(MP_QSTR_unpack_from), MP_ROM_PTR(&struct_unpack_from_obj) },
    { MP_ROM_QSTR(MP_QSTR_iter_unpack), MP_ROM_PTR(&struct_iter_unpack_obj) },
};
static MP_DEFINE_CONST_DICT(struct_globals, struct_globals_table);

const mp_obj_module_t mp_module__struct = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&struct_globals,
};
MP_REGISTER_MODULE(MP_QSTR__struct, mp_module__struct);
