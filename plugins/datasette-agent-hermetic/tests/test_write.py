"""write_sql: asked about before it happens, once, all or nothing, whatever the server does in between."""

import json
import sqlite3

import pytest
from conftest import Chat, make_datasette, question, results
from datasette_agent_hermetic.state import state_of

SETTINGS = {"allow_write_sql": ["shop"]}
INSERT = "write_sql('shop', 'insert into items (name, qty) values (:name, :qty)', {'name': 'fig', 'qty': 9})"


def items(tmp_path):
    with sqlite3.connect(tmp_path / "shop.db") as connection:
        found = [row[0] for row in connection.execute("select name from items order by id")]
    connection.close()
    return found


async def begun(tmp_path, settings=SETTINGS, actor="alice", **kwargs):
    datasette = make_datasette(tmp_path, settings, **kwargs)
    await datasette.invoke_startup()
    return await Chat(datasette, actor).begin()


@pytest.mark.asyncio
async def test_nothing_is_written_before_the_approval_and_once_after_it(tmp_path):
    chat = await begun(tmp_path)
    found = await chat.call("print('before')\nn = " + INSERT + "\nprint('after')\nn")
    asked = question(found)
    assert "shop" in asked["prompt"] and "insert into items" in asked["html"] and "&#x27;fig&#x27;" in asked["html"]
    assert items(tmp_path) == ["apple", "pear", "plum"]
    (result,) = results(await chat.answer(asked, True))
    assert result["ok"] is True and result["value"] == "1" and result["stdout"] == "before\nafter\n"
    assert result["writes"][0]["rows"] == [1]
    assert items(tmp_path) == ["apple", "pear", "plum", "fig"]
    assert (await chat.run("n"))["value"] == "1"


@pytest.mark.asyncio
async def test_declined_is_an_exception_that_the_code_can_handle(tmp_path):
    chat = await begun(tmp_path)
    found = await chat.call(f"try:\n    {INSERT}\nexcept PermissionError as error:\n    print(error)")
    (result,) = results(await chat.answer(question(found), False))
    assert result["ok"] is True and result["stdout"] == "the user did not approve this\n"
    assert items(tmp_path) == ["apple", "pear", "plum"]


@pytest.mark.asyncio
async def test_what_came_before_is_not_done_again(tmp_path):
    chat = await begun(tmp_path)
    code = (
        "import random\nr = random.random()\nfirst = [row['name'] for row in query('shop', 'select name from items')]\n"
        f"chart([{{'a': 1, 'b': 2}}], x='a', y='b')\n{INSERT}\nprint(r)\n"
        "write_sql('shop', 'update items set qty = qty + 1 where name = \\'fig\\'')\nprint(r)\nfirst"
    )
    found = await chat.call(code)
    found = await chat.answer(question(found), True)
    assert items(tmp_path)[-1] == "fig"
    assert "update items" in question(found)["html"]
    (result,) = results(await chat.answer(question(found), True))
    assert result["value"] == "['apple', 'pear', 'plum']"
    assert len(set(result["stdout"].split())) == 1
    assert result["_html"].count("<svg") == 1
    assert items(tmp_path) == ["apple", "pear", "plum", "fig"]
    with sqlite3.connect(tmp_path / "shop.db") as connection:
        assert connection.execute("select qty from items where name = 'fig'").fetchone() == (10,)


@pytest.mark.asyncio
async def test_a_batch_is_one_transaction(tmp_path):
    chat = await begun(tmp_path)
    code = "write_sql('shop', [\"insert into items (name) values ('a')\", (\"insert into items (id) values (?)\", [1])])"
    (result,) = results(await chat.answer(question(await chat.call(code)), True))
    assert "nothing was written" in result["error"] and "UNIQUE" in result["error"]
    assert items(tmp_path) == ["apple", "pear", "plum"]


@pytest.mark.asyncio
async def test_an_approval_survives_a_restart(tmp_path):
    chat = await begun(tmp_path)
    await chat.run("kept = 'yes'")
    asked = question(await chat.call(f"{INSERT}\nkept"))
    await chat.datasette.invoke_shutdown()
    chat.datasette = make_datasette(tmp_path, SETTINGS)
    await chat.datasette.invoke_startup()
    (result,) = results(await chat.answer(asked, True))
    assert result["value"] == "'yes'"
    assert items(tmp_path) == ["apple", "pear", "plum", "fig"]


@pytest.mark.asyncio
async def test_a_write_that_a_stopped_server_may_have_made_is_not_made_again(tmp_path):
    chat = await begun(tmp_path)
    asked = question(await chat.call(INSERT))
    store = state_of(chat.datasette).store
    await (await store.database()).execute_write("update agent_hermetic_waiting set state = 'writing'")
    (result,) = results(await chat.answer(asked, True))
    assert result["ok"] is False and "not made again" in result["error"]
    assert items(tmp_path) == ["apple", "pear", "plum"]


@pytest.mark.asyncio
async def test_a_stored_call_that_was_changed_is_refused(tmp_path):
    chat = await begun(tmp_path)
    asked = question(await chat.call(INSERT))
    database = chat.datasette.get_internal_database()
    blob = (await database.execute("select call from agent_hermetic_waiting")).first()[0]
    import zlib

    dump = zlib.decompress(blob)
    assert b"fig" in dump
    await database.execute_write(
        "update agent_hermetic_waiting set call = ?", [zlib.compress(dump.replace(b"fig", b"FIG"))]
    )
    (result,) = results(await chat.answer(asked, True))
    assert result["ok"] is False and "cannot go on" in result["error"]
    assert items(tmp_path) == ["apple", "pear", "plum"]


@pytest.mark.asyncio
@pytest.mark.parametrize("change", ["call = x'00'", "call = 'text'", "call = substr(call, 1, 50)", "notes = '[]'", "notes = 'x'"])
async def test_a_damaged_stored_call_is_refused_and_gone(tmp_path, change):
    chat = await begun(tmp_path)
    asked = question(await chat.call(INSERT))
    await chat.datasette.get_internal_database().execute_write(f"update agent_hermetic_waiting set {change}")
    (result,) = results(await chat.answer(asked, True))
    assert result["ok"] is False and "cannot go on" in result["error"]
    assert items(tmp_path) == ["apple", "pear", "plum"]
    assert (await chat.run("1"))["ok"] is True


@pytest.mark.asyncio
async def test_an_approval_is_good_for_what_was_shown_only(tmp_path):
    chat = await begun(tmp_path)
    asked = question(await chat.call(INSERT))
    database = chat.datasette.get_internal_database()
    notes = json.loads((await database.execute("select notes from agent_hermetic_waiting")).first()[0])
    await database.execute_write(
        "update agent_hermetic_waiting set notes = ?", [json.dumps({**notes, "digest": "0" * 64})]
    )
    (result,) = results(await chat.answer(asked, True))
    assert "not what the user was asked about" in result["error"]
    assert items(tmp_path) == ["apple", "pear", "plum"]


@pytest.mark.asyncio
async def test_an_answer_to_a_run_that_is_gone_approves_nothing(tmp_path):
    chat = await begun(tmp_path)
    asked = question(await chat.call(INSERT))
    await chat.datasette.get_internal_database().execute_write("delete from agent_hermetic_waiting")
    (result,) = results(await chat.answer(asked, True))
    assert result["ok"] is False and "ask anew" in result["error"]
    assert items(tmp_path) == ["apple", "pear", "plum"]
    results(await chat.answer(question(await chat.call(INSERT)), True))
    assert items(tmp_path)[-1] == "fig"


@pytest.mark.asyncio
async def test_cancelled_during_the_write_is_not_written_again(tmp_path, monkeypatch):
    import asyncio

    from datasette_agent_hermetic.write import Batch

    chat = await begun(tmp_path)
    asked = question(await chat.call(INSERT))
    execute = Batch.execute

    async def cancelled(self, datasette):
        await execute(self, datasette)
        raise asyncio.CancelledError

    monkeypatch.setattr(Batch, "execute", cancelled)
    try:
        await chat.answer(asked, True)
    except asyncio.CancelledError:
        pass
    monkeypatch.setattr(Batch, "execute", execute)
    assert items(tmp_path) == ["apple", "pear", "plum", "fig"]
    from datasette_agent.tools import execute_agent_tool, get_agent_tools

    tool = next(tool for tool in await get_agent_tools(chat.datasette) if tool.name == "execute_python")
    text = await execute_agent_tool(
        tool, chat.datasette, chat.actor, arguments={"python": INSERT}, conversation_id=chat.id,
        tool_call_id=asked["call_key"].removeprefix("id:"), supports_questions=True,
    )  # fmt: skip
    result = json.loads(text)
    assert "not made again" in result["error"]
    assert items(tmp_path) == ["apple", "pear", "plum", "fig"]


@pytest.mark.asyncio
async def test_other_runs_wait_for_the_approval(tmp_path):
    chat = await begun(tmp_path)
    found = await chat.call(INSERT, "x = 1")
    assert any("waits for the user's approval" in str(result) for result in results(found))
    results(await chat.answer(question(found), True))
    assert items(tmp_path)[-1] == "fig"
    assert (await chat.run("x = 2\nx"))["value"] == "2"


@pytest.mark.asyncio
async def test_the_person_sees_characters_that_hide(tmp_path):
    chat = await begun(tmp_path)
    asked = question(await chat.call("write_sql('shop', 'delete from items -- \\u202e\\u0007<b>x</b>')"))
    assert "\\u{202e}\\u{7}&lt;b&gt;" in asked["html"]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "settings, actor, code, message",
    [
        ({}, "alice", INSERT, "not configured"),
        ({"allow_write_sql": ["other"]}, "alice", INSERT, "not configured"),
        (SETTINGS, "bob", INSERT, "execute-write-sql"),
        (SETTINGS, "alice", "write_sql('shop', 'drop table items')", "statement 1"),
        (SETTINGS, "alice", "write_sql('shop', 'select 1')", "writes nothing"),
        (SETTINGS, "alice", "write_sql('shop', 'pragma writable_schema=1')", "statement 1"),
        (SETTINGS, "alice", "write_sql('shop', \"attach '/tmp/evil.db' as e\")", "statement 1"),
        (SETTINGS, "alice", "write_sql('shop', 'delete from items; delete from numbers')", "statement 1"),
        (SETTINGS, "alice", "write_sql('shop', 'vacuum')", "statement 1"),
        (SETTINGS, "alice", "write_sql('shop', [])", "statements:"),
        (SETTINGS, "alice", "write_sql('shop', [5])", "a statement is"),
        (SETTINGS, "alice", "write_sql('shop', 'delete from items where id = :a', {'a': [1]})", "SQLite has no list"),
        (SETTINGS, "alice", "write_sql('shop', ['delete from items'] * 5000)", "at most"),
        (SETTINGS, "alice", "write_sql('shop', 'delete from items where name = ?', ['x' * 50000])", "too long"),
        (SETTINGS, "alice", "write_sql(['shop'], 'delete from items')", "Error"),
    ],
)
async def test_what_may_not_be_written_is_refused_without_a_question(tmp_path, settings, actor, code, message):
    chat = await begun(tmp_path, settings, actor)
    found = await chat.call(code)
    assert not [name for name, _ in found if name == "question"]
    (result,) = results(found)
    assert result["ok"] is False and message in result["error"], result
    assert items(tmp_path) == ["apple", "pear", "plum"]


@pytest.mark.asyncio
async def test_permissions_are_checked_again_after_the_approval(tmp_path):
    chat = await begun(tmp_path)
    asked = question(await chat.call(INSERT))
    chat.datasette.config["permissions"]["execute-write-sql"] = {"id": "nobody"}
    (result,) = results(await chat.answer(asked, True))
    assert "execute-write-sql" in result["error"]
    assert items(tmp_path) == ["apple", "pear", "plum"]


@pytest.mark.asyncio
async def test_where_nobody_can_be_asked_nothing_is_written(tmp_path):
    chat = await begun(tmp_path)
    from datasette_agent.tools import execute_agent_tool, get_agent_tools

    tool = next(tool for tool in await get_agent_tools(chat.datasette) if tool.name == "execute_python")

    async def run(**kwargs):
        text = await execute_agent_tool(
            tool, chat.datasette, chat.actor, arguments={"python": INSERT}, conversation_id=chat.id, **kwargs
        )
        return json.loads(text)

    assert "nobody can be asked" in (await run())["error"]
    assert items(tmp_path) == ["apple", "pear", "plum"]
    assert (await run(ask_user_callback=lambda question: False))["ok"] is False
    assert items(tmp_path) == ["apple", "pear", "plum"]
    assert (await run(ask_user_callback=lambda question: "fig" in question["text"]))["ok"] is True
    assert items(tmp_path) == ["apple", "pear", "plum", "fig"]
