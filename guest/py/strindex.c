// From the index of a character to its byte, and the number of characters.
//
// Text is UTF-8, so both need a walk, except where all is ASCII. The last few long texts are remembered with their
// number of characters and one place in each, so that a program which reads a text by index walks it once.
//
// Remembered by address: str_index_forget() must be called whenever memory of live objects may have become free.

#include "py/runtime.h"
#include "py/strtext.h"

#define SHORT 24 // as fast to walk as to look up
#define ENTRIES 4

static struct {
    const byte *s;
    size_t len;
    size_t count;
    size_t index, offset; // of the place that was looked up last
} remembered[ENTRIES];

void str_index_forget(void) {
    for (size_t i = 0; i < ENTRIES; i++) {
        remembered[i].s = NULL;
    }
}

static size_t entry_of(const byte *s, size_t len) {
    size_t i = ((uintptr_t)s >> 4 ^ (uintptr_t)s >> 10) % ENTRIES;
    if (remembered[i].s != s || remembered[i].len != len) {
        remembered[i].s = s;
        remembered[i].len = len;
        remembered[i].count = utf8_charlen(s, len);
        remembered[i].index = remembered[i].offset = 0;
    }
    return i;
}

size_t str_count(const byte *s, size_t len) {
    return len <= SHORT ? utf8_charlen(s, len) : remembered[entry_of(s, len)].count;
}

static size_t walk(const byte *s, size_t offset, size_t from, size_t to) {
    for (; from < to; from++) {
        offset += utf8_size(s[offset]);
    }
    for (; from > to; from--) {
        do {
            offset--;
        } while (UTF8_IS_CONT(s[offset]));
    }
    return offset;
}

size_t str_offset(const byte *s, size_t len, size_t index) {
    if (len <= SHORT) {
        return walk(s, 0, 0, index);
    }
    size_t i = entry_of(s, len);
    size_t count = remembered[i].count;
    if (count == len) {
        return index;
    }
    size_t near = remembered[i].index, offset = remembered[i].offset;
    if (index < near / 2) {
        near = offset = 0;
    } else if (index > near && index - near > count - index) {
        near = count;
        offset = len;
    }
    offset = walk(s, offset, near, index);
    remembered[i].index = index;
    remembered[i].offset = offset;
    return offset;
}

// Upstream's interface.
const byte *str_index_to_ptr(const mp_obj_type_t *type, const byte *s, size_t len, mp_obj_t index, bool is_slice) {
    if (type != &mp_type_str) {
        return s + mp_get_index(type, len, index, is_slice);
    }
    return s + str_offset(s, len, mp_get_index(type, str_count(s, len), index, is_slice));
}
