/* rt/fault_unix.c: the handlers of SIGSEGV and SIGBUS.
 *
 * A fault is ours when this thread runs a fiber, on that fiber's stack, and the address lies in that fiber's memory
 * reservation. Then it is a first write to a locked page (the page is saved and unlocked, the access tried again) or a
 * trap (the thread goes on in hermetic__raise, on the guest's stack). Any other fault, and any such signal that was sent,
 * gets what it would have got without us: the handler that was installed before ours, or the default.
 *
 * A handler installed after ours would see our faults first. So before guest code relies on faults, at begin and at each
 * resume, hermetic__fault_on_top asks the system (0.1 to 0.3 us): if ours is not on top, a new run uses the code with
 * explicit checks, and a suspended one ends with a trap. A resume by the thread that suspended need not ask when it comes
 * in less than half the time of the fastest such call: the thread cannot have installed one. (Another thread can at any
 * time, asked or not.) Every ASK_EVERY times we ask all the same, and see whether calls have become faster. We never install ours again on top of another: two parties that
 * both do that, or a handler that raises the signal again to reach its predecessor, would never end.
 *
 * The handlers ask for the alternate stack where the thread has one (SA_ONSTACK), since the handlers before ours may need
 * it for overflows of the host's stacks. Without one they run on the guest's stack, whose reserve has room.
 */
#if defined(__linux__)
#define _GNU_SOURCE
#elif defined(__APPLE__)
#define _DARWIN_C_SOURCE
#endif

#include "internal.h"

#if HERMETIC__HAVE_GUARD

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#if defined(__APPLE__)
#include <sys/ucontext.h>
#else
#include <ucontext.h>
#endif

#include "fault.h"

enum { SEGV, BUS, SIGNALS };

static const int numbers[SIGNALS] = { SIGSEGV, SIGBUS };
static struct sigaction previous[SIGNALS];
static atomic_bool spent[SIGNALS]; /* a previous handler with SA_RESETHAND had its one call */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool installed, learnt;

#define FIRST_LOOKS 8 /* by the first sandbox, to learn how long one takes */
#define ASK_EVERY 64u /* resumes */

static _Atomic uint64_t fastest = UINT64_MAX; /* time of hermetic__fault_on_top in nanoseconds, so far */

static uint64_t now(void) {
    struct timespec t;
    return clock_gettime(CLOCK_MONOTONIC, &t) == 0 ? (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec : 0;
}

/* ---- the interrupted context ---- */

static uintptr_t stack_pointer_of(const ucontext_t *context) {
#if defined(__linux__) && defined(__x86_64__)
    return (uintptr_t)context->uc_mcontext.gregs[REG_RSP];
#elif defined(__linux__)
    return (uintptr_t)context->uc_mcontext.sp;
#elif defined(__x86_64__)
    return (uintptr_t)context->uc_mcontext->__ss.__rsp;
#else
    return (uintptr_t)context->uc_mcontext->__ss.__sp;
#endif
}

/* Makes the thread call hermetic__raise(trap) when the handler returns, below the frame that faulted. */
static void redirect_to_raise(ucontext_t *context, int trap) {
    uintptr_t to = (uintptr_t)hermetic__raise;
    uintptr_t sp = (stack_pointer_of(context) - 256) & ~(uintptr_t)15; /* past any red zone */
#if defined(__x86_64__)
    sp -= 8; /* as after a call */
#if defined(__linux__)
    context->uc_mcontext.gregs[REG_RSP] = (greg_t)sp;
    context->uc_mcontext.gregs[REG_RIP] = (greg_t)to;
    context->uc_mcontext.gregs[REG_RDI] = trap;
#else
    context->uc_mcontext->__ss.__rsp = sp;
    context->uc_mcontext->__ss.__rip = to;
    context->uc_mcontext->__ss.__rdi = (uint64_t)trap;
#endif
#elif defined(__linux__)
    context->uc_mcontext.sp = sp;
    context->uc_mcontext.pc = to;
    context->uc_mcontext.regs[0] = (uint64_t)trap;
#else
    context->uc_mcontext->__ss.__sp = sp;
    context->uc_mcontext->__ss.__pc = to;
    context->uc_mcontext->__ss.__x[0] = (uint64_t)trap;
#endif
}

/* ---- faults that are not ours ---- */

static void set_default(int number) {
    struct sigaction action;
    memset(&action, 0, sizeof(action));
    action.sa_handler = SIG_DFL;
    sigaction(number, &action, NULL);
}

/* As the kernel would have delivered it, but for the stack: one that wanted the thread's own may get the alternate one. */
static void chain(int which, siginfo_t *info, ucontext_t *context) {
    const struct sigaction *action = &previous[which];
    int number = numbers[which];
    bool sent = info->si_code <= 0;
    bool reset = (action->sa_flags & (int)SA_RESETHAND) != 0 && atomic_exchange(&spent[which], true);

    if (!(action->sa_flags & SA_SIGINFO) || reset) {
        if (action->sa_handler == SIG_IGN && !reset && sent)
            return;
        if (action->sa_handler == SIG_DFL || action->sa_handler == SIG_IGN || reset) {
            set_default(number); /* a fault happens again, at the same place; nobody can ignore one */
            if (sent)
                raise(number); /* pending until we return */
            return;
        }
    }
    sigset_t mask = context->uc_sigmask;
    for (int other = 1; other < NSIG; other++)
        if (sigismember(&action->sa_mask, other) == 1)
            sigaddset(&mask, other);
    if (!(action->sa_flags & SA_NODEFER))
        sigaddset(&mask, number);
    pthread_sigmask(SIG_SETMASK, &mask, NULL); /* the old one comes back with the context */
    if (action->sa_flags & SA_SIGINFO)
        action->sa_sigaction(number, info, context);
    else
        action->sa_handler(number);
}

/* ---- the handler ---- */

static void on_fault(int number, siginfo_t *info, void *opaque) {
    ucontext_t *context = opaque;
    int saved_errno = errno;
    struct hermetic__fiber *f = hermetic__fiber_current();
    if (f && f->memory && info->si_code > 0) {
        uintptr_t address = (uintptr_t)info->si_addr;
        uintptr_t sp = stack_pointer_of(context);
        if (address - (uintptr_t)f->memory->data < f->memory->reserved &&
            sp - (uintptr_t)f->mapping < f->mapping_size) {
            int trap = hermetic__memory_fault(f->memory, address);
            if (trap != HERMETIC__TRAP_NONE)
                redirect_to_raise(context, trap);
            errno = saved_errno;
            return;
        }
    }
    chain(number == SIGBUS ? BUS : SEGV, info, context);
}

static bool is_ours(int number) {
    struct sigaction now;
    return sigaction(number, NULL, &now) == 0 && (now.sa_flags & SA_SIGINFO) && now.sa_sigaction == on_fault;
}

bool hermetic__fault_on_top(void) {
#if defined(__APPLE__)
    if (!is_ours(SIGBUS)) /* what a locked page raises there */
        return false;
#endif
    uint64_t begin = now();
    bool ours = is_ours(SIGSEGV);
    uint64_t end = now();
    /* Two looks at the clock are in it as well; they are in `away` too. A clock that was set back counts as no time. */
    uint64_t took = end > begin ? end - begin : 0;
    if (took < atomic_load_explicit(&fastest, memory_order_relaxed))
        atomic_store_explicit(&fastest, took, memory_order_relaxed);
    return ours;
}

bool hermetic__fault_still_on_top(uint64_t away, uint32_t *trusted) {
    if (away < atomic_load_explicit(&fastest, memory_order_relaxed) / 2 && *trusted < ASK_EVERY) {
        ++*trusted;
        return true;
    }
    *trusted = 0;
    return hermetic__fault_on_top();
}

bool hermetic__fault_install(void) {
    pthread_mutex_lock(&lock);
    if (!installed) {
        struct sigaction action;
        memset(&action, 0, sizeof(action));
        action.sa_sigaction = on_fault;
        action.sa_flags = SA_SIGINFO | SA_ONSTACK;
        sigemptyset(&action.sa_mask);
        installed = true;
        for (int i = 0; i < SIGNALS; i++) {
            /* Asked for first, so that a fault of another thread finds it as soon as ours is there. */
            if (sigaction(numbers[i], NULL, &previous[i]) != 0 || sigaction(numbers[i], &action, &previous[i]) != 0) {
                installed = false;
                break;
            }
        }
    }
    bool ready = installed;
    for (int i = 0; ready && !learnt && i < FIRST_LOOKS; i++)
        hermetic__fault_on_top();
    learnt = ready;
    pthread_mutex_unlock(&lock);
    return ready;
}

/* ---- threads that block the signals ---- */

static _Thread_local bool receives; /* asked once a thread: one that blocks SIGSEGV later does so at its own peril */

static void ours(sigset_t *set) {
    sigemptyset(set);
    sigaddset(set, SIGSEGV);
    sigaddset(set, SIGBUS);
}

bool hermetic__fault_unblock(void) {
    sigset_t set, old;
    if (receives)
        return false;
    ours(&set);
    if (pthread_sigmask(SIG_UNBLOCK, &set, &old) != 0)
        return false;
    receives = sigismember(&old, SIGSEGV) == 0 && sigismember(&old, SIGBUS) == 0;
    return !receives;
}

void hermetic__fault_block(void) {
    sigset_t set;
    ours(&set);
    pthread_sigmask(SIG_BLOCK, &set, NULL); /* only one of the two may have been blocked: harmless */
}

#endif
