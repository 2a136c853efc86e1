/* Calls, input and output as events: what the host is shown, what the guest gets for an answer, and the callbacks. */
#include "run.h"

TEST(a_call_shows_name_and_arguments_and_takes_a_value)
{
    hermetic_sandbox *sb = run_create(NULL);
    CHECK_STATUS(sb, run_code_with_f(sb, "f(1, 'two', k=[3])['answer'] + 1"), HERMETIC_CALL);
    CHECK_TEXT(hermetic_call_name(sb), "f");
    CHECK_TEXT(hermetic_call_args(sb), "\x82\x01\x63two");
    CHECK_TEXT(hermetic_call_kwargs(sb), "\xa1\x61k\x81\x03");
    hermetic_encoder e = HERMETIC_ENCODER_INIT;
    hermetic_encode_dict(&e, 1), hermetic_encode_str(&e, "answer", 6), hermetic_encode_int(&e, 41);
    CHECK_INT(hermetic_encode_done(&e), 0);
    CHECK_STATUS(sb, hermetic_reply(sb, e.data, e.len), 0);
    hermetic_free(e.data);
    CHECK_STATUS(sb, hermetic_resume(sb), HERMETIC_DONE);
    CHECK_INT(run_result(sb).integer, 42);
    CHECK_INT(hermetic_usage_of(sb).calls, 1);
    CHECK_INT(hermetic_call_name(sb).len, 0); /* nothing waits any more */
    hermetic_destroy(sb);
}

TEST(an_error_as_answer_is_an_exception_in_the_guest)
{
    hermetic_sandbox *sb = run_create(NULL);
    CHECK_STATUS(sb, run_code_with_f(sb, "try:\n    f()\nexcept KeyError as e:\n    r = e.args[0]\nr"), HERMETIC_CALL);
    CHECK_STATUS(sb, hermetic_reply_error(sb, "KeyError", "no such key"), 0);
    CHECK_STATUS(sb, hermetic_resume(sb), HERMETIC_DONE);
    CHECK_TEXT(run_result(sb).bytes, "no such key");
    CHECK_STATUS(sb, run_code(sb, "try:\n    f()\nexcept RuntimeError as e:\n    r = e.args[0]\nr"), HERMETIC_CALL);
    CHECK_STATUS(sb, hermetic_reply_error(sb, "NoSuchType", "odd"), 0);
    CHECK_STATUS(sb, hermetic_resume(sb), HERMETIC_DONE);
    CHECK_TEXT(run_result(sb).bytes, "odd");
    CHECK_STATUS(sb, run_code(sb, "f()"), HERMETIC_CALL);
    CHECK_STATUS(sb, hermetic_reply_error(sb, NULL, NULL), 0);
    CHECK_STATUS(sb, hermetic_resume(sb), HERMETIC_E_EXCEPTION);
    hermetic_destroy(sb);
}

TEST(a_bad_answer_leaves_the_call_waiting)
{
    hermetic_sandbox *sb = run_create(NULL);
    CHECK_STATUS(sb, run_code_with_f(sb, "f()"), HERMETIC_CALL);
    CHECK_STATUS(sb, hermetic_reply(sb, "\x82\x01", 2), HERMETIC_E_CBOR);
    CHECK_STATUS(sb, hermetic_reply(sb, NULL, 0), HERMETIC_E_CBOR);
    CHECK_STATUS(sb, hermetic_reply_error(sb, "\xff", ""), HERMETIC_E_INVALID);
    CHECK_STATUS(sb, hermetic_resume(sb), HERMETIC_E_STATE);
    CHECK_TEXT(hermetic_call_name(sb), "f");
    CHECK_STATUS(sb, hermetic_reply(sb, "\x01", 1), 0);
    CHECK_STATUS(sb, hermetic_reply(sb, "\x02", 1), HERMETIC_E_STATE); /* one answer a call */
    CHECK_STATUS(sb, hermetic_resume(sb), HERMETIC_DONE);
    CHECK_INT(run_result(sb).integer, 1);
    hermetic_destroy(sb);
}

TEST(many_calls_and_large_values_cross_unharmed)
{
    hermetic_sandbox *sb = run_create(NULL);
    int status = run_code_with_f(sb, "n = 0\nfor i in range(300):\n    n += len(f(b'x' * (i * 100)))\nn");
    int64_t expected = 0;
    for (int i = 0; i < 300; i++) {
        CHECK_STATUS(sb, status, HERMETIC_CALL);
        hermetic_bytes args = hermetic_call_args(sb);
        CHECK_STATUS(sb, hermetic_reply(sb, args.data + 1, args.len - 1), 0);
        expected += i * 100;
        status = hermetic_resume(sb);
    }
    CHECK_STATUS(sb, status, HERMETIC_DONE);
    CHECK_INT(run_result(sb).integer, expected);
    hermetic_destroy(sb);
}

TEST(an_encoders_buffer_becomes_the_answer)
{
    hermetic_sandbox *sb = run_create(NULL);
    hermetic_encoder e = HERMETIC_ENCODER_INIT;
    CHECK_STATUS(sb, run_code_with_f(sb, "[len(f()), f()]"), HERMETIC_CALL);
    CHECK_INT(hermetic_reply_encoded(sb, NULL), HERMETIC_E_INVALID);
    CHECK_INT(hermetic_reply_encoded(NULL, &e), HERMETIC_E_INVALID);
    CHECK_STATUS(sb, hermetic_reply_encoded(sb, &e), HERMETIC_E_CBOR); /* nothing is no value */
    hermetic_encode_list(&e, 1);
    uint8_t *data = e.data;
    CHECK_STATUS(sb, hermetic_reply_encoded(sb, &e), HERMETIC_E_CBOR);
    CHECK(e.data == data && e.len == 1);
    e.status = HERMETIC_E_NOMEM;
    CHECK_STATUS(sb, hermetic_reply_encoded(sb, &e), HERMETIC_E_NOMEM);
    CHECK(e.data == data && e.len == 1);
    e = (hermetic_encoder){data, 0, e.capacity, 0};
    char *text = calloc(1, 200000);
    hermetic_encode_str(&e, text, 200000);
    CHECK_STATUS(sb, hermetic_reply_encoded(sb, &e), 0);
    CHECK_INT(e.len, 0);
    CHECK_STATUS(sb, hermetic_reply_encoded(sb, &e), HERMETIC_E_STATE);
    CHECK_STATUS(sb, hermetic_resume(sb), HERMETIC_CALL);
    memcpy(hermetic_encode_reserve(&e, 3), "\x62ok", 3);
    e.len += 3;
    CHECK_STATUS(sb, hermetic_reply_encoded(sb, &e), 0);
    CHECK_STATUS(sb, hermetic_resume(sb), HERMETIC_DONE);
    hermetic_bytes result = hermetic_result(sb);
    CHECK_BYTES(result.data, result.len, "\x82\x1a\x00\x03\x0d\x40\x62ok", 9);
    hermetic_free(e.data);
    free(text);
    hermetic_destroy(sb);
}

TEST(long_texts_cross_in_one_piece_and_in_several)
{
    static const char code[] =
        "a = 'é' * 3000\nb = b'x' * 5000\nr = []\n"
        "for v in (a, b, [a, b, a, 1, b, a, b, 2], {a: b}, bytearray(b), 'x' * 4095, 'x' * 4096, b'x' * 4097, [a, [b'', b]]):\n"
        "    r.append(f(v) == v or f(v) == bytes(v))\n"
        "    g = f(v, k=a)\n"
        "    r.append(g == v or g == bytes(v))\nr.count(True)";
    hermetic_options o = run_options(HERMETIC_JOURNAL);
    RUN_WITH_EACH_BACKEND(backend) {
        o.backend = backend;
        hermetic_sandbox *sb = run_create(&o);
        int status = run_code_with_f(sb, code);
        while (status == HERMETIC_CALL) {
            hermetic_bytes args = hermetic_call_args(sb);
            CHECK_STATUS(sb, hermetic_reply(sb, args.data + 1, args.len - 1), 0);
            status = hermetic_resume(sb);
        }
        CHECK_STATUS(sb, status, HERMETIC_DONE);
        CHECK_INT(run_result(sb).integer, 18);
        hermetic_destroy(sb);
    }
}

TEST(input_without_events_is_end_of_file)
{
    hermetic_sandbox *sb = run_create(NULL);
    CHECK_STATUS(sb, run_code(sb, "input('? ')"), HERMETIC_E_EXCEPTION);
    CHECK_TEXT(hermetic_failure_of(sb).type, "EOFError");
    hermetic_destroy(sb);
}

TEST(input_shows_its_prompt_and_takes_a_str)
{
    hermetic_options o = run_options(HERMETIC_INPUT_EVENTS);
    hermetic_sandbox *sb = run_create(&o);
    CHECK_STATUS(sb, run_code(sb, "input('name? ') + '!'"), HERMETIC_INPUT);
    CHECK_TEXT(hermetic_input_prompt(sb), "name? ");
    CHECK_STATUS(sb, hermetic_reply(sb, "\x05", 1), HERMETIC_E_CBOR);
    CHECK_STATUS(sb, hermetic_reply(sb, "\x62me", 3), 0);
    CHECK_STATUS(sb, hermetic_resume(sb), HERMETIC_DONE);
    CHECK_TEXT(run_result(sb).bytes, "me!");
    hermetic_destroy(sb);
}

TEST(output_comes_as_events_when_asked)
{
    hermetic_options o = run_options(HERMETIC_OUTPUT_EVENTS);
    hermetic_sandbox *sb = run_create(&o);
    char text[100] = "";
    int stream, status = run_code(sb, "import sys\nprint('one')\nprint('two', file=sys.stderr)\n7");
    for (; status == HERMETIC_OUTPUT; status = hermetic_resume(sb)) {
        hermetic_bytes out = hermetic_output_event(sb, &stream);
        snprintf(text + strlen(text), sizeof(text) - strlen(text), "%d:%.*s", stream, (int)out.len,
                 (const char *)out.data);
    }
    CHECK_STATUS(sb, status, HERMETIC_DONE);
    CHECK_INT(run_result(sb).integer, 7);
    CHECK(strstr(text, "1:one") && strstr(text, "2:two"));
    CHECK_INT(hermetic_output(sb, 1).len, 0);
    hermetic_destroy(sb);
}

struct log {
    char text[200];
    int fail;
};

static int on_call(hermetic_sandbox *sb, hermetic_bytes name, hermetic_bytes args, hermetic_bytes kwargs, void *context)
{
    struct log *log = context;
    (void)kwargs;
    snprintf(log->text + strlen(log->text), 50, "call %.*s;", (int)name.len, (const char *)name.data);
    if (log->fail)
        return log->fail;
    return hermetic_reply(sb, args.data, args.len);
}

static int on_output(hermetic_sandbox *sb, int stream, hermetic_bytes text, void *context)
{
    struct log *log = context;
    (void)sb;
    snprintf(log->text + strlen(log->text), 50, "out%d %zu;", stream, text.len);
    return 0;
}

static int on_input(hermetic_sandbox *sb, hermetic_bytes prompt, void *context)
{
    struct log *log = context;
    snprintf(log->text + strlen(log->text), 50, "in %.*s;", (int)prompt.len, (const char *)prompt.data);
    return hermetic_reply(sb, "\x61z", 2);
}

TEST(callbacks_answer_events)
{
    hermetic_options o = run_options(HERMETIC_INPUT_EVENTS);
    struct log log = {"", 0};
    hermetic_callbacks callbacks = {sizeof(callbacks), on_call, on_output, on_input, &log};
    hermetic_sandbox *sb = run_create(&o);
    int status = hermetic_drive(sb, run_code_with_f(sb, "f(3)[0] + len(input('p'))"), &callbacks);
    CHECK_STATUS(sb, status, HERMETIC_DONE);
    CHECK_INT(run_result(sb).integer, 4);
    CHECK_STR(log.text, "call f;in p;");
    hermetic_destroy(sb);
}

TEST(missing_callbacks_are_errors_in_the_guest)
{
    hermetic_options o = run_options(HERMETIC_INPUT_EVENTS | HERMETIC_OUTPUT_EVENTS);
    hermetic_callbacks callbacks = {sizeof(callbacks), NULL, NULL, NULL, NULL};
    hermetic_sandbox *sb = run_create(&o);
    static const char code[] = "r = 0\n"
                               "try: f()\n"
                               "except RuntimeError: r += 1\n"
                               "try: input()\n"
                               "except EOFError: r += 10\n"
                               "print(1)\n"
                               "r";
    CHECK_STATUS(sb, hermetic_drive(sb, run_code_with_f(sb, code), &callbacks), HERMETIC_DONE);
    CHECK_INT(run_result(sb).integer, 11);
    hermetic_destroy(sb);
}

TEST(a_callback_that_fails_ends_the_run_with_its_status)
{
    struct log log = {"", HERMETIC_E_DENIED};
    hermetic_callbacks callbacks = {sizeof(callbacks), on_call, NULL, NULL, &log};
    hermetic_sandbox *sb = run_create(NULL);
    CHECK_STATUS(sb, hermetic_drive(sb, run_code_with_f(sb, "x = 1\nf()"), &callbacks), HERMETIC_E_DENIED);
    CHECK_INT(hermetic_failure_of(sb).status, HERMETIC_E_DENIED);
    CHECK_STATUS(sb, run_code(sb, "x"), HERMETIC_E_EXCEPTION);
    hermetic_destroy(sb);
}

TEST(a_callback_that_does_not_answer_is_a_state_error)
{
    struct log log = {"", 0};
    hermetic_callbacks callbacks = {sizeof(callbacks), NULL, on_output, NULL, &log};
    hermetic_sandbox *sb = run_create(NULL);
    callbacks.call = (hermetic_call_fn)(void (*)(void))NULL;
    CHECK_STATUS(sb, hermetic_drive(sb, HERMETIC_CALL, &callbacks), HERMETIC_E_STATE); /* nothing was started */
    CHECK_INT(hermetic_drive(sb, 99, &callbacks), HERMETIC_E_INVALID);
    callbacks.size = 1;
    CHECK_INT(hermetic_drive(sb, 0, &callbacks), HERMETIC_E_INVALID);
    hermetic_destroy(sb);
}

TESTS_MAIN(CHECK_ENTRY(a_call_shows_name_and_arguments_and_takes_a_value)
           CHECK_ENTRY(an_error_as_answer_is_an_exception_in_the_guest)
           CHECK_ENTRY(a_bad_answer_leaves_the_call_waiting) CHECK_ENTRY(many_calls_and_large_values_cross_unharmed)
           CHECK_ENTRY(an_encoders_buffer_becomes_the_answer) CHECK_ENTRY(long_texts_cross_in_one_piece_and_in_several)
           CHECK_ENTRY(input_without_events_is_end_of_file) CHECK_ENTRY(input_shows_its_prompt_and_takes_a_str)
           CHECK_ENTRY(output_comes_as_events_when_asked) CHECK_ENTRY(callbacks_answer_events)
           CHECK_ENTRY(missing_callbacks_are_errors_in_the_guest)
           CHECK_ENTRY(a_callback_that_fails_ends_the_run_with_its_status)
           CHECK_ENTRY(a_callback_that_does_not_answer_is_a_state_error))
