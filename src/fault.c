/* src/fault.c: refuses chosen allocations and system calls. In test builds only: see alloc.h. */
#include "alloc.h"

#ifdef HERMETIC_FAULT_INJECTION

struct fault {
    uint64_t attempts; /* since the newest setting */
    uint64_t nth;
    bool forever;
};

static struct fault allocations, system_calls;

static uint64_t set(struct fault *f, uint64_t nth, bool forever)
{
    uint64_t attempts = f->attempts;
    *f = (struct fault){0, nth, forever};
    return attempts;
}

static bool now(struct fault *f)
{
    f->attempts++;
    return f->nth && (f->attempts == f->nth || (f->forever && f->attempts > f->nth));
}

uint64_t hermetic__fault_allocations(uint64_t nth, bool forever)
{
    return set(&allocations, nth, forever);
}

uint64_t hermetic__fault_system_calls(uint64_t nth, bool forever)
{
    return set(&system_calls, nth, forever);
}

bool hermetic__fault_allocation_now(void)
{
    return now(&allocations);
}

bool hermetic__fault_system_call_now(void)
{
    return now(&system_calls);
}

#else

typedef int hermetic__fault_unused; /* a translation unit may not be empty */

#endif
