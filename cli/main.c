/* cli/main.c: the command `hermetic`, on include/hermetic.h alone. */
#include "exit_codes.h"
#include "help.h"
#include "hermetic.h"
#include "message.h"
#include "options.h"
#include "os.h"
#include "repl.h"
#include "report.h"
#include "run.h"

#include <string.h>

static int print_version(void)
{
    const char *version = hermetic_version();
    char line[64] = "hermetic ";
    strncat(line, version, sizeof line - sizeof "hermetic \n");
    strcat(line, "\n");
    return report_text(line, strlen(line));
}

/* The build collects the notices of everything that is built in (tools/notices.py): an array of lines. */
static int print_licenses(void)
{
#ifdef HERMETIC_NOTICES
    extern const char *const hermetic_notices[];
    for (const char *const *line = hermetic_notices; *line; line++) {
        int code = report_text(*line, strlen(*line));
        if (!code)
            code = report_text("\n", 1);
        if (code)
            return code;
    }
    return 0;
#else
    message("--licenses: this build has no notices built in");
    return CLI_EXIT_USAGE;
#endif
}

int main(int argc, char **argv)
{
    struct options options;
    int error = os_start(&argc, &argv);
    if (error) {
        message("%s", os_error_text(error));
        return CLI_EXIT_INTERNAL;
    }
    int code = options_parse(argc, argv, &options);
    if (!code) {
        switch (options.action) {
        case ACTION_HELP:
            code = report_text(help_text, strlen(help_text));
            break;
        case ACTION_VERSION:
            code = print_version();
            break;
        case ACTION_LICENSES:
            code = print_licenses();
            break;
        case ACTION_FEATURES:
            /* The guest itself says it, so that no list here can be wrong. */
            options.source = PROGRAM_CODE;
            options.program = "import _features\n_features.features()";
            options.value = true;
            options.args = argv + argc;
            code = run_program(&options);
            break;
        case ACTION_RUN:
            code = options.source == PROGRAM_NONE && os_is_terminal(0) ? repl_run(&options) : run_program(&options);
            break;
        }
    }
    options_free(&options);
    return code;
}
