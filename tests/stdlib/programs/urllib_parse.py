from urllib.parse import (parse_qs, parse_qsl, quote, quote_plus, unquote, unquote_plus, urldefrag, urlencode, urljoin,
                          urlparse, urlsplit, urlunparse)

u = urlparse("https://user:pw@Example.COM:8080/a/b;p?q=1&r=%20x#frag")
print(tuple(u), u.hostname, u.port, u.username, u.password, u.netloc, u.geturl(), urlunparse(u))
print(tuple(urlsplit("//host/path?x#y")), tuple(urlsplit("mailto:a@b.c")), urlsplit("http://[::1]:5/").hostname)
for ref in ("g", "./g", "g/", "/g", "//g", "?y", "g?y", "#s", "../g", "../../g", "../../../g", "http:g", "", "."):
    print(repr(ref), urljoin("http://a/b/c/d;p?q", ref))
print(quote("a b/c?é&"), quote_plus("a b&c=d/é"), quote("/x", safe=""), unquote("%41%C3%A9%zz%2"), unquote_plus("a+b%2Bc"))
print(urlencode({"a": 1, "b": "x y", "c": "é"}), urlencode([("k", [1, 2])], doseq=True))
print(parse_qs("a=1&b=2&a=3&c=&d"), parse_qsl("a=1&c=", keep_blank_values=True), urldefrag("http://x/y#z").fragment)
