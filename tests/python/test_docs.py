"""What the documentation shows is what happens."""

import doctest
import importlib
import pathlib
import re
import subprocess
import sys

import hermetic
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FLAGS = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL


@pytest.mark.parametrize("name", ["hermetic", "_hermetic", "_session", "_compile", "_pool", "_functions"])
def test_docstrings(name):
    module = hermetic if name == "hermetic" else importlib.import_module(f"hermetic.{name}")
    names = {**vars(hermetic), "Limits": hermetic.Limits, "run": hermetic.run}
    failed, tried = doctest.testmod(module, extraglobs=names, optionflags=FLAGS)
    assert not failed


def test_the_readme_runs():
    text = (ROOT / "python/README.md").read_text()
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert blocks
    done = subprocess.run([sys.executable, "-c", "".join(blocks)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("45\n5.5 ")
    assert done.stdout.endswith("42\n")


def test_every_public_name_has_a_docstring():
    for name in hermetic.__all__:
        assert getattr(hermetic, name).__doc__, name
