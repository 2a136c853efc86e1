// Requests of the host: run a program, call a function, read and set variables, all in __main__.

#include <string.h>

#include "py/builtin.h"
#include "py/compile.h"
#include "py/lexer.h"
#include "py/objstr.h"
#include "py/runtime.h"
#include "cbor.h"
#include "host.h"
#include "hostfunction.h"
#include "request.h"
#include "stdio.h"
#include "traceback.h"
#include "utf8.h"

enum { EXEC = 0, CALL, GET, SET };

// Of a value that has no plain form: bytes of its type's name and of its repr. The host takes no more.
#define TYPE_MOST 200
#define REPR_MOST 32768

static mp_obj_dict_t *main_globals(void) {
    return &MP_STATE_VM(dict_main);
}

static NORETURN void malformed(qstr key) {
    mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("malformed request: '%q'"), key);
}

// The value of a key, which is of that type; MP_OBJ_NULL when it is not there.
static mp_obj_t get(mp_obj_t request, qstr key, const mp_obj_type_t *type) {
    mp_map_elem_t *elem = mp_map_lookup(mp_obj_dict_get_map(request), MP_OBJ_NEW_QSTR(key), MP_MAP_LOOKUP);
    if (elem == NULL || elem->value == mp_const_none) {
        return MP_OBJ_NULL;
    }
    if (mp_obj_get_type(elem->value) != type) {
        malformed(key);
    }
    return elem->value;
}

static mp_obj_t need(mp_obj_t request, qstr key, const mp_obj_type_t *type) {
    mp_obj_t value = get(request, key, type);
    if (value == MP_OBJ_NULL) {
        malformed(key);
    }
    return value;
}

static void set_variables(mp_obj_t values) {
    mp_map_t *map = mp_obj_dict_get_map(values);
    for (size_t i = 0; i < map->alloc; i++) {
        if (mp_map_slot_is_filled(map, i)) {
            if (!mp_obj_is_str(map->table[i].key)) {
                malformed(MP_QSTR_values);
            }
            qstr name = mp_obj_str_get_qstr(map->table[i].key);
            mp_obj_dict_store(MP_OBJ_FROM_PTR(main_globals()), MP_OBJ_NEW_QSTR(name), map->table[i].value);
        }
    }
}

static void set_functions(mp_obj_t functions) {
    size_t len;
    mp_obj_t *items;
    mp_obj_list_get(functions, &len, &items);
    for (size_t i = 0; i < len; i++) {
        mp_obj_t function = host_function_new(items[i]);
        qstr name = mp_obj_str_get_qstr(host_function_name(function));
        mp_obj_dict_store(MP_OBJ_FROM_PTR(main_globals()), MP_OBJ_NEW_QSTR(name), function);
    }
}

static void set_argv(mp_obj_t request, qstr file) {
    mp_obj_t argv = get(request, MP_QSTR_argv, &mp_type_list);
    size_t len;
    mp_obj_t *items;
    if (argv == MP_OBJ_NULL) {
        mp_obj_list_get(mp_sys_argv, &len, &items);
        if (len == 0) {
            mp_obj_list_append(mp_sys_argv, MP_OBJ_NEW_QSTR(file));
        }
        return;
    }
    mp_obj_list_init(MP_OBJ_TO_PTR(mp_sys_argv), 0);
    mp_obj_list_get(argv, &len, &items);
    for (size_t i = 0; i < len; i++) {
        mp_obj_list_append(mp_sys_argv, items[i]);
    }
}

// What CPython refuses before it parses.
static void check_source(const char *text, size_t len) {
    if (memchr(text, 0, len)) {
        mp_raise_msg(&mp_type_SyntaxError, MP_ERROR_TEXT("source code cannot contain null bytes"));
    }
    size_t valid = utf8_valid_prefix((const byte *)text, len);
    if (valid != len) {
        mp_raise_msg_varg(&mp_type_SyntaxError,
            MP_ERROR_TEXT("(unicode error) 'utf-8' codec can't decode byte 0x%02x in position %u: invalid utf-8"),
            (byte)text[valid], (unsigned)valid);
    }
}

// A dict of the request's, which nobody else has seen. What it held stays.
static void forget_dict(mp_obj_t dict_in) {
    mp_obj_dict_t *dict = MP_OBJ_TO_PTR(dict_in);
    mp_map_deinit(&dict->map);
    m_del_obj(mp_obj_dict_t, dict);
}

static mp_obj_t exec(mp_obj_t request) {
    extern bool mp_compile_return_last;
    mp_obj_t code = need(request, MP_QSTR_code, &mp_type_bytes);
    mp_obj_t file_name = get(request, MP_QSTR_file, &mp_type_str);
    qstr file = file_name == MP_OBJ_NULL ? MP_QSTR_main_dot_py : mp_obj_str_get_qstr(file_name);
    mp_obj_t values = get(request, MP_QSTR_inputs, &mp_type_dict);
    if (values != MP_OBJ_NULL) {
        set_variables(values);
        forget_dict(values);
    }
    mp_obj_t functions = get(request, MP_QSTR_functions, &mp_type_list);
    if (functions != MP_OBJ_NULL) {
        set_functions(functions);
    }
    set_argv(request, file);
    bool repl = get(request, MP_QSTR_repl, &mp_type_bool) == mp_const_true;
    mp_compile_return_last = !repl && get(request, MP_QSTR_last, &mp_type_bool) == mp_const_true;
    forget_dict(request);
    size_t len;
    const char *text = mp_obj_str_get_data(code, &len);
    check_source(text, len);
    traceback_remember(file, code);
    mp_lexer_t *lexer = mp_lexer_new_from_str_len(file, text, len, 0);
    mp_parse_tree_t tree = mp_parse(lexer, MP_PARSE_FILE_INPUT);
    return mp_call_function_0(mp_compile(&tree, file, repl));
}

static mp_obj_t variable(mp_obj_t name) {
    mp_map_elem_t *elem = mp_map_lookup(&main_globals()->map, name, MP_MAP_LOOKUP);
    if (elem == NULL) {
        mp_raise_msg_varg(&mp_type_NameError, MP_ERROR_TEXT("name '%s' is not defined"), mp_obj_str_get_str(name));
    }
    return elem->value;
}

static mp_obj_t call(mp_obj_t request) {
    mp_obj_t function = variable(need(request, MP_QSTR_name, &mp_type_str));
    mp_obj_t args = get(request, MP_QSTR_args, &mp_type_list);
    mp_obj_t kwargs = get(request, MP_QSTR_kwargs, &mp_type_dict);
    // Positional arguments, then pairs of names and values.
    mp_obj_t flat = mp_obj_new_list(0, NULL);
    size_t n_args = 0, n_kw = 0;
    mp_obj_t *items;
    if (args != MP_OBJ_NULL) {
        mp_obj_list_get(args, &n_args, &items);
        for (size_t i = 0; i < n_args; i++) {
            mp_obj_list_append(flat, items[i]);
        }
    }
    if (kwargs != MP_OBJ_NULL) {
        mp_map_t *map = mp_obj_dict_get_map(kwargs);
        for (size_t i = 0; i < map->alloc; i++) {
            if (mp_map_slot_is_filled(map, i)) {
                if (!mp_obj_is_str(map->table[i].key)) {
                    malformed(MP_QSTR_kwargs);
                }
                mp_obj_list_append(flat, MP_OBJ_NEW_QSTR(mp_obj_str_get_qstr(map->table[i].key)));
                mp_obj_list_append(flat, map->table[i].value);
                n_kw++;
            }
        }
    }
    size_t len;
    mp_obj_list_get(flat, &len, &items);
    return mp_call_function_n_kw(function, n_args, n_kw, items);
}

static int operation(mp_obj_t request) {
    if (mp_obj_get_type(request) != &mp_type_dict) {
        malformed(MP_QSTR_op);
    }
    return mp_obj_get_int(need(request, MP_QSTR_op, &mp_type_int));
}

static mp_obj_t perform(int op, mp_obj_t request) {
    switch (op) {
        case EXEC:
            return exec(request);
        case CALL:
            return call(request);
        case GET:
            return variable(need(request, MP_QSTR_name, &mp_type_str));
        case SET:
            set_variables(need(request, MP_QSTR_values, &mp_type_dict));
            return mp_const_none;
        default:
            malformed(MP_QSTR_op);
    }
}

typedef struct _outcome_t {
    cbor_writer_t message;
    mp_obj_t value;
} outcome_t;

static void write_plain(void *outcome_in) {
    outcome_t *outcome = outcome_in;
    cbor_write(&outcome->message, outcome->value);
}

// What an object prints of itself, and no more of it than is needed to see that it is too long.
static void print_capped(void *text_in, const char *data, size_t len) {
    vstr_t *text = text_in;
    vstr_add_strn(text, data, MIN(len, REPR_MOST + 1 - text->len));
}

// The text; or, with "..." after it, what of it is valid and short enough.
static void write_cut(cbor_writer_t *out, const char *text, size_t len, size_t most) {
    size_t valid = utf8_valid_prefix((const byte *)text, MIN(len, most));
    if (valid == len) {
        cbor_write_text(out, text, len);
        return;
    }
    vstr_t cut;
    vstr_init(&cut, most + 1);
    vstr_add_strn(&cut, text, utf8_valid_prefix((const byte *)text, MIN(valid, most - 3)));
    vstr_add_str(&cut, "...");
    cbor_write_text(out, cut.buf, cut.len);
}

// [type, repr] in place of a value that has no plain form.
static void write_opaque(outcome_t *outcome) {
    vstr_t text;
    vstr_init(&text, 64);
    mp_print_t print = { &text, print_capped };
    mp_obj_print_helper(&print, outcome->value, PRINT_REPR);
    qstr name = mp_obj_get_type(outcome->value)->name;
    cbor_close(&outcome->message);
    cbor_open(&outcome->message);
    cbor_write_array(&outcome->message, 2);
    if (qstr_len(name) == 0) {
        name = MP_QSTR_object;
    }
    write_cut(&outcome->message, qstr_str(name), qstr_len(name), TYPE_MOST);
    write_cut(&outcome->message, text.buf, text.len, REPR_MOST);
}

static bool is_refusal(mp_obj_t exception) {
    return mp_obj_exception_match(exception, MP_OBJ_FROM_PTR(&mp_type_TypeError))
           || mp_obj_exception_match(exception, MP_OBJ_FROM_PTR(&mp_type_ValueError));
}

void request_perform(size_t len) {
    mp_obj_t request = host_receive(len);
    int op = operation(request), kind = HOST_RESULT;
    outcome_t outcome = { .value = perform(op, request) };
    run_exit_functions();
    cbor_open(&outcome.message);
    if (op != EXEC) {
        write_plain(&outcome);
    } else if (nlr_try(write_plain, &outcome)) {
        // The program came to its end: that its value cannot be passed is no reason to say that it failed.
        mp_obj_t exception = MP_OBJ_FROM_PTR(nlr_caught());
        if (!is_refusal(exception)) {
            nlr_raise(exception);
        }
        write_opaque(&outcome);
        kind = HOST_OPAQUE;
    }
    stdio_flush();
    host_send(kind, &outcome.message);
}
