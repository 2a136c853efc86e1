// Parts of lists. See listslice.c.
#ifndef HERMETIC_GUEST_PY_LISTSLICE_H
#define HERMETIC_GUEST_PY_LISTSLICE_H

#include "py/objlist.h"

// As the subscr slot of a type, for an index that is a slice.
mp_obj_t list_subscr_slice(mp_obj_t self, mp_obj_t index, mp_obj_t value);

// The place that an index means; raises IndexError "WHAT index out of range".
size_t list_index_checked(mp_obj_list_t *self, mp_obj_t index, const char *what);

// del self[index]
void list_delete(mp_obj_t self, mp_obj_t index);

mp_obj_t list_multiply_inplace(mp_obj_t self, mp_obj_t times);

// The place of the first item that equals `value`, for remove(); raises ValueError.
size_t list_find(mp_obj_t self, mp_obj_t value);

#endif
