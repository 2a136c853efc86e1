// The module _re: functions of `re` that take a pattern as text, the cache of compiled ones, flags.
//
// guest/stdlib/re.py adds the exception and is what programs import.

#include <string.h>

#include "py/objstr.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "re.h"

#define CACHE_SIZE 64 // a power of 2

typedef struct _cached_t {
    mp_obj_t pattern;
    mp_obj_t flags;
    mp_obj_t compiled;
} cached_t;

MP_REGISTER_ROOT_POINTER(void *re_cache);

// Raises re.error. `pattern` may be MP_OBJ_NULL: then there is no position either.
void re_raise(const char *message, mp_obj_t pattern, mp_int_t position) {
    mp_obj_t module = mp_import_name(MP_QSTR_re, mp_const_none, MP_OBJ_NEW_SMALL_INT(0));
    mp_obj_t args[3] = { mp_obj_new_str(message, strlen(message)), pattern, MP_OBJ_NEW_SMALL_INT(position) };
    nlr_raise(mp_call_function_n_kw(mp_load_attr(module, MP_QSTR_error), pattern == MP_OBJ_NULL ? 1 : 3, 0, args));
}

// Flags: an int with a name.

typedef struct _re_flag_t {
    mp_obj_base_t base;
    mp_int_t value;
} re_flag_t;

static const char flag_names[][12] = { "TEMPLATE", "IGNORECASE", "LOCALE", "MULTILINE", "DOTALL", "UNICODE", "VERBOSE", "DEBUG",
                                       "ASCII" };
#define KNOWN_FLAGS 511

mp_obj_t re_flag_new(mp_int_t value) {
    re_flag_t *flag = mp_obj_malloc(re_flag_t, &re_type_flag);
    flag->value = value;
    return MP_OBJ_FROM_PTR(flag);
}

static mp_int_t flag_value(mp_obj_t obj) {
    return mp_obj_is_type(obj, &re_type_flag) ? ((re_flag_t *)MP_OBJ_TO_PTR(obj))->value : mp_obj_get_int(obj);
}

static void flag_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    mp_int_t value = flag_value(self_in);
    const char *separator = "";
    // In the order in which CPython has them.
    static const uint8_t order[] = { 8, 1, 2, 5, 3, 4, 6, 0, 7 };
    for (size_t k = 0; k < MP_ARRAY_SIZE(flag_names); k++) {
        size_t i = order[k];
        if (value >> i & 1) {
            mp_printf(print, "%sre.%s", separator, flag_names[i]);
            separator = "|";
        }
    }
    if (value & ~(mp_int_t)KNOWN_FLAGS) {
        mp_printf(print, "%s0x%x", separator, (unsigned)(value & ~(mp_int_t)KNOWN_FLAGS));
    } else if (value == 0) {
        mp_print_str(print, "re.NOFLAG");
    }
}

static mp_obj_t flag_unary_op(mp_unary_op_t op, mp_obj_t self_in) {
    mp_int_t value = flag_value(self_in);
    switch (op) {
        case MP_UNARY_OP_INVERT:
            return re_flag_new(~value & KNOWN_FLAGS);
        case MP_UNARY_OP_INT_MAYBE:
            return MP_OBJ_NEW_SMALL_INT(value);
        default:
            return mp_unary_op(op, MP_OBJ_NEW_SMALL_INT(value));
    }
}

static mp_obj_t flag_binary_op(mp_binary_op_t op, mp_obj_t a, mp_obj_t b) {
    mp_int_t other;
    if (mp_obj_is_type(b, &re_type_flag)) {
        other = flag_value(b);
    } else if (mp_obj_is_int(b)) {
        other = mp_obj_get_int(b);
    } else {
        return MP_OBJ_NULL;
    }
    mp_int_t value = flag_value(a);
    switch (op) {
        case MP_BINARY_OP_OR: case MP_BINARY_OP_INPLACE_OR: case MP_BINARY_OP_REVERSE_OR:
            return re_flag_new(value | other);
        case MP_BINARY_OP_AND: case MP_BINARY_OP_INPLACE_AND: case MP_BINARY_OP_REVERSE_AND:
            return re_flag_new(value & other);
        case MP_BINARY_OP_XOR: case MP_BINARY_OP_INPLACE_XOR: case MP_BINARY_OP_REVERSE_XOR:
            return re_flag_new(value ^ other);
        default:
            return mp_binary_op(op, MP_OBJ_NEW_SMALL_INT(value), MP_OBJ_NEW_SMALL_INT(other));
    }
}

static void flag_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    mp_int_t value = flag_value(self_in);
    if (attr == MP_QSTR_value || attr == MP_QSTR__value_) {
        dest[0] = MP_OBJ_NEW_SMALL_INT(value);
    } else if (attr == MP_QSTR_name) {
        vstr_t text;
        mp_print_t print;
        vstr_init_print(&text, 32, &print);
        flag_print(&print, self_in, PRINT_STR);
        char *out = text.buf;
        for (size_t i = 0; i < text.len; i++) { // without the "re."
            if (memcmp(text.buf + i, "re.", MIN(3u, text.len - i)) == 0) {
                i += 2;
            } else {
                *out++ = text.buf[i];
            }
        }
        dest[0] = mp_obj_new_str(text.buf, out - text.buf);
    }
}

static mp_obj_t flag_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    (void)type;
    mp_arg_check_num(n_args, n_kw, 1, 1, false);
    return re_flag_new(flag_value(args[0]));
}

#define FLAG(name, number) static const re_flag_t flag_##name = { { &re_type_flag }, number };
FLAG(T, RE_TEMPLATE)
FLAG(I, RE_IGNORECASE)
FLAG(L, RE_LOCALE)
FLAG(M, RE_MULTILINE)
FLAG(S, RE_DOTALL)
FLAG(U, RE_UNICODE)
FLAG(X, RE_VERBOSE)
FLAG(DEBUG, RE_DEBUG)
FLAG(A, RE_ASCII)
FLAG(NOFLAG, 0)

static const mp_rom_map_elem_t flag_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR_NOFLAG), MP_ROM_PTR(&flag_NOFLAG) },
    { MP_ROM_QSTR(MP_QSTR_T), MP_ROM_PTR(&flag_T) },
    { MP_ROM_QSTR(MP_QSTR_TEMPLATE), MP_ROM_PTR(&flag_T) },
    { MP_ROM_QSTR(MP_QSTR_I), MP_ROM_PTR(&flag_I) },
    { MP_ROM_QSTR(MP_QSTR_IGNORECASE), MP_ROM_PTR(&flag_I) },
    { MP_ROM_QSTR(MP_QSTR_L), MP_ROM_PTR(&flag_L) },
    { MP_ROM_QSTR(MP_QSTR_LOCALE), MP_ROM_PTR(&flag_L) },
    { MP_ROM_QSTR(MP_QSTR_M), MP_ROM_PTR(&flag_M) },
    { MP_ROM_QSTR(MP_QSTR_MULTILINE), MP_ROM_PTR(&flag_M) },
    { MP_ROM_QSTR(MP_QSTR_S), MP_ROM_PTR(&flag_S) },
    { MP_ROM_QSTR(MP_QSTR_DOTALL), MP_ROM_PTR(&flag_S) },
    { MP_ROM_QSTR(MP_QSTR_U), MP_ROM_PTR(&flag_U) },
    { MP_ROM_QSTR(MP_QSTR_UNICODE), MP_ROM_PTR(&flag_U) },
    { MP_ROM_QSTR(MP_QSTR_X), MP_ROM_PTR(&flag_X) },
    { MP_ROM_QSTR(MP_QSTR_VERBOSE), MP_ROM_PTR(&flag_X) },
    { MP_ROM_QSTR(MP_QSTR_DEBUG), MP_ROM_PTR(&flag_DEBUG) },
    { MP_ROM_QSTR(MP_QSTR_A), MP_ROM_PTR(&flag_A) },
    { MP_ROM_QSTR(MP_QSTR_ASCII), MP_ROM_PTR(&flag_A) },
};
static MP_DEFINE_CONST_DICT(flag_locals, flag_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(
    re_type_flag, MP_QSTR_RegexFlag, MP_TYPE_FLAG_EQ_CHECKS_OTHER_TYPE,
    make_new, flag_make_new,
    print, flag_print,
    unary_op, flag_unary_op,
    binary_op, flag_binary_op,
    attr, flag_attr,
    parent, &mp_type_int,
    locals_dict, &flag_locals
    );

// Compiled patterns, by text and flags.

static re_pattern_t *pattern_of(mp_obj_t pattern, mp_obj_t flags_in) {
    mp_int_t flags = flag_value(flags_in);
    if (mp_obj_is_type(pattern, &re_type_pattern)) {
        if (flags != 0) {
            mp_raise_ValueError(MP_ERROR_TEXT("cannot process flags argument with a compiled pattern"));
        }
        return MP_OBJ_TO_PTR(pattern);
    }
    if (mp_obj_is_obj(pattern) && mp_obj_is_instance_type(mp_obj_get_type(pattern))) {
        mp_obj_t native = mp_obj_cast_to_native_base(pattern, MP_OBJ_FROM_PTR(&mp_type_str));
        pattern = native != MP_OBJ_NULL ? native : pattern;
    }
    if (!mp_obj_is_str_or_bytes(pattern)) {
        return MP_OBJ_TO_PTR(re_pattern_new(pattern, flags));
    }
    cached_t *cache = MP_STATE_VM(re_cache);
    if (cache == NULL) {
        cache = m_new0(cached_t, CACHE_SIZE);
        MP_STATE_VM(re_cache) = cache;
    }
    mp_int_t hash = MP_OBJ_SMALL_INT_VALUE(mp_unary_op(MP_UNARY_OP_HASH, pattern));
    cached_t *entry = &cache[(hash ^ hash >> 7 ^ flags) & (CACHE_SIZE - 1)];
    flags_in = MP_OBJ_NEW_SMALL_INT(flags);
    if (entry->compiled == MP_OBJ_NULL || entry->flags != flags_in || (entry->pattern != pattern
        && (mp_obj_is_str(entry->pattern) != mp_obj_is_str(pattern) || !mp_obj_equal(entry->pattern, pattern)))) {
        mp_obj_t compiled = re_pattern_new(pattern, flags);
        entry->pattern = pattern;
        entry->flags = flags_in;
        entry->compiled = compiled;
    }
    return MP_OBJ_TO_PTR(entry->compiled);
}

static mp_obj_t re_purge(void) {
    MP_STATE_VM(re_cache) = NULL;
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_0(re_purge_obj, re_purge);

#define NO_FLAGS { .u_rom_obj = MP_ROM_INT(0) }

static mp_obj_t mod_re_compile(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_pattern, MP_ARG_OBJ | MP_ARG_REQUIRED, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_flags, MP_ARG_OBJ, NO_FLAGS },
    };
    mp_arg_val_t v[2];
    mp_arg_parse_all(n_args, args, kwargs, 2, allowed, v);
    return MP_OBJ_FROM_PTR(pattern_of(v[0].u_obj, v[1].u_obj));
}
static MP_DEFINE_CONST_FUN_OBJ_KW(mod_re_compile_obj, 0, mod_re_compile);

static const mp_arg_t text_args[] = {
    { MP_QSTR_pattern, MP_ARG_OBJ | MP_ARG_REQUIRED, { .u_obj = MP_OBJ_NULL } },
    { MP_QSTR_string, MP_ARG_OBJ | MP_ARG_REQUIRED, { .u_obj = MP_OBJ_NULL } },
    { MP_QSTR_flags, MP_ARG_OBJ, NO_FLAGS },
};

#define TEXT_FUNCTION(name, call) \
    static mp_obj_t re_##name(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) { \
        mp_arg_val_t v[3]; \
        mp_arg_parse_all(n_args, args, kwargs, 3, text_args, v); \
        re_pattern_t *pattern = pattern_of(v[0].u_obj, v[2].u_obj); \
        mp_obj_t string = v[1].u_obj; \
        return call; \
    } \
    static MP_DEFINE_CONST_FUN_OBJ_KW(re_##name##_obj, 0, re_##name)

TEXT_FUNCTION(search, re_pattern_search(pattern, RE_SEARCH, string, 0, MP_SSIZE_MAX));
TEXT_FUNCTION(match, re_pattern_search(pattern, RE_PREFIX, string, 0, MP_SSIZE_MAX));
TEXT_FUNCTION(fullmatch, re_pattern_search(pattern, RE_FULL, string, 0, MP_SSIZE_MAX));
TEXT_FUNCTION(findall, re_pattern_findall(pattern, string, 0, MP_SSIZE_MAX));
TEXT_FUNCTION(finditer, re_pattern_finditer(pattern, string, 0, MP_SSIZE_MAX));

static mp_obj_t re_split(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_pattern, MP_ARG_OBJ | MP_ARG_REQUIRED, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_string, MP_ARG_OBJ | MP_ARG_REQUIRED, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_maxsplit, MP_ARG_OBJ, NO_FLAGS },
        { MP_QSTR_flags, MP_ARG_OBJ, NO_FLAGS },
    };
    mp_arg_val_t v[4];
    mp_arg_parse_all(n_args, args, kwargs, 4, allowed, v);
    return re_pattern_split(pattern_of(v[0].u_obj, v[3].u_obj), v[1].u_obj, flag_value(v[2].u_obj));
}
static MP_DEFINE_CONST_FUN_OBJ_KW(re_split_obj, 0, re_split);

static mp_obj_t substitute(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs, bool with_count) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_pattern, MP_ARG_OBJ | MP_ARG_REQUIRED, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_repl, MP_ARG_OBJ | MP_ARG_REQUIRED, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_string, MP_ARG_OBJ | MP_ARG_REQUIRED, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_count, MP_ARG_OBJ, NO_FLAGS },
        { MP_QSTR_flags, MP_ARG_OBJ, NO_FLAGS },
    };
    mp_arg_val_t v[5];
    mp_arg_parse_all(n_args, args, kwargs, 5, allowed, v);
    return re_pattern_sub(pattern_of(v[0].u_obj, v[4].u_obj), v[1].u_obj, v[2].u_obj, flag_value(v[3].u_obj), with_count);
}

static mp_obj_t re_sub(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    return substitute(n_args, args, kwargs, false);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(re_sub_obj, 0, re_sub);

static mp_obj_t re_subn(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    return substitute(n_args, args, kwargs, true);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(re_subn_obj, 0, re_subn);

static mp_obj_t re_escape(mp_obj_t text) {
    mp_buffer_info_t buffer;
    mp_get_buffer_raise(text, &buffer, MP_BUFFER_READ);
    vstr_t out;
    vstr_init(&out, buffer.len + buffer.len / 8 + 8);
    for (size_t i = 0; i < buffer.len; i++) {
        byte c = ((const byte *)buffer.buf)[i];
        if (c != 0 && strchr("()[]{}?*+-|^$\\.&~# \t\n\r\v\f", c) != NULL) {
            vstr_add_byte(&out, '\\');
        }
        vstr_add_byte(&out, c);
    }
    return mp_obj_is_str(text) ? mp_obj_new_str_from_utf8_vstr(&out) : mp_obj_new_bytes_from_vstr(&out);
}
static MP_DEFINE_CONST_FUN_OBJ_1(re_escape_obj, re_escape);

static const mp_rom_map_elem_t re_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__re) },
    { MP_ROM_QSTR(MP_QSTR_compile), MP_ROM_PTR(&mod_re_compile_obj) },
    { MP_ROM_QSTR(MP_QSTR_search), MP_ROM_PTR(&re_search_obj) },
    { MP_ROM_QSTR(MP_QSTR_match), MP_ROM_PTR(&re_match_obj) },
    { MP_ROM_QSTR(MP_QSTR_fullmatch), MP_ROM_PTR(&re_fullmatch_obj) },
    { MP_ROM_QSTR(MP_QSTR_findall), MP_ROM_PTR(&re_findall_obj) },
    { MP_ROM_QSTR(MP_QSTR_finditer), MP_ROM_PTR(&re_finditer_obj) },
    { MP_ROM_QSTR(MP_QSTR_split), MP_ROM_PTR(&re_split_obj) },
    { MP_ROM_QSTR(MP_QSTR_sub), MP_ROM_PTR(&re_sub_obj) },
    { MP_ROM_QSTR(MP_QSTR_subn), MP_ROM_PTR(&re_subn_obj) },
    { MP_ROM_QSTR(MP_QSTR_escape), MP_ROM_PTR(&re_escape_obj) },
    { MP_ROM_QSTR(MP_QSTR_purge), MP_ROM_PTR(&re_purge_obj) },
    { MP_ROM_QSTR(MP_QSTR_Pattern), MP_ROM_PTR(&re_type_pattern) },
    { MP_ROM_QSTR(MP_QSTR_Match), MP_ROM_PTR(&re_type_match) },
    { MP_ROM_QSTR(MP_QSTR_RegexFlag), MP_ROM_PTR(&re_type_flag) },
    { MP_ROM_QSTR(MP_QSTR_NOFLAG), MP_ROM_PTR(&flag_NOFLAG) },
    { MP_ROM_QSTR(MP_QSTR_T), MP_ROM_PTR(&flag_T) },
    { MP_ROM_QSTR(MP_QSTR_TEMPLATE), MP_ROM_PTR(&flag_T) },
    { MP_ROM_QSTR(MP_QSTR_I), MP_ROM_PTR(&flag_I) },
    { MP_ROM_QSTR(MP_QSTR_IGNORECASE), MP_ROM_PTR(&flag_I) },
    { MP_ROM_QSTR(MP_QSTR_L), MP_ROM_PTR(&flag_L) },
    { MP_ROM_QSTR(MP_QSTR_LOCALE), MP_ROM_PTR(&flag_L) },
    { MP_ROM_QSTR(MP_QSTR_M), MP_ROM_PTR(&flag_M) },
    { MP_ROM_QSTR(MP_QSTR_MULTILINE), MP_ROM_PTR(&flag_M) },
    { MP_ROM_QSTR(MP_QSTR_S), MP_ROM_PTR(&flag_S) },
    { MP_ROM_QSTR(MP_QSTR_DOTALL), MP_ROM_PTR(&flag_S) },
    { MP_ROM_QSTR(MP_QSTR_U), MP_ROM_PTR(&flag_U) },
    { MP_ROM_QSTR(MP_QSTR_UNICODE), MP_ROM_PTR(&flag_U) },
    { MP_ROM_QSTR(MP_QSTR_X), MP_ROM_PTR(&flag_X) },
    { MP_ROM_QSTR(MP_QSTR_VERBOSE), MP_ROM_PTR(&flag_X) },
    { MP_ROM_QSTR(MP_QSTR_DEBUG), MP_ROM_PTR(&flag_DEBUG) },
    { MP_ROM_QSTR(MP_QSTR_A), MP_ROM_PTR(&flag_A) },
    { MP_ROM_QSTR(MP_QSTR_ASCII), MP_ROM_PTR(&flag_A) },
};
static MP_DEFINE_CONST_DICT(re_globals, re_globals_table);

const mp_obj_module_t mp_module__re = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&re_globals,
};
MP_REGISTER_MODULE(MP_QSTR__re, mp_module__re);
