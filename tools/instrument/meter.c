/* Charges fuel, so that no guest code runs unpaid: at each function entry, each loop head and each expensive target of a
 * large br_table, the fuel loses the cost of the dearest way from there to the next charge; when it falls below zero, the
 * host is called.
 *
 * Functions with loops keep the fuel in a local: loaded at entry and after each call, stored before each call and on the
 * way out. So it is in the global whenever other code can run, and a throw loses nothing. (What a frame counted since its
 * last call is lost when an instruction of it traps: less than a slice of fuel, in a run that has ended.)
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
static uint32_t function_costs(const Module *m, uint32_t func, const Flow *flow, Arena *arena, int64_t **charges)
{
    Costs c = {.m = m, .f = &m->funcs[func], .flow = flow};
    c.frames = NEW_ARRAY(arena, Frame, flow->max_depth);
    c.charges = *charges = NEW_ARRAY(arena, int64_t, flow->count);
    c.dispatch = NEW_ARRAY(arena, uint8_t, flow->count);
    for (uint32_t i = 0; i < flow->count; i++)
        c.charges[i] = NOT_CHARGED;
    mark_dispatch(&c, arena);
    uint32_t cost = 0;
    for (uint32_t i = flow->count; i-- != 0;)
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
            Flow flow;
            int64_t *charges;
            flow_build(m, i, &arena, &flow);
            uint32_t cost = function_costs(m, i, &flow, &arena, &charges);
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

/* Whether the instruction runs code that looks at the fuel: all calls but those of functions that charge nothing, which
 * may_fold says call no others. */
static bool shares_fuel(const Module *m, const Insn *insn)
{
    return insn->op == OP_CALL_INDIRECT || (insn->op == OP_CALL && m->funcs[insn->index].folded_cost == 0);
}

/* Where a loop calls on each iteration, a local would be stored and loaded as often as the global: so only functions with
 * a loop that does not call, and the dispatch function, whose opcodes mostly do not. The functions of bulk.c charge the
 * global. */
static bool counts_in_local(const Module *m, const Func *f, const Flow *flow)
{
    if (name_is(f->name, BULK_COPY) || name_is(f->name, BULK_FILL) || name_is(f->name, BULK_GROW))
        return false;
    if (f->exempt)
        return true;
    for (uint32_t i = 0; i < f->code.count; i++) {
        if (f->code.at[i].op != OP_LOOP)
            continue;
        uint32_t k = i;
        while (k < flow->end[i] && !shares_fuel(m, &f->code.at[k]))
            k++;
        if (k == flow->end[i])
            return true;
    }
    return false;
}

typedef struct {
    Module *m;
    Func *f;
    const Flow *flow;
    const Fuel *fuel;
    const int64_t *charges;
    Code out;
    uint32_t local;
    /* Whether the local may differ from the global: here, at the ends of the open blocks, at their starts. */
    bool differs, *at_end, *at_start;
    uint32_t depth;
} Rewriter;

static void emit_fuel(Rewriter *r, FuelForm form, uint32_t cost)
{
    fuel_emit(r->m, &r->out, r->fuel, form, r->local, cost);
    r->differs = form == CHARGE_LOCAL;
}

static void store_if_differs(Rewriter *r)
{
    if (r->differs)
        emit_fuel(r, FUEL_STORE, 0);
}

/* To a loop's head it makes no difference: a charge follows. */
static void branch_differs(Rewriter *r, uint32_t depth)
{
    r->at_end[r->depth - 1 - depth] |= r->differs;
}

static void rewrite(Rewriter *r, uint32_t i)
{
    const Insn *insn = &r->f->code.at[i];
    if (insn->op == OP_RETURN) {
        EMIT(r->m, &r->out, OP_BR, r->depth - 1);
        branch_differs(r, r->depth - 1);
        return;
    }
    bool shares = shares_fuel(r->m, insn);
    if (shares || insn->op == OP_UNREACHABLE)
        store_if_differs(r);
    code_add(r->m, &r->out, *insn);
    if (shares)
        emit_fuel(r, FUEL_LOAD, 0);
    switch (insn->op) {
    case OP_BLOCK: case OP_LOOP: case OP_IF:
        r->at_end[r->depth] = false;
        r->at_start[r->depth++] = r->differs;
        break;
    case OP_ELSE:
        branch_differs(r, 0);
        r->differs = r->at_start[r->depth - 1];
        break;
    case OP_END: {
        uint32_t opener = r->flow->opener[i];
        uint16_t op = opener == FLOW_BODY ? OP_BLOCK : r->f->code.at[opener].op;
        r->depth--;
        if (op == OP_IF && r->flow->other[opener] == NONE)
            r->differs |= r->at_start[r->depth];
        if (op != OP_LOOP)
            r->differs |= r->at_end[r->depth];
        break;
    }
    case OP_BR_TABLE:
        for (uint64_t k = insn->index; k < insn->index + insn->imm; k++)
            branch_differs(r, r->f->targets[k]);
        r->differs = false;
        break;
    case OP_BR_IF:
        branch_differs(r, insn->index);
        break;
    case OP_BR:
        branch_differs(r, insn->index);
        r->differs = false;
        break;
    default:
        break;
    }
    if (r->charges[i] != NOT_CHARGED)
        emit_fuel(r, CHARGE_LOCAL, (uint32_t)r->charges[i]);
}

/* The body becomes a block, so that every way out of it leads to the store behind it. */
static void charge_local(Rewriter *r, Arena *arena, uint32_t cost)
{
    r->local = add_local(r->m, r->f, T_I64);
    r->at_end = NEW_ARRAY(arena, bool, r->flow->max_depth + 1);
    r->at_start = NEW_ARRAY(arena, bool, r->flow->max_depth + 1);
    fuel_emit(r->m, &r->out, r->fuel, CHARGE_GLOBAL, NONE, cost);
    emit_fuel(r, FUEL_LOAD, 0);
    EMIT_BLOCK(r->m, &r->out, OP_BLOCK, r->m->types[r->f->type].result);
    r->depth = 1;
    for (uint32_t i = 0; i < r->f->code.count; i++)
        rewrite(r, i);
    store_if_differs(r);
    EMIT(r->m, &r->out, OP_END, 0);
}

static void charge_global(Rewriter *r, uint32_t cost)
{
    fuel_emit(r->m, &r->out, r->fuel, CHARGE_GLOBAL, NONE, cost);
    for (uint32_t i = 0; i < r->f->code.count; i++) {
        code_add(r->m, &r->out, r->f->code.at[i]);
        if (r->charges[i] != NOT_CHARGED)
            fuel_emit(r->m, &r->out, r->fuel, CHARGE_GLOBAL, NONE, (uint32_t)r->charges[i]);
    }
}

void meter_module(Module *m, const Fuel *fuel)
{
    fold_leaves(m);
    for (uint32_t i = m->nimports; i < m->nfuncs; i++) {
        Func *f = &m->funcs[i];
        if (f->folded_cost != 0)
            continue;
        Arena arena = {0};
        Flow flow;
        int64_t *charges;
        flow_build(m, i, &arena, &flow);
        uint32_t cost = function_costs(m, i, &flow, &arena, &charges);
        Rewriter r = {.m = m, .f = f, .flow = &flow, .fuel = fuel, .charges = charges};
        if (counts_in_local(m, f, &flow))
            charge_local(&r, &arena, cost);
        else
            charge_global(&r, cost);
        f->code = r.out;
        arena_reset(&arena);
    }
}
