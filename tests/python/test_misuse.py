"""Every call with every kind of nonsense: an exception, never a crash, and everything works afterwards."""

import itertools

import hermetic
import pytest
from hermetic._hermetic import Sandbox, _dumps, _loads


class Evil:
    """Raises at whatever is asked of it."""

    def __getattribute__(self, name):
        raise RuntimeError("evil")

    def __hash__(self):
        raise RuntimeError("evil")

    def __eq__(self, other):
        raise RuntimeError("evil")

    def __bool__(self):
        raise RuntimeError("evil")


NONSENSE = [None, 0, -1, 1 << 70, 1.5, float("nan"), "", "x", "\0", "\ud800", b"", b"\xff", [], {}, {1: 2}, {"a": object()}, (),
            object(), int, len, Evil(), "a" * 10000]
SESSION_CALLS = ["run", "call", "get", "update", "grant", "snapshot", "start", "_resume", "_throw", "_resume_step",
                 "_throw_step", "_restore", "_copy", "_run_step", "_call_step", "_start", "__getitem__", "__exit__"]


def works():
    return hermetic.run("1 + 1").value == 2


@pytest.mark.parametrize("name", SESSION_CALLS)
def test_methods_of_a_session(name):
    with hermetic.Session() as s:
        for count in range(4):
            for args in itertools.islice(itertools.product(NONSENSE, repeat=count), 0, 600):
                try:
                    outcome = getattr(s, name)(*args)
                except Exception:
                    pass
                else:
                    if isinstance(outcome, hermetic.Call):
                        outcome.abandon()
                    if isinstance(outcome, tuple) and name.startswith("_"):
                        s._abandon()
                if s.closed:
                    s = hermetic.Session()
        s.reset()
        assert s.run("2").value == 2
    assert works()


@pytest.mark.parametrize("keyword", ["inputs", "functions", "limits", "argv", "file", "on_output", "on_input", "clock", "seed",
                                     "deterministic", "files", "fetch", "nothing", "\ud800"])
def test_keywords(keyword):
    for value in NONSENSE:
        for function in (lambda **k: hermetic.run("1", **k), hermetic.Session, lambda **k: hermetic.Session().run("1", **k),
                         lambda **k: hermetic.compile("def f(): pass", **k), lambda **k: hermetic.Session().snapshot(**k)):
            try:
                function(**{keyword: value})
            except Exception:
                pass
    assert works()


@pytest.mark.parametrize("keyword", ["fuel", "wall", "memory", "output", "value", "calls", "stack", "cut_output", "on_limit", "x"])
def test_limits(keyword):
    for value in NONSENSE:
        try:
            limits = hermetic.Limits(**{keyword: value})
        except Exception:
            continue
        repr(limits), hash(limits), limits == 1
        try:
            hermetic.run("1", limits=limits)
        except Exception:
            pass
    assert works()


def test_values():
    for value in NONSENSE:
        for make in (lambda v: v, lambda v: [v], lambda v: (v,), lambda v: {"k": v}, lambda v: {v}, lambda v: {v: 1}):
            try:
                _loads(_dumps(make(value)))
            except Exception:
                pass
        try:
            _loads(value)
        except Exception:
            pass
    assert works()


def test_constructors_and_types():
    for kind in (hermetic.Result, hermetic.Usage, hermetic.Limits, Sandbox, hermetic.Session):
        for count in range(5):
            for args in itertools.islice(itertools.product(NONSENSE, repeat=count), 0, 200):
                try:
                    repr(kind(*args))
                except Exception:
                    pass
    for kind in (hermetic.Result, hermetic.Limits, hermetic.Usage):
        with pytest.raises((AttributeError, TypeError)):
            kind.value = 1
            kind("x").value = 2
    assert works()


def test_attributes_are_read_only():
    r = hermetic.run("1")
    for name in ("value", "stdout", "usage"):
        with pytest.raises(AttributeError):
            setattr(r, name, 1)
        with pytest.raises(AttributeError):
            delattr(r, name)
    with pytest.raises(AttributeError):
        r.usage.fuel = 1


def test_functions_return_and_raise_nonsense():
    for value in NONSENSE:
        def f():
            return value

        def g():
            raise value if isinstance(value, BaseException) else ValueError(value)

        for function in (f, g):
            try:
                hermetic.run("f()", functions={"f": function})
            except Exception:
                pass
    assert works()
