/* src/output.c: what the guest writes: counted, cut at the limit, collected or handed on. */
#include "sandbox.h"
#include "utf8.h"

/* Copies to the end of `b`; the range is checked on the copy's way (HERMETIC_E_GUEST_RANGE). */
static void collect(hermetic_sandbox *sb, struct hermetic__buffer *b, struct gaddr from, uint32_t len)
{
    if (!hermetic__buffer_reserve(b, len, (size_t)sb->options.output))
        hermetic__stop(sb, HERMETIC_E_NOMEM, 0, 0, "output");
    int status = hermetic__memory_read(&sb->instance.memory, from, b->data + b->len, len);
    if (status < 0)
        hermetic__stop(sb, status, from.at, len, NULL);
    b->len += len;
}

bool hermetic__output_write(hermetic_sandbox *sb, int stream, struct gaddr from, uint32_t len)
{
    /* While a restored run is replayed there is nobody to tell, so output is collected whatever the flags say. */
    bool tell = (sb->options.flags & HERMETIC_OUTPUT_EVENTS) && !sb->journal.replaying;
    struct hermetic__buffer *b = tell ? &sb->payload : &sb->streams[stream - 1];
    uint64_t left = sb->output_cut ? 0 : sb->options.output - sb->output; /* nothing slips in behind a cut */
    uint32_t keep = len <= left ? len : (uint32_t)left;

    if (len == 0)
        return false;
    if (tell)
        b->len = 0;
    sb->output += len;
    size_t start = b->len;
    if (keep)
        collect(sb, b, from, keep);
    if (keep < len) {
        keep = keep ? (uint32_t)hermetic__utf8_whole(b->data + start, keep) : 0;
        b->len = start + keep;
        if (!(sb->options.flags & HERMETIC_CUT_OUTPUT))
            hermetic__stop(sb, HERMETIC_E_OUTPUT, sb->options.output, sb->output, NULL);
        sb->output_cut += len - keep;
    }
    sb->event_stream = stream;
    return tell && keep;
}

hermetic_bytes hermetic_output(const hermetic_sandbox *sb, int stream)
{
    if (hermetic__is_busy(sb) || (stream != 1 && stream != 2))
        return (hermetic_bytes){NULL, 0};
    return hermetic__buffer_bytes(&sb->streams[stream - 1]);
}

hermetic_bytes hermetic_output_event(const hermetic_sandbox *sb, int *stream)
{
    bool here = !hermetic__is_busy(sb) && sb->state == HERMETIC__WAITING && sb->waiting_for == HERMETIC_OUTPUT;
    if (stream)
        *stream = here ? sb->event_stream : 0;
    return here ? hermetic__buffer_bytes(&sb->payload) : (hermetic_bytes){NULL, 0};
}
