"""Many runs at once, in threads: guests run without the GIL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from ._compile import Program
from ._hermetic import Result, run

if TYPE_CHECKING:
    from concurrent.futures import Future
    from types import TracebackType

    from typing_extensions import Self


class Pool:
    """`size` threads (by default one a processor) that run programs, each in a fresh sandbox.

    >>> import hermetic
    >>> with hermetic.Pool(2) as pool:
    ...     future = pool.submit("x * 2", inputs={"x": 21})
    ...     future.result().value
    42
    """

    def __init__(self, size: int | None = None, **defaults: Any) -> None:
        import os
        from concurrent.futures import ThreadPoolExecutor

        self.size = size or os.cpu_count() or 1
        self._defaults = defaults
        self._threads = ThreadPoolExecutor(self.size, thread_name_prefix="hermetic")

    def submit(self, code: str, **options: Any) -> Future[Result]:
        """Run a program: a Future of its Result. Options are those of run; the pool's are their defaults."""
        return self._threads.submit(run, code, **{**self._defaults, **options})

    def run(self, code: str, **options: Any) -> Result:
        """Run a program, and wait for its Result."""
        return self.submit(code, **options).result()

    def map(self, program: Program, rows: Iterable[Any], *, batch: int = 1000) -> Iterator[Any]:
        """As Program.map, in all threads; results in order. At most two batches a thread are under way."""
        source, start = iter(rows), 0
        waiting: list[Future[list[Any]]] = []
        try:
            while True:
                while len(waiting) < 2 * self.size and (chunk := list(islice(source, batch))):
                    waiting.append(self._threads.submit(program._batch, chunk, start))
                    start += len(chunk)
                if not waiting:
                    return
                yield from waiting.pop(0).result()
        finally:
            for future in waiting:
                future.cancel()

    def close(self) -> None:
        """Wait for what is under way, and end the threads."""
        self._threads.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
