// The module _binascii: bytes as text and back. What programs import is guest/stdlib/binascii.py.

#include <string.h>

#include "py/objstr.h"
#include "py/runtime.h"
#include "checksums.h"

static NORETURN void fail(const char *text) {
    mp_obj_t module = mp_import_name(MP_QSTR_binascii, mp_const_none, MP_OBJ_NEW_SMALL_INT(0));
    nlr_raise(mp_call_function_1(mp_load_attr(module, MP_QSTR_Error), mp_obj_new_str(text, strlen(text))));
}

static void bytes_of(mp_obj_t data, mp_buffer_info_t *buffer) {
    if (mp_obj_is_str(data) || !mp_get_buffer(data, buffer, MP_BUFFER_READ)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("a bytes-like object is required, not '%s'"),
            mp_obj_get_type_str(data));
    }
}

// Bytes, or a str that is ASCII.
static void ascii_of(mp_obj_t data, mp_buffer_info_t *buffer) {
    if (!mp_get_buffer(data, buffer, MP_BUFFER_READ)) {
        mp_raise_msg_varg(&mp_type_TypeError,
            MP_ERROR_TEXT("argument should be bytes, buffer or ASCII string, not '%s'"), mp_obj_get_type_str(data));
    }
    for (size_t i = 0; mp_obj_is_str(data) && i < buffer->len; i++) {
        if (((const byte *)buffer->buf)[i] >= 0x80) {
            mp_raise_ValueError(MP_ERROR_TEXT("string argument should contain only ASCII characters"));
        }
    }
}

// hexlify(data[, sep[, bytes_per_sep]])
static mp_obj_t binascii_hexlify(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const char digits[] = "0123456789abcdef";
    static const mp_arg_t allowed[] = {
        { MP_QSTR_data, MP_ARG_OBJ | MP_ARG_REQUIRED, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_sep, MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_bytes_per_sep, MP_ARG_INT, { .u_int = 1 } },
    };
    mp_arg_val_t v[3];
    mp_arg_parse_all(n_args, args, kwargs, 3, allowed, v);
    mp_buffer_info_t data, separator = { .len = 0 };
    bytes_of(v[0].u_obj, &data);
    mp_int_t group = v[2].u_int;
    if (v[1].u_obj != MP_OBJ_NULL) {
        ascii_of(v[1].u_obj, &separator);
        if (separator.len != 1) {
            mp_raise_ValueError(MP_ERROR_TEXT("sep must be length 1."));
        }
    }
    vstr_t out;
    vstr_init(&out, (uint64_t)data.len * 2 + 1);
    size_t every = group < 0 ? -group : group;
    for (size_t i = 0; i < data.len; i++) {
        byte c = ((const byte *)data.buf)[i];
        // Groups are counted from the right, or with a negative number from the left.
        if (separator.len != 0 && every != 0 && i != 0 && (group > 0 ? data.len - i : i) % every == 0) {
            vstr_add_byte(&out, *(const byte *)separator.buf);
        }
        vstr_add_byte(&out, digits[c >> 4]);
        vstr_add_byte(&out, digits[c & 15]);
    }
    return mp_obj_new_bytes_from_vstr(&out);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(binascii_hexlify_obj, 1, binascii_hexlify);

static mp_obj_t binascii_unhexlify(mp_obj_t text) {
    mp_buffer_info_t data;
    ascii_of(text, &data);
    if (data.len % 2) {
        fail("Odd-length string");
    }
    vstr_t out;
    vstr_init_len(&out, data.len / 2);
    const byte *p = data.buf;
    for (size_t i = 0; i < data.len; i += 2) {
        if (!unichar_isxdigit(p[i]) || !unichar_isxdigit(p[i + 1])) {
            fail("Non-hexadecimal digit found");
        }
        out.buf[i / 2] = unichar_xdigit_value(p[i]) << 4 | unichar_xdigit_value(p[i + 1]);
    }
    return mp_obj_new_bytes_from_vstr(&out);
}
static MP_DEFINE_CONST_FUN_OBJ_1(binascii_unhexlify_obj, binascii_unhexlify);

static const char base64_letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int base64_value(byte c) {
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
        return c - '0' + 52;
    }
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// b2a_base64(data, newline)
static mp_obj_t binascii_b2a_base64(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_data, MP_ARG_OBJ | MP_ARG_REQUIRED, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_newline, MP_ARG_KW_ONLY | MP_ARG_OBJ, { .u_rom_obj = MP_ROM_TRUE } },
    };
    mp_arg_val_t v[2];
    mp_arg_parse_all(n_args, args, kwargs, 2, allowed, v);
    mp_buffer_info_t data;
    bytes_of(v[0].u_obj, &data);
    const byte *p = data.buf;
    vstr_t out;
    vstr_init(&out, (uint64_t)data.len / 3 * 4 + 6);
    for (size_t i = 0; i < data.len; i += 3) {
        size_t n = data.len - i;
        uint32_t bits = p[i] << 16 | (n > 1 ? p[i + 1] << 8 : 0) | (n > 2 ? p[i + 2] : 0);
        const char quad[4] = { base64_letters[bits >> 18], base64_letters[bits >> 12 & 63],
                               n > 1 ? base64_letters[bits >> 6 & 63] : '=', n > 2 ? base64_letters[bits & 63] : '=' };
        vstr_add_strn(&out, quad, 4);
    }
    if (mp_obj_is_true(v[1].u_obj)) {
        vstr_add_byte(&out, '\n');
    }
    return mp_obj_new_bytes_from_vstr(&out);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(binascii_b2a_base64_obj, 1, binascii_b2a_base64);

// a2b_base64(data, strict_mode)
static mp_obj_t binascii_a2b_base64(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_data, MP_ARG_OBJ | MP_ARG_REQUIRED, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_strict_mode, MP_ARG_KW_ONLY | MP_ARG_OBJ, { .u_rom_obj = MP_ROM_FALSE } },
    };
    mp_arg_val_t v[2];
    mp_arg_parse_all(n_args, args, kwargs, 2, allowed, v);
    bool strict = mp_obj_is_true(v[1].u_obj), padding_started = false;
    mp_buffer_info_t data;
    ascii_of(v[0].u_obj, &data);
    const byte *p = data.buf;
    if (strict && data.len > 0 && p[0] == '=') {
        fail("Leading padding not allowed");
    }
    vstr_t out;
    vstr_init(&out, data.len / 4 * 3 + 4);
    uint32_t bits = 0;
    int quad = 0, pads = 0;
    for (size_t i = 0; i < data.len; i++) {
        if (p[i] == '=') {
            padding_started = true;
            if (quad >= 2 && quad + ++pads >= 4) {
                if (strict && i + 1 < data.len) {
                    fail("Excess data after padding");
                }
                return mp_obj_new_bytes_from_vstr(&out);
            }
            continue;
        }
        int value = base64_value(p[i]);
        if (value < 0) {
            if (strict) {
                fail("Only base64 data is allowed");
            }
            continue;
        }
        if (strict && padding_started) {
            fail("Discontinuous padding not allowed");
        }
        pads = 0;
        bits = bits << 6 | value;
        if (++quad > 1) {
            vstr_add_byte(&out, bits >> (8 - 2 * quad));
            quad &= 3;
        }
    }
    if (quad == 1) {
        vstr_t text;
        vstr_init(&text, 128);
        vstr_printf(&text, "Invalid base64-encoded string: number of data characters (%u) cannot be 1 more than a multiple of 4",
            (unsigned)(out.len / 3 * 4 + 1));
        fail(vstr_null_terminated_str(&text));
    }
    if (quad != 0) {
        fail("Incorrect padding");
    }
    return mp_obj_new_bytes_from_vstr(&out);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(binascii_a2b_base64_obj, 1, binascii_a2b_base64);

static mp_obj_t binascii_crc32(size_t n_args, const mp_obj_t *args) {
    mp_buffer_info_t data;
    bytes_of(args[0], &data);
    uint32_t start = n_args > 1 ? mp_obj_get_int_truncated(args[1]) : 0;
    return mp_obj_new_int_from_uint(checksum_crc32(start, data.buf, data.len));
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(binascii_crc32_obj, 1, 2, binascii_crc32);

// CRC-CCITT.
static mp_obj_t binascii_crc_hqx(mp_obj_t data_in, mp_obj_t start) {
    mp_buffer_info_t data;
    bytes_of(data_in, &data);
    uint32_t crc = mp_obj_get_int_truncated(start) & 0xffff;
    for (size_t i = 0; i < data.len; i++) {
        crc ^= ((const byte *)data.buf)[i] << 8;
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc << 1 ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
        }
    }
    return MP_OBJ_NEW_SMALL_INT(crc);
}
static MP_DEFINE_CONST_FUN_OBJ_2(binascii_crc_hqx_obj, binascii_crc_hqx);

static const mp_rom_map_elem_t binascii_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__binascii) },
    { MP_ROM_QSTR(MP_QSTR_hexlify), MP_ROM_PTR(&binascii_hexlify_obj) },
    { MP_ROM_QSTR(MP_QSTR_b2a_hex), MP_ROM_PTR(&binascii_hexlify_obj) },
    { MP_ROM_QSTR(MP_QSTR_unhexlify), MP_ROM_PTR(&binascii_unhexlify_obj) },
    { MP_ROM_QSTR(MP_QSTR_a2b_hex), MP_ROM_PTR(&binascii_unhexlify_obj) },
    { MP_ROM_QSTR(MP_QSTR_b2a_base64), MP_ROM_PTR(&binascii_b2a_base64_obj) },
    { MP_ROM_QSTR(MP_QSTR_a2b_base64), MP_ROM_PTR(&binascii_a2b_base64_obj) },
    { MP_ROM_QSTR(MP_QSTR_crc32), MP_ROM_PTR(&binascii_crc32_obj) },
    { MP_ROM_QSTR(MP_QSTR_crc_hqx), MP_ROM_PTR(&binascii_crc_hqx_obj) },
};
static MP_DEFINE_CONST_DICT(binascii_globals, binascii_globals_table);

const mp_obj_module_t mp_module__binascii = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&binascii_globals,
};
MP_REGISTER_MODULE(MP_QSTR__binascii, mp_module__binascii);
