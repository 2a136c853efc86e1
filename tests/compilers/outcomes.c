/* Runs programs, each in a fresh sandbox in deterministic mode, and prints what each came to: status, fuel, memory, and a
 * digest of all that it wrote, returned or raised. Two builds of the library must print the same.
 *
 *     outcomes guard|bounds FILE...
 */
#include <hermetic.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t digest; /* FNV-1a */

static void add(const void *bytes, size_t len)
{
    const uint8_t *p = bytes;
    for (size_t i = 0; i < len; i++)
        digest = (digest ^ p[i]) * UINT64_C(0x100000001b3);
    digest = (digest ^ 0x100 ^ len) * UINT64_C(0x100000001b3); /* where one part ends */
}

static void add_bytes(hermetic_bytes bytes)
{
    add(bytes.data, bytes.len);
}

static char *read_file(const char *name, size_t *len)
{
    FILE *file = fopen(name, "rb");
    char *text = malloc(1 << 20);
    if (!file || !text) {
        perror(name);
        exit(1);
    }
    *len = fread(text, 1, 1 << 20, file);
    fclose(file);
    return text;
}

int main(int argc, char **argv)
{
    hermetic_options o = HERMETIC_OPTIONS_INIT;
    hermetic_sandbox *sb;
    if (argc < 2 || (strcmp(argv[1], "guard") != 0 && strcmp(argv[1], "bounds") != 0)) {
        fprintf(stderr, "usage: outcomes guard|bounds FILE...\n");
        return 2;
    }
    o.backend = strcmp(argv[1], "guard") == 0 ? HERMETIC_BACKEND_GUARD : HERMETIC_BACKEND_BOUNDS;
    o.fuel = 1000000000;
    o.wall = UINT64_C(600000000000);
    o.memory = 16 << 20;
    o.output = 16 << 20;
    o.stack = 64 << 20; /* frames differ from compiler to compiler: the guest's own limit must come first */
    o.flags = HERMETIC_HAS_SEED;
    o.clock = HERMETIC_CLOCK_VIRTUAL;
    if (hermetic_create(&o, &sb) < 0) {
        fprintf(stderr, "outcomes: %s\n", hermetic_last_create_error());
        return 1;
    }
    for (int i = 2; i < argc; i++) {
        size_t len;
        char *code = read_file(argv[i], &len);
        int status = hermetic_start(sb, code, len, NULL);
        hermetic_failure failure = hermetic_failure_of(sb);
        hermetic_usage usage = hermetic_usage_of(sb);
        free(code);
        digest = UINT64_C(0xcbf29ce484222325);
        add_bytes(hermetic_output(sb, 1));
        add_bytes(hermetic_output(sb, 2));
        add_bytes(hermetic_result(sb));
        add_bytes(failure.type);
        if (hermetic_error_class_of(status) != HERMETIC_CLASS_LIMIT)
            add_bytes(failure.message);
        add_bytes(failure.traceback);
        printf("%s %s fuel %llu memory %llu digest %016llx\n", argv[i], hermetic_error_name(status),
               (unsigned long long)usage.fuel, (unsigned long long)usage.memory, (unsigned long long)digest);
        fflush(stdout);
        if (hermetic_reset(sb) < 0)
            return 1;
    }
    hermetic_destroy(sb);
    return 0;
}
