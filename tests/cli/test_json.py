"""JSON in and out: --input, --value and --json, with Python's json as the oracle."""

import decimal
import json
import pathlib
import random
import tempfile
import unittest

from command import run


class JsonTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / "v.json"

    def load(self, text):
        """What `text` becomes in the guest, as the command prints it again."""
        self.path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return run("--input", f"v=@{self.path}", "--value", "-c", "v")

    def value(self, code):
        done = run("--value", "-c", code)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return json.loads(done.stdout)


class Reading(JsonTest):
    def test_values_arrive_as_python_reads_them(self):
        for text in (
            "null",
            "true",
            "false",
            "0",
            "-0",
            "1",
            "-1",
            "1.0",
            "-0.0",
            "1e3",
            "1E-3",
            "1.5e+300",
            "5e-324",
            "1e-999",
            '""',
            '"a"',
            "[]",
            "{}",
            " [ 1 , 2 ] ",
            '\t{\n"a" :\r[{}]}',
            '"\\u0041\\n\\"\\/\\\\"',
            '"\\ud83d\\ude00"',
            '"é€😀"',
            '"\\u0000"',
            "[[[[[]]]]]",
            '{"a": 1, "b": 2, "a": 3}',
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "-9223372036854775809",
            "18446744073709551615",
            "18446744073709551616",
            "-18446744073709551616",
            "-18446744073709551617",
            "123456789012345678901234567890",
            "-" + "9" * 100,
            "1" + "0" * 4299,
            "-" + "7" * 4299,
            "340282366920938463463374607431768211456",
            "[" * 99 + "]" * 99,
        ):
            with self.subTest(text[:50]):
                done = self.load(text)
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                expected = json.loads(text)
                self.assertEqual(repr(json.loads(done.stdout)), repr(expected))

    def test_random_values_survive_the_way_in_and_out(self):
        chance = random.Random(1)

        def make(depth):
            kind = chance.randrange(9 if depth else 6)
            if kind == 0:
                return chance.choice([None, True, False])
            if kind == 1:
                return chance.randrange(-100, 100)
            if kind == 2:
                return (-1) ** chance.randrange(2) * chance.getrandbits(
                    chance.choice([31, 32, 53, 62, 63, 64, 65, 200])
                )
            if kind == 3:
                return chance.choice(
                    [chance.uniform(-1, 1), chance.uniform(-1e300, 1e300), 10.0 ** chance.randrange(-30, 30)]
                )
            if kind in (4, 5):
                return "".join(
                    chr(
                        chance.choice(
                            [chance.randrange(0xD800), chance.randrange(0x10000, 0x110000), chance.randrange(128)]
                        )
                    )
                    for _ in range(chance.randrange(8))
                )
            if kind in (6, 7):
                return [make(depth - 1) for _ in range(chance.randrange(6))]
            return {str(make(0)): make(depth - 1) for _ in range(chance.randrange(6))}

        for i in range(40):
            value = [make(5) for _ in range(50)]
            done = self.load(json.dumps(value, ensure_ascii=bool(i % 2)))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(repr(untag(json.loads(done.stdout))), repr(value))

    def test_what_is_not_json_is_refused(self):
        for text in (
            "",
            " ",
            "nul",
            "nulll",
            "True",
            "NaN",
            "Infinity",
            "-Infinity",
            "01",
            "-01",
            "+1",
            ".5",
            "1.",
            "1e",
            "1e+",
            "-",
            "0x10",
            "1 2",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[",
            "]",
            "{",
            '{"a"}',
            '{"a":}',
            '{"a":1,}',
            "{1: 2}",
            "{'a': 1}",
            '"',
            '"a',
            "'a'",
            '"\\x41"',
            '"\\u12"',
            '"\\u12g4"',
            '"\\',
            '"a\nb"',
            '"\t"',
            '"\\ud800"',
            '"\\ud800x"',
            '"\\ud800\\u0041"',
            '"\\udc00"',
            "// c\n1",
            "1 // c",
            "/* */ 1",
            "1\0",
            "1e999",
            "-1e999",
            "1" * 4301,
            "[" * 100 + "]" * 100,
            '{"a":' * 100 + "1" + "}" * 100,
            b'"\xff"',
            b'"\xc0\xaf"',
            b'"\xed\xa0\x80"',
            b'"\xf4\x90\x80\x80"',
            b'"\xe2\x82"',
            b'"\xf5"',
            "\ufeff\ufeff1",
            "\u00a01",
            "[1]]",
            "{}{}",
        ):
            with self.subTest(text[:50]):
                done = self.load(text)
                self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
                self.assertRegex(done.stderr, r"\Ahermetic: --input v: .*v\.json:\d+:\d+: not JSON: ")

    def test_a_byte_order_mark_is_skipped(self):
        self.assertEqual(self.load("\ufeff1").stdout, "1\n")

    def test_errors_say_where(self):
        self.assertIn(
            "v.json:3:9: not JSON: expected ',' or '}'", self.load('{"a": 1,\n "b": 2,\n "c": 3 "d": 4}').stderr
        )

    def test_deep_and_long_files_are_read_in_linear_time(self):
        done = run("--input", f"v=@{self.path}", "-c", "0") if self.path.write_text("[" * 1000000) else None
        self.assertEqual(done.returncode, 2)
        self.path.write_text("[" + "[],{}," * 100000 + "0]")
        self.assertEqual(run("--input", f"v=@{self.path}", "-c", "print(len(v))").stdout, "200001\n")


class Naming(JsonTest):
    def test_values_on_the_command_line(self):
        done = run("--input", "a=1", '--input=b="x=y"', "--input", "_c2=[]", "-c", "print(a, b, _c2)")
        self.assertEqual((done.returncode, done.stdout), (0, "1 x=y []\n"))

    def test_a_value_from_standard_input(self):
        self.assertEqual(run("--input", "v=@-", "-c", "print(v)", stdin="[1]").stdout, "[1]\n")

    def test_bad_names(self):
        for text in ("1a=1", "a b=1", "a-b=1", "=1", "a", "class=1", "None=1", "é=1", "a.b=1"):
            with self.subTest(text):
                done = run("--input", text, "-c", "1")
                self.assertEqual((done.returncode, done.stdout), (2, ""))
                self.assertIn("--input", done.stderr)
                self.assertIn(f"'{text.partition('=')[0]}'", done.stderr)

    def test_a_name_given_twice(self):
        done = run("--input", "ab=1", "--input", "a=1", "--input", "ab=2", "-c", "1")
        self.assertEqual((done.returncode, done.stderr), (2, "hermetic: --input: 'ab' is given twice\n"))

    def test_a_file_that_is_missing(self):
        done = run("--input", "a=@missing.json", "-c", "1")
        self.assertEqual(done.returncode, 2)
        self.assertIn("missing.json", done.stderr)


class Writing(JsonTest):
    def test_what_json_lacks_is_tagged(self):
        for code, expected in [
            ("b'\\x00\\xff!'", {"$bytes": "AP8h"}),
            ("b''", {"$bytes": ""}),
            ("b'ab'", {"$bytes": "YWI="}),
            ("b'a'", {"$bytes": "YQ=="}),
            ("()", {"$tuple": []}),
            ("(1, (2,))", {"$tuple": [1, {"$tuple": [2]}]}),
            ("{1}", {"$set": [1]}),
            ("frozenset([1])", {"$frozenset": [1]}),
            ("float('nan')", {"$float": "nan"}),
            ("float('inf')", {"$float": "inf"}),
            ("-float('inf')", {"$float": "-inf"}),
            ("{1: 2, 'a': []}", {"$dict": [[1, 2], ["a", []]]}),
            ("{'$bytes': 1}", {"$dict": [["$bytes", 1]]}),
            ("{'a': {'$b': {}}}", {"a": {"$dict": [["$b", {}]]}}),
            ("{'': {1: {'x': {}}}}", {"": {"$dict": [[1, {"x": {}}]]}}),
            ("{(1, 2): None}", {"$dict": [[{"$tuple": [1, 2]}, None]]}),
            ("True", True),
            ("'\\x00\\x7f\\n\"é'", '\0\x7f\n"é'),
        ]:
            with self.subTest(code):
                self.assertEqual(self.value(code), expected)

    def test_what_has_no_form_outside_is_told_by_its_repr(self):
        for code, expected in [
            ("range(3)", {"$opaque": ["range", "range(0, 3)"]}),
            ("x = [1]; x.append(x); x", {"$opaque": ["list", "[1, [...]]"]}),
            ("'\\ud800'", {"$opaque": ["str", "'\\ud800'"]}),
        ]:
            with self.subTest(code):
                self.assertEqual(self.value(code), expected)
        result = json.loads(run("--json", "-c", "[range(3)]").stdout)
        self.assertEqual((result["ok"], result["value"]), (True, {"$opaque": ["list", "[range(0, 3)]"]}))

    def test_times_and_decimals(self):
        for code, expected in [
            (
                "import datetime as d; d.datetime(2026, 1, 31, 12, tzinfo=d.timezone.utc)",
                {"$datetime": "2026-01-31T12:00:00+00:00"},
            ),
            ("import datetime as d; d.date(2026, 1, 31)", {"$date": "2026-01-31"}),
            ("import datetime as d; d.timedelta(days=-1, microseconds=5)", {"$timedelta": [-86400, 5]}),
        ]:
            with self.subTest(code):
                self.assertEqual(self.value(code), expected)
        numbers = [
            "0",
            "1.10",
            "-1.10",
            "1E+3",
            "1.5E+7",
            "0.00012",
            "1E-7",
            "1.23E-10",
            "NaN",
            "Infinity",
            "-Infinity",
            "0E+3",
            "123456789012345678901234567890.5",
            "0.000001",
            "0.0000001",
        ]
        code = f"from decimal import Decimal; [Decimal(s) for s in {numbers}]"
        self.assertEqual(self.value(code), [{"$decimal": str(decimal.Decimal(s))} for s in numbers])

    def test_huge_integers_are_hexadecimal(self):
        for code, expected in [
            ("10 ** 4299", 10**4299),
            ("1 << 14280", 1 << 14280),
            ("-(1 << 16000)", -(1 << 16000)),
            ("1 - (1 << 16000)", 1 - (1 << 16000)),
            ("(1 << 16003) + 1", (1 << 16003) + 1),
        ]:
            with self.subTest(code):
                value = self.value(code)
                self.assertEqual(int(value["$int"], 16) if isinstance(value, dict) else value, expected)
        self.assertEqual(self.value("-(1 << 16000)"), {"$int": hex(-(1 << 16000))})

    def test_floats_read_back_the_same(self):
        chance = random.Random(2)
        values = [chance.uniform(-1, 1) * 10 ** chance.randrange(-300, 300) for _ in range(500)] + [
            0.1,
            1e22,
            1e16,
            5e-324,
        ]
        self.path.write_text(json.dumps(values))
        done = run("--input", f"v=@{self.path}", "--value", "-c", "v")
        self.assertEqual(json.loads(done.stdout), values)


class Objects(JsonTest):
    def test_a_good_run(self):
        done = run("--json", "-c", "import sys; print('o'); print('e', file=sys.stderr); {'a': (1,)}")
        result = json.loads(done.stdout)
        usage = result.pop("usage")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(
            result,
            {
                "ok": True,
                "exit_code": 0,
                "value": {"a": {"$tuple": [1]}},
                "stdout": "o\n",
                "stderr": "e\n",
                "stdout_cut": False,
                "error": None,
            },
        )
        self.assertEqual(list(usage), ["fuel", "wall", "memory", "host_memory", "output", "output_cut", "calls"])
        self.assertEqual(usage["output"], 4)
        self.assertGreater(usage["fuel"], 0)

    def test_an_exception(self):
        done = run("--json", "-c", "def f(): raise ValueError('bad')\nprint('before')\nf()")
        result = json.loads(done.stdout)
        error = result["error"]
        self.assertEqual((done.returncode, done.stderr, result["ok"], result["exit_code"]), (1, "", False, 1))
        self.assertEqual((result["stdout"], result["value"]), ("before\n", None))
        self.assertEqual(
            (error["kind"], error["code"], error["type"], error["message"]),
            ("exception", "HERMETIC_E_EXCEPTION", "ValueError", "bad"),
        )
        self.assertTrue(error["traceback"].endswith("ValueError: bad\n"))
        self.assertEqual([frame[:3] for frame in error["frames"]], [["<string>", 3, "<module>"], ["<string>", 1, "f"]])
        self.assertEqual((error["limit"], error["used"]), (None, None))

    def test_a_limit(self):
        done = run("--json", "--timeout", "20ms", "--fuel", "1000G", "-c", "print('before')\nwhile True: pass")
        result = json.loads(done.stdout)
        error = result["error"]
        self.assertEqual((done.returncode, result["exit_code"], result["stdout"]), (3, 3, "before\n"))
        self.assertEqual((error["kind"], error["code"], error["limit"]), ("limit", "HERMETIC_E_WALL", 20000000))
        self.assertGreaterEqual(error["used"], 20000000)
        self.assertIsNone(error["traceback"])

    def test_an_exit(self):
        result = json.loads(run("--json", "-c", "import sys; sys.exit(9)").stdout)
        self.assertEqual((result["ok"], result["exit_code"], result["error"]["kind"]), (False, 9, "exit"))
        self.assertTrue(json.loads(run("--json", "-c", "import sys; sys.exit(0)").stdout)["ok"])

    def test_prompts_stay_out_of_the_object(self):
        done = run("--json", "-c", "input('name? ')", stdin="x\n")
        self.assertEqual(json.loads(done.stdout)["value"], "x")


def untag(value):
    """Turns {"$dict": pairs} back, for dicts whose keys begin with "$"."""
    if isinstance(value, list):
        return [untag(item) for item in value]
    if isinstance(value, dict) and list(value) == ["$dict"]:
        return {key: untag(item) for key, item in value["$dict"]}
    if isinstance(value, dict):
        return {key: untag(item) for key, item in value.items()}
    return value


if __name__ == "__main__":
    unittest.main()
