// Exceptions on their way through frames, and mp_execute_bytecode(), which keeps an activation going.
//
// The dispatch function returns the exceptions that it raises itself. One that a function called by it raises arrives
// by a throw, and its frames of C are gone: all that is known then is in the activation and the frames. So a `try` of
// the host is paid once for each activation.

#include "py/objexcept.h"
#include "exception.h"
#include "vm.h"
#include "vm_own.h"

static bool is_a(const mp_obj_base_t *exc, const mp_obj_type_t *type) {
    return mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(exc->type), MP_OBJ_FROM_PTR(type));
}

void vm_frame_place(const mp_code_state_t *frame, const byte *at, vm_place_t *place) {
    const mp_obj_fun_bc_t *fun = frame->fun_bc;
    const byte *ip = fun->bytecode;
    MP_BC_PRELUDE_SIG_DECODE(ip);
    MP_BC_PRELUDE_SIZE_DECODE(ip);
    const byte *line_info_top = ip + n_info;
    size_t offset = at - (line_info_top + n_cell);
    qstr function = mp_decode_uint_value(ip);
    for (size_t i = 0; i < 2 + n_pos_args + n_kwonly_args; i++) {
        ip = mp_decode_uint_skip(ip);
    }
    place->line = mp_bytecode_get_source_line(ip, line_info_top, offset);
    #if MICROPY_EMIT_BYTECODE_USES_QSTR_TABLE
    place->function = fun->context->constants.qstr_table[function];
    place->file = fun->context->constants.qstr_table[0];
    #else
    place->function = function;
    place->file = fun->context->constants.source_file;
    #endif
}

static void add_traceback(const mp_code_state_t *frame, mp_obj_base_t *exc) {
    if ((void *)exc == (void *)&mp_const_GeneratorExit_obj) {
        return;
    }
    vm_place_t place;
    vm_frame_place(frame, frame->ip, &place);
    mp_obj_exception_add_traceback(MP_OBJ_FROM_PTR(exc), place.file, place.line, place.function);
}

// A StopIteration that an iterator raised ends the loop, or the delegation, that called it.
static bool ends_iteration(mp_code_state_t *frame, mp_obj_base_t *exc) {
    if (*frame->ip != MP_BC_FOR_ITER && *frame->ip != MP_BC_YIELD_FROM) {
        return false;
    }
    if (!is_a(exc, &mp_type_StopIteration)) {
        return false;
    }
    const byte *ip = frame->ip + 1;
    if (*frame->ip == MP_BC_FOR_ITER) {
        VM_ULABEL(label);
        frame->ip = ip + label;
        frame->sp -= MP_OBJ_ITER_BUF_NSLOTS;
        vm_disown(frame, frame->sp + 1);
    } else {
        *frame->sp = mp_obj_exception_get_value(MP_OBJ_FROM_PTR(exc));
        frame->ip = ip;
    }
    return true;
}

// The exception leaves `frame`, a generator that an instruction of its caller's entered.
static void end_generator(vm_activation_t *vm, mp_code_state_t *frame) {
    frame->ip = NULL;
    if (is_a(vm->exc, &mp_type_StopIteration)) { // PEP 479
        vm->exc = MP_OBJ_TO_PTR(generator_stop_error(MP_OBJ_FROM_PTR(vm->exc)));
    }
}

// The activation that runs. It and those around it are on the C stack.
MP_REGISTER_ROOT_POINTER(void *vm_activation);

mp_obj_base_t *vm_handled_in(const mp_code_state_t *frame) {
    for (size_t i = frame->exc_sp_idx; i-- > 0;) {
        if (VM_EXC_STACK(frame)[i].prev_exc != NULL) {
            return VM_EXC_STACK(frame)[i].prev_exc;
        }
    }
    return NULL;
}

mp_obj_t vm_handled_exception(void) {
    for (vm_activation_t *vm = MP_STATE_VM(vm_activation); vm != NULL; vm = vm->outer) {
        for (const mp_code_state_t *frame = vm->code_state; frame != NULL; frame = frame->prev) {
            mp_obj_base_t *exc = vm_handled_in(frame);
            if (exc != NULL) {
                return MP_OBJ_FROM_PTR(exc);
            }
        }
    }
    return MP_OBJ_NULL;
}

void vm_handled_replace(mp_obj_t exc) {
    mp_code_state_t *frame = MP_STATE_VM(vm_activation) == NULL ? NULL : ((vm_activation_t *)MP_STATE_VM(vm_activation))->code_state;
    for (size_t i = frame == NULL ? 0 : frame->exc_sp_idx; i-- > 0;) {
        if (VM_EXC_STACK(frame)[i].prev_exc != NULL) {
            VM_EXC_STACK(frame)[i].prev_exc = MP_OBJ_TO_PTR(exc);
            return;
        }
    }
}

// When it is raised, and not on its way: notes which exception was being handled then.
static void set_context(const mp_code_state_t *frame, mp_obj_base_t *exc) {
    mp_obj_exception_t *native = mp_obj_exception_get_native(MP_OBJ_FROM_PTR(exc));
    if (native == NULL || (*frame->ip != MP_BC_RAISE_OBJ && (native->context != MP_OBJ_NULL || native->traceback_data != NULL))) {
        return;
    }
    mp_obj_t handled = vm_handled_exception();
    if (handled != MP_OBJ_NULL) {
        exception_set_context(MP_OBJ_FROM_PTR(exc), handled);
    }
}

// Takes vm->exc to a handler within this activation and returns true, or puts it in state[0] of the outermost frame
// and returns false. `ip` of each frame is one byte past the opcode, or further into the instruction.
static bool handle_exception(vm_activation_t *vm) {
    mp_code_state_t *frame = vm->code_state;
    MP_STATE_THREAD(pystack_cur) = frame->pystack_top;
    MP_STATE_VM(cur_exception) = vm->exc;
    frame->ip--;
    if (ends_iteration(frame, vm->exc)) {
        return true;
    }
    bool again = *frame->ip == MP_BC_END_FINALLY || *frame->ip == MP_BC_RAISE_LAST;
    if (!again) {
        set_context(frame, vm->exc);
    }
    for (;; again = false) {
        if (!again) {
            add_traceback(frame, vm->exc);
        }
        mp_exc_stack_t *stack = VM_EXC_STACK(frame);
        // An exception in a handler, or in a `finally`, belongs to the next block outwards.
        while (frame->exc_sp_idx > 0 && stack[frame->exc_sp_idx - 1].handler <= frame->ip) {
            frame->exc_sp_idx--;
        }
        if (frame->exc_sp_idx > 0) {
            mp_exc_stack_t *block = &stack[frame->exc_sp_idx - 1];
            vm_close_above(frame, (mp_obj_t *)MP_TAGPTR_PTR(block->val_sp));
            frame->ip = block->handler;
            block->prev_exc = vm->exc; // for a `raise` without operand
            frame->sp = (mp_obj_t *)MP_TAGPTR_PTR(block->val_sp) + 1;
            *frame->sp = MP_OBJ_FROM_PTR(vm->exc);
            vm->code_state = frame;
            return true;
        }
        vm_close_above(frame, frame->state);
        if (frame->prev == NULL) {
            frame->state[0] = MP_OBJ_FROM_PTR(vm->exc);
            vm->code_state = frame;
            return false;
        }
        if (vm_is_generator_frame(frame)) {
            end_generator(vm, frame);
            frame = vm_leave_generator(frame);
        } else {
            mp_globals_set(frame->old_globals);
            frame = frame->prev;
            MP_STATE_THREAD(pystack_cur) = frame->pystack_top;
        }
        vm->code_state = frame;
        frame->ip--;
    }
}

// The argument of nlr_try().
static void run(void *arg) {
    vm_activation_t *vm = arg;
    do {
        vm->ret = mp_execute_bytecode_inner(vm);
    } while (vm->ret == VM_RAISED && handle_exception(vm));
}

mp_vm_return_kind_t mp_execute_bytecode(mp_code_state_t *code_state, volatile mp_obj_t inject_exc) {
    vm_activation_t vm = { .outer = MP_STATE_VM(vm_activation), .code_state = code_state, .inject_exc = inject_exc };
    MP_STATE_VM(vm_activation) = &vm;
    while (nlr_try(run, &vm)) {
        MP_STATE_VM(vm_activation) = &vm;
        vm.exc = nlr_caught();
        if (!handle_exception(&vm)) {
            MP_STATE_VM(vm_activation) = vm.outer;
            return MP_VM_RETURN_EXCEPTION;
        }
    }
    MP_STATE_VM(vm_activation) = vm.outer;
    return vm.ret == VM_RAISED ? MP_VM_RETURN_EXCEPTION : vm.ret;
}
