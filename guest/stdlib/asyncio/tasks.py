import contextvars
import types
from . import events
from .exceptions import CancelledError
from .futures import Future, isfuture

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"
_COROUTINES = (types.CoroutineType, types.GeneratorType)
_names = 0


def iscoroutine(obj):
    if isinstance(obj, types.CoroutineType):
        return True
    kind = type(obj)
    return kind not in _COROUTINES and hasattr(kind, "send") and hasattr(kind, "__await__")


def iscoroutinefunction(func):
    from inspect import iscoroutinefunction
    return iscoroutinefunction(func)


class Task(Future):
    def __init__(self, coro, *, loop=None, name=None, context=None):
        if not iscoroutine(coro):
            raise TypeError("a coroutine was expected, got %r" % (coro,))
        super().__init__(loop=loop)
        global _names
        if name is None:
            _names += 1
            name = "Task-%d" % _names
        self._name = str(name)
        self._coro = coro
        self._context = contextvars.copy_context() if context is None else context
        self._waits_for = None
        self._must_cancel = False
        self._cancel_requests = 0
        self._loop._tasks[id(self)] = self
        self._loop.call_soon(self._step, context=self._context)

    def __repr__(self):
        info = "cancelling" if self._cancel_requests and not self.done() else self._state.lower()
        extra = ""
        if self._state == "FINISHED":
            extra = " exception=%r" % (self._exception,) if self._exception is not None else \
                " result=%r" % (self._result,)
        return "<Task %s name=%r coro=<%s()>%s>" % (info, self._name, getattr(self._coro, "__qualname__", "coroutine"),
                                                   extra)

    def get_coro(self):
        return self._coro

    def get_context(self):
        return self._context

    def get_name(self):
        return self._name

    def set_name(self, value):
        self._name = str(value)

    def set_result(self, result):
        raise RuntimeError("Task does not support set_result operation")

    def set_exception(self, exception):
        raise RuntimeError("Task does not support set_exception operation")

    def get_stack(self, *, limit=None):
        return []

    def cancel(self, msg=None):
        if self.done():
            return False
        self._cancel_requests += 1
        if self._waits_for is not None and self._waits_for.cancel(msg=msg):
            return True
        self._must_cancel = True
        self._cancel_message = msg
        return True

    def cancelling(self):
        return self._cancel_requests

    def uncancel(self):
        if self._cancel_requests:
            self._cancel_requests -= 1
        return self._cancel_requests

    def _finish(self, state):
        self._loop._tasks.pop(id(self), None)
        super()._finish(state)

    def _step(self, error=None):
        if self._must_cancel:
            if not isinstance(error, CancelledError):
                error = self._cancelled_error()
            self._must_cancel = False
        self._waits_for = None
        loop = self._loop
        outer, loop._task = loop._task, self
        try:
            if error is None:
                wanted = self._coro.send(None)
            else:
                wanted = self._coro.throw(error)
        except StopIteration as e:
            if self._must_cancel:
                self._must_cancel = False
                super().cancel(msg=self._cancel_message)
            else:
                super().set_result(e.value)
        except CancelledError as e:
            self._exception = e
            super().cancel()
        except (KeyboardInterrupt, SystemExit) as e:
            super().set_exception(e)
            raise
        except BaseException as e:
            super().set_exception(e)
        else:
            if wanted is None:
                loop.call_soon(self._step, context=self._context)
            elif not getattr(wanted, "_asyncio_future_blocking", None):
                text = "Task got bad yield: %r" % (wanted,)
                loop.call_soon(self._step, RuntimeError(text), context=self._context)
            elif wanted is self:
                loop.call_soon(self._step, RuntimeError("Task cannot await on itself: %r" % (self,)),
                               context=self._context)
            else:
                wanted._asyncio_future_blocking = False
                wanted.add_done_callback(self._wake, context=self._context)
                self._waits_for = wanted
                if self._must_cancel and wanted.cancel(msg=self._cancel_message):
                    self._must_cancel = False
        finally:
            loop._task = outer

    def _wake(self, future):
        try:
            future.result()
        except BaseException as e:
            self._step(e)
        else:
            self._step()


def create_task(coro, *, name=None, context=None):
    return events.get_running_loop().create_task(coro, name=name, context=context)


def current_task(loop=None):
    return (events.get_running_loop() if loop is None else loop)._task


def all_tasks(loop=None):
    return set((events.get_running_loop() if loop is None else loop)._tasks.values())


async def _await(awaitable):
    return await awaitable


def ensure_future(obj, *, loop=None):
    if isfuture(obj):
        if loop is not None and loop is not obj._loop:
            raise ValueError("The future belongs to a different loop than the one specified as the loop argument")
        return obj
    if not iscoroutine(obj):
        if not hasattr(type(obj), "__await__"):
            raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
        obj = _await(obj)
    return (events.get_event_loop() if loop is None else loop).create_task(obj)


wrap_future = ensure_future


class _Pass:
    # Awaited, lets the loop go round once.
    def __await__(self):
        yield

    __iter__ = __await__


async def sleep(delay, result=None):
    if delay <= 0:
        await _Pass()
        return result
    loop = events.get_running_loop()
    future = loop.create_future()
    handle = loop.call_later(delay, lambda: future.done() or future.set_result(result))
    try:
        return await future
    finally:
        handle.cancel()


class _Gathering(Future):
    def __init__(self, children, loop):
        super().__init__(loop=loop)
        self._children = children
        self._asked = False

    def cancel(self, msg=None):
        if self.done():
            return False
        cancelled = False
        for child in self._children:
            if child.cancel(msg=msg):
                cancelled = True
        if cancelled:
            self._asked = True
        return cancelled


def gather(*aws, return_exceptions=False):
    if not aws:
        future = events.get_event_loop().create_future()
        future.set_result([])
        return future
    loop = None
    children = []
    unique = {}
    for awaitable in aws:
        child = unique.get(id(awaitable))
        if child is None:
            child = unique[id(awaitable)] = ensure_future(awaitable, loop=loop)
            if loop is None:
                loop = child._loop
        children.append(child)
    outer = _Gathering(children, loop)
    left = len(unique)

    def done(child):
        nonlocal left
        left -= 1
        if outer.done():
            if not child.cancelled():
                child.exception()
            return
        if not return_exceptions:
            if child.cancelled():
                outer.set_exception(child._cancelled_error())
                return
            if child.exception() is not None:
                outer.set_exception(child.exception())
                return
        if left:
            return
        results = []
        for each in children:
            if each.cancelled():
                results.append(CancelledError(each._cancel_message or ""))
            else:
                results.append(each.exception() if each.exception() is not None else each._result)
        if outer._asked:
            outer.set_exception(CancelledError())
        else:
            outer.set_result(results)

    for child in unique.values():
        child.add_done_callback(done)
    return outer


def shield(arg):
    inner = ensure_future(arg)
    if inner.done():
        return inner
    outer = inner._loop.create_future()

    def from_inner(inner):
        if outer.cancelled():
            if not inner.cancelled():
                inner.exception()
        elif inner.cancelled():
            outer.cancel()
        elif inner.exception() is not None:
            outer.set_exception(inner.exception())
        else:
            outer.set_result(inner.result())

    inner.add_done_callback(from_inner)
    outer.add_done_callback(lambda _: inner.done() or inner.remove_done_callback(from_inner))
    return outer


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    if isfuture(fs) or iscoroutine(fs):
        raise TypeError("expect a list of futures, not %s" % type(fs).__name__)
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError("Invalid return_when value: %s" % return_when)
    fs = set(fs)
    if True in [iscoroutine(f) for f in fs]:
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    loop = events.get_running_loop()
    left = [f for f in fs if not f.done()]
    waiter = loop.create_future()

    def finished(f):
        left.remove(f)
        if not waiter.done() and (not left or return_when == FIRST_COMPLETED or return_when == FIRST_EXCEPTION
                                  and not f.cancelled() and f.exception() is not None):
            waiter.set_result(None)

    already = [f for f in fs if f.done()]
    if left and not (already and (return_when == FIRST_COMPLETED or return_when == FIRST_EXCEPTION and [
            1 for f in already if not f.cancelled() and f.exception() is not None])):
        for f in left:
            f.add_done_callback(finished)
        handle = None
        if timeout is not None:
            handle = loop.call_later(timeout, lambda: waiter.done() or waiter.set_result(None))
        try:
            await waiter
        finally:
            if handle is not None:
                handle.cancel()
            for f in fs:
                f.remove_done_callback(finished)
    done = set([f for f in fs if f.done()])
    return done, fs - done


async def wait_for(fut, timeout):
    loop = events.get_running_loop()
    if timeout is None:
        return await fut
    if timeout <= 0:
        fut = ensure_future(fut, loop=loop)
        if fut.done():
            return fut.result()
        await _cancel_and_wait(fut)
        try:
            return fut.result()
        except CancelledError as e:
            raise TimeoutError() from e
    waiter = loop.create_future()
    wake = lambda *_: waiter.done() or waiter.set_result(None)
    handle = loop.call_later(timeout, wake)
    fut = ensure_future(fut, loop=loop)
    fut.add_done_callback(wake)
    try:
        try:
            await waiter
        except CancelledError:
            if fut.done():
                return fut.result()
            fut.remove_done_callback(wake)
            await _cancel_and_wait(fut)
            raise
        if fut.done():
            return fut.result()
        fut.remove_done_callback(wake)
        await _cancel_and_wait(fut)
        try:
            return fut.result()
        except CancelledError as e:
            raise TimeoutError() from e
    finally:
        handle.cancel()


async def _cancel_and_wait(fut):
    waiter = events.get_running_loop().create_future()
    wake = lambda _: waiter.done() or waiter.set_result(None)
    fut.add_done_callback(wake)
    try:
        fut.cancel()
        await waiter
    finally:
        fut.remove_done_callback(wake)


def as_completed(fs, *, timeout=None):
    if isfuture(fs) or iscoroutine(fs):
        raise TypeError("expect an iterable of futures, not %s" % type(fs).__name__)
    from .queues import Queue
    loop = events.get_event_loop()
    done = Queue()
    todo = [ensure_future(f, loop=loop) for f in {id(f): f for f in fs}.values()]
    left = list(todo)
    handle = None

    def expired():
        for f in left:
            f.remove_done_callback(finished)
            done.put_nowait(None)
        left.clear()

    def finished(f):
        if f in left:
            left.remove(f)
            done.put_nowait(f)
            if not left and handle is not None:
                handle.cancel()

    async def next_one():
        f = await done.get()
        if f is None:
            raise TimeoutError
        return f.result()

    for f in todo:
        f.add_done_callback(finished)
    if todo and timeout is not None:
        handle = loop.call_later(timeout, expired)
    for _ in todo:
        yield next_one()


async def to_thread(func, *args, **keywords):
    # There is one thread: the function runs now.
    context = contextvars.copy_context()
    await _Pass()
    return context.run(func, *args, **keywords)


def run_coroutine_threadsafe(coro, loop):
    return ensure_future(coro, loop=loop)
