/* src/snapshot.h: what sandbox.c and run.c need of snapshots. */
#ifndef HERMETIC_SRC_SNAPSHOT_H
#define HERMETIC_SRC_SNAPSHOT_H

#include "sandbox.h"

/* With HERMETIC_JOURNAL, before a run: keeps the state and the request (in sb->pending). When that cannot be done the run
 * goes on, and cannot be saved. */
void hermetic__snapshot_journal_begin(hermetic_sandbox *sb);

/* Makes the state of `to`, a new sandbox, that of `from`, an idle one. Not the limits. */
int hermetic__snapshot_copy_state(hermetic_sandbox *to, const hermetic_sandbox *from);

#endif
