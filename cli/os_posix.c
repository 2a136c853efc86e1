/* cli/os_posix.c: see os.h. Linux, macOS and other POSIX systems. */
#if defined(__APPLE__)
#define _DARWIN_C_SOURCE
#else
#define _POSIX_C_SOURCE 200809L
#define _XOPEN_SOURCE 700
#endif

#include "os.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int os_start(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    struct sigaction ignore = { .sa_handler = SIG_IGN };
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGXFSZ, &ignore, NULL); /* a file over the size limit of the process is an error of os_write as well */
    return 0;
}

bool os_is_terminal(int fd)
{
    return isatty(fd) == 1;
}

uint64_t os_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

const char *os_error_text(int error)
{
    return strerror(error);
}

/* ---- Ctrl-C ------------------------------------------------------------------------------------------------------ */

static void (*interrupt_handler)(void);
static volatile sig_atomic_t interrupts;

static void on_sigint(int signal)
{
    (void)signal;
    int saved = errno;
    interrupts = 1;
    interrupt_handler();
    errno = saved;
}

void os_on_interrupt(void (*handler)(void))
{
    interrupt_handler = handler;
    /* No SA_RESTART: a read or write that waits must return. */
    struct sigaction action = { .sa_handler = on_sigint };
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
}

bool os_interrupted(void)
{
    return interrupts != 0;
}

void os_forget_interrupt(void)
{
    interrupts = 0;
}

/* Other signals (a resized window, a stopped job) interrupt calls too; those go on. */
static bool goes_on(void)
{
    return errno == EINTR && !interrupts;
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

int os_read(int fd, void *data, size_t len, size_t *got)
{
    while (!interrupts) {
        ssize_t n = read(fd, data, len);
        if (n >= 0) {
            *got = (size_t)n;
            return 0;
        }
        if (!goes_on())
            return errno;
    }
    return EINTR;
}

int os_write(int fd, const void *data, size_t len)
{
    const char *at = data;
    while (len > 0) {
        ssize_t n = write(fd, at, len);
        if (n >= 0) {
            at += n;
            len -= (size_t)n;
        } else if (!goes_on()) {
            return errno;
        }
    }
    return 0;
}

int os_read_file(const char *path, char **data, size_t *len)
{
    bool standard_input = strcmp(path, "-") == 0;
    int fd = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    struct stat info;
    size_t used = 0, capacity = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) ? (size_t)info.st_size + 2 : 4096;
    char *text = malloc(capacity);
    int error = text ? 0 : ENOMEM;
    while (!error) {
        size_t got = 0;
        if (capacity - used < 2) {
            char *grown = capacity > SIZE_MAX / 2 ? NULL : realloc(text, capacity * 2);
            if (!grown) {
                error = ENOMEM;
                break;
            }
            text = grown;
            capacity *= 2;
        }
        error = os_read(fd, text + used, capacity - used - 1, &got);
        if (error || got == 0)
            break;
        used += got;
    }
    if (!standard_input)
        close(fd);
    if (error) {
        free(text);
        return error;
    }
    text[used] = 0;
    *data = text;
    *len = used;
    return 0;
}

/* The folder's entry of the file must reach the disk as well. Best effort: some file systems cannot, and the data is
 * safe either way. */
static void sync_parent(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : strdup(".");
    int fd = folder ? open(folder, O_RDONLY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

static int write_in_place(const char *path, const void *data, size_t len)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return errno;
    int error = os_write(fd, data, len);
    if (close(fd) < 0 && !error)
        error = errno;
    return error;
}

int os_replace_file(const char *path, const void *data, size_t len)
{
    struct stat old;
    bool exists = stat(path, &old) == 0;
    if (exists && S_ISDIR(old.st_mode))
        return EISDIR;
    if (exists && !S_ISREG(old.st_mode))
        return write_in_place(path, data, len); /* a device or a pipe has nothing to keep whole */
    /* Through a symbolic link: the link stays, its target is replaced. */
    char *target = exists ? realpath(path, NULL) : strdup(path);
    char *temporary = target ? malloc(strlen(target) + sizeof ".XXXXXX") : NULL;
    int error = temporary ? 0 : errno ? errno : ENOMEM;
    if (!error) {
        strcpy(temporary, target);
        strcat(temporary, ".XXXXXX");
        int fd = mkstemp(temporary); /* mode 0600 */
        error = fd < 0 ? errno : 0;
        if (!error) {
            if (exists && fchmod(fd, old.st_mode & 0777) < 0)
                error = errno;
            if (!error)
                error = os_write(fd, data, len);
            if (!error && fsync(fd) < 0)
                error = errno;
            if (close(fd) < 0 && !error)
                error = errno;
            if (!error && rename(temporary, target) < 0)
                error = errno;
            if (error)
                unlink(temporary);
            else
                sync_parent(target);
        }
    }
    free(temporary);
    free(target);
    return error;
}

void os_make_parents(const char *path)
{
    char *copy = strdup(path);
    for (char *p = copy; p && *p; p++)
        if (*p == '/' && p != copy) {
            *p = 0;
            mkdir(copy, 0700); /* it may exist; what is missing in the end shows when the file is opened */
            *p = '/';
        }
    free(copy);
}

/* ---- the ticker -------------------------------------------------------------------------------------------------- */

static struct {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool running, stopping;
    uint64_t delay, period;
    void (*tick)(void *context);
    void *context;
} ticker = { .lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER };

void os_lock(void)
{
    pthread_mutex_lock(&ticker.lock);
}

void os_unlock(void)
{
    pthread_mutex_unlock(&ticker.lock);
}

/* The wall clock may jump, which makes one tick early or late: this is for display alone. (A monotonic condition
 * variable is not to be had on macOS.) */
static struct timespec after(uint64_t ns)
{
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at);
    ns += (uint64_t)at.tv_nsec;
    at.tv_sec += (time_t)(ns / 1000000000);
    at.tv_nsec = (long)(ns % 1000000000);
    return at;
}

static void *tick_thread(void *unused)
{
    (void)unused;
    os_lock();
    uint64_t wait = ticker.delay;
    while (!ticker.stopping) {
        struct timespec until = after(wait);
        if (pthread_cond_timedwait(&ticker.wake, &ticker.lock, &until) != ETIMEDOUT || ticker.stopping)
            continue;
        ticker.tick(ticker.context);
        wait = ticker.period;
    }
    os_unlock();
    return NULL;
}

void os_ticker_start(uint64_t delay, uint64_t period, void (*tick)(void *context), void *context)
{
    ticker.stopping = false;
    ticker.delay = delay;
    ticker.period = period;
    ticker.tick = tick;
    ticker.context = context;
    /* Signals are for the main thread, whose calls they are to interrupt. */
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    ticker.running = pthread_create(&ticker.thread, NULL, tick_thread, NULL) == 0;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
}

void os_ticker_stop(void)
{
    if (!ticker.running)
        return;
    os_lock();
    ticker.stopping = true;
    pthread_cond_signal(&ticker.wake);
    os_unlock();
    pthread_join(ticker.thread, NULL);
    ticker.running = false;
}
