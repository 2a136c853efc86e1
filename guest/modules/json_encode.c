// Values -> JSON text, with all options of json.JSONEncoder. The text is the whole result in one piece.
//
// Nested values recurse, bounded by the check of the stack.

#include <math.h>
#include <string.h>

#include "py/cstack.h"
#include "py/objlist.h"
#include "py/objstr.h"
#include "py/objtuple.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "modjson.h"

// A container that is being written: the way out to the outermost one.
typedef struct _level_t {
    const struct _level_t *outer;
    mp_obj_t container;
} level_t;

typedef struct _encoder_t {
    vstr_t out;
    mp_print_t print;
    mp_obj_t default_; // called with what has no JSON form
    const char *indent; // NULL: all in one line
    size_t indent_len;
    const char *item_separator;
    size_t item_separator_len;
    const char *key_separator;
    size_t key_separator_len;
    bool ascii;
    bool sort_keys;
    bool skip_keys;
    bool allow_nan;
    bool check_circular;
} encoder_t;

static void encode(encoder_t *e, mp_obj_t value, size_t depth, const level_t *outer);

static void add_escape(vstr_t *out, uint32_t unit) {
    static const char digits[] = "0123456789abcdef";
    const char text[6] = { '\\', 'u', digits[unit >> 12], digits[unit >> 8 & 15], digits[unit >> 4 & 15], digits[unit & 15] };
    vstr_add_strn(out, text, 6);
}

static void encode_text(encoder_t *e, const byte *p, size_t length) {
    static const char letters[] = "\"\\\b\f\n\r\t", names[] = "\"\\bfnrt";
    const byte *end = p + length;
    vstr_t *out = &e->out;
    vstr_add_byte(out, '"');
    while (p < end) {
        const byte *from = p;
        while (p < end && *p >= 0x20 && *p != '"' && *p != '\\' && (*p < 0x7f || !e->ascii)) {
            p++;
        }
        vstr_add_strn(out, (const char *)from, p - from);
        if (p == end) {
            break;
        }
        if (*p < 0x80) {
            const char *at = memchr(letters, *p, sizeof(letters) - 1);
            if (at != NULL) {
                vstr_add_byte(out, '\\');
                vstr_add_byte(out, names[at - letters]);
            } else {
                add_escape(out, *p);
            }
            p++;
            continue;
        }
        uint32_t c = text_decode(&p);
        if (c >= 0x10000) {
            add_escape(out, 0xd800 | (c - 0x10000) >> 10);
            c = 0xdc00 | ((c - 0x10000) & 0x3ff);
        }
        add_escape(out, c);
    }
    vstr_add_byte(out, '"');
}

static void encode_str(encoder_t *e, mp_obj_t str) {
    GET_STR_DATA_LEN(str, data, length);
    encode_text(e, data, length);
}

static void encode_float(encoder_t *e, mp_obj_t value) {
    double number = mp_obj_get_float(value);
    if (isfinite(number)) {
        mp_obj_print_helper(&e->print, value, PRINT_REPR);
        return;
    }
    if (!e->allow_nan) {
        mp_raise_ValueError(MP_ERROR_TEXT("Out of range float values are not JSON compliant"));
    }
    vstr_add_str(&e->out, isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
}

static void encode_int(encoder_t *e, mp_obj_t value) {
    if (!mp_obj_is_small_int(value)) {
        mp_obj_print_helper(&e->print, value, PRINT_REPR);
        return;
    }
    mp_int_t number = MP_OBJ_SMALL_INT_VALUE(value);
    mp_uint_t rest = number < 0 ? -(mp_uint_t)number : (mp_uint_t)number;
    char text[24], *p = text + sizeof(text);
    do {
        *--p = '0' + rest % 10;
        rest /= 10;
    } while (rest > 0);
    if (number < 0) {
        *--p = '-';
    }
    vstr_add_strn(&e->out, p, text + sizeof(text) - p);
}

// A value of one of the simple types, or false.
static bool encode_simple(encoder_t *e, mp_obj_t value) {
    if (mp_obj_is_str(value)) {
        encode_str(e, value);
    } else if (value == mp_const_none) {
        vstr_add_str(&e->out, "null");
    } else if (value == mp_const_true) {
        vstr_add_str(&e->out, "true");
    } else if (value == mp_const_false) {
        vstr_add_str(&e->out, "false");
    } else if (mp_obj_is_int(value)) {
        encode_int(e, value);
    } else if (mp_obj_is_float(value)) {
        encode_float(e, value);
    } else {
        return false;
    }
    return true;
}

static void newline(encoder_t *e, size_t depth) {
    if (e->indent != NULL) {
        vstr_add_byte(&e->out, '\n');
        for (size_t i = 0; i < depth; i++) {
            vstr_add_strn(&e->out, e->indent, e->indent_len);
        }
    }
}

static void check_outer(const encoder_t *e, mp_obj_t container, const level_t *outer) {
    for (; e->check_circular && outer != NULL; outer = outer->outer) {
        if (outer->container == container) {
            mp_raise_ValueError(MP_ERROR_TEXT("Circular reference detected"));
        }
    }
}

// Of a list, a tuple, or a named tuple: that is laid out as a tuple.
static void get_items(mp_obj_t container, bool list, size_t *n, mp_obj_t **items) {
    if (list) {
        mp_obj_list_get(container, n, items);
    } else {
        mp_obj_tuple_t *tuple = MP_OBJ_TO_PTR(container);
        *n = tuple->len;
        *items = tuple->items;
    }
}

static void encode_items(encoder_t *e, mp_obj_t container, bool list, size_t depth, const level_t *outer) {
    const level_t level = { outer, container };
    check_outer(e, container, outer);
    size_t n;
    mp_obj_t *items;
    get_items(container, list, &n, &items);
    if (n == 0) {
        vstr_add_str(&e->out, "[]");
        return;
    }
    vstr_add_byte(&e->out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0) {
            vstr_add_strn(&e->out, e->item_separator, e->item_separator_len);
        }
        newline(e, depth + 1);
        encode(e, items[i], depth + 1, &level);
        get_items(container, list, &n, &items); // a default() may have changed a list
    }
    newline(e, depth);
    vstr_add_byte(&e->out, ']');
}

static bool encode_key(encoder_t *e, mp_obj_t key) {
    if (mp_obj_is_str(key)) {
        encode_str(e, key);
        return true;
    }
    if (mp_obj_is_obj(key) && mp_obj_is_instance_type(mp_obj_get_type(key))) {
        mp_obj_t native;
        if ((native = mp_obj_cast_to_native_base(key, MP_OBJ_FROM_PTR(&mp_type_str))) != MP_OBJ_NULL) {
            encode_str(e, native);
            return true;
        }
        if ((native = mp_obj_cast_to_native_base(key, MP_OBJ_FROM_PTR(&mp_type_int))) != MP_OBJ_NULL
            || (native = mp_obj_cast_to_native_base(key, MP_OBJ_FROM_PTR(&mp_type_float))) != MP_OBJ_NULL) {
            key = native;
        }
    }
    if (mp_obj_is_int(key) || mp_obj_is_float(key) || mp_obj_is_bool(key) || key == mp_const_none) {
        vstr_add_byte(&e->out, '"');
        encode_simple(e, key);
        vstr_add_byte(&e->out, '"');
        return true;
    }
    if (e->skip_keys) {
        return false;
    }
    mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("keys must be str, int, float, bool or None, not %s"),
        mp_obj_get_type_str(key));
}

static void encode_pair(encoder_t *e, mp_obj_t key, mp_obj_t value, bool *first, size_t depth, const level_t *level) {
    size_t start = e->out.len;
    if (!*first) {
        vstr_add_strn(&e->out, e->item_separator, e->item_separator_len);
    }
    newline(e, depth + 1);
    if (!encode_key(e, key)) {
        vstr_cut_tail_bytes(&e->out, e->out.len - start);
        return;
    }
    *first = false;
    vstr_add_strn(&e->out, e->key_separator, e->key_separator_len);
    encode(e, value, depth + 1, level);
}

static void encode_dict(encoder_t *e, mp_obj_t self, mp_obj_t dict, size_t depth, const level_t *outer) {
    const level_t level = { outer, self };
    check_outer(e, self, outer);
    mp_map_t *map = mp_obj_dict_get_map(dict);
    if (map->used == 0) {
        vstr_add_str(&e->out, "{}");
        return;
    }
    bool first = true;
    vstr_add_byte(&e->out, '{');
    if (e->sort_keys) {
        mp_obj_t list = mp_obj_new_list(0, NULL);
        for (size_t i = 0; i < map->alloc; i++) {
            if (mp_map_slot_is_filled(map, i)) {
                mp_obj_t pair[2] = { map->table[i].key, map->table[i].value };
                mp_obj_list_append(list, mp_obj_new_tuple(2, pair));
            }
        }
        mp_obj_list_sort(1, &list, (mp_map_t *)&mp_const_empty_map);
        size_t n;
        mp_obj_t *items;
        mp_obj_list_get(list, &n, &items);
        for (size_t i = 0; i < n; i++) {
            mp_obj_tuple_t *pair = MP_OBJ_TO_PTR(items[i]);
            encode_pair(e, pair->items[0], pair->items[1], &first, depth, &level);
        }
    } else {
        size_t used = map->used;
        for (size_t i = 0; i < map->alloc; i++) {
            if (mp_map_slot_is_filled(map, i)) {
                encode_pair(e, map->table[i].key, map->table[i].value, &first, depth, &level);
                if (map->used != used) {
                    mp_raise_msg(&mp_type_RuntimeError, MP_ERROR_TEXT("dictionary changed size during iteration"));
                }
            }
        }
    }
    if (!first) {
        newline(e, depth);
    }
    vstr_add_byte(&e->out, '}');
}

static void encode(encoder_t *e, mp_obj_t value, size_t depth, const level_t *outer) {
    if (encode_simple(e, value)) {
        return;
    }
    mp_cstack_check();
    mp_obj_t native;
    if (mp_obj_is_type(value, &mp_type_list)) {
        encode_items(e, value, true, depth, outer);
        return;
    }
    if (mp_obj_is_dict_or_ordereddict(value)) {
        encode_dict(e, value, value, depth, outer);
        return;
    }
    if (mp_obj_is_type(value, &mp_type_tuple) || (!mp_obj_is_instance_type(mp_obj_get_type(value))
        && mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(mp_obj_get_type(value)), MP_OBJ_FROM_PTR(&mp_type_tuple)))) {
        encode_items(e, value, false, depth, outer);
        return;
    }
    if (mp_obj_is_instance_type(mp_obj_get_type(value))) {
        static const mp_obj_type_t *const bases[] = { &mp_type_str, &mp_type_int, &mp_type_float, &mp_type_list, &mp_type_tuple,
                                                      &mp_type_dict };
        for (size_t i = 0; i < MP_ARRAY_SIZE(bases); i++) {
            native = mp_obj_cast_to_native_base(value, MP_OBJ_FROM_PTR(bases[i]));
            if (native == MP_OBJ_NULL) {
                continue;
            }
            if (i < 3) {
                encode_simple(e, native);
            } else if (i < 5) {
                encode_items(e, native, i == 3, depth, outer);
            } else {
                encode_dict(e, value, native, depth, outer);
            }
            return;
        }
    }
    if (e->default_ == mp_const_none) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("Object of type %s is not JSON serializable"),
            mp_obj_get_type_str(value));
    }
    const level_t level = { outer, value };
    check_outer(e, value, outer);
    encode(e, mp_call_function_1(e->default_, value), depth, &level);
}

// encode(value, default, ensure_ascii, indent, item_separator, key_separator, sort_keys, skipkeys, allow_nan,
// check_circular). `indent` is a str or None.
static mp_obj_t json_encode(size_t n_args, const mp_obj_t *args) {
    encoder_t e = {
        .default_ = n_args > 1 ? args[1] : mp_const_none,
        .item_separator = ", ", .item_separator_len = 2, .key_separator = ": ", .key_separator_len = 2,
        .ascii = true, .allow_nan = true, .check_circular = true,
    };
    if (n_args == 10) {
        e.ascii = mp_obj_is_true(args[2]);
        if (args[3] != mp_const_none) {
            e.indent = mp_obj_str_get_data(args[3], &e.indent_len);
        }
        e.item_separator = mp_obj_str_get_data(args[4], &e.item_separator_len);
        e.key_separator = mp_obj_str_get_data(args[5], &e.key_separator_len);
        e.sort_keys = mp_obj_is_true(args[6]);
        e.skip_keys = mp_obj_is_true(args[7]);
        e.allow_nan = mp_obj_is_true(args[8]);
        e.check_circular = mp_obj_is_true(args[9]);
    }
    vstr_init_print(&e.out, 128, &e.print);
    encode(&e, args[0], 0, NULL);
    return mp_obj_new_str_from_utf8_vstr(&e.out);
}
MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(json_encode_obj, 1, 10, json_encode);

// The string literal of a str.
static mp_obj_t json_quote(mp_obj_t text, mp_obj_t ascii) {
    encoder_t e = { .ascii = mp_obj_is_true(ascii) };
    if (!mp_obj_is_str(text)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("first argument must be a string, not %s"),
            mp_obj_get_type_str(text));
    }
    vstr_init_print(&e.out, 32, &e.print);
    encode_str(&e, text);
    return mp_obj_new_str_from_utf8_vstr(&e.out);
}
MP_DEFINE_CONST_FUN_OBJ_2(json_quote_obj, json_quote);
