// Shortcuts of the parser (py/parse.c), which includes this. A descent through the grammar costs a step for each level of
// precedence and for each alternative that is tried; this tells from the next token which of them would fail. What to do
// without one shows in the patch: they change no parse tree. mp_lexer_at_lone_atom() is another shortcut.

#include "py/parse_init.h"

// For each rule a bit for each token that it can begin with. Written at boot, part of the image.
static uint8_t first_tokens[MP_ARRAY_SIZE(rule_act_table)][(MP_TOKEN_NUMBER_OF + 7) / 8];

// Adds what a rule can begin with to `set`. False when the rule may be empty. The grammar has no left recursion.
static bool add_first_tokens(uint8_t rule_id, uint8_t *set) {
    uint8_t act = rule_act_table[rule_id], kind = act & RULE_ACT_KIND_MASK;
    const uint16_t *rule_arg = get_rule_arg(rule_id);
    size_t n = kind == RULE_ACT_LIST ? 1 : act & RULE_ACT_ARG_MASK; // a list has an item at least
    bool empty = kind == RULE_ACT_AND;
    for (size_t i = 0; i < n; i++) {
        size_t arg = rule_arg[i] & RULE_ARG_ARG_MASK;
        bool may_be_empty = (rule_arg[i] & RULE_ARG_KIND_MASK) == RULE_ARG_OPT_RULE;
        if ((rule_arg[i] & RULE_ARG_KIND_MASK) == RULE_ARG_TOK) {
            set[arg / 8] |= 1 << arg % 8;
        } else if (!add_first_tokens(arg, set)) {
            may_be_empty = true;
        }
        if (kind != RULE_ACT_AND) {
            empty |= may_be_empty;
        } else if (!may_be_empty) {
            return true;
        }
    }
    return !empty;
}

void parse_init(void) {
    for (size_t i = 0; i < MP_ARRAY_SIZE(rule_act_table); i++) {
        if (rule_act_table[i] != 0 && !add_first_tokens(i, first_tokens[i])) {
            memset(first_tokens[i], 0xff, sizeof(first_tokens[i]));
        }
    }
}

// Whether a rule, optional or not, certainly fails at this token.
static inline bool cannot_start(uint16_t arg, mp_token_kind_t token) {
    return !(first_tokens[arg & RULE_ARG_ARG_MASK][token / 8] & 1 << token % 8);
}
