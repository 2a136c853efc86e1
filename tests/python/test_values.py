"""Values cross in both directions unchanged, or not at all with the place of the trouble."""

import array
import collections
import dataclasses
import datetime
import decimal
import enum
import pickle
import socket
import uuid

import hermetic
import pytest
from hermetic._hermetic import _dumps, _loads
from hypothesis import given, settings
from hypothesis import strategies as st

zones = st.none() | st.timedeltas(min_value=datetime.timedelta(hours=-23), max_value=datetime.timedelta(hours=23)).map(
    lambda d: datetime.timezone(datetime.timedelta(seconds=round(d.total_seconds())))
)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=-(2**200), max_value=2**200),
    st.sampled_from([2**n + d for n in (31, 32, 46, 47, 61, 62, 63, 64, 65) for d in (-1, 0, 1)]).map(int),
    st.sampled_from([-(2**n) + d for n in (31, 32, 46, 47, 61, 62, 63, 64, 65) for d in (-1, 0, 1)]).map(int),
    st.floats(allow_nan=False),
    st.text(),
    st.binary(),
)
others = st.one_of(
    st.datetimes(timezones=zones),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.decimals(allow_nan=False),
    st.uuids(),
)
hashable = st.recursive(scalars, lambda inner: st.tuples(inner, inner) | st.frozensets(inner, max_size=4), max_leaves=6)


def containers(inner):
    return st.one_of(
        st.lists(inner, max_size=6),
        st.lists(inner, max_size=6).map(tuple),
        st.dictionaries(hashable, inner, max_size=6),
        st.dictionaries(st.text(), inner, max_size=6),
        st.sets(hashable, max_size=6),
        st.frozensets(hashable, max_size=6),
    )


def same(a, b):
    """Equal, with the same types all the way down and dicts in the same order."""
    assert type(a) is type(b), (a, b)
    if isinstance(a, dict):
        assert len(a) == len(b)
        for (ka, va), (kb, vb) in zip(a.items(), b.items()):
            same(ka, kb)
            same(va, vb)
    elif isinstance(a, (list, tuple)):
        assert len(a) == len(b)
        for x, y in zip(a, b):
            same(x, y)
    elif isinstance(a, float):
        assert a.hex() == b.hex()
    else:
        assert a == b
    return True


@given(st.recursive(scalars | others, containers, max_leaves=30))
@settings(max_examples=500, deadline=None)
def test_every_value_survives_its_bytes(value):
    assert same(_loads(_dumps(value)), value)


@pytest.fixture(scope="module")
def session():
    with hermetic.Session(functions={"echo": lambda *a, **k: (a, k)}) as s:
        s.run("def same(x): return x\ndef text(x): return repr(x)\ndef through(*a, **k): return echo(*a, **k)")
        yield s


@given(st.recursive(scalars | others, containers, max_leaves=20))
@settings(max_examples=300, deadline=None)
def test_every_value_survives_the_guest(session, value):
    assert same(session.call("same", value), value)


@given(st.one_of(others))
@settings(max_examples=200, deadline=None)
def test_the_guest_sees_the_object_that_was_passed(session, value):
    if isinstance(value, decimal.Decimal) and value == 0:
        value = abs(value)  # a zero's sign does not cross
    assert session.call("text", value) == repr(value).replace(", fold=1", "")


@given(st.lists(scalars, max_size=4), st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), scalars, max_size=4))
@settings(max_examples=200, deadline=None)
def test_arguments_survive_guest_and_host(session, args, kwargs):
    keywords = {f"k_{name}": value for name, value in kwargs.items()}
    assert same(session.call("through", *args, **keywords), (tuple(args), keywords))


# A time zone of the program's: its code runs while a value is on its way out.
ZONE = """
import datetime as d
rows, table = [1, 2, 3], {}
class Z(d.tzinfo):
    def __init__(self, code): self.code = code
    def utcoffset(self, when):
        exec(self.code)
        return d.timedelta(hours=1)
"""


@pytest.mark.parametrize(
    ("code", "arrives"),
    [
        ("import dataclasses as d\n@d.dataclass\nclass P:\n x: int\n y: list\nP(1, [P(2, [])])", {"x": 1, "y": [{"x": 2, "y": []}]}),
        ("import collections as c\nc.namedtuple('P', 'x y')(1, 2)", (1, 2)),
        ("import collections as c\n[c.OrderedDict(a=1), c.Counter('aab'), c.defaultdict(int)]", [{"a": 1}, {"a": 2, "b": 1}, {}]),
        ("import datetime as d\nclass D(d.date):\n def isoformat(self): return 'no date'\nD(2020, 1, 2)", datetime.date(2020, 1, 2)),
        ("import array\narray.array('H', [1, 2])", b"\x01\0\x02\0"),
        ("[bytearray(b'ab'), memoryview(b'abc')[1:]]", [b"ab", b"bc"]),
        ("class T(str): pass\n{T('a'): T('b')}", {"a": "b"}),
    ],
)
def test_what_is_like_plain_data_comes_out_as_plain_data(code, arrives):
    same(hermetic.run(code).value, arrives)


OUTSIDE = [
    ("class Q: pass\n[1, {'a': Q()}]", r"cannot pass an object of type Q \(at \[1\]\['a'\]\)"),
    ("import enum\nclass C(enum.Enum): A = 1\n(C.A,)", r"type C \(at \[0\]\)"),
    ("x = []\nx.append(x)\nx", "a value that contains itself"),
    ("import dataclasses as d\n@d.dataclass\nclass P:\n x: object\np = P(1)\np.x = p\np", "nested more than 100 deep"),
]


@pytest.mark.parametrize(("code", "message"), OUTSIDE)
def test_what_cannot_come_out_is_named_with_its_place(code, message):
    lines = code.splitlines()
    with hermetic.Session(functions={"f": print}) as session:
        session.run("\n".join([*lines[:-1], f"v = {lines[-1]}", "def get(): return v"]))
        for way in (lambda: session["v"], lambda: session.call("get"), lambda: session.run("f(v)")):
            with pytest.raises(hermetic.GuestError, match=message):
                way()


@pytest.mark.parametrize(
    ("code", "kind", "text"),
    [
        ("class Q:\n def __repr__(self): return 'Q!'\n[1, {'a': Q()}]", "list", "[1, {'a': Q!}]"),
        ("import enum\nclass C(enum.Enum): A = 1\n(C.A,)", "tuple", "(<C.A: 1>,)"),
        ("x = []\nx.append(x)\nx", "list", "[[...]]"),
        ("import fractions\nfractions.Fraction(1, 2)", "Fraction", "Fraction(1, 2)"),
        ("'\\ud800'", "str", "'\\ud800'"),
        ("class Q:\n def __repr__(self): return 'é' * 100000\nQ()", "Q", "é" * 16382 + "..."),
    ],
)
def test_a_last_expression_without_a_plain_form_is_opaque(code, kind, text):
    for limits in (None, hermetic.Limits(value=1024)):
        value = hermetic.run(code, limits=limits).value
        assert isinstance(value, hermetic.Opaque)
        assert (value.type, value.repr, repr(value)) == (kind, text, text)


def test_what_opaque_is():
    value = hermetic.Opaque("A", "<A>")
    assert value == hermetic.Opaque(type="A", repr="<A>") != hermetic.Opaque("A", "<B>")
    assert value != "<A>"
    assert len({value, hermetic.Opaque("A", "<A>")}) == 1
    assert pickle.loads(pickle.dumps(value)) == value
    for change in (lambda: setattr(value, "type", "B"), lambda: delattr(value, "repr"), lambda: setattr(value, "x", 1)):
        with pytest.raises(AttributeError):
            change()
    for bad in ((), ("A",), ("A", 1), (None, "A"), ("A", "B", "C")):
        with pytest.raises(TypeError):
            hermetic.Opaque(*bad)
    with pytest.raises(hermetic.ConversionError, match=r"inputs\['x'\]: cannot pass a"):
        hermetic.run("x", inputs={"x": value})


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (ZONE + "rows.insert(0, d.datetime(2020, 1, 1, tzinfo=Z('rows.clear()')))\nrows", "container that changes meanwhile"),
        (ZONE + "table['a'] = d.datetime(2020, 1, 1, tzinfo=Z('table[1] = 2'))\ntable", "container that changes meanwhile"),
        (ZONE + "d.datetime(2020, 1, 1, tzinfo=Z('1/0'))", "ZeroDivisionError"),
        ("class Q:\n def __repr__(self): return 1 / 0\nQ()", "ZeroDivisionError"),
        ("class Q:\n def __repr__(self): return 1\nQ()", "__repr__ returned non-string"),
    ],
)
def test_an_exception_of_the_program_on_the_way_out_is_the_runs(code, message):
    with pytest.raises(hermetic.GuestError, match=message):
        hermetic.run(code)


def test_nan_stays_nan():
    value = hermetic.run("x", inputs={"x": float("nan")}).value
    assert value != value
    assert _loads(_dumps(decimal.Decimal("NaN"))).is_nan()
    assert _loads(_dumps(decimal.Decimal("-sNaN"))).is_snan()


@given(st.binary(max_size=200))
@settings(max_examples=1000, deadline=None)
def test_any_bytes_are_a_value_or_refused(data):
    try:
        value = _loads(data)
    except ValueError:
        return
    assert isinstance(_dumps(value), bytes)


class Colour(enum.IntEnum):
    RED = 1


class Text(str):
    pass


Point = collections.namedtuple("Point", "x y")


@dataclasses.dataclass
class Order:
    item: str
    counts: list
    Kind = 3


@pytest.mark.parametrize(
    ("given", "arrives"),
    [
        (Colour.RED, 1),
        (Text("a"), "a"),
        (Point(1, [2]), (1, [2])),
        (Order("tea", [Point(1, 2)]), {"item": "tea", "counts": [(1, 2)]}),
        (collections.OrderedDict(b=1, a=2), {"b": 1, "a": 2}),
        (collections.defaultdict(list, a=[1]), {"a": [1]}),
        (bytearray(b"ab"), b"ab"),
        (memoryview(b"abcd")[1:3], b"bc"),
        (memoryview(b"abcd")[::2], b"ac"),
        (array.array("H", [1, 2]), array.array("H", [1, 2]).tobytes()),
        (True, True),
    ],
)
def test_what_is_like_plain_data_goes_in_as_plain_data(given, arrives):
    same(_loads(_dumps(given)), arrives)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"rows": [0, 1, 2, {"x": socket.socket}]}, r"inputs\['rows'\]\[3\]\['x'\]: cannot pass a type"),
        ({"f": print}, r"inputs\['f'\]: cannot pass a builtin_function_or_method; grant functions with functions="),
        ({"o": object()}, r"inputs\['o'\]: cannot pass a object"),
        ({"e": [Order("x", [object()])]}, r"inputs\['e'\]\[0\]\.counts\[0\]: cannot pass a object"),
        ({"s": "\ud800"}, r"inputs\['s'\]: cannot pass a str with surrogates"),
        ({"d": decimal.Decimal("1" * 5000)}, r"inputs\['d'\]: cannot pass a Decimal of more than 4300 digits"),
        ({"g": (i for i in "ab")}, r"inputs\['g'\]: cannot pass a generator"),
        ({"k": {object: 1}}, r"inputs\['k'\]\[<class 'object'>\]: cannot pass a type"),
    ],
)
def test_what_cannot_cross_is_named_with_its_place(value, message):
    with pytest.raises(hermetic.ConversionError, match=message):
        hermetic.run("1", inputs=value)
    with pytest.raises(TypeError):
        hermetic.run("1", inputs=value)


def test_a_socket_is_named():
    with socket.socket() as s, pytest.raises(hermetic.ConversionError, match="cannot pass a socket") as caught:
        hermetic.run("1", inputs={"rows": [s]})
    assert caught.value.path == "inputs['rows'][0]"


def test_cycles_and_depth_are_told():
    loop = []
    loop.append({"again": loop})
    with pytest.raises(hermetic.ConversionError, match=r"^inputs\['x'\]\[0\]\['again'\]: contains itself"):
        hermetic.run("1", inputs={"x": loop})
    deep = []
    for _ in range(200):
        deep = [deep]
    with pytest.raises(hermetic.ConversionError, match="nested deeper"):
        hermetic.run("1", inputs={"x": deep})
    shared = [1]
    assert hermetic.run("x", inputs={"x": [shared, shared]}).value == [[1], [1]]


def test_size_is_limited_on_the_way_in_and_out():
    limits = hermetic.Limits(value=2000)
    with pytest.raises(hermetic.ConversionError, match=r"inputs\['x'\]: too large: the limit on values is 2000 bytes"):
        hermetic.run("1", inputs={"x": "a" * 3000}, limits=limits)
    with pytest.raises(hermetic.ValueExceeded):
        hermetic.run("'a' * 3000", limits=limits)
    with pytest.raises(hermetic.GuestError, match="result of big"):
        hermetic.run("big()", functions={"big": lambda: b"x" * 3000}, limits=limits)


def test_a_container_that_changes_while_it_is_passed_is_refused():
    rows = [1, 2]

    class Sly(datetime.date):
        def isoformat(self):
            rows.append(3)
            return super().isoformat()

    rows.append(Sly(2020, 1, 1))
    with pytest.raises(hermetic.ConversionError, match="changed while it was passed"):
        _dumps(rows)
    table = {}

    class Slier(datetime.date):
        def isoformat(self):
            table[object()] = 1
            return super().isoformat()

    table["a"] = Slier(2020, 1, 1)
    with pytest.raises(hermetic.ConversionError, match="changed while it was passed"):
        _dumps(table)


def test_keys_that_a_guest_chose_to_collide_are_refused():
    modulus = 2**61 - 1
    with pytest.raises(ValueError, match="too many keys of one hash"):
        _loads(_dumps([{i * modulus: None for i in range(600)}][0]))
    with pytest.raises(ValueError, match="too many keys of one hash"):
        _loads(_dumps({i * modulus for i in range(600)}))
    assert len(_loads(_dumps({i: None for i in range(5000)}))) == 5000
    assert len(_loads(_dumps({float(i) for i in range(5000)}))) == 5000


def test_large_values_cross():
    blob = bytes(range(256)) * 20000
    assert hermetic.run("x", inputs={"x": blob}).value == blob
    rows = [{"id": i, "name": f"n{i}", "tags": ["a", "b"], "score": i / 7} for i in range(2000)]
    assert hermetic.run("x", inputs={"x": rows}).value == rows


def test_uuid_and_times_are_exact():
    zone = datetime.timezone(datetime.timedelta(seconds=-3599))
    for value in [
        uuid.UUID(int=5),
        datetime.datetime(1, 1, 1),
        datetime.datetime(9999, 12, 31, 23, 59, 59, 999999, zone),
        datetime.datetime(2020, 2, 29, tzinfo=datetime.timezone.utc),
        datetime.time(1, 2, 3, 4),
        datetime.timedelta.min,
        datetime.timedelta.max,
        decimal.Decimal("0.00"),
        decimal.Decimal("1e+30"),
        decimal.Decimal("-Infinity"),
    ]:
        back = _loads(_dumps(value))
        same(back, value)
        assert str(back) == str(value)
