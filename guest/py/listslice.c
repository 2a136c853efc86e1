// Lists: slices of any step, assigned and deleted too, and indices with CPython's messages.

#include <string.h>

#include "py/listslice.h"
#include "py/objlist.h"
#include "py/runtime.h"
#include "py/slice.h"

static void replace(mp_obj_list_t *self, size_t start, size_t stop, const mp_obj_t *items, size_t n) {
    size_t len = self->len, new_len = m_size((uint64_t)len - (stop - start) + n);
    if (new_len > self->alloc) {
        size_t alloc = m_size((uint64_t)new_len + new_len / 8 + 4);
        self->items = m_renew(mp_obj_t, self->items, self->alloc, alloc);
        self->alloc = alloc;
    }
    memmove(self->items + start + n, self->items + stop, (len - stop) * sizeof(mp_obj_t));
    memcpy(self->items + start, items, n * sizeof(mp_obj_t));
    if (new_len < self->alloc) {
        // The collector sees no stale items.
        memset(self->items + new_len, 0, (MAX(len, self->alloc) - new_len) * sizeof(mp_obj_t));
    }
    self->len = new_len;
}

mp_obj_t list_subscr_slice(mp_obj_t self_in, mp_obj_t index, mp_obj_t value) {
    mp_obj_list_t *self = MP_OBJ_TO_PTR(self_in);
    size_t value_len = 0;
    mp_obj_t *items = NULL;
    if (value != MP_OBJ_SENTINEL && value != MP_OBJ_NULL) {
        // A copy, because it may be the list itself, or an iterator over it.
        if (mp_obj_is_type(value, &mp_type_list) || mp_obj_is_type(value, &mp_type_tuple)) {
            mp_obj_get_array(value, &value_len, &items);
            if (value == self_in) {
                value = mp_obj_new_list(value_len, items);
                mp_obj_get_array(value, &value_len, &items);
            }
        } else {
            if (!mp_obj_is_obj(value) && !mp_obj_is_str(value)) {
                mp_raise_TypeError(MP_ERROR_TEXT("can only assign an iterable"));
            }
            value = mp_obj_list_make_new(&mp_type_list, 1, 0, &value);
            mp_obj_get_array(value, &value_len, &items);
        }
    }
    mp_bound_slice_t bounds;
    size_t len, n;
    do {
        len = self->len;
        n = slice_bounds(index, len, &bounds);
    } while (len != self->len); // an __index__ may change it
    if (value == MP_OBJ_SENTINEL) {
        mp_obj_list_t *result = MP_OBJ_TO_PTR(mp_obj_new_list(n, NULL));
        slice_copy(result->items, self->items, sizeof(mp_obj_t), n, &bounds);
        return MP_OBJ_FROM_PTR(result);
    }
    if (bounds.step == 1) {
        replace(self, bounds.start, bounds.start + n, items, value_len);
    } else if (value == MP_OBJ_NULL) {
        self->len = slice_remove(self->items, sizeof(mp_obj_t), len, n, &bounds);
        memset(self->items + self->len, 0, (len - self->len) * sizeof(mp_obj_t));
    } else if (value_len != n) {
        mp_raise_msg_varg(&mp_type_ValueError,
            MP_ERROR_TEXT("attempt to assign sequence of size %d to extended slice of size %d"), (int)value_len, (int)n);
    } else {
        for (size_t i = 0; i < n; i++) {
            self->items[bounds.start + (mp_int_t)i * bounds.step] = items[i];
        }
    }
    return mp_const_none;
}

size_t list_index_checked(mp_obj_list_t *self, mp_obj_t index, const char *what) {
    mp_int_t i;
    if (!index_fitting(index, &i)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("list indices must be integers or slices, not %s"),
            mp_obj_get_type_str(index));
    }
    i += i < 0 ? (mp_int_t)self->len : 0;
    if (i < 0 || i >= (mp_int_t)self->len) {
        mp_raise_msg_varg(&mp_type_IndexError, MP_ERROR_TEXT("%s index out of range"), what);
    }
    return i;
}

void list_delete(mp_obj_t self_in, mp_obj_t index) {
    mp_obj_list_t *self = MP_OBJ_TO_PTR(self_in);
    size_t i = list_index_checked(self, index, "list assignment");
    replace(self, i, i + 1, NULL, 0);
}

mp_obj_t list_multiply_inplace(mp_obj_t self_in, mp_obj_t times_in) {
    mp_int_t times;
    if (!index_maybe(times_in, &times)) {
        return MP_OBJ_NULL;
    }
    mp_obj_list_t *self = MP_OBJ_TO_PTR(self_in);
    size_t len = self->len;
    if (times <= 0) {
        replace(self, 0, len, NULL, 0);
    } else if (len) {
        size_t total = m_size_product(len, times);
        mp_obj_t *items = m_new(mp_obj_t, total);
        mp_seq_multiply(self->items, sizeof(mp_obj_t), len, times, items);
        self->items = items;
        self->len = self->alloc = total;
    }
    return self_in;
}

size_t list_find(mp_obj_t self_in, mp_obj_t value) {
    mp_obj_list_t *self = MP_OBJ_TO_PTR(self_in);
    for (size_t i = 0; i < self->len; i++) {
        if (self->items[i] == value || mp_obj_equal(self->items[i], value)) {
            return i;
        }
    }
    mp_raise_ValueError(MP_ERROR_TEXT("list.remove(x): x not in list"));
}
