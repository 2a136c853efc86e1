/* cli/utf8.h: the one check of UTF-8 that the command's readers and writers share. */
#ifndef HERMETIC_CLI_UTF8_H
#define HERMETIC_CLI_UTF8_H

#include <stddef.h>

/* The length of the character at `at` (before `end`), or 0 when no valid one begins there. RFC 3629: no overlong form,
 * no surrogate, at most U+10FFFF. */
static inline size_t utf8_length(const unsigned char *at, const unsigned char *end)
{
    unsigned char c = at[0], low = 0x80, high = 0xbf;
    if (c < 0x80)
        return 1;
    size_t n = c >= 0xc2 && c <= 0xdf ? 2 : c >= 0xe0 && c <= 0xef ? 3 : c >= 0xf0 && c <= 0xf4 ? 4 : 0;
    if (n == 0 || (size_t)(end - at) < n)
        return 0;
    if (c == 0xe0)
        low = 0xa0;
    else if (c == 0xed)
        high = 0x9f;
    else if (c == 0xf0)
        low = 0x90;
    else if (c == 0xf4)
        high = 0x8f;
    if (at[1] < low || at[1] > high)
        return 0;
    for (size_t i = 2; i < n; i++)
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    return n;
}

#endif
