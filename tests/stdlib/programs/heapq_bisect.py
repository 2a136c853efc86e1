import bisect
import heapq

data = [(i * 7919) % 1009 for i in range(300)]
heap = []
for x in data:
    heapq.heappush(heap, x)
print([heapq.heappop(heap) for _ in range(300)] == sorted(data))
heap = data[:]
heapq.heapify(heap)
print(heapq.heapreplace(heap, -1), heapq.heappushpop(heap, 5), heap[0])
print(heapq.nlargest(5, data), heapq.nsmallest(5, data), heapq.nlargest(3, ["aa", "b", "cccc"], key=len))
print(list(heapq.merge([1, 4, 7], [2, 5], [], [3])), list(heapq.merge([7, 2], [9, 1], reverse=True)),
      list(heapq.merge(["b", "ccc"], ["aa"], key=len)))
for f in (heapq.heappop, heapq.heapify):
    try:
        f([])
        print("fine")
    except IndexError as e:
        print("IndexError", e)
a = [1, 2, 2, 2, 5, 9]
print([bisect.bisect_left(a, x) for x in range(11)], [bisect.bisect(a, x) for x in range(11)])
print(bisect.bisect_left(a, 2, 2), bisect.bisect_right(a, 2, 0, 3), bisect.bisect_left([9, 5, 1], -5, key=lambda v: -v))
bisect.insort(a, 3)
bisect.insort_left(a, 2)
print(a)
try:
    bisect.bisect(a, 1, -1)
except ValueError as e:
    print(e)
