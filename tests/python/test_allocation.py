"""Every allocation of the extension may fail: what comes is MemoryError or a working result, never a crash or a leak.

CPython's own test module makes its allocators fail; each run is in a process of its own.
"""

import subprocess
import sys
import textwrap

import pytest

pytest.importorskip("_testcapi")
pytestmark = pytest.mark.skipif(not hasattr(sys, "getrefcount"), reason="needs CPython")
if hasattr(sys, "gettotalrefcount"):
    pytest.skip("a debug build of CPython asserts that its own frames can be had", allow_module_level=True)

SETUP = """
    import sys, _testcapi, datetime, decimal, uuid
    import hermetic
    from hermetic._hermetic import _dumps, _loads
    value = {"a": [1, 2.5, "text" * 20, b"bytes", (1, None), {3}, frozenset([4])], "big": 10 ** 40, "d": datetime.date(2020, 1, 2),
             "t": datetime.datetime(2020, 1, 2), "s": datetime.timedelta(1), "n": decimal.Decimal("1.5"), "u": uuid.UUID(int=7)}
    data = _dumps(value)
    limits = hermetic.Limits(memory=8 << 20)
    session = hermetic.Session(functions={"f": lambda x, k=0: [x]})
    session.run("def g(x): return f(x, k=1)")
    def same(x):
        return x
    def fork():
        session.fork().close()
    def pull():
        session.start("f(1)").abandon()
    def error():
        try:
            hermetic.run("1/0")
        except hermetic.GuestError:
            pass
"""
WAYS = {
    "dumps": "_dumps(value)",
    "loads": "_loads(data)",
    "run": "hermetic.run('x', inputs={'x': value}, limits=limits)",
    "functions": "hermetic.run('f(1)', functions={'f': same})",
    "call": "session.call('g', value)",
    "variables": "(session.update({'v': value}), session['v'])",
    "snapshot": "hermetic.Session.restore(session.snapshot()).close()",
    "fork": "fork()",
    "pull": "pull()",
    "error": "error()",
    "limits": "(hermetic.Limits(fuel=1), repr(limits), hash(limits))",
}


# CPython 3.12 and 3.13 crash in the plain Python that describes a function, without this package too.
CRASHES = pytest.mark.skipif(sys.version_info >= (3, 12), reason="CPython's own crash")


@pytest.mark.parametrize("way", [pytest.param(way, marks=CRASHES) if way == "functions" else way for way in WAYS])
def test_when_an_allocation_fails(way):
    code = textwrap.dedent(SETUP) + textwrap.dedent(f"""
        def once():
            return {WAYS[way]}
        once(), once()
        failed = 0
        for nth in range(400):
            try:
                _testcapi.set_nomemory(nth, nth + 1)
                try:
                    once()
                finally:
                    _testcapi.remove_mem_hooks()
            except (MemoryError, hermetic.HermeticError):
                failed += 1
            except SystemError as error:
                # CPython's own, when it has no memory for a frame; a function of ours would be named.
                assert str(error) == "error return without exception set"
        once()
        assert session.call("g", value) == [value]
        print(failed)
    """)
    done = subprocess.run([sys.executable, "-X", "faulthandler", "-c", code], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    assert int(done.stdout) > 0
