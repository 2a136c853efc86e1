// object: what every class ends in. Takes the place of upstream's py/objobject.c.

#include "py/builtin.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "lexing.h"

static mp_obj_t object_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    (void)args;
    if (n_args + n_kw > 0) {
        mp_raise_TypeError(MP_ERROR_TEXT("object() takes no arguments"));
    }
    mp_obj_base_t *self = mp_obj_malloc(mp_obj_base_t, type);
    return MP_OBJ_FROM_PTR(self);
}

static void object_print(const mp_print_t *print, mp_obj_t self, mp_print_kind_t kind) {
    (void)kind;
    mp_printf(print, "<object object at 0x%08x>", (unsigned)(uintptr_t)MP_OBJ_TO_PTR(self));
}

// Instances of classes that programs make know themselves better.
static bool is_instance(mp_obj_t o) {
    return mp_obj_is_instance_type(mp_obj_get_type(o));
}

static mp_obj_t object_init(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    const mp_obj_type_t *type = mp_obj_get_type(args[0]), *owner;
    if (n_args + kwargs->used > 1 && mp_obj_is_instance_type(type)) {
        mp_obj_t new = class_lookup(type, MP_QSTR___new__, &owner);
        bool own_new = new != MP_OBJ_NULL && mp_obj_is_instance_type(owner);
        class_lookup(type, MP_QSTR___init__, &owner);
        if (mp_obj_is_instance_type(owner)) {
            mp_raise_TypeError(MP_ERROR_TEXT("object.__init__() takes exactly one argument (the instance to initialize)"));
        } else if (!own_new) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%q() takes no arguments"), type->name);
        }
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(object_init_obj, 1, object_init);

static mp_obj_t object_new(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    if (n_args < 1 || !is_class(args[0])) {
        mp_raise_TypeError(MP_ERROR_TEXT("object.__new__(X): X is not a type object"));
    }
    const mp_obj_type_t *cls = MP_OBJ_TO_PTR(args[0]), *owner;
    if (mp_obj_is_native_type(cls)) {
        if (cls != &mp_type_object) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("object.__new__(%q) is not safe, use %q.__new__()"), cls->name, cls->name);
        }
        return object_make_new(cls, 0, 0, NULL);
    }
    if (n_args + kwargs->used > 1) {
        class_lookup(cls, MP_QSTR___new__, &owner);
        if (mp_obj_is_instance_type(owner)) {
            mp_raise_TypeError(MP_ERROR_TEXT("object.__new__() takes exactly one argument (the type to instantiate)"));
        }
    }
    return instance_new(cls, 0, 0, NULL);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(object_new_fun_obj, 0, object_new);
static MP_DEFINE_CONST_STATICMETHOD_OBJ(object_new_obj, MP_ROM_PTR(&object_new_fun_obj));

static mp_obj_t object_getattribute(mp_obj_t self, mp_obj_t name_in) {
    qstr name = mp_obj_str_get_qstr(name_in);
    mp_obj_t dest[2] = { MP_OBJ_NULL, MP_OBJ_NULL };
    if (is_instance(self)) {
        instance_load(self, name, dest);
        if (name == MP_QSTR___class__) {
            return type_of(self);
        }
    } else {
        mp_load_method_maybe(self, name, dest);
    }
    if (dest[0] == MP_OBJ_NULL) {
        mp_raise_msg_varg(&mp_type_AttributeError, MP_ERROR_TEXT("'%s' object has no attribute '%q'"), mp_obj_get_type_str(self), name);
    }
    return dest[1] == MP_OBJ_NULL ? dest[0] : mp_obj_new_bound_meth(dest[0], dest[1]);
}
static MP_DEFINE_CONST_FUN_OBJ_2(object_getattribute_obj, object_getattribute);

static mp_obj_t store(mp_obj_t self, mp_obj_t name_in, mp_obj_t value) {
    if (!mp_obj_is_str(name_in)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("attribute name must be string, not '%s'"), mp_obj_get_type_str(name_in));
    }
    qstr name = mp_obj_str_get_qstr(name_in);
    if (!is_instance(self)) {
        mp_store_attr(self, name, value);
    } else if (!instance_store(self, name, value)) {
        mp_raise_msg_varg(&mp_type_AttributeError, MP_ERROR_TEXT("'%s' object has no attribute '%q'"), mp_obj_get_type_str(self), name);
    }
    return mp_const_none;
}

static mp_obj_t object_setattr(mp_obj_t self, mp_obj_t name, mp_obj_t value) {
    return store(self, name, value);
}
static MP_DEFINE_CONST_FUN_OBJ_3(object_setattr_obj, object_setattr);

static mp_obj_t object_delattr(mp_obj_t self, mp_obj_t name) {
    return store(self, name, MP_OBJ_NULL);
}
static MP_DEFINE_CONST_FUN_OBJ_2(object_delattr_obj, object_delattr);

static mp_obj_t default_repr(mp_obj_t self) {
    vstr_t vstr;
    mp_print_t print;
    vstr_init_print(&vstr, 32, &print);
    mp_obj_t type = type_of(self);
    mp_obj_t module = mp_load_attr(type, MP_QSTR___module__);
    mp_print_str(&print, "<");
    if (mp_obj_is_str(module) && module != MP_OBJ_NEW_QSTR(MP_QSTR_builtins)) {
        mp_obj_print_helper(&print, module, PRINT_STR);
        mp_print_str(&print, ".");
    }
    mp_obj_print_helper(&print, mp_load_attr(type, MP_QSTR___qualname__), PRINT_STR);
    mp_printf(&print, " object at 0x%08x>", (unsigned)(uintptr_t)MP_OBJ_TO_PTR(self));
    return mp_obj_new_str_from_vstr(&vstr);
}

static mp_obj_t object_repr(mp_obj_t self) {
    mp_obj_t native = instance_native(self);
    if (is_instance(self) && native == self) {
        return default_repr(self);
    }
    vstr_t vstr;
    mp_print_t print;
    vstr_init_print(&vstr, 32, &print);
    mp_obj_print_helper(&print, native, PRINT_REPR);
    return mp_obj_new_str_from_vstr(&vstr);
}
static MP_DEFINE_CONST_FUN_OBJ_1(object_repr_obj, object_repr);

static mp_obj_t object_str(mp_obj_t self) {
    mp_obj_t native = instance_native(self);
    if (native != self) {
        return mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_str), native);
    }
    return mp_call_function_1(MP_OBJ_FROM_PTR(&mp_builtin_repr_obj), self);
}
static MP_DEFINE_CONST_FUN_OBJ_1(object_str_obj, object_str);

static mp_obj_t object_format(mp_obj_t self, mp_obj_t specification) {
    mp_obj_t native = instance_native(self);
    if (native != self && !mp_obj_is_exception_instance(native)) {
        return fstring_format(native, specification);
    }
    if (mp_obj_is_true(specification)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("unsupported format string passed to %s.__format__"), mp_obj_get_type_str(self));
    }
    return mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_str), self);
}
static MP_DEFINE_CONST_FUN_OBJ_2(object_format_obj, object_format);

static mp_obj_t object_eq(mp_obj_t self, mp_obj_t other) {
    return self == other ? mp_const_true : mp_const_notimplemented;
}
static MP_DEFINE_CONST_FUN_OBJ_2(object_eq_obj, object_eq);

static mp_obj_t object_ne(mp_obj_t self, mp_obj_t other) {
    mp_obj_t method[3];
    mp_load_method(self, MP_QSTR___eq__, method);
    method[2] = other;
    mp_obj_t equal = mp_call_method_n_kw(1, 0, method);
    return equal == mp_const_notimplemented ? equal : mp_obj_new_bool(!mp_obj_is_true(equal));
}
static MP_DEFINE_CONST_FUN_OBJ_2(object_ne_obj, object_ne);

static mp_obj_t object_hash(mp_obj_t self) {
    return MP_OBJ_NEW_SMALL_INT((uintptr_t)MP_OBJ_TO_PTR(self) >> 4);
}
static MP_DEFINE_CONST_FUN_OBJ_1(object_hash_obj, object_hash);

static mp_obj_t not_implemented(mp_obj_t self, mp_obj_t other) {
    (void)self;
    (void)other;
    return mp_const_notimplemented;
}
static MP_DEFINE_CONST_FUN_OBJ_2(not_implemented_obj, not_implemented);

static mp_obj_t object_init_subclass(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    if (kwargs->used > 0) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%q.__init_subclass__() takes no keyword arguments"),
            n_args > 0 && is_class(args[0]) ? ((mp_obj_type_t *)MP_OBJ_TO_PTR(args[0]))->name : MP_QSTR_object);
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(object_init_subclass_fun_obj, 0, object_init_subclass);
static MP_DEFINE_CONST_CLASSMETHOD_OBJ(object_init_subclass_obj, MP_ROM_PTR(&object_init_subclass_fun_obj));

static mp_obj_t object_subclasshook(mp_obj_t cls, mp_obj_t sub) {
    return not_implemented(cls, sub);
}
static MP_DEFINE_CONST_FUN_OBJ_2(object_subclasshook_fun_obj, object_subclasshook);
static MP_DEFINE_CONST_CLASSMETHOD_OBJ(object_subclasshook_obj, MP_ROM_PTR(&object_subclasshook_fun_obj));

static const mp_rom_map_elem_t object_table[] = {
    { MP_ROM_QSTR(MP_QSTR___init__), MP_ROM_PTR(&object_init_obj) },
    { MP_ROM_QSTR(MP_QSTR___new__), MP_ROM_PTR(&object_new_obj) },
    { MP_ROM_QSTR(MP_QSTR___getattribute__), MP_ROM_PTR(&object_getattribute_obj) },
    { MP_ROM_QSTR(MP_QSTR___setattr__), MP_ROM_PTR(&object_setattr_obj) },
    { MP_ROM_QSTR(MP_QSTR___delattr__), MP_ROM_PTR(&object_delattr_obj) },
    { MP_ROM_QSTR(MP_QSTR___repr__), MP_ROM_PTR(&object_repr_obj) },
    { MP_ROM_QSTR(MP_QSTR___str__), MP_ROM_PTR(&object_str_obj) },
    { MP_ROM_QSTR(MP_QSTR___format__), MP_ROM_PTR(&object_format_obj) },
    { MP_ROM_QSTR(MP_QSTR___eq__), MP_ROM_PTR(&object_eq_obj) },
    { MP_ROM_QSTR(MP_QSTR___ne__), MP_ROM_PTR(&object_ne_obj) },
    { MP_ROM_QSTR(MP_QSTR___lt__), MP_ROM_PTR(&not_implemented_obj) },
    { MP_ROM_QSTR(MP_QSTR___le__), MP_ROM_PTR(&not_implemented_obj) },
    { MP_ROM_QSTR(MP_QSTR___gt__), MP_ROM_PTR(&not_implemented_obj) },
    { MP_ROM_QSTR(MP_QSTR___ge__), MP_ROM_PTR(&not_implemented_obj) },
    { MP_ROM_QSTR(MP_QSTR___hash__), MP_ROM_PTR(&object_hash_obj) },
    { MP_ROM_QSTR(MP_QSTR___init_subclass__), MP_ROM_PTR(&object_init_subclass_obj) },
    { MP_ROM_QSTR(MP_QSTR___subclasshook__), MP_ROM_PTR(&object_subclasshook_obj) },
};
static MP_DEFINE_CONST_DICT(object_dict, object_table);

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_object, MP_QSTR_object, MP_TYPE_FLAG_NONE,
    make_new, object_make_new,
    print, object_print,
    locals_dict, &object_dict
    );
