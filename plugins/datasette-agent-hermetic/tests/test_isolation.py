"""Conversations and actors share nothing; sessions are dropped, restored and refused as promised."""

import asyncio
import json
import sqlite3
import time

import pytest
from conftest import Chat, make_datasette
from datasette_agent.tools import execute_agent_tool, get_agent_tools
from datasette_agent_hermetic.state import state_of


async def run_as(datasette, actor, conversation_id, python):
    tool = next(tool for tool in await get_agent_tools(datasette) if tool.name == "execute_python")
    return json.loads(
        await execute_agent_tool(
            tool, datasette, actor, arguments={"python": python}, conversation_id=conversation_id, tool_call_id="t1"
        )
    )


@pytest.mark.asyncio
async def test_conversations_share_nothing(datasette):
    first, second = await Chat(datasette).begin(), await Chat(datasette).begin()
    await first.run("secret = 1")
    assert (await second.run("'secret' in globals()"))["value"] == "False"
    assert (await first.run("secret"))["value"] == "1"


@pytest.mark.asyncio
async def test_another_actors_conversation_cannot_be_reached(datasette):
    chat = await Chat(datasette, "alice").begin()
    await chat.run("secret = 1")
    for actor in ({"id": "bob"}, None, {"id": ""}, {"id": "ALICE"}):
        result = await run_as(datasette, actor, chat.id, "secret")
        assert result["ok"] is False and "another actor" in result["error"]
    assert (await run_as(datasette, {"id": "alice"}, chat.id, "secret"))["value"] == "1"


@pytest.mark.asyncio
async def test_actors_share_nothing_where_the_chat_knows_no_owner(datasette):
    await run_as(datasette, {"id": "alice"}, "c" * 26, "secret = 1")
    for actor in ({"id": "bob"}, None, {"id": ""}):
        assert (await run_as(datasette, actor, "c" * 26, "'secret' in globals()"))["value"] == "False"


@pytest.mark.asyncio
async def test_functions_are_those_of_the_actor_who_runs(tmp_path):
    # A function that was made in a run of Alice's has Bob's permissions when Bob's run calls it, and not hers.
    datasette = make_datasette(tmp_path, permissions={"execute-sql": {"id": "alice"}})
    await datasette.invoke_startup()
    code = "def f(): return read_only_sql_query('shop', 'select 1 as one')"
    for actor, expected in (("alice", "'one': 1"), ("bob", "Permission denied")):
        await run_as(datasette, {"id": actor}, "d" * 26, code)
        assert expected in (await run_as(datasette, {"id": actor}, "d" * 26, "f()"))["value"]


@pytest.mark.asyncio
async def test_no_conversation_fails_closed(datasette):
    result = await run_as(datasette, {"id": "alice"}, None, "1")
    assert result["ok"] is False and "conversation" in result["error"].lower()


@pytest.mark.asyncio
async def test_many_conversations_at_once_do_not_mix(datasette):
    chats = [await Chat(datasette).begin() for _ in range(20)]
    for step in range(3):
        code = "n = {0}" if step == 0 else "n += 1\nn"
        got = await asyncio.gather(*(chat.run(code.format(number * 10)) for number, chat in enumerate(chats)))
    assert [result["value"] for result in got] == [str(number * 10 + 2) for number in range(20)]


# Least recently used, restarts


@pytest.mark.asyncio
async def test_least_recently_used_sessions_are_dropped(tmp_path):
    datasette = make_datasette(tmp_path, {"max_sessions": 2, "persist": False})
    chats = [await Chat(datasette).begin() for _ in range(3)]
    for chat in chats:
        await chat.run("x = 1")
    assert len(state_of(datasette).store) == 2
    assert (await chats[2].run("'x' in globals()"))["value"] == "True"
    assert (await chats[0].run("'x' in globals()"))["value"] == "False"


@pytest.mark.asyncio
async def test_a_session_in_use_is_not_dropped(tmp_path):
    datasette = make_datasette(tmp_path, {"max_sessions": 1, "persist": False})
    chats = [await Chat(datasette).begin() for _ in range(4)]
    code = "s = 0\nfor i in range(300000): s += i\ns"
    got = await asyncio.gather(*(chat.run(code) for chat in chats))
    assert [result["value"] for result in got] == [str(sum(range(300000)))] * 4


@pytest.mark.asyncio
async def test_a_dropped_session_comes_back_from_the_database(tmp_path):
    datasette = make_datasette(tmp_path, {"max_sessions": 1})
    first, second = await Chat(datasette).begin(), await Chat(datasette).begin()
    await first.run("def f(): return databases()\nx = [1, 2]")
    await second.run("x = 3")
    assert len(state_of(datasette).store) == 1
    assert (await first.run("x, f()"))["value"] == "([1, 2], ['shop'])"


@pytest.mark.asyncio
async def test_memory_of_all_sessions_is_bounded(tmp_path):
    datasette = make_datasette(tmp_path, {"max_total_bytes": 16 << 20})
    chats = [await Chat(datasette).begin() for _ in range(4)]
    for chat in chats:
        await chat.run("x = bytearray(b'x' * 6_000_000)")
    assert len(state_of(datasette).store) <= 2
    assert (await chats[0].run("len(x)"))["value"] == "6000000"


@pytest.mark.asyncio
async def test_sessions_survive_a_restart(tmp_path):
    before = make_datasette(tmp_path)
    chat = await Chat(before).begin()
    await chat.run("def double(n): return 2 * n\nx = 21")
    await before.invoke_shutdown()
    chat.datasette = make_datasette(tmp_path)
    assert (await chat.run("double(x), sum(r['n'] for r in query('shop', 'select n from numbers where n < 3'))"))[
        "value"
    ] == "(42, 3)"


async def stored(tmp_path, settings=None):
    """A conversation with x = 1, stored by a server that is gone."""
    datasette = make_datasette(tmp_path, settings)
    chat = await Chat(datasette).begin()
    await chat.run("x = 1")
    await datasette.invoke_shutdown()
    return chat


def change(tmp_path, sql, *values):
    with sqlite3.connect(tmp_path / "internal.db") as connection:
        assert connection.execute(sql, values).rowcount > 0
    connection.close()


@pytest.mark.asyncio
async def test_old_snapshots_are_not_used_and_are_deleted(tmp_path):
    chat = await stored(tmp_path)
    change(tmp_path, "update agent_hermetic_sessions set updated_at = ?", time.time() - 31 * 86400)
    chat.datasette = make_datasette(tmp_path)
    assert (await chat.run("'x' in globals()"))["value"] == "False"
    change(tmp_path, "update agent_hermetic_sessions set updated_at = ?", time.time() - 31 * 86400)
    await state_of(chat.datasette).store.purge()
    rows = await chat.datasette.get_internal_database().execute("select count(*) from agent_hermetic_sessions")
    assert rows.first()[0] == 0


@pytest.mark.asyncio
async def test_a_session_over_the_size_cap_is_not_stored(tmp_path):
    datasette = make_datasette(tmp_path, {"max_snapshot_bytes": 100_000})
    chat = await Chat(datasette).begin()
    await chat.run("x = 1")
    await chat.run("import random\nx = random.getrandbits(8 * 300_000).to_bytes(300_000, 'big')")
    rows = await datasette.get_internal_database().execute("select count(*) from agent_hermetic_sessions")
    assert rows.first()[0] == 0
    assert (await chat.run("len(x)"))["value"] == "300000"  # live all the same


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "sql",
    [
        "update agent_hermetic_sessions set snapshot = x'00'",
        "update agent_hermetic_sessions set snapshot = substr(snapshot, 1, length(snapshot) - 5)",
        "update agent_hermetic_sessions set snapshot = snapshot || x'01'",
    ],
)
async def test_a_damaged_snapshot_is_refused(tmp_path, sql):
    chat = await stored(tmp_path)
    change(tmp_path, sql)
    chat.datasette = make_datasette(tmp_path)
    result = await chat.run("'x' in globals()")
    if "||" in sql:
        return  # bytes after the end say nothing; the rest is signed
    assert result["value"] == "False" and "begins anew" in result["note"]


@pytest.mark.asyncio
async def test_a_snapshot_of_another_conversation_is_refused(tmp_path):
    chat = await stored(tmp_path)
    other = await Chat(make_datasette(tmp_path)).begin()
    change(tmp_path, "update agent_hermetic_sessions set conversation_id = ?", other.id)
    result = await other.run("'x' in globals()")
    assert result["value"] == "False" and "begins anew" in result["note"]
    assert chat.id != other.id


@pytest.mark.asyncio
async def test_a_snapshot_of_another_actor_or_secret_is_refused(tmp_path):
    await stored(tmp_path)
    change(tmp_path, "update agent_hermetic_sessions set actor_id = 'id:bob', conversation_id = ?", "e" * 26)
    datasette = make_datasette(tmp_path)
    await datasette.invoke_startup()
    result = await run_as(datasette, {"id": "bob"}, "e" * 26, "'x' in globals()")
    assert result["value"] == "False" and "begins anew" in result["note"]
