"""Messages from text. Nothing is refused: what is wrong is noted in `defects`."""

import re
from . import errors
from .message import EmailMessage, Message
from .policy import compat32

_NAME = re.compile(r"[!-9;-~]+[ \t]*:")


class HeaderParser:
    headers_only = True

    def __init__(self, _class=None, *, policy=compat32):
        self._class = _class or (EmailMessage if policy.modern else Message)
        self.policy = policy

    def parsestr(self, text, headersonly=False):
        lines = text.splitlines(True) if "\r" in text else re.split(r"(?<=\n)", text)
        return self._parse([line for line in lines if line], headersonly or self.headers_only)

    def parse(self, fp, headersonly=False):
        return self.parsestr(fp.read(), headersonly)

    def _parse(self, lines, headers_only=False):
        message = self._class(policy=self.policy) if self._class is not Message or self.policy is not compat32 else Message()
        at = 0
        if lines and lines[0].startswith("From "):
            message.set_unixfrom(lines[0].rstrip("\r\n"))
            at = 1
        while at < len(lines):
            line = lines[at]
            if line in ("\n", "\r\n"):
                at += 1
                break
            if not _NAME.match(line):
                message.defects.append(errors.MissingHeaderBodySeparatorDefect())
                break
            at += 1
            while at < len(lines) and lines[at][0] in " \t":
                line += lines[at]
                at += 1
            name, _, value = line.partition(":")
            message._headers.append((name, value.lstrip(" \t").rstrip("\r\n")))
        body = lines[at:]
        kind = message.get_content_maintype()
        if kind == "multipart" and not headers_only:
            self._parts(message, body)
        elif kind == "message" and not headers_only and message.get_content_type() != "message/delivery-status":
            message.set_payload([self._parse(body)])
        else:
            message.set_payload("".join(body))
        return message

    def _parts(self, message, lines):
        boundary = message.get_boundary()
        if boundary is None:
            message.defects.append(errors.NoBoundaryInMultipartDefect())
            message.set_payload("".join(lines))
            return
        parts, current, preamble, closed = [], None, [], None
        for i, line in enumerate(lines):
            text = line.rstrip("\r\n \t")
            if text == "--" + boundary or text == "--" + boundary + "--":
                if current is not None:
                    parts.append(current)
                current = []
                if text.endswith("--") and text != "--" + boundary:
                    closed = i
                    break
            elif current is None:
                preamble.append(line)
            else:
                current.append(line)
        if current is None:
            message.defects.append(errors.StartBoundaryNotFoundDefect())
            message.set_payload("".join(lines))
            return
        if closed is None:
            message.defects.append(errors.CloseBoundaryNotFoundDefect())
            parts.append(current)
        else:
            epilogue = "".join(lines[closed + 1:])
            if lines[closed].endswith("\n"):
                message.epilogue = epilogue
        if preamble:
            message.preamble = _unended("".join(preamble))
        message.set_payload([])
        for part in parts:
            if part:
                # The line end before a boundary belongs to it.
                part[-1] = _unended(part[-1])
            message.attach(self._parse([line for line in part if line]))


def _unended(text):
    return text[:-2] if text.endswith("\r\n") else text[:-1] if text.endswith("\n") else text


class Parser(HeaderParser):
    headers_only = False


class BytesParser:
    def __init__(self, *args, **kwargs):
        self.parser = Parser(*args, **kwargs)

    def parsebytes(self, text, headersonly=False):
        return self.parser.parsestr(bytes(text).decode("ascii", "surrogateescape"), headersonly)

    def parse(self, fp, headersonly=False):
        return self.parsebytes(fp.read(), headersonly)


class BytesHeaderParser(BytesParser):
    def __init__(self, *args, **kwargs):
        self.parser = HeaderParser(*args, **kwargs)


class FeedParser:
    def __init__(self, _factory=None, *, policy=compat32):
        self._parser = Parser(_factory, policy=policy)
        self._text = []

    def feed(self, data):
        self._text.append(data)

    def close(self):
        return self._parser.parsestr("".join(self._text))


class BytesFeedParser(FeedParser):
    def feed(self, data):
        self._text.append(data.decode("ascii", "surrogateescape"))
