# Raising, chaining, attributes, text, finally.
class AppError(Exception):
    def __init__(self, message, code=0):
        super().__init__(message)
        self.code = code

    def __str__(self):
        return f"[{self.code}] {self.args[0]}"


class Plain(AppError):
    pass


class NoInit(Exception):
    pass


class Fields(ValueError):
    def __init__(self, field, reason):
        self.field, self.reason = field, reason
        super().__init__(f"{field}: {reason}")


for make in (lambda: AppError("bad", code=3), lambda: Plain("p"), lambda: NoInit(), lambda: NoInit("a", 1),
             lambda: Fields("age", "neg"), lambda: KeyError("k"), lambda: KeyError(1, 2), lambda: ValueError(),
             lambda: OSError(2, "No such file"), lambda: OSError(2, "No such file", "x.txt"), lambda: OSError("text"),
             lambda: StopIteration(5), lambda: SystemExit(3), lambda: UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"),
             lambda: ImportError("m", name="n"), lambda: AttributeError("a", name="x")):
    e = make()
    print(type(e).__name__, "|", str(e), "|", repr(e), "|", e.args)
e = OSError(2, "No such file", "x.txt")
print(e.errno, e.strerror, e.filename, isinstance(e, FileNotFoundError))
print(StopIteration(5).value, SystemExit(3).code, SystemExit().code, ImportError("m", name="n").name)
u = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad")
print(u.encoding, u.object, u.start, u.end, u.reason)

try:
    try:
        1 / 0
    except ZeroDivisionError as zero:
        raise ValueError("converted") from zero
except ValueError as err:
    print(repr(err.__cause__), repr(err.__context__), err.__suppress_context__)
try:
    try:
        {}["missing"]
    except KeyError:
        raise RuntimeError("while handling")
except RuntimeError as err:
    print(repr(err.__cause__), repr(err.__context__), err.__suppress_context__)
try:
    try:
        [].index(5)
    except ValueError:
        raise LookupError("hidden") from None
except LookupError as err:
    print(err.__cause__, type(err.__context__).__name__, err.__suppress_context__)


def deep():
    try:
        raise KeyError("inner")
    except KeyError:
        helper()


def helper():
    raise TypeError("from helper")


try:
    deep()
except TypeError as err:
    print(repr(err.__context__))
try:
    err
except NameError as gone:
    print(type(gone).__name__)
e = ValueError("v")
e.extra = [1]
e.add_note("first note")
e.add_note("second")
print(e.extra, e.__notes__, e.__dict__)
try:
    raise e
except ValueError as caught:
    print(caught is e, caught.__traceback__ is not None, caught.__traceback__.tb_lineno)
print(e.with_traceback(None) is e, e.__traceback__)
try:
    raise ValueError
except ValueError as v:
    print(repr(v), v.args)


def order():
    try:
        print("try")
        raise ValueError("x")
    except (TypeError, ValueError) as ex:
        print("except", ex)
        return "ret"
    else:
        print("else")
    finally:
        print("finally")


print(order())


def nested():
    for i in range(3):
        try:
            try:
                if i == 0:
                    continue
                if i == 1:
                    raise KeyError(i)
                break
            except KeyError as ke:
                print("inner", ke)
            else:
                print("no error")
            finally:
                print("f1", i)
        finally:
            print("f2", i)
    return "done"


print(nested())


def swallow():
    try:
        raise ValueError("lost")
    finally:
        return "swallowed"


print(swallow())
try:
    raise 5
except TypeError as t:
    print(t)
try:
    raise ValueError("a") from 5
except TypeError as t:
    print(t)
try:
    try:
        raise ValueError("first")
    finally:
        raise KeyError("second")
except KeyError as k:
    print(repr(k.__context__))
try:
    try:
        raise ValueError("re")
    except ValueError:
        raise
except ValueError as again:
    print("reraised", again, again.__context__)
try:
    raise
except RuntimeError as r:
    print(r)


def recurse(n):
    return recurse(n + 1)


try:
    recurse(0)
except RecursionError as r:
    print(type(r).__name__, str(r)[:33])
import sys
try:
    raise ValueError("info")
except ValueError:
    print(sys.exc_info()[0].__name__, sys.exc_info()[1], sys.exc_info()[2] is not None, repr(sys.exception()))
print(sys.exc_info(), sys.exception())
for base, sub in ((LookupError, KeyError), (ArithmeticError, ZeroDivisionError), (OSError, TimeoutError), (Exception, Warning),
                  (ValueError, UnicodeDecodeError), (ImportError, ModuleNotFoundError), (RuntimeError, NotImplementedError),
                  (BaseException, KeyboardInterrupt), (BaseException, GeneratorExit), (NameError, UnboundLocalError)):
    print(issubclass(sub, base), end=" ")
print(issubclass(KeyboardInterrupt, Exception), IOError is OSError, EnvironmentError is OSError)


class Context:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        print(kind.__name__ if kind else None, value, tb is not None)
        return kind is KeyError


with Context():
    raise KeyError("quiet")
try:
    with Context():
        raise ValueError("loud")
except ValueError as v:
    print("out", v)


class Multi(KeyError, AttributeError):
    pass


try:
    raise Multi("both")
except AttributeError as m:
    print(type(m).__mro__[1].__name__, m)
try:
    (lambda: undefined)()
except NameError as n:
    print(type(n).__name__)
try:
    object().nope
except AttributeError as a:
    print(a, a.name)
try:
    eval("1 +")
except SyntaxError as s:
    print(type(s).__name__, s.msg, s.lineno, s.filename, s.text)
try:
    exec("x = 1\nif x\n    pass")
except SyntaxError as s:
    print(s.msg, s.lineno)
try:
    exec("def f():\nreturn 1")
except IndentationError as s:
    print(s)
class Kw(Exception):
    def __init__(self, *, a, b=2):
        self.a, self.b = a, b
k = Kw(a=1)
print(k.a, k.b, k.args, str(k), repr(k))
class Old(Exception):
    def __init__(self, msg):
        Exception.__init__(self, msg, "more")
print(Old("m").args)
x = Exception("a", "b")
x.args = ("c",)
print(x, repr(x), x == Exception("c"), bool(x))
