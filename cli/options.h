/* cli/options.h: the command line, read and checked in full before anything is run. */
#ifndef HERMETIC_CLI_OPTIONS_H
#define HERMETIC_CLI_OPTIONS_H

#include "hermetic.h"

#include <stdbool.h>

enum program_source {
    PROGRAM_NONE, /* the prompt when standard input is a terminal, else PROGRAM_STDIN */
    PROGRAM_FILE,
    PROGRAM_CODE,
    PROGRAM_STDIN
};

enum cli_action {
    ACTION_RUN,
    ACTION_HELP,
    ACTION_VERSION,
    ACTION_LICENSES,
    ACTION_FEATURES
};

struct options {
    enum cli_action action;
    hermetic_options sandbox;
    enum program_source source;
    const char *program;     /* the path or the code */
    char **args;             /* sys.argv[1:]; ends with NULL */
    const char **inputs;     /* NAME=JSON and NAME=@FILE as given */
    size_t input_count;
    const char *snapshot, *restore, *key; /* paths, or NULL */
    bool json, value, raw;
};

/* Fills *o from the arguments; strings in it are argv's own. 0, or an exit code after saying on standard error what is
 * wrong. Release with options_free either way. */
int options_parse(int argc, char **argv, struct options *o);
void options_free(struct options *o);

#endif
