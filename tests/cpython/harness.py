"""Runs a module of CPython's tests inside the guest, and prints a line of JSON for each test that starts or ends.

The host hands over `job`: {"name": the test module, "modules": [[name, file, text], ...] in the order to load them,
"skip": {test: reason}, "done": [tests not to run again]}.
"""

import json
import sys
import types


def say(**fields):
    print("\n@@ " + json.dumps(fields), flush=True)


def load(name, file, text, package):
    module = types.ModuleType(name)
    module.__file__ = file
    if package:
        module.__path__ = ".frozen/" + name.replace(".", "/")
    module.__package__ = name if package else name.rpartition(".")[0]
    sys.modules[name] = module
    parent, _, last = name.rpartition(".")
    exec(compile(text, file, "exec"), module.__dict__)
    if parent in sys.modules:
        setattr(sys.modules[parent], last, module)
    return module


def flatten(suite):
    for test in suite:
        if hasattr(test, "__iter__"):
            yield from flatten(test)
        else:
            yield test


def main(job):
    for name, file, text, package in job["modules"][:-1]:
        try:
            load(name, file, text, package)
        except Exception as error:
            if not name.startswith("test.test_"):
                raise
            say(note="%s: %s: %s" % (name, type(error).__name__, error))
    import unittest
    from fnmatch import fnmatchcase

    class Result(unittest.TestResult):
        def report(self, test, outcome, error=None, reason=None):
            text = reason or ""
            if error is not None:
                text = "%s: %s" % (error[0].__name__, str(error[1])[:300])
                frame = error[1].__traceback__
                where = []
                while frame is not None:
                    name = frame.tb_frame.f_code.co_filename
                    if "unittest" not in name and "harness" not in name:
                        where.append("%s:%d" % (name.rpartition("/")[2], frame.tb_lineno))
                    frame = frame.tb_next
                text += " [" + " ".join(where[-3:]) + "]"
            say(end=getattr(test, "test_case", test).id(), outcome=outcome, text=text)

        def problem(self, test, error, outcome):
            # What has no grant says so.
            if issubclass(error[0], PermissionError) and "grant" in str(error[1]):
                self.report(test, "skip", reason="needs " + str(error[1])[:100])
            else:
                self.report(test, outcome, error)

        def startTest(self, test):
            say(start=test.id())

        def addError(self, test, error):
            self.problem(test, error, "error")

        def addFailure(self, test, error):
            self.problem(test, error, "fail")

        def addSubTest(self, test, subtest, error):
            if error is not None:
                self.problem(test, error, "fail")

        def addSkip(self, test, reason):
            self.report(test, "skip", reason=reason)

        def addSuccess(self, test):
            self.report(test, "ok")

        def addExpectedFailure(self, test, error):
            self.report(test, "ok")

        def addUnexpectedSuccess(self, test):
            self.report(test, "ok")

    name, file, text, package = job["modules"][-1]
    try:
        module = load(name, file, text, package)
        suite = unittest.defaultTestLoader.loadTestsFromModule(module)
    except unittest.SkipTest as error:
        return say(whole="skip", text=str(error))
    except Exception as error:
        import traceback
        frames = traceback.extract_tb(error.__traceback__)
        return say(whole="error", text="%s: %s [%s]" % (type(error).__name__, error, " ".join(
            "%s:%s" % (frame.filename.rpartition("/")[2], frame.lineno) for frame in frames[-3:])))
    done = set(job["done"])
    names = []
    wanted = unittest.TestSuite()
    for test in flatten(suite):
        id = test.id()
        if id in done:
            continue
        short = id.partition(".")[2] if id.startswith("test.") else id
        reason = next((reason for pattern, reason in job["skip"] if fnmatchcase(short, pattern)), None)
        if reason is not None:
            say(end=id, outcome="skip", text=reason)
            continue
        wanted.addTest(test)
    result = Result()
    wanted.run(result)
    say(finished=True)


main(job)
