// slice objects. Takes the place of upstream's py/objslice.c: bounds may be of any size, and all three are what an
// object's __index__ says.

#include "py/runtime.h"
#include "py/slice.h"
#include "py/strtext.h"

static void slice_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    mp_obj_slice_t *self = MP_OBJ_TO_PTR(self_in);
    mp_print_str(print, "slice(");
    mp_obj_print_helper(print, self->start, PRINT_REPR);
    mp_print_str(print, ", ");
    mp_obj_print_helper(print, self->stop, PRINT_REPR);
    mp_print_str(print, ", ");
    mp_obj_print_helper(print, self->step, PRINT_REPR);
    mp_print_str(print, ")");
}

static mp_int_t bound(mp_obj_t value, mp_int_t missing) {
    if (value == mp_const_none) {
        return missing;
    }
    if (mp_obj_is_small_int(value)) {
        return MP_OBJ_SMALL_INT_VALUE(value);
    }
    mp_int_t number;
    if (!index_maybe(value, &number)) {
        mp_raise_TypeError(MP_ERROR_TEXT("slice indices must be integers or None or have an __index__ method"));
    }
    return number;
}

size_t slice_bounds(mp_obj_t self_in, mp_int_t len, mp_bound_slice_t *out) {
    mp_obj_slice_t *self = MP_OBJ_TO_PTR(self_in);
    mp_int_t step = bound(self->step, 1);
    if (step == 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("slice step cannot be zero"));
    }
    if (step < -INT64_MAX) {
        step = -INT64_MAX;
    }
    mp_int_t low = step < 0 ? -1 : 0, high = step < 0 ? len - 1 : len;
    mp_int_t start = bound(self->start, step < 0 ? INT64_MAX : 0);
    mp_int_t stop = bound(self->stop, step < 0 ? INT64_MIN : INT64_MAX);
    if (start < 0) {
        start = MAX(start + len, low);
    }
    if (stop < 0) {
        stop = stop == INT64_MIN ? low : MAX(stop + len, low);
    }
    start = MIN(start, high);
    stop = MIN(stop, high);
    out->start = start;
    out->stop = stop;
    out->step = step;
    if (step > 0) {
        return start < stop ? (size_t)((stop - start - 1) / step + 1) : 0;
    }
    return stop < start ? (size_t)((start - stop - 1) / -step + 1) : 0;
}

void mp_obj_slice_indices(mp_obj_t self_in, mp_int_t length, mp_bound_slice_t *result) {
    slice_bounds(self_in, length, result);
}

static mp_obj_t slice_indices(mp_obj_t self_in, mp_obj_t length_in) {
    mp_int_t length = index_clamped(length_in);
    if (length < 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("length should not be negative"));
    }
    mp_bound_slice_t bounds;
    slice_bounds(self_in, length, &bounds);
    mp_obj_t items[3] = { mp_obj_new_int(bounds.start), mp_obj_new_int(bounds.stop), mp_obj_new_int(bounds.step) };
    return mp_obj_new_tuple(3, items);
}
static MP_DEFINE_CONST_FUN_OBJ_2(slice_indices_obj, slice_indices);

static void slice_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    mp_obj_slice_t *self = MP_OBJ_TO_PTR(self_in);
    switch (attr) {
        case MP_QSTR_start:
            dest[0] = self->start;
            break;
        case MP_QSTR_stop:
            dest[0] = self->stop;
            break;
        case MP_QSTR_step:
            dest[0] = self->step;
            break;
        case MP_QSTR_indices:
            dest[0] = MP_OBJ_FROM_PTR(&slice_indices_obj);
            dest[1] = self_in;
            break;
        default:
            dest[1] = MP_OBJ_SENTINEL;
    }
}

static mp_obj_t slice_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    (void)type;
    mp_arg_check_num(n_args, n_kw, 1, 3, false);
    mp_obj_t start = n_args > 1 ? args[0] : mp_const_none;
    return mp_obj_new_slice(start, n_args > 1 ? args[1] : args[0], n_args > 2 ? args[2] : mp_const_none);
}

static mp_obj_t slice_unary_op(mp_unary_op_t op, mp_obj_t self_in) {
    if (op == MP_UNARY_OP_HASH) {
        mp_raise_TypeError(MP_ERROR_TEXT("unhashable type: 'slice'"));
    }
    (void)self_in;
    return MP_OBJ_NULL;
}

static mp_obj_t slice_binary_op(mp_binary_op_t op, mp_obj_t lhs_in, mp_obj_t rhs_in) {
    if (op != MP_BINARY_OP_EQUAL || !mp_obj_is_type(rhs_in, &mp_type_slice)) {
        return MP_OBJ_NULL;
    }
    mp_obj_slice_t *a = MP_OBJ_TO_PTR(lhs_in), *b = MP_OBJ_TO_PTR(rhs_in);
    return mp_obj_new_bool(mp_obj_equal(a->start, b->start) && mp_obj_equal(a->stop, b->stop)
        && mp_obj_equal(a->step, b->step));
}

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_slice, MP_QSTR_slice, MP_TYPE_FLAG_NONE,
    make_new, slice_make_new,
    print, slice_print,
    unary_op, slice_unary_op,
    binary_op, slice_binary_op,
    attr, slice_attr
    );

mp_obj_t mp_obj_new_slice(mp_obj_t start, mp_obj_t stop, mp_obj_t step) {
    mp_obj_slice_t *self = mp_obj_malloc(mp_obj_slice_t, &mp_type_slice);
    self->start = start;
    self->stop = stop;
    self->step = step;
    return MP_OBJ_FROM_PTR(self);
}
