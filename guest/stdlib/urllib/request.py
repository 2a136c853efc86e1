# A sandbox has no network of its own: what was granted is a function of the host's.

from urllib.error import ContentTooShortError, HTTPError, URLError
from urllib.parse import quote as pathname2url, unquote as url2pathname, urldefrag as _urldefrag, urlparse as _urlparse


class Request:
    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url = url
        self.data = data
        self.headers = {}
        self.unredirected_hdrs = {}
        for name, value in headers.items():
            self.add_header(name, value)
        if method:
            self.method = method
        self.origin_req_host = origin_req_host or self.host
        self.unverifiable = unverifiable

    @property
    def full_url(self):
        return "%s#%s" % (self._url, self.fragment) if self.fragment else self._url

    @full_url.setter
    def full_url(self, url):
        self._url, self.fragment = _urldefrag(url)
        parts = _urlparse(self._url)
        if not parts.scheme:
            raise ValueError("unknown url type: %r" % url)
        self.type, self.host = parts.scheme, parts.netloc
        self.selector = self._url.partition("//" + parts.netloc)[2] or "/"

    def get_full_url(self):
        return self.full_url

    def get_method(self):
        return getattr(self, "method", "GET" if self.data is None else "POST")

    def add_header(self, key, val):
        self.headers[key.capitalize()] = val

    def add_unredirected_header(self, key, val):
        self.unredirected_hdrs[key.capitalize()] = val

    def has_header(self, header_name):
        return header_name in self.headers or header_name in self.unredirected_hdrs

    def get_header(self, header_name, default=None):
        return self.headers.get(header_name, self.unredirected_hdrs.get(header_name, default))

    def remove_header(self, header_name):
        self.headers.pop(header_name, None)
        self.unredirected_hdrs.pop(header_name, None)

    def header_items(self):
        return list({**self.unredirected_hdrs, **self.headers}.items())

    def set_proxy(self, host, type):
        self.host, self.type = host, type


def urlopen(url, data=None, timeout=None, **keywords):
    raise PermissionError("no network was granted: %s" % (url.full_url if isinstance(url, Request) else url))


urlretrieve = urlopen


class BaseHandler:
    handler_order = 500


class OpenerDirector:
    def __init__(self):
        self.addheaders = []
        self.handlers = []

    def add_handler(self, handler):
        self.handlers.append(handler)

    def open(self, fullurl, data=None, timeout=None):
        return urlopen(fullurl, data, timeout)


class HTTPHandler(BaseHandler):
    def __init__(self, *args, **keywords):
        pass


HTTPSHandler = HTTPRedirectHandler = HTTPCookieProcessor = ProxyHandler = HTTPBasicAuthHandler = HTTPErrorProcessor = HTTPHandler


def build_opener(*handlers):
    opener = OpenerDirector()
    for handler in handlers:
        opener.add_handler(handler() if isinstance(handler, type) else handler)
    return opener


def install_opener(opener):
    pass


def getproxies():
    return {}
