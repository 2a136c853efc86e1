/* tests/unit/check.h: assertions that print both values, and a main of named promises.
 *
 *     TEST(a_promise_in_words) { CHECK_INT(f(), 0); }
 *     TESTS_MAIN(CHECK_ENTRY(a_promise_in_words) CHECK_ENTRY(another))
 *
 * A program runs all its tests, or those named on the command line, prints one line for each, and exits with 1 when any
 * failed. A failed assertion ends its test by longjmp.
 */
#ifndef HERMETIC_TESTS_CHECK_H
#define HERMETIC_TESTS_CHECK_H

#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static jmp_buf check_failed_test;
static const char *check_context = ""; /* printed with a failure: say which round of a loop it was */

struct check_test {
    const char *name;
    void (*run)(void);
};

#define TEST(name) static void test_##name(void)
#define CHECK_ENTRY(name) {#name, test_##name},

#define CHECK_FAIL(...)                                                                                                 \
    do {                                                                                                                \
        printf("%s:%d: ", __FILE__, __LINE__);                                                                          \
        printf(__VA_ARGS__);                                                                                            \
        printf(" %s\n", check_context);                                                                                 \
        longjmp(check_failed_test, 1);                                                                                  \
    } while (0)

#define CHECK(condition)                                                                                                \
    do {                                                                                                                \
        if (!(condition))                                                                                               \
            CHECK_FAIL("%s does not hold", #condition);                                                                 \
    } while (0)

#define CHECK_INT(actual, expected)                                                                                     \
    do {                                                                                                                \
        long long check_a = (long long)(actual), check_e = (long long)(expected);                                       \
        if (check_a != check_e)                                                                                         \
            CHECK_FAIL("%s is %lld, expected %lld (%s)", #actual, check_a, check_e, #expected);                         \
    } while (0)

#define CHECK_BYTES(actual, actual_len, expected, expected_len)                                                         \
    do {                                                                                                                \
        const unsigned char *check_a = (const unsigned char *)(actual), *check_e = (const unsigned char *)(expected);   \
        size_t check_al = (actual_len), check_el = (expected_len);                                                      \
        if (check_al != check_el || (check_al && memcmp(check_a, check_e, check_al) != 0)) {                            \
            printf("%s:%d: %s is ", __FILE__, __LINE__, #actual);                                                       \
            check_print(check_a, check_al);                                                                             \
            printf(", expected ");                                                                                      \
            check_print(check_e, check_el);                                                                             \
            printf(" %s\n", check_context);                                                                             \
            longjmp(check_failed_test, 1);                                                                              \
        }                                                                                                               \
    } while (0)

/* hermetic_bytes against a C string; C strings against each other. */
#define CHECK_TEXT(bytes, text) CHECK_BYTES((bytes).data, (bytes).len, text, strlen(text))
#define CHECK_STR(actual, expected) CHECK_BYTES(actual, strlen(actual), expected, strlen(expected))

static void check_print(const unsigned char *bytes, size_t len)
{
    for (size_t i = 0; i < len && i < 200; i++)
        if (bytes[i] >= 32 && bytes[i] < 127)
            putchar(bytes[i]);
        else
            printf("\\x%02x", bytes[i]);
    printf(" (%zu bytes)", len);
}

static bool check_run(const struct check_test *test)
{
    check_context = "";
    if (setjmp(check_failed_test) != 0)
        return false;
    test->run();
    return true;
}

static int check_main(int argc, char **argv, const struct check_test *tests, size_t count)
{
    int failed = 0;
    (void)check_print;
    for (size_t i = 0; i < count; i++) {
        bool wanted = argc < 2;
        for (int a = 1; a < argc; a++)
            wanted = wanted || strcmp(argv[a], tests[i].name) == 0;
        if (!wanted)
            continue;
        bool ok = check_run(&tests[i]);
        printf("%s %s\n", ok ? "ok" : "FAILED", tests[i].name);
        fflush(stdout);
        failed |= !ok;
    }
    return failed;
}

#define TESTS_MAIN(...)                                                                                                 \
    int main(int argc, char **argv)                                                                                     \
    {                                                                                                                   \
        static const struct check_test tests[] = {__VA_ARGS__};                                                         \
        return check_main(argc, argv, tests, sizeof(tests) / sizeof(*tests));                                           \
    }

#endif
