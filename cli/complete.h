/* cli/complete.h: has the user typed a whole statement yet? */
#ifndef HERMETIC_CLI_COMPLETE_H
#define HERMETIC_CLI_COMPLETE_H

#include <stdbool.h>
#include <stddef.h>

/* `text` is every line typed so far, each with its newline. True when it can be run (or is wrong in a way that more
 * lines cannot mend); false when the prompt should ask for another line. */
bool complete_statement(const char *text, size_t len);

#endif
