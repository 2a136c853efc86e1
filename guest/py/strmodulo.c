// The operator % of str and bytes.

#include <math.h>
#include <string.h>

#include "py/floattext.h"
#include "py/formatspec.h"
#include "py/inttext.h"
#include "py/objint.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "py/slice.h"
#include "py/strtext.h"

typedef struct _arguments_t {
    const mp_obj_t *items;
    size_t n, next;
    mp_obj_t mapping; // or MP_OBJ_NULL
} arguments_t;

static mp_obj_t next_argument(arguments_t *args) {
    if (args->next >= args->n) {
        mp_raise_TypeError(MP_ERROR_TEXT("not enough arguments for format string"));
    }
    return args->items[args->next++];
}

static const byte *width_or_star(const byte *s, const byte *top, arguments_t *args, mp_int_t *value, const char *what) {
    if (s < top && *s == '*') {
        mp_obj_t given = native_value(next_argument(args));
        if (!mp_obj_is_int(given) && !mp_obj_is_bool(given)) {
            mp_raise_TypeError(MP_ERROR_TEXT("* wants int"));
        }
        *value = index_clamped(given);
        return s + 1;
    }
    *value = 0;
    for (; s < top && *s >= '0' && *s <= '9'; s++) {
        if (*value > (INT32_MAX - 9) / 10) {
            mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("%s too big"), what);
        }
        *value = *value * 10 + (*s - '0');
    }
    return s;
}

// An int for %d; for %x and %o a float is not good enough.
static mp_obj_t integer_argument(mp_obj_t arg, byte type) {
    mp_obj_t value = native_value(arg);
    if (mp_obj_is_int(value)) {
        return value;
    }
    if (mp_obj_is_bool(value)) {
        return MP_OBJ_NEW_SMALL_INT(value == mp_const_true);
    }
    bool decimal = type == 'd' || type == 'i' || type == 'u';
    if (decimal && mp_obj_is_float(value)) {
        return mp_obj_new_int_from_float(mp_obj_float_get(value));
    }
    if (mp_obj_is_instance_type(mp_obj_get_type(arg))) {
        mp_obj_t special = MP_OBJ_NULL;
        if (decimal) {
            special = call_special(arg, MP_QSTR___int__, 0, NULL);
        }
        if (special == MP_OBJ_NULL) {
            special = call_special(arg, MP_QSTR___index__, 0, NULL);
        }
        if (special != MP_OBJ_NULL && mp_obj_is_int(special)) {
            return special;
        }
    }
    mp_raise_msg_varg(&mp_type_TypeError, decimal ? MP_ERROR_TEXT("%%%c format: a real number is required, not %s")
        : MP_ERROR_TEXT("%%%c format: an integer is required, not %s"), type, mp_obj_get_type_str(arg));
}

static void add_integer(vstr_t *out, mp_obj_t value, byte type, format_spec_t *spec) {
    unsigned base = type == 'o' ? 8 : type == 'x' || type == 'X' ? 16 : 10;
    const char *prefix = !spec->alternate ? "" : type == 'o' ? "0o" : type == 'x' ? "0x" : type == 'X' ? "0X" : "";
    vstr_t digits;
    vstr_init(&digits, 24);
    int_add_digits(&digits, value, base);
    mp_int_t zeros = spec->precision - (mp_int_t)digits.len;
    if (zeros > 0) {
        size_t len = digits.len;
        vstr_add_len(&digits, m_size(zeros));
        memmove(digits.buf + zeros, digits.buf, len);
        memset(digits.buf, '0', zeros);
    }
    for (size_t i = 0; type == 'X' && i < digits.len; i++) {
        digits.buf[i] = digits.buf[i] >= 'a' ? digits.buf[i] - 0x20 : digits.buf[i];
    }
    format_number_t n = { mp_obj_int_sign(value) < 0, prefix, digits.buf, digits.len, "", 0 };
    format_number(out, spec, &n);
    vstr_clear(&digits);
}

static void add_float(vstr_t *out, mp_obj_t arg, byte type, format_spec_t *spec) {
    mp_float_t value;
    if (str_native(arg) != MP_OBJ_NULL || !mp_obj_get_float_maybe(arg, &value)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("must be real number, not %s"), mp_obj_get_type_str(arg));
    }
    vstr_t text;
    vstr_init(&text, 40);
    float_format(&text, value, type, MIN(spec->precision, INT32_MAX - 1), spec->alternate ? FLOAT_ALTERNATE : 0);
    format_float_text(out, spec, signbit(value) && !isnan(value), text.buf, text.len);
    vstr_clear(&text);
}

static void add_text(vstr_t *out, const byte *s, size_t len, bool is_str, format_spec_t *spec) {
    size_t count = is_str ? str_count(s, len) : len;
    if (spec->precision >= 0 && (size_t)spec->precision < count) {
        count = spec->precision;
        len = is_str ? str_offset(s, len, count) : count;
    }
    format_pad(out, spec, '>', (const char *)s, len, count);
}

static void add_char(vstr_t *out, mp_obj_t arg, bool is_str, format_spec_t *spec) {
    mp_obj_t value = native_value(arg);
    if (is_str && mp_obj_is_str(value)) {
        GET_STR_DATA_LEN(value, s, len);
        if (len && len == utf8_size(*s)) {
            add_text(out, s, len, true, spec);
            return;
        }
    } else if (mp_obj_is_int(value) || mp_obj_is_bool(value) || call_special(arg, MP_QSTR___index__, 0, NULL)) {
        mp_int_t c = index_clamped(value);
        if (c < 0 || c > (is_str ? UNI_MAX_CHAR : 255)) {
            mp_raise_msg(&mp_type_OverflowError, is_str ? MP_ERROR_TEXT("%c arg not in range(0x110000)")
                : MP_ERROR_TEXT("%c arg not in range(256)"));
        }
        byte text[4] = { c };
        add_text(out, text, is_str ? utf8_put(text, c) : 1, is_str, spec);
        return;
    } else if (!is_str) {
        mp_buffer_info_t buffer;
        if (!mp_obj_is_str(value) && mp_get_buffer(value, &buffer, MP_BUFFER_READ) && buffer.len == 1) {
            add_text(out, buffer.buf, 1, false, spec);
            return;
        }
        mp_raise_TypeError(MP_ERROR_TEXT("%c requires an integer in range(256) or a single byte"));
    }
    mp_raise_TypeError(MP_ERROR_TEXT("%c requires int or char"));
}

// %s of bytes takes bytes.
static void add_bytes(vstr_t *out, mp_obj_t arg, format_spec_t *spec) {
    mp_obj_t value = native_value(arg), special = call_special(arg, MP_QSTR___bytes__, 0, NULL);
    value = special != MP_OBJ_NULL ? special : value;
    mp_buffer_info_t buffer;
    if (mp_obj_is_str(value) || !mp_get_buffer(value, &buffer, MP_BUFFER_READ)) {
        mp_raise_msg_varg(&mp_type_TypeError,
            MP_ERROR_TEXT("%%b requires a bytes-like object, or an object that implements __bytes__, not '%s'"),
            mp_obj_get_type_str(arg));
    }
    add_text(out, buffer.buf, buffer.len, false, spec);
}

// The conversion at `start` of the pattern at `begin`; returns the place behind it.
static const byte *add_conversion(vstr_t *out, const byte *begin, const byte *start, const byte *top, bool is_str,
    arguments_t *args) {
    const byte *s = start + 1;
    mp_obj_t arg = MP_OBJ_NULL;
    if (s < top && *s == '(') {
        if (args->mapping == MP_OBJ_NULL) {
            mp_raise_TypeError(MP_ERROR_TEXT("format requires a mapping"));
        }
        const byte *key = ++s;
        for (int open = 1; s < top; s++) {
            open += *s == '(' ? 1 : *s == ')' ? -1 : 0;
            if (open == 0) {
                break;
            }
        }
        if (s >= top) {
            mp_raise_ValueError(MP_ERROR_TEXT("incomplete format key"));
        }
        arg = mp_obj_subscr(args->mapping, is_str ? str_new(key, s - key) : mp_obj_new_bytes(key, s - key),
            MP_OBJ_SENTINEL);
        args->next = args->n;
        s++;
    }
    format_spec_t spec = { .width = -1, .precision = -1 };
    bool zero = false, left = false;
    for (; s < top; s++) {
        if (*s == '-') {
            left = true;
        } else if (*s == '+') {
            spec.sign = '+';
        } else if (*s == ' ') {
            spec.sign = spec.sign ? spec.sign : ' ';
        } else if (*s == '#') {
            spec.alternate = true;
        } else if (*s == '0') {
            zero = true;
        } else {
            break;
        }
    }
    s = width_or_star(s, top, args, &spec.width, "width");
    if (spec.width < 0) {
        left = true;
        spec.width = -spec.width;
    }
    if (s < top && *s == '.') {
        s = width_or_star(s + 1, top, args, &spec.precision, "precision");
        spec.precision = MAX(spec.precision, 0);
    }
    if (s < top && (*s == 'h' || *s == 'l' || *s == 'L')) {
        s++;
    }
    if (s >= top) {
        mp_raise_ValueError(MP_ERROR_TEXT("incomplete format"));
    }
    byte type = *s;
    if (type == '%' && s == start + 1) {
        vstr_add_byte(out, '%');
        return s + 1;
    }
    if (arg == MP_OBJ_NULL) {
        arg = next_argument(args);
    }
    spec.align = left ? '<' : '>';
    switch (type) {
        case 'd': case 'i': case 'u': case 'o': case 'x': case 'X':
        case 'e': case 'E': case 'f': case 'F': case 'g': case 'G':
            if (zero && !left) {
                spec.fill = '0';
                spec.align = '=';
            }
            if (strchr("eEfFgG", type)) {
                add_float(out, arg, type, &spec);
            } else {
                add_integer(out, integer_argument(arg, type), type, &spec);
            }
            break;
        case 'c':
            add_char(out, arg, is_str, &spec);
            break;
        case 's':
        case 'b':
            if (!is_str) {
                add_bytes(out, arg, &spec);
                break;
            }
            if (type == 's') {
                GET_STR_DATA_LEN(str_of(arg, PRINT_STR), text, len);
                add_text(out, text, len, true, &spec);
                break;
            }
            goto unsupported;
        case 'r':
        case 'a': {
            GET_STR_DATA_LEN(type == 'r' && is_str ? str_of(arg, PRINT_REPR) : str_ascii(arg), text, len);
            add_text(out, text, len, is_str, &spec);
            break;
        }
        default:
        unsupported: {
            unichar c = is_str ? utf8_get_char(s) : type;
            vstr_t shown;
            vstr_init(&shown, 5);
            vstr_add_char(&shown, c >= ' ' && c != 0x7f ? c : '?');
            mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("unsupported format character '%s' (0x%x) at index %d"),
                vstr_null_terminated_str(&shown), (int)c, (int)(utf8_charlen(begin, s - begin)));
        }
    }
    return s + 1;
}

mp_obj_t str_modulo(mp_obj_t pattern, mp_obj_t value) {
    bool is_str = mp_obj_is_str(pattern);
    GET_STR_DATA_LEN(pattern, s, len);
    mp_obj_t native = native_value(value);
    arguments_t args = { &value, 1, 0, MP_OBJ_NULL };
    if (mp_obj_is_type(native, &mp_type_tuple)) {
        mp_obj_t *items;
        mp_obj_tuple_get(native, &args.n, &items);
        args.items = items;
    } else if (!mp_obj_is_str_or_bytes(native)) {
        // What can be indexed is a mapping here.
        mp_obj_t call[2] = { MP_OBJ_NULL, MP_OBJ_NULL };
        if (mp_obj_is_instance_type(mp_obj_get_type(value))) {
            mp_load_method_maybe(value, MP_QSTR___getitem__, call);
        }
        if (call[0] != MP_OBJ_NULL || (!mp_obj_is_instance_type(mp_obj_get_type(native))
            && MP_OBJ_TYPE_HAS_SLOT(mp_obj_get_type(native), subscr))) {
            args.mapping = value;
        }
    }
    vstr_t out;
    vstr_init(&out, len + 16);
    const byte *begin = s;
    for (const byte *top = s + len; s < top;) {
        const byte *plain = s;
        s = memchr(s, '%', top - s);
        s = s ? s : top;
        vstr_add_strn(&out, (const char *)plain, s - plain);
        if (s < top) {
            s = add_conversion(&out, begin, s, top, is_str, &args);
        }
    }
    if (args.next < args.n && args.mapping == MP_OBJ_NULL) {
        mp_raise_TypeError(is_str ? MP_ERROR_TEXT("not all arguments converted during string formatting")
            : MP_ERROR_TEXT("not all arguments converted during bytes formatting"));
    }
    return is_str ? str_finish(&out) : mp_obj_new_bytes_from_vstr(&out);
}
