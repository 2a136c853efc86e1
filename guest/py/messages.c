// Errors whose wording depends on operator and operands.

#include <string.h>

#include "py/messages.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "py/strtext.h"
#include "builtinnames.h"

static const char *symbol(mp_binary_op_t op) {
    switch (op) {
        case MP_BINARY_OP_LESS: return "<";
        case MP_BINARY_OP_MORE: return ">";
        case MP_BINARY_OP_LESS_EQUAL: return "<=";
        case MP_BINARY_OP_MORE_EQUAL: return ">=";
        case MP_BINARY_OP_OR: return "|";
        case MP_BINARY_OP_XOR: return "^";
        case MP_BINARY_OP_AND: return "&";
        case MP_BINARY_OP_LSHIFT: return "<<";
        case MP_BINARY_OP_RSHIFT: return ">>";
        case MP_BINARY_OP_ADD: return "+";
        case MP_BINARY_OP_SUBTRACT: return "-";
        case MP_BINARY_OP_MULTIPLY: return "*";
        case MP_BINARY_OP_MAT_MULTIPLY: return "@";
        case MP_BINARY_OP_FLOOR_DIVIDE: return "//";
        case MP_BINARY_OP_TRUE_DIVIDE: return "/";
        case MP_BINARY_OP_MODULO: return "%";
        case MP_BINARY_OP_POWER: return "** or pow()";
        case MP_BINARY_OP_DIVMOD: return "divmod()";
        case MP_BINARY_OP_INPLACE_OR: return "|=";
        case MP_BINARY_OP_INPLACE_XOR: return "^=";
        case MP_BINARY_OP_INPLACE_AND: return "&=";
        case MP_BINARY_OP_INPLACE_LSHIFT: return "<<=";
        case MP_BINARY_OP_INPLACE_RSHIFT: return ">>=";
        case MP_BINARY_OP_INPLACE_ADD: return "+=";
        case MP_BINARY_OP_INPLACE_SUBTRACT: return "-=";
        case MP_BINARY_OP_INPLACE_MULTIPLY: return "*=";
        case MP_BINARY_OP_INPLACE_MAT_MULTIPLY: return "@=";
        case MP_BINARY_OP_INPLACE_FLOOR_DIVIDE: return "//=";
        case MP_BINARY_OP_INPLACE_TRUE_DIVIDE: return "/=";
        case MP_BINARY_OP_INPLACE_MODULO: return "%=";
        case MP_BINARY_OP_INPLACE_POWER: return "**=";
        default: return "?";
    }
}

static bool is_sequence(mp_obj_t obj) {
    return mp_obj_is_str_or_bytes(obj) || mp_obj_is_type(obj, &mp_type_list) || mp_obj_is_type(obj, &mp_type_tuple)
        || mp_obj_is_type(obj, &mp_type_bytearray);
}

NORETURN void raise_binary_op(mp_binary_op_t asked, mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    const char *left = mp_obj_get_type_str(lhs), *right = mp_obj_get_type_str(rhs);
    if (asked == MP_BINARY_OP_IN || asked == MP_BINARY_OP_NOT_IN || asked == MP_BINARY_OP_CONTAINS) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("argument of type '%s' is not iterable"),
            op == MP_BINARY_OP_CONTAINS ? left : right);
    }
    if (asked >= MP_BINARY_OP_LESS && asked <= MP_BINARY_OP_MORE_EQUAL) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("'%s' not supported between instances of '%s' and '%s'"),
            symbol(asked), left, right);
    }
    mp_obj_t first = native_value(lhs);
    if (asked == MP_BINARY_OP_ADD || asked == MP_BINARY_OP_INPLACE_ADD) {
        if (mp_obj_is_str(first) || mp_obj_is_type(first, &mp_type_list) || mp_obj_is_type(first, &mp_type_tuple)) {
            const char *kind = mp_obj_get_type_str(first);
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("can only concatenate %s (not \"%s\") to %s"), kind,
                right, kind);
        }
        if (is_sequence(first)) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("can't concat %s to %s"), right, left);
        }
    }
    if ((asked == MP_BINARY_OP_MULTIPLY || asked == MP_BINARY_OP_INPLACE_MULTIPLY)
        && (is_sequence(first) || is_sequence(native_value(rhs)))) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("can't multiply sequence by non-int of type '%s'"),
            is_sequence(first) ? right : left);
    }
    mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("unsupported operand type(s) for %s: '%s' and '%s'"),
        symbol(asked), left, right);
}

NORETURN void raise_unary_op(mp_unary_op_t op, mp_obj_t arg) {
    const char *type = mp_obj_get_type_str(arg);
    switch (op) {
        case MP_UNARY_OP_HASH:
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("unhashable type: '%s'"), type);
        case MP_UNARY_OP_ABS:
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("bad operand type for abs(): '%s'"), type);
        case MP_UNARY_OP_LEN:
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("object of type '%s' has no len()"), type);
        default:
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("bad operand type for unary %s: '%s'"),
                op == MP_UNARY_OP_NEGATIVE ? "-" : op == MP_UNARY_OP_POSITIVE ? "+" : "~", type);
    }
}

NORETURN void raise_zero_division(mp_binary_op_t op) {
    switch (op) {
        case MP_BINARY_OP_TRUE_DIVIDE:
        case MP_BINARY_OP_INPLACE_TRUE_DIVIDE:
            mp_raise_msg(&mp_type_ZeroDivisionError, MP_ERROR_TEXT("division by zero"));
        case MP_BINARY_OP_MODULO:
        case MP_BINARY_OP_INPLACE_MODULO:
            mp_raise_msg(&mp_type_ZeroDivisionError, MP_ERROR_TEXT("integer modulo by zero"));
        case MP_BINARY_OP_POWER:
        case MP_BINARY_OP_INPLACE_POWER:
            mp_raise_msg(&mp_type_ZeroDivisionError, MP_ERROR_TEXT("0.0 cannot be raised to a negative power"));
        default:
            mp_raise_msg(&mp_type_ZeroDivisionError, MP_ERROR_TEXT("integer division or modulo by zero"));
    }
}

NORETURN void raise_too_few(size_t expected, size_t got, bool at_least) {
    mp_raise_msg_varg(&mp_type_ValueError, at_least
        ? MP_ERROR_TEXT("not enough values to unpack (expected at least %d, got %d)")
        : MP_ERROR_TEXT("not enough values to unpack (expected %d, got %d)"), (int)expected, (int)got);
}

NORETURN void raise_not_in_sequence(const mp_obj_type_t *type, mp_obj_t value) {
    if (type == &mp_type_tuple) {
        mp_raise_ValueError(MP_ERROR_TEXT("tuple.index(x): x not in tuple"));
    }
    GET_STR_DATA_LEN(str_of(value, PRINT_REPR), text, len);
    (void)len;
    mp_raise_msg_varg(&mp_type_ValueError, type == &mp_type_range ? MP_ERROR_TEXT("%s is not in range")
        : MP_ERROR_TEXT("%s is not in list"), text);
}

mp_binary_op_t reflected_comparison(mp_binary_op_t op) {
    switch (op) {
        case MP_BINARY_OP_LESS: return MP_BINARY_OP_MORE;
        case MP_BINARY_OP_MORE: return MP_BINARY_OP_LESS;
        case MP_BINARY_OP_LESS_EQUAL: return MP_BINARY_OP_MORE_EQUAL;
        case MP_BINARY_OP_MORE_EQUAL: return MP_BINARY_OP_LESS_EQUAL;
        default: return op;
    }
}

const char *type_name_in_messages(const mp_obj_type_t *type) {
    if (mp_obj_is_instance_type(type)) {
        mp_map_t *map = &MP_OBJ_TYPE_GET_SLOT(type, locals_dict)->map;
        mp_map_elem_t *elem = mp_map_lookup(map, MP_OBJ_NEW_QSTR(MP_QSTR__tp_name), MP_MAP_LOOKUP);
        if (elem != NULL && mp_obj_is_str(elem->value)) {
            return mp_obj_str_get_str(elem->value);
        }
    }
    return type->flags & MP_TYPE_FLAG_BUILTIN_FUN ? "builtin_function_or_method" : qstr_str(type->name);
}

mp_obj_t call_checked(const mp_obj_type_t *type, mp_obj_t fun, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    if (n_args == 0) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("unbound method %q.%s() needs an argument"), type->name, callee_name(fun));
    }
    mp_obj_type_t const *given = mp_obj_get_type(args[0]);
    if (given == type) {
        return mp_call_function_n_kw(fun, n_args, n_kw, args);
    }
    mp_obj_t native = native_value(args[0]);
    if (!mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(given), MP_OBJ_FROM_PTR(type)) && mp_obj_get_type(native) != type) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("descriptor '%s' for '%q' objects doesn't apply to a '%s' object"),
            callee_name(fun), type->name, mp_obj_get_type_str(args[0]));
    }
    // The built-in function wants what the instance has inside.
    size_t n = n_args + 2 * n_kw;
    mp_obj_t *copy = m_new(mp_obj_t, n);
    memcpy(copy, args, n * sizeof(mp_obj_t));
    copy[0] = native;
    mp_obj_t result = mp_call_function_n_kw(fun, n_args, n_kw, copy);
    m_del(mp_obj_t, copy, n);
    return result;
}

// As CPython names what is called in messages: with its module, if that is not builtins.
static const char *callable_text(mp_obj_t fun) {
    mp_obj_t name[2], module[2];
    mp_load_method_maybe(fun, MP_QSTR___qualname__, name);
    if (name[0] == MP_OBJ_NULL || !mp_obj_is_str(name[0])) {
        return mp_obj_str_get_str(str_of(fun, PRINT_STR));
    }
    mp_load_method_maybe(fun, MP_QSTR___module__, module);
    vstr_t text;
    vstr_init(&text, 32);
    if (module[0] != MP_OBJ_NULL && mp_obj_is_str(module[0]) && module[0] != MP_OBJ_NEW_QSTR(MP_QSTR_builtins)) {
        vstr_printf(&text, "%s.", mp_obj_str_get_str(module[0]));
    }
    vstr_printf(&text, "%s()", mp_obj_str_get_str(name[0]));
    return vstr_null_terminated_str(&text);
}

NORETURN void raise_repeated_keyword(mp_obj_t fun, mp_obj_t name) {
    mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s got multiple values for keyword argument '%s'"),
        callable_text(fun), mp_obj_str_get_str(name));
}

void check_keywords(mp_obj_t fun, bool starred, size_t n_kw, const mp_obj_t *kwargs) {
    if (!starred || n_kw < 2) {
        return;
    }
    bool native = mp_obj_is_type(fun, &mp_type_type) ? mp_obj_is_native_type((mp_obj_type_t *)MP_OBJ_TO_PTR(fun))
        : mp_obj_is_obj(fun) && (((mp_obj_base_t *)MP_OBJ_TO_PTR(fun))->type->flags & MP_TYPE_FLAG_BUILTIN_FUN);
    if (!native) {
        return;
    }
    mp_map_t seen;
    mp_map_init(&seen, n_kw);
    for (size_t i = 0; i < n_kw; i++) {
        mp_map_elem_t *elem = mp_map_lookup(&seen, kwargs[2 * i], MP_MAP_LOOKUP_ADD_IF_NOT_FOUND);
        if (elem->value != MP_OBJ_NULL) {
            raise_repeated_keyword(fun, kwargs[2 * i]);
        }
        elem->value = mp_const_none;
    }
    mp_map_deinit(&seen);
}

static bool has_method(mp_obj_t obj, qstr name) {
    mp_obj_t dest[2];
    mp_load_method_maybe(obj, name, dest);
    return dest[0] != MP_OBJ_NULL;
}

static bool is_iterable(mp_obj_t obj) {
    const mp_obj_type_t *type = mp_obj_get_type(obj);
    return mp_obj_is_instance_type(type) ? has_method(obj, MP_QSTR___iter__) || has_method(obj, MP_QSTR___getitem__)
            || (native_value(obj) != obj && is_iterable(native_value(obj)))
        : MP_OBJ_TYPE_HAS_SLOT(type, iter) || MP_OBJ_TYPE_HAS_SLOT(type, subscr) || type->flags & MP_TYPE_FLAG_ITER_IS_STREAM;
}

mp_obj_t unpack_getiter(mp_obj_t obj, mp_obj_iter_buf_t *buf) {
    if (!is_iterable(obj)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("cannot unpack non-iterable %s object"), mp_obj_get_type_str(obj));
    }
    return mp_getiter(obj, buf);
}

mp_obj_t star_getiter(mp_obj_t fun, mp_obj_t obj, mp_obj_iter_buf_t *buf) {
    if (!is_iterable(obj)) {
        // A display such as [*x] is made by a call as well.
        const char *name = callable_text(fun);
        if (*name != '<') {
            vstr_t text;
            vstr_init(&text, 32);
            vstr_printf(&text, "%s argument", name);
            name = vstr_null_terminated_str(&text);
        }
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s after * must be an iterable, not %s"),
            *name == '<' ? "Value" : name, mp_obj_get_type_str(obj));
    }
    return mp_getiter(obj, buf);
}

mp_obj_t star_mapping(mp_obj_t fun, mp_obj_t obj) {
    mp_obj_t dict = obj;
    if (!mp_obj_is_exact_type(obj, &mp_type_dict)) {
        if (!has_method(obj, MP_QSTR_keys)) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s argument after ** must be a mapping, not %s"),
                callable_text(fun), mp_obj_get_type_str(obj));
        }
        dict = mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_dict), obj);
    }
    mp_map_t *map = mp_obj_dict_get_map(dict);
    for (size_t i = 0; i < map->alloc && !map->all_keys_are_qstrs; i++) {
        if (mp_map_slot_is_filled(map, i) && !mp_obj_is_str(native_value(map->table[i].key))) {
            mp_raise_TypeError(MP_ERROR_TEXT("keywords must be strings"));
        }
    }
    return dict;
}

mp_obj_t contains_getiter(mp_obj_t obj, mp_obj_iter_buf_t *buf) {
    if (!is_iterable(obj)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("argument of type '%s' is not iterable"), mp_obj_get_type_str(obj));
    }
    return mp_getiter(obj, buf);
}

NORETURN void raise_no_attribute(mp_obj_t obj, qstr attr) {
    // What `async for` and `async with` look up.
    switch (attr) {
        case MP_QSTR___aiter__:
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("'async for' requires an object with __aiter__ method, got %s"),
                mp_obj_get_type_str(obj));
        case MP_QSTR___anext__:
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("'async for' requires an iterator with __anext__ method, got %s"),
                mp_obj_get_type_str(obj));
        case MP_QSTR___aenter__:
        case MP_QSTR___aexit__:
            mp_raise_msg_varg(&mp_type_TypeError,
                MP_ERROR_TEXT("'%s' object does not support the asynchronous context manager protocol%s"), mp_obj_get_type_str(obj),
                attr == MP_QSTR___aexit__ ? " (missed __aexit__ method)" : "");
        default:
            break;
    }
    if (mp_obj_is_type(obj, &mp_type_module)) {
        mp_obj_dict_t *names = ((mp_obj_module_t *)MP_OBJ_TO_PTR(obj))->globals;
        mp_map_elem_t *elem = mp_map_lookup(&names->map, MP_OBJ_NEW_QSTR(MP_QSTR___name__), MP_MAP_LOOKUP);
        mp_raise_msg_varg(&mp_type_AttributeError, MP_ERROR_TEXT("module '%s' has no attribute '%q'"),
            elem != NULL && mp_obj_is_str(elem->value) ? mp_obj_str_get_str(elem->value) : "?", attr);
    }
    mp_raise_msg_varg(&mp_type_AttributeError, MP_ERROR_TEXT("'%s' object has no attribute '%q'"),
        mp_obj_get_type_str(obj), attr);
}

void load_manager(mp_obj_t manager, mp_obj_t *dest) {
    mp_load_method_maybe(manager, MP_QSTR___enter__, dest + 2);
    mp_load_method_maybe(manager, MP_QSTR___exit__, dest);
    if (dest[0] == MP_OBJ_NULL || dest[2] == MP_OBJ_NULL) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("'%s' object does not support the context manager protocol%s"),
            mp_obj_get_type_str(manager), dest[2] == MP_OBJ_NULL ? "" : " (missed __exit__ method)");
    }
}
