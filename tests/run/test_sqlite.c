/* SQLite in the guest, under attack: whatever SQL and callbacks do, a run ends by an exception or a limit, and the sandbox
 * goes on. */
#include "run.h"

#define OPEN "import sqlite3\nc = sqlite3.connect(':memory:')\n"

static const char attempt[] = OPEN
                              "def attempt(sql, *args):\n"
                              "    try:\n"
                              "        return c.execute(sql, *args).fetchall()\n"
                              "    except (sqlite3.Error, MemoryError) as error:\n"
                              "        return type(error).__name__\n"
                              "def alive():\n"
                              "    return c.execute('SELECT 40 + 2').fetchone()[0] == 42\n";

static hermetic_sandbox *with_attempt(const hermetic_options *options)
{
    hermetic_sandbox *sb = run_create(options);
    CHECK_STATUS(sb, run_code(sb, attempt), HERMETIC_DONE);
    return sb;
}

TEST(an_endless_query_meets_the_fuel_limit_and_leaves_the_database_as_it_was)
{
    RUN_WITH_EACH_BACKEND(backend) {
        hermetic_options o = run_options(0);
        o.backend = backend;
        o.fuel = 300000000;
        hermetic_sandbox *sb = with_attempt(&o);
        CHECK_STATUS(sb, run_code(sb, "c.execute('CREATE TABLE t(v)')\nc.execute('INSERT INTO t VALUES (7)')\nc.commit()"),
                     HERMETIC_DONE);
        CHECK_STATUS(sb,
                     run_code(sb, "while True:\n"
                                  "    try:\n"
                                  "        c.execute('DELETE FROM t')\n"
                                  "        c.execute('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                                  "SELECT count(*) FROM n').fetchall()\n"
                                  "    except BaseException: pass"),
                     HERMETIC_E_FUEL);
        CHECK_VALUE(sb, "c.execute('SELECT v FROM t').fetchone()[0]", 7);
        CHECK_VALUE(sb, "int(c.in_transaction)", 0);
        hermetic_destroy(sb);
    }
}

TEST(memory_that_runs_out_in_sqlite_is_an_exception)
{
    static const char *const queries[] = {
        "SELECT randomblob(1000000000)",
        "SELECT length(hex(zeroblob(400000000)))",
        "SELECT printf('%.*c', 1000000000, 'x')",
        "SELECT printf('%1000000000s', 'x')",
        "SELECT replace(printf('%.*c', 100000, 'x'), 'x', printf('%.*c', 10000, 'y'))",
        "SELECT group_concat(printf('%.*c', 100000, 'x')) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
        "LIMIT 10000) SELECT i FROM n)",
        "CREATE TABLE big AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000) SELECT zeroblob(4000) FROM n",
        "WITH RECURSIVE n(i, t) AS (SELECT 1, 'x' UNION ALL SELECT i + 1, t || t FROM n) SELECT length(t) FROM n",
        "SELECT json_group_array(zeroblob(100)) FROM (SELECT 1)",
        "SELECT count(DISTINCT randomblob(1000)) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000) "
        "SELECT i FROM n)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000) SELECT i, randomblob(1000) AS r FROM n ORDER BY r",
    };
    hermetic_options o = run_options(0);
    o.memory = 32 << 20;
    o.fuel = 20000000000;
    o.wall = 60000000000;
    hermetic_sandbox *sb = with_attempt(&o);
    for (size_t i = 0; i < sizeof(queries) / sizeof(*queries); i++) {
        char code[1000];
        snprintf(code, sizeof(code), "r = attempt(\"%s\")\nc.rollback()\nint(alive() and type(r) is str)", queries[i]);
        CHECK_VALUE(sb, code, 1);
    }
    CHECK(hermetic_usage_of(sb).memory <= 32 << 20);
    /* It is free again. */
    CHECK_VALUE(sb, "c.close()\nx = [bytearray(1 << 20) for i in range(16)]\nlen(x)", 16);
    hermetic_destroy(sb);
}

TEST(a_full_memory_leaves_what_was_committed)
{
    hermetic_options o = run_options(0);
    o.memory = 16 << 20;
    hermetic_sandbox *sb = with_attempt(&o);
    CHECK_VALUE(sb,
                "c.execute('CREATE TABLE t(v)')\n"
                "n = 0\n"
                "try:\n"
                "    while True:\n"
                "        with c: c.execute('INSERT INTO t VALUES (zeroblob(50000))')\n"
                "        n += 1\n"
                "except MemoryError: pass\n"
                "int(n > 50 and c.execute('SELECT count(*) FROM t').fetchone()[0] == n and attempt('PRAGMA integrity_check') == [('ok',)])",
                1);
    hermetic_destroy(sb);
}

TEST(connections_and_cursors_that_nobody_holds_are_closed)
{
    hermetic_options o = run_options(0);
    o.memory = 16 << 20;
    o.fuel = 20000000000;
    hermetic_sandbox *sb = with_attempt(&o);
    CHECK_VALUE(sb,
                "for i in range(300):\n"
                "    d = sqlite3.connect(':memory:')\n"
                "    d.execute('CREATE TABLE t AS SELECT zeroblob(200000)')\n"
                "    d.execute('SELECT * FROM t UNION ALL SELECT 1').fetchone()\n"
                "i",
                299);
    CHECK_VALUE(sb,
                "c.execute('CREATE TABLE t(v)')\n"
                "c.executemany('INSERT INTO t VALUES (?)', [(i,) for i in range(10)])\n"
                "for i in range(20000): x = c.execute('SELECT v, %d FROM t' % i).fetchone()\n"
                "i",
                19999);
    CHECK_VALUE(sb,
                "c = sqlite3.connect(':memory:')\n"
                "c.execute('CREATE TABLE t(v)')\n"
                "c.executemany('INSERT INTO t VALUES (?)', [(i,) for i in range(10)])\n"
                "for i in range(100): x = c.execute('SELECT v, %d FROM t' % i).fetchone()\n"
                "c.execute('DROP TABLE t')\n"
                "i",
                99);
    hermetic_destroy(sb);
}

TEST(nothing_but_memory_can_be_opened)
{
    hermetic_sandbox *sb = with_attempt(&(hermetic_options)HERMETIC_OPTIONS_INIT);
    static const char *const refused[] = {
        "ATTACH '/etc/passwd' AS p",
        "ATTACH 'file:/etc/passwd?mode=ro' AS p",
        "ATTACH 'file.db' AS p",
        "VACUUM INTO '/tmp/copy.db'",
        "VACUUM INTO 'file:/tmp/copy.db'",
        "SELECT load_extension('/lib/libc.so.6')",
        "SELECT readfile('/etc/passwd')",
        "SELECT writefile('/tmp/x', 'y')",
        "CREATE VIRTUAL TABLE f USING fsdir('/etc')",
    };
    for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
        char code[300];
        snprintf(code, sizeof(code), "int(attempt(\"%s\") == 'OperationalError' and alive())", refused[i]);
        CHECK_VALUE(sb, code, 1);
    }
    CHECK_VALUE(sb,
                "n = 0\n"
                "for path, uri in (('/etc/passwd', False), ('x.db', False), ('file:/etc/passwd', True), ('file:x?vfs=memdb', True),\n"
                "                  ('file:/etc/passwd?mode=ro', True), ('file::memory:', False), (b'/etc/passwd', False)):\n"
                "    try: sqlite3.connect(path, uri=uri)\n"
                "    except sqlite3.OperationalError as error: n += 'unable to open database file' in str(error)\n"
                "n",
                7);
    CHECK_VALUE(sb, "attempt('PRAGMA temp_store_directory = \"/tmp\"')\nattempt('PRAGMA journal_mode = WAL')\n"
                    "attempt('PRAGMA temp_store = FILE')\nattempt('CREATE TEMP TABLE x AS SELECT zeroblob(100000)')\nint(alive())",
                1);
    hermetic_destroy(sb);
}

TEST(deep_and_long_sql_is_an_exception)
{
    RUN_WITH_EACH_BACKEND(backend) {
        hermetic_options o = run_options(0);
        o.backend = backend;
        o.fuel = 30000000000;
        o.memory = 128 << 20;
        hermetic_sandbox *sb = with_attempt(&o);
        static const char *const queries[] = {
            "'SELECT ' + '(' * 100000 + '1' + ')' * 100000",
            "'SELECT ' + '(' * 900 + '1' + ')' * 900",
            "'SELECT ' + '-' * 1000 + '1'",
            "'SELECT ' + '- ' * 990 + '1'",
            "'SELECT ' + '1+' * 990 + '1'",
            "'SELECT ' + '1+' * 100000 + '1'",
            "'SELECT ' + 'NOT ' * 990 + '1'",
            "'SELECT ' + 'abs(' * 900 + '1' + ')' * 900",
            "'SELECT ' + '(SELECT ' * 900 + '1' + ')' * 900",
            "'SELECT * FROM ' + '(SELECT * FROM ' * 900 + '(SELECT 1)' + ')' * 900",
            "'SELECT * FROM ' + '(SELECT * FROM ' * 90 + '(SELECT 1)' + ')' * 90",
            "'SELECT 1' + ' UNION ALL SELECT 1' * 490",
            "'SELECT 1' + ' UNION ALL SELECT 1' * 100000",
            "'SELECT 1 WHERE 1 IN (' + '1,' * 100000 + '1)'",
            "'WITH ' + ','.join('c%d AS (SELECT * FROM c%d)' % (i, i + 1) for i in range(900)) + ', c900 AS (SELECT 1) SELECT * FROM c0'",
            "'SELECT CASE ' + 'WHEN 1 THEN 2 ' * 5000 + 'END'",
            "'SELECT ' + 'CASE WHEN 1 THEN ' * 900 + '1' + ' END' * 900",
            "\"SELECT json('\" + '[' * 100000 + ']' * 100000 + \"')\"",
            "\"SELECT json('\" + '[' * 990 + ']' * 990 + \"')\"",
            "\"SELECT json_extract('[]', '$\" + '[0]' * 100000 + \"')\"",
            "\"SELECT '\" + 'a' * 40000 + \"' LIKE '\" + '%a' * 24000 + \"'\"",
            "\"SELECT '\" + 'a' * 40000 + \"' GLOB '\" + '*a' * 24000 + \"'\"",
            "'SELECT ' + ','.join(['1'] * 100000)",
            "'CREATE TABLE wide(' + ','.join('c%d' % i for i in range(3000)) + ')'",
            "'SELECT * FROM ' + ','.join(['(SELECT 1)'] * 70)",
        };
        for (size_t i = 0; i < sizeof(queries) / sizeof(*queries); i++) {
            char code[500];
            snprintf(code, sizeof(code), "r = attempt(%s)\nint(alive())", queries[i]);
            CHECK_VALUE(sb, code, 1);
        }
        CHECK_VALUE(sb,
                    "attempt('CREATE TABLE base(v)')\n"
                    "attempt('CREATE VIEW v0 AS SELECT * FROM base')\n"
                    "for i in range(1, 1000): attempt('CREATE VIEW v%d AS SELECT * FROM v%d' % (i, i - 1))\n"
                    "len([attempt('SELECT * FROM v%d' % i) for i in (1, 50, 200)])",
                    3);
        /* SQLite has no limit of its own here. */
        int status = run_code(sb, "attempt('SELECT * FROM v999')");
        CHECK(status == HERMETIC_DONE || status == HERMETIC_E_TRAP || status == HERMETIC_E_RECURSION);
        CHECK_STATUS(sb,
                     run_code(sb, "c.executescript('PRAGMA recursive_triggers = ON; CREATE TABLE loop(v); CREATE TRIGGER more AFTER INSERT "
                                  "ON loop BEGIN INSERT INTO loop VALUES (new.v + 1); END;')\n"
                                  "r = attempt('INSERT INTO loop VALUES (1)')"),
                     HERMETIC_DONE);
        CHECK_VALUE(sb, "int(alive())", 1);
        hermetic_destroy(sb);
    }
}

TEST(damaged_databases_are_errors)
{
    RUN_WITH_EACH_BACKEND(backend) {
        hermetic_options o = run_options(0);
        o.backend = backend;
        o.fuel = 100000000000;
        o.wall = 100000000000;
        hermetic_sandbox *sb = with_attempt(&o);
        CHECK_STATUS(sb,
                     run_code(sb, "c.executescript('CREATE TABLE t(a PRIMARY KEY, b, c) WITHOUT ROWID; CREATE TABLE u(x INTEGER PRIMARY KEY, y);"
                                  "CREATE INDEX i ON u(y);')\n"
                                  "c.executemany('INSERT INTO t VALUES (?, ?, ?)', [(str(i), i, 'x' * i) for i in range(150)])\n"
                                  "c.executemany('INSERT INTO u(y) VALUES (?)', [(i * i % 97,) for i in range(400)])\n"
                                  "c.execute('INSERT INTO u(y) VALUES (zeroblob(20000))')\n"
                                  "c.commit()\n"
                                  "whole = c.serialize()\n"
                                  "import random\n"
                                  "random.seed(5)\n"
                                  "def damage(n):\n"
                                  "    data = bytearray(whole)\n"
                                  "    for i in range(n):\n"
                                  "        at = random.choice((random.randrange(100), random.randrange(4096), random.randrange(len(data)),\n"
                                  "                            random.randrange(len(data)) & -4096 | random.randrange(12)))\n"
                                  "        data[at] = random.choice((0, 1, 0x7f, 0x80, 0xff, random.randrange(256)))\n"
                                  "    return data[:random.choice((len(data), len(data), random.randrange(len(data))))]\n"
                                  "def round(n):\n"
                                  "    global c\n"
                                  "    c = sqlite3.connect(':memory:')\n"
                                  "    c.deserialize(damage(n))\n"
                                  "    for sql in ('SELECT * FROM t', 'SELECT count(*), sum(y), max(length(y)) FROM u', 'SELECT * FROM u WHERE y = 5',\n"
                                  "                'PRAGMA integrity_check', 'UPDATE u SET y = y + 1', 'DELETE FROM t WHERE b % 2', 'VACUUM',\n"
                                  "                'INSERT INTO t VALUES (1000, 1, zeroblob(9000))', 'DROP TABLE u', 'CREATE TABLE w AS SELECT * FROM t',\n"
                                  "                'PRAGMA quick_check', 'REINDEX', 'ANALYZE'):\n"
                                  "        attempt(sql)\n"
                                  "    c.close()\n"),
                     HERMETIC_DONE);
        CHECK_VALUE(sb, "for i in range(150): round(1 + i % 20)\ni", 149);
        hermetic_destroy(sb);
    }
}

TEST(a_schema_that_lies_is_an_error)
{
    hermetic_options o = run_options(0);
    o.fuel = 20000000000;
    hermetic_sandbox *sb = with_attempt(&o);
    CHECK_STATUS(sb,
                 run_code(sb, "def lie(change):\n"
                              "    global c\n"
                              "    c = sqlite3.connect(':memory:', isolation_level=None)\n"
                              "    c.executescript('CREATE TABLE t(a, b); CREATE INDEX i ON t(a); CREATE TABLE u(a INTEGER PRIMARY KEY, b TEXT); '\n"
                              "                    \"INSERT INTO t VALUES (1, 2), (3, 4); INSERT INTO u VALUES (1, 'x'), (2, 'y'); PRAGMA writable_schema = ON;\")\n"
                              "    attempt(change)\n"
                              "    data = c.serialize()\n"
                              "    for sql in ('PRAGMA schema_version = 77', 'SELECT * FROM t', 'SELECT * FROM u', 'INSERT INTO t VALUES (5, 6)', 'UPDATE t SET a = 9',\n"
                              "                'SELECT * FROM t WHERE a = 9', 'VACUUM', 'DROP TABLE t', 'DROP INDEX i', 'PRAGMA integrity_check'):\n"
                              "        attempt(sql)\n"
                              "    c = sqlite3.connect(':memory:')\n"
                              "    c.deserialize(data)\n"
                              "    for sql in ('SELECT * FROM t', 'SELECT * FROM u', 'INSERT INTO t VALUES (5, 6)', 'SELECT * FROM t WHERE a = 9', 'DROP TABLE u'):\n"
                              "        attempt(sql)\n"
                              "    return alive()\n"),
                 HERMETIC_DONE);
    CHECK_VALUE(sb,
                "changes = ['UPDATE sqlite_master SET rootpage = %d' % page for page in (0, 1, 2, 3, 4, 99, -1, 2**40)]\n"
                "changes += [\"UPDATE sqlite_master SET sql = '%s'\" % sql for sql in ('', 'CREATE TABLE t(a)', 'CREATE VIEW t AS SELECT * FROM t',\n"
                "            'CREATE TABLE t(a, b, c, d, e)', 'CREATE TABLE t(a PRIMARY KEY, b) WITHOUT ROWID', 'SELECT 1', 'CREATE INDEX i ON t(b)')]\n"
                "changes += [\"UPDATE sqlite_master SET type = 'index'\", \"UPDATE sqlite_master SET name = 'x', tbl_name = 'y'\", 'DELETE FROM sqlite_master',\n"
                "            \"INSERT INTO sqlite_master VALUES ('trigger', 'z', 't', 0, 'CREATE TRIGGER z AFTER INSERT ON t BEGIN INSERT INTO t VALUES (1, 2); END')\"]\n"
                "sum(lie(change) for change in changes) - len(changes)",
                0);
    hermetic_destroy(sb);
}

TEST(callbacks_may_do_anything)
{
    RUN_WITH_EACH_BACKEND(backend) {
        hermetic_options o = run_options(0);
        o.backend = backend;
        o.fuel = 30000000000;
        static const char *const programs[] = {
            /* closes its own connection while it runs */
            "c.create_function('f', 1, lambda x: c.close())\nattempt('SELECT f(1) FROM (SELECT 1 UNION ALL SELECT 2)')",
            "c.create_collation('k', lambda a, b: c.close() or 0)\n"
            "attempt(\"SELECT x FROM (SELECT 'a' AS x UNION ALL SELECT 'b' UNION ALL SELECT 'c') ORDER BY x COLLATE k\")",
            "c.set_authorizer(lambda *a: c.close() or 0)\nattempt('SELECT * FROM sqlite_master')",
            "c.set_progress_handler(c.close, 1)\nattempt('SELECT 1 UNION SELECT 2')",
            "c.set_trace_callback(lambda s: c.close())\nattempt('SELECT 1')",
            "class A:\n    def step(self, x): pass\n    def finalize(self): c.close()\n"
            "c.create_aggregate('a', 1, A)\nattempt('SELECT a(1)')\nattempt('SELECT a(1)')",
            "class A:\n    def __init__(self): c.close()\n    def step(self, x): pass\n    def finalize(self): return 1\n"
            "c.create_aggregate('a', 1, A)\nattempt('SELECT a(1) FROM (SELECT 1 UNION ALL SELECT 2)')",
            /* its own statement */
            "c.create_function('f', 1, lambda x: s.close())\ns = c('SELECT f(1)')\n"
            "try: s.run((), None, False)\nexcept sqlite3.Error: pass",
            "c.create_function('f', 1, lambda x: s.run((), None, False))\ns = c('SELECT f(1)')\n"
            "try: s.run((), None, False)\nexcept sqlite3.Error: pass",
            "k = c.cursor()\nc.create_function('f', 1, lambda x: k.close())\n"
            "try: k.execute('SELECT f(1) UNION ALL SELECT f(2)').fetchall()\nexcept sqlite3.Error: pass",
            /* changes the database below the statement */
            "c.execute('CREATE TABLE t(v)')\nc.executemany('INSERT INTO t VALUES (?)', [(i,) for i in range(100)])\n"
            "c.create_function('f', 1, lambda x: attempt('DELETE FROM t') and attempt('DROP TABLE t') and attempt('ROLLBACK') and None)\n"
            "attempt('SELECT f(v) FROM t')",
            "c.create_function('f', 1, lambda x: c.deserialize(b'x' * 5000))\nattempt('SELECT f(1) FROM (SELECT 1 UNION ALL SELECT 2)')",
            "c.create_function('f', 1, lambda x: c.create_function('f', 1, None))\nattempt('SELECT f(1), f(2)')",
            "c.create_function('f', 1, lambda x: c.__init__(':memory:'))\nattempt('SELECT f(1), f(2)')",
            "c.create_function('f', 1, lambda x: c.backup(sqlite3.connect(':memory:')))\nattempt('SELECT f(1), f(2)')",
            /* calls itself through SQLite */
            "c.create_function('f', 1, lambda x: c.execute('SELECT f(?)', (x + 1,)).fetchone()[0])\nattempt('SELECT f(1)')",
            "def g(x): return c.execute('SELECT h(1)').fetchone()[0]\nc.create_function('h', 1, g)\ng(1) if False else attempt('SELECT h(1)')",
            /* a query under way, collected while it runs */
            "import gc\nc.create_function('f', 1, lambda x: gc.collect())\nattempt('SELECT f(1) UNION ALL SELECT f(2)')",
            "class A:\n    def step(self, x): self.x = [x] * 1000\n    def finalize(self): return len(self.x)\n"
            "c.create_aggregate('a', 1, A)\nk = c.execute('SELECT a(x) FROM (SELECT 1 AS x UNION ALL SELECT 2) GROUP BY x')\n"
            "r = k.fetchone()\nk = None\nx = [bytes(1000) for i in range(3000)]\nattempt('SELECT 1')",
            "def rows():\n    for i in range(10):\n        if i == 5: c.close()\n        yield (i,)\n"
            "c.execute('CREATE TABLE t(v)')\n"
            "try: c.executemany('INSERT INTO t VALUES (?)', rows())\nexcept sqlite3.Error: pass",
            "class P:\n    def __conform__(self, protocol): c.close()\n"
            "attempt('SELECT ?, ?', (P(), 1))",
            "c.text_factory = lambda b: c.close()\nattempt(\"SELECT 'a', 'b', 'c'\")",
            "c.row_factory = lambda k, r: c.close()\nattempt('SELECT 1 UNION ALL SELECT 2')",
            "b = None\nc.execute('CREATE TABLE b(v)')\nc.execute('INSERT INTO b VALUES (zeroblob(100))')\nb = c.blobopen('b', 'v', 1)\nc.close()\n"
            "try: b.read()\nexcept sqlite3.Error: pass\nb.close()",
        };
        for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++) {
            hermetic_sandbox *sb = with_attempt(&o);
            CHECK_STATUS(sb, run_code(sb, programs[i]), HERMETIC_DONE);
            CHECK_VALUE(sb, "import gc\ngc.collect()\nc = sqlite3.connect(':memory:')\nint(alive())", 1);
            hermetic_destroy(sb);
        }
    }
}

TESTS_MAIN(CHECK_ENTRY(an_endless_query_meets_the_fuel_limit_and_leaves_the_database_as_it_was)
           CHECK_ENTRY(memory_that_runs_out_in_sqlite_is_an_exception)
           CHECK_ENTRY(a_full_memory_leaves_what_was_committed)
           CHECK_ENTRY(connections_and_cursors_that_nobody_holds_are_closed)
           CHECK_ENTRY(nothing_but_memory_can_be_opened)
           CHECK_ENTRY(deep_and_long_sql_is_an_exception)
           CHECK_ENTRY(damaged_databases_are_errors)
           CHECK_ENTRY(a_schema_that_lies_is_an_error)
           CHECK_ENTRY(callbacks_may_do_anything))
