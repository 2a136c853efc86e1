/* cli/inputs.h: the values that the command line hands to the guest. */
#ifndef HERMETIC_CLI_INPUTS_H
#define HERMETIC_CLI_INPUTS_H

#include "hermetic.h"
#include "options.h"

/* Encodes all --input options as one CBOR map. 0, or an exit code after a message. */
int inputs_encode(const struct options *o, hermetic_encoder *out);

/* Encodes sys.argv, with `first` before o->args. 0, or an exit code after a message. */
int inputs_encode_argv(const struct options *o, const char *first, hermetic_encoder *out);

#endif
