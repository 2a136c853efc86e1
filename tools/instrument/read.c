/* Reads a wasm binary into the module model.
 *
 * The input is not trusted: every read is bounded by the section it is in, every count by the bytes that are left, and
 * whatever the tool does not handle is refused with its place in the file. Types are checked afterwards, in flow.c. */
#include "wasm.h"

#include <stdio.h>
#include <string.h>

enum { LOCALS_LIMIT = 50000, PARAMS_LIMIT = 1000, FUNCS_LIMIT = 1000000 };

typedef struct {
    const Module *m;
    const uint8_t *at, *end;
    const char *where; /* names what is being read */
} Reader;

static size_t place(const Reader *r)
{
    return (size_t)(r->at - r->m->input);
}

#define BAD(r, ...) bad((r), __VA_ARGS__)
_Noreturn static void bad(const Reader *r, const char *what, const char *detail)
{
    fail("%s: offset 0x%zx: %s: %s%s", r->m->path, place(r), r->where, what, detail);
}

static uint8_t read_u8(Reader *r)
{
    if (r->at == r->end)
        BAD(r, "unexpected end", "");
    return *r->at++;
}

static uint64_t read_leb(Reader *r, unsigned bits, bool is_signed)
{
    uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        uint8_t byte = read_u8(r);
        if (shift + 7 > bits) {
            /* The last byte: what does not fit must be a sign extension, or zero. */
            unsigned room = bits - shift;
            uint8_t extra = (uint8_t)((byte & 0x7f) >> (is_signed ? room - 1 : room));
            uint8_t ones = (uint8_t)(0x7f >> (is_signed ? room - 1 : room));
            if ((byte & 0x80) || (extra != 0 && !(is_signed && extra == ones)))
                BAD(r, "number too large", "");
        }
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80)) {
            shift += 7;
            if (is_signed && shift < 64 && (byte & 0x40))
                value |= UINT64_MAX << shift;
            return value;
        }
    }
}

static uint32_t read_u32(Reader *r)
{
    return (uint32_t)read_leb(r, 32, false);
}

static uint64_t read_fixed(Reader *r, unsigned size)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < size; i++)
        value |= (uint64_t)read_u8(r) << (8 * i);
    return value;
}

/* A number of items, each of which takes at least one byte. */
static uint32_t read_count(Reader *r)
{
    uint32_t count = read_u32(r);
    if (count > (size_t)(r->end - r->at))
        BAD(r, "count too large", "");
    return count;
}

static Name read_name(Reader *r)
{
    Name name;
    name.size = read_count(r);
    name.bytes = (const char *)r->at;
    r->at += name.size;
    return name;
}

static Reader read_part(Reader *r, const char *where)
{
    uint32_t size = read_count(r);
    Reader part = {r->m, r->at, r->at + size, where};
    r->at += size;
    return part;
}

static void expect_end(const Reader *r)
{
    if (r->at != r->end)
        BAD(r, "bytes left over", "");
}

static uint8_t read_value_type(Reader *r)
{
    uint8_t type = read_u8(r);
    if (type < T_F64 || type > T_I32)
        BAD(r, "value type not supported (only i32, i64, f32, f64)", "");
    return type;
}

static void read_types(Module *m, Reader *r)
{
    uint32_t count = read_count(r);
    m->types = NEW_ARRAY(&m->arena, FuncType, count);
    m->types_capacity = count;
    for (; m->ntypes < count; m->ntypes++) {
        FuncType *type = &m->types[m->ntypes];
        if (read_u8(r) != 0x60)
            BAD(r, "only function types are supported", "");
        type->nparams = read_count(r);
        if (type->nparams > PARAMS_LIMIT)
            BAD(r, "too many parameters", "");
        uint8_t *params = NEW_ARRAY(&m->arena, uint8_t, type->nparams);
        for (uint32_t i = 0; i < type->nparams; i++)
            params[i] = read_value_type(r);
        type->params = params;
        uint32_t results = read_count(r);
        if (results > 1)
            BAD(r, "multi-value is not supported", "");
        type->result = results == 1 ? read_value_type(r) : T_NONE;
    }
}

static Func *new_func(Module *m, Reader *r)
{
    uint32_t type = read_u32(r);
    if (type >= m->ntypes)
        BAD(r, "no such type", "");
    if (m->nfuncs >= FUNCS_LIMIT)
        BAD(r, "too many functions", "");
    m->funcs = arena_grow(&m->arena, m->funcs, m->nfuncs, (size_t)m->nfuncs + 1, &m->funcs_capacity, sizeof(Func));
    Func *f = &m->funcs[m->nfuncs++];
    *f = (Func){.type = type};
    return f;
}

static void read_imports(Module *m, Reader *r)
{
    for (uint32_t count = read_count(r); count != 0; count--) {
        Name module = read_name(r), field = read_name(r);
        if (read_u8(r) != KIND_FUNC) {
            char label[256];
            snprintf(label, sizeof label, NAME_FMT "." NAME_FMT, (int)(module.size % 100), module.bytes,
                     (int)(field.size % 100), field.bytes);
            BAD(r, "only functions can be imported: ", label);
        }
        Func *f = new_func(m, r);
        f->imported = true;
        f->module = module;
        f->field = f->name = field;
        m->nimports++;
    }
}

static void read_functions(Module *m, Reader *r)
{
    for (uint32_t count = read_count(r); count != 0; count--)
        new_func(m, r);
}

static Limits read_limits(Reader *r)
{
    Limits limits = {0};
    uint8_t flags = read_u8(r);
    if (flags > 1)
        BAD(r, "shared and 64-bit memories and tables are not supported", "");
    limits.has_max = flags & 1;
    limits.min = read_u32(r);
    limits.max = limits.has_max ? read_u32(r) : 0;
    if (limits.has_max && limits.max < limits.min)
        BAD(r, "maximum below minimum", "");
    return limits;
}

static void read_tables(Module *m, Reader *r)
{
    uint32_t count = read_count(r);
    m->tables = NEW_ARRAY(&m->arena, Limits, count);
    for (; m->ntables < count; m->ntables++) {
        if (read_u8(r) != 0x70)
            BAD(r, "only funcref tables are supported", "");
        m->tables[m->ntables] = read_limits(r);
    }
}

static void read_memories(Module *m, Reader *r)
{
    uint32_t count = read_count(r);
    m->memories = NEW_ARRAY(&m->arena, Limits, count);
    for (; m->nmemories < count; m->nmemories++) {
        m->memories[m->nmemories] = read_limits(r);
        if (m->memories[m->nmemories].min > 65536 || m->memories[m->nmemories].max > 65536)
            BAD(r, "memory larger than 4 GiB", "");
    }
}

/* A constant expression: one constant or one global, then end. */
static Insn read_const_expr(const Module *m, Reader *r, uint8_t type)
{
    Insn insn = {.offset = (uint32_t)place(r), .block_type = T_NONE};
    uint8_t found = T_NONE;
    insn.op = read_u8(r);
    switch (insn.op) {
    case OP_I32_CONST: insn.imm = read_leb(r, 32, true); found = T_I32; break;
    case OP_I64_CONST: insn.imm = read_leb(r, 64, true); found = T_I64; break;
    case OP_F32_CONST: insn.imm = read_fixed(r, 4); found = T_F32; break;
    case OP_F64_CONST: insn.imm = read_fixed(r, 8); found = T_F64; break;
    case OP_GLOBAL_GET:
        insn.index = read_u32(r);
        if (insn.index < m->nglobals)
            found = m->globals[insn.index].type;
        break;
    default: break;
    }
    if (found != type || read_u8(r) != OP_END)
        BAD(r, "constant expression not supported", "");
    return insn;
}

static void read_globals(Module *m, Reader *r)
{
    uint32_t count = read_count(r);
    m->globals = NEW_ARRAY(&m->arena, Global, count);
    m->globals_capacity = count;
    for (; m->nglobals < count; m->nglobals++) {
        Global *global = &m->globals[m->nglobals];
        global->type = read_value_type(r);
        uint8_t mutability = read_u8(r);
        if (mutability > 1)
            BAD(r, "unknown mutability", "");
        global->mutable_ = mutability == 1;
        global->init = read_const_expr(m, r, global->type);
    }
}

static void read_exports(Module *m, Reader *r)
{
    uint32_t count = read_count(r);
    m->exports = NEW_ARRAY(&m->arena, Export, count);
    m->exports_capacity = count;
    for (; m->nexports < count; m->nexports++) {
        Export *e = &m->exports[m->nexports];
        e->name = read_name(r);
        e->kind = read_u8(r);
        e->index = read_u32(r);
        const uint32_t limits[] = {m->nfuncs, m->ntables, m->nmemories, m->nglobals};
        if (e->kind > KIND_GLOBAL)
            BAD(r, "kind of export not supported", "");
        if (e->index >= limits[e->kind])
            BAD(r, "export of something that does not exist", "");
    }
}

static void read_elems(Module *m, Reader *r)
{
    uint32_t count = read_count(r);
    m->elems = NEW_ARRAY(&m->arena, Elem, count);
    for (; m->nelems < count; m->nelems++) {
        Elem *elem = &m->elems[m->nelems];
        if (read_u32(r) != 0)
            BAD(r, "only active element segments of table 0 are supported", "");
        elem->start = read_const_expr(m, r, T_I32);
        elem->count = read_count(r);
        elem->funcs = NEW_ARRAY(&m->arena, uint32_t, elem->count);
        for (uint32_t i = 0; i < elem->count; i++) {
            elem->funcs[i] = read_u32(r);
            if (elem->funcs[i] >= m->nfuncs)
                BAD(r, "no such function", "");
        }
    }
}

static void read_datas(Module *m, Reader *r)
{
    uint32_t count = read_count(r);
    m->datas = NEW_ARRAY(&m->arena, Data, count);
    for (; m->ndatas < count; m->ndatas++) {
        Data *data = &m->datas[m->ndatas];
        if (read_u32(r) != 0)
            BAD(r, "only active data segments of memory 0 are supported", "");
        data->start = read_const_expr(m, r, T_I32);
        data->size = read_count(r);
        data->bytes = r->at;
        r->at += data->size;
    }
}

static void read_insn(Module *m, Func *f, Reader *r, Insn *insn, size_t *targets_capacity)
{
    *insn = (Insn){.offset = (uint32_t)place(r), .block_type = T_NONE};
    insn->op = read_u8(r);
    if (insn->op == 0xfc) {
        uint32_t second = read_u32(r);
        insn->op = second <= 0xff ? (uint16_t)(0xfc00 | second) : 0xffff;
        if (op_operands(insn->op) == NULL)
            fail("%s: %s, offset 0x%x: instruction 0xfc 0x%02x is not supported", m->path,
                 func_label(m, (uint32_t)(f - m->funcs)), (unsigned)insn->offset, (unsigned)second);
    } else if (op_operands(insn->op) == NULL) {
        fail("%s: %s, offset 0x%x: instruction 0x%02x is not supported", m->path,
             func_label(m, (uint32_t)(f - m->funcs)), (unsigned)insn->offset, (unsigned)insn->op);
    }
    if (op_is_memory(insn->op)) {
        uint32_t align = read_u32(r);
        if (align > 3 || 1u << align > op_access_size(insn->op))
            BAD(r, "alignment not supported: ", op_name(insn->op));
        insn->block_type = (uint8_t)align;
        insn->index = read_u32(r);
        return;
    }
    switch (insn->op) {
    case OP_BLOCK: case OP_LOOP: case OP_IF:
        insn->block_type = read_u8(r);
        if (insn->block_type != T_NONE && (insn->block_type < T_F64 || insn->block_type > T_I32))
            BAD(r, "block type not supported (multi-value?)", "");
        break;
    case OP_BR: case OP_BR_IF: case OP_CALL:
    case OP_LOCAL_GET: case OP_LOCAL_SET: case OP_LOCAL_TEE: case OP_GLOBAL_GET: case OP_GLOBAL_SET:
        insn->index = read_u32(r);
        break;
    case OP_BR_TABLE: {
        size_t count = (size_t)read_count(r) + 1;
        insn->index = f->ntargets;
        insn->imm = count;
        if (count > NONE - f->ntargets)
            BAD(r, "too many branch targets", "");
        f->targets = arena_grow(&m->arena, f->targets, f->ntargets, f->ntargets + count, targets_capacity,
                                sizeof *f->targets);
        for (size_t i = 0; i < count; i++)
            f->targets[f->ntargets++] = read_u32(r);
        break;
    }
    case OP_CALL_INDIRECT:
        insn->index = read_u32(r);
        if (read_u32(r) != 0)
            BAD(r, "only table 0 is supported", "");
        break;
    case OP_MEMORY_SIZE: case OP_MEMORY_GROW: case OP_MEMORY_FILL:
        if (read_u8(r) != 0)
            BAD(r, "only memory 0 is supported", "");
        break;
    case OP_MEMORY_COPY:
        if (read_u8(r) != 0 || read_u8(r) != 0)
            BAD(r, "only memory 0 is supported", "");
        break;
    case OP_I32_CONST: insn->imm = read_leb(r, 32, true); break;
    case OP_I64_CONST: insn->imm = read_leb(r, 64, true); break;
    case OP_F32_CONST: insn->imm = read_fixed(r, 4); break;
    case OP_F64_CONST: insn->imm = read_fixed(r, 8); break;
    default: break;
    }
}

/* The instructions up to the body's own end. Those that follow a branch which is always taken, up to the next `else` or
 * `end` of the same block, are dropped: the passes then never meet a stack of unknown types. */
static void read_code(Module *m, Func *f, Reader *r)
{
    size_t targets_capacity = 0;
    uint32_t depth = 0, dead_depth = 0; /* dead_depth: blocks opened within dropped code */
    bool dead = false;
    for (;;) {
        Insn insn;
        uint32_t ntargets = f->ntargets;
        read_insn(m, f, r, &insn, &targets_capacity);
        bool opens = insn.op == OP_BLOCK || insn.op == OP_LOOP || insn.op == OP_IF;
        if (dead) {
            if (opens) {
                dead_depth++;
            } else if (dead_depth != 0) {
                dead_depth -= insn.op == OP_END;
            } else if (insn.op == OP_END || insn.op == OP_ELSE) {
                dead = false;
            }
            if (dead || dead_depth != 0 || (insn.op != OP_END && insn.op != OP_ELSE)) {
                f->ntargets = ntargets;
                continue;
            }
        }
        code_add(m, &f->code, insn);
        depth += opens;
        if (insn.op == OP_END && depth-- == 0)
            break;
        dead = insn.op == OP_BR || insn.op == OP_BR_TABLE || insn.op == OP_RETURN || insn.op == OP_UNREACHABLE;
    }
}

static void read_body(Module *m, Func *f, Reader *r)
{
    const FuncType *type = &m->types[f->type];
    f->offset = (uint32_t)place(r);
    uint32_t groups = read_count(r);
    Reader again = *r;
    uint64_t total = type->nparams;
    for (uint32_t i = 0; i < groups; i++) {
        total += read_u32(&again);
        read_value_type(&again);
        if (total > LOCALS_LIMIT)
            BAD(&again, "too many locals: ", func_label(m, (uint32_t)(f - m->funcs)));
    }
    f->locals = NEW_ARRAY(&m->arena, uint8_t, (size_t)total);
    memcpy(f->locals, type->params, type->nparams);
    f->nlocals = type->nparams;
    for (uint32_t i = 0; i < groups; i++) {
        uint32_t count = read_u32(r);
        uint8_t local = read_value_type(r);
        while (count-- != 0)
            f->locals[f->nlocals++] = local;
    }
    read_code(m, f, r);
    expect_end(r);
}

static void read_bodies(Module *m, Reader *r)
{
    if (read_count(r) != m->nfuncs - m->nimports)
        BAD(r, "as many bodies as functions expected", "");
    for (uint32_t i = m->nimports; i < m->nfuncs; i++) {
        Reader body = read_part(r, "function body");
        read_body(m, &m->funcs[i], &body);
    }
}

static void read_function_names(Module *m, Reader r)
{
    for (uint32_t count = read_count(&r); count != 0; count--) {
        uint32_t index = read_u32(&r);
        Name name = read_name(&r);
        if (index < m->nfuncs && name.size != 0)
            m->funcs[index].name = name;
    }
}

static void read_global_names(Module *m, Reader r)
{
    m->nglobal_names = read_count(&r);
    m->global_names = r.at;
    for (uint32_t i = 0; i < m->nglobal_names; i++) {
        read_u32(&r);
        read_name(&r);
    }
    m->global_names_size = (size_t)(r.at - m->global_names);
}

static void read_names(Module *m, Reader *r)
{
    while (r->at != r->end) {
        uint8_t id = read_u8(r);
        Reader part = read_part(r, "name section");
        if (id == NAMES_FUNCTIONS)
            read_function_names(m, part);
        else if (id == NAMES_GLOBALS)
            read_global_names(m, part);
    }
}

/* Finds the name section ahead of everything else, so that errors in code can name the function. It comes last in the
 * file, and its function indices are only good once the functions are known: hence called with those read. */
static void find_names(Module *m, Reader r)
{
    for (bool found = false; r.at != r.end && !found;) {
        uint8_t id = read_u8(&r);
        Reader section = read_part(&r, "name section");
        found = id == 0 && name_is(read_name(&section), "name");
        if (found)
            read_names(m, &section);
    }
}

void module_read(Module *m, const char *path, const uint8_t *bytes, size_t size)
{
    enum { CUSTOM, TYPE, IMPORT, FUNCTION, TABLE, MEMORY, GLOBAL, EXPORT, START, ELEM, CODE, DATA, DATA_COUNT };
    static const char *const titles[] = {"custom section", "type section", "import section", "function section",
                                         "table section", "memory section", "global section", "export section",
                                         "start section", "element section", "code section", "data section",
                                         "data count section"};
    *m = (Module){.path = path, .input = bytes, .input_size = size};
    Reader r = {m, bytes, bytes + size, "header"};
    if (size > UINT32_MAX)
        fail("%s: file too large", path);
    if (size < 8 || memcmp(bytes, "\0asm\1\0\0\0", 8) != 0)
        fail("%s: not a wasm module of version 1", path);
    r.at += 8;
    uint32_t last = CUSTOM;
    bool has_code = false;
    while (r.at != r.end) {
        Reader before = r;
        uint8_t id = read_u8(&r);
        if (id > DATA_COUNT) {
            char number[16];
            snprintf(number, sizeof number, "%u", id);
            BAD(&before, "section not supported: ", number);
        }
        Reader section = read_part(&r, titles[id]);
        if (id == CUSTOM)
            continue; /* only the names are kept: others describe code as it was before the passes */
        /* The data count section stands between elements and code. */
        uint32_t order = id == DATA_COUNT ? 2 * ELEM + 1 : 2u * id;
        if (order <= last)
            BAD(&before, "section out of order", "");
        last = order;
        switch (id) {
        case TYPE: read_types(m, &section); break;
        case IMPORT: read_imports(m, &section); break;
        case FUNCTION: read_functions(m, &section); break;
        case TABLE: read_tables(m, &section); break;
        case MEMORY: read_memories(m, &section); break;
        case GLOBAL: read_globals(m, &section); break;
        case EXPORT: read_exports(m, &section); break;
        case START: m->start = read_u32(&section); m->has_start = true; break;
        case ELEM: read_elems(m, &section); break;
        case CODE:
            has_code = true;
            find_names(m, r);
            read_bodies(m, &section);
            break;
        case DATA: read_datas(m, &section); break;
        case DATA_COUNT: read_u32(&section); break; /* only memory.init needs it, and that is refused */
        default: break;
        }
        expect_end(&section);
    }
    if (!has_code && m->nfuncs != m->nimports)
        fail("%s: functions without a code section", path);
    if (m->has_start && m->start >= m->nfuncs)
        fail("%s: no such start function", path);
    for (uint32_t i = 0; i < m->nexports; i++) {
        const Export *e = &m->exports[i];
        if (e->kind == KIND_FUNC && m->funcs[e->index].name.size == 0)
            m->funcs[e->index].name = e->name;
    }
    m->nfuncs_read = m->nfuncs;
    m->nglobals_read = m->nglobals;
}
