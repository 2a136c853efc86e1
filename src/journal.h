/* src/journal.h: what it takes to run a run again. With HERMETIC_JOURNAL: the state before it, its request, and every
 * answer that it was given, in order. A snapshot of a waiting run is these bytes; restoring runs it again and answers
 * from them until they are used up.
 */
#ifndef HERMETIC_SRC_JOURNAL_H
#define HERMETIC_SRC_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buffer.h"

#define HERMETIC__JOURNAL_MAX ((size_t)16 << 20) /* bytes of the three buffers together */

struct hermetic__journal {
    bool recording;
    int lost; /* HERMETIC_E_TOO_BIG or _NOMEM: the run goes on, but cannot be saved any more; else 0 */
    bool replaying;
    struct hermetic__buffer before;  /* without undo copies: state before the run, as in a snapshot */
    struct hermetic__buffer request;
    struct hermetic__buffer entries;
    size_t at;                       /* of the next entry, when replaying */
    uint64_t waiting_digest;         /* of the event that the run waits at */
};

/* An answer in the journal, or the want of one. */
enum hermetic__journal_found {
    HERMETIC__JOURNAL_ANSWER,   /* here it is */
    HERMETIC__JOURNAL_END,      /* all answers are used up */
    HERMETIC__JOURNAL_DIVERGED  /* the run asks something else than it did then */
};

/* A short digest of an event: enough to see that a run went another way, no defence against forgery (a signature is). */
uint64_t hermetic__journal_digest(unsigned kind, const uint8_t *payload, size_t len);

/* Appends to one of the three buffers. When it cannot, the journal is lost, and everything in it freed. */
bool hermetic__journal_append(struct hermetic__journal *j, struct hermetic__buffer *b, const void *data, size_t len);
void hermetic__journal_lose(struct hermetic__journal *j, int why);

void hermetic__journal_record(struct hermetic__journal *j, uint64_t digest, bool error, const uint8_t *reply, size_t len);
enum hermetic__journal_found hermetic__journal_next(struct hermetic__journal *j, uint64_t digest, bool *error,
                                                    hermetic_bytes *reply);

/* Are these bytes, from a snapshot, a whole number of entries? */
bool hermetic__journal_valid(const uint8_t *entries, size_t len);

void hermetic__journal_clear(struct hermetic__journal *j); /* keeps capacity */
void hermetic__journal_free(struct hermetic__journal *j);

static inline size_t hermetic__journal_bytes(const struct hermetic__journal *j)
{
    return j->before.capacity + j->request.capacity + j->entries.capacity;
}

/* Bytes that one of the buffers may have in all, so that the three stay under HERMETIC__JOURNAL_MAX. */
static inline size_t hermetic__journal_most(const struct hermetic__journal *j, const struct hermetic__buffer *b)
{
    size_t others = hermetic__journal_bytes(j) - b->capacity;
    return others < HERMETIC__JOURNAL_MAX ? HERMETIC__JOURNAL_MAX - others : 0;
}

#endif
