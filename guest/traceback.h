// What the host is told about an exception that a run did not catch.
#ifndef HERMETIC_GUEST_TRACEBACK_H
#define HERMETIC_GUEST_TRACEBACK_H

#include "cbor.h"

// Remembers a program's text (bytes) by its file name, for source lines. The oldest are forgotten.
void traceback_remember(qstr file, mp_obj_t source);

// As CPython prints it, with what it came from when `chain`.
void traceback_print(const mp_print_t *print, mp_obj_t exception, bool chain);

// Appends the payload of an ERROR event. May raise, when memory is short.
void traceback_report(cbor_writer_t *out, mp_obj_t exception);

#endif
