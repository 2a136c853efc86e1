/* A packed block gives its bytes, and one that is not whole gives an error and writes nowhere else. */
#include "machine.h"

#include <stdlib.h>
#include <string.h>

/* "abcdefgh", a match of 4 + 15 + 255 + 0 bytes that reaches into itself, and five literals. */
static const uint8_t block[] = {0x8f, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 8, 0, 255, 0, 0x50, 'v', 'w', 'x', 'y', 'z'};
enum { UNPACKED = 8 + 274 + 5 };

/* Each in memory of its own size, so that AddressSanitizer and Valgrind see a byte too far. */
static bool unpack(const uint8_t *bytes, size_t size, size_t room, uint8_t *copy) {
    uint8_t *from = malloc(size + !size), *to = malloc(room + !room);
    CHECK_EQ(from && to, 1);
    memcpy(from, bytes, size);
    bool done = hermetic__unpack(from, size, to, room);
    if (copy && done)
        memcpy(copy, to, room);
    free(from);
    free(to);
    return done;
}

static void whole(void) {
    uint8_t to[UNPACKED];
    CHECK_EQ(unpack(block, sizeof(block), UNPACKED, to), 1);
    for (int i = 0; i < 8 + 274; i++)
        CHECK_EQ(to[i], 'a' + i % 8);
    CHECK_EQ(memcmp(to + 8 + 274, "vwxyz", 5), 0);
}

static void not_whole(void) {
    for (size_t size = 0; size < sizeof(block); size++)
        CHECK_EQ(unpack(block, size, UNPACKED, NULL), 0);
    CHECK_EQ(unpack(block, sizeof(block), UNPACKED - 1, NULL), 0);
    CHECK_EQ(unpack(block, sizeof(block), UNPACKED + 1, NULL), 0);
    CHECK_EQ(unpack(block, sizeof(block), 0, NULL), 0);
    for (size_t at = 0; at < sizeof(block); at++)
        for (int byte = 0; byte < 256; byte++) {
            uint8_t other[sizeof(block)];
            memcpy(other, block, sizeof(block));
            other[at] = (uint8_t)byte;
            unpack(other, sizeof(other), UNPACKED, NULL); /* must only stay inside */
        }
}

static void as_an_image(void) {
    struct hermetic__packed_image packed = {
        .bytes = block, .size = sizeof(block), .image = {.start = 4096, .stored = UNPACKED, .size = 65536}};
    const struct hermetic__image *image = hermetic__image_unpack(&packed);
    CHECK_EQ(image != NULL, 1);
    CHECK_EQ(image->start, 4096);
    CHECK_EQ(image->bytes[0], 'a');
    CHECK_EQ(image->bytes[UNPACKED - 1], 'z');
    hermetic__image_free(image);
    packed.size--;
    CHECK_EQ(hermetic__image_unpack(&packed) == NULL, 1);
}

int main(void) {
    whole();
    not_whole();
    as_an_image();
    return 0;
}
