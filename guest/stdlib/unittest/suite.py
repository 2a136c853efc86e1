"""Suites of tests, and the loader that finds tests in classes and modules."""

import sys

from .case import FunctionTestCase, SkipTest, TestCase, doModuleCleanups


class BaseTestSuite:
    def __init__(self, tests=()):
        self._tests = []
        self.addTests(tests)

    def addTest(self, test):
        if not callable(test):
            raise TypeError("%r is not callable" % (test,))
        if isinstance(test, type) and issubclass(test, (TestCase, BaseTestSuite)):
            raise TypeError("TestCases and TestSuites must be instantiated before passing them to addTest()")
        self._tests.append(test)

    def addTests(self, tests):
        if isinstance(tests, str):
            raise TypeError("tests must be an iterable of tests, not a string")
        for test in tests:
            self.addTest(test)

    def countTestCases(self):
        return sum(test.countTestCases() for test in self._tests)

    def __iter__(self):
        return iter(self._tests)

    def __eq__(self, other):
        return isinstance(other, type(self)) and self._tests == other._tests

    def __repr__(self):
        return "<%s.%s tests=%r>" % (type(self).__module__, type(self).__qualname__, self._tests)

    def run(self, result):
        for test in self._tests:
            if result.shouldStop:
                break
            test(result)
        return result

    def __call__(self, *args, **kwargs):
        return self.run(*args, **kwargs)

    def debug(self):
        for test in self._tests:
            test.debug()


class _ErrorHolder:
    """In place of a test, what a class's or a module's set-up did."""

    failureException = None

    def __init__(self, description):
        self.description = description

    def id(self):
        return self.description

    __str__ = id

    def shortDescription(self):
        return None

    def countTestCases(self):
        return 0


class TestSuite(BaseTestSuite):
    """Runs its tests, with the set-up and tear-down of their classes and modules between them."""

    def run(self, result, debug=False):
        outermost = not getattr(result, "_testRunEntered", False)
        result._testRunEntered = True
        for test in self._tests:
            if result.shouldStop:
                break
            if isinstance(test, BaseTestSuite):
                test(result)
                continue
            kind = type(test)
            before = getattr(result, "_previousTestClass", None)
            if kind is not before:
                self._leave(result, before, kind.__module__)
                self._enter(result, before, kind)
                result._previousTestClass = kind
            if getattr(kind, "_classSetupFailed", False) or getattr(result, "_moduleSetUpFailed", False):
                continue
            test(result)
        if outermost:
            self._leave(result, getattr(result, "_previousTestClass", None), None)
            result._previousTestClass = None
            result._testRunEntered = False
        return result

    def _hook(self, result, function, description):
        """Call a hook; False if it failed."""
        try:
            if function is not None:
                function()
            return True
        except SkipTest as error:
            result.addSkip(_ErrorHolder(description), str(error))
        except Exception as error:
            result.addError(_ErrorHolder(description), (type(error), error, error.__traceback__))
        return False

    def _enter(self, result, before, kind):
        if before is None or before.__module__ != kind.__module__:
            module = sys.modules.get(kind.__module__)
            name = "setUpModule (%s)" % kind.__module__
            result._moduleSetUpFailed = not self._hook(result, getattr(module, "setUpModule", None), name)
            if result._moduleSetUpFailed:
                self._hook(result, doModuleCleanups, name)
        if result._moduleSetUpFailed or getattr(kind, "__unittest_skip__", False):
            return
        name = "%s.%s" % (kind.__module__, kind.__qualname__)
        try:
            kind._classSetupFailed = False
        except TypeError:
            pass
        if not self._hook(result, getattr(kind, "setUpClass", None), "setUpClass (%s)" % name):
            kind._classSetupFailed = True
            self._clean(result, kind, "setUpClass (%s)" % name)

    def _clean(self, result, kind, description):
        if hasattr(kind, "doClassCleanups"):
            kind.doClassCleanups()
            for details in kind.tearDown_exceptions:
                result.addError(_ErrorHolder(description), details)

    def _leave(self, result, before, module):
        if before is None:
            return
        name = "tearDownClass (%s.%s)" % (before.__module__, before.__qualname__)
        if not (getattr(before, "_classSetupFailed", False) or getattr(result, "_moduleSetUpFailed", False)
                or getattr(before, "__unittest_skip__", False)):
            self._hook(result, getattr(before, "tearDownClass", None), name)
            self._clean(result, before, name)
        if before.__module__ != module and not getattr(result, "_moduleSetUpFailed", False):
            name = "tearDownModule (%s)" % before.__module__
            self._hook(result, getattr(sys.modules.get(before.__module__), "tearDownModule", None), name)
            self._hook(result, doModuleCleanups, name)


class TestLoader:
    testMethodPrefix = "test"
    suiteClass = TestSuite
    testNamePatterns = None

    @staticmethod
    def sortTestMethodsUsing(a, b):
        return (a > b) - (a < b)

    def __init__(self):
        self.errors = []

    def getTestCaseNames(self, testCaseClass):
        def wanted(name):
            if not name.startswith(self.testMethodPrefix) or not callable(getattr(testCaseClass, name)):
                return False
            if self.testNamePatterns is None:
                return True
            from fnmatch import fnmatchcase
            full = "%s.%s.%s" % (testCaseClass.__module__, testCaseClass.__qualname__, name)
            return any(fnmatchcase(full, pattern) for pattern in self.testNamePatterns)

        names = [name for name in dir(testCaseClass) if wanted(name)]
        if self.sortTestMethodsUsing:
            from functools import cmp_to_key
            names.sort(key=cmp_to_key(self.sortTestMethodsUsing))
        return names

    def loadTestsFromTestCase(self, testCaseClass):
        if issubclass(testCaseClass, TestSuite):
            raise TypeError("Test cases should not be derived from TestSuite. Maybe you meant to derive from TestCase?")
        names = self.getTestCaseNames(testCaseClass)
        if not names and hasattr(testCaseClass, "runTest"):
            names = ["runTest"]
        return self.suiteClass([testCaseClass(name) for name in names])

    def loadTestsFromModule(self, module, *, pattern=None):
        tests = []
        for name in dir(module):
            item = getattr(module, name)
            if isinstance(item, type) and issubclass(item, TestCase) and item not in (TestCase, FunctionTestCase):
                tests.append(self.loadTestsFromTestCase(item))
        suite = self.suiteClass(tests)
        load = getattr(module, "load_tests", None)
        return load(self, suite, pattern) if load is not None else suite

    def loadTestsFromName(self, name, module=None):
        parts = name.split(".")
        item = module
        if module is None:
            for end in range(len(parts), 0, -1):
                try:
                    __import__(".".join(parts[:end]))
                except ImportError:
                    continue
                item = sys.modules[".".join(parts[:end])]
                parts = parts[end:]
                break
            else:
                raise ModuleNotFoundError("No module named %r" % parts[0])
        parent = None
        for part in parts:
            parent, item = item, getattr(item, part)
        if isinstance(item, type) and issubclass(item, TestCase):
            return self.loadTestsFromTestCase(item)
        if isinstance(parent, type) and issubclass(parent, TestCase):
            return self.suiteClass([parent(parts[-1])])
        if isinstance(item, BaseTestSuite):
            return item
        if isinstance(item, type(sys)):
            return self.loadTestsFromModule(item)
        if callable(item):
            test = item()
            if isinstance(test, BaseTestSuite):
                return test
            if isinstance(test, TestCase):
                return self.suiteClass([test])
            raise TypeError("calling %s returned %s, not a test" % (item, test))
        raise TypeError("don't know how to make test from: %s" % item)

    def loadTestsFromNames(self, names, module=None):
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])


defaultTestLoader = TestLoader()
