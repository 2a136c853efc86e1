// Hashes of the built-in types. See hash.c.
#ifndef HERMETIC_GUEST_PY_HASH_H
#define HERMETIC_GUEST_PY_HASH_H

#include "py/mpz.h"
#include "py/obj.h"

mp_int_t hermetic_hash_mpz(const mpz_t *z);
mp_int_t hermetic_hash_tuple(const mp_obj_t *items, size_t n);

// A frozen set's hash: the elements', in any order, each put in with hermetic_hash_element(), `hash` being 0 before
// the first, and then hermetic_hash_elements().
mp_int_t hermetic_hash_element(mp_int_t hash, mp_obj_t element);
mp_int_t hermetic_hash_elements(mp_int_t hash, size_t n);

#endif
