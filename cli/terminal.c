/* cli/terminal.c: see terminal.h. */
#include "terminal.h"

#include "utf8.h"

#include <string.h>

enum { ESCAPE = 0x1b };

static char *put(char *out, const void *data, size_t len)
{
    memcpy(out, data, len);
    return out + len;
}

static char *show_control(char *out, unsigned char c)
{
    *out++ = '^';
    *out++ = (char)(c ^ 0x40);
    return out;
}

static char *show_invalid(char *out)
{
    return put(out, "\xef\xbf\xbd", 3);
}

/* How many bytes a character that begins with `c` has; 1 for what cannot begin one. */
static size_t expected_length(unsigned char c)
{
    return c < 0xc2 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 1;
}

static char *filter_byte(struct terminal_filter *f, unsigned char c, char *out);

/* What is held is not a sequence that may pass: shows it. */
static char *release(struct terminal_filter *f, char *out)
{
    unsigned char held[TERMINAL_HELD];
    size_t len = f->held_len;
    memcpy(held, f->held, len);
    f->held_len = 0;
    if (len && held[0] == ESCAPE) {
        out = show_control(out, ESCAPE);
        return put(out, held + 1, len - 1); /* '[' and parameters: printable */
    }
    for (size_t i = 0; i < len; i++)
        out = show_invalid(out);
    return out;
}

static char *filter_escape(struct terminal_filter *f, unsigned char c, char *out)
{
    bool fits = f->held_len < TERMINAL_HELD;
    if (f->held_len == 1 ? c == '[' : fits && ((c >= '0' && c <= '9') || c == ';' || c == ':')) {
        f->held[f->held_len++] = c;
        return out;
    }
    if (f->held_len > 1 && c == 'm') {
        out = put(out, f->held, f->held_len);
        *out++ = 'm';
        f->held_len = 0;
        f->styled = true;
        return out;
    }
    return filter_byte(f, c, release(f, out));
}

static char *filter_utf8(struct terminal_filter *f, unsigned char c, char *out)
{
    if (f->held_len && (c & 0xc0) != 0x80)
        return filter_byte(f, c, release(f, out));
    f->held[f->held_len++] = c;
    if (f->held_len < expected_length(f->held[0]))
        return out;
    bool c1 = f->held[0] == 0xc2 && c < 0xa0;
    if (c1 || utf8_length(f->held, f->held + f->held_len) != f->held_len)
        out = c1 ? show_invalid(out) : release(f, out);
    else
        out = put(out, f->held, f->held_len);
    f->held_len = 0;
    return out;
}

static char *filter_byte(struct terminal_filter *f, unsigned char c, char *out)
{
    if (f->held_len && f->held[0] == ESCAPE)
        return filter_escape(f, c, out);
    if (f->held_len || c >= 0x80)
        return filter_utf8(f, c, out);
    if (c == ESCAPE) {
        f->held[f->held_len++] = c;
        return out;
    }
    if ((c < 0x20 && !memchr("\n\r\t\b\a", c, 5)) || c == 0x7f)
        return show_control(out, c);
    *out++ = (char)c;
    return out;
}

size_t terminal_filter(struct terminal_filter *f, const void *data, size_t len, char *out)
{
    const unsigned char *bytes = data;
    char *at = out;
    for (size_t i = 0; i < len; i++)
        at = filter_byte(f, bytes[i], at);
    return (size_t)(at - out);
}

size_t terminal_finish(struct terminal_filter *f, char *out)
{
    char *at = release(f, out);
    if (f->styled)
        at = put(at, "\x1b[0m", 4);
    f->styled = false;
    return (size_t)(at - out);
}
