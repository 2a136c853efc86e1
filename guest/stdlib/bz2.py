"""Compression with bzip2: libbzip2 itself, in the module _bz2."""

import io

import _bz2

__all__ = ["BZ2File", "BZ2Compressor", "BZ2Decompressor", "open", "compress", "decompress"]

_CHUNK = 8192


class BZ2Compressor:
    def __init__(self, compresslevel=9, /):
        if not isinstance(compresslevel, int):
            raise TypeError("'%s' object cannot be interpreted as an integer" % type(compresslevel).__name__)
        if not 1 <= compresslevel <= 9:
            raise ValueError("compresslevel must be between 1 and 9")
        self._stream = _bz2.compressor(compresslevel)

    def compress(self, data, /):
        return self._stream.compress(data)

    def flush(self):
        return self._stream.flush()

    def __getstate__(self):
        raise TypeError("cannot pickle '_bz2.BZ2Compressor' object")


class BZ2Decompressor:
    def __init__(self):
        self._stream = _bz2.decompressor()
        self._rest = b""
        self.eof = False
        self.unused_data = b""
        self.needs_input = True

    def decompress(self, data, max_length=-1):
        if self.eof:
            raise EOFError("End of stream already reached")
        if self._rest:
            data = self._rest + bytes(data)
        out, used, self.eof = self._stream.step(data, max_length)
        rest = b"" if used == len(data) else bytes(data[used:])
        if self.eof:
            self.unused_data, rest = rest, b""
        self._rest = rest
        self.needs_input = not (rest or self.eof)
        return out

    def __getstate__(self):
        raise TypeError("cannot pickle '_bz2.BZ2Decompressor' object")


def compress(data, compresslevel=9):
    stream = BZ2Compressor(compresslevel)
    return stream.compress(data) + stream.flush()


def decompress(data):
    parts = []
    while data:
        stream = BZ2Decompressor()
        try:
            part = stream.decompress(data)
        except OSError:
            if parts:
                break  # what follows the last stream is none
            raise
        parts.append(part)
        if not stream.eof:
            raise ValueError("Compressed data ended before the end-of-stream marker was reached")
        data = stream.unused_data
    return b"".join(parts)


class BZ2File(io.BufferedIOBase):
    """A compressed file: reads all streams that follow each other, or writes one."""

    def __init__(self, filename, mode="r", *, compresslevel=9):
        self._file = None
        self._owned = False
        if not 1 <= compresslevel <= 9:
            raise ValueError("compresslevel must be between 1 and 9")
        kind = mode.replace("b", "", 1) or "r"
        if kind not in ("r", "w", "a", "x") or mode not in (kind, kind + "b", "", "b"):
            raise ValueError("Invalid mode: %r" % (mode,))
        if isinstance(filename, (str, bytes)) or hasattr(filename, "__fspath__"):
            filename = _open(filename, kind + "b")
            self._owned = True
        elif not hasattr(filename, "read") and not hasattr(filename, "write"):
            raise TypeError("filename must be a str, bytes, file or PathLike object")
        self._file = filename
        self._compressor = None if kind == "r" else BZ2Compressor(compresslevel)
        self._position = 0
        self._start()

    def _start(self):
        self._decompressor = BZ2Decompressor() if self._compressor is None else None
        self._ready = b""  # decompressed, not read yet
        self._ended = False

    @property
    def closed(self):
        return self._file is None

    def close(self):
        file, self._file = self._file, None
        if file is None:
            return
        try:
            if self._compressor is not None:
                file.write(self._compressor.flush())
        finally:
            self._compressor = self._decompressor = None
            if self._owned:
                file.close()

    def _check(self):
        if self._file is None:
            raise ValueError("I/O operation on closed file")

    def fileno(self):
        self._check()
        return self._file.fileno()

    def seekable(self):
        return self.readable() and self._file.seekable()

    def readable(self):
        self._check()
        return self._decompressor is not None

    def writable(self):
        self._check()
        return self._compressor is not None

    def _check_reading(self):
        if not self.readable():
            raise io.UnsupportedOperation("File not open for reading")

    def _fill(self, most):
        """Up to `most` more bytes become ready; False at the end."""
        while not self._ended:
            stream = self._decompressor
            if stream.eof:
                rest = stream.unused_data or self._file.read(_CHUNK)
                stream = self._decompressor = BZ2Decompressor()
                if not rest:
                    break
                try:
                    data = stream.decompress(rest, most)
                except OSError:
                    break  # what follows the last stream is none
            else:
                rest = self._file.read(_CHUNK) if stream.needs_input else b""
                if not rest and stream.needs_input:
                    raise EOFError("Compressed file ended before the end-of-stream marker was reached")
                data = stream.decompress(rest, most)
            if data:
                self._ready += data
                return True
        self._ended = True
        return False

    def _take(self, size):
        data, self._ready = self._ready[:size], self._ready[size:]
        self._position += len(data)
        return data

    def peek(self, n=0):
        self._check_reading()
        if not self._ready:
            self._fill(_CHUNK)
        return self._ready

    def read(self, size=-1):
        self._check_reading()
        if size is None or size < 0:
            parts = [self._take(len(self._ready))]
            while self._fill(-1):
                parts.append(self._take(len(self._ready)))
            return b"".join(parts)
        if not isinstance(size, int):
            raise TypeError("argument should be integer or None, not '%s'" % type(size).__name__)
        while len(self._ready) < size and self._fill(max(size - len(self._ready), _CHUNK)):
            pass
        return self._take(size)

    def read1(self, size=-1):
        self._check_reading()
        if size < 0:
            size = _CHUNK
        if not self._ready and size:
            self._fill(size)
        return self._take(size)

    def readinto(self, b):
        data = self.read(len(b))
        b[:len(data)] = data
        return len(data)

    def readline(self, size=-1):
        self._check_reading()
        if not isinstance(size, int):
            raise TypeError("Integer argument expected")
        searched = 0
        while True:
            at = self._ready.find(b"\n", searched)
            if at >= 0 or 0 <= size <= len(self._ready):
                break
            searched = len(self._ready)
            if not self._fill(_CHUNK):
                break
        length = at + 1 if at >= 0 else len(self._ready)
        return self._take(length if size < 0 else min(size, length))

    def readlines(self, size=-1):
        self._check_reading()
        if not isinstance(size, int):
            raise TypeError("Integer argument expected")
        lines, length = [], 0
        for line in self:
            lines.append(line)
            length += len(line)
            if 0 < size <= length:
                break
        return lines

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def _check_writing(self):
        if not self.writable():
            raise io.UnsupportedOperation("File not open for writing")

    def write(self, data):
        self._check_writing()
        length = len(data) if isinstance(data, (bytes, bytearray)) else memoryview(data).nbytes
        self._file.write(self._compressor.compress(data))
        self._position += length
        return length

    def writelines(self, lines):
        self._check_writing()
        for line in lines:
            self.write(line)

    def seek(self, offset, whence=0):
        self._check_reading()
        if not self._file.seekable():
            raise io.UnsupportedOperation("The underlying file object does not support seeking")
        if whence == 1:
            offset += self._position
        elif whence == 2:
            while self._ready or self._fill(_CHUNK):
                self._take(len(self._ready))
            offset += self._position
        elif whence != 0:
            raise ValueError("Invalid value for whence: %s" % (whence,))
        if offset < self._position:
            self._file.seek(0)
            self._position = 0
            self._start()
        while self._position < offset and (self._ready or self._fill(_CHUNK)):
            self._take(offset - self._position)
        return self._position

    def tell(self):
        self._check()
        return self._position


_open = open


def open(filename, mode="rb", compresslevel=9, encoding=None, errors=None, newline=None):
    text = "t" in mode
    if text:
        if "b" in mode:
            raise ValueError("Invalid mode: %r" % (mode,))
    else:
        for name, value in (("encoding", encoding), ("errors", errors), ("newline", newline)):
            if value is not None:
                raise ValueError("Argument %r not supported in binary mode" % name)
    file = BZ2File(filename, mode.replace("t", ""), compresslevel=compresslevel)
    return io.TextIOWrapper(file, encoding, errors, newline) if text else file
