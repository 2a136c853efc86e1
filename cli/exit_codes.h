/* cli/exit_codes.h: what the command's exit status means. docs/cli.md and `hermetic --help` give the same list.
 *
 * As with python, sys.exit(n) of the program ends the command with n, so a program can imitate any of these; --json
 * tells them apart.
 */
#ifndef HERMETIC_CLI_EXIT_CODES_H
#define HERMETIC_CLI_EXIT_CODES_H

enum cli_exit {
    CLI_EXIT_OK = 0,
    CLI_EXIT_EXCEPTION = 1,   /* the program raised an exception that it did not catch */
    CLI_EXIT_USAGE = 2,       /* the command line, or a file it names, cannot be used; nothing was run */
    CLI_EXIT_LIMIT = 3,       /* a limit ended the program */
    CLI_EXIT_INTERNAL = 4,    /* the interpreter faulted, or the host lacks memory */
    CLI_EXIT_WRITE = 5,       /* standard output or the snapshot could not be written */
    CLI_EXIT_INTERRUPT = 130  /* Ctrl-C; the number that shells use for SIGINT */
};

#endif
