"""Results, the runner that writes text, and main()."""

import sys
import time

from .suite import defaultTestLoader


class TestResult:
    separator1 = "=" * 70
    separator2 = "-" * 70

    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.failures = []
        self.errors = []
        self.skipped = []
        self.expectedFailures = []
        self.unexpectedSuccesses = []
        self.testsRun = 0
        self.shouldStop = False
        self.failfast = False
        self.buffer = False
        self.tb_locals = False

    def startTestRun(self):
        pass

    def stopTestRun(self):
        pass

    def startTest(self, test):
        self.testsRun += 1

    def stopTest(self, test):
        pass

    def _add(self, where, test, details):
        where.append((test, self._exc_info_to_string(details, test)))
        if self.failfast:
            self.stop()

    def addError(self, test, err):
        self._add(self.errors, test, err)

    def addFailure(self, test, err):
        self._add(self.failures, test, err)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self._add(self.failures if issubclass(err[0], test.failureException) else self.errors, subtest, err)

    def addSuccess(self, test):
        pass

    def addSkip(self, test, reason):
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, err):
        self.expectedFailures.append((test, self._exc_info_to_string(err, test)))

    def addUnexpectedSuccess(self, test):
        self.unexpectedSuccesses.append(test)
        if self.failfast:
            self.stop()

    def wasSuccessful(self):
        return not self.failures and not self.errors and not self.unexpectedSuccesses

    def stop(self):
        self.shouldStop = True

    def _exc_info_to_string(self, details, test):
        """The traceback, of the frames between those of this package."""
        import traceback
        shown = traceback.TracebackException(*details)
        own = ["unittest/" in frame.filename for frame in shown.stack]
        if False in own:
            start = own.index(False)
            end = own.index(True, start) if True in own[start:] else len(own)
            shown.stack[:] = shown.stack[start:end]
        return "".join(shown.format())

    def __repr__(self):
        return "<%s.%s run=%i errors=%i failures=%i>" % (
            type(self).__module__, type(self).__qualname__, self.testsRun, len(self.errors), len(self.failures))


class _Stream:
    """A stream with writeln(); what it does not have, the stream below has."""

    def __init__(self, stream):
        self.stream = stream

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def writeln(self, text=None):
        self.stream.write((text or "") + "\n")


class TextTestResult(TestResult):
    def __init__(self, stream, descriptions, verbosity):
        super().__init__(stream, descriptions, verbosity)
        self.stream = stream
        self.descriptions = descriptions
        self.showAll = verbosity > 1
        self.dots = verbosity == 1
        self._at_start = True  # of a line, with showAll

    def getDescription(self, test):
        first = test.shortDescription()
        return "%s\n%s" % (test, first) if self.descriptions and first else str(test)

    def startTest(self, test):
        super().startTest(test)
        if self.showAll:
            self.stream.write(self.getDescription(test) + " ... ")
            self._at_start = False

    def _show(self, test, word, letter, sub=False):
        if self.showAll:
            if sub or self._at_start:
                if not self._at_start:
                    self.stream.writeln()
                self.stream.write("%s%s ... " % ("  " if sub else "", self.getDescription(test)))
            self.stream.writeln(word)
            self._at_start = True
        elif self.dots:
            self.stream.write(letter)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._show(test, "ok", ".")

    def addError(self, test, err):
        super().addError(test, err)
        self._show(test, "ERROR", "E")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._show(test, "FAIL", "F")

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            failed = issubclass(err[0], test.failureException)
            self._show(subtest, "FAIL" if failed else "ERROR", "F" if failed else "E", True)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._show(test, "skipped %r" % (reason,), "s")

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._show(test, "expected failure", "x")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._show(test, "unexpected success", "u")

    def printErrors(self):
        if self.dots or self.showAll:
            self.stream.writeln()
        for word, found in (("ERROR", self.errors), ("FAIL", self.failures)):
            for test, text in found:
                self.stream.writeln(self.separator1)
                self.stream.writeln("%s: %s" % (word, self.getDescription(test)))
                self.stream.writeln(self.separator2)
                self.stream.writeln(text)
        if self.unexpectedSuccesses:
            self.stream.writeln(self.separator1)
            for test in self.unexpectedSuccesses:
                self.stream.writeln("UNEXPECTED SUCCESS: %s" % self.getDescription(test))


class TextTestRunner:
    resultclass = TextTestResult

    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False, resultclass=None,
                 warnings=None, *, tb_locals=False):
        self.stream = _Stream(sys.stderr if stream is None else stream)
        self.descriptions = descriptions
        self.verbosity = verbosity
        self.failfast = failfast
        if resultclass is not None:
            self.resultclass = resultclass

    def _makeResult(self):
        return self.resultclass(self.stream, self.descriptions, self.verbosity)

    def run(self, test):
        result = self._makeResult()
        result.failfast = self.failfast
        started = time.perf_counter()
        result.startTestRun()
        try:
            test(result)
        finally:
            result.stopTestRun()
        taken = time.perf_counter() - started
        if hasattr(result, "printErrors"):
            result.printErrors()
        if hasattr(result, "separator2"):
            self.stream.writeln(result.separator2)
        ran = result.testsRun
        self.stream.writeln("Ran %d test%s in %.3fs" % (ran, "" if ran == 1 else "s", taken))
        self.stream.writeln()
        counts = []
        for name in ("failures", "errors", "skipped", "expectedFailures", "unexpectedSuccesses"):
            count = len(getattr(result, name, ()))
            if count:
                counts.append("%s=%d" % ({"expectedFailures": "expected failures",
                                          "unexpectedSuccesses": "unexpected successes"}.get(name, name), count))
        word = "OK" if result.wasSuccessful() else "FAILED"
        self.stream.writeln("%s (%s)" % (word, ", ".join(counts)) if counts else word)
        return result


class TestProgram:
    """What main() does: load the tests of a module, run them, end the program."""

    def __init__(self, module="__main__", defaultTest=None, argv=None, testRunner=None, testLoader=defaultTestLoader,
                 exit=True, verbosity=1, failfast=None, catchbreak=None, buffer=None, warnings=None, *, tb_locals=False):
        if isinstance(module, str):
            __import__(module)
            module = sys.modules[module]
        names = []
        patterns = []
        arguments = list(sys.argv if argv is None else argv)[1:]
        while arguments:
            argument = arguments.pop(0)
            if argument in ("-v", "--verbose"):
                verbosity = 2
            elif argument in ("-q", "--quiet"):
                verbosity = 0
            elif argument in ("-f", "--failfast"):
                failfast = True
            elif argument == "-k" and arguments:
                pattern = arguments.pop(0)
                patterns.append(pattern if "*" in pattern else "*%s*" % pattern)
            elif not argument.startswith("-"):
                names.append(argument)
        if patterns:
            testLoader.testNamePatterns = patterns
        if not names and defaultTest is not None:
            names = [defaultTest] if isinstance(defaultTest, str) else list(defaultTest)
        self.test = testLoader.loadTestsFromNames(names, module) if names else testLoader.loadTestsFromModule(module)
        runner = testRunner or TextTestRunner
        if isinstance(runner, type):
            runner = runner(verbosity=verbosity, failfast=bool(failfast))
        self.result = runner.run(self.test)
        if exit:
            sys.exit(not self.result.wasSuccessful())


main = TestProgram
