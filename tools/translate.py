#!/usr/bin/env python3
"""Translate guest.wasm to C: wasm2c, and then checked edits that fit its output to rt/.

    translate.py guest.wasm --wasm2c PATH --out DIR [--files N] [--dispatch NAME] [--hot FILE]

Writes to DIR:
    guest_0.c ... guest_N-1.c  the functions, but for those of the next two files
    guest_hot.c                the functions that FILE lists
    guest_dispatch.c           the function NAME as threaded code (dispatch.py), when one is named
    guest_table.c              the function table and hermetic__code_{guard,bounds}
    guest-impl.h, guest.h      what these include
    guest-names.h              renames every external symbol by variant

The last three .c files are compiled twice, with -DHERMETIC_VARIANT_GUARD and with -DHERMETIC_VARIANT_BOUNDS. So are the
others without --hot; with it, they are compiled once, with -DHERMETIC_VARIANT_SHARED, and both variants call them: they
check every access, and reach the functions of the other files through the instance. Flags are in rt/meson.build. Each
edit below must match as often as the module says it should; else the build fails, because
an edit that silently misses (a store without its check) would be a hole. What is edited, and why:

 - The instance is struct w2c_hermetic of rt/instance.h, for functions and imports alike: one pointer, one layout.
 - The prologue compares the native stack pointer with a limit instead of counting calls (rt/wasm-rt.h).
 - The table is one constant array, shared by all sandboxes: the module has no instruction that writes it. Types are
   small numbers instead of hashes, functions are entered without a wrapper, and the instance comes from the caller.
 - The dispatch function is written as threaded code: see dispatch.py.
 - In the bounds variant every store passes STORE_CHECK, and memory may move when it grows.
 - Data segments are not translated: the booted image has their contents. Instantiation is rt/'s, so wasm2c's goes.
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import dispatch
import wasmfile
from wasmfile import F32, F64, FUNC, I32, I64

# wasm2c's features beyond the instruction set of docs/internals.md are switched off: a module that needs one is refused.
DISABLED = ["exceptions", "simd", "multi-value", "tail-call", "reference-types", "memory64", "multi-memory",
            "extended-const", "relaxed-simd"]

# The imports that rt/instance.h declares.
IMPORTS = {
    "try": ((I32, I32), (I32,)),
    "throw": ((), ()),
    "fuel": ((), ()),
    "event": ((I32, I32, I32), (I32,)),
    "gather": ((I32, I32, I32), (I32,)),
    "read": ((I32, I32), ()),
    "clock": ((I32,), (I64,)),
    "trap": ((I32,), ()),
}

# The only state besides memory, and its place in struct w2c_hermetic.
MUTABLE_GLOBALS = {"__stack_pointer": (I32, "stack_pointer"), "fuel": (I64, "fuel")}

MAX_TABLE = 65536


class TranslateError(Exception):
    pass


def check(condition, message):
    if not condition:
        raise TranslateError(message)


def edit(text, pattern, replacement, count, what):
    """re.sub that must match `count` times; None stands for any number."""
    text, found = re.subn(pattern, replacement, text, flags=re.MULTILINE | re.DOTALL)
    check(count is None or found == count, f"{what}: expected {count} places to edit, found {found}")
    return text


def mangle(name):
    """An export's name as wasm2c spells it in C, after the prefix."""
    out = []
    for char in name:
        plain = char.isalnum() or (char == "_" and out and out[-1] != "_")
        out.append(char if plain else f"0x{ord(char):02X}")
    return "".join(out)


def lint(module):
    """What the edits and the runtime take for granted."""
    for where, name, _, type_ in module.imports:
        check(where == "hermetic" and name in IMPORTS, f"import {where}.{name} is not in the guest's interface")
        check(module.types[type_] == IMPORTS[name], f"import {where}.{name} has another type")
    check(not module.start, "the module has a start function")
    check(len(module.memories) == 1 and "memory" in module.exports, "the module must define and export one memory")
    check(len(module.tables) <= 1, "more than one table")
    for minimum, maximum in module.tables:
        check(minimum <= MAX_TABLE, f"a table of {minimum} entries")
        check(maximum in (None, minimum), "a table that could grow")
    imported = len(module.imports)
    for offset, functions in module.elements:
        check(offset + len(functions) <= module.tables[0][0], "an element segment outside the table")
        check(all(index >= imported for index in functions), "an import in the table")
    for index, item in enumerate(module.globals):
        names = [name for name, export in module.exports.items() if export == (wasmfile.GLOBAL, index)]
        if item.mutable:
            known = [name for name in names if name in MUTABLE_GLOBALS]
            check(len(known) == 1 and MUTABLE_GLOBALS[known[0]][0] == item.type,
                  f"mutable global {index} {names} is no part of the state that rt/ keeps")
    for name, type_ in (("boot", ((), ())), ("run", ((I32,), (I32,)))):
        if name in module.exports:
            kind, index = module.exports[name]
            check(kind == FUNC and module.function_type(index) == type_, f"export {name} has another type")


def run_wasm2c(wasm2c, module, out, files):
    """wasm2c's text of the module without its data, by file name."""
    bare = module.encode(drop=(wasmfile.DATA, wasmfile.DATA_COUNT))
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "guest.wasm"
        source.write_bytes(bare)
        command = [wasm2c, str(source), "-n", "guest", "-o", str(pathlib.Path(folder) / "guest.c"),
                   f"--num-outputs={files}", *[f"--disable-{feature}" for feature in DISABLED]]
        # The C locale: wasm2c formats numbers with the locale's separators.
        done = subprocess.run(command, env={**os.environ, "LC_ALL": "C"}, capture_output=True, text=True)
        check(done.returncode == 0, f"wasm2c: {done.stderr.strip()}")
        names = ["guest-impl.h", "guest.h", *[f"guest_{i}.c" for i in range(files)]]
        return {name: (pathlib.Path(folder) / name).read_text() for name in names}


def rename_members(text, module):
    """Fields of wasm2c's instance struct become those of struct w2c_hermetic, or constants."""
    text = edit(text, r"\binstance->w2c_hermetic_instance\b", "instance", None, "import instance")
    text = edit(text, r"\binstance->w2c_memory\b", "instance->memory", None, "memory")
    for name, (_, member) in MUTABLE_GLOBALS.items():
        text = edit(text, rf"\binstance->w2c_{mangle(name)}\b", f"instance->{member}", None, name)
    return text


def edit_functions(text, constants):
    """One of guest_*.c after the instantiation code was cut."""
    calls = text.count("CALL_INDIRECT(")
    text = edit(text, r"CALL_INDIRECT\(instance->w2c_(\w+), ([^;]*?) \(\*\)\(void\*([^;]*?)\), (w2c_guest_t\d+), (\w+), "
                r"instance->w2c_\1\.data\[\5\]\.module_instance",
                r"CALL_INDIRECT(\2 (*)(w2c_guest*\3), \4, \5, instance", calls, "indirect calls")
    bodies = text.count("  FUNC_PROLOGUE;\n")
    text = edit(text, r"^  uint8_t\* const wasm_rt_local_memory_base = \(&instance->memory\)->data;$",
                "  uint8_t* wasm_rt_local_memory_base = (&instance->memory)->data;", bodies, "memory base")
    reloads = len(re.findall(r"^  +wasm_rt_local_memory_size = ", text, flags=re.MULTILINE))
    text = edit(text, r"^(  +)wasm_rt_local_memory_size = \(&instance->memory\)->size;$", r"\1MEMORY_RELOAD();", reloads,
                "memory reload")
    text = edit(text, r"\binstance->memory\.pages\b", "(u32)(instance->memory.size >> 16)", None, "memory.size")
    for name, value in constants.items():
        text = edit(text, rf"\binstance->{name}\b", value, None, name)
    members = set(re.findall(r"\binstance->(\w+)", text)) - {"memory", "stack_pointer", "fuel"}
    check(not members, f"the generated code uses instance members {sorted(members)}")
    members = set(re.findall(r"\binstance->memory\)?(?:->|\.)(\w+)", text)) - {"data", "size"}
    check(not members, f"the generated code uses members of memory {sorted(members)}")
    check("module_instance" not in text, "an indirect call was not edited")
    return text, bodies


def cut_function(text, name, count=1):
    """Remove the definition of a function whose name matches the pattern."""
    return edit(text, rf"^[^\n{{}};#]*\b{name}\([^;{{]*?\) ?{{\n.*?^}}\n\n?", "", count, f"cut {name}")


def take_functions(texts, wanted):
    """Remove the functions for which wanted(symbol) is true from the files, and return their definitions."""
    found = []

    def take(match):
        if not wanted(match[1]):
            return match[0]
        found.append(match[0].rstrip("\n") + "\n")
        return ""

    for name in texts:
        texts[name] = re.sub(r"^[a-z0-9]+ (w2c_guest_\w+)\([^;{]*\) {\n.*?^}\n\n?", take, texts[name],
                             flags=re.MULTILINE | re.DOTALL)
    return found


def read_hot(path):
    """The names that the file lists, as a test of symbols: one a line, `*` stands for any characters."""
    lines = (line.partition("#")[0].strip() for line in path.read_text().splitlines())
    names = re.compile("|".join("w2c_guest_" + ".*".join(map(mangle, line.split("*"))) for line in lines if line) or r"(?!)")
    return lambda symbol: names.fullmatch(symbol)


def cut_instantiation(text, module):
    """Remove from guest_0.c all that rt/ does in its own way; returns the text and what was learned from it."""
    types = dict(re.findall(r'^FUNC_TYPE_EXTERN_T\((w2c_guest_t\d+)\) = "([^"]+)";$', text, flags=re.MULTILINE))
    numbers = {key: number for number, key in enumerate(dict.fromkeys(types.values()), 1)}
    types = {name: numbers[key] for name, key in types.items()}
    text = edit(text, r"^FUNC_TYPE_EXTERN_T\(\w+\) = [^\n]*\n", "", len(types), "function types")

    segments = re.findall(r"^const wasm_elem_segment_expr_t elem_segment_exprs_w2c_guest_e(\d+)\[\] = {\n(.*?)^};\n", text,
                          flags=re.MULTILINE | re.DOTALL)
    check(len(segments) == sum(1 for _, functions in module.elements if functions), "element segments: another number")
    table = {}
    for number, body in segments:
        entries = re.findall(r"^  {RefFunc, (w2c_guest_t\d+), \(wasm_rt_function_ptr_t\)wrap_(w2c_guest_\w+), {NULL}, 0},$",
                             body, flags=re.MULTILINE)
        offset, functions = module.elements[int(number)]
        check(len(entries) == len(functions) == body.count("\n"), f"element segment {number}: entries of another form")
        for at, entry in enumerate(entries, offset):
            table[at] = entry
    text = edit(text, r"^const wasm_elem_segment_expr_t \w+\[\] = {\n.*?^};\n\n?", "", len(segments), "element segments")
    text = cut_function(text, r"wrap_w2c_guest_\w+", len({function for _, function in table.values()}))

    # Immutable globals are constants; mutable ones get their values from the image.
    initial = dict(re.findall(r"^  instance->(\w+) = ([^;]+);$", re.search(
        r"^static void init_globals\(.*?^}\n", text, flags=re.MULTILINE | re.DOTALL)[0], flags=re.MULTILINE)) \
        if module.globals else {}
    constants = {name: value for name, value in initial.items() if name not in ("stack_pointer", "fuel")}
    check(len(constants) == sum(not item.mutable for item in module.globals), "immutable globals: another number")

    exports = {}
    for name, (kind, _) in module.exports.items():
        symbol = f"w2c_guest_{mangle(name)}"
        if kind == FUNC:
            inner = re.search(rf"^/\* export: '{re.escape(name)}' \*/\n[^\n]* {symbol}\(.*?^  (?:\w+ ret = )?"
                              r"(w2c_guest_\w+)\(instance\b", text, flags=re.MULTILINE | re.DOTALL)
            check(inner, f"export {name}: not found")
            exports[name] = inner[1]
        text = edit(text, rf"^/\* export: '{re.escape(name)}' \*/\n[^\n]*\b{symbol}\([^\n]*{{\n.*?^}}\n\n?", "", 1,
                    f"cut export {name}")
    present = [name for name in ("init_globals", "init_memories", "init_data_instances", "init_tables",
                                 "init_elem_instances", "init_instance_import")
               if re.search(rf"^static void {name}\(", text, flags=re.MULTILINE)]
    for name in present + ["wasm2c_guest_instantiate", "wasm2c_guest_free", "wasm2c_guest_get_func_type"]:
        text = cut_function(text, name)
    check("wasm2c_" not in re.sub(r"Automatically generated by wasm2c", "", text), "instantiation code was left")
    return text, types, table, constants, exports


def edit_template(text, types):
    """guest-impl.h: wasm2c's template, which holds the primitives, and the prototypes of all functions."""
    text = edit(text, r"^#if WASM_RT_STACK_DEPTH_COUNT\n#define FUNC_PROLOGUE.*?#define FUNC_EPILOGUE\n#endif\n", "", 1,
                "prologue")
    text = edit(text, r"^W2C_COLD_FUNC static bool func_types_eq_slowpath\(.*?"
                r"DO_CALL_INDIRECT\(table, t, x, __VA_ARGS__\)\)\n", "", 1, "indirect call")
    text = edit(text, r"^static inline void load_data\(.*?^#define LOAD_DATA\(.*?while \(0\)\n", "", 1, "data")
    text = edit(text, r"^static inline void memory_init\(.*?^DEFINE_TABLE_FILL\(externref\)\n", "", 1, "tables")
    text = edit(text, r"^#define DEF_MEM_CHECKS1\(.*?(?=^#define DEF_MEM_CHECKS2)", lambda match: edit(
        match[0], r"^( +)(MEMCHECK_(?:DEFAULT32|GENERAL)\([^\n]*?\);) *\\\n", r"\1\2 \\\n\1STORE_CHECK(mem, addr, mem_type); \\\n",
        2, "store check"), 1, "stores")
    check(len(re.findall(r"^DEFINE_STORE\(\w+, \w+, \w+\)$", text, flags=re.MULTILINE)) == 9, "kinds of stores")
    check(len(re.findall(r"DEF_MEM_CHECKS1\(", text)) == 2, "DEF_MEM_CHECKS1 has another use than DEFINE_STORE")
    text = edit(text, r"^static inline void memory_fill\(.*?  RANGE_CHECK\(mem, d, n\);\n",
                lambda match: match[0] + "  BULK_STORE_CHECK(mem, d, n);\n", 1, "memory.fill")
    text = edit(text, r"^static inline void memory_copy\(.*?  RANGE_CHECK\(src, src_addr, n\);\n",
                lambda match: match[0] + "  BULK_STORE_CHECK(dest, dest_addr, n);\n", 1, "memory.copy")
    text = edit(text, r"^#if defined\(__GNUC__\) \|\| defined\(__clang__\)\n#define FUNC_TYPE_DECL_EXTERN_T.*?#endif\n", "", 1,
                "type declarations")
    text = edit(text, r"^FUNC_TYPE_DECL_EXTERN_T\((\w+)\);$", lambda match: f"#define {match[1]} {types[match[1]]}u",
                len(types), "types")
    return edit(text, r"^extern const wasm_elem_segment_expr_t [^\n]*\n", "", None, "element declarations")


GUEST_H = """\
/* Written by tools/translate.py. */
#ifndef HERMETIC_GUEST_H
#define HERMETIC_GUEST_H

#include "wasm-rt.h"
#include "guest-names.h"

typedef uint8_t u8;
typedef int8_t s8;
typedef uint16_t u16;
typedef int16_t s16;
typedef uint32_t u32;
typedef int32_t s32;
typedef uint64_t u64;
typedef int64_t s64;
typedef float f32;
typedef double f64;

#define GUEST_TABLE_SIZE %(size)du
extern const struct hermetic__funcref guest_table[];

#if defined(HERMETIC_VARIANT_SHARED)
#define GUEST_TABLE (instance->code->table)
#else
#define GUEST_TABLE guest_table
#endif

#endif
"""

FUNCTIONS_C = """\
/* Written by tools/translate.py. */
#include "guest-impl.h"

"""

TABLE_C = """\
/* Written by tools/translate.py. */
#include "guest-impl.h"

const struct hermetic__funcref guest_table[GUEST_TABLE_SIZE + 1] = {
%(entries)s    { NULL, 0 }
};

static const struct guest_hot hot = {
%(hot)s};

const struct hermetic__code guest_code = {
    %(boot)s, %(run)s, guest_table, GUEST_TABLE_SIZE, %(type_of_try)du, &hot
};
"""


# After the prototypes. `unused`: a struct has a member.
HOT_H = """
struct guest_hot {
%(members)s    void (*unused)(void);
};

#if defined(HERMETIC_VARIANT_SHARED)
%(calls)s#endif
"""


def hot_header(prototypes, reached):
    """The functions that code for both variants must reach through the instance."""
    found = [(match[1], match[2], match[3]) for match in prototypes if match[2] in reached]
    return HOT_H % {
        "members": "".join(f"    {result} (*{name}){arguments};\n" for result, name, arguments in found),
        "calls": "".join(f"#define {name}(...) (instance->hot->{name})(__VA_ARGS__)\n" for _, name, _ in found),
    }


def names_header(own, shared):
    """Renames: `own` are symbols that each variant has for itself, `shared` those that both call."""
    lines = ["/* Written by tools/translate.py. All variants live in one library. */",
             "#if defined(HERMETIC_VARIANT_GUARD)",
             "#define GUEST_NAME(name) guard_##name",
             "#define guest_code hermetic__code_guard",
             "#elif defined(HERMETIC_VARIANT_BOUNDS)",
             "#define GUEST_NAME(name) bounds_##name",
             "#define guest_code hermetic__code_bounds",
             "#endif",
             "#if !defined(HERMETIC_VARIANT_SHARED)",
             *(f"#define {name} GUEST_NAME({name})" for name in own),
             "#endif",
             *(f"#define {name} shared_{name}" for name in shared)]
    return "\n".join(lines) + "\n"


def translate(source, wasm2c, out, files, dispatch_name=None, hot=None):
    module = wasmfile.read(source)
    lint(module)
    texts = run_wasm2c(wasm2c, module, out, files)
    sources = [name for name in texts if name.endswith(".c")]
    for name in sources + ["guest-impl.h"]:
        texts[name] = rename_members(texts[name], module)
    texts["guest_0.c"], types, table, constants, exports = cut_instantiation(texts["guest_0.c"], module)
    total = 0
    for name in sources:
        texts[name], bodies = edit_functions(texts[name], constants)
        total += bodies
    check(total == len(module.functions), f"{len(module.functions)} functions, {total} prologues")
    texts["guest-impl.h"] = edit_template(texts["guest-impl.h"], types)
    dispatcher = dispatch_name and f"w2c_guest_{mangle(dispatch_name)}"
    if dispatcher:
        functions = take_functions(texts, lambda symbol: symbol == dispatcher)
        check(len(functions) == 1, f"{dispatch_name}: expected one definition, found {len(functions)}")
        texts["guest_dispatch.c"] = FUNCTIONS_C + dispatch.thread(functions[0])
    if hot:
        listed = read_hot(hot)
        texts["guest_hot.c"] = FUNCTIONS_C + "\n".join(take_functions(texts, listed))

    prototypes = list(re.finditer(r"^([a-z0-9]+) (w2c_guest_\w+)(\(w2c_guest\*[^\n]*\));$", texts["guest-impl.h"],
                                  flags=re.MULTILINE))
    symbols = [match[2] for match in prototypes]
    check(len(symbols) == len(set(symbols)) == len(module.functions), "prototypes: another number than functions")
    reached = [symbol for symbol in symbols if listed(symbol) or symbol == dispatcher] if hot else []
    own = reached if hot else symbols
    texts["guest-impl.h"] += hot_header(prototypes, set(reached))
    texts["guest-names.h"] = names_header(["guest_table", *own], [symbol for symbol in symbols if symbol not in own])

    size = module.tables[0][0] if module.tables else 0
    entries = "".join(f"    {{ (void (*)(void)){table[at][1]}, {table[at][0]} }},\n" if at in table else "    { NULL, 0 },\n"
                      for at in range(size))
    type_of_try = next((types[f"w2c_guest_t{index}"] for index, type_ in enumerate(module.types)
                        if type_ == ((I32,), ()) and f"w2c_guest_t{index}" in types), 0)
    pointers = {name: exports.get(name, "NULL") for name in ("boot", "run")}
    texts["guest_table.c"] = TABLE_C % {
        "entries": entries, "type_of_try": type_of_try, **pointers,
        "hot": "".join(f"    {name},\n" for name in reached) + "    NULL\n",
    }
    texts["guest.h"] = GUEST_H % {"size": size}

    out.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (out / name).write_text(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", metavar="guest.wasm")
    parser.add_argument("--wasm2c", required=True, help="path of the tool")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="folder for the C files")
    parser.add_argument("--files", type=int, default=8, help="how many files of functions (default 8, at least 2)")
    parser.add_argument("--dispatch", metavar="NAME", help="the interpreter's dispatch function")
    parser.add_argument("--hot", metavar="FILE", type=pathlib.Path, help="names of functions to compile for speed")
    options = parser.parse_args()
    try:
        check(options.files >= 2, "--files must be at least 2")
        translate(options.source, options.wasm2c, options.out, options.files, options.dispatch, options.hot)
    except (TranslateError, dispatch.DispatchError, wasmfile.WasmError, OSError) as error:
        sys.exit(f"translate: {error}")


if __name__ == "__main__":
    main()
