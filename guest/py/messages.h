// Errors whose wording, as CPython's, depends on operator and operands. See messages.c.
#ifndef HERMETIC_GUEST_PY_MESSAGES_H
#define HERMETIC_GUEST_PY_MESSAGES_H

#include "py/obj.h"
#include "py/runtime0.h"

// `asked` is the operator of the program, `op` the one that was tried last.
NORETURN void raise_binary_op(mp_binary_op_t asked, mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs);
NORETURN void raise_unary_op(mp_unary_op_t op, mp_obj_t arg);
NORETURN void raise_zero_division(mp_binary_op_t op);
NORETURN void raise_too_few(size_t expected, size_t got, bool at_least);
NORETURN void raise_not_in_sequence(const mp_obj_type_t *type, mp_obj_t value);

// The operator that compares the operands the other way round; the same for what is no comparison.
mp_binary_op_t reflected_comparison(mp_binary_op_t op);

#endif
