/* rt/fiber.h: the layout of a fiber (one activation of guest code on a native stack of its own), for those who embed it
 * by value. Nobody outside rt/ touches a member: the calls are in rt/rt.h.
 *
 * The stack's mapping, from low addresses to high:
 *   guard area (no access) | reserve for host code and signal frames | what guest code may use
 *                                                                  ^ limit
 * Guest code checks its stack pointer against `limit` in every prologue. No frame is larger than HERMETIC__FRAME_MAX
 * (the build asks the compiler), so a frame that passed the check ends at most that far below the limit, and what is left
 * of the reserve is for imports and signal frames. No frame can step over the guard area.
 */
#ifndef HERMETIC_RT_FIBER_H
#define HERMETIC_RT_FIBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HERMETIC__FRAME_MAX 65536u      /* bytes of the largest frame in generated code */
#define HERMETIC__STACK_RESERVE 131072u /* bytes below the limit, for imports and signal handlers */
#define HERMETIC__STACK_GUARD 65536u    /* bytes without access below the reserve */

struct hermetic__memory;

struct hermetic__fiber {
    void *guest_sp; /* where the guest is suspended */
    void *host_sp;  /* where the host waits while the guest runs */
    struct hermetic__jump *jump; /* newest protected call */
    uintptr_t limit;
    uint8_t *mapping;
    size_t mapping_size;
    int state; /* enum in fiber.c */
    int trap;
    void (*entry)(void *);
    void *arg;
    struct hermetic__memory *memory; /* faults in it belong to this fiber; NULL in tests of the bare fiber */
    struct hermetic__fiber *outer;   /* the thread's activation when this one was resumed; usually NULL */
    const void *thread;              /* that ran it last: an address of its own */
    uint32_t trusted;                /* resumes since the fault handler was last asked about */

    /* For tools: unused, and never read, without them. */
    void *sanitizer_guest, *sanitizer_host; /* fake stacks (ASan) or fibers (TSan) */
    const void *host_stack;                 /* the resuming thread's stack, as ASan knows it */
    size_t host_stack_size;
    unsigned valgrind_id;
};

#endif
