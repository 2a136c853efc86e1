/* src/error.c: names, texts and classes of statuses, from the one table in hermetic.h. */
#include <hermetic.h>

const char *hermetic_error_name(int status)
{
    switch (status) {
    case HERMETIC_DONE: return "HERMETIC_DONE";
    case HERMETIC_CALL: return "HERMETIC_CALL";
    case HERMETIC_OUTPUT: return "HERMETIC_OUTPUT";
    case HERMETIC_INPUT: return "HERMETIC_INPUT";
#define X(name, code, class, text) case code: return "HERMETIC_E_" #name;
    HERMETIC_ERROR_TABLE(X)
#undef X
    default: return "HERMETIC_E_UNKNOWN";
    }
}

const char *hermetic_error_text(int status)
{
    switch (status) {
    case HERMETIC_DONE: return "done";
    case HERMETIC_CALL: return "the guest called a function";
    case HERMETIC_OUTPUT: return "the guest wrote output";
    case HERMETIC_INPUT: return "the guest asked for a line of input";
#define X(name, code, class, text) case code: return text;
    HERMETIC_ERROR_TABLE(X)
#undef X
    default: return "unknown status";
    }
}

enum hermetic_error_class hermetic_error_class_of(int status)
{
    switch (status) {
#define X(name, code, class, text) case code: return HERMETIC_CLASS_##class;
    HERMETIC_ERROR_TABLE(X)
#undef X
    default: return status < 0 ? HERMETIC_CLASS_HOST : HERMETIC_CLASS_NONE;
    }
}

#define TEXT_(x) #x
#define TEXT(x) TEXT_(x)

const char *hermetic_version(void)
{
    return TEXT(HERMETIC_VERSION_MAJOR) "." TEXT(HERMETIC_VERSION_MINOR) "." TEXT(HERMETIC_VERSION_PATCH);
}
