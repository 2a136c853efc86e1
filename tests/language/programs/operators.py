# Operators of classes that have them all, and the errors of operators and built-in functions.
import operator, math, warnings, functools
warnings.simplefilter("ignore")
@functools.total_ordering
class V:
    def __init__(s, *c): s.c = tuple(c)
    def __repr__(s): return f"V{s.c}" if len(s.c) != 1 else f"V({s.c[0]})"
    def __add__(s, o):
        if not isinstance(o, V): return NotImplemented
        return V(*map(operator.add, s.c, o.c))
    def __radd__(s, o): return s if o == 0 else NotImplemented
    def __sub__(s, o): return V(*(a - b for a, b in zip(s.c, o.c, strict=True)))
    def __mul__(s, k): return V(*(a * k for a in s.c)) if isinstance(k, (int, float)) else NotImplemented
    __rmul__ = __mul__
    def __matmul__(s, o): return sum(a * b for a, b in zip(s.c, o.c))
    def __neg__(s): return V(*(-a for a in s.c))
    def __pos__(s): return s
    def __invert__(s): return V(*reversed(s.c))
    def __abs__(s): return math.hypot(*s.c)
    def __bool__(s): return any(s.c)
    def __len__(s): return len(s.c)
    def __getitem__(s, i): return V(*s.c[i]) if isinstance(i, slice) else s.c[i]
    def __iadd__(s, o): s.c = (s + o).c; return s
    def __eq__(s, o): return s.c == o.c if isinstance(o, V) else NotImplemented
    def __lt__(s, o): return abs(s) < abs(o) if isinstance(o, V) else NotImplemented
    def __hash__(s): return hash(s.c)
    def __round__(s, n=None): return V(*(round(a, n) for a in s.c))
    def __floor__(s): return V(*map(math.floor, s.c))
    def __trunc__(s): return 7
    def __ceil__(s): return "ceil"
    def __divmod__(s, o): return ("divmod", o)
    def __rdivmod__(s, o): return ("rdivmod", o)
    def __pow__(s, e, m=None): return ("pow", e, m)
    def __rpow__(s, b): return ("rpow", b)
    def __index__(s): return s.c[0]
    def __float__(s): return float(s.c[0])
    def __complex__(s): return complex(*s.c[:2])
    def __contains__(s, x): return x in s.c
    def __reversed__(s): return iter(s.c[::-1])
    def __format__(s, spec):
        return "<" + ", ".join(format(a, spec) for a in s.c) + ">"
    def __call__(s, *a, **k): return (a, k)
    def __rshift__(s, o): return f">>{o}"
    def __rlshift__(s, o): return f"{o}<<"
    def __floordiv__(s, o): return V(*(a // o for a in s.c))
    def __rtruediv__(s, o): return "rtd"
    def __mod__(s, o): return "mod%s" % o
    def __and__(s, o): return "and"
    def __ixor__(s, o): return "ixor"
    def __length_hint__(s): return 5
a, b = V(1, 2), V(3, 4.5)
print(a + b, a - b, a * 2, 2.5 * b, a @ b, -a, +a, ~b, abs(V(3, 4)), bool(V(0, 0)), len(a), a[0], b[:1], sum([a, b]), sum([a, b], V(0, 0)))
c = a; c += b; print(c is a, a, V(1, 2) == V(1, 2), V(1) != V(2), a < b, a >= b, max(V(1), V(5), V(3)), sorted([V(3), V(1)]), {V(1): 2}[V(1)])
print(round(b), round(V(1.234, 5.678), 1), math.floor(b), math.trunc(a), math.ceil(a), divmod(a, 3), divmod(3, a), a ** 2, pow(a, 2, 5), 2 ** a)
print([10, 20, 30, 40, 50][V(2)], hex(V(255)), bin(V(5)), float(V(2)), complex(V(1, 2)), 2 in V(1, 2), list(reversed(V(1, 2))), f"{V(1.5, 2):.2f}", format(V(1)), "{:>4}".format(V(1, 2)))
print(a(1, k=2), a >> 3, 3 << a, V(7, 9) // 2, 1 / a, a % "z", a & 1, operator.length_hint(a), operator.index(V(4)), "ab" * V(2), range(V(3)), [1, 2, 3][: V(2)])
a ^= 1; print(a)
def t(s, **env):
    try: print(s, "=", eval(s, {"V": V, "math": math, **env}))
    except Exception as e: print(s, "->", type(e).__name__ + ":", e)
for s in ["V(1) + 1", "1 + V(1)", "V(1) < 3", "V(1) | 1", "-'a'", "~1.5", "V(1) @ 3", "3 @ V(1)", "V(1) - V(1, 2)", "not V(0)", "+[]", "1 + 'a'", "'a' + 1", "[] + ()",
          "{} | []", "{1} - [1]", "1 << -1", "1 << 1.0", "2 ** -1", "0 ** -1", "0.0 ** -1", "(-8) ** (1/3)", "5 // 0", "5 % 0", "5.0 // 0", "5.0 % 0", "divmod(1, 0)", "1j / 0", "1j // 1", "1j < 2j",
          "pow(2, -1, 5)", "pow(2, -1, 4)", "pow(2, 3, 0)", "pow(2.0, 3, 5)", "None < 1", "'a' < 1", "[1] < (1,)", "int < str", "{} < {}", "max()", "max([])", "max(1, 'a')", "min([], default=3)", "sum(['a'])",
          "sum([[1], [2]], [])", "sum('ab', '')", "abs('a')", "round('a')", "round(1.5, 'a')", "round(2.5)", "round(-0.5)", "round(1234, -2)", "round(1e300, -300)", "len(5)", "iter(5)", "next([])", "5()", "5[0]", "5 in 6",
          "'a' in 5", "1 in 'abc'", "[][1]", "()[0]", "''[0]", "b''[0]", "{}['x']", "{1: 2}[[]]", "range(3)[5]", "'abc'['a']", "[1]['a']", "[1][1.0]", "(1,)[None]", "int('12x')", "int('')", "int(None)", "int([])", "int('z', 36)",
          "int('9', 8)", "int('1', 99)", "int(1.5, 10)", "float('x')", "float([])", "complex('1+')", "ord('ab')", "ord(5)", "chr(-1)", "chr(1114112)", "chr('a')", "hash([])", "hash({})", "str(1, 2)", "bytes('a')", "bytes(-1)",
          "bytes([256])", "bytes(['a'])", "bytearray(b'a')[3]", "math.sqrt(-1)", "math.log(0)", "math.factorial(-1)", "math.factorial(1.5)", "isinstance(1, 2)", "issubclass(1, int)", "isinstance(1, (int, 3))", "zip(1)", "filter(1)", "enumerate()",
          "sorted(5)", "sorted([1, 'a'])", "sorted([3], key=5)", "dict([1])", "dict([(1,)])", "dict(5)", "set(5)", "set([[]])", "list(5)", "tuple(5)", "frozenset([{}])", "slice()", "range()", "range(1.5)", "range(1, 2, 0)",
          "eval('1 +')", "''.join([1])", "'a'.join(5)", "'%d' % 'a'", "'%s %s' % 1", "'%s' % (1, 2)", "'%z' % 1", "'{}'.format()", "'{a}'.format()", "'{0.x}'.format(1)", "'{:d}'.format('a')", "'{:s}'.format(1)", "format(1.5, 'd')", "format('a', '+')",
          "'a'.split('')", "'abc'.index('z')", "[1].index(2)", "[1].remove(2)", "[].pop()", "{}.pop(1)", "{}.popitem()", "set().pop()", "{1}.remove(2)", "'a'.encode('nope')", "b'\\xff'.decode()", "'\\xff'.encode('ascii')", "'a'.zfill('b')", "'a'.center()", "'a'.replace('b')", "'abc'.startswith(1)",
          "(1).to_bytes(0, 'big')", "(300).to_bytes(1, 'big')", "(-1).to_bytes(1, 'big')", "1.5.hex(2)", "(1, 2).count()", "[1, 2].insert(1)", "[].extend(1)", "[3, 'a'].sort()", "{}.update(1)", "{}.update([1])", "dict.fromkeys(1)", "memoryview('a')", "super()", "vars(1)", "dir(1, 2)", "callable()", "id()", "print(1, foo=2)", "print(1, sep=3)", "input(1, 2)", "__import__('nope')", "type('a', 'b', 'c')", "object(1)", "int(1, 2, 3)", "str(b'a', 'ascii', 'strict', 1)", "bool(1, 2)", "float(1, 2)", "list(1, 2)"]:
    t(s)
