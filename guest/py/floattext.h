// Floats and text: shortest digits, exact digits, and back. See formatfloat.c and parsefloat.c.
#ifndef HERMETIC_GUEST_PY_FLOATTEXT_H
#define HERMETIC_GUEST_PY_FLOATTEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "py/mpconfig.h"
#include "py/misc.h"

// A double has at most that many significant decimal digits.
#define FLOAT_DIGITS_MAX 768

// The digits of a positive finite number: 0.d1d2...dn * 10^point, without trailing zeros; n is 0 for zero.
typedef struct _float_digits_t {
    int n;
    int point;
    char digits[FLOAT_DIGITS_MAX];
} float_digits_t;

// The fewest digits that read back as the same number, and of these the closest.
void float_shortest_digits(double value, float_digits_t *out);

// Rounded, half to even, to `count` significant digits; or, when `fixed`, to `count` digits after the point (which may
// be negative).
void float_rounded_digits(double value, bool fixed, int count, float_digits_t *out);

enum { FLOAT_ALTERNATE = 1, FLOAT_ADD_DOT_0 = 2 };

// Appends the text of |value|: no sign. `type` is one of e E f F g G, or r for repr; precision -1 is the type's default.
void float_format(vstr_t *out, double value, char type, int precision, unsigned flags);

// Rounds to `places` digits after the point as round() does.
double float_round(double value, int places);

// The number that digits at `text` (no sign, no spaces) spell: decimal digits with an optional point and exponent.
// Returns how many bytes were used, 0 when there is no number. Correctly rounded, half to even; infinite when too large.
// Underscores between digits are allowed when `underscores`.
size_t float_parse(const char *text, size_t len, bool underscores, double *value);

#endif
