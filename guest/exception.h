// What a program sees of exceptions. See exception.c.
#ifndef HERMETIC_GUEST_EXCEPTION_H
#define HERMETIC_GUEST_EXCEPTION_H

#include "py/objexcept.h"

// Looks at the arguments that have a meaning of their own, keyword ones among them.
void exception_take_arguments(mp_obj_exception_t *exc, size_t n_kw, const mp_obj_t *kwargs);

// Whether `attr` is one that every exception has, so that storing it in an instance goes to the exception inside.
bool exception_has_slot(qstr attr);

// Sets the exception that was being handled when `exc` was raised.
void exception_set_context(mp_obj_t exc, mp_obj_t context);

// The traceback object of an exception, or None.
mp_obj_t exception_traceback(mp_obj_t exc);

// The value of an attribute that was set, or that the type has; MP_OBJ_NULL when there is none.
mp_obj_t exception_get(mp_obj_exception_t *exc, qstr attr);

// RuntimeError, for a generator that raised StopIteration (PEP 479).
mp_obj_t generator_stop_error(mp_obj_t stop);

mp_obj_t import_submodule(mp_obj_t package, qstr name, qstr full);
NORETURN void exception_raise_cannot_import(mp_obj_t module, qstr name);

// Groups: exceptiongroup.c.
extern const mp_obj_type_t mp_type_BaseExceptionGroup, mp_type_ExceptionGroup;
bool exception_is_group(const mp_obj_exception_t *exc);
mp_obj_t exception_group_attr(mp_obj_exception_t *exc, mp_obj_t self, qstr attr, mp_obj_t *dest);
mp_obj_t exception_group_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args);

#endif
