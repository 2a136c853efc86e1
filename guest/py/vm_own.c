// Generators that nothing but a loop holds: they are closed when the loop is left early, which runs their `finally`.
//
// CPython closes a generator when its last reference goes. Nobody counts references here, but of a generator that comes
// straight from the call of a generator function into a `for`, or from an __iter__ that is one, the loop's iterator is
// the only one. The loops of a frame that have such a generator are a list: `owned` of the frame is the index of the
// innermost one's generator in the frame's state, the slot above it has the next, 0 ends it. Never put a generator there
// that a program may have seen: it would find it closed.

#include "py/objgenerator.h"
#include "py/objtype.h"
#include "functions.h"
#include "vm.h"
#include "vm_own.h"

// The layouts of py/objclosure.c and py/objboundmeth.c begin so.
typedef struct _wrapper_t {
    mp_obj_base_t base;
    mp_obj_t function;
} wrapper_t;

extern const mp_obj_type_t mp_type_closure;

// Whether calling `callee` makes a generator that nobody else has seen.
static bool makes_generator(mp_obj_t callee) {
    if (vm_is(callee, &mp_type_bound_meth)) {
        callee = ((wrapper_t *)MP_OBJ_TO_PTR(callee))->function;
    }
    if (vm_is(callee, &mp_type_closure)) {
        callee = ((wrapper_t *)MP_OBJ_TO_PTR(callee))->function;
    }
    if (!vm_is(callee, &mp_type_gen_wrap)) {
        return false;
    }
    const mp_obj_fun_bc_t *function = MP_OBJ_TO_PTR(callee);
    return function->kind != FUNCTION_COROUTINE && function->kind != FUNCTION_ASYNC_GENERATOR;
}

bool vm_call_for_loop(mp_code_state_t *frame, mp_obj_t *slots, mp_obj_t callee, size_t n_args, size_t n_kw,
    const mp_obj_t *args) {
    if (!makes_generator(callee)) {
        return false;
    }
    slots[1] = mp_call_function_n_kw(callee, n_args, n_kw, args);
    vm_own(frame, slots);
    return true;
}

bool vm_iter_makes_generator_of_instance(mp_obj_t iterable) {
    const mp_obj_type_t *owner;
    mp_obj_t iter = class_lookup(mp_obj_get_type(iterable), MP_QSTR___iter__, &owner);
    return iter != MP_OBJ_NULL && makes_generator(iter);
}

// The argument of nlr_try().
typedef struct _closing_t {
    mp_obj_t generator;
    mp_obj_t exc; // what came out, or MP_OBJ_NULL
} closing_t;

static void close(void *arg) {
    closing_t *closing = arg;
    switch (mp_obj_gen_resume(closing->generator, mp_const_none, MP_OBJ_FROM_PTR(&mp_const_GeneratorExit_obj), &closing->exc)) {
        case MP_VM_RETURN_YIELD:
            closing->exc = mp_obj_new_exception_msg(&mp_type_RuntimeError, MP_ERROR_TEXT("generator ignored GeneratorExit"));
            break;
        case MP_VM_RETURN_EXCEPTION:
            if (mp_obj_exception_match(closing->exc, MP_OBJ_FROM_PTR(&mp_type_GeneratorExit))) {
                closing->exc = MP_OBJ_NULL;
            }
            break;
        default:
            closing->exc = MP_OBJ_NULL;
            break;
    }
}

// To sys.unraisablehook, as nobody is there to catch it.
static void report(void *arg) {
    closing_t *closing = arg;
    mp_obj_t sys = mp_import_name(MP_QSTR__sys, mp_const_none, MP_OBJ_NEW_SMALL_INT(0));
    mp_call_function_2(mp_load_attr(sys, MP_QSTR__unraisable), closing->exc, closing->generator);
}

// Calls step(closing); what it raises is left in closing->exc, and the interpreter as it was before.
static void protect(nlr_fun_t step, closing_t *closing) {
    void *activation = MP_STATE_VM(vm_activation);
    mp_obj_dict_t *globals = mp_globals_get(), *locals = mp_locals_get();
    if (nlr_try(step, closing)) {
        closing->exc = MP_OBJ_FROM_PTR(nlr_caught());
        MP_STATE_VM(vm_activation) = activation;
        mp_globals_set(globals);
        mp_locals_set(locals);
    }
}

static void close_with_blocks(mp_obj_t generator) {
    mp_obj_base_t *current = MP_STATE_VM(cur_exception);
    closing_t closing = { generator, MP_OBJ_NULL };
    protect(close, &closing);
    if (closing.exc != MP_OBJ_NULL) {
        protect(report, &closing);
    }
    MP_STATE_VM(cur_exception) = current;
}

static mp_obj_t pop(mp_code_state_t *frame) {
    mp_obj_t *generator = &frame->state[frame->owned];
    frame->owned = generator[1];
    return *generator;
}

static void finish(mp_obj_t generator) {
    for (;;) {
        mp_obj_gen_instance_t *self = MP_OBJ_TO_PTR(generator);
        mp_code_state_t *frame = &self->code_state;
        if (frame->ip == NULL || self->pend_exc == MP_OBJ_NULL) {
            return;
        }
        // Most have no block to unwind, and one loop at most: a chain of these ends without recursion.
        bool one_loop = frame->owned == 0 || frame->state[frame->owned + 1] == 0;
        if (frame->exc_sp_idx != 0 || !one_loop || *frame->ip == MP_BC_YIELD_FROM) {
            close_with_blocks(generator);
            return;
        }
        frame->ip = NULL;
        if (frame->owned == 0) {
            return;
        }
        generator = pop(frame);
    }
}

void vm_close_owned_above(mp_code_state_t *frame, const mp_obj_t *sp) {
    while (frame->owned != 0 && &frame->state[frame->owned] > sp) {
        finish(pop(frame));
    }
}
