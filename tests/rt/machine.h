/* tests/rt/machine.h: sandboxes of the guest in machine.wat, for the tests of the runtime. */
#ifndef HERMETIC_TESTS_RT_MACHINE_H
#define HERMETIC_TESTS_RT_MACHINE_H

#include "../../include/hermetic.h"
#include "../../rt/instance.h"
#include "check.h"

enum op {
    OP_NULL, OP_LOAD8, OP_LOAD32, OP_LOAD64, OP_STORE8, OP_STORE32, OP_STORE64, OP_LOAD_FAR, OP_STORE_FAR,
    OP_DIV, OP_REM, OP_TRUNC, OP_UNREACHABLE, OP_WRONG_TYPE, OP_RECURSE, OP_GROW, OP_FILL,
    OP_COPY, OP_EVENT, OP_NEST, OP_LONE_THROW, OP_THROW_FAR, OP_TOUCH, OP_SUM, OP_TRY_INDEX,
    OP_LOOP_EVENTS, OP_SP_AFTER_THROW, OP_CALL_NULL, OP_SIZE, OP_SPIN
};

enum { FN_NESTED = 40, FN_THROWER, FN_DEEP_THROWER, FN_RETURNER, FN_SP_MOVER, FN_DEEP_RECURSE };

#define IMAGE_SIZE (2 * 65536u)
#define IMAGE_START 4096u
#define IMAGE_STORED 106496u
#define ARGS 64u

/* One sandbox and the activation that runs in it. */
struct machine {
    struct w2c_hermetic instance;
    uint32_t op, result;
    int event_result; /* what the import `event` returns after its suspend */
};

extern struct hermetic__image machine_image;

/* The expected byte of the image. */
uint8_t machine_image_byte(uint32_t at);

/* Opens with the backend, and fails the test when that is not what came out. */
void machine_open(struct machine *s, enum hermetic__backend backend, uint64_t max_bytes);
void machine_close(struct machine *s);

/* Writes the arguments, and runs the operation in the open transaction. */
enum hermetic__stop machine_start(struct machine *s, enum op op, uint32_t arg0, uint32_t arg1, uint32_t arg2);

/* begin, the operation, and commit or (after a trap) rollback. Returns the trap. */
int machine_run(struct machine *s, enum op op, uint32_t arg0, uint32_t arg1, uint32_t arg2);

uint32_t machine_load(const struct machine *s, uint32_t at);

/* The backends that this machine has, ended by 0. */
extern const enum hermetic__backend machine_backends[];

#endif
