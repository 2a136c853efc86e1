"""Encoded words: headers that are not ASCII, as of RFC 2047."""

import base64
import binascii
import re

_WORD = re.compile(r"=\?([^?]*?)\?([qQbB])\?(.*?)\?=")


def _bytes(text, kind):
    if kind in "qQ":
        return binascii.a2b_qp(text, header=True)
    return base64.b64decode(text + "=" * (-len(text) % 4))


def decode_header(header):
    """[(text or bytes, charset or None)] of the parts of a header."""
    header = str(header)
    if not _WORD.search(header):
        return [(header, None)]
    parts = []
    for line in header.splitlines():
        at = 0
        first = True
        for match in _WORD.finditer(line):
            plain = line[at:match.start()]
            if first:
                plain = plain.lstrip()
                first = False
            # White space between encoded words is not text.
            if plain and not (plain.isspace() and parts and parts[-1][1] is not None):
                parts.append((plain.encode("utf-8"), None))
            parts.append((_bytes(match.group(3), match.group(2)), match.group(1).lower()))
            at = match.end()
        rest = line[at:]
        if rest:
            parts.append((rest.encode("utf-8"), None))
    joined = []
    for data, charset in parts:
        if joined and joined[-1][1] == charset:
            joined[-1] = (joined[-1][0] + (b" " if charset is None else b"") + data, charset)
        else:
            joined.append((data, charset))
    return joined


def decoded(header):
    """A header as text."""
    out = []
    for part, charset in decode_header(header):
        if isinstance(part, bytes):
            try:
                part = part.decode(charset or "utf-8", "replace")
            except LookupError:
                part = part.decode("latin-1")
        out.append(part)
    return "".join(out)


def make_header(decoded_seq, maxlinelen=None, header_name=None, continuation_ws=" "):
    header = Header()
    for part, charset in decoded_seq:
        header.append(part, charset)
    return header


def encode_word(text, charset="utf-8", bias=1):
    """Text as one encoded word, in the form that is shorter; the readable one if it is less than `bias` longer."""
    data = text.encode(charset)
    quoted = "".join([chr(c) if chr(c).isalnum() and c < 128 or chr(c) in "-!*+/" else "_" if c == 32 else "=%02X" % c for c in data])
    base = base64.b64encode(data).decode()
    return "=?%s?q?%s?=" % (charset, quoted) if len(quoted) - len(base) < bias else "=?%s?b?%s?=" % (charset, base)


class Header:
    def __init__(self, s=None, charset=None, maxlinelen=None, header_name=None, continuation_ws=" ", errors="strict"):
        self._charset = str(charset) if charset else None
        self._parts = []
        if s is not None:
            self.append(s, charset)

    def append(self, s, charset=None, errors="strict"):
        charset = str(charset) if charset else self._charset
        if isinstance(s, bytes):
            s = s.decode(charset or "ascii" if charset else "utf-8", errors)
        self._parts.append((s, charset))

    def __str__(self):
        out = []
        for i, (text, charset) in enumerate(self._parts):
            if i and charset is None and self._parts[i - 1][1] is not None and not text.startswith((" ", "\t")):
                out.append(" ")
            elif i and charset is not None and self._parts[i - 1][1] is None and not out[-1].endswith((" ", "\t")):
                out.append(" ")
            out.append(text)
        return "".join(out)

    def __eq__(self, other):
        return str(self) == other

    def encode(self, splitchars=";, \t", maxlinelen=None, linesep="\n"):
        return " ".join([text if text.isascii() and charset in (None, "us-ascii", "ascii") else encode_word(text, charset or "utf-8")
                         for text, charset in self._parts])
