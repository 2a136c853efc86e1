/* Checks that all guest code is paid for, by walking each function forwards with the credit that its charges gave: no
 * instruction may run on credit that no way to it has paid. meter.c finds the charges walking backwards; the two have
 * only the weights, and the form of a charge, in common.
 *
 * The same walk follows the fuel between the global and the local that a function may keep it in. At any time one of the
 * two has it, or both: no charge may count in the one that has not, and whenever other code can run (a call, the way out)
 * the global must have it. */
#include "flow.h"
#include "passes.h"
#include "weights.h"

enum { UNREACHED = INT32_MAX };

/* Where the fuel may be: a set, for all ways that lead to a place. */
enum { IN_GLOBAL = 1, IN_BOTH = 2, IN_LOCAL = 4 };

typedef struct {
    bool is_loop;
    int64_t at_end;  /* the least credit of all that reach the end */
    int64_t on_entry; /* loop: the credit of the region around it. if: for its second arm */
    uint8_t fuel_at_end, fuel_on_entry;
    uint8_t fuel_at_head; /* loop: where its charge takes it from */
} Frame;

typedef struct {
    Lint *lint;
    uint32_t func;
    const Fuel *fuel;
    const bool *silent; /* by function: neither it nor what it calls looks at the fuel */
    const Func *f;
    uint32_t local; /* that the function keeps its fuel in, or NONE */
    uint8_t where;
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

/* The fuel must be in one of the places of `set`. */
static void need_fuel(Walk *w, uint8_t set, uint32_t offset)
{
    if (w->where & ~set)
        lint_error(w->lint, w->func, offset, set & IN_LOCAL ? "counts in a local that has not got the fuel"
                                                            : "loses the fuel that was counted in a local");
}

static void branch(Walk *w, uint32_t depth, uint32_t offset)
{
    Frame *target = &w->frames[w->depth - 1 - depth];
    int64_t credit = w->credit;
    if (target->is_loop) {
        need_fuel(w, target->fuel_at_head, offset);
        return; /* must charge itself */
    }
    if (target == w->frames)
        need_fuel(w, IN_GLOBAL | IN_BOTH, offset);
    target->fuel_at_end |= w->where;
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

static void leave(Walk *w)
{
    w->credit = UNREACHED;
    w->where = 0;
}

static void enter_loop(Walk *w, uint32_t i)
{
    Frame *frame = &w->frames[w->depth++];
    FuelMatch head;
    *frame = (Frame){.is_loop = true, .at_end = UNREACHED, .on_entry = w->credit, .fuel_at_head = IN_GLOBAL | IN_BOTH};
    if (!fuel_match(w->f, i + 1, w->fuel, &head) || (head.form != CHARGE_GLOBAL && head.form != CHARGE_LOCAL))
        lint_error(w->lint, w->func, w->f->code.at[i].offset, "loop is not metered");
    else if (head.form == CHARGE_LOCAL)
        frame->fuel_at_head = IN_LOCAL | IN_BOTH;
}

static void step(Walk *w, uint32_t i)
{
    const Insn *insn = &w->f->code.at[i];
    spend(w, insn);
    switch (insn->op) {
    case OP_BLOCK:
    case OP_IF:
        w->frames[w->depth++] = (Frame){.at_end = UNREACHED, .on_entry = w->credit, .fuel_on_entry = w->where};
        break;
    case OP_LOOP:
        enter_loop(w, i);
        break;
    case OP_ELSE:
        branch(w, 0, insn->offset);
        w->credit = w->frames[w->depth - 1].on_entry;
        w->where = w->frames[w->depth - 1].fuel_on_entry;
        break;
    case OP_END: {
        Frame *frame = &w->frames[w->depth - 1];
        uint32_t opener = w->flow->opener[i];
        if (frame->is_loop) {
            if (w->credit != UNREACHED)
                w->credit = frame->on_entry;
        } else {
            branch(w, 0, insn->offset);
            if (opener != FLOW_BODY && w->f->code.at[opener].op == OP_IF && w->flow->other[opener] == NONE) {
                frame->at_end = min_credit(frame->at_end, frame->on_entry);
                frame->fuel_at_end |= frame->fuel_on_entry;
            }
            w->credit = frame->at_end;
            w->where = frame->fuel_at_end;
        }
        w->depth--;
        break;
    }
    case OP_BR_IF:
        branch(w, insn->index, insn->offset);
        break;
    case OP_BR:
        branch(w, insn->index, insn->offset);
        leave(w);
        break;
    case OP_BR_TABLE:
        for (uint64_t k = insn->index; k < insn->index + insn->imm; k++)
            if (k == insn->index || w->f->targets[k] != w->f->targets[k - 1])
                branch(w, w->f->targets[k], insn->offset);
        leave(w);
        break;
    case OP_RETURN:
    case OP_UNREACHABLE:
        need_fuel(w, IN_GLOBAL | IN_BOTH, insn->offset);
        leave(w);
        break;
    case OP_CALL:
    case OP_CALL_INDIRECT:
        if (insn->op == OP_CALL && w->silent[insn->index])
            break;
        need_fuel(w, IN_GLOBAL | IN_BOTH, insn->offset);
        w->where = w->where ? IN_GLOBAL : 0;
        break;
    case OP_LOCAL_SET:
    case OP_LOCAL_TEE:
        if (insn->index == w->local)
            lint_error(w->lint, w->func, insn->offset, "changes the fuel that was counted in a local");
        break;
    default:
        break;
    }
}

/* One of the sequences that only meter.c writes. */
static void step_fuel(Walk *w, const FuelMatch *match, uint32_t offset)
{
    static const struct {
        uint8_t before, after;
    } forms[] = {
        [CHARGE_GLOBAL] = {IN_GLOBAL | IN_BOTH, IN_GLOBAL},
        [CHARGE_LOCAL] = {IN_LOCAL | IN_BOTH, IN_LOCAL},
        [FUEL_LOAD] = {IN_GLOBAL | IN_BOTH, IN_BOTH},
        [FUEL_STORE] = {IN_LOCAL | IN_BOTH, IN_BOTH},
    };
    if (match->local != NONE && match->local != w->local)
        lint_error(w->lint, w->func, offset, "counts fuel in two locals");
    need_fuel(w, forms[match->form].before, offset);
    w->where = w->where ? forms[match->form].after : 0;
    if ((match->form == CHARGE_GLOBAL || match->form == CHARGE_LOCAL) && w->credit != UNREACHED)
        w->credit = match->cost;
}

static uint32_t fuel_local(const Func *f, const Fuel *fuel)
{
    FuelMatch match;
    for (uint32_t i = 0; i < f->code.count; i++)
        if (fuel_match(f, i, fuel, &match) && match.local != NONE)
            return match.local;
    return NONE;
}

/* Returns what the function costs beyond what it charges itself: 0 for one that is metered in full. */
static uint32_t walk(Lint *lint, uint32_t func, const Fuel *fuel, const bool *silent, uint32_t *where)
{
    Arena arena = {0};
    Flow flow;
    FuelMatch match;
    flow_build(lint->m, func, &arena, &flow);
    Walk w = {.lint = lint, .func = func, .fuel = fuel, .silent = silent, .f = &lint->m->funcs[func], .flow = &flow};
    w.local = fuel_local(w.f, fuel);
    w.where = IN_GLOBAL;
    w.frames = NEW_ARRAY(&arena, Frame, flow.max_depth + 1);
    w.frames[w.depth++] = (Frame){.at_end = UNREACHED};
    for (uint32_t i = 0; i < flow.count; i++) {
        if (fuel_match(w.f, i, fuel, &match)) {
            step_fuel(&w, &match, w.f->code.at[i].offset);
            i += match.length - 1;
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

static bool is_bulk(const Func *f)
{
    return name_is(f->name, BULK_COPY) || name_is(f->name, BULK_FILL) || name_is(f->name, BULK_GROW);
}

/* Nothing but charges may change the fuel: not even to take some, since the check would be missing. The functions that
 * stand for bulk instructions charge by length, in their own way, and so must not keep the fuel in a local. */
static void check_writes(Lint *lint, uint32_t func, const Fuel *fuel)
{
    const Func *f = &lint->m->funcs[func];
    FuelMatch match;
    for (uint32_t i = 0; i < f->code.count; i++) {
        if (fuel_match(f, i, fuel, &match)) {
            if (is_bulk(f) && match.local != NONE)
                lint_error(lint, func, f->code.at[i].offset, "keeps the fuel in a local");
            i += match.length - 1;
        } else if (f->code.at[i].op == OP_GLOBAL_SET && f->code.at[i].index == fuel->global && !is_bulk(f)) {
            lint_error(lint, func, f->code.at[i].offset, "changes the fuel");
        }
    }
}

static bool may_be_silent(const Module *m, uint32_t func, const Fuel *fuel, const bool *silent)
{
    const Func *f = &m->funcs[func];
    for (uint32_t i = 0; i < f->code.count; i++) {
        const Insn *insn = &f->code.at[i];
        if (insn->op == OP_CALL_INDIRECT || (insn->op == OP_CALL && !silent[insn->index]) ||
            ((insn->op == OP_GLOBAL_GET || insn->op == OP_GLOBAL_SET) && insn->index == fuel->global))
            return false;
    }
    return true;
}

/* Leaves, then those that call only such, and so on. */
static bool *find_silent(const Module *m, const Fuel *fuel, Arena *arena)
{
    bool *silent = NEW_ARRAY(arena, bool, m->nfuncs);
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t i = m->nimports; i < m->nfuncs; i++)
            if (!silent[i] && may_be_silent(m, i, fuel, silent))
                changed = silent[i] = true;
    }
    return silent;
}

void lint_fuel(Lint *lint, const Fuel *fuel)
{
    Module *m = (Module *)lint->m; /* folded_cost is derived here */
    Arena arena = {0};
    bool *charged = NEW_ARRAY(&arena, bool, m->nfuncs), *silent = find_silent(m, fuel, &arena);
    FuelMatch match;
    uint32_t where;
    for (uint32_t i = m->nimports; i < m->nfuncs; i++) {
        charged[i] = fuel_match(&m->funcs[i], 0, fuel, &match) && match.form == CHARGE_GLOBAL;
        m->funcs[i].folded_cost = 0;
        check_writes(lint, i, fuel);
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t i = m->nimports; i < m->nfuncs; i++) {
            Func *f = &m->funcs[i];
            if (charged[i] || f->folded_cost != 0 || !callees_known(m, f, charged))
                continue;
            uint32_t cost = walk(lint, i, fuel, silent, &where);
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
            uint32_t unpaid = walk(lint, i, fuel, silent, &where);
            if (unpaid != 0)
                lint_error(lint, i, where, "runs %u units of fuel that were not charged", (unsigned)unpaid);
        }
    }
    arena_reset(&arena);
}
