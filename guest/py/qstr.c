// Interned strings. Takes the place of upstream's py/qstr.c, whose search is linear in what a program has interned.
//
// A qstr is an index into one table of all strings. The strings that are compiled in are copied there at boot, so that
// a lookup by number is one load wherever the string came from. Lookup by text goes through two hash tables of qstrs:
// one for what was there at boot, which is not written again (its pages stay clean), and one for what came later.
//
// Interned strings are never freed. Their text is in chunks, and in the constant data. A collection looks at the list of
// chunks alone: what it had to follow in the table would cost more than all else of a small program.

#include <assert.h>
#include <string.h>

#include "py/gc.h"
#include "py/mpstate.h"
#include "py/qstr.h"
#include "py/runtime.h"

// Room for the names of a small program, before anything has to move.
#define TABLE_SPARE 512
#define INDEX_MIN 64

typedef struct _qstr_entry_t {
    const char *text;
    uint32_t hash;
    uint32_t len;
} qstr_entry_t;

// Open addressing; 0 (MP_QSTRnull) is an empty slot. No more than half full.
typedef struct _qstr_index_t {
    uint32_t *slots;
    size_t size; // a power of two
    size_t used;
} qstr_index_t;

MP_REGISTER_ROOT_POINTER(struct _qstr_entry_t *qstr_table);
MP_REGISTER_ROOT_POINTER(uint32_t *qstr_slots[2]);
MP_REGISTER_ROOT_POINTER(char **qstr_chunks);

static size_t table_alloc;
static size_t chunk_count, chunk_room;
static qstr_index_t boot_index, index_of_later;
// What QSTR_TOTAL() counts. The core looks at nothing else of it.
static qstr_pool_t all;

static const qstr_len_t lengths_static[] = {
    #ifndef NO_QSTR
#define QDEF0(id, hash, len, str) len,
#define QDEF1(id, hash, len, str)
    #include "genhdr/qstrdefs.generated.h"
#undef QDEF0
#undef QDEF1
    #endif
};

const qstr_pool_t mp_qstr_const_pool_static = {
    NULL, 0, false, 0, MP_QSTRnumber_of_static, (qstr_len_t *)lengths_static,
    {
        #ifndef NO_QSTR
#define QDEF0(id, hash, len, str) str,
#define QDEF1(id, hash, len, str)
        #include "genhdr/qstrdefs.generated.h"
#undef QDEF0
#undef QDEF1
        #endif
    },
};

static const qstr_len_t lengths_sorted[] = {
    #ifndef NO_QSTR
#define QDEF0(id, hash, len, str)
#define QDEF1(id, hash, len, str) len,
    #include "genhdr/qstrdefs.generated.h"
#undef QDEF0
#undef QDEF1
    #endif
};

// Referred to by name from frozen code.
const qstr_pool_t mp_qstr_const_pool = {
    &mp_qstr_const_pool_static, MP_QSTRnumber_of_static, true, 0, MP_QSTRnumber_of - MP_QSTRnumber_of_static,
    (qstr_len_t *)lengths_sorted,
    {
        #ifndef NO_QSTR
#define QDEF0(id, hash, len, str)
#define QDEF1(id, hash, len, str) str,
        #include "genhdr/qstrdefs.generated.h"
#undef QDEF0
#undef QDEF1
        #endif
    },
};

#ifdef MICROPY_QSTR_EXTRA_POOL
extern const qstr_pool_t MICROPY_QSTR_EXTRA_POOL;
#define CONST_POOL MICROPY_QSTR_EXTRA_POOL
#else
#define CONST_POOL mp_qstr_const_pool
#endif

// djb2. Of all strings, interned or not: equal text has the same hash. Zero means "not computed" in string objects.
size_t qstr_compute_hash(const byte *data, size_t len) {
    uint32_t hash = 5381;
    for (const byte *end = data + len; data < end; data++) {
        hash = (hash * 33) ^ *data;
    }
    return hash == 0 ? 1 : hash;
}

static inline qstr_entry_t *entry(qstr q) {
    assert(q < all.len);
    return MP_STATE_VM(qstr_table) + q;
}

// The slot of the string, or the empty one where it would go.
static inline uint32_t *find_slot(const qstr_index_t *index, const char *text, size_t len, uint32_t hash) {
    // djb2 leaves the last bytes in the low bits: spread them.
    for (size_t i = hash * 0x9e3779b1u >> 7;; i++) {
        uint32_t *slot = &index->slots[i & (index->size - 1)];
        if (*slot == MP_QSTRnull) {
            return slot;
        }
        const qstr_entry_t *e = entry(*slot);
        if (e->hash == hash && e->len == len && memcmp(e->text, text, len) == 0) {
            return slot;
        }
    }
}

static void insert(qstr_index_t *index, qstr q) {
    const qstr_entry_t *e = entry(q);
    *find_slot(index, e->text, e->len, e->hash) = q;
    index->used++;
}

static void make_index(qstr_index_t *index, size_t which, size_t size, qstr first, qstr end) {
    index->slots = m_new_leaf(uint32_t, size); // the collector gives zeros
    MP_STATE_VM(qstr_slots[which]) = index->slots;
    index->size = size;
    index->used = 0;
    for (qstr q = first; q < end; q++) {
        insert(index, q);
    }
}

void qstr_init(void) {
    MP_STATE_VM(last_pool) = &all;
    MP_STATE_VM(qstr_last_chunk) = NULL;
    size_t n = CONST_POOL.total_prev_len + CONST_POOL.len;
    table_alloc = n + TABLE_SPARE;
    MP_STATE_VM(qstr_table) = m_new_leaf(qstr_entry_t, table_alloc);
    for (const qstr_pool_t *pool = &CONST_POOL; pool; pool = pool->prev) {
        for (size_t i = 0; i < pool->len; i++) {
            qstr_entry_t *e = MP_STATE_VM(qstr_table) + pool->total_prev_len + i;
            e->text = pool->qstrs[i];
            e->len = pool->lengths[i];
            e->hash = qstr_compute_hash((const byte *)e->text, e->len);
        }
    }
    all.len = n;
    size_t size = INDEX_MIN;
    while (size < 2 * n) {
        size *= 2;
    }
    make_index(&boot_index, 0, size, MP_QSTRnull + 1, n);
    make_index(&index_of_later, 1, INDEX_MIN, n, n);
}

qstr qstr_find_strn(const char *text, size_t len) {
    if (len == 0) {
        return MP_QSTR_;
    }
    uint32_t hash = qstr_compute_hash((const byte *)text, len);
    qstr q = *find_slot(&boot_index, text, len, hash);
    return q != MP_QSTRnull ? q : *find_slot(&index_of_later, text, len, hash);
}

// A copy of the text that stays, with a zero after it.
static const char *keep_text(const char *text, size_t len) {
    size_t need = len + 1;
    if (MP_STATE_VM(qstr_last_chunk) == NULL || MP_STATE_VM(qstr_last_alloc) - MP_STATE_VM(qstr_last_used) < need) {
        size_t alloc = MAX(need, MICROPY_ALLOC_QSTR_CHUNK_INIT);
        if (chunk_count == chunk_room) {
            size_t room = MAX(2 * chunk_room, 4);
            MP_STATE_VM(qstr_chunks) = m_renew(char *, MP_STATE_VM(qstr_chunks), chunk_room, room);
            chunk_room = room;
        }
        char *chunk = m_new_leaf(char, alloc);
        MP_STATE_VM(qstr_chunks)[chunk_count++] = MP_STATE_VM(qstr_last_chunk) = chunk;
        MP_STATE_VM(qstr_last_alloc) = alloc;
        MP_STATE_VM(qstr_last_used) = 0;
    }
    char *kept = MP_STATE_VM(qstr_last_chunk) + MP_STATE_VM(qstr_last_used);
    MP_STATE_VM(qstr_last_used) += need;
    memcpy(kept, text, len);
    kept[len] = 0;
    return kept;
}

qstr qstr_from_strn(const char *text, size_t len) {
    qstr q = qstr_find_strn(text, len);
    if (q != MP_QSTRnull) {
        return q;
    }
    // Whatever can fail comes first.
    if (all.len == table_alloc) {
        size_t alloc = table_alloc * 2;
        MP_STATE_VM(qstr_table) = m_renew(qstr_entry_t, MP_STATE_VM(qstr_table), table_alloc, alloc);
        table_alloc = alloc;
    }
    if (2 * (index_of_later.used + 1) > index_of_later.size) {
        make_index(&index_of_later, 1, index_of_later.size * 2, all.len - index_of_later.used, all.len);
    }
    const char *kept = keep_text(text, len);
    q = all.len++;
    *entry(q) = (qstr_entry_t) { kept, qstr_compute_hash((const byte *)kept, len), len };
    insert(&index_of_later, q);
    return q;
}

qstr qstr_from_str(const char *text) {
    return qstr_from_strn(text, strlen(text));
}

mp_uint_t qstr_hash(qstr q) {
    return entry(q)->hash;
}

size_t qstr_len(qstr q) {
    return entry(q)->len;
}

const char *qstr_str(qstr q) {
    return entry(q)->text;
}

const byte *qstr_data(qstr q, size_t *len) {
    const qstr_entry_t *e = entry(q);
    *len = e->len;
    return (const byte *)e->text;
}
