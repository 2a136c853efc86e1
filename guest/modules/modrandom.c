// The module _random: the generator of CPython's `random`, MT19937 by Matsumoto and Nishimura, with the same numbers for
// the same seed. What programs import is guest/stdlib/random.py.

#include <string.h>

#include "py/objint.h"
#include "py/objtuple.h"
#include "py/runtime.h"

#define N 624
#define M 397

typedef struct _random_t {
    mp_obj_base_t base;
    uint32_t next;
    uint32_t state[N];
} random_t;

static void seed_word(random_t *self, uint32_t seed) {
    self->state[0] = seed;
    for (uint32_t i = 1; i < N; i++) {
        self->state[i] = 1812433253u * (self->state[i - 1] ^ self->state[i - 1] >> 30) + i;
    }
    self->next = N;
}

static void seed_words(random_t *self, const uint32_t *key, size_t length) {
    uint32_t *s = self->state, i = 1;
    size_t j = 0;
    seed_word(self, 19650218u);
    for (size_t k = MAX(N, length); k > 0; k--) {
        s[i] = (s[i] ^ ((s[i - 1] ^ s[i - 1] >> 30) * 1664525u)) + key[j] + j;
        if (++i == N) {
            s[0] = s[N - 1];
            i = 1;
        }
        if (++j == length) {
            j = 0;
        }
    }
    for (size_t k = N - 1; k > 0; k--) {
        s[i] = (s[i] ^ ((s[i - 1] ^ s[i - 1] >> 30) * 1566083941u)) - i;
        if (++i == N) {
            s[0] = s[N - 1];
            i = 1;
        }
    }
    s[0] = 0x80000000u;
}

static uint32_t mix(uint32_t high, uint32_t low) {
    uint32_t y = (high & 0x80000000u) | (low & 0x7fffffffu);
    return y >> 1 ^ (low & 1 ? 0x9908b0dfu : 0);
}

static uint32_t next_word(random_t *self) {
    uint32_t *s = self->state;
    if (self->next >= N) {
        for (int i = 0; i < N - M; i++) {
            s[i] = s[i + M] ^ mix(s[i], s[i + 1]);
        }
        for (int i = N - M; i < N - 1; i++) {
            s[i] = s[i + M - N] ^ mix(s[i], s[i + 1]);
        }
        s[N - 1] = s[M - 1] ^ mix(s[N - 1], s[0]);
        self->next = 0;
    }
    uint32_t y = s[self->next++];
    y ^= y >> 11;
    y ^= y << 7 & 0x9d2c5680u;
    y ^= y << 15 & 0xefc60000u;
    return y ^ y >> 18;
}

// The magnitude of an int is the key; without one, entropy from the host is.
static mp_obj_t random_seed(size_t n_args, const mp_obj_t *args) {
    random_t *self = MP_OBJ_TO_PTR(args[0]);
    uint32_t words[2];
    if (n_args < 2 || args[1] == mp_const_none) {
        for (int i = 0; i < 2; i++) {
            words[i] = hermetic_random_seed();
        }
        seed_words(self, words, 2);
    } else if (mp_obj_is_int(args[1]) && !mp_obj_is_small_int(args[1])) {
        const mpz_t *z = &((mp_obj_int_t *)MP_OBJ_TO_PTR(args[1]))->mpz;
        static_assert(MPZ_DIG_SIZE == 32, "a digit is a word of the key");
        seed_words(self, (const uint32_t *)z->dig, z->len);
    } else {
        mp_int_t value = mp_obj_get_int(args[1]);
        uint64_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
        words[0] = magnitude;
        words[1] = magnitude >> 32;
        seed_words(self, words, words[1] ? 2 : 1);
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(random_seed_obj, 1, 2, random_seed);

static mp_obj_t random_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    mp_arg_check_num(n_args, n_kw, 0, 1, false);
    mp_obj_t seed_args[2] = { MP_OBJ_FROM_PTR(mp_obj_malloc(random_t, type)), n_args > 0 ? args[0] : mp_const_none };
    random_seed(2, seed_args);
    return seed_args[0];
}

static mp_obj_t random_random(mp_obj_t self_in) {
    random_t *self = MP_OBJ_TO_PTR(self_in);
    uint32_t a = next_word(self) >> 5, b = next_word(self) >> 6;
    return mp_obj_new_float((a * 67108864.0 + b) * (1.0 / 9007199254740992.0));
}
static MP_DEFINE_CONST_FUN_OBJ_1(random_random_obj, random_random);

static mp_obj_t random_getrandbits(mp_obj_t self_in, mp_obj_t bits_in) {
    random_t *self = MP_OBJ_TO_PTR(self_in);
    mp_int_t bits = mp_obj_get_int(bits_in);
    if (bits < 0) {
        mp_raise_ValueError(MP_ERROR_TEXT("number of bits must be non-negative"));
    }
    if (bits == 0) {
        return MP_OBJ_NEW_SMALL_INT(0);
    }
    if (bits <= 32) {
        return mp_obj_new_int_from_uint(next_word(self) >> (32 - bits));
    }
    size_t words = m_size((bits - 1) / 32 + 1);
    uint32_t *key = m_malloc_leaf((uint64_t)words * sizeof(uint32_t));
    for (size_t i = 0; i < words; i++, bits -= 32) {
        key[i] = next_word(self) >> (bits < 32 ? 32 - bits : 0);
    }
    return mp_obj_int_from_bytes_impl(false, words * sizeof(uint32_t), (const byte *)key);
}
static MP_DEFINE_CONST_FUN_OBJ_2(random_getrandbits_obj, random_getrandbits);

// The state as CPython shows it: 624 words and the position.
static mp_obj_t random_getstate(mp_obj_t self_in) {
    random_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_tuple_t *state = MP_OBJ_TO_PTR(mp_obj_new_tuple(N + 1, NULL));
    for (int i = 0; i < N; i++) {
        state->items[i] = MP_OBJ_NEW_SMALL_INT(self->state[i]);
    }
    state->items[N] = MP_OBJ_NEW_SMALL_INT(self->next);
    return MP_OBJ_FROM_PTR(state);
}
static MP_DEFINE_CONST_FUN_OBJ_1(random_getstate_obj, random_getstate);

static mp_obj_t random_setstate(mp_obj_t self_in, mp_obj_t state) {
    random_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_t *items;
    mp_obj_get_array_fixed_n(state, N + 1, &items);
    for (int i = 0; i < N; i++) {
        self->state[i] = mp_obj_get_int_truncated(items[i]);
    }
    self->next = MIN((mp_uint_t)mp_obj_get_int(items[N]), (mp_uint_t)N);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(random_setstate_obj, random_setstate);

static const mp_rom_map_elem_t random_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR_seed), MP_ROM_PTR(&random_seed_obj) },
    { MP_ROM_QSTR(MP_QSTR_random), MP_ROM_PTR(&random_random_obj) },
    { MP_ROM_QSTR(MP_QSTR_getrandbits), MP_ROM_PTR(&random_getrandbits_obj) },
    { MP_ROM_QSTR(MP_QSTR_getstate), MP_ROM_PTR(&random_getstate_obj) },
    { MP_ROM_QSTR(MP_QSTR_setstate), MP_ROM_PTR(&random_setstate_obj) },
};
static MP_DEFINE_CONST_DICT(random_locals, random_locals_table);

static MP_DEFINE_CONST_OBJ_TYPE(
    random_type, MP_QSTR_Random, MP_TYPE_FLAG_NONE,
    make_new, random_make_new,
    locals_dict, &random_locals
    );

static const mp_rom_map_elem_t random_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__random) },
    { MP_ROM_QSTR(MP_QSTR_Random), MP_ROM_PTR(&random_type) },
};
static MP_DEFINE_CONST_DICT(random_globals, random_globals_table);

const mp_obj_module_t mp_module__random = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&random_globals,
};
MP_REGISTER_MODULE(MP_QSTR__random, mp_module__random);
