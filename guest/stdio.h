// Standard output and error, as the rest of the port uses them.
#ifndef HERMETIC_GUEST_STDIO_H
#define HERMETIC_GUEST_STDIO_H

#include <stddef.h>

// Hands the buffered bytes to the host. Called before anything else that the host can see, so that the order of
// events is the order of the program.
void stdio_flush(void);

#endif
