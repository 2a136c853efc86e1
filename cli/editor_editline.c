/* cli/editor_editline.c: the editor of line.h by libedit: BSD-licensed, long maintained, part of macOS and packaged
 * everywhere, where GNU readline would put the command under the GPL.
 *
 * The history is one line an entry, in ~/.local/state/hermetic/history (or $XDG_STATE_HOME, or $HERMETIC_HISTORY; an
 * empty $HERMETIC_HISTORY keeps none).
 */
#define _POSIX_C_SOURCE 200809L

#include "line.h"

#include "os.h"

#include <errno.h>
#include <histedit.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

enum { HISTORY_LINES = 1000, INTERRUPT_KEY = 3 };

static struct {
    EditLine *el;
    History *history;
    char *path;
    const char *prompt;
    bool interrupted;
} editor;

static char *prompt_of(EditLine *el)
{
    (void)el;
    return (char *)editor.prompt;
}

/* libedit's own read retries once after a signal, so that Ctrl-C would act at the second press. This one hands the
 * interrupt on as a key, which on_interrupt_key is bound to. */
static int get_character(EditLine *el, wchar_t *out)
{
    (void)el;
    mbstate_t state = { 0 };
    for (int i = 0; i < 4; i++) { /* a character has at most four bytes */
        char byte;
        size_t got;
        int error = os_read(0, &byte, 1, &got);
        if (error == EINTR) {
            os_forget_interrupt();
            *out = INTERRUPT_KEY;
            return 1;
        }
        if (error || got == 0)
            return error ? -1 : 0;
        size_t n = mbrtowc(out, &byte, 1, &state);
        if (n == (size_t)-1) {
            *out = L'?';
            return 1;
        }
        if (n != (size_t)-2)
            return 1;
    }
    *out = L'?';
    return 1;
}

static unsigned char on_interrupt_key(EditLine *el, int key)
{
    (void)el;
    (void)key;
    editor.interrupted = true;
    return CC_NEWLINE;
}

static unsigned char on_tab(EditLine *el, int key)
{
    (void)key;
    return el_insertstr(el, "    ") < 0 ? CC_ERROR : CC_REFRESH;
}

static char *history_path(void)
{
    const char *own = getenv("HERMETIC_HISTORY"), *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    const char *folder = state && state[0] == '/' ? state : home;
    const char *rest = folder == state ? "/hermetic/history" : "/.local/state/hermetic/history";
    if (own)
        return *own ? strdup(own) : NULL;
    if (!folder || !*folder)
        return NULL;
    char *path = malloc(strlen(folder) + strlen(rest) + 1);
    if (path) {
        strcpy(path, folder);
        strcat(path, rest);
    }
    return path;
}

void editor_open(void)
{
    HistEvent event;
    setlocale(LC_CTYPE, "");
    editor.el = el_init("hermetic", stdin, stdout, stderr);
    editor.history = history_init();
    if (!editor.el || !editor.history)
        return; /* editor_read falls back */
    el_set(editor.el, EL_EDITOR, "emacs");
    el_set(editor.el, EL_PROMPT, prompt_of);
    el_set(editor.el, EL_SIGNAL, 0);
    el_set(editor.el, EL_GETCFN, get_character);
    el_set(editor.el, EL_HIST, history, editor.history);
    el_set(editor.el, EL_ADDFN, "hermetic-interrupt", "drop the line", on_interrupt_key);
    el_set(editor.el, EL_ADDFN, "hermetic-indent", "insert four spaces", on_tab);
    el_source(editor.el, NULL); /* the user's ~/.editrc */
    el_set(editor.el, EL_BIND, "^C", "hermetic-interrupt", NULL);
    el_set(editor.el, EL_BIND, "\t", "hermetic-indent", NULL);
    el_set(editor.el, EL_BIND, "^R", "em-inc-search-prev", NULL);
    history(editor.history, &event, H_SETSIZE, HISTORY_LINES);
    history(editor.history, &event, H_SETUNIQUE, 1);
    editor.path = history_path();
    if (editor.path)
        history(editor.history, &event, H_LOAD, editor.path); /* there may be none yet */
}

void editor_remember(const char *line)
{
    HistEvent event;
    if (editor.history)
        history(editor.history, &event, H_ENTER, line);
}

void editor_close(void)
{
    HistEvent event;
    if (editor.history && editor.path) {
        os_make_parents(editor.path);
        history(editor.history, &event, H_SAVE, editor.path); /* best effort: a prompt without history is still one */
    }
    if (editor.el)
        el_end(editor.el); /* before its history */
    if (editor.history)
        history_end(editor.history);
    free(editor.path);
    memset(&editor, 0, sizeof editor);
}

enum line_result editor_read(const char *prompt, const char **text, size_t *len)
{
    if (!editor.el || !editor.history) {
        if (os_write(1, prompt, strlen(prompt)) != 0)
            return LINE_FAILED;
        return line_read(text, len);
    }
    int count = 0;
    editor.prompt = prompt;
    editor.interrupted = false;
    el_set(editor.el, EL_PREP_TERM, 1); /* before the prompt, so that no key is echoed twice */
    const char *line = el_gets(editor.el, &count);
    if (editor.interrupted)
        return LINE_INTERRUPT;
    if (!line || count <= 0)
        return count < 0 ? LINE_FAILED : LINE_END;
    *text = line;
    *len = (size_t)count - (line[count - 1] == '\n');
    return LINE_OK;
}
