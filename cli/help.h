/* cli/help.h: what --help prints. docs/cli.md holds the same text, and a test compares them. */
#ifndef HERMETIC_CLI_HELP_H
#define HERMETIC_CLI_HELP_H

extern const char help_text[];

#endif
