// Exceptions: types, construction, tracebacks as data. Takes the place of upstream's py/objexcept.c. What programs see of
// an exception is in guest/exception.c.
//
// Making an exception never fails: without memory it is the one that the state has room for, without arguments.

#include <stdarg.h>
#include <string.h>

#include "py/objexcept.h"
#include "py/objstr.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "exception.h"

#define ENTRY 3 // words of a traceback

// ---- types ----

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_BaseException, MP_QSTR_BaseException, MP_TYPE_FLAG_NONE,
    make_new, mp_obj_exception_make_new,
    print, mp_obj_exception_print,
    attr, mp_obj_exception_attr
    );

MP_DEFINE_EXCEPTION(SystemExit, BaseException)
MP_DEFINE_EXCEPTION(KeyboardInterrupt, BaseException)
MP_DEFINE_EXCEPTION(GeneratorExit, BaseException)
MP_DEFINE_EXCEPTION(Exception, BaseException)
MP_DEFINE_EXCEPTION(StopAsyncIteration, Exception)
MP_DEFINE_EXCEPTION(StopIteration, Exception)
MP_DEFINE_EXCEPTION(ArithmeticError, Exception)
MP_DEFINE_EXCEPTION(OverflowError, ArithmeticError)
MP_DEFINE_EXCEPTION(ZeroDivisionError, ArithmeticError)
MP_DEFINE_EXCEPTION(AssertionError, Exception)
MP_DEFINE_EXCEPTION(AttributeError, Exception)
MP_DEFINE_EXCEPTION(EOFError, Exception)
MP_DEFINE_EXCEPTION(ImportError, Exception)
MP_DEFINE_EXCEPTION(LookupError, Exception)
MP_DEFINE_EXCEPTION(IndexError, LookupError)
MP_DEFINE_EXCEPTION(KeyError, LookupError)
MP_DEFINE_EXCEPTION(MemoryError, Exception)
MP_DEFINE_EXCEPTION(NameError, Exception)
MP_DEFINE_EXCEPTION(OSError, Exception)
MP_DEFINE_EXCEPTION(RuntimeError, Exception)
MP_DEFINE_EXCEPTION(NotImplementedError, RuntimeError)
MP_DEFINE_EXCEPTION(SyntaxError, Exception)
MP_DEFINE_EXCEPTION(IndentationError, SyntaxError)
MP_DEFINE_EXCEPTION(TypeError, Exception)
MP_DEFINE_EXCEPTION(ValueError, Exception)
MP_DEFINE_EXCEPTION(UnicodeError, ValueError)

static bool is_native(const mp_obj_type_t *type) {
    mp_make_new_fun_t make_new = MP_OBJ_TYPE_GET_SLOT_OR_NULL(type, make_new);
    return make_new == mp_obj_exception_make_new || make_new == exception_group_make_new;
}

bool mp_obj_is_native_exception_instance(mp_obj_t self) {
    return is_native(mp_obj_get_type(self));
}

bool mp_obj_is_exception_type(mp_obj_t self) {
    if (mp_obj_is_type(self, &mp_type_type) && is_native(MP_OBJ_TO_PTR(self))) {
        return true;
    }
    return mp_obj_is_subclass_fast(self, MP_OBJ_FROM_PTR(&mp_type_BaseException));
}

bool mp_obj_is_exception_instance(mp_obj_t self) {
    return mp_obj_is_exception_type(MP_OBJ_FROM_PTR(mp_obj_get_type(self)));
}

bool mp_obj_exception_match(mp_obj_t exc, mp_const_obj_t exc_type) {
    if (mp_obj_is_exception_instance(exc)) {
        exc = MP_OBJ_FROM_PTR(mp_obj_get_type(exc));
    }
    return mp_obj_is_subclass_fast(exc, exc_type);
}

mp_obj_exception_t *mp_obj_exception_get_native(mp_obj_t exc) {
    if (mp_obj_is_native_exception_instance(exc)) {
        return MP_OBJ_TO_PTR(exc);
    }
    if (!mp_obj_is_instance_type(mp_obj_get_type(exc)) || !mp_obj_is_exception_instance(exc)) {
        return NULL;
    }
    mp_obj_instance_t *instance = MP_OBJ_TO_PTR(exc);
    if (!mp_obj_is_native_exception_instance(instance->subobj[0])) {
        // __init__() has not called the one of the base class yet.
        instance->subobj[0] = mp_obj_exception_make_new(&mp_type_Exception, 0, 0, NULL);
    }
    return MP_OBJ_TO_PTR(instance->subobj[0]);
}

// ---- construction ----

mp_obj_t mp_obj_exception_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    mp_obj_exception_t *exc = m_new_obj_maybe(mp_obj_exception_t);
    if (exc == NULL) {
        exc = &MP_STATE_VM(mp_emergency_exception_obj);
    }
    *exc = (mp_obj_exception_t) { .base.type = type, .args = (mp_obj_tuple_t *)&mp_const_empty_tuple_obj };
    if (n_args > 0) {
        mp_obj_tuple_t *tuple = m_new_obj_var_maybe(mp_obj_tuple_t, items, mp_obj_t, n_args);
        if (tuple != NULL) {
            tuple->base.type = &mp_type_tuple;
            tuple->len = n_args;
            memcpy(tuple->items, args, n_args * sizeof(mp_obj_t));
            exc->args = tuple;
        }
    }
    exception_take_arguments(exc, n_kw, args + n_args);
    return MP_OBJ_FROM_PTR(exc);
}

mp_obj_t mp_obj_new_exception(const mp_obj_type_t *type) {
    return mp_obj_exception_make_new(type, 0, 0, NULL);
}

mp_obj_t mp_obj_new_exception_args(const mp_obj_type_t *type, size_t n_args, const mp_obj_t *args) {
    return mp_obj_exception_make_new(type, n_args, 0, args);
}

static mp_obj_t with_message(const mp_obj_type_t *type, const char *text, size_t len) {
    mp_obj_str_t *str = m_new_obj_maybe(mp_obj_str_t);
    if (str == NULL) {
        return mp_obj_exception_make_new(type, 0, 0, NULL);
    }
    *str = (mp_obj_str_t) { { &mp_type_str }, 0, len, (const byte *)text };
    mp_obj_t arg = MP_OBJ_FROM_PTR(str);
    return mp_obj_exception_make_new(type, 1, 0, &arg);
}

mp_obj_t mp_obj_new_exception_msg(const mp_obj_type_t *type, mp_rom_error_text_t msg) {
    return with_message(type, (const char *)msg, strlen((const char *)msg));
}

// Text that ends where memory does.
typedef struct _text_t {
    char *data;
    size_t len, alloc;
    bool full;
} text_t;

static void add_text(void *text_in, const char *str, size_t len) {
    text_t *text = text_in;
    if (!text->full && text->len + len + 1 > text->alloc) {
        size_t alloc = text->alloc + len + 32;
        char *data = m_renew_maybe(char, text->data, text->alloc, alloc, true);
        if (data == NULL) {
            text->full = true;
        } else {
            text->data = data;
            text->alloc = alloc;
        }
    }
    if (!text->full) {
        memcpy(text->data + text->len, str, len);
        text->len += len;
    }
}

mp_obj_t mp_obj_new_exception_msg_vlist(const mp_obj_type_t *type, mp_rom_error_text_t format, va_list args) {
    text_t text = { NULL, 0, 0, false };
    mp_print_t print = { &text, add_text };
    mp_vprintf(&print, (const char *)format, args);
    if (text.data == NULL) {
        return mp_obj_new_exception_msg(type, format);
    }
    text.data[text.len] = '\0';
    return with_message(type, text.data, text.len);
}

mp_obj_t mp_obj_new_exception_msg_varg(const mp_obj_type_t *type, mp_rom_error_text_t format, ...) {
    va_list args;
    va_start(args, format);
    mp_obj_t exc = mp_obj_new_exception_msg_vlist(type, format, args);
    va_end(args);
    return exc;
}

mp_obj_t mp_obj_exception_get_value(mp_obj_t self) {
    mp_obj_exception_t *exc = mp_obj_exception_get_native(self);
    return exc->args->len == 0 ? mp_const_none : exc->args->items[0];
}

// ---- tracebacks ----

void mp_obj_exception_clear_traceback(mp_obj_t self) {
    mp_obj_exception_get_native(self)->traceback_data = NULL;
}

void mp_obj_exception_add_traceback(mp_obj_t self, qstr file, size_t line, qstr function) {
    mp_obj_exception_t *exc = mp_obj_exception_get_native(self);
    if (exc->traceback_data == NULL) {
        exc->traceback_len = exc->traceback_alloc = 0;
    }
    if (exc->traceback_len + ENTRY > exc->traceback_alloc) {
        size_t alloc = exc->traceback_alloc + (exc->traceback_alloc < 8 * ENTRY ? ENTRY : exc->traceback_alloc);
        // A traceback object may have the old data, so that is not given back.
        size_t *data = m_new_maybe(size_t, alloc);
        if (data == NULL) {
            return;
        }
        if (exc->traceback_len > 0) {
            memcpy(data, exc->traceback_data, exc->traceback_len * sizeof(size_t));
        }
        exc->traceback_data = data;
        exc->traceback_alloc = alloc;
    }
    size_t *entry = exc->traceback_data + exc->traceback_len;
    entry[0] = file;
    entry[1] = line;
    entry[2] = function;
    exc->traceback_len += ENTRY;
}

void mp_obj_exception_get_traceback(mp_obj_t self, size_t *n, size_t **values) {
    mp_obj_exception_t *exc = mp_obj_exception_get_native(self);
    *values = exc->traceback_data;
    *n = exc->traceback_data == NULL ? 0 : exc->traceback_len;
}
