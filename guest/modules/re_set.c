// Sets of characters, and what the engine knows of characters.
//
// Case is ignored as CPython does it: two characters are the same when their simple lower or upper cases are.

#include <string.h>

#include "py/runtime.h"
#include "py/unidata.h"
#include "re.h"

#define EXPAND_MAX 4096 // no larger range has the other cases of its characters added one by one

// The simple mapping of a character: one that becomes several ones has none.
static uint32_t mapped(uint32_t c, int kind, bool unicode) {
    unichar to[UNI_MAX_EXPANSION];
    if (c >= 128 && !unicode) {
        return c;
    }
    size_t n = uni_map(c, kind, to);
    if (n > 1 && c == 0x130) {
        return 'i'; // the only one whose lower case is two characters; its simple one is this
    }
    return n == 1 ? to[0] : c;
}

static uint32_t lower(uint32_t c, bool unicode) {
    return mapped(c, UNI_TO_LOWER, unicode);
}

static uint32_t upper(uint32_t c, bool unicode) {
    return mapped(c, UNI_TO_UPPER, unicode);
}

uint32_t re_fold(uint32_t c, bool unicode) {
    return lower(c, unicode);
}

bool re_is_word(uint32_t c, bool unicode) {
    if (c < 128) {
        return c == '_' || c - '0' < 10 || (c | 0x20) - 'a' < 26;
    }
    return unicode && uni_is(c, UNI_ALPHA | UNI_DECIMAL | UNI_DIGIT | UNI_NUMERIC);
}

static bool is_digit(uint32_t c, bool unicode) {
    return c < 128 ? c - '0' < 10 : unicode && uni_is(c, UNI_DECIMAL);
}

static bool is_space(uint32_t c, bool unicode) {
    if (c < 128) {
        return c == ' ' || c - 9 < 5 || (unicode && c - 0x1c < 4);
    }
    return unicode && uni_is(c, UNI_SPACE);
}

static bool in_class(uint32_t classes, uint32_t c, bool unicode) {
    if (classes & (RE_SET_WORD | RE_SET_NOT_WORD) && classes & (re_is_word(c, unicode) ? RE_SET_WORD : RE_SET_NOT_WORD)) {
        return true;
    }
    if (classes & (RE_SET_DIGIT | RE_SET_NOT_DIGIT) && classes & (is_digit(c, unicode) ? RE_SET_DIGIT : RE_SET_NOT_DIGIT)) {
        return true;
    }
    return classes & (RE_SET_SPACE | RE_SET_NOT_SPACE) && classes & (is_space(c, unicode) ? RE_SET_SPACE : RE_SET_NOT_SPACE);
}

uint32_t *re_set_new(void) {
    uint32_t *set = m_malloc_leaf(RE_SET_HEAD * sizeof(uint32_t));
    memset(set, 0, RE_SET_HEAD * sizeof(uint32_t));
    return set;
}

void re_set_add(uint32_t **set, uint32_t low, uint32_t high) {
    for (uint32_t c = low; c <= MIN(high, 255u); c++) {
        (*set)[RE_SET_BITMAP + c / 32] |= 1u << c % 32;
    }
    if (high >= 256) {
        uint32_t words = re_set_words(*set);
        uint32_t *grown = m_realloc(*set, words * sizeof(uint32_t), (words + 2) * sizeof(uint32_t));
        grown[words] = MAX(low, 256u);
        grown[words + 1] = high;
        grown[RE_SET_RANGES]++;
        *set = grown;
    }
}

void re_set_add_class(uint32_t **set, uint32_t cls, bool unicode) {
    for (uint32_t c = 0; c < 256; c++) {
        if (in_class(cls, c, unicode)) {
            (*set)[RE_SET_BITMAP + c / 32] |= 1u << c % 32;
        }
    }
    if (unicode) {
        (*set)[RE_SET_FLAGS] |= cls;
    } else if (cls & (RE_SET_NOT_DIGIT | RE_SET_NOT_SPACE | RE_SET_NOT_WORD)) {
        re_set_add(set, 256, 0x10ffff);
    }
}

// Membership before negation, case minded.
static bool has(const uint32_t *set, uint32_t c) {
    if (c < 256) {
        return re_bit(set + RE_SET_BITMAP, c);
    }
    const uint32_t *range = set + RE_SET_HEAD;
    for (uint32_t n = set[RE_SET_RANGES]; n > 0; n--, range += 2) {
        if (c >= range[0] && c <= range[1]) {
            return true;
        }
    }
    uint32_t classes = set[RE_SET_FLAGS] & ~(RE_SET_NEGATED | RE_SET_ICASE);
    return classes != 0 && in_class(classes, c, true);
}

static bool has_any_case(const uint32_t *set, uint32_t c, bool unicode) {
    uint32_t up = upper(c, unicode);
    return has(set, c) || has(set, lower(c, unicode)) || has(set, up) || has(set, lower(up, unicode));
}

bool re_set_has_high(const uint32_t *set, uint32_t c) {
    uint32_t flags = set[RE_SET_FLAGS];
    bool found = flags & RE_SET_ICASE ? has_any_case(set, c, true) : has(set, c);
    return found ^ (flags & RE_SET_NEGATED);
}

static void add_cases(uint32_t **set, uint32_t c) {
    uint32_t up = upper(c, true), low = lower(c, true), low_up = lower(up, true);
    uint32_t cases[3] = { low, up, low_up };
    for (int i = 0; i < 3; i++) {
        if (cases[i] != c && !has(*set, cases[i])) {
            re_set_add(set, cases[i], cases[i]);
        }
    }
}

// To be called once, when all is added. `set` may be moved.
void re_set_finish(uint32_t **set, bool negate, bool icase, bool unicode) {
    if (icase) {
        if (unicode) {
            uint32_t ranges = (*set)[RE_SET_RANGES];
            for (uint32_t c = 0; c < 256; c++) {
                if (re_bit(*set + RE_SET_BITMAP, c)) {
                    add_cases(set, c);
                }
            }
            for (uint32_t i = 0; i < ranges; i++) {
                uint32_t low = (*set)[RE_SET_HEAD + 2 * i], high = (*set)[RE_SET_HEAD + 2 * i + 1];
                for (uint32_t c = low; high - low < EXPAND_MAX && c <= high; c++) {
                    add_cases(set, c);
                }
            }
            (*set)[RE_SET_FLAGS] |= RE_SET_ICASE;
        }
        uint32_t bitmap[8] = { 0 };
        for (uint32_t c = 0; c < 256; c++) {
            if (has_any_case(*set, c, unicode)) {
                bitmap[c / 32] |= 1u << c % 32;
            }
        }
        memcpy(*set + RE_SET_BITMAP, bitmap, sizeof(bitmap));
    }
    if (negate) {
        (*set)[RE_SET_FLAGS] |= RE_SET_NEGATED;
        for (int i = 0; i < 8; i++) {
            (*set)[RE_SET_BITMAP + i] = ~(*set)[RE_SET_BITMAP + i];
        }
    }
}
