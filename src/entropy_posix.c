/* src/entropy_posix.c: getrandom on Linux, getentropy on macOS and the BSDs. */
#if defined(__APPLE__)
#define _DARWIN_C_SOURCE
#elif defined(__linux__)
#define _GNU_SOURCE
#endif

#include "entropy.h"

#include <errno.h>
#include <sys/random.h>
#include <unistd.h>

#include "alloc.h"

bool hermetic__entropy_system(uint8_t *to, size_t len)
{
    if (hermetic__fault_system_call_now())
        return false;
#if defined(__linux__)
    while (len) {
        ssize_t got = getrandom(to, len, 0);
        if (got < 0) {
            if (errno == EINTR)
                continue;
            return false;
        }
        to += got;
        len -= (size_t)got;
    }
    return true;
#else
    return getentropy(to, len) == 0;
#endif
}
