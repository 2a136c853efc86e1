/* src/buffer.h: a growing array of bytes. Kept from run to run, so that the steady state allocates nothing. */
#ifndef HERMETIC_SRC_BUFFER_H
#define HERMETIC_SRC_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <hermetic.h>

struct hermetic__buffer {
    uint8_t *data;
    size_t len, capacity;
};

/* Makes room for `more` bytes after len. Rounds up for later growth, but never above `most` bytes in all: limits are
 * promised on capacities. False, and unchanged, when memory is refused; asking for more than `most` is refused too. */
bool hermetic__buffer_reserve(struct hermetic__buffer *b, size_t more, size_t most);
bool hermetic__buffer_append(struct hermetic__buffer *b, const void *data, size_t len, size_t most);
void hermetic__buffer_free(struct hermetic__buffer *b);

static inline hermetic_bytes hermetic__buffer_bytes(const struct hermetic__buffer *b)
{
    return (hermetic_bytes){b->data, b->len};
}

#endif
