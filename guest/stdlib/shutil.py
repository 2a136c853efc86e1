"""Imports, and says no when it is used: a sandbox has no files. The size of the terminal is a fixed one."""

import _refused
import os


class Error(OSError):
    pass


class SameFileError(Error):
    pass


def get_terminal_size(fallback=(80, 24)):
    from collections import namedtuple
    size = []
    for name, default in zip(("COLUMNS", "LINES"), fallback):
        try:
            value = int(os.environ[name])
        except (KeyError, ValueError):
            value = 0
        size.append(value if value > 0 else default)
    return namedtuple("terminal_size", "columns lines")(*size)


def which(cmd, mode=1, path=None):
    return None


__getattr__ = _refused.names("shutil", "files")
