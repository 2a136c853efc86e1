# What modules have in place of their names that a sandbox can never serve: they import, and say no when they are used.


def names(module, reason, known={}):
    """The __getattr__() of `module`: what is in `known`, and for every other name something that refuses to be called."""

    def __getattr__(name):
        if name[:2] == "__":
            raise AttributeError("module '%s' has no attribute '%s'" % (module, name))
        if name in known:
            return known[name]
        return _Refused(module, name, reason)

    return __getattr__


class _Refused:
    def __init__(self, module, name, reason):
        self._module = module
        self._name = name
        self._reason = reason

    def __call__(self, *args, **keywords):
        raise PermissionError("%s.%s: a sandbox has no %s, and there is no grant for them" % (self._module, self._name, self._reason))

    def __getattr__(self, name):
        if name[:2] == "__":
            raise AttributeError(name)
        return _Refused(self._module, "%s.%s" % (self._name, name), self._reason)

    def __repr__(self):
        return "<%s.%s, refused>" % (self._module, self._name)
