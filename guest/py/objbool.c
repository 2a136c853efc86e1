// The type bool. Takes the place of upstream's py/objbool.c: the methods of int are there too.

#include "py/objint.h"
#include "py/runtime.h"

static void bool_print(const mp_print_t *print, mp_obj_t self, mp_print_kind_t kind) {
    if (kind == PRINT_JSON) {
        mp_print_str(print, self == mp_const_true ? "true" : "false");
    } else {
        mp_print_str(print, self == mp_const_true ? "True" : "False");
    }
}

static mp_obj_t bool_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    (void)type;
    mp_arg_check_num(n_args, n_kw, 0, 1, false);
    return mp_obj_new_bool(n_args && mp_obj_is_true(args[0]));
}

static mp_obj_t bool_unary_op(mp_unary_op_t op, mp_obj_t self) {
    return op == MP_UNARY_OP_LEN ? MP_OBJ_NULL : mp_unary_op(op, MP_OBJ_NEW_SMALL_INT(self == mp_const_true));
}

static mp_obj_t bool_binary_op(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    bool a = lhs == mp_const_true;
    if (mp_obj_is_bool(rhs)) {
        bool b = rhs == mp_const_true;
        switch (op) {
            case MP_BINARY_OP_AND:
            case MP_BINARY_OP_INPLACE_AND:
                return mp_obj_new_bool(a & b);
            case MP_BINARY_OP_OR:
            case MP_BINARY_OP_INPLACE_OR:
                return mp_obj_new_bool(a | b);
            case MP_BINARY_OP_XOR:
            case MP_BINARY_OP_INPLACE_XOR:
                return mp_obj_new_bool(a ^ b);
            default:
                break;
        }
    }
    // An operator that numbers do not have is refused with the types that the program wrote.
    const mp_obj_type_t *type = mp_obj_get_type(rhs);
    mp_obj_t number = MP_OBJ_NEW_SMALL_INT(a);
    if (mp_obj_is_float(rhs) || type == &mp_type_complex) {
        bool reversed = op >= MP_BINARY_OP_REVERSE_OR && op <= MP_BINARY_OP_REVERSE_POWER;
        number = mp_obj_is_float(rhs) ? mp_obj_new_float(a) : mp_obj_new_complex(a, 0);
        return reversed ? MP_OBJ_TYPE_GET_SLOT(type, binary_op)(op - MP_BINARY_OP_REVERSE_OR + MP_BINARY_OP_OR, rhs, number)
            : MP_OBJ_TYPE_GET_SLOT(type, binary_op)(op, number, rhs);
    }
    if ((mp_obj_is_int(rhs) || mp_obj_is_bool(rhs)) && op != MP_BINARY_OP_CONTAINS && op != MP_BINARY_OP_MAT_MULTIPLY
        && op != MP_BINARY_OP_INPLACE_MAT_MULTIPLY && op != MP_BINARY_OP_REVERSE_MAT_MULTIPLY) {
        return mp_binary_op(op, number, rhs);
    }
    return mp_obj_int_binary_op_extra_cases(op, number, rhs);
}

void int_attr(mp_obj_t self, qstr attr, mp_obj_t *dest);
extern const mp_obj_dict_t int_locals_dict;

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_bool, MP_QSTR_bool, MP_TYPE_FLAG_EQ_CHECKS_OTHER_TYPE,
    make_new, bool_make_new,
    print, bool_print,
    unary_op, bool_unary_op,
    binary_op, bool_binary_op,
    attr, int_attr,
    locals_dict, &int_locals_dict
    );

const struct _mp_obj_bool_t {
    mp_obj_base_t base;
    bool value;
} mp_const_false_obj = { { &mp_type_bool }, false }, mp_const_true_obj = { { &mp_type_bool }, true };
