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


_FUNCTIONS = (type(len), type(getattr), type(max), type(iter), type([].append))


class _Global(tuple):
    # A function that goes by another name.
    def __new__(cls, module, name):
        return tuple.__new__(cls, (module, name))


class Pickler:
    def __init__(self, file, protocol=None, *, fix_imports=True, buffer_callback=None):
        protocol = DEFAULT_PROTOCOL if protocol is None else HIGHEST_PROTOCOL if protocol < 0 else protocol
        if protocol > HIGHEST_PROTOCOL:
            raise ValueError("pickle protocol must be <= %d" % HIGHEST_PROTOCOL)
        if not hasattr(file, "write"):
            raise TypeError("file must have a 'write' attribute")
        self.proto = protocol
        self._file = file
        self._out = []
        self._memo = {}
        self._keep = []

    def clear_memo(self):
        self._memo.clear()

    def persistent_id(self, obj):
        return None

    def dump(self, obj):
        self._out = []
        self._save(obj)
        self._out.append(b".")
        proto = self.proto
        if proto >= 2:
            self._file.write(b"\x80" + bytes([proto]))
        frame, size = [], 0
        for part in self._out:
            # A frame ends where it has 64 KB, and before what is as large itself.
            if proto >= 4 and (size >= 65536 or len(part) >= 65536):
                self._write_frame(frame, size)
                frame, size = [], 0
                if len(part) >= 65536:
                    self._file.write(part)
                    continue
            frame.append(part)
            size += len(part)
        self._write_frame(frame, size)

    def _write_frame(self, parts, size):
        if self.proto >= 4 and size >= 4:
            self._file.write(b"\x95" + struct.pack("<Q", size))
        if parts:
            self._file.write(b"".join(parts))

    def _remember(self, obj):
        n = self._memo[id(obj)] = len(self._memo)
        self._keep.append(obj)
        if self.proto >= 4:
            self._out.append(b"\x94")
        elif self.proto:
            self._out.append(b"q" + bytes([n]) if n < 256 else b"r" + struct.pack("<I", n))
        else:
            self._out.append(b"p%d\n" % n)

    def _get(self, obj):
        n = self._memo[id(obj)]
        if self.proto:
            self._out.append(b"h" + bytes([n]) if n < 256 else b"j" + struct.pack("<I", n))
        else:
            self._out.append(b"g%d\n" % n)

    def _text(self, text):
        if not self.proto:
            for special in "\\\0\n\r\x1a":
                text = text.replace(special, "\\u%04x" % ord(special))
            self._out.append(b"V" + b"".join([c.encode("latin-1") if ord(c) < 256 else
                                              (b"\\u%04x" if ord(c) < 65536 else b"\\U%08x") % ord(c) for c in text]) + b"\n")
            return
        data = text.encode("utf-8", "surrogatepass")
        if self.proto < 4:
            self._out.append(b"X" + struct.pack("<I", len(data)) + data)
            return
        self._out.append((b"\x8c" + bytes([len(data)]) if len(data) < 256 else b"X" + struct.pack("<I", len(data))) + data)

    def _global(self, obj):
        place = _named(obj)
        if place is None:
            raise PicklingError("Can't pickle %r: it's not found as %s.%s" % (
                obj, getattr(obj, "__module__", "__main__"), getattr(obj, "__qualname__", "?")))
        self._place(place[0], place[1])
        self._remember(obj)

    def _place(self, module, name):
        if self.proto < 4:
            if self.proto < 3:
                module = {"builtins": "__builtin__", "copyreg": "copy_reg"}.get(module, module)
            if "." in name:
                parts = name.split(".")
                inner = getattr(sys.modules[module], parts[0])
                for part in parts[1:-1]:
                    inner = getattr(inner, part)
                self._reduced(None, (getattr, (inner, parts[-1])), False)
                return
            self._out.append(("c%s\n%s\n" % (module, name)).encode())
            return
        self._save(module)
        self._save(name)
        self._out.append(b"\x93")

    def _save(self, obj):
        out = self._out
        kind = type(obj)
        pid = self.persistent_id(obj)
        if pid is not None:
            self._save(pid)
            if self.proto:
                out.append(b"Q")
            else:
                out.pop()
                out.append(b"P%s\n" % str(pid).encode())
        elif obj is None:
            out.append(b"N")
        elif kind is bool:
            out.append((b"\x88" if obj else b"\x89") if self.proto >= 2 else b"I0%d\n" % obj)
        elif kind is int and not self.proto:
            out.append(b"I%d\n" % obj if -0x80000000 <= obj < 0x80000000 else b"L%dL\n" % obj)
        elif kind is float and not self.proto:
            out.append(b"F%s\n" % repr(obj).encode())
        elif kind is int:
            if 0 <= obj < 256:
                out.append(b"K" + bytes([obj]))
            elif 0 <= obj < 65536:
                out.append(b"M" + struct.pack("<H", obj))
            elif -0x80000000 <= obj < 0x80000000:
                out.append(b"J" + struct.pack("<i", obj))
            elif self.proto < 2:
                out.append(b"L%dL\n" % obj)
            else:
                data = obj.to_bytes((obj.bit_length() if obj >= 0 else (obj + 1).bit_length()) // 8 + 1, "little", signed=True)
                out.append((b"\x8a" + bytes([len(data)]) if len(data) < 256 else b"\x8b" + struct.pack("<i", len(data)))
                           + data)
        elif kind is float:
            out.append(b"G" + struct.pack(">d", obj))
        elif id(obj) in self._memo:
            self._get(obj)
        elif kind is str:
            self._text(obj)
            self._remember(obj)
        elif kind is bytes and self.proto < 3:
            self._reduced(obj, (_Global("_codecs", "encode"), (obj.decode("latin-1"), "latin1")) if obj else (bytes, ()))
        elif kind is bytearray and self.proto >= 5:
            out.append(b"\x96" + struct.pack("<Q", len(obj)) + bytes(obj))
            self._remember(obj)
        elif kind is bytearray:
            self._reduced(obj, (bytearray, (bytes(obj),) if obj else ()))
        elif kind is bytes:
            out.append((b"C" + bytes([len(obj)]) if len(obj) < 256 else b"B" + struct.pack("<I", len(obj))) + obj)
            self._remember(obj)
        elif kind is tuple:
            if not obj:
                out.append(b")" if self.proto else b"(t")
                return
            if len(obj) > 3 or self.proto < 2:
                out.append(b"(")
            for item in obj:
                self._save(item)
            if id(obj) in self._memo:  # it holds itself, by way of something
                if len(obj) <= 3 and self.proto >= 2:
                    out.append(b"0" * len(obj))
                else:
                    out.append(b"1" if self.proto else b"0" * (len(obj) + 1))
                self._save(obj)
                return
            out.append((b"\x85", b"\x86", b"\x87")[len(obj) - 1] if len(obj) <= 3 and self.proto >= 2 else b"t")
            self._remember(obj)
        elif kind is list:
            out.append(b"]" if self.proto else b"(l")
            self._remember(obj)
            self._items(obj)
        elif kind is dict:
            out.append(b"}" if self.proto else b"(d")
            self._remember(obj)
            self._pairs(obj.items())
        elif kind in (set, frozenset) and self.proto < 4:
            self._reduced(obj, (kind, (list(obj),)))
        elif kind is complex:
            self._reduced(obj, (complex, (obj.real, obj.imag)))
        elif kind is range:
            self._reduced(obj, (range, (obj.start, obj.stop, obj.step)))
        elif kind is slice:
            self._reduced(obj, (slice, (obj.start, obj.stop, obj.step)))
        elif obj is NotImplemented or obj is ...:
            self._reduced(obj, repr(obj))
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
        elif isinstance(obj, type) or hasattr(obj, "__code__") or kind in _FUNCTIONS:
            self._global(obj)
        else:
            self._object(obj, kind)

    def _items(self, items):
        items = list(items)
        if items:
            for start in range(0, len(items), 1000):
                part = items[start:start + 1000]
                if not self.proto or len(part) == 1:
                    for item in part:
                        self._save(item)
                        self._out.append(b"a")
                    continue
                self._out.append(b"(")
                for item in part:
                    self._save(item)
                self._out.append(b"e")

    def _pairs(self, pairs):
        pairs = list(pairs)
        if pairs:
            for start in range(0, len(pairs), 1000):
                part = pairs[start:start + 1000]
                many = self.proto and len(part) > 1
                if many:
                    self._out.append(b"(")
                for key, value in part:
                    self._save(key)
                    self._save(value)
                    if not many:
                        self._out.append(b"s")
                if many:
                    self._out.append(b"u")

    def _object(self, obj, kind):
        for name in ("__reduce_ex__", "__reduce__"):
            method = getattr(kind, name, None)
            if method is not None and method is not getattr(object, name, None):
                self._reduced(obj, method(obj, self.proto) if name == "__reduce_ex__" else method(obj))
                return
        if kind is range or kind is slice:
            self._reduced(obj, (kind, (obj.start, obj.stop, obj.step)))
            return
        if isinstance(obj, bytearray):
            self._reduced(obj, (kind, (bytes(obj),), _state(obj)))
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
        if self.proto < 2:
            import copyreg
            base = next((base for base in (tuple, str, bytes, int, float, frozenset, list, dict) if isinstance(obj, base)), object)
            value = None if base is object else base(obj)
            self._reduced(obj, (copyreg._reconstructor, (kind, base, value), state))
            return
        keywords = getattr(kind, "__getnewargs_ex__", None)
        if keywords is not None:
            args, keywords = keywords(obj)
            if keywords:
                if self.proto >= 4:
                    self._save(kind)
                    self._save(tuple(args))
                    self._save(keywords)
                    self._out.append(b"\x92")
                else:
                    from functools import partial
                    self._save(partial(kind.__new__, kind, *args, **keywords))
                    self._save(())
                    self._out.append(b"R")
                self._finish(obj, state, items, pairs)
                return
            args = (kind, *args)
        self._save(args[0])
        self._save(args[1:])
        self._out.append(b"\x81")
        self._finish(obj, state, items, pairs)

    def _reduced(self, obj, parts, keep=True):
        if isinstance(parts, str):
            module = getattr(obj, "__module__", None) or ("builtins" if obj is ... or obj is NotImplemented else "__main__")
            self._place(module, parts)
            self._remember(obj)
            return
        if not isinstance(parts, tuple) or len(parts) < 2:
            raise PicklingError("__reduce__ must return a string or tuple")
        function, args, state, items, pairs = (parts + (None, None, None))[:5]
        if type(function) is _Global:
            self._place(*function)
            self._remember(function)
        else:
            self._save(function)
        self._save(args)
        self._out.append(b"R")
        if keep:
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


def _string(text):
    if len(text) < 2 or text[0] != text[-1] or text[:1] not in (b"'", b'"'):
        raise UnpicklingError("the STRING opcode argument must be quoted")
    import codecs
    return codecs.escape_decode(text[1:-1])[0]


class Unpickler:
    def __init__(self, file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
        self._file = file
        self._encoding, self._errors = encoding, errors

    def persistent_load(self, pid):
        raise UnpicklingError("unsupported persistent id encountered")

    def find_class(self, module, name):
        module = {"copy_reg": "copyreg", "__builtin__": "builtins", "_codecs": "codecs"}.get(module, module)  # as Python 2 called them
        found = __import__(module)
        found = sys.modules.get(module, found)
        for part in name.split("."):
            found = getattr(found, part)
        return found

    def load(self):
        return self._run(self._file.read)

    def _run(self, source):
        stack, marks, memo = [], [], {}
        frame, at = b"", 0

        def read(n):
            nonlocal at
            if at < len(frame):
                part = frame[at:at + n]
                at += n
                return part
            return source(n)

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
                frame, at = take(number("<Q")), 0
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
            elif op in (b"S", b"U", b"T"):
                data = _string(line()) if op == b"S" else take(take(1)[0] if op == b"U" else number("<i"))
                stack.append(data if self._encoding == "bytes" else data.decode(self._encoding, self._errors))
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
            elif op == b"P":
                stack.append(self.persistent_load(line().decode("ascii")))
            elif op in (b"i", b"o"):
                items = popmark()
                cls = items.pop(0) if op == b"o" else self.find_class(line().decode("ascii"), line().decode("ascii"))
                stack.append(cls(*items))
            else:
                raise UnpicklingError("invalid load key, '%s'." % (
                    chr(op[0]) if 32 <= op[0] < 127 and op != b"'" else "\\x%02x" % op[0]))


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    out = []

    class File:
        write = staticmethod(out.append)

    Pickler(File, protocol).dump(obj)
    return b"".join(out)


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    file.write(dumps(obj, protocol))


def loads(data, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    data = bytes(data)
    at = 0

    def read(n):
        nonlocal at
        part = data[at:at + n]
        at += n
        return part

    return Unpickler(None, encoding=encoding, errors=errors)._run(read)


def load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    return Unpickler(file, encoding=encoding, errors=errors).load()


# By these names the tests of CPython's other modules know what is written in Python.
_Pickler, _Unpickler, _dump, _dumps, _load, _loads = Pickler, Unpickler, dump, dumps, load, loads
