"""Text to values; see _json."""

from _json import decode as _decode

__all__ = ["JSONDecoder", "JSONDecodeError"]


class JSONDecodeError(ValueError):
    """Text that is not JSON: msg, doc, pos, lineno and colno say what and where."""

    __module__ = "json.decoder"

    def __init__(self, msg, doc, pos):
        lineno = doc.count("\n", 0, pos) + 1
        colno = pos - doc.rfind("\n", 0, pos)
        super().__init__("%s: line %d column %d (char %d)" % (msg, lineno, colno, pos))
        self.msg = msg
        self.doc = doc
        self.pos = pos
        self.lineno = lineno
        self.colno = colno

    def __reduce__(self):
        return self.__class__, (self.msg, self.doc, self.pos)


class JSONDecoder:
    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
                 object_pairs_hook=None):
        self.object_hook = object_hook
        self.parse_float = parse_float or float
        self.parse_int = parse_int or int
        self.parse_constant = parse_constant
        self.strict = strict
        self.object_pairs_hook = object_pairs_hook

    def _scan(self, s, whole, idx):
        return _decode(s, whole, idx, self.strict, self.object_hook, self.object_pairs_hook,
                       None if self.parse_float is float else self.parse_float,
                       None if self.parse_int is int else self.parse_int, self.parse_constant)

    def decode(self, s):
        # A class of its own may have another raw_decode.
        if type(self).raw_decode is JSONDecoder.raw_decode:
            return self._scan(s, True, 0)
        start = len(s) - len(s.lstrip(" \t\n\r"))
        obj, end = self.raw_decode(s, start)
        rest = s[end:].lstrip(" \t\n\r")
        if rest:
            raise JSONDecodeError("Extra data", s, len(s) - len(rest))
        return obj

    def raw_decode(self, s, idx=0):
        return self._scan(s, False, idx)


def scanstring(s, end, strict=True):
    """The string whose first character is at `end`, behind its quote: (text, where it ends)."""
    return _decode(s, False, end - 1, strict, None, None, None, None, None)


py_scanstring = scanstring
