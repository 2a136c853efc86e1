/* tests/run/run.h: what the tests of real runs share: sandboxes, programs, and checks of their outcomes. */
#ifndef HERMETIC_TESTS_RUN_H
#define HERMETIC_TESTS_RUN_H

#include <hermetic.h>

#include "../unit/check.h"

static const hermetic_bytes run_nothing = {NULL, 0};

static inline hermetic_sandbox *run_create(const hermetic_options *options)
{
    hermetic_sandbox *sb;
    int status = hermetic_create(options, &sb);
    if (status < 0)
        CHECK_FAIL("hermetic_create: %s", hermetic_last_create_error());
    return sb;
}

static inline hermetic_options run_options(uint32_t flags)
{
    hermetic_options o = HERMETIC_OPTIONS_INIT;
    o.flags = flags;
    return o;
}

/* The next backend that can be had here, from `backend` on. */
static inline enum hermetic_backend run_backend(enum hermetic_backend backend)
{
    hermetic_options o = HERMETIC_OPTIONS_INIT;
    hermetic_sandbox *sb = NULL;
    for (o.backend = backend; o.backend <= HERMETIC_BACKEND_BOUNDS && !sb; o.backend++)
        hermetic_create(&o, &sb);
    hermetic_destroy(sb);
    return o.backend - (sb != NULL);
}

#define RUN_WITH_EACH_BACKEND(backend)                                                                                  \
    for (enum hermetic_backend backend = run_backend(HERMETIC_BACKEND_AUTO); backend <= HERMETIC_BACKEND_BOUNDS;        \
         backend = run_backend(backend + 1))

static inline int run_code(hermetic_sandbox *sb, const char *code)
{
    return hermetic_start(sb, code, strlen(code), NULL);
}

/* Grants `f`. */
static inline int run_code_with_f(hermetic_sandbox *sb, const char *code)
{
    hermetic_run_options o = HERMETIC_RUN_OPTIONS_INIT;
    o.functions = (hermetic_bytes){(const uint8_t *)"\x81\x61" "f", 3};
    return hermetic_start(sb, code, strlen(code), &o);
}

#define CHECK_STATUS(sb, call, expected)                                                                                \
    do {                                                                                                                \
        int check_status = (call);                                                                                      \
        if (check_status != (expected)) {                                                                               \
            hermetic_failure check_failure = hermetic_failure_of(sb);                                                   \
            CHECK_FAIL("%s is %s (%.*s), expected %s", #call, hermetic_error_name(check_status),                        \
                       (int)check_failure.message.len, (const char *)check_failure.message.data, #expected);            \
        }                                                                                                               \
    } while (0)

static inline hermetic_item run_result(hermetic_sandbox *sb)
{
    hermetic_bytes r = hermetic_result(sb);
    hermetic_item item;
    const uint8_t *p = r.data;
    memset(&item, 0, sizeof(item));
    if (r.len)
        hermetic_decode(&p, r.data + r.len, &item);
    return item;
}

/* Runs an expression; its value must be this int. */
#define CHECK_VALUE(sb, code, value)                                                                                    \
    do {                                                                                                                \
        CHECK_STATUS(sb, run_code(sb, code), HERMETIC_DONE);                                                            \
        CHECK_INT(run_result(sb).kind, HERMETIC_INT);                                                                   \
        CHECK_INT(run_result(sb).integer, value);                                                                       \
    } while (0)

#endif
