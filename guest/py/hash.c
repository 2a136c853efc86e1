// Hashes of numbers, tuples and frozen sets.
//
// Upstream's are made for a few keys: a tuple's is the sum of its elements', so that (1, 2) and (2, 1) collide and a
// grid of n x n points has 2 n hashes; a float's is its integer part; an integer's only has its lowest bits. These
// spread as CPython's do, from which the formulas are (Objects/tupleobject.c and setobject.c, Python/pyhash.c, and
// "Hashing of numeric types" in the library reference). They keep the rule that what is equal hashes equally, across
// types.
//
// A hash becomes a small int, whatever it is (py/objtype.c and hash() see to that), so here it is folded to fit.

#include <math.h>

#include "py/hash.h"
#include "py/runtime.h"
#include "py/smallint.h"

// Numbers hash to themselves modulo this prime.
#define MODULUS_BITS (61)
#define MODULUS (((uint64_t)1 << MODULUS_BITS) - 1)

// x 2^by modulo the prime, by < 61
static uint64_t shift_modulo(uint64_t x, unsigned by) {
    return (x << by & MODULUS) | x >> (MODULUS_BITS - by);
}

static mp_int_t fold(uint64_t x) {
    return (x ^ x >> 32 ^ x >> 46) & (((uint64_t)1 << 46) - 1);
}

static mp_int_t signed_hash(uint64_t x, bool negative) {
    if (x > (uint64_t)MP_SMALL_INT_MAX + negative) {
        x = fold(x);
    }
    return negative ? -(mp_int_t)x : (mp_int_t)x;
}

mp_int_t hermetic_hash_mpz(const mpz_t *z) {
    uint64_t x = 0;
    for (size_t i = z->len; i-- > 0;) {
        x = shift_modulo(x, MPZ_DIG_SIZE) + z->dig[i];
        while (x >= MODULUS) {
            x -= MODULUS;
        }
    }
    return signed_hash(x, z->neg);
}

#if MICROPY_PY_BUILTINS_FLOAT
mp_int_t mp_float_hash(mp_float_t value) {
    if (isnan(value)) {
        return 0;
    }
    if (isinf(value)) {
        return value > 0 ? 314159 : -314159;
    }
    int exponent;
    double m = frexp(fabs((double)value), &exponent);
    uint64_t x = 0;
    while (m != 0) {
        // 28 bits at a time
        m *= 1 << 28;
        exponent -= 28;
        uint64_t bits = (uint64_t)m;
        m -= (double)bits;
        x = shift_modulo(x, 28) + bits;
        if (x >= MODULUS) {
            x -= MODULUS;
        }
    }
    unsigned by = exponent >= 0 ? exponent % MODULUS_BITS : MODULUS_BITS - 1 - (-1 - exponent) % MODULUS_BITS;
    return signed_hash(shift_modulo(x, by), value < 0);
}
#endif

static mp_uint_t hash_of(mp_obj_t element) {
    return MP_OBJ_SMALL_INT_VALUE(mp_unary_op(MP_UNARY_OP_HASH, element));
}

mp_int_t hermetic_hash_tuple(const mp_obj_t *items, size_t n) {
    uint64_t hash = 2870177450012600261u;
    for (size_t i = 0; i < n; ++i) {
        hash += hash_of(items[i]) * 14029467366897019727u;
        hash = hash << 31 | hash >> 33;
        hash *= 11400714785074694791u;
    }
    return fold(hash + (n ^ 2870177450012600261u ^ 3527539));
}

mp_int_t hermetic_hash_element(mp_int_t hash, mp_obj_t element) {
    uint64_t x = hash_of(element);
    return hash ^ (mp_int_t)((x ^ 89869747 ^ x << 16) * 3644798167);
}

mp_int_t hermetic_hash_elements(mp_int_t hash, size_t n) {
    uint64_t x = hash;
    x ^= (n + 1) * (uint64_t)1927868237;
    x ^= x >> 11 ^ x >> 25;
    return fold(x * 69069 + 907133923);
}
