/* Checks that all guest code is paid for, by walking each function forwards with the credit that its charges gave: no
 * instruction may run on credit that no way to it has paid. meter.c finds the charges walking backwards; the two have
 * only the weights in common. */
#include "flow.h"
#include "passes.h"
#include "weights.h"

enum { UNREACHED = INT32_MAX };

typedef struct {
    bool is_loop;
    int64_t at_end;  /* the least credit of all that reach the end */
    int64_t on_entry; /* loop: the credit of the region around it. if: for its second arm */
} Frame;

typedef struct {
    Lint *lint;
    uint32_t func, fuel_global, fuel_import;
    const Func *f;
    const Flow *flow;
    Frame *frames;
    uint32_t depth;
    int64_t credit, least;
    uint32_t least_at; /* offset of the instruction */
} Walk;

static int64_t min_credit(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static void branch(Walk *w, uint32_t depth)
{
    Frame *target = &w->frames[w->depth - 1 - depth];
    int64_t credit = w->credit;
    if (target->is_loop)
        return; /* must charge itself */
    for (Frame *frame = target + 1; frame < w->frames + w->depth; frame++) {
        if (frame->is_loop) {
            credit = frame->on_entry; /* leaves a loop: back to what the region around it had */
            break;
        }
    }
    target->at_end = min_credit(target->at_end, credit);
}

static void spend(Walk *w, const Insn *insn)
{
    if (w->credit == UNREACHED)
        return;
    w->credit -= insn_cost(w->lint->m, insn);
    if (w->credit < w->least) {
        w->least = w->credit;
        w->least_at = insn->offset;
    }
}

static void step(Walk *w, uint32_t i)
{
    const Insn *insn = &w->f->code.at[i];
    spend(w, insn);
    switch (insn->op) {
    case OP_BLOCK:
    case OP_IF:
        w->frames[w->depth++] = (Frame){false, UNREACHED, w->credit};
        break;
    case OP_LOOP:
        w->frames[w->depth++] = (Frame){true, UNREACHED, w->credit};
        if (meter_charge_at(w->f, i + 1, w->fuel_global, w->fuel_import) < 0)
            lint_error(w->lint, w->func, insn->offset, "loop is not metered");
        break;
    case OP_ELSE:
        branch(w, 0);
        w->credit = w->frames[w->depth - 1].on_entry;
        break;
    case OP_END: {
        Frame *frame = &w->frames[w->depth - 1];
        uint32_t opener = w->flow->opener[i];
        if (frame->is_loop) {
            if (w->credit != UNREACHED)
                w->credit = frame->on_entry;
        } else {
            branch(w, 0);
            if (opener != FLOW_BODY && w->f->code.at[opener].op == OP_IF && w->flow->other[opener] == NONE)
                frame->at_end = min_credit(frame->at_end, frame->on_entry);
            w->credit = frame->at_end;
        }
        w->depth--;
        break;
    }
    case OP_BR_IF:
        branch(w, insn->index);
        break;
    case OP_BR:
        branch(w, insn->index);
        w->credit = UNREACHED;
        break;
    case OP_BR_TABLE:
        for (uint64_t k = insn->index; k < insn->index + insn->imm; k++)
            if (k == insn->index || w->f->targets[k] != w->f->targets[k - 1])
                branch(w, w->f->targets[k]);
        w->credit = UNREACHED;
        break;
    case OP_RETURN:
    case OP_UNREACHABLE:
        w->credit = UNREACHED;
        break;
    default:
        break;
    }
}

/* Returns what the function costs beyond what it charges itself: 0 for one that is metered in full. */
static uint32_t walk(Lint *lint, uint32_t func, uint32_t fuel_global, uint32_t fuel_import, uint32_t *where)
{
    Arena arena = {0};
    Flow flow;
    flow_build(lint->m, func, &arena, &flow);
    Walk w = {.lint = lint, .func = func, .fuel_global = fuel_global, .fuel_import = fuel_import,
              .f = &lint->m->funcs[func], .flow = &flow};
    w.frames = NEW_ARRAY(&arena, Frame, flow.max_depth + 1);
    w.frames[w.depth++] = (Frame){false, UNREACHED, 0};
    for (uint32_t i = 0; i < flow.count; i++) {
        int64_t charge = meter_charge_at(w.f, i, fuel_global, fuel_import);
        if (charge >= 0) {
            if (w.credit != UNREACHED)
                w.credit = charge;
            i += CHARGE_LENGTH - 1;
        } else {
            step(&w, i);
        }
    }
    *where = w.least_at;
    arena_reset(&arena);
    return w.least < 0 ? (uint32_t)-w.least : 0;
}

/* Callees of a function that charges nothing must be known before it is. */
static bool callees_known(const Module *m, const Func *f, const bool *charged)
{
    for (uint32_t i = 0; i < f->code.count; i++) {
        const Insn *insn = &f->code.at[i];
        if (insn->op == OP_CALL && insn->index >= m->nimports && !charged[insn->index] &&
            m->funcs[insn->index].folded_cost == 0)
            return false;
    }
    return true;
}

/* Nothing but charges may change the fuel: not even to take some, since the check would be missing. The functions that
 * stand for bulk instructions charge by length, in their own way. */
static void check_writes(Lint *lint, uint32_t func, uint32_t fuel_global, uint32_t fuel_import)
{
    const Func *f = &lint->m->funcs[func];
    if (name_is(f->name, BULK_COPY) || name_is(f->name, BULK_FILL) || name_is(f->name, BULK_GROW))
        return;
    for (uint32_t i = 0; i < f->code.count; i++) {
        if (meter_charge_at(f, i, fuel_global, fuel_import) >= 0)
            i += CHARGE_LENGTH - 1;
        else if (f->code.at[i].op == OP_GLOBAL_SET && f->code.at[i].index == fuel_global)
            lint_error(lint, func, f->code.at[i].offset, "changes the fuel");
    }
}

void lint_fuel(Lint *lint, uint32_t fuel_global, uint32_t fuel_import)
{
    Module *m = (Module *)lint->m; /* folded_cost is derived here */
    Arena arena = {0};
    bool *charged = NEW_ARRAY(&arena, bool, m->nfuncs);
    uint32_t where;
    for (uint32_t i = m->nimports; i < m->nfuncs; i++) {
        charged[i] = meter_charge_at(&m->funcs[i], 0, fuel_global, fuel_import) >= 0;
        m->funcs[i].folded_cost = 0;
        check_writes(lint, i, fuel_global, fuel_import);
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t i = m->nimports; i < m->nfuncs; i++) {
            Func *f = &m->funcs[i];
            if (charged[i] || f->folded_cost != 0 || !callees_known(m, f, charged))
                continue;
            uint32_t cost = walk(lint, i, fuel_global, fuel_import, &where);
            f->folded_cost = cost != 0 ? cost : 1;
            changed = true;
            if (cost > FOLD_LIMIT || f->in_table || f->exported)
                lint_error(lint, i, f->offset, "function is not metered");
        }
    }
    for (uint32_t i = m->nimports; i < m->nfuncs; i++) {
        if (!charged[i]) {
            if (m->funcs[i].folded_cost == 0)
                lint_error(lint, i, m->funcs[i].offset, "recursive function is not metered");
        } else {
            uint32_t unpaid = walk(lint, i, fuel_global, fuel_import, &where);
            if (unpaid != 0)
                lint_error(lint, i, where, "runs %u units of fuel that were not charged", (unsigned)unpaid);
        }
    }
    arena_reset(&arena);
}
