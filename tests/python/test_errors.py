"""Errors: what they say, how they print, and that they pickle."""

import copy
import pickle
import subprocess
import sys
import traceback

import hermetic
import pytest

PROGRAM = "def f(x):\n    return 1 / x\n\nprint('so far')\nf(0)\n"


def failure(code=PROGRAM, **options):
    with pytest.raises(hermetic.RunError) as caught:
        hermetic.run(code, **options)
    return caught.value


def test_a_guest_error_has_all_that_is_known():
    e = failure(file="prog.py")
    assert isinstance(e, hermetic.GuestError)
    assert (e.type, e.message, str(e)) == ("ZeroDivisionError", "division by zero", "ZeroDivisionError: division by zero")
    assert e.stdout == "so far\n"
    assert e.usage.fuel > 0
    assert [(f.file, f.line, f.function, f.source.strip()) for f in e.frames] == [
        ("prog.py", 5, "<module>", "f(0)"), ("prog.py", 2, "f", "return 1 / x")]
    assert e.traceback.startswith("Traceback (most recent call last):\n")


def test_the_guests_traceback_is_printed_with_the_hosts():
    text = "".join(traceback.format_exception(failure()))
    assert 'File "main.py", line 2, in f\n    return 1 / x\n' in text
    assert text.rstrip().endswith("hermetic.GuestError: ZeroDivisionError: division by zero")


def test_an_uncaught_error_on_a_terminal():
    done = subprocess.run([sys.executable, "-c", f"import hermetic\nhermetic.run({PROGRAM!r})"], capture_output=True, text=True)
    assert done.returncode == 1
    assert "    return 1 / x" in done.stderr


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_errors_pickle(protocol):
    errors = [failure(), failure("while True: pass", limits=hermetic.Limits(fuel=10**7)), failure("import sys\nsys.exit(4)")]
    errors.append(hermetic.ConversionError("cannot pass a socket", "inputs['x']"))
    errors.append(hermetic.Closed("the session is closed"))
    for error in errors:
        for again in (pickle.loads(pickle.dumps(error, protocol)), copy.copy(error)):
            assert type(again) is type(error)
            assert str(again) == str(error)
            for name in ("type", "message", "frames", "limit", "used", "code", "path", "stdout", "traceback"):
                assert getattr(again, name, None) == getattr(error, name, None)
    assert pickle.loads(pickle.dumps(errors[0])).__cause__ is not None


def test_the_family():
    for name in hermetic.__all__:
        value = getattr(hermetic, name)
        if isinstance(value, type) and issubclass(value, BaseException):
            assert issubclass(value, hermetic.HermeticError)
            assert value.__module__ == "hermetic"
            assert value.__doc__
    assert issubclass(hermetic.FuelExceeded, hermetic.LimitExceeded)


def test_a_syntax_error_points_at_its_line():
    e = failure("x = 1\ny = = 2\n")
    assert e.type == "SyntaxError"
    assert "line 2" in e.traceback


def test_hostile_exceptions_do_no_harm():
    for code in (
        "class E(Exception):\n    def __str__(self): return 1/0\nraise E()",
        "class E(Exception):\n    def __str__(self): return 'x' * 10**7\nraise E()",
        "raise Exception('\\x00\\n')",
        "class E(BaseException): pass\nraise E('x')",
        "raise KeyboardInterrupt",
        "def f(n):\n    if n: f(n - 1)\n    else: 1/0\nf(300)",
    ):
        e = failure(code)
        assert isinstance(str(e), str)
        pickle.loads(pickle.dumps(e))
