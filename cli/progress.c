/* cli/progress.c: see progress.h.
 *
 * The main thread is inside the guest, so the line is drawn by the ticker's thread. All state is under os_lock, which
 * the ticker holds while it draws; of the sandbox it touches hermetic_usage_peek alone, which any thread may call.
 */
#include "progress.h"

#include "os.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static struct {
    const hermetic_sandbox *sb;
    uint64_t began;
    bool active;        /* between start and stop, with a terminal to draw on */
    bool drawn;
    int paused;         /* how many ask for it */
    bool mid_line;      /* other text stands in the terminal's current line */
} progress;

static const uint64_t first = 1000000000, period = 200000000;

static void erase(void)
{
    if (progress.drawn)
        os_write(2, "\r\x1b[K", 4);
    progress.drawn = false;
}

static void draw(void *unused)
{
    (void)unused;
    char line[128];
    if (progress.paused || progress.mid_line)
        return;
    hermetic_usage usage = hermetic_usage_peek(progress.sb);
    uint64_t elapsed = os_clock() - progress.began;
    snprintf(line, sizeof line, "\r\x1b[Krunning: %" PRIu64 ".%" PRIu64 " s, fuel %.2fG, memory %.1fM",
             elapsed / 1000000000, elapsed / 100000000 % 10, (double)usage.fuel / 1e9,
             (double)usage.memory / 1048576);
    os_write(2, line, strlen(line));
    progress.drawn = true;
}

void progress_start(const hermetic_sandbox *sb)
{
    if (!os_is_terminal(2))
        return;
    progress.sb = sb;
    progress.began = os_clock();
    progress.active = true;
    os_ticker_start(first, period, draw, NULL);
}

void progress_stop(void)
{
    if (!progress.active)
        return;
    os_ticker_stop();
    erase();
    progress.active = false;
}

void progress_pause(void)
{
    os_lock();
    erase();
    progress.paused++;
    os_unlock();
}

void progress_resume(bool at_line_start)
{
    os_lock();
    progress.mid_line = !at_line_start;
    progress.paused--;
    os_unlock();
}

bool progress_at_line_start(void)
{
    os_lock();
    bool result = !progress.mid_line;
    os_unlock();
    return result;
}
