# sqlite3: statements, types, transactions, row factories, functions of the program's own, errors, dumps and backups.
import datetime
import sqlite3


def show(*values):
    print(*[value if isinstance(value, str) else repr(value) for value in values])


def attempt(function, *args, **kwargs):
    try:
        show("->", function(*args, **kwargs))
    except Exception as error:
        show(type(error).__name__, str(error), getattr(error, "sqlite_errorname", None), getattr(error, "sqlite_errorcode", None))


# Statements and cursors.
con = sqlite3.connect(":memory:")
cur = con.cursor()
show(cur.description, cur.rowcount, cur.lastrowid, cur.arraysize, cur.connection is con)
cur.execute("CREATE TABLE stock(id INTEGER PRIMARY KEY, name TEXT NOT NULL, price REAL, amount INTEGER DEFAULT 0, data BLOB)")
show(cur.description, cur.rowcount, cur.fetchone(), cur.fetchall())
cur.execute("INSERT INTO stock(name, price, amount) VALUES (?, ?, ?)", ("bolt", 0.25, 100))
show(cur.rowcount, cur.lastrowid, con.total_changes, con.in_transaction)
cur.executemany("INSERT INTO stock(name, price, amount, data) VALUES (:name, :price, :amount, :data)", [
    {"name": "nut", "price": 0.1, "amount": 250, "data": b"\0\xff"},
    {"name": "screw ü€\U0001f600", "price": None, "amount": -3, "data": bytearray(b"xyz")},
    {"name": "wa\0sher", "price": 1e300, "amount": 2**63 - 1, "data": memoryview(b"")},
])
show(cur.rowcount, cur.lastrowid, con.total_changes)
con.commit()
show(con.in_transaction)
for row in cur.execute("SELECT * FROM stock ORDER BY id"):
    show(row)
show([d[0] for d in cur.description], cur.rowcount)
cur.execute("SELECT name, amount * 2 AS twice FROM stock ORDER BY amount DESC")
show(cur.fetchone(), cur.fetchmany(2), cur.fetchmany(), cur.fetchmany(5), cur.fetchone())
cur.arraysize = 3
show(len(cur.execute("SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4").fetchmany()), cur.fetchall())
show(con.execute("UPDATE stock SET amount = amount + 1 WHERE amount < 1000").rowcount)
show(con.execute("DELETE FROM stock WHERE name LIKE 'wa%'").rowcount)
show(con.execute("INSERT INTO stock(name) VALUES ('new') RETURNING id, name").fetchall())
show(con.execute("").fetchall(), con.execute("-- nothing").description, con.execute("/* open").fetchone())
show(con.execute("SELECT ?1, ?2, ?1", ("a", "b")).fetchone(), con.execute("SELECT :a, @b, $c", {"a": 1, "b": 2, "c": 3}).fetchone())
con.rollback()
show(con.execute("SELECT count(*), total(amount) FROM stock").fetchone())

# What goes in and out.
for value in (None, True, False, 0, -1, 2**62, -2**63, 1.5, -0.0, float("inf"), float("nan"), "", "text", b"", b"blob"):
    show(value, con.execute("SELECT ?, typeof(?)", (value, value)).fetchone())


class Text(str):
    pass


class Number(int):
    pass


show(con.execute("SELECT ?, ?", [Text("t"), Number(7)]).fetchone())
for value in (2**63, -2**63 - 1, object(), [1], {1: 2}, 1j, "\ud800"):
    try:
        con.execute("SELECT ?", (value,))
    except Exception as error:
        show(type(error).__name__, str(error).replace(str(value), "VALUE") if not isinstance(value, str) else "")
for sql, args in (
    ("SELECT ?", ()), ("SELECT ?", (1, 2)), ("SELECT ?", 5), ("SELECT ?", {"a": 1}), ("SELECT :a", {}), ("SELECT :a", {"b": 1}),
    ("SELECT 1; SELECT 2", ()), ("SELEC", ()), ("SELECT * FROM nowhere", ()), ("SELECT nothing", ()), ("INSERT INTO stock(nome) VALUES (1)", ()),
    ("INSERT INTO stock(name) VALUES (NULL)", ()), ("INSERT INTO stock(id, name) VALUES (1, 'again')", ()), ("SELECT 'a", ()),
    ("SELECT \0", ()), ("CREATE TABLE stock(x)", ()), ("DROP TABLE nowhere", ()), ("SELECT abs(-9223372036854775808)", ()),
    ("SELECT max()", ()), ("SELECT (SELECT 1, 2)", ()), ("PRAGMA nothing", ()), ("SELECT x'0'", ()), ("COMMIT", ()), ("SELECT 1 +", ()),
):
    try:
        show(con.execute(sql, args).fetchall())
    except Exception as error:
        show(type(error).__name__, str(error), getattr(error, "sqlite_errorname", None))
attempt(con.execute, 5)
attempt(con.executemany, "SELECT ?", [(1,)])
attempt(con.executemany, "INSERT INTO stock(name) VALUES (?)", 5)
attempt(con.executescript, b"SELECT 1")
con.rollback()

# Transactions.
con.executescript("CREATE TABLE t(v UNIQUE); BEGIN; INSERT INTO t VALUES (1); INSERT INTO t VALUES (2); COMMIT;")
show(con.in_transaction, con.isolation_level)
try:
    with con:
        con.execute("INSERT INTO t VALUES (3)")
        con.execute("INSERT INTO t VALUES (1)")
except sqlite3.IntegrityError as error:
    show(str(error))
with con:
    con.execute("INSERT INTO t VALUES (4)")
show(con.execute("SELECT v FROM t").fetchall())
traced = []
con.set_trace_callback(traced.append)
for level in (None, "", "immediate", "EXCLUSIVE"):
    con.isolation_level = level
    con.execute("INSERT INTO t VALUES (?)", ("level %s" % level,))
    con.execute("SELECT 1").fetchall()
    con.commit()
    con.executemany("DELETE FROM t WHERE v = ?", [("level %s" % level,), (0,)])
    con.rollback()
con.set_trace_callback(None)
show("\n".join(traced))
attempt(setattr, con, "isolation_level", "sometimes")
attempt(setattr, con, "isolation_level", 1)
con.isolation_level = None
con.execute("BEGIN")
con.execute("SAVEPOINT a")
con.execute("DELETE FROM t")
con.execute("ROLLBACK TO a")
con.execute("RELEASE a")
con.execute("COMMIT")
show(con.execute("SELECT count(*) FROM t").fetchone(), con.in_transaction)

# Rows.
con.row_factory = sqlite3.Row
row = con.execute("SELECT id, name AS Name, price FROM stock ORDER BY id LIMIT 1").fetchone()
show(row["id"], row["NAME"], row[1], row[-1], row[1:], row.keys(), len(row), tuple(row), list(row), dict(row), "bolt" in row)
show(row == con.execute("SELECT id, name AS Name, price FROM stock ORDER BY id LIMIT 1").fetchone(), row == tuple(row), hash(row) == hash(row))
for key in ("nothing", 3, -4, 1.5):
    attempt(row.__getitem__, key)
con.row_factory = lambda cursor, row: {column[0]: value for column, value in zip(cursor.description, row)}
show(con.execute("SELECT 1 AS a, 'x' AS b").fetchall())
con.row_factory = None
for factory in (bytes, bytearray, lambda data: data.decode().upper()):
    con.text_factory = factory
    show(con.execute("SELECT 'text', x'6162', 1").fetchone())
con.text_factory = str
attempt(lambda: con.execute("SELECT CAST(x'fffe41' AS TEXT) AS broken").fetchone())
con.text_factory = lambda data: data.decode(errors="replace")
show(con.execute("SELECT CAST(x'fffe41' AS TEXT)").fetchone())
con.text_factory = str

# Adapters and converters.


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __repr__(self):
        return f"Point({self.x}, {self.y})"


class Conforming(Point):
    def __conform__(self, protocol):
        if protocol is sqlite3.PrepareProtocol:
            return f"{self.x}|{self.y}"


sqlite3.register_adapter(Point, lambda point: f"{point.x};{point.y}")
sqlite3.register_converter("point", lambda text: Point(*map(int, text.split(b";"))))
typed = sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES)
typed.execute("CREATE TABLE typed(p point, d date, t timestamp, n NUMBER(5))")
now = datetime.datetime(2024, 2, 29, 12, 30, 15, 5000)
typed.execute("INSERT INTO typed VALUES (?, ?, ?, ?)", (Point(4, -3), now.date(), now, 5))
show(typed.execute("SELECT * FROM typed").fetchone())
show(typed.execute("SELECT d, t, typeof(d) FROM typed").fetchone(), typed.execute("SELECT CAST(t AS TEXT) FROM typed").fetchone())
cur = typed.execute("SELECT p AS \"where [point]\", '2020-01-02' AS \"day [date]\", NULL AS \"none [point]\" FROM typed")
show(cur.fetchall(), [d[0] for d in cur.description])
show(con.execute("SELECT ?", (Conforming(1, 2),)).fetchone(), sqlite3.adapt(Point(8, 9)))

# Functions, aggregates, windows, collations, hooks.
con.create_function("reverse", 1, lambda text: text[::-1], deterministic=True)
con.create_function("count_args", -1, lambda *args: len(args))
con.create_function("fails", 0, lambda: 1 / 0)
con.create_function("huge", 0, lambda: 2**70)
con.create_function("strange", 0, lambda: object())
con.create_function("kind", 1, lambda value: type(value).__name__)
show(con.execute("SELECT reverse('drawer'), count_args(), count_args(1, 2, 3)").fetchone())
show([con.execute("SELECT kind(%s)" % value).fetchone()[0] for value in ("1", "1.5", "'t'", "x'00'", "NULL")])
for call in ("fails()", "huge()", "strange()", "reverse()", "reverse(5)"):
    attempt(lambda: con.execute("SELECT " + call).fetchone())


class Product:
    def __init__(self):
        self.product = 1

    def step(self, value):
        self.product *= value

    def finalize(self):
        return self.product


class Window:
    def __init__(self):
        self.values = []

    def step(self, value):
        self.values.append(value)

    def inverse(self, value):
        self.values.remove(value)

    def value(self):
        return ",".join(map(str, self.values))

    finalize = value


con.create_aggregate("product", 1, Product)
con.create_window_function("listed", 1, Window)
con.executescript("CREATE TABLE n(g, v); INSERT INTO n VALUES ('a', 2), ('a', 3), ('b', 5), ('b', 7), ('b', 11);")
show(con.execute("SELECT g, product(v) FROM n GROUP BY g").fetchall(), con.execute("SELECT product(v) FROM n WHERE 0").fetchone())
show(con.execute("SELECT v, listed(v) OVER (ORDER BY v ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM n").fetchall())
show(con.execute("SELECT g, v, rank() OVER w, sum(v) OVER w, lag(v, 1, 0) OVER w FROM n WINDOW w AS (PARTITION BY g ORDER BY v)").fetchall())
con.create_collation("length", lambda a, b: (len(a) > len(b)) - (len(a) < len(b)))
show(con.execute("SELECT x FROM (SELECT 'ccc' AS x UNION ALL SELECT 'a' UNION ALL SELECT 'bb') ORDER BY x COLLATE length").fetchall())
attempt(con.create_collation, "x", 5)
attempt(lambda: con.execute("SELECT 1 ORDER BY 1 COLLATE unknown").fetchall())
asked = []


def authorizer(action, *details):
    asked.append((action,) + details)
    return sqlite3.SQLITE_DENY if details[0] == "t" else sqlite3.SQLITE_OK


con.set_authorizer(authorizer)
attempt(lambda: con.execute("SELECT v FROM t").fetchall())
con.execute("SELECT v FROM n").fetchone()
con.set_authorizer(None)
show(asked)
steps = []
con.set_progress_handler(lambda: steps.append(1) or len(steps) > 50, 100)
attempt(lambda: con.execute("WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c) SELECT count(*) FROM c").fetchall())
con.set_progress_handler(None, 0)
show(len(steps))

# SQL that programs use.
show(con.execute("WITH RECURSIVE fib(a, b) AS (SELECT 0, 1 UNION ALL SELECT b, a + b FROM fib LIMIT 12) SELECT group_concat(a, ' ') FROM fib").fetchone())
show(con.execute("SELECT json_extract('{\"a\": [1, {\"b\": 2.5}]}', '$.a[1].b'), json_array(1, 'x', NULL), '{\"k\": 3}' ->> 'k', json_valid('{')").fetchone())
show(con.execute("SELECT key, value, type FROM json_each('[1, \"two\", null]')").fetchall())
show(con.execute("SELECT round(sqrt(2), 6), floor(-1.5), 7 / 2, 7 % 3, 7.0 / 2, 5 & 3, pi() > 3.14, ln(1), power(2, 10)").fetchone())
show(con.execute("SELECT date('2024-01-31', '+1 month'), strftime('%Y-%j', '2024-12-31'), julianday('2000-01-01 12:00'), unixepoch('1970-01-02')").fetchone())
show(con.execute("SELECT substr('hello', 2, 3), upper('aä'), instr('abc', 'c'), printf('%05.2f|%-5s|%x', 3.14159, 'ab', 255), hex('az'), quote('it''s'), trim('  x ')").fetchone())
show(con.execute("SELECT coalesce(NULL, 2), iif(1 > 2, 'a', 'b'), nullif(1, 1), CASE 5 WHEN 5 THEN 'five' END, 'abc' GLOB 'a*', 'ABC' LIKE 'ab_'").fetchone())
con.executescript("""
    CREATE TABLE people(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, boss REFERENCES people(id) ON DELETE CASCADE);
    CREATE INDEX by_boss ON people(boss) WHERE boss IS NOT NULL;
    CREATE VIEW bosses AS SELECT DISTINCT b.name FROM people p JOIN people b ON p.boss = b.id;
    CREATE TABLE log(text);
    CREATE TRIGGER logged AFTER INSERT ON people BEGIN INSERT INTO log VALUES ('new ' || new.name); END;
    INSERT INTO people(name, boss) VALUES ('Ann', NULL), ('Bob', 1), ('Cid', 1), ('Dee', 2);
    INSERT INTO people(name) VALUES ('Bob') ON CONFLICT(name) DO UPDATE SET name = name || '!';
    PRAGMA foreign_keys = ON;
""")
show(con.execute("SELECT * FROM bosses ORDER BY 1").fetchall(), con.execute("SELECT text FROM log").fetchall())
show(con.execute("SELECT p.name, b.name FROM people p LEFT JOIN people b ON p.boss = b.id ORDER BY p.id").fetchall())
show(con.execute("DELETE FROM people WHERE name = 'Bob!'").rowcount, con.execute("SELECT name FROM people").fetchall())
attempt(con.execute, "UPDATE people SET boss = 77")
show(con.execute("PRAGMA table_info(people)").fetchall(), con.execute("PRAGMA integrity_check").fetchall())
show(con.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY name").fetchall())
con.isolation_level = ""

# Copies.
show("\n".join(con.iterdump()))
other = sqlite3.connect(":memory:")
calls = []
con.backup(other, pages=3, progress=lambda *args: calls.append(args))
show(calls, other.execute("SELECT count(*) FROM people").fetchone())
data = con.serialize()
third = sqlite3.connect(":memory:")
third.deserialize(data)
show(len(data), data[:16], third.execute("SELECT name FROM people").fetchall())
attempt(con.serialize, name="nowhere")
attempt(con.backup, con)
broken = sqlite3.connect(":memory:")
broken.deserialize(b"no database at all" * 100)
attempt(broken.execute, "SELECT * FROM sqlite_master")
blobs = sqlite3.connect(":memory:")
blobs.execute("CREATE TABLE b(data)")
blobs.execute("INSERT INTO b VALUES (zeroblob(10))")
with blobs.blobopen("b", "data", 1) as blob:
    blob.write(b"hello")
    blob[-1] = 33
    blob[6:9] = b"abc"
    blob.seek(-4, 2)
    show(len(blob), blob.tell(), blob.read(), blob[0], blob[1:8:2], blob[:])
    attempt(blob.write, b"too long for it")
    attempt(blob.__getitem__, 10)
attempt(blob.read)
attempt(blobs.blobopen, "b", "data", 2)
show(blobs.execute("SELECT data FROM b").fetchone())

# After the end.
third.close()
attempt(third.execute, "SELECT 1")
attempt(third.commit)
third.close()
cur = con.cursor()
cur.close()
attempt(cur.execute, "SELECT 1")
attempt(next, con.execute("SELECT 1 WHERE 0"))
show(sqlite3.complete_statement("SELECT 1;"), sqlite3.complete_statement("SELECT ';"), sqlite3.apilevel, sqlite3.paramstyle)
show(con.getlimit(sqlite3.SQLITE_LIMIT_ATTACHED), con.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 20), con.getlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH))
attempt(con.execute, "SELECT 'longer than that'")
attempt(con.getlimit, 99)
show([error.__mro__[1].__name__ for error in (sqlite3.Warning, sqlite3.Error, sqlite3.InterfaceError, sqlite3.DatabaseError,
      sqlite3.InternalError, sqlite3.OperationalError, sqlite3.ProgrammingError, sqlite3.IntegrityError, sqlite3.DataError,
      sqlite3.NotSupportedError)])
show(sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_LIMIT_EXPR_DEPTH, sqlite3.PARSE_DECLTYPES, sqlite3.connect(":memory:").execute("SELECT 1").fetchone())
