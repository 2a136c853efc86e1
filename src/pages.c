/* src/pages.c: see pages.h.
 *
 * A page is 512 words of 8 bytes. Its code is a row of (skip, count, words): `skip` words are as in the base, `count`
 * words follow, each as a mask of the bytes that differ and then those bytes. A count of 0 ends the page. Most changed
 * words are pointers and small numbers, of which a few bytes differ.
 */
#include "pages.h"

#include <string.h>

#define WORDS (HERMETIC__PAGE / 8)

size_t hermetic__varint_write(uint8_t *to, uint32_t value)
{
    size_t len = 0;
    for (; value >= 0x80; value >>= 7)
        to[len++] = (uint8_t)(value | 0x80);
    to[len++] = (uint8_t)value;
    return len;
}

bool hermetic__varint_read(const uint8_t **cursor, const uint8_t *end, uint32_t *value)
{
    uint64_t result = 0;
    for (unsigned shift = 0; shift < 35 && *cursor < end; shift += 7) {
        uint8_t byte = *(*cursor)++;
        result |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            *value = (uint32_t)result;
            return result <= UINT32_MAX;
        }
    }
    return false;
}

static bool same_word(const uint8_t *a, const uint8_t *b)
{
    uint64_t x, y;
    memcpy(&x, a, 8);
    memcpy(&y, b, 8);
    return x == y;
}

/* The first word from `at` on that is (not) the same in both. */
static unsigned scan(const uint8_t *page, const uint8_t *base, unsigned at, bool same)
{
    while (at < WORDS && same_word(page + 8 * at, base + 8 * at) == same)
        at++;
    return at;
}

size_t hermetic__page_encode(uint8_t *to, const uint8_t *page, const uint8_t *base)
{
    uint8_t *start = to;
    unsigned at = 0;
    for (;;) {
        unsigned from = scan(page, base, at, true);
        if (from == WORDS)
            break;
        unsigned until = scan(page, base, from, false);
        /* One equal word in between costs less as an empty mask than as a new row. */
        while (until + 1 < WORDS && !same_word(page + 8 * (until + 1), base + 8 * (until + 1)))
            until = scan(page, base, until + 1, false);
        to += hermetic__varint_write(to, from - at);
        to += hermetic__varint_write(to, until - from);
        for (at = from; at < until; at++) {
            uint8_t *mask = to++;
            *mask = 0;
            for (unsigned i = 0; i < 8; i++)
                if (page[8 * at + i] != base[8 * at + i]) {
                    *mask |= (uint8_t)(1u << i);
                    *to++ = page[8 * at + i];
                }
        }
    }
    if (to == start)
        return 0;
    *to++ = 0; /* nothing skipped, and the end */
    *to++ = 0;
    return (size_t)(to - start);
}

/* How many of the 8 bits are set. */
static unsigned bits_of(unsigned mask)
{
    mask -= mask >> 1 & 0x55;
    mask = (mask & 0x33) + (mask >> 2 & 0x33);
    return (mask + (mask >> 4)) & 0x0F;
}

bool hermetic__page_decode(const uint8_t **cursor, const uint8_t *end, uint8_t *page)
{
    const uint8_t *p = *cursor;
    uint32_t at = 0;
    for (;;) {
        uint32_t skip, count;
        if (!hermetic__varint_read(&p, end, &skip) || !hermetic__varint_read(&p, end, &count))
            return false;
        if (!count)
            break;
        if (skip > WORDS - at || count > WORDS - at - skip)
            return false;
        at += skip;
        for (; count; count--, at++) {
            if (p == end)
                return false;
            unsigned mask = *p++, bytes = bits_of(mask);
            if ((size_t)(end - p) < bytes)
                return false;
            if (!page) {
                p += bytes;
                continue;
            }
            for (uint8_t *byte = page + 8 * at; mask; mask >>= 1, byte++)
                if (mask & 1)
                    *byte = *p++;
        }
    }
    *cursor = p;
    return true;
}
