#!/usr/bin/env python3
"""The language in the guest: the same output as CPython's, for the programs in programs/.

    run.py [--only NAME]... COMMAND...        COMMAND runs the Python program whose path is appended to it

What a program should print is in the .out file beside it, for syntax that CPython 3.11 does not have; else CPython 3.11
says it, which has to run this script then. A program that ends by an exception is compared with its traceback.
"""

import argparse
import concurrent.futures
import difflib
import os
import pathlib
import subprocess
import sys

PROGRAMS = pathlib.Path(__file__).resolve().parent / "programs"
SKIPPED = 77  # Meson's code for a test that does not apply


def output(command, program):
    done = subprocess.run([*command, program.name], cwd=program.parent, stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=600, check=False, env=dict(os.environ, PYTHONIOENCODING="utf-8", PYTHONHASHSEED="0"))
    lines = done.stdout.decode(errors="replace").splitlines()
    if done.returncode:
        # CPython makes the script's path absolute.
        errors = done.stderr.decode(errors="replace").replace(f'"{program.parent}{os.sep}', '"')
        lines += [f"exit {done.returncode}", *errors.splitlines()]
    return [line for line in lines if line.strip(" ^~")]  # CPython marks a part of the line; so does not the guest


def expected(program):
    text = program.with_suffix(".out")
    if text.exists():
        return text.read_text().splitlines()
    return output([sys.executable, "-I"], program)


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
    command = [os.path.abspath(options.command[0]), *options.command[1:]]
    programs = [program for program in sorted(PROGRAMS.glob("*.py")) if not options.only or program.stem in options.only]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for program, (wanted, got) in zip(programs, pool.map(lambda p: (expected(p), output(command, p)), programs)):
            for line in list(difflib.unified_diff(wanted, got, "CPython", "guest", n=0, lineterm=""))[:40]:
                print(line[:300])
            failed += got != wanted
            print(f"{program.stem}: {'FAIL' if got != wanted else 'ok'}, {len(wanted)} lines", flush=True)
    print(f"language: {len(programs)} programs, {failed} differ")
    return failed > 0 or not programs


if __name__ == "__main__":
    sys.exit(main())
