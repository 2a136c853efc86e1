# Names: closures, global, nonlocal, class bodies, comprehensions, walrus, private names.
x = "global"


def outer():
    x = "outer"

    def inner():
        nonlocal x
        x = "changed"
        return x
    inner()
    return x


def setter():
    global x
    x = "set"


print(outer(), x)
setter()
print(x)
counter = 0


class A:
    y = 1
    z = [y for _ in range(2)] if False else y + 1
    items = [i * 2 for i in range(y + 2)]

    def method(self):
        return [self.y for _ in range(2)]

    __private = "hidden"

    def get(self):
        return self.__private

    def __secret(self):
        return "s"

    def call(self, __arg=1):
        return self.__secret(), __arg


a = A()
print(A.z, A.items, a.method(), a.get(), a._A__private, a.call(), hasattr(a, "__private"), A.__qualname__)


class B:
    class Inner:
        def f(self):
            pass


print(B.Inner.__qualname__, B.Inner.f.__qualname__, B.Inner.__name__, B.__module__)
if (n := len("hello")) > 3:
    print(n)
print([m := k * 2 for k in range(3)], m)


def walrus():
    found = [last := v for v in range(4) if (sq := v * v) > 1]
    return found, last, sq, [[deep := i + j for j in range(2)] for i in range(2)], deep


print(walrus())
while (value := counter) < 3:
    counter += 1
print(value, counter)
fs = [lambda i=i: i for i in range(3)]
gs = [lambda: i for i in range(3)]
print([f() for f in fs], [g() for g in gs])
print({k: v for k, v in zip("abc", range(3))}, {c for c in "aab"} == {"a", "b"}, sum(i for i in range(5)))


def make():
    total = 0

    def add(n):
        nonlocal total
        total += n
        return total
    return add


add = make()
add(5)
print(add(6))
try:
    print(undefined_name)
except NameError as e:
    print(type(e).__name__)


def unbound():
    print(later)
    later = 1


try:
    unbound()
except UnboundLocalError as e:
    print(e)


def free():
    def inner():
        return later
    inner()
    later = 1


try:
    free()
except NameError as e:
    print(e)
print(__name__)
first = second = third = [0]
first.append(1)
print(third, 1 < 2 < 3, 1 < 3 > 2 == 2, not 1 > 2 > 3)
i: int = 5
j: str
print(i, __annotations__)
assert True, "fine"
try:
    assert 1 > 2, f"message {i}"
except AssertionError as e:
    print(e.args)
