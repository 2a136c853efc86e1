// The types str and bytes: making them, their operators, and what the rest of the interpreter asks of them. Takes the
// place of upstream's py/objstr.c and py/objstrunicode.c. The methods are in strmethods.c, bytesmethods.c, strformat.c
// and strmodulo.c; encodings in codecs.c; the way from an index to a byte in strindex.c.
//
// A str is UTF-8 with a NUL byte behind it, and may hold surrogates. Every function that makes one from bytes that a
// program or the host chose checks them (utf8_check); str_new() and str_finish() are for bytes that are known to be
// text, as parts of other texts are.

#define _GNU_SOURCE // memmem
#include <string.h>

#include "py/objlist.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "py/seqiter.h"
#include "py/slice.h"
#include "py/strtext.h"
#include "py/unicode.h"

// Made of these kinds only; a subclass's instance holds one.
static inline bool is_bytes_like_type(const mp_obj_type_t *type) {
    return type == &mp_type_bytes || type == &mp_type_bytearray;
}

const mp_obj_str_t mp_const_empty_bytes_obj = { { &mp_type_bytes }, 0, 0, (const byte *)"" };

static mp_obj_t new_object(const mp_obj_type_t *type, const byte *data, size_t len) {
    mp_obj_str_t *o = mp_obj_malloc(mp_obj_str_t, type);
    o->hash = 0; // computed when something asks for it
    o->len = len;
    o->data = data;
    return MP_OBJ_FROM_PTR(o);
}

// A str with its text right behind it, to be filled in: one object with no pointer that a collection has to follow. Nothing
// else may keep the text's address for longer than the str.
static mp_obj_t new_text(uint64_t len, byte **text) {
    mp_obj_str_t *o = m_malloc_raw(sizeof(mp_obj_str_t) + len + 1);
    o->base.type = &mp_type_str;
    o->hash = 0;
    o->len = len;
    o->data = *text = (byte *)(o + 1);
    (*text)[len] = 0;
    return MP_OBJ_FROM_PTR(o);
}

mp_obj_t str_unfilled(const mp_obj_type_t *type, size_t len, byte **data) {
    if (type == &mp_type_str) {
        return new_text(len, data);
    }
    *data = m_malloc_raw((uint64_t)len + 1);
    (*data)[len] = 0;
    return new_object(type, *data, len);
}

mp_obj_t mp_obj_new_str_copy(const mp_obj_type_t *type, const byte *data, size_t len) {
    byte *copy = NULL;
    if (data != NULL && type == &mp_type_str) {
        mp_obj_t str = new_text(len, &copy);
        memcpy(copy, data, len);
        return str;
    }
    if (data) {
        copy = m_malloc_raw((uint64_t)len + 1);
        memcpy(copy, data, len);
        copy[len] = 0;
    }
    return new_object(type, copy, len);
}

// The interned strings of the characters of ASCII, 0 for those that were not asked for yet.
static uint16_t interned[128];

mp_obj_t str_new(const byte *s, size_t len) {
    if (len > 1) {
        return mp_obj_new_str_copy(&mp_type_str, s, len);
    }
    if (len == 0) {
        return MP_OBJ_NEW_QSTR(MP_QSTR_);
    }
    qstr q = *s < 128 ? interned[*s] : MP_QSTRnull;
    if (q == MP_QSTRnull) {
        q = qstr_from_strn((const char *)s, 1);
        if (*s < 128 && q <= UINT16_MAX) {
            interned[*s] = q;
        }
    }
    return MP_OBJ_NEW_QSTR(q);
}

mp_obj_t str_from_char(unichar c) {
    byte text[4];
    return str_new(text, utf8_put(text, c));
}

mp_obj_t mp_obj_new_bytes(const byte *data, size_t len) {
    return len ? mp_obj_new_str_copy(&mp_type_bytes, data, len) : mp_const_empty_bytes;
}

static void check_text(const char *data, size_t len) {
    if (!utf8_check((const byte *)data, len)) {
        codec_decode((const byte *)data, len, "utf-8", NULL); // raises with the position
        // Only surrogates get here, which a str may hold.
    }
}

mp_obj_t mp_obj_new_str(const char *data, size_t len) {
    check_text(data, len);
    return str_new((const byte *)data, len);
}

mp_obj_t mp_obj_new_str_from_cstr(const char *str) {
    return mp_obj_new_str(str, strlen(str));
}

mp_obj_t mp_obj_new_str_via_qstr(const char *data, size_t len) {
    return MP_OBJ_NEW_QSTR(qstr_from_strn(data, len));
}

mp_obj_t mp_obj_new_str_of_type(const mp_obj_type_t *type, const byte *data, size_t len) {
    if (type == &mp_type_str) {
        return mp_obj_new_str((const char *)data, len);
    }
    return type == &mp_type_bytearray ? mp_obj_new_bytearray(len, data) : mp_obj_new_bytes(data, len);
}

// Takes the buffer over.
static const byte *take_buffer(vstr_t *vstr) {
    byte *data = (byte *)vstr->buf;
    if (vstr->fixed_buf) {
        data = m_new_leaf(byte, (uint64_t)vstr->len + 1);
        memcpy(data, vstr->buf, vstr->len);
    } else if (vstr->len + 1 != vstr->alloc) {
        data = m_renew(byte, data, vstr->alloc, (uint64_t)vstr->len + 1);
    }
    data[vstr->len] = 0;
    vstr->buf = NULL;
    vstr->alloc = 0;
    return data;
}

mp_obj_t str_finish(vstr_t *vstr) {
    if (vstr->len <= 1) {
        mp_obj_t result = str_new((const byte *)vstr->buf, vstr->len);
        if (!vstr->fixed_buf) {
            vstr_clear(vstr);
        }
        vstr->alloc = 0;
        return result;
    }
    size_t len = vstr->len;
    if (vstr->fixed_buf) {
        return mp_obj_new_str_copy(&mp_type_str, (const byte *)vstr->buf, len);
    }
    return new_object(&mp_type_str, take_buffer(vstr), len);
}

mp_obj_t mp_obj_new_str_from_vstr(vstr_t *vstr) {
    check_text(vstr->buf, vstr->len);
    return str_finish(vstr);
}

mp_obj_t mp_obj_new_str_from_utf8_vstr(vstr_t *vstr) {
    return str_finish(vstr);
}

mp_obj_t mp_obj_new_bytes_from_vstr(vstr_t *vstr) {
    size_t len = vstr->len;
    return new_object(&mp_type_bytes, take_buffer(vstr), len);
}

void mp_obj_str_set_data(mp_obj_str_t *str, const byte *data, size_t len) {
    str->data = data;
    str->len = len;
    str->hash = 0;
}

mp_obj_t mp_obj_str_intern(mp_obj_t str) {
    GET_STR_DATA_LEN(str, data, len);
    return mp_obj_new_str_via_qstr((const char *)data, len);
}

mp_obj_t mp_obj_str_intern_checked(mp_obj_t obj) {
    return mp_obj_str_intern(str_expect(obj, "name"));
}

const byte *mp_obj_str_get_data_no_check(mp_obj_t self_in, size_t *len) {
    if (mp_obj_is_qstr(self_in)) {
        return qstr_data(MP_OBJ_QSTR_VALUE(self_in), len);
    }
    MP_STATIC_ASSERT_STR_ARRAY_COMPATIBLE;
    mp_obj_str_t *self = MP_OBJ_TO_PTR(self_in);
    *len = self->len;
    return self->data;
}

mp_obj_t native_value(mp_obj_t obj) {
    const mp_obj_type_t *type = mp_obj_get_type(obj);
    if (mp_obj_is_instance_type(type)) {
        const mp_obj_type_t *native = class_of(type)->native;
        mp_obj_instance_t *instance = MP_OBJ_TO_PTR(obj);
        // Before the built-in type's __new__ has run, something else is there.
        if (native != NULL && mp_obj_get_type(instance->subobj[0]) == native) {
            return instance->subobj[0];
        }
    }
    return obj;
}

mp_obj_t str_native(mp_obj_t obj) {
    if (mp_obj_is_str(obj)) {
        return obj;
    }
    obj = native_value(obj);
    return mp_obj_is_str(obj) ? obj : MP_OBJ_NULL;
}

mp_obj_t str_expect(mp_obj_t obj, const char *what) {
    mp_obj_t str = str_native(obj);
    if (str == MP_OBJ_NULL) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s%smust be str, not %s"), what, *what ? " " : "",
            mp_obj_get_type_str(obj));
    }
    return str;
}

// The str or bytes that a native function was given.
static mp_obj_t text_argument(mp_obj_t obj) {
    if (mp_obj_is_str_or_bytes(obj)) {
        return obj;
    }
    obj = native_value(obj);
    if (!mp_obj_is_str_or_bytes(obj)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("expected str, bytes or bytearray object, not %s"),
            mp_obj_get_type_str(obj));
    }
    return obj;
}

qstr mp_obj_str_get_qstr(mp_obj_t obj) {
    if (mp_obj_is_qstr(obj)) {
        return MP_OBJ_QSTR_VALUE(obj);
    }
    GET_STR_DATA_LEN(str_expect(obj, "name"), s, len);
    return qstr_from_strn((const char *)s, len);
}

const char *mp_obj_str_get_data(mp_obj_t obj, size_t *len) {
    return (const char *)mp_obj_str_get_data_no_check(text_argument(obj), len);
}

const char *mp_obj_str_get_str(mp_obj_t obj) {
    size_t len;
    return mp_obj_str_get_data(obj, &len);
}

mp_int_t mp_obj_str_get_buffer(mp_obj_t self_in, mp_buffer_info_t *bufinfo, mp_uint_t flags) {
    if (flags != MP_BUFFER_READ) {
        return 1;
    }
    bufinfo->buf = (void *)mp_obj_str_get_data_no_check(self_in, &bufinfo->len);
    bufinfo->typecode = 'B';
    return 0;
}

bool mp_obj_str_equal(mp_obj_t a, mp_obj_t b) {
    if (mp_obj_is_qstr(a) && mp_obj_is_qstr(b)) {
        return a == b;
    }
    GET_STR_HASH(a, hash_a);
    GET_STR_HASH(b, hash_b);
    if (hash_a && hash_b && hash_a != hash_b) {
        return false;
    }
    GET_STR_DATA_LEN(a, data_a, len_a);
    GET_STR_DATA_LEN(b, data_b, len_b);
    return len_a == len_b && memcmp(data_a, data_b, len_a) == 0;
}

mp_obj_t call_special(mp_obj_t obj, qstr name, size_t n, const mp_obj_t *args) {
    if (!mp_obj_is_instance_type(mp_obj_get_type(obj))) {
        return MP_OBJ_NULL;
    }
    mp_obj_t call[5];
    mp_load_method_maybe(obj, name, call);
    if (call[0] == MP_OBJ_NULL) {
        return MP_OBJ_NULL;
    }
    for (size_t i = 0; i < n; i++) {
        call[2 + i] = args[i];
    }
    return mp_call_method_n_kw(n, 0, call);
}

// Writes one character of a repr().
static void print_escaped(const mp_print_t *print, unichar c, bool ascii) {
    char text[11];
    size_t len;
    if (c == '\n' || c == '\r' || c == '\t' || c == '\\') {
        text[0] = '\\';
        text[1] = c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : '\\';
        len = 2;
    } else if (c < 0x80 ? c >= ' ' && c != 0x7f : !ascii && uni_is(c, UNI_PRINTABLE)) {
        len = utf8_put((byte *)text, c);
    } else {
        unsigned digits = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
        text[0] = '\\';
        text[1] = c < 0x100 ? 'x' : c < 0x10000 ? 'u' : 'U';
        for (unsigned i = 0; i < digits; i++) {
            text[2 + i] = "0123456789abcdef"[c >> 4 * (digits - 1 - i) & 15];
        }
        len = 2 + digits;
    }
    print->print_strn(print->data, text, len);
}

static void print_quoted(const mp_print_t *print, const byte *s, size_t len, bool is_bytes, bool ascii) {
    char quote = memchr(s, '\'', len) && !memchr(s, '"', len) ? '"' : '\'';
    print->print_strn(print->data, &quote, 1);
    for (const byte *top = s + len; s < top;) {
        // What needs no escape goes out in one piece.
        const byte *plain = s;
        while (s < top && *s >= ' ' && *s < 0x7f && *s != quote && *s != '\\') {
            s++;
        }
        if (s > plain) {
            print->print_strn(print->data, (const char *)plain, s - plain);
        }
        if (s == top) {
            break;
        }
        if (*s == quote) {
            char text[2] = { '\\', quote };
            print->print_strn(print->data, text, 2);
            s++;
        } else if (is_bytes || *s < 0x80) {
            print_escaped(print, *s++, true);
        } else {
            print_escaped(print, utf8_get_char(s), ascii);
            s += utf8_size(*s);
        }
    }
    print->print_strn(print->data, &quote, 1);
}

void mp_str_print_quoted(const mp_print_t *print, const byte *s, size_t len, bool is_bytes) {
    print_quoted(print, s, len, is_bytes, false);
}

void mp_str_print_json(const mp_print_t *print, const byte *s, size_t len) {
    mp_print_str(print, "\"");
    for (const byte *top = s + len; s < top; s++) {
        if (*s == '"' || *s == '\\') {
            mp_printf(print, "\\%c", *s);
        } else if (*s >= ' ') {
            print->print_strn(print->data, (const char *)s, 1);
        } else if (*s == '\n' || *s == '\r' || *s == '\t') {
            mp_printf(print, "\\%c", *s == '\n' ? 'n' : *s == '\r' ? 'r' : 't');
        } else {
            mp_printf(print, "\\u%04x", *s);
        }
    }
    mp_print_str(print, "\"");
}

mp_obj_t str_of(mp_obj_t obj, mp_print_kind_t kind) {
    if (kind == PRINT_STR && mp_obj_is_str(obj)) {
        return obj;
    }
    vstr_t vstr;
    mp_print_t print;
    vstr_init_print(&vstr, 16, &print);
    mp_obj_print_helper(&print, obj, kind);
    return str_finish(&vstr);
}

mp_obj_t str_ascii(mp_obj_t obj) {
    mp_obj_t repr = str_of(obj, PRINT_REPR);
    GET_STR_DATA_LEN(repr, s, len);
    if (utf8_is_ascii(s, len)) {
        return repr;
    }
    vstr_t vstr;
    mp_print_t print;
    vstr_init_print(&vstr, len + 16, &print);
    for (const byte *top = s + len; s < top; s += utf8_size(*s)) {
        if (*s < 0x80) {
            vstr_add_byte(&vstr, *s);
        } else {
            print_escaped(&print, utf8_get_char(s), true);
        }
    }
    return str_finish(&vstr);
}

static void str_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    GET_STR_DATA_LEN(self_in, s, len);
    if (kind == PRINT_JSON) {
        mp_str_print_json(print, s, len);
    } else if (kind == PRINT_STR || kind == PRINT_RAW) {
        print->print_strn(print->data, (const char *)s, len);
    } else {
        print_quoted(print, s, len, false, false);
    }
}

static void bytes_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    GET_STR_DATA_LEN(self_in, s, len);
    if (kind == PRINT_RAW) {
        print->print_strn(print->data, (const char *)s, len);
        return;
    }
    if (kind == PRINT_JSON) {
        mp_str_print_json(print, s, len);
        return;
    }
    print->print_strn(print->data, "b", 1);
    print_quoted(print, s, len, true, false);
}

static const char *optional_name(mp_obj_t value, const char *what) {
    if (value == MP_OBJ_NULL) {
        return NULL;
    }
    mp_obj_t str = str_native(value);
    if (str == MP_OBJ_NULL) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s must be str, not %s"), what, mp_obj_get_type_str(value));
    }
    return mp_obj_str_get_str(str);
}

// str(object, encoding, errors) and bytes(source, encoding, errors) take the same arguments under other names.
static void parse_arguments(qstr first, size_t n_args, size_t n_kw, const mp_obj_t *args, mp_obj_t *out) {
    const mp_arg_t allowed[] = {
        { first, MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_encoding, MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_errors, MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
    };
    mp_arg_val_t values[3];
    mp_arg_parse_all_kw_array(n_args, n_kw, args, MP_ARRAY_SIZE(allowed), allowed, values);
    for (size_t i = 0; i < 3; i++) {
        out[i] = values[i].u_obj;
    }
}

mp_obj_t mp_obj_str_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    (void)type;
    if (n_args == 1 && n_kw == 0) {
        return str_of(args[0], PRINT_STR);
    }
    mp_obj_t given[3];
    parse_arguments(MP_QSTR_object, n_args, n_kw, args, given);
    if (given[1] == MP_OBJ_NULL && given[2] == MP_OBJ_NULL) {
        return given[0] == MP_OBJ_NULL ? MP_OBJ_NEW_QSTR(MP_QSTR_) : str_of(given[0], PRINT_STR);
    }
    const char *encoding = optional_name(given[1], "str() argument 'encoding'");
    const char *errors = optional_name(given[2], "str() argument 'errors'");
    if (given[0] == MP_OBJ_NULL) {
        return MP_OBJ_NEW_QSTR(MP_QSTR_);
    }
    if (str_native(given[0]) != MP_OBJ_NULL) {
        mp_raise_TypeError(MP_ERROR_TEXT("decoding str is not supported"));
    }
    mp_buffer_info_t buffer;
    if (!mp_get_buffer(given[0], &buffer, MP_BUFFER_READ)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("decoding to str: need a bytes-like object, %s found"),
            mp_obj_get_type_str(given[0]));
    }
    return codec_decode(buffer.buf, buffer.len, encoding ? encoding : "utf-8", errors);
}

static mp_obj_t bytes_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    (void)type;
    mp_obj_t given[3];
    parse_arguments(MP_QSTR_source, n_args, n_kw, args, given);
    mp_obj_t source = given[0];
    const char *encoding = optional_name(given[1], "bytes() argument 'encoding'");
    const char *errors = optional_name(given[2], "bytes() argument 'errors'");
    mp_obj_t str = source == MP_OBJ_NULL ? MP_OBJ_NULL : str_native(source);
    if (encoding || errors) {
        if (str == MP_OBJ_NULL) {
            mp_raise_TypeError(encoding ? MP_ERROR_TEXT("encoding without a string argument")
                : MP_ERROR_TEXT("errors without a string argument"));
        }
        return codec_encode(str, encoding ? encoding : "utf-8", errors);
    }
    if (source == MP_OBJ_NULL) {
        return mp_const_empty_bytes;
    }
    if (str != MP_OBJ_NULL) {
        mp_raise_TypeError(MP_ERROR_TEXT("string argument without an encoding"));
    }
    if (mp_obj_is_type(source, &mp_type_bytes)) {
        return source;
    }
    mp_obj_t special = call_special(source, MP_QSTR___bytes__, 0, NULL);
    if (special != MP_OBJ_NULL) {
        if (!mp_obj_is_type(native_value(special), &mp_type_bytes)) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("__bytes__ returned non-bytes (type %s)"),
                mp_obj_get_type_str(special));
        }
        return native_value(special);
    }
    source = native_value(source);
    mp_int_t count;
    vstr_t vstr;
    if (index_maybe(source, &count)) {
        if (count == INT64_MAX) {
            mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("cannot fit 'int' into an index-sized integer"));
        }
        if (count < 0) {
            mp_raise_ValueError(MP_ERROR_TEXT("negative count"));
        }
        vstr_init_len(&vstr, count);
        memset(vstr.buf, 0, count);
        return mp_obj_new_bytes_from_vstr(&vstr);
    }
    mp_buffer_info_t buffer;
    if (mp_get_buffer(source, &buffer, MP_BUFFER_READ)) {
        size_t size = buffer.len;
        return mp_obj_new_bytes(buffer.buf, size);
    }
    mp_obj_iter_buf_t iter_buf;
    if (MP_OBJ_TYPE_GET_SLOT_OR_NULL(mp_obj_get_type(source), iter) == NULL
        && !mp_obj_is_instance_type(mp_obj_get_type(source))) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("cannot convert '%s' object to bytes"),
            mp_obj_get_type_str(source));
    }
    mp_obj_t iterator = mp_getiter(source, &iter_buf), item;
    vstr_init(&vstr, 16);
    while ((item = mp_iternext(iterator)) != MP_OBJ_STOP_ITERATION) {
        mp_int_t value = index_clamped(item);
        if (value < 0 || value > 255) {
            mp_raise_ValueError(MP_ERROR_TEXT("bytes must be in range(0, 256)"));
        }
        vstr_add_byte(&vstr, value);
    }
    return mp_obj_new_bytes_from_vstr(&vstr);
}

const byte *find_subbytes(const byte *haystack, size_t hlen, const byte *needle, size_t nlen, int direction) {
    if (hlen < nlen) {
        return NULL;
    }
    if (nlen == 0) {
        return direction > 0 ? haystack : haystack + hlen;
    }
    if (direction > 0) {
        return nlen == 1 ? memchr(haystack, *needle, hlen) : memmem(haystack, hlen, needle, nlen);
    }
    for (const byte *s = haystack + (hlen - nlen);; s--) {
        if (*s == *needle && memcmp(s, needle, nlen) == 0) {
            return s;
        }
        if (s == haystack) {
            return NULL;
        }
    }
}

static mp_obj_t concatenate(const mp_obj_type_t *type, const byte *a, size_t a_len, const byte *b, size_t b_len) {
    if (type == &mp_type_str && a_len + b_len > 1) {
        byte *text;
        mp_obj_t str = new_text((uint64_t)a_len + b_len, &text);
        memcpy(text, a, a_len);
        memcpy(text + a_len, b, b_len);
        return str;
    }
    vstr_t vstr;
    vstr_init_len(&vstr, (uint64_t)a_len + b_len);
    memcpy(vstr.buf, a, a_len);
    memcpy(vstr.buf + a_len, b, b_len);
    if (type == &mp_type_str) {
        return str_finish(&vstr);
    }
    if (type == &mp_type_bytearray) {
        return mp_obj_new_bytearray_by_ref(vstr.len, vstr.buf);
    }
    return mp_obj_new_bytes_from_vstr(&vstr);
}

static bool compare(mp_binary_op_t op, const byte *a, size_t a_len, const byte *b, size_t b_len) {
    return mp_seq_cmp_bytes(op, a, a_len, b, b_len);
}

// mp_obj_is_str_or_bytes() tells both types by this function.
mp_obj_t mp_obj_str_binary_op(mp_binary_op_t op, mp_obj_t lhs_in, mp_obj_t rhs_in) {
    if (op == MP_BINARY_OP_MODULO) {
        return str_modulo(lhs_in, rhs_in);
    }
    const mp_obj_type_t *type = mp_obj_get_type(lhs_in);
    bool is_str = type == &mp_type_str;
    GET_STR_DATA_LEN(lhs_in, a, a_len);
    if (op == MP_BINARY_OP_MULTIPLY) {
        mp_int_t times;
        if (!index_maybe(rhs_in, &times)) {
            return MP_OBJ_NULL;
        }
        if (times <= 0 || a_len == 0) {
            return is_str ? MP_OBJ_NEW_QSTR(MP_QSTR_) : mp_const_empty_bytes;
        }
        if (times == 1) {
            return lhs_in;
        }
        vstr_t vstr;
        vstr_init_len(&vstr, m_size_product(a_len, times));
        mp_seq_multiply(a, 1, a_len, times, vstr.buf);
        return is_str ? str_finish(&vstr) : mp_obj_new_bytes_from_vstr(&vstr);
    }
    const byte *b;
    size_t b_len;
    if (is_str) {
        mp_obj_t rhs = str_native(rhs_in);
        if (rhs == MP_OBJ_NULL) {
            if (op == MP_BINARY_OP_CONTAINS) {
                mp_raise_msg_varg(&mp_type_TypeError,
                    MP_ERROR_TEXT("'in <string>' requires string as left operand, not %s"), mp_obj_get_type_str(rhs_in));
            }
            return MP_OBJ_NULL;
        }
        b = mp_obj_str_get_data_no_check(rhs, &b_len);
        rhs_in = rhs;
    } else {
        mp_buffer_info_t buffer;
        mp_int_t value;
        if (op == MP_BINARY_OP_CONTAINS && index_maybe(rhs_in, &value)) {
            if (value < 0 || value > 255) {
                mp_raise_ValueError(MP_ERROR_TEXT("byte must be in range(0, 256)"));
            }
            return mp_obj_new_bool(memchr(a, value, a_len) != NULL);
        }
        if (str_native(rhs_in) != MP_OBJ_NULL || !mp_get_buffer(native_value(rhs_in), &buffer, MP_BUFFER_READ)) {
            if (op == MP_BINARY_OP_CONTAINS) {
                mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("a bytes-like object is required, not '%s'"),
                    mp_obj_get_type_str(rhs_in));
            }
            return MP_OBJ_NULL;
        }
        b = buffer.buf;
        b_len = buffer.len;
    }
    switch (op) {
        case MP_BINARY_OP_ADD:
        case MP_BINARY_OP_INPLACE_ADD:
            if (b_len == 0) {
                return lhs_in;
            }
            if (a_len == 0 && mp_obj_get_type(rhs_in) == type) {
                return rhs_in;
            }
            return concatenate(type, a, a_len, b, b_len);
        case MP_BINARY_OP_CONTAINS:
            return mp_obj_new_bool(find_subbytes(a, a_len, b, b_len, 1) != NULL);
        case MP_BINARY_OP_EQUAL:
        case MP_BINARY_OP_LESS:
        case MP_BINARY_OP_LESS_EQUAL:
        case MP_BINARY_OP_MORE:
        case MP_BINARY_OP_MORE_EQUAL:
            // An array compares with arrays only, a memoryview for equality.
            if (!is_str && !is_bytes_like_type(mp_obj_get_type(rhs_in))
                && (op != MP_BINARY_OP_EQUAL || !mp_obj_is_type(rhs_in, &mp_type_memoryview))) {
                return MP_OBJ_NULL;
            }
            return mp_obj_new_bool(compare(op, a, a_len, b, b_len));
        default:
            return MP_OBJ_NULL;
    }
}

static mp_int_t checked_index(mp_obj_t index, mp_int_t len, const char *name) {
    mp_int_t i;
    if (!index_maybe(index, &i)) {
        mp_raise_msg_varg(&mp_type_TypeError, len < 0 || *name == 's'
            ? MP_ERROR_TEXT("%s indices must be integers, not '%s'")
            : MP_ERROR_TEXT("%s indices must be integers or slices, not %s"), name, mp_obj_get_type_str(index));
    }
    if (i < 0) {
        i += len;
    }
    if (i < 0 || i >= len) {
        mp_raise_msg_varg(&mp_type_IndexError, *name == 's' ? MP_ERROR_TEXT("string index out of range")
            : MP_ERROR_TEXT("index out of range"));
    }
    return i;
}

static mp_obj_t str_subscr(mp_obj_t self_in, mp_obj_t index, mp_obj_t value) {
    if (value != MP_OBJ_SENTINEL) {
        return MP_OBJ_NULL;
    }
    GET_STR_DATA_LEN(self_in, s, len);
    size_t count = str_count(s, len);
    if (!mp_obj_is_type(index, &mp_type_slice)) {
        mp_int_t i = checked_index(index, count, "string");
        const byte *at = s + (count == len ? (size_t)i : str_offset(s, len, i));
        return str_new(at, utf8_size(*at));
    }
    mp_bound_slice_t bounds;
    size_t n = slice_bounds(index, count, &bounds);
    if (n == 0) {
        return MP_OBJ_NEW_QSTR(MP_QSTR_);
    }
    if (n == count && bounds.step == 1) {
        return self_in;
    }
    if (bounds.step == 1) {
        size_t from = bounds.start, to = bounds.start + n;
        if (count != len) {
            from = str_offset(s, len, from);
            to = str_offset(s, len, to);
        }
        return str_new(s + from, to - from);
    }
    vstr_t vstr;
    if (count == len) {
        vstr_init_len(&vstr, n);
        slice_copy(vstr.buf, s, 1, n, &bounds);
        return str_finish(&vstr);
    }
    vstr_init(&vstr, n + 1);
    for (size_t i = 0; i < n; i++) {
        const byte *at = s + str_offset(s, len, bounds.start + (mp_int_t)i * bounds.step);
        vstr_add_strn(&vstr, (const char *)at, utf8_size(*at));
    }
    return str_finish(&vstr);
}

static mp_obj_t bytes_subscr(mp_obj_t self_in, mp_obj_t index, mp_obj_t value) {
    if (value != MP_OBJ_SENTINEL) {
        return MP_OBJ_NULL;
    }
    GET_STR_DATA_LEN(self_in, s, len);
    if (!mp_obj_is_type(index, &mp_type_slice)) {
        return MP_OBJ_NEW_SMALL_INT(s[checked_index(index, len, "byte")]);
    }
    mp_bound_slice_t bounds;
    size_t n = slice_bounds(index, len, &bounds);
    if (n == len && bounds.step == 1) {
        return self_in;
    }
    vstr_t vstr;
    vstr_init_len(&vstr, n);
    slice_copy(vstr.buf, s, 1, n, &bounds);
    return mp_obj_new_bytes_from_vstr(&vstr);
}

static mp_obj_t str_unary_op(mp_unary_op_t op, mp_obj_t self_in) {
    GET_STR_DATA_LEN(self_in, s, len);
    switch (op) {
        case MP_UNARY_OP_BOOL:
            return mp_obj_new_bool(len != 0);
        case MP_UNARY_OP_LEN:
            return MP_OBJ_NEW_SMALL_INT(str_count(s, len));
        default:
            return MP_OBJ_NULL;
    }
}

static mp_obj_t str_getiter(mp_obj_t self_in, mp_obj_iter_buf_t *iter_buf) {
    return seq_iterator(&str_iterator_type, self_in, 0, iter_buf);
}

static mp_obj_t bytes_getiter(mp_obj_t self_in, mp_obj_iter_buf_t *iter_buf) {
    return seq_iterator(&bytes_iterator_type, self_in, 0, iter_buf);
}

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_str, MP_QSTR_str, MP_TYPE_FLAG_ITER_IS_GETITER,
    make_new, mp_obj_str_make_new,
    print, str_print,
    unary_op, str_unary_op,
    binary_op, mp_obj_str_binary_op,
    subscr, str_subscr,
    iter, str_getiter,
    buffer, mp_obj_str_get_buffer,
    locals_dict, &str_locals_dict
    );

MP_DEFINE_CONST_OBJ_TYPE(
    mp_type_bytes, MP_QSTR_bytes, MP_TYPE_FLAG_EQ_CHECKS_OTHER_TYPE,
    make_new, bytes_make_new,
    print, bytes_print,
    binary_op, mp_obj_str_binary_op,
    subscr, bytes_subscr,
    iter, bytes_getiter,
    buffer, mp_obj_str_get_buffer,
    locals_dict, &bytes_locals_dict
    );
