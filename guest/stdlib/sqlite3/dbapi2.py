"""The interface of DB-API 2.0 (PEP 249) to SQLite."""

import datetime
import sys
import time

import _sqlite3
from sqlite3._codes import *
from sqlite3._constants import *
from sqlite3._errors import (DatabaseError, DataError, Error, IntegrityError, InterfaceError, InternalError, NotSupportedError,
                             OperationalError, ProgrammingError, Warning)
from sqlite3._convert import PrepareProtocol, adapt, adapters, converters, register_adapter, register_converter
from sqlite3._blob import Blob
from sqlite3._cursor import Cursor, Row
from sqlite3._connection import Connection

apilevel = "2.0"
paramstyle = "qmark"
threadsafety = 3  # there is one thread

version = "2.6.0"
version_info = (2, 6, 0)
sqlite_version = _sqlite3.version
sqlite_version_info = tuple([int(part) for part in sqlite_version.split(".")])

Binary = memoryview
Date = datetime.date
Time = datetime.time
Timestamp = datetime.datetime

# Where that module comes later, it asks for Row itself: importing it takes longer than the rest.
if "collections.abc" in sys.modules:
    sys.modules["collections.abc"].Sequence.register(Row)


def DateFromTicks(ticks):
    return Date(*time.localtime(ticks)[:3])


def TimeFromTicks(ticks):
    return Time(*time.localtime(ticks)[3:6])


def TimestampFromTicks(ticks):
    return Timestamp(*time.localtime(ticks)[:6])


def connect(database, *args, **kwargs):
    factory = args[4] if len(args) > 4 else kwargs.get("factory", Connection)
    return factory(database, *args, **kwargs)


def complete_statement(statement):
    return _sqlite3.complete(statement)


def enable_callback_tracebacks(enable, /):
    _sqlite3.show_tracebacks(enable)


def enable_shared_cache(do_enable):
    """Nothing to enable: a database that several connections name is shared (cache=shared in its URI)."""
    import warnings

    warnings.warn("enable_shared_cache is deprecated", DeprecationWarning, stacklevel=2)
