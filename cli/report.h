/* cli/report.h: how a run's end is told: exit code, text, JSON. */
#ifndef HERMETIC_CLI_REPORT_H
#define HERMETIC_CLI_REPORT_H

#include "session.h"

/* The exit code for the final status of the newest run. */
int report_exit_code(const struct session *s, int status);

/* Says on standard error what went wrong: a traceback as python prints it, or one line. Nothing for DONE. */
void report_failure(struct session *s, int status);

/* --json: the object on standard output. `exit_code` is what the command will end with. --value: the value alone. 0, or
 * an exit code after a message. */
int report_json(const struct session *s, int status, int exit_code);
int report_value(const struct session *s);

/* Writes all of `text` to standard output. 0, or an exit code after a message. */
int report_text(const char *text, size_t len);

#endif
