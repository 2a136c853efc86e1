/* Checks on the final module that at each call which may collect, every live value that may be a pointer is in memory in
 * the function's own part of the shadow stack.
 *
 * It does not know how the spill pass works. It numbers values: cells (locals, words of the frame, the stack pointer)
 * with the same number hold the same value, on every way to the instruction. Where ways meet, cells that agreed on
 * each of them still agree; at a loop's head, the partition of cells is refined until it holds for the back edges too.
 * So copies, merges, and stores that an optimiser has moved are understood, and a store that it has dropped is missed.
 *
 * Words of the frame count only while nobody else can write them: when the frame's address at k is passed on or stored,
 * the words from k up to the end of that frame do not. A function may have several frames (its own below one that was
 * added): each value that the stack pointer takes starts one. */
#include "flow.h"
#include "passes.h"
#include "pointer.h"

#include <stdio.h>
#include <string.h>

/* A value: its kind, a number, and whether it may be a pointer. FRAME: the address, relative to the stack pointer on
 * entry, is the number. CONST: an i32. */
typedef uint64_t Value;
#define VALUE_FRAME ((Value)1 << 32)
#define VALUE_CONST ((Value)2 << 32)
#define VALUE_KIND ((Value)3 << 32)
#define VALUE_MAY ((Value)1 << 40)

enum { MAX_CELLS = 1 << 26 };

typedef struct {
    int32_t at;
    uint32_t size;
} Slot;

typedef struct {
    uint32_t opener;
    bool is_loop, reached, else_reached;
    Value *at_end, *at_else;
} Frame;

typedef struct {
    Value *head;    /* cells at the head in this round */
    uint32_t *phi;  /* by cell: 0 when it always keeps its value through the loop, else its class */
    bool *phi_may;
    uint32_t nphi;
} Loop;

/* Numbers pairs of values; emptied by starting a new generation. */
typedef struct {
    Value a, b, id, note;
    uint32_t generation;
} Pair;

typedef struct {
    Lint *lint;
    const Module *m;
    const Func *f;
    uint32_t func, stack_pointer;
    const CallGraph *graph;
    Arena *arena;
    Flow flow;
    Liveness live;
    Word **live_at; /* by call instruction */

    size_t width, capacity; /* of a state: the result of a block, the stack pointer, locals, slots */
    Value *now, *stack;
    bool reachable;
    Frame *frames;
    uint32_t depth;
    Loop **loops;
    uint32_t next;

    Slot *slots;
    size_t nslots, slots_capacity, new_slots;
    int32_t *escapes, *starts; /* of frame addresses; of frames */
    size_t nescapes, escapes_capacity, nstarts, starts_capacity;

    Pair *pairs;
    size_t pairs_mask;
    uint32_t generation;
    bool changed, check;
} Roots;

enum { CELL_RESULT, CELL_STACK_POINTER, CELL_LOCALS };

static Value fresh(Roots *r, bool may)
{
    return r->next++ | (may ? VALUE_MAY : 0);
}

static Pair *pair(Roots *r, Value a, Value b)
{
    uint64_t hash = (a * 0x9e3779b97f4a7c15u) ^ (b * 0xc2b2ae3d27d4eb4fu);
    for (size_t i = (size_t)(hash >> 20) & r->pairs_mask;; i = (i + 1) & r->pairs_mask) {
        Pair *p = &r->pairs[i];
        if (p->generation != r->generation) {
            *p = (Pair){a, b, 0, 0, r->generation};
            return p;
        }
        if (p->a == a && p->b == b)
            return p;
    }
}

static void add_offset(Roots *r, int32_t **list, size_t *count, size_t *capacity, Value value)
{
    int32_t at = (int32_t)(uint32_t)value;
    if ((value & VALUE_KIND) != VALUE_FRAME)
        return;
    for (size_t i = 0; i < *count; i++)
        if ((*list)[i] == at)
            return;
    *list = arena_grow(r->arena, *list, *count, *count + 1, capacity, sizeof **list);
    (*list)[(*count)++] = at;
}

static void escape(Roots *r, Value value)
{
    add_offset(r, &r->escapes, &r->nescapes, &r->escapes_capacity, value);
}

/* --- Meeting of ways ---------------------------------------------------------------------------------------------- */

static Value joined(Roots *r, Value a, Value b)
{
    Pair *p = pair(r, a, b);
    if (p->id == 0) {
        p->id = fresh(r, ((a | b) & VALUE_MAY) != 0);
        escape(r, a);
        escape(r, b);
    }
    return p->id;
}

static void join_end(Roots *r, Frame *frame)
{
    if (!r->reachable)
        return;
    if (!frame->reached) {
        memcpy(frame->at_end, r->now, r->width * sizeof(Value));
        frame->reached = true;
        return;
    }
    r->generation++;
    for (size_t c = 0; c < r->width; c++)
        if (frame->at_end[c] != r->now[c])
            frame->at_end[c] = joined(r, frame->at_end[c], r->now[c]);
}

static void enter_loop(Roots *r, uint32_t i)
{
    Loop *loop = r->loops[i];
    if (loop == NULL) {
        loop = r->loops[i] = NEW_ARRAY(r->arena, Loop, 1);
        loop->head = NEW_ARRAY(r->arena, Value, r->capacity);
        loop->phi = NEW_ARRAY(r->arena, uint32_t, r->capacity);
        loop->phi_may = NEW_ARRAY(r->arena, bool, r->capacity);
    }
    r->generation++;
    for (size_t c = 0; c < r->width; c++) {
        if (loop->phi[c] != 0) {
            Pair *p = pair(r, r->now[c], VALUE_CONST | loop->phi[c]);
            if (p->id == 0) {
                p->id = fresh(r, (r->now[c] & VALUE_MAY) != 0 || loop->phi_may[c]);
                escape(r, r->now[c]);
            }
            r->now[c] = p->id;
        }
        loop->head[c] = r->now[c];
    }
}

/* Refines the loop's classes by what comes back to its head. */
static void join_head(Roots *r, Loop *loop)
{
    if (!r->reachable)
        return;
    r->now[CELL_RESULT] = loop->head[CELL_RESULT]; /* a branch to a loop carries nothing */
    /* Classes at the head, and what the first cell of each comes back as. */
    r->generation++;
    for (size_t c = 0; c < r->width; c++) {
        Value head = loop->head[c], back = r->now[c];
        if (loop->phi[c] == 0)
            continue;
        Pair *p = pair(r, head, VALUE_CONST | loop->phi[c]);
        if (p->note == 0) {
            p->note = 1;
            p->id = back;
        }
    }
    for (size_t c = 0; c < r->width; c++) {
        Value head = loop->head[c], back = r->now[c];
        uint32_t old = loop->phi[c];
        if ((old == 0 && back == head) ||
            (old != 0 && pair(r, head, VALUE_CONST | old)->id == back)) {
            /* still together */
        } else {
            /* A class of its own for those that agree on both; keyed apart from the entries above. */
            Pair *p = pair(r, head ^ ((Value)(old + 1) << 44), back | (Value)1 << 63);
            if (p->note == 0) {
                p->note = 1;
                p->id = ++loop->nphi;
            }
            loop->phi[c] = (uint32_t)p->id;
            escape(r, back);
            r->changed = true;
        }
        if ((back & VALUE_MAY) && !(head & VALUE_MAY) && !loop->phi_may[c]) {
            loop->phi_may[c] = true;
            r->changed = true;
        }
    }
}

static void branch(Roots *r, uint32_t depth, uint32_t height)
{
    Frame *frame = &r->frames[r->depth - 1 - depth];
    if (frame->is_loop) {
        join_head(r, r->loops[frame->opener]);
        return;
    }
    r->now[CELL_RESULT] = height != 0 ? r->stack[height - 1] : 0;
    join_end(r, frame);
}

static void enter(Roots *r, uint32_t opener, bool is_loop)
{
    Frame *frame = &r->frames[r->depth++];
    if (frame->at_end == NULL) {
        frame->at_end = NEW_ARRAY(r->arena, Value, r->capacity);
        frame->at_else = NEW_ARRAY(r->arena, Value, r->capacity);
    }
    frame->opener = opener;
    frame->is_loop = is_loop;
    frame->reached = false;
    frame->else_reached = r->reachable;
    memcpy(frame->at_else, r->now, r->width * sizeof(Value));
}

static void leave(Roots *r, uint32_t i, uint32_t height)
{
    Frame *frame = &r->frames[r->depth - 1];
    uint32_t opener = frame->opener;
    bool is_if = opener != FLOW_BODY && r->f->code.at[opener].op == OP_IF;
    if (frame->is_loop) {
        r->now[CELL_RESULT] = height != 0 ? r->stack[height - 1] : 0;
    } else {
        branch(r, 0, height);
        if (is_if && r->flow.other[opener] == NONE) {
            r->reachable = frame->else_reached;
            memcpy(r->now, frame->at_else, r->width * sizeof(Value));
            join_end(r, frame);
        }
        r->reachable = frame->reached;
        if (frame->reached)
            memcpy(r->now, frame->at_end, r->width * sizeof(Value));
    }
    r->depth--;
    if (r->flow.pushes[i] != T_NONE)
        r->stack[r->flow.height[opener] - is_if] = r->now[CELL_RESULT];
}

/* --- Memory ------------------------------------------------------------------------------------------------------- */

static Value *slot_cell(Roots *r, size_t slot)
{
    return &r->now[CELL_LOCALS + r->f->nlocals + slot];
}

static void store(Roots *r, const Insn *insn, Value address, Value value)
{
    uint32_t size = op_access_size(insn->op);
    escape(r, value);
    if ((address & VALUE_KIND) != VALUE_FRAME)
        return;
    int32_t at = (int32_t)((uint32_t)address + insn->index);
    bool whole = insn->op == OP_I32_STORE || insn->op == OP_I64_STORE, known = false;
    size_t nslots = r->nslots - r->new_slots;
    for (size_t i = 0; i < r->nslots; i++) {
        const Slot *slot = &r->slots[i];
        bool same = whole && slot->at == at && slot->size == size;
        bool overlap = (int64_t)slot->at < (int64_t)at + size && (int64_t)at < (int64_t)slot->at + slot->size;
        known |= same;
        if (overlap && i < nslots)
            *slot_cell(r, i) = same ? value : fresh(r, false);
    }
    if (whole && !known) {
        /* Tracked from the next round on. */
        r->slots = arena_grow(r->arena, r->slots, r->nslots, r->nslots + 1, &r->slots_capacity, sizeof *r->slots);
        r->slots[r->nslots++] = (Slot){at, size};
        r->new_slots++;
        r->changed = true;
    }
}

/* Whether someone else may have written the slot. */
static bool is_private(const Roots *r, const Slot *slot)
{
    for (size_t i = 0; i < r->nescapes; i++) {
        int32_t from = r->escapes[i], to = 0;
        for (size_t k = 0; k < r->nstarts; k++)
            if (r->starts[k] > from && r->starts[k] < to)
                to = r->starts[k];
        if (slot->at < to && (int64_t)slot->at + slot->size > from)
            return false;
    }
    return true;
}

static bool is_kept(Roots *r, Value value)
{
    Value sp = r->now[CELL_STACK_POINTER];
    /* A stack pointer that is not known lies below all frames that are: it only moves down. */
    int32_t bottom = (sp & VALUE_KIND) == VALUE_FRAME ? (int32_t)(uint32_t)sp : INT32_MIN;
    for (size_t i = 0; i < r->nslots - r->new_slots; i++) {
        const Slot *slot = &r->slots[i];
        if (*slot_cell(r, i) == value && slot->at >= bottom && (int64_t)slot->at + slot->size <= 0 &&
            slot->at % 4 == 0 && is_private(r, slot))
            return true;
    }
    return false;
}

static void check_call(Roots *r, uint32_t i)
{
    const Insn *insn = &r->f->code.at[i];
    if (!r->reachable || !call_may_collect(r->m, r->graph, insn))
        return;
    char callee[256];
    snprintf(callee, sizeof callee, "%s", insn->op == OP_CALL ? func_label(r->m, insn->index) : "call_indirect");
    for (uint32_t k = 0; k < r->f->nlocals; k++) {
        Value value = r->now[CELL_LOCALS + k];
        if (bit_get(r->live_at[i], k) && (value & VALUE_MAY) && !is_kept(r, value))
            lint_error(r->lint, r->func, insn->offset, "local %u is live across the call of %s, and not on the stack",
                       (unsigned)k, callee);
    }
    uint32_t height = r->flow.height[i] - (insn->op == OP_CALL_INDIRECT);
    if (!call_keeps_arguments(r->m, r->graph, insn))
        height -= call_type(r->m, insn)->nparams;
    for (uint32_t h = 0; h < height; h++)
        if ((r->stack[h] & VALUE_MAY) && !is_kept(r, r->stack[h]))
            lint_error(r->lint, r->func, insn->offset,
                       "operand %u is live across the call of %s, and not on the stack", (unsigned)h, callee);
}

/* --- Instructions ------------------------------------------------------------------------------------------------- */

static void step_call(Roots *r, uint32_t i)
{
    const Insn *insn = &r->f->code.at[i];
    const FuncType *type = call_type(r->m, insn);
    uint32_t operands = type->nparams + (insn->op == OP_CALL_INDIRECT), first = r->flow.height[i] - operands;
    for (uint32_t k = 0; k < operands; k++)
        escape(r, r->stack[first + k]);
    if (r->check)
        check_call(r, i);
    if (type->result != T_NONE)
        r->stack[first] = fresh(r, pointer_type(type->result));
}

static bool is_comparison(uint16_t op)
{
    return op >= OP_I32_EQZ && op <= OP_F64_GE;
}

static void step_simple(Roots *r, uint32_t i)
{
    const Insn *insn = &r->f->code.at[i];
    uint32_t operands = insn->op == OP_SELECT ? 3 : (uint32_t)strlen(op_operands(insn->op));
    Value *at = r->stack + r->flow.height[i] - operands;
    Value a = operands > 0 ? at[0] : 0, b = operands > 1 ? at[1] : 0;
    if (insn->op == OP_I32_CONST) {
        *at = VALUE_CONST | (uint32_t)insn->imm;
        return;
    }
    if ((insn->op == OP_I32_ADD || insn->op == OP_I32_SUB) && (a & VALUE_KIND) == VALUE_FRAME &&
        (b & VALUE_KIND) == VALUE_CONST) {
        *at = VALUE_FRAME | (uint32_t)(insn->op == OP_I32_ADD ? a + b : a - b);
        return;
    }
    if (op_is_store(insn->op)) {
        store(r, insn, a, b);
        return;
    }
    /* What is taken off the stack pointer is room for a variable-length array: it lies below all of the frame. */
    bool allocates = insn->op == OP_I32_SUB && a == r->now[CELL_STACK_POINTER];
    if (!op_is_load(insn->op) && !is_comparison(insn->op) && insn->op != OP_DROP)
        for (uint32_t k = allocates; k < operands; k++)
            escape(r, at[k]);
    if (r->flow.pushes[i] != T_NONE)
        *at = fresh(r, pointer_result(insn, i != 0 ? insn - 1 : NULL, (a & VALUE_MAY) != 0, (b & VALUE_MAY) != 0));
}

static void step(Roots *r, uint32_t i)
{
    const Insn *insn = &r->f->code.at[i];
    uint32_t height = r->flow.height[i];
    switch (insn->op) {
    case OP_LOOP:
        enter_loop(r, i);
        enter(r, i, true);
        break;
    case OP_BLOCK:
    case OP_IF:
        enter(r, i, false);
        break;
    case OP_ELSE: {
        branch(r, 0, height);
        Frame *frame = &r->frames[r->depth - 1];
        r->reachable = frame->else_reached;
        memcpy(r->now, frame->at_else, r->width * sizeof(Value));
        break;
    }
    case OP_END:
        leave(r, i, height);
        break;
    case OP_BR_IF:
        branch(r, insn->index, height - 1);
        break;
    case OP_BR:
        branch(r, insn->index, height);
        r->reachable = false;
        break;
    case OP_BR_TABLE:
        for (uint64_t k = insn->index; k < insn->index + insn->imm; k++)
            if (k == insn->index || r->f->targets[k] != r->f->targets[k - 1])
                branch(r, r->f->targets[k], height - 1);
        r->reachable = false;
        break;
    case OP_RETURN:
    case OP_UNREACHABLE:
        r->reachable = false;
        break;
    case OP_LOCAL_GET:
        r->stack[height] = r->now[CELL_LOCALS + insn->index];
        break;
    case OP_LOCAL_SET:
    case OP_LOCAL_TEE:
        r->now[CELL_LOCALS + insn->index] = r->stack[height - 1];
        break;
    case OP_GLOBAL_GET:
        r->stack[height] = insn->index == r->stack_pointer
                               ? r->now[CELL_STACK_POINTER]
                               : fresh(r, pointer_global(r->m, r->stack_pointer, insn->index));
        break;
    case OP_GLOBAL_SET:
        if (insn->index == r->stack_pointer) {
            r->now[CELL_STACK_POINTER] = r->stack[height - 1];
            add_offset(r, &r->starts, &r->nstarts, &r->starts_capacity, r->stack[height - 1]);
        } else {
            escape(r, r->stack[height - 1]);
        }
        break;
    case OP_CALL:
    case OP_CALL_INDIRECT:
        step_call(r, i);
        break;
    default:
        step_simple(r, i);
        break;
    }
}

static void sweep(Roots *r)
{
    uint32_t nparams = r->m->types[r->f->type].nparams;
    r->next = 1;
    r->changed = false;
    r->new_slots = 0;
    if (!r->check)
        r->nescapes = r->nstarts = 0;
    r->width = CELL_LOCALS + r->f->nlocals + r->nslots;
    r->now[CELL_RESULT] = 0;
    r->now[CELL_STACK_POINTER] = VALUE_FRAME;
    for (uint32_t k = 0; k < r->f->nlocals; k++)
        r->now[CELL_LOCALS + k] =
            k < nparams ? fresh(r, pointer_type(r->f->locals[k])) : fresh(r, false);
    for (size_t k = 0; k < r->nslots; k++)
        *slot_cell(r, k) = fresh(r, false);
    r->reachable = true;
    r->depth = 0;
    enter(r, FLOW_BODY, false);
    for (uint32_t i = 0; i < r->flow.count; i++)
        step(r, i);
}

static void note_live(void *ctx, uint32_t insn, const Word *live)
{
    Roots *r = ctx;
    r->live_at[insn] = NEW_ARRAY(r->arena, Word, r->live.words);
    memcpy(r->live_at[insn], live, r->live.words * sizeof *live);
}

static void check_function(Roots *r)
{
    size_t states = 2;
    flow_build(r->m, r->func, r->arena, &r->flow);
    liveness_build(r->f, &r->flow, r->arena, &r->live);
    r->live_at = NEW_ARRAY(r->arena, Word *, r->flow.count);
    liveness_calls(r->f, &r->live, r->arena, note_live, r);
    r->capacity = CELL_LOCALS + (size_t)r->f->nlocals;
    for (uint32_t i = 0; i < r->flow.count; i++) {
        uint16_t op = r->f->code.at[i].op;
        r->capacity += op == OP_I32_STORE || op == OP_I64_STORE;
        states += op == OP_LOOP;
    }
    states += 2 * (size_t)r->flow.max_depth;
    if (states > MAX_CELLS / r->capacity)
        fail("%s: %s: too large to check for roots", r->m->path, func_label(r->m, r->func));
    r->now = NEW_ARRAY(r->arena, Value, r->capacity);
    r->stack = NEW_ARRAY(r->arena, Value, (size_t)r->flow.max_height + 1);
    r->frames = NEW_ARRAY(r->arena, Frame, r->flow.max_depth);
    r->loops = NEW_ARRAY(r->arena, Loop *, r->flow.count);
    r->pairs_mask = 63;
    while (r->pairs_mask < 4 * r->capacity)
        r->pairs_mask = r->pairs_mask * 2 + 1;
    r->pairs = NEW_ARRAY(r->arena, Pair, r->pairs_mask + 1);
    do {
        sweep(r);
        /* Classes that were split before all slots were known would keep apart what belongs together. */
        if (r->new_slots != 0)
            memset(r->loops, 0, r->flow.count * sizeof *r->loops);
    } while (r->changed);
    /* What escapes anywhere in the function is known now, and stays known while the calls are checked. */
    r->check = true;
    sweep(r);
}

void lint_roots(Lint *lint, const CallGraph *graph, uint32_t stack_pointer)
{
    const Module *m = lint->m;
    for (uint32_t i = m->nimports; i < m->nfuncs; i++) {
        const Func *f = &m->funcs[i];
        bool collects = false;
        for (uint32_t k = 0; k < f->code.count && !collects; k++)
            collects = call_may_collect(m, graph, &f->code.at[k]);
        if (f->exempt || !collects)
            continue;
        Arena arena = {0};
        Roots r = {.lint = lint, .m = m, .f = f, .func = i, .stack_pointer = stack_pointer, .graph = graph,
                   .arena = &arena};
        check_function(&r);
        arena_reset(&arena);
    }
}
