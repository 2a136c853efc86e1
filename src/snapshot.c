/* src/snapshot.c: sandboxes as bytes.
 *
 * What restore reads is hostile: it may have been made to look like a snapshot by whoever wants the host to stumble. So
 * everything is checked before anything is applied: signature first, then every length, index and code. What then goes
 * into a sandbox is guest memory, which the host does not trust anyway, and small numbers.
 *
 * Format (integers little-endian):
 *
 *   magic "hermetic"   8    version   4    flags   4    image hash   32    length of all   8
 *   state:    memory bytes 8, clock 8, draws 8, grants (length 4, CBOR list of str), pages (length 4, then page after
 *             page: distance to its number, varint; code, pages.h)
 *   a run that waits:  grants of the run (length 4, CBOR), request (length 4, bytes), journal (length 4, entries),
 *             status 4, digest of the event 8
 *   BLAKE2b over all before it, with the key when signed: 32
 *
 * Globals are not in it: between runs __stack_pointer and fuel have known values.
 */
#include "snapshot.h"

#include <inttypes.h>
#include <string.h>

#include "alloc.h"
#include "blake2b.h"
#include "bytes.h"
#include "cbor.h"
#include "pages.h"

#define VERSION 1u
#define SIGNED 1u
#define WAITS 2u
#define HEADER 56u
#define MEMORY_MOST ((UINT64_C(4) << 30) - 65536)
#define FIRST_GUESS 16384u /* bytes of most snapshots, to start the buffer with */

/* The image's page `page`, or zeros. */
static void base_page(const struct hermetic__image *image, uint32_t page, uint8_t to[HERMETIC__PAGE])
{
    uint64_t at = (uint64_t)page * HERMETIC__PAGE, end = at + HERMETIC__PAGE;
    uint64_t first = image->start, last = (uint64_t)image->start + image->stored;
    uint64_t from = at > first ? at : first, until = end < last ? end : last;
    if (from >= until) {
        memset(to, 0, HERMETIC__PAGE);
        return;
    }
    if (from > at || until < end)
        memset(to, 0, HERMETIC__PAGE);
    memcpy(to + (from - at), image->bytes + (from - first), (size_t)(until - from));
}

/* ---- writing ---- */

static bool put32(struct hermetic__buffer *b, uint32_t value, size_t most)
{
    uint8_t bytes[4];
    hermetic__store32(bytes, value);
    return hermetic__buffer_append(b, bytes, sizeof(bytes), most);
}

static bool put64(struct hermetic__buffer *b, uint64_t value, size_t most)
{
    uint8_t bytes[8];
    hermetic__store64(bytes, value);
    return hermetic__buffer_append(b, bytes, sizeof(bytes), most);
}

/* A part whose length comes first: open it, write, close it. */
static size_t open_part(struct hermetic__buffer *b, size_t most)
{
    return put32(b, 0, most) ? b->len : 0;
}

static bool close_part(struct hermetic__buffer *b, size_t start)
{
    if (b->len - start > UINT32_MAX)
        return false;
    hermetic__store32(b->data + start - 4, (uint32_t)(b->len - start));
    return true;
}

static bool put_part(struct hermetic__buffer *b, const struct hermetic__buffer *part, size_t most)
{
    return part->len <= UINT32_MAX && put32(b, (uint32_t)part->len, most) &&
           hermetic__buffer_append(b, part->data, part->len, most);
}

/* The `count` oldest. */
static bool put_grants(struct hermetic__buffer *b, const struct hermetic__grants *grants, uint32_t count, size_t most)
{
    uint8_t head[HERMETIC__CBOR_HEAD_MAX];
    size_t at = 0, start = open_part(b, most);
    hermetic_bytes name;
    if (!start ||
        !hermetic__buffer_append(b, head, hermetic__cbor_write_head(head, HERMETIC__CBOR_ARRAY, count), most))
        return false;
    while (count-- && hermetic__grants_next(grants, &at, &name))
        if (!hermetic__buffer_append(b, head, hermetic__cbor_write_head(head, HERMETIC__CBOR_STR, name.len), most) ||
            !hermetic__buffer_append(b, name.data, name.len, most))
            return false;
    return close_part(b, start);
}

bool hermetic__snapshot_put_pages(struct hermetic__buffer *b, const struct hermetic__memory *m, size_t most)
{
    uint8_t page[HERMETIC__PAGE], base[HERMETIC__PAGE], code[5 + HERMETIC__PAGE_CODE_MAX];
    uint32_t expected = 0;
    for (uint32_t at = 0; hermetic__memory_next_dirty(m, &at); at++) {
        hermetic__memory_read_dirty(m, at, page);
        base_page(m->image, at, base);
        size_t head = hermetic__varint_write(code, at - expected), len = hermetic__page_encode(code + head, page, base);
        if (!len)
            continue;
        if (!hermetic__buffer_append(b, code, head + len, most))
            return false;
        expected = at + 1;
    }
    return true;
}

/* The state of an idle sandbox, or of one that waits in a run, as it was before that run. */
static bool put_state(struct hermetic__buffer *b, const hermetic_sandbox *sb, size_t most)
{
    const struct hermetic__memory *m = &sb->instance.memory;
    bool waits = sb->state == HERMETIC__WAITING;
    size_t pages;
    return put64(b, hermetic__memory_size_before(m), most) &&
           put64(b, waits ? sb->begin_clock : sb->clock_elapsed, most) &&
           put64(b, waits ? sb->begin_draws : sb->draws, most) &&
           put_grants(b, &sb->grants, waits ? sb->begin_grants : sb->grants.count, most) && (pages = open_part(b, most)) != 0 &&
           hermetic__snapshot_put_pages(b, m, most) && close_part(b, pages);
}

void hermetic__snapshot_journal_begin(hermetic_sandbox *sb)
{
    struct hermetic__journal *j = &sb->journal;
    size_t most = hermetic__journal_most(j, &j->before);
    bool undo = !(sb->options.flags & HERMETIC_DISCARD_ON_LIMIT); /* what undo copies tell need not be written now */
    j->recording = true;
    if (undo || put_state(&j->before, sb, most))
        hermetic__journal_append(j, &j->request, sb->pending.data, sb->pending.len);
    else /* it may have been refused near the limit for its size, or for want of memory: the former is likelier there */
        hermetic__journal_lose(j, j->before.capacity >= most / 2 ? HERMETIC_E_TOO_BIG : HERMETIC_E_NOMEM);
}

static bool put_snapshot(struct hermetic__buffer *b, const hermetic_sandbox *sb, const uint8_t *key)
{
    const struct hermetic__journal *j = &sb->journal;
    const size_t most = SIZE_MAX / 2;
    bool waits = sb->state == HERMETIC__WAITING;
    if (!hermetic__buffer_reserve(b, FIRST_GUESS, most) || !hermetic__buffer_append(b, "hermetic", 8, most) ||
        !put32(b, VERSION, most) || !put32(b, (key ? SIGNED : 0) | (waits ? WAITS : 0), most) ||
        !hermetic__buffer_append(b, sb->instance.memory.image->hash, 32, most) || !put64(b, 0, most))
        return false;
    if (!waits) {
        if (!put_state(b, sb, most))
            return false;
    } else if (!(j->before.len ? hermetic__buffer_append(b, j->before.data, j->before.len, most) : put_state(b, sb, most)) ||
               !put_grants(b, &sb->grants, sb->grants.count, most) ||
               !put_part(b, &j->request, most) || !put_part(b, &j->entries, most) ||
               !put32(b, (uint32_t)sb->waiting_for, most) || !put64(b, sb->event_digest, most)) {
        return false;
    }
    if (!hermetic__buffer_reserve(b, HERMETIC__DIGEST, most))
        return false;
    hermetic__store64(b->data + HEADER - 8, b->len + HERMETIC__DIGEST);
    hermetic__blake2b(key, b->data, b->len, b->data + b->len);
    b->len += HERMETIC__DIGEST;
    return true;
}

static int snapshot(hermetic_sandbox *sb, const uint8_t *key, uint8_t **out, size_t *len)
{
    struct hermetic__buffer b = {0};
    sb->failure.status = 0;
    int status = hermetic__park_unpack(sb);
    if (status < 0)
        return hermetic__fail(sb, status, "%s: a parked sandbox", hermetic_error_text(status));
    if (sb->state == HERMETIC__WAITING) {
        if (sb->waiting_for == HERMETIC_OUTPUT || sb->waiting_for == HERMETIC_PAUSE || sb->answered)
            return hermetic__fail_state(sb, "hermetic_snapshot");
        if (!sb->journal.recording)
            return hermetic__fail(sb, HERMETIC_E_STATE, "hermetic_snapshot: a waiting run needs HERMETIC_JOURNAL");
        if (sb->journal.lost == HERMETIC_E_TOO_BIG)
            return hermetic__fail(sb, HERMETIC_E_TOO_BIG, "hermetic_snapshot: the journal of this run passed %zu bytes",
                                  HERMETIC__JOURNAL_MAX);
        if (sb->journal.lost)
            return hermetic__fail(sb, HERMETIC_E_NOMEM, "out of memory in the host: the journal of this run was given up");
    }
    if (!put_snapshot(&b, sb, key)) {
        hermetic__buffer_free(&b);
        return hermetic__fail(sb, HERMETIC_E_NOMEM, "out of memory in the host: a snapshot");
    }
    *out = b.data;
    *len = b.len;
    return 0;
}

int hermetic_snapshot(hermetic_sandbox *sb, const uint8_t *key, uint8_t **out, size_t *len)
{
    if (!out || !len)
        return HERMETIC_E_INVALID;
    *out = NULL;
    *len = 0;
    if (!sb)
        return HERMETIC_E_INVALID;
    if (!hermetic__enter(sb))
        return HERMETIC_E_BUSY;
    return hermetic__leave(sb, snapshot(sb, key, out, len));
}

/* ---- reading: checks ---- */

struct parsed {
    uint64_t memory, clock, draws;
    hermetic_bytes grants, pages;
    bool waits;
    hermetic_bytes run_grants, request, entries;
    int status;
    uint64_t digest;
};

struct reader {
    const uint8_t *at, *end;
};

static bool get64(struct reader *r, uint64_t *value)
{
    if (r->end - r->at < 8)
        return false;
    *value = hermetic__load64(r->at);
    r->at += 8;
    return true;
}

static bool get32(struct reader *r, uint32_t *value)
{
    if (r->end - r->at < 4)
        return false;
    *value = hermetic__load32(r->at);
    r->at += 4;
    return true;
}

static bool get_part(struct reader *r, hermetic_bytes *part)
{
    uint32_t len;
    if (!get32(r, &len) || len > (size_t)(r->end - r->at))
        return false;
    *part = (hermetic_bytes){r->at, len};
    r->at += len;
    return true;
}

/* A CBOR list of str. */
static bool check_grants(hermetic_bytes grants)
{
    const uint8_t *p = grants.data, *end = p + grants.len;
    hermetic_item item;
    if (hermetic_decode(&p, end, &item) < 0 || item.kind != HERMETIC_LIST)
        return false;
    for (size_t left = item.count; left; left--)
        if (hermetic_decode(&p, end, &item) < 0 || item.kind != HERMETIC_STR)
            return false;
    return p == end;
}

/* The number of the next page, in ascending order and inside memory. */
static bool next_page(const uint8_t **p, const uint8_t *end, uint64_t memory, uint64_t *expected, uint32_t *page)
{
    uint32_t skip;
    if (!hermetic__varint_read(p, end, &skip) || *expected + skip >= memory / HERMETIC__PAGE)
        return false;
    *page = (uint32_t)(*expected + skip);
    *expected = (uint64_t)*page + 1;
    return true;
}

static bool check_pages(hermetic_bytes pages, uint64_t memory)
{
    const uint8_t *p = pages.data, *end = p + pages.len;
    uint64_t expected = 0;
    uint32_t page;
    while (p < end)
        if (!next_page(&p, end, memory, &expected, &page) || !hermetic__page_decode(&p, end, NULL))
            return false;
    return true;
}

static bool parse(struct reader *r, bool waits, const struct hermetic__image *image, struct parsed *s)
{
    uint32_t status;
    if (!get64(r, &s->memory) || !get64(r, &s->clock) || !get64(r, &s->draws) || !get_part(r, &s->grants) ||
        !get_part(r, &s->pages))
        return false;
    if (s->memory % 65536 || s->memory < image->size || s->memory > MEMORY_MOST || s->clock > UINT64_C(1) << 62 ||
        !check_grants(s->grants) || !check_pages(s->pages, s->memory))
        return false;
    s->waits = waits;
    if (waits) {
        if (!get_part(r, &s->run_grants) || !get_part(r, &s->request) || !get_part(r, &s->entries) || !get32(r, &status) ||
            !get64(r, &s->digest))
            return false;
        if ((status != HERMETIC_CALL && status != HERMETIC_INPUT) || !check_grants(s->run_grants) ||
            hermetic_validate(s->request.data, s->request.len) < 0 || s->request.data[0] >> 5 != HERMETIC__CBOR_MAP ||
            !hermetic__journal_valid(s->entries.data, s->entries.len) ||
            s->entries.len + s->request.len > HERMETIC__JOURNAL_MAX)
            return false;
        s->status = (int)status;
    }
    return r->at == r->end;
}

static int check(const uint8_t *key, const uint8_t *data, size_t len, const struct hermetic__image *image,
                 struct parsed *s)
{
    uint8_t digest[HERMETIC__DIGEST];
    if (!data || len < HEADER + HERMETIC__DIGEST || memcmp(data, "hermetic", 8) != 0)
        return hermetic__fail_create(HERMETIC_E_SNAPSHOT, "these %zu bytes are no snapshot", len);
    uint32_t version = hermetic__load32(data + 8), flags = hermetic__load32(data + 12);
    if (version != VERSION || flags & ~(SIGNED | WAITS))
        return hermetic__fail_create(HERMETIC_E_SNAPSHOT, "snapshot format %" PRIu32 " with flags 0x%" PRIx32
                                     " is not known to this version", version, flags);
    if (hermetic__load64(data + HEADER - 8) != len)
        return hermetic__fail_create(HERMETIC_E_SNAPSHOT, "the snapshot is cut short or has %zu bytes too many", len);
    if (!(flags & SIGNED) != !key)
        return hermetic__fail_create(HERMETIC_E_SIGNATURE, key ? "the snapshot is not signed"
                                                               : "the snapshot is signed, and no key was given");
    hermetic__blake2b(key, data, len - HERMETIC__DIGEST, digest);
    if (!hermetic__digest_equal(digest, data + len - HERMETIC__DIGEST))
        return key ? hermetic__fail_create(HERMETIC_E_SIGNATURE, "the snapshot's signature does not match")
                   : hermetic__fail_create(HERMETIC_E_SNAPSHOT, "the snapshot is damaged");
    if (memcmp(data + 16, image->hash, 32) != 0)
        return hermetic__fail_create(HERMETIC_E_IMAGE, "the snapshot was made by another build of the guest");
    struct reader r = {data + HEADER, data + len - HERMETIC__DIGEST};
    if (!parse(&r, flags & WAITS, image, s))
        return hermetic__fail_create(HERMETIC_E_SNAPSHOT, "the snapshot is malformed");
    return 0;
}

/* ---- applying ---- */

static bool add_grants(hermetic_sandbox *sb, hermetic_bytes list)
{
    const uint8_t *p = list.data, *end = p + list.len;
    hermetic_item item;
    hermetic_decode(&p, end, &item);
    for (size_t left = item.count; left; left--) {
        hermetic_item name;
        hermetic_decode(&p, end, &name);
        if (!hermetic__grants_add(&sb->grants, name.bytes.data, name.bytes.len))
            return false;
    }
    return true;
}

int hermetic__snapshot_write_pages(struct hermetic__memory *m, uint64_t memory, hermetic_bytes pages)
{
    uint8_t bytes[HERMETIC__PAGE];
    const uint8_t *p = pages.data, *end = p + pages.len;
    uint64_t expected = 0;
    uint32_t page;
    int status = hermetic__memory_grow_to(m, memory);
    while (status == 0 && p < end) {
        if (!next_page(&p, end, memory, &expected, &page))
            return HERMETIC_E_SNAPSHOT;
        base_page(m->image, page, bytes);
        if (!hermetic__page_decode(&p, end, bytes))
            return HERMETIC_E_SNAPSHOT;
        status = hermetic__memory_write(m, (struct gaddr){page * HERMETIC__PAGE}, bytes, sizeof(bytes));
    }
    return status;
}

static int apply(hermetic_sandbox *sb, const struct parsed *s)
{
    struct hermetic__memory *m = &sb->instance.memory;
    int status = hermetic__memory_begin(m, false);
    if (status == 0) {
        status = hermetic__snapshot_write_pages(m, s->memory, s->pages);
        hermetic__memory_commit(m);
    }
    if (status == HERMETIC_E_MEMORY)
        return hermetic__fail_create(status, "memory limit: %" PRIu64 " bytes, the snapshot has %" PRIu64,
                                     sb->options.memory, s->memory);
    if (status == 0 && !add_grants(sb, s->grants))
        status = HERMETIC_E_NOMEM;
    if (status < 0)
        return hermetic__fail_create(status, "%s: restoring a snapshot", hermetic_error_text(status));
    sb->clock_elapsed = s->clock;
    sb->draws = s->draws;
    return 0;
}

/* Runs again what waited, up to where it waited. */
static int replay(hermetic_sandbox *sb, const struct parsed *s)
{
    struct hermetic__journal *j = &sb->journal;
    sb->begin_grants = sb->grants.count;
    sb->pending_at = 0;
    /* First the copy of the state, which a later snapshot of the same wait needs. */
    if (!hermetic__buffer_append(&sb->pending, s->request.data, s->request.len, SIZE_MAX))
        return hermetic__fail_create(HERMETIC_E_NOMEM, "out of memory in the host: the request of a snapshot");
    hermetic__snapshot_journal_begin(sb);
    hermetic__journal_append(j, &j->entries, s->entries.data, s->entries.len);
    if (j->lost || !add_grants(sb, s->run_grants))
        return hermetic__fail_create(j->lost ? j->lost : HERMETIC_E_NOMEM,
                                     "%s: the journal of a snapshot", hermetic_error_text(j->lost ? j->lost : HERMETIC_E_NOMEM));
    j->replaying = true;
    j->waiting_digest = s->digest;
    int status = hermetic__run_begin(sb);
    if (status == s->status && !j->replaying) {
        if (!(sb->options.flags & HERMETIC_JOURNAL))
            hermetic__journal_free(j);
        return status;
    }
    if (status < 0 && status != HERMETIC_E_EXCEPTION && status != HERMETIC_E_EXIT)
        return hermetic__fail_create(status, "replaying a run: %.*s", (int)sb->failure.message.len,
                                     (const char *)sb->failure.message.data);
    return hermetic__fail_create(HERMETIC_E_SNAPSHOT, "replaying a run: it went another way than its journal");
}

int hermetic_restore(const hermetic_options *options, const uint8_t *key, const void *data, size_t len,
                     hermetic_sandbox **out, int *status)
{
    struct parsed s = {0};
    hermetic_sandbox *sb = NULL;
    int result;
    if (!out)
        return HERMETIC_E_INVALID;
    *out = NULL;
    if (status)
        *status = HERMETIC_DONE;
    if ((result = check(key, data, len, &hermetic__packed_image.image, &s)) < 0 ||
        (result = hermetic__sandbox_create(options, &sb)) < 0)
        return result;
    if ((result = apply(sb, &s)) < 0 || (s.waits && (result = replay(sb, &s)) < 0)) {
        hermetic_destroy(sb);
        return result;
    }
    if (status)
        *status = result;
    *out = sb;
    return 0;
}

int hermetic__snapshot_copy_state(hermetic_sandbox *to, const hermetic_sandbox *from)
{
    uint8_t bytes[HERMETIC__PAGE];
    struct hermetic__memory *m = &to->instance.memory;
    size_t at = 0;
    hermetic_bytes name;
    int status = hermetic__memory_begin(m, false);
    if (status < 0)
        return status;
    status = hermetic__memory_grow_to(m, hermetic__memory_size(&from->instance.memory));
    for (uint32_t page = 0; status == 0 && hermetic__memory_next_dirty(&from->instance.memory, &page); page++) {
        struct gaddr address = {page * HERMETIC__PAGE};
        status = hermetic__memory_read(&from->instance.memory, address, bytes, sizeof(bytes));
        if (status == 0)
            status = hermetic__memory_write(m, address, bytes, sizeof(bytes));
    }
    hermetic__memory_commit(m);
    while (status == 0 && hermetic__grants_next(&from->grants, &at, &name))
        if (!hermetic__grants_add(&to->grants, name.data, name.len))
            status = HERMETIC_E_NOMEM;
    to->clock_elapsed = from->clock_elapsed;
    to->draws = from->draws;
    return status;
}
