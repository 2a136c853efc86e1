#!/usr/bin/env python3
"""Run a program in plain.wasm or guest.wasm under Wasmtime, with every import written in Python.

An oracle that shares no code with the library: the same program must print the same, and use the same fuel.

    run_wasmtime.py guest.wasm program.py [--inputs JSON] [--fuel N] [--clock] [--last]

Needs the PyPI package wasmtime. As a module: Guest(path).exec(source, ...) returns a Result.
"""

import argparse
import dataclasses
import json
import pathlib
import struct
import sys

import wasmtime

OUT, ERR, CALL, RESULT, ERROR, INPUT, ENTROPY = range(1, 8)


class Thrown(Exception):
    """The guest's throw(), on its way to the newest try()."""


class Trap(Exception):
    """The guest cannot go on."""


class OutOfFuel(Exception):
    pass


# CBOR, in the subset of docs/internals.md.

def head(major, value):
    if value < 24:
        return bytes([major << 5 | value])
    for info, fmt in ((24, ">B"), (25, ">H"), (26, ">I"), (27, ">Q")):
        try:
            return bytes([major << 5 | info]) + struct.pack(fmt, value)
        except struct.error:
            pass
    raise OverflowError


def dumps(value):
    if value is None or value is False or value is True:
        return {None: b"\xf6", False: b"\xf4", True: b"\xf5"}[value]
    if isinstance(value, int):
        major, magnitude = (0, value) if value >= 0 else (1, ~value)
        if magnitude < 1 << 64:
            return head(major, magnitude)
        data = magnitude.to_bytes((magnitude.bit_length() + 7) // 8, "big")
        return head(6, 2 + major) + head(2, len(data)) + data
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, (bytes, bytearray)):
        return head(2, len(value)) + bytes(value)
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(dumps, value))
    if isinstance(value, tuple):
        return head(6, 40000) + dumps(list(value))
    if isinstance(value, dict):
        return head(5, len(value)) + b"".join(dumps(k) + dumps(v) for k, v in value.items())
    if isinstance(value, frozenset):
        return head(6, 40001) + dumps(set(value))
    if isinstance(value, set):
        return head(6, 258) + dumps(list(value))
    raise TypeError(type(value))


def loads(data):
    value, end = read(data, 0)
    assert end == len(data), "trailing bytes"
    return value


def read(data, at):
    major, info = data[at] >> 5, data[at] & 31
    at += 1
    if major == 7 and info == 27:
        return struct.unpack(">d", data[at:at + 8])[0], at + 8
    if major == 7:
        return {20: False, 21: True, 22: None}[info], at
    value = info
    if info >= 24:
        size = 1 << (info - 24)
        value = int.from_bytes(data[at:at + size], "big")
        at += size
        assert value >= (24, 256, 65536, 1 << 32)[info - 24], "head is not the shortest"
    if major == 0:
        return value, at
    if major == 1:
        return ~value, at
    if major in (2, 3):
        raw = bytes(data[at:at + value])
        assert len(raw) == value
        return (raw if major == 2 else raw.decode()), at + value
    if major == 4:
        items = []
        for _ in range(value):
            item, at = read(data, at)
            items.append(item)
        return items, at
    if major == 5:
        result = {}
        for _ in range(value):
            key, at = read(data, at)
            result[key], at = read(data, at)
        return result, at
    inner, at = read(data, at)
    if value in (2, 3):
        number = int.from_bytes(inner, "big")
        return (number if value == 2 else ~number), at
    return {40000: tuple, 258: set, 40001: frozenset}[value](inner), at


@dataclasses.dataclass
class Result:
    stdout: str
    stderr: str
    value: object
    error: dict | None
    fuel: int


class Guest:
    """One sandbox: booted, then any number of requests."""

    def __init__(self, path, *, functions=None, stdin=(), clock=None, entropy=None, fuel=None, max_pages=16384,
                 echo=False, engine=None, module=None):
        self.functions = functions or {}
        self.stdin = iter(stdin)
        self.clock = clock
        self.entropy = entropy
        self.echo = echo
        self.max_pages = max_pages
        self.pending = b""
        self.out = {OUT: bytearray(), ERR: bytearray()}
        self.engine = engine or wasmtime.Engine()
        self.store = wasmtime.Store(self.engine)
        self.store.set_limits(memory_size=max_pages * 65536)
        self.module = module or wasmtime.Module(self.engine, pathlib.Path(path).read_bytes())
        i32, i64 = wasmtime.ValType.i32, wasmtime.ValType.i64
        imports = {
            "try": (self._try, [i32(), i32()], [i32()]),
            "throw": (self._throw, [], []),
            "fuel": (self._fuel, [], []),
            "event": (self._event, [i32(), i32(), i32()], [i32()]),
            "read": (self._read, [i32(), i32()], []),
            "clock": (lambda kind: self.clock(kind) if self.clock else -1, [i32()], [i64()]),
            "trap": (self._trap, [i32()], []),
        }
        functions = []
        for item in self.module.imports:
            assert item.module == "hermetic", item.module
            function, params, results = imports[item.name]
            functions.append(wasmtime.Func(self.store, wasmtime.FuncType(params, results), function))
        exports = wasmtime.Instance(self.store, self.module, functions).exports(self.store)
        self.memory = exports["memory"]
        self.table = exports["__indirect_function_table"]
        self.stack_pointer = exports["__stack_pointer"]
        self.fuel_global = exports.get("fuel") if hasattr(exports, "get") else None
        try:
            self.fuel_global = exports["fuel"]
        except KeyError:
            self.fuel_global = None
        self.run = exports["run"]
        self.fuel_limit = fuel
        if self.fuel_global:
            self.fuel_global.set_value(self.store, wasmtime.Val.i64(1 << 62))
        exports["boot"](self.store)

    def _try(self, function, argument):
        pointer = self.stack_pointer.value(self.store)
        try:
            self.table.get(self.store, function)(self.store, argument)
            return 0
        except Thrown:
            self.stack_pointer.set_value(self.store, wasmtime.Val.i32(pointer))
            return 1

    def _throw(self):
        raise Thrown

    def _fuel(self):
        raise OutOfFuel

    def _trap(self, code):
        raise Trap(f"guest trap {code}")

    def _read(self, pointer, length):
        pointer, length = pointer & 0xFFFFFFFF, length & 0xFFFFFFFF
        if length > len(self.pending):
            raise Trap("read beyond the message")
        self.memory.write(self.store, self.pending[:length], pointer)
        self.pending = self.pending[length:]

    def _event(self, kind, pointer, length):
        pointer, length = pointer & 0xFFFFFFFF, length & 0xFFFFFFFF
        data = bytes(self.memory.read(self.store, pointer, pointer + length))
        if kind in self.out:
            self.out[kind] += data
            if self.echo:
                stream = sys.stdout if kind == OUT else sys.stderr
                stream.buffer.write(data)
                stream.flush()
            return 0
        if kind == RESULT:
            self.value = loads(data)
            return 0
        if kind == ERROR:
            self.error = loads(data)
            return 0
        try:
            reply = dumps(self._answer(kind, data))
        except Exception as error:
            self.pending = dumps([type(error).__name__, str(error)])
            return -len(self.pending) - 1
        self.pending = reply
        return len(reply)

    def _answer(self, kind, data):
        if kind == CALL:
            name, args, kwargs = loads(data)
            return self.functions[name](*args, **kwargs)
        if kind == INPUT:
            if self.echo:
                print(data.decode(), end="", flush=True)
            try:
                return next(self.stdin)
            except StopIteration:
                raise EOFError("EOF when reading a line") from None
        if kind == ENTROPY:
            wanted = loads(data)
            return self.entropy(wanted) if self.entropy else bytes(range(1, wanted + 1))
        raise Trap(f"unknown event {kind}")

    def request(self, request):
        """Perform one request; a dict, or bytes to send as they are."""
        self.pending = request if isinstance(request, bytes) else dumps(request)
        self.value = self.error = None
        for stream in self.out.values():
            stream.clear()
        before = 0
        if self.fuel_global:
            before = self.fuel_limit if self.fuel_limit is not None else 1 << 62
            self.fuel_global.set_value(self.store, wasmtime.Val.i64(before))
        self.run(self.store, len(self.pending))
        after = self.fuel_global.value(self.store) if self.fuel_global else 0
        return Result(self.out[OUT].decode(errors="replace"), self.out[ERR].decode(errors="replace"),
                      self.value, self.error, before - after)

    def exec(self, source, file="main.py", **keys):
        source = source.encode() if isinstance(source, str) else source
        return self.request({"op": 0, "code": source, "file": file, **keys})

    def call(self, name, *args, **kwargs):
        return self.request({"op": 1, "name": name, "args": list(args), "kwargs": kwargs})

    def get(self, name):
        return self.request({"op": 2, "name": name})

    def set(self, **values):
        return self.request({"op": 3, "values": values})


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wasm")
    parser.add_argument("program", help="a file, or - for standard input")
    parser.add_argument("--inputs", type=json.loads, default={}, help="variables, as a JSON object")
    parser.add_argument("--fuel", type=int, help="end the program after that much (guest.wasm only)")
    parser.add_argument("--clock", action="store_true", help="grant the clocks of this machine")
    parser.add_argument("--last", action="store_true", help="print the value of the last expression statement")
    parser.add_argument("--pages", type=int, default=16384, help="most memory, in pages of 64 KiB")
    args = parser.parse_args()
    import time
    clock = (lambda kind: time.monotonic_ns() if kind else time.time_ns()) if args.clock else None
    source = sys.stdin.buffer.read() if args.program == "-" else pathlib.Path(args.program).read_bytes()
    guest = Guest(args.wasm, clock=clock, fuel=args.fuel, echo=True, max_pages=args.pages,
                  stdin=(line.rstrip("\n") for line in sys.stdin))
    name = "<stdin>" if args.program == "-" else pathlib.Path(args.program).name
    result = guest.exec(source, name, inputs=args.inputs, last=args.last)
    if result.error:
        sys.stdout.flush()
        sys.exit(result.error.get("exit") if "exit" in result.error else result.error["traceback"].rstrip("\n"))
    if args.last:
        print(repr(result.value))


if __name__ == "__main__":
    main()
