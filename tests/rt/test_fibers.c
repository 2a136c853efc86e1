/* Activations are independent of the thread that resumes them, of each other, and of the host's floating-point mode. */
#include "machine.h"

#if !defined(_WIN32)
#include <pthread.h>
#endif
#include <fenv.h>

enum { SANDBOXES = 8, EVENTS = 200 };

static struct machine machines[SANDBOXES];

static void *resume_all(void *unused) {
    (void)unused;
    for (int i = 0; i < SANDBOXES; i++) {
        machines[i].event_result = i;
        CHECK_EQ(hermetic__fiber_resume(&machines[i].instance.fiber, UINT64_MAX), HERMETIC__STOP_SUSPEND);
    }
    return NULL;
}

static void across_threads(enum hermetic__backend backend) {
    for (int i = 0; i < SANDBOXES; i++) {
        machine_open(&machines[i], backend, 40 << 16);
        CHECK_EQ(hermetic__instance_begin(&machines[i].instance, true), 0);
        CHECK_EQ(machine_start(&machines[i], OP_LOOP_EVENTS, EVENTS, 0, 0), HERMETIC__STOP_SUSPEND);
    }
    for (int event = 1; event < EVENTS; event++) {
#if defined(_WIN32)
        resume_all(NULL);
#else
        pthread_t thread;
        CHECK_EQ(pthread_create(&thread, NULL, resume_all, NULL), 0);
        CHECK_EQ(pthread_join(thread, NULL), 0);
#endif
    }
    for (int i = 0; i < SANDBOXES; i++) {
        CHECK_EQ(hermetic__fiber_resume(&machines[i].instance.fiber, UINT64_MAX), HERMETIC__STOP_RETURN);
        CHECK_EQ(machines[i].result, i * EVENTS);
        hermetic__memory_commit(&machines[i].instance.memory);
        machine_close(&machines[i]);
    }
}

static void killed_and_dropped(enum hermetic__backend backend) {
    struct machine *s = &machines[0];
    machine_open(s, backend, 40 << 16);
    for (int i = 0; i < 100; i++) {
        CHECK_EQ(hermetic__instance_begin(&s->instance, true), 0);
        CHECK_EQ(machine_start(s, OP_LOOP_EVENTS, EVENTS, 0, 0), HERMETIC__STOP_SUSPEND);
        hermetic__fiber_drop(&s->instance.fiber);
        hermetic__memory_rollback(&s->instance.memory);
        hermetic__fiber_park(&s->instance.fiber);
    }
    CHECK_EQ(machine_run(s, OP_DIV, 6, 2, 0), 0);
    CHECK_EQ(s->result, 3);
    machine_close(s);
}

/* A library in the host's process may have set other rounding or flush-to-zero; a guest computes the same. */
static void floating_point(void) {
    struct machine *s = &machines[0];
    machine_open(s, HERMETIC__BOUNDS, 40 << 16);
    int old = fegetround();
    CHECK_EQ(fesetround(FE_UPWARD), 0);
    CHECK_EQ(hermetic__instance_begin(&s->instance, true), 0);
    CHECK_EQ(machine_start(s, OP_LOOP_EVENTS, 1, 0, 0), HERMETIC__STOP_SUSPEND);
    CHECK_EQ(fegetround(), FE_UPWARD);
    CHECK_EQ(hermetic__fiber_resume(&s->instance.fiber, UINT64_MAX), HERMETIC__STOP_RETURN);
    CHECK_EQ(fegetround(), FE_UPWARD);
    CHECK_EQ(fesetround(old), 0);
    hermetic__memory_commit(&s->instance.memory);
    machine_close(s);
}

int main(void) {
    for (const enum hermetic__backend *backend = machine_backends; *backend; backend++) {
        across_threads(*backend);
        killed_and_dropped(*backend);
    }
    floating_point();
    return 0;
}
