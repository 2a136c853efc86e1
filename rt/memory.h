/* rt/memory.h: the layout of linear memory's bookkeeping, for those who embed it by value (rt/instance.h) and for the
 * generated code, which reads the first members. Nobody outside rt/ touches a member: the calls are in rt/rt.h.
 *
 * Every unit of memory (a page of the operating system, 4096 bytes in the bounds backend) has one state byte:
 *  - WRITABLE: a store needs nothing more. In the guard backend the hardware agrees: exactly these units are writable.
 *  - DIRTY: it may differ from the image (above the image's extent: from zeros), as of the last begin, commit or reset.
 *  - SAVED: its bytes as of begin are in the undo log.
 *  - HOT: it is on the short list of units that recent runs wrote: these stay WRITABLE between runs.
 * In a transaction, a unit that is WRITABLE without SAVED was clean at begin: its old bytes are the image's. So a first
 * write to a clean page copies nothing.
 */
#ifndef HERMETIC_RT_MEMORY_H
#define HERMETIC_RT_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    HERMETIC__WRITABLE = 1,
    HERMETIC__DIRTY = 2,
    HERMETIC__SAVED = 4,
    HERMETIC__HOT = 8
};

#define HERMETIC__PAGE 4096u /* unit of the bounds backend and of hermetic__memory_next_dirty */
#define HERMETIC__PAGE_SHIFT 12
#define HERMETIC__HOT_MAX 256    /* hot units a sandbox */
#define HERMETIC__UNDO_FIRST 16u /* units in the first undo chunk; each next one is twice as large */
#define HERMETIC__UNDO_CHUNKS 17 /* enough for 4 GiB of 4096-byte units */

struct hermetic__image;

struct hermetic__hot {
    uint32_t unit;
    uint32_t idle; /* samples in a row that found it unmodified */
};

struct hermetic__memory {
    /* Read by the generated code. */
    uint8_t *data;
    uint64_t size;         /* bytes; a multiple of 65536 */
    uintptr_t stack_limit; /* a prologue below this native stack address traps */
    uint8_t *states;       /* one byte a unit of `size` */

    const struct hermetic__image *image;
    uint64_t max_size;     /* limit on `size` */
    uint64_t peak_size;
    uint64_t refused_size; /* newest size that `max_size` or the system refused since begin; 0 when none was */
    uint64_t begin_size;   /* `size` when the transaction began */
    uint64_t capacity;     /* bytes of address space at `data` that `size` may grow into without a move */
    uint64_t reserved;     /* bytes mapped at `data` */
    uint32_t state_count;  /* units that `states`, `undo_units` and `undo_of` have room for */
    uint8_t backend;       /* enum hermetic__backend */
    uint8_t shift;         /* log2 of the unit */
    bool open;             /* in a transaction */
    bool undo;             /* ... that keeps undo copies */
    bool checked;          /* this run must use the code with explicit checks: see hermetic__memory_checked */
    bool mapped;           /* the image's extent is a private mapping of the image, not a copy */
    bool lost;             /* the system refused what cannot be done without: no further run */

    uint32_t rows;          /* rows of WRITABLE units, each of which takes mappings: at least those there are. Guard only */
    uint32_t cold_writable; /* units that are WRITABLE but not HOT */
    bool cold_dirty;        /* some unit that is not HOT may be DIRTY */
    uint32_t hot_count;
    uint32_t run_count;     /* transactions so far: spreads the samples of hot units */
    struct hermetic__hot hot[HERMETIC__HOT_MAX];

    uint32_t undo_count;
    uint32_t *undo_units;   /* undo_units[i]: which unit copy i is of */
    uint32_t *undo_of;      /* undo_of[unit], with SAVED: which copy is its */
    uint8_t *undo_chunks[HERMETIC__UNDO_CHUNKS];

    void *detached;         /* pages of a run that was rolled back, to be freed by the next call */
    size_t detached_size;
    size_t undo_held;       /* bytes of undo chunks that are held likewise */

    uint32_t fault_next;    /* unit after the newest batch: a fault there continues a run of writes */
    uint32_t fault_batch;   /* units to make writable at once */
};

#endif
