#include "py/builtin.h"
#include "py/compile.h"
#include "py/gc.h"
#include "py/lexer.h"
#include "py/runtime.h"
#include "py/pystack.h"
#include "py/cstack.h"
#include "py/stackctrl.h"
#include "host.h"
#include "stdio.h"

static char heap[32<<20];
static char pystack[512<<10];
extern char __heap_base;

void gc_collect(void) {
    gc_collect_start();
    void *here;
    gc_collect_root(&here, ((char*)MP_STATE_THREAD(stack_top) - (char *)&here)/4);
    gc_collect_end();
}

__attribute__((export_name("boot"))) void boot(void) {
    extern void __wasm_call_ctors(void);
    __wasm_call_ctors();
    mp_cstack_init_with_top((void *)(512u<<10), 500<<10);
    gc_init(heap, heap + sizeof(heap));
    mp_pystack_init(pystack, pystack + sizeof(pystack));
    mp_init();
}
typedef struct { vstr_t v; } args_t;
static void go(void *a_in) {
    args_t *a = a_in;
        mp_lexer_t *lex = mp_lexer_new_from_str_len(MP_QSTR__lt_stdin_gt_, a->v.buf, a->v.len, 0);
        qstr source_name = lex->source_name;
        mp_parse_tree_t parse_tree = mp_parse(lex, MP_PARSE_FILE_INPUT);
        mp_obj_t module_fun = mp_compile(&parse_tree, source_name, false);
        mp_call_function_0(module_fun);
}
__attribute__((export_name("run"))) int run(size_t len) {
    args_t a;
    vstr_init_len(&a.v, len);
    host_read(a.v.buf, len);
    if (nlr_try(go, &a)) {
        mp_obj_print_exception(&mp_plat_print, MP_OBJ_FROM_PTR(nlr_caught()));
    }
    stdio_flush();
    return 0;
}
mp_obj_t mp_builtin_open(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) { mp_raise_OSError(1);}
MP_DEFINE_CONST_FUN_OBJ_KW(mp_builtin_open_obj, 1, mp_builtin_open);
static mp_obj_t finput(size_t n_args, const mp_obj_t *args) { return mp_const_none; }
MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(hermetic_input_obj, 0, 1, finput);
unsigned long hermetic_random_seed(void) {return 1;}
