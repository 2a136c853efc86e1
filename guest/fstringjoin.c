// <fstring>(kinds, ...): what an f-string calls (see fstring.c), and format() as f-strings do it.

#include "py/builtin.h"
#include "py/objstr.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "lexing.h"

mp_obj_t fstring_format(mp_obj_t value, mp_obj_t specification) {
    const mp_obj_type_t *type = mp_obj_get_type(value), *owner;
    if (mp_obj_is_instance_type(type)) {
        mp_obj_t member = class_lookup(type, MP_QSTR___format__, &owner);
        if (member != MP_OBJ_NULL) {
            mp_obj_t method[3] = { MP_OBJ_NULL, MP_OBJ_NULL, specification };
            class_bind(value, type, owner, member, method);
            return method[1] == MP_OBJ_NULL ? mp_call_function_1(method[0], specification) : mp_call_method_n_kw(1, 0, method);
        }
    }
    if (!mp_obj_is_true(specification)) {
        return mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_str), value);
    }
    vstr_t format;
    mp_print_t print;
    vstr_init_print(&format, 16, &print);
    mp_print_str(&print, "{:");
    mp_obj_print_helper(&print, specification, PRINT_STR);
    mp_print_str(&print, "}");
    mp_obj_t args[] = { mp_obj_new_str_from_vstr(&format), value };
    return mp_obj_str_format(2, args, NULL);
}

static void add_value(const mp_print_t *print, char kind, mp_obj_t value, mp_obj_t specification) {
    if (kind == 'r' || kind == 'a') {
        value = mp_call_function_1(kind == 'r' ? MP_OBJ_FROM_PTR(&mp_builtin_repr_obj) : mp_load_name(MP_QSTR_ascii), value);
    } else if (kind == 's' && !mp_obj_is_str(value)) {
        value = mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_str), value);
    }
    if (specification == MP_OBJ_NULL && (mp_obj_is_str(value) || mp_obj_is_small_int(value))
        && (mp_obj_is_qstr(value) || mp_obj_is_small_int(value) || mp_obj_is_exact_type(value, &mp_type_str))) {
        mp_obj_print_helper(print, value, PRINT_STR);
        return;
    }
    if (specification == MP_OBJ_NULL) {
        specification = MP_OBJ_NEW_QSTR(MP_QSTR_);
    }
    mp_obj_print_helper(print, fstring_format(value, specification), PRINT_STR);
}

static mp_obj_t fstring(size_t n_args, const mp_obj_t *args) {
    vstr_t out;
    mp_print_t print;
    vstr_init_print(&out, 32, &print);
    size_t n_kinds, next = 1;
    const char *kinds = mp_obj_str_get_data(args[0], &n_kinds);
    for (size_t i = 0; i < n_kinds && next < n_args; i++) {
        char kind = kinds[i] | 0x20;
        mp_obj_t value = args[next++];
        if (kind == 'l') {
            mp_obj_print_helper(&print, value, PRINT_STR);
        } else if (kinds[i] == kind) {
            add_value(&print, kind, value, MP_OBJ_NULL);
        } else {
            add_value(&print, kind, value, next < n_args ? args[next++] : MP_OBJ_NULL);
        }
    }
    return mp_obj_new_str_from_vstr(&out);
}
MP_DEFINE_CONST_FUN_OBJ_VAR(hermetic_fstring_obj, 1, fstring);
