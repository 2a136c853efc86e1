// The module _hashlib: hash objects. What programs import is guest/stdlib/hashlib.py.

#include <string.h>

#include "py/objstr.h"
#include "py/runtime.h"
#include "hashes.h"

typedef struct _hash_obj_t {
    mp_obj_base_t base;
    hash_t hash;
} hash_obj_t;

static const mp_obj_type_t hash_type;

static void feed(hash_t *hash, mp_obj_t data) {
    mp_buffer_info_t buffer;
    if (mp_obj_is_str(data)) {
        mp_raise_TypeError(MP_ERROR_TEXT("Strings must be encoded before hashing"));
    }
    if (!mp_get_buffer(data, &buffer, MP_BUFFER_READ)) {
        mp_raise_TypeError(MP_ERROR_TEXT("object supporting the buffer API required"));
    }
    hash_update(hash, buffer.buf, buffer.len);
}

// new(kind[, data]); the kind is a number of hash_id_t.
static mp_obj_t hash_new(size_t n_args, const mp_obj_t *args) {
    hash_obj_t *self = mp_obj_malloc(hash_obj_t, &hash_type);
    hash_init(&self->hash, mp_obj_get_int(args[0]) % HASH_KINDS);
    if (n_args > 1) {
        feed(&self->hash, args[1]);
    }
    return MP_OBJ_FROM_PTR(self);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(hash_new_obj, 1, 2, hash_new);

// blake2(kind, parameters, key, data)
static mp_obj_t hash_blake2(size_t n_args, const mp_obj_t *args) {
    (void)n_args;
    hash_obj_t *self = mp_obj_malloc(hash_obj_t, &hash_type);
    hash_id_t id = mp_obj_get_int(args[0]) == HASH_BLAKE2S ? HASH_BLAKE2S : HASH_BLAKE2B;
    mp_buffer_info_t parameters, key;
    mp_get_buffer_raise(args[1], &parameters, MP_BUFFER_READ);
    mp_get_buffer_raise(args[2], &key, MP_BUFFER_READ);
    size_t most = hash_kinds[id].digest_size;
    if (parameters.len != most || key.len > most) {
        mp_raise_ValueError(MP_ERROR_TEXT("wrong size of BLAKE2 parameters"));
    }
    hash_init_blake2(&self->hash, id, parameters.buf, key.buf, key.len);
    feed(&self->hash, args[3]);
    return MP_OBJ_FROM_PTR(self);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(hash_blake2_obj, 4, 4, hash_blake2);

static mp_obj_t hash_update_method(mp_obj_t self_in, mp_obj_t data) {
    hash_obj_t *self = MP_OBJ_TO_PTR(self_in);
    feed(&self->hash, data);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(hash_update_obj, hash_update_method);

static void digest_into(size_t n_args, const mp_obj_t *args, vstr_t *out) {
    hash_obj_t *self = MP_OBJ_TO_PTR(args[0]);
    size_t length = self->hash.digest_size;
    if (length == 0) {
        if (n_args < 2) {
            mp_raise_TypeError(MP_ERROR_TEXT("digest() missing required argument 'length' (pos 1)"));
        }
        mp_int_t want = mp_obj_get_int(args[1]);
        if (want < 0 || want > INT32_MAX) {
            mp_raise_ValueError(MP_ERROR_TEXT("value must be positive"));
        }
        length = want;
    } else if (n_args > 1) {
        mp_raise_TypeError(MP_ERROR_TEXT("digest() takes no arguments (1 given)"));
    }
    vstr_init_len(out, length);
    hash_final(&self->hash, (uint8_t *)out->buf, length);
}

static mp_obj_t hash_digest(size_t n_args, const mp_obj_t *args) {
    vstr_t out;
    digest_into(n_args, args, &out);
    return mp_obj_new_bytes_from_vstr(&out);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(hash_digest_obj, 1, 2, hash_digest);

static mp_obj_t hash_hexdigest(size_t n_args, const mp_obj_t *args) {
    static const char digits[] = "0123456789abcdef";
    vstr_t out, text;
    digest_into(n_args, args, &out);
    vstr_init_len(&text, out.len * 2);
    for (size_t i = 0; i < out.len; i++) {
        text.buf[2 * i] = digits[(byte)out.buf[i] >> 4];
        text.buf[2 * i + 1] = digits[out.buf[i] & 15];
    }
    return mp_obj_new_str_from_utf8_vstr(&text);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(hash_hexdigest_obj, 1, 2, hash_hexdigest);

static mp_obj_t hash_copy(mp_obj_t self_in) {
    hash_obj_t *copy = mp_obj_malloc(hash_obj_t, &hash_type);
    copy->hash = ((hash_obj_t *)MP_OBJ_TO_PTR(self_in))->hash;
    return MP_OBJ_FROM_PTR(copy);
}
static MP_DEFINE_CONST_FUN_OBJ_1(hash_copy_obj, hash_copy);

static const mp_rom_map_elem_t hash_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR_update), MP_ROM_PTR(&hash_update_obj) },
    { MP_ROM_QSTR(MP_QSTR_digest), MP_ROM_PTR(&hash_digest_obj) },
    { MP_ROM_QSTR(MP_QSTR_hexdigest), MP_ROM_PTR(&hash_hexdigest_obj) },
    { MP_ROM_QSTR(MP_QSTR_copy), MP_ROM_PTR(&hash_copy_obj) },
};
static MP_DEFINE_CONST_DICT(hash_locals, hash_locals_table);

static void hash_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    hash_obj_t *self = MP_OBJ_TO_PTR(self_in);
    const hash_kind_t *kind = &hash_kinds[self->hash.id];
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    switch (attr) {
        case MP_QSTR_name:
            dest[0] = mp_obj_new_str(kind->name, strlen(kind->name));
            break;
        case MP_QSTR_digest_size:
            dest[0] = MP_OBJ_NEW_SMALL_INT(self->hash.digest_size);
            break;
        case MP_QSTR_block_size:
            dest[0] = MP_OBJ_NEW_SMALL_INT(kind->block_size);
            break;
        default:
            dest[1] = MP_OBJ_SENTINEL; // go on in locals_dict
    }
}

static void hash_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    hash_obj_t *self = MP_OBJ_TO_PTR(self_in);
    mp_printf(print, "<%s _hashlib.HASH object @ %p>", hash_kinds[self->hash.id].name, self);
}

static MP_DEFINE_CONST_OBJ_TYPE(
    hash_type, MP_QSTR_HASH, MP_TYPE_FLAG_NONE,
    print, hash_print,
    attr, hash_attr,
    locals_dict, &hash_locals
    );

// pbkdf2(kind, password, salt, iterations, length): RFC 8018 with HMAC.
static mp_obj_t hash_pbkdf2(size_t n_args, const mp_obj_t *args) {
    (void)n_args;
    mp_buffer_info_t password, salt;
    mp_get_buffer_raise(args[1], &password, MP_BUFFER_READ);
    mp_get_buffer_raise(args[2], &salt, MP_BUFFER_READ);
    mp_int_t iterations = mp_obj_get_int(args[3]), length = mp_obj_get_int(args[4]);
    hash_t inner, outer, hash;
    hash_init(&inner, mp_obj_get_int(args[0]) % HASH_KINDS);
    outer = hash = inner;
    size_t size = inner.digest_size, block_size = hash_kinds[inner.id].block_size;
    uint8_t key[168] = { 0 }, u[64], t[64];
    if (password.len > block_size) {
        hash_update(&hash, password.buf, password.len);
        hash_final(&hash, key, size);
    } else {
        memcpy(key, password.buf, password.len);
    }
    for (size_t i = 0; i < block_size; i++) {
        key[i] ^= 0x36;
    }
    hash_update(&inner, key, block_size);
    for (size_t i = 0; i < block_size; i++) {
        key[i] ^= 0x36 ^ 0x5c;
    }
    hash_update(&outer, key, block_size);
    vstr_t out;
    vstr_init(&out, m_size(length));
    for (uint32_t block = 1; (mp_int_t)out.len < length; block++) {
        uint32_t number = __builtin_bswap32(block);
        memset(t, 0, sizeof(t));
        for (mp_int_t i = 0; i < iterations; i++) {
            hash = inner;
            if (i == 0) {
                hash_update(&hash, salt.buf, salt.len);
                hash_update(&hash, (const uint8_t *)&number, 4);
            } else {
                hash_update(&hash, u, size);
            }
            hash_final(&hash, u, size);
            hash = outer;
            hash_update(&hash, u, size);
            hash_final(&hash, u, size);
            for (size_t j = 0; j < size; j++) {
                t[j] ^= u[j];
            }
        }
        vstr_add_strn(&out, (char *)t, MIN(size, (size_t)length - out.len));
    }
    return mp_obj_new_bytes_from_vstr(&out);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(hash_pbkdf2_obj, 5, 5, hash_pbkdf2);

static const mp_rom_map_elem_t hashlib_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__hashlib) },
    { MP_ROM_QSTR(MP_QSTR_new), MP_ROM_PTR(&hash_new_obj) },
    { MP_ROM_QSTR(MP_QSTR_blake2), MP_ROM_PTR(&hash_blake2_obj) },
    { MP_ROM_QSTR(MP_QSTR_pbkdf2), MP_ROM_PTR(&hash_pbkdf2_obj) },
    { MP_ROM_QSTR(MP_QSTR_HASH), MP_ROM_PTR(&hash_type) },
};
static MP_DEFINE_CONST_DICT(hashlib_globals, hashlib_globals_table);

const mp_obj_module_t mp_module__hashlib = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&hashlib_globals,
};
MP_REGISTER_MODULE(MP_QSTR__hashlib, mp_module__hashlib);
