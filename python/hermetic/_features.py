"""What the guest's Python has."""

from __future__ import annotations

from typing import TypedDict, cast

from ._hermetic import run


class Features(TypedDict):
    python: str
    modules: list[str]
    language: dict[str, bool]


def features() -> Features:
    """What a program in a sandbox finds: the version of Python, the modules, and whether each feature of the language is there.

    The guest is asked; nothing is listed by hand.

    >>> import hermetic
    >>> have = hermetic.features()
    >>> "json" in have["modules"], have["language"]["match"]
    (True, True)
    """
    return cast("Features", run("import _features\n_features.features()").value)
