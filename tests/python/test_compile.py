"""compile, map and Pool."""

import pickle

import hermetic
import pytest

CODE = "factor = 2\ndef helper(x): return x * factor\ndef f(row, plus=0): return helper(row['n']) + plus"


def tax(x):
    return x + 100


def test_call_and_map():
    f = hermetic.compile(CODE)
    assert f({"n": 3}) == 6
    assert f({"n": 3}, plus=1) == 7
    assert list(f.map(({"n": i} for i in range(2500)), batch=1000)) == [2 * i for i in range(2500)]
    assert hermetic.compile(CODE, "helper")(4) == 8
    assert list(f.map([])) == []


def test_an_exception_has_its_row():
    f = hermetic.compile(CODE)
    rows = [{"n": i} for i in range(50)]
    rows[37] = {}
    with pytest.raises(hermetic.GuestError, match="KeyError") as caught:
        list(f.map(rows, batch=10))
    assert caught.value.index == 37
    assert f({"n": 1}) == 2


def test_programs_pickle():
    f = hermetic.compile("def f(x): return tax(x)", functions={"tax": tax}, limits=hermetic.Limits(wall=10))
    again = pickle.loads(pickle.dumps(f))
    assert again(1) == 101
    assert again.limits.wall == 10
    f.close()
    assert f(2) == 102


def test_mistakes_are_told_at_once():
    with pytest.raises(hermetic.GuestError, match="SyntaxError"):
        hermetic.compile("def f(:")
    with pytest.raises(ValueError, match="no function"):
        hermetic.compile("x = 1")
    with pytest.raises(ValueError, match="batch"):
        next(hermetic.compile(CODE).map([1], batch=0))


def test_pool():
    with hermetic.Pool(2, limits=hermetic.Limits(wall=30)) as pool:
        futures = [pool.submit("x * 2", inputs={"x": i}) for i in range(20)]
        assert [f.result().value for f in futures] == [2 * i for i in range(20)]
        with pytest.raises(hermetic.GuestError):
            pool.run("1/0")
        f = hermetic.compile(CODE)
        assert list(pool.map(f, ({"n": i} for i in range(5000)), batch=100)) == [2 * i for i in range(5000)]
        with pytest.raises(hermetic.GuestError):
            list(pool.map(f, [{}] * 300, batch=100))
