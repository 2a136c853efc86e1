/* python/src/decode.c: CBOR to Python objects.
 *
 * Everything here comes from the guest. The library has checked that it is well-formed, within the limit on values and
 * at most 100 deep; it is checked again as it is read, since a mistake here would be one in the host's memory. Two
 * things can cost more than their length and are bounded here: Decimals of very many digits, and keys that a guest
 * chose to have the same hash (str and bytes have a secret in theirs, numbers have not).
 */
#include "_hermetic.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH 110
#define DECIMAL_MOST 1792 /* bytes: 4300 digits */

struct reader {
    const uint8_t *at, *end;
    int depth;
};

static PyObject *get(struct reader *r);

static PyObject *malformed(void)
{
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "hermetic: a value that is not in the subset");
    return NULL;
}

/* ---- heads ---- */

static bool head(struct reader *r, unsigned *major, uint64_t *n)
{
    if (r->at == r->end)
        return false;
    unsigned first = *r->at++, info = first & 31;
    *major = first >> 5;
    if (info < 24) {
        *n = info;
        return true;
    }
    if (info > 27)
        return false;
    size_t bytes = (size_t)1 << (info - 24);
    if ((size_t)(r->end - r->at) < bytes)
        return false;
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; i++)
        value = value << 8 | *r->at++;
    *n = value;
    return true;
}

enum { UNSIGNED, NEGATIVE, BYTES, TEXT, ARRAY, MAP, TAG, SIMPLE };

/* A head of that major type, whose count is no more than the bytes that are left. */
static bool counted(struct reader *r, unsigned want, size_t *count)
{
    unsigned major;
    uint64_t n;
    if (!head(r, &major, &n) || major != want || n > (size_t)(r->end - r->at))
        return false;
    *count = (size_t)n;
    return true;
}

static bool blob(struct reader *r, unsigned want, hermetic_bytes *bytes)
{
    size_t len;
    if (!counted(r, want, &len))
        return false;
    *bytes = (hermetic_bytes){r->at, len};
    r->at += len;
    return true;
}

/* ---- names that come again and again ---- */

#define NAMES 512
#define NAME_MOST 40

static struct {
    PyObject *text;
    uint8_t len;
    char bytes[NAME_MOST];
} kept[NAMES];

PyObject *decode_name(hermetic_bytes bytes)
{
    if (bytes.len > NAME_MOST)
        return PyUnicode_DecodeUTF8((const char *)bytes.data, (Py_ssize_t)bytes.len, NULL);
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < bytes.len; i++)
        hash = (hash ^ bytes.data[i]) * 16777619u;
    size_t slot = (hash ^ hash >> 15) % NAMES;
    if (kept[slot].text && kept[slot].len == bytes.len && memcmp(kept[slot].bytes, bytes.data, bytes.len) == 0) {
        Py_INCREF(kept[slot].text);
        return kept[slot].text;
    }
    PyObject *text = PyUnicode_DecodeUTF8((const char *)bytes.data, (Py_ssize_t)bytes.len, NULL);
    if (!text)
        return NULL;
    Py_XDECREF(kept[slot].text);
    Py_INCREF(text);
    kept[slot].text = text;
    kept[slot].len = (uint8_t)bytes.len;
    if (bytes.len)
        memcpy(kept[slot].bytes, bytes.data, bytes.len);
    return text;
}

void decode_forget(void)
{
    for (size_t i = 0; i < NAMES; i++)
        Py_CLEAR(kept[i].text);
}

PyObject *decode_text(hermetic_bytes bytes)
{
    return PyUnicode_DecodeUTF8(bytes.len ? (const char *)bytes.data : "", (Py_ssize_t)bytes.len, "replace");
}

/* ---- numbers ---- */

static PyObject *big(hermetic_bytes bytes, bool negative)
{
    PyObject *value = PyObject_CallMethod((PyObject *)&PyLong_Type, "from_bytes", "y#s", (const char *)bytes.data,
                                          (Py_ssize_t)bytes.len, "big");
    if (value && negative) {
        PyObject *inverted = PyNumber_Invert(value);
        Py_DECREF(value);
        return inverted;
    }
    return value;
}

static PyObject *integer(unsigned major, uint64_t n)
{
    if (n <= INT64_MAX)
        return PyLong_FromLongLong(major == UNSIGNED ? (long long)n : ~(long long)n);
    PyObject *value = PyLong_FromUnsignedLongLong(n);
    if (value && major == NEGATIVE) {
        PyObject *inverted = PyNumber_Invert(value);
        Py_DECREF(value);
        return inverted;
    }
    return value;
}

static PyObject *real(struct reader *r)
{
    uint64_t bits = 0;
    double value;
    if (r->end - r->at < 8)
        return malformed();
    for (int i = 0; i < 8; i++)
        bits = bits << 8 | *r->at++;
    memcpy(&value, &bits, sizeof(value));
    return PyFloat_FromDouble(value);
}

/* ---- hashes that a guest could choose ---- */

#define SAME_HASH 64 /* as many keys of one hash are let in */
#define FEW 512      /* keys for which it does not matter */

struct hashes {
    struct {
        Py_hash_t hash;
        unsigned count;
    } *slots;
    size_t mask;
    uint64_t secret;
};

static bool hashes_open(struct hashes *h, size_t count)
{
    *h = (struct hashes){NULL, 0, 0};
    if (count <= FEW)
        return true;
    size_t size = 1024;
    while (size < 2 * count)
        size *= 2;
    h->slots = calloc(size, sizeof(*h->slots));
    if (!h->slots) {
        PyErr_NoMemory();
        return false;
    }
    h->mask = size - 1;
    /* A secret of this process: the hash of a str. Two places of linear probing are then unrelated for related hashes. */
    PyObject *text = PyUnicode_FromString("hermetic: keys of a guest");
    h->secret = text ? (uint64_t)PyObject_Hash(text) | 1 : 1;
    Py_XDECREF(text);
    return true;
}

static bool hashes_add(struct hashes *h, PyObject *key)
{
    if (!h->slots || PyUnicode_CheckExact(key) || PyBytes_CheckExact(key))
        return true;
    Py_hash_t hash = PyObject_Hash(key);
    if (hash == -1)
        return !PyErr_Occurred();
    uint64_t mixed = ((uint64_t)hash ^ h->secret) * UINT64_C(0x9e3779b97f4a7c15) * h->secret;
    for (size_t i = (size_t)(mixed >> 20) & h->mask;; i = (i + 1) & h->mask) {
        if (!h->slots[i].count || h->slots[i].hash == hash) {
            h->slots[i].hash = hash;
            if (++h->slots[i].count <= SAME_HASH)
                return true;
            PyErr_SetString(PyExc_ValueError, "hermetic: too many keys of one hash");
            return false;
        }
    }
}

/* ---- containers ---- */

static PyObject *list(struct reader *r, size_t count)
{
    PyObject *value = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; value && i < count; i++) {
        PyObject *item = get(r);
        if (!item || PyList_SetItem(value, (Py_ssize_t)i, item) < 0)
            Py_CLEAR(value);
    }
    return value;
}

static PyObject *tuple(struct reader *r, size_t count)
{
    PyObject *value = PyTuple_New((Py_ssize_t)count);
    for (size_t i = 0; value && i < count; i++) {
        PyObject *item = get(r);
        if (!item || PyTuple_SetItem(value, (Py_ssize_t)i, item) < 0)
            Py_CLEAR(value);
    }
    return value;
}

static PyObject *get_key(struct reader *r)
{
    if (r->at != r->end && *r->at >> 5 == TEXT) {
        hermetic_bytes bytes;
        return blob(r, TEXT, &bytes) ? decode_name(bytes) : malformed();
    }
    return get(r);
}

static PyObject *dict(struct reader *r, size_t count)
{
    struct hashes hashes;
    if (!hashes_open(&hashes, count))
        return NULL;
    PyObject *value = PyDict_New();
    for (size_t i = 0; value && i < count; i++) {
        PyObject *key = get_key(r), *item = key ? get(r) : NULL;
        if (!item || !hashes_add(&hashes, key) || PyDict_SetItem(value, key, item) < 0)
            Py_CLEAR(value);
        Py_XDECREF(key);
        Py_XDECREF(item);
    }
    free(hashes.slots);
    return value;
}

static PyObject *set(struct reader *r, bool frozen)
{
    struct hashes hashes;
    size_t count;
    if (!counted(r, ARRAY, &count))
        return malformed();
    if (!hashes_open(&hashes, count))
        return NULL;
    PyObject *value = PySet_New(NULL);
    for (size_t i = 0; value && i < count; i++) {
        PyObject *item = get(r);
        if (!item || !hashes_add(&hashes, item) || PySet_Add(value, item) < 0)
            Py_CLEAR(value);
        Py_XDECREF(item);
    }
    free(hashes.slots);
    if (value && frozen) {
        PyObject *fixed = PyFrozenSet_New(value);
        Py_DECREF(value);
        return fixed;
    }
    return value;
}

/* ---- types of modules ---- */

static PyObject *from_iso(struct reader *r, PyObject **type, const char *name)
{
    hermetic_bytes bytes;
    char text[64];
    if (!blob(r, TEXT, &bytes) || bytes.len > sizeof(text) - 8)
        return malformed();
    size_t len = bytes.len;
    memcpy(text, bytes.data, len);
    if (len && text[len - 1] == 'Z') { /* which fromisoformat knows since 3.11 only */
        memcpy(text + len - 1, "+00:00", 6);
        len += 5;
    }
    PyObject *known = lazily(type, "datetime", name);
    return known ? PyObject_CallMethod(known, "fromisoformat", "s#", text, (Py_ssize_t)len) : NULL;
}

static bool small(struct reader *r, long long *n)
{
    unsigned major;
    uint64_t value;
    if (!head(r, &major, &value) || major > NEGATIVE || value > INT64_MAX)
        return false;
    *n = major == UNSIGNED ? (long long)value : ~(long long)value;
    return true;
}

static PyObject *timedelta(struct reader *r)
{
    static PyObject *type;
    long long key, seconds, microseconds = 0;
    size_t count;
    if (!counted(r, MAP, &count) || count < 1 || count > 2 || !small(r, &key) || key != 1 || !small(r, &seconds) ||
        (count == 2 && (!small(r, &key) || key != -6 || !small(r, &microseconds))))
        return malformed();
    PyObject *known = lazily(&type, "datetime", "timedelta");
    return known ? PyObject_CallFunction(known, "iLL", 0, seconds, microseconds) : NULL;
}

static PyObject *decimal(struct reader *r)
{
    static PyObject *helper;
    long long exponent;
    size_t count;
    if (!counted(r, ARRAY, &count) || count != 2 || !small(r, &exponent) || r->end - r->at < 1)
        return malformed();
    if (*r->at >> 5 == TAG) { /* a long mantissa */
        struct reader ahead = *r;
        unsigned major;
        uint64_t tag;
        hermetic_bytes bytes;
        if (!head(&ahead, &major, &tag) || !blob(&ahead, BYTES, &bytes))
            return malformed();
        if (bytes.len > DECIMAL_MOST) {
            PyErr_SetString(PyExc_ValueError, "hermetic: a Decimal of more than 4300 digits");
            return NULL;
        }
    }
    PyObject *mantissa = get(r);
    if (!mantissa)
        return NULL;
    PyObject *join = lazily(&helper, "hermetic._values", "join_decimal");
    PyObject *value = join && PyLong_Check(mantissa) ? PyObject_CallFunction(join, "LO", exponent, mantissa) : NULL;
    Py_DECREF(mantissa);
    return value ? value : malformed();
}

static PyObject *decimal_special(struct reader *r)
{
    static PyObject *type;
    hermetic_bytes bytes;
    if (!blob(r, TEXT, &bytes) || bytes.len > 16)
        return malformed();
    PyObject *known = lazily(&type, "decimal", "Decimal");
    return known ? PyObject_CallFunction(known, "s#", (const char *)bytes.data, (Py_ssize_t)bytes.len) : NULL;
}

static PyObject *uuid(struct reader *r)
{
    static PyObject *helper;
    hermetic_bytes bytes;
    if (!blob(r, BYTES, &bytes) || bytes.len != 16)
        return malformed();
    PyObject *make = lazily(&helper, "hermetic._values", "make_uuid");
    return make ? PyObject_CallFunction(make, "y#", (const char *)bytes.data, (Py_ssize_t)bytes.len) : NULL;
}

static PyObject *tagged(struct reader *r, uint64_t tag)
{
    static PyObject *datetime_type, *date_type, *time_type;
    hermetic_bytes bytes;
    unsigned major;
    uint64_t inner;
    size_t count;
    switch (tag) {
    case 0: return from_iso(r, &datetime_type, "datetime");
    case 2:
    case 3: return blob(r, BYTES, &bytes) ? big(bytes, tag == 3) : malformed();
    case 4: return decimal(r);
    case 37: return uuid(r);
    case 258: return set(r, false);
    case 1002: return timedelta(r);
    case 1004: return from_iso(r, &date_type, "date");
    case 40000: return counted(r, ARRAY, &count) ? tuple(r, count) : malformed();
    case 40001: return head(r, &major, &inner) && major == TAG && inner == 258 ? set(r, true) : malformed();
    case 40002: return from_iso(r, &time_type, "time");
    case 40003: return decimal_special(r);
    default: return malformed();
    }
}

/* ---- any value ---- */

static PyObject *get(struct reader *r)
{
    unsigned major;
    uint64_t n;
    if (r->at == r->end)
        return malformed();
    if (*r->at >> 5 == SIMPLE) {
        switch (*r->at++) {
        case 0xf4: Py_RETURN_FALSE;
        case 0xf5: Py_RETURN_TRUE;
        case 0xf6: Py_RETURN_NONE;
        case 0xfb: return real(r);
        default: return malformed();
        }
    }
    if (!head(r, &major, &n))
        return malformed();
    if (major <= NEGATIVE)
        return integer(major, n);
    if (major == TAG) {
        if (r->depth >= DEPTH)
            return malformed();
        r->depth++;
        PyObject *value = tagged(r, n);
        r->depth--;
        return value;
    }
    if (n > (size_t)(r->end - r->at))
        return malformed();
    if (major == TEXT) {
        const char *text = (const char *)r->at;
        r->at += n;
        return PyUnicode_DecodeUTF8(text, (Py_ssize_t)n, NULL);
    }
    if (major == BYTES) {
        const char *data = (const char *)r->at;
        r->at += n;
        return PyBytes_FromStringAndSize(data, (Py_ssize_t)n);
    }
    if (r->depth >= DEPTH)
        return malformed();
    r->depth++;
    PyObject *value = major == ARRAY ? list(r, (size_t)n) : dict(r, (size_t)n);
    r->depth--;
    return value;
}

/* What is built here has no cycles: the collector would walk all of it, again and again, for nothing. */
#define LARGE 65536

PyObject *decode(hermetic_bytes bytes)
{
    struct reader r = {bytes.data, bytes.data + bytes.len, 0};
    if (!bytes.len)
        return malformed();
    bool collects = bytes.len > LARGE && PyGC_Disable();
    PyObject *value = get(&r);
    if (collects)
        PyGC_Enable();
    if (value && r.at != r.end) {
        Py_DECREF(value);
        return malformed();
    }
    return value;
}

PyObject *decode_tuple(hermetic_bytes bytes)
{
    struct reader r = {bytes.data, bytes.data + bytes.len, 0};
    size_t count;
    if (!bytes.len || !counted(&r, ARRAY, &count))
        return malformed();
    return tuple(&r, count);
}
