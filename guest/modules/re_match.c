// Program and text -> positions.
//
// A backtracking matcher. What is to be undone, and where to go on, is on a stack of words of its own, which grows in
// the guest's heap: nothing here recurses, and a program that backtracks without end uses up fuel or memory.
//
// Nothing here calls back into Python, so the text cannot change during a match.

#include <string.h>

#include "py/runtime.h"
#include "re.h"

#define LOCAL_WORDS 256

// Entries of the stack end with what they are.
enum {
    K_CHOICE, // pc, position: go on there
    K_RUN, // pc behind the run, position, least position: go on there one character earlier
    K_LAZY, // pc of the run, position, how many more it may take
    K_UNTIL, // pc of the OP_UNTIL, position: one more round of a lazy repeat
    K_REGISTER, // register, value: to be put back
    K_TWO, // register, value of it, value of the next
    K_CLOSE, // register, value of it, value of the last group
};
static const uint8_t entry_words[] = { 3, 4, 4, 3, 3, 4, 4 };

typedef struct _stack_t {
    uint32_t *words;
    uint32_t used;
    uint32_t alloc;
    uint32_t *local;
} stack_t;

static MP_NOINLINE void grow(stack_t *stack) {
    size_t bytes = stack->alloc * sizeof(uint32_t);
    if (stack->words == stack->local) {
        uint32_t *words = m_malloc_leaf(4 * bytes);
        memcpy(words, stack->local, bytes);
        stack->words = words;
        stack->alloc *= 4;
    } else {
        stack->words = m_realloc(stack->words, bytes, (uint64_t)bytes * 2);
        stack->alloc *= 2;
    }
}

static inline uint32_t *reserve(stack_t *stack) {
    if (stack->used + 4 > stack->alloc) {
        grow(stack);
    }
    return stack->words + stack->used;
}

static inline void push3(stack_t *stack, uint32_t a, uint32_t b, uint32_t kind) {
    uint32_t *top = reserve(stack);
    top[0] = a;
    top[1] = b;
    top[2] = kind;
    stack->used += 3;
}

static inline void push4(stack_t *stack, uint32_t a, uint32_t b, uint32_t c, uint32_t kind) {
    uint32_t *top = reserve(stack);
    top[0] = a;
    top[1] = b;
    top[2] = c;
    top[3] = kind;
    stack->used += 4;
}

static inline void put_back(const uint32_t *entry, uint32_t kind, uint32_t *registers, uint32_t last) {
    registers[entry[0]] = entry[1];
    if (kind == K_TWO) {
        registers[entry[0] + 1] = entry[2];
    } else if (kind == K_CLOSE) {
        registers[last] = entry[2];
    }
}

// Undoes all that is above `height`.
static void unwind(stack_t *stack, uint32_t height, uint32_t *registers, uint32_t last) {
    while (stack->used > height) {
        uint32_t kind = stack->words[stack->used - 1];
        stack->used -= entry_words[kind];
        if (kind >= K_REGISTER) {
            put_back(stack->words + stack->used, kind, registers, last);
        }
    }
}

// Forgets the choices above `height`, but not what is to be undone.
static void cut(stack_t *stack, uint32_t height) {
    uint32_t from = stack->used, to = stack->used;
    while (from > height) {
        uint32_t kind = stack->words[from - 1], n = entry_words[kind];
        from -= n;
        if (kind >= K_REGISTER) {
            to -= n;
            memmove(stack->words + to, stack->words + from, n * sizeof(uint32_t));
        }
    }
    memmove(stack->words + height, stack->words + to, (stack->used - to) * sizeof(uint32_t));
    stack->used = height + (stack->used - to);
}

static inline bool set_has(const uint32_t *set, uint32_t c) {
    return c < 256 ? re_bit(set + RE_SET_BITMAP, c) : re_set_has_high(set, c);
}

// Behind the one character that `op` takes at `p`, or NULL.
static inline const byte *take_one(const uint32_t *op, const byte *p, const byte *end, bool utf8) {
    if (p == end) {
        return NULL;
    }
    if (op[0] == OP_BYTE) {
        return *p == op[1] ? p + 1 : NULL;
    }
    uint32_t c = *p++;
    if (utf8 && c >= 0x80) {
        p--;
        c = text_decode(&p);
    }
    if (op[0] == OP_SET) {
        return set_has(op + 1, c) ? p : NULL;
    }
    return op[0] == OP_ALL || c != '\n' ? p : NULL;
}

// Behind as many of them as there are, `max` at most; counts them down in *max.
static const byte *take(const uint32_t *op, const byte *p, const byte *end, bool utf8, uint32_t *max) {
    uint32_t left = *max;
    if (op[0] == OP_BYTE || !utf8) {
        const byte *start = p;
        if (left < (size_t)(end - p)) {
            end = p + left;
        }
        switch (op[0]) {
            case OP_BYTE:
                while (p < end && *p == op[1]) {
                    p++;
                }
                break;
            case OP_SET:
                while (p < end && re_bit(op + 1 + RE_SET_BITMAP, *p)) {
                    p++;
                }
                break;
            case OP_ALL:
                p = end;
                break;
            default:
                p = memchr(p, '\n', end - p);
                p = p == NULL ? end : p;
                break;
        }
        *max = left - (p - start);
        return p;
    }
    if (op[0] == OP_SET) {
        while (left > 0 && p < end) {
            uint32_t c = *p;
            if (c < 0x80) {
                if (!re_bit(op + 1 + RE_SET_BITMAP, c)) {
                    break;
                }
                p++;
            } else {
                const byte *next = p;
                if (!set_has(op + 1, text_decode(&next))) {
                    break;
                }
                p = next;
            }
            left--;
        }
    } else if (left == RE_MAX_REPEAT) { // how many does not matter
        const byte *newline = op[0] == OP_ALL ? NULL : memchr(p, '\n', end - p);
        p = newline == NULL ? end : newline;
    } else {
        while (left > 0 && p < end && (op[0] == OP_ALL || *p != '\n')) {
            p++;
            while (p < end && (*p & 0xc0) == 0x80) {
                p++;
            }
            left--;
        }
    }
    *max = left;
    return p;
}

static inline const byte *step_back(const byte *p, bool utf8) {
    p--;
    while (utf8 && (*p & 0xc0) == 0x80) {
        p--;
    }
    return p;
}

static bool at_boundary(const byte *text, const byte *end, const byte *p, bool utf8, bool unicode) {
    bool before = false, after = false;
    if (p > text) {
        const byte *q = step_back(p, utf8);
        before = re_is_word(utf8 ? text_decode(&q) : *q, unicode);
    }
    if (p < end) {
        const byte *q = p;
        after = re_is_word(utf8 ? text_decode(&q) : *q, unicode);
    }
    return before != after;
}

// The text of a group again at `p`, without regard to case: behind it, or NULL.
static const byte *same_text(const byte *from, const byte *to, const byte *p, const byte *end, bool utf8, bool unicode) {
    while (from < to) {
        if (p == end) {
            return NULL;
        }
        uint32_t a = utf8 ? text_decode(&from) : *from++, b = utf8 ? text_decode(&p) : *p++;
        if (a != b && re_fold(a, unicode) != re_fold(b, unicode)) {
            return NULL;
        }
    }
    return p;
}

// The byte that an instruction wants first, or -1.
static inline int wanted(const uint32_t *op) {
    return op[0] == OP_BYTE ? (int)op[1] : op[0] == OP_STRING ? (int)(op[2] & 0xff) : -1;
}

// One attempt at `start`. When it fails, the registers and the stack are as before.
static bool attempt(const re_program_t *program, const byte *text, const byte *end, const byte *start, re_mode_t mode,
    bool advance, uint32_t *registers, stack_t *stack) {
    const uint32_t *const code = program->code;
    const uint32_t *pc = code;
    const uint32_t last = RE_LAST_GROUP(program->groups);
    const bool utf8 = program->utf8;
    const byte *p = start;
    for (;;) {
        switch (pc[0]) {
            case OP_MATCH:
                if ((mode == RE_FULL && p != end) || (advance && p == start)) {
                    goto fail;
                }
                registers[0] = start - text;
                registers[1] = p - text;
                return true;
            case OP_BYTE:
                if (p == end || *p != pc[1]) {
                    goto fail;
                }
                p++;
                pc += 2;
                continue;
            case OP_STRING: {
                uint32_t n = pc[1];
                const byte *s = (const byte *)(pc + 2);
                if (n > (size_t)(end - p) || *p != *s || memcmp(p, s, n) != 0) {
                    goto fail;
                }
                p += n;
                pc += 2 + (n + 3) / 4;
                continue;
            }
            case OP_ANY: case OP_ALL: {
                const byte *next = take_one(pc, p, end, utf8);
                if (next == NULL) {
                    goto fail;
                }
                p = next;
                pc++;
                continue;
            }
            case OP_SET: {
                const byte *next = take_one(pc, p, end, utf8);
                if (next == NULL) {
                    goto fail;
                }
                p = next;
                pc += 1 + re_set_words(pc + 1);
                continue;
            }
            case OP_BEGIN:
                if (p != text) {
                    goto fail;
                }
                pc++;
                continue;
            case OP_BEGIN_LINE:
                if (p != text && p[-1] != '\n') {
                    goto fail;
                }
                pc++;
                continue;
            case OP_END:
                if (p != end && (p + 1 != end || *p != '\n')) {
                    goto fail;
                }
                pc++;
                continue;
            case OP_END_LINE:
                if (p != end && *p != '\n') {
                    goto fail;
                }
                pc++;
                continue;
            case OP_END_TEXT:
                if (p != end) {
                    goto fail;
                }
                pc++;
                continue;
            case OP_BOUNDARY:
                if (!at_boundary(text, end, p, utf8, pc[1])) {
                    goto fail;
                }
                pc += 2;
                continue;
            case OP_NOT_BOUNDARY:
                // CPython 3.11: never in an empty text.
                if (text == end || at_boundary(text, end, p, utf8, pc[1])) {
                    goto fail;
                }
                pc += 2;
                continue;
            case OP_OPEN:
                push3(stack, pc[1], registers[pc[1]], K_REGISTER);
                registers[pc[1]] = p - text;
                pc += 2;
                continue;
            case OP_CLOSE:
                push4(stack, pc[1], registers[pc[1]], registers[last], K_CLOSE);
                registers[pc[1]] = p - text;
                registers[last] = pc[1] / 2;
                pc += 2;
                continue;
            case OP_JUMP:
                pc = code + pc[1];
                continue;
            case OP_SPLIT: {
                int want = wanted(pc + 2);
                if (want >= 0 && (p == end || *p != want)) {
                    pc = code + pc[1];
                    continue;
                }
                push3(stack, pc[1], p - text, K_CHOICE);
                pc += 2;
                continue;
            }
            case OP_RUN: {
                const uint32_t *op = pc + 5, *behind = code + pc[4];
                uint32_t left = pc[2];
                if (left > 0) {
                    p = take(op, p, end, utf8, &left);
                    if (left > 0) {
                        goto fail;
                    }
                }
                left = pc[3] == RE_MAX_REPEAT ? RE_MAX_REPEAT : pc[3] - pc[2];
                if (pc[1] == RE_LAZY) {
                    int want = wanted(behind);
                    if (want >= 0) {
                        while (p < end && *p != want && left > 0) {
                            const byte *next = take_one(op, p, end, utf8);
                            if (next == NULL) {
                                goto fail;
                            }
                            p = next;
                            left -= left != RE_MAX_REPEAT;
                        }
                        if (p == end || *p != want) {
                            goto fail;
                        }
                    }
                    if (left > 0) {
                        push4(stack, pc - code, p - text, left, K_LAZY);
                    }
                    pc = behind;
                    continue;
                }
                const byte *least = p;
                p = take(op, p, end, utf8, &left);
                if (pc[1] == RE_GREEDY && p > least) {
                    // The same as when it comes back here, so let that do it: the entry is for one character more.
                    int want = wanted(behind);
                    if (want >= 0) {
                        while (p > least && (p == end || *p != want)) {
                            p--;
                        }
                        if (p == end || *p != want) {
                            goto fail;
                        }
                    }
                    if (p > least) {
                        push4(stack, pc[4], p - text, least - text, K_RUN);
                    }
                }
                pc = behind;
                continue;
            }
            case OP_REPEAT:
                push4(stack, pc[1], registers[pc[1]], registers[pc[1] + 1], K_TWO);
                registers[pc[1]] = RE_UNSET; // one less than 0
                registers[pc[1] + 1] = RE_UNSET;
                pc = code + pc[2];
                continue;
            case OP_UNTIL: {
                uint32_t slot = pc[1], count = registers[slot] + 1, min = pc[3], max = pc[4];
                if (count >= min) {
                    if (pc[2] == RE_LAZY) {
                        push3(stack, pc - code, p - text, K_UNTIL);
                        pc += 6;
                        continue;
                    }
                    if (count >= max || registers[slot + 1] == (uint32_t)(p - text)) {
                        pc += 6;
                        continue;
                    }
                    push3(stack, pc + 6 - code, p - text, K_CHOICE);
                    push4(stack, slot, registers[slot], registers[slot + 1], K_TWO);
                    registers[slot + 1] = p - text;
                } else {
                    push3(stack, slot, registers[slot], K_REGISTER);
                }
                registers[slot] = count;
                pc = code + pc[5];
                continue;
            }
            case OP_BACKREF: case OP_BACKREF_ICASE: {
                uint32_t from = registers[2 * pc[1]], to = registers[2 * pc[1] + 1];
                if (from == RE_UNSET || to == RE_UNSET) {
                    goto fail;
                }
                uint32_t n = to > from ? to - from : 0;
                if (pc[0] == OP_BACKREF) {
                    if (n > (size_t)(end - p) || memcmp(p, text + from, n) != 0) {
                        goto fail;
                    }
                    p += n;
                    pc += 2;
                    continue;
                }
                const byte *next = same_text(text + from, text + from + n, p, end, utf8, pc[2]);
                if (next == NULL) {
                    goto fail;
                }
                p = next;
                pc += 3;
                continue;
            }
            case OP_CONDITION:
                pc = registers[2 * pc[1] + 1] != RE_UNSET ? pc + 3 : code + pc[2];
                continue;
            case OP_BACK: {
                const byte *to = p;
                for (uint32_t n = pc[1]; n > 0; n--) {
                    if (to == text) {
                        goto fail;
                    }
                    to = step_back(to, utf8);
                }
                p = to;
                pc += 2;
                continue;
            }
            case OP_ENTER: case OP_ENTER_NOT:
                push4(stack, pc[1], registers[pc[1]], registers[pc[1] + 1], K_TWO);
                registers[pc[1]] = stack->used;
                registers[pc[1] + 1] = p - text;
                if (pc[0] == OP_ENTER) {
                    pc += 2;
                } else {
                    push3(stack, pc[2], p - text, K_CHOICE);
                    pc += 3;
                }
                continue;
            case OP_LEAVE:
                cut(stack, registers[pc[1]]);
                pc += 2;
                continue;
            case OP_LEAVE_LOOK:
                cut(stack, registers[pc[1]]);
                p = text + registers[pc[1] + 1];
                pc += 2;
                continue;
            case OP_LEAVE_NOT:
                unwind(stack, registers[pc[1]], registers, last);
                goto fail;
            default: // OP_FAIL
                break;
        }
    fail:
        for (;;) {
            if (stack->used == 0) {
                return false;
            }
            uint32_t kind = stack->words[stack->used - 1];
            uint32_t *entry = stack->words + stack->used - entry_words[kind];
            stack->used -= entry_words[kind];
            if (kind >= K_REGISTER) {
                put_back(entry, kind, registers, last);
                continue;
            }
            p = text + entry[1];
            pc = code + entry[0];
            if (kind == K_CHOICE) {
                break;
            }
            if (kind == K_RUN) {
                const byte *least = text + entry[2];
                int want = wanted(pc);
                p = step_back(p, utf8);
                if (want >= 0) {
                    while (p > least && *p != want) {
                        p--;
                    }
                    if (*p != want) {
                        continue;
                    }
                }
                if (p > least) {
                    entry[1] = p - text;
                    stack->used += 4;
                }
                break;
            }
            if (kind == K_LAZY) {
                uint32_t left = entry[2];
                const uint32_t *op = pc + 5, *behind = code + pc[4];
                int want = wanted(behind);
                do {
                    p = left > 0 ? take_one(op, p, end, utf8) : NULL;
                    left -= left != RE_MAX_REPEAT;
                } while (p != NULL && want >= 0 && (p == end || *p != want));
                if (p == NULL) {
                    continue;
                }
                if (left > 0) {
                    entry[1] = p - text;
                    entry[2] = left;
                    stack->used += 4;
                }
                pc = behind;
                break;
            }
            // K_UNTIL
            uint32_t slot = pc[1], count = registers[slot] + 1;
            if (count >= pc[4] || registers[slot + 1] == (uint32_t)(p - text)) {
                continue;
            }
            push4(stack, slot, registers[slot], registers[slot + 1], K_TWO);
            registers[slot] = count;
            registers[slot + 1] = p - text;
            pc = code + pc[5];
            break;
        }
    }
}

// `text` up to `end`, from `start` on. `advance`: the match must not be empty at `start`. `registers` has room for
// program->registers words; on success those of the groups are set.
bool re_execute(const re_program_t *program, const byte *text, size_t length, size_t from, re_mode_t mode, bool advance,
    uint32_t *registers) {
    uint32_t local[LOCAL_WORDS];
    stack_t stack = { local, 0, LOCAL_WORDS, local };
    const byte *end = text + length, *start = text + from;
    memset(registers, 0xff, program->registers * sizeof(uint32_t));
    registers[RE_LAST_GROUP(program->groups)] = 0;
    bool found = false;
    if (mode != RE_SEARCH) {
        found = attempt(program, text, end, start, mode, advance, registers, &stack);
    } else {
        while (true) {
            if (program->has_first) {
                if (program->first_byte >= 0) {
                    start = memchr(start, program->first_byte, end - start);
                } else {
                    while (start < end && !re_bit(program->first, *start)) {
                        start++;
                    }
                }
                if (start == NULL || start == end) {
                    break;
                }
            }
            found = attempt(program, text, end, start, mode, advance, registers, &stack);
            if (found || start == end || program->anchored) {
                break;
            }
            advance = false;
            start++;
            while (program->utf8 && start < end && (*start & 0xc0) == 0x80) {
                start++;
            }
        }
    }
    if (stack.words != local) {
        m_del(uint32_t, stack.words, stack.alloc);
    }
    return found;
}
