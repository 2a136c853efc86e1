/* rt/wasm-rt.h: what wasm2c's output includes in place of the runtime header that comes with wasm2c.
 *
 * The generated C is compiled with one of three macros:
 *  - HERMETIC_VARIANT_GUARD: loads and stores are plain; the hardware faults outside linear memory and on the first write
 *    to a tracked page. Needs 64-bit addresses.
 *  - HERMETIC_VARIANT_BOUNDS: every access is compared with the memory's size, every store with the page's state.
 *  - HERMETIC_VARIANT_SHARED: as BOUNDS, and small; what both of the above call.
 * tools/translate.py edits the generated text so that it uses the macros at the end of this file.
 */
#ifndef HERMETIC_WASM_RT_H
#define HERMETIC_WASM_RT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "instance.h"
#include "internal.h"

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the generated code needs a little-endian machine"
#endif

#ifndef __has_builtin
#define __has_builtin(x) 0
#endif

#if defined(__GNUC__)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define wasm_rt_memcpy __builtin_memcpy
#else
#define UNLIKELY(x) (x)
#define LIKELY(x) (x)
#define wasm_rt_memcpy memcpy
#endif

/* ---- choices among what wasm2c's template offers ---- */

#define WABT_BIG_ENDIAN 0
#define WASM_RT_USE_SEGUE 0 /* breaks under gVisor */
#define WASM_RT_USE_MMAP 1  /* base and size of memory in locals, read again after each call: see MEMORY_RELOAD */

#if defined(HERMETIC_VARIANT_GUARD)
#define WASM_RT_MEMCHECK_GUARD_PAGES 1
#define WASM_RT_MEMCHECK_BOUNDS_CHECK 0
#elif defined(HERMETIC_VARIANT_BOUNDS) || defined(HERMETIC_VARIANT_SHARED)
#define WASM_RT_MEMCHECK_GUARD_PAGES 0
#define WASM_RT_MEMCHECK_BOUNDS_CHECK 1
#else
#error "define HERMETIC_VARIANT_GUARD, HERMETIC_VARIANT_BOUNDS or HERMETIC_VARIANT_SHARED"
#endif

/* Loads and stores that find base and size of memory in the instance are calls: half the size, and slower. */
#if defined(HERMETIC_VARIANT_SHARED)
#define WASM_RT_USE_LOCAL_MEMORY_BASE_SIZE 0
#endif

/* ---- types ---- */

typedef struct hermetic__memory wasm_rt_memory_t;
typedef struct w2c_hermetic w2c_guest;

/* Named by a macro of the template that is never used. */
typedef struct wasm_rt_tailcallee_t {
    void *unused;
} wasm_rt_tailcallee_t;

typedef enum {
    WASM_RT_TRAP_OOB = HERMETIC__TRAP_MEMORY,
    WASM_RT_TRAP_INT_OVERFLOW = HERMETIC__TRAP_INTEGER,
    WASM_RT_TRAP_DIV_BY_ZERO = HERMETIC__TRAP_INTEGER,
    WASM_RT_TRAP_INVALID_CONVERSION = HERMETIC__TRAP_INTEGER,
    WASM_RT_TRAP_UNREACHABLE = HERMETIC__TRAP_UNREACHABLE,
    WASM_RT_TRAP_CALL_INDIRECT = HERMETIC__TRAP_CALL,
    WASM_RT_TRAP_EXHAUSTION = HERMETIC__TRAP_STACK
} wasm_rt_trap_t;

#define wasm_rt_trap(trap) hermetic__raise(trap)
#define wasm_rt_grow_memory hermetic__memory_grow

/* ---- macros that tools/translate.py puts into the generated code ---- */

/* The native stack pointer, with this function's frame or without: the compiler may read it before it allocates the
 * frame. So guest code may come HERMETIC__FRAME_MAX below the limit, and the reserve allows for that. */
#if defined(__x86_64__) && defined(__GNUC__)
#define HERMETIC_STACK_POINTER(sp) __asm__("movq %%rsp, %0" : "=r"(sp))
#elif defined(__aarch64__) && defined(__GNUC__)
#define HERMETIC_STACK_POINTER(sp) __asm__("mov %0, sp" : "=r"(sp))
#elif defined(__GNUC__)
#define HERMETIC_STACK_POINTER(sp) ((sp) = (uintptr_t)__builtin_frame_address(0))
#else
#error "how does this compiler tell the stack pointer?"
#endif

#define FUNC_PROLOGUE                                      \
    do {                                                   \
        uintptr_t sp_;                                     \
        HERMETIC_STACK_POINTER(sp_);                       \
        if (UNLIKELY(sp_ < instance->memory.stack_limit))  \
            hermetic__raise(HERMETIC__TRAP_STACK);           \
    } while (0)
#define FUNC_EPILOGUE ((void)0)

/* After anything that may have grown memory. In the guard backend memory never moves and its size is in no local. */
#if defined(HERMETIC_VARIANT_GUARD) || defined(HERMETIC_VARIANT_SHARED)
#define MEMORY_RELOAD() ((void)0)
#else
#define MEMORY_RELOAD()                                       \
    (wasm_rt_local_memory_base = instance->memory.data,       \
     wasm_rt_local_memory_size = instance->memory.size)
#endif

/* Before each store, which is in range. A store that crosses into the next unit takes the slow path: it is rare, and the
 * test costs less than a second lookup. A call, because the check in place would make the code a quarter larger. */
#if defined(HERMETIC_VARIANT_GUARD)
#define STORE_CHECK(mem, addr, t) ((void)0)
#else
#define STORE_CHECK(mem, addr, t) store_check((mem), (addr), sizeof(t))
static __attribute__((noinline)) void store_check(struct hermetic__memory *mem, uint64_t addr, uint32_t size) {
    if (UNLIKELY(!(mem->states[addr >> mem->shift] & HERMETIC__WRITABLE) ||
                 (addr & (HERMETIC__PAGE - 1)) > HERMETIC__PAGE - size))
        hermetic__memory_store_slow(mem, addr, size);
}
#endif

/* Before memory.fill and memory.copy, in both variants: one call costs less than a fault a page. */
#define BULK_STORE_CHECK(mem, addr, n)                                                              \
    do {                                                                                            \
        if ((n) > 0 && (WASM_RT_MEMCHECK_BOUNDS_CHECK || (n) >= HERMETIC__PAGE))                    \
            hermetic__memory_store_slow((mem), (addr), (n));                                        \
    } while (0)

/* The table is constant and shared by all instances; GUEST_TABLE_SIZE and `guest_table` come from guest.h. */
#define CALL_INDIRECT(t, ft, x, ...)                                                                 \
    ((LIKELY((x) < GUEST_TABLE_SIZE && GUEST_TABLE[x].type == (ft)) ? (void)0                        \
                                                                    : hermetic__raise(HERMETIC__TRAP_CALL)), \
     ((t)GUEST_TABLE[x].func)(__VA_ARGS__))

#endif
