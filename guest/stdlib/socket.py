# Imports, and says no when it is used: a sandbox has no sockets.

import _refused

error = OSError
__getattr__ = _refused.names("socket", "sockets", {
    "timeout": TimeoutError, "gaierror": OSError, "herror": OSError, "AF_INET": 2, "AF_INET6": 10,
    "SOCK_STREAM": 1, "SOCK_DGRAM": 2, "SOL_SOCKET": 1, "SO_REUSEADDR": 2,
})
