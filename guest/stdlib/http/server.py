"""Imports, and says no when it is used: a sandbox serves nobody."""

import _refused


class BaseHTTPRequestHandler:
    pass


class SimpleHTTPRequestHandler(BaseHTTPRequestHandler):
    pass


__getattr__ = _refused.names("http.server", "sockets")
