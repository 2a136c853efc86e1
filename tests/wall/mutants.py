#!/usr/bin/env python3
"""Take each guard of the library out, one at a time: its test must fail.

    mutants.py [--cc CC] [NAME...]

A test that passes without the guard proves nothing about it. Each mutant below is one replacement in one file; it is
compiled with sanitizers, linked with the rest, and must make the named test program fail. Prints one line a mutant, and
exits with 1 when one survives. A replacement that does not match exactly once is an error: the list follows the code.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FLAGS = ["-std=gnu11", "-O1", "-g", "-w", "-fsanitize=address,undefined", "-fno-sanitize-recover=undefined",
         f"-I{ROOT}/include", f"-I{ROOT}/rt"]

# name: (file, what is there, what the mutant has, test program)
MUTANTS = {
    "outcome-once": ("imports.c", "    if (sb->outcome)\n", "    if (0)\n", "wall"),
    "read-bounds": ("imports.c", "if (len > sb->pending.len - sb->pending_at)", "if (0)", "wall"),
    "read-status": ("imports.c", "    if (status < 0)\n        hermetic__stop(sb, status, ptr, len, \"a read\");\n", "", "wall"),
    "payload-status": ("imports.c", "        if (status < 0)\n            hermetic__stop(sb, status, from->pieces[i].at.at, len, NULL);\n",
                       "", "wall"),
    "payload-limit": ("imports.c", "    if (from->len > most)\n", "    if (0)\n", "wall"),
    "pieces-most": ("imports.c", "    if (count > PIECES_MOST)\n", "    if (0)\n", "wall"),
    "pieces-status": ("imports.c", "    if (status < 0)\n        hermetic__stop(sb, status, ptr, count * 8, NULL);\n", "", "wall"),
    "pieces-output": ("imports.c", "    if (from->count != 1)\n", "    if (0)\n", "wall"),
    "call-form": ("imports.c", "    if (!parse_call(sb))\n", "    parse_call(sb);\n    if (0)\n", "wall"),
    "call-trailing": ("imports.c", "    return p == end;\n", "    return true;\n", "wall"),
    "call-granted": ("imports.c", "if (!hermetic__grants_has(&sb->grants, sb->call_name.data, sb->call_name.len))", "if (0)",
                     "wall"),
    "call-limit": ("imports.c", "if (sb->calls >= sb->options.calls)", "if (0)", "wall"),
    "result-form": ("imports.c", "if (hermetic_validate(sb->payload.data, sb->payload.len) < 0)\n        broken(sb, \"a result",
                    "if (0)\n        broken(sb, \"a result", "wall"),
    "opaque-form": ("imports.c", "    if (!parse_opaque(sb))\n", "    parse_opaque(sb);\n    if (0)\n", "wall"),
    "opaque-limits": ("imports.c", " && sb->result_type.len <= TYPE_MOST && repr.len <= HERMETIC_REPR_MOST;", ";", "wall"),
    "error-form": ("imports.c", "    if (!parse_error(sb))\n", "    parse_error(sb);\n    if (0)\n", "wall"),
    "prompt-utf8": ("imports.c", "if (!hermetic__utf8_valid(sb->payload.data, sb->payload.len))", "if (0)", "wall"),
    "entropy-most": ("imports.c", "item.integer > ENTROPY_MOST)", "0)", "wall"),
    "clock-kind": ("imports.c", "    if (kind > 1)\n", "    if (0)\n", "wall"),
    "event-charge": ("imports.c", "hermetic__limits_charge(sb, CHARGE_EVENT + from->len);", "", "wall"),
    "clock-charge": ("imports.c", "    hermetic__limits_charge(sb, CHARGE_CLOCK);\n", "", "wall"),
    "fuel-limit": ("limits.c", "    if (used > sb->options.fuel)\n", "    if (0)\n", "wall"),
    "fuel-forged": ("limits.c", "    if (sb->instance.fuel > (int64_t)HERMETIC__SLICE)\n", "    if (0)\n", "wall"),
    "wall-limit": ("limits.c", "    if (now > sb->deadline)\n", "    if (0)\n", "wall"),
    "output-limit": ("output.c", "        if (!(sb->options.flags & HERMETIC_CUT_OUTPUT))\n", "        if (0)\n", "wall"),
    "output-range": ("output.c", "    if (status < 0)\n", "    if (0)\n", "wall"),
    "output-whole": ("output.c", "keep ? (uint32_t)hermetic__utf8_whole(b->data + start, keep) : 0", "keep", "wall"),
    "rollback-memory": ("run.c", "    hermetic__memory_rollback(&sb->instance.memory);\n",
                        "    hermetic__memory_commit(&sb->instance.memory);\n", "wall"),
    "rollback-grants": ("run.c", "hermetic__grants_cut(&sb->grants, discard ? 0 : sb->begin_grants);", "(void)discard;", "wall"),
    "reset-grants": ("sandbox.c", "    hermetic__grants_cut(&sb->grants, 0);\n", "", "wall"),
    "cbor-length": ("cbor_read.c", "    if (len > (uint64_t)(end - *cursor))\n", "    if (0)\n", "cbor"),
    "cbor-head": ("cbor_read.c", "        if ((size_t)(end - p) < bytes)\n", "        if (0)\n", "cbor"),
    "cbor-count": ("cbor_read.c", "        if (head.value > (uint64_t)(end - *cursor) / (head.major == HERMETIC__CBOR_ARRAY ? 1 : 2))\n",
                   "        if (0)\n", "cbor"),
    "cbor-depth": ("cbor_check.c", "if (depth == HERMETIC__CBOR_DEPTH)", "if (0)", "cbor"),
    "cbor-hashable": ("cbor_check.c", "                if (hashable)\n", "                if (0)\n", "cbor"),
    "cbor-utf8": ("cbor_check.c", "if ((size_t)(end - p - 1) < len || !hermetic__utf8_valid(p + 1, len))",
                  "if ((size_t)(end - p - 1) < len)", "cbor"),
    "cbor-short": ("cbor_check.c", "if ((size_t)(end - p - 1) < len || !hermetic__utf8_valid(p + 1, len))",
                   "if (!hermetic__utf8_valid(p + 1, len))", "cbor"),
    "cbor-time": ("cbor_read.c", " || !hermetic__cbor_time_valid(kind, item->bytes.data, item->bytes.len)", "", "cbor"),
    "page-words": ("pages.c", "if (skip > WORDS - at || count > WORDS - at - skip)", "if (0)", "parts"),
    "page-bytes": ("pages.c", "            if ((size_t)(end - p) < bytes)\n", "            if (0)\n", "parts"),
    "journal-order": ("journal.c", " || recorded != digest)", ")", "parts"),
    "buffer-most": ("buffer.c", "    if (b->len > most || more > most - b->len)\n", "    if (0)\n", "parts"),
    "options-range": ("options.c", "return *given < r->least || *given > r->most ?", "return 0 ?", "options"),
    "options-flags": ("options.c", "    if (out->flags & ~known) {\n        snprintf(message, HERMETIC__MESSAGE_MAX, \"option flags",
                      "    if (0) {\n        snprintf(message, HERMETIC__MESSAGE_MAX, \"option flags", "options"),
}

TESTS = {
    "wall": ["tests/wall/test_wall.c", "tests/wall/fake_guest.c"],
    "cbor": ["tests/unit/test_cbor.c", "tests/wall/fake_guest.c"],
    "parts": ["tests/unit/test_parts.c", "tests/wall/fake_guest.c"],
    "options": ["tests/unit/test_options.c", "tests/wall/fake_guest.c"],
}


def compile_file(cc, source, to, include=None):
    extra = [f"-I{include}"] if include else []
    subprocess.run([*cc, *FLAGS, *extra, "-c", str(source), "-o", str(to)], check=True)
    return to


def passes(program):
    """Whether the test program passes. One that does not end is killed: its test has failed."""
    try:
        environment = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}
        return subprocess.run([program], capture_output=True, timeout=60, env=environment).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cc", default=os.environ.get("CC", "cc"))
    parser.add_argument("names", metavar="NAME", nargs="*")
    options = parser.parse_args()
    cc = options.cc.split()
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        objects = {}
        sources = [*(ROOT / "src").glob("*.c"), *(ROOT / "rt").glob("*.c"), *(ROOT / "rt").glob("*.S")]
        for source in sources:
            if not source.name.endswith("_windows.c") or source.parent.name == "rt":
                objects[source.name] = compile_file(cc, source, folder / (source.name + ".o"))
        tests = {name: [compile_file(cc, ROOT / part, folder / (name + pathlib.Path(part).name + ".o")) for part in parts]
                 for name, parts in TESTS.items()}

        def link(test, replaced):
            program = folder / "program"
            parts = [str(part) for part in ({**objects, **replaced}).values()]
            subprocess.run([*cc, *FLAGS, *map(str, tests[test]), *parts, "-o", str(program), "-lm", "-lpthread"], check=True)
            return program

        for test in TESTS:
            if not passes(link(test, {})):
                sys.exit(f"mutants: {test} fails without any mutant")
        for name, (file, old, new, test) in MUTANTS.items():
            if options.names and name not in options.names:
                continue
            text = (ROOT / "src" / file).read_text()
            if text.count(old) != 1:
                sys.exit(f"mutants: {name} matches {text.count(old)} times in {file}")
            mutant = folder / file
            mutant.write_text(text.replace(old, new).replace('#include "../rt/', f'#include "{ROOT}/rt/'))
            made = compile_file(cc, mutant, folder / "mutant.o", ROOT / "src")
            survived = passes(link(test, {file: made}))
            print("SURVIVED" if survived else "caught  ", name, flush=True)
            survivors += survived
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
