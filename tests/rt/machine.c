#include "machine.h"

#include "../../rt/internal.h"

static uint8_t bytes[IMAGE_STORED];

struct hermetic__image machine_image = {
    .bytes = bytes, .start = IMAGE_START, .stored = IMAGE_STORED, .size = IMAGE_SIZE, .stack_pointer = 65536 };

const enum hermetic__backend machine_backends[] = {
#if HERMETIC__HAVE_GUARD
    HERMETIC__GUARD,
#endif
    HERMETIC__BOUNDS, 0
};

uint8_t machine_image_byte(uint32_t at) {
    return at >= IMAGE_START && at < IMAGE_START + IMAGE_STORED ? (uint8_t)(at * 7 + (at >> 8) + 1) : 0;
}

void machine_open(struct machine *s, enum hermetic__backend backend, uint64_t max_bytes) {
    for (uint32_t i = 0; bytes[0] == 0 && i < IMAGE_STORED; i++)
        bytes[IMAGE_STORED - 1 - i] = machine_image_byte(IMAGE_START + IMAGE_STORED - 1 - i);
    memset(s, 0, sizeof(*s));
    CHECK_EQ(hermetic__instance_open(&s->instance, &machine_image, backend, false, max_bytes, 256 << 10), 0);
    CHECK_EQ(s->instance.memory.backend, backend);
    s->instance.owner = s;
}

void machine_close(struct machine *s) {
    hermetic__instance_close(&s->instance);
}

static void entry(void *opaque) {
    struct machine *s = opaque;
    s->result = s->instance.code->run(&s->instance, s->op);
}

enum hermetic__stop machine_start(struct machine *s, enum op op, uint32_t arg0, uint32_t arg1, uint32_t arg2) {
    uint32_t args[3] = { arg0, arg1, arg2 };
    CHECK_EQ(hermetic__memory_write(&s->instance.memory, (struct gaddr){ ARGS }, args, sizeof(args)), 0);
    s->op = op;
    return hermetic__fiber_start(&s->instance.fiber, entry, s);
}

int machine_run(struct machine *s, enum op op, uint32_t arg0, uint32_t arg1, uint32_t arg2) {
    CHECK_EQ(hermetic__instance_begin(&s->instance, true), 0);
    if (machine_start(s, op, arg0, arg1, arg2) == HERMETIC__STOP_TRAP) {
        hermetic__memory_rollback(&s->instance.memory);
        return hermetic__fiber_trap(&s->instance.fiber);
    }
    hermetic__memory_commit(&s->instance.memory);
    return 0;
}

uint32_t machine_load(const struct machine *s, uint32_t at) {
    uint32_t value;
    CHECK_EQ(hermetic__memory_read(&s->instance.memory, (struct gaddr){ at }, &value, sizeof(value)), 0);
    return value;
}

/* The imports. An event suspends, and says what the test put into event_result. */

uint32_t w2c_hermetic_event(struct w2c_hermetic *instance, uint32_t kind, uint32_t ptr, uint32_t len) {
    struct machine *s = instance->owner;
    (void)kind, (void)ptr, (void)len;
    hermetic__fiber_suspend(&instance->fiber);
    return (uint32_t)s->event_result;
}
