// Generators that nothing but a loop holds. See vm_own.c.
#ifndef HERMETIC_GUEST_PY_VM_OWN_H
#define HERMETIC_GUEST_PY_VM_OWN_H

#include <string.h>

#include "vm_fast.h"

// Whether iter(iterable) does.
bool vm_iter_makes_generator_of_instance(mp_obj_t iterable);

VM_INLINE bool vm_iter_makes_generator(mp_obj_t iterable) {
    return vm_is_object(iterable) && (((mp_obj_base_t *)MP_OBJ_TO_PTR(iterable))->type->flags & MP_TYPE_FLAG_INSTANCE_TYPE)
        && vm_iter_makes_generator_of_instance(iterable);
}

// The four slots of a loop at `slots`, the second of which is its generator, belong to the frame's list from now on.
VM_INLINE void vm_own(mp_code_state_t *frame, mp_obj_t *slots) {
    slots[0] = MP_OBJ_NULL;
    slots[2] = frame->owned;
    frame->owned = slots + 1 - frame->state;
}

// GET_ITER_STACK comes after this call: does both and returns true when `callee` makes generators, else nothing.
bool vm_call_for_loop(mp_code_state_t *frame, mp_obj_t *slots, mp_obj_t callee, size_t n_args, size_t n_kw,
    const mp_obj_t *args);

// The loop at `slots` ends because its iterator is exhausted.
VM_INLINE void vm_disown(mp_code_state_t *frame, const mp_obj_t *slots) {
    if (frame->owned != 0 && frame->owned == slots + 1 - frame->state) {
        frame->owned = slots[2];
    }
}

_Static_assert(offsetof(mp_code_state_t, owned) == offsetof(mp_code_state_t, exc_sp_idx) + sizeof(uint16_t), "one load");

// The frame is in no block, and owns no generator.
VM_INLINE bool vm_is_bare(const mp_code_state_t *frame) {
    uint32_t both;
    memcpy(&both, &frame->exc_sp_idx, sizeof both);
    return both == 0;
}

// Closes the generators of the loops above `sp`, which the frame leaves. Raises nothing.
void vm_close_owned_above(mp_code_state_t *frame, const mp_obj_t *sp);

VM_INLINE void vm_close_above(mp_code_state_t *frame, const mp_obj_t *sp) {
    if (frame->owned != 0) {
        vm_close_owned_above(frame, sp);
    }
}

#endif
