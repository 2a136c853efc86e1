// format(): the specification mini-language, for str, int, float and complex.
//
// A width or a precision may be large, but what it makes is bounded as all memory is: sizes go through vstr.

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

static bool is_align(unichar c) {
    return c == '<' || c == '>' || c == '=' || c == '^';
}

static const byte *parse_number(const byte *s, const byte *top, mp_int_t *value) {
    while (s < top && uni_is(utf8_get_char(s), UNI_DECIMAL)) {
        mp_int_t digit = uni_digit_value(utf8_get_char(s));
        if (*value > (INT64_MAX - digit) / 10) {
            mp_raise_ValueError(MP_ERROR_TEXT("Too many decimal digits in format string"));
        }
        *value = MAX(*value, 0) * 10 + digit;
        s += utf8_size(*s);
    }
    return s;
}

static NORETURN void cannot_specify(char grouping, unichar type) {
    if (type > ' ' && type < 0x7f) {
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("Cannot specify '%c' with '%c'."), grouping, (int)type);
    }
    mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("Cannot specify '%c' with '\\x%x'."), grouping, (int)type);
}

static void parse_spec(mp_obj_t obj, mp_obj_t text, char default_align, format_spec_t *spec) {
    GET_STR_DATA_LEN(text, s, len);
    const byte *top = s + len, *start = s;
    *spec = (format_spec_t) { .width = -1, .precision = -1 };
    if (s < top && s + utf8_size(*s) < top && is_align(s[utf8_size(*s)])) {
        spec->fill = utf8_get_char(s);
        s += utf8_size(*s);
        spec->align = *s++;
    } else if (s < top && is_align(*s)) {
        spec->align = *s++;
    }
    if (s < top && (*s == '+' || *s == '-' || *s == ' ')) {
        spec->sign = *s++;
    }
    if (s < top && *s == 'z') {
        spec->no_negative_zero = true;
        s++;
    }
    if (s < top && *s == '#') {
        spec->alternate = true;
        s++;
    }
    if (s < top && *s == '0' && spec->fill == 0) {
        spec->fill = '0';
        if (!spec->align && default_align == '>') {
            spec->align = '=';
        }
        s++;
    }
    s = parse_number(s, top, &spec->width);
    for (; s < top && (*s == ',' || *s == '_'); s++) {
        if (spec->grouping) {
            if (spec->grouping == *s) {
                cannot_specify(*s, *s);
            }
            mp_raise_ValueError(MP_ERROR_TEXT("Cannot specify both ',' and '_'."));
        }
        spec->grouping = *s;
    }
    if (s < top && *s == '.') {
        s = parse_number(s + 1, top, &spec->precision);
        if (spec->precision < 0) {
            mp_raise_ValueError(MP_ERROR_TEXT("Format specifier missing precision"));
        }
    }
    if (s < top && s + utf8_size(*s) < top) {
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("Invalid format specifier '%s' for object of type '%s'"),
            start, mp_obj_get_type_str(obj));
    }
    if (s < top) {
        spec->type = utf8_get_char(s);
    }
    if (spec->grouping) {
        switch (spec->type) {
            case 0: case 'd': case 'e': case 'f': case 'g': case 'E': case 'G': case '%': case 'F':
                break;
            case 'b': case 'o': case 'x': case 'X':
                if (spec->grouping == '_') {
                    break;
                }
                MP_FALLTHROUGH
            default:
                cannot_specify(spec->grouping, spec->type);
        }
    }
}

static NORETURN void unknown_type(mp_obj_t obj, unichar type) {
    if (type > ' ' && type < 0x7f) {
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("Unknown format code '%c' for object of type '%s'"),
            (int)type, mp_obj_get_type_str(obj));
    }
    mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("Unknown format code '\\x%x' for object of type '%s'"),
        (int)type, mp_obj_get_type_str(obj));
}

static void add_fill(vstr_t *out, unichar fill, mp_int_t n) {
    if (n <= 0) {
        return;
    }
    byte text[4];
    size_t size = utf8_put(text, fill ? fill : ' ');
    char *to = vstr_add_len(out, m_size_product(size, n));
    if (size == 1) {
        memset(to, text[0], n);
        return;
    }
    for (; n; n--, to += size) {
        memcpy(to, text, size);
    }
}

void format_pad(vstr_t *out, const format_spec_t *spec, char align, const char *s, size_t len, size_t count) {
    mp_int_t pad = spec->width - (mp_int_t)count;
    align = spec->align ? spec->align : align;
    mp_int_t left = align == '<' || pad <= 0 ? 0 : align == '^' ? pad / 2 : pad;
    add_fill(out, spec->fill, left);
    vstr_add_strn(out, s, len);
    add_fill(out, spec->fill, pad - left);
}

// Appends digits in groups, with zeros before them up to `width` characters (which may give one more).
static void add_grouped(vstr_t *out, const char *digits, size_t len, char separator, size_t group, mp_int_t width) {
    mp_int_t shown = MAX((mp_int_t)len, width);
    if (separator) {
        // The digits that fill the width together with their separators; no separator comes first.
        mp_int_t rest = MAX(width, 0) % (mp_int_t)(group + 1), groups = MAX(width, 0) / (mp_int_t)(group + 1);
        shown = MAX((mp_int_t)len, groups * (mp_int_t)group + (rest || groups == 0 ? rest : 1));
    }
    mp_int_t zeros = shown - (mp_int_t)len;
    for (mp_int_t i = 0; i < shown; i++) {
        vstr_add_byte(out, i < zeros ? '0' : digits[i - zeros]);
        mp_int_t left = shown - 1 - i;
        if (separator && left && left % group == 0) {
            vstr_add_byte(out, separator);
        }
    }
}

void format_number(vstr_t *out, const format_spec_t *spec, const format_number_t *n) {
    char sign = n->negative ? '-' : spec->sign == '+' || spec->sign == ' ' ? spec->sign : 0;
    size_t prefix_len = strlen(n->prefix);
    size_t group = spec->type == 'b' || spec->type == 'o' || spec->type == 'x' || spec->type == 'X' ? 4 : 3;
    char align = spec->align ? spec->align : '>';
    mp_int_t fixed = (sign != 0) + prefix_len + n->rest_len;
    mp_int_t zeros_to = align == '=' && spec->fill == '0' ? spec->width - fixed : 0;
    vstr_t digits;
    vstr_init(&digits, n->digits_len + 8);
    if (n->digits_len) {
        add_grouped(&digits, n->digits, n->digits_len, spec->grouping, group, spec->grouping ? zeros_to : 0);
    }
    mp_int_t pad = MAX(spec->width - fixed - (mp_int_t)digits.len, 0);
    mp_int_t left = align == '<' || align == '=' ? 0 : align == '^' ? pad / 2 : pad;
    add_fill(out, spec->fill, left);
    if (sign) {
        vstr_add_byte(out, sign);
    }
    vstr_add_strn(out, n->prefix, prefix_len);
    if (align == '=') {
        add_fill(out, spec->fill, pad);
        pad = 0;
    }
    vstr_add_strn(out, digits.buf, digits.len);
    vstr_add_strn(out, n->rest, n->rest_len);
    add_fill(out, spec->fill, pad - left);
    vstr_clear(&digits);
}

void format_float_text(vstr_t *out, const format_spec_t *spec, bool negative, const char *text, size_t len) {
    size_t whole = 0;
    while (whole < len && text[whole] >= '0' && text[whole] <= '9') {
        whole++;
    }
    format_number_t n = { negative, "", text, whole, text + whole, len - whole };
    format_number(out, spec, &n);
}

static void format_str(vstr_t *out, mp_obj_t obj, mp_obj_t str, mp_obj_t spec_text) {
    format_spec_t spec;
    parse_spec(obj, spec_text, '<', &spec);
    if (spec.type && spec.type != 's') {
        unknown_type(obj, spec.type);
    }
    if (spec.sign) {
        mp_raise_ValueError(spec.sign == ' ' ? MP_ERROR_TEXT("Space not allowed in string format specifier")
            : MP_ERROR_TEXT("Sign not allowed in string format specifier"));
    }
    if (spec.no_negative_zero) {
        mp_raise_ValueError(MP_ERROR_TEXT("Negative zero coercion (z) not allowed in string format specifier"));
    }
    if (spec.alternate) {
        mp_raise_ValueError(MP_ERROR_TEXT("Alternate form (#) not allowed in string format specifier"));
    }
    if (spec.grouping) {
        cannot_specify(spec.grouping, 's');
    }
    if (spec.align == '=') {
        mp_raise_ValueError(MP_ERROR_TEXT("'=' alignment not allowed in string format specifier"));
    }
    GET_STR_DATA_LEN(str, s, len);
    size_t count = str_count(s, len);
    if (spec.precision >= 0 && (size_t)spec.precision < count) {
        count = spec.precision;
        len = str_offset(s, len, count);
    }
    format_pad(out, &spec, '<', (const char *)s, len, count);
}

static void format_double(vstr_t *out, mp_obj_t obj, double value, format_spec_t *spec) {
    unsigned flags = spec->alternate ? FLOAT_ALTERNATE : 0;
    char type = spec->type;
    bool percent = false;
    mp_int_t precision = spec->precision;
    if (precision > INT32_MAX - 1000) {
        mp_raise_ValueError(MP_ERROR_TEXT("precision too big"));
    }
    switch (spec->type) {
        case 0:
            type = precision < 0 ? 'r' : 'g';
            flags |= FLOAT_ADD_DOT_0;
            break;
        case 'n':
            type = 'g';
            break;
        case '%':
            type = 'f';
            percent = true;
            value *= 100;
            break;
        case 'e': case 'E': case 'f': case 'F': case 'g': case 'G':
            break;
        default:
            unknown_type(obj, spec->type);
    }
    vstr_t text;
    vstr_init(&text, 40);
    float_format(&text, value, type, (int)precision, flags);
    if (percent) {
        vstr_add_byte(&text, '%');
    }
    bool negative = signbit(value) && !isnan(value);
    if (spec->no_negative_zero && negative) {
        bool zero = true;
        for (size_t i = 0; i < text.len && text.buf[i] != 'e' && text.buf[i] != 'E'; i++) {
            zero = zero && (text.buf[i] < '1' || text.buf[i] > '9') && text.buf[i] != 'i' && text.buf[i] != 'I';
        }
        negative = !zero;
    }
    format_float_text(out, spec, negative, text.buf, text.len);
    vstr_clear(&text);
}

static void format_int(vstr_t *out, mp_obj_t obj, mp_obj_t value, mp_obj_t spec_text) {
    format_spec_t spec;
    parse_spec(obj, spec_text, '>', &spec);
    unsigned base = 10;
    const char *prefix = "";
    switch (spec.type) {
        case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case '%':
            format_double(out, obj, int_to_float(value), &spec);
            return;
        case 'b':
            base = 2;
            prefix = "0b";
            break;
        case 'o':
            base = 8;
            prefix = "0o";
            break;
        case 'x':
            base = 16;
            prefix = "0x";
            break;
        case 'X':
            base = 16;
            prefix = "0X";
            break;
        case 0: case 'c': case 'd': case 'n':
            break;
        default:
            unknown_type(obj, spec.type);
    }
    if (spec.precision >= 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("Precision not allowed in integer format specifier"));
    }
    if (spec.no_negative_zero) {
        mp_raise_ValueError(MP_ERROR_TEXT("Negative zero coercion (z) not allowed in integer format specifier"));
    }
    if (spec.type == 'c') {
        if (spec.sign) {
            mp_raise_ValueError(MP_ERROR_TEXT("Sign not allowed with integer format specifier 'c'"));
        }
        if (spec.alternate) {
            mp_raise_ValueError(MP_ERROR_TEXT("Alternate form (#) not allowed with integer format specifier 'c'"));
        }
        mp_int_t c = index_clamped(value);
        if (c < 0 || c > UNI_MAX_CHAR) {
            mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("%c arg not in range(0x110000)"));
        }
        byte text[4];
        size_t size = utf8_put(text, c);
        format_pad(out, &spec, '>', (const char *)text, size, 1);
        return;
    }
    vstr_t digits;
    vstr_init(&digits, 24);
    int_add_digits(&digits, value, base);
    for (size_t i = 0; spec.type == 'X' && i < digits.len; i++) {
        digits.buf[i] = digits.buf[i] >= 'a' ? digits.buf[i] - 0x20 : digits.buf[i];
    }
    format_number_t n = {
        mp_obj_int_sign(value) < 0, spec.alternate ? prefix : "", digits.buf, digits.len, "", 0,
    };
    format_number(out, &spec, &n);
    vstr_clear(&digits);
}

static void format_complex(vstr_t *out, mp_obj_t obj, mp_obj_t spec_text) {
    format_spec_t spec;
    parse_spec(obj, spec_text, '>', &spec);
    if (spec.fill == '0' && spec.align == '=') {
        mp_raise_ValueError(MP_ERROR_TEXT("Zero padding is not allowed in complex format specifier"));
    }
    if (spec.align == '=') {
        mp_raise_ValueError(MP_ERROR_TEXT("'=' alignment flag is not allowed in complex format specifier"));
    }
    if (spec.type == '%') {
        unknown_type(obj, spec.type);
    }
    double parts[2];
    mp_obj_complex_get(obj, &parts[0], &parts[1]);
    // Without a type as str() does: in parentheses, and without a real part of positive zero.
    bool plain = spec.type == 0, skip_real = plain && parts[0] == 0 && !signbit(parts[0]);
    vstr_t text;
    vstr_init(&text, 64);
    if (plain && !skip_real) {
        vstr_add_byte(&text, '(');
    }
    format_spec_t part = spec;
    part.width = -1;
    for (size_t i = skip_real; i < 2; i++) {
        part.sign = i == 1 && !skip_real ? '+' : spec.sign;
        part.type = plain ? (spec.precision < 0 ? 'r' : 'g') : spec.type;
        vstr_t number;
        vstr_init(&number, 40);
        if (plain) {
            float_format(&number, parts[i], part.type, spec.precision, spec.alternate ? FLOAT_ALTERNATE : 0);
            format_float_text(&text, &part, signbit(parts[i]) && !isnan(parts[i]), number.buf, number.len);
        } else {
            format_double(&text, obj, parts[i], &part);
        }
        vstr_clear(&number);
    }
    vstr_add_byte(&text, 'j');
    if (plain && !skip_real) {
        vstr_add_byte(&text, ')');
    }
    format_pad(out, &spec, '>', text.buf, text.len, text.len);
    vstr_clear(&text);
}

// What a built-in type's __format__ does.
static mp_obj_t format_native(mp_obj_t obj, mp_obj_t spec) {
    GET_STR_LEN(spec, spec_len);
    if (spec_len == 0) {
        return str_of(obj, PRINT_STR);
    }
    mp_obj_t value = native_value(obj);
    vstr_t out;
    vstr_init(&out, 24);
    if (mp_obj_is_str(value)) {
        format_str(&out, obj, value, spec);
    } else if (mp_obj_is_int(value)) {
        format_int(&out, obj, value, spec);
    } else if (mp_obj_is_bool(value)) {
        format_int(&out, obj, MP_OBJ_NEW_SMALL_INT(value == mp_const_true), spec);
    } else if (mp_obj_is_float(value)) {
        format_spec_t parsed;
        parse_spec(obj, spec, '>', &parsed);
        format_double(&out, obj, mp_obj_float_get(value), &parsed);
    } else if (mp_obj_is_type(value, &mp_type_complex)) {
        format_complex(&out, value, spec);
    } else {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("unsupported format string passed to %s.__format__"),
            mp_obj_get_type_str(obj));
    }
    return str_finish(&out);
}

mp_obj_t format_object(mp_obj_t obj, mp_obj_t spec) {
    if (mp_obj_is_instance_type(mp_obj_get_type(obj))) {
        mp_obj_t call[3];
        mp_load_method_maybe(obj, MP_QSTR___format__, call);
        extern const mp_obj_fun_builtin_fixed_t format_method_obj;
        if (call[0] != MP_OBJ_NULL && call[0] != MP_OBJ_FROM_PTR(&format_method_obj)) {
            call[2] = spec;
            mp_obj_t result = mp_call_method_n_kw(1, 0, call);
            mp_obj_t str = str_native(result);
            if (str == MP_OBJ_NULL) {
                mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("__format__ must return a str, not %s"),
                    mp_obj_get_type_str(result));
            }
            return str;
        }
    }
    return format_native(obj, spec);
}

static mp_obj_t format_method(mp_obj_t self, mp_obj_t spec) {
    return format_native(self, str_expect(spec, "__format__() argument"));
}
MP_DEFINE_CONST_FUN_OBJ_2(format_method_obj, format_method);

static mp_obj_t builtin_format(size_t n_args, const mp_obj_t *args) {
    mp_obj_t spec = n_args > 1 ? str_expect(args[1], "format() argument 2") : MP_OBJ_NEW_QSTR(MP_QSTR_);
    return format_object(args[0], spec);
}
MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(hermetic_format_obj, 1, 2, builtin_format);

MP_DEFINE_CONST_FUN_OBJ_1(hermetic_ascii_obj, str_ascii);
