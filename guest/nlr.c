// Non-local return on top of the host's protected calls. See py/nlr.h.

#include "py/mpstate.h"
#include "py/runtime.h"
#include "host.h"

// Set by the newest nlr_jump(). A root, because nothing else may hold the exception while the stack unwinds.
MP_REGISTER_ROOT_POINTER(void *nlr_exception);

bool nlr_try(nlr_fun_t fun, void *arg) {
    nlr_buf_t nlr = {
        .prev = MP_STATE_THREAD(nlr_top),
        .callbacks = MP_STATE_THREAD(nlr_jump_callback_top),
        .pystack = MP_STATE_THREAD(pystack_cur),
    };
    MP_STATE_THREAD(nlr_top) = &nlr;
    bool raised = host_try(fun, arg) != 0;
    MP_STATE_THREAD(nlr_top) = nlr.prev;
    if (raised) {
        MP_STATE_THREAD(pystack_cur) = nlr.pystack;
    }
    return raised;
}

void *nlr_caught(void) {
    return MP_STATE_VM(nlr_exception);
}

NORETURN void nlr_jump(void *val) {
    nlr_buf_t *top = MP_STATE_THREAD(nlr_top);
    if (top == NULL) {
        nlr_jump_fail(val);
    }
    MP_STATE_VM(nlr_exception) = val;
    // Their nodes are in frames that the throw is about to leave.
    while (MP_STATE_THREAD(nlr_jump_callback_top) != top->callbacks) {
        nlr_pop_jump_callback(true);
    }
    host_throw();
}

NORETURN void nlr_jump_fail(void *val) {
    (void)val;
    host_trap(HOST_TRAP_INTERNAL);
}

void nlr_push_jump_callback(nlr_jump_callback_node_t *node, nlr_jump_callback_fun_t fun) {
    node->prev = MP_STATE_THREAD(nlr_jump_callback_top);
    node->fun = fun;
    MP_STATE_THREAD(nlr_jump_callback_top) = node;
}

void nlr_pop_jump_callback(bool run_callback) {
    nlr_jump_callback_node_t *node = MP_STATE_THREAD(nlr_jump_callback_top);
    MP_STATE_THREAD(nlr_jump_callback_top) = node->prev;
    if (run_callback) {
        node->fun(node);
    }
}
