/* See util.h. */
#include "util.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fail(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    fputs("instrument: ", stderr);
    vfprintf(stderr, fmt, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

struct ArenaChunk {
    ArenaChunk *next;
    size_t used, size;
};

/* Built with -DARENA_CHUNK=0, each allocation is one of malloc's: then sanitizers see what goes beyond its end. */
#ifndef ARENA_CHUNK
#define ARENA_CHUNK (1 << 16)
#endif
enum { CHUNK_MIN = ARENA_CHUNK, ARENA_ALIGN = 16 };
#define CHUNK_HEAD ((sizeof(ArenaChunk) + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN)

void *arena_alloc(Arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > (SIZE_MAX / 4) / size)
        fail("out of memory (%zu items of %zu bytes)", count, size);
    size_t bytes = (count * size + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
    ArenaChunk *chunk = arena->chunks;
    if (chunk == NULL || chunk->size - chunk->used < bytes) {
        size_t room = bytes > CHUNK_MIN ? bytes : CHUNK_MIN;
        chunk = malloc(CHUNK_HEAD + room);
        if (chunk == NULL)
            fail("out of memory (%zu bytes)", room);
        chunk->size = room;
        chunk->used = 0;
        chunk->next = arena->chunks;
        arena->chunks = chunk;
    }
    void *p = (uint8_t *)chunk + CHUNK_HEAD + chunk->used;
    chunk->used += bytes;
    memset(p, 0, bytes);
    return p;
}

void arena_reset(Arena *arena)
{
    for (ArenaChunk *chunk = arena->chunks, *next; chunk != NULL; chunk = next) {
        next = chunk->next;
        free(chunk);
    }
    arena->chunks = NULL;
}

void *arena_grow(Arena *arena, void *old, size_t used, size_t need, size_t *capacity, size_t size)
{
    if (need <= *capacity)
        return old;
    size_t grown = *capacity < 8 ? 16 : *capacity * 2;
    if (grown < need)
        grown = need;
    void *p = arena_alloc(arena, grown, size);
    if (used != 0)
        memcpy(p, old, used * size);
    *capacity = grown;
    return p;
}

void bytes_put(Bytes *b, const void *data, size_t size)
{
    if (size > b->capacity - b->size) {
        size_t grown = (b->size + size) * 2 + 64;
        uint8_t *p = grown > size ? realloc(b->data, grown) : NULL;
        if (p == NULL)
            fail("out of memory (%zu bytes)", grown);
        b->data = p;
        b->capacity = grown;
    }
    if (size != 0)
        memcpy(b->data + b->size, data, size);
    b->size += size;
}

void bytes_u8(Bytes *b, uint8_t value)
{
    bytes_put(b, &value, 1);
}

void bytes_u32(Bytes *b, uint32_t value)
{
    do {
        uint8_t byte = value & 0x7f;
        value >>= 7;
        bytes_u8(b, value != 0 ? byte | 0x80 : byte);
    } while (value != 0);
}

void bytes_s64(Bytes *b, int64_t value)
{
    for (;;) {
        uint8_t byte = (uint8_t)(value & 0x7f);
        /* Arithmetic shift spelled out: C leaves >> of a negative value to the compiler. */
        value = value < 0 ? ~(~value >> 7) : value >> 7;
        if ((value == 0 && !(byte & 0x40)) || (value == -1 && (byte & 0x40))) {
            bytes_u8(b, byte);
            return;
        }
        bytes_u8(b, byte | 0x80);
    }
}

void bytes_free(Bytes *b)
{
    free(b->data);
    *b = (Bytes){0};
}

Bytes file_read(const char *path)
{
    Bytes b = {0};
    uint8_t block[1 << 14];
    size_t n;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail("cannot open %s", path);
    while ((n = fread(block, 1, sizeof block, file)) != 0)
        bytes_put(&b, block, n);
    if (ferror(file))
        fail("cannot read %s", path);
    fclose(file);
    return b;
}

void file_write(const char *path, const Bytes *bytes)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        fail("cannot create %s", path);
    bool written = bytes->size == 0 || fwrite(bytes->data, bytes->size, 1, file) == 1;
    if (fclose(file) != 0 || !written)
        fail("cannot write %s", path);
}
