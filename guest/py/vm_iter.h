// Iterators that `for` keeps on the stack. See vm_iter.c.
#ifndef HERMETIC_GUEST_PY_VM_ITER_H
#define HERMETIC_GUEST_PY_VM_ITER_H

#include "vm_fast.h"

// As mp_getiter(), with iterators of our own over ranges, lists and tuples when they fit into `buf`.
mp_obj_t vm_getiter(mp_obj_t iterable, mp_obj_iter_buf_t *buf);

typedef struct _vm_range_iter_t {
    mp_obj_base_t base; // vm_type_range_iter
    mp_int_t next;
    mp_int_t left;
    mp_int_t step;
} vm_range_iter_t;

typedef struct _vm_list_iter_t {
    mp_obj_base_t base; // vm_type_list_iter
    mp_obj_t list;
    size_t next;
} vm_list_iter_t;

typedef struct _vm_tuple_iter_t {
    mp_obj_base_t base; // vm_type_tuple_iter
    mp_obj_t tuple;
    size_t next;
} vm_tuple_iter_t;

extern const mp_obj_type_t vm_type_range_iter;
extern const mp_obj_type_t vm_type_list_iter;
extern const mp_obj_type_t vm_type_tuple_iter;

// No object: vm_next() does not know this iterator.
#define VM_ITER_GENERAL ((mp_obj_t)MP_OBJ_SENTINEL)

VM_INLINE mp_obj_t vm_next_of_range(vm_range_iter_t *it) {
    if (it->left <= 0) {
        return MP_OBJ_STOP_ITERATION;
    }
    mp_int_t value = it->next;
    it->next += it->step;
    it->left--;
    return MP_OBJ_NEW_SMALL_INT(value);
}

VM_INLINE mp_obj_t vm_next_of_list(vm_list_iter_t *it) {
    mp_obj_list_t *list = MP_OBJ_TO_PTR(it->list);
    return it->next < list->len ? list->items[it->next++] : MP_OBJ_STOP_ITERATION;
}

VM_INLINE mp_obj_t vm_next_of_tuple(vm_tuple_iter_t *it) {
    mp_obj_tuple_t *tuple = MP_OBJ_TO_PTR(it->tuple);
    return it->next < tuple->len ? tuple->items[it->next++] : MP_OBJ_STOP_ITERATION;
}

// The next value of an iterator on the stack, MP_OBJ_STOP_ITERATION, or VM_ITER_GENERAL. Calls nothing.
VM_INLINE mp_obj_t vm_next(mp_obj_iter_buf_t *buf) {
    const mp_obj_type_t *type = buf->base.type;
    if (type == &vm_type_range_iter) {
        return vm_next_of_range((vm_range_iter_t *)buf);
    }
    if (type == &vm_type_list_iter) {
        return vm_next_of_list((vm_list_iter_t *)buf);
    }
    if (type == &vm_type_tuple_iter) {
        return vm_next_of_tuple((vm_tuple_iter_t *)buf);
    }
    return VM_ITER_GENERAL;
}

#endif
