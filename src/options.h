/* src/options.h: reading the structs of options that a host passes. */
#ifndef HERMETIC_SRC_OPTIONS_H
#define HERMETIC_SRC_OPTIONS_H

#include <hermetic.h>

#define HERMETIC__MESSAGE_MAX 320 /* bytes of a message with its NUL */

/* Copies `in` (NULL: all defaults) to `out` with every default filled in, and checks every range. HERMETIC_E_INVALID:
 * `message` names the option, its value and what is allowed. `least_memory` is what the start state has. */
int hermetic__options_read(const hermetic_options *in, uint64_t least_memory, hermetic_options *out,
                           char message[HERMETIC__MESSAGE_MAX]);

/* Likewise; here only the size and the flags: values are checked where the request is built. */
int hermetic__run_options_read(const hermetic_run_options *in, hermetic_run_options *out,
                               char message[HERMETIC__MESSAGE_MAX]);

#endif
