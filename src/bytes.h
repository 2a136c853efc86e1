/* src/bytes.h: little-endian integers in bytes, on any machine. */
#ifndef HERMETIC_SRC_BYTES_H
#define HERMETIC_SRC_BYTES_H

#include <stdint.h>

static inline uint32_t hermetic__load32(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline uint64_t hermetic__load64(const uint8_t *p)
{
    return hermetic__load32(p) | (uint64_t)hermetic__load32(p + 4) << 32;
}

static inline void hermetic__store32(uint8_t *p, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(value >> 8 * i);
}

static inline void hermetic__store64(uint8_t *p, uint64_t value)
{
    for (int i = 0; i < 8; i++)
        p[i] = (uint8_t)(value >> 8 * i);
}

#endif
