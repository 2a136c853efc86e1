"""The exceptions of the package. All of them pickle, and HermeticError is the base of all."""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing costs more than all of this package

if TYPE_CHECKING:
    from typing import Any

    from ._hermetic import Usage

    _Fields = tuple[str, int, str, str]
else:
    _Fields = tuple


class Frame(_Fields):
    """A line of a guest's traceback: (file, line, function, source)."""

    __slots__ = ()

    @property
    def file(self) -> str:
        return self[0]

    @property
    def line(self) -> int:
        return self[1]

    @property
    def function(self) -> str:
        return self[2]

    @property
    def source(self) -> str:
        return self[3]


class HermeticError(Exception):
    """Base of all errors of hermetic."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (type(self), self.args, self.__dict__))


def _rebuild(kind: type[HermeticError], args: tuple[Any, ...], state: dict[str, Any]) -> HermeticError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    if isinstance(error, GuestError):
        error._show()
    return error


class ConversionError(HermeticError, TypeError):
    """A value cannot cross; `path` says where it is: "inputs['rows'][3]['x']"."""

    path: str

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.path = path


class Closed(HermeticError):
    """The session is closed."""


class Busy(HermeticError):
    """The session is in use, by another thread or by the run that called this function."""


class Denied(HermeticError):
    """The guest wanted something that was not granted."""


class SnapshotError(HermeticError):
    """A snapshot is damaged, of another build, or not signed with the key."""


class RunError(HermeticError):
    """A run did not end with a result. What it wrote and used until then is kept."""

    stdout: str = ""
    stderr: str = ""
    usage: Usage | None = None


class GuestTraceback(Exception):
    """Shows a guest's traceback above its GuestError."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return "\n" + self.text.rstrip("\n")


class GuestError(RunError):
    """The program raised an exception and did not catch it.

    `type` is the name of its type, `message` its text, `traceback` what Python prints, `frames` the same as Frames.
    """

    type: str = ""
    message: str = ""
    traceback: str = ""
    frames: tuple[Frame, ...] = ()
    index: int | None = None  # of the row, in Program.map

    def _show(self) -> None:
        if self.traceback:
            self.__cause__ = GuestTraceback(self.traceback)


class GuestExit(RunError):
    """The program called sys.exit(); `code` is its exit code."""

    code: int = 0


class GuestFault(RunError):
    """The interpreter in the sandbox failed. The session is as before the run."""


class Cancelled(RunError):
    """The run was cancelled. The session is as before it."""


class LimitExceeded(RunError):
    """A limit ended the run. The session is as before it. `limit` is the limit's value, `used` what was used or wanted."""

    limit: int = 0
    used: int = 0


class FuelExceeded(LimitExceeded):
    """Limits.fuel"""


class WallExceeded(LimitExceeded):
    """Limits.wall; `limit` and `used` are nanoseconds."""


class MemoryExceeded(LimitExceeded):
    """Limits.memory, where the program could not be given a MemoryError."""


class OutputExceeded(LimitExceeded):
    """Limits.output"""


class CallsExceeded(LimitExceeded):
    """Limits.calls"""


class RecursionExceeded(LimitExceeded):
    """Limits.stack, where the program could not be given a RecursionError."""


class ValueExceeded(LimitExceeded):
    """Limits.value"""


_KINDS: dict[str, type[HermeticError]] = {
    "HERMETIC_E_BUSY": Busy,
    "HERMETIC_E_TOO_BIG": ValueExceeded,
    "HERMETIC_E_SNAPSHOT": SnapshotError,
    "HERMETIC_E_IMAGE": SnapshotError,
    "HERMETIC_E_SIGNATURE": SnapshotError,
    "HERMETIC_E_EXCEPTION": GuestError,
    "HERMETIC_E_EXIT": GuestExit,
    "HERMETIC_E_TRAP": GuestFault,
    "HERMETIC_E_GUEST_RANGE": GuestFault,
    "HERMETIC_E_PROTOCOL": GuestFault,
    "HERMETIC_E_FUEL": FuelExceeded,
    "HERMETIC_E_WALL": WallExceeded,
    "HERMETIC_E_MEMORY": MemoryExceeded,
    "HERMETIC_E_OUTPUT": OutputExceeded,
    "HERMETIC_E_CALLS": CallsExceeded,
    "HERMETIC_E_RECURSION": RecursionExceeded,
    "HERMETIC_E_CANCELLED": Cancelled,
    "HERMETIC_E_DENIED": Denied,
}


def from_status(status: int, name: str, message: str) -> Exception:
    """For a failure without a run: called from C."""
    if name == "HERMETIC_E_NOMEM":
        return MemoryError(message)
    if name == "HERMETIC_E_INVALID":
        return ValueError(message)
    return _KINDS.get(name, HermeticError)(message)


def _frames(sent: Any) -> tuple[Frame, ...]:
    """Those of a traceback, from whatever the guest sent in their place."""
    try:
        frames: tuple[Any, ...] = tuple(sent)
    except TypeError:
        frames = ()
    found: list[Frame] = []
    for frame in frames:
        try:
            file, line, function, source = frame
        except (TypeError, ValueError):
            continue
        if isinstance(file, str) and isinstance(line, int) and isinstance(function, str) and isinstance(source, str):
            found.append(Frame((file, line, function, source)))
    return tuple(found)


def from_failure(
    status: int, name: str, message: str, limit: int, used: int, type: str, text: str, traceback: str,
    frames: Any, exit_code: int, stdout: str, stderr: str, usage: Usage,
) -> Exception:  # fmt: skip
    """For a failed run: called from C."""
    kind = _KINDS.get(name)
    if kind is None:
        return from_status(status, name, message)
    error = kind(f"{type}: {text}" if kind is GuestError and text else type if kind is GuestError else message)
    if isinstance(error, RunError):
        error.stdout, error.stderr, error.usage = stdout, stderr, usage
    if isinstance(error, LimitExceeded):
        error.limit, error.used = limit, used
    if isinstance(error, GuestExit):
        error.code = exit_code
    if isinstance(error, GuestError):
        error.type, error.message, error.traceback = type, text, traceback
        error.frames = _frames(frames)
        error._show()
    return error
