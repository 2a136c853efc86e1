# When a loop is left early, a generator that only the loop holds is closed at once; one that anything else holds is not.
import sys
from contextlib import contextmanager


def gen(name="g", n=5):
    try:
        for i in range(n):
            yield i
    except GeneratorExit:
        print(name, "exit")
        raise
    finally:
        print(name, "finally")


def header(text):
    print("--", text)


header("break")
for x in gen():
    print(x)
    if x == 1:
        break
print("after")

header("exhausted, with else")
for x in gen("h", 2):
    print(x)
else:
    print("else")
print("after")

header("break at once, and a body without anything to close")


def plain():
    yield 1
    yield 2


for x in plain():
    break
for x in gen(n=0):
    break
for i in range(3):
    for x in plain():
        if i == 1:
            break
    print(i, x)

header("return")


def returns(gen):
    for x in gen():
        return print("value") or x


print(returns(gen))


def returns_through_finally():
    try:
        for x in gen("in"):
            for y in gen("inner"):
                try:
                    return "result"
                finally:
                    print("finally of the body")
    finally:
        print("finally around")


print(returns_through_finally())


def returns_from_finally():
    for x in gen("out"):
        try:
            for y in gen("in"):
                return 1
        finally:
            return 2


print(returns_from_finally())


def break_in_finally():
    for x in gen("out"):
        try:
            for y in gen("in"):
                return 1
        finally:
            break
    return "broke"


print(break_in_finally())

header("exception")
try:
    for x in gen():
        raise ValueError("out")
except ValueError as e:
    print(repr(e), e.__context__)


def raises():
    for x in gen("a"):
        for y in gen("b"):
            if y == 1:
                raise KeyError(x)


try:
    raises()
except KeyError as e:
    print(repr(e), e.__context__)

try:
    for x in gen("kept"):
        try:
            raise ValueError
        except ValueError:
            print("handled", x)
        if x == 1:
            1 / 0
except ZeroDivisionError as e:
    print("outside", e)

header("exception of the generator itself")


def fails():
    try:
        yield 1
        raise LookupError("inside")
    finally:
        print("failing finally")


try:
    for x in fails():
        print(x)
except LookupError as e:
    print(repr(e))
for x in gen("next"):
    break

header("nested loops, break and continue of the outer one")
for x in gen("outer", 3):
    for y in gen("inner", 3):
        if y == 1:
            break
    else:
        continue
    if x == 1:
        break
print("after")
for x in gen("outer", 2):
    for y in gen("inner", 2):
        try:
            continue
        finally:
            print("c", x, y)
print("after")

header("with")


@contextmanager
def managed(name):
    print("enter", name)
    try:
        yield name
    finally:
        print("leave", name)


def lines(n):
    with managed("file"):
        for i in range(n):
            yield f"line {i}"


for line in lines(5):
    with managed("body"):
        if line.endswith("2"):
            break
print("after")
with managed("around"):
    for line in lines(5):
        break
    print("still inside")

header("somebody else holds it")
g = gen("held")
for x in g:
    break
print("not closed", next(g))
for x in iter(g):
    break
for x in (lambda: g)():
    break
print("not closed", next(g))
g.close()


class Store:
    def __init__(self):
        self.items = gen("stored")

    def get(self):
        return self.items

    def __iter__(self):
        return self.items


store = Store()
for x in store.get():
    print(x)
    break
for x in store:
    print(x)
    break
for x in store.items:
    print(x)
    break
print("not closed", next(store.items))
store.items.close()

held = []


def keep(g):
    held.append(g)
    return g


for x in keep(gen("kept")):
    break
print("not closed", next(held[0]))
held[0].close()
for x in (g := gen("walrus")):
    break
print("not closed", next(g))
g.close()

header("methods, closures, defaults, stars, __iter__")


class Tree:
    def __init__(self, *items):
        self.items = items

    def walk(self, name="walk"):
        try:
            yield from self.items
        finally:
            print(name, "done")

    def __iter__(self):
        try:
            for item in self.items:
                yield item
        finally:
            print("iter done")

    @classmethod
    def made(cls):
        try:
            yield cls.__name__
        finally:
            print("made done")

    @staticmethod
    def static():
        try:
            yield "static"
        finally:
            print("static done")


tree = Tree(1, 2, 3)
for x in tree.walk():
    break
for x in tree.walk(name="keyword"):
    break
for x in tree.walk(*["star"]):
    break
for x in tree.walk(**{"name": "stars"}):
    break
for x in tree:
    break
for x in tree:
    if x == 2:
        break
for x in Tree.made():
    break
for x in Tree.static():
    break
bound = tree.walk
for x in bound():
    break


def outer(name):
    def inner():
        try:
            yield name
            yield name
        finally:
            print(name, "closed")
    for x in inner():
        return x


print(outer("closure"))
print([x for t in [tree] for x in t.walk("comprehension")])
for x in None or gen("or"):
    break

header("a generator's own loop, and delegation")


def relay(name):
    try:
        for x in gen(name):
            yield x
    finally:
        print("relay", name)


def delegate():
    try:
        yield from gen("delegated")
    finally:
        print("delegate")


for x in relay("r"):
    break
for x in delegate():
    break
r = relay("explicit")
print(next(r))
r.close()
r = relay("thrown")
next(r)
try:
    r.throw(ValueError("t"))
except ValueError as e:
    print(repr(e))


def chain(n):
    if n:
        for x in chain(n - 1):
            yield x
    else:
        yield from gen("deep")


for x in chain(100):
    break
print("after")


def walk(n):
    yield n
    if n:
        for side in 1, 2:
            for x in walk(n - 1):
                yield x


for x in walk(20):
    if x == 0:
        break
print(x)

header("what it does while it closes")


def busy():
    try:
        yield 1
    finally:
        for x in gen("nested"):
            if x:
                break
        try:
            raise ValueError("own")
        except ValueError as e:
            print(repr(e), type(e.__context__))
        print(sum(range(10)), [c for c in "abc"])


for x in busy():
    break
try:
    for x in busy():
        raise IndexError("first")
except IndexError as e:
    print(repr(e), sys.exc_info()[1] is e)

header("unraisable")
seen = []


def hook(u):
    seen.append(f"{u.exc_type.__name__}: {u.exc_value} in {u.object.__name__}, {u.err_msg}")


def bad():
    try:
        yield 1
    finally:
        raise OSError("cannot")


def stubborn():
    while True:
        try:
            yield 1
        except GeneratorExit:
            pass


sys.unraisablehook = hook
for x in bad():
    break
print(seen)
for x in stubborn():
    break
print(seen)


def returns_over_bad():
    for x in bad():
        return "value"


print(returns_over_bad())
try:
    for x in bad():
        1 / 0
except ZeroDivisionError as e:
    print(repr(e), e.__context__)
print(len(seen), seen[-1])

header("many")


def count():
    for i in range(300):
        for x in gen_quiet():
            if x == i % 3:
                break
    return closed


closed = 0


def gen_quiet():
    global closed
    try:
        for i in range(5):
            yield [i][0]
    finally:
        closed += 1


print(count())
