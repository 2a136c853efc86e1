/* src/entropy_windows.c: BCryptGenRandom with the system's preferred generator. */
#include "entropy.h"

#include <windows.h>

#include <bcrypt.h>

bool hermetic__entropy_system(uint8_t *to, size_t len)
{
    return BCryptGenRandom(NULL, to, (ULONG)len, BCRYPT_USE_SYSTEM_PREFERRED_RNG) >= 0;
}
