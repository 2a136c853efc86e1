/* Keeps every pointer that is live across a call which may collect in linear memory, where the collector looks.
 *
 * For each such call the pass finds the values that it must keep: locals that are live after it, and operands that wait
 * on the stack below its arguments. An operand is given a local of its own (local.tee where it is produced), unless it
 * is a copy of a local that does not change before the call. Each value that some call must keep gets a slot in a frame
 * that the function adds to the shadow stack; values that no call must keep together may share one. Before a call,
 * those that are not in their slots yet are stored; what a loop keeps but does not change is stored ahead of it.
 *
 * Slots hold whole values: of an i64, both words, since either may be a pointer (an object is NaN-boxed with its
 * pointer in the low word; a structure of two pointers that is copied as one i64 has one in each). They are not cleared:
 * the collector is conservative, so that a stale value costs memory at most.
 *
 * The collector scans from the stack pointer upwards; frames are addressed by a local (`base`), which equals it. */
#include "flow.h"
#include "passes.h"
#include "pointer.h"

#include <string.h>

enum { MAX_BITS = 1 << 30, FRAME_ALIGN = 16 };

typedef struct {
    uint32_t insn;
    Word *keeps; /* by variable; later by slot candidate */
} Call;

/* An operand that a call must keep. */
typedef struct {
    uint32_t call;     /* index into calls */
    uint32_t producer; /* instruction */
    uint32_t height;   /* where it is on the stack */
} Operand;

typedef struct {
    Module *m;
    Func *f;
    uint32_t func, stack_pointer;
    const CallGraph *graph;
    Arena *arena;
    Flow flow;
    Liveness live;

    Call *calls; /* in program order */
    size_t ncalls, calls_capacity;
    uint32_t *call_at; /* by instruction: 1 + index into calls */
    uint32_t *producer; /* by height: the instruction that produced the operand */
    Operand *operands;
    size_t noperands, operands_capacity;
    uint32_t *tee; /* by instruction: 1 + the local that keeps its result */

    uint32_t nvars;      /* the function's locals, with those added for operands */
    uint32_t nkept;      /* variables that some call keeps: the candidates */
    uint32_t *kept;      /* by candidate: the variable */
    uint32_t *candidate; /* by variable: 1 + candidate */
    size_t words;        /* of a set of candidates */
    uint32_t *slot;      /* by candidate: offset in the frame */
    Word *sharing;       /* by candidate: the other candidates in its slot */
    Word **loop_keeps, **loop_sets; /* by loop instruction: what is kept and what is set within it */
    uint32_t frame_size;
    uint32_t base; /* local */
    SpillStats *stats;
} Spill;

/* --- Which values must be kept ------------------------------------------------------------------------------------ */

static void add_call(void *ctx, uint32_t insn, const Word *live)
{
    Spill *s = ctx;
    if (!call_may_collect(s->m, s->graph, &s->f->code.at[insn]))
        return;
    s->calls = arena_grow(s->arena, s->calls, s->ncalls, s->ncalls + 1, &s->calls_capacity, sizeof *s->calls);
    Call *call = &s->calls[s->ncalls++];
    call->insn = insn;
    call->keeps = NEW_ARRAY(s->arena, Word, s->live.words);
    memcpy(call->keeps, live, s->live.words * sizeof *live);
    s->call_at[insn] = (uint32_t)s->ncalls;
}

static void keep_operands(Spill *s, uint32_t call, uint32_t insn, const uint8_t *stack)
{
    const Insn *at = &s->f->code.at[insn];
    uint32_t height = s->flow.height[insn] - (at->op == OP_CALL_INDIRECT);
    if (!call_keeps_arguments(s->m, s->graph, at))
        height -= call_type(s->m, at)->nparams;
    for (uint32_t h = 0; h < height; h++) {
        if (!stack[h])
            continue;
        s->operands = arena_grow(s->arena, s->operands, s->noperands, s->noperands + 1, &s->operands_capacity,
                                 sizeof *s->operands);
        s->operands[s->noperands++] = (Operand){call, s->producer[h], h};
    }
}

static void look(void *ctx, uint32_t insn, const uint8_t *locals, const uint8_t *stack)
{
    Spill *s = ctx;
    if (s->call_at[insn] != 0) {
        Call *call = &s->calls[s->call_at[insn] - 1];
        for (uint32_t i = 0; i < s->f->nlocals; i++)
            if (!locals[i])
                bit_clear(call->keeps, i);
        keep_operands(s, s->call_at[insn] - 1, insn, stack);
    }
    if (s->flow.pushes[insn] != T_NONE)
        s->producer[s->flow.height[insn + 1] - 1] = insn;
}

/* Whether the operand is a copy of a local that keeps its value until the operand is popped. Not only up to the call:
 * in a loop, what comes after the call comes before it as well. */
static bool copies_local(const Spill *s, const Operand *o, uint32_t *local)
{
    const Insn *code = s->f->code.at;
    const Flow *flow = &s->flow;
    if (code[o->producer].op != OP_LOCAL_GET && code[o->producer].op != OP_LOCAL_TEE)
        return false;
    *local = code[o->producer].index;
    for (uint32_t i = o->producer + 1; i + 1 < flow->count; i++) {
        if (flow->height[i + 1] - (flow->pushes[i] != T_NONE) <= o->height)
            return true;
        if ((code[i].op == OP_LOCAL_SET || code[i].op == OP_LOCAL_TEE) && code[i].index == *local)
            return false;
    }
    return true;
}

/* Finds a variable for each operand to keep. Operands at the same height never exist at the same time, so that one
 * local for each height and type is enough. */
static void place_operands(Spill *s)
{
    uint32_t *temps = NEW_ARRAY(s->arena, uint32_t, 2 * (size_t)s->flow.max_height);
    uint32_t *variable = NEW_ARRAY(s->arena, uint32_t, s->noperands);
    s->nvars = s->f->nlocals;
    for (size_t i = 0; i < s->noperands; i++) {
        const Operand *o = &s->operands[i];
        if (s->tee[o->producer] != 0) {
            variable[i] = s->tee[o->producer] - 1;
        } else if (!copies_local(s, o, &variable[i])) {
            uint8_t type = s->flow.pushes[o->producer];
            uint32_t *temp = &temps[2 * (size_t)o->height + (type == T_I64)];
            if (*temp == 0) {
                *temp = 1 + add_local(s->m, s->f, type);
                s->nvars++;
            }
            s->tee[o->producer] = *temp;
            variable[i] = *temp - 1;
        }
    }
    size_t words = WORDS(s->nvars);
    if (words > s->live.words) {
        for (size_t i = 0; i < s->ncalls; i++) {
            Word *keeps = NEW_ARRAY(s->arena, Word, words);
            memcpy(keeps, s->calls[i].keeps, s->live.words * sizeof *keeps);
            s->calls[i].keeps = keeps;
        }
    }
    for (size_t i = 0; i < s->noperands; i++)
        bit_set(s->calls[s->operands[i].call].keeps, variable[i]);
}

/* Numbers the variables that some call keeps, i64 first, and turns the calls' sets into sets of those. */
static void number_candidates(Spill *s)
{
    size_t words = WORDS(s->nvars);
    Word *all = NEW_ARRAY(s->arena, Word, words);
    for (size_t i = 0; i < s->ncalls; i++)
        for (size_t w = 0; w < words; w++)
            all[w] |= s->calls[i].keeps[w];
    s->kept = NEW_ARRAY(s->arena, uint32_t, s->nvars);
    s->candidate = NEW_ARRAY(s->arena, uint32_t, s->nvars);
    for (int wide = 1; wide >= 0; wide--) {
        for (uint32_t i = 0; i < s->nvars; i++) {
            if (bit_get(all, i) && (s->f->locals[i] == T_I64) == wide) {
                s->kept[s->nkept++] = i;
                s->candidate[i] = s->nkept;
            }
        }
    }
    s->words = WORDS(s->nkept);
    for (size_t i = 0; i < s->ncalls; i++) {
        Word *keeps = NEW_ARRAY(s->arena, Word, s->words);
        for (uint32_t k = 0; k < s->nkept; k++)
            if (bit_get(s->calls[i].keeps, s->kept[k]))
                bit_set(keeps, k);
        s->calls[i].keeps = keeps;
    }
}

/* --- Loops and slots ---------------------------------------------------------------------------------------------- */

/* The loop around a loop, or FLOW_BODY. */
static uint32_t outer_loop(const Spill *s, uint32_t loop)
{
    uint32_t parent = s->flow.parent[loop];
    return parent == FLOW_BODY ? FLOW_BODY : s->flow.loop[parent];
}

static void note_set(Spill *s, uint32_t insn, uint32_t variable)
{
    if (s->candidate[variable] == 0)
        return;
    for (uint32_t loop = s->flow.loop[insn]; loop != FLOW_BODY; loop = outer_loop(s, loop))
        bit_set(s->loop_sets[loop], s->candidate[variable] - 1);
}

static void study_loops(Spill *s)
{
    const Insn *code = s->f->code.at;
    s->loop_keeps = NEW_ARRAY(s->arena, Word *, s->flow.count);
    s->loop_sets = NEW_ARRAY(s->arena, Word *, s->flow.count);
    for (uint32_t i = 0; i < s->flow.count; i++) {
        if (code[i].op == OP_LOOP) {
            s->loop_keeps[i] = NEW_ARRAY(s->arena, Word, s->words);
            s->loop_sets[i] = NEW_ARRAY(s->arena, Word, s->words);
        }
        if (code[i].op == OP_LOCAL_SET || code[i].op == OP_LOCAL_TEE)
            note_set(s, i, code[i].index);
        if (s->tee[i] != 0)
            note_set(s, i, s->tee[i] - 1);
        if (s->call_at[i] != 0) {
            const Word *keeps = s->calls[s->call_at[i] - 1].keeps;
            for (uint32_t loop = s->flow.loop[i]; loop != FLOW_BODY; loop = outer_loop(s, loop))
                for (size_t w = 0; w < s->words; w++)
                    s->loop_keeps[loop][w] |= keeps[w];
        }
    }
    /* What a loop keeps and does not set is stored ahead of it. */
    for (uint32_t i = 0; i < s->flow.count; i++)
        if (code[i].op == OP_LOOP)
            for (size_t w = 0; w < s->words; w++)
                s->loop_keeps[i][w] &= ~s->loop_sets[i][w];
}

static void conflict(Spill *s, Word *conflicts, const Word *together)
{
    for (uint32_t k = 0; k < s->nkept; k++)
        if (bit_get(together, k))
            for (size_t w = 0; w < s->words; w++)
                conflicts[k * s->words + w] |= together[w];
}

/* Greedy colouring; each width has its own slots. */
static void assign_slots(Spill *s)
{
    if ((uint64_t)s->nkept * s->words * 64 > MAX_BITS)
        fail("%s: %s: too many values to keep (%u)", s->m->path, func_label(s->m, s->func), (unsigned)s->nkept);
    Word *conflicts = NEW_ARRAY(s->arena, Word, s->nkept * s->words);
    s->sharing = NEW_ARRAY(s->arena, Word, s->nkept * s->words);
    s->slot = NEW_ARRAY(s->arena, uint32_t, s->nkept);
    uint32_t *colour = NEW_ARRAY(s->arena, uint32_t, s->nkept);
    bool *taken = NEW_ARRAY(s->arena, bool, s->nkept);
    uint32_t ncolours[2] = {0, 0};
    for (size_t i = 0; i < s->ncalls; i++)
        conflict(s, conflicts, s->calls[i].keeps);
    for (uint32_t i = 0; i < s->flow.count; i++)
        if (s->loop_keeps[i] != NULL)
            conflict(s, conflicts, s->loop_keeps[i]);
    for (uint32_t k = 0; k < s->nkept; k++) {
        bool wide = s->f->locals[s->kept[k]] == T_I64;
        memset(taken, 0, s->nkept * sizeof *taken);
        for (uint32_t j = 0; j < k; j++)
            if (bit_get(conflicts + k * s->words, j) && (s->f->locals[s->kept[j]] == T_I64) == wide)
                taken[colour[j]] = true;
        while (taken[colour[k]])
            colour[k]++;
        if (colour[k] == ncolours[wide])
            ncolours[wide]++;
        for (uint32_t j = 0; j < k; j++) {
            if (colour[j] == colour[k] && (s->f->locals[s->kept[j]] == T_I64) == wide) {
                bit_set(s->sharing + k * s->words, j);
                bit_set(s->sharing + j * s->words, k);
            }
        }
    }
    for (uint32_t k = 0; k < s->nkept; k++)
        s->slot[k] = s->f->locals[s->kept[k]] == T_I64 ? 8 * colour[k] : 8 * ncolours[1] + 4 * colour[k];
    uint32_t size = 8 * ncolours[1] + 4 * ncolours[0];
    s->frame_size = (size + FRAME_ALIGN - 1) / FRAME_ALIGN * FRAME_ALIGN;
    s->stats->slots = ncolours[0] + ncolours[1];
    s->stats->bytes = s->frame_size;
}

/* --- Which slots are current, and the new code -------------------------------------------------------------------- */

typedef struct {
    uint32_t opener;
    Word *at_end, *at_else;
} Frame;

typedef struct {
    Spill *s;
    Word *current;
    Word **loops; /* by instruction: what is current at the loop's head */
    Frame *frames;
    uint32_t depth;
    bool changed;
    Code *out; /* NULL while going for the fixpoint */
} Placement;

static bool meet(Word *to, const Word *from, size_t words)
{
    bool changed = false;
    for (size_t w = 0; w < words; w++) {
        changed |= (to[w] & ~from[w]) != 0;
        to[w] &= from[w];
    }
    return changed;
}

static void set_all(Word *set, size_t words)
{
    memset(set, 0xff, words * sizeof *set);
}

static void store(Placement *p, const Word *wanted)
{
    Spill *s = p->s;
    for (uint32_t k = 0; k < s->nkept; k++) {
        if (!bit_get(wanted, k) || bit_get(p->current, k))
            continue;
        for (size_t w = 0; w < s->words; w++)
            p->current[w] &= ~s->sharing[k * s->words + w];
        bit_set(p->current, k);
        if (p->out == NULL)
            continue;
        bool wide = s->f->locals[s->kept[k]] == T_I64;
        EMIT(s->m, p->out, OP_LOCAL_GET, s->base);
        EMIT(s->m, p->out, OP_LOCAL_GET, s->kept[k]);
        Insn insn = insn_of(wide ? OP_I64_STORE : OP_I32_STORE, s->slot[k], 0);
        insn.block_type = wide ? 3 : 2; /* alignment */
        code_add(s->m, p->out, insn);
        s->stats->stores++;
    }
}

static void changed_variable(Placement *p, uint32_t variable)
{
    if (p->s->candidate[variable] != 0)
        bit_clear(p->current, p->s->candidate[variable] - 1);
}

static void enter(Placement *p, uint32_t opener)
{
    Spill *s = p->s;
    Frame *frame = &p->frames[p->depth++];
    if (frame->at_end == NULL) {
        frame->at_end = NEW_ARRAY(s->arena, Word, s->words);
        frame->at_else = NEW_ARRAY(s->arena, Word, s->words);
    }
    frame->opener = opener;
    set_all(frame->at_end, s->words);
    memcpy(frame->at_else, p->current, s->words * sizeof(Word));
}

static void branch(Placement *p, uint32_t depth)
{
    Spill *s = p->s;
    Frame *frame = &p->frames[p->depth - 1 - depth];
    if (frame->opener != FLOW_BODY && s->f->code.at[frame->opener].op == OP_LOOP)
        p->changed |= meet(p->loops[frame->opener], p->current, s->words);
    else
        meet(frame->at_end, p->current, s->words);
}

/* Brings the state across instruction i, and stores what must be stored before it. */
static void step(Placement *p, uint32_t i)
{
    Spill *s = p->s;
    const Insn *insn = &s->f->code.at[i];
    switch (insn->op) {
    case OP_LOOP:
        store(p, s->loop_keeps[i]);
        if (p->loops[i] == NULL) {
            p->loops[i] = NEW_ARRAY(s->arena, Word, s->words);
            set_all(p->loops[i], s->words);
        }
        meet(p->loops[i], p->current, s->words);
        memcpy(p->current, p->loops[i], s->words * sizeof(Word));
        enter(p, i);
        break;
    case OP_BLOCK:
    case OP_IF:
        enter(p, i);
        break;
    case OP_ELSE:
        branch(p, 0);
        memcpy(p->current, p->frames[p->depth - 1].at_else, s->words * sizeof(Word));
        break;
    case OP_END: {
        Frame *frame = &p->frames[p->depth - 1];
        uint16_t op = frame->opener != FLOW_BODY ? s->f->code.at[frame->opener].op : OP_BLOCK;
        if (op != OP_LOOP) {
            branch(p, 0);
            if (op == OP_IF && s->flow.other[frame->opener] == NONE)
                meet(frame->at_end, frame->at_else, s->words);
            memcpy(p->current, frame->at_end, s->words * sizeof(Word));
        }
        p->depth--;
        break;
    }
    case OP_BR_IF:
        branch(p, insn->index);
        break;
    case OP_BR:
        branch(p, insn->index);
        set_all(p->current, s->words);
        break;
    case OP_BR_TABLE:
        for (uint64_t k = insn->index; k < insn->index + insn->imm; k++)
            if (k == insn->index || s->f->targets[k] != s->f->targets[k - 1])
                branch(p, s->f->targets[k]);
        set_all(p->current, s->words);
        break;
    case OP_RETURN:
    case OP_UNREACHABLE:
        set_all(p->current, s->words);
        break;
    case OP_LOCAL_SET:
    case OP_LOCAL_TEE:
        changed_variable(p, insn->index);
        break;
    case OP_CALL:
    case OP_CALL_INDIRECT:
        if (s->call_at[i] != 0)
            store(p, s->calls[s->call_at[i] - 1].keeps);
        break;
    default:
        break;
    }
    if (s->tee[i] != 0)
        changed_variable(p, s->tee[i] - 1);
}

/* --- The frame ---------------------------------------------------------------------------------------------------- */

/* A function that has a frame already usually sets the stack pointer once on entry and, on each way out, back from a
 * local: then our frame goes below it, at no cost on exit. Returns the instruction that sets it first, or NONE. */
static uint32_t find_prologue(const Spill *s)
{
    const Code *code = &s->f->code;
    uint32_t found = NONE, local = NONE;
    uint64_t size = 0;
    for (uint32_t i = 0; i < code->count; i++) {
        const Insn *at = &code->at[i];
        bool is_sp = (at->op == OP_GLOBAL_GET || at->op == OP_GLOBAL_SET) && at->index == s->stack_pointer;
        if (found == NONE) {
            if (s->call_at[i] != 0 || at->op == OP_LOOP)
                return NONE; /* the frame is needed before */
            if (!is_sp)
                continue;
            if (code->count - i < 5 || at->op != OP_GLOBAL_GET || s->flow.parent[i] != FLOW_BODY ||
                at[1].op != OP_I32_CONST || at[2].op != OP_I32_SUB || at[3].op != OP_LOCAL_TEE ||
                at[4].op != OP_GLOBAL_SET || at[4].index != s->stack_pointer || s->tee[i + 3] != 0)
                return NONE;
            size = at[1].imm;
            local = at[3].index;
            found = i + 4;
            i += 4;
        } else if (is_sp) {
            if (at->op != OP_GLOBAL_SET || i < found + 4 || at[-1].op != OP_I32_ADD ||
                at[-2].op != OP_I32_CONST || at[-2].imm != size || at[-3].op != OP_LOCAL_GET ||
                at[-3].index != local)
                return NONE;
        } else if ((at->op == OP_LOCAL_SET || at->op == OP_LOCAL_TEE) && at->index == local) {
            return NONE;
        }
    }
    return found;
}

static void emit_offset(Spill *s, Code *out, uint16_t op)
{
    EMIT_CONST(s->m, out, OP_I32_CONST, s->frame_size);
    EMIT(s->m, out, op, 0);
}

static void rewrite(Spill *s, Placement *p)
{
    Module *m = s->m;
    Code *old = &s->f->code;
    uint32_t prologue = find_prologue(s);
    bool wrapped = prologue == NONE;
    Code *out = p->out;
    if (wrapped) {
        EMIT(m, out, OP_GLOBAL_GET, s->stack_pointer);
        emit_offset(s, out, OP_I32_SUB);
        EMIT(m, out, OP_LOCAL_TEE, s->base);
        EMIT(m, out, OP_GLOBAL_SET, s->stack_pointer);
        /* All ways out lead to the end of this block. It takes the place of the body as a target of branches. */
        EMIT_BLOCK(m, out, OP_BLOCK, m->types[s->f->type].result);
    }
    for (uint32_t i = 0; i < old->count; i++) {
        step(p, i); /* emits the stores */
        if (i == prologue) {
            emit_offset(s, out, OP_I32_SUB);
            EMIT(m, out, OP_LOCAL_TEE, s->base);
        }
        if (wrapped && old->at[i].op == OP_RETURN) {
            EMIT(m, out, OP_BR, p->depth - 1);
            continue;
        }
        code_add(m, out, old->at[i]);
        if (s->tee[i] != 0)
            EMIT(m, out, OP_LOCAL_TEE, s->tee[i] - 1);
    }
    if (wrapped) {
        EMIT(m, out, OP_LOCAL_GET, s->base);
        emit_offset(s, out, OP_I32_ADD);
        EMIT(m, out, OP_GLOBAL_SET, s->stack_pointer);
        EMIT(m, out, OP_END, 0);
    }
    *old = *out;
}

static void place_stores(Spill *s)
{
    Placement p = {.s = s};
    p.current = NEW_ARRAY(s->arena, Word, s->words);
    p.loops = NEW_ARRAY(s->arena, Word *, s->flow.count);
    p.frames = NEW_ARRAY(s->arena, Frame, s->flow.max_depth);
    /* From "everything is current" down to what holds on all ways. */
    do {
        p.changed = false;
        p.depth = 0;
        memset(p.current, 0, s->words * sizeof(Word));
        enter(&p, FLOW_BODY);
        for (uint32_t i = 0; i < s->flow.count; i++)
            step(&p, i);
    } while (p.changed);
    p.depth = 0;
    memset(p.current, 0, s->words * sizeof(Word));
    enter(&p, FLOW_BODY);
    s->base = add_local(s->m, s->f, T_I32);
    Code out = {0};
    p.out = &out;
    rewrite(s, &p);
}

static void spill_function(Spill *s)
{
    flow_build(s->m, s->func, s->arena, &s->flow);
    s->call_at = NEW_ARRAY(s->arena, uint32_t, s->flow.count);
    s->tee = NEW_ARRAY(s->arena, uint32_t, s->flow.count);
    s->producer = NEW_ARRAY(s->arena, uint32_t, (size_t)s->flow.max_height + 1);
    liveness_build(s->f, &s->flow, s->arena, &s->live);
    liveness_calls(s->f, &s->live, s->arena, add_call, s);
    pointer_analyse(s->m, s->f, &s->flow, s->stack_pointer, s->arena, look, s);
    place_operands(s);
    number_candidates(s);
    if (s->nkept == 0)
        return;
    study_loops(s);
    assign_slots(s);
    place_stores(s);
}

void spill_module(Module *m, const CallGraph *graph, uint32_t stack_pointer, SpillStats *stats)
{
    for (uint32_t i = m->nimports; i < m->nfuncs; i++) {
        Func *f = &m->funcs[i];
        bool collects = false;
        for (uint32_t k = 0; k < f->code.count && !collects; k++)
            collects = call_may_collect(m, graph, &f->code.at[k]);
        if (f->exempt || !collects)
            continue;
        Arena arena = {0};
        Spill s = {.m = m, .f = f, .func = i, .stack_pointer = stack_pointer, .graph = graph, .arena = &arena,
                   .stats = &stats[i]};
        spill_function(&s);
        arena_reset(&arena);
    }
}
