# What several small modules do at their edges.
import csv
import functools
import html
import html.entities
import io
import ipaddress
import operator
import pickle
import statistics
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, MutableSequence, Reversible
from urllib.parse import urldefrag, urlparse, urlsplit

print(len(html.entities.html5), html.unescape("&CounterClockwiseContourIntegral; &notit; &amp &fjlig; x&nbsp;y &bogus; &lt"))

for text in ("::1%eth0", "fe80::1%1", "::1%", "::1%a%b", "1:2:3:4:5:6:7:+8"):
    try:
        address = ipaddress.ip_address(text) if "%" not in text else ipaddress.IPv6Address(text)
        print(address, repr(address), address.scope_id, address == ipaddress.IPv6Address(int(address)))
    except ValueError as error:
        print(error)
print(format(ipaddress.IPv4Address("1.2.3.4"), "#_b"), format(ipaddress.IPv6Address("::a"), "X"), f"{ipaddress.IPv4Address(5):>12s}")
print(ipaddress.IPv6Address("2002:c000:204::").sixtofour, ipaddress.IPv6Address("2001:0:c000:204:0:0:3fff:fdfb").teredo)
print(ipaddress.IPv6Interface("fe80::1%2/64"), ipaddress.IPv6Interface("fe80::1%2/64").ip)

for result in (urlsplit(b"http://u:p@h.org:80/p?q#f"), urlparse(b"ftp://h/p;a"), urldefrag(b"http://h/#x")):
    print(result, result.geturl(), result.decode())
print(urlsplit(b"http://u:p@H.org:80/").hostname, urlsplit("http://h/").encode())
try:
    urlsplit("http://a\uff0fb/")
except ValueError as error:
    print(ascii(str(error)))


class Thing:
    @functools.singledispatchmethod
    @classmethod
    def kind(cls, x):
        return "any"

    @kind.register
    @classmethod
    def _(cls, x: int):
        return "int of " + cls.__name__

    def add(self, a, b=1):
        return a + b

    add5 = functools.partialmethod(add, 5)


print(Thing.kind(3), Thing.kind(""), Thing().add5(b=2), vars(Thing)["add5"].keywords)
part = functools.partial(max, 3)
part.__setstate__((max, (part,), {}, None))
print(part)
try:
    functools.singledispatch(len).register(list[int], len)
except TypeError as error:
    print(error)

print(Counter("aab") == {"a": 2, "b": 1}, Counter(self=3), isinstance(deque(), MutableSequence),
      isinstance(OrderedDict(), Reversible), isinstance(lambda: 0, Callable), isinstance(list.append, Callable))

stream = io.StringIO("a\r\nb\nc", newline=None)
print(stream.newlines, stream.readlines())
stream = io.BytesIO(b"abc")
stream.seek(2)
copy = pickle.loads(pickle.dumps(stream))
print(copy.read(), copy.getvalue())
for action in (lambda: stream.seek(1.0), lambda: stream.write(3), lambda: io.BytesIO([]), lambda: stream.detach(),
               lambda: operator.index("1"), lambda: stream.read("")):
    try:
        action()
    except Exception as error:
        print(type(error).__name__)


class Odd(csv.excel):
    delimiter = "::"


try:
    Odd()
except csv.Error as error:
    print(error)
print(statistics.harmonic_mean([4]))
try:
    statistics.harmonic_mean([4], weights=[0])
except statistics.StatisticsError as error:
    print(error)
