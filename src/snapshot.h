/* src/snapshot.h: what sandbox.c and run.c need of snapshots. */
#ifndef HERMETIC_SRC_SNAPSHOT_H
#define HERMETIC_SRC_SNAPSHOT_H

#include "sandbox.h"

/* The pages that differ from the image, appended to `b`: the distance to each page's number, varint, and its code
 * (pages.h). False when that takes more than `most` bytes of `b` or memory is refused. */
bool hermetic__snapshot_put_pages(struct hermetic__buffer *b, const struct hermetic__memory *m, size_t most);

/* The way back, in an open transaction on memory that is the image's: grows it to `memory` bytes and writes them.
 * HERMETIC_E_MEMORY, _NOMEM; _SNAPSHOT when the bytes are no such thing. */
int hermetic__snapshot_write_pages(struct hermetic__memory *m, uint64_t memory, hermetic_bytes pages);

/* With HERMETIC_JOURNAL, before a run: keeps the state and the request (in sb->pending). When that cannot be done the run
 * goes on, and cannot be saved. */
void hermetic__snapshot_journal_begin(hermetic_sandbox *sb);

/* Makes the state of `to`, a new sandbox, that of `from`, an idle one. Not the limits. */
int hermetic__snapshot_copy_state(hermetic_sandbox *to, const hermetic_sandbox *from);

#endif
