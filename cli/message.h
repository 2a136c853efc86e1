/* cli/message.h: what the command itself says on standard error: one line, "hermetic: ...". */
#ifndef HERMETIC_CLI_MESSAGE_H
#define HERMETIC_CLI_MESSAGE_H

#if defined(__GNUC__)
#define MESSAGE_FORMAT __attribute__((format(printf, 1, 2)))
#else
#define MESSAGE_FORMAT
#endif

/* The text must come from the user or the command; what a guest wrote goes through output.h. */
void message(const char *format, ...) MESSAGE_FORMAT;

#endif
