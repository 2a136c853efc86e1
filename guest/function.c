// Functions: names, documentation, annotations, defaults and other attributes; and <function>, which a `def` calls.
//
// The name in a function's code is the qualified one. What a program adds is in a dict, made when it is needed.

#include <string.h>

#include "py/bc.h"
#include "py/builtin.h"
#include "py/objtuple.h"
#include "py/runtime.h"
#include "function.h"
#include "functions.h"

extern const mp_obj_type_t mp_type_closure;

typedef struct _prelude_t {
    const byte *names; // of the parameters
    const byte *locals; // behind those
    qstr name;
    size_t n_pos, n_kwonly, n_def, flags;
} prelude_t;

// A name in the code: an index when modules are frozen.
qstr function_name_at(const mp_obj_fun_bc_t *fun, size_t value) {
    #if MICROPY_EMIT_BYTECODE_USES_QSTR_TABLE
    return fun->context->constants.qstr_table[value];
    #else
    (void)fun;
    return value;
    #endif
}

qstr function_source_file(const mp_obj_fun_bc_t *fun) {
    #if MICROPY_EMIT_BYTECODE_USES_QSTR_TABLE
    return fun->context->constants.qstr_table[0];
    #else
    return fun->context->constants.source_file;
    #endif
}

static prelude_t read_prelude(const mp_obj_fun_bc_t *fun) {
    const byte *ip = fun->bytecode;
    MP_BC_PRELUDE_SIG_DECODE(ip);
    MP_BC_PRELUDE_SIZE_DECODE(ip);
    (void)n_info;
    (void)n_cell;
    prelude_t prelude = { .n_pos = n_pos_args, .n_kwonly = n_kwonly_args, .n_def = n_def_pos_args, .flags = scope_flags };
    prelude.name = function_name_at(fun, mp_decode_uint(&ip));
    prelude.names = ip;
    for (size_t i = 0; i < n_pos_args + n_kwonly_args; i++) {
        ip = mp_decode_uint_skip(ip);
    }
    prelude.locals = ip;
    return prelude;
}

qstr function_qualname(const mp_obj_fun_bc_t *fun) {
    return read_prelude(fun).name;
}

qstr qualname_tail(qstr qualname) {
    size_t len;
    const char *text = (const char *)qstr_data(qualname, &len);
    size_t start = len;
    while (start > 0 && text[start - 1] != '.') {
        start--;
    }
    return start == 0 ? qualname : qstr_from_strn(text + start, len - start);
}

qstr mp_obj_fun_get_name(mp_const_obj_t fun) {
    return qualname_tail(function_qualname(MP_OBJ_TO_PTR(fun)));
}

qstr function_parameter(const mp_obj_fun_bc_t *fun, size_t i, bool *positional_only) {
    const byte *ip = read_prelude(fun).names;
    while (i-- > 0) {
        ip = mp_decode_uint_skip(ip);
    }
    qstr name = function_name_at(fun, mp_decode_uint(&ip));
    size_t len;
    const char *text = (const char *)qstr_data(name, &len);
    bool slash = text[0] == '/';
    if (positional_only != NULL) {
        *positional_only = slash;
    }
    return slash ? qstr_from_strn(text + 1, len - 1) : name;
}

mp_obj_t function_local_names(const mp_obj_fun_bc_t *fun) {
    size_t index = mp_decode_uint_value(read_prelude(fun).locals);
    return index == 0 ? MP_OBJ_NULL : fun->context->constants.obj_table[index - 1];
}

static size_t closed_count(const mp_obj_fun_bc_t *fun, size_t n_pos) {
    size_t n = 0;
    while (n < n_pos && function_parameter(fun, n, NULL) == MP_QSTR__star_) {
        n++;
    }
    return n;
}

mp_obj_t function_unbound_local(const mp_obj_fun_bc_t *fun, size_t local) {
    mp_obj_t names = function_local_names(fun);
    if (names == MP_OBJ_NULL || local >= ((mp_obj_tuple_t *)MP_OBJ_TO_PTR(names))->len) {
        return mp_obj_new_exception_msg(&mp_type_UnboundLocalError, MP_ERROR_TEXT("local variable referenced before assignment"));
    }
    qstr name = mp_obj_str_get_qstr(((mp_obj_tuple_t *)MP_OBJ_TO_PTR(names))->items[local]);
    if (local < closed_count(fun, read_prelude(fun).n_pos)) {
        return mp_obj_new_exception_msg_varg(&mp_type_NameError,
            MP_ERROR_TEXT("cannot access free variable '%q' where it is not associated with a value in enclosing scope"), name);
    }
    return mp_obj_new_exception_msg_varg(&mp_type_UnboundLocalError,
        MP_ERROR_TEXT("cannot access local variable '%q' where it is not associated with a value"), name);
}

// ---- attributes ----

static mp_map_t *attributes(mp_obj_fun_bc_t *fun) {
    if (fun->attrs == NULL) {
        fun->attrs = MP_OBJ_TO_PTR(mp_obj_new_dict(0));
    }
    return &fun->attrs->map;
}

static mp_obj_t get(mp_obj_fun_bc_t *fun, qstr attr) {
    mp_map_elem_t *elem = fun->attrs == NULL ? NULL : mp_map_lookup(&fun->attrs->map, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP);
    return elem == NULL ? MP_OBJ_NULL : elem->value;
}

static void set(mp_obj_fun_bc_t *fun, qstr attr, mp_obj_t value) {
    mp_map_lookup(attributes(fun), MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP_ADD_IF_NOT_FOUND)->value = value;
}

// Those that a function has by itself are kept in the same dict when they are changed, and are not shown in __dict__.
static bool is_own(qstr attr) {
    switch (attr) {
        case MP_QSTR___name__:
        case MP_QSTR___qualname__:
        case MP_QSTR___doc__:
        case MP_QSTR___module__:
        case MP_QSTR___annotations__:
        case MP_QSTR___defaults__:
        case MP_QSTR___kwdefaults__:
        case MP_QSTR___type_params__:
            return true;
        default:
            return false;
    }
}

static mp_obj_t visible_attributes(mp_obj_fun_bc_t *fun) {
    mp_obj_t dict = mp_obj_new_dict(0);
    mp_map_t *map = attributes(fun);
    for (size_t i = 0; i < map->alloc; i++) {
        if (mp_map_slot_is_filled(map, i)
            && !(mp_obj_is_qstr(map->table[i].key) && is_own(MP_OBJ_QSTR_VALUE(map->table[i].key)))) {
            mp_obj_dict_store(dict, map->table[i].key, map->table[i].value);
        }
    }
    return dict;
}

static mp_obj_t module_name(const mp_obj_fun_bc_t *fun) {
    mp_map_elem_t *elem = mp_map_lookup(&fun->context->module.globals->map, MP_OBJ_NEW_QSTR(MP_QSTR___name__), MP_MAP_LOOKUP);
    return elem == NULL ? mp_const_none : elem->value;
}

// What inspect and dataclasses want to know.
static mp_obj_t code_of(mp_obj_fun_bc_t *fun) {
    static const qstr fields[] = {
        MP_QSTR_co_name, MP_QSTR_co_qualname, MP_QSTR_co_argcount, MP_QSTR_co_posonlyargcount, MP_QSTR_co_kwonlyargcount,
        MP_QSTR_co_varnames, MP_QSTR_co_flags, MP_QSTR_co_filename, MP_QSTR_co_nlocals, MP_QSTR_co_firstlineno,
        MP_QSTR_co_freevars,
    };
    prelude_t prelude = read_prelude(fun);
    size_t closed = closed_count(fun, prelude.n_pos), n_posonly = 0;
    size_t n = prelude.n_pos + prelude.n_kwonly, n_all = n;
    mp_obj_t names = mp_obj_new_list(0, NULL);
    for (size_t i = closed; i < n; i++) {
        bool positional_only;
        mp_obj_list_append(names, MP_OBJ_NEW_QSTR(function_parameter(fun, i, &positional_only)));
        n_posonly += positional_only;
    }
    mp_obj_t locals = function_local_names(fun);
    if (locals != MP_OBJ_NULL) {
        mp_obj_tuple_t *tuple = MP_OBJ_TO_PTR(locals);
        for (size_t i = n_all; i < tuple->len; i++) {
            mp_obj_list_append(names, tuple->items[i]);
        }
    }
    // CPython's bits: optimised, new locals, *args, **kwargs, generator, coroutine, asynchronous generator.
    int flags = 3 | (prelude.flags & MP_SCOPE_FLAG_VARARGS ? 4 : 0) | (prelude.flags & MP_SCOPE_FLAG_VARKEYWORDS ? 8 : 0)
        | (fun->kind == FUNCTION_COROUTINE ? 0x80 : fun->kind == FUNCTION_ASYNC_GENERATOR ? 0x200
            : prelude.flags & MP_SCOPE_FLAG_GENERATOR ? 0x20 : 0);
    const byte *ip = fun->bytecode;
    MP_BC_PRELUDE_SIG_DECODE(ip);
    MP_BC_PRELUDE_SIZE_DECODE(ip);
    (void)n_cell;
    size_t line = mp_bytecode_get_source_line(mp_decode_uint_skip(prelude.locals), ip + n_info, 0);
    mp_obj_t items[] = {
        MP_OBJ_NEW_QSTR(qualname_tail(prelude.name)), MP_OBJ_NEW_QSTR(prelude.name),
        MP_OBJ_NEW_SMALL_INT(prelude.n_pos - closed), MP_OBJ_NEW_SMALL_INT(n_posonly),
        MP_OBJ_NEW_SMALL_INT(prelude.n_kwonly), mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_tuple), names),
        MP_OBJ_NEW_SMALL_INT(flags), MP_OBJ_NEW_QSTR(function_source_file(fun)),
        mp_obj_len(names), MP_OBJ_NEW_SMALL_INT(line),
        closed == 0 || locals == MP_OBJ_NULL ? mp_const_empty_tuple
            : mp_obj_new_tuple(closed, ((mp_obj_tuple_t *)MP_OBJ_TO_PTR(locals))->items),
    };
    return mp_obj_new_attrtuple(fields, MP_ARRAY_SIZE(fields), items);
}

static mp_obj_t load(mp_obj_t self, mp_obj_fun_bc_t *fun, qstr attr) {
    mp_obj_t value = get(fun, attr);
    if (value != MP_OBJ_NULL) {
        return value;
    }
    switch (attr) {
        case MP_QSTR___name__:
            return MP_OBJ_NEW_QSTR(qualname_tail(function_qualname(fun)));
        case MP_QSTR___qualname__:
            return MP_OBJ_NEW_QSTR(function_qualname(fun));
        case MP_QSTR___doc__:
            return mp_const_none;
        case MP_QSTR___module__:
            return module_name(fun);
        case MP_QSTR___globals__:
            return MP_OBJ_FROM_PTR(fun->context->module.globals);
        case MP_QSTR___annotations__:
            value = mp_obj_new_dict(0);
            set(fun, attr, value);
            return value;
        case MP_QSTR___type_params__:
            return mp_const_empty_tuple;
        case MP_QSTR___dict__:
            return visible_attributes(fun);
        case MP_QSTR___defaults__: {
            prelude_t prelude = read_prelude(fun);
            return prelude.n_def == 0 ? mp_const_none : mp_obj_new_tuple(prelude.n_def, fun->extra_args);
        }
        case MP_QSTR___kwdefaults__: {
            prelude_t prelude = read_prelude(fun);
            return prelude.flags & MP_SCOPE_FLAG_DEFKWARGS ? fun->extra_args[prelude.n_def] : mp_const_none;
        }
        case MP_QSTR___code__:
            return code_of(fun);
        case MP_QSTR___closure__:
            if (mp_obj_is_exact_type(self, &mp_type_closure)) {
                prelude_t prelude = read_prelude(fun);
                return function_closure_cells(self, closed_count(fun, prelude.n_pos));
            }
            return mp_const_none;
        default:
            return MP_OBJ_NULL;
    }
}

// function.__get__(object, type=None): what a class does with its functions
static mp_obj_t function_get(size_t n_args, const mp_obj_t *args) {
    (void)n_args;
    return args[1] == mp_const_none ? args[0] : mp_obj_new_bound_meth(args[0], args[1]);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(function_get_obj, 2, 3, function_get);

void function_attr(mp_obj_t self, mp_obj_fun_bc_t *fun, qstr attr, mp_obj_t *dest) {
    if (dest[0] == MP_OBJ_NULL) {
        mp_obj_t value = load(self, fun, attr);
        if (value != MP_OBJ_NULL) {
            dest[0] = value;
        } else if (attr == MP_QSTR___call__) {
            dest[0] = self;
        } else if (attr == MP_QSTR___get__) {
            dest[0] = MP_OBJ_FROM_PTR(&function_get_obj);
            dest[1] = self;
        }
    } else if (dest[1] == MP_OBJ_NULL) {
        if (fun->attrs != NULL && mp_map_lookup(&fun->attrs->map, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP_REMOVE_IF_FOUND)) {
            dest[0] = MP_OBJ_NULL;
        }
    } else if ((attr == MP_QSTR___name__ || attr == MP_QSTR___qualname__) && !mp_obj_is_str(dest[1])) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%q must be set to a string object"), attr);
    } else if (attr == MP_QSTR___dict__) {
        mp_obj_t dict = mp_obj_cast_to_native_base(dest[1], MP_OBJ_FROM_PTR(&mp_type_dict));
        if (dict == MP_OBJ_NULL) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("__dict__ must be set to a dictionary, not a '%s'"),
                mp_obj_get_type_str(dest[1]));
        }
        mp_map_t *map = mp_obj_dict_get_map(dict);
        for (size_t i = 0; i < map->alloc; i++) {
            if (mp_map_slot_is_filled(map, i)) {
                mp_obj_dict_store(MP_OBJ_FROM_PTR((attributes(fun), fun->attrs)), map->table[i].key, map->table[i].value);
            }
        }
        dest[0] = MP_OBJ_NULL;
    } else {
        set(fun, attr, dest[1]);
        dest[0] = MP_OBJ_NULL;
    }
}

void function_print(const mp_print_t *print, mp_obj_t self, mp_obj_fun_bc_t *fun) {
    mp_obj_t name = load(self, fun, MP_QSTR___qualname__);
    mp_print_str(print, "<function ");
    mp_obj_print_helper(print, name, PRINT_STR);
    mp_printf(print, " at 0x%x>", (unsigned)(uintptr_t)MP_OBJ_TO_PTR(self));
}

// ---- <function> ----

static mp_obj_t function_setup(size_t n_args, const mp_obj_t *args) {
    mp_obj_t fun_in = args[0];
    if (mp_obj_is_exact_type(fun_in, &mp_type_closure)) {
        fun_in = closure_function(fun_in);
    }
    mp_obj_fun_bc_t *fun = MP_OBJ_TO_PTR(fun_in);
    if (!mp_obj_is_obj(fun_in) || (fun->base.type != &mp_type_fun_bc && fun->base.type != &mp_type_gen_wrap)) {
        mp_raise_TypeError(NULL);
    }
    fun->kind = mp_obj_get_int(args[1]);
    if (n_args > 2 && args[2] != mp_const_none) {
        set(fun, MP_QSTR___doc__, args[2]);
    }
    if (n_args > 3) {
        mp_obj_t annotations = mp_obj_new_dict((n_args - 3) / 2);
        for (size_t i = 3; i + 1 < n_args; i += 2) {
            mp_obj_dict_store(annotations, args[i], args[i + 1]);
        }
        set(fun, MP_QSTR___annotations__, annotations);
    }
    return args[0];
}
MP_DEFINE_CONST_FUN_OBJ_VAR(hermetic_function_obj, 2, function_setup);
