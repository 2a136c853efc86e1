/* cli/os.h: all that the command asks of the operating system; os_posix.c and os_windows.c are the two answers.
 *
 * Errors are errno values (0: none), for os_error_text.
 */
#ifndef HERMETIC_CLI_OS_H
#define HERMETIC_CLI_OS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Once, first: UTF-8 arguments and console, no text mode, no SIGPIPE (a closed pipe is an error of os_write). May
 * replace *argc and *argv. */
int os_start(int *argc, char ***argv);

bool os_is_terminal(int fd);

/* Monotonic, in ns. */
uint64_t os_clock(void);

/* One read of at most `len` bytes; *got is 0 at the end. EINTR when Ctrl-C came meanwhile. */
int os_read(int fd, void *data, size_t len, size_t *got);

/* Writes everything. EINTR when Ctrl-C came while it waited. */
int os_write(int fd, const void *data, size_t len);

/* A whole file ("-": the rest of standard input), with a NUL after it; to free with free(). */
int os_read_file(const char *path, char **data, size_t *len);

/* Puts a file in place of whatever `path` names, in one step: after a failure, a crash or a full disk, the old file is
 * whole. A new file can be read by its owner alone. */
int os_replace_file(const char *path, const void *data, size_t len);

/* Makes the folders above `path`, for its owner alone. */
void os_make_parents(const char *path);

/* `handler` is called at each Ctrl-C, on any thread or in a signal handler. From then on os_interrupted is true, and
 * os_read fails at once, until os_forget_interrupt. */
void os_on_interrupt(void (*handler)(void));
bool os_interrupted(void);
void os_forget_interrupt(void);

/* `tick` is called on a thread of its own every `period` ns, first after `delay` ns, until os_ticker_stop, which waits
 * for it. At most one ticker at a time. The lock is for what `tick` shares with the caller of start and stop. Where
 * threads cannot be had, nothing ticks. */
void os_ticker_start(uint64_t delay, uint64_t period, void (*tick)(void *context), void *context);
void os_ticker_stop(void);
void os_lock(void);
void os_unlock(void);

const char *os_error_text(int error);

#endif
