/* rt/fault.h: the process's handlers for memory faults (fault_unix.c). The guard backend lives by them. */
#ifndef HERMETIC_RT_FAULT_H
#define HERMETIC_RT_FAULT_H

#include <stdbool.h>

/* Installs the handlers, once a process. False when the system refuses. */
bool hermetic__fault_install(void);

/* Whether nobody put another handler on top of ours. One system call. */
bool hermetic__fault_on_top(void);

/* Lets this thread receive the signals while it runs guest code. A thread that blocks them would be killed at a fault.
 * True when they were blocked: then hermetic__fault_block puts that back. */
bool hermetic__fault_unblock(void);
void hermetic__fault_block(void);

#endif
