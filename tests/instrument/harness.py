"""Runs modules before and after instrumentation, with a host that plays the garbage collector.

The guest of these tests calls ``event`` with kinds of its own:

====  ==========  =====================================================================================
kind  name        meaning
====  ==========  =====================================================================================
100   collect     what is not on the shadow stack now is freed
101   alloc       returns the address of a new object
102   use         the object at (or inside of) ptr is used: it must not have been freed
103   trace       ptr is noted, to compare runs
====  ==========  =====================================================================================

So a missing root shows up as a use after free, as it would in the guest.

``INSTRUMENT`` in the environment names the tool. Needs the PyPI package ``wasmtime``.
"""

import os
import pathlib
import struct
import subprocess
import tempfile

import wasmtime

TOOL = os.environ.get("INSTRUMENT", str(pathlib.Path(__file__).parents[2] / "build" / "tools" / "instrument" / "instrument"))

HEAP = 0x40000000  # no such memory exists: objects are only numbers here
OBJECT_SIZE = 64
STACK_TOP = 0x8000

#: Imports, memory, stack pointer and the functions that modules of these tests share.
PRELUDE = """
  (import "hermetic" "try" (func $try (param i32 i32) (result i32)))
  (import "hermetic" "throw" (func $throw))
  (import "hermetic" "fuel" (func $fuel))
  (import "hermetic" "event" (func $event (param i32 i32 i32) (result i32)))
  (memory (export "memory") 4 16)
  (global $__stack_pointer (export "__stack_pointer") (mut i32) (i32.const 0x8000))
  (func $gc_collect (drop (call $event (i32.const 100) (i32.const 0) (i32.const 0))))
  (func $alloc (result i32)
    (call $gc_collect)
    (call $event (i32.const 101) (i32.const 0) (i32.const 0)))
  (func $alloc64 (result i64)
    (i64.or (i64.extend_i32_u (call $alloc)) (i64.const 0x7ffc000000000000)))
  (func $use (param i32) (drop (call $event (i32.const 102) (local.get 0) (i32.const 0))))
  (func $use64 (param i64) (call $use (i32.wrap_i64 (local.get 0))))
  (func $trace (param i32) (drop (call $event (i32.const 103) (local.get 0) (i32.const 0))))
"""


class Failed(Exception):
    """The tool refused a module: the text is what it said."""


class Freed(AssertionError):
    """The guest used an object that the collector had freed."""


class Thrown(Exception):
    pass


def wat(text):
    return bytes(wasmtime.wat2wasm("(module" + text + ")"))


def tool(*arguments):
    done = subprocess.run([TOOL, *map(str, arguments)], capture_output=True, text=True, errors="replace")
    if done.returncode not in (0, 1):
        raise AssertionError(f"the tool ended with status {done.returncode}: {done.stderr}")
    if done.returncode != 0:
        raise Failed(done.stderr)


def instrument(module, *options):
    with tempfile.TemporaryDirectory() as folder:
        before, after = pathlib.Path(folder, "in.wasm"), pathlib.Path(folder, "out.wasm")
        before.write_bytes(module)
        tool(before, "-o", after, *options)
        return after.read_bytes()


def lint(module, *options):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "in.wasm")
        path.write_bytes(module)
        tool("--lint-only", path, *options)


_config = wasmtime.Config()
_config.consume_fuel = True
_engine = wasmtime.Engine(_config)


class Guest:
    """An instance. ``collects=False`` makes the collector free nothing, to run a module without spilled roots."""

    PLENTY = 1 << 60

    def __init__(self, module, collects=True):
        self.collects = collects
        self.trace, self.allocated, self.freed = [], 0, set()
        self.collections = self.fuel_calls = 0
        self.store = wasmtime.Store(_engine)
        self.store.set_fuel(self.PLENTY)
        self.module = wasmtime.Module(_engine, module)
        i32, i64 = wasmtime.ValType.i32(), wasmtime.ValType.i64()
        hosts = {
            "try": ([i32, i32], [i32], self._try),
            "throw": ([], [], self._throw),
            "fuel": ([], [], self._fuel),
            "event": ([i32, i32, i32], [i32], self._event),
            "gather": ([i32, i32, i32], [i32], self._event),
            "read": ([i32, i32], [], lambda at, size: None),
            "clock": ([i32], [i64], lambda kind: 0),
            "trap": ([i32], [], self._throw),
        }
        imports = []
        for item in self.module.imports:
            params, results, function = hosts[item.name]
            imports.append(wasmtime.Func(self.store, wasmtime.FuncType(params, results), function))
        self.exports = wasmtime.Instance(self.store, self.module, imports).exports(self.store)
        self.sp = self.exports["__stack_pointer"]
        self.memory = self.exports["memory"]
        names = [e.name for e in self.module.exports]
        self.fuel = self.exports["fuel"] if "fuel" in names else None
        if self.fuel is not None:
            self.fuel.set_value(self.store, self.PLENTY)

    def call(self, name, *arguments):
        before = self.sp.value(self.store)
        result = self.exports[name](self.store, *arguments)
        assert self.sp.value(self.store) == before, "the stack pointer was not put back"
        return result

    def fuel_used(self):
        """By our own count, or by wasmtime's when the module is not metered."""
        if self.fuel is None:
            return self.PLENTY - self.store.get_fuel()
        return self.PLENTY - self.fuel.value(self.store)

    def _try(self, function, argument):
        before = self.sp.value(self.store)
        try:
            self.exports["__indirect_function_table"].get(self.store, function)(self.store, argument)
        except Exception as error:
            # wasmtime may wrap what a host function raised.
            if not isinstance(error, Thrown) and not isinstance(error.__cause__, Thrown) and "Thrown" not in str(error):
                raise
            self.sp.set_value(self.store, before)
            return 1
        return 0

    def _throw(self, *_):
        raise Thrown("Thrown")

    def _fuel(self):
        self.fuel_calls += 1
        if self.fuel_calls > 1000:
            raise Thrown("out of fuel")

    def _event(self, kind, pointer, _):
        pointer &= 0xFFFFFFFF
        if kind == 100:
            self._collect()
        elif kind == 101:
            self.allocated += 1
            return HEAP + (self.allocated - 1) * OBJECT_SIZE
        elif kind == 102:
            self.trace.append(("use", pointer))
            index = (pointer - HEAP) // OBJECT_SIZE
            if 0 <= index < self.allocated and index in self.freed:
                raise Freed(f"object {index} was used after it was freed")
        elif kind == 103:
            self.trace.append(("trace", pointer))
        return 0

    def on_stack(self):
        """The words that the collector sees: from the stack pointer to the top of the stack."""
        data = self.memory.read(self.store, self.sp.value(self.store), STACK_TOP)
        return struct.unpack(f"<{len(data) // 4}I", data)

    def _collect(self):
        self.collections += 1
        if self.collects:
            found = {(word - HEAP) // OBJECT_SIZE for word in self.on_stack()}
            self.freed |= set(range(self.allocated)) - found


def outcome(guest, name, *arguments):
    """What a call does, as far as the guest can tell: result or trap, and the trace."""
    try:
        result = guest.call(name, *arguments)
    except Freed:
        raise
    except (wasmtime.Trap, wasmtime.WasmtimeError, Thrown) as error:
        if "Freed" in str(error) or isinstance(error.__cause__, Freed):
            raise Freed(str(error)) from error
        code = getattr(error, "trap_code", None)
        result = ("trap", str(code) if code is not None else "thrown")
    return result, guest.trace


def check_same(text, calls, *options):
    """Each (name, *arguments) does the same before and after, and uses nothing that was freed."""
    module = wat(text)
    after = instrument(module, *options)
    for name, *arguments in calls:
        old, new = Guest(module, collects=False), Guest(after)
        expected = outcome(old, name, *arguments)
        assert outcome(new, name, *arguments) == expected
        # wasmtime counts instructions as we do at least, and one for each entry, also from the host.
        assert new.fuel_used() + 4 >= old.fuel_used(), (new.fuel_used(), old.fuel_used())
    return after
