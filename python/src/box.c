/* python/src/box.c: a sandbox with its Python side, and a small store of sandboxes for the next one.
 *
 * To make a sandbox costs a hundred microseconds of system calls, to reset one a microsecond or two. A sandbox that is
 * given back is reset at once (nothing of its run is left, and its memory goes back), so the store holds start states
 * only. Only sandboxes of the default stack size are kept.
 */
#include "_hermetic.h"

#include <string.h>

#define STORE 16
#define PAUSE UINT64_C(20000000) /* ns: signals are looked after that often */

static hermetic_sandbox *store[STORE];
static int stored;

static bool refused(int status, const char *message)
{
    raise_status(status, message);
    return false;
}

bool box_open(struct box *box)
{
    hermetic_options o = box->options;
    int status;
    o.pause = PAUSE;
    box->options = o;
    while (stored && o.stack == 2u << 20) {
        hermetic_sandbox *sb = store[--stored];
        status = hermetic_set_options(sb, &o);
        if (status == 0) {
            box->sb = sb;
            return true;
        }
        if (status == HERMETIC_E_INVALID) {
            store[stored++] = sb;
            break; /* told by hermetic_create */
        }
        hermetic_destroy(sb);
    }
    Py_BEGIN_ALLOW_THREADS
    status = hermetic_create(&o, &box->sb);
    Py_END_ALLOW_THREADS
    return status == 0 || refused(status, hermetic_last_create_error());
}

void box_close(struct box *box)
{
    hermetic_sandbox *sb = box->sb;
    int status;
    box->sb = NULL;
    if (!sb)
        return;
    Py_BEGIN_ALLOW_THREADS
    status = hermetic_reset(sb);
    Py_END_ALLOW_THREADS
    if (status == 0 && stored < STORE && box->options.stack == 2u << 20)
        store[stored++] = sb;
    else
        hermetic_destroy(sb);
}

void box_pool_clear(void)
{
    while (stored)
        hermetic_destroy(store[--stored]);
}

void box_clear(struct box *box)
{
    Py_CLEAR(box->source);
    Py_CLEAR(box->functions);
    Py_CLEAR(box->grants);
    Py_CLEAR(box->prelude);
    Py_CLEAR(box->on_output);
    Py_CLEAR(box->on_input);
}

int box_traverse(struct box *box, visitproc visit, void *arg)
{
    Py_VISIT(box->source);
    Py_VISIT(box->functions);
    Py_VISIT(box->on_output);
    Py_VISIT(box->on_input);
    return 0;
}

/* What hermetic._functions.prepare makes of `functions`: into box->functions, box->grants, box->prelude. */
static bool prepare(struct box *box, PyObject *functions)
{
    static PyObject *helper;
    PyObject *prepare = lazily(&helper, "hermetic._functions", "prepare");
    PyObject *parts = prepare ? PyObject_CallFunctionObjArgs(prepare, functions, NULL) : NULL;
    PyObject *flat, *descriptions, *prelude, *grants = NULL;
    bool ok = parts && PyArg_ParseTuple(parts, "O!O!O", &PyDict_Type, &flat, &PyList_Type, &descriptions, &prelude);
    if (ok && !box->functions)
        ok = (box->functions = PyDict_New()) != NULL;
    ok = ok && PyDict_Update(box->functions, flat) == 0;
    if (ok) {
        struct buffer b = scratch_take(box->options.value);
        if (encode(&b, descriptions, "functions"))
            grants = PyBytes_FromStringAndSize((const char *)b.data, (Py_ssize_t)b.len);
        scratch_give(&b);
        ok = grants != NULL;
    }
    if (ok) {
        Py_XDECREF(box->grants);
        box->grants = grants;
        Py_CLEAR(box->prelude);
        if (prelude != Py_None) {
            Py_INCREF(prelude);
            box->prelude = prelude;
        }
    }
    Py_XDECREF(parts);
    return ok;
}

bool box_grant(struct box *box, PyObject *functions)
{
    if (!functions || functions == Py_None)
        return true;
    if (!PyDict_Check(functions)) {
        PyErr_Format(PyExc_TypeError, "functions: expected a dict of names to callables, not %R", Py_TYPE(functions));
        return false;
    }
    if (PyDict_Size(functions) == 0)
        return true;
    if (!box->source && !(box->source = PyDict_New()))
        return false;
    PyObject *merged = PyDict_Copy(box->source);
    bool ok = merged && PyDict_Update(merged, functions) == 0 && prepare(box, box->grants ? merged : functions);
    if (ok) {
        Py_DECREF(box->source);
        box->source = merged;
    } else {
        Py_XDECREF(merged);
    }
    return ok;
}

bool box_grant_again(struct box *box)
{
    Py_CLEAR(box->grants);
    Py_CLEAR(box->prelude);
    return !box->source || prepare(box, box->source);
}

static bool callback(PyObject *given, const char *what, PyObject **to)
{
    if (!given || given == Py_None)
        return true;
    if (!PyCallable_Check(given)) {
        PyErr_Format(PyExc_TypeError, "%s: expected a callable, not %R", what, Py_TYPE(given));
        return false;
    }
    Py_INCREF(given);
    *to = given;
    return true;
}

bool box_callbacks(struct box *box, PyObject *on_output, PyObject *on_input)
{
    if (!callback(on_output, "on_output", &box->on_output) || !callback(on_input, "on_input", &box->on_input))
        return false;
    box->options.flags |= (box->on_output ? HERMETIC_OUTPUT_EVENTS : 0) | (box->on_input ? HERMETIC_INPUT_EVENTS : 0);
    return true;
}

/* Seconds since 1970 of a number or of a datetime, in ns. */
static bool start_time(PyObject *clock, int64_t *ns)
{
    PyObject *seconds;
    if (PyLong_Check(clock) || PyFloat_Check(clock)) {
        seconds = clock;
        Py_INCREF(seconds);
    } else if (!(seconds = PyObject_CallMethod(clock, "timestamp", NULL))) {
        PyErr_Clear();
        PyErr_Format(PyExc_TypeError, "clock: expected None, 'real', seconds since 1970 or a datetime, not %R",
                     Py_TYPE(clock));
        return false;
    }
    double value = PyFloat_AsDouble(seconds);
    Py_DECREF(seconds);
    if (value == -1.0 && PyErr_Occurred())
        return false;
    if (!(value >= 0 && value <= 4e9)) {
        PyErr_SetString(PyExc_ValueError, "clock: a start before 1970, or too far ahead");
        return false;
    }
    *ns = (int64_t)value * 1000000000 + (int64_t)((value - (double)(int64_t)value) * 1e9);
    return true;
}

bool box_clock(struct box *box, PyObject *clock, PyObject *seed, PyObject *deterministic)
{
    int fixed = deterministic ? PyObject_IsTrue(deterministic) : 0;
    if (fixed < 0)
        return false;
    if (fixed) {
        box->options.clock = HERMETIC_CLOCK_VIRTUAL;
        box->options.flags |= HERMETIC_HAS_SEED;
    }
    if (clock && PyUnicode_Check(clock)) {
        if (PyUnicode_CompareWithASCIIString(clock, "real") != 0 || fixed) {
            PyErr_Format(PyExc_ValueError, "clock: %R %s", clock, fixed ? "is not deterministic" : "is not known");
            return false;
        }
        box->options.clock = HERMETIC_CLOCK_REAL;
    } else if (clock && clock != Py_None) {
        box->options.clock = HERMETIC_CLOCK_VIRTUAL;
        if (!start_time(clock, &box->options.clock_start))
            return false;
    }
    if (seed && seed != Py_None) {
        box->options.flags |= HERMETIC_HAS_SEED;
        box->options.seed = PyLong_AsUnsignedLongLong(seed);
        if (box->options.seed == (uint64_t)-1 && PyErr_Occurred())
            return false;
    }
    return true;
}
