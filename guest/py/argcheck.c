// The arguments of built-in functions and types: upstream's interface, with CPython's errors.
//
// Functions do not know their names. Whoever calls one that takes keyword arguments, or a built-in type, leaves it here;
// what it calls may leave another one, so an error after that may name the wrong one, and nothing else goes wrong.

#include <assert.h>

#include "builtinnames.h"
#include "py/runtime.h"

static mp_obj_t callee;

void argcheck_callee(mp_obj_t function_or_type) {
    callee = function_or_type;
}

static const char *s(size_t n) {
    return n == 1 ? "" : "s";
}

void mp_arg_check_num_sig(size_t n_args, size_t n_kw, uint32_t sig) {
    // The reverse of MP_OBJ_FUN_MAKE_SIG
    size_t least = sig >> 17, most = (sig >> 1) & 0xffff;
    if ((n_kw && !(sig & 1)) || n_args < least || n_args > most) {
        raise_arity(callee, n_args, n_kw, least, most);
    }
}

static NORETURN void raise_keyword(mp_map_t *kws, size_t n_allowed, const mp_arg_t *allowed) {
    for (size_t i = 0; i < kws->alloc; i++) {
        size_t k = 0;
        while (k < n_allowed && kws->table[i].key != MP_OBJ_NEW_QSTR(allowed[k].qst)) {
            k++;
        }
        if (mp_map_slot_is_filled(kws, i) && k == n_allowed && mp_obj_is_qstr(kws->table[i].key)) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("'%q' is an invalid keyword argument for %s()"),
                MP_OBJ_QSTR_VALUE(kws->table[i].key), callee_name(callee));
        }
    }
    mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("argument for %s() given by name and position"), callee_name(callee));
}

static NORETURN void raise_surplus(size_t n_pos, size_t n_kw, size_t n_allowed, const mp_arg_t *allowed) {
    size_t most = 0;
    while (most < n_allowed && !(allowed[most].flags & MP_ARG_KW_ONLY)) {
        most++;
    }
    // A method's functions get the arguments behind the object.
    mp_raise_msg_varg(&mp_type_TypeError, most == 0 ? MP_ERROR_TEXT("%s() takes no positional arguments")
        : MP_ERROR_TEXT("%s() takes at most %u %sargument%s (%u given)"), callee_name(callee), (unsigned)most,
        most < n_allowed ? "positional " : "", s(most), (unsigned)(n_pos + (most < n_allowed ? 0 : n_kw)));
}

void mp_arg_parse_all(size_t n_pos, const mp_obj_t *pos, mp_map_t *kws, size_t n_allowed, const mp_arg_t *allowed,
    mp_arg_val_t *out_vals) {
    size_t found = 0;
    if (n_pos > n_allowed) {
        raise_surplus(n_pos, kws->used, n_allowed, allowed);
    }
    for (size_t i = 0; i < n_allowed; i++) {
        mp_obj_t given;
        if (i < n_pos) {
            if (allowed[i].flags & MP_ARG_KW_ONLY) {
                raise_surplus(n_pos, kws->used, n_allowed, allowed);
            }
            given = pos[i];
        } else {
            mp_map_elem_t *kw = mp_map_lookup(kws, MP_OBJ_NEW_QSTR(allowed[i].qst), MP_MAP_LOOKUP);
            if (kw == NULL) {
                if (allowed[i].flags & MP_ARG_REQUIRED) {
                    if (allowed[i].qst == MP_QSTR_) {
                        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s() takes at least %u positional argument%s (%u given)"),
                            callee_name(callee), (unsigned)i + 1, s(i + 1), (unsigned)n_pos);
                    }
                    mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s() missing required argument '%q' (pos %u)"),
                        callee_name(callee), allowed[i].qst, (unsigned)i + 1);
                }
                out_vals[i] = allowed[i].defval;
                continue;
            }
            found++;
            given = kw->value;
        }
        if ((allowed[i].flags & MP_ARG_KIND_MASK) == MP_ARG_BOOL) {
            out_vals[i].u_bool = mp_obj_is_true(given);
        } else if ((allowed[i].flags & MP_ARG_KIND_MASK) == MP_ARG_INT) {
            out_vals[i].u_int = mp_obj_get_int(given);
        } else {
            assert((allowed[i].flags & MP_ARG_KIND_MASK) == MP_ARG_OBJ);
            out_vals[i].u_obj = given;
        }
    }
    if (found < kws->used) {
        raise_keyword(kws, n_allowed, allowed);
    }
}

void mp_arg_parse_all_kw_array(size_t n_pos, size_t n_kw, const mp_obj_t *args, size_t n_allowed, const mp_arg_t *allowed,
    mp_arg_val_t *out_vals) {
    mp_map_t kw_args;
    mp_map_init_fixed_table(&kw_args, n_kw, args + n_pos);
    mp_arg_parse_all(n_pos, args, &kw_args, n_allowed, allowed, out_vals);
}

NORETURN void mp_arg_error_unimpl_kw(void) {
    mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%s() takes no keyword arguments"), callee_name(callee));
}
