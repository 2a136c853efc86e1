// Attributes of generators and coroutines. See generators.c.
#ifndef HERMETIC_GUEST_GENERATORS_H
#define HERMETIC_GUEST_GENERATORS_H

#include "py/obj.h"

// A generator with another name, which is awaited and not iterated.
extern const mp_obj_type_t mp_type_coroutine;

void generator_attr(mp_obj_t self, qstr attr, mp_obj_t *dest);
void generator_print(const mp_print_t *print, mp_obj_t self, mp_print_kind_t kind);

#endif
