#ifndef HERMETIC_CHECKSUMS_H
#define HERMETIC_CHECKSUMS_H

#include <stddef.h>
#include <stdint.h>

// CRC-32 as in ISO 3309 and zlib; `crc` is what came out for the data before.
uint32_t checksum_crc32(uint32_t crc, const uint8_t *data, size_t length);

#endif
