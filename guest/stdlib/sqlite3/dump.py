# Connection.iterdump(): a database as the text of SQL that makes it again.


def _quoted(name):
    return '"' + name.replace('"', '""') + '"'


def _rows_of(cursor, table):
    """An INSERT statement for each row of a table; SQLite itself writes the values as literals."""
    columns = [column[1] for column in cursor.execute("PRAGMA table_info(%s)" % _quoted(table)).fetchall()]
    values = " || ',' || ".join(["quote(%s)" % _quoted(column) for column in columns])
    insert = "INSERT INTO %s VALUES(" % _quoted(table)
    for row in cursor.execute("SELECT %s FROM %s" % (values, _quoted(table))):
        yield insert + row[0] + ");"


def _iterdump(connection):
    cursor = connection.cursor()
    yield "BEGIN TRANSACTION;"
    sequences = []
    tables = cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL AND type = 'table' ORDER BY name").fetchall()
    for name, sql in tables:
        if name == "sqlite_sequence":
            sequences = ['DELETE FROM "sqlite_sequence";']
            for table, value in cursor.execute("SELECT name, seq FROM sqlite_sequence").fetchall():
                sequences.append("INSERT INTO \"sqlite_sequence\" VALUES('%s',%s);" % (table, value))
            continue
        if name == "sqlite_stat1":
            yield 'ANALYZE "sqlite_master";'
        elif name.startswith("sqlite_"):
            continue
        else:
            yield sql + ";"
        yield from _rows_of(cursor, name)
    for row in cursor.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL AND type IN ('index', 'trigger', 'view')").fetchall():
        yield row[0] + ";"
    yield from sequences
    yield "COMMIT;"
