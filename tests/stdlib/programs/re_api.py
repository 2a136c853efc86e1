# The objects of `re`: methods, attributes, errors, representations.
import re

# Match
m = re.match(r"(?P<first>\w+) (?P<second>\w+)(x)?", "Isaac Newton, physicist")
print(m, m.group(), m.group(0), m.group(1), m.group("second"), m.group(1, 2, 3), m["first"], m[2], m[3])
print(m.groups(), m.groups("-"), m.groups(default=0), m.groupdict(), m.groupdict("none"))
print(m.start(), m.end(), m.span(), m.start(2), m.end("second"), m.span(3), m.start(3), m.regs)
print(m.pos, m.endpos, m.lastindex, m.lastgroup, m.string, m.re is re.compile(m.re.pattern))
print(m.expand(r"\2 \1 \g<first> \g<2>[\3]\n."))
for bad in (4, -1, "third", 1.5):
    try:
        m.group(bad)
    except IndexError as e:
        print("IndexError", e)

# Pattern
p = re.compile(r"a(b)(?P<n>c)?", re.I | re.DOTALL)
print(p, p.pattern, p.flags, p.groups, dict(p.groupindex))
print(re.compile(b"x\x00", re.A), re.compile("a\"b'c"))
print(p.search("xxABC", 1), p.match("xxABC", 2), p.match("xxABC"), p.fullmatch("xxABC", 2), p.fullmatch("xxABCD", 2, 5))
print(p.search("xxabcabc", 3, 7), p.search("ab", pos=1), p.search(string="zab"))
print(repr(re.compile("x" * 300))[:40], len(repr(re.compile("x" * 300))))
print(re.compile("a", re.I) is re.compile("a", re.I), re.compile("a") == re.compile("a"), re.compile("a") == re.compile("b"))
print(re.compile(p) is p)

# Module functions
print(re.split(r"(\W)", "a,b c", maxsplit=1), re.split("x*", "axbc"), re.split(r"\b", "one two"), re.split("", "ab"), re.split(",", ""))
print(re.findall("(a)(b)?", "abaa"), re.findall("a|", "ab"), re.findall("(?i)B", "abB"))
print([x.group() for x in re.finditer(r"\w+", "one two three")])
print(re.sub("a", "b", "banana", 2), re.sub("a", "b", "banana", count=1), re.subn("a", "", "banana"), re.sub("x", "y", "abc"))
print(re.sub(r"(\w)(\d)?", r"<\1|\2>", "a1b"), re.sub("b*", "-", "abxd"), re.sub(r"(?P<z>b)", r"\g<z>\g<0>\g<1>", "abc"))
print(re.sub("a", lambda m: str(m.start()), "banana"), re.sub("(a)", r"\\\1\t\x".replace(r"\x", ""), "a"))
print(re.escape("a.b*c[d] e-f#g&h~i\n"), re.escape(b"a+b"), re.escape("é_9!\"%',/:;<=>@`"))
print(re.sub("a", r"\101\0\07", "xa") == "xA\0\7")
print(list(re.finditer("a", "")), re.search("", ""), re.match("$", "\n"), re.search("$", "a\n").span())

# Flags
print(re.I, re.IGNORECASE | re.M, re.I | re.M == 10, int(re.X), re.NOFLAG, ~re.I & re.I, re.RegexFlag(10), bool(re.I & re.M))
print(re.A, re.S, re.U, re.L, re.DEBUG, re.I.value, re.I.name, (re.I | re.S).name, isinstance(re.I, int), re.I == 2, 2 == re.I)
print(re.findall("^a.$", "ab\nAc\na\n", re.M | re.I), re.findall("a.b", "a\nb", re.S), re.findall(r"""
    \d +  # digits
    [ #]  # a space or #
    """, "12 34# 5", re.X))
print(re.findall(r"\w", "aé1", re.A), re.findall(r"(?a:\w)", "aé1"), re.findall(r"(?s:.)(?-s:.)", "\na\n\n"))

# Groups that do not take part, look around, conditionals, atomic and possessive
print(re.match(r"(a)|(b)", "b").groups(), re.match(r"(?:(a)|b)*", "ab").groups(), re.match(r"(a)?b\1", "b"))
print(re.findall(r"(?<=-)\w+(?=!)", "-ab! -cd -ef!"), re.findall(r"(?<!\d)\d{2}(?!\d)", "1 22 333 44"), re.sub("(?=b)", "|", "abab"))
for s in ("<user@x>", "user@x", "<user@x", "user@x>"):
    print(bool(re.match(r"(<)?(\w+@\w+)(?(1)>|$)", s)), end=" ")
print(re.match("(?>a+)ab", "aaab"), re.match("a++ab", "aaab"), re.match("(?:ab)*+a", "ababa"), re.match("a{2,3}+b", "aaab"))
print(re.search(r"(?P<q>['\"])(.*?)(?P=q)", "say 'a \"b\" c'").group(2), re.findall(r"(\w)\1", "aabbcd"))
print(re.match("[^a]", "\n"))

# bytes
print(re.findall(rb"\w+", b"ab \xff cd"), re.sub(b"a", rb"\g<0>\g<0>", b"bab"), re.split(b",", bytearray(b"a,b")), re.match(b".", memoryview(b"xy")))
print(re.match(b"[\x80-\xff]+", b"\x81\xfe ").span(), re.compile(b"a").flags)

# Errors
for args in ((re.compile, "("), (re.compile, "a)"), (re.compile, "[a"), (re.compile, "*a"), (re.compile, "a**"), (re.compile, "\\"),
             (re.compile, "(?P<1a>x)"), (re.compile, "(?P<a>x)(?P<a>y)"), (re.compile, "\\1"), (re.compile, "(?z)"), (re.compile, "a(?i)b"),
             (re.compile, "\n\n("), (re.compile, "[z-a]"), (re.compile, "(?<=a*)b"), (re.compile, "\\q"), (re.compile, "[\\q]"),
             (re.compile, "x{3,2}"), (re.compile, "(?P=x)"), (re.compile, "(?P"), (re.compile, "(?"), (re.compile, "(?<"), (re.compile, "(?#"),
             (re.compile, "\\x1"), (re.compile, "\\u12"), (re.compile, "\\777"), (re.compile, "(?(1)a|b|c)"), (re.compile, "(?(2)a)"),
             (re.compile, "(a\\1)"), (re.compile, "(?P<a"), (re.compile, "(?P<>a)"), (re.compile, "(?-"), (re.compile, "(?i"),
             (re.compile, "(?-i"), (re.compile, "(?i-i:a)"), (re.compile, "(?au:a)"), (re.compile, "(?L)a"), (re.compile, "[a-\\d]"),
             (re.sub, "a", "\\2", "a"), (re.sub, "a", "\\g<x", "a"), (re.sub, "a", "\\q", "a"), (re.sub, "a", "\\", "a"),
             (re.sub, "a", "\\g<>", "a"), (re.sub, "a", "\\g", "a"), (re.sub, "a", "\\g<-1>", "a"), (re.sub, "a", "\\g<nope>", "a"),
             (re.match, "a", b"a"), (re.match, b"a", "a"), (re.match, "a", 5), (re.match, "a", None), (re.compile, 5),
             (re.compile, re.compile("a"), re.I), (re.compile, "a", re.A | re.U), (re.compile, b"a", re.U), (re.sub, "a", lambda m: 1, "a")):
    try:
        print(args[0](*args[1:]))
    except re.error as e:
        print("error:", e, "|", e.msg, e.pos, e.lineno, e.colno, e.pattern == args[1])
    except (TypeError, ValueError, IndexError) as e:
        print(type(e).__name__ + ":", e)
