// What a class statement calls: bases, metaclass, the namespace of the body, the body, and the call that makes the class.

#include <string.h>

#include "py/builtin.h"
#include "py/objtype.h"
#include "py/runtime.h"

// ---- namespaces that are no plain dict ----
//
// __prepare__() may give any mapping. The interpreter's names are in dicts, so what stands in locals then is a dict with one
// entry under a key that no name is equal to: the mapping.

static const mp_obj_base_t mapping_key = { &mp_type_object };

static mp_obj_t mapping_of(mp_obj_dict_t *locals) {
    mp_map_t *map = &locals->map;
    return map->used == 1 && map->table[0].key == MP_OBJ_FROM_PTR(&mapping_key) ? map->table[0].value : MP_OBJ_NULL;
}

mp_obj_t namespace_locals(void) {
    mp_obj_t mapping = mapping_of(mp_locals_get());
    return mapping != MP_OBJ_NULL ? mapping : MP_OBJ_FROM_PTR(mp_locals_get());
}

bool namespace_is_plain(void) {
    return mapping_of(mp_locals_get()) == MP_OBJ_NULL;
}

static void load_run(void *arg) {
    mp_obj_t *args = arg;
    args[0] = mp_obj_subscr(args[0], args[1], MP_OBJ_SENTINEL);
}

mp_obj_t namespace_load(qstr name) {
    mp_obj_t args[] = { mapping_of(mp_locals_get()), MP_OBJ_NEW_QSTR(name) };
    if (nlr_try(load_run, args) == 0) {
        return args[0];
    }
    mp_obj_t exc = MP_OBJ_FROM_PTR(nlr_caught());
    if (!mp_obj_exception_match(exc, MP_OBJ_FROM_PTR(&mp_type_KeyError))) {
        nlr_raise(exc);
    }
    return MP_OBJ_NULL;
}

void namespace_store(qstr name, mp_obj_t value) {
    mp_obj_subscr(mapping_of(mp_locals_get()), MP_OBJ_NEW_QSTR(name), value);
}

// ---- the statement ----

typedef struct _body_t {
    mp_obj_t function, cell;
    mp_obj_dict_t *locals;
} body_t;

static void body_run(void *arg) {
    body_t *body = arg;
    body->cell = mp_call_function_0(body->function);
}

// Runs the body with `namespace` for its names. Returns the cell of __class__, or None.
static mp_obj_t run_body(mp_obj_t function, mp_obj_t namespace) {
    body_t body = { .function = function };
    mp_obj_dict_t *old = mp_locals_get();
    if (mp_obj_is_exact_type(namespace, &mp_type_dict)) {
        body.locals = MP_OBJ_TO_PTR(namespace);
    } else {
        body.locals = MP_OBJ_TO_PTR(mp_obj_new_dict(1));
        mp_map_lookup(&body.locals->map, MP_OBJ_FROM_PTR(&mapping_key), MP_MAP_LOOKUP_ADD_IF_NOT_FOUND)->value = namespace;
    }
    mp_locals_set(body.locals);
    bool raised = nlr_try(body_run, &body);
    mp_locals_set(old);
    if (raised) {
        nlr_jump(nlr_caught());
    }
    return body.cell;
}

// Bases that are no classes say themselves what to use instead.
static mp_obj_t resolve_bases(mp_obj_t bases_in, bool *changed) {
    mp_obj_tuple_t *bases = MP_OBJ_TO_PTR(bases_in);
    *changed = false;
    mp_obj_t list = mp_obj_new_list(0, NULL);
    for (size_t i = 0; i < bases->len; i++) {
        mp_obj_t method[3] = { MP_OBJ_NULL };
        if (!is_class(bases->items[i])) {
            mp_load_method_maybe(bases->items[i], MP_QSTR___mro_entries__, method);
        }
        if (method[0] == MP_OBJ_NULL) {
            mp_obj_list_append(list, bases->items[i]);
            continue;
        }
        *changed = true;
        method[2] = bases_in;
        size_t n;
        mp_obj_t *items;
        mp_obj_get_array(mp_call_method_n_kw(1, 0, method), &n, &items);
        for (size_t k = 0; k < n; k++) {
            mp_obj_list_append(list, items[k]);
        }
    }
    return *changed ? mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_tuple), list) : bases_in;
}

// The most derived of the metaclasses of all bases and the one that is asked for.
static mp_obj_t winner(mp_obj_t meta, mp_obj_t bases_in) {
    mp_obj_tuple_t *bases = MP_OBJ_TO_PTR(bases_in);
    for (size_t i = 0; i < bases->len; i++) {
        if (is_class(bases->items[i])) {
            mp_obj_t base_meta = MP_OBJ_FROM_PTR(metaclass_of(MP_OBJ_TO_PTR(bases->items[i])));
            if (mp_obj_is_subclass_fast(base_meta, meta)) {
                meta = base_meta;
            }
        }
    }
    return meta;
}

static mp_obj_t prepare(mp_obj_t meta, mp_obj_t name, mp_obj_t bases, size_t n_kw, const mp_obj_t *kwargs) {
    if (meta == MP_OBJ_FROM_PTR(&mp_type_type)) {
        return mp_obj_new_dict(0);
    }
    mp_obj_t method[2];
    mp_load_method_maybe(meta, MP_QSTR___prepare__, method);
    if (method[0] == MP_OBJ_NULL) {
        return mp_obj_new_dict(0);
    }
    size_t n_self = method[1] != MP_OBJ_NULL;
    mp_obj_t *args = m_new(mp_obj_t, 3 + 2 * n_kw);
    args[0] = method[1];
    args[1] = name;
    args[2] = bases;
    memcpy(args + 3, kwargs, 2 * n_kw * sizeof(mp_obj_t));
    return mp_call_function_n_kw(method[0], 2 + n_self, n_kw, args + 1 - n_self);
}

// __build_class__(function, name, *bases, metaclass=type, **keywords)
static mp_obj_t build_class(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    if (n_args < 2) {
        mp_raise_TypeError(MP_ERROR_TEXT("__build_class__: not enough arguments"));
    }
    mp_obj_t name = args[1], meta = MP_OBJ_FROM_PTR(&mp_type_type), original = mp_obj_new_tuple(n_args - 2, args + 2);
    const mp_obj_t *given = args + n_args;
    mp_obj_t *keywords = m_new(mp_obj_t, 2 * kwargs->used + 1);
    size_t n_kw = 0;
    for (size_t i = 0; i < kwargs->used; i++) {
        if (given[2 * i] == MP_OBJ_NEW_QSTR(MP_QSTR_metaclass)) {
            meta = given[2 * i + 1];
        } else {
            keywords[2 * n_kw] = given[2 * i];
            keywords[2 * n_kw++ + 1] = given[2 * i + 1];
        }
    }
    bool changed;
    mp_obj_t bases = resolve_bases(original, &changed);
    if (is_class(meta)) {
        meta = winner(meta, bases);
    }
    mp_obj_t namespace = prepare(meta, name, bases, n_kw, keywords);
    mp_obj_t cell = run_body(args[0], namespace);
    if (changed) {
        mp_obj_subscr(namespace, MP_OBJ_NEW_QSTR(MP_QSTR___orig_bases__), original);
    }
    if (cell != mp_const_none) {
        mp_obj_subscr(namespace, MP_OBJ_NEW_QSTR(MP_QSTR___classcell__), cell);
    }
    mp_obj_t *meta_args = m_new(mp_obj_t, 3 + 2 * n_kw);
    meta_args[0] = name;
    meta_args[1] = bases;
    meta_args[2] = namespace;
    memcpy(meta_args + 3, keywords, 2 * n_kw * sizeof(mp_obj_t));
    // type(x) of one argument is something else; with three it makes a class.
    return mp_call_function_n_kw(meta, 3, n_kw, meta_args);
}
MP_DEFINE_CONST_FUN_OBJ_KW(mp_builtin___build_class___obj, 2, build_class);
