/* cli/repl.c: the prompt: reads statements, runs each as a run of its own in one sandbox.
 *
 * The guest prints the values of expressions itself (HERMETIC_RUN_PRINT), for objects that cannot cross have a repr all
 * the same.
 */
#include "repl.h"

#include "complete.h"
#include "exit_codes.h"
#include "inputs.h"
#include "line.h"
#include "message.h"
#include "os.h"
#include "report.h"
#include "session.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct statement {
    char *text; /* NUL-terminated; NULL while empty */
    size_t len, capacity;
};

static bool append_line(struct statement *st, const char *line, size_t len)
{
    size_t needed = st->len + len + 2;
    if (needed > st->capacity) {
        size_t capacity = needed < 512 ? 512 : needed * 2;
        char *text = realloc(st->text, capacity);
        if (!text)
            return false;
        st->text = text;
        st->capacity = capacity;
    }
    memcpy(st->text + st->len, line, len);
    st->len += len;
    st->text[st->len] = 0;
    editor_remember(st->text + st->len - len);
    st->text[st->len++] = '\n';
    st->text[st->len] = 0;
    return true;
}

static bool is_blank(const struct statement *st)
{
    return strspn(st->text, " \t\r\n\f") == st->len;
}

/* Reads one statement, of one or more lines. */
static enum line_result read_statement(struct statement *st)
{
    st->len = 0;
    do {
        const char *line;
        size_t len;
        enum line_result result = editor_read(st->len ? "... " : ">>> ", &line, &len);
        if (result != LINE_OK)
            return result;
        if (!append_line(st, line, len))
            return LINE_FAILED;
    } while (!complete_statement(st->text, st->len));
    return LINE_OK;
}

/* Runs a statement. True when the prompt is over, with *code. */
static bool run_statement(struct session *s, const char *text, size_t len, int *code)
{
    hermetic_run_options run = HERMETIC_RUN_OPTIONS_INIT;
    run.file = "<stdin>";
    run.flags = HERMETIC_RUN_PRINT | HERMETIC_RUN_NO_VALUE;
    int status = session_run(s, text, len, &run);
    *code = report_exit_code(s, status);
    if (status == HERMETIC_E_EXIT || s->write_error) {
        report_failure(s, status);
        return true;
    }
    if (status == HERMETIC_E_CANCELLED) {
        os_write(2, "KeyboardInterrupt\n", 18);
        return false;
    }
    report_failure(s, status);
    if (hermetic_error_class_of(status) == HERMETIC_CLASS_LIMIT || status == HERMETIC_E_TRAP)
        message("the session is as it was before this statement");
    return false;
}

static int loop(struct session *s)
{
    struct statement st = { 0 };
    int code = 0;
    for (;;) {
        os_forget_interrupt();
        enum line_result result = read_statement(&st);
        if (result == LINE_INTERRUPT) {
            os_write(1, "\nKeyboardInterrupt\n", 19);
            continue;
        }
        if (result != LINE_OK) {
            os_write(1, "\n", 1);
            code = result == LINE_END ? CLI_EXIT_OK : CLI_EXIT_INTERNAL;
            break;
        }
        os_forget_interrupt();
        if (!is_blank(&st) && run_statement(s, st.text, st.len, &code))
            break;
    }
    free(st.text);
    return code;
}

/* --input, and sys.argv as python's prompt has it. */
static int prepare(struct session *s, const struct options *o)
{
    hermetic_encoder inputs = HERMETIC_ENCODER_INIT, argv = HERMETIC_ENCODER_INIT;
    int code = inputs_encode(o, &inputs);
    if (!code)
        code = inputs_encode_argv(o, "", &argv);
    if (!code) {
        hermetic_run_options run = HERMETIC_RUN_OPTIONS_INIT;
        run.inputs = (hermetic_bytes){ inputs.data, inputs.len };
        run.argv = (hermetic_bytes){ argv.data, argv.len };
        int status = session_run(s, "", 0, &run);
        code = report_exit_code(s, status);
        if (code)
            report_failure(s, status);
    }
    hermetic_free(inputs.data);
    hermetic_free(argv.data);
    return code;
}

int repl_run(const struct options *o)
{
    struct session s;
    if (o->json || o->value) {
        message("%s: needs a program", o->json ? "--json" : "--value");
        return CLI_EXIT_USAGE;
    }
    int code = session_open(&s, o, true);
    if (!code)
        code = prepare(&s, o);
    if (!code) {
        char banner[128] = "hermetic ";
        strcat(banner, hermetic_version());
        strcat(banner, ": sandboxed Python. Ctrl-D leaves.\n");
        os_write(1, banner, strlen(banner));
        editor_open();
        code = loop(&s);
        editor_close();
        if (code == CLI_EXIT_OK)
            code = session_save(&s);
    }
    session_close(&s);
    return code;
}
