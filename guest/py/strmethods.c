// The methods of str, but for format() (strformat.c) and encode()'s work (codecs.c).
//
// Positions that a program gives and gets count characters; inside they are byte offsets. For ASCII text these are the
// same, which the paths that matter for speed take.

#include <string.h>

#include "py/builtin.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "py/slice.h"
#include "py/strtext.h"
#include "py/unicode.h"

// A str argument that a method was given.
static const byte *expect_text(mp_obj_t arg, const char *what, size_t *len) {
    return mp_obj_str_get_data_no_check(str_expect(arg, what), len);
}

static inline unichar char_at(const byte *s) {
    return *s < 0x80 ? *s : utf8_get_char(s);
}

// The character that ends at `end`.
static inline const byte *previous(const byte *end) {
    do {
        end--;
    } while (UTF8_IS_CONT(*end));
    return end;
}

static bool is_space(unichar c) {
    return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c < 0x20) : uni_is(c, UNI_SPACE);
}

// What `start` and `end` arguments select: bytes from *s on. False when the start lies beyond the end of the text.
static bool substring(const byte **s, size_t *len, size_t n_args, const mp_obj_t *args) {
    if (n_args == 0) {
        return true;
    }
    mp_int_t count = str_count(*s, *len), start = 0, end = count;
    if (n_args > 0 && args[0] != mp_const_none) {
        start = index_clamped(args[0]);
    }
    if (n_args > 1 && args[1] != mp_const_none) {
        end = index_clamped(args[1]);
    }
    start = start < 0 ? MAX(start + count, 0) : start;
    end = end < 0 ? MAX(end + count, 0) : MIN(end, count);
    if (start > end) {
        return false;
    }
    size_t from = str_offset(*s, *len, start), to = str_offset(*s, *len, end);
    *s += from;
    *len = to - from;
    return true;
}

static mp_obj_t find(size_t n_args, const mp_obj_t *args, int direction, bool must) {
    GET_STR_DATA_LEN(args[0], text, text_len);
    size_t needle_len, len = text_len;
    const byte *needle = expect_text(args[1], "", &needle_len);
    const byte *s = text;
    const byte *found = NULL;
    if (substring(&s, &len, n_args - 2, args + 2)) {
        found = find_subbytes(s, len, needle, needle_len, direction);
    }
    if (found == NULL) {
        if (must) {
            mp_raise_ValueError(MP_ERROR_TEXT("substring not found"));
        }
        return MP_OBJ_NEW_SMALL_INT(-1);
    }
    return MP_OBJ_NEW_SMALL_INT(utf8_charlen(text, found - text));
}

static mp_obj_t str_find(size_t n_args, const mp_obj_t *args) {
    return find(n_args, args, 1, false);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(str_find_obj, 2, 4, str_find);

static mp_obj_t str_rfind(size_t n_args, const mp_obj_t *args) {
    return find(n_args, args, -1, false);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(str_rfind_obj, 2, 4, str_rfind);

static mp_obj_t str_index(size_t n_args, const mp_obj_t *args) {
    return find(n_args, args, 1, true);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(str_index_obj, 2, 4, str_index);

static mp_obj_t str_rindex(size_t n_args, const mp_obj_t *args) {
    return find(n_args, args, -1, true);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(str_rindex_obj, 2, 4, str_rindex);

static mp_obj_t str_count_method(size_t n_args, const mp_obj_t *args) {
    GET_STR_DATA_LEN(args[0], s, len);
    size_t needle_len, count = 0;
    const byte *needle = expect_text(args[1], "", &needle_len);
    if (!substring(&s, &len, n_args - 2, args + 2)) {
        return MP_OBJ_NEW_SMALL_INT(0);
    }
    if (needle_len == 0) {
        return MP_OBJ_NEW_SMALL_INT(utf8_charlen(s, len) + 1);
    }
    const byte *top = s + len;
    while ((s = find_subbytes(s, top - s, needle, needle_len, 1)) != NULL) {
        count++;
        s += needle_len;
    }
    return MP_OBJ_NEW_SMALL_INT(count);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(str_count_obj, 2, 4, str_count_method);

static mp_obj_t starts_or_ends(size_t n_args, const mp_obj_t *args, bool ends) {
    GET_STR_DATA_LEN(args[0], s, len);
    size_t n = 1;
    mp_obj_t one = str_native(args[1]), *items = &one;
    const char *name = ends ? "endswith" : "startswith";
    if (one == MP_OBJ_NULL) {
        mp_obj_t tuple = native_value(args[1]);
        if (!mp_obj_is_type(tuple, &mp_type_tuple)) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s first arg must be str or a tuple of str, not %s"),
                name, mp_obj_get_type_str(args[1]));
        }
        mp_obj_tuple_get(tuple, &n, &items);
    }
    bool within = substring(&s, &len, n_args - 2, args + 2);
    for (size_t i = 0; i < n; i++) {
        mp_obj_t item = str_native(items[i]);
        if (item == MP_OBJ_NULL) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("tuple for %s must only contain str, not %s"), name,
                mp_obj_get_type_str(items[i]));
        }
        GET_STR_DATA_LEN(item, part, part_len);
        if (within && part_len <= len && memcmp(ends ? s + len - part_len : s, part, part_len) == 0) {
            return mp_const_true;
        }
    }
    return mp_const_false;
}

static mp_obj_t str_startswith(size_t n_args, const mp_obj_t *args) {
    return starts_or_ends(n_args, args, false);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(str_startswith_obj, 2, 4, str_startswith);

static mp_obj_t str_endswith(size_t n_args, const mp_obj_t *args) {
    return starts_or_ends(n_args, args, true);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(str_endswith_obj, 2, 4, str_endswith);

static mp_obj_t str_removeprefix(mp_obj_t self, mp_obj_t prefix) {
    GET_STR_DATA_LEN(self, s, len);
    size_t n;
    const byte *part = expect_text(prefix, "removeprefix() argument", &n);
    return n && n <= len && memcmp(s, part, n) == 0 ? str_new(s + n, len - n) : self;
}
static MP_DEFINE_CONST_FUN_OBJ_2(str_removeprefix_obj, str_removeprefix);

static mp_obj_t str_removesuffix(mp_obj_t self, mp_obj_t suffix) {
    GET_STR_DATA_LEN(self, s, len);
    size_t n;
    const byte *part = expect_text(suffix, "removesuffix() argument", &n);
    return n && n <= len && memcmp(s + len - n, part, n) == 0 ? str_new(s, len - n) : self;
}
static MP_DEFINE_CONST_FUN_OBJ_2(str_removesuffix_obj, str_removesuffix);

static mp_obj_t str_join(mp_obj_t self, mp_obj_t iterable) {
    GET_STR_DATA_LEN(self, separator, separator_len);
    if (!mp_obj_is_type(iterable, &mp_type_list) && !mp_obj_is_type(iterable, &mp_type_tuple)) {
        mp_obj_t native = native_value(iterable);
        if (!mp_obj_is_instance_type(mp_obj_get_type(iterable))
            && !MP_OBJ_TYPE_HAS_SLOT(mp_obj_get_type(native), iter)) {
            mp_raise_TypeError(MP_ERROR_TEXT("can only join an iterable"));
        }
        iterable = mp_obj_list_make_new(&mp_type_list, 1, 0, &iterable);
    }
    size_t n;
    mp_obj_t *items;
    mp_obj_get_array(iterable, &n, &items);
    if (n == 1 && mp_obj_is_str(items[0])) {
        return items[0];
    }
    uint64_t total = 0;
    for (size_t i = 0; i < n; i++) {
        mp_obj_t item = mp_obj_is_str(items[i]) ? items[i] : str_native(items[i]);
        if (item == MP_OBJ_NULL) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("sequence item %d: expected str instance, %s found"),
                (int)i, mp_obj_get_type_str(items[i]));
        }
        GET_STR_LEN(item, len);
        total += len + (i ? separator_len : 0);
    }
    vstr_t vstr;
    vstr_init_len(&vstr, total);
    byte *to = (byte *)vstr.buf;
    for (size_t i = 0; i < n; i++) {
        if (i) {
            memcpy(to, separator, separator_len);
            to += separator_len;
        }
        GET_STR_DATA_LEN(str_native(items[i]), s, len);
        memcpy(to, s, len);
        to += len;
    }
    return str_finish(&vstr);
}
static MP_DEFINE_CONST_FUN_OBJ_2(str_join_obj, str_join);

typedef struct _split_args_t {
    mp_obj_t separator; // MP_OBJ_NULL for white space
    mp_int_t limit; // of splits
} split_args_t;

static split_args_t split_arguments(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_sep, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_maxsplit, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_INT(-1) } },
    };
    mp_arg_val_t values[2];
    mp_arg_parse_all(n_args - 1, args + 1, kwargs, 2, allowed, values);
    split_args_t result = { MP_OBJ_NULL, index_clamped(values[1].u_obj) };
    if (values[0].u_obj != mp_const_none) {
        result.separator = str_native(values[0].u_obj);
        if (result.separator == MP_OBJ_NULL) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("must be str or None, not %s"),
                mp_obj_get_type_str(values[0].u_obj));
        }
        GET_STR_LEN(result.separator, len);
        if (len == 0) {
            mp_raise_ValueError(MP_ERROR_TEXT("empty separator"));
        }
    }
    if (result.limit < 0) {
        result.limit = INT64_MAX;
    }
    return result;
}

static void add_part(mp_obj_t list, const byte *from, const byte *to) {
    mp_obj_list_append(list, str_new(from, to - from));
}

static const byte *skip_spaces(const byte *s, const byte *top) {
    while (s < top && is_space(char_at(s))) {
        s += utf8_size(*s);
    }
    return s;
}

static const byte *skip_word(const byte *s, const byte *top) {
    while (s < top && !is_space(char_at(s))) {
        s += utf8_size(*s);
    }
    return s;
}

static mp_obj_t split_words(const byte *s, size_t len, mp_int_t limit) {
    mp_obj_t list = mp_obj_new_list(0, NULL);
    const byte *top = s + len;
    for (s = skip_spaces(s, top); s < top; s = skip_spaces(s, top)) {
        const byte *start = s;
        if (limit-- == 0) {
            add_part(list, start, top);
            break;
        }
        s = skip_word(s, top);
        add_part(list, start, s);
    }
    return list;
}

mp_obj_t str_split_words(mp_obj_t str) {
    GET_STR_DATA_LEN(str, s, len);
    return split_words(s, len, INT64_MAX);
}

mp_obj_t mp_obj_str_split(size_t n_args, const mp_obj_t *args) {
    (void)n_args;
    return str_split_words(str_expect(args[0], "argument"));
}

static mp_obj_t str_split(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    split_args_t split = split_arguments(n_args, args, kwargs);
    GET_STR_DATA_LEN(args[0], s, len);
    if (split.separator == MP_OBJ_NULL) {
        return split_words(s, len, split.limit);
    }
    GET_STR_DATA_LEN(split.separator, separator, separator_len);
    mp_obj_t list = mp_obj_new_list(0, NULL);
    const byte *top = s + len;
    while (split.limit-- > 0) {
        const byte *found = find_subbytes(s, top - s, separator, separator_len, 1);
        if (found == NULL) {
            break;
        }
        add_part(list, s, found);
        s = found + separator_len;
    }
    add_part(list, s, top);
    return list;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(str_split_obj, 1, str_split);

static void reverse_list(mp_obj_t list) {
    size_t n;
    mp_obj_t *items;
    mp_obj_list_get(list, &n, &items);
    for (size_t i = 0; i < n / 2; i++) {
        mp_obj_t item = items[i];
        items[i] = items[n - 1 - i];
        items[n - 1 - i] = item;
    }
}

static mp_obj_t str_rsplit(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    split_args_t split = split_arguments(n_args, args, kwargs);
    GET_STR_DATA_LEN(args[0], s, len);
    mp_obj_t list = mp_obj_new_list(0, NULL);
    const byte *top = s + len;
    if (split.separator == MP_OBJ_NULL) {
        for (;;) {
            while (top > s && is_space(char_at(previous(top)))) {
                top = previous(top);
            }
            if (top == s) {
                break;
            }
            const byte *start = top;
            if (split.limit-- == 0) {
                add_part(list, s, top);
                break;
            }
            while (start > s && !is_space(char_at(previous(start)))) {
                start = previous(start);
            }
            add_part(list, start, top);
            top = start;
        }
    } else {
        GET_STR_DATA_LEN(split.separator, separator, separator_len);
        while (split.limit-- > 0) {
            const byte *found = find_subbytes(s, top - s, separator, separator_len, -1);
            if (found == NULL) {
                break;
            }
            add_part(list, found + separator_len, top);
            top = found;
        }
        add_part(list, s, top);
    }
    reverse_list(list);
    return list;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(str_rsplit_obj, 1, str_rsplit);

static bool is_line_end(unichar c) {
    return (c >= '\n' && c <= '\r') || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static mp_obj_t str_splitlines(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = { { MP_QSTR_keepends, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_FALSE } } };
    mp_arg_val_t values[1];
    mp_arg_parse_all(n_args - 1, args + 1, kwargs, 1, allowed, values);
    bool keep = mp_obj_is_true(values[0].u_obj);
    GET_STR_DATA_LEN(args[0], s, len);
    mp_obj_t list = mp_obj_new_list(0, NULL);
    for (const byte *top = s + len; s < top;) {
        const byte *start = s;
        while (s < top && !is_line_end(char_at(s))) {
            s += utf8_size(*s);
        }
        const byte *end = s;
        if (s < top) {
            s += *s == '\r' && s[1] == '\n' ? 2 : utf8_size(*s);
        }
        add_part(list, start, keep ? s : end);
    }
    return list;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(str_splitlines_obj, 1, str_splitlines);

static mp_obj_t partition(mp_obj_t self, mp_obj_t separator_in, int direction) {
    GET_STR_DATA_LEN(self, s, len);
    size_t separator_len;
    const byte *separator = expect_text(separator_in, "", &separator_len);
    if (separator_len == 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("empty separator"));
    }
    mp_obj_t empty = MP_OBJ_NEW_QSTR(MP_QSTR_);
    mp_obj_t items[3] = { empty, empty, empty };
    const byte *found = find_subbytes(s, len, separator, separator_len, direction);
    if (found == NULL) {
        items[direction > 0 ? 0 : 2] = self;
    } else {
        items[0] = str_new(s, found - s);
        items[1] = str_native(separator_in);
        items[2] = str_new(found + separator_len, s + len - found - separator_len);
    }
    return mp_obj_new_tuple(3, items);
}

static mp_obj_t str_partition(mp_obj_t self, mp_obj_t separator) {
    return partition(self, separator, 1);
}
static MP_DEFINE_CONST_FUN_OBJ_2(str_partition_obj, str_partition);

static mp_obj_t str_rpartition(mp_obj_t self, mp_obj_t separator) {
    return partition(self, separator, -1);
}
static MP_DEFINE_CONST_FUN_OBJ_2(str_rpartition_obj, str_rpartition);

static bool to_strip(const byte *s, const byte *set, size_t set_len) {
    if (set == NULL) {
        return is_space(char_at(s));
    }
    size_t size = utf8_size(*s);
    return size == 1 ? memchr(set, *s, set_len) != NULL : find_subbytes(set, set_len, s, size, 1) != NULL;
}

static mp_obj_t strip(size_t n_args, const mp_obj_t *args, bool left, bool right) {
    GET_STR_DATA_LEN(args[0], s, len);
    const byte *set = NULL, *top = s + len, *start = s;
    size_t set_len = 0;
    if (n_args > 1 && args[1] != mp_const_none) {
        mp_obj_t chars = str_native(args[1]);
        if (chars == MP_OBJ_NULL) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s arg must be None or str"),
                left && right ? "strip" : left ? "lstrip" : "rstrip");
        }
        set = mp_obj_str_get_data_no_check(chars, &set_len);
    }
    while (left && start < top && to_strip(start, set, set_len)) {
        start += utf8_size(*start);
    }
    while (right && top > start && to_strip(previous(top), set, set_len)) {
        top = previous(top);
    }
    return (size_t)(top - start) == len ? args[0] : str_new(start, top - start);
}

static mp_obj_t str_strip(size_t n_args, const mp_obj_t *args) {
    return strip(n_args, args, true, true);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(str_strip_obj, 1, 2, str_strip);

static mp_obj_t str_lstrip(size_t n_args, const mp_obj_t *args) {
    return strip(n_args, args, true, false);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(str_lstrip_obj, 1, 2, str_lstrip);

static mp_obj_t str_rstrip(size_t n_args, const mp_obj_t *args) {
    return strip(n_args, args, false, true);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(str_rstrip_obj, 1, 2, str_rstrip);

static mp_obj_t str_replace(size_t n_args, const mp_obj_t *args) {
    GET_STR_DATA_LEN(args[0], s, len);
    size_t old_len, new_len;
    const byte *old = expect_text(args[1], "replace() argument 1", &old_len);
    const byte *new = expect_text(args[2], "replace() argument 2", &new_len);
    mp_int_t limit = n_args > 3 ? index_clamped(args[3]) : -1;
    uint64_t left = limit < 0 ? UINT64_MAX : (uint64_t)limit;
    const byte *top = s + len;
    if (left == 0 || old_len > len) {
        return args[0];
    }
    if (old_len) {
        const byte *first = find_subbytes(s, len, old, old_len, 1);
        if (first == NULL) {
            return args[0];
        }
    }
    vstr_t vstr;
    vstr_init(&vstr, len + 16);
    if (old_len == 0) {
        while (left-- > 0) {
            vstr_add_strn(&vstr, (const char *)new, new_len);
            if (s == top) {
                break;
            }
            size_t size = utf8_size(*s);
            vstr_add_strn(&vstr, (const char *)s, size);
            s += size;
        }
    } else {
        while (left-- > 0) {
            const byte *found = find_subbytes(s, top - s, old, old_len, 1);
            if (found == NULL) {
                break;
            }
            vstr_add_strn(&vstr, (const char *)s, found - s);
            vstr_add_strn(&vstr, (const char *)new, new_len);
            s = found + old_len;
        }
    }
    vstr_add_strn(&vstr, (const char *)s, top - s);
    return str_finish(&vstr);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(str_replace_obj, 3, 4, str_replace);

static void add_fill(vstr_t *vstr, const byte *fill, size_t fill_len, size_t n) {
    char *to = vstr_add_len(vstr, m_size_product(fill_len, n));
    for (; n; n--, to += fill_len) {
        memcpy(to, fill, fill_len);
    }
}

// Which way the text goes: -1 left, 0 centre, 1 right.
static mp_obj_t justify(size_t n_args, const mp_obj_t *args, int side) {
    GET_STR_DATA_LEN(args[0], s, len);
    mp_int_t width = index_clamped(args[1]);
    const byte *fill = (const byte *)" ";
    size_t fill_len = 1;
    if (n_args > 2) {
        mp_obj_t given = str_native(args[2]);
        if (given == MP_OBJ_NULL) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("The fill character must be a unicode character, not %s"),
                mp_obj_get_type_str(args[2]));
        }
        fill = mp_obj_str_get_data_no_check(given, &fill_len);
        if (fill_len == 0 || fill_len != utf8_size(*fill)) {
            mp_raise_TypeError(MP_ERROR_TEXT("The fill character must be exactly one character long"));
        }
    }
    mp_int_t count = str_count(s, len);
    if (width <= count) {
        return args[0];
    }
    size_t pad = m_size(width - count);
    // As CPython puts an odd one.
    size_t left = side < 0 ? 0 : side > 0 ? pad : pad / 2 + (pad & width & 1);
    vstr_t vstr;
    vstr_init(&vstr, (uint64_t)len + pad * (uint64_t)fill_len + 1);
    add_fill(&vstr, fill, fill_len, left);
    vstr_add_strn(&vstr, (const char *)s, len);
    add_fill(&vstr, fill, fill_len, pad - left);
    return str_finish(&vstr);
}

static mp_obj_t str_center(size_t n_args, const mp_obj_t *args) {
    return justify(n_args, args, 0);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(str_center_obj, 2, 3, str_center);

static mp_obj_t str_ljust(size_t n_args, const mp_obj_t *args) {
    return justify(n_args, args, -1);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(str_ljust_obj, 2, 3, str_ljust);

static mp_obj_t str_rjust(size_t n_args, const mp_obj_t *args) {
    return justify(n_args, args, 1);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(str_rjust_obj, 2, 3, str_rjust);

static mp_obj_t str_zfill(mp_obj_t self, mp_obj_t width_in) {
    GET_STR_DATA_LEN(self, s, len);
    mp_int_t width = index_clamped(width_in), count = str_count(s, len);
    if (width <= count) {
        return self;
    }
    vstr_t vstr;
    vstr_init(&vstr, (uint64_t)len + (width - count) + 1);
    if (len && (*s == '+' || *s == '-')) {
        vstr_add_byte(&vstr, *s++);
        len--;
    }
    add_fill(&vstr, (const byte *)"0", 1, width - count);
    vstr_add_strn(&vstr, (const char *)s, len);
    return str_finish(&vstr);
}
static MP_DEFINE_CONST_FUN_OBJ_2(str_zfill_obj, str_zfill);

static mp_obj_t str_expandtabs(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = { { MP_QSTR_tabsize, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_INT(8) } } };
    mp_arg_val_t values[1];
    mp_arg_parse_all(n_args - 1, args + 1, kwargs, 1, allowed, values);
    mp_int_t tab = index_clamped(values[0].u_obj);
    GET_STR_DATA_LEN(args[0], s, len);
    vstr_t vstr;
    vstr_init(&vstr, len + 16);
    mp_int_t column = 0;
    for (const byte *top = s + len; s < top;) {
        if (*s == '\t') {
            if (tab > 0) {
                size_t n = tab - column % tab;
                column += n;
                add_fill(&vstr, (const byte *)" ", 1, n);
            }
            s++;
            continue;
        }
        size_t size = utf8_size(*s);
        column = *s == '\n' || *s == '\r' ? 0 : column + 1;
        vstr_add_strn(&vstr, (const char *)s, size);
        s += size;
    }
    return str_finish(&vstr);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(str_expandtabs_obj, 1, str_expandtabs);

static void add_mapped(vstr_t *vstr, unichar c, int kind) {
    unichar to[UNI_MAX_EXPANSION];
    size_t n = uni_map(c, kind, to);
    for (size_t i = 0; i < n; i++) {
        vstr_add_char(vstr, to[i]);
    }
}

// A capital sigma ends a word where a cased letter precedes it and none follows, but for characters that do not count.
static bool is_final_sigma(const byte *text, const byte *at, const byte *top) {
    const byte *s = at;
    unsigned flags = UNI_CASE_IGNORABLE;
    while (s > text && (flags & UNI_CASE_IGNORABLE)) {
        s = previous(s);
        flags = uni_flags(char_at(s));
    }
    const unsigned cased = UNI_LOWER | UNI_UPPER | UNI_TITLE;
    if ((flags & UNI_CASE_IGNORABLE) || !(flags & cased)) {
        return false;
    }
    for (s = at + utf8_size(*at); s < top; s += utf8_size(*s)) {
        flags = uni_flags(char_at(s));
        if (!(flags & UNI_CASE_IGNORABLE)) {
            return !(flags & cased);
        }
    }
    return true;
}

static void add_lower(vstr_t *vstr, const byte *text, const byte *s, const byte *top) {
    unichar c = char_at(s);
    if (c == 0x3a3) {
        vstr_add_char(vstr, is_final_sigma(text, s, top) ? 0x3c2 : 0x3c3);
    } else {
        add_mapped(vstr, c, UNI_TO_LOWER);
    }
}

static mp_obj_t map_case(mp_obj_t self, int kind) {
    GET_STR_DATA_LEN(self, s, len);
    vstr_t vstr;
    if (utf8_is_ascii(s, len)) {
        vstr_init_len(&vstr, len);
        byte first = kind == UNI_TO_UPPER ? 'a' : 'A';
        for (size_t i = 0; i < len; i++) {
            vstr.buf[i] = (byte)(s[i] - first) < 26 ? s[i] ^ 0x20 : s[i];
        }
        return str_finish(&vstr);
    }
    vstr_init(&vstr, len + 8);
    const byte *text = s;
    for (const byte *top = s + len; s < top; s += utf8_size(*s)) {
        if (kind == UNI_TO_LOWER) {
            add_lower(&vstr, text, s, top);
        } else {
            add_mapped(&vstr, char_at(s), kind);
        }
    }
    return str_finish(&vstr);
}

static mp_obj_t str_upper(mp_obj_t self) {
    return map_case(self, UNI_TO_UPPER);
}
static MP_DEFINE_CONST_FUN_OBJ_1(str_upper_obj, str_upper);

static mp_obj_t str_lower(mp_obj_t self) {
    return map_case(self, UNI_TO_LOWER);
}
static MP_DEFINE_CONST_FUN_OBJ_1(str_lower_obj, str_lower);

static mp_obj_t str_casefold(mp_obj_t self) {
    return map_case(self, UNI_TO_CASEFOLD);
}
static MP_DEFINE_CONST_FUN_OBJ_1(str_casefold_obj, str_casefold);

static mp_obj_t str_swapcase(mp_obj_t self) {
    GET_STR_DATA_LEN(self, s, len);
    vstr_t vstr;
    vstr_init(&vstr, len + 8);
    const byte *text = s;
    for (const byte *top = s + len; s < top; s += utf8_size(*s)) {
        unichar c = char_at(s);
        unsigned flags = uni_flags(c);
        if (flags & UNI_UPPER) {
            add_lower(&vstr, text, s, top);
        } else if (flags & UNI_LOWER) {
            add_mapped(&vstr, c, UNI_TO_UPPER);
        } else {
            vstr_add_char(&vstr, c);
        }
    }
    return str_finish(&vstr);
}
static MP_DEFINE_CONST_FUN_OBJ_1(str_swapcase_obj, str_swapcase);

// First letters of words, or of the text, as titles; the others small.
static mp_obj_t title(mp_obj_t self, bool each_word) {
    GET_STR_DATA_LEN(self, s, len);
    vstr_t vstr;
    vstr_init(&vstr, len + 8);
    const byte *text = s;
    bool inside = false;
    for (const byte *top = s + len; s < top; s += utf8_size(*s)) {
        unichar c = char_at(s);
        if (inside) {
            add_lower(&vstr, text, s, top);
        } else {
            add_mapped(&vstr, c, UNI_TO_TITLE);
        }
        inside = !each_word || uni_is(c, UNI_LOWER | UNI_UPPER | UNI_TITLE);
    }
    return str_finish(&vstr);
}

static mp_obj_t str_title(mp_obj_t self) {
    return title(self, true);
}
static MP_DEFINE_CONST_FUN_OBJ_1(str_title_obj, str_title);

static mp_obj_t str_capitalize(mp_obj_t self) {
    return title(self, false);
}
static MP_DEFINE_CONST_FUN_OBJ_1(str_capitalize_obj, str_capitalize);

static mp_obj_t all_are(mp_obj_t self, unsigned flags, bool empty) {
    GET_STR_DATA_LEN(self, s, len);
    if (len == 0) {
        return mp_obj_new_bool(empty);
    }
    for (const byte *top = s + len; s < top; s += utf8_size(*s)) {
        if (!uni_is(char_at(s), flags)) {
            return mp_const_false;
        }
    }
    return mp_const_true;
}

#define DEFINE_ALL_ARE(name, flags, empty) \
    static mp_obj_t str_##name(mp_obj_t self) { \
        return all_are(self, flags, empty); \
    } \
    static MP_DEFINE_CONST_FUN_OBJ_1(str_##name##_obj, str_##name)

DEFINE_ALL_ARE(isspace, UNI_SPACE, false);
DEFINE_ALL_ARE(isalpha, UNI_ALPHA, false);
DEFINE_ALL_ARE(isalnum, UNI_ALPHA | UNI_DECIMAL | UNI_DIGIT | UNI_NUMERIC, false);
DEFINE_ALL_ARE(isdecimal, UNI_DECIMAL, false);
DEFINE_ALL_ARE(isdigit, UNI_DIGIT, false);
DEFINE_ALL_ARE(isnumeric, UNI_NUMERIC, false);
DEFINE_ALL_ARE(isprintable, UNI_PRINTABLE, true);

static mp_obj_t str_isascii(mp_obj_t self) {
    GET_STR_DATA_LEN(self, s, len);
    return mp_obj_new_bool(utf8_is_ascii(s, len));
}
static MP_DEFINE_CONST_FUN_OBJ_1(str_isascii_obj, str_isascii);

static mp_obj_t str_isidentifier(mp_obj_t self) {
    GET_STR_DATA_LEN(self, s, len);
    if (len == 0 || !(*s == '_' || uni_is(char_at(s), UNI_XID_START))) {
        return mp_const_false;
    }
    return all_are(self, UNI_XID_CONTINUE, false);
}
static MP_DEFINE_CONST_FUN_OBJ_1(str_isidentifier_obj, str_isidentifier);

static mp_obj_t cased_as(mp_obj_t self, unsigned wanted, unsigned unwanted) {
    GET_STR_DATA_LEN(self, s, len);
    bool any = false;
    for (const byte *top = s + len; s < top; s += utf8_size(*s)) {
        unsigned flags = uni_flags(char_at(s));
        if (flags & unwanted) {
            return mp_const_false;
        }
        any |= (flags & wanted) != 0;
    }
    return mp_obj_new_bool(any);
}

static mp_obj_t str_islower(mp_obj_t self) {
    return cased_as(self, UNI_LOWER, UNI_UPPER | UNI_TITLE);
}
static MP_DEFINE_CONST_FUN_OBJ_1(str_islower_obj, str_islower);

static mp_obj_t str_isupper(mp_obj_t self) {
    return cased_as(self, UNI_UPPER, UNI_LOWER | UNI_TITLE);
}
static MP_DEFINE_CONST_FUN_OBJ_1(str_isupper_obj, str_isupper);

static mp_obj_t str_istitle(mp_obj_t self) {
    GET_STR_DATA_LEN(self, s, len);
    bool any = false, inside = false;
    for (const byte *top = s + len; s < top; s += utf8_size(*s)) {
        unsigned flags = uni_flags(char_at(s));
        if (flags & (UNI_UPPER | UNI_TITLE) ? inside : flags & UNI_LOWER ? !inside : false) {
            return mp_const_false;
        }
        inside = (flags & (UNI_UPPER | UNI_TITLE | UNI_LOWER)) != 0;
        any |= inside;
    }
    return mp_obj_new_bool(any);
}
static MP_DEFINE_CONST_FUN_OBJ_1(str_istitle_obj, str_istitle);

typedef struct _lookup_t {
    mp_obj_t table, key, value;
} lookup_t;

static void lookup_protected(void *arg) {
    lookup_t *lookup = arg;
    lookup->value = mp_obj_subscr(lookup->table, lookup->key, MP_OBJ_SENTINEL);
}

// table[key], or MP_OBJ_NULL after a LookupError.
static mp_obj_t translate_lookup(mp_obj_t table, mp_obj_t key) {
    lookup_t lookup = { table, key, MP_OBJ_NULL };
    if (nlr_try(lookup_protected, &lookup)) {
        void *exception = nlr_caught();
        if (!mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(((mp_obj_base_t *)exception)->type),
            MP_OBJ_FROM_PTR(&mp_type_LookupError))) {
            nlr_jump(exception);
        }
        return MP_OBJ_NULL;
    }
    return lookup.value;
}

static mp_obj_t str_translate(mp_obj_t self, mp_obj_t table) {
    GET_STR_DATA_LEN(self, s, len);
    vstr_t vstr;
    vstr_init(&vstr, len + 8);
    bool is_dict = mp_obj_is_type(table, &mp_type_dict);
    for (const byte *top = s + len; s < top; s += utf8_size(*s)) {
        mp_obj_t key = MP_OBJ_NEW_SMALL_INT(char_at(s)), value;
        if (is_dict) {
            mp_map_elem_t *elem = mp_map_lookup(mp_obj_dict_get_map(table), key, MP_MAP_LOOKUP);
            value = elem ? elem->value : MP_OBJ_NULL;
        } else {
            value = translate_lookup(table, key);
        }
        if (value == MP_OBJ_NULL) {
            vstr_add_strn(&vstr, (const char *)s, utf8_size(*s));
        } else if (value != mp_const_none) {
            mp_obj_t text = str_native(value);
            mp_int_t c;
            if (text != MP_OBJ_NULL) {
                GET_STR_DATA_LEN(text, part, part_len);
                vstr_add_strn(&vstr, (const char *)part, part_len);
            } else if (index_maybe(value, &c)) {
                if (c < 0 || c > UNI_MAX_CHAR) {
                    mp_raise_ValueError(MP_ERROR_TEXT("character mapping must be in range(0x110000)"));
                }
                vstr_add_char(&vstr, c);
            } else {
                mp_raise_TypeError(MP_ERROR_TEXT("character mapping must return integer, None or str"));
            }
        }
    }
    return str_finish(&vstr);
}
static MP_DEFINE_CONST_FUN_OBJ_2(str_translate_obj, str_translate);

static mp_obj_t str_maketrans(size_t n_args, const mp_obj_t *args) {
    mp_obj_t dict = mp_obj_new_dict(0);
    if (n_args == 1) {
        mp_obj_t from = native_value(args[0]);
        if (!mp_obj_is_dict_or_ordereddict(from)) {
            mp_raise_TypeError(MP_ERROR_TEXT("if you give only one argument to maketrans it must be a dict"));
        }
        mp_map_t *map = mp_obj_dict_get_map(from);
        for (size_t i = 0; i < map->alloc; i++) {
            if (mp_map_slot_is_filled(map, i)) {
                mp_obj_t key = map->table[i].key, text = str_native(key);
                if (text != MP_OBJ_NULL) {
                    GET_STR_DATA_LEN(text, s, len);
                    if (len == 0 || len != utf8_size(*s)) {
                        mp_raise_ValueError(MP_ERROR_TEXT("string keys in translate table must be of length 1"));
                    }
                    key = MP_OBJ_NEW_SMALL_INT(char_at(s));
                } else if (!mp_obj_is_int(key)) {
                    mp_raise_TypeError(MP_ERROR_TEXT("keys in translate table must be strings or integers"));
                }
                mp_obj_dict_store(dict, key, map->table[i].value);
            }
        }
        return dict;
    }
    size_t from_len, to_len;
    const byte *from = expect_text(args[0], "first maketrans argument", &from_len);
    const byte *to = expect_text(args[1], "maketrans() argument 2", &to_len);
    if (utf8_charlen(from, from_len) != utf8_charlen(to, to_len)) {
        mp_raise_ValueError(MP_ERROR_TEXT("the first two maketrans arguments must have equal length"));
    }
    for (const byte *top = from + from_len; from < top; from += utf8_size(*from), to += utf8_size(*to)) {
        mp_obj_dict_store(dict, MP_OBJ_NEW_SMALL_INT(char_at(from)), MP_OBJ_NEW_SMALL_INT(char_at(to)));
    }
    if (n_args > 2) {
        size_t drop_len;
        const byte *drop = expect_text(args[2], "maketrans() argument 3", &drop_len);
        for (const byte *top = drop + drop_len; drop < top; drop += utf8_size(*drop)) {
            mp_obj_dict_store(dict, MP_OBJ_NEW_SMALL_INT(char_at(drop)), mp_const_none);
        }
    }
    return dict;
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(str_maketrans_fun_obj, 1, 3, str_maketrans);
static MP_DEFINE_CONST_STATICMETHOD_OBJ(str_maketrans_obj, MP_ROM_PTR(&str_maketrans_fun_obj));

static mp_obj_t str_encode(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_encoding, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_QSTR(MP_QSTR_utf_hyphen_8) } },
        { MP_QSTR_errors, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
    };
    mp_arg_val_t values[2];
    mp_arg_parse_all(n_args - 1, args + 1, kwargs, 2, allowed, values);
    const char *encoding = mp_obj_str_get_str(str_expect(values[0].u_obj, "encode() argument 'encoding'"));
    const char *errors = values[1].u_obj == mp_const_none ? NULL
        : mp_obj_str_get_str(str_expect(values[1].u_obj, "encode() argument 'errors'"));
    return codec_encode(args[0], encoding, errors);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(str_encode_obj, 1, str_encode);

extern const mp_obj_fun_builtin_var_t str_format_obj;
extern const mp_obj_fun_builtin_fixed_t str_format_map_obj;
extern const mp_obj_fun_builtin_fixed_t format_method_obj;

static const mp_rom_map_elem_t str_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___format__), MP_ROM_PTR(&format_method_obj) },
    { MP_ROM_QSTR(MP_QSTR_capitalize), MP_ROM_PTR(&str_capitalize_obj) },
    { MP_ROM_QSTR(MP_QSTR_casefold), MP_ROM_PTR(&str_casefold_obj) },
    { MP_ROM_QSTR(MP_QSTR_center), MP_ROM_PTR(&str_center_obj) },
    { MP_ROM_QSTR(MP_QSTR_count), MP_ROM_PTR(&str_count_obj) },
    { MP_ROM_QSTR(MP_QSTR_encode), MP_ROM_PTR(&str_encode_obj) },
    { MP_ROM_QSTR(MP_QSTR_endswith), MP_ROM_PTR(&str_endswith_obj) },
    { MP_ROM_QSTR(MP_QSTR_expandtabs), MP_ROM_PTR(&str_expandtabs_obj) },
    { MP_ROM_QSTR(MP_QSTR_find), MP_ROM_PTR(&str_find_obj) },
    { MP_ROM_QSTR(MP_QSTR_format), MP_ROM_PTR(&str_format_obj) },
    { MP_ROM_QSTR(MP_QSTR_format_map), MP_ROM_PTR(&str_format_map_obj) },
    { MP_ROM_QSTR(MP_QSTR_index), MP_ROM_PTR(&str_index_obj) },
    { MP_ROM_QSTR(MP_QSTR_isalnum), MP_ROM_PTR(&str_isalnum_obj) },
    { MP_ROM_QSTR(MP_QSTR_isalpha), MP_ROM_PTR(&str_isalpha_obj) },
    { MP_ROM_QSTR(MP_QSTR_isascii), MP_ROM_PTR(&str_isascii_obj) },
    { MP_ROM_QSTR(MP_QSTR_isdecimal), MP_ROM_PTR(&str_isdecimal_obj) },
    { MP_ROM_QSTR(MP_QSTR_isdigit), MP_ROM_PTR(&str_isdigit_obj) },
    { MP_ROM_QSTR(MP_QSTR_isidentifier), MP_ROM_PTR(&str_isidentifier_obj) },
    { MP_ROM_QSTR(MP_QSTR_islower), MP_ROM_PTR(&str_islower_obj) },
    { MP_ROM_QSTR(MP_QSTR_isnumeric), MP_ROM_PTR(&str_isnumeric_obj) },
    { MP_ROM_QSTR(MP_QSTR_isprintable), MP_ROM_PTR(&str_isprintable_obj) },
    { MP_ROM_QSTR(MP_QSTR_isspace), MP_ROM_PTR(&str_isspace_obj) },
    { MP_ROM_QSTR(MP_QSTR_istitle), MP_ROM_PTR(&str_istitle_obj) },
    { MP_ROM_QSTR(MP_QSTR_isupper), MP_ROM_PTR(&str_isupper_obj) },
    { MP_ROM_QSTR(MP_QSTR_join), MP_ROM_PTR(&str_join_obj) },
    { MP_ROM_QSTR(MP_QSTR_ljust), MP_ROM_PTR(&str_ljust_obj) },
    { MP_ROM_QSTR(MP_QSTR_lower), MP_ROM_PTR(&str_lower_obj) },
    { MP_ROM_QSTR(MP_QSTR_lstrip), MP_ROM_PTR(&str_lstrip_obj) },
    { MP_ROM_QSTR(MP_QSTR_maketrans), MP_ROM_PTR(&str_maketrans_obj) },
    { MP_ROM_QSTR(MP_QSTR_partition), MP_ROM_PTR(&str_partition_obj) },
    { MP_ROM_QSTR(MP_QSTR_removeprefix), MP_ROM_PTR(&str_removeprefix_obj) },
    { MP_ROM_QSTR(MP_QSTR_removesuffix), MP_ROM_PTR(&str_removesuffix_obj) },
    { MP_ROM_QSTR(MP_QSTR_replace), MP_ROM_PTR(&str_replace_obj) },
    { MP_ROM_QSTR(MP_QSTR_rfind), MP_ROM_PTR(&str_rfind_obj) },
    { MP_ROM_QSTR(MP_QSTR_rindex), MP_ROM_PTR(&str_rindex_obj) },
    { MP_ROM_QSTR(MP_QSTR_rjust), MP_ROM_PTR(&str_rjust_obj) },
    { MP_ROM_QSTR(MP_QSTR_rpartition), MP_ROM_PTR(&str_rpartition_obj) },
    { MP_ROM_QSTR(MP_QSTR_rsplit), MP_ROM_PTR(&str_rsplit_obj) },
    { MP_ROM_QSTR(MP_QSTR_rstrip), MP_ROM_PTR(&str_rstrip_obj) },
    { MP_ROM_QSTR(MP_QSTR_split), MP_ROM_PTR(&str_split_obj) },
    { MP_ROM_QSTR(MP_QSTR_splitlines), MP_ROM_PTR(&str_splitlines_obj) },
    { MP_ROM_QSTR(MP_QSTR_startswith), MP_ROM_PTR(&str_startswith_obj) },
    { MP_ROM_QSTR(MP_QSTR_strip), MP_ROM_PTR(&str_strip_obj) },
    { MP_ROM_QSTR(MP_QSTR_swapcase), MP_ROM_PTR(&str_swapcase_obj) },
    { MP_ROM_QSTR(MP_QSTR_title), MP_ROM_PTR(&str_title_obj) },
    { MP_ROM_QSTR(MP_QSTR_translate), MP_ROM_PTR(&str_translate_obj) },
    { MP_ROM_QSTR(MP_QSTR_upper), MP_ROM_PTR(&str_upper_obj) },
    { MP_ROM_QSTR(MP_QSTR_zfill), MP_ROM_PTR(&str_zfill_obj) },
};
MP_DEFINE_CONST_DICT(str_locals_dict, str_locals_table);
