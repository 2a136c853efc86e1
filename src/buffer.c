/* src/buffer.c: see buffer.h. */
#include "buffer.h"

#include <string.h>

#include "alloc.h"

bool hermetic__buffer_reserve(struct hermetic__buffer *b, size_t more, size_t most)
{
    if (more <= b->capacity - b->len)
        return true;
    if (b->len > most || more > most - b->len)
        return false;
    size_t want = b->len + more;
    size_t capacity = b->capacity < SIZE_MAX / 2 ? b->capacity + b->capacity / 2 : want;
    if (capacity < 256)
        capacity = 256;
    if (capacity > most)
        capacity = most;
    if (capacity < want)
        capacity = want;
    uint8_t *data = hermetic__realloc(b->data, capacity);
    if (!data)
        return false;
    b->data = data;
    b->capacity = capacity;
    return true;
}

bool hermetic__buffer_append(struct hermetic__buffer *b, const void *data, size_t len, size_t most)
{
    if (!hermetic__buffer_reserve(b, len, most))
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
