// The module _itertools: the iterators of `itertools` that are slow in Python. The others, and what checks arguments, are in
// guest/stdlib/itertools.py.

#include "py/objlist.h"
#include "py/objtuple.h"
#include "py/runtime.h"

// ---- chain(iterator of iterables) ----

typedef struct _chain_t {
    mp_obj_base_t base;
    mp_obj_t sources, current; // MP_OBJ_NULL: none
} chain_t;

static mp_obj_t chain_iternext(mp_obj_t self_in) {
    chain_t *self = MP_OBJ_TO_PTR(self_in);
    while (self->sources != MP_OBJ_NULL) {
        if (self->current == MP_OBJ_NULL) {
            mp_obj_t next = mp_iternext(self->sources);
            if (next == MP_OBJ_STOP_ITERATION) {
                self->sources = MP_OBJ_NULL;
                break;
            }
            self->current = mp_getiter(next, NULL);
        }
        mp_obj_t item = mp_iternext(self->current);
        if (item != MP_OBJ_STOP_ITERATION) {
            return item;
        }
        self->current = MP_OBJ_NULL;
    }
    return MP_OBJ_STOP_ITERATION;
}

static mp_obj_t chain_from_iterable(mp_obj_t iterables);
static MP_DEFINE_CONST_FUN_OBJ_1(chain_from_iterable_obj, chain_from_iterable);
static MP_DEFINE_CONST_STATICMETHOD_OBJ(chain_from_iterable_static_obj, MP_ROM_PTR(&chain_from_iterable_obj));

static mp_obj_t chain_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    mp_arg_check_num(n_args, n_kw, 0, MP_OBJ_FUN_ARGS_MAX, false);
    chain_t *self = mp_obj_malloc(chain_t, type);
    self->sources = mp_getiter(mp_obj_new_tuple(n_args, args), NULL);
    self->current = MP_OBJ_NULL;
    return MP_OBJ_FROM_PTR(self);
}

static const mp_rom_map_elem_t chain_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR_from_iterable), MP_ROM_PTR(&chain_from_iterable_static_obj) },
};
static MP_DEFINE_CONST_DICT(chain_locals, chain_locals_table);

static MP_DEFINE_CONST_OBJ_TYPE(
    itertools_type_chain, MP_QSTR_chain, MP_TYPE_FLAG_ITER_IS_ITERNEXT,
    make_new, chain_make_new,
    iter, chain_iternext,
    locals_dict, &chain_locals
    );

static mp_obj_t chain_from_iterable(mp_obj_t iterables) {
    chain_t *self = mp_obj_malloc(chain_t, &itertools_type_chain);
    self->current = MP_OBJ_NULL;
    self->sources = mp_getiter(iterables, NULL);
    return MP_OBJ_FROM_PTR(self);
}

// ---- islice(iterator, start, stop or -1, step), checked ----

typedef struct _islice_t {
    mp_obj_base_t base;
    mp_obj_t source; // MP_OBJ_NULL: done
    mp_int_t at, next, stop, step;
} islice_t;

static mp_obj_t islice_iternext(mp_obj_t self_in) {
    islice_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_t item = MP_OBJ_STOP_ITERATION;
    mp_int_t upto = self->stop >= 0 && self->next >= self->stop ? self->stop - 1 : self->next;
    while (self->source != MP_OBJ_NULL && self->at <= upto) {
        item = mp_iternext(self->source);
        if (item == MP_OBJ_STOP_ITERATION) {
            self->source = MP_OBJ_NULL;
            return item;
        }
        self->at++;
    }
    if (self->source == MP_OBJ_NULL || upto != self->next) {
        self->source = MP_OBJ_NULL;
        return MP_OBJ_STOP_ITERATION;
    }
    if (__builtin_add_overflow(self->next, self->step, &self->next)) {
        self->next = self->stop;
    }
    return item;
}

static MP_DEFINE_CONST_OBJ_TYPE(
    islice_type, MP_QSTR_islice, MP_TYPE_FLAG_ITER_IS_ITERNEXT,
    iter, islice_iternext
    );

static mp_obj_t itertools_islice(size_t n_args, const mp_obj_t *args) {
    islice_t *self = mp_obj_malloc(islice_t, &islice_type);
    self->source = args[0];
    self->at = 0;
    self->next = mp_obj_get_int(args[1]);
    self->stop = mp_obj_get_int(args[2]);
    self->step = mp_obj_get_int(args[3]);
    return MP_OBJ_FROM_PTR(self);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(itertools_islice_obj, 4, 4, itertools_islice);

// ---- cycle(iterator) ----

typedef struct _cycle_t {
    mp_obj_base_t base;
    mp_obj_t source; // MP_OBJ_NULL: the saved items go round
    mp_obj_t saved;
    size_t next;
} cycle_t;

static mp_obj_t cycle_iternext(mp_obj_t self_in) {
    cycle_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_list_t *saved = MP_OBJ_TO_PTR(self->saved);
    if (self->source != MP_OBJ_NULL) {
        mp_obj_t item = mp_iternext(self->source);
        if (item != MP_OBJ_STOP_ITERATION) {
            mp_obj_list_append(self->saved, item);
            return item;
        }
        self->source = MP_OBJ_NULL;
    }
    if (saved->len == 0) {
        return MP_OBJ_STOP_ITERATION;
    }
    if (self->next >= saved->len) {
        self->next = 0;
    }
    return saved->items[self->next++];
}

static MP_DEFINE_CONST_OBJ_TYPE(
    cycle_type, MP_QSTR_cycle, MP_TYPE_FLAG_ITER_IS_ITERNEXT,
    iter, cycle_iternext
    );

static mp_obj_t itertools_cycle(mp_obj_t iterable) {
    cycle_t *self = mp_obj_malloc(cycle_t, &cycle_type);
    self->source = self->saved = MP_OBJ_NULL;
    self->next = 0;
    self->saved = mp_obj_new_list(0, NULL);
    self->source = mp_getiter(iterable, NULL);
    return MP_OBJ_FROM_PTR(self);
}
static MP_DEFINE_CONST_FUN_OBJ_1(itertools_cycle_obj, itertools_cycle);

// ---- product, permutations, combinations: pools and indices ----

typedef enum { PRODUCT, PERMUTATIONS, COMBINATIONS, WITH_REPLACEMENT } choice_kind_t;

typedef struct _choice_t {
    mp_obj_base_t base;
    mp_obj_t pools; // a tuple of tuples, or the one pool
    size_t r; // length of a result
    size_t *indices; // of `r` items; with permutations, of the whole pool, followed by the r cycles. NULL: done
    uint8_t kind;
    bool started;
} choice_t;

static mp_obj_tuple_t *tuple_of(mp_obj_t o) {
    return MP_OBJ_TO_PTR(o);
}

// Goes to the next choice; false after the last.
static bool advance(choice_t *self) {
    size_t r = self->r, *at = self->indices, i = r;
    size_t n = self->kind == PRODUCT ? 0 : tuple_of(self->pools)->len;
    switch (self->kind) {
        case PRODUCT:
            while (i-- > 0) {
                if (++at[i] < tuple_of(tuple_of(self->pools)->items[i])->len) {
                    return true;
                }
                at[i] = 0;
            }
            return false;
        case COMBINATIONS:
            while (i-- > 0) {
                if (at[i] != i + n - r) {
                    at[i]++;
                    for (size_t j = i + 1; j < r; j++) {
                        at[j] = at[j - 1] + 1;
                    }
                    return true;
                }
            }
            return false;
        case WITH_REPLACEMENT:
            while (i-- > 0) {
                if (at[i] != n - 1) {
                    size_t next = at[i] + 1;
                    for (size_t j = i; j < r; j++) {
                        at[j] = next;
                    }
                    return true;
                }
            }
            return false;
        default: {
            size_t *cycles = at + n;
            while (i-- > 0) {
                if (--cycles[i] == 0) {
                    size_t moved = at[i];
                    for (size_t j = i; j + 1 < n; j++) {
                        at[j] = at[j + 1];
                    }
                    at[n - 1] = moved;
                    cycles[i] = n - i;
                } else {
                    size_t j = n - cycles[i], item = at[i];
                    at[i] = at[j];
                    at[j] = item;
                    return true;
                }
            }
            return false;
        }
    }
}

static mp_obj_t choice_iternext(mp_obj_t self_in) {
    choice_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->indices == NULL) {
        return MP_OBJ_STOP_ITERATION;
    }
    if (self->started && !advance(self)) {
        self->indices = NULL;
        return MP_OBJ_STOP_ITERATION;
    }
    self->started = true;
    mp_obj_t result = mp_obj_new_tuple(self->r, NULL);
    for (size_t i = 0; i < self->r; i++) {
        mp_obj_tuple_t *pool = tuple_of(self->kind == PRODUCT ? tuple_of(self->pools)->items[i] : self->pools);
        tuple_of(result)->items[i] = pool->items[self->indices[i]];
    }
    return result;
}

#define CHOICE_TYPE(name, qstr) \
    static MP_DEFINE_CONST_OBJ_TYPE(name, qstr, MP_TYPE_FLAG_ITER_IS_ITERNEXT, iter, choice_iternext)
CHOICE_TYPE(product_type, MP_QSTR_product);
CHOICE_TYPE(permutations_type, MP_QSTR_permutations);
CHOICE_TYPE(combinations_type, MP_QSTR_combinations);
CHOICE_TYPE(with_replacement_type, MP_QSTR_combinations_with_replacement);

// choices(kind, pools, r): `pools` a tuple (of tuples, when kind is 0), all checked by itertools.py
static mp_obj_t itertools_choices(mp_obj_t kind_in, mp_obj_t pools, mp_obj_t r_in) {
    static const mp_obj_type_t *const types[] = { &product_type, &permutations_type, &combinations_type, &with_replacement_type };
    choice_kind_t kind = mp_obj_get_int(kind_in) & 3;
    if (!mp_obj_is_exact_type(pools, &mp_type_tuple)) {
        mp_raise_TypeError(NULL);
    }
    choice_t *self = mp_obj_malloc(choice_t, types[kind]);
    self->pools = pools;
    self->indices = NULL;
    self->kind = kind;
    self->started = false;
    size_t n = tuple_of(pools)->len;
    mp_int_t r = kind == PRODUCT ? (mp_int_t)n : mp_obj_get_int(r_in);
    self->r = r;
    bool some = r >= 0;
    switch (kind) {
        case PRODUCT:
            for (size_t i = 0; i < n; i++) {
                if (!mp_obj_is_exact_type(tuple_of(pools)->items[i], &mp_type_tuple)) {
                    mp_raise_TypeError(NULL);
                }
                some = some && tuple_of(tuple_of(pools)->items[i])->len > 0;
            }
            break;
        case WITH_REPLACEMENT:
            some = some && (n > 0 || r == 0);
            break;
        default:
            some = some && (size_t)r <= n;
    }
    if (some) {
        size_t count = kind == PERMUTATIONS ? n + r : (size_t)r;
        size_t *indices = m_malloc_leaf((uint64_t)(count + 1) * sizeof(size_t));
        for (size_t i = 0; i < count; i++) {
            indices[i] = kind == COMBINATIONS ? i : kind == PERMUTATIONS ? (i < n ? i : n - (i - n)) : 0;
        }
        self->indices = indices;
    }
    return MP_OBJ_FROM_PTR(self);
}
static MP_DEFINE_CONST_FUN_OBJ_3(itertools_choices_obj, itertools_choices);

// ---- zip_longest(list of iterators, fillvalue) ----

typedef struct _longest_t {
    mp_obj_base_t base;
    mp_obj_t sources; // a list; None for those that have ended
    mp_obj_t fill;
} longest_t;

static mp_obj_t longest_iternext(mp_obj_t self_in) {
    longest_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_list_t *sources = MP_OBJ_TO_PTR(self->sources);
    size_t n = sources->len;
    mp_obj_t row = mp_obj_new_tuple(n, NULL);
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        tuple_of(row)->items[i] = self->fill;
    }
    for (size_t i = 0; i < n; i++) {
        if (sources->items[i] == mp_const_none) {
            continue;
        }
        mp_obj_t item = mp_iternext(sources->items[i]);
        if (item == MP_OBJ_STOP_ITERATION) {
            sources->items[i] = mp_const_none;
        } else {
            tuple_of(row)->items[i] = item;
            any = true;
        }
    }
    return any ? row : MP_OBJ_STOP_ITERATION;
}

static MP_DEFINE_CONST_OBJ_TYPE(
    longest_type, MP_QSTR_zip_longest, MP_TYPE_FLAG_ITER_IS_ITERNEXT,
    iter, longest_iternext
    );

static mp_obj_t itertools_longest(mp_obj_t sources, mp_obj_t fill) {
    longest_t *self = mp_obj_malloc(longest_t, &longest_type);
    size_t n;
    mp_obj_t *items;
    mp_obj_get_array(sources, &n, &items);
    self->sources = MP_OBJ_NULL;
    self->fill = fill;
    self->sources = mp_obj_new_list(n, items); // nobody else's
    return MP_OBJ_FROM_PTR(self);
}
static MP_DEFINE_CONST_FUN_OBJ_2(itertools_longest_obj, itertools_longest);

static const mp_rom_map_elem_t itertools_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__itertools) },
    { MP_ROM_QSTR(MP_QSTR_chain), MP_ROM_PTR(&itertools_type_chain) },
    { MP_ROM_QSTR(MP_QSTR_choices), MP_ROM_PTR(&itertools_choices_obj) },
    { MP_ROM_QSTR(MP_QSTR_cycle), MP_ROM_PTR(&itertools_cycle_obj) },
    { MP_ROM_QSTR(MP_QSTR_islice), MP_ROM_PTR(&itertools_islice_obj) },
    { MP_ROM_QSTR(MP_QSTR_longest), MP_ROM_PTR(&itertools_longest_obj) },
};
static MP_DEFINE_CONST_DICT(itertools_globals, itertools_globals_table);

const mp_obj_module_t mp_module__itertools = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&itertools_globals,
};
MP_REGISTER_MODULE(MP_QSTR__itertools, mp_module__itertools);
