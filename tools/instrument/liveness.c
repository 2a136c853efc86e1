/* Basic blocks of a function and the classic backward dataflow: which locals are live after which call. */
#include "flow.h"

#include <string.h>

/* Sets of locals for every block of a hostile function could take any amount of memory; real ones need a few MB. */
enum { MAX_SET_BITS = 1 << 30 };

static bool ends_block(uint16_t op)
{
    return op == OP_BR || op == OP_BR_IF || op == OP_BR_TABLE || op == OP_RETURN || op == OP_UNREACHABLE ||
           op == OP_IF || op == OP_ELSE;
}

typedef struct {
    uint32_t *at;
    size_t count, capacity;
} List;

static void list_add(Arena *arena, List *list, uint32_t value)
{
    list->at = arena_grow(arena, list->at, list->count, list->count + 1, &list->capacity, sizeof *list->at);
    list->at[list->count++] = value;
}

/* The instructions where control may go after `i`. The function's last end has none. */
static void add_successors(const Func *f, const Flow *flow, uint32_t i, Arena *arena, List *list)
{
    const Insn *insn = &f->code.at[i];
    switch (insn->op) {
    case OP_RETURN:
    case OP_UNREACHABLE:
        return;
    case OP_BR:
        list_add(arena, list, flow_destination(f, flow, flow->other[i]));
        return;
    case OP_BR_TABLE:
        for (uint64_t k = insn->index; k < insn->index + insn->imm; k++)
            if (k == insn->index || flow->targets[k] != flow->targets[k - 1])
                list_add(arena, list, flow_destination(f, flow, flow->targets[k]));
        return;
    case OP_ELSE: /* reached at the end of the first arm */
        list_add(arena, list, flow->end[i]);
        return;
    case OP_BR_IF:
        list_add(arena, list, flow_destination(f, flow, flow->other[i]));
        break;
    case OP_IF:
        list_add(arena, list, flow->other[i] != NONE ? flow->other[i] + 1 : flow->end[i]);
        break;
    default:
        break;
    }
    if (i + 1 < f->code.count)
        list_add(arena, list, i + 1);
}

static void find_blocks(const Func *f, const Flow *flow, Arena *arena, Liveness *live)
{
    uint32_t n = f->code.count;
    uint32_t *block_of = NEW_ARRAY(arena, uint32_t, (size_t)n + 1); /* first marks leaders */
    List list = {0};
    block_of[0] = 1;
    for (uint32_t i = 0; i < n; i++) {
        uint16_t op = f->code.at[i].op;
        if (op == OP_LOOP || op == OP_END)
            block_of[i] = 1;
        if (op == OP_ELSE || ends_block(op))
            block_of[i + 1] = 1;
    }
    for (uint32_t i = 0; i < n; i++) {
        live->nblocks += block_of[i];
        block_of[i] = live->nblocks - 1;
    }
    live->blocks = NEW_ARRAY(arena, Block, live->nblocks);
    for (uint32_t i = 0; i < n; i++) {
        Block *b = &live->blocks[block_of[i]];
        if (b->end == 0)
            b->start = i;
        b->end = i + 1;
    }
    for (uint32_t k = 0; k < live->nblocks; k++) {
        Block *b = &live->blocks[k];
        b->first_successor = (uint32_t)list.count;
        add_successors(f, flow, b->end - 1, arena, &list);
        b->nsuccessors = (uint32_t)list.count - b->first_successor;
    }
    for (size_t i = 0; i < list.count; i++)
        list.at[i] = block_of[list.at[i]];
    live->successors = list.at;
}

/* Moves a set of live locals backwards over one instruction. */
static void step_back(const Insn *insn, Word *live)
{
    if (insn->op == OP_LOCAL_GET)
        bit_set(live, insn->index);
    else if (insn->op == OP_LOCAL_SET || insn->op == OP_LOCAL_TEE)
        bit_clear(live, insn->index);
}

void liveness_build(const Func *f, const Flow *flow, Arena *arena, Liveness *live)
{
    *live = (Liveness){0};
    find_blocks(f, flow, arena, live);
    size_t words = live->words = WORDS(f->nlocals);
    if (words * 64 > MAX_SET_BITS / live->nblocks)
        fail("function too large to analyse: %u locals, %u blocks", (unsigned)f->nlocals, (unsigned)live->nblocks);
    live->live_out = NEW_ARRAY(arena, Word, words * live->nblocks);
    Word *live_in = NEW_ARRAY(arena, Word, words * live->nblocks);
    Word *set = NEW_ARRAY(arena, Word, words);
    /* Blocks are in program order, so that going backwards settles all but loops in one round. */
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t k = live->nblocks; k-- != 0;) {
            const Block *b = &live->blocks[k];
            Word *out = live->live_out + words * k;
            for (uint32_t s = 0; s < b->nsuccessors; s++) {
                const Word *in = live_in + words * live->successors[b->first_successor + s];
                for (size_t w = 0; w < words; w++)
                    out[w] |= in[w];
            }
            memcpy(set, out, words * sizeof *set);
            for (uint32_t i = b->end; i-- != b->start;)
                step_back(&f->code.at[i], set);
            if (memcmp(set, live_in + words * k, words * sizeof *set) != 0) {
                memcpy(live_in + words * k, set, words * sizeof *set);
                changed = true;
            }
        }
    }
}

void liveness_calls(const Func *f, const Liveness *live, Arena *arena,
                    void (*visit)(void *ctx, uint32_t insn, const Word *live), void *ctx)
{
    Word *set = NEW_ARRAY(arena, Word, live->words);
    for (uint32_t k = 0; k < live->nblocks; k++) {
        const Block *b = &live->blocks[k];
        memcpy(set, live->live_out + live->words * k, live->words * sizeof *set);
        for (uint32_t i = b->end; i-- != b->start;) {
            if (f->code.at[i].op == OP_CALL || f->code.at[i].op == OP_CALL_INDIRECT)
                visit(ctx, i, set);
            step_back(&f->code.at[i], set);
        }
    }
}
