/* python/src/encode.c: Python objects to CBOR, straight into the bytes that the library is given.
 *
 * Exact types come first, by comparison; subclasses and the types of datetime, decimal, uuid, array and dataclasses
 * after them. Their modules are never imported here: an object of such a type proves that its module is. Code of the
 * caller can run in here (isoformat, a property, a buffer), and may change the container that is being walked: counts
 * are checked again at its end, and items are held while they are written.
 */
#include "_hermetic.h"

#include <string.h>

#define DEPTH 98       /* docs/internals.md says 100; two levels are the library's own */
#define DIGITS 4300    /* of a Decimal: more would make conversions to decimal quadratic, on both sides */
#define SCRATCH_MOST (1 << 20)
#define LEAST 512      /* bytes to ask for */

/* In the stable ABI; not in newer headers, and deprecated in older ones for what does not matter here: the bytes are copied
 * at once. What replaces it is in the limited API of 3.11 and later only. */
PyAPI_FUNC(int) PyObject_AsReadBuffer(PyObject *, const void **, Py_ssize_t *);
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

static bool put(struct buffer *b, PyObject *value, const struct path *path, const char *root);

/* ---- memory ---- */

static struct buffer kept;

struct buffer scratch_take(size_t most)
{
    struct buffer b = kept;
    kept = (struct buffer){NULL, 0, 0, 0};
    b.len = 0;
    b.most = most;
    return b;
}

void scratch_give(struct buffer *b)
{
    if (!kept.data && b->capacity <= SCRATCH_MOST)
        kept = *b;
    else
        hermetic_free(b->data);
    *b = (struct buffer){NULL, 0, 0, 0};
}

void buffer_free(struct buffer *b)
{
    hermetic_free(b->data);
    *b = (struct buffer){NULL, 0, 0, 0};
}

/* ---- messages ---- */

static PyObject *describe(const struct path *path, const char *root)
{
    const struct path *chain[DEPTH + 2];
    int count = 0;
    for (; path && path->container && count < DEPTH + 2; path = path->up)
        chain[count++] = path;
    PyObject *text = PyUnicode_FromString(root);
    while (text && count--) {
        const struct path *p = chain[count];
        PyObject *longer = !p->key      ? PyUnicode_FromFormat("%U[%zd]", text, p->index)
                           : p->field   ? PyUnicode_FromFormat("%U.%S", text, p->key)
                                        : PyUnicode_FromFormat("%U[%.100R]", text, p->key);
        Py_DECREF(text);
        text = longer;
    }
    return text;
}

/* `format` has one %S or %U for `detail`, or none. Always false. */
static bool refuse(const struct path *path, const char *root, const char *format, PyObject *detail)
{
    static PyObject *error;
    PyObject *type = lazily(&error, "hermetic._errors", "ConversionError");
    PyObject *where = type ? describe(path, root) : NULL;
    PyObject *what = where ? PyUnicode_FromFormat(format, detail) : NULL;
    PyObject *value = what ? PyObject_CallFunctionObjArgs(type, what, where, NULL) : NULL;
    if (value)
        PyErr_SetObject(type, value);
    Py_XDECREF(value);
    Py_XDECREF(what);
    Py_XDECREF(where);
    return false;
}

static bool refuse_type(const struct path *path, const char *root, PyObject *value, const char *hint)
{
    PyObject *name = PyObject_GetAttr((PyObject *)Py_TYPE(value), names.name);
    if (!name)
        return false;
    PyObject *text = PyUnicode_FromFormat("cannot pass a %U%s", name, hint);
    Py_DECREF(name);
    if (text)
        refuse(path, root, "%U", text);
    Py_XDECREF(text);
    return false;
}

/* Memory of the library's, as an encoder: a buffer may become a sandbox's own (run.c). */
static bool reserve(struct buffer *b, size_t more)
{
    hermetic_encoder e = {b->data, b->len, b->capacity, 0};
    if (!hermetic_encode_reserve(&e, more)) {
        PyErr_NoMemory();
        return false;
    }
    b->data = e.data;
    b->capacity = e.capacity;
    return true;
}

/* Where the quick check said no. */
static bool grow(struct buffer *b, size_t more, const struct path *path, const char *root)
{
    if (more > b->most || b->len > b->most - more) {
        PyObject *limit = PyLong_FromSize_t(b->most);
        if (limit)
            refuse(path, root, "too large: the limit on values is %S bytes", limit);
        Py_XDECREF(limit);
        return false;
    }
    return reserve(b, more < LEAST ? LEAST : more);
}

static inline bool room(struct buffer *b, size_t more, const struct path *path, const char *root)
{
    return (more <= b->capacity - b->len && b->len + more <= b->most) || grow(b, more, path, root);
}

/* ---- heads ---- */

#define HEAD 9
#define ROOM(n)                                                                                                        \
    if (!room(b, (n), path, root))                                                                                     \
        return false

static inline void head(struct buffer *b, unsigned major, uint64_t n) /* with HEAD bytes of room */
{
    uint8_t *p = b->data + b->len;
    unsigned bytes = n < 24 ? 0 : n < 0x100 ? 1 : n < 0x10000 ? 2 : n < UINT64_C(0x100000000) ? 4 : 8;
    if (!bytes) {
        *p = (uint8_t)(major << 5 | n);
        b->len += 1;
        return;
    }
    *p++ = (uint8_t)(major << 5 | (bytes == 1 ? 24 : bytes == 2 ? 25 : bytes == 4 ? 26 : 27));
    for (unsigned i = bytes; i--;)
        *p++ = (uint8_t)(n >> 8 * i);
    b->len += 1 + bytes;
}

static inline bool raw(struct buffer *b, const void *data, size_t len, const struct path *path, const char *root)
{
    ROOM(len);
    if (len)
        memcpy(b->data + b->len, data, len);
    b->len += len;
    return true;
}

enum { UNSIGNED, NEGATIVE, BYTES, TEXT, ARRAY, MAP, TAG };

/* ---- scalars ---- */

static bool put_str(struct buffer *b, PyObject *value, const struct path *path, const char *root)
{
    Py_ssize_t len;
    const char *text = PyUnicode_AsUTF8AndSize(value, &len);
    if (!text) {
        if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
            return false;
        PyErr_Clear();
        return refuse(path, root, "cannot pass a str with surrogates", NULL);
    }
    ROOM((size_t)len + HEAD);
    head(b, TEXT, (uint64_t)len);
    memcpy(b->data + b->len, text, (size_t)len);
    b->len += (size_t)len;
    return true;
}

static bool put_blob(struct buffer *b, const void *data, Py_ssize_t len, const struct path *path, const char *root)
{
    ROOM((size_t)len + HEAD);
    head(b, BYTES, (uint64_t)len);
    return raw(b, data, (size_t)len, path, root);
}

/* The bytes of an int, big-endian, as a new bytes object. */
static PyObject *magnitude(PyObject *value, bool negative)
{
    PyObject *positive, *bits = NULL, *bytes = NULL;
    if (negative) /* CBOR has -1 - n */
        positive = PyNumber_Invert(value);
    else {
        positive = value;
        Py_INCREF(positive);
    }
    if (positive)
        bits = PyObject_CallMethod((PyObject *)&PyLong_Type, "bit_length", "O", positive);
    if (bits) {
        size_t count = PyLong_AsSize_t(bits);
        if (!PyErr_Occurred())
            bytes = PyObject_CallMethod((PyObject *)&PyLong_Type, "to_bytes", "Ons", positive,
                                        (Py_ssize_t)((count + 7) / 8), "big");
    }
    Py_XDECREF(bits);
    Py_XDECREF(positive);
    return bytes;
}

static bool put_int(struct buffer *b, PyObject *value, const struct path *path, const char *root)
{
    int overflow;
    long long n = PyLong_AsLongLongAndOverflow(value, &overflow);
    if (n == -1 && PyErr_Occurred())
        return false;
    ROOM(2 * HEAD);
    if (!overflow) {
        head(b, n < 0 ? NEGATIVE : UNSIGNED, n < 0 ? ~(uint64_t)n : (uint64_t)n);
        return true;
    }
    PyObject *bytes = magnitude(value, overflow < 0);
    char *data;
    Py_ssize_t len;
    bool ok = bytes && PyBytes_AsStringAndSize(bytes, &data, &len) == 0;
    if (ok && len <= 8) { /* between int64 and uint64 */
        uint64_t wide = 0;
        for (Py_ssize_t i = 0; i < len; i++)
            wide = wide << 8 | (uint8_t)data[i];
        head(b, overflow < 0 ? NEGATIVE : UNSIGNED, wide);
    } else if (ok) {
        head(b, TAG, overflow < 0 ? 3 : 2);
        ok = put_blob(b, data, len, path, root);
    }
    Py_XDECREF(bytes);
    return ok;
}

static bool put_float(struct buffer *b, PyObject *value, const struct path *path, const char *root)
{
    double real = PyFloat_AsDouble(value);
    uint64_t bits;
    if (real == -1.0 && PyErr_Occurred())
        return false;
    memcpy(&bits, &real, sizeof(bits));
    ROOM(HEAD);
    uint8_t *p = b->data + b->len;
    *p++ = 0xfb;
    for (int i = 8; i--;)
        *p++ = (uint8_t)(bits >> 8 * i);
    b->len += HEAD;
    return true;
}

static bool put_simple(struct buffer *b, uint8_t byte, const struct path *path, const char *root)
{
    ROOM(1);
    b->data[b->len++] = byte;
    return true;
}

/* ---- containers ---- */

static struct path below(const struct path *path, PyObject *container)
{
    return (struct path){path, container, NULL, 0, path ? path->depth + 1 : 1, false};
}

static bool changed(const struct path *path, const char *root)
{
    return refuse(path, root, "changed while it was passed", NULL);
}

static bool put_list(struct buffer *b, PyObject *value, const struct path *path, const char *root)
{
    struct path here = below(path, value);
    Py_ssize_t count = PyList_Size(value);
    ROOM(HEAD);
    head(b, ARRAY, (uint64_t)count);
    for (here.index = 0; here.index < count; here.index++) {
        if (here.index >= PyList_Size(value))
            return changed(path, root);
        PyObject *item = PyList_GetItem(value, here.index);
        Py_XINCREF(item);
        bool ok = item && put(b, item, &here, root);
        Py_XDECREF(item);
        if (!ok)
            return false;
    }
    return PyList_Size(value) == count || changed(path, root);
}

static bool put_tuple(struct buffer *b, PyObject *value, const struct path *path, const char *root)
{
    struct path here = below(path, value);
    Py_ssize_t count = PyTuple_Size(value);
    ROOM(2 * HEAD);
    head(b, TAG, 40000);
    head(b, ARRAY, (uint64_t)count);
    for (here.index = 0; here.index < count; here.index++)
        if (!put(b, PyTuple_GetItem(value, here.index), &here, root))
            return false;
    return true;
}

static bool put_dict(struct buffer *b, PyObject *value, const struct path *path, const char *root)
{
    struct path here = below(path, value);
    PyObject *key, *item;
    Py_ssize_t at = 0, count = PyDict_Size(value), seen = 0;
    ROOM(HEAD);
    head(b, MAP, (uint64_t)count);
    while (PyDict_Next(value, &at, &key, &item)) {
        if (seen++ == count)
            return changed(path, root);
        Py_INCREF(key);
        Py_INCREF(item);
        here.key = key;
        bool ok = put(b, key, &here, root) && put(b, item, &here, root);
        Py_DECREF(key);
        Py_DECREF(item);
        if (!ok)
            return false;
    }
    return seen == count || changed(path, root);
}

static bool put_set(struct buffer *b, PyObject *value, const struct path *path, const char *root, bool frozen)
{
    struct path here = below(path, value);
    Py_ssize_t count = PySet_Size(value), seen = 0;
    PyObject *iterator = PyObject_GetIter(value), *item;
    bool ok = iterator && room(b, 3 * HEAD, path, root);
    if (ok) {
        if (frozen)
            head(b, TAG, 40001);
        head(b, TAG, 258);
        head(b, ARRAY, (uint64_t)count);
    }
    while (ok && (item = PyIter_Next(iterator))) {
        here.index = seen;
        ok = seen++ < count ? put(b, item, &here, root) : changed(path, root);
        Py_DECREF(item);
    }
    Py_XDECREF(iterator);
    return ok && !PyErr_Occurred() && (seen == count || changed(path, root));
}

/* ---- types of modules ---- */

static PyObject *loaded_type(PyObject **type, const char *module, const char *attribute)
{
    if (*type)
        return *type;
    PyObject *name = PyUnicode_FromString(module), *found = name ? PyImport_GetModule(name) : NULL;
    Py_XDECREF(name);
    if (found)
        *type = PyObject_GetAttrString(found, attribute);
    Py_XDECREF(found);
    if (!*type)
        PyErr_Clear();
    return *type;
}

static bool is_a(PyObject *value, PyObject **type, const char *module, const char *attribute)
{
    PyObject *known = loaded_type(type, module, attribute);
    return known && PyType_Check(known) && PyObject_TypeCheck(value, (PyTypeObject *)known);
}

static bool put_iso(struct buffer *b, PyObject *value, uint64_t tag, const struct path *path, const char *root)
{
    PyObject *text = PyObject_CallMethodObjArgs(value, names.isoformat, NULL);
    bool ok = text && room(b, HEAD, path, root);
    if (ok && !PyUnicode_Check(text))
        ok = refuse_type(path, root, value, ": its isoformat() is no str");
    if (ok) {
        head(b, TAG, tag);
        ok = put_str(b, text, path, root);
    }
    Py_XDECREF(text);
    return ok;
}

static bool integer_attribute(PyObject *value, PyObject *name, long long *n)
{
    PyObject *attribute = PyObject_GetAttr(value, name);
    *n = attribute ? PyLong_AsLongLong(attribute) : -1;
    Py_XDECREF(attribute);
    return !(*n == -1 && PyErr_Occurred());
}

static void put_small(struct buffer *b, long long n)
{
    head(b, n < 0 ? NEGATIVE : UNSIGNED, n < 0 ? ~(uint64_t)n : (uint64_t)n);
}

static bool put_timedelta(struct buffer *b, PyObject *value, const struct path *path, const char *root)
{
    long long days, seconds, microseconds;
    if (!integer_attribute(value, names.days, &days) || !integer_attribute(value, names.seconds, &seconds) ||
        !integer_attribute(value, names.microseconds, &microseconds))
        return false;
    if (days < -999999999 || days > 999999999 || seconds < 0 || seconds > 86399 || microseconds < 0 || microseconds > 999999)
        return refuse(path, root, "out of range", NULL);
    ROOM(6 * HEAD);
    head(b, TAG, 1002);
    head(b, MAP, 2);
    put_small(b, 1);
    put_small(b, days * 86400 + seconds);
    put_small(b, -6);
    put_small(b, microseconds);
    return true;
}

/* (sign, digits, exponent) to exponent and mantissa. */
static bool put_decimal(struct buffer *b, PyObject *value, const struct path *path, const char *root)
{
    static PyObject *helper;
    PyObject *split = lazily(&helper, "hermetic._values", "split_decimal"), *parts;
    if (!split || !(parts = PyObject_CallFunctionObjArgs(split, value, NULL)))
        return false;
    bool ok = room(b, 4 * HEAD, path, root);
    if (ok && PyUnicode_Check(parts)) { /* not a finite number */
        head(b, TAG, 40003);
        ok = put_str(b, parts, path, root);
    } else if (ok) {
        PyObject *exponent = PyTuple_GetItem(parts, 0), *mantissa = PyTuple_GetItem(parts, 1);
        ok = exponent && mantissa;
        if (ok && mantissa == Py_None)
            ok = refuse(path, root, "cannot pass a Decimal of more than 4300 digits", NULL);
        if (ok) {
            head(b, TAG, 4);
            head(b, ARRAY, 2);
            ok = put_int(b, exponent, path, root) && put_int(b, mantissa, path, root);
        }
    }
    Py_DECREF(parts);
    return ok;
}

static bool put_uuid(struct buffer *b, PyObject *value, const struct path *path, const char *root)
{
    PyObject *bytes = PyObject_GetAttr(value, names.bytes);
    char *data;
    Py_ssize_t len;
    bool ok = bytes && PyBytes_AsStringAndSize(bytes, &data, &len) == 0 && room(b, HEAD, path, root);
    if (ok && len != 16)
        ok = refuse(path, root, "a UUID of another size than 16 bytes", NULL);
    if (ok) {
        head(b, TAG, 37);
        ok = put_blob(b, data, len, path, root);
    }
    Py_XDECREF(bytes);
    return ok;
}

static bool put_buffer(struct buffer *b, PyObject *value, const struct path *path, const char *root)
{
    const void *data;
    Py_ssize_t len;
    if (PyObject_AsReadBuffer(value, &data, &len) == 0) /* valid while nothing else runs */
        return put_blob(b, data, len, path, root);
    PyErr_Clear(); /* a memoryview with gaps */
    PyObject *copy = PyObject_CallMethod(value, "tobytes", NULL);
    char *bytes;
    bool ok = copy && PyBytes_AsStringAndSize(copy, &bytes, &len) == 0 && put_blob(b, bytes, len, path, root);
    Py_XDECREF(copy);
    return ok;
}

/* `fields` is a tuple of names. */
static bool put_dataclass(struct buffer *b, PyObject *value, PyObject *fields, const struct path *path, const char *root)
{
    struct path here = below(path, value);
    here.field = true;
    Py_ssize_t count = PyTuple_Size(fields);
    if (count < 0 || !room(b, HEAD, path, root))
        return false;
    head(b, MAP, (uint64_t)count);
    for (Py_ssize_t i = 0; i < count; i++) {
        here.key = PyTuple_GetItem(fields, i);
        PyObject *item = here.key ? PyObject_GetAttr(value, here.key) : NULL;
        bool ok = item && put(b, here.key, &here, root) && put(b, item, &here, root);
        Py_XDECREF(item);
        if (!ok)
            return false;
    }
    return true;
}

static bool put_other(struct buffer *b, PyObject *value, const struct path *path, const char *root)
{
    static PyObject *datetime_type, *date_type, *time_type, *timedelta_type, *decimal_type, *uuid_type, *array_type;
    static PyObject *dataclass_fields;
    if (PyLong_Check(value))
        return put_int(b, value, path, root);
    if (PyUnicode_Check(value))
        return put_str(b, value, path, root);
    if (PyFloat_Check(value))
        return put_float(b, value, path, root);
    if (PyList_Check(value))
        return put_list(b, value, path, root);
    if (PyDict_Check(value))
        return put_dict(b, value, path, root);
    if (PyTuple_Check(value))
        return put_tuple(b, value, path, root);
    if (PyFrozenSet_Check(value))
        return put_set(b, value, path, root, true);
    if (PyAnySet_Check(value))
        return put_set(b, value, path, root, false);
    if (PyBytes_Check(value) || PyByteArray_Check(value) || PyObject_TypeCheck(value, &PyMemoryView_Type) ||
        is_a(value, &array_type, "array", "array"))
        return put_buffer(b, value, path, root);
    if (is_a(value, &datetime_type, "datetime", "datetime"))
        return put_iso(b, value, 0, path, root);
    if (is_a(value, &date_type, "datetime", "date"))
        return put_iso(b, value, 1004, path, root);
    if (is_a(value, &time_type, "datetime", "time"))
        return put_iso(b, value, 40002, path, root);
    if (is_a(value, &timedelta_type, "datetime", "timedelta"))
        return put_timedelta(b, value, path, root);
    if (is_a(value, &decimal_type, "decimal", "Decimal"))
        return put_decimal(b, value, path, root);
    if (is_a(value, &uuid_type, "uuid", "UUID"))
        return put_uuid(b, value, path, root);
    if (loaded_type(&dataclass_fields, "dataclasses", "fields") && !PyType_Check(value) &&
        PyObject_HasAttrString(value, "__dataclass_fields__")) {
        static PyObject *helper;
        PyObject *split = lazily(&helper, "hermetic._values", "field_names");
        PyObject *fields = split ? PyObject_CallFunctionObjArgs(split, value, NULL) : NULL;
        bool ok = fields && put_dataclass(b, value, fields, path, root);
        Py_XDECREF(fields);
        return ok;
    }
    if (PyCallable_Check(value) && !PyType_Check(value))
        return refuse_type(path, root, value, "; grant functions with functions=");
    return refuse_type(path, root, value, "");
}

/* A cycle, told by the shortest path that comes back to where it has been; or just too deep. */
static bool too_deep(PyObject *value, const struct path *path, const char *root)
{
    const struct path *chain[DEPTH + 2];
    int count = 0;
    for (; path && count < DEPTH + 2; path = path->up)
        chain[count++] = path;
    for (int first = count - 1; first >= 0; first--)
        for (int again = first - 1; again >= -1; again--)
            if ((again >= 0 ? chain[again]->container : value) == chain[first]->container)
                return refuse(chain[again + 1], root, "contains itself", NULL);
    return refuse(NULL, root, "nested deeper than 98 levels", NULL);
}

static bool put(struct buffer *b, PyObject *value, const struct path *path, const char *root)
{
    PyTypeObject *type = Py_TYPE(value);
    if (type == &PyUnicode_Type)
        return put_str(b, value, path, root);
    if (type == &PyLong_Type)
        return put_int(b, value, path, root);
    if (value == Py_None)
        return put_simple(b, 0xf6, path, root);
    if (type == &PyBool_Type)
        return put_simple(b, value == Py_True ? 0xf5 : 0xf4, path, root);
    if (type == &PyFloat_Type)
        return put_float(b, value, path, root);
    if (type == &PyBytes_Type) {
        char *data;
        Py_ssize_t len;
        return PyBytes_AsStringAndSize(value, &data, &len) == 0 && put_blob(b, data, len, path, root);
    }
    if (path && path->depth >= DEPTH)
        return too_deep(value, path, root);
    if (type == &PyDict_Type)
        return put_dict(b, value, path, root);
    if (type == &PyList_Type)
        return put_list(b, value, path, root);
    if (type == &PyTuple_Type)
        return put_tuple(b, value, path, root);
    return put_other(b, value, path, root);
}

/* ---- what other files call ---- */

bool encode(struct buffer *b, PyObject *value, const char *root)
{
    return put(b, value, NULL, root);
}

bool encode_names(struct buffer *b, PyObject *dict, const char *what)
{
    PyObject *key, *item;
    Py_ssize_t at = 0;
    if (!PyDict_Check(dict)) {
        PyErr_Format(PyExc_TypeError, "%s: expected a dict with str keys, not %R", what, Py_TYPE(dict));
        return false;
    }
    while (PyDict_Next(dict, &at, &key, &item))
        if (!PyUnicode_Check(key)) {
            PyErr_Format(PyExc_TypeError, "%s: names are str, not %.100R", what, key);
            return false;
        }
    return put_dict(b, dict, NULL, what);
}

bool encode_args(struct buffer *b, PyObject *const *items, Py_ssize_t count, const char *root)
{
    struct path path = below(NULL, Py_None);
    if (!room(b, HEAD, NULL, root))
        return false;
    head(b, ARRAY, (uint64_t)count);
    for (path.index = 0; path.index < count; path.index++)
        if (!put(b, items[path.index], &path, root))
            return false;
    return true;
}

bool encode_names_of(struct buffer *b, PyObject *const *values, PyObject *kwnames, const char *root)
{
    struct path path = below(NULL, Py_None);
    Py_ssize_t count = kwnames ? PyTuple_Size(kwnames) : 0;
    if (!room(b, HEAD, NULL, root))
        return false;
    head(b, MAP, (uint64_t)count);
    for (Py_ssize_t i = 0; i < count; i++) {
        path.key = PyTuple_GetItem(kwnames, i);
        if (!put(b, path.key, &path, root) || !put(b, values[i], &path, root))
            return false;
    }
    return true;
}
