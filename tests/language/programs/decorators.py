# Decorators, attributes of functions, annotations, docstrings.


def wraps(original):
    def update(f):
        for name in ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__"):
            setattr(f, name, getattr(original, name))
        f.__dict__.update(original.__dict__)
        f.__wrapped__ = original
        return f
    return update


def deco(arg):
    def wrap(f):
        @wraps(f)
        def inner(*args, **kwargs):
            return arg, f(*args, **kwargs)
        return inner
    return wrap


@deco("one")
@deco("two")
def add(a: int, b: "int" = 2, *rest: float, key: str = "k", **kw: dict) -> list[int]:
    """Adds."""
    return a + b


print(add(1), add.__name__, add.__doc__, add.__wrapped__.__wrapped__.__name__)
print(add.__annotations__)
buttons = [deco("list")]


@buttons[0]
def f(): "doc"


print(f(), f.__doc__)


@(lambda g: g)
def h(): pass


h.attr = 1
h.calls = []
print(h.attr, h.__dict__, hasattr(h, "nope"), h.__module__)
del h.attr
try:
    h.attr
except AttributeError as e:
    print(e)


@property
def prop(self): return 1


class C:
    """Class doc."""
    x: int = 1
    y: str
    z: "list[int]" = []

    @staticmethod
    def s(): return "static"

    @classmethod
    def c(cls): return cls.__name__

    @property
    def p(self):
        """Prop doc."""
        return self._p

    @p.setter
    def p(self, v):
        self._p = v * 2

    @p.deleter
    def p(self):
        del self._p


c = C()
c.p = 4
print(C.__annotations__, C.__doc__, c.p, C.s(), C.c(), c.c(), C.p.__doc__)
del c.p
print(hasattr(c, "p"))
print(add.__wrapped__.__wrapped__.__defaults__, add.__wrapped__.__wrapped__.__kwdefaults__)
def count(f):
    def wrapper(*a):
        wrapper.n += 1
        return f(*a)
    wrapper.n = 0
    return wrapper
@count
def sq(x): return x * x
sq(2), sq(3)
print(sq.n, sq(4))
def plain(x, y=1): pass
print(plain.__code__.co_varnames, plain.__code__.co_argcount, plain.__code__.co_name, plain.__qualname__, plain.__doc__)
print(callable(plain), plain.__annotations__, type(plain).__name__, type(lambda: 0).__name__)
m = c.s
print(C.c.__self__ is C, c.__class__.__name__)
class D:
    def meth(self): return 5
d = D()
print(d.meth.__func__ is D.meth or D.meth, d.meth.__self__ is d, d.meth.__name__)
