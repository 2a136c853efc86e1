/* src/cbor_write.c: the writer of hermetic.h. Shortest heads; what it refuses, the reader would refuse. */
#include <string.h>

#include "alloc.h"
#include "cbor.h"
#include "utf8.h"

size_t hermetic__cbor_write_head(uint8_t *to, uint8_t major, uint64_t value)
{
    uint8_t first = (uint8_t)(major << 5);
    size_t bytes;
    if (value < 24) {
        *to = first | (uint8_t)value;
        return 1;
    }
    if (value <= UINT8_MAX)
        bytes = 1, first |= 24;
    else if (value <= UINT16_MAX)
        bytes = 2, first |= 25;
    else if (value <= UINT32_MAX)
        bytes = 4, first |= 26;
    else
        bytes = 8, first |= 27;
    *to = first;
    for (size_t i = 0; i < bytes; i++)
        to[1 + i] = (uint8_t)(value >> (8 * (bytes - 1 - i)));
    return 1 + bytes;
}

static void fail(hermetic_encoder *e, int status)
{
    if (e->status == 0)
        e->status = status;
}

/* Room for `more` bytes at the end, or NULL. */
static uint8_t *room(hermetic_encoder *e, size_t more)
{
    if (e->status < 0)
        return NULL;
    if (more > SIZE_MAX / 4 || e->len > SIZE_MAX / 4) {
        fail(e, HERMETIC_E_NOMEM);
        return NULL;
    }
    if (more > e->capacity - e->len) {
        size_t capacity = e->capacity * 2 > e->len + more ? e->capacity * 2 : e->len + more;
        if (capacity < 64)
            capacity = 64;
        uint8_t *data = hermetic__realloc(e->data, capacity);
        if (!data) {
            fail(e, HERMETIC_E_NOMEM);
            return NULL;
        }
        e->data = data;
        e->capacity = capacity;
    }
    return e->data + e->len;
}

static void head(hermetic_encoder *e, uint8_t major, uint64_t value)
{
    uint8_t *to = room(e, HERMETIC__CBOR_HEAD_MAX);
    if (to)
        e->len += hermetic__cbor_write_head(to, major, value);
}

static void append(hermetic_encoder *e, const void *data, size_t len)
{
    uint8_t *to = room(e, len);
    if (to && len) {
        memcpy(to, data, len);
        e->len += len;
    }
}

static void byte(hermetic_encoder *e, uint8_t value)
{
    append(e, &value, 1);
}

void hermetic_encode_none(hermetic_encoder *e)
{
    byte(e, 0xf6);
}

void hermetic_encode_bool(hermetic_encoder *e, int value)
{
    byte(e, value ? 0xf5 : 0xf4);
}

void hermetic_encode_int(hermetic_encoder *e, int64_t value)
{
    if (value >= 0)
        head(e, HERMETIC__CBOR_UINT, (uint64_t)value);
    else
        head(e, HERMETIC__CBOR_NINT, (uint64_t)(-1 - value));
}

void hermetic_encode_bigint(hermetic_encoder *e, const uint8_t *magnitude, size_t len, int negative)
{
    while (len && *magnitude == 0) {
        magnitude++;
        len--;
    }
    if (len <= 8) {
        uint64_t value = 0;
        for (size_t i = 0; i < len; i++)
            value = value << 8 | magnitude[i];
        head(e, negative ? HERMETIC__CBOR_NINT : HERMETIC__CBOR_UINT, value);
        return;
    }
    head(e, HERMETIC__CBOR_TAG, negative ? HERMETIC__TAG_BIG_NEGATIVE : HERMETIC__TAG_BIG);
    hermetic_encode_bytes(e, magnitude, len);
}

void hermetic_encode_float(hermetic_encoder *e, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof(bits));
    byte(e, 0xfb);
    uint8_t big[8];
    for (int i = 0; i < 8; i++)
        big[i] = (uint8_t)(bits >> (56 - 8 * i));
    append(e, big, sizeof(big));
}

void hermetic_encode_str(hermetic_encoder *e, const char *utf8, size_t len)
{
    if (!hermetic__utf8_valid((const uint8_t *)utf8, len)) {
        fail(e, HERMETIC_E_CBOR);
        return;
    }
    head(e, HERMETIC__CBOR_STR, len);
    append(e, utf8, len);
}

void hermetic_encode_bytes(hermetic_encoder *e, const void *data, size_t len)
{
    head(e, HERMETIC__CBOR_BYTES, len);
    append(e, data, len);
}

void hermetic_encode_list(hermetic_encoder *e, size_t count)
{
    head(e, HERMETIC__CBOR_ARRAY, count);
}

void hermetic_encode_tuple(hermetic_encoder *e, size_t count)
{
    head(e, HERMETIC__CBOR_TAG, HERMETIC__TAG_TUPLE);
    head(e, HERMETIC__CBOR_ARRAY, count);
}

void hermetic_encode_set(hermetic_encoder *e, size_t count, int frozen)
{
    if (frozen)
        head(e, HERMETIC__CBOR_TAG, HERMETIC__TAG_FROZENSET);
    head(e, HERMETIC__CBOR_TAG, HERMETIC__TAG_SET);
    head(e, HERMETIC__CBOR_ARRAY, count);
}

void hermetic_encode_dict(hermetic_encoder *e, size_t count)
{
    head(e, HERMETIC__CBOR_MAP, count);
}

void hermetic_encode_time(hermetic_encoder *e, enum hermetic_kind kind, const char *text, size_t len)
{
    if ((kind != HERMETIC_DATETIME && kind != HERMETIC_DATE && kind != HERMETIC_TIME) ||
        !hermetic__cbor_time_valid(kind, (const uint8_t *)text, len)) {
        fail(e, HERMETIC_E_CBOR);
        return;
    }
    head(e, HERMETIC__CBOR_TAG,
         kind == HERMETIC_DATETIME ? HERMETIC__TAG_DATETIME
         : kind == HERMETIC_DATE   ? HERMETIC__TAG_DATE
                                   : HERMETIC__TAG_TIME);
    hermetic_encode_str(e, text, len);
}

void hermetic_encode_timedelta(hermetic_encoder *e, int64_t seconds, int64_t microseconds)
{
    if (microseconds < 0 || microseconds > 999999) {
        fail(e, HERMETIC_E_CBOR);
        return;
    }
    head(e, HERMETIC__CBOR_TAG, HERMETIC__TAG_TIMEDELTA);
    hermetic_encode_dict(e, 2);
    hermetic_encode_int(e, 1);
    hermetic_encode_int(e, seconds);
    hermetic_encode_int(e, -6);
    hermetic_encode_int(e, microseconds);
}

void hermetic_encode_decimal(hermetic_encoder *e, int64_t exponent, const uint8_t *magnitude, size_t len, int negative)
{
    head(e, HERMETIC__CBOR_TAG, HERMETIC__TAG_DECIMAL);
    hermetic_encode_list(e, 2);
    hermetic_encode_int(e, exponent);
    hermetic_encode_bigint(e, magnitude, len, negative);
}

void hermetic_encode_decimal_special(hermetic_encoder *e, const char *text, size_t len)
{
    head(e, HERMETIC__CBOR_TAG, HERMETIC__TAG_DECIMAL_SPECIAL);
    hermetic_encode_str(e, text, len);
}

void hermetic_encode_uuid(hermetic_encoder *e, const uint8_t *bytes)
{
    head(e, HERMETIC__CBOR_TAG, HERMETIC__TAG_UUID);
    hermetic_encode_bytes(e, bytes, 16);
}

void hermetic_encode_raw(hermetic_encoder *e, hermetic_bytes cbor)
{
    append(e, cbor.data, cbor.len);
}

uint8_t *hermetic_encode_reserve(hermetic_encoder *e, size_t len)
{
    return room(e, len);
}

int hermetic_encode_done(hermetic_encoder *e)
{
    int status = e->status;
    if (status < 0) {
        hermetic__free(e->data);
        *e = (hermetic_encoder)HERMETIC_ENCODER_INIT;
    }
    return status;
}

void hermetic_free(void *allocated)
{
    hermetic__free(allocated);
}
