# The operating system, of which a sandbox has none: names and paths work, what would reach out is refused.

from os import path
from _host import entropy as _entropy

name = "posix"
sep, altsep, extsep, pathsep, linesep, curdir, pardir, defpath, devnull = \
    "/", None, ".", ":", "\n", ".", "..", "/bin:/usr/bin", "/dev/null"
error = OSError
environ = {}
F_OK, R_OK, W_OK, X_OK = 0, 4, 2, 1
O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_EXCL, O_TRUNC, O_APPEND = 0, 1, 2, 64, 128, 512, 1024
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2


class PathLike:
    def __fspath__(self):
        raise NotImplementedError

    def __class_getitem__(cls, item):
        from types import GenericAlias
        return GenericAlias(cls, item)


def fspath(p):
    if isinstance(p, (str, bytes)):
        return p
    method = getattr(type(p), "__fspath__", None)
    if method is None:
        raise TypeError("expected str, bytes or os.PathLike object, not " + type(p).__name__)
    result = method(p)
    if not isinstance(result, (str, bytes)):
        raise TypeError("expected %s.__fspath__() to return str or bytes, not %s"
                        % (type(p).__name__, type(result).__name__))
    return result


def fsencode(p):
    p = fspath(p)
    return p.encode("utf-8") if isinstance(p, str) else p


def fsdecode(p):
    p = fspath(p)
    return p if isinstance(p, str) else p.decode("utf-8")


def urandom(n):
    if n < 0:
        raise ValueError("negative argument not allowed")
    parts = []
    while n > 256:
        parts.append(_entropy(256))
        n -= 256
    parts.append(_entropy(n))
    return b"".join(parts)


def getrandom(n, flags=0):
    return urandom(n)


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(key, value):
    environ[key] = value


def unsetenv(key):
    environ.pop(key, None)


def getcwd():
    return "/"


def getpid():
    return 1


def getppid():
    return 0


def getlogin():
    raise OSError("a sandbox has no users")


def cpu_count():
    return 1


def strerror(code):
    return "Error %d" % code


def get_terminal_size(fd=1):
    return terminal_size((80, 24))


class terminal_size(tuple):
    columns = property(lambda self: self[0])
    lines = property(lambda self: self[1])

    def __repr__(self):
        return "os.terminal_size(columns=%d, lines=%d)" % tuple(self)


class uname_result(tuple):
    sysname, nodename, release, version, machine = [property(lambda self, i=i: self[i]) for i in range(5)]


def uname():
    return uname_result(("hermetic", "sandbox", "", "", "wasm32"))


def _no_file(name):
    def refuse(path=None, *args, **keywords):
        raise PermissionError("no file was granted: %r" % (path,))
    return refuse


def _never(name, what):
    def refuse(*args, **keywords):
        raise PermissionError("os.%s: a sandbox has no %s" % (name, what))
    return refuse


for _n in ("open listdir scandir stat lstat mkdir makedirs remove unlink rmdir removedirs rename replace access chdir "
           "chmod readlink symlink link truncate utime walk").split():
    globals()[_n] = _no_file(_n)
for _n in "system popen fork kill execv execve execvp spawnv waitpid wait pipe startfile posix_spawn abort _exit".split():
    globals()[_n] = _never(_n, "processes")


class DirEntry:
    pass
