#!/usr/bin/env python3
"""The guest's interface, as docs/internals.md has it: requests, values, host functions, errors.

    test_requests.py guest.wasm

Runs in the independent runtime of tests/oracle: what fails here is the guest, not the library.
"""


import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "oracle"))

import cbor  # noqa: E402
import guest  # noqa: E402

EXEC, CALL, GET, SET = range(4)
TUPLE, SET_TAG, FROZENSET = 40000, 258, 40001


def big(number):
    """An int beyond 64 bits, as it crosses."""
    magnitude = number if number >= 0 else ~number
    return cbor.Tagged(2 if number >= 0 else 3, magnitude.to_bytes((magnitude.bit_length() + 7) // 8, "big"))


def encode(value):
    """cbor.encode() and tags."""
    if isinstance(value, cbor.Tagged):
        return cbor._head(6, value.tag) + encode(value.value)
    if isinstance(value, list):
        return cbor._head(4, len(value)) + b"".join(map(encode, value))
    if isinstance(value, dict):
        return cbor._head(5, len(value)) + b"".join(encode(k) + encode(v) for k, v in value.items())
    return cbor.encode(value)


class Session(guest.Run):
    """One sandbox that performs any number of requests."""

    def __init__(self, oracle, functions=None, memory=guest.MEMORY_LIMIT, lines=()):
        super().__init__(oracle, guest.Outcome(), guest.FUEL, memory, functions or {})
        self.lines = iter(lines)
        self.prompts = []
        if self.fuel:
            self.fuel.set_value(self.store, 1 << 62)
        self.boot(self.store)

    def event(self, kind, address, length):
        if kind != guest.INPUT:
            return super().event(kind, address, length)
        self.prompts.append(self.bytes_at(address, length))
        line = next(self.lines, None)
        return self.refuse("EOFError", "EOF when reading a line") if line is None else self.reply(line)

    def request(self, request):
        """A dict, or bytes to send as they are. Returns the Outcome; a trap is an exception."""
        self.outcome = guest.Outcome()
        self.input = request if isinstance(request, bytes) else encode(request)
        if self.fuel:
            self.fuel.set_value(self.store, guest.FUEL)
        self.enter(self.store, len(self.input))
        return self.outcome

    def exec(self, code, **keys):
        return self.request({"op": EXEC, "code": code if isinstance(code, bytes) else code.encode(), **keys})


def on_big_stack(test):
    """Protected calls are frames of Wasmtime: give them room."""
    import functools
    import threading

    @functools.wraps(test)
    def wrapper(self):
        failure = []

        def body():
            try:
                test(self)
            except BaseException as error:
                failure.append(error)

        old = threading.stack_size(guest.STACK)
        thread = threading.Thread(target=body)
        thread.start()
        thread.join()
        threading.stack_size(old)
        if failure:
            raise failure[0]
    return wrapper


class GuestTest(unittest.TestCase):
    def session(self, **keys):
        return Session(self.oracle, **keys)

    def value_of(self, outcome):
        self.assertIsNone(outcome.error, outcome.error and outcome.error["traceback"])
        return cbor.decode(outcome.result)

    def error_of(self, outcome):
        self.assertIsNotNone(outcome.error)
        self.assertIsNone(outcome.result)
        return outcome.error["type"], outcome.error["message"]


class Values(GuestTest):
    ROUND_TRIP = [
        None, False, True, 0, 1, -1, 23, 24, 255, 256, 65535, 65536, 2**31, -2**31, 2**46, 2**47, -2**47 - 1, 2**62,
        2**63 - 1, 2**63, -2**63, -2**63 - 1, 2**64 - 1, -2**64, big(2**64), big(-2**64 - 1), big(10**100), big(-10**100),
        0.0, -0.0, 1.5, -1e300, 5e-324, float("inf"), float("-inf"),
        "", "a", "héllo \U0001f40d", "x" * 1000, b"", b"\x00\xff" * 300,
        [], [1, [2, [3]]], {}, {"a": 1, "b": [2]}, {1: 2, None: 3, 1.5: 4, b"k": 5}, list(range(300)),
        cbor.Tagged(TUPLE, [1, "a"]), cbor.Tagged(TUPLE, []), cbor.Tagged(SET_TAG, [7]),
        cbor.Tagged(FROZENSET, cbor.Tagged(SET_TAG, ["x"])),
    ]

    @on_big_stack
    def test_every_type_comes_back_as_it_went_in(self):
        session = self.session()
        for value in self.ROUND_TRIP:
            outcome = session.exec("x", inputs={"x": value}, last=True)
            self.value_of(outcome)
            self.assertEqual(outcome.result, encode(value))

    @on_big_stack
    def test_nan_is_nan(self):
        session = self.session()
        for bits in (0x7ff8000000000000, 0xfff8000000000000, 0x7ff0000000000001, 0xffffffffffffffff):
            raw = b"\xa2" + encode("op") + b"\x03" + encode("values") + b"\xa1" + encode("x")
            self.value_of(session.request(raw + b"\xfb" + bits.to_bytes(8, "big")))
            self.assertEqual(self.value_of(session.exec("(x != x, type(x) is float)", last=True)).value, [True, True])

    @on_big_stack
    def test_dicts_keep_their_order(self):
        session = self.session()
        value = {str(i * 7919 % 100): i for i in range(100)}
        self.assertEqual(list(self.value_of(session.exec("x", inputs={"x": value}, last=True))), list(value))

    @on_big_stack
    def test_subclasses_cross_as_their_built_in_base(self):
        session = self.session()
        code = "from collections import namedtuple, OrderedDict\nclass D(dict): pass\nclass S(str): pass\n" \
               "d = D(); d['k'] = S('v')\n[d, namedtuple('P', 'x y')(1, 2), bytearray(b'ab')]"
        self.assertEqual(self.value_of(session.exec(code, last=True)), [{"k": "v"}, cbor.Tagged(TUPLE, [1, 2]), b"ab"])

    @on_big_stack
    def test_what_cannot_cross_is_named_with_its_place(self):
        session = self.session()
        session.exec("def f(x): return eval(x)")
        for expression, kind, message in (
            ("(i for i in ())", "TypeError", "cannot pass an object of type generator"),
            ("{'a': [1, print]}", "TypeError", "cannot pass an object of type builtin_function_or_method (at ['a'][1])"),
            ("object()", "TypeError", "cannot pass an object of type object"),
        ):
            outcome = session.request({"op": CALL, "name": "f", "args": [expression]})
            self.assertEqual(self.error_of(outcome), (kind, message))
        session.exec("a = [1]\na.append({'x': a})")
        self.assertEqual(self.error_of(session.request({"op": GET, "name": "a"})),
                         ("ValueError", "cannot pass a value that contains itself (at [1]['x'])"))

    @on_big_stack
    def test_a_last_expression_that_cannot_cross_is_told_by_its_repr(self):
        session = self.session()
        session.exec("class A:\n    def __repr__(self): return text\n")
        for expression, kind, text in (
            ("range(3)", "range", "range(0, 3)"),
            ("a = [1]\na.append({'x': a})\na", "list", "[1, {'x': [...]}]"),
            ("'\\ud800'", "str", "'\\ud800'"),
            ("text = 'é'\n[A(), 1]", "list", "[é, 1]"),
            ("text = 'é' * 16384\nA()", "A", "é" * 16384),
            ("text = 'é' * 16385\nA()", "A", "é" * 16382 + "..."),
            ("text = 'ab' + chr(0xd800) + 'c'\nA()", "A", "ab..."),
            ("type('', (), {'__repr__': lambda self: ''})()", "object", ""),
            ("type('é' * 101, (), {'__repr__': lambda self: ''})()", "é" * 98 + "...", ""),
        ):
            outcome = session.exec(expression, last=True)
            self.assertEqual((outcome.result, outcome.error, outcome.opaque), (None, None, [kind, text]))
        outcome = session.exec("class A:\n    def __repr__(self): return 1 / 0\nA()", last=True)
        self.assertEqual(self.error_of(outcome), ("ZeroDivisionError", "division by zero"))
        outcome = session.exec("class A:\n    def __repr__(self): print('seen'); return 'A'\nA()", last=True)
        self.assertEqual((outcome.stdout, outcome.opaque), (b"seen\n", ["A", "A"]))

    @on_big_stack
    def test_nesting_goes_to_100_in_both_directions(self):
        session = self.session()
        code = "x = None\nfor i in range({}): x = [x]\nx"
        for depth in (99, 100):
            outcome = session.exec(code.format(depth), last=True)
            self.assertEqual(outcome.result, b"\x81" * depth + b"\xf6")
            again = session.exec("y", inputs={"y": cbor.decode(outcome.result)}, last=True)
            self.assertEqual(again.result, outcome.result)
        self.assertEqual(session.exec(code.format(101), last=True).opaque, ["list", "[" * 101 + "None" + "]" * 101])
        self.assertEqual(self.error_of(session.request({"op": GET, "name": "x"}))[0], "ValueError")
        self.assertEqual(self.error_of(session.request(b"\x81" * 100000 + b"\xf6"))[0], "ValueError")


class Requests(GuestTest):
    @on_big_stack
    def test_variables_live_from_run_to_run(self):
        session = self.session()
        self.value_of(session.exec("def f(a, b=2, *c, **d): return [a, b, c, d]\nn = 1"))
        self.value_of(session.request({"op": SET, "values": {"n": 41, "m": [1]}}))
        self.assertEqual(self.value_of(session.exec("n + len(m)", last=True)), 42)
        self.assertEqual(self.value_of(session.request({"op": GET, "name": "m"})), [1])
        got = self.value_of(session.request({"op": CALL, "name": "f", "args": [1, 3, 4], "kwargs": {"z": 5}}))
        self.assertEqual(got, [1, 3, cbor.Tagged(TUPLE, [4]), {"z": 5}])
        self.assertEqual(self.error_of(session.request({"op": GET, "name": "nothing"})),
                         ("NameError", "name 'nothing' is not defined"))

    @on_big_stack
    def test_the_last_expression_is_the_result(self):
        session = self.session()
        for code, value in (("1+1", 2), ("x = 3\nx", 3), ("x = 3", None), ("1; 2", 2), ("5\n\n# end\n", 5), ("", None),
                            ("if 1:\n  7", None), ("'text'", "text"), ("x: int = 4", None), ("x += 1\nx * 2;", 10),
                            ("def f():\n  return 1\nf()", 1), ("lambda: 1\nNone", None), ("(1,\n 2)[1]", 2)):
            self.assertEqual(self.value_of(session.exec(code, last=True)), value, code)
        self.assertIsNone(self.value_of(session.exec("1+1")))
        self.assertIsNone(self.value_of(session.exec("1+1", last=False)))

    @on_big_stack
    def test_argv(self):
        session = self.session()
        self.assertEqual(self.value_of(session.exec("import sys\nsys.argv", argv=["a", "b c"], last=True)), ["a", "b c"])
        self.assertEqual(self.value_of(session.exec("sys.argv", last=True)), ["a", "b c"])

    @on_big_stack
    def test_output_comes_in_order(self):
        session = self.session()
        outcome = session.exec("import sys\nfor i in range(1000): print(i)\nprint('e', file=sys.stderr)\nprint('o')")
        self.assertEqual(outcome.stdout, b"".join(b"%d\n" % i for i in range(1000)) + b"o\n")
        self.assertEqual([kind for kind, _ in outcome.output][-2:], [guest.ERR, guest.OUT])
        big = session.exec("print('x' * 100000, end='')")
        self.assertEqual(big.stdout, b"x" * 100000)

    @on_big_stack
    def test_no_malformed_request_traps(self):
        session = self.session()
        whole = encode({"op": EXEC, "code": b"x", "inputs": {"x": [1, 2.5, {"k": big(2**70)}]}, "functions": ["f"],
                             "file": "a.py", "argv": ["z"], "last": True})
        self.value_of(session.request(whole))
        for length in range(len(whole)):
            self.assertEqual(session.request(whole[:length]).error["type"], "ValueError")
        for place in range(len(whole)):
            for byte in (0x00, 0x1b, 0x5f, 0x7f, 0x9b, 0xbb, 0xc2, 0xd9, 0xff, whole[place] ^ 1):
                session.request(whole[:place] + bytes([byte]) + whole[place + 1:])  # an answer, whatever it is
        for bad in ({}, {"op": 9}, {"op": "x"}, {"op": EXEC}, {"op": EXEC, "code": "text"}, {"op": SET}, [],
                    {"op": CALL}, {"op": CALL, "name": "x", "args": {}}, {"op": big(2**70)},
                    {"op": EXEC, "code": b"", "functions": [1]}, {"op": EXEC, "code": b"", "functions": [[]]},
                    {"op": SET, "values": {1: 2}}):
            self.assertIn(session.request(encode(bad)).error["type"], ("ValueError", "TypeError", "OverflowError"), bad)
        self.assertEqual(self.value_of(session.exec("1+1", last=True)), 2)


class HostFunctions(GuestTest):
    @on_big_stack
    def test_arguments_and_results_cross(self):
        seen = []
        session = self.session(functions={"f": lambda *args, **kwargs: seen.append((args, kwargs)) or {"r": [1, None]}})
        self.assertEqual(self.value_of(session.exec("f(1, 'a', k=b'x')", functions=["f"], last=True)), {"r": [1, None]})
        self.assertEqual(seen, [((1, "a"), {"k": b"x"})])

    @on_big_stack
    def test_name_signature_and_documentation(self):
        session = self.session()
        code = "[f.__name__, f.__doc__, f.__signature__, repr(f), callable(f)]"
        self.assertEqual(self.value_of(session.exec(code, functions=[["f", "(x, y=1)", "Adds."]], last=True)),
                         ["f", "Adds.", "(x, y=1)", "<host function f(x, y=1)>", True])

    @on_big_stack
    def test_errors_are_raised_by_name(self):
        class Odd(Exception):
            pass

        def fail(kind):
            raise {"k": KeyError, "v": ValueError, "p": PermissionError, "o": Odd}[kind]("no " + kind)

        session = self.session(functions={"f": fail})
        code = "out = []\nfor k, t in (('k', KeyError), ('v', ValueError), ('p', OSError), ('o', RuntimeError)):\n" \
               "    try: f(k)\n    except t as e: out.append([type(e).__name__, e.args[0]])\nout"
        self.assertEqual(self.value_of(session.exec(code, functions=["f"], last=True)),
                         [["KeyError", "'no k'"], ["ValueError", "no v"], ["PermissionError", "no p"], ["Odd", "no o"]])

    @on_big_stack
    def test_output_before_a_call_is_out_before_it(self):
        session = self.session(functions={"f": lambda: len(session.outcome.output)})
        self.assertEqual(self.value_of(session.exec("print('x')\nf()", functions=["f"], last=True)), 1)

    @on_big_stack
    def test_an_argument_that_cannot_cross_is_not_sent(self):
        called = []
        session = self.session(functions={"f": called.append})
        self.assertEqual(self.error_of(session.exec("f([1, f])", functions=["f"])),
                         ("TypeError", "cannot pass an object of type host_function (at [1])"))
        self.assertEqual(called, [])

    @on_big_stack
    def test_input(self):
        session = self.session(lines=["Ada"])
        self.assertEqual(self.value_of(session.exec("input('name? ')", last=True)), "Ada")
        self.assertEqual(session.prompts, [b"name? "])
        self.assertEqual(self.error_of(session.exec("input()")), ("EOFError", "EOF when reading a line"))


class Errors(GuestTest):
    @on_big_stack
    def test_traceback_reads_as_in_cpython(self):
        session = self.session()
        outcome = session.exec("def f(x):\n    return g(x)\n\ndef g(x):\n    return 1 // x\n\nf(0)\n", file="job.py")
        self.assertEqual(outcome.error["traceback"].splitlines()[:-1], [
            "Traceback (most recent call last):",
            '  File "job.py", line 7, in <module>', "    f(0)",
            '  File "job.py", line 2, in f', "    return g(x)",
            '  File "job.py", line 5, in g', "    return 1 // x",
        ])
        self.assertEqual(outcome.error["frames"][1], ["job.py", 2, "f", "return g(x)"])
        self.assertEqual(outcome.error["type"], "ZeroDivisionError")
        self.assertEqual(outcome.error["traceback"].splitlines()[-1], "ZeroDivisionError: " + outcome.error["message"])

    @on_big_stack
    def test_a_call_into_earlier_code_shows_its_source(self):
        session = self.session()
        session.exec("def f():\n    raise KeyError('x')\n", file="a.py")
        outcome = session.exec("f()", file="b.py")
        self.assertEqual([frame[3] for frame in outcome.error["frames"]], ["f()", "raise KeyError('x')"])

    @on_big_stack
    def test_equal_frames_are_counted(self):
        session = self.session()
        lines = session.exec("def f(): f()\nf()").error["traceback"].splitlines()
        self.assertLess(len(lines), 15)
        self.assertRegex("\n".join(lines), r"  \[Previous line repeated \d+ more times\]")
        self.assertEqual(lines[-1], "RecursionError: maximum recursion depth exceeded")

    @on_big_stack
    def test_sources_are_kept_in_bounded_memory(self):
        session = self.session(memory=4 << 20)
        for i in range(300):
            self.assertIsNone(session.exec(b"x = 1\n#" + b"y" * 60000, file=f"f{i}.py").error)

    @on_big_stack
    def test_system_exit(self):
        session = self.session()
        for code, status in (("raise SystemExit", 0), ("import sys\nsys.exit(3)", 3), ("sys.exit('why')", 1)):
            self.assertEqual(session.exec(code).error["exit"], status)
        self.assertNotIn("exit", session.exec("1/0").error)

    @on_big_stack
    def test_source_that_is_not_text(self):
        session = self.session()
        for code in (b"x = 1\0", b"x = '\xff'", b"\xed\xa0\x80 = 1", b"x = ="):
            self.assertEqual(session.exec(code).error["type"], "SyntaxError", code)

    @on_big_stack
    def test_an_exception_whose_text_fails(self):
        session = self.session()
        outcome = session.exec("class E(Exception):\n  def __str__(self): raise ValueError\nraise E()")
        self.assertEqual(self.error_of(outcome), ("E", "<exception str() failed>"))

    @on_big_stack
    def test_memory_error_leaves_a_working_session(self):
        session = self.session(memory=4 << 20)
        self.assertEqual(session.exec("l = []\nwhile True: l.append(bytes(1000))").error["type"], "MemoryError")
        self.assertEqual(session.exec("l = None\nb = bytearray(1 << 40)").error["type"], "MemoryError")
        self.assertEqual(session.exec("[0] * (1 << 29)").error["type"], "MemoryError")
        self.assertEqual(self.value_of(session.exec("len([0] * 100000)", last=True)), 100000)

    @on_big_stack
    def test_what_was_not_granted(self):
        session = self.session()
        self.assertEqual(session.exec("open('/etc/passwd')").error["type"], "PermissionError")

    @on_big_stack
    def test_state_is_whole_after_an_exception_in_nested_calls(self):
        session = self.session()
        session.exec("n = 1\ndef g():\n  yield 1\n  raise ValueError\ndef f(): return sorted(g(), key=lambda x: x)")
        for _ in range(50):
            self.assertEqual(session.exec("f()").error["type"], "ValueError")
        self.assertEqual(self.value_of(session.exec("n", last=True)), 1)


class Hostile(GuestTest):
    """Whatever the source: an exception, never a trap."""

    NESTED = ["(" * 100000, "[" * 100000 + "]" * 100000, "{" * 100000, "-" * 100000 + "1", "not " * 100000 + "1",
              "lambda:" * 50000 + "1", "a" + ".b" * 100000, "f" + "()" * 100000, "x = " * 100000 + "1",
              "1" + "+1" * 100000, "1**" * 100000 + "1", "a if b else " * 100000 + "1", 'f"{' * 200, "]" * 1000 + "[",
              "\n".join(" " * i + "if 1:" for i in range(150)) + "\n" + " " * 150 + "pass",
              "[x for x in " * 5000 + "y" + "]" * 5000, "@x\n" * 10000 + "def f(): pass"]

    @on_big_stack
    def test_deeply_nested_source(self):
        session = self.session()
        for code in self.NESTED:
            session.exec(code)
        self.assertEqual(self.value_of(session.exec("1+1", last=True)), 2)

    @on_big_stack
    def test_deeply_nested_values(self):
        session = self.session()
        session.exec("a = []\nb = []\nt = ()\nfor i in range(100000): a = [a]; b = [b]; t = (t,)")
        for code in ("repr(a)", "a == b", "a < b", "hash(t)", "a", "str(t)"):
            self.assertIn(session.exec(code, last=True).error["type"], ("RecursionError", "ValueError"), code)

    RECURSION = [
        "def f(): f()\nf()",
        "class A:\n  def __add__(s, o): return s + o\nA() + 1",
        "class A:\n  def __init__(s): A()\nA()",
        "class A:\n  def __getattr__(s, n): return s.n\nA().x",
        "class A:\n  def __repr__(s): return repr(s)\nrepr(A())",
        "def f(n): return list(map(f, [n]))\nf(1)",
        "def f(): yield from f()\nlist(f())",
        "def f(): exec('f()', {'f': f})\nf()",
        "def f(x): return sorted([1, 2], key=f)\nf(1)",
    ]

    @on_big_stack
    def test_endless_recursion(self):
        session = self.session()
        for code in self.RECURSION:
            self.assertEqual(session.exec(code).error["type"], "RecursionError", code)

    @on_big_stack
    def test_python_calls_go_1000_deep(self):
        session = self.session()
        for code in (
            "def f(n): return n and 1 + f(n - 1)\nf(1000)",
            "class A:\n  def __init__(s, n):\n    s.a = A(n - 1) if n else None\nA(1000) and None",
            "def g(n):\n  yield n\n  if n: yield from g(n - 1)\nlen(list(g(1000))) and None",
        ):
            self.value_of(session.exec(code, last=True))


def main():
    path, *rest = sys.argv[1:]
    GuestTest.oracle = guest.Oracle(path)
    unittest.main(argv=[sys.argv[0], *rest])


if __name__ == "__main__":
    main()
