/* Charges fuel, so that no guest code runs unpaid: at each function entry, each loop head and each expensive target of a
 * large br_table, the global `fuel` loses the cost of the dearest way from there to the next charge; when it falls below
 * zero, the host is called.
 *
 * Costs come from one walk backwards over the structured code. Code behind an inner loop belongs to the region that the
 * loop is in; the loop's body pays for itself on each iteration. lint_fuel.c checks the outcome by walking forwards. */
#include "flow.h"
#include "passes.h"
#include "weights.h"

#include <string.h>

enum { NOT_CHARGED = -1 };

typedef struct {
    uint32_t opener;
    bool is_loop;
    uint32_t after;     /* block, if: cost from its end. Loop: the dearest way on, of all that leave the loop */
    uint32_t else_cost; /* if: cost of the second arm, or of none */
} Frame;

typedef struct {
    const Module *m;
    const Func *f;
    const Flow *flow;
    Frame *frames;
    uint32_t depth;
    int64_t *charges; /* by instruction: what is charged right behind it */
    uint8_t *dispatch; /* by instruction: an end that a large br_table jumps to */
} Costs;

static uint32_t max_cost(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

/* Costs stay far below 2^32 for any file of less than 128 MB; a sum that does not is an error, not a free ride. */
static uint32_t add_cost(uint32_t a, uint32_t b)
{
    if (a > UINT32_MAX / 2 - b)
        fail("function too large to meter");
    return a + b;
}

/* What a branch adds to the cost of the region it is in. */
static uint32_t branch_cost(Costs *c, uint32_t depth)
{
    Frame *target = &c->frames[c->depth - 1 - depth];
    if (target->is_loop)
        return 0; /* the head charges */
    for (Frame *frame = target + 1; frame < c->frames + c->depth; frame++) {
        if (frame->is_loop) {
            /* It leaves this loop: what follows was paid for on the way in. */
            frame->after = max_cost(frame->after, target->after);
            return 0;
        }
    }
    return target->after;
}

static uint32_t step_back(Costs *c, uint32_t i, uint32_t cost)
{
    const Insn *insn = &c->f->code.at[i];
    switch (insn->op) {
    case OP_END: {
        uint32_t opener = c->flow->opener[i];
        bool is_loop = opener != FLOW_BODY && c->f->code.at[opener].op == OP_LOOP;
        if (c->dispatch[i] && cost > DISPATCH_LIMIT) {
            c->charges[i] = cost;
            cost = 0;
        }
        c->frames[c->depth++] = (Frame){opener, is_loop, cost, cost};
        return is_loop ? 0 : cost;
    }
    case OP_ELSE: {
        Frame *frame = &c->frames[c->depth - 1];
        frame->else_cost = cost;
        return frame->after;
    }
    case OP_IF: {
        Frame *frame = &c->frames[--c->depth];
        return add_cost(max_cost(cost, frame->else_cost), insn_weight(OP_IF));
    }
    case OP_BLOCK:
        c->depth--;
        return cost;
    case OP_LOOP:
        c->charges[i] = cost;
        return c->frames[--c->depth].after;
    case OP_BR:
        return add_cost(branch_cost(c, insn->index), insn_weight(OP_BR));
    case OP_BR_IF:
        return add_cost(max_cost(cost, branch_cost(c, insn->index)), insn_weight(OP_BR_IF));
    case OP_BR_TABLE: {
        uint32_t most = 0;
        for (uint64_t k = insn->index; k < insn->index + insn->imm; k++)
            if (k == insn->index || c->f->targets[k] != c->f->targets[k - 1])
                most = max_cost(most, branch_cost(c, c->f->targets[k]));
        return add_cost(most, insn_weight(OP_BR_TABLE));
    }
    case OP_RETURN:
    case OP_UNREACHABLE:
        return insn_weight(insn->op);
    default:
        return add_cost(cost, insn_cost(c->m, insn));
    }
}

static void mark_dispatch(Costs *c, Arena *arena)
{
    uint32_t *seen = NEW_ARRAY(arena, uint32_t, c->flow->count);
    for (uint32_t i = 0; i < c->flow->count; i++) {
        const Insn *insn = &c->f->code.at[i];
        uint32_t distinct = 0;
        if (insn->op != OP_BR_TABLE || insn->imm < DISPATCH_TARGETS)
            continue;
        for (int mark = 0; mark < 2; mark++) {
            for (uint64_t k = insn->index; k < insn->index + insn->imm; k++) {
                uint32_t block = c->flow->targets[k];
                if (block == FLOW_BODY || c->f->code.at[block].op == OP_LOOP)
                    continue;
                uint32_t end = c->flow->end[block];
                distinct += seen[end] != i + 1;
                seen[end] = i + 1;
                if (mark && distinct >= DISPATCH_TARGETS)
                    c->dispatch[end] = 1;
            }
        }
    }
}

/* The cost of the function from its entry; charges[i] is what belongs behind instruction i. */
static uint32_t function_costs(const Module *m, uint32_t func, Arena *arena, int64_t **charges)
{
    Flow flow;
    flow_build(m, func, arena, &flow);
    Costs c = {.m = m, .f = &m->funcs[func], .flow = &flow};
    c.frames = NEW_ARRAY(arena, Frame, flow.max_depth);
    c.charges = *charges = NEW_ARRAY(arena, int64_t, flow.count);
    c.dispatch = NEW_ARRAY(arena, uint8_t, flow.count);
    for (uint32_t i = 0; i < flow.count; i++)
        c.charges[i] = NOT_CHARGED;
    mark_dispatch(&c, arena);
    uint32_t cost = 0;
    for (uint32_t i = flow.count; i-- != 0;)
        cost = step_back(&c, i, cost);
    return cost;
}

/* A function that may leave its cost to its callers, but for the cost itself. */
static bool may_fold(const Module *m, uint32_t func)
{
    const Func *f = &m->funcs[func];
    if (f->folded_cost != 0 || f->in_table || f->exported)
        return false;
    for (uint32_t i = 0; i < f->code.count; i++) {
        const Insn *insn = &f->code.at[i];
        if (insn->op == OP_LOOP || insn->op == OP_BR_TABLE || insn->op == OP_CALL_INDIRECT ||
            insn->op == OP_MEMORY_GROW || insn->op >= OP_MEMORY_COPY ||
            (insn->op == OP_CALL && m->funcs[insn->index].folded_cost == 0))
            return false;
    }
    return true;
}

static void fold_leaves(Module *m)
{
    enum { ROUNDS = 8 }; /* leaves, their callers, and so on; it is only an economy */
    bool changed = true;
    for (int round = 0; round < ROUNDS && changed; round++) {
        changed = false;
        for (uint32_t i = m->nimports; i < m->nfuncs; i++) {
            if (!may_fold(m, i))
                continue;
            Arena arena = {0};
            int64_t *charges;
            uint32_t cost = function_costs(m, i, &arena, &charges);
            arena_reset(&arena);
            if (cost <= FOLD_LIMIT) {
                m->funcs[i].folded_cost = cost != 0 ? cost : 1;
                changed = true;
            }
        }
    }
}

uint32_t meter_add_global(Module *m)
{
    if (find_export(m, FUEL_GLOBAL, KIND_GLOBAL) != NONE)
        fail("%s: is metered already (exports the global %s)", m->path, FUEL_GLOBAL);
    m->globals = arena_grow(&m->arena, m->globals, m->nglobals, (size_t)m->nglobals + 1, &m->globals_capacity,
                            sizeof *m->globals);
    m->globals[m->nglobals] = (Global){T_I64, true, insn_of(OP_I64_CONST, 0, 0)};
    m->exports = arena_grow(&m->arena, m->exports, m->nexports, (size_t)m->nexports + 1, &m->exports_capacity,
                            sizeof *m->exports);
    m->exports[m->nexports++] = (Export){name_of(FUEL_GLOBAL), KIND_GLOBAL, m->nglobals};
    m->added_global_names = NEW_ARRAY(&m->arena, Name, 1);
    m->added_global_names[0] = name_of(FUEL_GLOBAL);
    return m->nglobals++;
}

void meter_emit_charge(Module *m, Code *code, uint32_t fuel_global, uint32_t fuel_import, uint32_t cost)
{
    EMIT(m, code, OP_GLOBAL_GET, fuel_global);
    EMIT_CONST(m, code, OP_I64_CONST, cost);
    EMIT(m, code, OP_I64_SUB, 0);
    EMIT(m, code, OP_GLOBAL_SET, fuel_global);
    EMIT(m, code, OP_GLOBAL_GET, fuel_global);
    EMIT_CONST(m, code, OP_I64_CONST, 0);
    EMIT(m, code, OP_I64_LT_S, 0);
    EMIT_BLOCK(m, code, OP_IF, T_NONE);
    EMIT(m, code, OP_CALL, fuel_import);
    EMIT(m, code, OP_END, 0);
}

int64_t meter_charge_at(const Func *f, uint32_t i, uint32_t fuel_global, uint32_t fuel_import)
{
    static const uint16_t ops[CHARGE_LENGTH] = {OP_GLOBAL_GET, OP_I64_CONST, OP_I64_SUB, OP_GLOBAL_SET, OP_GLOBAL_GET,
                                                OP_I64_CONST, OP_I64_LT_S, OP_IF, OP_CALL, OP_END};
    if (i > f->code.count || f->code.count - i < CHARGE_LENGTH)
        return -1;
    const Insn *at = f->code.at + i;
    for (uint32_t k = 0; k < CHARGE_LENGTH; k++)
        if (at[k].op != ops[k])
            return -1;
    if (at[0].index != fuel_global || at[3].index != fuel_global || at[4].index != fuel_global || at[5].imm != 0 ||
        at[8].index != fuel_import || at[7].block_type != T_NONE || at[1].imm > UINT32_MAX)
        return -1;
    return (int64_t)at[1].imm;
}

void meter_module(Module *m, uint32_t fuel_global, uint32_t fuel_import)
{
    fold_leaves(m);
    for (uint32_t i = m->nimports; i < m->nfuncs; i++) {
        Func *f = &m->funcs[i];
        if (f->folded_cost != 0)
            continue;
        Arena arena = {0};
        int64_t *charges;
        Code out = {0};
        uint32_t cost = function_costs(m, i, &arena, &charges);
        meter_emit_charge(m, &out, fuel_global, fuel_import, cost);
        for (uint32_t k = 0; k < f->code.count; k++) {
            code_add(m, &out, f->code.at[k]);
            if (charges[k] != NOT_CHARGED)
                meter_emit_charge(m, &out, fuel_global, fuel_import, (uint32_t)charges[k]);
        }
        f->code = out;
        arena_reset(&arena);
    }
}
