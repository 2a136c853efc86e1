"""The page of limits and the pages of runs: what they show, and to whom."""

import pytest
from conftest import Chat, make_datasette


@pytest.mark.asyncio
async def test_limits_page(datasette):
    page = await datasette.client.get("/-/hermetic", actor={"id": "alice"})
    assert page.status_code == 200
    for text in ("10.0 seconds", "67,108,864 bytes", "<code>query</code>", "<code>chart</code>", ">shop</a>", "not configured"):
        assert text in page.text
    assert "write_sql" not in page.text


@pytest.mark.asyncio
async def test_limits_page_needs_the_permission(tmp_path):
    datasette = make_datasette(tmp_path, permissions={"hermetic-execute": {"id": "bob"}})
    assert (await datasette.client.get("/-/hermetic", actor={"id": "alice"})).status_code == 403
    assert (await datasette.client.get("/-/hermetic", actor={"id": "bob"})).status_code == 200
    for stranger in (None, {"id": "mallory"}):
        assert (await datasette.client.get("/-/hermetic", actor=stranger)).status_code == 403


@pytest.mark.asyncio
async def test_limits_page_names_only_databases_of_the_actor(tmp_path):
    datasette = make_datasette(tmp_path, {"allow_write_sql": True}, permissions={"execute-sql": {"id": "bob"}})
    page = await datasette.client.get("/-/hermetic", actor={"id": "alice"})
    assert ">shop</a>" not in page.text and "write_sql" in page.text


@pytest.mark.asyncio
async def test_who_ran_what_when(datasette):
    chat = await Chat(datasette).begin()
    await chat.run("print('<b>hi</b>')\n6 * 7")
    await chat.run("1 / 0")
    await (await Chat(datasette, "bob").begin()).run("2")
    auditor = {"id": "auditor"}
    page = (await datasette.client.get("/-/hermetic/runs", actor=auditor)).text
    assert page.count("<td>alice</td>") == 2 and page.count("<td>bob</td>") == 1
    assert "ZeroDivisionError" in page and "<b>hi" not in page and "&lt;b&gt;hi" in page
    page = (await datasette.client.get("/-/hermetic/runs?actor=bob", actor=auditor)).text
    assert "<td>alice</td>" not in page and "<td>bob</td>" in page
    page = (await datasette.client.get(f"/-/hermetic/runs?conversation={chat.id}&before=2", actor=auditor)).text
    assert page.count("<td>alice</td>") == 1
    page = (await datasette.client.get("/-/hermetic/runs/1", actor=auditor)).text
    assert "&lt;b&gt;hi&lt;/b&gt;" in page and "\n42" in page and chat.id in page
    assert (await datasette.client.get("/-/hermetic/runs/99", actor=auditor)).status_code == 404


@pytest.mark.asyncio
@pytest.mark.parametrize("path", ["/-/hermetic/runs", "/-/hermetic/runs/1"])
@pytest.mark.parametrize("actor", [None, {"id": "alice"}, {"id": "root"}])
async def test_runs_are_for_auditors_only(datasette, path, actor):
    await (await Chat(datasette).begin()).run("1")
    assert (await datasette.client.get(path, actor=actor)).status_code == 403


@pytest.mark.asyncio
@pytest.mark.parametrize("query", ["before=x", "before=-1", "before=" + "9" * 40, "actor=%27%22%3E%3Cscript%3E"])
async def test_hostile_filters(datasette, query):
    page = await datasette.client.get("/-/hermetic/runs?" + query, actor={"id": "auditor"})
    assert page.status_code == 200 and '"><script>' not in page.text


@pytest.mark.asyncio
async def test_runs_page_pages(tmp_path):
    datasette = make_datasette(tmp_path)
    await datasette.invoke_startup()
    from datasette_agent_hermetic.state import state_of

    database = await state_of(datasette).store.database()
    await database.execute_write_many(
        "insert into agent_hermetic_runs (conversation_id, started_at, outcome, seconds, fuel, memory_bytes, calls, code,"
        " output, writes) values ('c', 'now', 'ok', 0, 0, 0, 0, ?, '', '[]')",
        [[f"run {n}"] for n in range(70)],
    )
    page = (await datasette.client.get("/-/hermetic/runs", actor={"id": "auditor"})).text
    assert "run 69<" in page and "run 19<" not in page and "before=21" in page
    page = (await datasette.client.get("/-/hermetic/runs?before=21", actor={"id": "auditor"})).text
    assert "run 19<" in page and "run 0<" in page and "before=" not in page.split("</table>")[1]


@pytest.mark.asyncio
async def test_no_record_where_it_is_not_wanted(tmp_path):
    datasette = make_datasette(tmp_path, {"audit": False})
    await (await Chat(datasette).begin()).run("1")
    rows = await datasette.get_internal_database().execute("select count(*) from agent_hermetic_runs")
    assert rows.first()[0] == 0


@pytest.mark.asyncio
async def test_the_chat_page_has_the_style(datasette):
    chat = await Chat(datasette).begin()
    page = await datasette.client.get(f"/-/agent/{chat.id}", actor=chat.actor)
    assert "agent-hermetic.css" in page.text
    assert (await datasette.client.get("/-/static-plugins/datasette-agent-hermetic/agent-hermetic.css")).status_code == 200
