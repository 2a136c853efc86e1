/* src/options.c: defaults and ranges. Every limit is finite, whatever a host passes. */
#include "options.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define KIB UINT64_C(1024)
#define MIB (1024 * KIB)
#define GIB (1024 * MIB)
#define LARGEST (UINT64_C(1) << 62) /* sums of two still fit an int64 */

struct range {
    const char *name;
    const char *unit;
    uint64_t least, most, by_default;
};

static const struct range fuel = {"fuel", " units", 1, LARGEST, UINT64_C(300000000000)};
static const struct range wall = {"wall", " ns", 1, LARGEST, UINT64_C(10000000000)};
static const struct range memory = {"memory", " bytes", 64 * KIB, 4 * GIB - 64 * KIB, 64 * MIB};
static const struct range output = {"output", " bytes", 1, GIB, MIB};
static const struct range value = {"value", " bytes", KIB, GIB, 16 * MIB};
static const struct range calls = {"calls", "", 1, LARGEST, 1000000};
static const struct range pause = {"pause", " ns", 0, LARGEST, 0};
static const struct range stack = {"stack", " bytes", 256 * KIB, 64 * MIB, 2 * MIB};

static int bad_range(const struct range *r, uint64_t given, uint64_t least, char *message)
{
    snprintf(message, HERMETIC__MESSAGE_MAX, "option %s: %" PRIu64 "%s is outside %" PRIu64 " to %" PRIu64, r->name,
             given, r->unit, least, r->most);
    return HERMETIC_E_INVALID;
}

/* Puts the default in place of 0, and checks. */
static int settle(const struct range *r, uint64_t *given, char *message)
{
    if (*given == 0)
        *given = r->by_default;
    return *given < r->least || *given > r->most ? bad_range(r, *given, r->least, message) : 0;
}

/* Copies the part of a struct that both sides know. A larger struct, from a newer header, will do while the part that we
 * do not know is 0, which means "default". */
static int copy_struct(void *to, size_t size, const void *from, size_t from_size, size_t least, const char *what,
                       char *message)
{
    const uint8_t *bytes = from;
    if (from_size < least || from_size > 4096) {
        snprintf(message, HERMETIC__MESSAGE_MAX, "%s: size is %zu, expected %zu", what, from_size, size);
        return HERMETIC_E_INVALID;
    }
    for (size_t i = size; i < from_size; i++)
        if (bytes[i]) {
            snprintf(message, HERMETIC__MESSAGE_MAX, "%s: a member at byte %zu is not known to this version", what, i);
            return HERMETIC_E_INVALID;
        }
    memcpy(to, from, from_size < size ? from_size : size);
    return 0;
}

int hermetic__options_read(const hermetic_options *in, uint64_t least_memory, hermetic_options *out,
                           char message[HERMETIC__MESSAGE_MAX])
{
    const uint32_t known = HERMETIC_OUTPUT_EVENTS | HERMETIC_INPUT_EVENTS | HERMETIC_CUT_OUTPUT |
                           HERMETIC_DISCARD_ON_LIMIT | HERMETIC_JOURNAL | HERMETIC_HAS_SEED;
    int status;
    *out = (hermetic_options)HERMETIC_OPTIONS_INIT;
    if (in && (status = copy_struct(out, sizeof(*out), in, in->size, sizeof(*out), "options", message)) < 0)
        return status;
    out->size = sizeof(*out);
    uint64_t stack_bytes = out->stack;
    if ((status = settle(&fuel, &out->fuel, message)) < 0 || (status = settle(&wall, &out->wall, message)) < 0 ||
        (status = settle(&memory, &out->memory, message)) < 0 || (status = settle(&output, &out->output, message)) < 0 ||
        (status = settle(&value, &out->value, message)) < 0 || (status = settle(&calls, &out->calls, message)) < 0 ||
        (status = settle(&stack, &stack_bytes, message)) < 0 || (status = settle(&pause, &out->pause, message)) < 0)
        return status;
    out->stack = (uint32_t)stack_bytes;
    if (out->memory < least_memory)
        return bad_range(&memory, out->memory, least_memory, message);
    if (out->flags & ~known) {
        snprintf(message, HERMETIC__MESSAGE_MAX, "option flags: 0x%" PRIx32 " is not known", out->flags & ~known);
        return HERMETIC_E_INVALID;
    }
    if ((unsigned)out->backend > HERMETIC_BACKEND_BOUNDS) {
        snprintf(message, HERMETIC__MESSAGE_MAX, "option backend: %d is not known", (int)out->backend);
        return HERMETIC_E_INVALID;
    }
    if ((unsigned)out->clock > HERMETIC_CLOCK_VIRTUAL) {
        snprintf(message, HERMETIC__MESSAGE_MAX, "option clock: %d is not known", (int)out->clock);
        return HERMETIC_E_INVALID;
    }
    if (out->clock_start < 0 || out->clock_start > (int64_t)LARGEST) {
        snprintf(message, HERMETIC__MESSAGE_MAX, "option clock_start: %" PRId64 " ns is outside 0 to %" PRIu64,
                 out->clock_start, LARGEST);
        return HERMETIC_E_INVALID;
    }
    return 0;
}

int hermetic__run_options_read(const hermetic_run_options *in, hermetic_run_options *out,
                               char message[HERMETIC__MESSAGE_MAX])
{
    const uint32_t known = HERMETIC_RUN_NO_VALUE | HERMETIC_RUN_PRINT;
    int status;
    *out = (hermetic_run_options)HERMETIC_RUN_OPTIONS_INIT;
    if (in && (status = copy_struct(out, sizeof(*out), in, in->size, sizeof(*out), "run options", message)) < 0)
        return status;
    if (out->flags & ~known) {
        snprintf(message, HERMETIC__MESSAGE_MAX, "run option flags: 0x%" PRIx32 " is not known", out->flags & ~known);
        return HERMETIC_E_INVALID;
    }
    return 0;
}
