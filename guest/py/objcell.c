// Cells: the variables of a function that functions inside it use. Takes the place of upstream's py/objcell.c, whose
// cells have no attributes.

#include "py/runtime.h"

static void cell_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    mp_obj_t value = mp_obj_cell_get(self_in);
    mp_printf(print, "<cell at 0x%x: ", (unsigned)(uintptr_t)MP_OBJ_TO_PTR(self_in));
    if (value == MP_OBJ_NULL) {
        mp_print_str(print, "empty>");
    } else {
        mp_printf(print, "%s object at 0x%x>", mp_obj_get_type_str(value),
            (unsigned)(uintptr_t)(mp_obj_is_obj(value) ? MP_OBJ_TO_PTR(value) : NULL));
    }
}

static void cell_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    if (attr != MP_QSTR_cell_contents) {
        return;
    }
    if (dest[0] == MP_OBJ_NULL) {
        dest[0] = mp_obj_cell_get(self_in);
        if (dest[0] == MP_OBJ_NULL) {
            mp_raise_ValueError(MP_ERROR_TEXT("Cell is empty"));
        }
    } else {
        mp_obj_cell_set(self_in, dest[1]);
        dest[0] = MP_OBJ_NULL;
    }
}

static mp_obj_t cell_binary_op(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    if (!mp_obj_is_type(rhs, mp_obj_get_type(lhs)) || op > MP_BINARY_OP_MORE_EQUAL) {
        return MP_OBJ_NULL;
    }
    mp_obj_t a = mp_obj_cell_get(lhs), b = mp_obj_cell_get(rhs);
    if (a == MP_OBJ_NULL || b == MP_OBJ_NULL) { // an empty one is the smallest
        return mp_binary_op(op, MP_OBJ_NEW_SMALL_INT(a != MP_OBJ_NULL), MP_OBJ_NEW_SMALL_INT(b != MP_OBJ_NULL));
    }
    return mp_binary_op(op, a, b);
}

static mp_obj_t cell_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    (void)type;
    mp_arg_check_num(n_args, n_kw, 0, 1, false);
    return mp_obj_new_cell(n_args ? args[0] : MP_OBJ_NULL);
}

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_cell, MP_QSTR_cell, MP_TYPE_FLAG_NONE,
    make_new, cell_make_new,
    print, cell_print,
    binary_op, cell_binary_op,
    attr, cell_attr
    );

mp_obj_t mp_obj_new_cell(mp_obj_t value) {
    mp_obj_cell_t *self = mp_obj_malloc(mp_obj_cell_t, &mp_type_cell);
    self->obj = value;
    return MP_OBJ_FROM_PTR(self);
}
