/* src/sandbox.c: a sandbox's life: create, change, reset, park, fork, destroy. */
#include "sandbox.h"

#include <inttypes.h>

#include "alloc.h"
#include "snapshot.h"

int hermetic__sandbox_create(const hermetic_options *options, hermetic_sandbox **out)
{
    char message[HERMETIC__MESSAGE_MAX];
    hermetic_options o;
    if (hermetic__options_read(options, hermetic__packed_image.image.size, &o, message) < 0)
        return hermetic__fail_create(HERMETIC_E_INVALID, "%s", message);
    hermetic_sandbox *sb = hermetic__alloc_zero(sizeof(*sb));
    if (!sb)
        return hermetic__fail_create(HERMETIC_E_NOMEM, "out of memory in the host: a sandbox");
    const struct hermetic__image *image = hermetic__image();
    int status = !image ? HERMETIC_E_NOMEM
                        : hermetic__instance_open(&sb->instance, image,
                                                  o.backend == HERMETIC_BACKEND_BOUNDS ? HERMETIC__BOUNDS : HERMETIC__GUARD,
                                                  o.backend == HERMETIC_BACKEND_AUTO, o.memory, o.stack);
    if (status < 0) {
        hermetic__free(sb);
        return hermetic__fail_create(status, "%s: memory or stack of a sandbox", hermetic_error_text(status));
    }
    sb->instance.owner = sb;
    sb->options = o;
    *out = sb;
    return 0;
}

int hermetic_create(const hermetic_options *options, hermetic_sandbox **out)
{
    if (!out)
        return hermetic__fail_create(HERMETIC_E_INVALID, "hermetic_create: out is NULL");
    *out = NULL;
    return hermetic__sandbox_create(options, out);
}

void hermetic_destroy(hermetic_sandbox *sb)
{
    if (!sb)
        return;
    hermetic__instance_close(&sb->instance);
    hermetic__buffer_free(&sb->pending);
    hermetic__buffer_free(&sb->payload);
    hermetic__buffer_free(&sb->streams[0]);
    hermetic__buffer_free(&sb->streams[1]);
    hermetic__journal_free(&sb->journal);
    hermetic__grants_free(&sb->grants);
    hermetic__park_forget(sb);
    hermetic__free(sb);
}

int hermetic_reset(hermetic_sandbox *sb)
{
    if (!sb)
        return HERMETIC_E_INVALID;
    if (!hermetic__enter(sb))
        return HERMETIC_E_BUSY;
    sb->failure.status = 0;
    if (sb->state == HERMETIC__WAITING)
        hermetic__fiber_drop(&sb->instance.fiber);
    hermetic__memory_reset(&sb->instance.memory);
    hermetic__park_forget(sb);
    sb->state = HERMETIC__IDLE;
    sb->clock_elapsed = sb->draws = 0;
    hermetic__grants_cut(&sb->grants, 0);
    hermetic__run_forget(sb);
    return hermetic__leave(sb, 0);
}

static int set_options(hermetic_sandbox *sb, const hermetic_options *options)
{
    char message[HERMETIC__MESSAGE_MAX];
    hermetic_options o;
    uint64_t has = hermetic__sandbox_memory(sb);
    sb->failure.status = 0;
    if (sb->state != HERMETIC__IDLE)
        return hermetic__fail_state(sb, "hermetic_set_options");
    if (hermetic__options_read(options, hermetic__packed_image.image.size, &o, message) < 0)
        return hermetic__fail(sb, HERMETIC_E_INVALID, "%s", message);
    if (options && options->stack && options->stack != sb->options.stack)
        return hermetic__fail(sb, HERMETIC_E_INVALID, "option stack: %" PRIu32 " bytes; it was made with %" PRIu32
                              ", which is fixed", options->stack, sb->options.stack);
    if (options && options->backend && options->backend != hermetic_backend_of(sb))
        return hermetic__fail(sb, HERMETIC_E_INVALID, "option backend: %d; it was made with %d, which is fixed",
                              (int)options->backend, (int)hermetic_backend_of(sb));
    if (o.memory < has)
        return hermetic__fail(sb, HERMETIC_E_INVALID, "option memory: %" PRIu64 " bytes; the sandbox has %" PRIu64,
                              o.memory, has);
    o.stack = sb->options.stack;
    o.backend = sb->options.backend;
    hermetic__memory_set_max(&sb->instance.memory, o.memory); /* in range: checked above */
    sb->options = o;
    return 0;
}

int hermetic_set_options(hermetic_sandbox *sb, const hermetic_options *options)
{
    if (!sb)
        return HERMETIC_E_INVALID;
    if (!hermetic__enter(sb))
        return HERMETIC_E_BUSY;
    return hermetic__leave(sb, set_options(sb, options));
}

int hermetic_park(hermetic_sandbox *sb)
{
    if (!sb)
        return HERMETIC_E_INVALID;
    if (!hermetic__enter(sb))
        return HERMETIC_E_BUSY;
    sb->failure.status = 0;
    if (sb->state != HERMETIC__IDLE)
        return hermetic__leave(sb, hermetic__fail_state(sb, "hermetic_park"));
    hermetic__run_forget(sb);
    hermetic__buffer_free(&sb->pending);
    hermetic__buffer_free(&sb->payload);
    hermetic__buffer_free(&sb->streams[0]);
    hermetic__buffer_free(&sb->streams[1]);
    hermetic__journal_free(&sb->journal);
    hermetic__park_pack(sb);
    hermetic__memory_park(&sb->instance.memory);
    hermetic__fiber_park(&sb->instance.fiber);
    return hermetic__leave(sb, 0);
}

static int fork_idle(hermetic_sandbox *sb, hermetic_sandbox **out)
{
    sb->failure.status = 0;
    if (sb->state != HERMETIC__IDLE)
        return hermetic__fail_state(sb, "hermetic_fork");
    hermetic_sandbox *copy = NULL;
    int status = hermetic__park_unpack(sb);
    if (status == 0)
        status = hermetic__sandbox_create(&sb->options, &copy);
    if (status == 0 && (status = hermetic__snapshot_copy_state(copy, sb)) < 0)
        hermetic_destroy(copy);
    if (status < 0)
        return hermetic__fail(sb, status, "%s: a copy of the sandbox", hermetic_error_text(status));
    *out = copy;
    return 0;
}

int hermetic_fork(hermetic_sandbox *sb, hermetic_sandbox **out)
{
    if (!out)
        return HERMETIC_E_INVALID;
    *out = NULL;
    if (!sb)
        return HERMETIC_E_INVALID;
    if (!hermetic__enter(sb))
        return HERMETIC_E_BUSY;
    return hermetic__leave(sb, fork_idle(sb, out));
}

enum hermetic_backend hermetic_backend_of(const hermetic_sandbox *sb)
{
    return sb->instance.memory.backend == HERMETIC__GUARD ? HERMETIC_BACKEND_GUARD : HERMETIC_BACKEND_BOUNDS;
}

uint64_t hermetic__sandbox_memory(const hermetic_sandbox *sb)
{
    return sb->parked.pages.data ? sb->parked.memory : hermetic__memory_size(&sb->instance.memory);
}

uint64_t hermetic__sandbox_host_bytes(const hermetic_sandbox *sb)
{
    return sizeof(*sb) + hermetic__memory_host_bytes(&sb->instance.memory) + sb->options.stack + sb->pending.capacity +
           sb->payload.capacity + sb->streams[0].capacity + sb->streams[1].capacity +
           hermetic__journal_bytes(&sb->journal) + hermetic__grants_bytes(&sb->grants) +
           sb->parked.pages.capacity;
}
