# Iterators that build on iterators. Those that are slow in Python are in C, in the module _itertools.

from _itertools import chain, choices as _choices, cycle, islice as _islice, longest as _longest
from collections import deque

_MISSING = object()


class count:
    def __init__(self, start=0, step=1):
        try:
            start + step
        except TypeError:
            raise TypeError("a number is required") from None
        self._n = start
        self._step = step

    def __iter__(self):
        return self

    def __next__(self):
        n = self._n
        self._n = n + self._step
        return n

    def __repr__(self):
        if type(self._step) is int and self._step == 1:
            return "count(%r)" % (self._n,)
        return "count(%r, %r)" % (self._n, self._step)


class repeat:
    def __init__(self, object, times=None):
        self._object = object
        self._times = times if times is None else max(times, 0)

    def __iter__(self):
        return self

    def __next__(self):
        if self._times is not None:
            if not self._times:
                raise StopIteration
            self._times -= 1
        return self._object

    def __length_hint__(self):
        if self._times is None:
            raise TypeError("len() of unsized object")
        return self._times

    def __repr__(self):
        if self._times is None:
            return "repeat(%r)" % (self._object,)
        return "repeat(%r, %d)" % (self._object, self._times)


# The functions here check what they are called with at once, and leave the rest to a generator.

def accumulate(iterable, func=None, *, initial=None):
    return _accumulate(iter(iterable), func, initial)


def _accumulate(it, func, total):
    if total is None:
        total = next(it, _MISSING)
        if total is _MISSING:
            return
    yield total
    for item in it:
        total = total + item if func is None else func(total, item)
        yield total


def compress(data, selectors):
    return (item for item, wanted in zip(data, selectors) if wanted)


def dropwhile(predicate, iterable):
    return _dropwhile(predicate, iter(iterable))


def _dropwhile(predicate, it):
    for item in it:
        if not predicate(item):
            yield item
            break
    yield from it


def takewhile(predicate, iterable):
    return _takewhile(predicate, iter(iterable))


def _takewhile(predicate, it):
    for item in it:
        if not predicate(item):
            break
        yield item


def filterfalse(predicate, iterable):
    if predicate is None:
        return (item for item in iterable if not item)
    return (item for item in iterable if not predicate(item))


def starmap(function, iterable):
    return (function(*arguments) for arguments in iterable)


def pairwise(iterable):
    return _pairwise(iter(iterable))


def _pairwise(it):
    last = next(it, _MISSING)
    if last is _MISSING:
        return
    for item in it:
        yield last, item
        last = item


def islice(iterable, *args):
    if not 1 <= len(args) <= 3:
        raise TypeError("islice expected at %s arguments, got %d"
                        % ("least 2" if not args else "most 4", len(args) + 1))
    start, stop, step = (0, args[0], 1) if len(args) == 1 else args if len(args) == 3 else args + (1,)
    start = 0 if start is None else start
    step = 1 if step is None else step
    for value in (start, stop):
        if value is not None and (not isinstance(value, int) or value < 0):
            raise ValueError("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize."
                             if len(args) > 1 else
                             "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
    if not isinstance(step, int) or step < 1:
        raise ValueError("Step for islice() must be a positive integer or None.")
    return _islice(iter(iterable), start, -1 if stop is None else stop, step)


class groupby:
    def __init__(self, iterable, key=None):
        self._it = iter(iterable)
        self._key = key
        self._item = self._current = _MISSING
        self._group = None
        self._target = _MISSING

    def __iter__(self):
        return self

    def _advance(self):
        self._item = next(self._it)
        self._current = self._item if self._key is None else self._key(self._item)

    def __next__(self):
        self._group = object()
        while self._current is _MISSING or self._current == self._target:
            if self._target is _MISSING and self._current is not _MISSING:
                break
            self._advance()
        self._target = self._current
        return self._current, self._members(self._group, self._current)

    def _members(self, group, key):
        while self._group is group and self._current == key:
            yield self._item
            if self._group is not group:
                return
            try:
                self._advance()
            except StopIteration:
                self._group = None
                self._current = self._target
                return


def tee(iterable, n=2):
    if n < 0:
        raise ValueError("n must be >= 0")
    it = iter(iterable)
    queues = [deque() for _ in range(n)]

    def one(queue):
        while True:
            if not queue:
                item = next(it, _MISSING)
                if item is _MISSING:
                    return
                for other in queues:
                    other.append(item)
            yield queue.popleft()

    return tuple([one(queue) for queue in queues])


def zip_longest(*iterables, fillvalue=None):
    return _longest([iter(iterable) for iterable in iterables], fillvalue)


def product(*iterables, repeat=1):
    if repeat < 0:
        raise ValueError("repeat argument cannot be negative")
    return _choices(0, tuple([tuple(iterable) for iterable in iterables]) * repeat, 0)


def permutations(iterable, r=None):
    pool = tuple(iterable)
    r = len(pool) if r is None else r
    if not isinstance(r, int):
        raise TypeError("Expected int as r")
    if r < 0:
        raise ValueError("r must be non-negative")
    return _choices(1, pool, r)


def _check_r(r):
    if r < 0:
        raise ValueError("r must be non-negative")


def combinations(iterable, r):
    _check_r(r)
    return _choices(2, tuple(iterable), r)


def combinations_with_replacement(iterable, r):
    _check_r(r)
    return _choices(3, tuple(iterable), r)
