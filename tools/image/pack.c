/* tools/image/pack.c: packs a file as one block of the LZ4 format, for rt/unpack.c.
 *
 *     pack FILE PACKED
 *
 * The same bytes on every machine: the compressor is LZ4's own, pinned, at its highest level.
 */
#include <lz4hc.h>

#include <stdio.h>
#include <stdlib.h>

static char *read_all(const char *path, int *size)
{
    FILE *file = fopen(path, "rb");
    long length;
    char *bytes;
    if (!file || fseek(file, 0, SEEK_END) != 0 || (length = ftell(file)) < 0 || length > LZ4_MAX_INPUT_SIZE ||
        fseek(file, 0, SEEK_SET) != 0)
        return NULL;
    bytes = malloc((size_t)length + 1);
    if (bytes && fread(bytes, 1, (size_t)length, file) != (size_t)length) {
        free(bytes);
        bytes = NULL;
    }
    fclose(file);
    *size = (int)length;
    return bytes;
}

int main(int argc, char **argv)
{
    int size = 0, most, packed_size;
    char *bytes, *packed;
    FILE *file;
    if (argc != 3 || !(bytes = read_all(argv[1], &size)))
        return fprintf(stderr, "pack: cannot read %s\n", argc == 3 ? argv[1] : "FILE"), 1;
    most = LZ4_compressBound(size);
    packed = malloc((size_t)most);
    packed_size = packed ? LZ4_compress_HC(bytes, packed, size, most, LZ4HC_CLEVEL_MAX) : 0;
    file = packed_size > 0 ? fopen(argv[2], "wb") : NULL;
    if (!file || fwrite(packed, 1, (size_t)packed_size, file) != (size_t)packed_size || fclose(file) != 0)
        return fprintf(stderr, "pack: cannot write %s\n", argv[2]), 1;
    free(packed);
    free(bytes);
    return 0;
}
