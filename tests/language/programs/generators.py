# Generators: send, throw, close, return, delegation.
def counter():
    total = 0
    while True:
        got = yield total
        if got is None:
            continue
        total += got


g = counter()
print(next(g), g.send(3), g.send(4), next(g))
g.close()
try:
    next(g)
except StopIteration as e:
    print("stopped", e.value)


def closing():
    try:
        yield 1
        yield 2
    except GeneratorExit:
        print("exit")
        raise
    finally:
        print("cleanup")


c = closing()
next(c)
c.close()


def handler():
    while True:
        try:
            yield "ready"
        except ValueError as e:
            yield f"handled {e}"


h = handler()
print(next(h), h.throw(ValueError("x")), next(h))
try:
    h.throw(KeyError("k"))
except KeyError as e:
    print("out", e)
try:
    h.throw(KeyError("finished"))
except KeyError as e:
    print("after end", e)


def returns():
    yield 1
    return "value"


def delegate():
    got = yield from returns()
    print("got", got)
    yield from [10, 20]
    yield from (x * x for x in range(3))
    return (yield from range(2))


print(list(delegate()))


def inner():
    try:
        x = yield "a"
        print("received", x)
        yield "b"
    except ValueError:
        yield "caught in inner"


def outer():
    yield from inner()
    yield "outer end"


o = outer()
print(next(o), o.send("hello"), o.throw(ValueError), next(o))
try:
    o.send(None)
except StopIteration:
    print("end")


def stop():
    yield 1
    raise StopIteration


try:
    list(stop())
except RuntimeError as e:
    print(e, repr(e.__cause__))
ge = (print("lazy", i) or i for i in range(3))
print("created")
print(next(ge), sum(ge))
print(type(ge).__name__, ge.__name__ if hasattr(ge, "__name__") else "<genexpr>")


def ignoring():
    while True:
        try:
            yield 1
        except GeneratorExit:
            pass


i = ignoring()
next(i)
try:
    i.close()
except RuntimeError as e:
    print(e)
g = counter()
try:
    g.send(1)
except TypeError as e:
    print(e)
def me():
    try:
        next(self_ref)
    except ValueError as e:
        yield str(e)
self_ref = me()
print(next(self_ref))
def pairs(n):
    for i in range(n):
        j = yield i, i * 2
p = pairs(3)
print(dict(p), [*pairs(2)], max(pairs(4)), list(zip(pairs(2), "ab")))
def tree(t):
    if isinstance(t, list):
        for x in t:
            yield from tree(x)
    else:
        yield t
print(list(tree([1, [2, [3, [4]]], 5])))
lst = [1, 2, 3]
it = iter(lst)
print(next(it), list(it), next(it, "default"))
try:
    raise StopIteration("v")
except StopIteration as s:
    print(s.value)
