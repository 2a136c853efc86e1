// Frames for calls from bytecode. See vm_call.c.
#ifndef HERMETIC_GUEST_PY_VM_CALL_H
#define HERMETIC_GUEST_PY_VM_CALL_H

#include "vm.h"

// A frame, on top of the pystack, that runs callee(*args), its globals being set; NULL when `callee` is not made of
// bytecode (functions, closures and bound methods of functions are). Raises what a call raises before the first
// instruction. `callee` must stay reachable while the frame runs.
mp_code_state_t *vm_frame_of_call(mp_obj_t callee, size_t n_args, size_t n_kw, const mp_obj_t *args);

#endif
