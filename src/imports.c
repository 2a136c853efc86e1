/* src/imports.c: the functions that guest code can call: fuel, event, read, clock, trap. This is the wall.
 *
 * Everything that comes in here is hostile: kinds, addresses, lengths, and every byte behind them. A payload is copied
 * once, by one checked copy, and then only the copy is looked at. What the guest is told is an answer that the host gave
 * or one of the few built here. These functions run on the guest's stack; they hold nothing that would have to be freed,
 * since hermetic__stop leaves without returning. Work is charged by its length before it is done.
 *
 * Charges (units of fuel): event 200 + length; read 20 + length; clock 50. An oracle must count the same.
 */
#include <string.h>

#include "bytes.h"
#include "cbor.h"
#include "clock.h"
#include "entropy.h"
#include "sandbox.h"
#include "utf8.h"

#define PIECES_MOST 16 /* of an event's payload */

#define CHARGE_EVENT 200u
#define CHARGE_READ 20u
#define CHARGE_CLOCK 50u
#define ENTROPY_MOST 256
#define TYPE_MOST 200  /* bytes of a type's name */
#define OPAQUE_MOST (1 + HERMETIC__CBOR_HEAD_MAX + TYPE_MOST + HERMETIC__CBOR_HEAD_MAX + HERMETIC_REPR_MOST)
#define ERROR_LEAST ((uint64_t)64 * 1024) /* an ERROR may have this much, however small the limit on values */

_Noreturn static void broken(hermetic_sandbox *sb, const char *what)
{
    hermetic__stop(sb, HERMETIC_E_PROTOCOL, 0, 0, what);
}

/* Where an event's payload lies: the guest's words. */
struct place {
    struct {
        struct gaddr at;
        uint32_t len;
    } pieces[PIECES_MOST];
    unsigned count;
    uint64_t len; /* of all */
};

/* The one copy of an event's payload, into sb->payload. */
static void take_payload(hermetic_sandbox *sb, const struct place *from, uint64_t most, const char *what)
{
    struct hermetic__buffer *b = &sb->payload;
    if (from->len > most)
        hermetic__stop(sb, HERMETIC_E_TOO_BIG, most, from->len, what);
    b->len = 0;
    if (!hermetic__buffer_reserve(b, (size_t)from->len, (size_t)most))
        hermetic__stop(sb, HERMETIC_E_NOMEM, 0, 0, what);
    for (unsigned i = 0; i < from->count; i++) {
        uint32_t len = from->pieces[i].len;
        int status = len ? hermetic__memory_read(&sb->instance.memory, from->pieces[i].at, b->data + b->len, len) : 0;
        if (status < 0)
            hermetic__stop(sb, status, from->pieces[i].at.at, len, NULL);
        b->len += len;
    }
}

/* ---- answers ---- */

/* What `event` returns for the answer in sb->pending. */
static uint32_t reply_length(const hermetic_sandbox *sb, bool error)
{
    uint32_t len = (uint32_t)sb->pending.len; /* below 2**31: the limit on values is at most 2**30 */
    return error ? 0 - len - 1 : len;
}

static uint32_t reply_error(hermetic_sandbox *sb, const char *type, const char *message)
{
    hermetic_bytes t = {(const uint8_t *)type, strlen(type)}, m = {(const uint8_t *)message, strlen(message)};
    if (!hermetic__request_error(sb, t, m))
        hermetic__stop(sb, HERMETIC_E_NOMEM, 0, 0, "an answer");
    return reply_length(sb, true);
}

/* The journal's answer to an event, when a run is replayed. False: there is none, the answer is to be found anew. */
static bool replayed(hermetic_sandbox *sb, uint64_t digest, bool *error, hermetic_bytes *reply)
{
    struct hermetic__journal *j = &sb->journal;
    if (!j->replaying)
        return false;
    switch (hermetic__journal_next(j, digest, error, reply)) {
    case HERMETIC__JOURNAL_ANSWER: return true;
    case HERMETIC__JOURNAL_END: j->replaying = false; return false;
    default: hermetic__stop(sb, HERMETIC_E_SNAPSHOT, 0, 0, "the run went another way than its journal");
    }
}

static uint64_t digest_of(const hermetic_sandbox *sb, enum hermetic__event kind, const uint8_t *payload, size_t len)
{
    return sb->journal.recording ? hermetic__journal_digest(kind, payload, len) : 0;
}

static void set_reply(hermetic_sandbox *sb, hermetic_bytes reply)
{
    sb->pending.len = sb->pending_at = 0;
    if (!hermetic__buffer_append(&sb->pending, reply.data, reply.len, SIZE_MAX))
        hermetic__stop(sb, HERMETIC_E_NOMEM, 0, 0, "an answer");
}

/* Leaves the guest until the host has answered the event whose payload is in sb->payload. */
static uint32_t wait_for_answer(hermetic_sandbox *sb, enum hermetic__event kind, int status)
{
    hermetic_bytes reply;
    sb->event_digest = digest_of(sb, kind, sb->payload.data, sb->payload.len);
    if (replayed(sb, sb->event_digest, &sb->answer_error, &reply)) {
        set_reply(sb, reply);
    } else {
        sb->waiting_for = status;
        hermetic__fiber_suspend(&sb->instance.fiber);
    }
    return reply_length(sb, sb->answer_error);
}

/* ---- events ---- */

static uint32_t on_output(hermetic_sandbox *sb, int stream, const struct place *from)
{
    if (from->count != 1)
        broken(sb, "output in pieces");
    if (hermetic__output_write(sb, stream, from->pieces[0].at, from->pieces[0].len)) {
        sb->waiting_for = HERMETIC_OUTPUT;
        hermetic__fiber_suspend(&sb->instance.fiber);
    }
    return 0;
}

/* [name, [args...], {kwargs}]: checked in one pass, and the three noted. */
static bool parse_call(hermetic_sandbox *sb)
{
    const uint8_t *p = sb->payload.data, *end = p + sb->payload.len, *start;
    struct hermetic__cbor_head head;
    hermetic_bytes key;
    if (hermetic__cbor_read_head(&p, end, &head) < 0 || head.major != HERMETIC__CBOR_ARRAY || head.value != 3 ||
        hermetic__cbor_read_text(&p, end, &sb->call_name) < 0)
        return false;

    start = p;
    if (p == end || *p >> 5 != HERMETIC__CBOR_ARRAY || hermetic__cbor_check_item(&p, end) < 0)
        return false;
    sb->call_args = (hermetic_bytes){start, (size_t)(p - start)};

    start = p;
    if (hermetic__cbor_read_head(&p, end, &head) < 0 || head.major != HERMETIC__CBOR_MAP)
        return false;
    for (uint64_t left = head.value; left; left--) /* each reads a byte at least, so a huge number ends with the bytes */
        if (hermetic__cbor_read_text(&p, end, &key) < 0 || hermetic__cbor_check_item(&p, end) < 0)
            return false;
    sb->call_kwargs = (hermetic_bytes){start, (size_t)(p - start)};
    return p == end;
}

static void count_call(hermetic_sandbox *sb)
{
    if (sb->calls >= sb->options.calls)
        hermetic__stop(sb, HERMETIC_E_CALLS, sb->options.calls, sb->calls + 1, NULL);
    sb->calls++;
}

static uint32_t on_call(hermetic_sandbox *sb, const struct place *from)
{
    count_call(sb);
    take_payload(sb, from, sb->options.value, "a call");
    if (!parse_call(sb))
        broken(sb, "a call that is no [name, [args], {kwargs}]");
    if (!hermetic__grants_has(&sb->grants, sb->call_name.data, sb->call_name.len))
        hermetic__stop(sb, HERMETIC_E_DENIED, 0, 0, NULL);
    return wait_for_answer(sb, HERMETIC__EVENT_CALL, HERMETIC_CALL);
}

static uint32_t on_result(hermetic_sandbox *sb, const struct place *from)
{
    take_payload(sb, from, sb->options.value, "the result");
    if (hermetic_validate(sb->payload.data, sb->payload.len) < 0)
        broken(sb, "a result that is no value of the CBOR subset");
    sb->result = hermetic__buffer_bytes(&sb->payload);
    sb->result_type = (hermetic_bytes){NULL, 0};
    sb->outcome = HERMETIC__EVENT_RESULT;
    return 0;
}

/* [type, repr], for a value that has no form in the subset. */
static bool parse_opaque(hermetic_sandbox *sb)
{
    const uint8_t *p = sb->payload.data, *end = p + sb->payload.len, *start;
    struct hermetic__cbor_head head;
    hermetic_bytes repr;
    if (hermetic__cbor_read_head(&p, end, &head) < 0 || head.major != HERMETIC__CBOR_ARRAY || head.value != 2 ||
        hermetic__cbor_read_text(&p, end, &sb->result_type) < 0)
        return false;
    start = p;
    if (hermetic__cbor_read_text(&p, end, &repr) < 0)
        return false;
    sb->result = (hermetic_bytes){start, (size_t)(p - start)};
    return p == end && sb->result_type.len > 0 && sb->result_type.len <= TYPE_MOST && repr.len <= HERMETIC_REPR_MOST;
}

static uint32_t on_opaque(hermetic_sandbox *sb, const struct place *from)
{
    take_payload(sb, from, OPAQUE_MOST, "the repr of the result");
    if (!parse_opaque(sb))
        broken(sb, "a repr that is no [type, repr]");
    sb->outcome = HERMETIC__EVENT_OPAQUE;
    return 0;
}

/* A map with known keys, all optional; unknown keys are passed over. */
static bool parse_error(hermetic_sandbox *sb)
{
    struct hermetic__guest_error *g = &sb->guest_error;
    const uint8_t *p = sb->payload.data, *end = p + sb->payload.len;
    hermetic_item map, key, value;
    *g = (struct hermetic__guest_error){{NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, false, 0};
    if (hermetic_validate(p, sb->payload.len) < 0 || hermetic_decode(&p, end, &map) < 0 || map.kind != HERMETIC_DICT)
        return false;
    for (size_t left = map.count; left; left--) {
        const uint8_t *start;
        if (hermetic_decode(&p, end, &key) < 0 || key.kind != HERMETIC_STR)
            return false;
        start = p;
        if (hermetic_decode(&p, end, &value) < 0)
            return false;
        p = start;
        if (hermetic_skip(&p, end) < 0)
            return false;
        hermetic_bytes *text = hermetic__bytes_equal(key.bytes, "type", 4)        ? &g->type
                               : hermetic__bytes_equal(key.bytes, "message", 7)   ? &g->text
                               : hermetic__bytes_equal(key.bytes, "traceback", 9) ? &g->traceback
                                                                                  : NULL;
        if (text) {
            if (value.kind != HERMETIC_STR)
                return false;
            *text = value.bytes;
        } else if (hermetic__bytes_equal(key.bytes, "frames", 6)) {
            if (value.kind != HERMETIC_LIST)
                return false;
            g->frames = (hermetic_bytes){start, (size_t)(p - start)};
        } else if (hermetic__bytes_equal(key.bytes, "exit", 4) && value.kind != HERMETIC_NONE) {
            if (value.kind != HERMETIC_INT)
                return false;
            g->exits = true;
            g->exit_code = value.integer > INT32_MAX ? INT32_MAX : value.integer < INT32_MIN ? INT32_MIN : (int)value.integer;
        }
    }
    return true;
}

static uint32_t on_error(hermetic_sandbox *sb, const struct place *from)
{
    uint64_t most = sb->options.value > ERROR_LEAST ? sb->options.value : ERROR_LEAST;
    take_payload(sb, from, most, "the exception");
    if (!parse_error(sb))
        broken(sb, "an exception that is no map of its parts");
    sb->outcome = HERMETIC__EVENT_ERROR;
    return 0;
}

static uint32_t on_input(hermetic_sandbox *sb, const struct place *from)
{
    if (!(sb->options.flags & HERMETIC_INPUT_EVENTS))
        return reply_error(sb, "EOFError", "EOF when reading a line");
    count_call(sb);
    if (from->len > sb->options.output - sb->output) /* the host shows it, so it counts as output */
        hermetic__stop(sb, HERMETIC_E_OUTPUT, sb->options.output, sb->output + from->len, NULL);
    sb->output += from->len;
    take_payload(sb, from, sb->options.value, "a prompt");
    if (!hermetic__utf8_valid(sb->payload.data, sb->payload.len))
        broken(sb, "a prompt that is not UTF-8");
    return wait_for_answer(sb, HERMETIC__EVENT_INPUT, HERMETIC_INPUT);
}

static uint32_t on_entropy(hermetic_sandbox *sb, const struct place *from)
{
    uint8_t bytes[ENTROPY_MOST], reply[HERMETIC__CBOR_HEAD_MAX + ENTROPY_MOST];
    hermetic_item item;
    hermetic_bytes answer;
    bool error = false;

    take_payload(sb, from, 16, "a request for random numbers");
    if (!sb->payload.len)
        broken(sb, "a request for random numbers that is empty");
    const uint8_t *p = sb->payload.data, *end = p + sb->payload.len;
    if (hermetic_decode(&p, end, &item) < 0 || p != end || item.kind != HERMETIC_INT || item.integer < 1 ||
        item.integer > ENTROPY_MOST)
        broken(sb, "a request for random numbers that is no int from 1 to 256");
    size_t want = (size_t)item.integer;

    uint64_t digest = digest_of(sb, HERMETIC__EVENT_ENTROPY, sb->payload.data, sb->payload.len);
    bool again = replayed(sb, digest, &error, &answer);
    if (sb->options.flags & HERMETIC_HAS_SEED) { /* draws are counted in a replay too: what comes after it goes on there */
        for (size_t i = 0; i < want; i += 8) {
            uint8_t draw[8];
            hermetic__entropy_seeded(sb->options.seed, sb->draws++, draw);
            memcpy(bytes + i, draw, want - i < 8 ? want - i : 8);
        }
    } else if (!again && !hermetic__entropy_system(bytes, want)) {
        return reply_error(sb, "OSError", "no random numbers");
    }
    if (!again) {
        size_t head = hermetic__cbor_write_head(reply, HERMETIC__CBOR_BYTES, want);
        memcpy(reply + head, bytes, want);
        answer = (hermetic_bytes){reply, head + want};
        hermetic__journal_record(&sb->journal, digest, false, answer.data, answer.len);
    }
    set_reply(sb, answer);
    return reply_length(sb, error);
}

/* ---- the imports ---- */

static uint32_t on_event(hermetic_sandbox *sb, uint32_t kind, const struct place *from)
{
    hermetic__limits_charge(sb, CHARGE_EVENT + from->len);
    if (sb->outcome)
        broken(sb, "an event after the outcome");
    switch (kind) {
    case HERMETIC__EVENT_OUT: return on_output(sb, 1, from);
    case HERMETIC__EVENT_ERR: return on_output(sb, 2, from);
    case HERMETIC__EVENT_CALL: return on_call(sb, from);
    case HERMETIC__EVENT_RESULT: return on_result(sb, from);
    case HERMETIC__EVENT_OPAQUE: return on_opaque(sb, from);
    case HERMETIC__EVENT_ERROR: return on_error(sb, from);
    case HERMETIC__EVENT_INPUT: return on_input(sb, from);
    case HERMETIC__EVENT_ENTROPY: return on_entropy(sb, from);
    default: broken(sb, "an unknown event");
    }
}

uint32_t w2c_hermetic_event(struct w2c_hermetic *instance, uint32_t kind, uint32_t ptr, uint32_t len)
{
    struct place from;
    from.pieces[0].at.at = ptr;
    from.pieces[0].len = len;
    from.count = 1;
    from.len = len;
    return on_event(instance->owner, kind, &from);
}

/* `ptr` is the address of `count` pairs of address and length. They are copied first, like everything of the guest's. */
uint32_t w2c_hermetic_gather(struct w2c_hermetic *instance, uint32_t kind, uint32_t ptr, uint32_t count)
{
    hermetic_sandbox *sb = instance->owner;
    uint8_t pairs[PIECES_MOST * 8];
    struct place from = {.count = count};
    if (count > PIECES_MOST)
        broken(sb, "an event in more than 16 pieces");
    int status = count ? hermetic__memory_read(&instance->memory, (struct gaddr){ptr}, pairs, count * 8) : 0;
    if (status < 0)
        hermetic__stop(sb, status, ptr, count * 8, NULL);
    for (unsigned i = 0; i < count; i++) {
        from.pieces[i].at.at = hermetic__load32(pairs + 8 * i);
        from.len += from.pieces[i].len = hermetic__load32(pairs + 8 * i + 4);
    }
    return on_event(sb, kind, &from);
}

void w2c_hermetic_read(struct w2c_hermetic *instance, uint32_t ptr, uint32_t len)
{
    hermetic_sandbox *sb = instance->owner;
    hermetic__limits_charge(sb, (uint64_t)CHARGE_READ + len);
    if (len > sb->pending.len - sb->pending_at)
        broken(sb, "a read of more than there is");
    if (!len)
        return;
    int status = hermetic__memory_write(&instance->memory, (struct gaddr){ptr}, sb->pending.data + sb->pending_at, len);
    if (status < 0)
        hermetic__stop(sb, status, ptr, len, "a read");
    sb->pending_at += len;
}

void w2c_hermetic_fuel(struct w2c_hermetic *instance)
{
    hermetic__limits_slice_or_pause(instance->owner);
}

static int64_t read_clock(const hermetic_sandbox *sb, uint32_t kind)
{
    uint64_t elapsed;
    switch (sb->options.clock) {
    case HERMETIC_CLOCK_REAL: return kind ? (int64_t)hermetic__clock_monotonic() : hermetic__clock_wall();
    case HERMETIC_CLOCK_VIRTUAL:
        elapsed = sb->clock_elapsed + hermetic__limits_fuel_used(sb);
        return (int64_t)(kind ? elapsed : (uint64_t)sb->options.clock_start + elapsed);
    default: return -1;
    }
}

uint64_t w2c_hermetic_clock(struct w2c_hermetic *instance, uint32_t kind)
{
    hermetic_sandbox *sb = instance->owner;
    uint8_t which = (uint8_t)kind, bytes[8];
    hermetic_bytes answer;
    bool error;

    hermetic__limits_charge(sb, CHARGE_CLOCK);
    if (kind > 1)
        broken(sb, "an unknown clock");
    uint64_t digest = digest_of(sb, HERMETIC__EVENT_CLOCK, &which, 1);
    if (replayed(sb, digest, &error, &answer)) {
        if (answer.len != sizeof(bytes))
            hermetic__stop(sb, HERMETIC_E_SNAPSHOT, 0, 0, "a clock's answer in the journal");
        return hermetic__load64(answer.data);
    }
    uint64_t now = (uint64_t)read_clock(sb, kind);
    hermetic__store64(bytes, now);
    hermetic__journal_record(&sb->journal, digest, false, bytes, sizeof(bytes));
    return now;
}

void w2c_hermetic_trap(struct w2c_hermetic *instance, uint32_t code)
{
    hermetic_sandbox *sb = instance->owner;
    switch (code) {
    case 1:
        hermetic__stop(sb, HERMETIC_E_MEMORY, sb->options.memory,
                       hermetic__memory_refused(&instance->memory) ? hermetic__memory_refused(&instance->memory)
                                                                   : hermetic__memory_size(&instance->memory), NULL);
    case 2: hermetic__stop(sb, HERMETIC_E_TRAP, 0, 0, "the interpreter gave up");
    default: broken(sb, "an unknown trap");
    }
}
