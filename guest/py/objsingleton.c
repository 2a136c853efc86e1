// Ellipsis and NotImplemented. Takes the place of upstream's py/objsingleton.c, where they share a type without a name.

#include "py/runtime.h"

static void ellipsis_print(const mp_print_t *print, mp_obj_t self, mp_print_kind_t kind) {
    (void)self;
    (void)kind;
    mp_print_str(print, "Ellipsis");
}

static mp_obj_t ellipsis_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    (void)type;
    (void)args;
    mp_arg_check_num(n_args, n_kw, 0, 0, false);
    return MP_OBJ_FROM_PTR(&mp_const_ellipsis_obj);
}

static MP_DEFINE_CONST_OBJ_TYPE(
    type_ellipsis, MP_QSTR_ellipsis, MP_TYPE_FLAG_NONE,
    make_new, ellipsis_make_new,
    print, ellipsis_print
    );

static void not_implemented_print(const mp_print_t *print, mp_obj_t self, mp_print_kind_t kind) {
    (void)self;
    (void)kind;
    mp_print_str(print, "NotImplemented");
}

static mp_obj_t not_implemented_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    (void)type;
    (void)args;
    mp_arg_check_num(n_args, n_kw, 0, 0, false);
    return MP_OBJ_FROM_PTR(&mp_const_notimplemented_obj);
}

static MP_DEFINE_CONST_OBJ_TYPE(
    type_not_implemented, MP_QSTR_NotImplementedType, MP_TYPE_FLAG_NONE,
    make_new, not_implemented_make_new,
    print, not_implemented_print
    );

typedef struct _mp_obj_singleton_t {
    mp_obj_base_t base;
} mp_obj_singleton_t;

const mp_obj_singleton_t mp_const_ellipsis_obj = { { &type_ellipsis } };
const mp_obj_singleton_t mp_const_notimplemented_obj = { { &type_not_implemented } };
