#ifndef HERMETIC_GUEST_HOSTFUNCTION_H
#define HERMETIC_GUEST_HOSTFUNCTION_H

#include "py/obj.h"

// A callable for a function that the host grants: a name, or [name, signature, doc].
mp_obj_t host_function_new(mp_obj_t description);

// Its name.
mp_obj_t host_function_name(mp_obj_t function);

#endif
