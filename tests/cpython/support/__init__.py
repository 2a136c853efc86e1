"""What CPython's tests ask of test.support, for a guest: what it cannot do is skipped with the reason."""

import contextlib
import functools
import io
import sys
import unittest

verbose = False
failfast = False
MISSING_C_DOCSTRINGS = True
HAVE_DOCSTRINGS = False
PGO = False
is_jython = is_android = is_emscripten = is_wasi = False
has_fork_support = has_socket_support = has_subprocess_support = False
MAX_Py_ssize_t = sys.maxsize
_1M = 1 << 20
_1G = 1 << 30
_2G = 2 << 30
_4G = 4 << 30
SHORT_TIMEOUT = LOOPBACK_TIMEOUT = INTERNET_TIMEOUT = LONG_TIMEOUT = 30.0
TEST_HOME_DIR = TEST_DATA_DIR = STDLIB_DIR = "/nowhere"
unix_shell = None


class Error(Exception):
    pass


class TestFailed(Error):
    pass


class TestDidNotRun(Error):
    pass


ResourceDenied = unittest.SkipTest


def _skip(reason):
    return unittest.skip(reason)


cpython_only = _skip("CPython's implementation")
requires_subprocess = lambda: _skip("needs a process")
requires_fork = lambda: _skip("needs a process")
requires_working_socket = lambda **kwargs: _skip("needs a socket") if not kwargs.get("module") else _raise("needs a socket")
requires_docstrings = _skip("needs docstrings of C functions")
requires_legacy_unicode_capi = _skip("CPython's C API")
requires_IEEE_754 = lambda item: item
requires_zlib = requires_gzip = requires_mac_ver = lambda *args, **kwargs: lambda item: item
requires_bz2 = requires_lzma = lambda *args: _skip("module left out")
skip_if_buggy_ucrt_strfptime = skip_if_pgo_task = no_tracing = anticipate_failure = lambda item: item
refcount_test = cpython_only
skip_if_broken_multiprocessing_synchronize = lambda: _raise("needs a process")
system_must_validate_cert = lambda item: item


def _raise(reason):
    raise unittest.SkipTest(reason)


def bigmemtest(size, memuse, dry_run=True):
    return _skip("needs gigabytes")


bigaddrspacetest = _skip("needs gigabytes")


def precisionbigmemtest(*args, **kwargs):
    return _skip("needs gigabytes")


def impl_detail(msg=None, **guards):
    return (lambda item: item) if check_impl_detail(**guards) else _skip(msg or "CPython's implementation")


def check_impl_detail(**guards):
    # With no guard, or with cpython=True: CPython only. With cpython=False: all others.
    return bool(guards) and not guards.get("cpython", not any(guards.values()))


def gc_collect():
    pass


@contextlib.contextmanager
def disable_gc():
    yield


@contextlib.contextmanager
def infinite_recursion(max_depth=75):
    yield


@contextlib.contextmanager
def adjust_int_max_str_digits(max_digits):
    old = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(max_digits)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(old)


def is_resource_enabled(resource):
    return False


def requires(resource, msg=None):
    raise unittest.SkipTest(msg or "resource %r" % resource)


def requires_resource(resource):
    return _skip("resource %r" % resource)


def use_resources(*args):
    pass


def findfile(name, subdir=None):
    raise unittest.SkipTest("needs a file: " + name)


def open_urlresource(*args, **kwargs):
    raise unittest.SkipTest("needs the network")


@contextlib.contextmanager
def captured_output(stream_name):
    original = getattr(sys, stream_name)
    replacement = io.StringIO()
    setattr(sys, stream_name, replacement)
    try:
        yield replacement
    finally:
        setattr(sys, stream_name, original)


def captured_stdout():
    return captured_output("stdout")


def captured_stderr():
    return captured_output("stderr")


def captured_stdin():
    return captured_output("stdin")


@contextlib.contextmanager
def swap_attr(obj, attr, new_val):
    missing = object()
    old = getattr(obj, attr, missing)
    setattr(obj, attr, new_val)
    try:
        yield None if old is missing else old
    finally:
        if old is missing:
            delattr(obj, attr)
        else:
            setattr(obj, attr, old)


@contextlib.contextmanager
def swap_item(obj, item, new_val):
    present = item in obj
    old = obj[item] if present else None
    obj[item] = new_val
    try:
        yield old
    finally:
        if present:
            obj[item] = old
        else:
            obj.pop(item, None)


def patch(test_instance, object_to_patch, attr_name, new_value):
    old = getattr(object_to_patch, attr_name)
    test_instance.addCleanup(setattr, object_to_patch, attr_name, old)
    setattr(object_to_patch, attr_name, new_value)


def get_attribute(obj, name):
    try:
        return getattr(obj, name)
    except AttributeError:
        raise unittest.SkipTest("object %r has no attribute %r" % (obj, name)) from None


def check_syntax_error(testcase, statement, errtext="", *, lineno=None, offset=None):
    with testcase.assertRaisesRegex(SyntaxError, errtext) as caught:
        compile(statement, "<test string>", "exec")
    error = caught.exception
    testcase.assertIsNotNone(error.lineno)
    if lineno is not None:
        testcase.assertEqual(error.lineno, lineno)
    if offset is not None:
        testcase.assertEqual(error.offset, offset)


def check_sizeof(test, o, size):
    raise unittest.SkipTest("CPython's sizes")


def calcobjsize(fmt):
    raise unittest.SkipTest("CPython's sizes")


calcvobjsize = calcobjsize


def check_disallow_instantiation(testcase, tp, *args, **kwds):
    testcase.assertRaises(TypeError, tp, *args, **kwds)


def check_free_after_iterating(test, iter, cls, args=()):
    raise unittest.SkipTest("needs finalisers")


def check__all__(test_case, module, name_of_module=None, extra=(), not_exported=()):
    raise unittest.SkipTest("CPython's own source")


class catch_unraisable_exception:
    """Where nothing was caught, it would have come of a finaliser."""

    def __enter__(self):
        self.caught = None
        self.before = sys.unraisablehook

        def hook(unraisable):
            self.caught = unraisable

        sys.unraisablehook = hook
        return self

    def __exit__(self, *details):
        sys.unraisablehook = self.before

    @property
    def unraisable(self):
        if self.caught is None:
            raise unittest.SkipTest("needs finalisers")
        return self.caught


def run_in_subinterp(code):
    raise unittest.SkipTest("needs a second interpreter")


def run_with_locale(*args):
    return _skip("needs a locale")


def run_with_tz(tz):
    return _skip("needs a time zone")


def load_package_tests(*args):
    raise unittest.SkipTest("needs files")


def run_unittest(*classes):
    pass


def run_doctest(*args, **kwargs):
    raise unittest.SkipTest("needs doctest")


def sortdict(dict):
    return "{%s}" % ", ".join("%r: %r" % item for item in sorted(dict.items()))


has_strftime_extensions = False


def check_sanitizer(**kwargs):
    return False


def reap_children():
    pass


def flush_std_streams():
    sys.stdout.flush()


def print_warning(text):
    print(text)


def setswitchinterval(interval):
    pass


def sleeping_retry(*args, **kwargs):
    while True:
        yield


busy_retry = sleeping_retry


def maybe_get_event_loop_policy():
    return None


def adjust_float_repr():
    pass


darwin_malloc_err_warning = setswitchinterval


class SuppressCrashReport(contextlib.nullcontext):
    pass


class _ALWAYS_EQ:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False


class _NEVER_EQ:
    def __eq__(self, other):
        return False

    def __ne__(self, other):
        return True

    def __hash__(self):
        return 1


class _Largest:
    def __eq__(self, other):
        return isinstance(other, _Largest)

    def __lt__(self, other):
        return False

    def __le__(self, other):
        return self == other

    def __gt__(self, other):
        return not self == other

    def __ge__(self, other):
        return True


class _Smallest:
    def __eq__(self, other):
        return isinstance(other, _Smallest)

    def __gt__(self, other):
        return False

    def __ge__(self, other):
        return self == other

    def __lt__(self, other):
        return not self == other

    def __le__(self, other):
        return True


ALWAYS_EQ = _ALWAYS_EQ()
NEVER_EQ = _NEVER_EQ()
LARGEST = _Largest()
SMALLEST = _Smallest()


class Matcher:
    """Compares the fields of log records."""

    _partial_matches = ("msg", "message")

    def matches(self, d, **kwargs):
        return all(self.match_value(k, d.get(k), v) for k, v in kwargs.items())

    def match_value(self, k, dv, v):
        if type(v) is not type(dv):
            return False
        return v in dv if isinstance(dv, str) and k in self._partial_matches else v == dv
