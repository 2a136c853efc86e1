// Classes made by programs, and their instances. Takes the place of upstream's py/objtype.h.
#ifndef HERMETIC_GUEST_PY_OBJTYPE_H
#define HERMETIC_GUEST_PY_OBJTYPE_H

#include "py/obj.h"
#include "py/objtuple.h"
#include "py/runtime0.h"

// An instance. `members` is its dict, until a program asks for `__dict__`: then it is fixed and empty, and `table` is the
// dict object (instance_map() knows). Whoever looks in `members` only finds nothing there then.
typedef struct _mp_obj_instance_t {
    mp_obj_base_t base;
    mp_map_t members;
    mp_obj_t subobj[]; // the object of the built-in type that the class derives from, if it does
} mp_obj_instance_t;

#define mp_obj_is_instance_type(type) ((type)->flags & MP_TYPE_FLAG_INSTANCE_TYPE)
#define mp_obj_is_native_type(type) (!((type)->flags & MP_TYPE_FLAG_INSTANCE_TYPE))

// What a class has besides what every type has; only for instance types.
#define CLASS_SLOTS 12
typedef struct _class_t {
    mp_obj_tuple_t *mro;         // the class itself, ..., object
    mp_obj_tuple_t *bases;
    const mp_obj_type_t *meta;   // type(cls), which is not in base.type: that is mp_type_type for all classes
    const mp_obj_type_t *native; // the built-in type it derives from, NULL without
    mp_obj_t subclasses;         // list
    bool no_dict;                // only what __slots__ names can be stored
} class_t;

static inline class_t *class_of(const mp_obj_type_t *type) {
    return (class_t *)(uintptr_t)&type->slots[CLASS_SLOTS];
}

mp_obj_instance_t *mp_obj_new_instance(const mp_obj_type_t *cls, const mp_obj_type_t **native_base);
bool mp_obj_instance_is_callable(mp_obj_t self_in);
mp_obj_t mp_obj_instance_call(mp_obj_t self_in, size_t n_args, size_t n_kw, const mp_obj_t *args);
mp_obj_t mp_obj_instance_getiter(mp_obj_t self_in, mp_obj_iter_buf_t *iter_buf);

// ---- classes: objtype.c ----

// Whether an object is a class.
static inline bool is_class(mp_const_obj_t o) {
    return mp_obj_is_exact_type((mp_obj_t)o, &mp_type_type);
}

const mp_obj_type_t *metaclass_of(const mp_obj_type_t *type);
mp_obj_tuple_t *class_mro(const mp_obj_type_t *type);

// The attribute as it stands in the dict of the first class in the resolution order that has it, and that class.
mp_obj_t class_lookup(const mp_obj_type_t *type, qstr attr, const mp_obj_type_t **owner);
// Looked up anew after a class was written to other than by class_store(), and after a collection.
void class_lookups_forget(void);
// In one class only.
mp_obj_t class_own(const mp_obj_type_t *type, qstr attr);

// What an access gives for a member that was found in `owner`; `self` is MP_OBJ_NULL when the access was to `type` itself.
void class_bind(mp_obj_t self, const mp_obj_type_t *type, const mp_obj_type_t *owner, mp_obj_t member, mp_obj_t *dest);

// type.__setattr__; a value of MP_OBJ_NULL deletes.
void class_store(mp_obj_type_t *type, qstr attr, mp_obj_t value);

// type.__call__, type.__new__.
mp_obj_t class_call(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args);
mp_obj_t class_new(const mp_obj_type_t *meta, qstr name, mp_obj_t bases, mp_obj_t namespace, size_t n_kw, const mp_obj_t *kwargs);

// type(object)
mp_obj_t type_of(mp_obj_t object);

// ---- instances: objinstance.c ----

void instance_init_type(mp_obj_type_t *type);
mp_map_t *instance_map(mp_obj_instance_t *self);
mp_obj_t instance_dict(mp_obj_instance_t *self);

// The method for a call when it is a function of the class, as most are. False when it takes more to say.
bool instance_load_function(mp_obj_t self, qstr attr, mp_obj_t *dest);

// What the interpreter itself asks for: a special method, which __getattr__ and __getattribute__ have no say in. False when
// it is no name of one, or `self` no instance of a program's class.
bool instance_load_special(mp_obj_t self, qstr attr, mp_obj_t *dest);

// object.__getattribute__, __setattr__ and __delattr__ (value MP_OBJ_NULL); the store returns false without such an attribute.
void instance_load(mp_obj_t self, qstr attr, mp_obj_t *dest);
bool instance_store(mp_obj_t self, qstr attr, mp_obj_t value);

// cls.__new__(cls, ...) without what the class says: an instance, with its built-in part when that takes the arguments.
mp_obj_t instance_new(const mp_obj_type_t *cls, size_t n_args, size_t n_kw, const mp_obj_t *args);

// lhs < rhs and the like, when only rhs knows: rhs > lhs. MP_OBJ_NULL when it does not.
mp_obj_t instance_reflected(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs);

// The built-in part of an instance, or the object itself.
mp_obj_t instance_native(mp_obj_t o);

// ---- properties: objproperty.c ----

// The name that the message of property_lacks() shows: the one it has in the class that it was made in.
void property_set_name(mp_obj_t self, mp_obj_t name);
// The AttributeError of a property without a getter, setter or deleter (`what`).
NORETURN void property_lacks(mp_obj_t self, mp_obj_t object, const char *what);

// base.__init__(self, ...) of a built-in type, and base.__new__(cls, ...).
extern const mp_obj_fun_builtin_var_t native_init_obj, native_new_obj;

// What locals() is in a class body: the mapping that __prepare__() gave, or the dict.
mp_obj_t namespace_locals(void);

// A dict-like namespace of a class body that is no plain dict.
bool namespace_is_plain(void);
mp_obj_t namespace_load(qstr name);
void namespace_store(qstr name, mp_obj_t value);

#endif
