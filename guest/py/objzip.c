// zip. Takes the place of upstream's py/objzip.c, which has no `strict`.

#include "py/objtuple.h"
#include "py/runtime.h"

typedef struct _zip_t {
    mp_obj_base_t base;
    bool strict;
    size_t n;
    mp_obj_t iterators[];
} zip_t;

static mp_obj_t zip_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    static const mp_arg_t allowed[] = { { MP_QSTR_strict, MP_ARG_KW_ONLY | MP_ARG_OBJ, { .u_rom_obj = MP_ROM_FALSE } } };
    mp_arg_val_t values[1];
    mp_arg_parse_all_kw_array(0, n_kw, args + n_args, 1, allowed, values);
    zip_t *self = mp_obj_malloc_var(zip_t, iterators, mp_obj_t, n_args, type);
    self->strict = mp_obj_is_true(values[0].u_obj);
    self->n = 0;
    for (size_t i = 0; i < n_args; i++) {
        self->iterators[i] = mp_getiter(args[i], NULL);
        self->n = i + 1;
    }
    return MP_OBJ_FROM_PTR(self);
}

static NORETURN void uneven(size_t i, const char *how) {
    if (i == 1) {
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("zip() argument 2 is %s than argument 1"), how);
    }
    mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("zip() argument %d is %s than arguments 1-%d"), (int)i + 1, how,
        (int)i);
}

static mp_obj_t zip_iternext(mp_obj_t self_in) {
    zip_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->n == 0) {
        return MP_OBJ_STOP_ITERATION;
    }
    mp_obj_tuple_t *tuple = MP_OBJ_TO_PTR(mp_obj_new_tuple(self->n, NULL));
    for (size_t i = 0; i < self->n; i++) {
        mp_obj_t item = mp_iternext(self->iterators[i]);
        if (item != MP_OBJ_STOP_ITERATION) {
            tuple->items[i] = item;
            continue;
        }
        if (self->strict) {
            if (i) {
                uneven(i, "shorter");
            }
            for (size_t k = 1; k < self->n; k++) {
                if (mp_iternext(self->iterators[k]) != MP_OBJ_STOP_ITERATION) {
                    uneven(k, "longer");
                }
            }
        }
        return MP_OBJ_STOP_ITERATION;
    }
    return MP_OBJ_FROM_PTR(tuple);
}

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_zip, MP_QSTR_zip, MP_TYPE_FLAG_ITER_IS_ITERNEXT,
    make_new, zip_make_new,
    iter, zip_iternext
    );
