/* tests/rt/check.h: assertions that print both values and end the test. Each test is a process of its own. */
#ifndef HERMETIC_TESTS_RT_CHECK_H
#define HERMETIC_TESTS_RT_CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                                              \
    do {                                                                                              \
        if (!(condition)) {                                                                           \
            fprintf(stderr, "%s:%d: %s: not true: %s\n", __FILE__, __LINE__, __func__, #condition);   \
            exit(1);                                                                                  \
        }                                                                                             \
    } while (0)

#define CHECK_EQ(left, right)                                                                         \
    do {                                                                                              \
        long long left_ = (long long)(left), right_ = (long long)(right);                             \
        if (left_ != right_) {                                                                        \
            fprintf(stderr, "%s:%d: %s: %s is %lld, %s is %lld\n", __FILE__, __LINE__, __func__, #left, left_, #right, \
                    right_);                                                                          \
            exit(1);                                                                                  \
        }                                                                                             \
    } while (0)

#define CHECK_AT_MOST(value, most)                                                                    \
    do {                                                                                              \
        long long value_ = (long long)(value), most_ = (long long)(most);                             \
        if (value_ > most_) {                                                                         \
            fprintf(stderr, "%s:%d: %s: %s is %lld, more than %lld\n", __FILE__, __LINE__, __func__, #value, value_, \
                    most_);                                                                           \
            exit(1);                                                                                  \
        }                                                                                             \
    } while (0)

#endif
