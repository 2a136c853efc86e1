# match statements: every kind of pattern.
import sys


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


class Color:
    RED = "red"
    BLUE = "blue"


def classify(v):
    match v:
        case 0:
            return "zero"
        case -1 | 1.5:
            return "special number"
        case True:
            return "true"
        case None:
            return "none"
        case "a" | "b" as letter:
            return f"letter {letter}"
        case Color.RED:
            return "red constant"
        case int(n) if n > 100:
            return f"big {n}"
        case int() | float():
            return "number"
        case str(s):
            return f"str {s}"
        case []:
            return "empty"
        case [x]:
            return f"one {x}"
        case [1, 2, *rest]:
            return f"12 then {rest}"
        case [first, *_, last] if first == last:
            return f"same ends {first}"
        case (a, (b, c)):
            return f"nested {a} {b} {c}"
        case [Point(x=0, y=yy), *_]:
            return f"list of point {yy}"
        case {"type": "circle", "r": r}:
            return f"circle {r}"
        case {"type": str(t), **others}:
            return f"{t} with {others}"
        case {}:
            return "mapping"
        case Point(0, 0):
            return "origin"
        case Point(x, y=0):
            return f"on x {x}"
        case Point(x, y) if x == y:
            return f"diagonal {x}"
        case Point():
            return "point"
        case _:
            return "other"


for v in [0, -1, 1.5, True, None, "a", "red", "zzz", 500, 7, 2.5, [], [9], [1, 2, 3, 4], (5, 6, 5), (1, (2, 3)),
          [Point(0, 8), 1, 2], {"type": "circle", "r": 2}, {"type": "sq", "side": 1, "z": 2}, {"q": 1}, {}, Point(0, 0),
          Point(3, 0), Point(4, 4), Point(1, 2), object, b"bytes", {1, 2}, range(1), 1 + 0j]:
    print(classify(v))


def command(line):
    match line.split():
        case ["go", ("north" | "south") as direction]:
            return f"going {direction}"
        case ["pick", item] | ["take", item]:
            return f"taking {item}"
        case ["quit" | "exit"]:
            return "bye"
        case [verb, *args]:
            return f"unknown {verb} {args}"
        case _:
            return "nothing"


for line in ["go north", "pick key", "take key", "exit", "dance all night", ""]:
    print(command(line))
match = {"match": 1}
case = [1, 2]
type = "t"
print(match["match"], case[0], type)
match case:
    case [a, b]:
        print("soft", a, b)
match 1, 2:
    case 1, x:
        print("tuple", x)
match (0, 3):
    case (0, y) if y < 0:
        print("no")
    case (0, y):
        print("yes", y)
for i in range(4):
    match i:
        case 1:
            continue
        case 3:
            break
    print("loop", i)
match {"a": {"b": [1, {"c": 2}]}}:
    case {"a": {"b": [_, {"c": c}]}}:
        print("deep", c)


class Shape: pass
class Circle(Shape):
    def __init__(self, r): self.r = r


match Circle(2):
    case Shape(r=radius): print(radius)
try:
    match 5:
        case int(a, b): pass
except TypeError as e:
    print(e)
match 3:
    case x: pass
print(x)
def ret(v):
    match v:
        case {"k": [x, y]}: return x + y
        case str() | bytes(): return len(v)
print(ret({"k": [1, 2]}), ret("abc"), ret(b"ab"), ret(1))
