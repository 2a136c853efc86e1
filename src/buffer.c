/* src/buffer.c: see buffer.h. */
#include "buffer.h"

#include <string.h>

#include "alloc.h"

bool hermetic__buffer_reserve(struct hermetic__buffer *b, size_t more)
{
    if (more <= b->capacity - b->len)
        return true;
    if (more > SIZE_MAX / 2 - b->len)
        return false;
    size_t want = b->len + more;
    /* Half as much again, so that many small appends cost few copies; not double, as limits are promised on it. */
    size_t capacity = b->capacity + b->capacity / 2;
    if (capacity < want)
        capacity = want;
    if (capacity < 256)
        capacity = 256;
    uint8_t *data = hermetic__realloc(b->data, capacity);
    if (!data)
        return false;
    b->data = data;
    b->capacity = capacity;
    return true;
}

bool hermetic__buffer_append(struct hermetic__buffer *b, const void *data, size_t len)
{
    if (!hermetic__buffer_reserve(b, len))
        return false;
    if (len)
        memcpy(b->data + b->len, data, len);
    b->len += len;
    return true;
}

void hermetic__buffer_free(struct hermetic__buffer *b)
{
    hermetic__free(b->data);
    *b = (struct hermetic__buffer){0};
}
