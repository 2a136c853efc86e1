/* src/limits.c: fuel, time and cancelling.
 *
 * Fuel is handed to the guest in slices, so that the guest's own counting (a global that the instrumentation decrements)
 * brings us here about once a millisecond. Invariants: the total that is handed out never exceeds the limit, whatever
 * the slices; what was used is what was handed out less what is left, so a run that is cut at the limit is cut at the
 * same place on every machine. Time and the cancel flag are looked at here and at every start and resume, nowhere else.
 */
#include "clock.h"
#include "sandbox.h"

static uint64_t slice_of(const hermetic_sandbox *sb, uint64_t used)
{
    uint64_t left = sb->options.fuel - used;
    return left < HERMETIC__SLICE ? left : HERMETIC__SLICE;
}

uint64_t hermetic__limits_fuel_used(const hermetic_sandbox *sb)
{
    return sb->granted - (uint64_t)sb->instance.fuel;
}

static uint64_t wall_now(const hermetic_sandbox *sb, uint64_t now)
{
    return sb->wall_used + (now > sb->entered ? now - sb->entered : 0);
}

static void publish(hermetic_sandbox *sb, uint64_t fuel, uint64_t wall)
{
    atomic_store_explicit(&sb->peek_fuel, fuel, memory_order_relaxed);
    atomic_store_explicit(&sb->peek_wall, wall, memory_order_relaxed);
    atomic_store_explicit(&sb->peek_memory, hermetic__memory_size(&sb->instance.memory), memory_order_relaxed);
}

void hermetic__limits_begin(hermetic_sandbox *sb)
{
    sb->granted = slice_of(sb, 0);
    sb->instance.fuel = (int64_t)sb->granted;
    sb->fuel_used = 0;
    sb->wall_used = 0;
    sb->calls = 0;
}

void hermetic__limits_enter(hermetic_sandbox *sb)
{
    sb->entered = hermetic__clock_monotonic();
    sb->deadline = sb->entered + (sb->options.wall - sb->wall_used); /* wall_used <= wall: checked when leaving */
    sb->pause_at = sb->options.pause ? sb->entered + sb->options.pause : UINT64_MAX;
}

/* Also after the activation ended. A run that came back too late is over, even if only to wait for the host. */
void hermetic__limits_leave(hermetic_sandbox *sb)
{
    sb->left = hermetic__clock_monotonic();
    sb->wall_used = wall_now(sb, sb->left);
    sb->fuel_used = hermetic__limits_fuel_used(sb);
    publish(sb, sb->fuel_used, sb->wall_used);
}

/* Returns the time. */
static uint64_t slice(hermetic_sandbox *sb)
{
    uint64_t used = hermetic__limits_fuel_used(sb);
    if (sb->instance.fuel > (int64_t)HERMETIC__SLICE)
        hermetic__stop(sb, HERMETIC_E_PROTOCOL, 0, 0, "more fuel left than it was given");
    if (used > sb->options.fuel)
        hermetic__stop(sb, HERMETIC_E_FUEL, sb->options.fuel, used, NULL);
    if (atomic_load_explicit(&sb->cancel, memory_order_relaxed))
        hermetic__stop(sb, HERMETIC_E_CANCELLED, 0, 0, NULL);
    uint64_t now = hermetic__clock_monotonic();
    if (now > sb->deadline)
        hermetic__stop(sb, HERMETIC_E_WALL, sb->options.wall, wall_now(sb, now), NULL);
    publish(sb, used, wall_now(sb, now));
    uint64_t next = slice_of(sb, used);
    sb->granted = used + next;
    sb->instance.fuel = (int64_t)next;
    return now;
}

void hermetic__limits_slice(hermetic_sandbox *sb)
{
    slice(sb);
}

/* A replay makes no pauses: it runs inside hermetic_restore, up to the event that waited. */
void hermetic__limits_slice_or_pause(hermetic_sandbox *sb)
{
    if (slice(sb) < sb->pause_at || sb->journal.replaying)
        return;
    sb->waiting_for = HERMETIC_PAUSE;
    hermetic__fiber_suspend(&sb->instance.fiber);
}

_Noreturn void hermetic__stop(hermetic_sandbox *sb, int status, uint64_t limit, uint64_t used, const char *what)
{
    sb->stop = (struct hermetic__stop_note){status, limit, used, what};
    hermetic__fiber_kill(&sb->instance.fiber, HERMETIC__TRAP_LIBRARY);
}

void hermetic_cancel(hermetic_sandbox *sb)
{
    atomic_store_explicit(&sb->cancel, 1, memory_order_relaxed);
}

hermetic_usage hermetic_usage_peek(const hermetic_sandbox *constant)
{
    hermetic_sandbox *sb = (hermetic_sandbox *)(uintptr_t)constant; /* C11's atomic_load wants it without const */
    return (hermetic_usage){
        .fuel = atomic_load_explicit(&sb->peek_fuel, memory_order_relaxed),
        .wall = atomic_load_explicit(&sb->peek_wall, memory_order_relaxed),
        .memory = atomic_load_explicit(&sb->peek_memory, memory_order_relaxed),
    };
}

hermetic_usage hermetic_usage_of(const hermetic_sandbox *sb)
{
    if (hermetic__is_busy(sb))
        return hermetic_usage_peek(sb);
    return (hermetic_usage){
        .fuel = sb->fuel_used,
        .wall = sb->wall_used,
        .memory = hermetic__sandbox_memory(sb),
        .host_memory = hermetic__sandbox_host_bytes(sb),
        .output = sb->output,
        .output_cut = sb->output_cut,
        .calls = sb->calls,
    };
}
