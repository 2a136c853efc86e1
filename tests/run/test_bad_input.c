/* Bad input: hostile source, values, snapshots and options. Each is a named error; the sandbox goes on as before. */
#include "run.h"

#include "../../src/blake2b.h"
#include "../../src/bytes.h"

/* ---- source ---- */

static void check_exception(hermetic_sandbox *sb, const char *code, size_t len, const char *type)
{
    CHECK_STATUS(sb, hermetic_start(sb, code, len, NULL), HERMETIC_E_EXCEPTION);
    CHECK_TEXT(hermetic_failure_of(sb).type, type);
    CHECK_VALUE(sb, "before", 7);
}

static hermetic_sandbox *create_with_before(const hermetic_options *o)
{
    hermetic_sandbox *sb = run_create(o);
    CHECK_STATUS(sb, run_code(sb, "before = 7"), HERMETIC_DONE);
    return sb;
}

TEST(source_with_nul_bytes_is_a_syntax_error)
{
    static const char *const codes[] = {"before = 1\0before = 2", "\0bbbbbbbbbbbbbbbbbbbb", "'\0'; before = 2;;;;;;;;;",
                                        "#\0\nbefore = 2;;;;;;;;;;;;"};
    hermetic_sandbox *sb = create_with_before(NULL);
    for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
        check_exception(sb, codes[i], 21, "SyntaxError");
    hermetic_destroy(sb);
}

TEST(source_that_is_not_utf8_is_a_syntax_error)
{
    static const char *const codes[] = {"before = '\xff'", "before = 2 # \xc3", "\xed\xa0\x80 = 2", "before = '\xc0\x80'",
                                        "before = '\xf4\x90\x80\x80'", "\xfe\xff\x00"};
    hermetic_sandbox *sb = create_with_before(NULL);
    for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++)
        check_exception(sb, codes[i], strlen(codes[i]), "SyntaxError");
    hermetic_destroy(sb);
}

TEST(a_hundred_megabytes_of_source_are_refused_or_run_out_of_memory)
{
    const size_t len = 100000000;
    char *code = malloc(len);
    CHECK(code != NULL);
    for (size_t i = 0; i < len; i += 10)
        memcpy(code + i, "before=8.\n", 10);
    hermetic_options o = run_options(0);
    hermetic_sandbox *sb = create_with_before(&o);
    CHECK_STATUS(sb, hermetic_start(sb, code, len, NULL), HERMETIC_E_TOO_BIG);
    CHECK_VALUE(sb, "before", 7);
    o.value = 200000000;
    CHECK_STATUS(sb, hermetic_set_options(sb, &o), 0);
    CHECK_STATUS(sb, hermetic_start(sb, code, len, NULL), HERMETIC_E_EXCEPTION);
    CHECK_TEXT(hermetic_failure_of(sb).type, "MemoryError");
    CHECK_VALUE(sb, "before", 7);
    free(code);
    hermetic_destroy(sb);
}

/* `count` times `part`, and then `end`. */
static char *repeat(const char *part, size_t count, const char *end)
{
    size_t len = strlen(part);
    char *text = malloc(len * count + strlen(end) + 1);
    if (!text)
        abort();
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * len, part, len);
    strcpy(text + len * count, end);
    return text;
}

TEST(a_hundred_thousand_levels_of_anything_end_with_an_answer)
{
    static const char *const parts[][2] = {
        {"(", ""}, {"[", ""}, {"{", ""}, {"(", "1"}, {"f(", "1"}, {"x[", "1"}, {"{1:", "1"}, {"-", "1"}, {"~", "1"},
        {"not ", "1"}, {"lambda:", "1"}, {"1 if 1 else ", "1"}, {"1**", "1"}, {"1+", "1"}, {"x=", "1"}, {"x.a", ""},
        {"[x for x in ", "1"}, {"f'{", ""}, {"'a' ", ""}, {"await ", "1"}, {"yield ", "1"}, {"@f\n", "def g(): pass"},
        {"if 1: ", "1"}, {"while 1: ", "1"}, {"class A(", "1"}, {"1<", "1"}, {"1 and ", "1"}, {"*", "x"}, {"\\\n", "1"},
        {"()", ""}, {"x: ", "1"}, {"x:=", "1"}, {"(x:=", "1"}, {";", ""}, {"a,", ""}, {"global a\n", ""}, {"\t", "1"},
        {"\f", "1"}, {"else:", ""}, {"try:\n", ""}, {"''' ", ""}, {"match 1:\n case [", ""}, {"del (", "x"}, {"`", ""},
    };
    static char context[60];
    hermetic_options o = run_options(0);
    o.wall = UINT64_C(600000000000); /* some take seconds where the library is not optimised */
    hermetic_sandbox *sb = create_with_before(&o);
    check_context = context;
    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
        snprintf(context, sizeof(context), "for %s", parts[i][0]);
        char *code = repeat(parts[i][0], 100000, parts[i][1]);
        int status = run_code(sb, code);
        free(code);
        CHECK(status == HERMETIC_DONE || status == HERMETIC_E_EXCEPTION || status == HERMETIC_E_RECURSION);
        if (i < 7) /* brackets */
            CHECK_TEXT(hermetic_failure_of(sb).type, "SyntaxError");
        CHECK_VALUE(sb, "before", 7);
    }
    check_context = "";
    hermetic_destroy(sb);
}

TEST(blocks_nested_by_indentation_end_with_an_answer)
{
    enum { DEPTH = 3000 };
    static char code[DEPTH * (DEPTH / 2 + 10)];
    char *p = code;
    for (int i = 0; i < DEPTH; i++) {
        memset(p, ' ', (size_t)i);
        p += i;
        memcpy(p, "if 1:\n", 6);
        p += 6;
    }
    hermetic_sandbox *sb = create_with_before(NULL);
    int status = hermetic_start(sb, code, (size_t)(p - code), NULL);
    CHECK(status == HERMETIC_E_EXCEPTION || status == HERMETIC_E_RECURSION);
    CHECK_VALUE(sb, "before", 7);
    hermetic_destroy(sb);
}

/* ---- values ---- */

static const struct {
    const char *bytes;
    size_t len;
} bad_values[] = {
#define BAD(text) {text, sizeof(text) - 1}
    BAD("\x18"), BAD("\x1b\x01\x02\x03"), BAD("\x62" "a"), BAD("\x42"), BAD("\x82\x01"), BAD("\xa1\x01"), BAD("\xfb\x01"),
    BAD("\xc2"), BAD("\xd9\x9c"),                                         /* truncated */
    BAD("\xc6\x01"), BAD("\xd9\xff\xff\x01"), BAD("\xd9\x9c\x40\x01"), BAD("\xd9\x01\x02\xa0"), BAD("\xc2\x61" "1"),
    BAD("\xc0\x63" "now"), BAD("\xc4\x81\x01"), BAD("\xd8\x25\x41" "x"),     /* a tag that is unknown, or on another kind */
    BAD("\x9b\x7f\xff\xff\xff\xff\xff\xff\xff"), BAD("\xbb\xff\xff\xff\xff\xff\xff\xff\xff"),
    BAD("\x5b\xff\xff\xff\xff\xff\xff\xff\xff"), BAD("\x7a\xff\xff\xff\xff" "a"), BAD("\x9a\x10\x00\x00\x00\x01"),
    BAD("\xd9\x9c\x40\x9b\x00\x00\x00\x01\x00\x00\x00\x00"),                 /* lengths past the end */
    BAD("\x9f\xff"), BAD("\x5f\x41" "x\xff"), BAD("\xbf\xff"), BAD("\xff"), /* indefinite */
    BAD("\xf7"), BAD("\xe0"), BAD("\xf8\x20"), BAD("\xf9\x3c\x00"), BAD("\xfa\x3f\x80\x00\x00"), BAD("\x1c"), BAD("\xfc"),
    BAD("\x61\xff"), BAD("\x63\xed\xa0\x80"), BAD("\xa1\x80\x01"), BAD("\x01\x01"), BAD(""), /* others */
#undef BAD
};

/* As the reply to a call, as arguments, and as the value of a variable. */
TEST(malformed_values_are_refused_wherever_they_are_passed)
{
    static char context[60];
    hermetic_sandbox *sb = create_with_before(NULL);
    check_context = context;
    CHECK_STATUS(sb, run_code(sb, "def g(*a): return 5"), HERMETIC_DONE);
    for (size_t i = 0; i < sizeof(bad_values) / sizeof(*bad_values); i++) {
        uint8_t *bytes = malloc(bad_values[i].len + 9); /* its own, so that reads past the end are seen by tools */
        size_t len = bad_values[i].len;
        snprintf(context, sizeof(context), "for value %zu", i);

        CHECK_STATUS(sb, run_code_with_f(sb, "f()"), HERMETIC_CALL);
        uint8_t *exact = malloc(len ? len : 1);
        memcpy(exact, bad_values[i].bytes, len);
        CHECK_STATUS(sb, hermetic_reply(sb, exact, len), HERMETIC_E_CBOR);
        free(exact);
        CHECK_STATUS(sb, hermetic_reply(sb, "\x03", 1), 0);
        CHECK_STATUS(sb, hermetic_resume(sb), HERMETIC_DONE);

        memcpy(bytes, "\x81", 1);
        memcpy(bytes + 1, bad_values[i].bytes, len);
        CHECK_STATUS(sb, hermetic_start_call(sb, "g", (hermetic_bytes){bytes, len + 1}, run_nothing), HERMETIC_E_CBOR);

        memcpy(bytes, "\xa1\x66" "before", 8);
        memcpy(bytes + 8, bad_values[i].bytes, len);
        CHECK_STATUS(sb, hermetic_start_set(sb, (hermetic_bytes){bytes, len + 8}), HERMETIC_E_CBOR);
        hermetic_run_options run = HERMETIC_RUN_OPTIONS_INIT;
        run.inputs = (hermetic_bytes){bytes, len + 8};
        CHECK_STATUS(sb, hermetic_start(sb, "1", 1, &run), HERMETIC_E_CBOR);
        free(bytes);
        CHECK_VALUE(sb, "before", 7);
    }
    check_context = "";
    hermetic_destroy(sb);
}

TEST(values_too_deep_are_refused_and_the_deepest_allowed_arrive)
{
    uint8_t deep[200];
    hermetic_sandbox *sb = create_with_before(NULL);
    memset(deep, 0x81, sizeof(deep));
    for (size_t depth = 90; depth <= 110; depth++) {
        deep[depth] = 0x05;
        CHECK_STATUS(sb, run_code_with_f(sb, "n = 0\nx = f()\nwhile type(x) is list:\n    x = x[0]\n    n += 1\nn"),
                     HERMETIC_CALL);
        int status = hermetic_reply(sb, deep, depth + 1);
        CHECK(status == (depth <= 100 ? 0 : HERMETIC_E_CBOR));
        if (status < 0)
            CHECK_STATUS(sb, hermetic_reply(sb, "\x81\x00", 2), 0);
        CHECK_STATUS(sb, hermetic_resume(sb), HERMETIC_DONE);
        CHECK_INT(run_result(sb).integer, depth <= 100 ? depth : 1);
        deep[depth] = 0x81;
    }
    CHECK_VALUE(sb, "before", 7);
    hermetic_destroy(sb);
}

/* ---- snapshots ---- */

enum { HEADER = 56 }; /* magic and flags, the image's hash at 16, the whole length at 48 */

TEST(a_well_formed_snapshot_of_another_build_is_told)
{
    hermetic_sandbox *sb = create_with_before(NULL), *again;
    uint8_t *bytes;
    size_t len;
    int status;
    CHECK_STATUS(sb, hermetic_snapshot(sb, NULL, &bytes, &len), 0);
    bytes[16 + 31] ^= 1;
    hermetic__blake2b(NULL, bytes, len - HERMETIC__DIGEST, bytes + len - HERMETIC__DIGEST);
    CHECK_INT(hermetic_restore(NULL, NULL, bytes, len, &again, &status), HERMETIC_E_IMAGE);
    CHECK(again == NULL && strstr(hermetic_last_create_error(), "another build"));
    bytes[16 + 31] ^= 1;
    hermetic__blake2b(NULL, bytes, len - HERMETIC__DIGEST, bytes + len - HERMETIC__DIGEST);
    CHECK_INT(hermetic_restore(NULL, NULL, bytes, len, &again, &status), 0);
    CHECK_VALUE(again, "before", 7);
    hermetic_destroy(again);
    hermetic_free(bytes);
    hermetic_destroy(sb);
}

/* Damage behind a checksum that was made to fit: what passes for a snapshot runs, all else is refused. */
TEST(damage_under_a_right_checksum_is_refused_or_harmless)
{
    hermetic_options o = run_options(0);
    o.fuel = 100000000;
    o.output = 10000;
    hermetic_sandbox *sb = create_with_before(&o), *again;
    uint8_t *bytes;
    size_t len;
    int status, accepted = 0, refused = 0;
    CHECK_STATUS(sb, hermetic_snapshot(sb, NULL, &bytes, &len), 0);
    for (size_t bit = HEADER * 8; bit < (len - HERMETIC__DIGEST) * 8; bit += bit < HEADER * 8 + 800 ? 1 : 37) {
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        hermetic__blake2b(NULL, bytes, len - HERMETIC__DIGEST, bytes + len - HERMETIC__DIGEST);
        int result = hermetic_restore(&o, NULL, bytes, len, &again, &status);
        if (result == 0) {
            accepted++;
            run_code(again, "print(before, [before] * 3)");
            CHECK_STATUS(again, hermetic_reset(again), 0);
            CHECK_VALUE(again, "6 * 7", 42);
            hermetic_destroy(again);
        } else {
            refused++;
            CHECK(again == NULL && hermetic_error_class_of(result) != HERMETIC_CLASS_NONE);
        }
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    CHECK(accepted > 0 && refused > 0);
    hermetic_free(bytes);
    hermetic_destroy(sb);
}

TEST(a_snapshot_of_a_wait_may_be_replayed_any_number_of_times)
{
    hermetic_options o = run_options(HERMETIC_JOURNAL);
    hermetic_sandbox *sb = create_with_before(&o), *again[3];
    uint8_t *bytes;
    size_t len;
    int status;
    CHECK_STATUS(sb, run_code_with_f(sb, "before += f('a')\nbefore += f('b')\nbefore"), HERMETIC_CALL);
    CHECK_STATUS(sb, hermetic_reply(sb, "\x18\x64", 2), 0);
    CHECK_STATUS(sb, hermetic_resume(sb), HERMETIC_CALL);
    CHECK_STATUS(sb, hermetic_snapshot(sb, NULL, &bytes, &len), 0);
    for (int i = 0; i < 3; i++) {
        CHECK_INT(hermetic_restore(&o, NULL, bytes, len, &again[i], &status), 0);
        CHECK_INT(status, HERMETIC_CALL);
        CHECK_TEXT(hermetic_call_args(again[i]), "\x81\x61" "b");
    }
    for (int i = 0; i < 3; i++) { /* each on its own, with another answer */
        uint8_t answer = (uint8_t)(i + 1);
        CHECK_STATUS(again[i], hermetic_reply(again[i], &answer, 1), 0);
        CHECK_STATUS(again[i], hermetic_resume(again[i]), HERMETIC_DONE);
        CHECK_INT(run_result(again[i]).integer, 107 + i + 1);
        hermetic_destroy(again[i]);
    }
    CHECK_INT(hermetic_abandon(sb), 0);
    CHECK_VALUE(sb, "before", 7);
    hermetic_free(bytes);
    hermetic_destroy(sb);
}

/* ---- options ---- */

TEST(options_out_of_range_make_no_sandbox_and_are_named)
{
    static const struct {
        const char *name;
        hermetic_options options;
    } bad[] = {
#define BAD(member, value) {#member, {.size = sizeof(hermetic_options), .member = (value)}}
        BAD(fuel, UINT64_MAX), BAD(wall, UINT64_MAX), BAD(memory, 1), BAD(memory, UINT64_MAX), BAD(memory, UINT64_C(1) << 32),
        BAD(output, UINT64_MAX), BAD(value, 1), BAD(value, UINT64_MAX), BAD(calls, UINT64_MAX), BAD(stack, 1),
        BAD(stack, UINT32_MAX), BAD(flags, 1u << 31), BAD(backend, (enum hermetic_backend)9), BAD(clock, (enum hermetic_clock)9),
#undef BAD
    };
    hermetic_sandbox *sb = create_with_before(NULL), *none;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        check_context = bad[i].name;
        CHECK_INT(hermetic_create(&bad[i].options, &none), HERMETIC_E_INVALID);
        CHECK(none == NULL && strstr(hermetic_last_create_error(), bad[i].name));
        CHECK_STATUS(sb, hermetic_set_options(sb, &bad[i].options), HERMETIC_E_INVALID);
        CHECK_VALUE(sb, "before", 7);
    }
    hermetic_options o = HERMETIC_OPTIONS_INIT;
    o.size = 3;
    check_context = "size";
    CHECK_INT(hermetic_create(&o, &none), HERMETIC_E_INVALID);
    check_context = "";
    hermetic_destroy(sb);
}

TESTS_MAIN(CHECK_ENTRY(source_with_nul_bytes_is_a_syntax_error) CHECK_ENTRY(source_that_is_not_utf8_is_a_syntax_error)
           CHECK_ENTRY(a_hundred_megabytes_of_source_are_refused_or_run_out_of_memory)
           CHECK_ENTRY(a_hundred_thousand_levels_of_anything_end_with_an_answer)
           CHECK_ENTRY(blocks_nested_by_indentation_end_with_an_answer)
           CHECK_ENTRY(malformed_values_are_refused_wherever_they_are_passed)
           CHECK_ENTRY(values_too_deep_are_refused_and_the_deepest_allowed_arrive)
           CHECK_ENTRY(a_well_formed_snapshot_of_another_build_is_told)
           CHECK_ENTRY(damage_under_a_right_checksum_is_refused_or_harmless)
           CHECK_ENTRY(a_snapshot_of_a_wait_may_be_replayed_any_number_of_times)
           CHECK_ENTRY(options_out_of_range_make_no_sandbox_and_are_named))
