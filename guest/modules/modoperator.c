// The module _operator: itemgetter and attrgetter, which sorting, named tuples and map() call once an item. The rest is in
// guest/stdlib/operator.py.

#include <string.h>

#include "py/objstr.h"
#include "py/objtuple.h"
#include "py/runtime.h"

typedef struct _getter_t {
    mp_obj_base_t base;
    mp_obj_t args; // a tuple, as it was called
    mp_obj_t paths; // of attrgetter: for each name a tuple of its parts, interned
} getter_t;

extern const mp_obj_type_t operator_type_itemgetter, operator_type_attrgetter;

static mp_obj_tuple_t *tuple_of(mp_obj_t o) {
    return MP_OBJ_TO_PTR(o);
}

static mp_obj_t path_of(mp_obj_t name) {
    if (!mp_obj_is_str(name)) {
        mp_raise_TypeError(MP_ERROR_TEXT("attribute name must be a string"));
    }
    mp_obj_t parts = mp_obj_new_list(0, NULL);
    GET_STR_DATA_LEN(name, s, len);
    const byte *top = s + len;
    for (;;) {
        const byte *dot = memchr(s, '.', top - s);
        const byte *end = dot == NULL ? top : dot;
        mp_obj_list_append(parts, MP_OBJ_NEW_QSTR(qstr_from_strn((const char *)s, end - s)));
        if (dot == NULL) {
            break;
        }
        s = dot + 1;
    }
    size_t n;
    mp_obj_t *items;
    mp_obj_get_array(parts, &n, &items);
    return mp_obj_new_tuple(n, items);
}

static mp_obj_t getter_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    if (n_args == 0 || n_kw != 0) {
        mp_raise_msg_varg(&mp_type_TypeError, n_kw != 0 ? MP_ERROR_TEXT("%q() takes no keyword arguments")
            : MP_ERROR_TEXT("%q expected 1 argument, got 0"), (qstr)type->name);
    }
    getter_t *self = mp_obj_malloc(getter_t, type);
    self->args = self->paths = MP_OBJ_NULL;
    self->args = mp_obj_new_tuple(n_args, args);
    if (type == &operator_type_attrgetter) {
        self->paths = mp_obj_new_tuple(n_args, NULL);
        for (size_t i = 0; i < n_args; i++) {
            tuple_of(self->paths)->items[i] = mp_const_none;
        }
        for (size_t i = 0; i < n_args; i++) {
            mp_obj_t path = path_of(args[i]);
            tuple_of(self->paths)->items[i] = path;
        }
    }
    return MP_OBJ_FROM_PTR(self);
}

static mp_obj_t get_one(const getter_t *self, mp_obj_t object, size_t i) {
    if (self->paths == MP_OBJ_NULL) {
        return mp_obj_subscr(object, tuple_of(self->args)->items[i], MP_OBJ_SENTINEL);
    }
    mp_obj_tuple_t *path = tuple_of(tuple_of(self->paths)->items[i]);
    for (size_t k = 0; k < path->len; k++) {
        object = mp_load_attr(object, MP_OBJ_QSTR_VALUE(path->items[k]));
    }
    return object;
}

static mp_obj_t getter_call(mp_obj_t self_in, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    mp_arg_check_num(n_args, n_kw, 1, 1, false);
    const getter_t *self = MP_OBJ_TO_PTR(self_in);
    size_t n = tuple_of(self->args)->len;
    if (n == 1) {
        return get_one(self, args[0], 0);
    }
    mp_obj_t result = mp_obj_new_tuple(n, NULL);
    for (size_t i = 0; i < n; i++) {
        tuple_of(result)->items[i] = mp_const_none;
    }
    for (size_t i = 0; i < n; i++) {
        mp_obj_t value = get_one(self, args[0], i);
        tuple_of(result)->items[i] = value;
    }
    return result;
}

static void getter_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    const getter_t *self = MP_OBJ_TO_PTR(self_in);
    mp_printf(print, "operator.%q(", (qstr)self->base.type->name);
    for (size_t i = 0; i < tuple_of(self->args)->len; i++) {
        mp_print_str(print, i == 0 ? "" : ", ");
        mp_obj_print_helper(print, tuple_of(self->args)->items[i], PRINT_REPR);
    }
    mp_print_str(print, ")");
}

static mp_obj_t getter_reduce(mp_obj_t self_in) {
    const getter_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_t parts[] = { MP_OBJ_FROM_PTR(self->base.type), self->args };
    return mp_obj_new_tuple(2, parts);
}
static MP_DEFINE_CONST_FUN_OBJ_1(getter_reduce_obj, getter_reduce);

static const mp_rom_map_elem_t getter_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___module__), MP_ROM_QSTR(MP_QSTR_operator) },
    { MP_ROM_QSTR(MP_QSTR___reduce__), MP_ROM_PTR(&getter_reduce_obj) },
};
static MP_DEFINE_CONST_DICT(getter_locals, getter_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(
    operator_type_itemgetter, MP_QSTR_itemgetter, MP_TYPE_FLAG_NONE,
    make_new, getter_make_new,
    print, getter_print,
    call, getter_call,
    locals_dict, &getter_locals
    );

MP_DEFINE_CONST_OBJ_TYPE(
    operator_type_attrgetter, MP_QSTR_attrgetter, MP_TYPE_FLAG_NONE,
    make_new, getter_make_new,
    print, getter_print,
    call, getter_call,
    locals_dict, &getter_locals
    );

static const mp_rom_map_elem_t operator_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__operator) },
    { MP_ROM_QSTR(MP_QSTR_attrgetter), MP_ROM_PTR(&operator_type_attrgetter) },
    { MP_ROM_QSTR(MP_QSTR_itemgetter), MP_ROM_PTR(&operator_type_itemgetter) },
};
static MP_DEFINE_CONST_DICT(operator_globals, operator_globals_table);

const mp_obj_module_t mp_module__operator = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&operator_globals,
};
MP_REGISTER_MODULE(MP_QSTR__operator, mp_module__operator);
