/* rt/internal.h: what the files of rt/, and the generated code, share. The library sees rt.h and instance.h alone. */
#ifndef HERMETIC_RT_INTERNAL_H
#define HERMETIC_RT_INTERNAL_H

#include "rt.h"

#define HERMETIC__WASM_PAGE 65536u

#if defined(__GNUC__)
#define HERMETIC__COLD __attribute__((cold, noinline))
#else
#define HERMETIC__COLD
#endif

/* Whether the guard backend is built: where fault_unix.c knows how to redirect a thread from its signal handler. */
#if !defined(HERMETIC_ONLY_BOUNDS) && !defined(HERMETIC_PORTABLE_SWITCH) && (defined(__linux__) || defined(__APPLE__)) && \
    ((defined(__x86_64__) && defined(__LP64__)) || defined(__aarch64__))
#define HERMETIC__HAVE_GUARD 1
#else
#define HERMETIC__HAVE_GUARD 0
#endif

/* ---- traps (fiber.c) ---- */

/* Ends the activation that this thread runs, with enum hermetic__trap or a code of the library's. */
HERMETIC__COLD _Noreturn void hermetic__raise(int trap);

/* The fiber whose code this thread executes, or NULL. Async-signal-safe once the thread has run a fiber; a thread that
 * has not is answered NULL without an allocation. */
struct hermetic__fiber *hermetic__fiber_current(void);

/* ---- linear memory, as the generated code and the fault handler use it (memory.c) ---- */

/* memory.grow: the old size in wasm pages, or 0xffffffff. */
uint32_t hermetic__memory_grow(struct hermetic__memory *m, uint64_t pages);

/* Before a store of `len` > 0 bytes, in range, whose units may have to be saved first. Traps when that fails. */
HERMETIC__COLD void hermetic__memory_store_slow(struct hermetic__memory *m, uint64_t at, uint64_t len);

/* A hardware fault at an address of `m`'s reservation: 0 when the access may be tried again, else the trap it means.
 * Runs in a signal handler: takes no lock, allocates by system calls alone. */
int hermetic__memory_fault(struct hermetic__memory *m, uintptr_t address);

#endif
