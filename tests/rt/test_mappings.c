/* A process has a limited number of mappings: a guest that writes where it likes must not use them up. */
#include "machine.h"

#include "../../rt/internal.h"
#include "../../rt/tools.h"

#include <inttypes.h>

#if defined(__linux__) && HERMETIC__HAVE_GUARD

/* Mappings of this process, and those in [from, to) alone. */
static unsigned count_mappings(uintptr_t from, uintptr_t to) {
    FILE *file = fopen("/proc/self/maps", "r");
    CHECK_EQ(file != NULL, 1);
    char line[512];
    unsigned count = 0;
    while (fgets(line, sizeof(line), file)) {
        uint64_t at;
        if (strchr(line, '-') && sscanf(line, "%" SCNx64 "-", &at) == 1)
            count += at >= from && at < to;
    }
    fclose(file);
    return count;
}

static unsigned mappings_of(const struct machine *s) {
    uintptr_t at = (uintptr_t)s->instance.memory.data;
    return count_mappings(at, at + s->instance.memory.reserved);
}

static void open_grown(struct machine *s, uint32_t size) {
    machine_open(s, HERMETIC__GUARD, size);
    CHECK_EQ(machine_run(s, OP_GROW, size / 65536 - 2, 0, 0), 0);
    CHECK_EQ(s->instance.memory.size, size);
}

/* Every other page from `from` on, in the open transaction. */
static void write_scattered(struct machine *s, uint32_t from, uint32_t count, uint32_t value) {
    for (uint32_t at = from; count-- > 0; at += 2 * 4096)
        CHECK_EQ(machine_start(s, OP_STORE32, at, value, 0), HERMETIC__STOP_RETURN);
}

static void check_scattered(const struct machine *s, uint32_t from, uint32_t count, uint32_t value) {
    for (uint32_t at = from; count-- > 0; at += 2 * 4096) {
        CHECK_EQ(machine_load(s, at), value);
        CHECK_EQ(machine_load(s, at + 4096), 0);
    }
}

enum { SIZE = 64 << 20, FROM = IMAGE_SIZE, PAGES = (SIZE - FROM) / 8192 };

/* All of it in one run: no more mappings than the rows and blocks of rt/transaction.c, and each way back is whole. */
static void one_run(void) {
    static struct machine s;
    open_grown(&s, SIZE);
    CHECK_EQ(hermetic__instance_begin(&s.instance, true), 0);
    write_scattered(&s, FROM, PAGES, 1);
    CHECK_AT_MOST(mappings_of(&s), 2 * (128 + 64) + 32);
    hermetic__memory_rollback(&s.instance.memory);
    CHECK_AT_MOST(mappings_of(&s), 2 * (64 + 64) + 32);
    check_scattered(&s, FROM, PAGES, 0);

    CHECK_EQ(hermetic__instance_begin(&s.instance, true), 0);
    write_scattered(&s, FROM, PAGES, 1);
    hermetic__memory_commit(&s.instance.memory);
    CHECK_EQ(hermetic__instance_begin(&s.instance, true), 0);
    write_scattered(&s, FROM, PAGES, 2);
    CHECK_AT_MOST(mappings_of(&s), 2 * (128 + 64) + 32);
    hermetic__memory_rollback(&s.instance.memory);
    check_scattered(&s, FROM, PAGES, 1);
    machine_close(&s);
}

/* A few other pages in each of many runs. */
static void many_runs(void) {
    static struct machine s;
    open_grown(&s, SIZE);
    for (uint32_t run = 0; run < 80; run++) {
        CHECK_EQ(hermetic__instance_begin(&s.instance, true), 0);
        write_scattered(&s, FROM + run * 100 * 8192, 100, run);
        CHECK_AT_MOST(mappings_of(&s), 2 * (128 + 64) + 160);
        hermetic__memory_commit(&s.instance.memory);
    }
    for (uint32_t run = 0; run < 80; run++)
        check_scattered(&s, FROM + run * 100 * 8192, 100, run);
    machine_close(&s);
}

/* Half of what the process has is left for the host, however many sandboxes do so at once. */
static void many_sandboxes(void) {
    enum { COUNT = 150, SMALL = 3 << 20, SMALL_PAGES = (SMALL - FROM) / 8192 };
    static struct machine s[COUNT];
    for (int i = 0; i < COUNT; i++) {
        open_grown(&s[i], SMALL);
        CHECK_EQ(hermetic__instance_begin(&s[i].instance, true), 0);
        write_scattered(&s[i], FROM, SMALL_PAGES, 1);
    }
    CHECK_AT_MOST(count_mappings(0, UINTPTR_MAX), 65530 / 2);
    for (int i = 0; i < COUNT; i++) {
        hermetic__memory_commit(&s[i].instance.memory);
        check_scattered(&s[i], FROM, SMALL_PAGES, 1);
    }
    /* Those that are closed are not counted for ever. */
    for (int i = 0; i < COUNT; i++)
        machine_close(&s[i]);
    one_run();
    open_grown(&s[0], SMALL);
    CHECK_EQ(hermetic__instance_begin(&s[0].instance, true), 0);
    write_scattered(&s[0], FROM, 16, 1);
    CHECK_EQ(s[0].instance.memory.cold_writable + s[0].instance.memory.hot_count >= 16, 1);
    CHECK_AT_MOST(s[0].instance.memory.cold_writable, 4);
    machine_close(&s[0]);
}

int main(void) {
    one_run();
    many_runs();
    many_sandboxes();
    return 0;
}

#else
int main(void) {
    return 0;
}
#endif
