// Names of built-in functions. See builtinnames.c.
#ifndef HERMETIC_GUEST_BUILTINNAMES_H
#define HERMETIC_GUEST_BUILTINNAMES_H

#include "py/obj.h"

// The TypeError for a call of `function`, which takes from `least` to `most` arguments, with others.
NORETURN void raise_arity(mp_obj_t function, size_t n_args, size_t n_kw, size_t least, size_t most);

// The name of a built-in function or type, for messages.
const char *callee_name(mp_obj_t callee);

// Says what is about to be called, for the messages of py/argcheck.c.
void argcheck_callee(mp_obj_t function_or_type);

void builtin_function_print(const mp_print_t *print, mp_obj_t self, mp_print_kind_t kind);
void builtin_function_attr(mp_obj_t self, qstr attr, mp_obj_t *dest);

// Of the method `function` of `self`.
void bound_method_print(const mp_print_t *print, mp_obj_t function, mp_obj_t self);

// Whether a bound method has a built-in function.
bool bound_to_builtin(mp_obj_t method);

#endif
