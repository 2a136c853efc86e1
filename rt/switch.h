/* rt/switch.h: what is written in assembly (switch_*.S), and its portable substitute (switch_ucontext.c).
 *
 * A context is nothing but a stack pointer; what must survive a switch lies on the stack it points to: the registers
 * that the platform's calling convention makes callee-saved, and the floating-point control words, because guest
 * arithmetic must not depend on the host's rounding mode or its flush-to-zero bits.
 *
 * Shadow stacks (CET SHSTK, aarch64 GCS) are not followed: these files do not declare support, so that the system does
 * not switch them on. Indirect branch tracking (IBT, BTI) is supported.
 */
#ifndef HERMETIC_RT_SWITCH_H
#define HERMETIC_RT_SWITCH_H

#include <stdint.h>

#if defined(HERMETIC_PORTABLE_SWITCH) /* to test the substitute on a machine that has the assembly */
#define HERMETIC__SWITCH_ASM 0
#elif defined(__x86_64__) && defined(__GNUC__)
#define HERMETIC__SWITCH_ASM 1
#elif defined(__aarch64__) && defined(__GNUC__) && !defined(_WIN32)
#define HERMETIC__SWITCH_ASM 1
#else
#define HERMETIC__SWITCH_ASM 0
#endif
#if !HERMETIC__SWITCH_ASM
#include <setjmp.h>
#endif

struct hermetic__fiber;
struct w2c_hermetic;

/* A protected call: lives on the guest's native stack, linked from the fiber, newest first. */
struct hermetic__jump {
#if HERMETIC__SWITCH_ASM
    void *sp; /* where hermetic__protect saved its registers */
#else
    jmp_buf registers;
#endif
    struct hermetic__jump *outer;
};

/* Saves the current context in *save and goes on at `load`. Returns when somebody loads *save. */
void hermetic__switch(void **save, void *load);

/* A context that calls hermetic__fiber_main(f) on the stack [bottom, top). */
void *hermetic__switch_prepare(void *bottom, void *top, struct hermetic__fiber *f);

/* First function on a new stack (fiber.c). */
_Noreturn void hermetic__fiber_main(struct hermetic__fiber *f);

/* Calls fn(instance, arg): 0 when it returned, 1 when hermetic__unwind(jump) ended it. */
int hermetic__protect(struct hermetic__jump *jump, void (*fn)(struct w2c_hermetic *, uint32_t),
                      struct w2c_hermetic *instance, uint32_t arg);
_Noreturn void hermetic__unwind(struct hermetic__jump *jump);

#endif
