"""Codecs by name. The encodings of text are in C; rot13, hex, base64 and zlib are here."""

from collections import namedtuple

__all__ = ["register", "lookup", "open", "EncodedFile", "BOM", "BOM_BE", "BOM_LE", "BOM_UTF8", "BOM_UTF16",
           "BOM_UTF16_LE", "BOM_UTF16_BE", "BOM_UTF32", "BOM_UTF32_LE", "BOM_UTF32_BE", "CodecInfo", "encode", "decode",
           "getencoder", "getdecoder", "getincrementalencoder", "getincrementaldecoder", "getreader", "getwriter",
           "iterencode", "iterdecode", "IncrementalEncoder", "IncrementalDecoder", "StreamReader", "StreamWriter"]

BOM_UTF8 = b"\xef\xbb\xbf"
BOM = BOM_LE = BOM_UTF16 = BOM_UTF16_LE = b"\xff\xfe"
BOM_BE = BOM_UTF16_BE = b"\xfe\xff"
BOM_UTF32 = BOM_UTF32_LE = b"\xff\xfe\x00\x00"
BOM_UTF32_BE = b"\x00\x00\xfe\xff"

_searches = []
_errors = {}
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


def lookup(encoding):
    name = encoding.lower().replace("-", "").replace("_", "").replace(" ", "")
    known = _ALIASES.get(name)
    if known:
        return _text_codec(known)
    known = {"rot13": "rot13", "hex": "hex", "hexcodec": "hex", "base64": "base64", "base64codec": "base64", "zlib": "zlib",
             "zip": "zlib", "zlibcodec": "zlib", "quopri": "quopri", "quotedprintable": "quopri", "quopricodec": "quopri"}.get(name)
    if known:
        return _bytes_codec(known)
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
