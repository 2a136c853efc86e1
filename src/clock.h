/* src/clock.h: the host's clocks, in nanoseconds. */
#ifndef HERMETIC_SRC_CLOCK_H
#define HERMETIC_SRC_CLOCK_H

#include <stdint.h>

uint64_t hermetic__clock_monotonic(void);
int64_t hermetic__clock_wall(void); /* since 1970 */

#endif
