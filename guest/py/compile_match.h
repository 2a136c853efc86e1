// Part of py/compile.c: match statements and except*.
//
// The pattern of a case becomes a constant tuple for <match> (guest/match.c, which has the operations), and what is only
// known when it runs (values with dots, classes) becomes arguments of that call. It returns False, or True, or a tuple
// of what the names of the pattern are bound to, so that they are bound when all of it matched.

typedef struct _pattern_t {
    compiler_t *comp;
    mp_obj_t names;          // list of the names that it binds
    mp_obj_t bound;          // those of the alternatives that are being compiled
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

static bool pattern_has(mp_obj_t list, mp_obj_t name, size_t *at) {
    size_t n;
    mp_obj_t *names;
    mp_obj_list_get(list, &n, &names);
    for (*at = 0; *at < n; ++*at) {
        if (names[*at] == name) {
            return true;
        }
    }
    return false;
}

// The number of a name that is bound; alternatives bind the same ones.
static mp_obj_t pattern_slot(pattern_t *pattern, mp_parse_node_t pn, qstr name) {
    size_t at;
    if (pattern_has(pattern->bound, MP_OBJ_NEW_QSTR(name), &at)) {
        compile_name_error(pattern->comp, pn, "multiple assignments to name '%q' in pattern", name);
    }
    mp_obj_list_append(pattern->bound, MP_OBJ_NEW_QSTR(name));
    if (!pattern_has(pattern->names, MP_OBJ_NEW_QSTR(name), &at)) {
        mp_obj_list_append(pattern->names, MP_OBJ_NEW_QSTR(name));
    }
    return MP_OBJ_NEW_SMALL_INT(at);
}

static mp_obj_t compile_pattern(pattern_t *pattern, mp_parse_node_t pn);

static mp_obj_t compile_pattern_sequence(pattern_t *pattern, size_t n, mp_parse_node_t *nodes) {
    mp_obj_t *items = m_new(mp_obj_t, n + 2);
    items[0] = MP_OBJ_NEW_SMALL_INT(PATTERN_SEQUENCE);
    items[1] = MP_OBJ_NEW_SMALL_INT(-1);
    for (size_t i = 0; i < n; i++) {
        if (MP_PARSE_NODE_IS_STRUCT_KIND(nodes[i], PN_pattern_star)) {
            if (items[1] != MP_OBJ_NEW_SMALL_INT(-1)) {
                compile_syntax_error(pattern->comp, nodes[i], MP_ERROR_TEXT("multiple starred names in sequence pattern"));
            }
            qstr name = MP_PARSE_NODE_LEAF_ARG(((mp_parse_node_struct_t *)nodes[i])->nodes[0]);
            items[1] = MP_OBJ_NEW_SMALL_INT(i);
            items[i + 2] = name == MP_QSTR__ ? MP_OBJ_NEW_SMALL_INT(-1) : pattern_slot(pattern, nodes[i], name);
        } else {
            items[i + 2] = compile_pattern(pattern, nodes[i]);
        }
    }
    mp_obj_t result = pattern_tuple(n + 2, items);
    pattern->irrefutable = false;
    return result;
}

static mp_obj_t pattern_error(pattern_t *pattern, mp_parse_node_t pn, const char *message) {
    if (pattern->comp->compile_error == MP_OBJ_NULL) {
        compile_syntax_error(pattern->comp, pn, message);
    }
    return mp_const_none;
}

// A literal that is no token: numbers with a sign, and sums of a real and an imaginary one, too.
static mp_obj_t pattern_literal(pattern_t *pattern, mp_parse_node_t pn) {
    if (MP_PARSE_NODE_IS_SMALL_INT(pn)) {
        return MP_OBJ_NEW_SMALL_INT(MP_PARSE_NODE_LEAF_SMALL_INT(pn));
    } else if (MP_PARSE_NODE_IS_LEAF(pn) && MP_PARSE_NODE_LEAF_KIND(pn) == MP_PARSE_NODE_STRING) {
        return MP_OBJ_NEW_QSTR(MP_PARSE_NODE_LEAF_ARG(pn));
    } else if (MP_PARSE_NODE_IS_STRUCT_KIND(pn, PN_const_object)) {
        return mp_parse_node_extract_const_object((mp_parse_node_struct_t *)pn);
    } else if (MP_PARSE_NODE_IS_STRUCT_KIND(pn, PN_pattern_negative)) {
        mp_obj_t value = pattern_literal(pattern, ((mp_parse_node_struct_t *)pn)->nodes[0]);
        return mp_obj_is_int(value) || mp_obj_is_float(value) || mp_obj_is_type(value, &mp_type_complex)
            ? mp_unary_op(MP_UNARY_OP_NEGATIVE, value) : pattern_error(pattern, pn, "invalid syntax");
    } else if (MP_PARSE_NODE_IS_STRUCT_KIND(pn, PN_pattern_sum)) {
        mp_parse_node_struct_t *pns = (mp_parse_node_struct_t *)pn;
        mp_obj_t real = pattern_literal(pattern, pns->nodes[0]), imaginary = pattern_literal(pattern, pns->nodes[2]);
        if (!mp_obj_is_int(real) && !mp_obj_is_float(real)) {
            return pattern_error(pattern, pn, "real number required in complex literal");
        }
        if (!mp_obj_is_type(imaginary, &mp_type_complex) || MP_PARSE_NODE_STRUCT_NUM_NODES(pns) != 3) {
            return pattern_error(pattern, pn, "imaginary number required in complex literal");
        }
        return mp_binary_op(MP_PARSE_NODE_IS_TOKEN_KIND(pns->nodes[1], MP_TOKEN_OP_PLUS) ? MP_BINARY_OP_ADD
            : MP_BINARY_OP_SUBTRACT, real, imaginary);
    }
    return pattern_error(pattern, pn, MP_PARSE_NODE_IS_STRUCT(pn) && !MP_PARSE_NODE_IS_STRUCT_KIND(pn, PN_pattern_negative)
        ? "patterns may only match literals and attribute lookups" : "invalid syntax");
}

static mp_obj_t compile_pattern_constant(pattern_t *pattern, mp_parse_node_t pn) {
    pattern->irrefutable = false;
    if (MP_PARSE_NODE_IS_TOKEN_KIND(pn, MP_TOKEN_KW_NONE) || MP_PARSE_NODE_IS_TOKEN_KIND(pn, MP_TOKEN_KW_TRUE)
        || MP_PARSE_NODE_IS_TOKEN_KIND(pn, MP_TOKEN_KW_FALSE)) {
        return pattern_op(PATTERN_SINGLETON, pattern_value(pattern, pn), MP_OBJ_NULL);
    } else if (MP_PARSE_NODE_IS_STRUCT_KIND(pn, PN_pattern_name)) {
        return pattern_op(PATTERN_VALUE, pattern_value(pattern, pn), MP_OBJ_NULL);
    }
    return pattern_op(PATTERN_CONSTANT, pattern_literal(pattern, pn), MP_OBJ_NULL);
}

// The literal that is a key, or MP_OBJ_NULL for a name with dots.
static mp_obj_t pattern_key(pattern_t *pattern, mp_parse_node_t pn, mp_obj_t compiled) {
    mp_obj_tuple_t *tuple = MP_OBJ_TO_PTR(compiled);
    if (tuple->items[0] == MP_OBJ_NEW_SMALL_INT(PATTERN_CONSTANT)) {
        return tuple->items[1];
    }
    return MP_PARSE_NODE_IS_STRUCT(pn) ? MP_OBJ_NULL : MP_PARSE_NODE_IS_TOKEN_KIND(pn, MP_TOKEN_KW_NONE) ? mp_const_none
        : mp_obj_new_bool(MP_PARSE_NODE_IS_TOKEN_KIND(pn, MP_TOKEN_KW_TRUE));
}

static mp_obj_t compile_pattern_mapping(pattern_t *pattern, mp_parse_node_struct_t *pns) {
    mp_parse_node_t *pairs;
    size_t n = mp_parse_node_extract_list(&pns->nodes[0], PN_pattern_pairs, &pairs);
    mp_obj_t *items = m_new(mp_obj_t, 2 + 2 * n);
    items[0] = MP_OBJ_NEW_SMALL_INT(PATTERN_MAPPING);
    items[1] = MP_OBJ_NEW_SMALL_INT(-1);
    size_t len = 2;
    mp_obj_t keys = mp_obj_new_dict(n);
    for (size_t i = 0; i < n; i++) {
        mp_parse_node_struct_t *pair = (mp_parse_node_struct_t *)pairs[i];
        if (MP_PARSE_NODE_STRUCT_KIND(pair) == PN_pattern_rest) {
            qstr name = MP_PARSE_NODE_LEAF_ARG(pair->nodes[0]);
            items[1] = pattern_slot(pattern, pairs[i], name);
            if (i + 1 < n || name == MP_QSTR__) {
                compile_syntax_error(pattern->comp, pairs[i], MP_ERROR_TEXT("invalid syntax"));
            }
        } else {
            items[len++] = compile_pattern_constant(pattern, pair->nodes[0]);
            mp_obj_t key = MP_PARSE_NODE_IS_ID(pair->nodes[0]) ? pattern_error(pattern, pairs[i], "invalid syntax")
                : pattern_key(pattern, pair->nodes[0], items[len - 1]);
            if (key != MP_OBJ_NULL) {
                mp_map_elem_t *elem = mp_map_lookup(mp_obj_dict_get_map(keys), key, MP_MAP_LOOKUP_ADD_IF_NOT_FOUND);
                if (elem->value != MP_OBJ_NULL && pattern->comp->compile_error == MP_OBJ_NULL) {
                    vstr_t text;
                    mp_print_t print;
                    vstr_init_print(&text, 16, &print);
                    mp_obj_print_helper(&print, key, PRINT_REPR);
                    pattern->comp->compile_error = mp_obj_new_exception_msg_varg(&mp_type_SyntaxError,
                        MP_ERROR_TEXT("mapping pattern checks duplicate key (%s)"), vstr_null_terminated_str(&text));
                    compile_error_set_line(pattern->comp, pairs[i]);
                }
                elem->value = mp_const_none;
            }
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
            qstr name = mangle(pattern->comp, MP_PARSE_NODE_LEAF_ARG(arg->nodes[0]));
            for (size_t k = 3 + positional; k < len; k += 2) {
                if (items[k] == MP_OBJ_NEW_QSTR(name)) {
                    compile_name_error(pattern->comp, args[i], "attribute name repeated in class pattern: %q", name);
                }
            }
            items[len++] = MP_OBJ_NEW_QSTR(name);
            items[len++] = compile_pattern(pattern, ((mp_parse_node_struct_t *)arg->nodes[1])->nodes[0]);
        }
    }
    items[2] = MP_OBJ_NEW_SMALL_INT(positional);
    pattern->irrefutable = false;
    return pattern_tuple(len, items);
}

static mp_obj_t pattern_unreachable(pattern_t *pattern, mp_parse_node_t pn) {
    if (MP_PARSE_NODE_IS_ID(pn) && MP_PARSE_NODE_LEAF_ARG(pn) != MP_QSTR__) {
        compile_name_error(pattern->comp, pn, "name capture '%q' makes remaining patterns unreachable", MP_PARSE_NODE_LEAF_ARG(pn));
        return mp_const_none;
    }
    return pattern_error(pattern, pn, "wildcard makes remaining patterns unreachable");
}

static mp_obj_t compile_pattern_or(pattern_t *pattern, mp_parse_node_struct_t *pns) {
    size_t n = MP_PARSE_NODE_STRUCT_NUM_NODES(pns);
    mp_obj_t *items = m_new(mp_obj_t, n + 1);
    items[0] = MP_OBJ_NEW_SMALL_INT(PATTERN_OR);
    // Each alternative binds the names of the first, and none that is bound before.
    mp_obj_t before = pattern->bound, first = MP_OBJ_NULL;
    bool irrefutable = false;
    for (size_t i = 0; i < n; i++) {
        pattern->bound = mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_list), before);
        items[i + 1] = compile_pattern(pattern, pns->nodes[i]);
        size_t n_bound, n_first, at;
        mp_obj_t *names;
        first = first == MP_OBJ_NULL ? pattern->bound : first;
        mp_obj_list_get(first, &n_first, &names);
        mp_obj_list_get(pattern->bound, &n_bound, &names);
        bool same = n_bound == n_first;
        for (size_t k = 0; k < n_bound && same; k++) {
            same = pattern_has(first, names[k], &at);
        }
        if (!same) {
            pattern_error(pattern, (mp_parse_node_t)pns, "alternative patterns bind different names");
        }
        if (i + 1 < n && pattern->irrefutable) {
            pattern_unreachable(pattern, pns->nodes[i]);
        }
        irrefutable = pattern->irrefutable;
    }
    pattern->bound = first;
    pattern->irrefutable = irrefutable;
    return pattern_tuple(n + 1, items);
}

static mp_obj_t compile_pattern(pattern_t *pattern, mp_parse_node_t pn) {
    if (MP_PARSE_NODE_IS_ID(pn)) {
        qstr name = MP_PARSE_NODE_LEAF_ARG(pn);
        pattern->irrefutable = true;
        return name == MP_QSTR__ ? pattern_op(PATTERN_WILDCARD, MP_OBJ_NEW_SMALL_INT(0), MP_OBJ_NULL)
            : pattern_op(PATTERN_CAPTURE, pattern_slot(pattern, pn, name), MP_OBJ_NULL);
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
            if (name == MP_QSTR__) {
                return pattern_error(pattern, pn, "cannot use '_' as a target");
            }
            return pattern_op(PATTERN_AS, inner, pattern_slot(pattern, pn, name));
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
    pattern_t pattern = { .comp = comp, .names = mp_obj_new_list(0, NULL), .bound = mp_obj_new_list(0, NULL) };
    mp_obj_t compiled = compile_pattern(&pattern, pns->nodes[0]);
    if (comp->compile_error != MP_OBJ_NULL) {
        return;
    }
    if (pattern.irrefutable && !last && MP_PARSE_NODE_IS_NULL(guard)) {
        pattern_unreachable(&pattern, pns->nodes[0]);
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
        bool in_star = comp->in_except_star;
        uint loop = comp->except_star_loop;
        comp->in_except_star = true;
        comp->except_star_loop = comp->break_label;
        compile_node(comp, pns->nodes[1]);
        comp->in_except_star = in_star;
        comp->except_star_loop = loop;
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
