"""What a turn of the agent gives: values, output, tracebacks, limits, state, SQL; in the real agent with the echo model."""

import asyncio
import json

import pytest
from conftest import Chat, make_datasette, results
from datasette_agent_hermetic.config import ConfigError, config_of


@pytest.mark.asyncio
async def test_value_of_the_last_expression_and_output(chat):
    result = await chat.run("print('hello')\n[n * n for n in range(4)]")
    assert result["ok"] is True
    assert result["value"] == "[0, 1, 4, 9]"
    assert result["stdout"] == "hello\n"


@pytest.mark.asyncio
async def test_state_persists_in_a_conversation(chat):
    await chat.run("def double(n): return 2 * n\nx = 21")
    assert (await chat.run("double(x)"))["value"] == "42"


@pytest.mark.asyncio
async def test_reset_context_forgets(chat):
    await chat.run("x = 21")
    assert (await chat.run("'x' in globals()", reset_context=True))["value"] == "False"


@pytest.mark.asyncio
async def test_calls_of_one_turn_run_in_order(chat):
    found = results(await chat.call("x = [1]", "x.append(2)", "x"))
    assert [result.get("value") for result in found] == [None, None, "[1, 2]"]


@pytest.mark.asyncio
async def test_traceback_has_lines_and_the_output_so_far(chat):
    result = await chat.run("x = 1\nprint('so far')\nx / 0")
    assert result["ok"] is False
    assert result["error"] == "ZeroDivisionError: division by zero"
    assert "line 3" in result["traceback"] and "x / 0" in result["traceback"]
    assert result["stdout"] == "so far\n"
    assert (await chat.run("x"))["value"] == "1"


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "code, value",
    [
        ("from fractions import Fraction\nFraction(1, 2)", "Fraction(1, 2)"),
        ("class A:\n    def __repr__(self): return '<é>'\n[A(), 1]", "[<é>, 1]"),
        ("'é'; (  # a comment\n    range(3)\n)", "range(0, 3)"),
        ("1, 2", "(1, 2)"),
        ("a = [1, 2]\n*a, 3", "(1, 2, 3)"),
        ("x = 1; x", "1"),
        ("'one string'", "'one string'"),
        ("None", None),
        ("x = 1", None),
        ("(y := 5)", "5"),
        ("if True:\n    5", None),
    ],
)
async def test_values_that_are_no_plain_data_come_back_as_their_repr(chat, code, value):
    result = await chat.run(code)
    assert result["ok"] is True and result.get("value") == value, result


@pytest.mark.asyncio
async def test_the_traceback_shows_the_last_line_as_it_was_written(chat):
    result = await chat.run("def f():\n    return 1 / 0\n[f(),\n f()]")
    assert "[f()," in result["traceback"]
    result = await chat.run("class A:\n    def __repr__(self): raise ValueError('no')\nA()")
    assert result["error"] == "ValueError: no"


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "settings, code, limit, advice",
    [
        ({"wall_clock_timeout_seconds": 0.2}, "while True: pass", "wall_clock_timeout_seconds", "better algorithm"),
        ({"fuel": 100_000_000}, "while True: pass", "fuel", "Let SQL do more"),
        ({"memory_bytes": 4 << 20}, "x = bytes(50_000_000)", "memory_bytes", "keep less at once"),
        ({}, "'x' * 5_000_000", "value", "Return a summary"),
        ({"total_timeout_seconds": 0.3}, "while True: databases()", "total_timeout_seconds", "Do more in SQL"),
    ],
)
async def test_a_limit_keeps_the_session_and_says_which_and_what_to_do(tmp_path, settings, code, limit, advice):
    datasette = make_datasette(tmp_path, settings)
    chat = await Chat(datasette).begin()
    await chat.run("x = 'kept'")
    result = await chat.run("print('before')\n" + code)
    assert result["ok"] is False
    assert result["limit"] == limit
    assert advice in result["error"]
    assert result["interpreter_reset"] is False
    assert result["stdout"] == "before\n"
    assert (await chat.run("x"))["value"] == "'kept'"


@pytest.mark.asyncio
async def test_output_is_cut_for_the_model(chat):
    result = await chat.run("print('x' * 50_000)")
    assert result["ok"] is True
    assert len(result["stdout"]) < 10_100 and result["stdout"].endswith("(truncated)")


@pytest.mark.asyncio
async def test_sys_exit_is_reported(chat):
    assert (await chat.run("import sys\nsys.exit(3)"))["error"] == "SystemExit: 3"
    assert (await chat.run("import sys\nsys.exit()"))["ok"] is True


@pytest.mark.asyncio
async def test_nothing_of_the_host_is_reached(chat):
    for code in ("open('/etc/passwd').read()", "import os\nos.listdir('/')", "import socket\nsocket.socket()"):
        result = await chat.run(code)
        assert result["ok"] is False and "root:" not in json.dumps(result)


@pytest.mark.asyncio
async def test_show_result_shows_code_and_output(chat):
    result = await chat.run("def answer():\n    return 42\nprint(answer())\nanswer()", show_result=True)
    html = result["_html"]
    assert '<span class="agent-hermetic-token-keyword">def</span>' in html
    assert '<span class="agent-hermetic-token-builtin">print</span>' in html
    assert "<pre><code>42\n</code></pre>" in html
    assert result["output_displayed_to_user"] is True
    assert "_html" not in await chat.run("1")


@pytest.mark.asyncio
async def test_in_the_terminal(tmp_path):
    import os
    import sys

    make_datasette(tmp_path)  # makes the database
    calls = {"tool_calls": [{"name": "execute_python", "arguments": {"python": "databases(), 6 * 7"}}]}
    command = ["agent", "chat", str(tmp_path / "shop.db"), "-m", "echo", "-p", json.dumps(calls)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "datasette", *command, stdout=asyncio.subprocess.PIPE, env=os.environ
    )
    output, _ = await asyncio.wait_for(process.communicate(), 120)
    assert "(['shop'], 42)" in output.decode()


# SQL


@pytest.mark.asyncio
async def test_read_only_sql_query(chat):
    result = await chat.run(
        "r = read_only_sql_query('shop', 'select name from items where qty > :q order by qty', {'q': 2})\n"
        "r['columns'], [row['name'] for row in r['rows']], r['truncated']"
    )
    assert result["value"] == "(['name'], ['apple', 'pear'], False)"


@pytest.mark.asyncio
async def test_query_pages_through_any_number_of_rows(chat):
    assert (await chat.run("sum(row['n'] for row in query('shop', 'select n from numbers'))"))["value"] == str(
        sum(range(2500))
    )
    assert (await chat.run("read_only_sql_query('shop', 'select n from numbers')['truncated']"))["value"] == "True"


@pytest.mark.asyncio
async def test_query_of_a_big_result_in_little_memory(tmp_path):
    chat = await Chat(make_datasette(tmp_path, {"memory_bytes": 8 << 20})).begin()
    code = (
        "sql = 'with recursive c(n) as (select 1 union all select n + 1 from c where n < 200000) select n, hex(n) h from c'\n"
        "sum(len(row['h']) > 0 for row in query('shop', sql))"
    )
    result = await chat.run(code)
    assert result["value"] == "200000", result


@pytest.mark.asyncio
async def test_a_value_of_sql_that_is_too_large_is_an_exception(chat):
    sql = "select zeroblob(9000000) as b"
    for code in (f"read_only_sql_query('shop', {sql!r})", f"list(query('shop', {sql!r}))"):
        result = await chat.run(f"x = 1\ntry:\n    {code}\nexcept ValueError as error:\n    print('told:', error)")
        assert result["ok"] is True and result["stdout"].startswith("told:"), result


@pytest.mark.asyncio
async def test_a_query_does_not_outlive_its_run(chat):
    await chat.run("q = query('shop', 'select n from numbers')\nnext(q)")
    result = await chat.run("for row in q: pass")
    assert "ValueError: this query is over" in result["error"]


@pytest.mark.asyncio
async def test_too_many_open_queries(chat):
    result = await chat.run("qs = [query('shop', 'select n from numbers') for _ in range(20)]\n[next(q) for q in qs]")
    assert "are open already" in result["error"]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "sql",
    [
        "attach database '/tmp/x.db' as x",
        "insert into items values (9, 'x', 1)",
        "with x as (select 1) insert into items select 9, 'x', 1",
        "pragma journal_mode=delete",
        "select * from pragma_database_list; drop table items",
        "delete from items returning *",
    ],
)
async def test_only_select_gets_through(chat, sql):
    result = await chat.run(f"read_only_sql_query('shop', {sql!r})")
    assert "'error'" in result["value"]
    assert (await chat.run(f"list(query('shop', {sql!r}))"))["ok"] is False
    assert (await chat.run("read_only_sql_query('shop', 'select count(*) c from items')['rows']"))["value"] == "[{'c': 3}]"


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "arguments", ["1, 'select 1'", "'shop', 1", "'shop', 'select 1', 5", "'shop', 'select :a', {'a': [1]}", "'shop'"]
)
async def test_hostile_arguments(chat, arguments):
    for name in ("read_only_sql_query", "_rows_open"):
        result = await chat.run(f"{name}({arguments})")
        assert "error" in (result.get("value") or "") or result["ok"] is False
        assert "File \"/" not in json.dumps(result)


@pytest.mark.asyncio
async def test_execute_sql_is_checked_at_every_call(tmp_path):
    chat = await Chat(make_datasette(tmp_path, permissions={"execute-sql": {"id": "bob"}})).begin()
    assert (await chat.run("read_only_sql_query('shop', 'select 1')"))["value"] == "{'error': 'Permission denied'}"
    assert "PermissionError" in (await chat.run("list(query('shop', 'select 1'))"))["error"]
    assert (await chat.run("databases()"))["value"] == "[]"
    assert "Permission" in (await chat.run("read_only_sql_query('no such', 'select 1')"))["value"]


@pytest.mark.asyncio
async def test_slow_sql_is_stopped(tmp_path):
    chat = await Chat(make_datasette(tmp_path, settings={}, permissions={})).begin()
    chat.datasette.sql_time_limit_ms = 100
    slow = "with recursive c(n) as (select 1 union all select n + 1 from c) select count(*) from c"
    result = await chat.run(f"list(query('shop', {slow!r}))")
    assert "took too long" in result["error"]


@pytest.mark.asyncio
async def test_tool_permission_is_checked_in_the_function_too(tmp_path):
    from datasette_agent.tools import get_agent_tools

    datasette = make_datasette(tmp_path, permissions={"hermetic-execute": {"id": "bob"}})
    chat = await Chat(datasette).begin()
    assert not any(isinstance(result, dict) and result.get("ok") for result in results(await chat.call("1")))
    tool = next(tool for tool in await get_agent_tools(datasette) if tool.name == "execute_python")
    from datasette_agent.tools import execute_agent_tool

    text = await execute_agent_tool(tool, datasette, {"id": "alice"}, arguments={"python": "1"}, conversation_id="c" * 26)
    assert "Permission denied" in json.loads(text)["error"]


# Configuration


@pytest.mark.parametrize(
    "settings",
    [{"memory_bytes": "lots"}, {"fuel": 0}, {"typo": 1}, {"compat": "other"}, {"allow_write_sql": "shop"}, {"persist": 1}],
)
def test_a_wrong_setting_is_refused(tmp_path, settings):
    with pytest.raises(ConfigError):
        config_of(make_datasette(tmp_path, settings))


@pytest.mark.asyncio
async def test_compat_takes_the_other_plugins_name_and_settings(tmp_path):
    datasette = make_datasette(tmp_path, {"compat": "micropython"})
    datasette.config["plugins"]["datasette-agent-micropython"] = {"max_output_chars": 1000, "fuel": 77}
    config = config_of(datasette)
    assert (config.max_output_chars, config.fuel, config.max_sessions, config.memory_bytes) == (1000, 77, 16, 16 << 20)
    from datasette_agent.tools import get_agent_tools

    assert "execute_micropython" in {tool.name for tool in await get_agent_tools(datasette)}
