# Enumerations: members, values, flags and their boundaries, mixed-in types, the functional form.
import enum, json, copy
from enum import *
class Color(Enum):
    RED = 1; GREEN = "g"; BLUE = (1, 2); ALIAS = 1
    @property
    def hexa(self): return f"#{self.name.lower()}"
    @classmethod
    def default(cls): return cls.RED
    def __str__(self): return f"C.{self.name}"
print(Color.RED, repr(Color.RED), Color("g"), Color["BLUE"], Color.ALIAS is Color.RED, list(Color), len(Color), Color.__members__, Color.BLUE.hexa, Color.default(), f"{Color.RED}", f"{Color.RED!r:>20}", "%s" % Color.RED)
for f in (lambda: Color(9), lambda: Color["NO"], lambda: Color.NO, lambda: setattr(Color, "RED", 2), lambda: delattr(Color, "RED"), lambda: Color.RED < Color.GREEN, lambda: Color(), lambda: setattr(Color.RED, "value", 3), lambda: setattr(Color.RED, "name", 3), lambda: Color.RED.RED, lambda: Color.RED.nope, lambda: Color.RED(), lambda: Color[0], lambda: Enum("Q", "a a"), lambda: Color.RED + 1, lambda: json.dumps(Color.RED)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class Pri(IntEnum): LOW = auto(); MID = 5; HIGH = auto()
print(list(Pri), Pri.LOW < Pri.HIGH, Pri.HIGH + 1, sorted(Pri, reverse=True), Pri.MID, f"{Pri.MID}", f"{Pri.MID:>4}", str(Pri.MID), repr(Pri.MID), "%d" % Pri.MID, Pri.MID == 5, json.dumps([Pri.LOW, {"k": Pri.HIGH}]), max(Pri), [10, 20][Pri.LOW], Pri(6), isinstance(Pri.LOW, int), hash(Pri.LOW) == hash(1), Pri.MID.bit_length(), divmod(Pri.MID, 2), type(Pri.MID + Pri.LOW))
class Perm(Flag): R = auto(); W = auto(); X = auto(); RW = R | W
print(Perm.R | Perm.X, repr(Perm.R | Perm.X), Perm.RW, Perm(3), Perm(0), repr(Perm(0)), ~Perm.R, Perm.R in Perm.RW, Perm.X in Perm.RW, list(Perm), list(Perm.RW), len(Perm.RW), bool(Perm.R & Perm.W), Perm.R ^ Perm.RW, Perm(7), [p.name for p in Perm], (Perm.R | Perm.X).name, (Perm.R|Perm.X).value, Perm.RW.name)
for f in (lambda: Perm(8), lambda: Perm.R | 1, lambda: Perm("a"), lambda: 1 in Perm.R, lambda: Perm.R < Perm.W):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class IF(IntFlag): A = 1; B = 2; C = 4
print(IF.A | IF.B, repr(IF.A | IF.B), IF(3) & 1, IF.A | 8, repr(IF(8)), ~IF.A, repr(~IF.A), IF(0), repr(IF(0)), IF.A + 1, IF(7), list(IF(5)), f"{IF.A}", f"{IF.B:03}", IF.A == 1, IF(-1))
class Str(StrEnum): A = auto(); B = "bee"; LongName = auto()
print(Str.A, repr(Str.A), Str.B.upper(), Str.LongName, "x" + Str.A, f"{Str.B:>5}", Str("bee"), Str.A == "a", json.dumps({Str.A: Str.B}), ",".join(Str), Str.B in ["bee"], {"a": 1}[Str.A])
class Planet(Enum):
    MERCURY = (3.303e+23, 2.4397e6); EARTH = (5.976e+24, 6.37814e6)
    def __init__(self, mass, radius): self.mass, self.radius = mass, radius
    @property
    def g(self): return 6.67300E-11 * self.mass / self.radius ** 2
print([f"{p.name}:{p.g:.2f}" for p in Planet], Planet.EARTH.value, Planet((3.303e+23, 2.4397e6)), Planet.EARTH.__dict__.keys() >= {"mass"})
class Named(Enum):
    def __new__(cls, code, label):
        o = object.__new__(cls); o._value_ = code; o.label = label; return o
    OK = 200, "fine"; ERR = 500, "bad"
print(Named(200).label, [n.value for n in Named], Named.ERR)
class Auto(Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last): return f"{name.lower()}-{count}-{last}"
    A = auto(); B = auto()
print([a.value for a in Auto])
class Miss(Enum):
    A = 1
    @classmethod
    def _missing_(cls, v): return cls.A if v == "one" else None
print(Miss("one"))
try: Miss("two")
except ValueError as e: print(e)
@unique
class U(Enum): A = 1; B = 2
try:
    @unique
    class U2(Enum): A = 1; B = 1; C = 2; D = 2
except ValueError as e: print(e)
F = Enum("F", "X Y Z"); F2 = Enum("F2", {"P": "p", "Q": "q"}); F3 = IntEnum("F3", ["A", "B"], start=10); F4 = Flag("F4", "A B C"); F5 = Enum("F5", [("M", 1), ("N", 2)], module="m", qualname="Q.F5")
print(list(F), list(F2), list(F3), F4.A | F4.C, F5.M, F5, F.__module__, F5.__qualname__)
class Op(Enum):
    ADD = "+"; SUB = "-"
    def __call__(self, a, b): return {"+": a + b, "-": a - b}[self.value]
print(Op.ADD(1, 2), Op("-")(5, 3), {Op.ADD: 1}, copy.deepcopy(Op.ADD) is Op.ADD, copy.copy([Op.SUB]), Op.ADD in Op, Op.ADD != Op.SUB, Op.ADD == "+", isinstance(Op.ADD, Op), type(Op.ADD), type(Op), Op.__name__, Op.ADD.__class__, bool(Op.ADD), Op.ADD.name, Op.ADD._name_, Op.__doc__, dir(Op.ADD)[-3:] if 0 else "")
match Color.RED:
    case Color.GREEN: print("g")
    case Color.RED | Color.BLUE: print("rb")
class Mixed(str, Enum): A = "a"; B = "b"
print(Mixed.A, f"{Mixed.A}", Mixed.A == "a", repr(Mixed.A), str(Mixed.A), "%s" % Mixed.B, "{}".format(Mixed.B), Mixed.A + "x", json.dumps(Mixed.A), Mixed.A.upper())
class Weekday(Enum):
    MON = auto(); TUE = auto()
    def next(self): m = list(type(self)); return m[(m.index(self) + 1) % len(m)]
print(Weekday.TUE.next(), Weekday.MON.next().next(), [d for d in reversed(Weekday)])
class Base(Enum):
    def hi(self): return f"hi {self.name}"
class Sub(Base): Z = 0
print(Sub.Z.hi(), bool(Sub.Z), Sub.__mro__[1].__name__, enum.EnumMeta is enum.EnumType, isinstance(Sub, EnumMeta))
class Bound(Flag, boundary=KEEP): A = 1
print(Bound(9), repr(Bound(9)), repr(Bound(8)))
class Bc(Flag, boundary=CONFORM): A = 1; B = 4
print(Bc(9), Bc(2), Bc.A | Bc.B)
class Inner(Enum):
    A = nonmember(5) if hasattr(enum, "nonmember") else 5
    B = member(6)
print(Inner.A, Inner.B, list(Inner))
with_ignored = None
class Ig(Enum):
    _ignore_ = ["tmp", "i"]
    tmp = vars()
    for i in range(3): tmp[f"V{i}"] = i * i
print(list(Ig))
@verify(CONTINUOUS) if 0 else (lambda c: c)
class Ver(Enum): A = 1; B = 3
try: verify(CONTINUOUS)(Ver)
except Exception as e: print(type(e).__name__, e)
try:
    class Dup(Enum): A = 1; A = 2
except TypeError as e: print(e)
try:
    class Mro(Enum): mro = 1
except ValueError as e: print(e)
try:
    class Under(Enum): _x_ = 1
except ValueError as e: print(e)
