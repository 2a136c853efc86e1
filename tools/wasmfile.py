"""Read the sections of a WebAssembly module that the build tools need. Not a validator: wasm2c validates."""

import dataclasses
import pathlib

I32, I64, F32, F64 = 0x7F, 0x7E, 0x7D, 0x7C
FUNCREF = 0x70
FUNC, TABLE, MEMORY, GLOBAL = range(4)
CUSTOM, TYPES, IMPORTS, FUNCTIONS, TABLES, MEMORIES, GLOBALS, EXPORTS, START, ELEMENTS, CODE, DATA, DATA_COUNT = range(13)


class WasmError(Exception):
    """The file is not a module, or not one that hermetic's pipeline makes."""


class Cursor:
    """A position in bytes; every read checks the end."""

    def __init__(self, data, at=0):
        self.data, self.at = data, at

    def byte(self):
        if self.at >= len(self.data):
            raise WasmError("unexpected end")
        self.at += 1
        return self.data[self.at - 1]

    def take(self, count):
        if count > len(self.data) - self.at:
            raise WasmError("unexpected end")
        self.at += count
        return self.data[self.at - count:self.at]

    def unsigned(self):
        result = shift = 0
        while True:
            byte = self.byte()
            result |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                return result

    def signed(self):
        result = shift = 0
        while True:
            byte = self.byte()
            result |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                return result - (1 << shift) if byte & 0x40 else result

    def name(self):
        return self.take(self.unsigned()).decode()

    def limits(self):
        flags = self.byte()
        if flags > 1:
            raise WasmError("shared or 64-bit limits")
        return self.unsigned(), self.unsigned() if flags else None

    def constant(self):
        """The value of a constant expression; floats as their bits."""
        opcode = self.byte()
        if opcode in (0x41, 0x42):
            value = self.signed()
        elif opcode in (0x43, 0x44):
            value = int.from_bytes(self.take(4 if opcode == 0x43 else 8), "little")
        else:
            raise WasmError(f"constant expression with opcode {opcode:#x}")
        if self.byte() != 0x0B:
            raise WasmError("constant expression of more than one instruction")
        return value


@dataclasses.dataclass
class Global:
    type: int
    mutable: bool
    value: int


@dataclasses.dataclass
class Module:
    sections: list      # (id, payload), in order
    types: list         # (parameter types, result types)
    imports: list       # (module, name, kind, type index of a function or None)
    functions: list     # type indices of the defined functions
    tables: list        # (minimum, maximum or None)
    memories: list      # (minimum, maximum or None), in wasm pages
    globals: list       # Global
    exports: dict       # name: (kind, index)
    elements: list      # (offset, function indices), active segments of table 0
    data: list          # (offset, bytes), active segments of memory 0
    start: bool

    def function_type(self, index):
        """(parameters, results) of a function of the whole index space."""
        imported = [type_ for _, _, kind, type_ in self.imports if kind == FUNC]
        return self.types[(imported + self.functions)[index]]

    def encode(self, drop=()):
        """The module's bytes, without the sections in `drop`; of the custom sections, function names alone stay."""
        out = bytearray(b"\0asm\1\0\0\0")
        for number, payload in self.sections:
            if number == CUSTOM:
                payload = function_names(payload)
            if number not in drop and payload is not None:
                out += bytes([number]) + leb(len(payload)) + payload
        return bytes(out)


def leb(value):
    out = bytearray()
    while True:
        byte, value = value & 0x7F, value >> 7
        out.append(byte | (0x80 if value else 0))
        if not value:
            return bytes(out)


def function_names(payload):
    """A name section with its names of functions only; None for any other custom section."""
    c = Cursor(payload)
    if c.name() != "name":
        return None
    out = leb(4) + b"name"
    while c.at < len(payload):
        number, part = c.byte(), c.take(c.unsigned())
        if number == 1:
            out += bytes([number]) + leb(len(part)) + part
    return out


def read(path):
    data = pathlib.Path(path).read_bytes()
    if data[:8] != b"\0asm\1\0\0\0":
        raise WasmError(f"{path}: not a WebAssembly 1.0 module")
    cursor = Cursor(data, 8)
    module = Module([], [], [], [], [], [], [], {}, [], [], False)
    while cursor.at < len(data):
        number = cursor.byte()
        payload = cursor.take(cursor.unsigned())
        module.sections.append((number, payload))
        reader = READERS.get(number)
        if reader:
            section = Cursor(payload)
            reader(module, section)
            if section.at != len(payload):
                raise WasmError(f"section {number}: bytes left over")
    return module


def _types(module, c):
    for _ in range(c.unsigned()):
        if c.byte() != 0x60:
            raise WasmError("a type that is no function type")
        module.types.append((tuple(c.take(c.unsigned())), tuple(c.take(c.unsigned()))))


def _imports(module, c):
    for _ in range(c.unsigned()):
        where, name, kind = c.name(), c.name(), c.byte()
        if kind != FUNC:
            raise WasmError(f"import {where}.{name} is no function")
        module.imports.append((where, name, kind, c.unsigned()))


def _functions(module, c):
    module.functions = [c.unsigned() for _ in range(c.unsigned())]


def _tables(module, c):
    for _ in range(c.unsigned()):
        if c.byte() != FUNCREF:
            raise WasmError("a table of something else than functions")
        module.tables.append(c.limits())


def _memories(module, c):
    module.memories = [c.limits() for _ in range(c.unsigned())]


def _globals(module, c):
    for _ in range(c.unsigned()):
        type_, mutable = c.byte(), bool(c.byte())
        module.globals.append(Global(type_, mutable, c.constant()))


def _exports(module, c):
    for _ in range(c.unsigned()):
        name = c.name()
        module.exports[name] = (c.byte(), c.unsigned())


def _start(module, c):
    c.unsigned()
    module.start = True


def _elements(module, c):
    for _ in range(c.unsigned()):
        if c.unsigned() != 0:
            raise WasmError("an element segment that is not active, or of another table")
        offset = c.constant() & 0xFFFFFFFF
        module.elements.append((offset, [c.unsigned() for _ in range(c.unsigned())]))


def _data(module, c):
    for _ in range(c.unsigned()):
        if c.unsigned() != 0:
            raise WasmError("a data segment that is not active")
        offset = c.constant() & 0xFFFFFFFF
        module.data.append((offset, c.take(c.unsigned())))


READERS = {TYPES: _types, IMPORTS: _imports, FUNCTIONS: _functions, TABLES: _tables, MEMORIES: _memories,
           GLOBALS: _globals, EXPORTS: _exports, START: _start, ELEMENTS: _elements, DATA: _data}
