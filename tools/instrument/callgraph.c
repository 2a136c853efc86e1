/* See callgraph.h. A function can collect when it is named as a collector or calls one that can: a fixpoint over direct
 * calls, calls through the table (any function of the same type in it), and the import `try`, which calls a function of
 * type (i32) -> () in the table. The other imports return to the guest without running guest code. */
#include "callgraph.h"

#include <string.h>

static void mark_named(Module *m, const char *name, const char *option, bool *marks)
{
    bool found = false;
    for (uint32_t i = 0; i < m->nfuncs; i++) {
        bool exported = false;
        for (uint32_t e = 0; e < m->nexports && !exported; e++)
            exported = m->exports[e].kind == KIND_FUNC && m->exports[e].index == i && name_is(m->exports[e].name, name);
        if (name_is(m->funcs[i].name, name) || exported)
            marks[i] = found = true;
    }
    if (!found)
        fail("%s: no function named %s (%s). Was it inlined?", m->path, name, option);
}

static void mark_reachable(Module *m)
{
    for (uint32_t i = 0; i < m->nelems; i++)
        for (uint32_t k = 0; k < m->elems[i].count; k++)
            m->funcs[m->elems[i].funcs[k]].in_table = true;
    for (uint32_t i = 0; i < m->nexports; i++)
        if (m->exports[i].kind == KIND_FUNC)
            m->funcs[m->exports[i].index].exported = true;
    if (m->has_start)
        m->funcs[m->start].exported = true;
}

/* What the table can reach, from what the functions in it can do. Types are compared by structure, as calls do. */
static void update_types(const Module *m, const uint32_t *canonical, CallGraph *graph)
{
    for (uint32_t i = 0; i < m->nfuncs; i++) {
        const Func *f = &m->funcs[i];
        if (f->in_table && (f->may_collect || i == graph->try_import)) {
            graph->type_collects[canonical[f->type]] = true;
            graph->type_exempt[canonical[f->type]] |= f->exempt;
        }
    }
    for (uint32_t i = 0; i < m->ntypes; i++) {
        graph->type_collects[i] = graph->type_collects[canonical[i]];
        graph->type_exempt[i] = graph->type_exempt[canonical[i]];
    }
}

void callgraph_build(Module *m, Arena *arena, char *const *collect, uint32_t ncollect, char *const *exempt,
                     uint32_t nexempt, CallGraph *graph)
{
    static const uint8_t thunk_param[] = {T_I32};
    const FuncType thunk = {1, thunk_param, T_NONE};
    bool *collects = NEW_ARRAY(arena, bool, m->nfuncs), *exempts = NEW_ARRAY(arena, bool, m->nfuncs);
    uint32_t *canonical = NEW_ARRAY(arena, uint32_t, m->ntypes);

    for (uint32_t i = 0; i < ncollect; i++)
        mark_named(m, collect[i], "--collect", collects);
    for (uint32_t i = 0; i < nexempt; i++)
        mark_named(m, exempt[i], "--exempt", exempts);
    for (uint32_t i = 0; i < m->nfuncs; i++) {
        m->funcs[i].may_collect = collects[i];
        m->funcs[i].exempt = exempts[i];
    }
    mark_reachable(m);

    graph->try_import = find_import(m, "try");
    graph->thunk_type = NONE;
    graph->type_collects = NEW_ARRAY(arena, bool, m->ntypes);
    graph->type_exempt = NEW_ARRAY(arena, bool, m->ntypes);
    for (uint32_t i = 0; i < m->ntypes; i++) {
        canonical[i] = i;
        for (uint32_t k = 0; k < i && canonical[i] == i; k++)
            if (types_equal(&m->types[i], &m->types[k]))
                canonical[i] = k;
        if (graph->thunk_type == NONE && types_equal(&m->types[i], &thunk))
            graph->thunk_type = i;
    }
    for (bool changed = true; changed;) {
        changed = false;
        update_types(m, canonical, graph);
        for (uint32_t i = m->nimports; i < m->nfuncs; i++) {
            Func *f = &m->funcs[i];
            for (uint32_t k = 0; k < f->code.count && !f->may_collect; k++)
                if (call_may_collect(m, graph, &f->code.at[k]))
                    f->may_collect = changed = true;
        }
    }
    update_types(m, canonical, graph);
}

bool call_may_collect(const Module *m, const CallGraph *graph, const Insn *insn)
{
    if (insn->op == OP_CALL_INDIRECT)
        return insn->index < m->ntypes && graph->type_collects[insn->index];
    if (insn->op != OP_CALL || insn->index >= m->nfuncs)
        return false;
    if (insn->index == graph->try_import)
        return graph->thunk_type != NONE && graph->type_collects[graph->thunk_type];
    return m->funcs[insn->index].may_collect;
}

bool call_keeps_arguments(const Module *m, const CallGraph *graph, const Insn *insn)
{
    if (!call_may_collect(m, graph, insn))
        return false;
    if (insn->op == OP_CALL_INDIRECT)
        return graph->type_exempt[insn->index];
    if (insn->index == graph->try_import)
        return graph->type_exempt[graph->thunk_type];
    return m->funcs[insn->index].exempt;
}
