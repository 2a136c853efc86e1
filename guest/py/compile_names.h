// Part of py/compile.c: names and nodes, and what is wrong with them.

#include "functions.h"

// In scope_t.scope_flags, for the compiler only.
#define SCOPE_FLAG_ASYNC       (0x1000) // async def
#define SCOPE_FLAG_YIELDS      (0x2000)
#define SCOPE_FLAG_AWAITS      (0x4000) // a comprehension that does
#define SCOPE_FLAG_ANNOTATIONS (0x8000) // variables with annotations

static bool compile_function_extras_begin(compiler_t *comp, mp_parse_node_struct_t *pns);
static void compile_function_extras_end(compiler_t *comp, mp_parse_node_struct_t *pns, scope_t *fscope);
static void compile_annotation(compiler_t *comp, mp_parse_node_t target, mp_parse_node_t annotation);
static void compile_type_params(compiler_t *comp, mp_parse_node_t params);
static void compile_type_params_end(compiler_t *comp, mp_parse_node_t params);
static bool compile_starred_display(compiler_t *comp, size_t n, mp_parse_node_t *nodes, qstr function);
static void compile_subscript_index(compiler_t *comp, mp_parse_node_t pn);

static bool is_comp_for(mp_parse_node_t pn) {
    return MP_PARSE_NODE_IS_STRUCT_KIND(pn, PN_comp_for) || MP_PARSE_NODE_IS_STRUCT_KIND(pn, PN_comp_for_async);
}

static bool comp_for_is_async(mp_parse_node_t pn) {
    return MP_PARSE_NODE_IS_STRUCT_KIND(pn, PN_comp_for_async);
}

static mp_parse_node_struct_t *comp_for_of(mp_parse_node_t pn) {
    mp_parse_node_struct_t *pns = (mp_parse_node_struct_t *)pn;
    return comp_for_is_async(pn) ? (mp_parse_node_struct_t *)pns->nodes[0] : pns;
}

// A name or a constant: the order in which such are evaluated cannot be seen.
static bool is_simple(mp_parse_node_t pn) {
    return MP_PARSE_NODE_IS_LEAF(pn) || MP_PARSE_NODE_IS_STRUCT_KIND(pn, PN_const_object);
}

// The name that a private one has inside of a class: __x in class C is _C__x.
static qstr mangle(compiler_t *comp, qstr name) {
    size_t len;
    const byte *text = qstr_data(name, &len);
    if (len < 3 || text[0] != '_' || text[1] != '_' || (text[len - 1] == '_' && text[len - 2] == '_')) {
        return name;
    }
    scope_t *scope = comp->scope_cur;
    while (scope != NULL && scope->kind != SCOPE_CLASS) {
        scope = scope->parent;
    }
    if (scope == NULL) {
        return name;
    }
    size_t class_len;
    const byte *class_name = qstr_data(scope->simple_name, &class_len);
    while (class_len > 0 && *class_name == '_') {
        class_name++;
        class_len--;
    }
    if (class_len == 0) {
        return name;
    }
    vstr_t vstr;
    vstr_init(&vstr, 1 + class_len + len);
    vstr_add_byte(&vstr, '_');
    vstr_add_strn(&vstr, (const char *)class_name, class_len);
    vstr_add_strn(&vstr, (const char *)text, len);
    name = qstr_from_strn(vstr.buf, vstr.len);
    vstr_clear(&vstr);
    return name;
}

static void set_qual_name(scope_t *scope) {
    scope_t *parent = scope->parent;
    scope->qual_name = scope->simple_name;
    if (parent == NULL || parent->kind == SCOPE_MODULE) {
        return;
    }
    vstr_t vstr;
    vstr_init(&vstr, 32);
    vstr_add_str(&vstr, qstr_str(parent->qual_name));
    vstr_add_str(&vstr, parent->kind == SCOPE_CLASS ? "." : ".<locals>.");
    vstr_add_str(&vstr, qstr_str(scope->simple_name));
    if (vstr.len <= 255) { // as long as an interned string can be
        scope->qual_name = qstr_from_strn(vstr.buf, vstr.len);
    }
    vstr_clear(&vstr);
}

static void compile_name_error(compiler_t *comp, mp_parse_node_t pn, const char *format, qstr name) {
    if (comp->compile_error == MP_OBJ_NULL) {
        comp->compile_error = mp_obj_new_exception_msg_varg(&mp_type_SyntaxError, (mp_rom_error_text_t)format, name);
        compile_error_set_line(comp, pn);
    }
}

// What CPython calls a thing that cannot be assigned to, and whether it then asks for '=='.
static const char *target_name(mp_parse_node_t pn, bool *equals) {
    *equals = false;
    if (MP_PARSE_NODE_IS_TOKEN_KIND(pn, MP_TOKEN_KW_NONE)) {
        return "None";
    } else if (MP_PARSE_NODE_IS_TOKEN_KIND(pn, MP_TOKEN_KW_TRUE)) {
        return "True";
    } else if (MP_PARSE_NODE_IS_TOKEN_KIND(pn, MP_TOKEN_KW_FALSE)) {
        return "False";
    } else if (MP_PARSE_NODE_IS_TOKEN_KIND(pn, MP_TOKEN_ELLIPSIS)) {
        *equals = true;
        return "ellipsis";
    } else if (is_simple(pn)) {
        *equals = true;
        return "literal";
    }
    mp_parse_node_struct_t *pns = (mp_parse_node_struct_t *)pn;
    switch (MP_PARSE_NODE_STRUCT_KIND(pns)) {
        case PN_atom_expr_normal:
            *equals = true;
            return MP_PARSE_NODE_IS_ID(pns->nodes[0]) && MP_PARSE_NODE_LEAF_ARG(pns->nodes[0]) == MP_QSTR__lt_fstring_gt_
                   ? "f-string expression" : "function call";
        case PN_atom_expr_await:
            *equals = true;
            return "await expression";
        case PN_comparison:
            return "comparison";
        case PN_lambdef:
            return "lambda";
        case PN_test_if_expr:
            return "conditional expression";
        case PN_atom_bracket:
            return "list comprehension";
        case PN_atom_brace: {
            mp_parse_node_t item = pns->nodes[0];
            if (MP_PARSE_NODE_IS_STRUCT_KIND(item, PN_dictorsetmaker)) {
                item = ((mp_parse_node_struct_t *)item)->nodes[0];
            }
            *equals = true;
            return MP_PARSE_NODE_IS_NULL(item) || MP_PARSE_NODE_IS_STRUCT_KIND(item, PN_dictorsetmaker_item)
                   ? "dict literal" : "set display";
        }
        case PN_atom_paren:
        case PN_testlist_star_expr:
        case PN_testlist_comp:
            return MP_PARSE_NODE_IS_STRUCT(pns->nodes[0])
                   && MP_PARSE_NODE_IS_STRUCT_KIND(pns->nodes[0], PN_testlist_comp)
                   && MP_PARSE_NODE_TESTLIST_COMP_HAS_COMP_FOR((mp_parse_node_struct_t *)pns->nodes[0])
                   ? "generator expression" : "tuple";
        case PN_yield_expr:
            return "yield expression";
        case PN_namedexpr_test:
            return "named expression";
        default:
            *equals = true;
            return "expression";
    }
}

static void compile_target_error(compiler_t *comp, mp_parse_node_t pn, const char *verb, bool plain) {
    if (comp->compile_error != MP_OBJ_NULL) {
        return;
    }
    if (MP_PARSE_NODE_IS_STRUCT_KIND(pn, PN_star_expr)) {
        compile_syntax_error(comp, pn, MP_ERROR_TEXT("starred assignment target must be in a list or tuple"));
        return;
    }
    bool equals;
    const char *name = target_name(pn, &equals);
    if (plain && verb[0] == 'a') {
        comp->compile_error = mp_obj_new_exception_msg_varg(&mp_type_SyntaxError,
            MP_ERROR_TEXT("'%s' is an illegal expression for augmented assignment"), name);
    } else {
        comp->compile_error = mp_obj_new_exception_msg_varg(&mp_type_SyntaxError, MP_ERROR_TEXT("cannot %s %s%s"), verb, name,
            equals && !plain ? " here. Maybe you meant '==' instead of '='?" : "");
    }
    compile_error_set_line(comp, pn);
}

// An assignment expression in a comprehension binds in the function, class or module around it.
static void bind_outside_comprehensions(compiler_t *comp, mp_parse_node_t pn, qstr name) {
    scope_t *outer = comp->scope_cur;
    while (SCOPE_IS_COMP_LIKE(outer->kind)) {
        outer = outer->parent;
    }
    if (outer == comp->scope_cur) {
        return;
    }
    if (outer->kind == SCOPE_CLASS) {
        compile_syntax_error(comp, pn, MP_ERROR_TEXT("assignment expression within a comprehension cannot be used in a class body"));
        return;
    }
    id_info_t *there = mp_emit_common_get_id_for_modification(outer, name);
    bool global = outer->kind == SCOPE_MODULE || there->kind == ID_INFO_KIND_GLOBAL_EXPLICIT;
    if (global && outer->kind == SCOPE_MODULE && there->kind == ID_INFO_KIND_GLOBAL_IMPLICIT) {
        there->kind = ID_INFO_KIND_GLOBAL_IMPLICIT_ASSIGNED;
    }
    id_info_t *here = scope_find_or_add_id(comp->scope_cur, name, ID_INFO_KIND_UNDECIDED);
    if (global) {
        here->kind = ID_INFO_KIND_GLOBAL_EXPLICIT;
    } else if (here->kind == ID_INFO_KIND_UNDECIDED || here->kind == ID_INFO_KIND_GLOBAL_IMPLICIT) {
        here->kind = ID_INFO_KIND_GLOBAL_IMPLICIT;
        scope_check_to_close_over(comp->scope_cur, here);
    }
}

// The parameters before a slash.
static void mark_positional_only(compiler_t *comp, mp_parse_node_t pn) {
    scope_t *scope = comp->scope_cur;
    if (comp->have_star) {
        compile_syntax_error(comp, pn, MP_ERROR_TEXT("/ must be ahead of *"));
    } else if (scope->num_pos_args == 0) {
        compile_syntax_error(comp, pn, MP_ERROR_TEXT("at least one argument must precede /"));
    }
    for (size_t i = 0; i < scope->id_info_len; i++) {
        if (scope->id_info[i].flags & ID_FLAG_IS_POSITIONAL_ONLY) {
            compile_syntax_error(comp, pn, MP_ERROR_TEXT("/ may appear only once"));
            return;
        }
    }
    for (size_t i = 0; i < scope->id_info_len; i++) {
        if (scope->id_info[i].flags & ID_FLAG_IS_PARAM) {
            scope->id_info[i].flags |= ID_FLAG_IS_POSITIONAL_ONLY;
        }
    }
}

// An argument of range() in a for statement that counts instead of calling it.
static void compile_index(compiler_t *comp, mp_parse_node_t pn) {
    bool is_len = MP_PARSE_NODE_IS_STRUCT_KIND(pn, PN_atom_expr_normal)
        && MP_PARSE_NODE_IS_ID(((mp_parse_node_struct_t *)pn)->nodes[0])
        && MP_PARSE_NODE_LEAF_ARG(((mp_parse_node_struct_t *)pn)->nodes[0]) == MP_QSTR_len
        && MP_PARSE_NODE_IS_STRUCT_KIND(((mp_parse_node_struct_t *)pn)->nodes[1], PN_trailer_paren);
    if (MP_PARSE_NODE_IS_SMALL_INT(pn) || is_len) {
        compile_node(comp, pn);
    } else {
        EMIT_LOAD_GLOBAL(MP_QSTR__lt_index_gt_);
        compile_node(comp, pn);
        EMIT_ARG(call_function, 1, 0, 0);
    }
}

// from __future__ import ...: for the compiler only.
static bool compile_future_import(compiler_t *comp, mp_parse_node_struct_t *pns) {
    if (!MP_PARSE_NODE_IS_ID(pns->nodes[0]) || MP_PARSE_NODE_LEAF_ARG(pns->nodes[0]) != MP_QSTR___future__) {
        return false;
    }
    mp_parse_node_t *names;
    size_t n = mp_parse_node_extract_list(&pns->nodes[1], PN_import_as_names, &names);
    for (size_t i = 0; i < n; i++) {
        if (MP_PARSE_NODE_IS_STRUCT_KIND(names[i], PN_import_as_name)
            && MP_PARSE_NODE_LEAF_ARG(((mp_parse_node_struct_t *)names[i])->nodes[0]) == MP_QSTR_annotations) {
            comp->future_annotations = true;
        }
    }
    return true;
}
