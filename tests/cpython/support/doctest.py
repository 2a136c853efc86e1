"""doctest: no test of this kind runs in the guest."""

import unittest

ELLIPSIS = NORMALIZE_WHITESPACE = IGNORE_EXCEPTION_DETAIL = 0


def DocTestSuite(*args, **kwargs):
    return unittest.TestSuite()


def DocFileSuite(*args, **kwargs):
    return unittest.TestSuite()


def testmod(*args, **kwargs):
    raise unittest.SkipTest("needs doctest")
