/* What guest work costs in fuel. Changing a number changes the fuel of every program: results that promise the same
 * fuel (replay, snapshots across versions) depend on this table.
 *
 * An instruction costs 1, about what it costs a CPU in compiled code, except those listed. A region (what runs between
 * two charges) is charged the most that any way through it can cost, before it runs. */
#ifndef INSTRUMENT_WEIGHTS_H
#define INSTRUMENT_WEIGHTS_H

#include "wasm.h"

enum {
    WEIGHT_CALL = 4,
    WEIGHT_CALL_INDIRECT = 8,
    WEIGHT_DIVIDE = 8,
    /* memory.copy and memory.fill: a fixed part, and one unit for each 16 bytes. */
    WEIGHT_BULK = 8,
    BULK_BYTES_SHIFT = 4,
    BULK_CHUNK = 1 << 16, /* bytes between two looks at the fuel */
    /* memory.grow: a fixed part, and as much for each page as filling it takes. */
    WEIGHT_GROW = 64,
    WEIGHT_GROW_PAGE = PAGE_SIZE_WASM >> BULK_BYTES_SHIFT,
    /* A function without loops that costs at most this is charged to its callers instead of charging itself, when all
     * of its callers are known and it calls only such functions. */
    FOLD_LIMIT = 16,
    /* Where a br_table with at least this many different targets jumps to code that costs more than the limit, that
     * code charges itself. Otherwise each opcode of an interpreter would pay for the most expensive one. */
    DISPATCH_TARGETS = 16,
    DISPATCH_LIMIT = 32
};

static inline uint32_t insn_weight(uint16_t op)
{
    switch (op) {
    case OP_NOP: case OP_BLOCK: case OP_LOOP: case OP_ELSE: case OP_END: case OP_DROP: case OP_UNREACHABLE:
        return 0;
    case OP_CALL:
        return WEIGHT_CALL;
    case OP_CALL_INDIRECT:
        return WEIGHT_CALL_INDIRECT;
    case OP_I32_DIV_S: case OP_I32_DIV_U: case OP_I32_REM_S: case OP_I32_REM_U:
    case OP_I64_DIV_S: case OP_I64_DIV_U: case OP_I64_REM_S: case OP_I64_REM_U:
    case OP_F32_DIV: case OP_F64_DIV: case OP_F32_SQRT: case OP_F64_SQRT:
        return WEIGHT_DIVIDE;
    default:
        return 1;
    }
}

/* What a call costs beyond its own weight: the callee, when it does not charge itself. */
static inline uint32_t insn_cost(const Module *m, const Insn *insn)
{
    return insn_weight(insn->op) + (insn->op == OP_CALL ? m->funcs[insn->index].folded_cost : 0);
}

#endif
