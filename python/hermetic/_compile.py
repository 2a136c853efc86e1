"""Functions in a sandbox, for many rows: compile(...) and map."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from ._errors import GuestError
from ._hermetic import Limits
from ._session import Session

_DEFINITION = re.compile(r"^def[ \t]+(\w+)", re.MULTILINE)

# One crossing a batch. After an exception the host asks where it was.
_MAP = """
def __hermetic_map__(rows):
    global __hermetic_at__
    __hermetic_at__ = 0
    results = []
    append = results.append
    function = {name}
    try:
        for row in rows:
            append(function(row))
    except BaseException:
        __hermetic_at__ = len(results)
        raise
    return results
"""


class Program:
    """A function that runs in a sandbox: see compile. It pickles when its functions do."""

    def __init__(
        self, code: str, name: str | None, functions: Mapping[str, Any] | None, limits: Limits | None, options: dict[str, Any]
    ) -> None:
        names: list[str] = _DEFINITION.findall(code) if name is None else [name]
        if not names:
            raise ValueError("compile: the code defines no function; give its name")
        if not names[-1].isidentifier():
            raise ValueError(f"compile: {names[-1]!r} is no name")
        self.code, self.name, self.functions, self.limits = code, names[-1], functions, limits
        self.options = options
        self._idle: list[Session] = []
        self._idle.append(self._made())

    def __reduce__(self) -> tuple[Any, ...]:
        return Program, (self.code, self.name, self.functions, self.limits, self.options)

    def __repr__(self) -> str:
        return f"<hermetic.Program {self.name}>"

    def _made(self) -> Session:
        session = Session(functions=self.functions, limits=self.limits, **self.options)
        session.run(self.code)
        session.run(_MAP.format(name=self.name), file="<hermetic>")
        return session

    def _take(self) -> Session:
        try:
            return self._idle.pop()
        except IndexError:
            return self._made()

    def __call__(self, /, *args: Any, **kwargs: Any) -> Any:
        """Call the function. Its module's variables stay from call to call, in each of the sandboxes that it uses."""
        session = self._take()
        try:
            return session.call(self.name, *args, **kwargs)
        finally:
            self._idle.append(session)

    def map(self, rows: Iterable[Any], *, batch: int = 1000) -> Iterator[Any]:
        """The function of each row, as an iterator; `batch` rows cross at a time. Limits are for a batch.

        An exception has the row's number as `index`; the rows of its batch before it are lost.

        >>> import hermetic
        >>> list(hermetic.compile("def double(row): return row * 2").map(range(4)))
        [0, 2, 4, 6]
        """
        if batch < 1:
            raise ValueError("map: batch must be at least 1")
        source, start = iter(rows), 0
        while chunk := list(islice(source, batch)):
            yield from self._batch(chunk, start)
            start += len(chunk)

    def _batch(self, chunk: list[Any], start: int) -> list[Any]:
        session = self._take()
        try:
            results: list[Any] = session.call("__hermetic_map__", chunk)
            return results
        except GuestError as error:
            at = session.get("__hermetic_at__")
            error.index = start + at if isinstance(at, int) and 0 <= at < len(chunk) else None
            raise
        finally:
            self._idle.append(session)

    def close(self) -> None:
        """End its sandboxes; they are made again when it is used again."""
        while self._idle:
            self._idle.pop().close()


def compile(
    code: str,
    name: str | None = None,
    *,
    functions: Mapping[str, Any] | None = None,
    limits: Limits | None = None,
    **options: Any,
) -> Program:
    """A callable for the function that `code` defines: the one called `name`, else the last one at its top level.

    >>> import hermetic
    >>> area = hermetic.compile("def area(w, h=1): return w * h")
    >>> area(3, h=2)
    6
    """
    return Program(code, name, functions, limits, options)
