"""Bytes as text and back. Most is in C, in the module _binascii."""

from _binascii import *


class Error(ValueError):
    __module__ = "binascii"


class Incomplete(Exception):
    __module__ = "binascii"


def b2a_uu(data, *, backtick=False):
    if len(data) > 45:
        raise Error("At most 45 bytes at once")
    out = bytearray([32 + len(data) if data or not backtick else 96])
    for i in range(0, len(data), 3):
        part = bytes(data[i:i + 3]) + bytes(3 - len(data[i:i + 3]))
        bits = part[0] << 16 | part[1] << 8 | part[2]
        for shift in (18, 12, 6, 0):
            six = bits >> shift & 63
            out.append(96 if backtick and not six else 32 + six)
    out.append(10)
    return bytes(out)


def a2b_uu(data):
    if isinstance(data, str):
        data = data.encode("ascii")
    length = (data[0] - 32) & 63 if data else 0
    out = bytearray()
    bits = have = 0
    position = 1
    while len(out) < length:
        c = data[position] if position < len(data) else 32
        position += 1
        if c in (10, 13):
            c = 32
        if not 32 <= c <= 96:
            raise Error("Illegal char")
        bits = bits << 6 | (c - 32) & 63
        have += 6
        if have >= 8:
            have -= 8
            out.append(bits >> have & 255)
    for c in data[position:]:
        if c not in (32, 96, 10, 13):
            raise Error("Trailing garbage")
    return bytes(out)


def a2b_qp(data, header=False):
    if isinstance(data, str):
        data = data.encode("ascii")
    out = bytearray()
    i, n = 0, len(data)
    digits = b"0123456789ABCDEFabcdef"
    while i < n:
        c = data[i]
        i += 1
        if c == 61:  # =
            if i >= n:
                break
            if data[i] in (10, 13):
                if data[i] != 10:
                    while i < n and data[i] != 10:
                        i += 1
                i += 1
            elif data[i] == 61:
                out.append(61)
                i += 1
            elif i + 1 < n and data[i] in digits and data[i + 1] in digits:
                out.append(int(bytes(data[i:i + 2]).decode(), 16))
                i += 2
            else:
                out.append(61)
        elif header and c == 95:  # _
            out.append(32)
        else:
            out.append(c)
    return bytes(out)


def b2a_qp(data, quotetabs=False, istext=True, header=False):
    out = bytearray()
    line = 0
    i, n = 0, len(data)
    data = bytes(data)
    crlf = b"\r\n" in data[:data.find(b"\n") + 1]
    while i < n:
        c = data[i]
        if istext and (c == 10 or c == 13 and i + 1 < n and data[i + 1] == 10):
            if out and out[-1] in (32, 9) and line:
                last = out.pop()
                out.extend(b"=%02X" % last)
            out.extend(b"\r\n" if crlf else b"\n")
            i += 2 if c == 13 else 1
            line = 0
            continue
        end = i + 1 == n
        quote = (c > 126 or c == 61 or header and c == 95 or c == 46 and line == 0 and (end or data[i + 1] in (10, 13, 0))
                 or not istext and c in (10, 13) or (c in (9, 32)) and end
                 or c < 33 and c not in (9, 10, 13, 32) or c in (9, 32) and quotetabs)
        width = 3 if quote else 1
        if line + width >= 76:
            out.extend(b"=\r\n" if crlf else b"=\n")
            line = 0
        if quote:
            out.extend(b"=%02X" % c)
        else:
            out.append(95 if header and c == 32 else c)
        line += width
        i += 1
    return bytes(out)
