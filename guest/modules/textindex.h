// Indices of characters in a text and offsets of bytes, in UTF-8. Counting starts from the place that was asked for last,
// so that a walk through a long text costs its length once.
#ifndef HERMETIC_TEXTINDEX_H
#define HERMETIC_TEXTINDEX_H

#include "py/obj.h"

// The index of the character at `offset`, which must not be beyond the text. When `text` is not a str, the offset itself.
mp_int_t text_index(mp_obj_t text, bool is_str, const byte *data, size_t offset);

// The offset of character `index`, or the length when there are not so many; *reached says which one it is.
size_t text_offset(mp_obj_t text, bool is_str, const byte *data, size_t length, mp_int_t index, mp_int_t *reached);

// Characters in `n` bytes.
size_t text_count(const byte *data, size_t n);

// Characters: UTF-8, with surrogates let through.
static inline uint32_t text_decode(const byte **at) {
    const byte *p = *at;
    uint32_t c = *p++;
    if (c >= 0xc0) {
        if (c < 0xe0) {
            c = (c & 0x1f) << 6 | (p[0] & 0x3f);
            p += 1;
        } else if (c < 0xf0) {
            c = (c & 0x0f) << 12 | (p[0] & 0x3f) << 6 | (p[1] & 0x3f);
            p += 2;
        } else {
            c = (c & 7) << 18 | (p[0] & 0x3f) << 12 | (p[1] & 0x3f) << 6 | (p[2] & 0x3f);
            p += 3;
        }
    }
    *at = p;
    return c;
}

// Writes a character, four bytes at most; returns how many.
size_t text_encode(uint32_t c, byte *out);

#endif
