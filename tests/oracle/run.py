#!/usr/bin/env python3
"""Same module, two runtimes: does the library agree with Wasmtime, to the byte and to the unit of fuel?

    run.py --wasm GUEST --hermetic BIN [--source MICROPYTHON] [PROGRAM.py ...]

Runs every program by `hermetic --json --deterministic` and by tests/oracle/guest.py, and compares standard output,
standard error, the exception and the fuel. A difference is a fault of the translation, of the runtime under it, or of
the instrumentation's claim that fuel is deterministic. Without PROGRAMs: those of bench/ and tests/run/, and with
--source also MicroPython's own tests.
"""

import argparse
import json
import multiprocessing
import pathlib
import subprocess
import sys

import guest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDERS = ["basics", "float", "unicode", "misc", "io", "stress"]
FUEL = 3_000_000_000
MEMORY = 32 << 20
OUTPUT = 16 << 20
TIMEOUT = 120
LIMITS = {"HERMETIC_E_FUEL": "fuel limit"}


def native(command, path):
    """(output, error output, exception's type or limit, fuel) by the library."""
    done = subprocess.run([command, "--json", "--deterministic", "--fuel", str(FUEL), "--memory", str(MEMORY),
                           "--output", str(OUTPUT), "--timeout", f"{TIMEOUT}s", str(path)],
                          capture_output=True, stdin=subprocess.DEVNULL, timeout=2 * TIMEOUT, check=False)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        return None, done.stderr.decode(errors="replace")[-300:], f"exit status {done.returncode}", None
    error = answer["error"] or {}
    ended = error.get("type") or LIMITS.get(error.get("code"), error.get("code"))
    return answer["stdout"], answer["stderr"], ended, answer["usage"]["fuel"]


def independent(oracle, path):
    """The same by Wasmtime."""
    outcome = oracle.run_file(path, FUEL, MEMORY)
    error = outcome.stopped or (outcome.error or {}).get("type")
    return text(outcome.stdout), text(outcome.stderr), error, outcome.fuel


def text(data):
    """As the command writes bytes that are not UTF-8: each becomes a replacement character."""
    return data.decode(errors="surrogateescape").translate({0xDC00 + byte: 0xFFFD for byte in range(128, 256)})


def first_difference(a, b):
    for number, (x, y) in enumerate(zip(a.splitlines(), b.splitlines()), 1):
        if x != y:
            return f"line {number}: {x[:80]!r} and {y[:80]!r}"
    return f"{len(a)} and {len(b)} characters"


def compare(job):
    """(path, what differs or None, fuel)"""
    command, path = job
    ours, theirs = native(command, path), independent(compare.oracle, path)
    if ours[0] is None:
        return path, f"the command failed: {ours[2]}: {ours[1]}", None
    for name, a, b in zip(("output", "error output"), ours, theirs):
        if a != b:
            return path, f"{name} differs: {first_difference(a, b)}", ours[3]
    if ours[2] != theirs[2]:
        return path, f"ended by {ours[2]!r} and by {theirs[2]!r}", ours[3]
    if ours[3] != theirs[3] and theirs[3] is not None:
        return path, f"fuel differs: {ours[3]} and {theirs[3]}", ours[3]
    return path, None, ours[3]


def prepare(wasm):
    compare.oracle = guest.Oracle(wasm)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wasm", type=pathlib.Path, required=True)
    parser.add_argument("--hermetic", type=pathlib.Path, required=True)
    parser.add_argument("--source", type=pathlib.Path, help="unpacked MicroPython source, for its tests")
    parser.add_argument("--jobs", "-j", type=int, default=2)
    parser.add_argument("programs", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    programs = options.programs
    if not programs:
        programs = sorted((ROOT / "bench/programs").glob("*.py")) + sorted((ROOT / "tests/run").glob("**/*.py"))
        for folder in FOLDERS if options.source else ():
            programs += sorted((options.source / "tests" / folder).glob("*.py"))
    prepare(options.wasm)  # once here, so that the compiled module is there for all
    command = str(options.hermetic.resolve())
    jobs = [(command, path.resolve()) for path in programs]
    wrong, fuel = 0, 0
    with multiprocessing.get_context("spawn").Pool(options.jobs, prepare, [options.wasm]) as pool:
        for path, difference, used in pool.imap(compare, jobs):
            fuel += used or 0
            if difference:
                wrong += 1
                print(f"{path.parent.name}/{path.name}: {difference}", flush=True)
    print(f"oracle: {len(jobs)} programs, {fuel:,} units of fuel; {wrong} differ")
    sys.exit(1 if wrong or not jobs else 0)


if __name__ == "__main__":
    main()
