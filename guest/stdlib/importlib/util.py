"""What can be imported: the library alone."""

from importlib import import_module
from importlib.machinery import ModuleSpec


def find_spec(name, package=None):
    import sys
    if name.startswith("."):
        name = resolve_name(name, package)
    if name not in sys.modules:
        from _features import modules
        parent = name.rpartition(".")[0]
        if parent and parent not in modules():
            raise ModuleNotFoundError("No module named %r" % parent, name=parent)
        if name not in modules() and name not in ("array", "errno", "math", "utime"):
            return None
    return ModuleSpec(name, None, origin="frozen")


def resolve_name(name, package):
    if not name.startswith("."):
        return name
    bare = name.lstrip(".")
    for _ in range(len(name) - len(bare) - 1):
        package = package.rpartition(".")[0]
    return package + "." + bare if bare else package


def module_from_spec(spec):
    return import_module(spec.name) if spec.loader is None else type(import_module("sys"))(spec.name)


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    return ModuleSpec(name, loader, origin=origin)


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=None):
    raise PermissionError("importlib.util.spec_from_file_location(): a sandbox has no files, and no folder was granted")
