/* hermetic.h: run untrusted Python inside your own process.
 *
 * Copyright 2026 the hermetic authors. SPDX-License-Identifier: Apache-2.0
 *
 *     hermetic_sandbox *sb;
 *     if (hermetic_create(NULL, &sb) < 0) ...
 *     int status = hermetic_start(sb, code, strlen(code), NULL);
 *     while (status == HERMETIC_CALL) {          // the guest called a function that you granted
 *         hermetic_bytes name = hermetic_call_name(sb);
 *         ...
 *         hermetic_reply(sb, cbor, len);
 *         status = hermetic_resume(sb);
 *     }
 *     if (status == HERMETIC_DONE) ... hermetic_result(sb) ...
 *     hermetic_destroy(sb);
 *
 * A sandbox is one isolated Python interpreter. A run is one activation of it: it goes on until it needs something from
 * the host (a positive status), ends (HERMETIC_DONE), or fails (a negative status). The library does no input or
 * output, starts no thread, installs no timer, and never calls back into the host from guest code.
 *
 * Ownership, once and for all: `hermetic_bytes` that the library returns belong to the sandbox and are valid until the
 * next call on that sandbox that starts, resumes, resets, parks or destroys it. What you pass in is copied before
 * the call returns. Only hermetic_snapshot and hermetic_encode_done allocate for you: free with hermetic_free.
 *
 * Threads: any sandbox may be used from any thread, by one thread at a time; a second use at the same time returns
 * HERMETIC_E_BUSY and harms nothing. Only hermetic_cancel may be called at any time. Different sandboxes share nothing.
 *
 * Values cross as CBOR (RFC 8949) in the subset of docs/internals.md; the reader and writer at the end of this file
 * suffice to handle it.
 */
#ifndef HERMETIC_H
#define HERMETIC_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(_WIN32) && defined(HERMETIC_SHARED)
#define HERMETIC_API __declspec(dllimport)
#elif defined(__GNUC__)
#define HERMETIC_API __attribute__((visibility("default")))
#else
#define HERMETIC_API
#endif

#define HERMETIC_VERSION_MAJOR 0
#define HERMETIC_VERSION_MINOR 1
#define HERMETIC_VERSION_PATCH 0

/* ---- status ----------------------------------------------------------------------------------------------------- */

/* What a run came to. Negative values are errors, from the table below. */
enum {
    HERMETIC_DONE = 0,   /* the run ended: see hermetic_result */
    HERMETIC_CALL = 1,   /* the guest called a granted function: answer with hermetic_reply or hermetic_reply_error */
    HERMETIC_OUTPUT = 2, /* with HERMETIC_OUTPUT_EVENTS: see hermetic_output_event; nothing to answer */
    HERMETIC_INPUT = 3,  /* with HERMETIC_INPUT_EVENTS: input() wants a line: answer with a str, or EOFError */
    HERMETIC_PAUSE = 4   /* with `pause`: the run has gone on for that long; nothing to answer */
};

/* What kind of thing went wrong, and so who can mend it. */
enum hermetic_error_class {
    HERMETIC_CLASS_NONE = 0,
    HERMETIC_CLASS_HOST,   /* the call itself: arguments, order, memory of the host */
    HERMETIC_CLASS_GUEST,  /* the guest program: an exception, exit, a fault inside it */
    HERMETIC_CLASS_LIMIT,  /* a limit or a cancel ended the run */
    HERMETIC_CLASS_POLICY  /* not granted */
};

/* XX(name, code, class, text) */
#define HERMETIC_ERROR_TABLE(XX)                                                                                        \
    XX(NOMEM, -1, HOST, "out of memory in the host")                                                                    \
    XX(INVALID, -2, HOST, "invalid argument")                                                                           \
    XX(STATE, -3, HOST, "not possible in this state of the sandbox")                                                    \
    XX(BUSY, -4, HOST, "the sandbox is in use by another thread")                                                       \
    XX(CBOR, -5, HOST, "invalid CBOR")                                                                                  \
    XX(TOO_BIG, -6, HOST, "larger than the limit on values")                                                            \
    XX(SNAPSHOT, -7, HOST, "invalid snapshot")                                                                          \
    XX(IMAGE, -8, HOST, "snapshot of another build")                                                                    \
    XX(SIGNATURE, -9, HOST, "the snapshot's signature does not match")                                                  \
    XX(SYSTEM, -10, HOST, "the operating system refused")                                                               \
    XX(EXCEPTION, -20, GUEST, "the guest raised an exception")                                                          \
    XX(EXIT, -21, GUEST, "the guest called exit")                                                                       \
    XX(TRAP, -22, GUEST, "the guest faulted")                                                                           \
    XX(GUEST_RANGE, -23, GUEST, "the guest named memory outside its own")                                               \
    XX(PROTOCOL, -24, GUEST, "the guest broke the protocol")                                                            \
    XX(FUEL, -40, LIMIT, "fuel limit")                                                                                  \
    XX(WALL, -41, LIMIT, "time limit")                                                                                  \
    XX(MEMORY, -42, LIMIT, "memory limit")                                                                              \
    XX(OUTPUT, -43, LIMIT, "output limit")                                                                              \
    XX(CALLS, -44, LIMIT, "host call limit")                                                                            \
    XX(RECURSION, -45, LIMIT, "recursion limit")                                                                        \
    XX(CANCELLED, -46, LIMIT, "cancelled")                                                                              \
    XX(DENIED, -60, POLICY, "not granted")

enum {
#define HERMETIC_X(name, code, class, text) HERMETIC_E_##name = code,
    HERMETIC_ERROR_TABLE(HERMETIC_X)
#undef HERMETIC_X
};

HERMETIC_API const char *hermetic_error_name(int status);                    /* "HERMETIC_E_FUEL"; never NULL */
HERMETIC_API const char *hermetic_error_text(int status);                    /* "fuel limit"; never NULL */
HERMETIC_API enum hermetic_error_class hermetic_error_class_of(int status);  /* HERMETIC_CLASS_NONE when >= 0 */
HERMETIC_API const char *hermetic_version(void);                             /* "0.1.0" */

/* ---- options ---------------------------------------------------------------------------------------------------- */

typedef struct hermetic_sandbox hermetic_sandbox;
struct hermetic_encoder; /* below: CBOR, writer */

typedef struct hermetic_bytes {
    const uint8_t *data; /* not NUL-terminated; may be NULL when len is 0 */
    size_t len;
} hermetic_bytes;

enum hermetic_backend {
    HERMETIC_BACKEND_AUTO = 0,   /* guard pages where address space can be had, else explicit checks */
    HERMETIC_BACKEND_GUARD = 1,  /* guard pages, or HERMETIC_E_SYSTEM */
    HERMETIC_BACKEND_BOUNDS = 2  /* explicit bounds checks */
};

enum hermetic_clock {
    HERMETIC_CLOCK_NONE = 0,    /* time.time() raises OSError */
    HERMETIC_CLOCK_REAL = 1,    /* the host's clocks */
    HERMETIC_CLOCK_VIRTUAL = 2  /* starts at clock_start and advances 1 ns a unit of fuel: the same on every machine */
};

enum hermetic_flags {
    HERMETIC_OUTPUT_EVENTS = 1 << 0,   /* output comes as HERMETIC_OUTPUT, and is not collected */
    HERMETIC_INPUT_EVENTS = 1 << 1,    /* input() comes as HERMETIC_INPUT; without it, input() raises EOFError */
    HERMETIC_CUT_OUTPUT = 1 << 2,      /* output past the limit is dropped and counted, and the run goes on */
    HERMETIC_DISCARD_ON_LIMIT = 1 << 3,/* keep no undo copies: a run that meets a limit or faults resets the sandbox */
    HERMETIC_JOURNAL = 1 << 4,         /* keep what is needed to snapshot a run that waits on a call */
    HERMETIC_HAS_SEED = 1 << 5         /* `seed` is given: random numbers are the same on every machine */
};

/* All limits are on one run, except `memory`, and are kept on the host's side, where no guest can reach them. */
typedef struct hermetic_options {
    size_t size;          /* sizeof(hermetic_options), set by HERMETIC_OPTIONS_INIT */
    uint64_t fuel;        /* units of guest work, about 30 a nanosecond; 0 is 300,000,000,000 */
    uint64_t wall;        /* ns of time inside start and resume (waiting for the host is free); 0 is 10 s */
    uint64_t memory;      /* bytes of linear memory; 64 KiB to 4 GiB - 64 KiB; 0 is 64 MiB */
    uint64_t output;      /* bytes on both streams; 0 is 1 MiB */
    uint64_t value;       /* bytes of any one value that crosses, as CBOR; 0 is 16 MiB */
    uint64_t calls;       /* calls of granted functions; 0 is 1,000,000 */
    uint32_t stack;       /* bytes of native stack; 0 is 2 MiB; 256 KiB to 64 MiB */
    uint32_t flags;       /* enum hermetic_flags */
    enum hermetic_backend backend;
    enum hermetic_clock clock;
    int64_t clock_start;  /* ns since 1970, for HERMETIC_CLOCK_VIRTUAL */
    uint64_t seed;        /* with HERMETIC_HAS_SEED; else the operating system's random numbers */
    uint64_t pause;       /* ns after which a start or resume comes back with HERMETIC_PAUSE, so that the host can look
                           * after its signals; about as exact as `wall`; 0 is never */
} hermetic_options;

#define HERMETIC_OPTIONS_INIT { sizeof(hermetic_options), 0, 0, 0, 0, 0, 0, 0, 0, HERMETIC_BACKEND_AUTO, \
                                HERMETIC_CLOCK_NONE, 0, 0, 0 }

/* ---- sandboxes -------------------------------------------------------------------------------------------------- */

/* Makes a sandbox in the start state. `options` may be NULL: all defaults. On failure *out is NULL: HERMETIC_E_INVALID
 * (an option out of range; hermetic_last_create_error names it), _NOMEM, _SYSTEM. */
HERMETIC_API int hermetic_create(const hermetic_options *options, hermetic_sandbox **out);

/* Ends it, whatever it was doing. NULL is allowed. Not while another thread uses it. */
HERMETIC_API void hermetic_destroy(hermetic_sandbox *sb);

/* Back to the start state, with the same options: nothing of any earlier run is left. Drops a waiting run. */
HERMETIC_API int hermetic_reset(hermetic_sandbox *sb);

/* Changes the limits of coming runs, on an idle sandbox. The same rules as for hermetic_create, and: backend and stack
 * are fixed (0 keeps them, another value is refused), memory may not be less than the sandbox has now. On failure nothing
 * is changed. */
HERMETIC_API int hermetic_set_options(hermetic_sandbox *sb, const hermetic_options *options);

/* Gives back what an idle sandbox need not keep resident. It stays usable; the next call that needs its memory unpacks it
 * (some 50 us), and fails as a run's beginning does (HERMETIC_E_NOMEM) when the system has no memory for it. */
HERMETIC_API int hermetic_park(hermetic_sandbox *sb);

/* A second sandbox in the same state. `sb` must be idle. */
HERMETIC_API int hermetic_fork(hermetic_sandbox *sb, hermetic_sandbox **out);

HERMETIC_API enum hermetic_backend hermetic_backend_of(const hermetic_sandbox *sb);

/* ---- runs ------------------------------------------------------------------------------------------------------- */

enum hermetic_run_flags {
    HERMETIC_RUN_NO_VALUE = 1 << 0, /* a script: the value of its last expression is not wanted; the result is None */
    HERMETIC_RUN_PRINT = 1 << 1     /* as at a prompt: each expression statement prints its value's repr, and sets `_` */
};

typedef struct hermetic_run_options {
    size_t size;              /* sizeof(hermetic_run_options), set by HERMETIC_RUN_OPTIONS_INIT */
    const char *file;         /* name in tracebacks; NULL is "main.py" */
    hermetic_bytes inputs;    /* CBOR map of str to value: set as variables first; empty for none */
    hermetic_bytes functions; /* CBOR array of names, or of [name, signature, doc]: granted from this run on */
    hermetic_bytes argv;      /* CBOR array of str for sys.argv; empty leaves it */
    uint32_t flags;           /* enum hermetic_run_flags */
} hermetic_run_options;

#define HERMETIC_RUN_OPTIONS_INIT { sizeof(hermetic_run_options), NULL, { NULL, 0 }, { NULL, 0 }, { NULL, 0 }, 0 }

/* Each of these starts a run on an idle sandbox and returns its status. A sandbox keeps its variables from run to run.
 * Runs are transactions: one that ends at a limit, a cancel or a fault leaves the sandbox as it was before. A guest
 * exception does not: as at a Python prompt, what was done before it stays. */
HERMETIC_API int hermetic_start(hermetic_sandbox *sb, const char *code, size_t len, const hermetic_run_options *options);
HERMETIC_API int hermetic_start_call(hermetic_sandbox *sb, const char *name, hermetic_bytes args, hermetic_bytes kwargs);
HERMETIC_API int hermetic_start_get(hermetic_sandbox *sb, const char *name);
HERMETIC_API int hermetic_start_set(hermetic_sandbox *sb, hermetic_bytes values);

/* Goes on after HERMETIC_CALL, _OUTPUT, _INPUT or _PAUSE. */
HERMETIC_API int hermetic_resume(hermetic_sandbox *sb);

/* Asks a run to stop at the next slice of fuel (within about a millisecond); it ends with HERMETIC_E_CANCELLED. A
 * waiting run ends so when resumed. Without a run, nothing happens. From any thread or signal handler. */
HERMETIC_API void hermetic_cancel(hermetic_sandbox *sb);

/* Drops a waiting run; the sandbox is as before it. */
HERMETIC_API int hermetic_abandon(hermetic_sandbox *sb);

/* At HERMETIC_CALL: the function's name (UTF-8), its positional arguments (a CBOR array) and keyword arguments (a CBOR
 * map). The bytes are valid CBOR within the limits; they are still the guest's: expect any value in them. */
HERMETIC_API hermetic_bytes hermetic_call_name(const hermetic_sandbox *sb);
HERMETIC_API hermetic_bytes hermetic_call_args(const hermetic_sandbox *sb);
HERMETIC_API hermetic_bytes hermetic_call_kwargs(const hermetic_sandbox *sb);

/* The answer to a call or to input(): one CBOR value, or an exception of the named type (UTF-8; unknown names become
 * RuntimeError). HERMETIC_E_CBOR or _TOO_BIG leaves the call waiting for another answer. */
HERMETIC_API int hermetic_reply(hermetic_sandbox *sb, const void *cbor, size_t len);
/* The same without a copy, for long answers: the encoder's buffer becomes the sandbox's, and `e` has another one then,
 * empty, to be used again or freed. On failure `e` is as it was; an error that sticks in it is returned. */
HERMETIC_API int hermetic_reply_encoded(hermetic_sandbox *sb, struct hermetic_encoder *e);
HERMETIC_API int hermetic_reply_error(hermetic_sandbox *sb, const char *type, const char *message);

/* At HERMETIC_OUTPUT: what was written, to 1 (standard output) or 2 (standard error). */
HERMETIC_API hermetic_bytes hermetic_output_event(const hermetic_sandbox *sb, int *stream);

/* At HERMETIC_INPUT: the prompt (UTF-8). */
HERMETIC_API hermetic_bytes hermetic_input_prompt(const hermetic_sandbox *sb);

/* ---- what a run left -------------------------------------------------------------------------------------------- */

/* After HERMETIC_DONE: the value of the last expression statement, of the call, or of the variable: one CBOR value.
 * When the value of a last expression has no form in CBOR (an instance, a function, a list that contains itself), it is
 * told by its repr: a CBOR str of at most HERMETIC_REPR_MOST bytes, whatever `value` is; a longer one is cut and ends in
 * "...". hermetic_result_type tells the two apart. */
HERMETIC_API hermetic_bytes hermetic_result(const hermetic_sandbox *sb);

/* After HERMETIC_DONE: empty when hermetic_result is the value itself; when it is a repr, the name of the value's type
 * (UTF-8, 1 to 200 bytes). */
HERMETIC_API hermetic_bytes hermetic_result_type(const hermetic_sandbox *sb);

#define HERMETIC_REPR_MOST 32768

/* What was written to stream 1 or 2 in the newest run, at most `output` bytes of both; kept when the run failed. */
HERMETIC_API hermetic_bytes hermetic_output(const hermetic_sandbox *sb, int stream);

typedef struct hermetic_usage {
    uint64_t fuel;        /* units used by the newest run */
    uint64_t wall;        /* ns inside start and resume */
    uint64_t memory;      /* bytes of linear memory at the end */
    uint64_t host_memory; /* bytes that the host side holds for this sandbox now */
    uint64_t output;      /* bytes written by the guest, cut ones included */
    uint64_t output_cut;  /* bytes dropped by HERMETIC_CUT_OUTPUT */
    uint64_t calls;       /* calls of granted functions */
} hermetic_usage;

HERMETIC_API hermetic_usage hermetic_usage_of(const hermetic_sandbox *sb);

/* Fuel, wall and memory of a run that goes on in another thread, as of its newest slice of fuel; the other members are
 * 0. From any thread, while the sandbox is not being destroyed. */
HERMETIC_API hermetic_usage hermetic_usage_peek(const hermetic_sandbox *sb);

/* The newest failure on this sandbox. All bytes are UTF-8, empty when they do not apply. */
typedef struct hermetic_failure {
    int status;               /* HERMETIC_E_..., 0 when the newest call did not fail */
    hermetic_bytes message;   /* one line: names the thing, the limit and the value */
    uint64_t limit, used;     /* for limits: the value in force, and what was used or asked for */
    hermetic_bytes type;      /* guest exceptions: the type's name, "ZeroDivisionError" */
    hermetic_bytes text;      /* guest exceptions: str(exception) */
    hermetic_bytes traceback; /* guest exceptions: as Python prints it */
    hermetic_bytes frames;    /* guest exceptions: CBOR array of [file, line, function, source line] */
    int exit_code;            /* HERMETIC_E_EXIT */
} hermetic_failure;

HERMETIC_API hermetic_failure hermetic_failure_of(const hermetic_sandbox *sb);

/* One line about the newest failed hermetic_create or hermetic_restore of this thread; never NULL. */
HERMETIC_API const char *hermetic_last_create_error(void);

/* ---- snapshots -------------------------------------------------------------------------------------------------- */

/* The state of an idle sandbox as bytes, to free with hermetic_free; with HERMETIC_JOURNAL also of a run that waits at
 * HERMETIC_CALL or HERMETIC_INPUT. `key` (32 bytes, or NULL) signs it. Fit for this build of the guest only. */
HERMETIC_API int hermetic_snapshot(hermetic_sandbox *sb, const uint8_t *key, uint8_t **out, size_t *len);

/* A sandbox from a snapshot, checked in full first. With `key`, the signature must match; a signed snapshot without a
 * key is refused as well. *status (may be NULL) is HERMETIC_DONE for an idle one; for a run that waited it is
 * HERMETIC_CALL or _INPUT again: the run was replayed with the journal's answers, and its output so far collected anew. */
HERMETIC_API int hermetic_restore(const hermetic_options *options, const uint8_t *key, const void *data, size_t len,
                                  hermetic_sandbox **out, int *status);

HERMETIC_API void hermetic_free(void *allocated);

/* ---- a layer of callbacks ---------------------------------------------------------------------------------------- */

/* Answers one call with hermetic_reply or hermetic_reply_error on `sb`; a negative return ends the run with it. */
typedef int (*hermetic_call_fn)(hermetic_sandbox *sb, hermetic_bytes name, hermetic_bytes args, hermetic_bytes kwargs,
                                void *context);
typedef int (*hermetic_output_fn)(hermetic_sandbox *sb, int stream, hermetic_bytes text, void *context);
typedef int (*hermetic_input_fn)(hermetic_sandbox *sb, hermetic_bytes prompt, void *context);

typedef struct hermetic_callbacks {
    size_t size; /* sizeof(hermetic_callbacks) */
    hermetic_call_fn call;
    hermetic_output_fn output;
    hermetic_input_fn input;
    void *context; /* handed to each */
} hermetic_callbacks;

/* Takes a started run (its newest status) to its end, answering through the callbacks; a missing one answers calls with
 * an error and input() with EOFError. Returns HERMETIC_DONE or an error. */
HERMETIC_API int hermetic_drive(hermetic_sandbox *sb, int status, const hermetic_callbacks *callbacks);

/* ---- CBOR: reader ------------------------------------------------------------------------------------------------ */

enum hermetic_kind {
    HERMETIC_END = 0, /* nothing left in the buffer */
    HERMETIC_NONE, HERMETIC_BOOL,
    HERMETIC_INT,     /* fits int64: .integer */
    HERMETIC_BIGINT,  /* .bytes is the magnitude, big-endian, .negative: value is -1 - magnitude */
    HERMETIC_FLOAT, HERMETIC_STR, HERMETIC_BYTES,
    HERMETIC_LIST, HERMETIC_TUPLE, HERMETIC_SET, HERMETIC_FROZENSET, /* .count items follow */
    HERMETIC_DICT,    /* .count pairs follow */
    HERMETIC_DATETIME, HERMETIC_DATE, HERMETIC_TIME, HERMETIC_TIMEDELTA, HERMETIC_DECIMAL, HERMETIC_UUID
};

typedef struct hermetic_item {
    enum hermetic_kind kind;
    int boolean;
    int64_t integer;   /* INT; TIMEDELTA: seconds; DECIMAL: exponent */
    int64_t fraction;  /* TIMEDELTA: microseconds, 0 to 999999; DECIMAL: the mantissa, when .bytes is empty */
    double real;
    hermetic_bytes bytes; /* STR, BYTES, BIGINT, DATETIME/DATE/TIME text, UUID; DECIMAL: a mantissa like a BIGINT's, or
                           * with .boolean set a text: NaN, -NaN, sNaN, -sNaN, Infinity, -Infinity */
    int negative;
    size_t count;
} hermetic_item;

/* Reads the head of the next item at *cursor and moves past it; containers' items follow. HERMETIC_E_CBOR at anything
 * malformed. Start with *cursor = data; `end` is one past the last byte. */
HERMETIC_API int hermetic_decode(const uint8_t **cursor, const uint8_t *end, hermetic_item *item);
/* Moves past one whole item. */
HERMETIC_API int hermetic_skip(const uint8_t **cursor, const uint8_t *end);
/* Is this exactly one well-formed value of the subset, of depth at most 100? 0 or HERMETIC_E_CBOR. */
HERMETIC_API int hermetic_validate(const void *data, size_t len);

/* ---- CBOR: writer ------------------------------------------------------------------------------------------------ */

/* A growing buffer. Errors stick: check once, at hermetic_encode_done. Start with HERMETIC_ENCODER_INIT. */
typedef struct hermetic_encoder {
    uint8_t *data;
    size_t len, capacity;
    int status;
} hermetic_encoder;

#define HERMETIC_ENCODER_INIT { NULL, 0, 0, 0 }

HERMETIC_API void hermetic_encode_none(hermetic_encoder *e);
HERMETIC_API void hermetic_encode_bool(hermetic_encoder *e, int value);
HERMETIC_API void hermetic_encode_int(hermetic_encoder *e, int64_t value);
HERMETIC_API void hermetic_encode_bigint(hermetic_encoder *e, const uint8_t *magnitude, size_t len, int negative);
HERMETIC_API void hermetic_encode_float(hermetic_encoder *e, double value);
HERMETIC_API void hermetic_encode_str(hermetic_encoder *e, const char *utf8, size_t len);
HERMETIC_API void hermetic_encode_bytes(hermetic_encoder *e, const void *data, size_t len);
HERMETIC_API void hermetic_encode_list(hermetic_encoder *e, size_t count);  /* then the items */
HERMETIC_API void hermetic_encode_tuple(hermetic_encoder *e, size_t count);
HERMETIC_API void hermetic_encode_set(hermetic_encoder *e, size_t count, int frozen);
HERMETIC_API void hermetic_encode_dict(hermetic_encoder *e, size_t count);  /* then keys and values in turn */
/* `kind` is HERMETIC_DATETIME, _DATE or _TIME; the text is ISO's, as Python's isoformat() writes it. */
HERMETIC_API void hermetic_encode_time(hermetic_encoder *e, enum hermetic_kind kind, const char *text, size_t len);
HERMETIC_API void hermetic_encode_timedelta(hermetic_encoder *e, int64_t seconds, int64_t microseconds); /* 0 to 999999 */
/* mantissa * 10**exponent; the mantissa is as in hermetic_encode_bigint. */
HERMETIC_API void hermetic_encode_decimal(hermetic_encoder *e, int64_t exponent, const uint8_t *magnitude, size_t len,
                                          int negative);
HERMETIC_API void hermetic_encode_decimal_special(hermetic_encoder *e, const char *text, size_t len); /* "NaN" ... */
HERMETIC_API void hermetic_encode_uuid(hermetic_encoder *e, const uint8_t *bytes);                     /* 16 of them */
HERMETIC_API void hermetic_encode_raw(hermetic_encoder *e, hermetic_bytes cbor); /* an encoded item as it is */
/* For those who write CBOR themselves: room for `len` bytes at the returned place, which is e->data + e->len. Add to e->len
 * what was written. NULL when memory is refused, or was. */
HERMETIC_API uint8_t *hermetic_encode_reserve(hermetic_encoder *e, size_t len);

/* 0, or the first error (the buffer is then freed and empty). The bytes are in e->data, e->len; they belong to the
 * caller: hermetic_free(e->data), or reuse by setting e->len = 0. */
HERMETIC_API int hermetic_encode_done(hermetic_encoder *e);

#ifdef __cplusplus
}
#endif

#endif
