/* See pointer.h. When in doubt the answer is yes: a spill too many costs a store, one too few a dangling pointer. */
#include "pointer.h"

#include <string.h>

enum { MAX_STATE = 1 << 28 };

/* A mask or shift that leaves at most 16 bits: addresses that small lie below the heap, in the data and the stack. */
static bool keeps_few_bits(const Insn *insn, const Insn *constant)
{
    if (constant == NULL || (constant->op != OP_I32_CONST && constant->op != OP_I64_CONST))
        return false;
    switch (insn->op) {
    case OP_I32_AND: return (uint32_t)constant->imm <= 0xffff;
    case OP_I64_AND: return constant->imm <= 0xffff;
    case OP_I32_SHR_U: return (constant->imm & 31) >= 16;
    case OP_I64_SHR_U: return (constant->imm & 63) >= 48;
    default: return false;
    }
}

bool pointer_result(const Insn *insn, const Insn *previous, bool first, bool second)
{
    switch (insn->op) {
    /* May come from anywhere. */
    case OP_I32_LOAD: case OP_I64_LOAD: case OP_I64_LOAD32_S: case OP_I64_LOAD32_U:
    case OP_I32_REINTERPRET_F32: case OP_I64_REINTERPRET_F64:
        return true;
    /* As good as its operand. */
    case OP_I32_WRAP_I64: case OP_I64_EXTEND_I32_S: case OP_I64_EXTEND_I32_U: case OP_I64_EXTEND32_S:
        return first;
    /* Interior pointers, tagged pointers, NaN boxes, differences. */
    case OP_I32_ADD: case OP_I32_SUB: case OP_I32_AND: case OP_I32_OR: case OP_I32_XOR:
    case OP_I32_SHL: case OP_I32_SHR_S: case OP_I32_SHR_U: case OP_I32_ROTL: case OP_I32_ROTR:
    case OP_I64_ADD: case OP_I64_SUB: case OP_I64_AND: case OP_I64_OR: case OP_I64_XOR:
    case OP_I64_SHL: case OP_I64_SHR_S: case OP_I64_SHR_U: case OP_I64_ROTL: case OP_I64_ROTR:
        return (first || second) && !keeps_few_bits(insn, previous);
    case OP_SELECT:
        return first || second;
    /* Constants, comparisons, counts, products and quotients, conversions from float, loads of 8 and 16 bits, memory
     * sizes: numbers from which no compiler makes an address again. */
    default:
        return false;
    }
}

bool pointer_global(const Module *m, uint32_t stack_pointer, uint32_t global)
{
    return global != stack_pointer && m->globals[global].mutable_ && pointer_type(m->globals[global].type);
}

typedef struct {
    uint32_t opener;
    uint8_t *at_end;  /* locals, joined over all that reach the end */
    uint8_t *at_else; /* locals when the if was entered */
    uint8_t result;   /* joined as well */
} Frame;

typedef struct {
    const Module *m;
    const Func *f;
    const Flow *flow;
    uint32_t stack_pointer;
    size_t nlocals;
    uint8_t *locals, *stack;
    uint8_t **loops; /* by instruction: locals at the loop's head */
    Frame *frames;
    uint32_t depth;
    bool changed;
    Arena *arena;
} Analysis;

static bool join(uint8_t *to, const uint8_t *from, size_t count)
{
    bool changed = false;
    for (size_t i = 0; i < count; i++) {
        changed |= from[i] & ~to[i];
        to[i] |= from[i];
    }
    return changed;
}

static void enter(Analysis *a, uint32_t opener)
{
    Frame *frame = &a->frames[a->depth++];
    if (frame->at_end == NULL) {
        frame->at_end = NEW_ARRAY(a->arena, uint8_t, a->nlocals);
        frame->at_else = NEW_ARRAY(a->arena, uint8_t, a->nlocals);
    }
    memset(frame->at_end, 0, a->nlocals);
    memcpy(frame->at_else, a->locals, a->nlocals);
    frame->result = 0;
    frame->opener = opener;
}

/* A branch to the block `depth` levels out, with `height` operands on the stack. */
static void branch(Analysis *a, uint32_t depth, uint32_t height)
{
    Frame *frame = &a->frames[a->depth - 1 - depth];
    if (frame->opener != FLOW_BODY && a->f->code.at[frame->opener].op == OP_LOOP) {
        a->changed |= join(a->loops[frame->opener], a->locals, a->nlocals);
    } else {
        join(frame->at_end, a->locals, a->nlocals);
        if (height != 0)
            frame->result |= a->stack[height - 1];
    }
}

/* Nothing reaches what follows: its state is the neutral element of join. */
static void stop(Analysis *a)
{
    memset(a->locals, 0, a->nlocals);
}

static void step(Analysis *a, uint32_t i)
{
    const Insn *insn = &a->f->code.at[i];
    const Flow *flow = a->flow;
    uint32_t height = flow->height[i];
    uint8_t *stack = a->stack;
    switch (insn->op) {
    case OP_LOOP:
        if (a->loops[i] == NULL)
            a->loops[i] = NEW_ARRAY(a->arena, uint8_t, a->nlocals);
        join(a->loops[i], a->locals, a->nlocals);
        memcpy(a->locals, a->loops[i], a->nlocals);
        enter(a, i);
        return;
    case OP_BLOCK:
    case OP_IF:
        enter(a, i);
        return;
    case OP_ELSE: {
        branch(a, 0, height);
        memcpy(a->locals, a->frames[a->depth - 1].at_else, a->nlocals);
        return;
    }
    case OP_END: {
        Frame *frame = &a->frames[a->depth - 1];
        bool is_loop = frame->opener != FLOW_BODY && a->f->code.at[frame->opener].op == OP_LOOP;
        if (!is_loop) {
            branch(a, 0, height);
            if (frame->opener != FLOW_BODY && a->f->code.at[frame->opener].op == OP_IF &&
                flow->other[frame->opener] == NONE)
                join(frame->at_end, frame->at_else, a->nlocals);
            memcpy(a->locals, frame->at_end, a->nlocals);
        } else if (height != 0) {
            frame->result = stack[height - 1];
        }
        a->depth--;
        if (flow->pushes[i] != T_NONE)
            stack[flow->height[frame->opener] - (a->f->code.at[frame->opener].op == OP_IF)] = frame->result;
        return;
    }
    case OP_BR_IF:
        branch(a, insn->index, height - 1);
        return;
    case OP_BR:
        branch(a, insn->index, height);
        stop(a);
        return;
    case OP_BR_TABLE:
        for (uint64_t k = insn->index; k < insn->index + insn->imm; k++)
            if (k == insn->index || a->f->targets[k] != a->f->targets[k - 1])
                branch(a, a->f->targets[k], height - 1);
        stop(a);
        return;
    case OP_RETURN:
    case OP_UNREACHABLE:
        stop(a);
        return;
    case OP_LOCAL_GET:
        stack[height] = a->locals[insn->index];
        return;
    case OP_LOCAL_SET:
    case OP_LOCAL_TEE:
        a->locals[insn->index] = stack[height - 1];
        return;
    case OP_GLOBAL_GET:
        stack[height] = pointer_global(a->m, a->stack_pointer, insn->index);
        return;
    case OP_CALL:
    case OP_CALL_INDIRECT: {
        const FuncType *type = call_type(a->m, insn);
        uint32_t operands = type->nparams + (insn->op == OP_CALL_INDIRECT);
        if (type->result != T_NONE)
            stack[height - operands] = pointer_type(type->result);
        return;
    }
    case OP_SELECT:
        stack[height - 3] = pointer_result(insn, NULL, stack[height - 3], stack[height - 2]);
        return;
    default: {
        uint32_t operands = (uint32_t)strlen(op_operands(insn->op));
        if (flow->pushes[i] != T_NONE) {
            uint32_t to = height - operands;
            stack[to] = pointer_result(insn, i != 0 ? insn - 1 : NULL, operands > 0 && stack[to],
                                       operands > 1 && stack[to + 1]);
        }
    }
    }
}

static void sweep(Analysis *a, void (*visit)(void *ctx, uint32_t insn, const uint8_t *locals, const uint8_t *stack),
                  void *ctx)
{
    uint32_t nparams = a->m->types[a->f->type].nparams;
    memset(a->locals, 0, a->nlocals);
    for (uint32_t i = 0; i < nparams; i++)
        a->locals[i] = pointer_type(a->f->locals[i]);
    a->depth = 0;
    a->changed = false;
    enter(a, FLOW_BODY);
    for (uint32_t i = 0; i < a->flow->count; i++) {
        if (visit != NULL)
            visit(ctx, i, a->locals, a->stack);
        step(a, i);
    }
}

void pointer_analyse(const Module *m, const Func *f, const Flow *flow, uint32_t stack_pointer, Arena *arena,
                     void (*visit)(void *ctx, uint32_t insn, const uint8_t *locals, const uint8_t *stack), void *ctx)
{
    Analysis a = {.m = m, .f = f, .flow = flow, .stack_pointer = stack_pointer, .nlocals = f->nlocals,
                  .arena = arena};
    size_t states = 2 * (size_t)flow->max_depth + 1;
    for (uint32_t i = 0; i < flow->count; i++)
        states += f->code.at[i].op == OP_LOOP;
    if (f->nlocals != 0 && states > MAX_STATE / f->nlocals)
        fail("function too large to analyse: %u locals, %zu blocks and loops", (unsigned)f->nlocals, states);
    a.locals = NEW_ARRAY(arena, uint8_t, f->nlocals);
    a.stack = NEW_ARRAY(arena, uint8_t, (size_t)flow->max_height + 1);
    a.loops = NEW_ARRAY(arena, uint8_t *, flow->count);
    a.frames = NEW_ARRAY(arena, Frame, flow->max_depth);
    do
        sweep(&a, NULL, NULL);
    while (a.changed);
    sweep(&a, visit, ctx);
}
