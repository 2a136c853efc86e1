/* src/cbor_check.c: is it one whole value of the subset?
 *
 * Everything that crosses, in either direction, passes here first. No recursion: a fixed stack of one entry a container,
 * HERMETIC__CBOR_DEPTH deep. Besides the form, it demands what every reader on either side relies on: keys of dicts and
 * members of sets are hashable.
 */
#include "cbor.h"
#include "utf8.h"

struct level {
    uint64_t left;     /* items still to come; keys and values of a dict count one each */
    bool dict;         /* keys come at even numbers left */
    bool all_hashable; /* inside a key or a set: everything must be hashable */
};

/* The commonest items, without going through hermetic_item. False: leave it to the reader. */
static bool skip_small(const uint8_t **cursor, const uint8_t *end)
{
    const uint8_t *p = *cursor;
    if (p == end)
        return false;
    uint8_t first = *p;
    if (first < 0x18 || (first >= 0x20 && first < 0x38) || (first >= 0xf4 && first <= 0xf6)) {
        *cursor = p + 1;
        return true;
    }
    if (first >= 0x60 && first < 0x78) {
        size_t len = first - 0x60u;
        if ((size_t)(end - p - 1) < len || !hermetic__utf8_valid(p + 1, len))
            return false;
        *cursor = p + 1 + len;
        return true;
    }
    if (first == 0xfb && end - p >= 9) {
        *cursor = p + 9;
        return true;
    }
    return false;
}

/* The head of a short list, likewise. */
static bool open_small(const uint8_t **cursor, const uint8_t *end, hermetic_item *list)
{
    const uint8_t *p = *cursor;
    if (p == end || *p < 0x80 || *p > 0x97 || *p - 0x80 > end - p - 1)
        return false;
    list->kind = HERMETIC_LIST;
    list->count = *p - 0x80u;
    *cursor = p + 1;
    return true;
}

int hermetic__cbor_check_item(const uint8_t **cursor, const uint8_t *end)
{
    struct level stack[HERMETIC__CBOR_DEPTH];
    int depth = 0;
    const uint8_t *p = *cursor;
    for (;;) {
        bool hashable = false;
        if (depth) {
            struct level *top = &stack[depth - 1];
            hashable = top->all_hashable || (top->dict && top->left % 2 == 0);
            top->left--;
        }
        if (!skip_small(&p, end)) {
            hermetic_item item;
            if (!open_small(&p, end, &item) && (hermetic_decode(&p, end, &item) < 0 || item.kind == HERMETIC_END))
                return HERMETIC_E_CBOR;
            switch (item.kind) {
            case HERMETIC_LIST:
            case HERMETIC_DICT:
            case HERMETIC_SET:
                if (hashable)
                    return HERMETIC_E_CBOR;
                /* fall through */
            case HERMETIC_TUPLE:
            case HERMETIC_FROZENSET:
                if (depth == HERMETIC__CBOR_DEPTH)
                    return HERMETIC_E_CBOR;
                stack[depth++] = (struct level){
                    .left = item.kind == HERMETIC_DICT ? 2 * (uint64_t)item.count : item.count,
                    .dict = item.kind == HERMETIC_DICT,
                    .all_hashable = hashable || item.kind == HERMETIC_SET || item.kind == HERMETIC_FROZENSET,
                };
                break;
            default: break;
            }
        }
        while (depth && stack[depth - 1].left == 0)
            depth--;
        if (!depth)
            break;
    }
    *cursor = p;
    return 0;
}

int hermetic_skip(const uint8_t **cursor, const uint8_t *end)
{
    return hermetic__cbor_check_item(cursor, end);
}

int hermetic_validate(const void *data, size_t len)
{
    if (!data || !len)
        return HERMETIC_E_CBOR;
    const uint8_t *p = data, *end = p + len;
    return hermetic__cbor_check_item(&p, end) < 0 || p != end ? HERMETIC_E_CBOR : 0;
}
