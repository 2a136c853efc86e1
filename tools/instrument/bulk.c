/* Replaces memory.copy, memory.fill and memory.grow, which do any amount of work in one instruction, by calls to
 * functions that charge for the length, and look at the fuel at least once in BULK_CHUNK bytes.
 *
 * A copy of overlapping memory goes in the direction that reads each byte before it is overwritten. What is out of range
 * runs the original instruction on the whole range, which traps before it writes anything. */
#include "passes.h"
#include "weights.h"

typedef struct {
    Module *m;
    Code *code;
    uint32_t fuel_global, fuel_import;
} Emitter;

#define OP(opcode) EMIT(e->m, e->code, (opcode), 0)
#define VAR(opcode, number) EMIT(e->m, e->code, (opcode), (number))
#define I32(value) EMIT_CONST(e->m, e->code, OP_I32_CONST, (value))
#define I64(value) EMIT_CONST(e->m, e->code, OP_I64_CONST, (value))
#define BLOCK(opcode) EMIT_BLOCK(e->m, e->code, (opcode), T_NONE)

/* Charges `per_unit` for each unit of (local >> shift). Everything that costs the same each time is charged by meter.c. */
static void charge_units(Emitter *e, uint32_t local, unsigned shift, uint32_t per_unit)
{
    VAR(OP_GLOBAL_GET, e->fuel_global);
    VAR(OP_LOCAL_GET, local);
    OP(OP_I64_EXTEND_I32_U);
    if (shift != 0) {
        I64(shift);
        OP(OP_I64_SHR_U);
    }
    if (per_unit != 1) {
        I64(per_unit);
        OP(OP_I64_MUL);
    }
    I64(WEIGHT_BULK);
    OP(OP_I64_ADD);
    OP(OP_I64_SUB);
    VAR(OP_GLOBAL_SET, e->fuel_global);
    VAR(OP_GLOBAL_GET, e->fuel_global);
    I64(0);
    OP(OP_I64_LT_S);
    BLOCK(OP_IF);
    VAR(OP_CALL, e->fuel_import);
    OP(OP_END);
}

enum { TO, FROM, SIZE, VALUE = FROM }; /* parameters */

static void operands(Emitter *e)
{
    VAR(OP_LOCAL_GET, TO);
    VAR(OP_LOCAL_GET, FROM);
    VAR(OP_LOCAL_GET, SIZE);
}

/* local += sign * BULK_CHUNK */
static void advance(Emitter *e, uint32_t local, uint16_t op)
{
    VAR(OP_LOCAL_GET, local);
    I32(BULK_CHUNK);
    OP(op);
    VAR(OP_LOCAL_SET, local);
}

static void more_than_a_chunk(Emitter *e)
{
    VAR(OP_LOCAL_GET, SIZE);
    I32(BULK_CHUNK);
    OP(OP_I32_GT_U);
}

/* if (address + SIZE > memory size) { the original, which traps } */
static void trap_beyond(Emitter *e, uint32_t address, uint16_t op)
{
    VAR(OP_LOCAL_GET, address);
    OP(OP_I64_EXTEND_I32_U);
    VAR(OP_LOCAL_GET, SIZE);
    OP(OP_I64_EXTEND_I32_U);
    OP(OP_I64_ADD);
    OP(OP_MEMORY_SIZE);
    OP(OP_I64_EXTEND_I32_U);
    I64(16);
    OP(OP_I64_SHL);
    OP(OP_I64_GT_U);
    BLOCK(OP_IF);
    operands(e);
    OP(op);
    OP(OP_UNREACHABLE);
    OP(OP_END);
}

/* loop { one chunk from the front; advance; while more than a chunk is left }. meter.c charges the loop's head; the
 * bytes are charged here. */
static void forward_chunks(Emitter *e, uint32_t chunk, uint16_t op)
{
    BLOCK(OP_LOOP);
    charge_units(e, chunk, BULK_BYTES_SHIFT, 1);
    VAR(OP_LOCAL_GET, TO);
    VAR(OP_LOCAL_GET, FROM);
    VAR(OP_LOCAL_GET, chunk);
    OP(op);
    advance(e, TO, OP_I32_ADD);
    if (op == OP_MEMORY_COPY)
        advance(e, FROM, OP_I32_ADD);
    advance(e, SIZE, OP_I32_SUB);
    more_than_a_chunk(e);
    VAR(OP_BR_IF, 0);
    OP(OP_END);
}

static void backward_chunks(Emitter *e, uint32_t chunk)
{
    BLOCK(OP_LOOP);
    charge_units(e, chunk, BULK_BYTES_SHIFT, 1);
    advance(e, SIZE, OP_I32_SUB);
    for (uint32_t address = TO; address <= FROM; address++) {
        VAR(OP_LOCAL_GET, address);
        VAR(OP_LOCAL_GET, SIZE);
        OP(OP_I32_ADD);
    }
    VAR(OP_LOCAL_GET, chunk);
    OP(OP_MEMORY_COPY);
    more_than_a_chunk(e);
    VAR(OP_BR_IF, 0);
    OP(OP_END);
}

static uint32_t new_function(Emitter *e, const char *name, const uint8_t *params, uint32_t nparams, uint8_t result)
{
    uint32_t func = add_func(e->m, add_type(e->m, params, nparams, result), name);
    e->code = &e->m->funcs[func].code;
    return func;
}

static uint32_t make_copy_or_fill(Emitter *e, const char *name, uint16_t op)
{
    static const uint8_t params[] = {T_I32, T_I32, T_I32};
    uint32_t func = new_function(e, name, params, 3, T_NONE);
    uint32_t chunk = add_local(e->m, &e->m->funcs[func], T_I32);
    more_than_a_chunk(e);
    BLOCK(OP_IF);
    trap_beyond(e, TO, op);
    I32(BULK_CHUNK);
    VAR(OP_LOCAL_SET, chunk);
    if (op == OP_MEMORY_COPY) {
        trap_beyond(e, FROM, op);
        VAR(OP_LOCAL_GET, TO);
        VAR(OP_LOCAL_GET, FROM);
        OP(OP_I32_GT_U);
        BLOCK(OP_IF);
        backward_chunks(e, chunk);
        OP(OP_ELSE);
        forward_chunks(e, chunk, op);
        OP(OP_END);
    } else {
        forward_chunks(e, chunk, op);
    }
    OP(OP_END);
    charge_units(e, SIZE, BULK_BYTES_SHIFT, 1);
    operands(e);
    OP(op);
    OP(OP_END);
    return func;
}

/* Only pages that were had are paid for: a guest may ask for too many and go on. */
static uint32_t make_grow(Emitter *e)
{
    static const uint8_t params[] = {T_I32};
    uint32_t func = new_function(e, BULK_GROW, params, 1, T_I32);
    uint32_t before = add_local(e->m, &e->m->funcs[func], T_I32);
    VAR(OP_LOCAL_GET, 0);
    OP(OP_MEMORY_GROW);
    VAR(OP_LOCAL_TEE, before);
    I32(-1);
    OP(OP_I32_NE);
    BLOCK(OP_IF);
    charge_units(e, 0, 0, WEIGHT_GROW_PAGE);
    OP(OP_END);
    VAR(OP_LOCAL_GET, before);
    OP(OP_END);
    return func;
}

void bulk_module(Module *m, uint32_t fuel_global, uint32_t fuel_import)
{
    Emitter e = {.m = m, .fuel_global = fuel_global, .fuel_import = fuel_import};
    uint32_t copy = NONE, fill = NONE, grow = NONE, nfuncs = m->nfuncs;
    for (uint32_t i = m->nimports; i < nfuncs; i++) {
        for (uint32_t k = 0; k < m->funcs[i].code.count; k++) {
            Insn *insn = &m->funcs[i].code.at[k];
            if (insn->op == OP_MEMORY_COPY) {
                if (copy == NONE)
                    copy = make_copy_or_fill(&e, BULK_COPY, OP_MEMORY_COPY);
                insn->index = copy;
            } else if (insn->op == OP_MEMORY_FILL) {
                if (fill == NONE)
                    fill = make_copy_or_fill(&e, BULK_FILL, OP_MEMORY_FILL);
                insn->index = fill;
            } else if (insn->op == OP_MEMORY_GROW) {
                if (grow == NONE)
                    grow = make_grow(&e);
                insn->index = grow;
            } else {
                continue;
            }
            insn->op = OP_CALL;
        }
    }
}
