/* Which functions and calls can run the garbage collector. */
#ifndef INSTRUMENT_CALLGRAPH_H
#define INSTRUMENT_CALLGRAPH_H

#include "wasm.h"

typedef struct {
    uint32_t try_import;   /* or NONE */
    uint32_t thunk_type;   /* (i32) -> (), what `try` calls through the table, or NONE */
    bool *type_collects;   /* by type: a call_indirect of it can reach a function that collects */
    bool *type_exempt;     /* by type: it can reach a function that collects and does not spill its parameters */
} CallGraph;

/* Fills Func.exempt, in_table, exported and may_collect. Fails when a name is unknown. */
void callgraph_build(Module *m, Arena *arena, char *const *collect, uint32_t ncollect, char *const *exempt,
                     uint32_t nexempt, CallGraph *graph);

bool call_may_collect(const Module *m, const CallGraph *graph, const Insn *insn);

/* Whether the caller must keep the call's own arguments as well, because the callee does not. */
bool call_keeps_arguments(const Module *m, const CallGraph *graph, const Insn *insn);

#endif
