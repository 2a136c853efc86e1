#!/usr/bin/env python3
"""Dicts, sets, sort and integers in the guest: the same output as CPython's, for programs that are hard on them.

    test_ordered.py COMMAND...        COMMAND runs the Python program whose path is appended to it
"""

import difflib
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PROGRAMS = ["ordered_ops.py", "ordered_flood.py", "wide_ints.py"]


def output(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=300)
    # A traceback goes to standard output in some ports.
    return done.stdout.splitlines() + ([f"exit {done.returncode}", done.stderr] if done.returncode else [])


def main():
    command = sys.argv[1:]
    if not command:
        sys.exit(__doc__)
    failed = 0
    for program in PROGRAMS:
        expected = output([sys.executable, HERE / program])
        assert expected[-1] == "done", "\n".join(expected)
        got = output([*command, HERE / program])
        for line in difflib.unified_diff(expected, got, "CPython", "guest", n=0, lineterm=""):
            print(line[:300])
        failed += got != expected
        print(f"{program}: {'fail' if got != expected else 'ok'}, {len(expected)} lines")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
