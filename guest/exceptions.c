// Exception types of Python that upstream leaves out.

#include "py/objexcept.h"
#include "py/runtime.h"

HERMETIC_EXCEPTIONS(MP_DEFINE_EXCEPTION)
