# Streams in memory, and the standard ones as objects.
import contextlib
import io
import sys

s = io.StringIO("one\ntwo\nthree")
print(s.read(2), s.readline(), s.tell(), list(s), s.read(), s.seek(0), s.readlines(), s.getvalue())
s = io.StringIO()
print(s.write("héllo"), s.tell(), s.seek(1), s.write("E"), s.getvalue(), s.truncate(3), s.getvalue(), s.closed)
s.seek(6)
s.write("x")
print(repr(s.getvalue()), s.readable(), s.writable(), s.seekable(), s.isatty())
for newline in (None, "", "\n", "\r", "\r\n"):
    s = io.StringIO("a\rb\r\nc\n", newline=newline)
    print(repr(newline), s.readlines(), repr(s.getvalue()))
with io.StringIO("x") as s:
    print(s.read())
for call in (lambda: s.read(), lambda: io.StringIO(5), lambda: io.StringIO().write(b"x"), lambda: io.BytesIO().write("x"),
             lambda: io.StringIO().fileno(), lambda: io.StringIO().seek(-1), lambda: io.BytesIO(b"x").seek(-5)):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)
b = io.BytesIO(b"line1\nline2\n")
print(b.readline(), b.read(3), b.tell(), b.seek(-2, 2), b.read(), b.getvalue(), bytes(b.getbuffer()[:2]), b.seek(0), list(b))
t = io.TextIOWrapper(io.BytesIO("é\nx".encode()), encoding="utf-8")
print(t.readline(), t.read(), t.encoding)
w = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\r\n")
w.write("a\nb")
w.flush()
print(w.buffer.getvalue())


class Upper(io.StringIO):
    def write(self, text):
        return super().write(text.upper())


class Tee:
    def __init__(self, *streams):
        self.streams = streams

    def write(self, text):
        for stream in self.streams:
            stream.write(text)
        return len(text)

    def flush(self):
        pass


u = Upper()
print("to upper", 1, file=u)
print(repr(u.getvalue()), isinstance(u, io.StringIO), isinstance(u, io.TextIOBase), isinstance(u, io.IOBase))
kept = io.StringIO()
old, sys.stdout = sys.stdout, Tee(sys.stdout, kept)
print("both", "places", sep="-", flush=True)
sys.stdout = old
print(repr(kept.getvalue()))
with contextlib.redirect_stdout(io.StringIO()) as outer:
    print("outer")
    with contextlib.redirect_stdout(io.StringIO()) as inner:
        print("inner")
    print("outer again")
    sys.stdout.write("written")
print(repr(outer.getvalue()), repr(inner.getvalue()))
with contextlib.redirect_stderr(io.StringIO()) as err:
    print("to stderr", file=sys.stderr)
print(repr(err.getvalue()), sys.stdout is sys.__stdout__)
sys.stdin = io.StringIO("first\nsecond")
print(input("? "), input())
try:
    input()
except EOFError as e:
    print(e)
pieces = []


class Pieces:
    write = pieces.append


print("a", 2, [3], file=Pieces, sep=", ", end="!")
print(pieces)
sys.stdout = None
print("nobody sees this")
sys.stdout = old
try:
    print(1, sep=2)
except TypeError as e:
    print(e)
print(sys.stdout.encoding, sys.stdout.name, sys.stdout.isatty(), sys.stdout.writable(), sys.stdout.fileno())
