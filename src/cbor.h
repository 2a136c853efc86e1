/* src/cbor.h: what the CBOR files share: heads, and limits of the subset (docs/internals.md has the table). */
#ifndef HERMETIC_SRC_CBOR_H
#define HERMETIC_SRC_CBOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <hermetic.h>

#define HERMETIC__CBOR_DEPTH 100   /* containers inside each other */
#define HERMETIC__CBOR_HEAD_MAX 9u /* bytes of the longest head */

enum {
    HERMETIC__CBOR_UINT = 0,
    HERMETIC__CBOR_NINT = 1,
    HERMETIC__CBOR_BYTES = 2,
    HERMETIC__CBOR_STR = 3,
    HERMETIC__CBOR_ARRAY = 4,
    HERMETIC__CBOR_MAP = 5,
    HERMETIC__CBOR_TAG = 6,
    HERMETIC__CBOR_SIMPLE = 7
};

enum {
    HERMETIC__TAG_DATETIME = 0,
    HERMETIC__TAG_BIG = 2,
    HERMETIC__TAG_BIG_NEGATIVE = 3,
    HERMETIC__TAG_DECIMAL = 4,
    HERMETIC__TAG_UUID = 37,
    HERMETIC__TAG_SET = 258,
    HERMETIC__TAG_TIMEDELTA = 1002,
    HERMETIC__TAG_DATE = 1004,
    HERMETIC__TAG_TUPLE = 40000,
    HERMETIC__TAG_FROZENSET = 40001,
    HERMETIC__TAG_TIME = 40002,
    HERMETIC__TAG_DECIMAL_SPECIAL = 40003
};

struct hermetic__cbor_head {
    uint8_t major;
    uint8_t info;
    uint64_t value;
};

int hermetic__cbor_read_long_head(const uint8_t **cursor, const uint8_t *end, struct hermetic__cbor_head *head);

/* Reads one head and moves past it; HERMETIC_E_CBOR (and *cursor where it was) when it is cut short or of indefinite
 * length. */
static inline int hermetic__cbor_read_head(const uint8_t **cursor, const uint8_t *end, struct hermetic__cbor_head *head)
{
    if (*cursor == end || (**cursor & 31) >= 24)
        return hermetic__cbor_read_long_head(cursor, end, head);
    head->major = **cursor >> 5;
    head->info = **cursor & 31;
    head->value = head->info;
    ++*cursor;
    return 0;
}

/* Reads a text, checks its UTF-8 and moves past it; HERMETIC_E_CBOR, with *cursor anywhere. */
int hermetic__cbor_read_text(const uint8_t **cursor, const uint8_t *end, hermetic_bytes *text);

/* Writes the shortest head; returns its length. `to` has room for HERMETIC__CBOR_HEAD_MAX bytes. */
size_t hermetic__cbor_write_head(uint8_t *to, uint8_t major, uint64_t value);

/* Is it the text of a datetime, date or time that Python's classes can hold? */
bool hermetic__cbor_time_valid(enum hermetic_kind kind, const uint8_t *text, size_t len);

/* Checks one whole item of the subset and moves past it: HERMETIC_E_CBOR, with *cursor where it was. */
int hermetic__cbor_check_item(const uint8_t **cursor, const uint8_t *end);

static inline bool hermetic__bytes_equal(hermetic_bytes bytes, const char *text, size_t len)
{
    if (bytes.len != len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (bytes.data[i] != (uint8_t)text[i])
            return false;
    return true;
}

#endif
