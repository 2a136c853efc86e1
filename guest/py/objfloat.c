// The type float. Takes the place of upstream's py/objfloat.c; hashing is in hash.c, text in formatfloat.c.

#include <math.h>
#include <string.h>

#include "py/floattext.h"
#include "py/inttext.h"
#include "py/objint.h"
#include "py/objtype.h"
#include "py/parsenum.h"
#include "py/runtime.h"
#include "py/slice.h"
#include "py/strtext.h"

static void float_print(const mp_print_t *print, mp_obj_t self, mp_print_kind_t kind) {
    (void)kind;
    double value = mp_obj_float_get(self);
    char room[32];
    vstr_t text;
    vstr_init_fixed_buf(&text, sizeof(room), room);
    if (signbit(value) && !isnan(value)) {
        vstr_add_byte(&text, '-');
    }
    float_format(&text, value, 'r', -1, FLOAT_ADD_DOT_0);
    print->print_strn(print->data, text.buf, text.len);
}

static mp_obj_t float_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    (void)type;
    mp_arg_check_num(n_args, n_kw, 0, 1, false);
    if (n_args == 0) {
        return mp_obj_new_float(0);
    }
    if (mp_obj_is_float(args[0])) {
        return args[0];
    }
    mp_obj_t result = call_special(args[0], MP_QSTR___float__, 0, NULL);
    if (result != MP_OBJ_NULL) {
        mp_obj_t native = native_value(result);
        if (!mp_obj_is_float(native)) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s.__float__ returned non-float (type %s)"),
                mp_obj_get_type_str(args[0]), mp_obj_get_type_str(result));
        }
        return native;
    }
    mp_obj_t native = native_value(args[0]);
    mp_buffer_info_t buffer;
    if (mp_get_buffer(native, &buffer, MP_BUFFER_READ)) {
        return mp_parse_num_float(buffer.buf, buffer.len, false, NULL);
    }
    mp_float_t value;
    if (mp_obj_get_float_maybe(native, &value)) {
        return mp_obj_new_float(value);
    }
    result = call_special(args[0], MP_QSTR___index__, 0, NULL);
    if (result != MP_OBJ_NULL && mp_obj_is_int(result)) {
        return mp_obj_new_float(int_to_float(result));
    }
    mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("float() argument must be a string or a real number, not '%s'"),
        mp_obj_get_type_str(args[0]));
}

static mp_obj_t float_unary_op(mp_unary_op_t op, mp_obj_t self) {
    double value = mp_obj_float_get(self);
    switch (op) {
        case MP_UNARY_OP_BOOL:
            return mp_obj_new_bool(value != 0);
        case MP_UNARY_OP_HASH:
            return MP_OBJ_NEW_SMALL_INT(mp_float_hash(value));
        case MP_UNARY_OP_POSITIVE:
            return self;
        case MP_UNARY_OP_NEGATIVE:
            return mp_obj_new_float(-value);
        case MP_UNARY_OP_ABS:
            return mp_obj_new_float(fabs(value));
        default:
            return MP_OBJ_NULL;
    }
}

// x - y * floor(x / y) and the floor, so that the two agree.
static double floor_divide(double x, double y, double *modulo) {
    double mod = fmod(x, y), quotient = (x - mod) / y;
    if (mod == 0) {
        mod = copysign(0, y);
    } else if ((mod < 0) != (y < 0)) {
        mod += y;
        quotient -= 1;
    }
    *modulo = mod;
    if (quotient == 0) {
        return copysign(0, x / y);
    }
    double whole = floor(quotient);
    return quotient - whole > 0.5 ? whole + 1 : whole;
}

static NORETURN void zero_division(const char *message) {
    mp_raise_msg_varg(&mp_type_ZeroDivisionError, MP_ERROR_TEXT("%s"), message);
}

// Compares a float with an int exactly: the int may have more digits than a float.
static int compare_with_int(double x, mp_obj_t y) {
    if (isinf(x)) {
        return x > 0 ? 1 : -1;
    }
    double whole = trunc(x), rest = x - whole;
    mp_obj_t x_int = mp_obj_new_int_from_float(whole);
    if (mp_obj_is_true(mp_binary_op(MP_BINARY_OP_LESS, x_int, y))) {
        return -1;
    }
    if (!mp_obj_equal(x_int, y)) {
        return 1;
    }
    return rest > 0 ? 1 : rest < 0 ? -1 : 0;
}

static bool is_big_int(mp_obj_t obj) {
    return mp_obj_is_obj(obj) && mp_obj_is_exact_type(obj, &mp_type_int);
}

static mp_obj_t compare_big(mp_binary_op_t op, double x, mp_obj_t y) {
    if (isnan(x)) {
        return mp_const_false;
    }
    int order = compare_with_int(x, y);
    return mp_obj_new_bool(op == MP_BINARY_OP_LESS ? order < 0 : op == MP_BINARY_OP_MORE ? order > 0
        : op == MP_BINARY_OP_EQUAL ? order == 0 : op == MP_BINARY_OP_LESS_EQUAL ? order <= 0 : order >= 0);
}

static double power(double x, double y) {
    double result = pow(x, y);
    if (isinf(result) && !isinf(x) && !isinf(y)) {
        mp_raise_msg_varg(&mp_type_OverflowError, MP_ERROR_TEXT("(34, 'Numerical result out of range')"));
    }
    return result;
}

mp_obj_t mp_obj_float_binary_op(mp_binary_op_t op, mp_float_t x, mp_obj_t rhs) {
    double y, rest;
    if (mp_obj_is_float(rhs)) {
        y = mp_obj_float_get(rhs);
    } else if (mp_obj_is_small_int(rhs)) {
        y = (double)MP_OBJ_SMALL_INT_VALUE(rhs);
    } else if (mp_obj_is_bool(rhs)) {
        y = rhs == mp_const_true;
    } else if (is_big_int(rhs)) {
        if (op == MP_BINARY_OP_EQUAL || (op >= MP_BINARY_OP_LESS && op <= MP_BINARY_OP_MORE_EQUAL)) {
            return compare_big(op, x, rhs);
        }
        y = int_to_float(rhs);
    } else {
        return MP_OBJ_NULL;
    }
    switch (op) {
        case MP_BINARY_OP_ADD:
        case MP_BINARY_OP_INPLACE_ADD:
            x += y;
            break;
        case MP_BINARY_OP_SUBTRACT:
        case MP_BINARY_OP_INPLACE_SUBTRACT:
            x -= y;
            break;
        case MP_BINARY_OP_MULTIPLY:
        case MP_BINARY_OP_INPLACE_MULTIPLY:
            x *= y;
            break;
        case MP_BINARY_OP_TRUE_DIVIDE:
        case MP_BINARY_OP_INPLACE_TRUE_DIVIDE:
            if (y == 0) {
                zero_division("float division by zero");
            }
            x /= y;
            break;
        case MP_BINARY_OP_FLOOR_DIVIDE:
        case MP_BINARY_OP_INPLACE_FLOOR_DIVIDE:
            if (y == 0) {
                zero_division("float floor division by zero");
            }
            x = floor_divide(x, y, &rest);
            break;
        case MP_BINARY_OP_MODULO:
        case MP_BINARY_OP_INPLACE_MODULO:
            if (y == 0) {
                zero_division("float modulo");
            }
            floor_divide(x, y, &x);
            break;
        case MP_BINARY_OP_DIVMOD: {
            if (y == 0) {
                zero_division("float divmod()");
            }
            x = floor_divide(x, y, &rest);
            mp_obj_t items[2] = { mp_obj_new_float(x), mp_obj_new_float(rest) };
            return mp_obj_new_tuple(2, items);
        }
        case MP_BINARY_OP_POWER:
        case MP_BINARY_OP_INPLACE_POWER:
            if (x == 0 && y < 0 && !isinf(y)) {
                zero_division("0.0 cannot be raised to a negative power");
            }
            if (x < 0 && isfinite(x) && isfinite(y) && y != floor(y)) {
                return mp_obj_complex_binary_op(MP_BINARY_OP_POWER, x, 0, rhs);
            }
            x = power(x, y);
            break;
        case MP_BINARY_OP_LESS:
            return mp_obj_new_bool(x < y);
        case MP_BINARY_OP_MORE:
            return mp_obj_new_bool(x > y);
        case MP_BINARY_OP_EQUAL:
            return mp_obj_new_bool(x == y);
        case MP_BINARY_OP_LESS_EQUAL:
            return mp_obj_new_bool(x <= y);
        case MP_BINARY_OP_MORE_EQUAL:
            return mp_obj_new_bool(x >= y);
        default:
            return MP_OBJ_NULL;
    }
    return mp_obj_new_float(x);
}

mp_obj_t int_float_binary_op(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    double y = mp_obj_float_get(rhs);
    switch (op) {
        case MP_BINARY_OP_LESS:
            return compare_big(MP_BINARY_OP_MORE, y, lhs);
        case MP_BINARY_OP_MORE:
            return compare_big(MP_BINARY_OP_LESS, y, lhs);
        case MP_BINARY_OP_LESS_EQUAL:
            return compare_big(MP_BINARY_OP_MORE_EQUAL, y, lhs);
        case MP_BINARY_OP_MORE_EQUAL:
            return compare_big(MP_BINARY_OP_LESS_EQUAL, y, lhs);
        case MP_BINARY_OP_EQUAL:
            return compare_big(op, y, lhs);
        default:
            return mp_obj_float_binary_op(op, int_to_float(lhs), rhs);
    }
}

static mp_obj_t float_binary_op(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    double value = mp_obj_float_get(lhs);
    if (mp_obj_is_type(rhs, &mp_type_complex)) {
        return mp_obj_complex_binary_op(op, value, 0, rhs);
    }
    return mp_obj_float_binary_op(op, value, rhs);
}

static double self_value(mp_obj_t self) {
    return mp_obj_float_get(native_value(self));
}

static mp_obj_t float_is_integer(mp_obj_t self) {
    double value = self_value(self);
    return mp_obj_new_bool(isfinite(value) && floor(value) == value);
}
static MP_DEFINE_CONST_FUN_OBJ_1(float_is_integer_obj, float_is_integer);

static mp_obj_t float_as_integer_ratio(mp_obj_t self) {
    double value = self_value(self);
    if (!isfinite(value)) {
        mp_raise_msg_varg(isnan(value) ? &mp_type_ValueError : &mp_type_OverflowError,
            MP_ERROR_TEXT("cannot convert %s to integer ratio"), isnan(value) ? "NaN" : "Infinity");
    }
    int exponent;
    double fraction = frexp(value, &exponent);
    for (int i = 0; i < 300 && fraction != floor(fraction); i++) {
        fraction *= 2;
        exponent--;
    }
    mp_obj_t items[2] = { mp_obj_new_int_from_float(fraction), MP_OBJ_NEW_SMALL_INT(1) };
    mp_obj_t factor = mp_binary_op(MP_BINARY_OP_LSHIFT, MP_OBJ_NEW_SMALL_INT(1),
        MP_OBJ_NEW_SMALL_INT(exponent < 0 ? -exponent : exponent));
    if (exponent > 0) {
        items[0] = mp_binary_op(MP_BINARY_OP_MULTIPLY, items[0], factor);
    } else {
        items[1] = factor;
    }
    return mp_obj_new_tuple(2, items);
}
static MP_DEFINE_CONST_FUN_OBJ_1(float_as_integer_ratio_obj, float_as_integer_ratio);

static mp_obj_t float_hex(mp_obj_t self) {
    double value = self_value(self);
    vstr_t out;
    vstr_init(&out, 32);
    if (!isfinite(value)) {
        return str_of(mp_obj_new_float(value), PRINT_REPR);
    }
    uint64_t bits;
    memcpy(&bits, &value, sizeof(bits));
    int exponent = bits >> 52 & 0x7ff;
    uint64_t mantissa = bits & 0xfffffffffffff;
    vstr_add_str(&out, bits >> 63 ? "-0x" : "0x");
    if (exponent == 0 && mantissa == 0) {
        vstr_add_str(&out, "0.0p+0");
        return str_finish(&out);
    }
    vstr_add_str(&out, exponent ? "1." : "0.");
    for (int shift = 48; shift >= 0; shift -= 4) {
        vstr_add_byte(&out, "0123456789abcdef"[mantissa >> shift & 15]);
    }
    exponent = exponent ? exponent - 1023 : -1022;
    vstr_printf(&out, "p%c%d", exponent < 0 ? '-' : '+', exponent < 0 ? -exponent : exponent);
    return str_finish(&out);
}
static MP_DEFINE_CONST_FUN_OBJ_1(float_hex_obj, float_hex);

static NORETURN void bad_hex(void) {
    mp_raise_ValueError(MP_ERROR_TEXT("invalid hexadecimal floating-point string"));
}

static mp_obj_t float_fromhex(mp_obj_t type, mp_obj_t text) {
    size_t len;
    const char *s = mp_obj_str_get_data(str_expect(text, "fromhex() argument"), &len), *top = s + len;
    while (s < top && unichar_isspace((byte)*s)) {
        s++;
    }
    while (top > s && unichar_isspace((byte)top[-1])) {
        top--;
    }
    const char *start = s;
    bool negative = s < top && *s == '-';
    s += s < top && (*s == '-' || *s == '+');
    mp_obj_t result;
    if (s < top && unichar_isalpha((byte)*s) && !unichar_isxdigit((byte)*s)) {
        result = mp_parse_num_float(start, top - start, false, NULL);
    } else {
        if (top - s >= 2 && s[0] == '0' && (s[1] | 0x20) == 'x') {
            s += 2;
        }
        // Up to 60 bits, and one more that stands for the rest.
        uint64_t mantissa = 0;
        int64_t exponent = 0;
        bool any = false, point = false, more = false;
        for (; s < top && (unichar_isxdigit((byte)*s) || (*s == '.' && !point)); s++) {
            if (*s == '.') {
                point = true;
                continue;
            }
            any = true;
            if (mantissa >> 56) {
                more |= *s != '0';
                exponent += 4;
            } else {
                mantissa = mantissa << 4 | unichar_xdigit_value(*s);
            }
            exponent -= point ? 4 : 0;
        }
        if (!any) {
            bad_hex();
        }
        if (s < top && (*s | 0x20) == 'p') {
            s++;
            bool minus = s < top && *s == '-';
            s += s < top && (*s == '-' || *s == '+');
            int64_t e = 0;
            if (s == top) {
                bad_hex();
            }
            for (; s < top && unichar_isdigit((byte)*s); s++) {
                e = MIN(e * 10 + (*s - '0'), 1 << 20);
            }
            exponent += minus ? -e : e;
        }
        if (s != top) {
            bad_hex();
        }
        double value = 0;
        if (mantissa) {
            int drop = MAX(64 - __builtin_clzll(mantissa) - 53, -1074 - (int)MAX(exponent, -5000));
            if (drop > 63) {
                mantissa = 0;
            } else if (drop > 0) {
                uint64_t rest = mantissa & ((1ULL << drop) - 1), half = 1ULL << (drop - 1);
                mantissa >>= drop;
                mantissa += rest > half || (rest == half && (more || (mantissa & 1)));
                exponent += drop;
            }
            value = ldexp((double)mantissa, MIN(MAX(exponent, -5000), 5000));
            if (isinf(value)) {
                mp_raise_msg(&mp_type_OverflowError,
                    MP_ERROR_TEXT("hexadecimal value too large to represent as a float"));
            }
        }
        result = mp_obj_new_float(negative ? -value : value);
    }
    return type == MP_OBJ_FROM_PTR(&mp_type_float) ? result : mp_call_function_1(type, result);
}
static MP_DEFINE_CONST_FUN_OBJ_2(float_fromhex_fun_obj, float_fromhex);

static mp_obj_t float_getformat(mp_obj_t kind_in) {
    const char *kind = mp_obj_str_get_str(kind_in);
    if (strcmp(kind, "double") != 0 && strcmp(kind, "float") != 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("__getformat__() argument 1 must be 'double' or 'float'"));
    }
    return mp_obj_new_str_from_cstr("IEEE, little-endian");
}
static MP_DEFINE_CONST_FUN_OBJ_1(float_getformat_fun_obj, float_getformat);
static MP_DEFINE_CONST_STATICMETHOD_OBJ(float_getformat_obj, MP_ROM_PTR(&float_getformat_fun_obj));

static MP_DEFINE_CONST_CLASSMETHOD_OBJ(float_fromhex_obj, MP_ROM_PTR(&float_fromhex_fun_obj));

static mp_obj_t float_itself(mp_obj_t self) {
    return native_value(self);
}
static MP_DEFINE_CONST_FUN_OBJ_1(float_itself_obj, float_itself);

static mp_obj_t float_trunc(mp_obj_t self) {
    return mp_obj_new_int_from_float(self_value(self));
}
static MP_DEFINE_CONST_FUN_OBJ_1(float_trunc_obj, float_trunc);

static mp_obj_t float_floor(mp_obj_t self) {
    return mp_obj_new_int_from_float(floor(self_value(self)));
}
static MP_DEFINE_CONST_FUN_OBJ_1(float_floor_obj, float_floor);

static mp_obj_t float_ceil(mp_obj_t self) {
    return mp_obj_new_int_from_float(ceil(self_value(self)));
}
static MP_DEFINE_CONST_FUN_OBJ_1(float_ceil_obj, float_ceil);

extern const mp_obj_fun_builtin_fixed_t format_method_obj;

static const mp_rom_map_elem_t float_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___ceil__), MP_ROM_PTR(&float_ceil_obj) },
    { MP_ROM_QSTR(MP_QSTR___float__), MP_ROM_PTR(&float_itself_obj) },
    { MP_ROM_QSTR(MP_QSTR___floor__), MP_ROM_PTR(&float_floor_obj) },
    { MP_ROM_QSTR(MP_QSTR___format__), MP_ROM_PTR(&format_method_obj) },
    { MP_ROM_QSTR(MP_QSTR___int__), MP_ROM_PTR(&float_trunc_obj) },
    { MP_ROM_QSTR(MP_QSTR___trunc__), MP_ROM_PTR(&float_trunc_obj) },
    { MP_ROM_QSTR(MP_QSTR_as_integer_ratio), MP_ROM_PTR(&float_as_integer_ratio_obj) },
    { MP_ROM_QSTR(MP_QSTR_conjugate), MP_ROM_PTR(&float_itself_obj) },
    { MP_ROM_QSTR(MP_QSTR___getformat__), MP_ROM_PTR(&float_getformat_obj) },
    { MP_ROM_QSTR(MP_QSTR_fromhex), MP_ROM_PTR(&float_fromhex_obj) },
    { MP_ROM_QSTR(MP_QSTR_hex), MP_ROM_PTR(&float_hex_obj) },
    { MP_ROM_QSTR(MP_QSTR_is_integer), MP_ROM_PTR(&float_is_integer_obj) },
};
static MP_DEFINE_CONST_DICT(float_locals_dict, float_locals_table);

static void float_attr(mp_obj_t self, qstr attr, mp_obj_t *dest) {
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    if (attr == MP_QSTR_real || attr == MP_QSTR_imag) {
        dest[0] = attr == MP_QSTR_real ? self : mp_obj_new_float(0);
    } else {
        dest[1] = MP_OBJ_SENTINEL;
    }
}

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_float, MP_QSTR_float, MP_TYPE_FLAG_EQ_NOT_REFLEXIVE | MP_TYPE_FLAG_EQ_CHECKS_OTHER_TYPE,
    make_new, float_make_new,
    print, float_print,
    unary_op, float_unary_op,
    binary_op, float_binary_op,
    attr, float_attr,
    locals_dict, &float_locals_dict
    );
