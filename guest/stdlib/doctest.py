# Examples in docstrings, run and compared with what stands below them.

import io
import re
import sys
import traceback
from collections import namedtuple
from contextlib import redirect_stdout

__all__ = ["testmod", "run_docstring_examples", "DocTestParser", "DocTestFinder", "DocTestRunner", "DocTest", "Example",
           "TestResults", "ELLIPSIS", "NORMALIZE_WHITESPACE", "SKIP", "IGNORE_EXCEPTION_DETAIL", "DONT_ACCEPT_TRUE_FOR_1",
           "DONT_ACCEPT_BLANKLINE", "REPORT_NDIFF", "FAIL_FAST"]

DONT_ACCEPT_TRUE_FOR_1, DONT_ACCEPT_BLANKLINE, NORMALIZE_WHITESPACE, ELLIPSIS = 1, 2, 4, 8
SKIP, IGNORE_EXCEPTION_DETAIL, REPORT_NDIFF, FAIL_FAST = 16, 32, 256, 1024
_OPTIONS = {"DONT_ACCEPT_TRUE_FOR_1": 1, "DONT_ACCEPT_BLANKLINE": 2, "NORMALIZE_WHITESPACE": 4, "ELLIPSIS": 8, "SKIP": 16,
            "IGNORE_EXCEPTION_DETAIL": 32, "REPORT_NDIFF": 256, "FAIL_FAST": 1024}

TestResults = namedtuple("TestResults", "failed attempted")

_EXAMPLE = re.compile(
    r"^(?P<indent> *)>>> ?(?P<first>.*)\n?(?P<more>(?:(?P=indent)\.\.\.(?: .*|)\n?)*)"
    r"(?P<want>(?:(?![ ]*$)(?![ ]*>>>).+\n?)*)", re.M)
_DIRECTIVE = re.compile(r"#\s*doctest:\s*([^\n'\"]*)$", re.M)
_TRACEBACK = re.compile(r"Traceback \((?:most recent call last|innermost last)\):\s*$")


class Example:
    def __init__(self, source, want, exc_msg=None, lineno=0, indent=0, options=None):
        self.source = source if source.endswith("\n") else source + "\n"
        self.want = want if not want or want.endswith("\n") else want + "\n"
        self.exc_msg, self.lineno, self.indent, self.options = exc_msg, lineno, indent, options or {}


class DocTest:
    def __init__(self, examples, globs, name, filename, lineno, docstring):
        self.examples, self.globs, self.name, self.filename = examples, dict(globs), name, filename
        self.lineno, self.docstring = lineno, docstring


class DocTestParser:
    def get_examples(self, string, name="<string>"):
        found = []
        string = string.expandtabs()
        for match in _EXAMPLE.finditer(string):
            indent = len(match.group("indent"))
            lines = [match.group("first")]
            for line in match.group("more").splitlines():
                lines.append(line[indent + 4:])
            source = "\n".join(lines)
            if not source.strip() or source.lstrip().startswith("#") and "\n" not in source and "doctest:" not in source:
                continue
            want = "\n".join([line[indent:] for line in match.group("want").splitlines()])
            options = {}
            for directive in _DIRECTIVE.findall(source):
                for word in directive.replace(",", " ").split():
                    options[_OPTIONS[word[1:]]] = word[0] == "+"
            message = None
            parts = want.split("\n")
            if _TRACEBACK.match(parts[0]):
                rest = [i for i, line in enumerate(parts[1:], 1) if line and not line.startswith(" ")]
                message = "\n".join(parts[rest[0]:]) + "\n" if rest else ""
            found.append(Example(source, want, message, string.count("\n", 0, match.start()), indent, options))
        return found

    def get_doctest(self, string, globs, name, filename, lineno):
        return DocTest(self.get_examples(string, name), globs, name, filename, lineno, string)


class DocTestFinder:
    def __init__(self, verbose=False, parser=DocTestParser(), recurse=True, exclude_empty=True):
        self._parser, self._recurse, self._exclude_empty = parser, recurse, exclude_empty

    def find(self, obj, name=None, module=None, globs=None, extraglobs=None):
        name = name or getattr(obj, "__name__", "<object>")
        if globs is None:
            globs = getattr(obj, "__dict__", {}) if type(obj) is type(sys) else sys.modules["__main__"].__dict__
        globs = dict(globs, **(extraglobs or {}))
        tests = []
        self._add(tests, obj, name, globs, set())
        tests.sort(key=lambda test: test.name)
        return tests

    def _add(self, tests, obj, name, globs, seen):
        if id(obj) in seen:
            return
        seen.add(id(obj))
        if isinstance(obj, (staticmethod, classmethod)):
            obj = obj.__func__
        doc = obj.fget.__doc__ if isinstance(obj, property) else globs.get("__doc__") if type(obj) is type(sys) else \
            getattr(obj, "__doc__", None)
        if isinstance(doc, str) and ">>>" in doc:
            tests.append(self._parser.get_doctest(doc, globs, name, "<doctest>", 0))
        members = globs if type(obj) is type(sys) else obj.__dict__ if isinstance(obj, type) else {}
        if self._recurse:
            for key, value in list(members.items()):
                if type(obj) is type(sys) and getattr(value, "__module__", None) != globs.get("__name__"):
                    continue
                if isinstance(value, (type, property, staticmethod, classmethod)) or hasattr(value, "__code__") or \
                        hasattr(value, "__wrapped__"):
                    self._add(tests, value, "%s.%s" % (name, key), globs, seen)
        if type(obj) is type(sys):
            for key, value in globs.get("__test__", {}).items():
                if isinstance(value, str):
                    tests.append(self._parser.get_doctest(value, globs, "%s.__test__.%s" % (name, key), "<doctest>", 0))


class OutputChecker:
    def check_output(self, want, got, flags):
        if got == want:
            return True
        if not flags & DONT_ACCEPT_TRUE_FOR_1 and (got, want) in (("True\n", "1\n"), ("False\n", "0\n")):
            return True
        if not flags & DONT_ACCEPT_BLANKLINE:
            want = re.sub(r"(?m)^<BLANKLINE>\s*?$", "", want)
            got = re.sub(r"(?m)^[^\S\n]+$", "", got)
            if got == want:
                return True
        if flags & NORMALIZE_WHITESPACE:
            got, want = " ".join(got.split()), " ".join(want.split())
            if got == want:
                return True
        if flags & ELLIPSIS and "..." in want:
            pattern = ".*".join([re.escape(part) for part in want.split("...")])
            return re.fullmatch(pattern, got, re.S) is not None
        return False


def _indented(text):
    return "".join(["    " + line for line in text.splitlines(True)])


class DocTestRunner:
    def __init__(self, checker=None, verbose=False, optionflags=0):
        self._checker = checker or OutputChecker()
        self._verbose, self.optionflags = verbose, optionflags
        self.tries = self.failures = 0
        self._by_name = {}

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        out = out or sys.stdout.write
        # What a statement that is an expression calls with its value.
        test.globs["__repl_print__"] = sys.displayhook
        failed = tried = 0
        for number, example in enumerate(test.examples):
            flags = self.optionflags
            for flag, on in example.options.items():
                flags = flags | flag if on else flags & ~flag
            if flags & SKIP:
                continue
            tried += 1
            if self._verbose:
                out("Trying:\n%sExpecting%s\n" % (_indented(example.source),
                                                   ":\n" + _indented(example.want).rstrip("\n") if example.want else " nothing"))
            kept = io.StringIO()
            message = None
            try:
                with redirect_stdout(kept):
                    code = compile(example.source, "<doctest %s[%d]>" % (test.name, number), "single")
                    exec(code, test.globs)
            except KeyboardInterrupt:
                raise
            except BaseException as e:
                message = traceback.format_exception_only(type(e), e)[-1]
                whole = "".join(traceback.format_exception(type(e), e, e.__traceback__))
            got = kept.getvalue()
            if message is None:
                good = self._checker.check_output(example.want, got, flags)
                report = None if good else "Expected%s" % self._difference(example.want, got)
            elif example.exc_msg is None:
                good, report = False, "Exception raised:\n%s" % _indented(whole)
            else:
                good = self._checker.check_output(example.exc_msg, message, flags)
                if not good and flags & IGNORE_EXCEPTION_DETAIL:
                    good = example.exc_msg.split(":")[0].split(".")[-1].strip() == message.split(":")[0].split(".")[-1].strip()
                report = None if good else "Expected%s" % self._difference(example.want, got + "Traceback (most recent call last):\n" + message)
            if good:
                if self._verbose:
                    out("ok\n")
            else:
                failed += 1
                out("*" * 70 + "\nFile \"%s\", line %d, in %s\nFailed example:\n%s%s" % (
                    test.filename, example.lineno + 1, test.name, _indented(example.source), report))
                if flags & FAIL_FAST:
                    break
        self.tries += tried
        self.failures += failed
        self._by_name[test.name] = failed, tried
        return TestResults(failed, tried)

    def _difference(self, want, got):
        return "%s\nGot%s\n" % (":\n" + _indented(want).rstrip("\n") if want else " nothing",
                                ":\n" + _indented(got).rstrip("\n") if got else " nothing")

    def summarize(self, verbose=None):
        failed = [(name, counts) for name, counts in sorted(self._by_name.items()) if counts[0]]
        if self._verbose if verbose is None else verbose:
            passed = [(name, counts[1]) for name, counts in sorted(self._by_name.items()) if counts[1] and not counts[0]]
            if passed:
                print(len(passed), "items passed all tests:")
                for name, count in passed:
                    print(" %3d tests in %s" % (count, name))
        if failed:
            print("*" * 70)
            print(len(failed), "items had failures:")
            for name, (bad, tried) in failed:
                print(" %3d of %3d in %s" % (bad, tried, name))
        if self._verbose if verbose is None else verbose:
            print(self.tries, "tests in", len(self._by_name), "items.")
            print(self.tries - self.failures, "passed and", self.failures, "failed.")
            print("Test passed." if not self.failures else "***Test Failed*** %d failures." % self.failures)
        elif self.failures:
            print("***Test Failed*** %d failures." % self.failures)
        return TestResults(self.failures, self.tries)


def testmod(m=None, name=None, globs=None, verbose=None, report=True, optionflags=0, extraglobs=None,
            raise_on_error=False, exclude_empty=False):
    m = sys.modules["__main__"] if m is None else m
    runner = DocTestRunner(verbose=bool(verbose), optionflags=optionflags)
    for test in DocTestFinder().find(m, name or m.__name__, globs=globs, extraglobs=extraglobs):
        runner.run(test)
    if report:
        runner.summarize()
    return TestResults(runner.failures, runner.tries)


def run_docstring_examples(f, globs, verbose=False, name="NoName", compileflags=None, optionflags=0):
    runner = DocTestRunner(verbose=verbose, optionflags=optionflags)
    for test in DocTestFinder(recurse=False).find(f, name, globs=globs):
        runner.run(test)
