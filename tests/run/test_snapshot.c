/* Snapshots: an idle sandbox and a waiting run come back; whatever else is given to restore is refused. */
#include "run.h"

static const uint8_t key[32] = "0123456789abcdef0123456789abcde", other_key[32] = "another";

static void take(hermetic_sandbox *sb, const uint8_t *with, uint8_t **bytes, size_t *len)
{
    CHECK_STATUS(sb, hermetic_snapshot(sb, with, bytes, len), 0);
}

static hermetic_sandbox *give(const hermetic_options *o, const uint8_t *with, const uint8_t *bytes, size_t len,
                              int expected)
{
    hermetic_sandbox *sb;
    int status, result = hermetic_restore(o, with, bytes, len, &sb, &status);
    if (result < 0)
        CHECK_FAIL("hermetic_restore: %s", hermetic_last_create_error());
    CHECK_INT(status, expected);
    return sb;
}

TEST(an_idle_sandbox_comes_back)
{
    RUN_WITH_EACH_BACKEND(backend) {
        hermetic_options o = run_options(0);
        o.backend = backend;
        hermetic_sandbox *sb = run_create(NULL), *again;
        uint8_t *bytes;
        size_t len;
        CHECK_STATUS(sb, run_code_with_f(sb, "x = {'a': [1, 2.5, 'three']}\ndef g(n): return n + len(x)"), HERMETIC_DONE);
        take(sb, NULL, &bytes, &len);
        CHECK(len < 64 * 1024);
        hermetic_destroy(sb);
        again = give(&o, NULL, bytes, len, HERMETIC_DONE);
        hermetic_free(bytes);
        CHECK_VALUE(again, "g(41)", 42);
        CHECK_STATUS(again, run_code(again, "f()"), HERMETIC_CALL); /* what was granted still is */
        hermetic_destroy(again);
    }
}

TEST(a_session_that_grew_comes_back)
{
    hermetic_options o = run_options(0);
    hermetic_sandbox *sb = run_create(NULL), *again;
    uint8_t *bytes;
    size_t len;
    CHECK_STATUS(sb, run_code(sb, "x = bytearray(9 << 20)\nfor i in range(0, len(x), 4001): x[i] = i & 255\n"),
                 HERMETIC_DONE);
    take(sb, NULL, &bytes, &len);
    CHECK(len < 1 << 20); /* zeros take nothing */
    again = give(NULL, NULL, bytes, len, HERMETIC_DONE);
    CHECK_VALUE(again, "sum(x[i] != i & 255 for i in range(0, len(x), 4001)) + sum(x[1:4000])", 0);
    hermetic_destroy(again);
    o.memory = 4 << 20;
    CHECK_INT(hermetic_restore(&o, NULL, bytes, len, &again, NULL), HERMETIC_E_MEMORY);
    CHECK(again == NULL && strstr(hermetic_last_create_error(), "memory limit: 4194304 bytes, the snapshot has"));
    hermetic_free(bytes);
    hermetic_destroy(sb);
}

TEST(the_same_state_makes_the_same_bytes)
{
    hermetic_sandbox *sb = run_create(NULL), *again;
    uint8_t *one, *two;
    size_t one_len, two_len;
    CHECK_STATUS(sb, run_code(sb, "x = list(range(1000))"), HERMETIC_DONE);
    take(sb, NULL, &one, &one_len);
    again = give(NULL, NULL, one, one_len, HERMETIC_DONE);
    take(again, NULL, &two, &two_len);
    CHECK_BYTES(two, two_len, one, one_len);
    hermetic_free(one), hermetic_free(two);
    hermetic_destroy(sb), hermetic_destroy(again);
}

TEST(signatures_are_checked_and_not_ignored)
{
    hermetic_sandbox *sb = run_create(NULL), *again;
    uint8_t *is_signed, *plain;
    size_t signed_len, plain_len;
    CHECK_STATUS(sb, run_code(sb, "x = 5"), HERMETIC_DONE);
    take(sb, key, &is_signed, &signed_len);
    take(sb, NULL, &plain, &plain_len);
    again = give(NULL, key, is_signed, signed_len, HERMETIC_DONE);
    CHECK_VALUE(again, "x", 5);
    hermetic_destroy(again);
    CHECK_INT(hermetic_restore(NULL, other_key, is_signed, signed_len, &again, NULL), HERMETIC_E_SIGNATURE);
    CHECK(again == NULL);
    CHECK_INT(hermetic_restore(NULL, NULL, is_signed, signed_len, &again, NULL), HERMETIC_E_SIGNATURE);
    CHECK_INT(hermetic_restore(NULL, key, plain, plain_len, &again, NULL), HERMETIC_E_SIGNATURE);
    for (size_t at = 64; at < signed_len; at += signed_len / 50 + 1) {
        is_signed[at] ^= 1;
        CHECK_INT(hermetic_restore(NULL, key, is_signed, signed_len, &again, NULL), HERMETIC_E_SIGNATURE);
        is_signed[at] ^= 1;
    }
    hermetic_free(is_signed), hermetic_free(plain);
    hermetic_destroy(sb);
}

TEST(another_build_is_told)
{
    hermetic_sandbox *sb = run_create(NULL), *again;
    uint8_t *bytes;
    size_t len;
    take(sb, key, &bytes, &len);
    bytes[20] ^= 1; /* in the image's hash; the signature sees it first */
    CHECK_INT(hermetic_restore(NULL, key, bytes, len, &again, NULL), HERMETIC_E_SIGNATURE);
    CHECK_INT(hermetic_restore(NULL, NULL, "x", 1, &again, NULL), HERMETIC_E_SNAPSHOT);
    CHECK_INT(hermetic_restore(NULL, NULL, NULL, 0, &again, NULL), HERMETIC_E_SNAPSHOT);
    CHECK_INT(hermetic_restore(NULL, NULL, bytes, len, NULL, NULL), HERMETIC_E_INVALID);
    hermetic_free(bytes);
    hermetic_destroy(sb);
}

TEST(truncated_and_damaged_snapshots_are_refused)
{
    hermetic_sandbox *sb = run_create(NULL), *again;
    uint8_t *bytes;
    size_t len;
    CHECK_STATUS(sb, run_code(sb, "x = 5"), HERMETIC_DONE);
    take(sb, NULL, &bytes, &len);
    for (size_t cut = 0; cut < len; cut += cut < 200 ? 1 : 97) {
        uint8_t *exact = malloc(cut ? cut : 1);
        memcpy(exact, bytes, cut);
        CHECK_INT(hermetic_restore(NULL, NULL, exact, cut, &again, NULL), HERMETIC_E_SNAPSHOT);
        CHECK(again == NULL);
        free(exact);
    }
    for (size_t bit = 0; bit < len * 8; bit += bit < 2000 ? 1 : 331) {
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        int status = hermetic_restore(NULL, NULL, bytes, len, &again, NULL);
        CHECK(status == HERMETIC_E_SNAPSHOT || status == HERMETIC_E_SIGNATURE);
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    hermetic_free(bytes);
    hermetic_destroy(sb);
}

/* ---- waiting runs ---- */

static const char waiting_code[] = "import random, time\n"
                                   "print('begin')\n"
                                   "r = random.random()\n"
                                   "a = f('first')\n"
                                   "t = time.time()\n"
                                   "b = input('second')\n"
                                   "try: f('third')\n"
                                   "except KeyError: a += 100\n"
                                   "print('end', a, b)\n"
                                   "d = f('fourth', r, t)\n"
                                   "[a, b, d, f('fifth') if d else 0]";

static hermetic_options waiting_options(void)
{
    hermetic_options o = run_options(HERMETIC_JOURNAL | HERMETIC_INPUT_EVENTS);
    o.clock = HERMETIC_CLOCK_REAL;
    return o;
}

/* At each of its waits, the run is saved, its sandbox destroyed, and goes on in the one that was restored. */
TEST(a_waiting_run_comes_back_at_every_wait)
{
    hermetic_options o = waiting_options();
    hermetic_sandbox *sb = run_create(&o);
    CHECK_STATUS(sb, run_code(sb, "before = 1"), HERMETIC_DONE);
    int status = run_code_with_f(sb, waiting_code);
    for (int wait = 0; status > 0; wait++) {
        static const char *const answers[] = {"\x05", "\x62hi", NULL, "\x07", "\x08"};
        uint8_t *bytes;
        size_t len;
        char args[200];
        CHECK(wait < 5);
        hermetic_bytes before = hermetic_call_args(sb);
        CHECK(before.len < sizeof(args));
        if (before.len)
            memcpy(args, before.data, before.len);
        size_t args_len = before.len;
        take(sb, key, &bytes, &len);
        hermetic_destroy(sb);
        sb = give(&o, key, bytes, len, status);
        hermetic_free(bytes);
        /* The same question, random number and time included. */
        CHECK_BYTES(hermetic_call_args(sb).data, hermetic_call_args(sb).len, args, args_len);
        if (wait == 1)
            CHECK_TEXT(hermetic_input_prompt(sb), "second");
        CHECK_TEXT(hermetic_output(sb, 1), wait < 3 ? "begin\n" : "begin\nend 105 hi\n");
        if (answers[wait])
            CHECK_STATUS(sb, hermetic_reply(sb, answers[wait], strlen(answers[wait])), 0);
        else
            CHECK_STATUS(sb, hermetic_reply_error(sb, "KeyError", "no"), 0);
        status = hermetic_resume(sb);
    }
    CHECK_STATUS(sb, status, HERMETIC_DONE);
    CHECK_TEXT(hermetic_result(sb), "\x84\x18\x69\x62hi\x07\x08");
    CHECK_INT(hermetic_usage_of(sb).calls, 5);
    CHECK_VALUE(sb, "before", 1);
    hermetic_destroy(sb);
}

/* What is saved is the state before the run, whatever the run has done to it since. */
TEST(a_run_that_changed_everything_starts_again_from_before)
{
    RUN_WITH_EACH_BACKEND(backend)
        for (int discard = 0; discard < 2; discard++) {
            hermetic_options o = waiting_options();
            o.backend = backend;
            o.flags |= discard ? HERMETIC_DISCARD_ON_LIMIT : 0;
            hermetic_sandbox *sb = run_create(&o), *again;
            uint8_t *bytes;
            size_t len;
            CHECK_STATUS(sb, run_code(sb, "x = list(range(50000))\nruns = 0"), HERMETIC_DONE);
            CHECK_STATUS(sb, run_code_with_f(sb, "runs += 1\nfor i in range(len(x)): x[i] = -1\ny = bytearray(5 << 20)\n"
                                                 "f('now')\nruns * 100 + sum(x[:3])"), HERMETIC_CALL);
            take(sb, NULL, &bytes, &len);
            again = give(&o, NULL, bytes, len, HERMETIC_CALL);
            hermetic_free(bytes);
            take(again, NULL, &bytes, &len); /* and from there once more */
            CHECK_STATUS(again, hermetic_abandon(again), 0);
            if (!discard)
                CHECK_VALUE(again, "sum(x) - sum(range(50000)) + runs", 0);
            hermetic_destroy(again);
            again = give(&o, NULL, bytes, len, HERMETIC_CALL);
            CHECK_STATUS(again, hermetic_reply(again, "\xf6", 1), 0);
            CHECK_STATUS(again, hermetic_resume(again), HERMETIC_DONE);
            CHECK_INT(run_result(again).integer, 97);
            hermetic_free(bytes);
            hermetic_destroy(again);
            hermetic_destroy(sb);
        }
}

TEST(a_restored_wait_can_still_be_dropped)
{
    hermetic_options o = waiting_options();
    hermetic_sandbox *sb = run_create(&o), *again;
    uint8_t *bytes;
    size_t len;
    CHECK_STATUS(sb, run_code(sb, "x = 1"), HERMETIC_DONE);
    CHECK_STATUS(sb, run_code_with_f(sb, "x = 2\nf()"), HERMETIC_CALL);
    take(sb, NULL, &bytes, &len);
    again = give(&o, NULL, bytes, len, HERMETIC_CALL);
    CHECK_INT(hermetic_abandon(again), 0);
    CHECK_VALUE(again, "x", 1);
    hermetic_free(bytes);
    hermetic_destroy(sb), hermetic_destroy(again);
}

TEST(a_wait_needs_the_journal)
{
    hermetic_sandbox *sb = run_create(NULL);
    uint8_t *bytes;
    size_t len;
    CHECK_STATUS(sb, run_code_with_f(sb, "f()"), HERMETIC_CALL);
    CHECK_STATUS(sb, hermetic_snapshot(sb, NULL, &bytes, &len), HERMETIC_E_STATE);
    CHECK_STATUS(sb, hermetic_reply(sb, "\x05", 1), 0);
    CHECK_STATUS(sb, hermetic_resume(sb), HERMETIC_DONE);
    hermetic_destroy(sb);
}

TEST(a_journal_that_grew_too_large_is_told_and_the_run_goes_on)
{
    hermetic_options o = waiting_options();
    hermetic_sandbox *sb = run_create(&o);
    uint8_t *bytes, *large = calloc(1, (4 << 20) + 5);
    size_t len;
    memcpy(large, "\x5a\x00\x40\x00\x00", 5);
    int status = run_code_with_f(sb, "n = 0\nfor i in range(5): n += len(f())\nn");
    for (int i = 0; i < 5; i++) {
        CHECK_STATUS(sb, status, HERMETIC_CALL);
        CHECK_STATUS(sb, hermetic_snapshot(sb, NULL, &bytes, &len), i < 4 ? 0 : HERMETIC_E_TOO_BIG);
        hermetic_free(bytes);
        CHECK_STATUS(sb, hermetic_reply(sb, large, (4 << 20) + 5), 0);
        status = hermetic_resume(sb);
    }
    CHECK_STATUS(sb, status, HERMETIC_DONE);
    CHECK_INT(run_result(sb).integer, 5 * (4 << 20));
    free(large);
    hermetic_destroy(sb);
}

TEST(a_replay_obeys_the_limits_it_is_given)
{
    hermetic_options o = waiting_options();
    hermetic_sandbox *sb = run_create(&o), *again;
    uint8_t *bytes;
    size_t len;
    CHECK_STATUS(sb, run_code_with_f(sb, "for i in range(500000): pass\nf()"), HERMETIC_CALL);
    take(sb, NULL, &bytes, &len);
    o.fuel = 1000000;
    CHECK_INT(hermetic_restore(&o, NULL, bytes, len, &again, NULL), HERMETIC_E_FUEL);
    CHECK(again == NULL && strstr(hermetic_last_create_error(), "fuel limit: 1000000"));
    hermetic_free(bytes);
    hermetic_destroy(sb);
}

TEST(virtual_time_and_the_seeded_sequence_go_on)
{
    hermetic_options o = run_options(HERMETIC_HAS_SEED | HERMETIC_JOURNAL);
    o.clock = HERMETIC_CLOCK_VIRTUAL;
    o.seed = 7;
    static const char ask[] = "import os, time\n[os.urandom(8), time.time_ns() // 1000]";
    hermetic_sandbox *sb = run_create(&o), *again;
    uint8_t *bytes;
    size_t len;
    int has = run_code(sb, ask);
    if (has == HERMETIC_DONE) { /* needs os.urandom in the guest */
        take(sb, NULL, &bytes, &len);
        CHECK_STATUS(sb, run_code(sb, ask), HERMETIC_DONE);
        again = give(&o, NULL, bytes, len, HERMETIC_DONE);
        CHECK_STATUS(again, run_code(again, ask), HERMETIC_DONE);
        CHECK_BYTES(hermetic_result(again).data, hermetic_result(again).len, hermetic_result(sb).data,
                    hermetic_result(sb).len);
        hermetic_free(bytes);
        hermetic_destroy(again);
    }
    hermetic_destroy(sb);
}

TESTS_MAIN(CHECK_ENTRY(an_idle_sandbox_comes_back) CHECK_ENTRY(a_session_that_grew_comes_back)
           CHECK_ENTRY(the_same_state_makes_the_same_bytes) CHECK_ENTRY(signatures_are_checked_and_not_ignored)
           CHECK_ENTRY(another_build_is_told) CHECK_ENTRY(truncated_and_damaged_snapshots_are_refused)
           CHECK_ENTRY(a_waiting_run_comes_back_at_every_wait) CHECK_ENTRY(a_run_that_changed_everything_starts_again_from_before)
           CHECK_ENTRY(a_restored_wait_can_still_be_dropped)
           CHECK_ENTRY(a_wait_needs_the_journal)
           CHECK_ENTRY(a_journal_that_grew_too_large_is_told_and_the_run_goes_on)
           CHECK_ENTRY(a_replay_obeys_the_limits_it_is_given)
           CHECK_ENTRY(virtual_time_and_the_seeded_sequence_go_on))
