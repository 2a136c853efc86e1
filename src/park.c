/* src/park.c: parking: an idle sandbox as the few bytes by which it differs from the image.
 *
 * A small session dirties a dozen pages and changes some hundred bytes in each, so its pages packed as in a snapshot take
 * a tenth of them. Invariant: a packed sandbox's linear memory is the image's, and what it is to be lies in sb->parked;
 * whoever needs it calls hermetic__park_unpack first. State other than linear memory stays where it is.
 */
#include "park.h"

#include "alloc.h"
#include "sandbox.h"
#include "snapshot.h"

/* What packs into more than this keeps its pages: packing and unpacking it would take longer than a millisecond. */
#define PACKED_MOST ((size_t)256 << 10)

void hermetic__park_pack(hermetic_sandbox *sb)
{
    struct hermetic__memory *m = &sb->instance.memory;
    struct hermetic__parked *p = &sb->parked;
    if (p->pages.data)
        return;
    if (!hermetic__snapshot_put_pages(&p->pages, m, PACKED_MOST) || p->pages.len == 0) {
        hermetic__buffer_free(&p->pages);
        return;
    }
    uint8_t *shrunk = hermetic__realloc(p->pages.data, p->pages.len);
    if (shrunk) {
        p->pages.data = shrunk;
        p->pages.capacity = p->pages.len;
    }
    p->memory = hermetic__memory_size(m);
    hermetic__memory_reset(m);
}

int hermetic__park_unpack(hermetic_sandbox *sb)
{
    struct hermetic__memory *m = &sb->instance.memory;
    struct hermetic__parked *p = &sb->parked;
    if (!p->pages.data)
        return 0;
    int status = hermetic__memory_begin(m, false);
    if (status < 0)
        return status;
    status = hermetic__snapshot_write_pages(m, p->memory, (hermetic_bytes){p->pages.data, p->pages.len});
    if (status < 0) {
        hermetic__memory_rollback(m);
        return status;
    }
    hermetic__memory_commit(m);
    hermetic__park_forget(sb);
    return 0;
}

void hermetic__park_forget(hermetic_sandbox *sb)
{
    hermetic__buffer_free(&sb->parked.pages);
    sb->parked.memory = 0;
}
