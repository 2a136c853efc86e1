# Gzip data, as of RFC 1952.

import io
import struct
import zlib

__all__ = ["BadGzipFile", "GzipFile", "open", "compress", "decompress"]


class BadGzipFile(OSError):
    pass


def compress(data, compresslevel=9, *, mtime=None):
    if mtime is None:
        mtime = 0
    extra = 2 if compresslevel == 9 else 4 if compresslevel == 1 else 0
    c = zlib.compressobj(compresslevel, zlib.DEFLATED, -15)
    return struct.pack("<BBBBLBB", 0x1f, 0x8b, 8, 0, int(mtime) & 0xffffffff, extra, 255) + c.compress(data) + \
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
        self.mode = mode
        self.mtime = mtime
        self._level = compresslevel
        self._writing = mode[:1] in ("w", "a", "x")
        self._buffer = io.BytesIO() if self._writing else None
        self.closed = False

    def _reader(self):
        if self._buffer is None:
            self._buffer = io.BytesIO(decompress(self.fileobj.read()))
        return self._buffer

    def read(self, size=-1):
        return self._reader().read(size)

    def readline(self, size=-1):
        return self._reader().readline(size)

    def readlines(self):
        return self._reader().readlines()

    def seek(self, offset, whence=0):
        return self._reader().seek(offset, whence)

    def tell(self):
        return self._reader().tell()

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

    def __enter__(self):
        return self

    def __exit__(self, *details):
        self.close()


_open = open


def open(filename, mode="rb", compresslevel=9, encoding=None, errors=None, newline=None):
    binary = filename if hasattr(filename, "read") or hasattr(filename, "write") else None
    f = GzipFile(None if binary else filename, mode.replace("t", ""), compresslevel, binary)
    return io.TextIOWrapper(f, encoding, errors, newline) if "t" in mode else f
