// Iterators over ranges, lists and tuples for the loops of bytecode, which know their layout (vm_next). Other code
// meets them as ordinary iterators. They exist on the value stack only, and no program can get at one.

#include "py/objrange.h"
#include "vm_iter.h"

static mp_obj_t range_next(mp_obj_t self) {
    return vm_next_of_range(MP_OBJ_TO_PTR(self));
}

static mp_obj_t list_next(mp_obj_t self) {
    return vm_next_of_list(MP_OBJ_TO_PTR(self));
}

static mp_obj_t tuple_next(mp_obj_t self) {
    return vm_next_of_tuple(MP_OBJ_TO_PTR(self));
}

MP_DEFINE_CONST_OBJ_TYPE(vm_type_range_iter, MP_QSTR_range_iterator, MP_TYPE_FLAG_ITER_IS_ITERNEXT, iter, range_next);
MP_DEFINE_CONST_OBJ_TYPE(vm_type_list_iter, MP_QSTR_list_iterator, MP_TYPE_FLAG_ITER_IS_ITERNEXT, iter, list_next);
MP_DEFINE_CONST_OBJ_TYPE(vm_type_tuple_iter, MP_QSTR_tuple_iterator, MP_TYPE_FLAG_ITER_IS_ITERNEXT, iter, tuple_next);

_Static_assert(sizeof(vm_range_iter_t) <= sizeof(mp_obj_iter_buf_t), "an iterator must fit into its slots");

mp_obj_t vm_getiter(mp_obj_t iterable, mp_obj_iter_buf_t *buf) {
    if (vm_is(iterable, &mp_type_range) && ((range_t *)MP_OBJ_TO_PTR(iterable))->small) {
        const range_t *range = MP_OBJ_TO_PTR(iterable);
        vm_range_iter_t *it = (vm_range_iter_t *)buf;
        *it = (vm_range_iter_t) { { &vm_type_range_iter }, range->start, range->len, range->step };
        return MP_OBJ_FROM_PTR(buf);
    }
    if (vm_is(iterable, &mp_type_list)) {
        *(vm_list_iter_t *)buf = (vm_list_iter_t) { { &vm_type_list_iter }, iterable, 0 };
        return MP_OBJ_FROM_PTR(buf);
    }
    if (vm_is(iterable, &mp_type_tuple)) {
        *(vm_tuple_iter_t *)buf = (vm_tuple_iter_t) { { &vm_type_tuple_iter }, iterable, 0 };
        return MP_OBJ_FROM_PTR(buf);
    }
    return mp_getiter(iterable, buf);
}
