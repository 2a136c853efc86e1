import contextvars
from . import events, tasks


class Runner:
    def __init__(self, *, debug=None, loop_factory=None):
        self._factory = loop_factory
        self._loop = None
        self._closed = False

    def __enter__(self):
        self.get_loop()
        return self

    def __exit__(self, *details):
        self.close()

    def get_loop(self):
        if self._closed:
            raise RuntimeError("Runner is closed")
        if self._loop is None:
            self._loop = events.EventLoop() if self._factory is None else self._factory()
            events.set_event_loop(self._loop)
            self._context = contextvars.copy_context()
        return self._loop

    def run(self, coro, *, context=None):
        if not tasks.iscoroutine(coro):
            raise ValueError("a coroutine was expected, got %r" % (coro,))
        if events._get_running_loop() is not None:
            raise RuntimeError("Runner.run() cannot be called from a running event loop")
        loop = self.get_loop()
        return loop.run_until_complete(loop.create_task(coro, context=self._context if context is None else context))

    def close(self):
        loop = self._loop
        if loop is None or self._closed:
            self._closed = True
            return
        try:
            left = tasks.all_tasks(loop)
            for task in left:
                task.cancel()
            if left:
                loop.run_until_complete(_settle(left))
            for task in left:
                if not task.cancelled() and task.exception() is not None:
                    loop.call_exception_handler({"message": "unhandled exception during asyncio.run() shutdown",
                                                 "exception": task.exception(), "task": task})
        finally:
            events.set_event_loop(None)
            loop.close()
            self._loop = None
            self._closed = True


async def _settle(left):
    await tasks.gather(*left, return_exceptions=True)


def run(main, *, debug=None, loop_factory=None):
    if events._get_running_loop() is not None:
        if hasattr(main, "close"):
            main.close()
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    with Runner(debug=debug, loop_factory=loop_factory) as runner:
        return runner.run(main)
