// The module sys. See py/modsys.c.
#ifndef HERMETIC_GUEST_MODSYS_H
#define HERMETIC_GUEST_MODSYS_H

#include "py/obj.h"

// Fills the module. To be called once, before any code runs.
void sys_init(void);

// What sys.stdout or sys.stderr is at this time; None when the program took it away.
mp_obj_t sys_stream(qstr name);

// from module import *, when the module says what that is. False when it does not.
bool import_listed(mp_obj_t module);

#endif
