// Runs of the host, for the collector (gc.c).
#ifndef HERMETIC_GUEST_PY_GCRUNS_H
#define HERMETIC_GUEST_PY_GCRUNS_H

// Around a run. What a run freed is allocated again by the next one, from where this one began: so short runs do not move
// on through the heap by all that they allocate, and the host has fewer pages to keep copies of.
void gc_run_begins(void);
void gc_run_ends(void);

#endif
