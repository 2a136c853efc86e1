// The arguments of the built-in compile(): by position or by name, and a tree of the module `ast` as source. A tree is
// compiled from the text that it stands for.

#include "py/objtype.h"
#include "py/runtime.h"
#include "compilearguments.h"

#define ONLY_AST 0x400

mp_obj_t compile_arguments(size_t n_args, const mp_obj_t *args, mp_map_t *named, mp_obj_t out[3]) {
    enum { SOURCE, FILENAME, MODE, FLAGS, DONT_INHERIT, OPTIMIZE, FEATURES };
    static const mp_arg_t allowed[] = {
        { MP_QSTR_source, MP_ARG_REQUIRED | MP_ARG_OBJ, { 0 } },
        { MP_QSTR_filename, MP_ARG_REQUIRED | MP_ARG_OBJ, { 0 } },
        { MP_QSTR_mode, MP_ARG_REQUIRED | MP_ARG_OBJ, { 0 } },
        { MP_QSTR_flags, MP_ARG_INT, { .u_int = 0 } },
        { MP_QSTR_dont_inherit, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_FALSE } },
        { MP_QSTR_optimize, MP_ARG_INT, { .u_int = -1 } },
        { MP_QSTR__feature_version, MP_ARG_KW_ONLY | MP_ARG_INT, { .u_int = -1 } },
    };
    mp_arg_val_t values[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all(n_args, args, named, MP_ARRAY_SIZE(allowed), allowed, values);
    for (size_t i = 0; i < 3; i++) {
        out[i] = values[i].u_obj;
    }
    qstr mode = mp_obj_is_str(out[MODE]) ? mp_obj_str_get_qstr(out[MODE]) : MP_QSTRnull;
    if (mode != MP_QSTR_exec && mode != MP_QSTR_eval && mode != MP_QSTR_single) {
        mp_raise_ValueError(MP_ERROR_TEXT("compile() mode must be 'exec', 'eval' or 'single'"));
    }
    mp_obj_t method[2];
    if (mp_obj_is_instance_type(mp_obj_get_type(out[SOURCE]))) {
        mp_load_method_maybe(out[SOURCE], MP_QSTR__source, method);
        if (method[0] != MP_OBJ_NULL) {
            if (values[FLAGS].u_int & ONLY_AST) {
                return out[SOURCE];
            }
            out[SOURCE] = mp_call_method_n_kw(0, 0, method);
        }
    }
    mp_buffer_info_t buffer;
    if (!mp_obj_is_str(out[SOURCE]) && !mp_get_buffer(out[SOURCE], &buffer, MP_BUFFER_READ)) {
        mp_raise_TypeError(MP_ERROR_TEXT("compile() arg 1 must be a string, bytes or AST object"));
    }
    if (values[FLAGS].u_int & ONLY_AST) {
        mp_obj_t module = mp_import_name(MP_QSTR_ast, mp_const_none, MP_OBJ_NEW_SMALL_INT(0));
        return mp_call_function_n_kw(mp_load_attr(module, MP_QSTR_parse), 3, 0, out);
    }
    return MP_OBJ_NULL;
}
