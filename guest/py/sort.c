// list.sort() and sorted(): a stable merge sort that finds the runs in its input. Takes the place of the function in
// upstream's py/objlist.c.
//
// At most n log2 n comparisons and O(n log n) time, whatever the input and whatever __lt__ answers. On input that is
// already in order, either way round, n - 1 comparisons.
//
// Keys and comparisons are calls of the guest program's. While they run, the list looks empty and its items are
// here. Sorting moves item numbers only, and the items themselves at the very end, when nothing can be raised any
// more: a sort that fails leaves the list as it was.
//
// The order of merges is that of Munro and Wild, "Nearly-Optimal Mergesorts" (2018), as in CPython.

#include <string.h>

#include "py/objlist.h"
#include "py/objstr.h"
#include "py/runtime.h"

// Runs shorter than this are made longer by insertion.
#define RUN_MIN (24)

// The powers of the runs that wait are strictly increasing, and none exceeds the bits in a length by more than one.
#define RUNS_MAX (8 * sizeof(uint32_t) + 2)

// What a list has while it is being sorted.
#define PLACEHOLDER_ALLOC (4)

typedef struct {
    uint32_t at, len;
    unsigned power; // depth of the boundary to the next run in the tree of merges
} run_t;

typedef struct {
    nlr_jump_callback_node_t node; // first: its address is that of the whole
    mp_obj_list_t *list;
    mp_obj_t *items; // the list's
    size_t alloc, len;
    mp_obj_t *placeholder;
    mp_obj_t *keys; // one for each item; the items themselves when there is no key function
    uint32_t *order; // numbers of items, to be sorted
    uint32_t *spare; // half as much
    run_t runs[RUNS_MAX];
    size_t n_runs;
} sort_t;

static bool is_text(mp_obj_t o) {
    return mp_obj_is_qstr(o) || mp_obj_is_exact_type(o, &mp_type_str);
}

// UTF-8 sorts by its bytes as by its characters.
static bool text_less(mp_obj_t a, mp_obj_t b) {
    GET_STR_DATA_LEN(a, a_data, a_len);
    GET_STR_DATA_LEN(b, b_data, b_len);
    int order = memcmp(a_data, b_data, MIN(a_len, b_len));
    return order != 0 ? order < 0 : a_len < b_len;
}

static bool less(const sort_t *sort, uint32_t a, uint32_t b) {
    mp_obj_t x = sort->keys[a], y = sort->keys[b];
    if (mp_obj_is_small_int(x) && mp_obj_is_small_int(y)) {
        return MP_OBJ_SMALL_INT_VALUE(x) < MP_OBJ_SMALL_INT_VALUE(y);
    }
    #if MICROPY_PY_BUILTINS_FLOAT
    if (mp_obj_is_float(x) && mp_obj_is_float(y)) {
        return mp_obj_float_get(x) < mp_obj_float_get(y);
    }
    #endif
    if (is_text(x) && is_text(y)) {
        return text_less(x, y);
    }
    mp_obj_t result = mp_binary_op(MP_BINARY_OP_LESS, x, y);
    return result == mp_const_true || (result != mp_const_false && mp_obj_is_true(result));
}

static void reverse(uint32_t *a, size_t n) {
    for (size_t i = 0, j = n; i + 1 < j; ++i) {
        uint32_t x = a[--j];
        a[j] = a[i];
        a[i] = x;
    }
}

// The number of elements of the sorted a[0..n) that go before x: with `after`, those equal to x do.
static size_t position(const sort_t *sort, const uint32_t *a, size_t n, uint32_t x, bool after) {
    size_t low = 0;
    while (low < n) {
        size_t mid = low + (n - low) / 2;
        if (after ? !less(sort, x, a[mid]) : less(sort, a[mid], x)) {
            low = mid + 1;
        } else {
            n = mid;
        }
    }
    return low;
}

// The length of the run at the front of a[0..n), n > 0. One that descends strictly is turned round.
static size_t find_run(const sort_t *sort, uint32_t *a, size_t n) {
    if (n == 1) {
        return 1;
    }
    size_t len = 2;
    if (less(sort, a[1], a[0])) {
        while (len < n && less(sort, a[len], a[len - 1])) {
            ++len;
        }
        reverse(a, len);
    } else {
        while (len < n && !less(sort, a[len], a[len - 1])) {
            ++len;
        }
    }
    return len;
}

// Sorts a[0..n), of which a[0..sorted) is sorted.
static void insertion_sort(const sort_t *sort, uint32_t *a, size_t sorted, size_t n) {
    for (; sorted < n; ++sorted) {
        uint32_t x = a[sorted];
        size_t at = position(sort, a, sorted, x, true);
        memmove(a + at + 1, a + at, (sorted - at) * sizeof(*a));
        a[at] = x;
    }
}

// Merges the neighbours a[0..n) and a[n..n + m).
static void merge(const sort_t *sort, uint32_t *a, size_t n, size_t m) {
    size_t skip = position(sort, a, n, a[n], true);
    a += skip;
    n -= skip;
    if (n == 0) {
        return;
    }
    m = position(sort, a + n, m, a[n - 1], false);
    uint32_t *spare = sort->spare;
    if (n <= m) {
        memcpy(spare, a, n * sizeof(*a));
        size_t left = 0, right = n, to = 0;
        while (left < n && right < n + m) {
            bool take_right = less(sort, a[right], spare[left]);
            a[to++] = take_right ? a[right++] : spare[left++];
        }
        memcpy(a + to, spare + left, (n - left) * sizeof(*a));
    } else {
        memcpy(spare, a + n, m * sizeof(*a));
        size_t left = n, right = m, to = n + m;
        while (left > 0 && right > 0) {
            bool take_left = less(sort, spare[right - 1], a[left - 1]);
            a[--to] = take_left ? a[--left] : spare[--right];
        }
        memcpy(a + left, spare, right * sizeof(*a));
    }
}

static void merge_last_runs(sort_t *sort) {
    run_t *left = &sort->runs[--sort->n_runs - 1];
    run_t *right = left + 1;
    merge(sort, sort->order + left->at, left->len, right->len);
    left->len += right->len;
}

// The depth, in the ideal tree over `n` elements, of the boundary between neighbour runs: the first binary digit in
// which the fractions (middle of the run) / n differ.
static unsigned boundary_power(const run_t *left, size_t right_len, size_t n) {
    uint64_t a = 2 * (uint64_t)left->at + left->len;
    uint64_t b = a + left->len + right_len;
    unsigned power = 1;
    for (;; ++power) {
        if (a >= n) {
            a -= n;
            b -= n;
        } else if (b >= n) {
            return power;
        }
        a *= 2;
        b *= 2;
    }
}

static void sort_order(sort_t *sort) {
    size_t n = sort->len;
    for (size_t at = 0; at < n;) {
        uint32_t *a = sort->order + at;
        size_t len = find_run(sort, a, n - at);
        if (len < RUN_MIN) {
            size_t longer = MIN(RUN_MIN, n - at);
            insertion_sort(sort, a, len, longer);
            len = longer;
        }
        if (sort->n_runs > 0) {
            unsigned power = boundary_power(&sort->runs[sort->n_runs - 1], len, n);
            while (sort->n_runs > 1 && sort->runs[sort->n_runs - 2].power > power) {
                merge_last_runs(sort);
            }
            sort->runs[sort->n_runs - 1].power = power;
        }
        sort->runs[sort->n_runs++] = (run_t) { .at = at, .len = len };
        at += len;
    }
    while (sort->n_runs > 1) {
        merge_last_runs(sort);
    }
}

// Puts items[order[i]] at i, for all i. Spoils the order.
static void permute(mp_obj_t *items, uint32_t *order, size_t n) {
    for (size_t i = 0; i < n; ++i) {
        mp_obj_t first = items[i];
        size_t to = i;
        while (order[to] != i) {
            size_t from = order[to];
            items[to] = items[from];
            order[to] = to;
            to = from;
        }
        items[to] = first;
        order[to] = to;
    }
}

// Gives the list its items back. Also runs when an exception passes.
static void restore_list(void *sort_in) {
    sort_t *sort = sort_in;
    sort->list->items = sort->items;
    sort->list->alloc = sort->alloc;
    sort->list->len = sort->len;
}

static void sort_list(mp_obj_list_t *list, mp_obj_t key, bool descending) {
    size_t n = list->len;
    if (n > UINT32_MAX / 2) {
        m_malloc_fail(n);
    }
    sort_t sort = { .list = list, .items = list->items, .alloc = list->alloc, .len = n };
    sort.placeholder = m_new0(mp_obj_t, PLACEHOLDER_ALLOC);
    sort.order = m_new(uint32_t, n + n / 2);
    sort.spare = sort.order + n;
    sort.keys = key == mp_const_none ? sort.items : m_new0(mp_obj_t, n);

    list->items = sort.placeholder;
    list->alloc = PLACEHOLDER_ALLOC;
    list->len = 0;
    nlr_push_jump_callback(&sort.node, restore_list);

    for (size_t i = 0; i < n; ++i) {
        if (key != mp_const_none) {
            sort.keys[i] = mp_call_function_1(key, sort.items[i]);
        }
        sort.order[i] = i;
    }
    // Items that compare equal keep their order in a descending sort too: sort the reverse, reverse the result.
    if (descending) {
        reverse(sort.order, n);
    }
    sort_order(&sort);
    if (descending) {
        reverse(sort.order, n);
    }
    permute(sort.items, sort.order, n);

    bool modified = list->items != sort.placeholder || list->len != 0;
    nlr_pop_jump_callback(true);
    m_del(uint32_t, sort.order, n + n / 2);
    if (sort.keys != sort.items) {
        m_del(mp_obj_t, sort.keys, n);
    }
    if (modified) {
        mp_raise_ValueError(MP_ERROR_TEXT("list modified during sort"));
    }
    m_del(mp_obj_t, sort.placeholder, PLACEHOLDER_ALLOC);
}

mp_obj_t mp_obj_list_sort(size_t n_args, const mp_obj_t *pos_args, mp_map_t *kw_args) {
    static const mp_arg_t allowed_args[] = {
        { MP_QSTR_key, MP_ARG_KW_ONLY | MP_ARG_OBJ, {.u_rom_obj = MP_ROM_NONE} },
        { MP_QSTR_reverse, MP_ARG_KW_ONLY | MP_ARG_INT, {.u_int = 0} },
    };
    struct {
        mp_arg_val_t key, reverse;
    } args;
    mp_arg_parse_all(n_args - 1, pos_args + 1, kw_args, MP_ARRAY_SIZE(allowed_args), allowed_args,
        (mp_arg_val_t *)&args);

    mp_check_self(mp_obj_is_type(pos_args[0], &mp_type_list));
    mp_obj_list_t *list = MP_OBJ_TO_PTR(pos_args[0]);
    if (list->len > 1 || (list->len == 1 && args.key.u_obj != mp_const_none)) {
        sort_list(list, args.key.u_obj, args.reverse.u_int != 0);
    }
    return mp_const_none;
}
