/* tests/wall/fake_guest.h: a guest written in C, in place of the generated code: it calls the imports with whatever a
 * test wants. What a compromised interpreter could do, this does without having to be compromised first.
 */
#ifndef HERMETIC_TESTS_FAKE_GUEST_H
#define HERMETIC_TESTS_FAKE_GUEST_H

#include <hermetic.h>

#include "../../rt/instance.h"

#define FAKE_MEMORY (2u << 20) /* bytes of the fake image */

/* What the guest does when it is entered with a request of `len` bytes. Set by the test. */
extern void (*fake_guest)(struct w2c_hermetic *instance, uint32_t len);

/* Puts bytes into guest memory, as a guest's stores would. */
void fake_put(struct w2c_hermetic *instance, uint32_t at, const void *bytes, size_t len);

/* Puts a payload at address 1024 and sends it. */
uint32_t fake_event(struct w2c_hermetic *instance, uint32_t kind, const void *payload, size_t len);

/* The usual end: the result None. */
void fake_done(struct w2c_hermetic *instance);

#endif
