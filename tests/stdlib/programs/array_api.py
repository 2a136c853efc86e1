# array.array: every method and operator, errors; views of memory.
from array import array, typecodes
import copy, pickle

for c in "bBhHiIqQfd":
    a = array(c, [1, 2, 3]); print(a, a.typecode, a.itemsize, len(a), a.tobytes(), a.tolist(), list(a))
a = array("i", range(10))
a.append(5); a.insert(0, -1); a.insert(100, 7); a.insert(-1, 6); print(a)
print(a.pop(), a.pop(0), a.index(5), a.count(5), 5 in a, 99 in a)
a.remove(5); a.reverse(); print(a, a[2:5], a[::-2], a[-1])
a[1:3] = array("i", [100, 200, 300]); a[::4] = array("i", [0] * len(a[::4])); del a[0]; del a[1:3]; print(a)
b = array("d", (x / 2 for x in range(4))); b.extend([1, 2]); b.extend(array("d", [9.5])); b += array("d", [1]); print(b, b * 2, b + b, 3 * array("b", [1]))
print(b == array("d", b.tolist()), array("i", [1]) == array("d", [1.0]), array("i", [1, 2]) < array("i", [1, 3]), b != a)
b.frombytes(array("d", [2.5]).tobytes()); b.fromlist([1, 2]); b.byteswap(); b.byteswap(); print(b, copy.copy(b) == b, copy.deepcopy(b) == b, pickle.loads(pickle.dumps(b)) == b)
for f in (lambda: array("i", "abc"), lambda: array("b", [200]), lambda: array("B", [-1]), lambda: array("i", [1.5]), lambda: a.append("x"), lambda: array("d", ["x"]), lambda: a[99], lambda: a.pop(99),
          lambda: a.remove(12345), lambda: a.index(12345), lambda: a.frombytes(b"abc"), lambda: a + [1], lambda: a.extend(array("d")), lambda: a.fromlist((1,)), lambda: array("h", [40000]), lambda: array(5)):
    try: print(f())
    except (TypeError, ValueError, OverflowError, IndexError) as e: print(type(e).__name__, e)
m = memoryview(array("h", [1, 2, 3, 4]))
print(m.format, m.itemsize, m.nbytes, m.ndim, m.shape, m.strides, m.readonly, m.tolist(), m.cast("B").tolist(), m[1:].tobytes(), m.contiguous)
m = memoryview(bytearray(8)); m.cast("I")[1] = 258; print(bytes(m), memoryview(b"ab").readonly, m.toreadonly().readonly)
