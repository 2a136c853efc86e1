import pickle

for x in (None, True, 0, -1, 255, 65536, -(1 << 31), 1 << 100, -(1 << 64), 1.5, "é\n", "x" * 300, b"\x00\xff", (), (1,),
          (1, 2, 3, 4), [1, [2, [3]]], {"a": {1: 2}}, {1, 2}, frozenset([3]), [float("inf")]):
    y = pickle.loads(pickle.dumps(x))
    print(y == x, type(y) is type(x))
a = [1]
a.append(a)
b = pickle.loads(pickle.dumps(a))
print(b[0], b[1] is b)
s = "shared"
c = pickle.loads(pickle.dumps([s, s, {"k": s}]))
print(c, c[0] is c[1])
print(pickle.loads(b"\x80\x04\x95\x0f\x00\x00\x00\x00\x00\x00\x00}\x94(\x8c\x01a\x94K\x01\x8c\x01b\x94K\x02u."))
print(pickle.loads(b"(lp0\nI1\naVtwo\np1\naF2.5\na."))
for bad in (b"", b"\x80\x04", b"\x80\x04K", b"\x80\x04h\x05."):
    try:
        pickle.loads(bad)
    except (EOFError, pickle.UnpicklingError) as e:
        print(type(e).__name__)
