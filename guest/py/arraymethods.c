// array.array: everything but its storage, printing and iteration, which objarray.c has; and the attributes of memoryview.
//
// A call into the program (__index__, iteration) may change the array: sizes are looked at after it, never before.

#include <string.h>

#include "py/binary.h"
#include "py/listslice.h"
#include "py/objarray.h"
#include "py/objlist.h"
#include "py/objstr.h"
#include "py/runtime.h"
#include "py/slice.h"

// 'u', which is deprecated, is left out.
#define CODES "bBhHiIlLqQfd"

mp_obj_t array_new_checked(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args);
mp_obj_t array_operate(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs);
mp_obj_t array_subscript(mp_obj_t self, mp_obj_t index, mp_obj_t value);
void array_attr(mp_obj_t self, qstr attr, mp_obj_t *dest);
void memoryview_attributes(mp_obj_t self, qstr attr, mp_obj_t *dest);
void memoryview_check(mp_obj_t object);

static size_t item_size(const mp_obj_array_t *self) {
    return mp_binary_get_size('@', self->typecode, NULL);
}

static mp_obj_array_t *new_array(int typecode, size_t len) {
    mp_obj_array_t *self = mp_obj_malloc(mp_obj_array_t, &mp_type_array);
    self->typecode = typecode;
    self->free = 0;
    self->len = 0;
    self->items = NULL;
    self->items = m_malloc((uint64_t)item_size(self) * len);
    self->len = len;
    return self;
}

static void make_room(mp_obj_array_t *self, size_t more) {
    if (self->free >= more) {
        return;
    }
    size_t size = item_size(self), room = more + self->len / 2 + 8;
    self->items = m_renew(byte, self->items, (uint64_t)size * (self->len + self->free), (uint64_t)size * (self->len + (uint64_t)room));
    self->free = room;
}

static void *place(const mp_obj_array_t *self, size_t i) {
    return (byte *)self->items + item_size(self) * i;
}

static mp_obj_t get(const mp_obj_array_t *self, size_t i) {
    return mp_binary_get_val_array(self->typecode, self->items, i);
}

// The value as the bytes of an item, which may be a program's own object.
static void encode(int code, mp_obj_t value, byte *item) {
    static const struct {
        char code;
        const char *name;
    } names[] = { { 'b', "signed char" }, { 'B', "unsigned byte integer" }, { 'h', "signed short integer" },
                  { 'H', "unsigned short" }, { 'i', "signed integer" } };
    if (code == 'f' || code == 'd') {
        mp_float_t number;
        if (mp_obj_is_str(value) || !mp_obj_get_float_maybe(value, &number)) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("must be real number, not %s"), mp_obj_get_type_str(value));
        }
        mp_binary_set_val_array(code, item, 0, mp_obj_new_float(number));
        return;
    }
    if (mp_obj_is_float(value) || !mp_obj_is_int(value)) {
        mp_int_t small;
        if (mp_obj_is_float(value) || !index_maybe(value, &small)) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("'%s' object cannot be interpreted as an integer"),
                mp_obj_get_type_str(value));
        }
        value = mp_obj_new_int(small);
    }
    bool is_unsigned = code < 'a';
    unsigned bits = 8 * mp_binary_get_size('@', code, NULL);
    mp_obj_t one = MP_OBJ_NEW_SMALL_INT(1);
    mp_obj_t limit = mp_binary_op(MP_BINARY_OP_LSHIFT, one, MP_OBJ_NEW_SMALL_INT(bits - !is_unsigned));
    mp_obj_t least = is_unsigned ? MP_OBJ_NEW_SMALL_INT(0) : mp_unary_op(MP_UNARY_OP_NEGATIVE, limit);
    bool low = mp_obj_is_true(mp_binary_op(MP_BINARY_OP_LESS, value, least));
    if (low || mp_obj_is_true(mp_binary_op(MP_BINARY_OP_MORE_EQUAL, value, limit))) {
        for (size_t i = 0; i < MP_ARRAY_SIZE(names); i++) {
            if (names[i].code == code) {
                mp_raise_msg_varg(&mp_type_OverflowError, low ? MP_ERROR_TEXT("%s is less than minimum")
                    : MP_ERROR_TEXT("%s is greater than maximum"), names[i].name);
            }
        }
        mp_raise_msg(&mp_type_OverflowError, low && is_unsigned ? MP_ERROR_TEXT("can't convert negative int to unsigned")
            : MP_ERROR_TEXT("Python int too large to convert to C long"));
    }
    mp_binary_set_val_array(code, item, 0, value);
}

static void append(mp_obj_array_t *self, mp_obj_t value) {
    byte item[8] __attribute__((aligned(8)));
    encode(self->typecode, value, item);
    make_room(self, 1);
    memcpy(place(self, self->len), item, item_size(self));
    self->len++;
    self->free--;
}

static mp_obj_t array_append_value(mp_obj_t self, mp_obj_t value) {
    append(MP_OBJ_TO_PTR(self), value);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(array_append_value_obj, array_append_value);

static void append_bytes(mp_obj_array_t *self, const void *from, size_t count) {
    size_t size = item_size(self);
    bool own = from == self->items;
    make_room(self, count);
    memmove(place(self, self->len), own ? self->items : from, count * size);
    self->len += count;
    self->free -= count;
}

static void check_same(const mp_obj_array_t *self, mp_obj_t other, const char *what) {
    if (!mp_obj_is_type(other, &mp_type_array)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("can only %s array (not \"%s\") to array"), what,
            mp_obj_get_type_str(other));
    }
    if (((mp_obj_array_t *)MP_OBJ_TO_PTR(other))->typecode != self->typecode) {
        mp_raise_TypeError(MP_ERROR_TEXT("bad argument type for built-in operation"));
    }
}

static mp_obj_t array_extend_values(mp_obj_t self_in, mp_obj_t values) {
    mp_obj_array_t *self = MP_OBJ_TO_PTR(self_in);
    if (mp_obj_is_type(values, &mp_type_array)) {
        mp_obj_array_t *other = MP_OBJ_TO_PTR(values);
        if (other->typecode != self->typecode) {
            mp_raise_TypeError(MP_ERROR_TEXT("can only extend with array of same kind"));
        }
        append_bytes(self, other->items, other->len);
        return mp_const_none;
    }
    mp_obj_t iterator = mp_getiter(values, NULL), value;
    while ((value = mp_iternext(iterator)) != MP_OBJ_STOP_ITERATION) {
        append(self, value);
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(array_extend_values_obj, array_extend_values);

static mp_obj_t array_frombytes(mp_obj_t self_in, mp_obj_t data) {
    mp_obj_array_t *self = MP_OBJ_TO_PTR(self_in);
    mp_buffer_info_t buffer;
    if (mp_obj_is_str(data) || !mp_get_buffer(data, &buffer, MP_BUFFER_READ)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("a bytes-like object is required, not '%s'"), mp_obj_get_type_str(data));
    }
    if (buffer.len % item_size(self) != 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("bytes length not a multiple of item size"));
    }
    append_bytes(self, buffer.buf, buffer.len / item_size(self));
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(array_frombytes_obj, array_frombytes);

static mp_obj_t array_tobytes(mp_obj_t self_in) {
    mp_obj_array_t *self = MP_OBJ_TO_PTR(self_in);
    return mp_obj_new_bytes(self->items, self->len * item_size(self));
}
static MP_DEFINE_CONST_FUN_OBJ_1(array_tobytes_obj, array_tobytes);

static mp_obj_t array_tolist(mp_obj_t self_in) {
    mp_obj_array_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_list_t *list = MP_OBJ_TO_PTR(mp_obj_new_list(self->len, NULL));
    for (size_t i = 0; i < list->len; i++) {
        list->items[i] = mp_const_none;
    }
    for (size_t i = 0; i < list->len; i++) {
        list->items[i] = get(self, i);
    }
    return MP_OBJ_FROM_PTR(list);
}
static MP_DEFINE_CONST_FUN_OBJ_1(array_tolist_obj, array_tolist);

static mp_obj_t array_fromlist(mp_obj_t self_in, mp_obj_t list) {
    mp_obj_array_t *self = MP_OBJ_TO_PTR(self_in);
    if (!mp_obj_is_type(list, &mp_type_list)) {
        mp_raise_TypeError(MP_ERROR_TEXT("arg must be list"));
    }
    // All or nothing.
    mp_obj_array_t *added = new_array(self->typecode, 0);
    array_extend_values(MP_OBJ_FROM_PTR(added), list);
    append_bytes(self, added->items, added->len);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(array_fromlist_obj, array_fromlist);

static bool find(mp_obj_array_t *self, mp_obj_t value, size_t *at, size_t stop) {
    for (; *at < MIN(self->len, stop); ++*at) {
        if (mp_obj_equal(get(self, *at), value)) {
            return true;
        }
    }
    return false;
}

static mp_obj_t array_index(size_t n_args, const mp_obj_t *args) {
    mp_obj_array_t *self = MP_OBJ_TO_PTR(args[0]);
    mp_int_t start = n_args > 2 ? index_clamped(args[2]) : 0;
    mp_int_t stop = n_args > 3 ? index_clamped(args[3]) : (mp_int_t)self->len;
    start = start < 0 ? MAX(start + (mp_int_t)self->len, 0) : start;
    stop = stop < 0 ? MAX(stop + (mp_int_t)self->len, 0) : stop;
    size_t at = MIN(start, (mp_int_t)self->len);
    if (!find(self, args[1], &at, MIN(stop, (mp_int_t)SIZE_MAX))) {
        mp_raise_ValueError(MP_ERROR_TEXT("array.index(x): x not in array"));
    }
    return MP_OBJ_NEW_SMALL_INT(at);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(array_index_obj, 2, 4, array_index);

static mp_obj_t array_count(mp_obj_t self, mp_obj_t value) {
    size_t n = 0;
    for (size_t at = 0; find(MP_OBJ_TO_PTR(self), value, &at, SIZE_MAX); at++) {
        n++;
    }
    return MP_OBJ_NEW_SMALL_INT(n);
}
static MP_DEFINE_CONST_FUN_OBJ_2(array_count_obj, array_count);

static void delete(mp_obj_array_t *self, size_t at) {
    memmove(place(self, at), place(self, at + 1), item_size(self) * (self->len - at - 1));
    self->len--;
    self->free++;
}

static mp_obj_t array_remove(mp_obj_t self_in, mp_obj_t value) {
    mp_obj_array_t *self = MP_OBJ_TO_PTR(self_in);
    size_t at = 0;
    if (!find(self, value, &at, SIZE_MAX) || at >= self->len) {
        mp_raise_ValueError(MP_ERROR_TEXT("array.remove(x): x not in array"));
    }
    delete(self, at);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(array_remove_obj, array_remove);

static mp_obj_t array_pop(size_t n_args, const mp_obj_t *args) {
    mp_obj_array_t *self = MP_OBJ_TO_PTR(args[0]);
    mp_int_t at = n_args > 1 ? index_clamped(args[1]) : -1;
    if (self->len == 0) {
        mp_raise_msg(&mp_type_IndexError, MP_ERROR_TEXT("pop from empty array"));
    }
    at += at < 0 ? (mp_int_t)self->len : 0;
    if (at < 0 || at >= (mp_int_t)self->len) {
        mp_raise_msg(&mp_type_IndexError, MP_ERROR_TEXT("pop index out of range"));
    }
    mp_obj_t value = get(self, at);
    delete(self, at);
    return value;
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(array_pop_obj, 1, 2, array_pop);

static mp_obj_t array_insert(mp_obj_t self_in, mp_obj_t index, mp_obj_t value) {
    mp_obj_array_t *self = MP_OBJ_TO_PTR(self_in);
    mp_int_t at = index_clamped(index);
    append(self, value);
    size_t size = item_size(self), last = self->len - 1;
    at = at < 0 ? MAX(at + (mp_int_t)last, 0) : MIN(at, (mp_int_t)last);
    byte item[8];
    memcpy(item, place(self, last), size);
    memmove(place(self, at + 1), place(self, at), size * (last - at));
    memcpy(place(self, at), item, size);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_3(array_insert_obj, array_insert);

static void swap(byte *a, byte *b, size_t size) {
    for (size_t i = 0; i < size; i++) {
        byte c = a[i];
        a[i] = b[i];
        b[i] = c;
    }
}

static mp_obj_t array_reverse(mp_obj_t self_in) {
    mp_obj_array_t *self = MP_OBJ_TO_PTR(self_in);
    for (size_t i = 0; i < self->len / 2; i++) {
        swap(place(self, i), place(self, self->len - 1 - i), item_size(self));
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(array_reverse_obj, array_reverse);

static mp_obj_t array_byteswap(mp_obj_t self_in) {
    mp_obj_array_t *self = MP_OBJ_TO_PTR(self_in);
    size_t size = item_size(self);
    for (size_t i = 0; i < self->len; i++) {
        byte *item = place(self, i);
        for (size_t j = 0; j < size / 2; j++) {
            swap(item + j, item + size - 1 - j, 1);
        }
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(array_byteswap_obj, array_byteswap);

// An address that means nothing outside, and the length.
static mp_obj_t array_buffer_info(mp_obj_t self_in) {
    mp_obj_array_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_t pair[] = { mp_obj_new_int_from_uint((uintptr_t)self->items), MP_OBJ_NEW_SMALL_INT(self->len) };
    return mp_obj_new_tuple(2, pair);
}
static MP_DEFINE_CONST_FUN_OBJ_1(array_buffer_info_obj, array_buffer_info);

static mp_obj_t array_copy(mp_obj_t self_in) {
    mp_obj_array_t *self = MP_OBJ_TO_PTR(self_in), *copy = new_array(self->typecode, self->len);
    memcpy(copy->items, self->items, self->len * item_size(self));
    return MP_OBJ_FROM_PTR(copy);
}
static MP_DEFINE_CONST_FUN_OBJ_1(array_copy_obj, array_copy);

static mp_obj_t array_deepcopy(mp_obj_t self, mp_obj_t memo) {
    (void)memo;
    return array_copy(self);
}
static MP_DEFINE_CONST_FUN_OBJ_2(array_deepcopy_obj, array_deepcopy);

static mp_obj_t code_text(mp_obj_array_t *self) {
    char code = self->typecode;
    return mp_obj_new_str(&code, 1);
}

static mp_obj_t array_reduce(size_t n_args, const mp_obj_t *args) {
    (void)n_args;
    mp_obj_t parts[] = { code_text(MP_OBJ_TO_PTR(args[0])), array_tolist(args[0]) };
    mp_obj_t reduced[] = { MP_OBJ_FROM_PTR(&mp_type_array), mp_obj_new_tuple(2, parts) };
    return mp_obj_new_tuple(2, reduced);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(array_reduce_obj, 1, 2, array_reduce);

mp_obj_t array_new_checked(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    (void)type;
    mp_arg_check_num(n_args, n_kw, 1, 2, false);
    size_t len;
    const char *code = mp_obj_is_str(args[0]) ? mp_obj_str_get_data(args[0], &len) : NULL;
    if (code == NULL || len != 1) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("array() argument 1 must be a unicode character, not %s"),
            mp_obj_get_type_str(args[0]));
    }
    if (strchr(CODES, *code) == NULL) {
        mp_raise_ValueError(MP_ERROR_TEXT("bad typecode (must be b, B, h, H, i, I, l, L, q, Q, f or d)"));
    }
    mp_obj_t self = MP_OBJ_FROM_PTR(new_array(*code, 0));
    if (n_args == 1) {
        return self;
    }
    if (mp_obj_is_str(args[1])) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("cannot use a str to initialize an array with typecode '%c'"), *code);
    }
    if (mp_obj_is_type(args[1], &mp_type_bytes) || mp_obj_is_type(args[1], &mp_type_bytearray)) {
        array_frombytes(self, args[1]);
    } else if (mp_obj_is_type(args[1], &mp_type_array)) {
        // Of another kind, item by item.
        array_extend_values(self, array_tolist(args[1]));
    } else {
        array_extend_values(self, args[1]);
    }
    return self;
}

static mp_obj_t compare(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    return mp_binary_op(op, array_tolist(lhs), array_tolist(rhs));
}

mp_obj_t array_operate(mp_binary_op_t op, mp_obj_t lhs, mp_obj_t rhs) {
    mp_obj_array_t *self = MP_OBJ_TO_PTR(lhs);
    switch (op) {
        case MP_BINARY_OP_ADD: {
            check_same(self, rhs, "append");
            mp_obj_t sum = array_copy(lhs);
            array_extend_values(sum, rhs);
            return sum;
        }
        case MP_BINARY_OP_INPLACE_ADD:
            if (!mp_obj_is_type(rhs, &mp_type_array)) {
                mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("can only extend with array (not \"%s\")"), mp_obj_get_type_str(rhs));
            }
            array_extend_values(lhs, rhs);
            return lhs;
        case MP_BINARY_OP_MULTIPLY:
        case MP_BINARY_OP_REVERSE_MULTIPLY:
        case MP_BINARY_OP_INPLACE_MULTIPLY: {
            mp_int_t times;
            if (!index_maybe(rhs, &times)) {
                return MP_OBJ_NULL;
            }
            size_t len = self->len;
            times = len == 0 ? 0 : MAX(times, 0);
            if (times > INT32_MAX) {
                m_malloc_fail(SIZE_MAX);
            }
            mp_obj_array_t *product = new_array(self->typecode, 0);
            make_room(product, m_size((uint64_t)len * times));
            mp_seq_multiply(self->items, item_size(self), len, times, product->items);
            product->free -= len * times;
            product->len = len * times;
            if (op != MP_BINARY_OP_INPLACE_MULTIPLY) {
                return MP_OBJ_FROM_PTR(product);
            }
            self->items = product->items;
            self->len = product->len;
            self->free = product->free;
            return lhs;
        }
        case MP_BINARY_OP_CONTAINS: {
            size_t at = 0;
            return mp_obj_new_bool(find(self, rhs, &at, SIZE_MAX));
        }
        case MP_BINARY_OP_EQUAL:
        case MP_BINARY_OP_LESS:
        case MP_BINARY_OP_LESS_EQUAL:
        case MP_BINARY_OP_MORE:
        case MP_BINARY_OP_MORE_EQUAL:
            return mp_obj_is_type(rhs, &mp_type_array) ? compare(op, lhs, rhs) : MP_OBJ_NULL;
        default:
            return MP_OBJ_NULL;
    }
}

static mp_obj_t subscript_slice(mp_obj_array_t *self, mp_obj_t index, mp_obj_t value) {
    mp_bound_slice_t bounds;
    size_t count = slice_bounds(index, self->len, &bounds), size = item_size(self);
    if (value == MP_OBJ_SENTINEL) {
        mp_obj_array_t *part = new_array(self->typecode, count);
        slice_copy(part->items, self->items, size, count, &bounds);
        return MP_OBJ_FROM_PTR(part);
    }
    if (value == MP_OBJ_NULL) {
        size_t left = slice_remove(self->items, size, self->len, count, &bounds);
        self->free += self->len - left;
        self->len = left;
        return mp_const_none;
    }
    if (!mp_obj_is_type(value, &mp_type_array)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("can only assign array (not \"%s\") to array slice"), mp_obj_get_type_str(value));
    }
    check_same(self, value, "assign");
    mp_obj_array_t *other = MP_OBJ_TO_PTR(value == MP_OBJ_FROM_PTR(self) ? array_copy(value) : value);
    if (bounds.step != 1) {
        if (other->len != count) {
            mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("attempt to assign array of size %d to extended slice of size %d"),
                (int)other->len, (int)count);
        }
        for (size_t i = 0; i < count; i++) {
            memcpy(place(self, bounds.start + (mp_int_t)i * bounds.step), place(other, i), size);
        }
        return mp_const_none;
    }
    size_t start = bounds.start, tail = self->len - start - count;
    if (other->len > count) {
        make_room(self, other->len - count);
    }
    memmove(place(self, start + other->len), place(self, start + count), tail * size);
    memcpy(place(self, start), other->items, other->len * size);
    self->free -= other->len - count;
    self->len += other->len - count;
    return mp_const_none;
}

mp_obj_t array_subscript(mp_obj_t self_in, mp_obj_t index, mp_obj_t value) {
    mp_obj_array_t *self = MP_OBJ_TO_PTR(self_in);
    if (mp_obj_is_type(index, &mp_type_slice)) {
        return subscript_slice(self, index, value);
    }
    mp_int_t at;
    if (!index_maybe(index, &at)) {
        mp_raise_TypeError(MP_ERROR_TEXT("array indices must be integers"));
    }
    at += at < 0 ? (mp_int_t)self->len : 0;
    if (at < 0 || at >= (mp_int_t)self->len) {
        mp_raise_msg(&mp_type_IndexError, value == MP_OBJ_SENTINEL ? MP_ERROR_TEXT("array index out of range")
            : MP_ERROR_TEXT("array assignment index out of range"));
    }
    if (value == MP_OBJ_SENTINEL) {
        return get(self, at);
    }
    if (value == MP_OBJ_NULL) {
        delete(self, at);
        return mp_const_none;
    }
    byte item[8] __attribute__((aligned(8)));
    encode(self->typecode, value, item);
    if (at < (mp_int_t)self->len) {
        memcpy(place(self, at), item, item_size(self));
    }
    return mp_const_none;
}

void array_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    mp_obj_array_t *self = MP_OBJ_TO_PTR(self_in);
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    if (attr == MP_QSTR_typecode) {
        dest[0] = code_text(self);
    } else if (attr == MP_QSTR_itemsize) {
        dest[0] = MP_OBJ_NEW_SMALL_INT(item_size(self));
    } else {
        dest[1] = MP_OBJ_SENTINEL; // go on in locals_dict
    }
}

static const mp_rom_map_elem_t array_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___copy__), MP_ROM_PTR(&array_copy_obj) },
    { MP_ROM_QSTR(MP_QSTR___deepcopy__), MP_ROM_PTR(&array_deepcopy_obj) },
    { MP_ROM_QSTR(MP_QSTR___reduce_ex__), MP_ROM_PTR(&array_reduce_obj) },
    { MP_ROM_QSTR(MP_QSTR_append), MP_ROM_PTR(&array_append_value_obj) },
    { MP_ROM_QSTR(MP_QSTR_buffer_info), MP_ROM_PTR(&array_buffer_info_obj) },
    { MP_ROM_QSTR(MP_QSTR_byteswap), MP_ROM_PTR(&array_byteswap_obj) },
    { MP_ROM_QSTR(MP_QSTR_count), MP_ROM_PTR(&array_count_obj) },
    { MP_ROM_QSTR(MP_QSTR_extend), MP_ROM_PTR(&array_extend_values_obj) },
    { MP_ROM_QSTR(MP_QSTR_frombytes), MP_ROM_PTR(&array_frombytes_obj) },
    { MP_ROM_QSTR(MP_QSTR_fromlist), MP_ROM_PTR(&array_fromlist_obj) },
    { MP_ROM_QSTR(MP_QSTR_index), MP_ROM_PTR(&array_index_obj) },
    { MP_ROM_QSTR(MP_QSTR_insert), MP_ROM_PTR(&array_insert_obj) },
    { MP_ROM_QSTR(MP_QSTR_pop), MP_ROM_PTR(&array_pop_obj) },
    { MP_ROM_QSTR(MP_QSTR_remove), MP_ROM_PTR(&array_remove_obj) },
    { MP_ROM_QSTR(MP_QSTR_reverse), MP_ROM_PTR(&array_reverse_obj) },
    { MP_ROM_QSTR(MP_QSTR_tobytes), MP_ROM_PTR(&array_tobytes_obj) },
    { MP_ROM_QSTR(MP_QSTR_tolist), MP_ROM_PTR(&array_tolist_obj) },
};
MP_DEFINE_CONST_DICT(mp_obj_array_locals_dict, array_locals_table);

// memoryview

void memoryview_check(mp_obj_t object) {
    if (mp_obj_is_str(object)) {
        mp_raise_TypeError(MP_ERROR_TEXT("memoryview: a bytes-like object is required, not 'str'"));
    }
}

static int view_code(const mp_obj_array_t *self) {
    int code = self->typecode & ~MP_OBJ_ARRAY_TYPECODE_FLAG_RW;
    return code == BYTEARRAY_TYPECODE ? 'B' : code;
}

// cast(format[, shape]): bytes as items of another kind, or the other way. Views have one dimension.
static mp_obj_t memoryview_cast(size_t n_args, const mp_obj_t *args) {
    (void)n_args;
    mp_obj_array_t *self = MP_OBJ_TO_PTR(args[0]);
    size_t len;
    const char *format = mp_obj_str_get_data(args[1], &len);
    if (len > 1 && format[0] == '@') {
        format++;
        len--;
    }
    if (len != 1 || strchr("cbBhHiIlLqQfd", *format) == NULL) {
        mp_raise_ValueError(MP_ERROR_TEXT("memoryview: destination format must be a native single character format prefixed with an optional '@'"));
    }
    int code = view_code(self), to = *format == 'c' ? 'B' : *format;
    size_t from_size = mp_binary_get_size('@', code, NULL), to_size = mp_binary_get_size('@', to, NULL);
    if (from_size != 1 && to_size != 1) {
        mp_raise_TypeError(MP_ERROR_TEXT("memoryview: cannot cast between two non-byte formats"));
    }
    size_t bytes = self->len * from_size, offset = (size_t)self->free * from_size;
    if (bytes % to_size != 0) {
        mp_raise_TypeError(MP_ERROR_TEXT("memoryview: length is not a multiple of itemsize"));
    }
    if (offset % to_size != 0) {
        mp_raise_NotImplementedError(MP_ERROR_TEXT("memoryview: cast of a part that starts inside an item"));
    }
    mp_obj_array_t *view = mp_obj_malloc(mp_obj_array_t, &mp_type_memoryview);
    mp_obj_memoryview_init(view, to | (self->typecode & MP_OBJ_ARRAY_TYPECODE_FLAG_RW), offset / to_size, bytes / to_size, self->items);
    return MP_OBJ_FROM_PTR(view);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(memoryview_cast_obj, 2, 3, memoryview_cast);

static mp_obj_t memoryview_toreadonly(mp_obj_t self_in) {
    mp_obj_array_t *self = MP_OBJ_TO_PTR(self_in), *view = mp_obj_malloc(mp_obj_array_t, &mp_type_memoryview);
    mp_obj_memoryview_init(view, self->typecode & ~MP_OBJ_ARRAY_TYPECODE_FLAG_RW, self->free, self->len, self->items);
    return MP_OBJ_FROM_PTR(view);
}
static MP_DEFINE_CONST_FUN_OBJ_1(memoryview_toreadonly_obj, memoryview_toreadonly);

// self[slice] with a step: a view of a copy, which cannot be written to; or, with a value, the items of that in their places.
mp_obj_t memoryview_stride(mp_obj_array_t *self, mp_obj_t slice, mp_obj_t value) {
    mp_bound_slice_t bounds;
    size_t count = slice_bounds(slice, self->len, &bounds);
    int code = view_code(self);
    size_t size = mp_binary_get_size('@', code, NULL);
    byte *items = (byte *)self->items + (size_t)self->free * size;
    if (value == MP_OBJ_SENTINEL) {
        mp_obj_array_t *view = mp_obj_malloc(mp_obj_array_t, &mp_type_memoryview);
        byte *copy = m_new(byte, m_size_product(count ? count : 1, size));
        items = (byte *)self->items + (size_t)self->free * size;
        slice_copy(copy, items, size, count, &bounds);
        mp_obj_memoryview_init(view, code, 0, count, copy);
        return MP_OBJ_FROM_PTR(view);
    }
    if (value == MP_OBJ_NULL) {
        mp_raise_TypeError(MP_ERROR_TEXT("cannot delete memory"));
    } else if (!(self->typecode & MP_OBJ_ARRAY_TYPECODE_FLAG_RW)) {
        mp_raise_TypeError(MP_ERROR_TEXT("cannot modify read-only memory"));
    }
    mp_buffer_info_t from;
    mp_get_buffer_raise(value, &from, MP_BUFFER_READ);
    if (from.len != count * size || (from.typecode != code && size != 1)) {
        mp_raise_ValueError(MP_ERROR_TEXT("memoryview assignment: lvalue and rvalue have different structures"));
    }
    byte *copy = m_new(byte, from.len ? from.len : 1); // the value may overlap the view
    memcpy(copy, from.buf, from.len);
    for (size_t i = 0; i < count; i++) {
        memcpy(items + (bounds.start + (mp_int_t)i * bounds.step) * (mp_int_t)size, copy + i * size, size);
    }
    return mp_const_none;
}

void memoryview_attributes(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    mp_obj_array_t *self = MP_OBJ_TO_PTR(self_in);
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    char code = view_code(self);
    size_t size = mp_binary_get_size('@', code, NULL);
    mp_obj_t number = MP_OBJ_NULL;
    switch (attr) {
        case MP_QSTR_itemsize:
            dest[0] = MP_OBJ_NEW_SMALL_INT(size);
            break;
        case MP_QSTR_nbytes:
            dest[0] = MP_OBJ_NEW_SMALL_INT(self->len * size);
            break;
        case MP_QSTR_ndim:
            dest[0] = MP_OBJ_NEW_SMALL_INT(1);
            break;
        case MP_QSTR_shape:
            number = MP_OBJ_NEW_SMALL_INT(self->len);
            dest[0] = mp_obj_new_tuple(1, &number);
            break;
        case MP_QSTR_strides:
            number = MP_OBJ_NEW_SMALL_INT(size);
            dest[0] = mp_obj_new_tuple(1, &number);
            break;
        case MP_QSTR_suboffsets:
            dest[0] = mp_const_empty_tuple;
            break;
        case MP_QSTR_format:
            dest[0] = mp_obj_new_str(&code, 1);
            break;
        case MP_QSTR_readonly:
            dest[0] = mp_obj_new_bool(!(self->typecode & MP_OBJ_ARRAY_TYPECODE_FLAG_RW));
            break;
        case MP_QSTR_contiguous:
        case MP_QSTR_c_contiguous:
        case MP_QSTR_f_contiguous:
            dest[0] = mp_const_true;
            break;
        case MP_QSTR_cast:
            dest[0] = mp_obj_new_bound_meth(MP_OBJ_FROM_PTR(&memoryview_cast_obj), self_in);
            break;
        case MP_QSTR_toreadonly:
            dest[0] = mp_obj_new_bound_meth(MP_OBJ_FROM_PTR(&memoryview_toreadonly_obj), self_in);
            break;
        default:
            dest[1] = MP_OBJ_SENTINEL; // go on in locals_dict
    }
}
