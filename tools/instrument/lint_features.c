/* Checks that the module stays within what the runtime and its tests know: one memory, one table that never changes, our
 * imports with their types, small static offsets, and bulk instructions only where they are paid for. What cannot even
 * be represented (exceptions, SIMD, threads, multi-value, passive segments ...) is refused by read.c already. */
#include "passes.h"

#include <string.h>

typedef struct {
    const char *field;
    uint8_t nparams, params[3], result;
} ImportType;

/* docs/internals.md, "The guest's interface" */
static const ImportType imports[] = {
    {"try", 2, {T_I32, T_I32}, T_I32},
    {"throw", 0, {0}, T_NONE},
    {"fuel", 0, {0}, T_NONE},
    {"event", 3, {T_I32, T_I32, T_I32}, T_I32},
    {"gather", 3, {T_I32, T_I32, T_I32}, T_I32},
    {"read", 2, {T_I32, T_I32}, T_NONE},
    {"clock", 1, {T_I32}, T_I64},
    {"trap", 1, {T_I32}, T_NONE},
};

static void check_import(Lint *lint, uint32_t func)
{
    const Module *m = lint->m;
    const Func *f = &m->funcs[func];
    for (size_t i = 0; i < sizeof imports / sizeof imports[0]; i++) {
        FuncType type = {imports[i].nparams, imports[i].params, imports[i].result};
        if (!name_is(f->module, "hermetic") || !name_is(f->field, imports[i].field))
            continue;
        if (!types_equal(&type, &m->types[f->type]))
            lint_error(lint, func, 0, "import has another type than docs/internals.md says");
        for (uint32_t k = 0; k < func; k++)
            if (name_is(m->funcs[k].field, imports[i].field))
                lint_error(lint, func, 0, "imported twice");
        return;
    }
    lint_error(lint, func, 0, "import " NAME_FMT "." NAME_FMT " is not one of ours", NAME_ARG(f->module),
               NAME_ARG(f->field));
}

static void check_code(Lint *lint, uint32_t func)
{
    const Func *f = &lint->m->funcs[func];
    for (uint32_t i = 0; i < f->code.count; i++) {
        const Insn *insn = &f->code.at[i];
        if (op_is_memory(insn->op) && insn->index >= MEMORY_OFFSET_LIMIT)
            lint_error(lint, func, insn->offset, "%s with static offset %u, the limit is %u", op_name(insn->op),
                       (unsigned)insn->index, (unsigned)MEMORY_OFFSET_LIMIT);
        const char *home = insn->op == OP_MEMORY_COPY   ? BULK_COPY
                           : insn->op == OP_MEMORY_FILL ? BULK_FILL
                           : insn->op == OP_MEMORY_GROW ? BULK_GROW
                                                        : NULL;
        if (home != NULL && !name_is(f->name, home))
            lint_error(lint, func, insn->offset, "%s outside of %s", op_name(insn->op), home);
    }
}

static void check_export(Lint *lint, const char *name, uint8_t kind)
{
    if (find_export(lint->m, name, kind) == NONE)
        lint_error(lint, NONE, 0, "export %s is missing", name);
}

static void check_global(Lint *lint, const char *name, uint8_t type)
{
    const Module *m = lint->m;
    uint32_t index = find_export(m, name, KIND_GLOBAL);
    check_export(lint, name, KIND_GLOBAL);
    if (index != NONE && (m->globals[index].type != type || !m->globals[index].mutable_))
        lint_error(lint, NONE, 0, "global %s must be mutable and of the type in docs/internals.md", name);
}

void lint_features(Lint *lint)
{
    const Module *m = lint->m;
    if (m->nmemories != 1)
        lint_error(lint, NONE, 0, "%u memories, must be one", (unsigned)m->nmemories);
    if (m->ntables > 1)
        lint_error(lint, NONE, 0, "%u tables, at most one", (unsigned)m->ntables);
    if (m->has_start)
        lint_error(lint, NONE, 0, "has a start function; the host calls `boot`");
    check_export(lint, "memory", KIND_MEMORY);
    check_global(lint, STACK_POINTER_GLOBAL, T_I32);
    check_global(lint, FUEL_GLOBAL, T_I64);
    for (uint32_t i = 0; i < m->nimports; i++)
        check_import(lint, i);
    for (uint32_t i = m->nimports; i < m->nfuncs; i++)
        check_code(lint, i);
}
