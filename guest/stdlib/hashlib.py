"""Hash functions. The work is in C, in the module _hashlib."""

from _hashlib import blake2 as _blake2, new as _new, pbkdf2 as _pbkdf2, romix as _romix

_KINDS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384", "sha3_512", "shake_128",
          "shake_256", "blake2b", "blake2s")  # in the order of guest/modules/hashes.h
algorithms_guaranteed = set(_KINDS)
algorithms_available = set(_KINDS)


def md5(string=b"", *, usedforsecurity=True):
    return _new(0, string)


def sha1(string=b"", *, usedforsecurity=True):
    return _new(1, string)


def sha224(string=b"", *, usedforsecurity=True):
    return _new(2, string)


def sha256(string=b"", *, usedforsecurity=True):
    return _new(3, string)


def sha384(string=b"", *, usedforsecurity=True):
    return _new(4, string)


def sha512(string=b"", *, usedforsecurity=True):
    return _new(5, string)


def sha3_224(string=b"", *, usedforsecurity=True):
    return _new(6, string)


def sha3_256(string=b"", *, usedforsecurity=True):
    return _new(7, string)


def sha3_384(string=b"", *, usedforsecurity=True):
    return _new(8, string)


def sha3_512(string=b"", *, usedforsecurity=True):
    return _new(9, string)


def shake_128(string=b"", *, usedforsecurity=True):
    return _new(10, string)


def shake_256(string=b"", *, usedforsecurity=True):
    return _new(11, string)


def _blake2_new(kind, most, offset_size, data, digest_size, key, salt, person, fanout, depth, leaf_size, node_offset, node_depth,
                inner_size, last_node):
    if not 1 <= digest_size <= most:
        raise ValueError("digest_size must be between 1 and %d bytes" % most)
    if len(key) > most:
        raise ValueError("maximum key length is %d bytes" % most)
    size = most // 4
    if len(salt) > size:
        raise ValueError("maximum salt length is %d bytes" % size)
    if len(person) > size:
        raise ValueError("maximum person length is %d bytes" % size)
    block = bytes([digest_size, len(key), fanout, depth]) + leaf_size.to_bytes(4, "little")
    block += node_offset.to_bytes(offset_size, "little") + bytes([node_depth, inner_size]) + bytes(most // 2 - 10 - offset_size)
    block += bytes(salt) + bytes(size - len(salt)) + bytes(person) + bytes(size - len(person))
    return _blake2(kind, block, key, data)


def blake2b(data=b"", *, digest_size=64, key=b"", salt=b"", person=b"", fanout=1, depth=1, leaf_size=0, node_offset=0,
            node_depth=0, inner_size=0, last_node=False, usedforsecurity=True):
    return _blake2_new(12, 64, 8, data, digest_size, key, salt, person, fanout, depth, leaf_size, node_offset, node_depth,
                       inner_size, last_node)


def blake2s(data=b"", *, digest_size=32, key=b"", salt=b"", person=b"", fanout=1, depth=1, leaf_size=0, node_offset=0,
            node_depth=0, inner_size=0, last_node=False, usedforsecurity=True):
    return _blake2_new(13, 32, 6, data, digest_size, key, salt, person, fanout, depth, leaf_size, node_offset, node_depth,
                       inner_size, last_node)


def new(name, data=b"", **kwargs):
    kind = name.lower().replace("-", "_")
    if kind not in algorithms_available:
        kind = kind.replace("_", "", 1) if kind.startswith("sha_") else kind
    if kind not in algorithms_available:
        raise ValueError("unsupported hash type " + name)
    return globals()[kind](data, **kwargs)


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    kind = _KINDS.index(hash_name.lower()) if hash_name.lower() in _KINDS[:6] else -1
    if kind < 0:
        raise ValueError("unsupported hash type " + hash_name)
    if iterations < 1:
        raise ValueError("iteration value must be greater than 0.")
    if dklen is None:
        dklen = _new(kind).digest_size
    if dklen < 1:
        raise ValueError("key length must be greater than 0.")
    return _pbkdf2(kind, password, salt, iterations, dklen)


def scrypt(password, *, salt, n, r, p, maxmem=0, dklen=64):
    if n < 2 or n & (n - 1):
        raise ValueError("n must be a power of 2.")
    if 128 * r * (n + p + 2) > (maxmem or 32 << 20):
        raise ValueError("Invalid parameter combination for n, r, p, maxmem.")
    parts = _pbkdf2(3, password, salt, 1, p * 128 * r)
    out = []
    for i in range(0, len(parts), 128 * r):
        block = bytearray(parts[i:i + 128 * r])
        _romix(block, n)
        out.append(block)
    return _pbkdf2(3, password, b"".join(out), 1, dklen)


def file_digest(fileobj, digest, *, _bufsize=262144):
    hash = new(digest) if isinstance(digest, str) else digest()
    while True:
        data = fileobj.read(_bufsize)
        if not data:
            return hash
        hash.update(data)
