/* cli/editor_plain.c: the editor of line.h where libedit is not to be had. The terminal's own editing serves. */
#include "line.h"

#include "os.h"

#include <string.h>

void editor_open(void)
{
}

void editor_remember(const char *line)
{
    (void)line;
}

void editor_close(void)
{
}

enum line_result editor_read(const char *prompt, const char **text, size_t *len)
{
    if (os_write(1, prompt, strlen(prompt)) != 0)
        return LINE_FAILED;
    return line_read(text, len);
}
