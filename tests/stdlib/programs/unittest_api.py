# unittest: results, messages of the assertions, fixtures, skips, sub-tests, the text that the runner writes.
import io
import re
import sys
import unittest

log = []


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        log.append("setUpClass")

    @classmethod
    def tearDownClass(cls):
        log.append("tearDownClass")

    def setUp(self):
        log.append("setUp " + self._testMethodName)
        self.addCleanup(log.append, "cleanup")

    def tearDown(self):
        log.append("tearDown")

    def test_pass(self):
        """It passes.
        More text."""
        self.assertEqual(1, 1)

    def test_fail(self):
        self.assertEqual([1, 2, 3], [1, 5])

    def test_error(self):
        raise ValueError("wrong")

    @unittest.skip("not today")
    def test_skip(self):
        self.fail()

    @unittest.skipIf(sys.version_info < (3,), "old")
    @unittest.expectedFailure
    def test_expected(self):
        self.assertTrue(False)

    @unittest.expectedFailure
    def test_unexpected(self):
        pass

    def test_skip_inside(self):
        self.skipTest("inside")

    def test_sub(self):
        for i in range(4):
            with self.subTest("part", i=i):
                self.assertEqual(i % 2, 0)

    def test_raises(self):
        with self.assertRaises(KeyError) as caught:
            {}["x"]
        self.assertEqual(caught.exception.args, ("x",))
        with self.assertRaisesRegex(ValueError, "inv.*lit"):
            int("x")
        self.assertRaises(ZeroDivisionError, lambda: 1 / 0)
        self.assertAlmostEqual(0.1 + 0.2, 0.3)
        self.assertCountEqual([1, 2, 2], [2, 1, 2])


class Async(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        log.append("asyncSetUp")

    async def test_await(self):
        import asyncio
        await asyncio.sleep(0)
        self.assertIn(1, [1])


class Messages(unittest.TestCase):
    maxDiff = None

    def runTest(self):
        pass


for verbosity in (1, 2):
    stream = io.StringIO()
    suite = unittest.TestSuite([unittest.defaultTestLoader.loadTestsFromTestCase(kind) for kind in (Case, Async)])
    result = unittest.TextTestRunner(stream=stream, verbosity=verbosity).run(suite)
    text = re.sub(r"in \d+\.\d+s", "in TIME", stream.getvalue())
    text = re.sub(r'  File ".*?", line (\d+), in (\w+)\n(    .*\n)*', r"  line \1 in \2" + "\n", text)
    print(text)
    print(result, result.wasSuccessful(), suite.countTestCases())
print(log)
case = Messages()
for name, *arguments in (
    ("assertEqual", 1, 2), ("assertEqual", "abc", "abd"), ("assertEqual", "one\ntwo\n", "one\n2\n"), ("assertEqual", {"a": 1, "b": [2]}, {"a": 1, "c": 3}),
    ("assertEqual", {1, 2}, {2, 3}), ("assertEqual", (1, 2), (1, 2, 3)), ("assertNotEqual", 1, 1), ("assertTrue", 0), ("assertFalse", [1]), ("assertIs", 1, "x"),
    ("assertIsNot", None, None), ("assertIsNone", 5), ("assertIsNotNone", None), ("assertIn", 1, [2]), ("assertNotIn", 1, [1]), ("assertIsInstance", 1, str),
    ("assertNotIsInstance", 1, int), ("assertGreater", 1, 2), ("assertLessEqual", 3, 2), ("assertAlmostEqual", 1.0, 1.1), ("assertAlmostEqual", 1.0, 2.0, 3, None),
    ("assertNotAlmostEqual", 1.0, 1.0), ("assertRegex", "abc", "x+"), ("assertNotRegex", "abc", "b"), ("assertCountEqual", [1, 1, 2], [1, 3]),
    ("assertListEqual", [1], (1,)), ("assertDictEqual", [], {}), ("assertSequenceEqual", [1], [2]), ("assertEqual", list(range(60)), list(range(61))),
    ("assertRaises", KeyError, int, "5"), ("assertRaisesRegex", ValueError, "zzz", int, "x"), ("assertEqual", 1, 2, "because"), ("assertMultiLineEqual", "a", 5),
):
    try:
        getattr(case, name)(*arguments)
        print(name, "ok")
    except AssertionError as e:
        print(name, "|", e)
    except TypeError as e:
        print(name, "TypeError", e)
