"""Session: variables that stay, transactions, state as bytes, threads."""

import gc
import threading
import time
import weakref

import hermetic
import pytest


def test_variables_stay_and_can_be_read_and_set():
    with hermetic.Session() as s:
        s.run("x = 1\ndef f(a, *, b=2): return [a, b, x]")
        assert s["x"] == 1
        s["x"] = {"k": (1, 2)}
        assert s.run("x['k']").value == (1, 2)
        s.update({"a": 1, "b": 2})
        assert s.run("a + b").value == 3
        assert s.call("f", 5, b=6) == [5, 6, {"k": (1, 2)}]
        with pytest.raises(hermetic.GuestError, match="NameError"):
            s["nothing"]
        with pytest.raises(TypeError):
            del s["x"]


def test_a_limit_rolls_back_and_an_exception_does_not():
    with hermetic.Session(limits=hermetic.Limits(wall=0.5)) as s:
        s.run("x = 1")
        with pytest.raises(hermetic.WallExceeded):
            s.run("x = 2\nwhile True: pass")
        assert s["x"] == 1
        with pytest.raises(hermetic.GuestError):
            s.run("x = 3\n1/0")
        assert s["x"] == 3


def test_discard_on_limit_leaves_a_fresh_session_with_its_functions():
    with hermetic.Session(functions={"f": lambda: 7}, limits=hermetic.Limits(wall=0.5, on_limit="discard")) as s:
        s.run("x = f()")
        with pytest.raises(hermetic.WallExceeded):
            s.run("while True: pass")
        with pytest.raises(hermetic.GuestError, match="NameError"):
            s["x"]
        assert s.run("f()").value == 7


def test_reset_forgets_all_but_functions():
    with hermetic.Session(functions={"f": lambda: 7}) as s:
        s.run("x = 1\nf = 3")
        s.reset()
        with pytest.raises(hermetic.GuestError):
            s["x"]
        assert s.run("f()").value == 7


def test_functions_survive_a_rolled_back_first_run():
    with hermetic.Session(functions={"f": lambda: 7}, limits=hermetic.Limits(fuel=10**8)) as s:
        with pytest.raises(hermetic.FuelExceeded):
            s.run("while True: pass")
        assert s.run("f()").value == 7
        s.grant({"g": lambda: 8})
        assert s.run("f() + g()").value == 15
        assert s.run("h()", functions={"h": lambda: 9}).value == 9


def test_a_function_can_be_called_from_call_and_get_first():
    with hermetic.Session(functions={"f": lambda: 7}) as s:
        assert s.call("f") == 7
    with hermetic.Session(functions={"f": lambda: 7}) as s:
        s["x"] = 1
        assert s.run("x + f()").value == 8


def test_snapshot_restore_fork():
    with hermetic.Session(functions={"f": lambda: 1}) as s:
        s.run("x = [f()]")
        blob = s.snapshot()
        fork = s.fork()
        s.run("x.append(2)")
        assert fork["x"] == [1]
        assert fork.run("f()").value == 1
        with hermetic.Session.restore(blob, functions={"f": lambda: 10}) as t:
            assert t["x"] == [1]
            assert t.run("f()").value == 10
        with hermetic.Session.restore(blob) as t, pytest.raises(hermetic.GuestError, match="no function 'f'"):
            t.run("f()")


def test_snapshots_are_checked():
    key, other = b"k" * 32, b"o" * 32
    with hermetic.Session() as s:
        s.run("x = 1")
        signed, plain = s.snapshot(key=key), s.snapshot()
    assert hermetic.Session.restore(signed, key=key)["x"] == 1
    for data, k in [(signed, other), (signed, None), (plain, key), (plain[:-1], None), (b"", None), (b"x" * 100, None),
                    (plain[:50] + bytes([plain[50] ^ 1]) + plain[51:], None)]:
        with pytest.raises(hermetic.SnapshotError):
            hermetic.Session.restore(data, key=k)
    with pytest.raises(ValueError, match="32 bytes"):
        hermetic.Session.restore(plain, key=b"short")


def test_park_and_limits():
    with hermetic.Session() as s:
        s.run("x = 'a' * 100000")
        s.park()
        assert s.run("len(x)").value == 100000
        s.limits = hermetic.Limits(fuel=10**7)
        with pytest.raises(hermetic.FuelExceeded):
            s.run("while True: pass")
        s.limits = None
        assert s.limits == hermetic.Limits()
        with pytest.raises(ValueError, match="stack"):
            s.limits = hermetic.Limits(stack=1 << 20)


def test_closed():
    s = hermetic.Session()
    s.close()
    s.close()
    assert s.closed
    for use in (lambda: s.run("1"), lambda: s.call("f"), lambda: s["x"], lambda: s.snapshot(), s.reset, s.park, s.fork,
                lambda: s.start("1"), lambda: s.update({}), s.__enter__):
        with pytest.raises(hermetic.Closed):
            use()
    s.cancel()
    assert s.usage.fuel == 0


def test_a_second_thread_is_told_busy_and_may_cancel():
    s = hermetic.Session()
    s.run("x = 1")
    outcome = []

    def work():
        try:
            s.run("x = 2\nwhile True: pass")
        except hermetic.Cancelled as error:
            outcome.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.05)
    with pytest.raises(hermetic.Busy):
        s.run("1")
    with pytest.raises(hermetic.Busy):
        s.close()
    assert s.usage.fuel > 0
    s.cancel()
    thread.join(5)
    assert len(outcome) == 1
    assert s["x"] == 1
    s.close()


def test_the_gil_is_released_while_a_guest_runs():
    done = threading.Event()
    thread = threading.Thread(target=lambda: (hermetic.run("for i in range(3000000): pass"), done.set()))
    thread.start()
    turns = 0
    while not done.is_set():
        turns += 1
        time.sleep(0)
    thread.join()
    assert turns > 5


def test_many_threads_many_sessions():
    errors = []

    def work(n):
        try:
            for i in range(100):
                with hermetic.Session(functions={"f": lambda x: x + n}) as s:
                    assert s.run(f"f({i})").value == i + n
                assert hermetic.run(f"f({i})", functions={"f": lambda x: x * n}).value == i * n
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not errors


def test_cycles_through_functions_are_collected():
    class Owner:
        pass

    owner = Owner()
    owner.session = hermetic.Session(functions={"f": lambda: owner})
    gone = weakref.ref(owner.session)
    del owner
    gc.collect()
    assert gone() is None


def test_session_can_be_extended():
    class Mine(hermetic.Session):
        def __init__(self, **options):
            super().__init__(**options)
            self.note = 1

    with Mine() as s:
        s.extra = 2
        assert s.run("1").value == 1
        assert isinstance(s.fork(), Mine)
    with pytest.raises(RuntimeError):
        with hermetic.Session() as s:
            s.__init__()
    bare = hermetic.Session.__new__(hermetic.Session)
    with pytest.raises(hermetic.Closed):
        bare.run("1")
