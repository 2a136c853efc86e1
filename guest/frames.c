// Frames of functions that run: what locals() shows, what eval() and exec() see by default, and frame objects.
//
// A frame object is a copy, made when it is asked for: it does not follow its function, and what a program writes into
// its variables reaches no one. Never keep a pointer to a mp_code_state_t: it dies with its call.

#include "py/objtuple.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "py/vm.h"
#include "frames.h"
#include "function.h"

extern const mp_obj_type_t mp_type_cell; // py/objcell.c

// Frames beyond that many are left out, and variables of all but the innermost ones.
#define FRAMES_MAX 1000
#define FRAMES_WITH_LOCALS 3

static mp_obj_t names_in(const mp_code_state_t *frame) {
    return function_local_names(frame->fun_bc);
}

static mp_obj_t locals_of(const mp_code_state_t *frame, mp_obj_t names) {
    mp_obj_tuple_t *tuple = MP_OBJ_TO_PTR(names);
    mp_obj_t locals = mp_obj_new_dict(tuple->len);
    for (size_t i = 0; i < tuple->len && i < frame->n_state; i++) {
        mp_obj_t value = VM_FASTN(frame)[-(ptrdiff_t)i];
        if (mp_obj_is_obj(value) && mp_obj_is_exact_type(value, &mp_type_cell)) {
            value = mp_obj_cell_get(value);
        }
        // The argument of a comprehension has no name.
        if (value != MP_OBJ_NULL && tuple->items[i] != MP_OBJ_NEW_QSTR(MP_QSTR_)) {
            mp_obj_dict_store(locals, tuple->items[i], value);
        }
    }
    return locals;
}

mp_obj_t frame_locals(void) {
    vm_activation_t *vm = MP_STATE_VM(vm_activation);
    mp_obj_t names = vm == NULL ? MP_OBJ_NULL : names_in(vm->code_state);
    return names == MP_OBJ_NULL ? namespace_locals() : locals_of(vm->code_state, names);
}

typedef struct _frame_t {
    mp_obj_base_t base;
    vm_place_t place;
    mp_obj_t back, globals, locals;
} frame_t;

static mp_obj_t code_of(const vm_place_t *place) {
    static const qstr fields[] = { MP_QSTR_co_name, MP_QSTR_co_filename, MP_QSTR_co_firstlineno, MP_QSTR_co_qualname };
    qstr name = place->function == MP_QSTRnull ? MP_QSTR__lt_module_gt_ : place->function;
    mp_obj_t code[] = {
        MP_OBJ_NEW_QSTR(qualname_tail(name)), MP_OBJ_NEW_QSTR(place->file), MP_OBJ_NEW_SMALL_INT(place->line),
        MP_OBJ_NEW_QSTR(name),
    };
    return mp_obj_new_attrtuple(fields, MP_ARRAY_SIZE(fields), code);
}

static void frame_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    frame_t *self = MP_OBJ_TO_PTR(self_in);
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    switch (attr) {
        case MP_QSTR_f_back:
            dest[0] = self->back;
            break;
        case MP_QSTR_f_code:
            dest[0] = code_of(&self->place);
            break;
        case MP_QSTR_f_lineno:
            dest[0] = MP_OBJ_NEW_SMALL_INT(self->place.line);
            break;
        case MP_QSTR_f_globals:
            dest[0] = self->globals;
            break;
        case MP_QSTR_f_locals:
            dest[0] = self->locals;
            break;
        case MP_QSTR_f_trace:
            dest[0] = mp_const_none;
            break;
        default:
            dest[1] = MP_OBJ_SENTINEL;
            break;
    }
}

static void frame_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    frame_t *self = MP_OBJ_TO_PTR(self_in);
    mp_printf(print, "<frame at 0x%x, file '%q', line %u, code %q>", (unsigned)(uintptr_t)self, self->place.file,
        (unsigned)self->place.line, qualname_tail(self->place.function));
}

static MP_DEFINE_CONST_OBJ_TYPE(type_frame, MP_QSTR_frame, MP_TYPE_FLAG_NONE, attr, frame_attr, print, frame_print);

static frame_t *new_frame(const vm_place_t *place) {
    frame_t *frame = mp_obj_malloc(frame_t, &type_frame);
    frame->place = *place;
    frame->back = mp_const_none;
    frame->globals = MP_OBJ_FROM_PTR(&MP_STATE_VM(dict_main));
    frame->locals = MP_OBJ_NULL;
    return frame;
}

mp_obj_t frame_of_traceback(qstr file, size_t line, qstr function) {
    vm_place_t place = { file, function, line };
    frame_t *frame = new_frame(&place);
    frame->locals = mp_obj_new_dict(0);
    return MP_OBJ_FROM_PTR(frame);
}

mp_obj_t frame_of_state(const mp_code_state_t *state, bool at_start) {
    vm_place_t place;
    // A generator that has yielded stands behind the instruction.
    vm_frame_place(state, state->ip - (at_start ? 0 : 1), &place);
    frame_t *frame = new_frame(&place);
    mp_obj_t names = names_in(state);
    frame->globals = MP_OBJ_FROM_PTR(state->fun_bc->context->module.globals);
    frame->locals = names == MP_OBJ_NULL ? mp_obj_new_dict(0) : locals_of(state, names);
    return MP_OBJ_FROM_PTR(frame);
}

static mp_obj_t frame_get(size_t n_args, const mp_obj_t *args) {
    mp_int_t skip = n_args == 0 ? 0 : mp_obj_get_int(args[0]);
    mp_obj_t first = mp_const_none;
    mp_obj_t *link = &first;
    size_t n = 0;
    for (vm_activation_t *vm = MP_STATE_VM(vm_activation); vm != NULL; vm = vm->outer) {
        for (const mp_code_state_t *state = vm->code_state; state != NULL && n < FRAMES_MAX; state = state->prev) {
            if (skip-- > 0) {
                continue;
            }
            vm_place_t place;
            vm_frame_place(state, state->ip - 1, &place);
            frame_t *frame = new_frame(&place);
            mp_obj_t names = names_in(state);
            frame->globals = MP_OBJ_FROM_PTR(state->fun_bc->context->module.globals);
            frame->locals = names == MP_OBJ_NULL ? frame->globals
                : n < FRAMES_WITH_LOCALS ? locals_of(state, names) : mp_obj_new_dict(0);
            *link = MP_OBJ_FROM_PTR(frame);
            link = &frame->back;
            n++;
        }
    }
    if (first == mp_const_none) {
        mp_raise_ValueError(MP_ERROR_TEXT("call stack is not deep enough"));
    }
    return first;
}
MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(frame_get_obj, 0, 1, frame_get);
