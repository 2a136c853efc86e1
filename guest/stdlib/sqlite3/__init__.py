"""SQLite databases in memory: the interface of DB-API 2.0 (PEP 249). SQLite itself is in the module _sqlite3."""

from sqlite3.dbapi2 import *
from sqlite3._errors import _error


def __getattr__(name):
    if name == "OptimizedUnicode":
        import warnings

        warnings.warn("OptimizedUnicode is deprecated: it is str", DeprecationWarning, stacklevel=2)
        return str
    raise AttributeError("module 'sqlite3' has no attribute '%s'" % name)
