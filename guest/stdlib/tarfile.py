"""tar archives on streams: files and directories in the formats ustar and GNU, compressed by gzip or not at all."""

import io

NUL = b"\0"
BLOCKSIZE = 512
RECORDSIZE = 20 * BLOCKSIZE
REGTYPE, AREGTYPE, LNKTYPE, SYMTYPE, CHRTYPE, BLKTYPE, DIRTYPE, FIFOTYPE, CONTTYPE = (
    b"0", NUL, b"1", b"2", b"3", b"4", b"5", b"6", b"7")
USTAR_FORMAT, GNU_FORMAT, PAX_FORMAT = 0, 1, 2
DEFAULT_FORMAT = PAX_FORMAT
ENCODING = "utf-8"


class TarError(Exception):
    pass


class ReadError(TarError):
    pass


class ExtractError(TarError):
    pass


class CompressionError(TarError):
    pass


class StreamError(TarError):
    pass


class HeaderError(TarError):
    pass


def _number(field):
    if field[:1] in (b"\x80", b"\xff"):
        return int.from_bytes(field[1:], "big")
    text = field.replace(NUL, b" ").strip()
    try:
        return int(text or b"0", 8)
    except ValueError:
        raise HeaderError("invalid header") from None


def _octal(value, width):
    value = int(value)
    if value < 8 ** (width - 1):
        return b"%0*o\0" % (width - 1, value)
    return b"\x80" + value.to_bytes(width - 1, "big")


class TarInfo:
    def __init__(self, name=""):
        self.name = name
        self.mode, self.uid, self.gid, self.size, self.mtime, self.chksum = 0o644, 0, 0, 0, 0, 0
        self.type = REGTYPE
        self.linkname = self.uname = self.gname = ""
        self.devmajor = self.devminor = self.offset = self.offset_data = 0
        self.pax_headers = {}
        self.tarfile = None

    def __repr__(self):
        return "<%s %r at %#x>" % (type(self).__name__, self.name, id(self))

    path = property(lambda self: self.name, lambda self, name: setattr(self, "name", name))

    def isreg(self):
        return self.type in (REGTYPE, AREGTYPE, CONTTYPE)

    isfile = isreg

    def isdir(self):
        return self.type == DIRTYPE

    def issym(self):
        return self.type == SYMTYPE

    def islnk(self):
        return self.type == LNKTYPE

    def ischr(self):
        return self.type == CHRTYPE

    def isblk(self):
        return self.type == BLKTYPE

    def isfifo(self):
        return self.type == FIFOTYPE

    def isdev(self):
        return self.type in (CHRTYPE, BLKTYPE, FIFOTYPE)

    def get_info(self):
        return {"name": self.name, "mode": self.mode & 0o7777, "uid": self.uid, "gid": self.gid, "size": self.size,
                "mtime": self.mtime, "chksum": self.chksum, "type": self.type, "linkname": self.linkname, "uname": self.uname,
                "gname": self.gname, "devmajor": self.devmajor, "devminor": self.devminor}

    def tobuf(self, format=DEFAULT_FORMAT, encoding=ENCODING, errors="surrogateescape"):
        name = self.name.encode(encoding, errors)
        if self.isdir() and not name.endswith(b"/"):
            name += b"/"
        before = b""
        if len(name) > 100:
            long = TarInfo("././@LongLink")
            long.type, long.size, long.mode = b"L", len(name) + 1, 0
            before = long.tobuf(format) + _padded(name + NUL)
        head = name[:100].ljust(100, NUL) + _octal(self.mode & 0o7777, 8) + _octal(self.uid, 8) + _octal(self.gid, 8) + \
            _octal(self.size, 12) + _octal(self.mtime, 12) + b" " * 8 + self.type + \
            self.linkname.encode(encoding, errors)[:100].ljust(100, NUL) + b"ustar\00000" + \
            self.uname.encode()[:32].ljust(32, NUL) + self.gname.encode()[:32].ljust(32, NUL) + _octal(0, 8) + _octal(0, 8)
        head = head.ljust(BLOCKSIZE, NUL)
        return before + head[:148] + b"%06o\0 " % sum(head) + head[156:]

    @classmethod
    def frombuf(cls, buf, encoding=ENCODING, errors="surrogateescape"):
        if len(buf) != BLOCKSIZE:
            raise HeaderError("truncated header" if buf else "empty header")
        info = cls()
        info.chksum = _number(buf[148:156])
        if info.chksum != sum(buf[:148]) + 256 + sum(buf[156:]):
            raise HeaderError("bad checksum")

        def text(a, b):
            return buf[a:b].partition(NUL)[0].decode(encoding, errors)
        info.name = text(0, 100)
        info.mode, info.uid, info.gid = _number(buf[100:108]), _number(buf[108:116]), _number(buf[116:124])
        info.size, info.mtime = _number(buf[124:136]), _number(buf[136:148])
        info.type, info.linkname = buf[156:157], text(157, 257)
        info.uname, info.gname = text(265, 297), text(297, 329)
        prefix = text(345, 500)
        if prefix and buf[257:263] == b"ustar\0":
            info.name = prefix + "/" + info.name
        if info.type == AREGTYPE and info.name.endswith("/"):
            info.type = DIRTYPE
        if info.isdir():
            info.name = info.name.rstrip("/")
        return info


def _padded(data):
    return data + bytes(-len(data) % BLOCKSIZE)


class TarFile:
    def __init__(self, name=None, mode="r", fileobj=None, format=None, **ignored):
        self.name, self.mode, self.fileobj = name, mode, fileobj
        self.members = []
        self.closed = False
        self.format = DEFAULT_FORMAT if format is None else format
        self._compressed = None
        if mode == "r":
            data = fileobj.read()
            if data[:2] == b"\x1f\x8b":
                import gzip
                data = gzip.decompress(data)
            self._data = data
            self._scan()

    @classmethod
    def open(cls, name=None, mode="r", fileobj=None, bufsize=10240, **kwargs):
        if not name and not fileobj:
            raise ValueError("nothing to open")
        kind, _, packing = mode.replace("|", ":").partition(":")
        if kind not in ("r", "w", "a", "x", ""):
            raise ValueError("undiscernible mode")
        if packing not in ("", "*", "gz"):
            raise CompressionError("unknown compression type %r" % packing)
        if fileobj is None:
            fileobj = _open(name, (kind or "r") + "b")
        compresslevel = kwargs.pop("compresslevel", 9)
        self = cls(name, kind or "r", fileobj, **kwargs)
        if packing == "gz":
            self._compressed = compresslevel
        self._out = []
        return self

    def _scan(self):
        at, data, long = 0, self._data, None
        while at + BLOCKSIZE <= len(data):
            block = data[at:at + BLOCKSIZE]
            if not block.strip(NUL):
                return
            try:
                info = TarInfo.frombuf(block)
            except HeaderError as e:
                raise ReadError("file could not be opened successfully" if not self.members else str(e)) from None
            info.offset, info.offset_data = at, at + BLOCKSIZE
            size = info.size if info.type not in (DIRTYPE, LNKTYPE, SYMTYPE, CHRTYPE, BLKTYPE, FIFOTYPE) else 0
            body = data[at + BLOCKSIZE:at + BLOCKSIZE + size]
            at += BLOCKSIZE + (size + BLOCKSIZE - 1) // BLOCKSIZE * BLOCKSIZE
            if info.type == b"L":
                long = {"path": body.rstrip(NUL).decode(ENCODING, "surrogateescape")}
            elif info.type in (b"x", b"X"):
                long = {}
                while body:
                    n = int(body.partition(b" ")[0])
                    key, _, value = body[:n - 1].partition(b" ")[2].decode().partition("=")
                    long[key] = value
                    body = body[n:]
            elif info.type != b"g":
                if long:
                    info.pax_headers = long
                    info.name = long.get("path", info.name).rstrip("/")
                    info.linkname = long.get("linkpath", info.linkname)
                    info.mtime = float(long["mtime"]) if "mtime" in long else info.mtime
                    long = None
                info.tarfile = self
                self.members.append(info)
        if not self.members:
            raise ReadError("file could not be opened successfully" if data else "empty file")

    def getmembers(self):
        return self.members

    def getnames(self):
        return [info.name for info in self.members]

    def getmember(self, name):
        for info in reversed(self.members):
            if info.name == name.rstrip("/"):
                return info
        raise KeyError("filename %r not found" % name)

    def extractfile(self, member):
        info = self.getmember(member) if isinstance(member, str) else member
        if info.islnk() or info.issym():
            return self.extractfile(info.linkname)
        if not info.isreg():
            return None
        file = io.BytesIO(self._data[info.offset_data:info.offset_data + info.size])
        file.name = info.name
        return file

    def addfile(self, tarinfo, fileobj=None):
        if self.mode not in ("w", "a", "x"):
            raise OSError("bad operation for mode %r" % self.mode)
        self._out.append(tarinfo.tobuf(self.format))
        if fileobj is not None:
            data = fileobj.read(tarinfo.size)
            if len(data) != tarinfo.size:
                raise OSError("unexpected end of data")
            self._out.append(_padded(data))
        self.members.append(tarinfo)

    def add(self, name, arcname=None, recursive=True, *, filter=None):
        with _open(name, "rb") as file:
            data = file.read()
        info = TarInfo(arcname or name)
        info.size = len(data)
        self.addfile(info, io.BytesIO(data))

    def list(self, verbose=True, *, members=None):
        for info in members or self.members:
            print(info.name + ("/" if info.isdir() else ""))

    def next(self):
        at = self._at = getattr(self, "_at", -1) + 1
        return self.members[at] if at < len(self.members) else None

    def extract(self, member, path="", **ignored):
        raise PermissionError("tarfile.TarFile.extract(): a sandbox has no files, and no folder was granted")

    extractall = extract

    def close(self):
        if self.closed:
            return
        self.closed = True
        if self.mode in ("w", "a", "x"):
            data = b"".join(self._out) + bytes(2 * BLOCKSIZE)
            data += bytes(-len(data) % RECORDSIZE)
            if self._compressed is not None:
                import gzip
                data = gzip.compress(data, self._compressed)
            self.fileobj.write(data)

    def __iter__(self):
        return iter(self.members)

    def __enter__(self):
        return self

    def __exit__(self, *details):
        self.close()


_open = open
open = TarFile.open


def is_tarfile(name):
    try:
        TarFile.open(fileobj=name) if hasattr(name, "read") else TarFile.open(name)
    except TarError:
        return False
    return True
