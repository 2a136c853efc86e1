// Views of dicts as sets, and update() from other objects. See dictmethods.c.
#ifndef HERMETIC_GUEST_PY_DICTMETHODS_H
#define HERMETIC_GUEST_PY_DICTMETHODS_H

#include "py/obj.h"

extern const mp_obj_type_t dict_keys_type, dict_values_type, dict_items_type;

static inline bool is_dict_view(mp_obj_t obj) {
    const mp_obj_type_t *type = mp_obj_get_type(obj);
    return type == &dict_keys_type || type == &dict_values_type || type == &dict_items_type;
}

// The binary_op slot of the views; `dict` is what `lhs` is a view of.
mp_obj_t dict_view_operate(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs, mp_obj_t dict);

// dict.update(other) for what is no dict.
void dict_update_from(mp_obj_t dict, mp_obj_t other);

// view.isdisjoint(other)
extern const mp_obj_fun_builtin_fixed_t dict_view_isdisjoint_obj;

#endif
