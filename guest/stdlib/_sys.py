# The part of sys that few programs ask for: see sys.__getattr__ in py/modsys.c. Names that begin with one underscore are
# private to this file.

version = "3.11.0 (hermetic)"
api_version = 1013
copyright = "hermetic runs MicroPython: see `hermetic --licenses`."
hexversion = 0x030B00F0
abiflags = ""
prefix = exec_prefix = base_prefix = base_exec_prefix = ""
pycache_prefix = None
dont_write_bytecode = True
platlibdir = "lib"
float_repr_style = "short"
warnoptions = []
meta_path = []
path_hooks = []
path_importer_cache = {}
_recursion_limit = 1000
_interval = 0.005


class _Struct(tuple):
    # A tuple whose items have names too.
    def __new__(cls, name, fields, values):
        self = super().__new__(cls, values)
        self._name, self._names = name, fields
        return self

    def __getattr__(self, name):
        if name[:1] != "_" and name in self._names:
            return self[self._names.index(name)]
        raise AttributeError("'%s' object has no attribute '%s'" % (self._name, name))

    def __repr__(self):
        return "%s(%s)" % (self._name, ", ".join(["%s=%r" % pair for pair in zip(self._names, self)]))

    __str__ = __repr__


version_info = _Struct("sys.version_info", ("major", "minor", "micro", "releaselevel", "serial"), (3, 11, 0, "final", 0))
float_info = _Struct(
    "sys.float_info",
    ("max", "max_exp", "max_10_exp", "min", "min_exp", "min_10_exp", "dig", "mant_dig", "epsilon", "radix", "rounds"),
    ((2.0 - 2.0 ** -52) * 2.0 ** 1023, 1024, 308, 2.0 ** -1022, -1021, -307, 15, 53, 2.220446049250313e-16, 2, 1))
int_info = _Struct("sys.int_info", ("bits_per_digit", "sizeof_digit", "default_max_str_digits", "str_digits_check_threshold"),
                   (30, 4, 4300, 640))
hash_info = _Struct(
    "sys.hash_info",
    ("width", "modulus", "inf", "nan", "imag", "algorithm", "hash_bits", "seed_bits", "cutoff"),
    (64, (1 << 61) - 1, 314159, 0, 1000003, "siphash13", 64, 128, 0))
thread_info = _Struct("sys.thread_info", ("name", "lock", "version"), ("pthread", "semaphore", None))
flags = _Struct(
    "sys.flags",
    ("debug", "inspect", "interactive", "optimize", "dont_write_bytecode", "no_user_site", "no_site",
     "ignore_environment", "verbose", "bytes_warning", "quiet", "hash_randomization", "isolated", "dev_mode",
     "utf8_mode", "warn_default_encoding", "safe_path", "int_max_str_digits"),
    (0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, False, 1, 0, False, 4300))


def _library():
    from _features import modules
    return frozenset([name for name in modules() if "." not in name and name != "micropython"])


class _Implementation:
    name = "hermetic"
    cache_tag = None
    version = version_info
    hexversion = hexversion

    def __repr__(self):
        return "namespace(name='hermetic', cache_tag=None, version=%r, hexversion=%d)" % (version_info, hexversion)


implementation = _Implementation()
builtin_module_names = ("builtins", "sys", "time")


orig_argv = []


def getrecursionlimit():
    return _recursion_limit


def setrecursionlimit(limit):
    # Calls nest as deep as the sandbox has room for, whatever is asked for.
    global _recursion_limit
    if not isinstance(limit, int):
        raise TypeError("'%s' object cannot be interpreted as an integer" % type(limit).__name__)
    if limit < 1:
        raise ValueError("recursion limit must be greater or equal than 1")
    _recursion_limit = limit


def getswitchinterval():
    return _interval


def setswitchinterval(seconds):
    global _interval
    if seconds <= 0:
        raise ValueError("switch interval must be strictly positive")
    _interval = seconds


def getdefaultencoding():
    return "utf-8"


def getfilesystemencoding():
    return "utf-8"


def getfilesystemencodeerrors():
    return "surrogateescape"


def getrefcount(object):
    return 2


def getallocatedblocks():
    return 0


def gettrace():
    return None


getprofile = gettrace


def is_finalizing():
    return False


def audit(event, *args):
    pass


def addaudithook(hook):
    pass


def call_tracing(function, args):
    return function(*args)


def displayhook(value):
    import builtins
    if value is not None:
        builtins._ = None
        print(repr(value))
        builtins._ = value


def excepthook(kind, value, traceback):
    from traceback import print_exception
    print_exception(kind, value, traceback)


def unraisablehook(unraisable):
    import sys
    from traceback import print_exception
    print(f"{unraisable.err_msg or 'Exception ignored in'}: {unraisable.object!r}", file=sys.stderr)
    print_exception(unraisable.exc_type, unraisable.exc_value, unraisable.exc_traceback, chain=False)


def _unraisable(value, object):
    import sys
    from types import SimpleNamespace
    sys.unraisablehook(SimpleNamespace(exc_type=type(value), exc_value=value, exc_traceback=value.__traceback__,
                                       err_msg=None, object=object))


def breakpointhook(*args, **keywords):
    raise RuntimeError("there is no debugger in a sandbox")


async def anext_or(step, default):
    try:
        return await step
    except StopAsyncIteration:
        return default


__displayhook__ = displayhook
__excepthook__ = excepthook
__unraisablehook__ = unraisablehook
__breakpointhook__ = breakpointhook


def _str_size(value):
    top = max(value, default="")
    n = len(value)
    if top < "\x80":
        return 49 + n
    return 73 + n if top < "\u0100" else 74 + 2 * n if top < "\U00010000" else 76 + 4 * n


def _table_size(n, small, entry, index):
    # Of a dict: entries for two thirds of the index. Numbers of bytes are those of CPython's layout.
    size = 8
    while size * 2 // 3 < n:
        size *= 2
    return small + size * index + size * 2 // 3 * entry


def getsizeof(object, *default):
    # What CPython 3.11 says on 64 bits, where that follows from the value. Nothing here is measured.
    kind = type(object)
    own = getattr(kind, "__sizeof__", None)
    if own is not None:
        return own(object)
    if isinstance(object, bool) or object == 0 and isinstance(object, int):
        return 28
    if isinstance(object, int):
        return 24 + 4 * ((object.bit_length() + 29) // 30)
    if isinstance(object, float):
        return 24
    if isinstance(object, complex):
        return 32
    if isinstance(object, str):
        return _str_size(object)
    if isinstance(object, (bytes, bytearray)):
        return (33 if isinstance(object, bytes) else 57) + len(object)
    if isinstance(object, tuple):
        return 40 + 8 * len(object)
    if isinstance(object, list):
        size, n = 0, len(object)
        while size < n:
            size = (size + 1 + (size + 1 >> 3) + 6) & ~3
        return 56 + 8 * size
    if isinstance(object, dict):
        if not object:
            return 64
        n = len(object)
        text = all([type(key) is str for key in object])
        size = _table_size(n, 0, 16 if text else 24, 1 if n <= 170 else 2 if n <= 43690 else 4)
        return 96 + size
    if isinstance(object, (set, frozenset)):
        n, size = len(object), 8
        while n * 5 >= size * 3:
            size *= 4
        return 216 if size == 8 else 200 + 16 * size
    if isinstance(object, range):
        return 48
    if object is None or object is NotImplemented or object is Ellipsis:
        return 16
    if kind.__name__ in ("generator", "coroutine", "async_generator"):
        return 200
    if kind.__name__ == "function":
        return 152
    if isinstance(object, type):
        return 1688
    return 48 if kind.__module__ == "builtins" else 56


# Of sys.stdin, sys.stdout and sys.stderr, beside write() and flush().

def _readline(size=-1):
    if size == 0:
        return ""
    try:
        return input() + "\n"
    except EOFError:
        return ""


def _readlines(hint=-1):
    lines = []
    while True:
        line = _readline()
        if not line:
            return lines
        lines.append(line)


class _Buffer:
    # Bytes beneath the text, which is UTF-8.
    def __init__(self, stream):
        self.raw = self._stream = stream

    def write(self, data):
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        self._stream.write(bytes(data).decode("utf-8", "replace"))
        return len(data)

    def flush(self):
        self._stream.flush()

    def read(self, size=-1):
        return "".join(_readlines()).encode()

    def readline(self, size=-1):
        return _readline().encode()

    def readlines(self, hint=-1):
        return [line.encode() for line in _readlines()]

    def __iter__(self):
        return iter(self.readlines())

    def fileno(self):
        return self._stream.fileno()


def _refuse(*args):
    import io
    raise io.UnsupportedOperation("underlying stream is not seekable")


def stream_attribute(stream, name):
    text = repr(stream)
    which = text[text.index("<", 1) + 1:text.index(">")]
    reads = which == "stdin"
    if name == "name":
        return "<%s>" % which
    if name == "mode":
        return "r" if reads else "w"
    if name == "encoding":
        return "utf-8"
    if name == "errors":
        return "backslashreplace" if which == "stderr" else "strict"
    if name == "buffer":
        return _Buffer(stream)
    if name == "closed" or name == "write_through":
        return False
    if name == "line_buffering":
        return which == "stderr"
    if name == "newlines":
        return None
    if name == "fileno":
        return lambda: ("stdin", "stdout", "stderr").index(which)
    if name == "isatty" or name == "seekable":
        return lambda: False
    if name == "readable":
        return lambda: reads
    if name == "writable":
        return lambda: not reads
    if name == "writelines":
        return lambda lines: [stream.write(line) for line in lines] and None
    if name == "close" or name == "detach" or name == "reconfigure":
        return lambda *args, **keywords: None
    if name == "__enter__":
        return lambda: stream
    if name == "__exit__":
        return lambda *details: None
    if name in ("seek", "tell", "truncate"):
        return _refuse
    if reads:
        if name == "read":
            return lambda size=-1: "".join(_readlines())
        if name == "readline":
            return _readline
        if name == "readlines":
            return _readlines
        if name == "__iter__":
            return lambda: iter(_readlines())
    elif name in ("read", "readline", "readlines"):
        import io

        def refuse(*args):
            raise io.UnsupportedOperation("not readable")
        return refuse
    return NotImplemented


def __getattr__(name):
    if name == "stdlib_module_names":
        return _library()
    raise AttributeError(name)
