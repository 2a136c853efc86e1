# TOML 1.0 documents.

from datetime import date, datetime, time, timedelta, timezone
import re

__all__ = ["loads", "load", "TOMLDecodeError"]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_NUMBER = re.compile(
    r"0(?:x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|b[01](?:_?[01])*|o[0-7](?:_?[0-7])*)|"
    r"[+-]?(?:0|[1-9](?:_?[0-9])*)((?:\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?)")
_DATE = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,6})\d*)?(?:([Zz])|([+-])(\d\d):(\d\d))?)?")
_TIME = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6})\d*)?")
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}


class TOMLDecodeError(ValueError):
    pass


class _Reader:
    def __init__(self, text, parse_float):
        self.text = text.replace("\r\n", "\n")
        self.at = 0
        self.parse_float = parse_float
        self.closed = set()  # ids of tables that may get no more keys
        self.defined = set()  # ids of tables that had a header

    def fail(self, message):
        if self.at >= len(self.text):
            raise TOMLDecodeError(message + " (at end of document)")
        line = self.text.count("\n", 0, self.at) + 1
        raise TOMLDecodeError("%s (at line %d, column %d)" % (message, line, self.at - self.text.rfind("\n", 0, self.at)))

    def peek(self, n=1):
        return self.text[self.at:self.at + n]

    def space(self):
        while self.peek() in (" ", "\t"):
            self.at += 1

    def comment(self):
        if self.peek() == "#":
            end = self.text.find("\n", self.at)
            self.at = len(self.text) if end < 0 else end

    def blank(self):
        while True:
            self.space()
            self.comment()
            if self.peek() != "\n":
                return
            self.at += 1

    def document(self):
        root = table = {}
        while True:
            self.blank()
            if self.at >= len(self.text):
                return root
            if self.peek() == "[":
                table = self.header(root)
            else:
                self.pair(table)
            self.space()
            self.comment()
            if self.at < len(self.text) and self.peek() != "\n":
                self.fail("Expected newline or end of document after a statement")

    def header(self, root):
        array = self.peek(2) == "[["
        self.at += 1 + array
        self.space()
        keys = self.key()
        if self.peek(1 + array) != "]" * (1 + array):
            self.fail("Expected ']%s' at the end of a%s declaration" % ("]" * array, "n array" if array else " table"))
        table = root
        for key in keys[:-1]:
            table = table.setdefault(key, {})
            if isinstance(table, list) and id(table) not in self.closed:
                table = table[-1]
            if not isinstance(table, dict) or id(table) in self.closed:
                self.fail("Cannot overwrite a value")
        last = keys[-1]
        if array:
            entries = table.setdefault(last, [])
            if not isinstance(entries, list) or id(entries) in self.closed:
                self.fail("Cannot overwrite a value")
            table = {}
            entries.append(table)
        else:
            value = table.setdefault(last, {})
            if not isinstance(value, dict) or id(value) in self.closed or id(value) in self.defined:
                self.fail("Cannot declare %r twice" % (tuple(keys),))
            table = value
            self.defined.add(id(table))
        self.at += 1 + array
        return table

    def key(self):
        keys = []
        while True:
            if self.peek() == '"':
                keys.append(self.string('"', False))
            elif self.peek() == "'":
                keys.append(self.string("'", False))
            else:
                match = _BARE.match(self.text, self.at)
                if match is None:
                    self.fail("Invalid initial character for a key part")
                keys.append(match.group())
                self.at = match.end()
            self.space()
            if self.peek() != ".":
                return keys
            self.at += 1
            self.space()

    def pair(self, table):
        keys = self.key()
        if self.peek() != "=":
            self.fail("Expected '=' after a key in a key/value pair")
        self.at += 1
        self.space()
        value = self.value()
        for key in keys[:-1]:
            table = table.setdefault(key, {})
            if not isinstance(table, dict) or id(table) in self.closed or id(table) in self.defined:
                self.fail("Cannot overwrite a value")
        if keys[-1] in table:
            self.fail("Cannot overwrite a value")
        table[keys[-1]] = value

    def value(self):
        c = self.peek()
        if c == '"' or c == "'":
            return self.string(c, True)
        if self.text.startswith("true", self.at):
            self.at += 4
            return True
        if self.text.startswith("false", self.at):
            self.at += 5
            return False
        if c == "[":
            return self.array()
        if c == "{":
            return self.inline_table()
        match = _DATE.match(self.text, self.at)
        if match is not None:
            self.at = match.end()
            return self.moment(match)
        match = _TIME.match(self.text, self.at)
        if match is not None:
            self.at = match.end()
            hour, minute, second, fraction = match.groups()
            return time(int(hour), int(minute), int(second), int((fraction or "").ljust(6, "0")))
        match = _NUMBER.match(self.text, self.at)
        if match is not None:
            self.at = match.end()
            text = match.group()
            return self.parse_float(text) if match.group(1) else int(text.replace("_", ""), 0)
        for name in ("inf", "nan", "+inf", "-inf", "+nan", "-nan"):
            if self.text.startswith(name, self.at):
                self.at += len(name)
                return self.parse_float(name)
        self.fail("Invalid value")

    def moment(self, match):
        year, month, day, hour, minute, second, fraction, utc, sign, off_hour, off_minute = match.groups()
        try:
            if hour is None:
                return date(int(year), int(month), int(day))
            zone = timezone.utc if utc else None
            if sign:
                offset = timedelta(hours=int(off_hour), minutes=int(off_minute))
                zone = timezone(-offset if sign == "-" else offset)
            return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second),
                            int((fraction or "").ljust(6, "0")), zone)
        except ValueError:
            self.fail("Invalid date or datetime")

    def array(self):
        self.at += 1
        values = []
        self.closed.add(id(values))
        while True:
            self.blank()
            if self.peek() == "]":
                self.at += 1
                return values
            values.append(self.value())
            self.blank()
            if self.peek() == ",":
                self.at += 1
            elif self.peek() != "]":
                self.fail("Unclosed array")

    def inline_table(self):
        self.at += 1
        table = {}
        self.space()
        if self.peek() != "}":
            while True:
                self.space()
                self.pair(table)
                self.space()
                if self.peek() != ",":
                    break
                self.at += 1
            if self.peek() != "}":
                self.fail("Unclosed inline table")
        self.at += 1
        self.closed.add(id(table))
        return table

    def string(self, quote, may_be_long):
        basic = quote == '"'
        long = may_be_long and self.peek(3) == quote * 3
        self.at += 3 if long else 1
        if long and self.peek() == "\n":
            self.at += 1
        parts = []
        while True:
            c = self.peek()
            if c == "" or c == "\n" and not long:
                self.fail("Unterminated string" if c == "" else "Illegal character '\\n'")
            if c == quote:
                if not long:
                    self.at += 1
                    return "".join(parts)
                if self.peek(3) == quote * 3:
                    self.at += 3
                    while self.peek() == quote and len(parts) < len(self.text):
                        parts.append(quote)
                        self.at += 1
                    return "".join(parts)
            if basic and c == "\\":
                self.at += 1
                parts.append(self.escape(long))
                continue
            if c < " " and c not in "\t\n" or c == "\x7f":
                self.fail("Illegal character %r" % c)
            parts.append(c)
            self.at += 1

    def escape(self, long):
        c = self.peek()
        self.at += 1
        if c in _ESCAPES:
            return _ESCAPES[c]
        if c in ("u", "U"):
            n = 4 if c == "u" else 8
            digits = self.peek(n)
            if len(digits) == n and all([d in "0123456789abcdefABCDEF" for d in digits]):
                code = int(digits, 16)
                if code < 0xD800 or 0xE000 <= code < 0x110000:
                    self.at += n
                    return chr(code)
            self.fail("Invalid hex value")
        if long and c in (" ", "\t", "\n"):
            self.at -= 1
            self.space()
            if self.peek() == "\n":
                while self.peek() in (" ", "\t", "\n") and self.at < len(self.text):
                    self.at += 1
                return ""
        self.fail("Unescaped '\\' in a string")


def loads(s, /, *, parse_float=float):
    if not isinstance(s, str):
        raise TypeError("Expected str object, not '%s'" % type(s).__name__)
    return _Reader(s, parse_float).document()


def load(fp, /, *, parse_float=float):
    data = fp.read()
    if isinstance(data, str):
        raise TypeError("File must be opened in binary mode, e.g. use `open('foo.toml', 'rb')`")
    return loads(data.decode(), parse_float=parse_float)
