"""Messages as text."""

import io
import re
from . import utils
from .header import Header, encode_word

_WIDTH = 19


def _fold(name, value, policy, fold):
    """A header as its lines."""
    value = str(value)
    if not policy.modern:
        if not value.isascii():
            value = Header(value, "utf-8").encode()
        limit = 78 if fold else 0
        lines = value.split("\n")
    else:
        limit = policy.max_line_length
        if "\n" in value:
            return "%s: %s\n" % (name, value)
        if not value.isascii() and not policy.utf8:
            # Words that need it, each run of them as one.
            words = re.split(r"( )", value)
            first = next(i for i, word in enumerate(words) if not word.isascii())
            last = len(words) - next(i for i, word in enumerate(reversed(words)) if not word.isascii())
            value = "".join(words[:first]) + encode_word("".join(words[first:last]), bias=5) + "".join(words[last:])
        lines = [value]
    out, line = [], name + ":"
    for part in lines:
        if part is not lines[0]:
            out.append(line)
            line = ""
            if part[:1] in (" ", "\t"):
                line, part = part[0], part[1:]
                out_words = part.split(" ")
                line += out_words[0]
                rest = out_words[1:]
            else:
                rest = part.split(" ")
        else:
            rest = part.split(" ")
        for word in rest:
            if limit and len(line) + 1 + len(word) > limit and line != name + ":" and line.strip():
                out.append(line)
                line = ""
            line += " " + word
    return "\n".join(out + [line]) + "\n"


def _boundary(texts):
    import random
    import sys
    made = "=" * 15 + "%0*d==" % (_WIDTH, random.randrange(sys.maxsize))
    boundary, n = made, 0
    while any(re.search("^--" + re.escape(boundary) + "(--)?$", text, re.MULTILINE) for text in texts):
        boundary = "%s.%d" % (made, n)
        n += 1
    return boundary


def _body(message, policy, fold):
    if not message.is_multipart():
        payload = message._payload
        if payload is None:
            return ""
        if not isinstance(payload, str):
            raise TypeError("string payload expected: %s" % type(payload))
        if utils.has_bytes(payload):
            return message.get_payload()
        return payload
    if message.get_content_maintype() == "message":
        return "".join([flatten(part, False, policy, fold) for part in message._payload])
    texts = [flatten(part, False, policy, fold) for part in message._payload]
    boundary = message.get_boundary()
    if not boundary:
        boundary = _boundary(texts)
        message.set_boundary(boundary)
    out = []
    if message.preamble is not None:
        out.append(message.preamble + "\n")
    out.append("--" + boundary + "\n")
    out.append(("\n--" + boundary + "\n").join(texts))
    out.append("\n--" + boundary + "--\n")
    if message.epilogue is not None:
        out.append(message.epilogue)
    return "".join(out)


def flatten(message, unixfrom, policy, fold=True):
    out = []
    if unixfrom:
        import time
        out.append((message.get_unixfrom() or "From nobody " + time.ctime()) + "\n")
    body = _body(message, policy, fold)
    if not message.is_multipart() and isinstance(message._payload, str) and utils.has_bytes(message._payload):
        # Text can hold no bytes: they are encoded.
        data = message._payload.encode("ascii", "surrogateescape")
        if message.get_content_charset() == "utf-8":
            import base64
            encoding, body = "base64", base64.encodebytes(data).decode()
        else:
            import binascii
            encoding, body = "quoted-printable", binascii.b2a_qp(data).decode()
        headers = [(name, encoding if name.lower() == "content-transfer-encoding" else value) for name, value in message._headers]
        if not any(name.lower() == "content-transfer-encoding" for name, _ in headers):
            headers.append(("Content-Transfer-Encoding", encoding))
    else:
        headers = message._headers
    for name, value in headers:
        out.append(_fold(name, value, policy, fold))
    out.append("\n")
    out.append(body)
    text = "".join(out)
    return text if policy.linesep == "\n" else re.sub(r"\r?\n", policy.linesep, text)


class Generator:
    def __init__(self, outfp, mangle_from_=None, maxheaderlen=None, *, policy=None):
        self._fp = outfp
        self._policy = policy

    def write(self, s):
        self._fp.write(s)

    def flatten(self, msg, unixfrom=False, linesep=None):
        self._fp.write(flatten(msg, unixfrom, self._policy or msg.policy))


class BytesGenerator(Generator):
    def flatten(self, msg, unixfrom=False, linesep=None):
        self._fp.write(flatten(msg, unixfrom, self._policy or msg.policy).encode("ascii", "surrogateescape"))


DecodedGenerator = Generator
