# Python objects as bytes, in the pickle format. Reads what CPython writes of plain data, and of classes that the program
# can import; a pickle cannot do here what the program could not do itself.

import struct
import sys
from copy import _set_state, _state
from copyreg import dispatch_table

HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4
format_version = "4.0"


class PickleError(Exception):
    pass


class PicklingError(PickleError):
    pass


class UnpicklingError(PickleError):
    pass


def _named(obj):
    # (module, qualified name) of a class or function, or None when it cannot be found by them.
    name = getattr(obj, "__qualname__", None) or getattr(obj, "__name__", None)
    module = getattr(obj, "__module__", None) or "builtins"
    if module == "builtins" and name == "array":
        module = name  # a type in C does not say where it is from
    found = sys.modules.get(module)
    if found is None:
        found = __import__("builtins") if module == "builtins" else __import__("__main__")
    for part in (name or "").split("."):
        found = getattr(found, part, None)
    return (module, name) if found is obj else None


def _raw_unicode(data):
    """Text of protocol 0: Latin-1, with \\uXXXX and \\UXXXXXXXX."""
    text = data.decode("latin-1")
    if "\\" in text:
        import re
        text = re.sub(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})", lambda m: chr(int(m.group(1) or m.group(2), 16)), text)
    return text


class Pickler:
    def __init__(self, file, protocol=None, *, fix_imports=True, buffer_callback=None):
        self._file = file
        self._out = []
        self._memo = {}
        self._keep = []

    def clear_memo(self):
        self._memo.clear()

    def persistent_id(self, obj):
        return None

    def dump(self, obj):
        self._out = [b"\x80\x04"]
        self._save(obj)
        self._out.append(b".")
        self._file.write(b"".join(self._out))

    def _remember(self, obj):
        self._memo[id(obj)] = len(self._memo)
        self._keep.append(obj)
        self._out.append(b"\x94")

    def _text(self, text):
        data = text.encode("utf-8", "surrogatepass")
        self._out.append((b"\x8c" + bytes([len(data)]) if len(data) < 256 else b"X" + struct.pack("<I", len(data))) + data)

    def _global(self, obj):
        place = _named(obj)
        if place is None:
            raise PicklingError("Can't pickle %r: it's not found as %s.%s" % (
                obj, getattr(obj, "__module__", "__main__"), getattr(obj, "__qualname__", "?")))
        self._text(place[0])
        self._text(place[1])
        self._out.append(b"\x93")
        self._remember(obj)

    def _save(self, obj):
        out = self._out
        kind = type(obj)
        pid = self.persistent_id(obj)
        if pid is not None:
            self._save(pid)
            out.append(b"Q")
        elif obj is None:
            out.append(b"N")
        elif kind is bool:
            out.append(b"\x88" if obj else b"\x89")
        elif kind is int:
            if 0 <= obj < 256:
                out.append(b"K" + bytes([obj]))
            elif 0 <= obj < 65536:
                out.append(b"M" + struct.pack("<H", obj))
            elif -0x80000000 <= obj < 0x80000000:
                out.append(b"J" + struct.pack("<i", obj))
            else:
                data = obj.to_bytes(obj.bit_length() // 8 + 1, "little", signed=True)
                out.append((b"\x8a" + bytes([len(data)]) if len(data) < 256 else b"\x8b" + struct.pack("<i", len(data)))
                           + data)
        elif kind is float:
            out.append(b"G" + struct.pack(">d", obj))
        elif id(obj) in self._memo:
            n = self._memo[id(obj)]
            out.append(b"h" + bytes([n]) if n < 256 else b"j" + struct.pack("<I", n))
        elif kind is str:
            self._text(obj)
            self._remember(obj)
        elif kind is bytes:
            out.append((b"C" + bytes([len(obj)]) if len(obj) < 256 else b"B" + struct.pack("<I", len(obj))) + obj)
            self._remember(obj)
        elif kind is tuple:
            if not obj:
                out.append(b")")
                return
            if len(obj) > 3:
                out.append(b"(")
            for item in obj:
                self._save(item)
            if id(obj) in self._memo:  # it holds itself, by way of something
                out.append(b"0" * len(obj) if len(obj) <= 3 else b"1")
                self._save(obj)
                return
            out.append((b"\x85", b"\x86", b"\x87")[len(obj) - 1] if len(obj) <= 3 else b"t")
            self._remember(obj)
        elif kind is list:
            out.append(b"]")
            self._remember(obj)
            self._items(obj)
        elif kind is dict:
            out.append(b"}")
            self._remember(obj)
            self._pairs(obj.items())
        elif kind is set:
            out.append(b"\x8f")
            self._remember(obj)
            out.append(b"(")
            for item in obj:
                self._save(item)
            out.append(b"\x90")
        elif kind is frozenset:
            out.append(b"(")
            for item in obj:
                self._save(item)
            out.append(b"\x91")
            self._remember(obj)
        elif kind in dispatch_table:
            self._reduced(obj, dispatch_table[kind](obj))
        elif isinstance(obj, type) or hasattr(obj, "__code__") or kind is type(len):
            self._global(obj)
        else:
            self._object(obj, kind)

    def _items(self, items):
        items = list(items)
        if items:
            self._out.append(b"(")
            for item in items:
                self._save(item)
            self._out.append(b"e")

    def _pairs(self, pairs):
        pairs = list(pairs)
        if pairs:
            self._out.append(b"(")
            for key, value in pairs:
                self._save(key)
                self._save(value)
            self._out.append(b"u")

    def _object(self, obj, kind):
        for name in ("__reduce_ex__", "__reduce__"):
            method = getattr(kind, name, None)
            if method is not None and method is not getattr(object, name, None):
                self._reduced(obj, method(obj, 4) if name == "__reduce_ex__" else method(obj))
                return
        args = (kind,)
        items = pairs = None
        state = _state(obj)
        if isinstance(obj, BaseException):
            self._reduced(obj, (kind, obj.args, state))
            return
        for base in (tuple, str, bytes, int, float, frozenset):
            if isinstance(obj, base):
                args = (kind, base(obj))
        if hasattr(kind, "__getnewargs__"):
            args = (kind,) + tuple(obj.__getnewargs__())
        if isinstance(obj, list):
            items = list.__iter__(obj)
        elif isinstance(obj, dict):
            pairs = dict.items(obj)
        elif isinstance(obj, set):
            self._reduced(obj, (kind, (list(obj),), state))
            return
        elif not hasattr(obj, "__dict__") and not hasattr(kind, "__slots__"):
            raise TypeError("cannot pickle '%s' object" % kind.__name__)
        self._save(args[0])
        self._save(args[1:])
        self._out.append(b"\x81")
        self._finish(obj, state, items, pairs)

    def _reduced(self, obj, parts):
        if isinstance(parts, str):
            self._text(getattr(obj, "__module__", None) or "__main__")
            self._text(parts)
            self._out.append(b"\x93")
            self._remember(obj)
            return
        if not isinstance(parts, tuple) or len(parts) < 2:
            raise PicklingError("__reduce__ must return a string or tuple")
        function, args, state, items, pairs = (parts + (None, None, None))[:5]
        self._save(function)
        self._save(args)
        self._out.append(b"R")
        self._finish(obj, state, items, pairs)

    def _finish(self, obj, state, items, pairs):
        self._remember(obj)
        if items is not None:
            self._items(items)
        if pairs is not None:
            self._pairs(pairs)
        if state is not None:
            self._save(state)
            self._out.append(b"b")


class Unpickler:
    def __init__(self, file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
        self._file = file

    def persistent_load(self, pid):
        raise UnpicklingError("unsupported persistent id encountered")

    def find_class(self, module, name):
        module = {"copy_reg": "copyreg", "__builtin__": "builtins"}.get(module, module)  # as Python 2 called them
        found = __import__(module)
        found = sys.modules.get(module, found)
        for part in name.split("."):
            found = getattr(found, part)
        return found

    def load(self):
        return self._run(self._file.read)

    def _run(self, read):
        stack, marks, memo = [], [], {}

        def take(n):
            data = read(n)
            if len(data) != n:
                raise UnpicklingError("pickle data was truncated")
            return data

        def number(form):
            return struct.unpack(form, take(struct.calcsize(form)))[0]

        def line():
            out = []
            while True:
                c = take(1)
                if c == b"\n":
                    return b"".join(out)
                out.append(c)

        def popmark():
            nonlocal stack
            items = stack
            stack = marks.pop()
            return items

        while True:
            op = read(1)
            if not op:
                raise EOFError("Ran out of input")
            if op == b".":
                return stack.pop()
            if op == b"\x80":
                n = take(1)[0]
                if n > HIGHEST_PROTOCOL:
                    raise ValueError("unsupported pickle protocol: %d" % n)
            elif op == b"\x95":
                take(8)
            elif op == b"(":
                marks.append(stack)
                stack = []
            elif op == b"N":
                stack.append(None)
            elif op == b"\x88":
                stack.append(True)
            elif op == b"\x89":
                stack.append(False)
            elif op == b"K":
                stack.append(take(1)[0])
            elif op == b"M":
                stack.append(number("<H"))
            elif op == b"J":
                stack.append(number("<i"))
            elif op in (b"\x8a", b"\x8b"):
                stack.append(int.from_bytes(take(take(1)[0] if op == b"\x8a" else number("<i")), "little", signed=True))
            elif op in (b"I", b"L"):
                text = line()
                stack.append({b"00": False, b"01": True}[text] if text in (b"00", b"01") and op == b"I"
                             else int(text.rstrip(b"L").decode("ascii")))
            elif op == b"F":
                stack.append(float(line().decode("ascii")))
            elif op == b"G":
                stack.append(number(">d"))
            elif op in (b"\x8c", b"X", b"\x8d"):
                n = take(1)[0] if op == b"\x8c" else number("<I" if op == b"X" else "<Q")
                stack.append(take(n).decode("utf-8", "surrogatepass"))
            elif op == b"V":
                stack.append(_raw_unicode(line()))
            elif op in (b"C", b"B", b"\x8e"):
                stack.append(take(take(1)[0] if op == b"C" else number("<I" if op == b"B" else "<Q")))
            elif op == b"\x96":
                stack.append(bytearray(take(number("<Q"))))
            elif op == b")":
                stack.append(())
            elif op in (b"\x85", b"\x86", b"\x87"):
                n = op[0] - 0x84
                stack[-n:] = [tuple(stack[-n:])]
            elif op == b"t":
                items = popmark()
                stack.append(tuple(items))
            elif op == b"]":
                stack.append([])
            elif op == b"l":
                items = popmark()
                stack.append(items)
            elif op == b"}":
                stack.append({})
            elif op == b"d":
                items = popmark()
                stack.append(dict(zip(items[::2], items[1::2])))
            elif op == b"\x8f":
                stack.append(set())
            elif op == b"\x91":
                items = popmark()
                stack.append(frozenset(items))
            elif op == b"a":
                item = stack.pop()
                stack[-1].append(item)
            elif op == b"e":
                items = popmark()
                stack[-1].extend(items)
            elif op == b"s":
                value, key = stack.pop(), stack.pop()
                stack[-1][key] = value
            elif op == b"u":
                items = popmark()
                target = stack[-1]
                for i in range(0, len(items), 2):
                    target[items[i]] = items[i + 1]
            elif op == b"\x90":
                items = popmark()
                target = stack[-1]
                for item in items:
                    target.add(item)
            elif op == b"\x94":
                memo[len(memo)] = stack[-1]
            elif op in (b"q", b"r", b"p"):
                memo[take(1)[0] if op == b"q" else number("<I") if op == b"r" else int(line())] = stack[-1]
            elif op in (b"h", b"j", b"g"):
                n = take(1)[0] if op == b"h" else number("<I") if op == b"j" else int(line())
                if n not in memo:
                    raise UnpicklingError("Memo value not found at index %d" % n)
                stack.append(memo[n])
            elif op == b"c":
                module = line().decode("utf-8")
                stack.append(self.find_class(module, line().decode("utf-8")))
            elif op == b"\x93":
                name, module = stack.pop(), stack.pop()
                stack.append(self.find_class(module, name))
            elif op == b"R":
                args = stack.pop()
                stack[-1] = stack[-1](*args)
            elif op == b"\x81":
                args = stack.pop()
                cls = stack[-1]
                stack[-1] = cls.__new__(cls, *args)
            elif op == b"\x92":
                keywords, args, cls = stack.pop(), stack.pop(), stack.pop()
                stack.append(cls.__new__(cls, *args, **keywords))
            elif op == b"b":
                state = stack.pop()
                _set_state(stack[-1], state)
            elif op == b"0":
                stack.pop()
            elif op == b"1":
                popmark()
            elif op == b"2":
                stack.append(stack[-1])
            elif op == b"Q":
                stack.append(self.persistent_load(stack.pop()))
            else:
                raise UnpicklingError("invalid load key, '\\x%02x'." % op[0])


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    out = []

    class File:
        write = staticmethod(out.append)

    Pickler(File, protocol).dump(obj)
    return b"".join(out)


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    file.write(dumps(obj, protocol))


def loads(data, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    data = bytes(data)
    at = 0

    def read(n):
        nonlocal at
        part = data[at:at + n]
        at += n
        return part

    return Unpickler(None)._run(read)


def load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    return Unpickler(file).load()


# By these names the tests of CPython's other modules know what is written in Python.
_Pickler, _Unpickler, _dump, _dumps, _load, _loads = Pickler, Unpickler, dump, dumps, load, loads
