"""Threads: one."""

import contextlib
import unittest

can_start_thread = False


def requires_working_threading(*, module=False):
    if module:
        raise unittest.SkipTest("needs threads")
    return unittest.skip("needs threads")


@contextlib.contextmanager
def start_threads(threads, unlock=None):
    raise unittest.SkipTest("needs threads")
    yield


def reap_threads(function):
    return function


def threading_setup():
    return ()


def threading_cleanup(*values):
    pass


def join_thread(thread, timeout=None):
    raise unittest.SkipTest("needs threads")


wait_threads_exit = catch_threading_exception = start_threads
