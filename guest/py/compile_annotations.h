// Part of py/compile.c: annotations, documentation of functions, and parameters of types.

// ---- the text of an annotation, for from __future__ import annotations ----

static void unparse(const mp_print_t *print, mp_parse_node_t pn);

static void unparse_list(const mp_print_t *print, size_t n, mp_parse_node_t *nodes) {
    for (size_t i = 0; i < n; i++) {
        mp_print_str(print, i ? ", " : "");
        unparse(print, nodes[i]);
    }
}

static const char *token_text(size_t token) {
    switch (token) {
        case MP_TOKEN_KW_NONE:
            return "None";
        case MP_TOKEN_KW_TRUE:
            return "True";
        case MP_TOKEN_KW_FALSE:
            return "False";
        case MP_TOKEN_ELLIPSIS:
            return "...";
        case MP_TOKEN_OP_PLUS:
            return "+";
        case MP_TOKEN_OP_MINUS:
            return "-";
        case MP_TOKEN_OP_STAR:
            return "*";
        case MP_TOKEN_OP_SLASH:
            return "/";
        default:
            return "?";
    }
}

static void unparse_call(const mp_print_t *print, mp_parse_node_t arglist) {
    mp_parse_node_t *args;
    size_t n = mp_parse_node_extract_list(&arglist, PN_arglist, &args);
    mp_print_str(print, "(");
    for (size_t i = 0; i < n; i++) {
        mp_print_str(print, i ? ", " : "");
        if (is_keyword_argument(args[i])) {
            unparse(print, ((mp_parse_node_struct_t *)args[i])->nodes[0]);
            mp_print_str(print, "=");
            unparse(print, ((mp_parse_node_struct_t *)args[i])->nodes[1]);
        } else {
            unparse(print, args[i]);
        }
    }
    mp_print_str(print, ")");
}

static void unparse(const mp_print_t *print, mp_parse_node_t pn) {
    if (MP_PARSE_NODE_IS_NULL(pn)) {
        return;
    } else if (MP_PARSE_NODE_IS_SMALL_INT(pn)) {
        mp_obj_print_helper(print, MP_OBJ_NEW_SMALL_INT(MP_PARSE_NODE_LEAF_SMALL_INT(pn)), PRINT_REPR);
        return;
    } else if (MP_PARSE_NODE_IS_LEAF(pn)) {
        qstr arg = MP_PARSE_NODE_LEAF_ARG(pn);
        switch (MP_PARSE_NODE_LEAF_KIND(pn)) {
            case MP_PARSE_NODE_ID:
                mp_printf(print, "%q", arg);
                break;
            case MP_PARSE_NODE_STRING:
                mp_obj_print_helper(print, MP_OBJ_NEW_QSTR(arg), PRINT_REPR);
                break;
            default:
                mp_print_str(print, token_text(arg));
                break;
        }
        return;
    }
    mp_parse_node_struct_t *pns = (mp_parse_node_struct_t *)pn;
    size_t n = MP_PARSE_NODE_STRUCT_NUM_NODES(pns);
    switch (MP_PARSE_NODE_STRUCT_KIND(pns)) {
        case PN_const_object:
            mp_obj_print_helper(print, mp_parse_node_extract_const_object(pns), PRINT_REPR);
            break;
        case PN_atom_expr_normal:
        case PN_atom_expr_trailers:
            for (size_t i = 0; i < n; i++) {
                unparse(print, pns->nodes[i]);
            }
            break;
        case PN_trailer_period:
            mp_printf(print, ".%q", (qstr)MP_PARSE_NODE_LEAF_ARG(pns->nodes[0]));
            break;
        case PN_trailer_paren:
            unparse_call(print, pns->nodes[0]);
            break;
        case PN_trailer_bracket:
        case PN_atom_bracket: {
            mp_parse_node_struct_t *inner = (mp_parse_node_struct_t *)pns->nodes[0];
            mp_print_str(print, "[");
            if (MP_PARSE_NODE_IS_STRUCT_KIND(pns->nodes[0], PN_subscriptlist)
                || MP_PARSE_NODE_IS_STRUCT_KIND(pns->nodes[0], PN_testlist_comp)) {
                unparse_list(print, MP_PARSE_NODE_STRUCT_NUM_NODES(inner), inner->nodes);
            } else {
                unparse(print, pns->nodes[0]);
            }
            mp_print_str(print, "]");
            break;
        }
        case PN_atom_paren:
            mp_print_str(print, "(");
            unparse(print, pns->nodes[0]);
            mp_print_str(print, ")");
            break;
        case PN_testlist_comp:
        case PN_testlist_star_expr:
            unparse_list(print, n, pns->nodes);
            mp_print_str(print, n == 1 ? "," : "");
            break;
        case PN_star_expr:
            mp_print_str(print, "*");
            unparse(print, pns->nodes[0]);
            break;
        case PN_factor_2:
            unparse(print, pns->nodes[0]);
            unparse(print, pns->nodes[1]);
            break;
        case PN_expr:
            for (size_t i = 0; i < n; i++) {
                mp_print_str(print, i ? " | " : "");
                unparse(print, pns->nodes[i]);
            }
            break;
        case PN_arith_expr:
        case PN_term:
            for (size_t i = 0; i < n; i++) {
                mp_print_str(print, i ? " " : "");
                unparse(print, pns->nodes[i]);
            }
            break;
        default:
            mp_print_str(print, "...");
            break;
    }
}

static void compile_annotation_value(compiler_t *comp, mp_parse_node_t pn) {
    if (comp->future_annotations) {
        vstr_t vstr;
        mp_print_t print;
        vstr_init_print(&vstr, 32, &print);
        unparse(&print, pn);
        EMIT_ARG(load_const_obj, mp_obj_new_str_from_vstr(&vstr));
    } else if (!compile_starred_display(comp, 1, &pn, MP_QSTR__lt_tuple_gt_)) {
        compile_node(comp, pn);
    }
}

// ---- variables ----

static void compile_annotation(compiler_t *comp, mp_parse_node_t target, mp_parse_node_t annotation) {
    scope_t *scope = comp->scope_cur;
    if (scope->kind != SCOPE_MODULE && scope->kind != SCOPE_CLASS) {
        return;
    }
    if (!MP_PARSE_NODE_IS_ID(target)) {
        if (!comp->future_annotations) {
            compile_node(comp, annotation);
            EMIT(pop_top);
        }
        return;
    }
    scope->scope_flags |= SCOPE_FLAG_ANNOTATIONS;
    compile_annotation_value(comp, annotation);
    compile_load_id(comp, MP_QSTR___annotations__);
    EMIT_ARG(load_const_str, mangle(comp, MP_PARSE_NODE_LEAF_ARG(target)));
    EMIT_ARG(subscr, MP_EMIT_SUBSCR_STORE);
}

// At the start of a module or class that has some.
static void compile_annotations_begin(compiler_t *comp) {
    if (!(comp->scope_cur->scope_flags & SCOPE_FLAG_ANNOTATIONS)) {
        return;
    }
    if (comp->scope_cur->kind == SCOPE_CLASS) {
        EMIT_ARG(build, 0, MP_EMIT_BUILD_MAP);
        compile_store_id(comp, MP_QSTR___annotations__);
    } else {
        EMIT_LOAD_GLOBAL(MP_QSTR__lt_annotations_gt_);
        EMIT_ARG(call_function, 0, 0, 0);
        EMIT(pop_top);
    }
}

// ---- functions ----

static mp_parse_node_t function_doc(mp_parse_node_struct_t *pns) {
    mp_parse_node_t body = pns->nodes[4];
    if (MP_PARSE_NODE_IS_STRUCT_KIND(body, PN_suite_block_stmts) || MP_PARSE_NODE_IS_STRUCT_KIND(body, PN_simple_stmt_2)) {
        body = ((mp_parse_node_struct_t *)body)->nodes[0];
    }
    if (MP_PARSE_NODE_IS_STRUCT_KIND(body, PN_simple_stmt_2)) {
        body = ((mp_parse_node_struct_t *)body)->nodes[0];
    }
    if (MP_PARSE_NODE_IS_STRUCT_KIND(body, PN_expr_stmt) && MP_PARSE_NODE_IS_NULL(((mp_parse_node_struct_t *)body)->nodes[1])) {
        mp_parse_node_t first = ((mp_parse_node_struct_t *)body)->nodes[0];
        if ((MP_PARSE_NODE_IS_LEAF(first) && !MP_PARSE_NODE_IS_SMALL_INT(first)
             && MP_PARSE_NODE_LEAF_KIND(first) == MP_PARSE_NODE_STRING)
            || (MP_PARSE_NODE_IS_STRUCT_KIND(first, PN_const_object)
                && mp_obj_is_str(mp_parse_node_extract_const_object((mp_parse_node_struct_t *)first)))) {
            return first;
        }
    }
    return MP_PARSE_NODE_NULL;
}

// The annotation of a parameter, and its name.
static mp_parse_node_t parameter_annotation(mp_parse_node_t pn, qstr *name) {
    if (!MP_PARSE_NODE_IS_STRUCT(pn)) {
        return MP_PARSE_NODE_NULL;
    }
    mp_parse_node_struct_t *pns = (mp_parse_node_struct_t *)pn;
    if (MP_PARSE_NODE_STRUCT_KIND(pns) == PN_typedargslist_star) {
        if (!MP_PARSE_NODE_IS_STRUCT(pns->nodes[0])) {
            return MP_PARSE_NODE_NULL;
        }
        pns = (mp_parse_node_struct_t *)pns->nodes[0];
    } else if (MP_PARSE_NODE_STRUCT_KIND(pns) == PN_arglist_slash) {
        return MP_PARSE_NODE_NULL;
    }
    *name = MP_PARSE_NODE_LEAF_ARG(pns->nodes[0]);
    return pns->nodes[1];
}

// Whether <function> has something to add to the function that is about to be made; then it is put on the stack.
static bool compile_function_extras_begin(compiler_t *comp, mp_parse_node_struct_t *pns) {
    bool any = comp->def_is_async || !MP_PARSE_NODE_IS_NULL(pns->nodes[3]) || !MP_PARSE_NODE_IS_NULL(function_doc(pns));
    mp_parse_node_t *params;
    size_t n = mp_parse_node_extract_list(&pns->nodes[2], PN_typedargslist, &params);
    for (size_t i = 0; i < n && !any; i++) {
        qstr name;
        any = !MP_PARSE_NODE_IS_NULL(parameter_annotation(params[i], &name));
    }
    if (any) {
        EMIT_LOAD_GLOBAL(MP_QSTR__lt_function_gt_);
    }
    return any;
}

// <function>(function, kind, documentation, name, annotation, ...) returns the function.
static void compile_function_extras_end(compiler_t *comp, mp_parse_node_struct_t *pns, scope_t *fscope) {
    int kind = !(fscope->scope_flags & SCOPE_FLAG_ASYNC) ? FUNCTION_PLAIN
        : fscope->scope_flags & SCOPE_FLAG_YIELDS ? FUNCTION_ASYNC_GENERATOR : FUNCTION_COROUTINE;
    EMIT_ARG(load_const_small_int, kind);
    size_t n_args = 3;
    mp_parse_node_t doc = function_doc(pns);
    if (MP_PARSE_NODE_IS_NULL(doc)) {
        EMIT_ARG(load_const_tok, MP_TOKEN_KW_NONE);
    } else {
        compile_node(comp, doc);
    }
    mp_parse_node_t *params;
    size_t n = mp_parse_node_extract_list(&pns->nodes[2], PN_typedargslist, &params);
    for (size_t i = 0; i < n; i++) {
        qstr name;
        mp_parse_node_t annotation = parameter_annotation(params[i], &name);
        if (!MP_PARSE_NODE_IS_NULL(annotation)) {
            EMIT_ARG(load_const_str, mangle(comp, name));
            compile_annotation_value(comp, annotation);
            n_args += 2;
        }
    }
    if (!MP_PARSE_NODE_IS_NULL(pns->nodes[3])) {
        EMIT_ARG(load_const_str, MP_QSTR_return);
        compile_annotation_value(comp, pns->nodes[3]);
        n_args += 2;
    }
    EMIT_ARG(call_function, n_args, 0, 0);
}
