/* Options: any bytes as a struct are refused or lie within all ranges afterwards. */
#include "../../src/options.h"

#include <stdlib.h>
#include <string.h>

size_t fuzz_seed(unsigned i, uint8_t *to, size_t room)
{
    hermetic_options o = HERMETIC_OPTIONS_INIT;
    if (i || room < sizeof(o))
        return 0;
    memcpy(to, &o, sizeof(o));
    return sizeof(o);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    char message[HERMETIC__MESSAGE_MAX] = "";
    hermetic_options in, out;
    if (len < sizeof(in))
        return 0;
    memcpy(&in, data, sizeof(in));
    in.size = sizeof(in);
    int status = hermetic__options_read(&in, 1 << 20, &out, message);
    if (status < 0) {
        if (status != HERMETIC_E_INVALID || !*message || strlen(message) >= sizeof(message))
            abort();
        return 0;
    }
    const uint64_t largest = UINT64_C(1) << 62;
    if (!out.fuel || out.fuel > largest || !out.wall || out.wall > largest || out.memory < 1 << 20 ||
        out.memory > UINT64_C(0xffff0000) || !out.output || out.output > 1 << 30 || out.value < 1024 ||
        out.value > 1 << 30 || !out.calls || out.calls > largest || out.stack < 256 * 1024 || out.stack > 64u << 20)
        abort();
    return 0;
}
