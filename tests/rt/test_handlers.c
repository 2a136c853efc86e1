/* The process's fault handlers: ours lives with those of others, before and after it, and takes none of their faults.
 * Each case is a process of its own, since handlers are the process's. */
#if !defined(_WIN32)
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#endif

#include "machine.h"

#include "../../rt/internal.h"

#if HERMETIC__HAVE_GUARD

static struct machine s;
static volatile int *page; /* without access */
static atomic_int calls;
static sigset_t mask_seen;
static void *address_seen;

static void guest_faults(int expected_trap) {
    CHECK_EQ(machine_run(&s, OP_STORE32, 70000, 7, 0), 0); /* a first write, and */
    CHECK_EQ(machine_run(&s, OP_LOAD32, 0xfffffff0u, 0, 0), expected_trap);
    CHECK_EQ(machine_load(&s, 70000), 7);
    hermetic__memory_reset(&s.instance.memory);
    hermetic__memory_park(&s.instance.memory);
}

static void touch_page(void) {
    *page = 1;
}

static void make_page(void) {
    page = mmap(NULL, 65536, PROT_NONE, MAP_PRIVATE | MAP_ANON, -1, 0);
    CHECK(page != MAP_FAILED);
}

static void open_access(void) {
    CHECK_EQ(mprotect((void *)page, 65536, PROT_READ | PROT_WRITE), 0);
}

static void with_info(int number, siginfo_t *info, void *context) {
    (void)number, (void)context;
    calls++;
    address_seen = info->si_addr;
    pthread_sigmask(SIG_BLOCK, NULL, &mask_seen);
    open_access();
}

static void plain(int number) {
    (void)number;
    calls++;
    open_access();
}

static void install(int flags, void (*simple)(int), void (*full)(int, siginfo_t *, void *), struct sigaction *old) {
    struct sigaction action;
    memset(&action, 0, sizeof(action));
    if (full)
        action.sa_sigaction = full, flags |= SA_SIGINFO;
    else
        action.sa_handler = simple;
    action.sa_flags = flags;
    sigemptyset(&action.sa_mask);
    sigaddset(&action.sa_mask, SIGUSR1);
    CHECK_EQ(sigaction(SIGSEGV, &action, old), 0);
    CHECK_EQ(sigaction(SIGBUS, &action, NULL), 0);
}

/* ---- handlers that were there before ---- */

static void earlier_full_handler(void) {
    install(0, NULL, with_info, NULL);
    machine_open(&s, HERMETIC__GUARD, 1 << 20);
    guest_faults(HERMETIC__TRAP_MEMORY);
    CHECK_EQ(calls, 0);
    touch_page();
    CHECK_EQ(calls, 1);
    CHECK(address_seen == (void *)page);
    CHECK(sigismember(&mask_seen, SIGUSR1) == 1 && sigismember(&mask_seen, SIGSEGV) == 1);
    guest_faults(HERMETIC__TRAP_MEMORY);
    sigset_t now;
    pthread_sigmask(SIG_BLOCK, NULL, &now);
    CHECK(sigismember(&now, SIGUSR1) == 0 && sigismember(&now, SIGSEGV) == 0);
}

static void earlier_nodefer_handler(void) {
    install(SA_NODEFER, NULL, with_info, NULL);
    machine_open(&s, HERMETIC__GUARD, 1 << 20);
    touch_page();
    CHECK_EQ(calls, 1);
    CHECK(sigismember(&mask_seen, SIGUSR1) == 1 && sigismember(&mask_seen, SIGSEGV) == 0);
}

static void earlier_plain_handler(void) {
    install(0, plain, NULL, NULL);
    machine_open(&s, HERMETIC__GUARD, 1 << 20);
    touch_page();
    CHECK_EQ(calls, 1);
    raise(SIGSEGV);
    CHECK_EQ(calls, 2);
}

static void earlier_one_shot_handler(void) {
    install((int)SA_RESETHAND, plain, NULL, NULL);
    machine_open(&s, HERMETIC__GUARD, 1 << 20);
    touch_page();
    CHECK_EQ(calls, 1);
    guest_faults(HERMETIC__TRAP_MEMORY);
    make_page();
    touch_page(); /* dies */
}

static void default_action(void) {
    machine_open(&s, HERMETIC__GUARD, 1 << 20);
    guest_faults(HERMETIC__TRAP_MEMORY);
    touch_page(); /* dies */
}

static void default_action_for_sent_signal(void) {
    machine_open(&s, HERMETIC__GUARD, 1 << 20);
    raise(SIGSEGV); /* dies */
}

static void ignored_signal(void) {
    signal(SIGSEGV, SIG_IGN);
    machine_open(&s, HERMETIC__GUARD, 1 << 20);
    raise(SIGSEGV);
    guest_faults(HERMETIC__TRAP_MEMORY);
    touch_page(); /* dies: nobody can ignore a fault */
}

/* The host's own wild pointer into a sandbox's reservation is a host's crash, not a guest's trap. */
static void host_fault_in_guest_memory(void) {
    machine_open(&s, HERMETIC__GUARD, 1 << 20);
    ((volatile uint8_t *)s.instance.memory.data)[3 << 20] = 1; /* dies */
}

/* ---- handlers that came after ---- */

static struct sigaction ours;

static void later_chains(int number, siginfo_t *info, void *context) {
    calls++;
    ours.sa_sigaction(number, info, context);
}

static void never(int number, siginfo_t *info, void *context) {
    (void)number, (void)info, (void)context;
    _exit(99);
}

/* Guest faults never reach a later handler: the run uses checks, on the same memory. */
static void later_handler(void (*handler)(int, siginfo_t *, void *)) {
    machine_open(&s, HERMETIC__GUARD, 1 << 20);
    guest_faults(HERMETIC__TRAP_MEMORY);
    CHECK(!hermetic__memory_checked(&s.instance.memory));
    install(0, NULL, handler, &ours);
    for (int i = 0; i < 3; i++)
        guest_faults(HERMETIC__TRAP_MEMORY);
    CHECK(hermetic__memory_checked(&s.instance.memory));
    CHECK_EQ(machine_run(&s, OP_GROW, 3, 0, 0), 0);
    CHECK_EQ(machine_run(&s, OP_FILL, 0x20000, 3, 0x30000), 0);
    CHECK_EQ(machine_run(&s, OP_TOUCH, 4096, 0x40000, 3), 0);
    CHECK_EQ(calls, 0);
    CHECK_EQ(sigaction(SIGSEGV, &ours, NULL), 0);
    guest_faults(HERMETIC__TRAP_MEMORY);
    CHECK(!hermetic__memory_checked(&s.instance.memory));
}

static void later_handler_that_chains(void) {
    later_handler(later_chains);
}

static void later_handler_that_does_not(void) {
    later_handler(never);
}

static void later_handler_while_suspended(void) {
    machine_open(&s, HERMETIC__GUARD, 1 << 20);
    CHECK_EQ(hermetic__instance_begin(&s.instance, true), 0);
    CHECK_EQ(machine_start(&s, OP_LOOP_EVENTS, 10, 0, 0), HERMETIC__STOP_SUSPEND);
    install(0, NULL, never, NULL);
    CHECK_EQ(hermetic__fiber_resume(&s.instance.fiber, UINT64_MAX), HERMETIC__STOP_TRAP);
    CHECK_EQ(hermetic__fiber_trap(&s.instance.fiber), HERMETIC__TRAP_HANDLER);
    hermetic__memory_rollback(&s.instance.memory);
    guest_faults(HERMETIC__TRAP_MEMORY);
}

static void suspend_in_events(void) {
    CHECK_EQ(hermetic__instance_begin(&s.instance, true), 0);
    CHECK_EQ(machine_start(&s, OP_LOOP_EVENTS, 1000000, 0, 0), HERMETIC__STOP_SUSPEND);
}

static void check_noticed(uint64_t away) {
    CHECK_EQ(hermetic__fiber_resume(&s.instance.fiber, away), HERMETIC__STOP_TRAP);
    CHECK_EQ(hermetic__fiber_trap(&s.instance.fiber), HERMETIC__TRAP_HANDLER);
    hermetic__memory_rollback(&s.instance.memory);
    CHECK_EQ(sigaction(SIGSEGV, &ours, NULL), 0);
}

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* The time that installing a handler takes, as the library measures it, is never short enough to go unasked. */
static void later_handler_between_quick_resumes(void) {
    struct sigaction later;
    machine_open(&s, HERMETIC__GUARD, 1 << 20);
    memset(&later, 0, sizeof(later));
    later.sa_sigaction = never;
    later.sa_flags = SA_SIGINFO;
    for (int i = 0; i < 2000; i++) {
        suspend_in_events();
        for (int quick = 0; quick < i % 3; quick++)
            CHECK_EQ(hermetic__fiber_resume(&s.instance.fiber, 0), HERMETIC__STOP_SUSPEND);
        uint64_t left = now();
        CHECK_EQ(sigaction(SIGSEGV, &later, &ours), 0);
        check_noticed(now() - left);
    }
}

/* Whatever the clock says, it is noticed in a while. */
static void later_handler_and_a_wrong_clock(void) {
    machine_open(&s, HERMETIC__GUARD, 1 << 20);
    suspend_in_events();
    install(0, NULL, never, &ours);
    int resumes = 1;
    while (hermetic__fiber_resume(&s.instance.fiber, 0) == HERMETIC__STOP_SUSPEND && resumes < 1000)
        resumes++;
    CHECK(resumes <= 65);
    CHECK_EQ(hermetic__fiber_trap(&s.instance.fiber), HERMETIC__TRAP_HANDLER);
}

static void *resume_at_once(void *unused) {
    check_noticed(0);
    return unused;
}

/* The time away is of no account in another thread. */
static void later_handler_and_another_thread(void) {
    pthread_t thread;
    machine_open(&s, HERMETIC__GUARD, 1 << 20);
    suspend_in_events();
    install(0, NULL, never, &ours);
    CHECK_EQ(pthread_create(&thread, NULL, resume_at_once, NULL), 0);
    CHECK_EQ(pthread_join(thread, NULL), 0);
}

/* ---- stacks and masks ---- */

static void alternate_stack(void) {
    static uint8_t stack[1 << 16];
    stack_t alternate = { .ss_sp = stack, .ss_size = sizeof(stack) };
    CHECK_EQ(sigaltstack(&alternate, NULL), 0);
    machine_open(&s, HERMETIC__GUARD, 1 << 20);
    for (int i = 0; i < 100; i++)
        guest_faults(HERMETIC__TRAP_MEMORY);
    stack_t now;
    CHECK_EQ(sigaltstack(NULL, &now), 0);
    CHECK_EQ(now.ss_flags, 0); /* not left on it */
}

static void *run_with_signals_blocked(void *unused) {
    sigset_t all, now;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, NULL);
    for (int i = 0; i < 3; i++) {
        guest_faults(HERMETIC__TRAP_MEMORY);
        pthread_sigmask(SIG_BLOCK, NULL, &now);
        CHECK_EQ(sigismember(&now, SIGSEGV), 1);
        CHECK_EQ(sigismember(&now, SIGUSR1), 1);
    }
    return unused;
}

static void blocked_signals(void) {
    machine_open(&s, HERMETIC__GUARD, 1 << 20);
    pthread_t thread;
    CHECK_EQ(pthread_create(&thread, NULL, run_with_signals_blocked, NULL), 0);
    CHECK_EQ(pthread_join(thread, NULL), 0);
}

static void *run_thread(void *opaque) {
    struct machine *mine = opaque;
    for (uint32_t i = 0; i < 300; i++) {
        CHECK_EQ(machine_run(mine, OP_TOUCH, 4096, IMAGE_SIZE, i), 0);
        CHECK_EQ(machine_run(mine, OP_STORE32, 0xfffffff0u, 0, 0), HERMETIC__TRAP_MEMORY);
        CHECK_EQ(machine_load(mine, 4096), i);
        hermetic__memory_reset(&mine->instance.memory);
        hermetic__memory_park(&mine->instance.memory);
    }
    return NULL;
}

static void threads(void) {
    static struct machine machines[4];
    pthread_t ids[4];
    for (int i = 0; i < 4; i++)
        machine_open(&machines[i], HERMETIC__GUARD, 1 << 20);
    for (int i = 0; i < 4; i++)
        CHECK_EQ(pthread_create(&ids[i], NULL, run_thread, &machines[i]), 0);
    for (int i = 0; i < 4; i++)
        CHECK_EQ(pthread_join(ids[i], NULL), 0);
}

/* A process that closes all descriptors, and opens others, gets no other bytes for an image. */
static void closed_descriptors(void) {
    machine_open(&s, HERMETIC__GUARD, 1 << 20);
    machine_close(&s);
    for (int fd = 3; fd < 100; fd++)
        close(fd);
    FILE *other[20];
    for (int i = 0; i < 20; i++)
        CHECK((other[i] = tmpfile()) != NULL);
    machine_open(&s, HERMETIC__GUARD, 1 << 20);
    for (uint32_t at = 0; at < IMAGE_SIZE; at += 4)
        CHECK_EQ(machine_load(&s, at) & 0xff, machine_image_byte(at));
    guest_faults(HERMETIC__TRAP_MEMORY);
    machine_close(&s);
}

static const struct {
    const char *name;
    void (*run)(void);
    int dies_of; /* the signal, or 0 */
} cases[] = {
#define CASE(name, signal) { #name, name, signal }
    CASE(earlier_full_handler, 0),
    CASE(earlier_nodefer_handler, 0),
    CASE(earlier_plain_handler, 0),
    CASE(earlier_one_shot_handler, SIGSEGV),
    CASE(default_action, SIGSEGV),
    CASE(default_action_for_sent_signal, SIGSEGV),
    CASE(ignored_signal, SIGSEGV),
    CASE(host_fault_in_guest_memory, SIGSEGV),
    CASE(later_handler_that_chains, 0),
    CASE(later_handler_that_does_not, 0),
    CASE(later_handler_while_suspended, 0),
    CASE(later_handler_between_quick_resumes, 0),
    CASE(later_handler_and_a_wrong_clock, 0),
    CASE(later_handler_and_another_thread, 0),
    CASE(alternate_stack, 0),
    CASE(blocked_signals, 0),
    CASE(threads, 0),
    CASE(closed_descriptors, 0),
};

int main(void) {
    int failures = 0;
    make_page();
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        pid_t child = fork();
        if (child == 0) {
            signal(SIGSEGV, SIG_DFL); /* a sanitizer's or a runner's */
            signal(SIGBUS, SIG_DFL);
            cases[i].run();
            _exit(0);
        }
        int status;
        CHECK_EQ(waitpid(child, &status, 0), child);
        int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
        /* Where locked memory raises the other of the two, so be it. */
        bool right = cases[i].dies_of ? signal == SIGSEGV || signal == SIGBUS : WIFEXITED(status) && WEXITSTATUS(status) == 0;
        if (!right) {
            fprintf(stderr, "%s: signal %d, exit status %d\n", cases[i].name, signal,
                    WIFEXITED(status) ? WEXITSTATUS(status) : -1);
            failures++;
        }
    }
    return failures > 0;
}

#else

int main(void) {
    return 77; /* skipped: no guard backend here */
}

#endif
