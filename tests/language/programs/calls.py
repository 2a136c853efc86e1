# Calls that do not fit: every error of arguments, of functions that programs make and of built-in ones.

def f(a, b=2, *args, c, d=4, **kw): return (a, b, args, c, d, kw)
def g(a, b, /, c, *, d): return (a, b, c, d)
def h(): pass
def one(x): pass
def two(x, y=1): pass
def kwonly(*, k1, k2): pass
def posonly(a, /): pass
def many(a, b, c, d): pass
class K:
    def m(self, x): pass
    def nos(): pass
    @classmethod
    def cm(cls, x): pass
    @staticmethod
    def sm(x): pass
    def __init__(self, a=1): pass
class K2:
    pass
class K3:
    def __init__(self, a, b): pass
    def __call__(self, z): return z
k = K(); k3 = K3(1, 2)
L = [1, 2]; D = {"c": 3}
tests = """f(1, c=3)
f(1, 2, 3, 4, c=5, e=6)
f(*L, **D)
f(*L, *L, c=0, **{'x y': 1})
f(1)
f()
f(c=1)
f(1, 2, a=3, c=4)
f(1, **D, c=4)
f(1, **D, **D)
f(1, **{1: 2})
f(1, **5)
f(*5)
f(1, c=1, **None)
g(1, 2, 3, d=4)
g(1, 2, c=3, d=4)
g(a=1, b=2, c=3, d=4)
g(1, 2, 3, 4)
g(1, 2, 3)
g(1, d=4)
h(1)
h(a=1)
h(1, 2)
one()
one(1, 2)
one(1, x=1)
one(y=1)
two(1, 2, 3)
two()
kwonly()
kwonly(k1=1)
kwonly(1, k1=1, k2=2)
kwonly(k1=1, k2=2, k3=3)
posonly(a=1)
posonly()
many()
many(1)
many(1, 2)
many(1, 2, 3, 4, 5)
k.m()
k.m(1, 2)
k.nos()
K.m(1)
K.m()
K.cm()
k.cm(1, 2)
k.sm()
K(1, 2)
K(b=1)
K2(1)
K2(a=1)
K3()
K3(1)
k3()
k3(1, 2)
k3(5)
(lambda x: x)()
(lambda: 1)(2)
(lambda *a, **k: (a, k))(1, *[2], x=3, **{'y': 4})
[].append()
[].append(1, 2)
[].append(x=1)
'a'.upper(1)
'a'.split(1, 2, 3)
'a'.split(x=1)
len()
len(1, 2)
len(x=1)
int(x='5')
sorted()
sorted([], 1)
abs()
isinstance(1)
ord()
chr()
range(1, 2, 3, 4)
max(1, key=len)
max([1], foo=1)
print(sep='')
print(end=1)
round()
pow(1)
divmod(1)
getattr(1)
setattr(1, 2)
hasattr(1)
enumerate([], 1, 2)
zip(foo=1)
iter(1, 2)
iter([], 2)
next()
next(iter([]))
next(iter([]), 'd')
ord('')
'x'.format(*5)
str.upper(1)
str.upper()
list.append([], 1, 2)
dict.get()
{}.get()
{}.setdefault()
{}.fromkeys()
object.__init__(1, 2)
object.__new__(int)
K.__init__()
hash()
id(1, 2)
sum()
sum(1)
sum([1], 2, 3)
any()
all(1)
bytes(1, 2, 3, 4)
bytes('a', 'b', 'c', 'd')
bytearray(1, 'x')
float(x=1)
bool(x=1)
list(x=1)
tuple(x=1)
set(x=1)
frozenset(1, 2)
dict(**{'a': 1}, a=2)
slice(1, 2, 3, 4)
property(1, 2, 3, 4, 5)
staticmethod()
classmethod(1, 2)
eval()
vars(1)
vars(1, 2)
format()
format(1, 2)
ascii()
repr(1, 2)
input(1, 2)
ValueError(1, 2).args
KeyError()
OSError(2, 'x')
StopIteration(5).value
f(1, c=2)(3)
None()
'abc'()
(1)(2)
K.zip
k.zip
K.m.zip
f.zip
f.__name__.zip
len.zip
[].zip
None.zip
int.zip
(1).zip
1.5.zip
{}.zip
(lambda: 0).zip
print.zip
__import__('math').zip
nope
K.__zip__
k.__private""".splitlines()
for s in tests:
    try: print(s, "=", eval(s))
    except BaseException as e: print(s, "->", type(e).__name__ + ":", e)
