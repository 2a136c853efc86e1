/* cli/json_read.h: JSON text (RFC 8259) into the CBOR that crosses into a sandbox.
 *
 * An own reader, for want of a packaged one: Debian bookworm has no yyjson, and those it has (Jansson, cJSON, json-c)
 * refuse or round integers beyond 64 bits, which Python has.
 */
#ifndef HERMETIC_CLI_JSON_READ_H
#define HERMETIC_CLI_JSON_READ_H

#include "hermetic.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    JSON_MAX_DEPTH = 99,   /* of nested arrays and objects: a CBOR value's 100, less the map that holds the inputs */
    JSON_MAX_DIGITS = 4300 /* of one integer: CPython's own bound (sys.int_info), for conversion takes quadratic time */
};

struct json_error {
    const char *message; /* static text */
    size_t line, column; /* both from 1; the column counts bytes */
};

/* Appends the one value in `text` to `out`: object to dict, array to list, integers exactly, other numbers to float.
 * Strict: no comments, no trailing commas, no NaN, no lone surrogates, valid UTF-8 only; a byte order mark is skipped.
 * Of equal names in an object the last counts, as in Python's json. `text` is NUL-terminated after `len` bytes. False
 * on failure, with *error set and `out` as it was. */
bool json_read(const char *text, size_t len, hermetic_encoder *out, struct json_error *error);

#endif
