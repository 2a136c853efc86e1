/* src/utf8.c: see utf8.h. */
#include "utf8.h"

#include <string.h>

static bool is_continuation(uint8_t byte)
{
    return (byte & 0xC0) == 0x80;
}

/* Length of the character at `p`, of which `left` bytes are there; 0 when it is not one. Table 3-7 of Unicode. */
static size_t multibyte_length(const uint8_t *p, size_t left)
{
    uint8_t low = 0x80, high = 0xBF; /* bounds of the second byte */
    size_t length;
    if (p[0] >= 0xC2 && p[0] <= 0xDF) {
        length = 2;
    } else if (p[0] >= 0xE0 && p[0] <= 0xEF) {
        length = 3;
        if (p[0] == 0xE0)
            low = 0xA0;
        if (p[0] == 0xED)
            high = 0x9F;
    } else if (p[0] >= 0xF0 && p[0] <= 0xF4) {
        length = 4;
        if (p[0] == 0xF0)
            low = 0x90;
        if (p[0] == 0xF4)
            high = 0x8F;
    } else {
        return 0;
    }
    if (left < length || p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if (!is_continuation(p[i]))
            return 0;
    return length;
}

/* How many of the first bytes are ASCII, in steps of 64: long texts mostly are. */
static size_t ascii_rows(const uint8_t *text, size_t len)
{
    size_t at = 0;
#if defined(__GNUC__)
    typedef uint64_t vector __attribute__((vector_size(16)));
    for (vector row[4]; len - at >= sizeof(row); at += sizeof(row)) {
        memcpy(row, text + at, sizeof(row));
        vector any = (row[0] | row[1]) | (row[2] | row[3]);
        if ((any[0] | any[1]) & UINT64_C(0x8080808080808080))
            break;
    }
#else
    (void)text, (void)len;
#endif
    return at;
}

bool hermetic__utf8_valid(const uint8_t *text, size_t len)
{
    size_t at = 0;
    while (at < len) {
        uint64_t eight;
        if (len - at >= 64)
            at += ascii_rows(text + at, len - at);
        while (len - at >= 8 && (memcpy(&eight, text + at, 8), !(eight & UINT64_C(0x8080808080808080))))
            at += 8;
        if (at == len)
            return true;
        if (text[at] < 0x80) {
            at++;
            continue;
        }
        size_t length = multibyte_length(text + at, len - at);
        if (!length)
            return false;
        at += length;
    }
    return true;
}

size_t hermetic__utf8_cut(const uint8_t *text, size_t len, size_t max)
{
    if (len <= max)
        return len;
    size_t at = max;
    for (int i = 0; i < 3 && at > 0 && is_continuation(text[at]); i++)
        at--;
    return is_continuation(text[at]) ? max : at;
}

size_t hermetic__utf8_whole(const uint8_t *text, size_t len)
{
    for (size_t back = 1; back <= 3 && back <= len; back++) {
        uint8_t byte = text[len - back];
        if (is_continuation(byte))
            continue;
        size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
        return length > back ? len - back : len;
    }
    return len;
}
