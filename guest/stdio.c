// sys.stdout and sys.stderr: one buffer, flushed at the end of each line, when it is full, when the other stream is
// written, before any other event and at the end of a run. So the host sees output in the program's order, and has what
// was printed when a limit ends the run.

#include <string.h>

#include "py/mperrno.h"
#include "py/runtime.h"
#include "py/stream.h"
#include "host.h"
#include "stdio.h"

#define BUFFER_SIZE 4096

static size_t used;
static char buffer[BUFFER_SIZE];
static int kind = HOST_OUT; // of the buffered bytes

void stdio_flush(void) {
    if (used) {
        size_t len = used;
        used = 0; // first: the host may end the run here
        host_event(kind, buffer, len);
    }
}

static void stdio_put(int to, const char *str, size_t len) {
    if (to != kind || len > BUFFER_SIZE - used) {
        stdio_flush();
        kind = to;
    }
    if (len > BUFFER_SIZE) {
        host_event(kind, str, len);
        return;
    }
    memcpy(buffer + used, str, len);
    used += len;
    if (len && str[len - 1] == '\n') {
        stdio_flush();
    }
}

void hermetic_stdout(const char *str, size_t len) {
    stdio_put(HOST_OUT, str, len);
}

typedef struct _stdio_obj_t {
    mp_obj_base_t base;
    int kind;
} stdio_obj_t;

static void stdio_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t print_kind) {
    (void)print_kind;
    stdio_obj_t *self = MP_OBJ_TO_PTR(self_in);
    mp_printf(print, "<_io.TextIOWrapper name='<%s>' mode='%s' encoding='utf-8'>",
        self->kind == HOST_OUT ? "stdout" : self->kind == HOST_ERR ? "stderr" : "stdin", self->kind == HOST_INPUT ? "r" : "w");
}

static mp_uint_t stdio_write(mp_obj_t self_in, const void *buf, mp_uint_t size, int *errcode) {
    (void)errcode;
    stdio_obj_t *self = MP_OBJ_TO_PTR(self_in);
    stdio_put(self->kind, buf, size);
    return size;
}

static mp_uint_t stdio_ioctl(mp_obj_t self_in, mp_uint_t request, uintptr_t arg, int *errcode) {
    (void)self_in;
    (void)arg;
    if (request == MP_STREAM_FLUSH) {
        stdio_flush();
        return 0;
    }
    *errcode = MP_EINVAL;
    return MP_STREAM_ERROR;
}

static mp_obj_t stdio_write_method(mp_obj_t self_in, mp_obj_t text) {
    if (!mp_obj_is_str(text)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("write() argument must be str, not %s"), mp_obj_get_type_str(text));
    }
    stdio_obj_t *self = MP_OBJ_TO_PTR(self_in);
    size_t len;
    const char *data = mp_obj_str_get_data(text, &len);
    stdio_put(self->kind, data, len);
    return mp_obj_len(text);
}
static MP_DEFINE_CONST_FUN_OBJ_2(stdio_write_obj, stdio_write_method);

static mp_obj_t stdio_flush_method(mp_obj_t self_in) {
    (void)self_in;
    stdio_flush();
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(stdio_flush_obj, stdio_flush_method);

static const mp_rom_map_elem_t stdio_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR_write), MP_ROM_PTR(&stdio_write_obj) },
    { MP_ROM_QSTR(MP_QSTR_flush), MP_ROM_PTR(&stdio_flush_obj) },
};
static MP_DEFINE_CONST_DICT(stdio_locals, stdio_locals_table);

// The rest is in stdlib/_sys.py: a function that returns the attribute, or raises.
static void stdio_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    if (attr == MP_QSTR_write || attr == MP_QSTR_flush || attr == MP_QSTR___class__ || attr == MP_QSTR___init__) {
        dest[1] = MP_OBJ_SENTINEL;
        return;
    }
    mp_obj_t module = mp_import_name(MP_QSTR__sys, mp_const_none, MP_OBJ_NEW_SMALL_INT(0));
    mp_obj_t call[4];
    mp_load_method(module, MP_QSTR_stream_attribute, call);
    mp_obj_t args[] = { self_in, MP_OBJ_NEW_QSTR(attr) };
    mp_obj_t found = mp_call_function_n_kw(call[0], 2, 0, args);
    if (found != mp_const_notimplemented) {
        dest[0] = found;
    }
}

// The lines of sys.stdin.
static mp_obj_t stdio_getiter(mp_obj_t self_in, mp_obj_iter_buf_t *buffer) {
    mp_obj_t lines[2] = { MP_OBJ_NULL, MP_OBJ_NULL };
    stdio_attr(self_in, MP_QSTR_readlines, lines);
    return mp_getiter(mp_call_function_0(lines[0]), buffer);
}

static const mp_stream_p_t stdio_stream = {
    .write = stdio_write,
    .ioctl = stdio_ioctl,
    .is_text = true,
};

static MP_DEFINE_CONST_OBJ_TYPE(
    stdio_type, MP_QSTR_TextIOWrapper, MP_TYPE_FLAG_ITER_IS_GETITER,
    print, stdio_print,
    attr, stdio_attr,
    iter, stdio_getiter,
    protocol, &stdio_stream,
    locals_dict, &stdio_locals
    );

const stdio_obj_t mp_sys_stdin_obj = { { &stdio_type }, HOST_INPUT };
const stdio_obj_t mp_sys_stdout_obj = { { &stdio_type }, HOST_OUT };
const stdio_obj_t mp_sys_stderr_obj = { { &stdio_type }, HOST_ERR };
