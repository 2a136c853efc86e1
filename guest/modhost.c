// The module _host: what the standard library in Python needs of the host, and of the build.

#include <string.h>

#include "py/builtin.h"
#include "py/objmodule.h"
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

static void add_names(mp_obj_t list, const mp_map_t *map) {
    for (size_t i = 0; i < map->alloc; i++) {
        mp_obj_list_append(list, map->table[i].key);
    }
}

// Names of the modules in C, and paths ("json/__init__.py") of those in Python.
static mp_obj_t modules(void) {
    extern const char mp_frozen_names[];
    mp_obj_t list = mp_obj_new_list(0, NULL);
    add_names(list, &mp_builtin_module_map);
    add_names(list, &mp_builtin_extensible_module_map);
    for (const char *name = mp_frozen_names; *name; name += strlen(name) + 1) {
        mp_obj_list_append(list, mp_obj_new_str(name, strlen(name)));
    }
    return list;
}
static MP_DEFINE_CONST_FUN_OBJ_0(modules_obj, modules);

static const mp_rom_map_elem_t host_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__host) },
    { MP_ROM_QSTR(MP_QSTR_entropy), MP_ROM_PTR(&entropy_obj) },
    { MP_ROM_QSTR(MP_QSTR_modules), MP_ROM_PTR(&modules_obj) },
};
static MP_DEFINE_CONST_DICT(host_globals, host_globals_table);

const mp_obj_module_t hermetic_module_host = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&host_globals,
};
MP_REGISTER_MODULE(MP_QSTR__host, hermetic_module_host);
