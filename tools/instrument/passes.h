/* The passes, in the order in which main.c runs them. */
#ifndef INSTRUMENT_PASSES_H
#define INSTRUMENT_PASSES_H

#include "callgraph.h"
#include "wasm.h"

#define FUEL_GLOBAL "fuel"
#define STACK_POINTER_GLOBAL "__stack_pointer"

/* The functions that replace bulk instructions (bulk.c). Only they may contain them. */
#define BULK_COPY "hermetic.memory_copy"
#define BULK_FILL "hermetic.memory_fill"
#define BULK_GROW "hermetic.memory_grow"

typedef struct {
    uint32_t slots, bytes, stores; /* of the spill frame */
} SpillStats;

/* spill.c: keeps every pointer that is live across a collecting call on the shadow stack. stats has an entry for each
 * function. */
void spill_module(Module *m, const CallGraph *graph, uint32_t stack_pointer, SpillStats *stats);

/* bulk.c: replaces memory.copy, memory.fill and memory.grow by calls to functions that charge for the length. */
void bulk_module(Module *m, uint32_t fuel_global, uint32_t fuel_import);

/* charge.c: the sequences of instructions that touch the fuel. */
typedef struct {
    uint32_t global, import;
} Fuel;
typedef enum {
    CHARGE_GLOBAL, /* fuel -= cost; if (fuel < 0) call import */
    CHARGE_LOCAL,  /* local -= cost; if (local < 0) { fuel = local; call import; local = fuel } */
    FUEL_LOAD,     /* local = fuel */
    FUEL_STORE     /* fuel = local */
} FuelForm;
typedef struct {
    FuelForm form;
    uint32_t length; /* in instructions */
    uint32_t local;  /* NONE for CHARGE_GLOBAL */
    uint32_t cost;   /* of a charge */
} FuelMatch;
void fuel_emit(Module *m, Code *code, const Fuel *fuel, FuelForm form, uint32_t local, uint32_t cost);
/* Whether one of the sequences starts at instruction i. */
bool fuel_match(const Func *f, uint32_t i, const Fuel *fuel, FuelMatch *match);

/* meter.c: charges fuel at every function entry and loop head. */
uint32_t meter_add_global(Module *m);
void meter_module(Module *m, const Fuel *fuel);

/* Lints: report what is wrong on stderr and return the number of errors. */
typedef struct {
    const Module *m;
    unsigned errors;
} Lint;
void lint_error(Lint *lint, uint32_t func, uint32_t offset, const char *fmt, ...) PRINTF_LIKE(4, 5);
void lint_features(Lint *lint);
void lint_fuel(Lint *lint, const Fuel *fuel);
void lint_roots(Lint *lint, const CallGraph *graph, uint32_t stack_pointer);

#endif
