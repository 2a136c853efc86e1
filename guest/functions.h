// What the compiler and the functions that it calls agree on. Those have names that no program can write, such as
// <match>, and are among the built-in names.
#ifndef HERMETIC_GUEST_FUNCTIONS_H
#define HERMETIC_GUEST_FUNCTIONS_H

// X(name, kind): hermetic_<name>_obj, a function with a fixed or a variable number of arguments, is <name>.
#define HERMETIC_FUNCTIONS(X) \
    X(annotations, fixed) /* unpack.c */ \
    X(await, fixed) /* async.c */ \
    X(dict_update, fixed) /* unpack.c */ \
    X(except_star, fixed) /* exceptiongroup.c */ \
    X(fstring, var) /* fstringjoin.c */ \
    X(function, var) /* function.c */ \
    X(index, fixed) /* unpack.c */ \
    X(list, var) /* unpack.c */ \
    X(match, var) /* match.c */ \
    X(raise_from, fixed) /* exceptiongroup.c */ \
    X(set, var) /* unpack.c */ \
    X(tuple, var) /* unpack.c */ \
    X(type_alias, fixed) /* unpack.c */ \
    X(type_param, fixed) /* unpack.c */ \
    X(type_params, var) /* unpack.c */ \
    X(yield, fixed) /* async.c */

// <function>: what a def makes.
enum { FUNCTION_PLAIN, FUNCTION_COROUTINE, FUNCTION_ASYNC_GENERATOR };

// <match>: a pattern is a tuple that begins with one of these.
enum {
    PATTERN_WILDCARD,
    PATTERN_CAPTURE,   // slot
    PATTERN_CONSTANT,  // value
    PATTERN_VALUE,     // argument
    PATTERN_SINGLETON, // argument
    PATTERN_SEQUENCE,  // index of the starred item or -1, items: patterns; for the starred one its slot or -1
    PATTERN_MAPPING,   // slot of the rest or -1, key, pattern, ...
    PATTERN_CLASS,     // argument, number of positional patterns, those, name, pattern, ...
    PATTERN_OR,        // patterns
    PATTERN_AS,        // pattern, slot
};

#endif
