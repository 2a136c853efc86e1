// The short ways of the common operations, expanded in the dispatch function: operands of the built-in types, no error,
// no allocation but of the result. Each returns MP_OBJ_NULL, or false, when the general function is to do the work, and
// has changed nothing then. None may raise, or call anything that runs Python code: the dispatch function has not saved
// its instruction pointer yet, and its locals are no roots.
#ifndef HERMETIC_GUEST_PY_VM_FAST_H
#define HERMETIC_GUEST_PY_VM_FAST_H

#include <math.h>

#include "py/objarray.h"
#include "py/objlist.h"
#include "py/objstr.h"
#include "py/objtuple.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "py/smallint.h"

#define VM_INLINE static inline __attribute__((always_inline))

// ---- values

VM_INLINE bool vm_both_small_ints(mp_obj_t a, mp_obj_t b) {
    const uint64_t tag = (uint64_t)1 << 48;
    return (((a ^ tag) | (b ^ tag)) >> 48) == 0;
}

VM_INLINE bool vm_fits_small_int(int64_t value) {
    return (uint64_t)(value - MP_SMALL_INT_MIN) <= (uint64_t)MP_SMALL_INT_MAX - (uint64_t)MP_SMALL_INT_MIN;
}

VM_INLINE mp_obj_t vm_int_or_null(int64_t value) {
    return vm_fits_small_int(value) ? MP_OBJ_NEW_SMALL_INT(value) : MP_OBJ_NULL;
}

VM_INLINE bool vm_is_object(mp_obj_t o) {
    return (o >> 48) == 0;
}

// `o` is an object of exactly this type.
VM_INLINE bool vm_is(mp_obj_t o, const mp_obj_type_t *type) {
    return vm_is_object(o) && ((mp_obj_base_t *)MP_OBJ_TO_PTR(o))->type == type;
}

// `o` is an instance of a program's class that has no property and no hook for all attributes: what its dict has comes first.
VM_INLINE bool vm_is_plain_instance(mp_obj_t o) {
    return vm_is_object(o) && (((mp_obj_base_t *)MP_OBJ_TO_PTR(o))->type->flags
        & (MP_TYPE_FLAG_INSTANCE_TYPE | MP_TYPE_FLAG_HAS_SPECIAL_ACCESSORS)) == MP_TYPE_FLAG_INSTANCE_TYPE;
}

VM_INLINE bool vm_as_double(mp_obj_t o, double *value) {
    if (mp_obj_is_float(o)) {
        *value = mp_obj_float_get(o);
        return true;
    }
    if (mp_obj_is_small_int(o)) {
        *value = MP_OBJ_SMALL_INT_VALUE(o);
        return true;
    }
    return false;
}

// At least one a float, the other a float or a small int.
VM_INLINE bool vm_doubles(mp_obj_t a, mp_obj_t b, double *x, double *y) {
    return (mp_obj_is_float(a) || mp_obj_is_float(b)) && vm_as_double(a, x) && vm_as_double(b, y);
}

VM_INLINE bool vm_is_true(mp_obj_t o) {
    if (o == mp_const_true) {
        return true;
    }
    if (o == mp_const_false || o == mp_const_none || o == MP_OBJ_NEW_SMALL_INT(0)) {
        return false;
    }
    return mp_obj_is_small_int(o) || mp_obj_is_true(o);
}

// ---- items

// The place of items[index] of a list or tuple, or NULL.
VM_INLINE mp_obj_t *vm_item(mp_obj_t base, mp_obj_t index, bool store) {
    if (!vm_is_object(base) || !mp_obj_is_small_int(index)) {
        return NULL;
    }
    const mp_obj_type_t *type = ((mp_obj_base_t *)MP_OBJ_TO_PTR(base))->type;
    mp_int_t i = MP_OBJ_SMALL_INT_VALUE(index);
    size_t len;
    mp_obj_t *items;
    if (type == &mp_type_list) {
        mp_obj_list_t *list = MP_OBJ_TO_PTR(base);
        len = list->len;
        items = list->items;
    } else if (!store && type == &mp_type_tuple) {
        mp_obj_tuple_t *tuple = MP_OBJ_TO_PTR(base);
        len = tuple->len;
        items = tuple->items;
    } else {
        return NULL;
    }
    if (i < 0) {
        i += len;
    }
    return (uint64_t)i < len ? &items[i] : NULL;
}

// bytes, bytearray
VM_INLINE byte *vm_byte(mp_obj_t base, mp_obj_t index, bool store) {
    if (!vm_is_object(base) || !mp_obj_is_small_int(index)) {
        return NULL;
    }
    const mp_obj_type_t *type = ((mp_obj_base_t *)MP_OBJ_TO_PTR(base))->type;
    mp_int_t i = MP_OBJ_SMALL_INT_VALUE(index);
    size_t len;
    byte *data;
    if (type == &mp_type_bytearray) {
        mp_obj_array_t *array = MP_OBJ_TO_PTR(base);
        len = array->len;
        data = array->items;
    } else if (!store && type == &mp_type_bytes) {
        mp_obj_str_t *bytes = MP_OBJ_TO_PTR(base);
        len = bytes->len;
        data = (byte *)bytes->data;
    } else {
        return NULL;
    }
    if (i < 0) {
        i += len;
    }
    return (uint64_t)i < len ? &data[i] : NULL;
}

// ---- maps

// The element of `key`, which is a qstr, when the hint of the lookup cache is right (see map.c); else NULL.
VM_INLINE mp_map_elem_t *vm_map_hint(const mp_map_t *map, mp_obj_t key) {
    size_t i = MP_STATE_VM(map_lookup_cache)[((uintptr_t)key >> 1) % MICROPY_OPT_MAP_LOOKUP_CACHE_SIZE];
    return i < map->alloc && map->table[i].key == key ? &map->table[i] : NULL;
}

// ---- operators

#define VM_COMPARE(op) \
    if (vm_both_small_ints(lhs, rhs)) { \
        truth = MP_OBJ_SMALL_INT_VALUE(lhs) op MP_OBJ_SMALL_INT_VALUE(rhs); \
    } else { \
        double x, y; \
        if (!vm_doubles(lhs, rhs, &x, &y)) { \
            goto general_compare; \
        } \
        truth = x op y; \
    }

VM_INLINE bool vm_is_text(mp_obj_t o) {
    return mp_obj_is_qstr(o) || vm_is(o, &mp_type_str);
}

// Two strings that are both interned are equal when they are the same; one that is not may equal one that is.
VM_INLINE bool vm_both_qstrs(mp_obj_t a, mp_obj_t b) {
    return mp_obj_is_qstr(a) && mp_obj_is_qstr(b);
}

VM_INLINE mp_obj_t vm_add(mp_obj_t a, mp_obj_t b) {
    if (vm_both_small_ints(a, b)) {
        return vm_int_or_null(MP_OBJ_SMALL_INT_VALUE(a) + MP_OBJ_SMALL_INT_VALUE(b));
    }
    double x, y;
    return vm_doubles(a, b, &x, &y) ? mp_obj_new_float(x + y) : MP_OBJ_NULL;
}

VM_INLINE mp_obj_t vm_subtract(mp_obj_t a, mp_obj_t b) {
    if (vm_both_small_ints(a, b)) {
        return vm_int_or_null(MP_OBJ_SMALL_INT_VALUE(a) - MP_OBJ_SMALL_INT_VALUE(b));
    }
    double x, y;
    return vm_doubles(a, b, &x, &y) ? mp_obj_new_float(x - y) : MP_OBJ_NULL;
}

VM_INLINE mp_obj_t vm_multiply(mp_obj_t a, mp_obj_t b) {
    if (vm_both_small_ints(a, b)) {
        int64_t x = MP_OBJ_SMALL_INT_VALUE(a), y = MP_OBJ_SMALL_INT_VALUE(b);
        return x == (int32_t)x && y == (int32_t)y ? vm_int_or_null(x * y) : MP_OBJ_NULL;
    }
    double x, y;
    return vm_doubles(a, b, &x, &y) ? mp_obj_new_float(x * y) : MP_OBJ_NULL;
}

VM_INLINE mp_obj_t vm_divide(mp_obj_t a, mp_obj_t b) {
    double x, y;
    return vm_as_double(a, &x) && vm_as_double(b, &y) && y != 0 ? mp_obj_new_float(x / y) : MP_OBJ_NULL;
}

// Divisors above zero are the usual ones, and 32 bits divide faster.
VM_INLINE bool vm_divides_fast(mp_obj_t a, mp_obj_t b) {
    return vm_both_small_ints(a, b) && MP_OBJ_SMALL_INT_VALUE(b) > 0;
}

VM_INLINE mp_obj_t vm_floor_divide(mp_obj_t a, mp_obj_t b) {
    if (!vm_divides_fast(a, b)) {
        return MP_OBJ_NULL;
    }
    int64_t x = MP_OBJ_SMALL_INT_VALUE(a), y = MP_OBJ_SMALL_INT_VALUE(b);
    if (((uint64_t)x | (uint64_t)y) >> 32 == 0) {
        return MP_OBJ_NEW_SMALL_INT((uint32_t)x / (uint32_t)y);
    }
    int64_t q = x / y;
    return MP_OBJ_NEW_SMALL_INT(q - (q * y > x));
}

VM_INLINE mp_obj_t vm_modulo(mp_obj_t a, mp_obj_t b) {
    if (!vm_divides_fast(a, b)) {
        return MP_OBJ_NULL;
    }
    int64_t x = MP_OBJ_SMALL_INT_VALUE(a), y = MP_OBJ_SMALL_INT_VALUE(b);
    if (((uint64_t)x | (uint64_t)y) >> 32 == 0) {
        return MP_OBJ_NEW_SMALL_INT((uint32_t)x % (uint32_t)y);
    }
    int64_t r = x % y;
    return MP_OBJ_NEW_SMALL_INT(r < 0 ? r + y : r);
}

VM_INLINE mp_obj_t vm_shift_left(mp_obj_t a, mp_obj_t b) {
    if (!vm_both_small_ints(a, b)) {
        return MP_OBJ_NULL;
    }
    int64_t x = MP_OBJ_SMALL_INT_VALUE(a), n = MP_OBJ_SMALL_INT_VALUE(b);
    return (uint64_t)n <= 31 && x == (int32_t)x ? vm_int_or_null((int64_t)((uint64_t)x << n)) : MP_OBJ_NULL;
}

VM_INLINE mp_obj_t vm_shift_right(mp_obj_t a, mp_obj_t b) {
    if (!vm_both_small_ints(a, b)) {
        return MP_OBJ_NULL;
    }
    int64_t n = MP_OBJ_SMALL_INT_VALUE(b);
    return (uint64_t)n < 64 ? MP_OBJ_NEW_SMALL_INT(MP_OBJ_SMALL_INT_VALUE(a) >> n) : MP_OBJ_NULL;
}

// The tag is the same in both and odd bits stay odd.
VM_INLINE mp_obj_t vm_and(mp_obj_t a, mp_obj_t b) {
    return vm_both_small_ints(a, b) ? a & b : MP_OBJ_NULL;
}

VM_INLINE mp_obj_t vm_or(mp_obj_t a, mp_obj_t b) {
    return vm_both_small_ints(a, b) ? a | b : MP_OBJ_NULL;
}

VM_INLINE mp_obj_t vm_xor(mp_obj_t a, mp_obj_t b) {
    return vm_both_small_ints(a, b) ? a ^ (b ^ MP_OBJ_NEW_SMALL_INT(0)) : MP_OBJ_NULL;
}

#endif
