"""Sessions: sandboxes that keep their variables; waiting calls; the async forms."""

from __future__ import annotations

from ._errors import HermeticError
from ._hermetic import Result, Sandbox

TYPE_CHECKING = False  # importing typing costs more than all of this package
if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

    from typing import Any

    from typing_extensions import Self


class Call:
    """A run that waits for the host to answer a call of a granted function: see Session.start."""

    __slots__ = ("_done", "args", "kwargs", "name", "session")

    def __init__(self, session: Session, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self.session = session
        self.name = name
        self.args = args
        self.kwargs = kwargs
        self._done = False

    def __repr__(self) -> str:
        parts = [repr(value) for value in self.args] + [f"{name}={value!r}" for name, value in self.kwargs.items()]
        return f"<Call {self.name}({', '.join(parts)})>"

    def _answered(self, answer: Callable[[Any], Any], value: Any) -> Call | Result:
        if self._done:
            raise HermeticError("this call has its answer already")
        outcome = self.session._outcome(answer, value)
        self._done = True
        return outcome

    def resume(self, value: Any) -> Call | Result:
        """Answer with a value, and run on to the next call or the end. ConversionError leaves the call waiting."""
        return self._answered(self.session._resume, value)

    def throw(self, error: Exception) -> Call | Result:
        """Answer with an exception: its type's name and its message reach the guest."""
        return self._answered(self.session._throw, error)

    def abandon(self) -> None:
        """Give the run up: the session is as before it."""
        if not self._done:
            self._done = True
            self.session._abandon()

    def dump(self, *, key: bytes | None = None) -> bytes:
        """The waiting run as bytes, for `load`, in another process or days later. A key of 32 bytes signs them."""
        if self._done:
            raise HermeticError("this call has its answer already")
        return self.session.snapshot(key=key)


class Session(Sandbox):
    """An interpreter whose variables stay from run to run.

    `functions` maps names to callables, `limits` is a Limits, `on_output(text, stream)` gets output as it is written,
    `on_input(prompt)` answers input(), `clock` is None (no clock), "real", or the start of a virtual clock (seconds since
    1970 or a datetime); `seed` makes random numbers repeatable, `deterministic` both at once.

    >>> import hermetic
    >>> with hermetic.Session() as session:
    ...     _ = session.run("x = 40")
    ...     session.run("x + 2").value
    42
    """

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<hermetic.Session {'closed' if self.closed else 'open'} at {id(self):#x}>"

    # Pull style

    def _outcome(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Call | Result:
        outcome = function(*args, **kwargs)
        if isinstance(outcome, Result):
            return outcome
        try:
            return Call(self, *outcome)
        except BaseException:  # without a Call, nobody could answer
            self._abandon()
            raise

    def start(
        self,
        code: str,
        *,
        inputs: Mapping[str, Any] | None = None,
        functions: Mapping[str, Any] | Sequence[str] | None = None,
        argv: Sequence[str] | None = None,
        file: str = "main.py",
    ) -> Call | Result:
        """Run until the program calls a granted function, or ends.

        Returns the waiting Call, to be answered with its resume; or the Result. `functions` may be just names here.
        """
        if functions is not None and not hasattr(functions, "keys"):
            functions = dict.fromkeys(functions, _never)
        return self._outcome(self._start, code, inputs=inputs, functions=functions, argv=argv, file=file)

    # Async forms

    async def run_async(
        self,
        code: str,
        *,
        inputs: Mapping[str, Any] | None = None,
        functions: Mapping[str, Any] | None = None,
        argv: Sequence[str] | None = None,
        file: str = "main.py",
    ) -> Result:
        """As run, in a worker thread. Async functions run on the event loop; others in the worker thread.

        Cancelling the task stops the guest; the session is then as before the run.
        """
        outcome = await self._steps(
            self._run_step, code, inputs=inputs, functions=functions, argv=argv, file=file
        )
        assert isinstance(outcome, Result)
        return outcome

    async def call_async(self, name: str, /, *args: Any, **kwargs: Any) -> Any:
        """As call, in a worker thread: see run_async."""
        return await self._steps(self._call_step, name, *args, **kwargs)

    async def _steps(self, step: Callable[..., tuple[Any, Any]], *args: Any, **kwargs: Any) -> Any:
        outcome, awaitable = await self._in_thread(step, *args, **kwargs)
        while awaitable is not None:
            try:
                answer = await awaitable
            except Exception as error:
                outcome, awaitable = await self._in_thread(self._throw_step, error)
            except BaseException:  # the task was cancelled
                self._abandon()
                raise
            else:
                outcome, awaitable = await self._in_thread(self._resume_step, answer)
        return outcome

    async def _in_thread(self, step: Callable[..., tuple[Any, Any]], *args: Any, **kwargs: Any) -> tuple[Any, Any]:
        import asyncio
        import contextvars
        import functools

        context = contextvars.copy_context()
        work = functools.partial(context.run, step, *args, **kwargs)
        future: asyncio.Future[tuple[Any, Any]] = asyncio.get_running_loop().run_in_executor(None, work)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            while not future.done():
                self.cancel()  # again: the run may not have begun yet
                try:
                    await asyncio.wait([future], timeout=0.002)
                except asyncio.CancelledError:
                    pass
            if not future.cancelled() and future.exception() is None and future.result()[1] is not None:
                close = getattr(future.result()[1], "close", None)
                if close:
                    close()
                self._abandon()
            raise

    # State

    @classmethod
    def restore(cls, snapshot: bytes, *, key: bytes | None = None, **options: Any) -> Self:
        """A session from Session.snapshot. Functions are given again, by the same names; limits are new.

        Raises SnapshotError for a snapshot that is damaged, of another build, or not signed with `key`.
        """
        session = cls(**options)
        if session._restore(snapshot, key) is not None:
            session.close()
            raise HermeticError("the snapshot is of a waiting call: use hermetic.load")
        return session

    def fork(self) -> Self:
        """A second session in the same state, with the same functions and limits."""
        other = type(self)()
        other._copy(self)
        return other


def _never(*args: Any, **kwargs: Any) -> Any:
    raise HermeticError("this function was granted by name only, for start")


def load(data: bytes, *, key: bytes | None = None, **options: Any) -> Call:
    """The waiting call from Call.dump, in a session of its own (`call.session`). Options are those of Session."""
    session = Session(**options)
    waiting = session._restore(data, key)
    if waiting is None:
        session.close()
        raise HermeticError("the snapshot is of an idle session: use Session.restore")
    return Call(session, *waiting)


async def run_async(
    code: str,
    *,
    inputs: Mapping[str, Any] | None = None,
    argv: Sequence[str] | None = None,
    file: str = "main.py",
    **options: Any,
) -> Result:
    """As run, for async programs: see Session.run_async. Options are those of Session."""
    with Session(**options) as session:
        return await session.run_async(code, inputs=inputs, argv=argv, file=file)
