#ifndef HERMETIC_GUEST_UTF8_H
#define HERMETIC_GUEST_UTF8_H

#include <stddef.h>
#include <stdint.h>

// Offset of the first byte that is not part of valid UTF-8 (RFC 3629: shortest forms, no surrogates), or `len`.
size_t utf8_valid_prefix(const uint8_t *text, size_t len);

#endif
