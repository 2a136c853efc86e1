// The garbage collector: upstream's interface (py/gc.h), with a heap that is one range which memory.grow extends.
//
// The heap is an array of 16-byte blocks with one state byte each in `table`. An object is a head block and tail
// blocks. A tail's state says how far back it is safe to step towards the head: 2^k blocks for an offset of 2^k to
// 2^(k+1)-1. So any pointer into an object leads to its head in at most log2(size) steps.
//
// The table covers the whole heap and is itself in blocks of the heap. Growing makes a new table in the new part and
// frees the old one.
//
// Allocation takes from the front of a run of free blocks (a cursor) and looks for the next run in address order. One
// cursor serves small objects and one serves the others, so that a search for a large hole does not pass by the small
// ones. The blocks of a cursor's run are free in the table, and belong to it alone.
//
// A collection is due when half as much again was allocated as was live after the last one, and a quarter of the heap; then
// the work of marking and sweeping is in proportion to the work of allocating, whatever the heap's size.
//
// Not here: finding roots (gccollect.c). Never allocate here.

#include <assert.h>
#include <string.h>

#include "py/gc.h"
#include "py/gcruns.h"
#include "py/runtime.h"
#include "gcowned.h"
#include "modules/weakref.h"

#define BLOCK_SIZE MICROPY_BYTES_PER_GC_BLOCK
#define WASM_PAGE 65536

// States of a block. LEAF objects hold no pointers. KEPT ones neither, and they are never garbage: the table, and what a C
// library allocates and frees. The bits serve those who look at eight blocks at once: unmarked heads
// have one of the lowest two and neither of the highest two.
enum {
    FREE = 0,
    HEAD = 1,
    LEAF = 2,
    KEPT = 4,
    MARKED = 0x40,
    HEAD_MARKED = HEAD | MARKED,
    LEAF_MARKED = LEAF | MARKED,
    HEAD_GRAY = 3 | MARKED, // marked, but its pointers were not followed: the mark stack was full
    TAIL = 0x80, // + k
};

#define EIGHT(byte) (0x0101010101010101 * (uint64_t)(byte))

#define SMALL_BLOCKS 8 // more than that is not a small object
#define RUN_BLOCKS 256 // a cursor takes no more than that at once: a page
#define REUSE_MOST (4 * RUN_BLOCKS) // a run that allocated more leaves its holes to the next collection
#define DEBT_MIN (512 * 1024 / BLOCK_SIZE) // no collection before that much was allocated
#define MARK_STACK_SIZE 1024

typedef struct _cursor_t {
    size_t next; // first block of the run
    size_t end; // where the run ends and the search for the next one starts
} cursor_t;

static struct {
    byte *base; // of block 0
    byte *table;
    size_t blocks; // in the heap
    cursor_t small;
    cursor_t large;
    size_t debt; // blocks allocated since the last collection
    size_t debt_limit;
    bool moved_back; // since the last collection: the heap may be full of small holes
    size_t run_small; // where the cursors were when the run began; 0 when a collection moved them since
    size_t run_large;
    size_t gray; // lowest block in that state, or `blocks`
    size_t live; // blocks in use after the last collection
} heap;

// The rest of a range whose scan was put off to follow a pointer in it. The stack is in front of the heap, not among
// the static data: what a collection alone writes should not keep pages apart that every run writes.
typedef struct _mark_range_t {
    const uint32_t *next;
    const uint32_t *end;
} mark_range_t;
static mark_range_t *mark_stack;

static inline byte *block_address(size_t block) {
    return heap.base + block * BLOCK_SIZE;
}

static inline size_t block_of(const void *ptr) {
    return ((byte *)ptr - heap.base) / BLOCK_SIZE;
}

static inline size_t blocks_for(size_t bytes) {
    return bytes / BLOCK_SIZE + (bytes % BLOCK_SIZE != 0);
}

static inline uint64_t load8(const byte *p) {
    uint64_t w;
    memcpy(&w, p, sizeof(w));
    return w;
}

static inline void store8(byte *p, uint64_t w) {
    memcpy(p, &w, sizeof(w));
}

// The number of bytes that have their highest bit set; no other bit is.
static inline size_t count_high(uint64_t w) {
    return (w >> 7) * EIGHT(1) >> 56;
}

// How many of the eight states are not FREE: no state but that one has all bits 0 to 6 and bit 7 clear.
static inline size_t used_of(uint64_t w) {
    return count_high((((w & EIGHT(0x7f)) + EIGHT(0x7f)) | w) & EIGHT(0x80));
}

// First block from `block` on that is not a tail.
static inline size_t skip_tails(size_t block) {
    while (block + 8 <= heap.blocks && (load8(heap.table + block) & EIGHT(TAIL)) == EIGHT(TAIL)) {
        block += 8;
    }
    while (block < heap.blocks && heap.table[block] >= TAIL) {
        block++;
    }
    return block;
}

// First block from `block` on, below `limit`, that is not free.
static inline size_t skip_free(size_t block, size_t limit) {
    while (block + 8 <= limit && load8(heap.table + block) == 0) {
        block += 8;
    }
    while (block < limit && heap.table[block] == FREE) {
        block++;
    }
    return block;
}

static inline bool has_zero(uint64_t w) {
    return ((w - EIGHT(1)) & ~w & EIGHT(0x80)) != 0;
}

static inline size_t skip_used(size_t block) {
    while (block + 8 <= heap.blocks && !has_zero(load8(heap.table + block))) {
        block += 8;
    }
    while (block < heap.blocks && heap.table[block] != FREE) {
        block++;
    }
    return block;
}

// The tails of a small object, and its blocks cleared. The sizes are such that memory.fill costs more than it does.
static inline void *new_small(size_t block, size_t n) {
    static const byte tails[SMALL_BLOCKS] = { 0, TAIL, TAIL + 1, TAIL + 1, TAIL + 2, TAIL + 2, TAIL + 2, TAIL + 2 };
    volatile uint64_t *clear = (volatile uint64_t *)block_address(block);
    clear[0] = clear[1] = 0;
    for (size_t i = 1; i < n; i++) {
        *(volatile byte *)&heap.table[block + i] = tails[i];
        clear[2 * i] = clear[2 * i + 1] = 0;
    }
    return block_address(block);
}

// Makes blocks [from, to) tails of the object at `head`.
static inline void set_tails(size_t head, size_t from, size_t to) {
    while (from < to) {
        unsigned k = 31 - __builtin_clz(from - head);
        size_t end = MIN(to, head + ((size_t)2 << k));
        memset(heap.table + from, TAIL + k, end - from);
        from = end;
    }
}

static inline size_t object_end(size_t head) {
    return skip_tails(head + 1);
}

void gc_init(void *start, void *end) {
    mark_stack = (mark_range_t *)(((uintptr_t)start + BLOCK_SIZE - 1) & ~(uintptr_t)(BLOCK_SIZE - 1));
    byte *base = (byte *)(mark_stack + MARK_STACK_SIZE);
    memset(&heap, 0, sizeof(heap));
    heap.base = base;
    heap.blocks = ((byte *)end - base) / BLOCK_SIZE;
    heap.table = base;
    size_t table_blocks = blocks_for(heap.blocks);
    heap.table[0] = KEPT;
    set_tails(0, 1, table_blocks);
    heap.debt_limit = DEBT_MIN;
    MP_STATE_THREAD(gc_lock_depth) = 0;
    MP_STATE_MEM(gc_auto_collect_enabled) = 1;
}

void gc_lock(void) {
    MP_STATE_THREAD(gc_lock_depth) += (1 << GC_LOCK_DEPTH_SHIFT);
}

void gc_unlock(void) {
    MP_STATE_THREAD(gc_lock_depth) -= (1 << GC_LOCK_DEPTH_SHIFT);
}

bool gc_is_locked(void) {
    return MP_STATE_THREAD(gc_lock_depth) != 0;
}

// Asks the host for room for `need` more blocks, and better for half of the heap. False when it refuses.
static bool grow(size_t need) {
    uint64_t best = MAX(need, heap.blocks / 2), least = need;
    for (;; best = least) {
        // The new table also covers itself.
        uint64_t blocks = best + (heap.blocks + best) / (BLOCK_SIZE - 1) + 2;
        uint64_t pages = (blocks * BLOCK_SIZE + WASM_PAGE - 1) / WASM_PAGE;
        if (pages < 65536 && __builtin_wasm_memory_grow(0, pages) != (size_t)-1) {
            size_t old_blocks = heap.blocks;
            byte *old_table = heap.table;
            // Linear memory may end above the heap's last whole block; grown memory starts where it ended.
            heap.blocks = old_blocks + pages * (WASM_PAGE / BLOCK_SIZE);
            heap.table = block_address(old_blocks);
            memcpy(heap.table, old_table, old_blocks);
            memset(heap.table + old_blocks, FREE, heap.blocks - old_blocks);
            size_t table_end = old_blocks + blocks_for(heap.blocks);
            heap.table[old_blocks] = KEPT;
            set_tails(old_blocks, old_blocks + 1, table_end);
            size_t head = block_of(old_table);
            memset(heap.table + head, FREE, blocks_for(old_blocks));
            return true;
        }
        if (best == least) {
            return false;
        }
    }
}

// Gives `cursor` the next run of at least `need` free blocks. False at the end of the heap.
static bool find_run(cursor_t *cursor, size_t need) {
    const cursor_t *other = cursor == &heap.small ? &heap.large : &heap.small;
    size_t want = MAX(need, RUN_BLOCKS);
    size_t block = cursor->end;
    for (;;) {
        block = skip_used(block);
        if (block >= other->next && block < other->end) {
            block = other->end;
            continue;
        }
        if (block >= heap.blocks) {
            return false;
        }
        size_t limit = MIN(heap.blocks, block + want);
        if (other->next < other->end && other->next > block) {
            limit = MIN(limit, other->next);
        }
        size_t end = skip_free(block, limit);
        if (end - block >= need) {
            cursor->next = block;
            cursor->end = end;
            heap.debt += end - block;
            return true;
        }
        block = end;
    }
}

// The cursor goes back to the first hole of `least` blocks or more behind `from`. What is left of its run is a hole, too.
static void move_back(cursor_t *cursor, size_t from, size_t least) {
    const size_t stop = cursor->end;
    size_t first = from, end = from, free = 0;
    if (stop < from || stop - from > REUSE_MOST) {
        return;
    }
    while (free < least && end < stop) {
        first = skip_used(end);
        end = skip_free(first, MAX(first, stop));
        free = end - first;
    }
    if (free < least) {
        return;
    }
    for (; end + 8 <= stop; end += 8) {
        free += 8 - used_of(load8(heap.table + end));
    }
    heap.debt -= MIN(heap.debt, free);
    heap.moved_back = true;
    cursor->next = cursor->end = first;
}

void gc_run_begins(void) {
    heap.run_small = heap.small.next;
    heap.run_large = heap.large.next;
}

void gc_run_ends(void) {
    if (heap.run_small != 0 && heap.run_large != 0) {
        move_back(&heap.small, heap.run_small, SMALL_BLOCKS);
        move_back(&heap.large, heap.run_large, 4 * SMALL_BLOCKS);
    }
}

static void reset_cursors(void) {
    heap.run_small = heap.run_large = 0;
    heap.moved_back = false;
    heap.small = heap.large = (cursor_t) { 0, 0 };
}

// Finds a run when the cursor's own is too short: on in the heap, after a collection, or in a grown heap.
static MP_NOINLINE bool refill(cursor_t *cursor, size_t need) {
    // What is left of the run can be found again.
    heap.debt -= MIN(heap.debt, cursor->end - cursor->next);
    cursor->end = cursor->next;
    bool collect = MP_STATE_MEM(gc_auto_collect_enabled);
    if (collect && heap.debt + need > heap.debt_limit) {
        gc_collect();
        collect = false;
    }
    if (find_run(cursor, need)) {
        return true;
    }
    if (collect && (heap.debt > heap.blocks / 4 || heap.moved_back)) {
        gc_collect();
        collect = false;
        if (find_run(cursor, need)) {
            return true;
        }
    }
    if (grow(need)) {
        return find_run(cursor, need);
    }
    if (collect) {
        gc_collect();
    } else {
        cursor->next = cursor->end = 0;
    }
    return find_run(cursor, need);
}

void *gc_alloc(size_t n_bytes, unsigned int alloc_flags) {
    size_t n = blocks_for(n_bytes);
    if (n == 0 || MP_STATE_THREAD(gc_lock_depth) > 0) {
        return NULL;
    }
    #if HERMETIC_GC_STRESS
    if (MP_STATE_MEM(gc_auto_collect_enabled)) {
        gc_collect();
    }
    #endif
    cursor_t *cursor = n <= SMALL_BLOCKS ? &heap.small : &heap.large;
    if (n > cursor->end - cursor->next && !refill(cursor, n)) {
        return NULL;
    }
    size_t block = cursor->next;
    cursor->next = block + n;
    heap.table[block] = alloc_flags & GC_ALLOC_FLAG_LEAF ? LEAF : alloc_flags & GC_ALLOC_FLAG_KEPT ? KEPT : HEAD;
    // An object's unused part must not keep others alive, so it is cleared.
    if (n <= SMALL_BLOCKS) {
        return new_small(block, n);
    }
    set_tails(block, block + 1, block + n);
    return alloc_flags & GC_ALLOC_FLAG_RAW ? block_address(block) : memset(block_address(block), 0, n * BLOCK_SIZE);
}

void gc_free(void *ptr) {
    if (ptr == NULL || MP_STATE_THREAD(gc_lock_depth) > 0) {
        return;
    }
    size_t block = block_of(ptr);
    size_t end = object_end(block);
    memset(heap.table + block, FREE, end - block);
    // Freed in the reverse order of allocation: the run gets it back.
    if (end == heap.small.next && heap.small.next < heap.small.end) {
        heap.small.next = block;
    } else if (end == heap.large.next && heap.large.next < heap.large.end) {
        heap.large.next = block;
    } else if (end - block > SMALL_BLOCKS) {
        heap.debt -= MIN(heap.debt, end - block);
    }
}

static bool is_object(const void *ptr) {
    size_t offset = (byte *)ptr - heap.base;
    if (offset % BLOCK_SIZE != 0 || offset / BLOCK_SIZE >= heap.blocks) {
        return false;
    }
    byte state = heap.table[offset / BLOCK_SIZE];
    return state == HEAD || state == LEAF || state == KEPT;
}

size_t gc_nbytes(const void *ptr) {
    if (!is_object(ptr)) {
        return 0;
    }
    size_t block = block_of(ptr);
    return (object_end(block) - block) * BLOCK_SIZE;
}

// A cursor whose run starts where an object grew into it.
static void cut_run(cursor_t *cursor, size_t from, size_t to) {
    if (cursor->next >= from && cursor->next < to) {
        cursor->next = MIN(to, cursor->end);
    }
}

void *gc_realloc(void *ptr, size_t n_bytes, bool allow_move) {
    if (ptr == NULL) {
        return gc_alloc(n_bytes, 0);
    }
    if (n_bytes == 0) {
        gc_free(ptr);
        return NULL;
    }
    if (MP_STATE_THREAD(gc_lock_depth) > 0) {
        return NULL;
    }
    size_t block = block_of(ptr);
    size_t end = object_end(block);
    size_t new_end = block + blocks_for(n_bytes);
    if (new_end <= end) {
        memset(heap.table + new_end, FREE, end - new_end);
        if (end == heap.small.next && heap.small.next < heap.small.end) {
            heap.small.next = new_end;
        } else if (end == heap.large.next && heap.large.next < heap.large.end) {
            heap.large.next = new_end;
        }
        return ptr;
    }
    if (new_end <= heap.blocks && skip_free(end, new_end) == new_end) {
        cut_run(&heap.small, end, new_end);
        cut_run(&heap.large, end, new_end);
        set_tails(block, end, new_end);
        memset(block_address(end), 0, (new_end - end) * BLOCK_SIZE);
        heap.debt += new_end - end;
        return ptr;
    }
    if (!allow_move) {
        return NULL;
    }
    byte state = heap.table[block];
    void *moved = gc_alloc(n_bytes, state == LEAF ? GC_ALLOC_FLAG_LEAF : state == KEPT ? GC_ALLOC_FLAG_KEPT : 0);
    if (moved != NULL) {
        memcpy(moved, ptr, (end - block) * BLOCK_SIZE);
        gc_free(ptr);
    }
    return moved;
}

// Marks the object at `block`, whose state is HEAD, and everything that it leads to.
static void mark(size_t block) {
    const uintptr_t base = (uintptr_t)heap.base;
    const size_t size = heap.blocks * BLOCK_SIZE;
    byte *const table = heap.table;
    size_t depth = 0;
    table[block] = HEAD_MARKED;
    const uint32_t *next = (const uint32_t *)block_address(block);
    const uint32_t *end = (const uint32_t *)block_address(object_end(block));
    for (;;) {
        while (next < end) {
            uintptr_t offset = *next++ - base;
            if (offset >= size || offset % BLOCK_SIZE != 0) {
                continue;
            }
            block = offset / BLOCK_SIZE;
            if (table[block] == LEAF) {
                table[block] = LEAF_MARKED;
            } else if (table[block] == HEAD) {
                if (next < end) {
                    if (depth == MARK_STACK_SIZE) {
                        table[block] = HEAD_GRAY;
                        heap.gray = MIN(heap.gray, block);
                        continue;
                    }
                    mark_stack[depth].next = next;
                    mark_stack[depth].end = end;
                    depth++;
                }
                table[block] = HEAD_MARKED;
                next = (const uint32_t *)block_address(block);
                end = (const uint32_t *)block_address(object_end(block));
            }
        }
        if (depth == 0) {
            return;
        }
        depth--;
        next = mark_stack[depth].next;
        end = mark_stack[depth].end;
    }
}

void gc_collect_start(void) {
    MP_STATE_THREAD(gc_lock_depth) |= GC_COLLECT_FLAG;
    heap.gray = heap.blocks;
    // Static roots: from dict_locals to the end of the root pointer section, see mp_state_ctx_t.
    byte *roots = (byte *)&mp_state_ctx + offsetof(mp_state_ctx_t, thread.dict_locals);
    byte *roots_end = (byte *)&mp_state_ctx + offsetof(mp_state_ctx_t, vm.qstr_last_chunk);
    gc_collect_root((void **)roots, (roots_end - roots) / sizeof(void *));
    gc_collect_root((void **)MP_STATE_THREAD(pystack_start),
        (MP_STATE_THREAD(pystack_cur) - MP_STATE_THREAD(pystack_start)) / sizeof(void *));
}

// Roots may point anywhere into an object: the compiler need not keep its first address.
void gc_collect_root(void **ptrs, size_t len) {
    for (size_t i = 0; i < len; i++) {
        size_t offset = (byte *)ptrs[i] - heap.base;
        if (offset >= heap.blocks * BLOCK_SIZE) {
            continue;
        }
        size_t block = offset / BLOCK_SIZE;
        while (heap.table[block] >= TAIL) {
            block -= (size_t)1 << (heap.table[block] - TAIL);
        }
        if (heap.table[block] == HEAD) {
            mark(block);
        } else if (heap.table[block] == LEAF) {
            heap.table[block] = LEAF_MARKED;
        }
    }
}

static void mark_gray(void) {
    while (heap.gray < heap.blocks) {
        size_t block = heap.gray;
        heap.gray = heap.blocks;
        for (; block < heap.blocks; block++) {
            if (heap.table[block] == HEAD_GRAY) {
                mark(block);
            }
        }
    }
}

// Frees what is not marked. Returns the number of blocks that are in use.
static size_t sweep(void) {
    size_t live_blocks = 0, collected = 0;
    bool live = false; // the object that the last block belonged to
    size_t block = 0;
    while (block < heap.blocks) {
        // In a large object, or among free blocks.
        while (block + 32 <= heap.blocks) {
            byte *at = heap.table + block;
            uint64_t w0 = load8(at), w1 = load8(at + 8), w2 = load8(at + 16), w3 = load8(at + 24);
            if ((w0 & w1 & w2 & w3 & EIGHT(TAIL)) == EIGHT(TAIL)) {
                if (live) {
                    live_blocks += 32;
                } else {
                    store8(at, 0), store8(at + 8, 0), store8(at + 16, 0), store8(at + 24, 0);
                }
            } else if ((w0 | w1 | w2 | w3) == 0) {
                live = false;
            } else {
                break;
            }
            block += 32;
        }
        if (block + 8 <= heap.blocks) {
            uint64_t w = load8(heap.table + block);
            uint64_t unmarked = ((w & EIGHT(3)) + EIGHT(0x7f)) & ~w & ~(w << 1) & EIGHT(0x80);
            if ((w & EIGHT(MARKED | KEPT)) == 0 && !live) { // nothing lives here
                if (w != 0) {
                    collected += count_high(unmarked);
                    store8(heap.table + block, 0);
                }
                block += 8;
                continue;
            }
            if (unmarked == 0 && (live || !(w & TAIL))) { // nothing dies here
                store8(heap.table + block, w & ~EIGHT(MARKED));
                live_blocks += used_of(w);
                live = w >> 56 != FREE;
                block += 8;
                continue;
            }
        }
        // One by one to the next group.
        size_t end = MIN(heap.blocks, (block | 7) + 1);
        for (; block < end; block++) {
            byte state = heap.table[block];
            if (state < TAIL) {
                live = (state & (MARKED | KEPT)) != 0;
                collected += state != FREE && !live;
            }
            heap.table[block] = live ? state & ~MARKED : FREE;
            live_blocks += live;
        }
    }
    MP_STATE_MEM(gc_collected) = collected;
    return live_blocks;
}

bool gc_is_marked(const void *object) {
    return (heap.table[block_of(object)] & (MARKED | TAIL)) == MARKED;
}

bool gc_is_outside(const void *address) {
    return (size_t)((byte *)address - heap.base) >= heap.blocks * BLOCK_SIZE;
}

unsigned gc_live_blocks(void) {
    return heap.live;
}

void gc_collect_end(void) {
    mark_gray();
    weakref_clear();
    gc_notice_dead();
    size_t live = heap.live = sweep();
    heap.debt = 0;
    heap.debt_limit = MAX(live + live / 2, MAX(heap.blocks / 4, DEBT_MIN));
    reset_cursors();
    MP_STATE_THREAD(gc_lock_depth) &= ~GC_COLLECT_FLAG;
}

void gc_info(gc_info_t *info) {
    memset(info, 0, sizeof(*info));
    info->total = heap.blocks * BLOCK_SIZE;
    for (size_t block = 0; block < heap.blocks;) {
        size_t end = heap.table[block] == FREE ? skip_free(block, heap.blocks) : object_end(block);
        size_t n = end - block;
        if (heap.table[block] == FREE) {
            info->free += n * BLOCK_SIZE;
            info->max_free = MAX(info->max_free, n);
        } else {
            info->used += n * BLOCK_SIZE;
            info->max_block = MAX(info->max_block, n);
            info->num_1block += n == 1;
            info->num_2block += n == 2;
        }
        block = end;
    }
}
