# Data structures in lines of readable width.

import re
import sys

__all__ = ["pprint", "pformat", "isreadable", "isrecursive", "saferepr", "PrettyPrinter", "pp"]



class _SafeKey:
    # Orders what cannot be compared by type and identity.
    __slots__ = ("obj",)

    def __init__(self, obj):
        self.obj = obj

    def __lt__(self, other):
        try:
            return self.obj < other.obj
        except TypeError:
            return (str(type(self.obj)), id(self.obj)) < (str(type(other.obj)), id(other.obj))


def _sorted_items(d):
    return sorted(d.items(), key=lambda item: (_SafeKey(item[0]), _SafeKey(item[1])))


class PrettyPrinter:
    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True,
                 underscore_numbers=False):
        indent, width = int(indent), int(width)
        if indent < 0:
            raise ValueError("indent must be >= 0")
        if depth is not None and depth <= 0:
            raise ValueError("depth must be > 0")
        if not width:
            raise ValueError("width must be != 0")
        self._indent = indent
        self._width = width
        self._depth = depth
        self._stream = stream
        self._compact = bool(compact)
        self._sort = sort_dicts
        self._underscore = underscore_numbers

    def pprint(self, obj):
        stream = sys.stdout if self._stream is None else self._stream
        print(self.pformat(obj), file=stream)

    def pformat(self, obj):
        out = []
        self._readable, self._recursive = True, False
        self._format(obj, out, 0, 0, {}, 0)
        return "".join(out)

    def isrecursive(self, obj):
        return self.format(obj, {}, 0, 0)[2]

    def isreadable(self, obj):
        _, readable, recursive = self.format(obj, {}, 0, 0)
        return readable and not recursive

    def format(self, obj, context, maxlevels, level):
        return self._repr_of(obj, context, maxlevels, level)

    def _text(self, obj, context, level):
        text, readable, recursive = self.format(obj, context.copy(), self._depth, level)
        self._readable = self._readable and readable
        self._recursive = self._recursive or recursive
        return text

    # One line.
    def _repr_of(self, obj, context, depth, level):
        kind = type(obj)
        if kind in (str, float, bool, bytes, type(None)):
            return repr(obj), True, False
        if kind is int:
            return ("{:_d}".format(obj) if self._underscore else repr(obj)), True, False
        method = getattr(kind, "__repr__", None)
        is_dict = isinstance(obj, dict) and (kind is dict or method is dict.__repr__)
        if is_dict or kind in (list, tuple):
            if not obj:
                return repr(obj), True, False
            if depth and level >= depth:
                return {"d": "{...}", "l": "[...]", "t": "(...)"}["d" if is_dict else "l" if kind is list else "t"], \
                    False, False
            if id(obj) in context:
                return _recursion(obj), False, True
            context[id(obj)] = 1
            readable, recursive = True, False
            parts = []
            if is_dict:
                for key, value in _sorted_items(obj) if self._sort else obj.items():
                    k, r1, c1 = self.format(key, context, depth, level + 1)
                    v, r2, c2 = self.format(value, context, depth, level + 1)
                    parts.append("%s: %s" % (k, v))
                    readable = readable and r1 and r2
                    recursive = recursive or c1 or c2
                text = "{%s}" % ", ".join(parts)
            else:
                for item in obj:
                    v, r, c = self.format(item, context, depth, level + 1)
                    parts.append(v)
                    readable = readable and r
                    recursive = recursive or c
                if kind is list:
                    text = "[%s]" % ", ".join(parts)
                else:
                    text = "(%s,)" % parts[0] if len(parts) == 1 else "(%s)" % ", ".join(parts)
            del context[id(obj)]
            return text, readable, recursive
        text = repr(obj)
        return text, bool(text) and not text.startswith("<"), False

    # As many lines as needed.
    def _format(self, obj, out, indent, allowance, context, level):
        if id(obj) in context:
            out.append(_recursion(obj))
            self._recursive, self._readable = True, False
            return
        text = self._text(obj, context, level)
        if len(text) > self._width - indent - allowance:
            printer = self._printer(obj)
            if printer is not None:
                context[id(obj)] = 1
                printer(obj, out, indent, allowance, context, level + 1)
                del context[id(obj)]
                return
        out.append(text)

    def _printer(self, obj):
        kind = type(obj)
        method = getattr(kind, "__repr__", None)
        name = kind.__name__
        if isinstance(obj, dict):
            if kind is dict or method is dict.__repr__:
                return self._dict
            if name == "OrderedDict":
                return self._ordered
            if name == "defaultdict":
                return self._defaultdict
            if name == "Counter":
                return self._counter
            return None
        for base, printer in ((list, self._list), (tuple, self._tuple), (set, self._set), (frozenset, self._set),
                              (str, self._str), (bytes, self._bytes), (bytearray, self._bytearray)):
            if kind is base or isinstance(obj, base) and method is base.__repr__:
                return printer
        if name == "mappingproxy" or name == "MappingProxyType":
            return self._proxy
        if name == "SimpleNamespace":
            return self._namespace
        if name == "deque":
            return self._deque
        if name == "ChainMap":
            return self._chainmap
        if name in ("UserDict", "UserList", "UserString"):
            return lambda o, out, indent, allowance, context, level: self._format(
                o.data, out, indent, allowance, context, level - 1)
        if hasattr(kind, "__dataclass_fields__") and getattr(kind, "__dataclass_params__").repr and \
                "__repr__" in kind.__dict__ and kind.__dataclass_params__ is kind.__dict__.get("__dataclass_params__"):
            return self._dataclass
        return None

    def _dict(self, obj, out, indent, allowance, context, level):
        out.append("{")
        if self._indent > 1:
            out.append(" " * (self._indent - 1))
        if obj:
            items = _sorted_items(obj) if self._sort else list(obj.items())
            self._dict_items(items, out, indent, allowance + 1, context, level)
        out.append("}")

    def _dict_items(self, items, out, indent, allowance, context, level):
        indent += self._indent
        for i, (key, value) in enumerate(items):
            last = i == len(items) - 1
            text = self._text(key, context, level)
            out.append(text + ": ")
            self._format(value, out, indent + len(text) + 2, allowance if last else 1, context, level)
            if not last:
                out.append(",\n" + " " * indent)

    def _call(self, name, obj, out, indent, allowance, context, level, printer):
        out.append(name + "(")
        printer(obj, out, indent + len(name) + 1, allowance + 1, context, level)
        out.append(")")

    def _ordered(self, obj, out, indent, allowance, context, level):
        if not obj:
            out.append(repr(obj))
            return
        self._call(type(obj).__name__, list(obj.items()), out, indent, allowance, context, level, self._list)

    def _counter(self, obj, out, indent, allowance, context, level):
        if not obj:
            out.append(repr(obj))
            return
        name = type(obj).__name__
        out.append(name + "({")
        if self._indent > 1:
            out.append(" " * (self._indent - 1))
        self._dict_items(obj.most_common(), out, indent + len(name) + 1, allowance + 2, context, level)
        out.append("})")

    def _defaultdict(self, obj, out, indent, allowance, context, level):
        if not obj:
            out.append(repr(obj))
            return
        head = "%s(%s,\n" % (type(obj).__name__, self._text(obj.default_factory, context, level))
        indent += len(type(obj).__name__) + 1
        out.append(head + " " * indent)
        self._dict(obj, out, indent, allowance + 1, context, level)
        out.append(")")

    def _proxy(self, obj, out, indent, allowance, context, level):
        self._call("mappingproxy", obj.copy(), out, indent, allowance, context, level, self._format)

    def _deque(self, obj, out, indent, allowance, context, level):
        name = type(obj).__name__
        out.append(name + "(")
        indent += len(name) + 1
        out.append("[")
        if obj.maxlen is None:
            self._items(list(obj), out, indent, allowance + 2, context, level)
            out.append("])")
        else:
            self._items(list(obj), out, indent, 2, context, level)
            out.append("],\n%smaxlen=%s)" % (" " * indent, self._text(obj.maxlen, context, level)))

    def _chainmap(self, obj, out, indent, allowance, context, level):
        name = type(obj).__name__
        out.append(name + "(")
        indent += len(name) + 1
        for i, m in enumerate(obj.maps):
            last = i == len(obj.maps) - 1
            self._format(m, out, indent, allowance + 1 if last else 1, context, level)
            out.append(")" if last else ",\n" + " " * indent)

    def _list(self, obj, out, indent, allowance, context, level):
        out.append("[")
        self._items(obj, out, indent, allowance + 1, context, level)
        out.append("]")

    def _tuple(self, obj, out, indent, allowance, context, level):
        out.append("(")
        end = ",)" if len(obj) == 1 else ")"
        self._items(obj, out, indent, allowance + len(end), context, level)
        out.append(end)

    def _set(self, obj, out, indent, allowance, context, level):
        if not obj:
            out.append(repr(obj))
            return
        kind = type(obj)
        if kind is set:
            out.append("{")
            end = "}"
        else:
            out.append(kind.__name__ + "({")
            end = "})"
            indent += len(kind.__name__) + 1
        self._items(sorted(obj, key=_SafeKey), out, indent, allowance + len(end), context, level)
        out.append(end)

    def _items(self, items, out, indent, allowance, context, level):
        indent += self._indent
        if self._indent > 1:
            out.append(" " * (self._indent - 1))
        between = ",\n" + " " * indent
        first = ""
        width = room = self._width - indent + 1
        items = list(items)
        for i, item in enumerate(items):
            last = i == len(items) - 1
            if last:
                room -= allowance
                width -= allowance
            if self._compact:
                text = self._text(item, context, level)
                w = len(text) + 2
                if width < w:
                    width = room
                    if first:
                        first = between
                if width >= w:
                    width -= w
                    out.append(first + text)
                    first = ", "
                    continue
            out.append(first)
            first = between
            self._format(item, out, indent, allowance if last else 1, context, level)

    def _str(self, obj, out, indent, allowance, context, level):
        if not obj:
            out.append(repr(obj))
            return
        lines = obj.splitlines(True)
        if level == 1:
            indent += 1
            allowance += 1
        chunks = []
        most = room = self._width - indent
        for i, line in enumerate(lines):
            text = repr(line)
            if i == len(lines) - 1:
                room -= allowance
            if len(text) <= room:
                chunks.append(text)
                continue
            parts = re.findall(r"\S*\s*", line)
            parts.pop()
            room2 = most
            current = ""
            for j, part in enumerate(parts):
                candidate = current + part
                if j == len(parts) - 1 and i == len(lines) - 1:
                    room2 -= allowance
                if len(repr(candidate)) > room2:
                    if current:
                        chunks.append(repr(current))
                    current = part
                else:
                    current = candidate
            if current:
                chunks.append(repr(current))
        if len(chunks) == 1:
            out.append(text)
            return
        if level == 1:
            out.append("(")
        out.append(("\n" + " " * indent).join(chunks))
        if level == 1:
            out.append(")")

    def _bytes(self, obj, out, indent, allowance, context, level):
        if len(obj) <= 4:
            out.append(repr(obj))
            return
        parens = level == 1
        if parens:
            indent += 1
            allowance += 1
            out.append("(")
        between = ""
        current = b""
        width = self._width - indent
        last = len(obj) // 4 * 4
        for i in range(0, len(obj), 4):
            part = obj[i:i + 4]
            if i == last:
                width -= allowance
            if len(repr(current + part)) > width:
                if current:
                    out.append(between + repr(current))
                    between = "\n" + " " * indent
                current = part
            else:
                current += part
        if current:
            out.append(between + repr(current))
        if parens:
            out.append(")")

    def _bytearray(self, obj, out, indent, allowance, context, level):
        out.append("bytearray(")
        self._bytes(bytes(obj), out, indent + 10, allowance + 1, context, level + 1)
        out.append(")")

    def _named(self, name, items, out, indent, allowance, context, level):
        indent += len(name) + 1
        out.append(name + "(")
        for i, (key, value) in enumerate(items):
            last = i == len(items) - 1
            out.append(key + "=")
            if id(value) in context:
                out.append("...")
            else:
                self._format(value, out, indent + len(key) + 1, allowance if last else 1, context, level)
            if not last:
                out.append(",\n" + " " * indent)
        out.append(")")

    def _namespace(self, obj, out, indent, allowance, context, level):
        name = "namespace" if type(obj).__name__ == "SimpleNamespace" else type(obj).__name__
        self._named(name, list(obj.__dict__.items()), out, indent, allowance, context, level)

    def _dataclass(self, obj, out, indent, allowance, context, level):
        from dataclasses import fields
        items = [(f.name, getattr(obj, f.name)) for f in fields(obj) if f.repr]
        self._named(type(obj).__name__, items, out, indent, allowance, context, level)


def _recursion(obj):
    return "<Recursion on %s with id=%s>" % (type(obj).__name__, id(obj))


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True,
           underscore_numbers=False):
    PrettyPrinter(indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts,
                  underscore_numbers=underscore_numbers).pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    return PrettyPrinter(indent, width, depth, compact=compact, sort_dicts=sort_dicts,
                         underscore_numbers=underscore_numbers).pformat(object)


def pp(object, *args, sort_dicts=False, **keywords):
    pprint(object, *args, sort_dicts=sort_dicts, **keywords)


def saferepr(object):
    return PrettyPrinter().format(object, {}, 0, 0)[0]


def isreadable(object):
    return PrettyPrinter().isreadable(object)


def isrecursive(object):
    return PrettyPrinter().isrecursive(object)
