// CRC-32. It takes the place of zlib's own, whose tables are 80 KB.

#include "checksums.h"

uint32_t checksum_crc32(uint32_t crc, const uint8_t *data, size_t length) {
    // Remainders of the low byte; made when first needed, as they are a page otherwise untouched.
    static uint32_t table[256];
    if (table[1] == 0) {
        for (uint32_t i = 0; i < 256; i++) {
            uint32_t r = i;
            for (int bit = 0; bit < 8; bit++) {
                r = r >> 1 ^ (r & 1 ? 0xedb88320u : 0);
            }
            table[i] = r;
        }
    }
    crc = ~crc;
    for (size_t i = 0; i < length; i++) {
        crc = table[(crc ^ data[i]) & 0xff] ^ crc >> 8;
    }
    return ~crc;
}

// What zlib's deflate.c and inflate.c call for gzip.
unsigned long crc32(unsigned long crc, const unsigned char *data, unsigned length);
unsigned long crc32(unsigned long crc, const unsigned char *data, unsigned length) {
    return data == NULL ? 0 : checksum_crc32(crc, data, length);
}
