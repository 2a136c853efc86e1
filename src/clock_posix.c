/* src/clock_posix.c: see clock.h. clock_gettime is no system call where it matters (vDSO, commpage). */
#define _POSIX_C_SOURCE 200809L

#include "clock.h"

#include <time.h>

static int64_t read_clock(clockid_t id)
{
    struct timespec t;
    if (clock_gettime(id, &t) != 0)
        return 0;
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

uint64_t hermetic__clock_monotonic(void)
{
    return (uint64_t)read_clock(CLOCK_MONOTONIC);
}

int64_t hermetic__clock_wall(void)
{
    return read_clock(CLOCK_REALTIME);
}
