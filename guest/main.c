// The two functions that the host calls, and what they set up.

#include <string.h>

#include "py/builtin.h"
#include "py/cstack.h"
#include "py/gc.h"
#include "py/gcruns.h"
#include "py/lexer.h"
#include "py/parse_init.h"
#include "py/pystack.h"
#include "py/runtime.h"
#include "cbor.h"
#include "host.h"
#include "modsys.h"
#include "request.h"
#include "stdio.h"
#include "traceback.h"

#define WASM_PAGE 65536

// The heap that the image starts with. More comes from memory.grow.
#define HEAP_SIZE (256 * 1024)

// Code states of Python calls, 100 to 200 bytes each.
#define PYSTACK_SIZE (256 * 1024)

// Given up when memory runs out, so that what comes next finds some: the report, and the request after it.
#define RESERVE_SIZE 4096
MP_REGISTER_ROOT_POINTER(void *reserve);

// Laid out by the linker: the C stack is [0, &__stack_high), then data, then free memory from &__heap_base on. There
// the pystack comes first and the heap takes the rest.
extern byte __stack_high, __heap_base;
extern void __wasm_call_ctors(void);

__attribute__((export_name("boot"))) void boot(void) {
    __wasm_call_ctors();
    mp_cstack_init_with_top(&__stack_high, (size_t)&__stack_high);
    if (__builtin_wasm_memory_grow(0, (PYSTACK_SIZE + HEAP_SIZE) / WASM_PAGE) == (size_t)-1) {
        host_trap(HOST_TRAP_MEMORY);
    }
    byte *pystack = &__heap_base; // aligned by the linker
    mp_pystack_init(pystack, pystack + PYSTACK_SIZE);
    gc_init(pystack + PYSTACK_SIZE, (byte *)(__builtin_wasm_memory_size(0) * WASM_PAGE));
    mp_init();
    parse_init();
    sys_init();
    MP_STATE_VM(reserve) = m_malloc_maybe(RESERVE_SIZE);
}

static void run_protected(void *len) {
    request_perform(*(size_t *)len);
}

void run_exit_functions(void) {
    mp_map_elem_t *elem = mp_map_lookup(&MP_STATE_VM(mp_loaded_modules_dict).map, MP_OBJ_NEW_QSTR(MP_QSTR_atexit), MP_MAP_LOOKUP);
    if (elem != NULL) {
        mp_call_function_0(mp_load_attr(elem->value, MP_QSTR__run_exitfuncs));
    }
}

static void report_protected(void *exception) {
    run_exit_functions();
    cbor_writer_t message;
    cbor_open(&message);
    traceback_report(&message, MP_OBJ_FROM_PTR(exception));
    stdio_flush();
    host_send(HOST_ERROR, &message);
}

// A report for when there is no memory to make one: {"type": "MemoryError", "message": "", "traceback": ...}.
static void report_memory_error(void) {
    static const char message[] =
        "\xa4" "\x64" "type" "\x6b" "MemoryError" "\x67" "message" "\x60"
        "\x69" "traceback" "\x6c" "MemoryError\n" "\x66" "frames" "\x80";
    stdio_flush();
    host_event(HOST_ERROR, message, sizeof(message) - 1);
}

// What the run before left below this frame would be taken for roots, as frames go there that do not write all of theirs.
static MP_NOINLINE void forget_stack(void) {
    byte below[4096];
    memset(below, 0, sizeof(below));
    __asm__ volatile ("" : : "r"(below) : "memory");
}

__attribute__((export_name("run"))) int run(size_t len) {
    forget_stack();
    // A run that was ended from outside leaves the state of the one before; an exception leaves its own.
    MP_STATE_THREAD(gc_lock_depth) = 0;
    gc_run_begins();
    MP_STATE_VM(vm_activation) = NULL;
    mp_globals_set(&MP_STATE_VM(dict_main));
    mp_locals_set(&MP_STATE_VM(dict_main));
    if (nlr_try(run_protected, &len)) {
        void *exception = nlr_caught();
        if (mp_obj_exception_match(MP_OBJ_FROM_PTR(exception), MP_OBJ_FROM_PTR(&mp_type_MemoryError))) {
            MP_STATE_VM(reserve) = NULL;
            gc_collect();
        }
        if (nlr_try(report_protected, exception)) {
            gc_collect();
            if (nlr_try(report_protected, exception)) {
                report_memory_error();
            }
        }
    }
    stdio_flush();
    if (MP_STATE_VM(reserve) == NULL) {
        MP_STATE_VM(reserve) = m_malloc_maybe(RESERVE_SIZE);
    }
    gc_run_ends();
    return 0;
}

mp_import_stat_t mp_import_stat(const char *path) {
    (void)path;
    return MP_IMPORT_STAT_NO_EXIST;
}

mp_lexer_t *mp_lexer_new_from_file(qstr filename) {
    mp_raise_msg_varg(&mp_type_FileNotFoundError, MP_ERROR_TEXT("no such file: '%q'"), filename);
}
