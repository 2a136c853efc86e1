// Generic aliases, as list[int], and unions of types, as int | None (PEP 585, 604).

#include "py/builtin.h"
#include "py/objtuple.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "generic.h"

typedef struct _alias_t {
    mp_obj_base_t base;
    mp_obj_t origin;
    mp_obj_t args; // tuple
} alias_t;

typedef struct _union_t {
    mp_obj_base_t base;
    mp_obj_t args; // tuple
} union_t;

static void print_argument(const mp_print_t *print, mp_obj_t arg) {
    if (arg == MP_OBJ_FROM_PTR(&mp_const_ellipsis_obj)) {
        mp_print_str(print, "...");
    } else if (arg == MP_OBJ_FROM_PTR(&mp_type_NoneType) || arg == mp_const_none) {
        mp_print_str(print, "None");
    } else if (is_class(arg)) {
        const mp_obj_type_t *type = MP_OBJ_TO_PTR(arg);
        if (mp_obj_is_instance_type(type)) {
            mp_obj_t module = mp_load_attr(arg, MP_QSTR___module__);
            if (module != MP_OBJ_NEW_QSTR(MP_QSTR_builtins)) {
                mp_obj_print_helper(print, module, PRINT_STR);
                mp_print_str(print, ".");
            }
        }
        mp_obj_print_helper(print, mp_load_attr(arg, MP_QSTR___qualname__), PRINT_STR);
    } else if (mp_obj_is_type(arg, &mp_type_list)) {
        size_t n;
        mp_obj_t *items;
        mp_obj_list_get(arg, &n, &items);
        mp_print_str(print, "[");
        for (size_t i = 0; i < n; i++) {
            mp_print_str(print, i ? ", " : "");
            print_argument(print, items[i]);
        }
        mp_print_str(print, "]");
    } else {
        mp_obj_print_helper(print, arg, PRINT_REPR);
    }
}

static void print_arguments(const mp_print_t *print, mp_obj_t args, const char *separator) {
    mp_obj_tuple_t *tuple = MP_OBJ_TO_PTR(args);
    for (size_t i = 0; i < tuple->len; i++) {
        mp_print_str(print, i ? separator : "");
        print_argument(print, tuple->items[i]);
    }
}

// ---- aliases ----

static mp_obj_t new_alias(mp_obj_t origin, mp_obj_t index) {
    alias_t *self = mp_obj_malloc(alias_t, &mp_type_GenericAlias);
    self->origin = origin;
    self->args = mp_obj_is_exact_type(index, &mp_type_tuple) ? index : mp_obj_new_tuple(1, &index);
    return MP_OBJ_FROM_PTR(self);
}

mp_obj_t generic_alias_of_type(mp_obj_t type, mp_obj_t index) {
    static const mp_obj_type_t *const generic[] = {
        &mp_type_list, &mp_type_dict, &mp_type_tuple, &mp_type_set, &mp_type_frozenset, &mp_type_type, &mp_type_enumerate,
    };
    for (size_t i = 0; i < MP_ARRAY_SIZE(generic); i++) {
        if (mp_obj_is_subclass_fast(type, MP_OBJ_FROM_PTR(generic[i]))) {
            return new_alias(type, index);
        }
    }
    const mp_obj_type_t *cls = MP_OBJ_TO_PTR(type);
    bool params = mp_obj_is_instance_type(cls) && class_own(cls, MP_QSTR___type_params__) != MP_OBJ_NULL;
    if (params || cls->name == MP_QSTR_deque || cls->name == MP_QSTR_defaultdict || cls->name == MP_QSTR_OrderedDict) {
        return new_alias(type, index);
    }
    mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("type '%q' is not subscriptable"), cls->name);
}

static mp_obj_t alias_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    (void)type;
    mp_arg_check_num(n_args, n_kw, 2, 2, false);
    return new_alias(args[0], args[1]);
}

static void alias_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    alias_t *self = MP_OBJ_TO_PTR(self_in);
    print_argument(print, self->origin);
    mp_print_str(print, "[");
    print_arguments(print, self->args, ", ");
    if (((mp_obj_tuple_t *)MP_OBJ_TO_PTR(self->args))->len == 0) {
        mp_print_str(print, "()");
    }
    mp_print_str(print, "]");
}

static mp_obj_t alias_call(mp_obj_t self, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    return mp_call_function_n_kw(((alias_t *)MP_OBJ_TO_PTR(self))->origin, n_args, n_kw, args);
}

static mp_obj_t alias_mro_entries(mp_obj_t self, mp_obj_t bases) {
    (void)bases;
    return mp_obj_new_tuple(1, &((alias_t *)MP_OBJ_TO_PTR(self))->origin);
}
static MP_DEFINE_CONST_FUN_OBJ_2(alias_mro_entries_obj, alias_mro_entries);

static mp_obj_t parameters_of(mp_obj_t args) {
    mp_obj_t list = mp_obj_new_list(0, NULL);
    mp_obj_tuple_t *tuple = MP_OBJ_TO_PTR(args);
    for (size_t i = 0; i < tuple->len; i++) {
        mp_obj_t dest[2];
        mp_load_method_maybe(tuple->items[i], MP_QSTR___parameters__, dest);
        if (mp_obj_get_type(tuple->items[i])->name == MP_QSTR_TypeVar) {
            mp_obj_list_append(list, tuple->items[i]);
        } else if (dest[0] != MP_OBJ_NULL && mp_obj_is_type(dest[0], &mp_type_tuple)) {
            mp_obj_tuple_t *inner = MP_OBJ_TO_PTR(dest[0]);
            for (size_t k = 0; k < inner->len; k++) {
                mp_obj_list_append(list, inner->items[k]);
            }
        }
    }
    return mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_tuple), list);
}

static void alias_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    alias_t *self = MP_OBJ_TO_PTR(self_in);
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    switch (attr) {
        case MP_QSTR___origin__:
            dest[0] = self->origin;
            break;
        case MP_QSTR___args__:
            dest[0] = self->args;
            break;
        case MP_QSTR___parameters__:
            dest[0] = parameters_of(self->args);
            break;
        case MP_QSTR___mro_entries__:
            dest[0] = MP_OBJ_FROM_PTR(&alias_mro_entries_obj);
            dest[1] = self_in;
            break;
        case MP_QSTR___instancecheck__:
        case MP_QSTR___subclasscheck__:
            break;
        default:
            mp_load_method_maybe(self->origin, attr, dest);
            break;
    }
}

static mp_obj_t alias_binary_op(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    if (op == MP_BINARY_OP_OR) {
        return generic_union(lhs, rhs);
    } else if (op == MP_BINARY_OP_REVERSE_OR) {
        return generic_union(rhs, lhs);
    } else if (op == MP_BINARY_OP_EQUAL && mp_obj_is_exact_type(rhs, &mp_type_GenericAlias)) {
        alias_t *a = MP_OBJ_TO_PTR(lhs), *b = MP_OBJ_TO_PTR(rhs);
        return mp_obj_new_bool(a->origin == b->origin && mp_obj_equal(a->args, b->args));
    }
    return MP_OBJ_NULL;
}

static mp_obj_t alias_unary_op(mp_unary_op_t op, mp_obj_t self_in) {
    alias_t *self = MP_OBJ_TO_PTR(self_in);
    if (op != MP_UNARY_OP_HASH) {
        return MP_OBJ_NULL;
    }
    return MP_OBJ_NEW_SMALL_INT((mp_obj_get_int_truncated(mp_unary_op(op, self->args)) ^ ((uintptr_t)MP_OBJ_TO_PTR(self->origin) >> 4)) & 0x3fffffff);
}

// Parameters of the alias take the arguments.
static mp_obj_t alias_subscr(mp_obj_t self_in, mp_obj_t index, mp_obj_t value) {
    alias_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_tuple_t *params = MP_OBJ_TO_PTR(parameters_of(self->args)), *args = MP_OBJ_TO_PTR(self->args);
    if (value != MP_OBJ_SENTINEL || params->len == 0) {
        return MP_OBJ_NULL;
    }
    mp_obj_tuple_t *given = MP_OBJ_TO_PTR(mp_obj_is_exact_type(index, &mp_type_tuple) ? index : mp_obj_new_tuple(1, &index));
    mp_obj_t list = mp_obj_new_list(0, NULL);
    for (size_t i = 0; i < args->len; i++) {
        mp_obj_t arg = args->items[i];
        for (size_t k = 0; k < params->len && k < given->len; k++) {
            arg = arg == params->items[k] ? given->items[k] : arg;
        }
        mp_obj_list_append(list, arg);
    }
    return new_alias(self->origin, mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_tuple), list));
}

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_GenericAlias, MP_QSTR_GenericAlias, MP_TYPE_FLAG_EQ_CHECKS_OTHER_TYPE,
    make_new, alias_make_new,
    print, alias_print,
    call, alias_call,
    unary_op, alias_unary_op,
    binary_op, alias_binary_op,
    subscr, alias_subscr,
    attr, alias_attr
    );

// ---- unions ----

static bool is_typelike(mp_obj_t o) {
    return o == mp_const_none || is_class(o) || mp_obj_is_exact_type(o, &mp_type_GenericAlias)
           || mp_obj_is_exact_type(o, &mp_type_UnionType) || mp_obj_get_type(o)->name == MP_QSTR_TypeVar
           || mp_obj_get_type(o)->name == MP_QSTR_TypeAliasType;
}

static void add_members(mp_obj_t list, mp_obj_t o) {
    if (mp_obj_is_exact_type(o, &mp_type_UnionType)) {
        mp_obj_tuple_t *tuple = MP_OBJ_TO_PTR(((union_t *)MP_OBJ_TO_PTR(o))->args);
        for (size_t i = 0; i < tuple->len; i++) {
            add_members(list, tuple->items[i]);
        }
        return;
    }
    o = o == mp_const_none ? MP_OBJ_FROM_PTR(&mp_type_NoneType) : o;
    size_t n;
    mp_obj_t *items;
    mp_obj_list_get(list, &n, &items);
    for (size_t i = 0; i < n; i++) {
        if (items[i] == o || (!is_class(o) && mp_obj_equal(items[i], o))) {
            return;
        }
    }
    mp_obj_list_append(list, o);
}

mp_obj_t generic_union(mp_obj_t a, mp_obj_t b) {
    if (!is_typelike(a) || !is_typelike(b)) {
        return MP_OBJ_NULL;
    }
    mp_obj_t list = mp_obj_new_list(0, NULL);
    add_members(list, a);
    add_members(list, b);
    size_t n;
    mp_obj_t *items;
    mp_obj_list_get(list, &n, &items);
    if (n == 1) {
        return items[0];
    }
    union_t *self = mp_obj_malloc(union_t, &mp_type_UnionType);
    self->args = mp_obj_new_tuple(n, items);
    return MP_OBJ_FROM_PTR(self);
}

mp_obj_t generic_union_members(mp_obj_t o) {
    return mp_obj_is_exact_type(o, &mp_type_UnionType) ? ((union_t *)MP_OBJ_TO_PTR(o))->args : MP_OBJ_NULL;
}

static void union_print(const mp_print_t *print, mp_obj_t self, mp_print_kind_t kind) {
    (void)kind;
    print_arguments(print, ((union_t *)MP_OBJ_TO_PTR(self))->args, " | ");
}

static mp_obj_t union_binary_op(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    if (op == MP_BINARY_OP_OR) {
        return generic_union(lhs, rhs);
    } else if (op == MP_BINARY_OP_REVERSE_OR) {
        return generic_union(rhs, lhs);
    } else if (op == MP_BINARY_OP_EQUAL && mp_obj_is_exact_type(rhs, &mp_type_UnionType)) {
        mp_obj_t a = mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_frozenset), ((union_t *)MP_OBJ_TO_PTR(lhs))->args);
        mp_obj_t b = mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_frozenset), ((union_t *)MP_OBJ_TO_PTR(rhs))->args);
        return mp_obj_new_bool(mp_obj_equal(a, b));
    }
    return MP_OBJ_NULL;
}

static mp_obj_t union_unary_op(mp_unary_op_t op, mp_obj_t self) {
    return op == MP_UNARY_OP_HASH ? mp_unary_op(op, mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_frozenset), ((union_t *)MP_OBJ_TO_PTR(self))->args)) : MP_OBJ_NULL;
}

static void union_attr(mp_obj_t self, qstr attr, mp_obj_t *dest) {
    if (dest[0] == MP_OBJ_NULL && attr == MP_QSTR___args__) {
        dest[0] = ((union_t *)MP_OBJ_TO_PTR(self))->args;
    } else if (dest[0] == MP_OBJ_NULL && attr == MP_QSTR___parameters__) {
        dest[0] = parameters_of(((union_t *)MP_OBJ_TO_PTR(self))->args);
    }
}

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_UnionType, MP_QSTR_UnionType, MP_TYPE_FLAG_EQ_CHECKS_OTHER_TYPE,
    print, union_print,
    unary_op, union_unary_op,
    binary_op, union_binary_op,
    attr, union_attr
    );
