# Base 16, 32, 64 and 85.

import binascii


def _bytes(s):
    if isinstance(s, str):
        try:
            return s.encode("ascii")
        except UnicodeError:
            raise ValueError("string argument should contain only ASCII characters") from None
    try:
        return bytes(memoryview(s))
    except TypeError:
        raise TypeError("argument should be a bytes-like object or ASCII string, not %r" % type(s).__name__) from None


def _need(s):
    try:
        return bytes(memoryview(s))
    except TypeError:
        raise TypeError("a bytes-like object is required, not '%s'" % type(s).__name__) from None



def b64encode(s, altchars=None):
    data = binascii.b2a_base64(_need(s), newline=False)
    if altchars is not None:
        data = data.replace(b"+", altchars[:1]).replace(b"/", altchars[1:])
    return data


def b64decode(s, altchars=None, validate=False):
    s = _bytes(s)
    if altchars is not None:
        altchars = _bytes(altchars)
        assert len(altchars) == 2, repr(altchars)
        s = s.translate(bytes.maketrans(altchars, b"+/"))
    return binascii.a2b_base64(s, strict_mode=validate)


def standard_b64encode(s):
    return b64encode(s)


def standard_b64decode(s):
    return b64decode(s)


def urlsafe_b64encode(s):
    return b64encode(s, b"-_")


def urlsafe_b64decode(s):
    return b64decode(s, b"-_")


_B32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_B32HEX = b"0123456789ABCDEFGHIJKLMNOPQRSTUV"


def _b32encode(alphabet, s):
    s = _need(s)
    left = len(s) % 5
    s += bytes(-len(s) % 5)
    out = []
    for i in range(0, len(s), 5):
        n = int.from_bytes(s[i:i + 5], "big")
        out.extend([alphabet[n >> shift & 31] for shift in range(35, -1, -5)])
    pad = {0: 0, 1: 6, 2: 4, 3: 3, 4: 1}[left]
    if pad:
        out[-pad:] = b"=" * pad
    return bytes(out)


def _b32decode(alphabet, s, casefold, map01=None):
    s = _bytes(s)
    if len(s) % 8:
        raise binascii.Error("Incorrect padding")
    if map01 is not None:
        s = s.replace(b"0", b"O").replace(b"1", _bytes(map01))
    if casefold:
        s = s.upper()
    n = len(s)
    s = s.rstrip(b"=")
    pad = n - len(s)
    out = []
    for i in range(0, len(s), 8):
        value = 0
        part = s[i:i + 8]
        for c in part:
            k = alphabet.find(bytes([c]))
            if k < 0:
                raise binascii.Error("Non-base32 digit found")
            value = value << 5 | k
        out.append((value << 5 * (8 - len(part))).to_bytes(5, "big"))
    if pad not in (0, 1, 3, 4, 6):
        raise binascii.Error("Incorrect padding")
    data = b"".join(out)
    return data[:-((5 * pad + 7) // 8)] if pad else data


def b32encode(s):
    return _b32encode(_B32, s)


def b32decode(s, casefold=False, map01=None):
    return _b32decode(_B32, s, casefold, map01)


def b32hexencode(s):
    return _b32encode(_B32HEX, s)


def b32hexdecode(s, casefold=False):
    return _b32decode(_B32HEX, s, casefold)


def b16encode(s):
    return binascii.hexlify(_need(s)).upper()


def b16decode(s, casefold=False):
    s = _bytes(s)
    if casefold:
        s = s.upper()
    for c in s:
        if c not in b"0123456789ABCDEF":
            raise binascii.Error("Non-base16 digit found")
    return binascii.unhexlify(s)


_B85 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"


def _85encode(s, alphabet, pad, fold0=False, foldspaces=False):
    n = -len(s) % 4
    s += bytes(n)
    out = bytearray()
    for i in range(0, len(s), 4):
        value = int.from_bytes(s[i:i + 4], "big")
        if fold0 and not value and (i + 4 < len(s) or not n):
            out.append(122)
        elif foldspaces and value == 0x20202020:
            out.append(121)
        else:
            out.extend(bytes([alphabet[value // 85 ** k % 85] for k in (4, 3, 2, 1, 0)]))
    return bytes(out if pad or not n else out[:-n])


def b85encode(b, pad=False):
    return _85encode(_need(b), _B85, pad)


def b85decode(b):
    b = _bytes(b)
    n = -len(b) % 5
    b += b"~" * n
    out = []
    for i in range(0, len(b), 5):
        value = 0
        for j, c in enumerate(b[i:i + 5]):
            k = _B85.find(bytes([c]))
            if k < 0:
                raise ValueError("bad base85 character at position %d" % (i + j))
            value = value * 85 + k
        if value >> 32:
            raise ValueError("base85 overflow in hunk starting at byte %d" % i)
        out.append(value.to_bytes(4, "big"))
    data = b"".join(out)
    return data[:-n] if n else data


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    data = _85encode(_need(b), bytes(range(33, 118)), pad, True, foldspaces)
    if adobe:
        data = b"<~" + data
    if wrapcol:
        wrapcol = max(2 if adobe else 1, wrapcol)
        parts = [data[i:i + wrapcol] for i in range(0, len(data), wrapcol)]
        if adobe and len(parts[-1]) + 2 > wrapcol:
            parts.append(b"")
        data = b"\n".join(parts)
    return data + b"~>" if adobe else data


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b" \t\n\r\v"):
    b = _bytes(b)
    if adobe:
        if not b.endswith(b"~>"):
            raise ValueError("Ascii85 encoded byte sequences must end with b'~>'")
        b = b[2:-2] if b.startswith(b"<~") else b[:-2]
    out = []
    current = []
    for c in b + b"uuuu":
        if 33 <= c <= 117:
            current.append(c - 33)
            if len(current) == 5:
                value = 0
                for k in current:
                    value = value * 85 + k
                if value >> 32:
                    raise ValueError("Ascii85 overflow")
                out.append(value.to_bytes(4, "big"))
                current = []
        elif c == 122:
            if current:
                raise ValueError("z inside Ascii85 5-tuple")
            out.append(bytes(4))
        elif foldspaces and c == 121:
            if current:
                raise ValueError("y inside Ascii85 5-tuple")
            out.append(b"    ")
        elif c not in ignorechars:
            raise ValueError("Non-Ascii85 digit found: %c" % c)
    data = b"".join(out)
    n = 4 - len(current)
    return data[:-n] if n else data


def _octets(s):
    """Of what is a buffer of bytes."""
    try:
        view = memoryview(s)
    except TypeError:
        raise TypeError("expected bytes-like object, not %s" % type(s).__name__) from None
    if view.format not in ("B", "b", "c"):
        raise TypeError("expected single byte elements, not %r from %s" % (view.format, type(s).__name__))
    if view.ndim != 1:
        raise TypeError("expected 1-D data, not %d-D data from %s" % (view.ndim, type(s).__name__))
    return bytes(view)


def encodebytes(s):
    s = _octets(s)
    return b"".join([binascii.b2a_base64(s[i:i + 57]) for i in range(0, len(s), 57)])


def decodebytes(s):
    return binascii.a2b_base64(_octets(s))


def encode(input, output):
    """Encode what the binary file `input` has."""
    while True:
        part = input.read(57)
        if not part:
            break
        while len(part) < 57:
            more = input.read(57 - len(part))
            if not more:
                break
            part += more
        output.write(binascii.b2a_base64(part))


def decode(input, output):
    while True:
        line = input.readline()
        if not line:
            break
        output.write(binascii.a2b_base64(line))
