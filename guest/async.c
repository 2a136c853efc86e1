// Awaiting, and asynchronous generators (PEP 492, 525).
//
// A coroutine is a generator. The body of an asynchronous generator is one too: <yield> wraps what it yields to its
// user, everything else that comes out is for the event loop and is passed on. Each `__anext__` is a step, an awaitable
// that drives the body up to the next wrapped value.

#include "py/objgenerator.h"
#include "py/runtime.h"
#include "async.h"
#include "generators.h"

typedef struct _async_generator_t {
    mp_obj_base_t base;
    mp_obj_t body;
} async_generator_t;

typedef enum { STEP_SEND, STEP_THROW, STEP_CLOSE } step_kind_t;

typedef struct _step_t {
    mp_obj_base_t base;
    mp_obj_t body;
    mp_obj_t value; // to be sent or thrown first
    uint8_t kind;
    bool started, done;
} step_t;

typedef struct _yielded_t {
    mp_obj_base_t base;
    mp_obj_t value;
} yielded_t;

static MP_DEFINE_CONST_OBJ_TYPE(type_yielded, MP_QSTR_async_generator_wrapped_value, MP_TYPE_FLAG_NONE);

static mp_obj_t yield(mp_obj_t value) {
    yielded_t *yielded = mp_obj_malloc(yielded_t, &type_yielded);
    yielded->value = value;
    return MP_OBJ_FROM_PTR(yielded);
}
MP_DEFINE_CONST_FUN_OBJ_1(hermetic_yield_obj, yield);

static const mp_obj_type_t type_step;

static mp_obj_t identity(mp_obj_t self) {
    return self;
}
static MP_DEFINE_CONST_FUN_OBJ_1(identity_obj, identity);

// The iterator that `await value` delegates to.
static mp_obj_t await(mp_obj_t value) {
    if (mp_obj_is_exact_type(value, &mp_type_coroutine) || mp_obj_is_exact_type(value, &mp_type_gen_instance) || mp_obj_is_exact_type(value, &type_step)) {
        return value;
    }
    mp_obj_t method[2];
    mp_load_method_maybe(value, MP_QSTR___await__, method);
    if (method[0] == MP_OBJ_NULL) {
        const mp_obj_type_t *type = mp_obj_get_type(value);
        if ((type->flags & MP_TYPE_FLAG_ITER_IS_ITERNEXT) == MP_TYPE_FLAG_ITER_IS_ITERNEXT) {
            return value; // a native awaitable
        }
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("object %s can't be used in 'await' expression"),
            mp_obj_get_type_str(value));
    }
    return mp_call_method_n_kw(0, 0, method);
}
MP_DEFINE_CONST_FUN_OBJ_1(hermetic_await_obj, await);

// ---- steps ----

static NORETURN void raise_stop(mp_obj_t value) {
    nlr_raise(mp_obj_new_exception_args(&mp_type_StopIteration, 1, &value));
}

static bool is_a(mp_obj_t exc, const mp_obj_type_t *type) {
    return mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(mp_obj_get_type(exc)), MP_OBJ_FROM_PTR(type));
}

// Returns what is for the event loop; raises StopIteration with the result of the step.
static mp_obj_t step_resume(step_t *step, mp_obj_t send, mp_obj_t thrown) {
    if (step->done) {
        mp_raise_msg(&mp_type_RuntimeError, MP_ERROR_TEXT("cannot reuse already awaited __anext__()/asend()"));
    }
    if (!step->started) {
        step->started = true;
        if (thrown == MP_OBJ_NULL) {
            if (step->kind == STEP_SEND) {
                send = step->value;
            } else {
                thrown = step->value;
            }
        }
    }
    mp_obj_t result;
    mp_vm_return_kind_t kind = mp_obj_gen_resume(step->body, send, thrown, &result);
    if (kind == MP_VM_RETURN_YIELD && !mp_obj_is_exact_type(result, &type_yielded)) {
        return result;
    }
    step->done = true;
    switch (kind) {
        case MP_VM_RETURN_YIELD:
            if (step->kind == STEP_CLOSE) {
                mp_raise_msg(&mp_type_RuntimeError, MP_ERROR_TEXT("async generator ignored GeneratorExit"));
            }
            raise_stop(((yielded_t *)MP_OBJ_TO_PTR(result))->value);
        case MP_VM_RETURN_EXCEPTION:
            if (step->kind == STEP_CLOSE && (is_a(result, &mp_type_GeneratorExit) || is_a(result, &mp_type_StopAsyncIteration))) {
                raise_stop(mp_const_none);
            }
            nlr_raise(result);
        default:
            if (step->kind == STEP_CLOSE) {
                raise_stop(mp_const_none);
            }
            nlr_raise(mp_obj_new_exception(&mp_type_StopAsyncIteration));
    }
}

static mp_obj_t step_next(mp_obj_t self) {
    return step_resume(MP_OBJ_TO_PTR(self), mp_const_none, MP_OBJ_NULL);
}

static mp_obj_t step_send(mp_obj_t self, mp_obj_t value) {
    return step_resume(MP_OBJ_TO_PTR(self), value, MP_OBJ_NULL);
}
static MP_DEFINE_CONST_FUN_OBJ_2(step_send_obj, step_send);

static mp_obj_t step_throw(size_t n_args, const mp_obj_t *args) {
    return step_resume(MP_OBJ_TO_PTR(args[0]), mp_const_none, n_args > 2 && args[2] != mp_const_none ? args[2] : args[1]);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(step_throw_obj, 2, 4, step_throw);

static mp_obj_t step_close(mp_obj_t self) {
    ((step_t *)MP_OBJ_TO_PTR(self))->done = true;
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(step_close_obj, step_close);

static const mp_rom_map_elem_t step_table[] = {
    { MP_ROM_QSTR(MP_QSTR___await__), MP_ROM_PTR(&identity_obj) },
    { MP_ROM_QSTR(MP_QSTR_send), MP_ROM_PTR(&step_send_obj) },
    { MP_ROM_QSTR(MP_QSTR_throw), MP_ROM_PTR(&step_throw_obj) },
    { MP_ROM_QSTR(MP_QSTR_close), MP_ROM_PTR(&step_close_obj) },
};
static MP_DEFINE_CONST_DICT(step_dict, step_table);

static MP_DEFINE_CONST_OBJ_TYPE(
    type_step, MP_QSTR_async_generator_asend, MP_TYPE_FLAG_ITER_IS_ITERNEXT,
    iter, step_next,
    locals_dict, &step_dict
    );

// ---- generators ----

static mp_obj_t new_step(mp_obj_t self, step_kind_t kind, mp_obj_t value) {
    step_t *step = mp_obj_malloc(step_t, &type_step);
    step->body = ((async_generator_t *)MP_OBJ_TO_PTR(self))->body;
    step->value = value;
    step->kind = kind;
    step->started = step->done = false;
    return MP_OBJ_FROM_PTR(step);
}

static mp_obj_t anext(mp_obj_t self) {
    return new_step(self, STEP_SEND, mp_const_none);
}
static MP_DEFINE_CONST_FUN_OBJ_1(anext_obj, anext);

static mp_obj_t asend(mp_obj_t self, mp_obj_t value) {
    return new_step(self, STEP_SEND, value);
}
static MP_DEFINE_CONST_FUN_OBJ_2(asend_obj, asend);

static mp_obj_t athrow(size_t n_args, const mp_obj_t *args) {
    return new_step(args[0], STEP_THROW, n_args > 2 && args[2] != mp_const_none ? args[2] : args[1]);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(athrow_obj, 2, 4, athrow);

static mp_obj_t aclose(mp_obj_t self) {
    return new_step(self, STEP_CLOSE, mp_obj_new_exception(&mp_type_GeneratorExit));
}
static MP_DEFINE_CONST_FUN_OBJ_1(aclose_obj, aclose);

static mp_obj_t call_of(mp_obj_t obj, qstr method, const char *message) {
    mp_obj_t call[2];
    mp_load_method_maybe(obj, method, call);
    if (call[0] == MP_OBJ_NULL) {
        mp_raise_msg_varg(&mp_type_TypeError, message, mp_obj_get_type_str(obj));
    }
    return mp_call_method_n_kw(0, 0, call);
}

static mp_obj_t builtin_aiter(mp_obj_t obj) {
    return call_of(obj, MP_QSTR___aiter__, MP_ERROR_TEXT("'%s' object is not an async iterable"));
}
MP_DEFINE_CONST_FUN_OBJ_1(hermetic_aiter_obj, builtin_aiter);

static mp_obj_t builtin_anext(size_t n_args, const mp_obj_t *args) {
    mp_obj_t step = call_of(args[0], MP_QSTR___anext__, MP_ERROR_TEXT("'%s' object is not an async iterator"));
    if (n_args == 1) {
        return step;
    }
    mp_obj_t module = mp_import_name(MP_QSTR__sys, mp_const_none, MP_OBJ_NEW_SMALL_INT(0));
    return mp_call_function_2(mp_load_attr(module, MP_QSTR_anext_or), step, args[1]);
}
MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(hermetic_anext_obj, 1, 2, builtin_anext);

static const mp_rom_map_elem_t async_generator_table[] = {
    { MP_ROM_QSTR(MP_QSTR___aiter__), MP_ROM_PTR(&identity_obj) },
    { MP_ROM_QSTR(MP_QSTR___anext__), MP_ROM_PTR(&anext_obj) },
    { MP_ROM_QSTR(MP_QSTR_asend), MP_ROM_PTR(&asend_obj) },
    { MP_ROM_QSTR(MP_QSTR_athrow), MP_ROM_PTR(&athrow_obj) },
    { MP_ROM_QSTR(MP_QSTR_aclose), MP_ROM_PTR(&aclose_obj) },
};
static MP_DEFINE_CONST_DICT(async_generator_dict, async_generator_table);

static MP_DEFINE_CONST_OBJ_TYPE(
    type_async_generator, MP_QSTR_async_generator, MP_TYPE_FLAG_NONE,
    locals_dict, &async_generator_dict
    );

mp_obj_t async_generator_new(mp_obj_t generator) {
    async_generator_t *self = mp_obj_malloc(async_generator_t, &type_async_generator);
    self->body = generator;
    return MP_OBJ_FROM_PTR(self);
}
