# Threads of a sandbox that has one: a thread runs to its end when it is started. What would wait for another fails.

__all__ = ["Thread", "Lock", "RLock", "Event", "Condition", "Semaphore", "BoundedSemaphore", "Barrier", "Timer", "local",
           "current_thread", "main_thread", "active_count", "enumerate", "get_ident", "get_native_id", "excepthook",
           "BrokenBarrierError", "ThreadError", "TIMEOUT_MAX"]

ThreadError = RuntimeError
TIMEOUT_MAX = 9223372036.0
_counter = 0


def _never(what):
    raise RuntimeError("%s would wait for ever: a sandbox has one thread" % what)


class Lock:
    _again = False

    def __init__(self):
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        if self._count and not self._again:
            if blocking and timeout < 0:
                _never("Lock.acquire()")
            return False
        self._count += 1
        return True

    def release(self):
        if not self._count:
            raise RuntimeError("cannot release un-acquired lock" if self._again else "release unlocked lock")
        self._count -= 1

    def locked(self):
        return self._count > 0

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *details):
        self.release()


class RLock(Lock):
    _again = True


class Event:
    def __init__(self):
        self._flag = False

    def is_set(self):
        return self._flag

    isSet = is_set

    def set(self):
        self._flag = True

    def clear(self):
        self._flag = False

    def wait(self, timeout=None):
        if not self._flag and timeout is None:
            _never("Event.wait()")
        return self._flag


class Condition:
    def __init__(self, lock=None):
        self._lock = RLock() if lock is None else lock
        self.acquire, self.release = self._lock.acquire, self._lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *details):
        self._lock.__exit__(*details)

    def wait(self, timeout=None):
        if timeout is None:
            _never("Condition.wait()")
        return False

    def wait_for(self, predicate, timeout=None):
        result = predicate()
        if not result and timeout is None:
            _never("Condition.wait_for()")
        return result

    def notify(self, n=1):
        if not self._lock._count:
            raise RuntimeError("cannot notify on un-acquired lock")

    def notify_all(self):
        self.notify()

    notifyAll = notify_all


class Semaphore:
    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._value = value

    def acquire(self, blocking=True, timeout=None):
        if not self._value:
            if blocking and timeout is None:
                _never("Semaphore.acquire()")
            return False
        self._value -= 1
        return True

    def release(self, n=1):
        if n < 1:
            raise ValueError("n must be one or more")
        self._value += n

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *details):
        self.release()


class BoundedSemaphore(Semaphore):
    def __init__(self, value=1):
        super().__init__(value)
        self._bound = value

    def release(self, n=1):
        if self._value + n > self._bound:
            raise ValueError("Semaphore released too many times")
        super().release(n)


class BrokenBarrierError(RuntimeError):
    pass


class Barrier:
    def __init__(self, parties, action=None, timeout=None):
        self.parties = parties
        self.n_waiting = 0
        self.broken = False
        self._action = action

    def wait(self, timeout=None):
        if self.parties > 1:
            _never("Barrier.wait()")
        if self._action is not None:
            self._action()
        return 0

    def __repr__(self):
        return "<threading.Barrier at %#x: waiters=0/%d>" % (id(self), self.parties)

    def reset(self):
        self.broken = False

    def abort(self):
        self.broken = True


class local:
    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        object.__setattr__(self, "_local", (args, kwargs, {}))
        return self

    def _mine(self):
        args, kwargs, by_thread = object.__getattribute__(self, "_local")
        found = by_thread.get(_current)
        if found is None:
            found = by_thread[_current] = {}
            if len(by_thread) > 1 and type(self).__init__ is not object.__init__:
                self.__init__(*args, **kwargs)
        return found

    def __getattribute__(self, name):
        mine = local._mine(self)
        if name == "__dict__":
            return mine
        return mine[name] if name in mine else object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        local._mine(self)[name] = value

    def __delattr__(self, name):
        mine = local._mine(self)
        if name not in mine:
            raise AttributeError("'%s' object has no attribute '%s'" % (type(self).__name__, name))
        del mine[name]


class ExceptHookArgs(tuple):
    exc_type = property(lambda self: self[0])
    exc_value = property(lambda self: self[1])
    exc_traceback = property(lambda self: self[2])
    thread = property(lambda self: self[3])


def excepthook(args):
    import sys
    import traceback
    print("Exception in thread %s:" % args.thread.name, file=sys.stderr)
    traceback.print_exception(args.exc_type, args.exc_value, args.exc_traceback)


class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        global _counter
        if name is None:
            _counter += 1
            name = "Thread-%d" % _counter
            if target is not None:
                name += " (%s)" % getattr(target, "__name__", "target")
        self.name = str(name)
        self._target = target
        self._args = args
        self._kwargs = kwargs or {}
        self.daemon = bool(daemon)
        self._started = self._running = False
        self.ident = self.native_id = None

    def run(self):
        if self._target is not None:
            self._target(*self._args, **self._kwargs)

    def start(self):
        global _current
        if self._started:
            raise RuntimeError("threads can only be started once")
        self._started = self._running = True
        self.ident = self.native_id = id(self)
        outer, _current = _current, self
        try:
            self.run()
        except SystemExit:
            pass
        except Exception as e:
            excepthook(ExceptHookArgs((type(e), e, getattr(e, "__traceback__", None), self)))
        finally:
            _current = outer
            self._running = False

    def join(self, timeout=None):
        if not self._started:
            raise RuntimeError("cannot join thread before it is started")
        if self is _current:
            raise RuntimeError("cannot join current thread")

    def is_alive(self):
        return self._running

    def getName(self):
        return self.name

    def setName(self, name):
        self.name = name

    def isDaemon(self):
        return self.daemon

    def setDaemon(self, daemonic):
        self.daemon = daemonic

    def __repr__(self):
        status = "initial" if not self._started else "started" if self._running else "stopped"
        return "<%s(%s, %s%s)>" % (type(self).__name__, self.name, status,
                                   " %s" % self.ident if self.ident is not None else "")


class _MainThread(Thread):
    def __init__(self):
        super().__init__(name="MainThread")
        self._started = self._running = True
        self.ident = self.native_id = 1


class Timer(Thread):
    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__(target=function, args=args or (), kwargs=kwargs)
        self.interval = interval
        self.function = function
        self.finished = Event()

    def cancel(self):
        self.finished.set()

    def run(self):
        import time
        time.sleep(self.interval)
        if not self.finished.is_set():
            super().run()
        self.finished.set()


_main = _current = _MainThread()


def current_thread():
    return _current


currentThread = current_thread


def main_thread():
    return _main


def get_ident():
    return _current.ident


get_native_id = get_ident


def active_count():
    return len(enumerate())


def enumerate():
    return [_main] if _current is _main else [_main, _current]


def settrace(func):
    pass


setprofile = settrace


def gettrace():
    return None


getprofile = gettrace
activeCount = active_count


def stack_size(size=0):
    return 0
