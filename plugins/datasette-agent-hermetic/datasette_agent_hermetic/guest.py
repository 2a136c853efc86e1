"""What the guest sees besides Python: the names that are granted, and a few lines of Python that make them pleasant."""

# Runs in each new session, and in each that is restored. It is guest code: nothing on the host may rely on it.
PRELUDE = '''
def query(database, sql, params=None):
    """Rows of a read-only SQL query as dicts. Any number: they are fetched as you iterate."""
    cursor = _rows_open(database, sql, params)
    done = False
    while not done:
        rows, done = _rows_next(cursor)
        yield from rows
'''

FUNCTIONS = ("databases", "read_only_sql_query", "_rows_open", "_rows_next", "table", "chart", "write_sql")


# Signatures and docstrings, for help() in the guest; the calls are answered by name, and these are never called.
def databases(): "Names of the databases that you may query."


def read_only_sql_query(name_of_database, sql, params=None):
    "The first rows of a read-only query: a dict with columns, rows and truncated, or error."


def _rows_open(database, sql, params=None): "See query()."


def _rows_next(cursor): "See query()."


def table(rows, title=""): "Show rows, a list of dicts, to the user as a table."


def chart(rows, x, y, kind="bar", title=""):
    "Show a chart to the user: rows is a list of dicts, x a key, y a key or a list of keys, kind bar, line or scatter."


def write_sql(database, statements, params=None):
    "Run write SQL, one statement or a list of them in one transaction, after the user approved it."


STUBS = {name: globals()[name] for name in FUNCTIONS}
