# Imports, and says no when it is used: a sandbox has no processes.


def __getattr__(name):
    if name[:2] == "__":
        raise AttributeError("module 'multiprocessing' has no attribute '%s'" % name)
    if name in _ERRORS:
        return _ERRORS[name]
    return _Refused(name)


class _Refused:
    def __init__(self, name):
        self._name = name

    def __call__(self, *args, **keywords):
        raise PermissionError("multiprocessing.%s: a sandbox has no processes, and there is no grant for them" % self._name)

    def __getattr__(self, name):
        if name[:2] == "__":
            raise AttributeError(name)
        return _Refused("%s.%s" % (self._name, name))

    def __repr__(self):
        return "<multiprocessing.%s, refused>" % self._name


_ERRORS = {}
