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

// How messages name a type: with its module, for the library's classes that CPython has in C and names so.
const char *type_name_in_messages(const mp_obj_type_t *type);

// Calls a method that was taken from the class `type`: its first argument has to be an instance of it.
mp_obj_t call_checked(const mp_obj_type_t *type, mp_obj_t fun, size_t n_args, size_t n_kw, const mp_obj_t *args);

// The iterator of what is unpacked, and of what `in` looks through.
mp_obj_t unpack_getiter(mp_obj_t obj, mp_obj_iter_buf_t *buf);
mp_obj_t contains_getiter(mp_obj_t obj, mp_obj_iter_buf_t *buf);

// What a call has behind * and **: its iterator, and a dict of it. And whether all keywords differ, where the built-in
// function that is called would not notice.
mp_obj_t star_getiter(mp_obj_t fun, mp_obj_t obj, mp_obj_iter_buf_t *buf);
mp_obj_t star_mapping(mp_obj_t fun, mp_obj_t obj);
void check_keywords(mp_obj_t fun, bool starred, size_t n_kw, const mp_obj_t *kwargs);
NORETURN void raise_repeated_keyword(mp_obj_t fun, mp_obj_t name);

NORETURN void raise_no_attribute(mp_obj_t obj, qstr attr);

// Of what a `with` statement is given: __exit__ and its self, __enter__ and its self.
void load_manager(mp_obj_t manager, mp_obj_t *dest);

// The operator that compares the operands the other way round; the same for what is no comparison.
mp_binary_op_t reflected_comparison(mp_binary_op_t op);

#endif
