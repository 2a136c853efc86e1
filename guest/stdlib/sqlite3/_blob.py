# Blob: a value of SQLite that is read and written in place. Its size is fixed.

import operator

_MOST = 2**31 - 1
_INDEX = 2**63 - 1


class Blob:
    """An open BLOB, by Connection.blobopen(): file-like, and a mutable sequence of bytes."""

    __module__ = "sqlite3"
    __iter__ = None

    def __init__(self, handle=None, *, _from_connection=False):
        if not _from_connection:
            raise TypeError("cannot create 'sqlite3.Blob' instances")
        self._handle = handle
        self._offset = 0

    def close(self):
        self._handle.close()

    def __enter__(self):
        self._handle.size()
        return self

    def __exit__(self, type, val, tb, /):
        self._handle.size()
        self._handle.close()

    def __len__(self):
        return self._handle.size()

    def read(self, length=-1, /):
        rest = self._handle.size() - self._offset
        if length < 0 or length > rest:
            length = rest
        data = self._handle.read(self._offset, length) if length else b""
        self._offset += length
        return data

    def _write(self, offset, data):
        if len(data) > self._handle.size() - offset:
            raise ValueError("data longer than blob length")
        self._handle.write(offset, data)

    def write(self, data, /):
        data = memoryview(data)
        self._write(self._offset, data)
        self._offset += len(data)

    def seek(self, offset, origin=0, /):
        size = self._handle.size()
        if origin not in (0, 1, 2):
            raise ValueError("'origin' should be os.SEEK_SET, os.SEEK_CUR, or os.SEEK_END")
        base = (0, self._offset, size)[origin]
        if offset > _MOST - base:
            raise OverflowError("seek offset results in overflow")
        if not 0 <= base + offset <= size:
            raise ValueError("offset out of blob range")
        self._offset = base + offset

    def tell(self):
        self._handle.size()
        return self._offset

    def _place(self, key):
        size = self._handle.size()
        try:
            place = operator.index(key)
        except TypeError:
            raise TypeError("Blob indices must be integers") from None
        if not -_INDEX <= place <= _INDEX:
            raise IndexError("cannot fit 'int' into an index-sized integer")
        if place < 0:
            place += size
        if not 0 <= place < size:
            raise IndexError("Blob index out of range")
        return place

    def __getitem__(self, key):
        if not isinstance(key, slice):
            return self._handle.read(self._place(key), 1)[0]
        start, stop, step = key.indices(self._handle.size())
        if step == 1:
            return self._handle.read(start, stop - start) if stop > start else b""
        places = range(start, stop, step)
        if not places:
            return b""
        low, high = min(places[0], places[-1]), max(places[0], places[-1])
        data = self._handle.read(low, high - low + 1)
        return bytes([data[place - low] for place in places])

    def __setitem__(self, key, value):
        if not isinstance(key, slice):
            place = self._place(key)
            if not isinstance(value, int):
                raise TypeError("'%s' object cannot be interpreted as an integer" % type(value).__name__)
            if not 0 <= value < 256:
                raise ValueError("byte must be in range(0, 256)")
            self._handle.write(place, bytes((value,)))
            return
        places = range(*key.indices(self._handle.size()))
        data = memoryview(value)
        if len(data) != len(places):
            raise IndexError("Blob slice assignment is wrong size")
        if not places:
            return
        low, high = min(places[0], places[-1]), max(places[0], places[-1])
        old = bytearray(self._handle.read(low, high - low + 1))
        for place, byte in zip(places, data):
            old[place - low] = byte
        self._handle.write(low, old)

    def __contains__(self, item):
        raise TypeError("argument of type 'sqlite3.Blob' is not iterable")

    def __delitem__(self, key):
        self._handle.size()
        raise TypeError("Blob doesn't support slice deletion" if isinstance(key, slice) else "Blob doesn't support item deletion")
