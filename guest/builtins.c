// Built-in functions that reach out of the sandbox, or would.

#include "py/builtin.h"
#include "py/runtime.h"
#include "host.h"

static mp_obj_t hermetic_input(size_t n_args, const mp_obj_t *args) {
    vstr_t prompt;
    mp_print_t print;
    vstr_init_print(&prompt, 16, &print);
    if (n_args == 1) {
        mp_obj_print_helper(&print, args[0], PRINT_STR);
    }
    return host_ask(HOST_INPUT, prompt.buf, prompt.len);
}
MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(hermetic_input_obj, 0, 1, hermetic_input);

mp_obj_t mp_builtin_open(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    (void)n_args;
    (void)kwargs;
    mp_raise_msg_varg(&mp_type_PermissionError, MP_ERROR_TEXT("no file was granted: '%s'"), mp_obj_str_get_str(args[0]));
}
MP_DEFINE_CONST_FUN_OBJ_KW(mp_builtin_open_obj, 1, mp_builtin_open);

// The seed of the random module, drawn when a program first imports it.
unsigned long hermetic_random_seed(void) {
    byte bytes[sizeof(unsigned long)];
    if (!host_entropy(bytes, sizeof(bytes))) {
        mp_raise_msg(&mp_type_OSError, MP_ERROR_TEXT("no random numbers"));
    }
    unsigned long seed = 0;
    for (size_t i = 0; i < sizeof(bytes); i++) {
        seed = seed << 8 | bytes[i];
    }
    return seed;
}
