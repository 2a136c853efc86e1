// The regular expression engine: what its files share.
//
//     re_parse.c    Python's syntax -> a tree, with CPython's error messages
//     re_compile.c  tree -> program
//     re_match.c    program and text -> positions; backtracks on a stack of its own, never by recursion
//     re_object.c   Pattern and Match objects
//     modre.c       the module _re, with its cache of patterns
//
// Text is UTF-8 for str and any bytes for bytes; positions are byte offsets everywhere but in what Python sees. A
// pattern's work is metered as all code is, and its memory is the guest's, so a catastrophic one meets the limits.
//
// An engine of our own, as PCRE2 without JIT would add 0.6 MB to the library, and has neither CPython's messages nor its
// case folding, word characters and empty matches.
#ifndef HERMETIC_RE_H
#define HERMETIC_RE_H

#include "py/obj.h"
#include "py/runtime.h"
#include "textindex.h"

// Values as in CPython.
#define RE_TEMPLATE 1
#define RE_IGNORECASE 2
#define RE_LOCALE 4
#define RE_MULTILINE 8
#define RE_DOTALL 16
#define RE_UNICODE 32
#define RE_VERBOSE 64
#define RE_DEBUG 128
#define RE_ASCII 256
#define RE_TYPE_FLAGS (RE_ASCII | RE_LOCALE | RE_UNICODE)

#define RE_MAX_REPEAT 0xffffffffu
#define RE_MAX_GROUPS (0x7fffffff / 2)
#define RE_UNSET 0xffffffffu

// Sets of characters: a bitmap for the first 256, negation and case already applied; ranges and classes for the rest.
enum {
    RE_SET_NEGATED = 1,
    RE_SET_ICASE = 2,
    RE_SET_DIGIT = 4,
    RE_SET_NOT_DIGIT = 8,
    RE_SET_SPACE = 16,
    RE_SET_NOT_SPACE = 32,
    RE_SET_WORD = 64,
    RE_SET_NOT_WORD = 128,
};
enum { RE_SET_FLAGS, RE_SET_RANGES, RE_SET_BITMAP, RE_SET_HEAD = RE_SET_BITMAP + 8 };

static inline bool re_bit(const uint32_t *bitmap, uint32_t c) {
    return bitmap[c >> 5] >> (c & 31) & 1;
}
static inline uint32_t re_set_words(const uint32_t *set) {
    return RE_SET_HEAD + 2 * set[RE_SET_RANGES];
}

// Nodes of the tree. A sequence is a list by `next`; an empty one is NULL.
typedef enum {
    RE_LITERAL, // value: the character
    RE_ANY, // but a newline
    RE_ALL,
    RE_SET, // set
    RE_AT, // value: an opcode of re_op_t
    RE_GROUP, // value: its number, or 0; child
    RE_BRANCH, // child: a list of RE_GROUP nodes
    RE_REPEAT, // value: a re_kind_t; min, max, child
    RE_BACKREF, // value: the group; flags
    RE_CONDITION, // value: the group; child: two RE_GROUP nodes
    RE_LOOK, // value: bit 0 behind, bit 1 negative; child
    RE_ATOMIC, // child
    RE_FAIL,
} re_type_t;

typedef enum { RE_GREEDY, RE_LAZY, RE_POSSESSIVE } re_kind_t;

typedef struct _re_node_t {
    struct _re_node_t *next;
    struct _re_node_t *child;
    uint32_t *set;
    uint32_t value;
    uint32_t min;
    uint32_t max;
    uint16_t type;
    uint16_t flags; // in force at this place
} re_node_t;

typedef struct _re_tree_t {
    re_node_t *root;
    uint32_t flags;
    uint32_t groups; // without group 0
    mp_obj_t names; // dict of names to numbers
} re_tree_t;

// Instructions: a word, then operands in words.
typedef enum {
    OP_FAIL,
    OP_MATCH,
    OP_BYTE, // byte
    OP_STRING, // length in bytes, the bytes in words
    OP_ANY,
    OP_ALL,
    OP_SET, // the set
    OP_BEGIN,
    OP_BEGIN_LINE,
    OP_END,
    OP_END_LINE,
    OP_END_TEXT,
    OP_BOUNDARY, // 0: ASCII, 1: Unicode
    OP_NOT_BOUNDARY,
    OP_OPEN, // register
    OP_CLOSE, // register
    OP_JUMP, // target
    OP_SPLIT, // target of the second choice
    OP_RUN, // kind, min, max, end: repeats the single-character instruction that follows, up to `end`
    OP_REPEAT, // slot, target: the OP_UNTIL
    OP_UNTIL, // slot, kind, min, max, body
    OP_BACKREF, // group
    OP_BACKREF_ICASE, // group, 0: ASCII, 1: Unicode
    OP_CONDITION, // group, target when it did not match
    OP_BACK, // characters
    OP_ENTER, // slot: an atomic group or a lookaround that must match
    OP_LEAVE, // slot
    OP_LEAVE_LOOK, // slot
    OP_ENTER_NOT, // slot, target: where to go when the body does not match
    OP_LEAVE_NOT, // slot
} re_op_t;

typedef struct _re_program_t {
    uint32_t *code;
    uint32_t flags;
    uint32_t groups;
    uint32_t registers; // two for each group and the whole, the last closed group, slots
    bool utf8;
    bool anchored; // can match at the start of the text only
    bool has_first;
    int16_t first_byte; // the only one that a match can start with, or -1
    uint32_t first[8]; // bytes that a match can start with, if has_first
} re_program_t;

#define RE_LAST_GROUP(groups) (2 * (groups) + 2)

typedef enum { RE_SEARCH, RE_PREFIX, RE_FULL } re_mode_t;

void re_parse(re_tree_t *tree, mp_obj_t pattern, uint32_t flags);
void re_compile(re_program_t *program, const re_tree_t *tree, bool utf8);
bool re_execute(const re_program_t *program, const byte *text, size_t end, size_t start, re_mode_t mode, bool advance,
    uint32_t *registers);

bool re_is_word(uint32_t c, bool unicode);
bool re_set_has_high(const uint32_t *set, uint32_t c);
uint32_t re_fold(uint32_t c, bool unicode);
void re_set_add(uint32_t **set, uint32_t low, uint32_t high);
void re_set_add_class(uint32_t **set, uint32_t cls, bool unicode);
void re_set_finish(uint32_t **set, bool negate, bool icase, bool unicode);
uint32_t *re_set_new(void);

NORETURN void re_raise(const char *message, mp_obj_t pattern, mp_int_t position);

// Objects.
typedef struct _re_pattern_t {
    mp_obj_base_t base;
    mp_obj_t pattern;
    mp_obj_t names;
    mp_obj_t name_list; // tuple of the groups' names or None, or MP_OBJ_NULL when no group has one
    re_program_t program;
} re_pattern_t;

extern const mp_obj_type_t re_type_pattern;
extern const mp_obj_type_t re_type_match;
extern const mp_obj_type_t re_type_flag;
mp_obj_t re_flag_new(mp_int_t value);
mp_obj_t re_pattern_new(mp_obj_t pattern, uint32_t flags);
mp_obj_t re_pattern_search(re_pattern_t *self, re_mode_t mode, mp_obj_t text, mp_int_t pos, mp_int_t endpos);
mp_obj_t re_pattern_findall(re_pattern_t *self, mp_obj_t text, mp_int_t pos, mp_int_t endpos);
mp_obj_t re_pattern_finditer(re_pattern_t *self, mp_obj_t text, mp_int_t pos, mp_int_t endpos);
mp_obj_t re_pattern_split(re_pattern_t *self, mp_obj_t text, mp_int_t maxsplit);
mp_obj_t re_pattern_sub(re_pattern_t *self, mp_obj_t replacement, mp_obj_t text, mp_int_t count, bool with_count);

#endif
