/* What the passes need to know about a function's structured control flow, and the validation that makes it safe to
 * rely on: flow_build fails unless the function is well typed.
 *
 * Blocks are named by the index of the instruction that opens them; FLOW_BODY is the function's own body. */
#ifndef INSTRUMENT_FLOW_H
#define INSTRUMENT_FLOW_H

#include "wasm.h"

#define FLOW_BODY NONE

typedef struct {
    uint32_t count;
    uint32_t *height;  /* operands on the stack before each instruction */
    uint32_t *end;     /* block, loop, if, else: its matching end */
    uint32_t *opener;  /* end, else: the block, loop or if that it belongs to */
    uint32_t *parent;  /* the innermost block around the instruction (an opener's is the block around it) */
    uint32_t *other;   /* if: its else, or NONE. br, br_if: the target block */
    uint32_t *targets; /* br_table: target blocks, in parallel to Func.targets */
    uint8_t *pushes;   /* the type of the value that the instruction leaves on the stack, or T_NONE */
    uint32_t *loop;    /* the innermost loop around the instruction (a loop's own is itself), or FLOW_BODY */
    uint32_t max_height, max_depth;
} Flow;

void flow_build(const Module *m, uint32_t func, Arena *arena, Flow *flow);

/* Where a branch to `block` (a value of `other` or `targets`) goes: a loop's first instruction or a block's end. */
uint32_t flow_destination(const Func *f, const Flow *flow, uint32_t block);

/* How many operands a call takes besides call_indirect's table index, and its type. NULL when not a call. */
const FuncType *call_type(const Module *m, const Insn *insn);

/* Basic blocks, and which locals are live where. */
typedef struct {
    uint32_t start, end; /* instructions [start, end) */
    uint32_t first_successor, nsuccessors;
} Block;

typedef struct {
    Block *blocks;
    uint32_t nblocks;
    uint32_t *successors;
    size_t words;   /* of a set of locals */
    Word *live_out; /* nblocks sets */
} Liveness;

void liveness_build(const Func *f, const Flow *flow, Arena *arena, Liveness *live);

/* Calls visit(ctx, i, live) for each call instruction i, with the locals that are live after it. */
void liveness_calls(const Func *f, const Liveness *live, Arena *arena,
                    void (*visit)(void *ctx, uint32_t insn, const Word *live), void *ctx);

#endif
