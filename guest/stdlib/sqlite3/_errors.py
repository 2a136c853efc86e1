# The exceptions of DB-API 2.0, and which of them stands for what SQLite says.

from sqlite3 import _codes


class Warning(Exception):
    __module__ = "sqlite3"


class Error(Exception):
    __module__ = "sqlite3"


class InterfaceError(Error):
    __module__ = "sqlite3"


class DatabaseError(Error):
    __module__ = "sqlite3"


class InternalError(DatabaseError):
    __module__ = "sqlite3"


class OperationalError(DatabaseError):
    __module__ = "sqlite3"


class ProgrammingError(DatabaseError):
    __module__ = "sqlite3"


class IntegrityError(DatabaseError):
    __module__ = "sqlite3"


class DataError(DatabaseError):
    __module__ = "sqlite3"


class NotSupportedError(DatabaseError):
    __module__ = "sqlite3"


# By primary result code; DatabaseError for the others.
_CLASSES = {
    _codes.SQLITE_ERROR: OperationalError, _codes.SQLITE_INTERNAL: InternalError, _codes.SQLITE_PERM: OperationalError,
    _codes.SQLITE_ABORT: OperationalError, _codes.SQLITE_BUSY: OperationalError, _codes.SQLITE_LOCKED: OperationalError,
    _codes.SQLITE_READONLY: OperationalError, _codes.SQLITE_INTERRUPT: OperationalError,
    _codes.SQLITE_IOERR: OperationalError, _codes.SQLITE_NOTFOUND: InternalError, _codes.SQLITE_FULL: OperationalError,
    _codes.SQLITE_CANTOPEN: OperationalError, _codes.SQLITE_PROTOCOL: OperationalError,
    _codes.SQLITE_EMPTY: OperationalError, _codes.SQLITE_SCHEMA: OperationalError, _codes.SQLITE_TOOBIG: DataError,
    _codes.SQLITE_CONSTRAINT: IntegrityError, _codes.SQLITE_MISMATCH: IntegrityError,
    _codes.SQLITE_MISUSE: InterfaceError, _codes.SQLITE_RANGE: InterfaceError,
}


def _error(code, message):
    """The exception for an extended result code."""
    error = _CLASSES.get(code & 0xff, DatabaseError)(message)
    error.sqlite_errorcode = code
    error.sqlite_errorname = _codes._name(code)
    return error
