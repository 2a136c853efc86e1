// Python values as CBOR, in the subset that docs/internals.md defines. Nesting goes to CBOR_DEPTH in both directions.
#ifndef HERMETIC_GUEST_CBOR_H
#define HERMETIC_GUEST_CBOR_H

#include <stddef.h>
#include <stdint.h>

#include "py/obj.h"

#define CBOR_DEPTH 100

// A message that is being written. A short one needs no allocation: it stays in the writer, on the C stack.
#define CBOR_SHORT 128

// Text and bytes from that length on are not copied into the message, if they are of a type that cannot change: the host
// takes them from where they are. The first few of them, that is.
#define CBOR_APART 4096
#define CBOR_PARTS 4

typedef struct _cbor_part_t {
    size_t at; // how much of `data` comes before it
    const byte *data;
    size_t len;
} cbor_part_t;

typedef struct _cbor_writer_t {
    byte *data;
    size_t len;
    size_t alloc;
    size_t n_parts;
    cbor_part_t parts[CBOR_PARTS];
    byte small[CBOR_SHORT];
} cbor_writer_t;

static inline void cbor_open(cbor_writer_t *out) {
    out->data = out->small;
    out->len = 0;
    out->alloc = CBOR_SHORT;
    out->n_parts = 0;
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

#define CBOR_HEAD_MAX 9

// Whether a message of `len` bytes, of which the first CBOR_HEAD_MAX are there, is one text or byte string: the length of
// its head, and its type; otherwise 0.
size_t cbor_string_head(const uint8_t *start, size_t len, const mp_obj_type_t **type);

#endif
