/* src/grants.c: see grants.h. */
#include "grants.h"

#include <string.h>

#include "alloc.h"

#define NAMES_MOST (UINT32_MAX / 2) /* offsets are 32 bits */

static uint32_t hash(const uint8_t *name, size_t len)
{
    uint32_t h = UINT32_C(2166136261); /* FNV-1a: names are the host's, so nobody aims at collisions */
    for (size_t i = 0; i < len; i++)
        h = (h ^ name[i]) * UINT32_C(16777619);
    return h ^ h >> 15;
}

static hermetic_bytes name_at(const struct hermetic__grants *g, size_t at)
{
    uint32_t len;
    memcpy(&len, g->names.data + at, sizeof(len));
    return (hermetic_bytes){g->names.data + at + sizeof(len), len};
}

/* The slot that holds the name, or the free one where it belongs. */
static uint32_t *find(const struct hermetic__grants *g, const uint8_t *name, size_t len)
{
    for (uint32_t i = hash(name, len);; i++) {
        uint32_t *slot = &g->slots[i & (g->slot_count - 1)];
        if (*slot == 0)
            return slot;
        hermetic_bytes have = name_at(g, *slot - 1);
        if (have.len == len && memcmp(have.data, name, len) == 0)
            return slot;
    }
}

bool hermetic__grants_has(const struct hermetic__grants *g, const uint8_t *name, size_t len)
{
    return g->slot_count && *find(g, name, len) != 0;
}

bool hermetic__grants_next(const struct hermetic__grants *g, size_t *at, hermetic_bytes *name)
{
    if (*at >= g->names.len)
        return false;
    *name = name_at(g, *at);
    *at += sizeof(uint32_t) + name->len;
    return true;
}

/* Fills the slots again from the names. */
static void index_all(struct hermetic__grants *g)
{
    if (!g->slot_count)
        return;
    memset(g->slots, 0, g->slot_count * sizeof(*g->slots));
    size_t at = 0, here = 0;
    hermetic_bytes name;
    while (hermetic__grants_next(g, &at, &name)) {
        *find(g, name.data, name.len) = (uint32_t)here + 1;
        here = at;
    }
}

static bool grow(struct hermetic__grants *g)
{
    uint32_t count = g->slot_count ? g->slot_count * 2 : 16;
    uint32_t *slots = hermetic__alloc(count * sizeof(*slots));
    if (!slots)
        return false;
    hermetic__free(g->slots);
    g->slots = slots;
    g->slot_count = count;
    index_all(g);
    return true;
}

bool hermetic__grants_add(struct hermetic__grants *g, const uint8_t *name, size_t len)
{
    if (hermetic__grants_has(g, name, len))
        return true;
    if ((g->count + 1) * UINT64_C(2) > g->slot_count && !grow(g))
        return false;
    uint32_t prefix = (uint32_t)len;
    size_t at = g->names.len;
    if (len > NAMES_MOST || !hermetic__buffer_reserve(&g->names, sizeof(prefix) + len, NAMES_MOST))
        return false;
    memcpy(g->names.data + at, &prefix, sizeof(prefix));
    memcpy(g->names.data + at + sizeof(prefix), name, len);
    g->names.len += sizeof(prefix) + len;
    g->count++;
    *find(g, name, len) = (uint32_t)at + 1;
    return true;
}

void hermetic__grants_cut(struct hermetic__grants *g, uint32_t count)
{
    if (g->count <= count)
        return;
    size_t at = 0;
    hermetic_bytes name;
    for (uint32_t i = 0; i < count; i++)
        hermetic__grants_next(g, &at, &name);
    g->names.len = at;
    g->count = count;
    index_all(g);
}

void hermetic__grants_free(struct hermetic__grants *g)
{
    hermetic__buffer_free(&g->names);
    hermetic__free(g->slots);
    *g = (struct hermetic__grants){0};
}
