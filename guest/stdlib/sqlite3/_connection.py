# Connection: transactions, statements that may be used again, functions of the program's own.

import _sqlite3
from sqlite3 import _codes, _errors
from sqlite3._blob import Blob
from sqlite3._constants import LEGACY_TRANSACTION_CONTROL, SQLITE_LIMIT_SQL_LENGTH
from sqlite3._cursor import Cursor
from sqlite3._errors import DataError, OperationalError, ProgrammingError, _error

_DETERMINISTIC = 0x800
_SCALAR, _AGGREGATE, _WINDOW = range(3)


def _refuse():
    raise _error(_codes.SQLITE_CANTOPEN, "unable to open database file: only ':memory:' is available here")


def _location(database, uri):
    """The name for SQLite of a database in memory, and whether it is a URI; refuses any other."""
    if not isinstance(database, (str, bytes)):
        fspath = getattr(type(database), "__fspath__", None)
        if fspath is None:
            raise TypeError("expected str, bytes or os.PathLike object, not %s" % type(database).__name__)
        database = fspath(database)
    if isinstance(database, bytes):
        database = database.decode()
    if "\0" in database:
        raise ValueError("embedded null byte")
    if database in ("", ":memory:"):
        return ":memory:", False
    if not uri or not database.startswith("file:"):
        _refuse()
    name, _, query = database[5:].partition("#")[0].partition("?")
    options = query.split("&")
    if name not in ("", ":memory:") and "mode=memory" not in options:
        _refuse()
    if "cache=shared" in options:
        # Connections that name it share it.
        return "file:/" + name.lstrip("/") + "?vfs=memdb", True
    return ":memory:", False


def _isolation(level):
    if level is None:
        return None
    if not isinstance(level, str):
        raise TypeError("isolation_level must be str or None")
    if "\0" in level:
        raise ValueError("embedded null character")
    for known in ("", "DEFERRED", "IMMEDIATE", "EXCLUSIVE"):
        if known == str.upper(level):
            return known
    raise ValueError("isolation_level string must be '', 'DEFERRED', 'IMMEDIATE', or 'EXCLUSIVE'")


def _callable_or_none(function):
    if function is not None and not callable(function):
        raise TypeError("parameter must be callable")


class Connection:
    """A database in memory."""

    __module__ = "sqlite3"

    Warning = _errors.Warning
    Error = _errors.Error
    InterfaceError = _errors.InterfaceError
    DatabaseError = _errors.DatabaseError
    InternalError = _errors.InternalError
    OperationalError = OperationalError
    ProgrammingError = ProgrammingError
    IntegrityError = _errors.IntegrityError
    DataError = DataError
    NotSupportedError = _errors.NotSupportedError

    _db = False  # None when closed

    def __init__(self, database, timeout=5.0, detect_types=0, isolation_level="", check_same_thread=True, factory=None,
                 cached_statements=128, uri=False, *, autocommit=LEGACY_TRANSACTION_CONTROL):
        level = _isolation(isolation_level)
        if autocommit not in (LEGACY_TRANSACTION_CONTROL, True, False):
            raise ValueError("autocommit must be True, False, or sqlite3.LEGACY_TRANSACTION_CONTROL")
        # Cursors of the database before may go on; it is closed when nobody holds it any more.
        self._db = False
        name, is_uri = _location(database, uri)
        db = _sqlite3.open(name, is_uri)
        self._cache = {}
        self._cache_size = cached_statements
        self._detect_types = detect_types
        self._level = level
        self._autocommit = autocommit
        self.row_factory = None
        self.text_factory = str
        self._db = db
        self._set_begin()
        if autocommit is False:
            db.exec("BEGIN")

    def _check(self):
        """SQLite's handle, if this connection can be used."""
        db = self._db
        if not db:
            if db is None:
                raise ProgrammingError("Cannot operate on a closed database.")
            raise ProgrammingError("Base Connection.__init__ not called.")
        return db

    def _set_begin(self):
        legacy = self._autocommit == LEGACY_TRANSACTION_CONTROL
        self._begin = None if self._level is None or not legacy else "BEGIN " + self._level

    # Statements.

    def _prepare(self, sql):
        statement = self._cache.pop(sql, None)
        return self._check().prepare(sql) if statement is None else statement

    def _release(self, statement):
        cache = self._cache
        if statement.database is not self._db or self._cache_size <= 0 or statement.sql in cache:
            statement.close()
            return
        statement.reset()
        if len(cache) >= self._cache_size:
            cache.pop(next(iter(cache))).close()
        cache[statement.sql] = statement

    def _script(self, sql):
        db = self._check()
        limit = db.limit(SQLITE_LIMIT_SQL_LENGTH, -1)
        if len(sql) * 4 > limit and len(sql.encode()) > limit:
            raise DataError("query string is too large")
        if self._autocommit == LEGACY_TRANSACTION_CONTROL and not db.autocommit():
            db.exec("COMMIT")
        db.exec(sql)

    def __call__(self, *args):
        db = self._check()
        if len(args) != 1:
            raise TypeError("function takes exactly 1 argument (%d given)" % len(args))
        if not isinstance(args[0], str):
            raise TypeError("argument 1 must be str, not %s" % type(args[0]).__name__)
        return db.prepare(args[0])

    def cursor(self, factory=Cursor):
        self._check()
        cursor = factory(self)
        if not issubclass(type(cursor), Cursor):
            raise TypeError("factory must return a cursor, not %s" % type(cursor).__name__)
        if self.row_factory is not None:
            cursor.row_factory = self.row_factory
        return cursor

    def execute(self, sql, parameters=(), /):
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql, parameters, /):
        return self.cursor().executemany(sql, parameters)

    def executescript(self, sql_script, /):
        return self.cursor().executescript(sql_script)

    # Transactions.

    @property
    def isolation_level(self):
        self._check()
        return self._level

    @isolation_level.setter
    def isolation_level(self, level):
        level = _isolation(level)
        if level is None:
            self._check()
            self._commit()
        self._level = level
        self._set_begin()

    @isolation_level.deleter
    def isolation_level(self):
        raise AttributeError("cannot delete attribute")

    @property
    def autocommit(self):
        self._check()
        return self._autocommit

    @autocommit.setter
    def autocommit(self, value):
        db = self._check()
        if value not in (LEGACY_TRANSACTION_CONTROL, True, False):
            raise ValueError("autocommit must be True, False, or sqlite3.LEGACY_TRANSACTION_CONTROL")
        if value is True and not db.autocommit():
            db.exec("COMMIT")
        elif value is False and db.autocommit():
            db.exec("BEGIN")
        self._autocommit = value
        self._set_begin()

    @property
    def in_transaction(self):
        return not self._check().autocommit()

    @property
    def total_changes(self):
        return self._check().total_changes()

    def _end(self, sql):
        db = self._check()
        if self._autocommit is True:
            return
        if not db.autocommit():
            db.exec(sql)
        if self._autocommit is False:
            db.exec("BEGIN")

    def _commit(self):
        self._end("COMMIT")

    def commit(self):
        self._end("COMMIT")

    def rollback(self):
        self._end("ROLLBACK")

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, exc_type, exc_value, exc_tb, /):
        if exc_type is not None:
            self.rollback()
            return False
        try:
            self.commit()
        except BaseException:
            self.rollback()
            raise
        return False

    def close(self):
        db = self._db
        if db is False:
            raise ProgrammingError("Base Connection.__init__ not called.")
        if db is not None:
            self._db = None
            self._cache = {}
            db.close()

    def interrupt(self):
        self._check().interrupt()

    # Functions of the program's own.

    def create_function(self, name, narg, func, *, deterministic=False):
        flags = _DETERMINISTIC if deterministic else 0
        if self._check().create_function(name, narg, flags, _SCALAR, func):
            raise OperationalError("Error creating function")

    def create_aggregate(self, name, n_arg, aggregate_class):
        if self._check().create_function(name, n_arg, 0, _AGGREGATE, aggregate_class):
            raise OperationalError("Error creating aggregate")

    def create_window_function(self, name, num_params, aggregate_class, /):
        code = self._check().create_function(name, num_params, 0, _WINDOW, aggregate_class)
        if code:
            raise ProgrammingError(_sqlite3.error_text(code))

    def create_collation(self, name, callback, /):
        db = self._check()
        _callable_or_none(callback)
        db.create_collation(name, callback)

    def set_authorizer(self, authorizer_callback):
        self._check().set_authorizer(authorizer_callback)

    def set_progress_handler(self, progress_handler, n):
        self._check().set_progress(progress_handler, n)

    def set_trace_callback(self, trace_callback):
        self._check().set_trace(trace_callback)

    # The database as a whole.

    def iterdump(self):
        self._check()
        from sqlite3.dump import _iterdump
        return _iterdump(self)

    def backup(self, target, *, pages=-1, progress=None, name="main", sleep=0.250):
        db = self._check()
        if not isinstance(target, Connection):
            raise TypeError("backup() argument 1 must be sqlite3.Connection, not %s" % type(target).__name__)
        target._check()
        if target is self:
            raise ValueError("target cannot be the same connection instance")
        if progress is not None and not callable(progress):
            raise TypeError("progress argument must be a callable")
        backup = db.backup(target._db, name)
        code = _codes.SQLITE_OK
        try:
            while code == _codes.SQLITE_OK:
                code, remaining, total = backup.step(pages or -1)
                if progress is not None:
                    progress(code, remaining, total)
        except BaseException:
            backup.finish(False)
            raise
        backup.finish(code != _codes.SQLITE_DONE)

    def serialize(self, *, name="main"):
        data = self._check().serialize(name)
        if data is None:
            raise OperationalError("unable to serialize '%s'" % name)
        return data

    def deserialize(self, data, /, *, name="main"):
        self._check().deserialize(data, name)

    def blobopen(self, table, column, row, /, *, readonly=False, name="main"):
        return Blob(self._check().blob_open(name, table, column, row, readonly), _from_connection=True)

    def getlimit(self, category, /):
        return self.setlimit(category, -1)

    def setlimit(self, category, limit, /):
        before = self._check().limit(category, limit)
        if before < 0:
            raise ProgrammingError("'category' is out of bounds")
        return before
