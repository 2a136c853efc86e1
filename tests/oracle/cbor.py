"""The part of CBOR (RFC 8949) that a request and the guest's events need; docs/internals.md has the subset.

A third implementation beside the guest's and the library's, written from the table there and from nothing else.
"""

import struct


class Tagged:
    """A tag and its content, for tags that the oracle only compares and prints."""

    def __init__(self, tag, value):
        self.tag, self.value = tag, value

    def __eq__(self, other):
        return isinstance(other, Tagged) and (self.tag, repr(self.value)) == (other.tag, repr(other.value))

    def __hash__(self):
        return hash((self.tag, repr(self.value)))

    def __repr__(self):
        return f"Tagged({self.tag}, {self.value!r})"


def _head(major, value):
    if value < 24:
        return bytes([major << 5 | value])
    for code, form in ((24, ">B"), (25, ">H"), (26, ">I"), (27, ">Q")):
        if value < 1 << 8 * struct.calcsize(form):
            return bytes([major << 5 | code]) + struct.pack(form, value)
    raise ValueError("beyond 64 bits")


def encode(value):
    """Bytes of a plain value: None, bool, int of 64 bits, float, str, bytes, list, dict."""
    if value is None or isinstance(value, bool):
        return {None: b"\xf6", False: b"\xf4", True: b"\xf5"}[value]
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, str):
        data = value.encode()
        return _head(3, len(data)) + data
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(map(encode, value))
    if isinstance(value, dict):
        return _head(5, len(value)) + b"".join(encode(k) + encode(v) for k, v in value.items())
    raise TypeError(type(value).__name__)


def decode(data):
    """The one value that `data` is; ValueError when it is anything else."""
    value, at = _decode(data, 0)
    if at != len(data):
        raise ValueError("bytes after the value")
    return value


def _decode(data, at):
    if at >= len(data):
        raise ValueError("too short")
    major, low = data[at] >> 5, data[at] & 31
    at += 1
    if low < 24:
        argument = low
    elif low < 28:
        size = 1 << low - 24
        argument = int.from_bytes(data[at:at + size], "big")
        at += size
    else:
        raise ValueError("indefinite length")
    if at > len(data):
        raise ValueError("too short")
    if major == 7:
        if low == 27:
            return struct.unpack(">d", data[at - 8:at])[0], at
        return {20: False, 21: True, 22: None}[argument], at
    if major < 2:
        return (-1 - argument if major else argument), at
    if major < 4:
        text = data[at:at + argument]
        if len(text) != argument:
            raise ValueError("too short")
        return (text if major == 2 else text.decode()), at + argument
    if major == 4:
        items = []
        for _ in range(argument):
            item, at = _decode(data, at)
            items.append(item)
        return items, at
    if major == 5:
        pairs = {}
        for _ in range(argument):
            key, at = _decode(data, at)
            value, at = _decode(data, at)
            pairs[repr(key) if isinstance(key, (list, dict)) else key] = value
        return pairs, at
    value, at = _decode(data, at)
    if argument in (2, 3):
        number = int.from_bytes(value, "big")
        return (number if argument == 2 else -1 - number), at
    return Tagged(argument, value), at
