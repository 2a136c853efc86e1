// What programs see of generators and coroutines: names, state and frame. How they run is in py/objgenerator.c and py/vm.c.

#include "py/objgenerator.h"
#include "py/runtime.h"
#include "py/vm.h"
#include "frames.h"
#include "function.h"
#include "generators.h"

static mp_obj_gen_instance_t *body(mp_obj_t self) {
    return MP_OBJ_TO_PTR(self);
}

static bool is_finished(mp_obj_t self) {
    return body(self)->code_state.ip == NULL;
}

static bool is_running(mp_obj_t self) {
    return body(self)->pend_exc == MP_OBJ_NULL;
}

static bool is_started(mp_obj_t self) {
    return body(self)->code_state.sp != body(self)->code_state.state - 1;
}

void generator_print(const mp_print_t *print, mp_obj_t self, mp_print_kind_t kind) {
    (void)kind;
    mp_printf(print, "<%q object %q at 0x%x>", mp_obj_get_type(self)->name,
        function_qualname(body(self)->code_state.fun_bc), (unsigned)(uintptr_t)MP_OBJ_TO_PTR(self));
}

void generator_attr(mp_obj_t self, qstr attr, mp_obj_t *dest) {
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    switch (attr) {
        case MP_QSTR___name__:
            dest[0] = MP_OBJ_NEW_QSTR(qualname_tail(function_qualname(body(self)->code_state.fun_bc)));
            break;
        case MP_QSTR___qualname__:
            dest[0] = MP_OBJ_NEW_QSTR(function_qualname(body(self)->code_state.fun_bc));
            break;
        case MP_QSTR_gi_running:
        case MP_QSTR_cr_running:
            dest[0] = mp_obj_new_bool(is_running(self));
            break;
        case MP_QSTR_gi_suspended:
        case MP_QSTR_cr_suspended:
            dest[0] = mp_obj_new_bool(is_started(self) && !is_running(self) && !is_finished(self));
            break;
        case MP_QSTR_gi_frame:
        case MP_QSTR_cr_frame:
            dest[0] = is_finished(self) ? mp_const_none : frame_of_state(&body(self)->code_state, !is_started(self));
            break;
        case MP_QSTR_gi_code:
        case MP_QSTR_cr_code:
            dest[0] = mp_load_attr(MP_OBJ_FROM_PTR(body(self)->code_state.fun_bc), MP_QSTR___code__);
            break;
        case MP_QSTR_gi_yieldfrom:
        case MP_QSTR_cr_await:
        case MP_QSTR_cr_origin:
            dest[0] = mp_const_none;
            break;
        default:
            dest[1] = MP_OBJ_SENTINEL;
            break;
    }
}

static mp_obj_t await(mp_obj_t self) {
    return self;
}
static MP_DEFINE_CONST_FUN_OBJ_1(await_obj, await);

extern const mp_obj_fun_builtin_fixed_t gen_instance_close_obj, gen_instance_send_obj;
mp_obj_t gen_instance_iternext(mp_obj_t self);
extern const mp_obj_fun_builtin_var_t gen_instance_throw_obj;

static const mp_rom_map_elem_t coroutine_table[] = {
    { MP_ROM_QSTR(MP_QSTR___await__), MP_ROM_PTR(&await_obj) },
    { MP_ROM_QSTR(MP_QSTR_close), MP_ROM_PTR(&gen_instance_close_obj) },
    { MP_ROM_QSTR(MP_QSTR_send), MP_ROM_PTR(&gen_instance_send_obj) },
    { MP_ROM_QSTR(MP_QSTR_throw), MP_ROM_PTR(&gen_instance_throw_obj) },
};
static MP_DEFINE_CONST_DICT(coroutine_dict, coroutine_table);

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_coroutine, MP_QSTR_coroutine, MP_TYPE_FLAG_ITER_IS_ITERNEXT, // an await iterates it
    iter, gen_instance_iternext,
    print, generator_print,
    attr, generator_attr,
    locals_dict, &coroutine_dict
    );
