// set and frozenset. Takes the place of upstream's py/objset.c; the table is map.c's, which keeps the order of insertion.
//
// CPython's order is that of a hash table, which for strings changes from process to process, but for ints does not:
// programs and their expected output rely on it, as in print({3, 1, 2}). So a set whose elements are all small ints is
// iterated in the order of the table that CPython would have. `slots` and `filled` are that table's size and how many of
// its places were ever used; they follow CPython's rules for growth.

#include <string.h>

#include "py/builtin.h"
#include "py/hash.h"
#include "py/map.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "py/seqiter.h"
#include "py/strtext.h"

typedef struct _set_t {
    mp_obj_base_t base;
    mp_set_t set;
    uint32_t slots, filled;
} set_t;

#define MIN_SLOTS 8
#define PROBES 9 // neighbours that CPython looks at before it jumps
#define POP_SORTED_MAX 64 // larger sets pop their oldest element, which takes constant time

static inline bool is_set_type(const mp_obj_type_t *type) {
    return type == &mp_type_set || type == &mp_type_frozenset;
}

// The set that an object is or, in an instance of a subclass, holds; NULL for others.
static set_t *as_set(mp_obj_t obj) {
    obj = native_value(obj);
    return is_set_type(mp_obj_get_type(obj)) ? MP_OBJ_TO_PTR(obj) : NULL;
}

static void resize(set_t *self, size_t wanted) {
    self->slots = MIN_SLOTS;
    while (self->slots <= wanted && self->slots < 1u << 30) {
        self->slots <<= 1;
    }
    self->filled = self->set.used;
}

static bool crowded(const set_t *self, size_t filled) {
    return filled * 5 >= ((uint64_t)self->slots - 1) * 3;
}

static set_t *new_set(const mp_obj_type_t *type) {
    set_t *self = mp_obj_malloc(set_t, type);
    mp_set_init(&self->set, 0);
    self->slots = MIN_SLOTS;
    self->filled = 0;
    return self;
}

static void add(set_t *self, mp_obj_t item) {
    size_t used = self->set.used;
    mp_set_lookup(&self->set, item, MP_MAP_LOOKUP_ADD_IF_NOT_FOUND);
    if (self->set.used != used) {
        self->filled++;
        if (crowded(self, self->filled)) {
            resize(self, self->set.used > 50000 ? self->set.used * 2 : self->set.used * 4);
        }
    }
}

static bool has(set_t *self, mp_obj_t item) {
    return mp_set_lookup(&self->set, item, MP_MAP_LOOKUP) != MP_OBJ_NULL;
}

static bool discard(set_t *self, mp_obj_t item) {
    return mp_set_lookup(&self->set, item, MP_MAP_LOOKUP_REMOVE_IF_FOUND) != MP_OBJ_NULL;
}

static void clear(set_t *self) {
    mp_set_clear(&self->set);
    self->slots = MIN_SLOTS;
    self->filled = 0;
}

// Whether the elements come in another order than that of the table.
static bool needs_order(const set_t *self) {
    if (self->set.used < 2 || self->slots <= self->set.used) {
        return false;
    }
    for (size_t i = 0; i < self->set.alloc; i++) {
        if (mp_set_slot_is_filled(&self->set, i) && !mp_obj_is_small_int(self->set.table[i])) {
            return false;
        }
    }
    return true;
}

// The elements in the order of iteration, in new memory.
static mp_obj_t *ordered(const set_t *self) {
    size_t n = self->set.used;
    mp_obj_t *items = m_new(mp_obj_t, n + 1);
    size_t k = 0;
    for (size_t i = 0; i < self->set.alloc && k < n; i++) {
        if (mp_set_slot_is_filled(&self->set, i)) {
            items[k++] = self->set.table[i];
        }
    }
    if (!needs_order(self)) {
        return items;
    }
    size_t mask = self->slots - 1;
    mp_obj_t *table = m_new0(mp_obj_t, self->slots);
    for (size_t i = 0; i < n; i++) {
        mp_int_t value = MP_OBJ_SMALL_INT_VALUE(items[i]);
        uint64_t hash = value == -1 ? -2 : value, perturb = hash;
        bool placed = false;
        for (size_t at = hash & mask; !placed; at = (at * 5 + 1 + perturb) & mask) {
            size_t last = at + PROBES <= mask ? at + PROBES : at;
            for (size_t probe = at; probe <= last && !placed; probe++) {
                placed = table[probe] == MP_OBJ_NULL;
                if (placed) {
                    table[probe] = items[i];
                }
            }
            perturb >>= 5;
        }
    }
    k = 0;
    for (size_t i = 0; i <= mask; i++) {
        if (table[i] != MP_OBJ_NULL) {
            items[k++] = table[i];
        }
    }
    m_del(mp_obj_t, table, self->slots);
    return items;
}

// An iterator over elements that were put in order when it began, or over the table. It raises when the set has changed.
typedef struct _set_iterator_t {
    mp_obj_base_t base;
    set_t *set; // NULL at its end
    mp_obj_t *items; // or NULL
    uint32_t next, used;
} set_iterator_t;

static mp_obj_t set_iternext(mp_obj_t self_in) {
    set_iterator_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->set == NULL) {
        return MP_OBJ_STOP_ITERATION;
    }
    if (self->used != self->set->set.used) {
        mp_raise_msg(&mp_type_RuntimeError, MP_ERROR_TEXT("Set changed size during iteration"));
    }
    if (self->items == NULL) {
        const mp_set_t *set = &self->set->set;
        while (self->next < set->alloc) {
            if (mp_set_slot_is_filled(set, self->next++)) {
                return set->table[self->next - 1];
            }
        }
    } else if (self->next < self->used) {
        return self->items[self->next++];
    }
    self->set = NULL;
    return MP_OBJ_STOP_ITERATION;
}

static MP_DEFINE_CONST_OBJ_TYPE(
    set_iterator_type, MP_QSTR_set_iterator, MP_TYPE_FLAG_ITER_IS_ITERNEXT,
    iter, set_iternext,
    locals_dict, &rest_iterator_locals
    );

static mp_obj_t set_getiter(mp_obj_t set_in, mp_obj_iter_buf_t *iter_buf) {
    MP_STATIC_ASSERT(sizeof(set_iterator_t) <= sizeof(mp_obj_iter_buf_t));
    set_iterator_t *self = (set_iterator_t *)iter_buf;
    set_t *set = MP_OBJ_TO_PTR(set_in);
    mp_obj_t *items = needs_order(set) ? ordered(set) : NULL;
    self->base.type = &set_iterator_type;
    self->set = set;
    self->items = items;
    self->next = 0;
    self->used = set->set.used;
    return MP_OBJ_FROM_PTR(self);
}

// Adds what another object holds, by CPython's rules for how the table grows.
static void merge(set_t *self, mp_obj_t other_in) {
    set_t *other = as_set(other_in);
    size_t n;
    mp_obj_t *items;
    if (other != NULL || mp_obj_is_type(other_in, &mp_type_dict)) {
        if (other == self) {
            return;
        }
        n = other ? other->set.used : mp_obj_dict_len(other_in);
        if (crowded(self, self->filled + n)) {
            resize(self, (self->set.used + n) * 2);
        }
    }
    if (other != NULL) {
        items = ordered(other);
        for (size_t i = 0; i < n; i++) {
            add(self, items[i]);
        }
        return;
    }
    mp_obj_iter_buf_t iter_buf;
    mp_obj_t iterator = mp_getiter(other_in, &iter_buf), item;
    while ((item = mp_iternext(iterator)) != MP_OBJ_STOP_ITERATION) {
        add(self, item);
    }
}

static set_t *copy_of(const mp_obj_type_t *type, set_t *other) {
    set_t *self = new_set(type);
    if (crowded(self, other->set.used)) {
        resize(self, other->set.used * 2);
    }
    mp_set_copy(&self->set, &other->set);
    self->filled = self->set.used;
    return self;
}

// Any iterable as a set: itself when it is one.
static set_t *set_of(mp_obj_t obj) {
    set_t *set = as_set(obj);
    if (set == NULL) {
        set = new_set(&mp_type_set);
        merge(set, obj);
    }
    return set;
}

static mp_obj_t set_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    mp_arg_check_num(n_args, n_kw, 0, 1, false);
    if (n_args && type == &mp_type_frozenset && mp_obj_is_type(args[0], &mp_type_frozenset)) {
        return args[0];
    }
    set_t *self = new_set(type);
    if (n_args) {
        merge(self, args[0]);
    }
    return MP_OBJ_FROM_PTR(self);
}

mp_obj_t mp_obj_new_set(size_t n_args, mp_obj_t *items) {
    set_t *self = new_set(&mp_type_set);
    for (size_t i = 0; i < n_args; i++) {
        add(self, items[i]);
    }
    return MP_OBJ_FROM_PTR(self);
}

void mp_obj_set_store(mp_obj_t self, mp_obj_t item) {
    add(MP_OBJ_TO_PTR(self), item);
}

static void set_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    set_t *self = MP_OBJ_TO_PTR(self_in);
    bool frozen = self->base.type == &mp_type_frozenset;
    size_t n = self->set.used;
    if (n == 0) {
        mp_print_str(print, frozen ? "frozenset()" : "set()");
        return;
    }
    mp_obj_t *items = ordered(self); // printing may change the set
    mp_print_str(print, frozen ? "frozenset({" : "{");
    for (size_t i = 0; i < n; i++) {
        mp_print_str(print, i ? ", " : "");
        mp_obj_print_helper(print, items[i], PRINT_REPR);
    }
    mp_print_str(print, frozen ? "})" : "}");
}

static set_t *intersection(const mp_obj_type_t *type, set_t *a, mp_obj_t other) {
    set_t *result = new_set(type), *b = as_set(other);
    if (b == NULL) {
        mp_obj_iter_buf_t iter_buf;
        mp_obj_t iterator = mp_getiter(other, &iter_buf), item;
        while ((item = mp_iternext(iterator)) != MP_OBJ_STOP_ITERATION) {
            if (has(a, item)) {
                add(result, item);
            }
        }
        return result;
    }
    if (b->set.used > a->set.used) {
        set_t *swap = a;
        a = b;
        b = swap;
    }
    size_t n = b->set.used;
    mp_obj_t *items = ordered(b);
    for (size_t i = 0; i < n; i++) {
        if (has(a, items[i])) {
            add(result, items[i]);
        }
    }
    return result;
}

static void difference_update(set_t *self, mp_obj_t other_in) {
    set_t *other = as_set(other_in);
    if (other == self) {
        clear(self);
        return;
    }
    mp_obj_iter_buf_t iter_buf;
    mp_obj_t iterator = mp_getiter(other ? MP_OBJ_FROM_PTR(other) : other_in, &iter_buf), item;
    while ((item = mp_iternext(iterator)) != MP_OBJ_STOP_ITERATION) {
        discard(self, item);
    }
}

static set_t *difference(const mp_obj_type_t *type, set_t *a, mp_obj_t other) {
    set_t *b = as_set(other);
    if (b == NULL || a->set.used >> 2 > b->set.used) {
        set_t *result = copy_of(type, a);
        difference_update(result, other);
        return result;
    }
    set_t *result = new_set(type);
    size_t n = a->set.used;
    mp_obj_t *items = ordered(a);
    for (size_t i = 0; i < n; i++) {
        if (!has(b, items[i])) {
            add(result, items[i]);
        }
    }
    return result;
}

static void symmetric_difference_update(set_t *self, mp_obj_t other_in) {
    set_t *other = set_of(other_in);
    if (other == self) {
        clear(self);
        return;
    }
    size_t n = other->set.used;
    mp_obj_t *items = ordered(other);
    for (size_t i = 0; i < n; i++) {
        if (!discard(self, items[i])) {
            add(self, items[i]);
        }
    }
}

static set_t *symmetric_difference(const mp_obj_type_t *type, set_t *a, mp_obj_t other) {
    set_t *result = copy_of(type, set_of(other));
    symmetric_difference_update(result, MP_OBJ_FROM_PTR(a));
    return result;
}

static bool is_subset(set_t *a, set_t *b) {
    if (a->set.used > b->set.used) {
        return false;
    }
    size_t n = a->set.used;
    mp_obj_t *items = ordered(a);
    for (size_t i = 0; i < n; i++) {
        if (!has(b, items[i])) {
            return false;
        }
    }
    return true;
}

static mp_obj_t set_unary_op(mp_unary_op_t op, mp_obj_t self_in) {
    set_t *self = MP_OBJ_TO_PTR(self_in);
    switch (op) {
        case MP_UNARY_OP_BOOL:
            return mp_obj_new_bool(self->set.used != 0);
        case MP_UNARY_OP_LEN:
            return MP_OBJ_NEW_SMALL_INT(self->set.used);
        case MP_UNARY_OP_HASH:
            if (self->base.type == &mp_type_frozenset) {
                mp_int_t hash = 0;
                for (size_t i = 0; i < self->set.alloc; i++) {
                    if (mp_set_slot_is_filled(&self->set, i)) {
                        hash = hermetic_hash_element(hash, self->set.table[i]);
                    }
                }
                return MP_OBJ_NEW_SMALL_INT(hermetic_hash_elements(hash, self->set.used));
            }
            MP_FALLTHROUGH
        default:
            return MP_OBJ_NULL;
    }
}

static mp_obj_t set_binary_op(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    set_t *a = MP_OBJ_TO_PTR(lhs);
    const mp_obj_type_t *type = a->base.type;
    if (op == MP_BINARY_OP_CONTAINS) {
        set_t *item = mp_obj_is_type(rhs, &mp_type_set) ? MP_OBJ_TO_PTR(rhs) : NULL;
        return mp_obj_new_bool(has(a, item ? MP_OBJ_FROM_PTR(copy_of(&mp_type_frozenset, item)) : rhs));
    }
    set_t *b = as_set(rhs);
    if (b == NULL) {
        return MP_OBJ_NULL;
    }
    if (type == &mp_type_frozenset && op >= MP_BINARY_OP_INPLACE_OR && op <= MP_BINARY_OP_INPLACE_POWER) {
        op += MP_BINARY_OP_OR - MP_BINARY_OP_INPLACE_OR; // makes a new one
    }
    switch (op) {
        case MP_BINARY_OP_OR: {
            set_t *result = copy_of(type, a);
            merge(result, rhs);
            return MP_OBJ_FROM_PTR(result);
        }
        case MP_BINARY_OP_AND:
            return MP_OBJ_FROM_PTR(intersection(type, a, rhs));
        case MP_BINARY_OP_SUBTRACT:
            return MP_OBJ_FROM_PTR(difference(type, a, rhs));
        case MP_BINARY_OP_XOR:
            return MP_OBJ_FROM_PTR(symmetric_difference(type, a, rhs));
        case MP_BINARY_OP_INPLACE_OR:
            merge(a, rhs);
            return lhs;
        case MP_BINARY_OP_INPLACE_AND: {
            set_t *result = intersection(type, a, rhs);
            a->set = result->set;
            a->slots = result->slots;
            a->filled = result->filled;
            return lhs;
        }
        case MP_BINARY_OP_INPLACE_SUBTRACT:
            difference_update(a, rhs);
            return lhs;
        case MP_BINARY_OP_INPLACE_XOR:
            symmetric_difference_update(a, rhs);
            return lhs;
        case MP_BINARY_OP_EQUAL:
            return mp_obj_new_bool(a->set.used == b->set.used && is_subset(a, b));
        case MP_BINARY_OP_LESS:
            return mp_obj_new_bool(a->set.used < b->set.used && is_subset(a, b));
        case MP_BINARY_OP_LESS_EQUAL:
            return mp_obj_new_bool(is_subset(a, b));
        case MP_BINARY_OP_MORE:
            return mp_obj_new_bool(a->set.used > b->set.used && is_subset(b, a));
        case MP_BINARY_OP_MORE_EQUAL:
            return mp_obj_new_bool(is_subset(b, a));
        default:
            return MP_OBJ_NULL;
    }
}

static mp_obj_t set_add(mp_obj_t self, mp_obj_t item) {
    add(MP_OBJ_TO_PTR(self), item);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(set_add_obj, set_add);

static mp_obj_t set_clear(mp_obj_t self) {
    clear(MP_OBJ_TO_PTR(self));
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(set_clear_obj, set_clear);

static mp_obj_t set_copy(mp_obj_t self_in) {
    set_t *self = MP_OBJ_TO_PTR(self_in);
    return self->base.type == &mp_type_frozenset ? self_in : MP_OBJ_FROM_PTR(copy_of(self->base.type, self));
}
static MP_DEFINE_CONST_FUN_OBJ_1(set_copy_obj, set_copy);

static mp_obj_t element_to_find(mp_obj_t item) {
    return mp_obj_is_type(item, &mp_type_set) ? MP_OBJ_FROM_PTR(copy_of(&mp_type_frozenset, MP_OBJ_TO_PTR(item))) : item;
}

static mp_obj_t set_discard(mp_obj_t self, mp_obj_t item) {
    discard(MP_OBJ_TO_PTR(self), element_to_find(item));
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(set_discard_obj, set_discard);

static mp_obj_t set_remove(mp_obj_t self, mp_obj_t item) {
    if (!discard(MP_OBJ_TO_PTR(self), element_to_find(item))) {
        mp_raise_type_arg(&mp_type_KeyError, item);
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(set_remove_obj, set_remove);

static mp_obj_t set_pop(mp_obj_t self_in) {
    set_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_t item;
    if (self->set.used && self->set.used <= POP_SORTED_MAX) {
        item = ordered(self)[0];
        discard(self, item);
    } else {
        item = mp_set_remove_first(&self->set);
        if (item == MP_OBJ_NULL) {
            mp_raise_msg(&mp_type_KeyError, MP_ERROR_TEXT("pop from an empty set"));
        }
    }
    return item;
}
static MP_DEFINE_CONST_FUN_OBJ_1(set_pop_obj, set_pop);

static mp_obj_t set_update(size_t n_args, const mp_obj_t *args) {
    for (size_t i = 1; i < n_args; i++) {
        merge(MP_OBJ_TO_PTR(args[0]), args[i]);
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(set_update_obj, 1, set_update);

static mp_obj_t set_union(size_t n_args, const mp_obj_t *args) {
    set_t *self = MP_OBJ_TO_PTR(args[0]);
    mp_obj_t result = MP_OBJ_FROM_PTR(copy_of(self->base.type, self));
    for (size_t i = 1; i < n_args; i++) {
        merge(MP_OBJ_TO_PTR(result), args[i]);
    }
    return result;
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(set_union_obj, 1, set_union);

static mp_obj_t set_intersection(size_t n_args, const mp_obj_t *args) {
    set_t *self = MP_OBJ_TO_PTR(args[0]);
    const mp_obj_type_t *type = self->base.type;
    set_t *result = n_args == 1 ? copy_of(type, self) : self;
    for (size_t i = 1; i < n_args; i++) {
        result = intersection(type, result, args[i]);
    }
    return MP_OBJ_FROM_PTR(result);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(set_intersection_obj, 1, set_intersection);

static mp_obj_t set_intersection_update(size_t n_args, const mp_obj_t *args) {
    set_t *self = MP_OBJ_TO_PTR(args[0]), *result = MP_OBJ_TO_PTR(set_intersection(n_args, args));
    self->set = result->set;
    self->slots = result->slots;
    self->filled = result->filled;
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(set_intersection_update_obj, 1, set_intersection_update);

static mp_obj_t set_difference(size_t n_args, const mp_obj_t *args) {
    set_t *self = MP_OBJ_TO_PTR(args[0]);
    const mp_obj_type_t *type = self->base.type;
    set_t *result = n_args == 1 ? copy_of(type, self) : self;
    for (size_t i = 1; i < n_args; i++) {
        result = difference(type, result, args[i]);
    }
    return MP_OBJ_FROM_PTR(result);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(set_difference_obj, 1, set_difference);

static mp_obj_t set_difference_update(size_t n_args, const mp_obj_t *args) {
    for (size_t i = 1; i < n_args; i++) {
        difference_update(MP_OBJ_TO_PTR(args[0]), args[i]);
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(set_difference_update_obj, 1, set_difference_update);

static mp_obj_t set_symmetric_difference(mp_obj_t self_in, mp_obj_t other) {
    set_t *self = MP_OBJ_TO_PTR(self_in);
    return MP_OBJ_FROM_PTR(symmetric_difference(self->base.type, self, other));
}
static MP_DEFINE_CONST_FUN_OBJ_2(set_symmetric_difference_obj, set_symmetric_difference);

static mp_obj_t set_symmetric_difference_update(mp_obj_t self, mp_obj_t other) {
    symmetric_difference_update(MP_OBJ_TO_PTR(self), other);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(set_symmetric_difference_update_obj, set_symmetric_difference_update);

static mp_obj_t set_issubset(mp_obj_t self, mp_obj_t other) {
    return mp_obj_new_bool(is_subset(MP_OBJ_TO_PTR(self), set_of(other)));
}
static MP_DEFINE_CONST_FUN_OBJ_2(set_issubset_obj, set_issubset);

static mp_obj_t set_issuperset(mp_obj_t self, mp_obj_t other) {
    return mp_obj_new_bool(is_subset(set_of(other), MP_OBJ_TO_PTR(self)));
}
static MP_DEFINE_CONST_FUN_OBJ_2(set_issuperset_obj, set_issuperset);

static mp_obj_t set_isdisjoint(mp_obj_t self, mp_obj_t other) {
    mp_obj_iter_buf_t iter_buf;
    mp_obj_t iterator = mp_getiter(other, &iter_buf), item;
    while ((item = mp_iternext(iterator)) != MP_OBJ_STOP_ITERATION) {
        if (has(MP_OBJ_TO_PTR(self), item)) {
            return mp_const_false;
        }
    }
    return mp_const_true;
}
static MP_DEFINE_CONST_FUN_OBJ_2(set_isdisjoint_obj, set_isdisjoint);

static mp_obj_t set_contains(mp_obj_t self, mp_obj_t item) {
    return set_binary_op(MP_BINARY_OP_CONTAINS, self, item);
}
static MP_DEFINE_CONST_FUN_OBJ_2(set_contains_obj, set_contains);

#define COMMON_METHODS \
    { MP_ROM_QSTR(MP_QSTR___contains__), MP_ROM_PTR(&set_contains_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_copy), MP_ROM_PTR(&set_copy_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_difference), MP_ROM_PTR(&set_difference_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_intersection), MP_ROM_PTR(&set_intersection_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_isdisjoint), MP_ROM_PTR(&set_isdisjoint_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_issubset), MP_ROM_PTR(&set_issubset_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_issuperset), MP_ROM_PTR(&set_issuperset_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_symmetric_difference), MP_ROM_PTR(&set_symmetric_difference_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_union), MP_ROM_PTR(&set_union_obj) },

static const mp_rom_map_elem_t set_locals_table[] = {
    COMMON_METHODS
    { MP_ROM_QSTR(MP_QSTR_add), MP_ROM_PTR(&set_add_obj) },
    { MP_ROM_QSTR(MP_QSTR_clear), MP_ROM_PTR(&set_clear_obj) },
    { MP_ROM_QSTR(MP_QSTR_difference_update), MP_ROM_PTR(&set_difference_update_obj) },
    { MP_ROM_QSTR(MP_QSTR_discard), MP_ROM_PTR(&set_discard_obj) },
    { MP_ROM_QSTR(MP_QSTR_intersection_update), MP_ROM_PTR(&set_intersection_update_obj) },
    { MP_ROM_QSTR(MP_QSTR_pop), MP_ROM_PTR(&set_pop_obj) },
    { MP_ROM_QSTR(MP_QSTR_remove), MP_ROM_PTR(&set_remove_obj) },
    { MP_ROM_QSTR(MP_QSTR_symmetric_difference_update), MP_ROM_PTR(&set_symmetric_difference_update_obj) },
    { MP_ROM_QSTR(MP_QSTR_update), MP_ROM_PTR(&set_update_obj) },
};
static MP_DEFINE_CONST_DICT(set_locals_dict, set_locals_table);

static const mp_rom_map_elem_t frozenset_locals_table[] = {
    COMMON_METHODS
};
static MP_DEFINE_CONST_DICT(frozenset_locals_dict, frozenset_locals_table);

#define SET_TYPE(type, name, locals) MP_DEFINE_CONST_OBJ_TYPE( \
    type, name, MP_TYPE_FLAG_EQ_CHECKS_OTHER_TYPE | MP_TYPE_FLAG_ITER_IS_GETITER, \
    make_new, set_make_new, \
    print, set_print, \
    unary_op, set_unary_op, \
    binary_op, set_binary_op, \
    iter, set_getiter, \
    locals_dict, locals)

SET_TYPE(mp_type_set, MP_QSTR_set, &set_locals_dict);
SET_TYPE(mp_type_frozenset, MP_QSTR_frozenset, &frozenset_locals_dict);
