// Special methods of built-in types, for programs that call them by name: super().__setitem__(k, v), hasattr(x, "__iter__").
//
// Built-in types have operators in slots, not methods. The function made here applies the operator to the built-in part of
// its first argument, past what the class of that object may say.

#include "py/builtin.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "dunder.h"
#include "lexing.h"

typedef struct _dunder_t {
    mp_obj_base_t base;
    qstr name;
} dunder_t;

// The index of a name in a table of operators, or `n`.
static size_t find(const byte *names, size_t n, qstr name) {
    size_t i = 0;
    while (i < n && (names[i] == 0 || names[i] != name)) {
        i++;
    }
    return i;
}

static mp_obj_t need(mp_obj_t result) {
    return result == MP_OBJ_NULL ? mp_const_notimplemented : result;
}

static mp_obj_t binary(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    if (op >= MP_BINARY_OP_REVERSE_OR) {
        return binary(op - MP_BINARY_OP_REVERSE_OR + MP_BINARY_OP_OR, rhs, lhs);
    }
    switch (op) {
        case MP_BINARY_OP_EQUAL:
            return mp_obj_equal_not_equal(op, lhs, rhs);
        case MP_BINARY_OP_NOT_EQUAL:
            return mp_obj_equal_not_equal(op, lhs, rhs);
        case MP_BINARY_OP_CONTAINS:
            return mp_binary_op(MP_BINARY_OP_IN, rhs, lhs);
        default: {
            const mp_obj_type_t *type = mp_obj_get_type(lhs);
            if (mp_obj_is_small_int(lhs) || mp_obj_is_float(lhs) || mp_obj_is_qstr(lhs)) {
                const mp_obj_type_t *other = mp_obj_get_type(rhs);
                bool number = mp_obj_is_int(rhs) || mp_obj_is_float(rhs) || mp_obj_is_bool(rhs);
                return number || other == type || mp_obj_is_qstr(lhs) ? mp_binary_op(op, lhs, rhs) : mp_const_notimplemented;
            }
            return MP_OBJ_TYPE_HAS_SLOT(type, binary_op) ? need(MP_OBJ_TYPE_GET_SLOT(type, binary_op)(op, lhs, rhs))
                : mp_const_notimplemented;
        }
    }
}

static mp_obj_t text_of(mp_obj_t object, mp_print_kind_t kind) {
    vstr_t vstr;
    mp_print_t print;
    vstr_init_print(&vstr, 16, &print);
    mp_obj_print_helper(&print, object, kind);
    return mp_obj_new_str_from_vstr(&vstr);
}

static mp_obj_t floor_of(mp_obj_t number) {
    mp_obj_t whole = mp_binary_op(MP_BINARY_OP_FLOOR_DIVIDE, number, MP_OBJ_NEW_SMALL_INT(1));
    return mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_int), whole);
}

static mp_obj_t dunder_call(mp_obj_t self_in, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    qstr name = ((dunder_t *)MP_OBJ_TO_PTR(self_in))->name;
    if (n_args < 1) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("unbound method %q() needs an argument"), name);
    }
    mp_obj_t self = instance_native(args[0]);
    size_t unary = find(mp_unary_op_method_name, MP_UNARY_OP_NUM_RUNTIME, name);
    size_t op = find(mp_binary_op_method_name, MP_BINARY_OP_NUM_RUNTIME, name);
    size_t wanted = 1;
    if (op < MP_BINARY_OP_NUM_RUNTIME) {
        wanted = 2;
    } else {
        switch (name) {
            case MP_QSTR___getitem__:
            case MP_QSTR___delitem__:
            case MP_QSTR___format__:
                wanted = 2;
                break;
            case MP_QSTR___setitem__:
                wanted = 3;
                break;
            default:
                break;
        }
    }
    if (name == MP_QSTR___call__) {
        return mp_call_function_n_kw(self, n_args - 1, n_kw, args + 1);
    }
    size_t most = name == MP_QSTR___pow__ ? 3 : name == MP_QSTR___round__ ? 2 : wanted;
    mp_arg_check_num(n_args, n_kw, wanted, most, false);
    if (op < MP_BINARY_OP_NUM_RUNTIME) {
        mp_obj_t result = binary(op, self, op == MP_BINARY_OP_CONTAINS ? args[1] : instance_native(args[1]));
        return result == self && self != args[0] && op >= MP_BINARY_OP_INPLACE_OR && op <= MP_BINARY_OP_INPLACE_POWER ? args[0] : result;
    }
    switch (name) {
        case MP_QSTR___len__:
            return mp_obj_len(self);
        case MP_QSTR___bool__:
            return mp_obj_new_bool(mp_obj_is_true(self));
        case MP_QSTR___getitem__: {
            mp_obj_t missing[3];
            if (self != args[0] && mp_obj_is_exact_type(self, &mp_type_dict)
                && mp_map_lookup(mp_obj_dict_get_map(self), args[1], MP_MAP_LOOKUP) == NULL) {
                mp_load_method_maybe(args[0], MP_QSTR___missing__, missing);
                if (missing[0] != MP_OBJ_NULL) {
                    missing[2] = args[1];
                    return mp_call_method_n_kw(1, 0, missing);
                }
            }
            return mp_obj_subscr(self, args[1], MP_OBJ_SENTINEL);
        }
        case MP_QSTR___setitem__:
            mp_obj_subscr(self, args[1], args[2]);
            return mp_const_none;
        case MP_QSTR___delitem__:
            mp_obj_subscr(self, args[1], MP_OBJ_NULL);
            return mp_const_none;
        case MP_QSTR___iter__:
            return mp_getiter(self, NULL);
        case MP_QSTR___next__: {
            mp_obj_t next = mp_iternext(self);
            if (next == MP_OBJ_STOP_ITERATION) {
                mp_raise_StopIteration(MP_STATE_THREAD(stop_iteration_arg));
            }
            return next;
        }
        case MP_QSTR___repr__:
            return text_of(self, PRINT_REPR);
        case MP_QSTR___str__:
            return text_of(self, PRINT_STR);
        case MP_QSTR___index__:
            return mp_unary_op(MP_UNARY_OP_POSITIVE, self);
        case MP_QSTR___int__:
        case MP_QSTR___trunc__:
            return mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_int), self);
        case MP_QSTR___float__:
            return mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_float), self);
        case MP_QSTR___floor__:
            return floor_of(self);
        case MP_QSTR___ceil__:
            return mp_unary_op(MP_UNARY_OP_NEGATIVE, floor_of(mp_unary_op(MP_UNARY_OP_NEGATIVE, self)));
        case MP_QSTR___round__: {
            mp_obj_t round[] = { self, n_args == 2 ? args[1] : mp_const_none };
            return mp_call_function_n_kw(MP_OBJ_FROM_PTR(&mp_builtin_round_obj), n_args, 0, round);
        }
        case MP_QSTR___format__:
            return fstring_format(self, args[1]);
        default:
            return unary < MP_UNARY_OP_NUM_RUNTIME ? mp_unary_op(unary, self) : mp_const_notimplemented;
    }
}

static void dunder_attr(mp_obj_t self, qstr attr, mp_obj_t *dest) {
    if (dest[0] == MP_OBJ_NULL && (attr == MP_QSTR___name__ || attr == MP_QSTR___qualname__)) {
        dest[0] = MP_OBJ_NEW_QSTR(((dunder_t *)MP_OBJ_TO_PTR(self))->name);
    } else if (dest[0] == MP_OBJ_NULL && attr == MP_QSTR___doc__) {
        dest[0] = mp_const_none;
    }
}

static MP_DEFINE_CONST_OBJ_TYPE(
    type_dunder, MP_QSTR_wrapper_descriptor, MP_TYPE_FLAG_BINDS_SELF,
    call, dunder_call,
    attr, dunder_attr
    );

static bool is_sized(const mp_obj_type_t *type) {
    return type == &mp_type_str || type == &mp_type_bytes || type == &mp_type_bytearray || type == &mp_type_list
           || type == &mp_type_tuple || type == &mp_type_dict || type == &mp_type_set || type == &mp_type_frozenset
           || type == &mp_type_range || type == &mp_type_memoryview || type->name == MP_QSTR_deque || type->name == MP_QSTR_array
           || type->name == MP_QSTR_dict_view;
}

static bool has(const mp_obj_type_t *type, qstr attr) {
    switch (attr) {
        case MP_QSTR___len__:
            return is_sized(type);
        case MP_QSTR___getitem__:
            return MP_OBJ_TYPE_HAS_SLOT(type, subscr) && type != &mp_type_set && type != &mp_type_frozenset && type != &mp_type_type;
        case MP_QSTR___setitem__:
        case MP_QSTR___delitem__:
            return type == &mp_type_list || type == &mp_type_dict || type == &mp_type_bytearray || type->name == MP_QSTR_deque
                   || type->name == MP_QSTR_array || type->name == MP_QSTR_defaultdict || type->name == MP_QSTR_OrderedDict;
        case MP_QSTR___iter__:
            return (MP_OBJ_TYPE_HAS_SLOT(type, iter) || (type->flags & MP_TYPE_FLAG_ITER_IS_STREAM)) && type != &mp_type_type;
        case MP_QSTR___next__:
            return (type->flags & MP_TYPE_FLAG_ITER_IS_ITERNEXT) != 0;
        case MP_QSTR___contains__:
            return is_sized(type);
        case MP_QSTR___call__:
            return MP_OBJ_TYPE_HAS_SLOT(type, call);
        case MP_QSTR___repr__:
        case MP_QSTR___str__:
        case MP_QSTR___eq__:
        case MP_QSTR___ne__:
        case MP_QSTR___format__:
            return true;
        case MP_QSTR___hash__:
            return type != &mp_type_list && type != &mp_type_dict && type != &mp_type_set && type != &mp_type_bytearray;
        case MP_QSTR___int__:
        case MP_QSTR___float__:
        case MP_QSTR___bool__:
        case MP_QSTR___abs__:
        case MP_QSTR___neg__:
        case MP_QSTR___pos__:
            return type == &mp_type_int || type == &mp_type_float || type == &mp_type_bool
                   || (type == &mp_type_complex && (attr == MP_QSTR___bool__ || attr == MP_QSTR___abs__ || attr == MP_QSTR___neg__ || attr == MP_QSTR___pos__));
        case MP_QSTR___ceil__:
        case MP_QSTR___floor__:
        case MP_QSTR___round__:
        case MP_QSTR___trunc__:
            return type == &mp_type_int || type == &mp_type_float || type == &mp_type_bool;
        case MP_QSTR___index__:
        case MP_QSTR___invert__:
            return type == &mp_type_int || type == &mp_type_bool;
        case MP_QSTR___lt__:
        case MP_QSTR___le__:
        case MP_QSTR___gt__:
        case MP_QSTR___ge__:
            return type != &mp_type_dict && type != &mp_type_complex && MP_OBJ_TYPE_HAS_SLOT(type, binary_op) && type != &mp_type_type;
        default: {
            size_t op = find(mp_binary_op_method_name, MP_BINARY_OP_NUM_RUNTIME, attr);
            if (op == MP_BINARY_OP_NUM_RUNTIME || !MP_OBJ_TYPE_HAS_SLOT(type, binary_op) || type == &mp_type_type) {
                return false;
            }
            bool number = type == &mp_type_int || type == &mp_type_float || type == &mp_type_complex || type == &mp_type_bool;
            bool reverse = op >= MP_BINARY_OP_REVERSE_OR, in_place = op <= MP_BINARY_OP_INPLACE_POWER;
            if (in_place) {
                return type == &mp_type_list || type == &mp_type_set || type == &mp_type_dict || type == &mp_type_bytearray;
            }
            mp_binary_op_t plain = reverse ? op - MP_BINARY_OP_REVERSE_OR + MP_BINARY_OP_OR : op;
            if (number) {
                return plain != MP_BINARY_OP_MAT_MULTIPLY && (type == &mp_type_int || type == &mp_type_bool || plain > MP_BINARY_OP_RSHIFT);
            }
            if (reverse) { // 3 * "ab", and for what it is worth "%s" % x the other way round
                return (plain == MP_BINARY_OP_MULTIPLY && (type == &mp_type_list || type == &mp_type_tuple || type == &mp_type_str
                    || type == &mp_type_bytes || type == &mp_type_bytearray))
                       || (plain == MP_BINARY_OP_MODULO && (type == &mp_type_str || type == &mp_type_bytes || type == &mp_type_bytearray));
            }
            return (plain == MP_BINARY_OP_ADD || plain == MP_BINARY_OP_MULTIPLY || plain == MP_BINARY_OP_MODULO
                                || plain == MP_BINARY_OP_OR || plain == MP_BINARY_OP_AND || plain == MP_BINARY_OP_SUBTRACT
                                || plain == MP_BINARY_OP_XOR);
        }
    }
}

bool dunder_of_class(const mp_obj_type_t *type, qstr attr, mp_obj_t *dest) {
    if (mp_obj_is_instance_type(type)) {
        type = class_of(type)->native;
    }
    if (type == NULL || type == &mp_type_object || type == &mp_type_type) {
        return false;
    }
    if (attr == MP_QSTR___init__ || attr == MP_QSTR___new__) {
        dest[0] = attr == MP_QSTR___init__ ? MP_OBJ_FROM_PTR(&native_init_obj) : MP_OBJ_FROM_PTR(&native_new_obj);
        return true;
    }
    if (attr == MP_QSTR___hash__ && !has(type, attr)) {
        dest[0] = mp_const_none; // what says that there is none
        return true;
    }
    size_t len;
    const byte *text = qstr_data(attr, &len);
    if (len < 5 || text[0] != '_' || text[1] != '_' || text[len - 1] != '_' || !has(type, attr)) {
        return false;
    }
    dunder_t *dunder = mp_obj_malloc(dunder_t, &type_dunder);
    dunder->name = attr;
    dest[0] = MP_OBJ_FROM_PTR(dunder);
    return true;
}

bool dunder_of_object(mp_obj_t object, qstr attr, mp_obj_t *dest) {
    size_t len;
    const byte *text = qstr_data(attr, &len);
    if (len < 5 || text[0] != '_' || text[1] != '_' || text[len - 1] != '_' || text[len - 2] != '_') {
        return false;
    }
    const mp_obj_type_t *type = mp_obj_get_type(object), *owner;
    if (attr != MP_QSTR___init__ && attr != MP_QSTR___new__ && dunder_of_class(type, attr, dest)) {
        dest[1] = dest[0] == mp_const_none ? MP_OBJ_NULL : object;
        return true;
    }
    if (attr == MP_QSTR___doc__) {
        dest[0] = mp_const_none;
        return true;
    }
    mp_obj_t member = class_lookup(type, attr, &owner);
    if (member != MP_OBJ_NULL && owner == &mp_type_object && attr != MP_QSTR___init__ && attr != MP_QSTR___new__) {
        class_bind(object, type, owner, member, dest);
        return true;
    }
    return false;
}
