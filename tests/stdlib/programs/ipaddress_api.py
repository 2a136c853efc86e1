import ipaddress as ip

n = ip.ip_network("192.168.1.0/29")
print(n, n.num_addresses, n.netmask, n.broadcast_address, [str(h) for h in n.hosts()], [str(s) for s in n.subnets()])
print(ip.ip_address("10.0.0.1") in ip.ip_network("10.0.0.0/8"), ip.ip_address("::1").is_loopback, n.supernet(), repr(n))
a = ip.ip_address("2001:db8::ff00:42:8329")
print(a, a.exploded, int(ip.ip_address("1.2.3.4")), ip.ip_address(16909060) + 1, a.is_private, a.version)
for bad in ("256.1.1.1", "1.2.3", "01.2.3.4", "::1::2", "10.0.0.1/8"):
    try:
        print(ip.ip_network(bad) if "/" in bad else ip.IPv4Address(bad) if "." in bad else ip.IPv6Address(bad))
    except ValueError as e:
        print(type(e).__name__, e)
print([str(x) for x in ip.collapse_addresses([ip.ip_network("10.0.0.0/25"), ip.ip_network("10.0.0.128/25")])])
print([str(x) for x in ip.summarize_address_range(ip.ip_address("10.0.0.1"), ip.ip_address("10.0.0.6"))])
