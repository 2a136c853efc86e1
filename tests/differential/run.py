#!/usr/bin/env python3
"""Random programs in the guest and in CPython: the same output and the same exception, or the smallest program that differs.

    run.py [--seconds N] [--examples N] [--seed N]

Needs the package `hermetic` on the path, hypothesis, and CPython 3.11. Without --seconds the same programs every time.
"""

import argparse
import contextlib
import io
import sys
import time

import hermetic
from grammar import programs
from hypothesis import HealthCheck, Phase, given, seed, settings

LIMITS = hermetic.Limits(wall=20, memory=64 << 20)


def in_cpython(source):
    """Output, and the exception that ended the program as its type and message."""
    out = io.StringIO()
    try:
        code = compile(source, "program", "exec", dont_inherit=True)
        with contextlib.redirect_stdout(out):
            exec(code, {"__name__": "__main__"})
    except SyntaxError:
        return None
    except Exception as error:
        return out.getvalue(), (type(error).__name__, str(error))
    return out.getvalue(), None


def in_guest(source):
    try:
        result = hermetic.run(source, limits=LIMITS)
    except hermetic.GuestError as error:
        return error.stdout, (error.type, error.message)
    return result.stdout, None


def alike(line):
    """A line as it is compared. A MemoryError of the guest has a text, and CPython's has none."""
    return "MemoryError" if line.startswith("MemoryError ") else line


def difference(expected, got):
    """The first line that differs, or the end."""
    wanted, printed = expected[0].splitlines(), got[0].splitlines()
    for number, (a, b) in enumerate(zip(wanted, printed), 1):
        if alike(a) != alike(b):
            return f"line {number} of the output: CPython {a!r}, guest {b!r}"
    return f"CPython prints {len(wanted)} lines and ends with {expected[1]}, the guest {len(printed)} and {got[1]}"


class Differs(Exception):
    pass


def campaign(options):
    end = time.monotonic() + options.seconds if options.seconds else None
    counts = {"programs": 0, "refused": 0}

    @settings(max_examples=options.examples, deadline=None, database=None, derandomize=False, print_blob=False,
              suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink])
    @given(programs())
    def compare(source):
        counts["programs"] += 1
        expected = in_cpython(source)
        if expected is None:
            counts["refused"] += 1
            return
        got = in_guest(source)
        if expected != got:
            compare.failed = source
            raise Differs(difference(expected, got))

    number = options.seed
    while True:
        try:
            seed(number)(compare)()
        except Differs as error:
            print(compare.failed)
            sys.exit(f"seed {number}: {error}")
        number += 1
        if end is None or time.monotonic() >= end:
            print(f"{counts['programs']} programs, of which {counts['refused']} have syntax that CPython refuses: no difference")
            return


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, help="go on with other programs for this long")
    parser.add_argument("--examples", type=int, default=150, help="programs a seed (default 150)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if sys.version_info[:2] != (3, 11):
        print("not tested: the guest's Python is 3.11")
        sys.exit(77)
    campaign(options)


if __name__ == "__main__":
    main()
