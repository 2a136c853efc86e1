"""Imports by name. Modules come from the library alone: there are no files, no finders and no loaders."""

import sys

__all__ = ["__import__", "import_module", "invalidate_caches", "reload"]

from builtins import __import__


def import_module(name, package=None):
    if name.startswith("."):
        if not package:
            raise TypeError("the 'package' argument is required to perform a relative import for %r" % name)
        bare = name.lstrip(".")
        for _ in range(len(name) - len(bare) - 1):
            package, dot, _ = package.rpartition(".")
            if not dot:
                raise ImportError("attempted relative import beyond top-level package")
        name = package + "." + bare if bare else package
    module = __import__(name)
    if name in sys.modules:
        return sys.modules[name]
    return module  # in C, without a package


def invalidate_caches():
    pass


def reload(module):
    """Modules of the library are not run again: they cannot have changed."""
    if not isinstance(module, type(sys)):
        raise TypeError("reload() argument must be a module")
    if sys.modules.get(module.__name__) is not module:
        raise ImportError("module %s not in sys.modules" % module.__name__, name=module.__name__)
    return module
