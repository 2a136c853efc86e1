/* src/run.c: one run, from request to outcome.
 *
 * A run is a transaction on everything that a sandbox keeps: linear memory, granted names, the virtual clock, the place
 * in the sequence of random numbers. DONE, a guest's exception and exit commit; everything else rolls back. Invariant:
 * whenever the state is IDLE, no transaction is open and no frame of the guest's exists.
 */
#include <string.h>

#include "cbor.h"
#include "sandbox.h"
#include "snapshot.h"
#include "utf8.h"

/* ---- the ends of a run ---- */

static void commit(hermetic_sandbox *sb)
{
    hermetic__memory_commit(&sb->instance.memory);
    sb->clock_elapsed += sb->fuel_used;
    sb->state = HERMETIC__IDLE;
}

static void rollback(hermetic_sandbox *sb)
{
    hermetic__memory_rollback(&sb->instance.memory);
    bool discard = sb->options.flags & HERMETIC_DISCARD_ON_LIMIT; /* memory is the image's again, not what it was before */
    sb->clock_elapsed = discard ? 0 : sb->begin_clock;
    sb->draws = discard ? 0 : sb->begin_draws;
    hermetic__grants_cut(&sb->grants, discard ? 0 : sb->begin_grants);
    sb->state = HERMETIC__IDLE;
}

void hermetic__run_drop(hermetic_sandbox *sb)
{
    hermetic__fiber_drop(&sb->instance.fiber);
    rollback(sb);
}

void hermetic__run_forget(hermetic_sandbox *sb)
{
    sb->done = false;
    sb->outcome = 0;
    sb->answered = sb->answer_error = false;
    sb->payload.len = 0;
    sb->streams[0].len = sb->streams[1].len = 0;
    sb->output = sb->output_cut = 0;
}

/* ---- into the guest and out again ---- */

static void entry(void *arg)
{
    hermetic_sandbox *sb = arg;
    sb->instance.code->run(&sb->instance, (uint32_t)sb->pending.len);
}

static int returned(hermetic_sandbox *sb)
{
    switch (sb->outcome) {
    case HERMETIC__EVENT_RESULT:
    case HERMETIC__EVENT_OPAQUE:
        commit(sb);
        sb->done = true;
        return HERMETIC_DONE;
    case HERMETIC__EVENT_ERROR:
        commit(sb);
        return hermetic__fail_guest_error(sb);
    default:
        rollback(sb);
        return hermetic__fail(sb, HERMETIC_E_PROTOCOL, "the guest broke the protocol: it returned without an outcome");
    }
}

static int activate(hermetic_sandbox *sb, bool first)
{
    struct hermetic__fiber *fiber = &sb->instance.fiber;
    sb->state = HERMETIC__RUNNING;
    hermetic__limits_enter(sb);
    enum hermetic__stop stop = first ? hermetic__fiber_start(fiber, entry, sb) : hermetic__fiber_resume(fiber, sb->entered - sb->left);
    hermetic__limits_leave(sb);
    if (stop == HERMETIC__STOP_RETURN)
        return returned(sb);
    if (stop == HERMETIC__STOP_TRAP) {
        rollback(sb);
        return hermetic__fail_trap(sb, hermetic__fiber_trap(fiber));
    }
    sb->state = HERMETIC__WAITING;
    sb->answered = sb->answer_error = false;
    if (sb->wall_used > sb->options.wall) { /* late, between two looks at the clock */
        hermetic__run_drop(sb);
        sb->stop = (struct hermetic__stop_note){HERMETIC_E_WALL, sb->options.wall, sb->wall_used, NULL};
        return hermetic__fail_trap(sb, HERMETIC__TRAP_LIBRARY);
    }
    return sb->waiting_for;
}

int hermetic__run_begin(hermetic_sandbox *sb)
{
    int status = hermetic__instance_begin(&sb->instance, !(sb->options.flags & HERMETIC_DISCARD_ON_LIMIT));
    if (status < 0)
        return hermetic__fail(sb, status, "%s: a run cannot begin", hermetic_error_text(status));
    atomic_store_explicit(&sb->cancel, 0, memory_order_relaxed);
    hermetic__run_forget(sb);
    sb->begin_clock = sb->clock_elapsed;
    sb->begin_draws = sb->draws;
    sb->instance.stack_pointer = sb->instance.memory.image->stack_pointer;
    hermetic__limits_begin(sb);
    return activate(sb, true);
}

/* ---- the public calls ---- */

static bool may_start(hermetic_sandbox *sb, const char *function, int *status)
{
    if (!hermetic__enter(sb)) {
        *status = HERMETIC_E_BUSY;
        return false;
    }
    sb->failure.status = 0;
    if (sb->state != HERMETIC__IDLE) {
        *status = hermetic__leave(sb, hermetic__fail_state(sb, function));
        return false;
    }
    return true;
}

/* With the request built (or the failure to do so): journal, grants, run. */
static int begin_request(hermetic_sandbox *sb, int status, hermetic_bytes functions)
{
    if (status < 0)
        return status;
    if ((status = hermetic__park_unpack(sb)) < 0)
        return hermetic__fail(sb, status, "%s: a parked sandbox", hermetic_error_text(status));
    sb->begin_grants = sb->grants.count;
    hermetic__journal_clear(&sb->journal);
    if (sb->options.flags & HERMETIC_JOURNAL)
        hermetic__snapshot_journal_begin(sb);
    status = hermetic__request_grant(sb, functions);
    if (status == 0) {
        status = hermetic__run_begin(sb);
        if (status >= 0 || sb->state == HERMETIC__IDLE)
            return status;
    }
    hermetic__grants_cut(&sb->grants, sb->begin_grants);
    return status;
}

int hermetic_start(hermetic_sandbox *sb, const char *code, size_t len, const hermetic_run_options *options)
{
    int status;
    if (!sb)
        return HERMETIC_E_INVALID;
    if (!may_start(sb, "hermetic_start", &status))
        return status;
    status = hermetic__request_exec(sb, code, len, options);
    return hermetic__leave(sb, begin_request(sb, status, options ? options->functions : (hermetic_bytes){NULL, 0}));
}

int hermetic_start_call(hermetic_sandbox *sb, const char *name, hermetic_bytes args, hermetic_bytes kwargs)
{
    int status;
    if (!sb)
        return HERMETIC_E_INVALID;
    if (!may_start(sb, "hermetic_start_call", &status))
        return status;
    status = hermetic__request_call(sb, name, args, kwargs);
    return hermetic__leave(sb, begin_request(sb, status, (hermetic_bytes){NULL, 0}));
}

int hermetic_start_get(hermetic_sandbox *sb, const char *name)
{
    int status;
    if (!sb)
        return HERMETIC_E_INVALID;
    if (!may_start(sb, "hermetic_start_get", &status))
        return status;
    status = hermetic__request_get(sb, name);
    return hermetic__leave(sb, begin_request(sb, status, (hermetic_bytes){NULL, 0}));
}

int hermetic_start_set(hermetic_sandbox *sb, hermetic_bytes values)
{
    int status;
    if (!sb)
        return HERMETIC_E_INVALID;
    if (!may_start(sb, "hermetic_start_set", &status))
        return status;
    status = hermetic__request_set(sb, values);
    return hermetic__leave(sb, begin_request(sb, status, (hermetic_bytes){NULL, 0}));
}

static bool wants_answer(const hermetic_sandbox *sb)
{
    return sb->waiting_for == HERMETIC_CALL || sb->waiting_for == HERMETIC_INPUT;
}

static bool may_answer(const hermetic_sandbox *sb)
{
    return sb->state == HERMETIC__WAITING && wants_answer(sb) && !sb->answered;
}

static int resume(hermetic_sandbox *sb)
{
    sb->failure.status = 0;
    if (sb->state != HERMETIC__WAITING)
        return hermetic__fail_state(sb, "hermetic_resume");
    if (atomic_load_explicit(&sb->cancel, memory_order_relaxed)) { /* also without an answer */
        hermetic__run_drop(sb);
        return hermetic__fail(sb, HERMETIC_E_CANCELLED, "cancelled");
    }
    if (wants_answer(sb) && !sb->answered)
        return hermetic__fail_state(sb, "hermetic_resume");
    if (wants_answer(sb))
        hermetic__journal_record(&sb->journal, sb->event_digest, sb->answer_error, sb->pending.data, sb->pending.len);
    return activate(sb, false);
}

int hermetic_resume(hermetic_sandbox *sb)
{
    if (!sb)
        return HERMETIC_E_INVALID;
    if (!hermetic__enter(sb))
        return HERMETIC_E_BUSY;
    return hermetic__leave(sb, resume(sb));
}

int hermetic_abandon(hermetic_sandbox *sb)
{
    if (!sb)
        return HERMETIC_E_INVALID;
    if (!hermetic__enter(sb))
        return HERMETIC_E_BUSY;
    sb->failure.status = 0;
    if (sb->state != HERMETIC__WAITING)
        return hermetic__leave(sb, hermetic__fail_state(sb, "hermetic_abandon"));
    hermetic__run_drop(sb);
    return hermetic__leave(sb, 0);
}

/* ---- answers ---- */

static int check_reply(hermetic_sandbox *sb, const char *function, const void *cbor, size_t len)
{
    sb->failure.status = 0;
    if (!may_answer(sb))
        return hermetic__fail_state(sb, function);
    if (len > sb->options.value)
        return hermetic__fail_limit(sb, HERMETIC_E_TOO_BIG, sb->options.value, len,
                                    "value limit: %llu bytes, the answer has %zu", (unsigned long long)sb->options.value,
                                    len);
    if (hermetic_validate(cbor, len) < 0)
        return hermetic__fail(sb, HERMETIC_E_CBOR, "the answer is not a value of the CBOR subset");
    if (sb->waiting_for == HERMETIC_INPUT && *(const uint8_t *)cbor >> 5 != HERMETIC__CBOR_STR)
        return hermetic__fail(sb, HERMETIC_E_CBOR, "the answer to input() is not a str");
    return 0;
}

static int reply(hermetic_sandbox *sb, const void *cbor, size_t len)
{
    int status = check_reply(sb, "hermetic_reply", cbor, len);
    if (status < 0)
        return status;
    sb->pending.len = sb->pending_at = 0;
    if (!hermetic__buffer_append(&sb->pending, cbor, len, (size_t)sb->options.value))
        return hermetic__fail(sb, HERMETIC_E_NOMEM, "out of memory in the host: an answer of %zu bytes", len);
    sb->answered = true;
    sb->answer_error = false;
    return 0;
}

static int reply_encoded(hermetic_sandbox *sb, hermetic_encoder *e)
{
    int status = check_reply(sb, "hermetic_reply_encoded", e->data, e->len);
    if (e->status < 0)
        return hermetic__fail(sb, e->status, "%s: the answer's encoder", hermetic_error_text(e->status));
    if (status < 0)
        return status;
    struct hermetic__buffer spare = sb->pending;
    sb->pending = (struct hermetic__buffer){e->data, e->len, e->capacity};
    sb->pending_at = 0;
    *e = (hermetic_encoder){spare.data, 0, spare.capacity, 0};
    sb->answered = true;
    sb->answer_error = false;
    return 0;
}

int hermetic_reply(hermetic_sandbox *sb, const void *cbor, size_t len)
{
    if (!sb)
        return HERMETIC_E_INVALID;
    if (!hermetic__enter(sb))
        return HERMETIC_E_BUSY;
    return hermetic__leave(sb, reply(sb, cbor, len));
}

int hermetic_reply_encoded(hermetic_sandbox *sb, hermetic_encoder *e)
{
    if (!sb || !e)
        return HERMETIC_E_INVALID;
    if (!hermetic__enter(sb))
        return HERMETIC_E_BUSY;
    return hermetic__leave(sb, reply_encoded(sb, e));
}

static int answer_error(hermetic_sandbox *sb, const char *type, const char *message)
{
    hermetic_bytes t = {(const uint8_t *)(type ? type : "RuntimeError"), 0};
    hermetic_bytes m = {(const uint8_t *)(message ? message : ""), 0};
    sb->failure.status = 0;
    if (!may_answer(sb))
        return hermetic__fail_state(sb, "hermetic_reply_error");
    t.len = strlen((const char *)t.data);
    m.len = strlen((const char *)m.data);
    if (!hermetic__utf8_valid(t.data, t.len) || !hermetic__utf8_valid(m.data, m.len))
        return hermetic__fail(sb, HERMETIC_E_INVALID, "hermetic_reply_error: not UTF-8");
    if (t.len > sb->options.value / 2 || m.len > sb->options.value / 2)
        return hermetic__fail_limit(sb, HERMETIC_E_TOO_BIG, sb->options.value, t.len + m.len,
                                    "value limit: %llu bytes, the answer has %zu", (unsigned long long)sb->options.value,
                                    t.len + m.len);
    if (!hermetic__request_error(sb, t, m))
        return hermetic__fail(sb, HERMETIC_E_NOMEM, "out of memory in the host: an answer");
    sb->answered = true;
    sb->answer_error = true;
    return 0;
}

int hermetic_reply_error(hermetic_sandbox *sb, const char *type, const char *message)
{
    if (!sb)
        return HERMETIC_E_INVALID;
    if (!hermetic__enter(sb))
        return HERMETIC_E_BUSY;
    return hermetic__leave(sb, answer_error(sb, type, message));
}

/* ---- what a run asks and leaves ---- */

static hermetic_bytes bytes_at(const hermetic_sandbox *sb, int waiting_for, const hermetic_bytes *bytes)
{
    if (hermetic__is_busy(sb) || sb->state != HERMETIC__WAITING || sb->waiting_for != waiting_for)
        return (hermetic_bytes){NULL, 0};
    return *bytes;
}

hermetic_bytes hermetic_call_name(const hermetic_sandbox *sb)
{
    return bytes_at(sb, HERMETIC_CALL, &sb->call_name);
}

hermetic_bytes hermetic_call_args(const hermetic_sandbox *sb)
{
    return bytes_at(sb, HERMETIC_CALL, &sb->call_args);
}

hermetic_bytes hermetic_call_kwargs(const hermetic_sandbox *sb)
{
    return bytes_at(sb, HERMETIC_CALL, &sb->call_kwargs);
}

hermetic_bytes hermetic_input_prompt(const hermetic_sandbox *sb)
{
    hermetic_bytes prompt = hermetic__buffer_bytes(&sb->payload);
    return bytes_at(sb, HERMETIC_INPUT, &prompt);
}

static hermetic_bytes when_done(const hermetic_sandbox *sb, const hermetic_bytes *bytes)
{
    if (hermetic__is_busy(sb) || sb->state != HERMETIC__IDLE || !sb->done)
        return (hermetic_bytes){NULL, 0};
    return *bytes;
}

hermetic_bytes hermetic_result(const hermetic_sandbox *sb)
{
    return when_done(sb, &sb->result);
}

hermetic_bytes hermetic_result_type(const hermetic_sandbox *sb)
{
    return when_done(sb, &sb->result_type);
}
