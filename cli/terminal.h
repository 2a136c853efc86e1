/* cli/terminal.h: makes a guest's output harmless to a terminal.
 *
 * Escape sequences can rename windows, fill the clipboard, hide what was written before, and make some terminals type
 * for the user. Only colours and styles (SGR: ESC [ ... m), line ends, tabs, backspace and bell get through; other
 * control characters are shown as ^X, and bytes that are not UTF-8, and C1 controls, as U+FFFD.
 */
#ifndef HERMETIC_CLI_TERMINAL_H
#define HERMETIC_CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

enum { TERMINAL_HELD = 32 };

/* Begins as all zero. A character or sequence may be split over calls: its beginning is held back. */
struct terminal_filter {
    unsigned char held[TERMINAL_HELD];
    size_t held_len;
    bool styled; /* a style was let through since terminal_finish */
};

/* What `len` bytes of input can become, the held ones included. */
#define TERMINAL_ROOM(len) (3 * ((len) + TERMINAL_HELD))

/* Filters `data` into `out` of TERMINAL_ROOM(len) bytes; the number of bytes written. */
size_t terminal_filter(struct terminal_filter *f, const void *data, size_t len, char *out);

/* The end: shows what is held and takes styles back. `out` has TERMINAL_ROOM(4) bytes. */
size_t terminal_finish(struct terminal_filter *f, char *out);

#endif
