# Iterators that build on iterators. A part in C, where there is one, is in the module _itertools.

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


class chain:
    def __init__(self, *iterables):
        self._it = _chain(iterables)

    @classmethod
    def from_iterable(cls, iterables):
        self = cls()
        self._it = _chain(iterables)
        return self

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._it)


def _chain(iterables):
    for iterable in iterables:
        yield from iterable


# The functions here check what they are called with at once, and leave the rest to a generator.

def cycle(iterable):
    return _cycle(iter(iterable))


def _cycle(it):
    saved = []
    for item in it:
        saved.append(item)
        yield item
    while saved:
        for item in saved:
            yield item


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
    return _islice(iter(iterable), start, stop, step)


def _islice(it, start, stop, step):
    # Takes no more items than it must.
    i = 0
    while stop is None or start < stop:
        while i < start:
            if next(it, _MISSING) is _MISSING:
                return
            i += 1
        item = next(it, _MISSING)
        if item is _MISSING:
            return
        i += 1
        yield item
        start += step
    while stop is not None and i < stop:
        if next(it, _MISSING) is _MISSING:
            return
        i += 1


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
    return _zip_longest([iter(iterable) for iterable in iterables], fillvalue)


def _zip_longest(its, fillvalue):
    left = len(its)
    alive = [True] * left
    while left:
        row = []
        for i, it in enumerate(its):
            item = _MISSING
            if alive[i]:
                item = next(it, _MISSING)
                if item is _MISSING:
                    alive[i] = False
                    left -= 1
                    if not left:
                        return
            row.append(fillvalue if item is _MISSING else item)
        yield tuple(row)


def product(*iterables, repeat=1):
    if repeat < 0:
        raise ValueError("repeat argument cannot be negative")
    return _product([tuple(iterable) for iterable in iterables] * repeat)


def _product(pools):
    n = len(pools)
    for pool in pools:
        if not pool:
            return
    places = [0] * n
    row = [pool[0] for pool in pools]
    while True:
        yield tuple(row)
        i = n - 1
        while i >= 0:
            places[i] += 1
            if places[i] < len(pools[i]):
                row[i] = pools[i][places[i]]
                break
            places[i] = 0
            row[i] = pools[i][0]
            i -= 1
        else:
            return


def permutations(iterable, r=None):
    pool = tuple(iterable)
    r = len(pool) if r is None else r
    if not isinstance(r, int):
        raise TypeError("Expected int as r")
    if r < 0:
        raise ValueError("r must be non-negative")
    return _permutations(pool, r)


def _permutations(pool, r):
    n = len(pool)
    if r > n:
        return
    order = list(range(n))
    left = list(range(n, n - r, -1))
    while True:
        yield tuple([pool[i] for i in order[:r]])
        for i in range(r - 1, -1, -1):
            left[i] -= 1
            if left[i]:
                j = n - left[i]
                order[i], order[j] = order[j], order[i]
                break
            order[i:] = order[i + 1:] + order[i:i + 1]
            left[i] = n - i
        else:
            return


def _check_r(r):
    if r < 0:
        raise ValueError("r must be non-negative")


def combinations(iterable, r):
    _check_r(r)
    return _combinations(tuple(iterable), r)


def _combinations(pool, r):
    n = len(pool)
    if r > n:
        return
    chosen = list(range(r))
    while True:
        yield tuple([pool[i] for i in chosen])
        i = r - 1
        while i >= 0 and chosen[i] == i + n - r:
            i -= 1
        if i < 0:
            return
        start = chosen[i] + 1
        for j in range(i, r):
            chosen[j] = start + j - i


def combinations_with_replacement(iterable, r):
    _check_r(r)
    return _combinations_with_replacement(tuple(iterable), r)


def _combinations_with_replacement(pool, r):
    n = len(pool)
    if r and not n:
        return
    chosen = [0] * r
    while True:
        yield tuple([pool[i] for i in chosen])
        i = r - 1
        while i >= 0 and chosen[i] == n - 1:
            i -= 1
        if i < 0:
            return
        chosen[i:] = [chosen[i] + 1] * (r - i)


try:
    from _itertools import *
except ImportError:
    pass
