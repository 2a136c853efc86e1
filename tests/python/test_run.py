"""hermetic.run: one program, one sandbox."""

import datetime

import hermetic
import pytest


def test_value_output_and_usage():
    r = hermetic.run("import sys\nprint('out')\nsys.stderr.write('err\\n')\n6 * 7")
    assert (r.value, r.stdout, r.stderr) == (42, "out\n", "err\n")
    assert r.usage.fuel > 0
    assert r.usage.output == 8
    assert 0 < r.usage.wall < 5
    assert r.usage.memory >= 65536


def test_nothing_is_left_for_the_next_run():
    hermetic.run("x = 1\nimport sys\nsys.modules['left'] = 2")
    with pytest.raises(hermetic.GuestError, match="NameError"):
        hermetic.run("x")
    assert hermetic.run("import sys\n'left' in sys.modules").value is False


def test_inputs_argv_and_file():
    r = hermetic.run("import sys\n[a, sys.argv]", inputs={"a": 1}, argv=["prog", "x"], file="prog.py")
    assert r.value == [1, ["prog", "x"]]
    with pytest.raises(hermetic.GuestError) as caught:
        hermetic.run("1/0", file="prog.py")
    assert caught.value.frames[0].file == "prog.py"


def test_code_may_be_bytes():
    assert hermetic.run("'é'".encode()).value == "é"


def test_limits():
    with pytest.raises(hermetic.WallExceeded):
        hermetic.run("while True: pass", limits=hermetic.Limits(wall=0.02))
    with pytest.raises(hermetic.FuelExceeded) as caught:
        hermetic.run("print('so far')\nwhile True: pass", limits=hermetic.Limits(fuel=10**7))
    assert caught.value.limit == 10**7
    assert caught.value.used > 10**7
    assert caught.value.stdout == "so far\n"
    assert "fuel limit" in str(caught.value)
    with pytest.raises(hermetic.OutputExceeded):
        hermetic.run("print('x' * 100)", limits=hermetic.Limits(output=50))
    r = hermetic.run("print('x' * 100)", limits=hermetic.Limits(output=50, cut_output=True))
    assert len(r.stdout) == 50
    assert r.usage.output_cut == 51
    with pytest.raises(hermetic.CallsExceeded):
        hermetic.run("for i in range(5): f()", functions={"f": int}, limits=hermetic.Limits(calls=3))
    with pytest.raises(hermetic.GuestError, match="MemoryError"):
        hermetic.run("bytearray(100 << 20)")
    with pytest.raises((hermetic.GuestError, hermetic.RecursionExceeded)):
        hermetic.run("def f(): return f()\nf()")


def test_defaults_of_limits_are_the_librarys():
    with hermetic.Session() as s:
        assert s.limits == hermetic.Limits()


@pytest.mark.parametrize(
    "bad",
    [{"memory": 1}, {"stack": 1}, {"value": 1}, {"output": 1 << 40}, {"memory": 1 << 40}],
)
def test_limits_out_of_range_are_named(bad):
    with pytest.raises(ValueError, match=next(iter(bad))):
        hermetic.run("1", limits=hermetic.Limits(**bad))


@pytest.mark.parametrize("bad", [{"fuel": 0}, {"fuel": -1}, {"calls": 1 << 70}, {"wall": 0}, {"wall": float("nan")}, {"wall": -1},
                                 {"on_limit": "x"}])
def test_limits_refuse_nonsense(bad):
    with pytest.raises(ValueError, match="Limits"):
        hermetic.Limits(**bad)


def test_exit():
    with pytest.raises(hermetic.GuestExit) as caught:
        hermetic.run("import sys\nprint('bye')\nsys.exit(3)")
    assert caught.value.code == 3
    assert caught.value.stdout == "bye\n"


def test_live_output_comes_as_it_is_written():
    seen = []
    r = hermetic.run("import sys\nprint('a')\nf()\nsys.stderr.write('b\\n')", functions={"f": lambda: seen.append("f")},
                     on_output=lambda text, stream: seen.append((text, stream)))
    assert seen == [("a\n", "stdout"), "f", ("b\n", "stderr")]
    assert r.stdout == ""


def test_an_exception_of_the_output_callback_ends_the_run():
    def stop(text, stream):
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        hermetic.run("print(1)\nwhile True: pass", on_output=stop)


def test_input():
    assert hermetic.run("input('? ') + '!'", on_input=lambda prompt: prompt + "yes").value == "? yes!"
    with pytest.raises(hermetic.GuestError, match="EOFError"):
        hermetic.run("input()")
    with pytest.raises(hermetic.GuestError, match="EOFError"):
        def end(prompt):
            raise EOFError
        hermetic.run("input()", on_input=end)


def test_clock_and_seed():
    with pytest.raises(hermetic.GuestError, match="OSError"):
        hermetic.run("import time\ntime.time()")
    assert abs(hermetic.run("import time\ntime.time()", clock="real").value - datetime.datetime.now().timestamp()) < 60
    start = datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)
    assert int(hermetic.run("import time\ntime.time()", clock=start).value) == 1577836800
    assert int(hermetic.run("import time\ntime.time()", clock=1577836800.0).value) == 1577836800
    code = "import time, random\n[random.random() for i in range(3)], time.time()"
    first, second = (hermetic.run(code, deterministic=True) for _ in range(2))
    assert first.value == second.value
    assert first.usage.fuel == second.usage.fuel
    assert hermetic.run(code, deterministic=True, seed=7).value != first.value
    assert hermetic.run(code, clock=0).value != hermetic.run(code, clock=0).value
    with pytest.raises(ValueError, match="not deterministic"):
        hermetic.run("1", deterministic=True, clock="real")


def test_grants_of_a_later_version_are_refused_and_promise_nothing():
    with pytest.raises(NotImplementedError, match="files="):
        hermetic.run("1", files={"/data": "x"})
    with pytest.raises(NotImplementedError, match="fetch="):
        hermetic.Session(fetch=["GET https://example.com/*"])


def test_result_repr_and_pickle():
    import pickle

    r = hermetic.run("print(1)\n[2]")
    assert repr(r) == "Result(value=[2], stdout='1\\n', stderr='')"
    again = pickle.loads(pickle.dumps(r))
    assert (again.value, again.stdout, again.usage.fuel) == (r.value, r.stdout, r.usage.fuel)
    limits = hermetic.Limits(wall=0.5, on_limit="discard")
    assert pickle.loads(pickle.dumps(limits)) == limits
    assert hash(limits) == hash(hermetic.Limits(wall=0.5, on_limit="discard"))
    assert limits != hermetic.Limits()
    assert eval(repr(limits), {"Limits": hermetic.Limits}) == limits
