# The event loop. It has nothing to wait for but time, and time passes at once: a loop with nothing to do goes on to its
# next timer by time.sleep, which moves the sandbox's clock.

import heapq
import time
from math import ceil
import contextvars
from collections import deque

_running = None
_current = None


class Handle:
    def __init__(self, callback, args, context):
        self._callback = callback
        self._args = args
        self._context = contextvars.copy_context() if context is None else context
        self._cancelled = False

    def cancel(self):
        self._cancelled = True
        self._callback = self._args = None

    def cancelled(self):
        return self._cancelled

    def _run(self):
        self._context.run(self._callback, *self._args)


class TimerHandle(Handle):
    def __init__(self, when, order, callback, args, context):
        super().__init__(callback, args, context)
        self._when = when
        self._order = order

    def when(self):
        return self._when

    def __lt__(self, other):
        return (self._when, self._order) < (other._when, other._order)


class AbstractEventLoop:
    pass


def _never(what):
    async def refuse(self, *args, **keywords):
        raise PermissionError("asyncio: a sandbox has no %s" % what)
    return refuse


class EventLoop(AbstractEventLoop):
    def __init__(self):
        self._ready = deque()
        self._timers = []
        self._order = 0
        self._closed = False
        self._stopping = False
        self._debug = False
        self._handler = None
        self._factory = None
        self._tasks = {}  # those not done, in order of creation
        self._task = None  # the one that runs
        self._asyncgens = []

    def time(self):
        return time.monotonic()

    def call_soon(self, callback, *args, context=None):
        if self._closed:
            raise RuntimeError("Event loop is closed")
        handle = Handle(callback, args, context)
        self._ready.append(handle)
        return handle

    call_soon_threadsafe = call_soon

    def call_later(self, delay, callback, *args, context=None):
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(self, when, callback, *args, context=None):
        if self._closed:
            raise RuntimeError("Event loop is closed")
        self._order += 1
        handle = TimerHandle(when, self._order, callback, args, context)
        heapq.heappush(self._timers, handle)
        return handle

    def _run_once(self):
        timers = self._timers
        while timers and timers[0]._cancelled:
            heapq.heappop(timers)
        if not self._ready and not self._stopping:
            if not timers:
                raise RuntimeError("asyncio: all tasks wait, and nothing is left that could wake one")
            wait = timers[0]._when - self.time()
            if wait > 0:
                time.sleep(ceil(wait * 1000) / 1000)  # as a selector does it: timers of a millisecond expire together
        if timers:
            now = self.time() + 1e-9
            while timers and timers[0]._when <= now:
                handle = heapq.heappop(timers)
                if not handle._cancelled:
                    self._ready.append(handle)
        for _ in range(len(self._ready)):
            handle = self._ready.popleft()
            if not handle._cancelled:
                try:
                    handle._run()
                except (SystemExit, KeyboardInterrupt):
                    raise
                except Exception as e:
                    self.call_exception_handler({"message": "Exception in callback", "exception": e, "handle": handle})

    def run_forever(self):
        global _running
        if self._closed:
            raise RuntimeError("Event loop is closed")
        if _running is not None:
            raise RuntimeError("This event loop is already running" if _running is self else
                               "Cannot run the event loop while another loop is running")
        _running = self
        try:
            while True:
                self._run_once()
                if self._stopping:
                    break
        finally:
            self._stopping = False
            _running = None

    def run_until_complete(self, future):
        from .tasks import ensure_future
        if self._closed:
            raise RuntimeError("Event loop is closed")
        if _running is not None:
            raise RuntimeError("This event loop is already running" if _running is self else
                               "Cannot run the event loop while another loop is running")
        future = ensure_future(future, loop=self)
        stop = lambda _: self.stop()
        future.add_done_callback(stop)
        try:
            self.run_forever()
        finally:
            future.remove_done_callback(stop)
        if not future.done():
            raise RuntimeError("Event loop stopped before Future completed.")
        return future.result()

    def stop(self):
        self._stopping = True

    def is_running(self):
        return _running is self

    def is_closed(self):
        return self._closed

    def close(self):
        if _running is self:
            raise RuntimeError("Cannot close a running event loop")
        self._closed = True
        self._ready.clear()
        self._timers.clear()

    def create_future(self):
        from .futures import Future
        return Future(loop=self)

    def create_task(self, coro, *, name=None, context=None):
        if self._closed:
            raise RuntimeError("Event loop is closed")
        if self._factory is not None:
            task = self._factory(self, coro)
            if name is not None:
                task.set_name(name)
            return task
        from .tasks import Task
        return Task(coro, loop=self, name=name, context=context)

    def set_task_factory(self, factory):
        self._factory = factory

    def get_task_factory(self):
        return self._factory

    def run_in_executor(self, executor, func, *args):
        # There is one thread: the function runs now.
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as e:
            future.set_exception(e)
        return future

    def set_default_executor(self, executor):
        pass

    async def shutdown_asyncgens(self):
        pass

    async def shutdown_default_executor(self, timeout=None):
        pass

    def set_exception_handler(self, handler):
        self._handler = handler

    def get_exception_handler(self):
        return self._handler

    def default_exception_handler(self, context):
        import sys
        import traceback
        print(context.get("message") or "Unhandled exception in event loop", file=sys.stderr)
        if context.get("exception") is not None:
            traceback.print_exception(context["exception"])

    def call_exception_handler(self, context):
        if self._handler is None:
            self.default_exception_handler(context)
        else:
            self._handler(self, context)

    def get_debug(self):
        return self._debug

    def set_debug(self, enabled):
        self._debug = enabled

    def add_signal_handler(self, *args):
        raise RuntimeError("asyncio: a sandbox gets no signals")

    remove_signal_handler = add_signal_handler

    create_connection = create_server = create_datagram_endpoint = getaddrinfo = _never("sockets")
    subprocess_exec = subprocess_shell = _never("processes")


SelectorEventLoop = EventLoop


def get_running_loop():
    if _running is None:
        raise RuntimeError("no running event loop")
    return _running


def _get_running_loop():
    return _running


def get_event_loop():
    global _current
    if _running is not None:
        return _running
    if _current is None:
        _current = EventLoop()
    return _current


def set_event_loop(loop):
    global _current
    _current = loop


def new_event_loop():
    return EventLoop()


class DefaultEventLoopPolicy:
    def get_event_loop(self):
        return get_event_loop()

    def set_event_loop(self, loop):
        set_event_loop(loop)

    def new_event_loop(self):
        return EventLoop()


_policy = None


def get_event_loop_policy():
    global _policy
    if _policy is None:
        _policy = DefaultEventLoopPolicy()
    return _policy


def set_event_loop_policy(policy):
    global _policy
    _policy = policy
