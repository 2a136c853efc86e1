/* python/src/module.c: the module `hermetic._hermetic`: names, types, the function run. */
#include "_hermetic.h"

#include <string.h>

struct names names;

PyObject *lazily(PyObject **kept, const char *module, const char *attribute)
{
    if (!*kept) {
        PyObject *found = PyImport_ImportModule(module);
        if (found) {
            PyObject *value = PyObject_GetAttrString(found, attribute);
            Py_DECREF(found);
            if (!*kept) /* the import may have come here as well */
                *kept = value;
            else
                Py_XDECREF(value);
        }
    }
    return *kept;
}

static bool intern(PyObject **to, const char *text)
{
    if (!*to)
        *to = PyUnicode_InternFromString(text);
    return *to != NULL;
}

static bool names_init(void)
{
    return intern(&names.isoformat, "isoformat") && intern(&names.bytes, "bytes") && intern(&names.days, "days") &&
           intern(&names.seconds, "seconds") && intern(&names.microseconds, "microseconds") &&
           intern(&names.name, "__name__");
}

/* What hermetic keeps for later runs: idle sandboxes and names. */
static PyObject *trim(PyObject *self, PyObject *unused)
{
    (void)self, (void)unused;
    box_pool_clear();
    decode_forget();
    Py_RETURN_NONE;
}

static PyObject *cbor_dumps(PyObject *self, PyObject *value)
{
    (void)self;
    struct buffer b = scratch_take((size_t)1 << 30);
    PyObject *bytes = encode(&b, value, "value") ? PyBytes_FromStringAndSize((const char *)b.data, (Py_ssize_t)b.len) : NULL;
    scratch_give(&b);
    return bytes;
}

static PyObject *cbor_loads(PyObject *self, PyObject *bytes)
{
    (void)self;
    char *data;
    Py_ssize_t len;
    if (PyBytes_AsStringAndSize(bytes, &data, &len) < 0)
        return NULL;
    if (hermetic_validate(data, (size_t)len) < 0) {
        PyErr_SetString(PyExc_ValueError, "hermetic: not one value of the CBOR subset");
        return NULL;
    }
    return decode((hermetic_bytes){(const uint8_t *)data, (size_t)len});
}

static PyMethodDef methods[] = {
    {"run", (PyCFunction)(void (*)(void))one_shot, METH_FASTCALL | METH_KEYWORDS,
     "run(code, *, inputs=None, functions=None, limits=None, argv=None, file='main.py', on_output=None, on_input=None, "
     "clock=None, seed=None, deterministic=False, files=None, fetch=None)\n--\n\n"
     "Run a program in a fresh sandbox, and return its Result.\n\n"
     ">>> run('sum(numbers)', inputs={'numbers': [1, 2, 3]}).value\n6"},
    {"trim", trim, METH_NOARGS, "trim()\n--\n\nGive back what is kept to make the next run fast."},
    {"_dumps", cbor_dumps, METH_O, "_dumps(value)\n--\n\nA value as it crosses: CBOR. For tests."},
    {"_loads", cbor_loads, METH_O, "_loads(data)\n--\n\nThe reverse of _dumps. For tests."},
    {NULL, NULL, 0, NULL}};

static int exec(PyObject *module)
{
    static int64_t interpreter = -1;
    int64_t here = PyInterpreterState_GetID(PyInterpreterState_Get());
    if (interpreter == -1)
        interpreter = here;
    if (interpreter != here) {
        PyErr_SetString(PyExc_ImportError, "hermetic can be used in one interpreter of a process only");
        return -1;
    }
    if (!names_init() || !records_init(module) || !sandbox_init(module))
        return -1;
    return PyModule_AddStringConstant(module, "library_version", hermetic_version());
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)exec}, {0, NULL}};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "hermetic._hermetic", "The core of the package hermetic, in C.", 0, methods, slots, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__hermetic(void);
PyMODINIT_FUNC PyInit__hermetic(void)
{
    return PyModuleDef_Init(&definition);
}
