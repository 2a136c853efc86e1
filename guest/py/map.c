// Maps and sets that keep insertion order. Takes the place of upstream's py/map.c, with the interface in py/obj.h.
//
// A table is one heap block. Its first part is what the rest of the interpreter walks: `alloc` entries, in the order
// of insertion, an entry being key and value (map) or a key (set). The parts after it are known to this file alone:
//
//     up to 8 entries:   entries | hashes
//     more:              entries | head | hashes | index
//
// Small tables have no holes and are searched from the front. In larger ones a removed entry becomes a hole
// (MP_OBJ_SENTINEL), closed when the table is rebuilt, and the index finds entries: an open-addressed hash table of
// entry numbers.
//
// A map whose keys are all qstrs (all_keys_are_qstrs) has no `hashes`: such keys are compared by address, and their
// hashes are at hand in the qstr pool. So objects and namespaces, most of all maps, cost what they did upstream.
//
// Fixed tables (is_fixed and is_ordered: constant dicts, keyword arguments) have entries only, and are not ours to
// change. is_ordered on its own (OrderedDict) means nothing here, every map being ordered.
//
// Keys come from the guest program: __hash__ and __eq__ may change the very map that calls them. So no function here
// holds anything derived from a table across such a call without checking that the table is still the same, and
// rebuilding a table calls neither: that is what `hashes` is for.

#include <assert.h>
#include <string.h>

#include "py/map.h"
#include "py/objstr.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "host.h"

#define INLINE static inline __attribute__((always_inline))

// Largest table that is searched from the front.
#define SMALL (8)

// A size given beforehand is a hint that can come from the guest program (a __len__), so it reserves no more.
#define RESERVE_MAX (4096)

#define NOT_FOUND ((size_t)-1)

typedef struct {
    uint32_t fill;       // entries in use, holes included
    uint32_t first;      // all entries before this one are holes
    uint32_t room;       // empty index slots that may yet be taken
    uint32_t mask : 30;  // index slots, a power of two, less one
    uint32_t keyed : 1;  // `hashes` are keyed hashes, see keyed_hash()
    uint32_t text : 1;   // every key is a str, none of a subclass
} head_t;

// Maps and sets share the code below. The functions take the mp_map_t or mp_set_t as `owner`. The inline ones get a
// constant for `is_set` and are expanded for each.
typedef struct {
    mp_obj_t *table;
    size_t alloc;
    size_t stride; // values in an entry
    bool hashed;   // has `hashes`
} shape_t;

INLINE shape_t shape_of(const void *owner, bool is_set) {
    if (is_set) {
        const mp_set_t *set = owner;
        return (shape_t) { set->table, set->alloc, 1, true };
    } else {
        const mp_map_t *map = owner;
        return (shape_t) { (mp_obj_t *)map->table, map->alloc, 2, !map->all_keys_are_qstrs };
    }
}

// Whether `owner` still has the table that `s` describes.
INLINE bool same_shape(const void *owner, bool is_set, shape_t s) {
    shape_t now = shape_of(owner, is_set);
    return now.table == s.table && now.alloc == s.alloc && now.hashed == s.hashed;
}

INLINE size_t used_of(const void *owner, bool is_set) {
    return is_set ? ((const mp_set_t *)owner)->used : ((const mp_map_t *)owner)->used;
}

INLINE void set_used(void *owner, bool is_set, size_t used) {
    if (is_set) {
        ((mp_set_t *)owner)->used = used;
    } else {
        ((mp_map_t *)owner)->used = used;
    }
}

INLINE mp_obj_t *entry_at(shape_t s, size_t i) {
    return s.table + i * s.stride;
}

INLINE bool is_hole(mp_obj_t key) {
    return key == MP_OBJ_NULL || key == MP_OBJ_SENTINEL;
}

INLINE head_t *head_of(shape_t s) {
    assert(s.alloc > SMALL);
    return (head_t *)entry_at(s, s.alloc);
}

INLINE uint32_t *hashes_of(shape_t s) {
    uint32_t *end = (uint32_t *)entry_at(s, s.alloc);
    return s.alloc > SMALL ? end + sizeof(head_t) / sizeof(uint32_t) : end;
}

/******************************************************************************/
/* index                                                                      */

// A slot holds an entry number i as 2 i + 1 in 1, 2 or 4 bytes; the two largest values stand for an empty slot and
// for one whose entry was removed. As every slot is odd, no word of an index looks like the address of a heap block
// to the garbage collector.
typedef struct {
    void *slots;
    uint32_t mask;
    uint32_t empty;
    unsigned width;
} index_t;

INLINE unsigned index_width(size_t alloc) {
    return alloc <= 0x7e ? 1 : alloc <= 0x7ffe ? 2 : 4;
}

// At most two thirds of the slots refer to entries.
static size_t index_slots(size_t alloc) {
    size_t slots = 16;
    while (slots < alloc + alloc / 2) {
        slots *= 2;
    }
    return slots;
}

INLINE index_t index_of(shape_t s) {
    unsigned width = index_width(s.alloc);
    return (index_t) {
        hashes_of(s) + (s.hashed ? s.alloc : 0), head_of(s)->mask, ((uint32_t)1 << (8 * width - 1)) - 1, width
    };
}

INLINE uint32_t slot_get(index_t x, size_t pos) {
    switch (x.width) {
        case 1:
            return ((uint8_t *)x.slots)[pos] >> 1;
        case 2:
            return ((uint16_t *)x.slots)[pos] >> 1;
        default:
            return ((uint32_t *)x.slots)[pos] >> 1;
    }
}

INLINE void slot_set(index_t x, size_t pos, uint32_t i) {
    switch (x.width) {
        case 1:
            ((uint8_t *)x.slots)[pos] = 2 * i + 1;
            break;
        case 2:
            ((uint16_t *)x.slots)[pos] = 2 * i + 1;
            break;
        default:
            ((uint32_t *)x.slots)[pos] = 2 * i + 1;
            break;
    }
}

INLINE uint32_t slot_removed(index_t x) {
    return x.empty - 1;
}

// Slots are probed at growing distances, which reaches all of them as their number is a power of two. Some slot is
// always empty, so a search ends.
#define FOR_SLOTS(x, pos, hash) \
    for (size_t pos = (hash) & (x).mask, step_ = 0;; ++step_, pos = (pos + step_) & (x).mask)

static void index_add(shape_t s, uint32_t hash, size_t i) {
    index_t x = index_of(s);
    FOR_SLOTS(x, pos, hash) {
        uint32_t at = slot_get(x, pos);
        if (at == x.empty) {
            head_of(s)->room--;
        }
        if (at >= slot_removed(x)) {
            slot_set(x, pos, i);
            return;
        }
    }
}

static void index_remove(shape_t s, uint32_t hash, size_t i) {
    index_t x = index_of(s);
    FOR_SLOTS(x, pos, hash) {
        uint32_t at = slot_get(x, pos);
        if (at == i) {
            slot_set(x, pos, slot_removed(x));
            return;
        }
        if (at == x.empty) {
            assert(!"an entry that the index lacks");
            return;
        }
    }
}

/******************************************************************************/
/* hashes                                                                     */

// Hashes of numbers are the numbers, so spread every bit of a hash over all of the result.
INLINE uint32_t mix(mp_uint_t hash) {
    uint64_t x = hash;
    x ^= x >> 32;
    x *= 0x9e3779b97f4a7c15;
    return x >> 32;
}

INLINE uint32_t qstr_mixed_hash(mp_obj_t key) {
    return mix(qstr_hash(MP_OBJ_QSTR_VALUE(key)));
}

INLINE bool is_text(mp_obj_t key) {
    return mp_obj_is_qstr(key) || mp_obj_is_exact_type(key, &mp_type_str);
}

// May run code of the guest program, and raises for an unhashable key.
INLINE uint32_t key_hash(mp_obj_t key) {
    if (mp_obj_is_qstr(key)) {
        return qstr_mixed_hash(key);
    } else if (mp_obj_is_small_int(key)) {
        return mix(MP_OBJ_SMALL_INT_VALUE(key));
    } else {
        if (mp_obj_is_exact_type(key, &mp_type_str)) {
            size_t hash = ((mp_obj_str_t *)MP_OBJ_TO_PTR(key))->hash;
            if (hash != 0) { // else it is computed below
                return mix(hash);
            }
        }
        return mix(MP_OBJ_SMALL_INT_VALUE(mp_unary_op(MP_UNARY_OP_HASH, key)));
    }
}

INLINE uint32_t entry_hash(shape_t s, size_t i) {
    return s.hashed ? hashes_of(s)[i] : qstr_mixed_hash(*entry_at(s, i));
}

// Hashes of strings are fast and public: anyone can make thousands of strings with the same one, and turn the
// program that collects them in a dict into a quadratic one; or with hashes that only lead to the same slots. A table of
// strings that sees this happen changes to SipHash-1-3 under a secret key. Only then, because it has to read all of each
// string. Without anybody's intent, one addition in 10^15 visits so many slots of a table that is three quarters full.
#define COLLISIONS_MAX (16)
#define SLOTS_MAX (128)

// The key is drawn when the first table needs it, so that a program without such tables pays nothing. It stays with the
// sandbox and its snapshots, as the tables do. A host without random numbers leaves the key below, which is public.
static uint64_t hash_secret[2] = { 0x243f6a8885a308d3, 0x13198a2e03707344 };
static bool hash_secret_drawn;

static void draw_hash_secret(void) {
    uint64_t drawn[2];
    if (!hash_secret_drawn && host_entropy((byte *)drawn, sizeof(drawn))) {
        memcpy(hash_secret, drawn, sizeof(drawn));
    }
    hash_secret_drawn = true; // other tables may use it from now on
}

INLINE uint64_t rotate(uint64_t x, unsigned by) {
    return x << by | x >> (64 - by);
}

static void sip_round(uint64_t v[4]) {
    v[0] += v[1];
    v[2] += v[3];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] = rotate(v[0], 32);
    v[2] += v[1];
    v[0] += v[3];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] = rotate(v[2], 32);
}

static MP_NOINLINE uint32_t keyed_hash(mp_obj_t text) {
    GET_STR_DATA_LEN(text, data, len);
    uint64_t v[4] = {
        hash_secret[0] ^ 0x736f6d6570736575, hash_secret[1] ^ 0x646f72616e646f6d,
        hash_secret[0] ^ 0x6c7967656e657261, hash_secret[1] ^ 0x7465646279746573,
    };
    for (size_t at = 0; at <= len; at += 8) {
        // The last word, perhaps without text, has the length in its highest byte.
        uint64_t word = 0;
        size_t left = len - at;
        if (left < 8) {
            word = (uint64_t)len << 56;
        }
        for (size_t j = 0; j < 8 && j < left; ++j) {
            word |= (uint64_t)data[at + j] << (8 * j);
        }
        v[3] ^= word;
        sip_round(v);
        v[0] ^= word;
    }
    v[2] ^= 0xff;
    sip_round(v);
    sip_round(v);
    sip_round(v);
    uint64_t hash = v[0] ^ v[1] ^ v[2] ^ v[3];
    return hash ^ hash >> 32;
}

/******************************************************************************/
/* tables                                                                     */

static size_t table_size(size_t alloc, size_t stride, bool hashed) {
    // No number of entries that fits in mp_map_t.used makes 64 bits overflow.
    uint64_t size = (uint64_t)alloc * stride * sizeof(mp_obj_t);
    if (hashed) {
        size += (uint64_t)alloc * sizeof(uint32_t);
    }
    if (alloc > SMALL) {
        size += sizeof(head_t) + (uint64_t)index_slots(alloc) * index_width(alloc);
    }
    if (alloc > 0x1fffffff || size > SIZE_MAX / 2) {
        m_malloc_fail(SIZE_MAX / 2);
    }
    return size;
}

INLINE void table_free(shape_t s) {
    if (s.table != NULL) {
        m_del(uint8_t, s.table, table_size(s.alloc, s.stride, s.hashed));
    }
}

// The number of entries of a table that is to hold `n`.
static size_t alloc_for(size_t n) {
    return n <= SMALL ? (n + 1) & ~(size_t)1 : n;
}

// Makes the index anew.
static void table_reindex(shape_t s) {
    head_t *head = head_of(s);
    index_t x = index_of(s);
    memset(x.slots, 0xff, ((size_t)x.mask + 1) * x.width);
    head->room = x.mask + 1 - (x.mask + 1) / 4;
    for (size_t i = 0; i < head->fill; ++i) {
        if (!is_hole(*entry_at(s, i))) {
            index_add(s, entry_hash(s, i), i);
        }
    }
}

// Makes a table without entries, whose index is to be made. `s` says what it is to be like.
static shape_t table_new(shape_t s) {
    size_t size = table_size(s.alloc, s.stride, s.hashed);
    s.table = (mp_obj_t *)m_new(uint8_t, size);
    memset(s.table, 0, (uint8_t *)entry_at(s, s.alloc) - (uint8_t *)s.table);
    if (s.alloc > SMALL) {
        head_t *head = head_of(s);
        memset(head, 0, sizeof(*head));
        head->mask = index_slots(s.alloc) - 1;
        head->text = 1;
    }
    return s;
}

// Copies all entries of one table to the front of another, which may be the same, closing holes. Then the index is
// to be made. Returns the number of entries.
static size_t table_compact(shape_t to, shape_t from) {
    size_t n = 0;
    size_t fill = from.alloc > SMALL ? head_of(from)->fill : from.alloc;
    for (size_t i = 0; i < fill; ++i) {
        mp_obj_t *entry = entry_at(from, i);
        if (!is_hole(*entry)) {
            if (to.hashed) {
                hashes_of(to)[n] = entry_hash(from, i);
            }
            memmove(entry_at(to, n++), entry, from.stride * sizeof(mp_obj_t));
        }
    }
    if (to.alloc > SMALL) {
        head_of(to)->fill = n;
        head_of(to)->first = 0;
    }
    return n;
}

// Gives `owner` a table of `alloc` entries, enough for those that it has. Calls nothing of the guest program's.
static MP_NOINLINE void table_resize(void *owner, bool is_set, size_t alloc, bool hashed) {
    shape_t old = shape_of(owner, is_set);
    shape_t s = table_new((shape_t) { NULL, alloc, old.stride, hashed });
    size_t used = table_compact(s, old);
    assert(used == used_of(owner, is_set));
    if (alloc > SMALL) {
        head_t *head = head_of(s);
        if (old.alloc > SMALL) {
            head->keyed = head_of(old)->keyed;
            head->text = head_of(old)->text;
        } else {
            for (size_t i = 0; i < used; ++i) {
                head->text = head->text && is_text(*entry_at(s, i));
            }
        }
        table_reindex(s);
    }
    if (is_set) {
        mp_set_t *set = owner;
        set->table = s.table;
        set->alloc = alloc;
    } else {
        mp_map_t *map = owner;
        map->table = (mp_map_elem_t *)s.table;
        map->alloc = alloc;
        map->all_keys_are_qstrs = !hashed;
    }
    table_free(old);
}

// Makes place for one more entry. The quarter of the table that is free after closing holes pays for the time.
static MP_NOINLINE void table_make_room(void *owner, bool is_set, bool hashed) {
    shape_t s = shape_of(owner, is_set);
    size_t used = used_of(owner, is_set);
    if (used < SMALL) {
        table_resize(owner, is_set, alloc_for(used + 1), hashed);
    } else if (used > s.alloc - s.alloc / 4 || used < s.alloc / 4 || hashed != s.hashed) {
        table_resize(owner, is_set, used + used / 2, hashed);
    } else {
        table_compact(s, s);
        memset(entry_at(s, used), 0, (uint8_t *)entry_at(s, s.alloc) - (uint8_t *)entry_at(s, used));
        table_reindex(s);
    }
}

// Changes a table of strings to keyed hashes or back. Entries stay where they are: a search must not disturb a walk.
static void table_set_keyed(shape_t s, bool keyed) {
    head_t *head = head_of(s);
    assert(s.hashed && head->text);
    for (size_t i = 0; i < head->fill; ++i) {
        mp_obj_t key = *entry_at(s, i);
        if (!is_hole(key)) {
            hashes_of(s)[i] = keyed ? keyed_hash(key) : key_hash(key);
        }
    }
    head->keyed = keyed;
    head->text = keyed; // never keyed again, or it could be made to change back and forth all the time
    table_reindex(s);
}

/******************************************************************************/
/* search, addition, removal                                                  */

// As mp_obj_equal(), which may run code of the guest program; not for identical keys.
INLINE bool keys_equal(mp_obj_t a, mp_obj_t b) {
    if (mp_obj_is_small_int(a) && mp_obj_is_small_int(b)) {
        return false;
    }
    return is_text(a) && is_text(b) ? mp_obj_str_equal(a, b) : mp_obj_equal(a, b);
}

// The entry with `key`, or NOT_FOUND. Not for a map of qstrs and a qstr: see find_qstr().
//
// Sets `hash` to what table_add() wants. `adding` allows a change to keyed hashes.
INLINE size_t table_find(void *owner, bool is_set, mp_obj_t key, uint32_t *hash_out, bool adding) {
    const uint32_t plain_hash = key_hash(key);
restart:;
    uint32_t hash = *hash_out = plain_hash;
    shape_t s = shape_of(owner, is_set);
    if (s.alloc <= SMALL) {
        for (size_t i = 0; i < used_of(owner, is_set); ++i) {
            if (entry_hash(s, i) == hash) {
                mp_obj_t other = *entry_at(s, i);
                if (other == key) {
                    return i;
                }
                bool equal = keys_equal(other, key);
                if (!same_shape(owner, is_set, s) || *entry_at(s, i) != other) {
                    goto restart;
                }
                if (equal) {
                    return i;
                }
            }
        }
        return NOT_FOUND;
    }

    head_t *head = head_of(s);
    if (head->keyed) {
        if (is_text(key)) {
            *hash_out = hash = keyed_hash(key);
        } else if (adding || mp_obj_is_instance_type(mp_obj_get_type(key))) {
            // An instance may be equal to a string by its own account, and its hash is its own too.
            table_set_keyed(s, false);
        } else {
            return NOT_FOUND;
        }
    }
    size_t collisions = 0;
    bool crowded = false;
    index_t x = index_of(s);
    FOR_SLOTS(x, pos, hash) {
        uint32_t i = slot_get(x, pos);
        if (i == x.empty) {
            crowded = step_ >= SLOTS_MAX || collisions >= COLLISIONS_MAX;
            break;
        }
        if (i == slot_removed(x) || entry_hash(s, i) != hash) {
            continue;
        }
        mp_obj_t other = *entry_at(s, i);
        if (other == key) {
            return i;
        }
        bool equal = keys_equal(other, key);
        if (!same_shape(owner, is_set, s) || *entry_at(s, i) != other) {
            goto restart;
        }
        if (equal) {
            return i;
        }
        ++collisions;
    }
    if (adding && crowded && s.hashed && head->text && !head->keyed && is_text(key)) {
        draw_hash_secret();
        table_set_keyed(s, true);
        *hash_out = keyed_hash(key);
    }
    return NOT_FOUND;
}

// As table_find(), in a map of qstrs.
INLINE size_t find_qstr(const mp_map_t *map, mp_obj_t key) {
    const mp_map_elem_t *table = map->table;
    if (map->alloc <= SMALL) {
        for (size_t i = 0, n = map->used; i < n; ++i) {
            if (table[i].key == key) {
                return i;
            }
        }
        return NOT_FOUND;
    }
    index_t x = index_of(shape_of(map, false));
    FOR_SLOTS(x, pos, qstr_mixed_hash(key)) {
        uint32_t i = slot_get(x, pos);
        if (i == x.empty) {
            return NOT_FOUND;
        }
        if (i != slot_removed(x) && table[i].key == key) {
            return i;
        }
    }
}

// Adds an entry for a key that is not in the table, and returns its number. `hash` is from table_find().
INLINE size_t table_add(void *owner, bool is_set, mp_obj_t key, uint32_t hash, bool hashed) {
    shape_t s = shape_of(owner, is_set);
    size_t used = used_of(owner, is_set);
    bool full = s.alloc <= SMALL ? used == s.alloc : head_of(s)->fill == s.alloc || head_of(s)->room == 0;
    if (full) {
        table_make_room(owner, is_set, hashed);
        s = shape_of(owner, is_set);
    } else if (hashed != s.hashed) {
        table_resize(owner, is_set, s.alloc, hashed);
        s = shape_of(owner, is_set);
    }
    size_t i = used;
    if (s.alloc > SMALL) {
        head_t *head = head_of(s);
        i = head->fill++;
        if (hashed && head->text && !is_text(key)) {
            head->text = 0;
        }
        index_add(s, hash, i);
    }
    if (hashed) {
        hashes_of(s)[i] = hash;
    }
    mp_obj_t *entry = entry_at(s, i);
    entry[0] = key;
    if (!is_set) {
        entry[1] = MP_OBJ_NULL;
    }
    set_used(owner, is_set, used + 1);
    return i;
}

// Removes an entry. Returns the number of the place, now free, where the value of a map's entry is yet to be found.
static MP_NOINLINE size_t table_remove(void *owner, bool is_set, size_t i) {
    shape_t s = shape_of(owner, is_set);
    size_t used = used_of(owner, is_set) - 1;
    set_used(owner, is_set, used);
    if (s.alloc <= SMALL) {
        mp_obj_t value = is_set ? MP_OBJ_NULL : entry_at(s, i)[1];
        memmove(entry_at(s, i), entry_at(s, i + 1), (used - i) * s.stride * sizeof(mp_obj_t));
        if (s.hashed) {
            memmove(hashes_of(s) + i, hashes_of(s) + i + 1, (used - i) * sizeof(uint32_t));
        }
        mp_obj_t *entry = entry_at(s, used);
        entry[0] = MP_OBJ_NULL;
        if (!is_set) {
            entry[1] = value;
        }
        return used;
    }
    head_t *head = head_of(s);
    index_remove(s, entry_hash(s, i), i);
    *entry_at(s, i) = MP_OBJ_SENTINEL;
    while (head->fill > 0 && is_hole(*entry_at(s, head->fill - 1))) {
        --head->fill;
    }
    while (head->first < head->fill && is_hole(*entry_at(s, head->first))) {
        ++head->first;
    }
    if (head->first > head->fill) {
        head->first = head->fill;
    }
    return i;
}

// Makes `copy` empty, with a table for `n` entries.
static MP_NOINLINE void table_init(void *copy, bool is_set, size_t n, bool hashed) {
    shape_t s = { NULL, alloc_for(n), is_set ? 1 : 2, hashed };
    if (s.alloc > 0) {
        s = table_new(s);
        if (s.alloc > SMALL) {
            table_reindex(s);
        }
    }
    if (is_set) {
        *(mp_set_t *)copy = (mp_set_t) { .alloc = s.alloc, .table = s.table };
    } else {
        *(mp_map_t *)copy = (mp_map_t) {
            .all_keys_are_qstrs = !hashed, .alloc = s.alloc, .table = (mp_map_elem_t *)s.table
        };
    }
}

static MP_NOINLINE void table_copy(void *copy, const void *owner, bool is_set) {
    shape_t from = shape_of(owner, is_set);
    table_init(copy, is_set, used_of(owner, is_set), from.hashed);
    shape_t to = shape_of(copy, is_set);
    size_t used = table_compact(to, from);
    set_used(copy, is_set, used);
    if (to.alloc > SMALL) {
        head_of(to)->keyed = head_of(from)->keyed;
        head_of(to)->text = head_of(from)->text;
        table_reindex(to);
    }
}

/******************************************************************************/
/* map                                                                        */

#if MICROPY_OPT_MAP_LOOKUP_CACHE
// Where each key was found last, in whatever map. The cache is shared by all maps and a hint only: the key found
// there decides. It saves the search of a fixed table, which is from the front, and the hash otherwise.
// An object has tag bits at the bottom: one when values are NaN-boxed, else two.
#define CACHE_SHIFT (MICROPY_OBJ_REPR == MICROPY_OBJ_REPR_D ? 1 : 2)
#define CACHE_ENTRY(key) \
    (MP_STATE_VM(map_lookup_cache)[((uintptr_t)(key) >> CACHE_SHIFT) % MICROPY_OPT_MAP_LOOKUP_CACHE_SIZE])
#define CACHE_SET(key, i) (CACHE_ENTRY(key) = (uint8_t)(i))
#else
#define CACHE_SET(key, i) (void)(i)
#endif

void mp_map_init(mp_map_t *map, size_t n) {
    table_init(map, false, MIN(n, RESERVE_MAX), false);
}

void mp_map_init_fixed_table(mp_map_t *map, size_t n, const mp_obj_t *table) {
    map->alloc = n;
    map->used = n;
    map->all_keys_are_qstrs = 1;
    map->is_fixed = 1;
    map->is_ordered = 1;
    map->table = (mp_map_elem_t *)table;
}

void mp_map_deinit(mp_map_t *map) {
    if (!map->is_fixed) {
        table_free(shape_of(map, false));
    }
    map->used = map->alloc = 0;
}

void mp_map_clear(mp_map_t *map) {
    if (!map->is_fixed) {
        table_free(shape_of(map, false));
    }
    map->alloc = 0;
    map->used = 0;
    map->all_keys_are_qstrs = 1;
    map->is_fixed = 0;
    map->table = NULL;
}

void mp_map_copy(mp_map_t *copy, const mp_map_t *map) {
    if (map->is_fixed && map->is_ordered) {
        mp_map_init(copy, map->used);
        for (size_t i = 0; i < map->used; ++i) {
            const mp_map_elem_t *elem = &map->table[i];
            mp_map_lookup(copy, elem->key, MP_MAP_LOOKUP_ADD_IF_NOT_FOUND)->value = elem->value;
        }
    } else {
        table_copy(copy, map, false);
        copy->is_ordered = map->is_ordered;
    }
}

size_t mp_map_first(const mp_map_t *map) {
    bool indexed = map->alloc > SMALL && !(map->is_fixed && map->is_ordered);
    return indexed ? head_of(shape_of(map, false))->first : 0;
}

bool mp_map_pop_last(mp_map_t *map, mp_map_elem_t *elem) {
    if (map->used == 0) {
        return false;
    }
    // The entry before `fill` is not a hole: see table_remove().
    size_t i = (map->alloc > SMALL ? head_of(shape_of(map, false))->fill : map->used) - 1;
    *elem = map->table[i];
    map->table[table_remove(map, false, i)].value = MP_OBJ_NULL;
    return true;
}

static mp_map_elem_t *fixed_lookup(mp_map_t *map, mp_obj_t key, mp_map_lookup_kind_t kind) {
    if (kind != MP_MAP_LOOKUP) {
        // Callers look at is_fixed first. To write to a constant would change it for all who use it.
        mp_raise_TypeError(MP_ERROR_TEXT("read-only dict"));
    }
    bool compare = !(map->all_keys_are_qstrs && mp_obj_is_qstr(key));
    if (compare && !is_text(key)) {
        (void)key_hash(key); // raises for an unhashable key
    }
    for (size_t i = 0; i < map->used; ++i) {
        mp_map_elem_t *elem = &map->table[i];
        if (elem->key == key || (compare && mp_obj_equal(elem->key, key))) {
            CACHE_SET(key, i);
            return elem;
        }
    }
    return NULL;
}

// Any key, in a map that is not fixed. Apart from the short way, to keep that one short.
static MP_NOINLINE mp_map_elem_t *general_lookup(mp_map_t *map, mp_obj_t key, mp_map_lookup_kind_t kind) {
    uint32_t hash;
    size_t i = table_find(map, false, key, &hash, kind == MP_MAP_LOOKUP_ADD_IF_NOT_FOUND);
    if (i == NOT_FOUND) {
        if (kind != MP_MAP_LOOKUP_ADD_IF_NOT_FOUND) {
            return NULL;
        }
        bool hashed = !map->all_keys_are_qstrs || !mp_obj_is_qstr(key);
        i = table_add(map, false, key, hash, hashed);
    } else if (kind == MP_MAP_LOOKUP_REMOVE_IF_FOUND) {
        return &map->table[table_remove(map, false, i)];
    }
    CACHE_SET(key, i);
    return &map->table[i];
}

// MP_MAP_LOOKUP: returns NULL if not found, else the element.
// MP_MAP_LOOKUP_ADD_IF_NOT_FOUND: returns the element, its value MP_OBJ_NULL when it was added.
// MP_MAP_LOOKUP_REMOVE_IF_FOUND: returns NULL if not found, else the element's former place, which has the value.
mp_map_elem_t *MICROPY_WRAP_MP_MAP_LOOKUP(mp_map_lookup)(mp_map_t *map, mp_obj_t key, mp_map_lookup_kind_t kind) {
    #if MICROPY_OPT_MAP_LOOKUP_CACHE
    if (kind != MP_MAP_LOOKUP_REMOVE_IF_FOUND) {
        size_t i = CACHE_ENTRY(key);
        if (i < map->alloc && map->table[i].key == key) {
            return &map->table[i];
        }
    }
    #endif

    if (map->is_fixed && map->is_ordered) {
        return fixed_lookup(map, key, kind);
    }
    assert(!map->is_fixed || kind == MP_MAP_LOOKUP);

    if (!(map->all_keys_are_qstrs && mp_obj_is_qstr(key))) {
        return general_lookup(map, key, kind);
    }
    size_t i = find_qstr(map, key);
    if (i == NOT_FOUND) {
        if (kind != MP_MAP_LOOKUP_ADD_IF_NOT_FOUND) {
            return NULL;
        }
        i = table_add(map, false, key, map->alloc >= SMALL ? qstr_mixed_hash(key) : 0, false);
    } else if (kind == MP_MAP_LOOKUP_REMOVE_IF_FOUND) {
        return &map->table[table_remove(map, false, i)];
    }
    CACHE_SET(key, i);
    return &map->table[i];
}

/******************************************************************************/
/* set                                                                        */

#if MICROPY_PY_BUILTINS_SET

void mp_set_init(mp_set_t *set, size_t n) {
    table_init(set, true, MIN(n, RESERVE_MAX), true);
}

void mp_set_copy(mp_set_t *copy, const mp_set_t *set) {
    table_copy(copy, set, true);
}

// The kind MP_MAP_LOOKUP_ADD_IF_NOT_FOUND_OR_REMOVE_IF_FOUND is both bits.
mp_obj_t mp_set_lookup(mp_set_t *set, mp_obj_t key, mp_map_lookup_kind_t kind) {
    uint32_t hash;
    size_t i = table_find(set, true, key, &hash, kind & MP_MAP_LOOKUP_ADD_IF_NOT_FOUND);
    if (i == NOT_FOUND) {
        if (!(kind & MP_MAP_LOOKUP_ADD_IF_NOT_FOUND)) {
            return MP_OBJ_NULL;
        }
        table_add(set, true, key, hash, true);
        return key;
    }
    mp_obj_t found = set->table[i];
    if (kind & MP_MAP_LOOKUP_REMOVE_IF_FOUND) {
        table_remove(set, true, i);
    }
    return found;
}

mp_obj_t mp_set_remove_first(mp_set_t *set) {
    if (set->used == 0) {
        return MP_OBJ_NULL;
    }
    size_t i = set->alloc > SMALL ? head_of(shape_of(set, true))->first : 0;
    mp_obj_t key = set->table[i];
    table_remove(set, true, i);
    return key;
}

void mp_set_clear(mp_set_t *set) {
    table_free(shape_of(set, true));
    set->alloc = 0;
    set->used = 0;
    set->table = NULL;
}

#endif // MICROPY_PY_BUILTINS_SET
