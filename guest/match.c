// <match>(subject, pattern, *values): what a case of a match statement calls (PEP 634). The compiler makes the pattern
// (py/compile_match.h), which may be the program's own invention all the same: it is checked as it is read.

#include "py/builtin.h"
#include "py/cstack.h"
#include "py/objstr.h"
#include "py/objtuple.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "py/strtext.h"
#include "functions.h"

typedef struct _match_t {
    const mp_obj_t *values;
    size_t n_values;
    mp_obj_t bound; // list, by slot
} match_t;

static NORETURN void malformed(void) {
    mp_raise_msg(&mp_type_SystemError, MP_ERROR_TEXT("malformed pattern"));
}

static mp_obj_t value_of(match_t *match, mp_obj_t index) {
    if (!mp_obj_is_small_int(index) || (mp_uint_t)MP_OBJ_SMALL_INT_VALUE(index) >= match->n_values) {
        malformed();
    }
    return match->values[MP_OBJ_SMALL_INT_VALUE(index)];
}

static void bind(match_t *match, mp_obj_t slot, mp_obj_t value) {
    size_t len;
    mp_obj_t *items;
    mp_int_t i = mp_obj_get_int(slot);
    if (i < 0) {
        return;
    }
    mp_obj_list_get(match->bound, &len, &items);
    while ((mp_int_t)len <= i) {
        mp_obj_list_append(match->bound, mp_const_none);
        mp_obj_list_get(match->bound, &len, &items);
    }
    items[i] = value;
}

static bool matches(match_t *match, mp_obj_t subject, mp_obj_t pattern);

// An attribute, or MP_OBJ_NULL when there is none.
static mp_obj_t attribute(mp_obj_t object, qstr name) {
    mp_obj_t dest[2];
    mp_load_method_protected(object, name, dest, false);
    if (dest[0] == MP_OBJ_NULL || dest[1] == MP_OBJ_NULL) {
        return dest[0];
    }
    return mp_load_attr(object, name);
}

static mp_obj_t is_instance_of(mp_obj_t object, mp_obj_t type) {
    return mp_call_function_2(MP_OBJ_FROM_PTR(&mp_builtin_isinstance_obj), object, type);
}

static bool is_instance(mp_obj_t object, qstr abc) {
    // Classes that say so by inheriting from or registering with the abstract class, if a program imported it.
    mp_map_elem_t *module = mp_map_lookup(&MP_STATE_VM(mp_loaded_modules_dict).map,
        MP_OBJ_NEW_QSTR(MP_QSTR_collections_dot_abc), MP_MAP_LOOKUP);
    if (module == NULL) {
        return false;
    }
    mp_obj_t type = attribute(module->value, abc);
    return type != MP_OBJ_NULL && mp_obj_is_true(is_instance_of(object, type));
}

static bool is_sequence(mp_obj_t o) {
    const mp_obj_type_t *type = mp_obj_get_type(o);
    if (mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(type), MP_OBJ_FROM_PTR(&mp_type_list))
        || mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(type), MP_OBJ_FROM_PTR(&mp_type_tuple))
        || type == &mp_type_range || type == &mp_type_memoryview) {
        return true;
    }
    if (mp_obj_is_str_or_bytes(o) || type == &mp_type_bytearray || type == &mp_type_dict) {
        return false;
    }
    return type->name == MP_QSTR_deque || type->name == MP_QSTR_array
           || (mp_obj_is_instance_type(type) && is_instance(o, MP_QSTR_Sequence));
}

static bool is_mapping(mp_obj_t o) {
    const mp_obj_type_t *type = mp_obj_get_type(o);
    return mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(type), MP_OBJ_FROM_PTR(&mp_type_dict))
           || mp_obj_is_dict_or_ordereddict(o) || type->name == MP_QSTR_mappingproxy
           || (mp_obj_is_instance_type(type) && is_instance(o, MP_QSTR_Mapping));
}

static bool match_sequence(match_t *match, mp_obj_t subject, size_t n, mp_obj_t *pattern) {
    if (n < 2 || !is_sequence(subject)) {
        return false;
    }
    mp_int_t star = mp_obj_get_int(pattern[1]);
    size_t wanted = n - 2, len = mp_obj_get_int(mp_obj_len(subject));
    pattern += 2;
    if (star < 0 ? len != wanted : len + 1 < wanted) {
        return false;
    }
    size_t skip = star < 0 ? 0 : len + 1 - wanted; // how many items the star takes, beyond its own place
    for (size_t i = 0; i < wanted; i++) {
        if ((mp_int_t)i == star) {
            if (mp_obj_get_int(pattern[i]) >= 0) {
                mp_obj_t rest = mp_obj_new_list(0, NULL);
                for (size_t k = 0; k < skip; k++) {
                    mp_obj_list_append(rest, mp_obj_subscr(subject, MP_OBJ_NEW_SMALL_INT(i + k), MP_OBJ_SENTINEL));
                }
                bind(match, pattern[i], rest);
            }
            continue;
        }
        size_t at = star >= 0 && (mp_int_t)i > star ? i + skip - 1 : i;
        if (!matches(match, mp_obj_subscr(subject, MP_OBJ_NEW_SMALL_INT(at), MP_OBJ_SENTINEL), pattern[i])) {
            return false;
        }
    }
    return true;
}

static mp_obj_t key_of(match_t *match, mp_obj_t pattern) {
    size_t n;
    mp_obj_t *items;
    mp_obj_tuple_get(pattern, &n, &items);
    if (n != 2) {
        malformed();
    }
    return items[0] == MP_OBJ_NEW_SMALL_INT(PATTERN_CONSTANT) ? items[1] : value_of(match, items[1]);
}

// mapping.get(key), or MP_OBJ_NULL.
static mp_obj_t mapping_get(mp_obj_t mapping, mp_obj_t key) {
    if (mp_obj_is_exact_type(mapping, &mp_type_dict)) {
        mp_map_elem_t *elem = mp_map_lookup(mp_obj_dict_get_map(mapping), key, MP_MAP_LOOKUP);
        return elem == NULL ? MP_OBJ_NULL : elem->value;
    }
    mp_obj_t method[4];
    mp_load_method(mapping, MP_QSTR_get, method);
    method[2] = key;
    method[3] = MP_OBJ_FROM_PTR(&mp_const_ellipsis_obj);
    mp_obj_t value = mp_call_method_n_kw(2, 0, method);
    return value == MP_OBJ_FROM_PTR(&mp_const_ellipsis_obj) ? MP_OBJ_NULL : value;
}

static bool match_mapping(match_t *match, mp_obj_t subject, size_t n, mp_obj_t *pattern) {
    if (n < 2 || !is_mapping(subject)) {
        return false;
    }
    mp_obj_t keys = MP_OBJ_NULL; // when one is not known before
    for (size_t i = 2; i + 1 < n && keys == MP_OBJ_NULL; i += 2) {
        mp_obj_tuple_t *key = MP_OBJ_TO_PTR(pattern[i]);
        if (mp_obj_is_type(pattern[i], &mp_type_tuple) && key->len == 2 && key->items[0] == MP_OBJ_NEW_SMALL_INT(PATTERN_VALUE)) {
            keys = mp_obj_new_dict(n / 2);
        }
    }
    for (size_t i = 2; i + 1 < n; i += 2) {
        mp_obj_t key = key_of(match, pattern[i]);
        if (keys != MP_OBJ_NULL) {
            mp_map_elem_t *elem = mp_map_lookup(mp_obj_dict_get_map(keys), key, MP_MAP_LOOKUP_ADD_IF_NOT_FOUND);
            if (elem->value != MP_OBJ_NULL) {
                mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("mapping pattern checks duplicate key (%s)"),
                    mp_obj_str_get_str(str_of(key, PRINT_REPR)));
            }
            elem->value = mp_const_none;
        }
        mp_obj_t value = mapping_get(subject, key);
        if (value == MP_OBJ_NULL || !matches(match, value, pattern[i + 1])) {
            return false;
        }
    }
    if (mp_obj_get_int(pattern[1]) >= 0) {
        mp_obj_t rest = mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_dict), subject);
        for (size_t i = 2; i + 1 < n; i += 2) {
            mp_map_lookup(mp_obj_dict_get_map(rest), key_of(match, pattern[i]), MP_MAP_LOOKUP_REMOVE_IF_FOUND);
        }
        bind(match, pattern[1], rest);
    }
    return true;
}

// Built-in classes whose one positional pattern is the subject itself.
static bool matches_self(mp_obj_t type) {
    static const mp_obj_type_t *const types[] = {
        &mp_type_bool, &mp_type_bytearray, &mp_type_bytes, &mp_type_dict, &mp_type_float, &mp_type_frozenset,
        &mp_type_int, &mp_type_list, &mp_type_set, &mp_type_str, &mp_type_tuple,
    };
    for (size_t i = 0; i < MP_ARRAY_SIZE(types); i++) {
        if (mp_obj_is_subclass_fast(type, MP_OBJ_FROM_PTR(types[i]))) {
            return true;
        }
    }
    return false;
}

static void check_once(mp_obj_t type, qstr name, qstr other) {
    if (name == other) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%q() got multiple sub-patterns for attribute '%q'"),
            ((mp_obj_type_t *)MP_OBJ_TO_PTR(type))->name, name);
    }
}

static bool match_class(match_t *match, mp_obj_t subject, size_t n, mp_obj_t *pattern) {
    if (n < 3) {
        malformed();
    }
    mp_obj_t type = value_of(match, pattern[1]);
    size_t positional = mp_obj_get_int(pattern[2]);
    if (!mp_obj_is_type(type, &mp_type_type) && !mp_obj_is_instance_type(mp_obj_get_type(type))) {
        mp_raise_TypeError(MP_ERROR_TEXT("called match pattern must be a class"));
    }
    if (!mp_obj_is_true(is_instance_of(subject, type)) || positional > n - 3) {
        return false;
    }
    pattern += 3;
    if (positional > 0) {
        mp_obj_t names = attribute(type, MP_QSTR___match_args__);
        size_t n_names = 0;
        mp_obj_t *items = NULL;
        if (names == MP_OBJ_NULL && matches_self(type)) {
            if (positional == 1) {
                if (!matches(match, subject, pattern[0])) {
                    return false;
                }
                items = NULL;
                positional = 0;
                pattern++;
                n--;
            } else {
                n_names = 1;
            }
        } else if (names != MP_OBJ_NULL) {
            if (!mp_obj_is_type(names, &mp_type_tuple)) {
                mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%q.__match_args__ must be a tuple (got %s)"),
                    ((mp_obj_type_t *)MP_OBJ_TO_PTR(type))->name, mp_obj_get_type_str(names));
            }
            mp_obj_get_array(names, &n_names, &items);
        }
        if (positional > n_names) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%q() accepts %u positional sub-pattern%s (%u given)"),
                ((mp_obj_type_t *)MP_OBJ_TO_PTR(type))->name, (unsigned)n_names, n_names == 1 ? "" : "s", (unsigned)positional);
        }
        for (size_t i = 0; i < positional; i++) {
            if (!mp_obj_is_str(items[i])) {
                mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("__match_args__ elements must be strings (got %s)"),
                    mp_obj_get_type_str(items[i]));
            }
            qstr name = mp_obj_str_get_qstr(items[i]);
            for (size_t k = 0; k < i; k++) {
                check_once(type, name, mp_obj_str_get_qstr(items[k]));
            }
            for (size_t k = positional; k + 1 < n - 3; k += 2) {
                check_once(type, name, mp_obj_str_get_qstr(pattern[k]));
            }
            mp_obj_t value = attribute(subject, name);
            if (value == MP_OBJ_NULL || !matches(match, value, pattern[i])) {
                return false;
            }
        }
    }
    for (size_t i = positional; i + 1 < n - 3; i += 2) {
        mp_obj_t value = attribute(subject, mp_obj_str_get_qstr(pattern[i]));
        if (value == MP_OBJ_NULL || !matches(match, value, pattern[i + 1])) {
            return false;
        }
    }
    return true;
}

static bool matches(match_t *match, mp_obj_t subject, mp_obj_t pattern) {
    mp_cstack_check();
    size_t n;
    mp_obj_t *items;
    mp_obj_tuple_get(pattern, &n, &items);
    if (n < 1) {
        malformed();
    }
    mp_int_t op = mp_obj_get_int(items[0]);
    if (n < 2 && op != PATTERN_OR) {
        malformed();
    }
    switch (op) {
        case PATTERN_WILDCARD:
            return true;
        case PATTERN_CAPTURE:
            bind(match, items[1], subject);
            return true;
        case PATTERN_CONSTANT:
            return mp_obj_equal(subject, items[1]);
        case PATTERN_VALUE:
            return mp_obj_equal(subject, value_of(match, items[1]));
        case PATTERN_SINGLETON:
            return subject == value_of(match, items[1]);
        case PATTERN_SEQUENCE:
            return match_sequence(match, subject, n, items);
        case PATTERN_MAPPING:
            return match_mapping(match, subject, n, items);
        case PATTERN_CLASS:
            return match_class(match, subject, n, items);
        case PATTERN_OR:
            for (size_t i = 1; i < n; i++) {
                if (matches(match, subject, items[i])) {
                    return true;
                }
            }
            return false;
        case PATTERN_AS:
            if (n < 3 || !matches(match, subject, items[1])) {
                return false;
            }
            bind(match, items[2], subject);
            return true;
        default:
            malformed();
    }
}

static mp_obj_t match(size_t n_args, const mp_obj_t *args) {
    match_t match = { .values = args + 2, .n_values = n_args - 2, .bound = mp_obj_new_list(0, NULL) };
    if (!matches(&match, args[0], args[1])) {
        return mp_const_false;
    }
    size_t len;
    mp_obj_t *items;
    mp_obj_list_get(match.bound, &len, &items);
    return len == 0 ? mp_const_true : mp_obj_new_tuple(len, items);
}
MP_DEFINE_CONST_FUN_OBJ_VAR(hermetic_match_obj, 2, match);
