/* Limits: each ends the run, whatever the program does to catch it; the sandbox is as before, and usable. */
#include "run.h"

static const char loop[] = "mark = 1\n"
                           "while True:\n"
                           "    try:\n"
                           "        while True: pass\n"
                           "    except BaseException: pass\n";

/* A sandbox in which `before` is 7; after the limit, `before` is there and `mark` is not. */
static void check_limit(const hermetic_options *options, const char *code, int expected)
{
    hermetic_sandbox *sb = run_create(options);
    CHECK_STATUS(sb, run_code(sb, "before = 7"), HERMETIC_DONE);
    CHECK_STATUS(sb, run_code(sb, code), expected);
    hermetic_failure f = hermetic_failure_of(sb);
    CHECK_INT(f.status, expected);
    CHECK(f.message.len > 0 && f.limit > 0 && f.used >= f.limit);
    CHECK_INT(hermetic_result(sb).len, 0);
    CHECK_VALUE(sb, "before + (0 if 'mark' not in globals() else 100)", 7);
    hermetic_destroy(sb);
}

TEST(fuel_ends_a_program_that_catches_everything)
{
    hermetic_options o = run_options(0);
    o.fuel = 20000000;
    check_limit(&o, loop, HERMETIC_E_FUEL);
}

TEST(time_ends_a_program_that_catches_everything)
{
    hermetic_options o = run_options(0);
    o.wall = 20000000;
    check_limit(&o, loop, HERMETIC_E_WALL);
}

TEST(output_ends_a_program_that_catches_everything)
{
    hermetic_options o = run_options(0);
    o.output = 1000;
    check_limit(&o, "mark = 1\nwhile True:\n    try:\n        print('x' * 50)\n    except BaseException: pass\n",
                HERMETIC_E_OUTPUT);
}

TEST(output_up_to_the_limit_is_kept_when_the_run_fails)
{
    hermetic_options o = run_options(0);
    o.output = 10;
    hermetic_sandbox *sb = run_create(&o);
    CHECK_STATUS(sb, run_code(sb, "import sys\nsys.stdout.write('12345678')\nsys.stdout.write('9abcdef')"),
                 HERMETIC_E_OUTPUT);
    CHECK_TEXT(hermetic_output(sb, 1), "123456789a");
    hermetic_destroy(sb);
}

TEST(cut_output_lets_the_program_end_and_is_told)
{
    hermetic_options o = run_options(HERMETIC_CUT_OUTPUT);
    o.output = 1000;
    hermetic_sandbox *sb = run_create(&o);
    CHECK_VALUE(sb, "for i in range(1000): print('0123456789')\n5", 5);
    hermetic_usage u = hermetic_usage_of(sb);
    CHECK_INT(hermetic_output(sb, 1).len, 1000);
    CHECK_INT(u.output, 11000);
    CHECK_INT(u.output_cut, 10000);
    hermetic_destroy(sb);
}

TEST(memory_errors_are_the_programs_own_to_catch)
{
    hermetic_options o = run_options(0);
    o.memory = 4 << 20;
    hermetic_sandbox *sb = run_create(&o);
    CHECK_VALUE(sb, "try:\n    x = bytearray(64 << 20)\nexcept MemoryError:\n    x = 5\nx", 5);
    CHECK_STATUS(sb, run_code(sb, "y = []\nwhile True: y.append('0123456789' * 1000)"), HERMETIC_E_EXCEPTION);
    CHECK_TEXT(hermetic_failure_of(sb).type, "MemoryError");
    CHECK(hermetic_usage_of(sb).memory <= 4 << 20);
    CHECK_VALUE(sb, "y = None\nx", 5);
    hermetic_destroy(sb);
}

TEST(memory_that_a_cut_run_grew_is_given_back)
{
    hermetic_options o = run_options(0);
    o.fuel = 300000000;
    hermetic_sandbox *sb = run_create(&o);
    CHECK_STATUS(sb, run_code(sb, "0"), HERMETIC_DONE);
    uint64_t before = hermetic_usage_of(sb).memory;
    CHECK_STATUS(sb, run_code(sb, "x = bytearray(20 << 20)\nwhile True: pass"), HERMETIC_E_FUEL);
    CHECK_INT(hermetic_usage_of(sb).memory, before);
    hermetic_destroy(sb);
}

TEST(calls_past_their_limit_end_the_run)
{
    hermetic_options o = run_options(0);
    o.calls = 2;
    hermetic_sandbox *sb = run_create(&o);
    int status = run_code_with_f(sb, "while True:\n    try:\n        f()\n    except BaseException: pass");
    for (int i = 0; i < 2; i++) {
        CHECK_STATUS(sb, status, HERMETIC_CALL);
        CHECK_INT(hermetic_reply(sb, "\xf6", 1), 0);
        status = hermetic_resume(sb);
    }
    CHECK_STATUS(sb, status, HERMETIC_E_CALLS);
    CHECK_VALUE(sb, "5", 5);
    hermetic_destroy(sb);
}

TEST(recursion_is_an_exception_or_a_limit_and_never_a_crash)
{
    RUN_WITH_EACH_BACKEND(backend) {
        hermetic_options o = run_options(0);
        o.stack = 256 * 1024;
        o.backend = backend;
        hermetic_sandbox *sb = run_create(&o);
        int status = run_code(sb, "def g(n): return g(n + 1)\ng(0)");
        CHECK(status == HERMETIC_E_EXCEPTION || status == HERMETIC_E_RECURSION);
        status = run_code(sb, "x = []\nfor i in range(100000): x = [x]\nrepr(x)");
        CHECK(status == HERMETIC_E_EXCEPTION || status == HERMETIC_E_RECURSION);
        CHECK_VALUE(sb, "5", 5);
        hermetic_destroy(sb);
    }
}

TEST(values_past_their_limit_do_not_cross)
{
    hermetic_options o = run_options(0);
    o.value = 100000;
    hermetic_sandbox *sb = run_create(&o);
    CHECK_STATUS(sb, run_code(sb, "mark = 1\n'x' * 200000"), HERMETIC_E_TOO_BIG);
    CHECK_VALUE(sb, "'mark' in globals()\n1", 1);
    char *large = calloc(1, 200000);
    CHECK_STATUS(sb, hermetic_start(sb, large, 200000, NULL), HERMETIC_E_TOO_BIG);
    CHECK_STATUS(sb, run_code_with_f(sb, "f()"), HERMETIC_CALL);
    CHECK_STATUS(sb, hermetic_reply(sb, large, 200000), HERMETIC_E_TOO_BIG);
    CHECK_STATUS(sb, hermetic_reply(sb, "\x05", 1), 0);
    CHECK_STATUS(sb, hermetic_resume(sb), HERMETIC_DONE);
    CHECK_INT(run_result(sb).integer, 5);
    free(large);
    hermetic_destroy(sb);
}

/* The same program takes the same fuel, whatever the limit, the backend, and what ran in between. */
TEST(fuel_is_the_same_every_time)
{
    const char code[] = "s = 0\nfor i in range(20000): s += i * i\nd = {str(i): i for i in range(500)}\nsorted(d)[7]";
    uint64_t fuel = 0;
    for (int round = 0; round < 6; round++) {
        hermetic_options o = run_options(HERMETIC_HAS_SEED);
        o.backend = round % 2 ? HERMETIC_BACKEND_BOUNDS : HERMETIC_BACKEND_AUTO;
        o.fuel = 4000000000u + (uint64_t)round * 12345;
        hermetic_sandbox *sb = run_create(&o);
        if (round >= 2) {
            run_code(sb, "y = [0] * 100000");
            CHECK_INT(hermetic_reset(sb), 0);
        }
        CHECK_STATUS(sb, run_code(sb, code), HERMETIC_DONE);
        if (round == 0)
            fuel = hermetic_usage_of(sb).fuel;
        CHECK_INT(hermetic_usage_of(sb).fuel, fuel);
        hermetic_destroy(sb);
    }
    /* One unit less is not enough, and where it ends is the same as well. */
    hermetic_options o = run_options(HERMETIC_HAS_SEED);
    o.fuel = fuel - 1;
    hermetic_sandbox *sb = run_create(&o);
    CHECK_STATUS(sb, run_code(sb, code), HERMETIC_E_FUEL);
    hermetic_destroy(sb);
}

TEST(the_virtual_clock_and_the_seed_repeat_themselves)
{
    char first[200] = "";
    for (int round = 0; round < 2; round++) {
        hermetic_options o = run_options(HERMETIC_HAS_SEED);
        o.clock = HERMETIC_CLOCK_VIRTUAL;
        o.clock_start = INT64_C(1700000000000000000);
        o.seed = 42;
        hermetic_sandbox *sb = run_create(&o);
        CHECK_STATUS(sb, run_code(sb, "import time, random\nprint(time.time(), random.random(), random.random())"),
                     HERMETIC_DONE);
        CHECK_STATUS(sb, run_code(sb, "print(time.time())"), HERMETIC_DONE);
        hermetic_bytes out = hermetic_output(sb, 1);
        CHECK(out.len > 10 && out.len < sizeof(first) && memcmp(out.data, "17000000", 8) == 0);
        if (round == 0)
            memcpy(first, out.data, out.len);
        CHECK_BYTES(out.data, out.len, first, strlen(first));
        hermetic_destroy(sb);
    }
}

TEST(limits_can_be_changed_between_runs)
{
    hermetic_options o = run_options(0);
    hermetic_sandbox *sb = run_create(NULL);
    CHECK_STATUS(sb, run_code(sb, "x = 5"), HERMETIC_DONE);
    o.fuel = 1000000;
    CHECK_STATUS(sb, hermetic_set_options(sb, &o), 0);
    CHECK_STATUS(sb, run_code(sb, "while True: pass"), HERMETIC_E_FUEL);
    o.stack = 512 * 1024;
    CHECK_STATUS(sb, hermetic_set_options(sb, &o), HERMETIC_E_INVALID);
    o.stack = 0;
    o.memory = 65536;
    CHECK_STATUS(sb, hermetic_set_options(sb, &o), HERMETIC_E_INVALID);
    o.memory = 200 << 20;
    o.fuel = 0;
    CHECK_STATUS(sb, hermetic_set_options(sb, &o), 0);
    CHECK_VALUE(sb, "y = bytearray(100 << 20)\nx", 5);
    o.memory = 64 << 20;
    CHECK_STATUS(sb, hermetic_set_options(sb, &o), HERMETIC_E_INVALID); /* it has more */
    CHECK_INT(hermetic_reset(sb), 0);
    CHECK_STATUS(sb, hermetic_set_options(sb, &o), 0);
    CHECK_STATUS(sb, run_code(sb, "y = bytearray(100 << 20)"), HERMETIC_E_EXCEPTION);
    hermetic_destroy(sb);
}

/* Makes `n` strings, and with `slots` such as lead to the same slots of a dict by the public hash. */
static const char keys_code[] =
    "def keys(n, slots):\n"
    "    found, i = [], 0\n"
    "    while len(found) < n:\n"
    "        s = 'key' + str(i)\n"
    "        h = hash(s)\n"
    "        if (((h ^ h >> 32) * 0x9e3779b97f4a7c15 & (1 << 64) - 1) >> 32 & slots) == 0: found.append(s)\n"
    "        i += 1\n"
    "    return found\n"
    "def fill(keys):\n"
    "    d = {}\n"
    "    for k in keys: d[k] = k\n"
    "    return d\n"
    "plain = keys(400, 0)\n"
    "chosen = keys(400, 1023)\n";

TEST(chosen_keys_do_not_make_a_dict_slow)
{
    hermetic_sandbox *sb = run_create(NULL), *again;
    uint8_t *bytes;
    size_t len;
    CHECK_STATUS(sb, run_code(sb, keys_code), HERMETIC_DONE);
    CHECK_STATUS(sb, run_code(sb, "d = fill(plain)"), HERMETIC_DONE);
    uint64_t plain = hermetic_usage_of(sb).fuel;
    CHECK_STATUS(sb, run_code(sb, "d = fill(chosen)"), HERMETIC_DONE);
    uint64_t chosen = hermetic_usage_of(sb).fuel;
    CHECK(chosen < 4 * plain); /* 10 times as much, if nobody noticed */
    CHECK_STATUS(sb, hermetic_snapshot(sb, NULL, &bytes, &len), 0); /* the secret goes with the dict */
    CHECK_INT(hermetic_restore(NULL, NULL, bytes, len, &again, NULL), 0);
    CHECK_VALUE(again, "len(d) - sum(d[k] == k for k in chosen) + len(fill(chosen)) - 400", 0);
    hermetic_free(bytes);
    hermetic_destroy(again);
    hermetic_destroy(sb);
}

/* The secret is of the same source as the random module's seed, so that one's numbers tell of the other's draw. */
TEST(the_secret_against_chosen_keys_is_drawn_from_the_host_when_needed)
{
    static const char code[] = "d = fill(%s)\nimport random\nrandom.getrandbits(30)";
    int64_t numbers[2];
    for (int chosen = 0; chosen < 2; chosen++) {
        char text[200];
        hermetic_options o = run_options(HERMETIC_HAS_SEED);
        o.seed = 7;
        hermetic_sandbox *sb = run_create(&o);
        snprintf(text, sizeof(text), code, chosen ? "chosen" : "plain");
        CHECK_STATUS(sb, run_code(sb, keys_code), HERMETIC_DONE);
        CHECK_STATUS(sb, run_code(sb, text), HERMETIC_DONE);
        numbers[chosen] = run_result(sb).integer;
        hermetic_destroy(sb);
    }
    CHECK(numbers[0] != numbers[1]);
}

TESTS_MAIN(CHECK_ENTRY(fuel_ends_a_program_that_catches_everything)
           CHECK_ENTRY(time_ends_a_program_that_catches_everything)
           CHECK_ENTRY(output_ends_a_program_that_catches_everything)
           CHECK_ENTRY(output_up_to_the_limit_is_kept_when_the_run_fails)
           CHECK_ENTRY(cut_output_lets_the_program_end_and_is_told)
           CHECK_ENTRY(memory_errors_are_the_programs_own_to_catch)
           CHECK_ENTRY(memory_that_a_cut_run_grew_is_given_back) CHECK_ENTRY(calls_past_their_limit_end_the_run)
           CHECK_ENTRY(recursion_is_an_exception_or_a_limit_and_never_a_crash)
           CHECK_ENTRY(values_past_their_limit_do_not_cross) CHECK_ENTRY(fuel_is_the_same_every_time)
           CHECK_ENTRY(the_virtual_clock_and_the_seed_repeat_themselves)
           CHECK_ENTRY(limits_can_be_changed_between_runs) CHECK_ENTRY(chosen_keys_do_not_make_a_dict_slow)
           CHECK_ENTRY(the_secret_against_chosen_keys_is_drawn_from_the_host_when_needed))
