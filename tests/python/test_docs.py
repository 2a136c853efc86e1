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


def test_the_page_on_values_runs():
    failed, tried = doctest.testfile(str(ROOT / "docs/python/values.md"), module_relative=False, globs={"hermetic": hermetic},
                                     optionflags=FLAGS)
    assert tried and not failed


def test_every_public_name_has_a_docstring():
    for name in hermetic.__all__:
        assert getattr(hermetic, name).__doc__, name


@pytest.mark.parametrize("name", ["calculator", "transform", "report"])
def test_examples_run(name):
    done = subprocess.run([sys.executable, str(ROOT / "examples/python" / f"{name}.py")], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert {"calculator": "ZeroDivisionError", "transform": "1000 rows", "report": "sum: 15.5 calls: 3"}[name] in done.stdout


def test_help_in_the_documentation_is_current(monkeypatch):
    """HERMETIC_UPDATE=1 writes it anew."""
    import os

    from hermetic._cli import parser

    monkeypatch.setenv("COLUMNS", "100")
    page = ROOT / "docs/python/command.md"
    text = page.read_text()
    shown = f"$ python -m hermetic --help\n{parser().format_help()}```"
    found = re.search(r"\$ python -m hermetic --help\n(.*?)```", text, re.DOTALL)
    if os.environ.get("HERMETIC_UPDATE"):
        page.write_text(text.replace(found.group(0), shown))
        return
    if sys.version_info[:2] == (3, 11):  # other versions format it otherwise
        assert found.group(0) == shown


def test_names_in_the_documentation_exist():
    for page in (ROOT / "docs/python").glob("*.md"):
        for name in re.findall(r"hermetic\.([A-Za-z_]+)\b", page.read_text()):
            assert hasattr(hermetic, name) or name in ("compat", "md"), (page.name, name)
