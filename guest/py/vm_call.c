// Frames for calls from bytecode: what the dispatch function enters instead of calling itself.
//
// A function with positional arguments only, no more than it has parameters, gets its frame here in few instructions.
// Everything else (keywords, *args, **kwargs, and every error) is upstream's mp_setup_code_state().

#include <string.h>

#include "vm_call.h"

// Upstream keeps these two to py/objclosure.c and py/objboundmeth.c.
typedef struct _mp_obj_closure_t {
    mp_obj_base_t base;
    mp_obj_t fun;
    size_t n_closed;
    mp_obj_t closed[];
} mp_obj_closure_t;

typedef struct _mp_obj_bound_meth_t {
    mp_obj_base_t base;
    mp_obj_t meth;
    mp_obj_t self;
} mp_obj_bound_meth_t;

extern const mp_obj_type_t mp_type_closure;

typedef struct _prefix_t {
    size_t n;
    const mp_obj_t *items; // in an object that the caller's stack holds
} prefix_t;

static MP_NOINLINE mp_code_state_t *general_frame(mp_obj_fun_bc_t *fun, prefix_t prefix, size_t n_args, size_t n_kw,
    const mp_obj_t *args) {
    if (prefix.n != 0) {
        // Freed with the frame, which comes after it.
        size_t n_rest = n_args + 2 * n_kw;
        mp_obj_t *all = mp_pystack_alloc((prefix.n + n_rest) * sizeof(mp_obj_t));
        memcpy(all, prefix.items, prefix.n * sizeof(mp_obj_t));
        memcpy(all + prefix.n, args, n_rest * sizeof(mp_obj_t));
        args = all;
        n_args += prefix.n;
    }
    return mp_obj_fun_bc_prepare_codestate(MP_OBJ_FROM_PTR(fun), n_args, n_kw, args);
}

// Small counts, for which memory.fill and memory.copy cost more than they move.
static inline void clear(mp_obj_t *to, size_t n) {
    while (n-- > 0) {
        *(volatile mp_obj_t *)to++ = MP_OBJ_NULL;
    }
}

// Parameters are in reverse order, at the end of the frame.
static inline mp_obj_t *put(mp_obj_t *to, const mp_obj_t *from, size_t n) {
    while (n-- > 0) {
        *to-- = *from++;
    }
    return to;
}

static mp_code_state_t *function_frame(mp_obj_fun_bc_t *fun, prefix_t prefix, size_t n_args, size_t n_kw,
    const mp_obj_t *args) {
    const byte *ip = fun->bytecode;
    MP_BC_PRELUDE_SIG_DECODE(ip);
    size_t n_given = prefix.n + n_args;
    if (n_kw != 0 || scope_flags != 0 || n_kwonly_args != 0 || n_given > n_pos_args
        || n_given + n_def_pos_args < n_pos_args) {
        return general_frame(fun, prefix, n_args, n_kw, args);
    }
    byte *top = MP_STATE_THREAD(pystack_cur);
    size_t size = sizeof(mp_code_state_t) + n_state * sizeof(mp_obj_t) + n_exc_stack * sizeof(mp_exc_stack_t);
    size = (size + MICROPY_PYSTACK_ALIGN - 1) & ~(size_t)(MICROPY_PYSTACK_ALIGN - 1);
    if (size > (size_t)(MP_STATE_THREAD(pystack_end) - top)) {
        return general_frame(fun, prefix, n_args, n_kw, args);
    }
    MP_STATE_THREAD(pystack_cur) = top + size;
    mp_code_state_t *frame = (mp_code_state_t *)top;
    frame->fun_bc = fun;
    frame->sp = frame->state - 1;
    frame->n_state = n_state;
    memset(&frame->exc_sp_idx, 0, sizeof frame->exc_sp_idx + sizeof frame->owned);
    frame->old_globals = mp_globals_get();
    mp_globals_set(fun->context->module.globals);

    mp_obj_t *to = put(&frame->state[n_state - 1], prefix.items, prefix.n);
    to = put(to, args, n_args);
    to = put(to, fun->extra_args + n_given + n_def_pos_args - n_pos_args, n_pos_args - n_given);
    clear(frame->state, n_state - n_pos_args);

    MP_BC_PRELUDE_SIZE_DECODE(ip);
    ip += n_info;
    for (; n_cell > 0; n_cell--) {
        mp_obj_t *local = &frame->state[n_state - 1 - *ip++];
        *local = mp_obj_new_cell(*local);
    }
    frame->ip = ip;
    return frame;
}

mp_code_state_t *vm_frame_of_call(mp_obj_t callee, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    prefix_t prefix = { 0, NULL };
    if (!mp_obj_is_obj(callee)) {
        return NULL;
    }
    const mp_obj_type_t *type = ((mp_obj_base_t *)MP_OBJ_TO_PTR(callee))->type;
    if (type == &mp_type_closure) {
        mp_obj_closure_t *closure = MP_OBJ_TO_PTR(callee);
        prefix = (prefix_t) { closure->n_closed, closure->closed };
        callee = closure->fun;
    } else if (type == &mp_type_bound_meth) {
        mp_obj_bound_meth_t *bound = MP_OBJ_TO_PTR(callee);
        prefix = (prefix_t) { 1, &bound->self };
        callee = bound->meth;
    }
    if (type != &mp_type_fun_bc && !mp_obj_is_exact_type(callee, &mp_type_fun_bc)) {
        return NULL;
    }
    return function_frame(MP_OBJ_TO_PTR(callee), prefix, n_args, n_kw, args);
}
