/* Options: every limit is finite, every range is kept, and a refusal names the option, the value and what is allowed. */
#include "../../src/options.h"

#include "check.h"

static hermetic_options out;
static char message[HERMETIC__MESSAGE_MAX];

static int read_options(const hermetic_options *in)
{
    message[0] = 0;
    return hermetic__options_read(in, 1 << 20, &out, message);
}

TEST(no_options_are_all_defaults)
{
    CHECK_INT(read_options(NULL), 0);
    CHECK_INT(out.fuel, 300000000000);
    CHECK_INT(out.wall, 10000000000);
    CHECK_INT(out.memory, 64 << 20);
    CHECK_INT(out.output, 1 << 20);
    CHECK_INT(out.value, 16 << 20);
    CHECK_INT(out.calls, 1000000);
    CHECK_INT(out.stack, 2 << 20);
    CHECK_INT(out.clock, HERMETIC_CLOCK_NONE);
    hermetic_options initial = HERMETIC_OPTIONS_INIT;
    CHECK_INT(read_options(&initial), 0);
    CHECK_INT(out.fuel, 300000000000);
}

#define CHECK_RANGE(member, least, most)                                                                                \
    do {                                                                                                                \
        hermetic_options o = HERMETIC_OPTIONS_INIT;                                                                     \
        o.member = (least);                                                                                             \
        CHECK_INT(read_options(&o), 0);                                                                                 \
        o.member = (most);                                                                                              \
        CHECK_INT(read_options(&o), 0);                                                                                 \
        CHECK(out.member == (most));                                                                                    \
        if ((least) > 1) {                                                                                              \
            o.member = (least) - 1;                                                                                     \
            CHECK_INT(read_options(&o), HERMETIC_E_INVALID);                                                            \
            CHECK(strstr(message, "option " #member ": "));                                                             \
        }                                                                                                               \
        o.member = (most) + 1;                                                                                          \
        CHECK_INT(read_options(&o), HERMETIC_E_INVALID);                                                                \
        CHECK(strstr(message, "option " #member ": "));                                                                 \
    } while (0)

TEST(every_limit_keeps_its_range)
{
    const uint64_t largest = UINT64_C(1) << 62;
    CHECK_RANGE(fuel, 1, largest);
    CHECK_RANGE(wall, 1, largest);
    CHECK_RANGE(memory, 1 << 20, (UINT64_C(4) << 30) - 65536);
    CHECK_RANGE(output, 1, 1 << 30);
    CHECK_RANGE(value, 1024, 1 << 30);
    CHECK_RANGE(calls, 1, largest);
    CHECK_RANGE(stack, 256 * 1024, 64u << 20);
}

TEST(a_refusal_names_option_value_and_range)
{
    hermetic_options o = HERMETIC_OPTIONS_INIT;
    o.stack = 1000;
    CHECK_INT(read_options(&o), HERMETIC_E_INVALID);
    CHECK_STR(message, "option stack: 1000 bytes is outside 262144 to 67108864");
    o.stack = 0;
    o.memory = 65536; /* in the range, and less than the interpreter has */
    CHECK_INT(read_options(&o), HERMETIC_E_INVALID);
    CHECK_STR(message, "option memory: 65536 bytes is outside 1048576 to 4294901760");
}

TEST(unknown_flags_backends_and_clocks_are_refused)
{
    hermetic_options o = HERMETIC_OPTIONS_INIT;
    o.flags = 1u << 20 | HERMETIC_JOURNAL;
    CHECK_INT(read_options(&o), HERMETIC_E_INVALID);
    CHECK_STR(message, "option flags: 0x100000 is not known");
    o = (hermetic_options)HERMETIC_OPTIONS_INIT;
    o.backend = (enum hermetic_backend)3;
    CHECK_INT(read_options(&o), HERMETIC_E_INVALID);
    o = (hermetic_options)HERMETIC_OPTIONS_INIT;
    o.clock = (enum hermetic_clock)-1;
    CHECK_INT(read_options(&o), HERMETIC_E_INVALID);
    o = (hermetic_options)HERMETIC_OPTIONS_INIT;
    o.clock_start = -1;
    CHECK_INT(read_options(&o), HERMETIC_E_INVALID);
    o.clock_start = INT64_MAX;
    CHECK_INT(read_options(&o), HERMETIC_E_INVALID);
}

TEST(a_struct_of_a_newer_header_passes_while_its_news_are_unused)
{
    struct {
        hermetic_options options;
        uint64_t more;
    } newer = {HERMETIC_OPTIONS_INIT, 0};
    newer.options.size = sizeof(newer);
    newer.options.fuel = 5;
    CHECK_INT(read_options(&newer.options), 0);
    CHECK_INT(out.fuel, 5);
    newer.more = 1;
    CHECK_INT(read_options(&newer.options), HERMETIC_E_INVALID);
    newer.options.size = 8;
    CHECK_INT(read_options(&newer.options), HERMETIC_E_INVALID);
    newer.options.size = SIZE_MAX;
    CHECK_INT(read_options(&newer.options), HERMETIC_E_INVALID);
    newer.options.size = 0;
    CHECK_INT(read_options(&newer.options), HERMETIC_E_INVALID);
}

TEST(run_options_keep_their_flags)
{
    hermetic_run_options o = HERMETIC_RUN_OPTIONS_INIT, got;
    o.flags = HERMETIC_RUN_PRINT | HERMETIC_RUN_NO_VALUE;
    CHECK_INT(hermetic__run_options_read(&o, &got, message), 0);
    CHECK_INT(got.flags, o.flags);
    o.flags = 64;
    CHECK_INT(hermetic__run_options_read(&o, &got, message), HERMETIC_E_INVALID);
    CHECK_STR(message, "run option flags: 0x40 is not known");
}

TESTS_MAIN(CHECK_ENTRY(no_options_are_all_defaults) CHECK_ENTRY(every_limit_keeps_its_range)
           CHECK_ENTRY(a_refusal_names_option_value_and_range)
           CHECK_ENTRY(unknown_flags_backends_and_clocks_are_refused)
           CHECK_ENTRY(a_struct_of_a_newer_header_passes_while_its_news_are_unused)
           CHECK_ENTRY(run_options_keep_their_flags))
