# Properties' messages, methods bound by hand, classes made by type() where a base has a metaclass, notes.
import abc
import sys


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self):
        """What it covers."""


Square = type("Square", (Shape,), {"area": lambda self: 4})
print(type(Square).__name__, Square().area(), sorted(Square.__abstractmethods__))
try:
    type("Bare", (Shape,), {})()
except TypeError as error:
    print(error)


class Outer:
    class Inner:
        @property
        def x(self):
            return 1

        nothing = property()

        @staticmethod
        def same(a):
            return a

        @classmethod
        def own(cls):
            return cls.__name__

    Inner.late = property()


inner = Outer.Inner()
for action in (lambda: setattr(inner, "x", 1), lambda: delattr(inner, "x"), lambda: inner.nothing, lambda: inner.late,
               lambda: setattr(inner, "late", 1)):
    try:
        action()
    except AttributeError as error:
        print(error)

members = vars(Outer.Inner)
print(members["same"].__get__(None, Outer.Inner)(3), members["own"].__get__(None, Outer.Inner)(), members["own"].__get__(inner)())

error = ValueError("v")
error.__notes__ = 42
try:
    error.add_note("a note")
except TypeError as wrong:
    print(wrong)
print(error.__notes__)

number = 10 ** 5000
try:
    str(number)
except ValueError:
    print("too many digits")
sys.set_int_max_str_digits(0)
print(len(str(number)), sys.get_int_max_str_digits())
try:
    sys.set_int_max_str_digits(10)
except ValueError as wrong:
    print(wrong)


def which(x):
    match ...:
        case _:
            return x


print(which(5), float.__getformat__("double"))


def plain():
    pass


try:
    plain.__dict__ = None
except TypeError:
    print("no dictionary")


class Circular:
    pass


Circular.__call__ = Circular()
try:
    Circular()()
except RecursionError:
    print("calls itself")
