/* rt/instance.c: one sandbox's memory and stack, opened and closed together. */
#include "instance.h"

#include <string.h>

#include "internal.h"

static void use(struct w2c_hermetic *instance, const struct hermetic__code *code) {
    instance->code = code;
    instance->hot = code->hot;
}

int hermetic__instance_open(struct w2c_hermetic *instance, const struct hermetic__image *image,
                            enum hermetic__backend want, bool fallback, uint64_t max_bytes, size_t stack_size) {
    memset(instance, 0, sizeof(*instance));
    int status = hermetic__memory_open(&instance->memory, image, want, fallback, max_bytes);
    if (status < 0)
        return status;
    status = hermetic__fiber_open(&instance->fiber, stack_size);
    if (status < 0) {
        hermetic__memory_close(&instance->memory);
        return status;
    }
    instance->fiber.memory = &instance->memory;
    instance->memory.stack_limit = instance->fiber.limit;
    instance->stack_pointer = image->stack_pointer;
    use(instance, &hermetic__code_bounds);
    return 0;
}

void hermetic__instance_close(struct w2c_hermetic *instance) {
    hermetic__fiber_close(&instance->fiber);
    hermetic__memory_close(&instance->memory);
}

int hermetic__instance_begin(struct w2c_hermetic *instance, bool undo) {
    int status = hermetic__memory_begin(&instance->memory, undo);
    if (status < 0)
        return status;
    instance->stack_pointer = instance->memory.image->stack_pointer;
#if HERMETIC__HAVE_GUARD
    if (!hermetic__memory_checked(&instance->memory)) {
        use(instance, &hermetic__code_guard);
        return 0;
    }
#endif
    use(instance, &hermetic__code_bounds);
    return 0;
}
