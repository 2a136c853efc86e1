/* Use in the wrong order, by two threads, and cancelling: an error, and no harm. */
#include "run.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

TEST(calls_in_the_wrong_order_are_told_and_change_nothing)
{
    uint8_t *bytes;
    size_t len;
    hermetic_sandbox *sb = run_create(NULL), *copy;
    CHECK_STATUS(sb, hermetic_resume(sb), HERMETIC_E_STATE);
    CHECK_TEXT(hermetic_failure_of(sb).message, "hermetic_resume: the sandbox is idle");
    CHECK_STATUS(sb, hermetic_abandon(sb), HERMETIC_E_STATE);
    CHECK_STATUS(sb, hermetic_reply(sb, "\x01", 1), HERMETIC_E_STATE);
    CHECK_STATUS(sb, hermetic_reply_error(sb, "KeyError", ""), HERMETIC_E_STATE);

    CHECK_STATUS(sb, run_code_with_f(sb, "f() + 1"), HERMETIC_CALL);
    CHECK_STATUS(sb, run_code(sb, "1"), HERMETIC_E_STATE);
    CHECK_TEXT(hermetic_failure_of(sb).message, "hermetic_start: the sandbox waits at a call");
    CHECK_STATUS(sb, hermetic_start_get(sb, "x"), HERMETIC_E_STATE);
    CHECK_STATUS(sb, hermetic_start_set(sb, (hermetic_bytes){(const uint8_t *)"\xa0", 1}), HERMETIC_E_STATE);
    CHECK_STATUS(sb, hermetic_start_call(sb, "x", run_nothing, run_nothing), HERMETIC_E_STATE);
    CHECK_STATUS(sb, hermetic_resume(sb), HERMETIC_E_STATE);
    CHECK_STATUS(sb, hermetic_set_options(sb, NULL), HERMETIC_E_STATE);
    CHECK_STATUS(sb, hermetic_park(sb), HERMETIC_E_STATE);
    CHECK_STATUS(sb, hermetic_fork(sb, &copy), HERMETIC_E_STATE);
    CHECK(copy == NULL);
    CHECK_STATUS(sb, hermetic_snapshot(sb, NULL, &bytes, &len), HERMETIC_E_STATE);
    CHECK(bytes == NULL);
    CHECK_INT(hermetic_result(sb).len, 0);
    CHECK_STATUS(sb, hermetic_reply(sb, "\x01", 1), 0);
    CHECK_STATUS(sb, hermetic_resume(sb), HERMETIC_DONE);
    CHECK_INT(run_result(sb).integer, 2);
    hermetic_destroy(sb);
}

TEST(null_is_refused_where_it_makes_no_sense)
{
    hermetic_sandbox *sb = run_create(NULL);
    CHECK_INT(hermetic_create(NULL, NULL), HERMETIC_E_INVALID);
    CHECK_INT(hermetic_start(NULL, "", 0, NULL), HERMETIC_E_INVALID);
    CHECK_INT(hermetic_resume(NULL), HERMETIC_E_INVALID);
    CHECK_INT(hermetic_reset(NULL), HERMETIC_E_INVALID);
    CHECK_INT(hermetic_fork(sb, NULL), HERMETIC_E_INVALID);
    CHECK_INT(hermetic_snapshot(sb, NULL, NULL, NULL), HERMETIC_E_INVALID);
    hermetic_destroy(NULL);
    hermetic_free(NULL);
    hermetic_destroy(sb);
}

TEST(a_bad_option_leaves_null_and_a_message)
{
    hermetic_options o = run_options(0);
    hermetic_sandbox *sb = (hermetic_sandbox *)1;
    o.memory = 1;
    CHECK_INT(hermetic_create(&o, &sb), HERMETIC_E_INVALID);
    CHECK(sb == NULL);
    CHECK(strstr(hermetic_last_create_error(), "option memory: 1 bytes"));
}

TEST(a_waiting_run_may_be_destroyed)
{
    hermetic_sandbox *sb = run_create(NULL);
    CHECK_STATUS(sb, run_code_with_f(sb, "f()"), HERMETIC_CALL);
    hermetic_destroy(sb);
}

/* ---- threads ---- */

struct shared {
    hermetic_sandbox *sb;
    volatile int started;
    int status;
};

static void *run_forever(void *arg)
{
    struct shared *s = arg;
    s->started = 1;
    s->status = run_code(s->sb, "x = 2\nwhile True: pass");
    return NULL;
}

static void sleep_ms(long ms)
{
    struct timespec t = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}

TEST(a_second_use_at_the_same_time_is_busy_and_cancel_ends_the_first)
{
    hermetic_options o = run_options(0);
    o.fuel = UINT64_C(1) << 60;
    struct shared s = {run_create(&o), 0, 0};
    pthread_t thread;
    uint8_t *bytes;
    size_t len;
    hermetic_sandbox *copy;
    CHECK_STATUS(s.sb, run_code(s.sb, "x = 1"), HERMETIC_DONE);
    CHECK_INT(pthread_create(&thread, NULL, run_forever, &s), 0);
    for (int i = 0; i < 2000 && hermetic_usage_peek(s.sb).fuel < 1000000; i++)
        sleep_ms(1);
    CHECK_INT(hermetic_start(s.sb, "1", 1, NULL), HERMETIC_E_BUSY);
    CHECK_INT(hermetic_start_get(s.sb, "x"), HERMETIC_E_BUSY);
    CHECK_INT(hermetic_resume(s.sb), HERMETIC_E_BUSY);
    CHECK_INT(hermetic_abandon(s.sb), HERMETIC_E_BUSY);
    CHECK_INT(hermetic_reply(s.sb, "\x01", 1), HERMETIC_E_BUSY);
    CHECK_INT(hermetic_reset(s.sb), HERMETIC_E_BUSY);
    CHECK_INT(hermetic_park(s.sb), HERMETIC_E_BUSY);
    CHECK_INT(hermetic_fork(s.sb, &copy), HERMETIC_E_BUSY);
    CHECK_INT(hermetic_snapshot(s.sb, NULL, &bytes, &len), HERMETIC_E_BUSY);
    CHECK_INT(hermetic_set_options(s.sb, NULL), HERMETIC_E_BUSY);
    CHECK_INT(hermetic_result(s.sb).len, 0);
    CHECK_INT(hermetic_output(s.sb, 1).len, 0);
    CHECK(hermetic_usage_of(s.sb).fuel > 0);
    hermetic_cancel(s.sb);
    pthread_join(thread, NULL);
    CHECK_INT(s.status, HERMETIC_E_CANCELLED);
    CHECK_TEXT(hermetic_failure_of(s.sb).message, "cancelled");
    CHECK_VALUE(s.sb, "x", 1);
    hermetic_destroy(s.sb);
}

TEST(a_cancelled_wait_ends_when_resumed)
{
    hermetic_sandbox *sb = run_create(NULL);
    CHECK_STATUS(sb, run_code_with_f(sb, "x = 1\nf()"), HERMETIC_CALL);
    hermetic_cancel(sb);
    CHECK_STATUS(sb, hermetic_reply(sb, "\x01", 1), 0);
    CHECK_STATUS(sb, hermetic_resume(sb), HERMETIC_E_CANCELLED);
    CHECK_STATUS(sb, run_code(sb, "x"), HERMETIC_E_EXCEPTION);
    hermetic_destroy(sb);
}

TEST(a_cancel_without_a_run_does_nothing)
{
    hermetic_sandbox *sb = run_create(NULL);
    hermetic_cancel(sb);
    CHECK_VALUE(sb, "n = 0\nfor i in range(200000): n += 1\nn", 200000);
    hermetic_destroy(sb);
}

static hermetic_sandbox *alarmed;

static void on_alarm(int number)
{
    (void)number;
    hermetic_cancel(alarmed);
}

TEST(a_signal_handler_may_cancel)
{
    struct sigaction action = {.sa_handler = on_alarm}, old;
    hermetic_options o = run_options(0);
    o.fuel = UINT64_C(1) << 60;
    alarmed = run_create(&o);
    sigaction(SIGALRM, &action, &old);
    alarm(1);
    CHECK_STATUS(alarmed, run_code(alarmed, "while True: pass"), HERMETIC_E_CANCELLED);
    sigaction(SIGALRM, &old, NULL);
    hermetic_destroy(alarmed);
}

static void *resume_there(void *arg)
{
    struct shared *s = arg;
    hermetic_reply(s->sb, "\x05", 1);
    s->status = hermetic_resume(s->sb);
    return NULL;
}

/* A host that must look after its signals gets its turn, and the guest does not notice. */
TEST(a_pause_comes_back_and_changes_neither_outcome_nor_fuel)
{
    static const char code[] = "n = 0\nfor i in range(1000000):\n    n += i\nn";
    hermetic_options o = HERMETIC_OPTIONS_INIT;
    hermetic_sandbox *sb = run_create(&o);
    CHECK_VALUE(sb, code, INT64_C(499999500000));
    uint64_t fuel = hermetic_usage_of(sb).fuel;
    hermetic_destroy(sb);

    o.pause = 1000000;
    o.flags = HERMETIC_JOURNAL;
    sb = run_create(&o);
    int pauses = 0, status;
    uint8_t *saved;
    size_t len;
    for (status = run_code(sb, code); status == HERMETIC_PAUSE; status = hermetic_resume(sb), pauses++) {
        CHECK_INT(hermetic_reply(sb, "\x05", 1), HERMETIC_E_STATE);
        CHECK_INT(hermetic_snapshot(sb, NULL, &saved, &len), HERMETIC_E_STATE);
    }
    CHECK_STATUS(sb, status, HERMETIC_DONE);
    CHECK_INT(run_result(sb).integer, INT64_C(499999500000));
    CHECK(pauses > 2);
    CHECK_INT(hermetic_usage_of(sb).fuel, fuel);

    CHECK_STATUS(sb, run_code(sb, "n = 5\nwhile True: pass"), HERMETIC_PAUSE);
    hermetic_cancel(sb);
    CHECK_STATUS(sb, hermetic_resume(sb), HERMETIC_E_CANCELLED);
    CHECK_VALUE(sb, "n", INT64_C(499999500000));

    /* Replayed in one go, whatever it takes. */
    status = run_code_with_f(sb, "for i in range(300000): n += 1\nf()\nn");
    while (status == HERMETIC_PAUSE)
        status = hermetic_resume(sb);
    CHECK_STATUS(sb, status, HERMETIC_CALL);
    CHECK_STATUS(sb, hermetic_snapshot(sb, NULL, &saved, &len), 0);
    hermetic_destroy(sb);
    CHECK_INT(hermetic_restore(&o, NULL, saved, len, &sb, &status), 0);
    hermetic_free(saved);
    CHECK_INT(status, HERMETIC_CALL);
    CHECK_STATUS(sb, hermetic_reply(sb, "\x05", 1), 0);
    const hermetic_callbacks none = {sizeof(none), NULL, NULL, NULL, NULL};
    CHECK_STATUS(sb, hermetic_drive(sb, hermetic_resume(sb), &none), HERMETIC_DONE);
    CHECK_INT(run_result(sb).integer, INT64_C(499999800000));
    hermetic_destroy(sb);
}

TEST(a_run_may_go_on_in_another_thread)
{
    struct shared s = {run_create(NULL), 0, 0};
    int status = run_code_with_f(s.sb, "y = 1\ndef g(n): return f() if n == 0 else g(n - 1)\nn = 0\n"
                                       "for i in range(10): n += g(i)\nn");
    for (int i = 0; i < 10; i++) {
        pthread_t thread;
        CHECK_STATUS(s.sb, status, HERMETIC_CALL);
        CHECK_INT(pthread_create(&thread, NULL, resume_there, &s), 0);
        pthread_join(thread, NULL);
        status = s.status;
    }
    CHECK_STATUS(s.sb, status, HERMETIC_DONE);
    CHECK_INT(run_result(s.sb).integer, 50);
    hermetic_destroy(s.sb);
}

static void *run_many(void *arg)
{
    struct shared *s = arg;
    s->sb = run_create(NULL);
    for (int i = 0; i < 50 && s->status == 0; i++) {
        s->status = run_code(s->sb, "sum([i * i for i in range(1000)]) + len(bytearray(100000))");
        if (run_result(s->sb).integer != 332833500 + 100000)
            s->status = -999;
        if (i % 10 == 0)
            hermetic_reset(s->sb);
    }
    hermetic_destroy(s->sb);
    return NULL;
}

TEST(sandboxes_in_different_threads_share_nothing)
{
    struct shared s[4] = {{NULL, 0, 0}, {NULL, 0, 0}, {NULL, 0, 0}, {NULL, 0, 0}};
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        CHECK_INT(pthread_create(&threads[i], NULL, run_many, &s[i]), 0);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        CHECK_INT(s[i].status, 0);
    }
}

TESTS_MAIN(CHECK_ENTRY(calls_in_the_wrong_order_are_told_and_change_nothing)
           CHECK_ENTRY(null_is_refused_where_it_makes_no_sense) CHECK_ENTRY(a_bad_option_leaves_null_and_a_message)
           CHECK_ENTRY(a_waiting_run_may_be_destroyed)
           CHECK_ENTRY(a_second_use_at_the_same_time_is_busy_and_cancel_ends_the_first)
           CHECK_ENTRY(a_cancelled_wait_ends_when_resumed) CHECK_ENTRY(a_cancel_without_a_run_does_nothing)
           CHECK_ENTRY(a_signal_handler_may_cancel)
           CHECK_ENTRY(a_pause_comes_back_and_changes_neither_outcome_nor_fuel) CHECK_ENTRY(a_run_may_go_on_in_another_thread)
           CHECK_ENTRY(sandboxes_in_different_threads_share_nothing))
