/* rt/fiber.c: native stacks, and the switch between a thread and the guest code on one of them.
 *
 * Invariant: `current` of a thread is the fiber whose code it executes, or NULL; it is written on the thread's own stack
 * only. A suspended fiber may go on in another thread, so code on a fiber's stack must not keep a thread-local address
 * across hermetic__fiber_suspend.
 */
#include "fiber.h"

#include <string.h>

#include "../include/hermetic.h"
#include "fault.h"
#include "internal.h"
#include "os.h"
#include "switch.h"
#include "tools.h"

enum state { IDLE, RUNNING, SUSPENDED };

/* The initial-exec model makes reading it in a signal handler safe on glibc, where the general model may allocate at a
 * thread's first access; elsewhere thread-local storage exists from the thread's (or the load's) beginning. */
#if defined(__GLIBC__) && defined(__GNUC__)
#define SIGNAL_SAFE_TLS __attribute__((tls_model("initial-exec")))
#else
#define SIGNAL_SAFE_TLS
#endif

static _Thread_local struct hermetic__fiber *current SIGNAL_SAFE_TLS;

struct hermetic__fiber *hermetic__fiber_current(void) {
    return current;
}

static uint8_t *stack_bottom(const struct hermetic__fiber *f) {
    return f->mapping + HERMETIC__STACK_GUARD;
}

static uint8_t *stack_top(const struct hermetic__fiber *f) {
    return f->mapping + f->mapping_size;
}

int hermetic__fiber_open(struct hermetic__fiber *f, size_t size) {
    memset(f, 0, sizeof(*f));
    size_t page = hermetic__os_page_size();
    if (size > SIZE_MAX / 2)
        return HERMETIC_E_INVALID;
    size = (size + page - 1) & ~(page - 1);
    f->mapping_size = HERMETIC__STACK_GUARD + HERMETIC__STACK_RESERVE + size;
    f->mapping = hermetic__os_map(f->mapping_size);
    if (!f->mapping)
        return HERMETIC_E_NOMEM;
    if (!hermetic__os_protect(f->mapping, HERMETIC__STACK_GUARD, HERMETIC__ACCESS_NONE)) {
        hermetic__os_unmap(f->mapping, f->mapping_size);
        f->mapping = NULL;
        return HERMETIC_E_NOMEM;
    }
    f->limit = (uintptr_t)stack_bottom(f) + HERMETIC__STACK_RESERVE;
    hermetic__tools_open(f, stack_bottom(f), stack_top(f));
    return 0;
}

void hermetic__fiber_close(struct hermetic__fiber *f) {
    if (!f->mapping)
        return;
    hermetic__tools_close(f, stack_bottom(f), stack_top(f));
    hermetic__os_unmap(f->mapping, f->mapping_size);
    f->mapping = NULL;
}

#if HERMETIC__HAVE_GUARD
/* Whether the guest relies on our fault handler. */
static bool needs_faults(const struct hermetic__fiber *f) {
    return f->memory && !f->memory->checked;
}
#endif

/* The host's side of a switch into the guest. */
static enum hermetic__stop enter(struct hermetic__fiber *f) {
#if HERMETIC__HAVE_GUARD
    bool blocked = needs_faults(f) && hermetic__fault_unblock();
#endif
    f->state = RUNNING;
    f->outer = current;
    current = f;
    hermetic__tools_before_enter(f, stack_bottom(f), stack_top(f));
    hermetic__switch(&f->host_sp, f->guest_sp);
    hermetic__tools_after_enter(f);
    current = f->outer;
    f->thread = &current;
#if HERMETIC__HAVE_GUARD
    if (blocked)
        hermetic__fault_block();
#endif
    if (f->state == SUSPENDED)
        return HERMETIC__STOP_SUSPEND;
    return f->trap ? HERMETIC__STOP_TRAP : HERMETIC__STOP_RETURN;
}

enum hermetic__stop hermetic__fiber_start(struct hermetic__fiber *f, void (*entry)(void *), void *arg) {
    f->entry = entry;
    f->arg = arg;
    f->trap = HERMETIC__TRAP_NONE;
    f->jump = NULL;
    f->trusted = 0;
    hermetic__tools_start(f, stack_bottom(f), stack_top(f));
    f->guest_sp = hermetic__switch_prepare(stack_bottom(f), stack_top(f), f);
    return enter(f);
}

enum hermetic__stop hermetic__fiber_resume(struct hermetic__fiber *f, uint64_t away) {
    (void)away;
#if HERMETIC__HAVE_GUARD
    if (f->thread != &current) /* the time says nothing of another thread, which may have been busy all along */
        away = UINT64_MAX;
    if (needs_faults(f) && !hermetic__fault_still_on_top(away, &f->trusted)) {
        /* Its next fault would go to somebody who takes it for a crash. The code with checks cannot take over midway. */
        f->state = IDLE;
        f->trap = HERMETIC__TRAP_HANDLER;
        return HERMETIC__STOP_TRAP;
    }
#endif
    return enter(f);
}

int hermetic__fiber_trap(const struct hermetic__fiber *f) {
    return f->trap;
}

/* The guest's side of the last switch of an activation. */
static _Noreturn void leave_for_good(struct hermetic__fiber *f) {
    f->state = IDLE;
    hermetic__tools_before_leave(f, true);
    hermetic__switch(&f->guest_sp, f->host_sp);
    for (;;) /* nobody loads this context again */
        ;
}

_Noreturn void hermetic__fiber_main(struct hermetic__fiber *f) {
    hermetic__tools_after_leave(f);
    f->entry(f->arg);
    leave_for_good(f);
}

void hermetic__fiber_suspend(struct hermetic__fiber *f) {
    f->state = SUSPENDED;
    hermetic__tools_before_leave(f, false);
    hermetic__switch(&f->guest_sp, f->host_sp);
    hermetic__tools_after_leave(f);
}

_Noreturn void hermetic__fiber_kill(struct hermetic__fiber *f, int trap) {
    f->trap = trap;
    leave_for_good(f);
}

_Noreturn void hermetic__raise(int trap) {
    hermetic__fiber_kill(current, trap);
}

void hermetic__fiber_drop(struct hermetic__fiber *f) {
    f->state = IDLE;
}

void hermetic__fiber_park(struct hermetic__fiber *f) {
    if (f->state == IDLE)
        hermetic__os_discard(stack_bottom(f), (size_t)(stack_top(f) - stack_bottom(f))); /* best effort */
}
