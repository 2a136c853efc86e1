"""What a program runs on: as much as a sandbox shows."""

import sys

_NAME = "wasm32"


def system():
    return "hermetic"


def machine():
    return _NAME


def node():
    return "localhost"


def release():
    return ""


version = processor = release


def libc_ver(executable=None, lib="", version="", chunksize=16384):
    return lib, version


def platform(aliased=False, terse=False):
    return "hermetic-wasm32"


def architecture(executable="", bits="", linkage=""):
    return "64bit", ""


def python_implementation():
    return "MicroPython"


def python_version():
    return "%d.%d.%d" % tuple(sys.version_info[:3])


def python_version_tuple():
    return tuple(python_version().split("."))


def python_compiler():
    return ""


def python_build():
    return "", ""


def uname():
    from collections import namedtuple
    return namedtuple("uname_result", "system node release version machine")(system(), node(), "", "", _NAME)
