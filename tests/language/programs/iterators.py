# Iterators of built-in types: their names, copies, what is left, the end that stays; closures and their cells.
import copy
import operator
import pickle

for make in (lambda: iter([1, 2, 3]), lambda: iter((1, 2, 3)), lambda: iter("añb"), lambda: iter(b"ab"), lambda: iter(range(5)),
             lambda: iter({1, 2}), lambda: iter({"a": 1}), lambda: iter({"a": 1}.values()), lambda: iter({"a": 1}.items()),
             lambda: reversed({"a": 1, "b": 2}), lambda: enumerate("ab", 5), lambda: reversed((1, 2, 3))):
    it = make()
    name = type(it).__name__
    next(it)
    copies = copy.copy(it), pickle.loads(pickle.dumps(it))
    hint = operator.length_hint(it, -1)
    print(name, hint, *[list(c) for c in copies], list(it), list(it), next(it, "end"))
ints = [1]
it = iter(ints)
print(list(it), ints.append(2), list(it))
print(next(enumerate("a", 2**64)), type(len), type([].append), isinstance(len, type(print)), len.__class__)
for broken in (lambda: reversed({1}), lambda: reversed(5), lambda: enumerate(), lambda: isinstance(1, list[int]), lambda: len.x,
               lambda: zip(1), lambda: iter(5), lambda: dict(a=1, **{"a": 2}), lambda: print(*5), lambda: print(**5)):
    try:
        print(broken())
    except Exception as e:
        print(type(e).__name__, e)


def counter():
    n = 0

    def step(by=1):
        nonlocal n
        n += by
        return n
    return step


step = counter()
step(); step(5)
print(step.__closure__[0].cell_contents, step.__code__.co_freevars, type(step.__closure__[0]).__name__, counter.__closure__)


class Bound:
    def __init__(self, function): self.function = function
    def __get__(self, obj, cls=None): return self if obj is None else self.function.__get__(obj, cls)


class C:
    def plain(self, x): return self, x
    bound = Bound(lambda self, x: ("bound", x))
    text = object.__str__
    def __repr__(self): return "<C>"


c = C()
print(c.bound(3), C.plain.__get__(c)(1), str(c), C.__dict__["plain"].__get__(None, C) is C.plain)
print(repr(C.__dict__.get("plain"))[:18], list.__hash__, {}.__hash__, hash(()) == hash(()))


def never():
    if 0:
        yield 1
    while False:
        x = 1


print(list(never()), never.__code__.co_flags & 0x20)


def keywords(a, *args, d, e=None, f, **rest): pass


import inspect
print(inspect.signature(keywords), keywords.__kwdefaults__)


class Base:
    def method(self): "what it does"


class Derived(Base):
    def method(self): pass


print(inspect.getdoc(Derived.method), inspect.getdoc(Derived().method))
try:
    try:
        raise ExceptionGroup("eg", [ValueError(1), OSError(2), TypeError(3)])
    except* OSError:
        raise
    except* ValueError as e:
        raise KeyError("new") from e
except* Exception as e:
    print(repr(e), repr(e.exceptions[0].__cause__))
for text in ("break", "continue", "return"):
    try:
        compile(f"def f():\n  while 1:\n    try: pass\n    except* OSError: {text}\n", "s", "exec")
    except SyntaxError as e:
        print(e.msg)

from collections.abc import Iterable, Iterator
for it in (iter(()), iter(""), iter(b""), iter(set()), iter(range(3)), iter({}.items()), reversed([]), zip(), map(len, ()),
           filter(None, ()), enumerate(()), iter(int, 0), reversed({})):
    print(isinstance(it, Iterator), isinstance(it, Iterable))
