"""The modules of the library; there are no others."""

from collections import namedtuple

ModuleInfo = namedtuple("ModuleInfo", "module_finder name ispkg")


def iter_modules(path=None, prefix=""):
    from _features import modules
    names = modules()
    for name in names if path is None else ():
        if "." not in name:
            yield ModuleInfo(None, prefix + name, any([other.startswith(name + ".") for other in names]))


def walk_packages(path=None, prefix="", onerror=None):
    return iter_modules(path, prefix)


def extend_path(path, name):
    return path


def get_data(package, resource):
    return None


def resolve_name(name):
    from importlib import import_module
    module, colon, attributes = name.partition(":")
    if colon:
        found = import_module(module)
        parts = attributes.split(".") if attributes else []
    else:
        parts = name.split(".")
        found = import_module(parts.pop(0))
        path = found.__name__
        while parts:
            try:
                found = import_module(path + "." + parts[0])
            except ImportError:
                break
            path += "." + parts.pop(0)
    for part in parts:
        found = getattr(found, part)
    return found
