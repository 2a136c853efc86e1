/* instrument: from the module that the linker made to the one that a sandbox runs.
 *
 * Spills roots, meters fuel, and lints the bytes that it is about to write, by reading them again. */
#include "flow.h"
#include "passes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: instrument IN.wasm -o OUT.wasm [options]\n"
    "       instrument --lint-only IN.wasm [options]\n"
    "\n"
    "  -o OUT.wasm         the instrumented module\n"
    "  --code-only FILE    the same without data segments\n"
    "  --collect NAME      a function that collects garbage (default: gc_collect)\n"
    "  --exempt NAME       a function whose roots are kept by other means: not spilled, not checked\n"
    "  --report FILE       what was spilled, by function\n"
    "  --lint-only         check a module that is instrumented already; write nothing\n";

enum { MAX_NAMES = 64 };

typedef struct {
    const char *in, *out, *code_only, *report;
    char *collect[MAX_NAMES], *exempt[MAX_NAMES];
    uint32_t ncollect, nexempt;
    bool lint_only;
} Options;

static char *argument(char **argv, int argc, int *i)
{
    if (*i + 1 >= argc)
        fail("%s needs a value\n%s", argv[*i], usage);
    return argv[++*i];
}

static void add_name(char **names, uint32_t *count, char *name)
{
    if (*count == MAX_NAMES)
        fail("more than %d names", MAX_NAMES);
    names[(*count)++] = name;
}

static Options parse_options(int argc, char **argv)
{
    static char gc_collect[] = "gc_collect";
    Options o = {0};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-o") == 0)
            o.out = argument(argv, argc, &i);
        else if (strcmp(argv[i], "--code-only") == 0)
            o.code_only = argument(argv, argc, &i);
        else if (strcmp(argv[i], "--report") == 0)
            o.report = argument(argv, argc, &i);
        else if (strcmp(argv[i], "--collect") == 0)
            add_name(o.collect, &o.ncollect, argument(argv, argc, &i));
        else if (strcmp(argv[i], "--exempt") == 0)
            add_name(o.exempt, &o.nexempt, argument(argv, argc, &i));
        else if (strcmp(argv[i], "--lint-only") == 0)
            o.lint_only = true;
        else if (argv[i][0] == '-' || o.in != NULL)
            fail("unexpected %s\n%s", argv[i], usage);
        else
            o.in = argv[i];
    }
    if (o.in == NULL || (o.out == NULL) != o.lint_only)
        fail("IN.wasm and one of -o and --lint-only are needed\n%s", usage);
    if (o.ncollect == 0)
        add_name(o.collect, &o.ncollect, gc_collect);
    return o;
}

void lint_error(Lint *lint, uint32_t func, uint32_t offset, const char *fmt, ...)
{
    enum { SHOWN = 50 };
    va_list args;
    if (lint->errors++ >= SHOWN)
        return;
    fprintf(stderr, "instrument: %s: ", lint->m->path);
    if (func != NONE)
        fprintf(stderr, "%s, offset 0x%x: ", func_label(lint->m, func), (unsigned)offset);
    va_start(args, fmt);
    vfprintf(stderr, fmt, args);
    va_end(args);
    fputc('\n', stderr);
}

static uint32_t need_global(const Module *m, const char *name, uint8_t type)
{
    uint32_t index = find_export(m, name, KIND_GLOBAL);
    if (index == NONE || m->globals[index].type != type || !m->globals[index].mutable_)
        fail("%s: must export the mutable global %s", m->path, name);
    return index;
}

/* The linker drops the import where no C code uses it. Its name differs from the global's: wasm2c would confuse them. */
static uint32_t need_fuel_import(Module *m, bool may_add)
{
    uint32_t import = find_import(m, "fuel");
    if (import == NONE && may_add)
        return add_import(m, "fuel", "host_fuel", add_type(m, NULL, 0, T_NONE));
    if (import == NONE || m->types[m->funcs[import].type].nparams != 0 ||
        m->types[m->funcs[import].type].result != T_NONE)
        fail("%s: must import hermetic.fuel of type () -> ()", m->path);
    return import;
}

static void write_report(const Module *m, const SpillStats *stats, size_t before, size_t after, const char *path)
{
    Bytes b = {0};
    char line[400];
    SpillStats sum = {0};
    uint32_t functions = 0, folded = 0;
    for (uint32_t i = m->nimports; i < m->nfuncs; i++) {
        folded += m->funcs[i].folded_cost != 0;
        if (i >= m->nfuncs_read || stats[i].slots == 0)
            continue;
        int n = snprintf(line, sizeof line, "%s: %u slots, %u bytes, %u stores\n", func_label(m, i),
                         (unsigned)stats[i].slots, (unsigned)stats[i].bytes, (unsigned)stats[i].stores);
        bytes_put(&b, line, (size_t)n);
        sum.slots += stats[i].slots;
        sum.bytes += stats[i].bytes;
        sum.stores += stats[i].stores;
        functions++;
    }
    int n = snprintf(line, sizeof line,
                     "total: %u of %u functions spill, %u slots, %u bytes, %u stores\n"
                     "%u functions are charged to their callers; %zu bytes of wasm before, %zu after\n",
                     (unsigned)functions, (unsigned)(m->nfuncs - m->nimports), (unsigned)sum.slots,
                     (unsigned)sum.bytes, (unsigned)sum.stores, (unsigned)folded, before, after);
    bytes_put(&b, line, (size_t)n);
    file_write(path, &b);
    bytes_free(&b);
}

/* Reads a module and checks the types of all of its code: the passes rely on them. */
static void read_checked(Module *m, const char *path, const Bytes *bytes)
{
    module_read(m, path, bytes->data, bytes->size);
    for (uint32_t i = m->nimports; i < m->nfuncs; i++) {
        Arena arena = {0};
        Flow flow;
        flow_build(m, i, &arena, &flow);
        arena_reset(&arena);
    }
}

/* Checks the bytes of an instrumented module. Fails when they are not as they must be. */
static void lint_bytes(const Options *o, const char *path, const Bytes *bytes)
{
    Arena arena = {0};
    Module m;
    CallGraph graph;
    Lint lint = {&m, 0};
    read_checked(&m, path, bytes);
    callgraph_build(&m, &arena, o->collect, o->ncollect, o->exempt, o->nexempt, &graph);
    uint32_t stack_pointer = need_global(&m, STACK_POINTER_GLOBAL, T_I32);
    Fuel fuel = {need_global(&m, FUEL_GLOBAL, T_I64), need_fuel_import(&m, false)};
    lint_features(&lint);
    lint_fuel(&lint, &fuel);
    lint_roots(&lint, &graph, stack_pointer);
    if (lint.errors != 0)
        fail("%s: %u errors", path, lint.errors);
    arena_reset(&arena);
    arena_reset(&m.arena);
}

static void instrument(const Options *o, const Bytes *in)
{
    Arena arena = {0};
    Bytes out = {0}, code_only = {0};
    Module m;
    CallGraph graph;
    read_checked(&m, o->in, in);
    uint32_t fuel_import = need_fuel_import(&m, true);
    callgraph_build(&m, &arena, o->collect, o->ncollect, o->exempt, o->nexempt, &graph);
    uint32_t stack_pointer = need_global(&m, STACK_POINTER_GLOBAL, T_I32);
    SpillStats *stats = NEW_ARRAY(&arena, SpillStats, m.nfuncs);

    spill_module(&m, &graph, stack_pointer, stats);
    Fuel fuel = {meter_add_global(&m), fuel_import};
    bulk_module(&m, fuel.global, fuel.import);
    meter_module(&m, &fuel);
    module_write(&m, &out, false);

    /* Nothing is written that does not pass. */
    lint_bytes(o, o->out, &out);
    file_write(o->out, &out);
    if (o->code_only != NULL) {
        module_write(&m, &code_only, true);
        file_write(o->code_only, &code_only);
        bytes_free(&code_only);
    }
    if (o->report != NULL)
        write_report(&m, stats, in->size, out.size, o->report);
    bytes_free(&out);
    arena_reset(&arena);
    arena_reset(&m.arena);
}

int main(int argc, char **argv)
{
    Options o = parse_options(argc, argv);
    Bytes in = file_read(o.in);
    if (o.lint_only)
        lint_bytes(&o, o.in, &in);
    else
        instrument(&o, &in);
    bytes_free(&in);
    return 0;
}
