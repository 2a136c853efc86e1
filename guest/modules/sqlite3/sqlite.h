// The module _sqlite3: SQLite in the guest, with databases in memory only. What the files of this folder share.
//
// SQLite's memory lies in the guest's heap, in blocks that are freed by hand (memory.c). What Python holds of it - a
// database, a statement, an open BLOB, a backup - is an object with a record. The record is SQLite's memory too and names
// its object in a form that the collector does not follow: so an object that nobody holds dies, and its record is
// found and closed later (records_reap).
//
// SQLite calls functions of the program's own (callbacks.c). An exception never passes through SQLite's frames: each
// callback runs in try_python() and ends in an error code.
#ifndef HERMETIC_GUEST_SQLITE_H
#define HERMETIC_GUEST_SQLITE_H

#include "py/obj.h"
#include "py/nlr.h"
#include "sqlite3.h"

typedef enum { RECORD_DATABASE, RECORD_STATEMENT, RECORD_BLOB, RECORD_BACKUP } record_kind_t;

typedef struct _record_t {
    struct _record_t *next, *previous;
    uintptr_t owner; // complement of the address of the object; that of NULL when it died
    record_kind_t kind;
    sqlite3 *db;
    void *handle;
} record_t;

// What every object here begins with. No record: closed.
typedef struct _owner_t {
    mp_obj_base_t base;
    record_t *record;
} owner_t;

// A function of the program's own that SQLite knows. SQLite has its address, the database object keeps it alive.
typedef struct _binding_t {
    struct _binding_t *next;
    struct _database_t *database;
    mp_obj_t callable;
} binding_t;

typedef struct _database_t {
    mp_obj_base_t base;
    record_t *record;
    binding_t *bindings; // functions, aggregates and collations
    binding_t *authorizer, *progress, *trace;
    mp_obj_t instances; // list: of the aggregates that are at work, None where there is none
    size_t depth; // calls of SQLite under way, which may call back
    bool closing; // as soon as none is
} database_t;

typedef struct _statement_t {
    mp_obj_base_t base;
    record_t *record;
    database_t *database;
    mp_obj_t sql;
    bool dml; // INSERT, UPDATE, DELETE or REPLACE, by its first word
    bool row; // there is one to be read
    bool running; // may call back, and must not be run, reset or closed then
} statement_t;

extern const mp_obj_type_t sqlite_database_type, sqlite_statement_type, sqlite_blob_type, sqlite_backup_type;

// ---- memory.c ----

// Before the first use. Raises MemoryError.
void sqlite_start(void);

// Of the guest's collector: see gcowned.h.
void sqlite_notice_dead(void);

// Takes over the handle, which is closed when there is no memory for a record: then MemoryError.
void record_add(void *owner, record_kind_t kind, sqlite3 *db, void *handle);
void record_close(record_t *record);

// Closes what belongs to a database, except itself.
void records_close_all(sqlite3 *db);

// Closes what nobody holds any more; returns how many.
size_t records_reap(void);

// The same after a collection.
size_t records_collect(void);

// While it does: no function of the program's own may be called.
extern bool records_reaping;

// ---- modsqlite3.c ----

NORETURN void sqlite_fail(sqlite3 *db);
NORETURN void sqlite_fail_code(int code, const char *text);
NORETURN void sqlite_fail_class(qstr class, const char *text);

// nlr_try(), for what may be code of the program's own: after an exception the interpreter is as it was before.
bool try_python(nlr_fun_t run, void *arg);

// The handle; raises ProgrammingError when it is closed.
sqlite3 *database_handle(database_t *self);

// Around calls of SQLite that may call back.
void database_enter(database_t *self);
void database_leave(database_t *self);

// Text for SQLite: valid UTF-8 without NUL.
const char *text_argument(mp_obj_t text);
// Valid UTF-8, raises UnicodeEncodeError otherwise.
const char *text_valid(mp_obj_t text, size_t *length);
// What SQLite says, which may quote any bytes.
mp_obj_t text_from(const char *text);

// ---- statement.c ----

mp_obj_t statement_prepare(mp_obj_t database, mp_obj_t sql);
int64_t integer_argument(mp_obj_t value);

// ---- callbacks.c ----

// database.create_function(name, arguments, flags, kind, callable or None): SQLite's result code.
mp_obj_t database_create_function(size_t n_args, const mp_obj_t *args);
mp_obj_t database_create_collation(mp_obj_t self, mp_obj_t name, mp_obj_t callable);
mp_obj_t database_set_authorizer(mp_obj_t self, mp_obj_t callable);
mp_obj_t database_set_progress(mp_obj_t self, mp_obj_t callable, mp_obj_t n);
mp_obj_t database_set_trace(mp_obj_t self, mp_obj_t callable);
// Whether exceptions of callbacks are shown.
mp_obj_t sqlite_show_tracebacks(mp_obj_t enable);

// ---- transfer.c ----

mp_obj_t database_serialize(mp_obj_t self, mp_obj_t name);
mp_obj_t database_deserialize(mp_obj_t self, mp_obj_t data, mp_obj_t name);
mp_obj_t database_backup(mp_obj_t self, mp_obj_t target, mp_obj_t name);
// blob_open(schema, table, column, row, readonly)
mp_obj_t database_blob_open(size_t n_args, const mp_obj_t *args);

#endif
