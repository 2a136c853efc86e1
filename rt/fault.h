/* rt/fault.h: the process's handlers for memory faults (fault_unix.c). The guard backend lives by them. */
#ifndef HERMETIC_RT_FAULT_H
#define HERMETIC_RT_FAULT_H

#include <stdbool.h>

/* Installs the handlers, once a process. False when the system refuses. */
bool hermetic__fault_install(void);

/* Whether nobody put another handler on top of ours. One system call. */
bool hermetic__fault_on_top(void);

/* The same, when it was so `away` nanoseconds ago and this thread has measured that time: a time in which no system call
 * fits saves asking. `trusted` counts the answers that nobody was asked for, in a row. */
bool hermetic__fault_still_on_top(uint64_t away, uint32_t *trusted);

/* Lets this thread receive the signals while it runs guest code. A thread that blocks them would be killed at a fault.
 * True when they were blocked: then hermetic__fault_block puts that back. */
bool hermetic__fault_unblock(void);
void hermetic__fault_block(void);

#endif
