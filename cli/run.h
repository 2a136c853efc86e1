/* cli/run.h: one program, from its source to the exit code. */
#ifndef HERMETIC_CLI_RUN_H
#define HERMETIC_CLI_RUN_H

#include "options.h"

int run_program(const struct options *options);

#endif
