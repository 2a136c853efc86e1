/* tests/fuzz/driver.c: runs a fuzz target without libFuzzer: on the files that are named, and on so many inputs made from
 * a number (mutations of a few built-in ones). `make fuzz` links the target with libFuzzer instead of this file.
 *
 *     target FILE...          target -n COUNT [-s NUMBER]          target -w FOLDER (writes the built-in ones)
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* A target may give inputs to start from: number `i`, or 0 when there is none. */
size_t fuzz_seed(unsigned i, uint8_t *to, size_t room);

static uint32_t state = 1;

static uint32_t any(uint32_t below)
{
    state = state * 1664525 + 1013904223;
    return (uint32_t)((uint64_t)(state >> 1) * below >> 31);
}

static size_t mutate(uint8_t *data, size_t len, size_t room)
{
    bool same_length = any(4) != 0; /* formats with lengths inside rarely survive a change of their own */
    for (uint32_t n = 1 + any(8); n; n--) {
        size_t at = len ? any((uint32_t)len) : 0;
        switch (any(same_length ? 3 : 6)) {
        case 0: if (len) data[at] ^= (uint8_t)(1 << any(8)); break;
        case 1: if (len) data[at] = (uint8_t)any(256); break;
        case 2: if (len) data[at] = (uint8_t)"\0\xff\x7f\x80\x1b\x9b"[any(6)]; break;
        case 3: len = at; break; /* cut */
        case 4: /* double a part */
            if (len && len + (len - at) <= room) {
                memmove(data + len, data + at, len - at);
                len += len - at;
            }
            break;
        default: /* drop a byte */
            if (len) {
                memmove(data + at, data + at + 1, len - at - 1);
                len--;
            }
        }
    }
    return len;
}

static int run_file(const char *name)
{
    static uint8_t data[1 << 20];
    FILE *file = fopen(name, "rb");
    if (!file) {
        perror(name);
        return 1;
    }
    size_t len = fread(data, 1, sizeof(data), file);
    fclose(file);
    uint8_t *exact = malloc(len ? len : 1);
    memcpy(exact, data, len);
    LLVMFuzzerTestOneInput(exact, len);
    free(exact);
    return 0;
}

static int write_seeds(const char *folder)
{
    static uint8_t data[1 << 16];
    char name[4096];
    size_t len;
    for (unsigned i = 0; (len = fuzz_seed(i, data, sizeof(data))) != 0; i++) {
        snprintf(name, sizeof(name), "%s/seed-%u", folder, i);
        FILE *file = fopen(name, "wb");
        if (!file || fwrite(data, 1, len, file) != len || fclose(file) != 0) {
            perror(name);
            return 1;
        }
    }
    return 0;
}

int main(int argc, char **argv)
{
    static uint8_t data[1 << 16];
    unsigned long count = 0;
    int failed = 0;
    unsigned seeds = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-n") == 0 && i + 1 < argc)
            count = strtoul(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "-s") == 0 && i + 1 < argc)
            state = (uint32_t)strtoul(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "-w") == 0 && i + 1 < argc)
            return write_seeds(argv[++i]);
        else
            failed |= run_file(argv[i]);
    }
    while (fuzz_seed(seeds, data, sizeof(data) / 2))
        seeds++;
    for (unsigned long i = 0; i < count; i++) {
        size_t len = seeds ? fuzz_seed(any(seeds), data, sizeof(data) / 2) : any(200);
        len = mutate(data, len, sizeof(data));
        uint8_t *exact = malloc(len ? len : 1); /* so that a sanitizer sees any read past the end */
        memcpy(exact, data, len);
        LLVMFuzzerTestOneInput(exact, len);
        free(exact);
    }
    return failed;
}
