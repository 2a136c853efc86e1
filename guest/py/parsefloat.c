// The float that decimal digits spell, correctly rounded.
//
// Short numbers are one exact multiplication or division. The others are a quotient of natural numbers, exact to the
// last bit that decides the rounding.

#include <math.h>
#include <string.h>

#include "py/bignat.h"
#include "py/floattext.h"
#include "py/mpconfig.h"

// Digits beyond these cannot change the result, but for being zero or not: 767 decide, and one says that there are more.
#define DIGITS_MAX 780
// 10^(DIGITS_MAX + 345), and the same shifted by a quotient's 64 bits.
#define WORDS 136

// q * 2^exponent, where the bits below are zero when `exact`, as the nearest float.
static double assemble(uint64_t q, int exponent, bool exact) {
    int bits = 64 - __builtin_clzll(q);
    int unit = MAX(bits - 53 + exponent, -1074); // exponent of the last bit
    int drop = unit - exponent;
    if (drop > 64) {
        return 0;
    }
    uint64_t mantissa = drop == 64 ? 0 : q >> drop;
    uint64_t rest = drop == 64 ? q : q & ((1ULL << drop) - 1), half = 1ULL << (drop - 1);
    if (rest > half || (rest == half && (!exact || (mantissa & 1)))) {
        mantissa++;
    }
    return ldexp((double)mantissa, unit);
}

static double quotient(const char *digits, size_t n, int exponent) {
    uint32_t numerator[WORDS], denominator[WORDS];
    bignat_t a = { numerator, 0 }, b = { denominator, 0 };
    size_t i = 0;
    for (; i + 9 <= n; i += 9) {
        uint32_t chunk = 0;
        for (size_t k = 0; k < 9; k++) {
            chunk = chunk * 10 + (digits[i + k] - '0');
        }
        bignat_multiply_add(&a, 1000000000, chunk);
    }
    for (; i < n; i++) {
        bignat_multiply_add(&a, 10, digits[i] - '0');
    }
    bignat_set(&b, 1);
    if (exponent >= 0) {
        bignat_multiply_power_of_ten(&a, exponent);
    } else {
        bignat_multiply_power_of_ten(&b, -exponent);
    }
    // So that the quotient has 63 or 64 bits.
    int shift = 63 + (int)bignat_bits(&b) - (int)bignat_bits(&a);
    if (shift >= 0) {
        bignat_shift_left(&a, shift);
    } else {
        bignat_shift_left(&b, -shift);
    }
    // Long division in base 2: a < 2^64 b.
    uint64_t q = 0;
    bignat_shift_left(&b, 63);
    for (int bit = 63;; bit--) {
        if (bignat_compare(&a, &b) >= 0) {
            bignat_subtract(&a, &b);
            q |= 1ULL << bit;
        }
        if (bit == 0 || a.n == 0) {
            break;
        }
        // Instead of halving b.
        bignat_shift_left(&a, 1);
    }
    return assemble(q, -shift, a.n == 0);
}

size_t float_parse(const char *text, size_t len, bool underscores, double *value) {
    static const double powers_of_ten[] = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    };
    char digits[DIGITS_MAX + 1];
    size_t n = 0, i = 0;
    bool any = false, point = false, more = false;
    int64_t exponent = 0;
    for (; i < len; i++) {
        char c = text[i];
        if (c >= '0' && c <= '9') {
            any = true;
            exponent -= point;
            if (n == DIGITS_MAX) {
                more |= c != '0';
                exponent++;
            } else if (n || c != '0') {
                digits[n++] = c;
            }
        } else if (c == '.' && !point) {
            point = true;
        } else if (c == '_' && underscores && i && unichar_isdigit(text[i - 1]) && i + 1 < len
            && unichar_isdigit(text[i + 1])) {
            continue;
        } else {
            break;
        }
    }
    if (!any) {
        return 0;
    }
    if (i < len && (text[i] | 0x20) == 'e') {
        size_t k = i + 1;
        bool negative = false;
        if (k < len && (text[k] == '+' || text[k] == '-')) {
            negative = text[k++] == '-';
        }
        if (k < len && unichar_isdigit(text[k])) {
            int64_t e = 0;
            for (; k < len; k++) {
                if (text[k] == '_' && underscores && unichar_isdigit(text[k - 1]) && k + 1 < len
                    && unichar_isdigit(text[k + 1])) {
                    continue;
                }
                if (!unichar_isdigit(text[k])) {
                    break;
                }
                e = MIN(e * 10 + (text[k] - '0'), 1LL << 40);
            }
            exponent += negative ? -e : e;
            i = k;
        }
    }
    while (n && digits[n - 1] == '0' && !more) {
        n--;
        exponent++;
    }
    if (n == 0) {
        *value = 0;
        return i;
    }
    if (more) {
        digits[n++] = '1';
        exponent--;
    }
    if (exponent + (int64_t)n > 310) {
        *value = INFINITY;
    } else if (exponent + (int64_t)n < -330) {
        *value = 0;
    } else {
        uint64_t whole = 0;
        for (size_t k = 0; k < n && n <= 19; k++) {
            whole = whole * 10 + (digits[k] - '0');
        }
        if (n <= 19 && whole <= 1ULL << 53 && exponent >= -22 && exponent <= 22) {
            *value = exponent < 0 ? (double)whole / powers_of_ten[-exponent] : (double)whole * powers_of_ten[exponent];
        } else {
            *value = quotient(digits, n, exponent);
        }
    }
    return i;
}
