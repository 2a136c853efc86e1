# Tools for the with statement.

import sys
from abc import ABC, abstractmethod
from functools import wraps

__all__ = """asynccontextmanager contextmanager closing nullcontext AbstractContextManager AbstractAsyncContextManager
AsyncExitStack ContextDecorator ExitStack redirect_stdout redirect_stderr suppress aclosing chdir""".split()


def _has(cls, *names):
    return True if None not in [getattr(cls, name, None) for name in names] else NotImplemented


class AbstractContextManager(ABC):
    def __enter__(self):
        return self

    @abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        return None

    @classmethod
    def __subclasshook__(cls, other):
        if cls is AbstractContextManager:
            return _has(other, "__enter__", "__exit__")
        return NotImplemented


class AbstractAsyncContextManager(ABC):
    async def __aenter__(self):
        return self

    @abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        return None

    @classmethod
    def __subclasshook__(cls, other):
        if cls is AbstractAsyncContextManager:
            return _has(other, "__aenter__", "__aexit__")
        return NotImplemented


class ContextDecorator:
    def _recreate_cm(self):
        return self

    def __call__(self, func):
        @wraps(func)
        def inner(*args, **keywords):
            with self._recreate_cm():
                return func(*args, **keywords)
        return inner


class AsyncContextDecorator:
    def _recreate_cm(self):
        return self

    def __call__(self, func):
        @wraps(func)
        async def inner(*args, **keywords):
            async with self._recreate_cm():
                return await func(*args, **keywords)
        return inner


class _GeneratorContextManager(ContextDecorator):
    def __init__(self, func, args, keywords):
        self._call = func, args, keywords
        self.gen = func(*args, **keywords)

    def _recreate_cm(self):
        return type(self)(*self._call)

    def __enter__(self):
        self._call = None
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, kind, value, traceback):
        if kind is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        if value is None:
            value = kind()
        try:
            self.gen.throw(value)
        except StopIteration as e:
            return e is not value
        except RuntimeError as e:
            if e is value:
                return False
            if isinstance(value, StopIteration) and getattr(e, "__cause__", None) is value:
                return False
            raise
        except BaseException as e:
            if e is not value:
                raise
            return False
        raise RuntimeError("generator didn't stop after throw()")


class _AsyncGeneratorContextManager(AsyncContextDecorator):
    def __init__(self, func, args, keywords):
        self._call = func, args, keywords
        self.gen = func(*args, **keywords)

    def _recreate_cm(self):
        return type(self)(*self._call)

    async def __aenter__(self):
        self._call = None
        try:
            return await self.gen.__anext__()
        except StopAsyncIteration:
            raise RuntimeError("generator didn't yield") from None

    async def __aexit__(self, kind, value, traceback):
        if kind is None:
            try:
                await self.gen.__anext__()
            except StopAsyncIteration:
                return False
            raise RuntimeError("generator didn't stop")
        if value is None:
            value = kind()
        try:
            await self.gen.athrow(value)
        except StopAsyncIteration as e:
            return e is not value
        except RuntimeError as e:
            if e is value:
                return False
            if isinstance(value, (StopIteration, StopAsyncIteration)) and getattr(e, "__cause__", None) is value:
                return False
            raise
        except BaseException as e:
            if e is not value:
                raise
            return False
        raise RuntimeError("generator didn't stop after athrow()")


def contextmanager(func):
    @wraps(func)
    def helper(*args, **keywords):
        return _GeneratorContextManager(func, args, keywords)
    return helper


def asynccontextmanager(func):
    @wraps(func)
    def helper(*args, **keywords):
        return _AsyncGeneratorContextManager(func, args, keywords)
    return helper


class closing:
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *details):
        self.thing.close()


class aclosing:
    def __init__(self, thing):
        self.thing = thing

    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, *details):
        await self.thing.aclose()


class _Redirect:
    def __init__(self, new_target):
        self._new_target = new_target
        self._old = []

    def __enter__(self):
        self._old.append(getattr(sys, self._stream))
        setattr(sys, self._stream, self._new_target)
        return self._new_target

    def __exit__(self, *details):
        setattr(sys, self._stream, self._old.pop())


class redirect_stdout(_Redirect):
    _stream = "stdout"


class redirect_stderr(_Redirect):
    _stream = "stderr"


class suppress:
    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        pass

    def __exit__(self, kind, value, traceback):
        return kind is not None and issubclass(kind, self._exceptions)


class nullcontext:
    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *details):
        pass

    async def __aenter__(self):
        return self.enter_result

    async def __aexit__(self, *details):
        pass


class chdir:
    def __init__(self, path):
        self.path = path

    def __enter__(self):
        import os
        os.chdir(self.path)

    def __exit__(self, *details):
        pass


def _method(cm, names, what):
    kind = type(cm)
    found = []
    for name in names:
        if not hasattr(kind, name):
            raise TypeError("'%s.%s' object does not support the %s protocol"
                            % (kind.__module__, kind.__qualname__, what))
        found.append(getattr(cm, name))
    return found


class _BaseExitStack:
    def __init__(self):
        self._exit_callbacks = []  # (is synchronous, function of exception details)

    def pop_all(self):
        new = type(self)()
        new._exit_callbacks = self._exit_callbacks
        self._exit_callbacks = []
        return new

    def push(self, exit):
        self._exit_callbacks.append((True, exit.__exit__ if hasattr(type(exit), "__exit__") else exit))
        return exit

    def enter_context(self, cm):
        enter, exit = _method(cm, ("__enter__", "__exit__"), "context manager")
        result = enter()
        self._exit_callbacks.append((True, exit))
        return result

    def callback(self, callback, /, *args, **keywords):
        def exit(kind, value, traceback):
            callback(*args, **keywords)
        exit.__wrapped__ = callback
        self._exit_callbacks.append((True, exit))
        return callback


def _link(new, old, outer):
    # An exception raised by one callback while handling another's, as nested with statements would link them.
    while new is not None:
        context = getattr(new, "__context__", None)
        if context is None or context is old or context is outer:
            break
        new = context
    if new is not None and new is not old:
        try:
            new.__context__ = old
        except AttributeError:
            pass


def _details(exception):
    if exception is None:
        return None, None, None
    return type(exception), exception, getattr(exception, "__traceback__", None)


class ExitStack(_BaseExitStack, AbstractContextManager):
    def __enter__(self):
        return self

    def __exit__(self, *details):
        first = pending = details[1]
        outer = sys.exc_info()[1]
        while self._exit_callbacks:
            _, exit = self._exit_callbacks.pop()
            try:
                if exit(*_details(pending)):
                    pending = None
            except BaseException as e:
                _link(e, pending, outer)
                pending = e
        if pending is not None and pending is not first:
            raise pending
        return first is not None and pending is None

    def close(self):
        self.__exit__(None, None, None)


class AsyncExitStack(_BaseExitStack, AbstractAsyncContextManager):
    async def enter_async_context(self, cm):
        enter, exit = _method(cm, ("__aenter__", "__aexit__"), "asynchronous context manager")
        result = await enter()
        self._exit_callbacks.append((False, exit))
        return result

    def push_async_exit(self, exit):
        self._exit_callbacks.append((False, exit.__aexit__ if hasattr(type(exit), "__aexit__") else exit))
        return exit

    def push_async_callback(self, callback, /, *args, **keywords):
        async def exit(kind, value, traceback):
            await callback(*args, **keywords)
        exit.__wrapped__ = callback
        self._exit_callbacks.append((False, exit))
        return callback

    async def aclose(self):
        await self.__aexit__(None, None, None)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *details):
        first = pending = details[1]
        outer = sys.exc_info()[1]
        while self._exit_callbacks:
            synchronous, exit = self._exit_callbacks.pop()
            try:
                handled = exit(*_details(pending))
                if not synchronous:
                    handled = await handled
                if handled:
                    pending = None
            except BaseException as e:
                _link(e, pending, outer)
                pending = e
        if pending is not None and pending is not first:
            raise pending
        return first is not None and pending is None
