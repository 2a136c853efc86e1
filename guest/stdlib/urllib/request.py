# A sandbox has no network of its own: what was granted is a function of the host's.

from urllib.error import HTTPError, URLError


class Request:
    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url = url
        self.data = data
        self.headers = dict(headers)
        self.method = method

    def get_method(self):
        return self.method or ("GET" if self.data is None else "POST")

    def add_header(self, key, val):
        self.headers[key.capitalize()] = val


def urlopen(url, data=None, timeout=None, **keywords):
    raise PermissionError("no network was granted: %s" % (url.full_url if isinstance(url, Request) else url))


urlretrieve = urlopen
