// Python's regular expression syntax -> a tree. Errors have CPython's wording and position.
//
// Nested groups recurse, bounded by the check of the stack.

#include <string.h>

#include "py/objstr.h"
#include "py/runtime.h"
#include "py/cstack.h"
#include "py/unidata.h"
#include "re.h"

typedef struct _parser_t {
    mp_obj_t pattern;
    const uint32_t *text; // characters
    uint32_t length;
    uint32_t at;
    bool bytes;
    uint32_t flags;
    uint32_t groups; // opened so far
    uint32_t behind_groups; // groups that were opened before the lookbehind around this place, or RE_UNSET
    uint32_t *open; // bitmap of groups that are not closed; one word for 32
    uint32_t open_words;
    mp_obj_t names;
    // A conditional may name a group that comes later: the highest number, and where it stands.
    uint32_t highest;
    uint32_t highest_at;
} parser_t;

#define END 0xffffffffu

static inline uint32_t peek(const parser_t *p) {
    return p->at < p->length ? p->text[p->at] : END;
}

static inline uint32_t get(parser_t *p) {
    return p->at < p->length ? p->text[p->at++] : END;
}

static inline bool accept(parser_t *p, uint32_t c) {
    if (peek(p) == c) {
        p->at++;
        return true;
    }
    return false;
}

static inline bool is_octal(uint32_t c) {
    return c - '0' < 8;
}
static inline bool is_digit(uint32_t c) {
    return c - '0' < 10;
}
static inline bool is_letter(uint32_t c) {
    return (c | 0x20) - 'a' < 26;
}

static NORETURN void fail_at(parser_t *p, uint32_t position, const char *message) {
    re_raise(message, p->pattern, position);
}

// The characters [from, to) as UTF-8.
static mp_obj_t slice(parser_t *p, uint32_t from, uint32_t to) {
    vstr_t text;
    vstr_init(&text, to - from + 1);
    for (uint32_t i = from; i < to; i++) {
        byte encoded[4];
        vstr_add_strn(&text, (char *)encoded, text_encode(p->text[i], encoded));
    }
    return mp_obj_new_str_from_vstr(&text);
}

// "%s" in the format stands for the text [from, to); "%r" for its representation.
static NORETURN void fail_text(parser_t *p, uint32_t position, const char *format, uint32_t from, uint32_t to) {
    vstr_t message;
    mp_print_t print;
    vstr_init_print(&message, 64, &print);
    for (; *format; format++) {
        if (*format == '%') {
            format++;
            mp_obj_print_helper(&print, slice(p, from, to), *format == 'r' ? PRINT_REPR : PRINT_STR);
        } else {
            vstr_add_char(&message, *format);
        }
    }
    fail_at(p, position, vstr_null_terminated_str(&message));
}

static NORETURN void fail_number(parser_t *p, uint32_t position, const char *format, uint32_t value) {
    vstr_t message;
    vstr_init(&message, 64);
    vstr_printf(&message, format, (unsigned)value);
    fail_at(p, position, vstr_null_terminated_str(&message));
}

static re_node_t *new_node(parser_t *p, re_type_t type, uint32_t value) {
    re_node_t *node = m_new0(re_node_t, 1);
    node->type = type;
    node->value = value;
    node->flags = p->flags;
    return node;
}

static inline bool unicode_rules(const parser_t *p) {
    return !p->bytes && !(p->flags & RE_ASCII);
}

static bool is_open(const parser_t *p, uint32_t group) {
    return p->open[group / 32] >> (group % 32) & 1;
}

static void set_open(parser_t *p, uint32_t group, bool open) {
    if (group / 32 >= p->open_words) {
        p->open = m_renew(uint32_t, p->open, p->open_words, p->open_words * 2);
        memset(p->open + p->open_words, 0, p->open_words * sizeof(uint32_t));
        p->open_words *= 2;
    }
    p->open[group / 32] = (p->open[group / 32] & ~(1u << group % 32)) | (uint32_t)open << group % 32;
}

static NORETURN void fail_name(parser_t *p, uint32_t position, const char *format, const char *what) {
    vstr_t message;
    vstr_init(&message, 64);
    vstr_printf(&message, format, what);
    fail_at(p, position, vstr_null_terminated_str(&message));
}

// A name that ends with `terminator`: its first character; its end is before p->at - 1.
static uint32_t get_name(parser_t *p, uint32_t terminator, const char *what) {
    uint32_t start = p->at;
    for (;;) {
        uint32_t c = get(p);
        if (c == '\\' && terminator != '}' && p->at < p->length) {
            p->at++; // a token of two characters
        }
        if (p->at == start + (c != END) && (c == END || c == terminator)) {
            fail_name(p, start, "missing %s", what);
        }
        if (c == END) {
            const char name[] = { terminator, 0 };
            fail_name(p, start, "missing %s, unterminated name", name);
        }
        if (c == terminator) {
            return start;
        }
    }
}

static bool is_identifier(const parser_t *p, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++) {
        uint32_t c = p->text[i];
        if (!(c == '_' || is_letter(c) || (i > from && is_digit(c)) || (c >= 128 && re_is_word(c, true)))) {
            return false;
        }
    }
    return true;
}

// The number of the group named by [from, to), which must exist.
static uint32_t group_named(parser_t *p, uint32_t from, uint32_t to) {
    mp_map_elem_t *elem = mp_map_lookup(mp_obj_dict_get_map(p->names), slice(p, from, to), MP_MAP_LOOKUP);
    if (elem == NULL) {
        fail_text(p, from, "unknown group name %r", from, to);
    }
    return mp_obj_get_int(elem->value);
}

// A group that is referred to by what starts at `start`.
static void check_group(parser_t *p, uint32_t group, uint32_t start) {
    if (group <= p->groups && is_open(p, group)) {
        fail_at(p, start, "cannot refer to an open group");
    }
}

static void check_behind(parser_t *p, uint32_t group) {
    if (p->behind_groups == RE_UNSET) {
        return;
    }
    if (group > p->groups || is_open(p, group)) {
        fail_at(p, p->at, "cannot refer to an open group");
    }
    if (group > p->behind_groups) {
        fail_at(p, p->at, "cannot refer to group defined in the same lookbehind subpattern");
    }
}

static uint32_t hex_value(uint32_t c) {
    return c < 128 && unichar_isxdigit(c) ? unichar_xdigit_value(c) : 16;
}

// \x, \u, \U: the character. `start` is at the backslash.
static uint32_t hex_escape(parser_t *p, uint32_t start, uint32_t digits) {
    uint32_t value = 0, n = 0;
    for (; n < digits && hex_value(peek(p)) < 16; n++) {
        value = value << 4 | hex_value(get(p));
    }
    if (n != digits) {
        fail_text(p, start, "incomplete escape %s", start, p->at);
    }
    if (value > 0x10ffff) {
        fail_text(p, start, "bad escape %s", start, p->at);
    }
    return value;
}

static uint32_t named_escape(parser_t *p, uint32_t start) {
    if (!accept(p, '{')) {
        fail_at(p, p->at, "missing {");
    }
    uint32_t from = get_name(p, '}', "character name");
    uint32_t to = p->at - 1;
    mp_obj_t lookup[3];
    mp_obj_t module = mp_import_name(MP_QSTR_unicodedata, mp_const_none, MP_OBJ_NEW_SMALL_INT(0));
    // unicodedata.lookup, but with None for a name that does not exist.
    mp_load_method_maybe(module, MP_QSTR__lookup, lookup);
    mp_obj_t found = mp_const_none;
    if (lookup[0] != MP_OBJ_NULL) {
        found = mp_call_function_1(lookup[0], slice(p, from, to));
    }
    if (!mp_obj_is_str(found)) {
        fail_text(p, start, "undefined character name %r", from, to);
    }
    const byte *text = (const byte *)mp_obj_str_get_str(found);
    return text_decode(&text);
}

static uint32_t octal_escape(parser_t *p, uint32_t start, uint32_t max_digits) {
    uint32_t value = 0;
    for (uint32_t n = 0; n < max_digits && is_octal(peek(p)); n++) {
        value = value * 8 + (get(p) - '0');
    }
    if (value > 0377) {
        fail_text(p, start, "octal escape value %s outside of range 0-0o377", start, p->at);
    }
    return value;
}

static uint32_t class_of(uint32_t letter) {
    switch (letter) {
        case 'd': return RE_SET_DIGIT;
        case 'D': return RE_SET_NOT_DIGIT;
        case 's': return RE_SET_SPACE;
        case 'S': return RE_SET_NOT_SPACE;
        case 'w': return RE_SET_WORD;
        case 'W': return RE_SET_NOT_WORD;
        default: return 0;
    }
}

// What an escape stands for that means the same inside and outside of a set: true with the character in *value.
// p->at is behind the letter, `start` at the backslash.
static bool common_escape(parser_t *p, uint32_t start, uint32_t letter, uint32_t *value) {
    switch (letter) {
        case 'a': *value = 7; return true;
        case 'f': *value = 12; return true;
        case 'n': *value = 10; return true;
        case 'r': *value = 13; return true;
        case 't': *value = 9; return true;
        case 'v': *value = 11; return true;
        case 'x': *value = hex_escape(p, start, 2); return true;
        case 'u': case 'U': case 'N':
            if (!p->bytes) {
                *value = letter == 'N' ? named_escape(p, start) : hex_escape(p, start, letter == 'u' ? 4 : 8);
                return true;
            }
            break;
        default:
            if (!is_letter(letter) && !is_digit(letter)) {
                *value = letter;
                return true;
            }
    }
    return false;
}

// One token of a set: a character, or a class in *cls. `start` is where it starts.
static uint32_t set_token(parser_t *p, uint32_t start, uint32_t *cls) {
    uint32_t c = p->text[start], value;
    *cls = 0;
    p->at = start + 1;
    if (c != '\\') {
        return c;
    }
    uint32_t letter = get(p);
    if (letter == END) {
        fail_at(p, start, "bad escape (end of pattern)");
    }
    if (letter == 'b') {
        return 8;
    }
    *cls = class_of(letter);
    if (*cls) {
        return 0;
    }
    if (is_octal(letter)) {
        p->at--;
        return octal_escape(p, start, 3);
    }
    if (!common_escape(p, start, letter, &value)) {
        fail_text(p, start, "bad escape %s", start, start + 2);
    }
    return value;
}

static re_node_t *parse_set(parser_t *p) {
    uint32_t here = p->at - 1;
    uint32_t *set = re_set_new();
    bool negate = accept(p, '^'), empty = true, unicode = unicode_rules(p);
    for (;;) {
        uint32_t start = p->at;
        if (peek(p) == END) {
            fail_at(p, here, "unterminated character set");
        }
        if (peek(p) == ']' && !empty) {
            p->at++;
            break;
        }
        empty = false;
        uint32_t first_class, low = set_token(p, start, &first_class);
        uint32_t first_end = start + (p->text[start] == '\\' ? 2 : 1);
        if (accept(p, '-')) {
            uint32_t second = p->at;
            if (peek(p) == END) {
                fail_at(p, here, "unterminated character set");
            }
            if (peek(p) == ']') {
                p->at++;
                if (first_class) {
                    re_set_add_class(&set, first_class, unicode);
                } else {
                    re_set_add(&set, low, low);
                }
                re_set_add(&set, '-', '-');
                break;
            }
            uint32_t second_class, high = set_token(p, second, &second_class);
            if (first_class || second_class || high < low) {
                uint32_t second_end = second + (p->text[second] == '\\' ? 2 : 1);
                uint32_t length = first_end - start + 1 + second_end - second;
                vstr_t message;
                vstr_init(&message, 32);
                vstr_printf(&message, "bad character range %s-%s", mp_obj_str_get_str(slice(p, start, first_end)),
                    mp_obj_str_get_str(slice(p, second, second_end)));
                fail_at(p, p->at - length, vstr_null_terminated_str(&message));
            }
            re_set_add(&set, low, high);
        } else if (first_class) {
            re_set_add_class(&set, first_class, unicode);
        } else {
            re_set_add(&set, low, low);
        }
    }
    re_set_finish(&set, negate, p->flags & RE_IGNORECASE, unicode);
    re_node_t *node = new_node(p, RE_SET, 0);
    node->set = set;
    return node;
}

static re_node_t *literal(parser_t *p, uint32_t c) {
    bool unicode = unicode_rules(p);
    if (p->flags & RE_IGNORECASE && (c < 128 ? is_letter(c) : unicode)) {
        uint32_t *set = re_set_new();
        re_set_add(&set, c, c);
        re_set_finish(&set, false, true, unicode);
        re_node_t *node = new_node(p, RE_SET, 0);
        node->set = set;
        return node;
    }
    return new_node(p, RE_LITERAL, c);
}

static re_node_t *parse_escape(parser_t *p) {
    uint32_t start = p->at - 1, letter = get(p), value;
    if (letter == END) {
        fail_at(p, start, "bad escape (end of pattern)");
    }
    switch (letter) {
        case 'A': return new_node(p, RE_AT, OP_BEGIN);
        case 'Z': return new_node(p, RE_AT, OP_END_TEXT);
        case 'b': return new_node(p, RE_AT, OP_BOUNDARY);
        case 'B': return new_node(p, RE_AT, OP_NOT_BOUNDARY);
        default: break;
    }
    uint32_t cls = class_of(letter);
    if (cls) {
        uint32_t *set = re_set_new();
        re_set_add_class(&set, cls, unicode_rules(p));
        re_set_finish(&set, false, false, unicode_rules(p));
        re_node_t *node = new_node(p, RE_SET, 0);
        node->set = set;
        return node;
    }
    if (letter == '0') {
        return literal(p, octal_escape(p, start, 2));
    }
    if (is_digit(letter)) {
        uint32_t group = letter - '0';
        if (is_digit(peek(p))) {
            uint32_t second = get(p);
            if (is_octal(letter) && is_octal(second) && is_octal(peek(p))) {
                p->at -= 2;
                return literal(p, octal_escape(p, start, 3));
            }
            group = group * 10 + (second - '0');
        }
        if (group > p->groups) {
            fail_number(p, start + 1, "invalid group reference %u", group);
        }
        check_group(p, group, start);
        check_behind(p, group);
        return new_node(p, RE_BACKREF, group);
    }
    if (!common_escape(p, start, letter, &value)) {
        fail_text(p, start, "bad escape %s", start, start + 2);
    }
    return literal(p, value);
}

static uint32_t flag_of(uint32_t c) {
    switch (c) {
        case 'i': return RE_IGNORECASE;
        case 'L': return RE_LOCALE;
        case 'm': return RE_MULTILINE;
        case 's': return RE_DOTALL;
        case 'x': return RE_VERBOSE;
        case 'a': return RE_ASCII;
        case 't': return RE_TEMPLATE;
        case 'u': return RE_UNICODE;
        default: return 0;
    }
}

static NORETURN void fail_flag(parser_t *p, uint32_t c, const char *missing) {
    bool alpha = c < 128 ? is_letter(c) : uni_is(c, UNI_ALPHA);
    fail_at(p, p->at - 1, alpha ? "unknown flag" : missing);
}

// Flags behind "(?", the first of them already taken. True when they are for the whole pattern: "(?i)".
static bool parse_flags(parser_t *p, uint32_t c, uint32_t *add, uint32_t *remove) {
    *add = *remove = 0;
    if (c != '-') {
        for (;;) {
            uint32_t flag = flag_of(c);
            if (flag == RE_LOCALE && !p->bytes) {
                fail_at(p, p->at, "bad inline flags: cannot use 'L' flag with a str pattern");
            }
            if (flag == RE_UNICODE && p->bytes) {
                fail_at(p, p->at, "bad inline flags: cannot use 'u' flag with a bytes pattern");
            }
            *add |= flag;
            if (flag & RE_TYPE_FLAGS && (*add & RE_TYPE_FLAGS) != flag) {
                fail_at(p, p->at, "bad inline flags: flags 'a', 'u' and 'L' are incompatible");
            }
            c = get(p);
            if (c == END) {
                fail_at(p, p->at, "missing -, : or )");
            }
            if (c == ')' || c == '-' || c == ':') {
                break;
            }
            if (!flag_of(c)) {
                fail_flag(p, c, "missing -, : or )");
            }
        }
    }
    if (c == ')') {
        return true;
    }
    if (*add & RE_TEMPLATE) {
        fail_at(p, p->at - 1, "bad inline flags: cannot turn on global flag");
    }
    if (c == '-') {
        c = get(p);
        if (c == END) {
            fail_at(p, p->at, "missing flag");
        }
        if (!flag_of(c)) {
            fail_flag(p, c, "missing flag");
        }
        for (;;) {
            uint32_t flag = flag_of(c);
            if (flag & RE_TYPE_FLAGS) {
                fail_at(p, p->at, "bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
            }
            *remove |= flag;
            c = get(p);
            if (c == END) {
                fail_at(p, p->at, "missing :");
            }
            if (c == ':') {
                break;
            }
            if (!flag_of(c)) {
                fail_flag(p, c, "missing :");
            }
        }
    }
    if (*remove & RE_TEMPLATE) {
        fail_at(p, p->at - 1, "bad inline flags: cannot turn off global flag");
    }
    if (*add & *remove) {
        fail_at(p, p->at - 1, "bad inline flags: flag turned on and off");
    }
    return false;
}

static re_node_t *parse_sequence(parser_t *p, bool first);
static re_node_t *parse_branches(parser_t *p, bool first);

static void expect_close(parser_t *p, uint32_t start) {
    if (!accept(p, ')')) {
        fail_at(p, start, "missing ), unterminated subpattern");
    }
}

static re_node_t *parse_condition(parser_t *p, uint32_t start) {
    uint32_t from = get_name(p, ')', "group name"), to = p->at - 1, group = 0;
    if (is_identifier(p, from, to)) {
        group = group_named(p, from, to);
    } else {
        for (uint32_t i = from; i < to; i++) {
            if (!is_digit(p->text[i])) {
                fail_text(p, from, "bad character in group name %r", from, to);
            }
            group = group < RE_MAX_GROUPS ? group * 10 + (p->text[i] - '0') : group;
        }
        if (group == 0) {
            fail_at(p, from, "bad group number");
        }
        if (group >= RE_MAX_GROUPS) {
            fail_text(p, from, "invalid group reference %s", from, to);
        }
        if (group > p->highest) {
            p->highest = group;
            p->highest_at = from;
        }
    }
    check_behind(p, group);
    re_node_t *node = new_node(p, RE_CONDITION, group);
    node->child = new_node(p, RE_GROUP, 0);
    node->child->child = parse_sequence(p, false);
    node->child->next = new_node(p, RE_GROUP, 0);
    if (accept(p, '|')) {
        node->child->next->child = parse_sequence(p, false);
        if (peek(p) == '|') {
            fail_at(p, p->at, "conditional backref with more than two branches");
        }
    }
    expect_close(p, start);
    return node;
}

// The character before p->at, with one more when that is a backslash.
static NORETURN void fail_extension(parser_t *p, uint32_t back, const char *format) {
    uint32_t from = p->at - 1;
    fail_text(p, p->at - back, format, from, MIN(p->length, p->at + (p->text[from] == '\\')));
}

static re_node_t *parse_look(parser_t *p, uint32_t start, uint32_t c) {
    uint32_t outer = p->behind_groups, value = 0;
    if (c == '<') {
        c = get(p);
        if (c == END) {
            fail_at(p, p->at, "unexpected end of pattern");
        }
        if (c != '=' && c != '!') {
            fail_extension(p, 3, "unknown extension ?<%s");
        }
        value = 1;
        if (outer == RE_UNSET) {
            p->behind_groups = p->groups;
        }
    }
    re_node_t *node = new_node(p, RE_LOOK, value | (c == '!') << 1);
    node->child = parse_branches(p, false);
    p->behind_groups = outer;
    expect_close(p, start);
    if (c == '!' && node->child == NULL) {
        node->type = RE_FAIL;
    }
    return node;
}

static uint32_t open_group(parser_t *p, uint32_t from, uint32_t to) {
    uint32_t group = ++p->groups;
    if (to != 0) {
        mp_obj_t name = slice(p, from, to);
        mp_map_elem_t *elem = mp_map_lookup(mp_obj_dict_get_map(p->names), name, MP_MAP_LOOKUP);
        if (elem != NULL) {
            vstr_t message;
            mp_print_t print;
            vstr_init_print(&message, 64, &print);
            vstr_add_str(&message, "redefinition of group name ");
            mp_obj_print_helper(&print, name, PRINT_REPR);
            vstr_printf(&message, " as group %u; was group %u", (unsigned)group, (unsigned)mp_obj_get_int(elem->value));
            fail_at(p, from, vstr_null_terminated_str(&message));
        }
        mp_obj_dict_store(p->names, name, MP_OBJ_NEW_SMALL_INT(group));
    }
    set_open(p, group, true);
    return group;
}

// What follows "(": a node, or NULL when it stands for nothing (a comment, flags). `first`: nothing came before it.
static re_node_t *parse_group(parser_t *p, bool first) {
    uint32_t start = p->at - 1, from = 0, to = 0, add = 0, remove = 0, outer = p->flags;
    bool capture = true, atomic = false;
    if (accept(p, '?')) {
        uint32_t c = get(p);
        capture = false;
        switch (c) {
            case END:
                fail_at(p, p->at, "unexpected end of pattern");
            case 'P':
                c = get(p);
                if (c == '<') {
                    from = get_name(p, '>', "group name");
                    to = p->at - 1;
                    capture = true;
                    if (!is_identifier(p, from, to)) {
                        fail_text(p, from, "bad character in group name %r", from, to);
                    }
                    break;
                }
                if (c == '=') {
                    from = get_name(p, ')', "group name");
                    to = p->at - 1;
                    if (!is_identifier(p, from, to)) {
                        fail_text(p, from, "bad character in group name %r", from, to);
                    }
                    uint32_t group = group_named(p, from, to);
                    check_group(p, group, from);
                    check_behind(p, group);
                    return new_node(p, RE_BACKREF, group);
                }
                if (c == END) {
                    fail_at(p, p->at, "unexpected end of pattern");
                }
                fail_extension(p, 3, "unknown extension ?P%s");
            case ':':
                break;
            case '#':
                do {
                    c = get(p);
                    if (c == END) {
                        fail_at(p, start, "missing ), unterminated comment");
                    }
                    if (c == '\\') {
                        get(p);
                    }
                } while (c != ')');
                return NULL;
            case '=': case '!': case '<':
                return parse_look(p, start, c);
            case '(':
                return parse_condition(p, start);
            case '>':
                atomic = true;
                break;
            default:
                if (!flag_of(c) && c != '-') {
                    fail_extension(p, 2, "unknown extension ?%s");
                }
                if (parse_flags(p, c, &add, &remove)) {
                    if (!first) {
                        fail_at(p, start, "global flags not at the start of the expression");
                    }
                    p->flags |= add;
                    return NULL;
                }
                if (add & RE_TYPE_FLAGS) {
                    remove |= RE_TYPE_FLAGS;
                }
                p->flags = (p->flags & ~remove) | add;
        }
    }
    uint32_t group = capture ? open_group(p, from, to) : 0;
    re_node_t *node = new_node(p, atomic ? RE_ATOMIC : RE_GROUP, group);
    node->child = parse_branches(p, false);
    p->flags = outer;
    expect_close(p, start);
    if (group) {
        set_open(p, group, false);
    }
    return node;
}

// {m,n} behind the brace: false, and nothing taken, when it is none.
static bool parse_counts(parser_t *p, uint32_t *min, uint32_t *max) {
    uint32_t start = p->at;
    uint64_t count[2] = { 0, RE_MAX_REPEAT };
    bool given[2] = { false, false };
    for (int i = 0; i < 2; i++) {
        uint64_t value = 0;
        while (is_digit(peek(p))) {
            value = value * 10 + (get(p) - '0');
            value = MIN(value, (uint64_t)1 << 40);
            given[i] = true;
        }
        if (given[i]) {
            count[i] = value;
        }
        if (i == 0 && !accept(p, ',')) {
            given[1] = given[0];
            count[1] = given[0] ? count[0] : RE_MAX_REPEAT;
            break;
        }
    }
    if (!accept(p, '}')) {
        p->at = start;
        return false;
    }
    for (int i = 0; i < 2; i++) {
        if (given[i] && count[i] >= RE_MAX_REPEAT) {
            mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("the repetition number is too large"));
        }
    }
    if (count[1] < count[0]) {
        fail_at(p, start, "min repeat greater than max repeat");
    }
    *min = count[0];
    *max = count[1];
    return true;
}

static void skip_comment(parser_t *p) {
    for (;;) {
        uint32_t c = get(p);
        if (c == END || c == '\n') {
            return;
        }
        if (c == '\\') {
            get(p);
        }
    }
}

static re_node_t *parse_sequence(parser_t *p, bool first) {
    re_node_t *head = NULL, **tail = &head, **last = NULL;
    for (;;) {
        uint32_t c = peek(p);
        if (c == END || c == '|' || c == ')') {
            return head;
        }
        uint32_t start = p->at++;
        re_node_t *node;
        if (p->flags & RE_VERBOSE) {
            if (c == ' ' || (c >= '\t' && c <= '\r')) {
                continue;
            }
            if (c == '#') {
                skip_comment(p);
                continue;
            }
        }
        uint32_t min = 0, max = RE_MAX_REPEAT;
        switch (c) {
            case '\\':
                node = parse_escape(p);
                break;
            case '[':
                node = parse_set(p);
                break;
            case '.':
                node = new_node(p, p->flags & RE_DOTALL ? RE_ALL : RE_ANY, 0);
                break;
            case '^':
                node = new_node(p, RE_AT, p->flags & RE_MULTILINE ? OP_BEGIN_LINE : OP_BEGIN);
                break;
            case '$':
                node = new_node(p, RE_AT, p->flags & RE_MULTILINE ? OP_END_LINE : OP_END);
                break;
            case '(':
                node = parse_group(p, first && head == NULL);
                if (node == NULL) {
                    continue;
                }
                break;
            case '*': case '+': case '?': case '{':
                if (c == '+') {
                    min = 1;
                } else if (c == '?') {
                    max = 1;
                } else if (c == '{' && (peek(p) == '}' || !parse_counts(p, &min, &max))) {
                    node = literal(p, c);
                    break;
                }
                if (last == NULL || (*last)->type == RE_AT) {
                    fail_at(p, start, "nothing to repeat");
                }
                if ((*last)->type == RE_REPEAT) {
                    fail_at(p, start, "multiple repeat");
                }
                node = new_node(p, RE_REPEAT, accept(p, '?') ? RE_LAZY : accept(p, '+') ? RE_POSSESSIVE : RE_GREEDY);
                node->min = min;
                node->max = max;
                node->child = *last;
                *last = node;
                tail = &node->next;
                continue;
            default:
                node = literal(p, c);
                break;
        }
        last = tail;
        *tail = node;
        tail = &node->next;
    }
}

static re_node_t *parse_branches(parser_t *p, bool first) {
    mp_cstack_check();
    re_node_t *sequence = parse_sequence(p, first);
    if (peek(p) != '|') {
        return sequence;
    }
    re_node_t *branch = new_node(p, RE_BRANCH, 0), **tail = &branch->child;
    for (;;) {
        *tail = new_node(p, RE_GROUP, 0);
        (*tail)->child = sequence;
        tail = &(*tail)->next;
        if (!accept(p, '|')) {
            return branch;
        }
        sequence = parse_sequence(p, false);
    }
}

void re_parse(re_tree_t *tree, mp_obj_t pattern, uint32_t flags) {
    parser_t p = { .pattern = pattern, .behind_groups = RE_UNSET, .flags = flags };
    mp_buffer_info_t text;
    mp_get_buffer_raise(pattern, &text, MP_BUFFER_READ);
    p.bytes = !mp_obj_is_str(pattern);
    uint32_t *characters = m_malloc_leaf(text.len * sizeof(uint32_t) + sizeof(uint32_t));
    const byte *at = text.buf, *end = at + text.len;
    while (at < end) {
        characters[p.length++] = p.bytes ? *at++ : text_decode(&at);
    }
    p.text = characters;
    p.names = mp_obj_new_dict(0);
    p.open_words = 4;
    p.open = m_new0(uint32_t, p.open_words);
    set_open(&p, 0, true);

    tree->root = parse_branches(&p, true);
    if (peek(&p) != END) {
        fail_at(&p, p.at, "unbalanced parenthesis");
    }
    if (p.highest > p.groups) {
        fail_number(&p, p.highest_at, "invalid group reference %u", p.highest);
    }
    tree->flags = p.flags;
    tree->groups = p.groups;
    tree->names = p.names;
    m_del(uint32_t, characters, text.len + 1);
}
