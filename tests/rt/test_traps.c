/* Every way in which guest code can fail ends its activation with the right trap, and the sandbox goes on. */
#include "machine.h"

static struct machine s;

static void arguments_f64(double value, uint32_t out[2]) {
    memcpy(out, &value, sizeof(value));
}

static void each_kind(void) {
    uint32_t nan[2], large[2], fits[2];
    arguments_f64(0.0 / 0.0, nan);
    arguments_f64(3e9, large);
    arguments_f64(-2147483648.9, fits);
    CHECK_EQ(machine_run(&s, OP_DIV, 1, 0, 0), HERMETIC__TRAP_INTEGER);
    CHECK_EQ(machine_run(&s, OP_DIV, 0x80000000u, UINT32_MAX, 0), HERMETIC__TRAP_INTEGER);
    CHECK_EQ(machine_run(&s, OP_DIV, 84, 2, 0), 0);
    CHECK_EQ(s.result, 42);
    CHECK_EQ(machine_run(&s, OP_REM, 1, 0, 0), HERMETIC__TRAP_INTEGER);
    CHECK_EQ(machine_run(&s, OP_TRUNC, nan[0], nan[1], 0), HERMETIC__TRAP_INTEGER);
    CHECK_EQ(machine_run(&s, OP_TRUNC, large[0], large[1], 0), HERMETIC__TRAP_INTEGER);
    CHECK_EQ(machine_run(&s, OP_TRUNC, fits[0], fits[1], 0), 0);
    CHECK_EQ(s.result, 0x80000000u);
    CHECK_EQ(machine_run(&s, OP_UNREACHABLE, 0, 0, 0), HERMETIC__TRAP_UNREACHABLE);
    CHECK_EQ(machine_run(&s, OP_WRONG_TYPE, 0, 0, 0), HERMETIC__TRAP_CALL);
    CHECK_EQ(machine_run(&s, OP_CALL_NULL, 0, 0, 0), HERMETIC__TRAP_CALL);
    CHECK_EQ(machine_run(&s, (enum op)64, 0, 0, 0), HERMETIC__TRAP_CALL);
    CHECK_EQ(machine_run(&s, (enum op)-1, 0, 0, 0), HERMETIC__TRAP_CALL);
    CHECK_EQ(machine_run(&s, OP_LONE_THROW, 0, 0, 0), HERMETIC__TRAP_THROW);
    CHECK_EQ(machine_run(&s, OP_RECURSE, 0, 0, 0), HERMETIC__TRAP_STACK);
    CHECK_EQ(machine_run(&s, OP_TRY_INDEX, FN_DEEP_RECURSE, 0, 0), HERMETIC__TRAP_STACK);
}

/* Accesses of every width at both sides of every edge that there is. */
static void edges(void) {
    const struct { enum op op; uint32_t width, offset; } accesses[] = {
        { OP_LOAD8, 1, 0 }, { OP_LOAD32, 4, 0 }, { OP_LOAD64, 8, 0 }, { OP_STORE8, 1, 0 }, { OP_STORE32, 4, 0 },
        { OP_STORE64, 8, 0 }, { OP_LOAD_FAR, 8, 16777215 }, { OP_STORE_FAR, 8, 16777215 } };
    const uint64_t edges[] = { 4096, s.instance.memory.size, s.instance.memory.size + 65536, s.instance.memory.max_size,
                               UINT64_C(1) << 31, UINT64_C(1) << 32 };
    for (size_t a = 0; a < sizeof(accesses) / sizeof(*accesses); a++)
        for (size_t e = 0; e < sizeof(edges) / sizeof(*edges); e++)
            for (int64_t at = (int64_t)edges[e] - 20; at < (int64_t)edges[e] + 20 && at < INT64_C(1) << 32; at++) {
                bool inside = (uint64_t)at + accesses[a].offset + accesses[a].width <= s.instance.memory.size;
                int trap = machine_run(&s, accesses[a].op, (uint32_t)at, 7, 0);
                if (trap != (inside ? 0 : HERMETIC__TRAP_MEMORY)) {
                    fprintf(stderr, "operation %d at %lld\n", accesses[a].op, (long long)at);
                    CHECK_EQ(trap, inside ? 0 : HERMETIC__TRAP_MEMORY);
                }
            }
}

static void bulk(void) {
    uint32_t size = (uint32_t)s.instance.memory.size;
    CHECK_EQ(machine_run(&s, OP_FILL, size - 10, 1, 10), 0);
    CHECK_EQ(machine_run(&s, OP_FILL, size - 10, 1, 11), HERMETIC__TRAP_MEMORY);
    CHECK_EQ(machine_run(&s, OP_FILL, size, 1, 0), 0);
    CHECK_EQ(machine_run(&s, OP_FILL, size + 1, 1, 0), HERMETIC__TRAP_MEMORY);
    CHECK_EQ(machine_run(&s, OP_FILL, 1, 1, UINT32_MAX), HERMETIC__TRAP_MEMORY);
    CHECK_EQ(machine_run(&s, OP_COPY, 4096, size - 10, 10), 0);
    CHECK_EQ(machine_load(&s, 4096), 0x01010101);
    CHECK_EQ(machine_run(&s, OP_COPY, 4096, size - 10, 11), HERMETIC__TRAP_MEMORY);
    CHECK_EQ(machine_run(&s, OP_COPY, size - 10, 4096, 11), HERMETIC__TRAP_MEMORY);
    CHECK_EQ(machine_run(&s, OP_COPY, UINT32_MAX, UINT32_MAX, UINT32_MAX), HERMETIC__TRAP_MEMORY);
    CHECK_EQ(machine_run(&s, OP_COPY, 8192, 0, 60000), 0);
    CHECK_EQ(machine_load(&s, 8192 + 4096), 0x01010101);
}

static void growth(void) {
    uint32_t pages = (uint32_t)(s.instance.memory.size >> 16), max = (uint32_t)(s.instance.memory.max_size >> 16);
    CHECK_EQ(machine_run(&s, OP_GROW, 0, 0, 0), 0);
    CHECK_EQ(s.result, pages);
    CHECK_EQ(machine_run(&s, OP_GROW, max - pages + 1, 0, 0), 0);
    CHECK_EQ(s.result, UINT32_MAX);
    CHECK_EQ(machine_run(&s, OP_GROW, UINT32_MAX, 0, 0), 0);
    CHECK_EQ(s.result, UINT32_MAX);
    CHECK_EQ(machine_run(&s, OP_GROW, max - pages, 0, 0), 0);
    CHECK_EQ(s.result, pages);
    CHECK_EQ(machine_run(&s, OP_SIZE, 0, 0, 0), 0);
    CHECK_EQ(s.result, max);
}

int main(void) {
    for (const enum hermetic__backend *backend = machine_backends; *backend; backend++) {
        machine_open(&s, *backend, 40 << 16);
        each_kind();
        edges();
        bulk();
        growth();
        edges();
        hermetic__memory_reset(&s.instance.memory);
        edges();
        machine_close(&s);
    }
    return 0;
}
