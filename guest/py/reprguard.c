// The containers whose repr() is under way: a list of records in C frames, innermost first.

#include "py/reprguard.h"
#include "py/runtime.h"

static repr_guard_t *innermost;

static void leave(void *guard) {
    innermost = ((repr_guard_t *)guard)->outer;
}

bool repr_enter(repr_guard_t *guard, mp_obj_t object) {
    for (repr_guard_t *outer = innermost; outer; outer = outer->outer) {
        if (outer->object == object) {
            return false;
        }
    }
    guard->object = object;
    guard->outer = innermost;
    innermost = guard;
    nlr_push_jump_callback(&guard->node, leave);
    return true;
}

void repr_leave(repr_guard_t *guard) {
    (void)guard;
    nlr_pop_jump_callback(true);
}

// What a container that comes again is written as; NULL for what is no container.
static const char *ellipsis(const mp_obj_type_t *type) {
    return type == &mp_type_list ? "[...]" : type == &mp_type_dict ? "{...}" : type == &mp_type_tuple ? "(...)"
        : type == &mp_type_set ? "set(...)" : NULL;
}

bool repr_container(const mp_print_t *print, mp_obj_t object, mp_print_kind_t kind, mp_print_fun_t write) {
    const char *again = ellipsis(mp_obj_get_type(object));
    if (again == NULL || kind == PRINT_JSON) {
        return false;
    }
    repr_guard_t guard;
    if (!repr_enter(&guard, object)) {
        mp_print_str(print, again);
        return true;
    }
    write(print, object, kind);
    repr_leave(&guard);
    return true;
}
