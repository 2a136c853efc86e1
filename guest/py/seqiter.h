// Iterators of built-in containers. See seqiter.c.
#ifndef HERMETIC_GUEST_PY_SEQITER_H
#define HERMETIC_GUEST_PY_SEQITER_H

#include "py/obj.h"

extern const mp_obj_type_t list_iterator_type, tuple_iterator_type, str_iterator_type, bytes_iterator_type;

// An iterator of one of these types, from position `at` on (an offset in bytes for text).
mp_obj_t seq_iterator(const mp_obj_type_t *type, mp_obj_t seq, size_t at, mp_obj_iter_buf_t *buf);

// __reduce__ and __length_hint__ of an iterator that fits into an mp_obj_iter_buf_t, by what a copy of it still gives.
extern const mp_obj_dict_t rest_iterator_locals;

extern const mp_obj_fun_builtin_var_t hermetic_iter_obj; // the function iter

// (callable, args), as __reduce__ returns it.
mp_obj_t reduced(mp_obj_t callable, size_t n, const mp_obj_t *args);

// What `type` and messages name all built-in functions.
extern const mp_obj_type_t builtin_function_type;

#endif
