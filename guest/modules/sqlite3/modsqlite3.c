// The module _sqlite3: databases, and what is said about errors. What programs import is guest/stdlib/sqlite3.
//
// While SQLite runs, a callback may close the database: then it is closed when the outermost call has returned
// (database_leave). So a handle is asked for anew after everything that may run code of the program's own.

#include <string.h>

#include "py/objstr.h"
#include "py/runtime.h"
#include "py/strtext.h"
#include "sqlite3/sqlite.h"
#include "utf8.h"

// ---- errors ----

static mp_obj_t of_module(qstr name) {
    return mp_load_attr(mp_import_name(MP_QSTR_sqlite3, mp_const_none, MP_OBJ_NEW_SMALL_INT(0)), name);
}

void sqlite_fail_code(int code, const char *text) {
    if ((code & 0xff) == SQLITE_NOMEM) {
        mp_raise_type(&mp_type_MemoryError);
    }
    mp_obj_t message = text_from(text);
    nlr_raise(mp_call_function_2(of_module(MP_QSTR__error), MP_OBJ_NEW_SMALL_INT(code), message));
}

void sqlite_fail(sqlite3 *db) {
    sqlite_fail_code(sqlite3_extended_errcode(db), sqlite3_errmsg(db));
}

void sqlite_fail_class(qstr class, const char *text) {
    nlr_raise(mp_call_function_1(of_module(class), mp_obj_new_str_from_cstr(text)));
}

bool try_python(nlr_fun_t run, void *arg) {
    void *activation = MP_STATE_VM(vm_activation);
    mp_obj_dict_t *globals = mp_globals_get(), *locals = mp_locals_get();
    if (!nlr_try(run, arg)) {
        return false;
    }
    MP_STATE_VM(vm_activation) = activation;
    mp_globals_set(globals);
    mp_locals_set(locals);
    return true;
}

// ---- text ----

mp_obj_t text_from(const char *text) {
    return codec_decode((const byte *)text, strlen(text), "utf-8", "replace");
}

const char *text_valid(mp_obj_t text, size_t *length) {
    const char *s = mp_obj_str_get_data(text, length);
    if (utf8_valid_prefix((const byte *)s, *length) != *length) {
        codec_encode(text, "utf-8", NULL); // raises
    }
    return s;
}

const char *text_argument(mp_obj_t text) {
    if (!mp_obj_is_str(text)) {
        text = str_expect(text, "argument");
    }
    size_t length;
    const char *s = text_valid(text, &length);
    if (strlen(s) != length) {
        mp_raise_ValueError(MP_ERROR_TEXT("embedded null character"));
    }
    return s;
}

// ---- databases ----

sqlite3 *database_handle(database_t *self) {
    if (self->record == NULL || self->closing) {
        sqlite_fail_class(MP_QSTR_ProgrammingError, "Cannot operate on a closed database.");
    }
    return self->record->handle;
}

void database_enter(database_t *self) {
    self->depth++;
}

static void close_now(database_t *self) {
    records_close_all(self->record->db);
    record_close(self->record);
    self->bindings = self->authorizer = self->progress = self->trace = NULL;
}

void database_leave(database_t *self) {
    if (--self->depth == 0 && self->closing) {
        self->depth++; // closing calls back too
        close_now(self);
        self->depth--;
        self->closing = false;
    }
}

// open(name, URI): a database in memory; the caller has looked at the name.
static mp_obj_t sqlite_open(mp_obj_t name, mp_obj_t uri) {
    const char *path = text_argument(name);
    sqlite_start();
    records_reap();
    database_t *self = mp_obj_malloc(database_t, &sqlite_database_type);
    memset((owner_t *)self + 1, 0, sizeof(*self) - sizeof(owner_t));
    self->record = NULL;
    self->instances = mp_obj_new_list(0, NULL);
    sqlite3 *db;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | (mp_obj_is_true(uri) ? SQLITE_OPEN_URI : 0);
    int code = sqlite3_open_v2(path, &db, flags, NULL);
    if (code != SQLITE_OK) {
        sqlite3_close(db);
        sqlite_fail_code(code, sqlite3_errstr(code));
    }
    record_add(self, RECORD_DATABASE, db, db);
    return MP_OBJ_FROM_PTR(self);
}
static MP_DEFINE_CONST_FUN_OBJ_2(sqlite_open_obj, sqlite_open);

static mp_obj_t database_close(mp_obj_t self_in) {
    database_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->record != NULL && !self->closing) {
        self->closing = true;
        database_enter(self);
        database_leave(self);
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(database_close_obj, database_close);

// Runs a script, rows and all.
static mp_obj_t database_exec(mp_obj_t self_in, mp_obj_t sql) {
    database_t *self = MP_OBJ_TO_PTR(self_in);
    const char *at = text_argument(sql);
    records_reap();
    for (bool again = true; *at != '\0';) {
        sqlite3 *db = database_handle(self);
        sqlite3_stmt *statement = NULL;
        const char *tail;
        database_enter(self);
        int code = sqlite3_prepare_v2(db, at, -1, &statement, &tail);
        if (code == SQLITE_OK) {
            do {
                code = sqlite3_step(statement);
            } while (code == SQLITE_ROW);
            code = sqlite3_finalize(statement);
        }
        database_leave(self);
        if (code == SQLITE_OK) {
            again = true;
            at = tail;
        } else if (again && (code == SQLITE_LOCKED || code == SQLITE_BUSY)) {
            // A cursor that nobody holds may be in the way.
            again = false;
            records_collect();
        } else {
            sqlite_fail(database_handle(self));
        }
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(database_exec_obj, database_exec);

static mp_obj_t database_autocommit(mp_obj_t self) {
    return mp_obj_new_bool(sqlite3_get_autocommit(database_handle(MP_OBJ_TO_PTR(self))));
}
static MP_DEFINE_CONST_FUN_OBJ_1(database_autocommit_obj, database_autocommit);

static mp_obj_t database_changes(mp_obj_t self) {
    return mp_obj_new_int_from_ll(sqlite3_changes64(database_handle(MP_OBJ_TO_PTR(self))));
}
static MP_DEFINE_CONST_FUN_OBJ_1(database_changes_obj, database_changes);

static mp_obj_t database_total_changes(mp_obj_t self) {
    return mp_obj_new_int_from_ll(sqlite3_total_changes64(database_handle(MP_OBJ_TO_PTR(self))));
}
static MP_DEFINE_CONST_FUN_OBJ_1(database_total_changes_obj, database_total_changes);

static mp_obj_t database_last_rowid(mp_obj_t self) {
    return mp_obj_new_int_from_ll(sqlite3_last_insert_rowid(database_handle(MP_OBJ_TO_PTR(self))));
}
static MP_DEFINE_CONST_FUN_OBJ_1(database_last_rowid_obj, database_last_rowid);

static mp_obj_t database_interrupt(mp_obj_t self) {
    sqlite3_interrupt(database_handle(MP_OBJ_TO_PTR(self)));
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(database_interrupt_obj, database_interrupt);

// limit(category, value): the one before, -1 when there is no such category. A negative value changes nothing.
static mp_obj_t database_limit(mp_obj_t self, mp_obj_t category, mp_obj_t value) {
    mp_int_t limit = mp_obj_get_int(value);
    return MP_OBJ_NEW_SMALL_INT(sqlite3_limit(database_handle(MP_OBJ_TO_PTR(self)), mp_obj_get_int(category),
        limit < 0 ? -1 : (int)MIN(limit, INT32_MAX)));
}
static MP_DEFINE_CONST_FUN_OBJ_3(database_limit_obj, database_limit);

static MP_DEFINE_CONST_FUN_OBJ_2(statement_prepare_obj, statement_prepare);
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(database_create_function_obj, 6, 6, database_create_function);
static MP_DEFINE_CONST_FUN_OBJ_3(database_create_collation_obj, database_create_collation);
static MP_DEFINE_CONST_FUN_OBJ_2(database_set_authorizer_obj, database_set_authorizer);
static MP_DEFINE_CONST_FUN_OBJ_3(database_set_progress_obj, database_set_progress);
static MP_DEFINE_CONST_FUN_OBJ_2(database_set_trace_obj, database_set_trace);
static MP_DEFINE_CONST_FUN_OBJ_2(database_serialize_obj, database_serialize);
static MP_DEFINE_CONST_FUN_OBJ_3(database_deserialize_obj, database_deserialize);
static MP_DEFINE_CONST_FUN_OBJ_3(database_backup_obj, database_backup);
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(database_blob_open_obj, 6, 6, database_blob_open);

static const mp_rom_map_elem_t database_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR_close), MP_ROM_PTR(&database_close_obj) },
    { MP_ROM_QSTR(MP_QSTR_exec), MP_ROM_PTR(&database_exec_obj) },
    { MP_ROM_QSTR(MP_QSTR_prepare), MP_ROM_PTR(&statement_prepare_obj) },
    { MP_ROM_QSTR(MP_QSTR_autocommit), MP_ROM_PTR(&database_autocommit_obj) },
    { MP_ROM_QSTR(MP_QSTR_changes), MP_ROM_PTR(&database_changes_obj) },
    { MP_ROM_QSTR(MP_QSTR_total_changes), MP_ROM_PTR(&database_total_changes_obj) },
    { MP_ROM_QSTR(MP_QSTR_last_rowid), MP_ROM_PTR(&database_last_rowid_obj) },
    { MP_ROM_QSTR(MP_QSTR_interrupt), MP_ROM_PTR(&database_interrupt_obj) },
    { MP_ROM_QSTR(MP_QSTR_limit), MP_ROM_PTR(&database_limit_obj) },
    { MP_ROM_QSTR(MP_QSTR_create_function), MP_ROM_PTR(&database_create_function_obj) },
    { MP_ROM_QSTR(MP_QSTR_create_collation), MP_ROM_PTR(&database_create_collation_obj) },
    { MP_ROM_QSTR(MP_QSTR_set_authorizer), MP_ROM_PTR(&database_set_authorizer_obj) },
    { MP_ROM_QSTR(MP_QSTR_set_progress), MP_ROM_PTR(&database_set_progress_obj) },
    { MP_ROM_QSTR(MP_QSTR_set_trace), MP_ROM_PTR(&database_set_trace_obj) },
    { MP_ROM_QSTR(MP_QSTR_serialize), MP_ROM_PTR(&database_serialize_obj) },
    { MP_ROM_QSTR(MP_QSTR_deserialize), MP_ROM_PTR(&database_deserialize_obj) },
    { MP_ROM_QSTR(MP_QSTR_backup), MP_ROM_PTR(&database_backup_obj) },
    { MP_ROM_QSTR(MP_QSTR_blob_open), MP_ROM_PTR(&database_blob_open_obj) },
};
static MP_DEFINE_CONST_DICT(database_locals, database_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(
    sqlite_database_type, MP_QSTR_Database, MP_TYPE_FLAG_NONE,
    locals_dict, &database_locals
    );

// ---- the module ----

static mp_obj_t sqlite_complete(mp_obj_t text) {
    return mp_obj_new_bool(sqlite3_complete(text_argument(text)));
}
static MP_DEFINE_CONST_FUN_OBJ_1(sqlite_complete_obj, sqlite_complete);

static mp_obj_t sqlite_error_text(mp_obj_t code) {
    return mp_obj_new_str_from_cstr(sqlite3_errstr(mp_obj_get_int(code)));
}
static MP_DEFINE_CONST_FUN_OBJ_1(sqlite_error_text_obj, sqlite_error_text);

static MP_DEFINE_CONST_FUN_OBJ_1(sqlite_show_tracebacks_obj, sqlite_show_tracebacks);

static const MP_DEFINE_STR_OBJ(version_obj, SQLITE_VERSION);

static const mp_rom_map_elem_t sqlite3_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__sqlite3) },
    { MP_ROM_QSTR(MP_QSTR_open), MP_ROM_PTR(&sqlite_open_obj) },
    { MP_ROM_QSTR(MP_QSTR_complete), MP_ROM_PTR(&sqlite_complete_obj) },
    { MP_ROM_QSTR(MP_QSTR_error_text), MP_ROM_PTR(&sqlite_error_text_obj) },
    { MP_ROM_QSTR(MP_QSTR_show_tracebacks), MP_ROM_PTR(&sqlite_show_tracebacks_obj) },
    { MP_ROM_QSTR(MP_QSTR_version), MP_ROM_PTR(&version_obj) },
    { MP_ROM_QSTR(MP_QSTR_Statement), MP_ROM_PTR(&sqlite_statement_type) },
};
static MP_DEFINE_CONST_DICT(sqlite3_globals, sqlite3_globals_table);

const mp_obj_module_t mp_module__sqlite3 = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&sqlite3_globals,
};
MP_REGISTER_MODULE(MP_QSTR__sqlite3, mp_module__sqlite3);
