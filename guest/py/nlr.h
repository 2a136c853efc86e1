// Non-local return by protected calls. Takes the place of upstream's py/nlr.h (this folder comes first on the
// include path), whose nlr_push() needs setjmp.
//
// A function that may raise runs under nlr_try(). The host keeps the machine state (its import `try` is a jump buffer
// around an indirect call); the record below keeps what belongs to the interpreter. There is no other way to catch:
// code that used nlr_push() becomes a function of type nlr_fun_t.
#ifndef HERMETIC_GUEST_PY_NLR_H
#define HERMETIC_GUEST_PY_NLR_H

#include <stdbool.h>
#include <stddef.h>

#include "py/mpconfig.h"

typedef struct _nlr_jump_callback_node_t nlr_jump_callback_node_t;
typedef void (*nlr_jump_callback_fun_t)(void *ctx);
typedef void (*nlr_fun_t)(void *arg);

struct _nlr_jump_callback_node_t {
    nlr_jump_callback_node_t *prev;
    nlr_jump_callback_fun_t fun;
};

// One per active nlr_try(), on the C stack.
typedef struct _nlr_buf_t nlr_buf_t;
struct _nlr_buf_t {
    nlr_buf_t *prev;
    nlr_jump_callback_node_t *callbacks; // newest when the call began: a jump runs those that came later
    void *pystack;
};

// Calls fun(arg). Returns false when it returned, true when it raised; then nlr_caught() gives the exception.
bool nlr_try(nlr_fun_t fun, void *arg);

// The exception that the last nlr_try() caught. Valid, and a GC root, until the next one is raised.
void *nlr_caught(void);

NORETURN void nlr_jump(void *val);

// Called by nlr_jump() outside of any nlr_try(): ends the run.
NORETURN void nlr_jump_fail(void *val);

#define nlr_raise(val) nlr_jump(MP_OBJ_TO_PTR(val))

// A callback runs when a jump leaves the function that holds its node (on the C stack), before the stack is unwound.
void nlr_push_jump_callback(nlr_jump_callback_node_t *node, nlr_jump_callback_fun_t fun);
void nlr_pop_jump_callback(bool run_callback);

#endif
