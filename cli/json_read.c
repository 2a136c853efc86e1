/* cli/json_read.c: see json_read.h.
 *
 * CBOR wants the number of items before the items, so the text is read twice by the same code: the first pass writes
 * nothing and notes the number of items of each container in order, the second writes. Whatever is wrong is found by
 * the first pass, except for want of memory. Files may come from anywhere: every read is bounded by `end`.
 */
#include "json_read.h"

#include "utf8.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    const char *start, *at, *end;
    const char *message; /* the first error, NULL while there is none; `at` is then where */
    hermetic_encoder *out;
    bool writing;        /* the second pass */
    size_t *counts;      /* items of each container, in the order of their opening brackets */
    size_t count_len, count_capacity;
    char *scratch;       /* one decoded string; as large as the text, so that it never has to grow */
};

static bool fail(struct reader *r, const char *message)
{
    if (!r->message)
        r->message = message;
    return false;
}

static void skip_space(struct reader *r)
{
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r'))
        r->at++;
}

/* The next character after white space; NUL at the end (a NUL in the text is never valid, so the two may be mixed). */
static char peek(struct reader *r)
{
    skip_space(r);
    return r->at < r->end ? *r->at : 0;
}

/* ---- containers -------------------------------------------------------------------------------------------------- */

/* First pass: keeps a place for a container's count. Second pass: returns the index of the next one. */
static bool count_open(struct reader *r, size_t *index)
{
    *index = r->count_len;
    if (!r->writing && r->count_len == r->count_capacity) {
        size_t capacity = r->count_capacity ? r->count_capacity * 2 : 64;
        size_t *grown = realloc(r->counts, capacity * sizeof *grown);
        if (!grown)
            return fail(r, "out of memory");
        r->counts = grown;
        r->count_capacity = capacity;
    }
    if (!r->writing)
        r->counts[*index] = 0;
    r->count_len++;
    return true;
}

/* ---- strings ----------------------------------------------------------------------------------------------------- */

static bool read_hex4(struct reader *r, uint32_t *out)
{
    uint32_t value = 0;
    if (r->end - r->at < 4)
        return fail(r, "expected four hexadecimal digits after \\u");
    for (int i = 0; i < 4; i++, r->at++) {
        char c = *r->at;
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                                : 16;
        if (digit == 16)
            return fail(r, "expected four hexadecimal digits after \\u");
        value = value << 4 | digit;
    }
    *out = value;
    return true;
}

static size_t put_utf8(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3f));
        out[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3f));
    out[2] = (char)(0x80 | (c >> 6 & 0x3f));
    out[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

/* After a backslash. */
static bool read_escape(struct reader *r, char *out, size_t *len)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    char c = r->at < r->end ? *r->at : 0;
    const char *known = c ? strchr(names, c) : NULL;
    if (known) {
        out[(*len)++] = values[known - names];
        r->at++;
        return true;
    }
    if (c != 'u')
        return fail(r, "unknown escape in a string");
    r->at++;
    uint32_t code, low;
    if (!read_hex4(r, &code))
        return false;
    if (code >= 0xdc00 && code <= 0xdfff)
        return fail(r, "lone surrogate in a string");
    if (code >= 0xd800 && code <= 0xdbff) {
        if (r->end - r->at < 2 || r->at[0] != '\\' || r->at[1] != 'u')
            return fail(r, "lone surrogate in a string");
        r->at += 2;
        if (!read_hex4(r, &low))
            return false;
        if (low < 0xdc00 || low > 0xdfff)
            return fail(r, "lone surrogate in a string");
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    *len += put_utf8(out + *len, code);
    return true;
}

static bool read_string(struct reader *r)
{
    if (peek(r) != '"')
        return fail(r, "expected a string");
    r->at++;
    char *out = r->scratch; /* an escape is never shorter than what it stands for: `out` stays behind `at` */
    size_t len = 0;
    while (r->at < r->end) {
        unsigned char c = (unsigned char)*r->at;
        if (c == '"') {
            r->at++;
            if (r->writing)
                hermetic_encode_str(r->out, out, len);
            return true;
        }
        if (c < 0x20)
            return fail(r, "control character in a string");
        if (c == '\\') {
            r->at++;
            if (!read_escape(r, out, &len))
                return false;
            continue;
        }
        size_t n = utf8_length((const unsigned char *)r->at, (const unsigned char *)r->end);
        if (n == 0)
            return fail(r, "invalid UTF-8 in a string");
        memcpy(out + len, r->at, n);
        len += n;
        r->at += n;
    }
    return fail(r, "unterminated string");
}

/* ---- numbers ----------------------------------------------------------------------------------------------------- */

static bool is_digit(const struct reader *r)
{
    return r->at < r->end && *r->at >= '0' && *r->at <= '9';
}

/* Decimal digits of more than 64 bits, by Horner's rule in base 2^32. */
static void write_bigint(struct reader *r, const char *digits, size_t count, bool negative)
{
    enum { LIMBS = JSON_MAX_DIGITS * 4 / 32 + 1 }; /* a digit is less than four bits */
    uint32_t limbs[LIMBS];
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t carry = (uint64_t)(digits[i] - '0');
        for (size_t k = 0; k < used; k++) {
            carry += (uint64_t)limbs[k] * 10;
            limbs[k] = (uint32_t)carry;
            carry >>= 32;
        }
        if (carry)
            limbs[used++] = (uint32_t)carry;
    }
    if (negative) /* CBOR's negative integer is -1 - magnitude; the value is not 0, so the borrow ends */
        for (size_t k = 0; k < used && limbs[k]-- == 0;)
            k++;
    uint8_t bytes[LIMBS * 4];
    size_t len = 0;
    for (size_t k = used; k-- > 0;)
        for (int shift = 24; shift >= 0; shift -= 8) {
            uint8_t byte = (uint8_t)(limbs[k] >> shift);
            if (len > 0 || byte != 0)
                bytes[len++] = byte;
        }
    hermetic_encode_bigint(r->out, bytes, len, negative);
}

static void write_integer(struct reader *r, const char *digits, size_t count, bool negative)
{
    uint64_t value = 0, most = negative ? UINT64_C(1) << 63 : INT64_MAX;
    for (size_t i = 0; i < count; i++) {
        uint64_t digit = (uint64_t)(digits[i] - '0');
        if (value > (most - digit) / 10) {
            write_bigint(r, digits, count, negative);
            return;
        }
        value = value * 10 + digit;
    }
    hermetic_encode_int(r->out, !negative ? (int64_t)value : value ? -(int64_t)(value - 1) - 1 : 0);
}

static bool read_number(struct reader *r)
{
    const char *start = r->at;
    bool negative = *r->at == '-';
    if (negative)
        r->at++;
    const char *digits = r->at;
    if (!is_digit(r))
        return fail(r, "expected a value");
    while (is_digit(r))
        r->at++;
    size_t count = (size_t)(r->at - digits);
    if (count > 1 && *digits == '0')
        return fail(r, "number with a leading zero");
    bool real = false;
    if (r->at < r->end && *r->at == '.') {
        real = true;
        r->at++;
        if (!is_digit(r))
            return fail(r, "expected a digit after the decimal point");
        while (is_digit(r))
            r->at++;
    }
    if (r->at < r->end && (*r->at == 'e' || *r->at == 'E')) {
        real = true;
        r->at++;
        if (r->at < r->end && (*r->at == '+' || *r->at == '-'))
            r->at++;
        if (!is_digit(r))
            return fail(r, "expected a digit in the exponent");
        while (is_digit(r))
            r->at++;
    }
    if (!real) {
        if (count > JSON_MAX_DIGITS)
            return fail(r, "integer of more than 4300 digits");
        if (r->writing)
            write_integer(r, digits, count, negative);
        return true;
    }
    /* The grammar was checked above and the text ends in NUL, so strtod stops where this reader did; the command never
     * sets LC_NUMERIC, so the point is a point. */
    double value = strtod(start, NULL);
    if (!isfinite(value))
        return fail(r, "number out of range");
    if (r->writing)
        hermetic_encode_float(r->out, value);
    return true;
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

static bool read_word(struct reader *r, const char *word)
{
    size_t len = strlen(word);
    if ((size_t)(r->end - r->at) < len || memcmp(r->at, word, len) != 0)
        return fail(r, "expected a value");
    r->at += len;
    return true;
}

static bool read_value(struct reader *r, int depth);

/* At an opening bracket or brace. */
static bool read_container(struct reader *r, int depth, bool object)
{
    char close = object ? '}' : ']';
    size_t index, count = 0;
    if (depth >= JSON_MAX_DEPTH)
        return fail(r, "nested more than 99 deep");
    if (!count_open(r, &index))
        return false;
    if (r->writing && object)
        hermetic_encode_dict(r->out, r->counts[index]);
    else if (r->writing)
        hermetic_encode_list(r->out, r->counts[index]);
    r->at++;
    if (peek(r) == close) {
        r->at++;
        return true;
    }
    for (;;) {
        if (object) {
            if (!read_string(r))
                return false;
            if (peek(r) != ':')
                return fail(r, "expected ':'");
            r->at++;
        }
        if (!read_value(r, depth + 1))
            return false;
        count++;
        char next = peek(r);
        if (next != ',' && next != close)
            return fail(r, object ? "expected ',' or '}'" : "expected ',' or ']'");
        r->at++;
        if (next == close)
            break;
    }
    if (!r->writing)
        r->counts[index] = count;
    return true;
}

static bool read_value(struct reader *r, int depth)
{
    char c = peek(r);
    switch (c) {
    case '{':
    case '[':
        return read_container(r, depth, c == '{');
    case '"':
        return read_string(r);
    case 'n':
        if (!read_word(r, "null"))
            return false;
        if (r->writing)
            hermetic_encode_none(r->out);
        return true;
    case 't':
    case 'f':
        if (!read_word(r, c == 't' ? "true" : "false"))
            return false;
        if (r->writing)
            hermetic_encode_bool(r->out, c == 't');
        return true;
    default:
        if (c == '-' || (c >= '0' && c <= '9'))
            return read_number(r);
        return fail(r, r->at == r->end ? "unexpected end" : "expected a value");
    }
}

static bool read_document(struct reader *r)
{
    r->at = r->start;
    r->count_len = 0;
    if (r->end - r->at >= 3 && memcmp(r->at, "\xef\xbb\xbf", 3) == 0)
        r->at += 3;
    if (!read_value(r, 0))
        return false;
    skip_space(r);
    return r->at == r->end ? true : fail(r, "text after the value");
}

static void locate(const struct reader *r, struct json_error *error)
{
    const char *line = r->start;
    error->message = r->message;
    error->line = 1;
    for (const char *p = r->start; p < r->at; p++)
        if (*p == '\n') {
            error->line++;
            line = p + 1;
        }
    error->column = (size_t)(r->at - line) + 1;
}

bool json_read(const char *text, size_t len, hermetic_encoder *out, struct json_error *error)
{
    struct reader r = { .start = text, .end = text + len, .out = out };
    size_t before = out->len;
    r.at = text;
    r.scratch = malloc(len + 1);
    bool ok = r.scratch ? read_document(&r) : fail(&r, "out of memory");
    if (ok) {
        r.writing = true;
        ok = read_document(&r);
        if (ok && out->status < 0)
            ok = fail(&r, "out of memory");
    }
    if (!ok) {
        locate(&r, error);
        if (out->status == 0)
            out->len = before;
    }
    free(r.scratch);
    free(r.counts);
    return ok;
}
