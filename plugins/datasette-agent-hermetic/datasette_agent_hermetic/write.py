"""write_sql: writes that a guest asks for, each of them shown to the user and approved before anything happens.

The chat suspends a turn that waits for an answer and later runs the tool again from its top. So the guest itself is put
away while it waits (hermetic's Call.dump: its state, its code, and all answers it got), and goes on from that very call:
nothing that it did before is done again. Before a write is made that fact is stored; when a server stopped in between,
the guest hears that the outcome is unknown, and nothing is written a second time.
"""

import hashlib
import html
import unicodedata

from datasette.resources import DatabaseResource
from datasette.utils import named_parameters, sqlite3, sqlite_timelimit
from datasette.utils.asgi import Forbidden
from datasette.write_sql import QueryWriteRejected, operation_is_write

_STATEMENTS = 1000
_SHOWN_CHARS = 20_000
_SECONDS = 5


class Batch:
    """Checked statements for one database. Made anew at each run of the tool: permissions may have changed."""

    def __init__(self, database, statements):
        self.database = database
        self.statements = statements  # [(sql, params)]

    @classmethod
    async def checked(cls, datasette, actor, config, database, statements, params=None):
        """Raises PermissionError, KeyError, TypeError and ValueError, which are the guest's to handle."""
        if not config.may_write(database):
            raise PermissionError(f"writing is not configured for the database {database!r}")
        if not isinstance(database, str):
            raise TypeError("database must be a string")
        if not await datasette.allowed(
            action="execute-write-sql", resource=DatabaseResource(database=database), actor=actor
        ):
            raise PermissionError(f"you need execute-write-sql for the database {database!r}")
        if database not in datasette.databases:
            raise KeyError(f"no database {database!r}")
        target = datasette.get_database(database)
        if not target.is_mutable:
            raise PermissionError(f"the database {database!r} is immutable")
        pairs = _pairs(statements, params)
        for number, (sql, values) in enumerate(pairs, 1):
            await _check_statement(datasette, actor, target, number, sql, values)
        return cls(database, pairs)

    def prompt(self):
        many = "" if len(self.statements) == 1 else "s"
        return f"Run {len(self.statements)} write statement{many} against the database {self.database}?"

    def text(self):
        lines = ["All of these happen in one transaction, or none of them does."]
        for number, (sql, values) in enumerate(self.statements, 1):
            lines.append(f"\n{number}. {_visible(sql)}")
            lines += [f"   {_visible(str(name))} = {_visible(repr(value))}" for name, value in _named(values)]
        text = "\n".join(lines)
        if len(text) > _SHOWN_CHARS:
            raise ValueError("this is too long for a person to approve: write less at a time, or use INSERT ... SELECT")
        return text

    def digest(self):
        """Names this batch: an approval is good for nothing else."""
        return hashlib.sha256(repr((self.database, self.statements)).encode()).hexdigest()

    def html(self):
        return f'<pre class="agent-hermetic-approval">{html.escape(self.text())}</pre>'

    async def execute(self, datasette):
        """Makes the writes in one transaction. Returns the number of changed rows of each statement."""

        def write(connection):
            with sqlite_timelimit(connection, _SECONDS * 1000):
                return [max(connection.execute(sql, values).rowcount, 0) for sql, values in self.statements]

        try:
            return await datasette.get_database(self.database).execute_write_fn(write, transaction=True)
        except sqlite3.Error as error:
            raise ValueError(f"nothing was written. SQL: {error}") from None


def _pairs(statements, params):
    if isinstance(statements, str):
        statements = [(statements, params)]
    elif params is not None:
        raise TypeError("params go with one statement; for several, give a list of (sql, params)")
    if not isinstance(statements, (list, tuple)) or not statements:
        raise TypeError("statements: a string, or a list of strings or (sql, params)")
    if len(statements) > _STATEMENTS:
        raise ValueError(f"at most {_STATEMENTS} statements")
    pairs = []
    for item in statements:
        sql, values = (item, None) if isinstance(item, str) else item if _is_pair(item) else (None, None)
        if not isinstance(sql, str):
            raise TypeError("a statement is a string or (sql, params)")
        values = {} if values is None else values
        if not isinstance(values, (dict, list, tuple)):
            raise TypeError("params must be a dict or a list")
        for value in values.values() if isinstance(values, dict) else values:
            if not isinstance(value, (str, int, float, bytes, type(None))):
                raise ValueError(f"params: SQLite has no {type(value).__name__}")
        pairs.append((sql, values))
    return pairs


def _is_pair(item):
    return isinstance(item, (list, tuple)) and len(item) == 2


def _visible(text):
    """Characters that hide or reorder others are written out: a person must see what they approve."""
    return "".join(
        character if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Zl", "Zp")
        else f"\\u{{{ord(character):x}}}"
        for character in text
    )  # fmt: skip


def _named(values):
    return values.items() if isinstance(values, dict) else enumerate(values, 1)


async def _check_statement(datasette, actor, target, number, sql, values):
    if any(name.startswith("_") for name in named_parameters(sql)):
        raise ValueError(f"statement {number}: parameters must not begin with _")
    try:
        analysis = await target.analyze_sql(sql, values)
    except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError) as error:
        raise ValueError(
            f"statement {number}: {error}. (A table that does not exist yet is made in a call of its own.)"
        ) from None
    if not any(operation_is_write(operation) for operation in analysis.operations):
        raise ValueError(f"statement {number} writes nothing: use query()")
    try:
        await datasette.ensure_query_write_permissions(target.name, sql, actor=actor, analysis=analysis)
    except (QueryWriteRejected, Forbidden) as error:
        raise PermissionError(f"statement {number}: {error}") from None
