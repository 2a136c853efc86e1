/* cli/units.h: numbers with units, as people type them after an option. No floating point: 0.1s is exactly 100 ms. */
#ifndef HERMETIC_CLI_UNITS_H
#define HERMETIC_CLI_UNITS_H

#include <stdbool.h>
#include <stdint.h>

enum unit_family {
    UNIT_SIZE,    /* bytes: K, M, G, T are powers of 1024; B, KiB, MiB, GiB, TiB are the same */
    UNIT_COUNT,   /* things: K, M, G, T are powers of 1000 */
    UNIT_TIME,    /* ns, us, ms, s, m; seconds without a unit; the result is in ns */
    UNIT_INTEGER  /* digits alone */
};

/* Reads `text`, which must be one number and nothing else; a decimal fraction is allowed where a unit is. NULL and
 * *out on success; otherwise what is wrong, as words to follow the value ("is not a size: ..."). */
const char *units_parse(enum unit_family family, const char *text, uint64_t *out);

#endif
