/* The few sequences of instructions that touch the fuel: meter.c writes them, lint_fuel.c knows them again. Nothing else
 * in a module reads or writes the global `fuel`, but for the functions of bulk.c.
 *
 * Where a function has a loop, the fuel is kept in a local of that function: a global is memory to the translated code,
 * and a loop that loads and stores it waits for that memory on each iteration. */
#include "passes.h"

enum { LONGEST = 13 };

static const uint16_t forms[][LONGEST] = {
    [CHARGE_GLOBAL] = {OP_GLOBAL_GET, OP_I64_CONST, OP_I64_SUB, OP_GLOBAL_SET, OP_GLOBAL_GET, OP_I64_CONST, OP_I64_LT_S,
                       OP_IF, OP_CALL, OP_END},
    [CHARGE_LOCAL] = {OP_LOCAL_GET, OP_I64_CONST, OP_I64_SUB, OP_LOCAL_TEE, OP_I64_CONST, OP_I64_LT_S, OP_IF, OP_LOCAL_GET,
                      OP_GLOBAL_SET, OP_CALL, OP_GLOBAL_GET, OP_LOCAL_SET, OP_END},
    [FUEL_LOAD] = {OP_GLOBAL_GET, OP_LOCAL_SET},
    [FUEL_STORE] = {OP_LOCAL_GET, OP_GLOBAL_SET},
};
static const uint8_t lengths[] = {[CHARGE_GLOBAL] = 10, [CHARGE_LOCAL] = 13, [FUEL_LOAD] = 2, [FUEL_STORE] = 2};

/* Instruction k of a form. The cost is the constant at 1; the other constant is the 0 that the fuel is compared with. */
static Insn instruction(const Fuel *fuel, FuelForm form, uint32_t k, uint32_t local, uint32_t cost)
{
    uint16_t op = forms[form][k];
    switch (op) {
    case OP_GLOBAL_GET: case OP_GLOBAL_SET:
        return insn_of(op, fuel->global, 0);
    case OP_LOCAL_GET: case OP_LOCAL_SET: case OP_LOCAL_TEE:
        return insn_of(op, local, 0);
    case OP_I64_CONST:
        return insn_of(op, 0, k == 1 ? cost : 0);
    case OP_CALL:
        return insn_of(op, fuel->import, 0);
    case OP_IF:
        return (Insn){.op = op, .block_type = T_NONE};
    default:
        return insn_of(op, 0, 0);
    }
}

void fuel_emit(Module *m, Code *code, const Fuel *fuel, FuelForm form, uint32_t local, uint32_t cost)
{
    for (uint32_t k = 0; k < lengths[form]; k++)
        code_add(m, code, instruction(fuel, form, k, local, cost));
}

static bool matches(const Func *f, uint32_t i, const Fuel *fuel, FuelForm form, FuelMatch *match)
{
    if (f->code.count - i < lengths[form])
        return false;
    const Insn *at = f->code.at + i;
    for (uint32_t k = 0; k < lengths[form]; k++)
        if (at[k].op != forms[form][k])
            return false;
    *match = (FuelMatch){.form = form, .length = lengths[form], .local = NONE};
    if (form == CHARGE_LOCAL || form == FUEL_STORE)
        match->local = at[0].index;
    else if (form == FUEL_LOAD)
        match->local = at[1].index;
    if (form == CHARGE_GLOBAL || form == CHARGE_LOCAL) {
        if (at[1].imm > UINT32_MAX)
            return false;
        match->cost = (uint32_t)at[1].imm;
    }
    for (uint32_t k = 0; k < lengths[form]; k++) {
        Insn want = instruction(fuel, form, k, match->local, match->cost);
        if (at[k].index != want.index || at[k].imm != want.imm || (at[k].op == OP_IF && at[k].block_type != T_NONE))
            return false;
    }
    return true;
}

bool fuel_match(const Func *f, uint32_t i, const Fuel *fuel, FuelMatch *match)
{
    if (i >= f->code.count)
        return false;
    for (int form = CHARGE_GLOBAL; form <= FUEL_STORE; form++)
        if (matches(f, i, fuel, (FuelForm)form, match))
            return true;
    return false;
}
