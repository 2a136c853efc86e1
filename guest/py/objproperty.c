// Properties. Takes the place of upstream's py/objproperty.c. objinstance.c and objtype.c do what they are for.

#include "py/objtype.h"
#include "py/runtime.h"

enum { GETTER, SETTER, DELETER, DOC, NAME, FIELDS };

typedef struct _mp_obj_property_t {
    mp_obj_base_t base;
    mp_obj_t fields[FIELDS];
} mp_obj_property_t;

void property_set_name(mp_obj_t self, mp_obj_t name) {
    ((mp_obj_property_t *)MP_OBJ_TO_PTR(instance_native(self)))->fields[NAME] = name;
}

NORETURN void property_lacks(mp_obj_t self, mp_obj_t object, const char *what) {
    mp_obj_t name = ((mp_obj_property_t *)MP_OBJ_TO_PTR(instance_native(self)))->fields[NAME];
    const mp_obj_type_t *type = mp_obj_get_type(object);
    mp_obj_t qualname = mp_obj_is_instance_type(type) ? class_own(type, MP_QSTR___qualname__) : MP_OBJ_NULL;
    qstr cls = qualname != MP_OBJ_NULL && mp_obj_is_str(qualname) ? mp_obj_str_get_qstr(qualname) : type->name;
    if (!mp_obj_is_str(name)) {
        mp_raise_msg_varg(&mp_type_AttributeError, MP_ERROR_TEXT("property of '%q' object has no %s"), cls, what);
    }
    mp_raise_msg_varg(&mp_type_AttributeError, MP_ERROR_TEXT("property '%s' of '%q' object has no %s"), mp_obj_str_get_str(name),
        cls, what);
}

static mp_obj_t property_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_fget, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_fset, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_fdel, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_doc, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
    };
    mp_arg_val_t values[MP_ARRAY_SIZE(allowed)];
    mp_arg_parse_all_kw_array(n_args, n_kw, args, MP_ARRAY_SIZE(allowed), allowed, values);
    mp_obj_property_t *self = mp_obj_malloc(mp_obj_property_t, type);
    for (size_t i = 0; i < MP_ARRAY_SIZE(allowed); i++) {
        self->fields[i] = values[i].u_obj;
    }
    self->fields[NAME] = mp_const_none;
    return MP_OBJ_FROM_PTR(self);
}

static mp_obj_t with(mp_obj_t self, size_t field, mp_obj_t value) {
    mp_obj_property_t *copy = m_new_obj(mp_obj_property_t);
    *copy = *(mp_obj_property_t *)MP_OBJ_TO_PTR(self);
    copy->fields[field] = value;
    return MP_OBJ_FROM_PTR(copy);
}

static mp_obj_t property_getter(mp_obj_t self, mp_obj_t function) {
    return with(self, GETTER, function);
}
static MP_DEFINE_CONST_FUN_OBJ_2(property_getter_obj, property_getter);

static mp_obj_t property_setter(mp_obj_t self, mp_obj_t function) {
    return with(self, SETTER, function);
}
static MP_DEFINE_CONST_FUN_OBJ_2(property_setter_obj, property_setter);

static mp_obj_t property_deleter(mp_obj_t self, mp_obj_t function) {
    return with(self, DELETER, function);
}
static MP_DEFINE_CONST_FUN_OBJ_2(property_deleter_obj, property_deleter);

static mp_obj_t property_get(size_t n_args, const mp_obj_t *args) {
    (void)n_args;
    mp_obj_t dest[2] = { MP_OBJ_NULL, MP_OBJ_NULL };
    mp_obj_t object = args[1] == mp_const_none ? MP_OBJ_NULL : args[1];
    class_bind(object, object == MP_OBJ_NULL ? NULL : mp_obj_get_type(object), &mp_type_property, instance_native(args[0]), dest);
    return dest[0];
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(property_get_obj, 2, 3, property_get);

static mp_obj_t property_set(mp_obj_t self, mp_obj_t object, mp_obj_t value) {
    mp_obj_t setter = mp_obj_property_get(instance_native(self))[SETTER];
    if (setter == mp_const_none) {
        property_lacks(self, object, "setter");
    }
    return mp_call_function_2(setter, object, value);
}
static MP_DEFINE_CONST_FUN_OBJ_3(property_set_obj, property_set);

static mp_obj_t property_dunder_set_name(mp_obj_t self, mp_obj_t owner, mp_obj_t name) {
    (void)owner;
    property_set_name(self, name);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_3(property_set_name_obj, property_dunder_set_name);

static void property_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    mp_obj_property_t *self = MP_OBJ_TO_PTR(self_in);
    if (dest[0] != MP_OBJ_NULL) {
        if (attr == MP_QSTR___doc__ && dest[1] != MP_OBJ_NULL) {
            self->fields[DOC] = dest[1];
            dest[0] = MP_OBJ_NULL;
        }
        return;
    }
    switch (attr) {
        case MP_QSTR_fget:
            dest[0] = self->fields[GETTER];
            break;
        case MP_QSTR_fset:
            dest[0] = self->fields[SETTER];
            break;
        case MP_QSTR_fdel:
            dest[0] = self->fields[DELETER];
            break;
        case MP_QSTR___doc__:
            dest[0] = self->fields[DOC];
            if (dest[0] == mp_const_none && self->fields[GETTER] != mp_const_none) {
                mp_load_method_maybe(self->fields[GETTER], attr, dest);
                dest[0] = dest[0] == MP_OBJ_NULL ? mp_const_none : dest[0];
            }
            break;
        case MP_QSTR___isabstractmethod__: {
            bool abstract = false;
            for (size_t i = GETTER; i <= DELETER; i++) {
                mp_obj_t found[2];
                mp_load_method_maybe(self->fields[i], attr, found);
                abstract |= found[0] != MP_OBJ_NULL && mp_obj_is_true(found[0]);
            }
            dest[0] = mp_obj_new_bool(abstract);
            break;
        }
        default:
            dest[1] = MP_OBJ_SENTINEL; // go on with the methods
            break;
    }
}

static const mp_rom_map_elem_t property_table[] = {
    { MP_ROM_QSTR(MP_QSTR_getter), MP_ROM_PTR(&property_getter_obj) },
    { MP_ROM_QSTR(MP_QSTR_setter), MP_ROM_PTR(&property_setter_obj) },
    { MP_ROM_QSTR(MP_QSTR_deleter), MP_ROM_PTR(&property_deleter_obj) },
    { MP_ROM_QSTR(MP_QSTR___get__), MP_ROM_PTR(&property_get_obj) },
    { MP_ROM_QSTR(MP_QSTR___set__), MP_ROM_PTR(&property_set_obj) },
    { MP_ROM_QSTR(MP_QSTR___set_name__), MP_ROM_PTR(&property_set_name_obj) },
};
static MP_DEFINE_CONST_DICT(property_dict, property_table);

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_property, MP_QSTR_property, MP_TYPE_FLAG_NONE,
    make_new, property_make_new,
    attr, property_attr,
    locals_dict, &property_dict
    );

const mp_obj_t *mp_obj_property_get(mp_obj_t self) {
    mp_check_self(mp_obj_is_type(self, &mp_type_property));
    return ((mp_obj_property_t *)MP_OBJ_TO_PTR(self))->fields;
}
