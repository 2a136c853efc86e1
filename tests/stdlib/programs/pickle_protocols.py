# The bytes of pickles, protocol by protocol, and what can be read of them.

import collections
import copyreg
import datetime
import decimal
import io
import pickle


class Point:
    def __init__(self, x):
        self.x = x

    def __eq__(self, other):
        return self.x == other.x


class Arguments:
    def __new__(cls, *args, **keywords):
        self = super().__new__(cls)
        self.args = args, keywords
        return self

    def __getnewargs_ex__(self):
        return self.args


values = [None, True, 0, 255, -1, 65536, 2 ** 31, -2 ** 63, 1.5, "é", "", b"b\xff", [1, [2]], (), (1,), (1, 2, 3, 4), {"a": {"b": 1}},
          [1, "x", "x"], ["s"], {"one": 1}]
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    print(protocol, [pickle.dumps(value, protocol) for value in values])
values += [2 ** 70, 1j, bytearray(b"x"), {1}, frozenset("a"), range(3), slice(1, 2), ..., NotImplemented, len, Point, Point(1),
           datetime.date(2020, 1, 1), decimal.Decimal("1.5"), collections.OrderedDict(a=1), collections.deque([1], 2),
           collections.defaultdict(int, z=1), collections.Counter("aab"), list(range(3000)), {n: str(n) for n in range(2500)},
           "x" * 70000, ["y" * 66000, "z"]]
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    print(protocol, [value for value in values if pickle.loads(pickle.dumps(value, protocol)) != value],
          pickle.loads(pickle.dumps(Arguments(1, k=2), protocol)).args if protocol > 3 else "")
print([len(pickle.dumps(value)) for value in (list(range(3000)), "x" * 70000, {"key": [1.5, None, True] * 9})])
print(pickle.loads(b"(dp0\nS'a'\np1\nI1\ns."), pickle.loads(b"U\x03abc.", encoding="bytes"), pickle.loads(b"I01\n."))
for data in (b"", b"j", b"S", b"\x80\x09.", pickle.dumps([1])[:-2], b"cnosuchmodule\nx\n."):
    try:
        print(pickle.loads(data))
    except Exception as e:
        print(type(e).__name__, e)
for arguments in ((1, 99), (lambda: 0,), ((i for i in ()),)):
    try:
        pickle.dumps(*arguments)
    except Exception as e:
        print(type(e).__name__)


class Persistent(pickle.Pickler):
    def persistent_id(self, obj):
        return "point" if isinstance(obj, Point) else None


class Careful(pickle.Unpickler):
    def persistent_load(self, pid):
        return "loaded " + pid

    def find_class(self, module, name):
        if (module, name) != ("builtins", "range"):
            raise pickle.UnpicklingError(f"{module}.{name} is forbidden")
        return super().find_class(module, name)


stream = io.BytesIO()
Persistent(stream).dump([Point(1), range(2)])
stream.seek(0)
print(Careful(stream).load())
try:
    Careful(io.BytesIO(pickle.dumps(collections.Counter()))).load()
except pickle.UnpicklingError as e:
    print(e)
copyreg.pickle(Arguments, lambda a: (Point, (len(a.args),)))
print(pickle.loads(pickle.dumps(Arguments(1))).x)
