// The module sys. Takes the place of upstream's py/modsys.c, which keeps it in read-only memory.
//
// Programs set what they like here; print() and the like look at sys.stdout and sys.stderr each time. What is asked for
// rarely is in stdlib/_sys.py, which is imported when a name is not found.

#include "py/builtin.h"
#include "py/objint.h"
#include "py/objlist.h"
#include "py/objmodule.h"
#include "py/objstr.h"
#include "py/runtime.h"
#include "py/stream.h"
#include "frames.h"
#include "inttext.h"
#include "modsys.h"

extern const struct _mp_dummy_t mp_sys_stdin_obj, mp_sys_stdout_obj, mp_sys_stderr_obj; // stdio.c
extern const mp_obj_fun_builtin_fixed_t hermetic_exc_info_obj, hermetic_exception_obj; // exception.c

MP_REGISTER_ROOT_POINTER(mp_obj_dict_t sys_dict);
MP_REGISTER_ROOT_POINTER(mp_obj_list_t mp_sys_argv_obj);
MP_REGISTER_ROOT_POINTER(mp_obj_base_t * cur_exception);
MP_REGISTER_ROOT_POINTER(mp_obj_t sys_mutable[MP_SYS_MUTABLE_NUM]);

const mp_print_t mp_sys_stdout_print = { (void *)&mp_sys_stdout_obj, mp_stream_write_adaptor };

static mp_obj_t sys_exit(size_t n_args, const mp_obj_t *args) {
    if (n_args == 0) {
        mp_raise_type(&mp_type_SystemExit);
    }
    mp_raise_type_arg(&mp_type_SystemExit, args[0]);
}
MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(mp_sys_exit_obj, 0, 1, sys_exit);

static mp_obj_t sys_intern(mp_obj_t str) {
    if (!mp_obj_is_str(str)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("intern() argument must be str, not %s"), mp_obj_get_type_str(str));
    }
    return mp_obj_str_intern(str);
}
static MP_DEFINE_CONST_FUN_OBJ_1(sys_intern_obj, sys_intern);

// sys.__getattr__: a name of _sys, which then stays.
static mp_obj_t sys_getattr(mp_obj_t name) {
    const char *text = mp_obj_str_get_str(name);
    // Not what every import asks a module for.
    if ((text[0] != '_' || text[1] == '_') && name != MP_OBJ_NEW_QSTR(MP_QSTR___path__)) {
        mp_obj_t module = mp_import_name(MP_QSTR__sys, mp_const_none, MP_OBJ_NEW_SMALL_INT(0));
        mp_map_t *map = &((mp_obj_module_t *)MP_OBJ_TO_PTR(module))->globals->map;
        mp_map_elem_t *elem = mp_map_lookup(map, name, MP_MAP_LOOKUP);
        if (elem != NULL) {
            mp_obj_dict_store(MP_OBJ_FROM_PTR(&MP_STATE_VM(sys_dict)), name, elem->value);
            return elem->value;
        }
    }
    mp_raise_msg_varg(&mp_type_AttributeError, MP_ERROR_TEXT("module 'sys' has no attribute '%s'"), text);
}
static MP_DEFINE_CONST_FUN_OBJ_1(sys_getattr_obj, sys_getattr);

// sys.__dir__(): also what is not there yet.
static mp_obj_t sys_dir(void) {
    mp_obj_t module = mp_import_name(MP_QSTR__sys, mp_const_none, MP_OBJ_NEW_SMALL_INT(0));
    mp_obj_t names = mp_obj_new_list(0, NULL);
    const mp_map_t *maps[] = { &MP_STATE_VM(sys_dict).map, &((mp_obj_module_t *)MP_OBJ_TO_PTR(module))->globals->map };
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < maps[k]->alloc; i++) {
            if (mp_map_slot_is_filled(maps[k], i) && (k == 0 || mp_obj_str_get_str(maps[k]->table[i].key)[0] != '_')
                && (k == 0 || mp_map_lookup((mp_map_t *)maps[0], maps[k]->table[i].key, MP_MAP_LOOKUP) == NULL)) {
                mp_obj_list_append(names, maps[k]->table[i].key);
            }
        }
    }
    return names;
}
static MP_DEFINE_CONST_FUN_OBJ_0(sys_dir_obj, sys_dir);

static mp_obj_t sys_get_int_max_str_digits(void) {
    return MP_OBJ_NEW_SMALL_INT(int_max_str_digits);
}
static MP_DEFINE_CONST_FUN_OBJ_0(sys_get_int_max_str_digits_obj, sys_get_int_max_str_digits);

// A program may lift the limit: what a conversion takes is charged all the same.
static mp_obj_t sys_set_int_max_str_digits(mp_obj_t digits_in) {
    mp_int_t digits = mp_obj_get_int(digits_in);
    if (digits != 0 && (digits < 640 || digits > INT32_MAX)) {
        mp_raise_ValueError(MP_ERROR_TEXT("maxdigits must be 0 or larger than 640"));
    }
    int_max_str_digits = digits;
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(sys_set_int_max_str_digits_obj, sys_set_int_max_str_digits);

static const MP_DEFINE_STR_OBJ(sys_platform_obj, MICROPY_PY_SYS_PLATFORM);

static const mp_rom_map_elem_t sys_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_sys) },
    { MP_ROM_QSTR(MP_QSTR___dir__), MP_ROM_PTR(&sys_dir_obj) },
    { MP_ROM_QSTR(MP_QSTR___getattr__), MP_ROM_PTR(&sys_getattr_obj) },
    { MP_ROM_QSTR(MP_QSTR___stderr__), MP_ROM_PTR(&mp_sys_stderr_obj) },
    { MP_ROM_QSTR(MP_QSTR___stdin__), MP_ROM_PTR(&mp_sys_stdin_obj) },
    { MP_ROM_QSTR(MP_QSTR___stdout__), MP_ROM_PTR(&mp_sys_stdout_obj) },
    { MP_ROM_QSTR(MP_QSTR__getframe), MP_ROM_PTR(&frame_get_obj) },
    { MP_ROM_QSTR(MP_QSTR_argv), MP_ROM_PTR(&MP_STATE_VM(mp_sys_argv_obj)) },
    { MP_ROM_QSTR(MP_QSTR_byteorder), MP_ROM_QSTR(MP_QSTR_little) },
    { MP_ROM_QSTR(MP_QSTR_exc_info), MP_ROM_PTR(&hermetic_exc_info_obj) },
    { MP_ROM_QSTR(MP_QSTR_exception), MP_ROM_PTR(&hermetic_exception_obj) },
    { MP_ROM_QSTR(MP_QSTR_executable), MP_ROM_QSTR(MP_QSTR_) },
    { MP_ROM_QSTR(MP_QSTR_exit), MP_ROM_PTR(&mp_sys_exit_obj) },
    { MP_ROM_QSTR(MP_QSTR_get_int_max_str_digits), MP_ROM_PTR(&sys_get_int_max_str_digits_obj) },
    { MP_ROM_QSTR(MP_QSTR_intern), MP_ROM_PTR(&sys_intern_obj) },
    { MP_ROM_QSTR(MP_QSTR_maxsize), MP_ROM_PTR(&mp_sys_maxsize_obj) },
    { MP_ROM_QSTR(MP_QSTR_maxunicode), MP_ROM_INT(0x10ffff) },
    { MP_ROM_QSTR(MP_QSTR_modules), MP_ROM_PTR(&MP_STATE_VM(mp_loaded_modules_dict)) },
    { MP_ROM_QSTR(MP_QSTR_platform), MP_ROM_PTR(&sys_platform_obj) },
    { MP_ROM_QSTR(MP_QSTR_set_int_max_str_digits), MP_ROM_PTR(&sys_set_int_max_str_digits_obj) },
    { MP_ROM_QSTR(MP_QSTR_stderr), MP_ROM_PTR(&mp_sys_stderr_obj) },
    { MP_ROM_QSTR(MP_QSTR_stdin), MP_ROM_PTR(&mp_sys_stdin_obj) },
    { MP_ROM_QSTR(MP_QSTR_stdout), MP_ROM_PTR(&mp_sys_stdout_obj) },
};

const mp_obj_module_t mp_module_sys = {
    .base = { &mp_type_module },
    .globals = &MP_STATE_VM(sys_dict),
};
MP_REGISTER_MODULE(MP_QSTR_sys, mp_module_sys);

void sys_init(void) {
    mp_obj_dict_init(&MP_STATE_VM(sys_dict), MP_ARRAY_SIZE(sys_table));
    mp_obj_t dict = MP_OBJ_FROM_PTR(&MP_STATE_VM(sys_dict));
    const mp_map_elem_t *elems = (const mp_map_elem_t *)sys_table;
    for (size_t i = 0; i < MP_ARRAY_SIZE(sys_table); i++) {
        mp_obj_dict_store(dict, elems[i].key, elems[i].value);
    }
    mp_obj_dict_store(dict, MP_OBJ_NEW_QSTR(MP_QSTR_path), mp_sys_path);
    // Modules that are there without an import.
    mp_obj_t modules = MP_OBJ_FROM_PTR(&MP_STATE_VM(mp_loaded_modules_dict));
    mp_obj_dict_store(modules, MP_OBJ_NEW_QSTR(MP_QSTR_sys), MP_OBJ_FROM_PTR(&mp_module_sys));
    mp_obj_dict_store(modules, MP_OBJ_NEW_QSTR(MP_QSTR_builtins), MP_OBJ_FROM_PTR(&mp_module_builtins));
    mp_obj_dict_store(modules, MP_OBJ_NEW_QSTR(MP_QSTR___main__), MP_OBJ_FROM_PTR(&mp_module___main__));
}

mp_obj_t sys_stream(qstr name) {
    mp_map_elem_t *elem = mp_map_lookup(&MP_STATE_VM(sys_dict).map, MP_OBJ_NEW_QSTR(name), MP_MAP_LOOKUP);
    if (elem == NULL) {
        mp_raise_msg_varg(&mp_type_RuntimeError, MP_ERROR_TEXT("lost sys.%q"), name);
    }
    return elem->value;
}

bool import_listed(mp_obj_t module) {
    mp_obj_t all[2];
    mp_load_method_protected(module, MP_QSTR___all__, all, false);
    if (all[0] == MP_OBJ_NULL) {
        return false;
    }
    mp_obj_iter_buf_t buf;
    mp_obj_t names = mp_getiter(all[0], &buf), name;
    while ((name = mp_iternext(names)) != MP_OBJ_STOP_ITERATION) {
        qstr q = mp_obj_str_get_qstr(name);
        mp_obj_t value[2];
        mp_load_method_protected(module, q, value, false);
        if (value[0] != MP_OBJ_NULL) {
            mp_store_name(q, value[0]);
        }
    }
    return true;
}
