/* cli/json_write.c: see json_write.h.
 *
 * The values are the guest's. The library has checked their form and depth; the depth is bounded here once more, since
 * this file recurses, and every loop ends with the bytes of the value.
 */
#include "json_write.h"

#include "utf8.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_DEPTH = 100,
    MAX_DIGITS = 4300, /* of an integer; CPython's own bound on text. Longer ones are hexadecimal, in linear time */
    MAX_DIGITS_BYTES = 1786 /* 10 ** 4300 < 256 ** 1786 */
};

/* ---- text -------------------------------------------------------------------------------------------------------- */

void json_free(struct json_text *json)
{
    free(json->data);
    *json = (struct json_text){ 0 };
}

/* Room for `len` more bytes, or NULL. */
static char *grow(struct json_text *json, size_t len)
{
    if (json->failed)
        return NULL;
    if (len > json->capacity - json->len) {
        size_t capacity = json->capacity ? json->capacity : 256;
        while (capacity - json->len < len && capacity <= SIZE_MAX / 2)
            capacity *= 2;
        char *data = capacity - json->len < len ? NULL : realloc(json->data, capacity);
        if (!data) {
            json->failed = true;
            return NULL;
        }
        json->data = data;
        json->capacity = capacity;
    }
    return json->data + json->len;
}

static void put(struct json_text *json, const void *data, size_t len)
{
    char *room = grow(json, len);
    if (room && len) {
        memcpy(room, data, len);
        json->len += len;
    }
}

void json_put(struct json_text *json, const char *text)
{
    put(json, text, strlen(text));
}

void json_put_uint(struct json_text *json, uint64_t value)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, value);
    json_put(json, digits);
}

static void put_char(struct json_text *json, unsigned char c)
{
    static const char named[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *known = c ? strchr(named, c) : NULL;
    char escape[8];
    if (known)
        snprintf(escape, sizeof escape, "\\%c", letters[known - named]);
    else if (c < 0x20 || c == 0x7f)
        snprintf(escape, sizeof escape, "\\u%04x", c);
    else
        snprintf(escape, sizeof escape, "%c", c);
    json_put(json, escape);
}

void json_put_bytes(struct json_text *json, hermetic_bytes utf8)
{
    const unsigned char *at = utf8.data, *end = at ? at + utf8.len : at;
    json_put(json, "\"");
    while (at < end && !json->failed) {
        /* The longest stretch that needs nothing done to it. */
        const unsigned char *plain = at;
        while (at < end && *at >= 0x20 && *at < 0x7f && *at != '"' && *at != '\\')
            at++;
        put(json, plain, (size_t)(at - plain));
        if (at == end)
            break;
        if (*at < 0x80) {
            put_char(json, *at++);
            continue;
        }
        size_t n = utf8_length(at, end);
        if (n)
            put(json, at, n);
        else
            json_put(json, "\xef\xbf\xbd");
        at += n ? n : 1;
    }
    json_put(json, "\"");
}

void json_put_str(struct json_text *json, const char *text)
{
    json_put_bytes(json, (hermetic_bytes){ (const uint8_t *)text, strlen(text) });
}

/* ---- numbers ----------------------------------------------------------------------------------------------------- */

/* The shortest digits that read back as the same number, always with a mark of a float. */
static void put_float(struct json_text *json, double value)
{
    char digits[40];
    if (!isfinite(value)) {
        json_put(json, "{\"$float\": ");
        json_put(json, isnan(value) ? "\"nan\"}" : value > 0 ? "\"inf\"}" : "\"-inf\"}");
        return;
    }
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, value);
        if (strtod(digits, NULL) == value)
            break;
    }
    json_put(json, digits);
    if (!strpbrk(digits, ".e"))
        json_put(json, ".0");
}

enum { LIMBS = MAX_DIGITS_BYTES / 4 + 2, DIGITS_ROOM = LIMBS * 10 + 1 }; /* 10 digits are more than 32 bits */

/* The decimal digits of magnitude + `more`, NUL-terminated, somewhere in `room`; of at most MAX_DIGITS_BYTES. */
static const char *decimal_digits(hermetic_bytes magnitude, bool more, char room[DIGITS_ROOM])
{
    enum { CHUNK = 1000000000, CHUNK_DIGITS = 9 };
    uint32_t limbs[LIMBS] = { 0 }; /* little-endian; the last stays free for a carry */
    for (size_t i = 0; i < magnitude.len; i++) {
        size_t from_low = magnitude.len - 1 - i;
        limbs[from_low / 4] |= (uint32_t)magnitude.data[i] << 8 * (from_low % 4);
    }
    if (more)
        for (size_t k = 0; k < LIMBS && ++limbs[k] == 0;)
            k++;
    size_t used = LIMBS;
    char *first = room + DIGITS_ROOM - 1;
    *first = 0;
    for (;;) {
        while (used > 0 && limbs[used - 1] == 0)
            used--;
        if (used == 0)
            break;
        uint64_t rest = 0;
        for (size_t k = used; k-- > 0;) {
            rest = rest << 32 | limbs[k];
            limbs[k] = (uint32_t)(rest / CHUNK);
            rest %= CHUNK;
        }
        for (int i = 0; i < CHUNK_DIGITS; i++, rest /= 10)
            *--first = (char)('0' + rest % 10);
    }
    while (*first == '0')
        first++;
    if (!*first)
        *--first = '0';
    return first;
}

static void put_hex(struct json_text *json, const uint8_t *data, size_t len)
{
    static const char hex[] = "0123456789abcdef";
    char *out = grow(json, 2 * len);
    if (!out)
        return;
    for (size_t i = 0; i < len; i++) {
        *out++ = hex[data[i] >> 4];
        *out++ = hex[data[i] & 15];
    }
    json->len += 2 * len;
}

static void put_huge_int(struct json_text *json, hermetic_bytes magnitude, bool negative)
{
    /* -1 - magnitude in hexadecimal needs magnitude + 1: the carry goes through trailing bytes of 0xff. */
    size_t start, len = magnitude.len, carry = 0;
    json_put(json, negative ? "{\"$int\": \"-0x" : "{\"$int\": \"0x");
    start = json->len;
    if (negative) {
        while (carry < len && magnitude.data[len - 1 - carry] == 0xff)
            carry++;
        if (carry == len) {
            json_put(json, "01");
        } else {
            uint8_t raised = (uint8_t)(magnitude.data[len - 1 - carry] + 1);
            put_hex(json, magnitude.data, len - 1 - carry);
            put_hex(json, &raised, 1);
        }
        for (size_t i = 0; i < carry && !json->failed; i++)
            json_put(json, "00");
    } else {
        put_hex(json, magnitude.data, len);
    }
    if (!json->failed && json->data[start] == '0') /* no leading zero, as Python's hex() writes it */
        memmove(json->data + start, json->data + start + 1, --json->len - start);
    json_put(json, "\"}");
}

static hermetic_bytes without_leading_zeros(hermetic_bytes magnitude)
{
    while (magnitude.len && magnitude.data[0] == 0) {
        magnitude.data++;
        magnitude.len--;
    }
    return magnitude;
}

/* The value of a BIGINT item: `magnitude`, or -1 - magnitude. */
static void put_bigint(struct json_text *json, hermetic_bytes magnitude, bool negative)
{
    char room[DIGITS_ROOM];
    magnitude = without_leading_zeros(magnitude);
    const char *digits = magnitude.len > MAX_DIGITS_BYTES ? NULL : decimal_digits(magnitude, negative, room);
    if (!digits || strlen(digits) > MAX_DIGITS) {
        put_huge_int(json, magnitude, negative);
        return;
    }
    json_put(json, negative ? "-" : "");
    json_put(json, digits);
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

static void put_base64(struct json_text *json, hermetic_bytes data)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if (data.len > SIZE_MAX / 2) {
        json->failed = true;
        return;
    }
    size_t total = (data.len + 2) / 3 * 4;
    char *out = grow(json, total);
    if (!out)
        return;
    for (size_t i = 0; i < data.len; i += 3) {
        size_t left = data.len - i;
        uint32_t group = (uint32_t)data.data[i] << 16 | (left > 1 ? (uint32_t)data.data[i + 1] << 8 : 0) |
                         (left > 2 ? data.data[i + 2] : 0);
        *out++ = letters[group >> 18];
        *out++ = letters[group >> 12 & 63];
        *out++ = left > 1 ? letters[group >> 6 & 63] : '=';
        *out++ = left > 2 ? letters[group & 63] : '=';
    }
    json->len += total;
}

struct value_reader {
    struct json_text *json;
    const uint8_t *at, *end;
    char *plain;      /* for each dict, in the order of their heads: is it written as a JSON object? */
    size_t dict_len, dict_capacity;
};

static void put_item(struct value_reader *r, int depth);

static void put_items(struct value_reader *r, size_t count, int depth)
{
    json_put(r->json, "[");
    for (size_t i = 0; i < count && !r->json->failed; i++) {
        if (i)
            json_put(r->json, ", ");
        put_item(r, depth);
    }
    json_put(r->json, "]");
}

/* A dict can be a JSON object, and not be taken for a tagged form, when every key is a str that does not begin with
 * "$". This must be known before the first key is written. One walk over the value notes it for every dict: to look
 * ahead at each dict instead would read nested ones once a level. */
static bool survey_item(struct value_reader *r, int depth);

static bool survey_dict(struct value_reader *r, size_t count, int depth)
{
    size_t index = r->dict_len++;
    if (index == r->dict_capacity) {
        size_t capacity = index ? index * 2 : 64;
        char *grown = realloc(r->plain, capacity);
        if (!grown)
            return false;
        r->plain = grown;
        r->dict_capacity = capacity;
    }
    char plain = 1;
    for (size_t i = 0; i < count; i++) {
        const uint8_t *at = r->at;
        hermetic_item key;
        if (hermetic_decode(&at, r->end, &key) < 0)
            return false;
        if (key.kind != HERMETIC_STR || (key.bytes.len && key.bytes.data[0] == '$'))
            plain = 0;
        if (!survey_item(r, depth) || !survey_item(r, depth))
            return false;
    }
    r->plain[index] = plain;
    return true;
}

static bool survey_item(struct value_reader *r, int depth)
{
    hermetic_item item;
    if (depth > MAX_DEPTH || hermetic_decode(&r->at, r->end, &item) < 0 || item.kind == HERMETIC_END)
        return false;
    if (item.kind == HERMETIC_DICT)
        return survey_dict(r, item.count, depth + 1);
    if (item.kind == HERMETIC_LIST || item.kind == HERMETIC_TUPLE || item.kind == HERMETIC_SET ||
        item.kind == HERMETIC_FROZENSET)
        for (size_t i = 0; i < item.count; i++)
            if (!survey_item(r, depth + 1))
                return false;
    return true;
}

static void put_dict(struct value_reader *r, size_t count, int depth)
{
    bool plain = r->plain[r->dict_len++];
    json_put(r->json, plain ? "{" : "{\"$dict\": [");
    for (size_t i = 0; i < count && !r->json->failed; i++) {
        json_put(r->json, i ? ", " : "");
        json_put(r->json, plain ? "" : "[");
        put_item(r, depth);
        json_put(r->json, plain ? ": " : ", ");
        put_item(r, depth);
        json_put(r->json, plain ? "" : "]");
    }
    json_put(r->json, plain ? "}" : "]}");
}

static void put_tagged_text(struct json_text *json, const char *tag, hermetic_bytes text)
{
    json_put(json, "{\"$");
    json_put(json, tag);
    json_put(json, "\": ");
    json_put_bytes(json, text);
    json_put(json, "}");
}

/* As Python's str(Decimal): digits with a point, or with an exponent where the point would be far away. `scale` is the
 * guest's and may be any number. */
static void put_scaled(struct json_text *json, const char *digits, int64_t scale)
{
    char exponent[32];
    size_t len = strlen(digits);
    bool pointed = scale <= 0 && scale >= -(int64_t)len - 5;
    size_t decimals = pointed ? (size_t)-scale : 0;
    if (pointed && decimals < len) {
        put(json, digits, len - decimals);
        json_put(json, decimals ? "." : "");
        put(json, digits + len - decimals, decimals);
    } else if (pointed) {
        json_put(json, "0.");
        for (size_t i = len; i < decimals; i++)
            json_put(json, "0");
        put(json, digits, len);
    } else if (scale > INT64_MAX - (int64_t)len) {
        json->failed = true;
    } else {
        put(json, digits, 1);
        json_put(json, len > 1 ? "." : "");
        put(json, digits + 1, len - 1);
        snprintf(exponent, sizeof exponent, "E%+" PRId64, scale + (int64_t)len - 1);
        json_put(json, exponent);
    }
}

static void put_decimal(struct json_text *json, const hermetic_item *item)
{
    char room[DIGITS_ROOM];
    if (item->boolean) {
        put_tagged_text(json, "decimal", item->bytes);
        return;
    }
    /* A small mantissa is a number, a large one a magnitude as in put_bigint. */
    uint8_t small[8];
    hermetic_bytes magnitude = item->bytes;
    bool big = magnitude.len > 0, negative = big ? item->negative != 0 : item->fraction < 0;
    if (!big) {
        uint64_t value = negative ? (uint64_t)(-1 - item->fraction) : (uint64_t)item->fraction;
        for (int i = 0; i < 8; i++)
            small[i] = (uint8_t)(value >> 8 * (7 - i));
        magnitude = (hermetic_bytes){ small, 8 };
    }
    magnitude = without_leading_zeros(magnitude);
    if (magnitude.len > MAX_DIGITS_BYTES) {
        char exponent[32];
        json_put(json, "{\"$decimal\": [");
        put_bigint(json, magnitude, negative);
        snprintf(exponent, sizeof exponent, ", %" PRId64 "]}", item->integer);
        json_put(json, exponent);
        return;
    }
    json_put(json, negative ? "{\"$decimal\": \"-" : "{\"$decimal\": \"");
    put_scaled(json, decimal_digits(magnitude, negative, room), item->integer);
    json_put(json, "\"}");
}

static void put_uuid(struct json_text *json, hermetic_bytes uuid)
{
    if (uuid.len != 16) {
        json->failed = true;
        return;
    }
    json_put(json, "{\"$uuid\": \"");
    for (size_t i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            json_put(json, "-");
        put_hex(json, uuid.data + i, 1);
    }
    json_put(json, "\"}");
}

static void put_item(struct value_reader *r, int depth)
{
    struct json_text *json = r->json;
    hermetic_item item;
    char text[64];
    if (depth > MAX_DEPTH || hermetic_decode(&r->at, r->end, &item) < 0) {
        json->failed = true;
        return;
    }
    switch (item.kind) {
    case HERMETIC_NONE:
        json_put(json, "null");
        break;
    case HERMETIC_BOOL:
        json_put(json, item.boolean ? "true" : "false");
        break;
    case HERMETIC_INT:
        snprintf(text, sizeof text, "%" PRId64, item.integer);
        json_put(json, text);
        break;
    case HERMETIC_BIGINT:
        put_bigint(json, item.bytes, item.negative != 0);
        break;
    case HERMETIC_FLOAT:
        put_float(json, item.real);
        break;
    case HERMETIC_STR:
        json_put_bytes(json, item.bytes);
        break;
    case HERMETIC_BYTES:
        json_put(json, "{\"$bytes\": \"");
        put_base64(json, item.bytes);
        json_put(json, "\"}");
        break;
    case HERMETIC_LIST:
        put_items(r, item.count, depth + 1);
        break;
    case HERMETIC_TUPLE:
    case HERMETIC_SET:
    case HERMETIC_FROZENSET:
        json_put(json, item.kind == HERMETIC_TUPLE ? "{\"$tuple\": "
                       : item.kind == HERMETIC_SET ? "{\"$set\": "
                                                   : "{\"$frozenset\": ");
        put_items(r, item.count, depth + 1);
        json_put(json, "}");
        break;
    case HERMETIC_DICT:
        put_dict(r, item.count, depth + 1);
        break;
    case HERMETIC_DATETIME:
        put_tagged_text(json, "datetime", item.bytes);
        break;
    case HERMETIC_DATE:
        put_tagged_text(json, "date", item.bytes);
        break;
    case HERMETIC_TIME:
        put_tagged_text(json, "time", item.bytes);
        break;
    case HERMETIC_TIMEDELTA:
        snprintf(text, sizeof text, "{\"$timedelta\": [%" PRId64 ", %" PRId64 "]}", item.integer, item.fraction);
        json_put(json, text);
        break;
    case HERMETIC_DECIMAL:
        put_decimal(json, &item);
        break;
    case HERMETIC_UUID:
        put_uuid(json, item.bytes);
        break;
    default: /* HERMETIC_END: fewer items than a head said */
        json->failed = true;
        break;
    }
}

void json_put_value(struct json_text *json, hermetic_bytes cbor)
{
    struct value_reader r = { .json = json, .at = cbor.data, .end = cbor.data ? cbor.data + cbor.len : cbor.data };
    if (survey_item(&r, 0)) {
        r.at = cbor.data;
        r.dict_len = 0;
        put_item(&r, 0);
    } else {
        json->failed = true;
    }
    free(r.plain);
}
