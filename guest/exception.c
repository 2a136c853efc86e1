// Exceptions as programs see them: attributes, text, cause and context, notes, traceback objects.
//
// Attributes that a kind of exception has (errno of OSError and so on) are made from its arguments when they are asked
// for; what a program sets is in a dict.

#include <string.h>

#include "py/builtin.h"
#include "py/mperrno.h"
#include "py/objstr.h"
#include "py/runtime.h"
#include "exception.h"
#include "frames.h"
#include "function.h"
#include "py/vm.h"

static bool is_a(const mp_obj_exception_t *exc, const mp_obj_type_t *type) {
    return mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(exc->base.type), MP_OBJ_FROM_PTR(type));
}

static mp_obj_t arg(const mp_obj_exception_t *exc, size_t i) {
    return i < exc->args->len ? exc->args->items[i] : mp_const_none;
}

static mp_obj_t get_set(mp_obj_exception_t *exc, qstr attr) {
    mp_map_elem_t *elem = exc->attrs == NULL ? NULL : mp_map_lookup(&exc->attrs->map, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP);
    return elem == NULL ? MP_OBJ_NULL : elem->value;
}

static void set(mp_obj_exception_t *exc, qstr attr, mp_obj_t value) {
    if (exc->attrs == NULL) {
        exc->attrs = MP_OBJ_TO_PTR(mp_obj_new_dict(0));
    }
    mp_map_lookup(&exc->attrs->map, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP_ADD_IF_NOT_FOUND)->value = value;
}

// ---- construction ----

typedef struct _errno_type_t {
    uint8_t number;
    const mp_obj_type_t *type;
} errno_type_t;

static const errno_type_t errno_types[] = {
    { MP_ENOENT, &mp_type_FileNotFoundError }, { MP_EEXIST, &mp_type_FileExistsError }, { MP_EACCES, &mp_type_PermissionError },
    { MP_EPERM, &mp_type_PermissionError }, { MP_ENOTDIR, &mp_type_NotADirectoryError }, { MP_EISDIR, &mp_type_IsADirectoryError },
    { MP_EPIPE, &mp_type_BrokenPipeError }, { MP_ECONNABORTED, &mp_type_ConnectionAbortedError },
    { MP_ECONNREFUSED, &mp_type_ConnectionRefusedError }, { MP_ECONNRESET, &mp_type_ConnectionResetError },
    { MP_ETIMEDOUT, &mp_type_TimeoutError }, { MP_EAGAIN, &mp_type_BlockingIOError },
    { MP_EINPROGRESS, &mp_type_BlockingIOError }, { 4, &mp_type_InterruptedError }, { 3, &mp_type_ProcessLookupError },
    { 10, &mp_type_ChildProcessError },
};

void exception_take_arguments(mp_obj_exception_t *exc, size_t n_kw, const mp_obj_t *kwargs) {
    for (size_t i = 0; i < n_kw; i++) {
        set(exc, mp_obj_str_get_qstr(kwargs[2 * i]), kwargs[2 * i + 1]);
    }
    if (exc->base.type == &mp_type_OSError && exc->args->len >= 2 && mp_obj_is_small_int(exc->args->items[0])) {
        for (size_t i = 0; i < MP_ARRAY_SIZE(errno_types); i++) {
            if (exc->args->items[0] == MP_OBJ_NEW_SMALL_INT(errno_types[i].number)) {
                exc->base.type = errno_types[i].type;
            }
        }
    }
    if (exc->args->len > 2 && exc->args->len <= 5 && is_a(exc, &mp_type_OSError)) {
        set(exc, MP_QSTR_filename, exc->args->items[2]);
        if (exc->args->len == 5) {
            set(exc, MP_QSTR_filename2, exc->args->items[4]);
        }
        exc->args = MP_OBJ_TO_PTR(mp_obj_new_tuple(2, exc->args->items));
    }
}

// ---- text ----

// Whether the arguments are what the kind's own constructor takes, so that it has the attributes for it.
static bool is_unicode_error(const mp_obj_exception_t *exc) {
    return exc->args->len == 5 && (is_a(exc, &mp_type_UnicodeDecodeError) || is_a(exc, &mp_type_UnicodeEncodeError));
}

static bool is_full_syntax_error(const mp_obj_exception_t *exc) {
    return exc->args->len == 2 && is_a(exc, &mp_type_SyntaxError) && mp_obj_is_type(exc->args->items[1], &mp_type_tuple);
}

static void print_unicode_error(const mp_print_t *print, const mp_obj_exception_t *exc) {
    mp_int_t start = mp_obj_get_int(arg(exc, 2)), end = mp_obj_get_int(arg(exc, 3));
    bool decode = is_a(exc, &mp_type_UnicodeDecodeError);
    mp_print_str(print, "'");
    mp_obj_print_helper(print, arg(exc, 0), PRINT_STR);
    mp_printf(print, "' codec can't %s ", decode ? "decode" : "encode");
    if (end == start + 1) {
        mp_obj_t item = mp_obj_subscr(arg(exc, 1), MP_OBJ_NEW_SMALL_INT(start), MP_OBJ_SENTINEL);
        if (decode) {
            mp_printf(print, "byte 0x%02x", (unsigned)mp_obj_get_int(item));
        } else {
            size_t len;
            unichar c = utf8_get_char((const byte *)mp_obj_str_get_data(item, &len));
            mp_printf(print, c < 0x100 ? "character '\\x%02x'" : c < 0x10000 ? "character '\\u%04x'" : "character '\\U%08x'", (unsigned)c);
        }
        mp_printf(print, " in position %d: ", (int)start);
    } else {
        mp_printf(print, "%s in position %d-%d: ", decode ? "bytes" : "characters", (int)start, (int)end - 1);
    }
    mp_obj_print_helper(print, arg(exc, 4), PRINT_STR);
}

static void print_syntax_error(const mp_print_t *print, const mp_obj_exception_t *exc) {
    mp_obj_tuple_t *details = MP_OBJ_TO_PTR(exc->args->items[1]);
    mp_obj_print_helper(print, exc->args->items[0], PRINT_STR);
    if (details->len >= 2 && mp_obj_is_str(details->items[0])) {
        const char *file = mp_obj_str_get_str(details->items[0]), *slash = strrchr(file, '/');
        mp_printf(print, " (%s, line ", slash ? slash + 1 : file);
        mp_obj_print_helper(print, details->items[1], PRINT_STR);
        mp_print_str(print, ")");
    }
}

static void print_text(const mp_print_t *print, mp_obj_exception_t *exc) {
    size_t n = exc->args->len;
    if (exception_is_group(exc) && n == 2) {
        size_t count = mp_obj_get_int(mp_obj_len(arg(exc, 1)));
        mp_obj_print_helper(print, arg(exc, 0), PRINT_STR);
        mp_printf(print, " (%u sub-exception%s)", (unsigned)count, count == 1 ? "" : "s");
    } else if (is_unicode_error(exc)) {
        print_unicode_error(print, exc);
    } else if (is_full_syntax_error(exc)) {
        print_syntax_error(print, exc);
    } else if (n == 2 && is_a(exc, &mp_type_OSError)) {
        mp_print_str(print, "[Errno ");
        mp_obj_print_helper(print, arg(exc, 0), PRINT_STR);
        mp_print_str(print, "] ");
        mp_obj_print_helper(print, arg(exc, 1), PRINT_STR);
        mp_obj_t filename = get_set(exc, MP_QSTR_filename);
        if (filename != MP_OBJ_NULL && filename != mp_const_none) {
            mp_print_str(print, ": ");
            mp_obj_print_helper(print, filename, PRINT_REPR);
        }
    } else if (n == 1) {
        mp_obj_print_helper(print, arg(exc, 0), is_a(exc, &mp_type_KeyError) ? PRINT_REPR : PRINT_STR);
    } else if (n > 1) {
        mp_obj_print_helper(print, MP_OBJ_FROM_PTR(exc->args), PRINT_REPR);
    }
}

void mp_obj_exception_print(const mp_print_t *print, mp_obj_t self, mp_print_kind_t kind) {
    mp_obj_exception_t *exc = MP_OBJ_TO_PTR(self);
    bool named = !(kind & PRINT_EXC_SUBCLASS);
    kind &= ~PRINT_EXC_SUBCLASS;
    if (kind == PRINT_STR) {
        print_text(print, exc);
    } else if (kind == PRINT_EXC) {
        mp_printf(print, "%q: ", exc->base.type->name);
        print_text(print, exc);
    } else {
        if (named) {
            mp_printf(print, "%q", exc->base.type->name);
        }
        mp_print_str(print, "(");
        for (size_t i = 0; i < exc->args->len; i++) {
            mp_print_str(print, i ? ", " : "");
            mp_obj_print_helper(print, exc->args->items[i], PRINT_REPR);
        }
        mp_print_str(print, ")");
    }
}

// ---- cause and context ----

// Follows contexts from `from`, and takes `exc` out of the chain: none may be its own.
static void break_cycle(mp_obj_t exc, mp_obj_t from) {
    mp_obj_t slow = from;
    for (size_t i = 1;; i++) {
        mp_obj_exception_t *native = mp_obj_exception_get_native(from);
        if (native == NULL || native->context == MP_OBJ_NULL) {
            return;
        }
        if (native->context == exc) {
            native->context = MP_OBJ_NULL;
            return;
        }
        from = native->context;
        if (i % 2 == 0) {
            slow = mp_obj_exception_get_native(slow)->context;
            if (slow == from) {
                return; // a cycle that a program made
            }
        }
    }
}

void exception_set_context(mp_obj_t exc, mp_obj_t context) {
    mp_obj_exception_t *native = mp_obj_exception_get_native(exc);
    if (native == NULL || exc == context || (void *)native == (void *)&mp_const_GeneratorExit_obj) {
        return;
    }
    break_cycle(exc, context);
    native->context = context;
}

static mp_obj_t or_none(mp_obj_t value) {
    return value == MP_OBJ_NULL ? mp_const_none : value;
}

static mp_obj_t exception_or_none(mp_obj_t value, const char *what) {
    if (value == mp_const_none || value == MP_OBJ_NULL) {
        return MP_OBJ_NULL;
    }
    if (!mp_obj_is_exception_instance(value)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("exception %s must be None or derive from BaseException"), what);
    }
    return value;
}

// ---- traceback objects ----

typedef struct _traceback_t {
    mp_obj_base_t base;
    size_t *data;
    size_t len;   // words of data that count
} traceback_t;

static const mp_obj_type_t type_traceback;

static mp_obj_t new_traceback(size_t *data, size_t len) {
    if (data == NULL || len < 3) {
        return mp_const_none;
    }
    traceback_t *traceback = mp_obj_malloc(traceback_t, &type_traceback);
    traceback->data = data;
    traceback->len = len;
    return MP_OBJ_FROM_PTR(traceback);
}

mp_obj_t exception_traceback(mp_obj_t exc) {
    size_t n, *values;
    mp_obj_exception_get_traceback(exc, &n, &values);
    mp_obj_exception_t *native = mp_obj_exception_get_native(exc);
    if (native == NULL || n < 3) {
        return mp_const_none;
    }
    // The same object as before, unless frames were added.
    traceback_t *made = native->traceback == MP_OBJ_NULL ? NULL : MP_OBJ_TO_PTR(native->traceback);
    if (made == NULL || made->data != values || made->len != n) {
        native->traceback = new_traceback(values, n);
    }
    return native->traceback;
}

static void traceback_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    traceback_t *self = MP_OBJ_TO_PTR(self_in);
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    const size_t *entry = self->data + self->len - 3;
    if (attr == MP_QSTR_tb_lineno) {
        dest[0] = MP_OBJ_NEW_SMALL_INT(entry[1]);
    } else if (attr == MP_QSTR_tb_next) {
        dest[0] = new_traceback(self->data, self->len - 3);
    } else if (attr == MP_QSTR_tb_frame) {
        dest[0] = frame_of_traceback(entry[0], entry[1], entry[2]);
    }
}

static MP_DEFINE_CONST_OBJ_TYPE(type_traceback, MP_QSTR_traceback, MP_TYPE_FLAG_NONE, attr, traceback_attr);

static void set_traceback(mp_obj_exception_t *exc, mp_obj_t value) {
    if (value == mp_const_none) {
        exc->traceback_data = NULL;
        exc->traceback_len = 0;
        exc->traceback = MP_OBJ_NULL;
    } else if (mp_obj_is_exact_type(value, &type_traceback)) {
        traceback_t *traceback = MP_OBJ_TO_PTR(value);
        exc->traceback_data = traceback->data;
        exc->traceback = value;
        exc->traceback_len = exc->traceback_alloc = traceback->len;
    } else {
        mp_raise_TypeError(MP_ERROR_TEXT("__traceback__ must be a traceback or None"));
    }
}

// ---- methods ----

static mp_obj_t with_traceback(mp_obj_t self, mp_obj_t traceback) {
    set_traceback(mp_obj_exception_get_native(self), traceback);
    return self;
}
static MP_DEFINE_CONST_FUN_OBJ_2(with_traceback_obj, with_traceback);

static mp_obj_t add_note(mp_obj_t self, mp_obj_t note) {
    if (!mp_obj_is_str(note)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("note must be a str, not '%s'"), mp_obj_get_type_str(note));
    }
    mp_obj_exception_t *exc = mp_obj_exception_get_native(self);
    mp_obj_t notes = get_set(exc, MP_QSTR___notes__);
    if (notes == MP_OBJ_NULL) {
        notes = mp_obj_new_list(0, NULL);
        set(exc, MP_QSTR___notes__, notes);
    }
    if (!mp_obj_is_exact_type(notes, &mp_type_list)) {
        mp_raise_TypeError(MP_ERROR_TEXT("Cannot add note: __notes__ is not a list"));
    }
    mp_obj_list_append(notes, note);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(add_note_obj, add_note);

static mp_obj_t text(mp_obj_t self, mp_print_kind_t kind) {
    vstr_t vstr;
    mp_print_t print;
    vstr_init_print(&vstr, 32, &print);
    if (kind == PRINT_REPR) {
        mp_printf(&print, "%q", mp_obj_get_type(self)->name);
        kind |= PRINT_EXC_SUBCLASS;
    }
    mp_obj_exception_print(&print, MP_OBJ_FROM_PTR(mp_obj_exception_get_native(self)), kind);
    return mp_obj_new_str_from_vstr(&vstr);
}

static mp_obj_t exception_str(mp_obj_t self) {
    return text(self, PRINT_STR);
}
static MP_DEFINE_CONST_FUN_OBJ_1(exception_str_obj, exception_str);

static mp_obj_t exception_repr(mp_obj_t self) {
    return text(self, PRINT_REPR);
}
static MP_DEFINE_CONST_FUN_OBJ_1(exception_repr_obj, exception_repr);

// ---- attributes ----

bool exception_has_slot(qstr attr) {
    switch (attr) {
        case MP_QSTR_args:
        case MP_QSTR___cause__:
        case MP_QSTR___context__:
        case MP_QSTR___suppress_context__:
        case MP_QSTR___traceback__:
        case MP_QSTR___notes__:
            return true;
        default:
            return false;
    }
}

// What stands between the last quotes of the message, for exceptions that the interpreter raises.
static mp_obj_t quoted_name(mp_obj_exception_t *exc) {
    if (exc->args->len == 1 && mp_obj_is_str(exc->args->items[0])) {
        size_t len;
        const char *text = mp_obj_str_get_data(exc->args->items[0], &len);
        size_t end = len;
        while (end > 0 && text[end - 1] != '\'') {
            end--;
        }
        size_t start = end > 0 ? end - 1 : 0;
        while (start > 0 && text[start - 1] != '\'') {
            start--;
        }
        if (start > 0) {
            return mp_obj_new_str(text + start, end - 1 - start);
        }
    }
    return mp_const_none;
}

static mp_obj_t syntax_detail(mp_obj_exception_t *exc, size_t i) {
    if (!is_full_syntax_error(exc)) {
        return mp_const_none;
    }
    mp_obj_tuple_t *details = MP_OBJ_TO_PTR(exc->args->items[1]);
    return i < details->len ? details->items[i] : mp_const_none;
}

mp_obj_t exception_get(mp_obj_exception_t *exc, qstr attr) {
    mp_obj_t value = get_set(exc, attr);
    if (value != MP_OBJ_NULL) {
        return value;
    }
    switch (attr) {
        case MP_QSTR_value:
            return is_a(exc, &mp_type_StopIteration) ? arg(exc, 0) : MP_OBJ_NULL;
        case MP_QSTR_code:
            return !is_a(exc, &mp_type_SystemExit) ? MP_OBJ_NULL
                : exc->args->len > 1 ? MP_OBJ_FROM_PTR(exc->args) : arg(exc, 0);
        case MP_QSTR_errno:
            return !is_a(exc, &mp_type_OSError) ? MP_OBJ_NULL : exc->args->len == 2 ? arg(exc, 0)
                : exc->args->len == 1 && mp_obj_is_small_int(arg(exc, 0)) ? arg(exc, 0) : mp_const_none;
        case MP_QSTR_strerror:
            return is_a(exc, &mp_type_OSError) ? arg(exc, 1) : MP_OBJ_NULL;
        case MP_QSTR_filename:
            return is_a(exc, &mp_type_SyntaxError) ? syntax_detail(exc, 0)
                : is_a(exc, &mp_type_OSError) ? mp_const_none : MP_OBJ_NULL;
        case MP_QSTR_filename2:
            return is_a(exc, &mp_type_OSError) ? mp_const_none : MP_OBJ_NULL;
        case MP_QSTR_name:
            return is_a(exc, &mp_type_ImportError) || is_a(exc, &mp_type_NameError) || is_a(exc, &mp_type_AttributeError)
                ? quoted_name(exc) : MP_OBJ_NULL;
        case MP_QSTR_path:
            return is_a(exc, &mp_type_ImportError) ? mp_const_none : MP_OBJ_NULL;
        case MP_QSTR_obj:
            return is_a(exc, &mp_type_AttributeError) ? mp_const_none : MP_OBJ_NULL;
        case MP_QSTR_msg:
            return is_a(exc, &mp_type_SyntaxError) || is_a(exc, &mp_type_ImportError) ? arg(exc, 0) : MP_OBJ_NULL;
        case MP_QSTR_lineno:
            return is_a(exc, &mp_type_SyntaxError) ? syntax_detail(exc, 1) : MP_OBJ_NULL;
        case MP_QSTR_offset:
            return is_a(exc, &mp_type_SyntaxError) ? syntax_detail(exc, 2) : MP_OBJ_NULL;
        case MP_QSTR_text:
            return is_a(exc, &mp_type_SyntaxError) ? syntax_detail(exc, 3) : MP_OBJ_NULL;
        case MP_QSTR_end_lineno:
            return is_a(exc, &mp_type_SyntaxError) ? syntax_detail(exc, 4) : MP_OBJ_NULL;
        case MP_QSTR_end_offset:
            return is_a(exc, &mp_type_SyntaxError) ? syntax_detail(exc, 5) : MP_OBJ_NULL;
        case MP_QSTR_encoding:
            return is_unicode_error(exc) ? arg(exc, 0) : MP_OBJ_NULL;
        case MP_QSTR_object:
            return is_unicode_error(exc) ? arg(exc, 1) : MP_OBJ_NULL;
        case MP_QSTR_start:
            return is_unicode_error(exc) ? arg(exc, 2) : MP_OBJ_NULL;
        case MP_QSTR_end:
            return is_unicode_error(exc) ? arg(exc, 3) : MP_OBJ_NULL;
        case MP_QSTR_reason:
            return is_unicode_error(exc) ? arg(exc, 4) : MP_OBJ_NULL;
        default:
            return MP_OBJ_NULL;
    }
}

static void load(mp_obj_exception_t *exc, mp_obj_t self, qstr attr, mp_obj_t *dest) {
    switch (attr) {
        case MP_QSTR_args:
            dest[0] = MP_OBJ_FROM_PTR(exc->args);
            break;
        case MP_QSTR___cause__:
            dest[0] = or_none(exc->cause);
            break;
        case MP_QSTR___context__:
            dest[0] = or_none(exc->context);
            break;
        case MP_QSTR___suppress_context__:
            dest[0] = mp_obj_new_bool(exc->suppress_context);
            break;
        case MP_QSTR___traceback__:
            dest[0] = exception_traceback(self);
            break;
        case MP_QSTR___dict__:
            dest[0] = exc->attrs == NULL ? mp_obj_new_dict(0) : mp_obj_dict_copy(MP_OBJ_FROM_PTR(exc->attrs));
            break;
        case MP_QSTR_with_traceback:
            dest[0] = MP_OBJ_FROM_PTR(&with_traceback_obj);
            dest[1] = self;
            break;
        case MP_QSTR_add_note:
            dest[0] = MP_OBJ_FROM_PTR(&add_note_obj);
            dest[1] = self;
            break;
        case MP_QSTR___str__:
            dest[0] = MP_OBJ_FROM_PTR(&exception_str_obj);
            dest[1] = self;
            break;
        case MP_QSTR___repr__:
            dest[0] = MP_OBJ_FROM_PTR(&exception_repr_obj);
            dest[1] = self;
            break;
        default: {
            mp_obj_t value = exception_get(exc, attr);
            if (value != MP_OBJ_NULL) {
                dest[0] = value;
            } else if (exception_is_group(exc)) {
                exception_group_attr(exc, self, attr, dest);
            }
            break;
        }
    }
}

void mp_obj_exception_attr(mp_obj_t self, qstr attr, mp_obj_t *dest) {
    mp_obj_exception_t *exc = MP_OBJ_TO_PTR(self);
    if (dest[0] == MP_OBJ_NULL) {
        load(exc, self, attr, dest);
        return;
    }
    mp_obj_t value = dest[1];
    if ((void *)exc == (void *)&mp_const_GeneratorExit_obj) {
        return;
    }
    if (value == MP_OBJ_NULL) {
        if (exc->attrs != NULL && mp_map_lookup(&exc->attrs->map, MP_OBJ_NEW_QSTR(attr), MP_MAP_LOOKUP_REMOVE_IF_FOUND)) {
            dest[0] = MP_OBJ_NULL;
        }
        return;
    }
    switch (attr) {
        case MP_QSTR_args:
            exc->args = MP_OBJ_TO_PTR(mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_tuple), value));
            break;
        case MP_QSTR___cause__:
            exc->cause = exception_or_none(value, "cause");
            exc->suppress_context = true;
            break;
        case MP_QSTR___context__:
            exc->context = exception_or_none(value, "context");
            break;
        case MP_QSTR___suppress_context__:
            exc->suppress_context = mp_obj_is_true(value);
            break;
        case MP_QSTR___traceback__:
            set_traceback(exc, value);
            break;
        default:
            set(exc, attr, value);
            break;
    }
    dest[0] = MP_OBJ_NULL;
}

// <raise_from>(exception, cause) returns the exception to raise.
static mp_obj_t raise_from(mp_obj_t exc, mp_obj_t cause) {
    exc = mp_make_raise_obj(exc);
    mp_obj_exception_t *native = mp_obj_exception_get_native(exc);
    if (native == NULL) {
        return exc;
    }
    if (mp_obj_is_exception_type(cause)) {
        cause = mp_call_function_0(cause);
    }
    if (cause != mp_const_none && !mp_obj_is_exception_instance(cause)) {
        mp_raise_TypeError(MP_ERROR_TEXT("exception causes must derive from BaseException"));
    }
    native->cause = cause == mp_const_none ? MP_OBJ_NULL : cause;
    native->suppress_context = true;
    return exc;
}
MP_DEFINE_CONST_FUN_OBJ_2(hermetic_raise_from_obj, raise_from);

mp_obj_t generator_stop_error(mp_obj_t stop) {
    mp_obj_t error = mp_obj_new_exception_msg(&mp_type_RuntimeError, MP_ERROR_TEXT("generator raised StopIteration"));
    mp_obj_exception_t *native = mp_obj_exception_get_native(error);
    native->cause = native->context = stop;
    native->suppress_context = true;
    return error;
}

// ---- sys ----

static mp_obj_t sys_exc_info(void) {
    mp_obj_t exc = vm_handled_exception();
    mp_obj_t items[] = { mp_const_none, mp_const_none, mp_const_none };
    if (exc != MP_OBJ_NULL) {
        items[0] = MP_OBJ_FROM_PTR(mp_obj_get_type(exc));
        items[1] = exc;
        items[2] = exception_traceback(exc);
    }
    return mp_obj_new_tuple(3, items);
}
MP_DEFINE_CONST_FUN_OBJ_0(hermetic_exc_info_obj, sys_exc_info);

static mp_obj_t sys_exception(void) {
    return or_none(vm_handled_exception());
}
MP_DEFINE_CONST_FUN_OBJ_0(hermetic_exception_obj, sys_exception);

// from module import name
NORETURN void exception_raise_cannot_import(mp_obj_t module, qstr name) {
    mp_obj_t dest[2];
    mp_load_method_maybe(module, MP_QSTR___name__, dest);
    mp_obj_t exc = mp_obj_new_exception_msg_varg(&mp_type_ImportError,
        MP_ERROR_TEXT("cannot import name '%q' from '%s' (unknown location)"), name,
        dest[0] != MP_OBJ_NULL && mp_obj_is_str(dest[0]) ? mp_obj_str_get_str(dest[0]) : "?");
    set(mp_obj_exception_get_native(exc), MP_QSTR_name, or_none(dest[0]));
    nlr_raise(exc);
}

typedef struct _submodule_t {
    qstr full;
    mp_obj_t module;
} submodule_t;

static void submodule_run(void *arg) {
    submodule_t *submodule = arg;
    // A true list of names asks for the module itself and not for its package.
    submodule->module = mp_import_name(submodule->full, mp_const_true, MP_OBJ_NEW_SMALL_INT(0));
}

// from package import name, which may be a module of the package that was not imported yet
mp_obj_t import_submodule(mp_obj_t package, qstr name, qstr full) {
    submodule_t submodule = { full, MP_OBJ_NULL };
    if (nlr_try(submodule_run, &submodule) == 0) {
        return submodule.module;
    }
    mp_obj_t exc = MP_OBJ_FROM_PTR(nlr_caught()), dest[2];
    if (mp_obj_exception_match(exc, MP_OBJ_FROM_PTR(&mp_type_ModuleNotFoundError))) {
        mp_load_method_maybe(exc, MP_QSTR_name, dest);
        if (dest[0] == MP_OBJ_NEW_QSTR(full)) {
            exception_raise_cannot_import(package, name);
        }
    }
    nlr_jump(MP_OBJ_TO_PTR(exc));
}
