"""Imports. There is one implementation of each module in the guest: it stands for CPython's in Python."""

import contextlib
import importlib
import unittest


def import_module(name, deprecated=False, *, required_on=()):
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise unittest.SkipTest(str(error)) from None


def import_fresh_module(name, fresh=(), blocked=(), deprecated=False):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


class CleanImport:
    def __init__(self, *names, usefrozen=False):
        raise unittest.SkipTest("imports anew")


DirsOnSysPath = CleanImport


def forget(name):
    raise unittest.SkipTest("imports anew")


unload = forget


@contextlib.contextmanager
def isolated_modules():
    raise unittest.SkipTest("imports anew")
    yield
