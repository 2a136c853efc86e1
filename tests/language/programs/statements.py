# Other syntax: with, try, loops, literals, lambdas, conditional imports.
class CM:
    def __init__(self, n): self.n = n
    def __enter__(self): print("in", self.n); return self.n
    def __exit__(self, *a): print("out", self.n, a[0].__name__ if a[0] else None); return False


with (CM(1) as a, CM(2) as b,):
    print(a, b)
with (
    CM(3) as c,
    CM(4),
):
    print(c)
with (CM(5)):
    pass
with CM(6) as d, \
     CM(7):
    print(d)
with (CM(8)) as e:
    print(e)


def f():
    for i in range(3):
        try:
            if i == 1:
                continue
            if i == 2:
                return "returned"
        finally:
            print("finally", i)
    return "end"


print(f())


def g():
    try:
        return 1
    finally:
        return 2


print(g())


def h():
    while True:
        try:
            raise ValueError
        except ValueError:
            break
        finally:
            print("fin")
    else:
        print("never")
    return "h"


print(h())
for i in range(2):
    pass
else:
    print("else")
print(1_000_000, 0x_ff, 0b1_01, 0o17, 1e3, 1.5e-3, 2j, 1_0.2_5, .5, 5., 0xFFFFFFFFFFFFFFFFFF, 10 ** 20)
print(r"raw\n", b"bytes\x00", br"\x", Rb"\y", u"uni", "con" "cat" 'ed', '''tri
ple''', "\x41\101\u00e9\U0001F600", "a\
b")
print([1, 2, 3][1:], "abcdef"[1:5], [*range(10)][-3:], (x := 0) or "alt")
if True: print("one line"); print("two")
print(1 if [] else 2, not None, 1 and 0 or 3, 5 // -2, -5 % 3, 2 ** -1, -2 ** 2, ~5, 1 << 4 | 1, 6 & 3 ^ 1)
try:
    import nonexistent_module
except ImportError as err:
    print(type(err).__name__, err, err.name)
try:
    from sys import nonexistent_thing
except ImportError as err:
    print(type(err).__name__)
print(*[1, 2], sep="-", end="!\n")
print("a", "b", sep="")
x = y = 3
x += 1; x -= 2; x *= 3; x //= 2; x **= 2; x %= 5; x |= 8; x &= 12; x ^= 1; x <<= 2; x >>= 1
print(x, y)
def doc():
    """d"""
global_var = 1
def nested():
    def a(): return b()
    def b(): return 1
    return a()
print(nested())
print([(i, j) for i in range(3) if i for j in range(2) if j], {i: {j for j in range(i)} for i in range(2)})
print(eval("1 + 2"), eval("x + y", {"x": 10, "y": 5}), eval("a", {"a": 1}, {"a": 2}))
ns = {}
exec("def k(n):\n    return n + 1\nz = k(1)", ns)
print(ns["z"], ns["k"](5))
code = compile("q = 7", "<s>", "exec")
exec(code, ns)
print(ns["q"], eval(compile("3 * 3", "<s>", "eval")))
ellipsis = ...
print(ellipsis, ellipsis is Ellipsis, NotImplemented)
try:
    for i in range("x"): pass
except TypeError as err:
    print(err)
