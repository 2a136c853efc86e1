// range. Takes the place of upstream's py/objrange.c: bounds may be of any size, and it is a sequence in full.
//
// Bounds that stay well within a machine word, which is all but every range, are kept so; `len` too. Others are objects
// (`big`), and take the slow way. Loops of bytecode step through small ranges themselves: vm_iter.c.

#include "py/builtin.h"
#include "py/inttext.h"
#include "py/messages.h"
#include "py/objint.h"
#include "py/objrange.h"
#include "py/runtime.h"
#include "py/seqiter.h"
#include "py/slice.h"
#include "py/smallint.h"
#include "py/strtext.h"

#define WORD_LIMIT (1LL << 61)

typedef struct _range_iterator_t {
    mp_obj_base_t base;
    mp_int_t next, left, step;
} range_iterator_t;

static mp_obj_t range_iternext(mp_obj_t self_in) {
    range_iterator_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->left == 0) {
        return MP_OBJ_STOP_ITERATION;
    }
    mp_int_t value = self->next;
    self->left--;
    self->next += self->step;
    return MP_SMALL_INT_FITS(value) ? MP_OBJ_NEW_SMALL_INT(value) : mp_obj_new_int(value);
}

static mp_obj_t range_iterator_len(mp_obj_t self_in) {
    range_iterator_t *self = MP_OBJ_TO_PTR(self_in);
    return mp_obj_new_int(self->left);
}
static MP_DEFINE_CONST_FUN_OBJ_1(range_iterator_len_obj, range_iterator_len);

static mp_obj_t range_iterator_reduce(mp_obj_t self_in);
static MP_DEFINE_CONST_FUN_OBJ_1(range_iterator_reduce_obj, range_iterator_reduce);

static const mp_rom_map_elem_t range_iterator_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___reduce__), MP_ROM_PTR(&range_iterator_reduce_obj) },
    { MP_ROM_QSTR(MP_QSTR___length_hint__), MP_ROM_PTR(&range_iterator_len_obj) },
};
static MP_DEFINE_CONST_DICT(range_iterator_locals, range_iterator_locals_table);

static MP_DEFINE_CONST_OBJ_TYPE(
    range_iterator_type, MP_QSTR_range_iterator, MP_TYPE_FLAG_ITER_IS_ITERNEXT,
    iter, range_iternext,
    locals_dict, &range_iterator_locals
    );

typedef struct _big_iterator_t {
    mp_obj_base_t base;
    mp_obj_t next, left, step;
} big_iterator_t;

static mp_obj_t big_iterator_reduce(mp_obj_t self_in);
static MP_DEFINE_CONST_FUN_OBJ_1(big_iterator_reduce_obj, big_iterator_reduce);

static const mp_rom_map_elem_t big_iterator_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___reduce__), MP_ROM_PTR(&big_iterator_reduce_obj) },
};
static MP_DEFINE_CONST_DICT(big_iterator_locals, big_iterator_locals_table);

static mp_obj_t big_iternext(mp_obj_t self_in) {
    big_iterator_t *self = MP_OBJ_TO_PTR(self_in);
    if (mp_obj_int_sign(self->left) == 0) {
        return MP_OBJ_STOP_ITERATION;
    }
    mp_obj_t value = self->next;
    self->left = mp_binary_op(MP_BINARY_OP_SUBTRACT, self->left, MP_OBJ_NEW_SMALL_INT(1));
    self->next = mp_binary_op(MP_BINARY_OP_ADD, value, self->step);
    return value;
}

static MP_DEFINE_CONST_OBJ_TYPE(
    big_iterator_type, MP_QSTR_longrange_iterator, MP_TYPE_FLAG_ITER_IS_ITERNEXT,
    iter, big_iternext,
    locals_dict, &big_iterator_locals
    );

// The bounds as objects: start, stop, step, length.
static mp_obj_t bound(const range_t *self, int which) {
    return self->big ? self->bounds[which] : mp_obj_new_int((&self->start)[which]);
}

static mp_obj_t op(mp_binary_op_t operator, mp_obj_t a, mp_obj_t b) {
    return mp_binary_op(operator, a, b);
}

static mp_obj_t new_range(mp_obj_t start, mp_obj_t stop, mp_obj_t step) {
    range_t *self = mp_obj_malloc(range_t, &mp_type_range);
    if (mp_obj_int_sign(step) == 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("range() arg 3 must not be zero"));
    }
    if (index_maybe(start, &self->start) && index_maybe(stop, &self->stop) && index_maybe(step, &self->step)
        && self->start < WORD_LIMIT && self->start > -WORD_LIMIT && self->stop < WORD_LIMIT && self->stop > -WORD_LIMIT
        && self->step < WORD_LIMIT && self->step > -WORD_LIMIT) {
        self->big = false;
        self->small = MP_SMALL_INT_FITS(self->start) && MP_SMALL_INT_FITS(self->stop) && MP_SMALL_INT_FITS(self->step);
        mp_int_t span = self->step > 0 ? self->stop - self->start : self->start - self->stop;
        self->len = span > 0 ? (span - 1) / (self->step > 0 ? self->step : -self->step) + 1 : 0;
        return MP_OBJ_FROM_PTR(self);
    }
    self->big = true;
    self->small = false;
    self->bounds[0] = start;
    self->bounds[1] = stop;
    self->bounds[2] = step;
    bool down = mp_obj_int_sign(step) < 0;
    mp_obj_t span = down ? op(MP_BINARY_OP_SUBTRACT, start, stop) : op(MP_BINARY_OP_SUBTRACT, stop, start);
    self->bounds[3] = MP_OBJ_NEW_SMALL_INT(0);
    if (mp_obj_int_sign(span) > 0) {
        span = op(MP_BINARY_OP_SUBTRACT, span, MP_OBJ_NEW_SMALL_INT(1));
        self->bounds[3] = op(MP_BINARY_OP_ADD, MP_OBJ_NEW_SMALL_INT(1),
            op(MP_BINARY_OP_FLOOR_DIVIDE, span, mp_unary_op(MP_UNARY_OP_ABS, step)));
    }
    return MP_OBJ_FROM_PTR(self);
}

static mp_obj_t integer(mp_obj_t obj) {
    if (mp_obj_is_int(obj)) {
        return obj;
    }
    mp_obj_t value = native_value(obj);
    if (mp_obj_is_int(value)) {
        return value;
    }
    value = call_special(obj, MP_QSTR___index__, 0, NULL);
    return value != MP_OBJ_NULL && mp_obj_is_int(value) ? value : mp_obj_new_int(index_clamped(obj));
}

// (iter, (range of what is left,))
static mp_obj_t reduce_iterator(mp_obj_t next, mp_obj_t left, mp_obj_t step) {
    mp_obj_t range = new_range(next, op(MP_BINARY_OP_ADD, next, op(MP_BINARY_OP_MULTIPLY, left, step)), step);
    return reduced(MP_OBJ_FROM_PTR(&hermetic_iter_obj), 1, &range);
}

static mp_obj_t range_iterator_reduce(mp_obj_t self_in) {
    range_iterator_t *self = MP_OBJ_TO_PTR(self_in);
    return reduce_iterator(mp_obj_new_int(self->next), mp_obj_new_int(self->left), mp_obj_new_int(self->step));
}

static mp_obj_t big_iterator_reduce(mp_obj_t self_in) {
    big_iterator_t *self = MP_OBJ_TO_PTR(self_in);
    return reduce_iterator(self->next, self->left, self->step);
}

static mp_obj_t range_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    (void)type;
    if (n_args == 0) {
        mp_raise_TypeError(MP_ERROR_TEXT("range expected at least 1 argument, got 0"));
    }
    if (n_args > 3) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("range expected at most 3 arguments, got %d"), (int)n_args);
    }
    if (n_kw) {
        mp_raise_TypeError(MP_ERROR_TEXT("range() takes no keyword arguments"));
    }
    mp_obj_t start = n_args > 1 ? integer(args[0]) : MP_OBJ_NEW_SMALL_INT(0);
    mp_obj_t stop = integer(args[n_args > 1]);
    return new_range(start, stop, n_args > 2 ? integer(args[2]) : MP_OBJ_NEW_SMALL_INT(1));
}

static void range_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    range_t *self = MP_OBJ_TO_PTR(self_in);
    mp_print_str(print, "range(");
    for (int i = 0; i < 2 + (bound(self, 2) != MP_OBJ_NEW_SMALL_INT(1)); i++) {
        mp_print_str(print, i ? ", " : "");
        mp_obj_print_helper(print, bound(self, i), PRINT_REPR);
    }
    mp_print_str(print, ")");
}

static mp_obj_t element(const range_t *self, mp_obj_t index) {
    return op(MP_BINARY_OP_ADD, bound(self, 0), op(MP_BINARY_OP_MULTIPLY, index, bound(self, 2)));
}

static mp_obj_t range_unary_op(mp_unary_op_t operator, mp_obj_t self_in) {
    range_t *self = MP_OBJ_TO_PTR(self_in);
    switch (operator) {
        case MP_UNARY_OP_BOOL:
            return mp_obj_new_bool(self->big ? mp_obj_int_sign(self->bounds[3]) : self->len != 0);
        case MP_UNARY_OP_LEN: {
            mp_obj_t len = bound(self, 3);
            if (self->big && !mp_obj_is_small_int(len)) {
                mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("Python int too large to convert to C ssize_t"));
            }
            return len;
        }
        case MP_UNARY_OP_HASH: {
            // As equality: by length, first element and step, as far as they matter.
            mp_obj_t len = bound(self, 3), items[3] = { len, mp_const_none, mp_const_none };
            if (mp_obj_int_sign(len)) {
                items[1] = bound(self, 0);
                if (len != MP_OBJ_NEW_SMALL_INT(1)) {
                    items[2] = bound(self, 2);
                }
            }
            return mp_unary_op(MP_UNARY_OP_HASH, mp_obj_new_tuple(3, items));
        }
        default:
            return MP_OBJ_NULL;
    }
}

// The index of an int in the range; MP_OBJ_NULL when it is not there.
static mp_obj_t position(const range_t *self, mp_obj_t value) {
    mp_obj_t distance = op(MP_BINARY_OP_SUBTRACT, value, bound(self, 0)), step = bound(self, 2);
    mp_obj_t index = op(MP_BINARY_OP_FLOOR_DIVIDE, distance, step);
    if (mp_obj_int_sign(op(MP_BINARY_OP_MODULO, distance, step)) || mp_obj_int_sign(index) < 0
        || !mp_obj_is_true(op(MP_BINARY_OP_LESS, index, bound(self, 3)))) {
        return MP_OBJ_NULL;
    }
    return index;
}

// The same for any object: what is no int is compared with each element.
static mp_obj_t find(mp_obj_t self_in, mp_obj_t value) {
    range_t *self = MP_OBJ_TO_PTR(self_in);
    if (mp_obj_is_bool(value)) {
        value = MP_OBJ_NEW_SMALL_INT(value == mp_const_true);
    }
    if (mp_obj_is_int(value)) {
        return position(self, value);
    }
    mp_obj_iter_buf_t iter_buf;
    mp_obj_t iterator = mp_getiter(self_in, &iter_buf), item;
    for (mp_int_t i = 0; (item = mp_iternext(iterator)) != MP_OBJ_STOP_ITERATION; i++) {
        if (mp_obj_equal(item, value)) {
            return mp_obj_new_int(i);
        }
    }
    return MP_OBJ_NULL;
}

static mp_obj_t range_binary_op(mp_binary_op_t operator, mp_obj_t lhs_in, mp_obj_t rhs_in) {
    if (operator == MP_BINARY_OP_CONTAINS) {
        return mp_obj_new_bool(find(lhs_in, rhs_in) != MP_OBJ_NULL);
    }
    if (operator != MP_BINARY_OP_EQUAL || !mp_obj_is_type(rhs_in, &mp_type_range)) {
        return MP_OBJ_NULL;
    }
    range_t *lhs = MP_OBJ_TO_PTR(lhs_in), *rhs = MP_OBJ_TO_PTR(rhs_in);
    mp_obj_t len = bound(lhs, 3);
    return mp_obj_new_bool(mp_obj_equal(len, bound(rhs, 3)) && (mp_obj_int_sign(len) == 0
        || (mp_obj_equal(bound(lhs, 0), bound(rhs, 0))
            && (len == MP_OBJ_NEW_SMALL_INT(1) || mp_obj_equal(bound(lhs, 2), bound(rhs, 2))))));
}

static mp_obj_t range_subscr(mp_obj_t self_in, mp_obj_t index, mp_obj_t value) {
    if (value != MP_OBJ_SENTINEL) {
        return MP_OBJ_NULL;
    }
    range_t *self = MP_OBJ_TO_PTR(self_in);
    if (mp_obj_is_type(index, &mp_type_slice)) {
        if (self->big) {
            mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("slice of a range beyond machine words"));
        }
        mp_bound_slice_t bounds;
        slice_bounds(index, self->len, &bounds);
        mp_obj_t step = op(MP_BINARY_OP_MULTIPLY, mp_obj_new_int(bounds.step), bound(self, 2));
        return new_range(element(self, mp_obj_new_int(bounds.start)), element(self, mp_obj_new_int(bounds.stop)), step);
    }
    mp_int_t i;
    if (!index_maybe(index, &i)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("range indices must be integers or slices, not %s"),
            mp_obj_get_type_str(index));
    }
    mp_obj_t at = mp_obj_is_int(index) ? index : mp_obj_new_int(i), len = bound(self, 3);
    if (mp_obj_int_sign(at) < 0) {
        at = op(MP_BINARY_OP_ADD, at, len);
    }
    if (mp_obj_int_sign(at) < 0 || !mp_obj_is_true(op(MP_BINARY_OP_LESS, at, len))) {
        mp_raise_msg(&mp_type_IndexError, MP_ERROR_TEXT("range object index out of range"));
    }
    return element(self, at);
}

static mp_obj_t range_getiter(mp_obj_t self_in, mp_obj_iter_buf_t *iter_buf) {
    range_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->big) {
        big_iterator_t *iterator = mp_obj_malloc(big_iterator_t, &big_iterator_type);
        iterator->next = self->bounds[0];
        iterator->left = self->bounds[3];
        iterator->step = self->bounds[2];
        return MP_OBJ_FROM_PTR(iterator);
    }
    MP_STATIC_ASSERT(sizeof(range_iterator_t) <= sizeof(mp_obj_iter_buf_t));
    range_iterator_t *iterator = (range_iterator_t *)iter_buf;
    iterator->base.type = &range_iterator_type;
    iterator->next = self->start;
    iterator->left = self->len;
    iterator->step = self->step;
    return MP_OBJ_FROM_PTR(iterator);
}

static mp_obj_t range_index(mp_obj_t self, mp_obj_t value) {
    mp_obj_t index = find(self, value);
    if (index == MP_OBJ_NULL) {
        raise_not_in_sequence(&mp_type_range, value);
    }
    return index;
}
static MP_DEFINE_CONST_FUN_OBJ_2(range_index_obj, range_index);

static mp_obj_t range_count(mp_obj_t self, mp_obj_t value) {
    return MP_OBJ_NEW_SMALL_INT(find(self, value) != MP_OBJ_NULL);
}
static MP_DEFINE_CONST_FUN_OBJ_2(range_count_obj, range_count);

static mp_obj_t range_reversed(mp_obj_t self_in) {
    range_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_t step = mp_unary_op(MP_UNARY_OP_NEGATIVE, bound(self, 2));
    mp_obj_t last = element(self, op(MP_BINARY_OP_SUBTRACT, bound(self, 3), MP_OBJ_NEW_SMALL_INT(1)));
    mp_obj_t reversed = new_range(last, op(MP_BINARY_OP_ADD, bound(self, 0), step), step);
    return mp_getiter(reversed, NULL);
}
static MP_DEFINE_CONST_FUN_OBJ_1(range_reversed_obj, range_reversed);

static const mp_rom_map_elem_t range_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___reversed__), MP_ROM_PTR(&range_reversed_obj) },
    { MP_ROM_QSTR(MP_QSTR_count), MP_ROM_PTR(&range_count_obj) },
    { MP_ROM_QSTR(MP_QSTR_index), MP_ROM_PTR(&range_index_obj) },
};
static MP_DEFINE_CONST_DICT(range_locals_dict, range_locals_table);

static void range_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    if (attr == MP_QSTR_start || attr == MP_QSTR_stop || attr == MP_QSTR_step) {
        dest[0] = bound(MP_OBJ_TO_PTR(self_in), attr == MP_QSTR_start ? 0 : attr == MP_QSTR_stop ? 1 : 2);
    } else {
        dest[1] = MP_OBJ_SENTINEL;
    }
}

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_range, MP_QSTR_range, MP_TYPE_FLAG_NONE,
    make_new, range_make_new,
    print, range_print,
    unary_op, range_unary_op,
    binary_op, range_binary_op,
    subscr, range_subscr,
    attr, range_attr,
    iter, range_getiter,
    locals_dict, &range_locals_dict
    );
