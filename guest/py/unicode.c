// Characters: UTF-8, and what Unicode says of each. Takes the place of upstream's py/unicode.c, which knows ASCII only.
//
// Text in the guest is UTF-8 in which surrogates may stand too (a str can hold any code point). The unichar_ functions
// stay as upstream's lexer and parsers want them, for ASCII; the str methods use unidata.h.

#include <string.h>

#include "py/unicode.h"
#include "py/unidata.h"
#include "genhdr/unicode_tables.h"

enum { SPACE = 1, DIGIT = 2, UPPER = 4, LOWER = 8, HEX = 16 };

static unsigned ascii_class(unichar c) {
    if (c >= 'a' && c <= 'z') {
        return LOWER | (c <= 'f' ? HEX : 0);
    }
    if (c >= 'A' && c <= 'Z') {
        return UPPER | (c <= 'F' ? HEX : 0);
    }
    if (c >= '0' && c <= '9') {
        return DIGIT | HEX;
    }
    return c == ' ' || (c >= '\t' && c <= '\r') ? SPACE : 0;
}

bool unichar_isspace(unichar c) {
    return ascii_class(c) & SPACE;
}

bool unichar_isalpha(unichar c) {
    return ascii_class(c) & (UPPER | LOWER);
}

bool unichar_isprint(unichar c) {
    return c >= ' ' && c < 0x7f;
}

bool unichar_isdigit(unichar c) {
    return ascii_class(c) & DIGIT;
}

bool unichar_isxdigit(unichar c) {
    return ascii_class(c) & HEX;
}

bool unichar_isident(unichar c) {
    return c == '_' || (ascii_class(c) & (UPPER | LOWER | DIGIT));
}

bool unichar_isalnum(unichar c) {
    return ascii_class(c) & (UPPER | LOWER | DIGIT);
}

bool unichar_isupper(unichar c) {
    return ascii_class(c) & UPPER;
}

bool unichar_islower(unichar c) {
    return ascii_class(c) & LOWER;
}

unichar unichar_tolower(unichar c) {
    return unichar_isupper(c) ? c + 0x20 : c;
}

unichar unichar_toupper(unichar c) {
    return unichar_islower(c) ? c - 0x20 : c;
}

mp_uint_t unichar_xdigit_value(unichar c) {
    return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

unichar utf8_get_char(const byte *s) {
    unichar c = *s;
    if (c < 0x80) {
        return c;
    }
    size_t size = utf8_size(c);
    c &= 0x7f >> size;
    // The text ends in a NUL byte, so that a form that is cut short ends there.
    for (size_t i = 1; i < size && UTF8_IS_CONT(s[i]); i++) {
        c = c << 6 | (s[i] & 0x3f);
    }
    return c;
}

const byte *utf8_next_char(const byte *s) {
    do {
        s++;
    } while (UTF8_IS_CONT(*s));
    return s;
}

size_t utf8_put(byte *to, unichar c) {
    if (c < 0x80) {
        to[0] = c;
        return 1;
    }
    size_t size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--) {
        to[i] = 0x80 | (c & 0x3f);
        c >>= 6;
    }
    to[0] = (0xf00 >> size) | c;
    return size;
}

bool utf8_is_ascii(const byte *s, size_t len) {
    for (; len >= 8; s += 8, len -= 8) {
        uint64_t word;
        memcpy(&word, s, 8);
        if (word & 0x8080808080808080) {
            return false;
        }
    }
    for (; len; s++, len--) {
        if (*s >= 0x80) {
            return false;
        }
    }
    return true;
}

size_t utf8_charlen(const byte *s, size_t len) {
    size_t count = len;
    for (; len >= 8; s += 8, len -= 8) {
        uint64_t word;
        memcpy(&word, s, 8);
        if (word & 0x8080808080808080) {
            // Continuation bytes are 10xxxxxx.
            count -= __builtin_popcountll((word >> 7) & ~(word >> 6) & 0x0101010101010101);
        }
    }
    for (; len; s++, len--) {
        count -= UTF8_IS_CONT(*s);
    }
    return count;
}

mp_uint_t utf8_ptr_to_index(const byte *s, const byte *ptr) {
    return utf8_charlen(s, ptr - s);
}

// Shortest forms only, up to U+10FFFF, surrogates included.
bool utf8_check(const byte *p, size_t len) {
    if (utf8_is_ascii(p, len)) {
        return true;
    }
    for (const byte *end = p + len; p < end;) {
        byte lead = *p;
        size_t size = utf8_size(lead);
        if (size == 1) {
            p++;
            continue;
        }
        if (lead < 0xc2 || lead > 0xf4 || (size_t)(end - p) < size || (lead == 0xe0 && p[1] < 0xa0)
            || (lead == 0xf0 && p[1] < 0x90) || (lead == 0xf4 && p[1] > 0x8f)) {
            return false;
        }
        for (size_t i = 1; i < size; i++) {
            if (!UTF8_IS_CONT(p[i])) {
                return false;
            }
        }
        p += size;
    }
    return true;
}

// The run that a character is in.
static uint32_t find_run(unichar c) {
    size_t low = 0, high = MP_ARRAY_SIZE(uni_runs);
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (uni_runs[middle] >> 11 <= c) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return uni_runs[low];
}

#define RECORD(run) (&uni_records[(run) & 0x7ff])

unsigned uni_flags(unichar c) {
    if (c < 0x80) {
        unsigned class = ascii_class(c);
        unsigned flags = class & LOWER ? UNI_LOWER | UNI_ALPHA | UNI_XID_START | UNI_XID_CONTINUE
            : class & UPPER ? UNI_UPPER | UNI_ALPHA | UNI_XID_START | UNI_XID_CONTINUE
            : class & DIGIT ? UNI_DECIMAL | UNI_DIGIT | UNI_NUMERIC | UNI_XID_CONTINUE
            : class & SPACE || (c >= 0x1c && c < 0x20) ? UNI_SPACE
            : c == '_' ? UNI_XID_CONTINUE : 0;
        if (c == '\'' || c == '.' || c == ':' || c == '^' || c == '`') {
            flags |= UNI_CASE_IGNORABLE;
        }
        return flags | (unichar_isprint(c) ? UNI_PRINTABLE : 0);
    }
    return RECORD(find_run(c))->flags;
}

unsigned uni_digit_value(unichar c) {
    uint32_t run = find_run(c);
    unsigned value = RECORD(run)->value;
    // Decimal digits that follow each other share a run.
    return RECORD(run)->flags & UNI_DECIMAL ? value + (c - (run >> 11)) : value;
}

size_t uni_map(unichar c, int kind, unichar *out) {
    if (c < 0x80) {
        out[0] = kind == UNI_TO_UPPER || kind == UNI_TO_TITLE ? unichar_toupper(c) : unichar_tolower(c);
        return 1;
    }
    uint32_t run = find_run(c);
    if (RECORD(run)->flags & UNI_SPECIAL) {
        for (size_t i = 0; i < MP_ARRAY_SIZE(uni_special); i++) {
            if (uni_special[i].code == c && uni_special[i].kind == kind) {
                size_t n = 0;
                while (n < UNI_MAX_EXPANSION && uni_special[i].to[n]) {
                    out[n] = uni_special[i].to[n];
                    n++;
                }
                return n;
            }
        }
    }
    out[0] = c + uni_deltas[RECORD(run)->delta[kind]];
    return 1;
}
