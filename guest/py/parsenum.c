// Numbers from text: int(), float(), complex() and number tokens of programs. Takes the place of upstream's
// py/parsenum.c, whose floats are approximate and whose grammar is lax.
//
// The lexer passes itself as `lex`: then an error is a SyntaxError at its place.

#include <math.h>
#include <string.h>

#include "py/floattext.h"
#include "py/inttext.h"
#include "py/parsenum.h"
#include "py/runtime.h"
#include "py/strtext.h"
#include "py/unicode.h"

static NORETURN void raise_error(mp_lexer_t *lex, const char *what, const char *s, size_t len) {
    vstr_t message;
    mp_print_t print;
    vstr_init_print(&message, 64, &print);
    mp_print_str(&print, what);
    if (s) {
        mp_str_print_quoted(&print, (const byte *)s, len, !utf8_check((const byte *)s, len));
    }
    mp_obj_t exc = mp_obj_new_exception_arg1(lex ? &mp_type_SyntaxError : &mp_type_ValueError, str_finish(&message));
    if (lex) {
        mp_obj_exception_add_traceback(exc, lex->source_name, lex->tok_line, MP_QSTRnull);
    }
    nlr_raise(exc);
}

// The text with every decimal digit as ASCII, and what is white space as a space; NULL when it is that already.
static char *ascii_digits(const char *s, size_t *len) {
    if (utf8_is_ascii((const byte *)s, *len) || !utf8_check((const byte *)s, *len)) {
        return NULL;
    }
    vstr_t out;
    vstr_init(&out, *len + 1);
    for (const byte *at = (const byte *)s, *top = at + *len; at < top; at += utf8_size(*at)) {
        unichar c = utf8_get_char(at);
        vstr_add_byte(&out, c < 0x80 ? c : uni_is(c, UNI_DECIMAL) ? '0' + uni_digit_value(c)
            : uni_is(c, UNI_SPACE) ? ' ' : 0xff);
    }
    *len = out.len;
    return vstr_null_terminated_str(&out);
}

static bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c < 0x20);
}

static void trim(const char **s, size_t *len) {
    while (*len && is_space(**s)) {
        (*s)++;
        (*len)--;
    }
    while (*len && is_space((*s)[*len - 1])) {
        (*len)--;
    }
}

mp_obj_t mp_parse_num_integer(const char *restrict text, size_t text_len, int base, mp_lexer_t *lex) {
    if ((base != 0 && base < 2) || base > 36) {
        mp_raise_ValueError(MP_ERROR_TEXT("int() base must be >= 2 and <= 36, or 0"));
    }
    size_t len = text_len;
    const char *s = ascii_digits(text, &len);
    s = s ? s : text;
    trim(&s, &len);
    bool negative = false;
    if (len && (*s == '+' || *s == '-')) {
        negative = *s == '-';
        s++;
        len--;
    }
    int given = base;
    bool prefix = false;
    if (len > 1 && *s == '0') {
        char letter = s[1] | 0x20;
        int of_prefix = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
        if (of_prefix && (base == 0 || base == of_prefix)) {
            base = of_prefix;
            prefix = true;
            s += 2;
            len -= 2;
            if (len && *s == '_') {
                s++;
                len--;
            }
        }
    }
    bool bad = len == 0 || *s == '_' || s[len - 1] == '_';
    if (base == 0) {
        base = 10;
        // Without a base, leading zeros are for zero only.
        if (!prefix && len > 1 && *s == '0') {
            for (size_t i = 0; i < len; i++) {
                bad |= s[i] != '0' && s[i] != '_';
            }
        }
    }
    size_t used = 0;
    mp_obj_t value = MP_OBJ_NULL;
    if (!bad) {
        value = int_from_digits(s, len, base, negative, &used);
    }
    if (bad || used != len) {
        if (lex) {
            raise_error(lex, "invalid number", NULL, 0);
        }
        vstr_t what;
        vstr_init(&what, 64);
        vstr_printf(&what, "invalid literal for int() with base %d: ", given);
        raise_error(NULL, vstr_null_terminated_str(&what), text, text_len);
    }
    return value;
}

static bool word(const char *s, size_t len, const char *expected) {
    for (; *expected; s++, len--, expected++) {
        if (len == 0 || (*s | 0x20) != *expected) {
            return false;
        }
    }
    return true;
}

// A number with an optional sign; returns how many bytes were used, 0 for none.
static size_t parse_real(const char *s, size_t len, double *value) {
    size_t sign = len && (*s == '+' || *s == '-');
    bool negative = sign && *s == '-';
    s += sign;
    len -= sign;
    size_t used = 0;
    if (word(s, len, "infinity")) {
        *value = INFINITY;
        used = 8;
    } else if (word(s, len, "inf")) {
        *value = INFINITY;
        used = 3;
    } else if (word(s, len, "nan")) {
        *value = NAN;
        used = 3;
    } else {
        used = float_parse(s, len, true, value);
    }
    if (negative) {
        *value = -*value;
    }
    return used ? used + sign : 0;
}

// 1, 2j, 1+2j, j, also in parentheses.
static bool parse_complex(const char *s, size_t len, double *real, double *imag) {
    if (len >= 2 && *s == '(' && s[len - 1] == ')') {
        s++;
        len -= 2;
        trim(&s, &len);
    }
    *real = *imag = 0;
    double value = 0;
    size_t used = parse_real(s, len, &value);
    if (used && used == len) {
        *real = value;
        return true;
    }
    if (used && (s[used] == '+' || s[used] == '-')) {
        *real = value;
        s += used;
        len -= used;
        used = parse_real(s, len, &value);
    }
    if (used == 0) {
        // A sign alone, or nothing, before the j.
        used = len && (*s == '+' || *s == '-');
        value = used && *s == '-' ? -1 : 1;
    }
    if (used + 1 != len || (s[used] | 0x20) != 'j') {
        return false;
    }
    *imag = value;
    return true;
}

mp_obj_t mp_parse_num_decimal(const char *text, size_t text_len, bool allow_imag, bool force_complex, mp_lexer_t *lex) {
    size_t len = text_len;
    const char *s = ascii_digits(text, &len);
    s = s ? s : text;
    trim(&s, &len);
    double value = 0, imag;
    if (force_complex) {
        if (!parse_complex(s, len, &value, &imag)) {
            raise_error(lex, "complex() arg is a malformed string", NULL, 0);
        }
        return mp_obj_new_complex(value, imag);
    }
    size_t used = parse_real(s, len, &value);
    if (used && allow_imag && used + 1 == len && (s[used] | 0x20) == 'j') {
        return mp_obj_new_complex(0, value);
    }
    if (used == 0 || used != len) {
        if (lex) {
            raise_error(lex, "invalid decimal literal", NULL, 0);
        }
        raise_error(NULL, "could not convert string to float: ", text, text_len);
    }
    return mp_obj_new_float(value);
}
