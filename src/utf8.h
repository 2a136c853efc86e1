/* src/utf8.h: UTF-8 as RFC 3629 has it: no surrogates, no overlong forms, nothing above U+10FFFF. */
#ifndef HERMETIC_SRC_UTF8_H
#define HERMETIC_SRC_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool hermetic__utf8_valid(const uint8_t *text, size_t len);

/* The longest prefix of at most `max` bytes that does not split a character of valid text; for other bytes, at least
 * max - 3. */
size_t hermetic__utf8_cut(const uint8_t *text, size_t len, size_t max);

/* The length of `text` without an unfinished character at its end. */
size_t hermetic__utf8_whole(const uint8_t *text, size_t len);

#endif
