/* src/journal.c: see journal.h. An entry is the event's digest (8 bytes), the reply's length times two plus one for an
 * error (4 bytes), both little-endian, and the reply. */
#include "journal.h"

#include <string.h>

#include "bytes.h"

#define ENTRY_HEAD 12

uint64_t hermetic__journal_digest(unsigned kind, const uint8_t *payload, size_t len)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325) ^ kind; /* FNV-1a, eight bytes at a time */
    for (; len >= 8; payload += 8, len -= 8) {
        h = (h ^ hermetic__load64(payload)) * UINT64_C(0x100000001b3);
        h ^= h >> 29;
    }
    for (; len; payload++, len--)
        h = (h ^ *payload) * UINT64_C(0x100000001b3);
    h = (h ^ kind) * UINT64_C(0x9e3779b97f4a7c15);
    return h ^ h >> 32;
}

void hermetic__journal_lose(struct hermetic__journal *j, int why)
{
    bool recording = j->recording;
    hermetic__journal_free(j);
    j->recording = recording;
    j->lost = why;
}

bool hermetic__journal_append(struct hermetic__journal *j, struct hermetic__buffer *b, const void *data, size_t len)
{
    size_t most = hermetic__journal_most(j, b);
    if (j->lost)
        return false;
    if (hermetic__buffer_append(b, data, len, most))
        return true;
    hermetic__journal_lose(j, b->len > most || len > most - b->len ? HERMETIC_E_TOO_BIG : HERMETIC_E_NOMEM);
    return false;
}

void hermetic__journal_record(struct hermetic__journal *j, uint64_t digest, bool error, const uint8_t *reply, size_t len)
{
    uint8_t head[ENTRY_HEAD];
    if (!j->recording || j->lost)
        return;
    hermetic__store64(head, digest);
    hermetic__store32(head + 8, (uint32_t)len << 1 | error); /* values are below 2**31 bytes */
    if (hermetic__journal_append(j, &j->entries, head, sizeof(head)))
        hermetic__journal_append(j, &j->entries, reply, len);
}

/* The entry at *at, and past it. */
static bool read_entry(const uint8_t *entries, size_t len, size_t *at, uint64_t *digest, bool *error, hermetic_bytes *reply)
{
    if (len - *at < ENTRY_HEAD)
        return false;
    const uint8_t *p = entries + *at;
    uint32_t word = hermetic__load32(p + 8);
    if (word >> 1 > len - *at - ENTRY_HEAD)
        return false;
    *digest = hermetic__load64(p);
    *error = word & 1;
    *reply = (hermetic_bytes){p + ENTRY_HEAD, word >> 1};
    *at += ENTRY_HEAD + reply->len;
    return true;
}

enum hermetic__journal_found hermetic__journal_next(struct hermetic__journal *j, uint64_t digest, bool *error,
                                                    hermetic_bytes *reply)
{
    uint64_t recorded;
    if (j->at == j->entries.len)
        return digest == j->waiting_digest ? HERMETIC__JOURNAL_END : HERMETIC__JOURNAL_DIVERGED;
    if (!read_entry(j->entries.data, j->entries.len, &j->at, &recorded, error, reply) || recorded != digest)
        return HERMETIC__JOURNAL_DIVERGED;
    return HERMETIC__JOURNAL_ANSWER;
}

bool hermetic__journal_valid(const uint8_t *entries, size_t len)
{
    size_t at = 0;
    uint64_t digest;
    bool error;
    hermetic_bytes reply;
    while (at < len)
        if (!read_entry(entries, len, &at, &digest, &error, &reply))
            return false;
    return true;
}

void hermetic__journal_clear(struct hermetic__journal *j)
{
    j->recording = j->replaying = false;
    j->lost = 0;
    j->before.len = j->request.len = j->entries.len = 0;
    j->at = 0;
}

void hermetic__journal_free(struct hermetic__journal *j)
{
    hermetic__buffer_free(&j->before);
    hermetic__buffer_free(&j->request);
    hermetic__buffer_free(&j->entries);
    *j = (struct hermetic__journal){0};
}
