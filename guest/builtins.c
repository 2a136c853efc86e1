// Built-in functions that reach out of the sandbox, or would.

#include "py/builtin.h"
#include "py/runtime.h"
#include "host.h"
#include "modsys.h"

extern const struct _mp_dummy_t mp_sys_stdin_obj; // stdio.c

// From what the program put in the place of sys.stdin.
static mp_obj_t input_from(mp_obj_t file, size_t n_args, const mp_obj_t *args) {
    if (n_args == 1) {
        mp_obj_t out[3];
        mp_load_method(sys_stream(MP_QSTR_stdout), MP_QSTR_write, out);
        out[2] = mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_str), args[0]);
        mp_call_method_n_kw(1, 0, out);
    }
    mp_obj_t call[2];
    mp_load_method(file, MP_QSTR_readline, call);
    mp_obj_t line = mp_call_method_n_kw(0, 0, call);
    size_t len;
    const char *text = mp_obj_str_get_data(line, &len);
    if (len == 0) {
        mp_raise_msg(&mp_type_EOFError, MP_ERROR_TEXT("EOF when reading a line"));
    }
    return text[len - 1] == '\n' ? mp_obj_new_str(text, len - 1) : line;
}

static mp_obj_t hermetic_input(size_t n_args, const mp_obj_t *args) {
    mp_obj_t file = sys_stream(MP_QSTR_stdin);
    if (file != MP_OBJ_FROM_PTR(&mp_sys_stdin_obj)) {
        return input_from(file, n_args, args);
    }
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
