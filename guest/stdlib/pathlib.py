# Paths as objects. A Path of a sandbox is a pure path: it has the methods that look at files, and they are refused.

import fnmatch
import os

__all__ = ["PurePath", "PurePosixPath", "PureWindowsPath", "Path", "PosixPath", "WindowsPath"]


class _Flavour:
    sep = "/"

    @staticmethod
    def split_root(text):
        if text[:2] == "//" and text[2:3] != "/":
            return "", "//", text.lstrip("/")
        return ("", "/", text.lstrip("/")) if text[:1] == "/" else ("", "", text)

    @staticmethod
    def fold(text):
        return text


class _Windows:
    sep = "\\"

    @staticmethod
    def split_root(text):
        text = text.replace("/", "\\")
        drive = ""
        if text[:2] == "\\\\" and text[2:3] != "\\":
            i = text.find("\\", 2)
            j = text.find("\\", i + 1) if i > 0 else -1
            if i > 0 and j != i + 1:
                j = len(text) if j < 0 else j
                return text[:j], "\\", text[j:].lstrip("\\")
        elif text[1:2] == ":":
            drive, text = text[:2], text[2:]
        return (drive, "\\", text.lstrip("\\")) if text[:1] == "\\" else (drive, "", text)

    @staticmethod
    def fold(text):
        return text.lower()


class _Parents:
    def __init__(self, path):
        self._path = path

    def __len__(self):
        return len(self._path._tail)

    def __getitem__(self, i):
        if isinstance(i, slice):
            return tuple([self[k] for k in range(*i.indices(len(self)))])
        n = len(self)
        if not -n <= i < n:
            raise IndexError(i)
        i = i + n if i < 0 else i
        return self._path._with(self._path._tail[:n - i - 1])

    def __iter__(self):
        return iter([self[i] for i in range(len(self))])

    def __repr__(self):
        return "<%s.parents>" % type(self._path).__name__


class PurePath:
    _flavour = _Flavour

    def __new__(cls, *args):
        if cls is PurePath:
            cls = PurePosixPath
        elif cls is Path:
            cls = PosixPath
        self = object.__new__(cls)
        self._parse(args)
        return self

    def __init__(self, *args):
        pass

    def _parse(self, args):
        flavour = self._flavour
        drive = root = ""
        tail = []
        for arg in args:
            if isinstance(arg, PurePath):
                arg = str(arg) if arg._tail or arg._root or arg._drive else ""
            text = os.fspath(arg)
            if not isinstance(text, str):
                raise TypeError("argument should be a str object or an os.PathLike object returning str, not %r"
                                % type(text))
            d, r, rest = flavour.split_root(text)
            if r:
                drive, root, tail = d or drive, r, []
            elif d and flavour.fold(d) != flavour.fold(drive):
                drive, root, tail = d, "", []
            tail = tail + [part for part in rest.split(flavour.sep) if part and part != "."]
        self._drive, self._root, self._tail = drive, root, tail

    def _with(self, tail, drive=None, root=None):
        new = object.__new__(type(self))
        new._drive = self._drive if drive is None else drive
        new._root = self._root if root is None else root
        new._tail = list(tail)
        return new

    def __str__(self):
        return (self._drive + self._root + self._flavour.sep.join(self._tail)) or "."

    def __fspath__(self):
        return str(self)

    def as_posix(self):
        return str(self).replace(self._flavour.sep, "/")

    def __bytes__(self):
        return str(self).encode()

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, self.as_posix())

    def as_uri(self):
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        from urllib.parse import quote
        if self._drive:
            return "file:///" + self._drive + quote(self.as_posix()[len(self._drive):])
        return "file://" + quote(str(self))

    def _key(self):
        fold = self._flavour.fold
        return self._flavour, fold(self._drive), self._root, tuple([fold(part) for part in self._tail])

    def __eq__(self, other):
        return self._key() == other._key() if isinstance(other, PurePath) else NotImplemented

    def __hash__(self):
        return hash(self._key()[1:])

    def _order(self, other, function):
        if not isinstance(other, PurePath) or self._flavour is not other._flavour:
            return NotImplemented
        key = lambda p: [part for part in [p._drive + p._root] if part] + p._tail
        fold = self._flavour.fold
        return function([fold(x) for x in key(self)], [fold(x) for x in key(other)])

    def __lt__(self, other):
        return self._order(other, lambda a, b: a < b)

    def __le__(self, other):
        return self._order(other, lambda a, b: a <= b)

    def __gt__(self, other):
        return self._order(other, lambda a, b: a > b)

    def __ge__(self, other):
        return self._order(other, lambda a, b: a >= b)

    drive = property(lambda self: self._drive)
    root = property(lambda self: self._root)
    anchor = property(lambda self: self._drive + self._root)
    name = property(lambda self: self._tail[-1] if self._tail else "")
    parents = property(lambda self: _Parents(self))

    @property
    def parts(self):
        return tuple(([self.anchor] if self.anchor else []) + self._tail)

    @property
    def parent(self):
        return self._with(self._tail[:-1]) if self._tail else self

    @property
    def suffix(self):
        name = self.name
        i = name.rfind(".")
        return name[i:] if 0 < i < len(name) - 1 else ""

    @property
    def suffixes(self):
        name = self.name
        if name.endswith("."):
            return []
        return ["." + part for part in name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        name = self.name
        i = name.rfind(".")
        return name[:i] if 0 < i < len(name) - 1 else name

    def with_name(self, name):
        if not self.name:
            raise ValueError("%r has an empty name" % (self,))
        if not name or self._flavour.sep in name or name == ".":
            raise ValueError("Invalid name %r" % name)
        return self._with(self._tail[:-1] + [name])

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        if self._flavour.sep in suffix or suffix and suffix[0] != "." or suffix == ".":
            raise ValueError("Invalid suffix %r" % suffix)
        name = self.name
        if not name:
            raise ValueError("%r has an empty name" % (self,))
        old = self.suffix
        return self._with(self._tail[:-1] + [(name[:-len(old)] if old else name) + suffix])

    def joinpath(self, *args):
        return type(self)(self, *args)

    def __truediv__(self, other):
        try:
            return type(self)(self, other)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, other):
        try:
            return type(self)(other, self)
        except TypeError:
            return NotImplemented

    def is_absolute(self):
        return bool(self._root) and (self._flavour is _Flavour or bool(self._drive))

    def is_reserved(self):
        return False

    def relative_to(self, *other):
        if not other:
            raise TypeError("need at least one argument")
        base = type(self)(*other)
        fold = self._flavour.fold
        n = len(base._tail)
        if fold(base.anchor) != fold(self.anchor) or \
                [fold(p) for p in self._tail[:n]] != [fold(p) for p in base._tail]:
            raise ValueError("%r is not in the subpath of %r OR one path is relative and the other is absolute."
                             % (str(self), str(base)))
        return self._with(self._tail[n:], "", "")

    def is_relative_to(self, *other):
        try:
            self.relative_to(*other)
            return True
        except ValueError:
            return False

    def match(self, pattern):
        want = type(self)(pattern)
        fold = self._flavour.fold
        if not want.parts:
            raise ValueError("empty pattern")
        if want._drive and fold(want._drive) != fold(self._drive) or want._root and want._root != self._root:
            return False
        parts, patterns = self._tail, want._tail
        if want.anchor and len(parts) != len(patterns) or len(patterns) > len(parts):
            return False
        return all([fnmatch.fnmatchcase(fold(a), fold(b)) for a, b in zip(reversed(parts), reversed(patterns))])

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return type(self), (str(self),)


class PurePosixPath(PurePath):
    pass


class PureWindowsPath(PurePath):
    _flavour = _Windows


class Path(PurePath):
    @classmethod
    def cwd(cls):
        return cls("/")

    @classmethod
    def home(cls):
        return cls("/")

    def absolute(self):
        return self if self.is_absolute() else type(self)("/", self)

    def resolve(self, strict=False):
        return type(self)(os.path.abspath(str(self)))

    def expanduser(self):
        return self

    def exists(self):
        return False

    is_file = is_dir = is_symlink = is_mount = is_socket = is_fifo = exists

    def open(self, mode="r", *args, **keywords):
        return open(str(self), mode, *args, **keywords)

    def read_text(self, encoding=None, errors=None):
        with self.open("r", encoding=encoding, errors=errors) as f:
            return f.read()

    def read_bytes(self):
        with self.open("rb") as f:
            return f.read()

    def write_text(self, data, encoding=None, errors=None, newline=None):
        with self.open("w", encoding=encoding, errors=errors, newline=newline) as f:
            return f.write(data)

    def write_bytes(self, data):
        with self.open("wb") as f:
            return f.write(data)

    def _refuse(self, *args, **keywords):
        raise PermissionError("no file was granted: %r" % str(self))

    stat = lstat = mkdir = rmdir = unlink = touch = rename = replace = iterdir = glob = rglob = chmod = _refuse
    symlink_to = hardlink_to = readlink = owner = group = samefile = _refuse


class PosixPath(Path, PurePosixPath):
    pass


class WindowsPath(Path, PureWindowsPath):
    def __new__(cls, *args):
        raise NotImplementedError("cannot instantiate 'WindowsPath' on your system")
