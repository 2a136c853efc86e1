#ifndef HERMETIC_COMPILEARGUMENTS_H
#define HERMETIC_COMPILEARGUMENTS_H

#include "py/obj.h"

// Checks the arguments of compile() and puts source, file name and mode into `out`; or returns what compile() is to return:
// a tree, when the flags ask for one.
mp_obj_t compile_arguments(size_t n_args, const mp_obj_t *args, mp_map_t *named, mp_obj_t out[3]);

#endif
