/* rt/switch.c: first contexts for switch_*.S; without assembly for the machine, all of switch.h on ucontext. */
#if !defined(_GNU_SOURCE)
#define _GNU_SOURCE /* ucontext and _setjmp under -std=c11 */
#endif
#include "switch.h"

#include <stddef.h>
#include <string.h>

#include "internal.h"

#if HERMETIC__SWITCH_ASM

void hermetic__switch_entry(void);

void *hermetic__switch_prepare(void *bottom, void *top, struct hermetic__fiber *f) {
    (void)bottom;
    uint64_t *frame = (uint64_t *)((uintptr_t)top & ~(uintptr_t)15);
#if defined(__x86_64__) && defined(_WIN32)
    /* See switch_x86_64_windows.S for the layout. */
    frame -= 36;
    memset(frame, 0, 36 * sizeof(*frame));
    frame[0] = UINT64_C(0x0000027f00001f80); /* x87 control word 0x027f (Windows), mxcsr 0x1f80 */
    frame[1] = (uint64_t)top;                /* TIB: stack base, limit, deallocation stack */
    frame[2] = (uint64_t)bottom;
    frame[3] = (uint64_t)bottom;
    frame[28] = (uint64_t)f; /* r12 */
    frame[33] = (uint64_t)hermetic__switch_entry;
#elif defined(__x86_64__)
    frame -= 10; /* 8 words of frame; the entry starts with an aligned stack */
    memset(frame, 0, 10 * sizeof(*frame));
    frame[0] = UINT64_C(0x0000037f00001f80); /* x87 control word 0x037f, mxcsr 0x1f80: the ABI's initial values */
    frame[4] = (uint64_t)f;                  /* r12 */
    frame[7] = (uint64_t)hermetic__switch_entry;
#elif defined(__aarch64__)
    frame -= 22;
    memset(frame, 0, 22 * sizeof(*frame)); /* fpcr 0: round to nearest, no flush to zero */
    frame[1] = (uint64_t)hermetic__switch_entry; /* x30 */
    frame[2] = (uint64_t)f;                      /* x19 */
#endif
    return frame;
}

#else

#if defined(_WIN32)
#error "no switch for this machine on Windows"
#endif

#include <fenv.h>
#include <ucontext.h>

/* A context of this kind is a ucontext_t at the far end of the fiber's stack (guest) or on the host's stack. */
void hermetic__switch(void **save, void *load) {
    ucontext_t here;
    *save = &here;
    swapcontext(&here, load); /* fails only when it cannot save the signal mask: not on a valid stack */
}

static void entry(unsigned high, unsigned low) {
    fesetenv(FE_DFL_ENV);
    hermetic__fiber_main((struct hermetic__fiber *)(uintptr_t)((uint64_t)high << 32 | low));
}

void *hermetic__switch_prepare(void *bottom, void *top, struct hermetic__fiber *f) {
    ucontext_t *context = (ucontext_t *)(((uintptr_t)top - sizeof(ucontext_t)) & ~(uintptr_t)63);
    getcontext(context);
    context->uc_stack.ss_sp = bottom;
    context->uc_stack.ss_size = (size_t)((uint8_t *)context - (uint8_t *)bottom);
    context->uc_link = NULL;
    uint64_t address = (uintptr_t)f;
    makecontext(context, (void (*)(void))entry, 2, (unsigned)(address >> 32), (unsigned)address);
    return context;
}

int hermetic__protect(struct hermetic__jump *jump, void (*fn)(struct w2c_hermetic *, uint32_t),
                      struct w2c_hermetic *instance, uint32_t arg) {
    if (_setjmp(jump->registers))
        return 1;
    fn(instance, arg);
    return 0;
}

_Noreturn void hermetic__unwind(struct hermetic__jump *jump) {
    _longjmp(jump->registers, 1);
}

#endif
