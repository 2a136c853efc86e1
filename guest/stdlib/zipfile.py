"""ZIP archives on streams: stored and deflated members, no encryption, no ZIP64."""

import io
import struct
import zlib

ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA = 0, 8, 12, 14
_END, _CENTRAL, _LOCAL = b"PK\5\6", b"PK\1\2", b"PK\3\4"


class BadZipFile(Exception):
    pass


class LargeZipFile(Exception):
    pass


error = BadZipfile = BadZipFile


def is_zipfile(filename):
    try:
        ZipFile(filename)
    except (BadZipFile, ValueError):
        return False
    return True


class ZipInfo:
    def __init__(self, filename="NoName", date_time=(1980, 1, 1, 0, 0, 0)):
        if date_time[0] < 1980:
            raise ValueError("ZIP does not support timestamps before 1980")
        self.orig_filename = self.filename = filename.partition("\0")[0]
        self.date_time = tuple(date_time)
        self.compress_type = ZIP_STORED
        self.comment = self.extra = b""
        self.create_system = 3
        self.create_version = self.extract_version = 20
        self.flag_bits = self.volume = self.internal_attr = self.external_attr = self.header_offset = self.CRC = 0
        self.compress_size = self.file_size = 0
        self._compresslevel = None

    def __repr__(self):
        text = "<%s filename=%r" % (type(self).__name__, self.filename)
        if self.compress_type != ZIP_STORED:
            text += " compress_type=%s" % {8: "deflate"}.get(self.compress_type, self.compress_type)
        high = self.external_attr >> 16
        if high:
            from stat import filemode
            text += " filemode=%r" % filemode(high)
        if self.external_attr & 0xffff:
            text += " external_attr=%#x" % (self.external_attr & 0xffff)
        if not self.is_dir() or self.file_size:
            text += " file_size=%r" % self.file_size
        if (not self.is_dir() or self.compress_size) and (self.compress_type != ZIP_STORED or self.file_size != self.compress_size):
            text += " compress_size=%r" % self.compress_size
        return text + ">"

    def is_dir(self):
        return self.filename[-1:] == "/"

    def _stamp(self):
        y, m, d, h, mi, s = self.date_time
        return h << 11 | mi << 5 | s // 2, (y - 1980) << 9 | m << 5 | d


def _now():
    import time
    try:
        now = time.localtime()[:6]
        return now if now[0] >= 1980 else (1980, 1, 1, 0, 0, 0)
    except OSError:
        return 1980, 1, 1, 0, 0, 0  # no clock was granted


class ZipFile:
    def __init__(self, file, mode="r", compression=ZIP_STORED, allowZip64=True, compresslevel=None, *, strict_timestamps=True,
                 metadata_encoding=None):
        if mode not in ("r", "w", "x", "a"):
            raise ValueError("ZipFile requires mode 'r', 'w', 'x', or 'a'")
        if compression not in (ZIP_STORED, ZIP_DEFLATED):
            raise NotImplementedError("That compression method is not supported")
        self._mine = not hasattr(file, "read") and not hasattr(file, "write")
        self.filename = file if self._mine else getattr(file, "name", None)
        self.fp = open(file, mode + "b") if self._mine else file
        self.mode, self.compression, self.compresslevel = mode, compression, compresslevel
        self.filelist, self.NameToInfo, self._comment, self.pwd, self.debug = [], {}, b"", None, 0
        self._changed = mode in ("w", "x")
        self._start = self.fp.tell() if mode in ("w", "x") and hasattr(self.fp, "tell") else 0
        if mode in ("r", "a"):
            self.fp.seek(0)
            self._data = self.fp.read()
            if mode == "r" or self._data:
                self._read_directory(self._data)
        if mode == "a":
            self.fp.seek(self._start)

    def _read_directory(self, data):
        at = data.rfind(_END)
        if at < 0 or len(data) < at + 22:
            raise BadZipFile("File is not a zip file")
        count, size, offset, n = struct.unpack_from("<10xHIIH", data, at)
        self._comment = data[at + 22:at + 22 + n]
        shift = at - size - offset
        if shift < 0:
            raise BadZipFile("Bad offset for central directory")
        at = self._start = offset + shift
        for _ in range(count):
            if data[at:at + 4] != _CENTRAL:
                raise BadZipFile("Bad magic number for central directory")
            (version, system, needed, flags, kind, time, date, crc, packed, plain, n, extra, comment, volume, internal, external,
             where) = struct.unpack_from("<4xBBHHHHHIIIHHHHHII", data, at)
            raw = data[at + 46:at + 46 + n]
            info = ZipInfo(raw.decode("utf-8" if flags & 0x800 else "cp437"), (
                (date >> 9) + 1980, date >> 5 & 15, date & 31, time >> 11, time >> 5 & 63, (time & 31) * 2))
            info.create_version, info.create_system, info.extract_version, info.flag_bits = version, system, needed, flags
            info.compress_type, info.CRC, info.compress_size, info.file_size = kind, crc, packed, plain
            info.volume, info.internal_attr, info.external_attr, info.header_offset = volume, internal, external, where + shift
            info.extra = data[at + 46 + n:at + 46 + n + extra]
            info.comment = data[at + 46 + n + extra:at + 46 + n + extra + comment]
            at += 46 + n + extra + comment
            self.filelist.append(info)
            self.NameToInfo[info.filename] = info

    def namelist(self):
        return [info.filename for info in self.filelist]

    def infolist(self):
        return self.filelist

    def getinfo(self, name):
        info = self.NameToInfo.get(name)
        if info is None:
            raise KeyError("There is no item named %r in the archive" % name)
        return info

    def printdir(self, file=None):
        print("%-46s %19s %12s" % ("File Name", "Modified    ", "Size"), file=file)
        for info in self.filelist:
            print("%-46s %s %12d" % (info.filename, "%d-%02d-%02d %02d:%02d:%02d" % info.date_time, info.file_size), file=file)

    @property
    def comment(self):
        return self._comment

    @comment.setter
    def comment(self, comment):
        if not isinstance(comment, bytes):
            raise TypeError("comment: expected bytes, got %s" % type(comment))
        self._comment = comment[:65535]
        self._changed = True

    def setpassword(self, pwd):
        self.pwd = pwd

    def _check(self):
        if self.fp is None:
            raise ValueError("Attempt to use ZIP archive that was already closed")

    def read(self, name, pwd=None):
        self._check()
        info = name if isinstance(name, ZipInfo) else self.getinfo(name)
        self.fp.seek(info.header_offset)
        head = self.fp.read(30)
        if head[:4] != _LOCAL or len(head) < 30:
            raise BadZipFile("Bad magic number for file header")
        self.fp.seek(info.header_offset + 30 + sum(struct.unpack_from("<HH", head, 26)))
        data = self.fp.read(info.compress_size)
        if info.flag_bits & 1:
            raise RuntimeError("File %r is encrypted, password required for extraction" % info.filename)
        if info.compress_type == ZIP_DEFLATED:
            inflate = zlib.decompressobj(-15)
            data = inflate.decompress(data) + inflate.flush()
        elif info.compress_type != ZIP_STORED:
            raise NotImplementedError("That compression method is not supported")
        if zlib.crc32(data) != info.CRC:
            raise BadZipFile("Bad CRC-32 for file %r" % info.filename)
        return data

    def open(self, name, mode="r", pwd=None, *, force_zip64=False):
        if mode == "r":
            return ZipExtFile(self.read(name), name if isinstance(name, str) else name.filename)
        if mode != "w":
            raise ValueError('open() requires mode "r" or "w"')
        return _Writer(self, name)

    def testzip(self):
        for info in self.filelist:
            try:
                self.read(info)
            except BadZipFile:
                return info.filename
        return None

    def writestr(self, zinfo_or_arcname, data, compress_type=None, compresslevel=None):
        if isinstance(data, str):
            data = data.encode("utf-8")
        if isinstance(zinfo_or_arcname, ZipInfo):
            info = zinfo_or_arcname
        else:
            info = ZipInfo(zinfo_or_arcname, _now())
            info.compress_type = self.compression
            info.external_attr = 0o40775 << 16 | 0x10 if info.is_dir() else 0o600 << 16
        if not info.external_attr:
            info.external_attr = 0o600 << 16
        if compress_type is not None:
            info.compress_type = compress_type
        self._check()
        if self.mode not in ("w", "x", "a"):
            raise ValueError("write() requires mode 'w', 'x', or 'a'")
        if info.filename in self.NameToInfo:
            import warnings
            warnings.warn("Duplicate name: %r" % info.filename, stacklevel=2)
        data = bytes(data)
        info.file_size, info.CRC = len(data), zlib.crc32(data)
        if info.compress_type == ZIP_DEFLATED:
            level = compresslevel if compresslevel is not None else self.compresslevel
            deflate = zlib.compressobj(-1 if level is None else level, zlib.DEFLATED, -15)
            data = deflate.compress(data) + deflate.flush()
        info.compress_size = len(data)
        name = info.filename.encode("utf-8")
        if not name.isascii():
            info.flag_bits |= 0x800
        self.fp.seek(self._start)
        info.header_offset = self._start
        head = struct.pack("<4sHHHHHIIIHH", _LOCAL, info.extract_version, info.flag_bits, info.compress_type, *info._stamp(), info.CRC,
                           info.compress_size, info.file_size, len(name), len(info.extra)) + name + info.extra
        self.fp.write(head + data)
        self._start += len(head) + len(data)
        self.filelist.append(info)
        self.NameToInfo[info.filename] = info
        self._changed = True

    def mkdir(self, zinfo_or_directory_name, mode=511):
        name = zinfo_or_directory_name
        self.writestr(name if isinstance(name, ZipInfo) or name.endswith("/") else name + "/", b"")

    def write(self, filename, arcname=None, compress_type=None, compresslevel=None):
        with open(filename, "rb") as file:
            self.writestr(arcname or filename, file.read(), compress_type, compresslevel)

    def extract(self, member, path=None, pwd=None):
        raise PermissionError("zipfile.ZipFile.extract(): a sandbox has no files, and no folder was granted")

    extractall = extract

    def close(self):
        if self.fp is None:
            return
        if self._changed:
            out = []
            for info in self.filelist:
                name = info.filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437")
                out.append(struct.pack("<4sBBHHHHHIIIHHHHHII", _CENTRAL, info.create_version, info.create_system, info.extract_version,
                                       info.flag_bits, info.compress_type, *info._stamp(), info.CRC, info.compress_size, info.file_size,
                                       len(name), len(info.extra), len(info.comment), info.volume, info.internal_attr,
                                       info.external_attr, info.header_offset) + name + info.extra + info.comment)
            body = b"".join(out)
            n = len(self.filelist)
            self.fp.seek(self._start)
            self.fp.write(body + struct.pack("<4sHHHHIIH", _END, 0, 0, n, n, len(body), self._start, len(self._comment)) + self._comment)
            if self.mode == "a" and hasattr(self.fp, "truncate"):
                self.fp.truncate()
        if self._mine:
            self.fp.close()
        self.fp = None

    def __enter__(self):
        return self

    def __exit__(self, *details):
        self.close()

    def __repr__(self):
        return "<%s.%s [closed]>" % (type(self).__module__, type(self).__qualname__) if self.fp is None else \
            "<%s.%s file=%r mode=%r>" % (type(self).__module__, type(self).__qualname__, self.fp, self.mode)


class ZipExtFile(io.BytesIO):
    def __init__(self, data, name):
        super().__init__(data)
        self.name, self.mode = name, "r"


class _Writer(io.BytesIO):
    def __init__(self, archive, name):
        super().__init__()
        self._archive, self._name = archive, name

    def close(self):
        if not self.closed:
            self._archive.writestr(self._name, self.getvalue())
            super().close()


class Path:
    def __init__(self, root, at=""):
        self.root = root if isinstance(root, ZipFile) else ZipFile(root)
        self.at = at

    def _names(self):
        names = dict.fromkeys(self.root.namelist())
        for name in list(names):
            while "/" in name.rstrip("/"):
                name = name.rstrip("/").rpartition("/")[0] + "/"
                names.setdefault(name)
        return names

    @property
    def name(self):
        return self.at.rstrip("/").rpartition("/")[2] or self.root.filename or ""

    def is_dir(self):
        return not self.at or self.at.endswith("/")

    def is_file(self):
        return self.exists() and not self.is_dir()

    def exists(self):
        return not self.at or self.at in self._names()

    def iterdir(self):
        if not self.is_dir():
            raise ValueError("Can't listdir a file")
        for name in self._names():
            if name != self.at and name.startswith(self.at) and "/" not in name[len(self.at):].rstrip("/"):
                yield Path(self.root, name)

    def joinpath(self, *other):
        at = "/".join([self.at.rstrip("/"), *other]).lstrip("/")
        return Path(self.root, at + "/" if at + "/" in self._names() else at)

    __truediv__ = joinpath

    def read_bytes(self):
        return self.root.read(self.at)

    def read_text(self, encoding="utf-8", errors="strict", newline=None):
        return self.read_bytes().decode(encoding, errors)

    def open(self, mode="r", *args, pwd=None, **kwargs):
        file = self.root.open(self.at, mode[0])
        return file if "b" in mode else io.TextIOWrapper(file, *args, **kwargs)

    def __str__(self):
        return "%s/%s" % (self.root.filename, self.at)
