# Kinds of parameters, and what calls say that do not fit.
def pos(a, b=2, /, c=3, *, d, e=5, **rest):
    return a, b, c, d, e, rest


print(pos(1, d=4), pos(1, 20, 30, d=40, e=50, f=60), pos(1, d=4, a=9))
print((lambda x, /, y=1, *args, z=2, **kw: (x, y, args, z, kw))(1, 2, 3, z=4, w=5))


def attempt(call):
    try:
        print(call())
    except TypeError as e:
        print(type(e).__name__, e)


def none(): pass
def one(x): pass
def two(x, y): pass
def three(x, y, z): pass
def deflt(x, y=1): pass
def kwonly(*, k): pass
def kwonly2(*, k, m): pass
def posonly(x, /): pass
def mixed(a, *, k=1): pass


class C:
    def m(self, x): pass

    def nothing(): pass

    @staticmethod
    def s(x): pass

    @classmethod
    def c(cls, x): pass


def outer():
    z = 1

    def inner(q):
        return z
    return inner


attempt(lambda: none(1))
attempt(lambda: none(1, 2))
attempt(lambda: one())
attempt(lambda: one(1, 2))
attempt(lambda: two())
attempt(lambda: three())
attempt(lambda: three(1))
attempt(lambda: deflt())
attempt(lambda: deflt(1, 2, 3))
attempt(lambda: one(y=1))
attempt(lambda: one(1, x=2))
attempt(lambda: kwonly())
attempt(lambda: kwonly2())
attempt(lambda: kwonly(1))
attempt(lambda: posonly(x=1))
attempt(lambda: mixed(1, 2, k=3))
attempt(lambda: C().m())
attempt(lambda: C().m(1, 2))
attempt(lambda: C().nothing())
attempt(lambda: C.s())
attempt(lambda: C.c())
attempt(lambda: outer()())
attempt(lambda: outer()(1, 2))
attempt(lambda: one(*[1, 2]))


def default_order(x=print("evaluated once"), *, y=[]):
    y.append(1)
    return y


default_order()
print(default_order())
print(pos.__defaults__, pos.__kwdefaults__, pos.__name__, C.m.__qualname__, outer().__qualname__)
