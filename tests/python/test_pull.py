"""Pull style: a run that waits for its answer, for days if need be."""

import hermetic
import pytest


def approve_all(outcome, answer=True):
    names = []
    while isinstance(outcome, hermetic.Call):
        names.append((outcome.name, outcome.args, outcome.kwargs))
        outcome = outcome.resume(answer)
    return names, outcome


def test_calls_are_handed_out_one_by_one():
    with hermetic.Session() as s:
        call = s.start("[ask('a', n=1), ask('b')]", functions=["ask"])
        assert (call.name, call.args, call.kwargs) == ("ask", ("a",), {"n": 1})
        assert repr(call) == "<Call ask('a', n=1)>"
        call = call.resume(10)
        assert call.args == ("b",)
        result = call.resume({"k": 2})
        assert isinstance(result, hermetic.Result)
        assert result.value == [10, {"k": 2}]


def test_without_calls_it_ends_at_once():
    with hermetic.Session() as s:
        assert s.start("1 + 1").value == 2


def test_an_exception_as_answer():
    with hermetic.Session() as s:
        call = s.start("try:\n    ask()\nexcept ValueError as e:\n    r = str(e)\nr", functions=["ask"])
        assert call.throw(ValueError("no")).value == "no"
        call = s.start("ask()")
        with pytest.raises(hermetic.GuestError, match="ValueError: no"):
            call.throw(ValueError("no"))
        call = s.start("ask()")
        with pytest.raises(TypeError):
            call.throw("no")
        assert call.resume(1).value == 1


def test_a_waiting_session_does_nothing_else_and_a_bad_answer_leaves_it_waiting():
    with hermetic.Session() as s:
        call = s.start("x = 2\nask()", functions=["ask"])
        with pytest.raises(hermetic.HermeticError, match="waits at a call"):
            s.run("1")
        with pytest.raises(hermetic.ConversionError, match=r"answer\['a'\]: cannot pass a object"):
            call.resume({"a": object()})
        assert call.resume(5).value == 5
        with pytest.raises(hermetic.HermeticError, match="answer already"):
            call.resume(6)
        with pytest.raises(hermetic.HermeticError, match="answer already"):
            call.dump()


def test_abandon_rolls_back():
    with hermetic.Session() as s:
        s.run("x = 1")
        call = s.start("x = 2\nask()", functions=["ask"])
        call.abandon()
        call.abandon()
        assert s["x"] == 1


def test_dump_and_load():
    with hermetic.Session() as s:
        s.run("x = [1]")
        call = s.start("print('before')\nx.append(ask('a'))\nx.append(ask('b'))\nx", functions=["ask"])
        call = call.resume(2)
        blob = call.dump()
        assert call.resume(3).value == [1, 2, 3]
    again = hermetic.load(blob)
    assert (again.name, again.args) == ("ask", ("b",))
    result = again.resume(30)
    assert result.value == [1, 2, 30]
    assert result.stdout == "before\n"
    assert again.session["x"] == [1, 2, 30]
    with pytest.raises(hermetic.HermeticError, match="use hermetic.load"):
        hermetic.Session.restore(blob)


def test_dumps_are_checked():
    key = b"k" * 32
    with hermetic.Session() as s:
        idle = s.snapshot()
        blob = s.start("ask()", functions=["ask"]).dump(key=key)
    with pytest.raises(hermetic.SnapshotError):
        hermetic.load(blob)
    with pytest.raises(hermetic.SnapshotError):
        hermetic.load(blob[:-1], key=key)
    with pytest.raises(hermetic.HermeticError, match="use Session.restore"):
        hermetic.load(idle)
    assert hermetic.load(blob, key=key).resume(1).value == 1


def test_a_session_may_be_dropped_while_it_waits():
    call = hermetic.Session().start("ask()", functions=["ask"])
    call.session.close()
    with pytest.raises(hermetic.Closed):
        call.resume(1)
    hermetic.Session().start("ask()", functions=["ask"])
