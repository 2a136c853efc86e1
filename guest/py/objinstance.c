// Instances of classes that programs make: attributes, operators, calls.
//
// Operators look in the class, never in the instance or in `object`. A class may derive from one built-in type; then the
// instance has an object of that inside, to which goes what no class before it in the resolution order defines.

#include <string.h>

#include "py/builtin.h"
#include "py/objexcept.h"
#include "py/objint.h"
#include "py/objstr.h"
#include "py/objtype.h"
#include "py/cstack.h"
#include "py/runtime.h"
#include "py/slots.h"
#include "builtinnames.h"
#include "exception.h"

// Stands for the built-in part of an instance until that is made.
static const mp_obj_base_t not_made = { &mp_type_object };
#define NOT_MADE MP_OBJ_FROM_PTR(&not_made)

// ---- the dict ----

mp_map_t *instance_map(mp_obj_instance_t *self) {
    return self->members.is_fixed ? &((mp_obj_dict_t *)(void *)self->members.table)->map : &self->members;
}

static void set_dict(mp_obj_instance_t *self, mp_obj_dict_t *dict) {
    self->members = (mp_map_t) { .is_fixed = 1, .all_keys_are_qstrs = 1, .table = (mp_map_elem_t *)(void *)dict };
}

mp_obj_t instance_dict(mp_obj_instance_t *self) {
    if (!self->members.is_fixed) {
        mp_obj_dict_t *dict = MP_OBJ_TO_PTR(mp_obj_new_dict(0));
        dict->map = self->members;
        set_dict(self, dict);
    }
    return MP_OBJ_FROM_PTR(self->members.table);
}

static mp_obj_t member_of(mp_obj_instance_t *self, qstr attr) {
    mp_map_elem_t *elem = mp_map_lookup(instance_map(self), MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP);
    return elem == NULL ? MP_OBJ_NULL : elem->value;
}

// ---- creation ----

mp_obj_instance_t *mp_obj_new_instance(const mp_obj_type_t *cls, const mp_obj_type_t **native_base) {
    const mp_obj_type_t *native = class_of(cls)->native;
    mp_obj_instance_t *self = mp_obj_malloc_var(mp_obj_instance_t, subobj, mp_obj_t, native != NULL, cls);
    mp_map_init(&self->members, 0);
    if (native != NULL) {
        self->subobj[0] = NOT_MADE;
    }
    *native_base = native;
    return self;
}

mp_obj_t instance_native(mp_obj_t o) {
    if (mp_obj_is_obj(o)) {
        const mp_obj_type_t *type = ((mp_obj_base_t *)MP_OBJ_TO_PTR(o))->type;
        if (mp_obj_is_instance_type(type) && class_of(type)->native != NULL) {
            mp_obj_t native = ((mp_obj_instance_t *)MP_OBJ_TO_PTR(o))->subobj[0];
            return native == NOT_MADE ? o : native;
        }
    }
    return o;
}

extern const mp_obj_type_t collections_type_ring; // modules/modcollections.c

static bool is_mutable(const mp_obj_type_t *native) {
    return native == &collections_type_ring || native == &mp_type_list || native == &mp_type_dict || native == &mp_type_set || native == &mp_type_bytearray;
}

// Whether the built-in type takes its value when the object is made, and not in __init__().
static bool takes_value(const mp_obj_type_t *native) {
    return native == &mp_type_int || native == &mp_type_float || native == &mp_type_str || native == &mp_type_bytes
           || native == &mp_type_tuple || native == &mp_type_frozenset || native == &mp_type_complex;
}

static bool is_exception(const mp_obj_type_t *native) {
    return mp_obj_is_exception_type(MP_OBJ_FROM_PTR(native));
}

static void make_native(mp_obj_instance_t *self, const mp_obj_type_t *native, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    if (!MP_OBJ_TYPE_HAS_SLOT(native, make_new)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("cannot create '%q' instances"), native->name);
    }
    argcheck_callee(MP_OBJ_FROM_PTR(native));
    mp_obj_t made = MP_OBJ_TYPE_GET_SLOT(native, make_new)(native, n_args, n_kw, args);
    if (is_exception(native) && mp_obj_exception_get_native(MP_OBJ_FROM_PTR(self)) != NULL && self->subobj[0] != NOT_MADE) {
        // Keeps what has been set already.
        mp_obj_exception_t *old = MP_OBJ_TO_PTR(self->subobj[0]), *new = MP_OBJ_TO_PTR(made);
        old->args = new->args;
        old->base.type = new->base.type;
        if (new->attrs != NULL) {
            mp_map_t *map = &new->attrs->map;
            for (size_t i = 0; i < map->alloc; i++) {
                if (mp_map_slot_is_filled(map, i)) {
                    mp_obj_t dest[] = { MP_OBJ_SENTINEL, map->table[i].value };
                    mp_obj_exception_attr(MP_OBJ_FROM_PTR(old), MP_OBJ_QSTR_VALUE(map->table[i].key), dest);
                }
            }
        }
        return;
    }
    self->subobj[0] = made;
}

// The number of keyword arguments that an exception's own constructor is to see.
static size_t exception_keywords(const mp_obj_type_t *cls, size_t n_kw) {
    const mp_obj_type_t *owner;
    return class_lookup(cls, MP_QSTR___init__, &owner) != MP_OBJ_NULL && mp_obj_is_instance_type(owner) ? 0 : n_kw;
}

static void check_abstract(const mp_obj_type_t *cls) {
    if (class_of(cls)->meta == &mp_type_type) {
        return;
    }
    const mp_obj_type_t *owner;
    mp_obj_t names = class_lookup(cls, MP_QSTR___abstractmethods__, &owner);
    if (names == MP_OBJ_NULL || !mp_obj_is_true(names)) {
        return;
    }
    mp_obj_t list = mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_list), names);
    mp_obj_list_sort(1, &list, (mp_map_t *)&mp_const_empty_map);
    size_t n;
    mp_obj_t *items;
    mp_obj_list_get(list, &n, &items);
    vstr_t text;
    mp_print_t print;
    vstr_init_print(&text, 64, &print);
    for (size_t i = 0; i < n; i++) {
        mp_print_str(&print, i ? ", " : "");
        mp_obj_print_helper(&print, items[i], PRINT_STR);
    }
    mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("Can't instantiate abstract class %q with abstract method%s %s"),
        cls->name, n == 1 ? "" : "s", vstr_null_terminated_str(&text));
}

mp_obj_t instance_new(const mp_obj_type_t *cls, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    check_abstract(cls);
    const mp_obj_type_t *native;
    mp_obj_instance_t *self = mp_obj_new_instance(cls, &native);
    if (native == NULL) {
        return MP_OBJ_FROM_PTR(self);
    }
    if (takes_value(native)) {
        make_native(self, native, n_args, n_kw, args);
    } else if (is_exception(native)) {
        make_native(self, native, n_args, exception_keywords(cls, n_kw), args);
    } else if (is_mutable(native)) {
        make_native(self, native, 0, 0, NULL);
    }
    return MP_OBJ_FROM_PTR(self);
}

static mp_obj_t native_init(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_obj_t self_in = args[0];
    const mp_obj_type_t *type = mp_obj_get_type(self_in);
    if (!mp_obj_is_instance_type(type)) {
        return mp_const_none;
    }
    const mp_obj_type_t *native = class_of(type)->native;
    mp_obj_instance_t *self = MP_OBJ_TO_PTR(self_in);
    if (native == NULL || takes_value(native)) {
        return mp_const_none;
    }
    // Keyword arguments are behind the positional ones in what this was called with.
    make_native(self, native, n_args - 1, kwargs->used, args + 1);
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_KW(native_init_obj, 1, native_init);

static mp_obj_t native_new(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    if (!is_class(args[0])) {
        mp_raise_TypeError(MP_ERROR_TEXT("__new__(X): X is not a type object"));
    }
    const mp_obj_type_t *cls = MP_OBJ_TO_PTR(args[0]);
    if (mp_obj_is_native_type(cls)) {
        argcheck_callee(MP_OBJ_FROM_PTR(cls));
        return MP_OBJ_TYPE_GET_SLOT(cls, make_new)(cls, n_args - 1, kwargs->used, args + 1);
    }
    return instance_new(cls, n_args - 1, kwargs->used, args + 1);
}
MP_DEFINE_CONST_FUN_OBJ_KW(native_new_obj, 1, native_new);

static mp_obj_t call_with_first(mp_obj_t fun, mp_obj_t first, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    return mp_call_method_self_n_kw(fun, first, n_args, n_kw, args);
}

static mp_obj_t instance_make_new(const mp_obj_type_t *cls, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    const mp_obj_type_t *owner;
    mp_obj_t dest[2] = { MP_OBJ_NULL, MP_OBJ_NULL };
    mp_obj_t new = class_lookup(cls, MP_QSTR___new__, &owner);
    mp_obj_t init = class_lookup(cls, MP_QSTR___init__, &owner);
    bool own_init = init != MP_OBJ_NULL && mp_obj_is_instance_type(owner);
    const mp_obj_type_t *init_owner = owner;
    mp_obj_t self;
    class_lookup(cls, MP_QSTR___new__, &owner);
    const mp_obj_type_t *native = class_of(cls)->native;
    if (new != MP_OBJ_NULL && mp_obj_is_instance_type(owner)) {
        class_bind(MP_OBJ_NULL, cls, owner, new, dest);
        self = call_with_first(dest[0], MP_OBJ_FROM_PTR(cls), n_args, n_kw, args);
        if (!mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(mp_obj_get_type(self)), MP_OBJ_FROM_PTR(cls))) {
            return self;
        }
    } else {
        if (!own_init && native == NULL && n_args + n_kw > 0) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%q() takes no arguments"), cls->name);
        }
        self = instance_new(cls, n_args, n_kw, args);
    }
    mp_obj_instance_t *instance = MP_OBJ_TO_PTR(self);
    if (own_init) {
        dest[0] = dest[1] = MP_OBJ_NULL;
        class_bind(self, mp_obj_get_type(self), init_owner, init, dest);
        mp_obj_t result = dest[1] == MP_OBJ_NULL ? mp_call_function_n_kw(dest[0], n_args, n_kw, args)
            : call_with_first(dest[0], dest[1], n_args, n_kw, args);
        if (result != mp_const_none) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("__init__() should return None, not '%s'"), mp_obj_get_type_str(result));
        }
    } else if (native != NULL && is_mutable(native)) {
        make_native(instance, native, n_args, n_kw, args);
    }
    if (native != NULL && instance->subobj[0] == NOT_MADE) {
        make_native(instance, native, n_args, n_kw, args);
    }
    return self;
}

// ---- special methods ----

// Finds a method for an operator. dest[0] is MP_OBJ_SENTINEL when the built-in part is to do it.
static void special(mp_obj_instance_t *self, qstr attr, size_t slot_offset, mp_obj_t *dest) {
    const mp_obj_type_t *cls = self->base.type;
    if (class_of(cls)->native == NULL) {
        const mp_obj_type_t *owner;
        mp_obj_t member = attr == MP_QSTRnull || attr == MP_QSTR_ ? MP_OBJ_NULL : class_lookup(cls, attr, &owner);
        if (member != MP_OBJ_NULL && member != mp_const_none && owner != &mp_type_object) {
            class_bind(MP_OBJ_FROM_PTR(self), cls, owner, member, dest);
        }
        return;
    }
    mp_obj_tuple_t *mro = class_of(cls)->mro;
    for (size_t i = 0; i < mro->len; i++) {
        const mp_obj_type_t *type = MP_OBJ_TO_PTR(mro->items[i]);
        if (type == &mp_type_object) {
            return;
        }
        if (mp_obj_is_native_type(type) && slot_offset != 0
            && (MP_OBJ_TYPE_HAS_SLOT_BY_OFFSET(type, slot_offset)
                || (slot_offset == MP_OBJ_TYPE_OFFSETOF_SLOT(iter) && (type->flags & MP_TYPE_FLAG_ITER_IS_STREAM)))) {
            dest[0] = MP_OBJ_SENTINEL;
            return;
        }
        mp_obj_t member = attr == MP_QSTRnull || attr == MP_QSTR_ ? MP_OBJ_NULL : class_own(type, attr);
        if (member != MP_OBJ_NULL) {
            if (member == mp_const_none) {
                return; // says that there is none
            }
            class_bind(mp_obj_is_native_type(type) ? self->subobj[0] : MP_OBJ_FROM_PTR(self), cls, type, member, dest);
            return;
        }
    }
}

static mp_obj_t call_special(mp_obj_t *dest, size_t n_args) {
    return dest[1] == MP_OBJ_NULL ? mp_call_function_n_kw(dest[0], n_args, 0, dest + 2) : mp_call_method_n_kw(n_args, 0, dest);
}

static void print_default(const mp_print_t *print, mp_obj_instance_t *self) {
    const mp_obj_type_t *owner;
    mp_obj_t module = class_lookup(self->base.type, MP_QSTR___module__, &owner);
    mp_obj_t name = class_own(self->base.type, MP_QSTR___qualname__);
    mp_print_str(print, "<");
    if (module != MP_OBJ_NULL && mp_obj_is_str(module)) {
        mp_obj_print_helper(print, module, PRINT_STR);
        mp_print_str(print, ".");
    }
    mp_obj_print_helper(print, name != MP_OBJ_NULL ? name : MP_OBJ_NEW_QSTR(self->base.type->name), PRINT_STR);
    mp_printf(print, " object at 0x%08x>", (unsigned)(uintptr_t)self);
}

static void instance_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    mp_obj_instance_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_t dest[2] = { MP_OBJ_NULL, MP_OBJ_NULL };
    bool str = kind == PRINT_STR;
    special(self, str ? MP_QSTR___str__ : MP_QSTR___repr__, MP_OBJ_TYPE_OFFSETOF_SLOT(print), dest);
    if (str && (dest[0] == MP_OBJ_NULL || dest[0] == MP_OBJ_SENTINEL)) {
        // str() of a built-in type that has no text of its own is repr(), which the class may have.
        const mp_obj_type_t *native = class_of(self->base.type)->native;
        if (dest[0] == MP_OBJ_NULL || native != &mp_type_str) {
            mp_obj_t repr[2] = { MP_OBJ_NULL, MP_OBJ_NULL };
            special(self, MP_QSTR___repr__, MP_OBJ_TYPE_OFFSETOF_SLOT(print), repr);
            if (repr[0] != MP_OBJ_NULL && repr[0] != MP_OBJ_SENTINEL && !(native != NULL && is_exception(native))) {
                dest[0] = repr[0];
                dest[1] = repr[1];
            }
        }
    }
    if (dest[0] == MP_OBJ_SENTINEL) {
        if (self->subobj[0] == NOT_MADE) {
            print_default(print, self);
        } else if (mp_obj_is_native_exception_instance(self->subobj[0])) {
            if (!str) {
                mp_printf(print, "%q", self->base.type->name);
            }
            mp_obj_print_helper(print, self->subobj[0], kind | PRINT_EXC_SUBCLASS);
        } else if (mp_obj_is_type(self->subobj[0], &mp_type_set) || mp_obj_is_type(self->subobj[0], &mp_type_frozenset)) {
            // Sets show the name of the class; an empty one has no braces.
            mp_printf(print, "%q(", self->base.type->name);
            if (mp_obj_is_true(self->subobj[0])) {
                mp_obj_print_helper(print, mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_set), self->subobj[0]), PRINT_REPR);
            }
            mp_print_str(print, ")");
        } else {
            mp_obj_print_helper(print, self->subobj[0], kind);
        }
    } else if (dest[0] != MP_OBJ_NULL) {
        mp_obj_t text = call_special(dest, 0);
        if (!mp_obj_is_str(instance_native(text))) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s returned non-string (type %s)"),
                str ? "__str__" : "__repr__", mp_obj_get_type_str(text));
        }
        mp_obj_print_helper(print, instance_native(text), PRINT_STR);
    } else {
        print_default(print, self);
    }
}

// mp_unary_op of the built-in part, but for MP_OBJ_NULL where it would raise: the message names the instance's class.
static mp_obj_t native_unary_op(mp_unary_op_t op, mp_obj_t native) {
    if (mp_obj_is_small_int(native)) {
        return op == MP_UNARY_OP_LEN ? MP_OBJ_NULL : mp_unary_op(op, native);
    }
    const mp_obj_type_t *type = mp_obj_get_type(native);
    return MP_OBJ_TYPE_HAS_SLOT(type, unary_op) ? MP_OBJ_TYPE_GET_SLOT(type, unary_op)(op, native) : MP_OBJ_NULL;
}

static mp_obj_t instance_unary_op(mp_unary_op_t op, mp_obj_t self_in) {
    mp_obj_instance_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_t dest[2] = { MP_OBJ_NULL, MP_OBJ_NULL };
    qstr name = mp_unary_op_method_name[op];
    if (op == MP_UNARY_OP_HASH) {
        const mp_obj_type_t *owner;
        mp_obj_t hash = class_lookup(self->base.type, name, &owner);
        if (hash == mp_const_none) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("unhashable type: '%s'"), mp_obj_get_type_str(self_in));
        }
    }
    special(self, name, MP_OBJ_TYPE_OFFSETOF_SLOT(unary_op), dest);
    if (dest[0] == MP_OBJ_SENTINEL && op == MP_UNARY_OP_HASH) {
        if (is_exception(class_of(self->base.type)->native)) {
            return MP_OBJ_NEW_SMALL_INT((uintptr_t)self >> 4);
        }
        mp_obj_t native = self->subobj[0];
        mp_obj_t hash = mp_obj_is_str_or_bytes(native) || !MP_OBJ_TYPE_HAS_SLOT(mp_obj_get_type(native), unary_op)
            ? mp_unary_op(op, native) : native_unary_op(op, native);
        if (hash == MP_OBJ_NULL) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("unhashable type: '%s'"), mp_obj_get_type_str(self_in));
        }
        return hash;
    } else if (dest[0] == MP_OBJ_SENTINEL) {
        return native_unary_op(op, self->subobj[0]);
    }
    if (dest[0] == MP_OBJ_NULL) {
        return op == MP_UNARY_OP_HASH ? MP_OBJ_NEW_SMALL_INT((uintptr_t)self >> 4) : MP_OBJ_NULL;
    }
    mp_obj_t value = call_special(dest, 0);
    if (op == MP_UNARY_OP_HASH) {
        // An integer of any size, to be hashed in turn.
        value = instance_native(value);
        if (!mp_obj_is_int(value) && !mp_obj_is_bool(value)) {
            mp_raise_TypeError(MP_ERROR_TEXT("__hash__ method should return an integer"));
        }
        return mp_unary_op(MP_UNARY_OP_HASH, value);
    } else if (op == MP_UNARY_OP_BOOL && !mp_obj_is_bool(value)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("__bool__ should return bool, returned %s"), mp_obj_get_type_str(value));
    } else if (op == MP_UNARY_OP_INT_MAYBE && !mp_obj_is_int(value)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("__int__ returned non-int (type %s)"), mp_obj_get_type_str(value));
    } else if (op == MP_UNARY_OP_LEN && mp_obj_is_int(value) && mp_obj_int_sign(value) < 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("__len__() should return >= 0"));
    }
    return value;
}

// The same for two operands.
static mp_obj_t native_binary_op(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    if (mp_obj_is_small_int(lhs) && mp_obj_is_small_int(rhs)) {
        return op == MP_BINARY_OP_CONTAINS || op == MP_BINARY_OP_MAT_MULTIPLY || op == MP_BINARY_OP_INPLACE_MAT_MULTIPLY
            ? MP_OBJ_NULL : mp_binary_op(op, lhs, rhs);
    } else if (op == MP_BINARY_OP_EQUAL || op == MP_BINARY_OP_NOT_EQUAL) {
        return mp_binary_op(op, lhs, rhs);
    }
    const mp_obj_type_t *type = mp_obj_get_type(lhs);
    return mp_obj_is_native_type(type) && MP_OBJ_TYPE_HAS_SLOT(type, binary_op)
        ? MP_OBJ_TYPE_GET_SLOT(type, binary_op)(op, lhs, rhs) : MP_OBJ_NULL;
}

static mp_obj_t binary_op_of(mp_binary_op_t op, mp_obj_t lhs_in, mp_obj_t rhs) {
    mp_obj_instance_t *lhs = MP_OBJ_TO_PTR(lhs_in);
    mp_obj_t dest[3] = { MP_OBJ_NULL, MP_OBJ_NULL, rhs };
    special(lhs, mp_binary_op_method_name[op], MP_OBJ_TYPE_OFFSETOF_SLOT(binary_op), dest);
    if (dest[0] == MP_OBJ_SENTINEL) {
        const mp_obj_type_t *native = class_of(lhs->base.type)->native;
        if (is_exception(native)) {
            return op == MP_BINARY_OP_EQUAL ? mp_obj_new_bool(lhs_in == rhs) : MP_OBJ_NULL;
        }
        if (op >= MP_BINARY_OP_REVERSE_OR && op <= MP_BINARY_OP_REVERSE_POWER) {
            return native_binary_op(op - MP_BINARY_OP_REVERSE_OR + MP_BINARY_OP_OR, instance_native(rhs), lhs->subobj[0]);
        }
        // The same type inside on both sides: two of those.
        mp_obj_t other = instance_native(rhs);
        if (other != rhs && op != MP_BINARY_OP_CONTAINS) {
            const mp_obj_type_t *other_native = class_of(mp_obj_get_type(rhs))->native;
            rhs = other_native == native || (takes_value(other_native) && takes_value(native)) || is_mutable(other_native) ? other : rhs;
        }
        mp_obj_t result = native_binary_op(op, lhs->subobj[0], rhs);
        // In place, a list stays the object that it is in.
        return op >= MP_BINARY_OP_INPLACE_OR && op <= MP_BINARY_OP_INPLACE_POWER && result == lhs->subobj[0] ? lhs_in : result;
    }
    if (dest[0] == MP_OBJ_NULL) {
        return MP_OBJ_NULL;
    }
    mp_obj_t result = call_special(dest, 1);
    if (result == mp_const_notimplemented) {
        return MP_OBJ_NULL;
    }
    return op == MP_BINARY_OP_CONTAINS ? mp_obj_new_bool(mp_obj_is_true(result)) : result;
}

static const uint8_t reflected[] = {
    [MP_BINARY_OP_LESS] = MP_BINARY_OP_MORE, [MP_BINARY_OP_MORE] = MP_BINARY_OP_LESS,
    [MP_BINARY_OP_EQUAL] = MP_BINARY_OP_EQUAL,
    [MP_BINARY_OP_LESS_EQUAL] = MP_BINARY_OP_MORE_EQUAL, [MP_BINARY_OP_MORE_EQUAL] = MP_BINARY_OP_LESS_EQUAL,
};

// The operator of the right operand, when that is asked first: its class is a subclass of the left one's, with a method
// of its own. Otherwise -1.
static int asked_first(mp_binary_op_t op, const mp_obj_type_t *left, mp_obj_t rhs) {
    const mp_obj_type_t *right = mp_obj_get_type(rhs), *owner;
    if (right == left || !mp_obj_is_instance_type(right)
        || !mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(right), MP_OBJ_FROM_PTR(left))) {
        return -1;
    }
    mp_binary_op_t other = op <= MP_BINARY_OP_MORE_EQUAL ? (mp_binary_op_t)reflected[op]
        : op >= MP_BINARY_OP_OR && op <= MP_BINARY_OP_POWER ? op - MP_BINARY_OP_OR + MP_BINARY_OP_REVERSE_OR : op;
    if (other == op && op != MP_BINARY_OP_EQUAL) {
        return -1;
    }
    mp_obj_t method = class_lookup(right, mp_binary_op_method_name[other], &owner);
    if (method == MP_OBJ_NULL || !mp_obj_is_instance_type(owner)) {
        return -1;
    }
    // A comparison is asked for even when it is inherited.
    bool own = op <= MP_BINARY_OP_MORE_EQUAL || method != class_lookup(left, mp_binary_op_method_name[other], &owner);
    return own ? (int)other : -1;
}

static mp_obj_t instance_binary_op(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    int first = asked_first(op, mp_obj_get_type(lhs), rhs);
    mp_obj_t result = first < 0 ? MP_OBJ_NULL : binary_op_of(first, rhs, lhs);
    return result != MP_OBJ_NULL ? result : binary_op_of(op, lhs, rhs);
}

mp_obj_t instance_reflected(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    if (op == MP_BINARY_OP_EQUAL || op > MP_BINARY_OP_MORE_EQUAL || !mp_obj_is_instance_type(mp_obj_get_type(rhs))) {
        return MP_OBJ_NULL;
    }
    return instance_binary_op(reflected[op], rhs, lhs);
}

static mp_obj_t instance_subscr(mp_obj_t self_in, mp_obj_t index, mp_obj_t value) {
    mp_obj_instance_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_t dest[4] = { MP_OBJ_NULL, MP_OBJ_NULL, index, value };
    bool load = value == MP_OBJ_SENTINEL, delete = value == MP_OBJ_NULL;
    special(self, delete ? MP_QSTR___delitem__ : load ? MP_QSTR___getitem__ : MP_QSTR___setitem__,
        MP_OBJ_TYPE_OFFSETOF_SLOT(subscr), dest);
    if (dest[0] == MP_OBJ_SENTINEL) {
        if (load && class_of(self->base.type)->native == &mp_type_dict
            && mp_map_lookup(mp_obj_dict_get_map(self->subobj[0]), index, MP_MAP_LOOKUP) == NULL) {
            mp_obj_t missing[3] = { MP_OBJ_NULL, MP_OBJ_NULL, index };
            special(self, MP_QSTR___missing__, 0, missing);
            if (missing[0] != MP_OBJ_NULL) {
                return call_special(missing, 1);
            }
        }
        return mp_obj_subscr(self->subobj[0], index, value);
    }
    if (dest[0] == MP_OBJ_NULL) {
        return MP_OBJ_NULL;
    }
    mp_obj_t result = call_special(dest, load || delete ? 1 : 2);
    return load ? result : mp_const_none;
}

bool mp_obj_instance_is_callable(mp_obj_t self) {
    mp_obj_t dest[2] = { MP_OBJ_NULL, MP_OBJ_NULL };
    special(MP_OBJ_TO_PTR(self), MP_QSTR___call__, MP_OBJ_TYPE_OFFSETOF_SLOT(call), dest);
    return dest[0] != MP_OBJ_NULL;
}

mp_obj_t mp_obj_instance_call(mp_obj_t self_in, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    mp_obj_instance_t *self = MP_OBJ_TO_PTR(self_in);
    mp_cstack_check(); // __call__ may be an instance again
    mp_obj_t dest[2] = { MP_OBJ_NULL, MP_OBJ_NULL };
    special(self, MP_QSTR___call__, MP_OBJ_TYPE_OFFSETOF_SLOT(call), dest);
    if (dest[0] == MP_OBJ_NULL) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("'%s' object is not callable"), mp_obj_get_type_str(self_in));
    }
    if (dest[0] == MP_OBJ_SENTINEL) {
        return mp_call_function_n_kw(self->subobj[0], n_args, n_kw, args);
    }
    return dest[1] == MP_OBJ_NULL ? mp_call_function_n_kw(dest[0], n_args, n_kw, args)
        : mp_call_method_self_n_kw(dest[0], dest[1], n_args, n_kw, args);
}

mp_obj_t mp_obj_instance_getiter(mp_obj_t self_in, mp_obj_iter_buf_t *iter_buf) {
    mp_obj_instance_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_t dest[2] = { MP_OBJ_NULL, MP_OBJ_NULL };
    special(self, MP_QSTR___iter__, MP_OBJ_TYPE_OFFSETOF_SLOT(iter), dest);
    if (dest[0] == MP_OBJ_SENTINEL) {
        return mp_getiter(self->subobj[0], iter_buf);
    } else if (dest[0] == MP_OBJ_NULL) {
        return MP_OBJ_NULL;
    }
    mp_obj_t iterator = call_special(dest, 0);
    mp_obj_t next[2];
    mp_load_method_maybe(iterator, MP_QSTR___next__, next);
    if (next[0] == MP_OBJ_NULL) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("iter() returned non-iterator of type '%s'"), mp_obj_get_type_str(iterator));
    }
    return iterator;
}

static mp_int_t instance_get_buffer(mp_obj_t self_in, mp_buffer_info_t *info, mp_uint_t flags) {
    mp_obj_t native = instance_native(self_in);
    const mp_obj_type_t *type = mp_obj_get_type(native);
    return native == self_in || !MP_OBJ_TYPE_HAS_SLOT(type, buffer) ? 1 : MP_OBJ_TYPE_GET_SLOT(type, buffer)(native, info, flags);
}

// ---- attributes ----

static bool has_method(mp_obj_t value, qstr attr) {
    if (!mp_obj_is_obj(value)) {
        return false;
    }
    const mp_obj_type_t *owner, *type = ((mp_obj_base_t *)MP_OBJ_TO_PTR(value))->type;
    return mp_obj_is_instance_type(type) && class_lookup(type, attr, &owner) != MP_OBJ_NULL;
}

static bool is_data_descriptor(mp_obj_t member) {
    return mp_obj_is_type(member, &mp_type_property) || has_method(member, MP_QSTR___set__) || has_method(member, MP_QSTR___delete__);
}

static NORETURN void raise_no_attribute(mp_obj_t self, qstr attr) {
    mp_raise_msg_varg(&mp_type_AttributeError, MP_ERROR_TEXT("'%s' object has no attribute '%q'"), mp_obj_get_type_str(self), attr);
}

static bool load_exception_attr(mp_obj_instance_t *self, qstr attr, mp_obj_t *dest) {
    if (!mp_obj_is_native_exception_instance(self->subobj[0]) || attr == MP_QSTR___dict__) {
        return false;
    }
    mp_obj_exception_attr(self->subobj[0], attr, dest);
    if (dest[0] != MP_OBJ_NULL && dest[1] == self->subobj[0]) {
        dest[1] = MP_OBJ_FROM_PTR(self); // methods see the instance
    }
    return dest[0] != MP_OBJ_NULL;
}

void instance_load(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    mp_obj_instance_t *self = MP_OBJ_TO_PTR(self_in);
    const mp_obj_type_t *cls = self->base.type, *owner;
    class_t *class = class_of(cls);
    mp_obj_t member = MP_OBJ_NULL;
    if (cls->flags & MP_TYPE_FLAG_HAS_SPECIAL_ACCESSORS) {
        member = class_lookup(cls, attr, &owner);
        if (member != MP_OBJ_NULL && is_data_descriptor(member)) {
            class_bind(self_in, cls, owner, member, dest);
            return;
        }
    }
    mp_obj_t value = member_of(self, attr);
    if (value != MP_OBJ_NULL) {
        dest[0] = value;
        return;
    }
    if (attr == MP_QSTR___dict__) {
        if (!class->no_dict) {
            dest[0] = instance_dict(self);
        }
        return;
    }
    if (class->native != NULL && exception_has_slot(attr) && load_exception_attr(self, attr, dest)) {
        return;
    }
    if (!(cls->flags & MP_TYPE_FLAG_HAS_SPECIAL_ACCESSORS)) {
        member = class_lookup(cls, attr, &owner);
    }
    if (member != MP_OBJ_NULL && !(owner == &mp_type_object && class->native != NULL && self->subobj[0] != NOT_MADE)) {
        bool native = mp_obj_is_native_type(owner) && owner != &mp_type_object;
        class_bind(native ? self->subobj[0] : self_in, cls, owner, member, dest);
        return;
    }
    if (class->native != NULL && self->subobj[0] != NOT_MADE) {
        if (load_exception_attr(self, attr, dest)) {
            return;
        } else if (attr == MP_QSTR___init__) {
            dest[0] = MP_OBJ_FROM_PTR(&native_init_obj);
            dest[1] = self_in;
            return;
        }
        mp_load_method_maybe(self->subobj[0], attr, dest);
        if (dest[0] != MP_OBJ_NULL) {
            return;
        }
    }
    if (member != MP_OBJ_NULL) {
        class_bind(self_in, cls, owner, member, dest);
    }
}

bool instance_load_function(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    mp_obj_instance_t *self = MP_OBJ_TO_PTR(self_in);
    const mp_obj_type_t *cls = self->base.type, *owner;
    mp_obj_t member = class_lookup(cls, attr, &owner);
    if (member == MP_OBJ_NULL || class_of(cls)->native != NULL || !mp_obj_is_obj(member)
        || (((mp_obj_base_t *)MP_OBJ_TO_PTR(member))->type->flags & (MP_TYPE_FLAG_BINDS_SELF | MP_TYPE_FLAG_BUILTIN_FUN))
           != MP_TYPE_FLAG_BINDS_SELF
        || mp_map_lookup(instance_map(self), MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP) != NULL) {
        return false;
    }
    dest[0] = member;
    dest[1] = self_in;
    return true;
}

bool instance_load_special(mp_obj_t self, qstr attr, mp_obj_t *dest) {
    if (!mp_obj_is_instance_type(mp_obj_get_type(self))) {
        return false;
    }
    const char *name = qstr_str(attr);
    if (name[0] != '_' || name[1] != '_') {
        return false;
    }
    instance_load(self, attr, dest);
    return true;
}

// The method of that name when a class of the program's has it.
static mp_obj_t own_hook(const mp_obj_type_t *cls, qstr attr) {
    const mp_obj_type_t *owner;
    mp_obj_t member = class_lookup(cls, attr, &owner);
    return member != MP_OBJ_NULL && mp_obj_is_instance_type(owner) ? member : MP_OBJ_NULL;
}

typedef struct _getattribute_t {
    mp_obj_t function, self, name, result;
} getattribute_t;

static void getattribute_run(void *arg) {
    getattribute_t *get = arg;
    get->result = mp_call_function_2(get->function, get->self, get->name);
}

static void plain_load_run(void *arg) {
    mp_obj_t *args = arg;
    instance_load(args[0], MP_OBJ_QSTR_VALUE(args[1]), args + 2);
}

static void load_attr(mp_obj_t self, qstr attr, mp_obj_t *dest) {
    const mp_obj_type_t *cls = mp_obj_get_type(self);
    bool hooks = attr != MP_QSTR___getattr__ && attr != MP_QSTR___getattribute__;
    mp_obj_t getattr = hooks ? own_hook(cls, MP_QSTR___getattr__) : MP_OBJ_NULL;
    mp_obj_t getattribute = hooks && (cls->flags & MP_TYPE_FLAG_HAS_SPECIAL_ACCESSORS)
        ? own_hook(cls, MP_QSTR___getattribute__) : MP_OBJ_NULL;
    if (getattribute != MP_OBJ_NULL) {
        getattribute_t get = { getattribute, self, MP_OBJ_NEW_QSTR(attr), MP_OBJ_NULL };
        if (nlr_try(getattribute_run, &get) == 0) {
            dest[0] = get.result;
            return;
        }
        mp_obj_t exc = MP_OBJ_FROM_PTR(nlr_caught());
        if (getattr == MP_OBJ_NULL || !mp_obj_exception_match(exc, MP_OBJ_FROM_PTR(&mp_type_AttributeError))) {
            nlr_raise(exc);
        }
    } else if (getattr == MP_OBJ_NULL) {
        instance_load(self, attr, dest);
        return;
    } else {
        mp_obj_t args[] = { self, MP_OBJ_NEW_QSTR(attr), MP_OBJ_NULL, MP_OBJ_NULL };
        if (nlr_try(plain_load_run, args)) {
            mp_obj_t exc = MP_OBJ_FROM_PTR(nlr_caught());
            if (!mp_obj_exception_match(exc, MP_OBJ_FROM_PTR(&mp_type_AttributeError))) {
                nlr_raise(exc);
            }
        } else if (args[2] != MP_OBJ_NULL) {
            dest[0] = args[2];
            dest[1] = args[3];
            return;
        }
    }
    dest[0] = mp_call_function_2(getattr, self, MP_OBJ_NEW_QSTR(attr));
}

static bool store_property(mp_obj_t self, mp_obj_t property, mp_obj_t value) {
    const mp_obj_t *proxy = mp_obj_property_get(property);
    mp_obj_t args[] = { self, value };
    mp_obj_t function = proxy[value == MP_OBJ_NULL ? 2 : 1];
    if (function == mp_const_none) {
        if (value != MP_OBJ_NULL && proxy[0] != mp_const_none && !mp_obj_is_fun(proxy[0])) {
            mp_raise_msg(&mp_type_AttributeError, MP_ERROR_TEXT("can't set attribute")); // of a named tuple
        }
        property_lacks(property, self, value == MP_OBJ_NULL ? "deleter" : "setter");
    }
    mp_call_function_n_kw(function, value == MP_OBJ_NULL ? 1 : 2, 0, args);
    return true;
}

bool instance_store(mp_obj_t self_in, qstr attr, mp_obj_t value) {
    mp_obj_instance_t *self = MP_OBJ_TO_PTR(self_in);
    const mp_obj_type_t *cls = self->base.type, *owner;
    if (cls->flags & MP_TYPE_FLAG_HAS_SPECIAL_ACCESSORS) {
        mp_obj_t member = class_lookup(cls, attr, &owner);
        if (member != MP_OBJ_NULL) {
            if (mp_obj_is_type(member, &mp_type_property)) {
                return store_property(self_in, member, value);
            }
            qstr hook = value == MP_OBJ_NULL ? MP_QSTR___delete__ : MP_QSTR___set__;
            if (has_method(member, hook)) {
                mp_obj_t dest[4];
                mp_load_method(member, hook, dest);
                dest[2] = self_in;
                dest[3] = value;
                mp_call_method_n_kw(value == MP_OBJ_NULL ? 1 : 2, 0, dest);
                return true;
            } else if (is_data_descriptor(member)) {
                mp_raise_msg(&mp_type_AttributeError, value == MP_OBJ_NULL ? MP_ERROR_TEXT("__delete__") : MP_ERROR_TEXT("__set__"));
            }
        }
    }
    class_t *class = class_of(cls);
    if (class->native != NULL && exception_has_slot(attr) && mp_obj_is_native_exception_instance(self->subobj[0])) {
        mp_obj_t dest[] = { MP_OBJ_SENTINEL, value };
        mp_obj_exception_attr(self->subobj[0], attr, dest);
        return dest[0] == MP_OBJ_NULL;
    }
    if (attr == MP_QSTR___class__ && value != MP_OBJ_NULL) {
        if (!is_class(value)) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("__class__ must be set to a class, not '%s' object"), mp_obj_get_type_str(value));
        }
        if (mp_obj_is_native_type((mp_obj_type_t *)MP_OBJ_TO_PTR(value))) {
            mp_raise_TypeError(MP_ERROR_TEXT("__class__ assignment only supported for mutable types or ModuleType subclasses"));
        }
        if (class_of(MP_OBJ_TO_PTR(value))->native != class->native) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("__class__ assignment: '%q' object layout differs from '%q'"),
                ((mp_obj_type_t *)MP_OBJ_TO_PTR(value))->name, cls->name);
        }
        self->base.type = MP_OBJ_TO_PTR(value);
        return true;
    }
    if (attr == MP_QSTR___dict__ && value != MP_OBJ_NULL) {
        if (!mp_obj_is_exact_type(value, &mp_type_dict)) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("__dict__ must be set to a dictionary, not a '%s'"), mp_obj_get_type_str(value));
        }
        set_dict(self, MP_OBJ_TO_PTR(value));
        return true;
    }
    mp_map_t *map = instance_map(self);
    if (value == MP_OBJ_NULL) {
        return mp_map_lookup(map, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP_REMOVE_IF_FOUND) != NULL;
    }
    if (class->no_dict && !in_slots(cls, attr)) {
        mp_obj_t member = class_lookup(cls, attr, &owner);
        if (member != MP_OBJ_NULL) {
            mp_raise_msg_varg(&mp_type_AttributeError, MP_ERROR_TEXT("'%s' object attribute '%q' is read-only"),
                mp_obj_get_type_str(self_in), attr);
        }
        raise_no_attribute(self_in, attr);
    }
    mp_map_lookup(map, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP_ADD_IF_NOT_FOUND)->value = value;
    return true;
}

static void instance_attr(mp_obj_t self, qstr attr, mp_obj_t *dest) {
    if (dest[0] == MP_OBJ_NULL) {
        load_attr(self, attr, dest);
        return;
    }
    const mp_obj_type_t *cls = mp_obj_get_type(self);
    if (cls->flags & MP_TYPE_FLAG_HAS_SPECIAL_ACCESSORS) {
        mp_obj_t hook = own_hook(cls, dest[1] == MP_OBJ_NULL ? MP_QSTR___delattr__ : MP_QSTR___setattr__);
        if (hook != MP_OBJ_NULL) {
            mp_obj_t args[] = { self, MP_OBJ_NEW_QSTR(attr), dest[1] };
            mp_call_function_n_kw(hook, dest[1] == MP_OBJ_NULL ? 2 : 3, 0, args);
            dest[0] = MP_OBJ_NULL;
            return;
        }
    }
    if (instance_store(self, attr, dest[1])) {
        dest[0] = MP_OBJ_NULL;
    }
}

void instance_init_type(mp_obj_type_t *type) {
    MP_OBJ_TYPE_SET_SLOT(type, make_new, instance_make_new, 0);
    MP_OBJ_TYPE_SET_SLOT(type, print, instance_print, 1);
    MP_OBJ_TYPE_SET_SLOT(type, call, mp_obj_instance_call, 2);
    MP_OBJ_TYPE_SET_SLOT(type, unary_op, instance_unary_op, 3);
    MP_OBJ_TYPE_SET_SLOT(type, binary_op, instance_binary_op, 4);
    MP_OBJ_TYPE_SET_SLOT(type, attr, instance_attr, 5);
    MP_OBJ_TYPE_SET_SLOT(type, subscr, instance_subscr, 6);
    MP_OBJ_TYPE_SET_SLOT(type, iter, mp_obj_instance_getiter, 7);
    MP_OBJ_TYPE_SET_SLOT(type, buffer, instance_get_buffer, 8);
}
