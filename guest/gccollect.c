// Where the roots of a collection are: the C stack here, mp_state_ctx and the pystack in py/gc.c.
//
// WebAssembly locals cannot be scanned. tools/instrument stores those that live across a call which can collect into
// the caller's frame on the C stack; it finds such calls by the name gc_collect. mp_execute_bytecode_inner is exempt,
// see patches/README.md.

#include "py/gc.h"
#include "py/mpstate.h"
#include "py/objtype.h"
#include "py/strtext.h"
#include "gcowned.h"
#if HERMETIC_SQLITE3
#include "sqlite3/sqlite.h"
#endif

void gc_notice_dead(void) {
    #if HERMETIC_SQLITE3
    sqlite_notice_dead();
    #endif
}

MP_NOINLINE void gc_collect(void) {
    // In this function's frame, which is below those of all its callers.
    void *volatile here = NULL;
    void **bottom = (void **)&here;
    str_index_forget();
    class_lookups_forget();
    gc_collect_start();
    gc_collect_root(bottom, (void **)MP_STATE_THREAD(stack_top) - bottom);
    gc_collect_end();
}
