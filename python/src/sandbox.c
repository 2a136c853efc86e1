/* python/src/sandbox.c: the type Sandbox, which hermetic.Session extends, and the function run.
 *
 * A sandbox is used by one call at a time (box.in_use): a second one, from another thread or from a host function of the
 * run that goes on, gets Busy. cancel() alone may be called at any time.
 */
#include "_hermetic.h"

#include <string.h>

PyTypeObject *sandbox_type;

struct sandbox {
    PyObject_HEAD
    PyObject *weak, *dict;
    struct box box;
};

static struct box *box_of(PyObject *self)
{
    return &((struct sandbox *)self)->box;
}

/* ---- arguments of run ---- */

struct arguments {
    PyObject *inputs, *functions, *limits, *argv, *file, *on_output, *on_input, *clock, *seed, *deterministic, *files,
        *fetch;
};

static const struct {
    const char *name;
    size_t offset;
    bool session; /* also an argument of Session.run */
} known[] = {
    {"inputs", offsetof(struct arguments, inputs), true},        {"functions", offsetof(struct arguments, functions), true},
    {"limits", offsetof(struct arguments, limits), false},       {"argv", offsetof(struct arguments, argv), true},
    {"file", offsetof(struct arguments, file), true},            {"on_output", offsetof(struct arguments, on_output), false},
    {"on_input", offsetof(struct arguments, on_input), false},   {"clock", offsetof(struct arguments, clock), false},
    {"seed", offsetof(struct arguments, seed), false},           {"files", offsetof(struct arguments, files), false},
    {"fetch", offsetof(struct arguments, fetch), false},
    {"deterministic", offsetof(struct arguments, deterministic), false},
};

static bool take_keywords(struct arguments *a, PyObject *const *values, PyObject *kwnames, const char *function, bool session)
{
    Py_ssize_t count = kwnames ? PyTuple_Size(kwnames) : 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *name = PyTuple_GetItem(kwnames, i);
        size_t k = 0, all = sizeof(known) / sizeof(known[0]);
        while (k < all && ((session && !known[k].session) || PyUnicode_CompareWithASCIIString(name, known[k].name) != 0))
            k++;
        if (k == all) {
            PyErr_Format(PyExc_TypeError, "%s() got an unexpected keyword argument '%U'", function, name);
            return false;
        }
        if (values[i] != Py_None)
            *(PyObject **)((char *)a + known[k].offset) = values[i];
    }
    return true;
}

static bool not_yet(PyObject *given, const char *what)
{
    if (given && given != Py_None)
        PyErr_Format(PyExc_NotImplementedError, "%s= is not available in this version of hermetic", what);
    return PyErr_Occurred() != NULL;
}

static bool take_text(PyObject *given, const char *what, const char **text, Py_ssize_t *len)
{
    if (PyUnicode_Check(given))
        return (*text = PyUnicode_AsUTF8AndSize(given, len)) != NULL;
    if (PyBytes_Check(given)) {
        char *bytes;
        bool ok = PyBytes_AsStringAndSize(given, &bytes, len) == 0;
        *text = bytes;
        return ok;
    }
    PyErr_Format(PyExc_TypeError, "%s: expected a str, not %R", what, Py_TYPE(given));
    return false;
}

static bool take_name(PyObject *given, const char *what, const char **text)
{
    Py_ssize_t len;
    if (!PyUnicode_Check(given)) {
        PyErr_Format(PyExc_TypeError, "%s: expected a str, not %R", what, Py_TYPE(given));
        return false;
    }
    *text = PyUnicode_AsUTF8AndSize(given, &len);
    if (*text && strlen(*text) != (size_t)len) {
        PyErr_Format(PyExc_ValueError, "%s: embedded null character", what);
        return false;
    }
    return *text != NULL;
}

/* Runs `code` with what `a` says for a run. */
static PyObject *run_code(struct box *box, PyObject *code, const struct arguments *a, enum mode mode)
{
    struct request request = {RUN_CODE, NULL, 0, HERMETIC_RUN_OPTIONS_INIT, {NULL, 0}, {NULL, 0}};
    struct buffer inputs = {NULL, 0, 0, 0}, argv = {NULL, 0, 0, 0};
    PyObject *result = NULL;
    Py_ssize_t len;
    if (!take_text(code, "code", &request.text, &len))
        return NULL;
    request.len = (size_t)len;
    if (a->file && !take_name(a->file, "file", &request.options.file))
        return NULL;
    if (a->inputs) {
        inputs = scratch_take(box->options.value);
        if (!encode_names(&inputs, a->inputs, "inputs"))
            goto done;
        request.options.inputs = (hermetic_bytes){inputs.data, inputs.len};
    }
    if (a->argv) {
        PyObject *list = PySequence_List(a->argv);
        argv.most = (size_t)box->options.value;
        bool ok = list && encode(&argv, list, "argv");
        Py_XDECREF(list);
        if (!ok)
            goto done;
        request.options.argv = (hermetic_bytes){argv.data, argv.len};
    }
    result = run_start(box, &request, mode);
done:
    scratch_give(&inputs);
    buffer_free(&argv);
    return result;
}

PyObject *one_shot(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    struct arguments a = {0};
    struct box box = {.options = HERMETIC_OPTIONS_INIT};
    PyObject *result = NULL;
    (void)self;
    if (nargs != 1) {
        PyErr_Format(PyExc_TypeError, "run() takes 1 positional argument but %zd were given", nargs);
        return NULL;
    }
    if (!take_keywords(&a, args + 1, kwnames, "run", false) || not_yet(a.files, "files") || not_yet(a.fetch, "fetch") ||
        !limits_apply(a.limits, &box.options))
        return NULL;
    if (box_clock(&box, a.clock, a.seed, a.deterministic) && box_callbacks(&box, a.on_output, a.on_input) && box_grant(&box, a.functions) &&
        box_open(&box))
        result = run_code(&box, args[0], &a, MODE_RUN);
    if (result || !PyErr_Occurred()) {
        box_close(&box);
    } else {
        PyObject *type, *value, *traceback;
        PyErr_Fetch(&type, &value, &traceback);
        box_close(&box);
        PyErr_Restore(type, value, traceback);
    }
    box_clear(&box);
    return result;
}

/* ---- the life of a Sandbox ---- */

static PyObject *sandbox_make(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    (void)args, (void)kwargs;
    struct sandbox *s = (struct sandbox *)PyType_GenericAlloc(type, 0);
    if (s)
        s->box.options = (hermetic_options)HERMETIC_OPTIONS_INIT;
    return (PyObject *)s;
}

static int sandbox_setup(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *keywords[] = {"functions", "limits", "on_output", "on_input", "clock", "seed", "deterministic",
                               "files", "fetch", NULL};
    PyObject *functions = NULL, *limits = NULL, *on_output = NULL, *on_input = NULL, *clock = NULL, *seed = NULL;
    PyObject *deterministic = NULL, *files = NULL, *fetch = NULL;
    struct box *box = box_of(self);
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|$OOOOOOOOO:Session", keywords, &functions, &limits, &on_output, &on_input,
                                     &clock, &seed, &deterministic, &files, &fetch))
        return -1;
    if (box->sb || box->in_use) {
        PyErr_SetString(PyExc_RuntimeError, "Session.__init__ was called already");
        return -1;
    }
    if (not_yet(files, "files") || not_yet(fetch, "fetch"))
        return -1;
    return limits_apply(limits, &box->options) && box_clock(box, clock, seed, deterministic) && box_callbacks(box, on_output, on_input) &&
                   box_grant(box, functions) && box_open(box)
               ? 0
               : -1;
}

static int sandbox_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(((struct sandbox *)self)->dict);
    return box_traverse(box_of(self), visit, arg);
}

static int sandbox_clear(PyObject *self)
{
    Py_CLEAR(((struct sandbox *)self)->dict);
    box_clear(box_of(self));
    return 0;
}

static void sandbox_free(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    struct sandbox *s = (struct sandbox *)self;
    PyObject_GC_UnTrack(self);
    if (s->weak)
        PyObject_ClearWeakRefs(self);
    /* No run goes on, or its thread died in a fork or at the end of the interpreter: nobody else holds a reference. The
     * GIL must not be released here (the collector may call): so no reset, and no place in the store. */
    hermetic_destroy(s->box.sb);
    s->box.sb = NULL;
    sandbox_clear(self);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(self);
    Py_DECREF(type);
}

static bool idle(struct box *box)
{
    static PyObject *closed;
    if (!box->sb) {
        PyObject *type = lazily(&closed, "hermetic._errors", "Closed");
        if (type)
            PyErr_SetString(type, "the session is closed");
        return false;
    }
    if (box->in_use) {
        raise_status(HERMETIC_E_BUSY, "the session is in use: by another thread, or by the run that called this function");
        return false;
    }
    return true;
}

static PyObject *none_or_failed(struct box *box, int status)
{
    if (status < 0)
        return run_failed(box, status);
    Py_RETURN_NONE;
}

/* ---- methods: runs ---- */

static PyObject *run_in(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames, const char *name,
                        enum mode mode)
{
    struct arguments a = {0};
    struct box *box = box_of(self);
    if (nargs != 1) {
        PyErr_Format(PyExc_TypeError, "%s() takes 1 positional argument but %zd were given", name, nargs);
        return NULL;
    }
    if (!take_keywords(&a, args + 1, kwnames, name, true) || !idle(box) || (a.functions && !box_grant(box, a.functions)))
        return NULL;
    return run_code(box, args[0], &a, mode);
}

static PyObject *sandbox_run(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    return run_in(self, args, nargs, kwnames, "run", MODE_RUN);
}

static PyObject *sandbox_start(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    struct box *box = box_of(self);
    if (idle(box) && !(box->options.flags & HERMETIC_JOURNAL)) { /* from the first start on, runs can be saved */
        hermetic_options o = box->options;
        o.flags |= HERMETIC_JOURNAL;
        int status = hermetic_set_options(box->sb, &o);
        if (status < 0)
            return run_failed(box, status);
        box->options = o;
    }
    return PyErr_Occurred() ? NULL : run_in(self, args, nargs, kwnames, "start", MODE_PULL);
}

static PyObject *sandbox_run_step(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    return run_in(self, args, nargs, kwnames, "run_async", MODE_ASYNC);
}

static PyObject *call_in(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames, enum mode mode)
{
    struct request request = {RUN_CALL, NULL, 0, HERMETIC_RUN_OPTIONS_INIT, {NULL, 0}, {NULL, 0}};
    struct box *box = box_of(self);
    if (nargs < 1) {
        PyErr_SetString(PyExc_TypeError, "call() needs the name of a function");
        return NULL;
    }
    if (!take_name(args[0], "name", &request.text) || !idle(box))
        return NULL;
    struct buffer a = scratch_take(box->options.value), k = {NULL, 0, 0, (size_t)box->options.value};
    PyObject *result = NULL;
    if (encode_args(&a, args + 1, nargs - 1, "args") && (!kwnames || encode_names_of(&k, args + nargs, kwnames, "kwargs"))) {
        request.args = (hermetic_bytes){a.data, a.len};
        request.kwargs = (hermetic_bytes){k.data, k.len};
        result = run_start(box, &request, mode);
    }
    buffer_free(&k);
    scratch_give(&a);
    return result;
}

static PyObject *sandbox_call(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    return call_in(self, args, nargs, kwnames, MODE_RUN);
}

static PyObject *sandbox_call_step(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    return call_in(self, args, nargs, kwnames, MODE_ASYNC);
}

static PyObject *sandbox_resume(PyObject *self, PyObject *answer)
{
    return run_resume(box_of(self), answer, false, MODE_PULL);
}

static PyObject *sandbox_throw(PyObject *self, PyObject *error)
{
    if (!PyObject_TypeCheck(error, (PyTypeObject *)PyExc_Exception)) {
        PyErr_Format(PyExc_TypeError, "throw: expected an Exception, not %R", Py_TYPE(error));
        return NULL;
    }
    return run_resume(box_of(self), error, true, MODE_PULL);
}

static PyObject *sandbox_resume_step(PyObject *self, PyObject *answer)
{
    return run_resume(box_of(self), answer, false, MODE_ASYNC);
}

static PyObject *sandbox_throw_step(PyObject *self, PyObject *error)
{
    return run_resume(box_of(self), error, true, MODE_ASYNC);
}

static PyObject *sandbox_abandon(PyObject *self, PyObject *unused)
{
    struct box *box = box_of(self);
    (void)unused;
    if (box->async_wait)
        box->in_use = box->async_wait = false;
    if (!idle(box))
        return NULL;
    hermetic_abandon(box->sb);
    Py_RETURN_NONE;
}

static PyObject *sandbox_cancel(PyObject *self, PyObject *unused)
{
    struct box *box = box_of(self);
    (void)unused;
    if (box->sb)
        hermetic_cancel(box->sb);
    Py_RETURN_NONE;
}

/* ---- methods: variables ---- */

static PyObject *sandbox_get(PyObject *self, PyObject *name)
{
    struct request request = {RUN_GET, NULL, 0, HERMETIC_RUN_OPTIONS_INIT, {NULL, 0}, {NULL, 0}};
    if (!take_name(name, "name", &request.text) || !idle(box_of(self)))
        return NULL;
    return run_start(box_of(self), &request, MODE_RUN);
}

static PyObject *set_from(struct box *box, PyObject *values)
{
    struct request request = {RUN_SET, NULL, 0, HERMETIC_RUN_OPTIONS_INIT, {NULL, 0}, {NULL, 0}};
    PyObject *result = NULL;
    if (!idle(box))
        return NULL;
    struct buffer b = scratch_take(box->options.value);
    if (encode_names(&b, values, "variables")) {
        request.args = (hermetic_bytes){b.data, b.len};
        result = run_start(box, &request, MODE_RUN);
    }
    scratch_give(&b);
    return result;
}

static PyObject *sandbox_update(PyObject *self, PyObject *values)
{
    return set_from(box_of(self), values);
}

static int sandbox_set(PyObject *self, PyObject *name, PyObject *value)
{
    if (!value) {
        PyErr_SetString(PyExc_TypeError, "a session's variables cannot be deleted from outside: run 'del name'");
        return -1;
    }
    PyObject *values = PyDict_New();
    PyObject *result = values && PyDict_SetItem(values, name, value) == 0 ? set_from(box_of(self), values) : NULL;
    Py_XDECREF(values);
    Py_XDECREF(result);
    return result ? 0 : -1;
}

/* ---- methods: state ---- */

static PyObject *sandbox_grant(PyObject *self, PyObject *functions)
{
    if (!idle(box_of(self)) || !box_grant(box_of(self), functions))
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *sandbox_reset(PyObject *self, PyObject *unused)
{
    struct box *box = box_of(self);
    int status;
    (void)unused;
    if (!idle(box))
        return NULL;
    box->in_use = true;
    Py_BEGIN_ALLOW_THREADS
    status = hermetic_reset(box->sb);
    Py_END_ALLOW_THREADS
    box->in_use = false;
    if (status == 0 && !box_grant_again(box))
        return NULL;
    return none_or_failed(box, status);
}

static PyObject *sandbox_park(PyObject *self, PyObject *unused)
{
    (void)unused;
    return idle(box_of(self)) ? none_or_failed(box_of(self), hermetic_park(box_of(self)->sb)) : NULL;
}

static PyObject *sandbox_close(PyObject *self, PyObject *unused)
{
    struct box *box = box_of(self);
    (void)unused;
    if (!box->sb)
        Py_RETURN_NONE;
    if (box->async_wait)
        box->in_use = box->async_wait = false;
    if (!idle(box))
        return NULL;
    box_close(box);
    box_clear(box);
    Py_RETURN_NONE;
}

static bool take_key(PyObject *key, const uint8_t **bytes)
{
    char *data;
    Py_ssize_t len;
    *bytes = NULL;
    if (!key || key == Py_None)
        return true;
    if (!PyBytes_Check(key) || PyBytes_AsStringAndSize(key, &data, &len) < 0 || len != 32) {
        PyErr_Clear();
        PyErr_SetString(PyExc_ValueError, "key: expected 32 bytes");
        return false;
    }
    *bytes = (const uint8_t *)data;
    return true;
}

static PyObject *sandbox_snapshot(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *keywords[] = {"key", NULL};
    struct box *box = box_of(self);
    PyObject *key = NULL;
    const uint8_t *secret;
    uint8_t *data;
    size_t len;
    int status;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|$O:snapshot", keywords, &key) || !take_key(key, &secret) || !idle(box))
        return NULL;
    box->in_use = true;
    Py_BEGIN_ALLOW_THREADS
    status = hermetic_snapshot(box->sb, secret, &data, &len);
    Py_END_ALLOW_THREADS
    box->in_use = false;
    if (status < 0)
        return run_failed(box, status);
    PyObject *bytes = PyBytes_FromStringAndSize((const char *)data, (Py_ssize_t)len);
    hermetic_free(data);
    return bytes;
}

static void take_over(struct box *to, hermetic_sandbox *sb)
{
    if (to->sb)
        hermetic_destroy(to->sb);
    to->sb = sb;
    Py_CLEAR(to->grants); /* are part of the state */
    Py_CLEAR(to->prelude);
}

/* Into a new Session, in place of its own start state. Returns the call that waits, or None. */
static PyObject *sandbox_restore(PyObject *self, PyObject *args)
{
    struct box *box = box_of(self);
    PyObject *key = NULL;
    const uint8_t *secret;
    const char *data;
    Py_ssize_t len;
    hermetic_sandbox *sb;
    int status, state;
    if (!PyArg_ParseTuple(args, "y#O:_restore", &data, &len, &key) || !take_key(key, &secret) || !idle(box))
        return NULL;
    hermetic_options o = box->options;
    o.flags |= HERMETIC_JOURNAL;
    box->in_use = true;
    Py_BEGIN_ALLOW_THREADS
    status = hermetic_restore(&o, secret, data, (size_t)len, &sb, &state);
    Py_END_ALLOW_THREADS
    box->in_use = false;
    if (status < 0)
        return raise_status(status, hermetic_last_create_error());
    box->options = o;
    take_over(box, sb);
    if (state == HERMETIC_CALL) {
        PyObject *name = decode_name(hermetic_call_name(sb));
        PyObject *a = name ? decode_tuple(hermetic_call_args(sb)) : NULL;
        PyObject *k = a ? decode(hermetic_call_kwargs(sb)) : NULL;
        return k ? Py_BuildValue("(NNN)", name, a, k) : NULL;
    }
    Py_RETURN_NONE;
}

/* The state of `other`, and its functions. */
static PyObject *sandbox_copy(PyObject *self, PyObject *other)
{
    if (!PyObject_TypeCheck(other, sandbox_type) || other == self) {
        PyErr_SetString(PyExc_TypeError, "_copy: expected another session");
        return NULL;
    }
    struct box *to = box_of(self), *from = box_of(other);
    hermetic_sandbox *sb;
    if (!idle(to) || !idle(from))
        return NULL;
    int status = hermetic_fork(from->sb, &sb);
    if (status < 0)
        return run_failed(from, status);
    struct box made = {.sb = NULL, .options = from->options};
    made.source = from->source ? PyDict_Copy(from->source) : NULL;
    made.functions = from->functions ? PyDict_Copy(from->functions) : NULL;
    made.on_output = from->on_output, made.on_input = from->on_input;
    made.grants = from->grants, made.prelude = from->prelude;
    Py_XINCREF(made.on_output);
    Py_XINCREF(made.on_input);
    Py_XINCREF(made.grants);
    Py_XINCREF(made.prelude);
    hermetic_destroy(to->sb);
    box_clear(to);
    *to = made;
    to->sb = sb;
    if ((from->source && !made.source) || (from->functions && !made.functions))
        return NULL;
    Py_RETURN_NONE;
}

/* ---- attributes ---- */

static PyObject *sandbox_closed(PyObject *self, void *closure)
{
    (void)closure;
    return PyBool_FromLong(!box_of(self)->sb);
}

static PyObject *sandbox_usage(PyObject *self, void *closure)
{
    struct box *box = box_of(self);
    (void)closure;
    hermetic_usage usage = {0};
    if (box->sb)
        usage = hermetic_usage_of(box->sb);
    return usage_new(&usage);
}

static PyObject *sandbox_limits(PyObject *self, void *closure)
{
    (void)closure;
    return limits_new(&box_of(self)->options);
}

static int sandbox_set_limits(PyObject *self, PyObject *limits, void *closure)
{
    struct box *box = box_of(self);
    hermetic_options o = box->options;
    (void)closure;
    if (!idle(box) || !limits_apply(limits, &o))
        return -1;
    int status = hermetic_set_options(box->sb, &o);
    if (status < 0)
        run_failed(box, status);
    else
        box->options = o;
    return status < 0 ? -1 : 0;
}

static PyObject *sandbox_enter(PyObject *self, PyObject *unused)
{
    (void)unused;
    if (!idle(box_of(self)))
        return NULL;
    Py_INCREF(self);
    return self;
}

#define FAST(function) (PyCFunction)(void (*)(void))function
#define KEYWORDS (METH_FASTCALL | METH_KEYWORDS)

static PyMethodDef sandbox_methods[] = {
    {"run", FAST(sandbox_run), KEYWORDS,
     "run($self, code, *, inputs=None, functions=None, argv=None, file='main.py')\n--\n\n"
     "Run a program; variables stay from run to run. Returns a Result.\n\n"
     "Raises GuestError for an exception in the program, and LimitExceeded, after which the session is as before."},
    {"call", FAST(sandbox_call), KEYWORDS,
     "call($self, name, /, *args, **kwargs)\n--\n\nCall a function of the session, and return its value."},
    {"get", sandbox_get, METH_O, "get($self, name, /)\n--\n\nThe value of a variable. Raises GuestError (a NameError)."},
    {"update", sandbox_update, METH_O, "update($self, variables, /)\n--\n\nSet variables from a dict."},
    {"grant", sandbox_grant, METH_O, "grant($self, functions, /)\n--\n\nGrant more functions, from the next run on."},
    {"reset", sandbox_reset, METH_NOARGS,
     "reset($self, /)\n--\n\nBack to the start state. Functions stay granted; nothing else stays."},
    {"park", sandbox_park, METH_NOARGS, "park($self, /)\n--\n\nGive back what an idle session need not keep in memory."},
    {"cancel", sandbox_cancel, METH_NOARGS,
     "cancel($self, /)\n--\n\nEnd the run that goes on in another thread: it raises Cancelled there. From any thread."},
    {"close", sandbox_close, METH_NOARGS, "close($self, /)\n--\n\nEnd the session. Closing it again does nothing."},
    {"snapshot", (PyCFunction)(void (*)(void))sandbox_snapshot, METH_VARARGS | METH_KEYWORDS,
     "snapshot($self, *, key=None)\n--\n\nThe state as bytes; a key of 32 bytes signs them."},
    {"__enter__", sandbox_enter, METH_NOARGS, NULL},
    {"_start", FAST(sandbox_start), KEYWORDS, NULL},
    {"_resume", sandbox_resume, METH_O, NULL},
    {"_throw", sandbox_throw, METH_O, NULL},
    {"_abandon", sandbox_abandon, METH_NOARGS, NULL},
    {"_run_step", FAST(sandbox_run_step), KEYWORDS, NULL},
    {"_call_step", FAST(sandbox_call_step), KEYWORDS, NULL},
    {"_resume_step", sandbox_resume_step, METH_O, NULL},
    {"_throw_step", sandbox_throw_step, METH_O, NULL},
    {"_restore", sandbox_restore, METH_VARARGS, NULL},
    {"_copy", sandbox_copy, METH_O, NULL},
    {NULL, NULL, 0, NULL}};

static PyGetSetDef sandbox_getset[] = {
    {"closed", sandbox_closed, NULL, "whether the session is closed", NULL},
    {"usage", sandbox_usage, NULL, "what the newest run used so far, a Usage; from any thread", NULL},
    {"limits", sandbox_limits, sandbox_set_limits, "the Limits of coming runs", NULL},
    {NULL, NULL, NULL, NULL, NULL}};

static PyMemberDef sandbox_members[] = {
    {"__weaklistoffset__", T_PYSSIZET, offsetof(struct sandbox, weak), READONLY, NULL},
    {"__dictoffset__", T_PYSSIZET, offsetof(struct sandbox, dict), READONLY, NULL},
    {NULL, 0, 0, 0, NULL}};

static PyType_Slot sandbox_slots[] = {
    {Py_tp_doc, "Sandbox(*, functions=None, limits=None, on_output=None, on_input=None, clock=None, seed=None, "
                "deterministic=False, files=None, fetch=None)\n--\n\nWhat Session is made of."},
    {Py_tp_new, (void *)sandbox_make},
    {Py_tp_init, (void *)sandbox_setup},
    {Py_tp_dealloc, (void *)sandbox_free},
    {Py_tp_traverse, (void *)sandbox_traverse},
    {Py_tp_clear, (void *)sandbox_clear},
    {Py_tp_methods, sandbox_methods},
    {Py_tp_members, sandbox_members},
    {Py_tp_getset, sandbox_getset},
    {Py_mp_subscript, (void *)sandbox_get},
    {Py_mp_ass_subscript, (void *)sandbox_set},
    {0, NULL}};
static PyType_Spec sandbox_spec = {"hermetic.Sandbox", sizeof(struct sandbox), 0,
                                   Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC, sandbox_slots};

bool sandbox_init(PyObject *module)
{
    if (!sandbox_type)
        sandbox_type = (PyTypeObject *)PyType_FromSpec(&sandbox_spec);
    return sandbox_type && PyModule_AddObjectRef(module, "Sandbox", (PyObject *)sandbox_type) == 0;
}
