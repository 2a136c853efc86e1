// Integers between the small ones (47 bits) and the big ones. Hashes, random generators, checksums and modular
// arithmetic multiply words, and mask or reduce the product: done in machine words, only the result is an object, and a
// single one, which has its digits behind it.

#include "py/gc.h"
#include "py/objint.h"
#include "py/runtime.h"
#include "py/smallint.h"
#include "wide.h"

typedef unsigned __int128 magnitude_t;

typedef struct _wide_t {
    magnitude_t magnitude;
    bool negative; // not for zero
} wide_t;

#define DIGITS (4) // of 32 bits

static inline bool get(mp_obj_t value, wide_t *out) {
    if (mp_obj_is_small_int(value)) {
        int64_t v = MP_OBJ_SMALL_INT_VALUE(value);
        *out = (wide_t) { v < 0 ? -(uint64_t)v : (uint64_t)v, v < 0 };
        return true;
    }
    if (!mp_obj_is_exact_type(value, &mp_type_int)) {
        return false;
    }
    const mpz_t *z = &((mp_obj_int_t *)MP_OBJ_TO_PTR(value))->mpz;
    if (z->len <= 2) {
        uint64_t low = z->len > 0 ? z->dig[0] : 0;
        *out = (wide_t) { z->len > 1 ? low | (uint64_t)z->dig[1] << 32 : low, z->neg };
        return true;
    }
    if (z->len > DIGITS) {
        return false;
    }
    magnitude_t m = 0;
    for (size_t i = z->len; i-- > 0;) {
        m = m << 32 | z->dig[i];
    }
    *out = (wide_t) { m, z->neg };
    return true;
}

typedef struct _wide_obj_t {
    mp_obj_int_t header;
    mpz_dig_t digits[DIGITS];
} wide_obj_t;

static mp_obj_t put(wide_t w) {
    uint64_t low = w.magnitude, high = w.magnitude >> 64;
    if (high == 0 && low <= (uint64_t)MP_SMALL_INT_MAX + w.negative) {
        return MP_OBJ_NEW_SMALL_INT(w.negative ? -(int64_t)low : (int64_t)low);
    }
    size_t len = high >> 32 ? 4 : high ? 3 : low >> 32 ? 2 : 1;
    // A leaf: the only pointer is into itself.
    wide_obj_t *o = (wide_obj_t *)m_malloc_leaf(offsetof(wide_obj_t, digits) + len * sizeof(mpz_dig_t));
    o->header.base.type = &mp_type_int;
    o->header.mpz.neg = w.negative;
    o->header.mpz.fixed_dig = 1;
    o->header.mpz.alloc = len;
    o->header.mpz.len = len;
    o->header.mpz.dig = o->digits;
    for (size_t i = 0; i < len; i++) {
        o->digits[i] = (i < 2 ? low : high) >> (32 * (i % 2));
    }
    return MP_OBJ_FROM_PTR(o);
}

static bool add(wide_t a, wide_t b, wide_t *sum) {
    if (a.negative == b.negative) {
        sum->magnitude = a.magnitude + b.magnitude;
        sum->negative = a.negative;
        return sum->magnitude >= a.magnitude;
    }
    if (a.magnitude >= b.magnitude) {
        sum->magnitude = a.magnitude - b.magnitude;
        sum->negative = a.negative && sum->magnitude != 0;
    } else {
        sum->magnitude = b.magnitude - a.magnitude;
        sum->negative = b.negative;
    }
    return true;
}

static inline bool is_word(wide_t w) {
    return w.magnitude >> 64 == 0;
}

// Two's complement, for the operators on bits. One bit is the sign's.
static inline bool as_signed(wide_t w, __int128 *out) {
    *out = w.negative ? -(__int128)w.magnitude : (__int128)w.magnitude;
    return w.magnitude >> 127 == 0;
}

static inline wide_t from_signed(__int128 v) {
    return (wide_t) { v < 0 ? -(magnitude_t)v : (magnitude_t)v, v < 0 };
}

static unsigned bit_length(magnitude_t m) {
    uint64_t high = m >> 64, low = m;
    return high ? 128 - __builtin_clzll(high) : low ? 64 - __builtin_clzll(low) : 0;
}

// The quotient towards minus infinity, and the remainder with the sign of the divisor.
static bool divide(wide_t a, wide_t b, wide_t *quotient, wide_t *remainder) {
    if (b.magnitude == 0) {
        return false;
    }
    magnitude_t q, r;
    if (is_word(a) && is_word(b)) {
        q = (uint64_t)a.magnitude / (uint64_t)b.magnitude;
        r = (uint64_t)a.magnitude % (uint64_t)b.magnitude;
    } else {
        q = a.magnitude / b.magnitude;
        r = a.magnitude - q * b.magnitude;
    }
    bool negative = a.negative != b.negative;
    if (negative && r != 0) {
        q++; // at most 2^127 + 1, for |b| is at least 2
        r = b.magnitude - r;
    }
    *quotient = (wide_t) { q, negative && q != 0 };
    *remainder = (wide_t) { r, b.negative && r != 0 };
    return true;
}

static int compare(wide_t a, wide_t b) {
    if (a.negative != b.negative) {
        return a.negative ? -1 : 1;
    }
    int order = (a.magnitude > b.magnitude) - (a.magnitude < b.magnitude);
    return a.negative ? -order : order;
}

mp_obj_t hermetic_wide_binary_op(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    wide_t a, b, result, other;
    if (!get(lhs, &a) || !get(rhs, &b)) {
        return MP_OBJ_NULL;
    }
    switch (op) {
        case MP_BINARY_OP_ADD:
        case MP_BINARY_OP_INPLACE_ADD:
            return add(a, b, &result) ? put(result) : MP_OBJ_NULL;
        case MP_BINARY_OP_SUBTRACT:
        case MP_BINARY_OP_INPLACE_SUBTRACT:
            b.negative = !b.negative && b.magnitude != 0;
            return add(a, b, &result) ? put(result) : MP_OBJ_NULL;
        case MP_BINARY_OP_MULTIPLY:
        case MP_BINARY_OP_INPLACE_MULTIPLY:
            if (!is_word(a) || !is_word(b)) {
                return MP_OBJ_NULL;
            }
            result.magnitude = (magnitude_t)(uint64_t)a.magnitude * (uint64_t)b.magnitude;
            result.negative = a.negative != b.negative && result.magnitude != 0;
            return put(result);
        case MP_BINARY_OP_AND:
        case MP_BINARY_OP_INPLACE_AND:
        case MP_BINARY_OP_OR:
        case MP_BINARY_OP_INPLACE_OR:
        case MP_BINARY_OP_XOR:
        case MP_BINARY_OP_INPLACE_XOR: {
            bool is_and = op == MP_BINARY_OP_AND || op == MP_BINARY_OP_INPLACE_AND;
            bool is_or = op == MP_BINARY_OP_OR || op == MP_BINARY_OP_INPLACE_OR;
            if (!a.negative && !b.negative) {
                magnitude_t x = a.magnitude, y = b.magnitude;
                return put((wide_t) { is_and ? x & y : is_or ? x | y : x ^ y, false });
            }
            __int128 x, y;
            if (!as_signed(a, &x) || !as_signed(b, &y)) {
                return MP_OBJ_NULL;
            }
            return put(from_signed(is_and ? x & y : is_or ? x | y : x ^ y));
        }
        case MP_BINARY_OP_LSHIFT:
        case MP_BINARY_OP_INPLACE_LSHIFT:
            if (b.negative || b.magnitude >= 128 || bit_length(a.magnitude) + (unsigned)b.magnitude > 128) {
                return MP_OBJ_NULL;
            }
            return put((wide_t) { a.magnitude << (unsigned)b.magnitude, a.negative });
        case MP_BINARY_OP_RSHIFT:
        case MP_BINARY_OP_INPLACE_RSHIFT:
            if (b.negative) {
                return MP_OBJ_NULL;
            }
            if (b.magnitude >= 128) {
                return MP_OBJ_NEW_SMALL_INT(a.negative ? -1 : 0);
            }
            if (a.negative) {
                return put((wide_t) { ((a.magnitude - 1) >> (unsigned)b.magnitude) + 1, true });
            }
            return put((wide_t) { a.magnitude >> (unsigned)b.magnitude, false });
        case MP_BINARY_OP_FLOOR_DIVIDE:
        case MP_BINARY_OP_INPLACE_FLOOR_DIVIDE:
            return divide(a, b, &result, &other) ? put(result) : MP_OBJ_NULL;
        case MP_BINARY_OP_MODULO:
        case MP_BINARY_OP_INPLACE_MODULO:
            return divide(a, b, &other, &result) ? put(result) : MP_OBJ_NULL;
        case MP_BINARY_OP_LESS:
            return mp_obj_new_bool(compare(a, b) < 0);
        case MP_BINARY_OP_MORE:
            return mp_obj_new_bool(compare(a, b) > 0);
        case MP_BINARY_OP_LESS_EQUAL:
            return mp_obj_new_bool(compare(a, b) <= 0);
        case MP_BINARY_OP_MORE_EQUAL:
            return mp_obj_new_bool(compare(a, b) >= 0);
        case MP_BINARY_OP_EQUAL:
            return mp_obj_new_bool(compare(a, b) == 0);
        default:
            return MP_OBJ_NULL;
    }
}
