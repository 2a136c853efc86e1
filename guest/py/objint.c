// The type int: constructor, methods, text. Takes the place of upstream's py/objint.c; arithmetic stays in upstream's
// py/objint_mpz.c and py/mpz.c.

#include <math.h>
#include <string.h>

#include "py/inttext.h"
#include "py/objint.h"
#include "py/objtype.h"
#include "py/parsenum.h"
#include "py/runtime.h"
#include "py/smallint.h"
#include "py/slice.h"
#include "py/strtext.h"

static mp_obj_t int_result(mp_obj_t value, const char *method) {
    mp_obj_t native = native_value(value);
    if (mp_obj_is_bool(native)) {
        return MP_OBJ_NEW_SMALL_INT(native == mp_const_true);
    }
    if (!mp_obj_is_int(native)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s returned non-int (type %s)"), method,
            mp_obj_get_type_str(value));
    }
    return native;
}

// int(x) of one argument that is no text; MP_OBJ_NULL when it cannot be one.
static mp_obj_t int_from_object(mp_obj_t obj) {
    static const struct {
        qstr_short_t name;
        const char *text;
    } methods[] = {
        { MP_QSTR___int__, "__int__" }, { MP_QSTR___index__, "__index__" }, { MP_QSTR___trunc__, "__trunc__" },
    };
    for (size_t i = 0; i < MP_ARRAY_SIZE(methods); i++) {
        mp_obj_t result = call_special(obj, methods[i].name, 0, NULL);
        if (result != MP_OBJ_NULL) {
            return int_result(result, methods[i].text);
        }
    }
    mp_obj_t native = native_value(obj);
    if (mp_obj_is_int(native) || mp_obj_is_bool(native)) {
        return int_result(native, "");
    }
    if (mp_obj_is_float(native)) {
        return mp_obj_new_int_from_float(mp_obj_float_get(native));
    }
    // A built-in type that derives from int.
    const mp_obj_type_t *type = mp_obj_get_type(native);
    return !mp_obj_is_instance_type(type) && MP_OBJ_TYPE_HAS_SLOT(type, unary_op)
        ? MP_OBJ_TYPE_GET_SLOT(type, unary_op)(MP_UNARY_OP_INT_MAYBE, native) : MP_OBJ_NULL;
}

static mp_obj_t int_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    (void)type;
    static const mp_arg_t allowed[] = {
        { MP_QSTR_, MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_base, MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
    };
    mp_arg_val_t values[2] = { { .u_obj = n_args ? args[0] : MP_OBJ_NULL }, { .u_obj = MP_OBJ_NULL } };
    if (n_args != 1 || n_kw) {
        mp_arg_parse_all_kw_array(n_args, n_kw, args, 2, allowed, values);
    }
    mp_obj_t value = values[0].u_obj, base = values[1].u_obj;
    if (value == MP_OBJ_NULL) {
        if (base != MP_OBJ_NULL) {
            mp_raise_TypeError(MP_ERROR_TEXT("int() missing string argument"));
        }
        return MP_OBJ_NEW_SMALL_INT(0);
    }
    if (base == MP_OBJ_NULL) {
        mp_obj_t result = mp_obj_is_str(value) ? MP_OBJ_NULL : int_from_object(value);
        if (result != MP_OBJ_NULL) {
            return result;
        }
    }
    mp_int_t number = base == MP_OBJ_NULL ? 10 : index_clamped(base);
    mp_obj_t native = native_value(value);
    mp_buffer_info_t buffer;
    if (!mp_get_buffer(native, &buffer, MP_BUFFER_READ)) {
        if (base != MP_OBJ_NULL) {
            mp_raise_TypeError(MP_ERROR_TEXT("int() can't convert non-string with explicit base"));
        }
        mp_raise_msg_varg(&mp_type_TypeError,
            MP_ERROR_TEXT("int() argument must be a string, a bytes-like object or a real number, not '%s'"),
            mp_obj_get_type_str(value));
    }
    if (number < 0 || number > 36) {
        number = 1; // refused by the parser
    }
    return mp_parse_num_integer(buffer.buf, buffer.len, number, NULL);
}

mp_obj_t mp_obj_new_int_from_float(mp_float_t value) {
    if (isnan(value)) {
        mp_raise_ValueError(MP_ERROR_TEXT("cannot convert float NaN to integer"));
    }
    if (isinf(value)) {
        mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("cannot convert float infinity to integer"));
    }
    value = trunc(value);
    if (value >= (double)MP_SMALL_INT_MIN && value <= (double)MP_SMALL_INT_MAX) {
        return MP_OBJ_NEW_SMALL_INT((mp_int_t)value);
    }
    int exponent;
    double fraction = frexp(fabs(value), &exponent);
    mp_obj_int_t *o = mp_obj_int_new_mpz();
    mpz_set_from_ll(&o->mpz, (long long)ldexp(fraction, 53), true);
    if (exponent > 53) {
        mpz_shl_inpl(&o->mpz, &o->mpz, exponent - 53);
    } else {
        mpz_shr_inpl(&o->mpz, &o->mpz, 53 - exponent);
    }
    o->mpz.neg = value < 0;
    return MP_OBJ_FROM_PTR(o);
}

void mp_obj_int_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    vstr_t text;
    char room[32];
    if (mp_obj_is_small_int(self_in)) {
        vstr_init_fixed_buf(&text, sizeof(room), room);
    } else {
        vstr_init(&text, 32);
    }
    if (mp_obj_int_sign(self_in) < 0) {
        vstr_add_byte(&text, '-');
    }
    int_add_digits(&text, self_in, 10);
    print->print_strn(print->data, text.buf, text.len);
    if (!mp_obj_is_small_int(self_in)) {
        vstr_clear(&text);
    }
}

// Upstream's interface for mpprint.c and objint_mpz.c.

size_t mp_int_format_size(size_t num_bits, int base, const char *prefix, char comma) {
    size_t digits = num_bits / (base >= 16 ? 4 : base >= 8 ? 3 : 1) + 1;
    return digits + (comma ? digits / 3 : 0) + (prefix ? strlen(prefix) : 0) + 2;
}

char *mp_obj_int_formatted(char **buf, size_t *buf_size, size_t *fmt_size, mp_const_obj_t self_in, int base,
    const char *prefix, char base_char, char comma) {
    vstr_t digits;
    vstr_init(&digits, 32);
    mp_obj_t self = (mp_obj_t)self_in;
    int_add_digits(&digits, self, base);
    size_t prefix_len = prefix ? strlen(prefix) : 0;
    size_t size = 1 + prefix_len + digits.len + (comma ? digits.len / 3 : 0) + 1;
    if (size > *buf_size) {
        *buf = m_new_leaf(char, size);
        *buf_size = size;
    }
    char *to = *buf;
    if (mp_obj_int_sign(self) < 0) {
        *to++ = '-';
    }
    memcpy(to, prefix ? prefix : "", prefix_len);
    to += prefix_len;
    for (size_t i = 0; i < digits.len; i++) {
        if (comma && i && (digits.len - i) % 3 == 0) {
            *to++ = comma;
        }
        char c = digits.buf[i];
        *to++ = base_char == 'A' && c >= 'a' ? c - 0x20 : c;
    }
    *to = 0;
    *fmt_size = to - *buf;
    vstr_clear(&digits);
    return *buf;
}

mp_obj_t mp_obj_int_binary_op_extra_cases(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    if (mp_obj_is_bool(rhs)) {
        return mp_binary_op(op, lhs, MP_OBJ_NEW_SMALL_INT(rhs == mp_const_true));
    }
    if (op == MP_BINARY_OP_MULTIPLY || op == MP_BINARY_OP_INPLACE_MULTIPLY) {
        if (mp_obj_is_str_or_bytes(rhs) || mp_obj_is_type(rhs, &mp_type_tuple) || mp_obj_is_type(rhs, &mp_type_list)
            || mp_obj_is_type(rhs, &mp_type_bytearray)) {
            return mp_binary_op(MP_BINARY_OP_MULTIPLY, rhs, lhs);
        }
    }
    return MP_OBJ_NULL;
}

static bool is_big_endian(mp_obj_t order) {
    const char *name = mp_obj_str_get_str(str_expect(order, "argument 'byteorder'"));
    bool big = strcmp(name, "big") == 0;
    if (!big && strcmp(name, "little") != 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("byteorder must be either 'little' or 'big'"));
    }
    return big;
}

static mp_obj_t int_from_bytes(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_bytes, MP_ARG_OBJ | MP_ARG_REQUIRED, { 0 } },
        { MP_QSTR_byteorder, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_QSTR(MP_QSTR_big) } },
        { MP_QSTR_signed, MP_ARG_KW_ONLY | MP_ARG_OBJ, { .u_rom_obj = MP_ROM_FALSE } },
    };
    mp_arg_val_t values[3];
    mp_arg_parse_all(n_args - 1, args + 1, kwargs, 3, allowed, values);
    bool big = is_big_endian(values[1].u_obj), is_signed = mp_obj_is_true(values[2].u_obj);
    mp_obj_t source = mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_bytes), values[0].u_obj);
    size_t len;
    const byte *s = (const byte *)mp_obj_str_get_data(source, &len);
    mp_obj_int_t *o = mp_obj_int_new_mpz();
    mpz_set_from_bytes(&o->mpz, big, len, s);
    mp_obj_t result;
    if (is_signed && len && (s[big ? 0 : len - 1] & 0x80)) {
        mp_obj_int_t *modulus = mp_obj_int_new_mpz();
        mpz_set_from_ll(&modulus->mpz, 1, true);
        mpz_shl_inpl(&modulus->mpz, &modulus->mpz, len * 8);
        mpz_sub_inpl(&o->mpz, &o->mpz, &modulus->mpz);
    }
    result = int_from_mpz(&o->mpz);
    mp_obj_t type = args[0];
    return type == MP_OBJ_FROM_PTR(&mp_type_int) ? result : mp_call_function_1(type, result);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(int_from_bytes_fun_obj, 1, int_from_bytes);
static MP_DEFINE_CONST_CLASSMETHOD_OBJ(int_from_bytes_obj, MP_ROM_PTR(&int_from_bytes_fun_obj));

static size_t bit_length(mp_obj_t self) {
    mpz_t z;
    mpz_dig_t digits[INT_MPZ_DIGITS];
    const mpz_t *value = int_mpz(self, &z, digits);
    return value->len ? value->len * (size_t)MPZ_DIG_SIZE - __builtin_clz(value->dig[value->len - 1]) : 0;
}

static mp_obj_t int_to_bytes(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_length, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_INT(1) } },
        { MP_QSTR_byteorder, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_QSTR(MP_QSTR_big) } },
        { MP_QSTR_signed, MP_ARG_KW_ONLY | MP_ARG_OBJ, { .u_rom_obj = MP_ROM_FALSE } },
    };
    mp_arg_val_t values[3];
    mp_arg_parse_all(n_args - 1, args + 1, kwargs, 3, allowed, values);
    mp_int_t length = index_clamped(values[0].u_obj);
    bool big = is_big_endian(values[1].u_obj), is_signed = mp_obj_is_true(values[2].u_obj);
    if (length < 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("length argument must be non-negative"));
    }
    mp_obj_t self = int_result(args[0], "");
    mpz_t z;
    mpz_dig_t digits[INT_MPZ_DIGITS];
    const mpz_t *value = int_mpz(self, &z, digits);
    if (value->neg && !is_signed) {
        mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("can't convert negative int to unsigned"));
    }
    vstr_t out;
    vstr_init_len(&out, m_size(length));
    memset(out.buf, value->neg ? 0xff : 0, out.len);
    // Two's complement, lowest byte first.
    size_t size = value->len * sizeof(mpz_dig_t);
    unsigned carry = 1;
    bool fits = true;
    byte last = value->neg ? 0xff : 0;
    for (size_t i = 0; i < size; i++) {
        byte b = value->dig[i / sizeof(mpz_dig_t)] >> 8 * (i % sizeof(mpz_dig_t));
        if (value->neg) {
            carry += (byte)~b;
            b = carry;
            carry >>= 8;
        }
        if (i < (size_t)length) {
            out.buf[big ? length - 1 - i : i] = last = b;
        } else {
            fits &= b == (value->neg ? 0xff : 0);
        }
    }
    if (is_signed && size >= (size_t)length && length) {
        fits &= (last >> 7) == value->neg;
    }
    if (!fits || (length == 0 && value->len)) {
        mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("int too big to convert"));
    }
    return mp_obj_new_bytes_from_vstr(&out);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(int_to_bytes_obj, 1, int_to_bytes);

static mp_obj_t int_bit_length(mp_obj_t self) {
    return MP_OBJ_NEW_SMALL_INT(bit_length(int_result(self, "")));
}
static MP_DEFINE_CONST_FUN_OBJ_1(int_bit_length_obj, int_bit_length);

static mp_obj_t int_bit_count(mp_obj_t self) {
    mpz_t z;
    mpz_dig_t digits[INT_MPZ_DIGITS];
    const mpz_t *value = int_mpz(int_result(self, ""), &z, digits);
    size_t count = 0;
    for (size_t i = 0; i < value->len; i++) {
        count += __builtin_popcount(value->dig[i]);
    }
    return MP_OBJ_NEW_SMALL_INT(count);
}
static MP_DEFINE_CONST_FUN_OBJ_1(int_bit_count_obj, int_bit_count);

static mp_obj_t int_itself(mp_obj_t self) {
    return int_result(self, "");
}
static MP_DEFINE_CONST_FUN_OBJ_1(int_itself_obj, int_itself);

static mp_obj_t int_as_integer_ratio(mp_obj_t self) {
    mp_obj_t items[2] = { int_result(self, ""), MP_OBJ_NEW_SMALL_INT(1) };
    return mp_obj_new_tuple(2, items);
}
static MP_DEFINE_CONST_FUN_OBJ_1(int_as_integer_ratio_obj, int_as_integer_ratio);

extern const mp_obj_fun_builtin_fixed_t format_method_obj;

static const mp_rom_map_elem_t int_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___ceil__), MP_ROM_PTR(&int_itself_obj) },
    { MP_ROM_QSTR(MP_QSTR___floor__), MP_ROM_PTR(&int_itself_obj) },
    { MP_ROM_QSTR(MP_QSTR___format__), MP_ROM_PTR(&format_method_obj) },
    { MP_ROM_QSTR(MP_QSTR___index__), MP_ROM_PTR(&int_itself_obj) },
    { MP_ROM_QSTR(MP_QSTR___int__), MP_ROM_PTR(&int_itself_obj) },
    { MP_ROM_QSTR(MP_QSTR___trunc__), MP_ROM_PTR(&int_itself_obj) },
    { MP_ROM_QSTR(MP_QSTR_as_integer_ratio), MP_ROM_PTR(&int_as_integer_ratio_obj) },
    { MP_ROM_QSTR(MP_QSTR_bit_count), MP_ROM_PTR(&int_bit_count_obj) },
    { MP_ROM_QSTR(MP_QSTR_bit_length), MP_ROM_PTR(&int_bit_length_obj) },
    { MP_ROM_QSTR(MP_QSTR_conjugate), MP_ROM_PTR(&int_itself_obj) },
    { MP_ROM_QSTR(MP_QSTR_from_bytes), MP_ROM_PTR(&int_from_bytes_obj) },
    { MP_ROM_QSTR(MP_QSTR_to_bytes), MP_ROM_PTR(&int_to_bytes_obj) },
};
MP_DEFINE_CONST_DICT(int_locals_dict, int_locals_table);

// Also of bool.
void int_attr(mp_obj_t self, qstr attr, mp_obj_t *dest) {
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    switch (attr) {
        case MP_QSTR_real:
        case MP_QSTR_numerator:
            dest[0] = int_result(self, "");
            break;
        case MP_QSTR_imag:
            dest[0] = MP_OBJ_NEW_SMALL_INT(0);
            break;
        case MP_QSTR_denominator:
            dest[0] = MP_OBJ_NEW_SMALL_INT(1);
            break;
        default:
            dest[1] = MP_OBJ_SENTINEL;
    }
}

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_int, MP_QSTR_int, MP_TYPE_FLAG_NONE,
    make_new, int_make_new,
    print, mp_obj_int_print,
    unary_op, mp_obj_int_unary_op,
    binary_op, mp_obj_int_binary_op,
    attr, int_attr,
    locals_dict, &int_locals_dict
    );
