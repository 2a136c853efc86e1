"""Names of HTTP. A sandbox has no network of its own: what was granted is a function of the host's."""

import _refused
from http import HTTPStatus

responses = {int(status): status.phrase for status in HTTPStatus}
HTTP_PORT, HTTPS_PORT = 80, 443


class HTTPException(Exception):
    pass


class NotConnected(HTTPException):
    pass


class BadStatusLine(HTTPException):
    pass


class IncompleteRead(HTTPException):
    def __init__(self, partial, expected=None):
        self.args = (partial,)
        self.partial, self.expected = partial, expected


class RemoteDisconnected(ConnectionResetError, BadStatusLine):
    pass


__getattr__ = _refused.names("http.client", "network")
