/* cli/repl.h: the prompt. */
#ifndef HERMETIC_CLI_REPL_H
#define HERMETIC_CLI_REPL_H

#include "options.h"

int repl_run(const struct options *options);

#endif
