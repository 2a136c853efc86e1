# URLs taken apart and put together.

from collections import namedtuple

__all__ = ["urlparse", "urlunparse", "urljoin", "urldefrag", "urlsplit", "urlunsplit", "urlencode", "parse_qs",
           "parse_qsl", "quote", "quote_plus", "quote_from_bytes", "unquote", "unquote_plus", "unquote_to_bytes",
           "DefragResult", "ParseResult", "SplitResult", "DefragResultBytes", "ParseResultBytes", "SplitResultBytes"]

uses_relative = ["", "ftp", "http", "gopher", "nntp", "imap", "wais", "file", "https", "shttp", "mms", "prospero",
                 "rtsp", "rtspu", "sftp", "svn", "svn+ssh", "ws", "wss"]
uses_netloc = uses_relative + ["telnet", "snews", "rsync", "nfs", "git", "git+ssh"]
uses_params = ["", "ftp", "hdl", "prospero", "http", "https", "shttp", "rtsp", "rtspu", "sip", "sips", "mms", "sftp",
               "tel"]
_SCHEME = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."


class _Text:
    # The results of str, each with the class of those of bytes.
    __slots__ = ()

    def encode(self, encoding="ascii", errors="strict"):
        return self._encoded_counterpart(*[part.encode(encoding, errors) for part in self])


class _Bytes:
    __slots__ = ()

    def decode(self, encoding="ascii", errors="strict"):
        return self._decoded_counterpart(*[part.decode(encoding, errors) for part in self])


class _Netloc:
    __slots__ = ()

    # The separators are of the type of what they separate.
    def _signs(self, text):
        return text if isinstance(self.netloc, str) else text.encode("ascii")

    def _userinfo(self):
        info, at, host = self.netloc.rpartition(self._signs("@"))
        user, colon, password = info.partition(self._signs(":"))
        return (user if at else None), (password if at and colon else None), host

    def _hostinfo(self):
        host = self._userinfo()[2]
        colon = self._signs(":")
        _, bracket, rest = host.partition(self._signs("["))
        if bracket:
            name, _, port = rest.partition(self._signs("]"))
            port = port.partition(colon)[2]
        else:
            name, _, port = host.partition(colon)
        return name, port or None

    @property
    def username(self):
        return self._userinfo()[0]

    @property
    def password(self):
        return self._userinfo()[1]

    @property
    def hostname(self):
        host, percent, zone = self._hostinfo()[0].partition(self._signs("%"))
        return (host.lower() + percent + zone) or None

    @property
    def port(self):
        port = self._hostinfo()[1]
        if port is None:
            return None
        if not (port.isdigit() and port.isascii()):
            raise ValueError("Port could not be cast to integer value as %r" % port)
        port = int(port)
        if port > 65535:
            raise ValueError("Port out of range 0-65535")
        return port


_Defrag = namedtuple("_Defrag", "url fragment")
_Split = namedtuple("_Split", "scheme netloc path query fragment")
_Parse = namedtuple("_Parse", "scheme netloc path params query fragment")


class _DefragUrl:
    __slots__ = ()

    def geturl(self):
        hash = "#" if isinstance(self.url, str) else b"#"
        return self.url + hash + self.fragment if self.fragment else self.url


class _SplitUrl(_Netloc):
    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)


class _ParseUrl(_Netloc):
    __slots__ = ()

    def geturl(self):
        return urlunparse(self)


class DefragResult(_Defrag, _DefragUrl, _Text):
    __slots__ = ()


class SplitResult(_Split, _SplitUrl, _Text):
    __slots__ = ()


class ParseResult(_Parse, _ParseUrl, _Text):
    __slots__ = ()


class DefragResultBytes(_Defrag, _DefragUrl, _Bytes):
    __slots__ = ()


class SplitResultBytes(_Split, _SplitUrl, _Bytes):
    __slots__ = ()


class ParseResultBytes(_Parse, _ParseUrl, _Bytes):
    __slots__ = ()


for _one, _other in ((DefragResult, DefragResultBytes), (SplitResult, SplitResultBytes), (ParseResult, ParseResultBytes)):
    _one._encoded_counterpart = _other
    _other._decoded_counterpart = _one


def _texts(*args):
    # All str; bytes are decoded, and the answer then encoded.
    if [1 for arg in args if isinstance(arg, bytes)]:
        if [1 for arg in args if arg and isinstance(arg, str)]:
            raise TypeError("Cannot mix str and non-str arguments")
        return [arg.decode("ascii") if isinstance(arg, bytes) else arg for arg in args], True
    return args, False


def _encoded(result):
    return result.encode("ascii")  # a text, or one of the results above


def _check_netloc(netloc):
    # Characters that normalise to a separator would move the host's end.
    if netloc.isascii():
        return
    from unicodedata import normalize
    plain = netloc
    for c in "@:#?":
        plain = plain.replace(c, "")
    same = normalize("NFKC", plain)
    if same != plain:
        for c in "/?#@:":
            if c in same:
                raise ValueError("netloc '" + netloc + "' contains invalid characters under NFKC normalization")


def urlsplit(url, scheme="", allow_fragments=True):
    (url, scheme), is_bytes = _texts(url, scheme)
    url = url.lstrip("".join([chr(i) for i in range(33)]))
    for c in "\t\r\n":
        url = url.replace(c, "")
        scheme = scheme.replace(c, "")
    scheme = scheme.strip("".join([chr(i) for i in range(33)]))
    netloc = query = fragment = ""
    i = url.find(":")
    if i > 0 and url[0].isascii() and url[0].isalpha() and not [1 for c in url[:i] if c not in _SCHEME]:
        scheme, url = url[:i].lower(), url[i + 1:]
    if url[:2] == "//":
        end = min([k for k in [url.find(c, 2) for c in "/?#"] if k >= 0] or [len(url)])
        netloc, url = url[2:end], url[end:]
        if ("[" in netloc) != ("]" in netloc):
            raise ValueError("Invalid IPv6 URL")
        _check_netloc(netloc)
    if allow_fragments and "#" in url:
        url, _, fragment = url.partition("#")
    if "?" in url:
        url, _, query = url.partition("?")
    result = SplitResult(scheme, netloc, url, query, fragment)
    return _encoded(result) if is_bytes else result


def urlparse(url, scheme="", allow_fragments=True):
    (url, scheme), is_bytes = _texts(url, scheme)
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ""
    if scheme in uses_params and ";" in path:
        i = path.find(";", path.rfind("/") + 1) if "/" in path else path.find(";")
        if i >= 0:
            path, params = path[:i], path[i + 1:]
    result = ParseResult(scheme, netloc, path, params, query, fragment)
    return _encoded(result) if is_bytes else result


def urlunsplit(components):
    (scheme, netloc, url, query, fragment), is_bytes = _texts(*components)
    if netloc or scheme and scheme in uses_netloc and url[:2] != "//":
        if url and url[:1] != "/":
            url = "/" + url
        url = "//" + (netloc or "") + url
    if scheme:
        url = scheme + ":" + url
    if query:
        url += "?" + query
    if fragment:
        url += "#" + fragment
    return url.encode("ascii") if is_bytes else url


def urlunparse(components):
    (scheme, netloc, url, params, query, fragment), is_bytes = _texts(*components)
    if params:
        url = "%s;%s" % (url, params)
    result = urlunsplit((scheme, netloc, url, query, fragment))
    return result.encode("ascii") if is_bytes else result


def urljoin(base, url, allow_fragments=True):
    if not base:
        return url
    if not url:
        return base
    (base, url), is_bytes = _texts(base, url)
    result = _urljoin(base, url, allow_fragments)
    return result.encode("ascii") if is_bytes else result


def _urljoin(base, url, allow_fragments):
    b = urlparse(base, "", allow_fragments)
    scheme, netloc, path, params, query, fragment = urlparse(url, b.scheme, allow_fragments)
    if scheme != b.scheme or scheme not in uses_relative:
        return url
    if scheme in uses_netloc:
        if netloc:
            return urlunparse((scheme, netloc, path, params, query, fragment))
        netloc = b.netloc
    if not path and not params:
        return urlunparse((scheme, netloc, b.path, b.params, query or b.query, fragment))
    base_parts = b.path.split("/")
    if base_parts[-1] != "":
        base_parts.pop()
    if path[:1] == "/":
        segments = path.split("/")
    else:
        segments = base_parts + path.split("/")
        segments[1:-1] = [part for part in segments[1:-1] if part]
    out = []
    for part in segments:
        if part == "..":
            if out:
                out.pop()
        elif part != ".":
            out.append(part)
    if segments[-1] in (".", ".."):
        out.append("")
    return urlunparse((scheme, netloc, "/".join(out) or "/", params, query, fragment))


def urldefrag(url):
    (url,), is_bytes = _texts(url)
    if "#" in url:
        s, n, p, a, q, fragment = urlparse(url)
        url = urlunparse((s, n, p, a, q, ""))
    else:
        fragment = ""
    result = DefragResult(url, fragment)
    return _encoded(result) if is_bytes else result


_SAFE = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~"


def quote_from_bytes(bs, safe="/"):
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError("quote_from_bytes() expected bytes")
    if isinstance(safe, str):
        safe = safe.encode("ascii", "ignore")
    keep = _SAFE + bytes([c for c in safe if c < 128])
    return "".join([chr(c) if c in keep else "%%%02X" % c for c in bs])


def quote(string, safe="/", encoding=None, errors=None):
    if isinstance(string, str):
        if not string:
            return string
        string = string.encode(encoding or "utf-8", errors or "strict")
    elif encoding is not None:
        raise TypeError("quote() doesn't support 'encoding' for bytes")
    elif errors is not None:
        raise TypeError("quote() doesn't support 'errors' for bytes")
    return quote_from_bytes(string, safe)


def quote_plus(string, safe="", encoding=None, errors=None):
    space = " " if isinstance(string, str) else b" "
    if space not in string:
        return quote(string, safe, encoding, errors)
    safe = safe + " " if isinstance(safe, str) else safe + b" "
    return quote(string, safe, encoding, errors).replace(" ", "+")


def unquote_to_bytes(string):
    if isinstance(string, str):
        string = string.encode("utf-8")
    if not string:
        return b""
    parts = bytes(string).split(b"%")
    out = [parts[0]]
    for part in parts[1:]:
        try:
            out.append(bytes([int(part[:2].decode("ascii"), 16)]) if len(part) >= 2 and part[:2].isalnum() else b"%" + part)
            if out[-1] != b"%" + part:
                out.append(part[2:])
        except ValueError:
            out.append(b"%" + part)
    return b"".join(out)


def unquote(string, encoding="utf-8", errors="replace"):
    if isinstance(string, bytes):
        return unquote_to_bytes(string).decode(encoding or "utf-8", errors or "replace")
    if "%" not in string:
        return string
    # Runs of ASCII are unquoted; other characters stay as they are.
    out = []
    run = []
    for c in string:
        if c < "\x80":
            run.append(c)
        else:
            if run:
                out.append(unquote_to_bytes("".join(run)).decode(encoding or "utf-8", errors or "replace"))
                run = []
            out.append(c)
    if run:
        out.append(unquote_to_bytes("".join(run)).decode(encoding or "utf-8", errors or "replace"))
    return "".join(out)


def unquote_plus(string, encoding="utf-8", errors="replace"):
    return unquote(string.replace("+", " "), encoding, errors)


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace",
              max_num_fields=None, separator="&"):
    is_bytes = isinstance(qs, (bytes, bytearray))
    if is_bytes:
        qs = bytes(qs).decode("ascii")
    if isinstance(separator, bytes):
        separator = separator.decode("ascii")
    if not separator or not isinstance(separator, str):
        raise ValueError("Separator must be of type string or bytes.")
    if not qs:
        return []
    if max_num_fields is not None and max_num_fields < 1 + qs.count(separator):
        raise ValueError("Max number of fields exceeded")
    out = []
    for pair in qs.split(separator):
        if not pair and not strict_parsing:
            continue
        name, equals, value = pair.partition("=")
        if not equals:
            if strict_parsing:
                raise ValueError("bad query field: %r" % pair)
            if not keep_blank_values:
                continue
        if value or keep_blank_values:
            name = unquote_plus(name, encoding, errors)
            value = unquote_plus(value, encoding, errors)
            out.append((name.encode("ascii"), value.encode("ascii")) if is_bytes else (name, value))
    return out


def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace",
             max_num_fields=None, separator="&"):
    found = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing, encoding, errors, max_num_fields, separator):
        found.setdefault(name, []).append(value)
    return found


def urlencode(query, doseq=False, safe="", encoding=None, errors=None, quote_via=quote_plus):
    if hasattr(query, "items"):
        query = query.items()
    else:
        try:
            if len(query) and not isinstance(query[0], tuple):
                raise TypeError
        except TypeError:
            raise TypeError("not a valid non-string sequence or mapping object") from None

    def one(value):
        if isinstance(value, bytes):
            return quote_via(value, safe)
        return quote_via(str(value), safe, encoding, errors)

    out = []
    for key, value in query:
        key = one(key)
        if doseq and not isinstance(value, (str, bytes)) and hasattr(value, "__len__"):
            out.extend([key + "=" + one(item) for item in value])
        else:
            out.append(key + "=" + one(value))
    return "&".join(out)


def unwrap(url):
    url = str(url).strip()
    if url[:1] == "<" and url[-1:] == ">":
        url = url[1:-1].strip()
    return url[4:].strip() if url[:4] == "URL:" else url
