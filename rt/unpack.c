/* rt/unpack.c: the image as it is stored: one block of the LZ4 format, which tools/image/pack.c makes.
 *
 * The block is the library's own, not a guest's or a host's; it is read as if it were not all the same.
 */
#include <string.h>

#include "os.h"
#include "rt.h"

/* Adds the bytes that follow a length of 15: each counts, and one below 255 is the last. */
static bool add_length(const uint8_t **from, const uint8_t *end, size_t *length) {
    uint8_t byte;
    do {
        if (*from == end)
            return false;
        byte = *(*from)++;
        *length += byte;
    } while (byte == 255);
    return true;
}

bool hermetic__unpack(const uint8_t *from, size_t from_size, uint8_t *to, size_t to_size) {
    const uint8_t *end = from + from_size;
    size_t at = 0;
    while (from < end) {
        unsigned token = *from++;
        size_t literals = token >> 4;
        if (literals == 15 && !add_length(&from, end, &literals))
            return false;
        if (literals > (size_t)(end - from) || literals > to_size - at)
            return false;
        memcpy(to + at, from, literals);
        from += literals;
        at += literals;
        if (from == end) /* the last sequence has literals only */
            return at == to_size;
        if (end - from < 2)
            return false;
        size_t offset = from[0] | (size_t)from[1] << 8;
        from += 2;
        size_t match = token & 15;
        if (match == 15 && !add_length(&from, end, &match))
            return false;
        match += 4;
        if (offset == 0 || offset > at || match > to_size - at)
            return false;
        if (offset >= match)
            memcpy(to + at, to + at - offset, match);
        else
            for (size_t i = 0; i < match; i++) /* a match may reach into itself */
                to[at + i] = to[at + i - offset];
        at += match;
    }
    return false;
}

/* The bytes come first, and behind them the struct. */
static size_t struct_at(const struct hermetic__image *image) {
    return ((size_t)image->stored + 63) / 64 * 64;
}

static size_t mapping_size(const struct hermetic__image *image) {
    size_t page = hermetic__os_page_size();
    return (struct_at(image) + sizeof(*image) + page - 1) / page * page;
}

const struct hermetic__image *hermetic__image_unpack(const struct hermetic__packed_image *packed) {
    size_t size = mapping_size(&packed->image);
    uint8_t *bytes = hermetic__os_map(size);
    if (!bytes)
        return NULL;
    struct hermetic__image *image = (void *)(bytes + struct_at(&packed->image));
    *image = packed->image;
    image->bytes = bytes;
    if (hermetic__unpack(packed->bytes, packed->size, bytes, image->stored) &&
        hermetic__os_protect(bytes, size, HERMETIC__ACCESS_READ))
        return image;
    hermetic__os_unmap(bytes, size);
    return NULL;
}

void hermetic__image_free(const struct hermetic__image *image) {
    hermetic__os_unmap((uint8_t *)image->bytes, mapping_size(image));
}
