"""guest.wasm in Wasmtime, with the imports in Python: an independent runtime for the very module that the library
was translated from.

Nothing here knows wasm2c, rt/ or src/; the contract is docs/internals.md. Protected calls are exceptions of WebAssembly
3.0 in two small modules beside the guest, everything else is Python.

    oracle = Oracle("guest.wasm")
    oracle.run("print(1 + 1)").stdout            # b"2\\n"
"""

import ctypes
import hashlib
import os
import pathlib
import subprocess
import sys
import threading

import cbor

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
try:
    import wasmtime
except ModuleNotFoundError:  # not in the test environment: take the pinned one from it
    _cache = pathlib.Path(os.environ.get("HERMETIC_CACHE") or ROOT / "build-cache")
    sys.path.append(subprocess.run([sys.executable, str(ROOT / "tools/fetch.py"), "venv", str(_cache / "venv-test"),
                                    "test"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip())
    import wasmtime

OUT, ERR, CALL, RESULT, ERROR, INPUT, ENTROPY = range(1, 8)
OPAQUE = 9
# What the host's own work costs the guest, in fuel: docs/internals.md.
EVENT_COST, READ_COST, CLOCK_COST = 200, 20, 50
MEMORY_LIMIT = 64 << 20
FUEL = 10_000_000_000  # the library's default
STACK = 256 << 20      # native stack

# `try` and `throw` as the guest imports them. The body of `try` needs what the guest exports (its table, its stack
# pointer), so it lives in a module of its own, made after the guest, and is reached through a table of one entry.
GATE = """(module
  (tag $thrown (export "thrown"))
  (type $try (func (param i32 i32) (result i32)))
  (table (export "body") 1 funcref)
  (func (export "try") (type $try)
    (call_indirect (type $try) (local.get 0) (local.get 1) (i32.const 0)))
  (func (export "throw") (throw $thrown)))"""
BODY = """(module
  (import "gate" "thrown" (tag $thrown))
  (import "guest" "__indirect_function_table" (table 0 funcref))
  (import "guest" "__stack_pointer" (global $stack_pointer (mut i32)))
  (func (export "try") (param $function i32) (param $argument i32) (result i32)
    (local $saved i32)
    (local.set $saved (global.get $stack_pointer))
    (block $caught
      (try_table (catch $thrown $caught)
        (call_indirect (param i32) (local.get $argument) (local.get $function))
        (return (i32.const 0))))
    (global.set $stack_pointer (local.get $saved))
    (i32.const 1)))"""


class Stopped(Exception):
    """The run is over before the guest's `run` returned; the text says why."""


class Outcome:
    """What a run left. `stopped` is None, or why the guest did not come to its end; `error` is the ERROR event's map;
    `result` the RESULT event's bytes; `opaque` the OPAQUE event's [type, repr]; `fuel` is None for a module without metering."""

    def __init__(self):
        self.output = []  # (stream, bytes) in order
        self.result = None
        self.opaque = None
        self.error = None
        self.fuel = None
        self.stopped = None

    def stream(self, number):
        return b"".join(data for stream, data in self.output if stream == number)

    stdout = property(lambda self: self.stream(1))
    stderr = property(lambda self: self.stream(2))


class Oracle:
    """One compiled module; each run gets a store of its own."""

    def __init__(self, path):
        config = wasmtime.Config()
        # Not among the properties of wasmtime.Config, and no stack may be larger than it.
        set_size = wasmtime._ffi.dll.wasmtime_config_async_stack_size_set
        set_size.argtypes, set_size.restype = [ctypes.c_void_p, ctypes.c_uint64], None
        set_size(config.ptr(), STACK)
        config.max_wasm_stack = STACK - (16 << 20)
        config.wasm_exceptions = True
        self.engine = wasmtime.Engine(config)
        self.gate, self.body = wasmtime.Module(self.engine, GATE), wasmtime.Module(self.engine, BODY)
        self.module = self._compiled(pathlib.Path(path))

    def _compiled(self, path):
        """Compiling takes seconds: kept beside the module, with a hash of it in the name."""
        wasm = path.read_bytes()
        kept = path.with_name(f"{path.stem}.{hashlib.sha256(wasm).hexdigest()[:16]}.cwasm")
        if kept.exists():
            try:
                return wasmtime.Module.deserialize(self.engine, kept.read_bytes())
            except wasmtime.WasmtimeError:
                pass  # by another Wasmtime or configuration: compile again
        module = wasmtime.Module(self.engine, wasm)
        for old in path.parent.glob(f"{path.stem}.*.cwasm"):
            old.unlink(missing_ok=True)
        part = kept.with_name(f"{kept.name}.{os.getpid()}")
        part.write_bytes(module.serialize())
        part.replace(kept)
        return module

    def run(self, code, file="main.py", fuel=FUEL, memory=MEMORY_LIMIT, functions=None, last=True, argv=None):
        """Boots an interpreter and executes `code` (str or bytes) in it; Outcome. `functions` are names to callables
        that take and return plain values. Keys are in the library's order: the guest pays for reading them."""
        request = {"op": 0, "file": str(file), "inputs": {}, "functions": list(functions or {}), "argv": argv or [],
                   "last": last, "repl": False, "code": code.encode() if isinstance(code, str) else code}
        for optional in ("functions", "argv"):
            if not request[optional]:
                del request[optional]
        return self.request(cbor.encode(request), fuel, memory, functions or {})

    def run_file(self, path, fuel=FUEL, memory=MEMORY_LIMIT):
        """As `hermetic --json --deterministic FILE`."""
        return self.run(pathlib.Path(path).read_bytes(), path, fuel, memory, argv=[str(path)])

    def request(self, request, fuel=FUEL, memory=MEMORY_LIMIT, functions=None):
        """The same for an encoded request. Runs on a thread with a stack that is deep enough."""
        outcome, failure = Outcome(), []

        def body():
            try:
                Run(self, outcome, fuel, memory, functions or {}).perform(request)
            except Exception as error:
                failure.append(error)

        old = threading.stack_size(STACK)
        try:
            thread = threading.Thread(target=body)
            thread.start()
            thread.join()
        finally:
            threading.stack_size(old)
        if failure:
            raise failure[0]
        return outcome


class Run:
    """One store, one instance, and the imports."""

    def __init__(self, oracle, outcome, fuel, memory, functions):
        self.outcome = outcome
        self.functions = functions
        self.allowance = fuel
        self.input = b""  # what `read` hands out: the request, or the reply to the newest event
        self.draws = 0     # random numbers of 8 bytes handed out, from the sequence of seed 0
        self.store = wasmtime.Store(oracle.engine)
        self.store.set_limits(memory_size=memory)
        i32, i64 = wasmtime.ValType.i32(), wasmtime.ValType.i64()
        types = {
            "fuel": ([], [], self.out_of_fuel),
            "event": ([i32, i32, i32], [i32], self.event),
            "gather": ([i32, i32, i32], [i32], self.gather),
            "read": ([i32, i32], [], self.read),
            "clock": ([i32], [i64], self.clock),
            "trap": ([i32], [], self.give_up),
        }
        linker = wasmtime.Linker(oracle.engine)
        for name, (parameters, results, function) in types.items():
            kind = wasmtime.FuncType(parameters, results)
            linker.define(self.store, "hermetic", name, wasmtime.Func(self.store, kind, function))
        gate = linker.instantiate(self.store, oracle.gate)
        linker.define_instance(self.store, "gate", gate)
        gate = gate.exports(self.store)
        for name in ("try", "throw"):
            linker.define(self.store, "hermetic", name, gate[name])
        instance = linker.instantiate(self.store, oracle.module)
        linker.define_instance(self.store, "guest", instance)
        body = linker.instantiate(self.store, oracle.body).exports(self.store)
        gate["body"].set(self.store, 0, body["try"])
        exports = instance.exports(self.store)
        self.boot, self.enter, self.memory = exports["boot"], exports["run"], exports["memory"]
        self.fuel = exports.get("fuel")
        self.stack_pointer = exports["__stack_pointer"]

    def perform(self, request):
        if self.fuel:
            self.fuel.set_value(self.store, 1 << 62)
        try:
            self.boot(self.store)
            # As in the image: what boot left on the stack would be taken for roots.
            self.memory.write(self.store, bytes(self.stack_pointer.value(self.store)), 0)
            if self.fuel:
                self.fuel.set_value(self.store, self.allowance)
            self.input = request
            self.enter(self.store, len(request))
        except Stopped as why:
            self.outcome.stopped = str(why)
        except wasmtime.Trap as trap:
            self.outcome.stopped = "trap: " + trap.message.strip().splitlines()[-1]
        except wasmtime.WasmtimeError as error:
            self.outcome.stopped = "throw without try" if "exception" in str(error) else str(error)
        if self.fuel:
            self.outcome.fuel = self.allowance - self.fuel.value(self.store)

    # ---- imports ----

    def out_of_fuel(self):
        raise Stopped("fuel limit")

    def give_up(self, code):
        raise Stopped(f"the guest gave up with code {code}")

    def charge(self, units):
        if self.fuel:
            left = self.fuel.value(self.store) - units
            self.fuel.set_value(self.store, left)
            if left < 0:
                self.out_of_fuel()

    def clock(self, kind):
        """The virtual clock: a nanosecond a unit of fuel."""
        self.charge(CLOCK_COST)
        return self.allowance - self.fuel.value(self.store) if self.fuel else -1

    def bytes_at(self, address, length):
        address, length = address & 0xFFFFFFFF, length & 0xFFFFFFFF
        if address + length > self.memory.data_len(self.store):
            raise Stopped("the guest named memory outside its own")
        return bytes(self.memory.read(self.store, address, address + length))

    def read(self, address, length):
        length &= 0xFFFFFFFF
        self.charge(READ_COST + length)
        if length > len(self.input):
            raise Stopped("read of more than was offered")
        self.bytes_at(address, length)  # for the check
        self.memory.write(self.store, self.input[:length], address & 0xFFFFFFFF)
        self.input = self.input[length:]

    def gather(self, kind, address, count):
        words = memoryview(self.bytes_at(address, 8 * count)).cast("I")
        pieces = list(zip(words[::2], words[1::2]))
        self.charge(EVENT_COST + sum(length for _, length in pieces))
        return self.told(kind, b"".join(self.bytes_at(*piece) for piece in pieces))

    def event(self, kind, address, length):
        self.charge(EVENT_COST + (length & 0xFFFFFFFF))
        return self.told(kind, self.bytes_at(address, length))

    def told(self, kind, data):
        if kind in (OUT, ERR):
            self.outcome.output.append((kind, data))
            return 0
        if kind == RESULT:
            cbor.decode(data)
            self.outcome.result = data
            return 0
        if kind == OPAQUE:
            self.outcome.opaque = cbor.decode(data)
            return 0
        if kind == ERROR:
            self.outcome.error = cbor.decode(data)
            return 0
        if kind == CALL:
            name, arguments, keywords = cbor.decode(data)
            try:
                return self.reply(self.functions[name](*arguments, **keywords))
            except Exception as error:
                return self.refuse(type(error).__name__, str(error))
        if kind == INPUT:
            return self.refuse("EOFError", "EOF when reading a line")
        if kind == ENTROPY:
            return self.reply(self.random_bytes(cbor.decode(data)))
        raise Stopped(f"event of unknown kind {kind}")

    def random_bytes(self, count):
        """SplitMix64 of seed 0, as with --deterministic."""
        mask, drawn = (1 << 64) - 1, b""
        while len(drawn) < count:
            self.draws += 1
            z = self.draws * 0x9E3779B97F4A7C15 & mask
            z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & mask
            z = (z ^ z >> 27) * 0x94D049BB133111EB & mask
            drawn += (z ^ z >> 31).to_bytes(8, "little")
        return drawn[:count]

    def reply(self, value):
        self.input = cbor.encode(value)
        return len(self.input)

    def refuse(self, kind, message):
        self.input = cbor.encode([kind, message])
        return -1 - len(self.input)
