/* Sessions: variables stay from run to run, runs are transactions, reset and fork and park keep their word. */
#include "run.h"

TEST(variables_functions_and_imports_stay)
{
    hermetic_sandbox *sb = run_create(NULL);
    CHECK_STATUS(sb, run_code(sb, "x = 20\ndef double(n): return 2 * n\nimport math"), HERMETIC_DONE);
    CHECK_INT(run_result(sb).kind, HERMETIC_NONE);
    CHECK_VALUE(sb, "double(x) + int(math.sqrt(4))", 42);
    hermetic_destroy(sb);
}

TEST(an_exception_keeps_what_was_done_before_it)
{
    hermetic_sandbox *sb = run_create(NULL);
    CHECK_STATUS(sb, run_code(sb, "x = 1\n1/0\nx = 2"), HERMETIC_E_EXCEPTION);
    CHECK_VALUE(sb, "x", 1);
    hermetic_destroy(sb);
}

TEST(exceptions_are_told_in_full)
{
    hermetic_sandbox *sb = run_create(NULL);
    CHECK_STATUS(sb, run_code(sb, "def g():\n    raise ValueError('bad\\nnews')\ng()"), HERMETIC_E_EXCEPTION);
    hermetic_failure f = hermetic_failure_of(sb);
    CHECK_TEXT(f.type, "ValueError");
    CHECK_TEXT(f.text, "bad\nnews");
    CHECK_TEXT(f.message, "ValueError: bad");
    CHECK(f.traceback.len > 50);
    CHECK_INT(hermetic_validate(f.frames.data, f.frames.len), 0);
    CHECK_STATUS(sb, run_code(sb, "import sys\nsys.exit(3)"), HERMETIC_E_EXIT);
    CHECK_INT(hermetic_failure_of(sb).exit_code, 3);
    CHECK_STATUS(sb, run_code(sb, "raise SystemExit"), HERMETIC_E_EXIT);
    CHECK_INT(hermetic_failure_of(sb).exit_code, 0);
    CHECK_STATUS(sb, run_code(sb, "x ="), HERMETIC_E_EXCEPTION);
    CHECK_TEXT(hermetic_failure_of(sb).type, "SyntaxError");
    CHECK_STATUS(sb, run_code(sb, "x = 1"), HERMETIC_DONE);
    CHECK_INT(hermetic_failure_of(sb).status, 0);
    hermetic_destroy(sb);
}

TEST(a_last_value_without_a_form_in_cbor_is_told_by_its_repr)
{
    hermetic_sandbox *sb = run_create(NULL);
    CHECK_STATUS(sb, run_code(sb, "class A:\n    def __repr__(self): return 'an A'\n[A(), 1]"), HERMETIC_DONE);
    CHECK_TEXT(hermetic_result(sb), "\x69[an A, 1]");
    CHECK_TEXT(hermetic_result_type(sb), "list");
    CHECK_STATUS(sb, run_code(sb, "x = A()\n'an A'"), HERMETIC_DONE);
    CHECK_TEXT(run_result(sb).bytes, "an A");
    CHECK_INT(hermetic_result_type(sb).len, 0);
    CHECK_STATUS(sb, hermetic_start_get(sb, "x"), HERMETIC_E_EXCEPTION); /* data was asked for */
    CHECK_TEXT(hermetic_failure_of(sb).message, "TypeError: cannot pass an object of type A");
    CHECK_INT(hermetic_result_type(sb).len, 0);
    hermetic_destroy(sb);
}

TEST(functions_and_variables_are_reached_by_name)
{
    hermetic_sandbox *sb = run_create(NULL);
    CHECK_STATUS(sb, run_code(sb, "def add(a, b=1): return a + b"), HERMETIC_DONE);
    hermetic_bytes args = {(const uint8_t *)"\x81\x05", 2}, kwargs = {(const uint8_t *)"\xa1\x61" "b\x07", 4};
    CHECK_STATUS(sb, hermetic_start_call(sb, "add", args, kwargs), HERMETIC_DONE);
    CHECK_INT(run_result(sb).integer, 12);
    CHECK_STATUS(sb, hermetic_start_call(sb, "add", args, run_nothing), HERMETIC_DONE);
    CHECK_INT(run_result(sb).integer, 6);
    CHECK_STATUS(sb, hermetic_start_set(sb, kwargs), HERMETIC_DONE);
    CHECK_STATUS(sb, hermetic_start_get(sb, "b"), HERMETIC_DONE);
    CHECK_INT(run_result(sb).integer, 7);
    CHECK_STATUS(sb, hermetic_start_get(sb, "nowhere"), HERMETIC_E_EXCEPTION);
    CHECK_STATUS(sb, hermetic_start_call(sb, "nowhere", run_nothing, run_nothing), HERMETIC_E_EXCEPTION);
    hermetic_destroy(sb);
}

TEST(inputs_file_and_argv_arrive)
{
    hermetic_sandbox *sb = run_create(NULL);
    hermetic_run_options o = HERMETIC_RUN_OPTIONS_INIT;
    o.file = "prog.py";
    o.inputs = (hermetic_bytes){(const uint8_t *)"\xa1\x61n\x18\x29", 5};
    o.argv = (hermetic_bytes){(const uint8_t *)"\x82\x61" "a\x61" "b", 5};
    const char code[] = "import sys\nn + len(sys.argv) - 1";
    CHECK_STATUS(sb, hermetic_start(sb, code, strlen(code), &o), HERMETIC_DONE);
    CHECK_INT(run_result(sb).integer, 42);
    CHECK_STATUS(sb, hermetic_start(sb, "1/0", 3, &o), HERMETIC_E_EXCEPTION);
    hermetic_bytes t = hermetic_failure_of(sb).traceback;
    char text[1000] = "";
    memcpy(text, t.data, t.len < sizeof(text) - 1 ? t.len : sizeof(text) - 1);
    CHECK(strstr(text, "\"prog.py\", line 1"));
    o.flags = HERMETIC_RUN_NO_VALUE;
    CHECK_STATUS(sb, hermetic_start(sb, "5", 1, &o), HERMETIC_DONE);
    CHECK_INT(run_result(sb).kind, HERMETIC_NONE);
    o.flags = HERMETIC_RUN_PRINT;
    CHECK_STATUS(sb, hermetic_start(sb, "'a'", 3, &o), HERMETIC_DONE);
    CHECK_TEXT(hermetic_output(sb, 1), "'a'\n");
    hermetic_destroy(sb);
}

TEST(malformed_inputs_are_the_hosts_mistake_and_change_nothing)
{
    hermetic_sandbox *sb = run_create(NULL);
    hermetic_run_options o = HERMETIC_RUN_OPTIONS_INIT;
    o.inputs = (hermetic_bytes){(const uint8_t *)"\xa1\x01\x02", 3};
    CHECK_STATUS(sb, hermetic_start(sb, "1", 1, &o), HERMETIC_E_CBOR);
    o.inputs = (hermetic_bytes){(const uint8_t *)"\x80", 1};
    CHECK_STATUS(sb, hermetic_start(sb, "1", 1, &o), HERMETIC_E_CBOR);
    o.inputs = run_nothing;
    o.functions = (hermetic_bytes){(const uint8_t *)"\x81\x82\x61" "f\x60", 5};
    CHECK_STATUS(sb, hermetic_start(sb, "1", 1, &o), HERMETIC_E_CBOR);
    o.functions = run_nothing;
    o.argv = (hermetic_bytes){(const uint8_t *)"\x81\x01", 2};
    CHECK_STATUS(sb, hermetic_start(sb, "1", 1, &o), HERMETIC_E_CBOR);
    o.argv = run_nothing;
    o.file = "\xff";
    CHECK_STATUS(sb, hermetic_start(sb, "1", 1, &o), HERMETIC_E_INVALID);
    CHECK_STATUS(sb, hermetic_start(sb, NULL, 1, NULL), HERMETIC_E_INVALID);
    CHECK_STATUS(sb, hermetic_start_get(sb, NULL), HERMETIC_E_INVALID);
    CHECK_VALUE(sb, "5", 5);
    hermetic_destroy(sb);
}

TEST(a_dropped_run_leaves_nothing)
{
    hermetic_sandbox *sb = run_create(NULL);
    CHECK_STATUS(sb, run_code(sb, "x = 1"), HERMETIC_DONE);
    CHECK_STATUS(sb, run_code_with_f(sb, "x = 2\nf()"), HERMETIC_CALL);
    CHECK_INT(hermetic_abandon(sb), 0);
    CHECK_VALUE(sb, "x", 1);
    CHECK_STATUS(sb, run_code(sb, "f"), HERMETIC_E_EXCEPTION); /* the grant is gone with its run */
    hermetic_destroy(sb);
}

TEST(reset_leaves_nothing_of_any_run)
{
    static const char fill[] = "secret = []\n"
                               "try:\n"
                               "    while True: secret.append(b'TOP-SECRET-BYTES' * 500)\n"
                               "except MemoryError: pass";
    static const char look[] = "found = 0\n"
                               "blocks = []\n"
                               "try:\n"
                               "    while True:\n"
                               "        b = bytearray(4000)\n"
                               "        blocks.append(b)\n"
                               "        if any(b): found += 1\n"
                               "except MemoryError: pass\n"
                               "blocks = None\n"
                               "found";
    RUN_WITH_EACH_BACKEND(backend) {
        hermetic_options o = run_options(0);
        o.memory = 6 << 20;
        o.backend = backend;
        hermetic_sandbox *sb = run_create(&o);
        CHECK_STATUS(sb, run_code(sb, fill), HERMETIC_DONE);
        CHECK_INT(hermetic_reset(sb), 0);
        CHECK_STATUS(sb, run_code(sb, "secret"), HERMETIC_E_EXCEPTION);
        CHECK_INT(hermetic_output(sb, 1).len, 0);
        CHECK_VALUE(sb, look, 0);
        uint8_t *bytes;
        size_t len;
        CHECK_INT(hermetic_reset(sb), 0);
        CHECK_INT(hermetic_snapshot(sb, NULL, &bytes, &len), 0);
        CHECK(len < 200); /* nothing differs from the image */
        hermetic_free(bytes);
        hermetic_destroy(sb);
    }
}

TEST(reset_drops_a_waiting_run)
{
    hermetic_sandbox *sb = run_create(NULL);
    CHECK_STATUS(sb, run_code_with_f(sb, "f()"), HERMETIC_CALL);
    CHECK_INT(hermetic_reset(sb), 0);
    CHECK_INT(hermetic_call_name(sb).len, 0);
    CHECK_VALUE(sb, "5", 5);
    hermetic_destroy(sb);
}

TEST(a_fork_goes_its_own_way)
{
    hermetic_sandbox *sb = run_create(NULL), *copy;
    CHECK_STATUS(sb, run_code_with_f(sb, "x = [1, 2, 3]\nbig = bytearray(3 << 20)\nbig[-1] = 9"), HERMETIC_DONE);
    CHECK_STATUS(sb, hermetic_fork(sb, &copy), 0);
    CHECK_VALUE(sb, "x.append(4)\nlen(x)", 4);
    CHECK_VALUE(copy, "len(x) + big[-1]", 12);
    CHECK_STATUS(copy, run_code(copy, "f()"), HERMETIC_CALL); /* grants go with it */
    hermetic_destroy(sb);
    CHECK_INT(hermetic_reply(copy, "\x05", 1), 0);
    CHECK_STATUS(copy, hermetic_resume(copy), HERMETIC_DONE);
    hermetic_destroy(copy);
}

TEST(a_parked_sandbox_holds_little_and_goes_on)
{
    hermetic_sandbox *sb = run_create(NULL);
    CHECK_STATUS(sb, run_code(sb, "x = 5\nprint('x' * 500000)\n'y' * 500000"), HERMETIC_DONE);
    uint64_t before = hermetic_usage_of(sb).host_memory;
    CHECK_INT(hermetic_park(sb), 0);
    CHECK(hermetic_usage_of(sb).host_memory + 1000000 <= before);
    CHECK_VALUE(sb, "x", 5);
    hermetic_destroy(sb);
}

TEST(a_parked_sandbox_is_what_it_was_for_every_call)
{
    RUN_WITH_EACH_BACKEND(backend) {
        hermetic_options o = run_options(0);
        o.backend = backend;
        o.memory = 128 << 20;
        hermetic_sandbox *sb = run_create(&o), *other;
        uint8_t *bytes;
        size_t len;
        CHECK_STATUS(sb, run_code_with_f(sb, "x = [1, 'two', 3.0]\nz = bytearray(70 << 20)\nz[-1] = 9\ndef g(): return len(x)"),
                     HERMETIC_DONE); /* many pages, of which most are zeros */
        uint64_t size = hermetic_usage_of(sb).memory;
        CHECK_INT(hermetic_park(sb), 0);
        CHECK_INT(hermetic_park(sb), 0);
        CHECK_INT(hermetic_usage_of(sb).memory, size);
        o.memory = 64 << 20;
        CHECK_STATUS(sb, hermetic_set_options(sb, &o), HERMETIC_E_INVALID); /* it has more */
        CHECK_STATUS(sb, hermetic_snapshot(sb, NULL, &bytes, &len), 0);
        CHECK_INT(hermetic_park(sb), 0);
        CHECK_STATUS(sb, hermetic_fork(sb, &other), 0);
        CHECK_VALUE(other, "g() + z[-1] + z[5]", 12);
        hermetic_destroy(other);
        o.memory = 128 << 20;
        CHECK_INT(hermetic_restore(&o, NULL, bytes, len, &other, NULL), 0);
        CHECK_VALUE(other, "g() + z[-1] + z[5]", 12);
        hermetic_destroy(other);
        hermetic_free(bytes);

        CHECK_INT(hermetic_park(sb), 0);
        CHECK_VALUE(sb, "x.append(4)\ng() + z[-1] + z[5]", 13);
        CHECK_INT(hermetic_park(sb), 0);
        CHECK_STATUS(sb, run_code(sb, "x = None\n1 / 0"), HERMETIC_E_EXCEPTION);
        CHECK_INT(hermetic_park(sb), 0);
        CHECK_STATUS(sb, run_code(sb, "f(x)"), HERMETIC_CALL); /* grants stay */
        CHECK_STATUS(sb, hermetic_park(sb), HERMETIC_E_STATE);
        CHECK_STATUS(sb, hermetic_abandon(sb), 0);
        CHECK_INT(hermetic_park(sb), 0);
        CHECK_INT(hermetic_reset(sb), 0);
        CHECK_STATUS(sb, run_code(sb, "x"), HERMETIC_E_EXCEPTION);
        CHECK_INT(hermetic_park(sb), 0);
        hermetic_destroy(sb);
    }
}

TEST(what_does_not_pack_stays_as_it_is)
{
    hermetic_sandbox *sb = run_create(NULL);
    CHECK_STATUS(sb, run_code(sb, "a = 12345\nz = bytearray(8 << 20)\n"
                                  "for i in range(0, len(z), 7): a = (a * 1103515245 + 12345) & 0x7fffffff; z[i] = a >> 16 & 255\n"
                                  "t = sum(z)"), HERMETIC_DONE);
    CHECK_INT(hermetic_park(sb), 0);
    CHECK_VALUE(sb, "int(sum(z) == t)", 1);
    hermetic_destroy(sb);
}

TEST(with_discard_a_limit_resets_and_an_exception_does_not)
{
    hermetic_options o = run_options(HERMETIC_DISCARD_ON_LIMIT);
    o.fuel = 20000000;
    hermetic_sandbox *sb = run_create(&o);
    CHECK_STATUS(sb, run_code(sb, "x = 5"), HERMETIC_DONE);
    CHECK_STATUS(sb, run_code(sb, "1/0"), HERMETIC_E_EXCEPTION);
    CHECK_VALUE(sb, "x", 5);
    CHECK_STATUS(sb, run_code(sb, "while True: pass"), HERMETIC_E_FUEL);
    CHECK_STATUS(sb, run_code(sb, "x"), HERMETIC_E_EXCEPTION);
    hermetic_destroy(sb);
}

TESTS_MAIN(CHECK_ENTRY(variables_functions_and_imports_stay) CHECK_ENTRY(an_exception_keeps_what_was_done_before_it)
           CHECK_ENTRY(a_last_value_without_a_form_in_cbor_is_told_by_its_repr)
           CHECK_ENTRY(exceptions_are_told_in_full) CHECK_ENTRY(functions_and_variables_are_reached_by_name)
           CHECK_ENTRY(inputs_file_and_argv_arrive)
           CHECK_ENTRY(malformed_inputs_are_the_hosts_mistake_and_change_nothing)
           CHECK_ENTRY(a_dropped_run_leaves_nothing) CHECK_ENTRY(reset_leaves_nothing_of_any_run)
           CHECK_ENTRY(reset_drops_a_waiting_run) CHECK_ENTRY(a_fork_goes_its_own_way)
           CHECK_ENTRY(a_parked_sandbox_holds_little_and_goes_on)
           CHECK_ENTRY(a_parked_sandbox_is_what_it_was_for_every_call)
           CHECK_ENTRY(what_does_not_pack_stays_as_it_is)
           CHECK_ENTRY(with_discard_a_limit_resets_and_an_exception_does_not))
