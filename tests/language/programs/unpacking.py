# Stars in displays, calls, returns, subscripts and targets.
a, b = [1, 2], (3, 4)
print([*a, *b], (*a, 5), {*a, *b, 1}, [*range(3)], [*"xy", *a], (*a,))
print({**{"x": 1}, "y": 2, **{"x": 3}}, {**{}}, {"a": 1, **dict(b=2)})


def f(*args, **kwargs):
    return args, kwargs


print(f(*a, *b), f(0, *a, 9, *b), f(x=1, *a), f(*a, k=1, **{"z": 2}, **{"y": 3}), f(**{"p": 1}, q=2))


def g():
    return *a, 7


print(g(), *g())
first, *rest = "hello"
*init, last = [1, 2, 3]
x, *mid, y = range(6)
(p, q), r = (1, 2), 3
[u, v] = "ab"
print(first, rest, init, last, x, mid, y, p, q, r, u, v)
for i, (j, *k) in enumerate([(1, 2, 3), (4,)]):
    print(i, j, k)
for n in *a, 10:
    print(n, end=" ")
print()
def gen():
    yield *a, 1
print(list(gen()))
big = [1, *range(50), *[2], *range(45, 50), 3, *a, *b, *a, *b, *a, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
       19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40]
print(len(big), sum(big))


class Grid:
    def __getitem__(self, key):
        return key


print(Grid()[1, *a], Grid()[1:2, ::3], Grid()[*a])
d = {}
d["x"], d["y"] = 1, 2
print(d)
() = []
del (d["x"]), [a]
print(d)
try:
    one, two = [1, 2, 3]
except ValueError as e:
    print(e)
try:
    one, two, *three = [1]
except ValueError as e:
    print(type(e).__name__)
try:
    {**[1]}
except TypeError as e:
    print(e)
