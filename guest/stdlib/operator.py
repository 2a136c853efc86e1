# The operators as functions. The getters are in C, in the module _operator.

from _operator import attrgetter, itemgetter

__all__ = [
    "abs", "add", "and_", "attrgetter", "call", "concat", "contains", "countOf", "delitem", "eq", "floordiv",
    "ge", "getitem", "gt", "iadd", "iand", "iconcat", "ifloordiv", "ilshift", "imatmul", "imod", "imul",
    "index", "indexOf", "inv", "invert", "ior", "ipow", "irshift", "is_", "is_not", "isub", "itemgetter",
    "itruediv", "ixor", "le", "length_hint", "lshift", "lt", "matmul", "methodcaller", "mod", "mul", "ne",
    "neg", "not_", "or_", "pos", "pow", "rshift", "setitem", "sub", "truediv", "truth", "xor",
]

abs = abs


def lt(a, b): return a < b
def le(a, b): return a <= b
def eq(a, b): return a == b
def ne(a, b): return a != b
def ge(a, b): return a >= b
def gt(a, b): return a > b
def not_(a): return not a
def truth(a): return True if a else False
def is_(a, b): return a is b
def is_not(a, b): return a is not b
def add(a, b): return a + b
def and_(a, b): return a & b
def floordiv(a, b): return a // b
def inv(a): return ~a
def lshift(a, b): return a << b
def mod(a, b): return a % b
def mul(a, b): return a * b
def matmul(a, b): return a @ b
def neg(a): return -a
def or_(a, b): return a | b
def pos(a): return +a
def pow(a, b): return a ** b
def rshift(a, b): return a >> b
def sub(a, b): return a - b
def truediv(a, b): return a / b
def xor(a, b): return a ^ b
def contains(a, b): return b in a
def getitem(a, b): return a[b]


def index(a):
    if isinstance(a, int):
        return int(a)
    try:
        method = type(a).__index__
    except AttributeError:
        raise TypeError("'%s' object cannot be interpreted as an integer" % type(a).__name__) from None
    value = method(a)
    if not isinstance(value, int):
        raise TypeError("__index__ returned non-int (type %s)" % type(value).__name__)
    return value


def setitem(a, b, c):
    a[b] = c


def delitem(a, b):
    del a[b]


def concat(a, b):
    if not hasattr(a, "__getitem__"):
        raise TypeError("'%s' object can't be concatenated" % type(a).__name__)
    return a + b


def countOf(a, b):
    return sum([1 for item in a if item is b or item == b])


def indexOf(a, b):
    for i, item in enumerate(a):
        if item is b or item == b:
            return i
    raise ValueError("sequence.index(x): x not in sequence")


def length_hint(obj, default=0):
    try:
        return len(obj)
    except TypeError:
        hint = getattr(obj, "__length_hint__", None)
        return default if hint is None else hint()


def call(obj, /, *args, **keywords):
    return obj(*args, **keywords)


def iadd(a, b):
    a += b
    return a


def iand(a, b):
    a &= b
    return a


def ifloordiv(a, b):
    a //= b
    return a


def ilshift(a, b):
    a <<= b
    return a


def imod(a, b):
    a %= b
    return a


def imul(a, b):
    a *= b
    return a


def imatmul(a, b):
    a @= b
    return a


def ior(a, b):
    a |= b
    return a


def ipow(a, b):
    a **= b
    return a


def irshift(a, b):
    a >>= b
    return a


def isub(a, b):
    a -= b
    return a


def itruediv(a, b):
    a /= b
    return a


def ixor(a, b):
    a ^= b
    return a


invert = inv
iconcat = iadd


class methodcaller:
    def __init__(self, name, /, *args, **keywords):
        if not isinstance(name, str):
            raise TypeError("method name must be a string")
        self._name = name
        self._args = args
        self._keywords = keywords

    def __call__(self, obj):
        return getattr(obj, self._name)(*self._args, **self._keywords)

    def __repr__(self):
        args = [repr(arg) for arg in (self._name,) + self._args]
        args.extend(["%s=%r" % item for item in self._keywords.items()])
        return "operator.methodcaller(%s)" % ", ".join(args)

    def __reduce__(self):
        if not self._keywords:
            return type(self), (self._name,) + self._args
        from functools import partial
        return partial(type(self), self._name, **self._keywords), self._args


for _name in ("lt le eq ne ge gt abs add floordiv inv invert lshift mod mul matmul neg pos pow rshift sub truediv xor "
              "contains getitem setitem delitem concat index iadd iand ifloordiv ilshift imod imul imatmul ior ipow "
              "irshift isub itruediv ixor iconcat").split():
    globals()["__%s__" % _name] = globals()[_name]
__not__, __and__, __or__ = not_, and_, or_
