"""Random programs behave the same before and after, never use what was freed, and pay for what they run.

``SEEDS`` in the environment is the number of programs (default 150)."""

import os

import pytest

from generate import program
from harness import PRELUDE, Freed, Guest, check_same, outcome, wat


@pytest.mark.parametrize("start", range(0, int(os.environ.get("SEEDS", "150")), 25))
def test_random_programs(start):
    for seed in range(start, start + 25):
        try:
            check_same(PRELUDE + program(seed), [("f", n, 0) for n in range(4)])
        except BaseException:
            print("seed", seed)
            raise


def test_random_programs_need_roots():
    """The test of the test: without spilled roots, many of the same programs use what was freed."""
    caught = 0
    for seed in range(40):
        try:
            outcome(Guest(wat(PRELUDE + program(seed))), "f", 1, 0)
        except Freed:
            caught += 1
    assert caught > 10
