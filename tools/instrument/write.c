/* Turns the module model back into a binary. Same module in, same bytes out. */
#include "wasm.h"

#include <string.h>

static void put_name(Bytes *b, Name name)
{
    bytes_u32(b, name.size);
    bytes_put(b, name.bytes, name.size);
}

/* Appends `part` as a section (or subsection) and empties it. */
static void put_section(Bytes *out, uint8_t id, Bytes *part)
{
    bytes_u8(out, id);
    bytes_u32(out, (uint32_t)part->size);
    bytes_put(out, part->data, part->size);
    part->size = 0;
}

static void put_insn(const Func *f, Bytes *b, const Insn *insn)
{
    if (insn->op >= 0x100) {
        bytes_u8(b, 0xfc);
        bytes_u32(b, insn->op & 0xff);
    } else {
        bytes_u8(b, (uint8_t)insn->op);
    }
    if (op_is_memory(insn->op)) {
        bytes_u32(b, insn->block_type);
        bytes_u32(b, insn->index);
        return;
    }
    switch (insn->op) {
    case OP_BLOCK: case OP_LOOP: case OP_IF:
        bytes_u8(b, insn->block_type);
        break;
    case OP_BR: case OP_BR_IF: case OP_CALL:
    case OP_LOCAL_GET: case OP_LOCAL_SET: case OP_LOCAL_TEE: case OP_GLOBAL_GET: case OP_GLOBAL_SET:
        bytes_u32(b, insn->index);
        break;
    case OP_BR_TABLE:
        bytes_u32(b, (uint32_t)insn->imm - 1);
        for (uint64_t i = 0; i < insn->imm; i++)
            bytes_u32(b, f->targets[insn->index + i]);
        break;
    case OP_CALL_INDIRECT:
        bytes_u32(b, insn->index);
        bytes_u8(b, 0);
        break;
    case OP_MEMORY_SIZE: case OP_MEMORY_GROW: case OP_MEMORY_FILL:
        bytes_u8(b, 0);
        break;
    case OP_MEMORY_COPY:
        bytes_u8(b, 0);
        bytes_u8(b, 0);
        break;
    case OP_I32_CONST: bytes_s64(b, (int32_t)insn->imm); break;
    case OP_I64_CONST: bytes_s64(b, (int64_t)insn->imm); break;
    case OP_F32_CONST: case OP_F64_CONST:
        for (unsigned i = 0; i < (insn->op == OP_F32_CONST ? 4u : 8u); i++)
            bytes_u8(b, (uint8_t)(insn->imm >> (8 * i)));
        break;
    default: break;
    }
}

static void put_const_expr(Bytes *b, const Insn *insn)
{
    put_insn(NULL, b, insn);
    bytes_u8(b, OP_END);
}

static void put_limits(Bytes *b, const Limits *limits)
{
    bytes_u8(b, limits->has_max);
    bytes_u32(b, limits->min);
    if (limits->has_max)
        bytes_u32(b, limits->max);
}

static void put_body(const Module *m, Bytes *out, const Func *f, Bytes *b)
{
    uint32_t nparams = m->types[f->type].nparams, groups = 0;
    b->size = 0;
    for (uint32_t i = nparams; i < f->nlocals; i++)
        groups += i == nparams || f->locals[i] != f->locals[i - 1];
    bytes_u32(b, groups);
    for (uint32_t i = nparams, run; i < f->nlocals; i += run) {
        for (run = 1; i + run < f->nlocals && f->locals[i + run] == f->locals[i]; run++)
            ;
        bytes_u32(b, run);
        bytes_u8(b, f->locals[i]);
    }
    for (uint32_t i = 0; i < f->code.count; i++)
        put_insn(f, b, &f->code.at[i]);
    bytes_u32(out, (uint32_t)b->size);
    bytes_put(out, b->data, b->size);
}

static void put_function_names(const Module *m, Bytes *out)
{
    Bytes b = {0};
    uint32_t named = 0;
    for (uint32_t i = 0; i < m->nfuncs; i++)
        named += m->funcs[i].name.size != 0;
    bytes_u32(&b, named);
    for (uint32_t i = 0; i < m->nfuncs; i++) {
        if (m->funcs[i].name.size != 0) {
            bytes_u32(&b, i);
            put_name(&b, m->funcs[i].name);
        }
    }
    put_section(out, NAMES_FUNCTIONS, &b);
    bytes_free(&b);
}

/* What the input had, and one more entry for each global added since. */
static void put_global_names(const Module *m, Bytes *out)
{
    Bytes b = {0};
    bytes_u32(&b, m->nglobal_names + (m->nglobals - m->nglobals_read));
    bytes_put(&b, m->global_names, m->global_names_size);
    for (uint32_t i = m->nglobals_read; i < m->nglobals; i++) {
        bytes_u32(&b, i);
        put_name(&b, m->added_global_names[i - m->nglobals_read]);
    }
    put_section(out, NAMES_GLOBALS, &b);
    bytes_free(&b);
}

static void put_names(const Module *m, Bytes *out, Bytes *b)
{
    b->size = 0;
    put_name(b, name_of("name"));
    put_function_names(m, b);
    put_global_names(m, b);
    put_section(out, 0, b);
}

void module_write(const Module *m, Bytes *out, bool code_only)
{
    enum { TYPE = 1, IMPORT, FUNCTION, TABLE, MEMORY, GLOBAL, EXPORT, START, ELEM, CODE, DATA };
    Bytes b = {0}, body = {0};
    out->size = 0;
    bytes_put(out, "\0asm\1\0\0\0", 8);

    bytes_u32(&b, m->ntypes);
    for (uint32_t i = 0; i < m->ntypes; i++) {
        const FuncType *type = &m->types[i];
        bytes_u8(&b, 0x60);
        bytes_u32(&b, type->nparams);
        bytes_put(&b, type->params, type->nparams);
        bytes_u32(&b, type->result != T_NONE);
        if (type->result != T_NONE)
            bytes_u8(&b, type->result);
    }
    put_section(out, TYPE, &b);

    bytes_u32(&b, m->nimports);
    for (uint32_t i = 0; i < m->nimports; i++) {
        put_name(&b, m->funcs[i].module);
        put_name(&b, m->funcs[i].field);
        bytes_u8(&b, KIND_FUNC);
        bytes_u32(&b, m->funcs[i].type);
    }
    put_section(out, IMPORT, &b);

    bytes_u32(&b, m->nfuncs - m->nimports);
    for (uint32_t i = m->nimports; i < m->nfuncs; i++)
        bytes_u32(&b, m->funcs[i].type);
    put_section(out, FUNCTION, &b);

    if (m->ntables != 0) {
        bytes_u32(&b, m->ntables);
        for (uint32_t i = 0; i < m->ntables; i++) {
            bytes_u8(&b, 0x70);
            put_limits(&b, &m->tables[i]);
        }
        put_section(out, TABLE, &b);
    }
    if (m->nmemories != 0) {
        bytes_u32(&b, m->nmemories);
        for (uint32_t i = 0; i < m->nmemories; i++)
            put_limits(&b, &m->memories[i]);
        put_section(out, MEMORY, &b);
    }
    if (m->nglobals != 0) {
        bytes_u32(&b, m->nglobals);
        for (uint32_t i = 0; i < m->nglobals; i++) {
            bytes_u8(&b, m->globals[i].type);
            bytes_u8(&b, m->globals[i].mutable_);
            put_const_expr(&b, &m->globals[i].init);
        }
        put_section(out, GLOBAL, &b);
    }
    if (m->nexports != 0) {
        bytes_u32(&b, m->nexports);
        for (uint32_t i = 0; i < m->nexports; i++) {
            put_name(&b, m->exports[i].name);
            bytes_u8(&b, m->exports[i].kind);
            bytes_u32(&b, m->exports[i].index);
        }
        put_section(out, EXPORT, &b);
    }
    if (m->has_start) {
        bytes_u32(&b, m->start);
        put_section(out, START, &b);
    }
    if (m->nelems != 0) {
        bytes_u32(&b, m->nelems);
        for (uint32_t i = 0; i < m->nelems; i++) {
            bytes_u32(&b, 0);
            put_const_expr(&b, &m->elems[i].start);
            bytes_u32(&b, m->elems[i].count);
            for (uint32_t k = 0; k < m->elems[i].count; k++)
                bytes_u32(&b, m->elems[i].funcs[k]);
        }
        put_section(out, ELEM, &b);
    }
    bytes_u32(&b, m->nfuncs - m->nimports);
    for (uint32_t i = m->nimports; i < m->nfuncs; i++)
        put_body(m, &b, &m->funcs[i], &body);
    put_section(out, CODE, &b);
    if (m->ndatas != 0 && !code_only) {
        bytes_u32(&b, m->ndatas);
        for (uint32_t i = 0; i < m->ndatas; i++) {
            bytes_u32(&b, 0);
            put_const_expr(&b, &m->datas[i].start);
            bytes_u32(&b, m->datas[i].size);
            bytes_put(&b, m->datas[i].bytes, m->datas[i].size);
        }
        put_section(out, DATA, &b);
    }
    put_names(m, out, &b);
    bytes_free(&b);
    bytes_free(&body);
}
