/* cli/os_windows.c: see os.h. */
#define WIN32_LEAN_AND_MEAN
#include "os.h"

#include <windows.h>
#include <shellapi.h>

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <wchar.h>

static wchar_t *widen(const char *text)
{
    int len = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, NULL, 0);
    wchar_t *wide = len > 0 ? malloc((size_t)len * sizeof *wide) : NULL;
    if (wide)
        MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, wide, len);
    return wide;
}

static char *narrow(const wchar_t *wide)
{
    int len = WideCharToMultiByte(CP_UTF8, 0, wide, -1, NULL, 0, NULL, NULL);
    char *text = len > 0 ? malloc((size_t)len) : NULL;
    if (text)
        WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, len, NULL, NULL);
    return text;
}

int os_start(int *argc, char ***argv)
{
    int count;
    wchar_t **wide = CommandLineToArgvW(GetCommandLineW(), &count);
    char **args = wide ? calloc((size_t)count + 1, sizeof *args) : NULL;
    if (!args)
        return ENOMEM;
    for (int i = 0; i < count; i++)
        if (!(args[i] = narrow(wide[i])))
            return ENOMEM;
    LocalFree(wide);
    *argc = count;
    *argv = args;
    SetConsoleOutputCP(CP_UTF8);
    SetConsoleCP(CP_UTF8);
    for (int fd = 0; fd <= 2; fd++)
        _setmode(fd, _O_BINARY);
    return 0;
}

bool os_is_terminal(int fd)
{
    /* _isatty is true for NUL as well. */
    DWORD mode;
    return _isatty(fd) && GetConsoleMode((HANDLE)_get_osfhandle(fd), &mode);
}

uint64_t os_clock(void)
{
    LARGE_INTEGER count, frequency;
    QueryPerformanceCounter(&count);
    QueryPerformanceFrequency(&frequency);
    uint64_t whole = (uint64_t)count.QuadPart / (uint64_t)frequency.QuadPart;
    uint64_t rest = (uint64_t)count.QuadPart % (uint64_t)frequency.QuadPart;
    return whole * 1000000000 + rest * 1000000000 / (uint64_t)frequency.QuadPart;
}

const char *os_error_text(int error)
{
    return strerror(error);
}

/* ---- Ctrl-C ------------------------------------------------------------------------------------------------------ */

static void (*interrupt_handler)(void);
static volatile LONG interrupts;

static BOOL WINAPI on_control(DWORD event)
{
    if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT)
        return FALSE;
    InterlockedExchange(&interrupts, 1);
    interrupt_handler();
    return TRUE;
}

void os_on_interrupt(void (*handler)(void))
{
    interrupt_handler = handler;
    SetConsoleCtrlHandler(on_control, TRUE);
}

bool os_interrupted(void)
{
    return interrupts != 0;
}

void os_forget_interrupt(void)
{
    InterlockedExchange(&interrupts, 0);
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

int os_read(int fd, void *data, size_t len, size_t *got)
{
    if (interrupts)
        return EINTR;
    int n = _read(fd, data, len > INT_MAX ? INT_MAX : (unsigned)len);
    if (n < 0)
        return errno;
    /* Ctrl-C ends a console read as if the input had ended; the control handler may run a moment later. */
    if (n == 0 && os_is_terminal(fd)) {
        Sleep(20);
        if (interrupts)
            return EINTR;
    }
    *got = (size_t)n;
    return 0;
}

int os_write(int fd, const void *data, size_t len)
{
    const char *at = data;
    while (len > 0) {
        int n = _write(fd, at, len > INT_MAX ? INT_MAX : (unsigned)len);
        if (n < 0)
            return errno == EINVAL ? EPIPE : errno; /* what the C runtime says of a closed pipe */
        at += n;
        len -= (size_t)n;
    }
    return 0;
}

int os_read_file(const char *path, char **data, size_t *len)
{
    bool standard_input = strcmp(path, "-") == 0;
    wchar_t *wide = standard_input ? NULL : widen(path);
    int fd = standard_input ? 0 : wide ? _wopen(wide, _O_RDONLY | _O_BINARY | _O_NOINHERIT) : -1;
    int error = fd < 0 ? errno ? errno : EINVAL : 0;
    size_t used = 0, capacity = 65536;
    char *text = error ? NULL : malloc(capacity);
    free(wide);
    if (!error && !text)
        error = ENOMEM;
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
    if (!standard_input && fd >= 0)
        _close(fd);
    if (error) {
        free(text);
        return error;
    }
    text[used] = 0;
    *data = text;
    *len = used;
    return 0;
}

int os_replace_file(const char *path, const void *data, size_t len)
{
    wchar_t *target = widen(path);
    wchar_t *temporary = target ? malloc((wcslen(target) + sizeof ".hermetic-new") * sizeof *target) : NULL;
    int error = temporary ? 0 : ENOMEM;
    if (!error) {
        wcscpy(temporary, target);
        wcscat(temporary, L".hermetic-new");
        int fd = _wopen(temporary, _O_WRONLY | _O_CREAT | _O_TRUNC | _O_BINARY | _O_NOINHERIT, _S_IREAD | _S_IWRITE);
        error = fd < 0 ? errno : os_write(fd, data, len);
        if (!error && _commit(fd) < 0)
            error = errno;
        if (fd >= 0 && _close(fd) < 0 && !error)
            error = errno;
        if (!error && !MoveFileExW(temporary, target, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH))
            error = EACCES;
        if (error && fd >= 0)
            DeleteFileW(temporary);
    }
    free(temporary);
    free(target);
    return error;
}

void os_make_parents(const char *path)
{
    wchar_t *wide = widen(path);
    for (wchar_t *p = wide; p && *p; p++)
        if ((*p == L'/' || *p == L'\\') && p != wide) {
            wchar_t separator = *p;
            *p = 0;
            CreateDirectoryW(wide, NULL);
            *p = separator;
        }
    free(wide);
}

/* ---- the ticker -------------------------------------------------------------------------------------------------- */

static struct {
    HANDLE thread, stop;
    SRWLOCK lock;
    uint64_t delay, period;
    void (*tick)(void *context);
    void *context;
} ticker = { .lock = SRWLOCK_INIT };

void os_lock(void)
{
    AcquireSRWLockExclusive(&ticker.lock);
}

void os_unlock(void)
{
    ReleaseSRWLockExclusive(&ticker.lock);
}

static DWORD WINAPI tick_thread(void *unused)
{
    (void)unused;
    uint64_t wait = ticker.delay;
    while (WaitForSingleObject(ticker.stop, (DWORD)(wait / 1000000)) == WAIT_TIMEOUT) {
        os_lock();
        ticker.tick(ticker.context);
        os_unlock();
        wait = ticker.period;
    }
    return 0;
}

void os_ticker_start(uint64_t delay, uint64_t period, void (*tick)(void *context), void *context)
{
    ticker.delay = delay;
    ticker.period = period;
    ticker.tick = tick;
    ticker.context = context;
    ticker.stop = CreateEventW(NULL, TRUE, FALSE, NULL);
    ticker.thread = ticker.stop ? CreateThread(NULL, 0, tick_thread, NULL, 0, NULL) : NULL;
}

void os_ticker_stop(void)
{
    if (ticker.thread) {
        SetEvent(ticker.stop);
        WaitForSingleObject(ticker.thread, INFINITE);
        CloseHandle(ticker.thread);
    }
    if (ticker.stop)
        CloseHandle(ticker.stop);
    ticker.thread = ticker.stop = NULL;
}
