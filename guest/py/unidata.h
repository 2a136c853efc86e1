// Properties and case mappings of all characters, of Unicode 14.0.0 as in CPython 3.11. See unicode.c.
#ifndef HERMETIC_GUEST_PY_UNIDATA_H
#define HERMETIC_GUEST_PY_UNIDATA_H

#include <stdbool.h>

#include "py/mpconfig.h"
#include "py/misc.h"
// UNI_ALPHA and so on.
#define UNI_ONLY_FLAGS
#include "genhdr/unicode_tables.h"
#undef UNI_ONLY_FLAGS

#define UNI_MAX_CHAR 0x10ffff
#define UNI_MAX_EXPANSION 3

enum { UNI_TO_UPPER, UNI_TO_LOWER, UNI_TO_TITLE, UNI_TO_CASEFOLD };

// The set of UNI_ flags of a character.
unsigned uni_flags(unichar c);

static inline bool uni_is(unichar c, unsigned flag) {
    return (uni_flags(c) & flag) != 0;
}

// Value of a character with UNI_DECIMAL or UNI_DIGIT.
unsigned uni_digit_value(unichar c);

// The characters that `c` becomes, up to UNI_MAX_EXPANSION; returns how many.
size_t uni_map(unichar c, int kind, unichar *out);

// Bytes of UTF-8 that a lead byte announces.
static inline size_t utf8_size(byte lead) {
    return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

// Writes the UTF-8 form, of up to 4 bytes; returns its size.
size_t utf8_put(byte *to, unichar c);

// Whether all bytes are below 0x80.
bool utf8_is_ascii(const byte *s, size_t len);

#endif
