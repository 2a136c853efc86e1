/* cli/run.c: see run.h. */
#include "run.h"

#include "exit_codes.h"
#include "inputs.h"
#include "message.h"
#include "os.h"
#include "report.h"
#include "session.h"

#include <stdlib.h>
#include <string.h>

struct program {
    const char *text; /* UTF-8 source */
    size_t len;
    char *owned;      /* what to free, or NULL */
    const char *file; /* its name in tracebacks */
    const char *argv0;
};

static int load(const struct options *o, struct program *p)
{
    if (o->source == PROGRAM_CODE) {
        *p = (struct program){ o->program, strlen(o->program), NULL, "<string>", "-c" };
        return 0;
    }
    bool standard_input = o->source != PROGRAM_FILE;
    const char *path = standard_input ? "-" : o->program;
    *p = (struct program){ .file = standard_input ? "<stdin>" : path,
                           .argv0 = o->source == PROGRAM_NONE ? "" : path };
    int error = os_read_file(path, &p->owned, &p->len);
    if (error) {
        message("cannot read %s: %s", standard_input ? "standard input" : path, os_error_text(error));
        return CLI_EXIT_USAGE;
    }
    p->text = p->owned;
    return 0;
}

static int run_loaded(const struct options *o, const struct program *p, hermetic_bytes inputs, hermetic_bytes argv)
{
    struct session s;
    hermetic_run_options run = HERMETIC_RUN_OPTIONS_INIT;
    int code = session_open(&s, o, false);
    if (!code) {
        run.file = p->file;
        run.inputs = inputs;
        run.argv = argv;
        run.flags = o->json || o->value ? 0 : HERMETIC_RUN_NO_VALUE;
        int status = session_run(&s, p->text, p->len, &run);
        int saved = 0, told = 0;
        code = report_exit_code(&s, status);
        if (code == CLI_EXIT_OK)
            saved = session_save(&s);
        code = saved ? saved : code;
        if (o->json)
            told = report_json(&s, status, code);
        else
            report_failure(&s, status);
        if (o->value && status == HERMETIC_DONE)
            told = report_value(&s);
        code = code == CLI_EXIT_OK || told == CLI_EXIT_WRITE ? told : code;
    }
    session_close(&s);
    return code;
}

int run_program(const struct options *o)
{
    struct program p = { 0 };
    hermetic_encoder inputs = HERMETIC_ENCODER_INIT, argv = HERMETIC_ENCODER_INIT;
    int code = load(o, &p);
    if (!code)
        code = inputs_encode(o, &inputs);
    if (!code)
        code = inputs_encode_argv(o, p.argv0, &argv);
    if (!code)
        code = run_loaded(o, &p, (hermetic_bytes){ inputs.data, inputs.len }, (hermetic_bytes){ argv.data, argv.len });
    hermetic_free(inputs.data);
    hermetic_free(argv.data);
    free(p.owned);
    return code;
}
