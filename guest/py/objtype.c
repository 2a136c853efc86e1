// Classes: resolution order, creation, attributes, calls; type, super, isinstance. Takes the place of upstream's
// py/objtype.c. Instances are in objinstance.c.
//
// Every class has mp_type_type as its type, whatever its metaclass, which is in class_t: what upstream's code asks of a
// class stays true. type_of() gives what a program sees.

#include <string.h>

#include "py/builtin.h"
#include "py/cstack.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "py/seqiter.h"
#include "py/slots.h"
#include "builtinnames.h"
#include "dunder.h"
#include "generic.h"

const byte mp_unary_op_method_name[MP_UNARY_OP_NUM_RUNTIME] = {
    [MP_UNARY_OP_BOOL] = MP_QSTR___bool__, [MP_UNARY_OP_LEN] = MP_QSTR___len__, [MP_UNARY_OP_HASH] = MP_QSTR___hash__,
    [MP_UNARY_OP_INT_MAYBE] = MP_QSTR___int__, [MP_UNARY_OP_POSITIVE] = MP_QSTR___pos__,
    [MP_UNARY_OP_NEGATIVE] = MP_QSTR___neg__, [MP_UNARY_OP_INVERT] = MP_QSTR___invert__, [MP_UNARY_OP_ABS] = MP_QSTR___abs__,
    [MP_UNARY_OP_FLOAT_MAYBE] = MP_QSTR___float__, [MP_UNARY_OP_COMPLEX_MAYBE] = MP_QSTR___complex__,
    [MP_UNARY_OP_SIZEOF] = MP_QSTR___sizeof__,
};

#define ARITHMETIC(X) \
    X(OR, or) X(XOR, xor) X(AND, and) X(LSHIFT, lshift) X(RSHIFT, rshift) X(ADD, add) X(SUBTRACT, sub) X(MULTIPLY, mul) \
    X(MAT_MULTIPLY, matmul) X(FLOOR_DIVIDE, floordiv) X(TRUE_DIVIDE, truediv) X(MODULO, mod) X(POWER, pow)
#define OP_NAMES(op, name) \
    [MP_BINARY_OP_##op] = MP_QSTR___##name##__, [MP_BINARY_OP_INPLACE_##op] = MP_QSTR___i##name##__, \
    [MP_BINARY_OP_REVERSE_##op] = MP_QSTR___r##name##__,

const byte mp_binary_op_method_name[MP_BINARY_OP_NUM_RUNTIME] = {
    [MP_BINARY_OP_LESS] = MP_QSTR___lt__, [MP_BINARY_OP_MORE] = MP_QSTR___gt__, [MP_BINARY_OP_EQUAL] = MP_QSTR___eq__,
    [MP_BINARY_OP_LESS_EQUAL] = MP_QSTR___le__, [MP_BINARY_OP_MORE_EQUAL] = MP_QSTR___ge__,
    [MP_BINARY_OP_NOT_EQUAL] = MP_QSTR___ne__, [MP_BINARY_OP_CONTAINS] = MP_QSTR___contains__,
    [MP_BINARY_OP_DIVMOD] = MP_QSTR___divmod__,
    ARITHMETIC(OP_NAMES)
};

// ---- resolution order ----

mp_obj_t type_of(mp_obj_t object) {
    const mp_obj_type_t *type = mp_obj_get_type(object);
    if (type->flags & MP_TYPE_FLAG_BUILTIN_FUN || (type == &mp_type_bound_meth && bound_to_builtin(object))) {
        type = &builtin_function_type;
    }
    return MP_OBJ_FROM_PTR(type == &mp_type_type ? metaclass_of(MP_OBJ_TO_PTR(object)) : type);
}

const mp_obj_type_t *metaclass_of(const mp_obj_type_t *type) {
    return mp_obj_is_instance_type(type) ? class_of(type)->meta : &mp_type_type;
}

// The next of a built-in type's line; for one with two parents the first that has an own line.
static const mp_obj_type_t *native_parent(const mp_obj_type_t *type) {
    if (type == &mp_type_object) {
        return NULL;
    }
    if (type == &mp_type_bool) {
        return &mp_type_int;
    }
    if (!MP_OBJ_TYPE_HAS_SLOT(type, parent)) {
        return &mp_type_object;
    }
    const mp_obj_base_t *parent = MP_OBJ_TYPE_GET_SLOT(type, parent);
    return parent->type == &mp_type_tuple ? MP_OBJ_TO_PTR(((mp_obj_tuple_t *)parent)->items[0]) : (const mp_obj_type_t *)parent;
}

mp_obj_tuple_t *class_mro(const mp_obj_type_t *type) {
    if (mp_obj_is_instance_type(type)) {
        return class_of(type)->mro;
    }
    mp_obj_t list = mp_obj_new_list(0, NULL);
    for (; type != NULL; type = native_parent(type)) {
        mp_obj_list_append(list, MP_OBJ_FROM_PTR(type));
        if (MP_OBJ_TYPE_HAS_SLOT(type, parent) && ((mp_obj_base_t *)MP_OBJ_TYPE_GET_SLOT(type, parent))->type == &mp_type_tuple) {
            mp_obj_tuple_t *parents = (mp_obj_tuple_t *)MP_OBJ_TYPE_GET_SLOT(type, parent);
            mp_obj_list_append(list, parents->items[0]);
            type = MP_OBJ_TO_PTR(parents->items[1]);
            mp_obj_list_append(list, MP_OBJ_FROM_PTR(type));
        }
    }
    return MP_OBJ_TO_PTR(mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_tuple), list));
}

static bool contains_from(mp_obj_tuple_t *tuple, size_t from, mp_obj_t item) {
    for (size_t i = from; i < tuple->len; i++) {
        if (tuple->items[i] == item) {
            return true;
        }
    }
    return false;
}

// C3: merges the orders of the bases and the list of bases itself.
static mp_obj_tuple_t *linearise(mp_obj_t self, mp_obj_tuple_t *bases) {
    size_t n = bases->len + 1;
    mp_obj_tuple_t **lists = m_new(mp_obj_tuple_t *, n);
    size_t *at = m_new0(size_t, n);
    for (size_t i = 0; i < bases->len; i++) {
        lists[i] = class_mro(MP_OBJ_TO_PTR(bases->items[i]));
    }
    lists[n - 1] = bases;
    mp_obj_t order = mp_obj_new_list(1, &self);
    for (;;) {
        mp_obj_t next = MP_OBJ_NULL;
        bool left = false;
        for (size_t i = 0; i < n && next == MP_OBJ_NULL; i++) {
            if (at[i] == lists[i]->len) {
                continue;
            }
            left = true;
            next = lists[i]->items[at[i]];
            for (size_t k = 0; k < n; k++) {
                if (contains_from(lists[k], at[k] + 1, next)) {
                    next = MP_OBJ_NULL;
                    break;
                }
            }
        }
        if (!left) {
            break;
        }
        if (next == MP_OBJ_NULL) {
            vstr_t names;
            vstr_init(&names, 64);
            for (size_t i = 0; i < bases->len; i++) {
                vstr_printf(&names, "%s%q", i ? ", " : "", ((mp_obj_type_t *)MP_OBJ_TO_PTR(bases->items[i]))->name);
            }
            mp_raise_msg_varg(&mp_type_TypeError,
                MP_ERROR_TEXT("Cannot create a consistent method resolution\norder (MRO) for bases %s"), vstr_null_terminated_str(&names));
        }
        mp_obj_list_append(order, next);
        for (size_t i = 0; i < n; i++) {
            at[i] += at[i] < lists[i]->len && lists[i]->items[at[i]] == next;
        }
    }
    return MP_OBJ_TO_PTR(mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_tuple), order));
}

bool mp_obj_is_subclass_fast(mp_const_obj_t object, mp_const_obj_t classinfo) {
    if (object == classinfo) {
        return true;
    }
    if (!is_class(object)) {
        return false;
    }
    const mp_obj_type_t *type = MP_OBJ_TO_PTR(object);
    if (mp_obj_is_instance_type(type)) {
        return contains_from(class_of(type)->mro, 1, (mp_obj_t)classinfo);
    }
    if (type == &mp_type_bool) {
        return classinfo == MP_OBJ_FROM_PTR(&mp_type_int) || classinfo == MP_OBJ_FROM_PTR(&mp_type_object);
    }
    while (MP_OBJ_TYPE_HAS_SLOT(type, parent)) {
        const mp_obj_base_t *parent = MP_OBJ_TYPE_GET_SLOT(type, parent);
        if (parent->type == &mp_type_tuple) {
            const mp_obj_tuple_t *parents = (const mp_obj_tuple_t *)parent;
            for (size_t i = 0; i < parents->len; i++) {
                if (mp_obj_is_subclass_fast(parents->items[i], classinfo)) {
                    return true;
                }
            }
            return false;
        }
        type = (const mp_obj_type_t *)parent;
        if (MP_OBJ_FROM_PTR(type) == classinfo) {
            return true;
        }
    }
    return classinfo == MP_OBJ_FROM_PTR(&mp_type_object);
}

// ---- members ----

mp_obj_t class_own(const mp_obj_type_t *type, qstr attr) {
    if (!MP_OBJ_TYPE_HAS_SLOT(type, locals_dict)) {
        return MP_OBJ_NULL;
    }
    mp_map_elem_t *elem = mp_map_lookup(&MP_OBJ_TYPE_GET_SLOT(type, locals_dict)->map, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP);
    return elem == NULL ? MP_OBJ_NULL : elem->value;
}

static mp_obj_t lookup(const mp_obj_type_t *type, qstr attr, const mp_obj_type_t **owner) {
    if (mp_obj_is_instance_type(type)) {
        mp_obj_tuple_t *mro = class_of(type)->mro;
        for (size_t i = 0; i < mro->len; i++) {
            *owner = MP_OBJ_TO_PTR(mro->items[i]);
            mp_obj_t member = class_own(*owner, attr);
            if (member != MP_OBJ_NULL) {
                return member;
            }
        }
        return MP_OBJ_NULL;
    }
    for (*owner = type; type != NULL; type = native_parent(type)) {
        mp_obj_t member = class_own(type, attr);
        if (member != MP_OBJ_NULL) {
            *owner = type;
            return member;
        }
    }
    return MP_OBJ_NULL;
}

// What lookups have found, or that there is nothing (MP_OBJ_NULL). An entry counts while its version is the current one:
// that changes whenever a class is made or written to, and at each collection, after which other objects may lie where
// these were. So nothing here keeps an object alive.
#define LOOKUPS 256

typedef struct _lookup_t {
    const mp_obj_type_t *type;
    uint32_t attr;
    const mp_obj_type_t *owner;
    uint32_t version;
    mp_obj_t member;
} lookup_t;

static lookup_t lookups[LOOKUPS];
static uint32_t lookups_version = 1;

void class_lookups_forget(void) {
    if (++lookups_version == 0) {
        memset(lookups, 0, sizeof(lookups));
        lookups_version = 1;
    }
}

mp_obj_t class_lookup(const mp_obj_type_t *type, qstr attr, const mp_obj_type_t **owner) {
    lookup_t *entry = &lookups[((uintptr_t)type / MICROPY_BYTES_PER_GC_BLOCK + attr * 7) % LOOKUPS];
    if (entry->version != lookups_version || entry->type != type || entry->attr != attr) {
        mp_obj_t member = lookup(type, attr, owner);
        *entry = (lookup_t) { type, attr, *owner, lookups_version, member };
        return member;
    }
    *owner = entry->owner;
    return entry->member;
}

// A method of `object` that a class took under any name.
static bool is_of_object(mp_obj_t member) {
    const mp_map_t *map = &MP_OBJ_TYPE_GET_SLOT(&mp_type_object, locals_dict)->map;
    for (size_t i = 0; i < map->alloc; i++) {
        if (mp_map_slot_is_filled(map, i) && map->table[i].value == member) {
            return true;
        }
    }
    return false;
}

void class_bind(mp_obj_t self, const mp_obj_type_t *type, const mp_obj_type_t *owner, mp_obj_t member, mp_obj_t *dest) {
    if (!mp_obj_is_obj(member)) {
        dest[0] = member;
        return;
    }
    const mp_obj_type_t *kind = ((mp_obj_base_t *)MP_OBJ_TO_PTR(member))->type;
    if (kind == &mp_type_property) {
        if (self == MP_OBJ_NULL) {
            dest[0] = member;
            return;
        }
        mp_obj_t getter = mp_obj_property_get(member)[0];
        if (getter == mp_const_none) {
            property_lacks(member, self, "getter");
        }
        dest[0] = mp_call_function_1(getter, self);
    } else if (kind == &mp_type_classmethod) {
        mp_obj_t fun = ((mp_obj_static_class_method_t *)MP_OBJ_TO_PTR(member))->fun;
        if (mp_obj_is_type(fun, &mp_type_property) || mp_obj_is_type(fun, &mp_type_classmethod)
            || (mp_obj_is_instance_type(mp_obj_get_type(fun)) && class_lookup(mp_obj_get_type(fun), MP_QSTR___get__, &owner) != MP_OBJ_NULL)) {
            class_bind(MP_OBJ_FROM_PTR(type), metaclass_of(type), metaclass_of(type), fun, dest);
            return;
        }
        dest[0] = fun;
        dest[1] = MP_OBJ_FROM_PTR(type);
        if (mp_obj_is_native_type(owner)) {
            dest[1] = MP_OBJ_FROM_PTR(owner);
        }
    } else if (mp_obj_is_instance_type(kind)) {
        const mp_obj_type_t *get_owner;
        mp_obj_t get = class_lookup(kind, MP_QSTR___get__, &get_owner);
        if (get == MP_OBJ_NULL) {
            // A class derived from one of these is as good.
            mp_obj_t native = instance_native(member);
            if (native != member && (mp_obj_is_type(native, &mp_type_property) || mp_obj_is_type(native, &mp_type_classmethod)
                                     || mp_obj_is_type(native, &mp_type_staticmethod))) {
                class_bind(self, type, owner, native, dest);
            } else {
                dest[0] = member;
            }
            return;
        }
        mp_obj_t args[4] = { MP_OBJ_NULL, MP_OBJ_NULL };
        class_bind(member, kind, get_owner, get, args);
        args[2] = self == MP_OBJ_NULL ? mp_const_none : self;
        args[3] = MP_OBJ_FROM_PTR(type);
        dest[0] = args[1] == MP_OBJ_NULL ? mp_call_function_n_kw(args[0], 2, 0, args + 2) : mp_call_method_n_kw(2, 0, args);
    } else if (self != MP_OBJ_NULL && (kind->flags & MP_TYPE_FLAG_BINDS_SELF)
               && (owner == &mp_type_object || (kind->flags & MP_TYPE_FLAG_BUILTIN_FUN && is_of_object(member)))) {
        dest[0] = member;
        dest[1] = self;
    } else {
        mp_convert_member_lookup(self, owner, member, dest);
    }
}

// ---- creation ----

// Whether attribute access to instances has to look for more than values: vm.c asks for this flag too.
static bool makes_special(mp_obj_t key, mp_obj_t value) {
    if (key == MP_OBJ_NEW_QSTR(MP_QSTR___setattr__) || key == MP_OBJ_NEW_QSTR(MP_QSTR___delattr__)
        || key == MP_OBJ_NEW_QSTR(MP_QSTR___getattribute__) || mp_obj_is_type(value, &mp_type_property)) {
        return true;
    }
    if (!mp_obj_is_obj(value)) {
        return false;
    }
    const mp_obj_type_t *owner, *type = ((mp_obj_base_t *)MP_OBJ_TO_PTR(value))->type;
    return mp_obj_is_instance_type(type)
           && (class_lookup(type, MP_QSTR___set__, &owner) != MP_OBJ_NULL || class_lookup(type, MP_QSTR___delete__, &owner) != MP_OBJ_NULL
               || class_of(type)->native == &mp_type_property);
}

static void mark_special(mp_obj_type_t *type) {
    mp_cstack_check();
    if (type->flags & MP_TYPE_FLAG_HAS_SPECIAL_ACCESSORS) {
        return;
    }
    type->flags |= MP_TYPE_FLAG_HAS_SPECIAL_ACCESSORS;
    size_t n;
    mp_obj_t *items;
    mp_obj_list_get(class_of(type)->subclasses, &n, &items);
    for (size_t i = 0; i < n; i++) {
        mark_special(MP_OBJ_TO_PTR(items[i]));
    }
}

// The built-in type that instances are to have inside.
static const mp_obj_type_t *native_base(mp_obj_tuple_t *bases) {
    const mp_obj_type_t *native = NULL;
    for (size_t i = 0; i < bases->len; i++) {
        const mp_obj_type_t *base = MP_OBJ_TO_PTR(bases->items[i]);
        const mp_obj_type_t *candidate = mp_obj_is_instance_type(base) ? class_of(base)->native
            : base == &mp_type_object || base == &mp_type_type ? NULL : base;
        if (candidate == NULL || candidate == native) {
            continue;
        }
        if (native == NULL || mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(candidate), MP_OBJ_FROM_PTR(native))) {
            native = candidate;
        } else if (!mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(native), MP_OBJ_FROM_PTR(candidate))
                   && !(mp_obj_is_exception_type(MP_OBJ_FROM_PTR(native)) && mp_obj_is_exception_type(MP_OBJ_FROM_PTR(candidate)))) {
            mp_raise_TypeError(MP_ERROR_TEXT("multiple bases have instance lay-out conflict"));
        }
    }
    return native;
}

static void check_base(mp_obj_t base) {
    if (!is_class(base)) {
        mp_raise_TypeError(MP_ERROR_TEXT("bases must be types"));
    }
    const mp_obj_type_t *type = MP_OBJ_TO_PTR(base);
    if (type == &mp_type_bool || type == &mp_type_NoneType || type == &mp_type_range || type == &mp_type_slice
        || !MP_OBJ_TYPE_HAS_SLOT(type, make_new)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("type '%q' is not an acceptable base type"), type->name);
    }
}

static void wrap_implicit(mp_map_t *map, qstr name, const mp_obj_type_t *wrapper) {
    mp_map_elem_t *elem = mp_map_lookup(map, MP_OBJ_NEW_QSTR(name), MP_MAP_LOOKUP);
    if (elem != NULL && mp_obj_is_fun(elem->value)) {
        elem->value = MP_OBJ_TYPE_GET_SLOT(wrapper, make_new)(wrapper, 1, 0, &elem->value);
    }
}

static bool has_dict(mp_obj_tuple_t *bases, mp_map_t *map) {
    mp_map_elem_t *slots = mp_map_lookup(map, MP_OBJ_NEW_QSTR(MP_QSTR___slots__), MP_MAP_LOOKUP);
    if (slots == NULL || ((mp_obj_is_str(slots->value) || mp_obj_is_type(slots->value, &mp_type_tuple)
        || mp_obj_is_type(slots->value, &mp_type_list))
        && mp_obj_is_true(mp_binary_op(MP_BINARY_OP_IN, MP_OBJ_NEW_QSTR(MP_QSTR___dict__), slots->value)))) {
        return true;
    }
    for (size_t i = 0; i < bases->len; i++) {
        const mp_obj_type_t *base = MP_OBJ_TO_PTR(bases->items[i]);
        if (mp_obj_is_instance_type(base) && !class_of(base)->no_dict) {
            return true;
        }
    }
    return false;
}

static void tell_members(mp_obj_t cls, mp_map_t *map) {
    // A copy of the values: the calls may change the dict.
    mp_obj_t list = mp_obj_new_list(0, NULL);
    for (size_t i = 0; i < map->alloc; i++) {
        if (mp_map_slot_is_filled(map, i) && mp_obj_is_obj(map->table[i].value)) {
            const mp_obj_type_t *owner, *type = ((mp_obj_base_t *)MP_OBJ_TO_PTR(map->table[i].value))->type;
            if (type == &mp_type_property) {
                property_set_name(map->table[i].value, map->table[i].key);
            } else if (mp_obj_is_instance_type(type) && class_lookup(type, MP_QSTR___set_name__, &owner) != MP_OBJ_NULL) {
                mp_obj_list_append(list, map->table[i].key);
                mp_obj_list_append(list, map->table[i].value);
            }
        }
    }
    size_t n;
    mp_obj_t *items;
    mp_obj_list_get(list, &n, &items);
    for (size_t i = 0; i < n; i += 2) {
        mp_obj_t dest[4];
        mp_load_method(items[i + 1], MP_QSTR___set_name__, dest);
        dest[2] = cls;
        dest[3] = items[i];
        mp_call_method_n_kw(2, 0, dest);
    }
}

static void tell_base(const mp_obj_type_t *cls, size_t n_kw, const mp_obj_t *kwargs) {
    mp_obj_tuple_t *mro = class_of(cls)->mro;
    for (size_t i = 1; i < mro->len; i++) {
        const mp_obj_type_t *base = MP_OBJ_TO_PTR(mro->items[i]);
        mp_obj_t member = mp_obj_is_instance_type(base) ? class_own(base, MP_QSTR___init_subclass__) : MP_OBJ_NULL;
        if (member != MP_OBJ_NULL) {
            mp_obj_t dest[2] = { MP_OBJ_NULL, MP_OBJ_NULL };
            class_bind(MP_OBJ_NULL, cls, base, member, dest);
            if (dest[1] == MP_OBJ_NULL) {
                mp_call_function_n_kw(dest[0], 0, n_kw, kwargs);
            } else {
                mp_call_method_self_n_kw(dest[0], dest[1], 0, n_kw, kwargs);
            }
            return;
        }
    }
    if (n_kw > 0) { // CPython names the class here, and not the base
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%q.__init_subclass__() takes no keyword arguments"), cls->name);
    }
}

mp_obj_t class_new(const mp_obj_type_t *meta, qstr name, mp_obj_t bases_in, mp_obj_t namespace, size_t n_kw, const mp_obj_t *kwargs) {
    if (!mp_obj_is_type(bases_in, &mp_type_tuple)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("type.__new__() argument 2 must be tuple, not %s"), mp_obj_get_type_str(bases_in));
    }
    if (!mp_obj_is_dict_or_ordereddict(instance_native(namespace))) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("type.__new__() argument 3 must be dict, not %s"), mp_obj_get_type_str(namespace));
    }
    mp_obj_tuple_t *bases = MP_OBJ_TO_PTR(bases_in);
    if (bases->len == 0) {
        mp_obj_t object = MP_OBJ_FROM_PTR(&mp_type_object);
        bases = MP_OBJ_TO_PTR(mp_obj_new_tuple(1, &object));
    }
    uint16_t flags = MP_TYPE_FLAG_EQ_NOT_REFLEXIVE | MP_TYPE_FLAG_EQ_CHECKS_OTHER_TYPE | MP_TYPE_FLAG_EQ_HAS_NEQ_TEST
        | MP_TYPE_FLAG_ITER_IS_GETITER | MP_TYPE_FLAG_INSTANCE_TYPE;
    for (size_t i = 0; i < bases->len; i++) {
        check_base(bases->items[i]);
        if (contains_from(bases, i + 1, bases->items[i])) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("duplicate base class %q"),
                ((mp_obj_type_t *)MP_OBJ_TO_PTR(bases->items[i]))->name);
        }
        const mp_obj_type_t *base = MP_OBJ_TO_PTR(bases->items[i]);
        if (mp_obj_is_instance_type(base)) {
            flags |= base->flags & MP_TYPE_FLAG_HAS_SPECIAL_ACCESSORS;
        }
        // The most derived metaclass wins.
        const mp_obj_type_t *base_meta = metaclass_of(base);
        if (mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(base_meta), MP_OBJ_FROM_PTR(meta))) {
            meta = base_meta;
        } else if (!mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(meta), MP_OBJ_FROM_PTR(base_meta))) {
            mp_raise_TypeError(MP_ERROR_TEXT("metaclass conflict: the metaclass of a derived class must be a (non-strict) "
                "subclass of the metaclasses of all its bases"));
        }
    }
    mp_obj_t dict = mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_dict), namespace);
    mp_map_t *map = mp_obj_dict_get_map(dict);

    mp_obj_type_t *cls = (mp_obj_type_t *)m_new0(byte, offsetof(mp_obj_type_t, slots) + CLASS_SLOTS * sizeof(void *) + sizeof(class_t));
    cls->base.type = &mp_type_type;
    cls->flags = flags;
    cls->name = name;
    instance_init_type(cls);
    MP_OBJ_TYPE_SET_SLOT(cls, locals_dict, MP_OBJ_TO_PTR(dict), 9);
    class_t *class = class_of(cls);
    class->subclasses = mp_obj_new_list(0, NULL);
    class->bases = bases;
    class->meta = meta;
    class->native = native_base(bases);
    class->mro = linearise(MP_OBJ_FROM_PTR(cls), bases);
    class->no_dict = !has_dict(bases, map);
    slots_check(cls);
    const void *protocol = class->native == NULL ? NULL : MP_OBJ_TYPE_GET_SLOT_OR_NULL(class->native, protocol);
    if (protocol != NULL) {
        MP_OBJ_TYPE_SET_SLOT(cls, protocol, protocol, 10);
    }

    wrap_implicit(map, MP_QSTR___new__, &mp_type_staticmethod);
    wrap_implicit(map, MP_QSTR___init_subclass__, &mp_type_classmethod);
    wrap_implicit(map, MP_QSTR___class_getitem__, &mp_type_classmethod);
    if (mp_map_lookup(map, MP_OBJ_NEW_QSTR(MP_QSTR___eq__), MP_MAP_LOOKUP) != NULL
        && mp_map_lookup(map, MP_OBJ_NEW_QSTR(MP_QSTR___hash__), MP_MAP_LOOKUP) == NULL) {
        mp_obj_dict_store(dict, MP_OBJ_NEW_QSTR(MP_QSTR___hash__), mp_const_none);
    }
    mp_map_elem_t *module = mp_map_lookup(&mp_globals_get()->map, MP_OBJ_NEW_QSTR(MP_QSTR___name__), MP_MAP_LOOKUP);
    if (module != NULL && mp_map_lookup(map, MP_OBJ_NEW_QSTR(MP_QSTR___module__), MP_MAP_LOOKUP) == NULL) {
        mp_obj_dict_store(dict, MP_OBJ_NEW_QSTR(MP_QSTR___module__), module->value);
    }
    mp_map_elem_t *cell = mp_map_lookup(map, MP_OBJ_NEW_QSTR(MP_QSTR___classcell__), MP_MAP_LOOKUP_REMOVE_IF_FOUND);
    if (cell != NULL && cell->value != mp_const_none) {
        mp_obj_cell_set(cell->value, MP_OBJ_FROM_PTR(cls));
    }
    for (size_t i = 0; i < map->alloc; i++) {
        if (mp_map_slot_is_filled(map, i) && makes_special(map->table[i].key, map->table[i].value)) {
            cls->flags |= MP_TYPE_FLAG_HAS_SPECIAL_ACCESSORS;
        }
    }
    for (size_t i = 0; i < bases->len; i++) {
        const mp_obj_type_t *base = MP_OBJ_TO_PTR(bases->items[i]);
        if (mp_obj_is_instance_type(base)) {
            mp_obj_list_append(class_of(base)->subclasses, MP_OBJ_FROM_PTR(cls));
        }
    }
    class_lookups_forget();
    tell_members(MP_OBJ_FROM_PTR(cls), map);
    tell_base(cls, n_kw, kwargs);
    return MP_OBJ_FROM_PTR(cls);
}

mp_obj_t mp_obj_new_type(qstr name, mp_obj_t bases, mp_obj_t locals) {
    return class_new(&mp_type_type, name, bases, locals, 0, NULL);
}

// ---- type ----

// A method that the metaclass, made by the program, has for classes as its instances.
static bool meta_method(mp_obj_t cls, qstr attr, mp_obj_t *dest) {
    const mp_obj_type_t *meta = metaclass_of(MP_OBJ_TO_PTR(cls)), *owner;
    if (meta == &mp_type_type) {
        return false;
    }
    mp_obj_t member = class_lookup(meta, attr, &owner);
    if (member == MP_OBJ_NULL || mp_obj_is_native_type(owner)) {
        return false;
    }
    dest[0] = dest[1] = MP_OBJ_NULL;
    class_bind(cls, meta, owner, member, dest);
    return true;
}

static mp_obj_t call_bound(mp_obj_t *dest, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    return dest[1] == MP_OBJ_NULL ? mp_call_function_n_kw(dest[0], n_args, n_kw, args)
        : mp_call_method_self_n_kw(dest[0], dest[1], n_args, n_kw, args);
}

static void type_print(const mp_print_t *print, mp_obj_t self, mp_print_kind_t kind) {
    (void)kind;
    mp_obj_t dest[2];
    if (meta_method(self, MP_QSTR___repr__, dest)) {
        mp_obj_print_helper(print, call_bound(dest, 0, 0, NULL), PRINT_STR);
        return;
    }
    const mp_obj_type_t *type = MP_OBJ_TO_PTR(self);
    mp_print_str(print, "<class '");
    if (mp_obj_is_instance_type(type)) {
        mp_obj_t module = class_own(type, MP_QSTR___module__), name = class_own(type, MP_QSTR___qualname__);
        if (module != MP_OBJ_NULL && mp_obj_is_str(module) && module != MP_OBJ_NEW_QSTR(MP_QSTR_builtins)) {
            mp_obj_print_helper(print, module, PRINT_STR);
            mp_print_str(print, ".");
        }
        mp_obj_print_helper(print, name != MP_OBJ_NULL ? name : MP_OBJ_NEW_QSTR(type->name), PRINT_STR);
    } else {
        bool of_types = type->name == MP_QSTR_UnionType || type->name == MP_QSTR_GenericAlias;
        mp_printf(print, of_types ? "types.%q" : "%q", type->name);
    }
    mp_print_str(print, "'>");
}

// type(name, bases, dict) or a metaclass called like it: __new__, then __init__.
static mp_obj_t make_class(const mp_obj_type_t *meta, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    const mp_obj_type_t *owner;
    mp_obj_t cls;
    mp_obj_t new = meta == &mp_type_type ? MP_OBJ_NULL : class_lookup(meta, MP_QSTR___new__, &owner);
    if (new != MP_OBJ_NULL && mp_obj_is_instance_type(owner)) {
        mp_obj_t dest[2] = { MP_OBJ_NULL, MP_OBJ_NULL };
        class_bind(MP_OBJ_NULL, meta, owner, new, dest);
        cls = mp_call_method_self_n_kw(dest[0], MP_OBJ_FROM_PTR(meta), n_args, n_kw, args);
    } else {
        if (n_args != 3) {
            mp_raise_TypeError(MP_ERROR_TEXT("type() takes 1 or 3 arguments"));
        }
        cls = class_new(meta, mp_obj_str_get_qstr(args[0]), args[1], args[2], n_kw, args + 3);
    }
    if (is_class(cls) && mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(metaclass_of(MP_OBJ_TO_PTR(cls))), MP_OBJ_FROM_PTR(meta))) {
        mp_obj_t dest[2];
        if (meta_method(cls, MP_QSTR___init__, dest)) {
            call_bound(dest, n_args, n_kw, args);
        }
    }
    return cls;
}

mp_obj_t class_call(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    if (mp_obj_is_instance_type(type) && contains_from(class_of(type)->mro, 1, MP_OBJ_FROM_PTR(&mp_type_type))) {
        return make_class(type, n_args, n_kw, args);
    }
    if (!MP_OBJ_TYPE_HAS_SLOT(type, make_new)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("cannot create '%q' instances"), type->name);
    }
    if (mp_obj_is_native_type(type)) {
        argcheck_callee(MP_OBJ_FROM_PTR(type));
    }
    return MP_OBJ_TYPE_GET_SLOT(type, make_new)(type, n_args, n_kw, args);
}

static mp_obj_t type_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    (void)type;
    if (n_args == 1 && n_kw == 0) {
        return type_of(args[0]);
    }
    // A base's metaclass makes the class, if it is more than type.
    const mp_obj_type_t *meta = &mp_type_type;
    if (n_args == 3 && mp_obj_is_type(args[1], &mp_type_tuple)) {
        mp_obj_tuple_t *bases = MP_OBJ_TO_PTR(args[1]);
        for (size_t i = 0; i < bases->len; i++) {
            const mp_obj_type_t *base_meta = is_class(bases->items[i]) ? metaclass_of(MP_OBJ_TO_PTR(bases->items[i])) : meta;
            meta = mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(base_meta), MP_OBJ_FROM_PTR(meta)) ? base_meta : meta;
        }
    }
    return make_class(meta, n_args, n_kw, args);
}

static mp_obj_t type_call(mp_obj_t self, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    mp_obj_t dest[2];
    if (mp_obj_is_instance_type((mp_obj_type_t *)MP_OBJ_TO_PTR(self)) && meta_method(self, MP_QSTR___call__, dest)) {
        return call_bound(dest, n_args, n_kw, args);
    }
    return class_call(MP_OBJ_TO_PTR(self), n_args, n_kw, args);
}

static mp_obj_t type_unary_op(mp_unary_op_t op, mp_obj_t self) {
    mp_obj_t dest[2];
    if (meta_method(self, mp_unary_op_method_name[op], dest)) {
        return call_bound(dest, 0, 0, NULL);
    }
    return op == MP_UNARY_OP_HASH ? MP_OBJ_NEW_SMALL_INT((uintptr_t)MP_OBJ_TO_PTR(self) >> 4) : MP_OBJ_NULL;
}

static mp_obj_t type_binary_op(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    mp_obj_t dest[2];
    qstr name = mp_binary_op_method_name[op];
    if (is_class(lhs) && name != MP_QSTRnull && meta_method(lhs, name, dest)) {
        mp_obj_t result = call_bound(dest, 1, 0, &rhs);
        if (result == mp_const_notimplemented) {
            return MP_OBJ_NULL;
        }
        return op == MP_BINARY_OP_CONTAINS ? mp_obj_new_bool(mp_obj_is_true(result)) : result;
    }
    if (op == MP_BINARY_OP_OR) {
        return generic_union(lhs, rhs);
    } else if (op == MP_BINARY_OP_REVERSE_OR) {
        return generic_union(rhs, lhs);
    }
    return op == MP_BINARY_OP_EQUAL ? mp_obj_new_bool(lhs == rhs) : MP_OBJ_NULL;
}

static mp_obj_t type_subscr(mp_obj_t self, mp_obj_t index, mp_obj_t value) {
    mp_obj_t dest[2] = { MP_OBJ_NULL, MP_OBJ_NULL };
    if (meta_method(self, value == MP_OBJ_NULL ? MP_QSTR___delitem__ : value == MP_OBJ_SENTINEL ? MP_QSTR___getitem__ : MP_QSTR___setitem__, dest)) {
        mp_obj_t args[] = { index, value };
        return call_bound(dest, value == MP_OBJ_NULL || value == MP_OBJ_SENTINEL ? 1 : 2, 0, args);
    }
    if (value != MP_OBJ_SENTINEL) {
        return MP_OBJ_NULL;
    }
    const mp_obj_type_t *type = MP_OBJ_TO_PTR(self), *owner;
    mp_obj_t member = class_lookup(type, MP_QSTR___class_getitem__, &owner);
    if (member != MP_OBJ_NULL) {
        class_bind(MP_OBJ_NULL, type, owner, member, dest);
        return call_bound(dest, 1, 0, &index);
    }
    return generic_alias_of_type(self, index);
}

static mp_obj_t type_getiter(mp_obj_t self, mp_obj_iter_buf_t *buf) {
    (void)buf;
    mp_obj_t dest[2];
    return meta_method(self, MP_QSTR___iter__, dest) ? mp_getiter(call_bound(dest, 0, 0, NULL), NULL) : MP_OBJ_NULL;
}

static mp_obj_t class_dict(const mp_obj_type_t *type) {
    mp_obj_dict_t *dict = MP_OBJ_TYPE_GET_SLOT_OR_NULL(type, locals_dict);
    if (dict == NULL) {
        return mp_obj_new_dict(0);
    }
    mp_obj_t copy = mp_obj_dict_copy(MP_OBJ_FROM_PTR(dict));
    mp_obj_dict_get_map(copy)->is_fixed = 1;
    return copy;
}

static mp_obj_t load_own(mp_obj_t self, const mp_obj_type_t *type, qstr attr) {
    bool made = mp_obj_is_instance_type(type);
    mp_obj_t own = class_own(type, attr);
    switch (attr) {
        case MP_QSTR___name__:
            return MP_OBJ_NEW_QSTR(type->name);
        case MP_QSTR___qualname__:
            return own != MP_OBJ_NULL ? own : MP_OBJ_NEW_QSTR(type->name);
        case MP_QSTR___module__:
            return own != MP_OBJ_NULL ? own : MP_OBJ_NEW_QSTR(MP_QSTR_builtins);
        case MP_QSTR___dict__:
            return class_dict(type);
        case MP_QSTR___bases__: {
            if (made) {
                return MP_OBJ_FROM_PTR(class_of(type)->bases);
            }
            const mp_obj_type_t *parent = native_parent(type);
            mp_obj_t base = MP_OBJ_FROM_PTR(parent);
            return parent == NULL ? mp_const_empty_tuple : mp_obj_new_tuple(1, &base);
        }
        case MP_QSTR___base__: {
            mp_obj_tuple_t *mro = class_mro(type);
            return made ? class_of(type)->bases->items[0] : mro->len > 1 ? mro->items[1] : mp_const_none;
        }
        case MP_QSTR___mro__:
            return MP_OBJ_FROM_PTR(class_mro(type));
        case MP_QSTR___doc__:
            return own != MP_OBJ_NULL ? own : mp_const_none;
        case MP_QSTR___annotations__:
            if (own == MP_OBJ_NULL && made) {
                own = mp_obj_new_dict(0);
                class_lookups_forget();
                mp_obj_dict_store(MP_OBJ_FROM_PTR(MP_OBJ_TYPE_GET_SLOT(type, locals_dict)), MP_OBJ_NEW_QSTR(attr), own);
            }
            return own;
        case MP_QSTR___type_params__:
            return own != MP_OBJ_NULL ? own : mp_const_empty_tuple;
        default:
            (void)self;
            return MP_OBJ_NULL;
    }
}

static void type_load(mp_obj_t self, qstr attr, mp_obj_t *dest) {
    const mp_obj_type_t *type = MP_OBJ_TO_PTR(self), *owner, *meta = metaclass_of(type), *meta_owner = NULL;
    mp_obj_t meta_member = meta == &mp_type_type ? MP_OBJ_NULL : class_lookup(meta, attr, &meta_owner);
    if (meta_member != MP_OBJ_NULL && mp_obj_is_instance_type(meta_owner)
        && (mp_obj_is_type(meta_member, &mp_type_property) || makes_special(MP_OBJ_NULL, meta_member))) {
        class_bind(self, meta, meta_owner, meta_member, dest);
        return;
    }
    dest[0] = load_own(self, type, attr);
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    mp_obj_t member = class_lookup(type, attr, &owner);
    bool of_meta = meta_member != MP_OBJ_NULL && mp_obj_is_instance_type(meta_owner)
        && attr != MP_QSTR___new__ && attr != MP_QSTR___init__; // these make instances of the class
    if (member != MP_OBJ_NULL && !(mp_obj_is_native_type(owner) && of_meta)) {
        // What `object` has applies to built-in types only after what those have.
        if (!(owner == &mp_type_object && dunder_of_class(type, attr, dest))) {
            class_bind(MP_OBJ_NULL, type, owner, member, dest);
        }
        return;
    }
    if (dunder_of_class(type, attr, dest)) {
        return;
    }
    if (meta_member == MP_OBJ_NULL) {
        meta_member = class_lookup(&mp_type_type, attr, &meta_owner);
    }
    if (meta_member != MP_OBJ_NULL) {
        if (mp_obj_is_instance_type(meta_owner)) {
            class_bind(self, meta, meta_owner, meta_member, dest);
        } else {
            dest[0] = meta_member;
            dest[1] = self;
        }
        return;
    }
    dest[0] = slots_member(type, attr);
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    mp_obj_t hook[3];
    if (attr != MP_QSTR___getattr__ && meta_method(self, MP_QSTR___getattr__, hook)) {
        mp_obj_t name = MP_OBJ_NEW_QSTR(attr);
        dest[0] = call_bound(hook, 1, 0, &name);
    }
}

static void type_store(mp_obj_t self, qstr attr, mp_obj_t *dest) {
    mp_obj_type_t *type = MP_OBJ_TO_PTR(self);
    if (mp_obj_is_native_type(type)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("cannot set '%q' attribute of immutable type '%q'"), attr, type->name);
    }
    mp_obj_t hook[2];
    if (meta_method(self, dest[1] == MP_OBJ_NULL ? MP_QSTR___delattr__ : MP_QSTR___setattr__, hook)) {
        mp_obj_t args[] = { MP_OBJ_NEW_QSTR(attr), dest[1] };
        call_bound(hook, dest[1] == MP_OBJ_NULL ? 1 : 2, 0, args);
        dest[0] = MP_OBJ_NULL;
        return;
    }
    class_store(type, attr, dest[1]);
    dest[0] = MP_OBJ_NULL;
}

void class_store(mp_obj_type_t *type, qstr attr, mp_obj_t value) {
    mp_map_t *map = &MP_OBJ_TYPE_GET_SLOT(type, locals_dict)->map;
    if (value == MP_OBJ_NULL) {
        class_lookups_forget();
        if (mp_map_lookup(map, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP_REMOVE_IF_FOUND) == NULL) {
            mp_raise_msg_varg(&mp_type_AttributeError, MP_ERROR_TEXT("type object '%q' has no attribute '%q'"), type->name, attr);
        }
        return;
    }
    if (attr == MP_QSTR___name__) {
        type->name = mp_obj_str_get_qstr(value);
        return;
    }
    class_lookups_forget();
    if (makes_special(MP_OBJ_NEW_QSTR(attr), value)) {
        mark_special(type);
    }
    mp_map_lookup(map, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP_ADD_IF_NOT_FOUND)->value = value;
}

static void type_attr(mp_obj_t self, qstr attr, mp_obj_t *dest) {
    if (dest[0] == MP_OBJ_NULL) {
        type_load(self, attr, dest);
    } else {
        type_store(self, attr, dest);
    }
}

// ---- methods of type, for metaclasses ----

static mp_obj_t type_dunder_call(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    if (!is_class(args[0])) {
        mp_raise_TypeError(NULL);
    }
    return class_call(MP_OBJ_TO_PTR(args[0]), n_args - 1, kwargs->used, args + 1);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(type_dunder_call_obj, 1, type_dunder_call);

static mp_obj_t type_dunder_new(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    if (n_args == 2) {
        return type_of(args[1]);
    }
    if (n_args != 4 || !is_class(args[0])) {
        mp_raise_TypeError(MP_ERROR_TEXT("type.__new__() takes exactly 3 arguments"));
    }
    return class_new(MP_OBJ_TO_PTR(args[0]), mp_obj_str_get_qstr(args[1]), args[2], args[3], kwargs->used, args + 4);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(type_dunder_new_fun_obj, 1, type_dunder_new);
static MP_DEFINE_CONST_STATICMETHOD_OBJ(type_dunder_new_obj, MP_ROM_PTR(&type_dunder_new_fun_obj));

static mp_obj_t type_dunder_init(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    (void)n_args;
    (void)args;
    (void)kwargs;
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(type_dunder_init_obj, 1, type_dunder_init);

static mp_obj_t type_mro(mp_obj_t self) {
    return mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_list), MP_OBJ_FROM_PTR(class_mro(MP_OBJ_TO_PTR(self))));
}
static MP_DEFINE_CONST_FUN_OBJ_1(type_mro_obj, type_mro);

static mp_obj_t type_subclasses(mp_obj_t self) {
    const mp_obj_type_t *type = MP_OBJ_TO_PTR(self);
    return mp_obj_is_native_type(type) ? mp_obj_new_list(0, NULL)
        : mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_list), class_of(type)->subclasses);
}
static MP_DEFINE_CONST_FUN_OBJ_1(type_subclasses_obj, type_subclasses);

static mp_obj_t type_prepare(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    (void)n_args;
    (void)args;
    (void)kwargs;
    return mp_obj_new_dict(0);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(type_prepare_fun_obj, 0, type_prepare);
static MP_DEFINE_CONST_STATICMETHOD_OBJ(type_prepare_obj, MP_ROM_PTR(&type_prepare_fun_obj));

static mp_obj_t type_instancecheck(mp_obj_t self, mp_obj_t object) {
    return mp_obj_new_bool(mp_obj_is_subclass_fast(type_of(object), self));
}
static MP_DEFINE_CONST_FUN_OBJ_2(type_instancecheck_obj, type_instancecheck);

static mp_obj_t type_subclasscheck(mp_obj_t self, mp_obj_t sub) {
    return mp_obj_new_bool(mp_obj_is_subclass_fast(sub, self));
}
static MP_DEFINE_CONST_FUN_OBJ_2(type_subclasscheck_obj, type_subclasscheck);

static mp_obj_t type_getattribute(mp_obj_t self, mp_obj_t name) {
    mp_obj_t dest[2] = { MP_OBJ_NULL, MP_OBJ_NULL };
    type_load(self, mp_obj_str_get_qstr(name), dest);
    if (dest[0] == MP_OBJ_NULL) {
        mp_raise_msg_varg(&mp_type_AttributeError, MP_ERROR_TEXT("type object '%q' has no attribute '%s'"),
            ((mp_obj_type_t *)MP_OBJ_TO_PTR(self))->name, mp_obj_str_get_str(name));
    }
    return dest[1] == MP_OBJ_NULL ? dest[0] : mp_obj_new_bound_meth(dest[0], dest[1]);
}
static MP_DEFINE_CONST_FUN_OBJ_2(type_getattribute_obj, type_getattribute);

static mp_obj_t type_setattr(mp_obj_t self, mp_obj_t name, mp_obj_t value) {
    class_store(MP_OBJ_TO_PTR(self), mp_obj_str_get_qstr(name), value);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_3(type_setattr_obj, type_setattr);

static mp_obj_t type_delattr(mp_obj_t self, mp_obj_t name) {
    class_store(MP_OBJ_TO_PTR(self), mp_obj_str_get_qstr(name), MP_OBJ_NULL);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(type_delattr_obj, type_delattr);

static mp_obj_t type_repr(mp_obj_t self) {
    vstr_t vstr;
    mp_print_t print;
    vstr_init_print(&vstr, 32, &print);
    type_print(&print, self, PRINT_REPR);
    return mp_obj_new_str_from_vstr(&vstr);
}
static MP_DEFINE_CONST_FUN_OBJ_1(type_repr_obj, type_repr);

static const mp_rom_map_elem_t type_table[] = {
    { MP_ROM_QSTR(MP_QSTR___call__), MP_ROM_PTR(&type_dunder_call_obj) },
    { MP_ROM_QSTR(MP_QSTR___new__), MP_ROM_PTR(&type_dunder_new_obj) },
    { MP_ROM_QSTR(MP_QSTR___init__), MP_ROM_PTR(&type_dunder_init_obj) },
    { MP_ROM_QSTR(MP_QSTR___prepare__), MP_ROM_PTR(&type_prepare_obj) },
    { MP_ROM_QSTR(MP_QSTR_mro), MP_ROM_PTR(&type_mro_obj) },
    { MP_ROM_QSTR(MP_QSTR___subclasses__), MP_ROM_PTR(&type_subclasses_obj) },
    { MP_ROM_QSTR(MP_QSTR___instancecheck__), MP_ROM_PTR(&type_instancecheck_obj) },
    { MP_ROM_QSTR(MP_QSTR___subclasscheck__), MP_ROM_PTR(&type_subclasscheck_obj) },
    { MP_ROM_QSTR(MP_QSTR___getattribute__), MP_ROM_PTR(&type_getattribute_obj) },
    { MP_ROM_QSTR(MP_QSTR___setattr__), MP_ROM_PTR(&type_setattr_obj) },
    { MP_ROM_QSTR(MP_QSTR___delattr__), MP_ROM_PTR(&type_delattr_obj) },
    { MP_ROM_QSTR(MP_QSTR___repr__), MP_ROM_PTR(&type_repr_obj) },
};
static MP_DEFINE_CONST_DICT(type_dict, type_table);

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_type, MP_QSTR_type, MP_TYPE_FLAG_EQ_CHECKS_OTHER_TYPE,
    make_new, type_make_new,
    print, type_print,
    call, type_call,
    unary_op, type_unary_op,
    binary_op, type_binary_op,
    attr, type_attr,
    subscr, type_subscr,
    iter, type_getiter,
    locals_dict, &type_dict
    );

// ---- super ----

typedef struct _mp_obj_super_t {
    mp_obj_base_t base;
    mp_obj_t type;
    mp_obj_t obj;
} mp_obj_super_t;

static void super_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    mp_obj_super_t *self = MP_OBJ_TO_PTR(self_in);
    mp_printf(print, "<super: <class '%q'>, <%s object>>", ((mp_obj_type_t *)MP_OBJ_TO_PTR(self->type))->name,
        mp_obj_get_type_str(self->obj));
}

// The class whose resolution order counts: of the object, or the object itself in a class method.
static const mp_obj_type_t *super_class(mp_obj_t type, mp_obj_t obj) {
    if (is_class(obj) && mp_obj_is_subclass_fast(obj, type)) {
        return MP_OBJ_TO_PTR(obj);
    }
    return MP_OBJ_TO_PTR(type_of(obj));
}

static mp_obj_t super_make_new(const mp_obj_type_t *type_in, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    // Without arguments it is the compiler that fills them in; an ellipsis says that there was nothing to.
    if (n_kw != 0 || n_args != 2 || args[1] == MP_OBJ_FROM_PTR(&mp_const_ellipsis_obj)) {
        mp_raise_msg(&mp_type_RuntimeError, MP_ERROR_TEXT("super(): no arguments"));
    }
    if (!is_class(args[0])) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("super() argument 1 must be a type, not %s"), mp_obj_get_type_str(args[0]));
    }
    if (!mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(super_class(args[0], args[1])), args[0])) {
        mp_raise_TypeError(MP_ERROR_TEXT("super(type, obj): obj must be an instance or subtype of type"));
    }
    mp_obj_super_t *self = mp_obj_malloc(mp_obj_super_t, type_in);
    self->type = args[0];
    self->obj = args[1];
    return MP_OBJ_FROM_PTR(self);
}

static void super_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    mp_obj_super_t *self = MP_OBJ_TO_PTR(self_in);
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    const mp_obj_type_t *cls = super_class(self->type, self->obj);
    bool class_access = is_class(self->obj) && MP_OBJ_FROM_PTR(cls) == self->obj;
    mp_obj_t bound_to = class_access ? MP_OBJ_NULL : self->obj;
    mp_obj_tuple_t *mro = class_mro(cls);
    size_t i = 0;
    while (i < mro->len && mro->items[i] != self->type) {
        i++;
    }
    for (i++; i < mro->len; i++) {
        const mp_obj_type_t *type = MP_OBJ_TO_PTR(mro->items[i]);
        bool native = mp_obj_is_native_type(type) && type != &mp_type_object && type != &mp_type_type;
        // A dict's own method would not know of __missing__().
        mp_obj_t member = native && attr == MP_QSTR___getitem__ ? MP_OBJ_NULL : class_own(type, attr);
        if (native && attr == MP_QSTR___init__) {
            dest[0] = MP_OBJ_FROM_PTR(&native_init_obj);
            dest[1] = bound_to;
            return;
        } else if (native && attr == MP_QSTR___new__) {
            dest[0] = MP_OBJ_FROM_PTR(&native_new_obj);
            return;
        } else if (member != MP_OBJ_NULL) {
            if (type == &mp_type_type && !mp_obj_is_type(member, &mp_type_staticmethod)) {
                dest[0] = member;
                dest[1] = bound_to;
            } else if (native && bound_to != MP_OBJ_NULL) {
                class_bind(instance_native(bound_to), cls, type, member, dest);
            } else {
                class_bind(bound_to, cls, type, member, dest);
            }
            return;
        } else if (native && bound_to != MP_OBJ_NULL) {
            mp_obj_t inner = instance_native(bound_to);
            if (mp_obj_is_exception_instance(inner)) {
                mp_load_method_maybe(inner, attr, dest);
                if (dest[0] != MP_OBJ_NULL && dest[1] == inner) {
                    dest[1] = bound_to;
                }
            } else if (dunder_of_class(type, attr, dest)) {
                dest[1] = bound_to;
            } else {
                mp_load_method_maybe(inner, attr, dest);
            }
            if (dest[0] != MP_OBJ_NULL) {
                return;
            }
        }
    }
}

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_super, MP_QSTR_super, MP_TYPE_FLAG_NONE,
    make_new, super_make_new,
    print, super_print,
    attr, super_attr
    );

void mp_load_super_method(qstr attr, mp_obj_t *dest) {
    mp_obj_t args[] = { dest[1], dest[2] };
    mp_load_method(super_make_new(&mp_type_super, 2, 0, args), attr, dest);
}

// ---- isinstance and issubclass ----

// What stands for a class has a tuple of bases; MP_OBJ_NULL for anything else.
static mp_obj_t abstract_bases(mp_obj_t object) {
    mp_obj_t dest[2];
    mp_load_method_protected(object, MP_QSTR___bases__, dest, false);
    return dest[0] != MP_OBJ_NULL && dest[1] == MP_OBJ_NULL && mp_obj_is_type(dest[0], &mp_type_tuple) ? dest[0] : MP_OBJ_NULL;
}

static bool is_abstract_subclass(mp_obj_t derived, mp_obj_t classinfo) {
    mp_cstack_check();
    if (derived == classinfo) {
        return true;
    }
    mp_obj_t bases_in = abstract_bases(derived);
    mp_obj_tuple_t *bases = bases_in == MP_OBJ_NULL ? NULL : MP_OBJ_TO_PTR(bases_in);
    for (size_t i = 0; bases != NULL && i < bases->len; i++) {
        if (is_abstract_subclass(bases->items[i], classinfo)) {
            return true;
        }
    }
    return false;
}

static bool check(mp_obj_t subject, mp_obj_t subject_type, mp_obj_t classinfo, qstr hook, const char *error) {
    mp_cstack_check();
    if (mp_obj_is_type(classinfo, &mp_type_tuple)) {
        mp_obj_tuple_t *tuple = MP_OBJ_TO_PTR(classinfo);
        for (size_t i = 0; i < tuple->len; i++) {
            if (check(subject, subject_type, tuple->items[i], hook, error)) {
                return true;
            }
        }
        return false;
    }
    mp_obj_t members = generic_union_members(classinfo);
    if (members != MP_OBJ_NULL) {
        return check(subject, subject_type, members, hook, error);
    }
    if (is_class(classinfo)) {
        mp_obj_t dest[2];
        if (subject_type == classinfo) {
            return true;
        }
        if (meta_method(classinfo, hook, dest)) {
            return mp_obj_is_true(call_bound(dest, 1, 0, &subject));
        }
        if (mp_obj_is_subclass_fast(subject_type, classinfo)) {
            return true;
        }
        // An object may say that it is of another class: a proxy.
        const mp_obj_type_t *owner, *type = MP_OBJ_TO_PTR(subject_type);
        if (hook == MP_QSTR___instancecheck__ && mp_obj_is_instance_type(type)
            && class_lookup(type, MP_QSTR___class__, &owner) != MP_OBJ_NULL && mp_obj_is_instance_type(owner)) {
            mp_obj_t told = mp_load_attr(subject, MP_QSTR___class__);
            return is_class(told) && mp_obj_is_subclass_fast(told, classinfo);
        }
        return false;
    }
    if (mp_obj_get_type(classinfo)->name == MP_QSTR_GenericAlias && mp_obj_is_native_type(mp_obj_get_type(classinfo))) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s() argument 2 cannot be a parameterized generic"),
            hook == MP_QSTR___instancecheck__ ? "isinstance" : "issubclass");
    }
    mp_obj_t method[3];
    mp_load_method_maybe(classinfo, hook, method);
    if (method[0] != MP_OBJ_NULL) {
        method[2] = subject;
        return mp_obj_is_true(mp_call_method_n_kw(1, 0, method));
    }
    if (abstract_bases(classinfo) != MP_OBJ_NULL) {
        return is_abstract_subclass(hook == MP_QSTR___instancecheck__ ? mp_load_attr(subject, MP_QSTR___class__) : subject, classinfo);
    }
    mp_raise_msg(&mp_type_TypeError, (mp_rom_error_text_t)error);
}

static mp_obj_t builtin_issubclass(mp_obj_t object, mp_obj_t classinfo) {
    if (!is_class(object) && abstract_bases(object) == MP_OBJ_NULL) {
        mp_raise_TypeError(MP_ERROR_TEXT("issubclass() arg 1 must be a class"));
    }
    return mp_obj_new_bool(check(object, object, classinfo, MP_QSTR___subclasscheck__,
        "issubclass() arg 2 must be a class, a tuple of classes, or a union"));
}
MP_DEFINE_CONST_FUN_OBJ_2(mp_builtin_issubclass_obj, builtin_issubclass);

static mp_obj_t builtin_isinstance(mp_obj_t object, mp_obj_t classinfo) {
    return mp_obj_new_bool(check(object, type_of(object), classinfo, MP_QSTR___instancecheck__,
        "isinstance() arg 2 must be a type, a tuple of types, or a union"));
}
MP_DEFINE_CONST_FUN_OBJ_2(mp_builtin_isinstance_obj, builtin_isinstance);

mp_obj_t mp_obj_cast_to_native_base(mp_obj_t self, mp_const_obj_t native_type) {
    const mp_obj_type_t *type = mp_obj_get_type(self);
    if (MP_OBJ_FROM_PTR(type) == native_type) {
        return self;
    }
    if (!mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(type), native_type)) {
        return MP_OBJ_NULL;
    }
    return mp_obj_is_instance_type(type) ? instance_native(self) : self;
}

// ---- staticmethod and classmethod ----

static mp_obj_t method_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    mp_arg_check_num(n_args, n_kw, 1, 1, false);
    mp_obj_static_class_method_t *self = mp_obj_malloc(mp_obj_static_class_method_t, type);
    self->fun = args[0];
    return MP_OBJ_FROM_PTR(self);
}

static mp_obj_t method_get(size_t n_args, const mp_obj_t *args) {
    mp_obj_t self = instance_native(args[0]);
    mp_obj_t cls = n_args == 3 && args[2] != mp_const_none ? args[2] : type_of(args[1]);
    if (!mp_obj_is_type(self, &mp_type_classmethod)) {
        return ((mp_obj_static_class_method_t *)MP_OBJ_TO_PTR(self))->fun;
    }
    if (!is_class(cls)) {
        mp_raise_TypeError(MP_ERROR_TEXT("__get__() argument 2 must be a class"));
    }
    return mp_obj_new_bound_meth(((mp_obj_static_class_method_t *)MP_OBJ_TO_PTR(self))->fun, cls);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(method_get_obj, 2, 3, method_get);

static void method_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    mp_obj_static_class_method_t *self = MP_OBJ_TO_PTR(self_in);
    if (dest[0] != MP_OBJ_NULL) {
        mp_store_attr(self->fun, attr, dest[1]);
        dest[0] = MP_OBJ_NULL;
    } else if (attr == MP_QSTR___func__ || attr == MP_QSTR___wrapped__) {
        dest[0] = self->fun;
    } else if (attr == MP_QSTR___get__) {
        dest[0] = MP_OBJ_FROM_PTR(&method_get_obj);
        dest[1] = self_in;
    } else if (attr != MP_QSTR___set__ && attr != MP_QSTR___delete__ && attr != MP_QSTR___set_name__) {
        mp_load_method_maybe(self->fun, attr, dest);
    }
}

static void method_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    mp_obj_static_class_method_t *self = MP_OBJ_TO_PTR(self_in);
    mp_printf(print, "<%q(", self->base.type->name);
    mp_obj_print_helper(print, self->fun, PRINT_REPR);
    mp_print_str(print, ")>");
}

static mp_obj_t staticmethod_call(mp_obj_t self, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    return mp_call_function_n_kw(((mp_obj_static_class_method_t *)MP_OBJ_TO_PTR(self))->fun, n_args, n_kw, args);
}

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_staticmethod, MP_QSTR_staticmethod, MP_TYPE_FLAG_NONE,
    make_new, method_make_new,
    print, method_print,
    attr, method_attr,
    call, staticmethod_call
    );

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_classmethod, MP_QSTR_classmethod, MP_TYPE_FLAG_NONE,
    make_new, method_make_new,
    print, method_print,
    attr, method_attr
    );
