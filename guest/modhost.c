// The module _host: what the standard library in Python needs of the host.

#include "py/runtime.h"
#include "host.h"

#define ENTROPY_MOST 256 // in one call

// Bytes that nobody can predict, or that follow from the host's seed.
static mp_obj_t entropy(mp_obj_t count) {
    mp_int_t n = mp_obj_get_int(count);
    byte bytes[ENTROPY_MOST];
    if (n < 0 || n > ENTROPY_MOST) {
        mp_raise_ValueError(MP_ERROR_TEXT("0 to 256 bytes at a time"));
    }
    for (mp_int_t at = 0; at < n; at += HOST_ENTROPY_MOST) {
        if (!host_entropy(bytes + at, MIN(n - at, HOST_ENTROPY_MOST))) {
            mp_raise_msg(&mp_type_OSError, MP_ERROR_TEXT("no random numbers"));
        }
    }
    return mp_obj_new_bytes(bytes, n);
}
static MP_DEFINE_CONST_FUN_OBJ_1(entropy_obj, entropy);

static const mp_rom_map_elem_t host_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__host) },
    { MP_ROM_QSTR(MP_QSTR_entropy), MP_ROM_PTR(&entropy_obj) },
};
static MP_DEFINE_CONST_DICT(host_globals, host_globals_table);

const mp_obj_module_t hermetic_module_host = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&host_globals,
};
MP_REGISTER_MODULE(MP_QSTR__host, hermetic_module_host);
