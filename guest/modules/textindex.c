// See textindex.h. The one text that is remembered is a root, and stays until another takes its place.

#include <string.h>

#include "py/mpstate.h"
#include "py/runtime.h"
#include "textindex.h"

#define SHORT 256 // counted anew each time

typedef struct _place_t {
    mp_obj_t text;
    size_t offset;
    size_t index;
} place_t;

MP_REGISTER_ROOT_POINTER(void *text_index_place);

size_t text_count(const byte *data, size_t n) {
    const uint64_t lanes = 0x0101010101010101;
    size_t count = n;
    for (; n >= 8; n -= 8, data += 8) {
        uint64_t w;
        memcpy(&w, data, sizeof(w));
        count -= __builtin_popcountll(w >> 7 & ~(w >> 6) & lanes); // bytes that continue a character
    }
    for (; n > 0; n--) {
        count -= (*data++ & 0xc0) == 0x80;
    }
    return count;
}

static place_t *place_in(mp_obj_t text) {
    place_t *place = MP_STATE_VM(text_index_place);
    if (place == NULL) {
        place = m_new0(place_t, 1);
        MP_STATE_VM(text_index_place) = place;
    }
    if (place->text != text) {
        place->text = text;
        place->offset = place->index = 0;
    }
    return place;
}

mp_int_t text_index(mp_obj_t text, bool is_str, const byte *data, size_t offset) {
    if (!is_str) {
        return offset;
    }
    if (offset < SHORT) {
        return text_count(data, offset);
    }
    place_t *place = place_in(text);
    if (offset >= place->offset) {
        place->index += text_count(data + place->offset, offset - place->offset);
    } else if (offset > place->offset / 2) {
        place->index -= text_count(data + offset, place->offset - offset);
    } else {
        place->index = text_count(data, offset);
    }
    place->offset = offset;
    return place->index;
}

// From `offset`, `n` characters on, `length` at most.
static size_t forward(const byte *data, size_t offset, size_t length, size_t *n) {
    while (*n >= 8 && offset + 8 <= length) {
        size_t count = text_count(data + offset, 8);
        offset += 8;
        *n -= count;
    }
    // At the start of a character, but for the last that began before.
    while (offset < length && (data[offset] & 0xc0) == 0x80) {
        offset++;
    }
    while (*n > 0 && offset < length) {
        offset++;
        while (offset < length && (data[offset] & 0xc0) == 0x80) {
            offset++;
        }
        --*n;
    }
    return offset;
}

size_t text_offset(mp_obj_t text, bool is_str, const byte *data, size_t length, mp_int_t index, mp_int_t *reached) {
    size_t want = MIN(index, (mp_int_t)length), left = want;
    if (!is_str) {
        *reached = want;
        return want;
    }
    size_t offset;
    if (want < SHORT) {
        offset = forward(data, 0, length, &left);
    } else {
        place_t *place = place_in(text);
        if (want < place->index || place->offset > length) {
            place->offset = place->index = 0;
        }
        left = want - place->index;
        offset = forward(data, place->offset, length, &left);
        place->offset = offset;
        place->index = want - left;
    }
    *reached = want - left;
    return offset;
}

size_t text_encode(uint32_t c, byte *out) {
    if (c < 0x80) {
        out[0] = c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = 0xc0 | c >> 6;
        out[1] = 0x80 | (c & 0x3f);
        return 2;
    }
    if (c < 0x10000) {
        out[0] = 0xe0 | c >> 12;
        out[1] = 0x80 | (c >> 6 & 0x3f);
        out[2] = 0x80 | (c & 0x3f);
        return 3;
    }
    out[0] = 0xf0 | c >> 18;
    out[1] = 0x80 | (c >> 12 & 0x3f);
    out[2] = 0x80 | (c >> 6 & 0x3f);
    out[3] = 0x80 | (c & 0x3f);
    return 4;
}
