/* cli/message.c: see message.h. */
#include "message.h"

#include "os.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void message(const char *format, ...)
{
    char line[2048] = "hermetic: ";
    size_t prefix = strlen(line);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line + prefix, sizeof line - prefix - 1, format, arguments); /* a longer one is cut */
    va_end(arguments);
    size_t len = strlen(line);
    line[len] = '\n';
    os_write(2, line, len + 1); /* nobody is left to tell when this fails */
}
