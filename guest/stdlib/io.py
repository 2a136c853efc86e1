# Streams in memory. There are no files but what a grant opens.

from operator import index as _index

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
DEFAULT_BUFFER_SIZE = 8192
open = open
BlockingIOError = BlockingIOError


def open_code(path):
    return open(path, "rb")


def text_encoding(encoding, stacklevel=2):
    return "locale" if encoding is None else encoding


class UnsupportedOperation(OSError, ValueError):
    pass


def _size(size):
    return -1 if size is None else _index(size)


class IOBase:
    closed = False

    def _refuse(self, name):
        raise UnsupportedOperation(name)

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, *details):
        self.close()

    def _check(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def close(self):
        if not self.closed:
            self.flush()
            self.closed = True

    def flush(self):
        self._check()

    def fileno(self):
        self._refuse("fileno")

    def isatty(self):
        self._check()
        return False

    def readable(self):
        return False

    def writable(self):
        return False

    def seekable(self):
        return False

    def seek(self, offset, whence=0):
        self._refuse("seek")

    def tell(self):
        return self.seek(0, 1)

    def truncate(self, size=None):
        self._refuse("truncate")

    def __iter__(self):
        self._check()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readline(self, size=-1):
        self._check()
        size = _size(size)
        line = bytearray()
        while size < 0 or len(line) < size:
            byte = self.read(1)
            if not byte:
                break
            line += byte
            if byte == b"\n":
                break
        return bytes(line)

    def readlines(self, hint=-1):
        lines = []
        hint = _size(hint)
        size = 0
        for line in self:
            lines.append(line)
            size += len(line)
            if 0 < hint <= size:
                break
        return lines

    def writelines(self, lines):
        self._check()
        for line in lines:
            self.write(line)


class RawIOBase(IOBase):
    def readinto(self, buffer):
        raise NotImplementedError

    def write(self, data):
        raise NotImplementedError

    def read(self, size=-1):
        if size is None or size < 0:
            return self.readall()
        buffer = bytearray(size)
        n = self.readinto(buffer)
        return None if n is None else bytes(buffer[:n])

    def readall(self):
        parts = []
        while True:
            part = self.read(DEFAULT_BUFFER_SIZE)
            if not part:
                return b"".join(parts)
            parts.append(part)


class BufferedIOBase(IOBase):
    def readinto(self, buffer):
        view = memoryview(buffer)
        if view.format != "B":
            view = view.cast("B")
        data = self.read(len(view))
        view[:len(data)] = data
        return len(data)

    readinto1 = readinto

    def detach(self):
        self._refuse("detach")


class TextIOBase(IOBase):
    encoding = None
    errors = None
    newlines = None

    def detach(self):
        self._refuse("detach")


class StringIO(TextIOBase):
    # What is written at the end waits in a list until somebody looks.
    def __init__(self, initial_value="", newline="\n"):
        if newline is not None and not isinstance(newline, str):
            raise TypeError("newline must be str or None, not %s" % type(newline).__name__)
        if newline not in (None, "", "\n", "\r", "\r\n"):
            raise ValueError("illegal newline value: %r" % (newline,))
        if initial_value is None:
            initial_value = ""
        if not isinstance(initial_value, str):
            raise TypeError("initial_value must be str or None, not %s" % type(initial_value).__name__)
        self._newline = newline
        self._text = ""
        self._more = []
        self._pos = 0
        self._seen = ()
        self._ahead = None
        if initial_value:
            self.write(initial_value)
            self._pos = 0

    def _flat(self):
        if self.closed:
            raise ValueError("I/O operation on closed file")
        if self._more:
            self._text += "".join(self._more)
            self._more = []
        return self._text

    def write(self, s):
        if self.closed:
            raise ValueError("I/O operation on closed file")
        if not isinstance(s, str):
            raise TypeError("string argument expected, got '%s'" % type(s).__name__)
        n = len(s)
        if self._newline != "\n" and n:
            if not self._newline:
                self._see(s)
            if self._newline is None:
                s = s.replace("\r\n", "\n").replace("\r", "\n")
            elif self._newline:
                s = s.replace("\n", self._newline)
        if self._pos < 0:
            self._more.append(s)
        elif n:
            text = self._flat()
            pos = self._pos
            if pos > len(text):
                text += "\0" * (pos - len(text))
            if pos == len(text):
                self._text = text
                self._more.append(s)
                self._pos = -1
            else:
                self._text = text[:pos] + s + text[pos + len(s):]
                self._pos = pos + len(s)
        return n

    def _see(self, s):
        # The kinds of line ends that there were.
        rest = s.replace("\r\n", "")
        now = {"\r": "\r" in rest, "\n": "\n" in rest, "\r\n": len(rest) != len(s)}
        self._seen = tuple([end for end in now if now[end] or end in self._seen])

    @property
    def newlines(self):
        self._flat()
        return self._seen if len(self._seen) > 1 else self._seen[0] if self._seen else None

    def __getstate__(self):
        text = self._here()
        own = {name: value for name, value in self.__dict__.items() if name not in _STATE}
        return text, self._newline, self._pos, own or None

    def __setstate__(self, state):
        self._check()
        if not isinstance(state, tuple) or len(state) < 4:
            raise TypeError("%s.__setstate__ argument should be 4-tuple, got %s" % (type(self).__name__, type(state).__name__))
        text, newline, pos, own = state[:4]
        if not isinstance(text, str) or own is not None and not isinstance(own, dict):
            raise TypeError("invalid state")
        pos = _index(pos)
        if pos < 0:
            raise ValueError("position value cannot be negative")
        StringIO.__init__(self, "", newline)
        self._text, self._pos = text, pos
        self.__dict__.update(own or {})

    # _pos is -1 at the end while text is appended.
    def _here(self):
        text = self._flat()
        if self._pos < 0:
            self._pos = len(text)
        return text

    def getvalue(self):
        return self._flat()

    def read(self, size=-1):
        text = self._here()
        start = self._pos
        size = _size(size)
        end = len(text) if size < 0 else min(len(text), start + size)
        self._pos = max(start, end)
        return text[start:end]

    def readline(self, size=-1):
        text = self._here()
        start = self._pos
        if (size is None or size == -1) and self._newline in ("\n", None):
            # The lines that follow, in reverse: to look for each in the text would cost the way to its place.
            ahead = self._ahead
            if ahead is None or ahead[1] != start or ahead[0] is not text:
                lines = [line + "\n" for line in text[start:].split("\n")]
                last = lines.pop()[:-1]
                if last:
                    lines.append(last)
                lines.reverse()
                ahead = self._ahead = [text, start, lines]
            line = ahead[2].pop() if ahead[2] else ""
            self._pos = ahead[1] = start + len(line)
            return line
        if self._newline == "" or self._newline in ("\r", "\r\n"):
            end = len(text)
            if self._newline:
                i = text.find(self._newline, start)
                end = len(text) if i < 0 else i + len(self._newline)
            else:
                for i in range(start, len(text)):
                    if text[i] == "\n" or text[i] == "\r":
                        end = i + 2 if text[i:i + 2] == "\r\n" else i + 1
                        break
        else:
            i = text.find("\n", start)
            end = len(text) if i < 0 else i + 1
        if 0 <= _size(size) < end - start:
            end = start + _index(size)
        self._pos = max(start, end)
        return text[start:end]

    def seek(self, pos, whence=0):
        text = self._here()
        pos = _index(pos)
        if whence == 0 and pos < 0:
            raise ValueError("Negative seek position %d" % pos)
        if whence not in (0, 1, 2):
            raise ValueError("Invalid whence (%d, should be 0, 1 or 2)" % whence)
        if whence and pos:
            raise OSError("Can't do nonzero cur-relative seeks")
        self._pos = pos if whence == 0 else self._pos if whence == 1 else len(text)
        return self._pos

    def tell(self):
        self._here()
        return self._pos

    def truncate(self, size=None):
        text = self._here()
        size = self._pos if size is None else _index(size)
        if size < 0:
            raise ValueError("Negative size value %d" % size)
        self._text = text[:size]
        return size

    def close(self):
        self.closed = True
        self._text = ""
        self._more = []

    def _check(self):
        if self.closed:
            raise ValueError("I/O operation on closed file")

    def readable(self):
        self._check()
        return True

    writable = seekable = readable
    line_buffering = False


_STATE = ("_newline", "_text", "_more", "_pos", "_seen", "_data", "_ahead")


def _bytes(data):
    return data if isinstance(data, bytes) else memoryview(data).tobytes()


class BytesIO(BufferedIOBase):
    def __init__(self, initial_bytes=b""):
        self._data = bytearray(_bytes(initial_bytes if initial_bytes is not None else b""))
        self._pos = 0

    def __getstate__(self):
        own = {name: value for name, value in self.__dict__.items() if name not in _STATE}
        return self.getvalue(), self._pos, own or None

    def __setstate__(self, state):
        self._check()
        if not isinstance(state, tuple) or len(state) < 3:
            raise TypeError("%s.__setstate__ argument should be 3-tuple, got %s" % (type(self).__name__, type(state).__name__))
        data, pos, own = state[:3]
        if own is not None and not isinstance(own, dict):
            raise TypeError("third item of state should be a dict, got a %s" % type(own).__name__)
        pos = _index(pos)
        if pos < 0:
            raise ValueError("position value cannot be negative")
        BytesIO.__init__(self, data)
        self._pos = pos
        self.__dict__.update(own or {})

    def getvalue(self):
        self._check()
        return bytes(self._data)

    def getbuffer(self):
        self._check()
        return memoryview(self._data)

    def read(self, size=-1):
        self._check()
        start = self._pos
        size = _size(size)
        end = len(self._data) if size < 0 else min(len(self._data), start + size)
        self._pos = max(start, end)
        return bytes(self._data[start:end])

    read1 = read

    def readline(self, size=-1):
        self._check()
        start = self._pos
        i = self._data.find(b"\n", start)
        end = len(self._data) if i < 0 else i + 1
        if 0 <= _size(size) < end - start:
            end = start + _index(size)
        self._pos = max(start, end)
        return bytes(self._data[start:end])

    def write(self, b):
        self._check()
        if isinstance(b, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        b = _bytes(b)
        pos = self._pos
        if not b:
            return 0
        if pos > len(self._data):
            self._data.extend(bytes(pos - len(self._data)))
        if pos == len(self._data):
            self._data.extend(b)
        else:
            self._data[pos:pos + len(b)] = b
        self._pos = pos + len(b)
        return len(b)

    def seek(self, pos, whence=0):
        self._check()
        pos = _index(pos)
        if whence == 0 and pos < 0:
            raise ValueError("negative seek value %d" % pos)
        if whence not in (0, 1, 2):
            raise ValueError("invalid whence (%d, should be 0, 1 or 2)" % whence)
        self._pos = max(0, pos + (0, self._pos, len(self._data))[whence])
        return self._pos

    def tell(self):
        self._check()
        return self._pos

    def truncate(self, size=None):
        self._check()
        size = self._pos if size is None else _index(size)
        if size < 0:
            raise ValueError("negative size value %d" % size)
        del self._data[size:]
        return size

    def close(self):
        self.closed = True
        self._data = bytearray()

    def readable(self):
        self._check()
        return True

    writable = seekable = readable


class _Wrapped(BufferedIOBase):
    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        self.raw = raw

    def __getattr__(self, name):
        if name == "raw":
            raise AttributeError(name)
        return getattr(self.raw, name)

    def read(self, size=-1):
        return self.raw.read(size)

    def readline(self, size=-1):
        return self.raw.readline(size)

    def write(self, b):
        return self.raw.write(b)

    def seek(self, pos, whence=0):
        return self.raw.seek(pos, whence)

    def flush(self):
        self.raw.flush()

    def close(self):
        self.closed = True
        self.raw.close()


class BufferedReader(_Wrapped):
    def peek(self, size=0):
        at = self.raw.tell()
        data = self.raw.read(size or DEFAULT_BUFFER_SIZE)
        self.raw.seek(at)
        return data


class BufferedWriter(_Wrapped):
    pass


class BufferedRandom(_Wrapped):
    pass


class FileIO(RawIOBase):
    def __init__(self, file, mode="r", closefd=True, opener=None):
        open(file, mode if "b" in mode else mode + "b")


class BufferedRWPair(BufferedIOBase):
    def __init__(self, reader, writer, buffer_size=DEFAULT_BUFFER_SIZE):
        self.reader, self.writer = BufferedReader(reader), BufferedWriter(writer)

    def read(self, size=-1):
        return self.reader.read(size)

    def write(self, data):
        return self.writer.write(data)

    def flush(self):
        self.writer.flush()

    def readable(self):
        return True

    writable = readable


class IncrementalNewlineDecoder:
    def __init__(self, decoder, translate, errors="strict"):
        self._decoder = decoder
        self._translate = translate
        self._seen = set()
        self._pending = False

    def decode(self, input, final=False):
        text = input if self._decoder is None else self._decoder.decode(input, final)
        if self._pending and (text or final):
            text = "\r" + text
            self._pending = False
        if text.endswith("\r") and not final:
            text = text[:-1]
            self._pending = True
        rest = text.replace("\r\n", "")
        for end, found in (("\r\n", len(rest) != len(text)), ("\r", "\r" in rest), ("\n", "\n" in rest)):
            if found:
                self._seen.add(end)
        return text.replace("\r\n", "\n").replace("\r", "\n") if self._translate else text

    def reset(self):
        self._seen.clear()
        self._pending = False
        if self._decoder is not None:
            self._decoder.reset()

    @property
    def newlines(self):
        found = tuple([end for end in ("\r", "\n", "\r\n") if end in self._seen])
        return None if not found else found[0] if len(found) == 1 else found


class TextIOWrapper(TextIOBase):
    # Text on a stream of bytes. It reads all that there is at once.
    def __init__(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False):
        self.buffer = buffer
        self.encoding = encoding or "utf-8"
        self.errors = errors or "strict"
        self._newline = newline
        self.line_buffering = line_buffering
        self._reader = None
        self.name = getattr(buffer, "name", None)

    def _text(self):
        self._check()
        if self._reader is None:
            data = self.buffer.read()
            self._reader = StringIO(data.decode(self.encoding, self.errors), self._newline)
        return self._reader

    def read(self, size=-1):
        return self._text().read(size)

    def readline(self, size=-1):
        return self._text().readline(size)

    def write(self, s):
        self._check()
        if not isinstance(s, str):
            raise TypeError("write() argument must be str, not %s" % type(s).__name__)
        text = s
        if self._newline not in (None, "", "\n"):
            text = s.replace("\n", self._newline)
        self.buffer.write(text.encode(self.encoding, self.errors))
        return len(s)

    def flush(self):
        self.buffer.flush()

    def seek(self, pos, whence=0):
        self._reader = None
        return self.buffer.seek(pos, whence)

    def tell(self):
        return self.buffer.tell()

    def detach(self):
        self.flush()
        return self.buffer

    def reconfigure(self, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None):
        self.encoding = encoding or self.encoding
        self.errors = errors or self.errors
        self._newline = self._newline if newline is None else newline

    def __repr__(self):
        return "<_io.TextIOWrapper%s encoding=%r>" % (" name=%r" % (self.name,) if self.name else "", self.encoding)

    def close(self):
        if not self.closed:
            self.closed = True
            self.buffer.close()

    def readable(self):
        return self.buffer.readable()

    def writable(self):
        return self.buffer.writable()

    def seekable(self):
        return self.buffer.seekable()


def text_encoding(encoding, stacklevel=2):
    return encoding or "utf-8"
