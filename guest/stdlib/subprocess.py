# Imports, and says no when it is used: a sandbox has no processes.


def __getattr__(name):
    if name[:2] == "__":
        raise AttributeError("module 'subprocess' has no attribute '%s'" % name)
    if name in _ERRORS:
        return _ERRORS[name]
    return _Refused(name)


class _Refused:
    def __init__(self, name):
        self._name = name

    def __call__(self, *args, **keywords):
        raise PermissionError("subprocess.%s: a sandbox has no processes, and there is no grant for them" % self._name)

    def __getattr__(self, name):
        if name[:2] == "__":
            raise AttributeError(name)
        return _Refused("%s.%s" % (self._name, name))

    def __repr__(self):
        return "<subprocess.%s, refused>" % self._name


_ERRORS = {}
PIPE, STDOUT, DEVNULL = -1, -2, -3


class SubprocessError(Exception):
    pass


class CalledProcessError(SubprocessError):
    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode = returncode
        self.cmd = cmd
        self.output = self.stdout = output
        self.stderr = stderr

    def __str__(self):
        return "Command %r returned non-zero exit status %d." % (self.cmd, self.returncode)


class TimeoutExpired(SubprocessError):
    pass
