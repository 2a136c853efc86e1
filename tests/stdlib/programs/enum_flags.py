# Flags and their operators, what dir() shows, boundaries; dataclasses' and inspect's answers about classes.

import inspect
from dataclasses import dataclass, field
from enum import CONFORM, EJECT, KEEP, STRICT, Enum, Flag, IntEnum, IntFlag, StrEnum, auto


class Mode(IntFlag):
    R = 4
    W = 2
    X = 1


print(repr(Mode.R | Mode.W), repr(Mode.R & 6), repr(~Mode.R), repr(Mode.R ^ Mode.W), repr(8 | Mode.X), repr(Mode(9)), repr(Mode(0)))
print(Mode.R + 1, Mode.R in Mode(5), list(Mode(5)), str(Mode.R | Mode.X), f"{Mode.W:>3}", Mode.R == 4, (Mode.R | Mode.W).name, Mode(6).value)


class Plain(Flag):
    A = auto()
    B = auto()
    AB = A | B


print(repr(Plain.A | Plain.B), ~Plain.A, Plain.AB & Plain.B, list(Plain), list(Plain.AB), bool(Plain(0)), Plain.A in Plain.AB)
for boundary in (STRICT, CONFORM, EJECT, KEEP):
    made = Flag("Made", "ONE TWO", boundary=boundary)
    try:
        print(boundary, repr(made(5)))
    except ValueError as e:
        print(boundary, str(e).splitlines())


class Colour(Enum):
    RED = 1

    def describe(self):
        return self.name


print(dir(Colour), dir(Colour.RED))
try:
    Colour.GREEN
except AttributeError as e:
    print(e)
print(repr(IntEnum("N", "a b").b | 4), StrEnum("S", "x y").y.upper())
for default in ([], {}, set()):
    try:
        @dataclass
        class Wrong:
            x: object = default
    except ValueError as e:
        print(e)


@dataclass
class Right:
    x: list = field(default_factory=list)


def function(a, b=1, /, c=2, *args, d, e=3, f, **keywords):
    pass


print(Right(), inspect.signature(function), inspect.getfullargspec(function).kwonlyargs, function.__code__.co_varnames)
