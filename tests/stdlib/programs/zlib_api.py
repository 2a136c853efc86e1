# zlib: the same bytes as CPython's, streams in pieces, dictionaries, bombs in pieces, errors.
import zlib

data = b"".join(b"%d squared is %d\n" % (i, i * i) for i in range(2000))
noise = bytes((i * i * 7 + i // 5) * 31 % 251 for i in range(5000))
for d in (b"", b"a", data, noise, b"\0" * 100000):
    for level in (-1, 0, 1, 5, 6, 9):
        c = zlib.compress(d, level)
        print(level, len(c), zlib.crc32(c), zlib.decompress(c) == d)
for wbits in (15, -15, 31, 9, -9):
    c = zlib.compress(data, wbits=wbits)
    print(wbits, len(c), zlib.adler32(c), zlib.decompress(c, wbits) == data, c[:4])
print(zlib.decompress(zlib.compress(data, wbits=31), wbits=47) == data)
print(zlib.crc32(b""), zlib.crc32(b"abc"), zlib.crc32(b"c", zlib.crc32(b"ab")), zlib.adler32(b""), zlib.adler32(b"abc"), zlib.adler32(data, 5))
for options in ({}, {"level": 9}, {"level": 1, "wbits": -12}, {"memLevel": 1}, {"memLevel": 9}, {"strategy": zlib.Z_FILTERED}, {"strategy": zlib.Z_HUFFMAN_ONLY},
                {"strategy": zlib.Z_RLE}, {"strategy": zlib.Z_FIXED}, {"zdict": b"squared is "}):
    c = zlib.compressobj(**options)
    out = b""
    for i in range(0, len(data), 777):
        out += c.compress(data[i:i + 777])
        if i % 5 == 0:
            out += c.flush(zlib.Z_SYNC_FLUSH)
        if i % 7 == 0:
            out += c.flush(zlib.Z_FULL_FLUSH)
    copy = c.copy()
    out2 = out + copy.flush()
    out += c.flush()
    d = zlib.decompressobj(options.get("wbits", 15), **({"zdict": options["zdict"]} if "zdict" in options else {}))
    back = b""
    for i in range(0, len(out), 100):
        back += d.decompress(out[i:i + 100])
    back += d.flush()
    print(sorted(options), len(out), zlib.crc32(out), out == out2, back == data, d.eof, d.unused_data, d.unconsumed_tail)
d = zlib.decompressobj()
c = zlib.compress(data)
print(len(d.decompress(c + b"rest", 100)), len(d.unconsumed_tail), d.eof)
n = 0
while not d.eof:
    n += len(d.decompress(d.unconsumed_tail, max_length=1000))
print(n, d.eof, d.unused_data, d.decompress(b"more"), d.unused_data)
d = zlib.decompressobj()
half = d.decompress(c[:500])
e = d.copy()
print(half + d.decompress(c[500:]) == data, half + e.decompress(c[500:]) + e.flush() == data)
d = zlib.decompressobj()
print(len(d.decompress(c[:100])), len(d.flush()), d.eof)
for f in (lambda: zlib.decompress(b""), lambda: zlib.decompress(b"not zlib"), lambda: zlib.decompress(c[:-1]), lambda: zlib.decompress(c[:50] + b"\xff" * 50 + c[100:]),
          lambda: zlib.decompress(c[:-4] + b"xxxx"), lambda: zlib.compress("text"), lambda: zlib.compress(b"x", 10), lambda: zlib.compressobj(wbits=99),
          lambda: zlib.decompressobj().decompress(b"bad data"), lambda: zlib.decompressobj().decompress(c, -1), lambda: zlib.decompressobj(wbits=99),
          lambda: zlib.decompress(zlib.compress(b"x"), wbits=-15), lambda: zlib.crc32("x"), lambda: zlib.decompressobj().flush(0)):
    try:
        print(f())
    except (zlib.error, ValueError, TypeError) as e:
        print(type(e).__name__, e)
