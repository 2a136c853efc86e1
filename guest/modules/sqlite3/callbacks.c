// Functions of the program's own that SQLite calls. See sqlite.h.
//
// Every one of them runs in try_python(): an exception becomes an error code, and is shown when the program asked for that.
// A database that died has no callables any more: records_reaping says so.

#include <string.h>

#include "py/objlist.h"
#include "py/objstr.h"
#include "py/objtuple.h"
#include "py/runtime.h"
#include "py/strtext.h"
#include "sqlite3/sqlite.h"
#include "utf8.h"

static bool show_tracebacks;

mp_obj_t sqlite_show_tracebacks(mp_obj_t enable) {
    show_tracebacks = mp_obj_is_true(enable);
    return mp_const_none;
}

static void show_run(void *exception_and_callable) {
    mp_obj_t *args = exception_and_callable;
    mp_obj_t sys = mp_import_name(MP_QSTR__sys, mp_const_none, MP_OBJ_NEW_SMALL_INT(0));
    mp_call_function_2(mp_load_attr(sys, MP_QSTR__unraisable), args[0], args[1]);
}

static void show(mp_obj_t exception, mp_obj_t callable) {
    mp_obj_t args[2] = { exception, callable };
    if (show_tracebacks && try_python(show_run, args)) {
        // Nobody is there to be told that this failed too.
    }
}

// A call of a binding: `run` does it, and leaves what SQLite wants to know.
typedef struct _call_t {
    binding_t *binding;
    sqlite3_context *context;
    int n_args;
    sqlite3_value **args;
    qstr method;
    enum { CREATING, LOOKING_UP, CALLING } stage;
    const char *text[5];
    int length[2];
    int64_t result;
} call_t;

// Runs and shows; the exception, or MP_OBJ_NULL.
static mp_obj_t try_call(nlr_fun_t run, call_t *call) {
    if (!try_python(run, call)) {
        return MP_OBJ_NULL;
    }
    mp_obj_t exception = MP_OBJ_FROM_PTR(nlr_caught());
    show(exception, call->binding->callable);
    return exception;
}

static bool is_a(mp_obj_t exception, const mp_obj_type_t *type) {
    return mp_obj_exception_match(exception, MP_OBJ_FROM_PTR(type));
}

// ---- values ----

static mp_obj_t text_value(const char *text, size_t length) {
    if (text == NULL) {
        mp_raise_type(&mp_type_MemoryError);
    }
    return codec_decode((const byte *)text, length, "utf-8", NULL);
}

static mp_obj_t value_from(sqlite3_value *value) {
    switch (sqlite3_value_type(value)) {
        case SQLITE_INTEGER:
            return mp_obj_new_int_from_ll(sqlite3_value_int64(value));
        case SQLITE_FLOAT:
            return mp_obj_new_float(sqlite3_value_double(value));
        case SQLITE_TEXT: {
            const char *text = (const char *)sqlite3_value_text(value);
            return text_value(text, sqlite3_value_bytes(value));
        }
        case SQLITE_BLOB: {
            const void *data = sqlite3_value_blob(value);
            return mp_obj_new_bytes(data, sqlite3_value_bytes(value));
        }
        default:
            return mp_const_none;
    }
}

// `first` (or MP_OBJ_NULL) and the arguments, called with `function`.
static mp_obj_t call_with(mp_obj_t function, mp_obj_t first, const call_t *call) {
    size_t before = first != MP_OBJ_NULL;
    mp_obj_list_t *args = MP_OBJ_TO_PTR(mp_obj_new_list(0, NULL));
    if (before) {
        mp_obj_list_append(MP_OBJ_FROM_PTR(args), first);
    }
    for (int i = 0; i < call->n_args; i++) {
        mp_obj_list_append(MP_OBJ_FROM_PTR(args), value_from(call->args[i]));
    }
    return mp_call_function_n_kw(function, args->len, 0, args->items);
}

static void set_result(sqlite3_context *context, mp_obj_t value) {
    mp_obj_t native = native_value(value);
    mp_buffer_info_t buffer;
    if (native == mp_const_none) {
        sqlite3_result_null(context);
    } else if (mp_obj_is_int(native) || mp_obj_is_bool(native)) {
        sqlite3_result_int64(context, integer_argument(native));
    } else if (mp_obj_is_float(native)) {
        sqlite3_result_double(context, mp_obj_get_float(native));
    } else if (mp_obj_is_str(native)) {
        size_t length;
        const char *text = text_valid(native, &length);
        sqlite3_result_text(context, text, length, SQLITE_TRANSIENT);
    } else if (mp_get_buffer(native, &buffer, MP_BUFFER_READ)) {
        sqlite3_result_blob(context, buffer.len == 0 ? "" : buffer.buf, buffer.len, SQLITE_TRANSIENT);
    } else {
        vstr_t text;
        vstr_init(&text, 64);
        vstr_printf(&text, "User-defined functions cannot return '%s' values to SQLite", mp_obj_get_type_str(value));
        sqlite_fail_class(MP_QSTR_ProgrammingError, vstr_null_terminated_str(&text));
    }
}

static void fail(sqlite3_context *context, mp_obj_t exception, const char *message) {
    if (is_a(exception, &mp_type_MemoryError)) {
        sqlite3_result_error_nomem(context);
    } else if (is_a(exception, &mp_type_OverflowError)) {
        sqlite3_result_error_toobig(context);
    } else {
        sqlite3_result_error(context, message, -1);
    }
}

// ---- functions ----

static void function_run(void *arg) {
    call_t *call = arg;
    set_result(call->context, call_with(call->binding->callable, MP_OBJ_NULL, call));
}

static void function_call(sqlite3_context *context, int n_args, sqlite3_value **args) {
    if (records_reaping) {
        return;
    }
    call_t call = { .binding = sqlite3_user_data(context), .context = context, .n_args = n_args, .args = args };
    mp_obj_t exception = try_call(function_run, &call);
    if (exception != MP_OBJ_NULL) {
        fail(context, exception, "user-defined function raised exception");
    }
}

// ---- aggregates ----

// SQLite keeps the place of the instance in the database's list, counted from 1; 0 is none.

static size_t keep_instance(database_t *database, mp_obj_t instance) {
    mp_obj_list_t *list = MP_OBJ_TO_PTR(database->instances);
    for (size_t i = 0; i < list->len; i++) {
        if (list->items[i] == mp_const_none) {
            list->items[i] = instance;
            return i + 1;
        }
    }
    mp_obj_list_append(database->instances, instance);
    return list->len;
}

static mp_obj_t *instance_at(database_t *database, size_t place) {
    mp_obj_list_t *list = MP_OBJ_TO_PTR(database->instances);
    return place >= 1 && place <= list->len ? &list->items[place - 1] : NULL;
}

static void aggregate_run(void *arg) {
    call_t *call = arg;
    database_t *database = call->binding->database;
    bool stepping = call->method == MP_QSTR_step;
    size_t *place = sqlite3_aggregate_context(call->context, stepping ? sizeof(size_t) : 0);
    if (place == NULL) {
        if (stepping) {
            mp_raise_type(&mp_type_MemoryError);
        }
        return; // no row at all, so no instance
    }
    call->stage = CREATING;
    if (*place == 0 && stepping) {
        mp_obj_t instance = mp_call_function_0(call->binding->callable);
        *place = keep_instance(database, instance);
    }
    mp_obj_t *slot = instance_at(database, *place);
    if (slot == NULL) {
        return; // it could not be made
    }
    mp_obj_t instance = *slot;
    if (call->method == MP_QSTR_finalize) {
        *slot = mp_const_none;
        *place = 0;
    }
    call->stage = LOOKING_UP;
    mp_obj_t method[2];
    mp_load_method(instance, call->method, method);
    call->stage = CALLING;
    mp_obj_t value = call_with(method[0], method[1], call);
    if (call->method == MP_QSTR_finalize || call->method == MP_QSTR_value) {
        set_result(call->context, value);
    }
}

static void aggregate_call(sqlite3_context *context, int n_args, sqlite3_value **args, qstr method) {
    if (records_reaping) {
        return;
    }
    call_t call = { .binding = sqlite3_user_data(context), .context = context, .n_args = n_args, .args = args, .method = method };
    mp_obj_t exception = try_call(aggregate_run, &call);
    if (exception != MP_OBJ_NULL) {
        char message[100];
        sqlite3_snprintf(sizeof(message), message, "user-defined aggregate's '%s' method %s",
            call.stage == CREATING ? "__init__" : qstr_str(method), call.stage == LOOKING_UP ? "not defined" : "raised error");
        fail(context, exception, message);
    }
}

static void aggregate_step(sqlite3_context *context, int n_args, sqlite3_value **args) {
    aggregate_call(context, n_args, args, MP_QSTR_step);
}

static void aggregate_inverse(sqlite3_context *context, int n_args, sqlite3_value **args) {
    aggregate_call(context, n_args, args, MP_QSTR_inverse);
}

static void aggregate_value(sqlite3_context *context) {
    aggregate_call(context, 0, NULL, MP_QSTR_value);
}

static void aggregate_finalize(sqlite3_context *context) {
    aggregate_call(context, 0, NULL, MP_QSTR_finalize);
}

// ---- bindings ----

static binding_t *new_binding(database_t *database, mp_obj_t callable) {
    binding_t *binding = m_new_obj(binding_t);
    *binding = (binding_t) { .next = database->bindings, .database = database, .callable = callable };
    return binding;
}

// SQLite has no use for it any more.
static void unbind(void *arg) {
    if (records_reaping || arg == NULL) {
        return;
    }
    binding_t *binding = arg;
    for (binding_t **at = &binding->database->bindings; *at != NULL; at = &(*at)->next) {
        if (*at == binding) {
            *at = binding->next;
            return;
        }
    }
}

enum { SCALAR, AGGREGATE, WINDOW };

mp_obj_t database_create_function(size_t n_args, const mp_obj_t *args) {
    (void)n_args;
    database_t *database = MP_OBJ_TO_PTR(args[0]);
    const char *name = text_argument(args[1]);
    int arguments = mp_obj_get_int(args[2]), flags = SQLITE_UTF8 | mp_obj_get_int(args[3]);
    mp_int_t kind = mp_obj_get_int(args[4]);
    bool remove = args[5] == mp_const_none;
    for (bool again = true;; again = false) {
        sqlite3 *db = database_handle(database);
        binding_t *binding = NULL;
        if (!remove) {
            binding = new_binding(database, args[5]);
            database->bindings = binding;
        }
        int code;
        database_enter(database);
        if (remove) {
            code = kind == WINDOW ? sqlite3_create_window_function(db, name, arguments, flags, NULL, NULL, NULL, NULL, NULL, NULL)
                : sqlite3_create_function_v2(db, name, arguments, flags, NULL, NULL, NULL, NULL, NULL);
        } else if (kind == WINDOW) {
            code = sqlite3_create_window_function(db, name, arguments, flags, binding, aggregate_step, aggregate_finalize,
                aggregate_value, aggregate_inverse, unbind);
        } else {
            code = sqlite3_create_function_v2(db, name, arguments, flags, binding, kind == SCALAR ? function_call : NULL,
                kind == SCALAR ? NULL : aggregate_step, kind == SCALAR ? NULL : aggregate_finalize, unbind);
        }
        database_leave(database);
        if (code != SQLITE_BUSY || !again || records_collect() == 0) {
            return MP_OBJ_NEW_SMALL_INT(code);
        }
    }
}

// ---- collations ----

static void collation_run(void *arg) {
    call_t *call = arg;
    mp_obj_t a = text_value(call->text[0], call->length[0]), b = text_value(call->text[1], call->length[1]);
    mp_obj_t result = mp_call_function_2(call->binding->callable, a, b);
    if (!mp_obj_is_int(result) && !mp_obj_is_bool(result)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("'%s' object cannot be interpreted as an integer"),
            mp_obj_get_type_str(result));
    }
    call->result = mp_obj_is_true(result)
        ? mp_obj_is_true(mp_binary_op(MP_BINARY_OP_LESS, result, MP_OBJ_NEW_SMALL_INT(0))) ? -1 : 1 : 0;
}

static int collation_call(void *binding, int a_length, const void *a, int b_length, const void *b) {
    if (records_reaping) {
        return 0;
    }
    call_t call = { .binding = binding, .text = { a_length ? a : "", b_length ? b : "" }, .length = { a_length, b_length } };
    return try_call(collation_run, &call) == MP_OBJ_NULL ? call.result : 0;
}

mp_obj_t database_create_collation(mp_obj_t self, mp_obj_t name_in, mp_obj_t callable) {
    database_t *database = MP_OBJ_TO_PTR(self);
    const char *name = text_argument(name_in);
    for (bool again = true;; again = false) {
        sqlite3 *db = database_handle(database);
        binding_t *binding = NULL;
        if (callable != mp_const_none) {
            binding = new_binding(database, callable);
            database->bindings = binding;
        }
        int code = sqlite3_create_collation_v2(db, name, SQLITE_UTF8, binding, binding == NULL ? NULL : collation_call, unbind);
        if (code == SQLITE_OK) {
            return mp_const_none;
        }
        unbind(binding);
        if (code != SQLITE_BUSY || !again || records_collect() == 0) {
            sqlite_fail(db);
        }
    }
}

// ---- hooks ----

static mp_obj_t optional(const char *text) {
    return text == NULL ? mp_const_none : text_from(text);
}

static void authorizer_run(void *arg) {
    call_t *call = arg;
    mp_obj_t args[5] = { MP_OBJ_NEW_SMALL_INT(call->n_args), mp_const_none, mp_const_none, mp_const_none, mp_const_none };
    for (size_t i = 0; i < 4; i++) {
        args[i + 1] = optional(call->text[i]);
    }
    mp_obj_t result = mp_call_function_n_kw(call->binding->callable, 5, 0, args);
    if (!mp_obj_is_int(result) && !mp_obj_is_bool(result)) {
        return;
    }
    int64_t code = integer_argument(result);
    if (code >= INT32_MIN && code <= INT32_MAX) {
        call->result = code;
    }
}

static int authorizer_call(void *binding, int action, const char *a, const char *b, const char *schema, const char *inner) {
    if (records_reaping) {
        return SQLITE_DENY;
    }
    call_t call = { .binding = binding, .n_args = action, .text = { a, b, schema, inner }, .result = SQLITE_DENY };
    return try_call(authorizer_run, &call) == MP_OBJ_NULL ? call.result : SQLITE_DENY;
}

mp_obj_t database_set_authorizer(mp_obj_t self, mp_obj_t callable) {
    database_t *database = MP_OBJ_TO_PTR(self);
    sqlite3 *db = database_handle(database);
    database->authorizer = callable == mp_const_none ? NULL : new_binding(database, callable);
    sqlite3_set_authorizer(db, database->authorizer == NULL ? NULL : authorizer_call, database->authorizer);
    return mp_const_none;
}

static void progress_run(void *arg) {
    call_t *call = arg;
    call->result = mp_obj_is_true(mp_call_function_0(call->binding->callable));
}

static int progress_call(void *binding) {
    if (records_reaping) {
        return 0;
    }
    call_t call = { .binding = binding };
    return try_call(progress_run, &call) == MP_OBJ_NULL ? call.result : 1;
}

mp_obj_t database_set_progress(mp_obj_t self, mp_obj_t callable, mp_obj_t n) {
    database_t *database = MP_OBJ_TO_PTR(self);
    sqlite3 *db = database_handle(database);
    int every = mp_obj_get_int(n);
    database->progress = callable == mp_const_none ? NULL : new_binding(database, callable);
    sqlite3_progress_handler(db, database->progress == NULL ? 0 : every, database->progress == NULL ? NULL : progress_call,
        database->progress);
    return mp_const_none;
}

static void trace_run(void *arg) {
    call_t *call = arg;
    mp_call_function_1(call->binding->callable, text_from(call->text[0]));
}

static void too_long_run(void *arg) {
    (void)arg;
    sqlite_fail_class(MP_QSTR_DataError, "Expanded SQL string exceeds the maximum string length");
}

static int trace_call(unsigned event, void *binding, void *statement, void *sql) {
    if (records_reaping || event != SQLITE_TRACE_STMT) {
        return 0;
    }
    call_t call = { .binding = binding };
    char *expanded = sqlite3_expanded_sql(statement);
    if (expanded == NULL) {
        try_call(too_long_run, &call);
    }
    call.text[0] = expanded == NULL ? sql : expanded;
    try_call(trace_run, &call);
    sqlite3_free(expanded);
    return 0;
}

mp_obj_t database_set_trace(mp_obj_t self, mp_obj_t callable) {
    database_t *database = MP_OBJ_TO_PTR(self);
    sqlite3 *db = database_handle(database);
    database->trace = callable == mp_const_none ? NULL : new_binding(database, callable);
    sqlite3_trace_v2(db, database->trace == NULL ? 0 : SQLITE_TRACE_STMT, database->trace == NULL ? NULL : trace_call,
        database->trace);
    return mp_const_none;
}
