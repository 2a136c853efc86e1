// Special methods of built-in types, by name. See dunder.c.
#ifndef HERMETIC_GUEST_DUNDER_H
#define HERMETIC_GUEST_DUNDER_H

#include "py/obj.h"

// Puts the function for int.__add__ and the like in dest[0], not bound. False when the type does not have that.
bool dunder_of_class(const mp_obj_type_t *type, qstr attr, mp_obj_t *dest);

// The same for an object of a built-in type: bound.
bool dunder_of_object(mp_obj_t object, qstr attr, mp_obj_t *dest);

#endif
