/* src/park.h: the state of an idle sandbox, packed. */
#ifndef HERMETIC_SRC_PARK_H
#define HERMETIC_SRC_PARK_H

#include <stdbool.h>
#include <stdint.h>

#include "buffer.h"

struct hermetic_sandbox;

struct hermetic__parked {
    struct hermetic__buffer pages; /* as in a snapshot; without data when the sandbox is not packed */
    uint64_t memory;               /* bytes of linear memory */
};

/* Packs the state, when that is worth it, and gives linear memory back. An idle sandbox. */
void hermetic__park_pack(struct hermetic_sandbox *sb);

/* Puts a packed state back into linear memory; before anything that runs, reads or copies it. On failure (HERMETIC_E_NOMEM,
 * _SYSTEM) the state stays packed. Does nothing when there is none. */
int hermetic__park_unpack(struct hermetic_sandbox *sb);

void hermetic__park_forget(struct hermetic_sandbox *sb);

#endif
