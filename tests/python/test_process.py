"""The process around it: signals, fork, the interpreter's end, subinterpreters, the command."""

import os
import subprocess
import sys
import textwrap

import pytest


def python(code, *args, **options):
    return subprocess.run([sys.executable, "-X", "faulthandler", "-c", textwrap.dedent(code), *args], capture_output=True, text=True, timeout=240,
                          **options)


def check(code, *args, **options):
    done = python(code, *args, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_ctrl_c_ends_the_guest():
    out = check("""
        import hermetic, os, signal, threading, time
        at = []
        def press():
            time.sleep(0.1)
            at.append(time.monotonic())
            os.kill(os.getpid(), signal.SIGINT)
        s = hermetic.Session()
        s.run("x = 1")
        for code in ["x = 2\\nwhile True: pass", "x = 'y' * 1000000\\nwhile True: x.replace('y', 'yz')", "while True: f()"] * 5:
            threading.Thread(target=press).start()
            try:
                s.run(code, functions={"f": lambda: None})
            except KeyboardInterrupt:
                print(time.monotonic() - at[-1], s["x"])
    """)
    presses = [line.split() for line in out.splitlines()]
    assert [x for _, x in presses] == ["1"] * 15
    late = sorted(float(seconds) for seconds, _ in presses)
    assert late[7] < 0.05  # the median: the machine may be busy at one of them
    assert late[-1] < 1


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_handlers_of_other_signals_run_while_the_guest_does():
    assert check("""
        import hermetic, signal
        seen = []
        signal.signal(signal.SIGALRM, lambda *a: seen.append(1))
        signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
        hermetic.run("for i in range(8000000): pass", limits=hermetic.Limits(wall=100))
        signal.setitimer(signal.ITIMER_REAL, 0)
        print(len(seen) > 0)
    """) == "True\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_fork_with_sessions_and_in_a_running_host_function():
    assert check("""
        import hermetic, os, warnings
        warnings.simplefilter("ignore")
        def child():
            pid = os.fork()
            if pid == 0:
                return "child"
            os.waitpid(pid, 0)
            return "parent"
        s = hermetic.Session(functions={"child": child})
        s.run("x = 1")
        hermetic.run("1")
        who = s.run("x += 1\\nchild()").value
        assert s["x"] == 2
        assert hermetic.run("1 + 1").value == 2
        s.run("x += 1")
        print(who, s["x"], flush=True)
        os._exit(0)
    """) == "child 3\nparent 3\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_fork_while_another_thread_runs_a_guest():
    assert check("""
        import hermetic, os, threading, time, warnings
        warnings.simplefilter("ignore")
        s = hermetic.Session()
        t = threading.Thread(target=lambda: s.run("for i in range(30000000): pass"))
        t.start()
        time.sleep(0.05)
        pid = os.fork()
        if pid == 0:
            try:
                s.run("1")
            except hermetic.Busy:
                ok = hermetic.run("2").value == 2
                s = None
                os._exit(0 if ok else 1)
            os._exit(2)
        print(os.waitpid(pid, 0)[1])
        t.join()
    """) == "0\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_multiprocessing_by_fork():
    assert check("""
        import hermetic, multiprocessing
        def work(n):
            return hermetic.run("n * 2", inputs={"n": n}).value
        hermetic.run("1")
        with multiprocessing.get_context("fork").Pool(2) as pool:
            print(pool.map(work, range(5)))
    """) == "[0, 2, 4, 6, 8]\n"


def test_the_interpreter_ends_with_live_sessions_and_running_guests():
    code = """
        import hermetic, threading, time
        keep = hermetic.Session(functions={"f": lambda: keep})
        keep.run("x = 1")
        waiting = hermetic.Session().start("ask()", functions=["ask"])
        for _ in range(3):
            threading.Thread(target=lambda: hermetic.Session().run("while True: pass"), daemon=True).start()
        def loop():
            while True:
                hermetic.run("1")
        threading.Thread(target=loop, daemon=True).start()
        time.sleep(0.1)
        class Late:
            def __del__(self):
                keep.run("x")
        late = Late()
        print("end")
    """
    for _ in range(5):
        assert check(code) == "end\n"


def test_subinterpreters_are_refused():
    code = """
        import hermetic
        try:
            import _interpreters as i
        except ImportError:
            import _xxsubinterpreters as i
        n = i.create()
        code = "try:\\n    import hermetic\\n    print('imported')\\nexcept ImportError as e:\\n    print('refused')"
        i.run_string(n, code)
        i.destroy(n)
        print(hermetic.run("1").value)
    """
    assert check(code, env={**os.environ, "PYTHONUNBUFFERED": "1"}) == "refused\n1\n"


def test_the_module_may_be_imported_again():
    assert check("""
        import sys, hermetic
        old = hermetic
        for name in [n for n in sys.modules if n.startswith("hermetic")]:
            del sys.modules[name]
        import hermetic
        print(hermetic.run("1").value, old.run("2").value)
    """) == "1 2\n"


def command(*args, **options):
    return subprocess.run([sys.executable, "-m", "hermetic", *args], capture_output=True, text=True, timeout=240, **options)


def test_the_command(tmp_path):
    assert command("-c", "print(1 + 1)").stdout == "2\n"
    assert command("-", input="print('in')").stdout == "in\n"
    assert command(input="print('in')").stdout == "in\n"
    program = tmp_path / "p.py"
    program.write_text("import sys\nprint(sys.argv[1:], n)\n[n, 2]")
    done = command("--json", "-i", "n=3", str(program), "a", "-b")
    assert done.stdout == "['a', '-b'] 3\n[3, 2]\n"
    assert command("--json", "-c", "range(3)").stdout == '{"$opaque": ["range", "range(0, 3)"]}\n'
    done = command("-c", "1/0")
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr
    assert command("-c", "import sys\nsys.exit(7)").returncode == 7
    done = command("--timeout", "0.05", "-c", "while True: pass")
    assert done.returncode == 3
    assert "time limit" in done.stderr
    assert command("--memory", "8M", "-c", "bytearray(10 << 20)").returncode == 1
    assert command("no such file").returncode == 2
    assert command("--memory", "x").returncode == 2
    assert command("-i", "a").returncode == 2
    assert command("--version").stdout.startswith("hermetic ")


def mapping_count():
    with open("/proc/self/maps") as file:
        return sum(1 for _ in file)


def rss():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="needs /proc")
def test_nothing_leaks():
    import gc

    import hermetic

    def everything(n):
        for i in range(n):
            hermetic.run("x", inputs={"x": [i, "a" * 50, {"k": (i,)}]})
            with hermetic.Session(functions={"f": lambda x: [x]}, limits=hermetic.Limits(fuel=10**6)) as s:
                s.run("y = f('b' * 10)")
                s.fork().close()
                for code in ("1/0", "while True: pass", "import sys\nsys.exit(1)", "f(print)", "raise Exception('x' * 100)"):
                    with pytest.raises(hermetic.HermeticError):
                        s.run(code)
                with pytest.raises(hermetic.ConversionError):
                    s["z"] = object()
                hermetic.Session.restore(s.snapshot()).close()
                call = s.start("ask(1)", functions=["ask"])
                hermetic.load(call.dump()).resume(1)
                call.abandon()
            hermetic.Session()

    everything(60)
    gc.collect()
    files, mappings, before = len(os.listdir("/proc/self/fd")), mapping_count(), rss()
    everything(300)
    gc.collect()
    assert len(os.listdir("/proc/self/fd")) == files
    assert mapping_count() <= mappings + 4
    assert rss() - before < 4 << 20


def test_references_balance():
    import gc

    import hermetic

    if not hasattr(sys, "getrefcount"):
        pytest.skip("needs reference counts")
    value = ["v" * 40]
    function = lambda x: value  # noqa: E731

    def once():
        hermetic.run("f(x)", inputs={"x": value}, functions={"f": function})
        with hermetic.Session(functions={"f": function}) as s:
            s["x"] = value
            s.call("f", value)
            s.start("g(x)", functions={"g": function}).abandon()
            for code in ("1/0", "f(print)", "import sys\nsys.exit(2)"):
                with pytest.raises(hermetic.HermeticError):
                    s.run(code)
        repr(hermetic.Limits(fuel=1))

    once()
    gc.collect()
    counts = sys.getrefcount(value), sys.getrefcount(function), sys.getrefcount(None)
    types = [hermetic.Result, hermetic.Usage, hermetic.Limits, hermetic.Session, hermetic.Call, hermetic.GuestError, str, dict]
    used = [sys.getrefcount(kind) for kind in types]
    for _ in range(200):
        once()
    gc.collect()
    assert sys.getrefcount(value) == counts[0]
    assert sys.getrefcount(function) == counts[1]
    assert abs(sys.getrefcount(None) - counts[2]) < 100
    assert all(abs(sys.getrefcount(kind) - count) < 50 for kind, count in zip(types, used))


def test_importing_it_imports_little():
    code = f"import sys\nsys.path = {sys.path!r}\nbefore = set(sys.modules)\nimport hermetic\nprint(sorted(set(sys.modules) - before))"
    heavy = {"typing", "dataclasses", "inspect", "asyncio", "decimal", "datetime", "uuid", "concurrent", "re", "threading"}
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not heavy & set(eval(done.stdout))
