// Part of py/compile.c: arguments of calls, and displays of lists, tuples, sets and dicts with unpacking.
//
// A display with a starred item is a call of <list>, <tuple> or <set>, for which unpacking exists.

// How many positional arguments a call with starred ones may have: one bit each in a small integer.
#define STAR_ARGUMENTS_MAX 40

static bool is_keyword_argument(mp_parse_node_t pn) {
    if (!MP_PARSE_NODE_IS_STRUCT_KIND(pn, PN_argument)) {
        return false;
    }
    mp_parse_node_t value = ((mp_parse_node_struct_t *)pn)->nodes[1];
    return !is_comp_for(value) && !MP_PARSE_NODE_IS_STRUCT_KIND(value, PN_argument_3);
}

static bool is_starred(mp_parse_node_t pn) {
    return MP_PARSE_NODE_IS_STRUCT_KIND(pn, PN_star_expr) || MP_PARSE_NODE_IS_STRUCT_KIND(pn, PN_arglist_star);
}

static void compile_positional(compiler_t *comp, mp_parse_node_t pn) {
    mp_parse_node_struct_t *pns = (mp_parse_node_struct_t *)pn;
    if (is_starred(pn)) {
        compile_node(comp, pns->nodes[0]);
    } else if (!MP_PARSE_NODE_IS_STRUCT_KIND(pn, PN_argument)) {
        compile_node(comp, pn);
    } else if (is_comp_for(pns->nodes[1])) {
        compile_comprehension(comp, pns, SCOPE_GEN_EXPR);
    } else {
        compile_namedexpr_helper(comp, pns->nodes[0], ((mp_parse_node_struct_t *)pns->nodes[1])->nodes[0]);
    }
}

// Compiles items, some of them starred, as arguments. Returns their number, and in *stars which of them are to be
// unpacked. More than fit become tuples of some of them.
static size_t compile_starred(compiler_t *comp, size_t n, mp_parse_node_t *nodes, mp_uint_t *stars) {
    *stars = 0;
    if (n <= STAR_ARGUMENTS_MAX) {
        for (size_t i = 0; i < n; i++) {
            compile_positional(comp, nodes[i]);
            *stars |= (mp_uint_t)is_starred(nodes[i]) << i;
        }
        return n;
    }
    size_t chunk = (n + STAR_ARGUMENTS_MAX - 1) / STAR_ARGUMENTS_MAX, count = 0;
    for (size_t i = 0; i < n; i += chunk, count++) {
        EMIT_LOAD_GLOBAL(MP_QSTR__lt_tuple_gt_);
        mp_uint_t inner;
        size_t n_inner = compile_starred(comp, MIN(chunk, n - i), nodes + i, &inner);
        EMIT_ARG(load_const_small_int, inner);
        EMIT_ARG(call_function, n_inner, 0, MP_EMIT_STAR_FLAG_SINGLE);
        *stars |= (mp_uint_t)1 << count;
    }
    return count;
}

static bool compile_starred_display(compiler_t *comp, size_t n, mp_parse_node_t *nodes, qstr function) {
    bool starred = false;
    for (size_t i = 0; i < n; i++) {
        starred |= is_starred(nodes[i]);
    }
    if (!starred) {
        return false;
    }
    EMIT_LOAD_GLOBAL(function);
    mp_uint_t stars;
    size_t count = compile_starred(comp, n, nodes, &stars);
    EMIT_ARG(load_const_small_int, stars);
    EMIT_ARG(call_function, count, 0, MP_EMIT_STAR_FLAG_SINGLE);
    return true;
}

static bool check_arguments(compiler_t *comp, size_t n_args, mp_parse_node_t *args) {
    bool keyword = false, unpacked = false;
    const char *error = NULL;
    for (size_t i = 0; i < n_args; i++) {
        mp_parse_node_struct_t *pns = (mp_parse_node_struct_t *)args[i];
        if (MP_PARSE_NODE_IS_STRUCT_KIND(args[i], PN_arglist_dbl_star)) {
            unpacked = true;
        } else if (is_keyword_argument(args[i])) {
            keyword = true;
            if (!MP_PARSE_NODE_IS_ID(pns->nodes[0])) {
                error = is_simple(pns->nodes[0]) && MP_PARSE_NODE_IS_TOKEN(pns->nodes[0]) ? "cannot assign to keyword"
                    : "expression cannot contain assignment, perhaps you meant \"==\"?";
            }
            for (size_t j = 0; j < i && error == NULL; j++) {
                if (is_keyword_argument(args[j]) && ((mp_parse_node_struct_t *)args[j])->nodes[0] == pns->nodes[0]) {
                    compile_name_error(comp, args[i], "keyword argument repeated: %q", MP_PARSE_NODE_LEAF_ARG(pns->nodes[0]));
                    return false;
                }
            }
        } else if (MP_PARSE_NODE_IS_STRUCT_KIND(args[i], PN_arglist_star)) {
            error = unpacked ? "iterable argument unpacking follows keyword argument unpacking" : error;
        } else if (keyword || unpacked) {
            error = unpacked ? "positional argument follows keyword argument unpacking"
                : "positional argument follows keyword argument";
        } else if (n_args > 1 && MP_PARSE_NODE_IS_STRUCT_KIND(args[i], PN_argument) && is_comp_for(pns->nodes[1])) {
            error = "Generator expression must be parenthesized";
        }
        if (error != NULL) {
            compile_syntax_error(comp, args[i], (mp_rom_error_text_t)error);
            return false;
        }
    }
    return true;
}

// Positional arguments, then keyword ones. Returns the flags for the call instruction.
static uint compile_arguments(compiler_t *comp, size_t n_args, mp_parse_node_t *args, int *n_positional, uint *n_keyword) {
    if (!check_arguments(comp, n_args, args)) {
        return 0;
    }
    uint flags = 0;
    size_t n = 0;
    for (size_t i = 0; i < n_args; i++) {
        flags |= is_starred(args[i]) ? MP_EMIT_STAR_FLAG_SINGLE : 0;
        n += !is_keyword_argument(args[i]) && !MP_PARSE_NODE_IS_STRUCT_KIND(args[i], PN_arglist_dbl_star);
    }
    mp_uint_t stars = 0;
    if (n > STAR_ARGUMENTS_MAX && (flags || n > 200)) {
        // Too many to pass one by one.
        mp_parse_node_t *items = m_new(mp_parse_node_t, n);
        for (size_t i = 0, j = 0; i < n_args; i++) {
            if (!is_keyword_argument(args[i]) && !MP_PARSE_NODE_IS_STRUCT_KIND(args[i], PN_arglist_dbl_star)) {
                items[j++] = args[i];
            }
        }
        flags = MP_EMIT_STAR_FLAG_SINGLE;
        size_t count = compile_starred(comp, n, items, &stars);
        stars <<= *n_positional;
        *n_positional += count;
        m_del(mp_parse_node_t, items, n);
    } else {
        for (size_t i = 0; i < n_args; i++) {
            if (!is_keyword_argument(args[i]) && !MP_PARSE_NODE_IS_STRUCT_KIND(args[i], PN_arglist_dbl_star)) {
                compile_positional(comp, args[i]);
                stars |= is_starred(args[i]) ? (mp_uint_t)1 << *n_positional : 0;
                *n_positional += 1;
            }
        }
    }
    for (size_t i = 0; i < n_args; i++) {
        mp_parse_node_struct_t *pns = (mp_parse_node_struct_t *)args[i];
        if (MP_PARSE_NODE_IS_STRUCT_KIND(args[i], PN_arglist_dbl_star)) {
            // stored as a keyword argument without a name
            flags |= MP_EMIT_STAR_FLAG_DOUBLE;
            EMIT(load_null);
            compile_node(comp, pns->nodes[0]);
            *n_keyword += 1;
        } else if (is_keyword_argument(args[i])) {
            EMIT_ARG(load_const_str, mangle(comp, MP_PARSE_NODE_LEAF_ARG(pns->nodes[0])));
            compile_node(comp, pns->nodes[1]);
            *n_keyword += 1;
        }
    }
    if (flags != 0) {
        EMIT_ARG(load_const_small_int, stars);
    }
    return flags;
}

static void compile_subscript_index(compiler_t *comp, mp_parse_node_t pn) {
    if (!compile_starred_display(comp, 1, &pn, MP_QSTR__lt_tuple_gt_)) {
        compile_node(comp, pn);
    }
}

static bool is_dict_item(mp_parse_node_t pn) {
    return MP_PARSE_NODE_IS_STRUCT_KIND(pn, PN_dictorsetmaker_item)
           || MP_PARSE_NODE_IS_STRUCT_KIND(pn, PN_dictorsetmaker_dbl_star);
}

static void compile_dict_item(compiler_t *comp, mp_parse_node_t pn) {
    if (MP_PARSE_NODE_IS_STRUCT_KIND(pn, PN_dictorsetmaker_dbl_star)) {
        EMIT_LOAD_GLOBAL(MP_QSTR__lt_dict_update_gt_);
        EMIT(rot_two);
        compile_node(comp, ((mp_parse_node_struct_t *)pn)->nodes[0]);
        EMIT_ARG(call_function, 2, 0, 0);
    } else {
        compile_node(comp, pn);
        EMIT(store_map);
    }
}

static void compile_atom_brace(compiler_t *comp, mp_parse_node_struct_t *pns) {
    mp_parse_node_t first = pns->nodes[0];
    mp_parse_node_t *rest = NULL;
    size_t n_rest = 0;
    if (MP_PARSE_NODE_IS_STRUCT_KIND(first, PN_dictorsetmaker)) {
        mp_parse_node_struct_t *maker = (mp_parse_node_struct_t *)first;
        first = maker->nodes[0];
        if (is_comp_for(maker->nodes[1])) {
            compile_comprehension(comp, maker, is_dict_item(first) ? SCOPE_DICT_COMP : SCOPE_SET_COMP);
            return;
        }
        mp_parse_node_struct_t *list = (mp_parse_node_struct_t *)maker->nodes[1];
        n_rest = mp_parse_node_extract_list(&list->nodes[0], PN_dictorsetmaker_list2, &rest);
    }
    if (MP_PARSE_NODE_IS_NULL(first)) {
        EMIT_ARG(build, 0, MP_EMIT_BUILD_MAP);
        return;
    }
    bool is_dict = is_dict_item(first), starred = is_starred(first);
    for (size_t i = 0; i < n_rest; i++) {
        if (is_dict_item(rest[i]) != is_dict) {
            compile_syntax_error(comp, rest[i], is_dict ? MP_ERROR_TEXT("':' expected after dictionary key")
                : MP_ERROR_TEXT("invalid syntax"));
            return;
        }
        starred |= is_starred(rest[i]);
    }
    if (is_dict) {
        EMIT_ARG(build, 1 + n_rest, MP_EMIT_BUILD_MAP);
        compile_dict_item(comp, first);
        for (size_t i = 0; i < n_rest; i++) {
            compile_dict_item(comp, rest[i]);
        }
    } else if (starred) {
        mp_parse_node_t *items = m_new(mp_parse_node_t, 1 + n_rest);
        items[0] = first;
        for (size_t i = 0; i < n_rest; i++) {
            items[1 + i] = rest[i];
        }
        compile_starred_display(comp, 1 + n_rest, items, MP_QSTR__lt_set_gt_);
        m_del(mp_parse_node_t, items, 1 + n_rest);
    } else {
        compile_node(comp, first);
        for (size_t i = 0; i < n_rest; i++) {
            compile_node(comp, rest[i]);
        }
        EMIT_ARG(build, 1 + n_rest, MP_EMIT_BUILD_SET);
    }
}
