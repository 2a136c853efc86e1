#!/usr/bin/env python3
"""The language in the guest: the same output as CPython's, for the programs in programs/.

    run.py [--only NAME]... COMMAND...        COMMAND runs the Python program whose path is appended to it

What a program should print is in the .out file beside it, for syntax that CPython 3.11 does not have; else CPython 3.11
says it, which has to run this script then. A program that ends by an exception is compared with its traceback.
"""

import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import compare  # noqa: E402

PROGRAMS = pathlib.Path(__file__).resolve().parent / "programs"


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


def outputs(command, program):
    return expected(program), output(command, program)


if __name__ == "__main__":
    sys.exit(compare.main("language", __doc__, PROGRAMS, outputs))
