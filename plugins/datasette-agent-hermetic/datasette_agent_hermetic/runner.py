"""Runs guests in worker threads and answers their calls on the event loop. The loop never waits for a guest: each step,
up to the next call of a host function or the end, is one piece of work for a thread, without the GIL. Cancelling the
task stops the guest at once, and the session is as it was before the run.
"""

import asyncio
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import hermetic


class TimeUp(Exception):
    """The run and the queries that it made took longer than total_timeout_seconds together."""

    stdout = stderr = ""
    usage = None


class Runner:
    def __init__(self, threads):
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="hermetic", initializer=_step_back)
        self._running = set()
        self._closed = False

    async def run(self, session, start, answer, seconds, untimed=()):
        """Runs `start()`, a step that returns a hermetic.Call or a hermetic.Result, to its Result.

        `answer(call)` is awaited for each call; an Exception that it raises is the guest's to handle, anything else ends the
        run. Functions named in `untimed` wait for a person, which costs none of the `seconds`. Raises what Session.run
        does, and TimeUp.
        """
        deadline = time.monotonic() + seconds
        outcome = await self.step(session, start)
        while isinstance(outcome, hermetic.Call):
            call = outcome
            try:
                before = time.monotonic()
                if before >= deadline:
                    raise asyncio.TimeoutError
                if call.name in untimed:
                    value = await answer(call)
                    deadline += time.monotonic() - before
                else:
                    value = await asyncio.wait_for(answer(call), deadline - before)
            except asyncio.TimeoutError:
                raise await self.step(session, _stopped, session, call) from None
            except Exception as error:
                outcome = await self.step(session, call.throw, error)
            except BaseException:
                call.abandon()
                raise
            else:
                try:
                    outcome = await self.step(session, call.resume, value)
                except hermetic.ConversionError as error:  # the call still waits
                    outcome = await self.step(session, call.throw, ValueError(str(error)))
        return outcome

    async def step(self, session, work, *args):
        """The value of `work(*args)`, which uses `session`, from a worker thread."""
        if self._closed:
            raise asyncio.CancelledError
        job = self._executor.submit(work, *args)
        future = asyncio.wrap_future(job)
        self._running.add(session)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            if not job.cancel():
                while not job.done():
                    session.cancel()  # again: the run may not have begun yet
                    try:
                        await asyncio.wait([future], timeout=0.002)
                    except asyncio.CancelledError:
                        pass
                if job.exception() is None and isinstance(job.result(), hermetic.Call):
                    job.result().abandon()
            raise
        finally:
            self._running.discard(session)

    def close(self):
        """Stops the guests that run, and takes no more."""
        self._closed = True
        for session in list(self._running):
            session.cancel()
        self._executor.shutdown(wait=False, cancel_futures=True)


def _stopped(session, call):
    """Ends a run that waits for an answer. Returns a TimeUp with what it wrote until then."""
    error = TimeUp()
    session.cancel()
    try:
        call.resume(None)
    except hermetic.RunError as ended:
        error.stdout, error.stderr, error.usage = ended.stdout, ended.stderr, ended.usage
    return error


def _step_back():
    """Threads that run guests leave the processor to the server's where the system has priorities of threads."""
    if hasattr(os, "setpriority") and os.uname().sysname == "Linux":
        try:
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 5)
        except OSError:
            pass  # best effort
