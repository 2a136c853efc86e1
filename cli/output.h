/* cli/output.h: the two streams that the guest's text goes to. */
#ifndef HERMETIC_CLI_OUTPUT_H
#define HERMETIC_CLI_OUTPUT_H

#include "terminal.h"

#include <stdbool.h>
#include <stddef.h>

struct output {
    int fd;
    bool terminal;
    bool filtered; /* control characters are made harmless */
    struct terminal_filter filter;
};

/* `raw` lets control characters through to a terminal; files and pipes always get the guest's bytes. */
void output_open(struct output *out, int fd, bool raw);

/* Writes at once, nothing is kept in a buffer. 0 or an errno value. */
int output_write(struct output *out, const void *data, size_t len);

/* After a run: ends a half sequence or style; with `line`, a half line on a terminal as well. */
int output_finish(struct output *out, bool line);

#endif
