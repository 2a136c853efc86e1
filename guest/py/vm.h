// The bytecode interpreter, as its own files see it: vm.c dispatches, vm_unwind.c takes exceptions to their handlers,
// vm_fast.h has the short ways of the common operations. Upstream's interface is mp_execute_bytecode() of py/bc.h.
//
// Python calls Python without recursion in C: each function that is called from bytecode is a frame (mp_code_state_t),
// linked by `prev` to the one that called it. Frames of functions lie on the pystack, those of generators in the
// generator object. One activation runs frames until the outermost returns, yields or raises.
#ifndef HERMETIC_GUEST_PY_VM_H
#define HERMETIC_GUEST_PY_VM_H

#include "py/bc.h"
#include "py/bc0.h"
#include "py/objfun.h"
#include "py/runtime.h"

// What the dispatch function returns, besides mp_vm_return_kind_t: an exception is in `exc`.
#define VM_RAISED (MP_VM_RETURN_EXCEPTION + 1)

typedef struct _vm_activation_t {
    struct _vm_activation_t *outer; // the one that called this, through C
    mp_code_state_t *code_state; // the innermost frame
    mp_obj_t inject_exc; // to be raised where the frame goes on, or MP_OBJ_NULL
    mp_obj_base_t *exc; // in flight
    mp_uint_t ret;
} vm_activation_t;

mp_uint_t mp_execute_bytecode_inner(vm_activation_t *vm);

// Where a frame is in the source, when it runs the instruction at `at`.
typedef struct _vm_place_t {
    qstr file, function;
    size_t line;
} vm_place_t;

void vm_frame_place(const mp_code_state_t *frame, const byte *at, vm_place_t *place);

// The innermost exception that a handler of this frame is handling, or NULL.
mp_obj_base_t *vm_handled_in(const mp_code_state_t *frame);

// The innermost exception that a handler of any frame is handling, or MP_OBJ_NULL.
mp_obj_t vm_handled_exception(void);

// Puts another one in its place, in the frame that runs.
void vm_handled_replace(mp_obj_t exc);

// A generator object; upstream keeps this struct to py/objgenerator.c (patches/0400-frames-of-generators.patch).
typedef struct _mp_obj_gen_instance_t {
    mp_obj_base_t base;
    mp_obj_t pend_exc; // MP_OBJ_NULL while it runs; else an exception to raise when it goes on, or mp_const_none
    mp_code_state_t code_state;
} mp_obj_gen_instance_t;

static inline bool vm_is_generator_frame(const mp_code_state_t *frame) {
    return frame->fun_bc->base.type == &mp_type_gen_wrap;
}

static inline mp_obj_gen_instance_t *vm_generator_of(mp_code_state_t *frame) {
    return (mp_obj_gen_instance_t *)((byte *)frame - offsetof(mp_obj_gen_instance_t, code_state));
}

// Leaves the frame of a generator that an instruction of its caller's entered; returns the caller's frame.
static inline mp_code_state_t *vm_leave_generator(mp_code_state_t *frame) {
    mp_code_state_t *caller = frame->prev;
    frame->prev = NULL;
    vm_generator_of(frame)->pend_exc = mp_const_none;
    mp_globals_set(frame->old_globals);
    MP_STATE_THREAD(pystack_cur) = caller->pystack_top;
    return caller;
}

#define VM_FASTN(frame) (&(frame)->state[(frame)->n_state - 1])
#define VM_EXC_STACK(frame) ((mp_exc_stack_t *)((frame)->state + (frame)->n_state))

// Operands. Each declares the variable that it decodes from `ip`.
#define VM_UINT(var) \
    uint32_t var = *ip++; \
    if (var & 0x80) { \
        var &= 0x7f; \
        do { \
            var = var << 7 | (*ip & 0x7f); \
        } while (*ip++ & 0x80); \
    }
#define VM_ULABEL(var) \
    uint32_t var = *ip++; \
    if (var & 0x80) { \
        var = (var & 0x7f) | (uint32_t)*ip++ << 7; \
    }
#define VM_SLABEL(var) \
    int32_t var = *ip++; \
    if (var & 0x80) { \
        var = ((var & 0x7f) | (int32_t)*ip++ << 7) - 0x4000; \
    } else { \
        var -= 0x40; \
    }

#endif
