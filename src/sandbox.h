/* src/sandbox.h: what a sandbox is made of. One struct, whose parts belong to the files named beside them; and the
 * internal functions by which those files meet.
 *
 * States: IDLE -start-> RUNNING -event-> WAITING -resume-> RUNNING ... -> IDLE. RUNNING is seen from outside only as
 * "busy", as the call that runs does not return before the state is left.
 */
#ifndef HERMETIC_SRC_SANDBOX_H
#define HERMETIC_SRC_SANDBOX_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <hermetic.h>

#include "../rt/instance.h"
#include "buffer.h"
#include "grants.h"
#include "journal.h"
#include "options.h"
#include "park.h"

/* The start state, generated at build time. */
extern const struct hermetic__packed_image hermetic__packed_image;

/* The start state, unpacked at the first call. NULL: out of memory. Any thread. */
const struct hermetic__image *hermetic__image(void);

enum hermetic__state { HERMETIC__IDLE, HERMETIC__RUNNING, HERMETIC__WAITING };

/* Kinds of events: docs/internals.md. */
enum hermetic__event {
    HERMETIC__EVENT_OUT = 1,
    HERMETIC__EVENT_ERR = 2,
    HERMETIC__EVENT_CALL = 3,
    HERMETIC__EVENT_RESULT = 4,
    HERMETIC__EVENT_ERROR = 5,
    HERMETIC__EVENT_INPUT = 6,
    HERMETIC__EVENT_ENTROPY = 7,
    HERMETIC__EVENT_CLOCK = 8, /* in the journal alone: the import `clock` */
    HERMETIC__EVENT_OPAQUE = 9
};

/* Why the library itself ended an activation: noted on the guest's stack, told on the host's. */
struct hermetic__stop_note {
    int status;
    uint64_t limit, used;
    const char *what; /* static text; NULL when the status says it all */
};

/* Guest exceptions: the parts of the ERROR event. */
struct hermetic__guest_error {
    hermetic_bytes type, text, traceback, frames;
    bool exits;
    int exit_code;
};

struct hermetic_sandbox {
    struct w2c_hermetic instance; /* rt's; its owner is this sandbox */

    atomic_int busy;   /* one user at a time */
    atomic_int cancel; /* hermetic_cancel was called */
    enum hermetic__state state;
    int waiting_for;   /* when WAITING: HERMETIC_CALL, _OUTPUT, _INPUT or _PAUSE */
    bool answered;     /* ... and the host has answered */
    bool answer_error; /* ... with an exception */
    bool done;         /* the newest run ended with a result */
    uint8_t outcome;   /* RESULT, OPAQUE or ERROR, once that event came; else 0 */

    hermetic_options options; /* with all defaults filled in */

    /* limits.c: this run's */
    uint64_t granted;       /* fuel handed out so far; less what the guest has left, it is what was used */
    uint64_t entered;       /* monotonic time of start or resume */
    uint64_t left;          /* ... and of the newest return from there */
    uint64_t pause_at;      /* monotonic time at which this start or resume comes back; UINT64_MAX is never */
    uint64_t deadline;      /* monotonic time at which this start or resume is over the limit */
    uint64_t wall_used;     /* by earlier starts and resumes of this run */
    uint64_t fuel_used;     /* when the run has ended */
    uint64_t calls;
    uint64_t output, output_cut; /* output.c */
    atomic_uint_least64_t peek_fuel, peek_wall, peek_memory;

    /* State besides linear memory, and what it was before this run. */
    uint64_t clock_elapsed, begin_clock; /* virtual nanoseconds of earlier runs */
    uint64_t draws, begin_draws;         /* of seeded random numbers */
    struct hermetic__grants grants;
    uint32_t begin_grants;

    struct hermetic__parked parked; /* park.c */

    /* Bytes on their way. */
    struct hermetic__buffer pending; /* request or reply, which the guest fetches with `read` */
    size_t pending_at;
    struct hermetic__buffer payload; /* what the newest event brought, and later the run's outcome */
    struct hermetic__buffer streams[2];
    int event_stream;                /* at HERMETIC_OUTPUT */
    hermetic_bytes call_name, call_args, call_kwargs; /* at HERMETIC_CALL, inside payload */
    uint64_t event_digest;           /* for the journal, of the event that waits */
    struct hermetic__journal journal;

    hermetic_bytes result, result_type; /* of the outcome, inside payload */

    struct hermetic__stop_note stop;
    struct hermetic__guest_error guest_error; /* inside payload */
    hermetic_failure failure;
    char message[HERMETIC__MESSAGE_MAX];
};

/* ---- one user at a time ---- */

static inline bool hermetic__enter(hermetic_sandbox *sb)
{
    int expected = 0;
    return atomic_compare_exchange_strong_explicit(&sb->busy, &expected, 1, memory_order_acquire, memory_order_relaxed);
}

static inline int hermetic__leave(hermetic_sandbox *sb, int status)
{
    atomic_store_explicit(&sb->busy, 0, memory_order_release);
    return status;
}

static inline bool hermetic__is_busy(const hermetic_sandbox *sb)
{
    return atomic_load_explicit(&((hermetic_sandbox *)(uintptr_t)sb)->busy, memory_order_acquire) != 0;
}

/* ---- failure.c ---- */

#if defined(__GNUC__)
#define HERMETIC__FORMAT(text, first) __attribute__((format(printf, text, first)))
#else
#define HERMETIC__FORMAT(text, first)
#endif

/* Notes a failure of this call and returns its status. */
int hermetic__fail(hermetic_sandbox *sb, int status, const char *format, ...) HERMETIC__FORMAT(3, 4);
int hermetic__fail_limit(hermetic_sandbox *sb, int status, uint64_t limit, uint64_t used, const char *format, ...)
    HERMETIC__FORMAT(5, 6);
int hermetic__fail_state(hermetic_sandbox *sb, const char *function);
/* Why an activation ended in a trap; how a guest's exception reads. */
int hermetic__fail_trap(hermetic_sandbox *sb, int trap);
int hermetic__fail_guest_error(hermetic_sandbox *sb);
/* For constructors, which have no sandbox to keep the message. */
int hermetic__fail_create(int status, const char *format, ...) HERMETIC__FORMAT(2, 3);

/* ---- limits.c: `charge` and `slice` run on the guest's stack, and may not return ---- */

void hermetic__limits_begin(hermetic_sandbox *sb);
void hermetic__limits_enter(hermetic_sandbox *sb);
void hermetic__limits_leave(hermetic_sandbox *sb);
void hermetic__limits_slice(hermetic_sandbox *sb);
void hermetic__limits_slice_or_pause(hermetic_sandbox *sb); /* where the guest may be left */
uint64_t hermetic__limits_fuel_used(const hermetic_sandbox *sb);

#define HERMETIC__SLICE UINT64_C(500000) /* units of fuel: 0.05 ms of computing, 1 ms of copying memory, 2 of fresh memory */

static inline void hermetic__limits_charge(hermetic_sandbox *sb, uint64_t units)
{
    uint64_t left = (uint64_t)sb->instance.fuel - units;
    sb->instance.fuel = (int64_t)left;
    if (left > HERMETIC__SLICE) /* below zero, or not what we gave it */
        hermetic__limits_slice(sb);
}

/* Ends the activation: the guest never runs again in it. */
_Noreturn void hermetic__stop(hermetic_sandbox *sb, int status, uint64_t limit, uint64_t used, const char *what);

/* ---- output.c ---- */

/* On the guest's stack. Returns whether the host is to be told with HERMETIC_OUTPUT. */
bool hermetic__output_write(hermetic_sandbox *sb, int stream, struct gaddr from, uint32_t len);

/* ---- request.c: into sb->pending. Grants are added only with hermetic__request_grant. ---- */

int hermetic__request_exec(hermetic_sandbox *sb, const char *code, size_t len, const hermetic_run_options *options);
int hermetic__request_call(hermetic_sandbox *sb, const char *name, hermetic_bytes args, hermetic_bytes kwargs);
int hermetic__request_get(hermetic_sandbox *sb, const char *name);
int hermetic__request_set(hermetic_sandbox *sb, hermetic_bytes values);
int hermetic__request_grant(hermetic_sandbox *sb, hermetic_bytes functions);
/* An answer into sb->pending: CBOR [type, message]. False when memory is refused. */
bool hermetic__request_error(hermetic_sandbox *sb, hermetic_bytes type, hermetic_bytes message);

/* ---- run.c ---- */

int hermetic__run_begin(hermetic_sandbox *sb); /* with the request in sb->pending; returns the run's status */
void hermetic__run_drop(hermetic_sandbox *sb); /* ends a waiting run and rolls it back */
void hermetic__run_forget(hermetic_sandbox *sb); /* results and output of the newest run are no longer told */

/* ---- sandbox.c ---- */

int hermetic__sandbox_create(const hermetic_options *options, hermetic_sandbox **out);
uint64_t hermetic__sandbox_host_bytes(const hermetic_sandbox *sb);
uint64_t hermetic__sandbox_memory(const hermetic_sandbox *sb); /* bytes of linear memory, packed or not */

#endif
