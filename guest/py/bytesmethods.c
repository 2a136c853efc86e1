// The methods of bytes and bytearray, and those of memoryview that need no shape.
//
// A result is of the type that the method was called on. What a method takes may be any object with a buffer.

#include <string.h>

#include "py/builtin.h"
#include "py/objarray.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "py/slice.h"
#include "py/strtext.h"
#include "py/unicode.h"

typedef struct _view_t {
    const byte *s;
    size_t len;
} view_t;

static view_t self_view(mp_obj_t self) {
    mp_buffer_info_t buffer;
    mp_get_buffer_raise(self, &buffer, MP_BUFFER_READ);
    return (view_t) { buffer.buf, buffer.len };
}

static view_t argument_view(mp_obj_t arg) {
    mp_buffer_info_t buffer;
    mp_obj_t value = native_value(arg);
    if (mp_obj_is_str(value) || !mp_get_buffer(value, &buffer, MP_BUFFER_READ)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("a bytes-like object is required, not '%s'"),
            mp_obj_get_type_str(arg));
    }
    return (view_t) { buffer.buf, buffer.len };
}

// find() and its kin also take the number of a byte.
static view_t needle_view(mp_obj_t arg, byte *one) {
    mp_int_t value;
    if (!index_maybe(arg, &value)) {
        mp_buffer_info_t buffer;
        mp_obj_t native = native_value(arg);
        if (mp_obj_is_str(native) || !mp_get_buffer(native, &buffer, MP_BUFFER_READ)) {
            mp_raise_msg_varg(&mp_type_TypeError,
                MP_ERROR_TEXT("argument should be integer or bytes-like object, not '%s'"), mp_obj_get_type_str(arg));
        }
        return (view_t) { buffer.buf, buffer.len };
    }
    if (value < 0 || value > 255) {
        mp_raise_ValueError(MP_ERROR_TEXT("byte must be in range(0, 256)"));
    }
    *one = value;
    return (view_t) { one, 1 };
}

static mp_obj_t new_like(mp_obj_t self, const byte *s, size_t len) {
    return mp_obj_is_type(self, &mp_type_bytearray) ? mp_obj_new_bytearray(len, s) : mp_obj_new_bytes(s, len);
}

static mp_obj_t finish_like(mp_obj_t self, vstr_t *vstr) {
    return mp_obj_is_type(self, &mp_type_bytearray) ? mp_obj_new_bytearray_by_ref(vstr->len, vstr->buf)
        : mp_obj_new_bytes_from_vstr(vstr);
}

static bool substring(view_t *view, size_t n_args, const mp_obj_t *args) {
    mp_int_t len = view->len, start = 0, end = len;
    if (n_args > 0 && args[0] != mp_const_none) {
        start = index_clamped(args[0]);
    }
    if (n_args > 1 && args[1] != mp_const_none) {
        end = index_clamped(args[1]);
    }
    start = start < 0 ? MAX(start + len, 0) : start;
    end = end < 0 ? MAX(end + len, 0) : MIN(end, len);
    if (start > end) {
        return false;
    }
    view->s += start;
    view->len = end - start;
    return true;
}

static mp_obj_t find(size_t n_args, const mp_obj_t *args, int direction, bool must) {
    view_t self = self_view(args[0]), part = self;
    byte one;
    view_t needle = needle_view(args[1], &one);
    const byte *found = NULL;
    if (substring(&part, n_args - 2, args + 2)) {
        found = find_subbytes(part.s, part.len, needle.s, needle.len, direction);
    }
    if (found == NULL && must) {
        mp_raise_ValueError(MP_ERROR_TEXT("subsection not found"));
    }
    return MP_OBJ_NEW_SMALL_INT(found ? found - self.s : -1);
}

static mp_obj_t bytes_find(size_t n_args, const mp_obj_t *args) {
    return find(n_args, args, 1, false);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(bytes_find_obj, 2, 4, bytes_find);

static mp_obj_t bytes_rfind(size_t n_args, const mp_obj_t *args) {
    return find(n_args, args, -1, false);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(bytes_rfind_obj, 2, 4, bytes_rfind);

static mp_obj_t bytes_index(size_t n_args, const mp_obj_t *args) {
    return find(n_args, args, 1, true);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(bytes_index_obj, 2, 4, bytes_index);

static mp_obj_t bytes_rindex(size_t n_args, const mp_obj_t *args) {
    return find(n_args, args, -1, true);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(bytes_rindex_obj, 2, 4, bytes_rindex);

static mp_obj_t bytes_count(size_t n_args, const mp_obj_t *args) {
    view_t self = self_view(args[0]);
    byte one;
    view_t needle = needle_view(args[1], &one);
    if (!substring(&self, n_args - 2, args + 2)) {
        return MP_OBJ_NEW_SMALL_INT(0);
    }
    if (needle.len == 0) {
        return MP_OBJ_NEW_SMALL_INT(self.len + 1);
    }
    size_t count = 0;
    const byte *top = self.s + self.len;
    for (const byte *s = self.s; (s = find_subbytes(s, top - s, needle.s, needle.len, 1)) != NULL; s += needle.len) {
        count++;
    }
    return MP_OBJ_NEW_SMALL_INT(count);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(bytes_count_obj, 2, 4, bytes_count);

static mp_obj_t starts_or_ends(size_t n_args, const mp_obj_t *args, bool ends) {
    view_t self = self_view(args[0]);
    size_t n = 1;
    mp_obj_t native = native_value(args[1]), *items = &native;
    if (mp_obj_is_type(native, &mp_type_tuple)) {
        mp_obj_tuple_get(native, &n, &items);
    } else {
        mp_buffer_info_t buffer;
        if (mp_obj_is_str(native) || !mp_get_buffer(native, &buffer, MP_BUFFER_READ)) {
            mp_raise_msg_varg(&mp_type_TypeError,
                MP_ERROR_TEXT("%s first arg must be bytes or a tuple of bytes, not %s"),
                ends ? "endswith" : "startswith", mp_obj_get_type_str(args[1]));
        }
    }
    bool within = substring(&self, n_args - 2, args + 2);
    for (size_t i = 0; i < n; i++) {
        view_t part = argument_view(items[i]);
        if (within && part.len <= self.len
            && memcmp(ends ? self.s + self.len - part.len : self.s, part.s, part.len) == 0) {
            return mp_const_true;
        }
    }
    return mp_const_false;
}

static mp_obj_t bytes_startswith(size_t n_args, const mp_obj_t *args) {
    return starts_or_ends(n_args, args, false);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(bytes_startswith_obj, 2, 4, bytes_startswith);

static mp_obj_t bytes_endswith(size_t n_args, const mp_obj_t *args) {
    return starts_or_ends(n_args, args, true);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(bytes_endswith_obj, 2, 4, bytes_endswith);

static mp_obj_t bytes_removeprefix(mp_obj_t self_in, mp_obj_t prefix) {
    view_t self = self_view(self_in), part = argument_view(prefix);
    bool there = part.len <= self.len && memcmp(self.s, part.s, part.len) == 0;
    return there ? new_like(self_in, self.s + part.len, self.len - part.len) : new_like(self_in, self.s, self.len);
}
static MP_DEFINE_CONST_FUN_OBJ_2(bytes_removeprefix_obj, bytes_removeprefix);

static mp_obj_t bytes_removesuffix(mp_obj_t self_in, mp_obj_t suffix) {
    view_t self = self_view(self_in), part = argument_view(suffix);
    bool there = part.len <= self.len && memcmp(self.s + self.len - part.len, part.s, part.len) == 0;
    return new_like(self_in, self.s, self.len - (there ? part.len : 0));
}
static MP_DEFINE_CONST_FUN_OBJ_2(bytes_removesuffix_obj, bytes_removesuffix);

static mp_obj_t bytes_join(mp_obj_t self_in, mp_obj_t iterable) {
    view_t separator = self_view(self_in);
    if (!mp_obj_is_type(iterable, &mp_type_list) && !mp_obj_is_type(iterable, &mp_type_tuple)) {
        iterable = mp_obj_list_make_new(&mp_type_list, 1, 0, &iterable);
    }
    size_t n;
    mp_obj_t *items;
    mp_obj_get_array(iterable, &n, &items);
    vstr_t out;
    vstr_init(&out, 16);
    for (size_t i = 0; i < n; i++) {
        mp_buffer_info_t buffer;
        mp_obj_t item = native_value(items[i]);
        if (mp_obj_is_str(item) || !mp_get_buffer(item, &buffer, MP_BUFFER_READ)) {
            mp_raise_msg_varg(&mp_type_TypeError,
                MP_ERROR_TEXT("sequence item %d: expected a bytes-like object, %s found"), (int)i,
                mp_obj_get_type_str(items[i]));
        }
        if (i) {
            vstr_add_strn(&out, (const char *)separator.s, separator.len);
        }
        vstr_add_strn(&out, buffer.buf, buffer.len);
    }
    return finish_like(self_in, &out);
}
static MP_DEFINE_CONST_FUN_OBJ_2(bytes_join_obj, bytes_join);

static void add_part(mp_obj_t list, mp_obj_t self, const byte *from, const byte *to) {
    mp_obj_list_append(list, new_like(self, from, to - from));
}

static mp_obj_t split(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs, int direction) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_sep, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_maxsplit, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_INT(-1) } },
    };
    mp_arg_val_t values[2];
    mp_arg_parse_all(n_args - 1, args + 1, kwargs, 2, allowed, values);
    mp_int_t limit = index_clamped(values[1].u_obj);
    limit = limit < 0 ? INT64_MAX : limit;
    view_t self = self_view(args[0]);
    const byte *s = self.s, *top = s + self.len;
    mp_obj_t list = mp_obj_new_list(0, NULL);
    if (values[0].u_obj == mp_const_none) {
        for (;;) {
            while (s < top && unichar_isspace(direction > 0 ? *s : top[-1])) {
                direction > 0 ? (void)s++ : (void)top--;
            }
            if (s == top) {
                break;
            }
            if (limit-- == 0) {
                add_part(list, args[0], s, top);
                break;
            }
            const byte *word = direction > 0 ? s : top;
            if (direction > 0) {
                while (s < top && !unichar_isspace(*s)) {
                    s++;
                }
                add_part(list, args[0], word, s);
            } else {
                while (s < top && !unichar_isspace(top[-1])) {
                    top--;
                }
                add_part(list, args[0], top, word);
            }
        }
    } else {
        view_t separator = argument_view(values[0].u_obj);
        if (separator.len == 0) {
            mp_raise_ValueError(MP_ERROR_TEXT("empty separator"));
        }
        while (limit-- > 0) {
            const byte *found = find_subbytes(s, top - s, separator.s, separator.len, direction);
            if (found == NULL) {
                break;
            }
            if (direction > 0) {
                add_part(list, args[0], s, found);
                s = found + separator.len;
            } else {
                add_part(list, args[0], found + separator.len, top);
                top = found;
            }
        }
        add_part(list, args[0], s, top);
    }
    if (direction < 0) {
        size_t n;
        mp_obj_t *items;
        mp_obj_list_get(list, &n, &items);
        for (size_t i = 0; i < n / 2; i++) {
            mp_obj_t item = items[i];
            items[i] = items[n - 1 - i];
            items[n - 1 - i] = item;
        }
    }
    return list;
}

static mp_obj_t bytes_split(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    return split(n_args, args, kwargs, 1);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(bytes_split_obj, 1, bytes_split);

static mp_obj_t bytes_rsplit(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    return split(n_args, args, kwargs, -1);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(bytes_rsplit_obj, 1, bytes_rsplit);

static mp_obj_t bytes_splitlines(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = { { MP_QSTR_keepends, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_FALSE } } };
    mp_arg_val_t values[1];
    mp_arg_parse_all(n_args - 1, args + 1, kwargs, 1, allowed, values);
    bool keep = mp_obj_is_true(values[0].u_obj);
    view_t self = self_view(args[0]);
    mp_obj_t list = mp_obj_new_list(0, NULL);
    for (const byte *s = self.s, *top = s + self.len; s < top;) {
        const byte *start = s;
        while (s < top && *s != '\n' && *s != '\r') {
            s++;
        }
        const byte *end = s;
        if (s < top) {
            s += *s == '\r' && s + 1 < top && s[1] == '\n' ? 2 : 1;
        }
        add_part(list, args[0], start, keep ? s : end);
    }
    return list;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(bytes_splitlines_obj, 1, bytes_splitlines);

static mp_obj_t partition(mp_obj_t self_in, mp_obj_t separator_in, int direction) {
    view_t self = self_view(self_in), separator = argument_view(separator_in);
    if (separator.len == 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("empty separator"));
    }
    const byte *found = find_subbytes(self.s, self.len, separator.s, separator.len, direction);
    const byte *top = self.s + self.len;
    const byte *cut = found ? found : direction > 0 ? top : self.s, *rest = found ? found + separator.len : cut;
    mp_obj_t items[3];
    items[0] = new_like(self_in, self.s, cut - self.s);
    items[1] = new_like(self_in, cut, rest - cut);
    items[2] = new_like(self_in, rest, top - rest);
    return mp_obj_new_tuple(3, items);
}

static mp_obj_t bytes_partition(mp_obj_t self, mp_obj_t separator) {
    return partition(self, separator, 1);
}
static MP_DEFINE_CONST_FUN_OBJ_2(bytes_partition_obj, bytes_partition);

static mp_obj_t bytes_rpartition(mp_obj_t self, mp_obj_t separator) {
    return partition(self, separator, -1);
}
static MP_DEFINE_CONST_FUN_OBJ_2(bytes_rpartition_obj, bytes_rpartition);

static mp_obj_t strip(size_t n_args, const mp_obj_t *args, bool left, bool right) {
    view_t self = self_view(args[0]), set = { (const byte *)" \t\n\r\f\v", 6 };
    if (n_args > 1 && args[1] != mp_const_none) {
        set = argument_view(args[1]);
    }
    while (left && self.len && memchr(set.s, *self.s, set.len)) {
        self.s++;
        self.len--;
    }
    while (right && self.len && memchr(set.s, self.s[self.len - 1], set.len)) {
        self.len--;
    }
    if (self.len == self_view(args[0]).len && mp_obj_is_type(args[0], &mp_type_bytes)) {
        return args[0];
    }
    return new_like(args[0], self.s, self.len);
}

static mp_obj_t bytes_strip(size_t n_args, const mp_obj_t *args) {
    return strip(n_args, args, true, true);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(bytes_strip_obj, 1, 2, bytes_strip);

static mp_obj_t bytes_lstrip(size_t n_args, const mp_obj_t *args) {
    return strip(n_args, args, true, false);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(bytes_lstrip_obj, 1, 2, bytes_lstrip);

static mp_obj_t bytes_rstrip(size_t n_args, const mp_obj_t *args) {
    return strip(n_args, args, false, true);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(bytes_rstrip_obj, 1, 2, bytes_rstrip);

static mp_obj_t bytes_replace(size_t n_args, const mp_obj_t *args) {
    view_t self = self_view(args[0]), old = argument_view(args[1]), new = argument_view(args[2]);
    mp_int_t limit = n_args > 3 ? index_clamped(args[3]) : -1;
    uint64_t left = limit < 0 ? UINT64_MAX : (uint64_t)limit;
    const byte *s = self.s, *top = s + self.len;
    vstr_t out;
    vstr_init(&out, self.len + 16);
    while (left-- > 0) {
        const byte *found = old.len ? find_subbytes(s, top - s, old.s, old.len, 1) : s;
        if (found == NULL) {
            break;
        }
        vstr_add_strn(&out, (const char *)s, found - s);
        vstr_add_strn(&out, (const char *)new.s, new.len);
        s = found + old.len;
        if (old.len == 0) {
            if (s == top) {
                break;
            }
            vstr_add_byte(&out, *s++);
        }
    }
    vstr_add_strn(&out, (const char *)s, top - s);
    return finish_like(args[0], &out);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(bytes_replace_obj, 3, 4, bytes_replace);

static mp_obj_t justify(size_t n_args, const mp_obj_t *args, int side) {
    view_t self = self_view(args[0]), fill = { (const byte *)" ", 1 };
    mp_int_t width = index_clamped(args[1]);
    if (n_args > 2) {
        fill = argument_view(args[2]);
        if (fill.len != 1) {
            mp_raise_TypeError(MP_ERROR_TEXT("a byte string of length 1 is required"));
        }
    }
    size_t pad = width > (mp_int_t)self.len ? m_size(width - self.len) : 0;
    size_t left = side < 0 ? 0 : side > 0 ? pad : pad / 2 + (pad & width & 1);
    vstr_t out;
    vstr_init_len(&out, (uint64_t)self.len + pad);
    memset(out.buf, *fill.s, out.len);
    memcpy(out.buf + left, self.s, self.len);
    return finish_like(args[0], &out);
}

static mp_obj_t bytes_center(size_t n_args, const mp_obj_t *args) {
    return justify(n_args, args, 0);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(bytes_center_obj, 2, 3, bytes_center);

static mp_obj_t bytes_ljust(size_t n_args, const mp_obj_t *args) {
    return justify(n_args, args, -1);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(bytes_ljust_obj, 2, 3, bytes_ljust);

static mp_obj_t bytes_rjust(size_t n_args, const mp_obj_t *args) {
    return justify(n_args, args, 1);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(bytes_rjust_obj, 2, 3, bytes_rjust);

static mp_obj_t bytes_zfill(mp_obj_t self_in, mp_obj_t width_in) {
    view_t self = self_view(self_in);
    mp_int_t width = index_clamped(width_in);
    size_t pad = width > (mp_int_t)self.len ? m_size(width - self.len) : 0;
    vstr_t out;
    vstr_init_len(&out, (uint64_t)self.len + pad);
    memset(out.buf, '0', pad);
    memcpy(out.buf + pad, self.s, self.len);
    if (pad && self.len && (*self.s == '+' || *self.s == '-')) {
        out.buf[pad] = '0';
        out.buf[0] = *self.s;
    }
    return finish_like(self_in, &out);
}
static MP_DEFINE_CONST_FUN_OBJ_2(bytes_zfill_obj, bytes_zfill);

static mp_obj_t bytes_expandtabs(size_t n_args, const mp_obj_t *args) {
    view_t self = self_view(args[0]);
    mp_int_t tab = n_args > 1 ? index_clamped(args[1]) : 8, column = 0;
    vstr_t out;
    vstr_init(&out, self.len + 16);
    for (size_t i = 0; i < self.len; i++) {
        byte c = self.s[i];
        if (c == '\t') {
            size_t n = tab > 0 ? tab - column % tab : 0;
            column += n;
            memset(vstr_add_len(&out, m_size(n)), ' ', n);
        } else {
            column = c == '\n' || c == '\r' ? 0 : column + 1;
            vstr_add_byte(&out, c);
        }
    }
    return finish_like(args[0], &out);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(bytes_expandtabs_obj, 1, 2, bytes_expandtabs);

enum { TO_UPPER, TO_LOWER, TO_SWAPPED, TO_TITLE, TO_CAPITALIZED };

static mp_obj_t map_case(mp_obj_t self_in, int kind) {
    view_t self = self_view(self_in);
    vstr_t out;
    vstr_init_len(&out, self.len);
    bool inside = false;
    for (size_t i = 0; i < self.len; i++) {
        byte c = self.s[i];
        bool upper = kind == TO_UPPER || (kind == TO_SWAPPED && unichar_islower(c))
            || ((kind == TO_TITLE || kind == TO_CAPITALIZED) && !inside);
        out.buf[i] = upper ? unichar_toupper(c) : unichar_tolower(c);
        inside = kind == TO_CAPITALIZED || unichar_isalpha(c);
    }
    return finish_like(self_in, &out);
}

#define DEFINE_MAP(name, kind) \
    static mp_obj_t bytes_##name(mp_obj_t self) { \
        return map_case(self, kind); \
    } \
    static MP_DEFINE_CONST_FUN_OBJ_1(bytes_##name##_obj, bytes_##name)

DEFINE_MAP(upper, TO_UPPER);
DEFINE_MAP(lower, TO_LOWER);
DEFINE_MAP(swapcase, TO_SWAPPED);
DEFINE_MAP(title, TO_TITLE);
DEFINE_MAP(capitalize, TO_CAPITALIZED);

static mp_obj_t all_are(mp_obj_t self_in, bool (*test)(unichar)) {
    view_t self = self_view(self_in);
    for (size_t i = 0; i < self.len; i++) {
        if (!test(self.s[i])) {
            return mp_const_false;
        }
    }
    return mp_obj_new_bool(self.len != 0);
}

#define DEFINE_TEST(name) \
    static mp_obj_t bytes_##name(mp_obj_t self) { \
        return all_are(self, unichar_##name); \
    } \
    static MP_DEFINE_CONST_FUN_OBJ_1(bytes_##name##_obj, bytes_##name)

DEFINE_TEST(isspace);
DEFINE_TEST(isalpha);
DEFINE_TEST(isdigit);
DEFINE_TEST(isalnum);

static mp_obj_t bytes_isascii(mp_obj_t self_in) {
    view_t self = self_view(self_in);
    return mp_obj_new_bool(utf8_is_ascii(self.s, self.len));
}
static MP_DEFINE_CONST_FUN_OBJ_1(bytes_isascii_obj, bytes_isascii);

static mp_obj_t cased_as(mp_obj_t self_in, bool (*wanted)(unichar), bool (*unwanted)(unichar)) {
    view_t self = self_view(self_in);
    bool any = false;
    for (size_t i = 0; i < self.len; i++) {
        if (unwanted(self.s[i])) {
            return mp_const_false;
        }
        any |= wanted(self.s[i]);
    }
    return mp_obj_new_bool(any);
}

static mp_obj_t bytes_islower(mp_obj_t self) {
    return cased_as(self, unichar_islower, unichar_isupper);
}
static MP_DEFINE_CONST_FUN_OBJ_1(bytes_islower_obj, bytes_islower);

static mp_obj_t bytes_isupper(mp_obj_t self) {
    return cased_as(self, unichar_isupper, unichar_islower);
}
static MP_DEFINE_CONST_FUN_OBJ_1(bytes_isupper_obj, bytes_isupper);

static mp_obj_t bytes_istitle(mp_obj_t self_in) {
    view_t self = self_view(self_in);
    bool any = false, inside = false;
    for (size_t i = 0; i < self.len; i++) {
        if (unichar_isupper(self.s[i]) ? inside : unichar_islower(self.s[i]) && !inside) {
            return mp_const_false;
        }
        inside = unichar_isalpha(self.s[i]);
        any |= inside;
    }
    return mp_obj_new_bool(any);
}
static MP_DEFINE_CONST_FUN_OBJ_1(bytes_istitle_obj, bytes_istitle);

static mp_obj_t bytes_translate(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_, MP_ARG_OBJ | MP_ARG_REQUIRED, { 0 } },
        { MP_QSTR_delete, MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
    };
    mp_arg_val_t values[2];
    mp_arg_parse_all(n_args - 1, args + 1, kwargs, 2, allowed, values);
    view_t self = self_view(args[0]), table = { NULL, 0 }, drop = { NULL, 0 };
    if (values[0].u_obj != mp_const_none) {
        table = argument_view(values[0].u_obj);
        if (table.len != 256) {
            mp_raise_ValueError(MP_ERROR_TEXT("translation table must be 256 characters long"));
        }
    }
    if (values[1].u_obj != MP_OBJ_NULL) {
        drop = argument_view(values[1].u_obj);
    }
    vstr_t out;
    vstr_init(&out, self.len + 1);
    for (size_t i = 0; i < self.len; i++) {
        if (!drop.len || !memchr(drop.s, self.s[i], drop.len)) {
            vstr_add_byte(&out, table.s ? table.s[self.s[i]] : self.s[i]);
        }
    }
    return finish_like(args[0], &out);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(bytes_translate_obj, 1, bytes_translate);

static mp_obj_t bytes_maketrans(mp_obj_t from_in, mp_obj_t to_in) {
    view_t from = argument_view(from_in), to = argument_view(to_in);
    if (from.len != to.len) {
        mp_raise_ValueError(MP_ERROR_TEXT("maketrans arguments must have same length"));
    }
    byte table[256];
    for (size_t i = 0; i < 256; i++) {
        table[i] = i;
    }
    for (size_t i = 0; i < from.len; i++) {
        table[from.s[i]] = to.s[i];
    }
    return mp_obj_new_bytes(table, 256);
}
static MP_DEFINE_CONST_FUN_OBJ_2(bytes_maketrans_fun_obj, bytes_maketrans);
static MP_DEFINE_CONST_STATICMETHOD_OBJ(bytes_maketrans_obj, MP_ROM_PTR(&bytes_maketrans_fun_obj));

static mp_obj_t bytes_decode(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_encoding, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_QSTR(MP_QSTR_utf_hyphen_8) } },
        { MP_QSTR_errors, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
    };
    mp_arg_val_t values[2];
    mp_arg_parse_all(n_args - 1, args + 1, kwargs, 2, allowed, values);
    const char *encoding = mp_obj_str_get_str(str_expect(values[0].u_obj, "decode() argument 'encoding'"));
    const char *errors = values[1].u_obj == mp_const_none ? NULL
        : mp_obj_str_get_str(str_expect(values[1].u_obj, "decode() argument 'errors'"));
    view_t self = self_view(args[0]);
    return codec_decode(self.s, self.len, encoding, errors);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(bytes_decode_obj, 1, bytes_decode);

mp_obj_t mp_obj_bytes_hex(size_t n_args, const mp_obj_t *args, const mp_obj_type_t *type) {
    view_t self = self_view(args[0]);
    mp_int_t group = n_args > 2 ? index_clamped(args[2]) : 1;
    char separator = 0;
    if (n_args > 1) {
        size_t len;
        const char *given = mp_obj_str_get_data(args[1], &len);
        if (len != 1) {
            mp_raise_ValueError(MP_ERROR_TEXT("sep must be length 1."));
        }
        separator = group ? *given : 0;
    }
    size_t size = group < 0 ? -group : group;
    vstr_t out;
    vstr_init(&out, self.len * 2 + (separator ? self.len / size : 0) + 1);
    for (size_t i = 0; i < self.len; i++) {
        // Groups are counted from the right, or from the left when negative.
        if (i && separator && (group > 0 ? self.len - i : i) % size == 0) {
            vstr_add_byte(&out, separator);
        }
        vstr_add_byte(&out, "0123456789abcdef"[self.s[i] >> 4]);
        vstr_add_byte(&out, "0123456789abcdef"[self.s[i] & 15]);
    }
    return type == &mp_type_str ? str_finish(&out) : mp_obj_new_bytes_from_vstr(&out);
}

static mp_obj_t bytes_hex(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_sep, MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_bytes_per_sep, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_INT(1) } },
    };
    mp_arg_val_t values[2];
    mp_arg_parse_all(n_args - 1, args + 1, kwargs, 2, allowed, values);
    mp_obj_t given[3] = { args[0], values[0].u_obj, values[1].u_obj };
    return mp_obj_bytes_hex(values[0].u_obj == MP_OBJ_NULL ? 1 : 3, given, &mp_type_str);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(bytes_hex_obj, 1, bytes_hex);

mp_obj_t mp_obj_bytes_fromhex(mp_obj_t type_in, mp_obj_t data) {
    size_t len;
    const char *s = mp_obj_str_get_data(data, &len);
    vstr_t out;
    vstr_init(&out, len / 2 + 1);
    for (size_t i = 0; i < len;) {
        if (unichar_isspace((byte)s[i])) {
            i++;
            continue;
        }
        size_t bad = !unichar_isxdigit((byte)s[i]) ? i : i + 1 == len || !unichar_isxdigit((byte)s[i + 1]) ? i + 1 : len;
        if (bad < len || i + 1 == len) {
            mp_raise_msg_varg(&mp_type_ValueError,
                MP_ERROR_TEXT("non-hexadecimal number found in fromhex() arg at position %d"), (int)bad);
        }
        vstr_add_byte(&out, unichar_xdigit_value(s[i]) << 4 | unichar_xdigit_value(s[i + 1]));
        i += 2;
    }
    if (MP_OBJ_TO_PTR(type_in) == &mp_type_bytearray) {
        return mp_obj_new_bytearray_by_ref(out.len, out.buf);
    }
    mp_obj_t result = mp_obj_new_bytes_from_vstr(&out);
    return MP_OBJ_TO_PTR(type_in) == &mp_type_bytes ? result : mp_call_function_1(type_in, result);
}

static mp_obj_t bytes_fromhex(mp_obj_t type, mp_obj_t data) {
    return mp_obj_bytes_fromhex(type, str_expect(data, "fromhex() argument"));
}
static MP_DEFINE_CONST_FUN_OBJ_2(bytes_fromhex_fun_obj, bytes_fromhex);
static MP_DEFINE_CONST_CLASSMETHOD_OBJ(bytes_fromhex_obj, MP_ROM_PTR(&bytes_fromhex_fun_obj));

// bytearray

static mp_obj_array_t *array_of(mp_obj_t self) {
    return MP_OBJ_TO_PTR(self);
}

static byte byte_of(mp_obj_t value_in) {
    mp_int_t value = index_clamped(value_in);
    if (value < 0 || value > 255) {
        mp_raise_ValueError(MP_ERROR_TEXT("byte must be in range(0, 256)"));
    }
    return value;
}

// Makes the bytes [start, stop) those of the view, whose memory may be the array's own.
static void replace_bytes(mp_obj_array_t *self, size_t start, size_t stop, const byte *s, size_t len) {
    size_t new_len = m_size((uint64_t)self->len - (stop - start) + len), tail = self->len - stop;
    size_t alloc = self->len + self->free;
    if (new_len > alloc || ((const byte *)self->items <= s && s < (const byte *)self->items + alloc)) {
        size_t grown = m_size((uint64_t)new_len + new_len / 8 + 8);
        byte *items = m_new_leaf(byte, grown);
        memcpy(items, self->items, start);
        memcpy(items + start, s, len);
        memcpy(items + start + len, (byte *)self->items + stop, tail);
        self->items = items;
        alloc = grown;
    } else {
        memmove((byte *)self->items + start + len, (byte *)self->items + stop, tail);
        memcpy((byte *)self->items + start, s, len);
    }
    self->len = new_len;
    self->free = alloc - new_len;
}

static mp_obj_t bytearray_append(mp_obj_t self, mp_obj_t value_in) {
    byte value = byte_of(value_in);
    replace_bytes(array_of(self), array_of(self)->len, array_of(self)->len, &value, 1);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(bytearray_append_obj, bytearray_append);

// Bytes of a buffer or of an iterable of numbers.
static view_t bytes_from(mp_obj_t value) {
    mp_obj_t native = native_value(value);
    mp_buffer_info_t buffer;
    if (mp_obj_is_str(native)) {
        mp_raise_TypeError(MP_ERROR_TEXT("expected iterable of integers; got: 'str'"));
    }
    if (!mp_get_buffer(native, &buffer, MP_BUFFER_READ)) {
        native = mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_bytes), value);
        mp_get_buffer_raise(native, &buffer, MP_BUFFER_READ);
    }
    return (view_t) { buffer.buf, buffer.len };
}

static mp_obj_t bytearray_extend(mp_obj_t self, mp_obj_t value) {
    if (mp_obj_is_int(value)) {
        mp_raise_TypeError(MP_ERROR_TEXT("can't extend bytearray with int"));
    }
    view_t view = bytes_from(value);
    replace_bytes(array_of(self), array_of(self)->len, array_of(self)->len, view.s, view.len);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(bytearray_extend_obj, bytearray_extend);

static mp_obj_t bytearray_insert(mp_obj_t self, mp_obj_t index_in, mp_obj_t value_in) {
    mp_int_t index = index_clamped(index_in), len = array_of(self)->len;
    byte value = byte_of(value_in);
    index = index < 0 ? MAX(index + len, 0) : MIN(index, len);
    replace_bytes(array_of(self), index, index, &value, 1);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_3(bytearray_insert_obj, bytearray_insert);

static mp_obj_t bytearray_pop(size_t n_args, const mp_obj_t *args) {
    mp_obj_array_t *self = array_of(args[0]);
    mp_int_t index = n_args > 1 ? index_clamped(args[1]) : -1;
    if (self->len == 0) {
        mp_raise_msg(&mp_type_IndexError, MP_ERROR_TEXT("pop from empty bytearray"));
    }
    index += index < 0 ? self->len : 0;
    if (index < 0 || index >= (mp_int_t)self->len) {
        mp_raise_msg(&mp_type_IndexError, MP_ERROR_TEXT("pop index out of range"));
    }
    byte value = ((byte *)self->items)[index];
    replace_bytes(self, index, index + 1, NULL, 0);
    return MP_OBJ_NEW_SMALL_INT(value);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(bytearray_pop_obj, 1, 2, bytearray_pop);

static mp_obj_t bytearray_remove(mp_obj_t self, mp_obj_t value_in) {
    byte value = byte_of(value_in);
    byte *found = memchr(array_of(self)->items, value, array_of(self)->len);
    if (found == NULL) {
        mp_raise_ValueError(MP_ERROR_TEXT("value not found in bytearray"));
    }
    size_t at = found - (byte *)array_of(self)->items;
    replace_bytes(array_of(self), at, at + 1, NULL, 0);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(bytearray_remove_obj, bytearray_remove);

static mp_obj_t bytearray_reverse(mp_obj_t self) {
    byte *items = array_of(self)->items;
    for (size_t i = 0, n = array_of(self)->len; i < n / 2; i++) {
        byte c = items[i];
        items[i] = items[n - 1 - i];
        items[n - 1 - i] = c;
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(bytearray_reverse_obj, bytearray_reverse);

static mp_obj_t bytearray_clear(mp_obj_t self) {
    replace_bytes(array_of(self), 0, array_of(self)->len, NULL, 0);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(bytearray_clear_obj, bytearray_clear);

static mp_obj_t bytearray_copy(mp_obj_t self) {
    return mp_obj_new_bytearray(array_of(self)->len, array_of(self)->items);
}
static MP_DEFINE_CONST_FUN_OBJ_1(bytearray_copy_obj, bytearray_copy);

// What array_subscr() of upstream's py/objarray.c cannot do: bytearrays' slices of any step, and deletion. MP_OBJ_NULL
// for the rest.
mp_obj_t bytearray_subscr(mp_obj_t self_in, mp_obj_t index, mp_obj_t value) {
    mp_obj_array_t *self = array_of(self_in);
    if (!mp_obj_is_type(index, &mp_type_slice)) {
        if (value == MP_OBJ_SENTINEL) {
            return MP_OBJ_NULL;
        }
        mp_int_t i;
        if (!index_maybe(index, &i)) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("bytearray indices must be integers or slices, not %s"),
                mp_obj_get_type_str(index));
        }
        byte new = value == MP_OBJ_NULL ? 0 : byte_of(value);
        i += i < 0 ? self->len : 0;
        if (i < 0 || i >= (mp_int_t)self->len) {
            mp_raise_msg(&mp_type_IndexError, MP_ERROR_TEXT("bytearray index out of range"));
        }
        if (value == MP_OBJ_NULL) {
            replace_bytes(self, i, i + 1, NULL, 0);
        } else {
            ((byte *)self->items)[i] = new;
        }
        return mp_const_none;
    }
    view_t view = { NULL, 0 };
    if (value != MP_OBJ_SENTINEL && value != MP_OBJ_NULL) {
        if (mp_obj_is_int(value) || mp_obj_is_str(value)) {
            mp_raise_TypeError(MP_ERROR_TEXT("can assign only bytes, buffers, or iterables of ints in range(0, 256)"));
        }
        view = bytes_from(value);
    }
    mp_bound_slice_t bounds;
    size_t len, n;
    do {
        len = self->len;
        n = slice_bounds(index, len, &bounds);
    } while (len != self->len); // an __index__ may change it
    byte *items = self->items;
    if (value == MP_OBJ_SENTINEL) {
        vstr_t out;
        vstr_init_len(&out, n);
        slice_copy(out.buf, items, 1, n, &bounds);
        return mp_obj_new_bytearray_by_ref(n, out.buf);
    }
    if (bounds.step == 1) {
        replace_bytes(self, bounds.start, MAX(bounds.start, bounds.stop), view.s, view.len);
    } else if (view.len == 0 && value != MP_OBJ_SENTINEL && (value == MP_OBJ_NULL || n == 0)) {
        self->len = slice_remove(items, 1, len, n, &bounds);
        self->free += len - self->len;
    } else if (view.len != n) {
        mp_raise_msg_varg(&mp_type_ValueError,
            MP_ERROR_TEXT("attempt to assign bytes of size %d to extended slice of size %d"), (int)view.len, (int)n);
    } else {
        vstr_t copy; // the source may be the array itself
        vstr_init(&copy, n);
        vstr_add_strn(&copy, (const char *)view.s, n);
        for (size_t i = 0; i < n; i++) {
            items[bounds.start + (mp_int_t)i * bounds.step] = copy.buf[i];
        }
    }
    return mp_const_none;
}

mp_obj_t bytearray_binary_op(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    mp_obj_array_t *self = array_of(lhs);
    if (op == MP_BINARY_OP_MODULO) {
        view_t view = self_view(str_modulo(mp_obj_new_bytes(self->items, self->len), rhs));
        return mp_obj_new_bytearray(view.len, view.s);
    }
    if (op == MP_BINARY_OP_INPLACE_ADD) {
        bytearray_extend(lhs, rhs);
        return lhs;
    }
    if (op == MP_BINARY_OP_INPLACE_MULTIPLY || op == MP_BINARY_OP_MULTIPLY) {
        mp_int_t times;
        if (!index_maybe(rhs, &times)) {
            return MP_OBJ_NULL;
        }
        vstr_t out;
        vstr_init_len(&out, m_size_product(self->len, MAX(times, 0)));
        mp_seq_multiply(self->items, 1, self->len, MAX(times, 0), out.buf);
        if (op == MP_BINARY_OP_MULTIPLY) {
            return mp_obj_new_bytearray_by_ref(out.len, out.buf);
        }
        self->items = out.buf;
        self->len = out.len;
        self->free = out.alloc - out.len;
        return lhs;
    }
    // As for bytes, but for the type of a sum.
    mp_obj_t result = mp_obj_str_binary_op(op, lhs, rhs);
    return op == MP_BINARY_OP_ADD && result == lhs ? bytearray_copy(lhs)
        : op == MP_BINARY_OP_ADD && result == rhs && result != MP_OBJ_NULL ? bytearray_copy(rhs) : result;
}

mp_obj_t bytearray_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    (void)type;
    mp_buffer_info_t buffer;
    mp_int_t number;
    if (n_args == 1 && n_kw == 0 && mp_obj_is_small_int(args[0]) && MP_OBJ_SMALL_INT_VALUE(args[0]) >= 0) {
        size_t len = m_size(MP_OBJ_SMALL_INT_VALUE(args[0])); // of zeros, as new memory is
        return mp_obj_new_bytearray_by_ref(len, m_new_leaf(byte, len));
    }
    if (n_args == 1 && n_kw == 0 && !mp_get_buffer(native_value(args[0]), &buffer, MP_BUFFER_READ)
        && !index_maybe(args[0], &number) && MP_OBJ_TYPE_HAS_SLOT(mp_obj_get_type(args[0]), iter)) {
        // As for bytes, but for the wording.
        mp_obj_t result = mp_obj_new_bytearray(0, NULL), item;
        mp_obj_t iterator = mp_getiter(args[0], NULL);
        while ((item = mp_iternext(iterator)) != MP_OBJ_STOP_ITERATION) {
            bytearray_append(result, item);
        }
        return result;
    }
    mp_obj_t bytes = MP_OBJ_TYPE_GET_SLOT(&mp_type_bytes, make_new)(&mp_type_bytes, n_args, n_kw, args);
    view_t view = self_view(bytes);
    return mp_obj_new_bytearray(view.len, view.s);
}

static mp_obj_t memoryview_tobytes(mp_obj_t self_in) {
    view_t self = self_view(self_in);
    return mp_obj_new_bytes(self.s, self.len);
}
static MP_DEFINE_CONST_FUN_OBJ_1(memoryview_tobytes_obj, memoryview_tobytes);

static mp_obj_t memoryview_tolist(mp_obj_t self) {
    return mp_obj_list_make_new(&mp_type_list, 1, 0, &self);
}
static MP_DEFINE_CONST_FUN_OBJ_1(memoryview_tolist_obj, memoryview_tolist);

static mp_obj_t memoryview_release(size_t n_args, const mp_obj_t *args) {
    (void)n_args;
    (void)args;
    return mp_const_none; // nothing locks the object
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(memoryview_release_obj, 1, 4, memoryview_release);

#define COMMON_METHODS \
    { MP_ROM_QSTR(MP_QSTR_capitalize), MP_ROM_PTR(&bytes_capitalize_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_center), MP_ROM_PTR(&bytes_center_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_count), MP_ROM_PTR(&bytes_count_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_decode), MP_ROM_PTR(&bytes_decode_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_endswith), MP_ROM_PTR(&bytes_endswith_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_expandtabs), MP_ROM_PTR(&bytes_expandtabs_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_find), MP_ROM_PTR(&bytes_find_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_fromhex), MP_ROM_PTR(&bytes_fromhex_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_hex), MP_ROM_PTR(&bytes_hex_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_index), MP_ROM_PTR(&bytes_index_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_isalnum), MP_ROM_PTR(&bytes_isalnum_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_isalpha), MP_ROM_PTR(&bytes_isalpha_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_isascii), MP_ROM_PTR(&bytes_isascii_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_isdigit), MP_ROM_PTR(&bytes_isdigit_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_islower), MP_ROM_PTR(&bytes_islower_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_isspace), MP_ROM_PTR(&bytes_isspace_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_istitle), MP_ROM_PTR(&bytes_istitle_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_isupper), MP_ROM_PTR(&bytes_isupper_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_join), MP_ROM_PTR(&bytes_join_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_ljust), MP_ROM_PTR(&bytes_ljust_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_lower), MP_ROM_PTR(&bytes_lower_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_lstrip), MP_ROM_PTR(&bytes_lstrip_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_maketrans), MP_ROM_PTR(&bytes_maketrans_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_partition), MP_ROM_PTR(&bytes_partition_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_removeprefix), MP_ROM_PTR(&bytes_removeprefix_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_removesuffix), MP_ROM_PTR(&bytes_removesuffix_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_replace), MP_ROM_PTR(&bytes_replace_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_rfind), MP_ROM_PTR(&bytes_rfind_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_rindex), MP_ROM_PTR(&bytes_rindex_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_rjust), MP_ROM_PTR(&bytes_rjust_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_rpartition), MP_ROM_PTR(&bytes_rpartition_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_rsplit), MP_ROM_PTR(&bytes_rsplit_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_rstrip), MP_ROM_PTR(&bytes_rstrip_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_split), MP_ROM_PTR(&bytes_split_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_splitlines), MP_ROM_PTR(&bytes_splitlines_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_startswith), MP_ROM_PTR(&bytes_startswith_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_strip), MP_ROM_PTR(&bytes_strip_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_swapcase), MP_ROM_PTR(&bytes_swapcase_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_title), MP_ROM_PTR(&bytes_title_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_translate), MP_ROM_PTR(&bytes_translate_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_upper), MP_ROM_PTR(&bytes_upper_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_zfill), MP_ROM_PTR(&bytes_zfill_obj) },

static const mp_rom_map_elem_t bytes_locals_table[] = {
    COMMON_METHODS
};
MP_DEFINE_CONST_DICT(bytes_locals_dict, bytes_locals_table);

static const mp_rom_map_elem_t bytearray_locals_table[] = {
    COMMON_METHODS
    { MP_ROM_QSTR(MP_QSTR_append), MP_ROM_PTR(&bytearray_append_obj) },
    { MP_ROM_QSTR(MP_QSTR_clear), MP_ROM_PTR(&bytearray_clear_obj) },
    { MP_ROM_QSTR(MP_QSTR_copy), MP_ROM_PTR(&bytearray_copy_obj) },
    { MP_ROM_QSTR(MP_QSTR_extend), MP_ROM_PTR(&bytearray_extend_obj) },
    { MP_ROM_QSTR(MP_QSTR_insert), MP_ROM_PTR(&bytearray_insert_obj) },
    { MP_ROM_QSTR(MP_QSTR_pop), MP_ROM_PTR(&bytearray_pop_obj) },
    { MP_ROM_QSTR(MP_QSTR_remove), MP_ROM_PTR(&bytearray_remove_obj) },
    { MP_ROM_QSTR(MP_QSTR_reverse), MP_ROM_PTR(&bytearray_reverse_obj) },
};
MP_DEFINE_CONST_DICT(mp_obj_bytearray_locals_dict, bytearray_locals_table);

static const mp_rom_map_elem_t memoryview_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___enter__), MP_ROM_PTR(&mp_identity_obj) },
    { MP_ROM_QSTR(MP_QSTR___exit__), MP_ROM_PTR(&memoryview_release_obj) },
    { MP_ROM_QSTR(MP_QSTR_hex), MP_ROM_PTR(&bytes_hex_obj) },
    { MP_ROM_QSTR(MP_QSTR_release), MP_ROM_PTR(&memoryview_release_obj) },
    { MP_ROM_QSTR(MP_QSTR_tobytes), MP_ROM_PTR(&memoryview_tobytes_obj) },
    { MP_ROM_QSTR(MP_QSTR_tolist), MP_ROM_PTR(&memoryview_tolist_obj) },
};
MP_DEFINE_CONST_DICT(mp_obj_memoryview_locals_dict, memoryview_locals_table);
