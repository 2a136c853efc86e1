"""Runs a module of CPython's tests inside the guest, and prints a line of JSON for each test that starts or ends.

The host hands over `job`: {"name": the test module, "modules": [[name, file, text], ...] in the order to load them,
"skip": {test: reason}, "done": [tests not to run again]}.
"""

import json
import sys
import types


def say(**fields):
    print("\n@@ " + json.dumps(fields), flush=True)


# Modules of CPython's that tests import beside the one that they test: others that do, and some that skip what uses them.
ALIASES = {"_pyio": "io", "_py_abc": "abc"}
MISSING = ["dis", "pydoc", "sysconfig", "http", "http.client", "_string", "stat", "importlib.util", "importlib.machinery"]
# What is private to CPython's source and named while a module of tests loads.
PRIVATE = {"enum": ["_simple_enum", "_test_simple_enum", "_iter_bits_lsb"],
           "uuid": ["_ifconfig_getnode", "_ip_getnode", "_arp_getnode", "_lanscan_getnode", "_netstat_getnode"]}


def stand_ins():
    for name, real in ALIASES.items():
        sys.modules[name] = __import__(real)
    for name in MISSING:
        module = types.ModuleType(name)
        module.__path__ = ""

        def missing(attribute, name=name):
            import unittest
            if attribute.startswith("__"):
                raise AttributeError(attribute)
            raise unittest.SkipTest("needs " + name)

        module.__getattr__ = missing
        sys.modules[name] = module
    def private(*args, **keywords):
        import unittest
        raise unittest.SkipTest("private to CPython's source")

    for name, functions in PRIVATE.items():
        module = __import__(name)
        for function in functions:
            setattr(module, function, private)
    sys.modules["uuid"]._GETTERS = ()
    __import__("typing")._cleanups = []
    __import__("time")._STRUCT_TM_ITEMS = 11
    sys.modules["http"].client = sys.modules["http.client"]
    sys.modules["http.client"].HTTPException = OSError
    import array
    import hmac
    sys.modules["array"] = module = types.ModuleType("array")
    module.array = module.ArrayType = array.array
    module.typecodes = getattr(array, "typecodes", "")
    module._array_reconstructor = sys.modules["dis"].__getattr__  # skips
    import hashlib
    sys.modules["_hashlib"] = None  # this guest's has nothing of CPython's
    sys.modules["_operator"] = types.ModuleType("_operator")
    sys.modules["_operator"]._compare_digest = hmac.compare_digest
    sys.modules["sysconfig"].get_config_var = lambda name: None


def c_limits():
    """_testcapi, of which some modules want to know the limits of C's types only."""
    module = sys.modules["_testcapi"] = types.ModuleType("_testcapi")
    module.INT_MAX = 2**31 - 1
    module.ULLONG_MAX = 2**64 - 1


made = set()


def package_of(name):
    """An empty package, for modules that are loaded before their own."""
    made.add(name)
    module = sys.modules[name] = types.ModuleType(name)
    module.__path__ = ".frozen/" + name


def load(name, file, text, package):
    parent, _, last = name.rpartition(".")
    if parent and parent not in sys.modules:
        package_of(parent)
    module = sys.modules.get(name) if name in made else types.ModuleType(name)
    module.__file__ = file
    if package:
        module.__path__ = ".frozen/" + name.replace(".", "/")
    module.__package__ = name if package else name.rpartition(".")[0]
    sys.modules[name] = module
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
    stand_ins()
    if job["name"].startswith("test_sqlite3"):
        c_limits()
    for name, file, text, package in job["modules"][:-1]:
        try:
            load(name, file, text, package)
        except Exception as error:
            if not name.startswith("test.test_"):
                raise
            say(note="%s: %s: %s" % (name, type(error).__name__, error))
    if job["name"] == "test_bz2":
        sys.modules["test.support.memory_files"].install()
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
            say(end=(test.test_case if type(test).__name__ == "_SubTest" else test).id(), outcome=outcome, text=text)

        def problem(self, test, error, outcome):
            # What has no grant says so.
            if issubclass(error[0], PermissionError) and "grant" in str(error[1]):
                self.report(test, "skip", reason="needs " + str(error[1])[:100])
            elif "only ':memory:' is available here" in str(error[1]):
                self.report(test, "skip", reason="needs files")
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
        loader = unittest.defaultTestLoader
        if hasattr(module, "all_tests"):
            # Its own choice: the other classes are bases of these.
            suite = unittest.TestSuite([loader.loadTestsFromTestCase(case) for case in module.all_tests])
        else:
            suite = loader.loadTestsFromModule(module)
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
