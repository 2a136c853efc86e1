// Indices and slices of sequences. See slice.c and objslice.c.
#ifndef HERMETIC_GUEST_PY_SLICE_H
#define HERMETIC_GUEST_PY_SLICE_H

#include "py/obj.h"

// The integer that an int, a bool or an object with __index__ stands for, cut to what mp_int_t holds; false for others.
bool index_maybe(mp_obj_t obj, mp_int_t *value);

// The same for an index: what mp_int_t does not hold is an IndexError.
bool index_fitting(mp_obj_t obj, mp_int_t *value);

// index_maybe, raising TypeError "'T' object cannot be interpreted as an integer".
mp_int_t index_clamped(mp_obj_t obj);

// Bounds of a slice object in a sequence of `len` items: start, stop and step as slice.indices() gives them. Returns
// the number of items.
size_t slice_bounds(mp_obj_t slice, mp_int_t len, mp_bound_slice_t *out);

// Copies `count` items of `size` bytes that a slice selects.
void slice_copy(void *to, const void *from, size_t size, size_t count, const mp_bound_slice_t *bounds);

// Removes the items of a slice in place; returns the length that is left.
size_t slice_remove(void *items, size_t size, size_t len, size_t count, const mp_bound_slice_t *bounds);

#endif
