// __slots__. See slots.c.
#ifndef HERMETIC_GUEST_PY_SLOTS_H
#define HERMETIC_GUEST_PY_SLOTS_H

#include "py/obj.h"

// Whether the slots of a class or of one that it is derived from have this name.
bool in_slots(const mp_obj_type_t *cls, qstr attr);

// Refuses slots of a new class that are no names, or are attributes of it already.
void slots_check(const mp_obj_type_t *cls);

// The descriptor of that slot, or MP_OBJ_NULL.
mp_obj_t slots_member(const mp_obj_type_t *cls, qstr attr);

#endif
