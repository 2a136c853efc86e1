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

// ---- scrypt, RFC 7914 ----

static inline uint32_t rotate(uint32_t x, int n) {
    return x << n | x >> (32 - n);
}

static void salsa(uint32_t *b) {
    static const uint8_t quarters[8][4] = {
        { 0, 4, 8, 12 }, { 5, 9, 13, 1 }, { 10, 14, 2, 6 }, { 15, 3, 7, 11 },
        { 0, 1, 2, 3 }, { 5, 6, 7, 4 }, { 10, 11, 8, 9 }, { 15, 12, 13, 14 },
    };
    uint32_t x[16];
    memcpy(x, b, sizeof(x));
    for (int round = 0; round < 4; round++) {
        for (int i = 0; i < 8; i++) {
            const uint8_t *q = quarters[i];
            x[q[1]] ^= rotate(x[q[0]] + x[q[3]], 7);
            x[q[2]] ^= rotate(x[q[1]] + x[q[0]], 9);
            x[q[3]] ^= rotate(x[q[2]] + x[q[1]], 13);
            x[q[0]] ^= rotate(x[q[3]] + x[q[2]], 18);
        }
    }
    for (int i = 0; i < 16; i++) {
        b[i] += x[i];
    }
}

// From `block` to `out`, both of 32 r words.
static void mix_block(const uint32_t *block, uint32_t *out, size_t r) {
    uint32_t x[16];
    memcpy(x, block + 32 * r - 16, sizeof(x));
    for (size_t i = 0; i < 2 * r; i++) {
        for (int k = 0; k < 16; k++) {
            x[k] ^= block[16 * i + k];
        }
        salsa(x);
        memcpy(out + 16 * (i / 2 + i % 2 * r), x, sizeof(x));
    }
}

// romix(block, n): block is a bytearray of 128 r bytes, changed in place; n a power of two.
static mp_obj_t hashlib_romix(mp_obj_t block_in, mp_obj_t n_in) {
    mp_buffer_info_t block;
    mp_get_buffer_raise(block_in, &block, MP_BUFFER_RW);
    mp_int_t n = mp_obj_get_int(n_in);
    size_t r = block.len / 128;
    if (n < 2 || (n & (n - 1)) != 0 || r == 0 || block.len % 128 != 0 || (uint64_t)n * block.len > SIZE_MAX / 2) {
        mp_raise_ValueError(NULL);
    }
    uint32_t *seen = m_malloc_leaf((uint64_t)n * block.len);
    uint32_t *x = m_malloc_leaf(block.len), *y = m_malloc_leaf(block.len);
    memcpy(x, block.buf, block.len);
    for (mp_int_t i = 0; i < n; i++) {
        memcpy(seen + i * (32 * r), x, block.len);
        mix_block(x, y, r);
        memcpy(x, y, block.len);
    }
    for (mp_int_t i = 0; i < n; i++) {
        const uint32_t *other = seen + (size_t)(x[32 * r - 16] & (n - 1)) * (32 * r);
        for (size_t k = 0; k < 32 * r; k++) {
            x[k] ^= other[k];
        }
        mix_block(x, y, r);
        memcpy(x, y, block.len);
    }
    memcpy(block.buf, x, block.len);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(hashlib_romix_obj, hashlib_romix);

static const mp_rom_map_elem_t hashlib_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__hashlib) },
    { MP_ROM_QSTR(MP_QSTR_new), MP_ROM_PTR(&hash_new_obj) },
    { MP_ROM_QSTR(MP_QSTR_blake2), MP_ROM_PTR(&hash_blake2_obj) },
    { MP_ROM_QSTR(MP_QSTR_pbkdf2), MP_ROM_PTR(&hash_pbkdf2_obj) },
    { MP_ROM_QSTR(MP_QSTR_romix), MP_ROM_PTR(&hashlib_romix_obj) },
    { MP_ROM_QSTR(MP_QSTR_HASH), MP_ROM_PTR(&hash_type) },
};
static MP_DEFINE_CONST_DICT(hashlib_globals, hashlib_globals_table);

const mp_obj_module_t mp_module__hashlib = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&hashlib_globals,
};
MP_REGISTER_MODULE(MP_QSTR__hashlib, mp_module__hashlib);
