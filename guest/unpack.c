// Functions that the compiler calls for displays with unpacking, and for other small things that have no instruction.

#include "py/builtin.h"
#include "py/objlist.h"
#include "py/objtuple.h"
#include "py/runtime.h"
#include "functions.h"

// The call unpacks; what arrives are the items.
static mp_obj_t make_list(size_t n_args, const mp_obj_t *args) {
    return mp_obj_new_list(n_args, (mp_obj_t *)args);
}
MP_DEFINE_CONST_FUN_OBJ_VAR(hermetic_list_obj, 0, make_list);

static mp_obj_t make_tuple(size_t n_args, const mp_obj_t *args) {
    return mp_obj_new_tuple(n_args, args);
}
MP_DEFINE_CONST_FUN_OBJ_VAR(hermetic_tuple_obj, 0, make_tuple);

static mp_obj_t make_set(size_t n_args, const mp_obj_t *args) {
    return mp_obj_new_set(n_args, (mp_obj_t *)args);
}
MP_DEFINE_CONST_FUN_OBJ_VAR(hermetic_set_obj, 0, make_set);

// {**mapping}
static mp_obj_t dict_update(mp_obj_t dict, mp_obj_t mapping) {
    mp_obj_t method[3];
    mp_load_method_maybe(mapping, MP_QSTR_keys, method);
    if (method[0] == MP_OBJ_NULL) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("'%s' object is not a mapping"), mp_obj_get_type_str(mapping));
    }
    mp_load_method(dict, MP_QSTR_update, method);
    method[2] = mapping;
    mp_call_method_n_kw(1, 0, method);
    return dict;
}
MP_DEFINE_CONST_FUN_OBJ_2(hermetic_dict_update_obj, dict_update);

// An argument of range(), when the loop counts by itself.
static mp_obj_t index(mp_obj_t value) {
    if (mp_obj_is_small_int(value) || mp_obj_is_exact_type(value, &mp_type_int)) {
        return value;
    }
    if (mp_obj_is_bool(value)) {
        return MP_OBJ_NEW_SMALL_INT(value == mp_const_true);
    }
    mp_obj_t method[2];
    mp_load_method_maybe(value, MP_QSTR___index__, method);
    if (method[0] != MP_OBJ_NULL) {
        return mp_call_method_n_kw(0, 0, method);
    }
    if (mp_obj_is_int(value)) {
        return mp_unary_op(MP_UNARY_OP_POSITIVE, value);
    }
    mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("'%s' object cannot be interpreted as an integer"),
        mp_obj_get_type_str(value));
}
MP_DEFINE_CONST_FUN_OBJ_1(hermetic_index_obj, index);

// At the start of a module with annotated variables; a session's later modules add to what is there.
static mp_obj_t module_annotations(void) {
    mp_obj_t globals = MP_OBJ_FROM_PTR(mp_globals_get());
    mp_obj_t name = MP_OBJ_NEW_QSTR(MP_QSTR___annotations__);
    if (mp_map_lookup(mp_obj_dict_get_map(globals), name, MP_MAP_LOOKUP) == NULL) {
        mp_obj_dict_store(globals, name, mp_obj_new_dict(0));
    }
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_0(hermetic_annotations_obj, module_annotations);

// ---- types with parameters: the typing module has them ----

static mp_obj_t typing(qstr name) {
    mp_obj_t none = mp_const_none;
    return mp_load_attr(mp_import_name(MP_QSTR_typing, mp_obj_new_tuple(1, &none), MP_OBJ_NEW_SMALL_INT(0)), name);
}

// <type_param>(name, kind, bound)
static mp_obj_t type_param(mp_obj_t name, mp_obj_t kind, mp_obj_t bound) {
    static const qstr kinds[] = { MP_QSTR_TypeVar, MP_QSTR_TypeVarTuple, MP_QSTR_ParamSpec };
    mp_obj_t type = typing(kinds[MIN((mp_uint_t)mp_obj_get_int(kind), 2)]);
    (void)bound;
    return mp_call_function_1(type, name);
}
MP_DEFINE_CONST_FUN_OBJ_3(hermetic_type_param_obj, type_param);

// <type_params>(object, *params)
static mp_obj_t type_params(size_t n_args, const mp_obj_t *args) {
    mp_store_attr(args[0], MP_QSTR___type_params__, mp_obj_new_tuple(n_args - 1, args + 1));
    return args[0];
}
MP_DEFINE_CONST_FUN_OBJ_VAR(hermetic_type_params_obj, 1, type_params);

// <type_alias>(name, function)
static mp_obj_t type_alias(mp_obj_t name, mp_obj_t function) {
    return mp_call_function_2(typing(MP_QSTR_TypeAliasType), name, function);
}
MP_DEFINE_CONST_FUN_OBJ_2(hermetic_type_alias_obj, type_alias);
