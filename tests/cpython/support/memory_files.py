"""Files in memory, for tests of what reads and writes them: install() puts them in the place of those that a guest lacks."""

import builtins
import io
import os
import shutil
import sys
import tempfile
import types

files = {}


class File(io.BytesIO):
    def __init__(self, name, mode):
        super().__init__(b"" if mode[0] in "wx" else files[name])
        self.name = name
        self.mode = mode
        if mode[0] == "a":
            self.seek(0, 2)
        if mode[0] != "r":
            files[name] = self.getvalue()

    def fileno(self):
        return 7

    def close(self):
        if not self.closed and self.mode[0] != "r":
            files[self.name] = self.getvalue()
        super().close()


def open(name, mode="r", *args, **keywords):
    name = os.fspath(name)
    if isinstance(name, bytes):
        name = name.decode()
    if mode[0] == "x" and name in files:
        raise FileExistsError(17, "File exists: %r" % name)
    if mode[0] in "ra" and name not in files:
        if mode[0] == "r":
            raise FileNotFoundError(2, "No such file or directory: %r" % name)
        files[name] = b""
    return File(name, mode)


def mkstemp(*args, **keywords):
    name = "/tmp/%d" % len(files)
    files[name] = b""
    return 7, name


def unlink(name):
    files.pop(name, None)


def install():
    builtins.open = open
    tempfile.mkstemp = mkstemp
    os.close = lambda descriptor: None
    shutil.which = lambda name: None
    files[os.devnull] = b""
    sys.modules["test.support.os_helper"].unlink = unlink
    module = sys.modules["glob"] = types.ModuleType("glob")
    # Whatever is looked for, there is one.
    module.glob = lambda pattern: ["text"]
    files["text"] = b"".join([b"%d squared is %d\n" % (i, i * i) for i in range(8000)])
    module.escape = lambda name: name
    module = sys.modules["_compression"] = types.ModuleType("_compression")
    module.BUFFER_SIZE = io.DEFAULT_BUFFER_SIZE
