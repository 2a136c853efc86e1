#ifndef HERMETIC_GUEST_INT64_H
#define HERMETIC_GUEST_INT64_H

#include "py/obj.h"

// The result of a binary operation on two ints (exact type) that both fit 64 bits; MP_OBJ_NULL when they or the
// result do not, when the operation is not one of those that are worth it, and for a division by zero.
mp_obj_t int64_binary_op(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs);

#endif
