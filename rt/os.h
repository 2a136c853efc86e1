/* rt/os.h: what rt/ asks of the operating system (os_unix.c, os_windows.c). Sizes are multiples of the page size. All
 * report failure and none retries. */
#ifndef HERMETIC_RT_OS_H
#define HERMETIC_RT_OS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hermetic__image;

enum hermetic__access { HERMETIC__ACCESS_NONE, HERMETIC__ACCESS_READ, HERMETIC__ACCESS_WRITE };

size_t hermetic__os_page_size(void);

/* Zeroed memory that becomes resident as it is touched; NULL on failure. map and unmap are async-signal-safe. */
void *hermetic__os_map(size_t size);
void hermetic__os_unmap(void *at, size_t size);

/* Address space without access; to be freed with hermetic__os_unmap. */
void *hermetic__os_reserve(size_t size);

/* Changes the access to pages of a mapping or reservation. Async-signal-safe. */
bool hermetic__os_protect(void *at, size_t size, enum hermetic__access access);

/* Gives pages back: they read as when they were mapped (zeros, or the image's bytes). False when they are unchanged. */
bool hermetic__os_discard(void *at, size_t size);

/* Moves pages, of one mapping and one access, to a mapping of their own in a time that hardly depends on how many are
 * resident; where they were reads as zeros. The new mapping is to be freed with hermetic__os_unmap. NULL, and nothing
 * changed, where the system cannot. */
void *hermetic__os_detach(void *at, size_t size);

/* Puts a private, readable mapping of the image's first `size` bytes at `at`, inside a mapping or reservation. False when
 * nothing was changed: then the caller copies. */
bool hermetic__os_map_image(void *at, const struct hermetic__image *image, size_t size, bool writable);

#endif
