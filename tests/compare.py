"""Programs in the guest beside CPython 3.11: what tests/language and tests/stdlib have in common."""

import argparse
import concurrent.futures
import difflib
import os
import sys

SKIPPED = 77  # Meson's code for a test that does not apply


def main(name, doc, folder, outputs, pending=()):
    """Compares every program of `folder`; returns the exit code.

    outputs(command, program) gives two lists of lines: what is wanted, and what the guest printed. A program whose name
    is in `pending` is expected to differ: one that does not is a failure too.
    """
    parser = argparse.ArgumentParser(description=doc.splitlines()[0])
    parser.add_argument("--only", action="append", help="name of a program")
    parser.add_argument("--without", action="append", default=[], help="name of a module that this build lacks")
    parser.add_argument("--jobs", "-j", type=int, default=2)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if not options.command:
        parser.error("no command")
    if sys.version_info[:2] != (3, 11):
        print("needs CPython 3.11 to compare with")
        return SKIPPED
    command = [os.path.abspath(options.command[0]), *options.command[1:]]
    programs = [program for program in sorted(folder.glob("*.py")) if (not options.only or program.stem in options.only)
                and not any([(program.stem + "_").startswith(name + "_") for name in options.without])]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for program, (wanted, got) in zip(programs, pool.map(lambda p: outputs(command, p), programs)):
            if program.stem in pending:
                print(f"{program.stem}: {'pending' if got != wanted else 'passes: take it out of pending.txt'}", flush=True)
                failed += got == wanted
                continue
            for line in list(difflib.unified_diff(wanted, got, "CPython", "guest", n=0, lineterm=""))[:40]:
                print(line[:300])
            failed += got != wanted
            print(f"{program.stem}: {'FAIL' if got != wanted else 'ok'}, {len(wanted)} lines", flush=True)
    print(f"{name}: {len(programs)} programs, {failed} differ")
    return failed > 0 or not programs
