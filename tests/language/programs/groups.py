# Exception groups and except*.
g = ExceptionGroup("many", [ValueError("v"), TypeError("t"), ExceptionGroup("inner", [KeyError("k"), ValueError("w")])])
print(g, repr(g.message), len(g.exceptions), g.args[0])
print(repr(g))
match, rest = g.split(ValueError)
print(match.exceptions, rest.exceptions)
print(g.subgroup(KeyError), g.subgroup(IndexError), g.subgroup(lambda e: isinstance(e, TypeError)).exceptions)


def run(exc):
    try:
        raise exc
    except* ValueError as eg:
        print("ValueError", eg, [str(e) for e in eg.exceptions])
    except* (TypeError, KeyError) as eg:
        print("TypeError/KeyError", [type(e).__name__ for e in eg.exceptions])
    else:
        print("else")
    finally:
        print("finally")


run(g)
run(ValueError("naked"))
try:
    run(ExceptionGroup("left", [OSError("o"), ValueError("v")]))
except ExceptionGroup as left:
    print("left over", left, left.exceptions)
try:
    try:
        raise ExceptionGroup("e", [ValueError(1), KeyError(2)])
    except* ValueError:
        raise RuntimeError("new")
    except* KeyError:
        print("handled key")
except RuntimeError as alone:
    print(alone)
try:
    raise IndexError("plain")
except* ValueError:
    print("no")
except* LookupError as eg:
    print("wrapped", eg.exceptions)
try:
    try:
        pass
    except* ValueError:
        pass
    else:
        print("nothing raised")
finally:
    print("end")
print(isinstance(BaseExceptionGroup("b", [ValueError()]), ExceptionGroup), issubclass(ExceptionGroup, Exception))
try:
    ExceptionGroup("x", [])
except ValueError as e:
    print(e)
