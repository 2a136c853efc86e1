#!/usr/bin/env python3
"""The standard library in the guest: the same output as CPython's, for the programs in programs/.

    run.py [--only NAME]... COMMAND...        COMMAND runs the Python program whose path is appended to it

A program is named after its module, or starts with that name and an underscore. What it prints is compared as it is, so
it prints nothing that depends on the machine, the time or an address. CPython's messages change from release to
release: with another than 3.11 the programs do not apply.

pending.txt names programs that differ because of what the language still lacks. One that stands there and passes is a
failure too: the list stays honest.
"""

import argparse
import concurrent.futures
import difflib
import os
import pathlib
import subprocess
import sys

PROGRAMS = pathlib.Path(__file__).resolve().parent / "programs"
PENDING = PROGRAMS.parent / "pending.txt"
SKIPPED = 77  # Meson's code for a test that does not apply


def output(command):
    # Both write UTF-8; a program that fails shows by its last lines.
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=600, check=False,
                          env=dict(os.environ, PYTHONIOENCODING="utf-8:surrogatepass", PYTHONHASHSEED="0"))
    lines = done.stdout.decode(errors="replace").splitlines()
    if done.returncode:
        lines += [f"exit {done.returncode}", *done.stderr.decode(errors="replace").splitlines()[-2:]]
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", help="name of a program")
    parser.add_argument("--jobs", "-j", type=int, default=2)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if not options.command:
        parser.error("no command")
    if sys.version_info[:2] != (3, 11):
        print("needs CPython 3.11 to compare with")
        return SKIPPED
    programs = sorted(PROGRAMS.glob("*.py"))
    if options.only:
        programs = [program for program in programs if program.stem in options.only]

    def compare(program):
        expected = output([sys.executable, program])
        return expected, output([*options.command, program])

    failed = 0
    pending = [line for line in PENDING.read_text().split("\n") if line and line[0] != "#"]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for program, (expected, got) in zip(programs, pool.map(compare, programs)):
            if program.stem in pending:
                print(f"{program.stem}: {'pending' if got != expected else 'passes: take it out of pending.txt'}", flush=True)
                failed += got == expected
                continue
            shown = list(difflib.unified_diff(expected, got, "CPython", "guest", n=0, lineterm=""))
            for line in shown[:40]:
                print(line[:300])
            failed += got != expected
            print(f"{program.stem}: {'FAIL' if got != expected else 'ok'}, {len(expected)} lines", flush=True)
    print(f"stdlib: {len(programs)} programs, {failed} differ")
    return failed > 0 or not programs


if __name__ == "__main__":
    sys.exit(main())
