// Functions made of bytecode, and what the language says about them. See function.c.
#ifndef HERMETIC_GUEST_FUNCTION_H
#define HERMETIC_GUEST_FUNCTION_H

#include "py/objfun.h"

// "C.f.<locals>.g", and "g".
qstr function_qualname(const mp_obj_fun_bc_t *fun);
qstr qualname_tail(qstr qualname);

// A name that the code has as `value`, and the file that it comes from.
qstr function_name_at(const mp_obj_fun_bc_t *fun, size_t value);
qstr function_source_file(const mp_obj_fun_bc_t *fun);

// The name of a parameter; *positional_only, unless NULL, says whether it may not be named in a call.
qstr function_parameter(const mp_obj_fun_bc_t *fun, size_t i, bool *positional_only);

// Of a closure: the function, and a tuple of the cells.
mp_obj_t closure_function(mp_obj_t closure);
mp_obj_t function_closure_cells(mp_obj_t closure, size_t n);

// A tuple of the names of the locals, by number; NULL when there is none.
mp_obj_t function_local_names(const mp_obj_fun_bc_t *fun);

// The exception for a local without a value.
mp_obj_t function_unbound_local(const mp_obj_fun_bc_t *fun, size_t local);

// The attribute slot of all types of functions; for closures `fun` is what they close.
void function_attr(mp_obj_t self, mp_obj_fun_bc_t *fun, qstr attr, mp_obj_t *dest);
void function_print(const mp_print_t *print, mp_obj_t self, mp_obj_fun_bc_t *fun);

#endif
