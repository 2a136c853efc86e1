// Text of floats. Takes the place of upstream's py/formatfloat.c, whose digits are approximate.
//
// The digits are those of exact arithmetic on natural numbers (Steele and White's method, with the estimate of the
// exponent by Gay): value = R / S, and each step takes the integer part of 10 R / S. Most floats that programs print
// have few digits: these are found by trial, without large numbers.

#include <math.h>
#include <string.h>

#include "py/bignat.h"
#include "py/floattext.h"
#include "py/formatfloat.h"
#include "py/mpconfig.h"

// The largest are 2^1074 * 2 and 2^53 * 10^325, with room for one more word in each step: 1140 bits and less.
#define WORDS 40

#define MANTISSA_BITS 52
#define HIDDEN_BIT (1ULL << MANTISSA_BITS)
#define MIN_EXPONENT (-1074)

typedef struct _scaled_t {
    bignat_t r, s, up, down; // value = r / s; the next floats are up / 2s and down / 2s away
    uint32_t words[4][WORDS];
    int point;
} scaled_t;

static const double powers_of_ten[] = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
};

// Sets up r, s and the distances for a number that is not 0, with r / s < 1 for the digits to come: 0.d1d2... * 10^point.
// `roundable`: a number that rounds up to the next power of ten counts as that one.
static void scale(double value, bool roundable, scaled_t *x) {
    for (size_t i = 0; i < 4; i++) {
        (&x->r)[i].w = x->words[i];
    }
    uint64_t bits;
    memcpy(&bits, &value, sizeof(bits));
    uint64_t mantissa = bits & (HIDDEN_BIT - 1);
    int exponent = bits >> MANTISSA_BITS & 0x7ff;
    if (exponent) {
        mantissa |= HIDDEN_BIT;
        exponent += MIN_EXPONENT - 1;
    } else {
        exponent = MIN_EXPONENT;
    }
    // Below a power of two the next float is half as far away.
    unsigned uneven = mantissa == HIDDEN_BIT && exponent > MIN_EXPONENT;
    bignat_set(&x->r, mantissa);
    bignat_set(&x->s, 1);
    bignat_set(&x->up, 1);
    bignat_set(&x->down, 1);
    bignat_shift_left(&x->r, 1 + uneven);
    bignat_shift_left(&x->s, 1 + uneven);
    bignat_shift_left(&x->up, uneven);
    if (exponent >= 0) {
        bignat_shift_left(&x->r, exponent);
        bignat_shift_left(&x->up, exponent);
        bignat_shift_left(&x->down, exponent);
    } else {
        bignat_shift_left(&x->s, -exponent);
    }
    // log10(value) from below by less than 1: the test after it puts that right.
    int point = (int)ceil((exponent + 63 - __builtin_clzll(mantissa)) * 0.30102999566398114 - 1e-10);
    if (point >= 0) {
        bignat_multiply_power_of_ten(&x->s, point);
    } else {
        bignat_multiply_power_of_ten(&x->r, -point);
        bignat_multiply_power_of_ten(&x->up, -point);
        bignat_multiply_power_of_ten(&x->down, -point);
    }
    bool even = !(mantissa & 1);
    uint32_t words[WORDS];
    bignat_t sum = { words, x->r.n };
    memcpy(words, x->r.w, x->r.n * sizeof(uint32_t));
    if (roundable) {
        bignat_add(&sum, &x->up);
    }
    int order = bignat_compare(&sum, &x->s);
    if (order > 0 || (order == 0 && (!roundable || even))) {
        bignat_multiply_add(&x->s, 10, 0);
        point++;
    }
    x->point = point;
}

// The next digit: the integer part of 10 r / s; r becomes the rest.
static int next_digit(scaled_t *x) {
    bignat_multiply_add(&x->r, 10, 0);
    int digit = 0;
    while (bignat_compare(&x->r, &x->s) >= 0) {
        bignat_subtract(&x->r, &x->s);
        digit++;
    }
    return digit;
}

// Compares the rest with half a unit of the last digit.
static int compare_half(scaled_t *x) {
    bignat_shift_left(&x->r, 1);
    return bignat_compare(&x->r, &x->s);
}

static void strip_zeros(float_digits_t *out) {
    while (out->n && out->digits[out->n - 1] == '0') {
        out->n--;
    }
}

// Adds one to the last digit.
static void round_up(float_digits_t *out) {
    while (out->n && out->digits[out->n - 1] == '9') {
        out->n--;
    }
    if (out->n == 0) {
        out->digits[out->n++] = '1';
        out->point++;
    } else {
        out->digits[out->n - 1]++;
    }
}

static void put_integer(uint64_t value, int exponent, float_digits_t *out) {
    char reversed[20];
    int n = 0;
    for (; value; value /= 10) {
        reversed[n++] = '0' + value % 10;
    }
    for (int i = 0; i < n; i++) {
        out->digits[i] = reversed[n - 1 - i];
    }
    out->n = n;
    out->point = n + exponent;
    strip_zeros(out);
}

void float_shortest_digits(double value, float_digits_t *out) {
    out->n = 0;
    out->point = 1;
    if (value == 0) {
        return;
    }
    // Decimals of up to 15 digits read back as different floats, and a quotient of exact floats is correctly rounded:
    // the first such decimal that gives `value` is the only one.
    if (value < 1e15) {
        for (size_t places = 0; places < MP_ARRAY_SIZE(powers_of_ten); places++) {
            double scaled = value * powers_of_ten[places];
            if (scaled >= 1e15) {
                break;
            }
            double whole = rint(scaled);
            if (whole / powers_of_ten[places] == value) {
                put_integer((uint64_t)whole, -(int)places, out);
                return;
            }
        }
    }
    scaled_t x;
    scale(value, true, &x);
    out->point = x.point;
    uint64_t bits;
    memcpy(&bits, &value, sizeof(bits));
    bool even = !(bits & 1);
    for (;;) {
        int digit = next_digit(&x);
        bignat_multiply_add(&x.up, 10, 0);
        bignat_multiply_add(&x.down, 10, 0);
        int low = bignat_compare(&x.r, &x.down);
        uint32_t words[WORDS];
        bignat_t sum = { words, x.r.n };
        memcpy(words, x.r.w, x.r.n * sizeof(uint32_t));
        bignat_add(&sum, &x.up);
        int high = bignat_compare(&sum, &x.s);
        out->digits[out->n++] = '0' + digit;
        // As far from the value as the reader may be: either digit would do, or one of the two.
        bool enough_down = low < 0 || (low == 0 && even), enough_up = high > 0 || (high == 0 && even);
        if (enough_down || enough_up) {
            if (enough_up) {
                int half = enough_down ? compare_half(&x) : 1;
                if (half > 0 || (half == 0 && (digit & 1))) {
                    round_up(out);
                }
            }
            strip_zeros(out);
            return;
        }
    }
}

void float_rounded_digits(double value, bool fixed, int count, float_digits_t *out) {
    out->n = 0;
    out->point = 1;
    if (value == 0) {
        return;
    }
    scaled_t x;
    scale(value, false, &x);
    out->point = x.point;
    int n = fixed ? (count < FLOAT_DIGITS_MAX * 2 ? count + x.point : FLOAT_DIGITS_MAX) : count;
    if (n < 0) {
        return;
    }
    // 767 digits are all that there are.
    for (int i = 0; i < n && i < FLOAT_DIGITS_MAX - 1 && x.r.n; i++) {
        out->digits[out->n++] = '0' + next_digit(&x);
    }
    if (x.r.n) {
        int half = compare_half(&x);
        if (half > 0 || (half == 0 && out->n && (out->digits[out->n - 1] & 1))) {
            round_up(out);
        }
    }
    strip_zeros(out);
}

static void add_zeros(vstr_t *out, int n) {
    if (n > 0) {
        memset(vstr_add_len(out, n), '0', n);
    }
}

// `n` digits from the one at `from` on; there are zeros after the last one.
static void add_digits(vstr_t *out, const float_digits_t *d, int from, int n) {
    int there = MAX(0, MIN(n, d->n - from));
    vstr_add_strn(out, d->digits + from, there);
    add_zeros(out, n - there);
}

static void add_exponential(vstr_t *out, const float_digits_t *d, int decimals, char e, unsigned flags) {
    add_digits(out, d, 0, 1);
    if (decimals > 0 || (flags & FLOAT_ALTERNATE)) {
        vstr_add_byte(out, '.');
        add_digits(out, d, 1, decimals);
    }
    int exponent = d->n ? d->point - 1 : 0;
    vstr_add_byte(out, e);
    vstr_add_byte(out, exponent < 0 ? '-' : '+');
    exponent = exponent < 0 ? -exponent : exponent;
    if (exponent >= 100) {
        vstr_add_byte(out, '0' + exponent / 100);
    }
    vstr_add_byte(out, '0' + exponent / 10 % 10);
    vstr_add_byte(out, '0' + exponent % 10);
}

static void add_fixed(vstr_t *out, const float_digits_t *d, int decimals, unsigned flags) {
    if (d->n == 0 || d->point <= 0) {
        vstr_add_byte(out, '0');
    } else {
        add_digits(out, d, 0, d->point);
    }
    if (decimals > 0 || (flags & FLOAT_ALTERNATE)) {
        vstr_add_byte(out, '.');
        int zeros = d->n == 0 ? decimals : d->point < 0 ? MIN(-d->point, decimals) : 0;
        add_zeros(out, zeros);
        add_digits(out, d, d->point > 0 && d->n ? d->point : 0, decimals - zeros);
    } else if (flags & FLOAT_ADD_DOT_0) {
        vstr_add_str(out, ".0");
    }
}

void float_format(vstr_t *out, double value, char type, int precision, unsigned flags) {
    bool upper = type >= 'A' && type <= 'Z';
    if (isnan(value) || isinf(value)) {
        vstr_add_str(out, isnan(value) ? upper ? "NAN" : "nan" : upper ? "INF" : "inf");
        return;
    }
    value = fabs(value);
    float_digits_t d;
    char e = upper ? 'E' : 'e';
    switch (type | 0x20) {
        case 'f':
            precision = precision < 0 ? 6 : precision;
            float_rounded_digits(value, true, precision, &d);
            add_fixed(out, &d, precision, flags);
            return;
        case 'e':
            precision = precision < 0 ? 6 : precision;
            float_rounded_digits(value, false, precision < FLOAT_DIGITS_MAX ? precision + 1 : FLOAT_DIGITS_MAX, &d);
            add_exponential(out, &d, precision, e, flags);
            return;
        case 'r':
            float_shortest_digits(value, &d);
            precision = 17;
            break;
        default:
            precision = precision < 0 ? 6 : precision == 0 ? 1 : precision;
            float_rounded_digits(value, false, MIN(precision, FLOAT_DIGITS_MAX), &d);
    }
    // The general format: plain unless the exponent is small or not below the precision.
    int exponent = d.n ? d.point - 1 : 0;
    // repr() has up to 16 digits before the point.
    int limit = type == 'r' ? 16 : precision;
    // With a point to add, a number with as many digits as the precision would look longer than it is.
    if (type != 'r' && (flags & FLOAT_ADD_DOT_0)) {
        limit = precision - 1;
    }
    bool keep_zeros = (flags & FLOAT_ALTERNATE) && type != 'r';
    if (exponent < -4 || exponent >= limit) {
        add_exponential(out, &d, keep_zeros ? precision - 1 : d.n - 1, e, flags);
    } else {
        add_fixed(out, &d, keep_zeros ? precision - 1 - exponent : d.n - (d.n ? d.point : 0), flags);
    }
}

double float_round(double value, int places) {
    if (!isfinite(value) || value == 0 || places > 1100) {
        return value;
    }
    if (places < -400) {
        return copysign(0, value);
    }
    float_digits_t d;
    float_rounded_digits(fabs(value), true, places, &d);
    char text[FLOAT_DIGITS_MAX + 16];
    memcpy(text, d.digits, d.n);
    size_t len = d.n;
    if (len == 0) {
        return copysign(0, value);
    }
    int exponent = d.point - d.n;
    text[len++] = 'e';
    text[len++] = exponent < 0 ? '-' : '+';
    exponent = exponent < 0 ? -exponent : exponent;
    for (int unit = 1000; unit; unit /= 10) {
        text[len++] = '0' + exponent / unit % 10;
    }
    double result;
    float_parse(text, len, false, &result);
    return copysign(result, value);
}

// Upstream's interface, for what prints floats to a small buffer.
int mp_format_float(mp_float_t f, char *buf, size_t size, char type, int precision, char sign) {
    vstr_t text;
    vstr_init(&text, 32);
    if (signbit(f) && !isnan(f)) {
        vstr_add_byte(&text, '-');
    } else if (sign) {
        vstr_add_byte(&text, sign);
    }
    float_format(&text, f, type, precision, 0);
    size_t len = MIN(text.len, size - 1);
    memcpy(buf, text.buf, len);
    buf[len] = '\0';
    vstr_clear(&text);
    return len;
}
