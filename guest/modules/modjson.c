// The module _json: JSON text -> values. What programs import is guest/stdlib/json.
//
// Errors are json.JSONDecodeError with CPython's wording and position. Nested values recurse, bounded by the check of the
// stack.

#include <math.h>
#include <string.h>

#include "py/cstack.h"
#include "py/objstr.h"
#include "py/parsenum.h"
#include "py/runtime.h"
#include "modjson.h"

#define KEYS 64 // remembered, a power of 2
#define LONGEST_KEY 32

typedef struct _scanner_t {
    mp_obj_t text;
    const byte *start;
    const byte *end;
    const byte *at;
    mp_obj_t object_hook;
    mp_obj_t object_pairs_hook;
    mp_obj_t parse_float;
    mp_obj_t parse_int;
    mp_obj_t parse_constant;
    bool strict;
    mp_obj_t *keys; // the same key comes again and again
    vstr_t scratch;
} scanner_t;

static NORETURN void fail(scanner_t *s, const char *message, const byte *at) {
    mp_obj_t module = mp_import_name(MP_QSTR_json, mp_const_none, MP_OBJ_NEW_SMALL_INT(0));
    mp_obj_t args[3] = { mp_obj_new_str(message, strlen(message)), s->text,
                         MP_OBJ_NEW_SMALL_INT(text_count(s->start, at - s->start)) };
    nlr_raise(mp_call_function_n_kw(mp_load_attr(module, MP_QSTR_JSONDecodeError), 3, 0, args));
}

static void skip_space(scanner_t *s) {
    while (s->at < s->end && (*s->at == ' ' || *s->at == '\n' || *s->at == '\r' || *s->at == '\t')) {
        s->at++;
    }
}

static mp_obj_t new_str(const byte *data, size_t length) {
    return length == 0 ? MP_OBJ_NEW_QSTR(MP_QSTR_) : mp_obj_new_str_copy(&mp_type_str, data, length);
}

static mp_obj_t new_key(scanner_t *s, const byte *data, size_t length) {
    if (length == 0 || length > LONGEST_KEY) {
        return new_str(data, length);
    }
    if (s->keys == NULL) {
        s->keys = m_new0(mp_obj_t, KEYS);
    }
    mp_obj_t *slot = &s->keys[(data[0] * 5 + data[length - 1] * 17 + data[length / 2] * 3 + length) % KEYS];
    if (*slot != MP_OBJ_NULL) {
        GET_STR_DATA_LEN(*slot, known, known_length);
        if (known_length == length && memcmp(known, data, length) == 0) {
            return *slot;
        }
    }
    *slot = new_str(data, length);
    return *slot;
}

// Four hexadecimal digits behind the "u" at s->at - 1.
static uint32_t scan_hex(scanner_t *s) {
    // As CPython: there must be more behind them.
    if (s->end - s->at <= 4) {
        fail(s, "Invalid \\uXXXX escape", s->at - 1);
    }
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        if (!unichar_isxdigit(s->at[i])) {
            fail(s, "Invalid \\uXXXX escape", s->at - 1);
        }
        value = value << 4 | unichar_xdigit_value(s->at[i]);
    }
    s->at += 4;
    return value;
}

static void scan_escape(scanner_t *s, const byte *quote) {
    static const char letters[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    const byte *backslash = s->at++;
    if (s->at == s->end) {
        fail(s, "Unterminated string starting at", quote);
    }
    byte c = *s->at++;
    if (c != 'u') {
        const char *found = memchr(letters, c, sizeof(letters) - 1);
        if (found == NULL) {
            fail(s, "Invalid \\escape", backslash);
        }
        vstr_add_byte(&s->scratch, values[found - letters]);
        return;
    }
    uint32_t unit = scan_hex(s);
    if ((unit & 0xfc00) == 0xd800 && s->end - s->at > 6 && s->at[0] == '\\' && s->at[1] == 'u') {
        const byte *second = s->at;
        s->at += 2;
        uint32_t low = scan_hex(s);
        if ((low & 0xfc00) == 0xdc00) {
            unit = 0x10000 + ((unit & 0x3ff) << 10 | (low & 0x3ff));
        } else {
            s->at = second;
        }
    }
    byte encoded[4];
    vstr_add_strn(&s->scratch, (char *)encoded, text_encode(unit, encoded));
}

// Behind the opening quote.
static mp_obj_t scan_string(scanner_t *s, bool key) {
    const byte *quote = s->at - 1, *from = s->at;
    bool escaped = false;
    for (;;) {
        const byte *p = s->at;
        while (p < s->end && *p != '"' && *p != '\\' && (*p >= 0x20 || !s->strict)) {
            p++;
        }
        s->at = p;
        if (p == s->end) {
            fail(s, "Unterminated string starting at", quote);
        }
        if (*p == '"' && !escaped) {
            s->at++;
            return key ? new_key(s, from, p - from) : new_str(from, p - from);
        }
        if (*p != '"' && *p != '\\') {
            fail(s, "Invalid control character at", p);
        }
        if (!escaped) {
            escaped = true;
            s->scratch.len = 0;
        }
        vstr_add_strn(&s->scratch, (const char *)from, p - from);
        if (*p == '"') {
            s->at++;
            const byte *text = (const byte *)s->scratch.buf;
            return key ? new_key(s, text, s->scratch.len) : new_str(text, s->scratch.len);
        }
        scan_escape(s, quote);
        from = s->at;
    }
}

static bool digits(scanner_t *s) {
    const byte *from = s->at;
    while (s->at < s->end && *s->at - '0' < 10u) {
        s->at++;
    }
    return s->at > from;
}

static mp_obj_t float_value(const byte *from, size_t length) {
    // Exact when the digits fit 53 bits and the power of ten is a double: one rounding.
    static const double powers[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
                                     1e18, 1e19, 1e20, 1e21, 1e22 };
    uint64_t mantissa = 0;
    int exponent = 0, given = 0;
    const byte *p = from, *end = from + length;
    bool negative = *p == '-', fraction = false, negative_exponent = false;
    for (p += negative; p < end && (*p == '.' || *p - '0' < 10u); p++) {
        if (*p == '.') {
            fraction = true;
        } else if (mantissa >= (uint64_t)1 << 49) {
            return mp_parse_num_float((const char *)from, length, false, NULL);
        } else {
            mantissa = mantissa * 10 + (*p - '0');
            exponent -= fraction;
        }
    }
    if (p < end) {
        p++;
        negative_exponent = *p == '-';
        p += *p == '-' || *p == '+';
        while (p < end && given < 1000) {
            given = given * 10 + (*p++ - '0');
        }
        exponent += negative_exponent ? -given : given;
    }
    if (mantissa > (uint64_t)1 << 53 || exponent > 22 || exponent < -22) {
        return mp_parse_num_float((const char *)from, length, false, NULL);
    }
    double value = exponent < 0 ? mantissa / powers[-exponent] : mantissa * powers[exponent];
    return mp_obj_new_float(negative ? -value : value);
}

static mp_obj_t scan_number(scanner_t *s) {
    const byte *from = s->at;
    bool is_float = false;
    s->at += *s->at == '-';
    if (s->at < s->end && *s->at == '0') {
        s->at++;
    } else if (!digits(s)) {
        fail(s, "Expecting value", from);
    }
    const byte *integer = s->at;
    if (s->at < s->end && *s->at == '.') {
        s->at++;
        if (digits(s)) {
            is_float = true;
            integer = s->at;
        } else {
            s->at = integer;
        }
    }
    if (s->at < s->end && (*s->at | 0x20) == 'e' && s->at == integer) {
        s->at++;
        if (s->at < s->end && (*s->at == '-' || *s->at == '+')) {
            s->at++;
        }
        if (digits(s)) {
            is_float = true;
        } else {
            s->at = integer;
        }
    }
    size_t length = s->at - from;
    mp_obj_t parse = is_float ? s->parse_float : s->parse_int;
    if (parse != mp_const_none) {
        return mp_call_function_1(parse, new_str(from, length));
    }
    if (is_float) {
        return float_value(from, length);
    }
    if (length > 13) {
        return mp_parse_num_integer((const char *)from, length, 10, NULL);
    }
    mp_int_t value = 0;
    for (const byte *p = from + (*from == '-'); p < s->at; p++) {
        value = value * 10 + (*p - '0');
    }
    return MP_OBJ_NEW_SMALL_INT(*from == '-' ? -value : value);
}

static mp_obj_t scan_value(scanner_t *s);

static mp_obj_t scan_object(scanner_t *s) {
    bool pairs = s->object_pairs_hook != mp_const_none;
    mp_obj_t object = pairs ? mp_obj_new_list(0, NULL) : mp_obj_new_dict(0);
    skip_space(s);
    if (s->at < s->end && *s->at == '}') {
        s->at++;
    } else {
        for (;;) {
            if (s->at == s->end || *s->at != '"') {
                fail(s, "Expecting property name enclosed in double quotes", s->at);
            }
            s->at++;
            mp_obj_t pair[2];
            pair[0] = scan_string(s, true);
            skip_space(s);
            if (s->at == s->end || *s->at != ':') {
                fail(s, "Expecting ':' delimiter", s->at);
            }
            s->at++;
            skip_space(s);
            pair[1] = scan_value(s);
            if (pairs) {
                mp_obj_list_append(object, mp_obj_new_tuple(2, pair));
            } else {
                mp_obj_dict_store(object, pair[0], pair[1]);
            }
            skip_space(s);
            if (s->at < s->end && *s->at == '}') {
                s->at++;
                break;
            }
            if (s->at == s->end || *s->at != ',') {
                fail(s, "Expecting ',' delimiter", s->at);
            }
            s->at++;
            skip_space(s);
        }
    }
    if (pairs) {
        return mp_call_function_1(s->object_pairs_hook, object);
    }
    return s->object_hook != mp_const_none ? mp_call_function_1(s->object_hook, object) : object;
}

static mp_obj_t scan_array(scanner_t *s) {
    mp_obj_t list = mp_obj_new_list(0, NULL);
    skip_space(s);
    if (s->at < s->end && *s->at == ']') {
        s->at++;
        return list;
    }
    for (;;) {
        mp_obj_list_append(list, scan_value(s));
        skip_space(s);
        if (s->at < s->end && *s->at == ']') {
            s->at++;
            return list;
        }
        if (s->at == s->end || *s->at != ',') {
            fail(s, "Expecting ',' delimiter", s->at);
        }
        s->at++;
        skip_space(s);
    }
}

static bool word(scanner_t *s, const char *text, size_t length) {
    if ((size_t)(s->end - s->at) < length || memcmp(s->at, text, length) != 0) {
        return false;
    }
    s->at += length;
    return true;
}

static mp_obj_t constant(scanner_t *s, const char *name, double value) {
    if (s->parse_constant != mp_const_none) {
        return mp_call_function_1(s->parse_constant, new_str((const byte *)name, strlen(name)));
    }
    return mp_obj_new_float(value);
}

static mp_obj_t scan_value(scanner_t *s) {
    if (s->at == s->end) {
        fail(s, "Expecting value", s->at);
    }
    switch (*s->at) {
        case '"':
            s->at++;
            return scan_string(s, false);
        case '{':
            mp_cstack_check();
            s->at++;
            return scan_object(s);
        case '[':
            mp_cstack_check();
            s->at++;
            return scan_array(s);
        case 'n':
            if (word(s, "null", 4)) {
                return mp_const_none;
            }
            break;
        case 't':
            if (word(s, "true", 4)) {
                return mp_const_true;
            }
            break;
        case 'f':
            if (word(s, "false", 5)) {
                return mp_const_false;
            }
            break;
        case 'N':
            if (word(s, "NaN", 3)) {
                return constant(s, "NaN", NAN);
            }
            break;
        case 'I':
            if (word(s, "Infinity", 8)) {
                return constant(s, "Infinity", INFINITY);
            }
            break;
        case '-':
            if (word(s, "-Infinity", 9)) {
                return constant(s, "-Infinity", -INFINITY);
            }
            return scan_number(s);
        default:
            if (*s->at - '0' < 10u) {
                return scan_number(s);
            }
    }
    fail(s, "Expecting value", s->at);
}

// decode(text, whole, index, strict, object_hook, object_pairs_hook, parse_float, parse_int, parse_constant): the value
// that all of the text is, or with `whole` false the value at `index` and the index behind it.
static mp_obj_t json_decode(size_t n_args, const mp_obj_t *args) {
    scanner_t s = {
        .text = args[0], .strict = n_args < 4 || mp_obj_is_true(args[3]),
        .object_hook = mp_const_none, .object_pairs_hook = mp_const_none, .parse_float = mp_const_none,
        .parse_int = mp_const_none, .parse_constant = mp_const_none,
    };
    bool whole = n_args < 2 || mp_obj_is_true(args[1]);
    size_t length;
    s.start = (const byte *)mp_obj_str_get_data(args[0], &length);
    s.at = s.start;
    s.end = s.start + length;
    if (n_args == 9) {
        s.object_hook = args[4];
        s.object_pairs_hook = args[5];
        s.parse_float = args[6];
        s.parse_int = args[7];
        s.parse_constant = args[8];
    }
    vstr_init(&s.scratch, 32);
    if (whole) {
        skip_space(&s);
    } else {
        mp_int_t index = mp_obj_get_int(args[2]), reached;
        if (index < 0) {
            mp_raise_ValueError(MP_ERROR_TEXT("idx cannot be negative"));
        }
        s.at += text_offset(args[0], true, s.start, length, index, &reached);
    }
    mp_obj_t value = scan_value(&s);
    if (!whole) {
        mp_obj_t pair[2] = { value, MP_OBJ_NEW_SMALL_INT(text_index(args[0], true, s.start, s.at - s.start)) };
        return mp_obj_new_tuple(2, pair);
    }
    skip_space(&s);
    if (s.at != s.end) {
        fail(&s, "Extra data", s.at);
    }
    return value;
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(json_decode_obj, 1, 9, json_decode);

static const mp_rom_map_elem_t json_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__json) },
    { MP_ROM_QSTR(MP_QSTR_encode), MP_ROM_PTR(&json_encode_obj) },
    { MP_ROM_QSTR(MP_QSTR_quote), MP_ROM_PTR(&json_quote_obj) },
    { MP_ROM_QSTR(MP_QSTR_decode), MP_ROM_PTR(&json_decode_obj) },
};
static MP_DEFINE_CONST_DICT(json_globals, json_globals_table);

const mp_obj_module_t mp_module__json = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&json_globals,
};
MP_REGISTER_MODULE(MP_QSTR__json, mp_module__json);
