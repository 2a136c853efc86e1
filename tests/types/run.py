#!/usr/bin/env python3
"""The built-in types and functions: programs/NAME.py prints programs/NAME.out, which is what CPython 3.11 prints.

    run.py [--only NAME]... COMMAND...   COMMAND runs the Python program whose path is appended to it
    run.py --record [--only NAME]...     writes the .out files, with CPython 3.11
"""

import argparse
import difflib
import pathlib
import subprocess
import sys

PROGRAMS = pathlib.Path(__file__).resolve().parent / "programs"


def output(command, program):
    done = subprocess.run([*command, program], stdin=subprocess.DEVNULL, capture_output=True, timeout=300, check=False)
    text = done.stdout.decode(errors="replace")
    return text if done.returncode == 0 else f"{text}exit {done.returncode}\n{done.stderr.decode(errors='replace')}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--only", action="append", help="name of a program")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    programs = [p for p in sorted(PROGRAMS.glob("*.py")) if not options.only or p.stem in options.only]
    if options.record:
        if sys.version_info[:2] != (3, 11):
            sys.exit("needs CPython 3.11")
        for program in programs:
            program.with_suffix(".out").write_text(output([sys.executable, "-W", "ignore"], program))
        return 0
    wrong = 0
    for program in programs:
        expected = program.with_suffix(".out").read_text().splitlines()
        difference = list(difflib.unified_diff(expected, output(options.command, program).splitlines(), "CPython",
                                               "guest", lineterm="", n=0))
        if difference:
            wrong += 1
            print(f"{program.stem}: differs", *difference[:20], sep="\n")
    print(f"types: {len(programs)} programs, {wrong} differ")
    return 1 if wrong or not programs else 0


if __name__ == "__main__":
    sys.exit(main())
