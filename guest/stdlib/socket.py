# Imports, and says no when it is used: a sandbox has no sockets.


def __getattr__(name):
    if name[:2] == "__":
        raise AttributeError("module 'socket' has no attribute '%s'" % name)
    if name in _ERRORS:
        return _ERRORS[name]
    return _Refused(name)


class _Refused:
    def __init__(self, name):
        self._name = name

    def __call__(self, *args, **keywords):
        raise PermissionError("socket.%s: a sandbox has no sockets, and there is no grant for them" % self._name)

    def __getattr__(self, name):
        if name[:2] == "__":
            raise AttributeError(name)
        return _Refused("%s.%s" % (self._name, name))

    def __repr__(self):
        return "<socket.%s, refused>" % self._name


error = OSError
_ERRORS = {"timeout": TimeoutError, "gaierror": OSError, "herror": OSError, "AF_INET": 2, "AF_INET6": 10,
           "SOCK_STREAM": 1, "SOCK_DGRAM": 2, "SOL_SOCKET": 1, "SO_REUSEADDR": 2}
