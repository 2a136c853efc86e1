# IP addresses and networks.

import functools


class AddressValueError(ValueError):
    pass


class NetmaskValueError(ValueError):
    pass


def _parse4(text):
    if not text:
        raise AddressValueError("Address cannot be empty")
    parts = text.split(".")
    if len(parts) != 4:
        raise AddressValueError("Expected 4 octets in %r" % text)
    n = 0
    for part in parts:
        if not part:
            raise AddressValueError("Empty octet not permitted in %r" % text)
        if not (part.isascii() and part.isdigit()):
            raise AddressValueError("Only decimal digits permitted in %r in %r" % (part, text))
        if len(part) > 3:
            raise AddressValueError("At most 3 characters permitted in %r in %r" % (part, text))
        if part != "0" and part[0] == "0":
            raise AddressValueError("Leading zeros are not permitted in %r in %r" % (part, text))
        if int(part) > 255:
            raise AddressValueError("Octet %d (> 255) not permitted in %r" % (int(part), text))
        n = n << 8 | int(part)
    return n


def _parse6(text):
    if not text:
        raise AddressValueError("Address cannot be empty")
    parts = text.split(":")
    if len(parts) < 3:
        raise AddressValueError("At least 3 parts expected in %r" % text)
    if "." in parts[-1]:
        try:
            n = _parse4(parts.pop())
        except AddressValueError as error:
            raise AddressValueError("%s in %r" % (error, text)) from None
        parts += ["%x" % (n >> 16), "%x" % (n & 0xffff)]
    if len(parts) > 9:
        raise AddressValueError("At most 8 colons permitted in %r" % text)
    skip = None
    for i in range(1, len(parts) - 1):
        if not parts[i]:
            if skip is not None:
                raise AddressValueError("At most one '::' permitted in %r" % text)
            skip = i
    if skip is not None:
        head, tail = parts[:skip], parts[skip + 1:]
        if not head[0]:
            head = head[1:]
            if head:
                raise AddressValueError("Leading ':' only permitted as part of '::' in %r" % text)
        if not tail[-1]:
            tail = tail[:-1]
            if tail:
                raise AddressValueError("Trailing ':' only permitted as part of '::' in %r" % text)
        if len(head) + len(tail) > 7:
            raise AddressValueError("Expected at most 7 other parts with '::' in %r" % text)
        parts = head + ["0"] * (8 - len(head) - len(tail)) + tail
    elif len(parts) != 8:
        raise AddressValueError("Exactly 8 parts expected without '::' in %r" % text)
    n = 0
    for part in parts:
        if not part:
            raise AddressValueError("%s ':' only permitted as part of '::' in %r"
                                    % ("Leading" if parts.index(part) == 0 else "Trailing", text))
        if len(part) > 4:
            raise AddressValueError("At most 4 characters permitted in %r in %r" % (part, text))
        if part.strip("0123456789abcdefABCDEF"):
            raise AddressValueError("Only hex digits permitted in %r in %r" % (part, text))
        n = n << 16 | int(part, 16)
    return n


def _text4(n):
    return ".".join([str(n >> shift & 255) for shift in (24, 16, 8, 0)])


def _text6(n):
    groups = [n >> shift & 0xffff for shift in range(112, -1, -16)]
    best, best_at = 1, None
    i = 0
    while i < 8:
        j = i
        while j < 8 and groups[j] == 0:
            j += 1
        if j - i > best:
            best, best_at = j - i, i
        i = max(j, i + 1)
    words = ["%x" % g for g in groups]
    if best_at is None:
        return ":".join(words)
    return ":".join(words[:best_at]) + "::" + ":".join(words[best_at + best:])


@functools.total_ordering
class _Address:
    __slots__ = ("_ip",)

    def __init__(self, address):
        bits = self.max_prefixlen
        if isinstance(address, int):
            if address < 0:
                raise AddressValueError("%d (< 0) is not permitted as an IPv%d address" % (address, self.version))
            if address >> bits:
                raise AddressValueError("%d (>= 2**%d) is not permitted as an IPv%d address"
                                        % (address, bits, self.version))
            self._ip = address
        elif isinstance(address, bytes):
            if len(address) != bits // 8:
                raise AddressValueError("%r (len %d != %d) is not permitted as an IPv%d address"
                                        % (address, len(address), bits // 8, self.version))
            self._ip = int.from_bytes(address, "big")
        else:
            text = str(address)
            if "/" in text:
                raise AddressValueError("Unexpected '/' in %r" % text)
            self._ip = self._parse(text)

    def __int__(self):
        return self._ip

    def __eq__(self, other):
        return self._ip == other._ip and self.version == other.version if isinstance(other, _Address) else NotImplemented

    def __lt__(self, other):
        if not isinstance(other, _Address):
            return NotImplemented
        if self.version != other.version:
            raise TypeError("%s and %s are not of the same version" % (self, other))
        return self._ip < other._ip

    def __hash__(self):
        return hash(hex(self._ip))

    def __add__(self, other):
        return type(self)(self._ip + other) if isinstance(other, int) else NotImplemented

    def __sub__(self, other):
        return type(self)(self._ip - other) if isinstance(other, int) else NotImplemented

    def __str__(self):
        return self._show(self._ip)

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, str(self))

    def __format__(self, spec):
        # A number's digits, all of them, for b, x, X and n (whichever is usual); # and _ are as in a number's format.
        kind = spec[-1:]
        if kind in ("", "s"):
            return format(str(self), spec)
        if kind not in ("b", "x", "X", "n") or spec[:-1] not in ("", "#", "_", "#_"):
            raise TypeError("unsupported format string passed to %s.__format__" % type(self).__name__)
        if kind == "n":
            kind = "b" if self.version == 4 else "x"
        width = self.max_prefixlen if kind == "b" else self.max_prefixlen // 4
        if "_" in spec:
            width += width // 4 - 1
        if "#" in spec:
            width += 2
        return format(self._ip, "%s0%d%s%s" % ("#" if "#" in spec else "", width, "_" if "_" in spec else "", kind))

    @property
    def packed(self):
        return self._ip.to_bytes(self.max_prefixlen // 8, "big")

    @property
    def compressed(self):
        return str(self)

    def _in(self, networks):
        return True in [self in ip_network(n) for n in networks]


class IPv4Address(_Address):
    __slots__ = ()
    version, max_prefixlen = 4, 32
    _parse, _show = staticmethod(_parse4), staticmethod(_text4)
    exploded = property(str)
    reverse_pointer = property(lambda self: ".".join(reversed(str(self).split("."))) + ".in-addr.arpa")
    is_multicast = property(lambda self: self._in(["224.0.0.0/4"]))
    is_unspecified = property(lambda self: self._ip == 0)
    is_loopback = property(lambda self: self._in(["127.0.0.0/8"]))
    is_link_local = property(lambda self: self._in(["169.254.0.0/16"]))
    is_reserved = property(lambda self: self._in(["240.0.0.0/4"]))
    is_private = property(lambda self: self._in([
        "0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/29", "192.0.0.170/31",
        "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
        "255.255.255.255/32"]))
    is_global = property(lambda self: not self.is_private and not self._in(["100.64.0.0/10"]))


class IPv6Address(_Address):
    __slots__ = ("_scope_id",)
    version, max_prefixlen = 6, 128
    _parse, _show = staticmethod(_parse6), staticmethod(_text6)
    exploded = property(lambda self: ":".join(["%04x" % (self._ip >> s & 0xffff) for s in range(112, -1, -16)]))
    reverse_pointer = property(lambda self: ".".join(reversed("%032x" % self._ip)) + ".ip6.arpa")
    is_multicast = property(lambda self: self._in(["ff00::/8"]))
    is_unspecified = property(lambda self: self._ip == 0)
    is_loopback = property(lambda self: self._ip == 1)
    is_link_local = property(lambda self: self._in(["fe80::/10"]))
    is_site_local = property(lambda self: self._in(["fec0::/10"]))
    is_reserved = property(lambda self: self._in([
        "::/8", "100::/8", "200::/7", "400::/6", "800::/5", "1000::/4", "4000::/3", "6000::/3", "8000::/3", "a000::/3",
        "c000::/3", "e000::/4", "f000::/5", "f800::/6", "fe00::/9"]))
    is_private = property(lambda self: self._in([
        "::1/128", "::/128", "::ffff:0:0/96", "100::/64", "2001::/23", "2001:2::/48", "2001:db8::/32", "2001:10::/28",
        "fc00::/7", "fe80::/10"]))
    is_global = property(lambda self: not self.is_private)

    def __init__(self, address):
        self._scope_id = None
        if not isinstance(address, (int, bytes)):
            address, percent, scope = str(address).partition("%")
            if percent:
                if not scope or "%" in scope:
                    raise AddressValueError('Invalid IPv6 address: "%r"' % (address + "%" + scope))
                self._scope_id = scope
        super().__init__(address)

    @property
    def sixtofour(self):
        return IPv4Address(self._ip >> 80 & 0xffffffff) if self._ip >> 112 == 0x2002 else None

    @property
    def teredo(self):
        if self._ip >> 96 != 0x20010000:
            return None
        return IPv4Address(self._ip >> 64 & 0xffffffff), IPv4Address(~self._ip & 0xffffffff)

    @property
    def scope_id(self):
        return self._scope_id

    def __eq__(self, other):
        same = super().__eq__(other)
        return same if same is not True else self._scope_id == getattr(other, "_scope_id", None)

    def __hash__(self):
        return hash((self._ip, self._scope_id))

    def __str__(self):
        text = _text6(self._ip)
        return text + "%" + self._scope_id if self._scope_id else text

    @property
    def ipv4_mapped(self):
        return IPv4Address(self._ip & 0xffffffff) if self._ip >> 32 == 0xffff else None


@functools.total_ordering
class _Network:
    def __init__(self, address, strict=True):
        kind = self._address_class
        if isinstance(address, tuple):
            address, mask = address[0], address[1] if len(address) > 1 else self.max_prefixlen
        elif isinstance(address, (int, bytes)):
            mask = self.max_prefixlen
        else:
            text, slash, mask = str(address).partition("/")
            if "/" in mask:
                raise AddressValueError("Only one '/' permitted in %r" % str(address))
            address, mask = text, mask if slash else self.max_prefixlen
        ip = kind(address)
        self.prefixlen = self._prefix(mask)
        bits = self.max_prefixlen
        self._mask = ((1 << self.prefixlen) - 1) << bits - self.prefixlen
        if ip._ip & ~self._mask and strict:
            raise ValueError("%s has host bits set" % (self.with_ip(ip)))
        self.network_address = kind(ip._ip & self._mask) if ip._ip & ~self._mask else ip
        self._host = ip

    def with_ip(self, ip):
        return "%s/%d" % (ip, self.prefixlen)

    def _prefix(self, mask):
        bits = self.max_prefixlen
        text = str(mask)
        if text.isascii() and text.isdigit():
            if int(text) > bits:
                raise NetmaskValueError("%r is not a valid netmask" % (mask,))
            return int(text)
        if self.version == 6:
            raise NetmaskValueError("%r is not a valid netmask" % (mask,))
        try:
            n = self._address_class._parse(text)
        except AddressValueError:
            raise NetmaskValueError("%r is not a valid netmask" % (mask,)) from None
        for value in (n, n ^ (1 << bits) - 1):
            ones = bin(value)[2:].rstrip("0")
            if value >> bits - 1 if value else True:
                if "0" not in ones or not value:
                    return len(ones) if value else 0
        raise NetmaskValueError("%r is not a valid netmask" % text)

    version = property(lambda self: self._address_class.version)
    max_prefixlen = property(lambda self: self._address_class.max_prefixlen)
    netmask = property(lambda self: self._address_class(self._mask))
    hostmask = property(lambda self: self._address_class(self._mask ^ (1 << self.max_prefixlen) - 1))
    num_addresses = property(lambda self: 1 << self.max_prefixlen - self.prefixlen)
    broadcast_address = property(lambda self: self._address_class(self.network_address._ip | self.hostmask._ip))
    with_prefixlen = compressed = property(lambda self: str(self))
    with_netmask = property(lambda self: "%s/%s" % (self.network_address, self.netmask))
    with_hostmask = property(lambda self: "%s/%s" % (self.network_address, self.hostmask))
    exploded = property(lambda self: "%s/%d" % (self.network_address.exploded, self.prefixlen))

    def __str__(self):
        return "%s/%d" % (self.network_address, self.prefixlen)

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, str(self))

    def __eq__(self, other):
        if not isinstance(other, _Network):
            return NotImplemented
        return self.prefixlen == other.prefixlen and self.network_address == other.network_address

    def __lt__(self, other):
        if not isinstance(other, _Network):
            return NotImplemented
        if self.version != other.version:
            raise TypeError("%s and %s are not of the same version" % (self, other))
        return (self.network_address._ip, self._mask) < (other.network_address._ip, other._mask)

    def __hash__(self):
        return hash((self.network_address._ip, self.prefixlen))

    def __iter__(self):
        first = self.network_address._ip
        for i in range(self.num_addresses):
            yield self._address_class(first + i)

    def __getitem__(self, n):
        size = self.num_addresses
        if not -size <= n < size:
            raise IndexError("address out of range")
        return self._address_class(self.network_address._ip + (n if n >= 0 else n + size))

    def __contains__(self, other):
        if isinstance(other, _Network) or self.version != other.version:
            return False
        return other._ip & self._mask == self.network_address._ip

    def hosts(self):
        first, last = self.network_address._ip, self.broadcast_address._ip
        if self.prefixlen < self.max_prefixlen - 1:
            first += 1
            if self.version == 4:
                last -= 1
        return iter([self._address_class(i) for i in range(first, last + 1)]) if last - first < 4096 else \
            (self._address_class(i) for i in range(first, last + 1))

    def overlaps(self, other):
        return other.network_address in self or self.network_address in other

    def subnet_of(self, other):
        if self.version != other.version:
            raise TypeError("%s and %s are not of the same version" % (self, other))
        return other.prefixlen <= self.prefixlen and self.network_address in other

    def supernet_of(self, other):
        return other.subnet_of(self)

    def subnets(self, prefixlen_diff=1, new_prefix=None):
        if self.prefixlen == self.max_prefixlen:
            yield self
            return
        if new_prefix is not None:
            if new_prefix < self.prefixlen:
                raise ValueError("new prefix must be longer")
            prefixlen_diff = new_prefix - self.prefixlen
        if prefixlen_diff < 0:
            raise ValueError("prefix length diff must be > 0")
        new = self.prefixlen + prefixlen_diff
        if new > self.max_prefixlen:
            raise ValueError("prefix length diff %d is invalid for netblock %s" % (new, self))
        step = 1 << self.max_prefixlen - new
        first = self.network_address._ip
        for i in range(1 << prefixlen_diff):
            yield type(self)((first + i * step, new))

    def supernet(self, prefixlen_diff=1, new_prefix=None):
        if self.prefixlen == 0:
            return self
        new = self.prefixlen - prefixlen_diff if new_prefix is None else new_prefix
        if new < 0:
            raise ValueError("current prefixlen is %d, cannot have a prefixlen_diff of %d"
                             % (self.prefixlen, prefixlen_diff))
        return type(self)((self.network_address._ip, new), strict=False)

    def address_exclude(self, other):
        if not other.subnet_of(self):
            raise ValueError("%s not contained in %s" % (other, self))
        if other == self:
            return
        a, b = self.subnets()
        while a != other and b != other:
            if other.subnet_of(a):
                yield b
                a, b = a.subnets()
            else:
                yield a
                a, b = b.subnets()
        yield b if a == other else a

    def compare_networks(self, other):
        return (self > other) - (self < other)

    def _both(self, name):
        return getattr(self.network_address, name) and getattr(self.broadcast_address, name)


for _name in ("is_multicast", "is_unspecified", "is_loopback", "is_link_local", "is_reserved", "is_private", "is_global"):
    setattr(_Network, _name, property(lambda self, name=_name: self._both(name)))


class IPv4Network(_Network):
    _address_class = IPv4Address


class IPv6Network(_Network):
    _address_class = IPv6Address


class _Interface:
    def _setup(self, address, network):
        self.network = network(address, strict=False)
        self._ip = self.network._host._ip
        if self.version == 6:
            self._scope_id = self.network._host._scope_id

    ip = property(lambda self: type(self.network._host)(self._ip))
    netmask = property(lambda self: self.network.netmask)
    hostmask = property(lambda self: self.network.hostmask)
    with_prefixlen = property(lambda self: str(self))
    with_netmask = property(lambda self: "%s/%s" % (self.ip, self.netmask))
    with_hostmask = property(lambda self: "%s/%s" % (self.ip, self.hostmask))

    def __str__(self):
        return "%s/%d" % (self.network._host, self.network.prefixlen)

    def __eq__(self, other):
        if not isinstance(other, _Interface):
            return False if isinstance(other, _Address) else NotImplemented
        return self.network._host == other.network._host and self.network == other.network

    def __hash__(self):
        return hash((self._ip, self.network))


class IPv4Interface(_Interface, IPv4Address):
    def __init__(self, address):
        self._setup(address, IPv4Network)


class IPv6Interface(_Interface, IPv6Address):
    def __init__(self, address):
        self._setup(address, IPv6Network)


def _either(four, six, what):
    def make(address, *args):
        for kind in (four, six):
            try:
                return kind(address, *args)
            except (AddressValueError, NetmaskValueError):
                pass
        raise ValueError("%r does not appear to be an IPv4 or IPv6 %s" % (address, what))
    return make


ip_address = _either(IPv4Address, IPv6Address, "address")
ip_interface = _either(IPv4Interface, IPv6Interface, "interface")


def ip_network(address, strict=True):
    return _either(IPv4Network, IPv6Network, "network")(address, strict)


def v4_int_to_packed(address):
    return address.to_bytes(4, "big")


def v6_int_to_packed(address):
    return address.to_bytes(16, "big")


def summarize_address_range(first, last):
    if first > last:
        raise ValueError("last IP address must be greater than first")
    kind = IPv4Network if first.version == 4 else IPv6Network
    a, b = first._ip, last._ip
    bits = first.max_prefixlen
    while a <= b:
        n = min((a & -a).bit_length() - 1 if a else bits, (b - a + 1).bit_length() - 1)
        yield kind((a, bits - n))
        a += 1 << n


def collapse_addresses(addresses):
    networks = []
    for a in addresses:
        networks.append(a if isinstance(a, _Network) else
                        (IPv4Network if a.version == 4 else IPv6Network)((a._ip, a.max_prefixlen)))
    out = []
    for n in sorted(set(networks)):
        if out and n.subnet_of(out[-1]):
            continue
        out.append(n)
        while len(out) > 1 and out[-1].prefixlen == out[-2].prefixlen and out[-1].supernet() == out[-2].supernet():
            out[-2:] = [out[-1].supernet()]
    return iter(out)


def get_mixed_type_key(obj):
    if isinstance(obj, _Network):
        return obj.version, obj.network_address, obj.netmask
    return (obj.version, obj) if isinstance(obj, _Address) else NotImplemented
