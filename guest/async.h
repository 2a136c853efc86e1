// Asynchronous generators. See async.c.
#ifndef HERMETIC_GUEST_ASYNC_H
#define HERMETIC_GUEST_ASYNC_H

#include "py/obj.h"

// Around the generator that runs the body.
mp_obj_t async_generator_new(mp_obj_t generator);

#endif
