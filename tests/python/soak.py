#!/usr/bin/env python3
"""A million runs, and 100,000 sessions with faults of every kind: nothing may be left of them.

    soak.py [--runs N] [--sessions N]

Resident memory is read after a tenth of the work and at the end; it may differ by 2 MiB. Open files and threads must be as
many as before, mappings within 8.
"""

import argparse
import os
import sys
import threading
import time

import hermetic

FAULTS = [
    "1/0",
    "while True: pass",  # fuel
    "def f(): f()\nf()",  # recursion
    "x = [0]\nwhile True: x += x",  # memory
    "while True: print('x' * 1000)",  # output
    "while True: host(1)",  # calls
    "'x' * 3000000",  # size of a value
    "import sys\nsys.exit(1)",
    "f(",
    "object()",  # cannot be passed
    "host(None)",  # the host's function raises
    "import datetime\n[datetime.date(2020, 1, 1)] * 10",
    "1 + 1",
]


def host(x):
    return [x + 1]


def counts():
    with open("/proc/self/maps") as maps:
        mappings = sum(1 for _ in maps)
    with open("/proc/self/statm") as statm:
        resident = int(statm.read().split()[1]) * os.sysconf("SC_PAGESIZE")
    return {"resident": resident, "files": len(os.listdir("/proc/self/fd")), "threads": threading.active_count(),
            "mappings": mappings}


def session(number):
    limits = hermetic.Limits(fuel=3_000_000, memory=8 << 20, output=100_000, calls=1000, value=1 << 20,
                             on_limit="discard" if number % 5 == 0 else "rollback")
    with hermetic.Session(limits=limits, functions={"host": host}) as s:
        try:
            s.run(FAULTS[number % len(FAULTS)])
        except hermetic.HermeticError:
            pass
        if number % 50 == 0:
            s.fork().close()
            hermetic.Session.restore(s.snapshot(), functions={"host": host}).close()
            hermetic.load(s.start("ask(1)", functions=["ask"]).dump()).resume(2)
        if number % 50 == 1:
            s.start("ask(1)", functions=["ask"])  # and is closed while it waits
    if number % 50 == 2:
        hermetic.Session(functions={"host": host}).run("x = 1")  # and is never closed


def phase(name, count, function):
    begin = time.monotonic()
    warm = max(count // 10, 1)
    for number in range(warm):
        function(number)
    before = counts()
    for number in range(warm, count):
        function(number)
    after = counts()
    grown = {key: after[key] - before[key] for key in after}
    print(f"soak: {count:,} {name} in {time.monotonic() - begin:.0f} s: resident {grown['resident'] >> 10:+,} KiB, files "
          f"{grown['files']:+}, threads {grown['threads']:+}, mappings {grown['mappings']:+}", flush=True)
    return abs(grown["resident"]) <= 2 << 20 and not grown["files"] and not grown["threads"] and abs(grown["mappings"]) <= 8


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--sessions", type=int, default=100_000)
    options = parser.parse_args()
    flat = phase("runs", options.runs, lambda number: hermetic.run("1+1"))
    flat &= phase("sessions with faults", options.sessions, session)
    return 0 if flat else 1


if __name__ == "__main__":
    sys.exit(main())
