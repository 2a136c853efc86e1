// The type complex. Takes the place of upstream's py/objcomplex.c.

#include <math.h>

#include "py/floattext.h"
#include "py/objtype.h"
#include "py/parsenum.h"
#include "py/runtime.h"
#include "py/strtext.h"

typedef struct _complex_t {
    mp_obj_base_t base;
    mp_float_t real, imag;
} complex_t;

mp_obj_t mp_obj_new_complex(mp_float_t real, mp_float_t imag) {
    complex_t *o = mp_obj_malloc(complex_t, &mp_type_complex);
    o->real = real;
    o->imag = imag;
    return MP_OBJ_FROM_PTR(o);
}

void mp_obj_complex_get(mp_obj_t self_in, mp_float_t *real, mp_float_t *imag) {
    complex_t *self = MP_OBJ_TO_PTR(self_in);
    *real = self->real;
    *imag = self->imag;
}

static void add_part(vstr_t *out, double value, bool plus) {
    if (signbit(value) && !isnan(value)) {
        vstr_add_byte(out, '-');
    } else if (plus) {
        vstr_add_byte(out, '+');
    }
    float_format(out, value, 'r', -1, 0);
}

static void complex_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    complex_t *self = MP_OBJ_TO_PTR(self_in);
    char room[72];
    vstr_t text;
    vstr_init_fixed_buf(&text, sizeof(room), room);
    bool both = self->real != 0 || signbit(self->real);
    if (both) {
        vstr_add_byte(&text, '(');
        add_part(&text, self->real, false);
    }
    add_part(&text, self->imag, both);
    vstr_add_str(&text, both ? "j)" : "j");
    print->print_strn(print->data, text.buf, text.len);
}

// The complex number that an argument is; false when it is none.
static bool as_complex(mp_obj_t arg, double *real, double *imag) {
    mp_obj_t special = call_special(arg, MP_QSTR___complex__, 0, NULL);
    if (special != MP_OBJ_NULL && !mp_obj_is_type(special, &mp_type_complex)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("__complex__ returned non-complex (type %s)"),
            mp_obj_get_type_str(special));
    }
    if (special == MP_OBJ_NULL) {
        special = call_special(arg, MP_QSTR___float__, 0, NULL);
    }
    mp_obj_t value = native_value(special == MP_OBJ_NULL ? arg : special);
    return mp_obj_get_complex_maybe(value, real, imag);
}

static mp_obj_t complex_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    (void)type;
    static const mp_arg_t allowed[] = {
        { MP_QSTR_real, MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_imag, MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
    };
    mp_arg_val_t values[2];
    mp_arg_parse_all_kw_array(n_args, n_kw, args, 2, allowed, values);
    mp_obj_t first = values[0].u_obj, second = values[1].u_obj;
    mp_obj_t text = first == MP_OBJ_NULL ? MP_OBJ_NULL : str_native(first);
    if (text != MP_OBJ_NULL) {
        if (second != MP_OBJ_NULL) {
            mp_raise_TypeError(MP_ERROR_TEXT("complex() can't take second arg if first is a string"));
        }
        size_t len;
        const char *s = mp_obj_str_get_data(text, &len);
        return mp_parse_num_complex(s, len, NULL);
    }
    double real = 0, imag = 0, real2 = 0, imag2 = 0;
    if (first != MP_OBJ_NULL && !as_complex(first, &real, &imag)) {
        mp_raise_msg_varg(&mp_type_TypeError,
            MP_ERROR_TEXT("complex() first argument must be a string or a number, not '%s'"), mp_obj_get_type_str(first));
    }
    if (second != MP_OBJ_NULL) {
        if (str_native(second) != MP_OBJ_NULL) {
            mp_raise_TypeError(MP_ERROR_TEXT("complex() second arg can't be a string"));
        }
        if (!as_complex(second, &real2, &imag2)) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("complex() second argument must be a number, not '%s'"),
                mp_obj_get_type_str(second));
        }
    }
    bool plain = second != MP_OBJ_NULL && imag == 0; // keeps the sign of a zero
    return mp_obj_new_complex(real - imag2, plain ? real2 : imag + real2);
}

static mp_obj_t complex_unary_op(mp_unary_op_t op, mp_obj_t self_in) {
    complex_t *self = MP_OBJ_TO_PTR(self_in);
    switch (op) {
        case MP_UNARY_OP_BOOL:
            return mp_obj_new_bool(self->real != 0 || self->imag != 0);
        case MP_UNARY_OP_HASH:
            return mp_unary_op(MP_UNARY_OP_HASH, self->imag == 0 ? mp_obj_new_float(self->real)
                : MP_OBJ_NEW_SMALL_INT((mp_float_hash(self->real) + 1000003 * mp_float_hash(self->imag)) % (1LL << 45)));
        case MP_UNARY_OP_POSITIVE:
            return self_in;
        case MP_UNARY_OP_NEGATIVE:
            return mp_obj_new_complex(-self->real, -self->imag);
        case MP_UNARY_OP_ABS:
            return mp_obj_new_float(hypot(self->real, self->imag));
        default:
            return MP_OBJ_NULL;
    }
}

static void divide(double *a, double *b, double c, double d) {
    double real, imag;
    // Scaled by the larger part of the divisor, against overflow.
    if (fabs(c) >= fabs(d)) {
        if (c == 0) {
            mp_raise_msg(&mp_type_ZeroDivisionError, MP_ERROR_TEXT("complex division by zero"));
        }
        double ratio = d / c, by = c + d * ratio;
        real = (*a + *b * ratio) / by;
        imag = (*b - *a * ratio) / by;
    } else {
        double ratio = c / d, by = c * ratio + d;
        real = (*a * ratio + *b) / by;
        imag = (*b * ratio - *a) / by;
    }
    *a = real;
    *b = imag;
}

static void multiply(double *a, double *b, double c, double d) {
    double real = *a * c - *b * d;
    *b = *a * d + *b * c;
    *a = real;
}

static void power(double *a, double *b, double c, double d) {
    if (c == 0 && d == 0) {
        *a = 1;
        *b = 0;
    } else if (*a == 0 && *b == 0) {
        if (c < 0 || d != 0) {
            mp_raise_msg(&mp_type_ZeroDivisionError, MP_ERROR_TEXT("0.0 to a negative or complex power"));
        }
    } else if (d == 0 && c == floor(c) && fabs(c) <= 100) {
        // By squaring: exact where the numbers are whole.
        double real = 1, imag = 0, x = *a, y = *b;
        for (unsigned n = (unsigned)fabs(c); n; n >>= 1) {
            if (n & 1) {
                multiply(&real, &imag, x, y);
            }
            multiply(&x, &y, x, y);
        }
        if (c < 0) {
            x = 1;
            y = 0;
            divide(&x, &y, real, imag);
            real = x;
            imag = y;
        }
        *a = real;
        *b = imag;
    } else {
        double size = hypot(*a, *b), angle = atan2(*b, *a), length = pow(size, c), phase = angle * c;
        if (d != 0) {
            length /= exp(angle * d);
            phase += d * log(size);
        }
        *a = length * cos(phase);
        *b = length * sin(phase);
    }
}

mp_obj_t mp_obj_complex_binary_op(mp_binary_op_t op, mp_float_t a, mp_float_t b, mp_obj_t rhs) {
    double c, d;
    if (!mp_obj_get_complex_maybe(rhs, &c, &d)) {
        return MP_OBJ_NULL;
    }
    switch (op) {
        case MP_BINARY_OP_ADD:
        case MP_BINARY_OP_INPLACE_ADD:
            a += c;
            b += d;
            break;
        case MP_BINARY_OP_SUBTRACT:
        case MP_BINARY_OP_INPLACE_SUBTRACT:
            a -= c;
            b -= d;
            break;
        case MP_BINARY_OP_MULTIPLY:
        case MP_BINARY_OP_INPLACE_MULTIPLY:
            multiply(&a, &b, c, d);
            break;
        case MP_BINARY_OP_TRUE_DIVIDE:
        case MP_BINARY_OP_INPLACE_TRUE_DIVIDE:
            divide(&a, &b, c, d);
            break;
        case MP_BINARY_OP_POWER:
        case MP_BINARY_OP_INPLACE_POWER:
            power(&a, &b, c, d);
            break;
        case MP_BINARY_OP_EQUAL:
            return mp_obj_new_bool(a == c && b == d);
        default:
            return MP_OBJ_NULL;
    }
    return mp_obj_new_complex(a, b);
}

static mp_obj_t complex_binary_op(mp_binary_op_t op, mp_obj_t lhs_in, mp_obj_t rhs) {
    complex_t *lhs = MP_OBJ_TO_PTR(lhs_in);
    return mp_obj_complex_binary_op(op, lhs->real, lhs->imag, rhs);
}

static mp_obj_t complex_conjugate(mp_obj_t self_in) {
    complex_t *self = MP_OBJ_TO_PTR(native_value(self_in));
    return mp_obj_new_complex(self->real, -self->imag);
}
static MP_DEFINE_CONST_FUN_OBJ_1(complex_conjugate_obj, complex_conjugate);

extern const mp_obj_fun_builtin_fixed_t format_method_obj;

static const mp_rom_map_elem_t complex_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___format__), MP_ROM_PTR(&format_method_obj) },
    { MP_ROM_QSTR(MP_QSTR_conjugate), MP_ROM_PTR(&complex_conjugate_obj) },
};
static MP_DEFINE_CONST_DICT(complex_locals_dict, complex_locals_table);

static void complex_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    complex_t *self = MP_OBJ_TO_PTR(self_in);
    if (attr == MP_QSTR_real || attr == MP_QSTR_imag) {
        dest[0] = mp_obj_new_float(attr == MP_QSTR_real ? self->real : self->imag);
    } else {
        dest[1] = MP_OBJ_SENTINEL;
    }
}

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_complex, MP_QSTR_complex, MP_TYPE_FLAG_EQ_NOT_REFLEXIVE | MP_TYPE_FLAG_EQ_CHECKS_OTHER_TYPE,
    make_new, complex_make_new,
    print, complex_print,
    unary_op, complex_unary_op,
    binary_op, complex_binary_op,
    attr, complex_attr,
    locals_dict, &complex_locals_dict
    );
