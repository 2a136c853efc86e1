# Gzip data, as of RFC 1952.

import io
import struct
import zlib

__all__ = ["BadGzipFile", "GzipFile", "open", "compress", "decompress"]


READ, WRITE = 1, 2


class BadGzipFile(OSError):
    pass


def _now():
    import time
    try:
        return time.time()
    except OSError:
        return 0  # no clock was granted


def compress(data, compresslevel=9, *, mtime=None):
    if mtime is None:
        mtime = _now()
    extra = 2 if compresslevel == 9 else 4 if compresslevel == 1 else 0
    c = zlib.compressobj(compresslevel, zlib.DEFLATED, -15)
    return struct.pack("<BBBBLBB", 0x1f, 0x8b, 8, 0, int(mtime) & 0xffffffff, extra, 3) + c.compress(data) + \
        c.flush() + struct.pack("<LL", zlib.crc32(data), len(data) & 0xffffffff)


def decompress(data):
    out = []
    data = bytes(data)
    while data:
        if data[:2] != b"\x1f\x8b":
            if out and not data.strip(b"\0"):
                break
            raise BadGzipFile("Not a gzipped file (%r)" % data[:2])
        if len(data) < 10:
            raise EOFError("Compressed file ended before the end-of-stream marker was reached")
        if data[2] != 8:
            raise BadGzipFile("Unknown compression method")
        flags = data[3]
        at = 10
        if flags & 4:
            at += 2 + struct.unpack("<H", data[at:at + 2])[0]
        for flag in (8, 16):
            if flags & flag:
                at = data.index(b"\0", at) + 1
        if flags & 2:
            at += 2
        d = zlib.decompressobj(-15)
        part = d.decompress(data[at:])
        if not d.eof or len(d.unused_data) < 8:
            raise EOFError("Compressed file ended before the end-of-stream marker was reached")
        crc, size = struct.unpack("<LL", d.unused_data[:8])
        if crc != zlib.crc32(part):
            raise BadGzipFile("CRC check failed")
        if size != len(part) & 0xffffffff:
            raise BadGzipFile("Incorrect length of data produced")
        out.append(part)
        data = d.unused_data[8:]
    return b"".join(out)


class GzipFile:
    # All that is written is compressed when the file is closed; all that is read, at the first read.
    def __init__(self, filename=None, mode=None, compresslevel=9, fileobj=None, mtime=None):
        mode = (mode or getattr(fileobj, "mode", "rb")).replace("t", "")
        if fileobj is None:
            fileobj = _open(filename, mode if "b" in mode else mode + "b")
        self.fileobj = fileobj
        self.name = filename or ""
        self.mtime = mtime
        self._level = compresslevel
        self._writing = mode[:1] in ("w", "a", "x")
        self.mode = WRITE if self._writing else READ
        self._buffer = io.BytesIO() if self._writing else None
        self.closed = False

    def _reader(self):
        if self._buffer is None:
            data = self.fileobj.read()
            if self.mtime is None and len(data) >= 8:
                self.mtime = struct.unpack("<L", data[4:8])[0]
            self._buffer = io.BytesIO(decompress(data))
        return self._buffer

    def read(self, size=-1):
        return self._reader().read(size)

    def readline(self, size=-1):
        return self._reader().readline(size)

    def readlines(self, hint=-1):
        return self._reader().readlines(hint)

    def read1(self, size=-1):
        return self._reader().read1(size)

    def readinto(self, buffer):
        return self._reader().readinto(buffer)

    def peek(self, n):
        reader = self._reader()
        return reader.getvalue()[reader.tell():]

    def seekable(self):
        return True

    def rewind(self):
        self._reader().seek(0)

    def fileno(self):
        return self.fileobj.fileno()

    def seek(self, offset, whence=0):
        return (self._buffer if self._writing else self._reader()).seek(offset, whence)

    def tell(self):
        return (self._buffer if self._writing else self._reader()).tell()

    def __iter__(self):
        return iter(self._reader())

    def write(self, data):
        if not self._writing:
            raise OSError(9, "write() on read-only GzipFile object")
        return self._buffer.write(data)

    def flush(self):
        pass

    def close(self):
        if not self.closed:
            self.closed = True
            if self._writing:
                self.fileobj.write(compress(self._buffer.getvalue(), self._level, mtime=self.mtime))

    def readable(self):
        return not self._writing

    def writable(self):
        return self._writing

    def __next__(self):
        line = self._reader().readline()
        if not line:
            raise StopIteration
        return line

    def __enter__(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        return self

    def __exit__(self, *details):
        self.close()


_open = open


def open(filename, mode="rb", compresslevel=9, encoding=None, errors=None, newline=None):
    binary = filename if hasattr(filename, "read") or hasattr(filename, "write") else None
    f = GzipFile(None if binary else filename, mode.replace("t", ""), compresslevel, binary)
    return io.TextIOWrapper(f, encoding, errors, newline) if "t" in mode else f
