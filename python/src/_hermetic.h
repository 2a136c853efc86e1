/* python/src/_hermetic.h: what the files of the extension module share.
 *
 * The module is built for the limited API of CPython 3.10, so that one wheel serves every later version: nothing here may
 * use more of Python.h than that. Everything in this folder runs with the GIL held, except between Py_BEGIN_ALLOW_THREADS
 * and Py_END_ALLOW_THREADS in run.c and box.c, where only the library is called. Static state is guarded by the GIL.
 */
#ifndef HERMETIC_PYTHON_H
#define HERMETIC_PYTHON_H

#define PY_SSIZE_T_CLEAN
#ifndef Py_LIMITED_API /* the build defines it */
#define Py_LIMITED_API 0x030A0000
#endif
#include <Python.h>
#include <structmember.h>

#include <stdbool.h>
#include <stdint.h>

#include <hermetic.h>

/* ---- module.c: names made once ---- */

struct names {
    PyObject *isoformat, *bytes, *days, *seconds, *microseconds, *name;
};
extern struct names names;

/* An attribute of a module that is imported at first use, and kept. NULL with an exception. Borrowed. */
PyObject *lazily(PyObject **kept, const char *module, const char *attribute);

/* ---- encode.c: Python to CBOR ---- */

struct buffer {
    uint8_t *data;
    size_t len, capacity;
    size_t most; /* the limit on one value, for the message when it is passed */
};

/* Where a value came from, for messages: a chain of containers on the C stack. */
struct path {
    const struct path *up;
    PyObject *container; /* borrowed */
    PyObject *key;       /* of a mapping or a field's name; NULL: `index` counts */
    Py_ssize_t index;
    int depth;
    bool field;          /* of a dataclass */
};

/* Each appends, or returns false with an exception that gives the path below `root`. */
bool encode(struct buffer *b, PyObject *value, const char *root);
/* A dict with str keys only; `what` names it in messages. */
bool encode_names(struct buffer *b, PyObject *dict, const char *what);
/* A list of the items of a tuple, or of `count` objects. */
bool encode_args(struct buffer *b, PyObject *const *items, Py_ssize_t count, const char *root);
bool encode_names_of(struct buffer *b, PyObject *const *values, PyObject *kwnames, const char *root);
void buffer_free(struct buffer *b);

/* A buffer for a short while, whose memory is used again; give it back with scratch_give. */
struct buffer scratch_take(size_t most);
void scratch_give(struct buffer *b);

/* ---- decode.c: CBOR to Python. The bytes are the guest's: hostile ---- */

PyObject *decode(hermetic_bytes bytes);       /* exactly one value */
PyObject *decode_tuple(hermetic_bytes bytes); /* a list, as a tuple */
PyObject *decode_text(hermetic_bytes bytes);  /* UTF-8; what is not is replaced */
PyObject *decode_name(hermetic_bytes bytes);  /* UTF-8, interned */
void decode_forget(void);

/* ---- records.c: Limits, Usage, Result, Opaque ---- */

extern PyTypeObject *limits_type, *usage_type, *result_type, *opaque_type;
bool records_init(PyObject *module);
/* `limits` is a Limits or None. */
bool limits_apply(PyObject *limits, hermetic_options *options);
PyObject *limits_new(const hermetic_options *options);
PyObject *usage_new(const hermetic_usage *usage);
PyObject *opaque_new(PyObject *type, PyObject *repr); /* two str; steals both, NULL allowed */
PyObject *result_new(PyObject *value, PyObject *out, PyObject *err, PyObject *usage); /* steals all, NULL allowed */

/* ---- box.c: a sandbox and what belongs to it on Python's side ---- */

enum mode {
    MODE_RUN,   /* calls are answered here */
    MODE_ASYNC, /* the same, but awaitables are handed out */
    MODE_PULL   /* calls are handed out */
};

struct box {
    hermetic_sandbox *sb; /* NULL: closed */
    hermetic_options options;
    PyObject *source;     /* dict of all functions as they were given; NULL for none */
    PyObject *functions;  /* dict of name in calls to callable; NULL for none */
    PyObject *grants;     /* bytes, to be granted by the next run; NULL for none */
    PyObject *prelude;    /* str of guest code, to be run with them; NULL for none */
    PyObject *on_output, *on_input;
    bool in_use;          /* by a call on the Python side, in whatever thread */
    bool async_wait;      /* an awaitable was handed out: its value is the answer */
    bool wants_value;     /* of the run that goes on: the value alone, no Result */
};

bool box_open(struct box *box); /* with box->options */
void box_close(struct box *box);
void box_clear(struct box *box); /* references only */
int box_traverse(struct box *box, visitproc visit, void *arg);
/* Functions: a dict of names to callables and exposed objects, or None. */
bool box_grant(struct box *box, PyObject *functions);
/* The sandbox is in its start state again: everything is to be granted anew. */
bool box_grant_again(struct box *box);
bool box_callbacks(struct box *box, PyObject *on_output, PyObject *on_input);
/* clock: None, "real", a number (seconds since 1970) or a datetime */
bool box_clock(struct box *box, PyObject *clock, PyObject *seed, PyObject *deterministic);
void box_pool_clear(void);

/* ---- run.c ---- */

/* What to start; the bytes are copied by the library. */
struct request {
    enum { RUN_CODE, RUN_CALL, RUN_GET, RUN_SET } kind;
    const char *text; /* code or name */
    size_t len;
    hermetic_run_options options;
    hermetic_bytes args, kwargs; /* values of RUN_SET in args */
};

/* Runs from start to end: a Result for RUN_CODE, else the value alone. In other modes, what it waits for: see run.c. */
PyObject *run_start(struct box *box, const struct request *request, enum mode mode);
/* Goes on after a wait: with the answer, or (error) with an exception instance. */
PyObject *run_resume(struct box *box, PyObject *answer, bool error, enum mode mode);
/* The exception for the newest failure of the sandbox; always returns NULL. */
PyObject *run_failed(struct box *box, int status);
PyObject *raise_status(int status, const char *message);

/* ---- sandbox.c ---- */

extern PyTypeObject *sandbox_type;
bool sandbox_init(PyObject *module);
PyObject *one_shot(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames);

#endif
