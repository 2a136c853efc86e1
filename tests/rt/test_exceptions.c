/* Protected calls: `throw` unwinds to the newest `try`, from any depth, as often as the guest likes. */
#include "machine.h"

static struct machine s;

int main(void) {
    for (const enum hermetic__backend *backend = machine_backends; *backend; backend++) {
        memset(&s, 0, sizeof(s));
        machine_open(&s, *backend, 40 << 16);
        hermetic__instance_close(&s.instance);
        CHECK_EQ(hermetic__instance_open(&s.instance, &machine_image, *backend, false, 40 << 16, 16 << 20), 0);
        s.instance.owner = &s;

        /* 10,000 records deep; every one of them is thrown to, so each `try` says 1. */
        CHECK_EQ(machine_run(&s, OP_NEST, 10000, 0, 0), HERMETIC__TRAP_THROW);
        CHECK_EQ(machine_run(&s, OP_TRY_INDEX, FN_THROWER, 0, 0), 0);
        CHECK_EQ(s.result, 1);
        CHECK_EQ(machine_run(&s, OP_TRY_INDEX, FN_RETURNER, 0, 0), 0);
        CHECK_EQ(s.result, 0);

        /* Across many frames; a second `try` that returns says 0. The chain is empty afterwards. */
        CHECK_EQ(machine_run(&s, OP_THROW_FAR, 50000, 100, 0), 0);
        CHECK_EQ(s.result, 100);
        CHECK(s.instance.fiber.jump == NULL);
        CHECK_EQ(machine_run(&s, OP_LONE_THROW, 0, 0, 0), HERMETIC__TRAP_THROW);

        /* The frames that were skipped did nothing. */
        CHECK_EQ(machine_load(&s, 84), 0);

        /* The shadow stack pointer comes back as it was at `try`. */
        CHECK_EQ(machine_run(&s, OP_SP_AFTER_THROW, 0, 0, 0), 0);
        CHECK_EQ(s.result, 54321);

        /* The function's type and index are checked. */
        CHECK_EQ(machine_run(&s, OP_TRY_INDEX, OP_LOAD8, 0, 0), HERMETIC__TRAP_CALL);
        CHECK_EQ(machine_run(&s, OP_TRY_INDEX, 0, 0, 0), HERMETIC__TRAP_CALL);
        CHECK_EQ(machine_run(&s, OP_TRY_INDEX, 64, 0, 0), HERMETIC__TRAP_CALL);
        CHECK_EQ(machine_run(&s, OP_TRY_INDEX, UINT32_MAX, 0, 0), HERMETIC__TRAP_CALL);

        /* Records that nest through the host's frames alone meet the stack limit, not the guard area. */
        CHECK_EQ(machine_run(&s, OP_TRY_INDEX, FN_DEEP_RECURSE, 0, 0), HERMETIC__TRAP_STACK);

        /* A trap inside protected calls is no exception: it ends the activation, and the next one starts clean. */
        CHECK_EQ(machine_run(&s, OP_NEST, 1000000, 0, 0), HERMETIC__TRAP_STACK);
        CHECK_EQ(machine_run(&s, OP_LONE_THROW, 0, 0, 0), HERMETIC__TRAP_THROW);
        machine_close(&s);
    }
    return 0;
}
