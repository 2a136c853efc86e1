/* rt/tools.h: tells AddressSanitizer, ThreadSanitizer and Valgrind about fibers. Empty in an ordinary build. */
#ifndef HERMETIC_RT_TOOLS_H
#define HERMETIC_RT_TOOLS_H

#include <stdbool.h>
#include <stdint.h>

#include "fiber.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HERMETIC__ASAN 1
#elif __has_feature(thread_sanitizer)
#define HERMETIC__TSAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define HERMETIC__ASAN 1
#elif defined(__SANITIZE_THREAD__)
#define HERMETIC__TSAN 1
#endif

#if defined(HERMETIC__ASAN)
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#elif defined(HERMETIC__TSAN)
#include <sanitizer/tsan_interface.h>
#endif
#if defined(HERMETIC_HAVE_VALGRIND)
#include <valgrind/valgrind.h>
#endif

/* ThreadSanitizer counts calls and returns, to a bounded depth: for functions that a throw leaves, or that nest as deep as
 * the guest likes. The generated code is built without it (rt/meson.build). */
#if defined(HERMETIC__TSAN) && defined(__clang__)
#define HERMETIC__TOOLS_UNCOUNTED __attribute__((disable_sanitizer_instrumentation))
#else
#define HERMETIC__TOOLS_UNCOUNTED
#endif

static inline void hermetic__tools_open(struct hermetic__fiber *f, uint8_t *bottom, uint8_t *top) {
    (void)f, (void)bottom, (void)top;
#if defined(HERMETIC__TSAN)
    f->sanitizer_guest = __tsan_create_fiber(0);
#endif
#if defined(HERMETIC_HAVE_VALGRIND)
    f->valgrind_id = VALGRIND_STACK_REGISTER(bottom, top);
#endif
}

static inline void hermetic__tools_close(struct hermetic__fiber *f, uint8_t *bottom, uint8_t *top) {
    (void)f, (void)bottom, (void)top;
#if defined(HERMETIC__ASAN)
    __asan_unpoison_memory_region(bottom, (size_t)(top - bottom));
#elif defined(HERMETIC__TSAN)
    __tsan_destroy_fiber(f->sanitizer_guest);
#endif
#if defined(HERMETIC_HAVE_VALGRIND)
    VALGRIND_STACK_DEREGISTER(f->valgrind_id);
#endif
}

/* A new activation: frames that an earlier one left behind without returning are forgotten. */
static inline void hermetic__tools_start(struct hermetic__fiber *f, uint8_t *bottom, uint8_t *top) {
    (void)f, (void)bottom, (void)top;
#if defined(HERMETIC__ASAN)
    __asan_unpoison_memory_region(bottom, (size_t)(top - bottom));
    f->sanitizer_guest = NULL;
#elif defined(HERMETIC__TSAN)
    __tsan_destroy_fiber(f->sanitizer_guest);
    f->sanitizer_guest = __tsan_create_fiber(0);
#endif
}

/* On the host's stack, around the switch to the guest. */
static inline void hermetic__tools_before_enter(struct hermetic__fiber *f, uint8_t *bottom, uint8_t *top) {
    (void)f, (void)bottom, (void)top;
#if defined(HERMETIC__ASAN)
    __sanitizer_start_switch_fiber(&f->sanitizer_host, bottom, (size_t)(top - bottom));
#elif defined(HERMETIC__TSAN)
    f->sanitizer_host = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(f->sanitizer_guest, 0);
#endif
}

static inline void hermetic__tools_after_enter(struct hermetic__fiber *f) {
    (void)f;
#if defined(HERMETIC__ASAN)
    __sanitizer_finish_switch_fiber(f->sanitizer_host, NULL, NULL);
#endif
}

/* On the guest's stack, around the switch to the host. */
static inline void hermetic__tools_before_leave(struct hermetic__fiber *f, bool for_good) {
    (void)f, (void)for_good;
#if defined(HERMETIC__ASAN)
    __sanitizer_start_switch_fiber(for_good ? NULL : &f->sanitizer_guest, f->host_stack, f->host_stack_size);
#elif defined(HERMETIC__TSAN)
    __tsan_switch_to_fiber(f->sanitizer_host, 0);
#endif
}

static inline void hermetic__tools_after_leave(struct hermetic__fiber *f) {
    (void)f;
#if defined(HERMETIC__ASAN)
    __sanitizer_finish_switch_fiber(f->sanitizer_guest, &f->host_stack, &f->host_stack_size);
#endif
}

/* A throw is about to leave the frames between here and `to`, the stack pointer of a protected call (not the address of
 * its record, which AddressSanitizer may have put elsewhere). */
static inline void hermetic__tools_unwind(const void *to) {
    (void)to;
#if defined(HERMETIC__ASAN)
    const char *here = __builtin_frame_address(0);
    __asan_unpoison_memory_region(here - 256, (size_t)((const char *)to - here) + 256);
#endif
}

#endif
