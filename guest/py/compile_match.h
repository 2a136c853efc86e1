// Part of py/compile.c: match statements and except*.
//
// The pattern of a case becomes a constant tuple for <match> (guest/match.c, which has the operations), and what is only
// known when it runs (values with dots, classes) becomes arguments of that call. It returns False, or True, or a tuple
// of what the names of the pattern are bound to, so that they are bound when all of it matched.

typedef struct _pattern_t {
    compiler_t *comp;
    mp_obj_t names;          // list of the names that it binds
    mp_parse_node_t *values; // what is compiled to arguments
    size_t n_values;
    bool irrefutable;        // of the last that was compiled
} pattern_t;

static mp_obj_t pattern_tuple(size_t n, const mp_obj_t *items) {
    return mp_obj_new_tuple(n, items);
}

static mp_obj_t pattern_op(int op, mp_obj_t a, mp_obj_t b) {
    mp_obj_t items[] = { MP_OBJ_NEW_SMALL_INT(op), a, b };
    return pattern_tuple(b == MP_OBJ_NULL ? 2 : 3, items);
}

// An argument of the call.
static mp_obj_t pattern_value(pattern_t *pattern, mp_parse_node_t pn) {
    pattern->values = m_renew(mp_parse_node_t, pattern->values, pattern->n_values, pattern->n_values + 1);
    pattern->values[pattern->n_values] = pn;
    return MP_OBJ_NEW_SMALL_INT(pattern->n_values++);
}

// The number of a name that is bound; alternatives bind the same ones.
static mp_obj_t pattern_slot(pattern_t *pattern, qstr name) {
    size_t n;
    mp_obj_t *names;
    mp_obj_list_get(pattern->names, &n, &names);
    for (size_t i = 0; i < n; i++) {
        if (names[i] == MP_OBJ_NEW_QSTR(name)) {
            return MP_OBJ_NEW_SMALL_INT(i);
        }
    }
    mp_obj_list_append(pattern->names, MP_OBJ_NEW_QSTR(name));
    return MP_OBJ_NEW_SMALL_INT(n);
}

static mp_obj_t compile_pattern(pattern_t *pattern, mp_parse_node_t pn);

static mp_obj_t compile_pattern_sequence(pattern_t *pattern, size_t n, mp_parse_node_t *nodes) {
    mp_obj_t *items = m_new(mp_obj_t, n + 2);
    items[0] = MP_OBJ_NEW_SMALL_INT(PATTERN_SEQUENCE);
    items[1] = MP_OBJ_NEW_SMALL_INT(-1);
    for (size_t i = 0; i < n; i++) {
        if (MP_PARSE_NODE_IS_STRUCT_KIND(nodes[i], PN_pattern_star)) {
            if (items[1] != MP_OBJ_NEW_SMALL_INT(-1)) {
                compile_syntax_error(pattern->comp, nodes[i], MP_ERROR_TEXT("multiple starred expressions in sequence pattern"));
            }
            qstr name = MP_PARSE_NODE_LEAF_ARG(((mp_parse_node_struct_t *)nodes[i])->nodes[0]);
            items[1] = MP_OBJ_NEW_SMALL_INT(i);
            items[i + 2] = name == MP_QSTR__ ? MP_OBJ_NEW_SMALL_INT(-1) : pattern_slot(pattern, name);
        } else {
            items[i + 2] = compile_pattern(pattern, nodes[i]);
        }
    }
    mp_obj_t result = pattern_tuple(n + 2, items);
    pattern->irrefutable = false;
    return result;
}

static mp_obj_t compile_pattern_constant(pattern_t *pattern, mp_parse_node_t pn) {
    pattern->irrefutable = false;
    if (MP_PARSE_NODE_IS_SMALL_INT(pn)) {
        return pattern_op(PATTERN_CONSTANT, MP_OBJ_NEW_SMALL_INT(MP_PARSE_NODE_LEAF_SMALL_INT(pn)), MP_OBJ_NULL);
    } else if (MP_PARSE_NODE_IS_LEAF(pn) && MP_PARSE_NODE_LEAF_KIND(pn) == MP_PARSE_NODE_STRING) {
        return pattern_op(PATTERN_CONSTANT, MP_OBJ_NEW_QSTR(MP_PARSE_NODE_LEAF_ARG(pn)), MP_OBJ_NULL);
    } else if (MP_PARSE_NODE_IS_TOKEN(pn)) {
        return pattern_op(PATTERN_SINGLETON, pattern_value(pattern, pn), MP_OBJ_NULL);
    }
    return pattern_op(PATTERN_VALUE, pattern_value(pattern, pn), MP_OBJ_NULL);
}

static mp_obj_t compile_pattern_mapping(pattern_t *pattern, mp_parse_node_struct_t *pns) {
    mp_parse_node_t *pairs;
    size_t n = mp_parse_node_extract_list(&pns->nodes[0], PN_pattern_pairs, &pairs);
    mp_obj_t *items = m_new(mp_obj_t, 2 + 2 * n);
    items[0] = MP_OBJ_NEW_SMALL_INT(PATTERN_MAPPING);
    items[1] = MP_OBJ_NEW_SMALL_INT(-1);
    size_t len = 2;
    for (size_t i = 0; i < n; i++) {
        mp_parse_node_struct_t *pair = (mp_parse_node_struct_t *)pairs[i];
        if (MP_PARSE_NODE_STRUCT_KIND(pair) == PN_pattern_rest) {
            items[1] = pattern_slot(pattern, MP_PARSE_NODE_LEAF_ARG(pair->nodes[0]));
            if (i + 1 < n) {
                compile_syntax_error(pattern->comp, pairs[i], MP_ERROR_TEXT("invalid syntax"));
            }
        } else {
            items[len++] = compile_pattern_constant(pattern, pair->nodes[0]);
            items[len++] = compile_pattern(pattern, pair->nodes[1]);
        }
    }
    pattern->irrefutable = false;
    return pattern_tuple(len, items);
}

static mp_obj_t compile_pattern_class(pattern_t *pattern, mp_parse_node_struct_t *pns) {
    mp_parse_node_t *args;
    mp_parse_node_struct_t *call = (mp_parse_node_struct_t *)pns->nodes[1];
    size_t n = mp_parse_node_extract_list(&call->nodes[0], PN_pattern_arguments, &args);
    mp_obj_t *items = m_new(mp_obj_t, 3 + 2 * n);
    items[0] = MP_OBJ_NEW_SMALL_INT(PATTERN_CLASS);
    items[1] = pattern_value(pattern, pns->nodes[0]);
    size_t len = 3, positional = 0;
    for (size_t i = 0; i < n; i++) {
        mp_parse_node_struct_t *arg = (mp_parse_node_struct_t *)args[i];
        if (MP_PARSE_NODE_IS_NULL(arg->nodes[1])) {
            if (positional < i) {
                compile_syntax_error(pattern->comp, args[i], MP_ERROR_TEXT("positional patterns follow keyword patterns"));
            }
            positional++;
            items[len++] = compile_pattern(pattern, arg->nodes[0]);
        } else if (!MP_PARSE_NODE_IS_ID(arg->nodes[0])) {
            compile_syntax_error(pattern->comp, args[i], MP_ERROR_TEXT("invalid syntax"));
        } else {
            items[len++] = MP_OBJ_NEW_QSTR(mangle(pattern->comp, MP_PARSE_NODE_LEAF_ARG(arg->nodes[0])));
            items[len++] = compile_pattern(pattern, ((mp_parse_node_struct_t *)arg->nodes[1])->nodes[0]);
        }
    }
    items[2] = MP_OBJ_NEW_SMALL_INT(positional);
    pattern->irrefutable = false;
    return pattern_tuple(len, items);
}

static mp_obj_t compile_pattern_or(pattern_t *pattern, mp_parse_node_struct_t *pns) {
    size_t n = MP_PARSE_NODE_STRUCT_NUM_NODES(pns);
    mp_obj_t *items = m_new(mp_obj_t, n + 1);
    items[0] = MP_OBJ_NEW_SMALL_INT(PATTERN_OR);
    bool irrefutable = false;
    for (size_t i = 0; i < n; i++) {
        size_t before, after;
        mp_obj_t *names;
        mp_obj_list_get(pattern->names, &before, &names);
        items[i + 1] = compile_pattern(pattern, pns->nodes[i]);
        mp_obj_list_get(pattern->names, &after, &names);
        if (i > 0 && after > before) {
            compile_syntax_error(pattern->comp, (mp_parse_node_t)pns, MP_ERROR_TEXT("alternative patterns bind different names"));
        }
        if (i + 1 < n && pattern->irrefutable) {
            compile_syntax_error(pattern->comp, (mp_parse_node_t)pns, MP_ERROR_TEXT("wildcard makes remaining patterns unreachable"));
        }
        irrefutable = pattern->irrefutable;
    }
    pattern->irrefutable = irrefutable;
    return pattern_tuple(n + 1, items);
}

static mp_obj_t compile_pattern(pattern_t *pattern, mp_parse_node_t pn) {
    if (MP_PARSE_NODE_IS_ID(pn)) {
        qstr name = MP_PARSE_NODE_LEAF_ARG(pn);
        pattern->irrefutable = true;
        return name == MP_QSTR__ ? pattern_op(PATTERN_WILDCARD, MP_OBJ_NEW_SMALL_INT(0), MP_OBJ_NULL)
            : pattern_op(PATTERN_CAPTURE, pattern_slot(pattern, name), MP_OBJ_NULL);
    } else if (is_simple(pn)) {
        return compile_pattern_constant(pattern, pn);
    }
    mp_parse_node_struct_t *pns = (mp_parse_node_struct_t *)pn;
    mp_parse_node_t *nodes;
    size_t n;
    switch (MP_PARSE_NODE_STRUCT_KIND(pns)) {
        case PN_pattern_list:
            return compile_pattern_sequence(pattern, MP_PARSE_NODE_STRUCT_NUM_NODES(pns), pns->nodes);
        case PN_pattern_star:
            return compile_pattern_sequence(pattern, 1, &pn);
        case PN_pattern_paren:
            if (MP_PARSE_NODE_IS_NULL(pns->nodes[0])) {
                return compile_pattern_sequence(pattern, 0, NULL);
            }
            return compile_pattern(pattern, pns->nodes[0]);
        case PN_pattern_bracket:
            n = mp_parse_node_extract_list(&pns->nodes[0], PN_pattern_list, &nodes);
            return compile_pattern_sequence(pattern, n, nodes);
        case PN_pattern_brace:
            return compile_pattern_mapping(pattern, pns);
        case PN_pattern_value:
            return compile_pattern_class(pattern, pns);
        case PN_pattern_or:
            return compile_pattern_or(pattern, pns);
        case PN_pattern_as: {
            mp_obj_t inner = compile_pattern(pattern, pns->nodes[0]);
            qstr name = MP_PARSE_NODE_LEAF_ARG(((mp_parse_node_struct_t *)pns->nodes[1])->nodes[0]);
            return pattern_op(PATTERN_AS, inner, pattern_slot(pattern, name));
        }
        default:
            return compile_pattern_constant(pattern, pn);
    }
}

static void compile_pattern_argument(compiler_t *comp, mp_parse_node_t pn) {
    if (!MP_PARSE_NODE_IS_STRUCT_KIND(pn, PN_pattern_name)) {
        compile_node(comp, pn);
        return;
    }
    mp_parse_node_struct_t *pns = (mp_parse_node_struct_t *)pn;
    compile_node(comp, pns->nodes[0]);
    mp_parse_node_t *attributes;
    size_t n = mp_parse_node_extract_list(&pns->nodes[1], PN_pattern_attributes, &attributes);
    for (size_t i = 0; i < n; i++) {
        compile_node(comp, attributes[i]);
    }
}

// Stack: the subject, before and after; without it where the body begins.
static void compile_case(compiler_t *comp, mp_parse_node_struct_t *pns, bool last, uint end_label) {
    uint next_label = comp_next_label(comp);
    uint fail_label = comp_next_label(comp);
    mp_parse_node_t guard = pns->nodes[1];
    pattern_t pattern = { .comp = comp, .names = mp_obj_new_list(0, NULL) };
    mp_obj_t compiled = compile_pattern(&pattern, pns->nodes[0]);
    if (comp->compile_error != MP_OBJ_NULL) {
        return;
    }
    if (pattern.irrefutable && !last && MP_PARSE_NODE_IS_NULL(guard)) {
        compile_syntax_error(comp, (mp_parse_node_t)pns, MP_PARSE_NODE_IS_ID(pns->nodes[0])
            && MP_PARSE_NODE_LEAF_ARG(pns->nodes[0]) != MP_QSTR__ ? MP_ERROR_TEXT("name capture makes remaining patterns unreachable")
            : MP_ERROR_TEXT("wildcard makes remaining patterns unreachable"));
        return;
    }
    size_t n_names;
    mp_obj_t *names;
    mp_obj_list_get(pattern.names, &n_names, &names);
    EMIT_ARG(set_source_line, pns->source_line);
    if (!(pattern.irrefutable && n_names == 0)) {
        EMIT(dup_top);
        EMIT_LOAD_GLOBAL(MP_QSTR__lt_match_gt_);
        EMIT(rot_two);
        EMIT_ARG(load_const_obj, compiled);
        for (size_t i = 0; i < pattern.n_values; i++) {
            compile_pattern_argument(comp, pattern.values[i]);
        }
        EMIT_ARG(call_function, 2 + pattern.n_values, 0, 0);
        if (n_names == 0) {
            EMIT_ARG(pop_jump_if, false, next_label);
        } else {
            EMIT(dup_top);
            EMIT_ARG(pop_jump_if, false, fail_label);
            EMIT_ARG(unpack_sequence, n_names);
            for (size_t i = 0; i < n_names; i++) {
                compile_store_id(comp, MP_OBJ_QSTR_VALUE(names[i]));
            }
        }
    }
    if (!MP_PARSE_NODE_IS_NULL(guard)) {
        c_if_cond(comp, guard, false, next_label);
    }
    EMIT(pop_top);
    compile_node(comp, pns->nodes[2]);
    EMIT_ARG(jump, end_label);
    EMIT_ARG(adjust_stack_size, 1);
    if (n_names > 0) {
        EMIT_ARG(adjust_stack_size, 1);
        EMIT_ARG(label_assign, fail_label);
        EMIT(pop_top);
    }
    EMIT_ARG(label_assign, next_label);
    m_del(mp_parse_node_t, pattern.values, pattern.n_values);
}

static void compile_match_stmt(compiler_t *comp, mp_parse_node_struct_t *pns) {
    uint end_label = comp_next_label(comp);
    if (MP_PARSE_NODE_IS_STRUCT_KIND(pns->nodes[0], PN_match_subject)) {
        compile_generic_tuple(comp, (mp_parse_node_struct_t *)pns->nodes[0]);
    } else {
        compile_node(comp, pns->nodes[0]);
    }
    mp_parse_node_t *cases;
    size_t n = mp_parse_node_extract_list(&pns->nodes[1], PN_case_list, &cases);
    for (size_t i = 0; i < n; i++) {
        compile_case(comp, (mp_parse_node_struct_t *)cases[i], i + 1 == n, end_label);
        if (comp->compile_error != MP_OBJ_NULL) {
            compile_error_set_line(comp, cases[i]);
            return;
        }
    }
    EMIT(pop_top);
    EMIT_ARG(label_assign, end_label);
}

// ---- except* ----

// The handlers, when they are with a star. On the stack is what <except_star> makes of the exception: `& type` takes the
// matching part out of it, `|= exception` adds what a handler raised, `-` is what remains to be raised, or None.
static bool compile_except_star(compiler_t *comp, size_t n_except, mp_parse_node_t *excepts, uint end_label) {
    size_t stars = 0;
    for (size_t i = 0; i < n_except; i++) {
        stars += MP_PARSE_NODE_IS_STRUCT_KIND(((mp_parse_node_struct_t *)excepts[i])->nodes[0], PN_try_stmt_star);
    }
    if (stars == 0) {
        return false;
    }
    if (stars < n_except) {
        compile_syntax_error(comp, excepts[0], MP_ERROR_TEXT("cannot have both 'except' and 'except*' on the same 'try'"));
        return true;
    }
    EMIT_LOAD_GLOBAL(MP_QSTR__lt_except_star_gt_);
    EMIT(rot_two);
    EMIT_ARG(call_function, 1, 0, 0);
    for (size_t i = 0; i < n_except; i++) {
        mp_parse_node_struct_t *pns = (mp_parse_node_struct_t *)excepts[i];
        mp_parse_node_t type = ((mp_parse_node_struct_t *)pns->nodes[0])->nodes[0];
        qstr name = MP_QSTRnull;
        if (MP_PARSE_NODE_IS_STRUCT_KIND(type, PN_try_stmt_as_name)) {
            name = MP_PARSE_NODE_LEAF_ARG(((mp_parse_node_struct_t *)type)->nodes[1]);
            type = ((mp_parse_node_struct_t *)type)->nodes[0];
        }
        uint none_label = comp_next_label(comp);
        uint raised_label = comp_next_label(comp);
        uint next_label = comp_next_label(comp);
        EMIT(dup_top);
        compile_node(comp, type);
        EMIT_ARG(binary_op, MP_BINARY_OP_AND);
        EMIT(dup_top);
        EMIT_ARG(load_const_tok, MP_TOKEN_KW_NONE);
        EMIT_ARG(binary_op, MP_BINARY_OP_IS);
        EMIT_ARG(pop_jump_if, true, none_label);
        if (name == MP_QSTRnull) {
            EMIT(pop_top);
        } else {
            compile_store_id(comp, name);
        }
        compile_increase_except_level(comp, raised_label, MP_EMIT_SETUP_BLOCK_EXCEPT);
        compile_node(comp, pns->nodes[1]);
        if (name != MP_QSTRnull) {
            EMIT_ARG(load_const_tok, MP_TOKEN_KW_NONE);
            compile_store_id(comp, name);
            compile_delete_id(comp, name);
        }
        EMIT_ARG(pop_except_jump, next_label, false);
        EMIT_ARG(label_assign, raised_label);
        EMIT(start_except_handler);
        EMIT_ARG(binary_op, MP_BINARY_OP_INPLACE_OR);
        EMIT_ARG(pop_except_jump, next_label, true);
        EMIT_ARG(adjust_stack_size, 1);
        compile_decrease_except_level(comp);
        EMIT(end_except_handler);
        EMIT_ARG(adjust_stack_size, 1);
        EMIT_ARG(label_assign, none_label);
        EMIT(pop_top);
        EMIT_ARG(label_assign, next_label);
    }
    uint done_label = comp_next_label(comp);
    EMIT_ARG(unary_op, MP_UNARY_OP_NEGATIVE);
    EMIT(dup_top);
    EMIT_ARG(load_const_tok, MP_TOKEN_KW_NONE);
    EMIT_ARG(binary_op, MP_BINARY_OP_IS);
    EMIT_ARG(pop_jump_if, true, done_label);
    EMIT_ARG(raise_varargs, 1);
    EMIT_ARG(adjust_stack_size, 1);
    EMIT_ARG(label_assign, done_label);
    EMIT(pop_top);
    EMIT_ARG(pop_except_jump, end_label, true);
    EMIT_ARG(adjust_stack_size, 1);
    return true;
}
