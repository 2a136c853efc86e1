// Exception groups and except* (PEP 654).
//
// A group's arguments are its message and a sequence of exceptions, which is kept as a tuple in `exceptions`.

#include <string.h>

#include "py/builtin.h"
#include "py/cstack.h"
#include "py/runtime.h"
#include "py/vm.h"
#include "exception.h"

bool exception_is_group(const mp_obj_exception_t *exc) {
    return mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(exc->base.type), MP_OBJ_FROM_PTR(&mp_type_BaseExceptionGroup));
}

static bool is_group(mp_obj_t exc) {
    return mp_obj_is_exception_instance(exc) && exception_is_group(mp_obj_exception_get_native(exc));
}

static mp_obj_t message_of(mp_obj_t group) {
    return mp_obj_exception_get_native(group)->args->items[0];
}

static mp_obj_tuple_t *members(mp_obj_t group) {
    mp_obj_exception_t *exc = mp_obj_exception_get_native(group);
    mp_obj_t exceptions = exception_get(exc, MP_QSTR_exceptions);
    if (exceptions == MP_OBJ_NULL || !mp_obj_is_type(exceptions, &mp_type_tuple)) {
        mp_raise_TypeError(MP_ERROR_TEXT("exceptions must be a sequence"));
    }
    return MP_OBJ_TO_PTR(exceptions);
}

static void store(mp_obj_exception_t *exc, qstr attr, mp_obj_t value) {
    mp_obj_t dest[] = { MP_OBJ_SENTINEL, value };
    mp_obj_exception_attr(MP_OBJ_FROM_PTR(exc), attr, dest);
}

mp_obj_t exception_group_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    if (n_kw != 0 || n_args != 2) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%q.__new__() takes exactly 2 arguments (%u given)"),
            MP_QSTR_BaseExceptionGroup, (unsigned)n_args);
    }
    if (!mp_obj_is_str(args[0])) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("argument 1 must be str, not %s"), mp_obj_get_type_str(args[0]));
    }
    mp_obj_t exceptions = mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_tuple), args[1]);
    mp_obj_tuple_t *tuple = MP_OBJ_TO_PTR(exceptions);
    if (tuple->len == 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("second argument (exceptions) must be a non-empty sequence"));
    }
    bool ordinary = true;
    for (size_t i = 0; i < tuple->len; i++) {
        if (!mp_obj_is_exception_instance(tuple->items[i])) {
            mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("Item %u of second argument (exceptions) is not an exception"), (unsigned)i);
        }
        ordinary &= mp_obj_exception_match(tuple->items[i], MP_OBJ_FROM_PTR(&mp_type_Exception));
    }
    if (type == &mp_type_BaseExceptionGroup && ordinary) {
        type = &mp_type_ExceptionGroup;
    } else if (type == &mp_type_ExceptionGroup && !ordinary) {
        mp_raise_TypeError(MP_ERROR_TEXT("Cannot nest BaseExceptions in an ExceptionGroup"));
    }
    mp_obj_t exc = mp_obj_exception_make_new(type, 2, 0, args);
    store(MP_OBJ_TO_PTR(exc), MP_QSTR_exceptions, exceptions);
    return exc;
}

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_BaseExceptionGroup, MP_QSTR_BaseExceptionGroup, MP_TYPE_FLAG_NONE,
    make_new, exception_group_make_new,
    print, mp_obj_exception_print,
    attr, mp_obj_exception_attr,
    parent, &mp_type_BaseException
    );

static const mp_rom_obj_tuple_t group_bases = {
    { &mp_type_tuple }, 2, { MP_ROM_PTR(&mp_type_BaseExceptionGroup), MP_ROM_PTR(&mp_type_Exception) },
};

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_ExceptionGroup, MP_QSTR_ExceptionGroup, MP_TYPE_FLAG_NONE,
    make_new, exception_group_make_new,
    print, mp_obj_exception_print,
    attr, mp_obj_exception_attr,
    parent, &group_bases
    );

// ---- splitting ----

static bool selects(mp_obj_t condition, mp_obj_t exc) {
    if (mp_obj_is_exception_type(condition)) {
        return mp_obj_exception_match(exc, condition);
    }
    if (mp_obj_is_type(condition, &mp_type_tuple)) {
        mp_obj_tuple_t *tuple = MP_OBJ_TO_PTR(condition);
        for (size_t i = 0; i < tuple->len; i++) {
            if (selects(tuple->items[i], exc)) {
                return true;
            }
        }
        return false;
    }
    if (!mp_obj_is_callable(condition)) {
        mp_raise_TypeError(MP_ERROR_TEXT("expected a function, exception type or tuple of exception types"));
    }
    return mp_obj_is_true(mp_call_function_1(condition, exc));
}

// A group of the same kind with these members, and everything else that the first has. None for no members.
static mp_obj_t derived(mp_obj_t group, mp_obj_t list) {
    size_t n;
    mp_obj_t *items;
    mp_obj_list_get(list, &n, &items);
    if (n == 0) {
        return mp_const_none;
    }
    mp_obj_t method[3];
    mp_load_method(group, MP_QSTR_derive, method);
    method[2] = list;
    mp_obj_t result = mp_call_method_n_kw(1, 0, method);
    mp_obj_exception_t *from = mp_obj_exception_get_native(group), *to = mp_obj_exception_get_native(result);
    to->cause = from->cause;
    to->context = from->context;
    to->suppress_context = from->suppress_context;
    to->traceback_data = from->traceback_data;
    to->traceback_len = to->traceback_alloc = from->traceback_len;
    mp_obj_t notes = exception_get(from, MP_QSTR___notes__);
    if (notes != MP_OBJ_NULL) {
        store(to, MP_QSTR___notes__, mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_list), notes));
    }
    return result;
}

// The parts of `exc` that the condition selects and does not; each may be None.
static void split(mp_obj_t exc, mp_obj_t condition, mp_obj_t parts[2]) {
    mp_cstack_check();
    parts[0] = parts[1] = mp_const_none;
    if (selects(condition, exc)) {
        parts[0] = exc;
        return;
    } else if (!is_group(exc)) {
        parts[1] = exc;
        return;
    }
    mp_obj_t lists[] = { mp_obj_new_list(0, NULL), mp_obj_new_list(0, NULL) };
    mp_obj_tuple_t *tuple = members(exc);
    for (size_t i = 0; i < tuple->len; i++) {
        mp_obj_t inner[2];
        split(tuple->items[i], condition, inner);
        for (size_t k = 0; k < 2; k++) {
            if (inner[k] != mp_const_none) {
                mp_obj_list_append(lists[k], inner[k]);
            }
        }
    }
    parts[0] = derived(exc, lists[0]);
    parts[1] = derived(exc, lists[1]);
}

static mp_obj_t group_split(mp_obj_t self, mp_obj_t condition) {
    mp_obj_t parts[2];
    split(self, condition, parts);
    return mp_obj_new_tuple(2, parts);
}
static MP_DEFINE_CONST_FUN_OBJ_2(group_split_obj, group_split);

static mp_obj_t group_subgroup(mp_obj_t self, mp_obj_t condition) {
    mp_obj_t parts[2];
    split(self, condition, parts);
    return parts[0];
}
static MP_DEFINE_CONST_FUN_OBJ_2(group_subgroup_obj, group_subgroup);

static mp_obj_t group_derive(mp_obj_t self, mp_obj_t exceptions) {
    mp_obj_t args[] = { message_of(self), exceptions };
    return exception_group_make_new(&mp_type_BaseExceptionGroup, 2, 0, args);
}
static MP_DEFINE_CONST_FUN_OBJ_2(group_derive_obj, group_derive);

mp_obj_t exception_group_attr(mp_obj_exception_t *exc, mp_obj_t self, qstr attr, mp_obj_t *dest) {
    if (attr == MP_QSTR_message) {
        dest[0] = exc->args->len > 0 ? exc->args->items[0] : mp_const_none;
    } else {
        dest[0] = attr == MP_QSTR_split ? MP_OBJ_FROM_PTR(&group_split_obj)
            : attr == MP_QSTR_subgroup ? MP_OBJ_FROM_PTR(&group_subgroup_obj)
            : attr == MP_QSTR_derive ? MP_OBJ_FROM_PTR(&group_derive_obj) : MP_OBJ_NULL;
        dest[1] = dest[0] == MP_OBJ_NULL ? MP_OBJ_NULL : self;
    }
    return dest[0];
}

// ---- except* ----

typedef struct _except_star_t {
    mp_obj_base_t base;
    mp_obj_t original;
    mp_obj_t rest;   // what no handler took yet, or None
    mp_obj_t raised; // list of what handlers raised
    bool naked;      // the original is no group
} except_star_t;

static mp_obj_t group_of(mp_obj_t list) {
    mp_obj_t args[] = { MP_OBJ_NEW_QSTR(MP_QSTR_), list };
    return exception_group_make_new(&mp_type_BaseExceptionGroup, 2, 0, args);
}

// Whether a part of the original was raised again as it is: then it has what that has.
static bool is_raised_again(mp_obj_t exc, mp_obj_t original) {
    if (!is_group(exc)) {
        return false;
    }
    mp_obj_exception_t *a = mp_obj_exception_get_native(exc), *b = mp_obj_exception_get_native(original);
    return a->cause == b->cause && a->context == b->context && a->traceback_len == b->traceback_len
        && (a->traceback_len == 0 || memcmp(a->traceback_data, b->traceback_data, a->traceback_len * sizeof(*a->traceback_data)) == 0);
}

// Notes the exceptions below `exc` that are no groups, by identity.
static void note_leaves(mp_obj_t exc, mp_map_t *leaves) {
    mp_cstack_check();
    if (!is_group(exc)) {
        mp_map_lookup(leaves, mp_obj_id(exc), MP_MAP_LOOKUP_ADD_IF_NOT_FOUND)->value = mp_const_true;
        return;
    }
    mp_obj_tuple_t *tuple = members(exc);
    for (size_t i = 0; i < tuple->len; i++) {
        note_leaves(tuple->items[i], leaves);
    }
}

// What is left of a group with these leaves only, or None.
static mp_obj_t projection(mp_obj_t exc, mp_map_t *leaves) {
    mp_cstack_check();
    if (!is_group(exc)) {
        return mp_map_lookup(leaves, mp_obj_id(exc), MP_MAP_LOOKUP) == NULL ? mp_const_none : exc;
    }
    mp_obj_t list = mp_obj_new_list(0, NULL);
    mp_obj_tuple_t *tuple = members(exc);
    for (size_t i = 0; i < tuple->len; i++) {
        mp_obj_t part = projection(tuple->items[i], leaves);
        if (part != mp_const_none) {
            mp_obj_list_append(list, part);
        }
    }
    return mp_obj_get_int(mp_obj_len(list)) == (mp_int_t)tuple->len ? exc : derived(exc, list);
}

static void check_types(mp_obj_t types) {
    size_t n = 1;
    mp_obj_t *items = &types;
    if (mp_obj_is_type(types, &mp_type_tuple)) {
        mp_obj_tuple_get(types, &n, &items);
    }
    for (size_t i = 0; i < n; i++) {
        if (!mp_obj_is_exception_type(items[i])) {
            mp_raise_TypeError(MP_ERROR_TEXT("catching classes that do not inherit from BaseException is not allowed"));
        }
        if (mp_obj_is_subclass_fast(items[i], MP_OBJ_FROM_PTR(&mp_type_BaseExceptionGroup))) {
            mp_raise_TypeError(MP_ERROR_TEXT("catching ExceptionGroup with except* is not allowed. Use except instead."));
        }
    }
}

static mp_obj_t except_star_binary_op(mp_binary_op_t op, mp_obj_t self_in, mp_obj_t rhs) {
    except_star_t *self = MP_OBJ_TO_PTR(self_in);
    if (op == MP_BINARY_OP_INPLACE_OR) {
        mp_obj_list_append(self->raised, rhs);
        return self_in;
    } else if (op != MP_BINARY_OP_AND) {
        return MP_OBJ_NULL;
    }
    check_types(rhs);
    if (self->rest == mp_const_none) {
        return mp_const_none;
    }
    mp_obj_t parts[2];
    split(self->rest, rhs, parts);
    self->rest = parts[1];
    if (parts[0] != mp_const_none && self->naked) {
        parts[0] = group_of(mp_obj_new_list(1, parts));
    }
    // This is what the handler handles.
    if (parts[0] != mp_const_none) {
        vm_handled_replace(parts[0]);
    }
    return parts[0];
}

static mp_obj_t except_star_unary_op(mp_unary_op_t op, mp_obj_t self_in) {
    except_star_t *self = MP_OBJ_TO_PTR(self_in);
    if (op != MP_UNARY_OP_NEGATIVE) {
        return MP_OBJ_NULL;
    }
    vm_handled_replace(self->original);
    size_t n;
    mp_obj_t *items;
    mp_obj_list_get(self->raised, &n, &items);
    if (n == 0) {
        return self->rest;
    }
    if (self->naked) {
        return items[0]; // one handler ran at most
    }
    mp_obj_t raised = mp_obj_new_list(0, NULL);
    mp_map_t leaves;
    mp_map_init(&leaves, 0);
    for (size_t i = 0; i < n; i++) {
        if (is_raised_again(items[i], self->original)) {
            note_leaves(items[i], &leaves);
        } else {
            mp_obj_list_append(raised, items[i]);
        }
    }
    if (self->rest != mp_const_none) {
        note_leaves(self->rest, &leaves);
    }
    mp_obj_t again = projection(self->original, &leaves);
    if (mp_obj_get_int(mp_obj_len(raised)) == 0) {
        return again;
    }
    if (again != mp_const_none) {
        mp_obj_list_append(raised, again);
    } else if (mp_obj_get_int(mp_obj_len(raised)) == 1) {
        return mp_obj_subscr(raised, MP_OBJ_NEW_SMALL_INT(0), MP_OBJ_SENTINEL);
    }
    return group_of(raised);
}

static MP_DEFINE_CONST_OBJ_TYPE(
    type_except_star, MP_QSTR__lt_except_star_gt_, MP_TYPE_FLAG_NONE,
    unary_op, except_star_unary_op,
    binary_op, except_star_binary_op
    );

static mp_obj_t except_star(mp_obj_t exc) {
    except_star_t *self = mp_obj_malloc(except_star_t, &type_except_star);
    self->original = self->rest = exc;
    self->raised = mp_obj_new_list(0, NULL);
    self->naked = !is_group(exc);
    return MP_OBJ_FROM_PTR(self);
}
MP_DEFINE_CONST_FUN_OBJ_1(hermetic_except_star_obj, except_star);
