// Messages to and from the host. See host.h.

#include <string.h>

#include "py/builtin.h"
#include "py/objexcept.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "cbor.h"
#include "host.h"
#include "stdio.h"

#define RECEIVE_SHORT 128

mp_obj_t host_receive(size_t len) {
    byte small[RECEIVE_SHORT];
    byte *data = len <= RECEIVE_SHORT ? small : m_new_leaf(byte, len);
    host_read(data, len);
    mp_obj_t value = cbor_read(data, len);
    if (data != small) {
        m_del(byte, data, len);
    }
    return value;
}

// The request is the CBOR int `len`, the reply a CBOR byte string of that length: one byte is the head of either.
bool host_entropy(byte *to, size_t len) {
    byte want = len, reply[1 + HOST_ENTROPY_MOST];
    stdio_flush();
    if (host_event(HOST_ENTROPY, &want, 1) != (int32_t)len + 1) {
        return false;
    }
    host_read(reply, len + 1);
    memcpy(to, reply + 1, len);
    return reply[0] == (0x40 | len);
}

// The built-in exception type of that name; otherwise a new type with it, for a traceback to show.
static mp_obj_t exception_type(mp_obj_t name) {
    qstr q = mp_obj_str_get_qstr(name);
    mp_map_elem_t *builtin = mp_map_lookup((mp_map_t *)&mp_module_builtins_globals.map, MP_OBJ_NEW_QSTR(q), MP_MAP_LOOKUP);
    if (builtin && mp_obj_is_exception_type(builtin->value)) {
        return builtin->value;
    }
    mp_obj_t base = MP_OBJ_FROM_PTR(&mp_type_RuntimeError);
    return mp_obj_new_type(q, mp_obj_new_tuple(1, &base), mp_obj_new_dict(0));
}

// `error` is [type name, message].
static NORETURN void raise_reply(mp_obj_t error) {
    size_t len;
    mp_obj_t *items;
    mp_obj_get_array(error, &len, &items);
    if (len != 2 || !mp_obj_is_str(items[0]) || !mp_obj_is_str(items[1])) {
        mp_raise_ValueError(MP_ERROR_TEXT("malformed message from the host"));
    }
    nlr_raise(mp_call_function_1(exception_type(items[0]), items[1]));
}

mp_obj_t host_ask(int kind, const void *ptr, size_t len) {
    stdio_flush();
    int32_t reply = host_event(kind, ptr, len);
    if (reply < 0) {
        raise_reply(host_receive(~(uint32_t)reply));
    }
    return host_receive(reply);
}
