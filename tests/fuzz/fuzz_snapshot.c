/* Snapshots: whatever restore is given, it refuses or makes a sandbox that can be run, reset and saved. The header and the
 * checksum are put right first, so that mutations get past them. */
#include <hermetic.h>

#include <stdlib.h>
#include <string.h>

#include "../../src/blake2b.h"
#include "../../src/bytes.h"
#include "../../src/sandbox.h"

#define HEADER 56

static const hermetic_options *options(void)
{
    static hermetic_options o = HERMETIC_OPTIONS_INIT;
    o.fuel = 3000000;
    o.wall = 1000000000;
    o.memory = 8 << 20;
    o.output = 10000;
    o.flags = HERMETIC_JOURNAL | HERMETIC_INPUT_EVENTS;
    return &o;
}

static int start(hermetic_sandbox *sb, const char *code)
{
    hermetic_run_options run = HERMETIC_RUN_OPTIONS_INIT;
    run.functions = (hermetic_bytes){(const uint8_t *)"\x81\x61" "f", 3};
    return hermetic_start(sb, code, strlen(code), &run);
}

size_t fuzz_seed(unsigned i, uint8_t *to, size_t room)
{
    static uint8_t *seeds[2];
    static size_t lens[2];
    if (i > 1)
        return 0;
    if (!seeds[i]) {
        hermetic_sandbox *sb;
        if (hermetic_create(options(), &sb) < 0)
            abort();
        start(sb, "x = [1, 2, 3]");
        if (i == 1 && (start(sb, "y = f(1) + f(2)") != HERMETIC_CALL || hermetic_reply(sb, "\x05", 1) < 0 ||
                       hermetic_resume(sb) != HERMETIC_CALL))
            abort();
        if (hermetic_snapshot(sb, NULL, &seeds[i], &lens[i]) < 0)
            abort();
        hermetic_destroy(sb);
    }
    if (lens[i] > room)
        return 0;
    memcpy(to, seeds[i], lens[i]);
    return lens[i];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    hermetic_sandbox *sb;
    int status;
    if (len < HEADER + HERMETIC__DIGEST || len > 1 << 20)
        return 0;
    uint8_t *bytes = malloc(len);
    memcpy(bytes, data, len);
    memcpy(bytes, "hermetic\1\0\0", 12);
    bytes[12] = data[12] & 2; /* waiting or not */
    bytes[13] = bytes[14] = bytes[15] = 0;
    memcpy(bytes + 16, hermetic__packed_image.image.hash, 32);
    hermetic__store64(bytes + HEADER - 8, len);
    hermetic__blake2b(NULL, bytes, len - HERMETIC__DIGEST, bytes + len - HERMETIC__DIGEST);
    if (hermetic_restore(options(), NULL, bytes, len, &sb, &status) < 0) {
        if (sb)
            abort();
    } else {
        uint8_t *again;
        size_t again_len;
        for (int i = 0; status > 0 && i < 100; i++) {
            if (hermetic_reply(sb, "\x61x", 2) < 0)
                abort();
            status = hermetic_resume(sb);
        }
        if (status > 0)
            hermetic_abandon(sb);
        status = start(sb, "print(sum(range(10)))\n[x]");
        if (status > 0)
            hermetic_abandon(sb);
        if (hermetic_snapshot(sb, NULL, &again, &again_len) == 0)
            hermetic_free(again);
        if (hermetic_reset(sb) < 0 || start(sb, "6 * 7") != HERMETIC_DONE)
            abort();
        hermetic_destroy(sb);
    }
    free(bytes);
    return 0;
}
