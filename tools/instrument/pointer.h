/* Which values may be pointers into the collected heap.
 *
 * A value may be one unless it is known to be computed from nothing that may. Only i32 and i64 values are tracked: a
 * float that is turned back into bits counts as unknown. The judgement of single instructions, pointer_result, is used
 * by the spill pass and by the root lint alike; everything else in the two is separate. */
#ifndef INSTRUMENT_POINTER_H
#define INSTRUMENT_POINTER_H

#include "flow.h"

/* Whether the result of an instruction that is not a call, a variable or control flow may be a pointer, given whether
 * its first and second operands may. `previous` is the instruction before it (a constant there is its last operand). */
bool pointer_result(const Insn *insn, const Insn *previous, bool first, bool second);

bool pointer_global(const Module *m, uint32_t stack_pointer, uint32_t global);

static inline bool pointer_type(uint8_t type)
{
    return type == T_I32 || type == T_I64;
}

/* Forward dataflow to a fixpoint, then visit(ctx, i, locals, stack) in program order for each instruction: for each
 * local and each operand on the stack before it, 1 when it may be a pointer there. */
void pointer_analyse(const Module *m, const Func *f, const Flow *flow, uint32_t stack_pointer, Arena *arena,
                     void (*visit)(void *ctx, uint32_t insn, const uint8_t *locals, const uint8_t *stack), void *ctx);

#endif
