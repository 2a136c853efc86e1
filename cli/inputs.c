/* cli/inputs.c: see inputs.h. */
#include "inputs.h"

#include "exit_codes.h"
#include "json_read.h"
#include "message.h"
#include "os.h"
#include "utf8.h"

#include <stdlib.h>
#include <string.h>

static bool is_keyword(const char *name, size_t len)
{
    static const char *const keywords[] = {
        "False",  "None",   "True",    "and",    "as",   "assert", "async",  "await",    "break",
        "class",  "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
        "from",   "global", "if",      "import", "in",   "is",     "lambda", "nonlocal", "not",
        "or",     "pass",   "raise",   "return", "try",  "while",  "with",   "yield",
    };
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (strlen(keywords[i]) == len && memcmp(keywords[i], name, len) == 0)
            return true;
    return false;
}

static bool is_identifier(const char *name, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        char c = name[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && !(i > 0 && c >= '0' && c <= '9'))
            return false;
    }
    return len > 0 && !is_keyword(name, len);
}

/* Where the JSON is: line and column matter in a file, the column alone on the command line. */
static void report_json(const char *name, size_t name_len, const char *path, const struct json_error *error)
{
    int len = (int)name_len;
    if (path)
        message("--input %.*s: %s:%zu:%zu: not JSON: %s", len, name, path, error->line, error->column, error->message);
    else
        message("--input %.*s: not JSON at column %zu: %s", len, name, error->column, error->message);
}

static int encode_one(const struct options *o, const char *text, hermetic_encoder *out)
{
    size_t name_len = strcspn(text, "=");
    const char *value = text + name_len;
    struct json_error error;
    if (!*value) {
        message("--input: '%s' is not NAME=JSON or NAME=@FILE", text);
        return CLI_EXIT_USAGE;
    }
    if (!is_identifier(text, name_len)) {
        message("--input: '%.*s' is not an identifier", (int)name_len, text);
        return CLI_EXIT_USAGE;
    }
    for (size_t i = 0; i < o->input_count && o->inputs[i] != text; i++)
        if (strncmp(o->inputs[i], text, name_len + 1) == 0) {
            message("--input: '%.*s' is given twice", (int)name_len, text);
            return CLI_EXIT_USAGE;
        }
    value++;
    hermetic_encode_str(out, text, name_len);
    if (*value != '@') {
        if (json_read(value, strlen(value), out, &error))
            return 0;
        report_json(text, name_len, NULL, &error);
        return CLI_EXIT_USAGE;
    }
    const char *path = ++value;
    char *data;
    size_t len;
    int failed = os_read_file(path, &data, &len);
    if (failed) {
        message("--input %.*s: cannot read %s: %s", (int)name_len, text, path, os_error_text(failed));
        return CLI_EXIT_USAGE;
    }
    bool ok = json_read(data, len, out, &error);
    if (!ok)
        report_json(text, name_len, path, &error);
    free(data);
    return ok ? 0 : CLI_EXIT_USAGE;
}

static int done(hermetic_encoder *out)
{
    if (hermetic_encode_done(out) == 0)
        return 0;
    message("out of memory");
    return CLI_EXIT_INTERNAL;
}

int inputs_encode(const struct options *o, hermetic_encoder *out)
{
    hermetic_encode_dict(out, o->input_count);
    for (size_t i = 0; i < o->input_count; i++) {
        int code = encode_one(o, o->inputs[i], out);
        if (code)
            return code;
    }
    return done(out);
}

static bool is_utf8(const char *text)
{
    const unsigned char *at = (const unsigned char *)text, *end = at + strlen(text);
    while (at < end) {
        size_t n = utf8_length(at, end);
        if (n == 0)
            return false;
        at += n;
    }
    return true;
}

int inputs_encode_argv(const struct options *o, const char *first, hermetic_encoder *out)
{
    size_t count = 0;
    while (o->args[count])
        count++;
    hermetic_encode_list(out, count + 1);
    for (size_t i = 0; i <= count; i++) {
        const char *arg = i ? o->args[i - 1] : first;
        if (!is_utf8(arg)) {
            message("argument %zu of the program is not valid UTF-8", i);
            return CLI_EXIT_USAGE;
        }
        hermetic_encode_str(out, arg, strlen(arg));
    }
    return done(out);
}
