// enumerate. Takes the place of upstream's py/objenumerate.c, whose numbers are machine words.

#include "py/runtime.h"
#include "py/seqiter.h"
#include "py/smallint.h"

typedef struct _enumerate_t {
    mp_obj_base_t base;
    mp_obj_t iterator;
    mp_obj_t next;
} enumerate_t;

static mp_obj_t enumerate_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_iterable, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_start, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_INT(0) } },
    };
    mp_arg_val_t values[2];
    mp_arg_parse_all_kw_array(n_args, n_kw, args, 2, allowed, values);
    if (n_args + n_kw == 0) {
        mp_raise_TypeError(MP_ERROR_TEXT("enumerate() missing required argument 'iterable'"));
    }
    mp_int_t word;
    mp_obj_t start = values[1].u_obj;
    if (!mp_obj_is_int(start)) {
        start = mp_obj_get_int_maybe(start, &word) ? mp_obj_new_int(word) : mp_obj_new_int(mp_obj_get_int(start));
    }
    enumerate_t *self = mp_obj_malloc(enumerate_t, type);
    self->iterator = mp_getiter(values[0].u_obj, NULL);
    self->next = start;
    return MP_OBJ_FROM_PTR(self);
}

static mp_obj_t enumerate_next(mp_obj_t self_in) {
    enumerate_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_t item = mp_iternext(self->iterator);
    if (item == MP_OBJ_STOP_ITERATION) {
        return MP_OBJ_STOP_ITERATION;
    }
    mp_obj_t items[] = { self->next, item };
    self->next = mp_obj_is_small_int(self->next) && MP_SMALL_INT_FITS(MP_OBJ_SMALL_INT_VALUE(self->next) + 1)
        ? MP_OBJ_NEW_SMALL_INT(MP_OBJ_SMALL_INT_VALUE(self->next) + 1)
        : mp_binary_op(MP_BINARY_OP_ADD, self->next, MP_OBJ_NEW_SMALL_INT(1));
    return mp_obj_new_tuple(2, items);
}

static mp_obj_t enumerate_reduce(mp_obj_t self_in) {
    enumerate_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_t args[] = { self->iterator, self->next };
    return reduced(MP_OBJ_FROM_PTR(self->base.type), 2, args);
}
static MP_DEFINE_CONST_FUN_OBJ_1(enumerate_reduce_obj, enumerate_reduce);

static const mp_rom_map_elem_t locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___reduce__), MP_ROM_PTR(&enumerate_reduce_obj) },
};
static MP_DEFINE_CONST_DICT(locals, locals_table);

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_enumerate, MP_QSTR_enumerate, MP_TYPE_FLAG_ITER_IS_ITERNEXT,
    make_new, enumerate_make_new,
    iter, enumerate_next,
    locals_dict, &locals
    );
