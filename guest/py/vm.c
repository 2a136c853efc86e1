// The dispatch function: runs the frames of one activation. Takes the place of upstream's py/vm.c.
//
// One loop, one switch over all bytes: tools/translate.py gives each instruction an indirect jump of its own.
//
// Roots: this function is exempt from spilling (patches/README.md has the audit). What is used after a call that may
// collect is in a frame, in the activation, or loaded again. A popped operand still is in its slot until something is
// pushed. So: never keep an object in a local across such a call.
//
// Exceptions: an instruction that may raise saves `ip`, as it is behind the opcode, before it decodes its operand
// (SAVE_IP). RAISE returns; a function that raises leaves by a throw. vm_unwind.c finds the handler either way.

#include <assert.h>

#include "py/emitglue.h"
#include "exception.h"
#include "py/messages.h"
#include "modules/weakref.h"
#include "function.h"
#include "generators.h"
#include "vm_call.h"
#include "vm_fast.h"
#include "vm_iter.h"
#include "vm_own.h"

#define PUSH(value) (*++sp = (value))
#define POP() (*sp--)
#define TOP() (*sp)
#define SET_TOP(value) (*sp = (value))

#define SAVE_IP() (code_state->ip = ip)
#define RAISE(o) do { vm->exc = MP_OBJ_TO_PTR(o); return VM_RAISED; } while (0)

#define CONSTANTS() (code_state->fun_bc->context->constants)
#if MICROPY_EMIT_BYTECODE_USES_QSTR_TABLE
#define QSTR_OPERAND() VM_UINT(qst_index) const qstr qst = CONSTANTS().qstr_table[qst_index];
#else
#define QSTR_OPERAND() VM_UINT(qst)
#endif

#define CASES(op) case op ... op + op##_NUM - 1
#define BINARY(op) case MP_BC_BINARY_OP_MULTI + MP_BINARY_OP_##op
#define UNARY(op) case MP_BC_UNARY_OP_MULTI + MP_UNARY_OP_##op
#define ARITHMETIC(op, fast) \
    BINARY(op): \
    BINARY(INPLACE_##op): { \
        mp_obj_t result = fast(sp[-1], sp[0]); \
        if (result == MP_OBJ_NULL) { \
            goto general_binary; \
        } \
        *--sp = result; \
        continue; \
    }
// The usual next instruction after a comparison is a jump on its result: done at once.
#define JUMP_OR_PUSH(truth) \
        sp--; \
        byte next = *ip; \
        if (next == MP_BC_POP_JUMP_IF_FALSE || next == MP_BC_POP_JUMP_IF_TRUE) { \
            ip++; \
            sp--; \
            VM_SLABEL(label) \
            if (truth == (next == MP_BC_POP_JUMP_IF_TRUE)) { \
                ip += label; \
            } \
            continue; \
        } \
        SET_TOP(mp_obj_new_bool(truth)); \
        continue
#define COMPARISON(op, c_op) \
    BINARY(op): { \
        mp_obj_t lhs = sp[-1], rhs = sp[0]; \
        bool truth; \
        VM_COMPARE(c_op) \
        JUMP_OR_PUSH(truth); \
    }

static inline mp_exc_stack_t *push_block(mp_code_state_t *frame, mp_obj_t *sp, const byte *handler, bool is_finally) {
    mp_exc_stack_t *block = &VM_EXC_STACK(frame)[frame->exc_sp_idx++];
    block->handler = handler;
    block->val_sp = MP_TAGPTR_MAKE(sp, is_finally << 1);
    block->prev_exc = NULL;
    return block;
}

static inline void pop_block(mp_code_state_t *frame) {
    assert(frame->exc_sp_idx > 0);
    frame->exc_sp_idx--;
    MP_STATE_VM(cur_exception) = NULL;
}

// The stack of a `finally` that is cut short: (..., cause or exception[, its value], X) becomes (..., X).
static mp_obj_t *cancel_finally(mp_obj_t *sp) {
    size_t dropped = mp_obj_is_small_int(sp[-1]) ? 2 : 1;
    sp[-(ptrdiff_t)dropped] = sp[0];
    return sp - dropped;
}

// `raise` without operand: the innermost exception that the frame is handling.
static MP_NOINLINE mp_obj_t last_exception(const mp_code_state_t *frame) {
    mp_obj_base_t *exc = vm_handled_in(frame);
    return exc != NULL ? MP_OBJ_FROM_PTR(exc)
        : mp_obj_new_exception_msg(&mp_type_RuntimeError, MP_ERROR_TEXT("No active exception to reraise"));
}

// `ip` of the frame is behind the opcode that found a local without a value.
static MP_NOINLINE mp_obj_t unbound_local(const mp_code_state_t *frame) {
    const byte *ip = frame->ip;
    byte op = ip[-1];
    bool multi = op >= MP_BC_LOAD_FAST_MULTI && op < MP_BC_LOAD_FAST_MULTI + MP_BC_LOAD_FAST_MULTI_NUM;
    return function_unbound_local(frame->fun_bc, multi ? op - MP_BC_LOAD_FAST_MULTI : mp_decode_uint_value(ip));
}

// stack: (..., __exit__, self of it, X...) calls __exit__ for a block that ends without or with an exception.
// Returns the new top of the stack.
static MP_NOINLINE mp_obj_t *with_cleanup(mp_obj_t *sp) {
    if (TOP() == mp_const_none) {
        sp[1] = sp[2] = mp_const_none;
        sp -= 2;
        mp_call_method_n_kw(3, 0, sp);
        SET_TOP(mp_const_none);
    } else if (mp_obj_is_small_int(TOP())) {
        // A return (value, -1) or a jump (target, blocks to unwind) passes through.
        mp_obj_t value = sp[-1], cause = sp[0];
        sp[-1] = sp[0] = sp[1] = mp_const_none;
        mp_call_method_n_kw(3, 0, sp - 3);
        sp[-3] = value;
        sp[-2] = cause;
        sp -= 2;
    } else {
        mp_obj_t exc = sp[0];
        sp[1] = exc;
        sp[0] = MP_OBJ_FROM_PTR(mp_obj_get_type(exc));
        sp[2] = exception_traceback(exc);
        sp -= 2;
        bool swallow = mp_obj_is_true(mp_call_method_n_kw(3, 0, sp));
        SET_TOP(swallow ? mp_const_none : exc);
    }
    return sp;
}

// What a generator's frame takes of the pystack, which it does not need: recursion has to end somewhere.
#define GENERATOR_DEPTH_COST (128)

// Sets a generator's frame going, as the callee of `caller`. NULL when mp_obj_gen_resume() is to do it.
static inline mp_code_state_t *enter_generator(mp_obj_t iterator, mp_obj_t sent, mp_code_state_t *caller) {
    if (!vm_is(iterator, &mp_type_gen_instance) && !vm_is(iterator, &mp_type_coroutine)) {
        return NULL;
    }
    mp_obj_gen_instance_t *generator = MP_OBJ_TO_PTR(iterator);
    mp_code_state_t *frame = &generator->code_state;
    if (frame->ip == NULL || generator->pend_exc != mp_const_none) {
        return NULL;
    }
    byte *top = MP_STATE_THREAD(pystack_cur);
    if (MP_STATE_THREAD(pystack_end) - top < GENERATOR_DEPTH_COST) {
        return NULL;
    }
    if (frame->sp != frame->state - 1) {
        *frame->sp = sent;
    } else if (sent != mp_const_none) {
        return NULL;
    }
    MP_STATE_THREAD(pystack_cur) = top + GENERATOR_DEPTH_COST;
    generator->pend_exc = MP_OBJ_NULL; // running
    frame->prev = caller;
    frame->old_globals = mp_globals_get();
    mp_globals_set(frame->fun_bc->context->module.globals);
    return frame;
}

MP_NOINLINE mp_uint_t mp_execute_bytecode_inner(vm_activation_t *vm) {
    mp_code_state_t *code_state = vm->code_state;
    const byte *ip;
    mp_obj_t *sp;
    mp_obj_t *fastn; // local i is fastn[-i]

enter_frame:
    code_state->pystack_top = MP_STATE_THREAD(pystack_cur);
resume_frame:
    vm->code_state = code_state;
    ip = code_state->ip;
    sp = code_state->sp;
    fastn = VM_FASTN(code_state);
    if (vm->inject_exc != MP_OBJ_NULL && *ip != MP_BC_YIELD_FROM) {
        // As if `raise` stood here. YIELD_FROM passes it on itself.
        code_state->ip = ip + 1;
        mp_obj_t exc = vm->inject_exc;
        vm->inject_exc = MP_OBJ_NULL;
        RAISE(mp_make_raise_obj(exc));
    }

    for (;;) {
        switch (*ip++) {
            // ---- constants and variables

            case MP_BC_LOAD_CONST_FALSE:
                PUSH(mp_const_false);
                continue;
            case MP_BC_LOAD_CONST_NONE:
                PUSH(mp_const_none);
                continue;
            case MP_BC_LOAD_CONST_TRUE:
                PUSH(mp_const_true);
                continue;
            CASES(MP_BC_LOAD_CONST_SMALL_INT_MULTI):
                PUSH(MP_OBJ_NEW_SMALL_INT((mp_int_t)ip[-1] - MP_BC_LOAD_CONST_SMALL_INT_MULTI
                    - MP_BC_LOAD_CONST_SMALL_INT_MULTI_EXCESS));
                continue;
            case MP_BC_LOAD_CONST_SMALL_INT: {
                mp_int_t value = -((*ip >> 6) & 1);
                do {
                    value = (mp_int_t)((mp_uint_t)value << 7) | (*ip & 0x7f);
                } while (*ip++ & 0x80);
                PUSH(MP_OBJ_NEW_SMALL_INT(value));
                continue;
            }
            case MP_BC_LOAD_CONST_STRING: {
                QSTR_OPERAND()
                PUSH(MP_OBJ_NEW_QSTR(qst));
                continue;
            }
            case MP_BC_LOAD_CONST_OBJ: {
                VM_UINT(index)
                PUSH(CONSTANTS().obj_table[index]);
                continue;
            }
            case MP_BC_LOAD_NULL:
                PUSH(MP_OBJ_NULL);
                continue;

            CASES(MP_BC_LOAD_FAST_MULTI): {
                mp_obj_t value = fastn[MP_BC_LOAD_FAST_MULTI - (ptrdiff_t)ip[-1]];
                if (value == MP_OBJ_NULL) {
                    SAVE_IP();
                    goto unbound;
                }
                PUSH(value);
                continue;
            }
            case MP_BC_LOAD_FAST_N: {
                SAVE_IP();
                VM_UINT(local)
                mp_obj_t value = fastn[-(ptrdiff_t)local];
                if (value == MP_OBJ_NULL) {
                    goto unbound;
                }
                PUSH(value);
                continue;
            }
            case MP_BC_LOAD_DEREF: {
                SAVE_IP();
                VM_UINT(local)
                mp_obj_t value = mp_obj_cell_get(fastn[-(ptrdiff_t)local]);
                if (value == MP_OBJ_NULL) {
                    goto unbound;
                }
                PUSH(value);
                continue;
            }
            CASES(MP_BC_STORE_FAST_MULTI):
                fastn[MP_BC_STORE_FAST_MULTI - (ptrdiff_t)ip[-1]] = POP();
                continue;
            case MP_BC_STORE_FAST_N: {
                VM_UINT(local)
                fastn[-(ptrdiff_t)local] = POP();
                continue;
            }
            case MP_BC_STORE_DEREF: {
                VM_UINT(local)
                mp_obj_cell_set(fastn[-(ptrdiff_t)local], POP());
                continue;
            }
            case MP_BC_DELETE_FAST: {
                SAVE_IP();
                VM_UINT(local)
                if (fastn[-(ptrdiff_t)local] == MP_OBJ_NULL) {
                    goto unbound;
                }
                fastn[-(ptrdiff_t)local] = MP_OBJ_NULL;
                code_state->sp = sp;
                weakref_poll_after_delete();
                continue;
            }
            case MP_BC_DELETE_DEREF: {
                SAVE_IP();
                VM_UINT(local)
                if (mp_obj_cell_get(fastn[-(ptrdiff_t)local]) == MP_OBJ_NULL) {
                    goto unbound;
                }
                mp_obj_cell_set(fastn[-(ptrdiff_t)local], MP_OBJ_NULL);
                continue;
            }
unbound:
            RAISE(unbound_local(code_state));

            case MP_BC_LOAD_NAME: {
                SAVE_IP();
                QSTR_OPERAND()
                PUSH(mp_load_name(qst));
                continue;
            }
            case MP_BC_LOAD_GLOBAL: {
                SAVE_IP();
                QSTR_OPERAND()
                mp_map_elem_t *elem = vm_map_hint(&mp_globals_get()->map, MP_OBJ_NEW_QSTR(qst));
                PUSH(elem != NULL ? elem->value : mp_load_global(qst));
                continue;
            }
            case MP_BC_STORE_NAME: {
                SAVE_IP();
                QSTR_OPERAND()
                mp_store_name(qst, POP());
                continue;
            }
            case MP_BC_STORE_GLOBAL: {
                SAVE_IP();
                QSTR_OPERAND()
                mp_store_global(qst, POP());
                continue;
            }
            case MP_BC_DELETE_NAME: {
                SAVE_IP();
                QSTR_OPERAND()
                mp_delete_name(qst);
                code_state->sp = sp;
                weakref_poll_after_delete();
                continue;
            }
            case MP_BC_DELETE_GLOBAL: {
                SAVE_IP();
                QSTR_OPERAND()
                mp_delete_global(qst);
                code_state->sp = sp;
                weakref_poll_after_delete();
                continue;
            }

            // ---- attributes and items

            case MP_BC_LOAD_ATTR: {
                SAVE_IP();
                QSTR_OPERAND()
                mp_obj_t object = TOP();
                if (vm_is_plain_instance(object)) {
                    mp_map_elem_t *elem = vm_map_hint(&((mp_obj_instance_t *)MP_OBJ_TO_PTR(object))->members,
                        MP_OBJ_NEW_QSTR(qst));
                    if (elem != NULL) {
                        SET_TOP(elem->value);
                        continue;
                    }
                }
                SET_TOP(mp_load_attr(object, qst));
                continue;
            }
            case MP_BC_STORE_ATTR: {
                SAVE_IP();
                QSTR_OPERAND()
                if (vm_is_plain_instance(sp[0]) && sp[-1] != MP_OBJ_NULL) { // with no value it deletes
                    mp_map_elem_t *elem = vm_map_hint(&((mp_obj_instance_t *)MP_OBJ_TO_PTR(sp[0]))->members,
                        MP_OBJ_NEW_QSTR(qst));
                    if (elem != NULL) {
                        elem->value = sp[-1];
                        sp -= 2;
                        continue;
                    }
                }
                mp_store_attr(sp[0], qst, sp[-1]);
                sp -= 2;
                continue;
            }
            case MP_BC_LOAD_METHOD: {
                SAVE_IP();
                QSTR_OPERAND()
                if (!vm_is_plain_instance(*sp) || !instance_load_function(*sp, qst, sp)) {
                    mp_load_method(*sp, qst, sp);
                }
                sp++;
                continue;
            }
            case MP_BC_LOAD_SUPER_METHOD: {
                SAVE_IP();
                QSTR_OPERAND()
                sp--;
                mp_load_super_method(qst, sp - 1);
                continue;
            }
            case MP_BC_LOAD_BUILD_CLASS:
                SAVE_IP();
                PUSH(mp_load_build_class());
                continue;
            case MP_BC_LOAD_SUBSCR: {
                mp_obj_t *item = vm_item(sp[-1], sp[0], false);
                if (item != NULL) {
                    *--sp = *item;
                    continue;
                }
                byte *value = vm_byte(sp[-1], sp[0], false);
                if (value != NULL) {
                    *--sp = MP_OBJ_NEW_SMALL_INT(*value);
                    continue;
                }
                SAVE_IP();
                sp--;
                if (vm_is(sp[0], &mp_type_dict)) {
                    mp_map_elem_t *elem = mp_map_lookup(mp_obj_dict_get_map(sp[0]), sp[1], MP_MAP_LOOKUP);
                    if (elem != NULL) {
                        SET_TOP(elem->value);
                        continue;
                    }
                }
                SET_TOP(mp_obj_subscr(sp[0], sp[1], MP_OBJ_SENTINEL));
                continue;
            }
            case MP_BC_STORE_SUBSCR: {
                // stack: (..., value, base, index)
                // Without a value (MP_OBJ_NULL) it is `del`.
                mp_obj_t *item = vm_item(sp[-1], sp[0], true);
                if (item != NULL && sp[-2] != MP_OBJ_NULL) {
                    *item = sp[-2];
                    sp -= 3;
                    continue;
                }
                byte *value = vm_byte(sp[-1], sp[0], true);
                if (value != NULL && mp_obj_is_small_int(sp[-2]) && (mp_uint_t)MP_OBJ_SMALL_INT_VALUE(sp[-2]) < 256) {
                    *value = MP_OBJ_SMALL_INT_VALUE(sp[-2]);
                    sp -= 3;
                    continue;
                }
                SAVE_IP();
                mp_obj_subscr(sp[-1], sp[0], sp[-2]);
                sp -= 3;
                continue;
            }

            // ---- the stack

            case MP_BC_DUP_TOP:
                sp++;
                sp[0] = sp[-1];
                continue;
            case MP_BC_DUP_TOP_TWO:
                sp += 2;
                sp[0] = sp[-2];
                sp[-1] = sp[-3];
                continue;
            case MP_BC_POP_TOP:
                sp--;
                continue;
            case MP_BC_ROT_TWO: {
                mp_obj_t top = sp[0];
                sp[0] = sp[-1];
                sp[-1] = top;
                continue;
            }
            case MP_BC_ROT_THREE: {
                mp_obj_t top = sp[0];
                sp[0] = sp[-1];
                sp[-1] = sp[-2];
                sp[-2] = top;
                continue;
            }

            // ---- jumps

            case MP_BC_JUMP: {
                VM_SLABEL(label)
                ip += label;
                continue;
            }
            case MP_BC_POP_JUMP_IF_TRUE: {
                SAVE_IP();
                VM_SLABEL(label)
                if (vm_is_true(POP())) {
                    ip += label;
                }
                continue;
            }
            case MP_BC_POP_JUMP_IF_FALSE: {
                SAVE_IP();
                VM_SLABEL(label)
                if (!vm_is_true(POP())) {
                    ip += label;
                }
                continue;
            }
            case MP_BC_JUMP_IF_TRUE_OR_POP: {
                SAVE_IP();
                VM_ULABEL(label)
                if (vm_is_true(TOP())) {
                    ip += label;
                } else {
                    sp--;
                }
                continue;
            }
            case MP_BC_JUMP_IF_FALSE_OR_POP: {
                SAVE_IP();
                VM_ULABEL(label)
                if (vm_is_true(TOP())) {
                    sp--;
                } else {
                    ip += label;
                }
                continue;
            }

            // ---- exception blocks

            case MP_BC_SETUP_WITH: {
                SAVE_IP();
                // stack: (..., manager) becomes (..., __exit__, self of it, value of __enter__)
                sp[4] = TOP(); // the compiler reserves so much
                load_manager(sp[4], sp);
                mp_obj_t value = mp_call_method_n_kw(0, 0, sp + 2);
                sp++;
                VM_ULABEL(label)
                push_block(code_state, sp, ip + label, true);
                PUSH(value);
                continue;
            }
            case MP_BC_WITH_CLEANUP:
                SAVE_IP();
                sp = with_cleanup(sp);
                continue;
            case MP_BC_SETUP_EXCEPT:
            case MP_BC_SETUP_FINALLY: {
                bool is_finally = ip[-1] == MP_BC_SETUP_FINALLY;
                VM_ULABEL(label)
                push_block(code_state, sp, ip + label, is_finally);
                continue;
            }
            case MP_BC_POP_EXCEPT_JUMP: {
                pop_block(code_state);
                VM_ULABEL(label)
                ip += label;
                continue;
            }
            case MP_BC_END_FINALLY:
                // stack: (..., None | exception | value, cause)
                SAVE_IP();
                pop_block(code_state);
                if (TOP() == mp_const_none) {
                    sp--;
                    continue;
                }
                if (!mp_obj_is_small_int(TOP())) {
                    RAISE(TOP());
                }
                if (MP_OBJ_SMALL_INT_VALUE(TOP()) < 0) {
                    sp--;
                    goto unwind_return;
                }
                SET_TOP((mp_obj_t)MP_OBJ_SMALL_INT_VALUE(TOP()));
                goto unwind_jump;
            case MP_BC_UNWIND_JUMP: {
                SAVE_IP();
                VM_SLABEL(label)
                // stack: (..., target, blocks to unwind; bit 7 says that an iterator is to be popped), no objects
                PUSH((mp_obj_t)(uintptr_t)(ip + label));
                PUSH((mp_obj_t)*ip);
                goto unwind_jump;
            }
unwind_jump: {
                mp_uint_t left = POP();
                while ((left & 0x7f) > 0) {
                    left--;
                    mp_exc_stack_t *block = &VM_EXC_STACK(code_state)[code_state->exc_sp_idx - 1];
                    if (MP_TAGPTR_TAG1(block->val_sp)) {
                        if (block->handler >= ip) {
                            // Run its `finally`, which ends here again.
                            PUSH(MP_OBJ_NEW_SMALL_INT(left));
                            ip = block->handler;
                            goto next;
                        }
                        sp = cancel_finally(sp);
                    }
                    pop_block(code_state);
                }
                ip = (const byte *)(uintptr_t)POP();
                if (left != 0) {
                    sp -= MP_OBJ_ITER_BUF_NSLOTS;
                    vm_close_above(code_state, sp);
                }
                continue;
            }
            case MP_BC_RETURN_VALUE:
unwind_return:
                if (!vm_is_bare(code_state)) {
                    while (code_state->exc_sp_idx > 0) {
                        mp_exc_stack_t *block = &VM_EXC_STACK(code_state)[code_state->exc_sp_idx - 1];
                        if (MP_TAGPTR_TAG1(block->val_sp)) {
                            if (block->handler >= ip) {
                                // Run its `finally` with (..., value, -1), without the iterators that are in between.
                                mp_obj_t *base = MP_TAGPTR_PTR(block->val_sp);
                                SAVE_IP();
                                vm_close_above(code_state, base);
                                base[1] = sp[0];
                                sp = base + 1;
                                PUSH(MP_OBJ_NEW_SMALL_INT(-1));
                                ip = block->handler;
                                goto next;
                            }
                            sp = cancel_finally(sp);
                        }
                        pop_block(code_state);
                    }
                    SAVE_IP();
                    vm_close_above(code_state, code_state->state);
                }
                if (code_state->prev != NULL) {
                    mp_obj_t result = *sp;
                    if (!vm_is_generator_frame(code_state)) {
                        mp_globals_set(code_state->old_globals);
                        code_state = code_state->prev;
                        MP_STATE_THREAD(pystack_cur) = code_state->pystack_top;
                        *code_state->sp = result;
                        goto resume_frame;
                    }
                    code_state->ip = NULL; // finished
                    code_state = vm_leave_generator(code_state);
                    ip = code_state->ip;
                    sp = code_state->sp;
                    if (ip[-1] == MP_BC_FOR_ITER) {
                        VM_ULABEL(label)
                        ip += label;
                        sp -= MP_OBJ_ITER_BUF_NSLOTS;
                        vm_disown(code_state, sp + 1);
                    } else {
                        SET_TOP(result); // of `yield from`
                    }
                    code_state->ip = ip;
                    code_state->sp = sp;
                    goto resume_frame;
                }
                code_state->sp = sp;
                return MP_VM_RETURN_NORMAL;
            case MP_BC_RAISE_LAST:
                SAVE_IP();
                RAISE(last_exception(code_state));
            case MP_BC_RAISE_OBJ:
                SAVE_IP();
                RAISE(mp_make_raise_obj(TOP()));
            case MP_BC_RAISE_FROM:
                SAVE_IP();
                sp--;
                RAISE(mp_make_raise_obj(TOP()));

            // ---- iteration

            case MP_BC_GET_ITER:
                SAVE_IP();
                SET_TOP(mp_getiter(TOP(), NULL));
                continue;
            case MP_BC_GET_ITER_STACK: {
                // The iterator takes MP_OBJ_ITER_BUF_NSLOTS slots: itself, or MP_OBJ_NULL and a reference to it.
                SAVE_IP();
                mp_obj_iter_buf_t *buf = (mp_obj_iter_buf_t *)sp;
                bool is_own = vm_iter_makes_generator(TOP());
                mp_obj_t iterator = vm_getiter(TOP(), buf);
                if (iterator != MP_OBJ_FROM_PTR(buf)) {
                    sp[0] = MP_OBJ_NULL;
                    sp[1] = iterator;
                    if (is_own && vm_is(iterator, &mp_type_gen_instance)) {
                        vm_own(code_state, sp);
                    }
                }
                sp += MP_OBJ_ITER_BUF_NSLOTS - 1;
                continue;
            }
            case MP_BC_FOR_ITER: {
                SAVE_IP();
                VM_ULABEL(label)
                mp_obj_t *slots = sp - (MP_OBJ_ITER_BUF_NSLOTS - 1);
                mp_obj_t value;
                if (slots[0] != MP_OBJ_NULL) {
                    value = vm_next((mp_obj_iter_buf_t *)slots);
                    if (value == VM_ITER_GENERAL) {
                        code_state->sp = sp;
                        value = mp_iternext_allow_raise(MP_OBJ_FROM_PTR(slots));
                    }
                } else {
                    code_state->sp = sp;
                    mp_code_state_t *frame = enter_generator(slots[1], mp_const_none, code_state);
                    if (frame != NULL) {
                        code_state = frame;
                        goto enter_frame;
                    }
                    value = mp_iternext_allow_raise(slots[1]);
                }
                if (value == MP_OBJ_STOP_ITERATION) {
                    vm_disown(code_state, slots);
                    sp -= MP_OBJ_ITER_BUF_NSLOTS;
                    ip += label;
                } else {
                    PUSH(value);
                }
                continue;
            }

            // ---- building

            case MP_BC_BUILD_TUPLE: {
                SAVE_IP();
                VM_UINT(n)
                sp -= (ptrdiff_t)n - 1;
                SET_TOP(mp_obj_new_tuple(n, sp));
                continue;
            }
            case MP_BC_BUILD_LIST: {
                SAVE_IP();
                VM_UINT(n)
                sp -= (ptrdiff_t)n - 1;
                SET_TOP(mp_obj_new_list(n, sp));
                continue;
            }
            case MP_BC_BUILD_MAP: {
                SAVE_IP();
                VM_UINT(n)
                PUSH(mp_obj_new_dict(n));
                continue;
            }
            case MP_BC_STORE_MAP:
                SAVE_IP();
                sp -= 2;
                mp_obj_dict_store(sp[0], sp[2], sp[1]);
                continue;
            case MP_BC_BUILD_SET: {
                SAVE_IP();
                VM_UINT(n)
                sp -= (ptrdiff_t)n - 1;
                SET_TOP(mp_obj_new_set(n, sp));
                continue;
            }
            case MP_BC_BUILD_SLICE: {
                SAVE_IP();
                bool has_step = *ip++ == 3;
                sp -= has_step ? 2 : 1;
                SET_TOP(mp_obj_new_slice(sp[0], sp[1], has_step ? sp[2] : mp_const_none));
                continue;
            }
            case MP_BC_STORE_COMP: {
                SAVE_IP();
                VM_UINT(where)
                mp_obj_t container = sp[-(ptrdiff_t)(where >> 2)];
                if ((where & 3) == 0) {
                    mp_obj_list_append(container, sp[0]);
                    sp--;
                } else if ((where & 3) == 1) {
                    mp_obj_dict_store(container, sp[0], sp[-1]);
                    sp -= 2;
                } else {
                    mp_obj_set_store(container, sp[0]);
                    sp--;
                }
                continue;
            }
            case MP_BC_UNPACK_SEQUENCE: {
                SAVE_IP();
                VM_UINT(n)
                if (n == 2 && vm_is(TOP(), &mp_type_tuple) && ((mp_obj_tuple_t *)MP_OBJ_TO_PTR(TOP()))->len == 2) {
                    mp_obj_tuple_t *pair = MP_OBJ_TO_PTR(TOP());
                    sp[0] = pair->items[1];
                    PUSH(pair->items[0]);
                    continue;
                }
                mp_unpack_sequence(sp[0], n, sp);
                sp += (ptrdiff_t)n - 1;
                continue;
            }
            case MP_BC_UNPACK_EX: {
                SAVE_IP();
                VM_UINT(n)
                mp_unpack_ex(sp[0], n, sp);
                sp += (n & 0xff) + ((n >> 8) & 0xff);
                continue;
            }

            // ---- functions and calls

            case MP_BC_MAKE_FUNCTION: {
                SAVE_IP();
                VM_UINT(child)
                PUSH(mp_make_function_from_proto_fun(code_state->fun_bc->child_table[child], code_state->fun_bc->context,
                    NULL));
                continue;
            }
            case MP_BC_MAKE_FUNCTION_DEFARGS: {
                SAVE_IP();
                VM_UINT(child)
                sp--;
                SET_TOP(mp_make_function_from_proto_fun(code_state->fun_bc->child_table[child],
                    code_state->fun_bc->context, sp));
                continue;
            }
            case MP_BC_MAKE_CLOSURE: {
                SAVE_IP();
                VM_UINT(child)
                size_t n = *ip++;
                sp -= (ptrdiff_t)n - 1;
                SET_TOP(mp_make_closure_from_proto_fun(code_state->fun_bc->child_table[child],
                    code_state->fun_bc->context, n, sp));
                continue;
            }
            case MP_BC_MAKE_CLOSURE_DEFARGS: {
                SAVE_IP();
                VM_UINT(child)
                size_t n = *ip++;
                sp -= 2 + (ptrdiff_t)n - 1;
                SET_TOP(mp_make_closure_from_proto_fun(code_state->fun_bc->child_table[child],
                    code_state->fun_bc->context, 0x100 | n, sp));
                continue;
            }
            // Counts are n_args | n_kw << 8.
            case MP_BC_CALL_FUNCTION: {
                SAVE_IP();
                VM_UINT(counts)
                size_t n_args = counts & 0xff, n_kw = counts >> 8 & 0xff;
                sp -= n_args + 2 * n_kw;
                code_state->sp = sp;
                mp_code_state_t *frame = vm_frame_of_call(sp[0], n_args, n_kw, sp + 1);
                if (frame != NULL) {
                    frame->prev = code_state;
                    code_state->ip = ip;
                    code_state = frame;
                    goto enter_frame;
                }
                if (*ip == MP_BC_GET_ITER_STACK && vm_call_for_loop(code_state, sp, sp[0], n_args, n_kw, sp + 1)) {
                    ip++;
                    sp += MP_OBJ_ITER_BUF_NSLOTS - 1;
                    continue;
                }
                SET_TOP(mp_call_function_n_kw(sp[0], n_args, n_kw, sp + 1));
                continue;
            }
            case MP_BC_CALL_METHOD: {
                // stack: (..., function, self or MP_OBJ_NULL, arguments)
                SAVE_IP();
                VM_UINT(counts)
                size_t n_args = counts & 0xff, n_kw = counts >> 8 & 0xff;
                sp -= n_args + 2 * n_kw + 1;
                code_state->sp = sp;
                size_t n_self = sp[1] != MP_OBJ_NULL;
                mp_code_state_t *frame = vm_frame_of_call(sp[0], n_args + n_self, n_kw, sp + 2 - n_self);
                if (frame != NULL) {
                    frame->prev = code_state;
                    code_state->ip = ip;
                    code_state = frame;
                    goto enter_frame;
                }
                if (*ip == MP_BC_GET_ITER_STACK && vm_call_for_loop(code_state, sp, sp[0], n_args + n_self, n_kw, sp + 2 - n_self)) {
                    ip++;
                    sp += MP_OBJ_ITER_BUF_NSLOTS - 1;
                    continue;
                }
                SET_TOP(mp_call_function_n_kw(sp[0], n_args + n_self, n_kw, sp + 2 - n_self));
                continue;
            }
            case MP_BC_CALL_FUNCTION_VAR_KW:
            case MP_BC_CALL_METHOD_VAR_KW: {
                // stack: (..., function[, self], arguments, bitmap of those with a star)
                SAVE_IP();
                bool is_method = ip[-1] == MP_BC_CALL_METHOD_VAR_KW;
                VM_UINT(counts)
                sp -= (counts & 0xff) + ((counts >> 7) & 0x1fe) + 1 + is_method;
                code_state->sp = sp;
                mp_call_args_t all;
                mp_call_prepare_args_n_kw_var(is_method, counts, sp, &all);
                mp_code_state_t *frame = vm_frame_of_call(all.fun, all.n_args, all.n_kw, all.args);
                if (frame != NULL) {
                    frame->prev = code_state;
                    code_state->ip = ip;
                    code_state = frame;
                    goto enter_frame;
                }
                if (*ip == MP_BC_GET_ITER_STACK && vm_call_for_loop(code_state, sp, all.fun, all.n_args, all.n_kw, all.args)) {
                    ip++;
                    sp += MP_OBJ_ITER_BUF_NSLOTS - 1;
                } else {
                    SET_TOP(mp_call_function_n_kw(all.fun, all.n_args, all.n_kw, all.args));
                }
                MP_STATE_THREAD(pystack_cur) = code_state->pystack_top;
                continue;
            }

            // ---- generators

            case MP_BC_YIELD_VALUE:
yield: {
                code_state->ip = ip;
                code_state->sp = sp;
                if (code_state->prev == NULL) {
                    return MP_VM_RETURN_YIELD;
                }
                mp_obj_t value = *sp;
                code_state = vm_leave_generator(code_state);
                vm->code_state = code_state;
                ip = code_state->ip;
                sp = code_state->sp;
                fastn = VM_FASTN(code_state);
                            PUSH(value);
                if (ip[-1] == MP_BC_YIELD_FROM) {
                    ip--; // to come back here
                    goto yield;
                }
                VM_ULABEL(label)
                (void)label;
                continue;
            }
            case MP_BC_YIELD_FROM: {
                // stack: (..., iterator, value sent)
                SAVE_IP();
                sp--;
                code_state->sp = sp;
                mp_obj_t thrown = vm->inject_exc;
                mp_obj_t result;
                mp_vm_return_kind_t kind;
                if (thrown == MP_OBJ_NULL) {
                    mp_code_state_t *frame = enter_generator(sp[0], sp[1], code_state);
                    if (frame != NULL) {
                        code_state = frame;
                        goto enter_frame;
                    }
                    kind = mp_resume(sp[0], sp[1], MP_OBJ_NULL, &result);
                } else {
                    vm->exc = MP_OBJ_TO_PTR(thrown); // a root
                    vm->inject_exc = MP_OBJ_NULL;
                    kind = mp_resume(sp[0], MP_OBJ_NULL, thrown, &result);
                }
                if (kind == MP_VM_RETURN_YIELD) {
                    ip--; // to come back here
                    PUSH(result);
                    goto yield;
                }
                if (kind == MP_VM_RETURN_EXCEPTION) {
                    RAISE(result);
                }
                SET_TOP(result);
                // Whoever swallows GeneratorExit is only delegated to: it is raised again here.
                if (thrown != MP_OBJ_NULL && mp_obj_exception_match(thrown, MP_OBJ_FROM_PTR(&mp_type_GeneratorExit))) {
                    RAISE(mp_make_raise_obj(thrown));
                }
                continue;
            }

            // ---- import

            case MP_BC_IMPORT_NAME: {
                SAVE_IP();
                QSTR_OPERAND()
                sp--;
                SET_TOP(mp_import_name(qst, sp[1], sp[0]));
                continue;
            }
            case MP_BC_IMPORT_FROM: {
                SAVE_IP();
                QSTR_OPERAND()
                mp_obj_t value = mp_import_from(TOP(), qst);
                PUSH(value);
                continue;
            }
            case MP_BC_IMPORT_STAR:
                SAVE_IP();
                mp_import_all(POP());
                continue;

            // ---- operators

            UNARY(NOT): {
                SAVE_IP();
                SET_TOP(mp_obj_new_bool(!vm_is_true(TOP())));
                continue;
            }
            UNARY(POSITIVE):
            UNARY(NEGATIVE):
            UNARY(INVERT):
                SAVE_IP();
                SET_TOP(mp_unary_op(ip[-1] - MP_BC_UNARY_OP_MULTI, TOP()));
                continue;

            COMPARISON(LESS, <)
            COMPARISON(MORE, >)
            COMPARISON(LESS_EQUAL, <=)
            COMPARISON(MORE_EQUAL, >=)
            BINARY(EQUAL):
            BINARY(NOT_EQUAL): {
                mp_obj_t lhs = sp[-1], rhs = sp[0];
                bool truth;
                double x, y;
                if (vm_both_small_ints(lhs, rhs) || vm_both_qstrs(lhs, rhs)) {
                    truth = lhs == rhs;
                } else if (vm_doubles(lhs, rhs, &x, &y)) {
                    truth = x == y;
                } else if (vm_is_text(lhs) && vm_is_text(rhs)) {
                    truth = mp_obj_str_equal(lhs, rhs);
                } else {
                    goto general_compare;
                }
                truth ^= ip[-1] == MP_BC_BINARY_OP_MULTI + MP_BINARY_OP_NOT_EQUAL;
                JUMP_OR_PUSH(truth);
            }
            BINARY(IS): {
                bool truth = sp[-1] == sp[0];
                JUMP_OR_PUSH(truth);
            }

            ARITHMETIC(ADD, vm_add)
            ARITHMETIC(SUBTRACT, vm_subtract)
            ARITHMETIC(MULTIPLY, vm_multiply)
            ARITHMETIC(TRUE_DIVIDE, vm_divide)
            ARITHMETIC(FLOOR_DIVIDE, vm_floor_divide)
            ARITHMETIC(MODULO, vm_modulo)
            ARITHMETIC(LSHIFT, vm_shift_left)
            ARITHMETIC(RSHIFT, vm_shift_right)
            ARITHMETIC(AND, vm_and)
            ARITHMETIC(OR, vm_or)
            ARITHMETIC(XOR, vm_xor)

            BINARY(IN):
                if (!vm_is(sp[0], &mp_type_dict)) {
                    goto general_binary;
                }
                SAVE_IP();
                sp--;
                SET_TOP(mp_obj_new_bool(mp_map_lookup(mp_obj_dict_get_map(sp[1]), sp[0], MP_MAP_LOOKUP) != NULL));
                continue;

            BINARY(EXCEPTION_MATCH):
            BINARY(MAT_MULTIPLY):
            BINARY(INPLACE_MAT_MULTIPLY):
            BINARY(POWER):
            BINARY(INPLACE_POWER):
general_compare:
general_binary:
                SAVE_IP();
                sp--;
                SET_TOP(mp_binary_op(ip[-1] - MP_BC_BINARY_OP_MULTI, sp[0], sp[1]));
                continue;

            default:
                SAVE_IP();
                RAISE(mp_obj_new_exception_msg(&mp_type_SystemError, MP_ERROR_TEXT("unknown opcode")));
        }
next:;
    }
}
