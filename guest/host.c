// Messages to and from the host. See host.h.

#include <string.h>

#include "py/builtin.h"
#include "py/objexcept.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "py/strtext.h"
#include "cbor.h"
#include "host.h"
#include "stdio.h"
#include "utf8.h"

#define RECEIVE_SHORT 128
#define RECEIVE_LONG 4096

// A long message. One that is a text or byte string as a whole goes straight into its object.
static mp_obj_t receive_long(size_t len) {
    byte start[CBOR_HEAD_MAX], *data;
    const mp_obj_type_t *type;
    host_read(start, sizeof(start));
    size_t head = cbor_string_head(start, len, &type);
    mp_obj_t value = MP_OBJ_NULL;
    if (head) {
        value = str_unfilled(type, len - head, &data);
    } else {
        data = m_malloc_raw(len);
    }
    memcpy(data, start + head, sizeof(start) - head);
    host_read(data + sizeof(start) - head, len - sizeof(start));
    if (!head) {
        value = cbor_read(data, len);
        m_del(byte, data, len);
    } else if (type == &mp_type_str && utf8_valid_prefix(data, len - head) != len - head) {
        mp_raise_ValueError(MP_ERROR_TEXT("malformed message from the host"));
    }
    return value;
}

mp_obj_t host_receive(size_t len) {
    byte small[RECEIVE_SHORT];
    if (len >= RECEIVE_LONG) {
        return receive_long(len);
    }
    byte *data = len <= RECEIVE_SHORT ? small : m_malloc_raw(len);
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

int32_t host_send(int kind, const cbor_writer_t *message) {
    if (message->n_parts == 0) {
        return host_event(kind, message->data, message->len);
    }
    host_piece_t pieces[2 * CBOR_PARTS + 1];
    size_t count = 0, done = 0;
    for (size_t i = 0; i < message->n_parts; i++) {
        const cbor_part_t *part = &message->parts[i];
        pieces[count++] = (host_piece_t) { message->data + done, part->at - done };
        pieces[count++] = (host_piece_t) { part->data, part->len };
        done = part->at;
    }
    pieces[count++] = (host_piece_t) { message->data + done, message->len - done };
    return host_gather(kind, pieces, count);
}

static mp_obj_t reply_of(int32_t reply) {
    if (reply < 0) {
        raise_reply(host_receive(~(uint32_t)reply));
    }
    return host_receive(reply);
}

mp_obj_t host_ask(int kind, const void *ptr, size_t len) {
    stdio_flush();
    return reply_of(host_event(kind, ptr, len));
}

mp_obj_t host_call(const cbor_writer_t *message) {
    stdio_flush();
    return reply_of(host_send(HOST_CALL, message));
}
