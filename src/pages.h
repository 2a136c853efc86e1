/* src/pages.h: one page of linear memory as its difference from a base page (the image's, or zeros). */
#ifndef HERMETIC_SRC_PAGES_H
#define HERMETIC_SRC_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../rt/memory.h"

#define HERMETIC__PAGE_CODE_MAX 6144u /* more than any page takes */

/* Writes the difference to `to`, which has room for HERMETIC__PAGE_CODE_MAX bytes; returns its length, 0 when there is
 * none. */
size_t hermetic__page_encode(uint8_t *to, const uint8_t *page, const uint8_t *base);

/* Reads one difference and moves past it. `page` holds the base and is changed into the page; with NULL, the bytes are
 * only checked. False when they are no such thing (`page` is then in between). */
bool hermetic__page_decode(const uint8_t **cursor, const uint8_t *end, uint8_t *page);

/* Numbers of up to 32 bits, seven to a byte, the low ones first. */
size_t hermetic__varint_write(uint8_t *to, uint32_t value);
bool hermetic__varint_read(const uint8_t **cursor, const uint8_t *end, uint32_t *value);

#endif
