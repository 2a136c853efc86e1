"""Expressions of all kinds, and what CPython says of each: a value or an error."""

EXPRESSIONS = r"""
int.__name__
type(5).__mro__
(5).__class__
sorted({3,1,2})
{1:2}|{3:4}
[*{1,2}]
set("aab") == {"a","b"}
"abc".__class__.__name__
"abc".__len__()
[1].__len__()
(1.5).__round__()
(2.675).__round__(2)
(5).__round__(-1)
(1.5).__floor__()
(1.5).__ceil__()
(1.5).__trunc__()
(1.5).__int__()
(7).__float__()
max(1,2,3)
max([1,5],key=lambda x:-x)
max((), default=0)
min("b","a")
sum([0.1]*10)
sum([[1],[2]],[])
list(map(str,range(3)))
list(filter(lambda x:x%2,range(5)))
list(zip("ab",[1,2]))
dict(zip("ab",[1,2]))
"%s" % [1]
"%r" % "a"
"%5.2f%%" % 3.14159
"%-5s|" % "a"
"%05d" % 42
"%+.1e" % 12345.678
"%x %X %o" % (255,255,8)
"%c" % 65
"%s %s" % ("a","b")
"%(k)s" % {"k":1}
"%*d" % (5,42)
"%.3s" % "abcdef"
"% d" % 5
"%i" % 3.9
"%g" % 0.00001
"%G" % 1e-10
"{:>10}".format("a")
"{:^10}|{:<5}|".format("a","b")
"{:+d}".format(5)
"{:,}".format(1234567)
"{:.2%}".format(0.1234)
"{:e}".format(12345)
"{:b}".format(5)
"{0[1]}".format([1,2])
"{a.real}".format(a=1j)
"{!r:>5}".format("a")
"{:08.3f}".format(3.14159)
"{:x}".format(255)
"{:_}".format(1000000)
"{:g}".format(1e20)
"{:n}".format(5)
"{:c}".format(65)
"{:%}".format(0.5)
f"{1+1}"
f"{'a':>5}"
f"{3.14159:.2f}"
f"{1000:,}"
f"{'a'!r}"
f"{[1,2]}"
f"{{}}"
f"{5:>{3}}"
f"{None}"
f"{1e10}"
f"{1.0}"
f"{0.1+0.2}"
f"{1/3:.3}"
f"{'x':*^5}"
"a,b,c".split(",")
"a b  c".split()
" a ".strip()
"abc".replace("b","x")
"abc".find("c")
"a-b".partition("-")
"abc".upper()
"Hello".swapcase()
"hello world".title()
"abc".center(9,"*")
"5".zfill(3)
"-5".zfill(4)
"abc".startswith("a")
"a\tb".expandtabs(4)
"abc"[::-1]
"abc"[-2:]
"ab"*3
"b" in "abc"
"abc".index("b")
"aXbXc".rsplit("X",1)
"a.b".rpartition(".")
"Abc".casefold()
"abc".islower()
"ABC".isupper()
"123".isdigit()
"abc1".isalnum()
"".isalpha()
"x=1".encode()
"abc".translate({97:"z"})
"a\nb".splitlines()
"abc".count("")
"abc".removeprefix("a")
[1,2,3][-1]
[1,2,3][::2]
[1,2,3].index(2)
[3,1,2].sort()
sorted([3,1,2],reverse=True)
[1]*3
[1,2]+[3]
[1,2,3].pop()
[1,2,2].count(2)
list(reversed([1,2]))
[i for i in range(3)]
[[0]*2 for _ in range(2)]
list("abc")
[1,2]==[1,2]
[1,2]<[1,3]
any([0,1])
all([])
enumerate("a").__next__()
[*range(3)]
len([1,2])
bool([])
[1,[2,[3]]]
[None]*2
(1,2)+(3,)
(1,)*2
(1,2).index(2)
()
(1,)
tuple("ab")
(1,2)==(1,2)
(1,2)<(2,)
(1,2).count(1)
divmod(7,3)
divmod(-7,3)
divmod(7.5,2)
pow(2,10)
pow(2,-1)
pow(2,10,1000)
abs(-5)
round(2.5)
round(3.14159,2)
round(-2.5)
round(1234.5,-2)
int(3.9)
int("42")
int("ff",16)
int("0b11",2)
int(-3.9)
float("1.5")
float("inf")
float("nan")
complex(1,2)
bool("a")
str(1.0)
repr("a'b")
chr(97)
ord("a")
bin(10)
oct(8)
ascii("é")
{1,2}|{3}
{1,2}&{2}
{1,2}-{2}
{1,2}^{2,3}
{1}<{1,2}
{1}.issubset({1})
frozenset([1])
{1,2}.union([3])
len({1,1})
set()
{*"a"}
{1,2}.isdisjoint({3})
{x for x in [1,2]}
sorted({"b","a"})
{"a":1}.get("b")
{"a":1}.get("b",0)
list({"a":1,"b":2})
list({"a":1}.items())
{**{"a":1},"b":2}
{"a":1}=={"a":1}
"a" in {"a":1}
{k:v for k,v in [("a",1)]}
dict(a=1)
{"a":1}.keys()
{"a":1}.values()
{"a":1}.items()
{"b":1,"a":2}
{1:{2:3}}
dict([(1,2)])
{}.fromkeys("ab")
{"a":1}.pop("a")
len({"a":1})
{"a":1}.copy()
{"a":[1]}.setdefault("a",[])
list(reversed({"a":1,"b":2}))
{"a":1}|{"a":2}
next(iter({"a":1}))
isinstance(1,int)
isinstance(True,int)
isinstance("a",(int,str))
issubclass(bool,int)
type(1)
type("a")
type(None)
type(int)
type(lambda:0)
type(1.0)
type(1j)
type({})
type(set())
type(b"")
type(range(1))
type(...)
type(NotImplemented)
type(type)
callable(print)
type((i for i in ()))
type(slice(1))
type(memoryview(b""))
type(property())
type(object())
type(super)
type(Exception())
type(zip())
type(map(str,[]))
type(enumerate([]))
type({}.keys())
type({}.items())
type(filter(None,[]))
type(classmethod(print))
type(staticmethod(print))
1/2
7//2
-7//2
7%3
-7%3
2**10
2**-1
2**0.5
10**20
1e3
0.1+0.2
1_000
0o17
0b11
5&3
5|3
5^3
~5
1<<3
16>>2
not 1
1 and 2
0 or 3
1<2<3
1==1.0
1 is None
3 if True else 4
-2**2
(-2)**2
7.0//2
1e16
1e15
123456789.0
1e-5
0.0001
1e100
-0.0
1.0
100.0
1e22
3.0e-10
float(10**17)
5 .real
5 .bit_length()
(255).to_bytes(2,"big")
int.from_bytes(b"\x01\x00","little")
(0.75).as_integer_ratio()
(10).conjugate()
3.7.is_integer()
slice(1,2)
slice(1,10,2).indices(5)
range(5)
range(1,10,2)[2]
list(range(10,0,-3))
len(range(10))
3 in range(5)
range(3)==range(0,3)
range(10)[2:5]
list(range(0))
sum(range(101))
range(5).index(3)
range(1,4).stop
b"abc"[0]
b"abc"[:2]
b"a"+b"b"
bytes([1,2])
b"abc".hex()
bytes.fromhex("6162")
b"abc".decode()
bytearray(b"ab")
b"a".upper()
b"a,b".split(b",")
b"\x00\xff"
b"it's"
b'"q"'
bytes(2)
memoryview(b"ab")[0]
b"abc".find(b"c")
b"a".join([b"x",b"y"])
b"%d" % 5
bytes("é","utf8")
list(b"ab")
b"ab"==bytearray(b"ab")
b"abc".startswith(b"a")
bytearray([0,255])
[x for x in "abc" if x!="b"]
{x:len(x) for x in ["a","bb"]}
[(x,y) for x in [1,2] for y in [3,4]]
sum(x*x for x in range(4))
[x if x>1 else -x for x in range(3)]
(lambda x,y=2:x+y)(1)
(lambda *a,**k:(a,k))(1,b=2)
[f(2) for f in (abs,lambda x:x*2)]
list(map(lambda x:x**2,[1,2]))
sorted("bca")
sorted([(2,"a"),(1,"b")])
sorted(["b","A"],key=str.lower)
list(zip(*[[1,2],[3,4]]))
__import__("math").pi
__import__("math").sqrt(2)
__import__("math").floor(-1.5)
__import__("math").factorial(10)
__import__("math").gcd(12,8)
__import__("math").log(100,10)
__import__("math").isclose(0.1+0.2,0.3)
__import__("math").comb(5,2)
__import__("math").hypot(3,4)
__import__("math").e
__import__("math").log2(8)
__import__("math").sin(1)
__import__("math").degrees(1)
__import__("math").prod([1,2,3])
__import__("math").inf
__import__("math").trunc(1.7)
__import__("math").exp(1)
__import__("math").pow(2,3)
__import__("math").fsum([.1]*3)
__import__("math").dist([0,0],[1,1])
__import__("math").sumprod([1],[2]) if hasattr(__import__("math"),"sumprod") else 0
__import__("os").path.join("a","b")
__import__("os").sep
__import__("os").linesep
__import__("os").environ.get("NOPE")
__import__("os").name
__import__("os").path.exists("/nope")
__import__("os").path.splitext("a.b.c")
__import__("os").getenv("X","d")
__import__("os").path.expanduser("x")
__import__("sys").argv[1:]
__import__("sys").byteorder
__import__("sys").maxsize
__import__("sys").version_info[:2]
__import__("sys").getsizeof("")
__import__("sys").intern("a")
__import__("sys").getdefaultencoding()
"sys" in __import__("sys").modules
__import__("sys").float_info.dig
__import__("sys").hash_info.width
__import__("sys").version_info >= (3,7)
__import__("sys").implementation.name != ""
__import__("sys").exc_info()
__import__("time").strftime("%Y", (2024,1,1,0,0,0,0,1,0))
__import__("time").struct_time((2024,1,1,0,0,0,0,1,0)).tm_year
__import__("time").gmtime(0)
__import__("time").asctime((2024,1,1,0,0,0,0,1,0))
__import__("time").mktime((1970,1,2,0,0,0,0,0,0)) > 0
__import__("time").time_ns() > 0 if 0 else 1
repr(Exception("a",1))
str(KeyError("k"))
repr(ValueError())
ValueError("a").args
OSError(2,"m").errno
str(OSError(2,"m","f"))
repr(StopIteration(1))
SystemExit(1).code
ZeroDivisionError.__name__
Exception("x").__class__.__mro__[1].__name__
repr(KeyError("a"))
str(Exception())
str(Exception("a","b"))
repr(OSError("x"))
AttributeError("x",name="n").name
ImportError("m",name="n").name
NameError("x",name="y").name
print.__name__
len.__name__
(lambda:0).__name__
str.upper.__name__
"".join.__name__
[].append.__name__
dict.get.__qualname__
print.__module__
type.__name__
object.__name__
sorted.__name__
str.__module__
int.real.__name__ if 0 else 1
vars(type("A",(),{"x":1}))["x"]
type("A",(),{}).__name__
type("A",(int,),{})(5)+1
getattr("a","upper")()
hasattr(1,"real")
dir([])[-1]
eval("1+1")
eval("a",{"a":5})
callable(int)
object() != object()
NotImplemented
Ellipsis
...
__debug__
__name__
[i.bit_count() for i in (0,1,255)]
(3).as_integer_ratio()
int("  12  ")
int("1e3") if 0 else 1
float("  1e3 ")
float("-inf")
float("1_0.5")
complex("1+2j")
complex(1)
(1+2j).imag
abs(3+4j)
(1+2j)*(3-1j)
(1+2j)**2
1j**2
(1+2j).conjugate()
complex(0,-0.0)
-1j
1j+1
str(1j)
repr(1+0j)
(1+2j)==(1+2j)
5+0j==5
str(b"a")
str(None)
str([1,"a"])
str({"a":1})
str((1,))
str({1})
str(1.5)
str(True)
repr("\n")
repr("\t\\")
repr("é")
repr("\x00")
repr("\u200b")
repr("😀")
repr("'")
repr('"')
repr("'\"")
repr(b"'")
repr(1e20)
repr(1e16)
repr(0.1)
repr([...])
repr(range(3))
repr(slice(1))
repr({})
repr(set())
repr(frozenset())
repr(frozenset({1}))
repr(type)
repr(int)
repr(NotImplemented)
repr(bytearray(b"a"))
repr(memoryview)
[*"ab", *[1]]
(*[1],)
{*[1]}
{**{}}
[a := 1, a]
(a, b := 2) if 0 else 0
[1,2,3][slice(1,None)]
"abc"[slice(None,None,-1)]
[1,2,3,4][1:-1]
[0,1,2,3][-3:-1]
"hello"[10:]
[][0:5]
list("hello")[1::2]
"ß".upper()
"ǅ".lower()
"İ".lower()
"ı".upper()
"Σ".lower()
"ΑΣ".lower()
"ﬁ".upper()
"ñ".isalpha()
"٣".isdigit()
"²".isdigit()
"²".isdecimal()
"½".isnumeric()
"é".isidentifier()
"１".isdecimal()
int("１２")
"\u00a0".isspace()
"a\u0300".isalpha()
len("👨‍👩‍👧")
"é"<"z"
sorted("éaz")
"Éa".casefold()
"straße".casefold()
"ÀB".swapcase()
"ǆx".title()
"o'neil mc".title()
"\u2028".isspace()
"a\u2028b".splitlines()
"日本".center(6,"*")
"é".encode("utf-16-be")
"é".ljust(3)+"|"
"Ⅷ".isnumeric()
"Ⅷ".lower()
"Ⓐ".lower()
"ª".islower()
"ʰ".islower()
"ᾳ".upper()
"ŉ".upper()
"ΐ".upper()
__import__("string").ascii_lowercase
__import__("string").Template("$a").substitute(a=1)
__import__("string").capwords("a b")
__import__("textwrap").dedent("  a\n  b")
__import__("textwrap").wrap("aaa bbb",3)
__import__("html").escape("<&>")
__import__("html").unescape("&lt;")
__import__("urllib.parse").parse.quote("a b")
__import__("urllib.parse").parse.urlparse("http://a/b?c=d").query
__import__("urllib.parse").parse.parse_qs("a=1&a=2")
__import__("base64").b64encode(b"a")
__import__("hashlib").md5(b"a").hexdigest()
__import__("hashlib").sha256(b"").hexdigest()[:8]
__import__("collections").Counter("aab")
__import__("collections").Counter("aab").most_common(1)
__import__("collections").OrderedDict(a=1)
__import__("collections").defaultdict(int)
__import__("collections").deque([1,2],maxlen=3)
__import__("collections").namedtuple("P","x y")(1,2)
__import__("collections").ChainMap({"a":1},{"b":2})
dict(__import__("collections").Counter(a=1))
__import__("collections").Counter(a=2)-__import__("collections").Counter(a=1)
__import__("collections").deque("abc").rotate(1)
__import__("collections").OrderedDict([("a",1),("b",2)])
__import__("collections").defaultdict(list,{"a":[1]})
__import__("itertools").count(1).__next__()
list(__import__("itertools").chain([1],[2]))
list(__import__("itertools").islice(range(10),3))
list(__import__("itertools").accumulate([1,2,3]))
list(__import__("itertools").product([1],[2]))
list(__import__("itertools").permutations([1,2]))
list(__import__("itertools").combinations([1,2,3],2))
[(k,list(g)) for k,g in __import__("itertools").groupby("aab")]
list(__import__("itertools").pairwise([1,2,3]))
list(__import__("itertools").zip_longest([1],[2,3]))
__import__("itertools").count(2,3)
__import__("itertools").repeat(1,2)
list(__import__("itertools").starmap(pow,[(2,3)]))
__import__("functools").reduce(lambda a,b:a+b,[1,2,3])
__import__("functools").partial(int,base=2)("11")
__import__("functools").partial(int,base=2)
__import__("operator").add(1,2)
__import__("operator").itemgetter(1)([1,2])
__import__("operator").attrgetter("real")(1)
__import__("operator").itemgetter(1)
__import__("operator").attrgetter("a.b")
__import__("operator").methodcaller("x",1)
__import__("datetime").date(2024,1,1)
__import__("datetime").timedelta(days=1)
__import__("datetime").datetime(2024,1,1).isoformat()
__import__("datetime").date(2024,2,29).strftime("%d %b %Y")
__import__("datetime").timedelta(hours=30)
__import__("datetime").time(1,2,3)
__import__("datetime").datetime.strptime("2024","%Y")
__import__("datetime").timezone.utc
__import__("datetime").date.max
__import__("datetime").timedelta(seconds=-1)
__import__("datetime").datetime(2024,1,1,tzinfo=__import__("datetime").timezone.utc)
__import__("datetime").MAXYEAR
__import__("datetime").UTC
__import__("enum").Enum("E","A B").A
list(__import__("enum").Enum("E","A B"))
__import__("enum").IntEnum("I","X").X+1
__import__("enum").Flag("F","P Q").P
__import__("dataclasses").make_dataclass("D",["x"])(1)
__import__("dataclasses").field(default=1).default
__import__("dataclasses").asdict(__import__("dataclasses").make_dataclass("D",["x"])(1))
__import__("typing").Optional[int]
__import__("typing").List[int]
__import__("typing").Union[int,str]
__import__("typing").Any
__import__("typing").Callable[[int],str]
__import__("typing").Dict[str,int]
__import__("typing").TypeVar("T")
__import__("typing").Literal[1]
__import__("typing").get_args(list[int])
list[int]
dict[str,int]
int|None
tuple[int,...]
type[int]
__import__("typing").ClassVar[int]
__import__("typing").Tuple[int,str]
__import__("typing").Annotated[int,"x"]
__import__("typing").NamedTuple("N",[("a",int)])(1)
__import__("typing").TypedDict("T",{"a":int})(a=1)
__import__("typing").Iterable[int]
__import__("typing").Generic
__import__("typing").Type[int]
__import__("typing").Sequence
__import__("typing").NoReturn
__import__("typing").Final[int]
__import__("typing").Callable
__import__("typing").List
__import__("typing").Optional
__import__("typing").get_type_hints(lambda:0)
__import__("typing").Callable[...,int]
__import__("typing").Generator[int,None,str]
__import__("typing").Awaitable[int]
__import__("typing").ForwardRef("X")
__import__("typing").Self
__import__("typing").LiteralString
__import__("typing").Never
__import__("typing").ParamSpec("P")
__import__("typing").Protocol
__import__("typing").TYPE_CHECKING
__import__("re").sub("a","b","aa")
__import__("re").findall(r"\d+","a1b22")
__import__("re").match("a","b")
__import__("re").search("b","abc")
__import__("re").split(r"\W+","a b,c")
__import__("re").escape("a.b")
__import__("re").fullmatch("a*","aaa").group()
__import__("re").I
__import__("re").match("(?P<x>a)","a").groupdict()
__import__("re").sub(r"(\w)(\d)",r"\2\1","a1")
__import__("re").error
__import__("re").match("a","a").re
__import__("re").RegexFlag.I
__import__("re").match("(a)(b)?","a").groups()
__import__("re").match("(a)(b)?","a")[0]
__import__("re").sub("x*","-","abc")
__import__("re").findall("(a)(b)","abab")
__import__("re").split("(,)","a,b")
__import__("re").subn("a","b","aa")
__import__("json").dumps({"a":[1,None,True,1.5,"é"]})
__import__("json").loads("[1,2.5,null]")
__import__("json").dumps({"b":1,"a":2},sort_keys=True,indent=2)
__import__("json").dumps("a\"b")
__import__("json").dumps([])
__import__("json").dumps({1:2})
__import__("json").dumps((1,2))
__import__("json").dumps(float("nan"))
__import__("json").JSONDecodeError
__import__("json").dumps({"a":{}},indent=1)
__import__("json").dumps(1e20)
__import__("json").dumps(10**30)
__import__("json").loads('"\\u00e9"')
__import__("json").dumps("é",ensure_ascii=False)
__import__("json").dumps([1,2],separators=(",",":"))
__import__("types").SimpleNamespace(a=1)
__import__("types").MappingProxyType({})
__import__("copy").deepcopy([1,[2]])
__import__("copy").copy({1:2})
__import__("pprint").pformat([1,2])
__import__("heapq").nsmallest(2,[3,1,2])
__import__("bisect").bisect([1,2,3],2)
__import__("random").Random(1).random()
__import__("random").Random(1).randint(1,10)
__import__("random").Random(1).shuffle([1])
__import__("uuid").UUID(int=1)
__import__("calendar").month_name[1]
__import__("calendar").isleap(2024)
__import__("struct").pack("<I",1)
__import__("struct").calcsize("i")
__import__("array").array("i",[1])
__import__("io").StringIO("a").read()
__import__("contextlib").suppress(ValueError).__class__.__name__
__import__("abc").ABC
__import__("keyword").iskeyword("if")
__import__("shlex").split("a 'b c'")
__import__("fnmatch").fnmatch("a","*")
__import__("difflib").get_close_matches("a",["ab"])
__import__("inspect").signature(lambda a,b=1:0)
__import__("inspect").isclass(int)
__import__("ast").literal_eval("[1]")
__import__("traceback").format_exc()
__import__("logging").INFO
__import__("logging").getLogger("a")
__import__("argparse").Namespace(a=1)
__import__("pathlib").PurePath("a/b").name
__import__("pathlib").Path("a/b")
__import__("pathlib").PurePosixPath("a")
__import__("secrets").token_hex(2).__class__
__import__("threading").current_thread().name
__import__("queue").Queue().empty()
__import__("asyncio").Queue.__name__
__import__("cmath").sqrt(-1)
__import__("cmath").exp(1j)
__import__("cmath").phase(-1)
__import__("unicodedata").name("a")
__import__("locale").getlocale() and 1
__import__("errno").ENOENT
__import__("gc").isenabled()
__import__("zoneinfo").ZoneInfo("UTC")
__import__("graphlib").TopologicalSorter({1:[2]}).static_order().__class__.__name__
__import__("contextvars").ContextVar("a").name
__import__("reprlib").repr([1]*10)
__import__("colorsys").rgb_to_hsv(1,0,0)
[].foo
"".bar
(1).baz
None.x
{}.y
(lambda:0).z
int.w
type.e
(x for x in ()).t
object().u
1.5.i
set().o
(1,).p
b"".a
range(1).s
....d
slice(1).f
Exception().g
__import__("math").h
__import__("json").j
__import__("collections").k
[1][5]
[1]["a"]
(1,)[2]
"a"[3]
{}[1]
b"a"[9]
range(1)[2]
[1,2][1.0]
"abc"["x"]
None[0]
5[0]
{1,2}[0]
[][None]
(1,)["a"]
"a"[None]
{}[[]]
[1][True]
[1,2,3][::0]
1+"a"
"a"+1
[1]+(1,)
None+1
{}+{}
1-"a"
"a"-"b"
"a"*"b"
[1]*[2]
1/"a"
"a"/2
1%"a"
2**"a"
"a"@1
1<"a"
None<1
[1]<(1,)
{}<{}
1j<2j
-"a"
+[]
~1.5
not_defined
1 in 2
"a" in 5
1 in "abc"
len(5)
len(None)
abs("a")
round("a")
sum(5)
sum(["a"])
max(5)
max()
min([])
sorted(5)
sorted([1,"a"])
int("a")
int("1.5")
int(None)
int([])
float("a")
float(None)
complex("a")
ord("ab")
ord(5)
iter(5)
next([])
next(iter([]))
range("a")
range(1.5)
list(5)
tuple(5)
dict(5)
dict([1])
set(5)
set([[]])
zip(5)
enumerate(5)
isinstance(1,1)
issubclass(1,int)
bytes("a")
bytes(-1)
bytes([256])
bytearray("a")
"a".join([1])
"a".join(5)
"a".split(1)
"a".replace(1,2)
"a".encode("x")
"%d" % "a"
"%s %s" % 1
"{}".format()
"{a}".format()
"{:d}".format("a")
"{:s}".format(1)
"{:x}".format(1.5)
"{!z}".format(1)
"{".format()
f"{1:s}"
format(1,"s")
format("a","d")
eval("1+")
eval("a b")
exec("x=")
__import__("nope")
getattr(1,"x")
setattr(1,"x",2)
delattr(1,"x")
pow(2,-1,4)
pow(0,-1)
divmod(1,0)
1//0
1%0
1/0
1.0//0
1.0%0
0**-1
10**400/1
float(10**400)
int(float("inf"))
int(float("nan"))
(-1)**0.5
[].pop()
[1].pop(5)
[].remove(1)
[].index(1)
{}.pop(1)
{}.popitem()
set().pop()
set().remove(1)
"".index("a")
"a".rindex("b")
(1,).index(2)
b"".index(b"a")
[1].insert("a",1)
"a".center("b")
"a".zfill("b")
[3,"a"].sort()
int("1",99)
int("9",8)
int(5,2)
"abc".startswith(1)
str(b"a","x")
type("A")
object(1)
super()
print(1,sep=1)
round(1.5,"a")
(lambda x:x)()
(lambda:0)(1)
(lambda x:x)(y=1)
(lambda x,y:0)(1)
(lambda *,a:a)()
(1).to_bytes(0,"big")
(300).to_bytes(1,"big")
(-1).to_bytes(1,"big")
"""

for expression in EXPRESSIONS.strip().split("\n"):
    try:
        result = repr(eval(expression, {}))
    except Exception as e:
        result = "%s: %s" % (type(e).__name__, e)
    print(expression, "=>", ascii(result))
