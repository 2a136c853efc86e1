/* src/failure.c: what the newest failure was, in words. A message names the thing, the limit and the value. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sandbox.h"
#include "utf8.h"

static _Thread_local char create_error[HERMETIC__MESSAGE_MAX];

static void set(hermetic_sandbox *sb, int status, uint64_t limit, uint64_t used)
{
    sb->failure = (hermetic_failure){.status = status, .limit = limit, .used = used};
    sb->failure.message = (hermetic_bytes){(const uint8_t *)sb->message, strlen(sb->message)};
}

static void format_message(char *to, const char *format, va_list args)
{
    int len = vsnprintf(to, HERMETIC__MESSAGE_MAX, format, args);
    if (len < 0)
        *to = 0;
    if (len >= HERMETIC__MESSAGE_MAX) /* it was cut, anywhere */
        to[hermetic__utf8_whole((const uint8_t *)to, HERMETIC__MESSAGE_MAX - 1)] = 0;
}

int hermetic__fail(hermetic_sandbox *sb, int status, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    format_message(sb->message, format, args);
    va_end(args);
    set(sb, status, 0, 0);
    return status;
}

int hermetic__fail_limit(hermetic_sandbox *sb, int status, uint64_t limit, uint64_t used, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    format_message(sb->message, format, args);
    va_end(args);
    set(sb, status, limit, used);
    return status;
}

int hermetic__fail_create(int status, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    format_message(create_error, format, args);
    va_end(args);
    return status;
}

const char *hermetic_last_create_error(void)
{
    return create_error;
}

int hermetic__fail_state(hermetic_sandbox *sb, const char *function)
{
    const char *now = "is idle";
    if (sb->state == HERMETIC__WAITING)
        now = sb->waiting_for == HERMETIC_CALL    ? sb->answered ? "has its answer: resume it" : "waits at a call"
              : sb->waiting_for == HERMETIC_INPUT ? sb->answered ? "has its answer: resume it" : "waits at input()"
              : sb->waiting_for == HERMETIC_PAUSE ? "pauses: resume it"
                                                  : "waits at output: resume it";
    return hermetic__fail(sb, HERMETIC_E_STATE, "%s: the sandbox %s", function, now);
}

/* A stop that the library asked for. */
static int fail_stopped(hermetic_sandbox *sb)
{
    const struct hermetic__stop_note *s = &sb->stop;
    switch (s->status) {
    case HERMETIC_E_FUEL:
        return hermetic__fail_limit(sb, s->status, s->limit, s->used,
                                    "fuel limit: %" PRIu64 " units, used %" PRIu64, s->limit, s->used);
    case HERMETIC_E_WALL:
        return hermetic__fail_limit(sb, s->status, s->limit, s->used,
                                    "time limit: %" PRIu64 " ns, used %" PRIu64, s->limit, s->used);
    case HERMETIC_E_MEMORY:
        return hermetic__fail_limit(sb, s->status, s->limit, s->used,
                                    "memory limit: %" PRIu64 " bytes, asked for %" PRIu64, s->limit, s->used);
    case HERMETIC_E_OUTPUT:
        return hermetic__fail_limit(sb, s->status, s->limit, s->used,
                                    "output limit: %" PRIu64 " bytes, asked for %" PRIu64, s->limit, s->used);
    case HERMETIC_E_CALLS:
        return hermetic__fail_limit(sb, s->status, s->limit, s->used,
                                    "host call limit: %" PRIu64 ", asked for %" PRIu64, s->limit, s->used);
    case HERMETIC_E_TOO_BIG:
        return hermetic__fail_limit(sb, s->status, s->limit, s->used,
                                    "value limit: %" PRIu64 " bytes, %s has %" PRIu64, s->limit, s->what, s->used);
    case HERMETIC_E_GUEST_RANGE:
        return hermetic__fail(sb, s->status, "the guest named memory outside its own: %" PRIu64 " bytes at %" PRIu64,
                              s->used, s->limit);
    case HERMETIC_E_DENIED: {
        size_t len = hermetic__utf8_cut(sb->call_name.data, sb->call_name.len, 200);
        return hermetic__fail(sb, s->status, "not granted: the function %.*s", (int)len, (const char *)sb->call_name.data);
    }
    default:
        if (s->what)
            return hermetic__fail(sb, s->status, "%s: %s", hermetic_error_text(s->status), s->what);
        return hermetic__fail(sb, s->status, "%s", hermetic_error_text(s->status));
    }
}

int hermetic__fail_trap(hermetic_sandbox *sb, int trap)
{
    switch (trap) {
    case HERMETIC__TRAP_LIBRARY: return fail_stopped(sb);
    case HERMETIC__TRAP_STACK:
        return hermetic__fail_limit(sb, HERMETIC_E_RECURSION, sb->options.stack, sb->options.stack,
                                    "recursion limit: %" PRIu32 " bytes of native stack, all used", sb->options.stack);
    case HERMETIC__TRAP_HOST_MEMORY:
        return hermetic__fail(sb, HERMETIC_E_NOMEM, "out of memory in the host: an undo copy of guest memory");
    case HERMETIC__TRAP_MEMORY: return hermetic__fail(sb, HERMETIC_E_TRAP, "the guest faulted: access outside its memory");
    case HERMETIC__TRAP_INTEGER: return hermetic__fail(sb, HERMETIC_E_TRAP, "the guest faulted: integer operation");
    case HERMETIC__TRAP_UNREACHABLE: return hermetic__fail(sb, HERMETIC_E_TRAP, "the guest faulted: unreachable code");
    case HERMETIC__TRAP_CALL: return hermetic__fail(sb, HERMETIC_E_TRAP, "the guest faulted: bad indirect call");
    case HERMETIC__TRAP_THROW: return hermetic__fail(sb, HERMETIC_E_TRAP, "the guest faulted: exception without handler");
    default: return hermetic__fail(sb, HERMETIC_E_TRAP, "the guest faulted: trap %d", trap);
    }
}

int hermetic__fail_guest_error(hermetic_sandbox *sb)
{
    const struct hermetic__guest_error *g = &sb->guest_error;
    int status = g->exits ? HERMETIC_E_EXIT : HERMETIC_E_EXCEPTION;
    if (g->exits) {
        hermetic__fail(sb, status, "the guest called exit: %d", g->exit_code);
    } else {
        /* One line: up to the first line end of the text. */
        size_t line = 0;
        while (line < g->text.len && line < HERMETIC__MESSAGE_MAX && g->text.data[line] != '\n')
            line++;
        line = hermetic__utf8_cut(g->text.data, g->text.len, line);
        hermetic__fail(sb, status, "%.*s%s%.*s", (int)hermetic__utf8_cut(g->type.data, g->type.len, 100),
                       (const char *)g->type.data, line ? ": " : "", (int)line, (const char *)g->text.data);
    }
    sb->failure.type = g->type;
    sb->failure.text = g->text;
    sb->failure.traceback = g->traceback;
    sb->failure.frames = g->frames;
    sb->failure.exit_code = g->exit_code;
    return status;
}

hermetic_failure hermetic_failure_of(const hermetic_sandbox *sb)
{
    if (hermetic__is_busy(sb))
        return (hermetic_failure){.status = HERMETIC_E_BUSY};
    return sb->failure;
}
