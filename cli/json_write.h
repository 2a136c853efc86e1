/* cli/json_write.h: values from a sandbox as JSON text (RFC 8259).
 *
 * What JSON has is written as it is: None, bool, int (all digits), finite float, str, list, and a dict whose keys are
 * all str and do not begin with "$". All else is an object with one key that begins with "$", so that no two values
 * look the same:
 *
 *     {"$float": "nan" | "inf" | "-inf"}        {"$datetime": "2026-01-31T12:00:00Z"}
 *     {"$int": "0x..."} (over 4300 digits)      {"$date": "2026-01-31"}
 *     {"$bytes": "base64"}                      {"$time": "12:00:00"}
 *     {"$tuple": [...]}                         {"$timedelta": [seconds, microseconds]}
 *     {"$set": [...]}  {"$frozenset": [...]}    {"$decimal": "1.10"}
 *     {"$dict": [[key, value], ...]}            {"$uuid": "123e4567-e89b-12d3-a456-426614174000"}
 *                                               {"$decimal": [{"$int": "0x..."}, exponent]} (over 4300 digits)
 *
 * A result that has no form outside the sandbox is {"$opaque": [type, repr]}.
 */
#ifndef HERMETIC_CLI_JSON_WRITE_H
#define HERMETIC_CLI_JSON_WRITE_H

#include "hermetic.h"

#include <stdbool.h>

/* Growing text. Errors stick: check `failed` once, at the end. Start with all zero; free with json_free. */
struct json_text {
    char *data;
    size_t len, capacity;
    bool failed; /* out of memory, or a value that is not valid CBOR of the subset */
};

void json_free(struct json_text *json);

void json_put(struct json_text *json, const char *text); /* as it is: punctuation, names */
void json_put_uint(struct json_text *json, uint64_t value);
void json_put_str(struct json_text *json, const char *text);           /* quoted and escaped */
void json_put_bytes(struct json_text *json, hermetic_bytes utf8);      /* the same; invalid bytes become U+FFFD */
void json_put_value(struct json_text *json, hermetic_bytes cbor);      /* one value */

#endif
