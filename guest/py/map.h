// What the port's maps and sets offer beyond upstream's py/obj.h. See map.c.
#ifndef HERMETIC_GUEST_PY_MAP_H
#define HERMETIC_GUEST_PY_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "py/obj.h"

// Makes `copy`, which holds nothing yet, a map with the elements of `map` in the same order, without calling any
// key's __hash__ or __eq__. It can be changed, also when `map` is read-only.
void mp_map_copy(mp_map_t *copy, const mp_map_t *map);

// Takes the newest element out. Returns false, and leaves `elem` alone, when the map is empty.
bool mp_map_pop_last(mp_map_t *map, mp_map_elem_t *elem);

// A table position at or before the oldest element, where a walk over the table may start: a map that serves as a
// queue has many holes in front.
size_t mp_map_first(const mp_map_t *map);

// As mp_map_copy().
void mp_set_copy(mp_set_t *copy, const mp_set_t *set);

#endif
