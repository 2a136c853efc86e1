/* Structure and types of a function body (see flow.h): the validation algorithm of the wasm specification, for a body
 * in which unreachable code has been dropped already. */
#include "flow.h"

#include <string.h>

typedef struct {
    uint32_t opener; /* instruction, or FLOW_BODY */
    uint32_t loop;   /* innermost loop around its contents */
    uint32_t height;
    uint8_t result;
    bool dead; /* the rest of the block is unreachable: only its end or else follows */
} Frame;

typedef struct {
    const Module *m;
    const Func *f;
    uint32_t func, at;
    uint8_t *stack;
    size_t stack_capacity;
    uint32_t height, max_height;
    uint8_t pushed; /* by the current instruction */
    Frame *frames;
    size_t frames_capacity;
    uint32_t depth;
    Arena *arena;
} Checker;

_Noreturn static void bad(const Checker *c, const char *what)
{
    const Insn *insn = &c->f->code.at[c->at];
    fail("%s: %s, offset 0x%x: %s at %s", c->m->path, func_label(c->m, c->func), (unsigned)insn->offset, what,
         op_name(insn->op));
}

static void push(Checker *c, uint8_t type)
{
    if (type == T_NONE)
        return;
    c->stack = arena_grow(c->arena, c->stack, c->height, (size_t)c->height + 1, &c->stack_capacity, 1);
    c->stack[c->height++] = type;
    c->pushed = type;
    if (c->height > c->max_height)
        c->max_height = c->height;
}

static uint8_t pop_any(Checker *c)
{
    if (c->height == c->frames[c->depth - 1].height)
        bad(c, "operand missing");
    return c->stack[--c->height];
}

static void pop(Checker *c, uint8_t type)
{
    if (type != T_NONE && pop_any(c) != type)
        bad(c, "operand of another type");
}

static void enter(Checker *c, uint32_t opener, uint32_t loop, uint8_t result)
{
    c->frames = arena_grow(c->arena, c->frames, c->depth, (size_t)c->depth + 1, &c->frames_capacity, sizeof(Frame));
    c->frames[c->depth++] = (Frame){opener, loop, c->height, result, false};
}

/* The operands that a branch to the frame carries. */
static uint8_t label_type(const Checker *c, const Frame *frame)
{
    bool is_loop = frame->opener != FLOW_BODY && c->f->code.at[frame->opener].op == OP_LOOP;
    return is_loop ? T_NONE : frame->result;
}

static Frame *branch(Checker *c, uint32_t depth)
{
    if (depth >= c->depth)
        bad(c, "branch to a block that does not exist");
    Frame *frame = &c->frames[c->depth - 1 - depth];
    uint8_t type = label_type(c, frame);
    pop(c, type);
    push(c, type);
    c->pushed = T_NONE; /* it was there before */
    return frame;
}

/* The operands at an end or else are just the block's result. */
static void finish_arm(Checker *c, Frame *frame)
{
    if (!frame->dead) {
        pop(c, frame->result);
        if (c->height != frame->height)
            bad(c, "operands left over");
    }
    c->height = frame->height;
}

const FuncType *call_type(const Module *m, const Insn *insn)
{
    if (insn->op == OP_CALL)
        return &m->types[m->funcs[insn->index].type];
    if (insn->op == OP_CALL_INDIRECT)
        return &m->types[insn->index];
    return NULL;
}

static void check_simple(Checker *c, const Insn *insn)
{
    const char *operands = op_operands(insn->op);
    for (size_t i = strlen(operands); i-- != 0;)
        pop(c, operands[i] == 'i' ? T_I32 : operands[i] == 'l' ? T_I64 : operands[i] == 'f' ? T_F32 : T_F64);
    push(c, op_result(insn->op));
}

static void check_variable(Checker *c, const Insn *insn)
{
    bool global = insn->op == OP_GLOBAL_GET || insn->op == OP_GLOBAL_SET;
    if (insn->index >= (global ? c->m->nglobals : c->f->nlocals))
        bad(c, "no such variable");
    uint8_t type = global ? c->m->globals[insn->index].type : c->f->locals[insn->index];
    if (insn->op == OP_GLOBAL_SET && !c->m->globals[insn->index].mutable_)
        bad(c, "immutable variable");
    if (insn->op != OP_LOCAL_GET && insn->op != OP_GLOBAL_GET)
        pop(c, type);
    if (insn->op != OP_LOCAL_SET && insn->op != OP_GLOBAL_SET)
        push(c, type);
}

static void check_call(Checker *c, const Insn *insn)
{
    if (insn->op == OP_CALL ? insn->index >= c->m->nfuncs : insn->index >= c->m->ntypes)
        bad(c, "no such function or type");
    if (insn->op == OP_CALL_INDIRECT) {
        if (c->m->ntables == 0)
            bad(c, "no table");
        pop(c, T_I32);
    }
    const FuncType *type = call_type(c->m, insn);
    for (uint32_t i = type->nparams; i-- != 0;)
        pop(c, type->params[i]);
    push(c, type->result);
}

/* Returns false when control does not go on to the next instruction. */
static bool check_insn(Checker *c, Flow *flow, const Insn *insn)
{
    switch (insn->op) {
    case OP_IF:
    case OP_BLOCK:
    case OP_LOOP: {
        uint32_t loop = insn->op == OP_LOOP ? c->at : c->frames[c->depth - 1].loop;
        if (insn->op == OP_IF)
            pop(c, T_I32);
        enter(c, c->at, loop, insn->block_type);
        flow->loop[c->at] = loop;
        return true;
    }
    case OP_ELSE: {
        Frame *frame = &c->frames[c->depth - 1];
        if (frame->opener == FLOW_BODY || c->f->code.at[frame->opener].op != OP_IF ||
            flow->other[frame->opener] != NONE)
            bad(c, "no if to belong to");
        finish_arm(c, frame);
        flow->opener[c->at] = frame->opener;
        flow->other[frame->opener] = c->at;
        frame->dead = false;
        return true;
    }
    case OP_END: {
        Frame *frame = &c->frames[c->depth - 1];
        finish_arm(c, frame);
        flow->opener[c->at] = frame->opener;
        if (frame->opener != FLOW_BODY) {
            uint32_t other = flow->other[frame->opener];
            flow->end[frame->opener] = c->at;
            if (c->f->code.at[frame->opener].op == OP_IF) {
                if (other != NONE)
                    flow->end[other] = c->at;
                else if (frame->result != T_NONE)
                    bad(c, "if without else that has a result");
            }
        }
        c->depth--;
        if (c->depth != 0)
            push(c, frame->result);
        return true;
    }
    case OP_BR_IF:
        pop(c, T_I32);
        flow->other[c->at] = branch(c, insn->index)->opener;
        return true;
    case OP_BR:
        flow->other[c->at] = branch(c, insn->index)->opener;
        return false;
    case OP_BR_TABLE: {
        pop(c, T_I32);
        for (uint64_t i = 0; i < insn->imm; i++) {
            uint64_t k = insn->index + i;
            flow->targets[k] = branch(c, c->f->targets[k])->opener;
        }
        return false;
    }
    case OP_RETURN:
        branch(c, c->depth - 1);
        return false;
    case OP_UNREACHABLE:
        return false;
    case OP_CALL:
    case OP_CALL_INDIRECT:
        check_call(c, insn);
        return true;
    case OP_DROP:
        pop_any(c);
        return true;
    case OP_SELECT: {
        pop(c, T_I32);
        uint8_t type = pop_any(c);
        pop(c, type);
        push(c, type);
        return true;
    }
    case OP_LOCAL_GET: case OP_LOCAL_SET: case OP_LOCAL_TEE: case OP_GLOBAL_GET: case OP_GLOBAL_SET:
        check_variable(c, insn);
        return true;
    default:
        if (c->m->nmemories == 0 && (op_is_memory(insn->op) || insn->op == OP_MEMORY_SIZE ||
                                     insn->op == OP_MEMORY_GROW || insn->op >= OP_MEMORY_COPY))
            bad(c, "no memory");
        check_simple(c, insn);
        return true;
    }
}

void flow_build(const Module *m, uint32_t func, Arena *arena, Flow *flow)
{
    const Func *f = &m->funcs[func];
    uint32_t n = f->code.count;
    Checker c = {.m = m, .f = f, .func = func, .arena = arena};
    *flow = (Flow){.count = n, .max_depth = 1};
    flow->height = NEW_ARRAY(arena, uint32_t, n);
    flow->end = NEW_ARRAY(arena, uint32_t, n);
    flow->opener = NEW_ARRAY(arena, uint32_t, n);
    flow->parent = NEW_ARRAY(arena, uint32_t, n);
    flow->other = NEW_ARRAY(arena, uint32_t, n);
    flow->loop = NEW_ARRAY(arena, uint32_t, n);
    flow->pushes = NEW_ARRAY(arena, uint8_t, n);
    flow->targets = NEW_ARRAY(arena, uint32_t, f->ntargets);
    enter(&c, FLOW_BODY, FLOW_BODY, m->types[f->type].result);
    for (c.at = 0; c.at < n; c.at++) {
        if (c.depth == 0)
            bad(&c, "code after the end");
        Frame *frame = &c.frames[c.depth - 1];
        flow->height[c.at] = c.height;
        flow->parent[c.at] = frame->opener;
        flow->loop[c.at] = frame->loop;
        flow->other[c.at] = NONE;
        c.pushed = T_NONE;
        if (!check_insn(&c, flow, &f->code.at[c.at]))
            c.frames[c.depth - 1].dead = true;
        flow->pushes[c.at] = c.pushed;
        if (c.depth > flow->max_depth)
            flow->max_depth = c.depth;
    }
    if (c.depth != 0)
        fail("%s: %s: end missing", m->path, func_label(m, func));
    flow->max_height = c.max_height;
}

uint32_t flow_destination(const Func *f, const Flow *flow, uint32_t block)
{
    if (block == FLOW_BODY)
        return flow->count - 1;
    return f->code.at[block].op == OP_LOOP ? block : flow->end[block];
}
