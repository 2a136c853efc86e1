// __slots__: what a class says its instances have, and the descriptors that stand for it in the class.
//
// Instances keep such attributes with all others; so a descriptor is made when a program asks for it, and holds no state.

#include <string.h>

#include "py/objtype.h"
#include "py/runtime.h"
#include "py/slots.h"

typedef struct _member_t {
    mp_obj_base_t base;
    const mp_obj_type_t *cls;
    qstr name;
} member_t;

// Calls what is given for each name; stops and returns true when that does.
typedef bool (*visit_t)(const mp_obj_type_t *type, mp_obj_t name, void *arg);

static bool each_slot(const mp_obj_type_t *type, visit_t visit, void *arg) {
    mp_obj_t slots = mp_obj_is_instance_type(type) ? class_own(type, MP_QSTR___slots__) : MP_OBJ_NULL;
    if (slots == MP_OBJ_NULL) {
        return false;
    }
    if (mp_obj_is_str(slots)) {
        return visit(type, slots, arg);
    }
    mp_obj_iter_buf_t buf;
    mp_obj_t iterator = mp_getiter(slots, &buf), name;
    while ((name = mp_iternext(iterator)) != MP_OBJ_STOP_ITERATION) {
        if (visit(type, name, arg)) {
            return true;
        }
    }
    return false;
}

// A private name is stored as the compiler writes it: _Class__name.
static bool is_named(const mp_obj_type_t *type, mp_obj_t name, void *arg) {
    qstr attr = *(qstr *)arg;
    if (!mp_obj_is_str(name)) {
        return false;
    }
    size_t len, attr_len, class_len;
    const char *text = mp_obj_str_get_data(name, &len), *full = (const char *)qstr_data(attr, &attr_len);
    if (len == attr_len && memcmp(text, full, len) == 0) {
        return true;
    }
    if (len < 3 || memcmp(text, "__", 2) != 0 || memcmp(text + len - 2, "__", 2) == 0 || full[0] != '_') {
        return false;
    }
    const char *class_name = (const char *)qstr_data(type->name, &class_len);
    while (class_len > 0 && *class_name == '_') {
        class_name++;
        class_len--;
    }
    return attr_len == 1 + class_len + len && memcmp(full + 1, class_name, class_len) == 0
        && memcmp(full + 1 + class_len, text, len) == 0;
}

bool in_slots(const mp_obj_type_t *cls, qstr attr) {
    mp_obj_tuple_t *mro = class_of(cls)->mro;
    for (size_t i = 0; i < mro->len; i++) {
        if (each_slot(MP_OBJ_TO_PTR(mro->items[i]), is_named, &attr)) {
            return true;
        }
    }
    return false;
}

static bool check(const mp_obj_type_t *type, mp_obj_t name, void *arg) {
    (void)arg;
    if (!mp_obj_is_str(name)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("__slots__ items must be strings, not '%s'"), mp_obj_get_type_str(name));
    }
    mp_obj_t method[2];
    mp_load_method(name, MP_QSTR_isidentifier, method);
    if (!mp_obj_is_true(mp_call_method_n_kw(0, 0, method))) {
        mp_raise_TypeError(MP_ERROR_TEXT("__slots__ must be identifiers"));
    }
    qstr attr = mp_obj_str_get_qstr(name);
    if (attr != MP_QSTR___classcell__ && attr != MP_QSTR___qualname__ && class_own(type, attr) != MP_OBJ_NULL) {
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("'%q' in __slots__ conflicts with class variable"), attr);
    }
    return false;
}

static bool any(const mp_obj_type_t *type, mp_obj_t name, void *arg) {
    (void)type, (void)name, (void)arg;
    return true;
}

void slots_check(const mp_obj_type_t *type) {
    const mp_obj_type_t *native = class_of(type)->native;
    if ((native == &mp_type_int || native == &mp_type_tuple || native == &mp_type_bytes) && each_slot(type, any, NULL)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("nonempty __slots__ not supported for subtype of '%q'"), native->name);
    }
    each_slot(type, check, NULL);
}

// ---- descriptors ----

static void member_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    member_t *self = MP_OBJ_TO_PTR(self_in);
    mp_printf(print, "<member '%q' of '%q' objects>", self->name, self->cls->name);
}

static mp_obj_t checked(mp_obj_t self_in, mp_obj_t object) {
    member_t *self = MP_OBJ_TO_PTR(self_in);
    if (!mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(mp_obj_get_type(object)), MP_OBJ_FROM_PTR(self->cls))) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("descriptor '%q' for '%q' objects doesn't apply to a '%s' object"),
            self->name, self->cls->name, mp_obj_get_type_str(object));
    }
    return object;
}

static mp_obj_t member_get(size_t n_args, const mp_obj_t *args) {
    (void)n_args;
    return args[1] == mp_const_none ? args[0] : mp_load_attr(checked(args[0], args[1]), ((member_t *)MP_OBJ_TO_PTR(args[0]))->name);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(member_get_obj, 2, 3, member_get);

static mp_obj_t member_set(mp_obj_t self, mp_obj_t object, mp_obj_t value) {
    mp_store_attr(checked(self, object), ((member_t *)MP_OBJ_TO_PTR(self))->name, value);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_3(member_set_obj, member_set);

static mp_obj_t member_delete(mp_obj_t self, mp_obj_t object) {
    return member_set(self, object, MP_OBJ_NULL);
}
static MP_DEFINE_CONST_FUN_OBJ_2(member_delete_obj, member_delete);

static const mp_rom_map_elem_t member_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___delete__), MP_ROM_PTR(&member_delete_obj) },
    { MP_ROM_QSTR(MP_QSTR___get__), MP_ROM_PTR(&member_get_obj) },
    { MP_ROM_QSTR(MP_QSTR___set__), MP_ROM_PTR(&member_set_obj) },
};
static MP_DEFINE_CONST_DICT(member_locals, member_locals_table);

static void member_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    member_t *self = MP_OBJ_TO_PTR(self_in);
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    if (attr == MP_QSTR___name__) {
        dest[0] = MP_OBJ_NEW_QSTR(self->name);
    } else if (attr == MP_QSTR___objclass__) {
        dest[0] = MP_OBJ_FROM_PTR(self->cls);
    } else if (attr == MP_QSTR___doc__) {
        dest[0] = mp_const_none;
    } else {
        dest[1] = MP_OBJ_SENTINEL;
    }
}

static MP_DEFINE_CONST_OBJ_TYPE(
    member_type, MP_QSTR_member_descriptor, MP_TYPE_FLAG_NONE,
    print, member_print,
    attr, member_attr,
    locals_dict, &member_locals
    );

mp_obj_t slots_member(const mp_obj_type_t *cls, qstr attr) {
    mp_obj_tuple_t *mro = mp_obj_is_instance_type(cls) ? class_of(cls)->mro : NULL;
    for (size_t i = 0; mro != NULL && i < mro->len; i++) {
        const mp_obj_type_t *type = MP_OBJ_TO_PTR(mro->items[i]);
        if (each_slot(type, is_named, &attr)) {
            member_t *member = mp_obj_malloc(member_t, &member_type);
            member->cls = type;
            member->name = attr;
            return MP_OBJ_FROM_PTR(member);
        }
    }
    return MP_OBJ_NULL;
}
