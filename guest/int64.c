// Integers between the small ones (47 bits) and the big ones. Hashes, random generators and checksums multiply words
// and mask the product: done in a machine word, only the result is an object.

#include "py/objint.h"
#include "py/runtime.h"
#include "py/smallint.h"
#include "int64.h"

static inline bool get(mp_obj_t value, int64_t *out) {
    if (mp_obj_is_small_int(value)) {
        *out = MP_OBJ_SMALL_INT_VALUE(value);
        return true;
    }
    if (!mp_obj_is_exact_type(value, &mp_type_int)) {
        return false;
    }
    const mpz_t *z = &((mp_obj_int_t *)MP_OBJ_TO_PTR(value))->mpz;
    if (z->len > 2) {
        return false;
    }
    uint64_t magnitude = 0;
    for (size_t i = z->len; i-- > 0;) {
        magnitude = magnitude << 32 | z->dig[i];
    }
    if (magnitude > INT64_MAX) {
        return false;
    }
    *out = z->neg ? -(int64_t)magnitude : (int64_t)magnitude;
    return true;
}

// Both factors in 32 bits is the usual case, and needs no 128-bit product to see that it fits.
static inline bool multiply(int64_t a, int64_t b, int64_t *product) {
    if (a == (int32_t)a && b == (int32_t)b) {
        *product = a * b;
        return true;
    }
    return !__builtin_mul_overflow(a, b, product);
}

mp_obj_t int64_binary_op(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    int64_t a, b, result;
    if (!get(lhs, &a) || !get(rhs, &b)) {
        return MP_OBJ_NULL;
    }
    switch (op) {
        case MP_BINARY_OP_ADD:
        case MP_BINARY_OP_INPLACE_ADD:
            if (__builtin_add_overflow(a, b, &result)) {
                return MP_OBJ_NULL;
            }
            break;
        case MP_BINARY_OP_SUBTRACT:
        case MP_BINARY_OP_INPLACE_SUBTRACT:
            if (__builtin_sub_overflow(a, b, &result)) {
                return MP_OBJ_NULL;
            }
            break;
        case MP_BINARY_OP_MULTIPLY:
        case MP_BINARY_OP_INPLACE_MULTIPLY:
            if (!multiply(a, b, &result)) {
                return MP_OBJ_NULL;
            }
            break;
        case MP_BINARY_OP_AND:
        case MP_BINARY_OP_INPLACE_AND:
            result = a & b;
            break;
        case MP_BINARY_OP_OR:
        case MP_BINARY_OP_INPLACE_OR:
            result = a | b;
            break;
        case MP_BINARY_OP_XOR:
        case MP_BINARY_OP_INPLACE_XOR:
            result = a ^ b;
            break;
        case MP_BINARY_OP_RSHIFT:
        case MP_BINARY_OP_INPLACE_RSHIFT:
            if (b < 0) {
                return MP_OBJ_NULL;
            }
            result = a >> MIN(b, 63);
            break;
        case MP_BINARY_OP_FLOOR_DIVIDE:
        case MP_BINARY_OP_INPLACE_FLOOR_DIVIDE:
            // -1: -INT64_MAX - 1 cannot be, see get().
            if (b == 0) {
                return MP_OBJ_NULL;
            }
            result = mp_small_int_floor_divide(a, b);
            break;
        case MP_BINARY_OP_MODULO:
        case MP_BINARY_OP_INPLACE_MODULO:
            if (b == 0) {
                return MP_OBJ_NULL;
            }
            result = mp_small_int_modulo(a, b);
            break;
        case MP_BINARY_OP_LESS:
            return mp_obj_new_bool(a < b);
        case MP_BINARY_OP_MORE:
            return mp_obj_new_bool(a > b);
        case MP_BINARY_OP_LESS_EQUAL:
            return mp_obj_new_bool(a <= b);
        case MP_BINARY_OP_MORE_EQUAL:
            return mp_obj_new_bool(a >= b);
        case MP_BINARY_OP_EQUAL:
            return mp_obj_new_bool(a == b);
        default:
            return MP_OBJ_NULL;
    }
    return mp_obj_new_int(result);
}
