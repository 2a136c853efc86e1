/* Small questions about, and additions to, a module (see wasm.h). */
#include "wasm.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    const char *name, *operands;
    uint8_t result;
} OpInfo;

static uint8_t value_type(char letter)
{
    return letter == 'i' ? T_I32 : letter == 'l' ? T_I64 : letter == 'f' ? T_F32 : letter == 'd' ? T_F64 : T_NONE;
}

static const OpInfo *op_info(uint16_t op)
{
    /* Two pages: plain codes, and those behind the prefix 0xfc. */
    static OpInfo table[512];
    static bool filled;
    if (!filled) {
#define OP(code, constant, text, in, out) \
    table[(code) < 0x100 ? (code) : 0x100 + ((code)&0xff)] = (OpInfo){(text), (in), value_type(out)};
        OPCODES(OP)
#undef OP
        filled = true;
    }
    if (op >= 0x100 && op >> 8 != 0xfc)
        return NULL;
    const OpInfo *info = &table[op < 0x100 ? op : 0x100 + (op & 0xff)];
    return info->name != NULL ? info : NULL;
}

const char *op_name(uint16_t op)
{
    const OpInfo *info = op_info(op);
    return info != NULL ? info->name : "unknown";
}

const char *op_operands(uint16_t op)
{
    const OpInfo *info = op_info(op);
    return info != NULL ? info->operands : NULL;
}

uint8_t op_result(uint16_t op)
{
    const OpInfo *info = op_info(op);
    return info != NULL ? info->result : T_NONE;
}

bool op_is_load(uint16_t op)
{
    return op >= OP_I32_LOAD && op <= OP_I64_LOAD32_U;
}

bool op_is_store(uint16_t op)
{
    return op >= OP_I32_STORE && op <= OP_I64_STORE32;
}

bool op_is_memory(uint16_t op)
{
    return op_is_load(op) || op_is_store(op);
}

uint32_t op_access_size(uint16_t op)
{
    switch (op) {
    case OP_I32_LOAD8_S: case OP_I32_LOAD8_U: case OP_I64_LOAD8_S: case OP_I64_LOAD8_U:
    case OP_I32_STORE8: case OP_I64_STORE8:
        return 1;
    case OP_I32_LOAD16_S: case OP_I32_LOAD16_U: case OP_I64_LOAD16_S: case OP_I64_LOAD16_U:
    case OP_I32_STORE16: case OP_I64_STORE16:
        return 2;
    case OP_I64_LOAD: case OP_F64_LOAD: case OP_I64_STORE: case OP_F64_STORE:
        return 8;
    default:
        return 4;
    }
}

bool types_equal(const FuncType *a, const FuncType *b)
{
    return a->result == b->result && a->nparams == b->nparams &&
           (a->nparams == 0 || memcmp(a->params, b->params, a->nparams) == 0);
}

bool name_is(Name name, const char *text)
{
    return name.size == strlen(text) && memcmp(name.bytes, text, name.size) == 0;
}

Name name_of(const char *text)
{
    return (Name){text, (uint32_t)strlen(text)};
}

const char *func_label(const Module *m, uint32_t func)
{
    static char labels[2][256];
    static int turn;
    char *label = labels[turn ^= 1];
    Name name = func < m->nfuncs ? m->funcs[func].name : (Name){"", 0};
    if (name.size != 0) {
        snprintf(label, sizeof labels[0], NAME_FMT, NAME_ARG(name));
        for (char *c = label; *c != '\0'; c++)
            if ((unsigned char)*c < ' ' || *c == 0x7f)
                *c = '?';
    } else {
        snprintf(label, sizeof labels[0], "function %u", (unsigned)func);
    }
    return label;
}

uint32_t find_import(const Module *m, const char *field)
{
    for (uint32_t i = 0; i < m->nimports; i++)
        if (name_is(m->funcs[i].module, "hermetic") && name_is(m->funcs[i].field, field))
            return i;
    return NONE;
}

uint32_t find_export(const Module *m, const char *name, uint8_t kind)
{
    for (uint32_t i = 0; i < m->nexports; i++)
        if (m->exports[i].kind == kind && name_is(m->exports[i].name, name))
            return m->exports[i].index;
    return NONE;
}

uint32_t find_func(const Module *m, const char *name)
{
    for (uint32_t i = 0; i < m->nfuncs; i++)
        if (name_is(m->funcs[i].name, name))
            return i;
    return NONE;
}

void code_add(Module *m, Code *code, Insn insn)
{
    if (code->count == NONE - 1)
        fail("function body too large");
    code->at = arena_grow(&m->arena, code->at, code->count, (size_t)code->count + 1, &code->capacity, sizeof(Insn));
    code->at[code->count++] = insn;
}

Insn insn_of(uint16_t op, uint32_t index, uint64_t imm)
{
    return (Insn){.op = op, .block_type = T_NONE, .index = index, .imm = imm};
}

uint32_t add_type(Module *m, const uint8_t *params, uint32_t nparams, uint8_t result)
{
    FuncType type = {nparams, params, result};
    for (uint32_t i = 0; i < m->ntypes; i++)
        if (types_equal(&m->types[i], &type))
            return i;
    m->types = arena_grow(&m->arena, m->types, m->ntypes, (size_t)m->ntypes + 1, &m->types_capacity, sizeof type);
    uint8_t *copy = NEW_ARRAY(&m->arena, uint8_t, nparams);
    if (nparams != 0)
        memcpy(copy, params, nparams);
    type.params = copy;
    m->types[m->ntypes] = type;
    return m->ntypes++;
}

uint32_t add_func(Module *m, uint32_t type, const char *name)
{
    m->funcs = arena_grow(&m->arena, m->funcs, m->nfuncs, (size_t)m->nfuncs + 1, &m->funcs_capacity, sizeof(Func));
    Func *f = &m->funcs[m->nfuncs];
    *f = (Func){.type = type, .name = name_of(name)};
    for (uint32_t i = 0; i < m->types[type].nparams; i++)
        add_local(m, f, m->types[type].params[i]);
    return m->nfuncs++;
}

uint32_t add_local(Module *m, Func *f, uint8_t type)
{
    /* A few additions a function: growing by one each time is cheap enough. */
    uint8_t *locals = NEW_ARRAY(&m->arena, uint8_t, (size_t)f->nlocals + 1);
    if (f->nlocals != 0)
        memcpy(locals, f->locals, f->nlocals);
    locals[f->nlocals] = type;
    f->locals = locals;
    return f->nlocals++;
}

static void renumber(uint32_t *func, uint32_t from)
{
    if (*func >= from && *func != NONE)
        ++*func;
}

uint32_t add_import(Module *m, const char *field, const char *label, uint32_t type)
{
    uint32_t index = m->nimports;
    m->funcs = arena_grow(&m->arena, m->funcs, m->nfuncs, (size_t)m->nfuncs + 1, &m->funcs_capacity, sizeof(Func));
    memmove(m->funcs + index + 1, m->funcs + index, (m->nfuncs - index) * sizeof(Func));
    m->funcs[index] = (Func){.type = type, .name = name_of(label), .imported = true, .module = name_of("hermetic"),
                             .field = name_of(field)};
    m->nfuncs++;
    m->nimports++;
    m->nfuncs_read++;
    for (uint32_t i = m->nimports; i < m->nfuncs; i++)
        for (uint32_t k = 0; k < m->funcs[i].code.count; k++)
            if (m->funcs[i].code.at[k].op == OP_CALL)
                renumber(&m->funcs[i].code.at[k].index, index);
    for (uint32_t i = 0; i < m->nelems; i++)
        for (uint32_t k = 0; k < m->elems[i].count; k++)
            renumber(&m->elems[i].funcs[k], index);
    for (uint32_t i = 0; i < m->nexports; i++)
        if (m->exports[i].kind == KIND_FUNC)
            renumber(&m->exports[i].index, index);
    if (m->has_start)
        renumber(&m->start, index);
    return index;
}
