#ifndef HERMETIC_GUEST_REQUEST_H
#define HERMETIC_GUEST_REQUEST_H

#include <stddef.h>

// Reads the pending request of `len` bytes, performs it and sends its RESULT. Raises what it does not do.
void request_perform(size_t len);

// Calls what the program left for its end, if it imported atexit: before the RESULT or the ERROR.
void run_exit_functions(void);

#endif
