// Functions of the host, as Python callables. A call is one event: plain data out, plain data or an exception back.

#include "py/runtime.h"
#include "cbor.h"
#include "host.h"
#include "hostfunction.h"

typedef struct _host_function_t {
    mp_obj_base_t base;
    mp_obj_t name;
    mp_obj_t signature;
    mp_obj_t doc;
} host_function_t;

static void host_function_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    host_function_t *self = MP_OBJ_TO_PTR(self_in);
    mp_printf(print, "<host function %s%s>", mp_obj_str_get_str(self->name),
        self->signature == mp_const_none ? "" : mp_obj_str_get_str(self->signature));
}

static mp_obj_t host_function_call(mp_obj_t self_in, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    host_function_t *self = MP_OBJ_TO_PTR(self_in);
    size_t name_len;
    const char *name = mp_obj_str_get_data(self->name, &name_len);
    cbor_writer_t message;
    cbor_open(&message);
    cbor_write_array(&message, 3);
    cbor_write_text(&message, name, name_len); // the host's own, so it is valid
    cbor_write_array(&message, n_args);
    for (size_t i = 0; i < n_args; i++) {
        cbor_write(&message, args[i]);
    }
    cbor_write_map(&message, n_kw);
    for (size_t i = n_args; i < n_args + 2 * n_kw; i++) {
        cbor_write(&message, args[i]);
    }
    mp_obj_t result = host_call(&message);
    cbor_close(&message);
    return result;
}

static void host_function_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    host_function_t *self = MP_OBJ_TO_PTR(self_in);
    if (dest[0] != MP_OBJ_NULL) {
        return; // read-only
    }
    if (attr == MP_QSTR___name__ || attr == MP_QSTR___qualname__) {
        dest[0] = self->name;
    } else if (attr == MP_QSTR___doc__) {
        dest[0] = self->doc;
    } else if (attr == MP_QSTR___signature__) {
        dest[0] = self->signature;
    }
}

static MP_DEFINE_CONST_OBJ_TYPE(
    host_function_type, MP_QSTR_host_function, MP_TYPE_FLAG_NONE,
    print, host_function_print,
    call, host_function_call,
    attr, host_function_attr
    );

mp_obj_t host_function_new(mp_obj_t description) {
    host_function_t *self = mp_obj_malloc(host_function_t, &host_function_type);
    self->name = description;
    self->signature = self->doc = mp_const_none;
    if (!mp_obj_is_str(description)) {
        size_t len;
        mp_obj_t *items;
        mp_obj_get_array(description, &len, &items);
        for (size_t i = 0; i < len; i++) {
            if (!mp_obj_is_str(items[i]) && (i == 0 || items[i] != mp_const_none)) {
                len = 0;
            }
        }
        if (len < 1 || len > 3) {
            mp_raise_ValueError(MP_ERROR_TEXT("malformed description of a host function"));
        }
        self->name = items[0];
        self->signature = len > 1 ? items[1] : mp_const_none;
        self->doc = len > 2 ? items[2] : mp_const_none;
    }
    return MP_OBJ_FROM_PTR(self);
}

mp_obj_t host_function_name(mp_obj_t function) {
    return ((host_function_t *)MP_OBJ_TO_PTR(function))->name;
}
