#!/usr/bin/env python3
"""Does every program do the same in a guest that collects garbage before every allocation?

    run.py --stress BIN --hermetic BIN [--source MICROPYTHON] [--fuel COUNT] [PROGRAM.py ...]

An object that is alive and that the collector does not see is freed at once in that guest, and what then happens shows.
Each program runs by both commands; streams and exit code must be the same, and what it had written when it was too slow
to end. Without PROGRAMs: those of bench/ and tests/, and with --source also MicroPython's own tests.
"""

import argparse
import concurrent.futures
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/upstream"))
import run as upstream  # noqa: E402

LIMITS = ["--deterministic", "--memory", "16M", "--timeout", "10m", "--output", "16M"]
TOO_SLOW = b"hermetic: fuel limit"
# Its output holds addresses; and what tells by the virtual clock how long things took, which is fuel.
DIFFERENT = {"micropython/const2", "programs/contextvars_asyncio", "extmod/asyncio_basic", "extmod/asyncio_cancel_task",
             "extmod/asyncio_event", "extmod/asyncio_fair", "extmod/asyncio_gather", "extmod/asyncio_lock",
             "extmod/asyncio_wait_for", "extmod/asyncio_wait_task"}


def programs(source):
    found = []
    for pattern in ("bench/programs/*.py", "tests/run/**/*.py", "tests/guest/ordered_*.py", "tests/*/programs/**/*.py"):
        found += sorted(ROOT.glob(pattern))
    if source:
        for folder in upstream.FOLDERS:
            found += sorted((source / "tests" / folder).glob("*.py"))
    return found


def run(command, fuel, path):
    """(exit code, standard output, standard error); None for the code when the fuel did not suffice."""
    done = subprocess.run([command, *LIMITS, "--fuel", fuel, path.name], cwd=path.parent, stdin=subprocess.DEVNULL,
                          capture_output=True, check=False)
    late = done.returncode == 3 and TOO_SLOW in done.stderr
    output = re.sub(rb" at 0x[0-9a-f]+>", b">", done.stdout)  # addresses
    return None if late else done.returncode, output, done.stderr


def compare(options, path):
    """'same', 'slow', or what differs."""
    stressed, plain = run(options.stress, options.fuel, path), run(options.hermetic, options.fuel, path)
    if stressed[0] is None:
        return "slow" if plain[1].startswith(stressed[1]) else "output differs before the fuel was used up"
    for name, a, b in zip(("exit code", "output", "error output"), stressed, plain):
        if a != b:
            last = stressed[2].decode(errors="replace").strip().splitlines()[-1:]
            return f"{name} differs: {a!r:.120} and {b!r:.120} {last}"
    return "same"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stress", type=pathlib.Path, required=True)
    parser.add_argument("--hermetic", type=pathlib.Path, required=True)
    parser.add_argument("--source", type=pathlib.Path, help="unpacked MicroPython source, for its tests")
    parser.add_argument("--fuel", default="30G")
    parser.add_argument("--jobs", "-j", type=int, default=2)
    parser.add_argument("programs", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    options.stress, options.hermetic = options.stress.resolve(), options.hermetic.resolve()
    chosen = options.programs or programs(options.source)
    chosen = [path.resolve() for path in chosen if f"{path.parent.name}/{path.stem}" not in DIFFERENT]
    wrong = slow = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for path, verdict in zip(chosen, pool.map(lambda path: compare(options, path), chosen)):
            slow += verdict == "slow"
            if verdict not in ("same", "slow"):
                wrong += 1
                print(f"{path.parent.name}/{path.name}: {verdict}", flush=True)
    print(f"stress: {len(chosen)} programs, {slow} ran out of fuel, {wrong} differ")
    sys.exit(1 if wrong or not chosen else 0)


if __name__ == "__main__":
    main()
