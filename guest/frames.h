// Frames of functions that run, and their local variables. See frames.c.
#ifndef HERMETIC_GUEST_FRAMES_H
#define HERMETIC_GUEST_FRAMES_H

#include "py/obj.h"

// A new dict of the variables of the function that called a built-in one; outside of functions, the names themselves.
mp_obj_t frame_locals(void);

// The frame object of an entry of a traceback: where it was, without its variables.
mp_obj_t frame_of_traceback(qstr file, size_t line, qstr function);

// The frame object of a generator's frame.
struct _mp_code_state_t;
mp_obj_t frame_of_state(const struct _mp_code_state_t *state, bool at_start);

// sys._getframe([depth])
MP_DECLARE_CONST_FUN_OBJ_VAR_BETWEEN(frame_get_obj);

#endif
