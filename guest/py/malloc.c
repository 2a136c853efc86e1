// Allocation for the core: upstream's interface, with sizes that do not wrap (patches/0003-sizes-in-64-bits.patch).

#include "py/gc.h"
#include "py/misc.h"
#include "py/mpstate.h"

static inline bool fits(uint64_t num_bytes) {
    return num_bytes <= UINT32_MAX;
}

void *m_malloc_maybe(uint64_t num_bytes) {
    return fits(num_bytes) ? gc_alloc(num_bytes, 0) : NULL;
}

static void *check(void *ptr, uint64_t num_bytes) {
    if (ptr == NULL && num_bytes != 0) {
        m_malloc_fail(MIN(num_bytes, UINT32_MAX));
    }
    return ptr;
}

void *m_malloc(uint64_t num_bytes) {
    return check(m_malloc_maybe(num_bytes), num_bytes);
}

void *m_malloc0(uint64_t num_bytes) {
    return m_malloc(num_bytes); // gc_alloc clears
}

void *m_malloc_leaf(uint64_t num_bytes) {
    return check(fits(num_bytes) ? gc_alloc(num_bytes, GC_ALLOC_FLAG_LEAF) : NULL, num_bytes);
}

void *m_malloc_raw(uint64_t num_bytes) {
    return check(fits(num_bytes) ? gc_alloc(num_bytes, GC_ALLOC_FLAG_LEAF | GC_ALLOC_FLAG_RAW) : NULL, num_bytes);
}

void *m_realloc_maybe(void *ptr, uint64_t old_num_bytes, uint64_t new_num_bytes, bool allow_move) {
    (void)old_num_bytes;
    return fits(new_num_bytes) ? gc_realloc(ptr, new_num_bytes, allow_move) : NULL;
}

void *m_realloc(void *ptr, uint64_t old_num_bytes, uint64_t new_num_bytes) {
    return check(m_realloc_maybe(ptr, old_num_bytes, new_num_bytes, true), new_num_bytes);
}

void m_free(void *ptr, uint64_t num_bytes) {
    (void)num_bytes;
    gc_free(ptr);
}

size_t m_size(int64_t size) {
    if (size < 0 || size > INT32_MAX) {
        m_malloc_fail(UINT32_MAX);
    }
    return size;
}

size_t m_size_product(size_t len, int64_t times) {
    if (len != 0 && times > INT32_MAX / (int64_t)len) {
        m_malloc_fail(UINT32_MAX);
    }
    return times <= 0 ? 0 : len * times;
}
