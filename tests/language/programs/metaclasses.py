# Metaclasses, and classes that are made by calls.
class Meta(type):
    def __prepare__(name, bases, **kw):
        print("prepare", name, [b.__name__ for b in bases], kw); return {"injected": 1}
    __prepare__ = staticmethod(__prepare__)
    def __new__(mcls, name, bases, ns, **kw):
        ns["tags"] = sorted(k for k in ns if not k.startswith("_"))
        return super().__new__(mcls, name, bases, dict(ns))
    def __init__(cls, name, bases, ns, flag=False): super().__init__(name, bases, ns); cls.flag = flag
    def __call__(cls, *a, **k): print("call", cls.__name__, a, k); return super().__call__(*a, **k)
    def __instancecheck__(cls, o): return o == 42 or super().__instancecheck__(o)
    def __subclasscheck__(cls, o): return o is int or super().__subclasscheck__(o)
    def __getitem__(cls, k): return f"{cls.__name__}[{k!r}]"
    def __len__(cls): return 3
    def __iter__(cls): return iter("abc")
    def __contains__(cls, x): return x == "q"
    def __repr__(cls): return f"<Meta {cls.__name__}>"
    def __bool__(cls): return True
    def __getattr__(cls, n):
        if n.startswith("dyn_"): return n[4:].upper()
        raise AttributeError(f"meta {cls.__name__} no {n}")
    @property
    def upper(cls): return cls.__name__.upper()
    def __add__(cls, o): return (cls, o)
    def __or__(cls, o): return ("or", cls, o)
class A(metaclass=Meta, flag=True):
    x = 1
    def f(self): return __class__
class B(A): y: int = 2
print(A, B, A.tags, B.tags, A.flag, B.flag, A.upper, B.dyn_foo, A["k"], len(A), list(B), "q" in A, isinstance(42, A), issubclass(int, B), A + 1, A | 2)
a = B(); print(a.f(), type(a), type(type(a)), isinstance(a, A), a.__class__.__class__.__name__)
for s in ("A.zip", "a.zip", "A(1, 2)", "a.upper", "A.nothing = 5; print(B.nothing)", "del A.nothing, A.nothing"):
    try: exec(s)
    except Exception as e: print(s, type(e).__name__, e)
class X: pass
class Y(X): pass
for mk in (lambda: type("Z", (X, Y), {}), lambda: type("Z", (int, str), {}), lambda: type("Z", (bool,), {}), lambda: type("Z", (A, type), {}),
           lambda: type("Z", (), 3), lambda: type("Z", (type(None),), {}), lambda: type(), lambda: type(1, 2), lambda: type("Z", (range,), {})):
    try: print(mk())
    except TypeError as e: print(e)
D = type("D", (X,), {"v": 5, "hi": lambda self, n=2: self.v * n, "__doc__": "dyn"})
print(D().hi(), D().hi(4), D.__doc__, D.__module__, D.__name__, D.__qualname__, D.__bases__, D.__base__, D.mro())
class Abs1:
    def __init_subclass__(cls, **kw): print("isub", cls.__name__, kw); super().__init_subclass__()
class S1(Abs1, k=1): ...
class L:
    def go(self): return ["L"]
class M1(L):
    def go(self): return ["M1"] + super().go()
class M2(L):
    def go(self): return ["M2"] + super().go()
class N(M1, M2):
    def go(self): return ["N"] + super().go()
print(N().go(), [k.__name__ for k in N.__mro__], super(M1, N()).go(), super(M1, N).go(N()))
print(L.__subclasses__(), N.__bases__, X.__subclasses__())
class Singleton(type):
    _i = {}
    def __call__(cls, *a, **k):
        if cls not in cls._i: cls._i[cls] = super().__call__(*a, **k)
        return cls._i[cls]
class Conf(metaclass=Singleton):
    def __init__(self, v): self.v = v
print(Conf(1) is Conf(2), Conf(3).v)
class Money:
    def __new__(cls, amt, cur="EUR"):
        self = super().__new__(cls); self.amt = amt; self.cur = cur; return self
    def __init__(self, *a, **k): print("init", a, k)
print(vars(Money(5, cur="X")))
class Tup(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
    def __repr__(self): return f"Tup{super().__repr__()}"
    def __add__(self, o): return Tup(*super().__add__(tuple(o)))
t = Tup(1, 2) + [3]; print(t, len(t), t[1:], type(t[1:]), t == (1, 2, 3), hash(t) == hash((1, 2, 3)), isinstance(t, tuple), sorted(t, reverse=True))
a, *b = t; print(a, b)
A.__name__ = "Renamed"; print(A, A.__qualname__); print(1)
try: a.__class__ = 5
except (TypeError, AttributeError): print("refused")
try: X().__class__ = 5
except TypeError as e: print(e)
try: X().__class__ = int
except TypeError as e: print(e)
for change in ("int.foo = 1", "(5).foo = 1", "object().foo = 1"):
    try: exec(change)
    except (TypeError, AttributeError) as e: print(e)
