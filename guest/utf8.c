#include <string.h>

#include "utf8.h"

// How many of the first bytes are ASCII, rounded down: most text is, in long stretches.
static size_t ascii_stretch(const uint8_t *text, size_t len) {
    size_t i = 0;
    for (; len - i >= 32; i += 32) {
        uint64_t words[4];
        memcpy(words, text + i, sizeof(words));
        if ((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080) {
            break;
        }
    }
    return i;
}

size_t utf8_valid_prefix(const uint8_t *text, size_t len) {
    size_t i = 0;
    while (i < len) {
        if (len - i >= 32) {
            i += ascii_stretch(text + i, len - i);
            if (i == len) {
                break;
            }
        }
        uint8_t c = text[i];
        if (c < 0x80) {
            i++;
            continue;
        }
        // Bounds of the second byte keep out long forms, surrogates and what is above U+10FFFF.
        size_t more;
        uint8_t low = 0x80, high = 0xbf;
        if (c >= 0xc2 && c <= 0xdf) {
            more = 1;
        } else if ((c & 0xf0) == 0xe0) {
            more = 2;
            low = c == 0xe0 ? 0xa0 : 0x80;
            high = c == 0xed ? 0x9f : 0xbf;
        } else if (c >= 0xf0 && c <= 0xf4) {
            more = 3;
            low = c == 0xf0 ? 0x90 : 0x80;
            high = c == 0xf4 ? 0x8f : 0xbf;
        } else {
            return i;
        }
        if (len - i <= more || text[i + 1] < low || text[i + 1] > high) {
            return i;
        }
        for (size_t k = 2; k <= more; k++) {
            if ((text[i + k] & 0xc0) != 0x80) {
                return i;
            }
        }
        i += more + 1;
    }
    return len;
}
