# Random patterns on random texts: matches, groups, splits, substitutions and errors.
import re

state = 12345


def rand(n):
    global state
    state = (state * 1103515245 + 12345) & 0x7fffffff
    return (state >> 8) % n


def pick(items):
    return items[rand(len(items))]


ATOMS = ["a", "b", "c", "ab", ".", "\\w", "\\d", "\\s", "\\W", "\\D", "\\S", "[ab]", "[^a]", "[a-c]", "[\\d_]", "[^\\w]", "\\.", " ",
         "x", "[x-z]", "1", "\\b", "\\B", "^", "$", "\\A", "\\Z", "A", "\\n", "[^x]", "_", "-", "\\x61", "(?:)"]
REPEATS = ["*", "+", "?", "{2}", "{1,2}", "{,2}", "{0,}", "*?", "+?", "??", "{1,2}?", "{0,1}", "*+", "++", "?+", "{2}+", "{1,2}+"]
FLAGS = [0, 0, 0, re.I, re.M, re.S, re.A, re.I | re.A, re.X]


def pattern(depth):
    parts = []
    for _ in range(1 + rand(4)):
        kind = rand(14) if depth else rand(5)
        if kind < 5:
            part = pick(ATOMS)
        elif kind < 8:
            part = "(" + pattern(depth - 1) + ")"
        elif kind == 8:
            part = "(?:" + pattern(depth - 1) + ")"
        elif kind == 9:
            part = "(?:" + pattern(depth - 1) + "|" + pattern(depth - 1) + "|" + pattern(depth - 1) + ")"
        elif kind == 10:
            part = pick(["(?=", "(?!", "(?<=", "(?<!", "(?>", "(?i:", "(?-i:", "(?s:", "(?a:", "(?P<n>"]) + pattern(depth - 1) + ")"
        elif kind == 11:
            part = pick(["\\1", "\\2", "(?P=n)", "(?(1)" + pattern(0) + "|" + pattern(0) + ")", "(?(n)a)"])
        elif kind == 12:
            part = "(" + pattern(depth - 1) + "|" + pattern(depth - 1) + ")"
        else:
            part = pick(ATOMS)
        if rand(3) == 0:
            # A group that CPython repeats possessively may keep what it captured in a round that failed.
            part += pick(REPEATS[:-5] if part.startswith("(") else REPEATS)
        parts.append(part)
    return "".join(parts)


def text():
    return "".join(pick(["a", "b", "c", "a", "b", "A", "1", "2", " ", "\n", "x", "X", "_", ".", "-"]) for _ in range(rand(14)))


def show(m):
    if m is None:
        return None
    return m.span(), m.groups(), m.regs, m.lastindex, m.lastgroup, m.groupdict()


for i in range(4000):
    source, flags = pattern(rand(4)), pick(FLAGS)
    if rand(20) == 0:
        cut = rand(len(source) + 1)
        source = source[:cut] + pick(["(", ")", "[", "]", "{", "*", "\\", "?", "(?", "(?P<", "|", "+", "\\x", "(?<"]) + source[cut:]
    print(i, repr(source), int(flags))
    try:
        p = re.compile(source, flags)
    except re.error as error:
        print("  error", repr(str(error)), error.pos, error.lineno, error.colno)
        continue
    except OverflowError as error:
        print("  overflow", error)
        continue
    print("  ", p.groups, p.groupindex, p.flags)
    for _ in range(3):
        t = text()
        at = rand(len(t) + 1)
        print("  ", repr(t), at)
        try:
            print("  ", repr(show(p.search(t))), repr(show(p.match(t, at))), repr(show(p.fullmatch(t, 0, at))))
            print("  ", repr(p.findall(t)), [m.span() for m in p.finditer(t)])
            print("  ", repr(p.split(t, 3)), repr(p.subn("<\\g<0>>", t)))
        except re.error as error:
            print("  error", repr(str(error)))
