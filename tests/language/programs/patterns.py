# match: all kinds of patterns, what they refuse, and the errors of the compiler.
from dataclasses import dataclass
from collections import namedtuple, OrderedDict, deque, defaultdict, Counter
import enum, re
@dataclass
class Pt: x: int; y: int
class Pos:
    __match_args__ = ("a", "b")
    def __init__(self, a, b): self.a, self.b = a, b
class Color(enum.Enum): RED = 1; BLUE = 2
NT = namedtuple("NT", "p q")
LIMIT = 10
class ns: K = "kk"
def m(v):
    match v:
        case None | True | False: return f"single {v}"
        case 0: return "zero"
        case -1 | -2.5: return "neg"
        case 1 + 2j: return "cplx"
        case int(n) if n > 1000: return f"big {n}"
        case int() | float() as num: return f"num {num}"
        case "": return "empty str"
        case "a" "b": return "ab"
        case str() as s if s.isupper(): return f"upper {s}"
        case ns.K: return "dotted"
        case b"x": return "bytes x"
        case Color.RED: return "red"
        case Color(): return "other color"
        case NT(p=1, q=q): return f"nt {q}"
        case []: return "empty seq"
        case [x]: return f"one {x!r}"
        case [Pt(0, y), *_]: return f"pt on y {y}"
        case [1, [2, [3, *deep]], *rest]: return f"deep {deep} {rest}"
        case (first, *mid, last) if first == last: return f"sym {mid}"
        case [("k" | "key") as k, {"v": val, **kw}]: return f"{k} {val} {kw}"
        case [_, _, *_] as seq: return f"seq {len(seq)}"
        case {"type": "circle", "r": int(r) | float(r)}: return f"circle {r}"
        case {"type": t, "pts": [Pt(x=a), Pt(x=b)]}: return f"{t} {a} {b}"
        case {"opt": None, **rest}: return f"rest {rest}"
        case {1: _, 2.0: two}: return f"two {two}"
        case {}: return f"dict {len(v)}"
        case Pt(x=0, y=0): return "origin"
        case Pt(x, y) if x == y: return f"diag {x}"
        case Pt(): return "pt"
        case Pos(a, b=[*bs]): return f"pos {a} {bs}"
        case set() | frozenset(): return "set"
        case type(): return "type"
        case str(x): return f"str {x}"
        case _: return f"other {type(v).__name__}"
for v in [None, True, 0, 0.0, -1, -2.5, 1 + 2j, 5000, 7, 2.5, "", "ab", "ABC", "kk", "low", b"x", b"y", Color.RED, Color.BLUE, NT(1, 2), NT(2, 2), [], (), ["z"], [Pt(0, 5), 1], [1, [2, [3, 4, 5]], 6], (9, 8, 9), ("k", {"v": 1, "w": 2}), ("key", {"z": 0}), range(3), deque([1, 2]), {"type": "circle", "r": 2}, {"type": "circle", "r": "x"}, {"type": "seg", "pts": (Pt(1, 2), Pt(3, 4))}, {"opt": None, "a": 1}, {1: 0, 2: "t"}, {}, OrderedDict(a=1), defaultdict(int), Counter("a"), Pt(0, 0), Pt(2, 2), Pt(1, 2), Pos(1, [2, 3]), Pos(1, 2), {1}, int, object(), bytearray(b"x"), "it", memoryview(b"ab")]:
    r = m(v); print(r if "object at" not in r else "obj")
def tree(t):
    match t:
        case ("+", l, r): return tree(l) + tree(r)
        case ("*", l, r): return tree(l) * tree(r)
        case ("neg", e): return -tree(e)
        case ("let", str(n), e, b): return tree(subst(b, n, e))
        case int(x) | float(x): return x
        case [op, *a]: raise ValueError(f"bad op {op!r}/{len(a)}")
        case x: raise TypeError(f"bad node {x!r}")
def subst(b, n, e):
    match b:
        case str(x) if x == n: return e
        case (op, *args): return (op, *(subst(a, n, e) for a in args))
        case _: return b
print(tree(("+", 1, ("*", 2, ("neg", 3)))), tree(("let", "x", 5, ("+", "x", "x"))))
for t in (("^", 1), "q", ("neg", None)):
    try: print(tree(t))
    except (ValueError, TypeError) as e: print(e)
match 5:
    case x: pass
print(x)
match [1, 2], {"a": 1}:
    case [a, b], {"a": c}: print(a, b, c)
match (command := "go north now".split()):
    case ["go", ("north" | "south") as d, *mods]: print(d, mods, command)
match {"x": {"y": [1, {"z": 9}]}}:
    case {"x": {"y": [_, {"z": z}]}}: print(z)
class Meta(type):
    def __instancecheck__(c, o): return o == "magic"
class Magic(metaclass=Meta): pass
match "magic":
    case Magic(): print("instancecheck")
class NoArgs: pass
for bad in ("case NoArgs(1): pass", "case Pos(1, 2, 3): pass", "case Pos(1, a=2): pass", "case int(1, 2): pass", "case [*a, *b]: pass", "case {**r, 'a': 1}: pass", "case x | y: pass", "case (x, x): pass", "case x: pass\n  case y: pass", "case {'a': 1, 'a': 2}: pass", "case Pt(x=1, x=2): pass", "case -x: pass", "case 1 + 1: pass", "case a.b(): pass", "case len: print(len)", "case {**_}: pass", "case _ | 1: pass", "case int(_) as _: pass", "case 'a' if (z := 1): print(z)", "case x.y.z: pass"):
    try: exec(f"match v:\n  {bad}\n", {"v": NoArgs() if "NoArgs" in bad else Pos(1, 2) if "Pos" in bad else 1, "NoArgs": NoArgs, "Pos": Pos, "Pt": Pt}); print("ok", bad)
    except Exception as e: print(type(e).__name__, e, "|", bad)
match = re.match("(a)(b)?", "a"); case = 3; type_ = match.groups(); print(type_, case, match is None)
match match:
    case re.Match(): print("re")
print([m2 for m2 in [1]], (lambda match: match)(2))
def fact(n):
    match n:
        case 0 | 1: return 1
    return n * fact(n - 1)
print(fact(10))
