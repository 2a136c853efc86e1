// Names of built-in functions, which have none themselves: the tables of modules and types are searched for the function.
//
// Programs ask for few of them, so the search is not kept. Where a function stands in several places, the first one counts.

#include "py/builtin.h"
#include "py/objmodule.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "builtinnames.h"
#include "function.h"

typedef struct _place_t {
    qstr name;
    const mp_obj_type_t *type; // of which it is a method, or NULL
    qstr module;
} place_t;

static bool is_it(mp_obj_t value, mp_obj_t function) {
    if (value == function) {
        return true;
    }
    return (mp_obj_is_exact_type(value, &mp_type_staticmethod) || mp_obj_is_exact_type(value, &mp_type_classmethod))
        && ((mp_obj_static_class_method_t *)MP_OBJ_TO_PTR(value))->fun == function;
}

static bool find_in_map(const mp_map_t *map, mp_obj_t function, place_t *place) {
    for (size_t i = 0; i < map->alloc; i++) {
        if (mp_map_slot_is_filled(map, i) && mp_obj_is_qstr(map->table[i].key) && is_it(map->table[i].value, function)) {
            place->name = MP_OBJ_QSTR_VALUE(map->table[i].key);
            return true;
        }
    }
    return false;
}

static bool find_in_module(const mp_map_t *map, mp_obj_t function, place_t *place) {
    place->type = NULL;
    if (find_in_map(map, function, place)) {
        return true;
    }
    for (size_t i = 0; i < map->alloc; i++) {
        if (mp_map_slot_is_filled(map, i) && mp_obj_is_type(map->table[i].value, &mp_type_type)) {
            const mp_obj_type_t *type = MP_OBJ_TO_PTR(map->table[i].value);
            if (!mp_obj_is_instance_type(type) && MP_OBJ_TYPE_HAS_SLOT(type, locals_dict)
                && find_in_map(&MP_OBJ_TYPE_GET_SLOT(type, locals_dict)->map, function, place)) {
                place->type = type;
                return true;
            }
        }
    }
    return false;
}

static bool find(mp_obj_t function, place_t *place) {
    place->module = MP_QSTR_builtins;
    if (find_in_module(&mp_module_builtins_globals.map, function, place)) {
        return true;
    }
    const mp_map_t *modules[] = { &mp_builtin_module_map, &mp_builtin_extensible_module_map };
    for (size_t k = 0; k < MP_ARRAY_SIZE(modules); k++) {
        for (size_t i = 0; i < modules[k]->alloc; i++) {
            if (mp_map_slot_is_filled(modules[k], i)) {
                mp_obj_module_t *module = MP_OBJ_TO_PTR(modules[k]->table[i].value);
                place->module = MP_OBJ_QSTR_VALUE(modules[k]->table[i].key);
                if (module != &mp_module___main__ && find_in_module(&module->globals->map, function, place)) {
                    return true;
                }
            }
        }
    }
    return false;
}

static mp_obj_t qualified(const place_t *place) {
    if (place->type == NULL) {
        return MP_OBJ_NEW_QSTR(place->name);
    }
    vstr_t text;
    vstr_init(&text, 32);
    vstr_printf(&text, "%q.%q", place->type->name, place->name);
    return mp_obj_new_str_from_vstr(&text);
}

const char *callee_name(mp_obj_t callee) {
    place_t place;
    if (callee != MP_OBJ_NULL && mp_obj_is_type(callee, &mp_type_type)) {
        return qstr_str(((mp_obj_type_t *)MP_OBJ_TO_PTR(callee))->name);
    }
    return callee != MP_OBJ_NULL && find(callee, &place) ? qstr_str(place.name) : "function";
}

NORETURN void raise_arity(mp_obj_t function, size_t n_args, size_t n_kw, size_t least, size_t most) {
    place_t place;
    if (function != MP_OBJ_NULL && mp_obj_is_type(function, &mp_type_type)) {
        place = (place_t) { ((mp_obj_type_t *)MP_OBJ_TO_PTR(function))->name, NULL, MP_QSTR_builtins };
    } else if (function == MP_OBJ_NULL || !find(function, &place)) {
        place = (place_t) { MP_QSTR_function, NULL, MP_QSTR_builtins };
    }
    const char *full = mp_obj_str_get_str(qualified(&place)), *name = qstr_str(place.name);
    // The object of a method is not counted.
    unsigned self = place.type != NULL && least > 0 && n_args > 0;
    unsigned got = n_args - self;
    least -= self;
    most -= self;
    if (n_kw) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s() takes no keyword arguments"), full);
    }
    if (least == most && most <= 1 && !(function != MP_OBJ_NULL && mp_obj_is_type(function, &mp_type_type))) {
        mp_raise_msg_varg(&mp_type_TypeError, most == 0 ? MP_ERROR_TEXT("%s() takes no arguments (%u given)")
            : MP_ERROR_TEXT("%s() takes exactly one argument (%u given)"), full, got);
    }
    unsigned bound = got < least ? least : most;
    mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s expected %s%u argument%s, got %u"), name,
        least == most ? "" : got < least ? "at least " : "at most ", bound, bound == 1 ? "" : "s", got);
}

void builtin_function_print(const mp_print_t *print, mp_obj_t self, mp_print_kind_t kind) {
    (void)kind;
    place_t place;
    if (!find(self, &place)) {
        mp_print_str(print, "<built-in function>");
    } else if (place.type == NULL) {
        mp_printf(print, "<built-in function %q>", place.name);
    } else {
        mp_printf(print, "<method '%q' of '%q' objects>", place.name, place.type->name);
    }
}

void builtin_function_attr(mp_obj_t self, qstr attr, mp_obj_t *dest) {
    place_t place;
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    switch (attr) {
        case MP_QSTR___name__:
        case MP_QSTR___qualname__:
        case MP_QSTR___module__:
            if (find(self, &place)) {
                dest[0] = attr == MP_QSTR___name__ ? MP_OBJ_NEW_QSTR(place.name)
                    : attr == MP_QSTR___module__ ? MP_OBJ_NEW_QSTR(place.module) : qualified(&place);
            }
            break;
        case MP_QSTR___doc__:
        case MP_QSTR___text_signature__:
            dest[0] = mp_const_none;
            break;
        case MP_QSTR___call__:
            dest[0] = self;
            break;
        default:
            dest[1] = MP_OBJ_SENTINEL;
            break;
    }
}

void bound_method_print(const mp_print_t *print, mp_obj_t function, mp_obj_t self) {
    place_t place;
    if (mp_obj_is_obj(function) && ((mp_obj_base_t *)MP_OBJ_TO_PTR(function))->type->flags & MP_TYPE_FLAG_BUILTIN_FUN
        && find(function, &place)) {
        if (mp_obj_is_type(self, &mp_type_type)) {
            mp_printf(print, "<built-in method %q of type object at 0x%x>", place.name, (unsigned)(uintptr_t)MP_OBJ_TO_PTR(self));
        } else {
            mp_printf(print, "<built-in method %q of %s object at 0x%x>", place.name, mp_obj_get_type_str(self),
                (unsigned)(uintptr_t)(mp_obj_is_obj(self) ? MP_OBJ_TO_PTR(self) : NULL));
        }
        return;
    }
    mp_obj_t name[2];
    mp_load_method_maybe(function, MP_QSTR___qualname__, name);
    mp_print_str(print, "<bound method ");
    mp_obj_print_helper(print, name[0] == MP_OBJ_NULL ? MP_OBJ_NEW_QSTR(MP_QSTR__question_mark_) : name[0], PRINT_STR);
    mp_print_str(print, " of ");
    mp_obj_print_helper(print, self, PRINT_REPR);
    mp_print_str(print, ">");
}
