// Tree -> program.
//
// A repeated single character becomes one instruction, OP_RUN. It gives nothing back when what follows cannot start
// with the character that it repeats: `follow` carries the bytes with which the rest can start.

#include <string.h>

#include "py/runtime.h"
#include "py/cstack.h"
#include "re.h"

typedef struct _compiler_t {
    uint32_t *code;
    uint32_t length;
    uint32_t alloc;
    uint32_t slot; // next free register
    bool utf8;
    const re_tree_t *tree;
} compiler_t;

// The bytes with which something can start, unless `any`: then nothing is known, or it looks at characters that it does
// not take. No byte at all means that it always matches.
typedef struct _first_t {
    uint32_t bits[8];
    bool any;
} first_t;

static uint32_t emit(compiler_t *c, uint32_t word) {
    if (c->length == c->alloc) {
        c->code = m_realloc(c->code, c->alloc * sizeof(uint32_t), c->alloc * 2 * sizeof(uint32_t));
        c->alloc *= 2;
    }
    c->code[c->length] = word;
    return c->length++;
}

static void emit2(compiler_t *c, uint32_t op, uint32_t a) {
    emit(c, op);
    emit(c, a);
}

static uint32_t new_slots(compiler_t *c, uint32_t n) {
    c->slot += n;
    return c->slot - n;
}

static inline void add_bit(uint32_t *bits, uint32_t byte_) {
    bits[byte_ / 32] |= 1u << byte_ % 32;
}

static void add_set(const compiler_t *c, first_t *first, const uint32_t *set) {
    if (!c->utf8) {
        for (int i = 0; i < 8; i++) {
            first->bits[i] |= set[RE_SET_BITMAP + i];
        }
        return;
    }
    for (int i = 0; i < 4; i++) {
        first->bits[i] |= set[RE_SET_BITMAP + i];
    }
    // First bytes of two and more.
    uint32_t flags = set[RE_SET_FLAGS];
    bool high = set[RE_SET_RANGES] || flags & ~(uint32_t)RE_SET_ICASE;
    for (uint32_t ch = 128; ch < 256; ch++) {
        if (re_bit(set + RE_SET_BITMAP, ch)) {
            add_bit(first->bits, 0xc0 | ch >> 6);
        }
    }
    if (high || flags & RE_SET_ICASE) {
        first->bits[6] = first->bits[7] = 0xffffffff;
    }
}

// Adds the bytes with which `node` and what follows it can start. True when it can match nothing at all.
static bool first_of(const compiler_t *c, const re_node_t *node, first_t *first) {
    mp_cstack_check();
    for (; node != NULL; node = node->next) {
        bool empty = false;
        switch (node->type) {
            case RE_LITERAL: {
                byte encoded[4];
                text_encode(node->value, encoded);
                add_bit(first->bits, c->utf8 ? encoded[0] : node->value);
                break;
            }
            case RE_ANY: case RE_ALL: {
                uint32_t newline = node->type == RE_ANY ? ~first->bits[0] & 1u << '\n' : 0;
                memset(first->bits, 0xff, sizeof(first->bits));
                first->bits[0] &= ~newline;
                break;
            }
            case RE_SET:
                add_set(c, first, node->set);
                break;
            case RE_GROUP: case RE_ATOMIC:
                empty = first_of(c, node->child, first);
                break;
            case RE_BRANCH: case RE_CONDITION:
                for (const re_node_t *child = node->child; child != NULL; child = child->next) {
                    empty |= first_of(c, child->child, first);
                }
                break;
            case RE_REPEAT: // the child is a list of one
                empty = node->max == 0 || first_of(c, node->child, first) || node->min == 0;
                break;
            case RE_FAIL:
                break;
            case RE_BACKREF:
                memset(first->bits, 0xff, sizeof(first->bits));
                first->any = empty = true;
                break;
            default: // RE_AT, RE_LOOK
                first->any = empty = true;
                break;
        }
        if (!empty) {
            return false;
        }
    }
    return true;
}

static const re_node_t *find_group(const re_node_t *node, uint32_t group) {
    for (; node != NULL; node = node->next) {
        if (node->type == RE_GROUP && node->value == group) {
            return node;
        }
        const re_node_t *found = find_group(node->child, group);
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

static uint64_t saturate(uint64_t n) {
    return MIN(n, (uint64_t)RE_MAX_REPEAT);
}

// The least and the greatest number of characters that a sequence matches.
static void width_of(const compiler_t *c, const re_node_t *node, uint64_t *min, uint64_t *max) {
    mp_cstack_check();
    *min = *max = 0;
    for (; node != NULL; node = node->next) {
        uint64_t low = 0, high = 0;
        switch (node->type) {
            case RE_LITERAL: case RE_ANY: case RE_ALL: case RE_SET:
                low = high = 1;
                break;
            case RE_GROUP: case RE_ATOMIC:
                width_of(c, node->child, &low, &high);
                break;
            case RE_BRANCH: case RE_CONDITION:
                low = RE_MAX_REPEAT;
                for (const re_node_t *child = node->child; child != NULL; child = child->next) {
                    uint64_t l, h;
                    width_of(c, child->child, &l, &h);
                    low = MIN(low, l);
                    high = MAX(high, h);
                }
                break;
            case RE_REPEAT:
                width_of(c, node->child, &low, &high);
                low *= node->min;
                high *= node->max;
                break;
            case RE_BACKREF: {
                const re_node_t *group = find_group(c->tree->root, node->value);
                if (group != NULL) {
                    width_of(c, group->child, &low, &high);
                }
                break;
            }
            default:
                break;
        }
        *min = saturate(*min + saturate(low));
        *max = saturate(*max + saturate(high));
    }
}

static inline bool is_one_character(const re_node_t *node) {
    return node->type == RE_LITERAL || node->type == RE_ANY || node->type == RE_ALL || node->type == RE_SET;
}

// One set for a branch whose alternatives are single characters, or NULL.
static re_node_t *branch_as_set(const re_node_t *branch) {
    for (const re_node_t *child = branch->child; child != NULL; child = child->next) {
        const re_node_t *one = child->child;
        if (one == NULL || one->next != NULL || !(one->type == RE_LITERAL || (one->type == RE_SET
            && !(one->set[RE_SET_FLAGS] & (RE_SET_NEGATED | RE_SET_ICASE))))) {
            return NULL;
        }
    }
    uint32_t *set = re_set_new();
    for (const re_node_t *child = branch->child; child != NULL; child = child->next) {
        const re_node_t *one = child->child;
        if (one->type == RE_LITERAL) {
            re_set_add(&set, one->value, one->value);
            continue;
        }
        set[RE_SET_FLAGS] |= one->set[RE_SET_FLAGS];
        for (int i = 0; i < 8; i++) {
            set[RE_SET_BITMAP + i] |= one->set[RE_SET_BITMAP + i];
        }
        for (uint32_t i = 0; i < one->set[RE_SET_RANGES]; i++) {
            re_set_add(&set, one->set[RE_SET_HEAD + 2 * i], one->set[RE_SET_HEAD + 2 * i + 1]);
        }
    }
    re_node_t *node = m_new0(re_node_t, 1);
    node->type = RE_SET;
    node->flags = branch->flags;
    node->set = set;
    return node;
}

// The node itself when a sequence is one character, without groups that capture nothing; or NULL.
static const re_node_t *one_character(const re_node_t *node) {
    while (node != NULL && node->next == NULL) {
        if (is_one_character(node)) {
            return node;
        }
        if (node->type == RE_BRANCH) {
            return branch_as_set(node);
        }
        if (node->type != RE_GROUP || node->value != 0) {
            return NULL;
        }
        node = node->child;
    }
    return NULL;
}

static void emit_set(compiler_t *c, const uint32_t *set) {
    emit(c, OP_SET);
    for (uint32_t i = 0; i < re_set_words(set); i++) {
        emit(c, set[i]);
    }
}

// As one instruction that takes one character.
static void emit_one(compiler_t *c, const re_node_t *node) {
    switch (node->type) {
        case RE_LITERAL:
            if (node->value < 128 || !c->utf8) {
                emit2(c, OP_BYTE, node->value);
            } else {
                uint32_t *set = re_set_new();
                re_set_add(&set, node->value, node->value);
                emit_set(c, set);
            }
            break;
        case RE_SET:
            emit_set(c, node->set);
            break;
        default:
            emit(c, node->type == RE_ANY ? OP_ANY : OP_ALL);
            break;
    }
}

// A run of literals; returns the node after them.
static const re_node_t *emit_literals(compiler_t *c, const re_node_t *node) {
    uint32_t op = emit(c, OP_STRING), length = emit(c, 0), n = 0, word = 0;
    for (; node != NULL && node->type == RE_LITERAL; node = node->next) {
        byte encoded[4] = { node->value };
        size_t bytes = c->utf8 ? text_encode(node->value, encoded) : 1;
        for (size_t i = 0; i < bytes; i++, n++) {
            word |= (uint32_t)encoded[i] << n % 4 * 8;
            if (n % 4 == 3) {
                emit(c, word);
                word = 0;
            }
        }
    }
    if (n == 1) {
        c->code[op] = OP_BYTE;
        c->code[length] = word;
    } else {
        c->code[length] = n;
        if (n % 4) {
            emit(c, word);
        }
    }
    return node;
}

static void emit_sequence(compiler_t *c, const re_node_t *node, const first_t *follow);

// `rest` and then `follow`.
static void follow_of(const compiler_t *c, const re_node_t *rest, const first_t *follow, first_t *out) {
    memset(out, 0, sizeof(*out));
    if (first_of(c, rest, out)) {
        for (int i = 0; i < 8; i++) {
            out->bits[i] |= follow->bits[i];
        }
        out->any |= follow->any;
    }
}

static const first_t nothing;

static void emit_atomic(compiler_t *c, const re_node_t *body) {
    uint32_t slot = new_slots(c, 2);
    emit2(c, OP_ENTER, slot);
    emit_sequence(c, body, &nothing);
    emit2(c, OP_LEAVE, slot);
}

static void emit_repeat(compiler_t *c, const re_node_t *node, const first_t *follow) {
    const re_node_t *body = node->child, *one = one_character(body);
    uint32_t kind = node->value;
    if (node->max == 0) {
        return;
    }
    if (one != NULL) {
        first_t first = { 0 };
        first_t rest = *follow;
        first_of(c, one, &first);
        bool disjoint = !rest.any;
        for (int i = 0; i < 8; i++) {
            disjoint &= !(first.bits[i] & rest.bits[i]);
        }
        if (kind == RE_GREEDY && disjoint) {
            kind = RE_POSSESSIVE;
        }
        emit2(c, OP_RUN, kind);
        emit(c, node->min);
        emit(c, node->max);
        uint32_t end = emit(c, 0);
        emit_one(c, one);
        c->code[end] = c->length;
        return;
    }
    if (node->min == 1 && node->max == 1) {
        if (kind == RE_POSSESSIVE) {
            emit_atomic(c, body);
        } else {
            emit_sequence(c, body, follow);
        }
        return;
    }
    if (node->min == 0 && node->max == 1 && kind != RE_POSSESSIVE) {
        uint32_t split = emit(c, OP_SPLIT);
        emit(c, 0);
        if (kind == RE_LAZY) {
            c->code[split + 1] = c->length + 2;
            emit2(c, OP_JUMP, 0);
        }
        emit_sequence(c, body, follow);
        c->code[kind == RE_LAZY ? split + 3 : split + 1] = c->length;
        return;
    }
    uint32_t outer = 0;
    first_t again = nothing;
    if (kind == RE_POSSESSIVE) {
        outer = new_slots(c, 2);
        emit2(c, OP_ENTER, outer);
    } else {
        follow_of(c, body, &nothing, &again);
        for (int i = 0; i < 8; i++) {
            again.bits[i] |= follow->bits[i];
        }
        again.any |= follow->any;
    }
    uint32_t slot = new_slots(c, 2);
    emit2(c, OP_REPEAT, slot);
    uint32_t target = emit(c, 0), start = c->length;
    if (kind == RE_POSSESSIVE) {
        emit_atomic(c, body);
    } else {
        emit_sequence(c, body, &again);
    }
    c->code[target] = c->length;
    emit2(c, OP_UNTIL, slot);
    emit(c, kind == RE_LAZY ? RE_LAZY : RE_GREEDY);
    emit(c, node->min);
    emit(c, node->max);
    emit(c, start);
    if (kind == RE_POSSESSIVE) {
        emit2(c, OP_LEAVE, outer);
    }
}

static void emit_branch(compiler_t *c, const re_node_t *node, const first_t *follow) {
    const re_node_t *one = branch_as_set(node);
    if (one != NULL) {
        emit_one(c, one);
        return;
    }
    // The jumps to the end are a chain until it is known.
    uint32_t chain = 0;
    for (const re_node_t *child = node->child; child != NULL; child = child->next) {
        uint32_t split = 0;
        if (child->next != NULL) {
            split = emit(c, OP_SPLIT);
            emit(c, 0);
        }
        emit_sequence(c, child->child, follow);
        if (child->next != NULL) {
            emit(c, OP_JUMP);
            chain = emit(c, chain);
            c->code[split + 1] = c->length;
        }
    }
    while (chain != 0) {
        uint32_t next = c->code[chain];
        c->code[chain] = c->length;
        chain = next;
    }
}

static void emit_look(compiler_t *c, const re_node_t *node) {
    bool behind = node->value & 1, negative = node->value & 2;
    uint64_t min = 0, max = 0;
    if (behind) {
        width_of(c, node->child, &min, &max);
        if (min != max) {
            re_raise("look-behind requires fixed-width pattern", MP_OBJ_NULL, -1);
        }
    }
    uint32_t slot = new_slots(c, 2), target = 0;
    emit2(c, negative ? OP_ENTER_NOT : OP_ENTER, slot);
    if (negative) {
        target = emit(c, 0);
    }
    if (min != 0) {
        emit2(c, OP_BACK, min);
    }
    emit_sequence(c, node->child, &nothing);
    emit2(c, negative ? OP_LEAVE_NOT : OP_LEAVE_LOOK, slot);
    if (negative) {
        c->code[target] = c->length;
    }
}

static void emit_condition(compiler_t *c, const re_node_t *node, const first_t *follow) {
    emit2(c, OP_CONDITION, node->value);
    uint32_t otherwise = emit(c, 0);
    emit_sequence(c, node->child->child, follow);
    emit(c, OP_JUMP);
    uint32_t end = emit(c, 0);
    c->code[otherwise] = c->length;
    emit_sequence(c, node->child->next->child, follow);
    c->code[end] = c->length;
}

static void emit_sequence(compiler_t *c, const re_node_t *node, const first_t *follow) {
    mp_cstack_check();
    while (node != NULL) {
        first_t rest;
        bool unicode = c->utf8 && !(node->flags & RE_ASCII);
        if (node->type == RE_LITERAL) {
            node = emit_literals(c, node);
            continue;
        }
        switch (node->type) {
            case RE_ANY: case RE_ALL: case RE_SET:
                emit_one(c, node);
                break;
            case RE_AT:
                emit(c, node->value);
                if (node->value == OP_BOUNDARY || node->value == OP_NOT_BOUNDARY) {
                    emit(c, unicode);
                }
                break;
            case RE_GROUP:
                follow_of(c, node->next, follow, &rest);
                if (node->value) {
                    emit2(c, OP_OPEN, 2 * node->value);
                }
                emit_sequence(c, node->child, &rest);
                if (node->value) {
                    emit2(c, OP_CLOSE, 2 * node->value + 1);
                }
                break;
            case RE_BRANCH:
                follow_of(c, node->next, follow, &rest);
                emit_branch(c, node, &rest);
                break;
            case RE_REPEAT:
                follow_of(c, node->next, follow, &rest);
                emit_repeat(c, node, &rest);
                break;
            case RE_BACKREF:
                emit2(c, node->flags & RE_IGNORECASE ? OP_BACKREF_ICASE : OP_BACKREF, node->value);
                if (node->flags & RE_IGNORECASE) {
                    emit(c, unicode);
                }
                break;
            case RE_CONDITION:
                follow_of(c, node->next, follow, &rest);
                emit_condition(c, node, &rest);
                break;
            case RE_LOOK:
                emit_look(c, node);
                break;
            case RE_ATOMIC:
                emit_atomic(c, node->child);
                break;
            default:
                emit(c, OP_FAIL);
                break;
        }
        node = node->next;
    }
}

void re_compile(re_program_t *program, const re_tree_t *tree, bool utf8) {
    compiler_t c = { .alloc = 32, .utf8 = utf8, .tree = tree };
    c.code = m_malloc_leaf(c.alloc * sizeof(uint32_t));
    c.slot = RE_LAST_GROUP(tree->groups) + 1;
    emit_sequence(&c, tree->root, &nothing);
    emit(&c, OP_MATCH);
    program->code = c.code;
    program->flags = tree->flags;
    program->groups = tree->groups;
    program->registers = c.slot;
    program->utf8 = utf8;
    program->anchored = tree->root != NULL && tree->root->type == RE_AT && tree->root->value == OP_BEGIN;
    first_t first = { 0 };
    program->has_first = !first_of(&c, tree->root, &first);
    memcpy(program->first, first.bits, sizeof(first.bits));
    program->first_byte = -1;
    uint32_t count = 0;
    for (uint32_t i = 0; i < 256; i++) {
        if (re_bit(first.bits, i)) {
            count++;
            program->first_byte = i;
        }
    }
    if (count != 1) {
        program->first_byte = -1;
    }
}
