/* rt/memory.c: linear memory: where it lies, how it grows, and how the host reads and writes it.
 *
 * The two backends differ in what address space they hold. GUARD reserves all that a guest access can reach, and lets the
 * hardware refuse what is outside `size` or not yet writable. BOUNDS holds little more than `size`, moves when it has to
 * grow past that, and relies on checks in the generated code.
 *
 * This is the one file that turns a guest address into a host pointer, after a range check: hermetic__memory_read and
 * hermetic__memory_write. Which units may be written, and what they were before, is transaction.c's concern.
 */
#include <stdatomic.h>
#include <string.h>

#include "../include/hermetic.h"
#include "../src/alloc.h"
#include "fault.h"
#include "internal.h"
#include "os.h"
#include "units.h"

/* All that address + static offset + access size can reach: offsets are below 16 MiB (linted in guest.wasm), accesses are
 * at most 8 bytes. One more wasm page covers the end and fits every page size. */
#define GUARD_RESERVATION ((UINT64_C(4) << 30) + (16u << 20) + HERMETIC__WASM_PAGE)

/* Each guard sandbox costs 4 GiB of address space, of which 32,000 would fit, and mappings, of which a process has 65,530
 * on Linux by default: 20 after a small program, and more in time (transaction.c says how many at most). A host that has none
 * left can neither allocate nor start threads, so half of them are for it, and the others allow 1,000 sandboxes about 30
 * each. When a choice was left to us, later sandboxes get the other backend. */
#define GUARD_LIVE_MAX 1000

static atomic_uint guard_live;

#define MAX_SIZE ((UINT64_C(4) << 30) - HERMETIC__WASM_PAGE)

/* Room for the states of `units` units. */
static bool reserve_states(struct hermetic__memory *m, uint32_t units) {
    if (units <= m->state_count)
        return true;
    uint32_t limit = unit_count(m, m->max_size);
    uint32_t room = units < limit / 2 ? units * 2 : limit;
    uint8_t *states = hermetic__realloc(m->states, room);
    if (!states)
        return false;
    m->states = states;
    uint32_t *undo_units = hermetic__realloc(m->undo_units, room * sizeof(*undo_units));
    if (!undo_units)
        return false;
    m->undo_units = undo_units;
    uint32_t *undo_of = hermetic__realloc(m->undo_of, room * sizeof(*undo_of));
    if (!undo_of)
        return false;
    m->undo_of = undo_of;
    memset(states + m->state_count, 0, room - m->state_count);
    m->state_count = room;
    return true;
}

/* Puts the image's bytes at `data`, which is zeroed and writable or about to be mapped over. */
static bool place_image(struct hermetic__memory *m, bool writable) {
    m->mapped = hermetic__os_map_image(m->data, m->image, m->image->size, writable);
    if (m->mapped)
        return true;
    if (!hermetic__os_protect(m->data, m->image->size, HERMETIC__ACCESS_WRITE))
        return false;
    memcpy(m->data + m->image->start, m->image->bytes, m->image->stored);
    return writable || hermetic__os_protect(m->data, m->image->size, HERMETIC__ACCESS_READ);
}

static int open_guard(struct hermetic__memory *m, bool limited) {
#if HERMETIC__HAVE_GUARD
    size_t page = hermetic__os_page_size();
    if (page > HERMETIC__WASM_PAGE || !hermetic__fault_install())
        return HERMETIC_E_SYSTEM;
    if (atomic_fetch_add(&guard_live, 1) >= GUARD_LIVE_MAX && limited)
        goto fail;
    m->backend = HERMETIC__GUARD;
    for (m->shift = HERMETIC__PAGE_SHIFT; unit_size(m) < page; m->shift++)
        ;
    m->data = hermetic__os_reserve(GUARD_RESERVATION);
    if (!m->data)
        goto fail;
    m->reserved = GUARD_RESERVATION;
    m->capacity = m->max_size;
    if (place_image(m, false))
        return 0;
    hermetic__os_unmap(m->data, GUARD_RESERVATION);
fail:
    atomic_fetch_sub(&guard_live, 1);
#else
    (void)m, (void)limited;
#endif
    return HERMETIC_E_SYSTEM;
}

static int open_bounds(struct hermetic__memory *m) {
    m->backend = HERMETIC__BOUNDS;
    m->shift = HERMETIC__PAGE_SHIFT;
    uint64_t twice = (uint64_t)m->image->size * 2;
    m->capacity = m->reserved = twice < m->max_size ? twice : m->max_size;
    m->data = hermetic__os_map((size_t)m->reserved);
    if (!m->data)
        return HERMETIC_E_NOMEM;
    if (place_image(m, true))
        return 0;
    hermetic__os_unmap(m->data, (size_t)m->reserved);
    return HERMETIC_E_NOMEM;
}

int hermetic__memory_open(struct hermetic__memory *m, const struct hermetic__image *image, enum hermetic__backend want,
                          bool fallback, uint64_t max_bytes) {
    memset(m, 0, sizeof(*m));
    max_bytes &= ~(uint64_t)(HERMETIC__WASM_PAGE - 1);
    if (max_bytes < image->size || max_bytes > MAX_SIZE || image->size % HERMETIC__WASM_PAGE != 0 ||
        (uint64_t)image->start + image->stored > image->size)
        return HERMETIC_E_INVALID;
    m->image = image;
    m->max_size = max_bytes;
    m->peak_size = m->begin_size = m->size = image->size;

    int status = HERMETIC_E_SYSTEM;
    if (want == HERMETIC__GUARD)
        status = open_guard(m, fallback);
    if (status < 0 && (want == HERMETIC__BOUNDS || fallback))
        status = open_bounds(m);
    if (status < 0)
        return status;
    if (!reserve_states(m, unit_count(m, m->size))) {
        hermetic__memory_close(m);
        return HERMETIC_E_NOMEM;
    }
    return 0;
}

void hermetic__memory_close(struct hermetic__memory *m) {
    if (!m->data)
        return;
    hermetic__detached_free(m);
    hermetic__rows_forget(m);
    hermetic__undo_trim(m, 0);
    hermetic__os_unmap(m->data, (size_t)m->reserved);
    if (m->backend == HERMETIC__GUARD)
        atomic_fetch_sub(&guard_live, 1);
    hermetic__free(m->states);
    hermetic__free(m->undo_units);
    hermetic__free(m->undo_of);
    m->data = NULL;
    m->states = NULL;
    m->undo_units = m->undo_of = NULL;
    m->size = 0;
}

/* A larger home for a bounds memory. What equals the image is mapped anew, not copied. */
static bool move_bounds(struct hermetic__memory *m, uint64_t bytes) {
    uint64_t room = m->capacity * 2 > bytes ? m->capacity * 2 : bytes;
    if (room > m->max_size)
        room = m->max_size;
    struct hermetic__memory new = *m;
    new.data = hermetic__os_map((size_t)room);
    if (!new.data && room > bytes)
        new.data = hermetic__os_map((size_t)(room = bytes));
    if (!new.data)
        return false;
    if (!place_image(&new, true)) {
        hermetic__os_unmap(new.data, (size_t)room);
        return false;
    }
    uint32_t units = unit_count(m, m->size);
    for (uint32_t unit = 0; unit < units; unit++)
        if (m->states[unit] & (HERMETIC__WRITABLE | HERMETIC__DIRTY))
            memcpy(unit_at(&new, unit), unit_at(m, unit), unit_size(m));
    hermetic__os_unmap(m->data, (size_t)m->reserved);
    m->data = new.data;
    m->mapped = new.mapped;
    m->capacity = m->reserved = room;
    return true;
}

int hermetic__memory_grow_to(struct hermetic__memory *m, uint64_t bytes) {
    bytes = (bytes + HERMETIC__WASM_PAGE - 1) & ~(uint64_t)(HERMETIC__WASM_PAGE - 1);
    if (bytes <= m->size)
        return 0;
    if (bytes > m->max_size)
        return HERMETIC_E_MEMORY;
    if (m->lost)
        return HERMETIC_E_NOMEM;
    uint32_t first = unit_count(m, m->size), end = unit_count(m, bytes);
    if (!reserve_states(m, end))
        return HERMETIC_E_NOMEM;
    if (m->backend == HERMETIC__GUARD) {
        if (!hermetic__os_protect(m->data + m->size, (size_t)(bytes - m->size),
                                  m->open ? HERMETIC__ACCESS_WRITE : HERMETIC__ACCESS_READ))
            return HERMETIC_E_NOMEM;
    } else if (bytes > m->capacity && !move_bounds(m, bytes)) {
        return HERMETIC_E_NOMEM;
    }
    /* In a transaction they are written right away, and rollback drops them: nothing to save, nothing to fault on. */
    memset(m->states + first, m->open ? HERMETIC__WRITABLE : 0, end - first);
    if (m->open)
        m->cold_writable += end - first;
    m->size = bytes;
    if (m->peak_size < bytes)
        m->peak_size = bytes;
    return 0;
}

uint32_t hermetic__memory_grow(struct hermetic__memory *m, uint64_t pages) {
    uint32_t old = (uint32_t)(m->size / HERMETIC__WASM_PAGE);
    uint64_t bytes = m->size + pages * HERMETIC__WASM_PAGE; /* pages are 32 bits of the guest's */
    if (pages <= MAX_SIZE / HERMETIC__WASM_PAGE && hermetic__memory_grow_to(m, bytes) == 0)
        return old;
    m->refused_size = bytes;
    return UINT32_MAX;
}

int hermetic__memory_set_max(struct hermetic__memory *m, uint64_t max_bytes) {
    max_bytes &= ~(uint64_t)(HERMETIC__WASM_PAGE - 1);
    if (max_bytes < m->size || max_bytes > MAX_SIZE)
        return HERMETIC_E_INVALID;
    m->max_size = max_bytes;
    return 0;
}

uint64_t hermetic__memory_size(const struct hermetic__memory *m) {
    return m->size;
}

uint64_t hermetic__memory_size_before(const struct hermetic__memory *m) {
    return m->open ? m->begin_size : m->size;
}

uint64_t hermetic__memory_refused(const struct hermetic__memory *m) {
    return m->refused_size;
}

uint64_t hermetic__memory_peak(const struct hermetic__memory *m) {
    return m->peak_size;
}

uint64_t hermetic__memory_host_bytes(const struct hermetic__memory *m) {
    uint64_t bytes = (uint64_t)m->state_count * (sizeof(*m->states) + sizeof(*m->undo_units) + sizeof(*m->undo_of)) +
                     m->detached_size;
    for (unsigned i = 0; i < HERMETIC__UNDO_CHUNKS; i++) /* those that are held among them */
        if (m->undo_chunks[i])
            bytes += (uint64_t)(HERMETIC__UNDO_FIRST << i) << m->shift;
    return bytes;
}

static bool in_range(const struct hermetic__memory *m, struct gaddr at, size_t len) {
    return len <= m->size && at.at <= m->size - len;
}

int hermetic__memory_read(const struct hermetic__memory *m, struct gaddr from, void *to, size_t len) {
    if (!in_range(m, from, len))
        return HERMETIC_E_GUEST_RANGE;
    if (len > 0)
        memcpy(to, m->data + from.at, len);
    return 0;
}

int hermetic__memory_write(struct hermetic__memory *m, struct gaddr to, const void *from, size_t len) {
    if (!in_range(m, to, len))
        return HERMETIC_E_GUEST_RANGE;
    if (len == 0)
        return 0;
    uint32_t first = to.at >> m->shift, last = (uint32_t)((to.at + (uint64_t)len - 1) >> m->shift);
    int status = hermetic__units_unlock(m, first, last - first + 1);
    if (status < 0)
        return status;
    memcpy(m->data + to.at, from, len);
    return 0;
}

bool hermetic__memory_next_dirty(const struct hermetic__memory *m, uint32_t *page) {
    uint32_t per_unit = (uint32_t)(unit_size(m) / HERMETIC__PAGE);
    for (uint64_t end = hermetic__memory_size_before(m) / HERMETIC__PAGE; *page < end; ++*page) {
        uint32_t unit = *page / per_unit;
        if ((m->states[unit] & HERMETIC__DIRTY) && (m->open || !unit_is_image(m, unit)))
            return true;
        *page |= per_unit - 1;
    }
    return false;
}
