# Methods of built-in types on instances of subclasses, and which operand is asked first.
class L(list):
    def append(self, x):
        list.append(self, x * 2)

    def __repr__(self):
        return "L" + list.__repr__(self)


class D(dict):
    def __setitem__(self, key, value):
        dict.__setitem__(self, str(key), value)

    def __getitem__(self, key):
        return dict.__getitem__(self, str(key))

    def __delitem__(self, key):
        print("del", key)
        dict.__delitem__(self, str(key))


class S(set):
    pass


class F(frozenset):
    pass


l = L([1])
l.append(2)
list.extend(l, [7, 8])
print(l, list.__len__(l), list.index(l, 7), list.pop(l), l)
d = D()
d[1] = "one"
d[2] = "two"
print(d, d[1], dict.get(d, "2"), dict.__contains__(d, 1), dict.__len__(d), list(dict.items(d)))
del d[1]
print(d, dict.pop(d, "2"), dict.copy(d))
print(S([1, 2]), S(), [S([3])], repr(F([4])), F(), S([1]) | {2}, str.upper("x"), str.join("-", ["a", "b"]))
for call in (lambda: list.append(5, 1), lambda: str.upper(3), lambda: dict.keys([])):
    try:
        print(call())
    except TypeError as e:
        print("TypeError")


class A:
    def __init__(self, v):
        self.v = v

    def __add__(self, other):
        return "A+", type(other).__name__

    def __radd__(self, other):
        return "A r+", type(other).__name__

    def __lt__(self, other):
        return "A<"

    def __gt__(self, other):
        return "A>"

    def __eq__(self, other):
        return "A=="

    __hash__ = None


class B(A):
    def __radd__(self, other):
        return "B r+", type(other).__name__

    def __gt__(self, other):
        return "B>"

    def __eq__(self, other):
        return "B=="


class C(A):
    pass


print(A(1) + A(2), A(1) + B(2), B(1) + A(2), A(1) + C(2), C(1) + B(2), 1 + B(1))
print(A(1) < B(2), B(1) < A(2), A(1) == B(1), B(1) == A(1), A(1) < C(1))
print(len.__name__, [].append.__name__, str.upper.__qualname__, print, str.join, len.__module__, int.from_bytes.__name__)


class WithDict:
    __slots__ = ("a", "__dict__")


w = WithDict()
w.a, w.b = 1, 2
print("b" in w.__dict__, w.a, w.b)
