/* rt/transaction.c: which units of memory may be written, what they were before, and the ways back.
 *
 * The states of a unit are in rt/memory.h. Both backends run the same machine; they differ in what tells us of a first
 * write (a fault, or the check before a store) and in whether a unit that is not WRITABLE is protected by hardware.
 *
 * What makes a run cheap: the few units that most runs write (the guest's stack, its globals, the front of its heap) are
 * HOT. They stay WRITABLE between runs, are copied ahead at begin where they differ from the image, and are copied back
 * from the image at reset. So a run that writes no others causes no fault and no change of protection. A unit joins at the
 * fault that makes it writable, and leaves when samples of its contents show that runs have ceased to modify it.
 *
 * Everything here works without memory from the host's allocator, and the path that a fault takes (unlock) is safe in a
 * signal handler.
 */
#include <stdatomic.h>
#include <string.h>

#include "../include/hermetic.h"
#include "fault.h"
#include "internal.h"
#include "os.h"
#include "units.h"

enum { WRITABLE = HERMETIC__WRITABLE, DIRTY = HERMETIC__DIRTY, SAVED = HERMETIC__SAVED, HOT = HERMETIC__HOT };

#define BATCH_MAX 64u    /* units made writable at one fault, in a run of writes */
#define HOT_ROW 8u       /* longest row of units that becomes hot as a whole */
#define AHEAD 4u         /* units to make writable at a fault right behind a hot unit: the front of the guest's heap moves on */
#define SAMPLE_EVERY 4u  /* a hot unit is compared with its old bytes in every fourth run */
#define IDLE_MAX 16u     /* samples without a change after which it need not be hot any more */
#define LEAVE_MIN 8u     /* so many of them cease to be hot together: neighbours take one change of protection */
#define LEAVE_EVERY 64u  /* runs after which fewer do, too */
#define KEEP_CHUNKS 3u   /* undo chunks kept for the next run: 112 units */
#define DISCARD_MIN 4u   /* writable units in a row from which giving them back beats copying */

/* In the guard backend each row of writable units takes two of the mappings that a process has 65,530 of on Linux. A guest
 * that writes to every other page must not use them up: where a sandbox has ROWS_MAX rows, a first write opens a whole block,
 * one of ROW_BLOCKS that memory is divided into, and the units that are already written with it; where all sandboxes
 * together have ROWS_TOTAL, the blocks are FEW_BLOCKS. A block is BLOCK_MAX units at most in the first case, since all of it
 * may have to be saved while a guest waits to be stopped. Rows become hot only below HOT_ROWS_MAX: these stay. */
#define ROWS_MAX 128u
#define HOT_ROWS_MAX 64u
#define ROW_BLOCKS 64u
#define BLOCK_MAX 1024u
#define ROWS_TOTAL 12000
#define FEW_BLOCKS 8u

/* Freeing resident pages takes 0.1 ms a megabyte and more. A host that stops a run waits for its answer, so a rollback
 * that has more than DETACH_MIN bytes to free sets them aside, and the next call on that memory frees them; but no more
 * than DETACHED_MOST in the process, since that call may not come soon. */
#define DETACH_MIN ((size_t)2 << 20)
#define DETACHED_MOST ((size_t)256 << 20)

static atomic_size_t detached_bytes;
static atomic_int rows_live; /* of all sandboxes: the sum of their `rows` */

/* ---- what a rollback leaves for the next call to free ------------------------------------------------------------- */

static bool hold(size_t size) {
    if (size >= DETACH_MIN && atomic_fetch_add(&detached_bytes, size) + size <= DETACHED_MOST)
        return true;
    if (size >= DETACH_MIN)
        atomic_fetch_sub(&detached_bytes, size);
    return false;
}

/* Whether the pages are out of the way: zeros are there in their place. */
static bool detach(struct hermetic__memory *m, uint8_t *at, size_t size) {
    if (m->detached || !hold(size))
        return false;
    m->detached = hermetic__os_detach(at, size);
    if (m->detached)
        m->detached_size = size;
    else
        atomic_fetch_sub(&detached_bytes, size);
    return m->detached != NULL;
}

static size_t undo_bytes(const struct hermetic__memory *m, unsigned from) {
    size_t bytes = 0;
    for (unsigned i = from; i < HERMETIC__UNDO_CHUNKS; i++)
        if (m->undo_chunks[i])
            bytes += (size_t)(HERMETIC__UNDO_FIRST << i) << m->shift;
    return bytes;
}

void hermetic__detached_free(struct hermetic__memory *m) {
    if (m->detached)
        hermetic__os_unmap(m->detached, m->detached_size);
    if (m->undo_held)
        hermetic__undo_trim(m, KEEP_CHUNKS);
    if (m->detached || m->undo_held)
        atomic_fetch_sub(&detached_bytes, m->detached_size + m->undo_held);
    m->detached = NULL;
    m->detached_size = m->undo_held = 0;
}

/* ---- undo log ---------------------------------------------------------------------------------------------------- */

/* Where undo copy `i` lies. NULL when its chunk is missing and cannot be had. */
static uint8_t *undo_copy(struct hermetic__memory *m, uint32_t i) {
    unsigned chunk = 0;
    while (i >= HERMETIC__UNDO_FIRST << chunk) /* at most 17 rounds, mostly one */
        i -= HERMETIC__UNDO_FIRST << chunk++;
    if (!m->undo_chunks[chunk])
        m->undo_chunks[chunk] = hermetic__os_map((size_t)(HERMETIC__UNDO_FIRST << chunk) << m->shift);
    return m->undo_chunks[chunk] ? m->undo_chunks[chunk] + ((size_t)i << m->shift) : NULL;
}

void hermetic__undo_trim(struct hermetic__memory *m, unsigned keep) {
    for (unsigned i = keep; i < HERMETIC__UNDO_CHUNKS; i++) {
        if (m->undo_chunks[i])
            hermetic__os_unmap(m->undo_chunks[i], (size_t)(HERMETIC__UNDO_FIRST << i) << m->shift);
        m->undo_chunks[i] = NULL;
    }
}

static bool save(struct hermetic__memory *m, uint32_t unit) {
    uint8_t *copy = undo_copy(m, m->undo_count);
    if (!copy)
        return false;
    memcpy(copy, unit_at(m, unit), unit_size(m));
    m->undo_of[unit] = m->undo_count;
    m->undo_units[m->undo_count++] = unit;
    m->states[unit] |= SAVED;
    return true;
}

/* The copies are of no use any more. `quickly`: see DETACH_MIN. */
static void forget_undo(struct hermetic__memory *m, bool quickly) {
    for (uint32_t i = 0; i < m->undo_count; i++)
        m->states[m->undo_units[i]] &= (uint8_t)~SAVED;
    m->undo_count = 0;
    size_t more = undo_bytes(m, KEEP_CHUNKS);
    if (quickly && hold(more))
        m->undo_held = more;
    else
        hermetic__undo_trim(m, KEEP_CHUNKS);
}

/* ---- locking and unlocking ---------------------------------------------------------------------------------------- */

static bool is_cold(uint8_t state, uint8_t mask) {
    return (state & mask) && !(state & HOT);
}

/* Whether one of eight units in a row is. */
static bool any_cold(const uint8_t *states, uint8_t mask) {
    const uint64_t each = UINT64_C(0x0101010101010101);
    uint64_t eight;
    memcpy(&eight, states, sizeof(eight));
    return (eight & (each * mask) & ~((eight / HOT & each) * 0xff)) != 0;
}

/* The next longest row of units from `unit` on that have a state of `mask` and are not HOT: its first unit and its length.
 * False at the end. */
static bool next_cold(const struct hermetic__memory *m, uint8_t mask, uint32_t *unit, uint32_t *count) {
    uint32_t u = *unit, end = unit_count(m, m->size);
    while (u < end && !is_cold(m->states[u], mask))
        for (u++; end - u >= 8 && !any_cold(m->states + u, mask); u += 8)
            ;
    *unit = u;
    while (u < end && is_cold(m->states[u], mask))
        u++;
    *count = u - *unit;
    return *count > 0;
}

static bool lock(struct hermetic__memory *m, uint32_t first, uint32_t count) {
    if (m->backend == HERMETIC__GUARD &&
        !hermetic__os_protect(unit_at(m, first), (size_t)count << m->shift, HERMETIC__ACCESS_READ))
        return false;
    for (uint32_t u = first; u < first + count; u++)
        m->states[u] &= (uint8_t)~WRITABLE;
    return true;
}

static void set_rows(struct hermetic__memory *m, uint32_t rows) {
    if (rows != m->rows)
        atomic_fetch_add(&rows_live, (int)rows - (int)m->rows);
    m->rows = rows;
}

/* Locks every cold writable unit. When the system has no mapping left to split off, units stay writable: begin then saves
 * them as it saves hot ones. */
static void lock_cold(struct hermetic__memory *m) {
    uint32_t count, rows = 0;
    if (m->cold_writable > 0) {
        m->cold_writable = 0;
        for (uint32_t u = 0; next_cold(m, WRITABLE, &u, &count); u += count)
            if (!lock(m, u, count))
                m->cold_writable += count;
    }
    for (uint32_t i = 0; m->backend == HERMETIC__GUARD && i < m->hot_count; i++)
        rows += m->hot[i].unit == 0 || !(m->states[m->hot[i].unit - 1] & WRITABLE);
    set_rows(m, rows);
}

static bool save_range(struct hermetic__memory *m, uint32_t first, uint32_t count) {
    if (!m->open || !m->undo)
        return true;
    for (uint32_t u = first; u < first + count; u++)
        if ((m->states[u] & (WRITABLE | DIRTY | SAVED)) == DIRTY && !save(m, u))
            return false;
    return true;
}

static void make_hot(struct hermetic__memory *m, uint32_t unit) {
    if ((m->states[unit] & HOT) || m->hot_count == HERMETIC__HOT_MAX)
        return;
    struct hermetic__hot *hot = &m->hot[m->hot_count++];
    hot->unit = unit;
    hot->idle = 0;
    m->states[unit] |= HOT;
    m->cold_writable--;
}

static int unlock(struct hermetic__memory *m, uint32_t first, uint32_t count) {
    if (!save_range(m, first, count))
        return HERMETIC_E_NOMEM;
    if (m->backend == HERMETIC__GUARD &&
        !hermetic__os_protect(unit_at(m, first), (size_t)count << m->shift, HERMETIC__ACCESS_WRITE)) {
        /* No mapping left to split off. One access for all of the memory needs none. */
        first = 0;
        count = unit_count(m, m->size);
        if (!save_range(m, first, count) || !hermetic__os_protect(m->data, (size_t)m->size, HERMETIC__ACCESS_WRITE))
            return HERMETIC_E_NOMEM;
    }
    for (uint32_t u = first; u < first + count; u++) {
        if (!(m->states[u] & WRITABLE))
            m->cold_writable++;
        m->states[u] |= WRITABLE;
    }
    return 0;
}

/* The blocks that [*first, *first+*count) lies in, where rows have become too many. */
static void widen(const struct hermetic__memory *m, uint32_t *first, uint32_t *count) {
    bool few = atomic_load(&rows_live) >= ROWS_TOTAL;
    uint32_t units = unit_count(m, m->size), wanted = units / (few ? FEW_BLOCKS : ROW_BLOCKS), block = HOT_ROW * 2;
    if (!few && m->rows < ROWS_MAX)
        return;
    while (block < wanted && (few || block < BLOCK_MAX))
        block *= 2;
    uint32_t end = (*first + *count - 1) / block * block + block;
    *first -= *first % block;
    *count = (end < units ? end : units) - *first;
}

/* Units that are written for the first time. They become hot, but for long rows: these are bulk data. */
static int unlock_row(struct hermetic__memory *m, uint32_t first, uint32_t count) {
    if (m->backend == HERMETIC__GUARD)
        widen(m, &first, &count);
    int status = unlock(m, first, count);
    if (status < 0)
        return status;
    if (m->backend == HERMETIC__GUARD)
        set_rows(m, m->rows + 1);
    for (uint32_t u = first; count <= HOT_ROW && m->rows <= HOT_ROWS_MAX && u < first + count; u++)
        make_hot(m, u);
    return 0;
}

int hermetic__units_unlock(struct hermetic__memory *m, uint32_t first, uint32_t count) {
    for (uint32_t u = first, end = first + count; u < end; u++) {
        if (m->states[u] & WRITABLE)
            continue;
        uint32_t row = 1;
        while (u + row < end && !(m->states[u + row] & WRITABLE))
            row++;
        int status = unlock_row(m, u, row);
        if (status < 0)
            return status;
        u += row - 1;
    }
    if (!m->open) /* the host's own write, which nothing takes back */
        for (uint32_t u = first; u < first + count; u++) {
            m->states[u] |= DIRTY;
            m->cold_dirty = true;
        }
    return 0;
}

int hermetic__memory_fault(struct hermetic__memory *m, uintptr_t address) {
    uint64_t at = address - (uintptr_t)m->data;
    if (at >= m->size)
        return HERMETIC__TRAP_MEMORY;
    uint32_t unit = (uint32_t)(at >> m->shift), end = unit_count(m, m->size);
    if (m->states[unit] & WRITABLE)
        return HERMETIC__TRAP_HOST_MEMORY; /* readable and writable, and yet refused: the system is out of memory */

    /* A run of writes to rising addresses gets ever larger batches; any other fault gets smaller ones. */
    if (unit == m->fault_next && m->fault_batch < BATCH_MAX)
        m->fault_batch *= 2;
    else if (unit != m->fault_next && m->fault_batch > 1)
        m->fault_batch /= 2;
    uint32_t count = 1, most = m->fault_batch;
    if (most < AHEAD && unit > 0 && (m->states[unit - 1] & HOT))
        most = AHEAD;
    while (count < most && unit + count < end && !(m->states[unit + count] & WRITABLE))
        count++;
    m->fault_next = unit + count;
    return unlock_row(m, unit, count) < 0 ? HERMETIC__TRAP_HOST_MEMORY : 0;
}

void hermetic__memory_store_slow(struct hermetic__memory *m, uint64_t at, uint64_t len) {
    uint32_t first = (uint32_t)(at >> m->shift), last = (uint32_t)((at + len - 1) >> m->shift);
    if (hermetic__units_unlock(m, first, last - first + 1) < 0)
        hermetic__raise(HERMETIC__TRAP_HOST_MEMORY);
}

/* ---- contents ----------------------------------------------------------------------------------------------------- */

/* Units of [first, first+count) read as the image's again; they are WRITABLE. */
static void restore_writable(struct hermetic__memory *m, uint32_t first, uint32_t count) {
    if (count >= DISCARD_MIN && units_discardable(m, first, count) &&
        hermetic__os_discard(unit_at(m, first), (size_t)count << m->shift))
        return;
    for (uint32_t u = first; u < first + count; u++)
        unit_copy_image(m, u);
}

/* The same for units that need not be WRITABLE and are locked then. */
static bool restore_locked(struct hermetic__memory *m, uint32_t first, uint32_t count) {
    uint8_t *at = unit_at(m, first);
    size_t bytes = (size_t)count << m->shift;
    if (m->backend == HERMETIC__BOUNDS) {
        restore_writable(m, first, count);
    } else if (!units_discardable(m, first, count) || !hermetic__os_discard(at, bytes)) {
        if (!hermetic__os_protect(at, bytes, HERMETIC__ACCESS_WRITE))
            return false;
        for (uint32_t u = first; u < first + count; u++)
            unit_copy_image(m, u);
        for (uint32_t u = first; u < first + count; u++) {
            m->cold_writable += !(m->states[u] & WRITABLE);
            m->states[u] |= WRITABLE; /* lock_cold follows */
        }
    }
    return true;
}

/* Forgets the units from `bytes` on and makes them unreachable; then m->size is `bytes`. `quickly`: see DETACH_MIN. */
static void drop(struct hermetic__memory *m, uint64_t bytes, bool quickly) {
    uint32_t first = unit_count(m, bytes), end = unit_count(m, m->size);
    if (first >= end)
        return;
    for (uint32_t i = 0; i < m->hot_count;)
        if (m->hot[i].unit >= first)
            m->hot[i] = m->hot[--m->hot_count];
        else
            i++;
    for (uint32_t u = first; u < end; u++) {
        m->cold_writable -= (m->states[u] & (WRITABLE | HOT)) == WRITABLE;
        m->states[u] = 0;
    }
    uint8_t *at = m->data + bytes;
    size_t gone = (size_t)(m->size - bytes);
    bool discarded = (quickly && detach(m, at, gone)) || hermetic__os_discard(at, gone);
    if (m->backend == HERMETIC__BOUNDS) {
        if (!discarded)
            memset(at, 0, gone);
    } else {
        if (!discarded && hermetic__os_protect(at, gone, HERMETIC__ACCESS_WRITE))
            memset(at, 0, gone), discarded = true;
        if (!hermetic__os_protect(at, gone, HERMETIC__ACCESS_NONE) || !discarded)
            m->lost = true;
    }
    m->size = bytes;
}

/* ---- hot units ---------------------------------------------------------------------------------------------------- */

static void make_cold(struct hermetic__memory *m, uint32_t i) {
    uint8_t *state = &m->states[m->hot[i].unit];
    *state &= (uint8_t)~HOT;
    m->cold_writable++;
    m->cold_dirty |= (*state & DIRTY) != 0;
    m->hot[i] = m->hot[--m->hot_count];
}

/* At the end of a run, while memory and undo copies still are as the run left them: compares some hot units. */
static void sample_hot(struct hermetic__memory *m) {
    uint32_t run = ++m->run_count, idle = 0;
    for (uint32_t i = m->hot_count; i-- > 0;) {
        struct hermetic__hot *hot = &m->hot[i];
        if ((hot->unit / AHEAD + run) % SAMPLE_EVERY != 0) {
            idle += hot->idle >= IDLE_MAX;
            continue;
        }
        uint8_t state = m->states[hot->unit];
        bool same;
        if (state & SAVED)
            same = memcmp(unit_at(m, hot->unit), undo_copy(m, m->undo_of[hot->unit]), unit_size(m)) == 0;
        else
            same = !(state & DIRTY) && unit_is_image(m, hot->unit);
        hot->idle = same ? hot->idle + 1 : 0;
        idle += hot->idle >= IDLE_MAX;
    }
    if (idle < (run % LEAVE_EVERY == 0 ? 1 : LEAVE_MIN))
        return;
    for (uint32_t i = m->hot_count; i-- > 0;)
        if (m->hot[i].idle >= IDLE_MAX)
            make_cold(m, i);
}

/* ---- transactions ------------------------------------------------------------------------------------------------- */

int hermetic__memory_begin(struct hermetic__memory *m, bool undo) {
    if (m->lost)
        return HERMETIC_E_NOMEM;
    hermetic__detached_free(m);
    m->checked = true;
#if HERMETIC__HAVE_GUARD
    if (m->backend == HERMETIC__GUARD)
        m->checked = !hermetic__fault_on_top();
#endif
    for (uint32_t i = 0; undo && i < m->hot_count; i++)
        if ((m->states[m->hot[i].unit] & DIRTY) && !save(m, m->hot[i].unit))
            goto fail;
    if (undo && m->cold_writable > 0) {
        uint32_t count;
        for (uint32_t u = 0; next_cold(m, WRITABLE, &u, &count); u += count)
            for (uint32_t i = u; i < u + count; i++)
                if ((m->states[i] & DIRTY) && !save(m, i))
                    goto fail;
    }
    m->open = true;
    m->undo = undo;
    m->begin_size = m->peak_size = m->size;
    m->refused_size = 0;
    m->fault_next = 0;
    m->fault_batch = 1;
    return 0;
fail:
    forget_undo(m, false);
    return HERMETIC_E_NOMEM;
}

void hermetic__memory_read_dirty(const struct hermetic__memory *m, uint32_t page, uint8_t to[HERMETIC__PAGE]) {
    uint64_t at = (uint64_t)page * HERMETIC__PAGE;
    uint32_t unit = (uint32_t)(at >> m->shift);
    const uint8_t *from = unit_at(m, unit);
    if (m->states[unit] & SAVED)
        from = undo_copy((struct hermetic__memory *)m, m->undo_of[unit]); /* it is there: nothing is changed */
    memcpy(to, from + (at & (unit_size(m) - 1)), HERMETIC__PAGE);
}

bool hermetic__memory_checked(const struct hermetic__memory *m) {
    return m->checked;
}

void hermetic__memory_commit(struct hermetic__memory *m) {
    if (!m->open)
        return;
    sample_hot(m);
    forget_undo(m, false);
    for (uint32_t i = 0; i < m->hot_count; i++)
        m->states[m->hot[i].unit] |= DIRTY;
    if (m->cold_writable > 0) {
        uint32_t count;
        for (uint32_t u = 0; next_cold(m, WRITABLE, &u, &count); u += count)
            for (uint32_t i = u; i < u + count; i++)
                m->states[i] |= DIRTY;
        m->cold_dirty = true;
    }
    lock_cold(m);
    m->open = false;
}

void hermetic__memory_rollback(struct hermetic__memory *m) {
    if (!m->open)
        return;
    if (!m->undo) {
        hermetic__memory_reset(m);
        return;
    }
    sample_hot(m);
    if (m->size > m->begin_size)
        drop(m, m->begin_size, true);
    /* Units that were clean, and so are not SAVED: back to the image. */
    for (uint32_t i = 0; i < m->hot_count; i++)
        if (!(m->states[m->hot[i].unit] & DIRTY))
            unit_copy_image(m, m->hot[i].unit);
    if (m->cold_writable > 0) {
        uint32_t count;
        for (uint32_t u = 0; next_cold(m, WRITABLE, &u, &count); u += count)
            for (uint32_t i = u, row; i < u + count; i += row) {
                for (row = 0; i + row < u + count && !(m->states[i + row] & DIRTY); row++)
                    ;
                if (row > 0)
                    restore_writable(m, i, row);
                else
                    row = 1;
            }
    }
    for (uint32_t i = 0; i < m->undo_count; i++)
        if (m->states[m->undo_units[i]] & WRITABLE) /* else saved in vain: it could not be unlocked */
            memcpy(unit_at(m, m->undo_units[i]), undo_copy(m, i), unit_size(m));
    forget_undo(m, true);
    lock_cold(m);
    m->open = false;
}

void hermetic__memory_reset(struct hermetic__memory *m) {
    hermetic__detached_free(m);
    if (m->open)
        sample_hot(m);
    if (m->size > m->image->size)
        drop(m, m->image->size, false);
    for (uint32_t i = 0; i < m->hot_count; i++) {
        uint8_t *state = &m->states[m->hot[i].unit];
        if (m->open || (*state & DIRTY))
            unit_copy_image(m, m->hot[i].unit);
        *state &= (uint8_t)~DIRTY;
    }
    forget_undo(m, false);
    if (m->cold_writable > 0 || m->cold_dirty) {
        uint32_t count;
        for (uint32_t u = 0; next_cold(m, WRITABLE | DIRTY, &u, &count); u += count) {
            if (!restore_locked(m, u, count))
                m->lost = true;
            for (uint32_t i = u; i < u + count; i++)
                m->states[i] &= (uint8_t)~DIRTY;
        }
        m->cold_dirty = false;
    }
    lock_cold(m);
    m->peak_size = m->size;
    m->open = false;
}

void hermetic__rows_forget(struct hermetic__memory *m) {
    set_rows(m, 0);
}

void hermetic__memory_park(struct hermetic__memory *m) {
    if (m->open)
        return;
    while (m->hot_count > 0)
        make_cold(m, m->hot_count - 1);
    uint32_t count;
    for (uint32_t u = 0; next_cold(m, WRITABLE | DIRTY, &u, &count); u += count)
        for (uint32_t i = u, row; i < u + count; i += row) {
            for (row = 0; i + row < u + count && (!(m->states[i + row] & DIRTY) || unit_is_image(m, i + row)); row++)
                ;
            if (row > 0 && units_discardable(m, i, row) &&
                hermetic__os_discard(unit_at(m, i), (size_t)row << m->shift))
                for (uint32_t j = i; j < i + row; j++)
                    m->states[j] &= (uint8_t)~DIRTY;
            row += row == 0;
        }
    lock_cold(m);
    hermetic__detached_free(m);
    hermetic__undo_trim(m, 0);
    uint32_t first = 0;
    if (m->mapped && !next_cold(m, DIRTY, &first, &count)) /* the image's own pages: shared, but counted as resident */
        hermetic__os_discard(m->data, m->image->size);
}
