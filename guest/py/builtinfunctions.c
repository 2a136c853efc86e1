// Built-in functions of which upstream's py/modbuiltins.c has a part only.

#include <math.h>
#include <string.h>

#include "py/builtin.h"
#include "py/floattext.h"
#include "py/inttext.h"
#include "py/objint.h"
#include "py/objlist.h"
#include "py/objmodule.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "py/slice.h"
#include "py/stream.h"
#include "py/strtext.h"
#include "frames.h"
#include "modsys.h"

// The int that an object is or stands for.
static mp_obj_t integer(mp_obj_t obj) {
    mp_obj_t native = native_value(obj);
    if (mp_obj_is_int(native)) {
        return native;
    }
    if (mp_obj_is_bool(native)) {
        return MP_OBJ_NEW_SMALL_INT(native == mp_const_true);
    }
    mp_obj_t result = call_special(obj, MP_QSTR___index__, 0, NULL);
    if (result == MP_OBJ_NULL || !mp_obj_is_int(native_value(result))) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("'%s' object cannot be interpreted as an integer"),
            mp_obj_get_type_str(obj));
    }
    return native_value(result);
}

static mp_obj_t in_base(mp_obj_t obj, unsigned base, char letter) {
    mp_obj_t value = integer(obj);
    vstr_t out;
    vstr_init(&out, 24);
    if (mp_obj_int_sign(value) < 0) {
        vstr_add_byte(&out, '-');
    }
    vstr_add_byte(&out, '0');
    vstr_add_byte(&out, letter);
    int_add_digits(&out, value, base);
    return str_finish(&out);
}

static mp_obj_t builtin_bin(mp_obj_t obj) {
    return in_base(obj, 2, 'b');
}
MP_DEFINE_CONST_FUN_OBJ_1(mp_builtin_bin_obj, builtin_bin);

static mp_obj_t builtin_oct(mp_obj_t obj) {
    return in_base(obj, 8, 'o');
}
MP_DEFINE_CONST_FUN_OBJ_1(mp_builtin_oct_obj, builtin_oct);

static mp_obj_t builtin_hex(mp_obj_t obj) {
    return in_base(obj, 16, 'x');
}
MP_DEFINE_CONST_FUN_OBJ_1(mp_builtin_hex_obj, builtin_hex);

static mp_obj_t builtin_chr(mp_obj_t obj) {
    mp_int_t c = index_clamped(obj);
    if (c != (int32_t)c) {
        mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("Python int too large to convert to C int"));
    }
    if (c < 0 || c > UNI_MAX_CHAR) {
        mp_raise_ValueError(MP_ERROR_TEXT("chr() arg not in range(0x110000)"));
    }
    return str_from_char(c);
}
MP_DEFINE_CONST_FUN_OBJ_1(mp_builtin_chr_obj, builtin_chr);

static mp_obj_t builtin_ord(mp_obj_t obj) {
    mp_obj_t native = native_value(obj);
    mp_buffer_info_t buffer;
    if (!mp_get_buffer(native, &buffer, MP_BUFFER_READ)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("ord() expected string of length 1, but %s found"),
            mp_obj_get_type_str(obj));
    }
    const byte *s = buffer.buf;
    size_t count = buffer.len;
    if (mp_obj_is_str(native)) {
        count = str_count(s, buffer.len);
        if (count == 1) {
            return MP_OBJ_NEW_SMALL_INT(utf8_get_char(s));
        }
    } else if (count == 1) {
        return MP_OBJ_NEW_SMALL_INT(*s);
    }
    mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("ord() expected a character, but string of length %d found"),
        (int)count);
}
MP_DEFINE_CONST_FUN_OBJ_1(mp_builtin_ord_obj, builtin_ord);

// iter(callable, sentinel)
typedef struct _call_iterator_t {
    mp_obj_base_t base;
    mp_obj_t callable, sentinel;
} call_iterator_t;

static mp_obj_t call_iternext(mp_obj_t self_in) {
    call_iterator_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->callable == MP_OBJ_NULL) {
        return MP_OBJ_STOP_ITERATION;
    }
    mp_obj_t value = mp_call_function_0(self->callable);
    if (mp_obj_equal(value, self->sentinel)) {
        self->callable = MP_OBJ_NULL;
        return MP_OBJ_STOP_ITERATION;
    }
    return value;
}

static MP_DEFINE_CONST_OBJ_TYPE(
    call_iterator_type, MP_QSTR_callable_iterator, MP_TYPE_FLAG_ITER_IS_ITERNEXT,
    iter, call_iternext
    );

static mp_obj_t builtin_iter(size_t n_args, const mp_obj_t *args) {
    if (n_args == 1) {
        return mp_getiter(args[0], NULL);
    }
    if (!mp_obj_is_callable(args[0])) {
        mp_raise_TypeError(MP_ERROR_TEXT("iter(v, w): v must be callable"));
    }
    call_iterator_t *self = mp_obj_malloc(call_iterator_t, &call_iterator_type);
    self->callable = args[0];
    self->sentinel = args[1];
    return MP_OBJ_FROM_PTR(self);
}
MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(hermetic_iter_obj, 1, 2, builtin_iter);

static mp_obj_t min_or_max(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs, mp_binary_op_t op) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_key, MP_ARG_KW_ONLY | MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_default, MP_ARG_KW_ONLY | MP_ARG_OBJ, { .u_obj = MP_OBJ_NULL } },
    };
    mp_arg_val_t values[2] = { { .u_obj = mp_const_none }, { .u_obj = MP_OBJ_NULL } };
    if (kwargs->used) {
        mp_arg_parse_all(0, NULL, kwargs, 2, allowed, values);
    }
    const char *name = op == MP_BINARY_OP_LESS ? "min" : "max";
    mp_obj_t key_function = values[0].u_obj, otherwise = values[1].u_obj;
    if (n_args == 0) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s expected at least 1 argument, got 0"), name);
    }
    if (n_args > 1 && otherwise != MP_OBJ_NULL) {
        mp_raise_msg_varg(&mp_type_TypeError,
            MP_ERROR_TEXT("Cannot specify a default for %s() with multiple positional arguments"), name);
    }
    mp_obj_iter_buf_t iter_buf;
    mp_obj_t iterator = n_args == 1 ? mp_getiter(args[0], &iter_buf) : MP_OBJ_NULL;
    mp_obj_t best = MP_OBJ_NULL, best_key = MP_OBJ_NULL;
    for (size_t i = 0;; i++) {
        mp_obj_t item;
        if (n_args == 1) {
            item = mp_iternext(iterator);
            if (item == MP_OBJ_STOP_ITERATION) {
                break;
            }
        } else if (i < n_args) {
            item = args[i];
        } else {
            break;
        }
        mp_obj_t key = key_function == mp_const_none ? item : mp_call_function_1(key_function, item);
        if (best == MP_OBJ_NULL || mp_obj_is_true(mp_binary_op(op, key, best_key))) {
            best = item;
            best_key = key;
        }
    }
    if (best != MP_OBJ_NULL) {
        return best;
    }
    if (otherwise == MP_OBJ_NULL) {
        mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("%s() arg is an empty sequence"), name);
    }
    return otherwise;
}

static mp_obj_t builtin_max(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    return min_or_max(n_args, args, kwargs, MP_BINARY_OP_MORE);
}
MP_DEFINE_CONST_FUN_OBJ_KW(mp_builtin_max_obj, 0, builtin_max);

static mp_obj_t builtin_min(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    return min_or_max(n_args, args, kwargs, MP_BINARY_OP_LESS);
}
MP_DEFINE_CONST_FUN_OBJ_KW(mp_builtin_min_obj, 0, builtin_min);

// What a class that the program made has under that name; false when there is none, or its result is NotImplemented.
static bool operate_by(mp_obj_t object, qstr name, size_t n, const mp_obj_t *args, mp_obj_t *result) {
    const mp_obj_type_t *owner, *type = mp_obj_get_type(object);
    if (!mp_obj_is_instance_type(type) || class_lookup(type, name, &owner) == MP_OBJ_NULL || !mp_obj_is_instance_type(owner)) {
        return false;
    }
    mp_obj_t method[4];
    mp_load_method(object, name, method);
    memcpy(method + 2, args, n * sizeof(mp_obj_t));
    *result = mp_call_method_n_kw(n, 0, method);
    return *result != mp_const_notimplemented;
}

static mp_obj_t builtin_pow(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_base, MP_ARG_OBJ | MP_ARG_REQUIRED, { 0 } },
        { MP_QSTR_exp, MP_ARG_OBJ | MP_ARG_REQUIRED, { 0 } },
        { MP_QSTR_mod, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
    };
    mp_arg_val_t values[3];
    mp_arg_parse_all(n_args, args, kwargs, 3, allowed, values);
    if (values[2].u_obj == mp_const_none) {
        return mp_binary_op(MP_BINARY_OP_POWER, values[0].u_obj, values[1].u_obj);
    }
    mp_obj_t given[3], result;
    if (operate_by(values[0].u_obj, MP_QSTR___pow__, 2, (mp_obj_t[]) { values[1].u_obj, values[2].u_obj }, &result)) {
        return result;
    }
    for (size_t i = 0; i < 3; i++) {
        given[i] = native_value(values[i].u_obj);
        if (mp_obj_is_bool(given[i])) {
            given[i] = MP_OBJ_NEW_SMALL_INT(given[i] == mp_const_true);
        }
    }
    return mp_obj_int_pow3(given[0], given[1], given[2]);
}
MP_DEFINE_CONST_FUN_OBJ_KW(mp_builtin_pow_obj, 0, builtin_pow);

// Rounds an int to a multiple of 10^n, half to even.
static mp_obj_t round_int(mp_obj_t value, mp_int_t n) {
    // More digits than the number has: 2^32 has less than 10.
    mpz_t z;
    mpz_dig_t digits[INT_MPZ_DIGITS];
    if ((mp_uint_t)n > 10 * (mp_uint_t)(int_mpz(value, &z, digits)->len + 1)) {
        return MP_OBJ_NEW_SMALL_INT(0);
    }
    mp_obj_t unit = mp_binary_op(MP_BINARY_OP_POWER, MP_OBJ_NEW_SMALL_INT(10), MP_OBJ_NEW_SMALL_INT(n));
    mp_obj_t rest = mp_binary_op(MP_BINARY_OP_MODULO, value, unit);
    mp_obj_t down = mp_binary_op(MP_BINARY_OP_SUBTRACT, value, rest);
    mp_obj_t twice = mp_binary_op(MP_BINARY_OP_ADD, rest, rest);
    bool up = mp_obj_is_true(mp_binary_op(MP_BINARY_OP_MORE, twice, unit));
    if (mp_obj_equal(twice, unit)) {
        mp_obj_t quotient = mp_binary_op(MP_BINARY_OP_FLOOR_DIVIDE, value, unit);
        up = mp_obj_is_true(mp_binary_op(MP_BINARY_OP_AND, quotient, MP_OBJ_NEW_SMALL_INT(1)));
    }
    return up ? mp_binary_op(MP_BINARY_OP_ADD, down, unit) : down;
}

static mp_obj_t builtin_divmod(mp_obj_t lhs, mp_obj_t rhs) {
    mp_obj_t result;
    const mp_obj_type_t *left = mp_obj_get_type(lhs), *right = mp_obj_get_type(rhs);
    bool right_first = left != right && mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(right), MP_OBJ_FROM_PTR(left));
    if ((right_first && operate_by(rhs, MP_QSTR___rdivmod__, 1, &lhs, &result))
        || operate_by(lhs, MP_QSTR___divmod__, 1, &rhs, &result)
        || (!right_first && left != right && operate_by(rhs, MP_QSTR___rdivmod__, 1, &lhs, &result))) {
        return result;
    }
    return mp_binary_op(MP_BINARY_OP_DIVMOD, lhs, rhs);
}
MP_DEFINE_CONST_FUN_OBJ_2(mp_builtin_divmod_obj, builtin_divmod);

static mp_obj_t builtin_round(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_number, MP_ARG_OBJ | MP_ARG_REQUIRED, { 0 } },
        { MP_QSTR_ndigits, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
    };
    mp_arg_val_t values[2];
    mp_arg_parse_all(n_args, args, kwargs, 2, allowed, values);
    mp_obj_t number = values[0].u_obj, places = values[1].u_obj;
    mp_obj_t special = call_special(number, MP_QSTR___round__, places != mp_const_none, &places);
    if (special != MP_OBJ_NULL) {
        return special;
    }
    mp_obj_t native = native_value(number);
    if (mp_obj_is_bool(native)) {
        native = MP_OBJ_NEW_SMALL_INT(native == mp_const_true);
    }
    if (mp_obj_is_float(native)) {
        double value = mp_obj_float_get(native);
        if (places == mp_const_none) {
            return mp_obj_new_int_from_float(rint(value));
        }
        mp_int_t n = index_clamped(places);
        double rounded = float_round(value, n > 2000 ? 2000 : n < -2000 ? -2000 : (int)n);
        if (isinf(rounded) && !isinf(value)) {
            mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("rounded value too large to represent"));
        }
        return mp_obj_new_float(rounded);
    }
    if (!mp_obj_is_int(native)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("type %s doesn't define __round__ method"),
            mp_obj_get_type_str(number));
    }
    mp_int_t n = places == mp_const_none ? 0 : index_clamped(places);
    return n >= 0 ? native : round_int(native, n == INT64_MIN ? INT64_MAX : -n);
}
MP_DEFINE_CONST_FUN_OBJ_KW(mp_builtin_round_obj, 0, builtin_round);

static mp_obj_t builtin_sum(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_, MP_ARG_OBJ | MP_ARG_REQUIRED, { 0 } },
        { MP_QSTR_start, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_INT(0) } },
    };
    mp_arg_val_t values[2] = { { .u_obj = n_args ? args[0] : MP_OBJ_NULL }, { .u_obj = MP_OBJ_NEW_SMALL_INT(0) } };
    if (n_args != 1 || kwargs->used) {
        mp_arg_parse_all(n_args, args, kwargs, 2, allowed, values);
    }
    mp_obj_t total = values[1].u_obj;
    if (mp_obj_is_str_or_bytes(total) || mp_obj_is_type(total, &mp_type_bytearray)) {
        mp_raise_TypeError(mp_obj_is_str(total) ? MP_ERROR_TEXT("sum() can't sum strings [use ''.join(seq) instead]")
            : mp_obj_is_type(total, &mp_type_bytes) ? MP_ERROR_TEXT("sum() can't sum bytes [use b''.join(seq) instead]")
            : MP_ERROR_TEXT("sum() can't sum bytearray [use b''.join(seq) instead]"));
    }
    mp_obj_iter_buf_t iter_buf;
    mp_obj_t iterator = mp_getiter(values[0].u_obj, &iter_buf), item;
    while ((item = mp_iternext(iterator)) != MP_OBJ_STOP_ITERATION) {
        total = mp_binary_op(MP_BINARY_OP_ADD, total, item);
    }
    return total;
}
MP_DEFINE_CONST_FUN_OBJ_KW(mp_builtin_sum_obj, 0, builtin_sum);

static mp_obj_t builtin_sorted(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    if (n_args != 1) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("sorted expected 1 argument, got %d"), (int)n_args);
    }
    mp_obj_t list = mp_obj_list_make_new(&mp_type_list, 1, 0, args);
    mp_obj_list_sort(1, &list, kwargs);
    return list;
}
MP_DEFINE_CONST_FUN_OBJ_KW(mp_builtin_sorted_obj, 0, builtin_sorted);

// Where print() writes: a stream of the interpreter, or any object with a write method.
static void write_object(void *file, const char *s, size_t len) {
    mp_obj_t call[3];
    mp_load_method(*(mp_obj_t *)file, MP_QSTR_write, call);
    call[2] = str_new((const byte *)s, len);
    mp_call_method_n_kw(1, 0, call);
}

static mp_obj_t text_or_default(mp_obj_t given, const char *name, qstr otherwise) {
    if (given == mp_const_none) {
        return MP_OBJ_NEW_QSTR(otherwise);
    }
    mp_obj_t str = str_native(given);
    if (str == MP_OBJ_NULL) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s must be None or a string, not %s"), name,
            mp_obj_get_type_str(given));
    }
    return str;
}

static mp_obj_t builtin_print(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_sep, MP_ARG_KW_ONLY | MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_end, MP_ARG_KW_ONLY | MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_file, MP_ARG_KW_ONLY | MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } },
        { MP_QSTR_flush, MP_ARG_KW_ONLY | MP_ARG_OBJ, { .u_rom_obj = MP_ROM_FALSE } },
    };
    mp_arg_val_t values[4] = {
        { .u_obj = mp_const_none }, { .u_obj = mp_const_none }, { .u_obj = mp_const_none }, { .u_obj = mp_const_false },
    };
    if (kwargs->used) {
        mp_arg_parse_all(0, NULL, kwargs, MP_ARRAY_SIZE(allowed), allowed, values);
    }
    mp_obj_t separator = text_or_default(values[0].u_obj, "sep", MP_QSTR__space_);
    mp_obj_t end = text_or_default(values[1].u_obj, "end", MP_QSTR__0x0a_);
    mp_obj_t file = values[2].u_obj == mp_const_none ? sys_stream(MP_QSTR_stdout) : values[2].u_obj;
    if (file == mp_const_none) {
        return mp_const_none;
    }
    const mp_obj_type_t *type = mp_obj_get_type(file);
    bool native = !mp_obj_is_instance_type(type) && MP_OBJ_TYPE_HAS_SLOT(type, protocol);
    mp_print_t print = { native ? MP_OBJ_TO_PTR(file) : (void *)&file, native ? mp_stream_write_adaptor : write_object };
    GET_STR_DATA_LEN(separator, separator_s, separator_len);
    GET_STR_DATA_LEN(end, end_s, end_len);
    for (size_t i = 0; i < n_args; i++) {
        if (i) {
            print.print_strn(print.data, (const char *)separator_s, separator_len);
        }
        if (native && !mp_obj_is_obj(args[i])) {
            mp_obj_print_helper(&print, args[i], PRINT_STR);
        } else {
            // Made before any of it is written: what makes it may raise, or print.
            mp_obj_t text = str_of(args[i], PRINT_STR);
            GET_STR_DATA_LEN(text, s, len);
            print.print_strn(print.data, (const char *)s, len);
        }
    }
    print.print_strn(print.data, (const char *)end_s, end_len);
    if (!native && mp_obj_is_true(values[3].u_obj)) {
        mp_obj_t call[2];
        mp_load_method(file, MP_QSTR_flush, call);
        mp_call_method_n_kw(0, 0, call);
    }
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_KW(mp_builtin_print_obj, 0, builtin_print);

static void add_names(mp_obj_t names, const mp_map_t *map) {
    for (size_t i = 0; i < map->alloc; i++) {
        if (mp_map_slot_is_filled(map, i) && mp_obj_is_str(map->table[i].key)) {
            mp_obj_dict_store(names, map->table[i].key, mp_const_none);
        }
    }
}

static void add_class(mp_obj_t names, const mp_obj_type_t *type) {
    const mp_obj_tuple_t *mro = class_mro(type);
    for (size_t i = 0; i < mro->len; i++) {
        const mp_obj_type_t *class = MP_OBJ_TO_PTR(mro->items[i]);
        if (MP_OBJ_TYPE_HAS_SLOT(class, locals_dict)) {
            add_names(names, &MP_OBJ_TYPE_GET_SLOT(class, locals_dict)->map);
        }
    }
}

static mp_obj_t builtin_dir(size_t n_args, const mp_obj_t *args) {
    mp_obj_t names = mp_obj_new_dict(0);
    if (n_args == 0) {
        add_names(names, mp_obj_dict_get_map(frame_locals()));
    } else {
        mp_obj_t special = call_special(args[0], MP_QSTR___dir__, 0, NULL);
        if (is_class(args[0])) {
            const mp_obj_type_t *owner;
            mp_obj_t method = class_lookup(metaclass_of(MP_OBJ_TO_PTR(args[0])), MP_QSTR___dir__, &owner);
            if (method != MP_OBJ_NULL && mp_obj_is_instance_type(owner)) {
                special = mp_call_function_1(method, args[0]);
            }
        }
        if (special != MP_OBJ_NULL) {
            names = special;
        } else {
            const mp_obj_type_t *type = mp_obj_get_type(args[0]);
            mp_obj_t own[2] = { MP_OBJ_NULL, MP_OBJ_NULL };
            if (type == &mp_type_module) {
                mp_load_method_protected(args[0], MP_QSTR___dir__, own, false);
            }
            if (own[0] != MP_OBJ_NULL) {
                names = mp_call_function_0(own[0]); // PEP 562
            } else if (type == &mp_type_module) {
                add_names(names, &((mp_obj_module_t *)MP_OBJ_TO_PTR(args[0]))->globals->map);
            } else {
                static const qstr_short_t all[] = {
                    MP_QSTR___class__, MP_QSTR___doc__, MP_QSTR___init__, MP_QSTR___module__, MP_QSTR___repr__,
                    MP_QSTR___str__, MP_QSTR___eq__, MP_QSTR___hash__,
                };
                for (size_t i = 0; i < MP_ARRAY_SIZE(all); i++) {
                    mp_obj_dict_store(names, MP_OBJ_NEW_QSTR(all[i]), mp_const_none);
                }
                if (mp_obj_is_instance_type(type)) {
                    add_names(names, instance_map(MP_OBJ_TO_PTR(args[0])));
                }
                add_class(names, is_class(args[0]) ? MP_OBJ_TO_PTR(args[0]) : type);
            }
        }
    }
    mp_obj_t list = mp_obj_list_make_new(&mp_type_list, 1, 0, &names);
    mp_obj_list_sort(1, &list, (mp_map_t *)&mp_const_empty_map);
    return list;
}
MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(mp_builtin_dir_obj, 0, 1, builtin_dir);

static mp_obj_t builtin_vars(size_t n_args, const mp_obj_t *args) {
    if (n_args == 0) {
        return frame_locals();
    }
    mp_obj_t dest[2];
    mp_load_method_maybe(args[0], MP_QSTR___dict__, dest);
    if (dest[0] == MP_OBJ_NULL) {
        mp_raise_TypeError(MP_ERROR_TEXT("vars() argument must have __dict__ attribute"));
    }
    return dest[0];
}
MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(hermetic_vars_obj, 0, 1, builtin_vars);

static mp_obj_t builtin_help(size_t n_args, const mp_obj_t *args) {
    if (n_args == 0) {
        mp_printf(MP_PYTHON_PRINTER, "Type help(object) for help about object.\n");
        return mp_const_none;
    }
    mp_obj_t dest[2];
    mp_load_method_protected(args[0], MP_QSTR___doc__, dest, true);
    mp_obj_t doc = dest[0] == MP_OBJ_NULL ? mp_const_none : dest[0];
    mp_printf(MP_PYTHON_PRINTER, "Help on %s object:\n\n", mp_obj_get_type_str(args[0]));
    mp_obj_print_helper(MP_PYTHON_PRINTER, args[0], PRINT_REPR);
    mp_printf(MP_PYTHON_PRINTER, "\n");
    if (doc != mp_const_none) {
        mp_obj_print_helper(MP_PYTHON_PRINTER, doc, PRINT_STR);
        mp_printf(MP_PYTHON_PRINTER, "\n");
    }
    return mp_const_none;
}
MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(hermetic_help_obj, 0, 1, builtin_help);
