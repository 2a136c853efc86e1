/* Memory against a model: random writes by guest and host, growth, commit, rollback, reset, park. After each step every
 * byte is what the model says; after a reset every byte is the image's. */
#include "machine.h"

enum { MAX_PAGES = 12, STEPS = 6000 };

static struct machine s;
static uint8_t model[MAX_PAGES * 65536], saved[sizeof(model)], seen[sizeof(model)];
static uint64_t model_size, saved_size;

static uint64_t random_state = 88172645463325252u;

static uint32_t random_below(uint32_t limit) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)(random_state >> 16) % limit;
}

static void compare(const char *what, int step) {
    CHECK_EQ(hermetic__memory_size(&s.instance.memory), model_size);
    CHECK_EQ(hermetic__memory_read(&s.instance.memory, (struct gaddr){ 0 }, seen, model_size), 0);
    for (uint64_t i = 0; i < model_size; i++)
        if (seen[i] != model[i]) {
            fprintf(stderr, "step %d, after %s: byte %llu is %d, not %d\n", step, what, (unsigned long long)i, seen[i],
                    model[i]);
            exit(1);
        }
}

static void to_image(void) {
    memset(model, 0, sizeof(model));
    for (uint32_t i = 0; i < IMAGE_SIZE; i++)
        model[i] = machine_image_byte(i);
    model_size = IMAGE_SIZE;
}

/* The arguments that machine_start writes are part of the state. */
static void model_arguments(uint32_t a, uint32_t b, uint32_t c) {
    uint32_t args[3] = { a, b, c };
    memcpy(model + ARGS, args, sizeof(args));
}

static void guest(enum op op, uint32_t a, uint32_t b, uint32_t c, int expected) {
    model_arguments(a, b, c);
    enum hermetic__stop stop = machine_start(&s, op, a, b, c);
    CHECK_EQ(stop == HERMETIC__STOP_TRAP ? hermetic__fiber_trap(&s.instance.fiber) : 0, expected);
}

static void mutate(void) {
    uint32_t size = (uint32_t)model_size, at, len, value;
    switch (random_below(8)) {
    case 0: /* anywhere, also across the edge of a page */
    case 1:
        at = random_below(size - 8);
        value = random_below(UINT32_MAX);
        guest(OP_STORE64, at, value, 0, 0);
        memset(model + at, 0, 8);
        memcpy(model + at, &value, 4);
        break;
    case 2: /* the same few pages again and again */
        at = 20000 + random_below(20000);
        value = random_below(UINT32_MAX);
        guest(OP_STORE32, at, value, 0, 0);
        memcpy(model + at, &value, 4);
        break;
    case 3:
        at = random_below(size);
        len = random_below(random_below(4) && size - at > 300 ? 300 : size - at);
        guest(OP_FILL, at, 0xa5, len, 0);
        memset(model + at, 0xa5, len);
        break;
    case 4:
        at = random_below(size / 2);
        len = random_below(random_below(4) ? 300 : size / 2);
        value = random_below(size / 2);
        guest(OP_COPY, at, value, len, 0);
        memmove(model + at, model + value, len);
        break;
    case 5: { /* a row of pages, one word each */
        at = random_below(size / 4096) * 4096;
        len = 4096 * (1 + random_below((size - at) / 4096));
        value = random_below(UINT32_MAX);
        guest(OP_TOUCH, at, at + len, value, 0);
        for (uint32_t i = at; i < at + len; i += 4096)
            memcpy(model + i, &value, 4);
        break;
    }
    case 6: { /* the host */
        uint8_t bytes[10000];
        at = random_below(size);
        len = random_below(random_below(4) ? 20 : sizeof(bytes));
        memset(bytes, (int)random_below(256), sizeof(bytes));
        int status = hermetic__memory_write(&s.instance.memory, (struct gaddr){ at }, bytes, len);
        CHECK_EQ(status, (uint64_t)at + len <= size ? 0 : HERMETIC_E_GUEST_RANGE);
        if (status == 0)
            memcpy(model + at, bytes, len);
        break;
    }
    case 7:
        if (random_below(4) == 0 && model_size < sizeof(model)) {
            guest(OP_GROW, 1, 0, 0, 0);
            CHECK_EQ(s.result, model_size >> 16);
            memset(model + model_size, 0, 65536);
            model_size += 65536;
        }
        break;
    }
}

static void dirty_pages(int step) {
    static uint8_t listed[sizeof(model) / HERMETIC__PAGE];
    memset(listed, 0, sizeof(listed));
    for (uint32_t page = 0; hermetic__memory_next_dirty(&s.instance.memory, &page); page++)
        listed[page] = 1;
    for (uint32_t i = 0; i < model_size; i++)
        if (model[i] != (i < IMAGE_SIZE ? machine_image_byte(i) : 0) && !listed[i / HERMETIC__PAGE]) {
            fprintf(stderr, "step %d: page %u differs and is not dirty\n", step, i / HERMETIC__PAGE);
            exit(1);
        }
}

/* In a transaction with undo, what is told of memory is what it was at begin. */
static void check_before(int step) {
    static uint8_t before[sizeof(model)];
    CHECK_EQ(hermetic__memory_size_before(&s.instance.memory), saved_size);
    for (uint32_t i = 0; i < saved_size; i++)
        before[i] = i < IMAGE_SIZE ? machine_image_byte(i) : 0;
    for (uint32_t page = 0; hermetic__memory_next_dirty(&s.instance.memory, &page); page++)
        hermetic__memory_read_dirty(&s.instance.memory, page, before + page * HERMETIC__PAGE);
    if (memcmp(before, saved, (size_t)saved_size) != 0) {
        fprintf(stderr, "step %d: memory before the run is not what is told of it\n", step);
        exit(1);
    }
}

static void property(enum hermetic__backend backend) {
    machine_open(&s, backend, sizeof(model));
    to_image();
    for (int step = 0; step < STEPS; step++) {
        bool undo = random_below(8) != 0;
        memcpy(saved, model, sizeof(model));
        saved_size = model_size;
        CHECK_EQ(hermetic__instance_begin(&s.instance, undo), 0);
        for (uint32_t n = random_below(6); n > 0; n--)
            mutate();
        bool trapped = random_below(8) == 0;
        if (trapped)
            guest(random_below(2) ? OP_LOAD8 : OP_STORE8, (uint32_t)model_size + random_below(100000), 1, 0,
                  HERMETIC__TRAP_MEMORY);
        if (random_below(16) == 0)
            compare("run", step);
        if (undo && random_below(16) == 0)
            check_before(step);
        switch (random_below(4)) {
        case 0:
            hermetic__memory_rollback(&s.instance.memory);
            if (undo) {
                memcpy(model, saved, sizeof(model));
                model_size = saved_size;
            } else {
                to_image();
            }
            break;
        case 1:
            if (random_below(4) == 0) {
                hermetic__memory_reset(&s.instance.memory);
                to_image();
                break;
            } /* fall through */
        default:
            hermetic__memory_commit(&s.instance.memory);
        }
        switch (random_below(16)) {
        case 0:
            hermetic__memory_reset(&s.instance.memory);
            to_image();
            break;
        case 1:
            hermetic__memory_park(&s.instance.memory);
            break;
        case 2: { /* the host writes between runs */
            uint8_t bytes[5000];
            uint32_t at = random_below((uint32_t)model_size - sizeof(bytes));
            memset(bytes, step, sizeof(bytes));
            CHECK_EQ(hermetic__memory_write(&s.instance.memory, (struct gaddr){ at }, bytes, sizeof(bytes)), 0);
            memcpy(model + at, bytes, sizeof(bytes));
            break;
        }
        case 3:
            if (model_size < sizeof(model)) {
                CHECK_EQ(hermetic__memory_grow_to(&s.instance.memory, model_size + 1), 0);
                memset(model + model_size, 0, 65536);
                model_size += 65536;
            }
            break;
        }
        if (step % 8 == 0)
            compare("step", step);
        if (step % 64 == 0)
            dirty_pages(step);
    }
    compare("all", STEPS);
    hermetic__memory_reset(&s.instance.memory);
    to_image();
    compare("reset", STEPS);
    machine_close(&s);
}

/* A guest that fills all of its memory leaves nothing. */
static void nothing_left(enum hermetic__backend backend) {
    machine_open(&s, backend, 64 << 20);
    for (int round = 0; round < 3; round++) {
        CHECK_EQ(machine_run(&s, OP_GROW, (64u << 20 >> 16) - (IMAGE_SIZE >> 16), 0, 0), 0);
        CHECK_EQ(machine_run(&s, OP_FILL, 0, 0xee, 64 << 20), 0);
        hermetic__memory_reset(&s.instance.memory);
        CHECK_EQ(hermetic__memory_size(&s.instance.memory), IMAGE_SIZE);
        CHECK_EQ(machine_run(&s, OP_GROW, (64u << 20 >> 16) - (IMAGE_SIZE >> 16), 0, 0), 0);
        uint32_t expected = 0;
        for (uint32_t i = 4096; i < IMAGE_SIZE; i++)
            expected += machine_image_byte(i);
        CHECK_EQ(machine_run(&s, OP_SUM, 4096, 64 << 20, 0), 0);
        CHECK_EQ(s.result, expected);
        hermetic__memory_reset(&s.instance.memory);
    }
    machine_close(&s);
}

/* Many pages that a run grew: gone at once, from sight and, with the next call, from the system. */
static void large_rollback(enum hermetic__backend backend) {
    const uint32_t grown = 64u << 20;
    machine_open(&s, backend, IMAGE_SIZE + grown);
    for (int round = 0; round < 3; round++) {
        CHECK_EQ(hermetic__instance_begin(&s.instance, true), 0);
        CHECK(hermetic__memory_host_bytes(&s.instance.memory) < 1 << 20);
        CHECK_EQ(machine_start(&s, OP_GROW, grown >> 16, 0, 0), HERMETIC__STOP_RETURN);
        CHECK_EQ(machine_start(&s, OP_FILL, IMAGE_SIZE, 0xee, grown), HERMETIC__STOP_RETURN);
        hermetic__memory_rollback(&s.instance.memory);
        CHECK_EQ(hermetic__memory_size(&s.instance.memory), IMAGE_SIZE);
        CHECK(hermetic__memory_host_bytes(&s.instance.memory) <= grown + (1 << 20)); /* counted while it is held */
        CHECK_EQ(machine_run(&s, OP_LOAD32, IMAGE_SIZE + 4096, 0, 0), HERMETIC__TRAP_MEMORY);
    }
    hermetic__memory_rollback(&s.instance.memory);
    CHECK_EQ(machine_run(&s, OP_GROW, grown >> 16, 0, 0), 0);
    CHECK_EQ(machine_run(&s, OP_SUM, IMAGE_SIZE, IMAGE_SIZE + grown, 0), 0);
    CHECK_EQ(s.result, 0);
    hermetic__memory_reset(&s.instance.memory);
    hermetic__memory_park(&s.instance.memory);
    CHECK(hermetic__memory_host_bytes(&s.instance.memory) < 1 << 20);
    machine_close(&s);
}

/* The log of one transaction is bounded by the guest's memory, and given back. */
static void undo_is_bounded(enum hermetic__backend backend) {
    machine_open(&s, backend, 16 << 20);
    CHECK_EQ(machine_run(&s, OP_GROW, (16u << 20 >> 16) - (IMAGE_SIZE >> 16), 0, 0), 0);
    CHECK_EQ(machine_run(&s, OP_TOUCH, 4096, 16 << 20, 1), 0);
    CHECK_EQ(hermetic__instance_begin(&s.instance, true), 0);
    CHECK_EQ(machine_start(&s, OP_TOUCH, 4096, 16 << 20, 2), HERMETIC__STOP_RETURN);
    uint64_t most = hermetic__memory_host_bytes(&s.instance.memory);
    CHECK(most > 15 << 20);
    CHECK(most < 40 << 20);
    hermetic__memory_rollback(&s.instance.memory);
    CHECK_EQ(machine_load(&s, 15 << 20), 1);
    CHECK_EQ(machine_run(&s, OP_SIZE, 0, 0, 0), 0);
    CHECK(hermetic__memory_host_bytes(&s.instance.memory) < 1 << 20);
    hermetic__memory_park(&s.instance.memory);
    CHECK(hermetic__memory_host_bytes(&s.instance.memory) < 64 << 10);
    machine_close(&s);
}

int main(int argc, char **argv) {
    if (argc > 1)
        random_state = strtoull(argv[1], NULL, 10) * 2654435761u + 1;
    for (const enum hermetic__backend *backend = machine_backends; *backend; backend++) {
        property(*backend);
        nothing_left(*backend);
        large_rollback(*backend);
        undo_is_bounded(*backend);
    }
    return 0;
}
