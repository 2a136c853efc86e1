/* What the system refuses is an error or a fallback, never a crash; and thousands of sandboxes live in one process. */
#if !defined(_WIN32)
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

#include "machine.h"

#include "../../rt/internal.h"
#include "../../rt/tools.h"

#if !defined(_WIN32)

#define MAYBE_UNUSED __attribute__((unused)) /* see main */

static void limit_address_space(uint64_t more) {
    /* The current size, from /proc; where there is none, a guess that is large enough. */
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file) {
        if (fscanf(file, "%lu", &pages) != 1)
            pages = 0;
        fclose(file);
    }
    uint64_t bytes = (pages ? (uint64_t)pages * (uint64_t)sysconf(_SC_PAGESIZE) : 64 << 20) + more;
    struct rlimit limit = { bytes, bytes };
    CHECK_EQ(setrlimit(RLIMIT_AS, &limit), 0);
}

/* Under `ulimit -v`, guard is refused, and a sandbox with a choice gets the other backend and works. */
MAYBE_UNUSED static void little_address_space(void) {
    static struct machine s;
    machine_open(&s, HERMETIC__BOUNDS, 8 << 20);
    machine_close(&s);
    limit_address_space(20 << 20);
    CHECK_EQ(hermetic__instance_open(&s.instance, &machine_image, HERMETIC__GUARD, false, 8 << 20, 256 << 10),
             HERMETIC_E_SYSTEM);
    CHECK_EQ(hermetic__instance_open(&s.instance, &machine_image, HERMETIC__GUARD, true, 8 << 20, 256 << 10), 0);
    CHECK_EQ(s.instance.memory.backend, HERMETIC__BOUNDS);
    CHECK_EQ(machine_run(&s, OP_TOUCH, 4096, IMAGE_SIZE, 1), 0);
    machine_close(&s);
    CHECK_EQ(hermetic__instance_open(&s.instance, &machine_image, HERMETIC__BOUNDS, false, 8 << 20, 64 << 20),
             HERMETIC_E_NOMEM);
}

/* Growth that the system refuses is -1 to the guest; an undo copy that it refuses ends the run, and rollback is whole. */
static void no_memory(enum hermetic__backend backend) {
    static struct machine s;
    machine_open(&s, backend, 256 << 20);
    CHECK_EQ(machine_run(&s, OP_GROW, (24u << 20) >> 16, 0, 0), 0);
    uint32_t size = (uint32_t)s.instance.memory.size;
    CHECK_EQ(machine_run(&s, OP_TOUCH, 4096, size, 11), 0);
    limit_address_space(4 << 20); /* enough for the hot pages, which begin copies */
    CHECK_EQ(machine_run(&s, OP_TOUCH, 4096, size, 22), HERMETIC__TRAP_HOST_MEMORY);
    CHECK_EQ(s.instance.memory.size, size);
    for (uint32_t at = 4096; at < size; at += 4096)
        CHECK_EQ(machine_load(&s, at), 11);
    CHECK_EQ(machine_run(&s, OP_FILL, 4096, 22, size - 4096), HERMETIC__TRAP_HOST_MEMORY);
    CHECK_EQ(machine_load(&s, size - 4096), 11);
    CHECK_EQ(machine_load(&s, 4096), 11);
    if (backend == HERMETIC__BOUNDS) {
        CHECK_EQ(machine_run(&s, OP_GROW, (100u << 20) >> 16, 0, 0), 0);
        CHECK_EQ(s.result, UINT32_MAX);
    }
    CHECK_EQ(machine_run(&s, OP_STORE32, 4096, 33, 0), 0);
    CHECK_EQ(machine_load(&s, 4096), 33);
    hermetic__memory_reset(&s.instance.memory);
    CHECK_EQ(machine_load(&s, 4096) & 0xff, machine_image_byte(4096));
    machine_close(&s);
}

MAYBE_UNUSED static void no_memory_guard(void) {
#if HERMETIC__HAVE_GUARD
    no_memory(HERMETIC__GUARD);
#endif
}

MAYBE_UNUSED static void no_memory_bounds(void) {
    no_memory(HERMETIC__BOUNDS);
}

/* 10,000 sandboxes, all with something in them. The system's limit on mappings is met by the second backend. */
MAYBE_UNUSED static void many(void) {
    enum { COUNT = 10000 };
    struct machine *all = calloc(COUNT, sizeof(*all));
    CHECK(all != NULL);
    machine_open(&all[0], HERMETIC__BOUNDS, 1 << 20); /* fills the image */
    machine_close(&all[0]);
    int guards = 0;
    for (int i = 0; i < COUNT; i++) {
        CHECK_EQ(hermetic__instance_open(&all[i].instance, &machine_image, HERMETIC__GUARD, true, 8 << 20, 256 << 10), 0);
        all[i].instance.owner = &all[i];
        guards += all[i].instance.memory.backend == HERMETIC__GUARD;
        CHECK_EQ(machine_run(&all[i], OP_STORE32, 70000, (uint32_t)i, 0), 0);
        CHECK_EQ(machine_run(&all[i], OP_STORE32, 100000, (uint32_t)i, 0), 0);
        if (i % 16 == 0) {
            CHECK_EQ(machine_run(&all[i], OP_GROW, 2, 0, 0), 0);
            CHECK(all[i].result != UINT32_MAX);
        }
    }
    CHECK(guards < COUNT);
    for (int i = 0; i < COUNT; i++) {
        CHECK_EQ(machine_run(&all[i], OP_LOAD32, 70000, 0, 0), 0);
        CHECK_EQ(all[i].result, i);
        CHECK_EQ(machine_run(&all[i], OP_LOAD32, 0xfffffff0u, 0, 0), HERMETIC__TRAP_MEMORY);
    }
    for (int i = 0; i < COUNT; i++) {
        hermetic__memory_reset(&all[i].instance.memory);
        CHECK_EQ(machine_load(&all[i], 70000) & 0xff, machine_image_byte(70000));
        machine_close(&all[i]);
    }
    free(all);
}

#if HERMETIC__HAVE_GUARD
/* A host that has used up its mappings, but for a few thousand: every other page of a reservation is readable. */
static void use_mappings(void) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    uint8_t *at = mmap(NULL, page << 18, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(at != MAP_FAILED);
    size_t i = 0;
    while (i < 1u << 17 && mprotect(at + 2 * i * page, page, PROT_READ) == 0)
        i++;
    CHECK_EQ(munmap(at, 4000 * page), 0);
}
#endif

/* Guard sandboxes whose every second page is written, until the process has no mapping left. */
MAYBE_UNUSED static void no_mappings(void) {
#if HERMETIC__HAVE_GUARD
    enum { COUNT = 900 };
    use_mappings();
    int opened = 0;
    bool full = false;
    struct machine *all = calloc(COUNT, sizeof(*all));
    CHECK(all != NULL);
    machine_open(&all[0], HERMETIC__BOUNDS, 1 << 20); /* fills the image */
    machine_close(&all[0]);
    for (int i = 0; i < COUNT && !full; i++) {
        if (hermetic__instance_open(&all[i].instance, &machine_image, HERMETIC__GUARD, false, 8 << 20, 256 << 10) < 0)
            break;
        all[i].instance.owner = &all[i];
        opened++;
        if (machine_run(&all[i], OP_GROW, 6, 0, 0) != 0 || all[i].result == UINT32_MAX)
            break;
        for (uint32_t at = 4096; at < 0x80000 && !full; at += 8192) {
            int trap = machine_run(&all[i], OP_STORE32, at, at + 1, 0);
            full = trap == HERMETIC__TRAP_HOST_MEMORY; /* the last mapping went to the page before */
            CHECK(full || trap == 0);
        }
        if (full)
            break;
        for (uint32_t at = 4096; at < 0x80000; at += 8192)
            CHECK_EQ(machine_load(&all[i], at), at + 1);
        CHECK_EQ(machine_run(&all[i], OP_LOAD32, 0xfffffff0u, 0, 0), HERMETIC__TRAP_MEMORY);
        CHECK_EQ(hermetic__instance_begin(&all[i].instance, true), 0);
        CHECK_EQ(machine_start(&all[i], OP_FILL, 4096, 0xff, 0x70000), HERMETIC__STOP_RETURN);
        hermetic__memory_rollback(&all[i].instance.memory);
        for (uint32_t at = 4096; at < 0x80000; at += 8192)
            CHECK_EQ(machine_load(&all[i], at), at + 1);
    }
    CHECK(opened < COUNT);
    for (int i = 0; i < opened; i++) {
        hermetic__memory_reset(&all[i].instance.memory);
        CHECK_EQ(machine_load(&all[i], 0x14000) & 0xff, machine_image_byte(0x14000));
        CHECK(!all[i].instance.memory.lost);
        machine_close(&all[i]);
    }
    free(all);
#endif
}

MAYBE_UNUSED static void in_child(const char *name, void (*run)(void)) {
    pid_t child = fork();
    if (child == 0) {
        run();
        _exit(0);
    }
    int status;
    CHECK_EQ(waitpid(child, &status, 0), child);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "%s failed: %d\n", name, status);
        exit(1);
    }
}

int main(void) {
    /* Sanitizers need address space and mappings of their own, ThreadSanitizer for each fiber. */
#if !defined(HERMETIC__ASAN) && !defined(HERMETIC__TSAN)
    in_child("little address space", little_address_space);
    in_child("no memory, guard", no_memory_guard);
    in_child("no memory, bounds", no_memory_bounds);
    in_child("no mappings", no_mappings);
#endif
#if !defined(HERMETIC__TSAN)
    in_child("many", many);
#endif
    return 0;
}

#else

int main(void) {
    return 77;
}

#endif
