/* src/alloc.h: the one place where the library asks the host for memory, so that a test build can refuse it.
 *
 * Invariant: nothing in src/ or rt/ calls malloc, realloc or free but through here. Memory that the public header hands
 * out comes from here too, and goes back through hermetic_free.
 */
#ifndef HERMETIC_SRC_ALLOC_H
#define HERMETIC_SRC_ALLOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#ifdef HERMETIC_FAULT_INJECTION

/* Test builds only (tests/run/meson.build): the `nth` attempt from now (1 is the next) fails, and with `forever`
 * all after it. 0 switches off. Returns how many attempts were made since the previous call. One thread at a time. */
uint64_t hermetic__fault_allocations(uint64_t nth, bool forever);
uint64_t hermetic__fault_system_calls(uint64_t nth, bool forever);

bool hermetic__fault_allocation_now(void);
bool hermetic__fault_system_call_now(void); /* for wrappers of system calls: true is "pretend that it failed" */

#else

#define hermetic__fault_allocation_now() false
#define hermetic__fault_system_call_now() false

#endif

static inline void *hermetic__alloc(size_t size)
{
    return hermetic__fault_allocation_now() ? NULL : malloc(size);
}

/* Zeroed. */
static inline void *hermetic__alloc_zero(size_t size)
{
    return hermetic__fault_allocation_now() ? NULL : calloc(1, size);
}

static inline void *hermetic__realloc(void *old, size_t size)
{
    return hermetic__fault_allocation_now() ? NULL : realloc(old, size);
}

static inline void hermetic__free(void *memory)
{
    free(memory);
}

#endif
