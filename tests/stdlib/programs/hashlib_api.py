# hashlib: digests of many lengths, in pieces, copies, parameters, errors.
import hashlib

NAMES = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384", "sha3_512", "blake2b", "blake2s"]
data = bytes((i * 7 + i // 3) % 256 for i in range(1000))
for name in NAMES:
    h = getattr(hashlib, name)()
    print(h.name, h.digest_size, h.block_size, h.hexdigest())
    for n in (1, 3, 55, 56, 57, 63, 64, 65, 71, 72, 103, 104, 111, 112, 113, 127, 128, 129, 135, 136, 143, 144, 255, 256, 257, 1000):
        print(n, getattr(hashlib, name)(data[:n]).hexdigest())
    at = 0
    for n in (1, 2, 60, 64, 65, 128, 129, 200, 300):
        h.update(data[at:at + n])
        at += n
    c = h.copy()
    c.update(b"x")
    print(h.hexdigest(), c.hexdigest(), h.digest() == hashlib.new(name, data[:at]).digest())
for name in ("shake_128", "shake_256"):
    for n in (0, 1, 135, 136, 167, 168, 500):
        h = hashlib.new(name, data[:n])
        print(name, n, h.hexdigest(20), h.digest(400)[-5:].hex())
print(hashlib.blake2b(b"a", digest_size=20).hexdigest(), hashlib.blake2b(b"a", key=b"key", salt=b"salt", person=b"me").hexdigest())
print(hashlib.blake2s(b"a", digest_size=5).hexdigest(), hashlib.blake2s(b"", key=b"k" * 32, salt=b"s", person=b"p").hexdigest())
print(hashlib.blake2b(data, fanout=2, depth=2, leaf_size=4096, node_offset=3, node_depth=1, inner_size=64).hexdigest())
print(hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 100).hex(), hashlib.pbkdf2_hmac("sha1", b"p" * 100, b"", 3, 50).hex())
print(hashlib.pbkdf2_hmac("sha512", b"password", b"salt", 10, 100).hex(), hashlib.pbkdf2_hmac("md5", b"x", b"y", 1).hex())
print(hashlib.sha256(bytearray(b"abc")).hexdigest(), hashlib.sha256(memoryview(b"abc")).hexdigest(), hashlib.md5(usedforsecurity=False).hexdigest())
print(hashlib.new("SHA256", b"x").hexdigest(), hashlib.sha256(string=b"x").hexdigest())
for bad in (lambda: hashlib.md5("text"), lambda: hashlib.new("nope"), lambda: hashlib.sha1(5), lambda: hashlib.blake2b(digest_size=65),
            lambda: hashlib.blake2s(salt=b"123456789"), lambda: hashlib.blake2b(key=b"k" * 65)):
    try:
        print(bad())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e if not isinstance(e, TypeError) else "")
print(set(NAMES) <= hashlib.algorithms_available, set(NAMES) <= hashlib.algorithms_guaranteed)
