// What the sequence types share. Takes the place of upstream's py/sequence.c: an item that is the very object counts as
// equal, and comparing runs the operator that was asked for, with operands in their order.
//
// Comparing runs code of the program's, which may change a list that is compared: functions that take items and a
// length are for sequences that cannot change; lists are compared by mp_seq_cmp_objs(), which reads within the length
// that the list had when it began. A list's memory stays as long as something points to it.

#include <string.h>

#include "py/messages.h"
#include "py/runtime.h"
#include "py/slice.h"

// Copies what is there already, so that the time is that of the memory and not of the number of items.
void mp_seq_multiply(const void *items, size_t item_size, size_t len, size_t times, void *dest) {
    size_t copied = item_size * len, total = copied * times;
    if (total == 0) {
        return;
    }
    for (memcpy(dest, items, copied); copied < total;) {
        size_t n = MIN(copied, total - copied);
        memcpy((byte *)dest + copied, dest, n);
        copied += n;
    }
}

bool mp_seq_get_fast_slice_indexes(mp_uint_t len, mp_obj_t slice, mp_bound_slice_t *indexes) {
    size_t n = slice_bounds(slice, len, indexes);
    if (n == 0 && indexes->step > 0) {
        indexes->stop = indexes->start;
    }
    return indexes->step == 1;
}

bool mp_seq_cmp_bytes(mp_uint_t op, const byte *a, size_t a_len, const byte *b, size_t b_len) {
    if (op == MP_BINARY_OP_EQUAL && a_len != b_len) {
        return false;
    }
    int order = memcmp(a, b, MIN(a_len, b_len));
    if (order == 0) {
        order = a_len < b_len ? -1 : a_len > b_len;
    }
    switch (op) {
        case MP_BINARY_OP_EQUAL:
            return order == 0;
        case MP_BINARY_OP_LESS:
            return order < 0;
        case MP_BINARY_OP_LESS_EQUAL:
            return order <= 0;
        case MP_BINARY_OP_MORE:
            return order > 0;
        default:
            return order >= 0;
    }
}

static inline bool same(mp_obj_t a, mp_obj_t b) {
    return a == b || mp_obj_equal(a, b);
}

bool mp_seq_cmp_objs(mp_uint_t op, const mp_obj_t *a, size_t a_len, const mp_obj_t *b, size_t b_len) {
    if (op == MP_BINARY_OP_EQUAL && a_len != b_len) {
        return false;
    }
    for (size_t i = 0; i < a_len && i < b_len; i++) {
        mp_obj_t left = a[i], right = b[i];
        if (!same(left, right)) {
            return op != MP_BINARY_OP_EQUAL && mp_obj_is_true(mp_binary_op(op, left, right));
        }
    }
    switch (op) {
        case MP_BINARY_OP_EQUAL:
            return true;
        case MP_BINARY_OP_LESS:
            return a_len < b_len;
        case MP_BINARY_OP_LESS_EQUAL:
            return a_len <= b_len;
        case MP_BINARY_OP_MORE:
            return a_len > b_len;
        default:
            return a_len >= b_len;
    }
}

static size_t clamp(mp_obj_t index, size_t len) {
    mp_int_t i = index_clamped(index);
    return i < 0 ? (size_t)MAX(i + (mp_int_t)len, 0) : (size_t)MIN(i, (mp_int_t)len);
}

mp_obj_t mp_seq_index_obj(const mp_obj_t *items, size_t len, size_t n_args, const mp_obj_t *args) {
    size_t start = n_args > 2 ? clamp(args[2], len) : 0, stop = n_args > 3 ? clamp(args[3], len) : len;
    for (size_t i = start; i < stop; i++) {
        if (same(items[i], args[1])) {
            return MP_OBJ_NEW_SMALL_INT(i);
        }
    }
    raise_not_in_sequence(mp_obj_get_type(args[0]), args[1]);
}

mp_obj_t mp_seq_count_obj(const mp_obj_t *items, size_t len, mp_obj_t value) {
    size_t count = 0;
    for (size_t i = 0; i < len; i++) {
        count += same(items[i], value);
    }
    return MP_OBJ_NEW_SMALL_INT(count);
}

mp_obj_t mp_seq_extract_slice(const mp_obj_t *items, mp_bound_slice_t *bounds) {
    mp_int_t step = bounds->step, span = step > 0 ? bounds->stop - bounds->start : bounds->start - bounds->stop;
    size_t n = span > 0 ? (span - 1) / (step > 0 ? step : -step) + 1 : 0;
    mp_obj_t list = mp_obj_new_list(n, NULL);
    size_t len;
    mp_obj_t *to;
    mp_obj_list_get(list, &len, &to);
    slice_copy(to, items, sizeof(mp_obj_t), n, bounds);
    return list;
}
