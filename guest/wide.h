// Arithmetic on integers between the small ones and the big ones. See wide.c.
#ifndef HERMETIC_GUEST_WIDE_H
#define HERMETIC_GUEST_WIDE_H

#include "py/obj.h"

// The result of a binary operation on two ints (exact type) whose magnitudes and result fit 128 bits; MP_OBJ_NULL when
// they do not, when the operation is not one of those that are worth it, and for a division by zero.
mp_obj_t hermetic_wide_binary_op(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs);

#endif
