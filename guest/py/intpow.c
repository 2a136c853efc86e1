// What upstream's pow() of three ints leaves out: negative exponents, and the sign that goes with the modulus.

#include "py/inttext.h"
#include "py/objint.h"
#include "py/runtime.h"
#include "py/strtext.h"

static mp_obj_t modulo(mp_obj_t a, mp_obj_t b) {
    return mp_binary_op(MP_BINARY_OP_MODULO, a, b);
}

// The number b with a b = 1 modulo n > 0, by Euclid.
static mp_obj_t inverse(mp_obj_t a, mp_obj_t n) {
    mp_obj_t r = n, next_r = modulo(a, n), t = MP_OBJ_NEW_SMALL_INT(0), next_t = MP_OBJ_NEW_SMALL_INT(1);
    while (mp_obj_int_sign(next_r)) {
        mp_obj_t quotient = mp_binary_op(MP_BINARY_OP_FLOOR_DIVIDE, r, next_r), old = next_r;
        next_r = mp_binary_op(MP_BINARY_OP_SUBTRACT, r, mp_binary_op(MP_BINARY_OP_MULTIPLY, quotient, next_r));
        r = old;
        old = next_t;
        next_t = mp_binary_op(MP_BINARY_OP_SUBTRACT, t, mp_binary_op(MP_BINARY_OP_MULTIPLY, quotient, next_t));
        t = old;
    }
    if (r != MP_OBJ_NEW_SMALL_INT(1)) {
        mp_raise_ValueError(MP_ERROR_TEXT("base is not invertible for the given modulus"));
    }
    return modulo(t, n);
}

mp_obj_t int_power_modulo(mp_obj_t *base, mp_obj_t *exponent, mp_obj_t modulus) {
    if (!mp_obj_is_int(*base) || !mp_obj_is_int(*exponent) || !mp_obj_is_int(modulus)) {
        if (mp_obj_is_type(*base, &mp_type_complex)) {
            mp_raise_ValueError(MP_ERROR_TEXT("complex modulo"));
        }
        if (!mp_obj_is_float(*base) && !mp_obj_is_float(*exponent) && !mp_obj_is_float(modulus)) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("unsupported operand type(s) for ** or pow(): '%s', '%s', '%s'"),
                mp_obj_get_type_str(*base), mp_obj_get_type_str(*exponent), mp_obj_get_type_str(modulus));
        }
        mp_raise_TypeError(MP_ERROR_TEXT("pow() 3rd argument not allowed unless all arguments are integers"));
    }
    if (mp_obj_int_sign(modulus) == 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("pow() 3rd argument cannot be 0"));
    }
    mp_obj_t size = mp_unary_op(MP_UNARY_OP_ABS, modulus);
    if (size == MP_OBJ_NEW_SMALL_INT(1)) {
        return MP_OBJ_NEW_SMALL_INT(0);
    }
    if (mp_obj_int_sign(*exponent) < 0) {
        *base = inverse(*base, size);
        *exponent = mp_unary_op(MP_UNARY_OP_NEGATIVE, *exponent);
    } else {
        *base = modulo(*base, size);
    }
    // In machine words where all fits.
    if (mp_obj_is_small_int(size) && mp_obj_is_small_int(*exponent) && MP_OBJ_SMALL_INT_VALUE(size) < (1LL << 31)) {
        uint64_t n = MP_OBJ_SMALL_INT_VALUE(size), b = MP_OBJ_SMALL_INT_VALUE(*base), result = 1;
        for (uint64_t e = MP_OBJ_SMALL_INT_VALUE(*exponent); e; e >>= 1) {
            if (e & 1) {
                result = result * b % n;
            }
            b = b * b % n;
        }
        return modulo(MP_OBJ_NEW_SMALL_INT(result), modulus);
    }
    return MP_OBJ_NULL;
}

mp_obj_t int_modulo_sign(mp_obj_t value, mp_obj_t modulus) {
    return modulo(mp_obj_is_small_int(value) ? value : int_from_mpz(&((mp_obj_int_t *)MP_OBJ_TO_PTR(value))->mpz), modulus);
}
