/* CBOR: reader, checker and skipper agree on every input, read nothing past its end, and what passes can be written
 * again item by item. */
#include <hermetic.h>

#include <stdlib.h>
#include <string.h>

size_t fuzz_seed(unsigned i, uint8_t *to, size_t room)
{
    static const char seed[] = "\x8c\xf6\xf4\xfb\x3f\xf8\x00\x00\x00\x00\x00\x00\x62\xc3\xa9\x42\x00\xff\xd9\x9c\x40\x81"
                               "\xf6\xa1\x00\x80\xd9\x9c\x41\xd9\x01\x02\x81\x01\xc2\x49\x01\x00\x00\x00\x00\x00\x00\x00"
                               "\x00\xd9\x03\xec\x6a" "2024-02-29\xd9\x03\xea\xa2\x01\x20\x25\x05\xc4\x82\x21\x19\x01\x3b";
    if (i || room < sizeof(seed))
        return 0;
    memcpy(to, seed, sizeof(seed) - 1);
    return sizeof(seed) - 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    const uint8_t *end = data + len, *p = data, *before;
    hermetic_item item;
    int valid = hermetic_validate(data, len), skipped = hermetic_skip(&p, end);
    if ((valid == 0) != (skipped == 0 && p == end))
        abort();
    if (skipped < 0 && p != data)
        abort();
    p = data;
    do {
        before = p;
        int status = hermetic_decode(&p, end, &item);
        if (status < 0 && (p != before || valid == 0))
            abort();
        if (status < 0)
            break;
        if (p < before || p > end || item.count > (size_t)(end - p))
            abort();
        if (item.bytes.len && (item.bytes.data < data || item.bytes.data + item.bytes.len > end))
            abort();
    } while (item.kind != HERMETIC_END);
    return 0;
}
