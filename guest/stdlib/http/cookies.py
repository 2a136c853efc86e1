"""Cookies of HTTP, RFC 2109."""

import re

__all__ = ["CookieError", "BaseCookie", "SimpleCookie"]
_LEGAL = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~:"
_PLAIN = _LEGAL + " ()/<=>?@[]{}"


class CookieError(Exception):
    pass


def _quote(text):
    if text is None or text and all([c in _LEGAL for c in text]):
        return text
    return '"' + "".join([c if c in _PLAIN else "\\" + c if c in '"\\' else "\\%03o" % ord(c) for c in text]) + '"'


def _unquote(text):
    if text is None or len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return text
    return re.sub(r"\\([0-3][0-7][0-7])|\\(.)", lambda m: chr(int(m[1], 8)) if m[1] else m[2], text[1:-1])


class Morsel(dict):
    _reserved = {"expires": "expires", "path": "Path", "comment": "Comment", "domain": "Domain", "max-age": "Max-Age",
                 "secure": "Secure", "httponly": "HttpOnly", "version": "Version", "samesite": "SameSite"}
    _flags = {"secure", "httponly"}

    def __init__(self):
        self.key = self.value = self.coded_value = None
        for name in self._reserved:
            dict.__setitem__(self, name, "")

    def __setitem__(self, name, value):
        name = name.lower()
        if name not in self._reserved:
            raise CookieError("Invalid attribute %r" % name)
        dict.__setitem__(self, name, value)

    def setdefault(self, name, value=None):
        if name.lower() not in self._reserved:
            raise CookieError("Invalid attribute %r" % name)
        return dict.setdefault(self, name.lower(), value)

    def update(self, values):
        for name, value in dict(values).items():
            self[name] = value

    def isReservedKey(self, name):
        return name.lower() in self._reserved

    def set(self, key, value, coded_value):
        if key.lower() in self._reserved:
            raise CookieError("Attempt to set a reserved key %r" % key)
        if not key or [c for c in key if c not in _LEGAL]:
            raise CookieError("Illegal key %r" % key)
        self.key, self.value, self.coded_value = key, value, coded_value

    def output(self, attrs=None, header="Set-Cookie:"):
        return "%s %s" % (header, self.OutputString(attrs))

    __str__ = output

    def __repr__(self):
        return "<%s: %s>" % (type(self).__name__, self.OutputString())

    def __eq__(self, other):
        return isinstance(other, Morsel) and dict.__eq__(self, other) and (
            self.key, self.value, self.coded_value) == (other.key, other.value, other.coded_value)

    def OutputString(self, attrs=None):
        parts = ["%s=%s" % (self.key, self.coded_value)]
        for name, value in sorted(self.items()):
            if value == "" or attrs is not None and name not in attrs:
                continue
            shown = self._reserved[name]
            if name == "expires" and isinstance(value, int):
                import time
                value = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + value))
            elif name == "max-age" and isinstance(value, int):
                value = "%d" % value
            elif name == "comment" and isinstance(value, str):
                value = _quote(value)
            if name not in self._flags:
                parts.append("%s=%s" % (shown, value))
            elif value:
                parts.append(shown)
        return "; ".join(parts)


_PAIR = re.compile(r"""\s*(?P<key>[\w!#$%&'*+.^`|~:@/-]+?)(\s*=\s*(?P<val>"(?:[^\\"]|\\.)*"|\w{3},\s[\w\d-]{9,11}\s[\d:]{8}\sGMT|
    [\w!#$%&'*+.^`|~:@/<>()\[\]{}?=-]*))?\s*(\s+|;|$)""", re.ASCII | re.VERBOSE)


class BaseCookie(dict):
    def __init__(self, input=None):
        if input:
            self.load(input)

    def value_decode(self, val):
        return val, val

    def value_encode(self, val):
        return str(val), str(val)

    def _set(self, key, value, coded):
        morsel = self.get(key) or Morsel()
        morsel.set(key, value, coded)
        dict.__setitem__(self, key, morsel)

    def __setitem__(self, key, value):
        if isinstance(value, Morsel):
            dict.__setitem__(self, key, value)
        else:
            self._set(key, *self.value_encode(value))

    def output(self, attrs=None, header="Set-Cookie:", sep="\r\n"):
        return sep.join([morsel.output(attrs, header) for _, morsel in sorted(self.items())])

    __str__ = output

    def __repr__(self):
        return "<%s: %s>" % (type(self).__name__, " ".join(["%s=%r" % (k, m.value) for k, m in sorted(self.items())]))

    def load(self, rawdata):
        if not isinstance(rawdata, str):
            for key, value in rawdata.items():
                self[key] = value
            return
        at, items, seen = 0, [], False
        while at < len(rawdata):
            m = _PAIR.match(rawdata, at)
            if m is None:
                break
            key, value, at = m["key"], m["val"], m.end()
            if key[0] == "$":
                if seen:
                    items.append((True, key[1:], value))
            elif key.lower() in Morsel._reserved:
                if not seen or value is None and key.lower() not in Morsel._flags:
                    return
                items.append((True, key, True if value is None else _unquote(value)))
            elif value is not None:
                items.append((False, key, self.value_decode(value)))
                seen = True
            else:
                return
        morsel = None
        for attribute, key, value in items:
            if attribute:
                morsel[key] = value
            else:
                self._set(key, *value)
                morsel = self[key]


class SimpleCookie(BaseCookie):
    def value_decode(self, val):
        return _unquote(val), val

    def value_encode(self, val):
        return str(val), _quote(str(val))
