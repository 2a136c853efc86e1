// The module _weakref: cells that refer to an object without keeping it. What programs import is guest/stdlib/weakref.py.
//
// A cell hides its object from the collector by the complement of its address. Cells are linked in the same way, so that
// the list keeps none of them; between marking and sweeping, weakref_clear() takes out the cells that nobody refers to,
// and empties those whose object is about to go.
//
// Objects are not counted, so a program that asks whether an object is gone makes a collection happen: weakref_poll().
// What that costs is in proportion to what the program did otherwise: see CREDIT. Never call into Python from
// weakref_clear(): it runs inside a collection.

#include <string.h>

#include "py/gc.h"
#include "py/objfun.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "py/vm.h"
#include "function.h"
#include "weakref.h"

// Polls that collect are paid in blocks of live memory: so many in the beginning, so many more with each poll.
#define CREDIT (8u << 20)
#define CREDIT_A_POLL 512u

typedef struct _cell_t {
    mp_obj_base_t base;
    uint32_t hidden; // complement of the object's address, or 0 when it is gone
    uint32_t next; // complement of the next cell's address, or 0
    mp_obj_t owner; // what the callback is called with
    mp_obj_t callback; // or None
    bool pending; // the object is gone and the callback was not called yet
} cell_t;

static struct {
    uint32_t first; // complement of the youngest cell's address, or 0
    uint32_t with_callback; // cells that have one, about
    uint32_t pending;
    uint32_t credit;
    uint32_t price; // blocks that the last poll found alive
    bool polling;
} cells = { .credit = CREDIT };

static inline cell_t *cell_at(uint32_t hidden) {
    return hidden == 0 ? NULL : (cell_t *)~hidden;
}

void weakref_clear(void) {
    uint32_t *link = &cells.first;
    uint32_t with_callback = 0;
    for (cell_t *cell; (cell = cell_at(*link)) != NULL;) {
        if (!gc_is_marked(cell)) {
            *link = cell->next;
            continue;
        }
        if (cell->hidden != 0 && !gc_is_marked((void *)~cell->hidden)) {
            cell->hidden = 0;
            if (cell->callback != mp_const_none) {
                cell->pending = true;
                cells.pending++;
            }
        }
        with_callback += cell->hidden != 0 && cell->callback != mp_const_none;
        link = &cell->next;
    }
    cells.with_callback = with_callback;
}

// What finished expressions left above the stack of a frame, where `live` slots are in use yet.
static void clear_dead_slots(mp_code_state_t *frame, size_t live) {
    mp_obj_t names = function_local_names(frame->fun_bc);
    size_t n_locals = names == MP_OBJ_NULL ? 0 : ((mp_obj_tuple_t *)MP_OBJ_TO_PTR(names))->len;
    for (mp_obj_t *slot = frame->sp + 1 + live; slot + n_locals < frame->state + frame->n_state; slot++) {
        *slot = MP_OBJ_NULL;
    }
}

// A frame that waits for C: of two instructions it is known what C may still read, the arguments of the call.
static void clear_caller(mp_code_state_t *frame) {
    const byte *ip = frame->ip;
    byte op = ip[-1];
    if (op == MP_BC_CALL_FUNCTION || op == MP_BC_CALL_METHOD) {
        VM_UINT(counts)
        clear_dead_slots(frame, (counts & 0xff) + 2 * (counts >> 8 & 0xff) + (op == MP_BC_CALL_METHOD));
    }
}

static void clear_all_dead_slots(void) {
    for (vm_activation_t *vm = MP_STATE_VM(vm_activation); vm != NULL; vm = vm->outer) {
        clear_caller(vm->code_state);
        // The others wait for another frame to return.
        for (mp_code_state_t *frame = vm->code_state->prev; frame != NULL; frame = frame->prev) {
            clear_dead_slots(frame, 0);
        }
    }
}

typedef struct _call_t {
    mp_obj_t callback, owner;
} call_t;

static void call_back(void *arg) {
    call_t *call = arg;
    mp_call_function_1(call->callback, call->owner);
}

static void run_callbacks(void) {
    cells.polling = true;
    while (cells.pending > 0) {
        cell_t *cell = cell_at(cells.first);
        while (cell != NULL && !cell->pending) {
            cell = cell_at(cell->next);
        }
        if (cell == NULL) { // it was collected itself
            cells.pending = 0;
            break;
        }
        cell->pending = false;
        cells.pending--;
        call_t call = { cell->callback, cell->owner };
        if (nlr_try(call_back, &call)) {
            mp_obj_t exc = MP_OBJ_FROM_PTR(nlr_caught());
            if (!mp_obj_exception_match(exc, MP_OBJ_FROM_PTR(&mp_type_Exception))) {
                cells.polling = false;
                nlr_raise(exc);
            }
            mp_printf(MICROPY_ERROR_PRINTER, "Exception ignored in: ");
            mp_obj_print_helper(MICROPY_ERROR_PRINTER, call.callback, PRINT_REPR);
            mp_printf(MICROPY_ERROR_PRINTER, "\n");
            mp_obj_print_exception(MICROPY_ERROR_PRINTER, exc);
        }
    }
    cells.polling = false;
}

// What earlier calls left where the frames of a collection will be would be taken for roots.
static MP_NOINLINE void forget_stack_below(void) {
    byte below[2048];
    memset(below, 0, sizeof(below));
    __asm__ volatile ("" : : "r"(below) : "memory");
}

static MP_NOINLINE void poll(bool now) {
    if (now || cells.first != 0) {
        cells.credit = MIN(cells.credit, CREDIT) + CREDIT_A_POLL;
        if (now || cells.credit > cells.price) {
            cells.credit -= MIN(cells.credit, cells.price);
            clear_all_dead_slots();
            gc_collect();
            cells.price = gc_live_blocks();
        }
    }
    if (cells.pending > 0) {
        run_callbacks();
    }
}

void weakref_poll(bool now) {
    if (!cells.polling) {
        forget_stack_below();
        poll(now);
    }
}

void weakref_poll_after_delete(void) {
    if (cells.with_callback > 0) {
        vm_activation_t *vm = MP_STATE_VM(vm_activation);
        clear_dead_slots(vm->code_state, 0);
        weakref_poll(false);
    }
}

// ---- what Python sees ----

static bool can_be_referred_to(mp_obj_t object) {
    if (!mp_obj_is_obj(object) || gc_is_outside(MP_OBJ_TO_PTR(object))) {
        return false;
    }
    static const mp_obj_type_t *const kept[] = {
        &mp_type_int, &mp_type_float, &mp_type_str, &mp_type_bytes, &mp_type_tuple, &mp_type_list, &mp_type_dict,
        &mp_type_bytearray, &mp_type_slice, &mp_type_range, &mp_type_complex, &mp_type_NoneType, &mp_type_bool,
    };
    const mp_obj_type_t *type = mp_obj_get_type(object);
    for (size_t i = 0; i < MP_ARRAY_SIZE(kept); i++) {
        if (type == kept[i]) {
            return false;
        }
    }
    return true;
}

// cell(object, owner, callback or None): callback(owner) is called when the object has gone.
static mp_obj_t weakref_cell(mp_obj_t object, mp_obj_t owner, mp_obj_t callback);

static mp_obj_t cell_call(mp_obj_t self_in, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    mp_arg_check_num(n_args, n_kw, 0, 0, false);
    cell_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->hidden != 0) {
        weakref_poll(false);
    }
    return self->hidden == 0 ? mp_const_none : MP_OBJ_FROM_PTR((void *)~self->hidden);
}

// peek(cell): the same, without looking whether the object has gone since the last time.
static mp_obj_t weakref_peek(mp_obj_t self_in) {
    cell_t *self = MP_OBJ_TO_PTR(self_in);
    return self->hidden == 0 ? mp_const_none : MP_OBJ_FROM_PTR((void *)~self->hidden);
}
static MP_DEFINE_CONST_FUN_OBJ_1(weakref_peek_obj, weakref_peek);

static MP_DEFINE_CONST_OBJ_TYPE(
    weakref_type_cell, MP_QSTR_cell, MP_TYPE_FLAG_NONE,
    call, cell_call
    );

static mp_obj_t weakref_cell(mp_obj_t object, mp_obj_t owner, mp_obj_t callback) {
    if (!can_be_referred_to(object)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("cannot create weak reference to '%q' object"),
            (qstr)mp_obj_get_type(object)->name);
    }
    cell_t *self = mp_obj_malloc(cell_t, &weakref_type_cell);
    self->hidden = ~(uint32_t)MP_OBJ_TO_PTR(object);
    self->owner = owner;
    self->callback = callback;
    self->next = cells.first;
    cells.first = ~(uint32_t)self;
    cells.with_callback += callback != mp_const_none;
    return MP_OBJ_FROM_PTR(self);
}
static MP_DEFINE_CONST_FUN_OBJ_3(weakref_cell_obj, weakref_cell);

// owners(object): of the cells that refer to it, the youngest first.
static mp_obj_t weakref_owners(mp_obj_t object) {
    mp_obj_t owners = mp_obj_new_list(0, NULL);
    if (mp_obj_is_obj(object)) {
        for (cell_t *cell = cell_at(cells.first); cell != NULL; cell = cell_at(cell->next)) {
            if (cell->hidden == ~(uint32_t)MP_OBJ_TO_PTR(object)) {
                mp_obj_list_append(owners, cell->owner);
            }
        }
    }
    return owners;
}
static MP_DEFINE_CONST_FUN_OBJ_1(weakref_owners_obj, weakref_owners);

static mp_obj_t weakref_module_poll(void) {
    weakref_poll(false);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_0(weakref_poll_obj, weakref_module_poll);

// collect(): how many objects went.
static mp_obj_t weakref_collect(void) {
    weakref_poll(true);
    return MP_OBJ_NEW_SMALL_INT(MP_STATE_MEM(gc_collected));
}
static MP_DEFINE_CONST_FUN_OBJ_0(weakref_collect_obj, weakref_collect);

static const mp_rom_map_elem_t weakref_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__weakref) },
    { MP_ROM_QSTR(MP_QSTR_cell), MP_ROM_PTR(&weakref_cell_obj) },
    { MP_ROM_QSTR(MP_QSTR_collect), MP_ROM_PTR(&weakref_collect_obj) },
    { MP_ROM_QSTR(MP_QSTR_owners), MP_ROM_PTR(&weakref_owners_obj) },
    { MP_ROM_QSTR(MP_QSTR_peek), MP_ROM_PTR(&weakref_peek_obj) },
    { MP_ROM_QSTR(MP_QSTR_poll), MP_ROM_PTR(&weakref_poll_obj) },
};
static MP_DEFINE_CONST_DICT(weakref_globals, weakref_globals_table);

const mp_obj_module_t mp_module__weakref = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&weakref_globals,
};
MP_REGISTER_MODULE(MP_QSTR__weakref, mp_module__weakref);
