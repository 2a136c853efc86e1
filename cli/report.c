/* cli/report.c: see report.h. */
#include "report.h"

#include "exit_codes.h"
#include "json_write.h"
#include "message.h"
#include "os.h"

#include <errno.h>
#include <string.h>

int report_exit_code(const struct session *s, int status)
{
    if (s->write_error)
        return CLI_EXIT_WRITE;
    switch (status) {
    case HERMETIC_DONE:
        return CLI_EXIT_OK;
    case HERMETIC_E_EXCEPTION:
        return CLI_EXIT_EXCEPTION;
    case HERMETIC_E_EXIT:
        return hermetic_failure_of(s->sb).exit_code & 0xff;
    case HERMETIC_E_CANCELLED:
        return CLI_EXIT_INTERRUPT;
    case HERMETIC_E_TOO_BIG: /* a value over the limit on values */
        return CLI_EXIT_LIMIT;
    case HERMETIC_E_INVALID:
    case HERMETIC_E_CBOR:
        return CLI_EXIT_USAGE;
    default:
        return hermetic_error_class_of(status) == HERMETIC_CLASS_LIMIT ? CLI_EXIT_LIMIT : CLI_EXIT_INTERNAL;
    }
}

/* sys.exit("text"): what was given is text when it does not read as a number. As python, it goes to standard error. */
static void report_exit(struct session *s, hermetic_failure failure)
{
    hermetic_bytes text = failure.text;
    size_t digits = text.len > 0 && text.data[0] == '-' ? 1 : 0;
    while (digits < text.len && text.data[digits] >= '0' && text.data[digits] <= '9')
        digits++;
    if (failure.exit_code != 1 || digits == text.len)
        return;
    output_write(&s->err, text.data, text.len);
    output_write(&s->err, "\n", 1);
    output_finish(&s->err, false);
}

void report_failure(struct session *s, int status)
{
    hermetic_failure failure = hermetic_failure_of(s->sb);
    if (s->write_error) {
        message("standard output: %s", os_error_text(s->write_error));
    } else if (status == HERMETIC_E_EXCEPTION) {
        hermetic_bytes text = failure.traceback;
        output_write(&s->err, text.data, text.len);
        if (text.len == 0 || text.data[text.len - 1] != '\n')
            output_write(&s->err, "\n", 1);
        output_finish(&s->err, false);
    } else if (status == HERMETIC_E_CANCELLED) {
        message("interrupted");
    } else if (status == HERMETIC_E_EXIT) {
        report_exit(s, failure);
    } else if (status < 0) {
        /* The message may quote the guest: it goes the way of the guest's text. */
        const char *text = hermetic_error_text(status);
        output_write(&s->err, "hermetic: ", 10);
        if (failure.message.len)
            output_write(&s->err, failure.message.data, failure.message.len);
        else
            output_write(&s->err, text, strlen(text));
        output_write(&s->err, "\n", 1);
        output_finish(&s->err, false);
    }
}

int report_text(const char *text, size_t len)
{
    int error = os_write(1, text, len);
    if (error && error != EINTR)
        message("standard output: %s", os_error_text(error));
    return !error ? 0 : error == EINTR ? CLI_EXIT_INTERRUPT : CLI_EXIT_WRITE;
}

static int print_json(struct json_text *json)
{
    int code;
    json_put(json, "\n");
    if (json->failed) {
        message("out of memory");
        code = CLI_EXIT_INTERNAL;
    } else {
        code = report_text(json->data, json->len);
    }
    json_free(json);
    return code;
}

static void put_result(struct json_text *json, const struct session *s)
{
    hermetic_bytes type = hermetic_result_type(s->sb);
    if (type.len) {
        json_put(json, "{\"$opaque\": [");
        json_put_bytes(json, type);
        json_put(json, ", ");
        json_put_value(json, hermetic_result(s->sb));
        json_put(json, "]}");
    } else {
        json_put_value(json, hermetic_result(s->sb));
    }
}

int report_value(const struct session *s)
{
    struct json_text json = { 0 };
    put_result(&json, s);
    return print_json(&json);
}

/* ---- the object of --json ---------------------------------------------------------------------------------------- */

static void put_name(struct json_text *json, const char *name)
{
    json_put(json, json->data[json->len - 1] == '{' ? "\"" : ", \"");
    json_put(json, name);
    json_put(json, "\": ");
}

static void put_uint_member(struct json_text *json, const char *name, uint64_t value)
{
    put_name(json, name);
    json_put_uint(json, value);
}

/* Empty text means that there is none: null. */
static void put_text_member(struct json_text *json, const char *name, hermetic_bytes text)
{
    put_name(json, name);
    if (text.len)
        json_put_bytes(json, text);
    else
        json_put(json, "null");
}

static const char *kind_of(int status)
{
    switch (status) {
    case HERMETIC_E_EXCEPTION:
        return "exception";
    case HERMETIC_E_EXIT:
        return "exit";
    case HERMETIC_E_CANCELLED:
        return "interrupt";
    default:
        break;
    }
    switch (hermetic_error_class_of(status)) {
    case HERMETIC_CLASS_GUEST:
        return "fault";
    case HERMETIC_CLASS_LIMIT:
        return "limit";
    case HERMETIC_CLASS_POLICY:
        return "policy";
    default:
        return "host";
    }
}

static void put_error(struct json_text *json, const struct session *s, int status)
{
    hermetic_failure failure = hermetic_failure_of(s->sb);
    bool limit = hermetic_error_class_of(status) == HERMETIC_CLASS_LIMIT && status != HERMETIC_E_CANCELLED;
    bool guest = status == HERMETIC_E_EXCEPTION || status == HERMETIC_E_EXIT;
    json_put(json, "{");
    put_name(json, "kind");
    json_put_str(json, kind_of(status));
    put_name(json, "code");
    json_put_str(json, hermetic_error_name(status));
    put_text_member(json, "type", failure.type);
    put_name(json, "message");
    json_put_bytes(json, guest ? failure.text : failure.message);
    put_text_member(json, "traceback", failure.traceback);
    put_name(json, "frames");
    if (failure.frames.len)
        json_put_value(json, failure.frames);
    else
        json_put(json, "null");
    put_name(json, "limit");
    if (limit)
        json_put_uint(json, failure.limit);
    else
        json_put(json, "null");
    put_name(json, "used");
    if (limit)
        json_put_uint(json, failure.used);
    else
        json_put(json, "null");
    json_put(json, "}");
}

static void put_usage(struct json_text *json, const struct session *s)
{
    hermetic_usage usage = hermetic_usage_of(s->sb);
    json_put(json, "{");
    put_uint_member(json, "fuel", usage.fuel);
    put_uint_member(json, "wall", usage.wall);
    put_uint_member(json, "memory", usage.memory);
    put_uint_member(json, "host_memory", usage.host_memory);
    put_uint_member(json, "output", usage.output);
    put_uint_member(json, "output_cut", usage.output_cut);
    put_uint_member(json, "calls", usage.calls);
    json_put(json, "}");
}

int report_json(const struct session *s, int status, int exit_code)
{
    struct json_text json = { 0 };
    json_put(&json, "{");
    if (json.failed)
        return print_json(&json);
    put_name(&json, "ok");
    json_put(&json, exit_code == 0 ? "true" : "false");
    put_uint_member(&json, "exit_code", (uint64_t)exit_code);
    put_name(&json, "value");
    if (status == HERMETIC_DONE)
        put_result(&json, s);
    else
        json_put(&json, "null");
    put_name(&json, "stdout");
    json_put_bytes(&json, hermetic_output(s->sb, 1));
    put_name(&json, "stderr");
    json_put_bytes(&json, hermetic_output(s->sb, 2));
    put_name(&json, "stdout_cut");
    json_put(&json, hermetic_usage_of(s->sb).output_cut ? "true" : "false");
    put_name(&json, "usage");
    put_usage(&json, s);
    put_name(&json, "error");
    if (status < 0)
        put_error(&json, s, status);
    else
        json_put(&json, "null");
    json_put(&json, "}");
    return print_json(&json);
}
