#!/usr/bin/env python3
"""Do builds of the library agree, to the byte of output and the unit of fuel?

    compare.py [--source MICROPYTHON] NAME=COMMAND...

Each COMMAND is outcomes.c of one build with its backend, as in 'clang=build-clang/tests/compilers/outcomes guard'. All run
the programs of bench/ and tests/, and with --source MicroPython's own tests.
"""

import argparse
import concurrent.futures
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDERS = ["basics", "float", "unicode", "misc", "io", "stress"]
BATCH = 40


def programs(source):
    found = []
    for pattern in ("bench/programs/*.py", "tests/run/**/*.py", "tests/guest/ordered_*.py", "tests/*/programs/**/*.py"):
        found += sorted(ROOT.glob(pattern))
    for folder in FOLDERS if source else ():
        found += sorted((source / "tests" / folder).glob("*.py"))
    return found


def outcomes(command, chosen):
    """The lines that the command prints, one a program; a line of its own when it died."""
    done = subprocess.run([*shlex.split(command), *map(str, chosen)], stdout=subprocess.PIPE, text=True, check=False)
    lines = done.stdout.splitlines()
    return lines + [f"{path} exit status {done.returncode}" for path in chosen[len(lines):]]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=pathlib.Path)
    parser.add_argument("--jobs", "-j", type=int, default=2)
    parser.add_argument("builds", nargs="+", metavar="NAME=COMMAND")
    options = parser.parse_args()
    chosen = programs(options.source)
    batches = [chosen[at:at + BATCH] for at in range(0, len(chosen), BATCH)]
    first, wrong = None, 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for build in options.builds:
            name, _, command = build.partition("=")
            lines = [line for part in pool.map(lambda batch: outcomes(command, batch), batches) for line in part]
            if first is None:
                first, reference = lines, name
                died = [line for line in lines if "exit status" in line]
                wrong += len(died)
                print("\n".join(died), end="\n" if died else "")
            else:
                different = [(a, b) for a, b in zip(first, lines, strict=True) if a != b]
                wrong += len(different)
                for a, b in different[:10]:
                    print(f"{reference}: {a}\n{name}: {b}")
                print(f"{name}: {len(lines)} programs, {len(different)} differ from {reference}", flush=True)
    sys.exit(1 if wrong or not chosen else 0)


if __name__ == "__main__":
    main()
