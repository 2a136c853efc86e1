# json: every option, hooks, subclasses, errors with their positions.
import collections
import io
import json
from json import JSONDecodeError

data = {"name": "x\"y\\z/\b\f\n\r\t\x01\x7f", "list": [1, -2, 3.5, 1e100, True, False, None], "empty": [{}, [], ""], "big": 10**30,
        "nested": {"a": {"b": [[1], [2, [3]]]}}, "tuple": (1, 2)}
print(json.dumps(data))
print(json.dumps(data, indent=2))
print(json.dumps(data, indent="\t", separators=(" , ", " : ")))
print(json.dumps(data, separators=(",", ":"), sort_keys=True))
print(json.dumps([1, [2]], indent=0), json.dumps({}, indent=4), json.dumps([], indent=4))
print(json.dumps({1: 1, 2.5: 2, True: 3, None: 4, "s": 5, False: 6}), json.dumps({(1, 2): 1, "a": 2}, skipkeys=True))
print(json.dumps([float("inf"), float("-inf"), float("nan")]), json.dumps([0.1, 1e16, 1e-7, 100.0, -0.0, 1.5e300]))
print(json.dumps("a"), json.dumps(5), json.dumps(None), json.dumps(1.0), json.dumps(True))


class Point:
    def __init__(self, x):
        self.x = x


class Encoder(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, Point):
            return {"point": o.x}
        if isinstance(o, set):
            return sorted(o)
        return super().default(o)


print(json.dumps([Point(1), {2, 1}], cls=Encoder), Encoder(indent=1).encode(Point(2)), json.dumps(Point(3), default=lambda o: o.x))
print("".join(Encoder().iterencode([Point([Point(1)])])))
print(json.dumps(collections.OrderedDict([("z", 1), ("a", 2)])), json.dumps(collections.namedtuple("N", "a b")(1, 2)))


class S(str):
    pass


class I(int):
    pass


class L(list):
    pass


class D(dict):
    pass


print(json.dumps([S("s"), I(7), L([1, 2]), D(a=1), {S("k"): I(1)}]))

for bad in (lambda: json.dumps(Point(1)), lambda: json.dumps({(1, 2): 3}), lambda: json.dumps(float("nan"), allow_nan=False),
            lambda: json.dumps([b"x"]), lambda: json.dumps({"a": {1, 2}}),
            lambda: json.loads(5), lambda: json.loads(None), lambda: json.JSONDecoder().raw_decode("1", -1)):
    try:
        print(bad())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
loop = []
loop.append({"a": loop})
try:
    json.dumps(loop)
except ValueError as e:
    print(e)

print(json.loads(' {"a" : [1, 2.5, -3e2, "x\\u0041\\n\\/", true, false, null, {}, [], 123456789012345678901234567890]} \n'))
print(json.loads(b'{"a": 1}'), json.loads(bytearray(b"[1]")), json.load(io.StringIO("[1, 2]")))
print(json.loads("[NaN, Infinity, -Infinity]"), json.loads("-0"), json.loads("-0.0"), json.loads("1E+2"), json.loads("0.1"), json.loads('""'))
print(json.loads("[1.7976931348623157e308, 1e23, 9007199254740993.0, 0.1, 123.456e-7]") == [1.7976931348623157e308, 1e23, 9007199254740992.0,
                                                                                   0.1, 123.456e-7])
print(json.loads('{"a": 1, "a": 2, "b": 3}'), json.loads('{"a": 1, "a": 2}', object_pairs_hook=lambda p: p))
print(json.loads('{"a": {"b": 1}}', object_hook=lambda d: sorted(d)), json.loads("[1, 2.5]", parse_int=str, parse_float=lambda s: s + "!"))
print(json.loads("[NaN]", parse_constant=lambda s: "<" + s + ">"), json.loads('{"a": [1.5]}', object_pairs_hook=collections.OrderedDict)["a"])
print(json.JSONDecoder().raw_decode('{"a": 1} rest'), json.JSONDecoder().raw_decode("xx[1]yy", 2), json.JSONDecoder(strict=False).decode('"a\tb"'))


class Decoder(json.JSONDecoder):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, object_hook=self.hook, **kwargs)

    def hook(self, d):
        return Point(d["x"]) if "x" in d else d


print(json.loads('[{"x": 5}, {"y": 1}]', cls=Decoder)[0].x)
out = io.StringIO()
json.dump({"a": [1, 2]}, out, indent=2)
print(out.getvalue())

for text in ("", " ", "{", "[", "[1", "[1,", "[1,]", "[1 2]", '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', "{a:1}", "{'a':1}", '{"a" 1}',
             "tru", "nul", "nan", "-", "-x", "01", "1.", "1.e", "1e", "+1", ".5", "1 2", '"abc', '"a\nb"', '"\\x"', '"\\u12"', '"\\u12g4"',
             '"\\u0041"', '"\\', "[1]]", '{"a":1}}', '\n\n  {"a":\n  x}', "\ufeff1", "[1,\n2,\n3,,]", '{1:2}', '"\\u1234', "[\"\x00\"]"):
    try:
        print(len(text), json.loads(text))
    except JSONDecodeError as e:
        print("%s | %s %d %d %d %s" % (e, e.msg, e.pos, e.lineno, e.colno, e.doc == text))
print(isinstance(JSONDecodeError("m", "d", 0), ValueError), json.decoder.JSONDecodeError is JSONDecodeError)
deep = "[" * 100 + "]" * 100
print(json.dumps(json.loads(deep)) == deep)
for f in (lambda: json.loads("[" * 100000), lambda: json.loads('{"a":' * 100000)):
    try:
        f()
    except RecursionError:
        print("RecursionError")
