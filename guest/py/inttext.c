// Integers as text and as floats.
//
// Conversion to and from a base that is no power of two takes quadratic time; CPython's limit on decimal digits keeps
// that small, and fuel pays for what a program asks for beyond it.

#include <math.h>
#include <string.h>

#include "py/inttext.h"
#include "py/objint.h"
#include "py/runtime.h"
#include "py/smallint.h"

uint32_t int_max_str_digits = 4300;

const mpz_t *int_mpz(mp_obj_t value, mpz_t *z, mpz_dig_t *digits) {
    if (mp_obj_is_small_int(value)) {
        mpz_init_fixed_from_int(z, digits, INT_MPZ_DIGITS, MP_OBJ_SMALL_INT_VALUE(value));
        return z;
    }
    return &((mp_obj_int_t *)MP_OBJ_TO_PTR(value))->mpz;
}

mp_obj_t int_from_mpz(const mpz_t *z) {
    mp_int_t small;
    if (mpz_as_int_checked(z, &small) && MP_SMALL_INT_FITS(small)) {
        return MP_OBJ_NEW_SMALL_INT(small);
    }
    mp_obj_int_t *o = mp_obj_int_new_mpz();
    mpz_set(&o->mpz, z);
    return MP_OBJ_FROM_PTR(o);
}

static char digit_char(unsigned digit) {
    return digit < 10 ? '0' + digit : 'a' + digit - 10;
}

static void reverse(char *s, size_t len) {
    for (size_t i = 0; i < len / 2; i++) {
        char c = s[i];
        s[i] = s[len - 1 - i];
        s[len - 1 - i] = c;
    }
}

static void add_word(vstr_t *out, uint64_t value, unsigned base) {
    char text[64];
    size_t n = sizeof(text);
    do {
        text[--n] = digit_char(value % base);
        value /= base;
    } while (value);
    vstr_add_strn(out, text + n, sizeof(text) - n);
}

// A base of 2^bits, from the lowest digit on.
static void add_binary(vstr_t *out, const mpz_t *z, unsigned bits) {
    size_t start = out->len;
    uint64_t pending = 0;
    unsigned have = 0;
    for (size_t i = 0; i < z->len; i++) {
        pending |= (uint64_t)z->dig[i] << have;
        have += MPZ_DIG_SIZE;
        for (; have >= bits; have -= bits) {
            vstr_add_byte(out, digit_char(pending & ((1 << bits) - 1)));
            pending >>= bits;
        }
    }
    if (have) {
        vstr_add_byte(out, digit_char(pending));
    }
    while (out->len - start > 1 && out->buf[out->len - 1] == '0') {
        out->len--;
    }
    reverse(out->buf + start, out->len - start);
}

static NORETURN void too_many_digits(void) {
    mp_raise_msg_varg(&mp_type_ValueError,
        MP_ERROR_TEXT("Exceeds the limit (%d digits) for integer string conversion; "
            "use sys.set_int_max_str_digits() to increase the limit"), (int)int_max_str_digits);
}

void int_add_digits(vstr_t *out, mp_obj_t value, unsigned base) {
    if (mp_obj_is_small_int(value)) {
        mp_int_t small = MP_OBJ_SMALL_INT_VALUE(value);
        add_word(out, small < 0 ? -small : small, base);
        return;
    }
    const mpz_t *z = &((mp_obj_int_t *)MP_OBJ_TO_PTR(value))->mpz;
    if (z->len == 0) {
        vstr_add_byte(out, '0');
        return;
    }
    if ((base & (base - 1)) == 0) {
        add_binary(out, z, __builtin_ctz(base));
        return;
    }
    // 2^32 has 9.63 decimal digits.
    if (int_max_str_digits && base == 10 && z->len * 9.63 > int_max_str_digits + 20.0) {
        too_many_digits();
    }
    // As many digits at a time as a word holds.
    uint32_t chunk = base;
    unsigned chunk_digits = 1;
    while ((uint64_t)chunk * base < UINT32_MAX) {
        chunk *= base;
        chunk_digits++;
    }
    mpz_dig_t *rest = m_new_leaf(mpz_dig_t, z->len);
    memcpy(rest, z->dig, z->len * sizeof(mpz_dig_t));
    size_t start = out->len, n = z->len;
    while (n) {
        uint64_t remainder = 0;
        for (size_t i = n; i-- > 0;) {
            remainder = remainder << 32 | rest[i];
            rest[i] = remainder / chunk;
            remainder %= chunk;
        }
        while (n && rest[n - 1] == 0) {
            n--;
        }
        for (unsigned i = 0; i < chunk_digits && (n || remainder); i++) {
            vstr_add_byte(out, digit_char(remainder % base));
            remainder /= base;
        }
    }
    m_del(mpz_dig_t, rest, z->len);
    reverse(out->buf + start, out->len - start);
    if (int_max_str_digits && base == 10 && out->len - start > int_max_str_digits) {
        too_many_digits();
    }
}

static int digit_value(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c |= 0x20;
    return c >= 'a' && c <= 'z' ? c - 'a' + 10 : 99;
}

mp_obj_t int_from_digits(const char *s, size_t len, unsigned base, bool negative, size_t *used) {
    size_t n = 0, digits = 0;
    uint64_t small = 0;
    bool fits = true;
    for (; n < len; n++) {
        if (s[n] == '_' && n && s[n - 1] != '_' && n + 1 < len && (unsigned)digit_value(s[n + 1]) < base) {
            continue;
        }
        unsigned digit = digit_value(s[n]);
        if (digit >= base) {
            break;
        }
        digits++;
        fits = fits && small <= (uint64_t)(MP_SMALL_INT_MAX - digit) / base;
        if (fits) {
            small = small * base + digit;
        }
    }
    *used = n;
    if (fits) {
        return MP_OBJ_NEW_SMALL_INT(negative ? -(mp_int_t)small : (mp_int_t)small);
    }
    if (int_max_str_digits && digits > int_max_str_digits && (base & (base - 1))) {
        mp_raise_msg_varg(&mp_type_ValueError,
            MP_ERROR_TEXT("Exceeds the limit (%d digits) for integer string conversion: value has %d digits; "
                "use sys.set_int_max_str_digits() to increase the limit"), (int)int_max_str_digits, (int)digits);
    }
    // Bits of a digit, rounded up.
    unsigned bits = 32 - __builtin_clz(base - 1);
    size_t alloc = (uint64_t)digits * bits / MPZ_DIG_SIZE + 2;
    mp_obj_int_t *o = mp_obj_int_new_mpz();
    mpz_t *z = &o->mpz;
    z->dig = m_new_leaf(mpz_dig_t, alloc);
    z->alloc = alloc;
    z->len = 0;
    uint64_t chunk = 0, scale = 1;
    for (size_t i = 0; i <= n; i++) {
        if (i == n || scale * base > UINT32_MAX) {
            uint64_t carry = chunk;
            for (size_t k = 0; k < z->len; k++) {
                carry += z->dig[k] * scale;
                z->dig[k] = carry;
                carry >>= 32;
            }
            if (carry) {
                z->dig[z->len++] = carry;
            }
            chunk = 0;
            scale = 1;
        }
        if (i < n && s[i] != '_') {
            chunk = chunk * base + digit_value(s[i]);
            scale *= base;
        }
    }
    z->neg = negative;
    return int_from_mpz(z);
}

static size_t bit_length(const mpz_t *z) {
    return z->len ? z->len * (size_t)MPZ_DIG_SIZE - __builtin_clz(z->dig[z->len - 1]) : 0;
}

// The 64 highest bits and the number of bits below them; `exact` when these are zero.
static uint64_t top_bits(const mpz_t *z, int64_t *below, bool *exact) {
    uint64_t bits = 0;
    int64_t shift = (int64_t)bit_length(z) - 64;
    *exact = true;
    for (size_t i = 0; i < z->len; i++) {
        int64_t at = (int64_t)i * MPZ_DIG_SIZE - shift;
        uint64_t digit = z->dig[i];
        if (at <= -MPZ_DIG_SIZE) {
            *exact = *exact && digit == 0;
        } else if (at < 0) {
            *exact = *exact && (digit & ((1ULL << -at) - 1)) == 0;
            bits |= digit >> -at;
        } else {
            bits |= digit << at;
        }
    }
    *below = shift;
    return bits;
}

// bits * 2^exponent, where what is below the bits is zero when `exact`, as the nearest float; infinite when too large.
static double nearest_float(uint64_t bits, int64_t exponent, bool exact) {
    if (bits == 0) {
        return 0;
    }
    int width = 64 - __builtin_clzll(bits);
    if (exponent > 1100 || width + exponent > 1024) {
        return INFINITY;
    }
    int64_t unit = MAX(width - 53 + exponent, -1074);
    int64_t drop = unit - exponent;
    if (drop > 64) {
        return 0;
    }
    if (drop > 0) {
        uint64_t rest = drop == 64 ? bits : bits & ((1ULL << drop) - 1), half = 1ULL << (drop - 1);
        bits = drop == 64 ? 0 : bits >> drop;
        if (rest > half || (rest == half && (!exact || (bits & 1)))) {
            bits++;
        }
    } else {
        unit = exponent;
    }
    return ldexp((double)bits, unit);
}

static double mpz_nearest_float(const mpz_t *z) {
    int64_t exponent;
    bool exact;
    uint64_t bits = top_bits(z, &exponent, &exact);
    double result = nearest_float(bits, exponent, exact);
    return z->neg ? -result : result;
}

double int_to_float(mp_obj_t value) {
    if (mp_obj_is_small_int(value)) {
        return (double)MP_OBJ_SMALL_INT_VALUE(value);
    }
    double result = mpz_nearest_float(&((mp_obj_int_t *)MP_OBJ_TO_PTR(value))->mpz);
    if (isinf(result)) {
        mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("int too large to convert to float"));
    }
    return result;
}

mp_obj_t int_true_divide(mp_obj_t a_in, mp_obj_t b_in) {
    mpz_t za, zb;
    mpz_dig_t da[INT_MPZ_DIGITS], db[INT_MPZ_DIGITS];
    const mpz_t *a = int_mpz(a_in, &za, da), *b = int_mpz(b_in, &zb, db);
    size_t a_bits = bit_length(a), b_bits = bit_length(b);
    double result;
    if (a_bits <= 53 && b_bits <= 53) {
        result = fabs(mpz_nearest_float(a)) / fabs(mpz_nearest_float(b));
    } else {
        // A quotient of 64 bits or one more, and whether there is a rest.
        int64_t shift = 65 + (int64_t)b_bits - (int64_t)a_bits;
        mpz_t scaled, quotient, rest;
        mpz_init_zero(&scaled);
        mpz_init_zero(&quotient);
        mpz_init_zero(&rest);
        mpz_abs_inpl(&scaled, a);
        mpz_t divisor;
        mpz_init_zero(&divisor);
        mpz_abs_inpl(&divisor, b);
        if (shift > 0) {
            mpz_shl_inpl(&scaled, &scaled, shift);
        } else {
            mpz_shl_inpl(&divisor, &divisor, -shift);
        }
        mpz_divmod_inpl(&quotient, &rest, &scaled, &divisor);
        int64_t exponent;
        bool exact;
        uint64_t bits = top_bits(&quotient, &exponent, &exact);
        result = nearest_float(bits, exponent - shift, exact && rest.len == 0);
        mpz_deinit(&scaled);
        mpz_deinit(&quotient);
        mpz_deinit(&rest);
        mpz_deinit(&divisor);
        if (isinf(result)) {
            mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("integer division result too large for a float"));
        }
    }
    return mp_obj_new_float(a->neg != b->neg && a_bits ? -result : result);
}
