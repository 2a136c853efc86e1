# Paths as text, as on POSIX. Nothing here looks at files: none exist.

sep, altsep, extsep, pathsep, curdir, pardir, defpath, devnull = "/", None, ".", ":", ".", "..", "/bin:/usr/bin", "/dev/null"
supports_unicode_filenames = False


def _text(p):
    if isinstance(p, (str, bytes)):
        return p
    from os import fspath
    return fspath(p)


def _parts(p):
    p = _text(p)
    return (p, "/", ".") if isinstance(p, str) else (p, b"/", b".")


def normcase(s):
    return _text(s)


def isabs(s):
    s, slash, _ = _parts(s)
    return s.startswith(slash)


def join(a, *p):
    a, slash, _ = _parts(a)
    for b in p:
        b = _text(b)
        if type(a) is not type(b):
            raise TypeError("Can't mix strings and bytes in path components")
        if b.startswith(slash):
            a = b
        elif not a or a.endswith(slash):
            a += b
        else:
            a += slash + b
    return a


def split(p):
    p, slash, _ = _parts(p)
    i = p.rfind(slash) + 1
    head, tail = p[:i], p[i:]
    if head.strip(slash):
        head = head.rstrip(slash)
    return head, tail


def splitext(p):
    p, slash, dot = _parts(p)
    base = p.rfind(slash) + 1
    i = p.rfind(dot)
    if i > base and p[base:i].strip(dot):
        return p[:i], p[i:]
    return p, p[:0]


def splitdrive(p):
    p = _text(p)
    return p[:0], p


def basename(p):
    p, slash, _ = _parts(p)
    return p[p.rfind(slash) + 1:]


def dirname(p):
    return split(p)[0]


def normpath(path):
    path, slash, dot = _parts(path)
    if not path:
        return dot
    root = path[:0]
    if path.startswith(slash):
        root = slash * 2 if path.startswith(slash * 2) and not path.startswith(slash * 3) else slash
    out = []
    for part in path.split(slash):
        if not part or part == dot:
            continue
        if part != dot * 2 or (not root and not out) or (out and out[-1] == dot * 2):
            out.append(part)
        elif out:
            out.pop()
    return root + slash.join(out) or dot


def abspath(path):
    path, slash, _ = _parts(path)
    return normpath(path if path.startswith(slash) else slash + path)


def realpath(filename, *, strict=False):
    return abspath(filename)


def expanduser(path):
    return _text(path)


def expandvars(path):
    path = _text(path)
    from os import environ
    for name in sorted(environ, key=len, reverse=True):
        path = path.replace("${%s}" % name, environ[name]).replace("$" + name, environ[name])
    return path


def relpath(path, start=None):
    if not path:
        raise ValueError("no path specified")
    path, slash, dot = _parts(path)
    a = [x for x in abspath(slash if start is None else start).split(slash) if x]
    b = [x for x in abspath(path).split(slash) if x]
    n = 0
    while n < len(a) and n < len(b) and a[n] == b[n]:
        n += 1
    return slash.join([dot * 2] * (len(a) - n) + b[n:]) or dot


def commonprefix(m):
    if not m:
        return ""
    low, high = min(m), max(m)
    for i, c in enumerate(low):
        if c != high[i]:
            return low[:i]
    return low


def commonpath(paths):
    paths = [_text(p) for p in paths]
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    _, slash, dot = _parts(paths[0])
    absolute = set([p.startswith(slash) for p in paths])
    if len(absolute) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    split_paths = [[part for part in p.split(slash) if part and part != dot] for p in paths]
    common = list(commonprefix(split_paths) or [])
    return (slash if True in absolute else paths[0][:0]) + slash.join(common)


def exists(path):
    return False


lexists = isfile = isdir = islink = ismount = exists


def samefile(a, b):
    return abspath(a) == abspath(b)


def getsize(path):
    raise PermissionError("no file was granted: %r" % (path,))


getmtime = getatime = getctime = getsize
