/* python/src/records.c: Limits, Usage, Result and Opaque: plain records, read-only, which pickle. */
#include "_hermetic.h"

#include <float.h>
#include <string.h>

PyTypeObject *limits_type, *usage_type, *result_type, *opaque_type;

#define FLAGS (Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE)

static void free_object(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(self);
    Py_DECREF(type);
}

static PyObject *alloc_object(PyTypeObject *type)
{
    return PyType_GenericAlloc(type, 0);
}

/* ---- Limits ---- */

struct limits {
    PyObject_HEAD
    unsigned long long fuel, memory, output, value, calls, stack;
    double wall; /* seconds */
    char cut_output, discard;
};

/* The defaults that the comments in hermetic.h give; tests compare them with the library's. */
static const struct limits defaults = {
    .fuel = 300000000000u, .memory = 64u << 20, .output = 1u << 20, .value = 16u << 20, .calls = 1000000u,
    .stack = 2u << 20, .wall = 10.0,
};

static bool count(PyObject *given, const char *name, unsigned long long *to)
{
    if (!given || given == Py_None)
        return true;
    if (!PyLong_Check(given) || PyBool_Check(given)) {
        PyErr_Format(PyExc_TypeError, "Limits: %s: expected an int, not %R", name, Py_TYPE(given));
        return false;
    }
    *to = PyLong_AsUnsignedLongLong(given);
    if ((*to == (unsigned long long)-1 && PyErr_Occurred()) || *to == 0) {
        PyErr_Clear();
        PyErr_Format(PyExc_ValueError, "Limits: %s: %R is out of range", name, given);
        return false;
    }
    return true;
}

static PyObject *limits_make(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *keywords[] = {"fuel", "wall", "memory", "output", "value", "calls", "stack", "cut_output", "on_limit", NULL};
    PyObject *fuel = NULL, *wall = NULL, *memory = NULL, *output = NULL, *value = NULL, *calls = NULL, *stack = NULL;
    int cut_output = 0;
    const char *on_limit = "rollback";
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|OOOOOOOps:Limits", keywords, &fuel, &wall, &memory, &output, &value,
                                     &calls, &stack, &cut_output, &on_limit))
        return NULL;
    struct limits l = defaults;
    if (!count(fuel, "fuel", &l.fuel) || !count(memory, "memory", &l.memory) || !count(output, "output", &l.output) ||
        !count(value, "value", &l.value) || !count(calls, "calls", &l.calls) || !count(stack, "stack", &l.stack))
        return NULL;
    if (wall && wall != Py_None) {
        l.wall = PyFloat_AsDouble(wall);
        if (l.wall == -1.0 && PyErr_Occurred())
            return NULL;
        if (!(l.wall >= 1e-9 && l.wall <= 4e9)) {
            PyErr_Format(PyExc_ValueError, "Limits: wall: %R is out of range (seconds)", wall);
            return NULL;
        }
    }
    l.cut_output = (char)cut_output;
    l.discard = strcmp(on_limit, "discard") == 0;
    if (!l.discard && strcmp(on_limit, "rollback") != 0) {
        PyErr_Format(PyExc_ValueError, "Limits: on_limit: expected 'rollback' or 'discard', not '%s'", on_limit);
        return NULL;
    }
    if (l.stack > UINT32_MAX) {
        PyErr_Format(PyExc_ValueError, "Limits: stack: %R is out of range", stack);
        return NULL;
    }
    struct limits *self = (struct limits *)alloc_object(type);
    if (self)
        memcpy((char *)self + offsetof(struct limits, fuel), (char *)&l + offsetof(struct limits, fuel),
               sizeof(l) - offsetof(struct limits, fuel));
    return (PyObject *)self;
}

static PyMemberDef limits_members[] = {
    {"fuel", T_ULONGLONG, offsetof(struct limits, fuel), READONLY, "units of guest work, about thirty a nanosecond"},
    {"wall", T_DOUBLE, offsetof(struct limits, wall), READONLY, "seconds of running; waiting for the host is free"},
    {"memory", T_ULONGLONG, offsetof(struct limits, memory), READONLY, "bytes of the sandbox's memory"},
    {"output", T_ULONGLONG, offsetof(struct limits, output), READONLY, "bytes written to both streams"},
    {"value", T_ULONGLONG, offsetof(struct limits, value), READONLY, "bytes of any one value that crosses"},
    {"calls", T_ULONGLONG, offsetof(struct limits, calls), READONLY, "calls of granted functions"},
    {"stack", T_ULONGLONG, offsetof(struct limits, stack), READONLY, "bytes of native stack, which bounds recursion"},
    {"cut_output", T_BOOL, offsetof(struct limits, cut_output), READONLY, "drop output past its limit, and go on"},
    {NULL, 0, 0, 0, NULL}};

static PyObject *limits_on_limit(PyObject *self, void *closure)
{
    (void)closure;
    return PyUnicode_FromString(((struct limits *)self)->discard ? "discard" : "rollback");
}

static PyGetSetDef limits_getset[] = {
    {"on_limit", limits_on_limit, NULL, "what a limit does to the session: 'rollback' or 'discard'", NULL},
    {NULL, NULL, NULL, NULL, NULL}};

static PyObject *limits_tuple(PyObject *self)
{
    struct limits *l = (struct limits *)self;
    return Py_BuildValue("(KdKKKKKOs)", l->fuel, l->wall, l->memory, l->output, l->value, l->calls, l->stack,
                         l->cut_output ? Py_True : Py_False, l->discard ? "discard" : "rollback");
}

static PyObject *limits_reduce(PyObject *self, PyObject *unused)
{
    (void)unused;
    PyObject *fields = limits_tuple(self);
    return fields ? Py_BuildValue("(ON)", Py_TYPE(self), fields) : NULL;
}

static PyObject *limits_repr(PyObject *self)
{
    struct limits *l = (struct limits *)self;
    PyObject *wall = PyFloat_FromDouble(l->wall);
    PyObject *text = !wall ? NULL
                           : PyUnicode_FromFormat("Limits(fuel=%llu, wall=%R, memory=%llu, output=%llu, value=%llu, calls=%llu, "
                                                  "stack=%llu, cut_output=%s, on_limit='%s')",
                                                  l->fuel, wall, l->memory, l->output, l->value, l->calls, l->stack,
                                                  l->cut_output ? "True" : "False", l->discard ? "discard" : "rollback");
    Py_XDECREF(wall);
    return text;
}

static PyObject *limits_compare(PyObject *self, PyObject *other, int op)
{
    if ((op != Py_EQ && op != Py_NE) || !PyObject_TypeCheck(other, limits_type))
        Py_RETURN_NOTIMPLEMENTED;
    PyObject *a = limits_tuple(self), *b = limits_tuple(other);
    PyObject *result = a && b ? PyObject_RichCompare(a, b, op) : NULL;
    Py_XDECREF(a);
    Py_XDECREF(b);
    return result;
}

static Py_hash_t limits_hash(PyObject *self)
{
    PyObject *fields = limits_tuple(self);
    Py_hash_t hash = fields ? PyObject_Hash(fields) : -1;
    Py_XDECREF(fields);
    return hash;
}

static PyMethodDef limits_methods[] = {{"__reduce__", limits_reduce, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};

static PyType_Slot limits_slots[] = {
    {Py_tp_doc,
     "Limits(fuel=None, wall=None, memory=None, output=None, value=None, calls=None, stack=None, cut_output=False, "
     "on_limit='rollback')\n--\n\n"
     "What a run may use. None is the default: see each attribute. All are finite.\n\n"
     ">>> Limits(wall=0.5, memory=16 << 20).wall\n0.5"},
    {Py_tp_new, (void *)limits_make},
    {Py_tp_dealloc, (void *)free_object},
    {Py_tp_members, limits_members},
    {Py_tp_getset, limits_getset},
    {Py_tp_methods, limits_methods},
    {Py_tp_repr, (void *)limits_repr},
    {Py_tp_richcompare, (void *)limits_compare},
    {Py_tp_hash, (void *)limits_hash},
    {0, NULL}};
static PyType_Spec limits_spec = {"hermetic.Limits", sizeof(struct limits), 0, FLAGS, limits_slots};

bool limits_apply(PyObject *limits, hermetic_options *o)
{
    const struct limits *l = &defaults;
    if (limits && limits != Py_None) {
        if (!PyObject_TypeCheck(limits, limits_type)) {
            PyErr_Format(PyExc_TypeError, "limits: expected hermetic.Limits or None, not %R", Py_TYPE(limits));
            return false;
        }
        l = (struct limits *)limits;
    }
    o->fuel = l->fuel;
    o->wall = (uint64_t)(l->wall * 1e9);
    o->memory = l->memory;
    o->output = l->output;
    o->value = l->value;
    o->calls = l->calls;
    o->stack = (uint32_t)l->stack;
    o->flags &= ~(uint32_t)(HERMETIC_CUT_OUTPUT | HERMETIC_DISCARD_ON_LIMIT);
    o->flags |= (l->cut_output ? HERMETIC_CUT_OUTPUT : 0) | (l->discard ? HERMETIC_DISCARD_ON_LIMIT : 0);
    return true;
}

PyObject *limits_new(const hermetic_options *o)
{
    struct limits *l = (struct limits *)alloc_object(limits_type);
    if (!l)
        return NULL;
    l->fuel = o->fuel;
    l->wall = (double)o->wall / 1e9;
    l->memory = o->memory;
    l->output = o->output;
    l->value = o->value;
    l->calls = o->calls;
    l->stack = o->stack;
    l->cut_output = (o->flags & HERMETIC_CUT_OUTPUT) != 0;
    l->discard = (o->flags & HERMETIC_DISCARD_ON_LIMIT) != 0;
    return (PyObject *)l;
}

/* ---- Usage ---- */

struct usage {
    PyObject_HEAD
    unsigned long long fuel, memory, host_memory, output, output_cut, calls;
    double wall;
};

static PyMemberDef usage_members[] = {
    {"fuel", T_ULONGLONG, offsetof(struct usage, fuel), READONLY, "units of guest work"},
    {"wall", T_DOUBLE, offsetof(struct usage, wall), READONLY, "seconds of running"},
    {"memory", T_ULONGLONG, offsetof(struct usage, memory), READONLY, "bytes of the sandbox's memory at the end"},
    {"host_memory", T_ULONGLONG, offsetof(struct usage, host_memory), READONLY, "bytes that the host holds for it"},
    {"output", T_ULONGLONG, offsetof(struct usage, output), READONLY, "bytes written, cut ones included"},
    {"output_cut", T_ULONGLONG, offsetof(struct usage, output_cut), READONLY, "bytes dropped by cut_output"},
    {"calls", T_ULONGLONG, offsetof(struct usage, calls), READONLY, "calls of granted functions"},
    {NULL, 0, 0, 0, NULL}};

static PyObject *usage_make(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *keywords[] = {"fuel", "wall", "memory", "host_memory", "output", "output_cut", "calls", NULL};
    unsigned long long fuel = 0, memory = 0, host_memory = 0, output = 0, output_cut = 0, calls = 0;
    double wall = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|KdKKKKK:Usage", keywords, &fuel, &wall, &memory, &host_memory, &output,
                                     &output_cut, &calls))
        return NULL;
    struct usage *u = (struct usage *)alloc_object(type);
    if (u) {
        u->fuel = fuel, u->wall = wall, u->memory = memory, u->host_memory = host_memory;
        u->output = output, u->output_cut = output_cut, u->calls = calls;
    }
    return (PyObject *)u;
}

static PyObject *usage_reduce(PyObject *self, PyObject *unused)
{
    (void)unused;
    struct usage *u = (struct usage *)self;
    return Py_BuildValue("(O(KdKKKKK))", Py_TYPE(self), u->fuel, u->wall, u->memory, u->host_memory, u->output,
                         u->output_cut, u->calls);
}

static PyObject *usage_repr(PyObject *self)
{
    struct usage *u = (struct usage *)self;
    PyObject *wall = PyFloat_FromDouble(u->wall);
    PyObject *text = !wall ? NULL
                           : PyUnicode_FromFormat("Usage(fuel=%llu, wall=%R, memory=%llu, host_memory=%llu, output=%llu, "
                                                  "output_cut=%llu, calls=%llu)",
                                                  u->fuel, wall, u->memory, u->host_memory, u->output, u->output_cut,
                                                  u->calls);
    Py_XDECREF(wall);
    return text;
}

static PyMethodDef usage_methods[] = {{"__reduce__", usage_reduce, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};

static PyType_Slot usage_slots[] = {
    {Py_tp_doc, "Usage(fuel=0, wall=0.0, memory=0, host_memory=0, output=0, output_cut=0, calls=0)\n--\n\n"
                "What a run used."},
    {Py_tp_new, (void *)usage_make},   {Py_tp_dealloc, (void *)free_object}, {Py_tp_members, usage_members},
    {Py_tp_methods, usage_methods},    {Py_tp_repr, (void *)usage_repr},     {0, NULL}};
static PyType_Spec usage_spec = {"hermetic.Usage", sizeof(struct usage), 0, FLAGS, usage_slots};

PyObject *usage_new(const hermetic_usage *from)
{
    struct usage *u = (struct usage *)alloc_object(usage_type);
    if (u) {
        u->fuel = from->fuel, u->wall = (double)from->wall / 1e9, u->memory = from->memory;
        u->host_memory = from->host_memory, u->output = from->output, u->output_cut = from->output_cut;
        u->calls = from->calls;
    }
    return (PyObject *)u;
}

/* ---- Opaque ---- */

struct opaque {
    PyObject_HEAD
    PyObject *type, *repr; /* str: no cycle is possible */
};

static PyMemberDef opaque_members[] = {
    {"type", T_OBJECT, offsetof(struct opaque, type), READONLY, "the name of the value's type, a str"},
    {"repr", T_OBJECT, offsetof(struct opaque, repr), READONLY, "repr() of the value in the sandbox, cut at 32,768 bytes"},
    {NULL, 0, 0, 0, NULL}};

static void opaque_free(PyObject *self)
{
    struct opaque *o = (struct opaque *)self;
    Py_CLEAR(o->type);
    Py_CLEAR(o->repr);
    free_object(self);
}

PyObject *opaque_new(PyObject *type, PyObject *repr)
{
    struct opaque *o = type && repr ? (struct opaque *)alloc_object(opaque_type) : NULL;
    if (!o) {
        Py_XDECREF(type);
        Py_XDECREF(repr);
        return NULL;
    }
    o->type = type, o->repr = repr;
    return (PyObject *)o;
}

static PyObject *opaque_make(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *keywords[] = {"type", "repr", NULL};
    PyObject *name, *repr;
    (void)type;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "UU:Opaque", keywords, &name, &repr))
        return NULL;
    Py_INCREF(name);
    Py_INCREF(repr);
    return opaque_new(name, repr);
}

static PyObject *opaque_tuple(PyObject *self)
{
    struct opaque *o = (struct opaque *)self;
    return PyTuple_Pack(2, o->type, o->repr);
}

static PyObject *opaque_reduce(PyObject *self, PyObject *unused)
{
    (void)unused;
    PyObject *fields = opaque_tuple(self);
    return fields ? Py_BuildValue("(ON)", Py_TYPE(self), fields) : NULL;
}

/* The guest's own: what a prompt would show. */
static PyObject *opaque_repr(PyObject *self)
{
    PyObject *repr = ((struct opaque *)self)->repr;
    Py_INCREF(repr);
    return repr;
}

static PyObject *opaque_compare(PyObject *self, PyObject *other, int op)
{
    if ((op != Py_EQ && op != Py_NE) || !PyObject_TypeCheck(other, opaque_type))
        Py_RETURN_NOTIMPLEMENTED;
    PyObject *a = opaque_tuple(self), *b = opaque_tuple(other);
    PyObject *result = a && b ? PyObject_RichCompare(a, b, op) : NULL;
    Py_XDECREF(a);
    Py_XDECREF(b);
    return result;
}

static Py_hash_t opaque_hash(PyObject *self)
{
    PyObject *fields = opaque_tuple(self);
    Py_hash_t hash = fields ? PyObject_Hash(fields) : -1;
    Py_XDECREF(fields);
    return hash;
}

static PyMethodDef opaque_methods[] = {{"__reduce__", opaque_reduce, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};

static PyType_Slot opaque_slots[] = {
    {Py_tp_doc,
     "Opaque(type, repr)\n--\n\n"
     "The value of a program's last expression when it has no plain form: an instance, a function, a cycle. Only the name\n"
     "of its type and its repr come out of the sandbox; its own repr is that repr."},
    {Py_tp_new, (void *)opaque_make},
    {Py_tp_dealloc, (void *)opaque_free},
    {Py_tp_members, opaque_members},
    {Py_tp_methods, opaque_methods},
    {Py_tp_repr, (void *)opaque_repr},
    {Py_tp_richcompare, (void *)opaque_compare},
    {Py_tp_hash, (void *)opaque_hash},
    {0, NULL}};
static PyType_Spec opaque_spec = {"hermetic.Opaque", sizeof(struct opaque), 0, FLAGS, opaque_slots};

/* ---- Result ---- */

struct result {
    PyObject_HEAD
    PyObject *value, *out, *err, *usage;
};

static PyMemberDef result_members[] = {
    {"value", T_OBJECT, offsetof(struct result, value), READONLY,
     "the value of the last expression statement, or None; an Opaque for one that has no plain form"},
    {"stdout", T_OBJECT, offsetof(struct result, out), READONLY, "what was written to standard output, a str"},
    {"stderr", T_OBJECT, offsetof(struct result, err), READONLY, "what was written to standard error, a str"},
    {"usage", T_OBJECT, offsetof(struct result, usage), READONLY, "what the run used, a Usage"},
    {NULL, 0, 0, 0, NULL}};

static int result_traverse(PyObject *self, visitproc visit, void *arg)
{
    struct result *r = (struct result *)self;
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(r->value);
    Py_VISIT(r->usage);
    return 0;
}

static int result_clear(PyObject *self)
{
    struct result *r = (struct result *)self;
    Py_CLEAR(r->value);
    Py_CLEAR(r->out);
    Py_CLEAR(r->err);
    Py_CLEAR(r->usage);
    return 0;
}

static void result_free(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    result_clear(self);
    free_object(self);
}

PyObject *result_new(PyObject *value, PyObject *out, PyObject *err, PyObject *usage)
{
    struct result *r = value && out && err && usage ? (struct result *)alloc_object(result_type) : NULL;
    if (!r) {
        Py_XDECREF(value);
        Py_XDECREF(out);
        Py_XDECREF(err);
        Py_XDECREF(usage);
        return NULL;
    }
    r->value = value, r->out = out, r->err = err, r->usage = usage;
    return (PyObject *)r;
}

static PyObject *result_make(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *keywords[] = {"value", "stdout", "stderr", "usage", NULL};
    PyObject *value, *out, *err, *usage;
    (void)type;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OUUO!:Result", keywords, &value, &out, &err, usage_type, &usage))
        return NULL;
    Py_INCREF(value);
    Py_INCREF(out);
    Py_INCREF(err);
    Py_INCREF(usage);
    return result_new(value, out, err, usage);
}

static PyObject *result_reduce(PyObject *self, PyObject *unused)
{
    (void)unused;
    struct result *r = (struct result *)self;
    return Py_BuildValue("(O(OOOO))", Py_TYPE(self), r->value, r->out, r->err, r->usage);
}

static PyObject *result_repr(PyObject *self)
{
    struct result *r = (struct result *)self;
    int again = Py_ReprEnter(self);
    if (again)
        return again < 0 ? NULL : PyUnicode_FromString("Result(...)");
    PyObject *text = PyUnicode_FromFormat("Result(value=%R, stdout=%R, stderr=%R)", r->value, r->out, r->err);
    Py_ReprLeave(self);
    return text;
}

static PyMethodDef result_methods[] = {{"__reduce__", result_reduce, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};

static PyType_Slot result_slots[] = {{Py_tp_doc, "Result(value, stdout, stderr, usage)\n--\n\nWhat a run came to."},
                                     {Py_tp_new, (void *)result_make},
                                     {Py_tp_dealloc, (void *)result_free},
                                     {Py_tp_traverse, (void *)result_traverse},
                                     {Py_tp_clear, (void *)result_clear},
                                     {Py_tp_members, result_members},
                                     {Py_tp_methods, result_methods},
                                     {Py_tp_repr, (void *)result_repr},
                                     {0, NULL}};
static PyType_Spec result_spec = {"hermetic.Result", sizeof(struct result), 0, FLAGS | Py_TPFLAGS_HAVE_GC,
                                  result_slots};

static bool add_type(PyObject *module, PyType_Spec *spec, PyTypeObject **type)
{
    if (!*type)
        *type = (PyTypeObject *)PyType_FromSpec(spec);
    return *type && PyModule_AddObjectRef(module, strchr(spec->name, '.') + 1, (PyObject *)*type) == 0;
}

bool records_init(PyObject *module)
{
    return add_type(module, &limits_spec, &limits_type) && add_type(module, &usage_spec, &usage_type) &&
           add_type(module, &result_spec, &result_type) && add_type(module, &opaque_spec, &opaque_type);
}
