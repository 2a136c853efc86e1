// Numbers in bytecode, and the arguments of a call: upstream's interface (py/bc.h), with CPython's errors.
//
// A function's frame has its parameters at the end in reverse order: positional ones, keyword-only ones, then *args and
// **kwargs. Closed-over variables are passed as the first positional arguments, under the name "*".

#include <string.h>

#include "py/bc.h"
#include "py/bc0.h"
#include "py/objfun.h"
#include "py/messages.h"
#include "function.h"

void mp_encode_uint(void *env, mp_encode_uint_allocator_t allocator, mp_uint_t val) {
    byte buf[MP_ENCODE_UINT_MAX_BYTES];
    byte *p = buf + sizeof(buf);
    do {
        p--;
        *p = (val & 0x7f) | (p == buf + sizeof(buf) - 1 ? 0 : 0x80);
        val >>= 7;
    } while (val != 0);
    byte *to = allocator(env, buf + sizeof(buf) - p);
    if (to != NULL) {
        memcpy(to, p, buf + sizeof(buf) - p);
    }
}

mp_uint_t mp_decode_uint(const byte **ptr) {
    mp_uint_t value = 0;
    byte part;
    do {
        part = *(*ptr)++;
        value = value << 7 | (part & 0x7f);
    } while (part & 0x80);
    return value;
}

mp_uint_t mp_decode_uint_value(const byte *ptr) {
    return mp_decode_uint(&ptr);
}

const byte *mp_decode_uint_skip(const byte *ptr) {
    while (*ptr++ & 0x80) {
    }
    return ptr;
}

// ---- errors ----

typedef struct _call_t {
    mp_obj_fun_bc_t *fun;
    size_t n_pos, n_kwonly, n_def, n_closed;
    size_t n_given; // positional arguments
    bool var_args, var_kw;
    mp_obj_t *locals; // the first parameter; the others are before it in memory
} call_t;

static mp_obj_t *parameter(const call_t *call, size_t i) {
    return call->locals - i;
}

static const char *s(size_t n) {
    return n == 1 ? "" : "s";
}

static NORETURN void raise_surplus(const call_t *call, size_t n_args) {
    size_t most = call->n_pos - call->n_closed, given = n_args - call->n_closed;
    qstr name = function_qualname(call->fun);
    vstr_t takes, kwonly;
    vstr_init(&takes, 48);
    vstr_init(&kwonly, 80);
    vstr_printf(&takes, call->n_def ? "from %u to %u" : "%u", (unsigned)(most - call->n_def), (unsigned)most);
    size_t n_kw = 0;
    for (size_t i = 0; i < call->n_kwonly; i++) {
        n_kw += *parameter(call, call->n_pos + i) != MP_OBJ_NULL;
    }
    if (n_kw) {
        vstr_printf(&kwonly, " positional argument%s (and %u keyword-only argument%s)", s(given), (unsigned)n_kw, s(n_kw));
    }
    mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%q() takes %s positional argument%s but %u%s %s given"),
        name, vstr_null_terminated_str(&takes), call->n_def ? "s" : s(most), (unsigned)given,
        vstr_null_terminated_str(&kwonly), given == 1 && !n_kw ? "was" : "were");
}

// 'a', 'b', and 'c'
static NORETURN void raise_missing(const call_t *call, size_t first, size_t n, const char *kind) {
    size_t missing = 0;
    for (size_t i = first; i < first + n; i++) {
        missing += *parameter(call, i) == MP_OBJ_NULL;
    }
    vstr_t names;
    vstr_init(&names, 64);
    for (size_t i = first, k = 0; i < first + n; i++) {
        if (*parameter(call, i) == MP_OBJ_NULL) {
            k++;
            vstr_printf(&names, "%s'%q'", k == 1 ? "" : k < missing ? ", " : missing == 2 ? " and " : ", and ",
                function_parameter(call->fun, i, NULL));
        }
    }
    mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%q() missing %u required %s argument%s: %s"),
        function_qualname(call->fun), (unsigned)missing, kind, s(missing), vstr_null_terminated_str(&names));
}

static NORETURN void raise_unexpected(const call_t *call, size_t n_kw, const mp_obj_t *kwargs, mp_obj_t name) {
    vstr_t names;
    vstr_init(&names, 64);
    for (size_t i = 0; i < call->n_pos; i++) {
        bool positional_only;
        qstr parameter = function_parameter(call->fun, i, &positional_only);
        for (size_t k = 0; positional_only && k < n_kw; k++) {
            if (kwargs[2 * k] == MP_OBJ_NEW_QSTR(parameter)) {
                vstr_printf(&names, "%s%q", names.len ? ", " : "", parameter);
            }
        }
    }
    if (names.len) {
        mp_raise_msg_varg(&mp_type_TypeError,
            MP_ERROR_TEXT("%q() got some positional-only arguments passed as keyword arguments: '%s'"),
            function_qualname(call->fun), vstr_null_terminated_str(&names));
    }
    mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%q() got an unexpected keyword argument '%q'"),
        function_qualname(call->fun), MP_OBJ_QSTR_VALUE(name));
}

static NORETURN void raise_multiple(const call_t *call, mp_obj_t name) {
    mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("%q() got multiple values for argument '%q'"),
        function_qualname(call->fun), MP_OBJ_QSTR_VALUE(name));
}

// ---- keyword arguments ----

static void take_keywords(const call_t *call, const byte *names, size_t n_kw, const mp_obj_t *kwargs, mp_obj_t rest) {
    for (size_t k = 0; k < n_kw; k++) {
        mp_obj_t name = kwargs[2 * k];
        const byte *ip = names;
        size_t i = 0;
        for (; i < call->n_pos + call->n_kwonly; i++) {
            if (name == MP_OBJ_NEW_QSTR(function_name_at(call->fun, mp_decode_uint(&ip)))) {
                break;
            }
        }
        if (i < call->n_pos + call->n_kwonly) {
            if (*parameter(call, i) != MP_OBJ_NULL) {
                if (i >= call->n_given) {
                    raise_repeated_keyword(MP_OBJ_FROM_PTR(call->fun), name);
                }
                raise_multiple(call, name);
            }
            *parameter(call, i) = kwargs[2 * k + 1];
        } else if (!call->var_kw) {
            raise_unexpected(call, n_kw, kwargs, name);
        } else {
            mp_map_elem_t *elem = mp_map_lookup(mp_obj_dict_get_map(rest), name, MP_MAP_LOOKUP_ADD_IF_NOT_FOUND);
            if (elem->value != MP_OBJ_NULL) {
                raise_repeated_keyword(MP_OBJ_FROM_PTR(call->fun), name);
            }
            elem->value = kwargs[2 * k + 1];
        }
    }
}

static void take_keyword_defaults(const call_t *call, const byte *names, mp_obj_t defaults) {
    for (size_t i = 0; i < call->n_pos; i++) {
        names = mp_decode_uint_skip(names);
    }
    bool missing = false;
    for (size_t i = 0; i < call->n_kwonly; i++) {
        qstr name = function_name_at(call->fun, mp_decode_uint(&names));
        mp_obj_t *to = parameter(call, call->n_pos + i);
        if (*to == MP_OBJ_NULL && defaults != MP_OBJ_NULL) {
            mp_map_elem_t *elem = mp_map_lookup(mp_obj_dict_get_map(defaults), MP_OBJ_NEW_QSTR(name), MP_MAP_LOOKUP);
            *to = elem == NULL ? MP_OBJ_NULL : elem->value;
        }
        missing |= *to == MP_OBJ_NULL;
    }
    if (missing) {
        raise_missing(call, call->n_pos, call->n_kwonly, "keyword-only");
    }
}

// code_state->fun_bc and n_state are set.
void mp_setup_code_state(mp_code_state_t *code_state, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    mp_obj_fun_bc_t *fun = code_state->fun_bc;
    const byte *ip = fun->bytecode;
    MP_BC_PRELUDE_SIG_DECODE(ip);
    MP_BC_PRELUDE_SIZE_DECODE(ip);
    const byte *names = mp_decode_uint_skip(ip);
    n_state = code_state->n_state;
    code_state->ip = ip + n_info + n_cell;
    code_state->sp = code_state->state - 1;
    code_state->prev = NULL;
    code_state->exc_sp_idx = 0;
    code_state->owned = 0;
    memset(code_state->state, 0, n_state * sizeof(mp_obj_t));

    call_t call = {
        .fun = fun, .n_given = n_args, .n_pos = n_pos_args, .n_kwonly = n_kwonly_args, .n_def = n_def_pos_args,
        .var_args = scope_flags & MP_SCOPE_FLAG_VARARGS, .var_kw = scope_flags & MP_SCOPE_FLAG_VARKEYWORDS,
        .locals = &code_state->state[n_state - 1],
    };
    const byte *closed = names;
    while (call.n_closed < n_pos_args && function_name_at(fun, mp_decode_uint(&closed)) == MP_QSTR__star_) {
        call.n_closed++;
    }
    for (size_t i = 0; i < n_args && i < n_pos_args; i++) {
        *parameter(&call, i) = args[i];
    }
    size_t next = n_pos_args + n_kwonly_args;
    if (call.var_args) {
        *parameter(&call, next++) = n_args > n_pos_args ? mp_obj_new_tuple(n_args - n_pos_args, args + n_pos_args)
            : mp_const_empty_tuple;
    }
    mp_obj_t rest = MP_OBJ_NULL;
    if (call.var_kw) {
        rest = mp_obj_new_dict(n_kw);
        *parameter(&call, next) = rest;
    }
    take_keywords(&call, names, n_kw, args + n_args, rest);
    if (n_args > n_pos_args && !call.var_args) {
        raise_surplus(&call, n_args);
    }
    for (size_t i = n_args < n_pos_args ? n_args : n_pos_args; i < n_pos_args; i++) {
        if (*parameter(&call, i) == MP_OBJ_NULL) {
            if (i + n_def_pos_args < n_pos_args) {
                raise_missing(&call, 0, n_pos_args - n_def_pos_args, "positional");
            }
            *parameter(&call, i) = fun->extra_args[i + n_def_pos_args - n_pos_args];
        }
    }
    if (n_kwonly_args) {
        take_keyword_defaults(&call, names, scope_flags & MP_SCOPE_FLAG_DEFKWARGS ? fun->extra_args[n_def_pos_args] : MP_OBJ_NULL);
    }
    for (ip += n_info; n_cell > 0; n_cell--) {
        mp_obj_t *local = parameter(&call, *ip++);
        *local = mp_obj_new_cell(*local);
    }
}
