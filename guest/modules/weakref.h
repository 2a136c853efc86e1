// What the collector and the interpreter tell weak references: modweakref.c.
#ifndef HERMETIC_WEAKREF_H
#define HERMETIC_WEAKREF_H

#include <stdbool.h>

// Between marking and sweeping.
void weakref_clear(void);

// Looks for objects that have gone, and calls the callbacks of those; with `now`, whatever it costs.
void weakref_poll(bool now);

// After `del name`: a callback is to run there, as in CPython.
void weakref_poll_after_delete(void);

// Of the collector's (py/gc.c): inside a collection, whether something refers to the object; whether an address is not of
// the heap; how many blocks of 16 bytes the last collection left.
bool gc_is_marked(const void *object);
bool gc_is_outside(const void *address);
unsigned gc_live_blocks(void);

#endif
