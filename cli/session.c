/* cli/session.c: see session.h. Nothing is granted here but a clock, random numbers and standard input and output. */
#include "session.h"

#include "exit_codes.h"
#include "line.h"
#include "message.h"
#include "os.h"
#include "progress.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* What Ctrl-C cancels. */
static _Atomic(hermetic_sandbox *) interrupt_target;

static void on_interrupt(void)
{
    hermetic_sandbox *sb = atomic_load(&interrupt_target);
    if (sb)
        hermetic_cancel(sb);
}

/* ---- opening ----------------------------------------------------------------------------------------------------- */

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static bool parse_key(const char *data, size_t len, uint8_t key[32])
{
    if (len == 32) {
        memcpy(key, data, 32);
        return true;
    }
    while (len > 0 && (data[len - 1] == '\n' || data[len - 1] == '\r'))
        len--;
    if (len != 64)
        return false;
    for (size_t i = 0; i < 32; i++) {
        int high = hex_digit(data[2 * i]), low = hex_digit(data[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        key[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

static int read_key(struct session *s)
{
    char *data;
    size_t len;
    int error = os_read_file(s->options->key, &data, &len);
    if (error) {
        message("--key: cannot read %s: %s", s->options->key, os_error_text(error));
        return CLI_EXIT_USAGE;
    }
    s->has_key = parse_key(data, len, s->key);
    memset(data, 0, len);
    free(data);
    if (!s->has_key) {
        message("--key: %s has neither 32 bytes nor 64 hexadecimal digits", s->options->key);
        return CLI_EXIT_USAGE;
    }
    return 0;
}

static int create_failed(int status)
{
    message("%s", hermetic_last_create_error());
    return status == HERMETIC_E_INVALID ? CLI_EXIT_USAGE : CLI_EXIT_INTERNAL;
}

static int restore(struct session *s, const hermetic_options *options)
{
    const char *path = s->options->restore;
    char *data;
    size_t len;
    int waiting = HERMETIC_DONE, error = os_read_file(path, &data, &len);
    if (error) {
        message("--restore: cannot read %s: %s", path, os_error_text(error));
        return CLI_EXIT_USAGE;
    }
    int status = hermetic_restore(options, s->has_key ? s->key : NULL, data, len, &s->sb, &waiting);
    free(data);
    if (status < 0) {
        if (status == HERMETIC_E_NOMEM || status == HERMETIC_E_SYSTEM || status == HERMETIC_E_INVALID)
            return create_failed(status);
        message("--restore: %s: %s", path, hermetic_last_create_error());
        return CLI_EXIT_USAGE;
    }
    if (waiting != HERMETIC_DONE) {
        message("--restore: %s: its program waits for an answer of the host that saved it", path);
        return CLI_EXIT_USAGE;
    }
    return 0;
}

int session_open(struct session *s, const struct options *options, bool prompting)
{
    hermetic_options sandbox = options->sandbox;
    int code = 0;
    *s = (struct session){ .options = options, .prompting = prompting };
    output_open(&s->out, 1, options->raw);
    output_open(&s->err, 2, options->raw);
    sandbox.flags |= HERMETIC_INPUT_EVENTS | (options->json ? 0u : (uint32_t)HERMETIC_OUTPUT_EVENTS);
    if (options->key)
        code = read_key(s);
    if (!code && options->restore) {
        code = restore(s, &sandbox);
    } else if (!code) {
        int status = hermetic_create(&sandbox, &s->sb);
        code = status < 0 ? create_failed(status) : 0;
    }
    if (!code) {
        atomic_store(&interrupt_target, s->sb);
        os_on_interrupt(on_interrupt);
    }
    return code;
}

void session_close(struct session *s)
{
    /* A handler that has just loaded the old target may still run on another thread on Windows: the process ends soon
     * after this, and the handler touches an atomic flag only. On POSIX it runs on this thread, and is over. */
    atomic_store(&interrupt_target, NULL);
    hermetic_destroy(s->sb);
    s->sb = NULL;
    memset(s->key, 0, sizeof s->key);
}

/* ---- runs -------------------------------------------------------------------------------------------------------- */

/* Ends a run that waits for a line. It needs an answer to go on, and never sees it. */
static void cancel_input(hermetic_sandbox *sb)
{
    hermetic_cancel(sb);
    hermetic_reply_error(sb, "KeyboardInterrupt", "");
}

/* A reader that has gone or a full disk ends the run: nobody would see what comes after. */
static int write_event(struct session *s)
{
    int stream;
    hermetic_bytes text = hermetic_output_event(s->sb, &stream);
    int error = output_write(stream == 2 ? &s->err : &s->out, text.data, text.len);
    if (error == EINTR) {
        hermetic_cancel(s->sb);
    } else if (error && stream != 2) {
        s->write_error = error;
        hermetic_cancel(s->sb);
    }
    return hermetic_resume(s->sb);
}

/* The editor draws its prompt itself: the guest's text before the prompt's last line is written first, and control
 * characters are dropped from that line. */
static enum line_result ask_editor(struct session *s, hermetic_bytes prompt, const char **text, size_t *len)
{
    char shown[256];
    size_t start = prompt.len, used = 0;
    while (start > 0 && prompt.data[start - 1] != '\n' && prompt.len - start < sizeof shown - 1)
        start--;
    output_write(&s->out, prompt.data, start);
    for (size_t i = start; i < prompt.len; i++)
        if (prompt.data[i] >= 0x20 && prompt.data[i] != 0x7f)
            shown[used++] = (char)prompt.data[i];
    shown[used] = 0;
    enum line_result result = editor_read(shown, text, len);
    if (result == LINE_END)
        output_write(&s->out, "\n", 1); /* Ctrl-D leaves the cursor behind the prompt */
    return result;
}

static enum line_result ask(struct session *s, hermetic_bytes prompt, const char **text, size_t *len)
{
    if (s->prompting)
        return ask_editor(s, prompt, text, len);
    int error = 0;
    if (!s->options->json)
        error = output_write(&s->out, prompt.data, prompt.len);
    else if (os_is_terminal(0)) /* standard output is for the JSON object */
        output_write(&s->err, prompt.data, prompt.len);
    if (error == EINTR)
        return LINE_INTERRUPT;
    s->write_error = error;
    return error ? LINE_FAILED : line_read(text, len);
}

static void reply_line(hermetic_sandbox *sb, const char *text, size_t len)
{
    hermetic_encoder e = HERMETIC_ENCODER_INIT;
    hermetic_encode_str(&e, text, len);
    int status = hermetic_encode_done(&e);
    if (status == 0)
        status = hermetic_reply(sb, e.data, e.len);
    hermetic_free(e.data);
    if (status == HERMETIC_E_CBOR)
        hermetic_reply_error(sb, "ValueError", "standard input is not valid UTF-8");
    else if (status == HERMETIC_E_TOO_BIG)
        hermetic_reply_error(sb, "ValueError", "line of standard input is too long");
    else if (status < 0)
        hermetic_reply_error(sb, "MemoryError", "out of memory in the host");
}

static int input_event(struct session *s)
{
    const char *text;
    size_t len;
    progress_pause();
    enum line_result result = ask(s, hermetic_input_prompt(s->sb), &text, &len);
    switch (result) {
    case LINE_OK:
        reply_line(s->sb, text, len);
        break;
    case LINE_END:
        hermetic_reply_error(s->sb, "EOFError", "EOF when reading a line");
        break;
    case LINE_INTERRUPT:
        cancel_input(s->sb);
        break;
    case LINE_FAILED:
        if (s->write_error)
            cancel_input(s->sb);
        else
            hermetic_reply_error(s->sb, "OSError", "standard input cannot be read");
        break;
    }
    /* What was typed ended a line of the terminal; with another source, the prompt stands there still. */
    progress_resume(s->prompting || os_is_terminal(0));
    return hermetic_resume(s->sb);
}

int session_run(struct session *s, const char *code, size_t len, const hermetic_run_options *run)
{
    progress_start(s->sb);
    int status = hermetic_start(s->sb, code, len, run);
    for (;;) {
        if (status == HERMETIC_OUTPUT) {
            status = write_event(s);
        } else if (status == HERMETIC_INPUT) {
            status = input_event(s);
        } else if (status == HERMETIC_CALL) { /* a restored program may know functions of an earlier host */
            hermetic_reply_error(s->sb, "RuntimeError", "the function is not granted here");
            status = hermetic_resume(s->sb);
        } else {
            break;
        }
    }
    progress_stop();
    int error = output_finish(&s->out, s->prompting);
    output_finish(&s->err, s->prompting);
    if (error && !s->write_error)
        s->write_error = error;
    return status;
}

int session_save(struct session *s)
{
    const char *path = s->options->snapshot;
    uint8_t *data = NULL;
    size_t len;
    if (!path)
        return 0;
    int status = hermetic_snapshot(s->sb, s->has_key ? s->key : NULL, &data, &len);
    if (status < 0) {
        message("--snapshot: %s", hermetic_error_text(status));
        return CLI_EXIT_INTERNAL;
    }
    int error = os_replace_file(path, data, len);
    hermetic_free(data);
    if (error) {
        message("--snapshot: cannot write %s: %s", path, os_error_text(error));
        return CLI_EXIT_WRITE;
    }
    return 0;
}
