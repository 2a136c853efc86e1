// The one difference between the compiler for frozen modules and upstream's: see freeze.py.

#include "py/emit.h"

#define BIAS (1 << 14)

// Upstream's mp_emit_common_use_qstr(), renamed on its command line.
qstr_short_t use_qstr(mp_emit_common_t *emit, qstr qst);

qstr_short_t mp_emit_common_use_qstr(mp_emit_common_t *emit, qstr qst) {
    return use_qstr(emit, qst) + BIAS;
}
