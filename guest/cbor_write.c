// Encoding. Values come from the guest's program: any type, any nesting, cycles.

#include <string.h>

#include "py/cstack.h"
#include "py/objarray.h"
#include "py/objint.h"
#include "py/objlist.h"
#include "py/objstr.h"
#include "py/objtuple.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "cbor.h"
#include "utf8.h"

enum { UINT = 0, NEGATIVE, BYTES, TEXT, ARRAY, MAP, TAG, SIMPLE };
enum { TAG_BIG = 2, TAG_BIG_NEGATIVE = 3, TAG_SET = 258, TAG_TUPLE = 40000, TAG_FROZENSET = 40001 };

// A container that is being written, and where in it: for the path in messages and to see cycles.
typedef struct _frame_t {
    const struct _frame_t *outer;
    mp_obj_t container;
    mp_obj_t key; // what indexes the member in question, or MP_OBJ_NULL in a set
    size_t depth;
} frame_t;

static void write_value(cbor_writer_t *out, mp_obj_t value, const frame_t *outer);

static MP_NOINLINE void grow(cbor_writer_t *out, size_t more) {
    size_t alloc = m_size((int64_t)out->len + more);
    alloc = MAX(alloc, out->alloc + out->alloc / 2);
    if (out->data == out->small) {
        out->data = m_malloc_raw(alloc);
        memcpy(out->data, out->small, out->len);
    } else {
        out->data = m_renew(byte, out->data, out->alloc, alloc);
    }
    out->alloc = alloc;
}

// The place of the next `len` bytes, which are to be written at once.
static inline byte *add(cbor_writer_t *out, size_t len) {
    if (len > out->alloc - out->len) {
        grow(out, len);
    }
    byte *at = out->data + out->len;
    out->len += len;
    return at;
}

static inline void add_bytes(cbor_writer_t *out, const void *data, size_t len) {
    memcpy(add(out, len), data, len);
}

void cbor_close(cbor_writer_t *out) {
    if (out->data != out->small) {
        m_del(byte, out->data, out->alloc);
    }
}

static MP_NOINLINE void long_head(cbor_writer_t *out, int major, uint64_t value) {
    size_t n = value <= UINT8_MAX ? 1 : value <= UINT16_MAX ? 2 : value <= UINT32_MAX ? 4 : 8;
    static const uint8_t info[] = { 0, 24, 25, 0, 26, 0, 0, 0, 27 };
    byte *to = add(out, n + 1);
    *to++ = major << 5 | info[n];
    for (size_t i = n; i-- > 0;) {
        *to++ = value >> 8 * i;
    }
}

static inline void head(cbor_writer_t *out, int major, uint64_t value) {
    if (value < 24) {
        *add(out, 1) = major << 5 | value;
    } else {
        long_head(out, major, value);
    }
}

void cbor_write_array(cbor_writer_t *out, size_t len) {
    head(out, ARRAY, len);
}

void cbor_write_map(cbor_writer_t *out, size_t len) {
    head(out, MAP, len);
}

void cbor_write_text(cbor_writer_t *out, const char *text, size_t len) {
    head(out, TEXT, len);
    add_bytes(out, text, len);
}

// The same for what belongs to an object that does not change.
static void write_string(cbor_writer_t *out, int major, const void *data, size_t len) {
    head(out, major, len);
    if (len < CBOR_APART || out->n_parts == CBOR_PARTS) {
        add_bytes(out, data, len);
        return;
    }
    out->parts[out->n_parts++] = (cbor_part_t) { out->len, data, len };
}

void cbor_write_int(cbor_writer_t *out, int64_t value) {
    head(out, value < 0 ? NEGATIVE : UINT, value < 0 ? ~(uint64_t)value : (uint64_t)value);
}

static void add_path(vstr_t *text, const frame_t *frame) {
    if (frame->outer) {
        add_path(text, frame->outer);
    }
    mp_print_t print = { text, (mp_print_strn_t)vstr_add_strn };
    mp_print_str(&print, "[");
    if (frame->key == MP_OBJ_NULL) {
        mp_print_str(&print, "...");
    } else {
        mp_obj_print_helper(&print, frame->key, PRINT_REPR);
    }
    mp_print_str(&print, "]");
}

static NORETURN void refuse(const mp_obj_type_t *type, const char *what, const char *name, const frame_t *where) {
    vstr_t text;
    vstr_init(&text, 64);
    vstr_printf(&text, "cannot pass %s%s", what, name);
    if (where && where->depth < 20) {
        vstr_add_str(&text, " (at ");
        add_path(&text, where);
        vstr_add_str(&text, ")");
    }
    nlr_raise(mp_obj_new_exception_arg1(type, mp_obj_new_str_from_vstr(&text)));
}

static void write_big(cbor_writer_t *out, mp_obj_t value) {
    bool negative = mp_obj_int_sign(value) < 0;
    if (negative) {
        value = mp_unary_op(MP_UNARY_OP_INVERT, value); // -1 - n, which CBOR stores
    }
    if (mp_obj_is_small_int(value)) {
        head(out, negative ? NEGATIVE : UINT, MP_OBJ_SMALL_INT_VALUE(value));
        return;
    }
    const mpz_t *mpz = &((mp_obj_int_t *)MP_OBJ_TO_PTR(value))->mpz;
    size_t len = mpz->len * sizeof(mpz_dig_t);
    byte *bytes = m_new_leaf(byte, len);
    mpz_as_bytes(mpz, true, false, len, bytes);
    size_t zeros = 0;
    while (zeros < len && bytes[zeros] == 0) {
        zeros++;
    }
    if (len - zeros <= 8) {
        uint64_t magnitude = 0;
        for (size_t i = zeros; i < len; i++) {
            magnitude = magnitude << 8 | bytes[i];
        }
        head(out, negative ? NEGATIVE : UINT, magnitude);
    } else {
        head(out, TAG, negative ? TAG_BIG_NEGATIVE : TAG_BIG);
        head(out, BYTES, len - zeros);
        add_bytes(out, bytes + zeros, len - zeros);
    }
    m_del(byte, bytes, len);
}

static void write_float(cbor_writer_t *out, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof(bits));
    byte *to = add(out, 9);
    *to++ = 0xfb;
    for (int i = 8; i-- > 0;) {
        *to++ = bits >> 8 * i;
    }
}

// Code of the program's can run while a member is written (a property, a time zone), and change the container: its length
// is looked at again each time, and what does not agree with the head is refused.
static void check_unchanged(bool unchanged, const frame_t *frame) {
    if (!unchanged) {
        refuse(&mp_type_RuntimeError, "a container that changes meanwhile", "", frame->outer);
    }
}

static void write_tuple(cbor_writer_t *out, mp_obj_t container, frame_t *frame) {
    size_t len;
    mp_obj_t *items;
    mp_obj_tuple_get(container, &len, &items);
    head(out, ARRAY, len);
    for (size_t i = 0; i < len; i++) {
        frame->key = MP_OBJ_NEW_SMALL_INT(i);
        write_value(out, items[i], frame);
    }
}

static void write_list(cbor_writer_t *out, mp_obj_t container, frame_t *frame) {
    mp_obj_list_t *list = MP_OBJ_TO_PTR(container);
    size_t len = list->len;
    head(out, ARRAY, len);
    for (size_t i = 0; i < len; i++) {
        check_unchanged(list->len == len, frame);
        frame->key = MP_OBJ_NEW_SMALL_INT(i);
        write_value(out, list->items[i], frame);
    }
}

static void write_map(cbor_writer_t *out, const mp_map_t *map, frame_t *frame) {
    size_t left = map->used;
    head(out, MAP, left);
    for (size_t i = 0; i < map->alloc; i++) {
        if (mp_map_slot_is_filled(map, i)) {
            check_unchanged(left-- > 0, frame);
            mp_obj_t value = map->table[i].value;
            frame->key = map->table[i].key;
            write_value(out, frame->key, frame);
            write_value(out, value, frame);
        }
    }
    check_unchanged(left == 0, frame);
}

static void write_set(cbor_writer_t *out, mp_obj_t container, frame_t *frame) {
    // By iteration: the type of set objects is private to py/objset.c.
    size_t left = MP_OBJ_SMALL_INT_VALUE(mp_obj_len(container));
    head(out, ARRAY, left);
    mp_obj_iter_buf_t buf;
    mp_obj_t iterator = mp_getiter(container, &buf);
    for (mp_obj_t item; (item = mp_iternext(iterator)) != MP_OBJ_STOP_ITERATION;) {
        check_unchanged(left-- > 0, frame);
        write_value(out, item, frame);
    }
    check_unchanged(left == 0, frame);
}

// An instance of a class that is written in Python: guest/stdlib/_values.py takes it apart, into a tag and what it holds,
// or into the dict of a dataclass. False: it does not cross.
static bool write_instance(cbor_writer_t *out, mp_obj_t value, const frame_t *outer) {
    mp_cstack_check();
    mp_obj_t module = mp_import_name(MP_QSTR__values, mp_const_none, MP_OBJ_NEW_SMALL_INT(0));
    mp_obj_t parts = mp_call_function_1(mp_load_attr(module, MP_QSTR_take_apart), value);
    if (parts == mp_const_none) {
        return false;
    }
    mp_obj_t *pair;
    mp_obj_get_array_fixed_n(parts, 2, &pair);
    if (pair[0] != mp_const_none) {
        head(out, TAG, mp_obj_get_int(pair[0]));
        outer = outer ? outer->outer : NULL; // what a tag holds is no level of its own
    }
    write_value(out, pair[1], outer);
    return true;
}

// The built-in object inside an instance of a user's subclass of a built-in type.
static mp_obj_t native_base(mp_obj_t value) {
    static const mp_obj_type_t *const types[] = {
        &mp_type_str, &mp_type_int, &mp_type_float, &mp_type_bytes, &mp_type_list, &mp_type_tuple, &mp_type_dict,
        &mp_type_set, &mp_type_frozenset, &mp_type_bytearray,
    };
    if (mp_obj_is_instance_type(mp_obj_get_type(value))) {
        for (size_t i = 0; i < MP_ARRAY_SIZE(types); i++) {
            mp_obj_t base = mp_obj_cast_to_native_base(value, MP_OBJ_FROM_PTR(types[i]));
            if (base != MP_OBJ_NULL) {
                return base;
            }
        }
    }
    return value;
}

static void write_container(cbor_writer_t *out, mp_obj_t value, const frame_t *outer) {
    mp_cstack_check();
    for (const frame_t *f = outer; f; f = f->outer) {
        if (f->container == value) {
            refuse(&mp_type_ValueError, "a value that contains itself", "", outer);
        }
    }
    frame_t frame = { outer, value, MP_OBJ_NULL, outer ? outer->depth + 1 : 1 };
    if (frame.depth > CBOR_DEPTH) {
        refuse(&mp_type_ValueError, "a value that is nested more than 100 deep", "", outer);
    }
    if (mp_obj_is_type(value, &mp_type_list)) {
        write_list(out, value, &frame);
    } else if (mp_obj_is_dict_or_ordereddict(value)) {
        write_map(out, mp_obj_dict_get_map(value), &frame);
    } else if (mp_obj_is_type(value, &mp_type_set)) {
        head(out, TAG, TAG_SET);
        write_set(out, value, &frame);
    } else if (mp_obj_is_type(value, &mp_type_frozenset)) {
        head(out, TAG, TAG_FROZENSET);
        head(out, TAG, TAG_SET);
        write_set(out, value, &frame);
    } else if (MP_OBJ_TYPE_GET_SLOT_OR_NULL(mp_obj_get_type(value), iter) == mp_obj_tuple_getiter) { // and named tuples
        head(out, TAG, TAG_TUPLE);
        write_tuple(out, value, &frame);
    } else {
        refuse(&mp_type_TypeError, "an object of type ", mp_obj_get_type_str(value), outer);
    }
}

static void write_str(cbor_writer_t *out, mp_obj_t value, const frame_t *outer) {
    size_t len;
    const char *text = mp_obj_str_get_data(value, &len);
    if (utf8_valid_prefix((const byte *)text, len) != len) {
        refuse(&mp_type_ValueError, "text that is not valid Unicode", "", outer);
    }
    write_string(out, TEXT, text, len);
}

static void write_value(cbor_writer_t *out, mp_obj_t value, const frame_t *outer) {
    if (mp_obj_is_small_int(value)) {
        cbor_write_int(out, MP_OBJ_SMALL_INT_VALUE(value));
        return;
    }
    if (mp_obj_is_str(value)) {
        write_str(out, value, outer);
        return;
    }
    value = native_base(value);
    if (mp_obj_is_small_int(value)) { // of an instance of a subclass of int
        cbor_write_int(out, MP_OBJ_SMALL_INT_VALUE(value));
    } else if (value == mp_const_none || value == mp_const_false || value == mp_const_true) {
        *add(out, 1) = value == mp_const_none ? 0xf6 : value == mp_const_true ? 0xf5 : 0xf4;
    } else if (mp_obj_is_float(value)) {
        write_float(out, mp_obj_float_get(value));
    } else if (mp_obj_is_str(value)) { // of an instance of a subclass of str
        write_str(out, value, outer);
    } else if (mp_obj_is_int(value)) {
        write_big(out, value);
    } else if (mp_obj_is_type(value, &mp_type_bytes)) {
        size_t len;
        const char *data = mp_obj_str_get_data(value, &len);
        write_string(out, BYTES, data, len);
    } else if (mp_obj_is_type(value, &mp_type_bytearray) || mp_obj_is_type(value, &mp_type_memoryview) || mp_obj_is_type(value, &mp_type_array)) {
        mp_buffer_info_t buffer;
        mp_get_buffer_raise(value, &buffer, MP_BUFFER_READ);
        head(out, BYTES, buffer.len);
        add_bytes(out, buffer.buf, buffer.len);
    } else if (!mp_obj_is_instance_type(mp_obj_get_type(value)) || !write_instance(out, value, outer)) {
        write_container(out, value, outer);
    }
}

void cbor_write(cbor_writer_t *out, mp_obj_t value) {
    write_value(out, value, NULL);
}
