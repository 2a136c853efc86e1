// Decoding. Messages come from the host, and are checked all the same: nothing is allocated for a length that the
// message cannot hold.

#include <string.h>

#include "py/cstack.h"
#include "py/objint.h"
#include "py/objlist.h"
#include "py/objtuple.h"
#include "py/runtime.h"
#include "py/strtext.h"
#include "cbor.h"
#include "utf8.h"

enum { UINT = 0, NEGATIVE, BYTES, TEXT, ARRAY, MAP, TAG, SIMPLE };
enum {
    TAG_DATETIME = 0, TAG_BIG = 2, TAG_BIG_NEGATIVE = 3, TAG_DECIMAL = 4, TAG_UUID = 37, TAG_SET = 258,
    TAG_TIMEDELTA = 1002, TAG_DATE = 1004, TAG_TUPLE = 40000, TAG_FROZENSET = 40001, TAG_TIME = 40002,
    TAG_DECIMAL_SPECIAL = 40003,
};

// Containers of a request around the values in it.
#define ENVELOPE_DEPTH 4

// Keys come again and again in a list of rows: each is made once, and kept in the place that its text chooses. A message
// shorter than KEYS_FROM bytes does without.
#define KEYS 32
#define KEYS_FROM 256

typedef struct _reader_t {
    const uint8_t *next;
    const uint8_t *end;
    mp_obj_t *keys; // KEYS of them, MP_OBJ_NULL where there is none yet; or NULL
} reader_t;

static mp_obj_t read_value(reader_t *reader, size_t depth);

static NORETURN void malformed(void) {
    mp_raise_ValueError(MP_ERROR_TEXT("malformed message from the host"));
}

static const uint8_t *take(reader_t *reader, uint64_t len) {
    if (len > (size_t)(reader->end - reader->next)) {
        malformed();
    }
    const uint8_t *data = reader->next;
    reader->next += len;
    return data;
}

static uint64_t read_number(reader_t *reader, size_t len) {
    uint64_t value = 0;
    const uint8_t *bytes = take(reader, len);
    for (size_t i = 0; i < len; i++) {
        value = value << 8 | bytes[i];
    }
    return value;
}

// The argument of a head whose additional information is `info`.
static uint64_t read_argument(reader_t *reader, int info) {
    if (info < 24) {
        return info;
    }
    if (info > 27) {
        malformed(); // indefinite lengths are not in the subset
    }
    return read_number(reader, (size_t)1 << (info - 24));
}

// The number of items, each of which takes at least `least` bytes of what is left.
static size_t check_count(reader_t *reader, uint64_t count, size_t least) {
    if (count > (size_t)(reader->end - reader->next) / least) {
        malformed();
    }
    return count;
}

static mp_obj_t read_text(reader_t *reader, uint64_t len) {
    const uint8_t *text = take(reader, len);
    if (utf8_valid_prefix(text, len) != len) {
        malformed();
    }
    return str_new(text, len);
}

static mp_obj_t read_key(reader_t *reader, size_t depth) {
    const uint8_t *text = reader->next + 1;
    size_t len = reader->next == reader->end ? 0 : (size_t)*reader->next - (TEXT << 5);
    if (len - 1 >= 23 || len > (size_t)(reader->end - text)) { // no text of 1 to 23 bytes
        return read_value(reader, depth);
    }
    mp_obj_t none = MP_OBJ_NULL, *kept = &none;
    if (reader->keys != NULL) {
        kept = &reader->keys[(text[0] + 3 * text[len / 2] + 5 * text[len - 1] + 7 * len) % KEYS];
    }
    if (*kept != MP_OBJ_NULL) {
        size_t kept_len;
        const char *kept_text = mp_obj_str_get_data(*kept, &kept_len);
        if (kept_len == len && memcmp(kept_text, text, len) == 0) {
            reader->next += 1 + len;
            return *kept;
        }
    }
    // The program's own names are interned: a dict that has only such keys is found in fastest.
    qstr interned = qstr_find_strn((const char *)text, len);
    mp_obj_t key = interned == MP_QSTRnull ? read_value(reader, depth) : MP_OBJ_NEW_QSTR(interned);
    reader->next = text + len;
    return *kept = key;
}

static void check_depth(size_t depth) {
    mp_cstack_check();
    if (depth >= CBOR_DEPTH + ENVELOPE_DEPTH) {
        mp_raise_ValueError(MP_ERROR_TEXT("message from the host is nested more than 100 deep"));
    }
}

static mp_obj_t read_array(reader_t *reader, uint64_t count, size_t depth) {
    check_depth(depth);
    size_t len = check_count(reader, count, 1);
    mp_obj_list_t *list = MP_OBJ_TO_PTR(mp_obj_new_list(len, NULL)); // of zeros, and nobody sees it yet
    for (size_t i = 0; i < len; i++) {
        mp_obj_t item = read_value(reader, depth + 1);
        list->items[i] = item;
    }
    return MP_OBJ_FROM_PTR(list);
}

static mp_obj_t read_map(reader_t *reader, uint64_t count, size_t depth) {
    check_depth(depth);
    size_t len = check_count(reader, count, 2);
    mp_obj_t dict = mp_obj_new_dict(len);
    for (size_t i = 0; i < len; i++) {
        mp_obj_t key = read_key(reader, depth + 1), value = read_value(reader, depth + 1);
        mp_map_lookup(mp_obj_dict_get_map(dict), key, MP_MAP_LOOKUP_ADD_IF_NOT_FOUND)->value = value;
    }
    return dict;
}

static mp_obj_t read_big(reader_t *reader, bool negative) {
    uint8_t first = *take(reader, 1);
    if (first >> 5 != BYTES) {
        malformed();
    }
    uint64_t len = read_argument(reader, first & 31);
    mp_obj_t value = mp_obj_int_from_bytes_impl(true, len, take(reader, len));
    return negative ? mp_unary_op(MP_UNARY_OP_INVERT, value) : value;
}

static void expect_list(mp_obj_t value) {
    if (!mp_obj_is_type(value, &mp_type_list)) {
        malformed();
    }
}

// Classes that are written in Python: guest/stdlib/_values.py knows them.
static mp_obj_t put_together(uint64_t tag, mp_obj_t contents) {
    mp_obj_t module = mp_import_name(MP_QSTR__values, mp_const_none, MP_OBJ_NEW_SMALL_INT(0));
    return mp_call_function_2(mp_load_attr(module, MP_QSTR_put_together), MP_OBJ_NEW_SMALL_INT(tag), contents);
}

static mp_obj_t read_tag(reader_t *reader, uint64_t tag, size_t depth) {
    if (tag == TAG_BIG || tag == TAG_BIG_NEGATIVE) {
        return read_big(reader, tag == TAG_BIG_NEGATIVE);
    }
    // A tag on a tag would nest without end; only a frozenset has one.
    if (reader->next == reader->end || (*reader->next >> 5 == TAG && tag != TAG_FROZENSET)) {
        malformed();
    }
    mp_obj_t value = read_value(reader, depth);
    switch (tag) {
        case TAG_TUPLE: {
            expect_list(value);
            size_t len;
            mp_obj_t *items;
            mp_obj_list_get(value, &len, &items);
            return mp_obj_new_tuple(len, items);
        }
        case TAG_SET:
            expect_list(value);
            return mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_set), value);
        case TAG_FROZENSET:
            if (!mp_obj_is_type(value, &mp_type_set)) {
                malformed();
            }
            return mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_frozenset), value);
        case TAG_DATETIME:
        case TAG_DATE:
        case TAG_TIME:
        case TAG_TIMEDELTA:
        case TAG_DECIMAL:
        case TAG_DECIMAL_SPECIAL:
        case TAG_UUID:
            return put_together(tag, value);
        default:
            malformed();
    }
}

static mp_obj_t read_simple(reader_t *reader, int info) {
    switch (info) {
        case 20:
            return mp_const_false;
        case 21:
            return mp_const_true;
        case 22:
            return mp_const_none;
        case 27: {
            uint64_t bits = read_number(reader, 8);
            double value;
            memcpy(&value, &bits, sizeof(value));
            // NaN boxing gives other quiet NaNs and signalling ones a meaning of its own.
            return mp_obj_new_float(value == value ? value : __builtin_nan(""));
        }
        default:
            malformed();
    }
}

static mp_obj_t read_value(reader_t *reader, size_t depth) {
    uint8_t first = *take(reader, 1);
    if (first < 24) {
        return MP_OBJ_NEW_SMALL_INT(first);
    }
    int major = first >> 5, info = first & 31;
    if (major == SIMPLE) {
        return read_simple(reader, info);
    }
    uint64_t argument = read_argument(reader, info);
    switch (major) {
        case UINT:
            return argument <= INT64_MAX ? mp_obj_new_int(argument) : mp_obj_new_int_from_ull(argument);
        case NEGATIVE:
            return argument <= INT64_MAX ? mp_obj_new_int(~(int64_t)argument)
                : mp_unary_op(MP_UNARY_OP_INVERT, mp_obj_new_int_from_ull(argument));
        case BYTES:
            return mp_obj_new_bytes(take(reader, argument), argument);
        case TEXT:
            return read_text(reader, argument);
        case ARRAY:
            return read_array(reader, argument, depth);
        case MAP:
            return read_map(reader, argument, depth);
        default:
            return read_tag(reader, argument, depth);
    }
}

size_t cbor_string_head(const uint8_t *start, size_t len, const mp_obj_type_t **type) {
    reader_t reader = { start + 1, start + CBOR_HEAD_MAX, NULL };
    int major = *start >> 5, info = *start & 31;
    if ((major != TEXT && major != BYTES) || info > 27) {
        return 0;
    }
    *type = major == TEXT ? &mp_type_str : &mp_type_bytes;
    uint64_t argument = read_argument(&reader, info);
    size_t head = reader.next - start;
    return argument == len - head ? head : 0;
}

mp_obj_t cbor_read(const uint8_t *data, size_t len) {
    mp_obj_t keys[KEYS];
    reader_t reader = { data, data + len, NULL };
    if (len >= KEYS_FROM) {
        memset(keys, 0, sizeof(keys));
        reader.keys = keys;
    }
    mp_obj_t value = read_value(&reader, 0);
    if (reader.next != reader.end) {
        malformed();
    }
    return value;
}
