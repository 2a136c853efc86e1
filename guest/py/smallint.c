// Arithmetic on small ints. Takes the place of upstream's py/smallint.c, which divides 64-bit words to see whether a
// product overflows: most operands have 32 bits, for which both that and a division are cheap.

#include "py/smallint.h"

static inline bool fits_int32(mp_int_t x) {
    return x == (int32_t)x;
}

bool mp_small_int_mul_overflow(mp_int_t x, mp_int_t y) {
    mp_int_t product;
    if (fits_int32(x) && fits_int32(y)) {
        product = x * y;
    } else if (__builtin_mul_overflow(x, y, &product)) {
        return true;
    }
    return !MP_SMALL_INT_FITS(product);
}

// Rounds towards minus infinity, as Python does; the remainder has the divisor's sign.
mp_int_t mp_small_int_floor_divide(mp_int_t num, mp_int_t denom) {
    if (((num | denom) & ~(mp_int_t)INT32_MAX) == 0) {
        return (uint32_t)num / (uint32_t)denom;
    }
    mp_int_t quotient = num / denom;
    return quotient - (quotient * denom != num && (num < 0) != (denom < 0));
}

mp_int_t mp_small_int_modulo(mp_int_t dividend, mp_int_t divisor) {
    if (((dividend | divisor) & ~(mp_int_t)INT32_MAX) == 0) {
        return (uint32_t)dividend % (uint32_t)divisor;
    }
    mp_int_t remainder = dividend % divisor;
    if (remainder != 0 && (remainder < 0) != (divisor < 0)) {
        remainder += divisor;
    }
    return remainder;
}
