# Priority queues in lists. The heap itself is in C, in the module _heapq.

from _heapq import heapify, heappop, heappush, heappushpop, heapreplace

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge", "nlargest", "nsmallest", "heappushpop"]


def _up_max(heap, i, top=0):
    item = heap[i]
    while i > top:
        parent = (i - 1) >> 1
        above = heap[parent]
        if not above < item:
            break
        heap[i] = above
        i = parent
    heap[i] = item


def _down_max(heap, i):
    top, n = i, len(heap)
    item = heap[i]
    child = 2 * i + 1
    while child < n:
        if child + 1 < n and not heap[child + 1] < heap[child]:
            child += 1
        heap[i] = heap[child]
        i = child
        child = 2 * i + 1
    heap[i] = item
    _up_max(heap, i, top)


# Heaps with the largest first, which have no public name yet.

def _heappop_max(heap):
    last = heap.pop()
    if not heap:
        return last
    first = heap[0]
    heap[0] = last
    _down_max(heap, 0)
    return first


def _heapreplace_max(heap, item):
    first = heap[0]
    heap[0] = item
    _down_max(heap, 0)
    return first


def _heapify_max(heap):
    for i in range(len(heap) // 2 - 1, -1, -1):
        _down_max(heap, i)


class _Reverse:
    __slots__ = ("key",)

    def __init__(self, key):
        self.key = key

    def __lt__(self, other):
        return other.key < self.key

    def __gt__(self, other):
        return self.key < other.key

    def __eq__(self, other):
        return self.key == other.key


def merge(*iterables, key=None, reverse=False):
    heap = []
    for order, iterable in enumerate(iterables):
        it = iter(iterable)
        for item in it:
            k = item if key is None else key(item)
            heap.append([_Reverse(k) if reverse else k, order, item, it])
            break
    heapify(heap)
    while heap:
        entry = heap[0]
        yield entry[2]
        for item in entry[3]:
            k = item if key is None else key(item)
            entry[0] = _Reverse(k) if reverse else k
            entry[2] = item
            heapreplace(heap, entry)
            break
        else:
            heappop(heap)


def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:max(n, 0)]


def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]
