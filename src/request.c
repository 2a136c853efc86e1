/* src/request.c: builds what the guest fetches with `read`: requests and errors as answers (docs/internals.md).
 *
 * Everything of the host's that goes into a request is checked here first, so that a mistake of the host's is told to
 * the host. The whole request obeys the limit on values.
 */
#include <inttypes.h>
#include <string.h>

#include "cbor.h"
#include "sandbox.h"
#include "utf8.h"

enum { OP_EXEC = 0, OP_CALL = 1, OP_GET = 2, OP_SET = 3 };

#define KEYS_ROOM 256u /* more than all keys, heads and small values of a request */

/* ---- writing into sb->pending, in which room was made before ---- */

static void put(hermetic_sandbox *sb, const void *data, size_t len)
{
    if (len)
        memcpy(sb->pending.data + sb->pending.len, data, len);
    sb->pending.len += len;
}

static void put_head(hermetic_sandbox *sb, uint8_t major, uint64_t value)
{
    sb->pending.len += hermetic__cbor_write_head(sb->pending.data + sb->pending.len, major, value);
}

static void put_str(hermetic_sandbox *sb, const void *text, size_t len)
{
    put_head(sb, HERMETIC__CBOR_STR, len);
    put(sb, text, len);
}

static void put_key(hermetic_sandbox *sb, const char *key)
{
    put_str(sb, key, strlen(key));
}

static void put_bool(hermetic_sandbox *sb, const char *key, bool value)
{
    put_key(sb, key);
    put(sb, value ? "\xf5" : "\xf4", 1);
}

static int too_big(hermetic_sandbox *sb, const char *what, uint64_t len)
{
    return hermetic__fail_limit(sb, HERMETIC_E_TOO_BIG, sb->options.value, len,
                                "value limit: %" PRIu64 " bytes, %s has %" PRIu64, sb->options.value, what, len);
}

/* Empties sb->pending and makes room for `len` bytes and KEYS_ROOM, then opens the map. */
static int open_request(hermetic_sandbox *sb, uint64_t len, int op, unsigned keys)
{
    if (len > sb->options.value)
        return too_big(sb, "the request", len);
    sb->pending.len = 0;
    sb->pending_at = 0;
    if (!hermetic__buffer_reserve(&sb->pending, (size_t)len + KEYS_ROOM, (size_t)sb->options.value + KEYS_ROOM))
        return hermetic__fail(sb, HERMETIC_E_NOMEM, "out of memory in the host: a request of %" PRIu64 " bytes", len);
    put_head(sb, HERMETIC__CBOR_MAP, keys + 1);
    put_key(sb, "op");
    put_head(sb, HERMETIC__CBOR_UINT, (uint64_t)op);
    return 0;
}

/* ---- checks ---- */

static int check_text(hermetic_sandbox *sb, const char *what, const char *text)
{
    if (!text)
        return hermetic__fail(sb, HERMETIC_E_INVALID, "%s: NULL", what);
    if (!hermetic__utf8_valid((const uint8_t *)text, strlen(text)))
        return hermetic__fail(sb, HERMETIC_E_INVALID, "%s: not UTF-8", what);
    return 0;
}

/* One whole value whose kind is `kind`; keys of a dict must be strings. */
static int check_value(hermetic_sandbox *sb, const char *what, hermetic_bytes value, enum hermetic_kind kind)
{
    hermetic_item item, key;
    const uint8_t *p = value.data, *end = p + value.len;
    if (value.len > sb->options.value)
        return too_big(sb, what, value.len);
    if (hermetic_validate(value.data, value.len) < 0)
        return hermetic__fail(sb, HERMETIC_E_CBOR, "%s: not a value of the CBOR subset", what);
    hermetic_decode(&p, end, &item);
    if (item.kind != kind)
        return hermetic__fail(sb, HERMETIC_E_CBOR, "%s: not a %s", what, kind == HERMETIC_DICT ? "map" : "list");
    if (kind == HERMETIC_DICT)
        for (size_t i = 0; i < item.count; i++) {
            if (hermetic_decode(&p, end, &key) < 0 || key.kind != HERMETIC_STR || hermetic_skip(&p, end) < 0)
                return hermetic__fail(sb, HERMETIC_E_CBOR, "%s: key %zu is not a str", what, i);
        }
    return 0;
}

/* The next entry of a list of functions: a name, or [name, signature, doc]. False when it is neither. */
static bool next_function(const uint8_t **p, const uint8_t *end, hermetic_bytes *name)
{
    hermetic_item item, text;
    if (hermetic_decode(p, end, &item) < 0)
        return false;
    *name = item.bytes;
    if (item.kind == HERMETIC_STR)
        return true;
    if (item.kind != HERMETIC_LIST || item.count != 3)
        return false;
    for (int i = 0; i < 3; i++) {
        if (hermetic_decode(p, end, &text) < 0 || text.kind != HERMETIC_STR)
            return false;
        if (i == 0)
            *name = text.bytes;
    }
    return true;
}

static int check_functions(hermetic_sandbox *sb, hermetic_bytes functions)
{
    hermetic_item list;
    hermetic_bytes name;
    int status = check_value(sb, "functions", functions, HERMETIC_LIST);
    if (status < 0)
        return status;
    const uint8_t *p = functions.data, *end = p + functions.len;
    hermetic_decode(&p, end, &list);
    for (size_t i = 0; i < list.count; i++)
        if (!next_function(&p, end, &name))
            return hermetic__fail(sb, HERMETIC_E_CBOR, "functions: entry %zu is neither a str nor three of them", i);
    return 0;
}

static int check_argv(hermetic_sandbox *sb, hermetic_bytes argv)
{
    hermetic_item item;
    int status = check_value(sb, "argv", argv, HERMETIC_LIST);
    if (status < 0)
        return status;
    const uint8_t *p = argv.data, *end = p + argv.len;
    hermetic_decode(&p, end, &item);
    for (size_t i = 0, count = item.count; i < count; i++)
        if (hermetic_decode(&p, end, &item) < 0 || item.kind != HERMETIC_STR)
            return hermetic__fail(sb, HERMETIC_E_CBOR, "argv: entry %zu is not a str", i);
    return 0;
}

/* ---- requests ---- */

int hermetic__request_exec(hermetic_sandbox *sb, const char *code, size_t len, const hermetic_run_options *given)
{
    hermetic_run_options o;
    char message[HERMETIC__MESSAGE_MAX];
    int status;
    if (!code && len)
        return hermetic__fail(sb, HERMETIC_E_INVALID, "code: NULL with a length");
    if (hermetic__run_options_read(given, &o, message) < 0)
        return hermetic__fail(sb, HERMETIC_E_INVALID, "%s", message);
    const char *file = o.file ? o.file : "main.py";
    if ((status = check_text(sb, "file", file)) < 0 ||
        (o.inputs.len && (status = check_value(sb, "inputs", o.inputs, HERMETIC_DICT)) < 0) ||
        (o.functions.len && (status = check_functions(sb, o.functions)) < 0) ||
        (o.argv.len && (status = check_argv(sb, o.argv)) < 0))
        return status;
    if (len > sb->options.value)
        return too_big(sb, "the code", len);
    uint64_t total = (uint64_t)len + strlen(file) + o.inputs.len + o.functions.len + o.argv.len;
    unsigned keys = 4 + (o.inputs.len != 0) + (o.functions.len != 0) + (o.argv.len != 0);
    if ((status = open_request(sb, total, OP_EXEC, keys)) < 0)
        return status;
    put_key(sb, "file");
    put_str(sb, file, strlen(file));
    if (o.inputs.len) {
        put_key(sb, "inputs");
        put(sb, o.inputs.data, o.inputs.len);
    }
    if (o.functions.len) {
        put_key(sb, "functions");
        put(sb, o.functions.data, o.functions.len);
    }
    if (o.argv.len) {
        put_key(sb, "argv");
        put(sb, o.argv.data, o.argv.len);
    }
    put_bool(sb, "last", !(o.flags & HERMETIC_RUN_NO_VALUE));
    put_bool(sb, "repl", (o.flags & HERMETIC_RUN_PRINT) != 0);
    put_key(sb, "code");
    put_head(sb, HERMETIC__CBOR_BYTES, len);
    put(sb, code, len);
    return 0;
}

int hermetic__request_call(hermetic_sandbox *sb, const char *name, hermetic_bytes args, hermetic_bytes kwargs)
{
    int status;
    if ((status = check_text(sb, "name", name)) < 0 ||
        (args.len && (status = check_value(sb, "args", args, HERMETIC_LIST)) < 0) ||
        (kwargs.len && (status = check_value(sb, "kwargs", kwargs, HERMETIC_DICT)) < 0) ||
        (status = open_request(sb, (uint64_t)strlen(name) + args.len + kwargs.len, OP_CALL, 3)) < 0)
        return status;
    put_key(sb, "name");
    put_str(sb, name, strlen(name));
    put_key(sb, "args");
    put(sb, args.len ? args.data : (const uint8_t *)"\x80", args.len ? args.len : 1);
    put_key(sb, "kwargs");
    put(sb, kwargs.len ? kwargs.data : (const uint8_t *)"\xa0", kwargs.len ? kwargs.len : 1);
    return 0;
}

int hermetic__request_get(hermetic_sandbox *sb, const char *name)
{
    int status;
    if ((status = check_text(sb, "name", name)) < 0 || (status = open_request(sb, strlen(name), OP_GET, 1)) < 0)
        return status;
    put_key(sb, "name");
    put_str(sb, name, strlen(name));
    return 0;
}

int hermetic__request_set(hermetic_sandbox *sb, hermetic_bytes values)
{
    int status;
    if ((status = check_value(sb, "values", values, HERMETIC_DICT)) < 0 ||
        (status = open_request(sb, values.len, OP_SET, 1)) < 0)
        return status;
    put_key(sb, "values");
    put(sb, values.data, values.len);
    return 0;
}

int hermetic__request_grant(hermetic_sandbox *sb, hermetic_bytes functions)
{
    hermetic_item list;
    hermetic_bytes name;
    if (!functions.len)
        return 0;
    const uint8_t *p = functions.data, *end = p + functions.len;
    hermetic_decode(&p, end, &list); /* checked by hermetic__request_exec */
    for (size_t i = 0; i < list.count && next_function(&p, end, &name); i++)
        if (!hermetic__grants_add(&sb->grants, name.data, name.len))
            return hermetic__fail(sb, HERMETIC_E_NOMEM, "out of memory in the host: the names of functions");
    return 0;
}

bool hermetic__request_error(hermetic_sandbox *sb, hermetic_bytes type, hermetic_bytes message)
{
    sb->pending.len = 0;
    sb->pending_at = 0;
    if (!hermetic__buffer_reserve(&sb->pending, type.len + message.len + KEYS_ROOM, SIZE_MAX))
        return false;
    put_head(sb, HERMETIC__CBOR_ARRAY, 2);
    put_str(sb, type.data, type.len);
    put_str(sb, message.data, message.len);
    return true;
}
