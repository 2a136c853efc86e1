// Python values as CBOR, in the subset that docs/internals.md defines. Nesting goes to CBOR_DEPTH in both directions.
#ifndef HERMETIC_GUEST_CBOR_H
#define HERMETIC_GUEST_CBOR_H

#include <stddef.h>
#include <stdint.h>

#include "py/obj.h"

#define CBOR_DEPTH 100

// Appends one value. Raises TypeError for a value of a type that does not cross, ValueError for a cycle, for nesting
// beyond CBOR_DEPTH and for text that is not Unicode; the message says where in the value.
void cbor_write(vstr_t *out, mp_obj_t value);

// The parts of a message that is put together by hand.
void cbor_write_array(vstr_t *out, size_t len);
void cbor_write_map(vstr_t *out, size_t len);
void cbor_write_text(vstr_t *out, const char *text, size_t len);
void cbor_write_int(vstr_t *out, int64_t value);

// The value that `data` holds, all of it. Raises ValueError when that is malformed.
mp_obj_t cbor_read(const uint8_t *data, size_t len);

#endif
