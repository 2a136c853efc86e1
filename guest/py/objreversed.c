// reversed(): what __reversed__ gives, or the items of a sequence from the last to the first.

#include "py/objlist.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "exception.h"

typedef struct _reversed_t {
    mp_obj_base_t base;
    mp_obj_t sequence;
    mp_uint_t left; // the next item's index, plus 1
} reversed_t;

static bool is_sequence(mp_obj_t obj) {
    const mp_obj_type_t *type = mp_obj_get_type(obj);
    if (!mp_obj_is_instance_type(type)) {
        return MP_OBJ_TYPE_HAS_SLOT(type, subscr);
    }
    mp_obj_t method[2];
    mp_load_method_maybe(obj, MP_QSTR___getitem__, method);
    if (method[0] != MP_OBJ_NULL) {
        mp_load_method_maybe(obj, MP_QSTR___len__, method);
    }
    return method[0] != MP_OBJ_NULL;
}

static mp_obj_t reversed_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    mp_arg_check_num(n_args, n_kw, 1, 1, false);
    mp_obj_t method[2];
    mp_load_method_maybe(args[0], MP_QSTR___reversed__, method);
    if (method[0] != MP_OBJ_NULL && method[0] != mp_const_none) {
        return mp_call_method_n_kw(0, 0, method);
    }
    if (method[0] == mp_const_none || !is_sequence(args[0])) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("'%s' object is not reversible"), mp_obj_get_type_str(args[0]));
    }
    reversed_t *self = mp_obj_malloc(reversed_t, type);
    self->sequence = args[0];
    self->left = mp_obj_get_int(mp_obj_len(args[0]));
    return MP_OBJ_FROM_PTR(self);
}

typedef struct _item_t {
    mp_obj_t sequence, index, value;
} item_t;

static void item_load(void *arg) {
    item_t *item = arg;
    item->value = mp_obj_subscr(item->sequence, item->index, MP_OBJ_SENTINEL);
}

static mp_obj_t reversed_iternext(mp_obj_t self_in) {
    mp_check_self(mp_obj_is_type(self_in, &mp_type_reversed));
    reversed_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->left == 0) {
        return MP_OBJ_STOP_ITERATION;
    }
    self->left--;
    if (mp_obj_is_type(self->sequence, &mp_type_list)) {
        mp_obj_list_t *list = MP_OBJ_TO_PTR(self->sequence);
        if (self->left >= list->len) {
            self->left = 0; // it has become shorter
            return MP_OBJ_STOP_ITERATION;
        }
        return list->items[self->left];
    } else if (mp_obj_is_native_type(mp_obj_get_type(self->sequence))) {
        return mp_obj_subscr(self->sequence, MP_OBJ_NEW_SMALL_INT(self->left), MP_OBJ_SENTINEL);
    }
    item_t item = { self->sequence, MP_OBJ_NEW_SMALL_INT(self->left), MP_OBJ_NULL };
    if (nlr_try(item_load, &item)) {
        // So does a sequence say that it has become shorter.
        mp_obj_t error = MP_OBJ_FROM_PTR(nlr_caught());
        if (!mp_obj_exception_match(error, MP_OBJ_FROM_PTR(&mp_type_IndexError))
            && !mp_obj_exception_match(error, MP_OBJ_FROM_PTR(&mp_type_StopIteration))) {
            nlr_raise(error);
        }
        self->left = 0;
        return MP_OBJ_STOP_ITERATION;
    }
    return item.value;
}

static mp_obj_t reversed_length_hint(mp_obj_t self_in) {
    reversed_t *self = MP_OBJ_TO_PTR(self_in);
    bool there = self->left != 0 && self->left <= (size_t)mp_obj_get_int(mp_obj_len(self->sequence));
    return MP_OBJ_NEW_SMALL_INT(there ? self->left : 0);
}
static MP_DEFINE_CONST_FUN_OBJ_1(reversed_length_hint_obj, reversed_length_hint);

static mp_obj_t reversed_reduce(mp_obj_t self_in) {
    reversed_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_t sequence = self->left == 0 ? mp_const_empty_tuple : self->sequence;
    mp_obj_t items[] = {
        MP_OBJ_FROM_PTR(&mp_type_reversed), mp_obj_new_tuple(1, &sequence), mp_obj_new_int((mp_int_t)self->left - 1),
    };
    return mp_obj_new_tuple(3, items);
}
static MP_DEFINE_CONST_FUN_OBJ_1(reversed_reduce_obj, reversed_reduce);

static mp_obj_t reversed_setstate(mp_obj_t self_in, mp_obj_t state) {
    reversed_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->left != 0) {
        mp_int_t at = mp_obj_get_int(state), len = mp_obj_get_int(mp_obj_len(self->sequence));
        self->left = at < 0 ? 0 : at >= len ? len : at + 1;
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(reversed_setstate_obj, reversed_setstate);

static const mp_rom_map_elem_t reversed_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___length_hint__), MP_ROM_PTR(&reversed_length_hint_obj) },
    { MP_ROM_QSTR(MP_QSTR___reduce__), MP_ROM_PTR(&reversed_reduce_obj) },
    { MP_ROM_QSTR(MP_QSTR___setstate__), MP_ROM_PTR(&reversed_setstate_obj) },
};
static MP_DEFINE_CONST_DICT(reversed_locals, reversed_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_reversed, MP_QSTR_reversed, MP_TYPE_FLAG_ITER_IS_ITERNEXT,
    make_new, reversed_make_new,
    iter, reversed_iternext,
    locals_dict, &reversed_locals
    );
