// The module unicodedata: names, properties and normal forms of characters, of Unicode 14.0.0 as in CPython 3.11.
//
// The tables are made by tools/unicodedata_tables.py, which says how they are packed. Names are read from the start of
// their block; lookup() reads all of them once.

#include <string.h>

#include "py/objstr.h"
#include "py/runtime.h"
#include "py/unidata.h"
#include "genhdr/unicodedata_tables.h"
#include "textindex.h"

#define HANGUL 0xac00
#define HANGUL_COUNT 11172

// ---- names ----

typedef struct _name_t {
    const uint8_t *at; // of the entry that comes next
    uint16_t words[UCD_NAME_WORDS];
    unsigned count;
} name_t;

// Reads the entry at name->at; returns how many words it has in common with the one before.
static unsigned next_name(name_t *name) {
    const uint8_t *at = name->at, *end = ucd_names + sizeof(ucd_names);
    unsigned shared = *at++, n = shared;
    while (at < end && *at >= 0x10 && n < UCD_NAME_WORDS) {
        if (*at < 0x80) {
            name->words[n++] = *at++ - 0x10;
        } else {
            name->words[n++] = UCD_FREQUENT + ((at[0] & 0x7f) << 8 | at[1]);
            at += 2;
        }
    }
    name->count = n;
    name->at = at;
    return shared;
}

// Writes word `index` of a sorted list, without an end; returns its length.
static size_t word_at(const uint8_t *words, const uint16_t *blocks, unsigned index, char *out) {
    const uint8_t *at = words + blocks[index / UCD_BLOCK];
    size_t n = 0;
    for (unsigned i = 0; i <= index % UCD_BLOCK; i++) {
        n = *at++;
        do {
            out[n++] = *at & 0x7f;
        } while (!(*at++ & 0x80));
    }
    return n;
}

static size_t word(unsigned index, char *out) {
    return index < UCD_FREQUENT ? word_at(ucd_frequent_words, ucd_frequent_word_blocks, index, out)
        : word_at(ucd_words, ucd_word_blocks, index - UCD_FREQUENT, out);
}

// Of the words [low, high), which are sorted: the one that is `text`, or -1.
static int find_word(int low, int high, const char *text, size_t len) {
    char have[UCD_NAME_LONGEST];
    while (low < high) {
        int middle = (low + high) / 2;
        size_t n = word(middle, have);
        int order = memcmp(have, text, MIN(n, len));
        if (order == 0 && n == len) {
            return middle;
        }
        if (order < 0 || (order == 0 && n < len)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return -1;
}

static const char hangul[3][28][4] = {
    { "G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "", "J", "JJ", "C", "K", "T", "P", "H" },
    { "A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WEO", "WE", "WI", "YU", "EU",
      "YI", "I" },
    { "", "G", "GG", "GS", "N", "NJ", "NH", "D", "L", "LG", "LM", "LB", "LS", "LT", "LP", "LH", "M", "B", "BS", "S",
      "SS", "NG", "J", "C", "K", "T", "P", "H" },
};
static const uint8_t hangul_counts[3] = { 19, 21, 28 };

// Names that are a word and the code. Which of these characters exist says their category.
static const struct {
    const char *prefix;
    uint32_t first, last;
} coded[] = {
    { "CJK UNIFIED IDEOGRAPH-", 0x3400, 0x4dbf },
    { "CJK UNIFIED IDEOGRAPH-", 0x4e00, 0x9fff },
    { "CJK COMPATIBILITY IDEOGRAPH-", 0xf900, 0xfad9 },
    { "KHITAN SMALL SCRIPT CHARACTER-", 0x18b00, 0x18cd5 },
    { "NUSHU CHARACTER-", 0x1b170, 0x1b2fb },
    { "CJK UNIFIED IDEOGRAPH-", 0x20000, 0x2a6df },
    { "CJK UNIFIED IDEOGRAPH-", 0x2a700, 0x2ebe0 },
    { "CJK COMPATIBILITY IDEOGRAPH-", 0x2f800, 0x2fa1d },
    { "CJK UNIFIED IDEOGRAPH-", 0x30000, 0x3134a },
};

// The property record of a character.
static uint32_t record(uint32_t c) {
    size_t low = 0, high = MP_ARRAY_SIZE(ucd_runs);
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (ucd_runs[middle] >> 11 <= c) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return ucd_records[ucd_runs[low] & 0x7ff];
}

static inline bool is_assigned(uint32_t c) {
    return record(c) & 0x1f;
}

static void add_name(vstr_t *out, uint32_t c) {
    if (c - HANGUL < HANGUL_COUNT) {
        uint32_t n = c - HANGUL;
        vstr_add_str(out, "HANGUL SYLLABLE ");
        vstr_add_str(out, hangul[0][n / (21 * 28)]);
        vstr_add_str(out, hangul[1][n / 28 % 21]);
        vstr_add_str(out, hangul[2][n % 28]);
        return;
    }
    for (size_t i = 0; i < MP_ARRAY_SIZE(coded); i++) {
        if (c >= coded[i].first && c <= coded[i].last && is_assigned(c)) {
            vstr_printf(out, "%s%X", coded[i].prefix, (unsigned)c);
            return;
        }
    }
    size_t low = 0, high = MP_ARRAY_SIZE(ucd_name_runs) / 2;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (ucd_name_runs[2 * middle] <= c) {
            low = middle;
        } else {
            high = middle;
        }
    }
    uint32_t ordinal = ucd_name_runs[2 * low + 1] + (c - ucd_name_runs[2 * low]);
    uint32_t limit = low + 1 < MP_ARRAY_SIZE(ucd_name_runs) / 2 ? ucd_name_runs[2 * low + 3] : UCD_NAMES;
    if (c < ucd_name_runs[2 * low] || ordinal >= limit) {
        return;
    }
    name_t name = { .at = ucd_names + ucd_name_blocks[ordinal / UCD_BLOCK] };
    for (uint32_t i = 0; i <= ordinal % UCD_BLOCK; i++) {
        next_name(&name);
    }
    for (unsigned i = 0; i < name.count; i++) {
        char text[UCD_NAME_LONGEST];
        if (i) {
            vstr_add_byte(out, ' ');
        }
        vstr_add_strn(out, text, word(name.words[i], text));
    }
}

static uint32_t code_of(uint32_t ordinal) {
    size_t i = 0;
    while (2 * i + 3 < MP_ARRAY_SIZE(ucd_name_runs) && ucd_name_runs[2 * i + 3] <= ordinal) {
        i++;
    }
    return ucd_name_runs[2 * i] + (ordinal - ucd_name_runs[2 * i + 1]);
}

#define NOT_FOUND 0xffffffffu

static uint32_t find_hangul(const char *text, size_t len) {
    unsigned index[3];
    for (int part = 0; part < 3; part++) {
        // The longest one that fits: no name has two readings.
        size_t best = 0;
        index[part] = 28;
        for (unsigned i = 0; i < hangul_counts[part]; i++) {
            size_t n = strlen(hangul[part][i]);
            if (n <= len && memcmp(text, hangul[part][i], n) == 0 && (n > best || index[part] == 28)) {
                best = n;
                index[part] = i;
            }
        }
        if (index[part] == 28) {
            return NOT_FOUND;
        }
        text += best;
        len -= best;
    }
    return len == 0 ? HANGUL + (index[0] * 21 + index[1]) * 28 + index[2] : NOT_FOUND;
}

// Control characters have no name; these are what lookup() knows them by.
static const char control_names[] =
    "\x00" "NULL\0" "\x07" "ALERT\0" "\x08" "BACKSPACE\0" "\x09" "CHARACTER TABULATION\0" "\x09" "HORIZONTAL TABULATION\0"
    "\x09" "TAB\0" "\x0a" "LINE FEED\0" "\x0a" "NEW LINE\0" "\x0a" "END OF LINE\0" "\x0a" "LF\0" "\x0a" "NL\0"
    "\x0b" "LINE TABULATION\0" "\x0b" "VERTICAL TABULATION\0" "\x0c" "FORM FEED\0" "\x0d" "CARRIAGE RETURN\0" "\x0d" "CR\0"
    "\x0e" "SHIFT OUT\0" "\x0f" "SHIFT IN\0" "\x1a" "SUBSTITUTE\0" "\x1b" "ESCAPE\0" "\x1b" "ESC\0"
    "\x1c" "FILE SEPARATOR\0" "\x1d" "GROUP SEPARATOR\0" "\x1e" "RECORD SEPARATOR\0" "\x1f" "UNIT SEPARATOR\0"
    "\x7f" "DELETE\0" "\x7f" "DEL\0";

static uint32_t find_coded(const char *text, size_t len) {
    for (size_t i = 0; i < MP_ARRAY_SIZE(coded); i++) {
        size_t n = strlen(coded[i].prefix);
        if (len - n - 4 > 1 || memcmp(text, coded[i].prefix, n) != 0) {
            continue; // too short or too long, or another one
        }
        uint32_t c = 0;
        for (size_t k = n; k < len; k++) {
            if (!unichar_isxdigit((byte)text[k])) {
                return NOT_FOUND;
            }
            c = c << 4 | unichar_xdigit_value((byte)text[k]);
        }
        if (c >= coded[i].first && c <= coded[i].last && is_assigned(c)) {
            return c;
        }
    }
    return NOT_FOUND;
}

static uint32_t find_name(const char *given, size_t len) {
    char text[UCD_NAME_LONGEST];
    if (len == 0 || len > sizeof(text)) {
        return NOT_FOUND;
    }
    for (size_t i = 0; i < len; i++) {
        text[i] = unichar_toupper((byte)given[i]);
    }
    for (const char *p = control_names; p < control_names + sizeof(control_names) - 1; p += strlen(p + 1) + 2) {
        if (strlen(p + 1) == len && memcmp(p + 1, text, len) == 0) {
            return *p;
        }
    }
    if (len > 16 && memcmp(text, "HANGUL SYLLABLE ", 16) == 0) {
        return find_hangul(text + 16, len - 16);
    }
    uint32_t c = find_coded(text, len);
    if (c != NOT_FOUND) {
        return c;
    }
    uint16_t wanted[UCD_NAME_WORDS];
    unsigned count = 0;
    for (size_t at = 0; at <= len; count++) {
        const char *space = memchr(text + at, ' ', len - at);
        size_t n = (space == NULL ? len : (size_t)(space - text)) - at;
        if (n == 0 || count == UCD_NAME_WORDS) {
            return NOT_FOUND;
        }
        int index = find_word(0, UCD_FREQUENT, text + at, n);
        if (index < 0) {
            index = find_word(UCD_FREQUENT, UCD_WORDS, text + at, n);
        }
        if (index < 0) {
            return NOT_FOUND;
        }
        wanted[count] = index;
        at += n + 1;
    }
    name_t name = { .at = ucd_names };
    unsigned same = 0; // words that the name before has in common with the wanted one
    for (uint32_t i = 0; i < UCD_NAMES; i++) {
        unsigned shared = next_name(&name);
        if (shared <= same) {
            same = shared;
            while (same < name.count && same < count && name.words[same] == wanted[same]) {
                same++;
            }
            if (same == count && name.count == count) {
                return code_of(i);
            }
        }
    }
    return NOT_FOUND;
}

// ---- normal forms ----

static uint32_t get_varint(const uint8_t **at) {
    uint32_t value = 0;
    do {
        value = value << 7 | (**at & 0x7f);
    } while (*(*at)++ & 0x80);
    return value;
}

// The decomposition in the table: its characters in `at` and their number, or 0.
static unsigned mapping(uint32_t c, const uint8_t **at, unsigned *tag) {
    size_t low = 0, high = MP_ARRAY_SIZE(ucd_mapping_blocks) / 2;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (ucd_mapping_blocks[2 * middle] <= c) {
            low = middle;
        } else {
            high = middle;
        }
    }
    uint32_t code = ucd_mapping_blocks[2 * low];
    const uint8_t *p = ucd_mappings + ucd_mapping_blocks[2 * low + 1], *end = ucd_mappings + sizeof(ucd_mappings);
    for (int i = 0; i < UCD_BLOCK && p < end; i++) {
        code += get_varint(&p);
        unsigned n = *p & 7;
        *tag = *p++ >> 3;
        if (n == 0) {
            n = *p++;
        }
        if (code >= c) {
            *at = p;
            return code == c ? n : 0;
        }
        for (unsigned k = 0; k < n; k++) {
            get_varint(&p);
        }
    }
    return 0;
}

static unsigned combining(uint32_t c) {
    return c < 0x300 ? 0 : record(c) >> 14;
}

typedef struct _text_t {
    uint32_t *chars;
    size_t len, alloc;
} text_t;

static void put(text_t *text, uint32_t c) {
    if (text->len == text->alloc) {
        text->chars = m_renew(uint32_t, text->chars, text->alloc, text->alloc * 2);
        text->alloc *= 2;
    }
    // Marks are sorted by class, stable.
    size_t at = text->len++;
    unsigned class = combining(c);
    if (class) {
        while (at > 0 && combining(text->chars[at - 1]) > class) {
            text->chars[at] = text->chars[at - 1];
            at--;
        }
    }
    text->chars[at] = c;
}

static void decompose(text_t *text, uint32_t c, bool compatible) {
    if (c - HANGUL < HANGUL_COUNT) {
        uint32_t n = c - HANGUL;
        put(text, 0x1100 + n / (21 * 28));
        put(text, 0x1161 + n / 28 % 21);
        if (n % 28) {
            put(text, 0x11a7 + n % 28);
        }
        return;
    }
    const uint8_t *at;
    unsigned tag, n = c < 0xa0 ? 0 : mapping(c, &at, &tag);
    if (n == 0 || (tag && !compatible)) {
        put(text, c);
        return;
    }
    while (n-- > 0) {
        decompose(text, get_varint(&at), compatible); // three deep at most
    }
}

static uint32_t compose_pair(uint32_t a, uint32_t b) {
    if (a - 0x1100 < 19 && b - 0x1161 < 21) {
        return HANGUL + ((a - 0x1100) * 21 + (b - 0x1161)) * 28;
    }
    if (a - HANGUL < HANGUL_COUNT && (a - HANGUL) % 28 == 0 && b - 0x11a8 < 27) {
        return a + (b - 0x11a7);
    }
    for (size_t i = 0; i < MP_ARRAY_SIZE(ucd_long_pairs) && a >= 0x10000; i += 3) {
        if (ucd_long_pairs[i] == a && ucd_long_pairs[i + 1] == b) {
            return ucd_long_pairs[i + 2];
        }
    }
    size_t low = 0, high = MP_ARRAY_SIZE(ucd_pairs) / 3;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const uint16_t *pair = ucd_pairs + 3 * middle;
        if (pair[0] == a && pair[1] == b) {
            return pair[2];
        }
        if (pair[0] < a || (pair[0] == a && pair[1] < b)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return 0;
}

static void compose(text_t *text) {
    size_t out = 0, starter = 0;
    bool has_starter = false;
    unsigned last = 0; // class of the mark before, since the starter
    for (size_t i = 0; i < text->len; i++) {
        uint32_t c = text->chars[i];
        unsigned class = combining(c);
        if (has_starter && (out == starter + 1 || last < class)) {
            uint32_t composed = compose_pair(text->chars[starter], c);
            if (composed) {
                text->chars[starter] = composed;
                continue;
            }
        }
        if (class == 0) {
            starter = out;
            has_starter = true;
        }
        last = class;
        text->chars[out++] = c;
    }
    text->len = out;
}

static mp_obj_t normal_form(mp_obj_t form_in, mp_obj_t str) {
    if (!mp_obj_is_str(form_in) || !mp_obj_is_str(str)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("normalize() argument %d must be str, not %s"),
            mp_obj_is_str(form_in) ? 2 : 1, mp_obj_get_type_str(mp_obj_is_str(form_in) ? str : form_in));
    }
    const char *form = mp_obj_str_get_str(form_in);
    bool compatible = strlen(form) == 4 && form[2] == 'K';
    char kind = form[0] == 'N' && form[1] == 'F' && (compatible || strlen(form) == 3) ? form[2 + compatible] : 0;
    if (kind != 'C' && kind != 'D') {
        mp_raise_ValueError(MP_ERROR_TEXT("invalid normalization form"));
    }
    size_t len;
    const byte *at = (const byte *)mp_obj_str_get_data(str, &len), *end = at + len;
    if (utf8_is_ascii(at, len)) {
        return str;
    }
    text_t text = { .alloc = len + 8 };
    text.chars = m_new(uint32_t, text.alloc);
    while (at < end) {
        decompose(&text, text_decode(&at), compatible);
    }
    if (kind == 'C') {
        compose(&text);
    }
    vstr_t out;
    vstr_init(&out, len + 1);
    for (size_t i = 0; i < text.len; i++) {
        byte encoded[4];
        vstr_add_strn(&out, (char *)encoded, text_encode(text.chars[i], encoded));
    }
    m_del(uint32_t, text.chars, text.alloc);
    return mp_obj_new_str_from_vstr(&out);
}
static MP_DEFINE_CONST_FUN_OBJ_2(normalize_obj, normal_form);

static mp_obj_t is_normalized(mp_obj_t form, mp_obj_t str) {
    return mp_obj_new_bool(mp_obj_equal(normal_form(form, str), str));
}
static MP_DEFINE_CONST_FUN_OBJ_2(is_normalized_obj, is_normalized);

// ---- functions of one character ----

static uint32_t character(mp_obj_t arg, const char *function) {
    size_t len = 0;
    const byte *text = (const byte *)"";
    bool is_str = mp_obj_is_str(arg);
    if (is_str) {
        text = (const byte *)mp_obj_str_get_data(arg, &len);
    }
    const byte *at = text;
    uint32_t c = len ? text_decode(&at) : 0;
    if (len == 0 || at != text + len) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s() argument%s must be a unicode character, not %s"), function,
            strcmp(function, "name") && strcmp(function, "decimal") && strcmp(function, "digit")
            && strcmp(function, "numeric") ? "" : " 1", mp_obj_get_type_str(arg));
    }
    return c;
}

static mp_obj_t text_of(const char *text) {
    return mp_obj_new_str(text, strlen(text));
}

static mp_obj_t otherwise(size_t n_args, const mp_obj_t *args, const char *message) {
    if (n_args == 2) {
        return args[1];
    }
    mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("%s"), message);
}

static mp_obj_t name(size_t n_args, const mp_obj_t *args) {
    vstr_t text;
    vstr_init(&text, 32);
    add_name(&text, character(args[0], "name"));
    return text.len ? mp_obj_new_str_from_vstr(&text) : otherwise(n_args, args, "no such name");
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(name_obj, 1, 2, name);

static mp_obj_t lookup_or_none(mp_obj_t name_in) {
    size_t len;
    const char *text = mp_obj_str_get_data(name_in, &len);
    uint32_t c = find_name(text, len);
    byte encoded[4];
    return c == NOT_FOUND ? mp_const_none : mp_obj_new_str((char *)encoded, text_encode(c, encoded));
}
static MP_DEFINE_CONST_FUN_OBJ_1(lookup_or_none_obj, lookup_or_none);

static mp_obj_t lookup(mp_obj_t name_in) {
    mp_obj_t found = lookup_or_none(name_in);
    if (found == mp_const_none) {
        mp_raise_msg_varg(&mp_type_KeyError, MP_ERROR_TEXT("undefined character name '%s'"), mp_obj_str_get_str(name_in));
    }
    return found;
}
static MP_DEFINE_CONST_FUN_OBJ_1(lookup_obj, lookup);

static mp_obj_t category(mp_obj_t arg) {
    return text_of(ucd_categories[record(character(arg, "category")) & 0x1f]);
}
static MP_DEFINE_CONST_FUN_OBJ_1(category_obj, category);

static mp_obj_t bidirectional(mp_obj_t arg) {
    return text_of(ucd_bidirectional[record(character(arg, "bidirectional")) >> 5 & 0x1f]);
}
static MP_DEFINE_CONST_FUN_OBJ_1(bidirectional_obj, bidirectional);

static mp_obj_t east_asian_width(mp_obj_t arg) {
    return text_of(ucd_widths[record(character(arg, "east_asian_width")) >> 10 & 7]);
}
static MP_DEFINE_CONST_FUN_OBJ_1(east_asian_width_obj, east_asian_width);

static mp_obj_t mirrored(mp_obj_t arg) {
    return MP_OBJ_NEW_SMALL_INT(record(character(arg, "mirrored")) >> 13 & 1);
}
static MP_DEFINE_CONST_FUN_OBJ_1(mirrored_obj, mirrored);

static mp_obj_t combining_class(mp_obj_t arg) {
    return MP_OBJ_NEW_SMALL_INT(record(character(arg, "combining")) >> 14);
}
static MP_DEFINE_CONST_FUN_OBJ_1(combining_obj, combining_class);

static mp_obj_t decomposition(mp_obj_t arg) {
    uint32_t c = character(arg, "decomposition");
    const uint8_t *at;
    unsigned tag, n = c < 0xa0 ? 0 : mapping(c, &at, &tag);
    vstr_t text;
    vstr_init(&text, 16);
    vstr_add_str(&text, n ? ucd_tags[tag] : "");
    for (unsigned i = 0; i < n; i++) {
        vstr_printf(&text, text.len ? " %04X" : "%04X", (unsigned)get_varint(&at));
    }
    return mp_obj_new_str_from_vstr(&text);
}
static MP_DEFINE_CONST_FUN_OBJ_1(decomposition_obj, decomposition);

static mp_obj_t decimal(size_t n_args, const mp_obj_t *args) {
    uint32_t c = character(args[0], "decimal");
    return uni_is(c, UNI_DECIMAL) ? MP_OBJ_NEW_SMALL_INT(uni_digit_value(c)) : otherwise(n_args, args, "not a decimal");
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(decimal_obj, 1, 2, decimal);

static mp_obj_t digit(size_t n_args, const mp_obj_t *args) {
    uint32_t c = character(args[0], "digit");
    return uni_is(c, UNI_DIGIT) ? MP_OBJ_NEW_SMALL_INT(uni_digit_value(c)) : otherwise(n_args, args, "not a digit");
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(digit_obj, 1, 2, digit);

static mp_obj_t numeric(size_t n_args, const mp_obj_t *args) {
    uint32_t c = character(args[0], "numeric");
    if (uni_is(c, UNI_DIGIT)) {
        return mp_obj_new_float(uni_digit_value(c));
    }
    for (size_t i = 0; i < MP_ARRAY_SIZE(ucd_numbers); i++) {
        if (ucd_numbers[i] >> 8 == c) {
            const int64_t *fraction = ucd_fractions + 2 * (ucd_numbers[i] & 0xff);
            return mp_obj_new_float((double)fraction[0] / fraction[1]);
        }
    }
    return otherwise(n_args, args, "not a numeric character");
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(numeric_obj, 1, 2, numeric);

static const MP_DEFINE_STR_OBJ(version_obj, "14.0.0");

static const mp_rom_map_elem_t module_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_unicodedata) },
    { MP_ROM_QSTR(MP_QSTR__lookup), MP_ROM_PTR(&lookup_or_none_obj) },
    { MP_ROM_QSTR(MP_QSTR_bidirectional), MP_ROM_PTR(&bidirectional_obj) },
    { MP_ROM_QSTR(MP_QSTR_category), MP_ROM_PTR(&category_obj) },
    { MP_ROM_QSTR(MP_QSTR_combining), MP_ROM_PTR(&combining_obj) },
    { MP_ROM_QSTR(MP_QSTR_decimal), MP_ROM_PTR(&decimal_obj) },
    { MP_ROM_QSTR(MP_QSTR_decomposition), MP_ROM_PTR(&decomposition_obj) },
    { MP_ROM_QSTR(MP_QSTR_digit), MP_ROM_PTR(&digit_obj) },
    { MP_ROM_QSTR(MP_QSTR_east_asian_width), MP_ROM_PTR(&east_asian_width_obj) },
    { MP_ROM_QSTR(MP_QSTR_is_normalized), MP_ROM_PTR(&is_normalized_obj) },
    { MP_ROM_QSTR(MP_QSTR_lookup), MP_ROM_PTR(&lookup_obj) },
    { MP_ROM_QSTR(MP_QSTR_mirrored), MP_ROM_PTR(&mirrored_obj) },
    { MP_ROM_QSTR(MP_QSTR_name), MP_ROM_PTR(&name_obj) },
    { MP_ROM_QSTR(MP_QSTR_normalize), MP_ROM_PTR(&normalize_obj) },
    { MP_ROM_QSTR(MP_QSTR_numeric), MP_ROM_PTR(&numeric_obj) },
    { MP_ROM_QSTR(MP_QSTR_unidata_version), MP_ROM_PTR(&version_obj) },
};
static MP_DEFINE_CONST_DICT(module_globals, module_table);

const mp_obj_module_t hermetic_module_unicodedata = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&module_globals,
};
MP_REGISTER_MODULE(MP_QSTR_unicodedata, hermetic_module_unicodedata);
