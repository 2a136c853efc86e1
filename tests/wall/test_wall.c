/* The imports under a guest that keeps no rule: each breach ends the run with the right error, the sandbox is rolled back
 * and stays usable, and no byte outside guest memory is touched (run under a sanitizer).
 */
#include "../unit/check.h"
#include "fake_guest.h"
#include "../../rt/internal.h"

enum { OUT = 1, ERR, CALL, RESULT, ERROR, INPUT, ENTROPY, OPAQUE = 9 };

static hermetic_sandbox *sb;

static int run_with(void (*guest)(struct w2c_hermetic *, uint32_t), const hermetic_options *options)
{
    static const uint8_t names[] = "\x82\x61" "f\x61" "g"; /* ["f", "g"] */
    hermetic_run_options run = HERMETIC_RUN_OPTIONS_INIT;
    run.functions = (hermetic_bytes){names, sizeof(names) - 1};
    hermetic_destroy(sb);
    sb = NULL;
    CHECK_INT(hermetic_create(options, &sb), 0);
    fake_guest = guest;
    return hermetic_start(sb, "x", 1, &run);
}

static void done(struct w2c_hermetic *instance, uint32_t len)
{
    (void)len;
    fake_done(instance);
}

/* The guest that is under test first marks its memory; afterwards the mark must be gone, and another run must do. */
static void (*breach)(struct w2c_hermetic *);
static bool breach_is_outcome; /* it sends the run's outcome itself */

static void marked(struct w2c_hermetic *instance, uint32_t len)
{
    (void)len;
    fake_put(instance, 70000, "mark", 4);
    breach(instance);
    if (!breach_is_outcome)
        fake_done(instance);
}

static void check_unmarked(struct w2c_hermetic *instance, uint32_t len)
{
    char bytes[4];
    (void)len;
    hermetic__memory_read(&instance->memory, (struct gaddr){70000}, bytes, 4);
    if (memcmp(bytes, "\0\0\0\0", 4) == 0)
        fake_done(instance);
}

static int breach_with(void (*what)(struct w2c_hermetic *), const hermetic_options *options)
{
    breach = what;
    return run_with(marked, options);
}

static void check_rolled_back(void)
{
    fake_guest = check_unmarked;
    CHECK_INT(hermetic_start(sb, "x", 1, NULL), HERMETIC_DONE);
}

#define CHECK_BREACH(what, expected)                                                                                    \
    do {                                                                                                                \
        check_context = #what;                                                                                          \
        CHECK_INT(breach_with(what, NULL), expected);                                                                   \
        CHECK_INT(hermetic_failure_of(sb).status, expected);                                                            \
        CHECK(hermetic_failure_of(sb).message.len > 0);                                                                 \
        check_rolled_back();                                                                                            \
    } while (0)

/* ---- addresses ---- */

static void event_past_the_end(struct w2c_hermetic *i) { w2c_hermetic_event(i, OUT, FAKE_MEMORY - 1, 2); }
static void event_far_outside(struct w2c_hermetic *i) { w2c_hermetic_event(i, CALL, 0xfffffff0, 8); }
static void event_that_wraps(struct w2c_hermetic *i) { w2c_hermetic_event(i, RESULT, 0xffffffff, 2); }
static void prompt_outside(struct w2c_hermetic *i) { w2c_hermetic_event(i, ERROR, FAKE_MEMORY, 1); }
static void read_past_the_end(struct w2c_hermetic *i) { w2c_hermetic_read(i, FAKE_MEMORY - 1, 2); }
static void read_that_wraps(struct w2c_hermetic *i) { w2c_hermetic_read(i, 0xffffffff, 5); }

TEST(addresses_outside_guest_memory_end_the_run)
{
    CHECK_BREACH(event_past_the_end, HERMETIC_E_GUEST_RANGE);
    CHECK_BREACH(event_far_outside, HERMETIC_E_GUEST_RANGE);
    CHECK_BREACH(event_that_wraps, HERMETIC_E_GUEST_RANGE);
    CHECK_BREACH(prompt_outside, HERMETIC_E_GUEST_RANGE);
    CHECK_BREACH(read_past_the_end, HERMETIC_E_GUEST_RANGE);
    CHECK_BREACH(read_that_wraps, HERMETIC_E_GUEST_RANGE);
}

/* `count` pairs of address and length at address 512. */
static uint32_t gather(struct w2c_hermetic *i, uint32_t kind, const uint32_t *pairs, uint32_t count)
{
    uint8_t bytes[17 * 8] = {0};
    for (size_t k = 0; k < 2 * count && k < 34; k++)
        for (int b = 0; b < 4; b++)
            bytes[4 * k + b] = (uint8_t)(pairs[k] >> 8 * b);
    fake_put(i, 512, bytes, 8 * count);
    return w2c_hermetic_gather(i, kind, 512, count);
}

static void piece_past_the_end(struct w2c_hermetic *i) { gather(i, CALL, (uint32_t[]){0, 1, FAKE_MEMORY - 1, 2}, 2); }
static void piece_that_wraps(struct w2c_hermetic *i) { gather(i, CALL, (uint32_t[]){0xffffffff, 2}, 1); }
static void pairs_past_the_end(struct w2c_hermetic *i) { w2c_hermetic_gather(i, CALL, FAKE_MEMORY - 8, 2); }
static void pairs_that_wrap(struct w2c_hermetic *i) { w2c_hermetic_gather(i, CALL, 0xfffffffc, 1); }
static void pieces_of_too_much(struct w2c_hermetic *i) { gather(i, CALL, (uint32_t[]){0, 0xffffffff, 0, 0xffffffff}, 2); }
static void many_pieces(struct w2c_hermetic *i) { w2c_hermetic_gather(i, CALL, 512, 17); }
static void more_pieces(struct w2c_hermetic *i) { w2c_hermetic_gather(i, CALL, 512, 0x20000001); }
static void output_in_pieces(struct w2c_hermetic *i) { gather(i, OUT, (uint32_t[]){0, 1, 0, 1}, 2); }
static void output_in_no_piece(struct w2c_hermetic *i) { gather(i, OUT, NULL, 0); }
static void result_in_no_piece(struct w2c_hermetic *i) { gather(i, RESULT, NULL, 0); }

TEST(pieces_outside_guest_memory_end_the_run)
{
    CHECK_BREACH(piece_past_the_end, HERMETIC_E_GUEST_RANGE);
    CHECK_BREACH(piece_that_wraps, HERMETIC_E_GUEST_RANGE);
    CHECK_BREACH(pairs_past_the_end, HERMETIC_E_GUEST_RANGE);
    breach_with(pairs_past_the_end, NULL);
    CHECK_TEXT(hermetic_failure_of(sb).message, "the guest named memory outside its own: 16 bytes at 2097144");
    CHECK_BREACH(pairs_that_wrap, HERMETIC_E_GUEST_RANGE);
    CHECK_BREACH(pieces_of_too_much, HERMETIC_E_TOO_BIG);
    CHECK_BREACH(many_pieces, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(more_pieces, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(output_in_pieces, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(output_in_no_piece, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(result_in_no_piece, HERMETIC_E_PROTOCOL);
}

static void call_in_pieces(struct w2c_hermetic *i)
{
    uint32_t pairs[16][2] = {{1024, 2}, {0xffffffff, 0}, {FAKE_MEMORY - 1, 1}};
    fake_put(i, 1024, "\x83\x61\x80\xa0", 4);
    fake_put(i, FAKE_MEMORY - 1, "f", 1);
    pairs[15][0] = 1026, pairs[15][1] = 2;
    gather(i, CALL, pairs[0], 16);
}

TEST(a_payload_in_pieces_is_their_concatenation)
{
    CHECK_INT(breach_with(call_in_pieces, NULL), HERMETIC_CALL);
    CHECK_TEXT(hermetic_call_name(sb), "f");
    CHECK_TEXT(hermetic_call_args(sb), "\x80");
    CHECK_TEXT(hermetic_call_kwargs(sb), "\xa0");
}

static void last_byte(struct w2c_hermetic *i)
{
    w2c_hermetic_event(i, OUT, FAKE_MEMORY - 1, 1);
    w2c_hermetic_event(i, OUT, FAKE_MEMORY, 0); /* nothing is nowhere */
    w2c_hermetic_read(i, FAKE_MEMORY - 1, 1);
}

TEST(the_last_byte_of_memory_is_inside)
{
    CHECK_INT(breach_with(last_byte, NULL), HERMETIC_DONE);
    CHECK_INT(hermetic_output(sb, 1).len, 1);
}

/* ---- the protocol ---- */

static void no_such_event(struct w2c_hermetic *i) { fake_event(i, 0, "", 0); }
static void high_event(struct w2c_hermetic *i) { fake_event(i, 0x80000001, "", 0); }
static void journal_event(struct w2c_hermetic *i) { fake_event(i, 8, "", 0); }
static void two_results(struct w2c_hermetic *i) { fake_done(i); }
static void event_after_result(struct w2c_hermetic *i) { fake_done(i), fake_event(i, OUT, "x", 1); }
static void read_too_much(struct w2c_hermetic *i) { w2c_hermetic_read(i, 0, 100000); }
static void read_huge(struct w2c_hermetic *i) { w2c_hermetic_read(i, 0, 0xffffffff); }
static void no_such_clock(struct w2c_hermetic *i) { w2c_hermetic_clock(i, 2); }
static void no_such_trap(struct w2c_hermetic *i) { w2c_hermetic_trap(i, 99); }
static void result_of_no_bytes(struct w2c_hermetic *i) { fake_event(i, RESULT, "", 0); }
static void result_cut_short(struct w2c_hermetic *i) { fake_event(i, RESULT, "\x82\x00", 2); }
static void result_of_two_values(struct w2c_hermetic *i) { fake_event(i, RESULT, "\x00\x00", 2); }
static void call_of_no_list(struct w2c_hermetic *i) { fake_event(i, CALL, "\xa0", 1); }
static void call_without_kwargs(struct w2c_hermetic *i) { fake_event(i, CALL, "\x82\x61" "f\x80", 4); }
static void call_by_number(struct w2c_hermetic *i) { fake_event(i, CALL, "\x83\x01\x80\xa0", 4); }
static void call_with_a_tuple(struct w2c_hermetic *i) { fake_event(i, CALL, "\x83\x61" "f\xd9\x9c\x40\x80\xa0", 8); }
static void call_with_trailing_bytes(struct w2c_hermetic *i) { fake_event(i, CALL, "\x83\x61" "f\x80\xa0\x00", 6); }
static void call_with_number_as_keyword(struct w2c_hermetic *i) { fake_event(i, CALL, "\x83\x61" "f\x80\xa1\x00\x00", 7); }
static void call_of_bad_text(struct w2c_hermetic *i) { fake_event(i, CALL, "\x83\x61\xff\x80\xa0", 5); }
static void repr_of_no_list(struct w2c_hermetic *i) { fake_event(i, OPAQUE, "\x61" "A", 2); }
static void repr_without_type(struct w2c_hermetic *i) { fake_event(i, OPAQUE, "\x82\x60\x61r", 4); }
static void repr_of_bad_text(struct w2c_hermetic *i) { fake_event(i, OPAQUE, "\x82\x61" "A\x61\xff", 5); }
static void repr_that_is_bytes(struct w2c_hermetic *i) { fake_event(i, OPAQUE, "\x82\x61" "A\x41r", 5); }
static void repr_with_trailing_bytes(struct w2c_hermetic *i) { fake_event(i, OPAQUE, "\x82\x61" "A\x61r\x00", 6); }
static void repr_of_no_bytes(struct w2c_hermetic *i) { fake_event(i, OPAQUE, "", 0); }

static void send_repr(struct w2c_hermetic *i, uint8_t type_len, uint16_t repr_len)
{
    static uint8_t payload[70000];
    size_t at = 0;
    memset(payload, 'x', sizeof(payload));
    payload[at++] = 0x82, payload[at++] = 0x78, payload[at++] = type_len;
    at += type_len;
    payload[at++] = 0x79, payload[at++] = (uint8_t)(repr_len >> 8), payload[at++] = (uint8_t)repr_len;
    fake_event(i, OPAQUE, payload, at + repr_len);
}

static void repr_of_the_longest_type(struct w2c_hermetic *i) { send_repr(i, 200, HERMETIC_REPR_MOST); }
static void repr_of_too_long_a_type(struct w2c_hermetic *i) { send_repr(i, 201, 1); }
static void repr_that_is_too_long(struct w2c_hermetic *i) { send_repr(i, 1, HERMETIC_REPR_MOST + 1); }
static void repr_that_is_far_too_long(struct w2c_hermetic *i) { send_repr(i, 1, 65535); }
static void error_of_no_map(struct w2c_hermetic *i) { fake_event(i, ERROR, "\x80", 1); }
static void error_with_number_as_type(struct w2c_hermetic *i) { fake_event(i, ERROR, "\xa1\x64type\x00", 7); }
static void error_with_text_as_exit(struct w2c_hermetic *i) { fake_event(i, ERROR, "\xa1\x64" "exit\x60", 7); }
static void entropy_of_none(struct w2c_hermetic *i) { fake_event(i, ENTROPY, "\x00", 1); }
static void entropy_of_too_much(struct w2c_hermetic *i) { fake_event(i, ENTROPY, "\x19\x01\x01", 3); }
static void entropy_of_text(struct w2c_hermetic *i) { fake_event(i, ENTROPY, "\x60", 1); }
static void entropy_of_nothing(struct w2c_hermetic *i) { fake_event(i, ENTROPY, "", 0); }

TEST(each_breach_of_the_protocol_ends_the_run)
{
    CHECK_BREACH(no_such_event, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(high_event, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(journal_event, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(two_results, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(event_after_result, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(read_too_much, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(read_huge, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(no_such_clock, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(no_such_trap, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(call_of_no_list, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(call_without_kwargs, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(call_by_number, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(call_with_a_tuple, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(call_with_trailing_bytes, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(call_with_number_as_keyword, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(call_of_bad_text, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(entropy_of_none, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(entropy_of_too_much, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(entropy_of_text, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(entropy_of_nothing, HERMETIC_E_PROTOCOL);
}

TEST(a_malformed_outcome_ends_the_run)
{
    breach_is_outcome = true; /* else a second outcome would hide it */
    CHECK_BREACH(result_of_no_bytes, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(result_cut_short, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(result_of_two_values, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(repr_of_no_bytes, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(repr_of_no_list, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(repr_without_type, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(repr_of_bad_text, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(repr_that_is_bytes, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(repr_with_trailing_bytes, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(repr_of_too_long_a_type, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(repr_that_is_too_long, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(repr_that_is_far_too_long, HERMETIC_E_TOO_BIG);
    CHECK_BREACH(error_of_no_map, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(error_with_number_as_type, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(error_with_text_as_exit, HERMETIC_E_PROTOCOL);
    breach_is_outcome = false;
}

TEST(the_longest_repr_is_taken_whatever_the_limit_on_values)
{
    hermetic_options options = HERMETIC_OPTIONS_INIT;
    options.value = 1024;
    breach_is_outcome = true;
    CHECK_INT(breach_with(repr_of_the_longest_type, &options), HERMETIC_DONE);
    CHECK_INT(hermetic_result_type(sb).len, 200);
    CHECK_INT(hermetic_result(sb).len, 3 + HERMETIC_REPR_MOST);
    CHECK_INT(hermetic_validate(hermetic_result(sb).data, hermetic_result(sb).len), 0);
    breach_is_outcome = false;
    CHECK_INT(run_with(done, &options), HERMETIC_DONE);
    CHECK_INT(hermetic_result_type(sb).len, 0);
}

static void nothing(struct w2c_hermetic *instance, uint32_t len) { (void)instance, (void)len; }

TEST(a_guest_that_returns_without_outcome_broke_the_protocol)
{
    CHECK_INT(run_with(nothing, NULL), HERMETIC_E_PROTOCOL);
    check_rolled_back();
}

static void prompt_of_bad_text(struct w2c_hermetic *i) { fake_event(i, INPUT, "\xff", 1); }

TEST(a_prompt_must_be_utf8)
{
    hermetic_options options = HERMETIC_OPTIONS_INIT;
    options.flags = HERMETIC_INPUT_EVENTS;
    CHECK_INT(breach_with(prompt_of_bad_text, &options), HERMETIC_E_PROTOCOL);
}

/* ---- what was not granted ---- */

static void call_of_h(struct w2c_hermetic *i) { fake_event(i, CALL, "\x83\x61" "h\x80\xa0", 5); }
static void call_of_f(struct w2c_hermetic *i) { fake_event(i, CALL, "\x83\x61" "f\x80\xa0", 5); }

TEST(a_forged_call_of_what_was_not_granted_ends_the_run)
{
    CHECK_BREACH(call_of_h, HERMETIC_E_DENIED);
    breach_with(call_of_h, NULL);
    CHECK_TEXT(hermetic_failure_of(sb).message, "not granted: the function h");
    CHECK_INT(breach_with(call_of_f, NULL), HERMETIC_CALL);
    CHECK_TEXT(hermetic_call_name(sb), "f");
    CHECK_TEXT(hermetic_call_args(sb), "\x80");
    CHECK_TEXT(hermetic_call_kwargs(sb), "\xa0");
}

static void call_of_f_plainly(struct w2c_hermetic *instance, uint32_t len)
{
    (void)len;
    call_of_f(instance);
    fake_done(instance);
}

TEST(grants_of_a_run_that_was_rolled_back_are_gone)
{
    CHECK_INT(breach_with(no_such_event, NULL), HERMETIC_E_PROTOCOL);
    fake_guest = call_of_f_plainly;
    CHECK_INT(hermetic_start(sb, "x", 1, NULL), HERMETIC_E_DENIED);
    CHECK_INT(run_with(done, NULL), HERMETIC_DONE);
    fake_guest = call_of_f_plainly;
    CHECK_INT(hermetic_start(sb, "x", 1, NULL), HERMETIC_CALL); /* granted by the run before */
    CHECK_INT(hermetic_reset(sb), 0);
    CHECK_INT(hermetic_start(sb, "x", 1, NULL), HERMETIC_E_DENIED);
}

TEST(no_clock_and_no_input_without_a_grant)
{
    CHECK_INT(run_with(done, NULL), HERMETIC_DONE);
    CHECK_INT(w2c_hermetic_clock((struct w2c_hermetic *)(void *)sb, 0), -1); /* the instance is its first member */
}

/* ---- limits ---- */

static void spend(struct w2c_hermetic *i)
{
    for (;;) {
        i->fuel -= 1000;
        if (i->fuel < 0)
            w2c_hermetic_fuel(i);
    }
}

static void spend_by_events(struct w2c_hermetic *i)
{
    for (;;)
        w2c_hermetic_event(i, OUT, 0, 0);
}

static void spend_by_clock(struct w2c_hermetic *i)
{
    for (;;)
        w2c_hermetic_clock(i, 0);
}

static void forge_fuel(struct w2c_hermetic *i)
{
    i->fuel = INT64_MAX;
    w2c_hermetic_clock(i, 0);
}

static void forge_debt(struct w2c_hermetic *i)
{
    i->fuel = INT64_MIN / 2;
    w2c_hermetic_clock(i, 0);
}

TEST(fuel_ends_every_loop_and_cannot_be_forged)
{
    hermetic_options options = HERMETIC_OPTIONS_INIT;
    options.fuel = 2500000;
    CHECK_INT(breach_with(spend, &options), HERMETIC_E_FUEL);
    CHECK_INT(hermetic_failure_of(sb).limit, 2500000);
    CHECK_INT(hermetic_failure_of(sb).used, 2501000);
    CHECK_INT(hermetic_usage_of(sb).fuel, 2501000);
    CHECK_TEXT(hermetic_failure_of(sb).message, "fuel limit: 2500000 units, used 2501000");
    check_rolled_back();
    CHECK_INT(breach_with(spend_by_events, &options), HERMETIC_E_FUEL);
    CHECK_INT(breach_with(spend_by_clock, &options), HERMETIC_E_FUEL);
    CHECK_BREACH(forge_fuel, HERMETIC_E_PROTOCOL);
    CHECK_BREACH(forge_debt, HERMETIC_E_FUEL);
}

TEST(time_ends_every_loop)
{
    hermetic_options options = HERMETIC_OPTIONS_INIT;
    options.wall = 5000000;
    CHECK_INT(breach_with(spend, &options), HERMETIC_E_WALL);
    CHECK(hermetic_failure_of(sb).used > 5000000);
    CHECK_INT(hermetic_failure_of(sb).limit, 5000000);
    check_rolled_back();
}

static void call_again_and_again(struct w2c_hermetic *i)
{
    for (;;)
        call_of_f(i);
}

TEST(the_call_after_the_last_allowed_one_ends_the_run)
{
    hermetic_options options = HERMETIC_OPTIONS_INIT;
    options.calls = 3;
    int status = breach_with(call_again_and_again, &options);
    for (int i = 0; i < 3; i++) {
        CHECK_INT(status, HERMETIC_CALL);
        CHECK_INT(hermetic_reply(sb, "\xf6", 1), 0);
        status = hermetic_resume(sb);
    }
    CHECK_INT(status, HERMETIC_E_CALLS);
    CHECK_TEXT(hermetic_failure_of(sb).message, "host call limit: 3, asked for 4");
    CHECK_INT(hermetic_usage_of(sb).calls, 3);
    check_rolled_back();
}

static void large_result(struct w2c_hermetic *i) { w2c_hermetic_event(i, RESULT, 0, 1025); }
static void large_call(struct w2c_hermetic *i) { w2c_hermetic_event(i, CALL, 0, 1025); }
static void large_error(struct w2c_hermetic *i) { w2c_hermetic_event(i, ERROR, 0, 65537); }

TEST(values_above_the_limit_end_the_run)
{
    hermetic_options options = HERMETIC_OPTIONS_INIT;
    options.value = 1024;
    CHECK_INT(breach_with(large_result, &options), HERMETIC_E_TOO_BIG);
    CHECK_TEXT(hermetic_failure_of(sb).message, "value limit: 1024 bytes, the result has 1025");
    check_rolled_back();
    CHECK_INT(breach_with(large_call, &options), HERMETIC_E_TOO_BIG);
    CHECK_INT(breach_with(large_error, &options), HERMETIC_E_TOO_BIG);
}

static void write_text(struct w2c_hermetic *i)
{
    fake_event(i, OUT, "abc", 3);
    fake_event(i, ERR, "d\xe2\x82\xac", 4);
    fake_event(i, OUT, "late", 4);
}

TEST(output_ends_at_its_limit_or_is_cut_between_characters)
{
    hermetic_options options = HERMETIC_OPTIONS_INIT;
    options.output = 6;
    CHECK_INT(breach_with(write_text, &options), HERMETIC_E_OUTPUT);
    CHECK_TEXT(hermetic_output(sb, 1), "abc");
    CHECK_TEXT(hermetic_output(sb, 2), "d");
    CHECK_TEXT(hermetic_failure_of(sb).message, "output limit: 6 bytes, asked for 7");
    options.flags = HERMETIC_CUT_OUTPUT;
    CHECK_INT(breach_with(write_text, &options), HERMETIC_DONE);
    CHECK_TEXT(hermetic_output(sb, 1), "abc");
    CHECK_TEXT(hermetic_output(sb, 2), "d");
    CHECK_INT(hermetic_usage_of(sb).output, 11);
    CHECK_INT(hermetic_usage_of(sb).output_cut, 7);
}

TEST(output_events_are_counted_like_collected_output)
{
    hermetic_options options = HERMETIC_OPTIONS_INIT;
    int stream;
    options.output = 6;
    options.flags = HERMETIC_OUTPUT_EVENTS;
    CHECK_INT(breach_with(write_text, &options), HERMETIC_OUTPUT);
    CHECK_TEXT(hermetic_output_event(sb, &stream), "abc");
    CHECK_INT(stream, 1);
    CHECK_INT(hermetic_output(sb, 1).len, 0);
    CHECK_INT(hermetic_resume(sb), HERMETIC_E_OUTPUT);
    options.flags |= HERMETIC_CUT_OUTPUT;
    CHECK_INT(breach_with(write_text, &options), HERMETIC_OUTPUT);
    CHECK_INT(hermetic_resume(sb), HERMETIC_OUTPUT);
    CHECK_TEXT(hermetic_output_event(sb, &stream), "d");
    CHECK_INT(stream, 2);
    CHECK_INT(hermetic_resume(sb), HERMETIC_DONE);
    CHECK_INT(hermetic_usage_of(sb).output_cut, 7);
}

static void ask_for_too_much(struct w2c_hermetic *i)
{
    CHECK_INT((int)hermetic__memory_grow(&i->memory, 2000), -1);
    w2c_hermetic_trap(i, 1);
}

TEST(the_memory_limit_says_what_was_asked_for)
{
    char message[200];
    CHECK_INT(breach_with(ask_for_too_much, NULL), HERMETIC_E_MEMORY);
    hermetic_failure f = hermetic_failure_of(sb);
    CHECK_INT(f.limit, 64 << 20);
    CHECK_INT(f.used, FAKE_MEMORY + 2000 * 65536);
    snprintf(message, sizeof(message), "memory limit: 67108864 bytes, asked for %d", FAKE_MEMORY + 2000 * 65536);
    CHECK_TEXT(f.message, message);
}

static void run_out_of_memory(struct w2c_hermetic *i) { w2c_hermetic_trap(i, 1); }
static void give_up(struct w2c_hermetic *i) { w2c_hermetic_trap(i, 2); }

TEST(a_guest_that_gives_up_is_told_apart)
{
    CHECK_BREACH(run_out_of_memory, HERMETIC_E_MEMORY);
    CHECK_INT(hermetic_failure_of(sb).status, 0); /* the run that check_rolled_back made */
    CHECK_BREACH(give_up, HERMETIC_E_TRAP);
}

/* ---- discarding instead of undoing ---- */

TEST(with_discard_a_failed_run_resets_the_sandbox)
{
    hermetic_options options = HERMETIC_OPTIONS_INIT;
    options.flags = HERMETIC_DISCARD_ON_LIMIT;
    CHECK_INT(run_with(marked, &options), HERMETIC_E_TRAP); /* `breach` is give_up */
    check_rolled_back();
}

/* ---- a guest that does anything ---- */

static uint32_t seed;

static uint32_t any(uint32_t below)
{
    seed = seed * 1664525 + 1013904223;
    return (uint32_t)((uint64_t)(seed >> 1) * below >> 31);
}

static uint32_t any_address(void)
{
    static const uint32_t notable[] = {0, 1024, FAKE_MEMORY - 1, FAKE_MEMORY, 0x7fffffff, 0x80000000, 0xffffffff};
    return any(2) ? notable[any(7)] : any(FAKE_MEMORY);
}

static void anything(struct w2c_hermetic *instance, uint32_t len)
{
    uint8_t bytes[64];
    (void)len;
    for (uint32_t n = any(40); n; n--) {
        for (size_t i = 0; i < sizeof(bytes); i++)
            bytes[i] = (uint8_t)(any(3) ? any(256) : (uint8_t)"\x83\x61" "f\x80\xa0\xf6\x61\x18"[any(8)]);
        fake_put(instance, 1024, bytes, sizeof(bytes));
        if (any(4) == 0)
            fake_put(instance, 1024, "\x83\x61" "f\x80\xa0", 5);
        switch (any(8)) {
        case 0: w2c_hermetic_event(instance, any(9), any_address(), any(2) ? any(70) : any_address()); break;
        case 1: w2c_hermetic_event(instance, any(9), 1024, any(10)); break;
        case 2: w2c_hermetic_event(instance, CALL, 1024, 5); break;
        case 3: w2c_hermetic_read(instance, any(2) ? 2048 : any_address(), any(2) ? any(20) : any_address()); break;
        case 4: w2c_hermetic_clock(instance, any(3)); break;
        case 5: w2c_hermetic_fuel(instance); break;
        case 6: instance->fuel -= any(3000); break;
        case 7:
            if (any(10) == 0)
                instance->fuel = (int64_t)((uint64_t)any(UINT32_MAX) << 32 | any(UINT32_MAX));
            break;
        }
    }
    if (any(2))
        fake_done(instance);
}

TEST(a_guest_that_does_anything_gets_an_answer_and_harms_nothing)
{
    int reached[64] = {0};
    for (uint32_t round = 0; round < 20000; round++) {
        hermetic_options options = HERMETIC_OPTIONS_INIT;
        seed = round * 2654435761u;
        if (round % 50 == 0) {
            options.fuel = 1000000, options.output = 1000, options.value = 1024, options.calls = 20;
            options.backend = round / 50 % 2 ? HERMETIC_BACKEND_BOUNDS : HERMETIC_BACKEND_AUTO;
            options.clock = (enum hermetic_clock)any(3);
            options.flags = any(64);
            CHECK_INT(run_with(done, &options), HERMETIC_DONE);
        }
        fake_guest = anything;
        int status = hermetic_start(sb, "x", 1, NULL);
        while (status > 0) {
            if (any(20) == 0) {
                CHECK_INT(hermetic_abandon(sb), 0);
                status = 0;
                break;
            }
            if (status != HERMETIC_OUTPUT)
                CHECK_INT(any(2) ? hermetic_reply_error(sb, "ValueError", "no") : hermetic_reply(sb, "\x61x", 2), 0);
            status = hermetic_resume(sb);
        }
        CHECK(status == 0 || hermetic_error_class_of(status) != HERMETIC_CLASS_NONE);
        CHECK(status != HERMETIC_E_STATE && status != HERMETIC_E_NOMEM && status != HERMETIC_E_BUSY);
        reached[-status]++;
    }
    CHECK(reached[0] && reached[-HERMETIC_E_PROTOCOL] && reached[-HERMETIC_E_GUEST_RANGE] && reached[-HERMETIC_E_FUEL]);
    fake_guest = done;
    CHECK_INT(hermetic_start(sb, "x", 1, NULL), HERMETIC_DONE);
    hermetic_destroy(sb);
    sb = NULL;
}

TESTS_MAIN(CHECK_ENTRY(addresses_outside_guest_memory_end_the_run) CHECK_ENTRY(the_last_byte_of_memory_is_inside)
           CHECK_ENTRY(each_breach_of_the_protocol_ends_the_run) CHECK_ENTRY(a_malformed_outcome_ends_the_run)
           CHECK_ENTRY(the_longest_repr_is_taken_whatever_the_limit_on_values)
           CHECK_ENTRY(pieces_outside_guest_memory_end_the_run) CHECK_ENTRY(a_payload_in_pieces_is_their_concatenation)
           CHECK_ENTRY(a_guest_that_returns_without_outcome_broke_the_protocol) CHECK_ENTRY(a_prompt_must_be_utf8)
           CHECK_ENTRY(a_forged_call_of_what_was_not_granted_ends_the_run)
           CHECK_ENTRY(grants_of_a_run_that_was_rolled_back_are_gone)
           CHECK_ENTRY(no_clock_and_no_input_without_a_grant) CHECK_ENTRY(fuel_ends_every_loop_and_cannot_be_forged)
           CHECK_ENTRY(time_ends_every_loop) CHECK_ENTRY(the_call_after_the_last_allowed_one_ends_the_run)
           CHECK_ENTRY(values_above_the_limit_end_the_run)
           CHECK_ENTRY(output_ends_at_its_limit_or_is_cut_between_characters)
           CHECK_ENTRY(output_events_are_counted_like_collected_output)
           CHECK_ENTRY(the_memory_limit_says_what_was_asked_for)
           CHECK_ENTRY(a_guest_that_gives_up_is_told_apart)
           CHECK_ENTRY(with_discard_a_failed_run_resets_the_sandbox)
           CHECK_ENTRY(a_guest_that_does_anything_gets_an_answer_and_harms_nothing))
