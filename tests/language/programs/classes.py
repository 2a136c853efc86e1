# Resolution order, super, properties, descriptors, slots, hooks, metaclasses.
class A:
    def who(self): return ["A"]
class B(A):
    def who(self): return ["B"] + super().who()
class C(A):
    def who(self): return ["C"] + super().who()
class D(B, C):
    def who(self): return ["D"] + super().who()


print(D().who(), [c.__name__ for c in D.__mro__], D.__bases__, D.__base__.__name__, D.mro()[1].__name__)
try:
    class X(A, B): pass
except TypeError as e:
    print(e)


class Temp:
    def __init__(self, c=0): self.celsius = c

    @property
    def celsius(self): return self._c

    @celsius.setter
    def celsius(self, v):
        if v < -273:
            raise ValueError("too cold")
        self._c = v

    @property
    def fahrenheit(self): return self._c * 9 / 5 + 32


t = Temp(25)
t.celsius += 5
print(t.celsius, t.fahrenheit)
try:
    t.celsius = -300
except ValueError as e:
    print(e)
for action in ("t.fahrenheit = 1", "del t.celsius", "t.nope", "t.nope()", "Temp.nope", "del t.nope"):
    try:
        exec(action)
    except AttributeError as e:
        print(e)


class Typed:
    def __init__(self, kind): self.kind = kind
    def __set_name__(self, owner, name):
        self.name = name
        print("named", owner.__name__, name)
    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        return obj.__dict__.get(self.name, "unset")
    def __set__(self, obj, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.name} must be {self.kind.__name__}")
        obj.__dict__[self.name] = value


class Person:
    name = Typed(str)
    age = Typed(int)

    def __init__(self, name, age): self.name, self.age = name, age


p = Person("Ann", 3)
print(p.name, p.age, p.__dict__, type(Person.name).__name__)
try:
    p.age = "x"
except TypeError as e:
    print(e)


class Lazy:
    def __init__(self, f): self.f = f
    def __set_name__(self, owner, name): self.n = name
    def __get__(self, obj, owner):
        v = self.f(obj)
        obj.__dict__[self.n] = v
        return v


class Uses:
    @Lazy
    def heavy(self):
        print("computed")
        return 42


u = Uses()
print(u.heavy, u.heavy, u.__dict__)


class Slots:
    __slots__ = ("x", "y")
    def __init__(self, x): self.x = x


s = Slots(1)
try:
    s.z = 2
except AttributeError as e:
    print(e)
try:
    s.y
except AttributeError as e:
    print(e)
print(hasattr(s, "__dict__"))


class Dynamic:
    def __init__(self): self.real = 1
    def __getattr__(self, name):
        if name.startswith("dyn_"):
            return name[4:]
        raise AttributeError(f"no {name}")
    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)
    def __delattr__(self, name):
        print("del", name)
        super().__delattr__(name)


d = Dynamic()
d.other = 2
del d.other
print(d.real, d.dyn_x, hasattr(d, "zzz"), getattr(d, "qqq", "default"))


class Logged:
    def __getattribute__(self, name):
        if name == "secret":
            return "intercepted"
        return super().__getattribute__(name)
    value = 5


print(Logged().secret, Logged().value)


class Plugin:
    registry = {}
    def __init_subclass__(cls, /, key=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.registry[key or cls.__name__] = cls


class One(Plugin, key="one"): pass
class Two(Plugin): pass
print(sorted(Plugin.registry), One.registry is Plugin.registry)


class Meta(type):
    def __prepare__(name, bases, **kw):
        print("prepare", name, kw)
        return {}
    def __new__(mcls, name, bases, ns, **kw):
        cls = super().__new__(mcls, name, bases, ns)
        cls.created_by = mcls.__name__
        return cls
    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)
        cls.inited = True
    def __call__(cls, *args, **kwargs):
        obj = super().__call__(*args, **kwargs)
        obj.via = "meta"
        return obj
    def __iter__(cls): return iter(["i", "j"])
    def __len__(cls): return 9
    def __contains__(cls, x): return x == "in"
    def __getitem__(cls, k): return k * 2
    def __repr__(cls): return f"<Meta {cls.__name__}>"
    def __getattr__(cls, name): return "meta " + name
    @property
    def prop(cls): return cls.__name__.lower()
    def method(cls): return cls


class WithMeta(metaclass=Meta, flag=True):
    def __init__(self, v=0): self.v = v


class SubMeta(WithMeta): pass
w = SubMeta(3)
print(WithMeta.created_by, WithMeta.inited, w.v, w.via, list(WithMeta), len(SubMeta), "in" in WithMeta, WithMeta[4], WithMeta,
      WithMeta.unknown, WithMeta.prop, SubMeta.method() is SubMeta, type(SubMeta).__name__, isinstance(SubMeta, Meta))


class Singleton(type):
    _instances = {}
    def __call__(cls, *args):
        if cls not in cls._instances:
            cls._instances[cls] = super().__call__(*args)
        return cls._instances[cls]


class Config(metaclass=Singleton): pass
print(Config() is Config())
Dyn = type("Dyn", (A,), {"attr": 5, "meth": lambda self: self.attr})
print(Dyn().meth(), Dyn.__name__, Dyn().who(), Dyn.__module__)


class Vec:
    def __init__(self, *c): self.c = c
    def __add__(self, o): return Vec(*(a + b for a, b in zip(self.c, o.c))) if isinstance(o, Vec) else NotImplemented
    def __radd__(self, o): return ("radd", o)
    def __iadd__(self, o): self.c += o.c; return self
    def __mul__(self, k): return Vec(*(a * k for a in self.c))
    __rmul__ = __mul__
    def __neg__(self): return Vec(*(-a for a in self.c))
    def __eq__(self, o): return isinstance(o, Vec) and self.c == o.c
    def __hash__(self): return hash(self.c)
    def __lt__(self, o): return self.c < o.c
    def __getitem__(self, i): return self.c[i]
    def __len__(self): return len(self.c)
    def __bool__(self): return any(self.c)
    def __contains__(self, x): return x in self.c
    def __call__(self, x): return x
    def __repr__(self): return f"Vec{self.c}"
    def __matmul__(self, o): return sum(a * b for a, b in zip(self.c, o.c))
    def __iter__(self): return iter(self.c)
    def __reversed__(self): return reversed(self.c)
    def __abs__(self): return sum(self.c)
    def __int__(self): return 7
    def __index__(self): return 2
    def __enter__(self): return self
    def __exit__(self, *a): return True


v = Vec(1, 2)
w = v
w += Vec(3)
print(v + Vec(1, 1), 1 + v, 2 * v, v * 2, -v, v == Vec(1, 2, 3), v in {v}, v[0], len(v), bool(Vec(0)), 2 in v, v(9), v @ v,
      [*v], sorted([Vec(2), Vec(1)]), max(Vec(1), Vec(5)), abs(v), int(v), w is v, v != Vec())
try:
    v + 1
except TypeError as e:
    print(type(e).__name__)


class NoHash:
    def __eq__(self, o): return True


try:
    {NoHash()}
except TypeError as e:
    print(e)


class Base:
    def __new__(cls, *args):
        self = super().__new__(cls)
        self.made = args
        return self


class Derived(Base):
    def __init__(self, a): self.a = a


print(Derived(4).made, Derived(4).a)


class Celsius(float):
    def __new__(cls, v): return super().__new__(cls, v + 1)
    def show(self): return f"{self:.1f}C"


class Name(str):
    def shout(self): return self.upper() + "!"


class Pair(tuple):
    def __new__(cls, a, b): return super().__new__(cls, (a, b))
    @property
    def first(self): return self[0]


class Stack(list):
    def __init__(self, limit): self.limit = limit
    def push(self, x): self.append(x); return self


class Upper(dict):
    def __setitem__(self, k, v): super().__setitem__(k.upper(), v)
    def __getitem__(self, k): return super().__getitem__(k.upper())
    def __missing__(self, k): return f"no {k}"


class MyInt(int):
    def __add__(self, o): return MyInt(int(self) + int(o) + 100)
    def __repr__(self): return f"MyInt({int(self)})"


up = Upper()
up["a"] = 1
st = Stack(3).push(1).push(2)
print(Celsius(20).show(), Celsius(1) + 1, Name("bob").shout(), Name("x") + "y", len(Name("abc")), Pair(1, 2).first, Pair(1, 2),
      st, st.limit, up, up["a"], up["zz"], MyInt(1) + 2, MyInt(5) * 2, isinstance(MyInt(1), int), [MyInt(3)], {MyInt(1): 1}[1])
print(isinstance(True, int), issubclass(bool, int), isinstance(3, (str, int)), isinstance("s", int | str), isinstance([], list),
      type(3) is int, type(type).__name__, isinstance(int, type), int | None, list[int], dict[str, list[int]])


class Outer:
    class Inner:
        def f(self): return __class__.__name__
    def g(self): return [super(Outer, self).__class__.__name__ for _ in range(1)]


print(Outer.Inner().f(), Outer().g(), Outer.Inner)


class Static:
    @staticmethod
    def s(x): return x
    @classmethod
    def make(cls, *a): return cls, a
    def __class_getitem__(cls, item): return f"{cls.__name__}[{item}]"


class SubStatic(Static): pass
print(Static.s(1), SubStatic().s(2), SubStatic.make(3)[0].__name__, Static["k"], SubStatic.make.__func__.__name__)
print(repr(Static).startswith("<class '__main__.Static'"), object.__repr__(A())[:20])
class Eq:
    def __init__(self, v): self.v = v
    def __eq__(self, o):
        if not isinstance(o, Eq): return NotImplemented
        return self.v == o.v
print(Eq(1) == Eq(1), Eq(1) == 1, Eq(1) != Eq(2), Eq.__hash__)
a = A()
a.__dict__["z"] = 5
a.__dict__.update(y=6)
print(a.z, a.y, a.__dict__, a.__class__.__name__, A.__dict__["who"].__name__)
a.__class__ = B
print(a.who(), setattr(a, "w", 1), a.w, getattr(a, "w"), delattr(a, "w"), hasattr(a, "w"))
class Call:
    def __call__(self, *a, **k): return a, k
print(Call()(1, x=2), callable(Call()), callable(A()))
try:
    A()()
except TypeError as e:
    print(e)
try:
    A(1)
except TypeError as e:
    print(e)
try:
    len(A())
except TypeError as e:
    print(e)
class It:
    def __init__(self): self.i = 0
    def __iter__(self): return self
    def __next__(self):
        self.i += 1
        if self.i > 3: raise StopIteration
        return self.i
print(list(It()), sum(It()), [*It()], 2 in It())
class Seq:
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return i * 10
print(list(Seq()), 20 in Seq())
A.who = lambda self: ["patched"]
print(D().who())
class Mixin:
    def hello(self): return "hello " + self.name
class Has(Mixin):
    name = "n"
print(Has().hello(), Has.name)
class Counter:
    count = 0
    def __init__(self): type(self).count += 1
Counter(); Counter()
print(Counter.count)
