/* cli/line.h: lines of standard input, and lines edited at a terminal. */
#ifndef HERMETIC_CLI_LINE_H
#define HERMETIC_CLI_LINE_H

#include <stdbool.h>
#include <stddef.h>

enum line_result {
    LINE_OK,
    LINE_END,       /* end of the input, or Ctrl-D */
    LINE_INTERRUPT, /* Ctrl-C */
    LINE_FAILED     /* the input cannot be read */
};

enum { LINE_MAX_BYTES = 16 << 20 }; /* a longer line comes in parts: no input may fill the host's memory */

/* The next line of standard input, without its end; valid until the next call. */
enum line_result line_read(const char **text, size_t *len);

/* The same with editing and history, after `prompt`, at a terminal. editor_editline.c has both; editor_plain.c, for
 * systems without libedit, prints the prompt and reads a line as the terminal gives it. */
enum line_result editor_read(const char *prompt, const char **text, size_t *len);
void editor_open(void);
void editor_remember(const char *line);
void editor_close(void);

#endif
