/* rt/rt.h: the runtime under the generated guest code, as the library sees it.
 *
 * The runtime owns what is machine-bound: linear memory and its page tracking, the guest's native stack, the switch
 * between host and guest, protected calls, traps. It knows nothing of requests, values, limits in seconds, or Python.
 *
 * Invariants kept here:
 *  - a guest address (struct gaddr) becomes a host pointer in memory.c alone, after a range check;
 *  - every function returns an error code from hermetic.h or 0; nothing here aborts, exits or prints;
 *  - one activation (struct fiber) runs on one thread at a time; it may move between threads while suspended.
 */
#ifndef HERMETIC_RT_H
#define HERMETIC_RT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fiber.h"
#include "memory.h"

/* An address in the guest's linear memory. A struct, so that it cannot be used as a host pointer by accident. */
struct gaddr {
    uint32_t at;
};

/* The start state of every sandbox: the guest, booted at build time. Read-only, and there as long as the process. */
struct hermetic__image {
    const uint8_t *bytes;   /* linear memory from address `start`; what is not stored is zeros */
    uint32_t start;         /* address of the first byte at `bytes`; a multiple of 4096 (the stack below it is zeros) */
    uint32_t stored;        /* bytes present at `bytes`; a multiple of 4096 */
    uint32_t size;          /* bytes of linear memory; a multiple of 65536 */
    uint32_t stack_pointer; /* value of the guest's __stack_pointer between runs */
    uint8_t hash[32];       /* SHA-256 over guest.wasm and the bytes: names the build in snapshots */
};

/* The same as the library holds it (unpack.c). */
struct hermetic__packed_image {
    const uint8_t *bytes;         /* one block of the LZ4 format: the image's bytes */
    size_t size;                  /* bytes of the block */
    struct hermetic__image image; /* without bytes */
};

/* The image in memory of its own; NULL when there is none, or the block is not that of the image. To be freed with
 * hermetic__image_free. */
const struct hermetic__image *hermetic__image_unpack(const struct hermetic__packed_image *packed);
void hermetic__image_free(const struct hermetic__image *image);

/* Unpacks one block. False unless it is whole and has exactly `to_size` bytes; `to` is written in part then. */
bool hermetic__unpack(const uint8_t *from, size_t from_size, uint8_t *to, size_t to_size);

enum hermetic__backend {
    HERMETIC__GUARD = 1, /* reserved address space, hardware faults, pages tracked by protection */
    HERMETIC__BOUNDS = 2 /* explicit checks on every access, pages tracked by the store check */
};

/* ---- linear memory (memory.c, memory_guard.c, memory_bounds.c) ------------------------------------------------- */

/* Opens memory with the image's contents. `max_bytes` is the limit on guest pages (at least the image's size, at most
 * 4 GiB - 64 KiB; rounded down to 64 KiB). With `fallback`, GUARD becomes BOUNDS where address space, signal handlers or
 * memory mappings cannot be had (m->backend tells). HERMETIC_E_INVALID, _NOMEM or _SYSTEM; nothing is left open then. */
int hermetic__memory_open(struct hermetic__memory *m, const struct hermetic__image *image, enum hermetic__backend want,
                          bool fallback, uint64_t max_bytes);
void hermetic__memory_close(struct hermetic__memory *m);

/* A transaction: after begin, the first write to a page keeps the page's old bytes; commit forgets them, rollback
 * puts them (and the old memory size) back. Cost in proportion to the pages written. Without `undo` nothing is kept and
 * rollback is a reset. Begin fails with HERMETIC_E_NOMEM, or HERMETIC_E_SYSTEM when faults would not reach us, and leaves
 * the memory as it was. Rollback cannot fail. */
int hermetic__memory_begin(struct hermetic__memory *m, bool undo);
void hermetic__memory_commit(struct hermetic__memory *m);
void hermetic__memory_rollback(struct hermetic__memory *m);

/* After begin: whether this run must use hermetic__code_bounds. True in the BOUNDS backend, and in GUARD for a run that
 * starts while another party's fault handler is on top of ours. */
bool hermetic__memory_checked(const struct hermetic__memory *m);

/* Back to the image: no byte written by any run is left; an open transaction ends. Cannot fail (when the system refuses
 * everything, the memory is emptied and every later begin fails). */
void hermetic__memory_reset(struct hermetic__memory *m);

/* Gives resident memory that can be derived from the image, and all caches (undo copies), back to the system. Not in a
 * transaction. */
void hermetic__memory_park(struct hermetic__memory *m);

/* Pages that may differ from the image, in ascending order: for snapshots and forks. Call with *page = 0 first;
 * returns false at the end; add 1 to *page to go on. Page size is HERMETIC__PAGE. In a transaction with undo they are
 * those, and their bytes and the size of memory, as of begin; in one without, this must not be asked. */
bool hermetic__memory_next_dirty(const struct hermetic__memory *m, uint32_t *page);
void hermetic__memory_read_dirty(const struct hermetic__memory *m, uint32_t page, uint8_t to[HERMETIC__PAGE]);
uint64_t hermetic__memory_size_before(const struct hermetic__memory *m);

/* Current and highest size in bytes (the latter since begin); host-side bytes held for it (undo copies, states). */
uint64_t hermetic__memory_size(const struct hermetic__memory *m);
uint64_t hermetic__memory_host_bytes(const struct hermetic__memory *m);
uint64_t hermetic__memory_peak(const struct hermetic__memory *m);

/* The size that memory was last refused to grow to since begin, by the limit or the system; 0 when it was not. */
uint64_t hermetic__memory_refused(const struct hermetic__memory *m);

/* Another limit; not in a transaction. HERMETIC_E_INVALID below the current size. */
int hermetic__memory_set_max(struct hermetic__memory *m, uint64_t max_bytes);

/* Grows with zeros to at least `bytes`: HERMETIC_E_MEMORY above the limit, HERMETIC_E_NOMEM. */
int hermetic__memory_grow_to(struct hermetic__memory *m, uint64_t bytes);

/* Copies between host and guest. The range is checked as a whole first: HERMETIC_E_GUEST_RANGE and nothing is copied
 * when any byte of it is outside. `write` keeps pages' old bytes like a guest's store does
 * (HERMETIC_E_NOMEM when it cannot). */
int hermetic__memory_read(const struct hermetic__memory *m, struct gaddr from, void *to, size_t len);
int hermetic__memory_write(struct hermetic__memory *m, struct gaddr to, const void *from, size_t len);

/* ---- the guest's native stack and the switch (fiber.c, switch_*.S) ---------------------------------------------- */

/* What ends a resume. */
enum hermetic__stop {
    HERMETIC__STOP_RETURN,  /* the entry function returned */
    HERMETIC__STOP_SUSPEND, /* an import suspended the guest: resume again to go on */
    HERMETIC__STOP_TRAP     /* the guest trapped, or hermetic__fiber_kill ended it: its frames are gone */
};

/* Why an activation ended with STOP_TRAP. Values below 100 are wasm traps; the library passes its own above. */
enum hermetic__trap {
    HERMETIC__TRAP_NONE = 0,
    HERMETIC__TRAP_MEMORY = 1,      /* access outside linear memory */
    HERMETIC__TRAP_INTEGER = 2,     /* overflow, division by zero, bad conversion */
    HERMETIC__TRAP_UNREACHABLE = 3, /* unreachable instruction */
    HERMETIC__TRAP_CALL = 4,        /* bad indirect call */
    HERMETIC__TRAP_STACK = 5,       /* native stack limit */
    HERMETIC__TRAP_THROW = 6,       /* throw without a protected call */
    HERMETIC__TRAP_HOST_MEMORY = 7, /* an undo copy could not be allocated */
    HERMETIC__TRAP_HANDLER = 8,     /* GUARD: another fault handler was installed while the run was suspended */
    HERMETIC__TRAP_LIBRARY = 100    /* first code of the library's own */
};

/* `size` bytes of stack (rounded up to pages) above a guard area larger than any guest frame. */
int hermetic__fiber_open(struct hermetic__fiber *f, size_t size);
void hermetic__fiber_close(struct hermetic__fiber *f); /* an unfinished activation is dropped: it holds no resource */

/* Starts `entry(arg)` on the fiber's own stack, or goes on after a suspend. On the host's stack. `away` is the time since
 * that suspend in nanoseconds, at least; UINT64_MAX when it is not known (see fault.h for its use). */
enum hermetic__stop hermetic__fiber_start(struct hermetic__fiber *f, void (*entry)(void *), void *arg);
enum hermetic__stop hermetic__fiber_resume(struct hermetic__fiber *f, uint64_t away);
int hermetic__fiber_trap(const struct hermetic__fiber *f); /* enum hermetic__trap, or the library's own code */

/* On the guest's stack, from inside an import. */
void hermetic__fiber_suspend(struct hermetic__fiber *f);
_Noreturn void hermetic__fiber_kill(struct hermetic__fiber *f, int trap);

/* From the host's stack, on a suspended fiber: its frames are dropped without running any of them. */
void hermetic__fiber_drop(struct hermetic__fiber *f);
void hermetic__fiber_park(struct hermetic__fiber *f); /* gives the idle stack's resident pages back */

/* ---- protected calls (protect.c, switch_*.S) -------------------------------------------------------------------- */

/* The import `try`: calls table[fn](arg) with a jump record on the fiber's chain; 0 when it returned, 1 when
 * `throw` unwound to it. The guest's shadow stack pointer is put back when it threw. */
/* The import `throw`: unwinds to the newest record. */
/* Both take the generated code's instance; see rt/instance.h. */

#endif
