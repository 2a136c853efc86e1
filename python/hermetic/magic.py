"""`%load_ext hermetic`, then `%%hermetic`: notebook cells that run in a sandbox."""

from __future__ import annotations

import sys
from typing import Any

from ._errors import GuestError, HermeticError
from ._session import Session

_session: Session | None = None


def _write(text: str, stream: str) -> None:
    (sys.stderr if stream == "stderr" else sys.stdout).write(text)


def hermetic(line: str, cell: str, shell: Any = None) -> Any:
    """`%%hermetic [--new] [NAME ...]`: run the cell; variables stay from cell to cell.

    The named variables of the notebook are passed in. --new begins with a fresh sandbox. The value of the last
    expression is the cell's. Errors print the guest's traceback.
    """
    global _session
    words = line.split()
    if "--new" in words or _session is None or _session.closed:
        if _session is not None:
            _session.close()
        _session = Session(on_output=_write)
    names = [word for word in words if word != "--new"]
    user: dict[str, Any] = shell.user_ns if shell is not None else {}
    missing = [name for name in names if name not in user]
    if missing:
        print(f"hermetic: no variable {missing[0]!r} in the notebook", file=sys.stderr)
        return None
    try:
        return _session.run(cell, inputs={name: user[name] for name in names}, file="<cell>").value
    except GuestError as error:
        print(error.traceback.rstrip("\n"), file=sys.stderr)
    except HermeticError as error:
        print(f"hermetic: {error}", file=sys.stderr)
    return None


def load_ipython_extension(shell: Any) -> None:
    def magic(line: str, cell: str) -> Any:
        return hermetic(line, cell, shell)

    magic.__doc__ = hermetic.__doc__
    shell.register_magic_function(magic, magic_kind="cell", magic_name="hermetic")
