"""Tests of a program by itself: cases, suites, results, a runner that writes text. What would look for files is left out."""

from .case import (
    AsyncTestCase as IsolatedAsyncioTestCase, FunctionTestCase, SkipTest, TestCase, addModuleCleanup,
    doModuleCleanups, enterModuleContext, expectedFailure, skip, skipIf, skipUnless,
)
from .suite import BaseTestSuite, TestLoader, TestSuite, defaultTestLoader
from .runner import TestProgram, TestResult, TextTestResult, TextTestRunner, main

__all__ = [
    "IsolatedAsyncioTestCase", "TestResult", "TestCase", "TestSuite", "TextTestRunner", "TestLoader", "FunctionTestCase",
    "main", "defaultTestLoader", "SkipTest", "skip", "skipIf", "skipUnless", "expectedFailure", "TextTestResult",
    "addModuleCleanup", "doModuleCleanups", "enterModuleContext",
]
