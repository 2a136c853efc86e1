"""Run Python that you did not write, and do not trust, inside your own process.

>>> import hermetic
>>> hermetic.run("sum(range(10))").value
45
"""

from __future__ import annotations

from ._errors import (
    Busy,
    CallsExceeded,
    Cancelled,
    Closed,
    ConversionError,
    Denied,
    Frame,
    FuelExceeded,
    GuestError,
    GuestExit,
    GuestFault,
    HermeticError,
    LimitExceeded,
    MemoryExceeded,
    OutputExceeded,
    RecursionExceeded,
    RunError,
    SnapshotError,
    ValueExceeded,
    WallExceeded,
)
from ._functions import Exposed, expose
from ._hermetic import Limits, Opaque, Result, Usage, run, trim
from ._session import Call, Session, load, run_async

TYPE_CHECKING = False  # importing typing costs more than all of this package
if TYPE_CHECKING:
    from typing import Any

    from ._compile import Program, compile
    from ._features import features
    from ._pool import Pool

__version__ = "0.1.0"
__all__ = [
    "Busy",
    "Call",
    "CallsExceeded",
    "Cancelled",
    "Closed",
    "ConversionError",
    "Denied",
    "Exposed",
    "Frame",
    "FuelExceeded",
    "GuestError",
    "GuestExit",
    "GuestFault",
    "HermeticError",
    "LimitExceeded",
    "Limits",
    "MemoryExceeded",
    "Opaque",
    "OutputExceeded",
    "Pool",
    "Program",
    "RecursionExceeded",
    "Result",
    "RunError",
    "Session",
    "SnapshotError",
    "Usage",
    "ValueExceeded",
    "WallExceeded",
    "compile",
    "expose",
    "features",
    "load",
    "run",
    "run_async",
    "trim",
]

_LATER = {"Program": "_compile", "compile": "_compile", "Pool": "_pool", "features": "_features"}


def __getattr__(name: str) -> Any:
    """Imports at first use what not every program needs."""
    if name not in _LATER:
        raise AttributeError(f"module 'hermetic' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"hermetic.{_LATER[name]}"), name)
    globals()[name] = _public(value)
    return value


def _public(value: Any) -> Any:
    """Names in messages and pickles are those of the public module."""
    if getattr(value, "__module__", "").startswith("hermetic._"):
        value.__module__ = "hermetic"
    return value


_name = ""
for _name in __all__:
    if _name not in _LATER and isinstance(globals()[_name], type) and _name not in ("Limits", "Opaque", "Result", "Usage"):
        _public(globals()[_name])
del _name


def load_ipython_extension(shell: Any) -> None:
    from .magic import load_ipython_extension as load_extension

    load_extension(shell)
