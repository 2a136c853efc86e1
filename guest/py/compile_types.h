// Part of py/compile.c: parameters of generic functions, classes and aliases (PEP 695), and type statements.
//
// A parameter is a variable of the scope that the definition is in.

static mp_parse_node_struct_t *type_param(mp_parse_node_t pn, qstr *name, int *kind) {
    mp_parse_node_struct_t *pns = (mp_parse_node_struct_t *)pn;
    *name = MP_PARSE_NODE_LEAF_ARG(pns->nodes[0]);
    *kind = MP_PARSE_NODE_STRUCT_KIND(pns) == PN_type_param_star ? 1
        : MP_PARSE_NODE_STRUCT_KIND(pns) == PN_type_param_dbl_star ? 2 : 0;
    return pns;
}

// Binds the parameters: <type_param>(name, kind, bound).
static void compile_type_params(compiler_t *comp, mp_parse_node_t params) {
    mp_parse_node_t *nodes;
    size_t n = mp_parse_node_extract_list(&params, PN_type_param_list, &nodes);
    for (size_t i = 0; i < n; i++) {
        qstr name;
        int kind;
        mp_parse_node_struct_t *pns = type_param(nodes[i], &name, &kind);
        EMIT_LOAD_GLOBAL(MP_QSTR__lt_type_param_gt_);
        EMIT_ARG(load_const_str, name);
        EMIT_ARG(load_const_small_int, kind);
        if (kind == 0 && !MP_PARSE_NODE_IS_NULL(pns->nodes[1])) {
            compile_node(comp, pns->nodes[1]);
        } else {
            EMIT_ARG(load_const_tok, MP_TOKEN_KW_NONE);
        }
        EMIT_ARG(call_function, 3, 0, 0);
        compile_store_id(comp, name);
    }
}

// Gives them to what is on top of the stack: <type_params>(object, *params) returns it.
static void compile_type_params_end(compiler_t *comp, mp_parse_node_t params) {
    mp_parse_node_t *nodes;
    size_t n = mp_parse_node_extract_list(&params, PN_type_param_list, &nodes);
    if (n == 0) {
        return;
    }
    EMIT_LOAD_GLOBAL(MP_QSTR__lt_type_params_gt_);
    EMIT(rot_two);
    for (size_t i = 0; i < n; i++) {
        qstr name;
        int kind;
        type_param(nodes[i], &name, &kind);
        compile_load_id(comp, name);
    }
    EMIT_ARG(call_function, 1 + n, 0, 0);
}

// type X[T] = value: <type_alias>(name, function that makes the value).
static void compile_type_stmt(compiler_t *comp, mp_parse_node_struct_t *pns) {
    if (comp->pass == MP_PASS_SCOPE) {
        mp_parse_node_struct_t *lambda = (mp_parse_node_struct_t *)m_new0(byte, sizeof(mp_parse_node_struct_t) + 3 * sizeof(mp_parse_node_t));
        lambda->source_line = pns->source_line;
        lambda->kind_num_nodes = PN_lambdef | 3 << 8;
        lambda->nodes[1] = pns->nodes[2];
        pns->nodes[3] = (mp_parse_node_t)lambda;
    }
    compile_type_params(comp, pns->nodes[1]);
    EMIT_LOAD_GLOBAL(MP_QSTR__lt_type_alias_gt_);
    EMIT_ARG(load_const_str, MP_PARSE_NODE_LEAF_ARG(pns->nodes[0]));
    compile_lambdef(comp, (mp_parse_node_struct_t *)pns->nodes[3]);
    EMIT_ARG(call_function, 2, 0, 0);
    compile_type_params_end(comp, pns->nodes[1]);
    compile_store_id(comp, MP_PARSE_NODE_LEAF_ARG(pns->nodes[0]));
}
