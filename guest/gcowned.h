// What the collector offers to C libraries that free their memory themselves.
#ifndef HERMETIC_GUEST_GCOWNED_H
#define HERMETIC_GUEST_GCOWNED_H

#include "py/gc.h"

// A flag for gc_alloc(): the block holds no pointers that count, and lives until gc_free().
#define GC_ALLOC_FLAG_KEPT 4

// Called by a collection when everything that is alive is marked, before the rest is freed: for those who keep a block
// for an object, and want to know that it died: gc_is_marked() says. Must not allocate or free. See gccollect.c.
void gc_notice_dead(void);

#endif
