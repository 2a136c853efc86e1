# Cursor and Row. A cursor's statement is SQLite's (_sqlite3.Statement); it goes back to its connection when all rows are
# read, or when the cursor gets another one.

from sqlite3 import _convert
from sqlite3._constants import PARSE_COLNAMES, PARSE_DECLTYPES
from sqlite3._errors import ProgrammingError


def _converters(statement, detect_types):
    """A converter or None for each column; None when there is none at all."""
    known = _convert.converters
    found = []
    for name, type in zip(statement.names(), statement.types()):
        converter = None
        if detect_types & PARSE_COLNAMES:
            start = name.find("[")
            end = name.find("]", start) if start >= 0 else -1
            if end >= 0:
                start = name.rfind("[", start, end)
                converter = known.get(name[start + 1:end].upper())
        if converter is None and detect_types & PARSE_DECLTYPES and type is not None:
            converter = known.get(type.replace("(", " ").split(" ", 1)[0].upper())
        found.append(converter)
    return found if any(found) else None


def _title(name, detect_types):
    if detect_types & PARSE_COLNAMES and "[" in name:
        name = name[:name.index("[")]
        return name[:-1] if name[-1:] == " " else name
    return name


class Cursor:
    """A query under way: iterate, or fetchone(), fetchmany(), fetchall()."""

    __module__ = "sqlite3"

    _connection = None
    _locked = False
    _closed = False
    _statement = None

    def __init__(self, connection, /):
        from sqlite3._connection import Connection

        if not isinstance(connection, Connection):
            raise TypeError("Cursor() argument 1 must be sqlite3.Connection, not %s" % type(connection).__name__)
        if self._locked:
            raise ProgrammingError("Recursive use of cursors not allowed.")
        self._drop()
        connection._check()
        self._connection = connection
        self._converters = None
        self._names = None
        self._closed = False
        self.description = None
        self.lastrowid = None
        self.arraysize = 1
        self.rowcount = -1
        self.row_factory = None

    @property
    def connection(self):
        return self._connection

    def _check(self):
        """The connection, if this cursor can be used."""
        connection = self._connection
        if connection is None:
            raise ProgrammingError("Base Cursor.__init__ not called.")
        if self._closed:
            raise ProgrammingError("Cannot operate on a closed cursor.")
        connection._check()
        if self._locked:
            raise ProgrammingError("Recursive use of cursors not allowed.")
        return connection

    def _drop(self):
        statement, self._statement = self._statement, None
        if statement is not None:
            self._connection._release(statement)

    def _prepare(self, connection, sql, name):
        if not isinstance(sql, str):
            raise TypeError("%s() argument 1 must be str, not %s" % (name, type(sql).__name__))
        self._drop()
        self.description = self._names = self._converters = None
        self._statement = statement = connection._prepare(sql)
        return statement

    def _begin(self, connection, statement):
        if statement.dml:
            self.rowcount = 0
            if connection._begin is not None and connection._db.autocommit():
                connection._db.exec(connection._begin)
        else:
            self.rowcount = -1

    def _describe(self, connection, statement):
        detect_types = connection._detect_types
        if statement.columns:
            self.description = tuple([(_title(name, detect_types), None, None, None, None, None, None)
                                      for name in statement.names()])
            if detect_types:
                self._converters = _converters(statement, detect_types)

    def execute(self, sql, parameters=(), /):
        connection = self._check()
        self._locked = True
        try:
            statement = self._prepare(connection, sql, "execute")
            if statement is None:
                self.rowcount = -1
                return self
            self._begin(connection, statement)
            more = statement.run(parameters, _convert.adapt_parameter, _convert.base_adapted)
            self._describe(connection, statement)
            if not more:
                if statement.dml:
                    self.rowcount = connection._db.changes()
                self._drop()
            self.lastrowid = connection._check().last_rowid()
        except BaseException:
            self.rowcount = -1
            self._drop()
            raise
        finally:
            self._locked = False
        return self

    def executemany(self, sql, seq_of_parameters, /):
        connection = self._check()
        self._locked = True
        try:
            iterator = iter(seq_of_parameters)
            statement = self._prepare(connection, sql, "executemany")
            if statement is None:
                self.rowcount = -1
                return self
            if statement.readonly:
                raise ProgrammingError("executemany() can only execute DML statements.")
            self._begin(connection, statement)
            changes = statement.run_many(iterator, _convert.adapt_parameter, _convert.base_adapted)
            if statement.dml:
                self.rowcount = changes
            self._describe(connection, statement)
        except BaseException:
            self.rowcount = -1
            self._drop()
            raise
        finally:
            self._locked = False
        return self

    def executescript(self, sql_script, /):
        connection = self._check()
        if not isinstance(sql_script, str):
            raise TypeError("executescript() argument must be str, not %s" % type(sql_script).__name__)
        connection._script(sql_script)
        return self

    def _fetch(self, most):
        """Rows without a row factory: one row or None when `most` is None, otherwise a list."""
        connection = self._check()
        statement = self._statement
        if statement is None:
            return None if most is None else []
        self._locked = True
        try:
            if most is None:
                found = statement.next(connection.text_factory, self._converters)
            else:
                found = statement.rows(most, connection.text_factory, self._converters)
        except BaseException:
            if not statement.row:
                self._drop()
            raise
        finally:
            self._locked = False
        if not statement.row:
            if statement.dml:
                self.rowcount = connection._check().changes()
            self._drop()
        return found

    def __iter__(self):
        return self

    def __next__(self):
        row = self._fetch(None)
        if row is None:
            raise StopIteration
        factory = self.row_factory
        return row if factory is None else factory(self, row)

    def fetchone(self):
        row = self._fetch(None)
        factory = self.row_factory
        return row if factory is None or row is None else factory(self, row)

    def fetchmany(self, size=None):
        if size is None:
            size = self.arraysize
        if self.row_factory is None:
            return self._fetch(size)
        rows = []
        for row in self:
            rows.append(row)
            if len(rows) == size:
                break
        return rows

    def fetchall(self):
        return self._fetch(0) if self.row_factory is None else list(self)

    def setinputsizes(self, sizes, /):
        """Required by DB-API; does nothing."""

    def setoutputsize(self, size, column=None, /):
        """Required by DB-API; does nothing."""

    def close(self):
        if self._connection is None:
            raise ProgrammingError("Base Cursor.__init__ not called.")
        if self._locked:
            raise ProgrammingError("Recursive use of cursors not allowed.")
        self._connection._check()
        self._drop()
        self._closed = True


_MOST = 2**63 - 1


def _folded(name):
    return name.lower() if name.isascii() else name


class Row:
    """A row whose values are found by place, and by name in upper or lower case."""

    __module__ = "sqlite3"
    __slots__ = ("_values", "_names", "_description")

    def __init__(self, cursor, data, /):
        if not issubclass(type(cursor), Cursor):
            raise TypeError("Row() argument 1 must be sqlite3.Cursor, not %s" % type(cursor).__name__)
        if not isinstance(data, tuple):
            raise TypeError("Row() argument 2 must be tuple, not %s" % type(data).__name__)
        self._values = data
        self._description = cursor.description
        if cursor._names is None and cursor.description is not None:
            names = {}
            for i, column in enumerate(cursor.description):
                names.setdefault(_folded(column[0]), i)
            cursor._names = names
        self._names = cursor._names

    def keys(self):
        return [column[0] for column in self._description or ()]

    def __getitem__(self, key):
        if isinstance(key, str):
            place = None if self._names is None else self._names.get(_folded(key))
            if place is None:
                raise IndexError("No item with that key")
            return self._values[place]
        if isinstance(key, slice):
            return self._values[key]
        if isinstance(key, int):
            if not -_MOST <= key <= _MOST:
                raise IndexError("cannot fit 'int' into an index-sized integer")
            return self._values[key]
        raise IndexError("Index must be int or string")

    def __len__(self):
        return len(self._values)

    def __iter__(self):
        return iter(self._values)

    def __eq__(self, other):
        if not isinstance(other, Row):
            return NotImplemented
        return self._description == other._description and self._values == other._values

    def __hash__(self):
        return hash(self._description) ^ hash(self._values)
