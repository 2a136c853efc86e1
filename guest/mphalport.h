// What upstream's sources want of a port's hardware layer.
#ifndef HERMETIC_GUEST_MPHALPORT_H
#define HERMETIC_GUEST_MPHALPORT_H

#include "py/mpconfig.h"

static inline void mp_hal_set_interrupt_char(int c) {
    (void)c;
}

#endif
