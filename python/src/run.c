/* python/src/run.c: the run loop: the guest runs without the GIL; what it asks for is answered with it.
 *
 * Invariant: when a function here returns an exception, no run is left waiting, except in MODE_PULL after a bad answer,
 * and in whatever state another user's run is. Exceptions of host functions go into the guest as a type's name and a
 * message; those that are not Exception (KeyboardInterrupt, SystemExit) end the run and go on upwards.
 */
#include "_hermetic.h"

#include <string.h>

#define MESSAGE_MOST 4000 /* characters of an exception's message that go into the guest */

/* ---- failures ---- */

PyObject *raise_status(int status, const char *message)
{
    static PyObject *helper;
    PyObject *make = lazily(&helper, "hermetic._errors", "from_status");
    PyObject *error = make ? PyObject_CallFunction(make, "iss", status, hermetic_error_name(status), message) : NULL;
    if (error)
        PyErr_SetObject((PyObject *)Py_TYPE(error), error);
    Py_XDECREF(error);
    return NULL;
}

static PyObject *usage_of(struct box *box)
{
    hermetic_usage usage = hermetic_usage_of(box->sb);
    return usage_new(&usage);
}

PyObject *run_failed(struct box *box, int status)
{
    static PyObject *helper;
    hermetic_failure f = hermetic_failure_of(box->sb);
    if (status == HERMETIC_E_BUSY)
        return raise_status(status, "the session is in use by another thread");
    if (f.status != status)
        return raise_status(status, hermetic_error_text(status));
    PyObject *make = lazily(&helper, "hermetic._errors", "from_failure");
    if (!make)
        return NULL;
    PyObject *frames = f.frames.len ? decode(f.frames) : PyList_New(0);
    PyObject *message = decode_text(f.message), *type = decode_text(f.type), *text = decode_text(f.text);
    PyObject *traceback = decode_text(f.traceback);
    PyObject *out = decode_text(hermetic_output(box->sb, 1)), *err = decode_text(hermetic_output(box->sb, 2));
    PyObject *usage = usage_of(box), *error = NULL;
    if (frames && message && type && text && traceback && out && err && usage)
        error = PyObject_CallFunction(make, "isOKKOOOOiOOO", status, hermetic_error_name(status), message,
                                      (unsigned long long)f.limit, (unsigned long long)f.used, type, text, traceback, frames,
                                      f.exit_code, out, err, usage);
    if (error)
        PyErr_SetObject((PyObject *)Py_TYPE(error), error);
    Py_XDECREF(error);
    Py_XDECREF(frames);
    Py_XDECREF(message);
    Py_XDECREF(type);
    Py_XDECREF(text);
    Py_XDECREF(traceback);
    Py_XDECREF(out);
    Py_XDECREF(err);
    Py_XDECREF(usage);
    return NULL;
}

/* After a run that was rolled back. Keeps the exception that is set. */
static void rolled_back(struct box *box)
{
    if (!(box->options.flags & HERMETIC_DISCARD_ON_LIMIT) || !box->source)
        return;
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    if (!box_grant_again(box))
        PyErr_Clear(); /* of memory: the names are missing then, and a run that uses them says so */
    PyErr_Restore(type, value, traceback);
}

/* Ends the waiting run, because of the exception that is set. */
static PyObject *give_up(struct box *box)
{
    hermetic_abandon(box->sb);
    rolled_back(box);
    box->in_use = box->async_wait = false;
    return NULL;
}

/* ---- answers ---- */

static PyObject *cut(PyObject *text) /* steals */
{
    PyObject *shorter = text ? PyUnicode_Substring(text, 0, MESSAGE_MOST) : NULL;
    Py_XDECREF(text);
    return shorter;
}

/* str(error); for KeyError the key itself, of which the guest's KeyError makes the repr again. */
static PyObject *message_of(PyObject *error)
{
    PyObject *text = NULL;
    if (PyObject_TypeCheck(error, (PyTypeObject *)PyExc_KeyError)) {
        PyObject *args = PyObject_GetAttrString(error, "args");
        if (args && PyTuple_Check(args) && PyTuple_Size(args) == 1)
            text = PyObject_Str(PyTuple_GetItem(args, 0));
        Py_XDECREF(args);
    } else {
        text = PyObject_Str(error);
    }
    return cut(text);
}

/* The exception as an answer. False when it is one that ends the run; then it is set. */
static bool answer_exception(struct box *box, PyObject *error)
{
    if (!PyObject_TypeCheck(error, (PyTypeObject *)PyExc_Exception)) {
        PyErr_SetObject((PyObject *)Py_TYPE(error), error);
        return false;
    }
    PyObject *name = PyObject_GetAttr((PyObject *)Py_TYPE(error), names.name);
    PyObject *type = name ? PyUnicode_AsEncodedString(name, "utf-8", "replace") : NULL;
    PyObject *message = type ? message_of(error) : NULL;
    if (type && !message) { /* its __str__ fails: the name has to do */
        PyErr_Clear();
        message = PyUnicode_FromString("");
    }
    PyObject *text = message ? PyUnicode_AsEncodedString(message, "utf-8", "replace") : NULL;
    int status = text ? hermetic_reply_error(box->sb, PyBytes_AsString(type), PyBytes_AsString(text)) : HERMETIC_E_NOMEM;
    if (text && status == HERMETIC_E_TOO_BIG)
        status = hermetic_reply_error(box->sb, PyBytes_AsString(type), "");
    if (status < 0 && !PyErr_Occurred())
        run_failed(box, status);
    Py_XDECREF(text);
    Py_XDECREF(message);
    Py_XDECREF(type);
    Py_XDECREF(name);
    return status == 0;
}

/* The exception that is set, as an answer. */
static bool answer_raised(struct box *box)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    if (traceback)
        PyException_SetTraceback(value, traceback);
    bool ok = answer_exception(box, value);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    return ok;
}

static bool answer_value(struct box *box, PyObject *value, const char *root)
{
    struct buffer b = scratch_take(box->options.value);
    bool ok = encode(&b, value, root);
    if (ok) {
        hermetic_encoder e = {b.data, b.len, b.capacity, 0};
        int status = hermetic_reply_encoded(box->sb, &e);
        b.data = e.data; /* another one, unless it failed */
        b.capacity = e.capacity;
        ok = status == 0;
        if (!ok)
            run_failed(box, status);
    }
    scratch_give(&b);
    return ok;
}

static bool is_awaitable(PyObject *value)
{
    PyTypeObject *type = Py_TYPE(value);
    if (type == &PyLong_Type || type == &PyUnicode_Type || value == Py_None || type == &PyDict_Type || type == &PyList_Type)
        return false;
    return PyType_GetSlot(type, Py_am_await) != NULL;
}

static void close_awaitable(PyObject *value)
{
    PyObject *closed = PyObject_CallMethod(value, "close", NULL); /* a coroutine: else it warns */
    if (!closed)
        PyErr_Clear();
    Py_XDECREF(closed);
}

/* Answers the call that waits. With MODE_ASYNC, *awaitable may be set instead. False: the exception ends the run. */
static bool answer_call(struct box *box, enum mode mode, PyObject **awaitable)
{
    hermetic_bytes kw = hermetic_call_kwargs(box->sb);
    char root[96] = "result";
    PyObject *name = decode_name(hermetic_call_name(box->sb)), *function = NULL, *args = NULL, *kwargs = NULL, *value = NULL;
    bool ok = false;
    if (name) {
        function = box->functions ? PyDict_GetItemWithError(box->functions, name) : NULL;
        Py_XINCREF(function);
        if (!function && !PyErr_Occurred())
            PyErr_Format(PyExc_NameError, "no function '%U' is granted in this session", name);
    }
    if (function && (args = decode_tuple(hermetic_call_args(box->sb))) &&
        (kw.len <= 1 || (kwargs = decode(kw))))
        value = PyObject_Call(function, args, kwargs);
    if (value && is_awaitable(value)) {
        if (mode == MODE_ASYNC) {
            *awaitable = value;
            value = NULL;
            ok = true;
            goto done;
        }
        close_awaitable(value);
        Py_CLEAR(value);
        PyErr_Format(PyExc_TypeError, "%U() is async: use run_async or call_async", name);
    }
    if (value) {
        if (value != Py_None && !PyLong_CheckExact(value) && !PyFloat_CheckExact(value)) { /* which are never refused */
            Py_ssize_t len;
            const char *text = PyUnicode_AsUTF8AndSize(name, &len);
            if (text)
                PyOS_snprintf(root, sizeof(root), "result of %.60s()", text);
        }
        ok = answer_value(box, value, root);
    }
    if (!ok)
        ok = PyErr_Occurred() && answer_raised(box);
done:
    Py_XDECREF(value);
    Py_XDECREF(kwargs);
    Py_XDECREF(args);
    Py_XDECREF(function);
    Py_XDECREF(name);
    return ok;
}

static bool tell_output(struct box *box)
{
    int stream = 1;
    PyObject *text = decode_text(hermetic_output_event(box->sb, &stream));
    PyObject *value = text ? PyObject_CallFunction(box->on_output, "Os", text, stream == 2 ? "stderr" : "stdout") : NULL;
    Py_XDECREF(text);
    Py_XDECREF(value);
    return value != NULL;
}

static bool answer_input(struct box *box)
{
    PyObject *prompt = decode_text(hermetic_input_prompt(box->sb));
    PyObject *line = prompt ? PyObject_CallFunctionObjArgs(box->on_input, prompt, NULL) : NULL;
    if (line && !PyUnicode_Check(line)) {
        PyErr_Format(PyExc_TypeError, "on_input: expected a str, not %R", Py_TYPE(line));
        Py_CLEAR(line);
    }
    bool ok = line && answer_value(box, line, "on_input");
    if (!ok)
        ok = PyErr_Occurred() && answer_raised(box);
    Py_XDECREF(prompt);
    Py_XDECREF(line);
    return ok;
}

/* ---- the loop ---- */

static PyObject *finished(struct box *box)
{
    PyObject *value = decode(hermetic_result(box->sb));
    hermetic_bytes opaque = hermetic_result_type(box->sb);
    if (opaque.len && value)
        value = opaque_new(decode_text(opaque), value);
    if (!box->wants_value && value) {
        hermetic_bytes out = hermetic_output(box->sb, 1), err = hermetic_output(box->sb, 2);
        value = result_new(value, decode_text(out), decode_text(err), usage_of(box));
    }
    box->in_use = false;
    return value;
}

static bool committed(int status)
{
    return status == HERMETIC_DONE || status == HERMETIC_E_EXCEPTION || status == HERMETIC_E_EXIT;
}

/* (kind, name, args, kwargs) of the call that waits, in MODE_PULL. */
static PyObject *handed_out(struct box *box)
{
    hermetic_bytes kw = hermetic_call_kwargs(box->sb);
    PyObject *name = decode_name(hermetic_call_name(box->sb));
    PyObject *args = name ? decode_tuple(hermetic_call_args(box->sb)) : NULL;
    PyObject *kwargs = args ? decode(kw) : NULL;
    PyObject *call = kwargs ? PyTuple_Pack(3, name, args, kwargs) : NULL;
    Py_XDECREF(name);
    Py_XDECREF(args);
    Py_XDECREF(kwargs);
    if (!call) /* cannot be told: ends the run */
        return give_up(box);
    box->in_use = false;
    return call;
}

static PyObject *loop(struct box *box, int status, enum mode mode)
{
    hermetic_sandbox *sb = box->sb;
    PyObject *awaitable = NULL;
    while (status > 0) {
        bool ok = true;
        switch (status) {
        case HERMETIC_CALL:
            if (mode == MODE_PULL)
                return handed_out(box);
            ok = answer_call(box, mode, &awaitable);
            break;
        case HERMETIC_OUTPUT: ok = tell_output(box); break;
        case HERMETIC_INPUT: ok = answer_input(box); break;
        default: ok = PyErr_CheckSignals() == 0; break;
        }
        if (!ok)
            return give_up(box);
        if (awaitable) {
            box->async_wait = true;
            return Py_BuildValue("(ON)", Py_None, awaitable);
        }
        Py_BEGIN_ALLOW_THREADS
        status = hermetic_resume(sb);
        Py_END_ALLOW_THREADS
    }
    if (committed(status) && box->grants) {
        Py_CLEAR(box->grants);
        Py_CLEAR(box->prelude);
    }
    if (status < 0) {
        run_failed(box, status);
        if (!committed(status))
            rolled_back(box);
        box->in_use = false;
        return NULL;
    }
    PyObject *result = finished(box);
    if (mode == MODE_ASYNC && result)
        return Py_BuildValue("(NO)", result, Py_None);
    return result;
}

static bool enter(struct box *box)
{
    if (!box->sb) {
        static PyObject *closed;
        PyObject *type = lazily(&closed, "hermetic._errors", "Closed");
        if (type)
            PyErr_SetString(type, "the session is closed");
        return false;
    }
    if (box->in_use) {
        raise_status(HERMETIC_E_BUSY, "the session is in use: by another thread, or by the run that called this function");
        return false;
    }
    box->in_use = true;
    return true;
}

/* Grants what is to be granted in a run of its own. */
static bool grant_first(struct box *box)
{
    hermetic_run_options options = HERMETIC_RUN_OPTIONS_INIT;
    hermetic_sandbox *sb = box->sb;
    const char *code = "";
    Py_ssize_t len = 0;
    int status;
    options.functions = (hermetic_bytes){(const uint8_t *)PyBytes_AsString(box->grants), (size_t)PyBytes_Size(box->grants)};
    options.flags = HERMETIC_RUN_NO_VALUE;
    if (box->prelude && !(code = PyUnicode_AsUTF8AndSize(box->prelude, &len)))
        return false;
    status = hermetic_start(sb, code, (size_t)len, &options);
    while (status == HERMETIC_PAUSE)
        status = hermetic_resume(sb);
    if (status != HERMETIC_DONE) {
        if (status > 0)
            hermetic_abandon(sb);
        run_failed(box, status > 0 ? HERMETIC_E_PROTOCOL : status);
        return false;
    }
    Py_CLEAR(box->grants);
    Py_CLEAR(box->prelude);
    return true;
}

PyObject *run_start(struct box *box, const struct request *request, enum mode mode)
{
    hermetic_sandbox *sb = box->sb;
    hermetic_run_options options = request->options;
    int status = HERMETIC_E_INVALID;
    if (!enter(box))
        return NULL;
    if (box->grants && (box->prelude || request->kind != RUN_CODE) && !grant_first(box)) {
        box->in_use = false;
        return NULL;
    }
    if (box->grants)
        options.functions = (hermetic_bytes){(const uint8_t *)PyBytes_AsString(box->grants), (size_t)PyBytes_Size(box->grants)};
    box->wants_value = request->kind != RUN_CODE;
    box->async_wait = false;
    Py_BEGIN_ALLOW_THREADS
    switch (request->kind) {
    case RUN_CODE: status = hermetic_start(sb, request->text, request->len, &options); break;
    case RUN_CALL: status = hermetic_start_call(sb, request->text, request->args, request->kwargs); break;
    case RUN_GET: status = hermetic_start_get(sb, request->text); break;
    case RUN_SET: status = hermetic_start_set(sb, request->args); break;
    }
    Py_END_ALLOW_THREADS
    return loop(box, status, mode);
}

PyObject *run_resume(struct box *box, PyObject *answer, bool error, enum mode mode)
{
    hermetic_sandbox *sb = box->sb;
    int status;
    if (mode == MODE_ASYNC && box->async_wait)
        box->in_use = false;
    if (!enter(box))
        return NULL;
    box->async_wait = false;
    bool ok = error ? answer_exception(box, answer) : answer_value(box, answer, "answer");
    if (!ok && mode == MODE_PULL) { /* the call still waits for another answer */
        box->in_use = false;
        return NULL;
    }
    if (!ok && !(PyErr_Occurred() && answer_raised(box)))
        return give_up(box);
    Py_BEGIN_ALLOW_THREADS
    status = hermetic_resume(sb);
    Py_END_ALLOW_THREADS
    return loop(box, status, mode);
}
