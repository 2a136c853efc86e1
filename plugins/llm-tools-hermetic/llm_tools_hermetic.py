"""A Python sandbox as a toolbox for LLM.

The model's code runs in hermetic: no files, no network, no clock, and limits that it cannot reach. State is kept from
call to call, and under a name across processes, as a snapshot in LLM's user folder that hermetic checks in full before use. Nothing here may hand the sandbox a function of the host.
"""

import asyncio
import contextlib
import os
import pathlib
import re
import tempfile
import time

import hermetic
import llm

__version__ = "0.1a0"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_SNAPSHOT_LIMIT = 256 << 20  # bytes: what a damaged or swapped file may make us read

_ADVICE = {
    hermetic.WallExceeded: "the code ran for longer than {limit:g} seconds. Do less in one call, or use a better algorithm.",
    hermetic.FuelExceeded: "the code did more work than one call may. Do less in one call, or use a better algorithm.",
    hermetic.MemoryExceeded: "the code needed more memory than it may have. Keep less at once.",
    hermetic.OutputExceeded: "the code printed too much. Print a summary.",
    hermetic.RecursionExceeded: "the code recursed too deeply. Use a loop.",
    hermetic.ValueExceeded: "the value of the last line is too large. End with a summary of it.",
}


@llm.hookimpl
def register_tools(register):
    register(Hermetic)


class Hermetic(llm.Toolbox):
    """Run Python in a sandbox without files and network. Hermetic("work") keeps its variables under that name."""

    def __init__(
        self, name: str | None = None, seconds: float = 10.0, memory_mb: int = 64, output_chars: int = 20_000
    ):
        if name is not None and not (isinstance(name, str) and _NAME.fullmatch(name)):
            raise ValueError("name: up to 64 letters, digits, - and _, please")
        if not 0 < seconds <= 3600:
            raise ValueError("seconds: more than 0, up to 3600")
        if not 1 <= memory_mb <= 2048:
            raise ValueError("memory_mb: 1 to 2048")
        if output_chars < 100:
            raise ValueError("output_chars: 100 or more")
        self._state = name
        self._output_chars = int(output_chars)
        self._limits = hermetic.Limits(
            wall=float(seconds), memory=int(memory_mb) << 20, output=4 * self._output_chars, value=4 << 20, cut_output=True
        )
        self._session: hermetic.Session | None = None
        self._turn = asyncio.Lock()  # a response may hold several calls, which LLM runs at once

    async def execute_python(self, python: str) -> str:
        """
        Run Python code in a sandbox and return what it printed and the value of its last expression.

        It is for computing, parsing, checking and transforming: most of the standard library that needs no files, network
        or threads is there, no third-party package is. Variables, functions and imports are kept for the next call. An
        exception comes back as a traceback, and keeps what was done before it.
        """
        async with self._turn:
            if self._state is None:
                if self._session is None:
                    self._session = hermetic.Session(limits=self._limits)
                return await self._run(self._session, python)
            async with _locked(_folder() / f"{self._state}.lock"):
                session, note = self._restored()
                with session:
                    text = await self._run(session, python)
                    _write(_folder() / f"{self._state}.snapshot", session.snapshot())
        return note + text

    async def _run(self, session: hermetic.Session, python: str) -> str:
        try:
            result = await session.run_async(python)
        except hermetic.GuestError as error:
            return self._text(error.stdout, error.stderr, error.traceback.rstrip("\n"))
        except hermetic.GuestExit as error:
            return self._text(error.stdout, error.stderr, f"(exit code {error.code})")
        except hermetic.LimitExceeded as error:
            advice = _ADVICE.get(type(error), str(error)).format(
                limit=error.limit / 1e9 if isinstance(error, hermetic.WallExceeded) else error.limit
            )
            return self._text(
                error.stdout, error.stderr, f"Stopped at a limit: {advice} Variables are as they were before this call."
            )
        except hermetic.RunError as error:
            return self._text(error.stdout, error.stderr, f"{error} Variables are as they were before this call.")
        value = "" if result.value is None else repr(result.value)
        return self._text(result.stdout, result.stderr, value) or "(no output)"

    def _text(self, *parts: str) -> str:
        cut = []
        for part in parts:
            if len(part) > self._output_chars:
                part = f"{part[: self._output_chars]}\n... ({len(part) - self._output_chars} more characters)"
            if part:
                cut.append(part if part.endswith("\n") else part + "\n")
        return "".join(cut).removesuffix("\n")

    def _restored(self) -> tuple[hermetic.Session, str]:
        path = _folder() / f"{self._state}.snapshot"
        try:
            with open(path, "rb") as file:
                data = file.read(_SNAPSHOT_LIMIT + 1)
        except FileNotFoundError:
            return hermetic.Session(limits=self._limits), ""
        try:
            if len(data) > _SNAPSHOT_LIMIT:
                raise hermetic.SnapshotError("it is too large")
            return hermetic.Session.restore(data, limits=self._limits), ""
        except hermetic.HermeticError as error:
            path.replace(path.with_suffix(".unusable"))
            note = f"(The variables kept as {self._state!r} could not be read, and begin anew: {error})\n"
            return hermetic.Session(limits=self._limits), note


def _folder() -> pathlib.Path:
    folder = llm.user_dir() / "hermetic"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _write(path: pathlib.Path, data: bytes) -> None:
    """Whole or not at all, and readable by the user only (as mkstemp makes it)."""
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


@contextlib.asynccontextmanager
async def _locked(path: pathlib.Path):
    """One call at a time uses a name, over all processes of the user: no call may lose what another one did."""
    give_up = time.monotonic() + 60
    with open(path, "a+b") as file:
        while not _try_lock(file.fileno()):
            if time.monotonic() > give_up:
                raise RuntimeError(f"the variables kept as {path.stem!r} are in use by another call")
            await asyncio.sleep(0.02)
        yield


def _try_lock(descriptor: int) -> bool:
    """Closing the file unlocks it."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
