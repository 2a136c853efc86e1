/* rt/protect.c: the imports `try` and `throw`, on which the guest builds its exceptions.
 *
 * Each protected call has a record on the native stack, linked from the fiber, newest first. A record lives as long as the
 * frame of its w2c_hermetic_try: the chain is cut back on both ways out, and dropped whole when an activation ends.
 */
#include "instance.h"
#include "internal.h"
#include "switch.h"
#include "tools.h"

HERMETIC__TOOLS_UNCOUNTED uint32_t w2c_hermetic_try(struct w2c_hermetic *instance, uint32_t fn, uint32_t arg) {
    const struct hermetic__code *code = instance->code;
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    if (here < instance->memory.stack_limit)
        hermetic__raise(HERMETIC__TRAP_STACK); /* imports have no prologue, and a guest function need not be between two */
    if (fn >= code->table_size || code->table[fn].type != code->type_of_try || code->type_of_try == 0)
        hermetic__raise(HERMETIC__TRAP_CALL);

    uint32_t stack_pointer = instance->stack_pointer;
    struct hermetic__jump jump;
    jump.outer = instance->fiber.jump;
    instance->fiber.jump = &jump;
    int thrown = hermetic__protect(&jump, (void (*)(struct w2c_hermetic *, uint32_t))code->table[fn].func, instance, arg);
    instance->fiber.jump = jump.outer;
    if (thrown)
        instance->stack_pointer = stack_pointer;
    return (uint32_t)thrown;
}

HERMETIC__TOOLS_UNCOUNTED void w2c_hermetic_throw(struct w2c_hermetic *instance) {
    struct hermetic__jump *jump = instance->fiber.jump;
    if (!jump)
        hermetic__raise(HERMETIC__TRAP_THROW);
#if HERMETIC__SWITCH_ASM
    hermetic__tools_unwind(jump->sp);
#else
    hermetic__tools_unwind(jump); /* _longjmp tells the tools itself */
#endif
    hermetic__unwind(jump);
}
