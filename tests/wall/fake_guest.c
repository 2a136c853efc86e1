/* tests/wall/fake_guest.c: see fake_guest.h. Stands in for the generated code and image.c. */
#include "fake_guest.h"

#include <stdlib.h>

void (*fake_guest)(struct w2c_hermetic *instance, uint32_t len);

/* 1, 2, 3 and a 0 that is repeated: a match of 4 + 15 + 15 * 255 + 243 bytes, and the last five as literals. */
static const uint8_t packed[] = {
    0x4f, 1, 2, 3, 0, 1, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 243,
    0x50, 0, 0, 0, 0, 0,
};

const struct hermetic__packed_image hermetic__packed_image = {
    .bytes = packed,
    .size = sizeof(packed),
    .image = {
        .start = 4096,
        .stored = 4096,
        .size = FAKE_MEMORY,
        .stack_pointer = 65536,
        .hash = {0xfa, 0xce},
    },
};

static uint32_t run(struct w2c_hermetic *instance, uint32_t len)
{
    fake_guest(instance, len);
    return 0;
}

const struct hermetic__code hermetic__code_guard = {.run = run};
const struct hermetic__code hermetic__code_bounds = {.run = run};

void fake_put(struct w2c_hermetic *instance, uint32_t at, const void *bytes, size_t len)
{
    if (len && hermetic__memory_write(&instance->memory, (struct gaddr){at}, bytes, len) < 0)
        abort();
}

uint32_t fake_event(struct w2c_hermetic *instance, uint32_t kind, const void *payload, size_t len)
{
    fake_put(instance, 1024, payload, len);
    return w2c_hermetic_event(instance, kind, 1024, (uint32_t)len);
}

void fake_done(struct w2c_hermetic *instance)
{
    fake_event(instance, 4, "\xf6", 1);
}
