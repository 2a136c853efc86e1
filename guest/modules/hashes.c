// Hash functions: MD5 (RFC 1321), SHA-1 and SHA-2 (FIPS 180-4), SHA-3 (FIPS 202), BLAKE2 (RFC 7693).
//
// Plain C on words; nothing here allocates or knows of objects.

#include <string.h>

#include "hashes.h"

static inline uint32_t rotl32(uint32_t x, unsigned n) {
    return x << n | x >> (32 - n);
}
static inline uint32_t rotr32(uint32_t x, unsigned n) {
    return x >> n | x << (32 - n);
}
static inline uint64_t rotr64(uint64_t x, unsigned n) {
    return x >> n | x << (64 - n);
}
static inline uint64_t rotl64(uint64_t x, unsigned n) {
    return n == 0 ? x : x << n | x >> (64 - n);
}

// wasm is little-endian.
static inline uint32_t load32(const uint8_t *p) {
    uint32_t x;
    memcpy(&x, p, sizeof(x));
    return x;
}
static inline uint64_t load64(const uint8_t *p) {
    uint64_t x;
    memcpy(&x, p, sizeof(x));
    return x;
}

// The first 64 bits of the fractional parts of the cube roots of the first 80 primes; SHA-256 takes the first 32.
static const uint64_t sha2_k[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
    0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
    0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
    0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
    0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
    0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
    0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
    0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
    0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
    0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
    0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
    0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};

// The same of the square roots of the first 16 primes.
static const uint64_t sha2_iv[16] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
    0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
    0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
};

// 2^32 |sin i|
static const uint32_t md5_k[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};

static void md5_block(hash_state_t *state, const uint8_t *block) {
    static const uint8_t shifts[16] = { 7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21 };
    uint32_t a = state->w32[0], b = state->w32[1], c = state->w32[2], d = state->w32[3], x[16];
    memcpy(x, block, sizeof(x));
#define MD5_ROUND(from, f, index) \
    for (unsigned i = from; i < from + 16; i++) { \
        uint32_t t = d; \
        uint32_t sum = a + (f) + md5_k[i] + x[(index) & 15]; \
        d = c; \
        c = b; \
        b += rotl32(sum, shifts[(from / 16) * 4 + (i & 3)]); \
        a = t; \
    }
    MD5_ROUND(0, (b & c) | (~b & d), i)
    MD5_ROUND(16, (d & b) | (~d & c), 5 * i + 1)
    MD5_ROUND(32, b ^ c ^ d, 3 * i + 5)
    MD5_ROUND(48, c ^ (b | ~d), 7 * i)
    state->w32[0] += a;
    state->w32[1] += b;
    state->w32[2] += c;
    state->w32[3] += d;
}

static void sha1_block(hash_state_t *state, const uint8_t *block) {
    uint32_t w[80];
    for (int i = 0; i < 16; i++) {
        w[i] = __builtin_bswap32(load32(block + 4 * i));
    }
    for (int i = 16; i < 80; i++) {
        w[i] = rotl32(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    }
    uint32_t a = state->w32[0], b = state->w32[1], c = state->w32[2], d = state->w32[3], e = state->w32[4];
#define SHA1_ROUND(from, f, k) \
    for (int i = from; i < from + 20; i++) { \
        uint32_t t = rotl32(a, 5) + (f) + e + k + w[i]; \
        e = d; \
        d = c; \
        c = rotl32(b, 30); \
        b = a; \
        a = t; \
    }
    SHA1_ROUND(0, (b & c) | (~b & d), 0x5a827999)
    SHA1_ROUND(20, b ^ c ^ d, 0x6ed9eba1)
    SHA1_ROUND(40, (b & c) | (b & d) | (c & d), 0x8f1bbcdc)
    SHA1_ROUND(60, b ^ c ^ d, 0xca62c1d6)
    state->w32[0] += a;
    state->w32[1] += b;
    state->w32[2] += c;
    state->w32[3] += d;
    state->w32[4] += e;
}

#define SHA2_BLOCK(name, word, words, rounds, rotr, load, bswap, k_of, s0a, s0b, s0c, s1a, s1b, s1c, e0, e1, e2, a0, a1, a2) \
    static void name(hash_state_t *state, const uint8_t *block) { \
        word w[rounds], v[8]; \
        for (int i = 0; i < 16; i++) { \
            w[i] = bswap(load(block + sizeof(word) * i)); \
        } \
        for (int i = 16; i < rounds; i++) { \
            word s0 = rotr(w[i - 15], s0a) ^ rotr(w[i - 15], s0b) ^ w[i - 15] >> s0c; \
            word s1 = rotr(w[i - 2], s1a) ^ rotr(w[i - 2], s1b) ^ w[i - 2] >> s1c; \
            w[i] = w[i - 16] + s0 + w[i - 7] + s1; \
        } \
        memcpy(v, state->words, sizeof(v)); \
        word a = v[0], b = v[1], c = v[2], d = v[3], e = v[4], f = v[5], g = v[6], h = v[7]; \
        for (int i = 0; i < rounds; i++) { \
            word t1 = h + (rotr(e, e0) ^ rotr(e, e1) ^ rotr(e, e2)) + ((e & f) ^ (~e & g)) + k_of(i) + w[i]; \
            word t2 = (rotr(a, a0) ^ rotr(a, a1) ^ rotr(a, a2)) + ((a & b) ^ (a & c) ^ (b & c)); \
            h = g; \
            g = f; \
            f = e; \
            e = d + t1; \
            d = c; \
            c = b; \
            b = a; \
            a = t1 + t2; \
        } \
        state->words[0] += a; \
        state->words[1] += b; \
        state->words[2] += c; \
        state->words[3] += d; \
        state->words[4] += e; \
        state->words[5] += f; \
        state->words[6] += g; \
        state->words[7] += h; \
    }
#define K32(i) (uint32_t)(sha2_k[i] >> 32)
#define K64(i) sha2_k[i]
SHA2_BLOCK(sha256_block, uint32_t, w32, 64, rotr32, load32, __builtin_bswap32, K32, 7, 18, 3, 17, 19, 10, 6, 11, 25, 2, 13, 22)
SHA2_BLOCK(sha512_block, uint64_t, w64, 80, rotr64, load64, __builtin_bswap64, K64, 1, 8, 7, 19, 61, 6, 14, 18, 41, 28, 34, 39)

static void keccak(uint64_t *a) {
    static const uint64_t constants[24] = {
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
        0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
        0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    };
    static const uint8_t rotation[24] = { 1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44 };
    static const uint8_t lane[24] = { 10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1 };
    for (int round = 0; round < 24; round++) {
        uint64_t c[5], d;
        for (int x = 0; x < 5; x++) {
            c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
        }
        for (int x = 0; x < 5; x++) {
            d = c[(x + 4) % 5] ^ rotl64(c[(x + 1) % 5], 1);
            for (int y = 0; y < 25; y += 5) {
                a[x + y] ^= d;
            }
        }
        uint64_t moved = a[1];
        for (int i = 0; i < 24; i++) {
            uint64_t next = a[lane[i]];
            a[lane[i]] = rotl64(moved, rotation[i]);
            moved = next;
        }
        for (int y = 0; y < 25; y += 5) {
            memcpy(c, a + y, sizeof(c));
            for (int x = 0; x < 5; x++) {
                a[x + y] = c[x] ^ (~c[(x + 1) % 5] & c[(x + 2) % 5]);
            }
        }
        a[0] ^= constants[round];
    }
}

static void blake2_sigma(uint8_t *order, int round) {
    static const uint8_t sigma[10][16] = {
        { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 },
        { 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3 },
        { 11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4 },
        { 7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8 },
        { 9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13 },
        { 2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9 },
        { 12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11 },
        { 13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10 },
        { 6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5 },
        { 10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0 },
    };
    memcpy(order, sigma[round % 10], 16);
}

#define BLAKE2_BLOCK(name, word, words, rounds, rotr, iv_of, r0, r1, r2, r3) \
    static void name(hash_t *hash, const uint8_t *block, bool last) { \
        word v[16], m[16]; \
        memcpy(m, block, sizeof(m)); \
        for (int i = 0; i < 8; i++) { \
            v[i] = hash->state.words[i]; \
            v[i + 8] = iv_of(i); \
        } \
        v[12] ^= (word)hash->length; \
        v[13] ^= sizeof(word) == 4 ? (word)(hash->length >> 32) : 0; \
        v[14] ^= last ? ~(word)0 : 0; \
        for (int round = 0; round < rounds; round++) { \
            uint8_t s[16]; \
            blake2_sigma(s, round); \
            for (int i = 0; i < 8; i++) { \
                int shift = i < 4 ? 0 : 1, column = i & 3; \
                word *a = &v[column], *b = &v[4 + ((column + shift) & 3)], *c = &v[8 + ((column + 2 * shift) & 3)]; \
                word *d = &v[12 + ((column + 3 * shift) & 3)]; \
                *a += *b + m[s[2 * i]]; \
                *d = rotr(*d ^ *a, r0); \
                *c += *d; \
                *b = rotr(*b ^ *c, r1); \
                *a += *b + m[s[2 * i + 1]]; \
                *d = rotr(*d ^ *a, r2); \
                *c += *d; \
                *b = rotr(*b ^ *c, r3); \
            } \
        } \
        for (int i = 0; i < 8; i++) { \
            hash->state.words[i] ^= v[i] ^ v[i + 8]; \
        } \
    }
#define IV32(i) (uint32_t)(sha2_iv[i] >> 32)
#define IV64(i) sha2_iv[i]
BLAKE2_BLOCK(blake2b_block, uint64_t, w64, 12, rotr64, IV64, 32, 24, 16, 63)
BLAKE2_BLOCK(blake2s_block, uint32_t, w32, 10, rotr32, IV32, 16, 12, 8, 7)

const hash_kind_t hash_kinds[HASH_KINDS] = {
    [HASH_MD5] = { "md5", 16, 64 },
    [HASH_SHA1] = { "sha1", 20, 64 },
    [HASH_SHA224] = { "sha224", 28, 64 },
    [HASH_SHA256] = { "sha256", 32, 64 },
    [HASH_SHA384] = { "sha384", 48, 128 },
    [HASH_SHA512] = { "sha512", 64, 128 },
    [HASH_SHA3_224] = { "sha3_224", 28, 144 },
    [HASH_SHA3_256] = { "sha3_256", 32, 136 },
    [HASH_SHA3_384] = { "sha3_384", 48, 104 },
    [HASH_SHA3_512] = { "sha3_512", 64, 72 },
    [HASH_SHAKE_128] = { "shake_128", 0, 168 },
    [HASH_SHAKE_256] = { "shake_256", 0, 136 },
    [HASH_BLAKE2B] = { "blake2b", 64, 128 },
    [HASH_BLAKE2S] = { "blake2s", 32, 64 },
};

void hash_init(hash_t *hash, hash_id_t id) {
    static const uint32_t start[5] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 };
    memset(hash, 0, sizeof(*hash));
    hash->id = id;
    hash->digest_size = hash_kinds[id].digest_size;
    for (int i = 0; i < 8; i++) {
        switch (id) {
            case HASH_MD5: case HASH_SHA1:
                hash->state.w32[i] = i < 5 ? start[i] : 0;
                break;
            case HASH_SHA224:
                hash->state.w32[i] = (uint32_t)sha2_iv[8 + i];
                break;
            case HASH_SHA256: case HASH_BLAKE2S:
                hash->state.w32[i] = IV32(i);
                break;
            case HASH_SHA384:
                hash->state.w64[i] = sha2_iv[8 + i];
                break;
            case HASH_SHA512: case HASH_BLAKE2B:
                hash->state.w64[i] = IV64(i);
                break;
            default:
                break;
        }
    }
}

void hash_init_blake2(hash_t *hash, hash_id_t id, const uint8_t *parameters, const uint8_t *key, size_t key_size) {
    hash_init(hash, id);
    hash->digest_size = parameters[0];
    for (int i = 0; i < 8; i++) {
        if (id == HASH_BLAKE2B) {
            hash->state.w64[i] ^= load64(parameters + 8 * i);
        } else {
            hash->state.w32[i] ^= load32(parameters + 4 * i);
        }
    }
    if (key_size > 0) {
        uint8_t block[128] = { 0 };
        memcpy(block, key, key_size);
        hash_update(hash, block, hash_kinds[id].block_size);
    }
}

static void absorb(hash_t *hash, const uint8_t *block) {
    switch (hash->id) {
        case HASH_MD5:
            md5_block(&hash->state, block);
            break;
        case HASH_SHA1:
            sha1_block(&hash->state, block);
            break;
        case HASH_SHA224: case HASH_SHA256:
            sha256_block(&hash->state, block);
            break;
        case HASH_SHA384: case HASH_SHA512:
            sha512_block(&hash->state, block);
            break;
        case HASH_BLAKE2B:
            hash->length += 128;
            blake2b_block(hash, block, false);
            break;
        case HASH_BLAKE2S:
            hash->length += 64;
            blake2s_block(hash, block, false);
            break;
        default:
            for (unsigned i = 0; i < hash_kinds[hash->id].block_size / 8; i++) {
                hash->state.w64[i] ^= load64(block + 8 * i);
            }
            keccak(hash->state.w64);
            break;
    }
}

void hash_update(hash_t *hash, const uint8_t *data, size_t length) {
    size_t size = hash_kinds[hash->id].block_size;
    bool blake2 = hash->id >= HASH_BLAKE2B; // keeps back a full block: the last one is different
    if (!blake2) {
        hash->length += length;
    }
    while (length > 0) {
        if (hash->used == 0 && length >= size + blake2) {
            absorb(hash, data);
            data += size;
            length -= size;
            continue;
        }
        if (hash->used == size) { // BLAKE2
            absorb(hash, hash->block);
            hash->used = 0;
            continue;
        }
        size_t n = size - hash->used < length ? size - hash->used : length;
        memcpy(hash->block + hash->used, data, n);
        hash->used += n;
        data += n;
        length -= n;
        if (hash->used == size && !blake2) {
            absorb(hash, hash->block);
            hash->used = 0;
        }
    }
}

void hash_final(const hash_t *from, uint8_t *out, size_t length) {
    hash_t hash = *from;
    size_t size = hash_kinds[hash.id].block_size;
    memset(hash.block + hash.used, 0, size - hash.used);
    if (hash.id >= HASH_BLAKE2B) {
        hash.length += hash.used;
        if (hash.id == HASH_BLAKE2B) {
            blake2b_block(&hash, hash.block, true);
        } else {
            blake2s_block(&hash, hash.block, true);
        }
        memcpy(out, &hash.state, length);
        return;
    }
    if (hash.id >= HASH_SHA3_224) {
        hash.block[hash.used] = hash.id >= HASH_SHAKE_128 ? 0x1f : 0x06;
        hash.block[size - 1] |= 0x80;
        absorb(&hash, hash.block);
        while (length > size) {
            memcpy(out, hash.state.w64, size);
            keccak(hash.state.w64);
            out += size;
            length -= size;
        }
        memcpy(out, hash.state.w64, length);
        return;
    }
    size_t counter = size / 8; // bytes of the length
    hash.block[hash.used++] = 0x80;
    if (hash.used > size - counter) {
        absorb(&hash, hash.block);
        memset(hash.block, 0, size);
    }
    uint64_t bits = hash.length * 8;
    if (hash.id != HASH_MD5) {
        bits = __builtin_bswap64(bits);
    }
    memcpy(hash.block + size - 8, &bits, 8);
    absorb(&hash, hash.block);
    if (size == 128) {
        for (int i = 0; i < 8; i++) {
            hash.state.w64[i] = __builtin_bswap64(hash.state.w64[i]);
        }
    } else if (hash.id != HASH_MD5) {
        for (int i = 0; i < 8; i++) {
            hash.state.w32[i] = __builtin_bswap32(hash.state.w32[i]);
        }
    }
    memcpy(out, &hash.state, length);
}
