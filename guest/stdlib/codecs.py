"""Codecs by name. The encodings of text are in C; rot13, hex, base64 and zlib are here."""

from collections import namedtuple

__all__ = ["register", "lookup", "open", "EncodedFile", "BOM", "BOM_BE", "BOM_LE", "BOM_UTF8", "BOM_UTF16",
           "BOM_UTF16_LE", "BOM_UTF16_BE", "BOM_UTF32", "BOM_UTF32_LE", "BOM_UTF32_BE", "CodecInfo", "encode", "decode",
           "getencoder", "getdecoder", "getincrementalencoder", "getincrementaldecoder", "getreader", "getwriter",
           "iterencode", "iterdecode", "IncrementalEncoder", "IncrementalDecoder", "StreamReader", "StreamWriter",
           "Codec", "StreamReaderWriter", "register_error", "lookup_error", "strict_errors", "ignore_errors", "replace_errors",
           "xmlcharrefreplace_errors", "backslashreplace_errors", "namereplace_errors"]

BOM_UTF8 = b"\xef\xbb\xbf"
BOM = BOM_LE = BOM_UTF16 = BOM_UTF16_LE = b"\xff\xfe"
BOM_BE = BOM_UTF16_BE = b"\xfe\xff"
BOM_UTF32 = BOM_UTF32_LE = b"\xff\xfe\x00\x00"
BOM_UTF32_BE = b"\x00\x00\xfe\xff"

_searches = []
_ALIASES = {
    "utf8": "utf-8", "u8": "utf-8", "utf": "utf-8", "cp65001": "utf-8", "ascii": "ascii", "usascii": "ascii",
    "646": "ascii", "latin1": "iso8859-1", "iso88591": "iso8859-1", "latin": "iso8859-1", "l1": "iso8859-1",
    "8859": "iso8859-1", "cp1252": "cp1252", "windows1252": "cp1252", "utf16": "utf-16", "u16": "utf-16",
    "utf16le": "utf-16-le", "utf16be": "utf-16-be", "utf32": "utf-32", "u32": "utf-32", "utf32le": "utf-32-le",
    "utf32be": "utf-32-be", "utf8sig": "utf-8-sig",
}


class CodecInfo(namedtuple("_CodecInfo", ["encode", "decode", "streamreader", "streamwriter"])):
    _is_text_encoding = True

    def __new__(cls, encode, decode, streamreader=None, streamwriter=None, incrementalencoder=None,
                incrementaldecoder=None, name=None, *, _is_text_encoding=None):
        self = super().__new__(cls, encode, decode, streamreader, streamwriter)
        self.name = name
        self.incrementalencoder = incrementalencoder
        self.incrementaldecoder = incrementaldecoder
        if _is_text_encoding is not None:
            self._is_text_encoding = _is_text_encoding
        return self

    def __repr__(self):
        return "<codecs.CodecInfo object for encoding %s at 0x%x>" % (self.name, id(self))


class IncrementalEncoder:
    def __init__(self, errors="strict"):
        self.errors = errors
        self.started = False

    def encode(self, object, final=False):
        data = object.encode(self.encoding, self.errors)
        if self.started and self.encoding in ("utf-16", "utf-32", "utf-8-sig"):
            # The mark comes once.
            data = data[{"utf-16": 2, "utf-32": 4, "utf-8-sig": 3}[self.encoding]:]
        self.started = self.started or bool(object)
        return data

    def reset(self):
        self.started = False

    def getstate(self):
        return int(self.started)

    def setstate(self, state):
        self.started = bool(state)


class IncrementalDecoder:
    def __init__(self, errors="strict"):
        self.errors = errors
        self.reset()

    def decode(self, object, final=False):
        data = self.buffer + bytes(object)
        keep = 0 if final else self._incomplete(data)
        self.buffer = data[len(data) - keep:]
        data = data[:len(data) - keep]
        encoding = self.encoding
        if encoding in ("utf-16", "utf-32") and data:
            if self.order is None:
                big = data.startswith(BOM_UTF16_BE if encoding == "utf-16" else BOM_UTF32_BE)
                marked = big or data.startswith(BOM_UTF16_LE if encoding == "utf-16" else BOM_UTF32_LE)
                self.order = "-be" if big else "-le"
                data = data[(2 if encoding == "utf-16" else 4) if marked else 0:]
            encoding += self.order
        elif encoding == "utf-8-sig" and data:
            if self.order is None:
                self.order = ""
            else:
                encoding = "utf-8"
        return data.decode(encoding, self.errors)

    def _incomplete(self, data):
        """How many of the last bytes are the beginning of a character."""
        encoding = self.encoding
        if encoding.startswith("utf-8"):
            if encoding == "utf-8-sig" and self.order is None and len(data) < 3 and BOM_UTF8.startswith(data):
                return len(data)
            for back in range(1, min(4, len(data) + 1)):
                lead = data[-back]
                if lead & 0xc0 != 0x80:
                    return back if back < (2 if lead >= 0xc2 else 1) + (lead >= 0xe0) + (lead >= 0xf0) and lead < 0xf5 else 0
            return 0
        if encoding.startswith("utf-16"):
            odd = len(data) % 2
            end = len(data) - odd
            big = encoding.endswith("be") or self.order == "-be"
            high = data[end - 2 if big else end - 1] if end else 0
            return odd + 2 if 0xd8 <= high < 0xdc else odd
        return len(data) % 4 if encoding.startswith("utf-32") else 0

    def reset(self):
        self.buffer = b""
        self.order = None

    def getstate(self):
        return self.buffer, 0

    def setstate(self, state):
        self.buffer = state[0]


class _Stream:
    def __init__(self, stream, errors="strict"):
        self.stream = stream
        self.errors = errors

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *details):
        self.stream.close()


class StreamWriter(_Stream):
    def write(self, object):
        self.stream.write(self.encoder.encode(object))

    def writelines(self, lines):
        self.write("".join(lines))

    def reset(self):
        pass


class StreamReader(_Stream):
    text = ""

    def read(self, size=-1, chars=-1, firstline=False):
        text, self.text = self.text + self.decoder.decode(self.stream.read(), True), ""
        if chars >= 0:
            text, self.text = text[:chars], text[chars:]
        return text

    def readline(self, size=None, keepends=True):
        text = self.read()
        lines = text.splitlines(True)
        self.text = "".join(lines[1:])
        line = lines[0] if lines else ""
        return line if keepends else line.rstrip("\r\n")

    def readlines(self, sizehint=None, keepends=True):
        return self.read().splitlines(keepends)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def reset(self):
        self.text = ""


def _text_codec(name):
    encoder = type("IncrementalEncoder", (IncrementalEncoder,), {"encoding": name})
    decoder = type("IncrementalDecoder", (IncrementalDecoder,), {"encoding": name})

    class Writer(StreamWriter):
        def __init__(self, stream, errors="strict"):
            super().__init__(stream, errors)
            self.encoder = encoder(errors)

    class Reader(StreamReader):
        def __init__(self, stream, errors="strict"):
            super().__init__(stream, errors)
            self.decoder = decoder(errors)

    def encode(text, errors="strict"):
        return text.encode(name, errors), len(text)

    def decode(data, errors="strict"):
        return bytes(data).decode(name, errors), len(data)
    return CodecInfo(encode, decode, Reader, Writer, encoder, decoder, name)


def _foreign_codec(name, encode, decode):
    made = _text_codec(name)
    return CodecInfo(encode, decode, made.streamreader, made.streamwriter, made.incrementalencoder, made.incrementaldecoder, name)


def _bytes_codec(name):
    """A codec of bytes, or rot13 of text."""
    def rot13(text, errors="strict"):
        upper, lower = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
        table = str.maketrans(upper + lower, upper[13:] + upper[:13] + lower[13:] + lower[:13])
        return text.translate(table), len(text)

    if name == "rot13":
        return CodecInfo(rot13, rot13, name=name, _is_text_encoding=False)
    import base64
    import binascii
    if name == "hex":
        pair = binascii.b2a_hex, binascii.a2b_hex
    elif name == "base64":
        pair = base64.encodebytes, base64.decodebytes
    elif name == "zlib":
        import zlib
        pair = zlib.compress, zlib.decompress
    else:
        pair = lambda data: binascii.b2a_qp(data, quotetabs=True), binascii.a2b_qp
    return CodecInfo(lambda data, errors="strict": (pair[0](data), len(data)),
                     lambda data, errors="strict": (pair[1](data), len(data)), name=name, _is_text_encoding=False)


def strict_errors(error):
    raise error


def ignore_errors(error):
    return "", error.end


def replace_errors(error):
    n = error.end - error.start
    return "?" * n if isinstance(error, UnicodeEncodeError) else "\ufffd" * (
        n if isinstance(error, UnicodeTranslateError) else 1), error.end


def _escape(n):
    return "\\x%02x" % n if n < 256 else "\\u%04x" % n if n < 65536 else "\\U%08x" % n


def backslashreplace_errors(error):
    part = error.object[error.start:error.end]
    return "".join([_escape(c if isinstance(c, int) else ord(c)) for c in part]), error.end


def xmlcharrefreplace_errors(error):
    return "".join(["&#%d;" % ord(c) for c in error.object[error.start:error.end]]), error.end


def namereplace_errors(error):
    from unicodedata import name
    return "".join(["\\N{%s}" % name(c) if name(c, "") else _escape(ord(c))
                    for c in error.object[error.start:error.end]]), error.end


_errors = {"strict": strict_errors, "ignore": ignore_errors, "replace": replace_errors,
           "backslashreplace": backslashreplace_errors, "xmlcharrefreplace": xmlcharrefreplace_errors,
           "namereplace": namereplace_errors}


def register_error(errors, handler):
    if not callable(handler):
        raise TypeError("handler must be callable")
    _errors[errors] = handler


def lookup_error(errors):
    if errors not in _errors:
        raise LookupError("unknown error handler name '%s'" % errors)
    return _errors[errors]


def _replaced(error, errors):
    """What the handler says: (replacement, where to go on)."""
    result = lookup_error(errors)(error)
    if not isinstance(result, tuple) or len(result) != 2:
        raise TypeError("encoding error handler must return (str/bytes, int) tuple")
    text, at = result
    if at < 0:
        at += len(error.object)
    if not 0 <= at <= len(error.object):
        raise IndexError("position %d from error handler out of bounds" % at)
    return text, at


# For str.encode() and bytes.decode(), when the encoding or the error handler is none of those in C.

def _text_encode(text, encoding, errors):
    info = lookup(encoding)
    if not info._is_text_encoding:
        raise LookupError("'%s' is not a text encoding; use codecs.encode() to handle arbitrary codecs" % encoding)
    if info.name not in _ALIASES.values():
        return info.encode(text, errors)[0]
    parts, at = [], 0
    while True:
        try:
            parts.append(text[at:].encode(encoding))
            return b"".join(parts)
        except UnicodeEncodeError as e:
            parts.append(text[at:at + e.start].encode(encoding))
            more, at = _replaced(UnicodeEncodeError(e.encoding, text, at + e.start, at + e.end, e.reason), errors)
            parts.append(more if isinstance(more, bytes) else more.encode(encoding))


def _text_decode(data, encoding, errors):
    info = lookup(encoding)
    if not info._is_text_encoding:
        raise LookupError("'%s' is not a text encoding; use codecs.decode() to handle arbitrary codecs" % encoding)
    if info.name not in _ALIASES.values():
        return info.decode(data, errors)[0]
    parts, at = [], 0
    while True:
        try:
            parts.append(data[at:].decode(encoding))
            return "".join(parts)
        except UnicodeDecodeError as e:
            parts.append(data[at:at + e.start].decode(encoding))
            more, at = _replaced(UnicodeDecodeError(e.encoding, data, at + e.start, at + e.end, e.reason), errors)
            parts.append(more)


def escape_decode(data, errors="strict"):
    from ast import literal_eval
    data = data.encode() if isinstance(data, str) else bytes(data)
    text = data.decode("latin-1").replace('"', '\\"') if b'\\"' not in data else data.decode("latin-1")
    text = text.replace("\n", "\\n").replace("\r", "\\r").replace("\0", "\\0")
    return literal_eval('b"' + "".join([c if c < "\x80" else "\\x%02x" % ord(c) for c in text]) + '"'), len(data)


def escape_encode(data, errors="strict"):
    text = repr(bytes(data))
    return text[2:-1].encode(), len(data)


def _simple(name):
    def encode(text, errors="strict"):
        return text.encode(name, errors), len(text)

    def decode(data, errors="strict", final=False):
        return bytes(data).decode(name, errors), len(data)
    return encode, decode


utf_8_encode, utf_8_decode = _simple("utf-8")
ascii_encode, ascii_decode = _simple("ascii")
latin_1_encode, latin_1_decode = _simple("latin-1")
utf_16_encode, utf_16_decode = _simple("utf-16")
unicode_escape_encode, unicode_escape_decode = _simple("unicode_escape")
raw_unicode_escape_encode, raw_unicode_escape_decode = _simple("raw_unicode_escape")


class Codec:
    def encode(self, input, errors="strict"):
        raise NotImplementedError

    def decode(self, input, errors="strict"):
        raise NotImplementedError


class StreamReaderWriter:
    encoding = "unknown"

    def __init__(self, stream, Reader, Writer, errors="strict"):
        self.stream = stream
        self.reader = Reader(stream, errors)
        self.writer = Writer(stream, errors)

    def read(self, size=-1):
        return self.reader.read(size)

    def readline(self, size=None):
        return self.reader.readline(size)

    def readlines(self, sizehint=None):
        return self.reader.readlines(sizehint)

    def write(self, data):
        return self.writer.write(data)

    def __iter__(self):
        return iter(self.reader)

    def __getattr__(self, name):
        return getattr(self.stream, name)


def lookup(encoding):
    name = encoding.lower().replace("-", "").replace("_", "").replace(" ", "")
    known = _ALIASES.get(name)
    if known:
        return _text_codec(known)
    known = {"rot13": "rot13", "hex": "hex", "hexcodec": "hex", "base64": "base64", "base64codec": "base64", "zlib": "zlib",
             "zip": "zlib", "zlibcodec": "zlib", "quopri": "quopri", "quotedprintable": "quopri", "quopricodec": "quopri"}.get(name)
    if known:
        return _bytes_codec(known)
    import _encodings
    pair = _encodings.find(name)
    if pair is not None:
        return _foreign_codec(*pair)
    for search in _searches:
        found = search(encoding.lower().replace(" ", "_").replace("-", "_"))
        if found is not None:
            return found
    raise LookupError("unknown encoding: " + encoding)


def register(search_function):
    """Codecs that only this module's functions know: str.encode() has the built-in ones."""
    if not callable(search_function):
        raise TypeError("argument must be callable")
    _searches.append(search_function)


def unregister(search_function):
    if search_function in _searches:
        _searches.remove(search_function)


def encode(obj, encoding="utf-8", errors="strict"):
    return lookup(encoding).encode(obj, errors)[0]


def decode(obj, encoding="utf-8", errors="strict"):
    return lookup(encoding).decode(obj, errors)[0]


def getencoder(encoding):
    return lookup(encoding).encode


def getdecoder(encoding):
    return lookup(encoding).decode


def _part(encoding, name):
    part = getattr(lookup(encoding), name)
    if part is None:
        raise LookupError(encoding)
    return part


def getincrementalencoder(encoding):
    return _part(encoding, "incrementalencoder")


def getincrementaldecoder(encoding):
    return _part(encoding, "incrementaldecoder")


def getreader(encoding):
    return _part(encoding, "streamreader")


def getwriter(encoding):
    return _part(encoding, "streamwriter")


def iterencode(iterator, encoding, errors="strict", **kwargs):
    encoder = getincrementalencoder(encoding)(errors, **kwargs)
    for text in iterator:
        data = encoder.encode(text)
        if data:
            yield data


def iterdecode(iterator, encoding, errors="strict", **kwargs):
    decoder = getincrementaldecoder(encoding)(errors, **kwargs)
    for data in iterator:
        text = decoder.decode(data)
        if text:
            yield text
    text = decoder.decode(b"", True)
    if text:
        yield text


def open(filename, mode="r", encoding=None, errors="strict", buffering=-1):
    import builtins
    if encoding is not None and "b" not in mode:
        mode += "b"
    file = builtins.open(filename, mode)
    if encoding is None:
        return file
    return (getreader if "r" in mode else getwriter)(encoding)(file, errors)


def EncodedFile(file, data_encoding, file_encoding=None, errors="strict"):
    raise NotImplementedError("codecs.EncodedFile")
