/* src/entropy.h: random numbers for guests. */
#ifndef HERMETIC_SRC_ENTROPY_H
#define HERMETIC_SRC_ENTROPY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* From the operating system: `len` is at most 256. False when it has none. (entropy_posix.c, entropy_windows.c) */
bool hermetic__entropy_system(uint8_t *to, size_t len);

/* Draw number `draw` (each gives 8 bytes) of the sequence that `seed` names. The same on every machine; not secret. */
void hermetic__entropy_seeded(uint64_t seed, uint64_t draw, uint8_t to[8]);

#endif
