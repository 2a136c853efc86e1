/* src/blake2b.h: BLAKE2b with a 32-byte result (RFC 7693): a checksum, or with a key a message authentication code. */
#ifndef HERMETIC_SRC_BLAKE2B_H
#define HERMETIC_SRC_BLAKE2B_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HERMETIC__DIGEST 32

/* `key` is 32 bytes, or NULL. */
void hermetic__blake2b(const uint8_t *key, const uint8_t *data, size_t len, uint8_t out[HERMETIC__DIGEST]);

/* In time that does not depend on where they differ. */
bool hermetic__digest_equal(const uint8_t a[HERMETIC__DIGEST], const uint8_t b[HERMETIC__DIGEST]);

#endif
