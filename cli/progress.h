/* cli/progress.h: the line on standard error that tells how a longer run is getting on. */
#ifndef HERMETIC_CLI_PROGRESS_H
#define HERMETIC_CLI_PROGRESS_H

#include "hermetic.h"

#include <stdbool.h>

/* From a second after start until stop, five times a second, when standard error is a terminal. The sandbox must live
 * until stop. */
void progress_start(const hermetic_sandbox *sb);
void progress_stop(void);

/* Around other writing to a terminal, and while the user is asked for input: takes the line away; lets it
 * come back when the cursor is at the start of a line. Pairs may nest. */
void progress_pause(void);
void progress_resume(bool at_line_start);

/* Did the newest text on the terminal end a line? */
bool progress_at_line_start(void);

#endif
