/* src/clock_windows.c: see clock.h. */
#include "clock.h"

#include <windows.h>

uint64_t hermetic__clock_monotonic(void)
{
    LARGE_INTEGER frequency, count;
    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&count);
    uint64_t hz = (uint64_t)frequency.QuadPart, ticks = (uint64_t)count.QuadPart;
    return ticks / hz * 1000000000 + ticks % hz * 1000000000 / hz;
}

int64_t hermetic__clock_wall(void)
{
    const int64_t between_1601_and_1970 = INT64_C(116444736000000000); /* in units of 100 ns */
    FILETIME t;
    GetSystemTimePreciseAsFileTime(&t);
    return (((int64_t)t.dwHighDateTime << 32 | t.dwLowDateTime) - between_1601_and_1970) * 100;
}
