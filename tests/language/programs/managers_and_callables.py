# Context managers, decorators, descriptors and generators as programs combine them.
import types
from contextlib import ContextDecorator, ExitStack, contextmanager, suppress
from functools import cached_property, partialmethod, singledispatchmethod, wraps


@contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name.upper()
    except ZeroDivisionError as e:
        print("handled", e)
    finally:
        print(f"</{name}>")


with tag("p") as t:
    print(t)
    1 / 0


class Both(ContextDecorator):
    def __enter__(self):
        print("in")
        return self

    def __exit__(self, *details):
        print("out", details[0])


@Both()
def doubled(x):
    return x * 2


print(doubled(4))
with ExitStack() as stack:
    for n in "12":
        stack.enter_context(tag(n))
    stack.callback(print, "called last first", sep="!")
with suppress(KeyError):
    {}["z"]
for value in (5, object()):
    try:
        with value:
            pass
    except TypeError as e:
        print(e)


def twice(function):
    @wraps(function)
    def wrapper(*args, **keywords):
        return [function(*args, **keywords)] * 2
    return wrapper


@twice
def hello(name: str = "x") -> str:
    "docstring"
    return "hi " + name


print(hello("bob"), hello.__name__, hello.__doc__, hello.__wrapped__("z"), hello.__annotations__)


class Thing:
    def __init__(self):
        self.calls = 0

    @cached_property
    def value(self):
        self.calls += 1
        return 42

    @singledispatchmethod
    def show(self, x):
        return f"default {x}"

    @show.register
    def _(self, x: int):
        return f"int {x}"

    def base(self, a, b=0):
        return a, b

    one = partialmethod(base, 1, b=2)


thing = Thing()
print(thing.value, thing.value, thing.calls, thing.show(1), thing.show("a"), thing.one())
thing.bound = types.MethodType(lambda self, x: (self.calls, x), thing)
print(thing.bound(9), thing.base.__self__ is thing, thing.base.__func__ is Thing.base, isinstance(thing.base, types.MethodType))


def generator():
    got = yield 1
    print("got", got)
    try:
        yield 2
    except ValueError as e:
        print("caught", e)
        yield 99
    return "result"


g = generator()
print(g.gi_running, g.gi_suspended, next(g), g.gi_suspended, g.send("hello"), g.throw(ValueError("boom")))
try:
    next(g)
except StopIteration as e:
    print(e.value, g.gi_frame)


async def coroutine():
    return 1


c = coroutine()
print(type(c).__name__, type(g).__name__, c.__name__, g.__qualname__, isinstance(c, types.CoroutineType))
c.close()
print(isinstance(generator, types.FunctionType), isinstance(doubled, types.FunctionType), isinstance(len, types.BuiltinFunctionType))
module = types.ModuleType("made", "its doc")
exec("def f(): return x * 2", module.__dict__)
module.x = 5
print(module.f(), module.__name__, module.__doc__, module)
a, *b = (i for i in range(3))
print(a, b)
for call in (lambda: 1 in 5, lambda: next([]), lambda: types.nothing, lambda: "a".nothing):
    try:
        print(call())
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
