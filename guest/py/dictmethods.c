// What dicts do beyond upstream's py/objdict.c: views that act as sets, and update() from mappings and from pairs.

#include "py/dictmethods.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "py/strtext.h"

static mp_obj_t as_set(mp_obj_t iterable) {
    return mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_set), iterable);
}

static bool is_set(mp_obj_t obj) {
    return mp_obj_is_type(obj, &mp_type_set) || mp_obj_is_type(obj, &mp_type_frozenset);
}

static bool same(mp_obj_t a, mp_obj_t b) {
    return a == b || mp_obj_equal(a, b);
}

static mp_obj_t contains(mp_obj_t view, mp_obj_t item, mp_obj_t dict) {
    const mp_obj_type_t *type = mp_obj_get_type(view);
    if (type == &dict_values_type) {
        return MP_OBJ_NULL; // by iterating
    }
    mp_obj_t key = item;
    if (type == &dict_items_type) {
        item = native_value(item);
        if (!mp_obj_is_type(item, &mp_type_tuple)) {
            return mp_const_false;
        }
        size_t n;
        mp_obj_t *items;
        mp_obj_tuple_get(item, &n, &items);
        if (n != 2) {
            return mp_const_false;
        }
        key = items[0];
        mp_map_elem_t *elem = mp_map_lookup(mp_obj_dict_get_map(dict), key, MP_MAP_LOOKUP);
        return mp_obj_new_bool(elem != NULL && same(elem->value, items[1]));
    }
    return mp_obj_new_bool(mp_map_lookup(mp_obj_dict_get_map(dict), key, MP_MAP_LOOKUP) != NULL);
}

mp_obj_t dict_view_operate(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs, mp_obj_t dict) {
    if (op == MP_BINARY_OP_CONTAINS) {
        return contains(lhs, rhs, dict);
    }
    if (mp_obj_is_type(lhs, &dict_values_type)) {
        return MP_OBJ_NULL;
    }
    switch (op) {
        case MP_BINARY_OP_EQUAL:
        case MP_BINARY_OP_LESS:
        case MP_BINARY_OP_LESS_EQUAL:
        case MP_BINARY_OP_MORE:
        case MP_BINARY_OP_MORE_EQUAL:
            if (!is_set(rhs) && (!is_dict_view(rhs) || mp_obj_is_type(rhs, &dict_values_type))) {
                return MP_OBJ_NULL;
            }
            return mp_binary_op(op, as_set(lhs), as_set(rhs));
        case MP_BINARY_OP_AND:
        case MP_BINARY_OP_OR:
        case MP_BINARY_OP_XOR:
        case MP_BINARY_OP_SUBTRACT:
            return mp_binary_op(op, as_set(lhs), as_set(rhs));
        case MP_BINARY_OP_REVERSE_AND:
        case MP_BINARY_OP_REVERSE_OR:
        case MP_BINARY_OP_REVERSE_XOR:
        case MP_BINARY_OP_REVERSE_SUBTRACT:
            return mp_binary_op(op - MP_BINARY_OP_REVERSE_OR + MP_BINARY_OP_OR, as_set(rhs), as_set(lhs));
        default:
            return MP_OBJ_NULL;
    }
}

static mp_obj_t dict_view_isdisjoint(mp_obj_t self, mp_obj_t other) {
    mp_obj_t call[3];
    mp_load_method(as_set(self), MP_QSTR_isdisjoint, call);
    call[2] = other;
    return mp_call_method_n_kw(1, 0, call);
}
MP_DEFINE_CONST_FUN_OBJ_2(dict_view_isdisjoint_obj, dict_view_isdisjoint);

static void store(mp_obj_t dict, mp_obj_t key, mp_obj_t value) {
    mp_map_lookup(mp_obj_dict_get_map(dict), key, MP_MAP_LOOKUP_ADD_IF_NOT_FOUND)->value = value;
}

void dict_update_from(mp_obj_t dict, mp_obj_t other) {
    mp_obj_t keys[2];
    mp_load_method_maybe(other, MP_QSTR_keys, keys);
    mp_obj_t item;
    if (keys[0] != MP_OBJ_NULL) {
        mp_obj_t iterator = mp_getiter(mp_call_method_n_kw(0, 0, keys), NULL);
        while ((item = mp_iternext(iterator)) != MP_OBJ_STOP_ITERATION) {
            mp_obj_t value = mp_obj_subscr(other, item, MP_OBJ_SENTINEL);
            store(dict, item, value);
        }
        return;
    }
    mp_obj_t iterator = mp_getiter(other, NULL);
    for (int i = 0; (item = mp_iternext(iterator)) != MP_OBJ_STOP_ITERATION; i++) {
        mp_obj_t native = native_value(item);
        if (!mp_obj_is_type(native, &mp_type_tuple) && !mp_obj_is_type(native, &mp_type_list)) {
            if (!mp_obj_is_instance_type(mp_obj_get_type(item)) && !MP_OBJ_TYPE_HAS_SLOT(mp_obj_get_type(item), iter)) {
                mp_raise_msg_varg(&mp_type_TypeError,
                    MP_ERROR_TEXT("cannot convert dictionary update sequence element #%d to a sequence"), i);
            }
            native = mp_obj_list_make_new(&mp_type_list, 1, 0, &item);
        }
        size_t n;
        mp_obj_t *pair;
        mp_obj_get_array(native, &n, &pair);
        if (n != 2) {
            mp_raise_msg_varg(&mp_type_ValueError,
                MP_ERROR_TEXT("dictionary update sequence element #%d has length %d; 2 is required"), i, (int)n);
        }
        store(dict, pair[0], pair[1]);
    }
}
