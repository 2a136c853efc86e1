"""Python source as tokens: what the parts of a program's text are, and where."""

import re
from codecs import BOM_UTF8, lookup
from collections import namedtuple
from token import *
from token import EXACT_TOKEN_TYPES
import token as _token

__all__ = _token.__all__ + ["tokenize", "generate_tokens", "detect_encoding", "untokenize", "TokenInfo", "open"]

_CODING = re.compile(r"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.ASCII)
_BLANK = re.compile(rb"[ \t\f]*(?:[#\r\n]|$)")

_PREFIX = r"(?:[rR][bB]?|[bB][rR]?|[uU]|[fF][rR]?|[rR][fF])?"
_NUMBER = (r"0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+"
           r"|(?:[0-9](?:_?[0-9])*\.(?:[0-9](?:_?[0-9])*)?|\.[0-9](?:_?[0-9])*)(?:[eE][-+]?[0-9](?:_?[0-9])*)?[jJ]?"
           r"|[0-9](?:_?[0-9])*[eE][-+]?[0-9](?:_?[0-9])*[jJ]?|[0-9](?:_?[0-9])*[jJ]|0(?:_?0)*|[1-9](?:_?[0-9])*")
_OPERATOR = "|".join(re.escape(text) for text in sorted(EXACT_TOKEN_TYPES, reverse=True))
# A string that the line does not end is one of three quotes, or goes on after a backslash.
_STRING = _PREFIX + (r"(?:'''|\"\"\"|'[^\n'\\]*(?:\\.[^\n'\\]*)*(?:'|\\\r?\n)|\"[^\n\"\\]*(?:\\.[^\n\"\\]*)*(?:\"|\\\r?\n))")
_TOKEN = re.compile(r"[ \f\t]*(?:(?P<comment>#[^\r\n]*)|(?P<number>%s)|(?P<string>%s)|(?P<name>\w+)|(?P<more>\\\r?\n|\Z)"
                    r"|(?P<newline>\r?\n)|(?P<operator>%s))" % (_NUMBER, _STRING, _OPERATOR))
_ENDS = {
    "'": re.compile(r"[^'\\]*(?:\\.[^'\\]*)*'", re.DOTALL), '"': re.compile(r'[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL),
    "'''": re.compile(r"[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''", re.DOTALL),
    '"""': re.compile(r'[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""', re.DOTALL),
}


class TokenError(Exception):
    pass


class StopTokenizing(Exception):
    pass


class TokenInfo(namedtuple("TokenInfo", "type string start end line")):
    def __repr__(self):
        return "TokenInfo(type=%s, string=%r, start=%r, end=%r, line=%r)" % (
            "%d (%s)" % (self.type, tok_name[self.type]), self.string, self.start, self.end, self.line)

    @property
    def exact_type(self):
        return EXACT_TOKEN_TYPES.get(self.string, self.type) if self.type == OP else self.type


def _tokens(readline, encoding):
    number = 0
    indents = [0]
    depth = 0
    line = last_line = ""
    joined = False
    if encoding is not None:
        yield TokenInfo(ENCODING, "utf-8" if encoding == "utf-8-sig" else encoding, (0, 0), (0, 0), "")
    string = None  # a string of several lines: its text so far, where it started, its lines, what ends it, if it may
    while True:
        last_line = line
        try:
            line = readline()
        except StopIteration:
            line = ""
        if isinstance(line, bytes):
            line = line.decode(encoding or "utf-8")
        number += 1
        at, end = 0, len(line)
        if string is not None:
            if not line:
                raise TokenError("EOF in multi-line string", string[1])
            text, start, lines, pattern, triple = string
            found = pattern.match(line)
            if found:
                at = found.end()
                yield TokenInfo(STRING, text + line[:at], start, (number, at), lines + line)
                string = None
            elif not triple and line[-2:] != "\\\n" and line[-3:] != "\\\r\n":
                yield TokenInfo(ERRORTOKEN, text + line, start, (number, len(line)), lines)
                string = None
                continue
            else:
                string = text + line, start, lines + line, pattern, triple
                continue
        elif depth == 0 and not joined:
            if not line:
                break
            column = 0
            while at < end and line[at] in " \t\f":
                column = 0 if line[at] == "\f" else column // 8 * 8 + 8 if line[at] == "\t" else column + 1
                at += 1
            if at == end:
                break
            if line[at] in "#\r\n":
                if line[at] == "#":
                    comment = line[at:].rstrip("\r\n")
                    yield TokenInfo(COMMENT, comment, (number, at), (number, at + len(comment)), line)
                    at += len(comment)
                yield TokenInfo(NL, line[at:], (number, at), (number, len(line)), line)
                continue
            if column > indents[-1]:
                indents.append(column)
                yield TokenInfo(INDENT, line[:at], (number, 0), (number, at), line)
            while column < indents[-1]:
                if column not in indents:
                    raise IndentationError("unindent does not match any outer indentation level",
                                           ("<tokenize>", number, at, line))
                indents.pop()
                yield TokenInfo(DEDENT, "", (number, at), (number, at), line)
        else:
            if not line:
                raise TokenError("EOF in multi-line statement", (number, 0))
            joined = False
        while at < end:
            found = _TOKEN.match(line, at)
            if not found:
                yield TokenInfo(ERRORTOKEN, line[at], (number, at), (number, at + 1), line)
                at += 1
                continue
            kind = found.lastgroup
            begin, at = found.span(kind)
            if begin == at and kind == "more":
                break
            text = found.group(kind)
            start, stop = (number, begin), (number, at)
            if kind == "number":
                yield TokenInfo(NUMBER, text, start, stop, line)
            elif kind == "newline":
                yield TokenInfo(NL if depth else NEWLINE, text, start, stop, line)
            elif kind == "comment":
                yield TokenInfo(COMMENT, text, start, stop, line)
            elif kind == "more":
                joined = True
            elif kind == "string":
                quote = text[-3:]
                if (quote == "'''" or quote == '"""') and text.lstrip("rRbBuUfF") == quote:
                    ends = _ENDS[quote].match(line, at)
                    if ends is None:
                        string = line[begin:], start, line, _ENDS[quote], True
                        break
                    at = ends.end()
                    yield TokenInfo(STRING, line[begin:at], start, (number, at), line)
                elif text[-1] == "\n":
                    string = line[begin:], start, line, _ENDS[text.lstrip("rRbBuUfF")[0]], False
                    break
                else:
                    yield TokenInfo(STRING, text, start, stop, line)
            elif kind == "name":
                if text.isidentifier():
                    yield TokenInfo(NAME, text, start, stop, line)
                else:
                    at = begin + 1
                    yield TokenInfo(ERRORTOKEN, line[begin], start, (number, at), line)
            else:
                if text in "([{":
                    depth += 1
                elif text in ")]}":
                    depth -= 1
                yield TokenInfo(OP, text, start, stop, line)
    if last_line and last_line[-1] not in "\r\n" and not last_line.strip().startswith("#"):
        yield TokenInfo(NEWLINE, "", (number - 1, len(last_line)), (number - 1, len(last_line) + 1), "")
    for _ in indents[1:]:
        yield TokenInfo(DEDENT, "", (number, 0), (number, 0), "")
    yield TokenInfo(ENDMARKER, "", (number, 0), (number, 0), "")


def generate_tokens(readline):
    """The tokens of text, which `readline` returns line by line."""
    return _tokens(readline, None)


def tokenize(readline):
    """The tokens of source as bytes, which `readline` returns line by line. The first says the encoding."""
    encoding, lines = detect_encoding(readline)

    def read():
        return lines.pop(0) if lines else readline()
    return _tokens(read, encoding)


def detect_encoding(readline):
    """(encoding, lines read), by a byte order mark or a comment in the first two lines."""
    def read():
        try:
            return readline()
        except StopIteration:
            return b""

    def named(line):
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            raise SyntaxError("invalid or missing encoding declaration") from None
        found = _CODING.match(text)
        if not found:
            return None
        name = found.group(1)[:12].lower().replace("_", "-")
        if name == "utf-8" or name.startswith("utf-8-"):
            name = "utf-8"
        elif name in ("latin-1", "iso-8859-1", "iso-latin-1") or name.startswith(("latin-1-", "iso-8859-1-", "iso-latin-1-")):
            name = "iso-8859-1"
        else:
            name = found.group(1)
        try:
            lookup(name)
        except LookupError:
            raise SyntaxError("unknown encoding: " + name) from None
        if marked:
            if name != "utf-8":
                raise SyntaxError("encoding problem: utf-8")
            name = "utf-8-sig"
        return name

    first = read()
    marked = first.startswith(BOM_UTF8)
    default = "utf-8-sig" if marked else "utf-8"
    if marked:
        first = first[3:]
    if not first:
        return default, []
    name = named(first)
    if name:
        return name, [first]
    if not _BLANK.match(first):
        return default, [first]
    second = read()
    if not second:
        return default, [first]
    return named(second) or default, [first, second]


def open(filename):
    import builtins
    import io
    file = builtins.open(filename, "rb")
    encoding, _ = detect_encoding(file.readline)
    file.seek(0)
    return io.TextIOWrapper(file, encoding, line_buffering=True)


def untokenize(iterable):
    """Source text that has these tokens; pairs of type and text are enough. Bytes when the encoding is among them."""
    out = []
    encoding = None
    row, column = 1, 0
    pending = list(iterable)
    full = True
    for i, item in enumerate(pending):
        if len(item) == 2:
            full = False
            break
        kind, text, start, end, line = item
        if kind == ENCODING:
            encoding = text
            continue
        if kind == ENDMARKER:
            break
        if start < (row, column):
            raise ValueError("start (%d,%d) precedes previous end (%d,%d)" % (start + (row, column)))
        if start[0] > row:
            out.append("\\\n" * (start[0] - row))
            column = 0
        out.append(" " * (start[1] - column) if kind not in (INDENT, DEDENT) else "")
        out.append(text)
        row, column = end
        if kind in (NEWLINE, NL):
            row, column = row + 1, 0
    if not full:
        indents, starts, before = [], bool(out) and out[-1].endswith("\n"), None
        for item in pending[i:]:
            kind, text = item[:2]
            if kind == ENCODING:
                encoding = text
                continue
            if kind in (NAME, NUMBER):
                text += " "
            if kind == STRING:
                if before == STRING:
                    text = " " + text
            before = kind
            if kind == INDENT:
                indents.append(text)
                continue
            if kind == DEDENT:
                indents.pop()
                continue
            if kind in (NEWLINE, NL):
                starts = True
            elif starts and indents:
                out.append(indents[-1])
                starts = False
            else:
                starts = False
            out.append(text)
    text = "".join(out)
    return text if encoding is None else text.encode(encoding)
