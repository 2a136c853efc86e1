"""Files: there are none. What opens one raises PermissionError, which the harness counts as not applicable."""

import contextlib
import os
import unittest

TESTFN_ASCII = TESTFN = "@test_tmp"
TESTFN_UNICODE = TESTFN + "-\xe0\xf2\u0258\u0141\u011f"
TESTFN_UNENCODABLE = TESTFN_UNDECODABLE = TESTFN_NONASCII = FS_NONASCII = None
SAVEDCWD = "/"


def unlink(path):
    pass


rmtree = rmdir = unlink


def can_symlink():
    return False


can_chmod = can_xattr = can_symlink


def _needs_files(item):
    return unittest.skip("needs files")(item)


skip_unless_symlink = skip_unless_working_chmod = skip_unless_xattr = skip_if_dac_override = skip_unless_dac_override = _needs_files


@contextlib.contextmanager
def temp_dir(path=None, quiet=False):
    raise unittest.SkipTest("needs files")
    yield


temp_cwd = change_cwd = temp_dir


def create_empty_file(path):
    raise unittest.SkipTest("needs files")


def fs_is_case_insensitive(path):
    return False


class FakePath:
    def __init__(self, path):
        self.path = path

    def __repr__(self):
        return "<FakePath %r>" % (self.path,)

    def __fspath__(self):
        if isinstance(self.path, BaseException) or isinstance(self.path, type) and issubclass(self.path, BaseException):
            raise self.path
        return self.path


class EnvironmentVarGuard:
    def __init__(self):
        self.environ = os.environ

    def set(self, name, value):
        self.environ[name] = value

    def unset(self, name):
        self.environ.pop(name, None)

    __setitem__ = set
    __delitem__ = unset

    def __getitem__(self, name):
        return self.environ[name]

    def get(self, name, default=None):
        return self.environ.get(name, default)

    def __enter__(self):
        self.before = dict(self.environ)
        return self

    def __exit__(self, *details):
        self.environ.clear()
        self.environ.update(self.before)
