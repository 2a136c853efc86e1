# Exceptions that come from each other, groups, and what `finally` does to them.
def handle(errors):
    try:
        raise ExceptionGroup("several", errors)
    except* ValueError as e:
        print("values", e.exceptions, e.message)
    except* (TypeError, KeyError) as e:
        print("others", [repr(x) for x in e.exceptions])
    finally:
        print("finally")


handle([ValueError(1), TypeError("t"), KeyError("k")])
try:
    handle([OSError("o"), ValueError(2)])
except ExceptionGroup as g:
    print(repr(g), g.subgroup(OSError) is not None, g.split(ValueError))


class Detailed(Exception):
    def __init__(self, message, **details):
        super().__init__(message)
        self.details = details

    def __str__(self):
        return f"{super().__str__()} [{', '.join(f'{k}={v}' for k, v in self.details.items())}]"


def level(n):
    if n == 0:
        raise Detailed("deep", n=n, kind="x")
    try:
        level(n - 1)
    except Detailed as e:
        if n == 2:
            raise RuntimeError(f"level {n}") from e
        raise


try:
    level(3)
except RuntimeError as e:
    while e:
        print(type(e).__name__, e, "|", e.__cause__ is not None, e.__context__ is not None, e.__suppress_context__)
        e = e.__cause__ or e.__context__


def first_of_three():
    for i in range(3):
        try:
            if i == 1:
                return f"r{i}"
            continue
        finally:
            print("leaving", i)


def swallow():
    try:
        1 / 0
    finally:
        return "swallowed"


print(first_of_three(), swallow())
import sys
import traceback

try:
    level(3)
except RuntimeError as e:
    kind, value, tb = sys.exc_info()
    print(kind is RuntimeError, value is e, tb is e.__traceback__, tb.tb_frame.f_code.co_name)
    print([f.name for f in traceback.extract_tb(tb)], [f.line for f in traceback.extract_tb(tb)])
for source in ("x = ", "if True\n  pass", "  x = 1", "print 'a'", "a = 'open", "(1, 2", "1 = x", "return 5", "f(a=1, 2)",
               "for i in x print(i)", "def f(a, a): pass", "x = }", "else: pass", "f'{a'"):
    try:
        compile(source, "<s>", "exec")
    except SyntaxError as e:
        print(type(e).__name__, "|", e.msg, "|", e.lineno, "|", e)
