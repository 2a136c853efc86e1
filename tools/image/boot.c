/* tools/image/boot.c: boots the guest once, at build time, and writes the linear memory that it leaves.
 *
 *     boot START BOOTED STACK_POINTER
 *
 * START holds linear memory as guest.wasm's data segments make it. The guest runs in the build with explicit checks, on
 * the library's own runtime. It may print nothing, ask for nothing and grow no memory while it boots: what it computes
 * depends on guest.wasm alone, so every machine writes the same bytes.
 */
#include "../../rt/instance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TRAP_IMPORT = HERMETIC__TRAP_LIBRARY, MAX_MEMORY = 64 << 20 };

static const char *refused; /* the import that the guest must not call while it boots */

static void refuse(struct w2c_hermetic *instance, const char *import)
{
    refused = import;
    hermetic__fiber_kill(&instance->fiber, TRAP_IMPORT);
}

void w2c_hermetic_fuel(struct w2c_hermetic *instance)
{
    instance->fuel = INT64_MAX;
}

uint32_t w2c_hermetic_event(struct w2c_hermetic *instance, uint32_t kind, uint32_t ptr, uint32_t len)
{
    (void)ptr, (void)len;
    fprintf(stderr, "boot: event %u\n", kind);
    refuse(instance, "event");
    return 0;
}

uint32_t w2c_hermetic_gather(struct w2c_hermetic *instance, uint32_t kind, uint32_t ptr, uint32_t count)
{
    (void)kind, (void)ptr, (void)count;
    refuse(instance, "gather");
    return 0;
}

void w2c_hermetic_read(struct w2c_hermetic *instance, uint32_t ptr, uint32_t len)
{
    (void)ptr, (void)len;
    refuse(instance, "read");
}

uint64_t w2c_hermetic_clock(struct w2c_hermetic *instance, uint32_t kind)
{
    (void)kind;
    refuse(instance, "clock");
    return 0;
}

void w2c_hermetic_trap(struct w2c_hermetic *instance, uint32_t code)
{
    fprintf(stderr, "boot: trap %u\n", code);
    refuse(instance, "trap");
}

static void enter(void *instance)
{
    ((struct w2c_hermetic *)instance)->code->boot(instance);
}

static uint8_t *read_file(const char *path, uint32_t *size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = malloc(MAX_MEMORY);
    if (file == NULL || bytes == NULL)
        return NULL;
    *size = (uint32_t)fread(bytes, 1, MAX_MEMORY, file);
    fclose(file);
    return bytes;
}

/* The memory after boot, with the part of the stack that nobody uses now set to zeros. */
static int write_memory(const struct hermetic__memory *memory, uint32_t stack_pointer, const char *path)
{
    size_t size = (size_t)hermetic__memory_size(memory);
    uint8_t *bytes = malloc(size);
    FILE *file = fopen(path, "wb");
    if (bytes == NULL || file == NULL || hermetic__memory_read(memory, (struct gaddr){0}, bytes, size) < 0)
        return -1;
    memset(bytes, 0, stack_pointer);
    size_t written = fwrite(bytes, 1, size, file);
    free(bytes);
    return fclose(file) == 0 && written == size ? 0 : -1;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: boot START BOOTED STACK_POINTER\n");
        return 2;
    }
    static struct w2c_hermetic instance;
    struct hermetic__image start = {.stack_pointer = (uint32_t)strtoul(argv[3], NULL, 10)};
    start.bytes = read_file(argv[1], &start.size);
    start.stored = start.size;
    if (start.bytes == NULL || start.size % 65536 != 0 ||
        hermetic__instance_open(&instance, &start, HERMETIC__BOUNDS, false, MAX_MEMORY, 1 << 20) < 0 ||
        hermetic__instance_begin(&instance, false) < 0) {
        fprintf(stderr, "boot: cannot set up %s\n", argv[1]);
        return 1;
    }
    instance.fuel = INT64_MAX;
    enum hermetic__stop stop = hermetic__fiber_start(&instance.fiber, enter, &instance);
    if (stop != HERMETIC__STOP_RETURN || instance.stack_pointer != start.stack_pointer) {
        fprintf(stderr, "boot: the guest ended with trap %d%s%s\n", hermetic__fiber_trap(&instance.fiber),
                refused ? ": it called " : "", refused ? refused : "");
        return 1;
    }
    hermetic__memory_commit(&instance.memory);
    if (write_memory(&instance.memory, start.stack_pointer, argv[2]) < 0) {
        fprintf(stderr, "boot: cannot write %s\n", argv[2]);
        return 1;
    }
    return 0;
}
