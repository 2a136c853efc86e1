// Statements: parameters in, rows out. See sqlite.h.

#include <string.h>

#include "py/objint.h"
#include "py/objlist.h"
#include "py/objstr.h"
#include "py/objtuple.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "py/strtext.h"
#include "sqlite3/sqlite.h"
#include "utf8.h"

static void check_idle(const statement_t *self) {
    if (self->running) {
        sqlite_fail_class(MP_QSTR_ProgrammingError, "Recursive use of cursors not allowed.");
    }
}

static sqlite3_stmt *handle_of(statement_t *self) {
    database_handle(self->database);
    check_idle(self);
    if (self->record == NULL) {
        sqlite_fail_class(MP_QSTR_ProgrammingError, "Cannot operate on a closed cursor.");
    }
    return self->record->handle;
}

// ---- text of SQL ----

// The first character that is neither space nor comment; at the end, NULL.
static const char *skip_comments(const char *s) {
    for (;; s++) {
        if (s[0] == '-' && s[1] == '-') {
            while (*s != '\0' && *s != '\n') {
                s++;
            }
        } else if (s[0] == '/' && s[1] == '*') {
            const char *end = strstr(s + 2, "*/");
            if (end == NULL) {
                return NULL;
            }
            s = end + 1;
            continue;
        }
        if (*s == '\0') {
            return NULL;
        }
        if (strchr(" \t\f\n\r", *s) == NULL) {
            return s;
        }
    }
}

static bool is_dml(const char *sql) {
    sql = skip_comments(sql);
    return sql != NULL && (sqlite3_strnicmp(sql, "insert", 6) == 0 || sqlite3_strnicmp(sql, "update", 6) == 0
        || sqlite3_strnicmp(sql, "delete", 6) == 0 || sqlite3_strnicmp(sql, "replace", 7) == 0);
}

// database.prepare(sql): a statement, or None when there is nothing in the text.
mp_obj_t statement_prepare(mp_obj_t database_in, mp_obj_t sql) {
    database_t *database = MP_OBJ_TO_PTR(database_in);
    sqlite3 *db = database_handle(database);
    size_t length;
    const char *text = text_valid(str_native(sql), &length);
    if (length > (size_t)sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, -1)) {
        sqlite_fail_class(MP_QSTR_DataError, "query string is too large");
    }
    if (strlen(text) != length) {
        sqlite_fail_class(MP_QSTR_ProgrammingError, "the query contains a null character");
    }
    records_reap();
    statement_t *self = mp_obj_malloc(statement_t, &sqlite_statement_type);
    self->record = NULL;
    self->database = database;
    self->sql = sql;
    self->dml = is_dml(text);
    self->row = self->running = false;
    sqlite3_stmt *statement = NULL;
    const char *tail;
    database_enter(database);
    int code = sqlite3_prepare_v2(db, text, length + 1, &statement, &tail);
    database_leave(database);
    if (code != SQLITE_OK) {
        sqlite_fail(database_handle(database));
    }
    if (skip_comments(tail) != NULL) {
        sqlite3_finalize(statement);
        sqlite_fail_class(MP_QSTR_ProgrammingError, "You can only execute one statement at a time.");
    }
    if (statement == NULL) {
        return mp_const_none;
    }
    record_add(self, RECORD_STATEMENT, db, statement);
    return MP_OBJ_FROM_PTR(self);
}

// ---- parameters ----

int64_t integer_argument(mp_obj_t value) {
    mp_int_t result;
    if (mp_obj_is_small_int(value)) {
        return MP_OBJ_SMALL_INT_VALUE(value);
    }
    if (!mp_obj_is_int(value)) {
        return mp_obj_get_int(value); // bool
    }
    if (mp_obj_equal(value, mp_obj_new_int_from_ll(INT64_MIN))) {
        return INT64_MIN; // no magnitude of 63 bits
    }
    if (!mpz_as_int_checked(&((mp_obj_int_t *)MP_OBJ_TO_PTR(value))->mpz, &result)) {
        mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("Python int too large to convert to SQLite INTEGER"));
    }
    return result;
}

static void bind_value(statement_t *self, int at, mp_obj_t value) {
    sqlite3_stmt *statement = handle_of(self);
    mp_buffer_info_t buffer;
    mp_obj_t native = native_value(value);
    int code;
    if (native == mp_const_none) {
        code = sqlite3_bind_null(statement, at);
    } else if (mp_obj_is_int(native) || mp_obj_is_bool(native)) {
        code = sqlite3_bind_int64(statement, at, integer_argument(native));
    } else if (mp_obj_is_float(native)) {
        code = sqlite3_bind_double(statement, at, mp_obj_get_float(native));
    } else if (mp_obj_is_str(native)) {
        size_t length;
        const char *text = text_valid(native, &length);
        code = sqlite3_bind_text(statement, at, text, length, SQLITE_TRANSIENT);
    } else if (mp_get_buffer(native, &buffer, MP_BUFFER_READ)) {
        code = sqlite3_bind_blob(statement, at, buffer.len == 0 ? "" : buffer.buf, buffer.len, SQLITE_TRANSIENT);
    } else {
        vstr_t text;
        vstr_init(&text, 64);
        vstr_printf(&text, "Error binding parameter %d: type '%s' is not supported", at, mp_obj_get_type_str(value));
        sqlite_fail_class(MP_QSTR_ProgrammingError, vstr_null_terminated_str(&text));
    }
    if (code != SQLITE_OK) {
        sqlite_fail(self->record->db);
    }
}

// What is asked about each parameter: a function that adapts it, and whether also one of a plain type.
typedef struct _adapter_t {
    mp_obj_t function;
    bool all;
} adapter_t;

static void bind_adapted(statement_t *self, int at, mp_obj_t value, const adapter_t *adapter) {
    bool plain = value == mp_const_none || mp_obj_is_int(value) || mp_obj_is_float(value) || mp_obj_is_str(value)
        || mp_obj_is_exact_type(value, &mp_type_bytes) || mp_obj_is_exact_type(value, &mp_type_bytearray);
    bind_value(self, at, plain && !adapter->all ? value : mp_call_function_1(adapter->function, value));
}

// Raises KeyError or IndexError, whatever the object is.
typedef struct _lookup_t {
    mp_obj_t from, key, value;
} lookup_t;

static void lookup_protected(void *arg) {
    lookup_t *lookup = arg;
    lookup->value = mp_obj_subscr(lookup->from, lookup->key, MP_OBJ_SENTINEL);
}

static mp_obj_t parameter_named(mp_obj_t parameters, const char *name) {
    lookup_t lookup = { parameters, text_from(name), MP_OBJ_NULL };
    if (try_python(lookup_protected, &lookup)) {
        void *exception = nlr_caught();
        if (!mp_obj_exception_match(MP_OBJ_FROM_PTR(exception), MP_OBJ_FROM_PTR(&mp_type_LookupError))) {
            nlr_jump(exception);
        }
        vstr_t text;
        vstr_init(&text, 64);
        vstr_printf(&text, "You did not supply a value for binding parameter :%s.", mp_obj_str_get_str(lookup.key));
        sqlite_fail_class(MP_QSTR_ProgrammingError, vstr_null_terminated_str(&text));
    }
    return lookup.value;
}

static void bind_mapping(statement_t *self, mp_obj_t parameters, const adapter_t *adapter) {
    int wanted = sqlite3_bind_parameter_count(handle_of(self));
    for (int at = 1; at <= wanted; at++) {
        const char *name = sqlite3_bind_parameter_name(handle_of(self), at);
        if (name == NULL) {
            vstr_t text;
            vstr_init(&text, 64);
            vstr_printf(&text, "Binding %d has no name, but you supplied a dictionary (which has only names).", at);
            sqlite_fail_class(MP_QSTR_ProgrammingError, vstr_null_terminated_str(&text));
        }
        bind_adapted(self, at, parameter_named(parameters, name + 1), adapter);
    }
}

static bool is_sequence(mp_obj_t object) {
    const mp_obj_type_t *type = mp_obj_get_type(object);
    if (mp_obj_is_instance_type(type)) {
        mp_obj_t method[2];
        mp_load_method_maybe(object, MP_QSTR___getitem__, method);
        return method[0] != MP_OBJ_NULL;
    }
    return MP_OBJ_TYPE_HAS_SLOT(type, subscr);
}

static void bind_parameters(statement_t *self, mp_obj_t parameters, const adapter_t *adapter) {
    if (mp_obj_is_dict_or_ordereddict(native_value(parameters))) {
        bind_mapping(self, parameters, adapter);
        return;
    }
    if (!is_sequence(parameters)) {
        sqlite_fail_class(MP_QSTR_ProgrammingError, "parameters are of unsupported type");
    }
    int wanted = sqlite3_bind_parameter_count(handle_of(self));
    mp_int_t given = mp_obj_get_int(mp_obj_len(parameters));
    if (given != wanted) {
        vstr_t text;
        vstr_init(&text, 64);
        vstr_printf(&text, "Incorrect number of bindings supplied. The current statement uses %d, and there are %d supplied.",
            wanted, (int)given);
        sqlite_fail_class(MP_QSTR_ProgrammingError, vstr_null_terminated_str(&text));
    }
    if (mp_obj_is_exact_type(parameters, &mp_type_tuple)) {
        mp_obj_tuple_t *tuple = MP_OBJ_TO_PTR(parameters);
        for (int i = 0; i < wanted; i++) {
            bind_adapted(self, i + 1, tuple->items[i], adapter);
        }
        return;
    }
    for (int i = 0; i < wanted; i++) {
        bind_adapted(self, i + 1, mp_obj_subscr(parameters, MP_OBJ_NEW_SMALL_INT(i), MP_OBJ_SENTINEL), adapter);
    }
}

// ---- steps ----

// Whether another statement of the database is at work.
static bool others_busy(sqlite3 *db, const sqlite3_stmt *statement) {
    for (sqlite3_stmt *other = sqlite3_next_stmt(db, NULL); other != NULL; other = sqlite3_next_stmt(db, other)) {
        if (other != statement && sqlite3_stmt_busy(other)) {
            return true;
        }
    }
    return false;
}

static bool in_the_way(sqlite3 *db, int code) {
    code &= 0xff;
    return code == SQLITE_LOCKED || code == SQLITE_BUSY
           || (code == SQLITE_ERROR && strstr(sqlite3_errmsg(db), "in progress") != NULL);
}

// Raises what went wrong; then the statement is at its beginning.
static void step(statement_t *self) {
    bool again = !self->row;
    self->row = false;
    for (;; again = false) {
        sqlite3_stmt *statement = handle_of(self);
        sqlite3 *db = self->record->db;
        database_enter(self->database);
        self->running = true;
        int code = sqlite3_step(statement);
        bool done = code == SQLITE_ROW || code == SQLITE_DONE;
        again = again && !done && in_the_way(db, code) && others_busy(db, statement);
        if (!done) {
            sqlite3_reset(statement);
        }
        self->running = false;
        database_leave(self->database);
        if (done) {
            self->row = code == SQLITE_ROW;
            return;
        }
        if (!again) {
            sqlite_fail(database_handle(self->database));
        }
        // It may be of a cursor that nobody holds, which CPython would have closed.
        records_collect();
    }
}

// run(parameters, adapt, all): whether there is a row.
static mp_obj_t statement_run(size_t n_args, const mp_obj_t *args) {
    (void)n_args;
    statement_t *self = MP_OBJ_TO_PTR(args[0]);
    adapter_t adapter = { args[2], mp_obj_is_true(args[3]) };
    bind_parameters(self, args[1], &adapter);
    self->row = false;
    step(self);
    return mp_obj_new_bool(self->row);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(statement_run_obj, 4, 4, statement_run);

static void reset(statement_t *self);

// run_many(iterable, adapt, all): how many rows changed.
static mp_obj_t statement_run_many(size_t n_args, const mp_obj_t *args) {
    (void)n_args;
    statement_t *self = MP_OBJ_TO_PTR(args[0]);
    adapter_t adapter = { args[2], mp_obj_is_true(args[3]) };
    mp_obj_t iterator = mp_getiter(args[1], NULL), parameters;
    int64_t changes = 0;
    while ((parameters = mp_iternext(iterator)) != MP_OBJ_STOP_ITERATION) {
        bind_parameters(self, parameters, &adapter);
        self->row = false;
        step(self);
        if (self->dml && !self->row) {
            changes += sqlite3_changes64(database_handle(self->database));
        }
        reset(self);
    }
    return mp_obj_new_int_from_ll(changes);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(statement_run_many_obj, 4, 4, statement_run_many);

// ---- rows ----

static NORETURN void fail_to_decode(sqlite3_stmt *statement, int column, const char *text) {
    char message[200];
    sqlite3_snprintf(sizeof(message) - 1, message, "Could not decode to UTF-8 column '%s' with text '%s'",
        sqlite3_column_name(statement, column), text);
    mp_obj_t decoded = codec_decode((const byte *)message, strlen(message), "ascii", "replace");
    sqlite_fail_class(MP_QSTR_OperationalError, mp_obj_str_get_str(decoded));
}

static void check_memory(sqlite3 *db) {
    if (sqlite3_errcode(db) == SQLITE_NOMEM) {
        mp_raise_type(&mp_type_MemoryError);
    }
}

static mp_obj_t column(statement_t *self, int i, mp_obj_t text_factory, mp_obj_t converter) {
    sqlite3_stmt *statement = handle_of(self);
    if (converter != mp_const_none) {
        const void *data = sqlite3_column_blob(statement, i);
        if (data == NULL) {
            check_memory(self->record->db);
            return mp_const_none;
        }
        return mp_call_function_1(converter, mp_obj_new_bytes(data, sqlite3_column_bytes(statement, i)));
    }
    switch (sqlite3_column_type(statement, i)) {
        case SQLITE_NULL:
            return mp_const_none;
        case SQLITE_INTEGER:
            return mp_obj_new_int_from_ll(sqlite3_column_int64(statement, i));
        case SQLITE_FLOAT:
            return mp_obj_new_float(sqlite3_column_double(statement, i));
        case SQLITE_TEXT: {
            const char *text = (const char *)sqlite3_column_text(statement, i);
            if (text == NULL) {
                check_memory(self->record->db);
                text = "";
            }
            size_t length = sqlite3_column_bytes(statement, i);
            if (text_factory == MP_OBJ_FROM_PTR(&mp_type_str)) {
                if (utf8_valid_prefix((const byte *)text, length) != length) {
                    fail_to_decode(statement, i, text);
                }
                return str_new((const byte *)text, length);
            }
            mp_obj_t bytes = mp_obj_new_bytes((const byte *)text, length);
            return text_factory == MP_OBJ_FROM_PTR(&mp_type_bytes) ? bytes : mp_call_function_1(text_factory, bytes);
        }
        default: {
            const void *data = sqlite3_column_blob(statement, i);
            if (data == NULL) {
                check_memory(self->record->db);
            }
            return mp_obj_new_bytes(data, sqlite3_column_bytes(statement, i));
        }
    }
}

// The row that the statement is at. `converters` is a list with a function or None for each column, or None.
static mp_obj_t row_of(statement_t *self, mp_obj_t text_factory, mp_obj_t converters) {
    size_t count = sqlite3_data_count(handle_of(self)), given = 0;
    mp_obj_t *converter = NULL;
    mp_obj_tuple_t *row = MP_OBJ_TO_PTR(mp_obj_new_tuple(count, NULL));
    for (size_t i = 0; i < count; i++) {
        row->items[i] = mp_const_none;
    }
    for (size_t i = 0; i < count; i++) {
        if (converters != mp_const_none) {
            mp_obj_get_array(converters, &given, &converter);
        }
        mp_obj_t value = column(self, i, text_factory, i < given ? converter[i] : mp_const_none);
        row->items[i] = value;
    }
    return MP_OBJ_FROM_PTR(row);
}

// next(text_factory, converters): the row, then a step; None after the last.
static mp_obj_t statement_next(size_t n_args, const mp_obj_t *args) {
    (void)n_args;
    statement_t *self = MP_OBJ_TO_PTR(args[0]);
    if (!self->row) {
        return mp_const_none;
    }
    mp_obj_t row = row_of(self, args[1], args[2]);
    step(self);
    return row;
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(statement_next_obj, 3, 3, statement_next);

// rows(most, text_factory, converters): the next rows as a list; all of them when `most` is not positive.
static mp_obj_t statement_rows(size_t n_args, const mp_obj_t *args) {
    (void)n_args;
    statement_t *self = MP_OBJ_TO_PTR(args[0]);
    mp_int_t most = mp_obj_get_int(args[1]);
    mp_obj_t rows = mp_obj_new_list(0, NULL);
    for (mp_int_t i = 0; self->row && (most <= 0 || i < most); i++) {
        mp_obj_list_append(rows, row_of(self, args[2], args[3]));
        step(self);
    }
    return rows;
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(statement_rows_obj, 4, 4, statement_rows);

static mp_obj_t strings(statement_t *self, const char *(*function)(sqlite3_stmt *, int)) {
    sqlite3_stmt *statement = handle_of(self);
    int count = sqlite3_column_count(statement);
    mp_obj_t list = mp_obj_new_list(0, NULL);
    for (int i = 0; i < count; i++) {
        const char *text = function(statement, i);
        if (text == NULL) {
            check_memory(self->record->db);
        }
        mp_obj_list_append(list, text == NULL ? mp_const_none : text_from(text));
    }
    return list;
}

static mp_obj_t statement_names(mp_obj_t self) {
    return strings(MP_OBJ_TO_PTR(self), sqlite3_column_name);
}
static MP_DEFINE_CONST_FUN_OBJ_1(statement_names_obj, statement_names);

// The declared types of the columns; None for an expression.
static mp_obj_t statement_types(mp_obj_t self) {
    return strings(MP_OBJ_TO_PTR(self), sqlite3_column_decltype);
}
static MP_DEFINE_CONST_FUN_OBJ_1(statement_types_obj, statement_types);

static void reset(statement_t *self) {
    check_idle(self);
    self->row = false;
    if (self->record != NULL) {
        sqlite3_stmt *statement = self->record->handle;
        database_enter(self->database);
        self->running = true;
        sqlite3_reset(statement);
        self->running = false;
        database_leave(self->database);
    }
}

// Ready to run again, without what its parameters were.
static mp_obj_t statement_reset(mp_obj_t self_in) {
    statement_t *self = MP_OBJ_TO_PTR(self_in);
    reset(self);
    if (self->record != NULL) {
        sqlite3_clear_bindings(self->record->handle);
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(statement_reset_obj, statement_reset);

static mp_obj_t statement_close(mp_obj_t self_in) {
    statement_t *self = MP_OBJ_TO_PTR(self_in);
    reset(self);
    if (self->record != NULL) {
        record_close(self->record);
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(statement_close_obj, statement_close);

static void statement_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    statement_t *self = MP_OBJ_TO_PTR(self_in);
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    switch (attr) {
        case MP_QSTR_dml:
            dest[0] = mp_obj_new_bool(self->dml);
            break;
        case MP_QSTR_row:
            dest[0] = mp_obj_new_bool(self->row);
            break;
        case MP_QSTR_readonly:
            dest[0] = mp_obj_new_bool(sqlite3_stmt_readonly(handle_of(self)));
            break;
        case MP_QSTR_columns:
            dest[0] = MP_OBJ_NEW_SMALL_INT(sqlite3_column_count(handle_of(self)));
            break;
        case MP_QSTR_sql:
            dest[0] = self->sql;
            break;
        case MP_QSTR_database:
            dest[0] = MP_OBJ_FROM_PTR(self->database);
            break;
        default:
            dest[1] = MP_OBJ_SENTINEL; // go on in locals_dict
    }
}

static const mp_rom_map_elem_t statement_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR_run), MP_ROM_PTR(&statement_run_obj) },
    { MP_ROM_QSTR(MP_QSTR_run_many), MP_ROM_PTR(&statement_run_many_obj) },
    { MP_ROM_QSTR(MP_QSTR_next), MP_ROM_PTR(&statement_next_obj) },
    { MP_ROM_QSTR(MP_QSTR_rows), MP_ROM_PTR(&statement_rows_obj) },
    { MP_ROM_QSTR(MP_QSTR_names), MP_ROM_PTR(&statement_names_obj) },
    { MP_ROM_QSTR(MP_QSTR_types), MP_ROM_PTR(&statement_types_obj) },
    { MP_ROM_QSTR(MP_QSTR_reset), MP_ROM_PTR(&statement_reset_obj) },
    { MP_ROM_QSTR(MP_QSTR_close), MP_ROM_PTR(&statement_close_obj) },
};
static MP_DEFINE_CONST_DICT(statement_locals, statement_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(
    sqlite_statement_type, MP_QSTR_Statement, MP_TYPE_FLAG_NONE,
    attr, statement_attr,
    locals_dict, &statement_locals
    );
