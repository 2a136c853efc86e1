// list[int] and int | str. See generic.c.
#ifndef HERMETIC_GUEST_GENERIC_H
#define HERMETIC_GUEST_GENERIC_H

#include "py/obj.h"

extern const mp_obj_type_t mp_type_GenericAlias, mp_type_UnionType;

// X[index] for a class that does not say what that means; raises for those that cannot.
mp_obj_t generic_alias_of_type(mp_obj_t type, mp_obj_t index);

// a | b, or MP_OBJ_NULL when one of them is no type.
mp_obj_t generic_union(mp_obj_t a, mp_obj_t b);

// The tuple of its members, or MP_OBJ_NULL when it is no union.
mp_obj_t generic_union_members(mp_obj_t o);

#endif
