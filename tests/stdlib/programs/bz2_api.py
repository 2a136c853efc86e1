# bz2: the same bytes as CPython's, streams in pieces, several streams, files over file objects, errors.
import bz2
import io

text = b"".join(b"%d squared is %d\n" % (i, i * i) for i in range(3000))
noise = bytes((i * i * 7 + i // 5) * 31 % 251 for i in range(5000))


def attempt(function, *args, **kwargs):
    try:
        print("->", function(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, error)


for data in (b"", b"a", text, noise, b"\0" * 300000, bytearray(b"abc"), memoryview(b"defg")):
    for level in (1, 5, 9):
        packed = bz2.compress(data, level)
        print(level, len(data), len(packed), packed[:12], sum(packed), bz2.decompress(packed) == bytes(data))
packed = bz2.compress(text)
print(bz2.decompress(packed + bz2.compress(noise)) == text + noise, bz2.decompress(packed + b"junk") == text, bz2.decompress(b""))
for broken in (packed[:-5], b"BZ", b"no stream", packed[:50] + b"\xff" + packed[51:], b"BZh0" + packed[4:]):
    attempt(lambda: len(bz2.decompress(broken)))
for level in (0, 10, "5"):
    attempt(bz2.compress, b"x", level)
attempt(bz2.compress, "text")
attempt(bz2.decompress, "text")

stream = bz2.BZ2Compressor(3)
pieces = [stream.compress(text[i:i + 1000]) for i in range(0, len(text), 1000)] + [stream.flush()]
print(b"".join(pieces) == bz2.compress(text, 3))
attempt(stream.compress, b"more")
attempt(stream.flush)

stream = bz2.BZ2Decompressor()
out = [stream.decompress(packed[i:i + 100]) for i in range(0, len(packed), 100)]
print(b"".join(out) == text, stream.eof, stream.needs_input, stream.unused_data)
attempt(stream.decompress, b"")
stream = bz2.BZ2Decompressor()
print(stream.eof, stream.needs_input, stream.unused_data)
out = stream.decompress(packed + b"rest", max_length=100)
print(len(out), stream.eof, stream.needs_input, stream.unused_data)
while not stream.eof:
    part = stream.decompress(b"", 5000)
    assert len(part) <= 5000
    out += part
print(out == text, stream.unused_data, stream.needs_input)
bomb = bz2.compress(b"\0" * 2000000)
stream = bz2.BZ2Decompressor()
print(len(bomb), len(stream.decompress(bomb, 1000)), stream.needs_input, len(stream.decompress(b"", 0)), len(stream.decompress(b"", 7)))

target = io.BytesIO()
with bz2.BZ2File(target, "w", compresslevel=2) as file:
    print(file.write(b"first line\nsecond"), file.tell(), file.writable(), file.readable(), file.seekable())
    file.writelines([b" line\n", b"third\n"])
    attempt(file.read)
print(file.closed, target.closed, target.getvalue() == bz2.compress(b"first line\nsecond line\nthird\n", 2))
attempt(file.write, b"x")
data = target.getvalue() + bz2.compress(b"of another stream\nlast")
with bz2.open(io.BytesIO(data)) as file:
    print(file.read(5), file.readline(), file.tell(), file.peek()[:6], file.read1(3), next(file), list(file), file.read())
    print(file.seek(6), file.readline(3), file.seek(-4, 2), file.read(), file.seek(-8, 1), file.read(2), file.seek(1000), file.seek(-5))
    buffer = bytearray(4)
    print(file.readinto(buffer), buffer, file.readlines(), file.readable(), file.writable(), file.seekable())
with bz2.open(io.BytesIO(data), "rt", encoding="utf-8") as file:
    print(file.read())
attempt(lambda: bz2.BZ2File(io.BytesIO(data[:-9])).read())
attempt(bz2.BZ2File, io.BytesIO(), "z")
attempt(bz2.BZ2File, 5)
attempt(bz2.open, io.BytesIO(), "rbt")
attempt(bz2.open, io.BytesIO(), "rb", encoding="utf-8")
