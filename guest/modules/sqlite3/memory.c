// What SQLite asks of its system: memory, which is the guest's heap, and files, of which there are none; and the records
// of what Python holds. See sqlite.h.
//
// Nothing here raises but sqlite_start() and record_add(): SQLite's frames may be below.

#include <string.h>

#include "py/gc.h"
#include "py/runtime.h"
#include "gcowned.h"
#include "host.h"
#include "modules/weakref.h"
#include "sqlite3/sqlite.h"

// ---- memory ----

// SQLite frees much of what it takes at once. The collector finds free blocks only in its way through the heap, so some are
// kept here for the next that wants this size.
#define LARGEST 8192
#define KEPT_MOST (256 * 1024)

typedef struct _free_block_t {
    struct _free_block_t *next;
} free_block_t;

static free_block_t *free_blocks[LARGEST / MICROPY_BYTES_PER_GC_BLOCK + 1]; // by size
static size_t free_bytes;

static size_t class_of_size(size_t size) {
    return (size + MICROPY_BYTES_PER_GC_BLOCK - 1) / MICROPY_BYTES_PER_GC_BLOCK;
}

static void give_all(void) {
    for (size_t class = 0; class < MP_ARRAY_SIZE(free_blocks); class++) {
        for (free_block_t *block; (block = free_blocks[class]) != NULL;) {
            free_blocks[class] = block->next;
            gc_free(block);
        }
    }
    free_bytes = 0;
}

static void *memory_take(int size) {
    size_t class = class_of_size(size);
    if (class < MP_ARRAY_SIZE(free_blocks) && free_blocks[class] != NULL) {
        free_block_t *block = free_blocks[class];
        free_blocks[class] = block->next;
        free_bytes -= class * MICROPY_BYTES_PER_GC_BLOCK;
        return block;
    }
    void *block = gc_alloc(size, GC_ALLOC_FLAG_KEPT);
    if (block == NULL && free_bytes > 0) {
        give_all();
        block = gc_alloc(size, GC_ALLOC_FLAG_KEPT);
    }
    return block;
}

static void memory_give(void *block) {
    if (block == NULL) {
        return;
    }
    size_t size = gc_nbytes(block);
    if (size > LARGEST || free_bytes + size > KEPT_MOST) {
        gc_free(block);
        return;
    }
    free_block_t *free_block = block;
    size_t class = class_of_size(size);
    free_block->next = free_blocks[class];
    free_blocks[class] = free_block;
    free_bytes += size;
}

static void *memory_resize(void *block, int size) {
    size_t before = gc_nbytes(block);
    if ((size_t)size <= before && (size_t)size > before / 2) {
        return block;
    }
    if (size > LARGEST) {
        void *moved = gc_realloc(block, size, true);
        if (moved != NULL || free_bytes == 0) {
            return moved;
        }
        give_all();
        return gc_realloc(block, size, true);
    }
    void *moved = memory_take(size);
    if (moved != NULL) {
        memcpy(moved, block, MIN((size_t)size, before));
        memory_give(block);
    }
    return moved;
}

static int memory_size(void *block) {
    return block == NULL ? 0 : gc_nbytes(block);
}

static int memory_round(int size) {
    return (size + MICROPY_BYTES_PER_GC_BLOCK - 1) & -MICROPY_BYTES_PER_GC_BLOCK;
}

static int memory_init(void *unused) {
    (void)unused;
    return SQLITE_OK;
}

static void memory_end(void *unused) {
    (void)unused;
}

// ---- files ----

static int no_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
    (void)vfs;
    (void)name;
    (void)flags;
    (void)out;
    file->pMethods = NULL;
    return SQLITE_CANTOPEN;
}

static int no_delete(sqlite3_vfs *vfs, const char *name, int sync) {
    (void)vfs;
    (void)name;
    (void)sync;
    return SQLITE_IOERR_DELETE_NOENT;
}

static int no_access(sqlite3_vfs *vfs, const char *name, int flags, int *found) {
    (void)vfs;
    (void)name;
    (void)flags;
    *found = 0;
    return SQLITE_OK;
}

static int same_path(sqlite3_vfs *vfs, const char *name, int size, char *out) {
    (void)vfs;
    size_t length = strlen(name);
    if (length >= (size_t)size) {
        return SQLITE_CANTOPEN;
    }
    memcpy(out, name, length + 1);
    return SQLITE_OK;
}

static int randomness(sqlite3_vfs *vfs, int size, char *out) {
    (void)vfs;
    int done = 0;
    while (done < size && host_entropy((byte *)out + done, MIN(size - done, HOST_ENTROPY_MOST))) {
        done += MIN(size - done, HOST_ENTROPY_MOST);
    }
    return done;
}

static int no_sleep(sqlite3_vfs *vfs, int microseconds) {
    (void)vfs;
    return microseconds;
}

#define JULIAN_1970 210866760000000 // in milliseconds

static int current_time(sqlite3_vfs *vfs, sqlite3_int64 *milliseconds) {
    (void)vfs;
    int64_t now = host_clock(0);
    *milliseconds = now / 1000000 + JULIAN_1970;
    return now < 0 ? SQLITE_ERROR : SQLITE_OK;
}

static int last_error(sqlite3_vfs *vfs, int size, char *out) {
    (void)vfs;
    (void)size;
    (void)out;
    return 0;
}

static sqlite3_vfs no_files = {
    .iVersion = 2,
    .szOsFile = sizeof(sqlite3_file),
    .mxPathname = 512,
    .zName = "none",
    .xOpen = no_open,
    .xDelete = no_delete,
    .xAccess = no_access,
    .xFullPathname = same_path,
    .xRandomness = randomness,
    .xSleep = no_sleep,
    .xGetLastError = last_error,
    .xCurrentTimeInt64 = current_time,
};

int sqlite3_os_init(void) {
    return sqlite3_vfs_register(&no_files, true);
}

int sqlite3_os_end(void) {
    return SQLITE_OK;
}

void sqlite_start(void) {
    static const sqlite3_mem_methods methods = {
        memory_take, memory_give, memory_resize, memory_size, memory_round, memory_init, memory_end, NULL,
    };
    static bool started;
    if (started) {
        return;
    }
    sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
    if (sqlite3_initialize() != SQLITE_OK) {
        mp_raise_type(&mp_type_MemoryError);
    }
    started = true;
}

// ---- records ----

#define NOBODY (~(uintptr_t)0)

static record_t *records;
static size_t dead;
bool records_reaping;

static void close_handle(record_kind_t kind, void *handle) {
    switch (kind) {
        case RECORD_DATABASE:
            sqlite3_close_v2(handle);
            break;
        case RECORD_STATEMENT:
            sqlite3_finalize(handle);
            break;
        case RECORD_BLOB:
            sqlite3_blob_close(handle);
            break;
        case RECORD_BACKUP:
            sqlite3_backup_finish(handle);
            break;
    }
}

void record_add(void *owner, record_kind_t kind, sqlite3 *db, void *handle) {
    record_t *record = sqlite3_malloc(sizeof(record_t));
    if (record == NULL) {
        close_handle(kind, handle);
        mp_raise_type(&mp_type_MemoryError);
    }
    *record = (record_t) { .next = records, .owner = ~(uintptr_t)owner, .kind = kind, .db = db, .handle = handle };
    if (records != NULL) {
        records->previous = record;
    }
    records = record;
    ((owner_t *)owner)->record = record;
}

void record_close(record_t *record) {
    if (record->previous == NULL) {
        records = record->next;
    } else {
        record->previous->next = record->next;
    }
    if (record->next != NULL) {
        record->next->previous = record->previous;
    }
    if (record->owner != NOBODY) {
        ((owner_t *)~record->owner)->record = NULL;
    }
    bool database = record->kind == RECORD_DATABASE;
    close_handle(record->kind, record->handle);
    sqlite3_free(record);
    if (database) {
        give_all();
    }
}

void records_close_all(sqlite3 *db) {
    // Closing a statement may end an aggregate, which is code of the program's own: so from the start each time.
    for (record_t *record = records; record != NULL;) {
        if (record->db == db && record->kind != RECORD_DATABASE) {
            record_close(record);
            record = records;
        } else {
            record = record->next;
        }
    }
}

void sqlite_notice_dead(void) {
    for (record_t *record = records; record != NULL; record = record->next) {
        if (record->owner != NOBODY && !gc_is_marked((void *)~record->owner)) {
            record->owner = NOBODY;
            dead++;
        }
    }
}

size_t records_reap(void) {
    if (dead == 0 || records_reaping) {
        return 0;
    }
    size_t count = 0;
    records_reaping = true;
    // Databases last.
    for (int pass = 0; pass < 2; pass++) {
        for (record_t *record = records, *next; record != NULL; record = next) {
            next = record->next;
            if (record->owner == NOBODY && (pass == 1 || record->kind != RECORD_DATABASE)) {
                record_close(record);
                count++;
            }
        }
    }
    dead -= count;
    records_reaping = false;
    return count;
}

size_t records_collect(void) {
    gc_collect();
    return records_reap();
}
