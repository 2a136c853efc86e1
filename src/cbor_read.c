/* src/cbor_read.c: hermetic_decode, the pull reader.
 *
 * Reads hostile bytes. Invariants: never past `end`; on an error the cursor is where it was; a count that is handed out
 * is at most the number of bytes left, so that nobody is led to reserve memory for items that cannot be there. Strings
 * are checked for UTF-8 and texts of times for their form, so what a host sees is always well formed.
 */
#include <string.h>

#include "cbor.h"
#include "utf8.h"

int hermetic__cbor_read_long_head(const uint8_t **cursor, const uint8_t *end, struct hermetic__cbor_head *head)
{
    const uint8_t *p = *cursor;
    if (p == end)
        return HERMETIC_E_CBOR;
    head->major = *p >> 5;
    head->info = *p & 31;
    p++;
    if (head->info < 24) {
        head->value = head->info;
    } else {
        if (head->info > 27)
            return HERMETIC_E_CBOR;
        size_t bytes = (size_t)1 << (head->info - 24);
        if ((size_t)(end - p) < bytes)
            return HERMETIC_E_CBOR;
        head->value = 0;
        for (size_t i = 0; i < bytes; i++)
            head->value = head->value << 8 | *p++;
    }
    *cursor = p;
    return 0;
}

/* Takes the bytes that a head of a string promised. */
static int take(const uint8_t **cursor, const uint8_t *end, uint64_t len, hermetic_bytes *bytes)
{
    if (len > (uint64_t)(end - *cursor))
        return HERMETIC_E_CBOR;
    *bytes = (hermetic_bytes){*cursor, (size_t)len};
    *cursor += len;
    return 0;
}

/* An integer: in .integer when it fits, else a magnitude in .bytes. `p` is behind the head. */
static void set_integer(hermetic_item *item, const struct hermetic__cbor_head *head, const uint8_t *p)
{
    item->negative = head->major == HERMETIC__CBOR_NINT;
    if (head->value <= INT64_MAX) {
        item->kind = HERMETIC_INT;
        item->integer = item->negative ? -1 - (int64_t)head->value : (int64_t)head->value;
    } else {
        item->kind = HERMETIC_BIGINT; /* the head's own 8 bytes are the magnitude */
        item->bytes = (hermetic_bytes){p - 8, 8};
    }
}

/* The byte string behind tag 2 or 3. Values that would have fitted a head are accepted, and become INT. */
static int read_big(const uint8_t **cursor, const uint8_t *end, bool negative, hermetic_item *item)
{
    struct hermetic__cbor_head head;
    hermetic_bytes bytes;
    if (hermetic__cbor_read_head(cursor, end, &head) < 0 || head.major != HERMETIC__CBOR_BYTES ||
        take(cursor, end, head.value, &bytes) < 0)
        return HERMETIC_E_CBOR;
    while (bytes.len && *bytes.data == 0) {
        bytes.data++;
        bytes.len--;
    }
    item->negative = negative;
    if (bytes.len < 8 || (bytes.len == 8 && *bytes.data < 0x80)) {
        uint64_t value = 0;
        for (size_t i = 0; i < bytes.len; i++)
            value = value << 8 | bytes.data[i];
        item->kind = HERMETIC_INT;
        item->integer = negative ? -1 - (int64_t)value : (int64_t)value;
    } else {
        item->kind = HERMETIC_BIGINT;
        item->bytes = bytes;
    }
    return 0;
}

/* Any integer, big or not. */
static int read_integer(const uint8_t **cursor, const uint8_t *end, hermetic_item *item)
{
    struct hermetic__cbor_head head;
    if (hermetic__cbor_read_head(cursor, end, &head) < 0)
        return HERMETIC_E_CBOR;
    if (head.major <= HERMETIC__CBOR_NINT) {
        set_integer(item, &head, *cursor);
        return 0;
    }
    if (head.major == HERMETIC__CBOR_TAG && (head.value == HERMETIC__TAG_BIG || head.value == HERMETIC__TAG_BIG_NEGATIVE))
        return read_big(cursor, end, head.value == HERMETIC__TAG_BIG_NEGATIVE, item);
    return HERMETIC_E_CBOR;
}

static int read_small_integer(const uint8_t **cursor, const uint8_t *end, int64_t *value)
{
    hermetic_item item;
    if (read_integer(cursor, end, &item) < 0 || item.kind != HERMETIC_INT)
        return HERMETIC_E_CBOR;
    *value = item.integer;
    return 0;
}

int hermetic__cbor_read_text(const uint8_t **cursor, const uint8_t *end, hermetic_bytes *text)
{
    struct hermetic__cbor_head head;
    if (hermetic__cbor_read_head(cursor, end, &head) < 0 || head.major != HERMETIC__CBOR_STR ||
        take(cursor, end, head.value, text) < 0 || !hermetic__utf8_valid(text->data, text->len))
        return HERMETIC_E_CBOR;
    return 0;
}

static int read_array(const uint8_t **cursor, const uint8_t *end, size_t *count)
{
    struct hermetic__cbor_head head;
    if (hermetic__cbor_read_head(cursor, end, &head) < 0 || head.major != HERMETIC__CBOR_ARRAY ||
        head.value > (uint64_t)(end - *cursor))
        return HERMETIC_E_CBOR;
    *count = (size_t)head.value;
    return 0;
}

static int read_tag_head(const uint8_t **cursor, const uint8_t *end, uint64_t tag)
{
    struct hermetic__cbor_head head;
    if (hermetic__cbor_read_head(cursor, end, &head) < 0 || head.major != HERMETIC__CBOR_TAG || head.value != tag)
        return HERMETIC_E_CBOR;
    return 0;
}

/* {1: seconds} or {1: seconds, -6: microseconds}, within what Python's timedelta holds. */
static int read_timedelta(const uint8_t **cursor, const uint8_t *end, hermetic_item *item)
{
    const int64_t most = INT64_C(999999999) * 86400;
    struct hermetic__cbor_head head;
    int64_t key;
    if (hermetic__cbor_read_head(cursor, end, &head) < 0 || head.major != HERMETIC__CBOR_MAP || head.value < 1 ||
        head.value > 2)
        return HERMETIC_E_CBOR;
    if (read_small_integer(cursor, end, &key) < 0 || key != 1 || read_small_integer(cursor, end, &item->integer) < 0 ||
        item->integer < -most || item->integer > most + 86399)
        return HERMETIC_E_CBOR;
    if (head.value == 2 &&
        (read_small_integer(cursor, end, &key) < 0 || key != -6 ||
         read_small_integer(cursor, end, &item->fraction) < 0 || item->fraction < 0 || item->fraction > 999999))
        return HERMETIC_E_CBOR;
    item->kind = HERMETIC_TIMEDELTA;
    return 0;
}

/* [exponent, mantissa]. */
static int read_decimal(const uint8_t **cursor, const uint8_t *end, hermetic_item *item)
{
    const int64_t most = INT64_C(999999999999999999); /* decimal.MAX_EMAX */
    size_t count;
    int64_t exponent;
    hermetic_item mantissa;
    memset(&mantissa, 0, sizeof(mantissa));
    if (read_array(cursor, end, &count) < 0 || count != 2 || read_small_integer(cursor, end, &exponent) < 0 ||
        exponent < -2 * most || exponent > most || read_integer(cursor, end, &mantissa) < 0)
        return HERMETIC_E_CBOR;
    *item = mantissa;
    item->kind = HERMETIC_DECIMAL;
    item->fraction = mantissa.integer;
    item->integer = exponent;
    return 0;
}

static int read_decimal_special(const uint8_t **cursor, const uint8_t *end, hermetic_item *item)
{
    static const char *const texts[] = {"NaN", "-NaN", "sNaN", "-sNaN", "Infinity", "-Infinity"};
    if (hermetic__cbor_read_text(cursor, end, &item->bytes) < 0)
        return HERMETIC_E_CBOR;
    item->kind = HERMETIC_DECIMAL;
    item->boolean = 1;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        if (hermetic__bytes_equal(item->bytes, texts[i], strlen(texts[i])))
            return 0;
    return HERMETIC_E_CBOR;
}

static int read_time(const uint8_t **cursor, const uint8_t *end, enum hermetic_kind kind, hermetic_item *item)
{
    item->kind = kind;
    if (hermetic__cbor_read_text(cursor, end, &item->bytes) < 0 || !hermetic__cbor_time_valid(kind, item->bytes.data, item->bytes.len))
        return HERMETIC_E_CBOR;
    return 0;
}

static int read_uuid(const uint8_t **cursor, const uint8_t *end, hermetic_item *item)
{
    struct hermetic__cbor_head head;
    item->kind = HERMETIC_UUID;
    if (hermetic__cbor_read_head(cursor, end, &head) < 0 || head.major != HERMETIC__CBOR_BYTES || head.value != 16)
        return HERMETIC_E_CBOR;
    return take(cursor, end, 16, &item->bytes);
}

static int read_tagged(const uint8_t **cursor, const uint8_t *end, uint64_t tag, hermetic_item *item)
{
    switch (tag) {
    case HERMETIC__TAG_BIG: return read_big(cursor, end, false, item);
    case HERMETIC__TAG_BIG_NEGATIVE: return read_big(cursor, end, true, item);
    case HERMETIC__TAG_DATETIME: return read_time(cursor, end, HERMETIC_DATETIME, item);
    case HERMETIC__TAG_DATE: return read_time(cursor, end, HERMETIC_DATE, item);
    case HERMETIC__TAG_TIME: return read_time(cursor, end, HERMETIC_TIME, item);
    case HERMETIC__TAG_TIMEDELTA: return read_timedelta(cursor, end, item);
    case HERMETIC__TAG_DECIMAL: return read_decimal(cursor, end, item);
    case HERMETIC__TAG_DECIMAL_SPECIAL: return read_decimal_special(cursor, end, item);
    case HERMETIC__TAG_UUID: return read_uuid(cursor, end, item);
    case HERMETIC__TAG_TUPLE: item->kind = HERMETIC_TUPLE; return read_array(cursor, end, &item->count);
    case HERMETIC__TAG_SET: item->kind = HERMETIC_SET; return read_array(cursor, end, &item->count);
    case HERMETIC__TAG_FROZENSET:
        item->kind = HERMETIC_FROZENSET;
        if (read_tag_head(cursor, end, HERMETIC__TAG_SET) < 0)
            return HERMETIC_E_CBOR;
        return read_array(cursor, end, &item->count);
    default: return HERMETIC_E_CBOR;
    }
}

static int read_simple(const struct hermetic__cbor_head *head, hermetic_item *item)
{
    if (head->info == 27) {
        item->kind = HERMETIC_FLOAT;
        memcpy(&item->real, &head->value, sizeof(item->real));
        return 0;
    }
    switch (head->info) {
    case 20:
    case 21: item->kind = HERMETIC_BOOL; item->boolean = head->info == 21; return 0;
    case 22: item->kind = HERMETIC_NONE; return 0;
    default: return HERMETIC_E_CBOR;
    }
}

static int read_item(const uint8_t **cursor, const uint8_t *end, hermetic_item *item)
{
    struct hermetic__cbor_head head;
    if (hermetic__cbor_read_head(cursor, end, &head) < 0)
        return HERMETIC_E_CBOR;
    switch (head.major) {
    case HERMETIC__CBOR_UINT:
    case HERMETIC__CBOR_NINT: set_integer(item, &head, *cursor); return 0;
    case HERMETIC__CBOR_BYTES: item->kind = HERMETIC_BYTES; return take(cursor, end, head.value, &item->bytes);
    case HERMETIC__CBOR_STR:
        item->kind = HERMETIC_STR;
        if (take(cursor, end, head.value, &item->bytes) < 0)
            return HERMETIC_E_CBOR;
        return hermetic__utf8_valid(item->bytes.data, item->bytes.len) ? 0 : HERMETIC_E_CBOR;
    case HERMETIC__CBOR_ARRAY:
    case HERMETIC__CBOR_MAP:
        item->kind = head.major == HERMETIC__CBOR_ARRAY ? HERMETIC_LIST : HERMETIC_DICT;
        if (head.value > (uint64_t)(end - *cursor) / (head.major == HERMETIC__CBOR_ARRAY ? 1 : 2))
            return HERMETIC_E_CBOR;
        item->count = (size_t)head.value;
        return 0;
    case HERMETIC__CBOR_TAG: return read_tagged(cursor, end, head.value, item);
    default: return read_simple(&head, item);
    }
}

int hermetic_decode(const uint8_t **cursor, const uint8_t *end, hermetic_item *item)
{
    const uint8_t *p = *cursor;
    memset(item, 0, sizeof(*item));
    if (p == end)
        return 0; /* HERMETIC_END */
    int status = read_item(&p, end, item);
    if (status < 0) {
        memset(item, 0, sizeof(*item));
        return status;
    }
    *cursor = p;
    return 0;
}
