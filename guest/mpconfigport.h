// Configuration of the port: what a Python program expects of the language, without anything that touches the world.
// What is not set here has upstream's default for its "extra features" level.

#include <alloca.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>

#include "mpconfigvariant.h"

#define MICROPY_CONFIG_ROM_LEVEL                (MICROPY_CONFIG_ROM_LEVEL_EXTRA_FEATURES)

// Values: NaN boxing. Floats and 47-bit integers are immediate, in 64-bit words which wasm has natively.
#define MICROPY_OBJ_REPR                        (MICROPY_OBJ_REPR_D)
typedef int64_t mp_int_t;
typedef uint64_t mp_uint_t;
#define UINT_FMT "%llu"
#define INT_FMT "%lld"
typedef long mp_off_t;

#define MICROPY_FLOAT_IMPL                      (MICROPY_FLOAT_IMPL_DOUBLE)
#define MICROPY_FLOAT_HIGH_QUALITY_HASH         (1) // py/hash.c
#define MICROPY_LONGINT_IMPL                    (MICROPY_LONGINT_IMPL_MPZ)
#define MPZ_DIG_SIZE                            (32)
#define MP_SSIZE_MAX                            (0x7fffffffffffffffLL) // sys.maxsize, as in CPython on 64 bits

// Python calls do not recurse in C: code states are on the pystack, and exceptions go by protected calls (py/nlr.h).
#define MICROPY_STACKLESS                       (1)
#define MICROPY_ENABLE_PYSTACK                  (1)
#define MICROPY_STACK_CHECK                     (1)
#define MICROPY_STACK_CHECK_MARGIN              (16 * 1024) // for what runs between two checks
#define MICROPY_NLR_SETJMP                      (0)
#define MICROPY_OPT_COMPUTED_GOTO               (0) // wasm has br_table only

// Memory.
#define MICROPY_ENABLE_GC                       (1)
#define MICROPY_ENABLE_FINALISER                (0) // nothing to release outside of memory
#define MICROPY_BYTES_PER_GC_BLOCK              (16)
#define MICROPY_MEM_STATS                       (0)
#define MICROPY_MALLOC_USES_ALLOCATED_SIZE      (1)
#define MICROPY_PY_GC                           (0) // stdlib/gc.py
#define MICROPY_PY_GC_COLLECT_RETVAL            (1)
#define MICROPY_ALLOC_PATH_MAX                  (256)

// The parser. Deeper nesting raises RecursionError, more brackets in brackets SyntaxError as in CPython.
#define MICROPY_ALLOC_PARSE_RULE_MAX            (64 * 1024)
#define MICROPY_LEXER_BRACKETS_MAX              (200)

// No code but what the compiler here makes; no raw memory, no devices, no files.
#define MICROPY_ENABLE_COMPILER                 (1)
#define MICROPY_PERSISTENT_CODE_LOAD            (0)
#define MICROPY_ENABLE_EXTERNAL_IMPORT          (1) // of frozen modules; main.c finds no others
#define MICROPY_EMIT_X64                        (0)
#define MICROPY_HELPER_REPL                     (0)
#define MICROPY_KBD_EXCEPTION                   (1)
#define MICROPY_ENABLE_SCHEDULER                (0)
#define MICROPY_VFS                             (0)
#define MICROPY_PY_UCTYPES                      (0)
#define MICROPY_PY_FRAMEBUF                     (0)
#define MICROPY_PY_MACHINE                      (0)
#define MICROPY_PY_SELECT                       (0)
#define MICROPY_PY_ASYNCIO                      (0)
#define MICROPY_PY_MICROPYTHON_MEM_INFO         (0)
#define MICROPY_PY_MICROPYTHON_STACK_USE        (0)
#define MICROPY_PY_MICROPYTHON_HEAP_LOCKED      (0)

// The language.
#define MICROPY_ERROR_REPORTING                 (MICROPY_ERROR_REPORTING_DETAILED)
#define MICROPY_WARNINGS                        (0)
#define MICROPY_ENABLE_SOURCE_LINE              (1)
#define MICROPY_ENABLE_DOC_STRING               (1)
#define MICROPY_COMP_CONST                      (0) // const() is not Python
#define MICROPY_COMP_MODULE_CONST               (0)
#define MICROPY_COMP_RETURN_IF_EXPR             (1)
#define MICROPY_CPYTHON_COMPAT                  (1)
#define MICROPY_PY_FSTRINGS                     (0) // fstring.c has them
#define MICROPY_MODULE_GETATTR                  (1)
#define MICROPY_PY_SYS_EXC_INFO                 (1)
#define MICROPY_PY_SYS_SETTRACE                 (0)
#define MICROPY_PY_BUILTINS_STR_UNICODE         (1)
#define MICROPY_PY_BUILTINS_STR_UNICODE_CHECK   (1)
#define MICROPY_PY_BUILTINS_COMPILE             (1)
#define MICROPY_PY_BUILTINS_EXECFILE            (0)
#define MICROPY_PY_BUILTINS_HELP                (0)
#define MICROPY_PY_BUILTINS_MEMORYVIEW_ITEMSIZE (1) // py/arraymethods.c
#define MICROPY_PY_BUILTINS_NEXT2               (1)
#define MICROPY_PY_BUILTINS_INPUT               (0) // builtins.c has it, and open()
#define MICROPY_PY_COLLECTIONS_NAMEDTUPLE__ASDICT (1)
#define MICROPY_PY_MATH                         (0) // modules/modmath.c
#define MICROPY_PY_CMATH                        (0) // stdlib/cmath.py
#define MICROPY_PY_SYS_PLATFORM                 "hermetic"
#define MICROPY_PY_SYS_PATH_ARGV_DEFAULTS       (1)
#define MICROPY_PY_SYS_ARGV                     (1)
#define MICROPY_PY_SYS_STDFILES                 (1)
#define MICROPY_PY_SYS_STDIO_BUFFER             (1)
#define MICROPY_PY_SYS_ATEXIT                   (0)

// Modules.
#define MICROPY_USE_INTERNAL_ERRNO              (1) // Linux's numbers, not WASI's
#define MICROPY_PY_TIME                         (0) // the port's own modtime.c
#define MICROPY_PY_OS                           (0)
#define MICROPY_PY_PLATFORM                     (0)
#define MICROPY_PY_HASHLIB                      (0) // modules/modhashlib.c
#define MICROPY_PY_CRYPTOLIB                    (0)
#define MICROPY_PY_DEFLATE                      (0)
#define MICROPY_PY_RANDOM_SEED_INIT_FUNC        (hermetic_random_seed())
#define MICROPY_PY_RE                           (0) // modules/modre.c
#define MICROPY_PY_JSON                         (0) // modules/modjson.c
#define MICROPY_PY_STRUCT                       (0) // modules/modstruct.c

// Speed.
#define MICROPY_OPT_LOAD_ATTR_FAST_PATH         (1)
#define MICROPY_OPT_MAP_LOOKUP_CACHE            (1)
#define MICROPY_OPT_MAP_LOOKUP_CACHE_SIZE       (256)
#define MICROPY_OPT_MPZ_BITWISE                 (1)

#define MICROPY_HW_BOARD_NAME                   "hermetic"
#define MICROPY_HW_MCU_NAME                     "wasm32"

// Interned strings: py/qstr.c computes the hashes, once, at boot.
#define MICROPY_QSTR_BYTES_IN_LEN               (1)
#define MICROPY_QSTR_BYTES_IN_HASH              (0)
#define MICROPY_ALLOC_QSTR_CHUNK_INIT           (1024)

unsigned long hermetic_random_seed(void);

#define MP_STATE_PORT MP_STATE_VM

// Text for standard output goes through a buffer (stdio.c).
#define MP_PLAT_PRINT_STRN(str, len) hermetic_stdout(str, len)
void hermetic_stdout(const char *str, size_t len);

// Builtins of the port, see builtins.c and exceptions.h.
#include "exceptions.h"
#define HERMETIC_BUILTIN_EXCEPTION(name, base) { MP_ROM_QSTR(MP_QSTR_##name), MP_ROM_PTR(&mp_type_##name) },
#define HERMETIC_EXTERN_EXCEPTION(name, base) extern const struct _mp_obj_type_t mp_type_##name;
HERMETIC_EXCEPTIONS(HERMETIC_EXTERN_EXCEPTION)
extern const struct _mp_obj_type_t mp_type_BaseExceptionGroup, mp_type_ExceptionGroup;
#include "functions.h"
#define HERMETIC_BUILTIN_FUNCTION(name, kind) { MP_ROM_QSTR(MP_QSTR__lt_##name##_gt_), MP_ROM_PTR(&hermetic_##name##_obj) },
#define HERMETIC_EXTERN_FUNCTION(name, kind) extern const struct _mp_obj_fun_builtin_##kind##_t hermetic_##name##_obj;
HERMETIC_FUNCTIONS(HERMETIC_EXTERN_FUNCTION)
#define MICROPY_PORT_BUILTINS \
    HERMETIC_FUNCTIONS(HERMETIC_BUILTIN_FUNCTION) \
    HERMETIC_EXCEPTIONS(HERMETIC_BUILTIN_EXCEPTION) \
    { MP_ROM_QSTR(MP_QSTR_BaseExceptionGroup), MP_ROM_PTR(&mp_type_BaseExceptionGroup) }, \
    { MP_ROM_QSTR(MP_QSTR_ExceptionGroup), MP_ROM_PTR(&mp_type_ExceptionGroup) }, \
    { MP_ROM_QSTR(MP_QSTR_IOError), MP_ROM_PTR(&mp_type_OSError) }, \
    { MP_ROM_QSTR(MP_QSTR_EnvironmentError), MP_ROM_PTR(&mp_type_OSError) }, \
    { MP_ROM_QSTR(MP_QSTR_aiter), MP_ROM_PTR(&hermetic_aiter_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_anext), MP_ROM_PTR(&hermetic_anext_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_ascii), MP_ROM_PTR(&hermetic_ascii_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_format), MP_ROM_PTR(&hermetic_format_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_help), MP_ROM_PTR(&hermetic_help_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_input), MP_ROM_PTR(&hermetic_input_obj) }, \
    { MP_ROM_QSTR(MP_QSTR_vars), MP_ROM_PTR(&hermetic_vars_obj) },
extern const struct _mp_obj_fun_builtin_var_t hermetic_format_obj, hermetic_help_obj, hermetic_input_obj,
    hermetic_vars_obj, hermetic_anext_obj;
extern const struct _mp_obj_fun_builtin_fixed_t hermetic_ascii_obj, hermetic_aiter_obj;
