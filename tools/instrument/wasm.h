/* The module model: what read.c makes of a binary, the passes change, and write.c turns back into a binary.
 *
 * Only what a wasm32 module of our guest may contain can be represented; everything else is refused while reading.
 * A function body is a flat array of instructions, without code that cannot be reached (read.c drops it). */
#ifndef INSTRUMENT_WASM_H
#define INSTRUMENT_WASM_H

#include "opcodes.h"
#include "util.h"

enum {
#define OP(code, constant, name, operands, result) constant = code,
    OPCODES(OP)
#undef OP
};

enum { T_I32 = 0x7f, T_I64 = 0x7e, T_F32 = 0x7d, T_F64 = 0x7c, T_NONE = 0x40 };
enum { KIND_FUNC, KIND_TABLE, KIND_MEMORY, KIND_GLOBAL };

#define PAGE_SIZE_WASM 65536u
#define NONE UINT32_MAX

/* A load or store reaches at most this far past its 32-bit address. The host's guard region behind the 4 GiB of linear
 * memory must be at least this large (plus 8 bytes, the widest access): rt/ relies on the lint that checks it. */
#define MEMORY_OFFSET_LIMIT (16u << 20)

typedef struct {
    const char *bytes; /* not terminated, may hold anything */
    uint32_t size;
} Name;
#define NAME_FMT "%.*s"
#define NAME_ARG(n) (int)((n).size < 200 ? (n).size : 200), (n).bytes

typedef struct {
    uint16_t op;
    uint8_t block_type; /* block, loop, if: a value type or T_NONE. Memory instructions: log2 of the alignment */
    uint32_t index;     /* variable, function, type, branch depth, memory offset, first of a br_table's targets */
    uint32_t offset;    /* where it stands in the input file, 0 for added ones */
    uint64_t imm;       /* constants (floats as bits); br_table: number of targets with the default */
} Insn;

typedef struct {
    Insn *at;
    uint32_t count;
    size_t capacity;
} Code;

typedef struct {
    uint32_t nparams;
    const uint8_t *params;
    uint8_t result; /* T_NONE for none */
} FuncType;

typedef struct {
    uint32_t type;
    Name name;           /* from the name section, else the export or import, else empty */
    bool imported;
    Name module, field;  /* of an import */
    uint32_t nlocals;    /* with the parameters */
    uint8_t *locals;     /* types */
    Code code;           /* ends with the body's own `end` */
    uint32_t *targets;   /* br_table depths, used by all br_tables of the function */
    uint32_t ntargets;
    uint32_t offset;     /* of the body in the input file */
    /* set by callgraph.c */
    bool exempt, in_table, exported, may_collect;
    /* set by meter.c and lint_fuel.c: the cost that the callers pay for it, or 0 when it charges itself */
    uint32_t folded_cost;
} Func;

typedef struct {
    uint8_t type;
    bool mutable_;
    Insn init; /* a constant, or global.get */
} Global;

typedef struct {
    Name name;
    uint8_t kind;
    uint32_t index;
} Export;

typedef struct {
    Insn start; /* where in the table */
    uint32_t count;
    uint32_t *funcs;
} Elem;

typedef struct {
    Insn start;
    const uint8_t *bytes;
    uint32_t size;
} Data;

typedef struct {
    uint32_t min, max;
    bool has_max;
} Limits;

/* Subsections of the name section that are kept. Names of locals and labels are not: the passes change both. */
enum { NAMES_FUNCTIONS = 1, NAMES_GLOBALS = 7 };

typedef struct {
    Arena arena; /* owns everything below */
    const char *path;
    const uint8_t *input;
    size_t input_size;
    FuncType *types;
    uint32_t ntypes;
    size_t types_capacity;
    Func *funcs; /* imports first */
    uint32_t nfuncs, nimports;
    size_t funcs_capacity;
    Limits *tables;
    uint32_t ntables;
    Limits *memories;
    uint32_t nmemories;
    Global *globals;
    uint32_t nglobals;
    size_t globals_capacity;
    Export *exports;
    uint32_t nexports;
    size_t exports_capacity;
    bool has_start;
    uint32_t start;
    Elem *elems;
    uint32_t nelems;
    Data *datas;
    uint32_t ndatas;
    const uint8_t *global_names; /* the entries of the names of globals, as read */
    size_t global_names_size;
    uint32_t nglobal_names;
    uint32_t nfuncs_read, nglobals_read; /* what the input held; later ones were added by the tool */
    Name *added_global_names;            /* indexed from nglobals_read */
} Module;

/* read.c: parses all of `path`, or fails. The bytes must outlive the module. */
void module_read(Module *m, const char *path, const uint8_t *bytes, size_t size);

/* write.c: the binary; without data segments when `code_only`. */
void module_write(const Module *m, Bytes *out, bool code_only);

/* module.c: small questions and changes. */
const char *op_name(uint16_t op);
const char *op_operands(uint16_t op); /* NULL when there is no such instruction */
uint8_t op_result(uint16_t op);
bool op_is_memory(uint16_t op); /* loads and stores: has an alignment and an offset */
bool op_is_load(uint16_t op);
bool op_is_store(uint16_t op);
uint32_t op_access_size(uint16_t op);
bool types_equal(const FuncType *a, const FuncType *b);
bool name_is(Name name, const char *text);
Name name_of(const char *text);
/* How errors call a function: its name, or its number. Valid until the second next call. */
const char *func_label(const Module *m, uint32_t func);
uint32_t find_import(const Module *m, const char *field);     /* of module `hermetic`; NONE when missing */
uint32_t find_export(const Module *m, const char *name, uint8_t kind);
uint32_t find_func(const Module *m, const char *name);        /* first with that name */
void code_add(Module *m, Code *code, Insn insn);
Insn insn_of(uint16_t op, uint32_t index, uint64_t imm);
#define EMIT(m, code, opcode, number) code_add((m), (code), insn_of((opcode), (number), 0))
#define EMIT_CONST(m, code, opcode, value) code_add((m), (code), insn_of((opcode), 0, (uint64_t)(value)))
#define EMIT_BLOCK(m, code, opcode, type) code_add((m), (code), (Insn){.op = (opcode), .block_type = (type)})
uint32_t add_type(Module *m, const uint8_t *params, uint32_t nparams, uint8_t result);
uint32_t add_func(Module *m, uint32_t type, const char *name);
uint32_t add_local(Module *m, Func *f, uint8_t type);
/* Adds an import of module `hermetic` behind the others; the numbers of all other functions go up by one. */
uint32_t add_import(Module *m, const char *field, const char *label, uint32_t type);

#endif
