#!/usr/bin/env python3
"""The standard library in the guest: the same output as CPython's, for the programs in programs/.

    run.py [--only NAME]... [--without MODULE]... COMMAND...        COMMAND runs the Python program whose path is appended to it

A program is named after its module, or starts with that name and an underscore. What it prints is compared as it is, so
it prints nothing that depends on the machine, the time or an address. CPython's messages change from release to
release: with another than 3.11 the programs do not apply.

pending.txt names programs that differ because of what the language still lacks. One that stands there and passes is a
failure too: the list stays honest.
"""

import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import compare  # noqa: E402

PROGRAMS = pathlib.Path(__file__).resolve().parent / "programs"
PENDING = PROGRAMS.parent / "pending.txt"


def output(command):
    # Both write UTF-8; a program that fails shows by its last lines.
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=600, check=False,
                          env=dict(os.environ, PYTHONIOENCODING="utf-8:surrogatepass", PYTHONHASHSEED="0"))
    lines = done.stdout.decode(errors="replace").splitlines()
    if done.returncode:
        lines += [f"exit {done.returncode}", *done.stderr.decode(errors="replace").splitlines()[-2:]]
    return lines


def outputs(command, program):
    return output([sys.executable, program]), output([*command, program])


if __name__ == "__main__":
    pending = [line for line in PENDING.read_text().split("\n") if line and line[0] != "#"]
    sys.exit(compare.main("stdlib", __doc__, PROGRAMS, outputs, pending))
