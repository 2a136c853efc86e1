#ifndef HERMETIC_HASHES_H
#define HERMETIC_HASHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    HASH_MD5, HASH_SHA1, HASH_SHA224, HASH_SHA256, HASH_SHA384, HASH_SHA512,
    HASH_SHA3_224, HASH_SHA3_256, HASH_SHA3_384, HASH_SHA3_512, HASH_SHAKE_128, HASH_SHAKE_256,
    HASH_BLAKE2B, HASH_BLAKE2S,
    HASH_KINDS,
} hash_id_t;

typedef struct _hash_kind_t {
    const char *name;
    uint8_t digest_size; // 0: as many bytes as wanted
    uint8_t block_size;
} hash_kind_t;
extern const hash_kind_t hash_kinds[HASH_KINDS];

typedef union _hash_state_t {
    uint32_t w32[8];
    uint64_t w64[25];
} hash_state_t;

typedef struct _hash_t {
    hash_state_t state;
    uint64_t length; // in bytes
    uint8_t id;
    uint8_t digest_size;
    uint8_t used; // of `block`
    uint8_t block[168];
} hash_t;

void hash_init(hash_t *hash, hash_id_t id);
// `parameters`: the block of RFC 7693, 64 bytes or 32.
void hash_init_blake2(hash_t *hash, hash_id_t id, const uint8_t *parameters, const uint8_t *key, size_t key_size);
void hash_update(hash_t *hash, const uint8_t *data, size_t length);
// `length` is the digest's size; of SHAKE, any. The state stays as it is.
void hash_final(const hash_t *hash, uint8_t *out, size_t length);

#endif
