"""Functions of the host: how they are shown, called, and what of an exception crosses."""

import functools

import hermetic
import pytest


def test_arguments_keywords_and_defaults():
    def f(a, /, b=2, *rest, c, d=4, **more):
        return [a, b, rest, c, d, more]

    r = hermetic.run("f(1, c=3), f(1, 9, 8, c=7, e=6)", functions={"f": f})
    assert r.value == ([1, 2, (), 3, 4, {}], [1, 9, (8,), 7, 4, {"e": 6}])


def test_a_wrong_call_is_a_type_error_in_the_guest():
    r = hermetic.run("try:\n    f(1)\nexcept TypeError as e:\n    r = str(e)\nr", functions={"f": lambda: 1})
    assert "positional argument" in r.value


def test_signature_and_docstring_are_visible():
    def lookup(key: str, default: "int | None" = None, *, deep=False) -> dict:
        """Find a row."""
        return {}

    r = hermetic.run("repr(lookup), lookup.__doc__, lookup.__name__", functions={"lookup": lookup})
    assert r.value == (
        "<host function lookup(key: str, default: int | None = None, *, deep=False) -> dict>", "Find a row.", "lookup")


@pytest.mark.parametrize(
    "function",
    [
        lambda: 1,
        lambda a, b=1, *c, d, e=2, **f: 1,
        lambda a, /, b: 1,
        lambda *, a: 1,
        lambda a, b=1, /, *, c: 1,
        functools.partial(int, base=2),
        "".join,
        len,
        dict,
        functools.lru_cache(lambda a, b: 1),
    ],
)
def test_signatures_are_as_inspect_says(function):
    import inspect

    from hermetic._functions import signature

    try:
        expected = str(inspect.signature(function))
    except ValueError:
        expected = ""
    assert signature(function) == expected


def test_methods_of_an_object():
    class Store:
        """Rows."""

        def __init__(self):
            self.secret = 1

        def query(self, text, limit=3):
            """Find."""
            return [text, limit]

        def drop(self):
            raise AssertionError

    store = Store()
    code = "db.query('a', limit=1), db.query.__doc__, hasattr(db, 'drop'), hasattr(db, 'secret'), 'db.query' in globals()"
    r = hermetic.run(code, functions={"db": hermetic.expose(store, ["query"])})
    assert r.value == (["a", 1], "Find.", False, False, False)
    with hermetic.Session(functions={"db": hermetic.expose(store, ["query"]), "f": lambda: 1}) as s:
        assert s.call("f") == 1
        assert s.run("db.query('x')").value == ["x", 3]
        s.reset()
        assert s.run("db.query('x')").value == ["x", 3]
    for bad in ("query", ["nothing"], ["__no"], ["secret"]):
        with pytest.raises((TypeError, AttributeError, ValueError)):
            hermetic.expose(store, bad)


def test_an_exception_crosses_as_type_and_message():
    class Custom(Exception):
        def __init__(self):
            super().__init__("told")
            self.secret = "kept"

    def f(kind):
        raise {"value": ValueError("bad"), "key": KeyError("k"), "custom": Custom()}[kind]

    code = """
def attempt(kind):
    try:
        f(kind)
    except Exception as e:
        return type(e).__name__, e.args
attempt('value'), attempt('key'), attempt('custom')
"""
    r = hermetic.run(code, functions={"f": f})
    assert r.value == (("ValueError", ("bad",)), ("KeyError", ("k",)), ("Custom", ("told",)))


def test_an_exception_that_is_not_caught_comes_back():
    def f():
        raise ValueError("bad")

    with pytest.raises(hermetic.GuestError) as caught:
        hermetic.run("f()", functions={"f": f})
    assert (caught.value.type, caught.value.message) == ("ValueError", "bad")


def test_odd_exceptions_do_no_harm():
    class Odd(Exception):
        def __str__(self):
            raise RuntimeError("no text")

    class Name(Exception):
        pass

    Name.__name__ = "N\u00e4me"
    for error in (Odd(), Name("\ud800"), ValueError("x" * 10**6), ValueError("a\0b"), KeyError(), KeyError(object())):
        def f():
            raise error
        with pytest.raises(hermetic.GuestError):
            hermetic.run("f()", functions={"f": f})


def test_what_is_no_exception_ends_the_run_and_goes_up():
    def f():
        raise SystemExit(3)

    with hermetic.Session(functions={"f": f}) as s:
        s.run("x = 1")
        with pytest.raises(SystemExit):
            s.run("x = 2\ntry:\n    f()\nexcept BaseException:\n    pass")
        assert s["x"] == 1


def test_a_result_that_cannot_cross_is_the_guests_error():
    with pytest.raises(hermetic.GuestError, match=r"result of f\(\)\[1\]: cannot pass a object"):
        hermetic.run("f()", functions={"f": lambda: [1, object()]})


def test_a_function_may_use_other_sandboxes():
    def inner(code):
        return hermetic.run(code, functions={"inner": inner}).value

    code = "inner('inner(\"1 + 1\") + 1') + 1"
    assert hermetic.run(code, functions={"inner": inner}).value == 4


def test_a_function_cannot_use_the_sandbox_that_called_it():
    caught = []

    def f():
        for use in (lambda: s.run("1"), s.close, s.reset, s.snapshot, lambda: s["x"], lambda: s.start("1"), s.fork):
            try:
                use()
            except hermetic.Busy:
                caught.append(1)
        return len(caught)

    with hermetic.Session(functions={"f": f}) as s:
        assert s.run("f()").value == 7
        assert s.run("1 + 1").value == 2


def test_async_functions_are_refused_in_run():
    async def f():
        return 1

    with pytest.raises(hermetic.GuestError, match="f\\(\\) is async"):
        hermetic.run("f()", functions={"f": f})


@pytest.mark.parametrize("bad", [{"a b": int}, {"f": 3}, {1: int}, [int], "abc", {"": int}])
def test_bad_functions_are_named(bad):
    with pytest.raises((TypeError, ValueError), match="functions"):
        hermetic.run("1", functions=bad)


def test_what_was_not_granted_is_not_there():
    with pytest.raises(hermetic.GuestError, match="NameError"):
        hermetic.run("f()")
