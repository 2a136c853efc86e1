#ifndef HERMETIC_GUEST_REQUEST_H
#define HERMETIC_GUEST_REQUEST_H

#include <stddef.h>

// Reads the pending request of `len` bytes, performs it and sends its RESULT. Raises what it does not do.
void request_perform(size_t len);

#endif
