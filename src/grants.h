/* src/grants.h: the names of the functions that a host granted to a sandbox. Kept on the host's side, so that a guest
 * that forges a call to anything else is refused. */
#ifndef HERMETIC_SRC_GRANTS_H
#define HERMETIC_SRC_GRANTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buffer.h"

struct hermetic__grants {
    struct hermetic__buffer names; /* each: length in 4 bytes, then the name; oldest first */
    uint32_t *slots;               /* open addressing: offset in names plus 1; 0 is free */
    uint32_t slot_count;           /* a power of two, at least twice `count`; or 0 */
    uint32_t count;
};

bool hermetic__grants_has(const struct hermetic__grants *g, const uint8_t *name, size_t len);

/* Adding what is there already changes nothing. False, and unchanged, when memory is refused. */
bool hermetic__grants_add(struct hermetic__grants *g, const uint8_t *name, size_t len);

/* Forgets all but the `count` oldest. */
void hermetic__grants_cut(struct hermetic__grants *g, uint32_t count);
void hermetic__grants_free(struct hermetic__grants *g);

/* Goes through the names: *at starts at 0. False at the end. */
bool hermetic__grants_next(const struct hermetic__grants *g, size_t *at, hermetic_bytes *name);

static inline size_t hermetic__grants_bytes(const struct hermetic__grants *g)
{
    return g->names.capacity + g->slot_count * sizeof(*g->slots);
}

#endif
