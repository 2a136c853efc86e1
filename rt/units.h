/* rt/units.h: the arithmetic on units of memory that memory.c and transaction.c share. See rt/memory.h. */
#ifndef HERMETIC_RT_UNITS_H
#define HERMETIC_RT_UNITS_H

#include <string.h>

#include "internal.h"

static inline uint32_t unit_count(const struct hermetic__memory *m, uint64_t bytes) {
    return (uint32_t)(bytes >> m->shift);
}

static inline size_t unit_size(const struct hermetic__memory *m) {
    return (size_t)1 << m->shift;
}

static inline uint8_t *unit_at(const struct hermetic__memory *m, uint32_t unit) {
    return m->data + ((size_t)unit << m->shift);
}

/* The part of `count` units from `first` on that the image stores, as offsets [*from, *to) in memory; the rest of them is
 * zeros. False when there is none. */
static inline bool units_stored(const struct hermetic__memory *m, uint32_t first, uint32_t count, size_t *from, size_t *to) {
    size_t start = m->image->start, end = start + m->image->stored;
    *from = (size_t)first << m->shift;
    *to = *from + ((size_t)count << m->shift);
    if (*from < start)
        *from = start < *to ? start : *to;
    if (*to > end)
        *to = end > *from ? end : *from;
    return *from < *to;
}

/* The unit's bytes become the image's. It must be writable. */
static inline void unit_copy_image(struct hermetic__memory *m, uint32_t unit) {
    size_t from, to, at = (size_t)unit << m->shift, end = at + unit_size(m);
    if (!units_stored(m, unit, 1, &from, &to))
        from = to = end;
    if (at < from)
        memset(m->data + at, 0, from - at);
    if (from < to)
        memcpy(m->data + from, m->image->bytes + (from - m->image->start), to - from);
    if (to < end)
        memset(m->data + to, 0, end - to);
}

static inline bool bytes_are_zero(const uint8_t *at, size_t len) {
    return len == 0 || (at[0] == 0 && memcmp(at, at + 1, len - 1) == 0);
}

static inline bool unit_is_image(const struct hermetic__memory *m, uint32_t unit) {
    size_t from, to, at = (size_t)unit << m->shift, end = at + unit_size(m);
    if (!units_stored(m, unit, 1, &from, &to))
        from = to = end;
    return (from == to || memcmp(m->data + from, m->image->bytes + (from - m->image->start), to - from) == 0) &&
           bytes_are_zero(m->data + at, from - at) && bytes_are_zero(m->data + to, end - to);
}

/* Whether giving units back to the system leaves them with the image's bytes. */
static inline bool units_discardable(const struct hermetic__memory *m, uint32_t first, uint32_t count) {
    size_t from, to;
    return m->mapped || !units_stored(m, first, count, &from, &to);
}

/* transaction.c, for memory.c: */

/* Makes units writable, saved first as the transaction asks: 0 or HERMETIC_E_NOMEM. */
int hermetic__units_unlock(struct hermetic__memory *m, uint32_t first, uint32_t count);
/* Frees what a rollback left to be freed later. */
void hermetic__detached_free(struct hermetic__memory *m);
/* Frees the undo chunks from number `keep` on. */
void hermetic__undo_trim(struct hermetic__memory *m, unsigned keep);
/* Memory is closed: its rows count no more. */
void hermetic__rows_forget(struct hermetic__memory *m);

#endif
