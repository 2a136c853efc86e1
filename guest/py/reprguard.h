// Containers that hold themselves: repr() writes an ellipsis where it comes to one again. See reprguard.c.
#ifndef HERMETIC_GUEST_PY_REPRGUARD_H
#define HERMETIC_GUEST_PY_REPRGUARD_H

#include "py/nlr.h"
#include "py/obj.h"

typedef struct _repr_guard_t {
    nlr_jump_callback_node_t node;
    struct _repr_guard_t *outer;
    mp_obj_t object;
} repr_guard_t;

// False when the object is being written already. Otherwise repr_leave() must follow; an exception does that too.
bool repr_enter(repr_guard_t *guard, mp_obj_t object);
void repr_leave(repr_guard_t *guard);

// Writes a list, dict, tuple or set by `write`, under a guard; false for other objects.
bool repr_container(const mp_print_t *print, mp_obj_t object, mp_print_kind_t kind, mp_print_fun_t write);

#endif
