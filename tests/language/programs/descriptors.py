# Descriptors, __slots__ and what stands for them in the class.
"""Descriptors, slots, __set_name__, validation, introspection."""
from __future__ import annotations
import sys, functools, operator, weakref
class Field:
    def __init__(self, typ, *, default=..., check=None):
        self.typ, self.default, self.check = typ, default, check
    def __set_name__(self, owner, name):
        self.name = name; self.private = "_" + name
        owner.__dict__.get("_fields_", [])
        print("set_name", owner.__name__, name)
    def __get__(self, obj, objtype=None):
        if obj is None: return self
        try: return obj.__dict__[self.private]
        except KeyError:
            if self.default is ...: raise AttributeError(f"{self.name!r} not set") from None
            return self.default
    def __set__(self, obj, value):
        if not isinstance(value, self.typ):
            raise TypeError(f"{self.name} must be {self.typ.__name__}, got {type(value).__name__}")
        if self.check and not self.check(value): raise ValueError(f"bad {self.name}: {value!r}")
        obj.__dict__[self.private] = value
    def __delete__(self, obj):
        del obj.__dict__[self.private]
class Model:
    registry = {}
    def __init_subclass__(cls, /, table=None, **kw):
        super().__init_subclass__(**kw)
        cls.table = table or cls.__name__.lower()
        Model.registry[cls.table] = cls
    def __init__(self, **kw):
        for k, v in kw.items():
            if k not in type(self).__dict__: raise TypeError(f"unexpected {k}")
            setattr(self, k, v)
    def __repr__(self):
        body = ", ".join(f"{k}={getattr(self, k, None)!r}" for k, v in vars(type(self)).items() if isinstance(v, Field))
        return f"{type(self).__qualname__}({body})"
class User(Model, table="users"):
    name = Field(str, check=str.isalpha)
    age = Field(int, default=0)
class Admin(User): level = Field(int, default=9)
u = User(name="Ann", age=3)
print(u, Model.registry, User.name, sep="\n" if 0 else " | ") if 0 else print(u, sorted(Model.registry))
for f in (lambda: setattr(u, "name", 3), lambda: setattr(u, "name", "x1"), lambda: User(nme=1), lambda: User().name,
          lambda: delattr(User(), "name")):
    try: f()
    except Exception as e: print(type(e).__name__, e)
del u.age; print(u.age)
class P:
    __slots__ = ("x", "y", "__weakref__")
    def __init__(self, x, y): self.x, self.y = x, y
    def __eq__(self, o): return isinstance(o, P) and (self.x, self.y) == (o.x, o.y)
p = P(1, 2)
for a in ("z", "__dict__"):
    try: print(getattr(p, a))
    except AttributeError as e: print(e)
try: p.z = 3
except AttributeError as e: print(e)
try: hash(p)
except TypeError as e: print(e)
print(P.x, type(P.x).__name__, P.x.__get__(p), P.__slots__, P.__hash__)
del p.x
try: p.x
except AttributeError as e: print(e)
class Lazy:
    def __init__(self, f): self.f = f; functools.update_wrapper(self, f)
    def __get__(self, o, t=None):
        if o is None: return self
        v = o.__dict__[self.f.__name__] = self.f(o); return v
class C:
    @Lazy
    def big(self): print("computing"); return 42
    @functools.cached_property
    def sq(self): print("sq"); return 7
    @property
    def ro(self): "read only"; return 1
    @classmethod
    def make(cls): return cls()
    @staticmethod
    def st(x): return x * 2
c = C(); print(c.big, c.big, c.sq, c.sq, c.__dict__, C.ro.__doc__, C.st(3), c.st(4), type(C.make()))
for stmt in ("c.ro = 2", "del c.ro", "c.make = 1; print(c.make)", "C.ro.fget(5, 6)", "C().nope", "C.nope", "del c.nope"):
    try: exec(stmt)
    except Exception as e: print(stmt, "->", type(e).__name__, e)
print(C.make, C.st, c.make == C.make, type(c).__mro__, C.__dict__["st"], sep="\n") if 0 else print(callable(C.st), isinstance(C.__dict__["st"], staticmethod), C.__dict__["make"].__func__.__name__)
print(operator.attrgetter("big", "ro")(c), C.big.__name__, C.__dict__["big"].__wrapped__.__qualname__)
class D(C):
    @property
    def ro(self): return super().ro + 10
    @ro.setter
    def ro(self, v): self.__dict__["v"] = v
    @ro.deleter
    def ro(self): print("deleted"); self.__dict__.pop("v", None)
d = D(); d.ro = 5; print(d.ro, d.v); del d.ro; print(vars(d))
