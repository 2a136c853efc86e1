// types.ModuleType(name, doc): modules that a program makes. sys.modules knows them only when the program says so.

#include <string.h>

#include "py/bc.h"
#include "py/runtime.h"

mp_obj_t hermetic_module_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args);

mp_obj_t hermetic_module_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_name, MP_ARG_OBJ | MP_ARG_REQUIRED, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_doc, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
    };
    mp_arg_val_t v[2];
    mp_arg_parse_all_kw_array(n_args, n_kw, args, 2, allowed, v);
    mp_obj_str_get_str(v[0].u_obj); // raises TypeError
    // Functions defined in it find the context where they expect it.
    mp_module_context_t *self = m_new_obj(mp_module_context_t);
    memset(self, 0, sizeof(*self));
    self->module.base.type = type;
    self->module.globals = MP_OBJ_TO_PTR(mp_obj_new_dict(8));
    mp_obj_t dict = MP_OBJ_FROM_PTR(self->module.globals);
    mp_obj_dict_store(dict, MP_OBJ_NEW_QSTR(MP_QSTR___name__), v[0].u_obj);
    mp_obj_dict_store(dict, MP_OBJ_NEW_QSTR(MP_QSTR___doc__), v[1].u_obj);
    mp_obj_dict_store(dict, MP_OBJ_NEW_QSTR(MP_QSTR___package__), mp_const_none);
    return MP_OBJ_FROM_PTR(self);
}
