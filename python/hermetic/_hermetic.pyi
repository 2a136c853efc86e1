from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, final

from typing_extensions import Self

library_version: str

@final
class Limits:
    fuel: int
    wall: float
    memory: int
    output: int
    value: int
    calls: int
    stack: int
    cut_output: bool
    on_limit: Literal["rollback", "discard"]
    def __new__(
        cls,
        fuel: int | None = None,
        wall: float | None = None,
        memory: int | None = None,
        output: int | None = None,
        value: int | None = None,
        calls: int | None = None,
        stack: int | None = None,
        cut_output: bool = False,
        on_limit: Literal["rollback", "discard"] = "rollback",
    ) -> Self: ...
    def __hash__(self) -> int: ...

@final
class Usage:
    fuel: int
    wall: float
    memory: int
    host_memory: int
    output: int
    output_cut: int
    calls: int
    def __new__(
        cls,
        fuel: int = 0,
        wall: float = 0.0,
        memory: int = 0,
        host_memory: int = 0,
        output: int = 0,
        output_cut: int = 0,
        calls: int = 0,
    ) -> Self: ...

@final
class Opaque:
    type: str
    repr: str
    def __new__(cls, type: str, repr: str) -> Self: ...
    def __hash__(self) -> int: ...

@final
class Result:
    value: Any
    stdout: str
    stderr: str
    usage: Usage
    def __new__(cls, value: Any, stdout: str, stderr: str, usage: Usage) -> Self: ...

class Sandbox:
    def __init__(
        self,
        *,
        functions: Mapping[str, Any] | None = None,
        limits: Limits | None = None,
        on_output: Callable[[str, str], object] | None = None,
        on_input: Callable[[str], str] | None = None,
        clock: Literal["real"] | float | datetime | None = None,
        seed: int | None = None,
        deterministic: bool = False,
        files: None = None,
        fetch: None = None,
    ) -> None: ...
    @property
    def closed(self) -> bool: ...
    @property
    def usage(self) -> Usage: ...
    limits: Limits
    def __enter__(self) -> Self: ...
    def run(
        self,
        code: str,
        *,
        inputs: Mapping[str, Any] | None = None,
        functions: Mapping[str, Any] | None = None,
        argv: Sequence[str] | None = None,
        file: str = "main.py",
    ) -> Result: ...
    def call(self, name: str, /, *args: Any, **kwargs: Any) -> Any: ...
    def get(self, name: str, /) -> Any: ...
    def __getitem__(self, name: str, /) -> Any: ...
    def __setitem__(self, name: str, value: Any, /) -> None: ...
    def update(self, variables: dict[str, Any], /) -> None: ...
    def grant(self, functions: Mapping[str, Any], /) -> None: ...
    def reset(self) -> None: ...
    def park(self) -> None: ...
    def cancel(self) -> None: ...
    def close(self) -> None: ...
    def snapshot(self, *, key: bytes | None = None) -> bytes: ...
    def _start(self, code: str, **options: Any) -> Result | tuple[str, tuple[Any, ...], dict[str, Any]]: ...
    def _resume(self, answer: Any, /) -> Result | tuple[str, tuple[Any, ...], dict[str, Any]]: ...
    def _throw(self, error: Exception, /) -> Result | tuple[str, tuple[Any, ...], dict[str, Any]]: ...
    def _abandon(self) -> None: ...
    def _run_step(self, code: str, **options: Any) -> tuple[Any, Any]: ...
    def _call_step(self, name: str, /, *args: Any, **kwargs: Any) -> tuple[Any, Any]: ...
    def _resume_step(self, answer: Any, /) -> tuple[Any, Any]: ...
    def _throw_step(self, error: Exception, /) -> tuple[Any, Any]: ...
    def _restore(self, data: bytes, key: bytes | None, /) -> tuple[str, tuple[Any, ...], dict[str, Any]] | None: ...
    def _copy(self, other: Sandbox, /) -> None: ...

def run(
    code: str,
    *,
    inputs: Mapping[str, Any] | None = None,
    functions: Mapping[str, Any] | None = None,
    limits: Limits | None = None,
    argv: Sequence[str] | None = None,
    file: str = "main.py",
    on_output: Callable[[str, str], object] | None = None,
    on_input: Callable[[str], str] | None = None,
    clock: Literal["real"] | float | datetime | None = None,
    seed: int | None = None,
    deterministic: bool = False,
    files: None = None,
    fetch: None = None,
) -> Result: ...
def trim() -> None: ...
def _dumps(value: Any, /) -> bytes: ...
def _loads(data: bytes, /) -> Any: ...
