#ifndef HERMETIC_MODJSON_H
#define HERMETIC_MODJSON_H

#include "py/obj.h"
#include "textindex.h"

extern const mp_obj_fun_builtin_var_t json_encode_obj;
extern const mp_obj_fun_builtin_fixed_t json_quote_obj;

#endif
