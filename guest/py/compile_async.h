// Part of py/compile.c: coroutines and asynchronous generators.
//
// Both are generators. What an asynchronous generator yields is wrapped by <yield>, so that its driver (guest/async.c)
// can tell it from what passes through on the way to the event loop.

static bool in_async_function(scope_t *scope) {
    while (SCOPE_IS_COMP_LIKE(scope->kind)) {
        if (scope->kind == SCOPE_GEN_EXPR) {
            return true; // becomes an asynchronous one
        }
        scope = scope->parent;
    }
    return (scope->scope_flags & SCOPE_FLAG_ASYNC) != 0;
}

// The current scope awaits something: up to the next generator, comprehensions become coroutines.
static void mark_awaits(compiler_t *comp) {
    for (scope_t *scope = comp->scope_cur; SCOPE_IS_COMP_LIKE(scope->kind); scope = scope->parent) {
        scope->scope_flags |= SCOPE_FLAG_AWAITS | MP_SCOPE_FLAG_GENERATOR;
        if (scope->kind == SCOPE_GEN_EXPR) {
            break;
        }
    }
}

static bool is_async_generator(scope_t *scope) {
    return scope->scope_flags & (scope->kind == SCOPE_GEN_EXPR ? SCOPE_FLAG_AWAITS : SCOPE_FLAG_ASYNC);
}

// Yields the top of the stack and leaves what is sent.
static void compile_yield_top(compiler_t *comp) {
    if (is_async_generator(comp->scope_cur)) {
        EMIT_LOAD_GLOBAL(MP_QSTR__lt_yield_gt_);
        EMIT(rot_two);
        EMIT_ARG(call_function, 1, 0, 0);
    }
    EMIT_ARG(yield, MP_EMIT_YIELD_VALUE);
}

static void compile_yield_value(compiler_t *comp, mp_parse_node_t pn) {
    if (MP_PARSE_NODE_IS_NULL(pn)) {
        EMIT_ARG(load_const_tok, MP_TOKEN_KW_NONE);
    } else {
        compile_node(comp, pn);
    }
    compile_yield_top(comp);
}

static qstr compile_async_funcdef_helper(compiler_t *comp, mp_parse_node_struct_t *pns) {
    comp->def_is_async = true;
    return compile_funcdef_helper(comp, pns, comp->scope_cur->emit_options);
}

static void compile_async_iter(compiler_t *comp) {
    mark_awaits(comp);
    EMIT_ARG(load_method, MP_QSTR___aiter__, false);
    EMIT_ARG(call_method, 0, 0, 0);
}

// In a comprehension: the next value above the iterator, or the jump when there is none.
static void compile_async_comp_next(compiler_t *comp, uint end_label) {
    uint except_label = comp_next_label(comp);
    uint other_label = comp_next_label(comp);
    uint value_label = comp_next_label(comp);
    compile_increase_except_level(comp, except_label, MP_EMIT_SETUP_BLOCK_EXCEPT);
    EMIT(dup_top);
    EMIT_ARG(load_method, MP_QSTR___anext__, false);
    EMIT_ARG(call_method, 0, 0, 0);
    EMIT_LOAD_GLOBAL(MP_QSTR__lt_await_gt_);
    EMIT(rot_two);
    EMIT_ARG(call_function, 1, 0, 0);
    compile_yield_from(comp);
    EMIT_ARG(pop_except_jump, value_label, false);
    EMIT_ARG(adjust_stack_size, -1);

    EMIT_ARG(label_assign, except_label);
    EMIT(start_except_handler);
    EMIT(dup_top);
    EMIT_LOAD_GLOBAL(MP_QSTR_StopAsyncIteration);
    EMIT_ARG(binary_op, MP_BINARY_OP_EXCEPTION_MATCH);
    EMIT_ARG(pop_jump_if, false, other_label);
    EMIT(pop_top);
    EMIT_ARG(pop_except_jump, end_label, true);
    EMIT_ARG(label_assign, other_label);
    EMIT_ARG(adjust_stack_size, 1);
    compile_decrease_except_level(comp);
    EMIT(end_except_handler);

    EMIT_ARG(label_assign, value_label);
    EMIT_ARG(adjust_stack_size, 1);
}
