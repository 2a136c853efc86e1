// Databases and BLOBs as bytes: serialize and deserialize, backups, incremental BLOB I/O. See sqlite.h.

#include <string.h>

#include "py/objstr.h"
#include "py/runtime.h"
#include "py/strtext.h"
#include "sqlite3/sqlite.h"

static unsigned char *serialize(database_t *self, const char *schema, sqlite3_int64 *size, unsigned flags) {
    sqlite3 *db = database_handle(self);
    database_enter(self); // asks the authorizer
    unsigned char *data = sqlite3_serialize(db, schema, size, flags);
    database_leave(self);
    return data;
}

// serialize(schema): bytes; None when there is no such database.
mp_obj_t database_serialize(mp_obj_t self_in, mp_obj_t name) {
    database_t *self = MP_OBJ_TO_PTR(self_in);
    const char *schema = text_argument(name);
    sqlite3_int64 size, again;
    // The pages, where they are in one piece already; otherwise their size.
    const unsigned char *data = serialize(self, schema, &size, SQLITE_SERIALIZE_NOCOPY);
    if (data != NULL) {
        return mp_obj_new_bytes(data, size);
    }
    if (size < 0) {
        return mp_const_none;
    }
    vstr_t bytes;
    vstr_init_len(&bytes, m_size(size));
    unsigned char *copy = serialize(self, schema, &again, 0);
    if (copy == NULL) {
        mp_raise_type(&mp_type_MemoryError);
    }
    bytes.len = MIN(size, again);
    memcpy(bytes.buf, copy, bytes.len);
    sqlite3_free(copy);
    return mp_obj_new_bytes_from_vstr(&bytes);
}

mp_obj_t database_deserialize(mp_obj_t self_in, mp_obj_t data, mp_obj_t name) {
    database_t *self = MP_OBJ_TO_PTR(self_in);
    sqlite3 *db = database_handle(self);
    const char *schema = text_argument(name);
    mp_buffer_info_t buffer;
    mp_get_buffer_raise(data, &buffer, MP_BUFFER_READ);
    unsigned char *copy = sqlite3_malloc64(MAX(buffer.len, 1));
    if (copy == NULL) {
        mp_raise_type(&mp_type_MemoryError);
    }
    memcpy(copy, buffer.buf, buffer.len);
    // SQLite frees it, also when this fails.
    database_enter(self);
    int code = sqlite3_deserialize(db, schema, copy, buffer.len, buffer.len,
        SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
    database_leave(self);
    if (code != SQLITE_OK) {
        sqlite_fail(database_handle(self));
    }
    return mp_const_none;
}

// ---- backups ----

typedef struct _backup_t {
    mp_obj_base_t base;
    record_t *record;
    database_t *source, *target;
} backup_t;

mp_obj_t database_backup(mp_obj_t self_in, mp_obj_t target_in, mp_obj_t name) {
    database_t *source = MP_OBJ_TO_PTR(self_in), *target = MP_OBJ_TO_PTR(target_in);
    sqlite3 *from = database_handle(source), *to = database_handle(target);
    const char *schema = text_argument(name);
    records_reap();
    backup_t *self = mp_obj_malloc(backup_t, &sqlite_backup_type);
    self->record = NULL;
    self->source = source;
    self->target = target;
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, schema);
    if (backup == NULL) {
        sqlite_fail(to);
    }
    record_add(self, RECORD_BACKUP, to, backup);
    return MP_OBJ_FROM_PTR(self);
}

// step(pages): (SQLite's result code, pages that remain, pages in all).
static mp_obj_t backup_step(mp_obj_t self_in, mp_obj_t pages) {
    backup_t *self = MP_OBJ_TO_PTR(self_in);
    int n = mp_obj_get_int(pages);
    database_handle(self->source);
    database_handle(self->target);
    if (self->record == NULL) {
        sqlite_fail_class(MP_QSTR_ProgrammingError, "Cannot operate on a closed database.");
    }
    sqlite3_backup *backup = self->record->handle;
    mp_obj_t result[3] = { MP_OBJ_NEW_SMALL_INT(sqlite3_backup_step(backup, n)),
                           MP_OBJ_NEW_SMALL_INT(sqlite3_backup_remaining(backup)),
                           MP_OBJ_NEW_SMALL_INT(sqlite3_backup_pagecount(backup)) };
    return mp_obj_new_tuple(3, result);
}
static MP_DEFINE_CONST_FUN_OBJ_2(backup_step_obj, backup_step);

// finish(failing): with `failing` the error that the target has is raised.
static mp_obj_t backup_finish(mp_obj_t self_in, mp_obj_t failing) {
    backup_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->record != NULL) {
        record_close(self->record);
    }
    if (mp_obj_is_true(failing)) {
        sqlite_fail(database_handle(self->target));
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(backup_finish_obj, backup_finish);

static const mp_rom_map_elem_t backup_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR_step), MP_ROM_PTR(&backup_step_obj) },
    { MP_ROM_QSTR(MP_QSTR_finish), MP_ROM_PTR(&backup_finish_obj) },
};
static MP_DEFINE_CONST_DICT(backup_locals, backup_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(
    sqlite_backup_type, MP_QSTR_Backup, MP_TYPE_FLAG_NONE,
    locals_dict, &backup_locals
    );

// ---- BLOBs ----

typedef struct _blob_t {
    mp_obj_base_t base;
    record_t *record;
    database_t *database;
} blob_t;

mp_obj_t database_blob_open(size_t n_args, const mp_obj_t *args) {
    (void)n_args;
    database_t *database = MP_OBJ_TO_PTR(args[0]);
    sqlite3 *db = database_handle(database);
    const char *schema = text_argument(args[1]), *table = text_argument(args[2]), *column = text_argument(args[3]);
    int64_t row = integer_argument(args[4]);
    records_reap();
    blob_t *self = mp_obj_malloc(blob_t, &sqlite_blob_type);
    self->record = NULL;
    self->database = database;
    sqlite3_blob *blob = NULL;
    database_enter(database); // asks the authorizer
    int code = sqlite3_blob_open(db, schema, table, column, row, !mp_obj_is_true(args[5]), &blob);
    database_leave(database);
    if (code == SQLITE_MISUSE) {
        sqlite_fail_code(code, sqlite3_errstr(code));
    }
    if (code != SQLITE_OK) {
        sqlite_fail(database_handle(database));
    }
    record_add(self, RECORD_BLOB, db, blob);
    return MP_OBJ_FROM_PTR(self);
}

static sqlite3_blob *blob_handle(blob_t *self) {
    database_handle(self->database);
    if (self->record == NULL) {
        sqlite_fail_class(MP_QSTR_ProgrammingError, "Cannot operate on a closed blob.");
    }
    return self->record->handle;
}

static NORETURN void blob_fail(blob_t *self, int code) {
    if (code == SQLITE_ABORT) {
        sqlite_fail_class(MP_QSTR_OperationalError, "Cannot operate on an expired blob handle");
    }
    sqlite_fail(self->record->db);
}

static mp_obj_t blob_size(mp_obj_t self) {
    return MP_OBJ_NEW_SMALL_INT(sqlite3_blob_bytes(blob_handle(MP_OBJ_TO_PTR(self))));
}
static MP_DEFINE_CONST_FUN_OBJ_1(blob_size_obj, blob_size);

// read(offset, length)
static mp_obj_t blob_read(mp_obj_t self_in, mp_obj_t offset, mp_obj_t length) {
    blob_t *self = MP_OBJ_TO_PTR(self_in);
    sqlite3_blob *blob = blob_handle(self);
    mp_int_t at = mp_obj_get_int(offset), n = mp_obj_get_int(length);
    vstr_t bytes;
    vstr_init_len(&bytes, MIN(MAX(n, 0), sqlite3_blob_bytes(blob)));
    int code = sqlite3_blob_read(blob, bytes.buf, bytes.len, at);
    if (code != SQLITE_OK) {
        blob_fail(self, code);
    }
    return mp_obj_new_bytes_from_vstr(&bytes);
}
static MP_DEFINE_CONST_FUN_OBJ_3(blob_read_obj, blob_read);

// write(offset, data)
static mp_obj_t blob_write(mp_obj_t self_in, mp_obj_t offset, mp_obj_t data) {
    blob_t *self = MP_OBJ_TO_PTR(self_in);
    sqlite3_blob *blob = blob_handle(self);
    mp_buffer_info_t buffer;
    mp_get_buffer_raise(data, &buffer, MP_BUFFER_READ);
    int code = sqlite3_blob_write(blob, buffer.buf, buffer.len, mp_obj_get_int(offset));
    if (code != SQLITE_OK) {
        blob_fail(self, code);
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_3(blob_write_obj, blob_write);

static mp_obj_t blob_close(mp_obj_t self_in) {
    blob_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->record != NULL) {
        record_close(self->record);
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(blob_close_obj, blob_close);

static const mp_rom_map_elem_t blob_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR_size), MP_ROM_PTR(&blob_size_obj) },
    { MP_ROM_QSTR(MP_QSTR_read), MP_ROM_PTR(&blob_read_obj) },
    { MP_ROM_QSTR(MP_QSTR_write), MP_ROM_PTR(&blob_write_obj) },
    { MP_ROM_QSTR(MP_QSTR_close), MP_ROM_PTR(&blob_close_obj) },
};
static MP_DEFINE_CONST_DICT(blob_locals, blob_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(
    sqlite_blob_type, MP_QSTR_BlobHandle, MP_TYPE_FLAG_NONE,
    locals_dict, &blob_locals
    );
