/* Costs of the runtime's primitives, as a table. Not a test. */
#include "machine.h"

#include <time.h>

static struct machine s;

static double now(void) {
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static double begun;

static void report(const char *backend, const char *what, double count) {
    printf("%-7s %-44s %10.1f ns\n", backend, what, (now() - begun) / count);
}

static void nothing(void *unused) {
    (void)unused;
}

static void run(enum op op, uint32_t a, uint32_t b, uint32_t c) {
    uint32_t args[3] = { a, b, c };
    memcpy(s.instance.memory.data + ARGS, args, sizeof(args)); /* its page is hot by now */
    s.op = op;
    machine_start(&s, op, a, b, c);
}

int main(void) {
    for (const enum hermetic__backend *backend = machine_backends; *backend; backend++) {
        const char *name = *backend == HERMETIC__GUARD ? "guard" : "bounds";
        enum { N = 200000, FEW = 2000 };
        machine_open(&s, *backend, 16 << 20);
        struct hermetic__memory *m = &s.instance.memory;

        begun = now();
        for (int i = 0; i < N; i++)
            hermetic__fiber_start(&s.instance.fiber, nothing, NULL);
        report(name, "fiber: start and return", N);

        CHECK_EQ(hermetic__instance_begin(&s.instance, true), 0);
        CHECK_EQ(machine_start(&s, OP_LOOP_EVENTS, N, 0, 0), HERMETIC__STOP_SUSPEND);
        begun = now();
        for (int i = 0; i < N - 1; i++)
            hermetic__fiber_resume(&s.instance.fiber, UINT64_MAX);
        report(name, "fiber: resume and suspend", N - 1);
        hermetic__fiber_resume(&s.instance.fiber, UINT64_MAX);

        machine_start(&s, OP_THROW_FAR, 0, 1, 0);
        begun = now();
        machine_start(&s, OP_THROW_FAR, 0, N, 0);
        report(name, "try that throws, and try that returns", N);
        hermetic__memory_commit(m);

        for (int warm = 0; warm < 2; warm++) {
            begun = now();
            for (int i = 0; i < N; i++) {
                hermetic__instance_begin(&s.instance, true);
                run(OP_TOUCH, 4096, 5 * 4096 + 1, (uint32_t)i);
                hermetic__memory_commit(m);
            }
        }
        report(name, "begin, touch 6 dirty hot pages, commit", N);

        for (int warm = 0; warm < 2; warm++) {
            begun = now();
            for (int i = 0; i < N; i++) {
                hermetic__instance_begin(&s.instance, true);
                run(OP_TOUCH, 4096, 5 * 4096 + 1, (uint32_t)i);
                hermetic__memory_rollback(m);
            }
        }
        report(name, "begin, touch 6 dirty hot pages, rollback", N);

        double spent[3] = { 0 };
        for (int i = 0; i < N; i++) {
            double t0 = now();
            hermetic__instance_begin(&s.instance, true);
            double t1 = now();
            run(OP_TOUCH, 4096, 5 * 4096 + 1, (uint32_t)i);
            double t2 = now();
            hermetic__memory_commit(m);
            double t3 = now();
            hermetic__memory_reset(m);
            double t4 = now();
            spent[0] += t1 - t0 + t3 - t2;
            spent[1] += t2 - t1;
            spent[2] += t4 - t3;
        }
        printf("%-7s %-44s %10.1f ns (with the clock)\n", name, "fresh: begin and commit, 6 clean hot pages", spent[0] / N);
        printf("%-7s %-44s %10.1f ns (with the clock)\n", name, "fresh: the run", spent[1] / N);
        printf("%-7s %-44s %10.1f ns (with the clock)\n", name, "fresh: reset of 6 hot pages", spent[2] / N);

        begun = now();
        for (int i = 0; i < N; i++) {
            hermetic__instance_begin(&s.instance, true);
            run(OP_TOUCH, 4096, 5 * 4096 + 1, (uint32_t)i);
            hermetic__memory_commit(m);
            hermetic__memory_reset(m);
        }
        report(name, "fresh: all of it", N);

        machine_run(&s, OP_GROW, 200, 0, 0);
        begun = now();
        for (int i = 0; i < FEW / 20; i++)
            machine_run(&s, OP_TOUCH, 65536, 65536 + 2000 * 4096, (uint32_t)i);
        report(name, "a row of 2000 cold pages, a page", FEW / 20 * 2000.0);
        machine_close(&s);

        begun = now();
        for (int i = 0; i < FEW; i++) {
            machine_open(&s, *backend, 16 << 20);
            machine_close(&s);
        }
        report(name, "create and destroy", FEW);
        begun = now();
        for (int i = 0; i < FEW; i++) {
            machine_open(&s, *backend, 16 << 20);
            machine_run(&s, OP_TOUCH, 4096, 5 * 4096 + 1, (uint32_t)i);
            machine_close(&s);
        }
        report(name, "create, first run of 6 pages, destroy", FEW);
    }
    return 0;
}
