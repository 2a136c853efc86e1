# collections, heapq, bisect: counts, defaults, queues, named tuples, ordered dicts, heaps.

import heapq
from bisect import bisect_left, insort
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple

Point = namedtuple("Point", "x y label")
words = [("w%d" % (i * i % 211)) for i in range(4000)]
total = 0
for _ in range(5):
    counts = Counter(words)
    counts.update(words[:500])
    total += counts.most_common(3)[0][1] + len(counts) + (counts + Counter(words[:9])).total()
    groups = defaultdict(list)
    for i, word in enumerate(words):
        groups[word].append(i)
    total += sum(map(len, groups.values()))
    queue = deque(maxlen=100)
    for i in range(6000):
        queue.append(i)
        if i % 3 == 0:
            total += queue.popleft()
    queue = deque([0])
    seen = {0}
    while queue:
        node = queue.popleft()
        for other in (node * 2 + 1, node * 2 + 2):
            if other < 3000 and other not in seen:
                seen.add(other)
                queue.append(other)
    total += len(seen)
    points = [Point(i, i * i, "p") for i in range(1500)]
    total += sum(p.x + p.y for p in points) + points[7]._replace(x=1).x + sum(x for x, _, _ in points)
    recent = OrderedDict()
    for i in range(2000):
        recent[i % 300] = i
        recent.move_to_end(i % 300)
        if len(recent) > 200:
            recent.popitem(last=False)
    total += len(recent)
    heap = []
    for i in range(2500):
        heapq.heappush(heap, (i * 7919 % 10007, i))
    total += sum(heapq.heappop(heap)[0] for _ in range(2000)) % 1009
    total += heapq.nsmallest(5, words)[2] < heapq.nlargest(5, words)[2]
    ordered = []
    for i in range(1500):
        insort(ordered, i * 37 % 1009)
    total += bisect_left(ordered, 500)
print(total)
