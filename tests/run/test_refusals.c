/* Refusals: every allocation of a scenario fails, one after the other, once and for good. The scenario must come to an
 * error that says so or to its usual end, leave nothing behind (run under a leak checker), and a sandbox that survived it
 * must be usable. Needs a build with fault injection.
 */
#include "../../src/alloc.h"
#include "run.h"

/* A scenario returns 0 when all went as usual, else the first error. */
typedef int (*scenario)(void);

static const char *const code = "x = [str(i) for i in range(3000)]\nprint('y' * 3000)\nf(b'z' * 5000)\n'r' * 10000";

static int finish(hermetic_sandbox *sb, int status)
{
    if (status == HERMETIC_CALL) {
        char reply[6000] = "\x59\x17\x00"; /* bytes, 5888 of them */
        if ((status = hermetic_reply(sb, reply, 3 + 5888)) == 0)
            status = hermetic_resume(sb);
    }
    return status;
}

static bool may_lose; /* everything was refused for good: memory that cannot be put back may be lost, and says so */

/* After an error, with all allowed again, the sandbox must do as before. */
static void check_usable(hermetic_sandbox *sb)
{
    hermetic__fault_allocations(0, false);
    hermetic__fault_system_calls(0, false);
    if (hermetic_call_name(sb).len)
        CHECK_STATUS(sb, hermetic_abandon(sb), 0);
    if (may_lose && run_code(sb, "1") == HERMETIC_E_NOMEM)
        return;
    CHECK_VALUE(sb, "6 * 7", 42);
    CHECK_INT(hermetic_reset(sb), 0);
    CHECK_VALUE(sb, "6 * 7", 42);
}

static int run_with_flags(uint32_t flags, enum hermetic_backend backend)
{
    hermetic_options o = run_options(flags);
    hermetic_sandbox *sb;
    o.backend = backend;
    int status = hermetic_create(&o, &sb);
    if (status < 0) {
        CHECK(sb == NULL);
        return status;
    }
    status = finish(sb, run_code_with_f(sb, code));
    check_usable(sb);
    hermetic_destroy(sb);
    return status;
}

static int run_plain(void) { return run_with_flags(0, HERMETIC_BACKEND_AUTO); }
static int run_bounds(void) { return run_with_flags(0, HERMETIC_BACKEND_BOUNDS); }
static int run_discard(void) { return run_with_flags(HERMETIC_DISCARD_ON_LIMIT, HERMETIC_BACKEND_AUTO); }
static int run_journal(void) { return run_with_flags(HERMETIC_JOURNAL, HERMETIC_BACKEND_AUTO); }

static int restore_and_go_on(hermetic_sandbox *sb, const hermetic_options *o)
{
    hermetic_sandbox *again;
    uint8_t *bytes;
    size_t len;
    int waiting, status = hermetic_snapshot(sb, NULL, &bytes, &len);
    if (status < 0)
        return status;
    status = hermetic_restore(o, NULL, bytes, len, &again, &waiting);
    hermetic_free(bytes);
    if (status < 0)
        return status;
    status = waiting == HERMETIC_CALL ? finish(again, waiting) : finish(again, run_code(again, "f(1)"));
    check_usable(again);
    hermetic_destroy(again);
    return status;
}

static int snapshot(bool waiting)
{
    hermetic_options o = run_options(HERMETIC_JOURNAL);
    hermetic_sandbox *sb;
    int status = hermetic_create(&o, &sb);
    if (status < 0)
        return status;
    status = run_code_with_f(sb, code);
    if (!waiting)
        status = finish(sb, status);
    if (status >= 0)
        status = restore_and_go_on(sb, &o);
    check_usable(sb);
    hermetic_destroy(sb);
    return status;
}

static int snapshot_idle(void) { return snapshot(false); }
static int snapshot_waiting(void) { return snapshot(true); }

static int fork_it(void)
{
    hermetic_sandbox *sb, *copy;
    int status = hermetic_create(NULL, &sb);
    if (status < 0)
        return status;
    if ((status = finish(sb, run_code_with_f(sb, code))) == 0 && (status = hermetic_fork(sb, &copy)) == 0) {
        status = finish(copy, run_code(copy, "f(1)"));
        check_usable(copy);
        hermetic_destroy(copy);
    }
    check_usable(sb);
    hermetic_destroy(sb);
    return status;
}

static int encode(void)
{
    hermetic_encoder e = HERMETIC_ENCODER_INIT;
    for (int i = 0; i < 1000; i++)
        hermetic_encode_int(&e, i);
    int status = hermetic_encode_done(&e);
    if (status < 0)
        CHECK(e.data == NULL);
    hermetic_free(e.data);
    return status;
}

static void sweep(scenario run, uint64_t (*refuse)(uint64_t, bool), int other)
{
    static char context[50];
    refuse(0, false);
    CHECK_INT(run(), 0);
    for (int forever = 0; forever <= 1; forever++) {
        int in_a_row = 0;
        may_lose = forever && refuse == hermetic__fault_system_calls;
        for (uint64_t nth = 1; in_a_row < 3; nth++) { /* past the last one, all is as usual */
            CHECK(nth < 2000);
            snprintf(context, sizeof(context), "refused %s from %d on", forever ? "all" : "one", (int)nth);
            check_context = context;
            refuse(nth, forever);
            int status = run();
            /* SNAPSHOT: a guest that gets no memory in a replay goes another way. */
            CHECK(status == 0 || status == HERMETIC_E_NOMEM || status == other || status == HERMETIC_E_EXCEPTION ||
                  (status == HERMETIC_E_SNAPSHOT && run == snapshot_waiting));
            in_a_row = status == 0 ? in_a_row + 1 : 0;
        }
    }
    refuse(0, false);
    check_context = "";
}

/* Where the guest grows its memory, a refusal is its own MemoryError: HERMETIC_E_EXCEPTION. */
#define SWEEP(name, run)                                                                                                \
    TEST(name) { sweep(run, hermetic__fault_allocations, HERMETIC_E_NOMEM); }                                           \
    TEST(name##_and_system_calls) { sweep(run, hermetic__fault_system_calls, HERMETIC_E_SYSTEM); }

SWEEP(refusals_in_a_run, run_plain)
SWEEP(refusals_in_a_run_with_checks, run_bounds)
SWEEP(refusals_in_a_run_without_undo, run_discard)
SWEEP(refusals_in_a_run_with_a_journal, run_journal)
SWEEP(refusals_in_a_snapshot, snapshot_idle)
SWEEP(refusals_in_a_snapshot_of_a_wait, snapshot_waiting)
SWEEP(refusals_in_a_fork, fork_it)
SWEEP(refusals_in_the_encoder, encode)

#define BOTH(name) CHECK_ENTRY(name) CHECK_ENTRY(name##_and_system_calls)

TESTS_MAIN(BOTH(refusals_in_a_run) BOTH(refusals_in_a_run_with_checks) BOTH(refusals_in_a_run_without_undo)
           BOTH(refusals_in_a_run_with_a_journal) BOTH(refusals_in_a_snapshot) BOTH(refusals_in_a_snapshot_of_a_wait)
           BOTH(refusals_in_a_fork) BOTH(refusals_in_the_encoder))
