"""TestCase: what one test is, and its assertions. Messages are CPython's."""

import sys

_MAX_LENGTH = 80
_module_cleanups = []


class SkipTest(Exception):
    """Raised in a test to leave it out."""


class _Failure(Exception):
    pass


def _text(value, short=False):
    try:
        text = repr(value)
    except Exception:
        text = object.__repr__(value)
    return text if not short or len(text) < _MAX_LENGTH else text[:_MAX_LENGTH] + " [truncated]..."


def _pair(first, second):
    """Both values as text, cut down to the part that differs where they are long."""
    texts = [_text(first), _text(second)]
    longest = max(map(len, texts))
    if longest <= _MAX_LENGTH:
        return tuple(texts)
    same = 0
    for a, b in zip(*texts):
        if a != b:
            break
        same += 1

    def cut(text, before, after):
        gone = len(text) - before - after
        return text if gone <= 12 else "%s[%d chars]%s" % (text[:before], gone, text[len(text) - after:])

    # What they share, cut to what the rest leaves of a line; or both cut.
    room = _MAX_LENGTH - (longest - same) - 5 - 12
    if room > 5:
        return tuple(cut(text[:same], 5, room) + text[same:] for text in texts)
    return tuple(cut(text[:same], 5, 5) + cut(text[same:], 41, 5) for text in texts)


def _describe(function, self):
    return getattr(function, "__name__", None) or str(function)


def skip(reason):
    """Decorator: leave out a test or a class."""
    if callable(reason) and not isinstance(reason, str):
        return skip("")(reason)

    def mark(item):
        if not isinstance(item, type):
            def skipped(*args, **kwargs):
                raise SkipTest(reason)
            skipped.__name__ = getattr(item, "__name__", "skipped")
            skipped.__doc__ = getattr(item, "__doc__", None)
            skipped.__unittest_skip__ = True
            skipped.__unittest_skip_why__ = reason
            return skipped
        item.__unittest_skip__ = True
        item.__unittest_skip_why__ = reason
        return item
    return mark


def skipIf(condition, reason):
    return skip(reason) if condition else lambda item: item


def skipUnless(condition, reason):
    return lambda item: item if condition else skip(reason)(item)


def expectedFailure(item):
    """Decorator: the test is known to fail."""
    if isinstance(item, type):
        item.__unittest_expecting_failure__ = True
        return item

    def expected(*args, **kwargs):
        return item(*args, **kwargs)
    expected.__name__ = getattr(item, "__name__", "expected")
    expected.__doc__ = getattr(item, "__doc__", None)
    expected.__unittest_expecting_failure__ = True
    return expected


def _enter(manager, add):
    kind = type(manager)
    try:
        enter, leave = kind.__enter__, kind.__exit__
    except AttributeError:
        raise TypeError("'%s.%s' object does not support the context manager protocol" % (
            kind.__module__, kind.__qualname__)) from None
    result = enter(manager)
    add(leave, manager, None, None, None)
    return result


def addModuleCleanup(function, /, *args, **kwargs):
    _module_cleanups.append((function, args, kwargs))


def enterModuleContext(manager):
    return _enter(manager, addModuleCleanup)


def doModuleCleanups():
    errors = []
    while _module_cleanups:
        function, args, kwargs = _module_cleanups.pop()
        try:
            function(*args, **kwargs)
        except Exception as error:
            errors.append(error)
    if errors:
        raise errors[0]


class _Context:
    """What assertRaises and its like return for `with`."""

    def __init__(self, case, message=None):
        self.case = case
        self.msg = message

    def fail(self, text):
        raise self.case.failureException(self.case._formatMessage(self.msg, text))


class _AssertRaises(_Context):
    def __init__(self, expected, case, pattern=None, message=None):
        super().__init__(case, message)
        self.expected = expected
        self.pattern = pattern
        self.function = None

    def call(self, function, args, kwargs):
        self.function = function
        with self:
            function(*args, **kwargs)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if kind is None:
            expected = self.expected
            name = expected.__name__ if isinstance(expected, type) else str(expected)
            if self.function is not None:
                self.fail("%s not raised by %s" % (name, _describe(self.function, self)))
            self.fail("%s not raised" % name)
        if not issubclass(kind, self.expected):
            return False
        self.exception = error.with_traceback(None)
        if self.pattern is not None:
            import re
            pattern = re.compile(self.pattern) if isinstance(self.pattern, (str, bytes)) else self.pattern
            if not pattern.search(str(error)):
                self.fail('"%s" does not match "%s"' % (pattern.pattern, str(error)))
        return True


class _AssertWarns(_Context):
    def __init__(self, expected, case, pattern=None, message=None):
        super().__init__(case, message)
        self.expected = expected
        self.pattern = pattern
        self.function = None

    call = _AssertRaises.call

    def __enter__(self):
        import warnings
        for module in list(sys.modules.values()):
            if getattr(module, "__warningregistry__", None):
                module.__warningregistry__ = {}
        self.manager = warnings.catch_warnings(record=True)
        self.warnings = self.manager.__enter__()
        warnings.simplefilter("always", self.expected if isinstance(self.expected, type) else Warning)
        return self

    def __exit__(self, kind, error, traceback):
        self.manager.__exit__(kind, error, traceback)
        if kind is not None:
            return
        first = None
        for caught in self.warnings:
            warning = caught.message
            if not isinstance(warning, self.expected):
                continue
            first = first or warning
            if self.pattern is not None:
                import re
                if not re.search(self.pattern, str(warning)):
                    continue
            self.warning = warning
            self.filename = caught.filename
            self.lineno = caught.lineno
            return
        name = self.expected.__name__ if isinstance(self.expected, type) else str(self.expected)
        if first is not None:
            self.fail('"%s" does not match "%s"' % (self.pattern, str(first)))
        if self.function is not None:
            self.fail("%s not triggered by %s" % (name, _describe(self.function, self)))
        self.fail("%s not triggered" % name)


class _AssertLogs(_Context):
    def __init__(self, case, logger, level, none):
        super().__init__(case)
        import logging
        self.logger_name = logger
        self.level = logging.getLevelName(level) if isinstance(level, str) else level or logging.INFO
        self.none = none

    def __enter__(self):
        import logging
        from collections import namedtuple
        watcher = namedtuple("_LoggingWatcher", ["records", "output"])([], [])

        class Capture(logging.Handler):
            def emit(self, record):
                watcher.records.append(record)
                watcher.output.append(self.format(record))

        self.watcher = watcher
        logger = self.logger_name
        self.logger = logger = logger if isinstance(logger, logging.Logger) else logging.getLogger(logger)
        handler = Capture()
        handler.setLevel(self.level)
        handler.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(message)s"))
        self.old = logger.handlers[:], logger.level, logger.propagate
        logger.handlers = [handler]
        logger.setLevel(self.level)
        logger.propagate = False
        return None if self.none else watcher

    def __exit__(self, kind, error, traceback):
        import logging
        self.logger.handlers, level, self.logger.propagate = self.old
        self.logger.setLevel(level)
        if kind is not None:
            return False
        if self.none and self.watcher.records:
            self.fail("Unexpected logs found: %r" % self.watcher.output)
        if not self.none and not self.watcher.records:
            self.fail("no logs of level %s or higher triggered on %s" % (
                logging.getLevelName(self.level), self.logger.name))


class _Outcome:
    """How the parts of one test went."""

    def __init__(self, result):
        self.result = result
        self.success = True
        self.expecting_failure = False
        self.expected = None

    def run(self, case, function, sub=None):
        """Call `function`; False if the test is to go no further."""
        result = self.result
        try:
            function()
        except KeyboardInterrupt:
            raise
        except SkipTest as error:
            self.success = False
            result.addSkip(sub or case, str(error))
            return False
        except BaseException as error:
            details = type(error), error, error.__traceback__
            if self.expecting_failure:
                self.expected = details
            else:
                self.success = False
                if sub is not None:
                    result.addSubTest(case, sub, details)
                elif issubclass(details[0], case.failureException):
                    result.addFailure(case, details)
                else:
                    result.addError(case, details)
            return False
        if sub is not None:
            result.addSubTest(case, sub, None)
        return True


class _SubTest:
    def __init__(self, case, message, params):
        self.test_case = case
        self._message = message
        self.params = params
        self.failureException = case.failureException

    def _description(self):
        parts = []
        if self._message is not None:
            parts.append("[%s]" % (self._message,))
        if self.params:
            parts.append("(%s)" % ", ".join("%s=%r" % item for item in self.params.items()))
        return " ".join(parts) or "(<subtest>)"

    def id(self):
        return "%s %s" % (self.test_case.id(), self._description())

    def shortDescription(self):
        return self.test_case.shortDescription()

    def countTestCases(self):
        return 1

    def __str__(self):
        return "%s %s" % (self.test_case, self._description())


class _SubTestContext:
    def __init__(self, case, sub):
        self.case = case
        self.sub = sub

    def __enter__(self):
        self.outer = self.case._subtest
        self.case._subtest = self.sub

    def __exit__(self, kind, error, traceback):
        self.case._subtest = self.outer
        outcome = self.case._outcome
        if kind is None or outcome is None:
            if outcome is not None:
                outcome.result.addSubTest(self.case, self.sub, None)
            return False
        if issubclass(kind, KeyboardInterrupt) or kind is _Failure or outcome.expecting_failure:
            return False

        def again():
            raise error
        outcome.run(self.case, again, self.sub)
        if getattr(outcome.result, "failfast", False):
            raise _Failure
        return True


class TestCase:
    failureException = AssertionError
    longMessage = True
    maxDiff = 640
    _diffThreshold = 65536
    _class_cleanups = []

    def __init_subclass__(cls, *args, **kwargs):
        cls._classSetupFailed = False
        cls._class_cleanups = []
        super().__init_subclass__(*args, **kwargs)

    def __init__(self, methodName="runTest"):
        self._testMethodName = methodName
        self._outcome = None
        self._subtest = None
        self._cleanups = []
        self._equality = {dict: "assertDictEqual", list: "assertListEqual", tuple: "assertTupleEqual",
                          set: "assertSetEqual", frozenset: "assertSetEqual", str: "assertMultiLineEqual"}
        method = getattr(self, methodName, None)
        if method is None:
            if methodName != "runTest":
                raise ValueError("no such test method in %s: %s" % (type(self), methodName))
            self._testMethodDoc = "No test"
        else:
            self._testMethodDoc = getattr(method, "__doc__", None)

    # Hooks.

    def setUp(self):
        pass

    def tearDown(self):
        pass

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def addCleanup(self, function, /, *args, **kwargs):
        self._cleanups.append((function, args, kwargs))

    def enterContext(self, manager):
        return _enter(manager, self.addCleanup)

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        cls._class_cleanups.append((function, args, kwargs))

    @classmethod
    def enterClassContext(cls, manager):
        return _enter(manager, cls.addClassCleanup)

    @classmethod
    def doClassCleanups(cls):
        cls.tearDown_exceptions = []
        while cls._class_cleanups:
            function, args, kwargs = cls._class_cleanups.pop()
            try:
                function(*args, **kwargs)
            except Exception as error:
                cls.tearDown_exceptions.append((type(error), error, error.__traceback__))

    def addTypeEqualityFunc(self, kind, function):
        self._equality[kind] = function

    # A test's names.

    def id(self):
        return "%s.%s.%s" % (type(self).__module__, type(self).__qualname__, self._testMethodName)

    def shortDescription(self):
        return self._testMethodDoc.strip().split("\n")[0].strip() if self._testMethodDoc else None

    def countTestCases(self):
        return 1

    def defaultTestResult(self):
        from .runner import TestResult
        return TestResult()

    def __eq__(self, other):
        return type(self) is type(other) and self._testMethodName == other._testMethodName

    def __hash__(self):
        return hash((type(self), self._testMethodName))

    def __str__(self):
        return "%s (%s.%s.%s)" % (self._testMethodName, type(self).__module__, type(self).__qualname__, self._testMethodName)

    def __repr__(self):
        return "<%s.%s testMethod=%s>" % (type(self).__module__, type(self).__qualname__, self._testMethodName)

    # Running.

    def __call__(self, *args, **kwargs):
        return self.run(*args, **kwargs)

    def _callSetUp(self):
        self.setUp()

    def _callTestMethod(self, method):
        method()

    def _callTearDown(self):
        self.tearDown()

    def _callCleanup(self, function, /, *args, **kwargs):
        function(*args, **kwargs)

    def run(self, result=None):
        started = result is None
        if started:
            result = self.defaultTestResult()
            result.startTestRun()
        result.startTest(self)
        try:
            method = getattr(self, self._testMethodName)
            for item in (type(self), method):
                if getattr(item, "__unittest_skip__", False):
                    result.addSkip(self, getattr(item, "__unittest_skip_why__", ""))
                    return result
            expecting = (getattr(type(self), "__unittest_expecting_failure__", False)
                         or getattr(method, "__unittest_expecting_failure__", False))
            outcome = self._outcome = _Outcome(result)
            try:
                if outcome.run(self, self._callSetUp):
                    outcome.expecting_failure = expecting
                    outcome.run(self, lambda: self._callTestMethod(method))
                    outcome.expecting_failure = False
                    outcome.run(self, self._callTearDown)
                self.doCleanups()
                if outcome.success:
                    if expecting:
                        if outcome.expected:
                            result.addExpectedFailure(self, outcome.expected)
                        else:
                            result.addUnexpectedSuccess(self)
                    else:
                        result.addSuccess(self)
            finally:
                self._outcome = None
            return result
        finally:
            result.stopTest(self)
            if started:
                result.stopTestRun()

    def doCleanups(self):
        outcome = self._outcome or _Outcome(self.defaultTestResult())
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            outcome.run(self, lambda: self._callCleanup(function, *args, **kwargs))
        return outcome.success

    def debug(self):
        self.setUp()
        getattr(self, self._testMethodName)()
        self.tearDown()
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            function(*args, **kwargs)

    def subTest(self, msg=None, **params):
        if self._subtest is not None:
            params = dict(self._subtest.params, **params)
        return _SubTestContext(self, _SubTest(self, msg, params))

    def skipTest(self, reason):
        raise SkipTest(reason)

    # Assertions.

    def _formatMessage(self, msg, standard):
        if msg is None:
            return standard
        return "%s : %s" % (standard, msg) if self.longMessage else msg

    def fail(self, msg=None):
        raise self.failureException(msg)

    def _fail(self, msg, standard):
        raise self.failureException(self._formatMessage(msg, standard))

    def assertTrue(self, expr, msg=None):
        if not expr:
            self._fail(msg, "%s is not true" % _text(expr))

    def assertFalse(self, expr, msg=None):
        if expr:
            self._fail(msg, "%s is not false" % _text(expr))

    def assertEqual(self, first, second, msg=None):
        function = self._equality.get(type(first)) if type(first) is type(second) else None
        if function is None:
            if not first == second:
                self._fail(msg, "%s != %s" % _pair(first, second))
        else:
            (getattr(self, function) if isinstance(function, str) else function)(first, second, msg=msg)

    def assertNotEqual(self, first, second, msg=None):
        if not first != second:
            self._fail(msg, "%s == %s" % (_text(first), _text(second)))

    def assertIs(self, expr1, expr2, msg=None):
        if expr1 is not expr2:
            self._fail(msg, "%s is not %s" % (_text(expr1), _text(expr2)))

    def assertIsNot(self, expr1, expr2, msg=None):
        if expr1 is expr2:
            self._fail(msg, "unexpectedly identical: %s" % _text(expr1))

    def assertIsNone(self, obj, msg=None):
        if obj is not None:
            self._fail(msg, "%s is not None" % _text(obj))

    def assertIsNotNone(self, obj, msg=None):
        if obj is None:
            self._fail(msg, "unexpectedly None")

    def assertIn(self, member, container, msg=None):
        if member not in container:
            self._fail(msg, "%s not found in %s" % (_text(member), _text(container)))

    def assertNotIn(self, member, container, msg=None):
        if member in container:
            self._fail(msg, "%s unexpectedly found in %s" % (_text(member), _text(container)))

    def assertIsInstance(self, obj, cls, msg=None):
        if not isinstance(obj, cls):
            self._fail(msg, "%s is not an instance of %r" % (_text(obj), cls))

    def assertNotIsInstance(self, obj, cls, msg=None):
        if isinstance(obj, cls):
            self._fail(msg, "%s is an instance of %r" % (_text(obj), cls))

    def assertLess(self, a, b, msg=None):
        if not a < b:
            self._fail(msg, "%s not less than %s" % (_text(a), _text(b)))

    def assertLessEqual(self, a, b, msg=None):
        if not a <= b:
            self._fail(msg, "%s not less than or equal to %s" % (_text(a), _text(b)))

    def assertGreater(self, a, b, msg=None):
        if not a > b:
            self._fail(msg, "%s not greater than %s" % (_text(a), _text(b)))

    def assertGreaterEqual(self, a, b, msg=None):
        if not a >= b:
            self._fail(msg, "%s not greater than or equal to %s" % (_text(a), _text(b)))

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        self._almost(first, second, places, msg, delta, True)

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        self._almost(first, second, places, msg, delta, False)

    def _almost(self, first, second, places, msg, delta, wanted):
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        if first == second:
            if wanted:
                return
            if delta is None and places is None:
                places = 7
        difference = abs(first - second)
        if delta is not None:
            near, limit = difference <= delta, "%s delta" % _text(delta)
        else:
            places = 7 if places is None else places
            near, limit = round(difference, places) == 0, "%r places" % places
        if near != wanted:
            self._fail(msg, "%s %s %s within %s%s" % (_text(first), "!=" if wanted else "==", _text(second), limit,
                                                      " (%s difference)" % _text(difference) if wanted else ""))

    def assertRegex(self, text, expected_regex, msg=None):
        import re
        if isinstance(expected_regex, (str, bytes)):
            expected_regex = re.compile(expected_regex)
        if not expected_regex.search(text):
            self._fail(msg, "Regex didn't match: %r not found in %r" % (expected_regex.pattern, text))

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        import re
        match = re.search(unexpected_regex, text)
        if match:
            pattern = getattr(unexpected_regex, "pattern", unexpected_regex)
            self._fail(msg, "Regex matched: %r matches %r in %r" % (text[match.start():match.end()], pattern, text))

    def assertCountEqual(self, first, second, msg=None):
        first, second = list(first), list(second)
        rest, missing = second[:], []
        for item in first:
            for i, other in enumerate(rest):
                if item is other or item == other:
                    del rest[i]
                    break
            else:
                missing.append(item)
        if not missing and not rest:
            return
        seen, lines = [], ["Element counts were not equal:\n"]
        for item in missing + rest:
            if item not in seen:
                seen.append(item)
                lines.append("First has %d, Second has %d:  %r" % (first.count(item), second.count(item), item))
        self._fail(msg, lines[0] + "\n".join(lines[1:]))

    def _difference(self, standard, first, second):
        import difflib
        import pprint
        diff = "\n" + "\n".join(difflib.ndiff(pprint.pformat(first).splitlines(), pprint.pformat(second).splitlines()))
        return self._truncated(standard, diff)

    def _truncated(self, standard, diff):
        if self.maxDiff is None or len(diff) <= self.maxDiff:
            return standard + diff
        return standard + "\nDiff is %s characters long. Set self.maxDiff to None to see it." % len(diff)

    def assertSequenceEqual(self, first, second, msg=None, seq_type=None):
        name = seq_type.__name__ if seq_type else "sequence"
        if seq_type is not None:
            for which, sequence in (("First", first), ("Second", second)):
                if not isinstance(sequence, seq_type):
                    raise self.failureException("%s sequence is not a %s: %s" % (which, name, _text(sequence)))
        problem = None
        for which, sequence in (("First", first), ("Second", second)):
            try:
                len(sequence)
            except (TypeError, NotImplementedError):
                problem = "%s %s has no length.    Non-sequence?" % (which, name)
                break
        if problem is None:
            if first == second:
                return
            problem = "%ss differ: %s != %s\n" % ((name[:1].upper() + name[1:],) + _pair(first, second))
            lengths = len(first), len(second)
            for i in range(min(lengths)):
                if first[i] != second[i]:
                    problem += "\nFirst differing element %d:\n%s\n%s\n" % ((i,) + _pair(first[i], second[i]))
                    break
            else:
                if lengths[0] == lengths[1] and seq_type is None and type(first) != type(second):
                    return
            if lengths[0] != lengths[1]:
                longer = 0 if lengths[0] > lengths[1] else 1
                least = min(lengths)
                problem += "\n%s %s contains %d additional elements.\nFirst extra element %d:\n%s\n" % (
                    ("First", "Second")[longer], name, max(lengths) - least, least, _text((first, second)[longer][least]))
        self._fail(msg, self._difference(problem, first, second))

    def assertListEqual(self, list1, list2, msg=None):
        self.assertSequenceEqual(list1, list2, msg, list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        self.assertSequenceEqual(tuple1, tuple2, msg, tuple)

    def assertSetEqual(self, set1, set2, msg=None):
        try:
            only1, only2 = set1.difference(set2), set2.difference(set1)
        except TypeError as error:
            self.fail("invalid type when attempting set difference: %s" % error)
        except AttributeError as error:
            self.fail("first argument does not support set difference: %s" % error)
        lines = []
        for which, items in (("first", only1), ("second", only2)):
            if items:
                lines.append("Items in the %s set but not the %s:" % (which, "second" if which == "first" else "first"))
                lines.extend(map(repr, items))
        if lines:
            self._fail(msg, "\n".join(lines))

    def assertDictEqual(self, d1, d2, msg=None):
        self.assertIsInstance(d1, dict, "First argument is not a dictionary")
        self.assertIsInstance(d2, dict, "Second argument is not a dictionary")
        if d1 != d2:
            self._fail(msg, self._difference("%s != %s" % _pair(d1, d2), d1, d2))

    def assertMultiLineEqual(self, first, second, msg=None):
        self.assertIsInstance(first, str, "First argument is not a string")
        self.assertIsInstance(second, str, "Second argument is not a string")
        if first == second:
            return
        standard = "%s != %s" % _pair(first, second)
        if len(first) <= self._diffThreshold and len(second) <= self._diffThreshold:
            import difflib
            lines = [text.splitlines(True) for text in (first, second)]
            if len(lines[0]) == 1 and first.strip("\r\n") == first:
                lines = [[first + "\n"], [second + "\n"]]
            standard = self._truncated(standard, "\n" + "".join(difflib.ndiff(*lines)))
        self._fail(msg, standard)

    def assertRaises(self, expected_exception, *args, **kwargs):
        return self._context(_AssertRaises, expected_exception, None, args, kwargs)

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        return self._context(_AssertRaises, expected_exception, expected_regex, args, kwargs)

    def assertWarns(self, expected_warning, *args, **kwargs):
        return self._context(_AssertWarns, expected_warning, None, args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        return self._context(_AssertWarns, expected_warning, expected_regex, args, kwargs)

    def _context(self, kind, expected, pattern, args, kwargs):
        for item in expected if isinstance(expected, tuple) else (expected,):
            if not isinstance(item, type) or not issubclass(item, BaseException):
                raise TypeError("%s() arg 1 must be a%s type or tuple of a%s types" % (
                    ("assertRaises", "n exception", "n exception") if kind is _AssertRaises
                    else ("assertWarns", " warning", " warning")))
        if not args:
            return kind(expected, self, pattern, kwargs.pop("msg", None))
        kind(expected, self, pattern).call(args[0], args[1:], kwargs)

    def assertLogs(self, logger=None, level=None):
        return _AssertLogs(self, logger, level, False)

    def assertNoLogs(self, logger=None, level=None):
        return _AssertLogs(self, logger, level, True)

    # Names of before 3.2, which 3.11 still has.
    failUnless = assert_ = assertTrue
    failIf = assertFalse
    assertEquals = failUnlessEqual = assertEqual
    assertNotEquals = failIfEqual = assertNotEqual
    assertAlmostEquals = failUnlessAlmostEqual = assertAlmostEqual
    assertNotAlmostEquals = assertNotAlmostEqual
    assertRegexpMatches = assertRegex
    assertNotRegexpMatches = assertNotRegex
    assertRaisesRegexp = assertRaisesRegex
    failUnlessRaises = assertRaises


class AsyncTestCase(TestCase):
    """A case whose tests and hooks may be coroutines; all of a test run in one event loop."""

    __module__ = "unittest"

    async def asyncSetUp(self):
        pass

    async def asyncTearDown(self):
        pass

    def addAsyncCleanup(self, function, /, *args, **kwargs):
        self.addCleanup(function, *args, **kwargs)

    async def enterAsyncContext(self, manager):
        result = await type(manager).__aenter__(manager)
        self.addAsyncCleanup(type(manager).__aexit__, manager, None, None, None)
        return result

    def _callSetUp(self):
        self.setUp()
        self._runner.run(self.asyncSetUp())

    def _callTestMethod(self, method):
        self._await(method())

    def _callTearDown(self):
        self._runner.run(self.asyncTearDown())
        self.tearDown()

    def _callCleanup(self, function, /, *args, **kwargs):
        self._await(function(*args, **kwargs))

    def _await(self, result):
        if hasattr(result, "send") or hasattr(result, "__await__"):
            async def wait():
                return await result
            self._runner.run(wait())

    def run(self, result=None):
        import asyncio
        with asyncio.Runner(debug=True) as self._runner:
            return super().run(result)


AsyncTestCase.__name__ = AsyncTestCase.__qualname__ = "IsolatedAsyncioTestCase"


class FunctionTestCase(TestCase):
    """A function as a test."""

    def __init__(self, testFunc, setUp=None, tearDown=None, description=None):
        super().__init__()
        self._functions = setUp, testFunc, tearDown
        self._description = description

    def setUp(self):
        if self._functions[0]:
            self._functions[0]()

    def runTest(self):
        self._functions[1]()

    def tearDown(self):
        if self._functions[2]:
            self._functions[2]()

    def id(self):
        return self._functions[1].__name__

    def shortDescription(self):
        doc = self._description if self._description is not None else self._functions[1].__doc__
        return doc and doc.split("\n")[0].strip() or None

    def __str__(self):
        return "%s (%s)" % (type(self).__qualname__, self.id())
