// Python values as CBOR, in the subset that docs/internals.md defines. Nesting goes to CBOR_DEPTH in both directions.
#ifndef HERMETIC_GUEST_CBOR_H
#define HERMETIC_GUEST_CBOR_H

#include <stddef.h>
#include <stdint.h>

#include "py/obj.h"

#define CBOR_DEPTH 100

// A message that is being written. A short one needs no allocation: it stays in the writer, on the C stack.
#define CBOR_SHORT 128

typedef struct _cbor_writer_t {
    byte *data;
    size_t len;
    size_t alloc;
    byte small[CBOR_SHORT];
} cbor_writer_t;

static inline void cbor_open(cbor_writer_t *out) {
    out->data = out->small;
    out->len = 0;
    out->alloc = CBOR_SHORT;
}

// Frees what is on the heap. After an exception the collector does.
void cbor_close(cbor_writer_t *out);

// Appends one value. Raises TypeError for a value of a type that does not cross, ValueError for a cycle, for nesting
// beyond CBOR_DEPTH and for text that is not Unicode; the message says where in the value.
void cbor_write(cbor_writer_t *out, mp_obj_t value);

// The parts of a message that is put together by hand.
void cbor_write_array(cbor_writer_t *out, size_t len);
void cbor_write_map(cbor_writer_t *out, size_t len);
void cbor_write_text(cbor_writer_t *out, const char *text, size_t len);
void cbor_write_int(cbor_writer_t *out, int64_t value);

// The value that `data` holds, all of it. Raises ValueError when that is malformed.
mp_obj_t cbor_read(const uint8_t *data, size_t len);

#endif
