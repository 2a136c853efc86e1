// The layout of range objects, for loops that step through them themselves. See objrange.c.
#ifndef HERMETIC_GUEST_PY_OBJRANGE_H
#define HERMETIC_GUEST_PY_OBJRANGE_H

#include "py/obj.h"

typedef struct _range_t {
    mp_obj_base_t base;
    bool big; // the words below are not valid, `bounds` are
    bool small; // every element is a small int
    mp_int_t start, stop, step, len;
    mp_obj_t bounds[4];
} range_t;

#endif
