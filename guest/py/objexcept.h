// Exceptions. Takes the place of upstream's py/objexcept.h: an exception also has what it came from, and attributes.
#ifndef HERMETIC_GUEST_PY_OBJEXCEPT_H
#define HERMETIC_GUEST_PY_OBJEXCEPT_H

#include "py/obj.h"
#include "py/objtuple.h"

// The first members are initialised by place in upstream's files. Everything may be zero.
typedef struct _mp_obj_exception_t {
    mp_obj_base_t base;
    size_t traceback_alloc : (8 * sizeof(size_t) / 2); // in words, three for each frame: file, line, function
    size_t traceback_len : (8 * sizeof(size_t) / 2);
    size_t *traceback_data; // innermost frame first
    mp_obj_tuple_t *args;
    mp_obj_dict_t *attrs;   // what else was set
    mp_obj_t cause, context; // exceptions or MP_OBJ_NULL
    mp_obj_t traceback; // the object made of the data above, if it was asked for
    bool suppress_context;
} mp_obj_exception_t;

void mp_obj_exception_print(const mp_print_t *print, mp_obj_t o_in, mp_print_kind_t kind);
void mp_obj_exception_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest);

// The exception that an instance of a subclass, made by the program, has inside; NULL when it has none yet.
mp_obj_exception_t *mp_obj_exception_get_native(mp_obj_t exc);

#define MP_DEFINE_EXCEPTION(exc_name, base_name) \
    MP_DEFINE_CONST_OBJ_TYPE(mp_type_##exc_name, MP_QSTR_##exc_name, MP_TYPE_FLAG_NONE, \
    make_new, mp_obj_exception_make_new, \
    print, mp_obj_exception_print, \
    attr, mp_obj_exception_attr, \
    parent, &mp_type_##base_name \
    );

#endif
