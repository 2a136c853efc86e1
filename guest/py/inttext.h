// Integers and text. See inttext.c.
#ifndef HERMETIC_GUEST_PY_INTTEXT_H
#define HERMETIC_GUEST_PY_INTTEXT_H

#include "py/mpz.h"
#include "py/obj.h"

// Appends the digits of |value|, an int, in a base from 2 to 36; letters are small.
void int_add_digits(vstr_t *out, mp_obj_t value, unsigned base);

// The int that digits of `base` spell, with underscores between digits; `n` is how many bytes were used: the longest
// run of such digits.
mp_obj_t int_from_digits(const char *s, size_t len, unsigned base, bool negative, size_t *n);

// Both raise ValueError beyond so many decimal digits, as CPython does; 0 is no limit.
extern uint32_t int_max_str_digits;

// The nearest float, half to even; raises OverflowError beyond the largest.
double int_to_float(mp_obj_t value);

// a / b, correctly rounded; b is not 0.
mp_obj_t int_true_divide(mp_obj_t a, mp_obj_t b);

// A view of an int as a big integer; `digits` is room for a small one.
const mpz_t *int_mpz(mp_obj_t value, mpz_t *z, mpz_dig_t *digits);
#define INT_MPZ_DIGITS ((64 + MPZ_DIG_SIZE - 1) / MPZ_DIG_SIZE + 1)

// A new int of a big integer's value; small when it fits.
mp_obj_t int_from_mpz(const mpz_t *z);

// pow() of three ints: the result, or MP_OBJ_NULL when base and exponent were made ready for upstream's mpz_pow3_inpl().
mp_obj_t int_power_modulo(mp_obj_t *base, mp_obj_t *exponent, mp_obj_t modulus);
mp_obj_t int_modulo_sign(mp_obj_t value, mp_obj_t modulus);

// An operator on a big integer and a float.
mp_obj_t int_float_binary_op(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs);

#endif
