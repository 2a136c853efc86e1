// The module _heapq: heaps in lists. The rest is in guest/stdlib/heapq.py.
//
// A comparison may run a program's code, which may change the list: items are read anew after each one, and a list that
// changed its size ends the operation with an error.

#include "py/objlist.h"
#include "py/runtime.h"

static mp_obj_list_t *heap_of(mp_obj_t heap, const char *function) {
    heap = mp_obj_cast_to_native_base(heap, MP_OBJ_FROM_PTR(&mp_type_list));
    if (heap == MP_OBJ_NULL || !mp_obj_is_exact_type(heap, &mp_type_list)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s argument must be list"), function);
    }
    return MP_OBJ_TO_PTR(heap);
}

static bool less(const mp_obj_list_t *heap, size_t n, mp_obj_t a, mp_obj_t b) {
    if (mp_obj_is_small_int(a) && mp_obj_is_small_int(b)) {
        return MP_OBJ_SMALL_INT_VALUE(a) < MP_OBJ_SMALL_INT_VALUE(b);
    }
    bool result = mp_obj_is_true(mp_binary_op(MP_BINARY_OP_LESS, a, b));
    if (heap->len != n) {
        mp_raise_msg(&mp_type_RuntimeError, MP_ERROR_TEXT("list changed size during iteration"));
    }
    return result;
}

static void sift_up(mp_obj_list_t *heap, size_t i, size_t top) {
    size_t n = heap->len;
    while (i > top) {
        size_t parent = (i - 1) / 2;
        if (!less(heap, n, heap->items[i], heap->items[parent])) {
            return;
        }
        mp_obj_t item = heap->items[i];
        heap->items[i] = heap->items[parent];
        heap->items[parent] = item;
        i = parent;
    }
}

// The item goes down to a leaf by the smaller children, then up again: fewer comparisons.
static void sift_down(mp_obj_list_t *heap, size_t i) {
    size_t n = heap->len, top = i, child;
    while ((child = 2 * i + 1) < n) {
        if (child + 1 < n && !less(heap, n, heap->items[child], heap->items[child + 1])) {
            child++;
        }
        mp_obj_t item = heap->items[i];
        heap->items[i] = heap->items[child];
        heap->items[child] = item;
        i = child;
    }
    sift_up(heap, i, top);
}

static mp_obj_t heap_push(mp_obj_t heap_in, mp_obj_t item) {
    mp_obj_list_t *heap = heap_of(heap_in, "heappush()");
    mp_obj_list_append(MP_OBJ_FROM_PTR(heap), item);
    sift_up(heap, heap->len - 1, 0);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(heap_push_obj, heap_push);

static mp_obj_t heap_pop(mp_obj_t heap_in) {
    mp_obj_list_t *heap = heap_of(heap_in, "heappop()");
    if (heap->len == 0) {
        mp_raise_msg(&mp_type_IndexError, MP_ERROR_TEXT("index out of range"));
    }
    mp_obj_t item = heap->items[0];
    heap->len--;
    heap->items[0] = heap->items[heap->len];
    heap->items[heap->len] = MP_OBJ_NULL;
    if (heap->len > 0) {
        sift_down(heap, 0);
    }
    return item;
}
static MP_DEFINE_CONST_FUN_OBJ_1(heap_pop_obj, heap_pop);

static mp_obj_t heap_replace(mp_obj_t heap_in, mp_obj_t item) {
    mp_obj_list_t *heap = heap_of(heap_in, "heapreplace()");
    if (heap->len == 0) {
        mp_raise_msg(&mp_type_IndexError, MP_ERROR_TEXT("index out of range"));
    }
    mp_obj_t first = heap->items[0];
    heap->items[0] = item;
    sift_down(heap, 0);
    return first;
}
static MP_DEFINE_CONST_FUN_OBJ_2(heap_replace_obj, heap_replace);

static mp_obj_t heap_pushpop(mp_obj_t heap_in, mp_obj_t item) {
    mp_obj_list_t *heap = heap_of(heap_in, "heappushpop()");
    if (heap->len == 0 || !less(heap, heap->len, heap->items[0], item)) {
        return item;
    }
    return heap_replace(heap_in, item);
}
static MP_DEFINE_CONST_FUN_OBJ_2(heap_pushpop_obj, heap_pushpop);

static mp_obj_t heap_heapify(mp_obj_t heap_in) {
    mp_obj_list_t *heap = heap_of(heap_in, "heapify()");
    for (size_t i = heap->len / 2; i-- > 0;) {
        sift_down(heap, i);
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(heap_heapify_obj, heap_heapify);

static const mp_rom_map_elem_t heapq_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__heapq) },
    { MP_ROM_QSTR(MP_QSTR_heapify), MP_ROM_PTR(&heap_heapify_obj) },
    { MP_ROM_QSTR(MP_QSTR_heappop), MP_ROM_PTR(&heap_pop_obj) },
    { MP_ROM_QSTR(MP_QSTR_heappush), MP_ROM_PTR(&heap_push_obj) },
    { MP_ROM_QSTR(MP_QSTR_heappushpop), MP_ROM_PTR(&heap_pushpop_obj) },
    { MP_ROM_QSTR(MP_QSTR_heapreplace), MP_ROM_PTR(&heap_replace_obj) },
};
static MP_DEFINE_CONST_DICT(heapq_globals, heapq_globals_table);

const mp_obj_module_t mp_module__heapq = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&heapq_globals,
};
MP_REGISTER_MODULE(MP_QSTR__heapq, mp_module__heapq);
