/* cli/output.c: see output.h. Whatever reaches a terminal tells progress.c, whose line must not mix with it. */
#include "output.h"

#include "os.h"
#include "progress.h"

void output_open(struct output *out, int fd, bool raw)
{
    *out = (struct output){ .fd = fd, .terminal = os_is_terminal(fd) };
    out->filtered = out->terminal && !raw;
}

static int write_terminal(struct output *out, const char *data, size_t len)
{
    if (len == 0)
        return 0;
    progress_pause();
    int error = os_write(out->fd, data, len);
    progress_resume(data[len - 1] == '\n');
    return error;
}

int output_write(struct output *out, const void *data, size_t len)
{
    enum { CHUNK = 4096 };
    char room[TERMINAL_ROOM(CHUNK)];
    const char *at = data;
    int error = 0;
    if (!out->terminal)
        return os_write(out->fd, data, len);
    if (!out->filtered)
        return write_terminal(out, data, len);
    while (len > 0 && !error) {
        size_t part = len < CHUNK ? len : CHUNK;
        error = write_terminal(out, room, terminal_filter(&out->filter, at, part, room));
        at += part;
        len -= part;
    }
    return error;
}

int output_finish(struct output *out, bool line)
{
    char room[TERMINAL_ROOM(4)];
    if (!out->terminal)
        return 0;
    bool at_line_start = progress_at_line_start() && out->filter.held_len == 0;
    size_t len = out->filtered ? terminal_finish(&out->filter, room) : 0;
    if (line && !at_line_start)
        room[len++] = '\n';
    if (len == 0)
        return 0;
    progress_pause();
    int error = os_write(out->fd, room, len);
    progress_resume(at_line_start || line);
    return error;
}
