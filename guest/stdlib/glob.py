"""Patterns of file names. A sandbox has no files: nothing matches unless a folder was granted."""

import fnmatch
import os
import re

__all__ = ["escape", "glob", "iglob", "has_magic"]
_magic = re.compile("([*?[])")


def has_magic(s):
    return re.search("[*?[]", s if isinstance(s, str) else s.decode("latin-1")) is not None


def escape(pathname):
    if isinstance(pathname, bytes):
        return re.sub(b"([*?[])", rb"[\1]", pathname)
    return _magic.sub(r"[\1]", pathname)


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    os.listdir(root_dir or os.path.dirname(pathname) or ".")
    return iter(())


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    return list(iglob(pathname, root_dir=root_dir))
