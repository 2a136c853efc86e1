"""Read-only SQL for guests. Every function checks the actor's permission itself, at every call: background agents and
other callers skip the filters of tools. Arguments come from the guest and are hostile. Only SELECT gets through: a
read-only connection alone would still open other files by ATTACH.
"""

import asyncio

from datasette.resources import DatabaseResource
from datasette.utils import InvalidSql, sqlite3, sqlite_timelimit, validate_sql_select

_OPEN_CURSORS = 8
_PAGE_BYTES = 2 << 20


class Queries:
    """The queries of one run, for one actor. Close it when the run is over."""

    def __init__(self, datasette, actor, config):
        self._datasette = datasette
        self._actor = actor
        self._config = config
        self._cursors = {}
        self._next = 1

    async def databases(self):
        return [name for name in list(self._datasette.databases) if await self._allowed(name)]

    async def _allowed(self, database):
        return await self._datasette.allowed(
            action="execute-sql", resource=DatabaseResource(database=database), actor=self._actor
        )

    async def read_only_sql_query(self, name_of_database, sql, params=None):
        """As datasette-agent-micropython has it: a dict that holds what was found, or an error."""
        if not isinstance(name_of_database, str) or not isinstance(sql, str):
            return {"error": "name_of_database and sql must be strings"}
        if params is not None and not isinstance(params, dict):
            return {"error": "params must be a dict"}
        if not await self._allowed(name_of_database):
            return {"error": "Permission denied"}
        if name_of_database not in self._datasette.databases:
            return {
                "error": f"Database '{name_of_database}' not found",
                "available_databases": await self.databases(),
            }
        database = self._datasette.get_database(name_of_database)
        try:
            validate_sql_select(sql)
            result = await database.execute(sql, params=_checked(params), truncate=True, log_sql_errors=False)
        except Exception as error:
            return {"error": str(error)}
        rows = [dict(row) for row in result.rows]
        if self._config.micropython:
            rows = [{name: _hex(value) for name, value in row.items()} for row in rows]
        return {"columns": list(result.columns), "rows": rows, "truncated": bool(result.truncated)}

    async def rows_open(self, database, sql, params=None):
        """A number for rows_next. Raises PermissionError, KeyError and ValueError, which are the guest's to handle."""
        if not isinstance(database, str) or not isinstance(sql, str):
            raise TypeError("database and sql must be strings")
        if not await self._allowed(database):
            raise PermissionError(f"you may not query the database {database!r}")
        if database not in self._datasette.databases:
            raise KeyError(f"no database {database!r}: there are {', '.join(await self.databases())}")
        if len(self._cursors) >= _OPEN_CURSORS:
            raise ValueError(f"{_OPEN_CURSORS} queries are open already: finish or join them")
        values = _checked(params)
        try:
            validate_sql_select(sql)
        except InvalidSql as error:
            raise ValueError(f"SQL: {error}") from None
        cursor = await asyncio.to_thread(self._open, self._datasette.get_database(database), sql, values)
        number = self._next
        self._next += 1
        self._cursors[number] = cursor
        return number

    def _open(self, database, sql, values):
        # A connection of its own: the rows of one query are those of one moment, however long the guest reads them.
        connection = database.connect()
        database._all_connections.remove(connection)  # it is ours to close
        try:
            connection.row_factory = sqlite3.Row
            self._datasette._prepare_connection(connection, database.name)
            with sqlite_timelimit(connection, self._datasette.sql_time_limit_ms):
                return connection.execute(sql, values)
        except (sqlite3.Error, OverflowError) as error:
            connection.close()
            raise ValueError(f"SQL: {_message(error)}") from None
        except BaseException:
            connection.close()
            raise

    async def rows_next(self, number):
        """(rows, done): the next page."""
        cursor = self._cursors.get(number) if isinstance(number, int) else None
        if cursor is None:
            raise ValueError("this query is over: its rows are there during one run only. Call query() again")
        rows, done = await asyncio.to_thread(self._page, cursor)
        if done:
            del self._cursors[number]
            cursor.connection.close()
        return rows, done

    def _page(self, cursor):
        rows, size = [], 0
        try:
            with sqlite_timelimit(cursor.connection, self._datasette.sql_time_limit_ms):
                while len(rows) < self._config.page_rows and size < _PAGE_BYTES:
                    row = cursor.fetchone()
                    if row is None:
                        return rows, True
                    row = dict(row)
                    size += sum(len(value) if isinstance(value, (str, bytes)) else 8 for value in row.values())
                    rows.append(row)
        except sqlite3.Error as error:
            raise ValueError(f"SQL: {_message(error)}") from None
        return rows, False

    def close(self):
        for cursor in self._cursors.values():
            cursor.connection.close()
        self._cursors.clear()


def _checked(params):
    """Values that SQLite takes, by name or by position."""
    if params is None:
        return {}
    if isinstance(params, dict) and all(isinstance(name, str) for name in params):
        values = params.values()
    elif isinstance(params, (list, tuple)):
        values = params
    else:
        raise ValueError("params must be a dict with names, or a list")
    for value in values:
        if not isinstance(value, (str, int, float, bytes, type(None))):
            raise ValueError(f"params: SQLite has no {type(value).__name__}")
    return params


def _message(error):
    if str(error) == "interrupted":
        return "the query took too long. Make it simpler, or let an index help"
    return str(error)


def _hex(value):
    return {"type": "bytes", "hex": value.hex()} if isinstance(value, bytes) else value
