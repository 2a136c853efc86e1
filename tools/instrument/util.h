/* Errors, memory and bytes for the instrumentation tool.
 *
 * The tool is a short-lived build program: whatever it cannot go on after (malformed input, no memory) ends it through
 * fail(), which names the cause and exits with status 1. Memory comes from arenas, so that nothing is freed by hand. */
#ifndef INSTRUMENT_UTIL_H
#define INSTRUMENT_UTIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define PRINTF_LIKE(fmt, args)
#endif

/* Prints `instrument: ` and the message to stderr, then exits with status 1. */
_Noreturn void fail(const char *fmt, ...) PRINTF_LIKE(1, 2);

/* An arena hands out zeroed memory until it is reset. All of it is given back at once. */
typedef struct ArenaChunk ArenaChunk;
typedef struct {
    ArenaChunk *chunks;
} Arena;

void *arena_alloc(Arena *arena, size_t count, size_t size);
void arena_reset(Arena *arena);
#define NEW_ARRAY(arena, type, count) ((type *)arena_alloc((arena), (count), sizeof(type)))

/* Grows an arena array so that it can hold `need` items, keeping the first `used`. Returns the (new) array. */
void *arena_grow(Arena *arena, void *old, size_t used, size_t need, size_t *capacity, size_t size);

/* A growing byte string; bytes_free gives it back. */
typedef struct {
    uint8_t *data;
    size_t size, capacity;
} Bytes;

void bytes_put(Bytes *b, const void *data, size_t size);
void bytes_u8(Bytes *b, uint8_t value);
void bytes_u32(Bytes *b, uint32_t value);  /* LEB128 */
void bytes_s64(Bytes *b, int64_t value);   /* LEB128 */
void bytes_free(Bytes *b);

/* Bit sets are plain arrays of words. */
typedef uint64_t Word;
#define WORDS(bits) (((size_t)(bits) + 63) / 64)
static inline bool bit_get(const Word *set, size_t i) { return set[i / 64] >> (i % 64) & 1; }
static inline void bit_set(Word *set, size_t i) { set[i / 64] |= (Word)1 << (i % 64); }
static inline void bit_clear(Word *set, size_t i) { set[i / 64] &= ~((Word)1 << (i % 64)); }

/* Files. file_read returns malloc memory. */
Bytes file_read(const char *path);
void file_write(const char *path, const Bytes *bytes);

#endif
