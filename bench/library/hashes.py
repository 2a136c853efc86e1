# hashlib and its neighbours: many short digests, a few long ones, hmac, base64, crc32, compression.

import base64
import hashlib
import hmac
import zlib

block = bytes(range(256)) * 256
total = 0
for i in range(400):
    text = ("record %d" % i).encode()
    total += hashlib.sha256(text).digest()[0] + int(hashlib.md5(text).hexdigest()[:4], 16) + hashlib.sha1(text).digest()[1]
    total += hmac.new(b"key", text, "sha256").digest()[2]
    total += len(base64.b64decode(base64.b64encode(text)))
for name in ("md5", "sha1", "sha256", "sha512", "sha3_256", "blake2b"):
    h = hashlib.new(name)
    for _ in range(6):
        h.update(block)
    total += h.digest()[0]
for _ in range(10):
    total += zlib.crc32(block) % 97 + len(zlib.compress(block)) + len(base64.b64encode(block))
print(total)
