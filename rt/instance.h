/* rt/instance.h: one sandbox as the generated code sees it: the guest's globals, its memory and its native stack.
 *
 * tools/translate.py makes the generated code use this struct in place of wasm2c's own instance and import structs, so
 * every generated function and every import gets a pointer to it. The imports other than `try` and `throw` belong to the
 * library: it reaches its sandbox through `owner`.
 */
#ifndef HERMETIC_RT_INSTANCE_H
#define HERMETIC_RT_INSTANCE_H

#include "rt.h"

struct w2c_hermetic;
struct guest_hot; /* the generated code's */

/* An entry of the function table, and the table's size with it in hermetic__code. Null entries have type 0. */
struct hermetic__funcref {
    void (*func)(void);
    uint32_t type; /* number of a structural function type, from 1; the same type has the same number */
};

/* One build of the guest's code. Both builds have the same meaning and the same table indices, and share the functions that
 * are seldom called: those are built once, with checks of every access, and call the others through `hot`. */
struct hermetic__code {
    void (*boot)(struct w2c_hermetic *instance);
    uint32_t (*run)(struct w2c_hermetic *instance, uint32_t len);
    const struct hermetic__funcref *table;
    uint32_t table_size;
    uint32_t type_of_try; /* number of (i32) -> (), the type that `try` calls; 0 when the module has none */
    const struct guest_hot *hot; /* the functions that this build has for itself */
};

extern const struct hermetic__code hermetic__code_guard;  /* relies on hardware faults */
extern const struct hermetic__code hermetic__code_bounds; /* checks every access; fit for either backend */

struct w2c_hermetic {
    int64_t fuel;           /* the guest's global `fuel`: units left in this slice */
    uint32_t stack_pointer; /* the guest's global `__stack_pointer` */
    struct hermetic__memory memory;
    const struct hermetic__code *code; /* build in use by this run: set by hermetic__instance_begin */
    const struct guest_hot *hot;       /* code->hot */
    void *owner;                       /* the library's; rt/ never reads it */
    struct hermetic__fiber fiber;
};

/* Opens memory and stack in the start state. Errors as hermetic__memory_open and hermetic__fiber_open; nothing is left
 * open then. `owner` and `fuel` are the caller's to set. */
int hermetic__instance_open(struct w2c_hermetic *instance, const struct hermetic__image *image,
                            enum hermetic__backend want, bool fallback, uint64_t max_bytes, size_t stack_size);
void hermetic__instance_close(struct w2c_hermetic *instance);

/* hermetic__memory_begin, and then the choice of the build for the coming run: enter the guest with
 * instance->code->run(instance, len) inside hermetic__fiber_start. */
int hermetic__instance_begin(struct w2c_hermetic *instance, bool undo);

/* Imports of the runtime (protect.c). */
uint32_t w2c_hermetic_try(struct w2c_hermetic *instance, uint32_t fn, uint32_t arg);
void w2c_hermetic_throw(struct w2c_hermetic *instance); /* does not return */

/* Imports of the library. All run on the guest's stack, with HERMETIC__STACK_RESERVE bytes at least. */
void w2c_hermetic_fuel(struct w2c_hermetic *instance);
uint32_t w2c_hermetic_event(struct w2c_hermetic *instance, uint32_t kind, uint32_t ptr, uint32_t len);
uint32_t w2c_hermetic_gather(struct w2c_hermetic *instance, uint32_t kind, uint32_t ptr, uint32_t count);
void w2c_hermetic_read(struct w2c_hermetic *instance, uint32_t ptr, uint32_t len);
uint64_t w2c_hermetic_clock(struct w2c_hermetic *instance, uint32_t kind);
void w2c_hermetic_trap(struct w2c_hermetic *instance, uint32_t code);

#endif
