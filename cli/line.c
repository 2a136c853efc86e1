/* cli/line.c: line_read, over a buffer of its own: stdio would restart a read that Ctrl-C interrupts. */
#include "line.h"

#include "os.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct {
    char *data;
    size_t start, end, capacity; /* bytes read and not yet handed out: data[start] to data[end - 1] */
    bool ended;
} input;

/* Room for at least one more byte. The line so far, from `start`, moves to the front first. */
static bool make_room(void)
{
    if (input.start > 0) {
        memmove(input.data, input.data + input.start, input.end - input.start);
        input.end -= input.start;
        input.start = 0;
    }
    if (input.end < input.capacity)
        return true;
    size_t capacity = input.capacity ? input.capacity * 2 : 4096;
    char *data = realloc(input.data, capacity);
    if (!data)
        return false;
    input.data = data;
    input.capacity = capacity;
    return true;
}

static void take(const char **text, size_t *len, size_t line, size_t with_end)
{
    *text = input.data + input.start;
    *len = line > 0 && with_end > line && (*text)[line - 1] == '\r' ? line - 1 : line;
    input.start += with_end;
}

enum line_result line_read(const char **text, size_t *len)
{
    size_t seen = 0; /* bytes of the line that have no newline among them */
    for (;;) {
        size_t have = input.end - input.start;
        char *newline = have > seen ? memchr(input.data + input.start + seen, '\n', have - seen) : NULL;
        if (newline) {
            size_t line = (size_t)(newline - (input.data + input.start));
            take(text, len, line, line + 1);
            return LINE_OK;
        }
        seen = have;
        if (have >= LINE_MAX_BYTES || (input.ended && have > 0)) {
            take(text, len, have, have);
            return LINE_OK;
        }
        if (input.ended) {
            input.ended = false; /* at a terminal, Ctrl-D ends one read, not all */
            return LINE_END;
        }
        size_t got = 0;
        if (!make_room())
            return LINE_FAILED;
        int error = os_read(0, input.data + input.end, input.capacity - input.end, &got);
        if (error == EINTR) {
            input.start = input.end = 0; /* what was typed before Ctrl-C is dropped */
            return LINE_INTERRUPT;
        }
        if (error)
            return LINE_FAILED;
        input.ended = got == 0;
        input.end += got;
    }
}
