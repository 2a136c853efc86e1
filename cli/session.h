/* cli/session.h: one sandbox of the command, and the loop that answers what its runs ask for. */
#ifndef HERMETIC_CLI_SESSION_H
#define HERMETIC_CLI_SESSION_H

#include "hermetic.h"
#include "options.h"
#include "output.h"

#include <stdbool.h>

struct session {
    hermetic_sandbox *sb;
    const struct options *options;
    struct output out, err;
    bool prompting;   /* lines for input() come from the editor, not from standard input as it is */
    int write_error;  /* errno of the first failed write of the guest's output, which ended the run */
    uint8_t key[32];
    bool has_key;
};

/* Makes or restores the sandbox. 0, or an exit code after a message; session_close is right either way. */
int session_open(struct session *s, const struct options *options, bool prompting);
void session_close(struct session *s);

/* Runs code to its end and returns the final status; Ctrl-C cancels it meanwhile. */
int session_run(struct session *s, const char *code, size_t len, const hermetic_run_options *run);

/* Saves the sandbox to --snapshot, if given. 0, or an exit code after a message. */
int session_save(struct session *s);

#endif
