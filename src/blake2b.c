/* src/blake2b.c: written from RFC 7693. Chosen for snapshots because it needs no tables and, at about a nanosecond a
 * byte in portable C, no special instructions. */
#include "blake2b.h"

#include <string.h>

#define BLOCK 128

static const uint64_t initial[8] = {
    UINT64_C(0x6a09e667f3bcc908), UINT64_C(0xbb67ae8584caa73b), UINT64_C(0x3c6ef372fe94f82b),
    UINT64_C(0xa54ff53a5f1d36f1), UINT64_C(0x510e527fade682d1), UINT64_C(0x9b05688c2b3e6c1f),
    UINT64_C(0x1f83d9abfb41bd6b), UINT64_C(0x5be0cd19137e2179),
};

/* Which words of the message the steps of a round take. Rounds 10 and 11 repeat 0 and 1. */
static const uint8_t schedule[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
};

static uint64_t load(const uint8_t *p)
{
    uint64_t value = 0;
    for (int i = 0; i < 8; i++) /* compilers make one load of it */
        value |= (uint64_t)p[i] << 8 * i;
    return value;
}

static uint64_t rotate(uint64_t value, unsigned right)
{
    return value >> right | value << (64 - right);
}

static inline void mix(uint64_t *a, uint64_t *b, uint64_t *c, uint64_t *d, uint64_t x, uint64_t y)
{
    *a += *b + x;
    *d = rotate(*d ^ *a, 32);
    *c += *d;
    *b = rotate(*b ^ *c, 24);
    *a += *b + y;
    *d = rotate(*d ^ *a, 16);
    *c += *d;
    *b = rotate(*b ^ *c, 63);
}

#define STEP(r, i, a, b, c, d) mix(&v[a], &v[b], &v[c], &v[d], m[schedule[r][2 * (i)]], m[schedule[r][2 * (i) + 1]])

/* Written out per round, so that compilers see which words of the message are meant. */
#define ROUND(r)                                                                                                        \
    do {                                                                                                                \
        STEP(r, 0, 0, 4, 8, 12);                                                                                        \
        STEP(r, 1, 1, 5, 9, 13);                                                                                        \
        STEP(r, 2, 2, 6, 10, 14);                                                                                       \
        STEP(r, 3, 3, 7, 11, 15);                                                                                       \
        STEP(r, 4, 0, 5, 10, 15);                                                                                       \
        STEP(r, 5, 1, 6, 11, 12);                                                                                       \
        STEP(r, 6, 2, 7, 8, 13);                                                                                        \
        STEP(r, 7, 3, 4, 9, 14);                                                                                        \
    } while (0)

static void compress(uint64_t state[8], const uint8_t *block, uint64_t counted, bool last)
{
    uint64_t m[16], v[16];
    for (int i = 0; i < 16; i++)
        m[i] = load(block + 8 * i);
    for (int i = 0; i < 8; i++) {
        v[i] = state[i];
        v[i + 8] = initial[i];
    }
    v[12] ^= counted; /* the upper half of the counter stays 0: nothing here has 2**64 bytes */
    if (last)
        v[14] = ~v[14];
    ROUND(0);
    ROUND(1);
    ROUND(2);
    ROUND(3);
    ROUND(4);
    ROUND(5);
    ROUND(6);
    ROUND(7);
    ROUND(8);
    ROUND(9);
    ROUND(0);
    ROUND(1);
    for (int i = 0; i < 8; i++)
        state[i] ^= v[i] ^ v[i + 8];
}

void hermetic__blake2b(const uint8_t *key, const uint8_t *data, size_t len, uint8_t out[HERMETIC__DIGEST])
{
    uint64_t state[8], counted = 0;
    uint8_t block[BLOCK] = {0};
    memcpy(state, initial, sizeof(state));
    state[0] ^= UINT64_C(0x01010000) ^ (key ? UINT64_C(32) << 8 : 0) ^ HERMETIC__DIGEST;
    if (key) {
        memcpy(block, key, 32);
        counted = BLOCK;
        compress(state, block, counted, len == 0);
        memset(block, 0, sizeof(block));
    }
    if (len || !key) {
        for (; len > BLOCK; data += BLOCK, len -= BLOCK)
            compress(state, data, counted += BLOCK, false);
        if (len)
            memcpy(block, data, len);
        compress(state, block, counted += len, true);
    }
    for (int i = 0; i < HERMETIC__DIGEST; i++)
        out[i] = (uint8_t)(state[i / 8] >> 8 * (i % 8));
}

bool hermetic__digest_equal(const uint8_t a[HERMETIC__DIGEST], const uint8_t b[HERMETIC__DIGEST])
{
    unsigned different = 0;
    for (int i = 0; i < HERMETIC__DIGEST; i++)
        different |= (unsigned)(a[i] ^ b[i]);
    return different == 0;
}
