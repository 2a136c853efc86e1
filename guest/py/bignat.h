// Natural numbers of a bounded size, on the C stack, for exact conversion between floats and decimal text.
//
// Little-endian words; `n` is the number of words in use, without leading zero words. The callers know how large their
// numbers get and give the room: nothing here checks it, so the bounds are argued where the numbers are made.
#ifndef HERMETIC_GUEST_PY_BIGNAT_H
#define HERMETIC_GUEST_PY_BIGNAT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef struct _bignat_t {
    uint32_t *w;
    size_t n;
} bignat_t;

static inline void bignat_set(bignat_t *a, uint64_t value) {
    a->n = 0;
    for (; value; value >>= 32) {
        a->w[a->n++] = value;
    }
}

static inline void bignat_multiply_add(bignat_t *a, uint32_t by, uint32_t add) {
    uint64_t carry = add;
    for (size_t i = 0; i < a->n; i++) {
        carry += (uint64_t)a->w[i] * by;
        a->w[i] = carry;
        carry >>= 32;
    }
    if (carry) {
        a->w[a->n++] = carry;
    }
}

static inline void bignat_multiply_power_of_ten(bignat_t *a, unsigned power) {
    for (; power >= 9; power -= 9) {
        bignat_multiply_add(a, 1000000000, 0);
    }
    uint32_t rest = 1;
    for (; power; power--) {
        rest *= 10;
    }
    bignat_multiply_add(a, rest, 0);
}

static inline void bignat_shift_left(bignat_t *a, unsigned bits) {
    if (a->n == 0) {
        return;
    }
    size_t words = bits / 32;
    bits %= 32;
    a->w[a->n] = 0;
    for (size_t i = a->n + 1; i-- > 0;) {
        a->w[i + words] = bits && i ? a->w[i] << bits | a->w[i - 1] >> (32 - bits) : a->w[i] << bits;
    }
    memset(a->w, 0, words * sizeof(uint32_t));
    a->n += words + 1;
    if (a->w[a->n - 1] == 0) {
        a->n--;
    }
}

static inline int bignat_compare(const bignat_t *a, const bignat_t *b) {
    if (a->n != b->n) {
        return a->n < b->n ? -1 : 1;
    }
    for (size_t i = a->n; i-- > 0;) {
        if (a->w[i] != b->w[i]) {
            return a->w[i] < b->w[i] ? -1 : 1;
        }
    }
    return 0;
}

static inline void bignat_add(bignat_t *a, const bignat_t *b) {
    uint64_t carry = 0;
    for (size_t i = 0; i < b->n || carry; i++) {
        carry += (uint64_t)(i < a->n ? a->w[i] : 0) + (i < b->n ? b->w[i] : 0);
        a->w[i] = carry;
        carry >>= 32;
        if (i >= a->n) {
            a->n = i + 1;
        }
    }
}

// a -= b, where b <= a.
static inline void bignat_subtract(bignat_t *a, const bignat_t *b) {
    int64_t borrow = 0;
    for (size_t i = 0; i < a->n; i++) {
        borrow += (int64_t)a->w[i] - (i < b->n ? b->w[i] : 0);
        a->w[i] = (uint32_t)borrow;
        borrow >>= 32;
    }
    while (a->n && a->w[a->n - 1] == 0) {
        a->n--;
    }
}

static inline unsigned bignat_bits(const bignat_t *a) {
    return a->n ? 32 * a->n - __builtin_clz(a->w[a->n - 1]) : 0;
}

#endif
