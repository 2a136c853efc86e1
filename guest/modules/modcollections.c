// The module _collections: the core of a deque, a ring of items that grows. The class that programs see derives from it, in
// guest/stdlib/collections.
//
// `changes` counts additions and removals, so that an iterator notices them. Nothing here calls a program's code while it
// holds an index into the ring, but for the iterable of extend().

#include "py/objtype.h"
#include "py/runtime.h"

typedef struct _ring_t {
    mp_obj_base_t base;
    mp_obj_t *items;
    size_t alloc; // a power of two, or 0
    size_t first;
    size_t len;
    size_t changes;
    mp_int_t maxlen; // -1: none
} ring_t;

extern const mp_obj_type_t collections_type_ring;

static ring_t *ring_of(mp_obj_t self) {
    mp_obj_t ring = mp_obj_cast_to_native_base(self, MP_OBJ_FROM_PTR(&collections_type_ring));
    if (ring == MP_OBJ_NULL || !mp_obj_is_exact_type(ring, &collections_type_ring)) {
        mp_raise_TypeError(MP_ERROR_TEXT("a deque is needed"));
    }
    return MP_OBJ_TO_PTR(ring);
}

static inline mp_obj_t *slot(ring_t *self, size_t i) {
    return &self->items[(self->first + i) & (self->alloc - 1)];
}

// Whatever a class that derives from it is called with: its __init__() looks at that.
static mp_obj_t ring_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    (void)n_args;
    (void)n_kw;
    (void)args;
    ring_t *self = mp_obj_malloc(ring_t, type);
    self->items = NULL;
    self->alloc = self->first = self->len = self->changes = 0;
    self->maxlen = -1;
    return MP_OBJ_FROM_PTR(self);
}

static void grow(ring_t *self) {
    if (self->len < self->alloc) {
        return;
    }
    size_t alloc = self->alloc == 0 ? 8 : self->alloc * 2;
    mp_obj_t *items = m_new0(mp_obj_t, alloc);
    for (size_t i = 0; i < self->len; i++) {
        items[i] = *slot(self, i);
    }
    self->items = items;
    self->alloc = alloc;
    self->first = 0;
}

static mp_obj_t take_first(ring_t *self) {
    mp_obj_t item = *slot(self, 0);
    *slot(self, 0) = MP_OBJ_NULL;
    self->first = (self->first + 1) & (self->alloc - 1);
    self->len--;
    self->changes++;
    return item;
}

static mp_obj_t take_last(ring_t *self) {
    mp_obj_t item = *slot(self, self->len - 1);
    *slot(self, self->len - 1) = MP_OBJ_NULL;
    self->len--;
    self->changes++;
    return item;
}

static void add_last(ring_t *self, mp_obj_t item) {
    if (self->maxlen == 0) {
        return;
    }
    if (self->len == (size_t)self->maxlen) {
        take_first(self);
    }
    grow(self);
    *slot(self, self->len++) = item;
    self->changes++;
}

static void add_first(ring_t *self, mp_obj_t item) {
    if (self->maxlen == 0) {
        return;
    }
    if (self->len == (size_t)self->maxlen) {
        take_last(self);
    }
    grow(self);
    self->first = (self->first - 1) & (self->alloc - 1);
    self->len++;
    *slot(self, 0) = item;
    self->changes++;
}

static mp_obj_t ring_append(mp_obj_t self, mp_obj_t item) {
    add_last(ring_of(self), item);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(ring_append_obj, ring_append);

static mp_obj_t ring_appendleft(mp_obj_t self, mp_obj_t item) {
    add_first(ring_of(self), item);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(ring_appendleft_obj, ring_appendleft);

static void check_not_empty(const ring_t *self) {
    if (self->len == 0) {
        mp_raise_msg(&mp_type_IndexError, MP_ERROR_TEXT("pop from an empty deque"));
    }
}

static mp_obj_t ring_pop(mp_obj_t self_in) {
    ring_t *self = ring_of(self_in);
    check_not_empty(self);
    return take_last(self);
}
static MP_DEFINE_CONST_FUN_OBJ_1(ring_pop_obj, ring_pop);

static mp_obj_t ring_popleft(mp_obj_t self_in) {
    ring_t *self = ring_of(self_in);
    check_not_empty(self);
    return take_first(self);
}
static MP_DEFINE_CONST_FUN_OBJ_1(ring_popleft_obj, ring_popleft);

static mp_obj_t ring_extend(mp_obj_t self, mp_obj_t iterable) {
    mp_obj_t iterator = mp_getiter(iterable, NULL), item;
    while ((item = mp_iternext(iterator)) != MP_OBJ_STOP_ITERATION) {
        add_last(ring_of(self), item);
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(ring_extend_obj, ring_extend);

static mp_obj_t ring_clear(mp_obj_t self_in) {
    ring_t *self = ring_of(self_in);
    self->items = NULL;
    self->alloc = self->first = self->len = 0;
    self->changes++;
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(ring_clear_obj, ring_clear);

// The items as a list.
static mp_obj_t ring_list(mp_obj_t self_in) {
    ring_t *self = ring_of(self_in);
    mp_obj_t list = mp_obj_new_list(0, NULL);
    for (size_t i = 0; i < self->len; i++) {
        mp_obj_list_append(list, *slot(self, i));
    }
    return list;
}
static MP_DEFINE_CONST_FUN_OBJ_1(ring_list_obj, ring_list);

static mp_obj_t ring_limit(mp_obj_t self, mp_obj_t maxlen) {
    ring_of(self)->maxlen = mp_obj_get_int(maxlen);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(ring_limit_obj, ring_limit);

static mp_obj_t ring_maxlen(mp_obj_t self_in) {
    ring_t *self = ring_of(self_in);
    return self->maxlen < 0 ? mp_const_none : mp_obj_new_int(self->maxlen);
}
static MP_DEFINE_CONST_FUN_OBJ_1(ring_maxlen_obj, ring_maxlen);

static mp_obj_t ring_unary_op(mp_unary_op_t op, mp_obj_t self_in) {
    ring_t *self = ring_of(self_in);
    switch (op) {
        case MP_UNARY_OP_BOOL:
            return mp_obj_new_bool(self->len != 0);
        case MP_UNARY_OP_LEN:
            return MP_OBJ_NEW_SMALL_INT(self->len);
        default:
            return MP_OBJ_NULL;
    }
}

static mp_obj_t ring_subscr(mp_obj_t self_in, mp_obj_t index, mp_obj_t value) {
    ring_t *self = ring_of(self_in);
    if (mp_obj_is_exact_type(index, &mp_type_slice)) {
        mp_raise_TypeError(MP_ERROR_TEXT("sequence index must be integer, not 'slice'"));
    }
    mp_int_t i = mp_obj_get_int(index);
    if (i < 0) {
        i += self->len;
    }
    if (i < 0 || (size_t)i >= self->len) {
        mp_raise_msg(&mp_type_IndexError, MP_ERROR_TEXT("deque index out of range"));
    }
    if (value == MP_OBJ_SENTINEL) {
        return *slot(self, i);
    }
    if (value == MP_OBJ_NULL) {
        for (size_t k = i; k + 1 < self->len; k++) {
            *slot(self, k) = *slot(self, k + 1);
        }
        take_last(self);
    } else {
        *slot(self, i) = value;
    }
    return mp_const_none;
}

static mp_obj_t ring_delitem(mp_obj_t self, mp_obj_t index) {
    return ring_subscr(self, index, MP_OBJ_NULL);
}
static MP_DEFINE_CONST_FUN_OBJ_2(ring_delitem_obj, ring_delitem);

typedef struct _ring_iter_t {
    mp_obj_base_t base;
    mp_obj_t ring;
    size_t next, changes;
    bool backward;
} ring_iter_t;

static mp_obj_t ring_iter_iternext(mp_obj_t self_in) {
    ring_iter_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->ring == MP_OBJ_NULL) {
        return MP_OBJ_STOP_ITERATION;
    }
    ring_t *ring = MP_OBJ_TO_PTR(self->ring);
    if (ring->changes != self->changes) {
        self->ring = MP_OBJ_NULL;
        mp_raise_msg(&mp_type_RuntimeError, MP_ERROR_TEXT("deque mutated during iteration"));
    }
    if (self->next == ring->len) {
        self->ring = MP_OBJ_NULL;
        return MP_OBJ_STOP_ITERATION;
    }
    size_t i = self->next++;
    return *slot(ring, self->backward ? ring->len - 1 - i : i);
}

static MP_DEFINE_CONST_OBJ_TYPE(
    ring_iter_type, MP_QSTR__deque_iterator, MP_TYPE_FLAG_ITER_IS_ITERNEXT,
    iter, ring_iter_iternext
    );

static mp_obj_t new_iter(mp_obj_t self_in, bool backward) {
    ring_iter_t *iter = mp_obj_malloc(ring_iter_t, &ring_iter_type);
    iter->ring = MP_OBJ_FROM_PTR(ring_of(self_in));
    iter->next = 0;
    iter->changes = ring_of(self_in)->changes;
    iter->backward = backward;
    return MP_OBJ_FROM_PTR(iter);
}

static mp_obj_t ring_getiter(mp_obj_t self_in, mp_obj_iter_buf_t *buf) {
    (void)buf;
    return new_iter(self_in, false);
}

static mp_obj_t ring_reversed(mp_obj_t self_in) {
    return new_iter(self_in, true);
}
static MP_DEFINE_CONST_FUN_OBJ_1(ring_reversed_obj, ring_reversed);

static const mp_rom_map_elem_t ring_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___delitem__), MP_ROM_PTR(&ring_delitem_obj) },
    { MP_ROM_QSTR(MP_QSTR___reversed__), MP_ROM_PTR(&ring_reversed_obj) },
    { MP_ROM_QSTR(MP_QSTR__limit), MP_ROM_PTR(&ring_limit_obj) },
    { MP_ROM_QSTR(MP_QSTR__list), MP_ROM_PTR(&ring_list_obj) },
    { MP_ROM_QSTR(MP_QSTR__most), MP_ROM_PTR(&ring_maxlen_obj) },
    { MP_ROM_QSTR(MP_QSTR_append), MP_ROM_PTR(&ring_append_obj) },
    { MP_ROM_QSTR(MP_QSTR_appendleft), MP_ROM_PTR(&ring_appendleft_obj) },
    { MP_ROM_QSTR(MP_QSTR_clear), MP_ROM_PTR(&ring_clear_obj) },
    { MP_ROM_QSTR(MP_QSTR_extend), MP_ROM_PTR(&ring_extend_obj) },
    { MP_ROM_QSTR(MP_QSTR_pop), MP_ROM_PTR(&ring_pop_obj) },
    { MP_ROM_QSTR(MP_QSTR_popleft), MP_ROM_PTR(&ring_popleft_obj) },
};
static MP_DEFINE_CONST_DICT(ring_locals, ring_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(
    collections_type_ring, MP_QSTR__deque, MP_TYPE_FLAG_ITER_IS_GETITER,
    make_new, ring_make_new,
    unary_op, ring_unary_op,
    subscr, ring_subscr,
    iter, ring_getiter,
    locals_dict, &ring_locals
    );

static const mp_rom_map_elem_t collections_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__collections) },
    { MP_ROM_QSTR(MP_QSTR__deque), MP_ROM_PTR(&collections_type_ring) },
};
static MP_DEFINE_CONST_DICT(collections_globals, collections_globals_table);

const mp_obj_module_t mp_module__collections = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&collections_globals,
};
MP_REGISTER_MODULE(MP_QSTR__collections, mp_module__collections);
